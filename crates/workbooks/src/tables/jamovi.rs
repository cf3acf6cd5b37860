//! jamovi documents (.omv): an archive with the description of the columns as JSON, and their values, column by column.

use std::collections::HashMap;

use cotside_core::cohort::{CodeLabel, ColumnContent, DescribedColumn};
use serde::Deserialize;

use super::bytes::{Bytes, until_nul};
use super::table::{Column, Table, Writer};
use crate::Fault;
use crate::archive::Archive;
use crate::limits::{CELLS, COLUMNS, Large};
use crate::number_format::shortest;

/// The part of an archive that describes the columns.
pub const METADATA: &str = "metadata.json";

/// The part that holds the values.
pub const DATA: &str = "data.bin";

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Metadata {
    data_set: DataSet,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct DataSet {
    row_count: usize,
    fields: Vec<Field>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Field {
    name: String,
    /// `integer`, `number` or `string`.
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    data_type: String,
    #[serde(default)]
    description: String,
    /// Conditions such as `== 99`.
    #[serde(default)]
    missing_values: Vec<serde_json::Value>,
}

/// What is said of a column beside that: labels of its codes, each with its code, the label and more.
#[derive(Deserialize)]
struct Described {
    #[serde(default)]
    labels: Vec<Vec<serde_json::Value>>,
}

/// The table of a document.
///
/// # Errors
/// [`Fault::Broken`] where it is damaged, [`Fault::TooLarge`] above the limits.
pub fn table(archive: &Archive) -> Result<Table, Fault> {
    let metadata: Metadata = json(&described_in(archive, METADATA)?)?;
    let described: HashMap<String, Described> = match archive.has("xdata.json") {
        true => json(&described_in(archive, "xdata.json")?)?,
        false => HashMap::new(),
    };
    let strings = match archive.has("strings.bin") {
        true => archive.read("strings.bin")?,
        false => Vec::new(),
    };
    let data = archive.read(DATA)?;
    let DataSet { row_count, fields } = metadata.data_set;
    if fields.len() > COLUMNS as usize {
        return Err(Fault::TooLarge(Large::Columns));
    }
    if row_count.saturating_mul(fields.len()) > CELLS {
        return Err(Fault::TooLarge(Large::Cells));
    }
    let mut at = Bytes::new(&data, false);
    let mut columns = Vec::new();
    let mut parts = Vec::new();
    for field in &fields {
        let part = Part {
            kind: Kind::of(field)?,
            labels: labels(described.get(&field.name)),
            strings: &strings,
            at,
        };
        at.skip(row_count * if matches!(part.kind, Kind::Number) { 8 } else { 4 })?;
        columns.push(part.column(field));
        parts.push(part);
    }
    let mut writer = Writer::new(columns)?;
    for _ in 0..row_count {
        for part in &mut parts {
            writer.cell(part.next()?)?;
        }
    }
    writer.finish(String::new(), Vec::new())
}

/// Bytes of a part with JSON: its values take some twenty times as much memory.
const JSON: usize = 10_000_000;

fn described_in(archive: &Archive, name: &str) -> Result<Vec<u8>, Fault> {
    let part = archive.read_small(name)?;
    match part.len() > JSON {
        true => Err(Fault::TooLarge(Large::Part)),
        false => Ok(part),
    }
}

fn json<'a, T: Deserialize<'a>>(bytes: &'a [u8]) -> Result<T, Fault> {
    serde_json::from_slice(bytes).map_err(|_| Fault::Broken)
}

/// Labels by their codes, where they say more than the code.
fn labels(described: Option<&Described>) -> Vec<(i32, String)> {
    let Some(described) = described else {
        return Vec::new();
    };
    let label = |label: &Vec<serde_json::Value>| {
        let code = label.first()?.as_i64().and_then(|code| i32::try_from(code).ok())?;
        Some((code, label.get(1)?.as_str()?.to_owned()))
    };
    described.labels.iter().filter_map(label).collect()
}

/// How the values of a column are stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Integer,
    Number,
    /// The place of a text among all texts.
    Text,
    /// The number of a level whose label is the text.
    Level,
}

impl Kind {
    fn of(field: &Field) -> Result<Self, Fault> {
        Ok(match field.kind.as_str() {
            "integer" if field.data_type == "Text" => Self::Level,
            "integer" => Self::Integer,
            "number" => Self::Number,
            "string" => Self::Text,
            _ => return Err(Fault::Broken),
        })
    }
}

/// A column as it is read.
struct Part<'a> {
    kind: Kind,
    labels: Vec<(i32, String)>,
    strings: &'a [u8],
    at: Bytes<'a>,
}

impl Part<'_> {
    fn column(&self, field: &Field) -> Column {
        let is_more = self.labels.iter().any(|(code, label)| *label != code.to_string());
        let code = |code: &(i32, String)| CodeLabel {
            code: code.0.to_string(),
            label: code.1.clone(),
        };
        let levels: Vec<CodeLabel> = match self.kind == Kind::Integer && is_more {
            true => self.labels.iter().map(code).collect(),
            false => Vec::new(),
        };
        let missing = field.missing_values.iter().filter_map(condition);
        let (labelled, levels): (Vec<CodeLabel>, Vec<CodeLabel>) = {
            let codes: Vec<String> = missing.clone().collect();
            levels.into_iter().partition(|level| codes.contains(&level.code))
        };
        let mut all_missing = labelled;
        for code in missing {
            if all_missing.iter().all(|known| known.code != code) {
                all_missing.push(CodeLabel {
                    code,
                    label: String::new(),
                });
            }
        }
        Column {
            described: DescribedColumn {
                name: field.name.clone(),
                label: Some(field.description.clone()).filter(|label| !label.is_empty()),
                levels,
                missing: all_missing,
                content: None,
            },
            content: Some(match self.kind {
                Kind::Integer | Kind::Number => ColumnContent::Number,
                Kind::Text => ColumnContent::Text,
                Kind::Level => ColumnContent::Category,
            }),
        }
    }

    fn next(&mut self) -> Result<String, Fault> {
        if self.kind == Kind::Number {
            let number = self.at.f64()?;
            return Ok(if number.is_nan() {
                String::new()
            } else {
                shortest(number)
            });
        }
        let value = self.at.i32()?;
        if value == i32::MIN {
            return Ok(String::new());
        }
        match self.kind {
            Kind::Text => {
                let place = usize::try_from(value).map_err(|_| Fault::Broken)?;
                let text = self.strings.get(place..).ok_or(Fault::Broken)?;
                Ok(String::from_utf8_lossy(until_nul(text)).into_owned())
            }
            Kind::Level => {
                let label = self.labels.iter().find(|(code, _)| *code == value);
                label.map(|(_, label)| label.clone()).ok_or(Fault::Broken)
            }
            _ => Ok(value.to_string()),
        }
    }
}

/// The code of a condition for missing values, `== 99` or `== 'unknown'`; other conditions name no code.
fn condition(condition: &serde_json::Value) -> Option<String> {
    let code = condition.as_str()?.trim().strip_prefix("==")?.trim();
    let quoted = |quote: char| code.strip_prefix(quote)?.strip_suffix(quote);
    Some(quoted('\'').or_else(|| quoted('"')).unwrap_or(code).to_owned())
}
