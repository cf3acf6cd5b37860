//! A project file: what was said of the columns, and the settings of the analyses. It holds no row of a file of patients.

use cotside_words::lang::cohort_file as words;
use serde::Serialize;
use serde_json::Value;

use crate::analysis::Project;
use crate::cohort_file::Line;

/// The JSON Schema of a project file, which is published with the site.
pub const SETTINGS_SCHEMA: &str = include_str!("settings.schema.json");

/// The version of the lines about columns. A file of a later version is refused.
pub const SETTINGS_VERSION: u32 = 1;

const KIND: &str = "cotside project";

/// What a project file says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProjectFile {
    /// Header, what is said of its column, and the saying.
    pub columns: Vec<Line>,
    /// Names and values of settings.
    pub settings: Vec<(String, String)>,
}

impl ProjectFile {
    /// Reads one. Those without a number as their version are of the first; those of the command line have columns alone.
    ///
    /// # Errors
    /// Why it is refused, as a sentence with the remedy.
    pub fn read(name: &str, bytes: &[u8]) -> Result<Self, String> {
        let value: Option<Value> = serde_json::from_slice(bytes).ok();
        let project = value.as_ref().filter(|value| {
            value.get("columns").is_some() && value.get("kind").is_none_or(|kind| kind.as_str() == Some(KIND))
        });
        let Some(project) = project else {
            return Err(words::no_settings_file(name));
        };
        let empty = Value::Array(Vec::new());
        let columns = lines("columns", &project["columns"]);
        let settings = lines("settings", project.get("settings").unwrap_or(&empty));
        let (columns, settings) = match (columns, settings) {
            (Ok(columns), Ok(settings)) => (columns, settings),
            (Err(wrong), _) | (_, Err(wrong)) => {
                return Err(words::broken_settings_file(name, &wrong));
            }
        };
        let version = project.get("version").and_then(Value::as_f64).unwrap_or(1.0);
        if version > f64::from(SETTINGS_VERSION) {
            return Err(words::later_settings_file(name));
        }
        Ok(Self {
            columns,
            settings: settings.into_iter().map(|[name, value]| (name, value)).collect(),
        })
    }

    /// The text of one.
    #[must_use]
    pub fn text(columns: &[Line], project: &Project) -> String {
        let saved = Saved {
            kind: KIND,
            version: SETTINGS_VERSION,
            cotside: project.version,
            columns,
            settings: &project.settings,
        };
        serde_json::to_string_pretty(&saved).unwrap_or_default()
    }
}

#[derive(Serialize)]
struct Saved<'a> {
    kind: &'static str,
    version: u32,
    cotside: &'static str,
    columns: &'a [Line],
    settings: &'a [(String, String)],
}

/// Lines of `N` texts each, or what is wrong with them.
fn lines<const N: usize>(name: &str, value: &Value) -> Result<Vec<[String; N]>, String> {
    let Some(lines) = value.as_array() else {
        return Err(words::not_a_list(name, words::kind_of(value)));
    };
    let line = |(place, value): (usize, &Value)| {
        let texts = value
            .as_array()
            .and_then(|texts| texts.iter().map(Value::as_str).collect::<Option<Vec<_>>>());
        let texts = texts.and_then(|texts| <[&str; N]>::try_from(texts).ok());
        texts
            .map(|texts| texts.map(str::to_owned))
            .ok_or_else(|| words::not_texts(name, place + 1, &found(value), N))
    };
    lines.iter().enumerate().map(line).collect()
}

fn found(value: &Value) -> String {
    let Some(texts) = value.as_array() else {
        return words::kind_of(value).to_owned();
    };
    let mut kinds: Vec<&str> = Vec::new();
    for kind in texts.iter().map(words::kind_of) {
        if !kinds.contains(&kind) {
            kinds.push(kind);
        }
    }
    words::list_of(&kinds, texts.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_saved_is_read_again() {
        let columns = [["wbc", "role", "wbc"].map(str::to_owned)];
        let project = Project {
            version: "0",
            settings: vec![("group".to_owned(), "finding:sex".to_owned())],
        };
        let read = ProjectFile::read("p.json", ProjectFile::text(&columns, &project).as_bytes()).unwrap();
        assert_eq!(read.columns, columns);
        assert_eq!(read.settings, project.settings);
    }

    /// The schema and the reader agree on files, right and wrong; a validator that is not ours reads the schema.
    #[test]
    fn the_schema_agrees_with_the_reader() {
        let (mut schemas, mut compiler) = (boon::Schemas::new(), boon::Compiler::new());
        let schema: Value = serde_json::from_str(SETTINGS_SCHEMA).unwrap();
        assert_eq!(schema["properties"]["version"]["maximum"], SETTINGS_VERSION);
        assert_eq!(schema["properties"]["kind"]["const"], KIND);
        compiler.add_resource("settings.json", schema).unwrap();
        let index = compiler.compile("settings.json", &mut schemas).unwrap();
        let project = Project {
            version: "0",
            settings: vec![("group".to_owned(), "finding:sex".to_owned())],
        };
        let saved = ProjectFile::text(&[["wbc", "role", "wbc"].map(str::to_owned)], &project);
        for (text, is_right) in [
            (saved.as_str(), true),
            (r#"{"columns":[]}"#, true),
            (
                r#"{"columns":[["a","b","c"]],"version":1,"settings":[["a","b"]]}"#,
                true,
            ),
            ("[]", false),
            (r#"{"kind":"x","columns":[]}"#, false),
            (r#"{"columns":"a"}"#, false),
            (r#"{"columns":[["a","b"]]}"#, false),
            (r#"{"columns":[["a","b",1]]}"#, false),
            (r#"{"columns":[],"settings":[["a"]]}"#, false),
            (r#"{"columns":[],"version":2}"#, false),
        ] {
            let value: Value = serde_json::from_str(text).unwrap();
            assert_eq!(schemas.validate(&value, index).is_ok(), is_right, "{text}");
            assert_eq!(ProjectFile::read("p.json", text.as_bytes()).is_ok(), is_right, "{text}");
        }
    }

    #[test]
    fn what_is_wrong_is_named_with_its_place() {
        for (text, wanted) in [
            ("", "p.json: this is not a project or settings file of Cotside."),
            ("[]", "p.json: this is not a project or settings file of Cotside."),
            (
                r#"{"kind":"x","columns":[]}"#,
                "p.json: this is not a project or settings file of Cotside.",
            ),
            (r#"{"columns":"a"}"#, "whose “columns” is a text, where a list belongs."),
            (r#"{"columns":null}"#, "whose “columns” is null, where a list belongs."),
            (
                r#"{"columns":[["a","b","c"],["a",1]]}"#,
                "whose “columns” has at place 2 a list of a text, a number (2), where a list of 3 texts belongs.",
            ),
            (
                r#"{"columns":[[]]}"#,
                "has at place 1 a list of nothing (0), where a list of 3 texts belongs.",
            ),
            (
                r#"{"columns":[],"settings":[{"a":1}]}"#,
                "“settings” has at place 1 an object, where a list of 2 texts belongs.",
            ),
            (r#"{"columns":[],"version":2}"#, "saved by a later version"),
        ] {
            let why = ProjectFile::read("p.json", text.as_bytes()).unwrap_err();
            assert!(why.contains(wanted), "{text}: {why}");
        }
        for text in [
            r#"{"columns":[]}"#,
            r#"{"columns":[],"version":"old"}"#,
            r#"{"columns":[],"version":1}"#,
        ] {
            assert_eq!(
                ProjectFile::read("p.json", text.as_bytes()),
                Ok(ProjectFile::default()),
                "{text}"
            );
        }
    }
}
