//! Workbooks of OpenDocument (LibreOffice): one part with all sheets (ODF 1.3 part 3, 9 and 19.385).

use crate::archive::Archive;
use crate::grid::Grid;
use crate::xlsx::shortest;
use crate::xml::{Attributes, Piece, Pieces};
use crate::{Fault, Sheet, text_of};

const CONTENT: &str = "content.xml";

/// Which sheets there are.
pub fn sheets(archive: &Archive) -> Result<Vec<Sheet>, Fault> {
    let bytes = archive.read(CONTENT)?;
    let text = text_of(&bytes);
    let mut sheets: Vec<Sheet> = Vec::new();
    let mut filled = false;
    let mut is_spreadsheet = false;
    for piece in Pieces::of(&text) {
        match piece {
            Piece::Open("spreadsheet", _) => is_spreadsheet = true,
            Piece::Open("table", attributes) => {
                filled = false;
                sheets.push(Sheet {
                    name: attributes.get("name").unwrap_or_default().into_owned(),
                    ..Sheet::default()
                });
            }
            Piece::Open("p", _) => filled = true,
            Piece::Close("table") if !filled => {
                if let Some(sheet) = sheets.last_mut() {
                    sheet.size = Some((0, 0));
                }
            }
            _ => {}
        }
    }
    if is_spreadsheet {
        Ok(sheets)
    } else {
        Err(Fault::NoWorkbook)
    }
}

/// The cells of the sheet with this name.
pub fn grid(archive: &Archive, name: &str) -> Result<Grid, Fault> {
    let bytes = archive.read(CONTENT)?;
    let text = text_of(&bytes);
    let mut pieces = Pieces::of(&text);
    let mut grid = Grid::default();
    let wanted = |piece: &Piece<'_>| matches!(piece, Piece::Open("table", attributes) if attributes.get("name").as_deref() == Some(name));
    pieces.by_ref().find(wanted).ok_or(Fault::Broken)?;
    let (mut row, mut rows, mut column) = (0_u32, 1_u32, 0_u32);
    let mut in_row: Vec<(u32, String)> = Vec::new();
    while let Some(piece) = pieces.next() {
        match piece {
            Piece::Close("table") => break,
            Piece::Open("table-row", attributes) => {
                rows = repeated(attributes, "number-rows-repeated");
                column = 0;
                in_row.clear();
                let hidden = attributes.get("visibility").is_some_and(|state| state != "visible");
                grid.hidden_rows += if hidden { rows as usize } else { 0 };
            }
            Piece::Close("table-row") => {
                // Empty rows are repeated to the end of the sheet; filled ones are not repeated so often.
                let filled = if in_row.is_empty() { 0 } else { rows.min(10_000) };
                for again in 0..filled {
                    for (column, text) in &in_row {
                        grid.put(row.saturating_add(again), *column, text);
                    }
                }
                row = row.saturating_add(rows);
            }
            Piece::Open(name @ ("table-cell" | "covered-table-cell"), attributes) => {
                let columns = repeated(attributes, "number-columns-repeated");
                let (wide, high) = (
                    repeated(attributes, "number-columns-spanned"),
                    repeated(attributes, "number-rows-spanned"),
                );
                if wide > 1 || high > 1 {
                    let last = (row.saturating_add(high - 1), column.saturating_add(wide - 1));
                    grid.merged.push([row, column, last.0, last.1]);
                }
                let shown = paragraphs(&mut pieces, name);
                let text = value(attributes, shown);
                grid.errors += usize::from(
                    text.starts_with("#")
                        && attributes.get("value-type").is_some_and(|kind| kind == "string")
                        && attributes.get("formula").is_some(),
                );
                if !text.trim().is_empty() {
                    in_row.extend((0..columns.min(1_000)).map(|again| (column.saturating_add(again), text.clone())));
                }
                column = column.saturating_add(columns);
            }
            _ => {}
        }
    }
    Ok(grid)
}

fn repeated(attributes: Attributes<'_>, name: &str) -> u32 {
    attributes
        .get(name)
        .and_then(|times| times.parse().ok())
        .unwrap_or(1)
        .max(1)
}

/// The text of a cell; notes and drawings in it are left out.
fn paragraphs(pieces: &mut Pieces<'_>, name: &str) -> String {
    let mut text = String::new();
    let mut aside = 0_usize;
    for piece in pieces.by_ref() {
        match piece {
            Piece::Close(closed) if closed == name => break,
            Piece::Open("annotation" | "frame", _) => aside += 1,
            Piece::Close("annotation" | "frame") => aside = aside.saturating_sub(1),
            Piece::Open("p", _) if aside == 0 && !text.is_empty() => text.push(' '),
            Piece::Open("s", attributes) if aside == 0 => {
                let spaces = attributes
                    .get("c")
                    .and_then(|count| count.parse().ok())
                    .unwrap_or(1_usize);
                text.push_str(&" ".repeat(spaces.min(100)));
            }
            Piece::Text(part) if aside == 0 => text.push_str(&part),
            _ => {}
        }
    }
    text
}

/// The value of a cell; where its kind tells nothing, what it shows.
fn value(attributes: Attributes<'_>, shown: String) -> String {
    let kind = attributes.get("value-type").unwrap_or_default();
    match &*kind {
        "float" | "percentage" | "currency" => {
            let value = attributes.get("value").unwrap_or_default();
            match value.parse::<f64>().ok().filter(|number| number.is_finite()) {
                Some(number) => shortest(number),
                None => shown,
            }
        }
        "date" => {
            let value = attributes.get("date-value").unwrap_or_default();
            match value.split_once('T') {
                Some((day, "00:00:00")) => day.to_owned(),
                Some((day, time)) => format!("{day} {time}"),
                None if value.is_empty() => shown,
                None => value.into_owned(),
            }
        }
        "boolean" => match attributes.get("boolean-value").as_deref() {
            Some("true") => "TRUE".to_owned(),
            Some("false") => "FALSE".to_owned(),
            _ => shown,
        },
        _ => shown,
    }
}
