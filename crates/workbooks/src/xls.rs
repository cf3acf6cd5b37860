//! Workbooks of Excel in the old format (.xls): records of BIFF5 and BIFF8 in a compound file (\[MS-XLS\], \[MS-CFB\]).
//! calamine reads numbers and texts from a copy (see [`crate::binary`]); sheets, places, number formats, colours,
//! hidden rows and merged cells are read here.

use std::collections::HashMap;
use std::io::{Cursor, Read, Write};

use calamine::{Data, Range, Reader, Xls as Calamine};
use cfb::CompoundFile;

use crate::binary::{self, Cell, Cells, Shared, Style, Value, caught, u16_at, u32_at};
use crate::grid::Grid;
use crate::limits::{CELLS, Large, PART, SHEETS};
use crate::{Fault, Sheet, number_format};

/// How every compound file starts.
pub const START: &[u8] = b"\xd0\xcf\x11\xe0";

/// Kinds of records.
mod kind {
    pub const FORMULA: u16 = 0x0006;
    pub const EOF: u16 = 0x000a;
    pub const DATE_MODE: u16 = 0x0022;
    pub const FILE_PASS: u16 = 0x002f;
    pub const CONTINUE: u16 = 0x003c;
    pub const CODE_PAGE: u16 = 0x0042;
    pub const UNCALCED: u16 = 0x005e;
    pub const BOUND_SHEET: u16 = 0x0085;
    pub const MUL_RK: u16 = 0x00bd;
    pub const MUL_BLANK: u16 = 0x00be;
    pub const R_STRING: u16 = 0x00d6;
    pub const XF: u16 = 0x00e0;
    pub const MERGE_CELLS: u16 = 0x00e5;
    pub const SST: u16 = 0x00fc;
    pub const LABEL_SST: u16 = 0x00fd;
    pub const DIMENSIONS: u16 = 0x0200;
    pub const BLANK: u16 = 0x0201;
    pub const NUMBER: u16 = 0x0203;
    pub const LABEL: u16 = 0x0204;
    pub const BOOL_ERR: u16 = 0x0205;
    pub const STRING: u16 = 0x0207;
    pub const ROW: u16 = 0x0208;
    pub const RK: u16 = 0x027e;
    pub const FORMAT: u16 = 0x041e;
    pub const BOF: u16 = 0x0809;
}

/// Columns of the copy; those of a sheet in this format.
const COPIED_COLUMNS: u32 = 256;

/// Parts of the shared strings at most: 100 MB.
const CONTINUED: usize = 12_500;

/// Number of records of a sheet searched for its size.
const LOOKED_AT: usize = 10_000;

/// A workbook whose shared parts are read.
pub struct Book {
    stream: Vec<u8>,
    version: Version,
    /// The records of the shared strings, and how many strings there are.
    strings: Vec<Vec<u8>>,
    number_of_strings: usize,
    code_page: Vec<u8>,
    /// Where each sheet starts, in the order of [`open`]'s sheets.
    starts: Vec<usize>,
    shared: Shared,
}

/// The version of the format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Version {
    /// Excel 5 and 95.
    Biff5,
    /// Excel 97 and later.
    Biff8,
}

/// Reads the data shared by the sheets, and the list of sheets.
///
/// # Errors
/// [`Fault::Password`], [`Fault::NoWorkbook`] for another document, [`Fault::OldFormat`] for a version before 5, and
/// faults of a damaged or too large file.
pub fn open(bytes: Vec<u8>) -> Result<(Book, Vec<Sheet>), Fault> {
    let stream = workbook_stream(bytes)?;
    let mut book = Book {
        version: version(&stream)?,
        stream: Vec::new(),
        strings: Vec::new(),
        number_of_strings: 0,
        code_page: Vec::new(),
        starts: Vec::new(),
        shared: Shared::default(),
    };
    let mut formats = HashMap::new();
    let mut looks = Vec::new();
    let mut bound = Vec::new();
    let mut records = Records::of(&stream, 0);
    loop {
        let (kind, data) = records.next().ok_or(Fault::Broken)?;
        match kind {
            kind::EOF => break,
            kind::FILE_PASS => return Err(Fault::Password),
            kind::CODE_PAGE if book.version == Version::Biff5 => book.code_page = data.to_vec(),
            kind::DATE_MODE => book.shared.since_1904 = u16_at(data, 0) == Some(1),
            kind::FORMAT => formats.extend(book.version.format(data)),
            kind::XF => looks.push(book.version.look(data).ok_or(Fault::Broken)?),
            kind::SST => {
                book.strings = records.continued(data)?;
                book.number_of_strings = number_of_strings(&book.strings).ok_or(Fault::Broken)?;
            }
            kind::BOUND_SHEET => bound.push(data),
            _ => {}
        }
    }
    book.shared.styles = looks.into_iter().map(|look| look.style(&formats)).collect();
    let sheets = book.bound(&stream, &bound)?;
    book.stream = stream;
    Ok((book, sheets))
}

/// The stream of records of a compound file.
fn workbook_stream(bytes: Vec<u8>) -> Result<Vec<u8>, Fault> {
    let encrypted: Vec<u8> = "EncryptedPackage".bytes().flat_map(|letter| [letter, 0]).collect();
    let is_encrypted = bytes.windows(encrypted.len()).any(|window| window == encrypted);
    let damaged = if is_encrypted { Fault::Password } else { Fault::Broken };
    let mut file = CompoundFile::open(Cursor::new(bytes)).map_err(|_| damaged)?;
    if file.exists("/EncryptedPackage") {
        return Err(Fault::Password);
    }
    let name = ["/Workbook", "/Book"].into_iter().find(|name| file.is_stream(name));
    let mut stream = Vec::new();
    let opened = file
        .open_stream(name.ok_or(Fault::NoWorkbook)?)
        .map_err(|_| Fault::Broken)?;
    if opened.len() > PART as u64 {
        return Err(Fault::TooLarge(Large::Part));
    }
    opened
        .take(PART as u64)
        .read_to_end(&mut stream)
        .map_err(|_| Fault::Broken)?;
    Ok(stream)
}

fn version(stream: &[u8]) -> Result<Version, Fault> {
    let Some((kind::BOF, data)) = Records::of(stream, 0).next() else {
        return Err(Fault::OldFormat);
    };
    match u16_at(data, 0) {
        Some(0x0600) => Ok(Version::Biff8),
        Some(0x0500) => Ok(Version::Biff5),
        _ => Err(Fault::OldFormat),
    }
}

/// A style: its number format and whether it fills the cell.
struct Look {
    format: u16,
    coloured: bool,
}

impl Look {
    fn style(&self, formats: &HashMap<u16, number_format::Meant>) -> Style {
        let own = formats.get(&self.format).copied();
        Style {
            meant: own.unwrap_or_else(|| number_format::built_in(u32::from(self.format))),
            coloured: self.coloured,
        }
    }
}

impl Version {
    /// A number format and its number; its letters are of ASCII where they mean something.
    fn format(self, data: &[u8]) -> Option<(u16, number_format::Meant)> {
        let number = u16_at(data, 0)?;
        let code: String = match self {
            Self::Biff5 => data.get(3..)?.iter().map(|&byte| char::from(byte)).collect(),
            Self::Biff8 if data.get(4)? & 1 == 0 => data.get(5..)?.iter().map(|&byte| char::from(byte)).collect(),
            Self::Biff8 => {
                let units: Vec<u16> = data
                    .get(5..)?
                    .chunks_exact(2)
                    .filter_map(|pair| u16_at(pair, 0))
                    .collect();
                String::from_utf16_lossy(&units)
            }
        };
        Some((number, number_format::written(&code)))
    }

    /// Returns the stated numbers of rows and columns of a sheet; (0, 0) where it holds no value.
    fn size(self, records: Records<'_>) -> Option<(usize, usize)> {
        let mut stated = None;
        for (kind, data) in records.take(LOOKED_AT) {
            match (kind, self) {
                (kind::EOF, _) => return Some((0, 0)),
                (kind::DIMENSIONS, Self::Biff5) => stated = u16_at(data, 2).map(u32::from).zip(u16_at(data, 6)),
                (kind::DIMENSIONS, Self::Biff8) => stated = u32_at(data, 4).zip(u16_at(data, 10)),
                _ if is_value(kind) => break,
                _ => {}
            }
        }
        // It holds a value, although it states an empty size.
        stated
            .filter(|stated| *stated != (0, 0))
            .map(|(rows, columns)| (rows as usize, usize::from(columns)))
    }

    /// A style: the pattern of its filling is solid where the cell has a colour.
    fn look(self, data: &[u8]) -> Option<Look> {
        let pattern = match self {
            Self::Biff5 => u32_at(data, 8)? >> 16 & 0x3f,
            Self::Biff8 => u32_at(data, 14)? >> 26,
        };
        Some(Look {
            format: u16_at(data, 2)?,
            coloured: pattern == 1,
        })
    }
}

/// Records from a place on, up to where they are cut off.
struct Records<'a> {
    rest: &'a [u8],
}

impl<'a> Records<'a> {
    fn of(stream: &'a [u8], at: usize) -> Self {
        Self {
            rest: stream.get(at..).unwrap_or_default(),
        }
    }

    /// A record and those that continue it.
    fn continued(&mut self, first: &[u8]) -> Result<Vec<Vec<u8>>, Fault> {
        let mut parts = vec![first.to_vec()];
        while u16_at(self.rest, 0) == Some(kind::CONTINUE) {
            let (_, data) = self.next().ok_or(Fault::Broken)?;
            parts.push(data.to_vec());
            if parts.len() > CONTINUED {
                return Err(Fault::TooLarge(Large::Text));
            }
        }
        Ok(parts)
    }
}

impl<'a> Iterator for Records<'a> {
    type Item = (u16, &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let kind = u16_at(self.rest, 0)?;
        let end = 4 + usize::from(u16_at(self.rest, 2)?);
        let data = self.rest.get(4..end)?;
        self.rest = self.rest.get(end..)?;
        Some((kind, data))
    }
}

/// How many strings the records of the shared strings hold, where each is whole (\[MS-XLS\] 2.4.265, 2.5.293).
fn number_of_strings(parts: &[Vec<u8>]) -> Option<usize> {
    let (first, continued) = parts.split_first()?;
    let mut rest = first.get(8..)?;
    let mut continued = continued.iter();
    let mut number = 0;
    loop {
        if rest.is_empty() {
            let Some(next) = continued.next() else {
                return Some(number);
            };
            rest = next;
        }
        let flags = *rest.get(2)?;
        let mut letters = usize::from(u16_at(rest, 0)?);
        rest = rest.get(3..)?;
        let mut behind = 0;
        if flags & 8 != 0 {
            behind += 4 * usize::from(u16_at(rest, 0)?);
            rest = rest.get(2..)?;
        }
        if flags & 4 != 0 {
            behind += u32_at(rest, 0)? as usize;
            rest = rest.get(4..)?;
        }
        let mut width = 1 + usize::from(flags & 1);
        loop {
            let taken = letters.min(rest.len() / width);
            letters -= taken;
            rest = rest.get(taken * width..)?;
            if letters == 0 {
                break;
            }
            let (next, letters_of_next) = continued.next()?.split_first()?;
            width = 1 + usize::from(next & 1);
            rest = letters_of_next;
        }
        while behind > rest.len() {
            behind -= rest.len();
            rest = continued.next()?;
        }
        rest = rest.get(behind..)?;
        number += 1;
        if number > CELLS {
            return None;
        }
    }
}

impl Book {
    /// The sheets of cells, and where they start. calamine reads their names.
    fn bound(&mut self, stream: &[u8], bound: &[&[u8]]) -> Result<Vec<Sheet>, Fault> {
        if bound.len() > SHEETS {
            return Err(Fault::TooLarge(Large::Sheets));
        }
        let mut sheets = Vec::new();
        for data in bound {
            let (Some(start), Some(&state), Some(&of_cells), Some(name)) =
                (u32_at(data, 0), data.get(4), data.get(5), data.get(6..))
            else {
                return Err(Fault::Broken);
            };
            // Sheets of charts and macros hold no cells.
            if of_cells != 0 {
                continue;
            }
            let start = start as usize;
            let mut records = Records::of(stream, start);
            if records.next().is_none_or(|(kind, _)| kind != kind::BOF) {
                return Err(Fault::Broken);
            }
            sheets.push(Sheet {
                name: self.name(name)?,
                part: self.starts.len().to_string(),
                hidden: state & 3 != 0,
                size: self.version.size(records),
            });
            self.starts.push(start);
        }
        Ok(sheets)
    }

    fn name(&self, name: &[u8]) -> Result<String, Fault> {
        let copy = Copy::new(self, name, false).finish()?;
        let read = || Calamine::new(Cursor::new(copy)).map(|book| book.sheet_names().first().cloned());
        caught(read)?.ok_or(Fault::Broken)
    }

    /// Reads the cells of a sheet.
    ///
    /// # Errors
    /// [`Fault`] for a damaged or too large sheet.
    pub fn grid(&self, sheet: &Sheet) -> Result<Grid, Fault> {
        let at: usize = sheet.part.parse().map_err(|_| Fault::Broken)?;
        let start = *self.starts.get(at).ok_or(Fault::Broken)?;
        let mut reading = Reading::of(self);
        let mut depth = 0_usize;
        let mut records = Records::of(&self.stream, start);
        loop {
            // Rows that are not there would not be missed.
            let (kind, data) = records.next().ok_or(Fault::Broken)?;
            match kind {
                kind::BOF => depth += 1,
                kind::EOF if depth <= 1 => break,
                kind::EOF => depth -= 1,
                // Charts within the sheet have records of their own.
                _ if depth == 1 => reading.record(kind, data)?,
                _ => {}
            }
        }
        reading.cells.hidden_rows.sort_unstable();
        let range = reading.copy.values()?;
        binary::grid(&reading.cells, |value| range.get_value(place(value)), &self.shared)
    }
}

fn is_value(kind: u16) -> bool {
    use kind::{BOOL_ERR, FORMULA, LABEL, LABEL_SST, MUL_RK, NUMBER, R_STRING, RK};
    [BOOL_ERR, FORMULA, LABEL, LABEL_SST, MUL_RK, NUMBER, R_STRING, RK].contains(&kind)
}

/// A sheet while it is read.
struct Reading<'a> {
    book: &'a Book,
    cells: Cells,
    copy: Copy,
    /// Where the copy has the shared strings that cells refer to.
    strings: HashMap<u32, u32>,
}

impl<'a> Reading<'a> {
    /// Of no cell so far.
    fn of(book: &'a Book) -> Self {
        let name: &[u8] = match book.version {
            Version::Biff5 => b"\x01S",
            Version::Biff8 => b"\x01\0S",
        };
        Self {
            book,
            cells: Cells::default(),
            copy: Copy::new(book, name, true),
            strings: HashMap::new(),
        }
    }

    fn record(&mut self, kind: u16, data: &[u8]) -> Result<(), Fault> {
        match kind {
            kind::ROW => self.row(data)?,
            kind::MERGE_CELLS => self.merge(data)?,
            kind::STRING => self.string(data)?,
            kind::UNCALCED => self.cells.to_compute = true,
            kind::MUL_RK | kind::MUL_BLANK => self.several(kind, data)?,
            _ if is_value(kind) || kind == kind::BLANK => self.cell(kind, data)?,
            _ => {}
        }
        match self.cells.cells.len() {
            ..=CELLS => Ok(()),
            _ => Err(Fault::TooLarge(Large::Cells)),
        }
    }

    fn merge(&mut self, data: &[u8]) -> Result<(), Fault> {
        let range = |range: &[u8]| {
            let at = |at| u16_at(range, at).map(u32::from);
            Some([at(0)?, at(4)?, at(2)?, at(6)?])
        };
        let ranges = data.get(2..).unwrap_or_default().chunks_exact(8);
        self.cells.merged.extend(ranges.filter_map(range));
        match self.cells.merged.len() {
            ..=CELLS => Ok(()),
            _ => Err(Fault::TooLarge(Large::Merged)),
        }
    }

    fn row(&mut self, data: &[u8]) -> Result<(), Fault> {
        let (Some(row), Some(flags)) = (u16_at(data, 0), u16_at(data, 12)) else {
            return Err(Fault::Broken);
        };
        if flags & 0x20 != 0 {
            self.cells.hidden_rows.push(u32::from(row));
        }
        Ok(())
    }

    /// Puts a cell that starts with its row, its column and its style.
    fn put(&mut self, data: &[u8], formula: bool, value: Value) -> Result<(), Fault> {
        let (Some(row), Some(column), Some(style)) = (u16_at(data, 0), u16_at(data, 2), u16_at(data, 4)) else {
            return Err(Fault::Broken);
        };
        self.cells.cells.push(Cell {
            row: u32::from(row),
            column: u32::from(column),
            style: u32::from(style),
            formula,
            value,
        });
        Ok(())
    }

    fn cell(&mut self, kind: u16, data: &[u8]) -> Result<(), Fault> {
        let value = data.get(6..).unwrap_or_default();
        let value = match (kind, value) {
            (kind::BLANK, _) => Value::None,
            (kind::BOOL_ERR, [code, 1, ..]) => Value::Error(*code),
            (kind::BOOL_ERR, [_, 0, ..]) => self.copy.put(kind, value),
            (kind::NUMBER, [_, _, _, _, _, _, _, _, ..]) | (kind::RK, [_, _, _, _, ..]) => self.copy.put(kind, value),
            (kind::LABEL | kind::R_STRING, _) => self.text(value),
            (kind::LABEL_SST, [_, _, _, _, ..]) => self.shared(u32_at(value, 0).unwrap_or_default()),
            (kind::FORMULA, [_, _, _, _, _, _, _, _, ..]) => {
                let value = self.result(value);
                return self.put(data, true, value);
            }
            _ => return Err(Fault::Broken),
        };
        self.put(data, false, value)
    }

    /// The value that is stored with a formula: a number, or its kind before two bytes that no number has.
    fn result(&mut self, value: &[u8]) -> Value {
        match value {
            // The text is in a separate record after this one.
            [0, _, _, _, _, _, 0xff, 0xff, ..] => Value::Missing,
            [1, _, truth, _, _, _, 0xff, 0xff, ..] => self.copy.put(kind::BOOL_ERR, &[*truth, 0]),
            [2, _, code, _, _, _, 0xff, 0xff, ..] => Value::Error(*code),
            [3, _, _, _, _, _, 0xff, 0xff, ..] => Value::Blank,
            _ => self.copy.put(kind::NUMBER, value.get(..8).unwrap_or_default()),
        }
    }

    /// The text of the formula before it.
    fn string(&mut self, data: &[u8]) -> Result<(), Fault> {
        let value = self.text(data);
        if let Some(cell) = self.cells.cells.last_mut().filter(|cell| cell.formula) {
            cell.value = value;
        }
        Ok(())
    }

    /// Reads the text of a cell; one that continues in another record is not read, and reported.
    fn text(&mut self, data: &[u8]) -> Value {
        match self.book.version.is_string(data) {
            true => self.copy.put(kind::LABEL, data),
            false => Value::NoText,
        }
    }

    fn shared(&mut self, number: u32) -> Value {
        if number as usize >= self.book.number_of_strings {
            return Value::NoString(number);
        }
        if let Some(&at) = self.strings.get(&number) {
            return Value::Copied(at);
        }
        let value = self.copy.put(kind::LABEL_SST, &number.to_le_bytes());
        if let Value::Copied(at) = value {
            self.strings.insert(number, at);
        }
        value
    }

    /// Cells side by side: row, first column, style and value of each, last column.
    fn several(&mut self, kind: u16, data: &[u8]) -> Result<(), Fault> {
        let (Some(place), Some(cells)) = (data.get(..2), data.get(4..data.len().saturating_sub(2))) else {
            return Err(Fault::Broken);
        };
        let first = u16_at(data, 2).ok_or(Fault::Broken)?;
        let width = if kind == kind::MUL_RK { 6 } else { 2 };
        for (column, cell) in (u32::from(first)..).zip(cells.chunks_exact(width)) {
            let column = u16::try_from(column).map_err(|_| Fault::Broken)?;
            let one = [place, &column.to_le_bytes(), cell].concat();
            self.cell(if kind == kind::MUL_RK { kind::RK } else { kind::BLANK }, &one)?;
        }
        Ok(())
    }
}

impl Version {
    /// True if bytes are a text with its length before it.
    fn is_string(self, data: &[u8]) -> bool {
        let length = u16_at(data, 0).map(usize::from);
        let width = match (self, data.get(2)) {
            (Self::Biff5, _) => Some((2, 1)),
            (Self::Biff8, Some(flags)) => Some((3, 1 + usize::from(flags & 1))),
            // An empty text has no flags in some workbooks.
            (Self::Biff8, None) => (length == Some(0)).then_some((2, 1)),
        };
        matches!((length, width), (Some(length), Some((from, width))) if data.len() >= from + length * width)
    }
}

/// The copy that calamine reads: a workbook of one sheet.
struct Copy {
    stream: Vec<u8>,
    /// Number of values so far.
    number: u32,
}

/// Row and column of a value in the copy.
fn place(value: u32) -> (u32, u32) {
    (value / COPIED_COLUMNS, value % COPIED_COLUMNS)
}

impl Copy {
    /// A sheet with this name, as the workbook has it.
    fn new(book: &Book, name: &[u8], with_strings: bool) -> Self {
        let mut copy = Self {
            stream: Vec::new(),
            number: 0,
        };
        let version: u16 = match book.version {
            Version::Biff5 => 0x0500,
            Version::Biff8 => 0x0600,
        };
        let bof = |of: u16| [&version.to_le_bytes()[..], &of.to_le_bytes(), &[0; 12]].concat();
        copy.record(kind::BOF, &bof(5));
        if !book.code_page.is_empty() {
            copy.record(kind::CODE_PAGE, &book.code_page);
        }
        let place = copy.stream.len() + 4;
        copy.record(kind::BOUND_SHEET, &[&[0; 6], name].concat());
        let strings = if with_strings { &book.strings[..] } else { &[] };
        for (at, part) in strings.iter().enumerate() {
            copy.record(if at == 0 { kind::SST } else { kind::CONTINUE }, part);
        }
        copy.record(kind::EOF, &[]);
        let start = (copy.stream.len() as u32).to_le_bytes();
        if let Some(stated) = copy.stream.get_mut(place..place + 4) {
            stated.copy_from_slice(&start);
        }
        copy.record(kind::BOF, &bof(0x10));
        copy
    }

    fn record(&mut self, kind: u16, data: &[u8]) {
        self.stream.extend(kind.to_le_bytes());
        self.stream.extend((data.len() as u16).to_le_bytes());
        self.stream.extend(data);
    }

    /// Adds a value.
    fn put(&mut self, kind: u16, value: &[u8]) -> Value {
        let (row, column) = place(self.number);
        let place = [(row as u16).to_le_bytes(), (column as u16).to_le_bytes(), [0, 0]].concat();
        self.record(kind, &[&place, value].concat());
        self.number += 1;
        Value::Copied(self.number - 1)
    }

    /// The bytes of a compound file.
    fn finish(mut self) -> Result<Vec<u8>, Fault> {
        self.record(kind::EOF, &[]);
        let made = || {
            let mut file = CompoundFile::create_with_version(cfb::Version::V3, Cursor::new(Vec::new()))?;
            file.create_stream("/Workbook")?.write_all(&self.stream)?;
            file.flush()?;
            Ok::<_, std::io::Error>(file.into_inner().into_inner())
        };
        made().map_err(|_| Fault::Broken)
    }

    /// The values as calamine reads them.
    fn values(self) -> Result<Range<Data>, Fault> {
        let copy = self.finish()?;
        caught(|| Calamine::new(Cursor::new(copy)).and_then(|mut book| book.worksheet_range("S")))
    }
}
