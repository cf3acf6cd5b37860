//! A protocol of the reader's own on the page: started from a copy or from nothing, written in a form, checked at every
//! change, tried on an infant and on the examples, shown beside the catalogue, saved as a file. On the page that
//! stratifies an infant the same module shows such files beside the others, and earlier versions of the rules.
//!
//! It lives in the page's worker and has no browser in it. **Invariant: nothing here sends or stores anything.**

mod beside;
mod condition;
mod controls;
mod draft;
mod form;
mod trial;
mod versions;

use crate::Reply;
use cotside_answers::rule;
use cotside_core::protocols::own::{Gravity, slug};
use cotside_core::protocols::protocol;
use cotside_messages::Export;
use cotside_words::en;
use cotside_words::html::{Html, element, option, plain, select, span, text};

use beside::Beside;
use draft::Draft;
use trial::Trial;

/// The page of a protocol of one's own, or, once findings are handed over, what stands beside the catalogue.
#[derive(Default)]
pub struct CustomProtocol {
    draft: Draft,
    trial: Trial,
    beside: Option<Beside>,
}

impl CustomProtocol {
    /// What the page shows before anything was done.
    #[must_use]
    pub fn start(&self) -> Reply {
        self.reply()
    }

    /// Takes a control's value.
    pub fn set(&mut self, name: &str, value: &str) -> Reply {
        if name == "findings" || self.beside.is_some() {
            return self.beside.get_or_insert_default().set(name, value);
        }
        match name {
            "copy" => match protocol(value) {
                Some(protocol) => self.draft = Draft::copy_of(protocol),
                None => self.draft = Draft::default(),
            },
            _ if self.trial.set(name, value) || self.draft.set(name, value) => {}
            _ => return Reply::default(),
        }
        self.reply()
    }

    /// Opens a file.
    pub fn open(&mut self, name: &str, bytes: &[u8]) -> Reply {
        if let Some(beside) = &mut self.beside {
            return beside.open(name, bytes);
        }
        match Draft::open(bytes) {
            Ok(draft) => {
                self.draft = draft;
                self.reply()
            }
            Err(problem) => Reply {
                refused: Some(format!("{name}: {}", en::own_problem(&problem))),
                ..Reply::default()
            },
        }
    }

    /// The definition as a file, finished or not.
    #[must_use]
    pub fn file(&self) -> Export {
        Export {
            name: format!("{}.json", slug(self.draft.text("/id"))),
            media_type: "application/json".into(),
            text: self.draft.file(),
        }
    }

    fn reply(&self) -> Reply {
        let draft = &self.draft;
        let own = draft.definition.protocol;
        let rule = own.map_or_else(Html::default, |own| {
            let title = format!("{}: the whole rule", own.name);
            Html::all([
                plain("h2", &title),
                span("p", "remark notice", NOT_CHECKED),
                rule::body(own),
            ])
        });
        let parts = [
            ("start", start(draft)),
            ("form", form::html(draft)),
            ("problems", state(draft)),
            ("trial", self.trial.html(own)),
            ("examples", trial::on_examples(own, draft.original)),
            ("beside", self.trial.beside(own)),
            ("rule", rule),
        ];
        Reply {
            parts: parts
                .into_iter()
                .map(|(name, html)| (name.to_owned(), html.into_string()))
                .collect(),
            ..Reply::default()
        }
    }
}

const NOT_CHECKED: &str = "Yours, not checked: nobody has compared this definition with its sources.";

/// From what to start.
fn start(draft: &Draft) -> Html {
    let chosen = draft.original.map_or("", |original| original.id);
    let copies = trial::copies().map(|(id, name)| option(id, &format!("a copy of {name}"), id == chosen));
    let first = option("", "nothing", chosen.is_empty());
    let menu = select("copy", "Start from", std::iter::once(first).chain(copies));
    controls::labelled("Start from", "", menu)
}

/// What is wrong, or that nothing is.
fn state(draft: &Draft) -> Html {
    let problems = &draft.definition.problems;
    let errors = problems
        .iter()
        .filter(|problem| problem.fault.gravity() == Gravity::Error)
        .count();
    let (class, words) = match (errors, problems.len()) {
        (0, 0) => (
            "remark",
            "Nothing is wrong with how it is written. Whether it says what its sources say is for you to check."
                .to_owned(),
        ),
        (0, _) => ("remark", "It can be used. To look at:".to_owned()),
        (1, _) => (
            "remark invalid",
            "One thing is to be mended before it can be used:".to_owned(),
        ),
        (errors, _) => (
            "remark invalid",
            format!("{errors} things are to be mended before it can be used:"),
        ),
    };
    let outcomes = draft.has_outcomes_of().map_or_else(Html::default, |original| {
        let words = format!(
            "This copy sorts otherwise than {} and still has its published outcomes, which describe its groups. Under “What \
             else is in the file” they can be removed.",
            original.name
        );
        span("p", "remark notice", &words)
    });
    Html::all([
        plain("h2", "What is wrong"),
        element("p", &[("class", class), ("data-testid", "own-state")], &[text(&words)]),
        Html::when(!problems.is_empty(), || controls::problems(problems, true)),
        outcomes,
    ])
}
