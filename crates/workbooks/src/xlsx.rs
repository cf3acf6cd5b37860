//! Workbooks of Excel: shared strings, styles, sheets (ECMA-376 part 1, SpreadsheetML).

use std::collections::HashMap;

use crate::archive::Archive;
use crate::binary::Style;
use crate::grid::Grid;
use crate::limits::{CELLS, Large, SHEETS, TEXT};
use crate::number_format::{self, Meant, iso};
use crate::xml::{Attributes, Piece, Pieces};
use crate::{Fault, NO_VALUE, Sheet, start_of_text, text_of};

/// Data shared by the sheets of a workbook.
#[derive(Default)]
pub struct Tables {
    strings: Strings,
    /// By number, as cells name them.
    styles: Vec<Style>,
    /// True if days are counted from 1904.
    since_1904: bool,
    /// True if the workbook asks the next program to compute all formulas.
    to_compute: bool,
}

/// Texts that cells refer to by number.
#[derive(Default)]
struct Strings {
    text: String,
    ends: Vec<usize>,
}

impl Tables {
    /// The style of a cell.
    fn style(&self, attributes: Attributes<'_>) -> Style {
        let style = number(attributes, "s").unwrap_or(0) as usize;
        self.styles.get(style).copied().unwrap_or_default()
    }
}

impl Strings {
    fn get(&self, index: usize) -> Option<&str> {
        let end = *self.ends.get(index)?;
        let start = index.checked_sub(1).map_or(0, |before| self.ends[before]);
        self.text.get(start..end)
    }
}

/// Number of bytes of a sheet searched for its size.
const START: usize = 4096;

/// Reads the data shared by the sheets, and the list of sheets; `part` holds the workbook.
pub fn open(archive: &Archive, part: &str) -> Result<(Tables, Vec<Sheet>), Fault> {
    let relations = relations(archive, part)?;
    let of_kind = |kind: &str| relations.iter().find(|relation| relation.kind.ends_with(kind));
    let mut tables = Tables::default();
    if let Some(relation) = of_kind("/sharedStrings") {
        tables.strings = strings(&text_of(&archive.read(&relation.target)?)?)?;
    }
    if let Some(relation) = of_kind("/styles") {
        tables.styles = styles(&text_of(&archive.read_small(&relation.target)?)?);
    }
    // Sheets of charts and macros hold no cells.
    let worksheets: HashMap<&str, &str> = relations
        .iter()
        .filter(|relation| relation.kind.ends_with("/worksheet"))
        .map(|relation| (relation.id.as_str(), relation.target.as_str()))
        .collect();
    let mut sheets = Vec::new();
    for piece in Pieces::of(&text_of(&archive.read_small(part)?)?) {
        match piece {
            Piece::Open("workbookPr", attributes) => tables.since_1904 = is_true(attributes, "date1904"),
            Piece::Open("calcPr", attributes) => tables.to_compute = is_true(attributes, "fullCalcOnLoad"),
            Piece::Open("sheet", attributes) => {
                let id = attributes.get("id").unwrap_or_default();
                let Some(&part) = worksheets.get(&*id) else {
                    continue;
                };
                if sheets.len() >= SHEETS {
                    return Err(Fault::TooLarge(Large::Sheets));
                }
                sheets.push(Sheet {
                    name: attributes.get("name").unwrap_or_default().into_owned(),
                    hidden: attributes.get("state").is_some_and(|state| state != "visible"),
                    size: size(&start_of_text(&archive.start_of(part, START)?)),
                    part: part.to_owned(),
                });
            }
            _ => {}
        }
    }
    Ok((tables, sheets))
}

/// The part that holds the workbook.
pub fn main_part(archive: &Archive) -> Result<String, Fault> {
    if !archive.has("_rels/.rels") {
        return Err(Fault::NoWorkbook);
    }
    let relations = relations(archive, "")?;
    let main = relations
        .into_iter()
        .find(|relation| relation.kind.ends_with("/officeDocument"));
    let target = main.ok_or(Fault::NoWorkbook)?.target;
    // A text or a presentation is built in the same way.
    let is_workbook = target.starts_with("xl/") || target.contains("workbook");
    if is_workbook {
        Ok(target)
    } else {
        Err(Fault::NoWorkbook)
    }
}

/// A relation of a part to another.
pub struct Relation {
    pub id: String,
    pub kind: String,
    pub target: String,
}

/// Reads the relations of a part; the name of the archive itself is empty.
pub fn relations(archive: &Archive, part: &str) -> Result<Vec<Relation>, Fault> {
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
    let bytes = archive.read_small(&path)?;
    let text = text_of(&bytes)?;
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

/// Resolves a path within a folder; `..` is the parent folder.
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

fn strings(text: &str) -> Result<Strings, Fault> {
    let mut pieces = Pieces::of(text);
    let mut strings = Strings::default();
    let mut whole = false;
    while let Some(piece) = pieces.next() {
        match piece {
            Piece::Open("si", _) => {
                strings.text.push_str(&unescaped(&rich_text(&mut pieces, "si")));
                strings.ends.push(strings.text.len());
                if strings.ends.len() > CELLS {
                    return Err(Fault::TooLarge(Large::Cells));
                }
                if strings.text.len() > TEXT {
                    return Err(Fault::TooLarge(Large::Text));
                }
            }
            Piece::Close("sst") => whole = true,
            _ => {}
        }
    }
    if whole { Ok(strings) } else { Err(Fault::Broken) }
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

fn styles(text: &str) -> Vec<Style> {
    let mut formats: HashMap<u32, Meant> = HashMap::new();
    // Whether each filling is a colour.
    let mut fills: Vec<bool> = Vec::new();
    let mut styles = Vec::new();
    let (mut in_fills, mut in_cells) = (false, false);
    for piece in Pieces::of(text) {
        match piece {
            Piece::Open("numFmt", attributes) => {
                let id = number(attributes, "numFmtId");
                let code = attributes.get("formatCode").unwrap_or_default();
                formats.extend(id.map(|id| (id, number_format::written(&code))));
            }
            Piece::Open("fills", _) => in_fills = true,
            Piece::Close("fills") => in_fills = false,
            Piece::Open("fill", _) if in_fills => fills.push(false),
            Piece::Open("patternFill", attributes) if in_fills => {
                let pattern = attributes.get("patternType").unwrap_or_default();
                if let Some(fill) = fills.last_mut() {
                    *fill = pattern == "solid";
                }
            }
            Piece::Open("cellXfs", _) => in_cells = true,
            Piece::Close("cellXfs") => in_cells = false,
            Piece::Open("xf", attributes) if in_cells => {
                let id = number(attributes, "numFmtId").unwrap_or(0);
                let fill = number(attributes, "fillId").unwrap_or(0) as usize;
                let own = formats.get(&id).copied();
                styles.push(Style {
                    meant: own.unwrap_or_else(|| number_format::built_in(id)),
                    coloured: fills.get(fill).copied().unwrap_or(false),
                });
            }
            _ => {}
        }
    }
    styles
}

fn number(attributes: Attributes<'_>, name: &str) -> Option<u32> {
    attributes.get(name)?.parse().ok()
}

/// Returns the stated numbers of rows and columns of a sheet; (0, 0) where it states none.
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
    cells(&text_of(&bytes)?, tables)
}

/// The cells of the XML of a sheet.
fn cells(text: &str, tables: &Tables) -> Result<Grid, Fault> {
    let not_computed = tables.to_compute && all_formulas_are_zero(text);
    let mut grid = Grid::default();
    let mut pieces = Pieces::of(text);
    // Cells and rows may omit their position: then they follow each other.
    let (mut row, mut column) = (0, 0);
    let mut next_row = 0;
    let (mut hidden, mut whole) = (false, false);
    while let Some(piece) = pieces.next() {
        match piece {
            Piece::Open("row", attributes) => {
                row = match attributes.get("r") {
                    Some(stated) => stated
                        .parse::<u32>()
                        .ok()
                        .and_then(|row| row.checked_sub(1))
                        .ok_or(Fault::Broken)?,
                    None => next_row,
                };
                next_row = row.saturating_add(1);
                column = 0;
                hidden = is_true(attributes, "hidden");
            }
            Piece::Open("c", attributes) => {
                let at = match attributes.get("r") {
                    Some(name) => place(&name).ok_or(Fault::Broken)?,
                    None => (row, column),
                };
                let style = tables.style(attributes);
                let contents = Contents::of(&mut pieces);
                let text = if not_computed && contents.formula {
                    NO_VALUE.to_owned()
                } else {
                    contents.text(attributes, style.meant, tables)
                };
                if style.coloured && grid.coloured.last() != Some(&at.0) {
                    grid.coloured.push(at.0);
                }
                grid.put(at.0, at.1, &text)?;
                grid.errors += usize::from(attributes.get("t").is_some_and(|kind| kind == "e"));
                grid.not_computed += usize::from(text == NO_VALUE);
                if hidden && !text.trim().is_empty() {
                    grid.hidden_rows += 1;
                    hidden = false;
                }
                column = at.1.saturating_add(1);
            }
            Piece::Open("mergeCell", attributes) => {
                let range = attributes.get("ref").unwrap_or_default();
                let corners = range.split_once(':').and_then(|(a, b)| Some((place(a)?, place(b)?)));
                if let Some((first, last)) = corners {
                    grid.merge([first.0, first.1, last.0, last.1])?;
                }
            }
            Piece::Close("sheetData") => whole = true,
            _ => {}
        }
    }
    // Rows that are not there would not be missed.
    if whole { Ok(grid) } else { Err(Fault::Broken) }
}

/// True if there are formulas and 0 is stored with each, as programs write that do not compute.
fn all_formulas_are_zero(text: &str) -> bool {
    let mut pieces = Pieces::of(text);
    let mut any = false;
    while let Some(piece) = pieces.next() {
        if matches!(piece, Piece::Open("c", _)) {
            let contents = Contents::of(&mut pieces);
            if contents.formula && contents.value.as_deref() != Some("0") {
                return false;
            }
            any |= contents.formula;
        }
    }
    any
}

/// The contents of a cell.
struct Contents {
    value: Option<String>,
    inline: Option<String>,
    formula: bool,
}

impl Contents {
    /// Those of the cell that was just opened.
    fn of(pieces: &mut Pieces<'_>) -> Self {
        let (mut value, mut inline, mut formula) = (None, None, false);
        while let Some(piece) = pieces.next() {
            match piece {
                Piece::Close("c") => break,
                Piece::Open("v", _) => value = Some(pieces.text_of("v", "")),
                Piece::Open("f", _) => formula = true,
                Piece::Open("is", _) => inline = Some(rich_text(pieces, "is")),
                _ => {}
            }
        }
        Self { value, inline, formula }
    }

    /// Returns the text of the cell. A formula that was never computed is not an empty cell, but one whose result is an
    /// empty text is.
    fn text(&self, attributes: Attributes<'_>, meant: Meant, tables: &Tables) -> String {
        let kind = attributes.get("t").unwrap_or_default();
        if let Some(inline) = &self.inline {
            return unescaped(inline);
        }
        match (&self.value, &*kind) {
            (Some(value), "s") => shared(value, tables),
            (Some(value), "str") => unescaped(value),
            (Some(value), _) if !value.trim().is_empty() => match &*kind {
                "b" => truth(value),
                "d" => iso(value),
                "e" => value.clone(),
                _ => of_number(value, meant, tables.since_1904),
            },
            (_, "b" | "e") => NO_VALUE.to_owned(),
            _ if self.formula => NO_VALUE.to_owned(),
            _ => String::new(),
        }
    }
}

/// Returns a truth value as its word; other texts unchanged.
fn truth(value: &str) -> String {
    match value.trim().to_ascii_lowercase().as_str() {
        "1" | "true" => "TRUE".to_owned(),
        "0" | "false" => "FALSE".to_owned(),
        _ => value.to_owned(),
    }
}

/// Returns a shared string by its number; a number without a string is not an empty cell.
fn shared(value: &str, tables: &Tables) -> String {
    let string = value
        .trim()
        .parse::<usize>()
        .ok()
        .and_then(|index| tables.strings.get(index));
    string.map_or_else(|| format!("#STRING {value}"), str::to_owned)
}

/// Returns a number as its shortest decimal, or as the day or percentage that its format shows; other texts unchanged.
fn of_number(value: &str, meant: Meant, since_1904: bool) -> String {
    let Some(number) = value.trim().parse::<f64>().ok().filter(|number| number.is_finite()) else {
        return value.to_owned();
    };
    number_format::text(number, meant, since_1904)
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
