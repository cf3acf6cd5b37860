//! Cox's regression: each variable by itself.

use cotside_core::cohort::{Labels, TimeUnit, Values, Variable};
use cotside_core::infant::Field;
use cotside_core::survival::FollowUp;
use cotside_core::survival::cox::{CoxFit, Design, Model, fit};
use cotside_words::html::{Html, cell, element, head, plain, span, table, text};
use cotside_words::{decimal, en};

use crate::analysis::Analysis;
use crate::setup::name_of;

/// A variable of the patients in the analysis, as a model takes it.
struct Covariate {
    name: String,
    values: Values,
}

/// The part.
pub fn html(analysis: &Analysis<'_>) -> Html {
    let rows: Vec<Html> = covariates(analysis)
        .iter()
        .flat_map(|covariate| rows(analysis, covariate))
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

/// The groups, then what is known of the patients.
fn covariates(analysis: &Analysis<'_>) -> Vec<Covariate> {
    let groups = analysis.compares().then(|| Covariate {
        name: "Group".to_owned(),
        values: Values::Levels {
            names: analysis.groups.names.clone(),
            codes: analysis.groups.codes.iter().copied().map(Some).collect(),
        },
    });
    let known = analysis
        .study
        .variables
        .iter()
        .map(|variable| covariate(analysis, variable));
    groups.into_iter().chain(known).collect()
}

/// A variable on the scale on which its hazard ratio is told.
fn covariate(analysis: &Analysis<'_>, variable: &Variable) -> Covariate {
    let (per, scale): (String, fn(f64) -> Option<f64>) = match Field::from_column(&variable.name) {
        Some(Field::AgeDays) => ("Age, per month".to_owned(), |days| Some(days / TimeUnit::Months.days())),
        Some(Field::Wbc) => ("White cells, per doubling".to_owned(), |wbc| {
            (wbc > 0.0).then(|| libm::log2(wbc))
        }),
        _ => (name_of(&variable.name), Some),
    };
    let values = match &variable.values {
        Values::Numbers(numbers) => {
            let scaled = |patient: usize| numbers.get(patient).copied().flatten().and_then(scale);
            Values::Numbers(analysis.patients().into_iter().map(scaled).collect())
        }
        Values::Levels { names, codes } => Values::Levels {
            names: names.clone(),
            codes: analysis
                .patients()
                .into_iter()
                .map(|patient| codes.get(patient).copied().flatten())
                .collect(),
        },
    };
    Covariate { name: per, values }
}

/// A line a coefficient; none where nothing is known or nothing differs.
fn rows(analysis: &Analysis<'_>, covariate: &Covariate) -> Vec<Html> {
    let Some(all) = analysis.follow_up() else {
        return Vec::new();
    };
    let name = covariate.name.as_str();
    let (known, design): (Vec<usize>, Design) = match &covariate.values {
        Values::Numbers(values) => {
            let known: Vec<usize> = (0..values.len()).filter(|&row| values[row].is_some()).collect();
            let column = known.iter().filter_map(|&row| values[row]).collect();
            (known, Design::new().numeric(name, column))
        }
        Values::Levels { codes, .. } => {
            let known: Vec<usize> = (0..codes.len()).filter(|&row| codes[row].is_some()).collect();
            let texts: Vec<&str> = known.iter().filter_map(|&row| covariate.values.level(row)).collect();
            match Design::new().factor(name, &Labels::of(&texts)) {
                Ok(design) => (known, design),
                Err(_) => return Vec::new(),
            }
        }
    };
    let Some(follow_up) = all.subset(&known) else {
        return Vec::new();
    };
    lines(name, &follow_up, &design)
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
