//! The words of survival curves and of groups compared, as reporting guidelines ask for them: n, events, estimate, interval,
//! test, P, and what was left out.

use super::p_values::p_in_sentence;
use crate::{capital, decimal};
use cotside_core::cohort::FailureAt;
use cotside_core::survival::{NoVariance, NotFollowed, NotTested, RankWeight};

// ---- Heads of tables

/// Of a table.
pub const GROUP: &str = "Group";
/// Of a table.
pub const PATIENTS: &str = "Patients";
/// Of a table.
pub const EVENTS: &str = "Events";
/// Of a table.
pub const YEARS: &str = "Years";
/// Of a table.
pub const AT_RISK: &str = "At risk";
/// Of a table.
pub const ESTIMATE: &str = "Estimate, %";
/// Of a table.
pub const SE: &str = "SE";
/// Of a table.
pub const P: &str = "P";
/// In place of what does not exist.
pub const NONE: &str = "–";
/// Between two sentences.
pub const BETWEEN: &str = " ";

// ---- Patients analysed

/// Heading.
pub const PATIENTS_ANALYSED: &str = "Patients analysed";
/// Before the reasons.
pub const NOT_FOLLOWED_UP: &str = "Without follow-up:";
/// Heading of a file without follow-up.
pub const NO_SURVIVAL_ANALYSIS: &str = "No survival analysis";
/// Below it.
pub const NOBODY_FOLLOWED: &str = "No patient of this file can be followed to any endpoint.";
/// No patient is left under the settings.
pub const NO_PATIENT: &str =
    "No patient can be analysed for this endpoint and these settings: check the columns above, or change the settings.";

/// How many of the patients can be followed to the endpoint.
#[must_use]
pub fn with_follow_up(endpoint: &str, followed: usize, all: usize, events: usize) -> String {
    format!(
        "{}: {followed} of {all} patients with follow-up, {events} events.",
        capital(endpoint)
    )
}

/// Patients who are not in any group.
#[must_use]
pub fn without_group(count: usize) -> String {
    format!("{count} without a known group are excluded.")
}

/// Patients with the reason why they are not analysed.
#[must_use]
pub fn excluded(count: usize, why: &str) -> String {
    format!("{count}: {why}")
}

// ---- Curves

/// The group where nothing is compared.
pub const ALL_PATIENTS: &str = "all patients";
/// An estimate beyond the last observation.
pub const TOO_SHORT: &str = "follow-up too short";
/// Median follow-up where it does not exist.
pub const NO_MEDIAN_FOLLOW_UP: &str = "Median follow-up (reverse Kaplan–Meier) is not reached.";
/// The axis of time.
pub const IN_MONTHS: &str = "Months";
/// The axis of time.
pub const IN_YEARS: &str = "Years";

/// Median follow-up.
#[must_use]
pub fn median_follow_up(years: f64) -> String {
    format!("Median follow-up (reverse Kaplan–Meier) {} years.", decimal(years, 2))
}

/// An interval in per cent.
#[must_use]
pub fn interval(lower: &str, upper: &str) -> String {
    format!("{lower}–{upper}")
}

/// An interval of times, whose ends may not be reached.
#[must_use]
pub fn from_to(lower: &str, upper: &str) -> String {
    format!("{lower} to {upper}")
}

/// A time that is not reached.
pub const NOT_REACHED: &str = "not reached";

/// Why there is no interval, in its cell.
#[must_use]
pub fn no_interval(why: &str) -> String {
    format!("none: {why}")
}

/// Why there is no interval, behind an estimate.
#[must_use]
pub fn no_interval_behind(why: &str) -> String {
    format!(" (no interval: {why})")
}

/// An estimate in per cent with its interval; `behind` is the interval or why there is none.
#[must_use]
pub fn percent_with(estimate: &str, behind: &str) -> String {
    format!("{estimate}%{behind}")
}

/// The interval behind an estimate in a sentence.
#[must_use]
pub fn interval_behind(lower: &str, upper: &str, ci: &str) -> String {
    format!(" ({ci} {})", interval(lower, upper))
}

/// What the figure shows.
#[must_use]
pub fn curves_description(endpoint: &str, patients: usize, events: &str) -> String {
    format!("Kaplan–Meier estimate of {endpoint}, {patients} patients, {events} events.")
}

/// Below the figure: what is estimated of whom, and what is drawn. `title` is that of the result, `drawn` the estimates with their
/// intervals.
#[must_use]
pub fn curves_caption(title: &str, drawn: &str, censoring_marks: bool, patients: usize, events: &str) -> String {
    let marks = if censoring_marks { "; ticks mark censoring" } else { "" };
    format!("{title} (n = {patients}, {events} events). {drawn}{marks}.")
}

// ---- Estimates in full, and groups compared

/// Heading.
pub const ESTIMATES: &str = "Estimates in full";
/// Heading.
pub const COMPARISON: &str = "Comparison of groups";
/// Of a table.
pub const OBSERVED: &str = "Observed, weighted";
/// Of a table.
pub const EXPECTED: &str = "Expected, weighted";
/// Of a table.
pub const PAIR: &str = "Pair";
/// Of a table.
pub const CHI_SQUARE: &str = "χ²";
/// Of a table: corrected for the number of pairs.
pub const P_HOLM: &str = "P (Holm)";
/// Of a table.
#[must_use]
pub fn difference(ci: &str) -> String {
    format!("Difference ({ci}), percentage points")
}
/// Of a table.
pub const RMST: &str = "RMST (SE), years";
/// Of a table.
#[must_use]
pub fn rmst_difference(ci: &str) -> String {
    format!("Difference ({ci}), years")
}
/// The group with which the others are compared.
pub const REFERENCE: &str = "reference";
/// A group without follow-up.
pub const NO_FOLLOW_UP: &str = "no follow-up";

/// Why there is no test, as a sentence.
#[must_use]
pub fn no_test(why: &str) -> String {
    format!("No test: {why}.")
}

/// Why there is no test, in a cell or a sentence.
#[must_use]
pub fn no_test_cell(why: &str) -> String {
    format!("no test: {why}")
}

/// Why pairs were not tested.
#[must_use]
pub fn no_tests_of_pairs(why: &str) -> String {
    format!("No tests of pairs: {why}.")
}

/// The test for trend; `test` is its χ², df and P, or why there is none.
#[must_use]
pub fn trend(test: &str) -> String {
    format!(" Trend over the order of the groups: {test}.")
}

/// χ² with its degrees of freedom and P.
#[must_use]
pub fn chi_square(chi2: f64, df: usize, p: Option<f64>) -> String {
    let p = p.map_or_else(String::new, |p| format!(", {}", p_in_sentence(p)));
    format!("{CHI_SQUARE} = {}, df = {df}{p}", decimal(chi2, 2))
}

/// Two groups, the first compared with the second.
#[must_use]
pub fn versus(first: &str, second: &str) -> String {
    format!("{first} vs {second}")
}

/// An estimate with the ends of its interval, which may be negative.
#[must_use]
pub fn estimate_to(estimate: &str, lower: &str, upper: &str) -> String {
    format!("{estimate} ({lower} to {upper})")
}

/// Heading of the differences at fixed times.
#[must_use]
pub fn differences_from(first: &str) -> String {
    format!("Difference from {first} at fixed times")
}

/// Heading of the restricted means.
#[must_use]
pub fn restricted_means(tau: f64, endpoint: &str) -> String {
    format!(
        "Restricted mean survival time (RMST) to {} years, {endpoint}",
        decimal(tau, 2)
    )
}

/// A restricted mean with its standard error, or why there is none.
#[must_use]
pub fn mean_with(estimate: &str, std_err: Result<&str, &str>) -> String {
    match std_err {
        Ok(std_err) => format!("{estimate} ({std_err})"),
        Err(why) => format!("{estimate} (no SE: {why})"),
    }
}

/// When induction failure counts, and on whose word.
#[must_use]
pub fn failure_at(failure_at: FailureAt) -> &'static str {
    match failure_at {
        FailureAt::TimeZero => {
            "Induction failure counts as an event at time 0. That is a convention chosen here: no source that was read for \
             this page prescribes it. A setting counts it on its date instead. The international consensus of 2022 (Buchmann \
             et al., Blood 2022;139:1785–93, doi:10.1182/blood.2021012328; abstract read) defines treatment failure as no \
             complete remission by a time point that each protocol sets beforehand; which, and when it counts as an event, its \
             abstract leaves open."
        }
        FailureAt::ItsDate => {
            "Induction failure counts on the date of the first event. No source that was read for this page prescribes when \
             it counts; time 0 is the other way. The international consensus of 2022 (Buchmann et al., Blood 2022;139:1785–93, \
             doi:10.1182/blood.2021012328; abstract read) defines treatment failure as no complete remission by a time point that \
             each protocol sets beforehand; which, and when it counts as an event, its abstract leaves open."
        }
    }
}

/// Name of a rank test, as it stands within a sentence.
#[must_use]
pub fn rank_test_name(weight: RankWeight) -> String {
    match weight {
        RankWeight::LogRank => "log-rank".to_owned(),
        RankWeight::Gehan => "Gehan–Breslow (generalised Wilcoxon)".to_owned(),
        RankWeight::TaroneWare => "Tarone–Ware".to_owned(),
        RankWeight::Peto => "Peto–Peto".to_owned(),
        RankWeight::FlemingHarrington { rho, gamma } => {
            format!("Fleming–Harrington ({}, {})", decimal(rho, 2), decimal(gamma, 2))
        }
    }
}

/// A rank test: of what, on how many patients and events, and how many had no group; `test` is its χ², df and p.
#[must_use]
pub fn rank_test(
    weight: RankWeight,
    endpoint: &str,
    (patients, events): (usize, usize),
    (by_choice, without_group): (usize, usize),
    test: &str,
) -> String {
    let mut left_out = String::new();
    if by_choice > 0 {
        left_out.push_str(&format!("; {by_choice} left out by choice"));
    }
    if without_group > 0 {
        left_out.push_str(&format!("; {without_group} without a known group left out"));
    }
    let name = capital(&rank_test_name(weight));
    format!("{name} test of {endpoint} ({patients} patients, {events} events{left_out}): {test}.")
}

/// A permutation P beside an asymptotic one.
#[must_use]
pub fn permutation(p: f64, assignments: u64, drawn: bool) -> String {
    let how = if drawn {
        "drawn assignments"
    } else {
        "assignments, all of them"
    };
    format!(
        " With so few patients the asymptotic P is not reliable: permutation {} ({assignments} {how}).",
        p_in_sentence(p)
    )
}

/// What an estimate lacks that has no variance: of whom, in words that fit behind "no interval:".
#[must_use]
pub fn no_variance(whom: &str, why: NoVariance) -> String {
    let whom = if whom.is_empty() {
        String::new()
    } else {
        format!(" in {whom}")
    };
    match why {
        NoVariance::NoEvent => format!("no event{whom} so far"),
        NoVariance::AllEvents => format!("everybody{whom} still at risk had the event"),
    }
}

/// Why a difference of two groups has neither interval nor p, in words that fit behind "no interval:".
#[must_use]
pub fn not_tested(why: NotTested, first: &str, second: &str) -> String {
    let sides = [(first, why.first), (second, why.second)];
    let lacks = sides
        .into_iter()
        .filter_map(|(whom, why)| Some(no_variance(whom, why?)));
    lacks.collect::<Vec<_>>().join("; ")
}

/// Why two groups have no difference at a time.
#[must_use]
pub fn not_followed(why: NotFollowed, first: &str, second: &str) -> String {
    let sides = [(first, why.first), (second, why.second)];
    let missing: Vec<&str> = sides.into_iter().filter(|(_, is)| *is).map(|(whom, _)| whom).collect();
    format!("follow-up of {} ends before", missing.join(" and "))
}

/// What a reader must know where groups have no variance.
pub const NO_VARIANCE: &str = "Where nobody in a group has had the event, or everybody still at risk has, its variance is 0 or does not exist: an \
     interval or a P value would rest on the other group alone, so none is given. The test of all follow-up above does not need it.";

/// Why there are no restricted means.
pub const NO_HORIZON: &str =
    "No restricted means: a group was followed to time 0 only. Give a time to which the means are restricted.";

/// How survival at fixed times is compared.
pub const FIXED_TIME: &str = "Differences of Kaplan–Meier estimates with Greenwood’s variances; interval and P on one scale, \
     the plain one, so that they agree. A time chosen after looking at the curves makes P too small.";

/// What a restricted mean is.
pub const RESTRICTED_MEAN: &str = "The area under the Kaplan–Meier curve up to that time; it needs no proportional hazards. The \
     first group is the reference; interval and P of a difference are normal, on the scale of years.";

/// A restricted mean beyond the last observation.
pub const CARRIED_ON: &str = "A curve ends before that time while some are still without an event: its last value was carried \
     on, and the mean rests on nobody from there.";

/// A Kaplan–Meier estimate at one time; shares are in per cent, `whom` is empty where there is one group.
#[must_use]
pub fn survival_at(
    endpoint: &str,
    whom: &str,
    years: f64,
    estimate: &str,
    (patients, events): (f64, f64),
    at_risk: f64,
) -> String {
    let of = if whom.is_empty() {
        String::new()
    } else {
        format!(" of {whom}")
    };
    format!(
        "{}{of} at {}: {estimate}; {} patients, {} events in all of follow-up, {} at risk then.",
        capital(endpoint),
        in_years(years),
        decimal(patients, 1),
        decimal(events, 1),
        decimal(at_risk, 1)
    )
}

/// A difference from the first group; `found` is the difference with its interval, `test` its p or why there is neither.
#[must_use]
pub fn difference_from(group: &str, first: &str, years: f64, found: &str, test: Result<f64, NotTested>) -> String {
    let test = match test {
        Ok(p) => format!(", {}", p_in_sentence(p)),
        Err(why) => format!(", no interval and no P ({})", not_tested(why, group, first)),
    };
    format!(
        "At {}, {group} − {first}: {found} percentage points{test}.",
        in_years(years)
    )
}

pub(super) fn in_years(years: f64) -> String {
    format!("{} {}", decimal(years, 2), if years == 1.0 { "year" } else { "years" })
}

// The strip of key numbers over the curves.

/// Patients and events.
pub const PATIENTS_EVENTS: &str = "Patients / events";

/// Survival of a group at a time: "5-year event-free survival, germline".
#[must_use]
pub fn at_year(year: &str, endpoint: &str, group: &str) -> String {
    let of = if group.is_empty() {
        String::new()
    } else {
        format!(", {group}")
    };
    format!("{year}-year {endpoint}{of}")
}

/// An interval below a number.
#[must_use]
pub fn key_interval(interval: &str, ci: &str) -> String {
    format!("{ci} {interval}")
}

/// The median in years with its interval; its upper end may not be reached, nor the median itself.
#[must_use]
pub fn median(median: Option<String>, lower: Option<String>, upper: Option<String>) -> String {
    match (median, lower, upper) {
        (None, ..) => "median not reached".to_owned(),
        (Some(median), Some(lower), Some(upper)) => format!("median {median} y ({lower}–{upper})"),
        (Some(median), Some(lower), None) => format!("median {median} y ({lower}–not reached)"),
        (Some(median), None, _) => format!("median {median} y"),
    }
}

/// Of which groups a hazard ratio is.
#[must_use]
pub fn ratio_of_groups(group: &str, reference: &str) -> String {
    format!("{group} vs {reference}")
}

/// Over a hazard ratio.
#[must_use]
pub fn key_ratio(which: &str, ci: &str) -> String {
    format!("Hazard ratio ({ci}), {which}")
}

/// Before the P of the test of proportional hazards.
pub const PROPORTIONAL: &str = "PH";

/// A test below the hazard ratio: "log-rank P = 0.003".
#[must_use]
pub fn key_test(test: &str, p: &str) -> String {
    format!("{test} {p}")
}
