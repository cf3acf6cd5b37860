//! The JSON Schemas of the files of pooled analyses, made from the types by which they are read and written.
//!
//! A schema says of what shape a file is. What needs the whole of a file, or another one (its hash, the plan that it
//! belongs to, the limits of disclosure), only the reader finds.

use schemars::JsonSchema;
use serde_json::{Map, Value, json};

use super::log::{KIND_LOG, WrittenLog};
use super::plan::{KIND_KEY, KIND_PLAN, Key, Plan, VERSION};
use super::result::{KIND_RESULT, Outcome};
use super::summary::{KIND_SUMMARY, Summary};
use crate::schema::schema_of;

/// Returns the schema (JSON Schema 2020-12) of each kind of file, with the kind's short name.
#[must_use]
pub fn schemas() -> [(&'static str, Value); 5] {
    [
        ("federated-plan", file::<Plan>(KIND_PLAN)),
        ("federated-key", file::<Key>(KIND_KEY)),
        ("federated-summary", file::<Summary>(KIND_SUMMARY)),
        ("federated-log", file::<WrittenLog>(KIND_LOG)),
        ("federated-result", file::<Outcome>(KIND_RESULT)),
    ]
}

/// The schema of files of a kind, as they are written.
fn file<T: JsonSchema>(kind: &str) -> Value {
    let mut schema = schema_of::<T>(&format!("urn:{kind}-{VERSION}"), kind);
    schema["properties"]["kind"] = json!({ "const": kind });
    schema["properties"]["version"] = json!({ "const": VERSION });
    // The hash is added when a file is sealed; the log's type has none, and a key has none at all.
    if kind == KIND_LOG {
        schema["properties"]["sha256"] =
            json!({ "type": "string", "description": "Hash of this document without this field." });
        if let Some(required) = schema["required"].as_array_mut() {
            required.push(json!("sha256"));
        }
    }
    hashes(&mut schema);
    schema
}

/// States the digits of hashes and secrets, at any depth.
fn hashes(schema: &mut Value) {
    match schema {
        Value::Object(object) => {
            if let Some(properties) = object.get_mut("properties").and_then(Value::as_object_mut) {
                digits(properties);
            }
            object.values_mut().for_each(hashes);
        }
        Value::Array(parts) => parts.iter_mut().for_each(hashes),
        _ => {}
    }
}

fn digits(properties: &mut Map<String, Value>) {
    for (name, property) in properties {
        let pattern = match name.as_str() {
            // Of a document that is only shown, or stands inside another one, there is none.
            "sha256" => "^([0-9a-f]{64})?$",
            "key" | "salt" => "^[0-9a-f]{64}$",
            name if name.ends_with("_sha256") => "^[0-9a-f]{64}$",
            _ => continue,
        };
        if let Some(property) = property.as_object_mut() {
            property.insert("pattern".to_owned(), pattern.into());
        }
    }
}
