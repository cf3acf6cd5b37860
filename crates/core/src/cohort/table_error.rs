//! Why a table cannot be read.

use super::foreign::ForeignFormat;

/// Why a file could not be read at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TableError {
    /// Nothing in it.
    Empty,
    /// It is not a text table.
    Foreign(ForeignFormat),
    /// It is not UTF-8 text (the line, where it is known).
    NotUtf8(Option<u64>),
    /// No column of the data dictionary is in the header.
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
    /// A quote is opened and not closed before other rows, which would be lost.
    OpenQuote {
        /// Its line.
        line: u64,
    },
    /// A NUL, which no text holds.
    Nul {
        /// Its line.
        line: u64,
    },
    /// A header and no rows.
    NoRows,
    /// The first row holds values where names of columns are expected.
    NoHeader,
}
