//! The controls: what is asked of the cohort.

use cotside_core::cohort::{Endpoint, EventKind, MOST_GROUPS, MOST_LEVELS, Manifold, Study, Values};
use cotside_core::infant::Field;
use cotside_core::shortest;
use cotside_words::en;
use cotside_words::html::{Html, element, labelled, option, select, text};

use crate::analysis::reach::{Reach, Reached};
use crate::analysis::settings::Settings;

/// All of them; where nobody can be followed, those of the parts that need no follow-up.
pub fn html(study: &Study, settings: &Settings, reach: &Reach) -> Html {
    let group = || {
        labelled(
            "Compare by",
            select("group", "Compare by", groups(study, settings).into_iter()),
        )
    };
    let only = || labelled("Only", select("only", "Only", levels(study, settings).into_iter()));
    if reach.first().is_none() {
        return element("div", &[("class", "tools")], &[group(), only()]);
    }
    let endpoints = reach.iter().map(|each| endpoint(each, settings.endpoint));
    let years: Vec<String> = settings.at.iter().copied().map(shortest).collect();
    let at = element(
        "input",
        &[
            ("type", "text"),
            ("name", "at"),
            ("value", &years.join(", ")),
            ("size", "8"),
        ],
        &[],
    );
    let landmark = element(
        "input",
        &[
            ("type", "text"),
            ("name", "landmark"),
            ("value", &shortest(settings.landmark)),
            ("size", "4"),
        ],
        &[],
    );
    let named = |name: &str, label: &str, options: &[(&str, &str)]| {
        let chosen = settings.shown_value(name);
        let options = options
            .iter()
            .map(|(value, name)| option(value, name, *value == chosen));
        labelled(label, select(name, label, options))
    };
    let parts = [
        labelled("Endpoint", select("endpoint", "Endpoint", endpoints)),
        group(),
        only(),
        named(
            "failure",
            "Induction failure counts",
            &[("zero", "at time 0"), ("date", "on its date")],
        ),
        labelled("Told at (years)", at),
        labelled("Landmark (years)", landmark),
    ];
    Html::all([
        element("div", &[("class", "tools")], &[Html::all(parts)]),
        settings.look.html(),
    ])
}

/// An endpoint with the number of patients who can be followed to it; one that nobody can be followed to, with the reason.
fn endpoint(reached: &Reached, chosen: Endpoint) -> Html {
    let name = en::endpoint_name(reached.endpoint);
    let label = match (reached.patients, reached.obstacle) {
        (0, Some(why)) => format!("{name} (nobody: {})", en::unusable(why)),
        (0, None) => format!("{name} (nobody)"),
        (1, _) => format!("{name} (1 patient)"),
        (patients, _) => format!("{name} ({patients} patients)"),
    };
    let mut attributes = vec![("value", reached.endpoint.code())];
    if reached.endpoint == chosen {
        attributes.push(("selected", ""));
    }
    if reached.patients == 0 {
        attributes.push(("disabled", ""));
    }
    element("option", &attributes, &[text(&label)])
}

/// Variables with levels, and the protocols.
fn groups(study: &Study, settings: &Settings) -> Vec<Html> {
    let mut options = vec![option("", "nothing", settings.group.is_empty())];
    for variable in &study.variables {
        if matches!(&variable.values, Values::Levels { names, .. } if names.len() > 1) {
            options.push(option(
                &variable.id,
                &name_of(&variable.name),
                settings.group == variable.id,
            ));
        }
    }
    for protocol in study.protocols.iter().filter(|protocol| protocol.groups.len() > 1) {
        let id = format!("protocol:{}", protocol.id);
        options.push(option(
            &id,
            &format!("groups of {}", protocol.name),
            settings.group == id,
        ));
    }
    options.extend(study.manifold.iter().map(not_compared));
    options
}

/// A column that cannot be chosen, with the reason.
fn not_compared(column: &Manifold) -> Html {
    let why = match column.levels {
        Some(levels) => {
            format!("{levels} levels, more than {MOST_GROUPS}: to use it, say under Columns that it is a group")
        }
        None => format!("more than {MOST_LEVELS} levels"),
    };
    let label = format!("{} ({why})", column.name);
    element("option", &[("value", ""), ("disabled", "")], &[text(&label)])
}

/// Ids of what patients can be sorted by, with the names.
pub fn factors(study: &Study) -> impl Iterator<Item = (String, String)> + '_ {
    let variables = study
        .variables
        .iter()
        .map(|each| (each.id.clone(), name_of(&each.name)));
    let protocols = study.protocols.iter();
    variables.chain(protocols.map(|each| (format!("protocol:{}", each.id), each.name.clone())))
}

/// The name of one of them.
pub fn id_name(study: &Study, id: &str) -> String {
    factors(study)
        .find(|(each, _)| each == id)
        .map(|(_, name)| name)
        .unwrap_or_default()
}

/// Every level of everything, for the analysis of a part of the patients.
fn levels(study: &Study, settings: &Settings) -> Vec<Html> {
    let mut options = vec![option("", "everybody", settings.only.is_empty())];
    for (id, name) in factors(study) {
        let Some(factor) = study.factor(&id) else {
            continue;
        };
        options.extend(factor.names.iter().map(|level| {
            let value = format!("{id}={level}");
            option(&value, &format!("{name}: {level}"), value == settings.only)
        }));
    }
    options.extend(study.manifold.iter().map(not_compared));
    options
}

/// What a variable is called: a finding by its words, a column of the file by its header.
pub fn name_of(name: &str) -> String {
    Field::from_column(name)
        .map_or(name, |field| en::field_label(field))
        .to_owned()
}

/// A name of an event for a legend.
pub fn cause_name(cause: u32) -> &'static str {
    EventKind::ALL
        .get(cause as usize)
        .map_or("event", |kind| en::event_kind(*kind))
}
