//! The Wald test of one coefficient.

use super::p_value::normal_two_sided;

/// The Wald test of a coefficient against 0.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Z {
    /// Coefficient over standard error.
    pub z: f64,
    /// P(|Z| > |z|) of a normal variable.
    pub p: f64,
}

impl Z {
    /// Returns the test; `None` where the ratio is not finite.
    ///
    /// ```
    /// use cotside_core::survival::Z;
    ///
    /// // R: 2 * pnorm(-1.96)
    /// let found = Z::new(0.98, 0.5).unwrap();
    /// assert!((found.z - 1.96).abs() < 1e-12 && (found.p - 0.049_995_790_296).abs() < 1e-11);
    /// assert_eq!(Z::new(1.0, 0.0), None);
    /// ```
    #[must_use]
    pub fn new(coefficient: f64, std_err: f64) -> Option<Self> {
        let z = coefficient / std_err;
        z.is_finite().then(|| Self {
            z,
            p: normal_two_sided(z),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_standard_errors_are_about_5_percent() {
        let found = Z::new(-1.0, 0.5).unwrap();
        assert_eq!(found.z, -2.0);
        assert!((found.p - 0.045_500_263_896_358_4).abs() < 1e-15);
        assert_eq!(Z::new(1.0, 0.0), None);
    }
}
