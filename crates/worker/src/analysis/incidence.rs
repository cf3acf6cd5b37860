//! Competing causes: cumulative incidence and Gray's test.

use cotside_core::survival::{
    Confidence, CumulativeIncidence, FollowUp, IncidenceVariance, Labels, causes, cumulative_incidence, gray_test,
};
use cotside_figures::incidence::{CauseInput, IncidenceFigure, IncidenceInput};
use cotside_figures::{Followed, Lettering, PlotOptions};
use cotside_views::{Columns, list};
use cotside_words::en;
use cotside_words::en::risks_results as words;
use cotside_words::en::survival_results::{self, NONE, TOO_SHORT};
use maud::{Markup, html};

use crate::analysis::choices::cause_name;
use crate::analysis::curves::percent;
use crate::analysis::drawn::with_data_table;
use crate::analysis::selection::Analysis;

/// The part; nothing where there is one cause only.
pub fn html(analysis: &Analysis<'_>) -> Markup {
    let Some(follow_up) = analysis.with_causes().filter(|_| competes(analysis)) else {
        return Markup::default();
    };
    let Some(figure) = figure(analysis) else {
        return Markup::default();
    };
    let all = causes(follow_up);
    let sentences = all
        .iter()
        .enumerate()
        .map(|(place, &cause)| sentence(analysis, follow_up, (place, cause)));
    html! {
        h2 { (words::COMPETING_RISKS) }
        (with_data_table("incidence", &figure.into()))
        (at_times(analysis))
        (list(sentences))
        p.quiet.key { (words::INCIDENCE_KEY) }
    }
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

/// Incidences at the years of the setting.
fn at_times(analysis: &Analysis<'_>) -> Markup {
    let Some(groups) = estimates(analysis) else {
        return Markup::default();
    };
    let at = &analysis.settings.at;
    let years: Vec<String> = at.iter().map(|&year| words::at_years(year)).collect();
    let columns = Columns::new(words::GROUP_AND_CAUSE)
        .number(words::EVENTS)
        .numbers(years.iter().map(String::as_str));
    let rows = analysis.groups.names.iter().zip(groups).flat_map(|(name, group)| {
        let columns = &columns;
        group.causes.iter().enumerate().map(move |(index, cause)| {
            let heading = if analysis.compares() {
                words::group_and_cause(name, cause_name(cause.cause))
            } else {
                cause_name(cause.cause).to_owned()
            };
            let incidences = at.iter().map(|&year| incidence_text(group, index, year));
            columns.row(heading, std::iter::once(cause.events.to_string()).chain(incidences))
        })
    });
    columns.table("incidences", rows)
}

/// The incidences of a cause at the last of the years, with Gray's test; `cause` is its place and its number.
fn sentence(analysis: &Analysis<'_>, follow_up: &FollowUp, (place, cause): (usize, u32)) -> String {
    let year = analysis.settings.at.last().copied().unwrap_or_default();
    let groups = estimates(analysis).unwrap_or_default();
    let of_groups = analysis.groups.names.iter().zip(groups).map(|(name, group)| {
        let own = group
            .causes
            .iter()
            .position(|each| each.cause == cause)
            .unwrap_or(place);
        let group_name = if analysis.compares() { name } else { "" };
        let estimate = match incidence(group, own, year) {
            Ok((estimate, behind)) => survival_results::percent_with(&estimate, &behind),
            Err(why) => why.to_owned(),
        };
        format!("{group_name} {estimate}").trim().to_owned()
    });
    let of_groups: Vec<String> = of_groups.collect();
    let gray = analysis.compares().then(|| {
        let strata = Labels::single(follow_up.len(), "");
        match gray_test(follow_up, &analysis.groups, &strata, cause) {
            Ok(test) => words::gray(&survival_results::chi_square(test.chi_square, test.df, Some(test.p))),
            Err(error) => en::gray_error(error),
        }
    });
    words::incidence_at(cause_name(cause), year, &of_groups, gray.as_deref())
}

/// "38.9 (28.1–51.0)", where somebody was followed so far.
fn incidence_text(group: &CumulativeIncidence, cause: usize, year: f64) -> String {
    match incidence(group, cause, year) {
        Ok((estimate, behind)) => estimate + &behind,
        Err(why) => why.to_owned(),
    }
}

/// The estimate in per cent and what stands behind it: its interval, or why there is none; else why there is no estimate.
fn incidence(group: &CumulativeIncidence, cause: usize, year: f64) -> Result<(String, String), &'static str> {
    if !group.is_known_at(year) {
        return Err(TOO_SHORT);
    }
    let at = group.at(cause, year).ok_or(NONE)?;
    let behind = match at.spread(Confidence::default()) {
        Ok((_, interval)) => words::interval_behind(&percent(interval.lower), &percent(interval.upper)),
        Err(why) => survival_results::no_interval_behind(&en::no_variance("", why)),
    };
    Ok((percent(at.estimate), behind))
}

/// More curves than this have no bands: they would cover each other.
const MOST_BANDS: usize = 4;

/// As curves of survival are drawn, but without marks of the censored, which mean nothing on a curve that others compete
/// with.
fn options(analysis: &Analysis<'_>, curves: usize) -> PlotOptions {
    let options = analysis.plot(words::CUMULATIVE_INCIDENCE);
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
            title: words::INCIDENCE_TITLE.to_owned(),
            description: words::incidence_description(follow_up.len(), events),
            caption: vec![words::incidence_caption(follow_up.len(), events)],
        },
        groups: inputs.collect(),
        options: options(analysis, lines),
        ..IncidenceFigure::default()
    })
}
