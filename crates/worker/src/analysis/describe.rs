//! Table 1: the patients in the analysis, by group.

use cotside_core::cohort::{LevelSummary, NumberSummary, Values, Variable, describe_levels, describe_numbers};
use cotside_core::infant::{Field, Kind};
use cotside_views::untyped::{Html, cell, element, head, note, plain, span, table, text};
use cotside_words::{fixed, significant};

use crate::analysis::choices::name_of;
use crate::analysis::selection::{Analysis, Chosen};

/// The part.
pub fn html(analysis: &Analysis<'_>) -> Html {
    let (patients, labels) = if analysis.nobody {
        // Findings need no follow-up. All patients are asked for, so that positions among them are those in the study.
        let all: Vec<usize> = (0..analysis.study.row.len()).collect();
        let chosen = Chosen::of(analysis.study, analysis.settings, &all);
        (chosen.grouped, chosen.groups)
    } else {
        (analysis.patients(), analysis.groups.clone())
    };
    let groups: Vec<Option<u32>> = labels.codes.iter().copied().map(Some).collect();
    let mut columns = vec!["All".to_owned()];
    if labels.len() > 1 {
        columns.extend(labels.names.iter().cloned());
    }
    let table_of = Table1 {
        columns,
        groups: &groups,
    };
    let sizes = table_of.sizes(patients.len());
    let rows = analysis
        .study
        .variables
        .iter()
        .map(|variable| table_of.variable(variable, &patients));
    let mut heads = vec![("Finding", "")];
    heads.extend(table_of.columns.iter().map(|name| (name.as_str(), "number")));
    Html::all([
        plain("h2", "The patients"),
        table("describe", head(&heads), std::iter::once(sizes).chain(rows)),
        span(
            "p",
            "quiet key",
            "Numbers: median (quartiles) and range; quartiles as R’s type 7. Levels: number (per cent of those known). \
             Differences between groups are not tested here: what differs is for the reader to weigh.",
        ),
    ])
}

struct Table1<'a> {
    /// Names of the columns: all, then the groups where there are several.
    columns: Vec<String>,
    groups: &'a [Option<u32>],
}

impl Table1<'_> {
    fn group_count(&self) -> usize {
        self.columns.len() - 1
    }

    /// A row with a text a column.
    fn row(&self, heading: Html, texts: impl IntoIterator<Item = Html>) -> Html {
        let named = self.columns.iter().zip(texts);
        let cells = named.map(|(name, text)| cell(name, "number", &[text]));
        element("tr", &[], &[heading, Html::all(cells)])
    }

    fn sizes(&self, all: usize) -> Html {
        let in_group = |group: u32| self.groups.iter().filter(|each| **each == Some(group)).count();
        let counts = std::iter::once(all).chain((0..self.group_count() as u32).map(in_group));
        let texts = counts.map(|count| plain("strong", &count.to_string()));
        self.row(heading("Patients", ""), texts)
    }

    fn variable(&self, variable: &Variable, patients: &[usize]) -> Html {
        let name = &name_of(&variable.name);
        match &variable.values {
            Values::Numbers(values) => {
                let values: Vec<Option<f64>> = patients
                    .iter()
                    .map(|&each| values.get(each).copied().flatten())
                    .collect();
                let found = describe_numbers(&values, self.groups, self.group_count());
                let all = std::iter::once(&found.all).chain(&found.groups);
                self.row(heading(name, unit(&variable.name)), all.map(numbers))
            }
            Values::Levels { .. } => {
                let values: Vec<Option<&str>> = patients.iter().map(|&each| variable.values.level(each)).collect();
                let found = describe_levels(&values, self.groups, self.group_count());
                let all = || std::iter::once(&found.all).chain(&found.groups);
                let first = self.row(heading(name, ""), all().map(|summary| missing(summary.missing)));
                let rest = found.names.iter().enumerate().map(|(level, name)| {
                    let heading = element("th", &[("scope", "row"), ("class", "level")], &[text(name)]);
                    self.row(heading, all().map(|summary| share(summary, level)))
                });
                Html::all(std::iter::once(first).chain(rest))
            }
        }
    }
}

fn heading(name: &str, unit: &str) -> Html {
    let unit = Html::when(!unit.is_empty(), || span("span", "quiet", &format!(", {unit}")));
    element("th", &[("scope", "row")], &[text(name), unit])
}

/// The unit of a finding; the name of some has it.
fn unit(name: &str) -> &'static str {
    match Field::from_column(name) {
        Some(Field::AgeDays) => "",
        Some(field) => match field.kind() {
            Kind::Number { unit, .. } => unit,
            Kind::Fraction => "fraction of cells",
            _ => "",
        },
        None => "",
    }
}

fn missing(count: usize) -> Html {
    Html::when(count > 0, || note(&format!("missing {count}")))
}

fn numbers(summary: &NumberSummary) -> Html {
    let (shown, range) = match summary.five {
        Some([low, q1, median, q3, high]) => (
            format!("{} ({}–{})", significant(median), significant(q1), significant(q3)),
            format!("range {}–{}", significant(low), significant(high)),
        ),
        None => ("–".to_owned(), String::new()),
    };
    Html::all([
        text(&shown),
        text(" "),
        note(&range),
        text(" "),
        missing(summary.missing),
    ])
}

fn share(summary: &LevelSummary, level: usize) -> Html {
    let count = summary.counts.get(level).copied().unwrap_or_default();
    let percent = if summary.n > 0 {
        format!(" ({})", fixed(100.0 * count as f64 / summary.n as f64, 1))
    } else {
        String::new()
    };
    text(&format!("{count}{percent}"))
}
