//! The words of the results of pooled analyses by files.

use cotside_core::federated::{Input, Outcome, Sharing};

use crate::{decimal, fixed, signed, significant};

/// Without a plan.
pub const COMBINE_NEEDS_PLAN: &str =
    "Open the plan and the files of sums of its hospitals, all at once or one after the other.";
/// Without sums.
pub const COMBINE_NEEDS_SUMS: &str = "No file of sums for this plan is open yet.";
/// Column.
pub const SITE: &str = "Hospital";
/// Column.
pub const N: &str = "Patients";
/// Column.
pub const EVENTS: &str = "Events";
/// Column.
pub const ROUNDS: &str = "Rounds";
/// Column.
pub const THIS_ROUND: &str = "This round";
/// In a cell.
pub const USED: &str = "used";
/// In a cell.
pub const MISSING: &str = "missing";
/// In a cell: not known.
pub const HIDDEN: &str = "not shown";

/// Which sites are missing.
#[must_use]
pub fn missing(sites: &[String], sharing: Sharing) -> String {
    let list = sites.join(", ");
    match sharing {
        Sharing::PerSite => format!("No file of this round from {list}. The results are of the other hospitals."),
        Sharing::Masked => {
            format!("No file of this round from {list}. Masks cancel only in the total of all hospitals.")
        }
    }
}

/// Where the rounds stand.
#[must_use]
pub fn status(outcome: &Outcome, has_next: bool) -> String {
    let rounds = count(outcome.rounds as usize, "round", "rounds");
    match (outcome.cox.is_some(), outcome.converged, has_next) {
        (false, ..) => format!("{rounds}. No further round is needed."),
        (true, true, _) => format!("{rounds}. The Cox model has converged: no further round is needed."),
        (true, false, true) => {
            format!("{rounds}. The Cox model needs another round: save its plan and send it to the hospitals.")
        }
        (true, false, false) => format!("{rounds}. The Cox model has not converged, and no further round is planned."),
    }
}

fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// Saves the result.
pub const SAVE_RESULT: &str = "Save result (JSON)";
/// Saves the script.
pub const SAVE_R: &str = "Save R script";
/// Heading.
pub const COX: &str = "Cox model, stratified by hospital";
/// Heading.
pub const COX_GRID: &str = "Cox model, approximate";
/// Column.
pub const COVARIATE: &str = "Covariate";
/// Column.
pub const HAZARD_RATIO: &str = "Hazard ratio (95% CI)";
/// Column.
pub const P: &str = "P";
/// Column.
pub const COEFFICIENT: &str = "Coefficient";
/// Column.
pub const STD_ERR: &str = "SE";
/// In a cell without a finite estimate.
pub const NO_ESTIMATE: &str = "no finite estimate";

/// Patients, events and ties.
#[must_use]
pub fn cox_of(n: Option<u64>, events: Option<u64>, ties: &str, cells: Option<u64>) -> String {
    let known = |count: Option<u64>| count.map_or_else(|| HIDDEN.to_owned(), |count| count.to_string());
    let how = match (ties, cells) {
        (_, Some(cells)) => format!("risk sets averaged over {cells} intervals"),
        ("breslow", _) => "Breslow’s treatment of ties".to_owned(),
        _ => "Efron’s treatment of ties".to_owned(),
    };
    format!("Patients: {}; events: {}; {how}.", known(n), known(events))
}

/// How near the estimates are to the fit of all rows together.
#[must_use]
pub fn bound(bound: Option<f64>, rounding: f64) -> String {
    let bound = match bound {
        Some(bound) => format!(
            "Each coefficient lies within {} standard errors of the fit to the pooled rows",
            bound_in_words(bound)
        ),
        None => "No bound on the distance to the fit of the pooled rows yet".to_owned(),
    };
    if rounding > 0.0 {
        format!(
            "{bound}; rounding moves it by about {} standard errors.",
            small(rounding)
        )
    } else {
        format!("{bound}; no sum is rounded.")
    }
}

/// A bound, in standard errors; below 1e-10 it is of the arithmetic rather than of the method.
#[must_use]
pub fn bound_in_words(bound: f64) -> String {
    small(bound.max(1e-10))
}

/// A hazard ratio with its interval.
#[must_use]
pub fn ratio(ratio: f64, interval: Option<(f64, f64)>) -> String {
    let shown = |value: f64| fixed(value, 2);
    match interval {
        Some((low, high)) => format!("{} ({} to {})", shown(ratio), shown(low), shown(high)),
        None => shown(ratio),
    }
}

/// Under a table that is copied or saved.
#[must_use]
pub fn source(study: &str, design: &str) -> String {
    format!("Pooled analysis {study}, design {design}")
}

/// A small number: three digits, or a power of ten.
#[must_use]
pub fn small(value: f64) -> String {
    match value {
        value if value < 1e-10 => "less than 1e-10".to_owned(),
        value if value < 1e-4 => format!("{value:.1e}"),
        value => significant(value),
    }
}

/// The distance after one round.
#[must_use]
pub fn one_round(distance: f64) -> String {
    format!(
        "After one round the estimates were {} standard errors from these.",
        significant(distance)
    )
}

/// The Newton decrement of each round.
#[must_use]
pub fn decrements(all: &[Option<f64>]) -> String {
    let each: Vec<String> = all
        .iter()
        .map(|each| each.map_or_else(|| "none".to_owned(), small))
        .collect();
    format!("Newton decrement by round: {}.", each.join(", "))
}

/// A chi-square test: "Wald: χ² 7.90, 3 df, P = 0.048".
#[must_use]
pub fn chi2(name: &str, chi2: f64, df: u32, p: &str) -> String {
    format!("{name}: χ² {}, {df} df, {p}", decimal(chi2, 2))
}

/// A test.
pub const SCORE_TEST: &str = "Score test";
/// A test.
pub const WALD_TEST: &str = "Wald test";
/// A test.
pub const LR_TEST: &str = "Likelihood-ratio test";
/// A test computed along the rounds.
pub const LR_TEST_APPROXIMATE: &str = "Likelihood-ratio test (approximate)";
/// Heading.
pub const HETEROGENEITY: &str = "Differences between hospitals";

/// Cochran's Q.
#[must_use]
pub fn q(q: f64, df: u32, p: &str) -> String {
    format!(
        "Cochran’s Q {}, {df} df, {p}: the test that the coefficients are the same at all hospitals.",
        decimal(q, 2)
    )
}

/// Column.
pub const Q: &str = "Q";
/// Column.
pub const TAU2: &str = "τ² (DL)";
/// Column.
pub const I2: &str = "I² (%)";
/// Title of the forest plot.
#[must_use]
pub fn forest_title(name: &str) -> String {
    format!("Hazard ratio of {name} by hospital")
}
/// Description of the forest plot.
#[must_use]
pub fn forest_description(name: &str, sites: usize) -> String {
    format!("Forest plot: the hazard ratio of {name} at {sites} hospitals and of all together.")
}
/// Under the forest plot.
pub const FOREST_CAPTION: &str = "Each hospital’s estimate is one Newton step from the common estimate, with its 95% confidence interval; the \
     diamond is the model of all hospitals.";
/// Label of a row.
pub const ALL_SITES: &str = "All hospitals";
/// Axis.
pub const HR_AXIS: &str = "Hazard ratio (log scale)";
/// Heading.
pub const TWO_STAGE: &str = "Two-stage pooling beside it";
/// With two hospitals.
pub const TWO_STAGE_NEEDS: &str = "Pooling each coefficient needs the fits of at least three hospitals.";
/// Column.
pub const METHOD: &str = "Method";
/// Column.
pub const ONE_MODEL: &str = "One model of all hospitals";

/// A method of pooling.
#[must_use]
pub fn pooling(method: &str, test: &str) -> String {
    let method = match method {
        "fixed" => "fixed effect",
        "dl" => "random effects (DerSimonian–Laird)",
        "reml" => "random effects (REML)",
        other => other,
    };
    match test {
        "knha" => format!("{method}, Hartung–Knapp interval"),
        _ => method.to_owned(),
    }
}

/// How far the two-stage estimates are.
#[must_use]
pub fn two_stage_distance(distance: f64) -> String {
    format!(
        "At most {} standard errors from the model of all hospitals (multivariate, fixed effect).",
        significant(distance)
    )
}

/// Sites without an own fit.
#[must_use]
pub fn two_stage_dropped(sites: &[String]) -> String {
    format!("Without a fit of their own: {}.", sites.join(", "))
}

/// Heading.
pub const SURVIVAL: &str = "Survival";
/// Unfolds a table.
pub const SHOW_TIMES: &str = "Numbers at the end of each interval";
/// Column.
pub const PROTOCOL: &str = "Protocol";

/// A group and its size.
#[must_use]
pub fn group_of(name: &str, n: u64) -> String {
    format!("{name} (n = {n})")
}

/// Title of the figure.
#[must_use]
pub fn survival_title(endpoint: &str) -> String {
    crate::capital(endpoint)
}
/// Description of the figure.
#[must_use]
pub fn survival_description(endpoint: &str, n: u64) -> String {
    format!("Curves of {endpoint} of {n} patients from counts in intervals, with bounds.")
}
/// Description of the figure of incidence.
#[must_use]
pub fn incidence_description(endpoint: &str, n: u64) -> String {
    format!(
        "Cumulative incidence of each kind of event of {endpoint} in {n} patients from counts in intervals, with bounds."
    )
}
/// Caption of a figure of curves.
#[must_use]
pub fn survival_caption(endpoint: &str, cells: usize, sites: &[String], is_exact: bool) -> String {
    let bounds = if is_exact {
        "The values at the ends of the intervals are those of the pooled rows."
    } else {
        "The bands are bounds: whatever the order of events and withdrawals within the intervals, the pooled curve at their ends lies within them."
    };
    format!(
        "{} from counts in {cells} intervals of time, hospitals {}. Known at the ends of the intervals and drawn as steps there; within an \
         interval the curve lies between its two levels. {bounds}",
        crate::capital(endpoint),
        sites.join(", ")
    )
}
/// Column.
pub const GROUP: &str = "Group";
/// Column.
pub const YEARS: &str = "Years";
/// Column.
pub const AT_RISK: &str = "At risk";
/// Column.
pub const SURVIVAL_PERCENT: &str = "Survival (%)";
/// Column.
pub const INCIDENCE_PERCENT: &str = "Incidence (%)";
/// Column.
pub const BOUNDS: &str = "Bounds (%)";
/// Column.
pub const CI_PERCENT: &str = "95% CI (%)";
/// In a cell: the bounds meet.
pub const EXACT: &str = "exact";
/// Everybody.
pub const ALL_PATIENTS: &str = "All patients";
/// Between two numbers.
#[must_use]
pub fn between(low: &str, high: &str) -> String {
    format!("{low} to {high}")
}
/// Heading.
pub const RMST: &str = "Restricted mean survival time";

/// A restricted mean.
#[must_use]
pub fn rmst(group: &str, tau: f64, estimate: f64, low: f64, high: f64, unit: &str) -> String {
    format!(
        "{group}: {} {unit}s up to {} {unit}s, bounds {} to {}",
        decimal(estimate, 1),
        decimal(tau, 1),
        decimal(low, 1),
        decimal(high, 1)
    )
}

/// Heading.
pub const TESTS: &str = "Tests of the groups";
/// Column.
pub const TEST: &str = "Test";
/// Column.
pub const OVER: &str = "Computed from";
/// Column.
pub const CHI2: &str = "χ²";
/// Column.
pub const DF: &str = "df";
/// A test.
pub const LOGRANK: &str = "Log-rank test";

/// Gray's test of a cause.
#[must_use]
pub fn gray(cause: &str) -> String {
    format!("Gray’s test, {}", cause.replace('_', " "))
}

/// From what a test of the groups is computed.
#[must_use]
pub fn computed_from(is_counts: bool) -> &'static str {
    if is_counts {
        "counts in intervals, not stratified"
    } else {
        "sums, stratified by hospital"
    }
}

/// Where τ² and I² are not known.
pub const SPREAD_UNKNOWN: &str = "τ² and I² need the number of hospitals with an estimate of the coefficient, which the masks hide where not \
     all have one.";

/// Above the bounds of observed less expected events.
pub const OBSERVED_LESS_EXPECTED: &str = "Observed less expected events, from the counts:";

/// Bounds of observed less expected events.
#[must_use]
pub fn grid_bounds(group: &str, difference: f64, low: f64, high: f64) -> String {
    format!(
        "{group}: {}, known to lie from {} to {}",
        signed(difference, 2),
        signed(low, 2),
        signed(high, 2)
    )
}

/// Heading.
pub const INCIDENCE: &str = "Cumulative incidence";
/// Column.
pub const CAUSE: &str = "Cause";
/// Heading.
pub const TABLE1: &str = "Characteristics";
/// Column.
pub const VARIABLE: &str = "Variable";
/// Column.
pub const LEVEL: &str = "Level or interval";

/// A count that is known within limits.
#[must_use]
pub fn range(low: u64, high: u64) -> String {
    if low == high {
        low.to_string()
    } else {
        format!("{low}–{high}")
    }
}

/// Mean and SD.
#[must_use]
pub fn mean(mean: f64, sd: Option<f64>) -> String {
    let sd = sd.map(|sd| format!(" (SD {})", significant(sd))).unwrap_or_default();
    format!("mean {}{sd}", significant(mean))
}

/// Geometric mean, and the factor by which one standard deviation multiplies it.
#[must_use]
pub fn geometric_mean(mean: f64, factor: Option<f64>) -> String {
    let factor = factor
        .map(|factor| format!(" (SD factor {})", significant(factor)))
        .unwrap_or_default();
    format!("geometric mean {}{factor}", significant(mean))
}

/// How many, their mean, and their median.
#[must_use]
pub fn moments(n: u64, mean: &str, median: Option<(f64, f64, f64)>) -> String {
    let median = median
        .map(|(median, low, high)| {
            format!(
                "; median {}, between {} and {}",
                significant(median),
                significant(low),
                significant(high)
            )
        })
        .unwrap_or_default();
    format!("n {n}; {mean}{median}")
}

/// Under the table.
pub const MOMENTS: &str =
    "Values outside the plan’s limits of a covariate count as its limits. A median is known only within its interval.";
/// Heading.
pub const PROTOCOLS: &str = "Groups of protocols";
/// Heading.
pub const METHODS: &str = "Methods";
/// Copies it.
pub const COPY: &str = "Copy";
/// Heading.
pub const FILES_BEHIND: &str = "Files behind the result";

/// A file behind the result.
#[must_use]
pub fn input(input: &Input) -> String {
    format!("{}, round {}: {}", input.site, input.round, input.sha256)
}
