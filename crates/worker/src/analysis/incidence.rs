//! Competing causes: cumulative incidence and Gray's test.

use cotside_core::survival::{
    Confidence, CumulativeIncidence, FollowUp, IncidenceVariance, Labels, SurvivalCurve, causes, cumulative_incidence,
    gray_test,
};
use cotside_figures::incidence::{CauseInput, IncidenceFigure, IncidenceInput, Layout};
use cotside_figures::{Followed, Lettering, PlotOptions};
use cotside_messages::IncidenceLayout;
use cotside_views::{Columns, list};
use cotside_words::en;
use cotside_words::en::figure_results as figure_words;
use cotside_words::en::risks_results as printed;
use cotside_words::lang::incidence as incidence_words;
use cotside_words::lang::risks_results as words;
use cotside_words::lang::survival_results::{self, NONE, TOO_SHORT};
use cotside_words::{capital, lang};
use maud::{Markup, html};

use crate::analysis::choices::{cause_name, printed_cause_name};
use crate::analysis::curves::{full_name, percent};
use crate::analysis::drawn::with_data_table;
use crate::analysis::figure_options;
use crate::analysis::incidence_comparison;
use crate::analysis::selection::Analysis;

/// The part.
pub fn html(analysis: &Analysis<'_>) -> Markup {
    let Some(follow_up) = analysis.with_causes() else {
        return Markup::default();
    };
    let all = causes(follow_up);
    if let [only] = all[..] {
        return html! {
            h2 { (words::COMPETING_RISKS) }
            p.remark { (incidence_words::one_cause(cause_name(analysis, only))) }
        };
    }
    let Some(figure) = figure(analysis).filter(|_| !all.is_empty()) else {
        return Markup::default();
    };
    let sentences = all
        .iter()
        .enumerate()
        .map(|(place, &cause)| sentence(analysis, follow_up, (place, cause)));
    let absent = absent(analysis, &all);
    html! {
        h2 { (words::COMPETING_RISKS) }
        (with_data_table("incidence", &figure.into()))
        @if !absent.is_empty() { p.quiet { (incidence_words::none_of(&absent)) } }
        (at_times(analysis))
        (list(sentences))
        p.quiet.key { (words::INCIDENCE_KEY) }
        (incidence_comparison::html(analysis))
    }
}

/// Causes that the endpoint counts and that nobody had: they are said and not drawn.
fn absent(analysis: &Analysis<'_>, occurred: &[u32]) -> Vec<&'static str> {
    let settings = analysis.settings;
    let kinds = incidence_words::causes(settings.endpoint, settings.origin).iter();
    let absent = kinds.filter(|kind| !analysis.is_timed_by_file() && !occurred.contains(&(kind.index() as u32)));
    absent.map(|kind| cause_name(analysis, kind.index() as u32)).collect()
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
    let years: Vec<String> = at.iter().map(|&year| words::at_years(year, &analysis.ci())).collect();
    let columns = Columns::new(words::GROUP_AND_CAUSE)
        .number(words::EVENTS)
        .numbers(years.iter().map(String::as_str));
    let rows = analysis.groups.names.iter().zip(groups).flat_map(|(name, group)| {
        let columns = &columns;
        group.causes.iter().enumerate().map(move |(index, cause)| {
            let heading = if analysis.compares() {
                words::group_and_cause(name, cause_name(analysis, cause.cause))
            } else {
                cause_name(analysis, cause.cause).to_owned()
            };
            let incidences = at
                .iter()
                .map(|&year| incidence_text(group, index, year, analysis.confidence()));
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
        let estimate = match incidence(group, own, year, analysis.confidence()) {
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
            Err(error) => lang::gray_error(error),
        }
    });
    words::incidence_at(cause_name(analysis, cause), year, &of_groups, gray.as_deref())
}

/// "38.9 (28.1–51.0)", where somebody was followed so far.
fn incidence_text(group: &CumulativeIncidence, cause: usize, year: f64, confidence: Confidence) -> String {
    match incidence(group, cause, year, confidence) {
        Ok((estimate, behind)) => estimate + &behind,
        Err(why) => why.to_owned(),
    }
}

/// The estimate in per cent and what stands behind it: its interval, or why there is none; else why there is no estimate.
fn incidence(
    group: &CumulativeIncidence,
    cause: usize,
    year: f64,
    confidence: Confidence,
) -> Result<(String, String), &'static str> {
    if !group.is_known_at(year) {
        return Err(TOO_SHORT);
    }
    let at = group.at(cause, year).ok_or(NONE)?;
    let behind = match at.spread(confidence) {
        Ok((_, interval)) => words::interval_behind(&percent(interval.lower), &percent(interval.upper)),
        Err(why) => survival_results::no_interval_behind(&lang::no_variance("", why)),
    };
    Ok((percent(at.estimate), behind))
}

/// More curves than this in a panel have no bands: they would cover each other.
const MOST_BANDS: usize = 4;

/// How the figure is laid out.
fn layout(analysis: &Analysis<'_>) -> Layout {
    match analysis.settings.incidence {
        IncidenceLayout::Usual if analysis.compares() => Layout::Causes,
        IncidenceLayout::Usual | IncidenceLayout::Together => Layout::Together,
        IncidenceLayout::Panels => Layout::Causes,
        IncidenceLayout::Stacked => Layout::Stacked,
    }
}

/// As curves of survival are drawn, but without marks of the censored, which mean nothing on a curve that others compete
/// with.
fn options(analysis: &Analysis<'_>, layout: Layout, curves: usize) -> PlotOptions {
    let options = analysis.plot(printed::CUMULATIVE_INCIDENCE);
    let panels = layout != Layout::Together;
    PlotOptions {
        bands: options.bands && curves <= MOST_BANDS,
        censor_ticks: false,
        style: if panels { analysis.wide() } else { options.style },
        ..options
    }
}

/// Gray's test in the panel of each cause; nothing where nothing is compared.
fn notes(analysis: &Analysis<'_>, follow_up: &FollowUp) -> Vec<String> {
    if !analysis.compares() {
        return Vec::new();
    }
    let note = |&cause: &u32| note(analysis, follow_up, cause);
    causes(follow_up).iter().map(note).collect()
}

/// Gray's test in the panel of a cause.
pub fn note(analysis: &Analysis<'_>, follow_up: &FollowUp, cause: u32) -> String {
    let strata = Labels::single(follow_up.len(), "");
    match gray_test(follow_up, &analysis.groups, &strata, cause) {
        Ok(test) => en::incidence::gray_in_panel(test.p),
        Err(_) => en::incidence::NO_GRAY.to_owned(),
    }
}

/// A group as the figure takes it.
pub fn input(
    analysis: &Analysis<'_>,
    name: &str,
    group: &CumulativeIncidence,
    curve: &SurvivalCurve,
) -> IncidenceInput {
    let confidence = analysis.confidence();
    let causes = group.causes.iter().enumerate().map(|(index, cause)| CauseInput {
        // A title in panels, a part of a name else.
        label: match layout(analysis) {
            Layout::Together => printed_cause_name(analysis, cause.cause).to_owned(),
            Layout::Causes | Layout::Stacked => capital(printed_cause_name(analysis, cause.cause)),
        },
        incidence: cause.estimate.clone(),
        interval: (0..group.time.len())
            .map(|step| {
                let interval = group.step(index, step)?.interval(confidence)?;
                Some((interval.lower, interval.upper))
            })
            .collect(),
    });
    let compares = analysis.compares();
    IncidenceInput {
        label: if compares { name.to_owned() } else { String::new() },
        end_label: match layout(analysis) {
            _ if !compares => String::new(),
            Layout::Together => full_name(analysis, name, curve.rows()),
            // At the edge of a narrow panel, whose figure names the variable.
            Layout::Causes | Layout::Stacked => figure_words::full_name("", name, curve.rows()),
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
}

/// The figure of the incidences.
pub fn figure(analysis: &Analysis<'_>) -> Option<IncidenceFigure> {
    let groups = estimates(analysis)?;
    let follow_up = analysis.with_causes()?;
    let layout = layout(analysis);
    let named = analysis.groups.names.iter().zip(groups.iter().zip(analysis.curves()));
    let inputs = named.map(|(name, (group, curve))| input(analysis, name, group, curve));
    let curves = match layout {
        Layout::Together => groups.iter().map(|group| group.causes.len()).sum(),
        Layout::Causes | Layout::Stacked => groups.len(),
    };
    let (patients, events) = (follow_up.len(), analysis.events());
    let caption = match layout {
        Layout::Together => printed::incidence_caption(patients, events),
        Layout::Causes => en::incidence::panels_caption(patients, events),
        Layout::Stacked => en::incidence::stacked_caption(analysis.printed_endpoint(), patients, events),
    };
    let mut options = options(analysis, layout, curves);
    let inputs: Vec<IncidenceInput> = inputs.collect();
    let followed = inputs.iter().map(|input| (input.label.as_str(), &input.followed));
    let followed: Vec<(&str, &Followed)> = followed.collect();
    // Areas of causes on one another have no bands.
    let bands = options.bands;
    options.bands &= layout != Layout::Stacked;
    let intervals = if options.bands {
        printed::bands_of_incidence(&analysis.printed_ci(), analysis.settings.curve_options.scale.scale())
    } else {
        String::new()
    };
    let said = figure_options::matured(&mut options, &analysis.settings.figure, &followed, None);
    options.bands = bands;
    Some(IncidenceFigure {
        lettering: Lettering {
            title: printed::INCIDENCE_TITLE.to_owned(),
            description: printed::incidence_description(patients, events),
            caption: vec![caption + &intervals + &said + &analysis.origin_in_caption()],
        },
        groups: inputs,
        options,
        layout,
        notes: notes(analysis, follow_up),
        ..IncidenceFigure::default()
    })
}
