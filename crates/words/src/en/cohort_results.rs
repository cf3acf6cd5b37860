//! The words of results that describe the cohort: baseline characteristics, risk groups by protocol and how well they
//! discriminate, published estimates over the curve.

use crate::decimal;
use cotside_core::evidence::{OwnCaution, Reached};
use cotside_core::survival::NoPercentiles;

// ---- Baseline characteristics

/// Heading.
pub const BASELINE: &str = "Baseline characteristics";
/// Of a table.
pub const CHARACTERISTIC: &str = "Characteristic";
/// Of a table.
pub const ALL: &str = "All";
/// The number of patients.
pub const PATIENTS: &str = "Patients";
/// In place of what does not exist.
pub const NONE: &str = "–";
/// The unit of measurable residual disease.
pub const FRACTION_OF_CELLS: &str = "fraction of cells";
/// Below the table.
pub const BASELINE_KEY: &str = "Numbers: median (quartiles) and range; quartiles as R’s type 7. Levels: number (per cent of those known). \
     No tests of baseline differences.";

/// Patients whose value is missing.
#[must_use]
pub fn missing(count: usize) -> String {
    format!("missing {count}")
}

/// A median with its quartiles.
#[must_use]
pub fn quartiles(median: &str, lower: &str, upper: &str) -> String {
    format!("{median} ({lower}–{upper})")
}

/// The lowest and the highest number.
#[must_use]
pub fn range(lowest: &str, highest: &str) -> String {
    format!("range {lowest}–{highest}")
}

/// A count with its share in per cent.
#[must_use]
pub fn count_with(count: usize, percent: Option<&str>) -> String {
    percent.map_or_else(|| count.to_string(), |percent| format!("{count} ({percent})"))
}

// ---- Variables

/// Age in a model.
pub const AGE_PER_MONTH: &str = "Age, per month";
/// White cells in a model.
pub const WBC_PER_DOUBLING: &str = "White cells, per doubling";

/// A count with zeros among its values in a model.
#[must_use]
pub fn per_doubling(variable: &str) -> String {
    format!("{variable}, per doubling of count + 1")
}

/// Groups of a protocol in a list of variables.
#[must_use]
pub fn groups_of(protocol: &str) -> String {
    format!("groups of {protocol}")
}

/// A column that cannot be a variable, with why; `levels` is its number of different texts where they were counted.
#[must_use]
pub fn too_many_levels(column: &str, levels: Option<usize>, [most_groups, most_levels]: [usize; 2]) -> String {
    match levels {
        Some(levels) => format!(
            "{column} ({levels} levels, more than {most_groups}: to use it, say under Columns that it is a group)"
        ),
        None => format!("{column} (more than {most_levels} levels)"),
    }
}

// ---- Risk groups by protocol

/// Heading.
pub const BY_PROTOCOL: &str = "Risk groups by protocol";
/// Of a table.
pub const PROTOCOL: &str = "Protocol";
/// Of a table.
pub const GROUPS: &str = "Groups";
/// Patients of whom too little is known for a group.
pub const UNDECIDED: &str = "Undecided";
/// Patients to whom the protocol does not apply.
pub const NOT_APPLICABLE: &str = "Not applicable";
/// Below the table.
pub const GROUP_BY: &str = "“Group by” draws curves by a protocol’s groups.";
/// Heading.
pub const RECLASSIFICATION: &str = "Reclassification";
/// Below the table.
pub const RECLASSIFICATION_KEY: &str = "All patients of the file who could be read, followed or not.";

/// Rows and columns of the table of two protocols.
#[must_use]
pub fn rows_and_columns(rows: &str, columns: &str) -> String {
    format!("{rows} (rows), {columns} (columns)")
}

// ---- Discrimination

/// Heading.
pub const DISCRIMINATION: &str = "Discrimination of the protocols’ groups";
/// The name of the table.
pub const DISCRIMINATION_TABLE: &str = "Discrimination by protocol";
/// Of a table.
pub const N_EVENTS: &str = "n (events)";
/// Of a table.
pub const WITHOUT_GROUP: &str = "Without a group";
/// Of a table.
#[must_use]
pub fn concordance(ci: &str) -> String {
    format!("Concordance ({ci})")
}
/// Of a table.
pub const LOG_RANK_P: &str = "Log-rank P";
/// Of a table where no time is set.
pub const DIFFERENCE: &str = "Difference";
/// Followed patients without a group, and those whose group is left out by choice.
#[must_use]
pub fn without_group_cell(without: usize, left_out: usize) -> String {
    match left_out {
        0 => without.to_string(),
        _ => format!("{without} + {left_out} by choice"),
    }
}

/// Why there is no concordance.
pub const NO_PAIR: &str = "no comparable pair";
/// Why there is no concordance and no difference.
pub const NOT_ORDERED: &str = "groups not ordered";
/// There is no test.
pub const NO_TEST: &str = "no test";

/// Of a table.
#[must_use]
pub fn lowest_minus_highest(years: f64, ci: &str) -> String {
    format!(
        "Lowest − highest at {} years ({ci}), percentage points",
        decimal(years, 2)
    )
}

/// Protocols that have no row.
#[must_use]
pub fn one_group(names: &[&str]) -> String {
    format!(
        "Not listed, because these patients are in one group or none: {}.",
        names.join(", ")
    )
}

// ---- Published estimates over the curve

/// The label of a published point.
#[must_use]
pub fn published_point(study: &str, population: &str, source: &str) -> String {
    format!("{study}, {population} ({source})")
}

/// Heading of the reasons for caution.
#[must_use]
pub fn published_heading(study: &str, population: &str) -> String {
    format!("{study}, {population}")
}

/// A published estimate in a list: in per cent with its interval, its time, its patients.
#[must_use]
pub fn published_name(
    population: &str,
    percent: f64,
    interval: Option<(f64, f64)>,
    years: f64,
    patients: Option<u32>,
    source: &str,
) -> String {
    let interval = interval.map_or_else(String::new, |(low, high)| {
        format!(" ({}–{})", decimal(low, 1), decimal(high, 1))
    });
    let patients = patients.map_or_else(|| "n not reported".to_owned(), |n| format!("n = {n}"));
    format!(
        "{population}: {}%{interval} at {} y, {patients}; {source}",
        decimal(percent, 1),
        decimal(years, 2)
    )
}

// ---- Sentences

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

/// How the table of discrimination was made; `None` where no protocol's groups have an order, 0 resamples where the
/// interval is asymptotic.
#[must_use]
pub fn discrimination(resamples: Option<usize>, seed: u64, ci: &str) -> String {
    let interval = match resamples {
        None => String::new(),
        Some(0) => format!("; asymptotic {ci} (infinitesimal jackknife)"),
        Some(resamples) => format!("; percentile interval of {resamples} bootstrap resamples (seed {seed})"),
    };
    format!(
        "Followed patients; those whom a protocol gives no group (open, or not applicable) are counted and left out of its \
         line, so that lines are of different patients. Concordance of the order of the groups with the order of events: 0.5 \
         is chance, 1 is perfect{interval}. Groups that rest on a later finding (day 8, residual disease) \
         are followed from the same start all the same: who died before has no group. Log-rank test \
         between all groups; difference of Kaplan–Meier estimates between the lowest and the highest group, with Greenwood’s \
         interval. Nothing is corrected for the number of protocols, and a cohort on which a rule was made flatters it."
    )
}

/// What published estimates over an own curve are.
pub const OVER_CURVE: &str = "Estimates of the same endpoint, as printed in the reports that the page of published evidence \
     lists: a point at its time, its 95% CI where there is one (dashed where it was computed from a printed standard \
     error), never a curve.";

/// A reason not to read the distance of an own curve from a published point as one of treatments: our words, and between them
/// what is quoted of the report.
#[must_use]
pub fn own_caution(caution: OwnCaution<'_>) -> (String, &str, &'static str) {
    let report = |word: &str, text| match text {
        "" => (format!("{word} in the report could not be read."), text, ""),
        _ => (format!("{word} in the report: "), text, "."),
    };
    let told = match caution {
        OwnCaution::EventDefinition(text) => return report("What counts as an event", text),
        OwnCaution::TimeOrigin(text) => return report("From when time counts", text),
        OwnCaution::AgeLimit(text) => return report("The age limit", text),
        OwnCaution::NotRandomised => {
            "A report and a cohort, not two arms of a trial: a distance may be one of patients, care or era.".to_owned()
        }
        OwnCaution::Era(report, own) => format!(
            "Eras: the report enrolled {}–{}, these patients were diagnosed {}–{}.",
            report.0, report.1, own.0, own.1
        ),
        OwnCaution::EraNotStated => "Years of enrolment of the report, or of diagnosis here, are not known.".to_owned(),
        OwnCaution::Kmt2aShare(report, own) => format!(
            "KMT2A rearranged: {}% in the report, {}% here.",
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
        OwnCaution::Unchecked => super::own_estimates::CAUTION_ONE.to_owned(),
    };
    (told, "", "")
}
