//! A definition in progress: the values of its file, which may be incomplete, and the changes that a form makes.
//!
//! A value is named by its place (a JSON pointer), which is also how [`super::Problem`] refers to it.

use serde_json::{Map, Value, json};

use super::codes::{CELLS, DAYS, FRACTION};
use super::{Asks, copy_of, empty, number, text};
use crate::evidence::Read;
use crate::protocols::Protocol;

/// Keys whose values are numbers.
const NUMBERS: &[&str] = &["limit", "years", "n", "estimate", "standard_error", "unclear"];

/// Lists whose last value of a place is a number too.
const NUMBER_LISTS: &[&str] = &["interval95"];

/// The kind of a condition, as a menu offers it. The parts of [`Choice::All`], [`Choice::Any`] and [`Choice::Not`] are
/// below it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice {
    /// Not chosen yet.
    Open,
    /// No condition: no rule that could be read.
    NoRule,
    /// All others.
    Always,
    /// The clause with this id holds.
    Is(String),
    /// The clause with this id does not hold.
    IsNot(String),
    /// The group with this id.
    InGroup(String),
    /// Not the group with this id.
    NotInGroup(String),
    /// All parts hold.
    All,
    /// Any part holds.
    Any,
    /// The part does not hold.
    Not,
    /// The part alone: removes the "not".
    WithoutNot,
}

impl Choice {
    /// The value of the menu's option.
    #[must_use]
    pub fn code(&self) -> String {
        let plain = match self {
            Self::Is(id) => return format!("is:{id}"),
            Self::IsNot(id) => return format!("not-is:{id}"),
            Self::InGroup(id) => return format!("group:{id}"),
            Self::NotInGroup(id) => return format!("not-group:{id}"),
            Self::Open => "",
            Self::NoRule => "none",
            Self::Always => "always",
            Self::All => "all",
            Self::Any => "any",
            Self::Not => "not",
            Self::WithoutNot => "unwrap",
        };
        plain.to_owned()
    }

    /// The choice with this value.
    #[must_use]
    pub fn from_code(code: &str) -> Self {
        match (code.split_once(':'), code) {
            (Some(("is", id)), _) => Self::Is(id.to_owned()),
            (Some(("not-is", id)), _) => Self::IsNot(id.to_owned()),
            (Some(("group", id)), _) => Self::InGroup(id.to_owned()),
            (Some(("not-group", id)), _) => Self::NotInGroup(id.to_owned()),
            (_, "none") => Self::NoRule,
            (_, "always") => Self::Always,
            (_, "all") => Self::All,
            (_, "any") => Self::Any,
            (_, "not") => Self::Not,
            (_, "unwrap") => Self::WithoutNot,
            _ => Self::Open,
        }
    }

    /// Returns the kind of a condition in the file.
    #[must_use]
    pub fn of(value: &Value) -> Self {
        let named = |value: &Value, key: &str| {
            let id = value.get(key).and_then(Value::as_str)?;
            (!id.is_empty()).then(|| id.to_owned())
        };
        let opposite = &value["not"];
        let by_name = named(value, "is")
            .map(Self::Is)
            .or_else(|| named(value, "in_group").map(Self::InGroup))
            .or_else(|| named(opposite, "is").map(Self::IsNot))
            .or_else(|| named(opposite, "in_group").map(Self::NotInGroup));
        by_name.unwrap_or_else(|| match value {
            Value::Null => Self::NoRule,
            Value::String(word) if word == "always" => Self::Always,
            Value::Object(object) if object.contains_key("all") => Self::All,
            Value::Object(object) if object.contains_key("any") => Self::Any,
            Value::Object(object) if object.contains_key("not") => Self::Not,
            _ => Self::Open,
        })
    }

    /// Returns the new condition from the present one, which "all of" and "any of" keep as a part.
    fn condition(&self, now: &Value) -> Value {
        let parts = || match now {
            Value::Object(object) => match object.get("all").or_else(|| object.get("any")) {
                Some(parts) => parts.clone(),
                None => json!([now]),
            },
            _ => json!([{ "is": "" }]),
        };
        match self {
            Self::Open => json!({ "is": "" }),
            Self::NoRule => Value::Null,
            Self::Always => json!("always"),
            Self::Is(id) => json!({ "is": id }),
            Self::IsNot(id) => json!({ "not": { "is": id } }),
            Self::InGroup(id) => json!({ "in_group": id }),
            Self::NotInGroup(id) => json!({ "not": { "in_group": id } }),
            Self::All => json!({ "all": parts() }),
            Self::Any => json!({ "any": parts() }),
            Self::Not => match now {
                Value::Object(object) if object.contains_key("all") || object.contains_key("any") => {
                    json!({ "not": now })
                }
                _ => json!({ "not": { "all": parts() } }),
            },
            Self::WithoutNot => now["not"].clone(),
        }
    }
}

/// How an outcome's uncertainty was printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SpreadKind {
    /// No uncertainty is stated.
    NotStated,
    /// A standard error in percentage points.
    StandardError,
    /// A 95% confidence interval.
    Interval95,
    /// A ± of unclear meaning.
    Unclear,
}

impl SpreadKind {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::NotStated, Self::StandardError, Self::Interval95, Self::Unclear];

    /// Returns its key in the file; empty where nothing is stated.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NotStated => "",
            Self::StandardError => "standard_error",
            Self::Interval95 => "interval95",
            Self::Unclear => "unclear",
        }
    }

    /// The kind that a value of the file is.
    #[must_use]
    pub fn of(value: &Value) -> Self {
        let known = Self::ALL.into_iter().skip(1);
        let mut known = known.filter(|kind| value.get(kind.code()).is_some());
        known.next().unwrap_or(Self::NotStated)
    }

    fn value(self) -> Value {
        match self {
            Self::NotStated => Value::Null,
            Self::Interval95 => json!({ "interval95": [null, null] }),
            Self::StandardError | Self::Unclear => json!({ self.code(): null }),
        }
    }
}

/// A definition in progress.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    values: Value,
}

impl Default for Draft {
    fn default() -> Self {
        Self::template()
    }
}

impl Draft {
    /// The usual shape of such a rule, by age, KMT2A and white cells; names, limits and source are to be filled in.
    #[must_use]
    pub fn template() -> Self {
        serde_json::from_str(include_str!("template.json")).map_or_else(|_| Self::empty(), |values| Self { values })
    }

    /// Returns an empty definition.
    #[must_use]
    pub fn empty() -> Self {
        Self { values: empty() }
    }

    /// A copy of a protocol of the catalogue.
    #[must_use]
    pub fn copy_of(protocol: &Protocol) -> Self {
        Self {
            values: copy_of(protocol),
        }
    }

    /// The draft of these values.
    #[must_use]
    pub const fn of(values: Value) -> Self {
        Self { values }
    }

    /// The values of its file.
    #[must_use]
    pub const fn values(&self) -> &Value {
        &self.values
    }

    /// The text of its file.
    #[must_use]
    pub fn file(&self) -> String {
        text(&self.values)
    }

    /// The value at a place; null where there is none.
    #[must_use]
    pub fn at(&self, place: &str) -> &Value {
        self.values.pointer(place).unwrap_or(&Value::Null)
    }

    /// The text at a place.
    #[must_use]
    pub fn text(&self, place: &str) -> &str {
        self.at(place).as_str().unwrap_or_default()
    }

    /// Returns the content of a control: a text, or a number as written.
    #[must_use]
    pub fn shown(&self, place: &str) -> String {
        match self.at(place) {
            Value::String(text) => text.clone(),
            Value::Number(number) => number.to_string(),
            _ => String::new(),
        }
    }

    /// How many entries a list has.
    #[must_use]
    pub fn count(&self, place: &str) -> usize {
        self.at(place).as_array().map_or(0, Vec::len)
    }

    /// Returns the kind of test of a clause, where it is known.
    #[must_use]
    pub fn asks(&self, clause: &str) -> Option<Asks> {
        Asks::from_code(self.text(&format!("{clause}/test")))
    }

    /// True if a list has this code.
    #[must_use]
    pub fn has(&self, list: &str, code: &str) -> bool {
        let values = self.at(list).as_array();
        values.is_some_and(|values| values.iter().any(|value| value.as_str() == Some(code)))
    }

    /// Sets the value at a place from typed or chosen text.
    pub fn type_into(&mut self, place: &str, typed: &str) {
        let (parent, key) = place.rsplit_once('/').unwrap_or_default();
        let list = parent.rsplit('/').next().unwrap_or_default();
        let value = if NUMBERS.contains(&key) || NUMBER_LISTS.contains(&list) {
            typed_number(typed)
        } else if typed.is_empty() && key == "level" {
            Value::Null
        } else {
            Value::String(typed.to_owned())
        };
        self.put(place, value);
    }

    /// Puts a value at a place whose parent exists; keys are added.
    fn put(&mut self, place: &str, value: Value) {
        let Some((parent, key)) = place.rsplit_once('/') else {
            return;
        };
        match self.values.pointer_mut(parent) {
            Some(Value::Object(object)) => {
                object.insert(key.to_owned(), value);
            }
            Some(Value::Array(entries)) => {
                let entry = key.parse().ok().and_then(|index: usize| entries.get_mut(index));
                if let Some(entry) = entry {
                    *entry = value;
                }
            }
            // A citation missing in the file.
            Some(nothing @ Value::Null) => *nothing = Value::Object(Map::from_iter([(key.to_owned(), value)])),
            _ => {}
        }
    }

    /// Gives an entry another id, and the places that name it too.
    pub fn rename(&mut self, place: &str, id: &str) {
        let before = self.text(place).to_owned();
        let id = id.trim();
        let list = place.split('/').nth(1).unwrap_or_default().to_owned();
        let taken = self.ids(&format!("/{list}")).any(|known| known == id);
        self.put(place, Value::String(id.to_owned()));
        if before.is_empty() || taken {
            return;
        }
        let keys: &[&str] = match list.as_str() {
            "sources" => &["source"],
            "clauses" => &["is", "clause"],
            "groups" => &["in_group"],
            _ => &[],
        };
        renamed(&mut self.values, keys, &before, id);
    }

    /// The ids of a list.
    pub fn ids(&self, list: &str) -> impl Iterator<Item = &str> {
        let entries = self.at(list).as_array().map(Vec::as_slice).unwrap_or_default();
        entries.iter().filter_map(|entry| entry["id"].as_str())
    }

    fn free_id(&self, list: &str, word: &str) -> String {
        let numbered = |number: usize| format!("{word}-{number}");
        let free = (1..).map(numbered).find(|id| self.ids(list).all(|known| known != id));
        free.unwrap_or_default()
    }

    /// A citation of the first source, to begin with.
    fn citation(&self) -> Value {
        let source = self.ids("/sources").next().unwrap_or_default();
        json!({ "source": source, "place": "", "read": Read::Paper.code() })
    }

    /// Changes the kind of test of a clause; its id, citation and note are kept.
    pub fn ask(&mut self, place: &str, code: &str) {
        let asks = Asks::from_code(code);
        let mut clause = json!({ "id": self.text(&format!("{place}/id")), "test": code });
        for key in asks.map_or(&[][..], Asks::keys) {
            clause[*key] = match *key {
                "operator" => json!("at_least"),
                "at_limit" => json!("stated"),
                "values" => json!([]),
                "unit" => json!(match asks {
                    Some(Asks::Wbc) => CELLS,
                    Some(Asks::Mrd) => FRACTION,
                    _ => DAYS,
                }),
                _ => Value::Null,
            };
        }
        for key in ["cite", "note"] {
            let kept = self.at(&format!("{place}/{key}"));
            if !kept.is_null() {
                clause[key] = kept.clone();
            }
        }
        self.put(place, clause);
    }

    /// Lets a condition be something else.
    pub fn choose(&mut self, place: &str, choice: &Choice) {
        self.put(place, choice.condition(self.at(place)));
    }

    /// Lets an outcome's uncertainty be of another kind.
    pub fn choose_spread(&mut self, place: &str, kind: SpreadKind) {
        self.put(place, kind.value());
    }

    /// Adds a code to a list, or removes it.
    pub fn tick(&mut self, list: &str, code: &str, ticked: bool) {
        let mut values = self.at(list).as_array().cloned().unwrap_or_default();
        values.retain(|value| value.as_str() != Some(code));
        if ticked {
            values.push(json!(code));
        }
        self.put(list, Value::Array(values));
    }

    /// Adds an empty statement, or removes it.
    pub fn state(&mut self, place: &str, stated: bool) {
        let statement = json!({ "text": "", "cite": self.citation() });
        self.put(place, if stated { statement } else { Value::Null });
    }

    /// Says whether the protocol is known to have had no transplant rule.
    pub fn set_none_by_protocol(&mut self, none: bool) {
        self.put("/hsct/none_by_protocol", Value::Bool(none));
    }

    /// Adds an entry to a list. The first source becomes that of every statement that has none yet.
    pub fn add(&mut self, list: &str) {
        let entry = match list.rsplit('/').next().unwrap_or_default() {
            "sources" => json!({ "id": self.free_id(list, "source"), "short": "", "reference": "", "identifier": "" }),
            "clauses" => json!({
                "id": self.free_id(list, "clause"), "test": "younger_than", "limit": null, "unit": DAYS,
                "cite": self.citation()
            }),
            "eligible" => json!({ "clause": "", "if_unknown": "ask" }),
            "groups" => json!({ "id": self.free_id(list, "group"), "name": "", "level": null, "when": { "is": "" } }),
            "conditions" => json!({
                "id": self.free_id(list, "condition"), "when": { "is": "" }, "cite": self.citation()
            }),
            "outcomes" => json!({
                "population": "", "applies": "always", "endpoint": "EFS", "years": null, "n": null, "estimate": null,
                "spread": null, "cite": self.citation(), "note": ""
            }),
            "all" | "any" => json!({ "is": "" }),
            _ => return,
        };
        if !self.at(list).is_array() {
            self.put(list, json!([]));
        }
        let first_source = (list == "/sources" && self.count(list) == 0).then(|| entry["id"].clone());
        let Some(Value::Array(entries)) = self.values.pointer_mut(list) else {
            return;
        };
        // A new group is inserted before the group of all others.
        let before_others = list == "/groups" && entries.last().is_some_and(|last| last["when"] == "always");
        let at = entries.len() - usize::from(before_others);
        entries.insert(at, entry);
        if let Some(id) = first_source.as_ref().and_then(Value::as_str) {
            renamed(&mut self.values, &["source"], "", id);
        }
    }

    /// Takes an entry out of its list.
    pub fn remove(&mut self, place: &str) {
        if let Some((entries, index)) = self.entry(place) {
            entries.remove(index);
        }
    }

    /// Exchanges an entry with the one before it.
    pub fn move_up(&mut self, place: &str) {
        if let Some((entries, index)) = self.entry(place)
            && index > 0
        {
            entries.swap(index - 1, index);
        }
    }

    /// Empties a list.
    pub fn clear(&mut self, list: &str) {
        self.put(list, json!([]));
    }

    /// The list of an entry, and its position in it.
    fn entry(&mut self, place: &str) -> Option<(&mut Vec<Value>, usize)> {
        let (list, index) = place.rsplit_once('/')?;
        let entries = self.values.pointer_mut(list)?.as_array_mut()?;
        let index = index.parse().ok().filter(|index| *index < entries.len())?;
        Some((entries, index))
    }
}

/// Converts the text of a number's control: a number, null, or the text itself, which the reader of files refuses.
fn typed_number(typed: &str) -> Value {
    let typed = typed.trim();
    if typed.is_empty() {
        return Value::Null;
    }
    match typed.replace(',', ".").parse::<f64>() {
        Ok(typed) if typed.is_finite() => number(typed),
        _ => Value::String(typed.to_owned()),
    }
}

/// Replaces `from` by `to` in the values of these keys.
fn renamed(value: &mut Value, keys: &[&str], from: &str, to: &str) {
    match value {
        Value::Array(entries) => entries.iter_mut().for_each(|entry| renamed(entry, keys, from, to)),
        Value::Object(entries) => {
            for (key, entry) in entries.iter_mut() {
                if keys.contains(&key.as_str()) && entry.as_str() == Some(from) {
                    *entry = Value::String(to.to_owned());
                } else {
                    renamed(entry, keys, from, to);
                }
            }
        }
        _ => {}
    }
}
