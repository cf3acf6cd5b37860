//! Table 1: the patients in the analysis, by group.

use cotside_core::cohort::{Factor, LevelSummary, NumberSummary, Values, Variable, describe_codes, describe_numbers};
use cotside_core::infant::{Field, Kind};
use cotside_views::{Columns, note};
use cotside_words::lang::cohort_results as words;
use cotside_words::lang::levels_results::LEFT_OUT;
use cotside_words::{fixed, significant};
use maud::{Markup, html};

use crate::analysis::choices::name_of;
use crate::analysis::grouping::is_cut;
use crate::analysis::selection::{Analysis, Chosen};

/// The part.
pub fn html(analysis: &Analysis<'_>) -> Markup {
    let (patients, labels) = if analysis.nobody {
        // Findings need no follow-up. All patients are asked for, so that positions among them are those in the study.
        let all: Vec<usize> = (0..analysis.study.row.len()).collect();
        let chosen = Chosen::of(analysis.study, analysis.settings, &all);
        (chosen.grouped, chosen.groups)
    } else {
        (analysis.patients(), analysis.groups.clone())
    };
    let groups: Vec<Option<u32>> = labels.codes.iter().copied().map(Some).collect();
    let names = Some(&labels.names).filter(|names| names.len() > 1);
    let columns = Columns::new(words::CHARACTERISTIC)
        .number(words::ALL)
        .numbers(names.into_iter().flatten().map(String::as_str));
    let table = Table1 {
        columns,
        group_count: names.map_or(0, Vec::len),
        groups: &groups,
        analysis,
    };
    let variables = analysis.study.variables.iter();
    let rows = variables.map(|variable| table.variable(variable, &patients));
    html! {
        h2 { (words::BASELINE) }
        (table.columns.table("describe", std::iter::once(table.sizes(patients.len())).chain(rows)))
        p.quiet.key { (words::BASELINE_KEY) }
    }
}

struct Table1<'a> {
    /// All, then the groups where there are several.
    columns: Columns<'a>,
    group_count: usize,
    groups: &'a [Option<u32>],
    analysis: &'a Analysis<'a>,
}

impl Table1<'_> {
    fn sizes(&self, all: usize) -> Markup {
        let in_group = |group: u32| self.groups.iter().filter(|each| **each == Some(group)).count();
        let counts = std::iter::once(all).chain((0..self.group_count as u32).map(in_group));
        let cells = counts.map(|count| html! { strong { (count) } });
        self.columns.row(words::PATIENTS, cells)
    }

    fn variable(&self, variable: &Variable, patients: &[usize]) -> Markup {
        let name = &name_of(&variable.name);
        match &variable.values {
            Values::Numbers(values) => {
                let values: Vec<Option<f64>> = patients
                    .iter()
                    .map(|&each| values.get(each).copied().flatten())
                    .collect();
                let found = describe_numbers(&values, self.groups, self.group_count);
                let all = std::iter::once(&found.all).chain(&found.groups);
                let heading = with_unit(name, unit(&variable.name));
                html! {
                    (self.columns.row(heading, all.map(numbers)))
                    @if is_cut(self.analysis.settings, &variable.id) {
                        @for level in self.levels(variable, patients).1 { (level) }
                    }
                }
            }
            Values::Levels { .. } => {
                let (missing, levels) = self.levels(variable, patients);
                html! {
                    (self.columns.row(name, missing))
                    @for level in levels { (level) }
                }
            }
        }
    }

    /// How many are missing, and a row a level that occurs, those left out of comparisons last.
    fn levels(&self, variable: &Variable, patients: &[usize]) -> (Vec<Markup>, Vec<Markup>) {
        let (study, settings) = (self.analysis.study, self.analysis.settings);
        let factor = study.factor(&variable.id, &settings.levels);
        let factor = factor.or_else(|| Factor::of(&variable.values)).unwrap_or_default();
        let compared = factor.names.len();
        let code = |&patient: &usize| {
            let left_out = || {
                let code = factor.left_out.get(patient).copied().flatten()?;
                Some(code + u32::try_from(compared).ok()?)
            };
            factor.code(patient).or_else(left_out)
        };
        let codes: Vec<Option<u32>> = patients.iter().map(code).collect();
        let names = factor.names.iter().chain(&factor.names_left_out).cloned().collect();
        let found = describe_codes(&codes, names, self.groups, self.group_count);
        let all = || std::iter::once(&found.all).chain(&found.groups);
        let occurs = |level: &usize| found.all.counts.get(*level).is_some_and(|&count| count > 0);
        let row = |level: usize| {
            let name = found.names.get(level).map_or("", String::as_str);
            let heading = html! { (name) @if level >= compared { " " (note(LEFT_OUT)) } };
            self.columns.level(heading, all().map(|summary| share(summary, level)))
        };
        let missing = all().map(|summary| missing(summary.missing)).collect();
        (missing, (0..found.names.len()).filter(occurs).map(row).collect())
    }
}

fn with_unit(name: &str, unit: &str) -> Markup {
    html! { (name) @if !unit.is_empty() { span.quiet { ", " (unit) } } }
}

/// The unit of a finding; the name of some has it.
fn unit(name: &str) -> &'static str {
    match Field::from_column(name) {
        Some(Field::AgeDays) => "",
        Some(field) => match field.kind() {
            Kind::Number { unit, .. } => unit,
            Kind::Fraction => words::FRACTION_OF_CELLS,
            _ => "",
        },
        None => "",
    }
}

fn missing(count: usize) -> Markup {
    html! { @if count > 0 { (note(&words::missing(count))) } }
}

fn numbers(summary: &NumberSummary) -> Markup {
    let (median, range) = match summary.five.map(|five| five.map(significant)) {
        Some([low, q1, median, q3, high]) => (words::quartiles(&median, &q1, &q3), words::range(&low, &high)),
        None => (words::NONE.to_owned(), String::new()),
    };
    html! { (median) " " (note(&range)) " " (missing(summary.missing)) }
}

fn share(summary: &LevelSummary, level: usize) -> String {
    let count = summary.counts.get(level).copied().unwrap_or_default();
    let percent = (summary.n > 0).then(|| fixed(100.0 * count as f64 / summary.n as f64, 1));
    words::count_with(count, percent.as_deref())
}
