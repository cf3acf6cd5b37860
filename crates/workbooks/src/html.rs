//! Tables of an HTML text, as programs save them under names ending in .xls: each `<table>` is a sheet. Tags are found
//! by html5gum, which reads HTML as browsers do.

use html5gum::{HtmlString, StartTag, Token, Tokenizer};

use crate::grid::Grid;
use crate::limits::{COLUMNS, Large, PART, ROWS, SHEETS, TEXT};
use crate::tables::document;
use crate::{Fault, Sheet};

/// The largest number of columns and rows of a cell in HTML.
const WIDEST: u32 = 1_000;
const HIGHEST: u32 = 65_534;

/// Elements whose content is not shown.
const UNSEEN: [&[u8]; 4] = [b"script", b"style", b"title", b"template"];

/// Which tables there are.
///
/// # Errors
/// [`Fault::NoSheet`] where there are none, [`Fault::TooLarge`] above the limits.
pub fn sheets(bytes: &[u8]) -> Result<Vec<Sheet>, Fault> {
    let mut found = walk(bytes, None)?.sheets;
    // A table of one cell is a frame around others.
    let is_table = |sheet: &Sheet| sheet.size.is_some_and(|(rows, columns)| rows * columns > 1);
    if found.iter().any(is_table) {
        found.retain(is_table);
    }
    match found.is_empty() {
        true => Err(Fault::NoSheet),
        false => Ok(found),
    }
}

/// The cells of the table with this name.
///
/// # Errors
/// [`Fault::TooLarge`] above the limits.
pub fn grid(bytes: &[u8], name: &str) -> Result<Grid, Fault> {
    Ok(walk(bytes, Some(name))?.grid)
}

/// What is found in a text.
#[derive(Default)]
struct Found {
    sheets: Vec<Sheet>,
    /// The cells of the wanted table.
    grid: Grid,
}

/// A table that is open.
#[derive(Default)]
struct Open {
    /// Its number among all tables.
    index: usize,
    /// The row, from 0, and how many rows were begun.
    row: u32,
    rows: u32,
    column: u32,
    /// For each column the first row that no cell above reaches.
    free_from: Vec<u32>,
    /// The cell that is open: its text, and how many columns and rows it takes.
    cell: Option<(String, u32, u32)>,
}

fn walk(bytes: &[u8], wanted: Option<&str>) -> Result<Found, Fault> {
    if bytes.len() > PART {
        return Err(Fault::TooLarge(Large::Part));
    }
    let text = document(bytes);
    let mut found = Found::default();
    let mut open: Vec<Open> = Vec::new();
    let mut unseen: Option<HtmlString> = None;
    for token in Tokenizer::new(text.as_str()) {
        let Ok(token) = token;
        if let Some(name) = &unseen {
            if matches!(&token, Token::EndTag(tag) if tag.name == *name) {
                unseen = None;
            }
            continue;
        }
        match token {
            Token::StartTag(tag) => match &**tag.name {
                b"table" => {
                    if found.sheets.len() >= SHEETS {
                        return Err(Fault::TooLarge(Large::Sheets));
                    }
                    open.push(Open {
                        index: found.sheets.len(),
                        ..Open::default()
                    });
                    found.sheets.push(Sheet {
                        name: format!("Table {}", found.sheets.len() + 1),
                        size: Some((0, 0)),
                        ..Sheet::default()
                    });
                }
                b"tr" => {
                    if let Some(table) = open.last_mut() {
                        table.close(&mut found, wanted)?;
                        table.row = table.rows;
                        table.rows += 1;
                        table.column = 0;
                    }
                }
                b"td" | b"th" => {
                    if let Some(table) = open.last_mut() {
                        table.close(&mut found, wanted)?;
                        table.rows = table.rows.max(1);
                        table.cell = Some((
                            String::new(),
                            span(&tag, b"colspan", WIDEST),
                            span(&tag, b"rowspan", HIGHEST),
                        ));
                    }
                }
                b"br" | b"p" | b"div" | b"li" => push(&mut open, " ")?,
                name if UNSEEN.contains(&name) && !tag.self_closing => unseen = Some(tag.name),
                _ => {}
            },
            Token::EndTag(tag) => match &**tag.name {
                b"table" => {
                    if let Some(mut table) = open.pop() {
                        table.close(&mut found, wanted)?;
                    }
                }
                b"tr" | b"td" | b"th" => {
                    if let Some(table) = open.last_mut() {
                        table.close(&mut found, wanted)?;
                    }
                }
                _ => {}
            },
            Token::String(text) => push(&mut open, &String::from_utf8_lossy(&text))?,
            _ => {}
        }
    }
    while let Some(mut table) = open.pop() {
        table.close(&mut found, wanted)?;
    }
    Ok(found)
}

/// Adds text to the cell that is open.
fn push(open: &mut [Open], text: &str) -> Result<(), Fault> {
    let Some((cell, ..)) = open.last_mut().and_then(|table| table.cell.as_mut()) else {
        return Ok(());
    };
    for letter in text.chars() {
        match letter.is_whitespace() {
            true if cell.is_empty() || cell.ends_with(' ') => {}
            true => cell.push(' '),
            false => cell.push(letter),
        }
    }
    match cell.len() > TEXT {
        true => Err(Fault::TooLarge(Large::Text)),
        false => Ok(()),
    }
}

/// How many columns or rows a cell takes.
fn span(tag: &StartTag<()>, name: &[u8], most: u32) -> u32 {
    let stated = tag
        .attributes
        .get(name)
        .map(|value| String::from_utf8_lossy(value).into_owned());
    let number = stated.and_then(|text| text.trim().parse::<u32>().ok());
    number.unwrap_or(1).clamp(1, most)
}

impl Open {
    /// Puts the cell that is open into its place.
    fn close(&mut self, found: &mut Found, wanted: Option<&str>) -> Result<(), Fault> {
        let Some((text, wide, high)) = self.cell.take() else {
            return Ok(());
        };
        let is_taken = |column: u32| self.free_from.get(column as usize).is_some_and(|&free| free > self.row);
        let mut column = self.column;
        while is_taken(column) {
            column += 1;
        }
        let (end, last) = (column + wide, self.row + high - 1);
        if self.row >= ROWS {
            return Err(Fault::TooLarge(Large::Rows));
        }
        if end > COLUMNS {
            return Err(Fault::TooLarge(Large::Columns));
        }
        if self.free_from.len() < end as usize {
            self.free_from.resize(end as usize, 0);
        }
        for free in self
            .free_from
            .get_mut(column as usize..end as usize)
            .unwrap_or_default()
        {
            *free = last + 1;
        }
        self.column = end;
        let Some(sheet) = found.sheets.get_mut(self.index) else {
            return Ok(());
        };
        let text = text.trim_end();
        if !text.is_empty() {
            let (rows, columns) = sheet.size.unwrap_or_default();
            sheet.size = Some((rows.max(self.row as usize + 1), columns.max(end as usize)));
        }
        if wanted == Some(sheet.name.as_str()) {
            found.grid.put(self.row, column, text)?;
            found.grid.merge([self.row, column, last, end - 1])?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str, sheet: usize) -> String {
        let found = sheets(text.as_bytes()).unwrap();
        grid(text.as_bytes(), &found[sheet].name).unwrap().table().unwrap().text
    }

    #[test]
    fn a_table_as_programs_write_it() {
        let text = "<html><head><style>td{a:b}<table></style></head><body><table border=1><thead><tr><th>id<th>WBC&nbsp;(10<sup>9</sup>/L)\
                    </thead><tr><td>P1<td>33.9</tr><tr><td>P&amp;2</td><td>\n 310 <br> x</td></tr></table>";
        assert_eq!(rows(text, 0), "id,WBC (109/L)\nP1,33.9\nP&2,310 x\n");
    }

    #[test]
    fn cells_over_several_rows_and_columns_and_tables_in_tables() {
        let text = "<table><tr><td><table><tr><th rowspan=2>id<th colspan=2>MRD<tr><th>EOI<th>EOC<tr><td>1<td>0<td>0.1</table>\
                    </table><table><tr><td>a<td>b<tr><td>1<td>2</table>";
        let names: Vec<String> = sheets(text.as_bytes())
            .unwrap()
            .into_iter()
            .map(|sheet| sheet.name)
            .collect();
        assert_eq!(names, ["Table 2", "Table 3"]);
        assert_eq!(rows(text, 0), "\nid,MRD EOI,MRD EOC\n1,0,0.1\n");
        assert_eq!(rows(text, 1), "a,b\n1,2\n");
    }

    #[test]
    fn no_table_and_huge_cells() {
        assert_eq!(sheets(b"<html><p>id</p></html>").err(), Some(Fault::NoSheet));
        let wide = "<td colspan=4294967295 rowspan=99999>x".repeat(20);
        assert_eq!(
            sheets(format!("<table><tr>{wide}").as_bytes()).err(),
            Some(Fault::TooLarge(Large::Columns))
        );
    }
}
