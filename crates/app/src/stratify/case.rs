//! The state of the page: the findings as typed, where they came from, and what follows from them.

use cotside_answers::examples::EXAMPLES;
use cotside_core::infant::{Entry, Field, Reading, read};
use cotside_core::protocols::{Assessment, assess_all};
use leptos::prelude::*;

use super::share;

/// Where the findings came from. What is not the reader's own patient is labelled until it is cleared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// Typed here.
    Typed,
    /// One of the examples, by its position.
    Example(usize),
    /// Opened from a link.
    Link,
    /// A row of a file, by its label.
    Row(String),
}

/// One infant on the page.
#[derive(Clone, Copy)]
pub struct Case {
    /// The findings as typed.
    pub entry: RwSignal<Entry>,
    /// Where they came from.
    pub origin: RwSignal<Origin>,
    /// Whether anything was changed since.
    pub changed: RwSignal<bool>,
    /// What was understood.
    pub reading: Memo<Reading>,
    /// What every protocol makes of it, in the order of the catalogue.
    pub assessments: Memo<Vec<Assessment>>,
}

impl Case {
    /// The case with which the page opens: the one in the address, else the first example.
    #[must_use]
    pub fn opening() -> Self {
        let hash = window().location().hash().unwrap_or_default();
        match share::from_fragment(&hash) {
            Some(entry) => Self::new(entry, Origin::Link),
            None => Self::new(EXAMPLES[0].entry(), Origin::Example(0)),
        }
    }

    /// A case with these findings.
    #[must_use]
    pub fn new(entry: Entry, origin: Origin) -> Self {
        let entry = RwSignal::new(entry);
        let reading = Memo::new(move |_| entry.with(read));
        let assessments = Memo::new(move |_| reading.with(|reading| assess_all(&reading.infant)));
        Self {
            entry,
            origin: RwSignal::new(origin),
            changed: RwSignal::new(false),
            reading,
            assessments,
        }
    }

    /// The case of this page.
    #[must_use]
    pub fn here() -> Self {
        expect_context()
    }

    /// A field as typed.
    #[must_use]
    pub fn typed(self, field: Field) -> Memo<String> {
        Memo::new(move |_| self.entry.with(|entry| entry.typed(field).to_owned()))
    }

    /// Types into a field.
    pub fn set(self, field: Field, text: &str) {
        if self.entry.with_untracked(|entry| entry.typed(field) == text) {
            return;
        }
        self.entry.update(|entry| entry.set(field, text));
        if self.origin.with_untracked(|origin| *origin != Origin::Typed) {
            self.changed.set(true);
        }
    }

    /// Shows other findings.
    pub fn load(self, entry: Entry, origin: Origin) {
        self.changed.set(false);
        self.origin.set(origin);
        self.entry.set(entry);
    }

    /// Empties the form.
    pub fn clear(self) {
        self.load(Entry::default(), Origin::Typed);
    }
}
