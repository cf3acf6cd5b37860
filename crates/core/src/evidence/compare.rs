//! Comparison of two published rates: their difference, and cautions against reading it as an effect of treatment.

use super::{ErrorOrigin, Estimate, PublishedStudy, Rate, Reached};
use crate::survival::{Interval, Scale, normal_two_sided};

/// Years between the middles of two periods of enrolment that overlap, from which a caution is given.
pub(super) const MIDDLES_APART: f64 = 5.0;

/// Difference of KMT2A-rearranged shares from which populations differ.
pub(super) const SHARE_APART: f64 = 0.05;

/// Patients below which an estimate is one of few.
pub(super) const FEW: u32 = 20;

/// A reason not to read a difference as one of treatments. Pairs are (first, second).
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Caution {
    /// Patients were not allotted to the two by chance: every comparison of two reports.
    NotRandomised,
    /// Both rows are the same estimate.
    SameEstimate,
    /// Some children may be in both.
    SharedInfants,
    /// Eras differ: the two periods of enrolment, from the first to the last year, do not overlap.
    Era {
        /// First and last year of enrolment of the first.
        first: (u16, u16),
        /// The same of the second.
        second: (u16, u16),
    },
    /// The periods of enrolment overlap, and their middles are five years apart or more.
    Middles {
        /// Middle of enrolment of the first, a year.
        first: f64,
        /// The same of the second.
        second: f64,
    },
    /// Years of enrolment of one or both could not be read.
    EraNotStated,
    /// Age limits are worded differently.
    AgeLimit(&'static str, &'static str),
    /// Studies that different KMT2A findings could enter.
    Entry(&'static str, &'static str),
    /// Shares of KMT2A-rearranged infants differ.
    Kmt2aShare {
        /// Of the first, 0 to 1.
        first: f64,
        /// Midpoint or time of the second, in years.
        second: f64,
    },
    /// The KMT2A-rearranged share of one or both is not known.
    Kmt2aShareNotStated,
    /// The endpoints differ.
    Endpoint,
    /// The definitions of an event differ, or could not be read for one or both (then empty).
    EventDefinition(&'static str, &'static str),
    /// Time counts from different points, or from when could not be read (then empty).
    TimeOrigin(&'static str, &'static str),
    /// The rates are at different times.
    Time {
        /// Time of the first, in years.
        first: f64,
        /// Midpoint or time of the second, in years.
        second: f64,
    },
    /// The time of one or both is not stated.
    TimeNotStated,
    /// One or both count only children who reached a state.
    Selected(Reached, Reached),
    /// One has fewer than 20 patients.
    Few(u32, u32),
    /// How many patients is not stated for one or both.
    NumberNotStated,
    /// A standard error is the least possible, so that the interval of the difference is too narrow.
    LeastStandardError,
    /// A printed ± is of unclear meaning and was not used.
    UnclearSpread,
    /// One was read in a secondary source.
    SecondHand,
    /// One is of the reader's own and was not checked.
    Unchecked,
}

impl Caution {
    /// Returns the code used in JSON.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotRandomised => "not_randomised",
            Self::SameEstimate => "same_estimate",
            Self::SharedInfants => "shared_infants",
            Self::Era { .. } => "era",
            Self::Middles { .. } => "era_middle",
            Self::EraNotStated => "era_not_stated",
            Self::AgeLimit(..) => "age_limit",
            Self::Entry(..) => "entry",
            Self::Kmt2aShare { .. } => "kmt2a_share",
            Self::Kmt2aShareNotStated => "kmt2a_share_not_stated",
            Self::Endpoint => "endpoint",
            Self::EventDefinition(..) => "event_definition",
            Self::TimeOrigin(..) => "time_origin",
            Self::Time { .. } => "time",
            Self::TimeNotStated => "time_not_stated",
            Self::Selected(..) => "selected",
            Self::Few(..) => "few",
            Self::NumberNotStated => "number_not_stated",
            Self::LeastStandardError => "least_standard_error",
            Self::UnclearSpread => "unclear_spread",
            Self::SecondHand => "second_hand",
            Self::Unchecked => "unchecked",
        }
    }

    /// True if a test of the difference would mean nothing: the same estimate twice, another endpoint, time or era, or
    /// a time or era that is not stated. Then there is no p.
    #[must_use]
    pub const fn forbids_test(&self) -> bool {
        matches!(
            self,
            Self::SameEstimate
                | Self::Endpoint
                | Self::Time { .. }
                | Self::TimeNotStated
                | Self::Era { .. }
                | Self::EraNotStated
        )
    }
}

/// A difference with interval and test.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RateDifference {
    /// First rate less second, in percentage points.
    pub estimate: f64,
    /// Standard error of the difference, √(SE₁² + SE₂²).
    pub std_err: f64,
    /// Normal confidence interval of the difference.
    pub interval: Interval,
    /// Two-sided p value of the normal test; `None` where a caution forbids a test.
    pub p: Option<f64>,
}

/// A comparison of two rates.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// The first rate, where it has a standard error.
    pub first: Option<Rate>,
    /// The second rate.
    pub second: Option<Rate>,
    /// Difference in percentage points.
    pub plain: Option<RateDifference>,
    /// Difference of log(−log p). Its exponential is the ratio of cumulative hazards −log p, first to second, which is
    /// the hazard ratio where hazards are proportional and times the same.
    pub log_log: Option<RateDifference>,
    /// Reasons for caution, those of patients first.
    pub cautions: Vec<Caution>,
}

impl Comparison {
    /// The cautions for which there is no p, each with its reason ([`Caution::forbids_test`]).
    pub fn no_test(&self) -> impl Iterator<Item = &Caution> {
        self.cautions.iter().filter(|caution| caution.forbids_test())
    }

    /// The ratio of cumulative hazards with its interval: the exponentials of [`Self::log_log`].
    #[must_use]
    pub fn cumulative_hazard_ratio(&self) -> Option<(f64, Interval)> {
        let difference = self.log_log?;
        let interval = Interval {
            lower: libm::exp(difference.interval.lower),
            upper: libm::exp(difference.interval.upper),
        };
        let ratio = libm::exp(difference.estimate);
        (ratio.is_finite() && interval.upper.is_finite()).then_some((ratio, interval))
    }
}

/// Compares two rows of the table at a `level` between 0 and 1 (`None` otherwise). Where a row has no standard error,
/// the smallest that its n allows is used if `binomial`, with a caution; without any there is no difference, nor between
/// two endpoints. There is no p where times, endpoints or eras differ or are not stated.
///
/// The two are treated as independent; where children may be in both, the interval is invalid and there is a caution.
#[must_use]
pub fn compare(first: &Estimate, second: &Estimate, binomial: bool, level: f64) -> Option<Comparison> {
    let z = super::check::quantile(level)?;
    let rates = (Rate::of(first, binomial), Rate::of(second, binomial));
    let cautions = cautions(first, second, rates);
    let tested = !cautions.iter().any(Caution::forbids_test);
    let one_endpoint = first.endpoint.compares_with(second.endpoint);
    let between = |on: &dyn Fn(Rate) -> Option<super::Effect>| {
        let (a, b) = rates.0.zip(rates.1).filter(|_| one_endpoint)?;
        difference(on(a)?, on(b)?, z, tested)
    };
    Some(Comparison {
        first: rates.0,
        second: rates.1,
        plain: between(&|rate| super::Effect::new(rate.percent, rate.std_err)),
        log_log: between(&|rate| rate.on(Scale::LogLog)).filter(|_| first.endpoint.is_survival()),
        cautions,
    })
}

/// Returns the cautions of every pair of some rows, each kind once, with the first pair to which it applies.
#[must_use]
pub fn cautions_among(
    estimates: &[&'static Estimate],
    binomial: bool,
) -> Vec<(&'static Estimate, &'static Estimate, Caution)> {
    let mut found: Vec<(&'static Estimate, &'static Estimate, Caution)> = Vec::new();
    for (position, &first) in estimates.iter().enumerate() {
        for &second in estimates.iter().skip(position + 1) {
            let rates = (Rate::of(first, binomial), Rate::of(second, binomial));
            for caution in cautions(first, second, rates) {
                if found.iter().all(|(_, _, each)| each.code() != caution.code()) {
                    found.push((first, second, caution));
                }
            }
        }
    }
    found
}

fn difference(first: super::Effect, second: super::Effect, z: f64, tested: bool) -> Option<RateDifference> {
    let estimate = first.estimate - second.estimate;
    let std_err = (first.std_err * first.std_err + second.std_err * second.std_err).sqrt();
    (estimate.is_finite() && std_err.is_finite() && std_err > 0.0).then(|| RateDifference {
        estimate,
        std_err,
        interval: Interval {
            lower: estimate - z * std_err,
            upper: estimate + z * std_err,
        },
        p: tested.then(|| normal_two_sided(estimate / std_err)),
    })
}

/// Returns the cautions from the data of two rows.
fn cautions(first: &Estimate, second: &Estimate, rates: (Option<Rate>, Option<Rate>)) -> Vec<Caution> {
    let mut found = vec![if first.is_same_as(second) {
        Caution::SameEstimate
    } else {
        Caution::NotRandomised
    }];
    if !first.is_same_as(second) && first.study.shares_infants_with(second.study) {
        found.push(Caution::SharedInfants);
    }
    of_studies(first.study, second.study, &mut found);
    of_populations(first, second, &mut found);
    of_numbers(first, second, rates, &mut found);
    found
}

fn of_studies(first: &PublishedStudy, second: &PublishedStudy, found: &mut Vec<Caution>) {
    if first.id == second.id {
        return;
    }
    found.extend(of_eras(first.years, second.years));
    // Of own studies nothing but the years is known.
    let unknown = first.is_own() && second.is_own();
    if unknown || !same_age_limit(first.age, second.age) {
        found.push(Caution::AgeLimit(first.age, second.age));
    }
    if unknown || first.kmt2a != second.kmt2a {
        found.push(Caution::Entry(first.kmt2a, second.kmt2a));
    }
    if first.event_definition != second.event_definition || first.event_definition.is_empty() {
        found.push(Caution::EventDefinition(
            first.event_definition,
            second.event_definition,
        ));
    }
    if first.time_origin != second.time_origin || first.time_origin.is_empty() {
        found.push(Caution::TimeOrigin(first.time_origin, second.time_origin));
    }
}

/// Years of enrolment in common, at least one of them.
pub(super) fn overlap(first: (u16, u16), second: (u16, u16)) -> bool {
    first.0 <= second.1 && second.0 <= first.1
}

/// Years between the middles of two periods of enrolment.
pub(super) fn middles(first: (u16, u16), second: (u16, u16)) -> (f64, f64) {
    let middle = |(from, to): (u16, u16)| (f64::from(from) + f64::from(to)) / 2.0;
    (middle(first), middle(second))
}

fn of_eras(first: Option<(u16, u16)>, second: Option<(u16, u16)>) -> Option<Caution> {
    let Some((first, second)) = first.zip(second) else {
        return Some(Caution::EraNotStated);
    };
    if !overlap(first, second) {
        return Some(Caution::Era { first, second });
    }
    let (first, second) = middles(first, second);
    ((first - second).abs() >= MIDDLES_APART).then_some(Caution::Middles { first, second })
}

/// True if two wordings of an age limit mean the same children: `<366 days` and `≤365 days` do.
fn same_age_limit(first: &str, second: &str) -> bool {
    let first_day_beyond = |text: &str| {
        let days = |rest: &str| rest.strip_suffix(" days")?.parse::<u32>().ok();
        let inclusive = text.strip_prefix('≤').and_then(days);
        inclusive
            .map(|day| day + 1)
            .or_else(|| text.strip_prefix('<').and_then(days))
    };
    let same_day = first_day_beyond(first).zip(first_day_beyond(second));
    first == second || same_day.is_some_and(|(a, b)| a == b)
}

fn of_populations(first: &Estimate, second: &Estimate, found: &mut Vec<Caution>) {
    match (first.kmt2a_share(), second.kmt2a_share()) {
        (Some(first), Some(second)) if (first - second).abs() >= SHARE_APART => {
            found.push(Caution::Kmt2aShare { first, second });
        }
        (Some(_), Some(_)) => {}
        _ => found.push(Caution::Kmt2aShareNotStated),
    }
    if (first.reached, second.reached) != (Reached::Entry, Reached::Entry) {
        found.push(Caution::Selected(first.reached, second.reached));
    }
    if !first.endpoint.compares_with(second.endpoint) {
        found.push(Caution::Endpoint);
    }
    match (first.years, second.years) {
        (Some(first), Some(second)) if first != second => found.push(Caution::Time { first, second }),
        (Some(_), Some(_)) => {}
        _ => found.push(Caution::TimeNotStated),
    }
}

fn of_numbers(first: &Estimate, second: &Estimate, rates: (Option<Rate>, Option<Rate>), found: &mut Vec<Caution>) {
    match (first.n, second.n) {
        (Some(a), Some(b)) if a.min(b) < FEW => found.push(Caution::Few(a, b)),
        (Some(_), Some(_)) => {}
        _ => found.push(Caution::NumberNotStated),
    }
    let both = [rates.0, rates.1];
    if both
        .into_iter()
        .flatten()
        .any(|rate| rate.origin == ErrorOrigin::BinomialMinimum)
    {
        found.push(Caution::LeastStandardError);
    }
    let unclear = |estimate: &Estimate| estimate.standard_error.is_some() && !estimate.standard_error_is_clear;
    if unclear(first) || unclear(second) {
        found.push(Caution::UnclearSpread);
    }
    let own = [first.is_own(), second.is_own()];
    let second_hand = |estimate: &Estimate| !estimate.is_own() && !estimate.cite.read.is_own_word();
    if second_hand(first) || second_hand(second) {
        found.push(Caution::SecondHand);
    }
    if own.contains(&true) {
        found.push(Caution::Unchecked);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::published;

    fn compared(first: &str, second: &str, binomial: bool) -> Comparison {
        let estimate = |id: &str| published().estimate(id).unwrap();
        compare(estimate(first), estimate(second), binomial, 0.95).unwrap()
    }

    fn codes(comparison: &Comparison) -> Vec<&'static str> {
        comparison.cautions.iter().map(Caution::code).collect()
    }

    /// Interfant-06 (36.4, SE 2.3) against MLL-10 (66.2, SE 5.6), rearranged infants: −29.8 ± 1.96·√(2.3² + 5.6²), and
    /// on the log-log scale log(−log .364) − log(−log .662) = .0106 + .8858.
    #[test]
    fn by_hand() {
        let found = compared("interfant-06/2", "mll-10/4", false);
        let plain = found.plain.unwrap();
        assert!((plain.estimate + 29.8).abs() < 1e-12);
        assert!((plain.std_err - (2.3_f64 * 2.3 + 5.6 * 5.6).sqrt()).abs() < 1e-12);
        assert!((plain.interval.lower - (-29.8 - 1.959_963_984_540_054 * plain.std_err)).abs() < 1e-9);
        let log_log = found.log_log.unwrap();
        let expected = libm::log(-libm::log(0.364)) - libm::log(-libm::log(0.662));
        assert!((log_log.estimate - expected).abs() < 1e-12);
        let (ratio, interval) = found.cumulative_hazard_ratio().unwrap();
        assert!((ratio - 2.450).abs() < 1e-3, "{ratio}");
        assert!(interval.lower < ratio && ratio < interval.upper);
        assert_eq!(
            codes(&found),
            [
                "not_randomised",
                "age_limit",
                "event_definition",
                "time_origin",
                "time",
                "second_hand"
            ]
        );
    }

    /// A p only where endpoint, time and era of both are known and the same; no difference at all between endpoints.
    #[test]
    fn no_p_for_unlike_estimates() {
        let all = &published().estimates;
        let (mut with, mut without) = (0, 0);
        for (first, second) in all
            .iter()
            .flat_map(|first| all.iter().map(move |second| (first, second)))
        {
            let found = compare(first, second, true, 0.95).unwrap();
            let eras = first.study.years.zip(second.study.years);
            let same_era = first.study.id == second.study.id || eras.is_some_and(|(a, b)| a.1 >= b.0 && b.1 >= a.0);
            let same_time = first.years.is_some() && first.years == second.years;
            let one = first.endpoint == second.endpoint && first.endpoint.is_one();
            let alike = one && same_time && same_era && !first.is_same_as(second);
            let differences = [found.plain, found.log_log].into_iter().flatten();
            for difference in differences {
                assert!(one, "{} and {}", first.id, second.id);
                assert_eq!(difference.p.is_some(), alike, "{} and {}", first.id, second.id);
                with += usize::from(alike);
                without += usize::from(!alike);
            }
            assert_eq!(
                found.no_test().next().is_none(),
                alike,
                "{} and {}",
                first.id,
                second.id
            );
        }
        assert!(with > 100 && without > 100, "{with} and {without}");
    }

    #[test]
    fn eras_differ_where_no_year_is_shared() {
        let era = |first, second| of_eras(Some(first), Some(second)).map(|caution| caution.code());
        assert_eq!(era((1996, 2000), (2001, 2005)), Some("era"));
        assert_eq!(era((1996, 2000), (2000, 2004)), None);
        assert_eq!(era((1983, 1995), (1995, 2001)), Some("era_middle"));
        assert_eq!(of_eras(None, Some((1995, 2001))), Some(Caution::EraNotStated));
    }

    #[test]
    fn cautions_come_from_the_data() {
        let found = codes(&compared("bfm/1", "interfant-06/1", false));
        assert!(
            found.contains(&"era") && found.contains(&"kmt2a_share") && !found.contains(&"time"),
            "{found:?}"
        );
        let found = codes(&compared("mll96/1", "mll96-98-2006/4", true));
        assert!(
            found.contains(&"shared_infants") && found.contains(&"least_standard_error"),
            "{found:?}"
        );
        let found = codes(&compared("ccg-1953/1", "severance/3", true));
        assert!(
            found.contains(&"unclear_spread") && found.contains(&"few") && found.contains(&"selected"),
            "{found:?}"
        );
        let found = codes(&compared("blinatumomab-pilot/1", "blinatumomab-control/1", false));
        assert!(
            found.contains(&"number_not_stated") && found.contains(&"era_not_stated"),
            "{found:?}"
        );
        assert!(same_age_limit("<366 days", "≤365 days") && !same_age_limit("<365 days", "≤365 days"));
        let same = compared("mll03/1", "mll03/1", false);
        assert_eq!(same.cautions[0], Caution::SameEstimate);
    }

    #[test]
    fn without_a_standard_error_there_is_no_difference() {
        let found = compared("ccg-1953/2", "interfant-06/2", false);
        assert_eq!((found.first, found.plain, found.log_log), (None, None, None));
        assert!(compared("ccg-1953/2", "interfant-06/2", true).plain.is_some());
        let estimate = published().estimate("mll03/1").unwrap();
        assert_eq!(compare(estimate, estimate, false, 1.0), None);
        // All alive: no standard error, so no difference on any scale.
        assert_eq!(compared("cog-aall0631-mrd/9", "mll03/1", true).plain, None);
        // An incidence has no ratio of hazards with a survival.
        assert_eq!(compared("mll-baby-2021/8", "mll03/1", false).log_log, None);
    }
}
