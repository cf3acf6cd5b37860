//! Correction of p values for the number of tests.

use super::sorted_by;

/// How p values are corrected for the number of tests: `method` of R's `p.adjust`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Multiplicity {
    /// Not at all.
    None,
    /// Step-down (Holm, Scand J Stat 1979;6:65).
    #[default]
    Holm,
    /// Each p value times the number of tests.
    Bonferroni,
}

impl Multiplicity {
    /// Returns the p values corrected for the number of those that exist; each at most 1.
    ///
    /// ```
    /// use cotside_core::survival::Multiplicity;
    ///
    /// // R: p.adjust(c(0.01, NA, 0.03, 0.02), "holm") and "bonferroni"
    /// let p = [Some(0.01), None, Some(0.03), Some(0.02)];
    /// assert_eq!(Multiplicity::Holm.adjusted(&p), [Some(0.03), None, Some(0.04), Some(0.04)]);
    /// assert_eq!(Multiplicity::Bonferroni.adjusted(&p), [Some(0.03), None, Some(0.09), Some(0.06)]);
    /// assert_eq!(Multiplicity::None.adjusted(&p), p);
    /// ```
    #[must_use]
    pub fn adjusted(self, p: &[Option<f64>]) -> Vec<Option<f64>> {
        let known: Vec<f64> = p.iter().copied().flatten().collect();
        let count = known.len() as f64;
        let found: Vec<f64> = match self {
            Self::None => known,
            Self::Bonferroni => known.iter().map(|p| (p * count).min(1.0)).collect(),
            Self::Holm => {
                let (mut corrected, mut largest) = (known.clone(), 0.0_f64);
                for (rank, place) in sorted_by(&known).into_iter().enumerate() {
                    largest = largest.max(known[place as usize] * (count - rank as f64)).min(1.0);
                    corrected[place as usize] = largest;
                }
                corrected
            }
        };
        let mut found = found.into_iter();
        p.iter().map(|p| p.and_then(|_| found.next())).collect()
    }
}
