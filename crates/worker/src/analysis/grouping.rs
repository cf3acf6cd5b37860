//! How variables are grouped: what the page offers for it, and what is said of it in results and methods.

use cotside_core::cohort::{
    AGE_ID, Condition, Cut, Factor, Filter, Limit, StandardCut, Study, Values, Variable, median,
};
use cotside_core::cohort::{Groupings, usual_limits};
use cotside_core::infant::Field;
use cotside_core::protocols::PROTOCOLS;
use cotside_messages::{Choice, FactorChoice, GroupChoice, NumberChoice, Settings};
use cotside_words::en::levels_results as printed;
use cotside_words::lang::levels_results as words;
use cotside_words::{capital, decimal};

use crate::analysis::choices::{factors, name_of};
use crate::analysis::selection::Analysis;

/// Everything whose values can be grouped, with the patients in each group.
pub fn choices(study: &Study, settings: &Settings, patients: &[usize]) -> Vec<FactorChoice> {
    let choice = |(id, name): (String, String)| {
        let levels = study.levels(&id, &settings.levels);
        let numbers = study
            .variable(&id)
            .and_then(|variable| numbers(study, variable, &settings.levels));
        if levels.is_none() && numbers.is_none() {
            return None;
        }
        let levels = levels.unwrap_or_default();
        let groups = groups(&id, &levels, &settings.levels, patients);
        let known: usize = groups.iter().map(|group| group.patients).sum();
        Some(FactorChoice {
            can_be_compared: levels.names.len() > 1 || numbers.is_some(),
            unknown: patients.len() - known,
            groups,
            numbers,
            id,
            name,
        })
    };
    factors(study).filter_map(choice).collect()
}

/// The groups of levels in their order, those that are left out among them.
fn groups(id: &str, levels: &Factor, groupings: &Groupings, patients: &[usize]) -> Vec<GroupChoice> {
    let grouping = groupings.get(id).cloned().unwrap_or_default();
    let mut counts = vec![0; levels.names.len()];
    for code in patients.iter().filter_map(|&patient| levels.code(patient)) {
        if let Some(count) = counts.get_mut(code as usize) {
            *count += 1;
        }
    }
    let resolved = grouping.resolve(&levels.names);
    let group = |group: &cotside_core::cohort::Resolved| {
        let of = |place: &u32| levels.names.get(*place as usize).cloned();
        let count = |place: &u32| counts.get(*place as usize).copied().unwrap_or_default();
        GroupChoice {
            name: group.name.clone(),
            of: group.of.iter().filter_map(of).collect(),
            patients: group.of.iter().map(count).sum(),
            is_left_out: group.is_left_out,
            is_reference: false,
        }
    };
    let mut groups: Vec<GroupChoice> = resolved.iter().map(group).collect();
    // As results have it: the chosen one where somebody is in it, else the first with a patient.
    let can_be = |group: &GroupChoice| !group.is_left_out && group.patients > 0;
    let chosen = |group: &GroupChoice| can_be(group) && Some(&group.name) == grouping.reference.as_ref();
    let place = groups
        .iter()
        .position(chosen)
        .or_else(|| groups.iter().position(can_be));
    if let Some(group) = place.and_then(|place| groups.get_mut(place)) {
        group.is_reference = true;
    }
    groups
}

/// Where the numbers of a variable are cut; `None` for levels.
fn numbers(study: &Study, variable: &Variable, groupings: &Groupings) -> Option<NumberChoice> {
    let Values::Numbers(values) = &variable.values else {
        return None;
    };
    let cut = study.cut(variable, groupings);
    let usual = usual_limits(&variable.name).into_iter().chain([Limit::Median]);
    let usual = usual.map(|limit| Choice {
        id: limit.to_string(),
        name: limit_name(variable, limit, values),
    });
    let shown: Vec<String> = cut
        .at
        .iter()
        .map(|&limit| limit_name(variable, limit, values))
        .collect();
    Some(NumberChoice {
        at: cut.text(),
        shown: shown.join(", "),
        limit_is_lower: cut.limit_is_lower,
        can_choose_side: cut.at.iter().any(|limit| matches!(limit, Limit::Number(_))),
        usual: usual.collect(),
        source: match source(study, variable, groupings, &cut) {
            Source::Chosen => String::new(),
            Source::Median => words::AT_MEDIAN.to_owned(),
            Source::Protocol(name) => words::limit_of(name),
        },
    })
}

/// A limit on its button: "90 days", "median 58.4".
fn limit_name(variable: &Variable, limit: Limit, values: &[Option<f64>]) -> String {
    match limit {
        Limit::Number(number) if number < 0.01 && !is_age(variable) => format!("{number:e}"),
        Limit::Median => match median(values) {
            Some(median) => words::median(&decimal(median, 4)),
            None => words::limit(limit, false),
        },
        _ => words::limit(limit, is_age(variable)),
    }
}

fn is_age(variable: &Variable) -> bool {
    variable.id == AGE_ID
}

/// Where the limits of a cut come from.
enum Source {
    /// Limits that were chosen.
    Chosen,
    /// The median of the file.
    Median,
    /// The protocol of this name.
    Protocol(&'static str),
}

fn source(study: &Study, variable: &Variable, groupings: &Groupings, cut: &Cut) -> Source {
    if cut.at == [Limit::Median] {
        return Source::Median;
    }
    let is_chosen = groupings
        .get(&variable.id)
        .is_some_and(|grouping| grouping.cut.is_some());
    let standard = StandardCut::of(&variable.name).filter(|_| !is_chosen && study.variable(&variable.id).is_some());
    let protocol = standard.and_then(|cut| PROTOCOLS.iter().find(|protocol| protocol.id == cut.protocol));
    protocol.map_or(Source::Chosen, |protocol| Source::Protocol(protocol.name))
}

/// The name of a variable or protocol within a sentence.
fn short_name(study: &Study, id: &str) -> String {
    match (study.variable(id), id.strip_prefix("protocol:")) {
        (Some(variable), _) => printed::short_name(&variable.name),
        (None, Some(protocol)) => study
            .protocol(protocol)
            .map_or_else(|| id.to_owned(), |protocol| protocol.name.clone()),
        (None, None) => id.to_owned(),
    }
}

/// A filter in words, on the page: "age < 90 days and KMT2A rearranged".
fn filter_told(study: &Study, filter: &Filter) -> String {
    words::filter(filter, |condition| {
        let (name, is_age) = asked_of(study, condition);
        words::condition(&name, &condition.test, is_age)
    })
}

/// The same in print.
pub fn printed_filter(study: &Study, filter: &Filter) -> String {
    printed::filter(filter, |condition| {
        let (name, is_age) = asked_of(study, condition);
        printed::condition(&name, &condition.test, is_age)
    })
}

/// The variable of a condition, and whether it is an age.
fn asked_of(study: &Study, condition: &Condition) -> (String, bool) {
    let is_age = study.variable(&condition.variable).is_some_and(is_age);
    (short_name(study, &condition.variable), is_age)
}

/// How it is said who is left out by choice.
struct LeftOutWords {
    /// The conditions of the subset.
    filter: fn(&Study, &Filter) -> String,
    /// How many are outside the subset, and for how many that is not known.
    subset: fn(&str, usize, usize) -> String,
    /// The levels that are left out.
    levels: fn(&[(String, usize)]) -> String,
}

/// Who is left out by choice, in sentences for the page: by the subset, by levels.
pub fn told(analysis: &Analysis<'_>) -> Vec<String> {
    let said = LeftOutWords {
        filter: filter_told,
        subset: words::subset,
        levels: words::left_out,
    };
    by_choice(analysis, &said)
}

/// The same in print.
pub fn printed_told(analysis: &Analysis<'_>) -> Vec<String> {
    let said = LeftOutWords {
        filter: printed_filter,
        subset: printed::subset,
        levels: printed::left_out,
    };
    by_choice(analysis, &said)
}

/// The same as parts of the sentence of the methods on who was analysed.
pub fn excluded_in_methods(analysis: &Analysis<'_>) -> Vec<String> {
    let said = LeftOutWords {
        filter: printed_filter,
        subset: printed::subset_in_methods,
        levels: printed::left_out_in_methods,
    };
    by_choice(analysis, &said)
}

fn by_choice(analysis: &Analysis<'_>, said: &LeftOutWords) -> Vec<String> {
    let only = &analysis.settings.only;
    let subset = (!only.is_empty()).then(|| {
        let conditions = (said.filter)(analysis.study, only);
        (said.subset)(&conditions, analysis.outside, analysis.outside_unknown)
    });
    let levels = (!analysis.left_out.is_empty()).then(|| (said.levels)(&analysis.left_out));
    subset.into_iter().chain(levels).collect()
}

/// What the groups as they are chosen leave uncompared or compare otherwise.
pub fn remarks(analysis: &Analysis<'_>) -> Vec<String> {
    let id = &analysis.settings.group;
    let Some(factor) = analysis.study.factor(id, &analysis.settings.levels) else {
        return Vec::new();
    };
    let names = &analysis.groups.names;
    let alone = names.first().filter(|_| names.len() == 1);
    let reference = names.get(analysis.reference as usize);
    let chosen = factor
        .reference
        .as_ref()
        .zip(reference)
        .filter(|(chosen, found)| chosen != found);
    let chosen = chosen.filter(|_| names.len() > 1);
    let alone = alone.map(|name| words::one_group(name));
    let chosen = chosen.map(|(chosen, instead)| words::reference_is_empty(chosen, instead));
    alone.into_iter().chain(chosen).collect()
}

/// How the groups that are compared, and variables whose grouping was chosen, were made.
pub fn methods(analysis: &Analysis<'_>) -> Vec<String> {
    let (study, settings) = (analysis.study, analysis.settings);
    let used = factors(study).filter(|(id, _)| *id == settings.group || settings.levels.contains_key(id));
    let mut sentences: Vec<String> = used
        .filter_map(|(id, _)| grouped(study, &id, &settings.levels))
        .collect();
    if analysis.compares()
        && let Some(name) = analysis.groups.names.get(analysis.reference as usize)
    {
        sentences.push(printed::reference(name));
    }
    sentences
}

/// How one variable was grouped; `None` where its levels are those of the file.
fn grouped(study: &Study, id: &str, groupings: &Groupings) -> Option<String> {
    let factor = study.factor(id, groupings)?;
    let levels = study.levels(id, groupings)?;
    let variable = study.variable(id);
    let name = capital(&variable.map_or_else(|| short_name(study, id), |variable| name_of(&variable.name)));
    let cut = variable.filter(|variable| matches!(variable.values, Values::Numbers(_)));
    let resolved = groupings.get(id).map(|grouping| grouping.resolve(&levels.names));
    let shown = |group: &cotside_core::cohort::Resolved| {
        let of = group
            .of
            .iter()
            .filter_map(|&place| levels.names.get(place as usize).cloned());
        printed::group_of(&group.name, &of.collect::<Vec<_>>())
    };
    let groups: Vec<String> = match &resolved {
        Some(groups) => groups.iter().filter(|group| !group.is_left_out).map(shown).collect(),
        None => factor.names,
    };
    match cut {
        Some(variable) => {
            let source = match source(study, variable, groupings, &study.cut(variable, groupings)) {
                Source::Chosen => String::new(),
                Source::Median => printed::AT_MEDIAN.to_owned(),
                Source::Protocol(name) => printed::limit_of(name),
            };
            Some(printed::cut(&name, &groups, &source))
        }
        None => (groups != levels.names).then(|| printed::grouped(&name, &groups)),
    }
}

/// Whether the numbers of a variable are groups in models and tables: it is compared, or its cut was chosen.
pub fn is_cut(settings: &Settings, id: &str) -> bool {
    settings.group == id || settings.levels.get(id).is_some_and(|grouping| grouping.cut.is_some())
}

/// Whether a finding is a fraction of cells, of which no unit tells anything in a model.
pub fn is_fraction(variable: &Variable) -> bool {
    use cotside_core::infant::Kind;
    Field::from_column(&variable.name).is_some_and(|field| matches!(field.kind(), Kind::Fraction))
}
