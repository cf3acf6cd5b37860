//! What the page for cohorts says around its results.

/// In the box for files.
pub const DROP: &str = "or drop it anywhere on this page: CSV, Excel, OpenDocument, SPSS, Stata, SAS, R, jamovi; one row a patient. It is read in this tab and sent nowhere.";
/// A link to a file with the columns that are understood.
pub const TEMPLATE: &str = "Template (CSV)";
/// The same as a workbook that offers the possible values.
pub const TEMPLATE_XLSX: &str = "Template (Excel)";
/// What can be opened with a file.
pub const WITH_DICTIONARY: &str =
    "A data dictionary can be chosen or dropped with it: REDCap, Castor, a codebook, SPSS, Stata, SAS or R syntax.";
/// Takes away a file that stands beside the one of patients.
pub const TAKE_AWAY: &str = "Remove";

/// The same for a reader of the screen.
#[must_use]
pub fn without_beside(name: &str) -> String {
    format!("Remove {name}")
}

/// The fold of the box for files where one is open.
pub const REPLACE_FILE: &str = "Replace file";
/// The name of the views of a result.
pub const VIEWS: &str = "Views of this result";
/// No published estimate has the endpoint of the curve.
pub const NO_PUBLISHED: &str = "No published estimate of this endpoint is in the catalogue.";
/// The button of the file chooser.
pub const CHOOSE_FILE: &str = "Choose a file";
/// The fold for pasted rows.
pub const PASTE: &str = "Paste rows";
/// The name of its text field.
pub const PASTE_LABEL: &str = "Rows with their header, as copied from a spreadsheet";
/// Its button.
pub const PASTE_READ: &str = "Read these rows";
/// Before the buttons of the examples.
pub const EXAMPLES: &str = "Examples:";
/// The buttons of the examples.
pub const SEVERANCE: &str = "nine published infants";
/// See [`SEVERANCE`].
pub const REGISTRY: &str = "120 simulated infants";

/// Headings of the settings.
pub mod heading {
    /// The file.
    pub const DATA: &str = "Data";
    /// What is asked.
    pub const ANALYSIS: &str = "Analysis";
    /// How figures look.
    pub const FIGURE: &str = "Figure";
    /// Controls of the result that is shown.
    pub const RESULT: &str = "This result";
    /// Groups of results in the index.
    pub const RESULTS: &str = "Results";
    /// See [`RESULTS`].
    pub const PROTOCOLS: &str = "Protocols";
    /// See [`RESULTS`].
    pub const EXPORT: &str = "Export";
    /// Tests, restricted means, landmark.
    pub const TESTS: &str = "Tests, RMST, landmark";
    /// Less used options of figures.
    pub const MORE_OPTIONS: &str = "Size, axes, lines";
}

/// Views of a result.
pub mod view {
    /// The figure.
    pub const CHART: &str = "Chart";
    /// All numbers.
    pub const TABLE: &str = "Table";
    /// Published estimates over the curve.
    pub const PUBLISHED: &str = "Published overlay";
    /// How figures look.
    pub const OPTIONS: &str = "Options";
    /// The methods.
    pub const METHODS: &str = "Methods";
}

/// Names of the settings.
pub mod label {
    /// What is timed.
    pub const ENDPOINT: &str = "Endpoint";
    /// By what patients are compared.
    pub const GROUP: &str = "Group by";
    /// No comparison.
    pub const NO_GROUP: &str = "none";
    /// When induction failure counts.
    pub const INDUCTION_FAILURE: &str = "Induction failure";
    /// Times of estimates.
    pub const AT: &str = "Report estimates at (years)";
    /// Of the landmark analysis.
    pub const LANDMARK: &str = "Landmark (years)";
    /// Between groups.
    pub const TEST: &str = "Test between groups";
    /// Of restricted means.
    pub const HORIZON: &str = "RMST horizon (years)";
    /// Rows of the table of two protocols.
    pub const FROM: &str = "Rows";
    /// Its columns.
    pub const TO: &str = "Columns";
    /// Published estimates over the curve.
    pub const PUBLISHED: &str = "Published estimates over this curve";
    /// Width of figures.
    pub const WIDTH: &str = "Width";
    /// Letters of figures.
    pub const FONT_SIZE: &str = "Font size";
    /// Title in the drawing.
    pub const TITLE: &str = "Include title";
    /// Caption in the drawing.
    pub const CAPTION: &str = "Include caption";
    /// What figures are made for.
    pub const PRESET: &str = "Figure for";
    /// Where the time axis ends.
    pub const TIME_END: &str = "x-axis ends";
    /// Hazard ratio and P in the panel.
    pub const ANNOTATION: &str = "HR and P in the figure";
    /// Width of curves.
    pub const WEIGHT: &str = "Line width";
    /// Shape of a figure.
    pub const SHAPE: &str = "Shape";
    /// Panel letter.
    pub const PANEL: &str = "Panel label";
    /// Under the time axis.
    pub const TABLE: &str = "Table below";
    /// Which way curves run.
    pub const DIRECTION: &str = "Curves show";
    /// Values.
    pub const SCALE: &str = "Values";
    /// Unit of time.
    pub const UNIT: &str = "Time in";
    /// Beginning of the time axis.
    pub const TIME_FROM: &str = "x-axis from";
    /// Its end.
    pub const TIME_TO: &str = "x-axis to";
    /// Its ticks.
    pub const TIME_STEP: &str = "x-axis interval";
    /// Beginning of the axis of values.
    pub const VALUE_FROM: &str = "y-axis from (%)";
    /// Its end.
    pub const VALUE_TO: &str = "y-axis to (%)";
    /// Its ticks.
    pub const VALUE_STEP: &str = "y-axis interval (%)";
    /// Colours and dashes.
    pub const LINES: &str = "Lines";
    /// Which colours.
    pub const COLOURS: &str = "Colours";
    /// Where curves are named.
    pub const NAMES: &str = "Group names";
    /// Bands.
    pub const BANDS: &str = "Confidence bands";
    /// Marks of the censored.
    pub const CENSORING: &str = "Censoring marks";
    /// Few at risk.
    pub const LOW_NUMBER: &str = "Low number at risk";
    /// What happens there.
    pub const LOW_NUMBER_CURVE: &str = "Draw the curve there";
}

/// Words of the values of a setting, by their codes in files.
#[must_use]
pub fn value(code: &str) -> &'static str {
    const VALUES: &[(&str, &str)] = &[
        ("zero", "event at time 0"),
        ("date", "event on its date"),
        ("log-rank", "Log-rank"),
        ("gehan", "Gehan–Breslow"),
        ("tarone-ware", "Tarone–Ware"),
        ("peto", "Peto–Peto"),
        ("fh-1-0", "Fleming–Harrington (1, 0)"),
        ("fh-0-1", "Fleming–Harrington (0, 1)"),
        ("120", "120 mm"),
        ("89", "89 mm, one column"),
        ("183", "183 mm, two columns"),
        ("254", "254 mm, slide"),
        ("18", "18 pt"),
        ("journal", "journal"),
        ("slide", "slide, 16:9"),
        ("mature", "with 10% and 5 at risk"),
        ("all", "at the last observation"),
        ("usual", "1.2 pt"),
        ("thick", "3 pt"),
        ("free", "as high as needed"),
        ("16:9", "16:9"),
        ("5", "5 pt"),
        ("6", "6 pt"),
        ("7", "7 pt"),
        ("8", "8 pt"),
        ("9", "9 pt"),
        ("kmunicate", "KMunicate (three rows)"),
        ("at-risk", "at risk"),
        ("events", "at risk (events)"),
        ("none", "none"),
        ("survival", "survival"),
        ("incidence", "1 − survival"),
        ("hazard", "cumulative hazard"),
        ("percent", "per cent"),
        ("fraction", "0 to 1"),
        ("years", "years"),
        ("months", "months"),
        ("both", "colours and dashes"),
        ("colour", "colours"),
        ("grey", "grey, with dashes"),
        ("blue", "blue, vermillion, green …"),
        ("purple", "purple, orange, teal …"),
        ("ends", "beside the curves"),
        ("legend", "in a legend"),
        ("tenth", "fewer than 5 or a tenth"),
        ("10", "fewer than 10"),
        ("20", "fewer than 20"),
        ("thin", "thin"),
        ("end", "not"),
        ("on", "as elsewhere"),
    ];
    VALUES
        .iter()
        .find(|(known, _)| *known == code)
        .map_or("", |(_, words)| words)
}

/// An endpoint in a list, with how many patients can be followed to it, or why nobody can.
#[must_use]
pub fn endpoint(name: &str, patients: usize, obstacle: Option<&str>) -> String {
    match (patients, obstacle) {
        (0, Some(why)) => format!("{name} (nobody: {why})"),
        (0, None) => format!("{name} (nobody)"),
        (1, _) => format!("{name} (1 patient)"),
        (patients, _) => format!("{name} ({patients} patients)"),
    }
}

/// Before the reasons why columns are not in the list of groups.
pub const NOT_OFFERED: &str = "Not offered:";
/// In place of a result that this file, or these settings, do not give.
pub const NO_RESULT: &str = "No such result: the file has no column for it, or nobody is left under these settings.";
/// The name of the list of results.
pub const INDEX: &str = "Results";

/// Results: what stands behind # in the address, and the name in the index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Result {
    /// Behind # in the address.
    pub route: &'static str,
    /// In the index.
    pub name: &'static str,
}

/// How the columns of the file are read.
pub const COLUMNS: Result = Result {
    route: "columns",
    name: "Columns",
};
/// Who is in, and baseline characteristics.
pub const PATIENTS: Result = Result {
    route: "patients",
    name: "Patients",
};
/// Curves and their comparison.
pub const SURVIVAL: Result = Result {
    route: "survival",
    name: "Survival",
};
/// Survival and incidence of several endpoints in one figure; the difference of survival over time.
pub const PANELS: Result = Result {
    route: "panels",
    name: "Panels, difference",
};
/// Competing risks.
pub const COMPETING: Result = Result {
    route: "competing",
    name: "Competing risks",
};
/// Transplant as a time-dependent event.
pub const TRANSPLANT: Result = Result {
    route: "transplant",
    name: "Transplant",
};
/// Cox regression and proportional hazards.
pub const COX: Result = Result {
    route: "cox",
    name: "Cox regression",
};
/// Survival adjusted for covariates.
pub const ADJUSTED: Result = Result {
    route: "adjusted",
    name: "Adjusted curves",
};
/// Plateau and mixture cure model.
pub const CURE: Result = Result {
    route: "cure",
    name: "Fraction cured",
};
/// Parametric models of the times.
pub const PARAMETRIC: Result = Result {
    route: "parametric",
    name: "Parametric models",
};
/// Effects within subgroups.
pub const SUBGROUPS: Result = Result {
    route: "subgroups",
    name: "Subgroups",
};
/// Risk groups by protocol.
pub const RISK_GROUPS: Result = Result {
    route: "risk-groups",
    name: "Risk groups",
};
/// Discrimination of the protocols' groups.
pub const DISCRIMINATION: Result = Result {
    route: "discrimination",
    name: "Discrimination",
};
/// Methods, report, script, project.
pub const OUTPUTS: Result = Result {
    route: "export",
    name: "Methods, report, R script",
};
