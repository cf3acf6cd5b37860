//! Transplant as an event in time: never as something that was known from the start.

use cotside_core::cohort::{Cell, Endpoint, EventKind, Origin};
use cotside_core::survival::cox::{Design, Estimate, Model, fit};
use cotside_core::survival::{
    CountingRows, TransplantComparison, TransplantError, Transplants, kaplan_meier, risk_set_empties, sorted_by,
};
use cotside_figures::curve::{CurveFigure, CurveInput};
use cotside_figures::{Followed, Lettering};
use cotside_views::{list, notice};
use cotside_words::en::risks_results as printed;
use cotside_words::lang;
use cotside_words::lang::risks_results as words;
use cotside_words::lang::transplant as transplant_words;
use maud::{Markup, html};

use crate::analysis::curves::curve_input;
use crate::analysis::drawn::with_data_table;
use crate::analysis::figure_options;
use crate::analysis::selection::Analysis;
use crate::analysis::transplant_models;

/// Follow-up with waiting times, and who of the analysis is in it.
pub struct Waiting {
    /// The patients.
    pub patients: Result<Transplants, TransplantError>,
    /// The place of each among the patients of the analysis.
    pub places: Vec<usize>,
    /// Transplanted only after the event that ended their follow-up, so that they count as not transplanted in it.
    pub later: usize,
    /// With a transplant after their death, who are left out.
    pub after_death: usize,
    /// The level of intervals.
    pub level: f64,
}

/// Waiting times; `None` where the file has no date of transplantation, or where time is counted from it.
pub fn waiting(analysis: &Analysis<'_>) -> Option<Waiting> {
    let followed = &analysis.followed;
    let has_column = followed.hsct.iter().any(|hsct| *hsct != Cell::NoColumn);
    if analysis.settings.origin == Origin::Transplant || !has_column {
        return None;
    }
    let to_death = analysis.settings.endpoint == Endpoint::OverallSurvival;
    let (mut places, mut times, mut events, mut waits) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let (mut later, mut after_death) = (0, 0);
    for (place, &position) in analysis.grouped.iter().enumerate() {
        let time = followed.time[position];
        let wait = match followed.hsct[position] {
            Cell::Value(years) if years < 0.0 => continue,
            Cell::Value(years) if years > time && to_death => {
                after_death += 1;
                continue;
            }
            Cell::Value(years) if years > time => {
                later += 1;
                None
            }
            Cell::Value(years) => Some(years),
            Cell::Missing => None,
            Cell::NoColumn | Cell::Unreadable => continue,
        };
        places.push(place);
        times.push(time);
        events.push(u32::from(followed.event[position] != EventKind::None));
        waits.push(wait);
    }
    Some(Waiting {
        patients: if waits.iter().any(Option::is_some) {
            Transplants::new(times, events, waits)
        } else {
            Err(TransplantError::NothingToCompare)
        },
        places,
        later,
        after_death,
        level: analysis.confidence().level(),
    })
}

/// The patients with waiting times; `None` where nobody was transplanted during follow-up.
pub fn transplants(analysis: &Analysis<'_>) -> Option<Result<Transplants, TransplantError>> {
    match waiting(analysis)?.patients {
        Err(TransplantError::NothingToCompare) => None,
        patients => Some(patients),
    }
}

/// The part; nothing where the file has no date of transplantation.
pub fn html(analysis: &Analysis<'_>) -> Markup {
    if analysis.settings.origin == Origin::Transplant {
        return html! { h2 { (words::TRANSPLANT) } (notice(transplant_words::ALL_TRANSPLANTED)) };
    }
    let Some(waiting) = waiting(analysis) else {
        return Markup::default();
    };
    let patients = match &waiting.patients {
        Err(TransplantError::NothingToCompare) if waiting.later + waiting.after_death == 0 => {
            return Markup::default();
        }
        Err(TransplantError::NothingToCompare) => {
            let why = transplant_words::none_during_follow_up(waiting.later);
            return html! { h2 { (words::TRANSPLANT) } (notice(why)) };
        }
        Err(error) => return notice(words::no_transplant_analysis(&lang::transplant_error(*error))),
        Ok(patients) => patients,
    };
    let figure = figure(analysis).map_or_else(Markup::default, |figure| with_data_table("transplant", &figure.into()));
    html! {
        h2 { (words::TRANSPLANT) }
        (figure)
        (transplant_models::html(analysis, &waiting))
        (list(findings(patients, analysis.settings.landmark)))
        p.remark { (transplant_words::counted(analysis.settings.endpoint, waiting.later, waiting.after_death)) }
        (notice(lang::immortal_time(patients.immortal_time())))
    }
}

/// What the tests, the model and the landmark find, in sentences.
fn findings(patients: &Transplants, landmark: f64) -> Vec<String> {
    let compare = |comparison, name: &str| {
        let found = match patients.compare(comparison) {
            Ok(test) => words::after_transplant(test.observed[1], test.expected[1], test.patients[1], test.p),
            Err(error) => lang::transplant_error(error),
        };
        words::named(name, &found)
    };
    let mut sentences = vec![
        compare(TransplantComparison::MantelByar, words::MANTEL_BYAR),
        compare(TransplantComparison::Landmark(landmark), &words::landmark(landmark)),
    ];
    sentences.extend(patients.landmark(landmark).ok().as_ref().map(words::landmark_excludes));
    if let Ok(rows) = patients.counting_rows() {
        let states = rows.by_state().into_iter().zip(words::STATES);
        sentences.extend(states.filter_map(|(follow_up, name)| {
            let time = risk_set_empties(follow_up.as_ref()?)?;
            Some(words::empty_risk_set(name, time))
        }));
    }
    sentences
}

/// The hazard ratio of transplant as a time-dependent covariate, with an interval of this level; `None` where there is no finite
/// one.
pub fn hazard_ratio_of(patients: &Transplants, level: f64) -> Option<Estimate> {
    let rows = patients.counting_rows().ok()?;
    let design = design(&rows);
    let model = Model {
        conf_level: level,
        ..Model::new(&rows.follow_up, &design)
    };
    let found = fit(&model).ok()?;
    let estimate = found.estimates.first().copied().flatten();
    estimate.filter(|estimate| estimate.hazard_ratio.is_some())
}

/// Transplant as the one covariate.
fn design(rows: &CountingRows) -> Design {
    let column = rows.transplanted.iter().map(|&yes| f64::from(u8::from(yes))).collect();
    Design::new().numeric("transplant", column)
}

/// Simon and Makuch's curves.
pub fn figure(analysis: &Analysis<'_>) -> Option<CurveFigure> {
    let patients = transplants(analysis)?.ok()?;
    let rows = patients.counting_rows().ok()?;
    let states = rows.by_state().into_iter().zip(printed::STATES);
    let curves = states.filter_map(|(follow_up, name)| {
        let follow_up = follow_up?;
        let entry = follow_up.entry().unwrap_or_default();
        let order = sorted_by(entry).into_iter();
        let entered: Vec<(f64, f64)> = order.map(|row| (entry[row as usize], 1.0)).collect();
        // Nobody is at risk before the first transplant, so the curve does not begin before it.
        let start = entered.first().map_or(0.0, |first| first.0);
        Some(curve_input(
            name,
            start,
            &kaplan_meier(&follow_up),
            entered,
            analysis.confidence(),
        ))
    });
    let curves: Vec<CurveInput> = curves.collect();
    let mut options = analysis.plot(analysis.printed_endpoint());
    let names: Vec<String> = curves.iter().map(|curve| curve.label.clone()).collect();
    options.colours = analysis.colours(&names);
    let groups: Vec<(&str, &Followed)> = curves
        .iter()
        .map(|curve| (curve.label.as_str(), &curve.followed))
        .collect();
    let said = figure_options::matured(&mut options, &analysis.settings.figure, &groups, None);
    Some(CurveFigure {
        lettering: Lettering {
            title: printed::simon_makuch_title(analysis.printed_endpoint()),
            description: printed::SIMON_MAKUCH_DESCRIPTION.to_owned(),
            caption: vec![printed::SIMON_MAKUCH_CAPTION.to_owned() + &said + &analysis.origin_in_caption()],
        },
        curves,
        shown: figure_options::shown_probability(&analysis.settings.figure),
        options,
        ..CurveFigure::default()
    })
}
