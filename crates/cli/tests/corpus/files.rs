//! Tables as the bytes of a file: text in an encoding, or a workbook with cells of their own kinds.

use cotside_core::infant::Date;
use rust_xlsxwriter::{ExcelDateTime, Format as Style, Workbook, Worksheet};

/// A cell before it is written.
#[derive(Clone)]
pub enum Cell {
    Empty,
    Text(String),
    Number(f64),
    Day(Date),
    Truth(bool),
}

/// The rows of a file from the first to the last.
#[derive(Clone, Default)]
pub struct Table {
    pub rows: Vec<Vec<Cell>>,
    /// Groups of columns in the first row: first and last column, each a merged cell of a workbook.
    pub merged: Vec<(u16, u16)>,
}

/// What a file is.
#[derive(Clone, Copy, PartialEq)]
pub enum Format {
    Text(Text),
    Xlsx,
}

/// How a text file is written.
#[derive(Clone, Copy, PartialEq)]
pub struct Text {
    pub encoding: &'static str,
    pub separator: char,
    pub days: Days,
    /// Whether a number has a decimal comma.
    pub comma: bool,
}

/// How days are written.
#[derive(Clone, Copy, PartialEq)]
pub enum Days {
    Iso,
    Points,
    ShortYear,
    Slashes,
    Dashes,
    YearFirst,
    YearPoints,
    Kanji,
    MonthName,
}

impl Format {
    /// As the page of validation lists it.
    pub fn name(self) -> String {
        match self {
            Self::Xlsx => "xlsx".to_owned(),
            Self::Text(text) => {
                let separator = match text.separator {
                    '\t' => "tab",
                    ';' => "semicolon",
                    '|' => "bar",
                    _ => "comma",
                };
                format!("text, {}, {separator}", text.encoding)
            }
        }
    }

    pub fn ending(self) -> &'static str {
        match self {
            Self::Xlsx => "xlsx",
            Self::Text(_) => "csv",
        }
    }

    /// The bytes of a file with these sheets, of which a text file has one.
    pub fn bytes(self, sheets: &[(&str, Table)]) -> Vec<u8> {
        match self {
            Self::Xlsx => workbook(sheets),
            Self::Text(text) => sheets.first().map_or_else(Vec::new, |(_, table)| text.bytes(table)),
        }
    }
}

impl Days {
    fn text(self, day: Date) -> String {
        const MONTHS: [&str; 12] = [
            "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
        ];
        let (year, month, day) = day.parts();
        match self {
            Self::Iso => format!("{year}-{month:02}-{day:02}"),
            Self::Points => format!("{day:02}.{month:02}.{year}"),
            Self::ShortYear => format!("{day:02}.{month:02}.{:02}", year % 100),
            Self::Slashes => format!("{day:02}/{month:02}/{year}"),
            Self::Dashes => format!("{day:02}-{month:02}-{year}"),
            Self::YearFirst => format!("{year}/{month:02}/{day:02}"),
            Self::YearPoints => format!("{year}.{month:02}.{day:02}"),
            Self::Kanji => format!("{year}年{month}月{day}日"),
            Self::MonthName => format!("{day:02}-{}-{year}", MONTHS[usize::from(month) - 1]),
        }
    }
}

impl Text {
    fn bytes(self, table: &Table) -> Vec<u8> {
        let lines: Vec<String> = table.rows.iter().map(|row| self.line(row)).collect();
        self.encoded(&(lines.join("\r\n") + "\r\n"))
    }

    fn line(self, row: &[Cell]) -> String {
        let cells: Vec<String> = row.iter().map(|cell| self.quoted(&self.cell(cell))).collect();
        cells.join(&self.separator.to_string())
    }

    fn cell(self, cell: &Cell) -> String {
        match cell {
            Cell::Empty => String::new(),
            Cell::Text(text) => text.clone(),
            Cell::Number(number) if self.comma => number.to_string().replace('.', ","),
            Cell::Number(number) => number.to_string(),
            Cell::Day(day) => self.days.text(*day),
            Cell::Truth(truth) => if *truth { "TRUE" } else { "FALSE" }.to_owned(),
        }
    }

    fn quoted(self, text: &str) -> String {
        if text.contains([self.separator, '"', '\n']) {
            format!("\"{}\"", text.replace('"', "\"\""))
        } else {
            text.to_owned()
        }
    }

    fn encoded(self, text: &str) -> Vec<u8> {
        match self.encoding {
            "utf-8" => text.as_bytes().to_vec(),
            "utf-8-bom" => [b"\xef\xbb\xbf", text.as_bytes()].concat(),
            "utf-16le" => "\u{feff}"
                .encode_utf16()
                .chain(text.encode_utf16())
                .flat_map(u16::to_le_bytes)
                .collect(),
            label => {
                let (bytes, _, unmappable) = encoding_rs::Encoding::for_label(label.as_bytes()).unwrap().encode(text);
                assert!(!unmappable, "{label} cannot write {text}");
                bytes.into_owned()
            }
        }
    }
}

fn workbook(sheets: &[(&str, Table)]) -> Vec<u8> {
    let mut workbook = Workbook::new();
    for (name, table) in sheets {
        let sheet = workbook.add_worksheet().set_name(*name).unwrap();
        for (row, cells) in (0..).zip(&table.rows) {
            for (column, cell) in (0..).zip(cells) {
                write(sheet, row, column, cell);
            }
        }
        for &(first, last) in &table.merged {
            let Some(Cell::Text(text)) = table.rows.first().and_then(|row| row.get(usize::from(first))) else {
                continue;
            };
            sheet.merge_range(0, first, 0, last, text, &Style::new()).unwrap();
        }
    }
    workbook.save_to_buffer().unwrap()
}

fn write(sheet: &mut Worksheet, row: u32, column: u16, cell: &Cell) {
    match cell {
        Cell::Empty => {}
        Cell::Text(text) => {
            sheet.write_string(row, column, text).unwrap();
        }
        Cell::Number(number) => {
            sheet.write_number(row, column, *number).unwrap();
        }
        Cell::Truth(truth) => {
            sheet.write_boolean(row, column, *truth).unwrap();
        }
        Cell::Day(day) => {
            let (year, month, day) = day.parts();
            let day = ExcelDateTime::from_ymd(u16::try_from(year).unwrap(), month, day).unwrap();
            let style = Style::new().set_num_format("dd/mm/yyyy");
            sheet.write_datetime_with_format(row, column, day, &style).unwrap();
        }
    }
}
