//! What stands under a figure: its files and the data behind it.

pub use crate::en::figures::{CSV, PDF, SVG, WORD, dpi, picture};

/// Puts the drawing into the clipboard as a picture.
pub const COPY_FIGURE: &str = "그림 복사";
/// Opens the list of its files.
pub const DOWNLOAD: &str = "저장";
/// Copies the caption below the figure.
pub const COPY_CAPTION: &str = "그림 설명 복사";
/// Prints the figure alone.
pub const PRINT: &str = "인쇄";
/// Saves the data behind it.
pub const DATA: &str = "데이터(CSV)";
/// The data behind it as a table.
pub const DATA_TABLE: &str = "데이터 표";

/// Puts a table into the clipboard, as cells.
pub const COPY_TABLE: &str = "표 복사";

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
        format!(", {group}별")
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
    format!("‘{DATA}’ 파일에 {rows}행이 더 있습니다.")
}
