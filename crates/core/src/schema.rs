//! JSON Schemas made from types.

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, SchemaGenerator};
use serde_json::{Map, Value};

/// Returns the schema (JSON Schema 2020-12) of what a type is written as. Descriptions are those of the type's fields.
#[must_use]
pub fn schema_of<T: JsonSchema>(id: &str, title: &str) -> Value {
    let generator = SchemaGenerator::new(SchemaSettings::draft2020_12().for_serialize());
    let mut schema = generator.into_root_schema_for::<T>().to_value();
    plain(&mut schema);
    let mut whole = Map::from_iter([
        ("$schema".to_owned(), schema["$schema"].take()),
        ("$id".to_owned(), id.into()),
        ("title".to_owned(), title.into()),
    ]);
    for (key, value) in schema.as_object_mut().into_iter().flatten() {
        whole.entry(key.clone()).or_insert(value.take());
    }
    Value::Object(whole)
}

/// Leaves out sizes of numbers in memory, and links of descriptions to the code.
fn plain(schema: &mut Value) {
    match schema {
        Value::Object(object) => {
            if object.get("format").is_some_and(Value::is_string) {
                object.shift_remove("format");
            }
            for (key, value) in object {
                match (key.as_str(), value) {
                    ("description", Value::String(text)) => *text = without_links(text),
                    (_, value) => plain(value),
                }
            }
        }
        Value::Array(parts) => parts.iter_mut().for_each(plain),
        _ => {}
    }
}

/// `[name](place)` and `[name]` as `name`, where the name is code.
fn without_links(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("[`") {
        let Some((name, after)) = after.split_once("`]") else {
            break;
        };
        plain.push_str(before);
        plain.push_str(name);
        let place = after.strip_prefix('(').and_then(|place| place.split_once(')'));
        rest = place.map_or(after, |(_, after)| after);
    }
    plain + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_of_descriptions_are_names() {
        for (text, wanted) in [
            ("[`VERSION`](super::VERSION).", "VERSION."),
            ("A code of [`A`](b::A) or [`C`].", "A code of A or C."),
            ("`efron`, [1, 2)", "`efron`, [1, 2)"),
        ] {
            assert_eq!(without_links(text), wanted);
        }
    }
}
