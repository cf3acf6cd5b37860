//! Workbooks of Excel: shared strings, styles, sheets (ECMA-376 part 1, SpreadsheetML).

use crate::archive::Archive;
use crate::grid::Grid;
use crate::number_format::{self, Meant};
use crate::xml::{Attributes, Piece, Pieces};
use crate::{Fault, Sheet, text_of};

/// What the sheets of a workbook share.
#[derive(Default)]
pub struct Tables {
    strings: Vec<String>,
    /// What a number means, by the style of its cell.
    styles: Vec<Meant>,
    /// Whether days are counted from 1904.
    since_1904: bool,
}

/// So much of a sheet is looked at for its size.
const START: usize = 4096;

/// Reads what the sheets share, and which sheets there are.
pub fn open(archive: &Archive) -> Result<(Tables, Vec<Sheet>), Fault> {
    let workbook = main_part(archive)?;
    let relations = relations(archive, &workbook)?;
    let of_kind = |kind: &str| relations.iter().find(|relation| relation.kind.ends_with(kind));
    let read = |kind: &str| match of_kind(kind) {
        Some(relation) => archive.read(&relation.target),
        None => Ok(Vec::new()),
    };
    let mut tables = Tables {
        strings: strings(&text_of(&read("/sharedStrings")?)),
        styles: styles(&text_of(&read("/styles")?)),
        since_1904: false,
    };
    let mut sheets = Vec::new();
    for piece in Pieces::of(&text_of(&archive.read(&workbook)?)) {
        match piece {
            Piece::Open("workbookPr", attributes) => tables.since_1904 = is_true(attributes, "date1904"),
            Piece::Open("sheet", attributes) => {
                let id = attributes.get("id").unwrap_or_default();
                let relation = relations.iter().find(|relation| relation.id == id);
                // Sheets of charts and macros hold no cells.
                let Some(relation) = relation.filter(|relation| relation.kind.ends_with("/worksheet")) else {
                    continue;
                };
                sheets.push(Sheet {
                    name: attributes.get("name").unwrap_or_default().into_owned(),
                    hidden: attributes.get("state").is_some_and(|state| state != "visible"),
                    size: size(&text_of(&archive.start_of(&relation.target, START)?)),
                    part: relation.target.clone(),
                });
            }
            _ => {}
        }
    }
    Ok((tables, sheets))
}

/// The part that holds the workbook.
fn main_part(archive: &Archive) -> Result<String, Fault> {
    if !archive.has("_rels/.rels") {
        return Err(Fault::NoWorkbook);
    }
    let relations = relations(archive, "")?;
    let main = relations
        .into_iter()
        .find(|relation| relation.kind.ends_with("/officeDocument"));
    let target = main.ok_or(Fault::NoWorkbook)?.target;
    if target.ends_with(".bin") {
        return Err(Fault::Binary);
    }
    // A text or a presentation is built in the same way.
    let is_workbook = target.starts_with("xl/") || target.contains("workbook");
    if is_workbook {
        Ok(target)
    } else {
        Err(Fault::NoWorkbook)
    }
}

/// What a part refers to.
struct Relation {
    id: String,
    kind: String,
    target: String,
}

fn relations(archive: &Archive, part: &str) -> Result<Vec<Relation>, Fault> {
    let (folder, name) = part
        .rsplit_once('/')
        .map_or(("", part), |(folder, name)| (folder, name));
    let prefix = if folder.is_empty() {
        String::new()
    } else {
        format!("{folder}/")
    };
    let path = format!("{prefix}_rels/{name}.rels");
    if !archive.has(&path) {
        return Ok(Vec::new());
    }
    let bytes = archive.read(&path)?;
    let text = text_of(&bytes);
    let mut found = Vec::new();
    for piece in Pieces::of(&text) {
        if let Piece::Open("Relationship", attributes) = piece {
            let get = |name| attributes.get(name).unwrap_or_default().into_owned();
            let target = get("Target");
            found.push(Relation {
                id: get("Id"),
                kind: get("Type"),
                target: match target.strip_prefix('/') {
                    Some(absolute) => absolute.to_owned(),
                    None => joined(folder, &target),
                },
            });
        }
    }
    Ok(found)
}

/// A path within a folder; `..` goes up.
fn joined(folder: &str, path: &str) -> String {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "." | "" => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

fn is_true(attributes: Attributes<'_>, name: &str) -> bool {
    attributes
        .get(name)
        .is_some_and(|value| value == "1" || value == "true")
}

fn strings(text: &str) -> Vec<String> {
    let mut pieces = Pieces::of(text);
    let mut strings = Vec::new();
    while let Some(piece) = pieces.next() {
        if matches!(piece, Piece::Open("si", _)) {
            strings.push(unescaped(&rich_text(&mut pieces, "si")));
        }
    }
    strings
}

/// The text of the `t` elements inside an element, without the readings of East Asian words.
fn rich_text(pieces: &mut Pieces<'_>, name: &str) -> String {
    let mut text = String::new();
    let mut reading = false;
    while let Some(piece) = pieces.next() {
        match piece {
            Piece::Close(closed) if closed == name => break,
            Piece::Open("rPh", _) => reading = true,
            Piece::Close("rPh") => reading = false,
            Piece::Open("t", _) if !reading => text.push_str(&pieces.text_of("t", "")),
            _ => {}
        }
    }
    text
}

/// Text with its `_x000D_` turned into characters.
fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("_x") {
        out.push_str(before);
        let code = after.get(..4).filter(|_| after.get(4..5) == Some("_"));
        let character = code
            .and_then(|code| u32::from_str_radix(code, 16).ok())
            .and_then(char::from_u32);
        match character {
            Some(character) => {
                out.push(character);
                rest = after.get(5..).unwrap_or_default();
            }
            None => {
                out.push_str("_x");
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

fn styles(text: &str) -> Vec<Meant> {
    let mut formats: Vec<(u32, Meant)> = Vec::new();
    let mut styles = Vec::new();
    let mut in_cells = false;
    for piece in Pieces::of(text) {
        match piece {
            Piece::Open("numFmt", attributes) => {
                let id = number(attributes, "numFmtId");
                let code = attributes.get("formatCode").unwrap_or_default();
                formats.extend(id.map(|id| (id, number_format::written(&code))));
            }
            Piece::Open("cellXfs", _) => in_cells = true,
            Piece::Close("cellXfs") => in_cells = false,
            Piece::Open("xf", attributes) if in_cells => {
                let id = number(attributes, "numFmtId").unwrap_or(0);
                let own = formats.iter().find(|(known, _)| *known == id);
                styles.push(own.map_or_else(|| number_format::built_in(id), |(_, meant)| *meant));
            }
            _ => {}
        }
    }
    styles
}

fn number(attributes: Attributes<'_>, name: &str) -> Option<u32> {
    attributes.get(name)?.parse().ok()
}

/// Rows and columns that a sheet says it has; (0, 0) where it says that it has none.
fn size(start: &str) -> Option<(usize, usize)> {
    let mut found = None;
    let mut pieces = Pieces::of(start);
    while let Some(piece) = pieces.next() {
        match piece {
            Piece::Open("dimension", attributes) => {
                let range = attributes.get("ref").unwrap_or_default();
                let (_, last) = range.split_once(':').unwrap_or((&range, &range));
                found = place(last).map(|(row, column)| (row as usize + 1, column as usize + 1));
            }
            Piece::Open("sheetData", _) if matches!(pieces.next(), Some(Piece::Close("sheetData"))) => {
                return Some((0, 0));
            }
            Piece::Open("row", _) => break,
            _ => {}
        }
    }
    found
}

/// Row and column of `B3`, from 0.
fn place(name: &str) -> Option<(u32, u32)> {
    let digits = name.find(|letter: char| letter.is_ascii_digit())?;
    let (letters, row) = name.split_at(digits);
    let mut column = 0_u32;
    for letter in letters.bytes() {
        let value = u32::from(letter.to_ascii_uppercase().checked_sub(b'A')?);
        column = (value < 26).then(|| column.checked_mul(26)?.checked_add(value + 1))??;
    }
    Some((row.parse::<u32>().ok()?.checked_sub(1)?, column.checked_sub(1)?))
}

/// The cells of a sheet.
pub fn grid(archive: &Archive, tables: &Tables, sheet: &Sheet) -> Result<Grid, Fault> {
    let bytes = archive.read(&sheet.part)?;
    let text = text_of(&bytes);
    let mut grid = Grid::default();
    let mut pieces = Pieces::of(&text);
    // Cells and rows may leave out where they stand: then they follow each other.
    let (mut row, mut column) = (0, 0);
    let mut next_row = 0;
    while let Some(piece) = pieces.next() {
        match piece {
            Piece::Open("row", attributes) => {
                row = number(attributes, "r")
                    .and_then(|row| row.checked_sub(1))
                    .unwrap_or(next_row);
                next_row = row.saturating_add(1);
                column = 0;
                grid.hidden_rows += usize::from(is_true(attributes, "hidden"));
            }
            Piece::Open("c", attributes) => {
                let at = attributes
                    .get("r")
                    .and_then(|name| place(&name))
                    .unwrap_or((row, column));
                let cell = cell(&mut pieces, attributes, tables);
                grid.errors += usize::from(cell.is_error);
                grid.put(at.0, at.1, &cell.text);
                column = at.1.saturating_add(1);
            }
            Piece::Open("mergeCell", attributes) => {
                let range = attributes.get("ref").unwrap_or_default();
                let corners = range.split_once(':').and_then(|(a, b)| Some((place(a)?, place(b)?)));
                if let Some((first, last)) = corners.filter(|(first, last)| first.0 <= last.0 && first.1 <= last.1) {
                    grid.merged.push([first.0, first.1, last.0, last.1]);
                }
            }
            _ => {}
        }
    }
    Ok(grid)
}

struct Read {
    text: String,
    is_error: bool,
}

/// The cell that was just opened.
fn cell(pieces: &mut Pieces<'_>, attributes: Attributes<'_>, tables: &Tables) -> Read {
    let kind = attributes.get("t").unwrap_or_default();
    let style = number(attributes, "s").unwrap_or(0) as usize;
    let meant = tables.styles.get(style).copied().unwrap_or_default();
    let (mut value, mut inline, mut formula) = (None, None, None);
    while let Some(piece) = pieces.next() {
        match piece {
            Piece::Close("c") => break,
            Piece::Open("v", _) => value = Some(pieces.text_of("v", "")),
            Piece::Open("f", _) => formula = Some(pieces.text_of("f", "")),
            Piece::Open("is", _) => inline = Some(rich_text(pieces, "is")),
            _ => {}
        }
    }
    let text = match (&value, inline) {
        (_, Some(inline)) => unescaped(&inline),
        (Some(value), None) => match &*kind {
            "s" => shared(value, tables),
            "str" => unescaped(value),
            "b" => if value.trim() == "1" { "TRUE" } else { "FALSE" }.to_owned(),
            "e" | "d" => value.clone(),
            _ => of_number(value, meant, tables.since_1904),
        },
        // A formula that was never computed is not an empty cell.
        (None, None) => formula.map(|formula| format!("={formula}")).unwrap_or_default(),
    };
    Read {
        text,
        is_error: kind == "e",
    }
}

/// A shared string by its number; a number without a string is no empty cell.
fn shared(value: &str, tables: &Tables) -> String {
    let string = value
        .trim()
        .parse::<usize>()
        .ok()
        .and_then(|index| tables.strings.get(index));
    string.cloned().unwrap_or_else(|| format!("#STRING {value}"))
}

/// A number as its shortest decimal, or as the day that it is shown as; what is no number stays as it is.
fn of_number(value: &str, meant: Meant, since_1904: bool) -> String {
    let Some(number) = value.trim().parse::<f64>().ok().filter(|number| number.is_finite()) else {
        return value.to_owned();
    };
    let day = (meant == Meant::Day)
        .then(|| number_format::day(number, since_1904))
        .flatten();
    day.unwrap_or_else(|| shortest(number))
}

/// The shortest decimal that is the same double; small ones with an exponent.
pub fn shortest(number: f64) -> String {
    if number != 0.0 && !(1e-5..1e16).contains(&number.abs()) {
        format!("{number:e}")
    } else {
        format!("{number}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_and_paths() {
        assert_eq!(place("A1"), Some((0, 0)));
        assert_eq!(place("XFD1048576"), Some((1_048_575, 16_383)));
        for wrong in ["", "A", "1", "A0", "ÄA1", "AAAAAAAAAA1", "A99999999999"] {
            assert_eq!(place(wrong), None, "{wrong}");
        }
        assert_eq!(joined("xl", "worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(joined("xl/a", "../b.xml"), "xl/b.xml");
    }

    #[test]
    fn numbers_as_the_shortest_decimal() {
        for (stored, text) in [
            ("33.899999999999999", "33.9"),
            ("1E-4", "0.0001"),
            ("1.0000000000000001E-5", "0.00001"),
            ("9.9999999999999995E-7", "1e-6"),
            ("5", "5"),
            ("-0.5", "-0.5"),
            ("1E+20", "1e20"),
            ("INF", "INF"),
        ] {
            assert_eq!(of_number(stored, Meant::Number, false), text, "{stored}");
        }
        assert_eq!(of_number("45366", Meant::Day, false), "2024-03-15");
        // No day: the number is kept, so that it is seen.
        assert_eq!(of_number("-3", Meant::Day, false), "-3");
    }

    #[test]
    fn escaped_characters() {
        assert_eq!(unescaped("a_x000D_b_x005F_x_xZ"), "a\rb_x_xZ");
    }

    #[test]
    fn sizes() {
        assert_eq!(
            size("<worksheet><dimension ref=\"A1:C9\"/><sheetData><row r=\"1\">"),
            Some((9, 3))
        );
        assert_eq!(
            size("<worksheet><dimension ref=\"A1\"/><sheetData/></worksheet>"),
            Some((0, 0))
        );
        assert_eq!(size("<worksheet><sheetData><row"), None);
    }
}
