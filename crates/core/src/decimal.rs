//! Decimal numbers as text, in and out.
//!
//! The standard library's own conversions are exact for every number and bring 30 kB of tables and code to the page.
//! These are exact where clinical numbers lie and say where they are not.

/// Powers of ten that a double holds exactly.
const EXACT_POWERS: [f64; 23] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
    1e21, 1e22,
];

/// A plain decimal number with or without an exponent: `12`, `-0.5`, `.5`, `1e-4`. No words such as `inf`, no grouping.
///
/// With up to 15 significant digits and a power of ten between −22 and 22 the result is the nearest double, as
/// `str::parse` gives it (one correctly rounded operation on two exact numbers; Clinger 1990); beyond that it is within
/// 1e-15 of it, relatively. `None` for what is no number or not finite.
#[must_use]
pub fn parse(text: &str) -> Option<f64> {
    let (negative, unsigned) = match text.as_bytes().first()? {
        b'-' => (true, &text[1..]),
        b'+' => (false, &text[1..]),
        _ => (false, text),
    };
    let (mantissa, exponent) = unsigned.split_once(['e', 'E']).unwrap_or((unsigned, "0"));
    let (mut digits, mut power, mut seen, mut point) = (0_u64, exponent.parse::<i32>().ok()?, false, false);
    for byte in mantissa.bytes() {
        match byte {
            b'.' if !point => point = true,
            b'0'..=b'9' => {
                seen = true;
                let digit = u64::from(byte - b'0');
                match digits.checked_mul(10).and_then(|tens| tens.checked_add(digit)) {
                    Some(more) if more < 1 << 62 => {
                        digits = more;
                        power = power.saturating_sub(i32::from(point));
                    }
                    // Digits behind the nineteenth are left out; before the point they still count as places.
                    _ => power = power.saturating_add(i32::from(!point)),
                }
            }
            _ => return None,
        }
    }
    while digits != 0 && digits.is_multiple_of(10) {
        digits /= 10;
        power = power.saturating_add(1);
    }
    let value = scaled(digits as f64, power);
    (seen && value.is_finite()).then_some(if negative && value != 0.0 { -value } else { value })
}

/// A decimal number without its spelling: whether it is below 0, its digits without zeros at both ends, and the power of
/// ten of the last digit. Equal exactly where the numbers are, however long; `None` for what [`parse`] does not read.
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
    let power = exponent.parse::<i64>().ok()? - fraction.len() as i64 + dropped;
    Some((text.starts_with('-'), significant.to_owned(), power))
}

/// `value` times ten to the `power`.
fn scaled(mut value: f64, mut power: i32) -> f64 {
    while power > 0 && value != 0.0 && value.is_finite() {
        let step = power.min(22);
        value *= EXACT_POWERS[step as usize];
        power -= step;
    }
    while power < 0 && value != 0.0 {
        let step = power.saturating_neg().min(22);
        value /= EXACT_POWERS[step as usize];
        power += step;
    }
    value
}

/// A number with exactly `places` decimals (at most 9), rounded half away from zero; "–" for what is not finite.
#[must_use]
pub fn fixed(value: f64, places: usize) -> String {
    let places = places.min(9);
    let scaled = (value * EXACT_POWERS[places]).round();
    if !scaled.is_finite() {
        return "–".to_owned();
    }
    let sign = if scaled < 0.0 { "-" } else { "" };
    // Above 2^127 the cast stays at the largest integer; no number that is shown comes near it.
    let digits = (scaled.abs() as u128).to_string();
    if places == 0 {
        return format!("{sign}{digits}");
    }
    let padded = format!("{}{digits}", "0".repeat((places + 1).saturating_sub(digits.len())));
    let (whole, rest) = padded.split_at(padded.len() - places);
    format!("{sign}{whole}.{rest}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

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

    proptest! {
        #[test]
        fn nearest_double_as_the_standard_library(digits in 0_u64..1_000_000_000_000_000, power in -22_i32..=7) {
            let text = format!("{digits}e{power}");
            prop_assert_eq!(parse(&text), text.parse().ok());
        }

        #[test]
        fn close_to_it_everywhere(text in "[+-]?[0-9]{0,30}(\\.[0-9]{0,30})?(e-?[0-9]{1,2})?") {
            let expected = text.parse::<f64>().ok().filter(|value| value.is_finite());
            match (parse(&text), expected) {
                (Some(found), Some(expected)) => {
                    prop_assert!((found - expected).abs() <= 1e-15 * expected.abs(), "{} {} {}", text, found, expected);
                }
                (found, expected) => prop_assert_eq!(found, expected),
            }
        }

        #[test]
        fn rounded_as_the_standard_library_but_for_ties(value in -1e6..1e6_f64, places in 0_usize..7) {
            let tie = (value * EXACT_POWERS[places]).fract().abs() - 0.5;
            prop_assume!(tie.abs() > 1e-6);
            let expected = format!("{value:.places$}");
            let zero = expected.bytes().all(|byte| matches!(byte, b'-' | b'0' | b'.'));
            prop_assert_eq!(fixed(value, places), if zero { expected.replace('-', "") } else { expected });
        }
    }
}
