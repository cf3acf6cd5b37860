//! Reference tables: a comment line with the versions, a header, rows. Empty cells are values that do not exist.

use cotside_core::cohort::Sheet;
use cotside_core::survival::Labels;

use crate::ledger::{Close, Place, number};

pub struct Table(Sheet);

impl Table {
    pub fn read(path: &str) -> Self {
        let path = format!("{}/../../tests/reference/{path}", env!("CARGO_MANIFEST_DIR"));
        let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
        let (_, rows) = text.split_once('\n').unwrap();
        Self(Sheet::read(rows.as_bytes()).unwrap())
    }

    pub fn rows(&self) -> usize {
        self.0.rows()
    }

    pub fn text(&self, row: usize, column: &str) -> &str {
        self.0.cell(row, self.0.column(column).unwrap())
    }

    pub fn number(&self, row: usize, column: &str) -> Option<f64> {
        Some(self.text(row, column))
            .filter(|text| !text.is_empty())
            .map(|text| text.parse().unwrap())
    }

    pub fn try_column(&self, name: &str) -> Option<Vec<f64>> {
        let column = self.0.column(name).ok()?;
        Some(
            (0..self.rows())
                .map(|row| self.0.cell(row, column).parse().unwrap())
                .collect(),
        )
    }

    pub fn column(&self, name: &str) -> Vec<f64> {
        self.try_column(name).unwrap_or_else(|| panic!("no column {name}"))
    }

    pub fn whole(&self, name: &str) -> Vec<u32> {
        self.column(name).into_iter().map(|value| value as u32).collect()
    }

    pub fn labels(&self, name: &str) -> Labels {
        let texts: Vec<&str> = (0..self.rows()).map(|row| self.text(row, name)).collect();
        Labels::of(&texts)
    }
}

/// A line of a table of expected values, with its place in the ledger.
pub struct Line<'a> {
    pub topic: &'a str,
    pub table: &'a Table,
    pub row: usize,
    pub data: &'a str,
    pub at: &'a str,
}

impl Line<'_> {
    /// Holds a number against that of a column: no further than `within`, relative to it (absolute below 1e-3).
    #[track_caller]
    pub fn agree(&self, column: &str, found: Option<f64>, within: f64) {
        let place = Place {
            topic: self.topic,
            data: self.data,
            quantity: column,
            at: self.at,
        };
        let close = Close {
            unit: 1e-3,
            tolerance: within,
        };
        number(place, found, self.table.number(self.row, column), close);
    }
}
