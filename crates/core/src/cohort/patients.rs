//! A file of patients: CSV with a header, one row a patient.

use super::{Sheet, TableError};
use crate::infant::{Entry, Field, Reading, read};

/// One patient of a file.
#[derive(Debug, Clone, PartialEq)]
pub struct PatientRow {
    /// Line of the file on which the row starts; the header is on line 1.
    pub line: u64,
    /// Number of the row, the first patient being 1.
    pub row: usize,
    /// The texts of the row.
    pub entry: Entry,
    /// The result of reading them.
    pub reading: Reading,
}

/// A file of patients that could be read.
#[derive(Debug, Clone, PartialEq)]
pub struct PatientTable {
    /// One a row, in the order of the file.
    pub patients: Vec<PatientRow>,
    /// Columns that are not in the data dictionary, as in the header.
    pub ignored_columns: Vec<String>,
}

/// Reads a CSV file of patients: UTF-8 with or without BOM; `,`, `;` or tab; RFC 4180 quoting.
///
/// Rows with invalid or contradictory values are part of the answer, with their issues.
///
/// # Errors
/// [`TableError`] where the file as a whole cannot be read.
pub fn read_table(bytes: &[u8]) -> Result<PatientTable, TableError> {
    let sheet = Sheet::read(bytes)?;
    let columns = Columns::of(sheet.header())?;
    let patient = |row: usize| {
        let entry = columns.entry(sheet.cells(row));
        PatientRow {
            line: sheet.line(row),
            row: row + 1,
            reading: read(&entry),
            entry,
        }
    };
    Ok(PatientTable {
        patients: (0..sheet.rows()).map(patient).collect(),
        ignored_columns: columns.ignored,
    })
}

/// The use of a column.
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

/// The use of each column.
struct Columns {
    sources: Vec<Option<Source>>,
    ignored: Vec<String>,
}

impl Columns {
    fn of(header: &[String]) -> Result<Self, TableError> {
        let mut columns = Self {
            sources: Vec::new(),
            ignored: Vec::new(),
        };
        for name in header {
            let source = Source::of(name);
            if source.is_some() && columns.sources.contains(&source) {
                return Err(TableError::DuplicateColumn(name.clone()));
            }
            if source.is_none() {
                columns.ignored.push(name.clone());
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

    fn entry<'a>(&self, cells: impl Iterator<Item = &'a str>) -> Entry {
        let mut entry = Entry::default();
        let (mut translocation, mut duplication) = ("", "");
        for (cell, source) in cells.zip(&self.sources) {
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

/// Returns the KMT2A status from two indicator columns; a text other than 1, 0 or missing is returned unchanged, to be
/// reported.
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
    fn a_white_cell_count_that_may_be_per_ul_is_reported_with_its_row() {
        for (cell, wbc) in [
            ("2999", Some(2999.0)),
            ("3000", Some(3000.0)),
            ("3000.1", None),
            ("33900", None),
            ("", None),
        ] {
            let table = read_table(format!("id,wbc\na,{cell}\n").as_bytes());
            let readings: Vec<Reading> = table
                .iter()
                .flat_map(|table| &table.patients)
                .map(|row| row.reading.clone())
                .collect();
            let found: Vec<_> = readings
                .iter()
                .map(|reading| (reading.infant.wbc, reading.is_sound()))
                .collect();
            assert_eq!(found, [(wbc, wbc.is_some() || cell.is_empty())], "{cell}");
        }
        for strict in ["\"250,000\"", "250 000", "33.9 K/uL"] {
            let table = read_table(format!("id,wbc\na,{strict}\n").as_bytes());
            assert!(
                table.is_ok_and(|table| !table.patients[0].reading.is_sound()),
                "{strict}"
            );
        }
    }

    #[test]
    fn rows_keep_their_lines_after_quoted_newlines_and_unknown_columns_are_listed() {
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
