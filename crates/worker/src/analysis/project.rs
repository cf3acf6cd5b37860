//! Settings to be saved and to be made again, on the same file or on another.
//!
//! Columns of the file stand in them by their names and not by their places; a chosen level is a text of a column.

use cotside_core::cohort::{Cut, Endpoint, Filter, Grouping, Groupings, Origin, Study, Test, Values, Variable};
use cotside_messages::{
    ENTRY_REMISSION, ENTRY_TRANSPLANT, ModelOptions, PREDICT, Settings, earlier_subset, predicted_id,
};
use cotside_views::list;
use cotside_words::lang::export_results as words;
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
/// How the name of a grouping begins.
const LEVELS: &str = "levels:";

/// The groupings, with a cut of the numbers by which patients are compared, where none was chosen.
fn with_cut_of_group(
    study: &Study,
    settings: &Settings,
    cut: impl Fn(&Study, &Variable, &Groupings) -> Cut,
) -> Groupings {
    let mut groupings = settings.levels.clone();
    let variable = study.variable(&settings.group);
    let numbers = variable.filter(|variable| matches!(variable.values, Values::Numbers(_)));
    if let Some(variable) = numbers {
        let own = groupings.entry(variable.id.clone()).or_default();
        if own.cut.is_none() {
            own.cut = Some(cut(study, variable, &settings.levels));
        }
    }
    groupings
}

/// Whether the value of a setting is a text of the file, in which no column is named.
fn is_text(name: &str) -> bool {
    [LEVELS, PREDICT].iter().any(|begin| name.starts_with(begin))
}

/// A filter with other ids of its variables; `None` where one has none, or the text is no filter.
fn with_variables(text: &str, id: impl Fn(&str) -> Option<String>) -> Option<String> {
    let mut filter = Filter::parse(text).ok()?;
    for condition in filter.parts.iter_mut().flatten() {
        condition.variable = id(&condition.variable)?;
    }
    Some(filter.to_string())
}

impl Results {
    /// The settings that were made.
    #[must_use]
    pub fn project(&self) -> Project {
        let study = self.study.as_ref();
        let portable = |text: &str| study.map_or_else(|| text.to_owned(), |study| portable(study, text));
        let mut requested = self.requested.clone();
        if let Some(study) = study {
            requested.levels = with_cut_of_group(study, &requested, Study::cut);
        }
        let settings = requested.named().into_iter();
        let settings = settings.map(|(name, value)| {
            let value = match name.as_str() {
                "filter" => with_variables(&value, |id| Some(portable(id))).unwrap_or(value),
                // The texts of levels, and the values for which a model predicts, are the file's own.
                _ if is_text(&name) => value,
                _ => portable(&value),
            };
            (portable(&name), value)
        });
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
        // Own estimates are of the session, not of a project.
        let mut requested = Settings {
            own_estimates: self.requested.own_estimates.clone(),
            ..Settings::default()
        };
        let mut unfit = Vec::new();
        // Conditions may name groups, so groups come first.
        let (levels, others): (Vec<_>, Vec<_>) = settings.iter().partition(|(name, _)| name.starts_with(LEVELS));
        for (name, value) in levels.into_iter().chain(others) {
            let here = match name.as_str() {
                "filter" => with_variables(value, |id| local(study, id)),
                _ if is_text(name) => Some(value.clone()),
                _ => local(study, value),
            };
            match (local(study, name), here) {
                (Some(name), Some(value)) if is_known(study, &self.reach, &requested.levels, &name, &value) => {
                    requested.read(&name, &value);
                }
                _ => unfit.push(format!("{} = {}", without_end(name), without_end(value))),
            }
        }
        // Earlier versions cut a number at its median, and saved no cut.
        requested.levels = with_cut_of_group(study, &requested, |_, _, _| Cut::at_median());
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
fn is_known(study: &Study, reach: &Reach, groupings: &Groupings, name: &str, value: &str) -> bool {
    let has = |id: &str| id.starts_with("protocol:") || study.variable(id).is_some();
    if let Some(id) = name.strip_prefix("levels:") {
        return has(id) && Grouping::parse(value).is_some();
    }
    if name.starts_with(PREDICT) {
        return predicted_id(name).is_some_and(|id| id.starts_with("protocol:") || study.column(id).is_some());
    }
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
        ("origin", _) => Origin::from_code(value).is_some_and(|origin| reach.first_from(origin).is_some()),
        ("endpoint", _) => Endpoint::from_code(value).is_some_and(|endpoint| reach.has_from_any(endpoint)),
        ("only", _) => fits(study, groupings, &earlier_subset(value)),
        ("filter", _) => {
            value.trim().is_empty() || { Filter::parse(value).is_ok_and(|filter| fits(study, groupings, &filter)) }
        }
        _ => true,
    }
}

/// Whether a filter names variables of this study, and of those with levels such as there are.
fn fits(study: &Study, groupings: &Groupings, filter: &Filter) -> bool {
    let is_level = |variable: &Variable, value: &String| match &variable.values {
        Values::Numbers(_) => true,
        Values::Levels { names, .. } => {
            let grouped = study.factor(&variable.id, groupings).unwrap_or_default();
            names
                .iter()
                .chain(&grouped.names)
                .chain(&grouped.names_left_out)
                .any(|name| name == value)
        }
    };
    filter.conditions().all(|condition| {
        let variable = study.variable(&condition.variable);
        match (&condition.test, variable) {
            (_, None) => condition.variable.starts_with("protocol:"),
            (Test::Is(values) | Test::IsNot(values), Some(variable)) => {
                values.iter().any(|value| is_level(variable, value))
            }
            _ => true,
        }
    })
}
