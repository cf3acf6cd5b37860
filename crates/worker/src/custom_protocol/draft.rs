//! The definition that is being written: the values of its file, which may be incomplete, and what a control does to
//! them. Controls are named by the place of their value (a JSON pointer), so that a problem and its control are one name.

use cotside_core::evidence::Read;
use cotside_core::infant::{AgeLimit, LAST_DAY_IN_SCOPE};
use cotside_core::protocols::own::{self, Asks, Definition, Problem};
use cotside_core::protocols::{Protocol, Test};
use cotside_words::en;
use serde_json::{Map, Value, json};

/// Keys whose values are numbers.
const NUMBERS: &[&str] = &["limit", "years", "n", "estimate"];

/// A definition being written.
pub struct Draft {
    values: Value,
    /// What reading it gives.
    pub definition: Definition,
    /// The protocol of the catalogue that it was copied from.
    pub original: Option<&'static Protocol>,
    /// What each clause asks.
    words: Vec<String>,
}

impl Default for Draft {
    fn default() -> Self {
        Self::of(own::empty(), None)
    }
}

impl Draft {
    fn of(values: Value, original: Option<&'static Protocol>) -> Self {
        let definition = own::read_values(&values);
        Self {
            words: clause_words(&values),
            values,
            definition,
            original,
        }
    }

    /// What a clause asks, in words; its id where that cannot be read yet.
    pub fn clause_words(&self, index: usize) -> &str {
        self.words.get(index).map_or("", String::as_str)
    }

    /// Whether a clause's limit of age takes children who are older than infants.
    pub fn takes_older_children(&self, clause: &str) -> bool {
        match own::clause_test(self.at(clause)) {
            Some(Test::YoungerThan(AgeLimit::Days(days))) => days > LAST_DAY_IN_SCOPE + 1,
            Some(Test::AtMostAged(AgeLimit::Days(days))) => days > LAST_DAY_IN_SCOPE,
            Some(Test::YoungerThan(AgeLimit::Months(months)) | Test::AtMostAged(AgeLimit::Months(months))) => {
                months > 12
            }
            _ => false,
        }
    }

    /// The protocol that it was copied from, where it sorts otherwise by now and still has that protocol's outcomes.
    pub fn has_outcomes_of(&self) -> Option<&'static Protocol> {
        let (own, original) = (self.definition.protocol?, self.original?);
        let same = own.groups == original.groups && own.eligible == original.eligible;
        (!same && !own.outcomes.is_empty()).then_some(original)
    }

    /// A copy of a protocol of the catalogue.
    pub fn copy_of(protocol: &'static Protocol) -> Self {
        Self::of(own::copy_of(protocol), Some(protocol))
    }

    /// The definition in a file, with or without faults.
    ///
    /// # Errors
    /// What is wrong where the bytes are no such file at all.
    pub fn open(bytes: &[u8]) -> Result<Self, Problem> {
        let values = own::parse(bytes)?;
        let draft = Self::of(values, None);
        match draft.definition.problems.first() {
            Some(problem) if problem.fault == own::Fault::OtherFormat => Err(problem.clone()),
            _ => Ok(draft),
        }
    }

    /// The text of its file.
    pub fn file(&self) -> String {
        own::text(&self.values)
    }

    /// What stands at a place.
    pub fn at(&self, place: &str) -> &Value {
        self.values.pointer(place).unwrap_or(&Value::Null)
    }

    /// The text at a place.
    pub fn text(&self, place: &str) -> &str {
        self.at(place).as_str().unwrap_or_default()
    }

    /// What a control shows: a text, or a number as it is written.
    pub fn shown(&self, place: &str) -> String {
        match self.at(place) {
            Value::String(text) => text.clone(),
            Value::Number(number) => number.to_string(),
            _ => String::new(),
        }
    }

    /// How many entries a list has.
    pub fn count(&self, place: &str) -> usize {
        self.at(place).as_array().map_or(0, Vec::len)
    }

    /// Takes what a control says; `false` where there is no such control.
    pub fn set(&mut self, name: &str, value: &str) -> bool {
        match name.split_once(':') {
            None if name.starts_with('/') => self.type_into(name, value),
            Some(("id", place)) => self.rename(place, value),
            Some(("test", place)) => self.ask(place, value),
            Some(("when", place)) => self.put(place, chosen_condition(self.at(place), value)),
            Some(("lineage", place)) => self.tick_lineage(place, value == "yes"),
            Some(("stated", place)) => {
                let stated = json!({ "text": "", "cite": self.citation() });
                self.put(place, if value == "yes" { stated } else { Value::Null });
            }
            // A button names what it does in its value.
            _ => match name {
                "add" => self.add(value),
                "remove" => self.remove(value),
                "up" => self.move_up(value),
                "clear" => self.put(value, json!([])),
                _ => return false,
            },
        }
        self.definition = own::read_values(&self.values);
        self.words = clause_words(&self.values);
        true
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
            // A citation that the file left out.
            Some(nothing @ Value::Null) => *nothing = Value::Object(Map::from_iter([(key.to_owned(), value)])),
            _ => {}
        }
    }

    fn type_into(&mut self, place: &str, typed: &str) {
        let key = place.rsplit('/').next().unwrap_or_default();
        let value = if NUMBERS.contains(&key) {
            number(typed)
        } else if typed.is_empty() && key == "level" {
            Value::Null
        } else {
            Value::String(typed.to_owned())
        };
        self.put(place, value);
    }

    /// Gives an entry another id, and the places that name it too.
    fn rename(&mut self, place: &str, id: &str) {
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

    /// Lets a clause ask something else; who it is and where it was read stays.
    fn ask(&mut self, place: &str, code: &str) {
        let mut clause = json!({ "id": self.text(&format!("{place}/id")), "test": code });
        for key in Asks::from_code(code).map_or(&[][..], Asks::keys) {
            let value = match *key {
                "operator" => json!("at_least"),
                "at_limit" => json!("stated"),
                "values" => json!([]),
                "unit" => json!(match Asks::from_code(code) {
                    Some(Asks::Wbc) => "10^9/L",
                    Some(Asks::Mrd) => "fraction",
                    _ => "days",
                }),
                _ => Value::Null,
            };
            clause[*key] = value;
        }
        for key in ["cite", "note"] {
            let kept = self.at(&format!("{place}/{key}"));
            if !kept.is_null() {
                clause[key] = kept.clone();
            }
        }
        self.put(place, clause);
    }

    fn tick_lineage(&mut self, place: &str, ticked: bool) {
        let Some((list, code)) = place.rsplit_once(':') else {
            return;
        };
        let mut values = self.at(list).as_array().cloned().unwrap_or_default();
        values.retain(|value| value.as_str() != Some(code));
        if ticked {
            values.push(json!(code));
        }
        self.put(list, Value::Array(values));
    }

    fn add(&mut self, list: &str) {
        let entry = match list.rsplit('/').next().unwrap_or_default() {
            "sources" => json!({ "id": self.free_id(list, "source"), "short": "", "reference": "", "identifier": "" }),
            "clauses" => json!({
                "id": self.free_id(list, "clause"), "test": "younger_than", "limit": null, "unit": "days",
                "cite": self.citation()
            }),
            "eligible" => json!({ "clause": "", "if_unknown": "ask" }),
            "groups" => json!({ "id": self.free_id(list, "group"), "name": "", "level": null, "when": { "is": "" } }),
            "all" | "any" => json!({ "is": "" }),
            _ => return,
        };
        if !self.at(list).is_array() {
            self.put(list, json!([]));
        }
        let Some(Value::Array(entries)) = self.values.pointer_mut(list) else {
            return;
        };
        // A new group stands before the group of all others.
        let before_others = list == "/groups" && entries.last().is_some_and(|last| last["when"] == "always");
        let at = entries.len() - usize::from(before_others);
        entries.insert(at, entry);
    }

    fn remove(&mut self, place: &str) {
        if let Some((entries, index)) = self.entry(place) {
            entries.remove(index);
        }
    }

    fn move_up(&mut self, place: &str) {
        if let Some((entries, index)) = self.entry(place)
            && index > 0
        {
            entries.swap(index - 1, index);
        }
    }

    /// The list of an entry, and its position in it.
    fn entry(&mut self, place: &str) -> Option<(&mut Vec<Value>, usize)> {
        let (list, index) = place.rsplit_once('/')?;
        let entries = self.values.pointer_mut(list)?.as_array_mut()?;
        let index = index.parse().ok().filter(|index| *index < entries.len())?;
        Some((entries, index))
    }
}

/// What each clause of a file asks.
fn clause_words(values: &Value) -> Vec<String> {
    let clauses = values["clauses"].as_array().map(Vec::as_slice).unwrap_or_default();
    let words = |clause: &Value| match own::clause_test(clause) {
        Some(test) => en::test(&test),
        None => {
            let asks = clause["test"].as_str().and_then(Asks::from_code);
            let asks = asks.map_or("unfinished", en::asks);
            format!("{asks} … ({})", clause["id"].as_str().unwrap_or_default())
        }
    };
    clauses.iter().map(words).collect()
}

/// What a number's control says: a number, nothing, or the text as it is, which the reader of files refuses.
fn number(typed: &str) -> Value {
    let typed = typed.trim();
    if typed.is_empty() {
        return Value::Null;
    }
    match typed.replace(',', ".").parse::<f64>() {
        Ok(number) if number.is_finite() => own::number(number),
        _ => Value::String(typed.to_owned()),
    }
}

/// Puts `to` wherever one of these keys says `from`.
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

/// The condition that a menu chooses; "all of" and "any of" take along what was there.
fn chosen_condition(now: &Value, choice: &str) -> Value {
    let parts = |now: &Value| match now {
        Value::Object(object) => match object.get("all").or_else(|| object.get("any")) {
            Some(parts) => parts.clone(),
            None => json!([now]),
        },
        _ => json!([{ "is": "" }]),
    };
    match choice.split_once(':') {
        Some(("is", id)) => json!({ "is": id }),
        Some(("not-is", id)) => json!({ "not": { "is": id } }),
        Some(("group", id)) => json!({ "in_group": id }),
        Some(("not-group", id)) => json!({ "not": { "in_group": id } }),
        _ => match choice {
            "always" => json!("always"),
            "all" => json!({ "all": parts(now) }),
            "any" => json!({ "any": parts(now) }),
            "not" => match now {
                Value::Object(object) if object.contains_key("all") || object.contains_key("any") => {
                    json!({ "not": now })
                }
                _ => json!({ "not": { "all": parts(now) } }),
            },
            "unwrap" => now["not"].clone(),
            "none" => Value::Null,
            _ => json!({ "is": "" }),
        },
    }
}
