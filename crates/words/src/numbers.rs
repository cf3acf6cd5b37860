//! Numbers as people read them.

use cotside_core::decimal::fixed;

/// A number with up to `places` decimals and no trailing zeros.
#[must_use]
pub fn decimal(value: f64, places: usize) -> String {
    let text = fixed(value, places);
    if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        text
    }
}

/// A number with exactly `places` decimals and a minus sign that is one: for differences.
#[must_use]
pub fn signed(value: f64, places: usize) -> String {
    fixed(value, places).replace('-', "−")
}

/// A number with as many decimals as three significant digits need, and no trailing zeros: 152, 15.2, 0.0015.
#[must_use]
pub fn significant(value: f64) -> String {
    let mut places = 2;
    let mut limit = 1.0;
    while value.abs() < limit && places < 9 && value != 0.0 {
        limit /= 10.0;
        places += 1;
    }
    decimal(
        value,
        if value.abs() >= 100.0 {
            0
        } else if value.abs() >= 10.0 {
            1
        } else {
            places
        },
    )
}

/// A number with thousands grouped by commas and up to three decimals.
#[must_use]
pub fn grouped(value: f64) -> String {
    let text = decimal(value, 3);
    let (whole, rest) = text
        .split_once('.')
        .map_or((text.as_str(), None), |(whole, rest)| (whole, Some(rest)));
    let (sign, digits) = whole.strip_prefix('-').map_or(("", whole), |digits| ("-", digits));
    let mut out = sign.to_owned();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if let Some(rest) = rest {
        out.push('.');
        out.push_str(rest);
    }
    out
}

/// A fraction as a percentage with as many digits as it needs: 1e-4 is "0.01 %".
#[must_use]
pub fn percent_of_fraction(fraction: f64) -> String {
    format!("{} %", decimal(fraction * 100.0, 6))
}

/// A fraction as a number below ten and a power of ten, up to six decimals: 0.0005 is "5e-4". The standard library's
/// `{:e}` would add 4 kB to the page.
#[must_use]
pub fn scientific(fraction: f64) -> String {
    let (mut power, mut scale) = (0, 1.0);
    while fraction * scale < 0.999_999_5 && power < 22 && fraction > 0.0 {
        power += 1;
        scale *= 10.0;
    }
    let sign = if power == 0 { "" } else { "-" };
    format!("{}e{sign}{power}", decimal(fraction * scale, 6))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_people_read_them() {
        for (value, text) in [
            (1_100_000.0, "1,100,000"),
            (999.0, "999"),
            (49.999, "49.999"),
            (-1234.5, "-1,234.5"),
            (0.0, "0"),
        ] {
            assert_eq!(grouped(value), text);
        }
        for (value, text) in [
            (152.4, "152"),
            (15.24, "15.2"),
            (1.0, "1"),
            (0.001_524, "0.00152"),
            (0.0, "0"),
            (-0.25, "-0.25"),
        ] {
            assert_eq!(significant(value), text);
        }
        assert_eq!(signed(-2.345, 1), "−2.3");
        for (fraction, text) in [
            (1e-4, "0.01 %"),
            (5e-4, "0.05 %"),
            (0.0, "0 %"),
            (1.0, "100 %"),
            (1e-6, "0.0001 %"),
        ] {
            assert_eq!(percent_of_fraction(fraction), text);
        }
        for fraction in [
            1.0, 0.999_999, 0.5, 0.1, 0.01, 0.012_345, 1e-3, 1e-4, 5e-4, 9.9e-5, 1e-6, 3.25e-9, 0.0,
        ] {
            assert_eq!(scientific(fraction), format!("{fraction:e}"));
        }
        assert_eq!(scientific(0.099_999_999_9), "1e-1");
    }
}
