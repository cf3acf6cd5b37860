//! Cells of the binary formats of Excel (.xls, .xlsb). calamine reads their values; their positions, formats and
//! formulas are read here, since calamine does not return them.
//!
//! **calamine never sees the file, but a copy that holds one sheet, its strings and nothing else, each record as long
//! as it has to be and the cells one after the other.** So a value that is referred to a million times is read once, a
//! cell at the end of a sheet takes no more than another, and calamine gets no unexpected record.

use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::Data;

use crate::grid::Grid;
use crate::number_format::{self, Meant};
use crate::{Fault, NO_VALUE};

/// The format of a cell.
#[derive(Debug, Clone, Copy, Default)]
pub struct Style {
    /// The meaning of a number.
    pub meant: Meant,
    /// True if the cell has a colour.
    pub coloured: bool,
}

/// A cell of a sheet.
#[derive(Debug, Clone, Copy)]
pub struct Cell {
    /// Row and column, from 0.
    pub row: u32,
    pub column: u32,
    /// Number of its style.
    pub style: u32,
    /// True if it has a formula.
    pub formula: bool,
    pub value: Value,
}

/// The source of a cell's value.
#[derive(Debug, Clone, Copy)]
pub enum Value {
    /// There is none: the cell has a colour alone.
    None,
    /// The number of the value in the copy.
    Copied(u32),
    /// It is stored with a formula, in a record that does not follow.
    Missing,
    /// It refers to a string that the workbook does not have, by this number.
    NoString(u32),
    /// A text that continues in another record, which is not read.
    NoText,
    /// It is the error of a formula, by its code.
    Error(u8),
    /// The empty text of a formula.
    Blank,
}

/// The cells of a sheet as they are read, and their formats.
#[derive(Debug, Default)]
pub struct Cells {
    pub cells: Vec<Cell>,
    /// First row, first column, last row, last column.
    pub merged: Vec<[u32; 4]>,
    /// Hidden rows, ascending.
    pub hidden_rows: Vec<u32>,
    /// True if the next program is asked to compute all formulas.
    pub to_compute: bool,
}

/// Data shared by the cells of a workbook.
#[derive(Debug, Default)]
pub struct Shared {
    pub styles: Vec<Style>,
    /// True if days are counted from 1904.
    pub since_1904: bool,
}

/// The error of a formula by its code, as Excel shows it (\[MS-XLS\] 2.5.10).
fn error(code: u8) -> String {
    let name = match code {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0f => "#VALUE!",
        0x17 => "#REF!",
        0x1d => "#NAME?",
        0x24 => "#NUM!",
        0x2a => "#N/A",
        0x2b => "#GETTING_DATA",
        _ => return format!("#ERROR {code}"),
    };
    name.to_owned()
}

/// A little-endian number of two bytes; `None` outside of the bytes.
pub fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    let found = bytes.get(at..at.checked_add(2)?)?;
    Some(u16::from_le_bytes(found.try_into().ok()?))
}

/// A little-endian number of four bytes; `None` outside of the bytes.
pub fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    let found = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_le_bytes(found.try_into().ok()?))
}

/// Reads a copy by calamine. A panic of calamine, which indexes bytes in places, counts as a damaged workbook. The
/// browser's build cannot catch panics: there the worker stops, and the page reports it and starts a new one. No copy
/// of the tests panics.
pub fn caught<T, E>(read: impl FnOnce() -> Result<T, E>) -> Result<T, Fault> {
    match catch_unwind(AssertUnwindSafe(read)) {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(_)) | Err(_) => Err(Fault::Broken),
    }
}

/// The grid of a sheet; `values` gives those of the copy.
///
/// # Errors
/// Those of [`Grid::put`] and [`Grid::merge`].
pub fn grid<'a>(cells: &Cells, values: impl Fn(u32) -> Option<&'a Data>, shared: &Shared) -> Result<Grid, Fault> {
    let mut grid = Grid::default();
    let not_computed = cells.never_computed(&values);
    let mut shown_hidden = None;
    for cell in &cells.cells {
        let style = shared.styles.get(cell.style as usize).copied().unwrap_or_default();
        let text = if not_computed && cell.formula {
            NO_VALUE.to_owned()
        } else {
            text(cell.value, &values, style.meant, shared.since_1904)
        };
        if style.coloured && grid.coloured.last() != Some(&cell.row) {
            grid.coloured.push(cell.row);
        }
        grid.put(cell.row, cell.column, &text)?;
        grid.errors += usize::from(matches!(cell.value, Value::Error(_)));
        grid.not_computed += usize::from(text == NO_VALUE);
        let is_first = shown_hidden != Some(cell.row) && !text.trim().is_empty();
        if is_first && cells.hidden_rows.binary_search(&cell.row).is_ok() {
            grid.hidden_rows += 1;
            shown_hidden = Some(cell.row);
        }
    }
    for range in &cells.merged {
        grid.merge(*range)?;
    }
    Ok(grid)
}

impl Cells {
    /// True if the formulas were never computed: there are some, and all have the empty text, as written by programs
    /// that do not compute, or all have 0 and computation is requested.
    fn never_computed<'a>(&self, values: impl Fn(u32) -> Option<&'a Data>) -> bool {
        let mut formulas = self.cells.iter().filter(|cell| cell.formula).peekable();
        let is_zero = |cell: &Cell| match cell.value {
            Value::Copied(at) => matches!(values(at), Some(Data::Float(0.0) | Data::Int(0))),
            _ => false,
        };
        formulas.peek().is_some()
            && formulas.all(|cell| matches!(cell.value, Value::Blank) || self.to_compute && is_zero(cell))
    }
}

/// Returns the text of a cell; a missing value is not an empty cell.
fn text<'a>(value: Value, values: impl Fn(u32) -> Option<&'a Data>, meant: Meant, since_1904: bool) -> String {
    let at = match value {
        Value::None | Value::Blank => return String::new(),
        Value::Missing => return NO_VALUE.to_owned(),
        Value::NoString(number) => return format!("#STRING {number}"),
        Value::NoText => return "#TEXT!".to_owned(),
        Value::Error(code) => return error(code),
        Value::Copied(at) => at,
    };
    match values(at) {
        Some(Data::Float(number)) => number_format::text(*number, meant, since_1904),
        Some(Data::Int(number)) => number_format::text(*number as f64, meant, since_1904),
        Some(Data::String(text)) => text.clone(),
        Some(Data::Bool(true)) => "TRUE".to_owned(),
        Some(Data::Bool(false)) => "FALSE".to_owned(),
        _ => NO_VALUE.to_owned(),
    }
}
