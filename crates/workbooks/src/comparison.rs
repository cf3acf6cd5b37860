//! Compares our reader of .xlsx and .ods with calamine alone, cell by cell: `COTSIDE_WORKBOOKS=folder:folder
//! COTSIDE_COMPARISON=file cargo test -p cotside-workbooks --lib comparison -- --ignored`. Numbers and days are written
//! by our number formats in both, so that only reading differs. DESIGN.md has the results; `tests/cells.rs` writes a
//! workbook for each kind of cell.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Cursor;
use std::path::PathBuf;

use calamine::{Data, Ods, Reader, Xlsx};

use crate::number_format::{self, Meant};
use crate::{Fault, Kind, Sheet};

/// Texts by row and column; none is empty.
type Texts = BTreeMap<(u32, u32), String>;

fn of_calamine(value: &Data, meant: Meant, since_1904: bool) -> String {
    match value {
        Data::Float(number) => number_format::text(*number, meant, since_1904),
        Data::Int(number) => number_format::text(*number as f64, meant, since_1904),
        Data::DateTime(day) => number_format::text(day.as_f64(), meant, since_1904),
        Data::DateTimeIso(day) => number_format::iso(day),
        Data::Bool(truth) => truth.to_string().to_uppercase(),
        Data::Error(error) => error.to_string(),
        Data::Empty => String::new(),
        other => other.to_string(),
    }
}

fn xlsx(bytes: &[u8], name: &str) -> Result<Texts, String> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| error.to_string())?;
    let since_1904 = book.has_1904_epoch();
    let mut cells = book.worksheet_cells_reader(name).map_err(|error| error.to_string())?;
    let meant: Vec<Meant> = (cells.styles().iter())
        .map(|style| style.number_format.as_ref())
        .map(|format| match format {
            Some(format) if format.format_code == "General" => {
                format.format_id.map_or(Meant::Number, number_format::built_in)
            }
            Some(format) => number_format::written(&format.format_code),
            None => Meant::Number,
        })
        .collect();
    let mut texts = Texts::new();
    while let Some((cell, style)) = cells.next_cell_with_style_id().map_err(|error| error.to_string())? {
        let meant = meant.get(style).copied().unwrap_or_default();
        let value = Data::from(cell.get_value().clone());
        texts.insert(cell.get_position(), of_calamine(&value, meant, since_1904));
    }
    Ok(texts)
}

fn ods(bytes: &[u8], name: &str) -> Result<Texts, String> {
    let mut book: Ods<_> = Ods::new(Cursor::new(bytes)).map_err(|error| error.to_string())?;
    let range = book.worksheet_range(name).map_err(|error| error.to_string())?;
    let (top, left) = range.start().unwrap_or_default();
    let cell = |(row, column, value): (usize, usize, &Data)| {
        (
            (top + row as u32, left + column as u32),
            of_calamine(value, Meant::Number, false),
        )
    };
    Ok(range.used_cells().map(cell).collect())
}

fn own(kind: &Kind, sheet: &Sheet) -> Result<Texts, Fault> {
    let grid = kind.grid(sheet)?;
    let place = |(row, column, text): (u32, u32, &str)| ((row, column), text.to_owned());
    Ok(grid.sorted()?.into_iter().map(place).collect())
}

/// Replaces line breaks by spaces, and blank texts by empty ones.
fn plain(texts: Texts) -> Texts {
    let line = |text: String| text.replace("\r\n", " ").replace(['\n', '\r'], " ");
    let texts = texts.into_iter().map(|(place, text)| (place, line(text)));
    texts.filter(|(_, text)| !text.trim().is_empty()).collect()
}

/// The lines of a file, and how many cells are the same and differ.
fn compared(path: &std::path::Path, report: &mut String) -> (usize, usize) {
    let bytes = std::fs::read(path).unwrap_or_default();
    let (mut same, mut differ) = (0, 0);
    let Ok((kind, sheets)) = Kind::of(bytes.clone()) else {
        let opens = Xlsx::new(Cursor::new(&bytes[..])).is_ok() || Ods::new(Cursor::new(&bytes[..])).is_ok();
        let _ = writeln!(
            report,
            "{}: refused by ours, {} by calamine",
            path.display(),
            if opens { "opened" } else { "refused" }
        );
        return (0, 0);
    };
    for sheet in &sheets {
        let theirs = crate::binary::caught(|| {
            Ok::<_, ()>(match kind {
                Kind::Ods(_) => ods(&bytes, &sheet.name),
                _ => xlsx(&bytes, &sheet.name),
            })
        });
        let theirs = theirs.unwrap_or_else(|_| Err("panic".to_owned()));
        let (ours, theirs) = match (own(&kind, sheet), theirs) {
            (Ok(ours), Ok(theirs)) => (plain(ours), plain(theirs)),
            (ours, theirs) => {
                let cells = ours.as_ref().map_or(0, Texts::len);
                differ += if theirs.is_err() { cells } else { 0 };
                let (ours, theirs) = (ours.map(|_| cells), theirs.map(|texts| texts.len()));
                let _ = writeln!(
                    report,
                    "{} {}: ours {ours:?}, calamine {theirs:?}",
                    path.display(),
                    sheet.name
                );
                continue;
            }
        };
        let mut places: Vec<_> = ours.keys().chain(theirs.keys()).collect();
        places.sort_unstable();
        places.dedup();
        for place in places {
            let (our, their) = (ours.get(place), theirs.get(place));
            same += usize::from(our == their);
            if our != their {
                differ += 1;
                let _ = writeln!(
                    report,
                    "{} {} {place:?}: {our:?}, calamine {their:?}",
                    path.display(),
                    sheet.name
                );
            }
        }
    }
    (same, differ)
}

#[test]
#[ignore = "a measurement: see above"]
fn comparison() {
    let folders = std::env::var("COTSIDE_WORKBOOKS").unwrap_or_default();
    let mut paths: Vec<PathBuf> = (folders.split(':').filter_map(|folder| std::fs::read_dir(folder).ok()))
        .flat_map(|files| files.filter_map(|file| Some(file.ok()?.path())))
        .filter(|path| {
            ["xlsx", "xlsm", "ods"]
                .iter()
                .any(|end| path.extension().is_some_and(|found| found == *end))
        })
        .collect();
    paths.sort();
    let mut report = String::new();
    let mut total = (0, 0);
    for path in &paths {
        let (same, differ) = compared(path, &mut report);
        total = (total.0 + same, total.1 + differ);
    }
    let _ = writeln!(
        report,
        "{} files, {} cells are the same, {} differ",
        paths.len(),
        total.0,
        total.1
    );
    if let Ok(path) = std::env::var("COTSIDE_COMPARISON") {
        std::fs::write(path, &report).unwrap_or_default();
    }
    println!("{report}");
}

/// Writes the rows of files of statistics programs, for `tests/workbooks/compare_statistics_files.py`:
/// `COTSIDE_TABLES=folder COTSIDE_COMPARISON=folder cargo test -p cotside-workbooks --lib rows_of -- --ignored`.
#[test]
#[ignore = "a measurement: see above"]
fn rows_of_statistics_files() {
    let folder = std::env::var("COTSIDE_TABLES").unwrap_or_default();
    let target = PathBuf::from(std::env::var("COTSIDE_COMPARISON").unwrap_or_default());
    for file in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = file.file_name().to_string_lossy().into_owned();
        let mut book = crate::Workbook::default();
        let opened = book.open(&name, std::fs::read(file.path()).unwrap_or_default());
        let sheets: Vec<_> = (0..book.sheets().len()).map(|sheet| book.rows(sheet)).collect();
        let found = serde_json::json!({ "format": book.format(), "refused": opened.refused, "names": book.sheets(), "sheets": sheets });
        std::fs::write(target.join(name + ".json"), found.to_string()).unwrap_or_default();
    }
}
