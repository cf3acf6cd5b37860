//! Chosen columns of a file, read row by row: only the requested values are kept, whatever the size of the file.

use core::num::NonZeroU32;
use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use super::column::{CellError, Expected, NumberColumn, is_missing, position};
use super::foreign::ForeignFormat;
use super::passing::{BLOCK, Passing};
use super::sheet::delimiter;
use super::table_error::TableError;
use crate::survival::Labels;

/// A requested column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wanted<'a> {
    /// Name of the column in the header.
    pub name: &'a str,
    /// How its cells are read.
    pub cells: Cells,
}

/// How cells are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cells {
    /// Numbers of a given range.
    Numbers(Expected),
    /// Trimmed text.
    Texts,
}

/// Why a file could not be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// Its bytes did not come.
    #[error("the file cannot be read")]
    Input(#[source] std::io::Error),
    /// The file is not a table.
    #[error("the file is not a table")]
    Table(#[source] TableError),
}

/// The chosen columns of a file with at least one row.
#[derive(Debug)]
pub struct ChosenColumns {
    header: Vec<String>,
    rows: usize,
    lines: RowLines,
    columns: Vec<Column>,
}

/// The line of the file on which each row starts.
///
/// Nearly always it is one after that of the row before; only the exceptions are stored.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RowLines {
    /// Rows that do not start one line after the row before, and their lines.
    breaks: Vec<(usize, u64)>,
}

/// Text cells of a column: each different text is kept once.
#[derive(Debug, Clone, Default)]
pub struct Texts {
    /// Position in `names` from 1; `None` where the cell is missing.
    codes: Vec<Option<NonZeroU32>>,
    /// Different texts in order of appearance.
    names: Vec<String>,
    known: BTreeMap<String, NonZeroU32>,
}

#[derive(Debug)]
struct Column {
    name: String,
    cells: Cells,
    /// Position of the column in the header.
    position: usize,
    values: Values,
}

#[derive(Debug)]
enum Values {
    Numbers(NumberColumn),
    Texts(Texts),
    Unusable(CellError),
    /// Already returned.
    Taken,
}

/// A file of which the header has been read.
pub struct Opened<R: Read> {
    reader: csv::Reader<Passing<Whole<R>>>,
    header: Vec<String>,
    separator: u8,
}

/// The file from its beginning on.
type Whole<R> = std::io::Chain<Cursor<Vec<u8>>, R>;

impl<R: Read> Opened<R> {
    /// Reads the header of a file: UTF-8 with or without BOM, the delimiter being the one that the header uses most, as
    /// [`Sheet::read`](super::Sheet::read).
    ///
    /// # Errors
    /// [`ReadError`] where there is none.
    pub fn new(mut input: R) -> Result<Self, ReadError> {
        let mut head = head(&mut input).map_err(ReadError::Input)?;
        if let Some(format) = ForeignFormat::of(&head) {
            return Err(ReadError::Table(TableError::Foreign(format)));
        }
        let mark = "\u{feff}".as_bytes();
        if head.starts_with(mark) {
            head.drain(..mark.len());
        }
        let is_empty = std::str::from_utf8(&head).is_ok_and(|text| text.trim().is_empty());
        let separator = delimiter(&head);
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(separator)
            .has_headers(false)
            .flexible(true)
            .buffer_capacity(BLOCK)
            .from_reader(Passing::new(Cursor::new(head).chain(input), separator));
        let mut record = csv::StringRecord::new();
        if is_empty || !next(&mut reader, &mut record)? {
            return Err(ReadError::Table(TableError::Empty));
        }
        let header = record.iter().map(|name| name.trim().to_owned()).collect();
        Ok(Self {
            reader,
            header,
            separator,
        })
    }

    /// Names of the columns, trimmed.
    #[must_use]
    pub fn header(&self) -> &[String] {
        &self.header
    }

    /// Reads the rows. Errors of a column are returned when it is requested.
    ///
    /// # Errors
    /// [`ReadError`] where the file as a whole cannot be read.
    pub fn read(mut self, wanted: &[Wanted<'_>]) -> Result<ChosenColumns, ReadError> {
        let commas = self.separator == b',';
        let columns = wanted.iter().map(|wanted| Column::new(wanted, &self.header, commas));
        let mut all = ChosenColumns {
            columns: columns.collect(),
            header: self.header,
            rows: 0,
            lines: RowLines::default(),
        };
        let mut record = csv::StringRecord::new();
        let mut misfit = None;
        while next(&mut self.reader, &mut record)? {
            let byte = record.position().map_or(0, csv::Position::byte);
            let line = self.reader.get_mut().line_at(byte);
            if let Err(error) = all.take_in(&record, line) {
                misfit = Some(error);
                break;
            }
        }
        if misfit.is_some() {
            // A row that does not fit may be due to a quote, which only the rest of the file shows.
            let _ = std::io::copy(self.reader.get_mut(), &mut std::io::sink());
        }
        match self.reader.get_ref().fault().or(misfit) {
            Some(error) => Err(ReadError::Table(error)),
            None if all.rows == 0 => Err(ReadError::Table(TableError::NoRows)),
            None => Ok(all),
        }
    }
}

impl ChosenColumns {
    /// Reads a file of which it is known which columns are wanted.
    ///
    /// # Errors
    /// [`ReadError`] where the file as a whole cannot be read.
    pub fn read(input: impl Read, wanted: &[Wanted<'_>]) -> Result<Self, ReadError> {
        Opened::new(input)?.read(wanted)
    }

    fn take_in(&mut self, record: &csv::StringRecord, line: u64) -> Result<(), TableError> {
        if record.len() != self.header.len() {
            return Err(TableError::CellCount {
                row: self.rows + 1,
                line,
                found: record.len(),
                expected: self.header.len(),
            });
        }
        self.lines.push(self.rows, line);
        self.rows += 1;
        for column in &mut self.columns {
            column.push(record.get(column.position).unwrap_or_default(), self.rows, line);
        }
        Ok(())
    }

    /// Number of rows without the header.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// The lines of the rows.
    #[must_use]
    pub fn lines(&self) -> &RowLines {
        &self.lines
    }

    /// Returns a column requested as numbers, which are finite; missing cells are NaN.
    ///
    /// # Errors
    /// [`CellError`] for the first cell that is neither missing nor a number in the range, or where there is no such
    /// column.
    pub fn numbers(&mut self, name: &str, expected: Expected) -> Result<Vec<f64>, CellError> {
        match self.take(name, Cells::Numbers(expected))? {
            Values::Numbers(numbers) => numbers.finish(),
            _ => Err(self.no_column(name)),
        }
    }

    /// Returns a column requested as texts.
    ///
    /// # Errors
    /// [`CellError`] where there is no such column.
    pub fn texts(&mut self, name: &str) -> Result<Texts, CellError> {
        match self.take(name, Cells::Texts)? {
            Values::Texts(texts) => Ok(texts),
            _ => Err(self.no_column(name)),
        }
    }

    fn take(&mut self, name: &str, cells: Cells) -> Result<Values, CellError> {
        let column = self
            .columns
            .iter_mut()
            .find(|column| column.name == name && column.cells == cells && !matches!(column.values, Values::Taken));
        match column.map(|column| core::mem::replace(&mut column.values, Values::Taken)) {
            Some(Values::Unusable(error)) => Err(error),
            Some(values) => Ok(values),
            None => Err(self.no_column(name)),
        }
    }

    fn no_column(&self, name: &str) -> CellError {
        CellError::NoColumn {
            name: name.to_owned(),
            header: self.header.clone(),
        }
    }
}

/// The next row, if there is one.
fn next<R: Read>(reader: &mut csv::Reader<Passing<R>>, record: &mut csv::StringRecord) -> Result<bool, ReadError> {
    let read = reader.read_record(record);
    read.map_err(|error| match (reader.get_ref().not_utf8, error.into_kind()) {
        (None, csv::ErrorKind::Io(error)) => ReadError::Input(error),
        (line, _) => ReadError::Table(TableError::NotUtf8(line)),
    })
}

/// The beginning of a file, at least its first line that is not empty.
fn head(input: &mut impl Read) -> std::io::Result<Vec<u8>> {
    let mut head = Vec::new();
    loop {
        let more = head.len().max(BLOCK) as u64;
        let came = input.by_ref().take(more).read_to_end(&mut head)?;
        let mut quotes = 0;
        let ends = head.iter().any(|&byte| {
            quotes += usize::from(byte == b'"');
            byte == b'\n' && quotes % 2 == 0
        });
        if (came as u64) < more || (ends && !head.trim_ascii().is_empty()) {
            return Ok(head);
        }
    }
}

impl RowLines {
    fn push(&mut self, row: usize, line: u64) {
        if self.line(row) != line {
            self.breaks.push((row, line));
        }
    }

    /// Line of the file on which row `row` (from 0) starts; the header is on line 1.
    #[must_use]
    pub fn line(&self, row: usize) -> u64 {
        let behind = self.breaks.partition_point(|&(from, _)| from <= row);
        let (from, line) = behind.checked_sub(1).map_or((0, 2), |last| self.breaks[last]);
        line + (row - from) as u64
    }
}

impl Column {
    fn new(wanted: &Wanted<'_>, header: &[String], comma_separated: bool) -> Self {
        let found = position(header, wanted.name);
        Self {
            name: wanted.name.to_owned(),
            cells: wanted.cells,
            position: *found.as_ref().unwrap_or(&0),
            values: match (found, wanted.cells) {
                (Err(error), _) => Values::Unusable(error),
                (Ok(_), Cells::Numbers(expected)) => {
                    Values::Numbers(NumberColumn::new(wanted.name, expected, comma_separated))
                }
                (Ok(_), Cells::Texts) => Values::Texts(Texts::default()),
            },
        }
    }

    /// Takes the cell of a row, counted from 1.
    fn push(&mut self, cell: &str, row: usize, line: u64) {
        let text = cell.trim();
        match &mut self.values {
            Values::Numbers(numbers) => numbers.push(text, row, line),
            Values::Texts(texts) => texts.push(text),
            Values::Unusable(_) | Values::Taken => {}
        }
    }
}

impl Texts {
    /// Adds a cell.
    pub fn push(&mut self, text: &str) {
        if is_missing(text) {
            self.codes.push(None);
            return;
        }
        let code = self.known.get(text).copied().or_else(|| {
            let code = NonZeroU32::new(u32::try_from(self.names.len() + 1).ok()?)?;
            self.names.push(text.to_owned());
            self.known.insert(text.to_owned(), code);
            Some(code)
        });
        self.codes.push(code);
    }

    /// Returns the number of cells.
    #[must_use]
    pub fn len(&self) -> usize {
        self.codes.len()
    }

    /// True if there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.codes.is_empty()
    }

    /// The different texts, in order of appearance.
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// Position in [`Self::names`] of each cell; `None` where it is missing.
    pub fn codes(&self) -> impl Iterator<Item = Option<usize>> {
        self.codes.iter().map(|code| Some(code.as_ref()?.get() as usize - 1))
    }

    /// A cell; `None` where it is missing.
    #[must_use]
    pub fn get(&self, row: usize) -> Option<&str> {
        let code = self.codes.get(row).copied()??;
        self.names.get(code.get() as usize - 1).map(String::as_str)
    }

    /// Returns labels of these rows, without missing ones.
    #[must_use]
    pub fn labels(&self, rows: impl Iterator<Item = usize>) -> Labels {
        let codes: Vec<u32> = rows
            .filter_map(|row| Some(self.codes.get(row).copied()??.get() - 1))
            .collect();
        Labels::present(&self.names, &codes).sorted()
    }
}

#[cfg(test)]
mod tests {
    use super::super::Sheet;
    use super::*;
    use proptest::prelude::*;

    /// Gives few bytes at a time.
    struct Dripping<'a>(&'a [u8], usize);

    impl Read for Dripping<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            let count = self.1.min(buffer.len()).min(self.0.len());
            let (now, later) = self.0.split_at(count);
            buffer[..count].copy_from_slice(now);
            self.0 = later;
            Ok(count)
        }
    }

    /// Every column as numbers and as texts, by the sheet and by the columns.
    fn compare(bytes: &[u8], drip: usize) {
        let columns = |wanted: &[Wanted<'_>]| ChosenColumns::read(Dripping(bytes, drip), wanted);
        let sheet = match (Sheet::read(bytes), columns(&[])) {
            (Ok(sheet), Ok(columns)) => {
                assert_eq!(sheet.rows(), columns.rows());
                sheet
            }
            (Err(TableError::NotUtf8(line)), Err(ReadError::Table(found))) => {
                // A file is read only up to its first error.
                assert!(found == TableError::NotUtf8(line) || !matches!(found, TableError::NotUtf8(_)));
                return;
            }
            (Err(error), Err(ReadError::Table(found))) => return assert_eq!(error, found),
            (one, two) => panic!("{one:?} {two:?}"),
        };
        for name in sheet.header() {
            for expected in [Expected::Number, Expected::Positive] {
                let cells = Cells::Numbers(expected);
                let mut columns = columns(&[Wanted { name, cells }]).unwrap();
                assert!((0..sheet.rows()).all(|row| sheet.line(row) == columns.lines().line(row)));
                let found = columns.numbers(name, expected);
                let found = found.map(|all| all.iter().map(|x| Some(*x).filter(|x| !x.is_nan())).collect());
                assert_eq!(sheet.numbers(name, expected), found);
            }
            let mut columns = columns(&[Wanted {
                name,
                cells: Cells::Texts,
            }])
            .unwrap();
            let (one, two) = (sheet.texts(name), columns.texts(name));
            assert_eq!(one.is_ok(), two.is_ok());
            if let (Ok(one), Ok(two)) = (one, two) {
                assert!((0..sheet.rows()).all(|row| one[row] == two.get(row)));
                let present: Vec<usize> = (0..sheet.rows()).filter(|&row| one[row].is_some()).collect();
                let texts: Vec<&str> = one.iter().flatten().copied().collect();
                assert_eq!(Labels::of(&texts), two.labels(present.into_iter()));
            }
        }
    }

    proptest! {
        #[test]
        fn equal_to_the_sheet(
            rows in prop::collection::vec(prop::collection::vec(
                prop_oneof!["[0-9]{1,3}", "-?[0-9],[0-9]", "NA", "", " [ab] ", "\"x;\n y\"", "é|\u{3042}", "\"\r\""], 2..4), 0..8),
            ends in prop_oneof![Just("\n"), Just("\r\n"), Just("\r"), Just("\n\n")],
            bom in any::<bool>(), even in prop::bool::weighted(0.8), cut in 0..4_usize, drip in 1..40_usize) {
            let mut text = String::from(if bom { "\u{feff}" } else { "" });
            text += ["a;b", "a; b;c", "a;a", "\"a\nb\";c"][cut];
            text += ends;
            let width = if cut == 1 { 3 } else { 2 };
            for row in &rows {
                let cells = row.iter().cycle().take(if even { width } else { row.len() });
                text += &cells.map(String::as_str).collect::<Vec<_>>().join(";");
                text += ends;
            }
            compare(text.as_bytes(), drip);
        }

        #[test]
        fn any_bytes(bytes in prop::collection::vec(prop_oneof![any::<u8>(), Just(b'\n'), Just(b','), Just(b'"')], 0..60),
            drip in 1..9_usize) {
            compare(&bytes, drip);
        }
    }

    #[test]
    fn a_long_file_comes_in_blocks() {
        let mut text = "id,x\n".to_owned();
        for row in 0..30_000 {
            text += &format!("p\u{e4}{row},{}\n{}", row % 7, if row % 1000 == 0 { "\n" } else { "" });
        }
        let wanted = [Wanted {
            name: "x",
            cells: Cells::Numbers(Expected::Number),
        }];
        let mut columns = ChosenColumns::read(text.as_bytes(), &wanted).unwrap();
        let (x, sheet) = (
            columns.numbers("x", Expected::Number).unwrap(),
            Sheet::read(text.as_bytes()).unwrap(),
        );
        assert!(x.iter().enumerate().all(|(row, &x)| x == (row % 7) as f64));
        assert!((0..30_000).all(|row| columns.lines().line(row) == sheet.line(row)));
        let mut broken = text.into_bytes();
        broken[200_000] = 0xff;
        let expected = Sheet::read(&broken).unwrap_err();
        assert!(matches!(ChosenColumns::read(&broken[..], &wanted), Err(ReadError::Table(found)) if found == expected));
    }
}
