//! What is made next: a setting touches parts, and one part at a time is made of those that wait.

use cotside_core::cohort::{ProtocolGroups, Study};
use cotside_messages::{Choices, Export, Settings};
use std::collections::BTreeMap;

use crate::analysis::reach::Reach;
use crate::analysis::sections::SECTIONS;
use crate::analysis::settings::{Concern, concerns};
use crate::analysis::{Results, choices, export, numbers, outputs, published, quarto, script};

/// Up to this many patients everything is made ahead of being shown; of more, only what is shown.
const MADE_AHEAD: usize = 5_000;

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
        // What the page shows may be of another file, made by another worker.
        let emptied = self.unwanted().into_iter().map(|part| (part, String::new()));
        self.with_choices(emptied.collect())
    }

    /// Sets the origin and endpoint that were asked for where anybody can be followed so, else the nearest that are possible.
    pub(crate) fn choose_endpoint(&mut self) {
        let Some(study) = &self.study else {
            return;
        };
        self.reach = Reach::of(study, self.settings.induction_failure.at());
        (self.settings.origin, self.settings.endpoint) =
            self.reach.nearest(self.requested.origin, self.requested.endpoint);
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

    /// Takes which parts are shown: they are made first, and of a large cohort no others.
    pub fn show(&mut self, parts: &[String]) -> Reply {
        let shown = SECTIONS.iter().map(|section| section.part);
        self.shown = shown.filter(|part| parts.iter().any(|each| each == part)).collect();
        self.reply(BTreeMap::new())
    }

    /// Positions of the parts that are to be made, those that are shown first.
    fn wanted(&self) -> impl Iterator<Item = usize> + '_ {
        let is_shown = |at: &usize| self.shown.contains(&SECTIONS[*at].part);
        let ahead = self.study.as_ref().is_some_and(|study| study.row.len() <= MADE_AHEAD);
        let shown = self.waiting.iter().copied().filter(is_shown);
        let others = self.waiting.iter().copied().filter(move |at| ahead && !is_shown(at));
        shown.chain(others)
    }

    /// The parts that are waiting and are not to be made for now.
    fn unwanted(&self) -> Vec<&'static str> {
        let wanted: Vec<usize> = self.wanted().collect();
        let unwanted = self.waiting.iter().filter(|at| !wanted.contains(at));
        unwanted.map(|&at| SECTIONS[at].part).collect()
    }

    /// Whether any part is still to be made, shown or not.
    #[must_use]
    pub fn has_waiting(&self) -> bool {
        self.study.is_some() && !self.waiting.is_empty()
    }

    fn is_waiting(&self, part: &str) -> bool {
        self.waiting.iter().any(|&each| SECTIONS[each].part == part)
    }

    /// Whether what protocols make of the patients is needed for what comes next and is not there: it takes longest, and
    /// the first results need not wait for it.
    #[must_use]
    pub fn wants_protocols(&self) -> bool {
        let compared = self.compares_protocols();
        let next = self.wanted().next().map(|next| SECTIONS[next].part);
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
        let timed = |settings: &Settings| (settings.induction_failure, settings.origin, settings.endpoint);
        if timed(&self.settings) != timed(&before) {
            self.choose_endpoint();
        }
        if let Some(selection) = &mut self.selection
            && !before.model_options.has_same_rows(&self.settings.model_options)
        {
            selection.forget_models();
        }
        if self.settings.own_estimates != before.own_estimates {
            self.published = published::all(&self.settings.own_estimates);
        }
        for concern in concerns(&before, &self.settings) {
            self.touch(concern);
        }
        self.with_choices(BTreeMap::new())
    }

    /// Makes the next of the parts that are to be made, or does a part of the work for it and gives nothing yet.
    pub fn next_part(&mut self) -> Reply {
        let next = self.wanted().next();
        self.make_part(next)
    }

    /// The same of all parts that are waiting, shown or not, as a report needs them.
    pub fn next_of_all(&mut self) -> Reply {
        let next = self.waiting.first().copied();
        self.make_part(next)
    }

    fn make_part(&mut self, next: Option<usize>) -> Reply {
        let Some(next) = self.study.as_ref().and(next) else {
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

    /// Parts that do not hold any more and are not made for now: nothing outdated stays on the page.
    fn outdated(&mut self) -> BTreeMap<&'static str, String> {
        let outdated = self
            .unwanted()
            .into_iter()
            .filter_map(|part| self.made.remove_entry(part));
        outdated.map(|(part, _)| (part, String::new())).collect()
    }

    pub(crate) fn reply(&mut self, mut parts: BTreeMap<&'static str, String>) -> Reply {
        parts.extend(self.outdated());
        let waiting: Vec<&'static str> = self.wanted().map(|each| SECTIONS[each].part).collect();
        Reply {
            parts,
            choices: None,
            more: self.study.is_some() && !waiting.is_empty(),
            waiting,
            refused: None,
        }
    }

    /// A file by its name; `None` where there is none of this name. `beside` is what the file of patients gives for it: the
    /// first part of `script.R`, what `report.html` says of the file. A report makes the parts that are waiting.
    pub fn export(&mut self, what: &str, beside: &str) -> Option<Export> {
        while what == "report.html" && self.has_waiting() {
            let _ = self.next_of_all();
        }
        let made = std::mem::take(&mut self.made);
        let text = self.analysis().and_then(|analysis| {
            Some(match what {
                "numbers.csv" => ("text/csv", numbers::numbers(&analysis)),
                "script.R" => ("text/x-r", [beside, &script::script(&analysis)].concat()),
                "script.qmd" => {
                    let script = [beside, &script::script(&analysis)].concat();
                    ("text/markdown", quarto::document(&script))
                }
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
