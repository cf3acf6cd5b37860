//! The words of the page of published evidence: its views, controls, and the sentences around its results.

use cotside_core::evidence::{Estimate, PublishedEndpoint, RowChange, RowKind};

use super::printed;
use crate::decimal;

/// The name of the list of views.
pub const VIEWS: &str = "Views";
/// The name of the list of what can be browsed.
pub const BROWSE_VIEWS: &str = "Browse";

/// A view: the fragment of its address, its name in the list, its heading and the sentence below it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct View {
    /// The fragment of its address.
    pub fragment: &'static str,
    /// In the list.
    pub name: &'static str,
    /// Heading.
    pub title: &'static str,
    /// The sentence below the heading; empty where there is none.
    pub lead: &'static str,
}

/// The first view of the menu, under which estimates, studies and the summary table are.
pub const BROWSE: &str = "Browse";

/// The estimates; the lead counts them.
pub const ESTIMATES: View = View {
    fragment: "estimates",
    name: "Estimates",
    title: "Published estimates",
    lead: "",
};
/// The studies.
pub const STUDIES: View = View {
    fragment: "studies",
    name: "Studies",
    title: "Studies",
    lead: "",
};
/// The commentary's table.
pub const SUMMARY: View = View {
    fragment: "five-studies",
    name: "Study summary table",
    title: "Study summary table",
    lead: "",
};
/// What was added and corrected, and what was searched for.
pub const HISTORY: View = View {
    fragment: "history",
    name: "Changes and searches",
    title: "Changes of the evidence, and searches",
    lead: "Every row has a history: the version that added it, and each correction with the text before and after it.",
};
/// Comparison and pooling.
pub const COMPARE: View = View {
    fragment: "compare",
    name: "Compare and pool",
    title: "Compare and pool",
    lead: "Two published rates side by side, or three and more pooled, with reasons for caution.",
};
/// The consistency check.
pub const CHECK: View = View {
    fragment: "check",
    name: "Check",
    title: "Consistency check of reported numbers",
    lead: "Enter numbers as printed, with all their decimals. A printed number stands for every number that rounds to it. \
           Inconsistent numbers may have a reason that is not printed.",
};
/// Digitising.
pub const DIGITISE: View = View {
    fragment: "reconstruct",
    name: "Digitise",
    title: "Digitise published curves",
    lead: "Reconstruct patient data from the curves of a published figure: times and events that draw the same curves, from \
           their points and the numbers at risk (Guyot et al. 2012, refined). They are not data of patients.",
};

/// What the catalogue holds, and when it was read.
#[must_use]
pub fn held(estimates: usize, studies: usize, date: &str) -> String {
    format!(
        "{estimates} estimates of {studies} studies and reports, as printed, each with the place where it was read. Read {date}."
    )
}

// ---- Browse

/// The name of the filters.
pub const FILTERS: &str = "Filters";
/// A filter.
pub const ENDPOINT: &str = "Endpoint";
/// A filter: the endpoints of few rows.
pub const OTHER_ENDPOINTS: &str = "Other endpoint";
/// A filter.
pub const STUDY: &str = "Study";
/// A filter.
pub const SEARCH: &str = "Search";
/// What may be searched.
pub const SEARCH_HINT: &str = "high risk";
/// No filter, in a list or a group of buttons.
pub const ALL: &str = "All";
/// The figure above the table.
pub const FIGURE: &str = "Figure";
/// The order of the rows.
pub const SORT_BY: &str = "Sort by";
/// Takes the filters back.
pub const CLEAR_FILTERS: &str = "Clear filters";
/// No row is left.
pub const NO_ESTIMATE: &str = "No estimate matches. Clear the filters to see all.";
/// Saves the rows.
pub const SAVE_ROWS: &str = "Save these rows (CSV)";
/// Saves the sources of what is shown, for programs that manage literature.
pub const RIS: &str = "Sources (RIS)";
/// The same.
pub const BIBTEX: &str = "Sources (BibTeX)";
/// Saves what the table is, its version, its terms and how it is cited.
pub const ABOUT_DATA: &str = "About these data";
/// Heading of the searches.
pub const SEARCHES: &str = "What was searched for";
/// Columns of the changes: row, change, what changed.
pub const CHANGE_HEADS: [&str; 3] = ["Row", "Change", "What changed"];
/// Columns of the searches: date, subject, where, found, left open.
pub const SEARCH_HEADS: [&str; 5] = ["Date", "Subject", "Where", "Found", "Left open"];

/// The heading of a version of the evidence.
#[must_use]
pub fn evidence_version(version: &str, date: &str) -> String {
    format!("Evidence {version} · {date}")
}

/// How many rows a version added, corrected and removed.
#[must_use]
pub fn changed_rows(added: usize, corrected: usize, removed: usize) -> String {
    let removed = if removed == 0 {
        String::new()
    } else {
        format!(", {removed} removed")
    };
    format!("{added} rows added, {corrected} corrected{removed}.")
}

/// The text that goes with the table as a file.
#[must_use]
pub fn about_data(version: &str, date: &str, licence: &str, [estimates, studies]: [usize; 2]) -> String {
    format!(
        "Cotside: published outcomes of infant acute lymphoblastic leukaemia\n\
         Evidence version {version} of {date}: {estimates} estimates of {studies} studies and reports.\n\n\
         What it is: estimates as printed, each with its source, the place in it and how it was read (how_read: paper, \
         abstract, register, secondary, news-report, derived, not-verified). An empty cell was not reported. A number is \
         quoted, never corrected; remarks stand in the column note. Rows named in same_as are one estimate.\n\n\
         Licence: {licence}, at your choice. The numbers are those of the sources, which are to be cited with them.\n\n\
         How to cite: Cotside, published outcomes of infant ALL, evidence version {version} ({date}), with the source of \
         each estimate.\n\n\
         What changed since a version: cotside evidence --since VERSION, or Evidence, “Changes and searches”.\n\
         For research; not for decisions on the treatment of a patient without the sources.\n"
    )
}

/// Why there is no figure over time.
pub const NO_TIMES: &str = "None of these estimates has a time.";
/// Why there is no figure.
pub const ONE_ENDPOINT: &str = "Choose one endpoint: one axis holds one endpoint.";
/// A link to the study's page.
pub const CHECKED: &str = "consistency checked";
/// The head of the column of boxes.
pub const CHOOSE: &str = "Choose";
/// The head of the drawn intervals.
pub const AXIS: [&str; 3] = ["0", "50", "100%"];

/// Figures above the table, by their codes.
#[must_use]
pub fn figure_name(code: &str) -> &'static str {
    match code {
        "forest" => "Forest plot",
        "points" => "Points over time",
        _ => "None",
    }
}

/// The head of a column of estimates by its code, as the table shows it and as its cells are named where they are stacked.
#[must_use]
pub fn column(code: &str) -> &'static str {
    match code {
        "study" => "Study",
        "enrolled" => "Enrolled",
        "kmt2a" => "KMT2A-r",
        "endpoint" => "Endpoint",
        "population" => "Population",
        "time" => "Years",
        "n" => "n",
        "estimate" => "Estimate, %",
        "spread" => "SE or 95% CI",
        _ => "Source",
    }
}

/// An order of the rows.
#[must_use]
pub fn order(code: &str, descending: bool) -> String {
    let textual = matches!(code, "study" | "endpoint" | "population" | "source");
    let way = match (textual, descending) {
        (true, false) => "A–Z",
        (true, true) => "Z–A",
        (false, false) => "low to high",
        (false, true) => "high to low",
    };
    format!("{}, {way}", column(code))
}

/// How many rows are listed.
#[must_use]
pub fn listed(rows: usize, all: usize, studies: usize) -> String {
    let noun = if studies == 1 { "study" } else { "studies" };
    format!("{rows} of {all} estimates, from {studies} {noun}.")
}

/// How many of the rows report which uncertainty.
#[must_use]
pub fn uncertainty([interval, standard_error, undefined, none]: [usize; 4]) -> String {
    format!("Uncertainty reported: 95% CI {interval} · SE {standard_error} · ± undefined {undefined} · none {none}")
}

/// What a row's box is called.
#[must_use]
pub fn chosen_name(study: &str, endpoint: &str, population: &str) -> String {
    format!("Choose {study} {endpoint}, {population}")
}

/// An estimate in a list of those of its study.
#[must_use]
pub fn estimate_name(estimate: &Estimate) -> String {
    let at = estimate.years.map_or_else(
        || ", time not reported".to_owned(),
        |years| format!(" at {} y", decimal(years, 1)),
    );
    format!(
        "{} {}%{at}: {}",
        short_endpoint(estimate.endpoint),
        printed(estimate.estimate),
        estimate.population
    )
}

/// An endpoint in a table or a list: its abbreviation where there is one.
#[must_use]
pub fn short_endpoint(endpoint: PublishedEndpoint) -> &'static str {
    endpoint.code()
}

/// What a row of the changes is.
#[must_use]
pub fn row_kind(kind: RowKind) -> &'static str {
    kind.code()
}

/// What happened to it.
#[must_use]
pub fn row_change(change: RowChange) -> &'static str {
    change.code()
}

// ---- The tray

/// The name of the tray.
pub const TRAY: &str = "Chosen estimates";
/// Leads to the comparison.
pub const TRAY_COMPARE: &str = "Compare";
/// Leads to pooling.
pub const TRAY_POOL: &str = "Pool";
/// Empties the set.
pub const REMOVE_ALL: &str = "Remove all";
/// Takes one out of the set.
pub const REMOVE: &str = "remove";

/// How many are chosen.
#[must_use]
pub fn chosen(count: usize) -> String {
    format!("{count} chosen →")
}

/// What the button that takes one out is called.
#[must_use]
pub fn remove_name(study: &str, estimate: &str) -> String {
    format!("Remove {study}, {estimate}")
}

// ---- Compare and pool

/// Heading.
pub const COMPARE_TWO: &str = "Compare two";
/// Heading.
pub const POOL: &str = "Pool";
/// A picker.
pub const FIRST: &str = "First";
/// A picker.
pub const SECOND: &str = "Second";
/// The estimate of a picker.
pub const PICK_ESTIMATE: &str = "Estimate";
/// Nothing is picked yet.
pub const CHOOSE_ONE: &str = "choose";
/// What else may be used as a standard error.
pub const BINOMIAL: &str = "If no SE is reported, use the binomial minimum";
/// A picker.
pub const ADD: &str = "Add";
/// Adds what Browse lists.
pub const ADD_LISTED: &str = "Add all rows listed under Browse";
/// How estimates are pooled.
pub const METHOD: &str = "Model";
/// The interval of the pooled estimate.
pub const INTERVAL: &str = "Interval";
/// The scale on which they are pooled.
pub const SCALE: &str = "Scale";
/// Where estimates can be chosen.
pub const POOL_LEAD: [&str; 3] = ["Add estimates here, or choose rows under ", "Browse", "."];
/// Heading.
pub const CAUTIONS: &str = "Reasons for caution";
/// Nothing is compared yet.
pub const CHOOSE_TWO: &str = "Choose two estimates.";
/// A line of the comparison.
pub const DIFFERENCE: &str = "Difference (first − second), percentage points";
/// A line of the comparison.
pub const DIFFERENCE_LOG_LOG: &str = "Difference (first − second), log(−log) scale";
/// A line of the comparison.
pub const HAZARD_RATIO: &str = "Ratio of cumulative hazards, first to second";
/// What may help where there is no difference.
pub const MINIMUM_HELPS: &str = " The binomial minimum of the standard error can be used.";
/// Why there is no P.
pub const SAME_ESTIMATE: &str = "it is the same estimate";
/// Why there is no P.
pub const OTHER_ENDPOINT: &str = "the endpoints differ or are not named";
/// Why there is no P.
pub const OTHER_TIME: &str = "the times differ";
/// Why there is no P.
pub const TIME_NOT_STATED: &str = "a time is not reported";
/// Why there is no P.
pub const OTHER_ERA: &str = "no year of enrolment is common to both";
/// Why there is no P.
pub const ERA_NOT_STATED: &str = "years of enrolment are not reported";
/// A line of pooling.
pub const PREDICTION: &str = "95% prediction interval";
/// Heading.
pub const LEAVE_ONE_OUT: &str = "Leave-one-out";
/// Why it is not done.
pub const LEAVE_ONE_OUT_NEEDS: &str = "Needs 4 estimates.";

/// The study of a picker.
#[must_use]
pub fn pick_study(picker: &str) -> String {
    format!("{picker}: study")
}

/// Why no P is given.
#[must_use]
pub fn not_tested(why: &[&str]) -> String {
    format!("No P value: {}.", why.join(", "))
}

/// How many are needed.
#[must_use]
pub fn fewest_pooled(fewest: usize) -> String {
    format!("At least {fewest} estimates are needed.")
}

// ---- Check

/// The field into which results are pasted.
pub const PASTE: &str = "Paste reported results, one a line";
/// What may be pasted.
pub const PASTE_HINT: &str = "41.7 (SE 9.2), n=115\n43.2% (95% CI 30.7–55.1)\nHR 1.42 (1.01–2.0), P=0.04";
/// What happens with it.
pub const PASTE_LEAD: &str = "One line is split into the fields below, where it can be corrected. Of several, each is answered in a \
     table.";
/// Column of what was pasted.
pub const LINE: &str = "Line";
/// Column of what was understood of it.
pub const UNDERSTOOD: &str = "Understood";
/// No number of a line was understood.
pub const NOTHING_UNDERSTOOD: &str = "nothing";

/// A number of a line, by the code of its field; `level` is that of intervals.
#[must_use]
pub fn understood_field(code: &str, text: &str, level: &str) -> String {
    match code {
        "estimate" => format!("rate {text}%"),
        "se" => format!("SE {text}"),
        "ci" | "hr-ci" => format!("{level}% CI {text}"),
        "percent" => format!("{text}%"),
        "p" => match text.strip_prefix('<') {
            Some(text) => format!("P < {text}"),
            None => format!("P = {text}"),
        },
        "n" | "total" => format!("n = {text}"),
        "hr" => format!("hazard ratio {text}"),
        "parts" => format!("parts {text}"),
        other => format!("{other} {text}"),
    }
}

/// A fraction that was read as a percentage.
#[must_use]
pub fn read_as_fraction(fraction: &str, percent: &str) -> String {
    format!("{fraction} is read as a fraction, {percent}%. Write 0.4% for a rate below 1%.")
}

/// Lines that were not read.
#[must_use]
pub fn more_lines(count: usize) -> String {
    format!("{count} more lines were not read; paste them by themselves.")
}

/// Before the examples.
pub const EXAMPLES_LEAD: &str = "Examples";
/// Empties the fields.
pub const CLEAR: &str = "Clear";
/// The level of intervals.
pub const LEVEL: &str = "Level of intervals";
/// Heading of a study's findings.
pub const CONSISTENCY: &str = "Consistency check";
/// Below a study's findings.
pub const ROUNDING: &str = "Rounding is allowed for. Inconsistent numbers may have a reason that is not printed.";
/// A study without findings.
pub const NOTHING_TO_CHECK: &str = "No number of this study can be checked against another.";
/// Names of the examples.
pub const EXAMPLES: [&str; 7] = [
    "CCG-1953: 41.7 (9.2) % of 115",
    "Severance: 60 ± 21.9 % of 6 transplanted",
    "Severance: “6 of 7 (66.7 %)”",
    "Severance: neutrophils at a median of 16.5 days",
    "MLL-10: 66.2 %, called 5-year and 3-year",
    "MLL03: 43.2 (30.7–55.1) % of 62",
    "MLL03: hazard ratio 1.969 (0.903–4.291), p = .088",
];
/// Numbers outside their range.
pub const IMPOSSIBLE: &str = "Some of these numbers are outside their range: rates are 0 to 100%, a ratio and its interval are above \
     0, the lower end comes first, a count is at most its total.";
/// Too few numbers.
pub const UNDETERMINED: &str = "More numbers are needed: a rate needs its SE and n, its interval, or its parts; a hazard ratio its \
     interval; a percentage its count or n; a median its range.";

/// The parts of the form, with the codes of their fields.
pub const CHECK_GROUPS: [(&str, &[&str]); 4] = [
    ("Rate", &["estimate", "se", "n", "ci", "parts"]),
    ("Hazard ratio", &["hr", "hr-ci", "p"]),
    ("Count and percentage", &["count", "percent", "total"]),
    ("Median and range", &["median", "range", "values"]),
];

/// Label, an example and the width of a field.
#[must_use]
pub fn check_label(code: &str) -> (&'static str, &'static str, u8) {
    match code {
        "estimate" => ("Rate, %", "41.7", 6),
        "se" => ("SE or ±", "9.2", 6),
        "n" => ("n", "115", 6),
        "ci" => ("CI", "30.7–55.1", 12),
        "parts" => ("n:rate of its parts", "19:94.4, 56:56.6", 20),
        "hr" => ("Hazard ratio", "1.969", 6),
        "hr-ci" => ("CI", "0.903–4.291", 12),
        "p" => ("P", ".088 or <.001", 10),
        "count" => ("Count", "6 of 7", 8),
        "percent" => ("Per cent", "66.7", 6),
        "total" => ("or n alone", "115", 6),
        "median" => ("Median", "16.5", 6),
        "range" => ("Range", "10–23", 10),
        _ => ("Values", "12, 15, 23, 11, 12, 10", 24),
    }
}

/// A text that is not what its field takes.
#[must_use]
pub fn not_accepted((label, hint, _): (&str, &str, u8), typed: &str) -> String {
    format!("{label}: “{typed}” is not accepted; give it as printed, such as {hint}.")
}

/// What of a pasted sentence was not understood.
#[must_use]
pub fn not_used(unread: &[String]) -> String {
    format!("Not used: {}.", unread.join(", "))
}

// ---- Digitise

/// The steps beside the picture.
pub const STEPS: [&str; 3] = ["Mark the axes", "Set the points", "Add the numbers at risk"];
/// How the first step is done.
pub const STEP_AXES: &str =
    "Open a picture. Click its origin, a point on the x axis and a point on the y axis; give their values.";
/// How the second step is done.
pub const STEP_POINTS: &str =
    "Trace by colour with one click on the curve, or add points by hand. Points can be typed, pasted or opened too.";
/// How the third step is done.
pub const STEP_AT_RISK: &str = "As printed under the curve, at least the one at time 0.";
/// A value at a mark.
pub const X_AT_ORIGIN: &str = "x at origin";
/// A value at a mark.
pub const X_AT_MARK: &str = "x at point 2";
/// A value at a mark.
pub const Y_AT_ORIGIN: &str = "y at origin";
/// A value at a mark.
pub const Y_AT_MARK: &str = "y at point 3";
/// The unit of the x axis.
pub const TIME_UNIT: &str = "Time in";
/// The points.
pub const POINTS: &str = "Points: time, survival (0 to 1, or %)";
/// An example of them.
pub const POINTS_HINT: &str = "0, 100\n0.3, 100\n0.3, 95";
/// The numbers at risk.
pub const AT_RISK: &str = "Numbers at risk: time: patients";
/// An example of them.
pub const AT_RISK_HINT: &str = "0: 62\n1: 40\n2: 31";
/// The published number of events.
pub const EVENTS: &str = "Events, if published";
/// The group.
pub const GROUP: &str = "Group name";
/// Opens a file of points.
pub const OPEN_POINTS: &str = "Open points (CSV)";
/// Fills in a simulated curve.
pub const LOAD_EXAMPLE: &str = "Load example";
/// Nothing is given yet.
pub const GIVE_POINTS: &str = "Give the points of a curve: mark them in a picture, type them, or open them.";
/// The points are there.
pub const GIVE_AT_RISK: &str = "Give the numbers at risk as printed under the curve, at least the one at time 0.";
/// A line of the fit.
pub const FIT_ERROR: &str = "Error of the fit (root mean square)";
/// A line of the fit.
pub const MAXIMUM_DEVIATION: &str = "Maximum deviation";
/// A line of the fit.
pub const POINTS_ADJUSTED: &str = "Points adjusted to keep the curve non-increasing";
/// Saves what was reconstructed.
pub const SAVE_PATIENTS: &str = "Reconstructed patient data (CSV)";

/// A file without points.
#[must_use]
pub fn no_points(name: &str) -> String {
    format!(
        "{name}: no points of a curve; give two columns, time and survival. Open a picture in the digitiser. Own estimates \
         need the columns study, endpoint, population, estimate and source."
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_of_the_form_has_a_label() {
        let labels: Vec<_> = CHECK_GROUPS.iter().flat_map(|(_, codes)| codes.iter()).collect();
        assert_eq!(labels.len(), 14);
        assert!(labels.iter().filter(|code| check_label(code).0 == "Values").count() == 1);
    }
}
