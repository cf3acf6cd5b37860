//! Competing causes: cumulative incidence and Gray's test.

use cotside_core::cohort::Labels;
use cotside_core::survival::{
    Confidence, CumulativeIncidence, IncidenceVariance, causes, cumulative_incidence, gray_test,
};
use cotside_figures::incidence::{CauseInput, IncidenceFigure, IncidenceInput};
use cotside_figures::{Followed, Lettering};
use cotside_words::html::{Html, list, plain, span, text};
use cotside_words::{decimal, en};

use crate::analysis::{Analysis, shown};
use crate::curves::percent;
use crate::setup::cause_name;

/// The part; nothing where there is one cause only.
pub fn html(analysis: &Analysis<'_>) -> Html {
    let Some(follow_up) = analysis.with_causes() else {
        return Html::default();
    };
    let all = causes(follow_up);
    if all.len() < 2 {
        return Html::default();
    }
    let Some(figure) = figure(analysis) else {
        return Html::default();
    };
    let gray = all.iter().filter(|_| analysis.compares()).map(|&cause| {
        let strata = Labels::single(follow_up.len(), "");
        let line = match gray_test(follow_up, &analysis.groups, &strata, cause) {
            Ok(test) => format!(
                "χ² = {}, df = {}, {}",
                decimal(test.chi_square, 2),
                test.df,
                en::p_value(test.p)
            ),
            Err(error) => en::gray_error(error),
        };
        text(&format!("Gray’s test, {}: {line}", cause_name(cause)))
    });
    Html::all([
        plain("h2", "Competing causes"),
        shown("incidence", &figure.into()),
        list("", gray),
        told(analysis),
        span(
            "p",
            "quiet key",
            "Aalen–Johansen estimates; each cause is counted with the others competing. One minus Kaplan–Meier of one \
             cause alone would be too high.",
        ),
    ])
}

fn estimates(analysis: &Analysis<'_>) -> Option<Vec<CumulativeIncidence>> {
    let follow_up = analysis.with_causes()?;
    cumulative_incidence(follow_up, &analysis.groups, IncidenceVariance::Jackknife).ok()
}

fn told(analysis: &Analysis<'_>) -> Html {
    let Some(groups) = estimates(analysis) else {
        return Html::default();
    };
    let confidence = Confidence::default();
    let mut items = Vec::new();
    for (name, group) in analysis.groups.names.iter().zip(&groups) {
        for (index, cause) in group.causes.iter().enumerate() {
            for &year in &analysis.settings.at {
                if group.time.last().is_none_or(|&last| year > last) {
                    continue;
                }
                if let Some(at) = group.at(index, year) {
                    let interval = at.interval(confidence).map_or_else(String::new, |interval| {
                        format!(
                            " (95 % interval {}–{})",
                            percent(interval.lower),
                            percent(interval.upper)
                        )
                    });
                    let whom = if analysis.compares() {
                        format!("{name}: ")
                    } else {
                        String::new()
                    };
                    items.push(text(&format!(
                        "{whom}{} by {} {} {} %{interval}",
                        cause_name(cause.cause),
                        decimal(year, 2),
                        if year == 1.0 { "year" } else { "years" },
                        percent(at.estimate)
                    )));
                }
            }
        }
    }
    list("", items)
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
    let events = analysis.events();
    Some(IncidenceFigure {
        lettering: Lettering {
            title: "Cumulative incidence of competing causes".to_owned(),
            description: format!(
                "Aalen–Johansen estimates, {} patients, {events} events.",
                follow_up.len()
            ),
            caption: vec![format!("Aalen–Johansen; n = {}, events = {events}.", follow_up.len())],
            ..Lettering::default()
        },
        groups: inputs.collect(),
        options: analysis.settings.plot("Cumulative incidence (%)"),
        ..IncidenceFigure::default()
    })
}
