//! Competing causes: cumulative incidence and Gray's test.

use cotside_core::survival::{
    Confidence, CumulativeIncidence, FollowUp, IncidenceVariance, Labels, causes, cumulative_incidence, gray_test,
};
use cotside_figures::incidence::{CauseInput, IncidenceFigure, IncidenceInput};
use cotside_figures::{Followed, Lettering, PlotOptions};
use cotside_views::untyped::{Html, cell, element, head, list, plain, span, table, text};
use cotside_words::{decimal, en};

use crate::analysis::choices::cause_name;
use crate::analysis::curves::percent;
use crate::analysis::drawn::shown;
use crate::analysis::hazards::chi_square;
use crate::analysis::selection::Analysis;

/// The part; nothing where there is one cause only.
pub fn html(analysis: &Analysis<'_>) -> Html {
    let Some(follow_up) = analysis.with_causes() else {
        return Html::default();
    };
    let all = causes(follow_up);
    if !competes(analysis) {
        return Html::default();
    }
    let Some(figure) = figure(analysis) else {
        return Html::default();
    };
    Html::all([
        plain("h2", "Competing causes"),
        shown("incidence", &figure.into()),
        told(analysis),
        list(
            "told",
            all.iter()
                .enumerate()
                .map(|(place, &cause)| text(&sentence(analysis, follow_up, (place, cause)))),
        ),
        span(
            "p",
            "quiet key",
            "Aalen–Johansen estimates; each cause is counted with the others competing. One minus Kaplan–Meier of one \
             cause alone would be too high.",
        ),
    ])
}

/// Whether there are several causes.
pub fn competes(analysis: &Analysis<'_>) -> bool {
    analysis
        .with_causes()
        .is_some_and(|follow_up| causes(follow_up).len() > 1)
}

/// The incidences of each group.
pub fn estimates<'a>(analysis: &Analysis<'a>) -> Option<&'a [CumulativeIncidence]> {
    let selection = analysis.selection;
    let made = selection.incidences.get_or_init(|| {
        cumulative_incidence(
            selection.with_causes()?,
            &selection.groups,
            IncidenceVariance::Jackknife,
        )
        .ok()
    });
    made.as_deref()
}

/// Incidences at the years that are told.
fn told(analysis: &Analysis<'_>) -> Html {
    let Some(groups) = estimates(analysis) else {
        return Html::default();
    };
    let years: Vec<String> = analysis
        .settings
        .at
        .iter()
        .map(|&year| format!("At {} y, %", decimal(year, 2)))
        .collect();
    let heads: Vec<(&str, &str)> = [("Group and cause", ""), ("Events", "number")]
        .into_iter()
        .chain(years.iter().map(|year| (year.as_str(), "number")))
        .collect();
    let rows = analysis.groups.names.iter().zip(groups).flat_map(|(name, group)| {
        let years = &years;
        group.causes.iter().enumerate().map(move |(index, cause)| {
            let whom = if analysis.compares() {
                format!("{name}, {}", cause_name(cause.cause))
            } else {
                cause_name(cause.cause).to_owned()
            };
            let cells = analysis.settings.at.iter().zip(years).map(|(&year, label)| {
                let shown = incidence_text(group, index, year);
                cell(label, "number", &[text(&shown)])
            });
            element(
                "tr",
                &[],
                &[
                    element("th", &[("scope", "row")], &[text(&whom)]),
                    cell("Events", "number", &[text(&cause.events.to_string())]),
                    Html::all(cells),
                ],
            )
        })
    });
    table("incidences", head(&heads), rows)
}

/// The incidences of a cause at the last of the years, with Gray's test; `cause` is its place and its number.
fn sentence(analysis: &Analysis<'_>, follow_up: &FollowUp, (place, cause): (usize, u32)) -> String {
    let year = analysis.settings.at.last().copied().unwrap_or_default();
    let groups = estimates(analysis).unwrap_or_default();
    let shown = analysis.groups.names.iter().zip(groups).map(|(name, group)| {
        let own = group
            .causes
            .iter()
            .position(|each| each.cause == cause)
            .unwrap_or(place);
        let estimate = incidence_text(group, own, year);
        let unit = if estimate.starts_with(|first: char| first.is_ascii_digit()) {
            " %"
        } else {
            ""
        };
        let whom = if analysis.compares() { name } else { "" };
        format!("{whom} {estimate}{unit}").trim().to_owned()
    });
    let shown: Vec<String> = shown.collect();
    let gray = analysis.compares().then(|| {
        let strata = Labels::single(follow_up.len(), "");
        match gray_test(follow_up, &analysis.groups, &strata, cause) {
            Ok(test) => format!("Gray’s test {}", chi_square(test.chi_square, test.df, Some(test.p))),
            Err(error) => en::gray_error(error),
        }
    });
    en::incidence_at(cause_name(cause), year, &shown, gray.as_deref())
}

/// "38.9 (28.1–51.0)", where somebody was followed so far.
fn incidence_text(group: &CumulativeIncidence, cause: usize, year: f64) -> String {
    if !group.is_known_at(year) {
        return "not observed so far".to_owned();
    }
    let Some(at) = group.at(cause, year) else {
        return "–".to_owned();
    };
    let interval = match at.spread(Confidence::default()) {
        Ok((_, interval)) => format!(" ({}–{})", percent(interval.lower), percent(interval.upper)),
        Err(why) => format!(" (no interval: {})", en::no_variance("", why)),
    };
    format!("{}{interval}", percent(at.estimate))
}

/// More curves than this have no bands: they would cover each other.
const MOST_BANDS: usize = 4;

/// As curves of survival are drawn, but without marks of the censored, which mean nothing on a curve that others compete
/// with.
fn options(analysis: &Analysis<'_>, curves: usize) -> PlotOptions {
    let options = analysis.plot("Cumulative incidence");
    PlotOptions {
        bands: options.bands && curves <= MOST_BANDS,
        censor_ticks: false,
        ..options
    }
}

/// The figure of the incidences.
pub fn figure(analysis: &Analysis<'_>) -> Option<IncidenceFigure> {
    let groups = estimates(analysis)?;
    let follow_up = analysis.follow_up()?;
    let curves = analysis.curves();
    let confidence = Confidence::default();
    let inputs = analysis
        .groups
        .names
        .iter()
        .zip(groups.iter().zip(curves))
        .map(|(name, (group, curve))| {
            let causes = group.causes.iter().enumerate().map(|(index, cause)| CauseInput {
                label: cause_name(cause.cause).to_owned(),
                incidence: cause.estimate.clone(),
                interval: (0..group.time.len())
                    .map(|step| {
                        let interval = group.step(index, step)?.interval(confidence)?;
                        Some((interval.lower, interval.upper))
                    })
                    .collect(),
            });
            IncidenceInput {
                label: if analysis.compares() {
                    name.clone()
                } else {
                    String::new()
                },
                start: 0.0,
                followed: Followed {
                    time: group.time.clone(),
                    at_risk: curve.at_risk().to_vec(),
                    events: curve.events().to_vec(),
                    censored: curve.censored().to_vec(),
                    ..Followed::default()
                },
                causes: causes.collect(),
            }
        });
    let lines = groups.iter().map(|group| group.causes.len()).sum();
    let events = analysis.events();
    Some(IncidenceFigure {
        lettering: Lettering {
            title: "Cumulative incidence of competing causes".to_owned(),
            description: format!(
                "Aalen–Johansen estimates, {} patients, {events} events.",
                follow_up.len()
            ),
            caption: vec![format!("Aalen–Johansen; n = {}, events = {events}.", follow_up.len())],
        },
        groups: inputs.collect(),
        options: options(analysis, lines),
        ..IncidenceFigure::default()
    })
}
