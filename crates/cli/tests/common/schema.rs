//! What the command line prints, held against the published schemas by a validator that is not ours.

use std::cell::RefCell;
use std::collections::HashMap;

use boon::{Compiler, SchemaIndex, Schemas};
use serde_json::Value;

/// The name of the schema of what these arguments print with `--json`; `None` for what has none of ours (FHIR).
pub fn name_of(arguments: &[&str]) -> Option<&'static str> {
    let has = |flag: &str| arguments.contains(&flag);
    let name = match *arguments.first()? {
        "stratify" if has("--fhir") => return None,
        "stratify" => "stratify",
        "protocols" if has("--not-yet") => "protocols-not-yet",
        "protocols" if has("--proof") || has("--proof-of-file") => "protocols-proof",
        "protocols" => "protocols",
        "km" => "km",
        "logrank" => "logrank",
        "cox" => "cox",
        "adjusted" => "adjusted",
        "cure" => "cure",
        "transplant" => "transplant",
        "subgroups" => "subgroups",
        "cif" => "cif",
        "finegray" => "finegray",
        "parametric" => "parametric",
        "evidence" if has("--compare") => "evidence-compare",
        "evidence" if has("--commentary") => "evidence-commentary",
        "evidence" if has("--since") => "evidence-since",
        "evidence" => "evidence",
        "check" => "check",
        "pool" => "pool",
        "power" => "power",
        "reconstruct" => "reconstruct",
        "import" if has("--codes") => "import-codes",
        "import" => "import",
        "federate" if has("combine") => "federated-result",
        "federate" => "federated-summary",
        _ => return None,
    };
    Some(name)
}

/// The published schema of a name.
pub fn published(name: &str) -> Value {
    let path = format!("{}/schemas/{name}.schema.json", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_slice(&std::fs::read(&path).expect("a schema")).expect("JSON")
}

/// The same without other keys, so that a key that is printed and not described is found.
pub fn closed(mut schema: Value) -> Value {
    close(&mut schema);
    schema
}

fn close(schema: &mut Value) {
    match schema {
        Value::Object(object) => {
            if object.contains_key("properties") && !object.contains_key("additionalProperties") {
                object.insert("additionalProperties".to_owned(), Value::Bool(false));
            }
            object.values_mut().for_each(close);
        }
        Value::Array(parts) => parts.iter_mut().for_each(close),
        _ => {}
    }
}

thread_local! {
    static VALIDATORS: RefCell<HashMap<String, (Schemas, SchemaIndex)>> = RefCell::default();
}

/// Why a document is not as the published schema says, or has a key that it does not describe.
pub fn why_not(name: &str, document: &Value) -> Option<String> {
    VALIDATORS.with_borrow_mut(|known| {
        let (schemas, index) = known.entry(name.to_owned()).or_insert_with(|| {
            let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
            compiler.add_resource(name, closed(published(name))).expect("a schema");
            let index = compiler.compile(name, &mut schemas).expect("a valid schema");
            (schemas, index)
        });
        let fault = schemas.validate(document, *index).err()?;
        Some(format!("{fault:#}"))
    })
}

/// Fails where what was printed with `--json` is not as its published schema says.
pub fn check(arguments: &[&str], printed: &[u8]) {
    let document: Value = serde_json::from_slice(printed).expect("JSON");
    if let Some(name) = name_of(arguments) {
        assert_eq!(why_not(name, &document), None, "{arguments:?}");
    }
}

/// Most places of a document that are changed, one at a time.
const MOST_CHANGED: usize = 150;

/// The document with a value of another type at one of its places, each time another.
pub fn changed(document: &Value) -> Vec<(String, Value)> {
    let mut places = Vec::new();
    collect(document, String::new(), &mut places);
    let step = places.len().div_ceil(MOST_CHANGED).max(1);
    let change = |place: String| {
        let mut changed = document.clone();
        if let Some(value) = changed.pointer_mut(&place) {
            *value = match value {
                Value::String(_) => Value::from(0.5),
                Value::Array(_) => Value::from("x"),
                _ => Value::from(vec![vec!["x"]]),
            };
        }
        (place, changed)
    };
    places.into_iter().step_by(step).map(change).collect()
}

/// Places by JSON pointers. Of the rows of a list the first and the last are enough.
fn collect(value: &Value, place: String, places: &mut Vec<String>) {
    match value {
        Value::Object(object) => {
            for (key, value) in object {
                let key = key.replace('~', "~0").replace('/', "~1");
                collect(value, format!("{place}/{key}"), places);
            }
        }
        Value::Array(list) => {
            let last = list.len().saturating_sub(1);
            for (at, value) in list.iter().enumerate().filter(|(at, _)| [0, last].contains(at)) {
                collect(value, format!("{place}/{at}"), places);
            }
        }
        _ => {}
    }
    if !place.is_empty() {
        places.push(place);
    }
}

/// Fails where a change of a document of this schema is not noticed, but for places that have `open` in them.
pub fn notices_changes(name: &str, document: &Value, open: &[&str]) {
    let mut count = 0;
    for (place, changed) in changed(document) {
        if open.iter().any(|part| place.contains(part)) {
            continue;
        }
        assert!(why_not(name, &changed).is_some(), "{name}: {place} may be anything");
        count += 1;
    }
    assert!(count > 0, "{name}: nothing was changed");
    let mut more = document.clone();
    let entry = if more.is_array() {
        more.get_mut(0)
    } else {
        Some(&mut more)
    };
    if let Some(entry) = entry.and_then(Value::as_object_mut) {
        entry.insert("not_described".to_owned(), Value::Null);
    }
    assert!(why_not(name, &more).is_some(), "{name}: a key that is not described");
}
