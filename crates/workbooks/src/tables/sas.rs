//! SAS data sets (.sas7bdat), a format that SAS does not publish, as others have described it: a header, then pages of
//! equal size with parts of the dictionary and rows, as they are or packed by one of two methods.

use encoding_rs::Encoding;

use super::bytes::Bytes;
use super::days::Shown;
use super::decoder::{Decoder, Stated, decoded, of_code_page};
use super::sas_values::{is_own, missing, shown, text};
use super::table::{Column, Note, Table, Writer};
use crate::Fault;
use crate::limits::{CELLS, COLUMNS, Large};
use cotside_core::cohort::{ColumnContent, DescribedColumn};

/// The table of a file.
///
/// # Errors
/// [`Fault::Broken`] where it is damaged or cut off, [`Fault::TooLarge`] above the limits.
pub fn table(bytes: &[u8]) -> Result<Table, Fault> {
    let file = File::of(bytes)?;
    let (stated, unknown) = match file.encoding {
        Ok(encoding) => (encoding.map_or(Stated::Nothing, Stated::As), None),
        Err(number) => (Stated::Nothing, Some(format!("SAS {number}"))),
    };
    let (mut table, assumed) = decoded(stated, |decoder| file.table(decoder))?;
    table.notes.extend(unknown.map(Note::UnknownEncoding));
    table.notes.extend(assumed.map(Note::Encoding));
    Ok(table)
}

/// A text in one of the blocks of texts: number of the block, start and length.
#[derive(Debug, Clone, Copy, Default)]
struct TextAt {
    block: usize,
    start: usize,
    length: usize,
}

impl TextAt {
    fn of(at: &mut Bytes<'_>) -> Result<Self, Fault> {
        Ok(Self {
            block: usize::from(at.u16()?),
            start: usize::from(at.u16()?),
            length: usize::from(at.u16()?),
        })
    }
}

#[derive(Debug, Clone, Copy, Default)]
struct Variable {
    at: usize,
    width: usize,
    is_text: bool,
}

/// How rows are packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Packing {
    /// Runs of equal bytes are counted.
    Runs,
    /// Also repeated parts are.
    Repeats,
}

/// Parts of the dictionary, by the number that they start with.
const ROW_SIZE: u32 = 0xf7f7_f7f7;
const COLUMN_SIZE: u32 = 0xf6f6_f6f6;
const COUNTS: u32 = 0xffff_fc00;
const FORMAT: u32 = 0xffff_fbfe;
const ATTRIBUTES: u32 = 0xffff_fffc;
const TEXT: u32 = 0xffff_fffd;
const NAMES: u32 = 0xffff_ffff;

/// Kinds of pages: bits of the number that a page states.
const KIND: u16 = 0x0f00;
const DATA: u16 = 0x0100;
const MIXED: u16 = 0x0200;
const HAS_DELETED: u16 = 0x0080;
const NOT_READ: u16 = 0x9000;

struct File<'a> {
    is_big_endian: bool,
    /// True if places have eight bytes.
    is_wide: bool,
    /// The encoding, where it is stated; the number of one that is not known.
    encoding: Result<Option<&'static Encoding>, u8>,
    name: &'a [u8],
    pages: Vec<&'a [u8]>,
    blocks: Vec<&'a [u8]>,
    names: Vec<TextAt>,
    variables: Vec<Variable>,
    /// Format and label of each column.
    formats: Vec<(TextAt, TextAt)>,
    row_length: usize,
    rows: usize,
    rows_of_mixed: usize,
    packing: TextAt,
}

/// A part of a page.
struct Part<'a> {
    bytes: &'a [u8],
    packing: u8,
    kind: u8,
}

impl<'a> File<'a> {
    fn of(bytes: &'a [u8]) -> Result<Self, Fault> {
        let at = |place: usize| bytes.get(place).copied().ok_or(Fault::Broken);
        let is_wide = at(32)? == 0x33;
        let pad = if at(35)? == 0x33 { 4 } else { 0 };
        let is_big_endian = at(37)? == 0;
        let mut header = Bytes::new(bytes, is_big_endian);
        header.seek(92)?;
        let name = header.take(64)?;
        header.seek(196 + pad)?;
        let (header_size, page_size) = (header.count()?, header.count()?);
        let count = if is_wide { header.place()? } else { header.count()? };
        if page_size < 64 {
            return Err(Fault::Broken);
        }
        let pages: Vec<&[u8]> = bytes
            .get(header_size..)
            .ok_or(Fault::Broken)?
            .chunks_exact(page_size)
            .take(count)
            .collect();
        if pages.len() < count {
            return Err(Fault::Broken);
        }
        let mut file = Self {
            is_big_endian,
            is_wide,
            encoding: encoding(at(70)?),
            name,
            pages,
            blocks: Vec::new(),
            names: Vec::new(),
            variables: Vec::new(),
            formats: Vec::new(),
            row_length: 0,
            rows: 0,
            rows_of_mixed: 0,
            packing: TextAt::default(),
        };
        for page in file.pages.clone() {
            for part in file.parts(page)? {
                file.dictionary(&part)?;
            }
        }
        Ok(file)
    }

    /// Length of what stands before the parts of a page, of the place of a part, and of a number in the dictionary.
    fn sizes(&self) -> (usize, usize, usize) {
        match self.is_wide {
            true => (40, 24, 8),
            false => (24, 12, 4),
        }
    }

    fn start(&self, bytes: &'a [u8], place: usize) -> Result<Bytes<'a>, Fault> {
        let mut at = Bytes::new(bytes, self.is_big_endian);
        at.seek(place)?;
        Ok(at)
    }

    fn place(&self, at: &mut Bytes<'_>) -> Result<usize, Fault> {
        match self.is_wide {
            true => at.place(),
            false => Ok(at.u32()? as usize),
        }
    }

    /// Kind of a page, and its numbers of rows and parts together, and of parts.
    fn head(&self, page: &'a [u8]) -> Result<(u16, usize, usize), Fault> {
        let mut at = self.start(page, self.sizes().0 - 8)?;
        Ok((at.u16()?, usize::from(at.u16()?), usize::from(at.u16()?)))
    }

    /// The parts of a page; none of pages of rows.
    fn parts(&self, page: &'a [u8]) -> Result<Vec<Part<'a>>, Fault> {
        let (kind, _, count) = self.head(page)?;
        if kind & KIND == DATA || kind & NOT_READ == NOT_READ {
            return Ok(Vec::new());
        }
        let (head, length, _) = self.sizes();
        let mut parts = Vec::new();
        for index in 0..count {
            let mut at = self.start(page, head + index * length)?;
            let (start, length) = (self.place(&mut at)?, self.place(&mut at)?);
            let (packing, kind) = (at.u8()?, at.u8()?);
            // 1 marks a part that was given up.
            if length > 0 && packing != 1 {
                let end = start.checked_add(length).ok_or(Fault::Broken)?;
                let bytes = page.get(start..end).ok_or(Fault::Broken)?;
                parts.push(Part { bytes, packing, kind });
            }
        }
        Ok(parts)
    }

    /// The number that a part of the dictionary starts with; `None` where it is a row.
    fn signature(&self, part: &Part<'a>) -> Option<u32> {
        if part.packing != 0 {
            return None;
        }
        let mut at = self.start(part.bytes, 0).ok()?;
        let mut number = at.u32().ok()?;
        if number == u32::MAX && self.is_big_endian && self.is_wide {
            number = at.u32().ok()?;
        }
        let is_known = matches!(number, ROW_SIZE | COLUMN_SIZE | COUNTS | FORMAT) || number >= 0xffff_fff8;
        (part.kind == 0 || is_known).then_some(number)
    }

    /// Takes in a part of the dictionary; rows are left alone.
    fn dictionary(&mut self, part: &Part<'a>) -> Result<(), Fault> {
        let Some(signature) = self.signature(part) else {
            return Ok(());
        };
        let word = self.sizes().2;
        let bytes = part.bytes;
        match signature {
            TEXT => self.blocks.push(bytes.get(word..).unwrap_or_default()),
            ROW_SIZE => {
                let mut at = self.start(bytes, 5 * word)?;
                self.row_length = self.place(&mut at)?;
                self.rows = self.place(&mut at)?;
                let mut at = self.start(bytes, 15 * word)?;
                self.rows_of_mixed = self.place(&mut at)?;
                let place = bytes.len().checked_sub(118).ok_or(Fault::Broken)?;
                self.packing = TextAt::of(&mut self.start(bytes, place)?)?;
            }
            NAMES => {
                let count = bytes.len().saturating_sub(2 * word + 12) / 8;
                let mut at = self.start(bytes, word + 8)?;
                for _ in 0..count {
                    self.names.push(TextAt::of(&mut at)?);
                    at.skip(2)?;
                }
            }
            ATTRIBUTES => {
                let count = bytes.len().saturating_sub(2 * word + 12) / (word + 8);
                let mut at = self.start(bytes, word + 8)?;
                for _ in 0..count {
                    let place = self.place(&mut at)?;
                    let width = at.u32()? as usize;
                    at.skip(2)?;
                    let kind = at.u8()?;
                    at.skip(1)?;
                    self.variables.push(Variable {
                        at: place,
                        width,
                        is_text: kind == 2,
                    });
                }
            }
            FORMAT => {
                let mut at = self.start(bytes, 3 * word + 22)?;
                self.formats.push((TextAt::of(&mut at)?, TextAt::of(&mut at)?));
            }
            _ => {}
        }
        let most = self.names.len().max(self.variables.len()).max(self.formats.len());
        // Lists of columns may be filled up behind the last.
        if most > 2 * COLUMNS as usize {
            return Err(Fault::TooLarge(Large::Columns));
        }
        Ok(())
    }

    fn text_at(&self, place: TextAt) -> &'a [u8] {
        let block = self.blocks.get(place.block).copied().unwrap_or_default();
        block.get(place.start..place.start + place.length).unwrap_or_default()
    }

    fn table(&self, decoder: &mut Decoder) -> Result<Table, Fault> {
        let count = self.variables.len().min(self.names.len());
        let variables = self.variables.get(..count).unwrap_or_default();
        let mut columns = Vec::new();
        let mut all_shown = Vec::new();
        let mut own = Vec::new();
        for (index, variable) in variables.iter().enumerate() {
            let name = decoder.text(self.text_at(self.names.get(index).copied().unwrap_or_default()));
            let (format, label) = self.formats.get(index).copied().unwrap_or_default();
            let (format, label) = (decoder.text(self.text_at(format)), decoder.text(self.text_at(label)));
            let shown = if variable.is_text {
                Shown::Number
            } else {
                shown(&format)
            };
            let content = match (variable.is_text, shown) {
                (true, _) | (_, Shown::Time) => ColumnContent::Text,
                (false, Shown::Number) => ColumnContent::Number,
                _ => ColumnContent::Date,
            };
            if is_own(&format) {
                own.push((name.clone(), format));
            }
            all_shown.push(shown);
            columns.push(Column {
                described: DescribedColumn {
                    name,
                    label: Some(label).filter(|label| !label.is_empty()),
                    ..DescribedColumn::default()
                },
                content: Some(content),
            });
        }
        if self.rows.saturating_mul(count.max(1)) > CELLS {
            return Err(Fault::TooLarge(Large::Cells));
        }
        let mut rows = Rows {
            file: self,
            columns: variables.iter().copied().zip(all_shown).collect(),
            writer: Writer::new(columns)?,
            decoder,
            read: 0,
            deleted: 0,
        };
        if count > 0 {
            for page in &self.pages {
                rows.page(page)?;
            }
        }
        // A file that states more rows than it holds is cut off.
        if rows.read + rows.deleted < self.rows {
            return Err(Fault::Broken);
        }
        let (writer, deleted) = (rows.writer, rows.deleted);
        let mut notes = Vec::new();
        if !own.is_empty() {
            notes.push(Note::Catalog(own));
        }
        if deleted > 0 {
            notes.push(Note::Deleted(deleted));
        }
        writer.finish(decoder.text(self.name), notes)
    }

    fn packing(&self) -> Packing {
        match self.text_at(self.packing).starts_with(b"SASYZCR2") {
            true => Packing::Repeats,
            false => Packing::Runs,
        }
    }
}

/// The rows of a file, as they are read.
struct Rows<'f, 'a, 'd> {
    file: &'f File<'a>,
    columns: Vec<(Variable, Shown)>,
    writer: Writer,
    decoder: &'d mut Decoder,
    read: usize,
    deleted: usize,
}

impl<'a> Rows<'_, 'a, '_> {
    fn is_complete(&self) -> bool {
        self.read + self.deleted >= self.file.rows
    }

    fn page(&mut self, page: &'a [u8]) -> Result<(), Fault> {
        let file = self.file;
        let (kind, blocks, parts) = file.head(page)?;
        let (head, length, _) = file.sizes();
        if kind & NOT_READ == NOT_READ {
            return Ok(());
        }
        if kind & KIND != DATA {
            for part in file.parts(page)? {
                self.part(&part)?;
            }
        }
        let is_deleted = match kind & HAS_DELETED {
            0 => &[][..],
            _ => self.deleted_rows(page, blocks, parts)?,
        };
        let behind = head + parts * length;
        let (start, count) = match kind & KIND {
            DATA => (head, blocks),
            MIXED => {
                // Rows start at a multiple of 8, or, of another program, right behind the parts.
                let gap = page.get(behind..behind + 4).unwrap_or_default();
                let is_gap =
                    behind % 8 == 4 && (gap == [0; 4] || gap == *b"    " || !has_tight_rows(file, page, behind));
                (if is_gap { behind + 4 } else { behind }, file.rows_of_mixed)
            }
            _ => return Ok(()),
        };
        if file.row_length == 0 {
            return Err(Fault::Broken);
        }
        for index in 0..count {
            if self.is_complete() {
                break;
            }
            let bit = is_deleted.get(index / 8).map_or(0, |byte| byte << (index % 8) & 0x80);
            if bit != 0 {
                self.deleted += 1;
                continue;
            }
            let row = start + index * file.row_length;
            self.row(page.get(row..row + file.row_length).ok_or(Fault::Broken)?)?;
        }
        Ok(())
    }

    /// The bits of the rows of a page that were deleted.
    fn deleted_rows(&self, page: &'a [u8], blocks: usize, parts: usize) -> Result<&'a [u8], Fault> {
        let (head, length, word) = self.file.sizes();
        let mut at = self.file.start(page, 3 * word)?;
        let place = at.u32()? as usize;
        let rows = blocks.saturating_sub(parts);
        let behind = head + parts * length;
        let start = place
            .checked_add(behind + behind % 8 + rows.saturating_mul(self.file.row_length))
            .ok_or(Fault::Broken)?;
        page.get(start..)
            .and_then(|rest| rest.get(..rows.div_ceil(8)))
            .ok_or(Fault::Broken)
    }

    /// A row that stands in a part of a page.
    fn part(&mut self, part: &Part<'a>) -> Result<(), Fault> {
        if self.file.signature(part).is_some() {
            return Ok(());
        }
        if self.is_complete() {
            return Ok(());
        }
        match part.packing {
            0 => self.row(part.bytes),
            4 => {
                let row = match self.file.packing() {
                    Packing::Runs => runs(part.bytes, self.file.row_length)?,
                    Packing::Repeats => repeats(part.bytes, self.file.row_length)?,
                };
                self.row(&row)
            }
            5 => {
                self.deleted += 1;
                Ok(())
            }
            _ => Err(Fault::Broken),
        }
    }

    fn row(&mut self, row: &[u8]) -> Result<(), Fault> {
        if row.len() < self.file.row_length {
            return Err(Fault::Broken);
        }
        for (variable, shown) in &self.columns {
            let end = variable.at.checked_add(variable.width).ok_or(Fault::Broken)?;
            let cell = row.get(variable.at..end).ok_or(Fault::Broken)?;
            if variable.is_text {
                self.writer.cell(self.decoder.text(cell))?;
                continue;
            }
            let number = number(cell, self.file.is_big_endian)?;
            match number.is_nan() {
                false => self.writer.cell(text(number, *shown))?,
                true => match missing(letter(number)) {
                    code if code.is_empty() => self.writer.cell(code)?,
                    code => self.writer.missing(code, "")?,
                },
            }
        }
        self.read += 1;
        Ok(())
    }
}

/// True if rows of a mixed page stand right behind the parts, where a gap would be: a program that does so leaves none.
fn has_tight_rows(file: &File<'_>, page: &[u8], behind: usize) -> bool {
    let rows = file.rows_of_mixed.saturating_mul(file.row_length);
    page.len() < behind.saturating_add(4).saturating_add(rows)
}

/// A number, of which the last bytes may be left out.
fn number(bytes: &[u8], is_big_endian: bool) -> Result<f64, Fault> {
    if !(3..=8).contains(&bytes.len()) {
        return Err(Fault::Broken);
    }
    let mut number = [0; 8];
    for (index, byte) in bytes.iter().enumerate() {
        // The highest byte is the first here.
        let place = if is_big_endian { index } else { bytes.len() - 1 - index };
        if let Some(to) = number.get_mut(place) {
            *to = *byte;
        }
    }
    Ok(f64::from_be_bytes(number))
}

/// The letter of a missing value; `.` for none.
fn letter(number: f64) -> u8 {
    match !(number.to_bits() >> 40) as u8 {
        0 => b'_',
        tag @ 2..28 => b'A' + tag - 2,
        tag @ (b'_' | b'A'..=b'Z') => tag,
        _ => b'.',
    }
}

/// Unpacks a row whose runs of equal bytes are counted.
fn runs(packed: &[u8], length: usize) -> Result<Vec<u8>, Fault> {
    let mut row = Vec::new();
    let mut at = Bytes::new(packed, true);
    while !at.rest().is_empty() && row.len() < length {
        let control = at.u8()?;
        let low = usize::from(control & 0x0f);
        let long = |at: &mut Bytes<'_>, more: usize| Ok::<usize, Fault>(low * 256 + usize::from(at.u8()?) + more);
        let (copied, repeated, byte) = match control >> 4 {
            0 => (long(&mut at, 64)?, 0, 0),
            1 => (long(&mut at, 64 + 4096)?, 0, 0),
            2 => (low + 96, 0, 0),
            4 => {
                let times = long(&mut at, 18)?;
                (0, times, at.u8()?)
            }
            5 => (0, long(&mut at, 17)?, b'@'),
            6 => (0, long(&mut at, 17)?, b' '),
            7 => (0, long(&mut at, 17)?, 0),
            8 => (low + 1, 0, 0),
            9 => (low + 17, 0, 0),
            10 => (low + 33, 0, 0),
            11 => (low + 49, 0, 0),
            12 => (0, low + 3, at.u8()?),
            13 => (0, low + 2, b'@'),
            14 => (0, low + 2, b' '),
            15 => (0, low + 2, 0),
            _ => return Err(Fault::Broken),
        };
        row.extend_from_slice(at.take(copied)?);
        row.extend(std::iter::repeat_n(byte, repeated));
    }
    whole(row, length)
}

/// Unpacks a row whose repeated parts are references to the first.
fn repeats(packed: &[u8], length: usize) -> Result<Vec<u8>, Fault> {
    let mut row: Vec<u8> = Vec::new();
    let mut at = Bytes::new(packed, true);
    while at.rest().len() >= 2 {
        let marks = at.u16()?;
        for bit in (0..16).rev() {
            if at.rest().is_empty() || row.len() >= length {
                break;
            }
            if marks >> bit & 1 == 0 {
                row.push(at.u8()?);
                continue;
            }
            let mark = at.u8()?;
            let low = usize::from(mark & 0x0f);
            let next = at.u8()?;
            let far = 3 + low + usize::from(next) * 16;
            let (count, back) = match mark >> 4 {
                0 => {
                    row.extend(std::iter::repeat_n(next, low + 3));
                    continue;
                }
                1 => {
                    row.extend(std::iter::repeat_n(at.u8()?, far + 16));
                    continue;
                }
                2 => (usize::from(at.u8()?) + 16, far),
                count => (usize::from(count), far),
            };
            let start = row.len().checked_sub(back).ok_or(Fault::Broken)?;
            if count > back {
                return Err(Fault::Broken);
            }
            row.extend_from_within(start..start + count);
        }
    }
    whole(row, length)
}

fn whole(row: Vec<u8>, length: usize) -> Result<Vec<u8>, Fault> {
    match row.len() == length {
        true => Ok(row),
        false => Err(Fault::Broken),
    }
}

/// The encoding with SAS's number; none where it states none.
fn encoding(number: u8) -> Result<Option<&'static Encoding>, u8> {
    let page = match number {
        0 | 28 | 204 => return Ok(None),
        20 => 65001,
        29..=37 => 28591 + u32::from(number - 29),
        39 => 28601,
        40 => 28605,
        49 => 866,
        51 => 874,
        60..=68 => 1250 + u32::from(number - 60),
        118 | 123 => 950,
        125 | 126 | 205 => 54936,
        134 => 51932,
        136 | 140..=142 => 949,
        137 | 138 | 248 => 932,
        227 => 28604,
        242 => 28603,
        _ => return Err(number),
    };
    of_code_page(page).map(Some).ok_or(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_fewer_bytes_and_missing_ones() {
        assert_eq!(number(&[0, 0, 0, 0, 0, 0, 0xf0, 0x3f], false), Ok(1.0));
        assert_eq!(number(&[0, 0xf0, 0x3f], false), Ok(1.0));
        assert_eq!(number(&[0x3f, 0xf0, 0], true), Ok(1.0));
        let missing = number(&[0, 0, 0, 0, 0, 0xfe, 0xff, 0xff], false).unwrap();
        assert!(missing.is_nan());
        assert_eq!(letter(missing), b'.');
        let missing = number(&[0, 0, 0, 0, 0, 0xfd, 0xff, 0xff], false).unwrap();
        assert_eq!(letter(missing), b'A');
    }

    #[test]
    fn packed_rows() {
        assert_eq!(runs(&[0x81, b'a', b'b', 0xe1, 0xc0, b'x'], 8), Ok(b"ab   xxx".to_vec()));
        assert_eq!(runs(&[0x81, b'a'], 8), Err(Fault::Broken));
        // Two bytes, three blanks, a byte, the last three bytes again, a byte.
        assert_eq!(
            repeats(&[0b0010_1000, 0, b'a', b'b', 0x00, b' ', b'c', 0x30, 0x00, b'd'], 10),
            Ok(b"ab   c  cd".to_vec())
        );
        for length in 0..40 {
            let _ = runs(&[0x10, 0xff], length);
            let _ = repeats(&[0xff, 0xff, 0x20, 0x00, 0x05], length);
        }
    }
}
