//! Numbers and names as tables for people show them; JSON has both as they are.

use std::fmt::Write as _;

use cotside_core::unseen::turns_text;
use cotside_words::{decimal, en};

/// Text for a number that does not exist.
pub const NONE: &str = "–";

/// Decimals that a number above 1 has at most.
const PLACES: usize = 4;
/// Digits that a number has at most, where its whole part needs no more.
const MOST_DIGITS: usize = 7;
/// The smallest power of ten that is written out.
const SMALLEST: i32 = -4;
/// The largest power of ten that is written out.
const LARGEST: i32 = 14;
/// A ratio nearer to 1 than this has further decimals.
const NEAR_ONE: f64 = 0.01;

/// A number with four significant digits or more, and four decimals or fewer where these suffice: 12.3457, 0.01235,
/// 3.210e-6. Only 0 itself is shown as 0.0000.
pub fn number(value: f64) -> String {
    let power = power(value);
    if value == 0.0 {
        return format!("{:.PLACES$}", 0.0);
    }
    if !(SMALLEST..=LARGEST).contains(&power) {
        return format!("{value:.3e}");
    }
    let places = match usize::try_from(power) {
        Ok(power) => MOST_DIGITS.saturating_sub(power + 1).min(PLACES),
        Err(_) => PLACES - 1 + power.unsigned_abs() as usize,
    };
    format!("{value:.places$}")
}

/// The power of ten of the first digit, as it is after rounding.
fn power(value: f64) -> i32 {
    let text = format!("{value:.3e}");
    text.rsplit_once('e')
        .and_then(|(_, power)| power.parse().ok())
        .unwrap_or(0)
}

/// A number, or a dash where there is none.
pub fn shown(value: Option<f64>) -> String {
    value.map_or_else(|| NONE.to_owned(), number)
}

/// Writes a ratio with enough decimals to differ from 1: 1.00000321; a dash where there is none.
pub fn ratio(value: Option<f64>) -> String {
    let Some(value) = value else {
        return NONE.to_owned();
    };
    let off = (value - 1.0).abs();
    if off == 0.0 || off >= NEAR_ONE {
        return number(value);
    }
    let places = 2 + power(off).unsigned_abs().min(13) as usize;
    format!("{value:.places$}")
}

/// Writes a number of a file as it is there, in full where that is short: 0.5, 1e-300.
pub fn exact(value: f64) -> String {
    let power = power(value);
    if (SMALLEST..=LARGEST).contains(&power) {
        value.to_string()
    } else {
        format!("{value:e}")
    }
}

/// A count, or a sum of weights: 12, or 1.35.
pub fn count(value: f64) -> String {
    if value.fract() == 0.0 {
        return exact(value);
    }
    let text = number(value);
    match text.split_once('e') {
        None => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
        Some(_) => text,
    }
}

/// Writes a number with `places` decimals, or with more where these would show 0.
pub fn rounded(value: f64, places: usize) -> String {
    let text = decimal(value, places);
    if value != 0.0 && text.trim_start_matches('-') == "0" {
        return count(value);
    }
    text
}

/// A time, or a dash where there is none.
pub fn time(value: Option<f64>) -> String {
    value.map_or_else(|| NONE.to_owned(), count)
}

/// A p value in a sentence: "p = 0.0653", "p < 0.0001".
pub fn p_value(p: Option<f64>) -> String {
    p.map_or_else(|| format!("p = {NONE}"), en::p_value)
}

/// The same in a cell: 0.0653, <0.0001; a dash where there is none.
pub fn p(value: Option<f64>) -> String {
    let sentence = p_value(value);
    let number = sentence.strip_prefix("p = ").map(str::to_owned);
    number.unwrap_or_else(|| sentence.replace("p < ", "<"))
}

/// A level of intervals in per cent: 95.
pub fn level(level: f64) -> String {
    decimal(level * 100.0, 6)
}

/// Writes a name from a file without characters that control the terminal or change the direction of text: these become
/// `\u{1b}` and the like, a line feed too.
pub fn name(text: &str) -> String {
    escaped(text, |_| false)
}

/// A text of lines without such characters.
pub fn lines(text: &str) -> String {
    escaped(text, |each| each == '\n')
}

fn escaped(text: &str, keeps: impl Fn(char) -> bool) -> String {
    let mut safe = String::with_capacity(text.len());
    for each in text.chars() {
        if is_control(each) && !keeps(each) {
            let _ = write!(safe, "\\u{{{:x}}}", each as u32);
        } else {
            safe.push(each);
        }
    }
    safe
}

/// Control characters, line separators, and marks that turn the direction of text.
pub fn is_control(each: char) -> bool {
    each.is_control() || turns_text(each) || matches!(each, '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_their_significant_digits() {
        for (value, text) in [
            (0.0, "0.0000"),
            (1.0, "1.0000"),
            (0.715_909, "0.7159"),
            (-0.012_345, "-0.01235"),
            (0.000_123_45, "0.0001234"),
            (3.21e-6, "3.210e-6"),
            (12.345_67, "12.3457"),
            (-12_345.678_9, "-12345.68"),
            (123_456_789.0, "123456789"),
            (9.999_96, "10.0000"),
            (1e300, "1.000e300"),
        ] {
            assert_eq!(number(value), text);
        }
        assert_eq!(ratio(Some(1.000_003_21)), "1.00000321");
        assert_eq!(ratio(Some(0.999_996)), "0.99999600");
        assert_eq!(ratio(Some(1.5)), "1.5000");
        assert_eq!(
            (exact(0.0), exact(1096.25), exact(1e-300)),
            ("0".into(), "1096.25".into(), "1e-300".into())
        );
        assert_eq!(
            (count(1.349_999_999_999_999_9), count(12.0)),
            ("1.35".into(), "12".into())
        );
        assert_eq!(
            (p(Some(2.8e-6)), p(Some(0.895_03)), p(None)),
            ("<0.0001".into(), "0.895".into(), "–".into())
        );
    }

    #[test]
    fn what_is_not_zero_is_not_shown_as_zero() {
        assert_eq!((rounded(36.94, 1), rounded(0.0, 1)), ("36.9".into(), "0".into()));
        assert_eq!(
            (rounded(-0.000_31, 3), rounded(1e-9, 1)),
            ("-0.00031".into(), "1.000e-9".into())
        );
    }

    #[test]
    fn names_move_no_cursor() {
        assert_eq!(
            name("a\u{1b}[31mé\n\u{9b}2J\u{202e}"),
            "a\\u{1b}[31mé\\u{a}\\u{9b}2J\\u{202e}"
        );
        assert_eq!(lines("a\n\tb\r\n"), "a\n\\u{9}b\\u{d}\n");
    }
}
