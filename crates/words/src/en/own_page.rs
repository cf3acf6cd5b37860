//! What the page of a custom protocol says: around its form, in it, and about what reading the draft gives.

/// The heading.
pub const TITLE: &str = "Your own protocol";
/// The sentence below it.
pub const LEAD: &str = "Write a protocol from its paper, its protocol document or a local rule. It is checked at every change, tried on \
     an infant, shown beside the catalogue and saved as a file.";
/// The button of the file chooser.
pub const OPEN: &str = "Open a file";
/// The button that saves.
pub const SAVE: &str = "Save as a file";
/// Where it lives.
pub const LIVES: &str = "It is kept in this tab until it is saved; nothing is sent. To share it, send the file: opened here or on \
     Stratify, it is marked as not checked. To propose it for the catalogue, send the file to the project with its sources.";
/// On Stratify: before the link, the link, and behind it.
pub const BESIDE: [&str; 3] = [
    "A protocol’s file, written ",
    "on this page",
    " or sent by a colleague, is applied to the findings above. It is read in this tab and sent nowhere.",
];
/// The button of the file chooser there.
pub const BESIDE_OPEN: &str = "Add your own protocol (file)";
/// Between a name and what is said of it.
pub const COLON: &str = ": ";
/// A button that takes a protocol out of those beside the catalogue.
#[must_use]
pub fn remove_file(name: &str) -> String {
    format!("Remove {name}")
}
/// A file with errors.
#[must_use]
pub fn cannot_be_used(file: &str, errors: usize) -> String {
    match errors {
        1 => format!("{file} cannot be used: fix one problem."),
        errors => format!("{file} cannot be used: fix {errors} problems."),
    }
}

/// What a draft starts from.
pub const START: &str = "Start from";
/// The template.
pub const START_TEMPLATE: &str = "a template: age, KMT2A, white cells";
/// Nothing.
pub const START_EMPTY: &str = "an empty form";
/// A file that was opened.
pub const START_FILE: &str = "a file";
/// A copy of a protocol.
#[must_use]
pub fn copy_of(name: &str) -> String {
    format!("a copy of {name}")
}

/// The heading of the list of problems.
pub const CHECK: &str = "Check";
/// There are no problems.
pub const NO_ERRORS: &str = "No errors. Check that it says what its sources say.";
/// There are remarks alone.
pub const USABLE: &str = "It can be used. Worth a look:";
/// What is to be fixed before it can be used.
#[must_use]
pub fn to_fix(errors: usize) -> String {
    match errors {
        1 => "Fix one problem before this protocol can be used:".to_owned(),
        errors => format!("Fix {errors} problems before this protocol can be used:"),
    }
}
/// What is to be filled in before it can be used.
#[must_use]
pub fn to_complete(missing: usize) -> String {
    format!("To complete ({missing})")
}
/// A copy that sorts otherwise and has the outcomes of the original.
#[must_use]
pub fn outcomes_of(original: &str) -> String {
    format!(
        "This copy sorts infants differently from {original} and still has its published outcomes, which describe its groups. \
         They can be removed under “Outcomes”."
    )
}

/// The trial's heading.
pub const TRY: &str = "Try it";
/// Its menu.
pub const FINDINGS_OF: &str = "Findings of";
/// The menu once a finding was changed.
pub const OTHER_INFANT: &str = "another infant";
/// An infant of the published series.
#[must_use]
pub fn of_series(number: usize) -> String {
    format!("Severance series, patient {number}")
}
/// A finding that is not known.
pub const UNKNOWN: &str = "unknown";
/// While the draft cannot be used.
pub const NO_ANSWER_YET: &str = "The risk group appears here once the protocol is complete.";
/// The infant is not one for the protocol.
pub const NOT_APPLICABLE: &str = "not applicable";
/// The heading of the rows.
pub const BESIDE_THE_OTHERS: &str = "Beside the catalogue, for the same infant";
/// The heading of the table of examples.
pub const ON_THE_EXAMPLES: &str = "Examples";
/// Its first column.
pub const EXAMPLE: &str = "Example";
/// Its column of the draft.
pub const YOURS: &str = "Yours";
/// Its column of the protocol of which the draft is a copy.
#[must_use]
pub fn in_catalogue(name: &str) -> String {
    format!("{name} (catalogue)")
}
/// Beside an answer that is not that of the original.
pub const DIFFERS: &str = "differs";
/// The heading of the rule.
#[must_use]
pub fn whole_rule(name: &str) -> String {
    format!("{name} in full")
}
/// Above it.
pub const NOT_CHECKED: &str = "Yours, not checked: nobody has compared this definition with its sources.";

/// The heading of earlier versions of the rules.
pub const VERSIONS: &str = "Versions of the rules";
/// There is no earlier version.
#[must_use]
pub fn first_version(version: &str) -> String {
    format!(
        "Rules {version} is the first version. Each correction will be listed here with its source and the answers that it \
         changes."
    )
}
/// The menu of versions.
pub const COMPARE_WITH: &str = "Compare with";
/// The present version in that menu.
#[must_use]
pub fn present(version: &str) -> String {
    format!("{version} (now)")
}
/// Above the corrections.
pub const CORRECTED_SINCE: &str = "Corrected since";
/// Above what they change for the infant.
pub const ANSWERS_FOR_INFANT: &str = "Changed answers for this infant";
/// Nothing.
pub const SAME_FOR_INFANT: &str = "No answer changes for this infant.";
/// Above what they change for the examples.
pub const ANSWERS_FOR_EXAMPLES: &str = "Changed answers for the examples";
/// Nothing.
pub const SAME_FOR_EXAMPLES: &str = "No answer changes for the examples.";
/// What an answer was and is.
#[must_use]
pub fn then_and_now(protocol: &str, then: &str, now: &str) -> String {
    format!("{protocol}: then {then}, now {now}.")
}

/// A clause that does not ask anything yet.
pub const UNFINISHED: &str = "unfinished";
/// A clause whose question is not complete.
#[must_use]
pub fn unfinished(asks: &str) -> String {
    format!("{asks} …")
}

/// A section of the form: its heading and what it is.
pub type Section = (&'static str, &'static str);

/// Names.
pub const ABOUT: Section = ("About", "");
/// Sources.
pub const SOURCES: Section = (
    "Sources",
    "Every statement cites one; the first is used until another is chosen. A local rule is a source too: give its version \
     and date.",
);
/// Clauses.
pub const CLAUSES: Section = (
    "Criteria",
    "Each asks one thing of an infant. Write it once; the rules below combine criteria.",
);
/// Eligibility.
pub const ELIGIBILITY: Section = (
    "Eligibility",
    "All must be met. Criteria that decide whether an infant is in the protocol, not the risk group.",
);
/// Groups.
pub const GROUPS: Section = (
    "Risk groups",
    "Tried in this order: the first whose condition is met applies. The last is usually “all others”.",
);
/// Results that are not clear.
pub const UNCLEAR: Section = (
    "Unclear results",
    "Where nothing is stated, every reading stays possible and the answer says so.",
);
/// Transplant.
pub const TRANSPLANT: Section = ("Transplant in first remission", "");
/// Outcomes.
pub const OUTCOMES: Section = (
    "Outcomes",
    "Published estimates. Each describes the groups of the study that published it: remove those that do not apply.",
);
/// What has no controls.
pub const FURTHER: Section = (
    "Further statements",
    "They came with the copy or the file and are shown with the rule. They can be changed in the file.",
);

/// The label of a name.
pub const NAME: &str = "Name";
/// The label of an id.
pub const CODE: &str = "Code";
/// Who runs it.
pub const STUDY_GROUP: &str = "Study group";
/// Which kind it is.
pub const TYPE: &str = "Type";
/// What it does.
pub const SUMMARY: &str = "Risk classification in one sentence";
/// When it enrolled.
pub const ENROLMENT: &str = "Years of enrolment, in a sentence";
/// A source in short.
pub const SHORT: &str = "Short name";
/// A source in full.
pub const REFERENCE: &str = "Reference";
/// A source's number.
pub const IDENTIFIER: &str = "DOI, PMID or register number";
/// Which source is cited.
pub const SOURCE: &str = "Source";
/// Where in it.
pub const PLACE: &str = "Section";
/// How it was read.
pub const READ: &str = "Read in";
/// A note to a clause.
pub const NOTE: &str = "Note";
/// What a clause asks.
pub const ASKS: &str = "Criterion";
/// The limit of an age.
pub const LIMIT: &str = "Limit";
/// The unit of an age.
pub const UNIT: &str = "Unit";
/// Days of age.
pub const DAYS: &str = "days";
/// Months of age.
pub const MONTHS: &str = "months";
/// How a number is compared.
pub const COMPARED: &str = "Comparison";
/// A number of white cells.
pub const WHITE_CELLS: &str = "× 10⁹/L";
/// What a value at the limit is.
pub const AT_LIMIT: &str = "At the limit";
/// When residual disease is measured.
pub const MEASURED: &str = "Time point";
/// Residual disease.
pub const FRACTION: &str = "Fraction of cells";
/// A value.
pub const RESULT: &str = "Result";
/// Above a limit of age that is not one of infancy.
pub const OLDER_CHILDREN: &str =
    "Above 12 months: with this limit the protocol would take children who are no longer infants.";
/// What an infant must meet.
pub const REQUIRED: &str = "Required";
/// And while it is not known.
pub const IF_UNKNOWN: &str = "If unknown";
/// A group's name.
pub const GROUP_NAME: &str = "Group, as the protocol calls it";
/// A group's place on the scale.
pub const RISK_LEVEL: &str = "Risk level";
/// A group without one.
pub const NO_LEVEL: &str = "no risk level";
/// Above a group's condition.
pub const GROUP_IF: &str = "An infant belongs to it if";
/// The text of the transplant rule.
pub const RULE_TEXT: &str = "Protocol text";
/// Above the transplant rule's condition.
pub const TRANSPLANT_IF: &str = "Transplant if";
/// There was no transplant rule.
pub const NO_TRANSPLANT: &str = "The protocol is known to have had no transplant rule";
/// Above the further conditions of the transplant rule.
pub const TRANSPLANT_CONDITIONS: &str =
    "Conditions of the transplant (such as first remission, a donor, residual disease)";
/// Whom an outcome describes.
pub const POPULATION: &str = "Population";
/// Which infants of the protocol they are.
pub const APPLIES: &str = "Applies to";
/// An outcome's endpoint.
pub const ENDPOINT: &str = "Endpoint";
/// An estimate in percent.
pub const ESTIMATE: &str = "Estimate (%)";
/// The time of an estimate.
pub const YEARS: &str = "At (years)";
/// How many patients.
pub const PATIENTS: &str = "n";
/// The uncertainty of an estimate.
pub const UNCERTAINTY: &str = "Uncertainty reported";
/// Kinds of it, in the order of `SpreadKind::ALL`.
pub const UNCERTAINTIES: [&str; 4] = ["none", "standard error", "95% CI", "± of unclear meaning"];
/// The value of a standard error, or of a ±.
pub const SPREAD: &str = "± (%)";
/// The lower limit of an interval.
pub const FROM: &str = "from (%)";
/// The upper limit of an interval.
pub const TO: &str = "to (%)";
/// What a source says of an unclear result.
pub const STATEMENT: &str = "Statement";
/// Unclear results: place in the file, and what is stated.
pub const STATEMENTS: [(&str, &str); 3] = [
    (
        "/ptd",
        "Its sources state that a partial tandem duplication is neither rearranged nor germline",
    ),
    (
        "/undetermined_kmt2a",
        "Its sources state that a KMT2A status that could not be established is neither",
    ),
    (
        "/unknown_response_is_not_poor",
        "Its text counts an unknown prednisone response as not poor",
    ),
];
/// Lists without controls: place in the file, and what they are called.
pub const LISTS: [(&str, &str); 3] = [
    ("/facts", "further results"),
    ("/pitfalls", "cautions"),
    ("/open_questions", "not found"),
];
/// Lists of the form: place, and the button that adds an entry.
pub const ADD: [(&str, &str); 6] = [
    ("/sources", "Add a source"),
    ("/clauses", "Add a criterion"),
    ("/eligible", "Add a requirement"),
    ("/groups", "Add a group"),
    ("/hsct/conditions", "Add a condition"),
    ("/outcomes", "Add an outcome"),
];

/// A button that takes an entry away.
pub const REMOVE: &str = "Remove";
/// The same with what it takes away: an entry of a list by its place, and its number.
#[must_use]
pub fn remove(list: &str, number: usize) -> String {
    let what = match list {
        "/sources" => "source",
        "/clauses" => "criterion",
        "/eligible" => "requirement",
        "/groups" => "group",
        "/hsct/conditions" => "condition",
        _ => "outcome",
    };
    format!("Remove {what} {number}")
}
/// How many entries a list without controls has.
#[must_use]
pub fn entries(count: usize, name: &str) -> String {
    format!("{count} {name} ")
}
/// A button that takes all entries of a list away.
pub const REMOVE_ALL: &str = "Remove all";
/// A button that moves a group.
pub const EARLIER: &str = "Earlier";
/// The same with the group.
#[must_use]
pub fn earlier(number: usize) -> String {
    format!("Try group {number} earlier")
}
/// The fold of what is said of an entry besides.
pub const DETAILS: &str = "Details";

/// A condition's menu.
pub const CONDITION: &str = "Condition";
/// The menu of a part.
pub const PART: &str = "Part of the condition";
/// Nothing was chosen yet.
pub const CHOOSE: &str = "choose …";
/// There is no transplant rule.
pub const NO_RULE: &str = "no rule found";
/// All others.
pub const ALL_OTHERS: &str = "all others";
/// All patients of the study.
pub const ALL_PATIENTS: &str = "all patients";
/// The opposite.
#[must_use]
pub fn not(what: &str) -> String {
    format!("not: {what}")
}
/// A group.
#[must_use]
pub fn group(name: &str) -> String {
    format!("group: {name}")
}
/// All parts.
pub const ALL_OF: &str = "all of …";
/// Any part.
pub const ANY_OF: &str = "any of …";
/// The opposite of what is below.
pub const NOT: &str = "not (…)";
/// What is below, without its "not".
pub const WITHOUT_NOT: &str = "remove the “not”";
/// A condition below others than can be shown.
pub const TOO_DEEP: &str = "deeper than can be shown here";
/// The button that takes a part away.
pub const REMOVE_PART: &str = "Remove this part";
/// The button that adds a part.
pub const ADD_PART: &str = "+ part";
/// The same with what it does.
pub const ADD_PART_TO: &str = "Add a part to this condition";
/// Where something was read, in the line of a fold.
#[must_use]
pub fn cited(source: &str, section: &str) -> String {
    if section.is_empty() {
        format!("Source: {source}")
    } else {
        format!("Source: {source}, {section}")
    }
}
/// An outcome in a line.
#[must_use]
pub fn outcome(population: &str, endpoint: &str, estimate: &str, years: &str) -> String {
    let population = if population.is_empty() { POPULATION } else { population };
    let years = if years.is_empty() {
        String::new()
    } else {
        format!(" at {years} years")
    };
    format!("{population}: {endpoint} {estimate}%{years}")
}
