//! A table of a statistics program: its rows as text, and what the file says about its columns.

use std::collections::HashSet;

use cotside_core::cohort::{CodeLabel, ColumnContent, DescribedColumn};

use crate::Fault;
use crate::grid::line;
use crate::limits::{CELLS, COLUMNS, Large, TEXT};

/// A table as it came out of a file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Table {
    /// Its name, where the file gives one.
    pub name: String,
    /// The header and a line for each row, with commas between cells.
    pub text: String,
    /// Its columns.
    pub columns: Vec<DescribedColumn>,
    /// Number of rows.
    pub rows: usize,
    /// What was assumed, and what was left out.
    pub notes: Vec<Note>,
}

/// What a person should know about how a table was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// The file does not state the encoding of its texts: they were read in this one.
    Encoding(String),
    /// The file states an encoding that is not known here, by this name.
    UnknownEncoding(String),
    /// This column holds times without a zone: they were read as those of UTC.
    NoZone(String),
    /// This column holds midnights of another zone: they were read as days.
    Midnights(String),
    /// This column holds lists, which are not read.
    Lists(String),
    /// Objects of the file that are no tables: name and kind.
    Others(Vec<(String, String)>),
    /// Rows that are marked as deleted, and were left out.
    Deleted(usize),
    /// Names of formats whose meaning is in another file: columns and formats.
    Catalog(Vec<(String, String)>),
}

/// What is known of a column before its cells.
#[derive(Debug, Clone, Default)]
pub struct Column {
    /// What the file says about it.
    pub described: DescribedColumn,
    /// What its cells are, unless all of them are codes with labels.
    pub content: Option<ColumnContent>,
}

/// Codes that may be added to the missing ones of a column while its cells are read.
const MOST_CODES: usize = 1_000;

/// Writes the rows of a table.
pub struct Writer {
    columns: Vec<Kept>,
    text: String,
    row: Vec<String>,
    rows: usize,
}

struct Kept {
    column: Column,
    labels: HashSet<String>,
    missing: HashSet<String>,
    /// True if each of its cells is a code with a label, a missing one, or empty.
    is_coded: bool,
}

impl Writer {
    /// A table with these columns.
    ///
    /// # Errors
    /// [`Fault::TooLarge`] where there are too many.
    pub fn new(columns: Vec<Column>) -> Result<Self, Fault> {
        if columns.len() > COLUMNS as usize {
            return Err(Fault::TooLarge(Large::Columns));
        }
        let codes = |codes: &[CodeLabel]| codes.iter().map(|code| code.code.clone()).collect();
        let kept = |column: Column| Kept {
            labels: codes(&column.described.levels),
            missing: codes(&column.described.missing),
            is_coded: !column.described.levels.is_empty(),
            column,
        };
        let columns: Vec<Kept> = columns.into_iter().map(kept).collect();
        let mut text = String::new();
        line(
            &mut text,
            columns.iter().map(|kept| kept.column.described.name.as_str()),
        );
        Ok(Self {
            row: Vec::with_capacity(columns.len()),
            columns,
            text,
            rows: 0,
        })
    }

    /// The next cell; behind the last of a row the next row begins.
    ///
    /// # Errors
    /// [`Fault::TooLarge`] where there are too many cells or too much text.
    pub fn cell(&mut self, text: String) -> Result<(), Fault> {
        if let Some(kept) = self.columns.get_mut(self.row.len()) {
            let is_known = || text.is_empty() || kept.labels.contains(&text) || kept.missing.contains(&text);
            if kept.is_coded && !is_known() {
                kept.is_coded = false;
            }
        }
        self.row.push(text);
        if self.row.len() < self.columns.len() {
            return Ok(());
        }
        self.rows += 1;
        if self.rows.saturating_mul(self.columns.len()) > CELLS {
            return Err(Fault::TooLarge(Large::Cells));
        }
        line(&mut self.text, self.row.iter().map(String::as_str));
        self.row.clear();
        if self.text.len() > TEXT {
            return Err(Fault::TooLarge(Large::Text));
        }
        Ok(())
    }

    /// The next cell, a value that counts as missing by its code: the code, which is noted, or nothing where there are
    /// very many.
    ///
    /// # Errors
    /// Those of [`Writer::cell`].
    pub fn missing(&mut self, code: String, label: &str) -> Result<(), Fault> {
        let Some(kept) = self.columns.get_mut(self.row.len()) else {
            return self.cell(code);
        };
        if kept.missing.contains(&code) {
            return self.cell(code);
        }
        if kept.missing.len() >= MOST_CODES {
            return self.cell(String::new());
        }
        kept.missing.insert(code.clone());
        kept.column.described.missing.push(CodeLabel {
            code: code.clone(),
            label: label.to_owned(),
        });
        self.cell(code)
    }

    /// The table; a name that several columns have is described once.
    ///
    /// # Errors
    /// [`Fault::Broken`] where a row is not complete.
    pub fn finish(self, name: String, notes: Vec<Note>) -> Result<Table, Fault> {
        if !self.row.is_empty() {
            return Err(Fault::Broken);
        }
        let mut names = HashSet::new();
        let described = |kept: Kept| {
            let content = match kept.is_coded {
                true => Some(ColumnContent::Category),
                false => kept.column.content,
            };
            DescribedColumn {
                content,
                ..kept.column.described
            }
        };
        let columns = self.columns.into_iter().map(described);
        Ok(Table {
            name,
            text: self.text,
            columns: columns.filter(|column| names.insert(column.name.clone())).collect(),
            rows: self.rows,
            notes,
        })
    }
}
