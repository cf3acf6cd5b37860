//! On the page that stratifies an infant: protocols of the reader's own beside the catalogue, and earlier versions of
//! the rules.

use cotside_answers::row;
use cotside_core::infant::{Entry, read};
use cotside_core::protocols::own::{Definition, Gravity, read as read_file};
use cotside_core::protocols::{Protocol, RULES_VERSION, assess};
use cotside_words::en;
use cotside_words::html::{Html, element, span, text};

use crate::custom_protocol::controls::problems;
use crate::custom_protocol::{Reply, versions};

/// The most protocols of the reader's own at a time.
const MOST: usize = 12;

/// What stands beside the catalogue.
pub struct Beside {
    entry: Entry,
    own: Vec<&'static Protocol>,
    rules: String,
}

impl Default for Beside {
    fn default() -> Self {
        Self {
            entry: Entry::default(),
            own: Vec::new(),
            rules: RULES_VERSION.to_owned(),
        }
    }
}

impl Beside {
    /// Takes the findings that are entered, the version that is chosen, or a protocol away.
    pub fn set(&mut self, name: &str, value: &str) -> Reply {
        match name {
            "findings" => self.entry = Entry::from_lines(value),
            "rules" => value.clone_into(&mut self.rules),
            "away" => self.own.retain(|protocol| protocol.id != value),
            _ => {}
        }
        self.reply()
    }

    /// Takes a file; one with the same id takes the place of the one before.
    pub fn open(&mut self, name: &str, bytes: &[u8]) -> Reply {
        let definition: Definition = read_file(bytes);
        let Some(protocol) = definition.protocol else {
            let errors = definition
                .problems
                .iter()
                .filter(|each| each.fault.gravity() == Gravity::Error);
            let mut reply = self.reply();
            let about = format!("{name} cannot be used: {} to mend.", errors.count());
            let shown = Html::all([
                span("p", "remark invalid", &about),
                problems(&definition.problems, false),
            ]);
            reply.parts.insert("problems".to_owned(), shown.into_string());
            return reply;
        };
        self.own.retain(|known| known.id != protocol.id);
        self.own.push(protocol);
        if self.own.len() > MOST {
            self.own.remove(0);
        }
        self.reply()
    }

    fn reply(&self) -> Reply {
        let infant = read(&self.entry).infant;
        let rows = self.own.iter().map(|protocol| {
            let away = format!("away:{}", protocol.id);
            let label = format!("Take {} away", protocol.name);
            let button = element(
                "button",
                &[
                    ("type", "button"),
                    ("class", "small"),
                    ("name", &away),
                    ("data-set", &away),
                ],
                &[text(&label)],
            );
            Html::all([
                row::whole(&assess(protocol, &infant), &infant, en::OWN_MARK, None),
                button,
            ])
        });
        let rows = Html::all(rows);
        let shown = Html::when(!self.own.is_empty(), || {
            element("div", &[("class", "rows"), ("data-testid", "own-rows")], &[rows])
        });
        let mut reply = Reply::default();
        reply.parts.insert("rows".to_owned(), shown.into_string());
        reply.parts.insert("problems".to_owned(), String::new());
        reply.parts.insert(
            "versions".to_owned(),
            versions::html(&infant, &self.rules).into_string(),
        );
        reply
    }
}
