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
    let mut records = reader
        .records()
        .map(|record| record.map_err(|_| TableError::NotUtf8(None)));
    let header = records.next().unwrap_or(Err(TableError::Empty))?;
    let columns = Columns::of(&header)?;
    let mut lines = Lines {
        text: text.as_bytes(),
        counted_to: 0,
        line: 1,
    };
    let mut patients = Vec::new();
    for record in records {
        let record = record?;
        let line = lines.at(record.position().map_or(0, csv::Position::byte));
        let row = patients.len() + 1;
        if record.len() != header.len() {
            return Err(TableError::CellCount {
                row,
                line,
                found: record.len(),
                expected: header.len(),
            });
        }
        let entry = columns.entry(&record);
        let reading = read(&entry);
        patients.push(PatientRow {
            line,
            row,
            entry,
            reading,
        });
    }
    if patients.is_empty() {
        return Err(TableError::NoRows);
    }
    Ok(PatientTable {
        patients,
        ignored_columns: columns.ignored,
    })
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

/// What a column feeds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Source {
    /// A field of the dictionary, by its own name or another.
    Field(Field),
    /// 1 or 0: KMT2A translocation. With [`Source::Duplication`] it gives the KMT2A status.
    Translocation,
    /// 1 or 0: KMT2A (MLL) duplication.
    Duplication,
}

/// Other names under which published tables carry a field or an indicator.
const OTHER_NAMES: &[(&str, Source)] = &[
    ("patient_no", Source::Field(Field::Id)),
    ("wbc_1e9_per_l", Source::Field(Field::Wbc)),
    ("kmt2a_translocation", Source::Translocation),
    ("dupmll", Source::Duplication),
];

impl Source {
    fn of(name: &str) -> Option<Self> {
        let other = || {
            OTHER_NAMES
                .iter()
                .find(|(known, _)| known.eq_ignore_ascii_case(name))
                .map(|(_, source)| *source)
        };
        Field::from_column(name).map(Self::Field).or_else(other)
    }
}

/// What each column feeds.
struct Columns {
    sources: Vec<Option<Source>>,
    ignored: Vec<String>,
}

impl Columns {
    fn of(header: &csv::StringRecord) -> Result<Self, TableError> {
        let mut columns = Self {
            sources: Vec::new(),
            ignored: Vec::new(),
        };
        for name in header {
            let name = name.trim();
            let source = Source::of(name);
            if source.is_some() && columns.sources.contains(&source) {
                return Err(TableError::DuplicateColumn(name.to_owned()));
            }
            if source.is_none() {
                columns.ignored.push(name.to_owned());
            }
            columns.sources.push(source);
        }
        if columns
            .sources
            .iter()
            .all(|source| matches!(source, None | Some(Source::Field(Field::Id))))
        {
            return Err(TableError::NoKnownColumn(columns.ignored));
        }
        Ok(columns)
    }

    fn entry(&self, record: &csv::StringRecord) -> Entry {
        let mut entry = Entry::default();
        let (mut translocation, mut duplication) = ("", "");
        for (cell, source) in record.iter().zip(&self.sources) {
            match source {
                Some(Source::Field(field)) => entry.set(*field, cell),
                Some(Source::Translocation) => translocation = cell.trim(),
                Some(Source::Duplication) => duplication = cell.trim(),
                None => {}
            }
        }
        if entry.get(Field::Kmt2a).is_empty() {
            entry.set(Field::Kmt2a, kmt2a_of_indicators(translocation, duplication));
        }
        entry
    }
}

/// The KMT2A status that two indicator columns give; what is neither 1, 0 nor missing is handed on, to be reported.
fn kmt2a_of_indicators<'a>(translocation: &'a str, duplication: &'a str) -> &'a str {
    match (translocation, duplication) {
        ("1", "" | "0") => "rearranged",
        ("0", "1") => "ptd",
        ("0", "0") => "germline",
        ("" | "0", "") | ("", "0" | "1") => "",
        ("1", "1") => "translocation and duplication",
        (translocation, "" | "0" | "1") => translocation,
        (_, duplication) => duplication,
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
    counts
        .into_iter()
        .rev()
        .max_by_key(|&(_, count)| count)
        .map_or(b',', |(delimiter, _)| delimiter)
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
            (
                b"wbc,age_days\n1",
                E::CellCount {
                    row: 1,
                    line: 2,
                    found: 1,
                    expected: 2,
                },
            ),
            (b"wbc,age_days\n", E::NoRows),
        ] {
            assert_eq!(read_table(bytes), Err(error), "{:?}", String::from_utf8_lossy(bytes));
        }
    }

    #[test]
    fn indicator_columns_give_the_kmt2a_status() {
        use crate::infant::Kmt2a;
        for (cells, status) in [
            ("1,0", Some(Kmt2a::Rearranged)),
            ("0,1", Some(Kmt2a::Ptd)),
            ("0,0", Some(Kmt2a::Germline)),
            ("0,", None),
            (",1", None),
            (",", None),
        ] {
            let text = format!("kmt2a_translocation,dupMLL,patient_no,wbc_1e9_per_L\n{cells},7,20\n");
            let table = read_table(text.as_bytes());
            let patient = table.as_ref().ok().and_then(|table| table.patients.first());
            let found = patient.map(|patient| (patient.reading.infant.kmt2a, patient.reading.is_sound()));
            assert_eq!(found, Some((status, true)), "{cells}");
        }
        for cells in ["2,0", "1,1", "0,x"] {
            let text = format!("kmt2a_translocation,dupMLL\n{cells}\n");
            let sound = read_table(text.as_bytes()).is_ok_and(|table| table.patients[0].reading.is_sound());
            assert!(!sound, "{cells}");
        }
    }

    #[test]
    fn rows_keep_their_lines_behind_quoted_newlines_and_unknown_columns_are_named() {
        let table = read_table(b"id,comment,wbc\na,\"two\nlines\",1\nb,,x\n");
        let table = table.as_ref().ok();
        let lines: Vec<u64> = table
            .iter()
            .flat_map(|t| &t.patients)
            .map(|patient| patient.line)
            .collect();
        assert_eq!(lines, [2, 4]);
        assert_eq!(
            table.map(|t| t.ignored_columns.clone()),
            Some(vec!["comment".to_owned()])
        );
    }
}
