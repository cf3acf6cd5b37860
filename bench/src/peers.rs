//! The same methods in other crates.

use ndarray::Array2;
use solow_duration::{PHRegTies, SurvfuncRight, Ties, WeightType, survdiff as solow_survdiff};
use survival::concordance::{ConcordanceOptions, concordancefit};
use survival::core::SurvResponse;
use survival::data_types::SurvivalData;
use survival::regression::{CoxphData, CoxphFitResult, CoxphOptions};
use survival::surv_analysis::{SurvdiffData, SurvfitKMData, SurvfitKMOptions, survdiff, survfitkm};

use crate::data::Columns;
use crate::{Times, best};

/// The crate `solow-duration` is left out above this many rows, where it would take minutes.
const MOST_FOR_SOLOW: usize = 10_000;

fn matrix(columns: &Columns) -> Array2<f64> {
    Array2::from_shape_fn((columns.time.len(), 5), |(row, column)| columns.covariates[column][row])
}

/// The crate `survival`.
pub fn survival(columns: &Columns) -> Times {
    let time = || columns.time.clone();
    let status: Vec<i32> = columns.event.iter().map(|&event| event as i32).collect();
    let group: Vec<i32> = columns.group.iter().map(|&group| group as i32).collect();
    let x = matrix(columns);
    let score = Array2::from_shape_fn((columns.time.len(), 1), |(row, _)| columns.covariates[0][row]);
    [
        best(|| {
            let data = SurvfitKMData::try_new(None, time(), status.clone(), None, None, None, None).expect("data");
            survfitkm(&data, &SurvfitKMOptions::default()).expect("a curve")
        }),
        best(|| {
            let data = SurvdiffData::try_new(None, time(), status.clone(), group.clone(), None).expect("data");
            survdiff(&data, 0.0, true).expect("a test")
        }),
        best(|| {
            let data = CoxphData::try_new(time(), None, status.clone(), x.clone(), None, None, None).expect("data");
            CoxphFitResult::fit(data, CoxphOptions::default(), false).expect("a fit")
        }),
        best(|| {
            let data = SurvivalData::try_new(time(), status.clone()).expect("data");
            let response = SurvResponse::Right(&data);
            concordancefit(response, score.view(), None, None, None, &ConcordanceOptions::default()).expect("pairs")
        }),
    ]
}

/// The crate `solow-duration`, which has no concordance.
pub fn solow(columns: &Columns) -> Times {
    if columns.time.len() > MOST_FOR_SOLOW {
        return [None; 4];
    }
    let status: Vec<f64> = columns.event.iter().map(|&event| f64::from(event)).collect();
    let group: Vec<f64> = columns.group.iter().map(|&group| f64::from(group)).collect();
    // This crate uses another version of the array crate.
    let x = ndarray_of_solow::Array2::from_shape_fn((columns.time.len(), 5), |(row, column)| {
        columns.covariates[column][row]
    });
    [
        best(|| SurvfuncRight::new(&columns.time, &status).expect("a curve")),
        best(|| solow_survdiff(&columns.time, &status, &group, WeightType::LogRank).expect("a test")),
        best(|| PHRegTies::new(&columns.time, &x, &status, Ties::Efron).and_then(|model| model.fit()).expect("a fit")),
        None,
    ]
}
