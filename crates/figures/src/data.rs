//! The data of a figure: for a file, and for readers who cannot see the drawing.

use cotside_text::{decimal, export};

use crate::scene::Scene;
use crate::svg::StandaloneOptions;

/// A table of texts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DataTable {
    /// Names of the columns.
    pub head: Vec<String>,
    /// One list of cells a row, in the order of the head; an unknown value is empty.
    pub rows: Vec<Vec<String>>,
}

impl DataTable {
    /// A table without rows.
    #[must_use]
    pub fn new(head: &[&str]) -> Self {
        Self {
            head: head.iter().map(|&name| name.to_owned()).collect(),
            rows: Vec::new(),
        }
    }

    /// The table as CSV (RFC 4180: commas, quotes where needed, CR LF).
    #[must_use]
    pub fn to_csv(&self) -> String {
        let mut csv = rows_csv(std::slice::from_ref(&self.head));
        csv.push_str(&rows_csv(&self.rows));
        csv
    }
}

/// Rows of such a file.
#[must_use]
pub fn rows_csv(rows: &[Vec<String>]) -> String {
    let lines = rows.iter().map(|row| export::row(row) + "\r\n");
    lines.collect()
}

/// Exports a figure as `svg`, its marks as JSON (`scene`, from which other formats are made), or its data as `csv`; `None`
/// for other kinds.
#[must_use]
pub fn export(scene: &Scene, data: &DataTable, kind: &str) -> Option<String> {
    match kind {
        "svg" => Some(scene.to_standalone_svg(StandaloneOptions::default())),
        "scene" => serde_json::to_string(scene).ok(),
        "csv" => Some(data.to_csv()),
        _ => None,
    }
}

/// Returns the shortest text that is read back as the same number; empty for a number that is not finite.
pub(crate) fn number(value: f64) -> String {
    decimal::shortest(value)
}

/// The nth number of a list, as text.
pub(crate) fn nth(values: &[f64], index: usize) -> String {
    values.get(index).copied().map(number).unwrap_or_default()
}

/// The two ends of an interval, as text.
pub(crate) fn ends(interval: Option<(f64, f64)>) -> [String; 2] {
    interval.map_or_else(Default::default, |(low, high)| [number(low), number(high)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_where_needed() {
        let mut table = DataTable::new(&["group", "time"]);
        table.rows.push(vec!["a \"b\", c".into(), number(0.1)]);
        table.rows.push(vec![String::new(), number(f64::NAN)]);
        assert_eq!(table.to_csv(), "group,time\r\n\"a \"\"b\"\", c\",0.1\r\n,\r\n");
    }
}
