//! A value of the file with its place, and readers of the plain kinds of value.

use serde_json::Value;

use super::problem::{Fault, Problem, Shape};
use crate::unseen::is_unseen;

/// The most characters of a text.
pub(super) const MOST_CHARACTERS: usize = 2_000;
/// The most characters of an id.
pub(super) const MOST_ID_CHARACTERS: usize = 60;
/// The most entries of a list.
pub(super) const MOST_ENTRIES: usize = 100;

/// A value with its place; a missing value is null.
#[derive(Debug, Clone)]
pub(super) struct Node<'a> {
    pub value: &'a Value,
    pub place: String,
}

impl<'a> Node<'a> {
    pub fn root(value: &'a Value) -> Self {
        Self {
            value,
            place: String::new(),
        }
    }

    pub fn key(&self, key: &str) -> Self {
        Self {
            value: self.value.get(key).unwrap_or(&Value::Null),
            place: format!("{}/{key}", self.place),
        }
    }

    pub fn is_null(&self) -> bool {
        self.value.is_null()
    }

    /// Returns the only key of an object, with its value.
    pub fn only_entry(&self) -> Option<(&'a str, Self)> {
        let object = self.value.as_object()?;
        let (key, value) = object.iter().next()?;
        let place = format!("{}/{key}", self.place);
        (object.len() == 1).then_some((key, Self { value, place }))
    }
}

/// The problems found so far.
#[derive(Debug, Default)]
pub(super) struct Problems(pub Vec<Problem>);

impl Problems {
    pub fn add(&mut self, node: &Node, fault: Fault) {
        self.at(&node.place, fault);
    }

    pub fn at(&mut self, place: &str, fault: Fault) {
        self.0.push(Problem {
            place: place.to_owned(),
            fault,
        });
    }

    /// A text; null and the empty text are none.
    pub fn optional_text<'a>(&mut self, node: &Node<'a>) -> &'a str {
        let text = match node.value {
            Value::Null => return "",
            Value::String(text) => text,
            _ => {
                self.add(node, Fault::WrongShape(Shape::Text));
                return "";
            }
        };
        if text.chars().nth(MOST_CHARACTERS).is_some() {
            self.add(node, Fault::TextTooLong { most: MOST_CHARACTERS });
            return "";
        }
        if text.chars().any(char::is_control) {
            self.add(node, Fault::ControlCharacter);
            return "";
        }
        if let Some(unseen) = text.trim().chars().find(|&character| is_unseen(character)) {
            self.add(node, Fault::UnseenCharacter(unseen));
            return "";
        }
        text.trim()
    }

    /// A text that must be there.
    pub fn text<'a>(&mut self, node: &Node<'a>) -> &'a str {
        let before = self.0.len();
        let text = self.optional_text(node);
        if text.is_empty() && self.0.len() == before {
            self.add(node, Fault::Missing);
        }
        text
    }

    /// An id: small letters, digits, hyphens.
    pub fn id<'a>(&mut self, node: &Node<'a>) -> &'a str {
        let id = self.text(node);
        let allowed = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-';
        if !id.is_empty() && (id.len() > MOST_ID_CHARACTERS || !id.chars().all(allowed)) {
            self.add(node, Fault::BadId);
        }
        id
    }

    /// Reads one of some codes.
    pub fn code<T>(
        &mut self,
        node: &Node,
        value_of: impl Fn(&str) -> Option<T>,
        known: impl Iterator<Item = &'static str>,
    ) -> Option<T> {
        let code = match node.value {
            Value::Null => "",
            Value::String(code) => code,
            _ => {
                self.add(node, Fault::WrongShape(Shape::Text));
                return None;
            }
        };
        let value = value_of(code);
        if value.is_none() && code.is_empty() {
            self.add(node, Fault::Missing);
        } else if value.is_none() {
            let found = code.chars().take(MOST_ID_CHARACTERS).collect();
            let known = known.collect();
            self.add(node, Fault::UnknownCode { found, known });
        }
        value
    }

    /// A number within a closed range.
    pub fn number(&mut self, node: &Node, low: f64, high: f64) -> Option<f64> {
        match node.value {
            Value::Null => {
                self.add(node, Fault::Missing);
                None
            }
            Value::Number(number) => {
                let number = number.as_f64().filter(|number| (low..=high).contains(number));
                if number.is_none() {
                    self.add(node, Fault::OutOfRange { low, high });
                }
                number
            }
            _ => {
                self.add(node, Fault::WrongShape(Shape::Number));
                None
            }
        }
    }

    /// A whole number within a closed range.
    pub fn whole(&mut self, node: &Node, low: u32, high: u32) -> Option<u32> {
        let number = self.number(node, f64::from(low), f64::from(high))?;
        if number.fract() == 0.0 {
            return Some(number as u32);
        }
        self.add(node, Fault::WrongShape(Shape::WholeNumber));
        None
    }

    /// The entries of a list, at most `most`; null is an empty one.
    pub fn entries<'a>(&mut self, node: &Node<'a>, most: usize) -> Vec<Node<'a>> {
        let entries = match node.value {
            Value::Null => return Vec::new(),
            Value::Array(entries) => entries,
            _ => {
                self.add(node, Fault::WrongShape(Shape::List));
                return Vec::new();
            }
        };
        if entries.len() > most {
            self.add(node, Fault::TooMany { most });
        }
        let entries = entries.iter().take(most).enumerate();
        entries
            .map(|(index, value)| Node {
                value,
                place: format!("{}/{index}", node.place),
            })
            .collect()
    }

    /// True if it is an object; its keys must be among these.
    pub fn object(&mut self, node: &Node, keys: &[&str]) -> bool {
        let Value::Object(object) = node.value else {
            let fault = if node.is_null() {
                Fault::Missing
            } else {
                Fault::WrongShape(Shape::Object)
            };
            self.add(node, fault);
            return false;
        };
        for key in object.keys().filter(|key| !keys.contains(&key.as_str())) {
            let shown = key.chars().take(MOST_ID_CHARACTERS).collect();
            self.add(node, Fault::UnknownKey(shown));
        }
        true
    }
}
