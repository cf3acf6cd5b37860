//! Tail probabilities and the normal quantile, exact in the far tails.

use statrs::function::{erf::erfc_inv, gamma::checked_gamma_ur};

/// P(X ≥ x) for a chi-square variable with `df` degrees of freedom; 1 where `x` is not above 0.
#[must_use]
pub fn chi_square_upper(x: f64, df: f64) -> f64 {
    if !(x > 0.0 && df > 0.0) {
        return 1.0;
    }
    if df == 1.0 {
        return libm::erfc((x / 2.0).sqrt());
    }
    if df == 2.0 {
        return libm::exp(-x / 2.0);
    }
    checked_gamma_ur(df / 2.0, x / 2.0).unwrap_or(0.0)
}

/// P(|Z| ≥ |z|) for a standard normal variable.
#[must_use]
pub fn normal_two_sided(z: f64) -> f64 {
    libm::erfc(z.abs() / core::f64::consts::SQRT_2)
}

/// The `p` quantile of the standard normal distribution, 0 < p < 1.
#[must_use]
pub fn normal_quantile(p: f64) -> f64 {
    -core::f64::consts::SQRT_2 * erfc_inv(2.0 * p)
}
