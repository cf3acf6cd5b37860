//! Whether hazards are proportional: the test, residuals against time, log-minus-log curves of the groups.

use std::rc::Rc;

use cotside_core::survival::cox::{AtEvent, Proportionality};
use cotside_figures::Lettering;
use cotside_figures::diagnostics::{LogLogFigure, LogLogInput, SchoenfeldFigure, SmoothPoint};
use cotside_views::{Columns, notice};
use cotside_words::en::cox_results as printed;
use cotside_words::fixed;
use cotside_words::lang::cox_results as words;
use cotside_words::lang::survival_results;
use maud::{Markup, html};

use crate::analysis::covariates::Fit;
use crate::analysis::drawn::{Drawn, with_data_table};
use crate::analysis::effects::name_of_variable;
use crate::analysis::figure_options;
use crate::analysis::hazards::{Alone, Together, p_or_dash, together};
use crate::analysis::selection::Analysis;

/// The part; nothing where there is no model.
pub fn html(analysis: &Analysis<'_>) -> Markup {
    let Some(checked) = checked(analysis) else {
        return Markup::default();
    };
    let fit = checked.fit();
    let test = match fit.hazards() {
        Ok(hazards) => &hazards.test,
        // There is no model, which is said where it would be.
        Err(_) if fit.found.is_err() => return Markup::default(),
        Err(error) => {
            let why = words::not_checked(&error, fit.design.terms());
            return html! { h3 { (words::PROPORTIONAL_HAZARDS) } (notice(why)) };
        }
    };
    let drawn = |name: &str, figure: Option<Drawn>| {
        figure.map_or_else(Markup::default, |figure| with_data_table(name, &figure))
    };
    let global = survival_results::chi_square(test.global.chi2, test.global.df, test.global.p);
    html! {
        h3 { (words::PROPORTIONAL_HAZARDS) }
        p.reason { (words::proportionality(&global)) }
        (tests(fit, test))
        (drawn("schoenfeld", schoenfeld(analysis).map(Into::into)))
        (drawn("loglog", loglog(analysis).map(Into::into)))
    }
}

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

fn tests(fit: &Fit, test: &Proportionality) -> Markup {
    let columns = Columns::new(words::VARIABLE).numbers([survival_results::CHI_SQUARE, words::DF, words::P]);
    let rows = test.variables.iter().map(|(variable, test)| {
        let cells = [fixed(test.chi2, 2), test.df.to_string(), p_or_dash(test.p)];
        columns.row(name_of_variable(fit, *variable), cells)
    });
    columns.table("zph", rows)
}

/// The coefficient of the chosen term over time, else of the first.
pub fn schoenfeld(analysis: &Analysis<'_>) -> Option<SchoenfeldFigure> {
    let unit = figure_options::unit(&analysis.settings.figure).in_a_year();
    let confidence = analysis.confidence();
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
            title: printed::residuals_title(&term),
            description: printed::RESIDUALS.to_owned(),
            caption: vec![if smooth.is_empty() {
                printed::RESIDUALS_CAPTION_WITHOUT_LINE.to_owned()
            } else {
                printed::residuals_caption(&analysis.printed_ci())
            }],
        },
        style: analysis.style(),
        time_label: time_label(analysis),
        value_label: printed::LOG_HAZARD_RATIO.to_owned(),
        residuals: residuals
            .into_iter()
            .map(|(time, value)| (time * unit, value))
            .collect(),
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
            title: printed::log_log_title(analysis.printed_endpoint()),
            description: printed::LOG_LOG.to_owned(),
            caption: vec![
                if analysis.curves().iter().any(|curve| curve.all_events() <= 0.0) {
                    printed::LOG_LOG_CAPTION_WITHOUT_EVENT
                } else {
                    printed::LOG_LOG_CAPTION
                }
                .to_owned(),
            ],
        },
        style: analysis.style(),
        colours: analysis.colours(&analysis.groups.names),
        time_label: time_label(analysis),
        value_label: printed::LOG_LOG_AXIS.to_owned(),
        curves: curves.collect(),
    })
}

fn time_label(analysis: &Analysis<'_>) -> String {
    figure_options::time_axis(figure_options::unit(&analysis.settings.figure), analysis.origin())
}
