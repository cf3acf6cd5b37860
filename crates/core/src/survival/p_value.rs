//! Tails and quantiles of the normal and chi-square distributions, accurate in relative terms for tiny p.
//!
//! By `statrs`, tested against R to 1e-12; the error function is that of `libm`, as the error of the one in `statrs` is
//! up to 9e-11 (at z = 1).

use statrs::function::erf::erfc_inv;
use statrs::function::gamma::checked_gamma_ur;

/// Returns P(X > x) of a chi-square variable with `df` degrees of freedom (above 0, not necessarily whole).
///
/// The regularised upper incomplete gamma function Q(df/2, x/2): `erfc` for one degree, e^(−x/2) for two, else that of
/// `statrs`. Equal to R's `pchisq(x, df, lower.tail = FALSE)` to 1e-12 relative down to 1e-300, up to 1,000 degrees (to
/// 2e-11 at 50,000). NaN where `df` is not above 0 or an argument is NaN; 1 where x ≤ 0.
///
/// ```
/// use cotside_core::survival::chi_square_upper;
///
/// // R: pchisq(3.84, 1, lower.tail = FALSE); pchisq(200, 1, lower.tail = FALSE)
/// assert!((chi_square_upper(3.84, 1.0) - 0.050_043_521_248_7).abs() < 1e-12);
/// assert!((chi_square_upper(200.0, 1.0) / 2.088_487_583_76e-45 - 1.0).abs() < 1e-11);
/// ```
#[must_use]
pub fn chi_square_upper(x: f64, df: f64) -> f64 {
    if x.is_nan() || !(df > 0.0 && df.is_finite()) {
        return f64::NAN;
    }
    if x <= 0.0 {
        return 1.0;
    }
    if x.is_infinite() {
        return 0.0;
    }
    if df == 1.0 {
        return libm::erfc((0.5 * x).sqrt());
    }
    if df == 2.0 {
        return libm::exp(-0.5 * x);
    }
    checked_gamma_ur(0.5 * df, 0.5 * x).unwrap_or(f64::NAN)
}

/// Returns P(|Z| > |z|) of a standard normal variable: R's `2 * pnorm(-abs(z))`.
///
/// ```
/// use cotside_core::survival::normal_two_sided;
///
/// // R: 2 * pnorm(-1.96)
/// assert!((normal_two_sided(1.96) - 0.049_995_790_296_4).abs() < 1e-12);
/// ```
#[must_use]
pub fn normal_two_sided(z: f64) -> f64 {
    libm::erfc(z.abs() * std::f64::consts::FRAC_1_SQRT_2)
}

/// Returns P(Z ≤ z) of a standard normal variable: R's `pnorm(z)`.
///
/// ```
/// use cotside_core::survival::normal_lower;
///
/// // R: pnorm(1.96)
/// assert!((normal_lower(1.96) - 0.975_002_104_852).abs() < 1e-12);
/// ```
#[must_use]
pub fn normal_lower(z: f64) -> f64 {
    0.5 * libm::erfc(-z * std::f64::consts::FRAC_1_SQRT_2)
}

/// Returns the z with P(Z ≤ z) = p: R's `qnorm(p)`, to 1e-15 relative. Infinite at 0 and 1, NaN outside.
///
/// ```
/// use cotside_core::survival::normal_quantile;
///
/// // R: qnorm(0.975)
/// assert!((normal_quantile(0.975) - 1.959_963_984_54).abs() < 1e-11);
/// ```
#[must_use]
pub fn normal_quantile(p: f64) -> f64 {
    if p.is_nan() || !(0.0..=1.0).contains(&p) {
        return f64::NAN;
    }
    -std::f64::consts::SQRT_2 * erfc_inv(2.0 * p)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// R's values (`tests/reference/distributions/make.R`) as function, argument, degrees of freedom and value.
    const R: &str = include_str!("../../../../tests/reference/distributions/values.csv");

    #[test]
    fn as_r() {
        let mut compared = 0;
        for line in R.lines().skip(1) {
            let cells: Vec<&str> = line.split(',').collect();
            let number = |cell: usize| cells[cell].parse::<f64>().unwrap();
            let (x, df, expected) = (number(1), number(2), number(3));
            let found = match cells[0] {
                "chi_square_upper" => chi_square_upper(x, df),
                "normal_quantile" => normal_quantile(x),
                "normal_two_sided" => normal_two_sided(x),
                "normal_lower" => normal_lower(x),
                _ => continue,
            };
            compared += 1;
            assert!((found / expected - 1.0).abs() < 1e-12, "{line}: {found:e}");
        }
        assert!(compared > 120, "{compared}");
        assert_eq!(normal_two_sided(-1.96), normal_two_sided(1.96));
    }

    #[test]
    fn ends() {
        assert_eq!(chi_square_upper(0.0, 3.0), 1.0);
        assert_eq!(chi_square_upper(f64::INFINITY, 1.0), 0.0);
        assert_eq!(chi_square_upper(f64::INFINITY, 3.0), 0.0);
        assert!(chi_square_upper(1.0, 0.0).is_nan());
        assert_eq!(normal_quantile(0.5), 0.0);
        assert_eq!(normal_lower(0.0), 0.5);
        assert_eq!(normal_quantile(0.0), f64::NEG_INFINITY);
        assert_eq!(normal_quantile(1.0), f64::INFINITY);
        assert!(normal_quantile(1.5).is_nan() && normal_quantile(f64::NAN).is_nan());
    }
}
