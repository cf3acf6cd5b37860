//! Table 1: the patients in the analysis, by group.

use cotside_core::cohort::{LevelSummary, NumberSummary, Values, Variable, describe_levels, describe_numbers};
use cotside_core::infant::{Field, Kind};
use cotside_views::{Columns, note};
use cotside_words::en::cohort_results as words;
use cotside_words::{fixed, significant};
use maud::{Markup, html};

use crate::analysis::choices::name_of;
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
                self.columns
                    .row(with_unit(name, unit(&variable.name)), all.map(numbers))
            }
            Values::Levels { .. } => {
                let values: Vec<Option<&str>> = patients.iter().map(|&each| variable.values.level(each)).collect();
                let found = describe_levels(&values, self.groups, self.group_count);
                let all = || std::iter::once(&found.all).chain(&found.groups);
                html! {
                    (self.columns.row(name, all().map(|summary| missing(summary.missing))))
                    @for (level, name) in found.names.iter().enumerate() {
                        (self.columns.level(name, all().map(|summary| share(summary, level))))
                    }
                }
            }
        }
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
