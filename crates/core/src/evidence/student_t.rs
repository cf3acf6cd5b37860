//! Student's t distribution: two-sided tail and quantile.

/// P(|T| > |t|) with `df` > 0 degrees of freedom: the regularised incomplete beta function I_x(df/2, 1/2) at
/// x = df/(df + t²), by its continued fraction (Lentz). R: `2 * pt(-abs(t), df)`, to 1e-12 relative. NaN where an
/// argument is NaN or `df` is not above 0.
#[must_use]
pub fn student_two_sided(t: f64, df: f64) -> f64 {
    if t.is_nan() || !(df > 0.0 && df.is_finite()) {
        return f64::NAN;
    }
    if t.is_infinite() {
        return 0.0;
    }
    let square = t * t;
    let (x, y) = (df / (df + square), square / (df + square));
    let (a, b) = (0.5 * df, 0.5);
    if y == 0.0 {
        return 1.0;
    }
    let log_front = libm::lgamma(a + b) - libm::lgamma(a) - libm::lgamma(b) + a * libm::log(x) + b * libm::log(y);
    let front = libm::exp(log_front);
    let tail = if x < (a + 1.0) / (a + b + 2.0) {
        front * fraction(a, b, x) / a
    } else {
        1.0 - front * fraction(b, a, y) / b
    };
    tail.clamp(0.0, 1.0)
}

/// The t above 0 with P(|T| > t) = `tail`, 0 < tail < 1; R: `qt(1 - tail / 2, df)`. `None` outside.
#[must_use]
pub fn student_quantile(tail: f64, df: f64) -> Option<f64> {
    if !(tail > 0.0 && tail < 1.0 && df > 0.0 && df.is_finite()) {
        return None;
    }
    let mut high = 1.0;
    while student_two_sided(high, df) > tail {
        high *= 2.0;
        if high > 1e300 {
            return None;
        }
    }
    let mut low = 0.0;
    for _ in 0..200 {
        let middle = 0.5 * (low + high);
        if student_two_sided(middle, df) > tail {
            low = middle;
        } else {
            high = middle;
        }
    }
    Some(0.5 * (low + high))
}

/// The continued fraction of the incomplete beta function.
fn fraction(a: f64, b: f64, x: f64) -> f64 {
    const TINY: f64 = 1e-300;
    let keep = |value: f64| if value.abs() < TINY { TINY } else { value };
    let mut c = 1.0;
    let mut d = 1.0 / keep(1.0 - (a + b) * x / (a + 1.0));
    let mut sum = d;
    for step in 1..100_000 {
        let m = f64::from(step);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        d = 1.0 / keep(1.0 + even * d);
        c = keep(1.0 + even / c);
        sum *= d * c;
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        d = 1.0 / keep(1.0 + odd * d);
        c = keep(1.0 + odd / c);
        let change = d * c;
        sum *= change;
        if (change - 1.0).abs() < 1e-16 {
            break;
        }
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    /// R: `sprintf("%.17g", c(2*pt(-1,1), 2*pt(-2.5,4), 2*pt(-30,7), qt(.975,1), qt(.975,2), qt(.975,10), qt(.995,3)))`.
    #[test]
    fn as_r() {
        let close = |found: f64, expected: f64| assert!((found / expected - 1.0).abs() < 1e-12, "{found} {expected}");
        close(student_two_sided(1.0, 1.0), 0.5);
        close(student_two_sided(-2.5, 4.0), 0.066_766_544_811_988_12);
        close(student_two_sided(30.0, 7.0), 1.178_846_888_073_312_6e-8);
        close(student_quantile(0.05, 1.0).unwrap(), 12.706_204_736_174_694);
        close(student_quantile(0.05, 2.0).unwrap(), 4.302_652_729_749_462);
        close(student_quantile(0.05, 10.0).unwrap(), 2.228_138_851_986_274);
        close(student_quantile(0.01, 3.0).unwrap(), 5.840_909_309_733_354);
    }

    #[test]
    fn outside() {
        assert_eq!(student_two_sided(0.0, 3.0), 1.0);
        assert_eq!(student_two_sided(f64::INFINITY, 3.0), 0.0);
        assert!(student_two_sided(1.0, 0.0).is_nan());
        assert_eq!(student_quantile(0.0, 3.0), None);
    }
}
