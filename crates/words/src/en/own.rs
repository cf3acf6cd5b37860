//! Protocols of the reader's own in words: what is asked, what is wrong with a file, where, and what to do.

use crate::numbers::{decimal, grouped};
use cotside_core::protocols::own::{Asks, Fault, Problem, Shape};
use cotside_core::protocols::{AtLimit, IfUnknown, Operator};

/// What stands beside every answer of a reader's own protocol.
pub const OWN_MARK: &str = "yours, not checked";

/// What a clause can ask, in a menu.
#[must_use]
pub fn asks(asks: Asks) -> &'static str {
    match asks {
        Asks::YoungerThan => "Age: younger than",
        Asks::AtMostAged => "Age: at most",
        Asks::Wbc => "White cells",
        Asks::Kmt2aIs => "KMT2A is",
        Asks::Kmt2aEstablished => "KMT2A could be established",
        Asks::PartnerIs => "KMT2A partner is",
        Asks::LineageIn => "Lineage is one of",
        Asks::CnsDisease => "CNS disease",
        Asks::Cns3 => "CNS disease (CNS2 is not)",
        Asks::NoDownSyndrome => "No Down syndrome",
        Asks::ResponseIs => "Prednisone response is",
        Asks::InRemission => "Complete remission, end of induction",
        Asks::Mrd => "Residual disease",
        Asks::Relapsed => "Relapse or induction failure",
        Asks::SecondRemission => "Second remission",
        Asks::Donor => "Suitable donor (not asked; left undecided)",
        Asks::Treatment => "Treatment as in the study (not asked; left undecided)",
    }
}

/// How a number is compared, in a menu.
#[must_use]
pub fn operator_name(operator: Operator) -> &'static str {
    match operator {
        Operator::AtLeast => "at least (≥)",
        Operator::MoreThan => "more than (>)",
    }
}

/// What the sources say of a value exactly at the limit, in a menu.
#[must_use]
pub fn at_limit_name(at_limit: AtLimit) -> &'static str {
    match at_limit {
        AtLimit::Stated => "as worded",
        AtLimit::Disputed => "sources differ",
        AtLimit::Undefined => "not defined",
    }
}

/// What is made of a criterion while it is not known, in a menu.
#[must_use]
pub fn if_unknown_name(if_unknown: IfUnknown) -> &'static str {
    match if_unknown {
        IfUnknown::Ask => "no group is assigned",
        IfUnknown::SayCondition => "answered on this condition",
        IfUnknown::Wait => "does not apply (a relapse)",
    }
}

/// Where in a file something stands: "group 2, condition, part 1".
#[must_use]
pub fn place(pointer: &str) -> String {
    let steps: Vec<&str> = pointer.split('/').skip(1).collect();
    let mut words: Vec<String> = Vec::new();
    for (index, step) in steps.iter().enumerate() {
        if let Ok(number) = step.parse::<usize>() {
            let entry = index.checked_sub(1).and_then(|before| entry_of(steps[before]));
            words.pop();
            words.push(format!("{} {}", entry.unwrap_or("part"), number + 1));
        } else {
            words.push(key(step).to_owned());
        }
    }
    if words.is_empty() {
        "the file".to_owned()
    } else {
        words.join(", ")
    }
}

/// One entry of a list.
fn entry_of(list: &str) -> Option<&'static str> {
    Some(match list {
        "sources" => "source",
        "clauses" => "criterion",
        "eligible" => "requirement",
        "groups" => "group",
        "conditions" => "condition",
        "outcomes" => "outcome",
        "facts" => "fact",
        "pitfalls" => "caution",
        "open_questions" => "open question",
        "values" => "value",
        _ => return None,
    })
}

/// A key of the file.
fn key(key: &str) -> &str {
    match key {
        "sources" => "the sources",
        "clauses" => "the criteria",
        "eligible" => "eligibility",
        "groups" => "the groups",
        "organisation" => "study group",
        "short" => "short name",
        "era" => "years of enrolment",
        "ptd" => "partial tandem duplication",
        "undetermined_kmt2a" => "KMT2A not established",
        "unknown_response_is_not_poor" => "unknown prednisone response",
        "hsct" => "transplant",
        "when" | "applies" => "condition",
        "cite" => "citation",
        "read" => "how it was read",
        "is" => "criterion",
        "not" => "behind “not”",
        "all" => "all of",
        "any" => "any of",
        "in_group" => "group",
        "test" => "what it asks",
        "clause" => "criterion",
        "level" => "risk level",
        "if_unknown" => "if unknown",
        other => other,
    }
}

/// What is wrong and what to do about it, as a sentence without its place.
#[must_use]
pub fn fault(fault: &Fault) -> String {
    match fault {
        Fault::TooLarge { most } => format!(
            "It has more than {} kB, the most that is read: shorten its texts.",
            most / 1024
        ),
        Fault::NotJson { line, column } => format!(
            "It is not JSON from line {line}, column {column} on: look for a missing comma, quotation mark or bracket \
             there or just before."
        ),
        Fault::OtherFormat => {
            "It does not say “format”: “cotside-protocol-1”, so it is not a protocol's file, or is of \
                               another version: start from a copy of a protocol."
                .to_owned()
        }
        Fault::Missing => "Required.".to_owned(),
        Fault::WrongShape(shape) => format!("{} is needed here.", shape_name(*shape)),
        Fault::UnknownKey(name) => format!("“{name}” does not belong here: remove it, or look for a misspelling."),
        Fault::UnknownCode { found, known } => format!("“{found}” is not known here: use one of {}.", known.join(", ")),
        Fault::BadId => "Use small letters, digits and hyphens, at most 60.".to_owned(),
        Fault::IdTaken => {
            "A protocol of the catalogue has this id: give it another, so that nobody mistakes one for the \
                           other."
                .to_owned()
        }
        Fault::Duplicate(id) => format!("“{id}” is listed twice: rename or remove one."),
        Fault::TextTooLong { most } => format!(
            "The text has more than {} characters: shorten it.",
            grouped(*most as f64)
        ),
        Fault::NameTaken(name) => format!(
            "This name cannot be told from {name} of the catalogue: give it another, so that nobody mistakes one for the other."
        ),
        Fault::UnseenCharacter(character) => format!(
            "A character that is not seen or that turns text around (U+{:04X}): remove it, or type the text again.",
            u32::from(*character)
        ),
        Fault::ControlCharacter => "A line break or another control character: write it on one line.".to_owned(),
        Fault::TooMany { most } => format!("More than {most} entries: remove some."),
        Fault::TooDeep { most } => {
            format!("Conditions are nested more than {most} deep: write them flatter.")
        }
        Fault::OutOfRange { low, high } => format!(
            "Out of range: give a number from {} to {}, in the unit beside it.",
            decimal(*low, 3),
            grouped(*high)
        ),
        Fault::NoSuchSource(id) => {
            format!("No source has the id “{id}”: add it, or choose another.")
        }
        Fault::NoSuchClause(id) => {
            format!("No criterion has the id “{id}”: add it, or choose another.")
        }
        Fault::NoSuchGroup(id) => format!("No group has the id “{id}”: choose one of the groups."),
        Fault::NoCitation => "Required: the source. A local rule is a source too.".to_owned(),
        Fault::NoEligibility => "Required: add at least a limit of age.".to_owned(),
        Fault::NoGroups => "Required: add a group. A single arm is one group of all others.".to_owned(),
        Fault::EmptyCondition => "Required: add a criterion, or remove this part.".to_owned(),
        Fault::GroupWithinGroup => "The condition of a group cannot name a group: the earlier ones were tried before \
                                    it; use criteria."
            .to_owned(),
        Fault::TooManyWays { ways, most } => format!(
            "The findings can turn out in {} ways, more than the {} that are tried: use fewer different boundaries.",
            grouped(*ways as f64),
            grouped(*most as f64)
        ),
        Fault::NobodyEnters => "No infant meets all of these: they exclude each other.".to_owned(),
        Fault::GroupNeverReached => {
            "No infant belongs to this group: an earlier group takes all, or its criteria exclude \
                                     each other."
                .to_owned()
        }
        Fault::SomeInNoGroup => {
            "Some eligible infants belong to no group: let the last group be all others.".to_owned()
        }
        Fault::OthersNotLast => "All others belong here, so no later group is reached: move it to the end.".to_owned(),
        Fault::ClauseNotUsed => "No rule uses this criterion: use it, or remove it.".to_owned(),
        Fault::SourceNotUsed => "Nothing cites this source: cite it, or remove it.".to_owned(),
        Fault::LevelUnlikeName => "The name suggests another risk level: check both.".to_owned(),
        Fault::IntervalBesideEstimate => "The estimate is outside its interval: check both in the source.".to_owned(),
    }
}

fn shape_name(shape: Shape) -> &'static str {
    match shape {
        Shape::Text => "A text",
        Shape::Number => "A number",
        Shape::WholeNumber => "A whole number",
        Shape::List => "A list [ … ]",
        Shape::Object => "An object { … }",
    }
}

/// What is wrong, with its place in words, on one line.
#[must_use]
pub fn own_problem(problem: &Problem) -> String {
    let place = place(&problem.place);
    let pointer = if problem.place.is_empty() {
        String::new()
    } else {
        format!(" ({})", problem.place)
    };
    format!("{place}{pointer}: {}", fault(&problem.fault))
}

#[cfg(test)]
mod tests {
    use super::place;

    #[test]
    fn places_read_as_words() {
        for (pointer, words) in [
            ("", "the file"),
            ("/groups/1/when/all/0/is", "group 2, condition, part 1, criterion"),
            ("/clauses/3/cite/source", "criterion 4, citation, source"),
            ("/eligible", "eligibility"),
            ("/eligible/0/clause", "requirement 1, criterion"),
        ] {
            assert_eq!(place(pointer), words);
        }
    }
}
