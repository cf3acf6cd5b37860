//! The JSON Schema of the file of a protocol, made from the codes, keys and limits that the reader uses.
//!
//! It says of what shape a file is: keys, types, codes, ranges. What needs the whole of a file (an id that nothing has, a
//! group that is never reached) only the reader finds.

use serde_json::{Map, Value, json};

use super::FORMAT;
use super::codes::{self, Asks, Coded};
use super::node::{MOST_CHARACTERS, MOST_ENTRIES, MOST_ID_CHARACTERS};
use super::reader::{KEYS, MOST_GROUPS};
use crate::evidence::{PublishedEndpoint, Read};
use crate::infant::{Field, Kind, Kmt2a, Lineage, MrdPoint, Partner, PrednisoneResponse};
use crate::protocols::{AtLimit, Family, IfUnknown, Level, Operator};

/// Keys of a file that may be missing or null.
const OPTIONAL: [&str; 11] = [
    "sources",
    "clauses",
    "eligible",
    "groups",
    "ptd",
    "undetermined_kmt2a",
    "unknown_response_is_not_poor",
    "outcomes",
    "facts",
    "pitfalls",
    "open_questions",
];

/// The schema (JSON Schema 2020-12) of a file of the format [`FORMAT`].
///
/// # Example
/// ```
/// use cotside_core::protocols::own::schema;
/// assert_eq!(schema()["properties"]["format"]["const"], "cotside-protocol-1");
/// ```
#[must_use]
pub fn schema() -> Value {
    let fact = || named("fact");
    let properties = KEYS.iter().map(|&key| {
        let value = match key {
            "format" => json!({ "const": FORMAT }),
            "id" => named("id"),
            "family" => codes_of::<Family>(),
            "era" => fact(),
            "sources" | "clauses" | "outcomes" => list(named(key.trim_end_matches('s')), MOST_ENTRIES),
            "eligible" => list(named("criterion"), MOST_ENTRIES),
            "groups" => list(named("group"), MOST_GROUPS),
            "ptd" | "undetermined_kmt2a" => either([null(), json!({ "const": codes::NEITHER_TOO }), fact()]),
            "unknown_response_is_not_poor" => either([null(), fact()]),
            "hsct" => named("hsct"),
            "facts" | "pitfalls" => list(fact(), MOST_ENTRIES),
            "open_questions" => list(named("text"), MOST_ENTRIES),
            // Name, organisation, summary.
            _ => named("text"),
        };
        (key, value)
    });
    let mut schema = object(properties, &OPTIONAL);
    if let Value::Object(schema) = &mut schema {
        schema.insert(
            "$schema".to_owned(),
            json!("https://json-schema.org/draft/2020-12/schema"),
        );
        schema.insert("$id".to_owned(), json!(format!("urn:{FORMAT}")));
        schema.insert("title".to_owned(), json!(FORMAT));
        schema.insert("$defs".to_owned(), definitions());
    }
    schema
}

fn definitions() -> Value {
    let percent = || json!({ "type": "number", "minimum": 0, "maximum": 100 });
    let condition = || named("condition");
    let parts = || json!({ "type": "array", "items": condition(), "minItems": 1, "maxItems": MOST_ENTRIES });
    let text = || named("text");
    json!({
        "id": { "type": "string", "pattern": format!("^[a-z0-9-]{{1,{MOST_ID_CHARACTERS}}}$") },
        "text": { "type": "string", "pattern": "\\S", "maxLength": MOST_CHARACTERS },
        "optional_text": { "type": ["string", "null"], "maxLength": MOST_CHARACTERS },
        "source": object(
            [("id", named("id")), ("short", text()), ("reference", text()), ("identifier", named("optional_text"))],
            &["identifier"],
        ),
        "citation": object(
            [("source", text()), ("place", named("optional_text")), ("read", codes_of::<Read>())],
            &["place"],
        ),
        "fact": object([("text", text()), ("cite", named("citation"))], &[]),
        "clause": either(Asks::ALL.iter().flat_map(|(asks, code)| clauses(*asks, code))),
        "criterion": object([("clause", text()), ("if_unknown", codes_of::<IfUnknown>())], &[]),
        "group": object(
            [
                ("id", named("id")),
                ("name", text()),
                ("level", either([null(), codes_of::<Level>()])),
                ("when", condition()),
            ],
            &["level"],
        ),
        "condition": either([
            json!({ "const": "always" }),
            object([("is", text())], &[]),
            object([("in_group", text())], &[]),
            object([("not", condition())], &[]),
            object([("all", parts())], &[]),
            object([("any", parts())], &[]),
        ]),
        "hsct": object(
            [
                ("when", either([null(), condition()])),
                ("conditions", list(named("hsct_condition"), MOST_ENTRIES)),
                ("none_by_protocol", json!({ "type": ["boolean", "null"] })),
                ("text", text()),
                ("cite", named("citation")),
            ],
            &["when", "conditions", "none_by_protocol"],
        ),
        "hsct_condition": object(
            [("id", named("id")), ("when", condition()), ("cite", named("citation"))],
            &[],
        ),
        "outcome": object(
            [
                ("population", text()),
                ("applies", condition()),
                ("endpoint", codes_of::<PublishedEndpoint>()),
                ("years", json!({ "type": ["number", "null"], "minimum": 0, "maximum": 50 })),
                ("n", json!({ "type": ["integer", "null"], "minimum": 1, "maximum": 1_000_000 })),
                ("estimate", percent()),
                ("spread", named("spread")),
                ("cite", named("citation")),
                ("note", named("optional_text")),
            ],
            &["years", "n", "spread", "note"],
        ),
        "spread": either([
            null(),
            object([("standard_error", percent())], &[]),
            object([("unclear", percent())], &[]),
            object([(
                "interval95",
                json!({ "type": "array", "items": percent(), "minItems": 2, "maxItems": 2 }),
            )], &[]),
        ]),
    })
}

/// The clauses that ask this: of an age one in days and one in months.
fn clauses(asks: Asks, code: &str) -> Vec<Value> {
    let ages = [(codes::DAYS, Field::AgeDays), (codes::MONTHS, Field::AgeMonths)];
    if is_age(asks) {
        ages.map(|age| clause(asks, code, age)).to_vec()
    } else {
        vec![clause(asks, code, ages[0])]
    }
}

fn is_age(asks: Asks) -> bool {
    matches!(asks, Asks::YoungerThan | Asks::AtMostAged)
}

/// A clause that asks this; a limit of age is in the unit and below the highest number of the field.
fn clause(asks: Asks, code: &str, (unit, age): (&str, Field)) -> Value {
    let mut properties = vec![
        ("id", named("id")),
        ("test", json!({ "const": code })),
        ("cite", named("citation")),
        ("note", named("optional_text")),
        ("note_said_of", list(named("text"), MOST_ENTRIES)),
    ];
    let is_age = is_age(asks);
    for &key in asks.keys() {
        let value = match key {
            "limit" if is_age => json!({ "type": "integer", "minimum": 1, "maximum": most(age) }),
            "limit" if asks == Asks::Wbc => json!({ "type": "number", "minimum": 0, "maximum": most(Field::Wbc) }),
            "limit" => json!({ "type": "number", "minimum": 0, "maximum": 1 }),
            "unit" if is_age => json!({ "const": unit }),
            "unit" if asks == Asks::Wbc => json!({ "const": codes::CELLS }),
            "unit" => json!({ "const": codes::FRACTION }),
            "operator" => codes_of::<Operator>(),
            "at_limit" if is_age => {
                let known = AtLimit::CODES.iter().filter(|(value, _)| *value != AtLimit::Disputed);
                let known: Vec<Value> = known.map(|(_, code)| json!(code)).chain([Value::Null]).collect();
                json!({ "enum": known })
            }
            "at_limit" => codes_of::<AtLimit>(),
            "point" => json!({ "enum": MrdPoint::CODES }),
            "values" => json!({
                "type": "array", "items": { "enum": Lineage::CODES }, "minItems": 1, "uniqueItems": true,
            }),
            _ => match asks {
                Asks::Kmt2aIs => json!({ "enum": Kmt2a::CODES }),
                Asks::PartnerIs => json!({ "enum": Partner::CODES }),
                _ => json!({ "enum": PrednisoneResponse::CODES }),
            },
        };
        properties.push((key, value));
    }
    let optional: &[&str] = if is_age {
        &["note", "note_said_of", "at_limit"]
    } else {
        &["note", "note_said_of"]
    };
    object(properties, optional)
}

/// The largest number of a field.
fn most(field: Field) -> f64 {
    match field.kind() {
        Kind::Number { high, .. } => high,
        _ => 0.0,
    }
}

fn named(name: &str) -> Value {
    json!({ "$ref": format!("#/$defs/{name}") })
}

fn null() -> Value {
    json!({ "type": "null" })
}

fn either(kinds: impl IntoIterator<Item = Value>) -> Value {
    json!({ "oneOf": kinds.into_iter().collect::<Vec<_>>() })
}

/// A list, or null for an empty one.
fn list(items: Value, most: usize) -> Value {
    json!({ "type": ["array", "null"], "items": items, "maxItems": most })
}

fn codes_of<T: Coded>() -> Value {
    let codes: Vec<&str> = T::CODES.iter().map(|(_, code)| *code).collect();
    json!({ "enum": codes })
}

/// An object with these keys and no others; all but the optional ones must be there.
fn object<'a>(properties: impl IntoIterator<Item = (&'a str, Value)>, optional: &[&str]) -> Value {
    let properties: Map<String, Value> = properties
        .into_iter()
        .map(|(key, value)| (key.to_owned(), value))
        .collect();
    let required: Vec<&String> = properties
        .keys()
        .filter(|key| !optional.contains(&key.as_str()))
        .collect();
    json!({
        "type": "object", "required": required, "additionalProperties": false, "properties": properties,
    })
}
