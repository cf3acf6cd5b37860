//! What is made next: a setting touches parts, and one part at a time is made of those that wait.

use cotside_core::cohort::{Endpoint, ProtocolGroups, Study};
use cotside_messages::{Choices, Export, Settings};
use std::collections::BTreeMap;

use crate::analysis::reach::Reach;
use crate::analysis::sections::SECTIONS;
use crate::analysis::settings::{Concern, concerns};
use crate::analysis::{Results, choices, export, numbers, outputs, script};

/// What the page shows next; a part that did not change is left out.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Reply {
    /// HTML by part of the results.
    pub parts: BTreeMap<&'static str, String>,
    /// What can be chosen, where that changed.
    pub choices: Option<Box<Choices>>,
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
        self.touch(Concern::Patients);
        self.with_choices(BTreeMap::new())
    }

    /// Sets the endpoint that was asked for where anybody can be followed to it, else the first to which anybody can.
    pub(crate) fn choose_endpoint(&mut self) {
        let Some(study) = &self.study else {
            return;
        };
        self.reach = Reach::of(study, self.settings.induction_failure.at());
        let requested = Some(self.requested.endpoint).filter(|&endpoint| self.reach.has(endpoint));
        self.settings.endpoint = requested.or(self.reach.first()).unwrap_or(Endpoint::EventFreeSurvival);
    }

    pub(crate) fn with_choices(&mut self, parts: BTreeMap<&'static str, String>) -> Reply {
        Reply {
            choices: self.news(),
            ..self.reply(parts)
        }
    }

    /// What can be chosen now, where the page does not know it; nothing without a file.
    fn news(&mut self) -> Option<Box<Choices>> {
        let mut choices = choices::of_file(self.study.as_ref()?, &self.settings, &self.reach);
        let models_are_made = self.made.contains_key("models") && !self.is_waiting("models");
        if let Some(analysis) = self.analysis() {
            if analysis.nobody {
                choices::of_everybody(&mut choices, analysis.study, analysis.settings);
            } else {
                choices::of_patients(&mut choices, &analysis);
                if models_are_made {
                    choices::of_models(&mut choices, &analysis);
                }
            }
        }
        if self.sent_choices.as_ref() == Some(&choices) {
            return None;
        }
        self.sent_choices = Some(choices.clone());
        Some(Box::new(choices))
    }

    fn is_waiting(&self, part: &str) -> bool {
        self.waiting.iter().any(|&each| SECTIONS[each].part == part)
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
        let conditions = self.settings.only.conditions();
        let mut ids = conditions.map(|each| &each.variable).chain([&self.settings.group]);
        ids.any(|id| id.starts_with("protocol:"))
    }

    /// Takes what protocols make of the patients.
    pub fn take_protocols(&mut self, groups: Vec<ProtocolGroups>) -> Reply {
        self.receive_protocols(groups);
        self.with_choices(BTreeMap::new())
    }

    /// The settings as they were asked for.
    #[must_use]
    pub fn requested(&self) -> &Settings {
        &self.requested
    }

    /// What can be chosen, as it was told last; nothing without a file.
    #[must_use]
    pub fn choices(&self) -> Option<&Choices> {
        self.sent_choices.as_ref()
    }

    /// Takes settings.
    pub fn change(&mut self, requested: Settings) -> Reply {
        let before = std::mem::replace(&mut self.settings, requested.clone());
        self.requested = requested;
        // Who can be followed to which endpoint depends on when induction failure counts.
        if self.settings.induction_failure != before.induction_failure || self.settings.endpoint != before.endpoint {
            self.choose_endpoint();
        }
        for concern in concerns(&before, &self.settings) {
            self.touch(concern);
        }
        self.with_choices(BTreeMap::new())
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
        let parts = BTreeMap::from([(section.part, html)]);
        if section.part == "models" {
            // Terms and penalty are known now.
            return self.with_choices(parts);
        }
        self.reply(parts)
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
            choices: None,
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
