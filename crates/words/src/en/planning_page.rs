//! The words of the page on which a study is planned: its controls, headings and what a field takes.

/// What the page does, and that it does not advise.
pub const LEAD: &str = "Events, patients and power of a study that is planned. The numbers follow from what is assumed below, no more: \
     they are no advice on a design. Nothing is sent.";
/// The heading of the form.
pub const ASSUMPTIONS: &str = "Assumptions";
/// The heading of the answer.
pub const ANSWER: &str = "Result";
/// A setting.
pub const DESIGN: &str = "Design";
/// A setting.
pub const SOUGHT: &str = "Calculate";
/// A setting.
pub const EFFECT: &str = "Effect given as";
/// A setting.
pub const SIZE: &str = "Size given as";
/// A setting.
pub const DIRECTION: &str = "Direction of the effect";
/// A setting.
pub const SIDES: &str = "Test";
/// A setting.
pub const FORMULA: &str = "Formula of the number of events";
/// A group of fields.
pub const FIRST_GROUP: &str = "First group";
/// The same for one group.
pub const FIXED: &str = "Fixed survival";
/// A group of fields.
pub const COMPARISON: &str = "Comparison";
/// A group of fields.
pub const RECRUITMENT: &str = "Recruitment and follow-up";
/// A list: a study of the catalogue.
pub const BASELINE_STUDY: &str = "Published estimate: study";
/// A list: an estimate of that study.
pub const BASELINE: &str = "Estimate";
/// No published estimate is taken.
pub const NO_BASELINE: &str = "None: own value";
/// The name of a field that may be empty.
#[must_use]
pub fn optional(name: &str) -> String {
    format!("{name} (optional)")
}
/// Instead of an answer.
pub const CORRECT: &str = "No result: correct the marked fields.";
/// Over the sentences.
pub const SENTENCE: &str = "Sentence for the protocol";
/// Over the table.
pub const NEARBY: &str = "Nearby assumptions";
/// Over the formulas.
pub const METHOD: &str = "Formula and sources";
/// Over the code.
pub const R_CODE: &str = "R code";
/// What the code does.
pub const R_NOTE: &str = "Base R without packages. It computes the result again and stops where it differs.";
/// Unfolds the code.
pub const SHOW_R: &str = "Show the code";
/// Saves the code.
pub const SAVE_R: &str = "Save R code";
/// Saves the table.
pub const SAVE_NEARBY: &str = "Save table (CSV)";
/// Copies a text.
pub const COPY: &str = "Copy";
/// A cell without an answer.
pub const NONE: &str = "–";
/// Over the figure.
pub const FIGURE: &str = "Power over the size of the study";

/// A number over the sentence: the probability that follow-up lasts to the time of the survival.
pub const FOLLOWED: &str = "Followed to that time";

/// Numbers over the sentence.
pub mod number {
    /// Events.
    pub const EVENTS: &str = "Events";
    /// Events where patients are given.
    pub const EVENTS_EXPECTED: &str = "Events expected";
    /// Patients.
    pub const PATIENTS: &str = "Patients";
    /// Power.
    pub const POWER: &str = "Power";
    /// Hazard ratio.
    pub const HAZARD_RATIO: &str = "Hazard ratio";
    /// Survival of one group that is detected.
    pub const DETECTED: &str = "Survival to detect";
    /// Years of recruitment.
    pub const RECRUITMENT: &str = "Recruitment";
}

/// A design by its code.
#[must_use]
pub fn design(code: &str) -> &'static str {
    match code {
        "one-group" => "One group, fixed survival",
        _ => "Two groups, log-rank test",
    }
}

/// What is sought by its code.
#[must_use]
pub fn sought(code: &str) -> &'static str {
    match code {
        "power" => "Power",
        "effect" => "Detectable effect",
        _ => "Number of patients",
    }
}

/// How the effect is given, by its code.
#[must_use]
pub fn effect(code: &str) -> &'static str {
    match code {
        "survival" => "Survival of the second group",
        _ => "Hazard ratio",
    }
}

/// What the size counts, by its code.
#[must_use]
pub fn size(code: &str) -> &'static str {
    match code {
        "events" => "Events",
        _ => "Patients",
    }
}

/// A direction by its code.
#[must_use]
pub fn direction(code: &str) -> &'static str {
    match code {
        "worse" => "Lower survival",
        _ => "Higher survival",
    }
}

/// Sides of the test by their code.
#[must_use]
pub fn sides(code: &str) -> &'static str {
    match code {
        "one" => "One-sided",
        _ => "Two-sided",
    }
}

/// A formula by its code.
#[must_use]
pub fn formula(code: &str) -> &'static str {
    match code {
        "freedman" => "Freedman",
        _ => "Schoenfeld",
    }
}

/// A field by its code; `two` where the design has two groups.
#[must_use]
pub fn field(code: &str, two: bool) -> &'static str {
    match (code, two) {
        ("survival", true) => "Survival of the first group, %",
        ("survival", false) => "Fixed survival, %",
        ("time", _) => "at years",
        ("hazard-ratio", _) => "Hazard ratio, second to first group",
        ("second-survival", true) => "Survival of the second group at that time, %",
        ("second-survival", false) => "Survival to detect, %",
        ("power", _) => "Power, %",
        ("patients", _) => "Patients in all",
        ("events", _) => "Events in both groups",
        ("alpha", _) => "Significance level α",
        ("second", _) => "Patients in the second group, %",
        ("per-year", _) => "Patients a year",
        ("accrual", _) => "Years of entry",
        ("follow-up", _) => "Years of follow-up after the last entry",
        _ => "Lost to follow-up a year, %",
    }
}

/// What follows where an optional field is empty.
#[must_use]
pub fn hint(code: &str) -> &'static str {
    match code {
        "accrual" => "Empty: patients divided by patients a year; without these, no entry period.",
        "follow-up" => "Empty: the time of the survival.",
        _ => "",
    }
}

/// What a field takes.
#[must_use]
pub fn accepts(code: &str) -> &'static str {
    match code {
        "survival" | "second-survival" | "second" => "a number above 0 and below 100, such as 50",
        "power" => "a number above 0 and below 100, such as 80",
        "hazard-ratio" => "a number above 0 other than 1, such as 0.6",
        "patients" | "events" => "a whole number from 1, such as 200",
        "alpha" => "a number above 0 and below 1, such as 0.05",
        "loss" => "a number from 0 to below 100, such as 5",
        "accrual" | "follow-up" => "a number from 0, such as 3",
        _ => "a number above 0, such as 4",
    }
}

/// A field that is needed is empty.
#[must_use]
pub fn missing(code: &str) -> String {
    format!("Needed: {}.", accepts(code))
}

/// A field holds something else; with a decimal point.
#[must_use]
pub fn not_a_number(code: &str) -> String {
    format!("Not a number. Enter {}, with a decimal point.", accepts(code))
}

/// A number is out of range.
#[must_use]
pub fn out_of_range(code: &str) -> String {
    format!("Out of range. Enter {}.", accepts(code))
}

/// Both survival proportions are one.
pub const SAME: &str = "The same as the other survival: there is no effect to detect. Enter another one.";
/// The power is not above the level.
pub const BELOW_ALPHA: &str = "Not above the significance level. Enter a higher power, such as 80.";

/// The published estimate that was taken, with its numbers as printed: before and behind the name of its population.
#[must_use]
pub fn taken(study: &str, endpoint: &str, printed: &str) -> [String; 2] {
    [format!("{study}, "), format!(": {endpoint} {printed}.")]
}

/// The numbers of a published estimate: the estimate with its interval or standard error, the time, the patients.
#[must_use]
pub fn printed(estimate: &str, spread: &str, years: Option<&str>, n: Option<u32>) -> String {
    let years = years.map_or_else(String::new, |years| format!(", {years}"));
    let n = n.map_or_else(String::new, |n| format!(", n = {n}"));
    format!("{estimate}%{spread}{years}{n}")
}

/// Heads of the table of nearby assumptions.
pub mod nearby {
    /// Rows of hazard ratios.
    pub const HAZARD_RATIO: &str = "Hazard ratio";
    /// Rows of patients.
    pub const PATIENTS: &str = "Patients";
    /// Rows of events.
    pub const EVENTS: &str = "Events";
    /// Rows of survival to detect.
    pub const DETECT: &str = "Survival to detect";
    /// A column where no survival is given.
    pub const RESULT: &str = "Result";

    /// A column of survival in the first group.
    #[must_use]
    pub fn first(percent: &str) -> String {
        format!("First {percent}")
    }

    /// A column of fixed survival.
    #[must_use]
    pub fn fixed(percent: &str) -> String {
        format!("Fixed {percent}")
    }

    /// What the columns are where two groups are compared.
    pub const FIRST_COLUMNS: &str = "Columns: survival of the first group.";
    /// What they are for one group.
    pub const FIXED_COLUMNS: &str = "Columns: fixed survival.";

    /// What the cells hold.
    #[must_use]
    pub fn holds(sought: &str, patients: bool, years: bool) -> &'static str {
        match (sought, patients, years) {
            ("size", true, true) => "Cells: patients, and years of recruitment at the given number a year.",
            ("size", true, false) => "Cells: patients.",
            ("size", false, _) => "Cells: events.",
            ("power", _, _) => "Cells: power.",
            _ => "Cells: the effect that is detected.",
        }
    }

    /// Patients with years of recruitment.
    #[must_use]
    pub fn with_years(patients: &str, years: &str) -> String {
        format!("{patients} ({years} y)")
    }
}

/// Words of the figure.
pub mod figure {
    /// Axis.
    pub const POWER: &str = "Power (%)";
    /// Axis.
    pub const PATIENTS: &str = "Patients";
    /// Axis.
    pub const EVENTS: &str = "Events";
    /// The description for those who cannot see it.
    #[must_use]
    pub fn description(lines: &[String]) -> String {
        format!("Power as a function of the size of the study for {}.", lines.join(", "))
    }
    /// A curve of two groups.
    #[must_use]
    pub fn ratio(ratio: &str) -> String {
        format!("Hazard ratio {ratio}")
    }
    /// A curve of one group.
    #[must_use]
    pub fn survival(percent: &str) -> String {
        format!("Survival {percent}")
    }
    /// What the point is.
    pub const PLANNED: &str = "Point: the planned study.";
}
