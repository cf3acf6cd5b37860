//! What a file, or a file beside it, says about its columns: labels, the meaning of codes, codes for missing values.
//!
//! Readers of formats with such metadata (SPSS, Stata, SAS, R, jamovi) return one with the rows; data dictionaries
//! (REDCap, Castor, syntax files) are parsed to one. It states facts of the file and guesses nothing.

use serde::{Deserialize, Serialize};

/// What is said about the columns of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dictionary {
    /// Where it comes from, for a person: the name of the format (`SPSS`, `REDCap data dictionary`) or of the file.
    pub source: String,
    /// The columns that it describes, by name; each name once.
    pub columns: Vec<DescribedColumn>,
}

/// What is said about one column.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DescribedColumn {
    /// Its name, as in the header of the data.
    pub name: String,
    /// Its label or question, where it has one.
    pub label: Option<String>,
    /// What its codes mean; the code is the text of a cell.
    pub levels: Vec<CodeLabel>,
    /// Codes that mean that the value is missing, with the reason where it is given.
    pub missing: Vec<CodeLabel>,
    /// What its cells are, where it is stated.
    pub content: Option<ColumnContent>,
}

/// A code and what it stands for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodeLabel {
    /// The code as the text of a cell: `1`, `-99`, `.a`.
    pub code: String,
    /// Its label; empty where none is given.
    pub label: String,
}

/// What a column is said to hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ColumnContent {
    /// Numbers, whole or decimal.
    Number,
    /// Days; a reader of a format writes them as `2024-03-15`.
    Date,
    /// Codes with labels, or words from a list.
    Category,
    /// Any text.
    Text,
}
