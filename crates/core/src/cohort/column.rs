//! Columns of a [`Sheet`] as numbers and labels.

use super::Sheet;
use crate::decimal;
use crate::survival::merge_sort;

/// What would have been accepted in a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    /// A number.
    Number,
    /// A number that is 0 or more.
    NotNegative,
    /// A number above 0.
    Positive,
    /// A whole number that is 0 or more.
    WholeNumber,
}

/// A cell or a column that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CellError {
    /// No column has this name.
    NoColumn {
        /// The name asked for.
        name: String,
        /// The names that there are.
        header: Vec<String>,
    },
    /// Several columns have this name.
    TwoColumns(String),
    /// A cell is not what the column must hold.
    BadCell {
        /// Name of the column.
        column: String,
        /// Number of the row, the first being 1.
        row: usize,
        /// Line of the file.
        line: u64,
        /// What stands there.
        text: String,
        /// What would have been accepted.
        expected: Expected,
    },
}

/// Rows sorted into named groups. Names are unique; [`Labels::of`] sorts them: as numbers where all are, else as text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Labels {
    /// Index into `names` of each row.
    pub codes: Vec<u32>,
    /// The names that occur.
    pub names: Vec<String>,
}

/// Whether a cell means "missing": empty, `NA`, `NaN` or `.`.
#[must_use]
pub fn is_missing(text: &str) -> bool {
    let text = text.trim();
    text.is_empty() || text == "." || text.eq_ignore_ascii_case("na") || text.eq_ignore_ascii_case("nan")
}

impl Expected {
    fn accepts(self, value: f64) -> bool {
        value.is_finite()
            && match self {
                Self::Number => true,
                Self::NotNegative => value >= 0.0,
                Self::Positive => value > 0.0,
                Self::WholeNumber => value >= 0.0 && value.fract() == 0.0,
            }
    }
}

/// Position in the header of the column with this name.
pub(super) fn position(header: &[String], name: &str) -> Result<usize, CellError> {
    let mut found = header.iter().enumerate().filter(|(_, each)| *each == name.trim());
    match (found.next(), found.next()) {
        (Some((column, _)), None) => Ok(column),
        (Some(_), Some(_)) => Err(CellError::TwoColumns(name.to_owned())),
        (None, _) => Err(CellError::NoColumn {
            name: name.to_owned(),
            header: header.to_vec(),
        }),
    }
}

/// The number in a trimmed cell, or none where it is missing; `None` where the cell is something else.
pub(super) fn number(text: &str, expected: Expected) -> Option<Option<f64>> {
    // Few cells are missing: numbers are tried first. (NaN is read as a number, and is missing.)
    let found = text.parse().ok().or_else(|| text.replacen(',', ".", 1).parse().ok());
    match found.filter(|&value| expected.accepts(value)) {
        Some(number) => Some(Some(number)),
        None => is_missing(text).then_some(None),
    }
}

impl Sheet {
    /// Position of the column with this name.
    ///
    /// # Errors
    /// [`CellError::NoColumn`], [`CellError::TwoColumns`].
    pub fn column(&self, name: &str) -> Result<usize, CellError> {
        position(self.header(), name)
    }

    /// A column as finite numbers; missing cells are `None`. A decimal comma is accepted.
    ///
    /// # Errors
    /// [`CellError`] for the first cell that is neither missing nor what is expected.
    pub fn numbers(&self, name: &str, expected: Expected) -> Result<Vec<Option<f64>>, CellError> {
        let column = self.column(name)?;
        (0..self.rows())
            .map(|row| {
                let text = self.cell(row, column).trim();
                number(text, expected).ok_or_else(|| CellError::BadCell {
                    column: name.to_owned(),
                    row: row + 1,
                    line: self.line(row),
                    text: text.to_owned(),
                    expected,
                })
            })
            .collect()
    }

    /// A column as trimmed text; missing cells are `None`.
    ///
    /// # Errors
    /// [`CellError`] where there is no such column.
    pub fn texts(&self, name: &str) -> Result<Vec<Option<&str>>, CellError> {
        let column = self.column(name)?;
        let cell = |row| Some(self.cell(row, column).trim()).filter(|text| !is_missing(text));
        Ok((0..self.rows()).map(cell).collect())
    }
}

/// Positions of names in their order: that of numbers where all of them are, else of text.
fn in_order(names: &[String]) -> Vec<u32> {
    let numbers: Option<Vec<f64>> = names.iter().map(|name| decimal::parse(name)).collect();
    let mut order: Vec<u32> = (0..names.len() as u32).collect();
    merge_sort(&mut order, &|a, b| {
        let (a, b) = (a as usize, b as usize);
        match &numbers {
            Some(numbers) if numbers[a] != numbers[b] => numbers[a] < numbers[b],
            _ => names[a] < names[b],
        }
    });
    order
}

/// So many different texts are told apart by looking at each.
const FEW: usize = 16;

/// Texts by their places in a list of the different ones; `None` where there are too many.
fn by_looking(texts: &[&str]) -> Option<Labels> {
    let (mut codes, mut names) = (Vec::with_capacity(texts.len()), Vec::<&str>::new());
    for text in texts {
        let known = names.iter().position(|name| name == text);
        codes.push(known.unwrap_or(names.len()) as u32);
        if known.is_none() {
            if names.len() == FEW {
                return None;
            }
            names.push(text);
        }
    }
    Some(Labels {
        codes,
        names: names.into_iter().map(str::to_owned).collect(),
    })
}

/// The same by sorting.
fn by_sorting(texts: &[&str]) -> Labels {
    let mut order: Vec<u32> = (0..texts.len() as u32).collect();
    merge_sort(&mut order, &|a, b| texts[a as usize] < texts[b as usize]);
    let (mut codes, mut names) = (vec![0; texts.len()], Vec::<String>::new());
    for index in order {
        let text = texts[index as usize];
        if names.last().is_none_or(|last| last != text) {
            names.push(text.to_owned());
        }
        codes[index as usize] = names.len() as u32 - 1;
    }
    Labels { codes, names }
}

impl Labels {
    /// Labels of rows by their text.
    #[must_use]
    pub fn of(texts: &[&str]) -> Self {
        by_looking(texts).unwrap_or_else(|| by_sorting(texts)).sorted()
    }

    /// Labels of rows by codes that are positions in `names`; names that no row has are left out, the others keep their
    /// order, which need not be that of their text.
    #[must_use]
    pub fn present(names: &[String], codes: &[u32]) -> Self {
        let mut occurs = vec![false; names.len()];
        for &code in codes {
            if let Some(occurs) = occurs.get_mut(code as usize) {
                *occurs = true;
            }
        }
        let places = occurs.iter().scan(0_u32, |next, &occurs| {
            let place = *next;
            *next += u32::from(occurs);
            Some(place)
        });
        let place: Vec<u32> = places.collect();
        Self {
            codes: codes
                .iter()
                .map(|&code| place.get(code as usize).copied().unwrap_or(0))
                .collect(),
            names: names
                .iter()
                .zip(&occurs)
                .filter(|(_, occurs)| **occurs)
                .map(|(name, _)| name.clone())
                .collect(),
        }
    }

    /// The same with names in the order of [`Labels::of`].
    pub(super) fn sorted(mut self) -> Self {
        let order = in_order(&self.names);
        let mut places = vec![0; order.len()];
        for (place, &name) in (0_u32..).zip(&order) {
            places[name as usize] = place;
        }
        for code in &mut self.codes {
            *code = places.get(*code as usize).copied().unwrap_or(0);
        }
        let names = &mut self.names;
        self.names = order
            .into_iter()
            .map(|name| std::mem::take(&mut names[name as usize]))
            .collect();
        self
    }

    /// One label for all of `n` rows.
    #[must_use]
    pub fn single(n: usize, name: &str) -> Self {
        Self {
            codes: vec![0; n],
            names: vec![name.to_owned()],
        }
    }

    /// How many names there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_missing_marks_and_bad_cells() {
        let sheet = Sheet::read(b"t;g\n1,5;a\n NA ;b\n.;\n2e3;a\n").unwrap_or_default();
        assert_eq!(
            sheet.numbers("t", Expected::NotNegative),
            Ok(vec![Some(1.5), None, None, Some(2000.0)])
        );
        assert_eq!(sheet.texts("g"), Ok(vec![Some("a"), Some("b"), None, Some("a")]));
        let bad = sheet.numbers("g", Expected::Number);
        assert!(
            matches!(bad, Err(CellError::BadCell { row: 1, line: 2, .. })),
            "{bad:?}"
        );
        for (text, expected) in [
            ("-1", Expected::NotNegative),
            ("0", Expected::Positive),
            ("0.5", Expected::WholeNumber),
            ("inf", Expected::Number),
        ] {
            let sheet = Sheet::read(format!("t\n{text}\n").as_bytes()).unwrap_or_default();
            assert!(sheet.numbers("t", expected).is_err(), "{text}");
        }
        assert!(matches!(sheet.column("x"), Err(CellError::NoColumn { .. })));
    }

    #[test]
    fn labels_sort_as_numbers_where_they_are() {
        let numbers = Labels::of(&["10", "9", "10", "-1"]);
        assert_eq!(
            (numbers.names, numbers.codes),
            (vec!["-1".into(), "9".into(), "10".into()], vec![2, 1, 2, 0])
        );
        assert_eq!(Labels::of(&["b", "10", "9"]).names, ["10", "9", "b"]);
    }
}
