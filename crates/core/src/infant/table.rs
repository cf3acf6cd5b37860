//! A file of patients: CSV with a header, one row a patient.

use super::field::Field;
use super::read::{Entry, Reading, read};

/// One patient of a file.
#[derive(Debug, Clone, PartialEq)]
pub struct PatientRow {
    /// Line of the file on which the row starts; the header is on line 1.
    pub line: u64,
    /// Number of the row, the first patient being 1.
    pub row: usize,
    /// The row as typed.
    pub entry: Entry,
    /// What was understood of it.
    pub reading: Reading,
}

/// A file of patients that could be read.
#[derive(Debug, Clone, PartialEq)]
pub struct PatientTable {
    /// One a row, in the order of the file.
    pub patients: Vec<PatientRow>,
    /// Columns that the dictionary does not know, as they stand in the header.
    pub ignored_columns: Vec<String>,
}

/// Why a file could not be read at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TableError {
    /// Nothing in it.
    Empty,
    /// It is not UTF-8 text (the line, where it is known).
    NotUtf8(Option<u64>),
    /// No column of the dictionary is in the header.
    NoKnownColumn(Vec<String>),
    /// A column stands twice.
    DuplicateColumn(String),
    /// A row has another number of cells than the header.
    CellCount {
        /// Number of the row.
        row: usize,
        /// Its line.
        line: u64,
        /// Cells found.
        found: usize,
        /// Cells of the header.
        expected: usize,
    },
    /// A header and no rows.
    NoRows,
}

/// Reads a CSV file of patients: UTF-8 with or without BOM; `,`, `;` or tab; RFC 4180 quoting.
///
/// Rows with invalid or contradictory values are part of the answer, with their issues.
///
/// # Errors
/// [`TableError`] where the file as a whole cannot be read.
pub fn read_table(bytes: &[u8]) -> Result<PatientTable, TableError> {
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let line = bytes[..error.valid_up_to()].iter().filter(|&&b| b == b'\n').count() as u64 + 1;
        TableError::NotUtf8(Some(line))
    })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.trim().is_empty() {
        return Err(TableError::Empty);
    }
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter(text))
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut records = reader.records().map(|record| record.map_err(|_| TableError::NotUtf8(None)));
    let header = records.next().unwrap_or(Err(TableError::Empty))?;
    let columns = Columns::of(&header)?;
    let mut lines = Lines { text: text.as_bytes(), counted_to: 0, line: 1 };
    let mut patients = Vec::new();
    for record in records {
        let record = record?;
        let line = lines.at(record.position().map_or(0, csv::Position::byte));
        let row = patients.len() + 1;
        if record.len() != header.len() {
            return Err(TableError::CellCount { row, line, found: record.len(), expected: header.len() });
        }
        let mut entry = Entry::default();
        for (cell, source) in record.iter().zip(&columns.sources) {
            if let Some(field) = source {
                entry.set(*field, cell);
            }
        }
        let reading = read(&entry);
        patients.push(PatientRow { line, row, entry, reading });
    }
    if patients.is_empty() {
        return Err(TableError::NoRows);
    }
    Ok(PatientTable { patients, ignored_columns: columns.ignored })
}

/// Counts lines as far as a byte position, once over the text. (The reader's own count stops before the line feed of
/// a carriage return.)
struct Lines<'a> {
    text: &'a [u8],
    counted_to: usize,
    line: u64,
}

impl Lines<'_> {
    /// The line of the first byte at or after `byte` that does not end a line.
    fn at(&mut self, byte: u64) -> u64 {
        let mut to = usize::try_from(byte).unwrap_or(usize::MAX).min(self.text.len());
        while matches!(self.text.get(to), Some(b'\r' | b'\n')) {
            to += 1;
        }
        let passed = self.text.get(self.counted_to..to).unwrap_or_default();
        self.line += passed.iter().filter(|&&b| b == b'\n').count() as u64;
        self.counted_to = self.counted_to.max(to);
        self.line
    }
}

/// Which field each column feeds.
struct Columns {
    sources: Vec<Option<Field>>,
    ignored: Vec<String>,
}

impl Columns {
    fn of(header: &csv::StringRecord) -> Result<Self, TableError> {
        let mut columns = Self { sources: Vec::new(), ignored: Vec::new() };
        for name in header {
            let name = name.trim();
            let field = Field::from_column(name);
            if field.is_some() && columns.sources.contains(&field) {
                return Err(TableError::DuplicateColumn(name.to_owned()));
            }
            if field.is_none() {
                columns.ignored.push(name.to_owned());
            }
            columns.sources.push(field);
        }
        if columns.sources.iter().all(|source| matches!(source, None | Some(Field::Id))) {
            return Err(TableError::NoKnownColumn(columns.ignored));
        }
        Ok(columns)
    }
}

/// The delimiter that the header uses most, outside quotes; a comma where there is none.
fn delimiter(text: &str) -> u8 {
    let mut quoted = false;
    let mut counts = [(b',', 0_usize), (b';', 0), (b'\t', 0)];
    for byte in text.bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => break,
            _ if quoted => {}
            _ => {
                if let Some((_, count)) = counts.iter_mut().find(|(delimiter, _)| *delimiter == byte) {
                    *count += 1;
                }
            }
        }
    }
    counts.into_iter().rev().max_by_key(|&(_, count)| count).map_or(b',', |(delimiter, _)| delimiter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delimiters_bom_and_quotes() {
        for text in [
            "id,age_days,wbc\na,100,20\n",
            "\u{feff}id;age_days;wbc\r\na;100;20\r\n",
            "id\tage_days\twbc\na\t100\t20",
            "\"id\",\"AGE_DAYS\",\"wbc\"\n\"a\",\"100\",\"20\"\n\n",
        ] {
            let table = read_table(text.as_bytes());
            let patients = table.as_ref().map(|table| &table.patients[..]).unwrap_or_default();
            assert_eq!(patients.len(), 1, "{text:?}: {table:?}");
            assert_eq!(patients[0].reading.infant.wbc, Some(20.0));
            assert_eq!((patients[0].row, patients[0].line), (1, 2));
        }
    }

    #[test]
    fn a_file_that_cannot_be_read_says_why() {
        use TableError as E;
        for (bytes, error) in [
            (&b""[..], E::Empty),
            (b" \n ", E::Empty),
            (b"age_days,wbc\n1\xff,2", E::NotUtf8(Some(2))),
            (b"a,b\n1,2", E::NoKnownColumn(vec!["a".into(), "b".into()])),
            (b"wbc,WBC\n1,2", E::DuplicateColumn("WBC".into())),
            (b"wbc,age_days\n1", E::CellCount { row: 1, line: 2, found: 1, expected: 2 }),
            (b"wbc,age_days\n", E::NoRows),
        ] {
            assert_eq!(read_table(bytes), Err(error), "{:?}", String::from_utf8_lossy(bytes));
        }
    }

    #[test]
    fn rows_keep_their_lines_behind_quoted_newlines_and_unknown_columns_are_named() {
        let table = read_table(b"id,comment,wbc\na,\"two\nlines\",1\nb,,x\n");
        let table = table.as_ref().ok();
        let lines: Vec<u64> = table.iter().flat_map(|t| &t.patients).map(|patient| patient.line).collect();
        assert_eq!(lines, [2, 4]);
        assert_eq!(table.map(|t| t.ignored_columns.clone()), Some(vec!["comment".to_owned()]));
    }
}
