//! Numbers with all their digits as text.
//!
//! The standard library's own writing of doubles is faster and brings 20 kB to a module of the page.

use std::cmp::Ordering;

/// The shortest decimal text that is read back as the same number, without an exponent, as `f64::to_string` writes it; empty
/// for what is not finite.
///
/// Whole numbers up to 2^53 at once; others by Steele and White's method (1990) as Burger and Dybvig (1996) have it, on
/// whole numbers of any length: the digits are made one by one until what is left lies within half the distance to the next
/// double.
#[must_use]
pub fn shortest(value: f64) -> String {
    if !value.is_finite() {
        return String::new();
    }
    let sign = if value.is_sign_negative() { "-" } else { "" };
    let value = value.abs();
    if value < EXACT && value as u64 as f64 == value {
        return [sign, &(value as u64).to_string()].concat();
    }
    let (digits, point) = digits_of(value);
    let zeros = |count: i32| "0".repeat(count.max(0) as usize);
    match usize::try_from(point) {
        Ok(point) if point > 0 => match digits.split_at_checked(point) {
            Some((whole, "")) => [sign, whole].concat(),
            Some((whole, rest)) => [sign, whole, ".", rest].concat(),
            None => [sign, &digits, &zeros(point as i32 - digits.len() as i32)].concat(),
        },
        _ => [sign, "0.", &zeros(-point), &digits].concat(),
    }
}

/// 2^53: whole numbers below are exact.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// Digits and the place of the point before them: `0.d₁d₂… · 10^point`.
fn digits_of(value: f64) -> (String, i32) {
    let bits = value.to_bits();
    let (raw, fraction) = ((bits >> 52) as i32, bits & ((1 << 52) - 1));
    let (mantissa, exponent) = if raw == 0 {
        (fraction, -1074)
    } else {
        (fraction | 1 << 52, raw - 1075)
    };
    // The double below a power of two is half as far away as the one above.
    let is_uneven = fraction == 0 && raw > 1;
    let ends_count = mantissa % 2 == 0;
    let twice = 1 + u32::from(is_uneven);
    // value = left / unit; half the distances to the next doubles are above / unit and below / unit.
    let up = exponent.max(0) as u32;
    let mut left = Whole::shifted(mantissa, up + twice);
    let mut unit = Whole::shifted(1, exponent.min(0).unsigned_abs() + twice);
    let mut above = Whole::shifted(1, up + twice - 1);
    let mut below = Whole::shifted(1, up);
    let size = 64 - mantissa.leading_zeros() as i32 + exponent - 1;
    let mut point = libm::ceil(f64::from(size) * std::f64::consts::LOG10_2 - 1e-10) as i32;
    for _ in 0..point {
        unit.times_ten();
    }
    for _ in point..0 {
        times_ten([&mut left, &mut above, &mut below]);
    }
    let is_over = |left: &Whole, above: &Whole, unit: &Whole| match left.plus(above).against(unit) {
        Ordering::Greater => true,
        Ordering::Equal => ends_count,
        Ordering::Less => false,
    };
    // The power of ten was estimated from below.
    if is_over(&left, &above, &unit) {
        point += 1;
    } else {
        times_ten([&mut left, &mut above, &mut below]);
    }
    let mut digits = String::new();
    loop {
        let mut digit = 0_u8;
        while left.against(&unit) != Ordering::Less {
            left.subtract(&unit);
            digit += 1;
        }
        let is_low = match left.against(&below) {
            Ordering::Less => true,
            Ordering::Equal => ends_count,
            Ordering::Greater => false,
        };
        let is_high = is_over(&left, &above, &unit);
        if is_low || is_high {
            let rounds_up = is_high && (!is_low || left.plus(&left).against(&unit) != Ordering::Less);
            digits.push(char::from(b'0' + digit + u8::from(rounds_up)));
            return (digits, point);
        }
        digits.push(char::from(b'0' + digit));
        times_ten([&mut left, &mut above, &mut below]);
    }
}

fn times_ten(numbers: [&mut Whole; 3]) {
    for number in numbers {
        number.times_ten();
    }
}

/// A whole number of any length, the least significant word first, without zeros at the end.
struct Whole(Vec<u32>);

impl Whole {
    /// `value · 2^places`.
    fn shifted(value: u64, places: u32) -> Self {
        let mut words = vec![0; (places / 32) as usize];
        let mut rest = u128::from(value) << (places % 32);
        while rest > 0 {
            words.push(rest as u32);
            rest >>= 32;
        }
        Self(words)
    }

    fn times_ten(&mut self) {
        let mut carried = 0;
        for word in &mut self.0 {
            let product = u64::from(*word) * 10 + carried;
            *word = product as u32;
            carried = product >> 32;
        }
        if carried > 0 {
            self.0.push(carried as u32);
        }
    }

    fn plus(&self, other: &Self) -> Self {
        let word = |words: &[u32], place: usize| u64::from(words.get(place).copied().unwrap_or(0));
        let (mut words, mut carried) = (Vec::with_capacity(self.0.len() + 1), 0);
        for place in 0..self.0.len().max(other.0.len()) {
            let sum = word(&self.0, place) + word(&other.0, place) + carried;
            words.push(sum as u32);
            carried = sum >> 32;
        }
        if carried > 0 {
            words.push(carried as u32);
        }
        Self(words)
    }

    /// Takes away what is not larger.
    fn subtract(&mut self, other: &Self) {
        let mut borrowed = 0;
        for (place, word) in self.0.iter_mut().enumerate() {
            let taken = i64::from(other.0.get(place).copied().unwrap_or(0)) + borrowed;
            let left = i64::from(*word) - taken;
            borrowed = i64::from(left < 0);
            *word = left as u32;
        }
        while self.0.last() == Some(&0) {
            self.0.pop();
        }
    }

    fn against(&self, other: &Self) -> Ordering {
        let sizes = self.0.len().cmp(&other.0.len());
        sizes.then_with(|| self.0.iter().rev().cmp(other.0.iter().rev()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn awkward_numbers_as_the_standard_library_writes_them() {
        let awkward = [
            0.0,
            -0.0,
            0.1,
            0.3,
            1.0 / 3.0,
            0.5,
            1e21,
            1e22,
            1e23,
            9_007_199_254_740_993.0,
            5e-324,
            2.2250738585072014e-308,
            2.225_073_858_507_201e-308,
            f64::MAX,
            f64::MIN_POSITIVE,
            123_456.789,
            -4.25,
            2.0_f64.powi(-20),
            2.0_f64.powi(70),
            0.999_999_999_999_999_9,
            9.5e-7,
        ];
        for value in awkward {
            assert_eq!(shortest(value), value.to_string());
        }
        assert_eq!(shortest(f64::NAN), "");
        assert_eq!(shortest(f64::INFINITY), "");
    }

    proptest! {
        #[test]
        fn as_the_standard_library(bits in any::<u64>(), share in 0.0..1.0_f64, years in 0_u32..40_000) {
            let any = f64::from_bits(bits);
            for value in [any, share, 100.0 * share, f64::from(years) / 365.25, share * 1e-9] {
                if value.is_finite() {
                    prop_assert_eq!(shortest(value), value.to_string());
                }
            }
        }

        #[test]
        fn powers_of_two_as_the_standard_library(exponent in -1074..1024_i32) {
            let value = libm::ldexp(1.0, exponent);
            prop_assert_eq!(shortest(value), value.to_string());
        }
    }
}
