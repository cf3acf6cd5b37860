//! The words of the results of the page of published evidence: heads of tables, lines of answers, captions of figures.

use cotside_core::cohort::TimeUnit;

use crate::decimal;

/// In place of what was not reported.
pub const NOT_REPORTED: &str = "not reported";
/// The same in as many letters as a figure has room for.
pub const NOT_REPORTED_SHORT: &str = "n.r.";

// ---- Heads of tables and names of lines

/// The fold of the pairs of children whom a rule and others rank in opposite order.
#[must_use]
pub fn opposite_pairs(protocol: &str, count: usize) -> String {
    let noun = if count == 1 { "protocol" } else { "protocols" };
    format!("Children whom {protocol} and {count} other {noun} rank in opposite order")
}
/// What the pairs are.
pub const OPPOSITE_PAIRS: &str = "For each of these protocols the nearest two possible children: this protocol’s rule puts the first \
     at higher risk than the second, the other protocol’s rule puts it at lower risk.";

/// Of a table.
pub const STUDY: &str = "Study";
/// Of a table.
pub const ENROLLED: &str = "Enrolled";
/// Of a table.
pub const ENDPOINT: &str = "Endpoint";
/// Of a table.
pub const POPULATION: &str = "Population";
/// Of a table.
pub const YEARS: &str = "Years";
/// Of a table: the number of patients.
pub const N: &str = "n";
/// Of a table.
pub const ESTIMATE: &str = "Estimate";
/// Of a table.
pub const ESTIMATE_PERCENT: &str = "Estimate, %";
/// Of a figure, where the head is narrow.
pub const PERCENT: &str = "%";
/// Of a table: its uncertainty as printed.
pub const SPREAD: &str = "SE or 95% CI";
/// Of a table.
pub const SOURCE: &str = "Source";
/// Of a table.
pub const SE: &str = "SE";
/// Of a table.
pub const CI: &str = "95% CI";
/// Of a table.
pub const P: &str = "P";
/// Of a table.
pub const ID: &str = "Id";
/// The unit behind an estimate.
pub const UNIT: &str = " %";

// ---- The consistency check

/// Of a table: of which number of the study a check is.
pub const OF: &str = "Of";
/// Of a table: what was checked.
pub const CHECKED: &str = "Checked";
/// Of a table.
pub const RESULT: &str = "Result";
/// Of a table.
pub const ARITHMETIC: &str = "Arithmetic";

/// A percentage of a study that was checked, by the name of its column.
#[must_use]
pub fn checked_column(column: &str) -> String {
    column.replace('_', " ")
}

// ---- Studies

/// Of a table: rearranged infants of those tested.
pub const KMT2A: &str = "KMT2A-r";
/// Of a table.
pub const AGE: &str = "Age";
/// Which infants a study takes.
pub const ELIGIBLE: &str = "Eligible by KMT2A";
/// Of a table: how many there are.
pub const ESTIMATES: &str = "Estimates";
/// The number of infants of a study.
pub const INFANTS: &str = "Infants";
/// Rearranged infants of those tested.
pub const REARRANGED: &str = "KMT2A rearranged of tested";
/// The age limit of a study.
pub const AGE_LIMIT: &str = "Age limit as worded";
/// A rate of a study.
pub const REMISSION: &str = "Complete remission";
/// A rate of a study.
pub const INDUCTION_DEATH: &str = "Death in induction";
/// A rate of a study.
pub const DEATH_IN_REMISSION: &str = "Death in remission";
/// A rate of a study.
pub const TRANSPLANTED: &str = "Transplanted";
/// From when time counts.
pub const TIME_ORIGIN: &str = "Time origin";
/// What counts as an event.
pub const EVENT_DEFINITION: &str = "Event definition";
/// Leads back to the list.
pub const ALL_STUDIES: &str = "All studies";
/// Heading.
pub const SOURCES: &str = "Sources and how they were read";
/// Before a protocol's rule for transplant.
pub const TRANSPLANT: &str = "Transplant: ";
/// A source in which none of the numbers was read.
pub const UNREAD_SOURCE: &str = " the study’s own publication; none of these numbers was read in it";

/// Heading of a study's estimates.
#[must_use]
pub fn estimates_of_study(count: usize) -> String {
    format!("{ESTIMATES} ({count})")
}

/// Leads to a protocol's page.
#[must_use]
pub fn rule_of(protocol: &str) -> String {
    format!("The rule of {protocol}, clause by clause")
}

/// Which infants a study takes, by the code of its table.
#[must_use]
pub fn eligible(kmt2a: &str) -> &str {
    match kmt2a {
        "any" => "any KMT2A",
        "rearranged" => "KMT2A rearranged",
        "germline" => "KMT2A germline",
        other => other,
    }
}

/// Rearranged infants of those tested.
#[must_use]
pub fn share_of(rearranged: u32, tested: u32, share: f64) -> String {
    format!("{} ({} %)", of_tested(rearranged, tested), decimal(100.0 * share, 1))
}

/// Rearranged infants of those tested, without their share.
#[must_use]
pub fn of_tested(rearranged: u32, tested: u32) -> String {
    format!("{rearranged} of {tested}")
}

/// An estimate of rearranged infants alone.
pub const ALL_REARRANGED: &str = "all";
/// An estimate of germline infants alone.
pub const NONE_REARRANGED: &str = "none";

/// A printed ± that is not certainly a standard error.
#[must_use]
pub fn undefined_spread(error: &str) -> String {
    format!("± {error}, undefined")
}

/// A printed standard error.
#[must_use]
pub fn standard_error(error: &str) -> String {
    format!("{SE} {error}")
}

// ---- The study summary table

/// Heads of its columns.
pub const SUMMARY_HEADS: [&str; 10] = [
    YEARS,
    "N",
    "KMT2Ar/tested (%)",
    "Complete remission, %",
    "Induction death, %",
    "Death in remission, %",
    "EFS (SE) (years), all",
    "EFS (SE) (years), KMT2Ar",
    "OS (SE) (years), all",
    "HCT, %",
];
/// Below it.
pub const SUMMARY_AS_PRINTED: &str = "As printed. The abstract of MLL-10 calls 66.2 (5.6) % a 3-year rate, and CCG-1953’s own abstract \
     calls 9.2 a standard deviation: the pages of the studies show the arithmetic.";

/// The time of a rate of the table, in years.
#[must_use]
pub fn summary_time(years: u8) -> String {
    format!("({years}-y)")
}

// ---- Comparison

/// Of a table: from what the difference is computed.
pub const SE_USED: &str = "Standard error used";
/// A rate without one.
pub const NO_SE: &str = "none: no standard error";
/// Of a table.
pub const DIFFERENCE: &str = "Difference";

/// A standard error and where it comes from.
#[must_use]
pub fn se_used(error: &str, origin: &str) -> String {
    format!("{error} ({origin})")
}

// ---- Pooling

/// A line.
pub const POOLED: &str = "Pooled";
/// A line.
pub const METHOD: &str = "Method";
/// A line.
pub const HETEROGENEITY: &str = "Heterogeneity";
/// Heading.
pub const WEIGHTS: &str = "Weights";
/// Of a table: an estimate on the scale on which it is pooled.
pub const ON_SCALE: &str = "On the scale";
/// Of a table.
pub const SE_ORIGIN: &str = "Origin of the SE";
/// Of a table.
pub const WEIGHT: &str = "Weight, %";
/// Of a table.
pub const LEFT_OUT: &str = "Study left out";
/// Of a table.
pub const I2: &str = "I², %";
/// Why there is no prediction interval.
pub const NO_PREDICTION: &str = "not estimable with a fixed effect";
/// Why there is no prediction interval.
pub const NO_PREDICTION_WITHOUT_INTERVAL: &str = "none, as there is no interval";
/// Title of the figure.
pub const POOL_TITLE: &str = "Published estimates pooled";
/// The axis of the figure.
pub const POOL_AXIS: &str = "Per cent";

/// Why nothing was pooled.
#[must_use]
pub fn not_pooled(why: &str) -> String {
    format!("Not pooled: {why}.")
}

/// Why no estimate was left out in turn.
#[must_use]
pub fn not_done(why: &str) -> String {
    format!("Not done: {why}.")
}

/// A percentage with what stands behind it: its interval, or why there is none.
#[must_use]
pub fn pooled_percent(estimate: &str, behind: &str) -> String {
    format!("{estimate} % ({behind})")
}

/// The ends of an interval.
#[must_use]
pub fn ends(lower: &str, upper: &str) -> String {
    format!("{lower} to {upper}")
}

/// How estimates were pooled.
#[must_use]
pub fn pooled_how(estimates: usize, method: &str, test: &str, scale: &str) -> String {
    format!("{estimates} estimates, {method}, {test}, {scale} scale")
}

/// How far the estimates differ: Q with its P, I², and τ² with its interval.
#[must_use]
pub fn heterogeneity(q: f64, df: u32, p: &str, i2: f64, [tau2, lower, upper]: [f64; 3]) -> String {
    format!(
        "Q = {} on {df} df, {p}; I² = {} %; τ² = {} ({})",
        decimal(q, 2),
        decimal(i2, 1),
        decimal(tau2, 4),
        ends(&decimal(lower, 4), &decimal(upper, 4))
    )
}

/// The pooled estimate in the figure.
#[must_use]
pub fn pooled_row(method: &str) -> String {
    format!("{POOLED}, {method}")
}

/// What the figure shows.
#[must_use]
pub fn pool_description(estimates: usize) -> String {
    format!("{estimates} published estimates and their pooled estimate.")
}

/// What the last mark of the figure is.
#[must_use]
pub fn diamond(method: &str, test: &str, scale: &str) -> String {
    format!("Diamond: {method}, {test}, on the {scale} scale.")
}

// ---- Figures

/// What the marks mean.
pub const KEY: &str = "Points: estimates as published. Lines: 95% CIs as printed; dashed: computed from the printed \
     standard error on the log(−log) scale. Hollow points: no uncertainty that could be drawn. Populations, eras and \
     definitions differ: these are not comparisons.";
/// The head of the names in a forest plot.
pub const STUDY_AND_POPULATION: &str = "Study, population";
/// How estimates of one time are placed.
pub const ONE_TIME: &str =
    "Estimates of one time stand side by side around it, the lowest first; they are numbered where there is room.";

/// Title of a figure of an endpoint.
#[must_use]
pub fn published_title(endpoint: &str) -> String {
    format!("Published {endpoint}")
}

/// What a figure of an endpoint shows.
#[must_use]
pub fn published_description(rows: usize, endpoint: &str) -> String {
    format!("{rows} published estimates of {endpoint}, each with its 95% CI where there is one.")
}

/// What the short form means.
#[must_use]
pub fn short_forms() -> String {
    format!("{NOT_REPORTED_SHORT}, {NOT_REPORTED}.")
}

/// Estimates that are not drawn on an axis of time.
#[must_use]
pub fn without_time(count: usize) -> String {
    format!("{count} without a time ({NOT_REPORTED}) are not drawn.")
}

// ---- Reconstruction

/// A line.
pub const PATIENTS: &str = "Patients";
/// A line.
pub const EVENTS: &str = "Events";
/// A line.
pub const MEDIAN: &str = "Median";
/// A median that the curve does not reach.
pub const NOT_REACHED: &str = "not reached";
/// No points were adjusted.
pub const NONE_ADJUSTED: &str = "none";
/// Of a table.
pub const AT_RISK_AT: &str = "At risk at";
/// Of a table.
pub const PUBLISHED: &str = "Published";
/// Of a table.
pub const RECONSTRUCTED: &str = "Reconstructed";
/// What the file holds, before and behind the link to the page for cohorts.
pub const FILE_NOTE: [&str; 3] = [
    "The column “origin” says reconstructed in every row. The file can be opened under ",
    "Analyse",
    ".",
];
/// The reconstructed curve in the figure.
pub const CURVE_RECONSTRUCTED: &str = "reconstructed";
/// The curve as it was read.
pub const CURVE_READ: &str = "as read";
/// The axis of survival.
pub const SURVIVAL: &str = "Survival (%)";
/// What the lines of points hold.
pub const POINT_LINES: (&str, &str) = ("points", "time and survival, such as 0.3, 95");
/// What the lines of numbers at risk hold.
pub const AT_RISK_LINES: (&str, &str) = ("numbers at risk", "time and patients, such as 1: 40");
/// The same where the number is not whole.
pub const AT_RISK_WHOLE: (&str, &str) = ("numbers at risk", "a whole number of patients, such as 1: 40");
/// What the field of events takes.
pub const EVENTS_WHOLE: (&str, &str) = ("events", "a whole number, such as 35");
/// A curve cannot be traced before the axes are marked.
pub const MARK_AXES_FIRST: &str = "mark the axes first";
/// A picture that cannot be traced.
pub const PICTURE_TOO_LARGE: &str = "the picture is too large";

/// Why a curve was not traced.
#[must_use]
pub fn not_traced(why: &str) -> String {
    format!("The curve was not followed: {why}.")
}

/// Why marks are not read.
#[must_use]
pub fn marks_not_read(why: &str) -> String {
    format!("The marks are not read: {why}.")
}

/// A line that is not what it should be; `of` is the list and what its lines hold.
#[must_use]
pub fn line_not_accepted((of, accepted): (&str, &str), line: &str) -> String {
    format!("In the {of}, “{line}” is not accepted; give {accepted}.")
}

/// Why nothing was reconstructed.
#[must_use]
pub fn not_reconstructed(why: &str) -> String {
    format!("Not reconstructed: {why}.")
}

/// What is said of one of several groups or curves.
#[must_use]
pub fn of_group(group: &str, text: &str) -> String {
    format!("{group}: {text}")
}

/// The events of the reconstruction, beside the published number where there is one.
#[must_use]
pub fn events(found: u32, published: Option<u32>) -> String {
    published.map_or_else(
        || found.to_string(),
        |published| format!("{found} ({published} published)"),
    )
}

/// A unit of time behind a number.
#[must_use]
pub fn unit(unit: TimeUnit) -> &'static str {
    unit.code()
}

/// A time with its unit.
#[must_use]
pub fn time_in(time: &str, unit: TimeUnit) -> String {
    format!("{time} {}", self::unit(unit))
}

/// How close the fit is, in per cent of survival.
#[must_use]
pub fn fit_error(percent: &str, points: usize) -> String {
    format!("{percent} of survival, over {points} points")
}

/// How many points were adjusted.
#[must_use]
pub fn points_adjusted(count: usize, most: &str) -> String {
    match count {
        0 => NONE_ADJUSTED.to_owned(),
        count => format!("{count}, by at most {most}"),
    }
}

/// Title of the figure.
#[must_use]
pub fn reconstructed_title(group: &str) -> String {
    let name = if group.is_empty() {
        String::new()
    } else {
        format!("{group}: ")
    };
    format!("{name}reconstructed from a published curve")
}

/// What the figure shows.
#[must_use]
pub fn reconstructed_description(times: usize, events: u32) -> String {
    format!("Kaplan–Meier curve of {times} reconstructed times with {events} events, over the curve as it was read.")
}

/// The axis of time.
#[must_use]
pub fn time_axis(unit: &str) -> String {
    format!("Time ({unit})")
}

/// Title of a table without a heading, in a document.
pub const TABLE_TITLE: &str = "Published estimates";

/// The last line under a table in a document.
#[must_use]
pub fn table_source(version: &str) -> String {
    format!("Published estimates as in the catalogue of Cotside {version}; each row names its source.")
}
