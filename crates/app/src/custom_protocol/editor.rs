//! The draft and what is known of it, as the components of the form share them.

use std::collections::BTreeSet;

use cotside_core::protocols::own::Draft;
use cotside_messages::{ClauseRead, DraftRead, DraftValues, ExampleInfant, PlacedProblem, ProblemGravity};
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlElement};

/// What a draft was started from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Start {
    /// The template.
    Template,
    /// The empty form.
    Empty,
    /// A file.
    File,
    /// A copy of the catalogue's protocol with this id.
    CopyOf(String),
}

/// The draft with what was read of it.
#[derive(Clone, Copy)]
pub struct Editor {
    /// The draft.
    pub draft: RwSignal<Draft>,
    /// What it was started from.
    pub start: RwSignal<Start>,
    /// What reading it gave last; nothing before the first time.
    pub read: RwSignal<Option<DraftRead>>,
    /// The infants on whom it can be tried.
    pub examples: RwSignal<Vec<ExampleInfant>>,
    /// The columns of the findings that it asks for, as of when it could last be used.
    pub asked: RwSignal<Vec<String>>,
    /// The controls that were left: what is missing there is said there.
    left: RwSignal<BTreeSet<String>>,
}

/// The findings that are offered until a protocol says which it asks for.
const FIRST_ASKED: [&str; 5] = ["age_days", "wbc", "kmt2a", "kmt2a_partner", "prednisone_response"];

impl Default for Editor {
    fn default() -> Self {
        Self {
            draft: RwSignal::new(Draft::template()),
            start: RwSignal::new(Start::Template),
            read: RwSignal::default(),
            examples: RwSignal::default(),
            asked: RwSignal::new(FIRST_ASKED.map(str::to_owned).to_vec()),
            left: RwSignal::default(),
        }
    }
}

impl Editor {
    /// The editor of the page.
    pub fn here() -> Self {
        expect_context()
    }

    /// The draft as the worker takes it.
    pub fn values(&self) -> DraftValues {
        let copied_from = self.start.with(|start| match start {
            Start::CopyOf(id) => Some(id.clone()),
            _ => None,
        });
        DraftValues {
            json: self.draft.with(|draft| draft.values().to_string()),
            copied_from,
        }
    }

    /// Begins with another draft.
    pub fn begin(&self, start: Start, draft: Draft) {
        self.left.update(BTreeSet::clear);
        self.start.set(start);
        self.draft.set(draft);
    }

    /// Takes a draft over from the worker: a file or a copy.
    pub fn take_over(&self, values: &DraftValues) {
        let start = values.copied_from.clone().map_or(Start::File, Start::CopyOf);
        if let Ok(read) = serde_json::from_str(&values.json) {
            self.begin(start, Draft::of(read));
        }
    }

    /// Takes what reading the draft gave.
    pub fn take_reading(&self, read: DraftRead) {
        if let Some(asked) = &read.asked {
            let same = self.asked.with_untracked(|before| before == asked);
            if !same {
                self.asked.set(asked.clone());
            }
        }
        self.read.set(Some(read));
    }

    /// Changes the draft.
    pub fn change(&self, act: impl FnOnce(&mut Draft)) {
        self.draft.update(act);
    }

    /// Changes the entries of a list: what was left there is at other places now.
    pub fn change_list(&self, list: &str, act: impl FnOnce(&mut Draft)) {
        let under = format!("{list}/");
        self.left.update(|left| left.retain(|place| !place.starts_with(&under)));
        self.draft.update(act);
    }

    /// What a value of the draft is now.
    pub fn now<T: PartialEq + Send + Sync + 'static>(
        &self,
        value: impl Fn(&Draft) -> T + Send + Sync + 'static,
    ) -> Memo<T> {
        let draft = self.draft;
        Memo::new(move |_| draft.with(&value))
    }

    /// What the control of a place shows.
    pub fn shown(&self, place: &str) -> Memo<String> {
        let place = place.to_owned();
        self.now(move |draft| draft.shown(&place))
    }

    /// How many entries a list has.
    pub fn count(&self, list: &str) -> Memo<usize> {
        let list = list.to_owned();
        self.now(move |draft| draft.count(&list))
    }

    /// The control of a place was left.
    pub fn leave(&self, place: &str) {
        if self.left.with_untracked(|left| !left.contains(place)) {
            self.left.update(|left| {
                left.insert(place.to_owned());
            });
        }
    }

    /// What is wrong at one of these places, of which the first is that of a control: what is missing there is not said
    /// before the control was left.
    pub fn problem(&self, places: Vec<String>) -> Memo<Option<PlacedProblem>> {
        let (read, left) = (self.read, self.left);
        Memo::new(move |_| {
            let was_left = places
                .first()
                .is_some_and(|place| left.with(|left| left.contains(place)));
            read.with(|read| {
                let problems = read.iter().flat_map(|read| &read.problems);
                let mut here = problems.filter(|problem| places.contains(&problem.place));
                here.find(|problem| was_left || problem.gravity != ProblemGravity::Missing)
                    .cloned()
            })
        })
    }

    /// What was read of a clause.
    pub fn clause(&self, index: usize) -> Option<ClauseRead> {
        self.read.with(|read| read.as_ref()?.clauses.get(index).cloned())
    }

    /// What a clause asks, in words; its id until it was read.
    pub fn clause_words(&self, index: usize) -> String {
        let words = self.clause(index).map(|clause| clause.words);
        words.unwrap_or_else(|| self.draft.with(|draft| draft.shown(&format!("/clauses/{index}/id"))))
    }

    /// Each clause's id with what it asks, for a menu.
    pub fn clauses(&self) -> Vec<(String, String)> {
        let count = self.draft.with(|draft| draft.count("/clauses"));
        let id = |index: usize| self.draft.with(|draft| draft.shown(&format!("/clauses/{index}/id")));
        (0..count).map(|index| (id(index), self.clause_words(index))).collect()
    }

    /// Each entry's id with what it is called, for a menu: the value of `key`, or the id where that is empty.
    pub fn named(&self, list: &str, key: &str) -> Vec<(String, String)> {
        self.draft.with(|draft| {
            let each = |index: usize| {
                let id = draft.shown(&format!("{list}/{index}/id"));
                let name = draft.shown(&format!("{list}/{index}/{key}"));
                (id.clone(), if name.is_empty() { id } else { name })
            };
            (0..draft.count(list)).map(each).collect()
        })
    }
}

/// Puts the focus into the control of a place: the one with its name, else the first below it, else the nearest above it,
/// else the button that adds an entry there. Folds around it are opened.
pub fn focus(place: &str) {
    let named = elements("[name]");
    let name = |element: &HtmlElement| element.get_attribute("name").unwrap_or_default();
    let under = format!("{place}/");
    let exact = named.iter().find(|element| name(element) == place);
    let below = || named.iter().find(|element| name(element).starts_with(&under));
    let above = || {
        let holds = |element: &&HtmlElement| {
            name(element).starts_with('/') && place.starts_with(&format!("{}/", name(element)))
        };
        named.iter().filter(holds).max_by_key(|element| name(element).len())
    };
    let adds = || {
        let buttons = elements("[data-adds]");
        buttons
            .into_iter()
            .find(|button| button.get_attribute("data-adds").as_deref() == Some(place))
    };
    let found = exact.or_else(below).or_else(above).cloned().or_else(adds);
    if let Some(control) = found {
        lead_to(&control);
    }
}

/// Leads to the heading of a section of the form.
pub fn focus_section(place: &str) {
    let mut headings = elements("[data-section]").into_iter();
    if let Some(heading) = headings.find(|each| each.get_attribute("data-section").as_deref() == Some(place)) {
        heading.scroll_into_view();
        let _ = heading.focus();
    }
}

/// Elements of the form.
fn elements(selector: &str) -> Vec<HtmlElement> {
    let Ok(found) = document().query_selector_all(&format!(".own-form {selector}")) else {
        return Vec::new();
    };
    (0..found.length())
        .filter_map(|at| found.get(at)?.dyn_into().ok())
        .collect()
}

fn lead_to(control: &HtmlElement) {
    let mut around: Option<Element> = control.closest("details").ok().flatten();
    while let Some(fold) = around {
        let _ = fold.set_attribute("open", "");
        around = fold
            .parent_element()
            .and_then(|parent| parent.closest("details").ok().flatten());
    }
    let middle = web_sys::ScrollIntoViewOptions::new();
    middle.set_block(web_sys::ScrollLogicalPosition::Center);
    control.scroll_into_view_with_scroll_into_view_options(&middle);
    let _ = control.focus();
}
