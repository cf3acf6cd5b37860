//! Transplant as an event in time: never as something that was known from the start.

use cotside_core::cohort::{Cell, EventKind, Origin};
use cotside_core::survival::cox::{Design, Estimate, Model, fit};
use cotside_core::survival::{
    CountingRows, TransplantComparison, TransplantError, Transplants, kaplan_meier, risk_set_empties, sorted_by,
};
use cotside_figures::Lettering;
use cotside_figures::curve::CurveFigure;
use cotside_views::{list, notice};
use cotside_words::en::cox_results::NONE;
use cotside_words::en::risks_results::{self as words, STATES};
use cotside_words::{decimal, en};
use maud::{Markup, html};

use crate::analysis::curves::curve_input;
use crate::analysis::drawn::with_data_table;
use crate::analysis::figure_options;
use crate::analysis::selection::Analysis;

/// Follow-up with waiting times; `None` where the file has no date of transplantation, or where time is counted from it.
pub fn transplants(analysis: &Analysis<'_>) -> Option<Result<Transplants, TransplantError>> {
    if analysis.settings.origin == Origin::Transplant {
        return None;
    }
    let followed = &analysis.followed;
    let positions: Vec<usize> = analysis
        .grouped
        .iter()
        .copied()
        .filter(|&position| match followed.hsct[position] {
            Cell::Value(years) => years >= 0.0,
            Cell::Missing => true,
            Cell::NoColumn | Cell::Unreadable => false,
        })
        .collect();
    if !positions
        .iter()
        .any(|&position| matches!(followed.hsct[position], Cell::Value(_)))
    {
        return None;
    }
    let time = positions.iter().map(|&position| followed.time[position]).collect();
    let event = positions
        .iter()
        .map(|&position| u32::from(followed.event[position] != EventKind::None))
        .collect();
    let wait = positions.iter().map(|&position| match followed.hsct[position] {
        Cell::Value(years) => Some(years),
        _ => None,
    });
    Some(Transplants::new(time, event, wait.collect()))
}

/// The part; nothing where the file has no transplants.
pub fn html(analysis: &Analysis<'_>) -> Markup {
    let patients = match transplants(analysis) {
        None => return Markup::default(),
        Some(Err(error)) => return notice(words::no_transplant_analysis(&en::transplant_error(error))),
        Some(Ok(patients)) => patients,
    };
    let figure = figure(analysis).map_or_else(Markup::default, |figure| with_data_table("transplant", &figure.into()));
    html! {
        h2 { (words::TRANSPLANT) }
        (figure)
        (list(findings(&patients, analysis.settings.landmark)))
        (notice(en::immortal_time(patients.immortal_time())))
    }
}

/// What the tests, the model and the landmark find, in sentences.
fn findings(patients: &Transplants, landmark: f64) -> Vec<String> {
    let compare = |comparison, name: &str| {
        let found = match patients.compare(comparison) {
            Ok(test) => words::after_transplant(test.observed[1], test.expected[1], test.patients[1], test.p),
            Err(error) => en::transplant_error(error),
        };
        words::named(name, &found)
    };
    let mut sentences = vec![
        compare(TransplantComparison::MantelByar, words::MANTEL_BYAR),
        words::named(words::TIME_DEPENDENT_COX, &hazard_ratio(patients)),
        compare(TransplantComparison::Landmark(landmark), &words::landmark(landmark)),
    ];
    sentences.extend(patients.landmark(landmark).ok().as_ref().map(words::landmark_excludes));
    if let Ok(rows) = patients.counting_rows() {
        let states = rows.by_state().into_iter().zip(STATES);
        sentences.extend(states.filter_map(|(follow_up, name)| {
            let time = risk_set_empties(follow_up.as_ref()?)?;
            Some(words::empty_risk_set(name, time))
        }));
    }
    sentences
}

/// The hazard ratio of transplant as a time-dependent covariate; `None` where there is no finite one.
pub fn hazard_ratio_of(patients: &Transplants) -> Option<Estimate> {
    let rows = patients.counting_rows().ok()?;
    let found = fit(&Model::new(&rows.follow_up, &design(&rows))).ok()?;
    let estimate = found.estimates.first().copied().flatten();
    estimate.filter(|estimate| estimate.hazard_ratio.is_some())
}

/// Transplant as the one covariate.
fn design(rows: &CountingRows) -> Design {
    let column = rows.transplanted.iter().map(|&yes| f64::from(u8::from(yes))).collect();
    Design::new().numeric("transplant", column)
}

fn hazard_ratio(patients: &Transplants) -> String {
    let rows = match patients.counting_rows() {
        Ok(rows) => rows,
        Err(error) => return en::transplant_error(error),
    };
    let design = design(&rows);
    let found = match fit(&Model::new(&rows.follow_up, &design)) {
        Ok(found) => found,
        Err(error) => return en::cox_error(&error, design.terms()),
    };
    let Some(estimate) = found.estimates.first().copied().flatten() else {
        let warnings = found.warnings.iter();
        let warnings: Vec<String> = warnings.map(|each| en::cox_warning(each, design.terms())).collect();
        return words::no_transplant_ratio(&warnings);
    };
    let numbers = [estimate.hazard_ratio, estimate.lower, estimate.upper];
    let [ratio, lower, upper] = numbers.map(|number| number.map_or_else(|| NONE.to_owned(), |value| decimal(value, 2)));
    words::transplant_ratio([&ratio, &lower, &upper], estimate.p)
}

/// Simon and Makuch's curves.
pub fn figure(analysis: &Analysis<'_>) -> Option<CurveFigure> {
    let patients = transplants(analysis)?.ok()?;
    let rows = patients.counting_rows().ok()?;
    let curves = rows.by_state().into_iter().zip(STATES).filter_map(|(follow_up, name)| {
        let follow_up = follow_up?;
        let entry = follow_up.entry().unwrap_or_default();
        let order = sorted_by(entry).into_iter();
        let entered: Vec<(f64, f64)> = order.map(|row| (entry[row as usize], 1.0)).collect();
        // Nobody is at risk before the first transplant, so the curve does not begin before it.
        let start = entered.first().map_or(0.0, |first| first.0);
        Some(curve_input(name, start, &kaplan_meier(&follow_up), entered))
    });
    Some(CurveFigure {
        lettering: Lettering {
            title: words::simon_makuch_title(analysis.endpoint()),
            description: words::SIMON_MAKUCH_DESCRIPTION.to_owned(),
            caption: vec![words::SIMON_MAKUCH_CAPTION.to_owned()],
        },
        curves: curves.collect(),
        shown: figure_options::shown(&analysis.settings.figure),
        options: analysis.plot(analysis.endpoint()),
        ..CurveFigure::default()
    })
}
