//! The cells of a sheet, and the table that stands in them: where its header is, and its rows as text.

use crate::Fault;

/// The cells of a sheet that hold something.
#[derive(Debug, Clone, Default)]
pub struct Grid {
    text: String,
    /// In the order of rows, and of columns within a row.
    cells: Vec<Placed>,
    /// Cells that are shown as one: first row, first column, last row, last column.
    pub merged: Vec<[u32; 4]>,
    /// Rows that the workbook hides, as a filter does.
    pub hidden_rows: usize,
    /// Cells whose value is an error of a formula.
    pub errors: usize,
}

#[derive(Debug, Clone, Copy)]
struct Placed {
    row: u32,
    column: u32,
    end: usize,
}

/// The table of a sheet.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Table {
    /// Rows separated by commas. A line is a row of the sheet; lines above the header are empty.
    pub text: String,
    /// Row of the header in the sheet, from 1, and rows that it takes.
    pub header: (u32, u32),
    /// What stands above the header.
    pub above: String,
    /// Merged cells below the header.
    pub merged: usize,
    /// Rows that the workbook hides.
    pub hidden_rows: usize,
    /// Cells whose value is an error of a formula.
    pub errors: usize,
}

impl Grid {
    /// Puts a text into a cell, rows and columns from 0; nothing where it is empty.
    pub fn put(&mut self, row: u32, column: u32, text: &str) {
        if text.trim().is_empty() {
            return;
        }
        self.text.push_str(text);
        let end = self.text.len();
        self.cells.push(Placed { row, column, end });
    }

    /// The texts of cells in the order of rows and columns.
    fn sorted(&self) -> Vec<(u32, u32, &str)> {
        let mut start = 0;
        let mut cells = Vec::with_capacity(self.cells.len());
        for cell in &self.cells {
            cells.push((
                cell.row,
                cell.column,
                self.text.get(start..cell.end).unwrap_or_default(),
            ));
            start = cell.end;
        }
        let place = |cell: &(u32, u32, &str)| (cell.0, cell.1);
        if !cells.is_sorted_by_key(place) {
            cells.sort_by_key(place);
        }
        cells
    }

    /// Finds the table: a title above it (one cell in a row) is left out, a header of several rows is joined, columns
    /// without anything are dropped.
    ///
    /// # Errors
    /// [`Fault::NoRows`] where there is nothing below a header.
    pub fn table(&self) -> Result<Table, Fault> {
        let cells = self.sorted();
        let rows: Vec<&[(u32, u32, &str)]> = cells.chunk_by(|a, b| a.0 == b.0).collect();
        let widest = rows.iter().map(|row| row.len()).max().unwrap_or(0);
        // A title is one cell above rows of several.
        let first = rows
            .iter()
            .position(|row| row.len() > 1 || widest == 1)
            .ok_or(Fault::NoRows)?;
        let top = rows[first].first().map_or(0, |cell| cell.0);
        let height = self.header_height(top, &rows[first..]);
        let is_header = |row: u32| (top..top + height).contains(&row);
        let below = cells.iter().filter(|cell| cell.0 >= top + height);
        let mut columns: Vec<u32> = below.clone().map(|cell| cell.1).collect();
        columns.extend(cells.iter().filter(|cell| is_header(cell.0)).map(|cell| cell.1));
        columns.sort_unstable();
        columns.dedup();
        if below.clone().next().is_none() {
            return Err(Fault::NoRows);
        }
        let mut text = "\n".repeat((top + height - 1) as usize);
        let header = self.header(&cells, top..top + height, &columns);
        line(&mut text, header.iter().map(String::as_str));
        let mut next = top + height;
        for row in &rows {
            let Some(&(number, ..)) = row.first().filter(|cell| cell.0 >= next) else {
                continue;
            };
            text.push_str(&"\n".repeat((number - next) as usize));
            next = number + 1;
            let mut rest = row.iter().peekable();
            let texts = columns
                .iter()
                .map(|column| rest.next_if(|cell| cell.1 == *column).map_or("", |cell| cell.2));
            line(&mut text, texts);
        }
        let above: Vec<&str> = cells
            .iter()
            .filter(|cell| cell.0 < top)
            .map(|cell| cell.2.trim())
            .collect();
        Ok(Table {
            text,
            header: (top + 1, height),
            above: above.join(" · "),
            merged: self.merged.iter().filter(|merged| merged[2] >= top + height).count(),
            hidden_rows: self.hidden_rows,
            errors: self.errors,
        })
    }

    /// Rows that the header takes: more than one where merged cells start in its first row and reach below it, or stand
    /// beside each other over a row of other names.
    fn header_height(&self, top: u32, rows: &[&[(u32, u32, &str)]]) -> u32 {
        let mut height = 1;
        for merged in self.merged.iter().filter(|merged| merged[0] == top) {
            let rows_of_it = merged[2] - merged[0] + 1;
            height = height.max(if merged[3] > merged[1] {
                rows_of_it + 1
            } else {
                rows_of_it
            });
        }
        // Never so many that no row of patients is left.
        let last = rows.last().and_then(|row| row.first()).map_or(top, |cell| cell.0);
        height.clamp(1, (last - top).clamp(1, 4))
    }

    /// The names of the columns: what stands above each other in the header, merged cells in all their columns.
    fn header(&self, cells: &[(u32, u32, &str)], rows: std::ops::Range<u32>, columns: &[u32]) -> Vec<String> {
        let at = |row: u32, column: u32| {
            let cover = self
                .merged
                .iter()
                .find(|m| (m[0]..=m[2]).contains(&row) && (m[1]..=m[3]).contains(&column));
            let place = cover.map_or((row, column), |merged| (merged[0], merged[1]));
            let found = cells.binary_search_by_key(&place, |cell| (cell.0, cell.1));
            found
                .ok()
                .and_then(|index| cells.get(index))
                .map_or("", |cell| cell.2.trim())
        };
        let name = |&column: &u32| {
            let mut parts: Vec<&str> = rows.clone().map(|row| at(row, column)).collect();
            parts.dedup();
            parts.retain(|part| !part.is_empty());
            parts.join(" ")
        };
        columns.iter().map(name).collect()
    }
}

/// Writes a row; a line break within a cell becomes a space, so that a line stays a row of the sheet.
fn line<'a>(text: &mut String, cells: impl Iterator<Item = &'a str>) {
    for (index, cell) in cells.enumerate() {
        if index > 0 {
            text.push(',');
        }
        let cell = match cell.contains(['\n', '\r']) {
            true => &*cell.replace("\r\n", " ").replace(['\n', '\r'], " "),
            false => cell,
        };
        if cell.contains([',', '"']) {
            text.push('"');
            text.push_str(&cell.replace('"', "\"\""));
            text.push('"');
        } else {
            text.push_str(cell);
        }
    }
    text.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid(rows: &[&[&str]]) -> Grid {
        let mut grid = Grid::default();
        for (row, cells) in (0..).zip(rows) {
            for (column, cell) in (0..).zip(*cells) {
                grid.put(row, column, cell);
            }
        }
        grid
    }

    #[test]
    fn a_title_and_empty_rows_and_columns_are_left_out_and_lines_stay_rows() {
        let table = grid(&[
            &["Cohort 2024"],
            &[],
            &["id", "", "wbc"],
            &["1", "", "5"],
            &[],
            &["2", "", "a,\"b\"\nc"],
        ])
        .table()
        .unwrap();
        assert_eq!(table.text, "\n\nid,wbc\n1,5\n\n2,\"a,\"\"b\"\" c\"\n");
        assert_eq!((table.header, table.above.as_str()), ((3, 1), "Cohort 2024"));
    }

    #[test]
    fn a_header_of_two_rows_is_joined() {
        let mut grid = grid(&[&["id", "MRD", ""], &["", "EOI", "EOC"], &["1", "0.1", "0"]]);
        grid.merged = vec![[0, 0, 1, 0], [0, 1, 0, 2]];
        let table = grid.table().unwrap();
        assert_eq!(table.text, "\nid,MRD EOI,MRD EOC\n1,0.1,0\n");
        assert_eq!(table.header, (1, 2));
    }

    #[test]
    fn merged_cells_below_the_header_are_counted_and_a_header_alone_is_refused() {
        let mut grid = grid(&[&["id", "x"], &["1", "a"], &["", "b"]]);
        grid.merged = vec![[1, 0, 2, 0]];
        assert_eq!(grid.table().map(|table| table.merged), Ok(1));
        assert_eq!(self::grid(&[&["id", "x"]]).table(), Err(Fault::NoRows));
        assert_eq!(Grid::default().table(), Err(Fault::NoRows));
        assert_eq!(self::grid(&[&["t"], &["1"], &["2"]]).table().unwrap().text, "t\n1\n2\n");
    }
}
