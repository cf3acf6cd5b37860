//! Columns of a [`Sheet`] as numbers and texts.

use super::Sheet;
use super::number_form::NumberForm;

/// The values accepted in a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    /// A finite number.
    Number,
    /// A number that is 0 or more.
    NotNegative,
    /// A finite number above 0.
    Positive,
    /// A whole number that is 0 or more.
    WholeNumber,
}

/// Why a cell or a column cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CellError {
    /// No column has this name.
    #[error("no column {name:?}")]
    NoColumn {
        /// The requested name.
        name: String,
        /// The names that there are.
        header: Vec<String>,
    },
    /// Several columns have this name.
    #[error("two columns {0:?}")]
    TwoColumns(String),
    /// A cell does not hold an accepted value.
    #[error("row {row} (line {line}), column {column:?}: {text:?} is not {expected:?}")]
    BadCell {
        /// Name of the column.
        column: String,
        /// Number of the row, the first being 1.
        row: usize,
        /// Line of the file, from 1.
        line: u64,
        /// Text of the cell.
        text: String,
        /// The accepted values.
        expected: Expected,
    },
    /// A number with a comma of which it is open whether it is the decimal mark or groups thousands: the file separates
    /// cells by commas, other cells of the column have a decimal point, or there are both marks.
    #[error("row {row} (line {line}), column {column:?}: {text:?} can be several numbers")]
    Comma {
        /// Name of the column.
        column: String,
        /// Number of the row, the first being 1.
        row: usize,
        /// Line of the file, from 1.
        line: u64,
        /// Text of the cell.
        text: String,
        /// The numbers that it can be, as plain decimals.
        readings: Vec<String>,
    },
}

/// True if a cell means "missing": empty, `NA`, `NaN` or `.`.
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

/// Reads a column of numbers cell by cell.
///
/// A comma in a number is interpreted for the column as a whole: it is a decimal mark where the file does not separate
/// cells by commas and no cell of the column has a decimal point.
#[derive(Debug)]
pub(super) struct NumberColumn {
    name: String,
    expected: Expected,
    comma_separated: bool,
    /// Missing cells are NaN.
    numbers: Vec<f64>,
    /// True if a cell has a decimal point.
    point: bool,
    /// The first cell with a decimal comma.
    comma: Option<CellError>,
    /// The first cell that is not a number.
    unusable: Option<CellError>,
}

impl NumberColumn {
    /// Starts a column without cells.
    pub(super) fn new(name: &str, expected: Expected, comma_separated: bool) -> Self {
        Self {
            name: name.to_owned(),
            expected,
            comma_separated,
            numbers: Vec::new(),
            point: false,
            comma: None,
            unusable: None,
        }
    }

    /// Takes the trimmed cell of a row, counted from 1.
    pub(super) fn push(&mut self, text: &str, row: usize, line: u64) {
        if self.unusable.is_some() {
            return;
        }
        // Few cells are missing: numbers are tried first. (NaN is read as a number, and is missing.)
        let plain = text.parse().ok().filter(|&value| self.expected.accepts(value));
        match plain {
            Some(number) => {
                self.point |= text.contains('.');
                self.numbers.push(number);
            }
            None if is_missing(text) => self.numbers.push(f64::NAN),
            None => match self.with_comma(text, row, line) {
                Ok(number) => self.numbers.push(number),
                Err(error) => self.unusable = Some(error),
            },
        }
    }

    /// Adds a cell that is not a plain number: one that may have a decimal comma, judged by this cell alone.
    fn with_comma(&mut self, text: &str, row: usize, line: u64) -> Result<f64, CellError> {
        let forms = [NumberForm::PointGrouped, NumberForm::Comma, NumberForm::CommaGrouped];
        let mut readings: Vec<String> = Vec::new();
        for form in forms.iter().filter(|_| text.contains(',')) {
            let reading = form.read(text).filter(|&value| self.expected.accepts(value));
            let reading = reading.and_then(|_| form.plain(text));
            readings.extend(reading.filter(|reading| !readings.contains(reading)));
        }
        if readings.is_empty() {
            return Err(CellError::BadCell {
                column: self.name.clone(),
                row,
                line,
                text: text.to_owned(),
                expected: self.expected,
            });
        }
        let comma = CellError::Comma {
            column: self.name.clone(),
            row,
            line,
            text: text.to_owned(),
            readings,
        };
        match NumberForm::Comma
            .read(text)
            .filter(|&value| self.expected.accepts(value))
        {
            Some(number) if !self.comma_separated => {
                self.comma.get_or_insert(comma);
                Ok(number)
            }
            _ => Err(comma),
        }
    }

    /// Returns the numbers; NaN where a cell is missing.
    ///
    /// # Errors
    /// [`CellError::BadCell`], [`CellError::Comma`].
    pub(super) fn finish(self) -> Result<Vec<f64>, CellError> {
        let mixed = self.comma.filter(|_| self.point);
        mixed.or(self.unusable).map_or(Ok(self.numbers), Err)
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

    /// Returns a column as finite numbers; missing cells are `None`. A decimal comma is accepted where it is
    /// unambiguous.
    ///
    /// # Errors
    /// [`CellError`] for the first cell that is neither missing nor a number in the range.
    pub fn numbers(&self, name: &str, expected: Expected) -> Result<Vec<Option<f64>>, CellError> {
        let column = self.column(name)?;
        let mut numbers = NumberColumn::new(name, expected, self.comma_separated);
        for row in 0..self.rows() {
            numbers.push(self.cell(row, column).trim(), row + 1, self.line(row));
        }
        let found = numbers.finish()?.into_iter();
        Ok(found
            .map(|number| Some(number).filter(|number| !number.is_nan()))
            .collect())
    }

    /// Returns a column as trimmed texts; missing cells are `None`.
    ///
    /// # Errors
    /// [`CellError`] where there is no such column.
    pub fn texts(&self, name: &str) -> Result<Vec<Option<&str>>, CellError> {
        let column = self.column(name)?;
        let cell = |row| Some(self.cell(row, column).trim()).filter(|text| !is_missing(text));
        Ok((0..self.rows()).map(cell).collect())
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
    fn a_comma_in_a_number_is_judged_for_the_column() {
        let read = |text: &str| {
            let sheet = Sheet::read(text.as_bytes()).unwrap_or_default();
            sheet.numbers("t", Expected::NotNegative)
        };
        assert_eq!(
            read("t;x\n0,5;\n1,096;\n12;\n"),
            Ok(vec![Some(0.5), Some(1.096), Some(12.0)])
        );
        for (text, row, readings) in [
            ("t,x\n985,\n\"1,096\",\n", 2, &["1096", "1.096"][..]),
            ("t,x\n900.5,\n\"33,900\",\n", 2, &["33900", "33.900"]),
            ("t,x\n\"0,5\",\n", 1, &["0.5"]),
            ("t,x\n\"1,461,000\",\n", 1, &["1461000"]),
            ("t;x\n33,900;\n900.5;\n", 1, &["33900", "33.900"]),
            ("t\tx\n900.5\t\n1,5\t\n", 2, &["1.5"]),
            ("t;x\n1.096,5;\n", 1, &["1096.5"]),
        ] {
            match read(text) {
                Err(CellError::Comma {
                    row: at,
                    readings: found,
                    ..
                }) => assert_eq!(
                    (at, &found[..]),
                    (
                        row,
                        &readings.iter().map(|&each| each.to_owned()).collect::<Vec<_>>()[..]
                    ),
                    "{text}"
                ),
                other => assert_eq!(other, Ok(Vec::new()), "{text}"),
            }
        }
    }
}
