//! The words of the page itself: its head and foot, labels, titles, and what its parts say.

use cotside_core::infant::Severity;
use cotside_core::protocols::{Group, IfUnknown, Truth};

// Everywhere.

/// What is read before the head is passed over.
pub const SKIP: &str = "Skip to content";
/// Name of the list of pages.
pub const PAGES: &str = "Pages";
/// The page for one infant.
pub const NAV_STRATIFY: &str = "Stratify";
/// The page for a cohort.
pub const NAV_ANALYSE: &str = "Analyse";
/// The pages of the rules.
pub const NAV_PROTOCOLS: &str = "Protocols";
/// Published outcomes.
pub const NAV_EVIDENCE: &str = "Evidence";
/// Planning of studies.
pub const NAV_PLAN: &str = "Plan";
/// What it is for.
pub const NAV_ABOUT: &str = "About";
/// What is sent and stored.
pub const NAV_PRIVACY: &str = "Privacy";
/// Name of the list of languages.
pub const LANGUAGES: &str = "Language";
/// That no clinician has read the translation; nothing on the page that was not translated.
pub const UNREVIEWED: &str = "";

/// Which rules, evidence and program this is.
#[must_use]
pub fn versions(rules: &str, evidence: &str, program: &str, build: &str) -> String {
    format!("Rules {rules}, evidence read {evidence}, Cotside {program}, build {build}.")
}

// Titles of pages, in the tab and as headings.

/// The page for one infant.
pub const STRATIFY: &str = "Stratify an infant";
/// The page for a cohort.
pub const ANALYSE: &str = "Analyse a cohort";
/// The list of rules.
pub const PROTOCOLS: &str = "Protocols";
/// A protocol of the reader's own.
pub const OWN: &str = "Your own protocol";
/// Published outcomes.
pub const EVIDENCE: &str = "Published evidence";
/// Title of the page of pooled analyses.
pub const COMBINE: &str = "Combine hospitals";
/// Planning of studies.
pub const PLAN: &str = "Plan a study";
/// What it is for.
pub const ABOUT: &str = "About and intended use";
/// What is sent and stored.
pub const PRIVACY: &str = "Privacy";
/// An address without a page.
pub const NOT_FOUND: &str = "Page not found";

// The form.

/// The form's heading.
pub const FINDINGS: &str = "Findings";
/// A finding that was not given.
pub const UNKNOWN: &str = "unknown";
/// A fraction of cells, as a unit.
pub const FRACTION: &str = "fraction";
/// Name of the unit switch of the white cell count.
pub const WBC_UNIT: &str = "Unit of the white cell count";
/// Name of the switch between ways to give the age.
pub const AGE_WAYS: &str = "How the age is given";
/// Age in days.
pub const DAYS: &str = "days";
/// Age in completed months.
pub const MONTHS: &str = "months";
/// Age from dates.
pub const DATES: &str = "dates";

/// Name of the button that opens a definition.
#[must_use]
pub fn what_is(field: &str) -> String {
    format!("What is meant by {field}")
}

/// Name of a field's unit switch.
#[must_use]
pub fn unit_of(field: &str) -> String {
    format!("Unit of {field}")
}

/// What stands before an issue.
#[must_use]
pub const fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Notice => "Note: ",
        Severity::Contradiction => "Contradiction, not used: ",
        Severity::Invalid => "Not used: ",
    }
}

/// How many findings of a stage are known.
#[must_use]
pub fn known(count: usize) -> String {
    match count {
        0 => "nothing known".to_owned(),
        known => format!("{known} known"),
    }
}

// Examples and the banner.

/// The menu of examples.
pub const EXAMPLES: &str = "Examples";
/// Its first line.
pub const CHOOSE: &str = "choose …";
/// Examples from publications.
pub const PUBLISHED: &str = "Published";
/// Examples that were made up.
pub const MADE_UP: &str = "Made up, at boundaries";
/// The banner over an example.
pub const EXAMPLE: &str = "Example, not your patient";
/// The banner over findings from a link.
pub const FROM_LINK: &str = "Opened from a link";
/// What to do with findings from a link.
pub const FROM_LINK_MORE: &str = "Check each finding before you read the answers.";
/// The banner over a row of a file.
pub const FROM_FILE: &str = "A row of your file";
/// Behind the banner's title, when something was changed.
pub const CHANGED: &str = ", changed here";
/// Between the banner's title and its text.
pub const STOP: &str = ". ";
/// Empties the form for a patient.
pub const CLEAR_FOR_MINE: &str = "Clear, enter my patient";
/// Over findings that were typed.
pub const YOURS: &str = "Your patient. ";
/// What is done with them.
pub const YOURS_MORE: &str = "Stays in this tab: nothing is stored, nothing is sent.";
/// Empties the form.
pub const CLEAR: &str = "Clear";

/// Name and description of the examples, in their order.
pub const EXAMPLE_WORDS: [(&str, &str); 6] = [
    (
        "Four-week-old boy (Blood 2019;133:205)",
        "Brown, Pieters and Biondi, Blood 2019;133:205, patient 1: a four-week-old boy (28 days), white cells \
         1,100 × 10⁹/L, KMT2A::MLLT1, 38 white cells/µL with lymphoblasts in the CSF.",
    ),
    (
        "Boundary: 179 days, no CNS disease",
        "A made-up infant one day below MLL-10's limit of 180 days.",
    ),
    (
        "Boundary: 183 days, where six months is open",
        "A made-up infant of 183 days: whether six calendar months have passed depends on the dates.",
    ),
    (
        "Boundary: white cells exactly 300 × 10⁹/L",
        "A made-up infant at the limit on which sources differ (300 or more, more than 300).",
    ),
    (
        "Partial tandem duplication of KMT2A",
        "A made-up infant with a KMT2A partial tandem duplication, which is not a rearrangement.",
    ),
    (
        "Findings that contradict each other",
        "A made-up infant whose findings cannot all be true: CNS1 with blasts in the fluid, a good response with \
         1,500 blasts/µL.",
    ),
];

/// A patient of the Severance series.
#[must_use]
pub fn severance_patient(number: usize) -> String {
    format!("Severance series, patient {number}")
}

/// What the banner says of a patient of the Severance series.
#[must_use]
pub fn severance_about(patient: &str) -> String {
    format!("{patient} (Lee et al. 2011, as printed in its tables).")
}

// The answers.

/// Their heading.
pub const ANSWERS: &str = "What each protocol calls this child";
/// Leads from the form to them.
pub const TO_ANSWERS: &str = " To the answers";
/// The heading of what is missing.
pub const NEXT: &str = "Worth knowing next";
/// Where nothing is missing.
pub const NEXT_NONE: &str = "Nothing: no missing finding would change an answer.";
/// Before the protocols that a finding decides.
pub const DECIDES: &str = "decides";
/// Before the protocols that it may decide.
pub const MAY_DECIDE: &str = "may decide";
/// Before the protocols that it narrows.
pub const NARROWS: &str = "also matters to";
/// The heading of the disagreements.
pub const DISAGREEMENTS: &str = "What they disagree on";
/// Where there are none.
pub const DISAGREEMENTS_NONE: &str = "The protocols that place this child put it on one level.";

/// How many protocols say what.
#[must_use]
pub fn tally(all: usize, assigned: usize, open: usize, not_applicable: usize) -> String {
    format!("Of {all}: {assigned} with a group, {open} open, {not_applicable} not applicable.")
}

/// How many findings are folded.
#[must_use]
pub fn more(count: usize) -> String {
    format!("{count} more")
}

// The tools over the rows.

/// Before the menu of orders.
pub const SORT: &str = "Order ";
/// The orders: as catalogued, highest first, open first, by name.
pub const ORDERS: [&str; 4] = [
    "by era and study group",
    "highest group first",
    "open answers first",
    "by name",
];
/// Before the menu of what is shown.
pub const SHOW: &str = "Show ";
/// What is shown: all, applicable, with a group, open, trials.
pub const SHOWS: [&str; 5] = [
    "all",
    "that apply or may",
    "with a group",
    "still open",
    "treatment protocols",
];
/// Opens every row.
pub const OPEN_ALL: &str = "Open all";
/// Closes every row.
pub const CLOSE_ALL: &str = "Close all";
/// Where the filter leaves none.
pub const NONE_LIKE_THAT: &str = "No protocol is like that for these findings.";

/// How many of the rows are shown.
#[must_use]
pub fn shown(count: usize, all: usize) -> String {
    format!("{count} of {all}")
}

/// What is folded under the rows.
pub const BESIDE: &str = "Your own protocol, earlier versions of the rules";

// A row.

/// Heads over the rows: protocol, risk group, because, transplant, event-free survival.
pub const ROW_HEADS: [&str; 5] = [
    "Protocol",
    "Risk group",
    "Because",
    "Transplant in CR1",
    "Published EFS, % (95% CI)",
];
/// Sections of the rows: recent, earlier, prognostic groupings and series.
pub const SECTIONS: [&str; 3] = ["Most recent", "Earlier protocols", "Prognostic groupings and series"];
/// The section of protocols that are not for this child.
pub const NOT_APPLICABLE_SECTION: &str = "Not applicable";
/// Over the states of the transplant rules.
pub const STRIP_TRANSPLANT: &str = "Transplant in first remission";
/// Over the counts of published outcomes.
pub const STRIP_OUTCOME: &str = "Published EFS";
/// Over the findings that would change an answer.
pub const STRIP_MISSING: &str = "Missing findings that matter";
/// Where no finding would.
pub const STRIP_MISSING_NONE: &str = "None: no missing finding would change an answer.";
/// Parts below the rows: differences, outcomes, several patients, custom protocols.
pub const TABS: [&str; 4] = [
    "Where protocols differ",
    "All outcomes",
    "Several patients",
    "Your own protocols",
];
/// Name of the list of these parts.
pub const TABS_NAME: &str = "More about this infant";
/// Below the rows: how marks are read.
pub const ROWS_KEY: &str = "Filled mark: this infant’s group. Hollow: a wider group. Line: 95% CI, dashed where it was computed from a standard error. Eras, populations and endpoints differ: rows are not a comparison of treatments. A row opens its criteria, transplant rule, outcomes and sources.";
/// The first column of the table of criteria.
pub const CRITERION: &str = "Criterion";
/// Below the table of criteria.
pub const CRITERIA_KEY: &str = "✓ the criterion holds, ✗ it does not, ? not known, – not used for the groups.";
/// Where all protocols put the child on one level.
pub const CRITERIA_AGREE: &str = "All protocols that grade this infant agree.";
/// The row of the table of criteria that has the risk groups.
pub const CRITERIA_GROUP: &str = "Risk group";
/// Leads from the answers back to the findings, on a phone.
pub const TO_FINDINGS: &str = "Findings";
/// A finding that is not known, on a small button.
pub const UNKNOWN_MARK: &str = "?";
/// Over the findings that few rules ask for.
pub const MORE_FINDINGS: &str = "more findings";
/// Copies the summary.
pub const COPY_SUMMARY: &str = "Copy summary";
/// Shows the text with rules and sources.
pub const FULL_TEXT: &str = "Full text";
/// Name of the copied summary.
pub const SUMMARY_LABEL: &str = "Summary";
/// A row without a published survival.
pub const NONE_PUBLISHED: &str = "none found";
/// Behind the name of a series.
pub const SERIES: &str = " series";
/// Behind the name of prognostic groups.
pub const PROGNOSTIC: &str = " prognostic";
/// The answer of a protocol that is not for this child.
pub const NOT_APPLICABLE: &str = "not applicable";
/// A group without a place on the scale.
pub const OFF_SCALE: &str = "not on this scale";
/// Letters of the scale.
pub const LETTERS: [&str; 3] = ["L", "M", "H"];
/// Before the population of an outcome that is of such children only if an open clause holds.
pub const IF: &str = " if ";
/// Before a population that children of other groups belong to as well.
pub const WIDER: &str = " wider group: ";

/// What a protocol that is not for this child asks for.
#[must_use]
pub fn asks_for(clause: &str) -> String {
    format!("it asks for {clause}")
}

/// Headings of an open row.
pub const CLAUSE_BY_CLAUSE: &str = "Clause by clause";
/// What each missing finding would decide.
pub const MISSING: &str = "What is missing, and what it would decide";
/// What would change the answer.
pub const CHANGES: &str = "What would change it";
/// The transplant rule.
pub const TRANSPLANT: &str = "Transplant in first remission";
/// Before what the transplant rule reads, in a row.
pub const TRANSPLANT_SHORT: &str = "Transplant: ";
/// Before the transplant rule as it is worded.
pub const ITS_RULE: &str = " Its rule reads: ";
/// Published outcomes of such children.
pub const PUBLISHED_FOR: &str = "Published for such infants";
/// Where there are none.
pub const PUBLISHED_NONE: &str = "No published outcome for this group was found.";
/// What is easily got wrong.
pub const PITFALLS: &str = "Cautions";
/// The references.
pub const SOURCES: &str = "Sources";
/// The link to a protocol's page, in two pieces around its name.
pub const WHOLE_RULE: (&str, &str) = ("The whole rule of ", "");

/// Whether a clause holds.
#[must_use]
pub const fn truth(truth: Truth) -> &'static str {
    match truth {
        Truth::True => "holds",
        Truth::False => "does not hold",
        Truth::Unknown => "unknown",
    }
}

/// Columns of the clauses.
pub const HOLDS: &str = "Holds";
/// A clause.
pub const CLAUSE: &str = "Criterion";
/// What was found.
pub const THIS_CHILD: &str = "This child";
/// The part that a clause plays.
pub const FOR: &str = "For";
/// A source.
pub const SOURCE: &str = "Source";

// Published outcomes.

/// Columns: population, endpoint, time, n, estimate, uncertainty.
pub const POPULATION: &str = "Population";
/// What was counted.
pub const ENDPOINT: &str = "Endpoint";
/// When.
pub const TIME: &str = "Time";
/// The number.
pub const ESTIMATE: &str = "Estimate";
/// Its spread.
pub const UNCERTAINTY: &str = "Uncertainty";
/// What is not printed.
pub const NOT_STATED: &str = "not stated";
/// Behind a population to which the child may belong.
pub const IF_SO: &str = " (if so)";
/// Behind a population that children of other groups belong to as well.
pub const WIDER_SO: &str = " (wider group)";
/// The sign of per cent behind a number.
pub const PERCENT: &str = " %";
/// How to read the drawings.
pub const OUTCOMES_KEY: &str = "Point: the published estimate. Line: 95 % interval as printed; dashed: computed here from \
     the printed standard error on the log(−log) scale. No line: no uncertainty that could be drawn. \
     Hollow point: a wider group than the child’s, or one that the child may belong to. Populations, eras \
     and endpoints differ: these are not comparisons.";

/// A time in years.
#[must_use]
pub fn years(years: &str) -> String {
    format!("{years} y")
}

/// An outcome in a few words: "EFS 36.4 % at 6 y, n = 476".
#[must_use]
pub fn brief(endpoint: &str, estimate: &str, years: Option<&str>, n: Option<u32>) -> String {
    let years = years.map_or_else(|| ", time not stated".to_owned(), |years| format!(" at {years} y"));
    let n = n.map_or_else(|| "n not stated".to_owned(), |n| format!("n = {n}"));
    format!("{endpoint} {estimate} %{years}, {n}")
}

// Taking the answer along.

/// Copies a text.
pub const COPY_NOTE: &str = "Copy as text for the notes";
/// Prints.
pub const PRINT: &str = "Print (1 page)";
/// Makes a link.
pub const COPY_LINK: &str = "Link to these findings";
/// When it was copied.
pub const COPIED: &str = "Copied to the clipboard. ";
/// Before the text.
pub const PLAIN_TEXT: &str = "Plain text:";
/// Name of the text's field.
pub const NOTE_LABEL: &str = "Text for the notes";
/// What a link holds.
pub const LINK_ABOUT: &str = "Whoever opens this link sees the findings. They stand behind the # and are not sent to the \
     server. Label and dates are left out.";

// Several patients.

/// Their heading.
pub const PATIENTS: &str = "Several patients";
/// What to drop.
pub const DROP: &str = "Drop a file of patients here (CSV, Excel, OpenDocument, SPSS, Stata, SAS, R, jamovi), one row a patient, with the findings at diagnosis; empty is unknown. \
     It is read in this tab and sent nowhere.";
/// Beside the place for files before the page is sealed.
pub const SEAL_OPEN: &str =
    "Before a file is opened, the page is sealed: the browser then refuses every request of it.";
/// On a sealed page; `{n}` is how many requests were refused.
pub const SEAL_SEALED: &str = "Sealed. The browser refuses requests of this page: {n} refused so far";
/// Where the browser does not keep to the seal.
pub const SEAL_BROKEN: &str = "This browser does not keep to the seal. The page still connects to its own site alone.";
/// The link to the page Privacy.
pub const SEAL_MORE: &str = "What this means";
/// Chooses a file.
pub const CHOOSE_FILE: &str = "Choose a file";
/// Opens the series.
pub const LOAD_SEVERANCE: &str = "Load the Severance series";
/// Name of the series as a file.
pub const SEVERANCE_FILE: &str = "Severance series (Lee et al. 2011), example";
/// A file to look at.
pub const SAMPLE_FILE: &str = "Sample file";
/// Instead of the table, of a file without findings.
pub const NO_FINDINGS: &str = "No column of this file was recognised as a finding: say above what the columns are.";
/// Name of the table.
pub const PATIENTS_TABLE: &str = "Answers for each patient";
/// Takes the table along.
pub const DOWNLOAD_TABLE: &str = "Download the table as CSV";
/// First column of the table.
pub const PATIENT: &str = "Patient";
/// Heading of the remarks.
pub const ROW_REMARKS: &str = "To be said of the rows";
/// A cell in which every group is possible.
pub const ANY_GROUP: &str = "any group?";

/// Between groups of which one is the child's, in a cell.
pub const OR: &str = " or ";
/// A protocol that is not for a child, in a cell.
pub const N_A: &str = "n/a";

/// A group in a cell.
#[must_use]
pub const fn group<'p>(group: &Group<'p>) -> &'p str {
    group.id
}

/// How many patients the table shows of more.
#[must_use]
pub fn first_rows(count: usize) -> String {
    format!("The table shows the first {count} patients; the file for download holds all.")
}

/// How many patients a file holds.
#[must_use]
pub fn patients(name: &str, count: usize) -> String {
    format!("{name}: {count} patients.")
}

/// Name of the button that opens a row in the form.
#[must_use]
pub fn open_row(label: &str) -> String {
    format!("Open {label} in the form")
}

/// The label of a row without one.
#[must_use]
pub fn row(number: usize) -> String {
    format!("row {number}")
}

/// What is said of a row.
#[must_use]
pub fn row_remark(row: usize, line: u64, columns: &str, issue: &str, used: bool) -> String {
    let not_used = if used { "" } else { " Not used." };
    format!("Row {row} (line {line}), {columns}: {issue}{not_used}")
}

// The pages of the rules.

/// What the list of rules is.
pub const PROTOCOLS_LEAD: &str = "How published protocols and series sort infants with acute lymphoblastic leukaemia. Each \
     name opens the whole rule. Limits are those of the groups, read from the rule’s criteria; source status is that of the \
     least certain criterion.";
/// That nobody of the study group has read it.
pub const NOT_REVIEWED: &str = "Not reviewed by the study group.";
/// Who is eligible.
pub const WHO: &str = "Eligibility";
/// The groups.
pub const GROUPS: &str = "Groups";
/// How groups are tried.
pub const GROUPS_ORDER: &str = "Tried in this order; the first whose condition holds is the child’s.";
/// The clauses.
pub const CLAUSES: &str = "Criteria";
/// Results of KMT2A between the two.
pub const KMT2A_READINGS: &str = "KMT2A results that are neither rearranged nor germline";
/// The three readings: duplication, not established, unknown response.
pub const READINGS: [&str; 3] = [
    "Partial tandem duplication",
    "Could not be established",
    "Unknown prednisone response",
];
/// Published outcomes.
pub const OUTCOMES: &str = "Published outcomes";
/// Where there are none.
pub const OUTCOMES_NONE: &str = "None was found.";
/// Other facts.
pub const FACTS: &str = "Further results";
/// Open questions.
pub const OPEN_QUESTIONS: &str = "Not found";
/// Before the files of a rule for other programs.
pub const RULE_FILES: &str = "This rule for other programs";
/// Infants with the answer.
pub const RULE_TESTS: &str = "test cases (JSON)";
/// The file from which a protocol of one's own can be started.
pub const RULE_FILE: &str = "protocol file (JSON)";
/// Columns of the groups: group, condition, level, code.
pub const GROUP_HEADS: [&str; 4] = ["Group", "If", "Risk level", "Code"];
/// A group without a level.
pub const NO_LEVEL: &str = "no risk level";
/// The same, short.
pub const BOUNDARY_CELLS: [&str; 3] = ["Below", "At", "Above"];

/// How a transplant rule was read.
#[must_use]
pub fn transplant_if(condition: &str) -> String {
    format!("Read as: transplant for {condition}.")
}

/// What an unknown criterion does.
#[must_use]
pub const fn if_unknown(criterion: IfUnknown) -> &'static str {
    match criterion {
        IfUnknown::Ask => "While it is not known, no group is assigned. ",
        IfUnknown::SayCondition => "While it is not known, the answer is given on this condition, and says so. ",
        IfUnknown::Wait => "Until it is reported, the protocol does not apply. ",
    }
}

// Prose.

/// What it is for.
pub const ABOUT_PROSE: &str = include_str!("prose/about.html");
/// What is sent and stored.
pub const PRIVACY_PROSE: &str = include_str!("prose/privacy.html");
/// An address without a page.
pub const NOT_FOUND_PROSE: &str = include_str!("prose/not_found.html");

/// While a part of the page is loaded.
pub const LOADING: &str = "Loading this part of the page…";
/// Where a part of the page cannot be loaded.
pub const NOT_LOADED: &str = "This part of the page could not be loaded. Nothing that was entered is lost.";
/// The button that loads it again.
pub const LOAD_AGAIN: &str = "Try again";
