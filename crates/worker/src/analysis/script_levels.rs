//! Groups of levels and the filter of patients as the script in R has them.

use cotside_core::cohort::{AGE_ID, Condition, Factor, Grouping, Limit, Test, Values, Variable};
use cotside_core::shortest;

use crate::analysis::script::{quoted, texts, vector};
use crate::analysis::selection::Analysis;

/// What patients are sorted by, as `levels_of()` of the script takes it; `None` where nothing is known of it.
pub fn sorted(analysis: &Analysis<'_>, id: &str) -> Option<String> {
    let factor = analysis.study.factor(id, &analysis.settings.levels)?;
    let mut parts = vec![named("id", &quoted(id)), named("names", &texts(&factor.names))];
    parts.extend(how(analysis, id));
    Some(list(&parts))
}

/// How its values become levels: limits of numbers with the names between them, and groups of levels.
pub fn how(analysis: &Analysis<'_>, id: &str) -> Vec<String> {
    let (study, groupings) = (analysis.study, &analysis.settings.levels);
    let Some(levels) = study.levels(id, groupings) else {
        return Vec::new();
    };
    let mut parts = Vec::new();
    if let Some(variable) = study.variable(id)
        && let Values::Numbers(_) = variable.values
    {
        let cut = study.cut(variable, groupings);
        let used = cut.used(variable.id == AGE_ID);
        let limits: Vec<String> = used.iter().map(|&at| limit(variable, at, cut.limit_is_lower)).collect();
        parts.push(named("limits", &list(&limits)));
        parts.push(named("levels", &texts(&levels.names)));
    }
    parts.extend(
        groupings
            .get(id)
            .map(|grouping| named("groups", &groups(grouping, &levels))),
    );
    parts
}

/// Groups with their levels, those that are left out marked.
fn groups(grouping: &Grouping, levels: &Factor) -> String {
    let resolved = grouping.resolve(&levels.names);
    let group = |group: &cotside_core::cohort::Resolved| {
        let of = group
            .of
            .iter()
            .filter_map(|&place| levels.names.get(place as usize).cloned());
        let mut parts = vec![
            named("name", &quoted(&group.name)),
            named("of", &texts(&of.collect::<Vec<_>>())),
        ];
        if group.is_left_out {
            parts.push(named("left_out", "TRUE"));
        }
        list(&parts)
    };
    list(&resolved.iter().map(group).collect::<Vec<_>>())
}

/// A limit as `is_below()` of the script takes it: an age by its days or months, another number by itself.
fn limit(variable: &Variable, limit: Limit, is_lower: bool) -> String {
    let is_age = variable.id == AGE_ID;
    let days = |days: f64| if is_lower { days.floor() + 1.0 } else { days.ceil() };
    list(&match limit {
        Limit::Median => vec![named("median", "TRUE")],
        Limit::Months(months) => vec![named("months", &months.to_string())],
        Limit::Number(number) if is_age => vec![named("days", &shortest(days(number).max(0.0)))],
        Limit::Number(number) if is_lower => vec![named("number", &shortest(number)), named("is_lower", "TRUE")],
        Limit::Number(number) => vec![named("number", &shortest(number))],
    })
}

/// The filter as a function of R, whose `&` and `|` are Kleene's; `None` where it restricts nothing.
pub fn filter(analysis: &Analysis<'_>) -> Option<String> {
    let filter = &analysis.settings.only;
    if filter.is_empty() {
        return None;
    }
    let sign = |is_inner: bool| match (filter.join.word() == "and", is_inner) {
        (true, false) | (false, true) => " & ",
        _ => " | ",
    };
    let parts = filter.parts.iter().filter(|part| !part.is_empty()).map(|part| {
        let conditions: Vec<String> = part.iter().map(|each| condition(analysis, each)).collect();
        format!("({})", conditions.join(sign(true)))
    });
    Some(format!("function() {}", parts.collect::<Vec<_>>().join(sign(false))))
}

fn condition(analysis: &Analysis<'_>, condition: &Condition) -> String {
    let id = &condition.variable;
    let below = |value: Limit, is_lower: bool| {
        let variable = analysis.study.variable(id);
        let limit = variable.map_or_else(|| "list()".to_owned(), |variable| limit(variable, value, is_lower));
        format!("is_below({}, {limit})", quoted(id))
    };
    match &condition.test {
        Test::Is(values) => is(analysis, id, values),
        Test::IsNot(values) => format!("!{}", is(analysis, id, values)),
        Test::Below(limit) => below(*limit, false),
        Test::AtMost(limit) => below(*limit, true),
        Test::AtLeast(limit) => format!("!{}", below(*limit, false)),
        Test::Above(limit) => format!("!{}", below(*limit, true)),
    }
}

/// Whether the level, the group or the number is one of these.
fn is(analysis: &Analysis<'_>, id: &str, values: &[String]) -> String {
    let mut parts = vec![named("id", &quoted(id))];
    parts.extend(how(analysis, id));
    format!("is_one_of({}, {})", list(&parts), texts(values))
}

fn named(name: &str, value: &str) -> String {
    [name, " = ", value].concat()
}

fn list(parts: &[String]) -> String {
    let vector = vector(parts.to_vec());
    ["list", vector.trim_start_matches('c')].concat()
}
