//! Settings to be saved and to be made again, on the same file or on another.
//!
//! Columns of the file stand in them by their names and not by their places; a chosen level is a text of a column.

use cotside_core::cohort::{Endpoint, Study};
use cotside_messages::{ENTRY_REMISSION, ENTRY_TRANSPLANT, ModelOptions, Settings};
use cotside_views::list;
use cotside_words::en::export_results as words;
use maud::html;
use serde::Serialize;
use std::collections::BTreeMap;

use crate::analysis::reach::Reach;
use crate::analysis::settings::Concern;
use crate::analysis::{Reply, Results};

/// What is saved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Project {
    /// The version that saved it.
    pub version: &'static str,
    /// Names and values of settings.
    pub settings: Vec<(String, String)>,
}

/// How an id of a column begins here, and in a project.
const PLACE: &str = "column:";
const NAME: &str = "named:";
/// Ends the name of a column.
const END: char = '\u{1f}';

impl Results {
    /// The settings that were made.
    #[must_use]
    pub fn project(&self) -> Project {
        let study = self.study.as_ref();
        let portable = |text: &String| study.map_or_else(|| text.clone(), |study| portable(study, text));
        let settings = self.requested.named().into_iter();
        let settings = settings.map(|(name, value)| (portable(&name), portable(&value)));
        Project {
            version: env!("CARGO_PKG_VERSION"),
            settings: settings.collect(),
        }
    }

    /// Makes settings again, all others being as at the start; the part `project` tells what does not fit.
    pub fn load(&mut self, settings: &[(String, String)]) -> Reply {
        let Some(study) = &self.study else {
            return Reply::default();
        };
        let mut requested = Settings::default();
        let mut unfit = Vec::new();
        for (name, value) in settings {
            match (local(study, name), local(study, value)) {
                (Some(name), Some(value)) if is_known(study, &self.reach, &name, &value) => {
                    requested.read(&name, &value);
                }
                _ => unfit.push(format!("{} = {}", without_end(name), without_end(value))),
            }
        }
        let heading = if unfit.is_empty() {
            words::SETTINGS_APPLIED
        } else {
            words::SETTINGS_LEFT_OUT
        };
        let part = html! { p { (heading) } @if !unfit.is_empty() { (list(&unfit)) } };
        self.settings = requested.clone();
        self.requested = requested;
        self.choose_endpoint();
        self.touch(Concern::Patients);
        self.with_choices(BTreeMap::from([("project", part.into_string())]))
    }
}

/// Without what ends a name.
fn without_end(text: &str) -> String {
    text.replace(END, "")
}

/// With names of columns in place of their places.
fn portable(study: &Study, text: &str) -> String {
    let Some((before, rest)) = text.split_once(PLACE) else {
        return text.to_owned();
    };
    let digits = rest.len() - rest.trim_start_matches(|letter: char| letter.is_ascii_digit()).len();
    let (place, behind) = rest.split_at(digits);
    let behind = portable(study, behind);
    match study.column(&[PLACE, place].concat()) {
        Some(column) => [before, NAME, &column.name, &String::from(END), &behind].concat(),
        None => [before, PLACE, place, &behind].concat(),
    }
}

/// With places of columns in place of their names; `None` where the file has no such column.
fn local(study: &Study, text: &str) -> Option<String> {
    let Some((before, rest)) = text.split_once(NAME) else {
        return Some(text.to_owned());
    };
    let (name, behind) = rest.split_once(END)?;
    let is_it = |id: &str, known: &str| id.starts_with(PLACE) && known == name;
    let mut columns = study.variables.iter().chain(&study.labels);
    let found = columns.find(|each| is_it(&each.id, &each.name))?;
    Some([before, &found.id, &local(study, behind)?].concat())
}

/// Whether a setting names something that this study has.
fn is_known(study: &Study, reach: &Reach, name: &str, value: &str) -> bool {
    let has = |id: &str| id.starts_with("protocol:") || study.factor(id).is_some();
    let mut options = ModelOptions::default();
    if options.takes(name, value) {
        return options.ids().all(|id| {
            let is_date = [ENTRY_REMISSION, ENTRY_TRANSPLANT].contains(&id);
            is_date || id.starts_with("protocol:") || study.column(id).is_some()
        });
    }
    match (name, name.strip_prefix("model:")) {
        (_, Some(id)) => study.variable(id).is_some() || id.starts_with("protocol:"),
        ("group", _) => value.is_empty() || has(value),
        ("endpoint", _) => Endpoint::from_code(value).is_some_and(|endpoint| reach.has(endpoint)),
        ("only", _) => value.split_once('=').is_none_or(|(id, level)| {
            let factor = study.factor(id);
            id.starts_with("protocol:") || factor.is_some_and(|factor| factor.names.iter().any(|name| name == level))
        }),
        _ => true,
    }
}
