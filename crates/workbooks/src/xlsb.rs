//! Workbooks of Excel in the binary format (.xlsb): records in the parts of an archive (\[MS-XLSB\]). calamine reads
//! numbers and texts from a copy (see [`crate::binary`]); sheets, places, number formats, colours, hidden rows and
//! merged cells are read here.

use std::collections::HashMap;
use std::io::{Cursor, Write};

use calamine::{Data, Reader, Xlsb as Calamine};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::archive::Archive;
use crate::binary::{self, Cell, Cells, Shared, Style, Value, caught, u16_at, u32_at};
use crate::grid::Grid;
use crate::limits::{CELLS, Large, ROWS, SHEETS, TEXT};
use crate::xlsx::{Relation, relations};
use crate::{Fault, Sheet, number_format};

/// Kinds of records.
mod kind {
    pub const ROW_HDR: u16 = 0x00;
    pub const CELL_BLANK: u16 = 0x01;
    pub const CELL_RK: u16 = 0x02;
    pub const CELL_ERROR: u16 = 0x03;
    pub const CELL_BOOL: u16 = 0x04;
    pub const CELL_REAL: u16 = 0x05;
    pub const CELL_ST: u16 = 0x06;
    pub const CELL_ISST: u16 = 0x07;
    pub const FMLA_STRING: u16 = 0x08;
    pub const FMLA_NUM: u16 = 0x09;
    pub const FMLA_BOOL: u16 = 0x0a;
    pub const FMLA_ERROR: u16 = 0x0b;
    pub const SST_ITEM: u16 = 0x13;
    pub const FMT: u16 = 0x2c;
    pub const FILL: u16 = 0x2d;
    pub const XF: u16 = 0x2f;
    pub const CELL_R_STRING: u16 = 0x3e;
    pub const BEGIN_SHEET_DATA: u16 = 0x91;
    pub const END_SHEET_DATA: u16 = 0x92;
    pub const WS_DIM: u16 = 0x94;
    pub const WB_PROP: u16 = 0x99;
    pub const BUNDLE_SH: u16 = 0x9c;
    pub const CALC_PROP: u16 = 0x9d;
    pub const BEGIN_SST: u16 = 0x9f;
    pub const END_SST: u16 = 0xa0;
    pub const MERGE_CELL: u16 = 0xb0;
    pub const BEGIN_CELL_XFS: u16 = 0x269;
    pub const END_CELL_XFS: u16 = 0x26a;
    pub const END_BUNDLE_SHS: u16 = 0x90;
}

/// Cells that leave out their column, as later records of a row may (\[MS-XLSB\] 2.4.315 and following): the same
/// without.
const SHORT: [(u16, u16); 7] = [
    (0x0c, kind::CELL_BLANK),
    (0x0d, kind::CELL_RK),
    (0x0e, kind::CELL_ERROR),
    (0x0f, kind::CELL_BOOL),
    (0x10, kind::CELL_REAL),
    (0x11, kind::CELL_ST),
    (0x12, kind::CELL_ISST),
];

/// Data shared by the sheets of a workbook.
#[derive(Default)]
pub struct Tables {
    shared: Shared,
    /// True if the workbook asks the next program to compute all formulas.
    to_compute: bool,
    /// The records of the shared strings, without their kind.
    strings: Vec<Vec<u8>>,
}

/// Reads the data shared by the sheets, and the list of sheets; `part` holds the workbook.
///
/// # Errors
/// What is damaged or too large.
pub fn open(archive: &Archive, part: &str) -> Result<(Tables, Vec<Sheet>), Fault> {
    let relations = relations(archive, part)?;
    let of_kind = |kind: &str| relations.iter().find(|relation| relation.kind.ends_with(kind));
    let mut tables = Tables::default();
    if let Some(relation) = of_kind("/sharedStrings") {
        tables.strings = strings(&archive.read(&relation.target)?)?;
    }
    if let Some(relation) = of_kind("/styles") {
        tables.shared.styles = styles(&archive.read_small(&relation.target)?);
    }
    let mut sheets = Vec::new();
    let workbook = archive.read_small(part)?;
    for record in Records::of(&workbook) {
        let (kind, data) = record?;
        match kind {
            kind::WB_PROP => tables.shared.since_1904 = data.first().is_some_and(|flags| flags & 1 == 1),
            kind::CALC_PROP => tables.to_compute = data.get(24).is_some_and(|flags| flags & 1 == 1),
            kind::BUNDLE_SH => {
                if sheets.len() >= SHEETS {
                    return Err(Fault::TooLarge(Large::Sheets));
                }
                sheets.extend(sheet(archive, &relations, data)?);
            }
            _ => {}
        }
    }
    Ok((tables, sheets))
}

/// A sheet; `None` where it holds no cells, as those of charts and macros.
fn sheet(archive: &Archive, relations: &[Relation], data: &[u8]) -> Result<Option<Sheet>, Fault> {
    let found = || {
        let (id, end) = wide_text(data, 8)?;
        Some((u32_at(data, 0)?, id, wide_text(data, end)?.0))
    };
    let (state, id, name) = found().ok_or(Fault::Broken)?;
    let is_wanted = |relation: &&Relation| relation.id == id && relation.kind.ends_with("/worksheet");
    let Some(relation) = relations.iter().find(is_wanted) else {
        return Ok(None);
    };
    // Number of bytes searched for the size of the sheet.
    let start = archive.start_of(&relation.target, 4096)?;
    Ok(Some(Sheet {
        name,
        part: relation.target.clone(),
        hidden: state != 0,
        size: size(&start),
    }))
}

/// Returns the stated numbers of rows and columns of a sheet; (0, 0) where it has no row.
fn size(start: &[u8]) -> Option<(usize, usize)> {
    let mut stated = None;
    for (kind, data) in Records::of(start).map_while(Result::ok) {
        match kind {
            kind::WS_DIM => {
                let last = u32_at(data, 4).zip(u32_at(data, 12));
                stated = last.map(|(row, column)| (row as usize + 1, column as usize + 1));
            }
            kind::ROW_HDR => break,
            kind::END_SHEET_DATA => return Some((0, 0)),
            _ => {}
        }
    }
    stated
}

/// A text with its length before it, and where it ends; `None` where it is cut off.
fn wide_text(data: &[u8], at: usize) -> Option<(String, usize)> {
    let length = match u32_at(data, at)? {
        u32::MAX => 0,
        length => length as usize,
    };
    let end = (at + 4).checked_add(length.checked_mul(2)?)?;
    let units: Vec<u16> = data
        .get(at + 4..end)?
        .chunks_exact(2)
        .filter_map(|pair| u16_at(pair, 0))
        .collect();
    Some((String::from_utf16_lossy(&units), end))
}

/// The records of the shared strings, each of which is whole.
fn strings(bytes: &[u8]) -> Result<Vec<Vec<u8>>, Fault> {
    let mut strings = Vec::new();
    let (mut whole, mut size) = (false, 0);
    for record in Records::of(bytes) {
        let (kind, data) = record?;
        match kind {
            kind::SST_ITEM => {
                let (_, end) = wide_text(data, 1).ok_or(Fault::Broken)?;
                strings.push(data.get(..end).unwrap_or_default().to_vec());
                size += end;
            }
            kind::END_SST => whole = true,
            _ => {}
        }
        if strings.len() > CELLS {
            return Err(Fault::TooLarge(Large::Cells));
        }
        if size > 2 * TEXT {
            return Err(Fault::TooLarge(Large::Text));
        }
    }
    if whole { Ok(strings) } else { Err(Fault::Broken) }
}

fn styles(bytes: &[u8]) -> Vec<Style> {
    let (mut formats, mut fills, mut styles) = (HashMap::new(), Vec::new(), Vec::new());
    let mut of_cells = false;
    for (kind, data) in Records::of(bytes).map_while(Result::ok) {
        match kind {
            kind::FMT => {
                let code = wide_text(data, 2).map(|(code, _)| number_format::written(&code));
                formats.extend(u16_at(data, 0).zip(code));
            }
            // A pattern of 1 is solid.
            kind::FILL => fills.push(u32_at(data, 0) == Some(1)),
            kind::BEGIN_CELL_XFS => of_cells = true,
            kind::END_CELL_XFS => of_cells = false,
            kind::XF if of_cells => {
                let format = u16_at(data, 2).unwrap_or(0);
                let fill = u16_at(data, 6).unwrap_or(0);
                let own = formats.get(&format).copied();
                styles.push(Style {
                    meant: own.unwrap_or_else(|| number_format::built_in(u32::from(format))),
                    coloured: fills.get(usize::from(fill)).copied().unwrap_or(false),
                });
            }
            _ => {}
        }
    }
    styles
}

/// Records with their kinds; the last is [`Fault::Broken`] where it is cut off.
struct Records<'a> {
    rest: &'a [u8],
}

impl<'a> Records<'a> {
    fn of(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(*first)
    }

    fn record(&mut self) -> Option<(u16, &'a [u8])> {
        let first = self.byte()?;
        let mut kind = u16::from(first & 0x7f);
        if first & 0x80 != 0 {
            kind |= u16::from(self.byte()? & 0x7f) << 7;
        }
        let mut length = 0;
        for place in 0..4 {
            let part = self.byte()?;
            length |= usize::from(part & 0x7f) << (7 * place);
            if part & 0x80 == 0 {
                break;
            }
        }
        let (data, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        Some((kind, data))
    }
}

impl<'a> Iterator for Records<'a> {
    type Item = Result<(u16, &'a [u8]), Fault>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.rest.is_empty() {
            return None;
        }
        let record = self.record();
        if record.is_none() {
            self.rest = &[];
        }
        Some(record.ok_or(Fault::Broken))
    }
}

/// Reads the cells of a sheet.
///
/// # Errors
/// What is damaged or too large.
pub fn grid(archive: &Archive, tables: &Tables, sheet: &Sheet) -> Result<Grid, Fault> {
    let bytes = archive.read(&sheet.part)?;
    let mut reading = Reading {
        tables,
        cells: Cells::default(),
        copy: Vec::new(),
        number: 0,
        used: HashMap::new(),
        strings: Vec::new(),
        row: 0,
        column: 0,
    };
    let (mut inside, mut whole) = (false, false);
    for record in Records::of(&bytes) {
        let (kind, data) = record?;
        match kind {
            kind::BEGIN_SHEET_DATA => inside = true,
            kind::END_SHEET_DATA => (inside, whole) = (false, true),
            kind::MERGE_CELL => {
                let at = |at| u32_at(data, at);
                let range = || Some([at(0)?, at(8)?, at(4)?, at(12)?]);
                reading.cells.merged.extend(range());
                if reading.cells.merged.len() > CELLS {
                    return Err(Fault::TooLarge(Large::Merged));
                }
            }
            _ if inside => reading.record(kind, data)?,
            _ => {}
        }
    }
    // Rows that are not there would not be missed.
    if !whole {
        return Err(Fault::Broken);
    }
    drop(bytes);
    let values = reading.values()?;
    reading.cells.hidden_rows.sort_unstable();
    reading.cells.to_compute = tables.to_compute;
    binary::grid(&reading.cells, |value| values.get(value as usize), &tables.shared)
}

/// A sheet while it is read.
struct Reading<'a> {
    tables: &'a Tables,
    cells: Cells,
    /// The records of the cells in the copy, and how many there are.
    copy: Vec<u8>,
    number: u32,
    /// Where the copy has the shared strings that cells refer to, and those strings.
    used: HashMap<u32, u32>,
    strings: Vec<&'a [u8]>,
    /// The row, and the column of the last cell.
    row: u32,
    column: u32,
}

impl Reading<'_> {
    fn record(&mut self, kind: u16, data: &[u8]) -> Result<(), Fault> {
        if kind == kind::ROW_HDR {
            return self.start_row(data);
        }
        if let Some((_, whole)) = SHORT.iter().find(|(short, _)| *short == kind) {
            let next = self.column.wrapping_add(1);
            return self.cell(*whole, &[&next.to_le_bytes(), data].concat());
        }
        if kind <= kind::FMLA_ERROR || kind == kind::CELL_R_STRING {
            return self.cell(kind, data);
        }
        Ok(())
    }

    fn start_row(&mut self, data: &[u8]) -> Result<(), Fault> {
        self.row = u32_at(data, 0).ok_or(Fault::Broken)?;
        if self.row >= ROWS {
            return Err(Fault::TooLarge(Large::Rows));
        }
        self.column = u32::MAX;
        // Rows without a height are hidden.
        if data.get(11).is_some_and(|flags| flags & 0x10 != 0) {
            self.cells.hidden_rows.push(self.row);
        }
        Ok(())
    }

    fn cell(&mut self, kind: u16, data: &[u8]) -> Result<(), Fault> {
        let (Some(column), Some(style)) = (u32_at(data, 0), u32_at(data, 4)) else {
            return Err(Fault::Broken);
        };
        let value = match (kind, data.get(8..).unwrap_or_default()) {
            (kind::CELL_BLANK, _) => Value::None,
            (kind::CELL_ERROR | kind::FMLA_ERROR, [code, ..]) => Value::Error(*code),
            (kind::CELL_RK, value @ [_, _, _, _, ..]) => self.put(kind, value.get(..4)),
            (kind::CELL_BOOL | kind::FMLA_BOOL, value @ [_, ..]) => self.put(kind::CELL_BOOL, value.get(..1)),
            (kind::CELL_REAL | kind::FMLA_NUM, value @ [_, _, _, _, _, _, _, _, ..]) => {
                self.put(kind::CELL_REAL, value.get(..8))
            }
            (kind::CELL_ISST, [a, b, c, d, ..]) => self.shared(u32::from_le_bytes([*a, *b, *c, *d])),
            (kind::CELL_ST | kind::FMLA_STRING, value) => self.text(value)?,
            // Its text has flags before it, and runs after it.
            (kind::CELL_R_STRING, [_, value @ ..]) => self.text(value)?,
            _ => return Err(Fault::Broken),
        };
        self.column = column;
        self.cells.cells.push(Cell {
            row: self.row,
            column,
            style: style & 0x00ff_ffff,
            formula: (kind::FMLA_STRING..=kind::FMLA_ERROR).contains(&kind),
            value,
        });
        match self.cells.cells.len() {
            ..=CELLS => Ok(()),
            _ => Err(Fault::TooLarge(Large::Cells)),
        }
    }

    fn text(&mut self, value: &[u8]) -> Result<Value, Fault> {
        let (_, end) = wide_text(value, 0).ok_or(Fault::Broken)?;
        Ok(self.put(kind::CELL_ST, value.get(..end)))
    }

    fn shared(&mut self, number: u32) -> Value {
        let Some(string) = self.tables.strings.get(number as usize) else {
            return Value::NoString(number);
        };
        if let Some(&at) = self.used.get(&number) {
            return Value::Copied(at);
        }
        let string_of_copy = (self.strings.len() as u32).to_le_bytes();
        self.strings.push(string);
        self.used.insert(number, self.number);
        self.put(kind::CELL_ISST, Some(&string_of_copy))
    }

    /// Adds a value to the copy.
    fn put(&mut self, kind: u16, value: Option<&[u8]>) -> Value {
        write(&mut self.copy, kind, &[&[0; 8], value.unwrap_or_default()].concat());
        self.number += 1;
        Value::Copied(self.number - 1)
    }

    /// The values of the copy as calamine reads them.
    fn values(&mut self) -> Result<Vec<Data>, Fault> {
        let copy = self.archive().map_err(|_| Fault::Broken)?;
        let read = || {
            let mut book = Calamine::new(Cursor::new(copy))?;
            let mut cells = book.worksheet_cells_reader("S")?;
            let mut values = Vec::new();
            while let Some(cell) = cells.next_cell()? {
                values.push(Data::from(cell.get_value().clone()));
            }
            Ok::<_, calamine::XlsbError>(values)
        };
        let values = caught(read)?;
        if values.len() == self.number as usize {
            Ok(values)
        } else {
            Err(Fault::Broken)
        }
    }

    /// The copy: an archive with a workbook of one sheet.
    fn archive(&mut self) -> zip::result::ZipResult<Vec<u8>> {
        let mut sheet = Vec::new();
        write(&mut sheet, kind::WS_DIM, &[0; 16]);
        write(&mut sheet, kind::BEGIN_SHEET_DATA, &[]);
        write(&mut sheet, kind::ROW_HDR, &[0; 17]);
        sheet.append(&mut self.copy);
        write(&mut sheet, kind::END_SHEET_DATA, &[]);
        let mut strings = Vec::new();
        write(
            &mut strings,
            kind::BEGIN_SST,
            &(self.strings.len() as u32).to_le_bytes().repeat(2),
        );
        for string in &self.strings {
            write(&mut strings, kind::SST_ITEM, string);
        }
        write(&mut strings, kind::END_SST, &[]);
        let wide = |text: &str| {
            let units = text.encode_utf16().flat_map(u16::to_le_bytes);
            (text.len() as u32)
                .to_le_bytes()
                .into_iter()
                .chain(units)
                .collect::<Vec<u8>>()
        };
        let mut workbook = Vec::new();
        write(
            &mut workbook,
            kind::BUNDLE_SH,
            &[vec![0; 8], wide("r"), wide("S")].concat(),
        );
        write(&mut workbook, kind::END_BUNDLE_SHS, &[]);
        write(&mut workbook, kind::CALC_PROP, &[0; 26]);
        let relations = b"<Relationships><Relationship Id=\"r\" Target=\"worksheets/s.bin\"/></Relationships>";
        let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
        let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        for (name, part) in [
            ("xl/workbook.bin", &workbook[..]),
            ("xl/_rels/workbook.bin.rels", relations),
            ("xl/sharedStrings.bin", &strings),
            ("xl/worksheets/s.bin", &sheet),
        ] {
            archive.start_file(name, stored)?;
            archive.write_all(part)?;
        }
        Ok(archive.finish()?.into_inner())
    }
}

/// Writes a record.
fn write(out: &mut Vec<u8>, kind: u16, data: &[u8]) {
    match kind {
        ..0x80 => out.push(kind as u8),
        _ => out.extend([(kind & 0x7f | 0x80) as u8, (kind >> 7) as u8]),
    }
    let mut length = data.len();
    while length >= 0x80 {
        out.push((length & 0x7f | 0x80) as u8);
        length >>= 7;
    }
    out.push(length as u8);
    out.extend(data);
}
