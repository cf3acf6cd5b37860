//! What can be chosen for the cohort that is open.

use cotside_core::cohort::{EventKind, MOST_GROUPS, MOST_LEVELS, Manifold, Origin, Study};
use cotside_core::infant::Field;
use cotside_messages::{Choice, Choices, EndpointChoice, FactorChoice, OriginChoice, PublishedChoice, Settings};
use cotside_words::lang::cohort_results as words;
use cotside_words::{en, lang};
use std::collections::BTreeMap;

use crate::analysis::covariates::covariates;
use crate::analysis::reach::{Reach, Reached};
use crate::analysis::selection::Analysis;
use crate::analysis::{checks, comparison, grouping, hazards, model_choices, published};

/// What the file allows, whatever was computed.
pub fn of_file(study: &Study, settings: &Settings, reach: &Reach) -> Choices {
    Choices {
        settings: settings.clone(),
        origins: if reach.first().is_none() {
            Vec::new()
        } else {
            Origin::ALL.iter().map(|&each| origin(reach, each)).collect()
        },
        endpoints: if reach.first().is_none() {
            Vec::new()
        } else {
            endpoints(reach, settings.origin)
        },
        not_offered: study.manifold.iter().map(not_compared).collect(),
        protocols: study
            .protocols
            .iter()
            .filter(|protocol| protocol.groups.len() > 1)
            .map(|protocol| choice(&protocol.id, &protocol.name))
            .collect(),
        ..Choices::default()
    }
}

/// The same with what can be grouped, where nobody is followed: groups of all patients.
pub fn of_everybody(choices: &mut Choices, study: &Study, settings: &Settings) {
    let patients: Vec<usize> = (0..study.row.len()).collect();
    put_factors(choices, study, settings, &patients);
}

/// Sets what can be grouped and compared, with its groups among these patients.
fn put_factors(choices: &mut Choices, study: &Study, settings: &Settings, patients: &[usize]) {
    choices.factors = grouping::choices(study, settings, patients);
    let name = |factor: &FactorChoice| match factor.id.strip_prefix("protocol:") {
        Some(_) => words::groups_of(&factor.name),
        None => factor.name.clone(),
    };
    let compared = choices.factors.iter().filter(|factor| factor.can_be_compared);
    choices.groups = compared.map(|factor| choice(&factor.id, &name(factor))).collect();
}

/// The same with what the patients under analysis allow: variables, published estimates of the endpoint.
pub fn of_patients(choices: &mut Choices, analysis: &Analysis<'_>) {
    let inside = analysis.inside.iter();
    let patients: Vec<usize> = inside
        .filter_map(|&place| analysis.followed.patient.get(place).copied())
        .collect();
    put_factors(choices, analysis.study, analysis.settings, &patients);
    let covariates = covariates(analysis);
    let named = covariates
        .iter()
        .map(|covariate| choice(&covariate.id, &covariate.name));
    choices.variables = named.collect();
    choices.model = model_choices::of(analysis, covariates);
    let mut by_study: BTreeMap<&str, Vec<Choice>> = BTreeMap::default();
    for row in published::offered(analysis) {
        let estimates = by_study.entry(&*row.study).or_default();
        estimates.push(choice(&row.id, &published::name(row)));
    }
    let studies = by_study.into_iter().map(|(study, estimates)| PublishedChoice {
        study: study.to_owned(),
        estimates,
    });
    choices.published = studies.collect();
    choices.horizon = comparison::horizon(analysis);
}

/// The same with what the models found.
pub fn of_models(choices: &mut Choices, analysis: &Analysis<'_>) {
    choices.terms = checks::terms_drawn(analysis);
    choices.can_penalise = hazards::can_penalise(analysis);
}

pub fn choice(id: &str, name: &str) -> Choice {
    Choice {
        id: id.to_owned(),
        name: name.to_owned(),
    }
}

/// An endpoint with the number of patients who can be followed to it; one that nobody can be followed to, with the reason.
fn endpoint(reached: &Reached) -> EndpointChoice {
    EndpointChoice {
        code: reached.endpoint.code().to_owned(),
        name: lang::origin::listed(reached.origin, reached.endpoint).to_owned(),
        patients: reached.patients,
        obstacle: reached.obstacle.map(|why| lang::unusable(why).to_owned()),
    }
}

/// The endpoints that are counted from an origin.
fn endpoints(reach: &Reach, origin: Origin) -> Vec<EndpointChoice> {
    reach.from(origin).map(endpoint).collect()
}

/// A day from which time can be counted; one from which nobody can be followed, with the reason.
fn origin(reach: &Reach, origin: Origin) -> OriginChoice {
    OriginChoice {
        code: origin.code().to_owned(),
        name: lang::origin::name(origin).to_owned(),
        endpoints: endpoints(reach, origin),
        obstacle: reach.obstacle(origin).map(lang::unusable),
    }
}

/// A column that cannot be chosen, with the reason.
fn not_compared(column: &Manifold) -> String {
    words::too_many_levels(&column.name, column.levels, [MOST_GROUPS, MOST_LEVELS])
}

/// Ids of what patients can be sorted by, with the names.
pub fn factors(study: &Study) -> impl Iterator<Item = (String, String)> + '_ {
    let variables = study
        .variables
        .iter()
        .map(|each| (each.id.clone(), name_of(&each.name)));
    let protocols = study.protocols.iter().filter(|each| each.groups.len() > 1);
    variables.chain(protocols.map(|each| (format!("protocol:{}", each.id), each.name.clone())))
}

/// The name of one of them.
pub fn id_name(study: &Study, id: &str) -> String {
    factors(study)
        .find(|(each, _)| each == id)
        .map(|(_, name)| name)
        .unwrap_or_default()
}

/// What a variable is called, on the page of every language and in print: a finding by its English words, a column of the file by
/// its header.
pub fn name_of(name: &str) -> String {
    Field::from_column(name)
        .map_or(name, |field| en::field_label(field))
        .to_owned()
}

/// A name of an event on the page, by what it is for the endpoint.
pub fn cause_name(analysis: &Analysis<'_>, cause: u32) -> &'static str {
    let settings = analysis.settings;
    lang::incidence::cause(settings.endpoint, settings.origin, kind(cause))
}

/// The same in print: in figures, their captions.
pub fn printed_cause_name(analysis: &Analysis<'_>, cause: u32) -> &'static str {
    let settings = analysis.settings;
    en::incidence::cause(settings.endpoint, settings.origin, kind(cause))
}

fn kind(cause: u32) -> EventKind {
    EventKind::ALL.get(cause as usize).copied().unwrap_or(EventKind::Event)
}
