//! What is made next: a setting touches parts, and one part at a time is made of those that wait.

use cotside_core::cohort::{Endpoint, ProtocolGroups, Study};
use cotside_messages::Export;
use std::collections::BTreeMap;

use crate::analysis::reach::Reach;
use crate::analysis::sections::SECTIONS;
use crate::analysis::settings::{Concern, Settings};
use crate::analysis::{Results, export, numbers, outputs, script, setup};

/// What the page shows next; a part that did not change is left out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reply {
    /// HTML by part: `settings` (the controls), and those of the results.
    pub parts: BTreeMap<&'static str, String>,
    /// Whether parts are still to be made.
    pub more: bool,
    /// Which parts these are, the next one first.
    pub waiting: Vec<&'static str>,
    /// Why nothing could be done, with the remedy.
    pub refused: Option<String>,
}

impl Results {
    /// Takes patients: another file, or the same whose columns are read in another way. Settings stay where they still fit.
    pub fn take(&mut self, study: Study) -> Reply {
        self.receive(study);
        self.choose_endpoint();
        let parts = self.controls();
        self.touch(Concern::Patients);
        self.reply(parts)
    }

    /// Sets the endpoint that was chosen where anybody can be followed to it, else the first to which anybody can.
    pub(crate) fn choose_endpoint(&mut self) {
        let Some(study) = &self.study else {
            return;
        };
        self.reach = Reach::of(study, self.settings.failure_at);
        let chosen = self.chosen.get("endpoint").and_then(|code| Endpoint::from_code(code));
        let chosen = chosen.filter(|&endpoint| self.reach.has(endpoint));
        self.settings.endpoint = chosen.or(self.reach.first()).unwrap_or(Endpoint::EventFreeSurvival);
    }

    /// The controls as they are now.
    pub(crate) fn controls(&self) -> BTreeMap<&'static str, String> {
        let html = |study| setup::html(study, &self.settings, &self.reach).into_string();
        let mut parts = BTreeMap::default();
        if let Some(study) = &self.study {
            parts.insert("settings", html(study));
        }
        parts
    }

    /// Whether what protocols make of the patients is needed for what comes next and is not there: it takes longest, and
    /// the first results need not wait for it.
    #[must_use]
    pub fn wants_protocols(&self) -> bool {
        let compared = self.compares_protocols();
        let next = self.waiting.first().map(|&next| SECTIONS[next].part);
        self.lacks_protocols() && next.is_some_and(|part| compared || ["protocols", "discrimination"].contains(&part))
    }

    /// Whether a file of this name needs what protocols make of the patients, and it is not there.
    #[must_use]
    pub fn wants_protocols_for(&self, what: &str) -> bool {
        self.lacks_protocols() && (self.compares_protocols() || ["values.csv", "report.html"].contains(&what))
    }

    fn lacks_protocols(&self) -> bool {
        self.study.as_ref().is_some_and(|study| study.protocols.is_empty())
    }

    fn compares_protocols(&self) -> bool {
        let ids = [&self.settings.group, &self.settings.only];
        ids.iter().any(|id| id.starts_with("protocol:"))
    }

    /// Takes what protocols make of the patients.
    pub fn take_protocols(&mut self, groups: Vec<ProtocolGroups>) -> Reply {
        self.receive_protocols(groups);
        self.reply(self.controls())
    }

    /// Takes a setting by the name of its control.
    pub fn set(&mut self, name: &str, value: &str) -> Reply {
        let before = self.settings.clone();
        self.settings.set(name, value);
        if self.settings != before {
            self.touch(Settings::concern(name));
            self.chosen.insert(name.to_owned(), value.to_owned());
        }
        // Who can be followed to which endpoint is part of the controls.
        let study = self
            .study
            .as_ref()
            .filter(|_| self.settings.failure_at != before.failure_at);
        let reach = study.map(|study| Reach::of(study, self.settings.failure_at));
        match reach.filter(|reach| *reach != self.reach) {
            Some(reach) => {
                self.reach = reach;
                self.reply(self.controls())
            }
            None => self.reply(BTreeMap::default()),
        }
    }

    /// Makes the next of the parts that are waiting, or does a part of the work for it and gives nothing yet.
    pub fn next_part(&mut self) -> Reply {
        let Some(&next) = self.study.as_ref().and(self.waiting.first()) else {
            return Reply::default();
        };
        let section = &SECTIONS[next];
        let Some(html) = self.make(section) else {
            return self.reply(BTreeMap::default());
        };
        self.waiting.retain(|&each| each != next);
        self.reply(BTreeMap::from([(section.part, html)]))
    }

    pub(crate) fn touch(&mut self, concern: Concern) {
        if concern == Concern::Patients {
            self.selection = None;
        }
        let touched = (0..SECTIONS.len()).filter(|&each| SECTIONS[each].is_touched(concern));
        self.waiting.extend(touched);
        self.waiting.sort_unstable();
        self.waiting.dedup();
    }

    pub(crate) fn reply(&self, parts: BTreeMap<&'static str, String>) -> Reply {
        Reply {
            parts,
            more: self.study.is_some() && !self.waiting.is_empty(),
            waiting: self.waiting.iter().map(|&each| SECTIONS[each].part).collect(),
            refused: None,
        }
    }

    /// A file by its name; `None` where there is none of this name. `beside` is what the file of patients gives for it: the
    /// first part of `script.R`, what `report.html` says of the file. A report makes the parts that are waiting.
    pub fn export(&mut self, what: &str, beside: &str) -> Option<Export> {
        while what == "report.html" && self.next_part().more {}
        let made = std::mem::take(&mut self.made);
        let text = self.analysis().and_then(|analysis| {
            Some(match what {
                "numbers.csv" => ("text/csv", numbers::numbers(&analysis)),
                "script.R" => ("text/x-r", [beside, &script::script(&analysis)].concat()),
                "report.html" => ("text/html", outputs::report(&analysis, beside, &made)),
                _ => return None,
            })
        });
        self.made = made;
        match text {
            Some((media_type, text)) => Some(export(what, media_type, text)),
            None => self.figure_or_values(what),
        }
    }
}
