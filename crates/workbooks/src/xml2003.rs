//! Workbooks of Excel 2003 as one XML text (SpreadsheetML), often named .xls.

use std::collections::HashMap;

use crate::grid::Grid;
use crate::limits::{COLUMNS, Large, PART, ROWS, SHEETS};
use crate::number_format::{self, Meant, iso};
use crate::xml::{Attributes, Piece, Pieces};
use crate::{Fault, NO_VALUE, Sheet, text_of};

/// Which sheets there are.
///
/// # Errors
/// [`Fault::NoWorkbook`] where it is another XML, [`Fault::TooLarge`] above the limits.
pub fn sheets(bytes: &[u8]) -> Result<Vec<Sheet>, Fault> {
    if bytes.len() > PART {
        return Err(Fault::TooLarge(Large::Part));
    }
    let text = text_of(bytes)?;
    let mut sheets: Vec<Sheet> = Vec::new();
    let mut pieces = Pieces::of(&text);
    let mut is_workbook = false;
    while let Some(piece) = pieces.next() {
        match piece {
            Piece::Open("Workbook", _) => is_workbook = true,
            Piece::Open("Worksheet", attributes) => {
                if sheets.len() >= SHEETS {
                    return Err(Fault::TooLarge(Large::Sheets));
                }
                sheets.push(Sheet {
                    name: attributes.get("Name").unwrap_or_default().into_owned(),
                    size: Some((0, 0)),
                    ..Sheet::default()
                });
            }
            Piece::Open("Data", _) => {
                if let Some(sheet) = sheets.last_mut() {
                    sheet.size = None;
                }
            }
            Piece::Open("Visible", _) => {
                let state = pieces.text_of("Visible", "");
                if let Some(sheet) = sheets.last_mut() {
                    sheet.hidden = state.contains("Hidden");
                }
            }
            _ => {}
        }
    }
    match is_workbook {
        true => Ok(sheets),
        false => Err(Fault::NoWorkbook),
    }
}

/// The cells of the sheet with this name.
///
/// # Errors
/// [`Fault::Broken`] where it is cut off, [`Fault::TooLarge`] above the limits.
pub fn grid(bytes: &[u8], name: &str) -> Result<Grid, Fault> {
    let text = text_of(bytes)?;
    let mut pieces = Pieces::of(&text);
    let styles = styles(&mut pieces, name)?;
    let mut grid = Grid::default();
    let (mut row, mut next_row, mut column) = (0_u32, 0_u32, 0_u32);
    while let Some(piece) = pieces.next() {
        match piece {
            Piece::Close("Worksheet") => return Ok(grid),
            Piece::Open("Row", attributes) => {
                row = place(attributes, next_row);
                if row >= ROWS {
                    return Err(Fault::TooLarge(Large::Rows));
                }
                next_row = row
                    .saturating_add(1)
                    .saturating_add(number(attributes, "Span").unwrap_or(0));
                column = 0;
                let is_hidden = attributes.get("Hidden").is_some_and(|hidden| hidden == "1");
                grid.hidden_rows += usize::from(is_hidden);
            }
            Piece::Open("Cell", attributes) => {
                column = place(attributes, column);
                let (wide, high) = (
                    number(attributes, "MergeAcross").unwrap_or(0),
                    number(attributes, "MergeDown").unwrap_or(0),
                );
                let last = (row.saturating_add(high), column.saturating_add(wide));
                if last.1 >= COLUMNS {
                    return Err(Fault::TooLarge(Large::Columns));
                }
                grid.merge([row, column, last.0, last.1])?;
                let meant = attributes.get("StyleID").and_then(|style| styles.get(&*style).copied());
                let cell = cell(
                    &mut pieces,
                    attributes.get("Formula").is_some(),
                    meant.unwrap_or_default(),
                );
                grid.errors += usize::from(cell.is_error);
                grid.not_computed += usize::from(cell.text == NO_VALUE);
                grid.put(row, column, &cell.text)?;
                column = last.1 + 1;
            }
            _ => {}
        }
    }
    // Rows that are not there would not be missed.
    Err(Fault::Broken)
}

/// What numbers mean by the names of their styles; goes to the start of a sheet.
fn styles(pieces: &mut Pieces<'_>, name: &str) -> Result<HashMap<String, Meant>, Fault> {
    let mut styles = HashMap::new();
    let mut style = String::new();
    for piece in pieces.by_ref() {
        match piece {
            Piece::Open("Style", attributes) => style = attributes.get("ID").unwrap_or_default().into_owned(),
            Piece::Open("NumberFormat", attributes) => {
                let meant = match attributes.get("Format").as_deref() {
                    Some("Percent") => Meant::Percent,
                    Some(format) => number_format::written(format),
                    None => Meant::Number,
                };
                // Days have a type of their own.
                if matches!(meant, Meant::Percent | Meant::PercentSign) {
                    styles.insert(style.clone(), meant);
                }
            }
            Piece::Open("Worksheet", attributes) if attributes.get("Name").as_deref() == Some(name) => {
                return Ok(styles);
            }
            _ => {}
        }
    }
    Err(Fault::Broken)
}

fn number(attributes: Attributes<'_>, name: &str) -> Option<u32> {
    attributes.get(name)?.parse().ok()
}

/// The place of a row or cell from 0: the next one, unless it states its own.
fn place(attributes: Attributes<'_>, next: u32) -> u32 {
    number(attributes, "Index")
        .and_then(|index| index.checked_sub(1))
        .unwrap_or(next)
}

struct Cell {
    text: String,
    is_error: bool,
}

/// The value of a cell; notes on it are left out.
fn cell(pieces: &mut Pieces<'_>, has_formula: bool, meant: Meant) -> Cell {
    let mut text = String::new();
    let mut is_error = false;
    while let Some(piece) = pieces.next() {
        match piece {
            Piece::Close("Cell") => break,
            Piece::Open("Comment", _) => {
                pieces.text_of("Comment", "");
            }
            Piece::Open("Data", attributes) => {
                let kind = attributes.get("Type").unwrap_or_default().into_owned();
                let written = pieces.text_of("Data", "");
                is_error = kind == "Error";
                text = match (kind.as_str(), written.trim()) {
                    ("Number", number) => match number.parse() {
                        Ok(number) => number_format::text(number, meant, false),
                        Err(_) => written,
                    },
                    ("DateTime", day) => iso(day),
                    ("Boolean", "1") => "TRUE".to_owned(),
                    ("Boolean", "0") => "FALSE".to_owned(),
                    _ => written,
                };
            }
            _ => {}
        }
    }
    if has_formula && text.trim().is_empty() {
        text = NO_VALUE.to_owned();
    }
    Cell { text, is_error }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOOK: &str = "<?xml version=\"1.0\"?><?mso-application progid=\"Excel.Sheet\"?>\
        <Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\" xmlns:ss=\"urn:schemas-microsoft-com:office:spreadsheet\">\
        <Styles><Style ss:ID=\"s1\"><NumberFormat ss:Format=\"Short Date\"/></Style><Style ss:ID=\"s2\">\
        <NumberFormat ss:Format=\"0.0%\"/></Style></Styles>\
        <Worksheet ss:Name=\"P\"><Table><Row><Cell><Data ss:Type=\"String\">id</Data></Cell><Cell><Data ss:Type=\"String\">born</Data>\
        <Comment><Data>no</Data></Comment></Cell><Cell ss:Index=\"4\"><Data ss:Type=\"String\">MRD</Data></Cell></Row>\
        <Row ss:Index=\"3\"><Cell><Data ss:Type=\"Number\">1</Data></Cell><Cell ss:StyleID=\"s1\">\
        <Data ss:Type=\"DateTime\">2020-01-05T00:00:00.000</Data></Cell><Cell ss:Index=\"4\" ss:StyleID=\"s2\">\
        <Data ss:Type=\"Number\">0.001</Data></Cell></Row></Table></Worksheet>\
        <Worksheet ss:Name=\"Empty\"><Table/></Worksheet></Workbook>";

    #[test]
    fn sheets_and_cells() {
        let found = sheets(BOOK.as_bytes()).unwrap();
        assert_eq!((found[0].name.as_str(), found[0].size), ("P", None));
        assert_eq!(found[1].size, Some((0, 0)));
        let table = grid(BOOK.as_bytes(), "P").unwrap().table().unwrap();
        assert_eq!(table.text, "id,born,MRD\n\n1,2020-01-05,0.1%\n");
    }

    #[test]
    fn a_text_that_is_cut_off_is_refused() {
        let end = BOOK.find("</Table>").unwrap();
        assert_eq!(grid(&BOOK.as_bytes()[..end], "P").err(), Some(Fault::Broken));
        assert_eq!(sheets(b"<?xml version=\"1.0\"?><a/>").err(), Some(Fault::NoWorkbook));
    }
}
