//! Exponentials of many numbers of moderate size.

/// Numbers up to this size, of either sign, have exponentials here.
pub const MODERATE: f64 = 60.0;

/// Parts into which an octave is divided: 2^(k/32) are tabulated.
const PARTS: u64 = 32;
const OCTAVE_BITS: u32 = PARTS.trailing_zeros();
/// 32 / ln 2.
const PER_PART: f64 = 46.166_241_308_446_83;
/// ln 2 / 32 in two pieces; the upper one has so few digits that a product with a whole number below 2^16 is exact.
const PART: [f64; 2] = [f64::from_bits(0x3F96_2E42_FEFA_0000), 5.145_609_244_655_338e-14];
/// Adding this rounds to a whole number, which is then in the lowest bits.
const ROUNDER: f64 = 6_755_399_441_055_744.0;

/// 2^(k/32) as a number and what is left of it, relative to the number.
const POWERS: [(f64, f64); PARTS as usize] = powers();

const fn powers() -> [(f64, f64); PARTS as usize] {
    // 2^(1/32) in two pieces.
    let root = (1.021_897_148_654_116_6, 5.109_225_028_973_444e-17);
    let mut powers = [(1.0, 0.0); PARTS as usize];
    let mut k = 1;
    while k < powers.len() {
        let (high, low) = powers[k - 1];
        let product = high * root.0;
        let rest = product_error(high, root.0, product) + (high * root.1 + high * low * root.0);
        let sum = product + rest;
        powers[k] = (sum, (rest - (sum - product)) / sum);
        k += 1;
    }
    powers
}

/// a · b − `product`, exactly (Dekker 1971, Numer Math 18:224).
const fn product_error(a: f64, b: f64, product: f64) -> f64 {
    let (a_high, b_high) = (upper_half(a), upper_half(b));
    let (a_low, b_low) = (a - a_high, b - b_high);
    a_low * b_low - (((product - a_high * b_high) - a_low * b_high) - a_high * b_low)
}

const fn upper_half(a: f64) -> f64 {
    let scaled = 134_217_729.0 * a;
    scaled - (scaled - a)
}

/// e^x for |x| ≤ [`MODERATE`], to within 0.6 units in the last place; NaN gives NaN.
///
/// x = (k/32) ln 2 + r, |r| ≤ ln 2 / 64: 2^(k/32) from a table and e^r by its series, as Tang 1989 (ACM Trans Math
/// Softw 15:144).
#[inline]
pub fn exp(x: f64) -> f64 {
    let rounded = x * PER_PART + ROUNDER;
    let whole = rounded - ROUNDER;
    let rest = (x - whole * PART[0]) - whole * PART[1];
    let bits = rounded.to_bits();
    let part = bits % PARTS;
    let (power, tail) = POWERS[part as usize];
    let octaves = (bits - part) << (f64::MANTISSA_DIGITS - 1 - OCTAVE_BITS);
    let power = f64::from_bits(power.to_bits().wrapping_add(octaves));
    let square = rest * rest;
    let series = square * (0.5 + rest * (1.0 / 6.0))
        + square * square * (1.0 / 24.0 + rest * (1.0 / 120.0) + square * (1.0 / 720.0));
    power + power * (rest + (tail + series))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// e^x in two pieces: (e^(x/1024) − 1) by its series, squared ten times.
    fn precise(x: f64) -> (f64, f64) {
        let sum = |a: (f64, f64), b: (f64, f64)| {
            let high = a.0 + b.0;
            let part = high - a.0;
            let low = (a.0 - (high - part)) + (b.0 - part) + a.1 + b.1;
            (high + low, low - ((high + low) - high))
        };
        let product = |a: (f64, f64), b: (f64, f64)| {
            let high = a.0 * b.0;
            let low = product_error(a.0, b.0, high) + (a.0 * b.1 + a.1 * b.0);
            (high + low, low - ((high + low) - high))
        };
        let small = (x.abs() / 1024.0, 0.0);
        let mut series = (0.0, 0.0);
        for k in (1..=14).rev() {
            // (1 + series) · small / k, the division being corrected once.
            let next = product(sum((1.0, 0.0), series), small);
            let k = f64::from(k);
            let quotient = next.0 / k;
            let rest = next.0 - quotient * k - product_error(quotient, k, quotient * k) + next.1;
            series = (quotient, rest / k);
        }
        for _ in 0..10 {
            // (1 + s)² − 1 = 2 s + s².
            series = sum((2.0 * series.0, 2.0 * series.1), product(series, series));
        }
        let power = sum((1.0, 0.0), series);
        if x >= 0.0 {
            return power;
        }
        let inverse = 1.0 / power.0;
        let rest = 1.0 - inverse * power.0 - product_error(inverse, power.0, inverse * power.0) - inverse * power.1;
        (inverse, rest / power.0)
    }

    /// Distance from e^x in units of the last place of the result.
    fn error(x: f64, found: f64) -> f64 {
        let (high, low) = precise(x);
        let unit = f64::from_bits(found.to_bits() + 1) - found;
        (((found - high) - low) / unit).abs()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(20_000))]
        #[test]
        fn exact_to_the_last_place(x in -MODERATE..MODERATE, small in -1.0..1.0_f64, power in -60_i32..1) {
            for x in [x, small, small * libm::exp2(f64::from(power))] {
                prop_assert!(error(x, libm::exp(x)) < 1.0, "the yardstick itself");
                prop_assert!(error(x, exp(x)) < 0.6, "{x} {}", error(x, exp(x)));
            }
        }
    }

    #[test]
    fn ends_and_middles_of_the_table() {
        for k in -2770..=2770 {
            let middle = f64::from(k) / PER_PART;
            for x in [middle, middle + 0.5 / PER_PART, middle + 0.499_999_9 / PER_PART] {
                assert!(x.abs() > MODERATE || error(x, exp(x)) < 0.6, "{x} {}", error(x, exp(x)));
            }
        }
        assert_eq!((exp(0.0), exp(-0.0)), (1.0, 1.0));
        assert!(error(MODERATE, exp(MODERATE)) < 0.6 && error(-MODERATE, exp(-MODERATE)) < 0.6);
        assert!(exp(f64::NAN).is_nan());
    }
}
