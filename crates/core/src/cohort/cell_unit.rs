//! Units that stand behind the number in a cell: `8 d`, `3 Monate`, `45日`, `12,300/µL`.

use super::course::TimeUnit;
use super::header::{CountUnit, Header, unit_word};
use super::word_lists::fold;

/// The unit behind a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CellUnit {
    Time(TimeUnit),
    Count(CountUnit),
}

/// The number and the text behind it; `None` where nothing stands behind it.
fn parts(text: &str) -> Option<(&str, &str)> {
    let text = text.trim();
    let begins = |c: char| c.is_alphabetic() || matches!(c, '/' | '×' | '*' | '^' | '·');
    let at = text.find(begins).filter(|&at| at > 0)?;
    let (number, unit) = text.split_at(at);
    let number = number.trim();
    number
        .ends_with(|c: char| c.is_ascii_digit() || c == '.')
        .then_some((number, unit))
}

/// The number in a cell and its unit; `None` where no known unit stands behind a number.
pub(super) fn with_unit(text: &str) -> Option<(&str, CellUnit)> {
    let (number, unit) = parts(text)?;
    let time = unit_word(&fold(unit.trim_end_matches('.'))).map(CellUnit::Time);
    // "x10^9/L": the 10 belongs to the unit.
    let count = || Header::of(&format!("wbc {unit}")).count_unit.map(CellUnit::Count);
    Some((number, time.or_else(count)?))
}

/// The number in a cell and its unit of time.
pub(super) fn with_time_unit(text: &str) -> Option<(&str, TimeUnit)> {
    match with_unit(text)? {
        (number, CellUnit::Time(unit)) => Some((number, unit)),
        _ => None,
    }
}

/// The number in a cell and its unit of a count.
pub(super) fn with_count_unit(text: &str) -> Option<(&str, CountUnit)> {
    match with_unit(text)? {
        (number, CellUnit::Count(unit)) => Some((number, unit)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_behind_numbers() {
        use CellUnit::{Count, Time};
        for (text, number, unit) in [
            ("8 d", "8", Time(TimeUnit::Days)),
            ("3 Monate", "3", Time(TimeUnit::Months)),
            ("2 wk", "2", Time(TimeUnit::Weeks)),
            ("5.5 mo.", "5.5", Time(TimeUnit::Months)),
            ("45日", "45", Time(TimeUnit::Days)),
            ("3か月", "3", Time(TimeUnit::Months)),
            ("5개월", "5", Time(TimeUnit::Months)),
            ("7个月", "7", Time(TimeUnit::Months)),
            ("4 mois", "4", Time(TimeUnit::Months)),
            ("6 miesięcy", "6", Time(TimeUnit::Months)),
            ("6 мес.", "6", Time(TimeUnit::Months)),
            ("1,5 años", "1,5", Time(TimeUnit::Years)),
            ("12.3 ×10⁹/L", "12.3", Count(CountUnit::PerNl)),
            ("12.3 x 10^9/L", "12.3", Count(CountUnit::PerNl)),
            ("5.2 G/L", "5.2", Count(CountUnit::PerNl)),
            ("5.2 Gpt/l", "5.2", Count(CountUnit::PerNl)),
            ("12,300/µL", "12,300", Count(CountUnit::PerUl)),
            ("12 300 /mm³", "12 300", Count(CountUnit::PerUl)),
        ] {
            assert_eq!(with_unit(text), Some((number, unit)), "{text}");
        }
        for text in ["12", "d", "12 apples", "-", "", "P3", "1e5", "2x10^-3", "12 kg"] {
            assert_eq!(with_unit(text), None, "{text}");
        }
    }
}
