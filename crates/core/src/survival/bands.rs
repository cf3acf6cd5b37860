//! Simultaneous confidence bands of a survival curve.

use super::{CurveVariance, Interval, Scale, SurvivalCurve};
use super::{normal_lower, normal_quantile};

/// The kind of a simultaneous confidence band.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BandKind {
    /// Equal precision (Nair 1984): a pointwise interval with a larger quantile.
    EqualPrecision,
    /// Hall and Wellner 1980: width proportional to 1 + nσ²(t).
    HallWellner,
}

/// A band over the steps from `first` to `last`.
#[derive(Debug, Clone, PartialEq)]
pub struct Band {
    /// The quantile: c(a_L, a_U) of the equal-precision band, k(a_L, a_U) of Hall and Wellner's.
    pub quantile: f64,
    /// nσ²/(1 + nσ²) at the first step.
    pub from: f64,
    /// nσ²/(1 + nσ²) at the last step.
    pub to: f64,
    /// Index of the first step of the band.
    pub first: usize,
    /// One interval a step from `first` on; `None` where the scale has none.
    pub intervals: Vec<Option<Interval>>,
}

/// Returns the band that contains the whole curve over the event times in `[from, to]` (cut to where 0 < Ŝ < 1) with
/// probability `level`.
///
/// With n rows (the sum of whole-number weights, which stand for rows) and Greenwood's σ² = Σ d/(n_j(n_j − d_j)), the logarithm of Ŝ reaches c·σ to either side (equal
/// precision) or k·(1 + nσ²)/√n (Hall–Wellner), on the given scale; Klein and Moeschberger 2003, section 4.4.
/// `None` where no step lies in the range or the level is not between 0.5 and 1, and for a curve with the robust
/// variance: the bands assume independent increments, which weighted rows do not have.
///
/// ```
/// use cotside_core::survival::{BandKind, FollowUp, Scale, band, kaplan_meier};
///
/// // Five rows; by hand nσ²/(1 + nσ²) is 1/5 at the first event and 43/55 at the last. R: uniroot of the tail of
/// // equal_precision_quantile gives c = 2.88988387; survival:::survfit_confint with that quantile gives the band.
/// let curve = kaplan_meier(&FollowUp::new(vec![1.0, 2.0, 3.0, 4.0, 5.0], vec![1, 0, 1, 1, 0]).unwrap());
/// let found = band(&curve, BandKind::EqualPrecision, Scale::LogLog, 0.95, 1.0, 4.0).unwrap();
/// assert!((found.from - 0.2).abs() < 1e-12 && (found.to - 43.0 / 55.0).abs() < 1e-12);
/// assert!((found.quantile - 2.889_883_873).abs() < 1e-8);
/// let first = found.intervals[0].unwrap();
/// assert!((first.lower - 0.017_618_910).abs() < 1e-8 && (first.upper - 0.987_746_961).abs() < 1e-8);
/// ```
#[must_use]
pub fn band(curve: &SurvivalCurve, kind: BandKind, scale: Scale, level: f64, from: f64, to: f64) -> Option<Band> {
    let inside = |step: &usize| {
        let (time, survival) = (curve.time()[*step], curve.survival()[*step]);
        time >= from && time <= to && survival > 0.0 && survival < 1.0
    };
    let first = (0..curve.len()).find(inside)?;
    let last = (first..curve.len()).rev().find(inside)?;
    if !(0.5..1.0).contains(&level) || curve.variance() == CurveVariance::Robust {
        return None;
    }
    let n: f64 = curve.events().iter().chain(curve.censored()).sum();
    let precision = |step: usize| curve.log_std_err(step).map(|error| n * error * error);
    let fraction = |step: usize| precision(step).map(|x| x / (1.0 + x));
    let (low, high) = (fraction(first)?, fraction(last)?);
    let quantile = match kind {
        BandKind::EqualPrecision => equal_precision_quantile(low, high, level),
        BandKind::HallWellner => hall_wellner_quantile(low, high, level),
    }?;
    let interval = |step: usize| {
        let reach = match kind {
            BandKind::EqualPrecision => quantile * curve.log_std_err(step)?,
            BandKind::HallWellner => quantile * (1.0 + precision(step)?) / n.sqrt(),
        };
        scale.interval(curve.survival()[step], reach)
    };
    Some(Band {
        quantile,
        from: low,
        to: high,
        first,
        intervals: (first..=last).map(interval).collect(),
    })
}

/// Returns the x with 4φ(x)/x + φ(x)(x − 1/x)·log(b(1 − a)/(a(1 − b))) = 1 − level: the tail of the largest
/// |W⁰(u)|/√(u(1 − u)) of a Brownian bridge over `[a, b]` (Miller and Siegmund 1982), by which the published tables
/// were made. `None` unless 0 < a ≤ b < 1 and 0.5 ≤ level < 1.
///
/// ```
/// use cotside_core::survival::equal_precision_quantile;
///
/// // R: phi <- dnorm; f <- function(x) 4*phi(x)/x + phi(x)*(x - 1/x)*log(0.9*0.9/(0.1*0.1)) - 0.05
/// //    uniroot(f, c(1.5, 6), tol = 1e-13)$root
/// assert!((equal_precision_quantile(0.1, 0.9, 0.95).unwrap() - 3.054_168_984).abs() < 1e-8);
/// ```
#[must_use]
pub fn equal_precision_quantile(a: f64, b: f64, level: f64) -> Option<f64> {
    if !(a > 0.0 && a <= b && b < 1.0 && (0.5..1.0).contains(&level)) {
        return None;
    }
    let stretch = libm::log(b * (1.0 - a) / (a * (1.0 - b)));
    let tail = |x: f64| {
        let density = libm::exp(-0.5 * x * x) * 0.398_942_280_401_432_7;
        density * (4.0 / x + (x - 1.0 / x) * stretch)
    };
    // From 1 on the tail rises at most once before it falls: one crossing.
    Some(falling_root(tail, 1.0 - level, 1.0, 30.0))
}

/// Returns the x with P(|W⁰(u)| ≤ x for all u in `[a, b]`) = level, W⁰ a Brownian bridge. `None` unless 0 ≤ a ≤ b ≤ 1,
/// b > 0, a < 1 and 0.5 ≤ level < 1.
///
/// ```
/// use cotside_core::survival::hall_wellner_quantile;
///
/// // Over the whole of [0, 1] it is Kolmogorov's quantile. R: uniroot of 1 - 2*sum((-1)^(k - 1)*exp(-2*k^2*x^2)) - 0.95
/// assert!((hall_wellner_quantile(0.0, 1.0, 0.95).unwrap() - 1.358_098_639).abs() < 1e-6);
/// ```
#[must_use]
pub fn hall_wellner_quantile(a: f64, b: f64, level: f64) -> Option<f64> {
    if !(a >= 0.0 && a <= b && b <= 1.0 && b > 0.0 && a < 1.0 && (0.5..1.0).contains(&level)) {
        return None;
    }
    if a == b {
        return Some(normal_quantile(0.5 + 0.5 * level) * (a * (1.0 - a)).sqrt());
    }
    // The quantile is at least the normal one (b = a) and below 5: P(sup |W⁰| > 5) is 1e-21.
    let least = 1e-3 * normal_quantile(level);
    Some(falling_root(|x| 1.0 - bridge_within(a, b, x), 1.0 - level, least, 5.0))
}

/// P(|W⁰(u)| ≤ x over `[a, b]`): the path starts at W⁰(a) = u, of density φ_a, moves between the barriers as the sum
/// over mirror images says, and has to come back to 0 at 1; the integral over its place at b is normal, the one over u
/// is Simpson's.
fn bridge_within(a: f64, b: f64, x: f64) -> f64 {
    const INTERVALS: usize = 400;
    let root_two_pi = 2.506_628_274_631_000_7;
    let density = |u: f64, variance: f64| libm::exp(-0.5 * u * u / variance) / (root_two_pi * variance.sqrt());
    let spread = ((b - a) * (1.0 - b) / (1.0 - a)).max(0.0).sqrt();
    let ends_within = |centre: f64| {
        let mean = centre * (1.0 - b) / (1.0 - a);
        if spread == 0.0 {
            return 1.0;
        }
        normal_lower((x - mean) / spread) - normal_lower((-x - mean) / spread)
    };
    let from = |u: f64| {
        let image = |centre: f64| {
            let density = density(centre, 1.0 - a);
            if density > 1e-18 {
                density * ends_within(centre)
            } else {
                0.0
            }
        };
        (-20_i32..=20)
            .map(|k| f64::from(k) * 4.0 * x)
            .filter(|shift| shift.abs() < 10.0 + 4.0 * x)
            .map(|shift| image(u - shift) - image(2.0 * x - u - shift))
            .sum::<f64>()
    };
    if a == 0.0 {
        return root_two_pi * from(0.0);
    }
    let reach = x.min(9.0 * a.sqrt());
    let step = 2.0 * reach / INTERVALS as f64;
    let sum: f64 = (0..=INTERVALS)
        .map(|i| {
            let u = -reach + step * i as f64;
            let weight = match i {
                0 | INTERVALS => 1.0,
                odd if odd % 2 == 1 => 4.0,
                _ => 2.0,
            };
            weight * density(u, a) * from(u)
        })
        .sum();
    root_two_pi * sum * step / 3.0
}

/// Returns where a function that falls from above `level` at `low` to below it at `high` equals it: regula falsi with
/// the Illinois step, and bisection where that is slow.
fn falling_root(function: impl Fn(f64) -> f64, level: f64, mut low: f64, mut high: f64) -> f64 {
    let (mut above, mut below) = (function(low) - level, function(high) - level);
    let mut last_moved_low = None;
    for turn in 0..200 {
        let chord = (low * below - high * above) / (below - above);
        let middle = if turn % 4 == 3 || !(chord > low && chord < high) {
            f64::midpoint(low, high)
        } else {
            chord
        };
        let value = function(middle) - level;
        if value.abs() < 1e-15 || high - low < 1e-14 * high {
            return middle;
        }
        if value > 0.0 {
            if last_moved_low == Some(true) {
                below *= 0.5;
            }
            (low, above, last_moved_low) = (middle, value, Some(true));
        } else {
            if last_moved_low == Some(false) {
                above *= 0.5;
            }
            (high, below, last_moved_low) = (middle, value, Some(false));
        }
    }
    f64::midpoint(low, high)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::survival::{Confidence, FollowUp, kaplan_meier};

    /// The tables of Klein and Moeschberger (2003), example 4.2: 2.8826 and 1.3211 over 0.1 to 0.6; and Kolmogorov's
    /// 1.3581 over the whole bridge.
    #[test]
    fn quantiles_as_published() {
        let shown = |value: Option<f64>| format!("{:.4}", value.unwrap());
        assert_eq!(shown(equal_precision_quantile(0.1, 0.6, 0.95)), "2.8826");
        assert_eq!(shown(hall_wellner_quantile(0.1, 0.6, 0.95)), "1.3211");
        assert_eq!(shown(hall_wellner_quantile(0.0, 1.0, 0.95)), "1.3581");
        assert_eq!(shown(hall_wellner_quantile(0.0, 1.0, 0.99)), "1.6276");
        assert_eq!(equal_precision_quantile(0.0, 0.6, 0.95), None);
    }

    /// At one single place the bridge is normal.
    #[test]
    fn one_place_is_normal() {
        let normal = normal_quantile(0.975) * 0.21_f64.sqrt();
        let x = |b| hall_wellner_quantile(0.3, b, 0.95).unwrap();
        assert!((x(0.3) - normal).abs() < 1e-12);
        assert!(x(0.301) > normal && x(0.301) < 1.1 * normal, "{}", x(0.301));
    }

    /// A row of weight 2 stands for two rows.
    #[test]
    fn whole_weights_are_rows() {
        let (time, event) = (vec![1.0, 2.0, 3.0, 4.0, 5.0, 6.0], vec![1, 0, 1, 1, 0, 1]);
        let twice = |all: &[f64]| [all, all].concat();
        let rows = FollowUp::new(twice(&time), [&event[..], &event[..]].concat()).unwrap();
        let weighted = FollowUp::new(time, event).unwrap().weighted(vec![2.0; 6]).unwrap();
        for kind in [BandKind::EqualPrecision, BandKind::HallWellner] {
            let of = |rows: &FollowUp| band(&kaplan_meier(rows), kind, Scale::LogLog, 0.95, 1.0, 5.0).unwrap();
            assert_eq!(of(&weighted), of(&rows), "{kind:?}");
        }
    }

    #[test]
    fn bands_hold_the_pointwise_intervals() {
        let curve = kaplan_meier(&FollowUp::new((1..=20).map(f64::from).collect(), vec![1; 20]).unwrap());
        for kind in [BandKind::EqualPrecision, BandKind::HallWellner] {
            let band = band(&curve, kind, Scale::LogLog, 0.95, 3.0, 15.0).unwrap();
            assert_eq!((band.first, band.intervals.len()), (2, 13));
            for (offset, interval) in band.intervals.iter().enumerate() {
                let inner = curve.interval(band.first + offset, Confidence::default()).unwrap();
                let outer = interval.unwrap();
                assert!(
                    outer.lower < inner.lower && inner.upper < outer.upper,
                    "{kind:?} {offset}"
                );
            }
        }
        assert_eq!(
            band(&curve, BandKind::HallWellner, Scale::LogLog, 0.95, 30.0, 40.0),
            None
        );
    }
}
