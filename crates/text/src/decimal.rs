//! Decimal numbers as text, in and out.

/// Reads a plain decimal number with or without an exponent: `12`, `-0.5`, `.5`, `1e-4`. No words such as `inf`, no
/// grouping, no space around it. `None` for other texts and numbers that are not finite.
#[must_use]
pub fn parse(text: &str) -> Option<f64> {
    let plain = |byte: u8| matches!(byte, b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E');
    if !text.bytes().all(plain) {
        return None;
    }
    let value = text.parse::<f64>().ok()?;
    // "-0" is 0.
    value.is_finite().then_some(value + 0.0)
}

/// Returns a decimal number independent of its notation: whether it is below 0, its digits without zeros at both ends,
/// and the power of ten of the last digit. Equal exactly where the numbers are, however long; `None` for texts that
/// [`parse`] does not read.
#[must_use]
pub fn exact(text: &str) -> Option<(bool, String, i64)> {
    parse(text)?;
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits: String = whole
        .chars()
        .chain(fraction.chars())
        .filter(char::is_ascii_digit)
        .collect();
    let significant = digits.trim_end_matches('0');
    let dropped = (digits.len() - significant.len()) as i64;
    let significant = significant.trim_start_matches('0');
    if significant.is_empty() {
        return Some((false, String::new(), 0));
    }
    let power = i64::from(exponent.parse::<i32>().ok()?) - fraction.len() as i64 + dropped;
    Some((text.starts_with('-'), significant.to_owned(), power))
}

/// Returns the shortest decimal text that is read back as the same number, without an exponent; empty for a number that
/// is not finite.
#[must_use]
pub fn shortest(value: f64) -> String {
    if value.is_finite() {
        value.to_string()
    } else {
        String::new()
    }
}

/// Returns a number with exactly `places` decimals (at most 9), rounded half away from zero; "–" for a number that is
/// not finite.
#[must_use]
pub fn fixed(value: f64, places: usize) -> String {
    let places = places.min(9);
    let scale = libm::pow(10.0, places as f64);
    let rounded = (value * scale).round();
    if !rounded.is_finite() {
        return "–".to_owned();
    }
    // "-0" is 0.
    format!("{:.places$}", rounded / scale + 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_a_number() {
        for (text, value) in [
            ("0", Some(0.0)),
            ("-0", Some(0.0)),
            ("+12", Some(12.0)),
            (".5", Some(0.5)),
            ("5.", Some(5.0)),
            ("1e-4", Some(1e-4)),
            ("10E-4", Some(1e-3)),
            ("300.00000000000000000000000", Some(300.0)),
            ("1e400", None),
            ("1e-400", Some(0.0)),
            ("", None),
            ("-", None),
            (".", None),
            ("e5", None),
            ("1e", None),
            ("1.2.3", None),
            ("1,5", None),
            ("inf", None),
            ("0x10", None),
            ("µ", None),
        ] {
            assert_eq!(parse(text), value, "{text:?}");
        }
    }

    #[test]
    fn places() {
        for (value, places, text) in [
            (0.0, 0, "0"),
            (-0.4, 0, "0"),
            (2.5, 0, "3"),
            (-2.5, 0, "-3"),
            (0.05, 1, "0.1"),
            (36.4, 1, "36.4"),
            (0.000_1, 6, "0.000100"),
            (1e8, 3, "100000000.000"),
            (f64::NAN, 2, "–"),
            (f64::INFINITY, 2, "–"),
        ] {
            assert_eq!(fixed(value, places), text, "{value}");
        }
    }

    #[test]
    fn shortest_is_read_back() {
        for (value, text) in [
            (0.1 + 0.2, "0.30000000000000004"),
            (1e21, "1000000000000000000000"),
            (5e-7, "0.0000005"),
            (-3.0, "-3"),
            (f64::NAN, ""),
        ] {
            assert_eq!(shortest(value), text);
        }
    }
}
