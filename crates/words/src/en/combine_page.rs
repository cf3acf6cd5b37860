//! The words of the page of pooled analyses by files: its controls and headings.

/// What the page does.
pub const LEAD: &str = "Hospitals analyse their patients together without sharing a single row: each one saves a file of sums, and a coordinator \
     combines the files. You send the files yourselves; nothing is sent from this page.";

/// A view of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct View {
    /// Its part of the address behind `#`.
    pub route: &'static str,
    /// Its name.
    pub name: &'static str,
    /// What it is for.
    pub lead: &'static str,
}

/// A view.
pub const PLAN: View = View {
    route: "plan",
    name: "Write a plan",
    lead: "For the coordinator. The plan says what every hospital computes, in the same way. Save it and send it to the hospitals.",
};
/// A view.
pub const SUMS: View = View {
    route: "sums",
    name: "Share sums",
    lead: "For each hospital. Open the plan and your own file of patients, read every number that would leave, then save the file of sums \
           and send it to the coordinator.",
};
/// A view.
pub const COMBINE: View = View {
    route: "combine",
    name: "Combine",
    lead: "For the coordinator. Open the plan and the files of sums. The Cox model takes several rounds; everything else is done after the \
           first.",
};
/// A view.
pub const EXAMPLE: View = View {
    route: "example",
    name: "Teaching example",
    lead: "Four hospitals with 120 simulated infants, from the plan to the result, in one click.",
};

/// Leads to the page from the page for cohorts.
pub const FROM_ANALYSE: &str = "Combine hospitals";
/// The views.
pub const VIEWS: &str = "Steps";
/// Chooses files.
pub const CHOOSE_FILES: &str = "Open files";
/// What can be opened.
pub const DROP: &str =
    "Plan, sums, keys, log, or your own file of patients: several at once, in any order. Or drop them here.";
/// Heading.
pub const FILES: &str = "Open files";
/// Takes a file away.
pub const TAKE_AWAY: &str = "remove";

/// The same with the name of the file.
#[must_use]
pub fn take_away(name: &str) -> String {
    format!("Remove {name}")
}

/// Heading.
pub const THE_PLAN: &str = "Plan";
/// Heading.
pub const YOUR_PATIENTS: &str = "Your patients";
/// Heading.
pub const YOUR_SUMS: &str = "Your sums";
/// Heading.
pub const RESULT: &str = "Result";
/// A list.
pub const WHICH_SITE: &str = "Your hospital in the plan";
/// No hospital is chosen.
pub const CHOOSE: &str = "Choose";
/// Begins a log.
pub const NEW_LOG: &str = "Begin a new log";
/// What follows from that.
pub const NEW_LOG_MEANS: &str = "Only if no file has left before: earlier files cannot be checked then.";
/// Makes a key.
pub const NEW_KEY: &str = "Make my key";
/// Saves a key.
pub const SAVE_KEY: &str = "Save my key";
/// What to do with it.
pub const KEY_MEANS: &str =
    "Keep it for all rounds, and give it to the next hospital of the plan by another way than through the coordinator.";
/// Analyses that are left out.
pub const LEAVE_OUT: &str = "Give less";
/// Analyses that are left out.
pub const WITHOUT: &str = "Leave out";
/// Levels that are taken together.
pub const TAKE_TOGETHER: &str = "Take together";

/// A list of levels of a variable.
#[must_use]
pub fn levels_together(field: &str, levels: &[String]) -> String {
    format!("{field}: {}", levels.join(" and "))
}

/// Follow-up ends earlier.
pub const END_FOLLOW_UP: &str = "End follow-up at";
/// Follow-up does not end earlier.
pub const WHOLE_FOLLOW_UP: &str = "as the plan has it";
/// What follows from it.
pub const END_FOLLOW_UP_MEANS: &str = "Later events and withdrawals are not counted. Choose the same in every round; another is refused. All limits are checked again.";

/// An end of follow-up.
#[must_use]
pub fn time_of(end: f64, unit: &str) -> String {
    format!("{} {unit}s", crate::decimal(end, 2))
}

/// Saves the log again.
pub const SAVE_LOG: &str = "Save the log again";
/// Opens the example.
pub const OPEN_EXAMPLE: &str = "Open the example";
/// A choice in the example.
pub const EXAMPLE_SHARING: &str = "What the coordinator may see";
/// A way of sharing.
pub const MASKED: &str = "Totals only (masked)";
/// A way of sharing.
pub const PER_SITE: &str = "The sums of each hospital";

// ---- The form of a plan

/// Over the faults.
pub const PLAN_WRONG: &str = "The plan appears here when these fields are filled in or corrected:";
/// A field.
pub const STUDY: &str = "Name of the study";
/// A field.
pub const SHARING: &str = "The coordinator sees";
/// A field.
pub const SITES: &str = "Hospitals, in the order in which keys are passed on";
/// A group of fields.
pub const WHO_AND_WHAT: &str = "Patients and endpoint";
/// A field.
pub const AGE_BELOW: &str = "Age at diagnosis below (days)";
/// A field.
pub const ORIGIN: &str = "Time from";
/// A field.
pub const ENDPOINT: &str = "Endpoint";
/// A field.
pub const CAUSES: &str = "Events that count";
/// A field.
pub const HORIZON: &str = "Follow-up ends at (days)";
/// A field.
pub const GROUPS: &str = "Group by";
/// A field.
pub const GROUP_LEVELS: &str = "Groups, in order";
/// A field.
pub const STRATA: &str = "Strata besides the hospital";
/// A field.
pub const STRATA_LEVELS: &str = "Strata, in order";
/// A field.
pub const MERGES: &str =
    "Levels that a hospital may take together where a count is small: one variable a line, with its levels";
/// What is wrong with it.
pub const A_FIELD_AND_LEVELS: &str = "a variable, a colon and levels are needed, such as cns: 2, 3";
/// A group of fields.
pub const COVARIATES: &str = "Covariates of the Cox model";
/// A field.
pub const VARIABLE: &str = "Variable";
/// A field.
pub const FORM: &str = "Coded as";
/// A field.
pub const UNIT: &str = "Unit";
/// A field.
pub const LO: &str = "Lowest";
/// A field.
pub const HI: &str = "Highest";
/// A field.
pub const CENTRE: &str = "Subtract";
/// A field.
pub const SCALE: &str = "Divide by";
/// A field.
pub const CUT: &str = "Below";
/// A field.
pub const REFERENCE: &str = "Reference";
/// A field.
pub const LEVELS: &str = "Other levels";
/// Adds a covariate.
pub const ADD: &str = "Add a covariate";

/// Takes a covariate away.
#[must_use]
pub fn without_covariate(name: &str) -> String {
    format!("Remove covariate {name}")
}

/// A group of fields.
pub const ANALYSES: &str = "Analyses";
/// A field.
pub const GRID: &str = "Time intervals end at (days)";
/// A field.
pub const TABLE1: &str = "Table 1: one variable a line, with cut points";
/// A field.
pub const PROTOCOLS: &str = "Protocols whose groups are counted (codes)";
/// A group of fields.
pub const LIMITS: &str = "Limits";
/// A field.
pub const SMALLEST_CELL: &str = "Smallest count that is shared";
/// A field.
pub const SMALLEST_N: &str = "Fewest patients at a hospital";
/// A field.
pub const SMALLEST_EVENTS: &str = "Fewest events at a hospital";
/// A field.
pub const EXPECTED_N: &str = "Patients expected in all";
/// A field.
pub const EXPECTED_EVENTS: &str = "Events expected in all";
/// A field.
pub const PUBLISH_SITES: &str = "The result may show the numbers of each hospital";
/// Efron.
pub const TIES: &str = "Ties are treated by Efron’s method. The Cox model is stratified by hospital.";

/// How a covariate is taken.
#[must_use]
pub fn form(code: &str) -> &'static str {
    match code {
        "log10" => "log10 of a number",
        "below" => "below a cut-point",
        "level" => "levels",
        _ => "a number",
    }
}

/// What is wrong with a field.
#[must_use]
pub fn wrong(field: &str, why: &str) -> String {
    format!("{field}: {why}.")
}

/// A covariate.
#[must_use]
pub fn of_covariate(name: &str) -> String {
    format!("Covariate {name}")
}

/// A setting of a covariate.
#[must_use]
pub fn of_setting(covariate: &str, setting: &str) -> String {
    format!("{covariate}, {}", setting.to_lowercase())
}

/// A fault.
pub const A_NUMBER: &str = "enter a number";
/// A fault.
pub const A_COUNT: &str = "enter a whole number";
/// A fault.
pub const A_NAME: &str = "enter the name of each variable";
/// A fault.
pub const A_REFERENCE: &str = "enter a reference and at least one other level";
/// A fault.
pub const TWO_LEVELS: &str = "enter at least two levels, separated by commas";
/// A fault.
pub const AT_LEAST_ONE: &str = "choose at least one";
/// A fault.
pub const UNKNOWN_CODE: &str = "choose one of the list";

/// A fault.
#[must_use]
pub fn unknown(code: &str) -> String {
    format!("“{code}” is not an event; the events are relapse, death, second_malignancy, induction_failure")
}
