//! Whether hazards are proportional: the test, residuals against time, log-minus-log curves of the groups.

use std::rc::Rc;

use cotside_core::survival::Confidence;
use cotside_core::survival::cox::{AtEvent, Proportionality};
use cotside_figures::AxisUnit;
use cotside_figures::Lettering;
use cotside_figures::diagnostics::{LogLogFigure, LogLogInput, SchoenfeldFigure, SmoothPoint};
use cotside_views::untyped::{Html, cell, element, head, plain, span, table, text};
use cotside_words::en;

use crate::analysis::covariates::Fit;
use crate::analysis::drawn::{Drawn, shown};
use crate::analysis::figure_options;
use crate::analysis::hazards::{Alone, Together, chi_square, p_cell, together};
use crate::analysis::selection::Analysis;

/// The part; nothing where there is no model.
pub fn html(analysis: &Analysis<'_>) -> Html {
    let Some(checked) = checked(analysis) else {
        return Html::default();
    };
    let fit = checked.fit();
    let test = match fit.hazards() {
        Ok(hazards) => &hazards.test,
        // There is no model, which is said where it would be.
        Err(_) if fit.found.is_err() => return Html::default(),
        Err(error) => {
            let why = en::not_checked(&error, fit.design.terms());
            return Html::all([plain("h3", HEADING), span("p", "remark notice", &why)]);
        }
    };
    let drawn = |name: &str, figure: Option<Drawn>| figure.map_or_else(Html::default, |figure| shown(name, &figure));
    let global = chi_square(test.global.chi2, test.global.df, test.global.p);
    Html::all([
        plain("h3", HEADING),
        span("p", "reason", &en::proportionality(&global)),
        tests(fit, test),
        drawn("schoenfeld", schoenfeld(analysis).map(Into::into)),
        drawn("loglog", loglog(analysis).map(Into::into)),
    ])
}

const HEADING: &str = "Are hazards proportional?";

/// The model that is checked.
enum Checked<'a> {
    Together(Rc<Together>),
    Groups(&'a Fit),
}

impl Checked<'_> {
    fn fit(&self) -> &Fit {
        match self {
            Self::Together(joint) => &joint.fit,
            Self::Groups(fit) => fit,
        }
    }
}

/// The model of several variables, else that of the groups alone.
fn checked<'a>(analysis: &Analysis<'a>) -> Option<Checked<'a>> {
    if let Some(joint) = together(analysis) {
        return Some(Checked::Together(joint));
    }
    let alone = Alone::of(analysis);
    let mut ids = alone.covariates.iter();
    let group = ids.position(|each| each.id == analysis.settings.group)?;
    alone.fits.get(group)?.as_ref().map(Checked::Groups)
}

/// Whether the hazards of the model could be tested.
pub fn is_tested(analysis: &Analysis<'_>) -> bool {
    checked(analysis).is_some_and(|checked| checked.fit().hazards().is_ok())
}

/// The coefficients of the model that is checked.
pub fn terms_drawn(analysis: &Analysis<'_>) -> Vec<String> {
    checked(analysis)
        .map(|checked| terms(checked.fit()))
        .unwrap_or_default()
}

fn terms(fit: &Fit) -> Vec<String> {
    fit.design.terms().iter().map(ToString::to_string).collect()
}

fn tests(fit: &Fit, test: &Proportionality) -> Html {
    let rows = test.variables.iter().filter_map(|(variable, test)| {
        let name = fit.design.variables().get(*variable)?;
        Some(element(
            "tr",
            &[],
            &[
                element("th", &[("scope", "row")], &[text(name)]),
                cell("χ²", "number", &[text(&cotside_words::fixed(test.chi2, 2))]),
                cell("df", "number", &[text(&test.df.to_string())]),
                cell("p", "number", &[text(&p_cell(test.p))]),
            ],
        ))
    });
    table(
        "zph",
        head(&[("Variable", ""), ("χ²", "number"), ("df", "number"), ("p", "number")]),
        rows,
    )
}

/// The coefficient of the chosen term over time, else of the first.
pub fn schoenfeld(analysis: &Analysis<'_>) -> Option<SchoenfeldFigure> {
    let unit = figure_options::unit(&analysis.settings.figure).in_a_year();
    let confidence = Confidence::default();
    let checked = checked(analysis)?;
    let fit = checked.fit();
    let over_time = &fit.hazards().ok()?.over_time;
    let terms = terms(fit);
    let chosen = terms
        .iter()
        .position(|term| *term == analysis.settings.residuals)
        .unwrap_or(0);
    let estimates = fit
        .found
        .as_ref()
        .map(|found| found.estimates.as_slice())
        .unwrap_or_default();
    let coefficient = estimates.get(chosen).copied().flatten().map(|each| each.coef);
    let point = |at: &AtEvent| SmoothPoint {
        time: at.time * unit,
        value: at.coefficient,
        interval: Some((
            at.coefficient - confidence.z() * at.std_err,
            at.coefficient + confidence.z() * at.std_err,
        )),
    };
    let residuals = over_time.residuals.get(chosen).cloned().unwrap_or_default();
    let smooth: Vec<SmoothPoint> = over_time.smooth.get(chosen).into_iter().flatten().map(point).collect();
    let term = terms.get(chosen).cloned().unwrap_or_default();
    Some(SchoenfeldFigure {
        lettering: Lettering {
            title: format!("Coefficient over time: {term}"),
            description: "Scaled Schoenfeld residuals; level where the hazard ratio is constant."
                .to_owned(),
            caption: vec![
                if smooth.is_empty() {
                    "Scaled Schoenfeld residuals; too few times of events for a smooth line; dashed: the constant estimate."
                } else {
                    "Scaled Schoenfeld residuals; natural spline with four degrees of freedom on 1 − Kaplan–Meier, 95 % band; \
                     dashed: the constant estimate."
                }
                .to_owned(),
            ],
        },
        style: analysis.style(),
        time_label: time_label(analysis),
        value_label: "Log hazard ratio".to_owned(),
        residuals: residuals.into_iter().map(|(time, value)| (time * unit, value)).collect(),
        smooth,
        coefficient,
    })
}

/// Log-minus-log curves of the groups.
pub fn loglog(analysis: &Analysis<'_>) -> Option<LogLogFigure> {
    let unit = figure_options::unit(&analysis.settings.figure).in_a_year();
    let curves = analysis.groups.names.iter().zip(analysis.curves());
    let curves = curves.map(|(name, curve)| LogLogInput {
        label: name.clone(),
        time: curve.time().iter().map(|time| time * unit).collect(),
        survival: curve.survival().to_vec(),
    });
    analysis.compares().then(|| LogLogFigure {
        lettering: Lettering {
            title: format!("log(−log) of {}, by group", analysis.endpoint()),
            description: "Parallel where hazards are proportional.".to_owned(),
            caption: vec![if analysis.curves().iter().any(|curve| curve.all_events() <= 0.0) {
                "log(−log Kaplan–Meier) against time on an axis of ratios; a group without an event has no line."
                    .to_owned()
            } else {
                "log(−log Kaplan–Meier) against time on an axis of ratios.".to_owned()
            }],
        },
        style: analysis.style(),
        time_label: time_label(analysis),
        value_label: "log(−log survival)".to_owned(),
        curves: curves.collect(),
    })
}

fn time_label(analysis: &Analysis<'_>) -> String {
    match figure_options::unit(&analysis.settings.figure) {
        AxisUnit::Months => "Months",
        AxisUnit::Years => "Years",
    }
    .to_owned()
}
