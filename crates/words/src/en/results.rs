//! Results of a cohort in the words of reporting guidelines: n, events, estimate, interval, test, p, what was left out.

use super::{cox_error, p_value};
use crate::{capital, decimal};
use cotside_core::cohort::FailureAt;
use cotside_core::evidence::{OwnCaution, Reached};
use cotside_core::survival::cox::{CoxError, CoxFit, CoxWarning, Term};
use cotside_core::survival::{Concordance, NoPercentiles, NoVariance, NotFollowed, NotTested, RankWeight};

/// When induction failure counts, and on whose word.
#[must_use]
pub fn failure_at(failure_at: FailureAt) -> &'static str {
    match failure_at {
        FailureAt::TimeZero => {
            "Induction failure counts as an event at time 0. That is a convention chosen here: no source that was read for \
             this page prescribes it. The setting above counts it on its date instead."
        }
        FailureAt::ItsDate => {
            "Induction failure counts on the date of the first event. No source that was read for this page prescribes when \
             it counts; time 0 is the other way."
        }
    }
}

/// A model of several variables: what it was fitted to, the test of all of them, how well it orders patients.
#[must_use]
pub fn cox_model(
    endpoint: &str,
    variables: &[String],
    found: &CoxFit,
    left_out: usize,
    concordance: Option<Concordance>,
) -> String {
    let kind = if found.is_penalised {
        " with Firth’s penalty"
    } else {
        ""
    };
    let mut line = format!(
        "Cox’s regression{kind} of {endpoint} on {}: {} patients, {} events",
        variables.join(", "),
        found.n,
        found.n_events
    );
    if left_out > 0 {
        line.push_str(&format!("; {left_out} left out because a value is missing"));
    }
    let converged = !found
        .warnings
        .iter()
        .any(|each| matches!(each, CoxWarning::NotConverged { .. }));
    if converged {
        line.push_str(&format!(
            ". Likelihood ratio χ² = {}, df = {}",
            decimal(found.likelihood_ratio.chi2, 2),
            found.likelihood_ratio.df
        ));
        if let Some(p) = found.likelihood_ratio.p {
            line.push_str(&format!(", {}", p_value(p)));
        }
    }
    line.push('.');
    if let Some((c, std_err)) = concordance.and_then(|each| Some((each.c?, each.std_err?))) {
        line.push_str(&format!(
            " Concordance {} (SE {}), on the patients that the model was fitted to.",
            decimal(c, 3),
            decimal(std_err, 3)
        ));
    }
    if found.n_events < EVENTS_A_COEFFICIENT * found.likelihood_ratio.df {
        line.push_str(&format!(
            " Fewer than {EVENTS_A_COEFFICIENT} events a coefficient: estimates are unsure."
        ));
    }
    line
}

/// Events a coefficient below which a model is called unsure, as for models of the subdistribution hazard.
const EVENTS_A_COEFFICIENT: usize = 10;

/// Why there is no model on the page, which has no command-line options.
#[must_use]
pub fn no_cox_model(error: &CoxError, terms: &[Term]) -> String {
    match error {
        CoxError::NoEvents => "nobody of these has an event".to_owned(),
        other => cox_error(other, terms),
    }
}

/// The mark of an estimate by Firth's penalised likelihood, behind its interval.
pub const FIRTH: &str = "Firth";

/// What is said of a variable whose estimates are Firth's.
pub const FIRTH_ESTIMATES: &str = "Firth’s penalised likelihood, interval and p of its profile";

/// Shown where a ratio does not exist.
pub const NO_ESTIMATE: &str = "no finite estimate";

/// Why Firth's penalty, which was asked for, gave no estimate.
#[must_use]
pub fn firth_refused(error: &CoxError, terms: &[Term]) -> String {
    format!("Firth’s penalty gave no estimate: {}", no_cox_model(error, terms))
}

/// A variable that is not in a model because it has one value among its patients.
#[must_use]
pub fn one_value(variable: &str, patients: usize) -> String {
    format!("{variable} has one value among these {patients} patients and is not in the model")
}

/// Where nothing that was chosen differs.
pub const NOTHING_DIFFERS: &str = "No model: none of the chosen variables has two values among the patients of whom all of \
     them are known.";

/// A model whose proportional hazards could not be tested.
#[must_use]
pub fn not_checked(error: &CoxError, terms: &[Term]) -> String {
    let why = match error {
        CoxError::NotForFirth => "it is not defined for Firth’s penalised likelihood".to_owned(),
        other => no_cox_model(other, terms),
    };
    format!("No test of proportional hazards: {why}.")
}

/// What Firth's penalty is for, before it is asked for and after.
#[must_use]
pub fn penalty(on: bool) -> &'static str {
    if on {
        "Where the plain likelihood has no finite maximum, estimates are Firth’s: penalised likelihood, with intervals and p \
         of its profile. Others are plain."
    } else {
        "Some coefficients grow without end: all events, or none, are on one side. Firth’s penalised likelihood has finite \
         estimates, with intervals of its profile."
    }
}

/// What must be known wherever patients are sorted by the rule of a protocol.
pub const NOT_TREATED_ON_IT: &str = "These patients were not treated by these protocols, or not all of them: a group is what \
     the protocol’s rule would call the patient, and how the group fared says nothing of the protocol’s treatment.";

/// Why a concordance has no interval from so many resamples.
#[must_use]
pub fn no_percentiles(why: NoPercentiles, resamples: usize) -> String {
    match why {
        NoPercentiles::WithoutPairs(count) => {
            format!("no interval: {count} of {resamples} resamples have no pair to compare")
        }
        NoPercentiles::AllAlike => "no interval: all resamples give this value".to_owned(),
    }
}

/// How the table of discrimination was made; no resamples where no protocol's groups have an order.
#[must_use]
pub fn discrimination(resamples: Option<usize>, seed: u64) -> String {
    let interval = resamples.map_or_else(String::new, |resamples| {
        format!("; percentile interval of {resamples} bootstrap resamples (seed {seed})")
    });
    format!(
        "Followed patients; those whom a protocol gives no group (open, or not applicable) are counted and left out of its \
         line, so that lines are of different patients. Concordance of the order of the groups with the order of events: 0.5 \
         is chance, 1 is perfect{interval}. Groups that rest on a later finding (day 8, residual disease) \
         are followed from the same start all the same: who died before has no group. Log-rank test \
         between all groups; difference of Kaplan–Meier estimates between the lowest and the highest group, with Greenwood’s \
         interval. Nothing is corrected for the number of protocols, and a cohort on which a rule was made flatters it."
    )
}

/// The test of proportional hazards of all variables together; `test` is its χ², df and p.
#[must_use]
pub fn proportionality(test: &str) -> String {
    format!(
        "Score test of coefficients that change with 1 − Kaplan–Meier (Grambsch and Therneau, as R’s cox.zph), all \
         variables: {test}. A small p speaks against one hazard ratio for all times; a large one does not prove it."
    )
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
    without_group: usize,
    test: &str,
) -> String {
    let left_out = if without_group > 0 {
        format!("; {without_group} without a known group left out")
    } else {
        String::new()
    };
    let name = capital(&rank_test_name(weight));
    format!("{name} test of {endpoint} ({patients} patients, {events} events{left_out}): {test}.")
}

/// A permutation p beside an asymptotic one.
#[must_use]
pub fn permutation(p: f64, assignments: u64, drawn: bool) -> String {
    let how = if drawn {
        "drawn assignments"
    } else {
        "assignments, all that there are"
    };
    format!(
        " With so few patients the asymptotic p is not to be trusted: permutation {} ({assignments} {how}).",
        p_value(p)
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
     interval or a p would rest on the other group alone, so none is given. The test of all follow-up above does not need it.";

/// Why there are no restricted means.
pub const NO_HORIZON: &str =
    "No restricted means: a group was followed to time 0 only. Give a time to which the means are restricted.";

/// How survival at fixed times is compared.
pub const FIXED_TIME: &str = "Differences of Kaplan–Meier estimates with Greenwood’s variances; interval and p on one scale, \
     the plain one, so that they agree. A time chosen after looking at the curves makes p too small.";

/// What a restricted mean is.
pub const RESTRICTED_MEAN: &str = "The area under the Kaplan–Meier curve up to that time; it needs no proportional hazards. The \
     first group is the reference; interval and p of a difference are normal, on the scale of years.";

/// A restricted mean beyond the last observation.
pub const CARRIED_ON: &str = "A curve ends before that time while some are still without an event: its last value was carried \
     on, and the mean rests on nobody from there.";

/// What the two hazards of competing risks answer.
pub const TWO_HAZARDS: &str = "Fine and Gray’s model: how many have had this event by a time, all causes competing. Cox’s model of \
     the cause alone: how fast it strikes those still free of any event. The two can differ, and then both are true.";

/// What the forest of subgroups compares.
#[must_use]
pub fn subgroups(last: &str, first: &str, is_part: bool, variables: usize, apart: &[String]) -> String {
    let mut part = String::new();
    if is_part {
        part.push_str(" The other groups are left out.");
    }
    if !apart.is_empty() {
        part.push_str(&format!(
            " No level has both groups, so that there is nothing to compare: {}.",
            apart.join(", ")
        ));
    }
    format!(
        "Hazard ratio of {last} against {first} within the levels of {variables} variables; numbers are cut at their \
         median.{part} p of the interaction asks whether the ratio differs between levels; of {variables} such tests one in \
         twenty is below 0.05 by chance alone."
    )
}

/// What speaks against a finding of later than diagnosis as if it had been known from diagnosis.
pub const KNOWN_LATER: &str = "known only later: whoever has it was alive and followed until then";

/// What published estimates over an own curve are.
pub const OVER_CURVE: &str = "Estimates of the same endpoint, as printed in the reports that the page of published evidence \
     lists: a point at its time, its 95 % interval where there is one (dashed where it was computed from a printed standard \
     error), never a curve.";

/// A reason not to read the distance of an own curve from a published point as one of treatments.
#[must_use]
pub fn own_caution(caution: OwnCaution<'_>) -> String {
    let report = |word: &str, text: &str| {
        if text.is_empty() {
            format!("{word} in the report could not be read.")
        } else {
            format!("{word} in the report: {text}.")
        }
    };
    match caution {
        OwnCaution::NotRandomised => {
            "A report and a cohort, not two arms of a trial: a distance may be one of patients, care or era.".to_owned()
        }
        OwnCaution::EventDefinition(text) => report("What counts as an event", text),
        OwnCaution::TimeOrigin(text) => report("From when time counts", text),
        OwnCaution::AgeLimit(text) => report("The age limit", text),
        OwnCaution::Era(report, own) => format!(
            "Eras: the report enrolled {}–{}, these patients were diagnosed {}–{}.",
            report.0, report.1, own.0, own.1
        ),
        OwnCaution::EraNotStated => "Years of enrolment of the report, or of diagnosis here, are not known.".to_owned(),
        OwnCaution::Kmt2aShare(report, own) => format!(
            "KMT2A rearranged: {} % in the report, {} % here.",
            decimal(100.0 * report, 1),
            decimal(100.0 * own, 1)
        ),
        OwnCaution::Kmt2aShareNotStated => {
            "The share of KMT2A-rearranged infants, in the report or here, is not known.".to_owned()
        }
        OwnCaution::Selected(Reached::Remission) => "The report counts only infants who reached remission.".to_owned(),
        OwnCaution::Selected(Reached::Transplant) => {
            "The report counts only infants who reached transplant.".to_owned()
        }
        OwnCaution::Selected(Reached::Entry) => "The report counts all who entered.".to_owned(),
        OwnCaution::Few(n) => format!("Few patients in the report: {n}."),
        OwnCaution::NumberNotStated => "How many patients the report has is not stated.".to_owned(),
        OwnCaution::UnclearSpread => {
            "The report prints a ± that is not certainly a standard error; no interval is drawn.".to_owned()
        }
        OwnCaution::SecondHand => "Read at second hand.".to_owned(),
    }
}

/// A hazard ratio in a sentence: `ratio` is the estimate with its interval.
#[must_use]
pub fn ratio_of(term: &str, ratio: &str, p: f64) -> String {
    format!("{term} {ratio}, {}", p_value(p))
}

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
        Ok(p) => format!(", {}", p_value(p)),
        Err(why) => format!(", no interval and no p ({})", not_tested(why, group, first)),
    };
    format!(
        "At {}, {group} less {first}: {found} percentage points{test}.",
        in_years(years)
    )
}

/// Cumulative incidences of a cause at one time, each `group estimate (interval)`, with what Gray's test says where
/// there are groups.
#[must_use]
pub fn incidence_at(cause: &str, years: f64, estimates: &[String], gray: Option<&str>) -> String {
    let gray = gray.map_or_else(String::new, |gray| format!("; {gray}"));
    format!(
        "{} by {}: {}{gray}.",
        capital(cause),
        in_years(years),
        estimates.join(", ")
    )
}

fn in_years(years: f64) -> String {
    format!("{} {}", decimal(years, 2), if years == 1.0 { "year" } else { "years" })
}
