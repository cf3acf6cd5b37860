//! What can be chosen for the models of Cox's regression, from what the file has; nothing of it is guessed.

use cotside_core::cohort::{EventKind, Variable};
use cotside_core::survival::causes;
use cotside_messages::{Choice, ENTRY_REMISSION, ENTRY_TRANSPLANT, ModelChoices};
use cotside_words::capital;
use cotside_words::lang;
use cotside_words::lang::model_results as words;

use crate::analysis::choices::{choice, factors, name_of};
use crate::analysis::covariates::{Covariate, model_variables};
use crate::analysis::model_data::{allows_entry, has_numbers};
use crate::analysis::profiles;
use crate::analysis::selection::Analysis;

/// The choices.
pub fn of(analysis: &Analysis<'_>, covariates: Vec<Covariate>) -> ModelChoices {
    let columns = || analysis.study.variables.iter();
    let labels = || analysis.study.labels.iter();
    let numbers = || columns().filter(|column| column.id.starts_with("column:") && has_numbers(column));
    let dates = [
        (ENTRY_REMISSION, words::FROM_REMISSION),
        (ENTRY_TRANSPLANT, words::FROM_TRANSPLANT),
    ];
    let dates = dates.into_iter().filter(|(id, _)| allows_entry(analysis, id));
    let dates = dates.map(|(id, name)| choice(id, &capital(name)));
    let strata =
        factors(analysis.study).filter(|(id, _)| analysis.study.factor(id, &analysis.settings.levels).is_some());
    let strata = strata.map(|(id, name)| choice(&id, &name));
    let own_columns = columns().filter(|column| column.id.starts_with("column:"));
    let causes = analysis.with_causes().map(causes).unwrap_or_default();
    let causes = causes
        .into_iter()
        .filter_map(|cause| EventKind::ALL.get(cause as usize));
    let several: Vec<Choice> = causes
        .map(|kind| choice(kind.code(), &capital(lang::event_kind(*kind))))
        .collect();
    ModelChoices {
        given: profiles::variables(analysis, &covariates),
        variables: model_variables(analysis, covariates),
        strata: strata.chain(labels().map(named)).collect(),
        entries: dates.chain(numbers().map(named)).collect(),
        clusters: labels().chain(own_columns).map(named).collect(),
        weights: numbers().map(named).collect(),
        causes: if several.len() > 1 { several } else { Vec::new() },
    }
}

fn named(column: &Variable) -> Choice {
    choice(&column.id, &name_of(&column.name))
}
