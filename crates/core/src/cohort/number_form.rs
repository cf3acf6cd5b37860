//! Numbers as spreadsheets of different countries write them.

use serde::{Deserialize, Serialize};

use crate::decimal;

/// Which mark is the decimal mark, and which groups thousands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub enum NumberForm {
    /// `1234.5`
    #[default]
    Point,
    /// `1234,5`
    Comma,
    /// `1,234.5`
    PointGrouped,
    /// `1.234,5`
    CommaGrouped,
}

impl NumberForm {
    /// Every form, the likeliest first.
    pub const ALL: &'static [Self] = &[Self::Point, Self::Comma, Self::PointGrouped, Self::CommaGrouped];

    /// Returns the number as plain text with a decimal point and without grouping; `None` if it is not a number in this
    /// format.
    ///
    /// Groups have three digits, the first of them one to three and not `0` alone, so that `0,123` is not a grouped
    /// number.
    #[must_use]
    pub fn plain(self, text: &str) -> Option<String> {
        let text = text.trim();
        let (mark, group) = match self {
            Self::Point => ('.', None),
            Self::Comma => (',', None),
            Self::PointGrouped => ('.', Some(',')),
            Self::CommaGrouped => (',', Some('.')),
        };
        let (whole, rest) = text.split_once(mark).map_or((text, None), |(a, b)| (a, Some(b)));
        let whole = match group {
            _ if whole.contains(' ') => ungrouped(whole, ' ')?,
            // As Swiss numbers have it.
            _ if whole.contains('\'') => ungrouped(whole, '\'')?,
            _ if whole.contains('’') => ungrouped(whole, '’')?,
            Some(group) if whole.contains(group) => ungrouped(whole, group)?,
            _ => whole.to_owned(),
        };
        if whole.contains([',', '.']) {
            return None;
        }
        let plain = match rest {
            Some(rest) if rest.contains([',', '.']) => return None,
            Some(rest) => format!("{whole}.{rest}"),
            None => whole,
        };
        is_decimal(&plain).then_some(plain)
    }

    /// The number; `None` if it is none in this form.
    #[must_use]
    pub fn read(self, text: &str) -> Option<f64> {
        let text = text.trim();
        if text.bytes().all(|byte| byte.is_ascii_digit()) || (self == Self::Point && is_decimal(text)) {
            return decimal::parse(text);
        }
        decimal::parse(&self.plain(text)?)
    }
}

/// A decimal number as [`decimal::parse`] reads it.
fn is_decimal(text: &str) -> bool {
    decimal::parse(text).is_some()
}

/// The digits of `1,234,567` without the group marks.
fn ungrouped(whole: &str, group: char) -> Option<String> {
    let mut parts = whole.split(group);
    let first = parts.next()?;
    let digits = first.trim_start_matches(['-', '+']);
    let is_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if !(1..=3).contains(&digits.len()) || !is_digits(digits) || digits.bytes().all(|byte| byte == b'0') {
        return None;
    }
    let mut joined = first.to_owned();
    for part in parts {
        if part.len() != 3 || !is_digits(part) {
            return None;
        }
        joined.push_str(part);
    }
    Some(joined)
}

/// Readings of many cells under every form at once.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct NumberCount {
    /// Cells that are numbers under each form.
    fits: [usize; NumberForm::ALL.len()],
    /// True if two forms read some cell as different numbers.
    differ: [[bool; NumberForm::ALL.len()]; NumberForm::ALL.len()],
}

impl NumberCount {
    /// Counts a text that occurs in `times` cells.
    pub(super) fn add(&mut self, text: &str, times: usize) {
        if !text.contains([',', '.']) {
            let fits = if is_decimal(text) || NumberForm::Point.read(text).is_some() {
                times
            } else {
                0
            };
            self.fits.iter_mut().for_each(|count| *count += fits);
            return;
        }
        let readings: [Option<f64>; NumberForm::ALL.len()] =
            std::array::from_fn(|index| NumberForm::ALL[index].read(text));
        for (a, reading) in readings.iter().enumerate() {
            if reading.is_some() {
                self.fits[a] += times;
            }
            for (b, other) in readings.iter().enumerate() {
                self.differ[a][b] |= reading.is_some() && other.is_some() && reading != other;
            }
        }
    }

    /// The form that reads most cells, how many, and the other forms that read as many, but as other numbers.
    pub(super) fn best(&self) -> (NumberForm, usize, Vec<NumberForm>) {
        let most = self.fits.iter().copied().max().unwrap_or(0);
        let first = self.fits.iter().position(|&count| count == most).unwrap_or(0);
        let others = NumberForm::ALL.iter().enumerate();
        let others = others.filter(|&(index, _)| self.fits[index] == most && self.differ[first][index]);
        (NumberForm::ALL[first], most, others.map(|(_, &form)| form).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn one_number_in_four_forms() {
        use NumberForm as F;
        for (text, point, comma, point_grouped, comma_grouped) in [
            ("12", Some(12.0), Some(12.0), Some(12.0), Some(12.0)),
            ("1.5", Some(1.5), None, Some(1.5), None),
            ("1,5", None, Some(1.5), None, Some(1.5)),
            ("1,234", None, Some(1.234), Some(1234.0), Some(1.234)),
            ("1.234", Some(1.234), None, Some(1.234), Some(1234.0)),
            ("1,234.5", None, None, Some(1234.5), None),
            ("1.234.567,8", None, None, None, Some(1_234_567.8)),
            ("0,123", None, Some(0.123), None, Some(0.123)),
            ("-1,234", None, Some(-1.234), Some(-1234.0), Some(-1.234)),
            ("1e-4", Some(1e-4), Some(1e-4), Some(1e-4), Some(1e-4)),
            ("1,,2", None, None, None, None),
            ("1234,567", None, Some(1234.567), None, Some(1234.567)),
            ("33 900", Some(33_900.0), Some(33_900.0), Some(33_900.0), Some(33_900.0)),
            ("1 234,5", None, Some(1_234.5), None, Some(1_234.5)),
            ("33'900", Some(33_900.0), Some(33_900.0), Some(33_900.0), Some(33_900.0)),
            ("1’234.5", Some(1_234.5), None, Some(1_234.5), None),
            ("33'90", None, None, None, None),
            ("33 90", None, None, None, None),
            ("12 May", None, None, None, None),
            ("", None, None, None, None),
            ("inf", None, None, None, None),
            ("<5", None, None, None, None),
        ] {
            let found = [F::Point, F::Comma, F::PointGrouped, F::CommaGrouped].map(|form| form.read(text));
            assert_eq!(found, [point, comma, point_grouped, comma_grouped], "{text}");
        }
    }

    #[test]
    fn ambiguous_only_where_every_cell_reads_both_ways() {
        let best = |cells: &[&str]| {
            let mut count = NumberCount::default();
            cells.iter().for_each(|cell| count.add(cell, 1));
            count.best()
        };
        use NumberForm as F;
        assert_eq!(best(&["1", "2.5", "x"]), (F::Point, 2, vec![]));
        assert_eq!(best(&["1,5", "12"]), (F::Comma, 2, vec![]));
        assert_eq!(best(&["33,900", "43,500"]), (F::Comma, 2, vec![F::PointGrouped]));
        assert_eq!(best(&["33,900", "900.5"]), (F::PointGrouped, 2, vec![]));
        assert_eq!(best(&["1.234", "2"]), (F::Point, 2, vec![F::CommaGrouped]));
        assert_eq!(best(&["1.234", "0.250"]), (F::Point, 2, vec![]));
    }

    proptest! {
        #[test]
        fn plain_text_reads_as_the_same_number(text in "[-+]?[0-9,.e]{0,10}") {
            for &form in NumberForm::ALL {
                prop_assert_eq!(form.read(&text), form.plain(&text).and_then(|plain| decimal::parse(&plain)), "{} {:?}", text, form);
            }
        }
    }
}
