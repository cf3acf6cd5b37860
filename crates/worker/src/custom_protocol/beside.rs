//! On the page that stratifies an infant: custom protocols beside the catalogue, and earlier versions of the rules.

use std::rc::Rc;

use cotside_core::infant::{Entry, Infant, read};
use cotside_core::protocols::own::{Definition, Gravity, OwnProtocol, read as read_file};
use cotside_core::protocols::{RULES, RULES_VERSION, assess};
use cotside_messages::{BesideCatalogue, ProtocolEvent};
use cotside_views::row;
use cotside_words::lang;
use cotside_words::lang::own_page as words;
use maud::{Markup, html};

use crate::custom_protocol::{Reply, problems, versions};

/// The most custom protocols at a time.
const MOST: usize = 12;

/// What is beside the catalogue.
pub struct Beside {
    entry: Entry,
    own: Vec<Rc<OwnProtocol>>,
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
    /// Takes the findings that are entered.
    pub fn enter(&mut self, entry: Entry) -> Reply {
        self.entry = entry;
        self.reply()
    }

    /// Compares with another version of the rules.
    pub fn compare(&mut self, version: String) -> Reply {
        self.rules = version;
        self.reply()
    }

    /// Takes a protocol out.
    pub fn remove(&mut self, id: &str) -> Reply {
        self.own.retain(|own| own.protocol().id != id);
        self.reply()
    }

    /// Takes a file; one with the same id takes the place of the one before.
    pub fn open(&mut self, name: &str, bytes: &[u8]) -> Reply {
        let definition: Definition = read_file(bytes);
        let Some(kept) = definition.kept else {
            let errors = definition
                .problems
                .iter()
                .filter(|each| each.fault.gravity() == Gravity::Error);
            let problems = html! {
                p.remark.invalid { (words::cannot_be_used(name, errors.count())) }
                (problems::html(&definition.problems))
            };
            return self.reply().part("problems", problems);
        };
        self.own.retain(|known| known.protocol().id != kept.protocol().id);
        self.own.push(kept);
        if self.own.len() > MOST {
            self.own.remove(0);
        }
        self.reply()
    }

    fn reply(&self) -> Reply {
        let infant = read(&self.entry).infant;
        Reply {
            protocol: Some(ProtocolEvent::Beside(self.summary())),
            ..Reply::default()
        }
        .part("rows", self.rows(&infant))
        .part("problems", "")
        .part("versions", versions::html(&infant, &self.rules))
    }

    fn rows(&self, infant: &Infant) -> Markup {
        html! {
            @if !self.own.is_empty() {
                div.rows data-testid="own-rows" {
                    @for own in &self.own {
                        (row::whole(&assess(own.protocol(), infant), infant, lang::OWN_MARK, None))
                    }
                }
            }
        }
    }

    fn summary(&self) -> BesideCatalogue {
        let named = |own: &Rc<OwnProtocol>| (own.protocol().id.to_owned(), own.protocol().name.to_owned());
        BesideCatalogue {
            files: self.own.iter().map(named).collect(),
            versions: RULES
                .versions()
                .iter()
                .rev()
                .map(|version| (*version).to_owned())
                .collect(),
            compared: self.rules.clone(),
        }
    }
}
