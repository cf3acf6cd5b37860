//! The published JSON Schema of a protocol's file, checked by a validator that is not ours: every protocol of the catalogue
//! and every earlier one is valid, and a file of a wrong shape is refused by the schema and by the reader alike.
#![allow(clippy::expect_used, clippy::panic)]

use boon::{Compiler, Schemas};
use cotside_core::protocols::own::{self, Fault, copy_of, empty, read_values, schema, values};
use cotside_core::protocols::{PROTOCOLS, protocol};
use proptest::prelude::*;
use serde_json::{Value, json};

const NAME: &str = "protocol.schema.json";

/// A validator of files.
struct Validator {
    schemas: Schemas,
    index: boon::SchemaIndex,
}

impl Validator {
    fn new() -> Self {
        let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
        // The names of keys and codes only: the schema itself is checked against the rules of JSON Schema.
        compiler.add_resource(NAME, schema()).expect("a schema");
        let index = compiler.compile(NAME, &mut schemas).expect("a valid schema");
        Self { schemas, index }
    }

    fn why(&self, file: &Value) -> Option<String> {
        self.schemas
            .validate(file, self.index)
            .err()
            .map(|error| error.to_string())
    }
}

/// Faults of the shape of a file, which the schema has to find as well.
fn is_of_shape(fault: &Fault) -> bool {
    matches!(
        fault,
        Fault::Missing
            | Fault::WrongShape(_)
            | Fault::UnknownKey(_)
            | Fault::UnknownCode { .. }
            | Fault::OutOfRange { .. }
            | Fault::BadId
            | Fault::TooMany { .. }
            | Fault::TextTooLong { .. }
            | Fault::OtherFormat
            | Fault::NoCitation
            | Fault::EmptyCondition
    )
}

#[test]
fn every_protocol_of_the_catalogue_is_valid() {
    let validator = Validator::new();
    for protocol in PROTOCOLS {
        for file in [values(protocol), copy_of(protocol)] {
            assert_eq!(validator.why(&file), None, "{}", protocol.id);
        }
    }
    let earlier = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/src/protocols/earlier")).expect("a folder");
    let mut count = 0;
    for file in earlier {
        let text = std::fs::read(file.expect("a file").path()).expect("a text");
        let file = own::parse(&text).expect("JSON");
        assert_eq!(validator.why(&file), None, "{}", file["id"]);
        count += 1;
    }
    assert!(count >= 4);
}

#[test]
fn wrong_files_are_refused() {
    let validator = Validator::new();
    let file = |place: &str, value: Value| {
        let mut file = copy_of(protocol("interfant-06").expect("a protocol"));
        *file.pointer_mut(place).expect("a place") = value;
        file
    };
    for (place, value) in [
        ("/format", json!("cotside-protocol-2")),
        ("/id", json!("Capitals")),
        ("/name", json!("  ")),
        ("/family", json!("other")),
        ("/era/cite/source", Value::Null),
        ("/clauses/0/test", json!("age")),
        ("/clauses/0/cite", Value::Null),
        ("/groups/0/level", json!("medium")),
        ("/groups/0/when", json!({ "is": "infant", "not": "always" })),
        ("/groups/0/when", json!({ "all": [] })),
        ("/outcomes/0/estimate", json!("36.4")),
        ("/outcomes/0/estimate", json!(101)),
        ("/outcomes/0/spread", json!({ "standard_error": 2.3, "unclear": 2.3 })),
        ("/hsct/text", Value::Null),
        ("/sources/0/colour", json!("red")),
    ] {
        let wrong = match place.rsplit_once('/') {
            Some((parent, "colour")) => {
                let mut wrong = file(parent, json!({}));
                wrong["sources"][0] = json!({ "id": "a", "short": "b", "reference": "c", "colour": value });
                wrong
            }
            _ => file(place, value),
        };
        assert!(validator.why(&wrong).is_some(), "{place}");
        assert!(read_values(&wrong).kept.is_none(), "{place}");
    }
    assert!(validator.why(&empty()).is_some(), "an empty definition lacks its texts");
    assert!(validator.why(&json!([])).is_some());
}

/// Every value of a file with its place.
fn places(value: &Value, place: &str, found: &mut Vec<String>) {
    found.push(place.to_owned());
    match value {
        Value::Array(entries) => {
            for (index, entry) in entries.iter().enumerate() {
                places(entry, &format!("{place}/{index}"), found);
            }
        }
        Value::Object(entries) => {
            for (key, entry) in entries {
                places(entry, &format!("{place}/{key}"), found);
            }
        }
        _ => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// With one value replaced by any other, schema and reader agree on the shape: what the reader finds wrong in it, the
    /// schema refuses, and what the schema refuses, the reader does not take.
    #[test]
    fn schema_and_reader_agree(
        which in 0..PROTOCOLS.len(),
        place in any::<prop::sample::Index>(),
        value in prop_oneof![
            Just(Value::Null),
            Just(json!([])),
            Just(json!({})),
            Just(json!("always")),
            Just(json!("high")),
            Just(json!("no such thing")),
            Just(json!("")),
            Just(json!(true)),
            (-5_i32..500).prop_map(|number| json!(number)),
            (0.0..1.0).prop_map(|number: f64| json!(number)),
            Just(json!([1, 2])),
            Just(json!({ "is": "infant" })),
        ],
    ) {
        thread_local!(static VALIDATOR: Validator = Validator::new());
        let mut file = copy_of(PROTOCOLS[which]);
        let mut all = Vec::new();
        places(&file, "", &mut all);
        // What is no truth value is read as false there; the schema is stricter.
        all.retain(|place| !place.is_empty() && !place.ends_with("/none_by_protocol"));
        let place = place.get(&all);
        *file.pointer_mut(place).expect("a place") = value.clone();
        let refused = VALIDATOR.with(|validator| validator.why(&file));
        let definition = read_values(&file);
        let of_shape = definition.problems.iter().find(|problem| is_of_shape(&problem.fault));
        if let Some(problem) = of_shape {
            prop_assert!(refused.is_some(), "{} = {}: the reader finds {:?}", place, value, problem);
        }
        if let Some(why) = refused {
            prop_assert!(definition.kept.is_none(), "{} = {}: {}", place, value, why);
        }
    }
}
