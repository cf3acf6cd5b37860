//! The state of the page: the findings as typed, where they came from, and what follows from them.

use cotside_core::infant::{AgeUnit, Choice, Entry, Field, Form, Reading, Settled, read};
use cotside_core::protocols::{Assessment, assess_all};
use cotside_views::examples::EXAMPLES;
use leptos::prelude::*;

use super::share;
use crate::leaving;

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
    /// What is settled about them besides their texts.
    settled: RwSignal<Settled>,
    /// The texts as the dictionary writes them, and those that are held.
    pub form: Memo<Form>,
    /// Where they came from.
    pub origin: RwSignal<Origin>,
    /// Whether anything was changed since.
    pub changed: RwSignal<bool>,
    /// What was understood.
    pub reading: Memo<Reading>,
    /// What every protocol makes of it, in the order of the catalogue.
    pub assessments: Memo<Vec<Assessment<'static>>>,
}

impl Case {
    /// The case with which the page opens: the one in the address, else the first example.
    #[must_use]
    pub fn opening() -> Self {
        let hash = window().location().hash().unwrap_or_default();
        let case = match share::from_fragment(&hash) {
            Some(entry) => Self::new(entry, Origin::Link),
            None => Self::new(EXAMPLES[0].entry(), Origin::Example(0)),
        };
        leaving::ask_when(move || case.is_at_risk());
        case
    }

    /// Whether findings were typed that are nowhere else.
    #[must_use]
    pub fn is_at_risk(self) -> bool {
        let typed = self.origin.with_untracked(|origin| *origin == Origin::Typed);
        let empty = self.entry.with_untracked(Entry::is_empty);
        !empty && (typed || self.changed.get_untracked())
    }

    /// A case with these findings.
    #[must_use]
    pub fn new(entry: Entry, origin: Origin) -> Self {
        let entry = RwSignal::new(entry);
        let settled = RwSignal::new(Settled::GIVEN);
        let form = Memo::new(move |_| entry.with(|entry| Form::of(entry, settled.get())));
        let reading = Memo::new(move |_| form.with(|form| read(&form.entry)));
        let assessments = Memo::new(move |_| reading.with(|reading| assess_all(&reading.infant)));
        Self {
            entry,
            settled,
            form,
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
        self.settled.update(|settled| settled.edited(field));
        self.entry.update(|entry| entry.set(field, text));
        self.mark_changed();
    }

    /// Takes a reading of a held text.
    pub fn choose(self, choice: &Choice) {
        let (mut entry, mut settled) = (self.entry.get_untracked(), self.settled.get_untracked());
        choice.settle(&mut entry, &mut settled);
        self.settled.set(settled);
        self.entry.set(entry);
        self.mark_changed();
    }

    /// Takes the unit of the age as chosen: a plain number in it is not asked about.
    pub fn choose_age_unit(self) {
        self.settled.update(|settled| settled.age = AgeUnit::Chosen);
    }

    fn mark_changed(self) {
        if self.origin.with_untracked(|origin| *origin != Origin::Typed) {
            self.changed.set(true);
        }
    }

    /// Shows other findings.
    pub fn load(self, entry: Entry, origin: Origin) {
        self.changed.set(false);
        self.origin.set(origin);
        self.settled.set(Settled::GIVEN);
        self.entry.set(entry);
    }

    /// Empties the form.
    pub fn clear(self) {
        self.load(Entry::default(), Origin::Typed);
        self.settled.set(Settled::default());
    }
}
