//! What stands under a figure: its files and the data behind it.

/// Puts the drawing into the clipboard as a picture.
pub const COPY_FIGURE: &str = "Copy figure";
/// Opens the list of its files.
pub const DOWNLOAD: &str = "Download";
/// Saves the drawing.
pub const SVG: &str = "SVG";
/// Saves the drawing with vectors and text.
pub const PDF: &str = "PDF";
/// Copies the caption below the figure.
pub const COPY_CAPTION: &str = "Copy caption";
/// Prints the figure alone.
pub const PRINT: &str = "Print";
/// Saves the data behind it.
pub const DATA: &str = "Data (CSV)";
/// The data behind it as a table.
pub const DATA_TABLE: &str = "Data table";

/// Puts a table into the clipboard, as cells.
pub const COPY_TABLE: &str = "Copy table";
/// Saves a table.
pub const CSV: &str = "CSV";
/// Saves a table as a document.
pub const WORD: &str = "Word (.docx)";

/// A resolution of a picture.
#[must_use]
pub fn dpi(dpi: u16) -> String {
    format!("{dpi} dpi")
}

/// Saves it as a picture of this kind with so many dots per inch.
#[must_use]
pub fn picture(kind: &str, dpi: u16) -> String {
    format!("{} {dpi} dpi", kind.to_uppercase())
}

/// A button of a table, as it is told apart from those of others.
#[must_use]
pub fn of_table(button: &str, title: &str) -> String {
    format!("{button}: {title}")
}

/// The last line under a table in a document: what it is of, and what made it. `mark` says that no row is a patient.
#[must_use]
pub fn table_source(endpoint: &str, group: &str, mark: &str, version: &str) -> String {
    let by = if group.is_empty() {
        String::new()
    } else {
        format!(", by {group}")
    };
    let mark = if mark.is_empty() {
        String::new()
    } else {
        format!(" {mark}")
    };
    format!("{endpoint}{by}.{mark} Cotside {version}.")
}

/// Rows that are in the file alone.
#[must_use]
pub fn more_rows(rows: usize) -> String {
    format!("{rows} more rows are in the file “{DATA}”.")
}
