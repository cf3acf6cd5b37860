//! Files that describe the columns of another file: data dictionaries as tables, and value labels in the syntax of SPSS,
//! Stata, SAS and R. They are recognised by what they hold.
//!
//! A text that is none of them gives `None`: it may be a table of patients.

mod castor;
mod choices;
mod r;
mod redcap;
mod sas;
mod spss;
mod stata;
mod table;
mod tokens;

use super::dictionary::{CodeLabel, DescribedColumn, Dictionary};
use super::sheet::Sheet;

/// The kind of a file that describes columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodebookKind {
    /// REDCap's data dictionary.
    Redcap,
    /// Castor's variable list or its option groups.
    Castor,
    /// A table of variables, codes and labels.
    Table,
    /// SPSS syntax.
    Spss,
    /// A Stata do-file.
    Stata,
    /// A SAS program.
    Sas,
    /// An R script.
    R,
}

impl CodebookKind {
    /// Its name for a person.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Redcap => "REDCap data dictionary",
            Self::Castor => "Castor variable list",
            Self::Table => "codebook",
            Self::Spss => "SPSS syntax",
            Self::Stata => "Stata do-file",
            Self::Sas => "SAS program",
            Self::R => "R script",
        }
    }
}

/// What one file says. Labels may be given to a set of codes that columns, perhaps of another file, name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Codebook {
    /// The kind of the file.
    pub kind: CodebookKind,
    /// The columns that it describes.
    pub columns: Vec<DescribedColumn>,
    /// Sets of codes by name.
    pub sets: Vec<(String, Vec<CodeLabel>)>,
    /// Columns and the set of codes that each uses.
    pub uses: Vec<(String, String)>,
}

impl Codebook {
    const fn of(kind: CodebookKind) -> Self {
        Self {
            kind,
            columns: Vec::new(),
            sets: Vec::new(),
            uses: Vec::new(),
        }
    }

    /// Reads a text in the syntax of a statistics program; `None` where it is in none.
    #[must_use]
    pub fn of_syntax(text: &str) -> Option<Self> {
        let readers = [spss::read, stata::read, sas::read, r::read];
        let found = readers.iter().filter_map(|read| read(text));
        // A program that says most of the columns is the one that it is written for.
        found
            .filter(Codebook::says_something)
            .max_by_key(|book| book.columns.len() + book.uses.len())
    }

    /// Reads a table; `None` where its columns are none that describe other columns.
    #[must_use]
    pub fn of_table(sheet: &Sheet) -> Option<Self> {
        let readers = [castor::read, redcap::read, table::read];
        readers
            .iter()
            .filter_map(|read| read(sheet))
            .find(Codebook::says_something)
    }

    /// Adds what another part of the same file says: a further sheet of a workbook.
    pub fn join(&mut self, other: Self) {
        self.columns.extend(other.columns);
        self.sets.extend(other.sets);
        self.uses.extend(other.uses);
    }

    fn says_something(&self) -> bool {
        let says = |column: &DescribedColumn| {
            column.label.is_some() || !column.levels.is_empty() || !column.missing.is_empty()
        };
        self.columns.iter().any(says) || !self.sets.is_empty()
    }

    /// The column of this name, added where it is new.
    fn column(&mut self, name: &str) -> &mut DescribedColumn {
        let at = self.columns.iter().position(|column| column.name == name);
        let at = at.unwrap_or_else(|| {
            self.columns.push(DescribedColumn {
                name: name.to_owned(),
                ..DescribedColumn::default()
            });
            self.columns.len() - 1
        });
        &mut self.columns[at]
    }

    /// The dictionary of several files, each with its name: sets of codes of one may be used by another.
    #[must_use]
    pub fn dictionaries(books: &[(String, Self)]) -> Vec<Dictionary> {
        let set = |name: &str, own: &Self| {
            let others = books.iter().map(|(_, book)| book);
            let mut sets = std::iter::once(own).chain(others).flat_map(|book| &book.sets);
            sets.find(|(known, _)| known.eq_ignore_ascii_case(name))
                .map(|(_, levels)| levels.clone())
        };
        let resolved = |(name, book): &(String, Self)| {
            let mut whole = book.clone();
            for (column, used) in &book.uses {
                if let Some(levels) = set(used, book) {
                    whole.column(column).levels = levels;
                }
            }
            Dictionary {
                source: format!("{name} ({})", book.kind.name()),
                columns: whole.columns,
            }
        };
        books.iter().map(resolved).collect()
    }
}

fn level(code: &str, label: &str) -> CodeLabel {
    CodeLabel {
        code: code.trim().to_owned(),
        label: choices::without_markup(label),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn no_text_stops_a_reader(
            parts in prop::collection::vec(
                prop::sample::select(vec![
                    "VALUE LABELS", "VARIABLE LABELS", "MISSING VALUES", "label define", "label values", "mvdecode", "proc format;",
                    "value", "format", "factor(", "levels=c(", "label(d$x)=", "(", ")", "/", ".", ";", "\n", "'a'", "\"b\"", "x", "1",
                    "-9", "THRU", "TO", "=", ",", "x1 TO x900", "$", "variable,code,label", "radio", "1, A | 2, B", "<b>", "é",
                ]),
                0..40,
            ),
        ) {
            let text = parts.join(" ");
            let _ = Codebook::of_syntax(&text);
            if let Ok(sheet) = Sheet::read(text.as_bytes()) {
                let _ = Codebook::of_table(&sheet);
            }
        }
    }
}
