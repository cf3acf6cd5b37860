//! A table of results as it leaves the page: its cells as text, with what stands over and under it.

use serde::{Deserialize, Serialize};

/// A cell, or a cell of the head.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell {
    /// Its text, in lines.
    pub text: String,
    /// How many columns it takes; 0 is read as 1.
    pub columns: usize,
    /// How many rows it takes; 0 is read as 1.
    pub rows: usize,
    /// Whether it heads a row or a column.
    pub heads: bool,
    /// Whether it is a level of the variable above it, and stands further in.
    pub inset: bool,
    /// Whether it is a number, flush right.
    pub number: bool,
}

impl Cell {
    /// How many columns it takes, at least one.
    #[must_use]
    pub fn width(&self) -> usize {
        self.columns.max(1)
    }

    /// How many rows it takes, at least one.
    #[must_use]
    pub fn height(&self) -> usize {
        self.rows.max(1)
    }
}

/// A table.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// What it is called.
    pub title: String,
    /// Rows of the head.
    pub head: Vec<Vec<Cell>>,
    /// The rows.
    pub body: Vec<Vec<Cell>>,
    /// Paragraphs under it.
    pub notes: Vec<String>,
    /// What it was made with and of, the last paragraph.
    pub source: String,
}

/// A place of the grid: the cell that begins there, the one above that reaches down to it, or nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place<'a> {
    /// A cell begins.
    Starts(&'a Cell),
    /// A cell that began in a row above goes on.
    Below(&'a Cell),
    /// A cell that began to the left goes on.
    Beside,
    /// No cell.
    Empty,
}

impl Table {
    /// How many columns it has.
    #[must_use]
    pub fn columns(&self) -> usize {
        let rows = self.head.iter().chain(&self.body);
        rows.map(|row| row.iter().map(Cell::width).sum()).max().unwrap_or(0)
    }

    /// The head as a grid, in which every row has a place for each column.
    #[must_use]
    pub fn head_grid(&self) -> Vec<Vec<Place<'_>>> {
        grid(&self.head, self.columns())
    }

    /// The rows as a grid, in which every row has a place for each column.
    #[must_use]
    pub fn body_grid(&self) -> Vec<Vec<Place<'_>>> {
        grid(&self.body, self.columns())
    }

    /// The rows of the table, without what stands around it, as lists of texts of the same length. A cell that takes
    /// several places stands in the first of them; a line end in a cell is a space.
    #[must_use]
    pub fn texts(&self) -> Vec<Vec<String>> {
        let rows = self.head_grid().into_iter().chain(self.body_grid());
        let text = |place: &Place<'_>| match place {
            Place::Starts(cell) => cell.text.split_whitespace().collect::<Vec<_>>().join(" "),
            Place::Below(_) | Place::Beside | Place::Empty => String::new(),
        };
        rows.map(|row| row.iter().map(text).collect()).collect()
    }

    /// The table as CSV (RFC 4180), with nothing that a spreadsheet would run.
    #[must_use]
    pub fn to_csv(&self) -> String {
        let rows = self.texts().into_iter();
        rows.map(|row| cotside_text::export::row(row) + "\r\n").collect()
    }

    /// The table as HTML that word processors and spreadsheets paste as cells, with nothing that they would run.
    #[must_use]
    pub fn to_html(&self) -> String {
        let row = |row: &Vec<Cell>, in_head: bool| {
            let cells: String = row.iter().map(|cell| html_cell(cell, in_head)).collect();
            format!("<tr>{cells}</tr>")
        };
        let head: String = self.head.iter().map(|cells| row(cells, true)).collect();
        let body: String = self.body.iter().map(|cells| row(cells, false)).collect();
        format!("<table><thead>{head}</thead><tbody>{body}</tbody></table>")
    }

    /// The table as lines of texts that tabs separate, as spreadsheets paste it, with nothing that they would run.
    #[must_use]
    pub fn to_tabs(&self) -> String {
        let guarded = |text: &String| cotside_text::export::guarded(text);
        let line = |row: &Vec<String>| row.iter().map(guarded).collect::<Vec<_>>().join("\t");
        let lines: Vec<String> = self.texts().iter().map(line).collect();
        lines.join("\n")
    }
}

/// A cell, whose lines are lines of it.
fn html_cell(cell: &Cell, in_head: bool) -> String {
    let tag = if in_head || cell.heads { "th" } else { "td" };
    let align = if cell.number { "right" } else { "left" };
    let span = |name: &str, places: usize| {
        if places > 1 {
            format!(" {name}=\"{places}\"")
        } else {
            String::new()
        }
    };
    let mut text = String::new();
    for letter in cotside_text::export::guarded(&cell.text).chars() {
        match letter {
            '&' => text.push_str("&amp;"),
            '<' => text.push_str("&lt;"),
            '>' => text.push_str("&gt;"),
            '\n' => text.push_str("<br>"),
            letter => text.push(letter),
        }
    }
    let (columns, rows) = (span("colspan", cell.width()), span("rowspan", cell.height()));
    format!("<{tag}{columns}{rows} align=\"{align}\">{text}</{tag}>")
}

fn grid(rows: &[Vec<Cell>], columns: usize) -> Vec<Vec<Place<'_>>> {
    let mut grid: Vec<Vec<Place<'_>>> = vec![vec![Place::Empty; columns]; rows.len()];
    for (at, row) in rows.iter().enumerate() {
        let mut column = 0;
        for cell in row {
            while grid[at].get(column).is_some_and(|place| *place != Place::Empty) {
                column += 1;
            }
            for (down, line) in grid.iter_mut().skip(at).take(cell.height()).enumerate() {
                for (right, place) in line.iter_mut().skip(column).take(cell.width()).enumerate() {
                    *place = match (down, right) {
                        (0, 0) => Place::Starts(cell),
                        (_, 0) => Place::Below(cell),
                        _ => Place::Beside,
                    };
                }
            }
            column += cell.width();
        }
    }
    grid
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(text: &str) -> Cell {
        Cell {
            text: text.to_owned(),
            ..Cell::default()
        }
    }

    fn spanning() -> Table {
        let over = |text: &str, columns, rows| Cell {
            columns,
            rows,
            ..cell(text)
        };
        Table {
            head: vec![
                vec![over("Group", 1, 2), over("KMT2A", 2, 1)],
                vec![cell("germline"), cell("rearranged")],
            ],
            body: vec![
                vec![cell("Girls"), cell("3\n(12%)"), cell("=1+1")],
                vec![cell("−1"), cell("a\tb")],
            ],
            ..Table::default()
        }
    }

    #[test]
    fn every_row_has_every_column_and_no_formula() {
        assert_eq!(
            spanning().to_csv(),
            "Group,KMT2A,\r\n,germline,rearranged\r\nGirls,3 (12%),\"'=1+1\"\r\n−1,a b,\r\n"
        );
        assert_eq!(
            spanning().to_tabs(),
            "Group\tKMT2A\t\n\tgermline\trearranged\nGirls\t3 (12%)\t'=1+1\n−1\ta b\t"
        );
    }

    #[test]
    fn a_cell_takes_its_places_and_none_of_another() {
        let table = spanning();
        let head = table.head_grid();
        assert!(
            matches!(head[0][2], Place::Beside) && matches!(head[1][0], Place::Below(cell) if cell.text == "Group")
        );
        assert!(matches!(head[1][1], Place::Starts(cell) if cell.text == "germline"));
        assert!(matches!(table.body_grid()[1][2], Place::Empty));
        assert_eq!(Table::default().to_csv(), "");
        let html = table.to_html();
        for part in [
            "<th rowspan=\"2\" align=\"left\">Group</th><th colspan=\"2\" align=\"left\">KMT2A</th>",
            "<td align=\"left\">3<br>(12%)</td><td align=\"left\">'=1+1</td>",
        ] {
            assert!(html.contains(part), "{html}");
        }
    }
}
