//! What stands under a figure: its files and the data behind it.

pub use crate::en::figures::{CSV, PDF, SVG, WORD, dpi, picture};

/// Puts the drawing into the clipboard as a picture.
pub const COPY_FIGURE: &str = "図をコピー";
/// Opens the list of its files.
pub const DOWNLOAD: &str = "保存";
/// Copies the caption below the figure.
pub const COPY_CAPTION: &str = "図の説明をコピー";
/// Prints the figure alone.
pub const PRINT: &str = "印刷";
/// Saves the data behind it.
pub const DATA: &str = "データ（CSV）";
/// The data behind it as a table.
pub const DATA_TABLE: &str = "データの表";

/// Puts a table into the clipboard, as cells.
pub const COPY_TABLE: &str = "表をコピー";

/// A button of a table, as it is told apart from those of others.
#[must_use]
pub fn of_table(button: &str, title: &str) -> String {
    format!("{button}：{title}")
}

/// The last line under a table in a document: what it is of, and what made it. `mark` says that no row is a patient.
#[must_use]
pub fn table_source(endpoint: &str, group: &str, mark: &str, version: &str) -> String {
    let by = if group.is_empty() {
        String::new()
    } else {
        format!("、{group}別")
    };
    format!("{endpoint}{by}。{mark}Cotside {version}。")
}

/// Rows that are in the file alone.
#[must_use]
pub fn more_rows(rows: usize) -> String {
    format!("さらに{rows}行がファイル「{DATA}」にある。")
}
