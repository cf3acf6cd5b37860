//! Tables of CDISC ADaM that belong together: one row for each subject (ADSL) beside one for each endpoint (ADTTE).

use std::collections::HashMap;

use super::column::is_missing;
use super::lenient::Import;

/// How two tables fit each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Joined {
    /// Subjects of both tables.
    pub both: usize,
    /// Subjects with endpoints that the table of subjects does not have.
    pub without: usize,
    /// Subjects that have no endpoint.
    pub only: usize,
    /// Subjects of whom a column of both tables has different values: that of the endpoints counts.
    pub differ: usize,
}

impl Import {
    fn column_named(&self, name: &str) -> Option<usize> {
        let header = self.sheet.header();
        header.iter().position(|each| each.trim().eq_ignore_ascii_case(name))
    }

    /// True if the rows are endpoints of subjects, as ADTTE has them.
    #[must_use]
    pub fn holds_endpoints(&self) -> bool {
        ["USUBJID", "PARAMCD", "AVAL", "CNSR"]
            .iter()
            .all(|name| self.column_named(name).is_some())
    }

    /// True if each row is a subject, as in ADSL.
    #[must_use]
    pub fn holds_subjects(&self) -> bool {
        let Some(id) = self
            .column_named("USUBJID")
            .filter(|_| self.column_named("PARAMCD").is_none())
        else {
            return false;
        };
        let mut ids: Vec<&str> = (0..self.sheet.rows())
            .map(|row| self.sheet.cell(row, id).trim())
            .collect();
        ids.sort_unstable();
        ids.windows(2).all(|two| two[0] != two[1])
    }

    /// Rows of endpoints with the columns of a table of subjects added; those of the same name stay as they are.
    #[must_use]
    pub fn with_subjects(&self, subjects: &Self) -> (Self, Joined) {
        let (Some(id), Some(key)) = (self.column_named("USUBJID"), subjects.column_named("USUBJID")) else {
            return (self.clone(), Joined::default());
        };
        let rows: HashMap<&str, usize> = (0..subjects.sheet.rows())
            .map(|row| (subjects.sheet.cell(row, key).trim(), row))
            .collect();
        let of: Vec<Option<usize>> = (0..self.sheet.rows())
            .map(|row| rows.get(self.sheet.cell(row, id).trim()).copied())
            .collect();
        let (mut added, mut shared) = (Vec::new(), Vec::new());
        for (column, name) in subjects.sheet.header().iter().enumerate() {
            match self.column_named(name.trim()) {
                Some(_) if column == key => {}
                Some(known) => shared.push((known, column)),
                None => {
                    let cell = |row: &Option<usize>| row.map_or("", |row| subjects.sheet.cell(row, column)).to_owned();
                    added.push((name.clone(), of.iter().map(cell).collect()));
                }
            }
        }
        let mut found: HashMap<&str, (bool, bool)> = HashMap::new();
        for (row, subject) in of.iter().enumerate() {
            let differs = subject.is_some_and(|subject| {
                let cells = |(known, column): &(usize, usize)| {
                    let (one, other) = (
                        self.sheet.cell(row, *known).trim(),
                        subjects.sheet.cell(subject, *column).trim(),
                    );
                    one != other && !is_missing(one) && !is_missing(other)
                };
                shared.iter().any(cells)
            });
            let entry = found.entry(self.sheet.cell(row, id).trim()).or_default();
            *entry = (subject.is_some(), entry.1 || differs);
        }
        let count = |wanted: &dyn Fn(&(bool, bool)) -> bool| found.values().filter(|each| wanted(each)).count();
        let joined = Joined {
            both: count(&|(has, _)| *has),
            without: count(&|(has, _)| !has),
            only: rows.keys().filter(|key| !found.contains_key(**key)).count(),
            differ: count(&|(_, differs)| *differs),
        };
        let mut read = self.clone();
        read.sheet = self.sheet.with_columns(&added);
        (read, joined)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cohort::Sheet;

    #[test]
    fn subjects_are_joined_by_their_id() {
        let read = |text: &str| Sheet::read_lenient(text.as_bytes()).unwrap();
        let endpoints = read("STUDYID,USUBJID,PARAMCD,AVAL,CNSR,SEX\nS,1,OS,5,0,M\nS,1,EFS,4,0,M\nS,2,OS,7,1,F\n");
        let subjects = read("usubjid,SEX,ARM\n1,F,A\n3,M,B\n");
        assert!(endpoints.holds_endpoints() && !endpoints.holds_subjects());
        assert!(subjects.holds_subjects() && !subjects.holds_endpoints());
        let (joined, fit) = endpoints.with_subjects(&subjects);
        assert_eq!(joined.sheet.header()[5..], ["SEX", "ARM"]);
        assert_eq!(joined.sheet.cells(1).skip(5).collect::<Vec<_>>(), ["M", "A"]);
        assert_eq!(joined.sheet.cells(2).skip(5).collect::<Vec<_>>(), ["F", ""]);
        let wanted = Joined {
            both: 1,
            without: 1,
            only: 1,
            differ: 1,
        };
        assert_eq!(fit, wanted);
    }
}
