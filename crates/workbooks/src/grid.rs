//! The cells of a sheet, and the table in them: the position of its header, and its rows as text.

use std::ops::Range;

use crate::Fault;
use crate::limits::{CELLS, COLUMNS, Large, ROWS, TEXT};
use crate::words::COLOURED;

/// The cells of a sheet that hold something.
#[derive(Debug, Clone, Default)]
pub struct Grid {
    text: String,
    /// In the order of rows, and of columns within a row.
    cells: Vec<Placed>,
    /// Ranges that are shown as one cell.
    merged: Vec<Range4>,
    /// Rows that hold something and that the workbook hides, as a filter does.
    pub hidden_rows: usize,
    /// Rows with a coloured cell.
    pub coloured: Vec<u32>,
    /// Cells whose value is an error of a formula.
    pub errors: usize,
    /// Cells with a formula and without a value.
    pub not_computed: usize,
    most: Most,
}

/// First row, first column, last row, last column.
type Range4 = [u32; 4];

/// Row, column and text of a cell.
pub type Cell<'a> = (u32, u32, &'a str);

#[derive(Debug, Clone, Copy)]
struct Placed {
    row: u32,
    column: u32,
    end: usize,
}

/// Limits of a grid.
#[derive(Debug, Clone, Copy)]
struct Most {
    cells: usize,
    text: usize,
}

impl Default for Most {
    fn default() -> Self {
        Self {
            cells: CELLS,
            text: TEXT,
        }
    }
}

/// The table of a sheet.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Table {
    /// Rows separated by commas. A line is a row of the sheet; lines above the header are empty.
    pub text: String,
    /// First row of the header in the sheet, from 1, and its number of rows.
    pub header: (u32, u32),
    /// Text above the header.
    pub above: String,
    /// Number of columns named by a merged cell over several columns, with a number to distinguish them.
    pub numbered: usize,
    /// Merged cells below the header.
    pub merged: usize,
    /// Rows that hold something and that the workbook hides.
    pub hidden_rows: usize,
    /// Rows below the header with a coloured cell, where not all have one.
    pub coloured: usize,
    /// Cells whose value is an error of a formula.
    pub errors: usize,
    /// Cells with a formula and without a value.
    pub not_computed: usize,
}

/// Largest number of rows of a header.
const HIGHEST: u32 = 4;

impl Grid {
    /// Puts a text into a cell, rows and columns from 0; nothing where it is empty.
    ///
    /// # Errors
    /// [`Fault::TooLarge`] where the cell is outside of any sheet, or the grid full.
    pub fn put(&mut self, row: u32, column: u32, text: &str) -> Result<(), Fault> {
        if text.trim().is_empty() {
            return Ok(());
        }
        let above = [
            (row >= ROWS, Large::Rows),
            (column >= COLUMNS, Large::Columns),
            (self.cells.len() >= self.most.cells, Large::Cells),
            (text.len() > self.most.text - self.text.len(), Large::Text),
        ];
        if let Some((_, what)) = above.into_iter().find(|(above, _)| *above) {
            return Err(Fault::TooLarge(what));
        }
        self.text.push_str(text);
        let end = self.text.len();
        self.cells.push(Placed { row, column, end });
        Ok(())
    }

    /// Records a range of merged cells; a single cell is ignored.
    ///
    /// # Errors
    /// [`Fault::TooLarge`] where there are too many.
    pub fn merge(&mut self, range: Range4) -> Result<(), Fault> {
        let [top, left, bottom, right] = range;
        if top > bottom || left > right || (top, left) == (bottom, right) {
            return Ok(());
        }
        if self.merged.len() >= self.most.cells {
            return Err(Fault::TooLarge(Large::Merged));
        }
        self.merged.push(range);
        Ok(())
    }

    /// Returns the cells in the order of rows and columns; [`Fault::Broken`] where two are in one place.
    pub fn sorted(&self) -> Result<Vec<Cell<'_>>, Fault> {
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
        let place = |cell: &Cell<'_>| (cell.0, cell.1);
        if !cells.is_sorted_by_key(place) {
            cells.sort_by_key(place);
        }
        let doubled = cells.windows(2).any(|pair| place(&pair[0]) == place(&pair[1]));
        if doubled { Err(Fault::Broken) } else { Ok(cells) }
    }

    /// Finds the table: a title above it (one cell in a row) is omitted, a header of several rows is joined, empty
    /// columns are dropped.
    ///
    /// # Errors
    /// [`Fault::NoRows`] where there is nothing below a header, [`Fault::TooLarge`] where the cells are so far apart
    /// that the rows would be.
    pub fn table(&self) -> Result<Table, Fault> {
        let cells = self.sorted()?;
        let rows: Vec<&[Cell<'_>]> = cells.chunk_by(|a, b| a.0 == b.0).collect();
        let widest = rows.iter().map(|row| row.len()).max().unwrap_or(0);
        // A title is one cell above rows of several.
        let first = rows
            .iter()
            .position(|row| row.len() > 1 || widest == 1)
            .ok_or(Fault::NoRows)?;
        let top = rows[first].first().map_or(0, |cell| cell.0);
        let height = self.header_height(top, &rows[first..]);
        let from_top = cells.partition_point(|cell| cell.0 < top);
        let (above, table) = cells.split_at(from_top);
        let last = table.last().map_or(top, |cell| cell.0);
        if last < top + height {
            return Err(Fault::NoRows);
        }
        let mut columns: Vec<u32> = table.iter().map(|cell| cell.1).collect();
        columns.sort_unstable();
        columns.dedup();
        let size = rows
            .len()
            .saturating_mul(columns.len())
            .saturating_add(self.text.len() + last as usize);
        let far = || Fault::TooLarge(Large::Spread);
        if size > self.most.text {
            return Err(far());
        }
        let coloured = self.coloured(&rows, top + height);
        let of_colours = |cell: &'static str| (!coloured.is_empty()).then_some(cell);
        let mut text = String::with_capacity(size);
        text.push_str(&"\n".repeat((top + height - 1) as usize));
        let header = self.header(&cells, top..top + height, &columns);
        let names = header.iter().map(|(name, _)| name.as_str());
        line(&mut text, names.chain(of_colours(COLOURED)));
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
            // A note below the table stays one cell.
            let colour = match coloured.binary_search(&number) {
                _ if row.len() == 1 => "",
                Ok(_) => "yes",
                Err(_) => "no",
            };
            line(&mut text, texts.chain(of_colours(colour)));
            // Quotes are doubled.
            if text.len() > self.most.text {
                return Err(far());
            }
        }
        let above: Vec<&str> = above.iter().map(|cell| cell.2.trim()).collect();
        Ok(Table {
            text,
            header: (top + 1, height),
            above: above.join(" · "),
            numbered: header.iter().filter(|(_, numbered)| *numbered).count(),
            merged: self.merged.iter().filter(|merged| merged[2] >= top + height).count(),
            hidden_rows: self.hidden_rows,
            coloured: coloured.len(),
            errors: self.errors,
            not_computed: self.not_computed,
        })
    }

    /// Those of the rows that hold something, from `first` on, that have a coloured cell, ascending; none where all have.
    fn coloured(&self, rows: &[&[Cell<'_>]], first: u32) -> Vec<u32> {
        let numbers: Vec<u32> = rows.iter().filter_map(|row| row.first()).map(|cell| cell.0).collect();
        let below = numbers
            .get(numbers.partition_point(|&row| row < first)..)
            .unwrap_or_default();
        let mut coloured: Vec<u32> = self.coloured.clone();
        coloured.retain(|row| below.binary_search(row).is_ok());
        coloured.sort_unstable();
        coloured.dedup();
        if coloured.len() == below.len() {
            coloured.clear();
        }
        coloured
    }

    /// Returns the number of rows of the header: more than one where merged cells start in it and extend below it, or
    /// are side by side over a row of other names.
    fn header_height(&self, top: u32, rows: &[&[Cell<'_>]]) -> u32 {
        // Leave at least one row of patients.
        let last = rows.last().and_then(|row| row.first()).map_or(top, |cell| cell.0);
        let most = (last - top).clamp(1, HIGHEST);
        let mut end = top;
        while end - top + 1 < most {
            let of_header = || self.merged.iter().filter(|range| (top..=end).contains(&range[0]));
            let reached = of_header()
                .map(|range| range[2])
                .filter(|&bottom| bottom - top < HIGHEST)
                .max();
            let wide = of_header().filter(|range| range[2] == end && range[3] > range[1]);
            let below = rows
                .iter()
                .find(|row| row.first().is_some_and(|cell| cell.0 == end + 1));
            end = match (reached.filter(|&reached| reached > end), below) {
                (Some(reached), _) => reached,
                (None, Some(below)) if are_names(below, wide) => end + 1,
                _ => break,
            };
        }
        (end - top + 1).min(most)
    }

    /// Returns the names of the columns: the texts of the header joined from top to bottom, merged cells in all their
    /// columns. A column whose only name is a merged cell that starts in another column gets a number, and `true`.
    fn header(&self, cells: &[Cell<'_>], rows: Range<u32>, columns: &[u32]) -> Vec<(String, bool)> {
        let covers = self.covers(&rows, columns);
        let at = |row: u32, index: usize| {
            let cover = covers[(row - rows.start) as usize][index];
            let place = cover.map_or((row, columns[index]), |range| (range[0], range[1]));
            let found = cells.binary_search_by_key(&place, |cell| (cell.0, cell.1));
            let text = found
                .ok()
                .and_then(|index| cells.get(index))
                .map_or("", |cell| cell.2.trim());
            (text, cover)
        };
        let name = |(index, &column): (usize, &u32)| {
            let mut parts: Vec<(&str, Option<&Range4>)> = rows.clone().map(|row| at(row, index)).collect();
            parts.retain(|part| !part.0.is_empty());
            parts.dedup_by_key(|part| part.0);
            let of_another = parts.last().and_then(|part| part.1).filter(|range| range[1] < column);
            let mut name = parts.iter().map(|part| part.0).collect::<Vec<_>>().join(" ");
            if let Some(range) = of_another {
                name.push_str(&format!(" ({})", column - range[1] + 1));
            }
            (name, of_another.is_some())
        };
        columns.iter().enumerate().map(name).collect()
    }

    /// Which merged range covers each column in each row; of ranges that overlap, the first.
    fn covers(&self, rows: &Range<u32>, columns: &[u32]) -> Vec<Vec<Option<&Range4>>> {
        let mut covers = vec![vec![None; columns.len()]; rows.len()];
        for range in &self.merged {
            let [top, left, bottom, right] = *range;
            let of =
                columns.partition_point(|&column| column < left)..columns.partition_point(|&column| column <= right);
            for row in top.max(rows.start)..bottom.saturating_add(1).min(rows.end) {
                let covered = &mut covers[(row - rows.start) as usize][of.clone()];
                // Overlapping ranges, of a damaged workbook, cost no time.
                if covered.first().is_some_and(Option::is_some) {
                    break;
                }
                for cover in covered.iter_mut().take_while(|cover| cover.is_none()) {
                    *cover = Some(range);
                }
            }
        }
        covers
    }
}

/// True if a row below merged cells holds names: no value, and several under one of the merged cells.
fn are_names<'a>(row: &[Cell<'_>], mut merged: impl Iterator<Item = &'a Range4>) -> bool {
    let under = |range: &Range4| {
        let columns = range[1]..=range[3];
        row.iter().filter(|cell| columns.contains(&cell.1)).count()
    };
    row.iter().all(|cell| !is_value(cell.2)) && merged.any(|range| under(range) > 1)
}

/// True if a text is a value, not a name: a number, a day, a truth value, an error.
fn is_value(text: &str) -> bool {
    let text = text.trim();
    let number_or_day = text.contains(|letter: char| letter.is_ascii_digit()) && !text.contains(char::is_alphabetic);
    number_or_day || text.parse::<f64>().is_ok() || text.starts_with('#') || matches!(text, "TRUE" | "FALSE")
}

/// Writes a row; a line break within a cell becomes a space, so that a line stays a row of the sheet.
pub fn line<'a>(text: &mut String, cells: impl Iterator<Item = &'a str>) {
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
    use proptest::prelude::*;

    fn grid(rows: &[&[&str]]) -> Grid {
        let mut grid = Grid::default();
        for (row, cells) in (0..).zip(rows) {
            for (column, cell) in (0..).zip(*cells) {
                grid.put(row, column, cell).unwrap();
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
    fn merged_names_over_several_columns() {
        /// Merged ranges of a sheet and its rows; the header that comes out, and how many names got a number.
        type Case<'a> = (&'a [Range4], &'a [&'a [&'a str]], &'a str, usize);
        let cases: [Case<'_>; 9] = [
            // Over a row of a patient: no second row of names, and the name is not the other column's.
            (
                &[[0, 1, 0, 2]],
                &[&["id", "remarks"], &["P1", "ok", "2020-01-05"]],
                "id,remarks,remarks (2)",
                1,
            ),
            (
                &[[0, 1, 0, 2]],
                &[&["id", "MRD"], &["P1", "0", "1e-6"]],
                "id,MRD,MRD (2)",
                1,
            ),
            (
                &[[0, 1, 0, 2]],
                &[&["id", "CR"], &["P1", "TRUE", "x"]],
                "id,CR,CR (2)",
                1,
            ),
            (
                &[[0, 1, 0, 2]],
                &[&["id", "CR"], &["P1", "#N/A", "x"]],
                "id,CR,CR (2)",
                1,
            ),
            (
                &[[0, 1, 0, 2]],
                &[&["id", "seen"], &["P1", "x", "05.01.2020"]],
                "id,seen,seen (2)",
                1,
            ),
            // Over names of their own, with and without a name that reaches down.
            (
                &[[0, 1, 0, 2]],
                &[&["id", "MRD"], &["", "EOI", "EOC"], &["P1", "0", "1"]],
                "\nid,MRD EOI,MRD EOC",
                0,
            ),
            (
                &[[0, 1, 0, 2], [0, 0, 1, 0]],
                &[&["id", "MRD"], &["", "EOI"], &["P1", "0", "1"]],
                "\nid,MRD EOI,MRD (2)",
                1,
            ),
            // Three levels.
            (
                &[[0, 0, 0, 2], [1, 1, 1, 2]],
                &[
                    &["all", "", "", "x"],
                    &["id", "MRD", ""],
                    &["", "EOI", "EOC"],
                    &["P1", "0", "1"],
                ],
                "\n\nall id,all MRD EOI,all MRD EOC,x",
                0,
            ),
            // A merged range that extends over rows of patients does not make the header higher.
            (&[[0, 0, 40, 0]], &[&["id", "x"], &["", "1"], &["", "2"]], "id,x", 0),
        ];
        for (merged, rows, header, numbered) in cases {
            let mut grid = grid(rows);
            for range in merged {
                grid.merge(*range).unwrap();
            }
            let table = grid.table().unwrap();
            assert!(
                table.text.starts_with(&format!("{header}\n")),
                "{header} {:?}",
                table.text
            );
            assert_eq!(table.numbered, numbered, "{header}");
        }
    }

    #[test]
    fn merged_cells_below_the_header_are_counted_and_a_header_alone_is_refused() {
        let mut grid = grid(&[&["id", "x"], &["1", "a"], &["", "b"]]);
        grid.merge([1, 0, 2, 0]).unwrap();
        // A single cell and an empty range are not merged cells.
        grid.merge([2, 0, 2, 0]).unwrap();
        grid.merge([2, 0, 1, 0]).unwrap();
        assert_eq!(grid.table().map(|table| table.merged), Ok(1));
        assert_eq!(self::grid(&[&["id", "x"]]).table(), Err(Fault::NoRows));
        assert_eq!(Grid::default().table(), Err(Fault::NoRows));
        assert_eq!(self::grid(&[&["t"], &["1"], &["2"]]).table().unwrap().text, "t\n1\n2\n");
    }

    #[test]
    fn sizes_at_a_limit_are_read_and_above_it_refused() {
        let limited = |cells, text| Grid {
            most: Most { cells, text },
            ..Grid::default()
        };
        let too = |what| Err(Fault::TooLarge(what));
        // Below, at and above each limit.
        for (cells, of_cells, of_text) in [(3, 4, 4), (4, 4, 4), (5, 4, 100), (5, 100, 4)] {
            let mut grid = limited(of_cells, of_text);
            let put: Vec<_> = (0..cells).map(|column| grid.put(0, column, "x")).collect();
            let last = match (cells > of_cells as u32, cells > of_text as u32) {
                (true, _) => too(Large::Cells),
                (_, true) => too(Large::Text),
                _ => Ok(()),
            };
            assert_eq!(put.last(), Some(&last), "{cells} of {of_cells}, {of_text}");
            assert_eq!(put.iter().filter(|put| put.is_ok()).count(), cells.min(4) as usize);
        }
        let mut grid = limited(2, 10);
        assert_eq!(grid.put(0, 0, "0123456789"), Ok(()));
        assert_eq!(grid.put(0, 1, "0"), too(Large::Text));
        for (row, column, found) in [
            (ROWS - 1, COLUMNS - 1, Ok(())),
            (ROWS, 0, too(Large::Rows)),
            (u32::MAX, 0, too(Large::Rows)),
            (0, COLUMNS, too(Large::Columns)),
        ] {
            assert_eq!(Grid::default().put(row, column, "x"), found);
            // Empty cells may be anywhere.
            assert_eq!(Grid::default().put(row, column, " "), Ok(()));
        }
        let mut grid = limited(1, 10);
        assert_eq!(grid.merge([0, 0, 0, 1]), Ok(()));
        assert_eq!(grid.merge([1, 0, 1, 1]), too(Large::Merged));
        // Five rows of five columns have 25 ends of cells; six bytes stand in them; the last row is four lines down.
        for (most, fits) in [(36, true), (35, true), (34, false)] {
            let mut grid = limited(10, most);
            for row in 0..5 {
                grid.put(row, row, "x").unwrap();
            }
            grid.put(0, 1, "x").unwrap();
            assert_eq!(grid.table().is_ok(), fits, "{most}");
        }
        let mut grid = limited(10, 20);
        for (row, text) in [(0, "n"), (1, "\"\"\"\"\"\"\"\"\"\"")] {
            grid.put(row, 0, text).unwrap();
        }
        assert_eq!(grid.table().err(), Some(Fault::TooLarge(Large::Spread)));
    }

    #[test]
    fn two_cells_in_one_place_are_a_damaged_workbook() {
        let mut grid = grid(&[&["id", "x"], &["1", "a", "b"]]);
        grid.put(1, 1, "again").unwrap();
        assert_eq!(grid.table(), Err(Fault::Broken));
    }

    /// Merged cells that overlap, as in a damaged workbook, and as many as there are.
    #[test]
    fn many_merged_cells_take_no_time() {
        let mut grid = Grid::default();
        for column in 0..COLUMNS {
            grid.put(0, column, "a").unwrap();
            grid.put(1, column, "1").unwrap();
        }
        for again in 0..200_000 {
            grid.merge([0, again % 3, 1 + again % 2, COLUMNS - 1]).unwrap();
        }
        let start = std::time::Instant::now();
        grid.table().unwrap();
        assert!(start.elapsed().as_secs() < 10);
    }

    proptest! {
        /// Every cell is in the rows, at its row of the sheet.
        #[test]
        fn nothing_is_lost_and_rows_keep_their_places(
            places in proptest::collection::btree_set((0..40_u32, 0..9_u32), 2..60),
            merged in proptest::collection::vec((0..6_u32, 0..9_u32, 0..3_u32, 0..4_u32), 0..6),
        ) {
            let mut grid = Grid::default();
            for (row, column) in &places {
                grid.put(*row, *column, &format!("r{row}c{column}")).unwrap();
            }
            for (row, column, rows, columns) in merged {
                grid.merge([row, column, row + rows, column + columns]).unwrap();
            }
            if let Ok(table) = grid.table() {
                let (first, height) = table.header;
                let lines: Vec<&str> = table.text.lines().collect();
                for (row, column) in places {
                    let text = format!("r{row}c{column}");
                    if row + 1 < first {
                        prop_assert!(table.above.contains(&text));
                    } else if row + 1 >= first + height {
                        let found = lines[row as usize].split(',').any(|cell| cell == text);
                        prop_assert!(found, "{text} {lines:?}");
                    }
                }
            }
        }
    }
}
