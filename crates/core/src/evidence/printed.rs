//! A printed number: its value and its rounding.

use crate::decimal;

/// A printed number. The exact value is within half a unit of its last place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Printed {
    value: f64,
    places: u8,
}

/// The numbers that round to a printed one, or a range that follows from such numbers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Range {
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

impl Printed {
    /// A number with this many decimals; `None` where it is not finite.
    #[must_use]
    pub fn new(value: f64, places: u8) -> Option<Self> {
        value.is_finite().then_some(Self { value, places })
    }

    /// Reads a plain decimal number: `9.2` is 9.2 with one decimal, `43` is 43 with none. `None` for anything else,
    /// for an exponent and for more than twelve decimals.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.contains(['e', 'E']) {
            return None;
        }
        let places = text.split_once('.').map_or(0, |(_, decimals)| decimals.len());
        if places > 12 {
            return None;
        }
        Self::new(decimal::parse(text)?, places as u8)
    }

    /// Returns the number.
    #[must_use]
    pub fn value(self) -> f64 {
        self.value
    }

    /// Returns the number of printed decimals.
    #[must_use]
    pub fn places(self) -> u8 {
        self.places
    }

    /// Half a unit of the last printed place.
    #[must_use]
    pub fn half_unit(self) -> f64 {
        0.5 / libm::pow(10.0, f64::from(self.places))
    }

    /// Every number that rounds to this one.
    #[must_use]
    pub fn range(self) -> Range {
        Range {
            low: self.value - self.half_unit(),
            high: self.value + self.half_unit(),
        }
    }

    /// True if `exact` rounds to this number (either way where it is exactly halfway).
    #[must_use]
    pub fn is_rounded(self, exact: f64) -> bool {
        self.range().holds(exact)
    }

    /// True if `exact`, cut after the printed places, is this number although it rounds to another.
    #[must_use]
    pub fn is_cut(self, exact: f64) -> bool {
        let unit = 2.0 * self.half_unit();
        exact >= self.value && exact < self.value + unit && !self.is_rounded(exact)
    }

    /// The same number in other units: of per cent as a fraction, `scaled(-2)`.
    #[must_use]
    pub fn scaled(self, power: i8) -> Self {
        let places = i16::from(self.places) - i16::from(power);
        Self {
            value: self.value * libm::pow(10.0, f64::from(power)),
            places: places.clamp(0, 255) as u8,
        }
    }
}

impl Range {
    /// Makes the range of a single number.
    #[must_use]
    pub fn of(value: f64) -> Self {
        Self {
            low: value,
            high: value,
        }
    }

    /// True if a number is in the range, to floating-point noise.
    #[must_use]
    pub fn holds(self, value: f64) -> bool {
        let noise = 1e-9 * (1.0 + value.abs());
        value >= self.low - noise && value <= self.high + noise
    }

    /// True if two ranges share a number, to floating-point noise.
    #[must_use]
    pub fn meets(self, other: Self) -> bool {
        let noise = 1e-9 * (1.0 + self.low.abs().max(other.low.abs()));
        self.low <= other.high + noise && other.low <= self.high + noise
    }

    /// The values of `function` on a fine grid of `a` and at both ends of `b`; `None` where none is finite. It is the
    /// range of the function where that is monotone in `b`.
    pub(crate) fn of_function(a: Self, b: Self, function: impl Fn(f64, f64) -> f64) -> Option<Self> {
        const PARTS: u32 = 64;
        let mut range: Option<Self> = None;
        for part in 0..=PARTS {
            let share = f64::from(part) / f64::from(PARTS);
            let x = a.low * (1.0 - share) + a.high * share;
            for value in [function(x, b.low), function(x, b.high)]
                .into_iter()
                .filter(|value| value.is_finite())
            {
                let (low, high) = range.map_or((value, value), |range| (range.low.min(value), range.high.max(value)));
                range = Some(Self { low, high });
            }
        }
        range
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_rounds_to_a_printed_number() {
        let printed = Printed::read("9.2").unwrap();
        assert_eq!((printed.value(), printed.places()), (9.2, 1));
        assert!(printed.is_rounded(9.15) && printed.is_rounded(9.249) && !printed.is_rounded(9.26));
        let whole = Printed::read(" 43 ").unwrap();
        assert!(whole.is_rounded(42.6) && !whole.is_rounded(43.6));
        // 4 of 6 is 66.67 %: rounded 66.7, cut 66.6.
        let cut = Printed::read("66.6").unwrap();
        assert!(cut.is_cut(400.0 / 6.0) && !Printed::read("66.7").unwrap().is_cut(400.0 / 6.0));
        for text in ["", "x", "1e2", "inf", "1.1234567890123"] {
            assert_eq!(Printed::read(text), None, "{text}");
        }
        assert_eq!(Printed::new(f64::NAN, 1), None);
    }

    #[test]
    fn per_cent_as_a_fraction() {
        let fraction = Printed::read("43.2").unwrap().scaled(-2);
        assert!((fraction.value() - 0.432).abs() < 1e-15 && fraction.places() == 3);
    }
}
