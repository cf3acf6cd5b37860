//! Workbooks of OpenDocument (LibreOffice): one part with all sheets (ODF 1.3 part 3, 9 and 19.385).

use crate::grid::Grid;
use crate::limits::{COLUMNS, Large, PART, ROWS, SHEETS, TEXT};
use crate::number_format::{iso, percent, shortest};
use crate::xml::{Attributes, Piece, Pieces};
use crate::{Fault, NO_VALUE, Sheet, start_of_text, text_of};

/// The part of an archive that holds the sheets.
pub const CONTENT: &str = "content.xml";

/// True if a file is a flat document: the same XML without an archive.
pub fn is_flat(bytes: &[u8]) -> bool {
    let start = start_of_text(bytes.get(..bytes.len().min(4096)).unwrap_or_default());
    let is_element = |piece: &Piece<'_>| matches!(piece, Piece::Open(..));
    start.trim_start().starts_with('<')
        && matches!(Pieces::of(&start).find(is_element), Some(Piece::Open("document", _)))
}

/// Which sheets there are.
pub fn sheets(bytes: &[u8]) -> Result<Vec<Sheet>, Fault> {
    if bytes.len() > PART {
        return Err(Fault::TooLarge(Large::Part));
    }
    let text = text_of(bytes)?;
    let mut sheets: Vec<Sheet> = Vec::new();
    let mut filled = false;
    let mut is_spreadsheet = false;
    for piece in Pieces::of(&text) {
        match piece {
            Piece::Open("spreadsheet", _) => is_spreadsheet = true,
            Piece::Open("table", attributes) => {
                filled = false;
                if sheets.len() >= SHEETS {
                    return Err(Fault::TooLarge(Large::Sheets));
                }
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
pub fn grid(bytes: &[u8], name: &str) -> Result<Grid, Fault> {
    let text = text_of(bytes)?;
    let mut pieces = Pieces::of(&text);
    let mut grid = Grid::default();
    let wanted = |piece: &Piece<'_>| matches!(piece, Piece::Open("table", attributes) if attributes.get("name").as_deref() == Some(name));
    pieces.by_ref().find(wanted).ok_or(Fault::Broken)?;
    let (mut row, mut rows, mut column) = (0_u32, 1_u32, 0_u32);
    let mut hidden = false;
    // Column, how often it is repeated, text.
    let mut in_row: Vec<(u32, u32, String)> = Vec::new();
    while let Some(piece) = pieces.next() {
        match piece {
            Piece::Close("table") => return Ok(grid),
            Piece::Open("table-row", attributes) => {
                rows = repeated(attributes, "number-rows-repeated");
                column = 0;
                in_row.clear();
                hidden = attributes.get("visibility").is_some_and(|state| state != "visible");
            }
            Piece::Close("table-row") => {
                let next = row.saturating_add(rows);
                // Empty rows are repeated to the end of the sheet, and cost nothing.
                if !in_row.is_empty() {
                    if next > ROWS {
                        return Err(Fault::TooLarge(Large::Rows));
                    }
                    for row in row..next {
                        put(&mut grid, row, &in_row)?;
                    }
                    grid.hidden_rows += if hidden { rows as usize } else { 0 };
                }
                row = next;
            }
            Piece::Open(name @ ("table-cell" | "covered-table-cell"), attributes) => {
                let columns = repeated(attributes, "number-columns-repeated");
                let (wide, high) = (
                    repeated(attributes, "number-columns-spanned"),
                    repeated(attributes, "number-rows-spanned"),
                );
                let last = (row.saturating_add(high - 1), column.saturating_add(wide - 1));
                grid.merge([row, column, last.0, last.1])?;
                let shown = paragraphs(&mut pieces, name)?;
                let cell = value(attributes, shown);
                grid.errors += usize::from(cell.is_error);
                grid.not_computed += usize::from(cell.text == NO_VALUE);
                let next = column.saturating_add(columns);
                if !cell.text.trim().is_empty() {
                    if next > COLUMNS {
                        return Err(Fault::TooLarge(Large::Columns));
                    }
                    in_row.push((column, columns, cell.text));
                }
                column = next;
            }
            _ => {}
        }
    }
    // Rows that are not there would not be missed.
    Err(Fault::Broken)
}

fn put(grid: &mut Grid, row: u32, cells: &[(u32, u32, String)]) -> Result<(), Fault> {
    for (column, times, text) in cells {
        for again in 0..*times {
            grid.put(row, column + again, text)?;
        }
    }
    Ok(())
}

fn repeated(attributes: Attributes<'_>, name: &str) -> u32 {
    attributes
        .get(name)
        .and_then(|times| times.parse().ok())
        .unwrap_or(1)
        .max(1)
}

/// The longest text that a cell holds in Excel and LibreOffice.
const LONGEST: usize = 32_767;

/// Elements of a cell that are not part of its text: notes, drawings, readings of East Asian words.
const ASIDE: [&str; 3] = ["annotation", "frame", "ruby-text"];

/// The text of a cell: its paragraphs, with spaces for line breaks and tabs.
fn paragraphs(pieces: &mut Pieces<'_>, name: &str) -> Result<String, Fault> {
    let mut text = String::new();
    let (mut aside, mut inside) = (0_usize, 0_usize);
    for piece in pieces.by_ref() {
        match piece {
            Piece::Close(closed) if closed == name => break,
            Piece::Open(opened, _) if ASIDE.contains(&opened) => aside += 1,
            Piece::Close(closed) if ASIDE.contains(&closed) => aside = aside.saturating_sub(1),
            _ if aside > 0 => {}
            Piece::Open("p" | "h", _) => {
                inside += 1;
                text.push_str(if text.is_empty() { "" } else { " " });
            }
            Piece::Close("p" | "h") => inside = inside.saturating_sub(1),
            Piece::Open("line-break" | "tab", _) => text.push(' '),
            Piece::Open("s", attributes) => {
                let spaces = attributes.get("c").and_then(|count| count.parse().ok()).unwrap_or(1);
                text.push_str(&" ".repeat(usize::min(spaces, LONGEST)));
            }
            // Lines and indents of the XML are single spaces, and none between paragraphs.
            Piece::Text(part) if inside > 0 => {
                for letter in part.chars() {
                    match letter {
                        ' ' | '\t' | '\r' | '\n' if text.ends_with(' ') => {}
                        '\t' | '\r' | '\n' => text.push(' '),
                        letter => text.push(letter),
                    }
                }
            }
            _ => {}
        }
        if text.len() > TEXT {
            return Err(Fault::TooLarge(Large::Text));
        }
    }
    Ok(text)
}

struct Value {
    text: String,
    is_error: bool,
}

/// Returns the value of a cell; where its type gives none, the displayed text.
fn value(attributes: Attributes<'_>, shown: String) -> Value {
    let formula = attributes.get("formula").is_some();
    let get = |name| attributes.get(name).unwrap_or_default();
    // LibreOffice adds its own type (`calcext`) for errors, and writes 0 or nothing as their value.
    let is_error = attributes.all("value-type").any(|kind| kind == "error") || formula && is_error(&shown);
    let kind = attributes
        .all("value-type")
        .find(|kind| kind != "error")
        .unwrap_or_default();
    let text = match &*kind {
        _ if is_error => shown,
        "float" | "percentage" | "currency" => {
            let value = get("value").parse::<f64>().ok().filter(|number| number.is_finite());
            match value {
                Some(number) if kind == "percentage" => percent(number),
                Some(number) => shortest(number),
                None => shown,
            }
        }
        "date" => match get("date-value") {
            value if value.is_empty() => shown,
            value => iso(&value),
        },
        "boolean" => match &*get("boolean-value") {
            "true" => "TRUE".to_owned(),
            "false" => "FALSE".to_owned(),
            _ => shown,
        },
        "string" if shown.is_empty() => get("string-value").into_owned(),
        _ => shown,
    };
    // The result of a formula may be an empty text; then its type is given.
    let is_missing =
        text.trim().is_empty() && (is_error || !matches!(&*kind, "" | "string") || formula && kind.is_empty());
    Value {
        text: if is_missing { NO_VALUE.to_owned() } else { text },
        is_error,
    }
}

/// True if a formula shows an error: `#DIV/0!`, `#N/A`, or a number from 500 as in `Err:502`, in any language.
fn is_error(shown: &str) -> bool {
    let named = shown
        .strip_prefix('#')
        .is_some_and(|name| name.starts_with(char::is_alphabetic));
    let numbered = shown.rsplit_once(':').is_some_and(|(word, number)| {
        let word = word.trim_end();
        !word.is_empty() && word.chars().all(char::is_alphabetic) && matches!(number.trim().parse(), Ok(500..=599))
    });
    named || numbered
}
