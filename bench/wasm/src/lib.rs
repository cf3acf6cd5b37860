//! One function a method over simulated columns that stay in memory between calls.

#[path = "../../src/data.rs"]
mod data;

use cotside_core::survival::{FollowUp, Labels, RankWeight, concordance, kaplan_meier, log_rank};
use cotside_core::survival::cox::{Design, Model, fit};
use data::Columns;
use wasm_bindgen::prelude::*;

/// Simulated columns.
#[wasm_bindgen]
pub struct Bench(Columns);

#[wasm_bindgen]
impl Bench {
    /// As the native program simulates them.
    #[wasm_bindgen(constructor)]
    pub fn new(rows: usize) -> Self {
        Self(Columns::simulated(rows, 20_261_121, true))
    }

    fn follow_up(&self) -> FollowUp {
        FollowUp::new(self.0.time.clone(), self.0.event.clone()).expect("valid columns")
    }

    /// Kaplan–Meier; the last survival.
    pub fn kaplan_meier(&self) -> f64 {
        kaplan_meier(&self.follow_up()).survival().last().copied().unwrap_or(1.0)
    }

    /// Log-rank; χ².
    pub fn log_rank(&self) -> f64 {
        let groups = Labels { codes: self.0.group.clone(), names: vec!["0".into(), "1".into()] };
        let found = log_rank(&self.follow_up(), &groups, None, RankWeight::LogRank).expect("two groups");
        found.test.map_or(0.0, |test| test.chi2)
    }

    /// Cox with five covariates; the log-likelihood.
    pub fn cox(&self) -> f64 {
        let named = self.0.covariates.iter().enumerate();
        let design = named.fold(Design::new(), |design, (index, values)| design.numeric(&format!("x{index}"), values.clone()));
        fit(&Model::new(&self.follow_up(), &design)).expect("a fit").loglik
    }

    /// Concordance.
    pub fn concordance(&self) -> f64 {
        concordance(&self.follow_up(), &self.0.covariates[0], None, None).and_then(|found| found.c).expect("comparable pairs")
    }
}
