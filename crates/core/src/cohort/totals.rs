//! Rows of totals and means below a table, known by their numbers and not by a word: whatever the language, a last row
//! whose numbers are the sums or the means of the columns above is no patient.

use std::collections::BTreeSet;

use super::column::is_missing;
use super::cut::median;
use super::kind::ColumnKind;
use super::number_form::NumberForm;
use super::sheet::Sheet;

/// So many of the last rows are examined.
const LAST_ROWS: usize = 6;

/// A column needs so many numbers above for their sum to say anything.
const FEWEST_NUMBERS: usize = 3;

/// The rows at the end of a table that hold totals, means or medians of the rows above them: each number of such a row
/// is one, it has no date, and its first cell is unlike those above or half the cells that are always filled there are empty.
pub(super) fn totals(sheet: &Sheet, usable: &[bool], kinds: &[ColumnKind]) -> BTreeSet<usize> {
    let is_filled = |row: &usize| usable[*row] && sheet.cells(*row).any(|cell| !is_missing(cell));
    let rows: Vec<usize> = (0..sheet.rows()).filter(is_filled).collect();
    let first_of_last = rows.len().saturating_sub(LAST_ROWS).max(FEWEST_NUMBERS);
    let mut found = BTreeSet::new();
    for (place, &row) in rows.iter().enumerate().skip(first_of_last) {
        let above: Vec<usize> = rows[..place]
            .iter()
            .copied()
            .filter(|row| !found.contains(row))
            .collect();
        let is_none_of_them = is_unlike(sheet, row, &above) || is_sparse(sheet, row, &above);
        if is_none_of_them && holds_totals(sheet, row, kinds, &above) {
            found.insert(row);
        }
    }
    found
}

/// True if the first cell is written as none of those above: no further id.
fn is_unlike(sheet: &Sheet, row: usize, above: &[usize]) -> bool {
    let first = pattern(sheet.cell(row, 0));
    above.iter().all(|&row| pattern(sheet.cell(row, 0)) != first)
}

/// True if at least two, and at least half, of the columns that are filled in every row above are empty.
fn is_sparse(sheet: &Sheet, row: usize, above: &[usize]) -> bool {
    let full =
        (0..sheet.header().len()).filter(|&column| above.iter().all(|&row| !is_missing(sheet.cell(row, column))));
    let (mut empty, mut filled) = (0, 0);
    for column in full {
        let is_empty = is_missing(sheet.cell(row, column));
        empty += usize::from(is_empty);
        filled += usize::from(!is_empty);
    }
    empty >= 2 && empty >= filled
}

/// A text with each run of digits as `9` and each run of letters as `a`: `P007` is `a9`.
fn pattern(text: &str) -> String {
    let mut pattern = String::new();
    for c in text.trim().chars() {
        let kind = match c {
            c if c.is_numeric() => '9',
            c if c.is_alphabetic() => 'a',
            c => c,
        };
        if !matches!(kind, '9' | 'a') || !pattern.ends_with(kind) {
            pattern.push(kind);
        }
    }
    pattern
}

fn holds_totals(sheet: &Sheet, row: usize, kinds: &[ColumnKind], above: &[usize]) -> bool {
    let mut totals = 0;
    for (column, kind) in kinds.iter().enumerate().skip(1) {
        let cell = sheet.cell(row, column).trim();
        if is_missing(cell) {
            continue;
        }
        match kind {
            ColumnKind::Date { form, .. } if form.read(cell).is_some() => return false,
            _ => {}
        }
        let form = match kind {
            ColumnKind::Number { form, .. } => *form,
            _ => NumberForm::Point,
        };
        let Some(number) = form.read(cell) else {
            continue;
        };
        let numbers: Vec<Option<f64>> = above
            .iter()
            .map(|&row| form.read(sheet.cell(row, column)))
            .filter(Option::is_some)
            .collect();
        if numbers.len() < FEWEST_NUMBERS || !is_total(number, half_unit(cell), &numbers) {
            return false;
        }
        // A number that a patient above has too may be that of one more patient.
        totals += usize::from(!numbers.contains(&Some(number)));
    }
    totals > 0
}

/// True if a number is the sum, the mean or the median of others, as far as it is written.
fn is_total(number: f64, half_unit: f64, numbers: &[Option<f64>]) -> bool {
    let count = numbers.len() as f64;
    let sum: f64 = numbers.iter().flatten().sum();
    let near = |value: f64| (value - number).abs() <= half_unit * (1.0 + 1e-9) + 1e-9 * sum.abs();
    near(sum) || near(sum / count) || median(numbers).is_some_and(near)
}

/// Half of the last digit of a number as it is written, with a point or a comma before its decimals.
fn half_unit(text: &str) -> f64 {
    let decimals = text.rsplit_once(['.', ',']).map_or(0, |(_, decimals)| decimals.len());
    0.5 / libm::pow(10.0, decimals as f64)
}

#[cfg(test)]
mod tests {
    use crate::cohort::{RowsQuestion, Shape, Sheet};

    fn set_aside(text: &str) -> (Vec<usize>, Vec<RowsQuestion>) {
        let import = Sheet::read_lenient(text.as_bytes()).unwrap();
        let (shape, open) = Shape::guess(&import);
        let rows = shape.apply(&import).set_aside.iter().map(|aside| aside.row).collect();
        (rows, open)
    }

    const ROWS: &str =
        "id;wbc;diagnosis\nP1;10,5;2015-01-02\nP2;20,5;2015-02-03\nP3;30,2;2015-03-04\nP4;7,1;2015-04-05\n";

    #[test]
    fn sums_means_and_medians_are_known_in_any_language() {
        for last in [
            "Razem;68,3;",
            "Ogółem;68,3;",
            "średnia;17,1;",
            ";68,3;",
            "Összesen;68,3;\nÁtlag;17,08;\nmediana;15,5;",
        ] {
            let (rows, open) = set_aside(&format!("{ROWS}{last}\n"));
            let expected: Vec<usize> = (4..4 + last.lines().count()).collect();
            assert_eq!(rows, expected, "{last}");
            assert_eq!(open.len(), 1, "it is asked: {last}");
        }
    }

    #[test]
    fn a_patient_is_none_of_them() {
        // Another number, a date, an id like the others, or nothing to add up.
        for last in ["Xyz;68,9;", "Xyz;68,3;2015-06-07", "P5;68,3;", "Xyz;;"] {
            let (rows, _) = set_aside(&format!("{ROWS}{last}\n"));
            assert!(rows.is_empty(), "{last}: {rows:?}");
        }
        // Where all have the same numbers, each is the mean of the others, whatever the ids look like.
        let same = "id,age,wbc\na,100,20\n@b,100,20\n-c,100,20\n'd,100,20\n-5,100,20\nS1,100,20\n";
        assert!(set_aside(same).0.is_empty());
        // A number that a patient has too is no evidence, though it is the median.
        let median = "id,age\nP1,10\nP2,20\nP3,30\nanother,20\n";
        assert!(set_aside(median).0.is_empty());
        // Names instead of numbers of patients: the rest of the row must be empty.
        let named = "name,sex,wbc,diagnosis\nAnna,f,10,2015-01-02\nBert,m,20,2015-02-03\nCara,f,30,2015-03-04\n";
        assert_eq!(set_aside(&format!("{named}Razem,,60,\n")).0, [3]);
        assert!(set_aside(&format!("{named}Dora,f,60,\n")).0.is_empty());
        let (rows, _) = set_aside("id,wbc\nP1,10\nsum,10\n");
        assert_eq!(rows, [1], "by its word");
    }
}
