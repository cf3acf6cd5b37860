//! Restricted cubic splines: a smooth function of a covariate that is linear beyond its outer knots.

use super::order::sorted_by;
use super::quantile::quantile;

/// A restricted cubic spline by its knots t₁ < … < tₖ, k being 3 to 5 (Harrell, Regression Modeling Strategies, 2nd ed.,
/// section 2.4).
#[derive(Debug, Clone, PartialEq)]
pub struct RestrictedCubic {
    knots: Vec<f64>,
}

/// Why values have no such spline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SplineError {
    /// The number of knots is not 3, 4 or 5.
    #[error("a number of knots that is not 3, 4 or 5")]
    KnotCount,
    /// A value, or a knot, that is not finite.
    #[error("a value that is not finite")]
    NotFinite,
    /// Two knots are equal: too few different values, or too many at one place.
    #[error("two knots at one value")]
    EqualKnots,
}

impl RestrictedCubic {
    /// The spline with these knots, ascending.
    ///
    /// ```
    /// use cotside_core::survival::{RestrictedCubic, SplineError};
    ///
    /// assert_eq!(RestrictedCubic::new(vec![1.0, 2.0, 4.0]).unwrap().knots(), [1.0, 2.0, 4.0]);
    /// assert_eq!(RestrictedCubic::new(vec![1.0, 1.0, 4.0]), Err(SplineError::EqualKnots));
    /// ```
    ///
    /// # Errors
    /// [`SplineError`].
    pub fn new(knots: Vec<f64>) -> Result<Self, SplineError> {
        if !(3..=5).contains(&knots.len()) {
            return Err(SplineError::KnotCount);
        }
        if knots.iter().any(|knot| !knot.is_finite()) {
            return Err(SplineError::NotFinite);
        }
        if knots.windows(2).any(|pair| pair[0] >= pair[1]) {
            return Err(SplineError::EqualKnots);
        }
        Ok(Self { knots })
    }

    /// The spline with so many knots at Harrell's quantiles of the values: 0.10, 0.50, 0.90 for three; 0.05, 0.35, 0.65,
    /// 0.95 for four; 0.05, 0.275, 0.50, 0.725, 0.95 for five. O(n log n).
    ///
    /// ```
    /// use cotside_core::survival::RestrictedCubic;
    ///
    /// // R: quantile(1:11, c(0.1, 0.5, 0.9))
    /// let values: Vec<f64> = (1..=11).map(f64::from).collect();
    /// assert_eq!(RestrictedCubic::at_quantiles(&values, 3).unwrap().knots(), [2.0, 6.0, 10.0]);
    /// ```
    ///
    /// # Errors
    /// [`SplineError`].
    pub fn at_quantiles(values: &[f64], knots: usize) -> Result<Self, SplineError> {
        let at: &[f64] = match knots {
            3 => &[0.10, 0.50, 0.90],
            4 => &[0.05, 0.35, 0.65, 0.95],
            5 => &[0.05, 0.275, 0.50, 0.725, 0.95],
            _ => return Err(SplineError::KnotCount),
        };
        if values.iter().any(|value| !value.is_finite()) {
            return Err(SplineError::NotFinite);
        }
        let ascending: Vec<f64> = sorted_by(values)
            .into_iter()
            .filter_map(|place| values.get(place as usize).copied())
            .collect();
        let found: Option<Vec<f64>> = at.iter().map(|&p| quantile(&ascending, p)).collect();
        Self::new(found.ok_or(SplineError::EqualKnots)?)
    }

    /// The knots, ascending.
    #[must_use]
    pub fn knots(&self) -> &[f64] {
        &self.knots
    }

    /// Returns the values of the k − 1 functions at `x`: x itself, then for each j of 1 … k − 2
    /// ((x − tⱼ)₊³ − (x − tₖ₋₁)₊³ (tₖ − tⱼ)/(tₖ − tₖ₋₁) + (x − tₖ)₊³ (tₖ₋₁ − tⱼ)/(tₖ − tₖ₋₁)) / (tₖ − t₁)²,
    /// as `Hmisc::rcspline.eval` in R. All but the first are 0 where the relation is linear.
    ///
    /// ```
    /// use cotside_core::survival::RestrictedCubic;
    ///
    /// // By hand, with t = 0, 1, 2: (1.5³ − 0.5³ · 2) / 4; beyond the outer knots the function is linear.
    /// let spline = RestrictedCubic::new(vec![0.0, 1.0, 2.0]).unwrap();
    /// assert_eq!(spline.basis(1.5), [1.5, (3.375 - 0.25) / 4.0]);
    /// assert_eq!([3.0, 4.0, 5.0].map(|x| spline.basis(x)[1]), [3.0, 4.5, 6.0]);
    /// ```
    #[must_use]
    pub fn basis(&self, x: f64) -> Vec<f64> {
        let [.., before_last, last] = self.knots[..] else {
            return vec![x];
        };
        let first = self.knots.first().copied().unwrap_or_default();
        let cube = |knot: f64| {
            let beyond = (x - knot).max(0.0);
            beyond * beyond * beyond
        };
        let end = last - before_last;
        let unit = (last - first) * (last - first);
        let curved = self.knots[..self.knots.len() - 2].iter().map(|&knot| {
            let tail = (cube(last) * (before_last - knot) - cube(before_last) * (last - knot)) / end;
            (cube(knot) + tail) / unit
        });
        std::iter::once(x).chain(curved).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_without_a_spline() {
        let of = RestrictedCubic::at_quantiles;
        assert_eq!(of(&[1.0, 2.0], 2), Err(SplineError::KnotCount));
        assert_eq!(of(&[], 3), Err(SplineError::EqualKnots));
        assert_eq!(of(&[1.0; 20], 3), Err(SplineError::EqualKnots));
        assert_eq!(of(&[1.0, f64::NAN], 3), Err(SplineError::NotFinite));
        let few: Vec<f64> = (0..40).map(|row| if row < 38 { 0.0 } else { 1.0 }).collect();
        assert_eq!(of(&few, 4), Err(SplineError::EqualKnots));
    }

    #[test]
    fn it_is_linear_beyond_its_outer_knots() {
        let spline = RestrictedCubic::new(vec![1.0, 2.0, 4.0, 7.0, 8.0]).unwrap();
        for at in [[-3.0, -1.0, 1.0], [8.0, 20.0, 32.0]] {
            let [low, middle, high] = at.map(|x| spline.basis(x));
            for column in 0..4 {
                let bend = low[column] - 2.0 * middle[column] + high[column];
                assert!(bend.abs() < 1e-10, "{at:?} {column}: {bend}");
            }
        }
    }
}
