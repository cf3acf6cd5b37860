//! A standard error against the number of patients.

use super::Verdict;
use crate::evidence::{Printed, Range};

/// Up to this many patients the counts behind a rate are searched; with more, some count fits nearly every rate.
const MOST_COUNTED: u32 = 30;

/// Multiples of a standard error that are printed in its place: the half-width of a 95 % interval, or two.
const MULTIPLES: [f64; 2] = [1.959_963_984_540_054, 2.0];

/// A rate of `count` of `total` patients who were all followed to the end.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BinomialCount {
    /// Number of patients without the event.
    pub count: u32,
    /// Number of patients.
    pub total: u32,
    /// The rate in per cent.
    pub percent: f64,
    /// Binomial standard error, percentage points.
    pub standard_error: f64,
}

impl BinomialCount {
    /// Makes the rate of `count` of `total`; `None` where the count exceeds the total or the total is 0.
    #[must_use]
    pub fn new(count: u32, total: u32) -> Option<Self> {
        if total == 0 || count > total {
            return None;
        }
        let share = f64::from(count) / f64::from(total);
        Some(Self {
            count,
            total,
            percent: 100.0 * share,
            standard_error: 100.0 * binomial(share, f64::from(total)),
        })
    }
}

/// The relation of a standard error to the number of patients.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum StandardErrorVerdict {
    /// Rate and standard error are those of this count of all patients, none censored.
    OfAll(BinomialCount),
    /// No count of all patients gives the rate; this count of fewer gives rate and standard error.
    OfFewer(BinomialCount),
    /// At or above the binomial standard error, as it is where some are censored.
    Possible,
    /// So far above the binomial one that fewer than half of the patients carry the estimate; the multiple of the
    /// binomial one that it is, where it is a usual one (1.96 or 2).
    FarAbove {
        /// The factor, 1.96 or 2.
        multiple: Option<f64>,
    },
    /// Below the binomial one, which no standard error of a Kaplan–Meier estimate is; whether it is the binomial one
    /// cut after its last place.
    TooSmall {
        /// True if the number was cut instead of rounded.
        cut: bool,
    },
}

/// A standard error against the number of patients.
#[derive(Debug, Clone, PartialEq)]
pub struct StandardErrorCheck {
    /// Number of patients.
    pub n: u32,
    /// The rate in per cent.
    pub estimate: Printed,
    /// Its standard error, percentage points.
    pub standard_error: Printed,
    /// √(p(1 − p)/n), percentage points: the smallest standard error that n patients can give.
    pub binomial: f64,
    /// The printed standard error in units of it.
    pub ratio: Option<f64>,
    /// p(1 − p)/SE², the number of patients who would give this standard error without censoring.
    pub effective_n: Option<f64>,
    /// The counts of all patients next below and next above the rate.
    pub neighbours: Vec<BinomialCount>,
    /// The relation to the number of patients.
    pub verdict: StandardErrorVerdict,
}

impl StandardErrorCheck {
    /// Returns the verdict of the check.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        match self.verdict {
            StandardErrorVerdict::OfAll(_) => Verdict::Follows,
            StandardErrorVerdict::Possible => Verdict::Compatible,
            StandardErrorVerdict::OfFewer(_) | StandardErrorVerdict::FarAbove { .. } => Verdict::Conditional,
            StandardErrorVerdict::TooSmall { .. } => Verdict::DoesNotFollow,
        }
    }
}

/// Returns √(p(1 − p)/n).
fn binomial(share: f64, n: f64) -> f64 {
    (share * (1.0 - share) / n).max(0.0).sqrt()
}

/// Checks the standard error of a survival rate of `n` patients; `None` where the numbers are invalid (a rate outside 0
/// to 100, a negative error, no patients).
///
/// Greenwood's standard error is never below √(p(1 − p)/n), whatever the censoring: the number at risk before t is
/// n·Ŝ(t−)·Ĝ(t−) with Ĝ the curve of censoring, so that each term d/(n_j(n_j − d)) is at least the one without
/// censoring, and those sum to (1 − p)/(np). The bound is reached where nobody is censored before the time of the
/// estimate.
///
/// CCG-1953: 41.7 (9.2) % of 115. √(0.417 · 0.583/115) is 4.6 %, and 9.2 twice that.
#[must_use]
pub fn check_standard_error(n: u32, estimate: Printed, standard_error: Printed) -> Option<StandardErrorCheck> {
    let (share, error) = (estimate.value() / 100.0, standard_error.value() / 100.0);
    if n == 0 || !(0.0..=1.0).contains(&share) || error < 0.0 {
        return None;
    }
    let patients = f64::from(n);
    let smallest = binomial(share, patients);
    let positive = |value: f64| (value.is_finite() && value > 0.0).then_some(value);
    Some(StandardErrorCheck {
        n,
        estimate,
        standard_error,
        binomial: 100.0 * smallest,
        ratio: positive(error / smallest),
        effective_n: positive(share * (1.0 - share) / (error * error)),
        neighbours: neighbours(n, share),
        verdict: verdict(n, estimate, standard_error),
    })
}

fn neighbours(n: u32, share: f64) -> Vec<BinomialCount> {
    let exact = share * f64::from(n);
    let (below, above) = (exact.floor() as u32, exact.ceil() as u32);
    let counts = [Some(below), (above != below).then_some(above)];
    let counts = counts.into_iter().flatten();
    counts.filter_map(|count| BinomialCount::new(count, n)).collect()
}

fn verdict(n: u32, estimate: Printed, standard_error: Printed) -> StandardErrorVerdict {
    if let Some(count) = count_behind(n, estimate, standard_error) {
        return if count.total == n {
            StandardErrorVerdict::OfAll(count)
        } else {
            StandardErrorVerdict::OfFewer(count)
        };
    }
    let patients = f64::from(n);
    let at = |percent: f64| 100.0 * binomial((percent / 100.0).clamp(0.0, 1.0), patients);
    let rates = estimate.range();
    let (low, high) = (at(rates.low), at(rates.high));
    let possible = Range {
        low: low.min(high),
        high: low.max(high).max(if rates.holds(50.0) { at(50.0) } else { 0.0 }),
    };
    let errors = standard_error.range();
    if errors.high < possible.low - 1e-9 {
        let cut = standard_error.is_cut(at(estimate.value()));
        return StandardErrorVerdict::TooSmall { cut };
    }
    if errors.low > std::f64::consts::SQRT_2 * possible.high {
        let is_multiple = |multiple: &f64| {
            errors.meets(Range {
                low: multiple * possible.low,
                high: multiple * possible.high,
            })
        };
        return StandardErrorVerdict::FarAbove {
            multiple: MULTIPLES.into_iter().find(is_multiple),
        };
    }
    StandardErrorVerdict::Possible
}

/// The count of the most patients, at most n, that gives rate and standard error as printed. Of fewer than n only where
/// no count of n gives the rate.
fn count_behind(n: u32, estimate: Printed, standard_error: Printed) -> Option<BinomialCount> {
    if n > MOST_COUNTED {
        return None;
    }
    let of = |total: u32| (0..=total).filter_map(move |count| BinomialCount::new(count, total));
    let both =
        |count: &BinomialCount| estimate.is_rounded(count.percent) && standard_error.is_rounded(count.standard_error);
    let rate_fits = of(n).any(|count| estimate.is_rounded(count.percent));
    let fewest = if rate_fits { n } else { 1 };
    (fewest..=n).rev().find_map(|total| of(total).find(both))
}

#[cfg(test)]
mod tests {
    use super::*;
    use StandardErrorVerdict::{FarAbove, OfAll, OfFewer, Possible, TooSmall};

    fn check(n: u32, estimate: &str, error: &str) -> StandardErrorCheck {
        check_standard_error(n, Printed::read(estimate).unwrap(), Printed::read(error).unwrap()).unwrap()
    }

    /// CCG-1953: 9.2 with 115 infants is twice the binomial minimum of 4.6.
    #[test]
    fn ccg_1953() {
        let found = check(115, "41.7", "9.2");
        assert!((found.binomial - 4.597_9).abs() < 1e-4, "{found:?}");
        assert!((found.ratio.unwrap() - 2.0).abs() < 0.002);
        assert!((found.effective_n.unwrap() - 28.72).abs() < 0.01);
        assert_eq!(found.verdict, FarAbove { multiple: Some(2.0) });
        assert_eq!(check(115, "44.8", "5.6").verdict, Possible);
    }

    /// Severance: 60 ± 21.9 is 3 of 5, not of the 6 transplanted; the other rates are of all.
    #[test]
    fn severance() {
        let found = check(6, "60", "21.9");
        let OfFewer(count) = found.verdict else {
            panic!("{found:?}")
        };
        assert_eq!((count.count, count.total), (3, 5));
        let [below, above] = found.neighbours[..] else {
            panic!("{found:?}")
        };
        assert_eq!((below.count, above.count), (3, 4));
        assert!((above.percent - 66.667).abs() < 1e-3 && (above.standard_error - 19.245).abs() < 1e-3);
        for (n, estimate, error, count) in [
            (9, "66.7", "15.7", 6),
            (7, "57.1", "18.7", 4),
            (7, "85.7", "13.2", 6),
            (15, "93.3", "6.4", 14),
        ] {
            let OfAll(found) = check(n, estimate, error).verdict else {
                panic!("{estimate}")
            };
            assert_eq!((found.count, found.total), (count, n));
        }
    }

    /// MLL-10, intermediate risk: 17 of 18, so that one of the 19 was censored early.
    #[test]
    fn one_censored_early() {
        let OfFewer(count) = check(19, "94.4", "5.4").verdict else {
            panic!()
        };
        assert_eq!((count.count, count.total), (17, 18));
    }

    /// Tomizawa 2009: 10 of 39 has a standard error of 6.99, printed 6.9.
    #[test]
    fn cut_and_too_small() {
        assert_eq!(check(39, "25.6", "6.9").verdict, TooSmall { cut: true });
        assert_eq!(check(651, "46.1", "1.2").verdict, TooSmall { cut: false });
        assert_eq!(check(651, "46.1", "2.1").verdict, Possible);
        assert_eq!(check(651, "46.1", "1.2").verdict(), Verdict::DoesNotFollow);
    }

    #[test]
    fn ends_of_the_scale() {
        let none = check(10, "0", "0");
        assert_eq!((none.ratio, none.effective_n), (None, None));
        assert!(matches!(none.verdict, OfAll(_)));
        let fine = |text: &str| Printed::read(text).unwrap();
        assert_eq!(check_standard_error(0, fine("50"), fine("5")), None);
        assert_eq!(check_standard_error(9, fine("101"), fine("5")), None);
        assert_eq!(check_standard_error(9, fine("50"), fine("-5")), None);
    }
}
