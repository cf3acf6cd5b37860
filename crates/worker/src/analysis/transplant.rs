//! Transplant as an event in time: never as something that was known from the start.

use cotside_core::cohort::{Cell, EventKind};
use cotside_core::survival::cox::{Design, Estimate, Model, fit};
use cotside_core::survival::{
    CountingRows, TransplantComparison, TransplantError, Transplants, kaplan_meier, risk_set_empties, sorted_by,
};
use cotside_figures::Lettering;
use cotside_figures::curve::CurveFigure;
use cotside_views::untyped::{Html, list, plain, span, text};
use cotside_words::{decimal, en};

use crate::analysis::curves::curve_input;
use crate::analysis::drawn::shown;
use crate::analysis::figure_options;
use crate::analysis::selection::Analysis;

/// Follow-up with waiting times; `None` where the file has no date of transplantation.
pub fn transplants(analysis: &Analysis<'_>) -> Option<Result<Transplants, TransplantError>> {
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
pub fn html(analysis: &Analysis<'_>) -> Html {
    let patients = match transplants(analysis) {
        None => return Html::default(),
        Some(Err(error)) => {
            return span(
                "p",
                "remark notice",
                &format!("Transplant: {}.", en::transplant_error(error)),
            );
        }
        Some(Ok(patients)) => patients,
    };
    let landmark = analysis.settings.landmark;
    let compare = |comparison, name: &str| match patients.compare(comparison) {
        Ok(test) => format!(
            "{name}: observed {} against {} expected after transplant ({} patients), {}",
            decimal(test.observed[1], 1),
            decimal(test.expected[1], 1),
            test.patients[1],
            en::p_value(test.p)
        ),
        Err(error) => format!("{name}: {}", en::transplant_error(error)),
    };
    let mut items = vec![
        text(&compare(TransplantComparison::MantelByar, "Mantel–Byar")),
        text(&hazard_ratio(&patients)),
        text(&compare(
            TransplantComparison::Landmark(landmark),
            &format!("Landmark at {} years", decimal(landmark, 2)),
        )),
    ];
    if let Ok(found) = patients.landmark(landmark) {
        items.push(text(&format!(
            "The landmark leaves out {} with an event and {} no longer followed by then; {} transplanted later count as not \
             transplanted",
            found.excluded_events, found.excluded_censored, found.transplanted_later
        )));
    }
    if let Ok(rows) = patients.counting_rows() {
        let states = rows.by_state().into_iter().zip(STATES);
        items.extend(states.filter_map(|(follow_up, name)| {
            let time = risk_set_empties(follow_up.as_ref()?)?;
            Some(text(&format!(
                "Curve “{name}”: at {} years nobody is left at risk until others enter; what it shows from there rests on a \
                 risk set of nobody",
                decimal(time, 2)
            )))
        }));
    }
    let figure = figure(analysis).map_or_else(Html::default, |figure| shown("transplant", &figure.into()));
    Html::all([
        plain("h2", "Transplant as an event in time"),
        figure,
        list("", items),
        span("p", "remark notice", &en::immortal_time(patients.immortal_time())),
    ])
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
    const NAME: &str = "Cox, transplant as a time-dependent covariate";
    let rows = match patients.counting_rows() {
        Ok(rows) => rows,
        Err(error) => return format!("{NAME}: {}", en::transplant_error(error)),
    };
    let design = design(&rows);
    match fit(&Model::new(&rows.follow_up, &design)) {
        Err(error) => format!("{NAME}: {}", en::cox_error(&error, design.terms())),
        Ok(found) => match found.estimates.first().copied().flatten() {
            Some(estimate) => {
                let number = |value: Option<f64>| value.map_or_else(|| "–".to_owned(), |value| decimal(value, 2));
                format!(
                    "{NAME}: hazard ratio {} (95 % interval {}–{}), {}",
                    number(estimate.hazard_ratio),
                    number(estimate.lower),
                    number(estimate.upper),
                    en::p_value(estimate.p)
                )
            }
            None => {
                let warnings: Vec<String> = found
                    .warnings
                    .iter()
                    .map(|each| en::cox_warning(each, design.terms()))
                    .collect();
                format!("{NAME}: no finite estimate; {}", warnings.join("; "))
            }
        },
    }
}

/// Names of Simon and Makuch's curves.
const STATES: [&str; 2] = ["not transplanted so far", "after transplant"];

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
            title: format!("{}, by transplant (Simon and Makuch)", analysis.endpoint()),
            description:
                "Each patient counts with the not transplanted until the transplant, and then with the others."
                    .to_owned(),
            caption: vec![
                "Simon and Makuch 1984: patients change groups at transplant. Not a curve of a group of patients."
                    .to_owned(),
            ],
        },
        curves: curves.collect(),
        shown: figure_options::shown(&analysis.settings.figure),
        options: analysis.plot(analysis.endpoint()),
        ..CurveFigure::default()
    })
}
