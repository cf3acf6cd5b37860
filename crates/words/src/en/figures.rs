//! What stands under a figure: its files and the data behind it.

/// Saves the drawing.
pub const SVG: &str = "SVG";
/// Copies the caption below the figure.
pub const COPY_CAPTION: &str = "Copy caption";
/// Prints the figure alone.
pub const PRINT: &str = "Print";
/// Saves the data behind it.
pub const DATA: &str = "Data (CSV)";
/// The data behind it as a table.
pub const DATA_TABLE: &str = "Data table";

/// Saves it as a picture of so many dots per inch.
#[must_use]
pub fn png(dpi: u16) -> String {
    format!("PNG {dpi} dpi")
}

/// Rows that are in the file alone.
#[must_use]
pub fn more_rows(rows: usize) -> String {
    format!("{rows} more rows are in the file “{DATA}”.")
}
