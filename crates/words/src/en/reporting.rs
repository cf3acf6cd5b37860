//! The reporting checklist: the items of STROBE (cohort studies) and REMARK in short words of our own, what the report holds
//! of each, and what the author writes.

use super::cohort_page::Result;
use crate::{capital, decimal};

/// The result in the index.
pub const REPORTING: Result = Result {
    route: "reporting",
    name: "Reporting checklist",
};
/// The heading.
pub const TITLE: &str = "Reporting checklist: STROBE and REMARK";
/// Below it.
pub const LEAD: &str = "What this analysis already holds for each item, and what the author adds. Short forms; the statements themselves \
     decide. The list changes with the settings.";
/// Saves it.
pub const SAVE: &str = "Save checklist (CSV)";
/// Columns.
pub const HEADS: [&str; 4] = ["Item", "Topic", "In this analysis", "By the author"];
/// An item of which the analysis holds nothing.
pub const NOTHING: &str = "Nothing: not known from the file.";
/// An item to which the author adds nothing.
pub const COMPLETE: &str = "–";
/// Over the statements.
pub const STATEMENTS: &str = "Statements";

/// A statement: its name, what it is cited as, its DOI.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Statement {
    /// In short.
    pub name: &'static str,
    /// In full.
    pub reference: &'static str,
    /// Its DOI.
    pub doi: &'static str,
}

/// STROBE, for cohort studies.
pub const STROBE: Statement = Statement {
    name: "STROBE (cohort)",
    reference: "von Elm E, Altman DG, Egger M, et al. The Strengthening the Reporting of Observational Studies in Epidemiology \
                (STROBE) statement: guidelines for reporting observational studies. PLoS Med 2007;4:e296",
    doi: "10.1371/journal.pmed.0040296",
};
/// REMARK.
pub const REMARK: Statement = Statement {
    name: "REMARK",
    reference: "McShane LM, Altman DG, Sauerbrei W, et al. Reporting recommendations for tumour marker prognostic studies \
                (REMARK). Br J Cancer 2005;93:387–391",
    doi: "10.1038/sj.bjc.6602678",
};
/// Explanation and elaboration of REMARK.
pub const REMARK_EXPLAINED: Statement = Statement {
    name: "REMARK, explanation and elaboration",
    reference: "Altman DG, McShane LM, Sauerbrei W, Taube SE. Reporting recommendations for tumor marker prognostic studies \
                (REMARK): explanation and elaboration. PLoS Med 2012;9:e1001216",
    doi: "10.1371/journal.pmed.1001216",
};

/// What an item asks of an analysis.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ask {
    /// What is analysed.
    Title,
    /// Rows of which file, and of which nature.
    Data,
    /// First and last day of diagnosis.
    Dates,
    /// Who is in the analysis and who is not.
    Numbers,
    /// Why patients cannot be followed.
    Reasons,
    /// What the endpoint counts, from when.
    Endpoint,
    /// Which groups are compared.
    Groups,
    /// Where numbers are cut, and that it is not known when that was decided.
    Cuts,
    /// Variables of the model of several.
    Model,
    /// The methods paragraph.
    Methods,
    /// Missing values of each variable.
    Missing,
    /// Patients whom the model leaves out for a missing value.
    ModelMissing,
    /// Median follow-up, patient-years, censored.
    FollowUp,
    /// Remarks on follow-up and on who was left out.
    Bias,
    /// Patients and events, in all and by group.
    Events,
    /// Where a size is planned.
    Size,
    /// Table 1.
    Baseline,
    /// Survival at times.
    Absolute,
    /// Unadjusted hazard ratios.
    Unadjusted,
    /// Adjusted hazard ratios.
    Adjusted,
    /// Whether proportional hazards were tested.
    Proportional,
    /// Effects within subgroups, interactions.
    Subgroups,
    /// Competing risks.
    Competing,
    /// Transplantation.
    Transplant,
}

/// An item of a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Item {
    /// Its number in the statement.
    pub number: &'static str,
    /// What it is about.
    pub topic: &'static str,
    /// What it asks of the analysis.
    pub asks: &'static [Ask],
    /// What the author writes; empty where nothing is left.
    pub author: &'static str,
}

const fn item(number: &'static str, topic: &'static str, asks: &'static [Ask], author: &'static str) -> Item {
    Item {
        number,
        topic,
        asks,
        author,
    }
}

/// Items of STROBE for cohort studies.
pub const STROBE_ITEMS: &[Item] = &[
    item(
        "1",
        "Title and abstract",
        &[Ask::Title],
        "Name the design in the title or abstract; a balanced summary.",
    ),
    item("2", "Background", &[], "State of knowledge and reason for the study."),
    item(
        "3",
        "Objectives",
        &[],
        "Aims, and hypotheses that were set before the analysis.",
    ),
    item(
        "4",
        "Design",
        &[Ask::Data],
        "Design, stated early; prospective or retrospective.",
    ),
    item(
        "5",
        "Setting",
        &[Ask::Dates],
        "Places; periods of recruitment, treatment, follow-up and data collection.",
    ),
    item(
        "6",
        "Participants",
        &[Ask::Numbers],
        "Criteria of eligibility, how patients were found and followed; criteria of matching, if any.",
    ),
    item(
        "7",
        "Variables",
        &[Ask::Endpoint, Ask::Groups, Ask::Model],
        "Why these confounders; definitions of diagnoses and relapse.",
    ),
    item(
        "8",
        "Measurement",
        &[],
        "Source and method of each measurement; whether the same in all groups.",
    ),
    item(
        "9",
        "Bias",
        &[Ask::Bias],
        "Likely sources of bias and what was done about them.",
    ),
    item(
        "10",
        "Study size",
        &[Ask::Events, Ask::Size],
        "How the size was arrived at.",
    ),
    item(
        "11",
        "Quantitative variables",
        &[Ask::Cuts],
        "Why these cut-points or this scale; whether set beforehand.",
    ),
    item("12a", "Statistical methods", &[Ask::Methods], ""),
    item(
        "12b",
        "Subgroups and interactions",
        &[Ask::Subgroups],
        "Which subgroups were planned.",
    ),
    item(
        "12c",
        "Missing data: methods",
        &[Ask::ModelMissing],
        "Why values are missing; whether complete cases suffice.",
    ),
    item(
        "12d",
        "Loss to follow-up",
        &[Ask::FollowUp],
        "How loss to follow-up was dealt with, and its reasons.",
    ),
    item(
        "12e",
        "Sensitivity analyses",
        &[],
        "Which were done; save a project file for each set of settings.",
    ),
    item(
        "13",
        "Participants: numbers",
        &[Ask::Numbers, Ask::Reasons],
        "Numbers before the file: screened, eligible, consented.",
    ),
    item(
        "14a",
        "Characteristics",
        &[Ask::Baseline],
        "Social characteristics and exposures that the file lacks.",
    ),
    item("14b", "Missing values", &[Ask::Missing], ""),
    item("14c", "Follow-up time", &[Ask::FollowUp], ""),
    item("15", "Outcome events", &[Ask::Events], ""),
    item(
        "16a",
        "Main results",
        &[Ask::Unadjusted, Ask::Adjusted],
        "Which confounders were adjusted for, and why.",
    ),
    item("16b", "Category boundaries", &[Ask::Cuts], ""),
    item("16c", "Absolute risks", &[Ask::Absolute], ""),
    item(
        "17",
        "Other analyses",
        &[Ask::Subgroups, Ask::Proportional, Ask::Competing, Ask::Transplant],
        "Analyses outside this program.",
    ),
    item("18", "Key results", &[], "Summary with reference to the aims."),
    item(
        "19",
        "Limitations",
        &[Ask::Bias],
        "Bias and imprecision, with direction and size.",
    ),
    item("20", "Interpretation", &[], "Cautious overall interpretation."),
    item("21", "Generalisability", &[], "To whom the results apply."),
    item("22", "Funding", &[], "Source of funding and role of the funders."),
];

/// Items of REMARK.
pub const REMARK_ITEMS: &[Item] = &[
    item(
        "1",
        "Marker, aims, hypotheses",
        &[Ask::Groups],
        "Why this marker; aims and hypotheses set beforehand.",
    ),
    item(
        "2",
        "Patients",
        &[Ask::Data, Ask::Numbers],
        "Source of patients; criteria of inclusion and exclusion.",
    ),
    item(
        "3",
        "Treatment",
        &[Ask::Transplant],
        "Treatments, and how they were chosen.",
    ),
    item("4", "Specimens", &[], "Material, controls, preservation and storage."),
    item(
        "5",
        "Assay",
        &[],
        "Method, protocol, quality control, limits of detection; blinding to outcome.",
    ),
    item(
        "6",
        "Design and follow-up",
        &[Ask::Dates, Ask::FollowUp],
        "How cases were selected; end of follow-up.",
    ),
    item("7", "Endpoints", &[Ask::Endpoint], ""),
    item(
        "8",
        "Candidate variables",
        &[Ask::Model],
        "All variables that were considered at first.",
    ),
    item(
        "9",
        "Sample size",
        &[Ask::Events, Ask::Size],
        "Rationale; with a target effect, its power.",
    ),
    item(
        "10",
        "Statistical methods",
        &[Ask::Methods, Ask::ModelMissing],
        "How variables of the model were selected.",
    ),
    item(
        "11",
        "Marker values and cut-points",
        &[Ask::Cuts],
        "How cut-points were determined.",
    ),
    item(
        "12",
        "Flow of patients",
        &[Ask::Numbers, Ask::Reasons, Ask::Events],
        "Numbers before the file.",
    ),
    item("13", "Distributions", &[Ask::Baseline, Ask::Missing], ""),
    item("14", "Marker and standard variables", &[Ask::Groups, Ask::Baseline], ""),
    item("15", "Marker and outcome, alone", &[Ask::Unadjusted, Ask::Absolute], ""),
    item("16", "Multivariable results", &[Ask::Adjusted], ""),
    item(
        "17",
        "Marker with standard variables",
        &[Ask::Adjusted],
        "A model with all standard variables, significant or not.",
    ),
    item(
        "18",
        "Further investigations",
        &[Ask::Proportional, Ask::Subgroups, Ask::Competing],
        "Sensitivity analyses, validation.",
    ),
    item(
        "19",
        "Interpretation",
        &[],
        "In view of the hypotheses and other studies; limitations.",
    ),
    item("20", "Implications", &[], "Value for care and for research."),
];

/// How much of an item the analysis holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// All.
    Whole,
    /// A part.
    Part,
    /// None, with the reason.
    Lacking,
    /// None: the author alone writes it.
    Author,
}

/// How much of an item the analysis holds, with a mark that is not colour.
#[must_use]
pub const fn told(state: State) -> &'static str {
    match state {
        State::Whole => "✓ contained",
        State::Part => "– in part",
        State::Lacking => "✗ lacking",
        State::Author => "✎ author",
    }
}

impl State {
    /// In the file.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Whole => "contained",
            Self::Part => "in part",
            Self::Lacking => "lacking",
            Self::Author => "author",
        }
    }
}

/// How many items of a statement are whole, in part, lacking, and the author’s alone.
#[must_use]
pub fn tally(name: &str, [whole, part, lacking, author]: [usize; 4]) -> String {
    format!("{name}: {whole} items contained, {part} in part, {lacking} lacking, {author} by the author alone.")
}

/// What the analysis is about.
#[must_use]
pub fn about(title: &str) -> String {
    format!("Analysis: {title}.")
}

/// The file.
#[must_use]
pub fn data(rows: usize, patients: usize, file: &str) -> String {
    format!("A cohort of {patients} patients in {rows} rows of the file {file}.")
}

/// What is not known: prospective or retrospective.
pub const DESIGN_UNKNOWN: &str = "Prospective or retrospective is not known from the file.";

/// First and last day of diagnosis.
#[must_use]
pub fn dates(first: &str, last: &str, patients: usize) -> String {
    format!("Diagnosis from {first} to {last} ({patients} patients with a date).")
}

/// No dates.
pub const NO_DATES: &str = "The file has no dates of diagnosis.";

/// Who is analysed.
#[must_use]
pub fn analysed(n: usize, events: usize, endpoint: &str) -> String {
    format!("{n} patients with {events} events are analysed for {endpoint}.")
}

/// Who is not.
#[must_use]
pub fn not_followed(count: usize) -> String {
    format!("{count} patients without follow-up.")
}

/// Who is not, with the reasons.
#[must_use]
pub fn not_followed_for(count: usize, reasons: &[String]) -> String {
    format!("{} {}", not_followed(count), capital(&reasons.join("; ")))
}

/// No patient is without follow-up.
pub const ALL_FOLLOWED: &str = "Every patient of the file can be followed.";

/// Patients of unknown group.
#[must_use]
pub fn without_group(count: usize) -> String {
    format!("{count} patients of unknown group.")
}

/// What the endpoint counts, and from when.
#[must_use]
pub fn defined(endpoint: &str, definition: &str) -> String {
    format!("{}: {definition}", capital(endpoint))
}

/// Groups that are compared.
#[must_use]
pub fn groups(name: &str, levels: &[String], reference: &str) -> String {
    format!("Compared by {name}: {}; reference {reference}.", levels.join(", "))
}

/// No groups.
pub const NO_GROUPS: &str = "No groups are compared: choose “Group by”.";
/// No cut.
pub const NO_CUTS: &str = "No variable is grouped or cut.";
/// A cut, of which the page cannot know when it was chosen.
pub const CUTS_UNKNOWN: &str = "Whether cut-points were set before the data were seen is not known here.";

/// Variables of the model.
#[must_use]
pub fn model(names: &[String]) -> String {
    format!("Variables of the adjusted model: {}.", names.join(", "))
}

/// No model.
pub const NO_MODEL: &str = "No adjusted model: choose variables under Cox regression.";
/// A model without estimates.
pub const MODEL_FAILED: &str = "The adjusted model has no estimates.";
/// The methods paragraph.
pub const METHODS: &str = "Methods paragraph of what was run, with sources; R script that repeats every number.";

/// Missing values of a variable.
#[must_use]
pub fn missing(name: &str, count: usize, of: usize) -> String {
    let percent = decimal(100.0 * count as f64 / of.max(1) as f64, 1);
    format!("{name} {count} ({percent}%)")
}

/// Missing values of variables.
#[must_use]
pub fn missing_values(of: usize, each: &[String]) -> String {
    format!("Missing of {of}: {}.", each.join(", "))
}

/// No value is missing.
pub const NONE_MISSING: &str = "No value of the variables is missing in the patients analysed.";
/// The file has no variable.
pub const NO_VARIABLES: &str = "The file has no variables beside follow-up.";

/// Patients of the model.
#[must_use]
pub fn complete_cases(n: usize, of: usize) -> String {
    format!("Complete cases: the adjusted model has {n} of {of} patients; nothing is imputed.")
}

/// Without a model.
pub const COMPLETE_ONLY: &str = "Patients with a missing value are left out where it is needed; nothing is imputed.";

/// Median follow-up.
#[must_use]
pub fn median_follow_up(median: Option<f64>, interval: Option<(f64, f64)>, ci: &str) -> String {
    let Some(median) = median else {
        return "Median follow-up (reverse Kaplan–Meier) is not reached.".to_owned();
    };
    let interval = interval.map(|(low, high)| format!(" ({ci} {}–{})", decimal(low, 2), decimal(high, 2)));
    format!(
        "Median follow-up (reverse Kaplan–Meier) {} years{}.",
        decimal(median, 2),
        interval.unwrap_or_default()
    )
}

/// Patient-years and censored.
#[must_use]
pub fn observed(years: f64, censored: usize, n: usize) -> String {
    format!("{} patient-years; {censored} of {n} censored.", decimal(years, 1))
}

/// Nothing was noticed.
pub const NO_REMARKS: &str = "No remark: those left out, and those followed longest, do not stand out by their events.";

/// Patients and events.
#[must_use]
pub fn events(n: usize, events: usize) -> String {
    format!("{n} patients, {events} events.")
}

/// The same of a group.
#[must_use]
pub fn events_of(group: &str, n: usize, events: usize) -> String {
    format!("{group} {n}/{events}")
}

/// Patients and events of the groups.
#[must_use]
pub fn by_group(each: &[String]) -> String {
    format!("By group (patients/events): {}.", each.join(", "))
}

/// That a size was planned is not known; what an assumed effect needs is computed elsewhere.
pub const SIZE_UNKNOWN: &str = "Whether a size was planned is not known. What an assumed effect needs:";
/// The page for that: its route and its name.
pub const PLAN: (&str, &str) = ("plan/", "Plan a study");

/// Table 1.
#[must_use]
pub fn baseline(variables: usize, by_group: bool) -> String {
    let by = if by_group { ", by group" } else { "" };
    let noun = if variables == 1 { "variable" } else { "variables" };
    format!("Table of {variables} {noun}{by}.")
}

/// Survival at times.
#[must_use]
pub fn absolute(endpoint: &str, years: &[String], ci: &str) -> String {
    format!("{} with {ci} at {} years.", capital(endpoint), years.join(", "))
}

/// No times.
pub const NO_TIMES: &str = "No time of estimates is set.";

/// The hazard ratio of groups.
#[must_use]
pub fn ratio(group: &str, reference: &str, shown: &str) -> String {
    format!("Hazard ratio {group} vs {reference}: {shown}.")
}

/// Variables alone.
#[must_use]
pub fn alone(count: usize) -> String {
    let noun = if count == 1 { "variable" } else { "variables" };
    format!("Unadjusted hazard ratios of {count} {noun}.")
}

/// No ratio.
pub const NO_RATIO: &str = "No unadjusted hazard ratio can be estimated.";

/// The adjusted model.
#[must_use]
pub fn adjusted(names: &[String], n: usize, events: usize, ci: &str) -> String {
    format!(
        "Hazard ratios with {ci} of {}, adjusted for each other ({n} patients, {events} events).",
        names.join(", ")
    )
}

/// Adjusted curves.
#[must_use]
pub fn adjusted_curves(names: &[String]) -> String {
    format!("Survival curves of the groups, adjusted for {}.", names.join("; "))
}

/// Proportional hazards were tested.
pub const TESTED: &str = "Proportional hazards were tested, residuals drawn.";
/// They were not.
pub const NOT_TESTED: &str = "Proportional hazards were not tested: no model with estimates.";
/// Effects within subgroups.
pub const SUBGROUPS: &str = "Effects within subgroups with tests of interaction.";
/// No subgroups.
pub const NO_SUBGROUPS: &str = "No effects within subgroups: no groups are compared.";

/// Interactions of the model.
#[must_use]
pub fn interactions(count: usize) -> String {
    let noun = if count == 1 { "interaction" } else { "interactions" };
    format!("{count} {noun} in the adjusted model.")
}

/// Competing risks.
pub const COMPETING: &str = "Cumulative incidence of competing causes.";
/// None.
pub const NO_COMPETING: &str = "No competing cause: the file does not tell causes apart, or the endpoint has one.";
/// Transplantation.
pub const TRANSPLANT: &str = "Transplantation as a time-dependent event.";
/// None.
pub const NO_TRANSPLANT: &str = "No transplantation in the file that can be analysed.";
