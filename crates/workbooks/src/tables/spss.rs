//! SPSS system files (.sav, .zsav), as PSPP's developers describe them: records of the dictionary, then the cases, as
//! they are, with a code a value, or that in blocks of zlib.

use std::collections::HashMap;
use std::io::Read;

use cotside_core::cohort::{CodeLabel, ColumnContent, DescribedColumn};
use encoding_rs::Encoding;
use flate2::read::ZlibDecoder;

use super::bytes::Bytes;
use super::days::{self, Shown};
use super::decoder::{Decoder, Stated, decoded, named, of_code_page};
use super::table::{Column, Note, Table, Writer};
use crate::Fault;
use crate::limits::{CELLS, Large, PART};
use crate::number_format::shortest;

/// The table of a file.
///
/// # Errors
/// [`Fault::Broken`] where it is damaged or cut off, [`Fault::TooLarge`] above the limits.
pub fn table(bytes: &[u8]) -> Result<Table, Fault> {
    let file = File::of(bytes)?;
    let (stated, unknown) = file.encoding();
    let (mut table, assumed) = decoded(stated, |decoder| file.table(decoder))?;
    table.notes.extend(unknown.map(Note::UnknownEncoding));
    table.notes.extend(assumed.map(Note::Encoding));
    Ok(table)
}

/// A value: a number, or up to eight bytes of a text.
type Value = [u8; 8];

/// How a file stores its cases.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Packing {
    None,
    Codes,
    Zlib,
}

/// A variable of the dictionary.
#[derive(Debug, Default)]
struct Variable<'a> {
    /// 0 for a number, else the length of its texts in bytes.
    width: usize,
    name: &'a [u8],
    label: Option<&'a [u8]>,
    shown: Shown,
    /// The lowest and highest value that count as missing.
    range: Option<(f64, f64)>,
    missing: Vec<Value>,
    labels: Vec<(Value, &'a [u8])>,
    /// Labels and missing values of long texts.
    long_labels: Vec<(&'a [u8], &'a [u8])>,
    long_missing: Vec<&'a [u8]>,
}

/// A file whose dictionary was read.
struct File<'a> {
    variables: Vec<Variable<'a>>,
    /// Records with text whose meaning depends on the encoding: long names, lengths of very long texts.
    long_names: &'a [u8],
    very_long: &'a [u8],
    encoding: Option<&'a [u8]>,
    code_page: Option<i32>,
    packing: Packing,
    bias: f64,
    system_missing: f64,
    /// `None` where the file does not state it.
    cases: Option<usize>,
    data: Bytes<'a>,
}

impl<'a> File<'a> {
    fn of(bytes: &'a [u8]) -> Result<Self, Fault> {
        let mut at = Bytes::new(bytes, false);
        at.seek(64)?;
        at.is_big_endian = !matches!(at.u32()?, 2 | 3);
        at.skip(4)?;
        let packing = match at.i32()? {
            0 => Packing::None,
            1 => Packing::Codes,
            2 => Packing::Zlib,
            _ => return Err(Fault::Broken),
        };
        at.skip(4)?;
        let cases = usize::try_from(at.i32()?).ok();
        let bias = at.f64()?;
        at.seek(176)?;
        let mut file = Self {
            variables: Vec::new(),
            long_names: b"",
            very_long: b"",
            encoding: None,
            code_page: None,
            packing,
            bias,
            system_missing: f64::MIN,
            cases,
            data: at,
        };
        file.records(at)?;
        Ok(file)
    }

    /// Reads the records of the dictionary, up to its end.
    fn records(&mut self, mut at: Bytes<'a>) -> Result<(), Fault> {
        // The variable at each place of a case; texts take several.
        let mut places: Vec<Option<usize>> = Vec::new();
        let mut labels: Vec<(Value, &'a [u8])> = Vec::new();
        loop {
            match at.i32()? {
                2 => self.variable(&mut at, &mut places)?,
                3 => labels = labels_of(&mut at)?,
                4 => {
                    for _ in 0..at.count()? {
                        let place = at.count()?.checked_sub(1).and_then(|place| places.get(place));
                        let variable = place.copied().flatten().and_then(|index| self.variables.get_mut(index));
                        variable.ok_or(Fault::Broken)?.labels.extend_from_slice(&labels);
                    }
                }
                6 => {
                    let lines = at.count()?;
                    at.skip(lines.checked_mul(80).ok_or(Fault::Broken)?)?;
                }
                7 => {
                    let (kind, size, count) = (at.i32()?, at.count()?, at.count()?);
                    let content = at.take(size.checked_mul(count).ok_or(Fault::Broken)?)?;
                    // What a damaged extension says is left out; a cell that it describes is then as stored.
                    let _ = self.extension(kind, content, at.is_big_endian);
                }
                999 => {
                    at.skip(4)?;
                    self.data = at;
                    return Ok(());
                }
                _ => return Err(Fault::Broken),
            }
        }
    }

    fn variable(&mut self, at: &mut Bytes<'a>, places: &mut Vec<Option<usize>>) -> Result<(), Fault> {
        let width = at.i32()?;
        let has_label = at.i32()? != 0;
        let missing = at.i32()?;
        let format = at.u32()?;
        at.skip(4)?;
        let name = at.take(8)?;
        let label = match has_label {
            true => {
                let length = at.count()?;
                let label = at.take(length)?;
                at.skip(length.wrapping_neg() % 4)?;
                Some(label)
            }
            false => None,
        };
        let mut variable = Variable {
            width: usize::try_from(width).unwrap_or(0),
            name,
            label,
            shown: shown(format >> 16 & 0xff),
            ..Variable::default()
        };
        if missing < 0 {
            variable.range = Some((at.f64()?, at.f64()?));
        }
        let discrete = if missing < 0 { -2 - missing } else { missing };
        if !(0..=3).contains(&discrete) {
            return Err(Fault::Broken);
        }
        for _ in 0..discrete {
            variable.missing.push(value_of(at.take(8)?)?);
        }
        if width < 0 {
            // The next eight bytes of a text.
            places.push(None);
            return Ok(());
        }
        places.push(Some(self.variables.len()));
        self.variables.push(variable);
        Ok(())
    }

    fn extension(&mut self, kind: i32, content: &'a [u8], is_big_endian: bool) -> Result<(), Fault> {
        let mut at = Bytes::new(content, is_big_endian);
        match kind {
            3 => {
                at.seek(28)?;
                self.code_page = Some(at.i32()?);
            }
            4 => self.system_missing = at.f64()?,
            13 => self.long_names = content,
            14 => self.very_long = content,
            16 => {
                at.seek(8)?;
                self.cases = usize::try_from(at.u64()?).ok().or(self.cases);
            }
            20 => self.encoding = Some(content),
            21 => self.long_labels(at)?,
            22 => self.long_missing(at)?,
            _ => {}
        }
        Ok(())
    }

    /// The variable whose long name this is, in the bytes of the file.
    fn named(&mut self, name: &[u8]) -> Option<&mut Variable<'a>> {
        let mut pairs = self.long_names.split(|&byte| byte == b'\t');
        let short = pairs.find_map(|pair| {
            let equals = pair.iter().position(|&byte| byte == b'=')?;
            let long = pair.get(equals + 1..)?;
            long.eq_ignore_ascii_case(name).then(|| pair.get(..equals))?
        });
        let short = short.unwrap_or(name);
        let mut variables = self.variables.iter_mut();
        variables.find(|variable| variable.name.trim_ascii_end().eq_ignore_ascii_case(short))
    }

    fn long_labels(&mut self, mut at: Bytes<'a>) -> Result<(), Fault> {
        while !at.rest().is_empty() {
            let length = at.count()?;
            let name = at.take(length)?;
            at.skip(4)?;
            let mut labels = Vec::new();
            for _ in 0..at.count()? {
                let length = at.count()?;
                let value = at.take(length)?;
                let length = at.count()?;
                labels.push((value, at.take(length)?));
            }
            if let Some(variable) = self.named(name) {
                variable.long_labels = labels;
            }
        }
        Ok(())
    }

    fn long_missing(&mut self, mut at: Bytes<'a>) -> Result<(), Fault> {
        while !at.rest().is_empty() {
            let length = at.count()?;
            let name = at.take(length)?;
            let count = at.u8()?;
            let length = at.count()?;
            let mut values = Vec::new();
            for _ in 0..count {
                values.push(at.take(length)?);
            }
            if let Some(variable) = self.named(name) {
                variable.long_missing = values;
            }
        }
        Ok(())
    }

    /// The encoding of the texts; the name of one that is not known.
    fn encoding(&self) -> (Stated, Option<String>) {
        if let Some(name) = self.encoding {
            let name = String::from_utf8_lossy(name.split(|&byte| byte == 0).next().unwrap_or_default());
            return match named(&name) {
                Some(encoding) => (Stated::As(encoding), None),
                None => (Stated::Nothing, Some(name.into_owned())),
            };
        }
        // 2 and 3: ASCII and something beyond it.
        let page = self.code_page.and_then(|page| u32::try_from(page).ok());
        let known: Option<&'static Encoding> = page.and_then(of_code_page);
        (known.map_or(Stated::Nothing, Stated::As), None)
    }

    fn table(&self, decoder: &mut Decoder) -> Result<Table, Fault> {
        let cells = self.cells(decoder)?;
        let is_big_endian = self.data.is_big_endian;
        let columns = cells.iter().map(|cell| cell.column(decoder, is_big_endian)).collect();
        let mut writer = Writer::new(columns)?;
        let unpacked = match self.packing {
            Packing::Zlib => unpacked(self.data)?,
            _ => Vec::new(),
        };
        let mut values = Values {
            at: match self.packing {
                Packing::Zlib => Bytes::new(&unpacked, is_big_endian),
                _ => self.data,
            },
            has_codes: self.packing != Packing::None,
            codes: &[],
            bias: self.bias,
            system_missing: self.system_missing,
        };
        let mut case: Vec<Value> = Vec::new();
        let mut read = 0;
        while self.cases.is_none_or(|cases| read < cases) {
            let most = self.cases.unwrap_or(CELLS);
            if !values.case(&mut case, cells.iter().map(Cell::places).sum())? {
                break;
            }
            if read >= most {
                return Err(Fault::TooLarge(Large::Cells));
            }
            read += 1;
            let mut rest = case.as_slice();
            for cell in &cells {
                let (own, next) = rest.split_at_checked(cell.places()).ok_or(Fault::Broken)?;
                rest = next;
                cell.write(own, self, decoder, &mut writer)?;
            }
        }
        if self.cases.is_some_and(|cases| read < cases) {
            return Err(Fault::Broken);
        }
        writer.finish(String::new(), Vec::new())
    }

    /// The columns: very long texts, which are several variables, are one.
    fn cells(&self, decoder: &mut Decoder) -> Result<Vec<Cell<'_, 'a>>, Fault> {
        let pairs = |decoder: &mut Decoder, bytes: &'a [u8]| -> HashMap<String, &'a [u8]> {
            let pairs = bytes.split(|&byte| byte == b'\t');
            let pair = |pair: &'a [u8]| {
                let equals = pair.iter().position(|&byte| byte == b'=')?;
                let name = decoder.text(pair.get(..equals)?).to_ascii_uppercase();
                Some((name, pair.get(equals + 1..)?))
            };
            pairs.filter_map(pair).collect()
        };
        let names = pairs(decoder, self.long_names);
        let lengths = pairs(decoder, self.very_long);
        let mut cells = Vec::new();
        let mut variables = self.variables.iter();
        while let Some(variable) = variables.next() {
            let short = decoder.text(variable.name);
            let key = short.to_ascii_uppercase();
            let name = names.get(&key).map_or(short, |name| decoder.text(name));
            let length = lengths.get(&key).and_then(|length| {
                let length = String::from_utf8_lossy(super::bytes::until_nul(length)).into_owned();
                length.trim().parse::<usize>().ok()
            });
            let mut widths = vec![variable.width];
            // There is a part of 255 bytes for each 252, of which the last may be empty.
            let parts = length
                .filter(|&length| length > 255)
                .map_or(1, |length| length.div_ceil(252));
            for _ in 1..parts {
                widths.push(variables.next().ok_or(Fault::Broken)?.width);
            }
            cells.push(Cell {
                variable,
                name,
                length,
                widths,
            });
        }
        if cells.is_empty() {
            return Err(Fault::NoRows);
        }
        Ok(cells)
    }
}

/// A column of the table.
struct Cell<'f, 'a> {
    variable: &'f Variable<'a>,
    name: String,
    /// The length of a very long text.
    length: Option<usize>,
    /// The widths of its parts.
    widths: Vec<usize>,
}

impl Cell<'_, '_> {
    /// How many values of a case it takes.
    fn places(&self) -> usize {
        self.widths.iter().map(|&width| places(width)).sum()
    }

    fn is_text(&self) -> bool {
        self.variable.width > 0
    }

    /// The text of a code in labels and missing values.
    fn code(&self, value: Value, decoder: &mut Decoder, is_big_endian: bool) -> String {
        match self.is_text() {
            true => decoder.text(&value),
            false => shortest(number(value, is_big_endian)),
        }
    }

    fn column(&self, decoder: &mut Decoder, is_big_endian: bool) -> Column {
        let code = |code: String, label: String| CodeLabel { code, label };
        let mut levels: Vec<CodeLabel> = Vec::new();
        for (value, label) in &self.variable.labels {
            levels.push(code(self.code(*value, decoder, is_big_endian), decoder.text(label)));
        }
        for (value, label) in &self.variable.long_labels {
            levels.push(code(decoder.text(value), decoder.text(label)));
        }
        let mut missing: Vec<String> = Vec::new();
        for value in &self.variable.missing {
            missing.push(self.code(*value, decoder, is_big_endian));
        }
        for value in &self.variable.long_missing {
            missing.push(decoder.text(value));
        }
        let is_missing = |level: &CodeLabel| missing.contains(&level.code) || self.in_range(&level.code);
        let (mut of_missing, levels): (Vec<_>, Vec<_>) = levels.into_iter().partition(is_missing);
        for code in missing {
            if !code.is_empty() && of_missing.iter().all(|known| known.code != code) {
                of_missing.push(CodeLabel {
                    code,
                    label: String::new(),
                });
            }
        }
        let content = match (self.is_text(), self.variable.shown) {
            (true, _) => ColumnContent::Text,
            (false, Shown::Number) => ColumnContent::Number,
            (false, Shown::Time) => ColumnContent::Text,
            (false, _) => ColumnContent::Date,
        };
        let label = self.variable.label.map(|label| decoder.text(label));
        Column {
            described: DescribedColumn {
                name: self.name.clone(),
                label: label.filter(|label| !label.is_empty()),
                levels,
                missing: of_missing,
                content: None,
            },
            content: Some(content),
        }
    }

    fn in_range(&self, code: &str) -> bool {
        let number = code.parse::<f64>().ok();
        let range = self.variable.range.zip(number);
        range.is_some_and(|((low, high), number)| low <= number && number <= high)
    }

    fn write(
        &self,
        values: &[Value],
        file: &File<'_>,
        decoder: &mut Decoder,
        writer: &mut Writer,
    ) -> Result<(), Fault> {
        if self.is_text() {
            return writer.cell(self.text(values, decoder));
        }
        let value = *values.first().ok_or(Fault::Broken)?;
        let number = number(value, file.data.is_big_endian);
        if number == file.system_missing || number.is_nan() {
            return writer.cell(String::new());
        }
        let range = self.variable.range;
        let is_missing =
            range.is_some_and(|(low, high)| low <= number && number <= high) || self.variable.missing.contains(&value);
        if is_missing {
            return writer.missing(shortest(number), "");
        }
        writer.cell(days::of_spss(number, self.variable.shown))
    }

    fn text(&self, values: &[Value], decoder: &mut Decoder) -> String {
        let Some(length) = self.length.filter(|&length| length > 255) else {
            let bytes = values.as_flattened();
            return decoder.text(bytes.get(..self.variable.width).unwrap_or(bytes));
        };
        let mut bytes = Vec::new();
        let mut rest = values;
        for &width in &self.widths {
            let (own, next) = rest.split_at_checked(places(width)).unwrap_or((rest, &[]));
            rest = next;
            let own = own.as_flattened();
            bytes.extend_from_slice(own.get(..width).unwrap_or(own));
        }
        decoder.text(bytes.get(..length).unwrap_or(&bytes))
    }
}

/// How many values of a case a variable takes.
fn places(width: usize) -> usize {
    width.div_ceil(8).max(1)
}

fn value_of(bytes: &[u8]) -> Result<Value, Fault> {
    bytes.try_into().map_err(|_| Fault::Broken)
}

fn number(value: Value, is_big_endian: bool) -> f64 {
    match is_big_endian {
        true => f64::from_be_bytes(value),
        false => f64::from_le_bytes(value),
    }
}

/// Codes and their labels; labels are filled up to eight bytes with their length.
fn labels_of<'a>(at: &mut Bytes<'a>) -> Result<Vec<(Value, &'a [u8])>, Fault> {
    let mut labels = Vec::new();
    for _ in 0..at.count()? {
        let value = value_of(at.take(8)?)?;
        let length = usize::from(at.u8()?);
        let label = at.take(length)?;
        at.skip((length + 1).wrapping_neg() % 8)?;
        labels.push((value, label));
    }
    Ok(labels)
}

/// What a number is shown as, by the number of its format.
pub fn shown(format: u32) -> Shown {
    match format {
        20 | 23 | 24 | 29 | 30 | 38 | 39 => Shown::Day,
        28 => Shown::Month,
        22 | 41 => Shown::Moment,
        21 | 25 | 40 => Shown::Time,
        _ => Shown::Number,
    }
}

/// The values of the cases.
struct Values<'a> {
    at: Bytes<'a>,
    /// True if codes of a byte stand before groups of eight values.
    has_codes: bool,
    codes: &'a [u8],
    bias: f64,
    system_missing: f64,
}

impl Values<'_> {
    /// The next case; false at the end.
    fn case(&mut self, case: &mut Vec<Value>, places: usize) -> Result<bool, Fault> {
        case.clear();
        while case.len() < places {
            match self.next()? {
                Some(value) => case.push(value),
                None if case.is_empty() => return Ok(false),
                None => return Err(Fault::Broken),
            }
        }
        Ok(true)
    }

    /// The next value, as the file stores it.
    fn next(&mut self) -> Result<Option<Value>, Fault> {
        if !self.has_codes {
            return match self.at.rest().is_empty() {
                true => Ok(None),
                false => value_of(self.at.take(8)?).map(Some),
            };
        }
        loop {
            let Some((&code, rest)) = self.codes.split_first() else {
                if self.at.rest().is_empty() {
                    return Ok(None);
                }
                self.codes = self.at.take(8)?;
                continue;
            };
            self.codes = rest;
            return Ok(Some(match code {
                0 => continue,
                252 => return Ok(None),
                253 => value_of(self.at.take(8)?)?,
                254 => *b"        ",
                255 => self.stored(self.system_missing),
                code => self.stored(f64::from(code) - self.bias),
            }));
        }
    }

    /// A number as the file would store it.
    fn stored(&self, number: f64) -> Value {
        match self.at.is_big_endian {
            true => number.to_be_bytes(),
            false => number.to_le_bytes(),
        }
    }
}

/// The blocks of a file packed by zlib, one after the other.
fn unpacked(data: Bytes<'_>) -> Result<Vec<u8>, Fault> {
    let mut at = data;
    at.skip(8)?;
    let (trailer, length) = (at.place()?, at.place()?);
    at.seek(trailer)?;
    let mut trailer = Bytes::new(at.take(length)?, at.is_big_endian);
    trailer.skip(20)?;
    let blocks = trailer.count()?;
    let mut all = Vec::new();
    for _ in 0..blocks {
        trailer.skip(8)?;
        let start = trailer.place()?;
        let (size, packed) = (trailer.count()?, trailer.count()?);
        at.seek(start)?;
        if size > PART - all.len() {
            return Err(Fault::TooLarge(Large::Part));
        }
        let before = all.len();
        let block = ZlibDecoder::new(at.take(packed)?);
        block
            .take(size as u64 + 1)
            .read_to_end(&mut all)
            .map_err(|_| Fault::Broken)?;
        if all.len() - before != size {
            return Err(Fault::Broken);
        }
    }
    Ok(all)
}
