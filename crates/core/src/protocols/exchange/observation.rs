//! An answer as an `Observation` of FHIR R4, in the shape of mCODE's assessment of risk: code, method, and either a value or
//! the reason why there is none.

use serde_json::{Value, json};

use super::codes::{TerminologyCode, code_for};
use crate::protocols::{Assessment, Group, Level, Status};

/// What words a resource needs beside its codes.
#[derive(Debug, Clone, Copy)]
pub struct ObservationTexts<'a> {
    /// What the observation is of, such as the risk group by a rule.
    pub title: &'a str,
    /// The answer in a sentence.
    pub answer: &'a str,
    /// Said where no code of a value set says what the group is called.
    pub no_code: &'a str,
    /// What the answer is not.
    pub intended_use: &'a str,
}

/// The `Observation` of an answer. `rules` is the version of the rules; `subject` names the
/// patient as the file does: a label or the number of its row.
///
/// A group has a code where a value set has one for what the protocol calls it: none is chosen that only comes near. An
/// undetermined answer and a protocol that does not apply have a `dataAbsentReason` and no value. The status is
/// `preliminary`: nobody has verified it.
#[must_use]
pub fn observation(assessment: &Assessment<'_>, rules: &str, subject: &str, texts: &ObservationTexts<'_>) -> Value {
    let protocol = assessment.protocol;
    let mut notes = vec![texts.answer.to_owned()];
    let value = match assessment.status {
        Status::Assigned(group) => {
            let code = code_of(group);
            notes.extend(match code {
                None => Some(texts.no_code.to_owned()),
                Some(code) => (!code.note.is_empty()).then(|| code.note.to_owned()),
            });
            ("valueCodeableConcept", concept(code, group.name))
        }
        Status::Undetermined(_) => ("dataAbsentReason", concept(code_for("open", "undetermined"), "")),
        Status::NotApplicable(_) => ("dataAbsentReason", concept(code_for("open", "not_applicable"), "")),
    };
    notes.push(texts.intended_use.to_owned());
    let mut resource = json!({
        "resourceType": "Observation",
        "status": "preliminary",
        "code": concept(code_for("risk_assessment", ""), texts.title),
        "subject": { "type": "Patient", "identifier": { "value": subject } },
        "method": { "text": format!("{} ({}), {rules}", protocol.name, protocol.id) },
        "note": notes.iter().map(|text| json!({ "text": text })).collect::<Vec<_>>(),
    });
    resource[value.0] = value.1;
    resource
}

/// Observations in a `Bundle`.
#[must_use]
pub fn observations(resources: Vec<Value>) -> Value {
    let entries: Vec<Value> = resources
        .into_iter()
        .map(|resource| json!({ "resource": resource }))
        .collect();
    // An empty list is no list in FHIR.
    if entries.is_empty() {
        return json!({ "resourceType": "Bundle", "type": "collection" });
    }
    json!({ "resourceType": "Bundle", "type": "collection", "entry": entries })
}

/// The code of a group, where a value set has one for what the protocol calls it.
fn code_of(group: &Group<'_>) -> Option<&'static TerminologyCode> {
    let says = |word: &str| {
        let mut words = group.name.split(|letter: char| !letter.is_alphabetic());
        words.any(|each| each.eq_ignore_ascii_case(word))
    };
    let value = match group.level? {
        Level::High if says("high") => "high",
        Level::Intermediate if says("intermediate") => "intermediate",
        Level::Low if says("standard") => "standard",
        _ => return None,
    };
    code_for("level", value).filter(|code| code.is_read())
}

fn concept(code: Option<&TerminologyCode>, text: &str) -> Value {
    let mut concept = json!({});
    if let Some(coding) = code.and_then(TerminologyCode::coding) {
        concept["coding"] = json!([coding]);
    }
    if !text.is_empty() {
        concept["text"] = json!(text);
    }
    concept
}
