//! Cox's regression: each variable by itself.

use cotside_core::cohort::Labels;
use cotside_core::infant::{Age, Infant};
use cotside_core::survival::FollowUp;
use cotside_core::survival::cox::{CoxFit, Design, Model, fit};
use cotside_words::html::{Html, cell, element, head, plain, span, table, text};
use cotside_words::{decimal, en};

use crate::analysis::Analysis;

/// A variable of the patients, by itself in a model.
struct Variable {
    name: &'static str,
    /// One a patient; `None` where it is not known.
    values: Values,
}

enum Values {
    Numbers(Vec<Option<f64>>),
    Levels(Vec<Option<String>>),
}

/// The part.
pub fn html(analysis: &Analysis<'_>) -> Html {
    let rows: Vec<Html> = variables(analysis)
        .iter()
        .flat_map(|variable| rows(analysis, variable))
        .collect();
    if rows.is_empty() {
        return Html::default();
    }
    let head = head(&[
        ("Variable", ""),
        ("n (events)", "number"),
        ("Hazard ratio", "number"),
        ("95 % interval", "number"),
        ("p (Wald)", "number"),
        ("To know", ""),
    ]);
    Html::all([
        plain("h2", "Hazards, each variable by itself"),
        table("cox", head, rows),
        span(
            "p",
            "quiet key",
            "Cox's regression, Efron's treatment of ties; patients whose value is not known are left out of that line. \
             Where every event of a group precedes, or there is none, no finite ratio exists and none is printed.",
        ),
    ])
}

fn variables(analysis: &Analysis<'_>) -> Vec<Variable> {
    let infants: Vec<&Infant> = analysis
        .grouped
        .iter()
        .filter_map(|&position| analysis.cohort.patients.get(analysis.followed.patient[position]))
        .map(|patient| &patient.infant)
        .collect();
    let numbers =
        |value: &dyn Fn(&Infant) -> Option<f64>| Values::Numbers(infants.iter().map(|each| value(each)).collect());
    let levels = |value: &dyn Fn(&Infant) -> Option<&'static str>| {
        Values::Levels(infants.iter().map(|each| value(each).map(str::to_owned)).collect())
    };
    let mut variables = vec![
        Variable {
            name: "Age, per month",
            values: numbers(&|infant| Some(f64::from(infant.age.and_then(Age::days)?) / 30.4375)),
        },
        Variable {
            name: "White cells, per doubling",
            values: numbers(&|infant| infant.wbc.filter(|wbc| *wbc > 0.0).map(libm::log2)),
        },
        Variable {
            name: "Sex",
            values: levels(&|infant| infant.sex.map(|each| each.code())),
        },
        Variable {
            name: "KMT2A",
            values: levels(&|infant| infant.kmt2a.map(|each| each.code())),
        },
        Variable {
            name: "CNS",
            values: levels(&|infant| infant.cns.map(|each| each.code())),
        },
        Variable {
            name: "Prednisone response",
            values: levels(&|infant| infant.prednisone_response.map(|each| each.code())),
        },
    ];
    if analysis.compares() {
        let names = analysis
            .groups
            .codes
            .iter()
            .map(|&code| analysis.groups.names.get(code as usize).cloned());
        variables.insert(
            0,
            Variable {
                name: "Group",
                values: Values::Levels(names.collect()),
            },
        );
    }
    variables
}

/// A line a coefficient; none where nothing is known or nothing differs.
fn rows(analysis: &Analysis<'_>, variable: &Variable) -> Vec<Html> {
    let Some(all) = analysis.follow_up() else {
        return Vec::new();
    };
    let (known, design): (Vec<usize>, Design) = match &variable.values {
        Values::Numbers(values) => {
            let known: Vec<usize> = (0..values.len()).filter(|&row| values[row].is_some()).collect();
            let column = known.iter().filter_map(|&row| values[row]).collect();
            (known, Design::new().numeric(variable.name, column))
        }
        Values::Levels(values) => {
            let known: Vec<usize> = (0..values.len()).filter(|&row| values[row].is_some()).collect();
            let texts: Vec<&str> = known.iter().filter_map(|&row| values[row].as_deref()).collect();
            match Design::new().factor(variable.name, &Labels::of(&texts)) {
                Ok(design) => (known, design),
                Err(_) => return Vec::new(),
            }
        }
    };
    let Some(follow_up) = all.subset(&known) else {
        return Vec::new();
    };
    lines(variable.name, &follow_up, &design)
}

fn lines(name: &str, follow_up: &FollowUp, design: &Design) -> Vec<Html> {
    let found: CoxFit = match fit(&Model::new(follow_up, design)) {
        Ok(found) => found,
        Err(error) => return vec![line(name, "", None, &en::cox_error(&error, design.terms()))],
    };
    let counts = format!("{} ({})", found.n, found.n_events);
    let warnings: Vec<String> = found
        .warnings
        .iter()
        .map(|each| en::cox_warning(each, design.terms()))
        .collect();
    let lines = design
        .terms()
        .iter()
        .zip(&found.estimates)
        .enumerate()
        .map(|(index, (term, estimate))| {
            let warning = if index == 0 { warnings.join("; ") } else { String::new() };
            line(&term.to_string(), &counts, estimate.as_ref(), &warning)
        });
    lines.collect()
}

fn line(name: &str, counts: &str, estimate: Option<&cotside_core::survival::cox::Estimate>, remark: &str) -> Html {
    let number = |value: Option<f64>| value.map_or_else(|| "–".to_owned(), |value| decimal(value, 2));
    let interval = estimate.and_then(|each| each.lower.zip(each.upper));
    let interval = interval.map_or_else(
        || "–".to_owned(),
        |(low, high)| format!("{}–{}", decimal(low, 2), decimal(high, 2)),
    );
    element(
        "tr",
        &[],
        &[
            element("th", &[("scope", "row")], &[text(name)]),
            cell("n (events)", "number", &[text(counts)]),
            cell(
                "Hazard ratio",
                "number",
                &[plain("strong", &number(estimate.and_then(|each| each.hazard_ratio)))],
            ),
            cell("95 % interval", "number", &[text(&interval)]),
            cell(
                "p (Wald)",
                "number",
                &[text(
                    &estimate.map_or_else(|| "–".to_owned(), |each| en::p_value(each.p)),
                )],
            ),
            cell("To know", "", &[text(remark)]),
        ],
    )
}
