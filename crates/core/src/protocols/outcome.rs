//! The outcomes that a protocol's page shows: published estimates, each with the children whom it describes.

use super::rule::Condition;
use crate::evidence::{Citation, Endpoint, Interval, Spread};

/// One published estimate.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Outcome {
    /// Whom it describes, in the study's words.
    pub population: &'static str,
    /// When a child belongs to that population.
    pub applies: Condition,
    /// What was estimated.
    pub endpoint: Endpoint,
    /// Years from the study's time origin; `None` where the source does not state it.
    pub years: Option<f64>,
    /// Patients in the population.
    pub n: Option<u32>,
    /// The estimate, per cent.
    pub estimate: f64,
    /// Its uncertainty as printed.
    pub spread: Spread,
    /// Where it was read.
    pub cite: Citation,
    /// What a reader must know, or empty.
    pub note: &'static str,
}

impl Outcome {
    /// The 95 % interval: see [`Spread::interval95`].
    #[must_use]
    pub fn interval95(&self) -> Option<Interval> {
        self.spread.interval95(self.estimate)
    }
}
