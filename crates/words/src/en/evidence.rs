//! Published numbers checked, compared, pooled and taken back to patients, in words. A finding says what does not follow
//! from what, with the arithmetic; it never says who erred.

use cotside_core::evidence::check::{
    Basis, BinomialCount, CountCheck, Finding, HazardRatioCheck, IntervalCheck, MedianCheck, PercentCheck, PrintedP,
    SameNumbers, StandardErrorCheck, StandardErrorVerdict, Verdict, WeightedMeanCheck,
};
use cotside_core::evidence::digitise::{AxesError, TraceError};
use cotside_core::evidence::{
    Caution, Comparison, EffectError, ErrorOrigin, Estimate, FEWEST_POOLED, Footnote, MOST_PATIENTS, MOST_POINTS, Miss,
    NoEffect, PoolError, PoolMethod, PoolTest, Printed, Rate, Reached, ReconstructError,
};
use cotside_core::survival::Scale;

use super::evidence_page;
use crate::decimal;

/// A number as it was printed.
#[must_use]
pub fn printed(number: Printed) -> String {
    cotside_core::decimal::fixed(number.value(), usize::from(number.places()))
}

/// The name of a scale of intervals.
#[must_use]
pub fn scale_name(scale: Scale) -> &'static str {
    match scale {
        Scale::LogLog => "log-log",
        Scale::Log => "log",
        Scale::Plain => "plain",
        Scale::Logit => "logit",
        Scale::Arcsin => "arcsine",
    }
}

/// What a check comes to.
#[must_use]
pub fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Follows => "follows",
        Verdict::Compatible => "compatible",
        Verdict::Conditional => "only under a condition",
        Verdict::DoesNotFollow => "does not follow",
    }
}

/// What a finding comes to, as its condition is.
#[must_use]
pub fn finding_verdict(finding: &Finding) -> &'static str {
    match (finding.verdict(), finding) {
        (Verdict::Follows, _) => "consistent",
        (Verdict::Compatible, _) => "possible",
        (Verdict::DoesNotFollow, _) => "inconsistent",
        (Verdict::Conditional, Finding::StandardError(check)) => match check.verdict {
            StandardErrorVerdict::OfFewer(_) => "consistent only with fewer patients",
            _ => "implausible unless most were censored early",
        },
        (Verdict::Conditional, Finding::Count(_)) => "consistent only if cut, not rounded",
        (Verdict::Conditional, Finding::Percent(_)) => "consistent only with a smaller total",
        (Verdict::Conditional, Finding::HazardRatio(_)) => "possible if P is of another test",
        (Verdict::Conditional, _) => "possible, worth checking",
    }
}

/// A p value: "p = 0.0884", "p < 0.0001".
#[must_use]
pub fn p_value(p: f64) -> String {
    if p < 0.0001 {
        "p < 0.0001".to_owned()
    } else {
        format!("p = {}", decimal(p, 4))
    }
}

/// A finding with its arithmetic.
#[must_use]
pub fn finding(finding: &Finding) -> String {
    match finding {
        Finding::StandardError(check) => standard_error(check),
        Finding::Interval(check) => interval(check),
        Finding::HazardRatio(check) => hazard_ratio(check),
        Finding::Count(check) => count(check),
        Finding::Percent(check) => percent(check),
        Finding::Median(check) => median(check),
        Finding::WeightedMean(check) => weighted_mean(check),
        Finding::SameNumbers(check) => same_numbers(check),
    }
}

fn share(count: &BinomialCount) -> String {
    format!(
        "{} of {} is {} % with a standard error of {}",
        count.count,
        count.total,
        decimal(count.percent, 1),
        decimal(count.standard_error, 1)
    )
}

fn standard_error(check: &StandardErrorCheck) -> String {
    let (n, rate, error) = (check.n, printed(check.estimate), printed(check.standard_error));
    let p = cotside_core::decimal::fixed(check.estimate.value() / 100.0, usize::from(check.estimate.places()) + 2);
    let q = cotside_core::decimal::fixed(
        1.0 - check.estimate.value() / 100.0,
        usize::from(check.estimate.places()) + 2,
    );
    let least = format!("√({p} · {q}/{n}) = {} %", decimal(check.binomial, 2));
    match check.verdict {
        StandardErrorVerdict::OfAll(count) => {
            format!(
                "{rate} ({error}) % follows from all {n} followed to the end: {}.",
                share(&count)
            )
        }
        StandardErrorVerdict::OfFewer(count) => {
            let neighbours: Vec<String> = check.neighbours.iter().map(share).collect();
            format!(
                "{rate} ({error}) % does not follow from {n} patients who were all followed to the end: {}. It follows \
                 from fewer: {}.",
                neighbours.join("; "),
                share(&count)
            )
        }
        StandardErrorVerdict::Possible => format!(
            "A standard error of {error} is possible with {n} patients: the least is {least}, reached where nobody is \
             censored."
        ),
        StandardErrorVerdict::FarAbove { multiple } => {
            let times = match (check.ratio, check.effective_n) {
                (Some(ratio), Some(n)) => {
                    format!(
                        ", and {error} is {} times that, as of {} patients",
                        decimal(ratio, 2),
                        decimal(n, 0)
                    )
                }
                _ => ", and no number of patients gives more at 0 or 100 %".to_owned(),
            };
            let usual = multiple.map_or_else(String::new, |multiple| {
                format!(
                    " {} times the least is what is often printed for the half-width of an interval.",
                    decimal(multiple, 2)
                )
            });
            format!(
                "A standard error of {error} does not follow from {n} patients unless most were censored early: the least \
                 is {least}{times}.{usual}"
            )
        }
        StandardErrorVerdict::TooSmall { cut } => {
            let how = if cut {
                " It is that number cut, not rounded."
            } else {
                ""
            };
            format!("A standard error of {error} does not follow from {n} patients: the least is {least}.{how}")
        }
    }
}

fn interval(check: &IntervalCheck) -> String {
    let text = format!(
        "{} ({}–{}) %",
        printed(check.estimate),
        printed(check.interval.0),
        printed(check.interval.1)
    );
    if !check.ordered {
        return format!("{text}: the estimate does not lie in its interval.");
    }
    let basis = match (check.basis(), check.standard_error, check.n) {
        (Some(Basis::StandardError), Some(error), _) => format!("the standard error of {}", printed(error)),
        (Some(Basis::Binomial), _, Some(n)) => format!("{n} patients followed to the end"),
        _ => String::new(),
    };
    let followed: Vec<&str> = check.followed().map(|fit| scale_name(fit.scale)).collect();
    if !followed.is_empty() {
        return format!("{text} follows from {basis} on the {} scale.", listed(&followed));
    }
    let computed: Vec<String> = check
        .scales
        .iter()
        .filter_map(|fit| {
            let (found, _) = match check.basis()? {
                Basis::StandardError => fit.from_standard_error?,
                Basis::Binomial => fit.from_n?,
            };
            Some(format!(
                "{} {}–{}",
                scale_name(fit.scale),
                decimal(found.lower, 1),
                decimal(found.upper, 1)
            ))
        })
        .collect();
    let from_basis = match check.basis() {
        None => String::new(),
        Some(Basis::Binomial) if check.verdict() == Verdict::Compatible => format!(
            " is not the interval of {basis} ({}), as it need not be where some are censored.",
            computed.join("; ")
        ),
        Some(_) => format!(" does not follow from {basis} ({}).", computed.join("; ")),
    };
    let subject = if from_basis.is_empty() { "" } else { " It" };
    let symmetric: Vec<String> = check
        .symmetric()
        .filter_map(|fit| Some((fit, fit.implied()?)))
        .map(|(fit, error)| format!("{} (standard error {})", scale_name(fit.scale), decimal(error, 2)))
        .collect();
    if check.is_cut() {
        return format!(
            "{text}{from_basis} An end at 0 or 100 may have been cut there, so on which scale the interval was made cannot be \
             said."
        );
    }
    if symmetric.is_empty() {
        return format!("{text}{from_basis}{subject} is symmetric on none of the five scales.");
    }
    let below = check.symmetric().all(|fit| fit.below_binomial);
    let note = if below {
        " That standard error is below the least that so many patients can give."
    } else {
        ""
    };
    format!(
        "{text}{from_basis}{subject} is symmetric on: {}.{note}",
        symmetric.join(", ")
    )
}

fn hazard_ratio(check: &HazardRatioCheck) -> String {
    let (low, high) = (printed(check.interval.0), printed(check.interval.1));
    let ratio = printed(check.hazard_ratio);
    let centre = if check.centred {
        format!("{ratio} lies at the centre of {low}–{high} on the log scale")
    } else {
        format!(
            "{ratio} does not follow from {low}–{high}, whose centre on the log scale is {}",
            decimal(check.centre, 3)
        )
    };
    let arithmetic = format!(
        "the interval implies a standard error of {} and z = {}, so {}",
        decimal(check.std_err, 3),
        decimal(check.z, 3),
        p_value(check.computed_p)
    );
    let p = check.p.map(|p| match p {
        PrintedP::Equal(number) => format!("p = {}", printed(number)),
        PrintedP::Below(number) => format!("p < {}", printed(number)),
    });
    let verdict = match (p, check.p_follows, check.agree_on_one) {
        (Some(p), Some(true), _) => format!("; {p} follows"),
        (Some(p), Some(false), Some(false)) => {
            format!("; {p} does not follow, and interval and p do not agree about 1")
        }
        (Some(p), Some(false), _) => format!("; {p} does not follow from them, and may be of another test"),
        _ => String::new(),
    };
    format!("{centre}; {arithmetic}{verdict}.")
}

fn count(check: &CountCheck) -> String {
    let (k, n, text) = (check.count, check.total, printed(check.percent));
    let exact = decimal(check.exact, 2);
    match check.verdict() {
        Verdict::Follows | Verdict::Compatible => format!("{k} of {n} is {exact} %: {text} % follows."),
        Verdict::Conditional => format!("{k} of {n} is {exact} %: {text} % is that number cut, not rounded."),
        Verdict::DoesNotFollow => {
            let totals = check.other_totals.iter().map(|total| format!("{k} of {total}"));
            let counts = check.other_counts.iter().map(|count| format!("{count} of {n}"));
            let others: Vec<String> = totals.chain(counts).collect();
            let others = if others.is_empty() {
                String::new()
            } else {
                format!(" {text} % is {}.", others.join(" or "))
            };
            format!("{text} % does not follow from {k} of {n}, which is {exact} %.{others}")
        }
    }
}

fn percent(check: &PercentCheck) -> String {
    let (text, n) = (printed(check.percent), check.total);
    if let Some(first) = check.counts.first() {
        let others = if check.counts.len() > 1 { " (and others)" } else { "" };
        return format!("{text} % of {n} is {first} of {n}{others}.");
    }
    let neighbours: Vec<String> = check
        .neighbours
        .iter()
        .map(|(count, percent)| format!("{count} is {} %", decimal(*percent, 2)))
        .collect();
    let fewer = check
        .of_fewer
        .first()
        .map_or_else(String::new, |(count, total)| format!(" {count} of {total} gives it."));
    format!(
        "{text} % does not follow from a whole number of {n}: {}.{fewer}",
        neighbours.join(", ")
    )
}

fn median(check: &MedianCheck) -> String {
    let text = printed(check.median);
    let range = format!("{}–{}", printed(check.range.0), printed(check.range.1));
    let midpoint = if check.is_midpoint {
        format!(
            " It is the midpoint of the range, ({} + {})/2 = {}.",
            printed(check.range.0),
            printed(check.range.1),
            decimal(check.midpoint, 3)
        )
    } else {
        String::new()
    };
    if !check.in_range {
        return format!("A median of {text} does not follow from a range of {range}.");
    }
    let range_note = match (check.range_follows(), check.range_of_values) {
        (Some(false), Some((low, high))) => {
            format!(
                " The values run from {} to {}, not {range}.",
                decimal(low, 3),
                decimal(high, 3)
            )
        }
        _ => String::new(),
    };
    match (check.follows_from_values(), check.median_of_values) {
        (Some(true), _) => format!(
            "A median of {text} follows from the {} values.{midpoint}{range_note}",
            check.n
        ),
        (Some(false), Some(found)) => format!(
            "A median of {text} does not follow from the {} values, whose median is {}.{midpoint}{range_note}",
            check.n,
            decimal(found, 3)
        ),
        _ if check.is_midpoint => {
            format!("A median of {text} with a range of {range} is worth checking against the values.{midpoint}")
        }
        _ => format!("A median of {text} is possible with a range of {range}."),
    }
}

fn weighted_mean(check: &WeightedMeanCheck) -> String {
    let sums: Vec<String> = check
        .parts
        .iter()
        .map(|(n, rate)| format!("{n} · {}", printed(*rate)))
        .collect();
    let total: u64 = check.parts.iter().map(|&(n, _)| u64::from(n)).sum();
    let arithmetic = format!("({})/{total} = {} %", sums.join(" + "), decimal(check.mean, 2));
    let whole = printed(check.whole);
    match check.verdict() {
        Verdict::Follows => format!("{whole} % follows from its parts: {arithmetic}."),
        Verdict::Compatible | Verdict::Conditional => {
            format!("{whole} % is near the mean of its parts, {arithmetic}; censoring can make the difference.")
        }
        Verdict::DoesNotFollow => format!("{whole} % does not follow from its parts: {arithmetic}."),
    }
}

fn same_numbers(check: &SameNumbers) -> String {
    let years = |years: Option<f64>| years.map_or_else(String::new, |years| decimal(years, 1));
    let estimate = check.first;
    let error = estimate.standard_error.map_or_else(String::new, printed);
    format!(
        "{} {} ({error}) % of {}: called {}-year in {} ({}) and {}-year in {} ({}). A rate of {} years does not follow \
         from one of {}.",
        evidence_page::short_endpoint(estimate.endpoint),
        printed(estimate.estimate),
        estimate.study.name,
        years(check.first.years),
        check.first.cite.source.short,
        check.first.cite.place,
        years(check.second.years),
        check.second.cite.source.short,
        check.second.cite.place,
        years(check.first.years),
        years(check.second.years)
    )
}

/// A list in a sentence: "a, b and c".
fn listed(items: &[&str]) -> String {
    match items {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// A footnote of the commentary's table.
#[must_use]
pub fn footnote(footnote: Footnote) -> &'static str {
    match footnote {
        Footnote::AnyToxicDeath => "Any toxic death including induction therapy.",
    }
}

/// Where a standard error comes from.
#[must_use]
pub fn error_origin(origin: ErrorOrigin) -> String {
    match origin {
        ErrorOrigin::Printed => "printed".to_owned(),
        ErrorOrigin::FromInterval(scale) => {
            format!("implied by the printed interval on the {} scale", scale_name(scale))
        }
        ErrorOrigin::FromAsymmetricInterval(scale) => format!(
            "implied by the printed interval on the {} scale, on which it is not symmetric (nor on the plain one)",
            scale_name(scale)
        ),
        ErrorOrigin::FromOneEnd(scale) => format!(
            "implied on the {} scale by the one end of the printed interval that is not cut",
            scale_name(scale)
        ),
        ErrorOrigin::BinomialMinimum => "the least that so many patients can give".to_owned(),
    }
}

/// A code of origin for JSON.
#[must_use]
pub fn error_origin_code(origin: ErrorOrigin) -> &'static str {
    match origin {
        ErrorOrigin::Printed => "printed",
        ErrorOrigin::FromInterval(_) => "interval",
        ErrorOrigin::FromAsymmetricInterval(_) => "asymmetric_interval",
        ErrorOrigin::FromOneEnd(_) => "one_end",
        ErrorOrigin::BinomialMinimum => "binomial_minimum",
    }
}

fn or_not_reported(text: &str) -> &str {
    if text.is_empty() { "not reported" } else { text }
}

/// Two texts that differ, or what is not reported.
fn of_both(first: &str, second: &str) -> String {
    match (first.is_empty(), second.is_empty()) {
        (true, true) => "not reported in either source".to_owned(),
        _ => format!("{} and {}", or_not_reported(first), or_not_reported(second)),
    }
}

/// Who is counted in an estimate.
#[must_use]
pub fn reached(reached: Reached) -> &'static str {
    match reached {
        Reached::Entry => "all who entered",
        Reached::Remission => "only those who reached remission",
        Reached::Transplant => "only those who reached transplant",
    }
}

/// What a check looks at.
#[must_use]
pub fn finding_kind(finding: &Finding) -> &'static str {
    match finding {
        Finding::StandardError(_) => "standard error and n",
        Finding::Interval(_) => "interval",
        Finding::HazardRatio(_) => "hazard ratio, interval and p",
        Finding::Count(_) => "count and percentage",
        Finding::Percent(_) => "percentage and n",
        Finding::Median(_) => "median and range",
        Finding::WeightedMean(_) => "whole and parts",
        Finding::SameNumbers(_) => "one number at two times",
    }
}

/// "1996–2000".
fn en_years((from, to): (u16, u16)) -> String {
    format!("{from}–{to}")
}

/// Why there is no p of a difference; `None` where there is one.
#[must_use]
pub fn no_test(found: &Comparison) -> Option<String> {
    let why = |caution: &Caution| match caution {
        Caution::SameEstimate => evidence_page::SAME_ESTIMATE,
        Caution::Endpoint => evidence_page::OTHER_ENDPOINT,
        Caution::Time { .. } => evidence_page::OTHER_TIME,
        Caution::TimeNotStated => evidence_page::TIME_NOT_STATED,
        Caution::Era { .. } => evidence_page::OTHER_ERA,
        _ => evidence_page::ERA_NOT_STATED,
    };
    let why: Vec<&str> = found.no_test().map(why).collect();
    (!why.is_empty()).then(|| evidence_page::not_tested(&why))
}

/// A reason not to read a difference as one of treatments.
#[must_use]
pub fn caution(caution: &Caution) -> String {
    match caution {
        Caution::NotRandomised => {
            "Two reports, not two arms of a trial: a difference may be one of patients, care or era.".to_owned()
        }
        Caution::SameEstimate => "The same estimate twice.".to_owned(),
        Caution::SharedInfants => "Some infants may be in both, so the interval does not hold.".to_owned(),
        Caution::Era { first, second } => format!(
            "Eras: enrolment {} and {} has no year in common.",
            en_years(*first),
            en_years(*second)
        ),
        Caution::Middles { first, second } => format!(
            "Eras: enrolment overlaps, and its middles are {} and {}, {} years apart.",
            decimal(*first, 1),
            decimal(*second, 1),
            decimal((first - second).abs(), 1)
        ),
        Caution::EraNotStated => "Years of enrolment of one or both could not be read.".to_owned(),
        Caution::AgeLimit(a, b) => format!("Age limits: {}.", of_both(a, b)),
        Caution::Entry(a, b) => format!("KMT2A of those who could enter: {}.", of_both(a, b)),
        Caution::Kmt2aShare { first, second } => format!(
            "KMT2A rearranged: {} % and {} %.",
            decimal(100.0 * first, 1),
            decimal(100.0 * second, 1)
        ),
        Caution::Kmt2aShareNotStated => "The share of KMT2A-rearranged infants of one or both is not known.".to_owned(),
        Caution::Endpoint => "Different endpoints, or one that is not named: they are not compared.".to_owned(),
        Caution::EventDefinition(a, b) => {
            format!("Event definition: {}.", of_both(a, b))
        }
        Caution::TimeOrigin(a, b) => format!("Time origin: {}.", of_both(a, b)),
        Caution::Time { first, second } => {
            format!("Times: {} and {} years.", decimal(*first, 1), decimal(*second, 1))
        }
        Caution::TimeNotStated => "The time of one or both is not stated.".to_owned(),
        Caution::Selected(a, b) => format!("Who is counted: {} and {}.", reached(*a), reached(*b)),
        Caution::Few(a, b) => format!("Few patients: {a} and {b}."),
        Caution::NumberNotStated => "How many patients is not stated for one or both.".to_owned(),
        Caution::LeastStandardError => {
            "A standard error is the least that so many patients can give, so the interval is too narrow.".to_owned()
        }
        Caution::UnclearSpread => "A printed ± is not certainly a standard error and was not used.".to_owned(),
        Caution::SecondHand => "One or both were read at second hand.".to_owned(),
        Caution::Unchecked => super::own_estimates::CAUTION.to_owned(),
    }
}

/// Why a row of the table cannot be pooled.
#[must_use]
pub fn effect_error(error: &EffectError) -> String {
    match error.why {
        NoEffect::NoStandardError => format!("{} has no standard error", error.id),
        NoEffect::NoVariance => format!(
            "{} has no standard error, and at 0 or 100 % the least that n allows is 0, which says nothing",
            error.id
        ),
        NoEffect::OffTheScale(scale) => format!("{} has no place on the {} scale", error.id, scale_name(scale)),
        NoEffect::OtherEndpoint(id) => format!(
            "{} is of another endpoint than {id}, or one of them names none; estimates of one endpoint are pooled",
            error.id
        ),
        NoEffect::SameAs(id) if id == error.id => format!("{id} is chosen twice"),
        NoEffect::SameAs(id) => format!("{} is the same estimate of the same infants as {id}", error.id),
    }
}

/// Why two rows have no difference: what each of them lacks.
#[must_use]
pub fn no_difference(rows: [(&Estimate, Option<Rate>); 2]) -> String {
    let lacks = |(row, rate): (&Estimate, Option<Rate>)| match rate {
        Some(_) => None,
        None if row.is_at_end() => Some(format!(
            "{} is {} %, where n allows a standard error of 0, which says nothing",
            row.id,
            decimal(row.estimate.value(), 1)
        )),
        None => Some(format!("{} has no standard error", row.id)),
    };
    let [(first, _), (second, _)] = rows;
    let unlike = (!first.endpoint.compares_with(second.endpoint)).then(|| {
        format!(
            "{} and {} are not one endpoint",
            evidence_page::short_endpoint(first.endpoint),
            evidence_page::short_endpoint(second.endpoint)
        )
    });
    let lacks: Vec<String> = unlike.into_iter().chain(rows.into_iter().filter_map(lacks)).collect();
    format!("No difference can be given: {}.", lacks.join("; "))
}

/// Why there is no difference on the log(−log) scale, nor a ratio of cumulative hazards, beside one in percentage points.
pub const NO_LOG_LOG: &str = "No difference on the log(−log) scale and no ratio of cumulative hazards: both need two rates of \
     survival between 0 and 100 %.";

/// The name of a method of pooling.
#[must_use]
pub fn pool_method(method: PoolMethod) -> &'static str {
    match method {
        PoolMethod::Fixed => "fixed effect",
        PoolMethod::DerSimonianLaird => "random effects (DerSimonian–Laird)",
        PoolMethod::Reml => "random effects (restricted maximum likelihood)",
    }
}

/// Why a pooled estimate has no interval.
pub const ALL_ALIKE: &str = "no interval: the estimates do not differ, so that Hartung and Knapp’s standard error is 0, which says \
     nothing; choose the normal test";

/// The name of a test of a pooled estimate.
#[must_use]
pub fn pool_test(test: PoolTest) -> &'static str {
    match test {
        PoolTest::Normal => "normal interval",
        PoolTest::HartungKnapp => "Hartung–Knapp interval",
    }
}

/// Why there is no pooled estimate and what would be accepted.
#[must_use]
pub fn pool_error(error: PoolError) -> String {
    match error {
        PoolError::TooFew { found } => format!(
            "{found} estimates are too few to pool; give at least {FEWEST_POOLED}, and one more to leave one out"
        ),
        PoolError::BadEffect { row } => format!(
            "estimate {} has no finite value with a standard error above 0 on this scale; leave it out or use another \
             scale",
            row + 1
        ),
        PoolError::BadLevel => "the level must lie between 0 and 1, such as 0.95".to_owned(),
        PoolError::Degenerate => "the estimates or their standard errors are too far apart to be weighed".to_owned(),
    }
}

/// Why a curve cannot be taken back to patients and what would be accepted.
#[must_use]
pub fn reconstruct_error(error: ReconstructError) -> String {
    match error {
        ReconstructError::TooFewPoints { found } => format!("{found} points are too few; give at least two"),
        ReconstructError::TooManyPoints { found } => format!("{found} points are too many; give at most {MOST_POINTS}"),
        ReconstructError::BadPoint { row } => format!(
            "point {}: give a time of 0 or more and a survival between 0 and 1 (or 0 and 100 %)",
            row + 1
        ),
        ReconstructError::MixedHeights { row } => format!(
            "point {}: its height does not go with the others; give all heights as fractions from 0 to 1, or all in per cent \
             from 0 to 100",
            row + 1
        ),
        ReconstructError::Rises { row } => format!(
            "point {} lies above one before it, and survival cannot rise; correct the point, or, where the curve is a \
             cumulative incidence F, give 1 − F (100 − F in per cent)",
            row + 1
        ),
        ReconstructError::NoStart => {
            "numbers at risk: the first entry must be at time 0 with at least one patient".to_owned()
        }
        ReconstructError::BadAtRisk { row } => format!(
            "numbers at risk, entry {}: give a time after the one before and no more patients than before",
            row + 1
        ),
        ReconstructError::TooManyPatients { found } => {
            format!("{found} patients are too many; give at most {MOST_PATIENTS}")
        }
        ReconstructError::TooManyEvents { events, patients } => {
            format!("{events} events do not follow from {patients} patients")
        }
    }
}

/// Something that was published and that a reconstruction does not meet.
#[must_use]
pub fn reconstruction_miss(miss: Miss) -> String {
    match miss {
        Miss::AtRisk { published, found } => format!(
            "{} at risk at {} were published, {found} are reconstructed",
            published.patients,
            published.time()
        ),
        Miss::Events { published, found } => {
            format!("{published} events were published, {found} are reconstructed")
        }
        Miss::Points { moved, largest } => format!(
            "the curve rises: {moved} points were moved, by up to {:.1} % of survival",
            100.0 * largest
        ),
    }
}

/// Why three marks are no axes.
#[must_use]
pub fn axes_error(error: AxesError) -> &'static str {
    match error {
        AxesError::Values => "give two different numbers for each axis",
        AxesError::Places => {
            "mark the corner where the axes meet, then a place far along the time axis, then one far up the other axis"
        }
    }
}

/// Why a curve could not be followed.
#[must_use]
pub fn trace_error(error: TraceError) -> &'static str {
    match error {
        TraceError::OutsideAxes => "that place lies outside the marked axes; click on the curve itself",
        TraceError::NothingThere => "nothing there stands out from the paper; zoom in and click on the curve itself",
        TraceError::TooShort => {
            "what is there ends after a few columns; click where the curve runs level, or set its points by hand"
        }
    }
}

/// The line that stands beside everything that was reconstructed.
pub const RECONSTRUCTED: &str = "Reconstructed from a published curve: one set of times that draws it, not data of \
     patients.";

/// What is to be said where nothing but the number at the start was known.
pub const CENSORING_UNKNOWN: &str = "Only the number at the start was given: nobody was taken as censored before the end, \
     so events are too many where some were.";
