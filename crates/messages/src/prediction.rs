//! Values of the variables of a model for which it predicts: a few profiles, each with a text for a variable.
//!
//! In a project file: `predict:N:ID`, N being the number of the profile and ID that of a variable, or `strata:` and the id of a
//! stratum.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Most profiles that are set side by side.
pub const MOST_PROFILES: usize = 4;

/// Before the number of a profile in the name of a value.
pub const PREDICT: &str = "predict:";

/// Before the id of a stratum, in place of that of a variable.
pub const STRATUM: &str = "strata:";

/// The profiles; one without values asks nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Profiles(Vec<BTreeMap<String, String>>);

/// A variable of a model, or a stratum, whose value is asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct GivenVariable {
    /// Its id; of a stratum behind [`STRATUM`].
    pub id: String,
    /// Its name, with the unit of a number.
    pub name: String,
    /// Its levels; none where it is a number.
    pub levels: Vec<String>,
}

/// The profile and the id of a name in a project file: `predict:1:finding:sex`.
fn place(name: &str) -> Option<(usize, &str)> {
    let (number, id) = name.strip_prefix(PREDICT)?.split_once(':')?;
    let number: usize = number.parse().ok()?;
    ((1..=MOST_PROFILES).contains(&number) && !id.is_empty()).then(|| (number - 1, id))
}

/// The id of the variable or stratum that a name in a project file is of.
#[must_use]
pub fn predicted_id(name: &str) -> Option<&str> {
    place(name).map(|(_, id)| id.strip_prefix(STRATUM).unwrap_or(id))
}

impl Profiles {
    /// How many there are, with or without values.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Those with a value, by their numbers, which count from 1.
    pub fn asked(&self) -> impl Iterator<Item = (usize, &BTreeMap<String, String>)> {
        let numbered = self.0.iter().enumerate().map(|(at, values)| (at + 1, values));
        numbered.filter(|(_, values)| !values.is_empty())
    }

    /// The value of a variable in the profile at a place; empty where it has none.
    #[must_use]
    pub fn value(&self, at: usize, id: &str) -> &str {
        let values = self.0.get(at);
        values.and_then(|values| values.get(id)).map_or("", String::as_str)
    }

    /// Sets a value; an empty text takes it away.
    pub fn set(&mut self, at: usize, id: &str, value: &str) {
        if at >= MOST_PROFILES {
            return;
        }
        while self.0.len() <= at {
            self.0.push(BTreeMap::new());
        }
        let value = value.trim();
        if value.is_empty() {
            self.0[at].remove(id);
        } else {
            self.0[at].insert(id.to_owned(), value.to_owned());
        }
    }

    /// Adds a profile with the values of the last one, so that one of them can be changed.
    pub fn add(&mut self) {
        if self.0.len() < MOST_PROFILES {
            self.0.push(self.0.last().cloned().unwrap_or_default());
        }
    }

    /// Takes a profile away.
    pub fn remove(&mut self, at: usize) {
        if at < self.0.len() {
            self.0.remove(at);
        }
    }

    /// Leaves out values of variables and strata that are not known.
    pub fn keep(&mut self, is_known: impl Fn(&str) -> bool) {
        for values in &mut self.0 {
            values.retain(|id, _| is_known(id.strip_prefix(STRATUM).unwrap_or(id)));
        }
    }

    /// Takes a value by its name in a project file; whether it is one.
    pub(crate) fn takes(&mut self, name: &str, value: &str) -> bool {
        let found = place(name);
        if let Some((at, id)) = found {
            self.set(at, id, value);
        }
        found.is_some()
    }

    /// The values by their names in a project file.
    pub(crate) fn named(&self) -> impl Iterator<Item = (String, String)> + '_ {
        self.asked().flat_map(|(number, values)| {
            let of = move |(id, value): (&String, &String)| (format!("{PREDICT}{number}:{id}"), value.clone());
            values.iter().map(of)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_profile_without_values_asks_nothing() {
        let mut profiles = Profiles::default();
        profiles.add();
        assert_eq!((profiles.len(), profiles.asked().count()), (1, 0));
        profiles.set(0, "finding:sex", " male ");
        profiles.add();
        profiles.set(1, "finding:sex", "");
        profiles.set(1, "strata:column:4", "A");
        let named: Vec<_> = profiles.named().collect();
        let pairs = [("predict:1:finding:sex", "male"), ("predict:2:strata:column:4", "A")];
        assert_eq!(named, pairs.map(|(name, value)| (name.to_owned(), value.to_owned())));
        assert_eq!(predicted_id("predict:2:strata:column:4"), Some("column:4"));
        profiles.keep(|id| id == "column:4");
        assert_eq!(profiles.asked().map(|(number, _)| number).collect::<Vec<_>>(), [2]);
        profiles.remove(0);
        assert_eq!(profiles.value(0, "strata:column:4"), "A");
    }

    #[test]
    fn there_are_few_profiles() {
        let mut profiles = Profiles::default();
        for _ in 0..9 {
            profiles.add();
        }
        assert_eq!(profiles.len(), MOST_PROFILES);
        for name in [
            "predict:0:a",
            "predict:5:a",
            "predict:x:a",
            "predict:1:",
            "predict:1",
            "a",
        ] {
            assert!(!profiles.takes(name, "1"), "{name}");
        }
    }
}
