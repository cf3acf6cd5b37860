//! Survival curves, survival at some times, and the test between groups.

use cotside_core::shortest;
use cotside_core::survival::{Confidence, SurvivalCurve, reverse_kaplan_meier};
use cotside_figures::Followed;
use cotside_figures::Lettering;
use cotside_figures::curve::{CurveFigure, CurveInput};
use cotside_views::untyped::{Html, cell, element, head, list, plain, span, table, text};
use cotside_words::{capital, decimal, en, fixed};

use crate::analysis::drawn::shown;
use crate::analysis::figure_options;
use crate::analysis::published;
use crate::analysis::selection::Analysis;

/// The part.
pub fn html(analysis: &Analysis<'_>) -> Html {
    let Some(figure) = figure(analysis) else {
        return Html::default();
    };
    Html::all([
        plain("h2", &capital(analysis.endpoint())),
        shown("curves", &figure.into()),
        published::html(analysis),
        at_times(analysis),
        told(analysis),
    ])
}

/// A curve as the figure takes it.
///
/// `entered` are the times at which patients come under observation, ascending, and how many, where some do so after
/// the start.
pub fn curve_input(label: &str, start: f64, curve: &SurvivalCurve, entered: Vec<(f64, f64)>) -> CurveInput {
    let confidence = Confidence::default();
    CurveInput {
        label: label.to_owned(),
        start,
        followed: Followed {
            time: curve.time().to_vec(),
            at_risk: curve.at_risk().to_vec(),
            events: curve.events().to_vec(),
            censored: curve.censored().to_vec(),
            entered,
        },
        survival: curve.survival().to_vec(),
        interval: (0..curve.len())
            .map(|step| {
                curve
                    .interval(step, confidence)
                    .map(|interval| (interval.lower, interval.upper))
            })
            .collect(),
    }
}

/// The figure of the curves.
pub fn figure(analysis: &Analysis<'_>) -> Option<CurveFigure> {
    let follow_up = analysis.follow_up()?;
    let curves = analysis.curves();
    let named = analysis.groups.names.iter().zip(curves);
    let label = |name: &str| {
        if analysis.compares() {
            name.to_owned()
        } else {
            String::new()
        }
    };
    let events = shortest(curves.iter().map(SurvivalCurve::all_events).sum());
    Some(CurveFigure {
        lettering: Lettering {
            title: capital(analysis.endpoint()),
            description: format!(
                "Kaplan–Meier estimate of {}, {} patients, {events} events.",
                analysis.endpoint(),
                follow_up.len()
            ),
            caption: vec![format!(
                "Kaplan–Meier{}; n = {}, events = {events}.",
                if analysis.plot("").bands {
                    "; 95 % intervals on the log(−log) scale, where there is a variance"
                } else {
                    ""
                },
                follow_up.len()
            )],
        },
        curves: named
            .map(|(name, curve)| curve_input(&label(name), 0.0, curve, Vec::new()))
            .collect(),
        published: published::points(analysis),
        shown: figure_options::shown(&analysis.settings.figure),
        options: analysis.plot(analysis.endpoint()),
    })
}

/// A fraction as a percentage with one decimal.
pub fn percent(share: f64) -> String {
    fixed(share * 100.0, 1)
}

fn at_times(analysis: &Analysis<'_>) -> Html {
    let Some(follow_up) = analysis.follow_up() else {
        return Html::default();
    };
    let curves = analysis.curves();
    let confidence = Confidence::default();
    let rows = analysis.groups.names.iter().zip(curves).flat_map(|(name, curve)| {
        analysis.settings.at.iter().filter_map(move |&year| {
            let at = curve.at(year, confidence)?;
            let beyond = !curve.is_known_at(year);
            let (se, interval) = match at.spread() {
                Ok((std_err, interval)) => (
                    percent(std_err),
                    format!("{}–{}", percent(interval.lower), percent(interval.upper)),
                ),
                Err(why) => ("–".to_owned(), format!("none: {}", en::no_variance("", why))),
            };
            let estimate = if beyond {
                "not observed so far".to_owned()
            } else {
                percent(at.survival)
            };
            let shown = |text: String| if beyond { String::new() } else { text };
            Some(element(
                "tr",
                &[],
                &[
                    element(
                        "th",
                        &[("scope", "row")],
                        &[text(if analysis.compares() { name } else { "all patients" })],
                    ),
                    cell("Years", "number", &[text(&decimal(year, 2))]),
                    cell("At risk", "number", &[text(&decimal(at.at_risk, 1))]),
                    cell("Estimate, %", "number", &[plain("strong", &estimate)]),
                    cell("SE", "number", &[text(&shown(se))]),
                    cell("95 % interval", "number", &[text(&shown(interval))]),
                ],
            ))
        })
    });
    let head = head(&[
        ("Group", ""),
        ("Years", "number"),
        ("At risk", "number"),
        ("Estimate, %", "number"),
        ("SE", "number"),
        ("95 % interval", "number"),
    ]);
    let quantiles = reverse_kaplan_meier(follow_up).quantiles(&[0.5], confidence);
    let median = quantiles.first().and_then(|quantile| quantile.time);
    let followed = median.map_or_else(
        || "Median follow-up (reverse Kaplan–Meier) is not reached.".to_owned(),
        |years| format!("Median follow-up (reverse Kaplan–Meier) {} years.", decimal(years, 2)),
    );
    Html::all([table("at", head, rows), span("p", "quiet", &followed)])
}

/// The estimates at the last of the years, in sentences.
fn told(analysis: &Analysis<'_>) -> Html {
    let confidence = Confidence::default();
    let line = |(name, curve): (&String, &SurvivalCurve)| {
        let year = analysis.settings.at.last().copied()?;
        let at = curve.at(year, confidence).filter(|_| curve.is_known_at(year))?;
        let interval = match at.spread() {
            Ok((_, interval)) => format!(
                " (95 % interval {}–{})",
                percent(interval.lower),
                percent(interval.upper)
            ),
            Err(why) => format!(" (no interval: {})", en::no_variance("", why)),
        };
        let estimate = format!("{} %{interval}", percent(at.survival));
        let whom = if analysis.compares() { name.as_str() } else { "" };
        let all = (curve.rows() as f64, curve.all_events());
        Some(text(&en::survival_at(
            analysis.endpoint(),
            whom,
            year,
            &estimate,
            all,
            at.at_risk,
        )))
    };
    list(
        "told",
        analysis.groups.names.iter().zip(analysis.curves()).filter_map(line),
    )
}
