//! A published number as an estimate with a standard error on a scale where it is roughly normal.

use super::{Estimate, Printed, Spread};
use crate::survival::{Interval, Scale, normal_quantile};

/// An estimate and its standard error on one scale.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Effect {
    /// The estimate on the scale of the effect.
    pub estimate: f64,
    /// Standard error of the estimate.
    pub std_err: f64,
}

/// Where the standard error of a published rate comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorOrigin {
    /// The printed standard error.
    Printed,
    /// Implied by the printed interval, which is symmetric on the scale named.
    FromInterval(Scale),
    /// Implied by the printed interval, which is symmetric on none of the scales: the mean of the standard errors that
    /// its two ends imply on this scale.
    FromAsymmetricInterval(Scale),
    /// Implied on the scale named by the one end of the printed interval that is not cut at 0 or 100.
    FromOneEnd(Scale),
    /// √(p(1 − p)/n), its minimum, reached without censoring.
    BinomialMinimum,
}

/// A published rate with a standard error.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rate {
    /// The rate in per cent.
    pub percent: f64,
    /// Standard error in percentage points.
    pub std_err: f64,
    /// The origin of the standard error.
    pub origin: ErrorOrigin,
}

impl Rate {
    /// Returns the rate of a row of the table: its standard error as printed, else the one that its interval implies
    /// (on the log-log scale where the interval is symmetric there, else on the plain scale where it is symmetric
    /// there; `origin` records where it is symmetric on neither, or has one end only), else, with `binomial`, the
    /// minimum for n. `None` where there is none of these: an unclear ± is never used.
    #[must_use]
    pub fn of(estimate: &Estimate, binomial: bool) -> Option<Self> {
        let percent = estimate.estimate.value();
        let rate = |std_err: f64, origin| {
            (std_err.is_finite() && std_err > 0.0).then_some(Self {
                percent,
                std_err,
                origin,
            })
        };
        match estimate.spread() {
            Spread::StandardError(error) => rate(error, ErrorOrigin::Printed),
            Spread::Interval95(..) => {
                let (error, origin) = from_interval(estimate.estimate, estimate.interval?, estimate.n)?;
                rate(error, origin)
            }
            Spread::Unclear(_) | Spread::NotStated if binomial => {
                let share = percent / 100.0;
                let error = (share * (1.0 - share) / f64::from(estimate.n?)).max(0.0).sqrt();
                rate(100.0 * error, ErrorOrigin::BinomialMinimum)
            }
            Spread::Unclear(_) | Spread::NotStated => None,
        }
    }

    /// The rate on a scale: g(p) and |g'(p)|·SE. `None` where the scale is infinite (0 and 100 %).
    #[must_use]
    pub fn on(self, scale: Scale) -> Option<Effect> {
        let share = self.percent / 100.0;
        if !(share > 0.0 && share < 1.0) {
            return None;
        }
        let (estimate, slope) = scale.transform(share)?;
        let std_err = slope.abs() * self.std_err / self.percent;
        Effect::new(estimate, std_err)
    }
}

/// Why a row of the table cannot be used as an effect on a scale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoEffect {
    /// It has no standard error.
    #[error("no standard error")]
    NoStandardError,
    /// At 0 and 100 % the minimum for n is 0, which is not a usable standard error.
    #[error("no variance at 0 and 100 %")]
    NoVariance,
    /// The scale is infinite there, as it is at 0 and 100 %.
    #[error("infinite on the scale {0:?}")]
    OffTheScale(Scale),
    /// It is the estimate of this other row once more.
    #[error("the estimate of {0} once more")]
    SameAs(&'static str),
    /// It is of another endpoint than this other row, or one of them names none.
    #[error("not the endpoint of {0}")]
    OtherEndpoint(&'static str),
}

/// A row that cannot be used as an effect on a scale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{id}: {why}")]
pub struct EffectError {
    /// Id of the row.
    pub id: &'static str,
    /// The reason.
    pub why: NoEffect,
}

/// Converts rows of the table to effects on a scale; see [`Rate::of`] for `binomial`.
///
/// # Errors
/// The first row that cannot be used.
pub fn rates_on(estimates: &[&Estimate], scale: Scale, binomial: bool) -> Result<Vec<Effect>, EffectError> {
    let on = |estimate: &&Estimate| {
        let error = |why| EffectError { id: estimate.id, why };
        let lacks = if estimate.is_at_end() {
            NoEffect::NoVariance
        } else {
            NoEffect::NoStandardError
        };
        let rate = Rate::of(estimate, binomial).ok_or(error(lacks))?;
        rate.on(scale).ok_or(error(NoEffect::OffTheScale(scale)))
    };
    for (position, estimate) in estimates.iter().enumerate() {
        if let Some(known) = estimates[..position].iter().find(|known| known.is_same_as(estimate)) {
            return Err(EffectError {
                id: estimate.id,
                why: NoEffect::SameAs(known.id),
            });
        }
        let unlike = |known: &&&Estimate| !known.endpoint.compares_with(estimate.endpoint);
        if let Some(known) = estimates[..position].iter().find(unlike) {
            return Err(EffectError {
                id: estimate.id,
                why: NoEffect::OtherEndpoint(known.id),
            });
        }
    }
    estimates.iter().map(on).collect()
}

impl Effect {
    /// An estimate with a standard error above 0; `None` where one is not finite.
    #[must_use]
    pub fn new(estimate: f64, std_err: f64) -> Option<Self> {
        let variance = std_err * std_err;
        let fits = estimate.is_finite() && variance.is_finite() && variance > 0.0 && std_err > 0.0;
        fits.then_some(Self { estimate, std_err })
    }

    /// The logarithm of a ratio with the interval of `level` that was printed; `None` unless 0 < lower < upper.
    #[must_use]
    pub fn of_ratio(ratio: f64, lower: f64, upper: f64, level: f64) -> Option<Self> {
        if !(ratio > 0.0 && lower > 0.0 && upper > lower && level > 0.0 && level < 1.0) {
            return None;
        }
        let reach = libm::log(upper) - libm::log(lower);
        let z = normal_quantile(1.0 - (1.0 - level) / 2.0);
        Self::new(libm::log(ratio), reach / (2.0 * z))
    }
}

/// A ratio from its logarithm.
#[must_use]
pub fn ratio_of(log: f64) -> f64 {
    libm::exp(log)
}

/// Returns the standard error that a 95 % interval implies, in percentage points, and its scale.
///
/// An interval with one end is used on a scale on which that end does not imply less than the binomial minimum of n;
/// without n there is no standard error.
fn from_interval(estimate: Printed, interval: (Printed, Printed), n: Option<u32>) -> Option<(f64, ErrorOrigin)> {
    let check = super::check::check_interval(estimate, interval, None, n, 0.95)?;
    let wanted = [Scale::LogLog, Scale::Plain];
    let on = |scale| check.scales.iter().find(move |fit| fit.scale == scale);
    let fits = || wanted.into_iter().filter_map(on);
    if check.is_cut() {
        let fit = fits().find(|fit| n.is_some() && fit.implied().is_some() && !fit.below_binomial)?;
        return Some((fit.implied()?, ErrorOrigin::FromOneEnd(fit.scale)));
    }
    match fits().find(|fit| fit.symmetric == Some(true)) {
        Some(fit) => Some((fit.implied()?, ErrorOrigin::FromInterval(fit.scale))),
        None => {
            let fit = fits().next()?;
            Some((fit.implied()?, ErrorOrigin::FromAsymmetricInterval(fit.scale)))
        }
    }
}

/// A number on a scale as a rate in per cent; on the plain scale it is cut at 0 and 100.
#[must_use]
pub fn percent_on(scale: Scale, value: f64) -> f64 {
    let share = match scale {
        Scale::Plain => value.clamp(0.0, 1.0),
        Scale::Log => libm::exp(value).min(1.0),
        Scale::LogLog => libm::exp(-libm::exp(value)),
        Scale::Logit => 1.0 / (1.0 + libm::exp(-value)),
        Scale::Arcsin => {
            let sine = libm::sin(value.clamp(0.0, std::f64::consts::FRAC_PI_2));
            sine * sine
        }
    };
    100.0 * share
}

/// An interval on a scale as rates in per cent, the lower first.
#[must_use]
pub fn percents_on(scale: Scale, interval: Interval) -> Interval {
    let (a, b) = (percent_on(scale, interval.lower), percent_on(scale, interval.upper));
    Interval {
        lower: a.min(b),
        upper: a.max(b),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::published;

    /// MLL96/98, germline: 95.5 (86.9–100) %, n = 22. On the log(−log) scale the lower end alone implied 2.5 points,
    /// less than the 4.4 that 22 patients can give at best, and three times its weight in a pool.
    #[test]
    fn one_end_of_an_interval_is_not_taken_for_a_symmetric_one() {
        let row = published().estimate("mll96-98-germline/1").unwrap();
        let rate = Rate::of(row, false).unwrap();
        assert_eq!(rate.origin, ErrorOrigin::FromOneEnd(Scale::Plain));
        assert!((rate.std_err - 4.39).abs() < 0.005, "{rate:?}");
        let printed = |text: &str| Printed::read(text).unwrap();
        let cut = (printed("86.9"), printed("100"));
        // Without n the scale is unknown.
        assert_eq!(from_interval(printed("95.5"), cut, None), None);
        assert_eq!(from_interval(printed("95.5"), cut, Some(22)).unwrap().1, rate.origin);
    }

    #[test]
    fn an_interval_that_is_symmetric_nowhere_says_so() {
        let printed = |text: &str| Printed::read(text).unwrap();
        let of = |low: &str, high: &str| {
            from_interval(printed("50.0"), (printed(low), printed(high)), Some(40))
                .unwrap()
                .1
        };
        assert_eq!(of("35.0", "65.0"), ErrorOrigin::FromInterval(Scale::Plain));
        assert_eq!(of("20.0", "55.0"), ErrorOrigin::FromAsymmetricInterval(Scale::LogLog));
    }

    /// At 0 and 100 % the least standard error that n allows is 0.
    #[test]
    fn a_rate_at_the_end_has_no_variance_whatever_n_is() {
        let row = published().estimate("severance/5").unwrap();
        let refused = rates_on(&[row], Scale::Plain, true).unwrap_err();
        assert_eq!((refused.id, refused.why), ("severance/5", NoEffect::NoVariance));
    }

    #[test]
    fn scales_and_back() {
        let rate = Rate {
            percent: 36.9,
            std_err: 3.1,
            origin: ErrorOrigin::Printed,
        };
        for scale in [Scale::LogLog, Scale::Plain, Scale::Log, Scale::Logit, Scale::Arcsin] {
            let effect = rate.on(scale).unwrap();
            assert!((percent_on(scale, effect.estimate) - 36.9).abs() < 1e-12, "{scale:?}");
            // The slope by a difference.
            let moved = Rate {
                percent: 36.9 + 1e-5,
                ..rate
            }
            .on(scale)
            .unwrap();
            let slope = (moved.estimate - effect.estimate).abs() / 1e-5;
            assert!((slope * 3.1 / effect.std_err - 1.0).abs() < 1e-5, "{scale:?}");
        }
        assert_eq!(Rate { percent: 100.0, ..rate }.on(Scale::LogLog), None);
    }

    #[test]
    fn where_a_standard_error_comes_from() {
        let rate = |id: &str, binomial| Rate::of(published().estimate(id).unwrap(), binomial);
        assert_eq!(rate("interfant-06/2", false).unwrap().origin, ErrorOrigin::Printed);
        let koh = rate("mll03/1", false).unwrap();
        assert_eq!(koh.origin, ErrorOrigin::FromInterval(Scale::LogLog));
        assert!((koh.std_err - 6.3).abs() < 0.05, "{koh:?}");
        let dreyer = rate("ccg-pog-2011/1", false).unwrap();
        assert_eq!(dreyer.origin, ErrorOrigin::FromInterval(Scale::Plain));
        assert_eq!(rate("ccg-1953/1", false), None);
        let least = rate("ccg-1953/1", true).unwrap();
        assert_eq!(least.origin, ErrorOrigin::BinomialMinimum);
        assert!((least.std_err - 4.598).abs() < 1e-3);
        assert_eq!(rate("jeon-2002/1", false), None);
        assert_eq!(rate("interfant-06/5", true), None);
    }
}
