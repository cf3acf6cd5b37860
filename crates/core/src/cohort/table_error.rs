//! Why a table cannot be read.

use super::foreign::ForeignFormat;

/// Why a file could not be read at all.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TableError {
    /// The file is empty.
    #[error("an empty file")]
    Empty,
    /// It is not a text table.
    #[error("not a text table: {0:?}")]
    Foreign(ForeignFormat),
    /// It is not UTF-8 text (the line, where it is known).
    #[error("not UTF-8 (line {0:?})")]
    NotUtf8(Option<u64>),
    /// No column of the data dictionary is in the header.
    #[error("no column of the data dictionary")]
    NoKnownColumn(Vec<String>),
    /// Two columns have the same name.
    #[error("two columns are named {0:?}")]
    DuplicateColumn(String),
    /// A row has another number of cells than the header.
    #[error("row {row} (line {line}): {found} cells, the header has {expected}")]
    CellCount {
        /// Number of the row, from 1.
        row: usize,
        /// Its line in the file, from 1.
        line: u64,
        /// Number of cells found.
        found: usize,
        /// Number of cells of the header.
        expected: usize,
    },
    /// A quote is opened and not closed before other rows, which would be lost.
    #[error("line {line}: a quote that is not closed")]
    OpenQuote {
        /// Its line in the file, from 1.
        line: u64,
    },
    /// A NUL, which no text holds.
    #[error("line {line}: a NUL")]
    Nul {
        /// Its line in the file, from 1.
        line: u64,
    },
    /// A header and no rows.
    #[error("a header and no rows")]
    NoRows,
    /// The first row holds values where names of columns are expected.
    #[error("no header")]
    NoHeader,
}
