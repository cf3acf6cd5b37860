//! Published estimates to draw over the curve of a user's cohort, with cautions against comparing the two.

use super::compare::{FEW, MIDDLES_APART, SHARE_APART, middles, overlap};
use super::{Estimate, PublishedEndpoint, Reached, published};
use crate::cohort;

/// A published survival estimate with the data needed to draw and assess it.
#[derive(Debug, Clone, PartialEq)]
pub struct OverCurve {
    /// `study/number`.
    pub id: String,
    /// The endpoint of the estimate.
    pub endpoint: cohort::Endpoint,
    /// Name of the study.
    pub study: String,
    /// The population, in the words of the study.
    pub population: String,
    /// As the source is called in a sentence.
    pub source: String,
    /// Time of the estimate, in years.
    pub years: f64,
    /// The estimate in per cent.
    pub percent: f64,
    /// 95 % interval, per cent, that may be drawn.
    pub interval: Option<(f64, f64)>,
    /// True if the interval was computed from a printed standard error.
    pub computed: bool,
    /// Number of patients.
    pub n: Option<u32>,
    /// First and last year of enrolment.
    pub enrolled: Option<(u16, u16)>,
    /// Share of KMT2A-rearranged infants, 0 to 1.
    pub kmt2a_share: Option<f64>,
    /// From when time counts; empty where it could not be read.
    pub time_origin: String,
    /// Definition of an event; empty where it could not be read.
    pub event_definition: String,
    /// Age limit as worded; empty where it could not be read.
    pub age: String,
    /// The state that a child must have reached to be counted.
    pub reached: Reached,
    /// The estimate was read in a secondary source.
    pub second_hand: bool,
    /// A printed ± is of unclear meaning, and was not drawn.
    pub unclear: bool,
    /// It is of the reader's own and was not checked.
    pub unchecked: bool,
}

/// Properties of the user's cohort.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct OwnCohort {
    /// Share of KMT2A-rearranged infants among those with a known status, 0 to 1.
    pub kmt2a_share: Option<f64>,
    /// First and last year of diagnosis.
    pub years: Option<(u16, u16)>,
}

/// A reason not to read the distance of an own curve from a published point as one of treatments. Words of the report
/// are empty where they could not be read.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum OwnCaution<'a> {
    /// Patients were not allotted to the two by chance.
    NotRandomised,
    /// Definition of an event in the report.
    EventDefinition(&'a str),
    /// From when time counts in the report.
    TimeOrigin(&'a str),
    /// The age limit of the report.
    AgeLimit(&'a str),
    /// The years of enrolment are apart: those of the report, and of the user's cohort.
    Era((u16, u16), (u16, u16)),
    /// Years of enrolment of one are not known.
    EraNotStated,
    /// Shares of KMT2A-rearranged infants differ: of the report, and of the own cohort.
    Kmt2aShare(f64, f64),
    /// The share of one is not known.
    Kmt2aShareNotStated,
    /// The report counts only children who reached this state.
    Selected(Reached),
    /// The report has fewer than 20 patients.
    Few(u32),
    /// How many patients is not stated.
    NumberNotStated,
    /// A printed ± is of unclear meaning and was not drawn.
    UnclearSpread,
    /// The estimate was read in a secondary source.
    SecondHand,
    /// The estimate is of the reader's own and was not checked.
    Unchecked,
}

impl OverCurve {
    /// Every estimate of the table of an endpoint that a cohort's curve can have, at a stated time.
    #[must_use]
    pub fn all() -> Vec<Self> {
        published().estimates.iter().filter_map(Self::of).collect()
    }

    /// An estimate; `None` where no curve of a cohort has its endpoint, or it has no time.
    #[must_use]
    pub fn of(estimate: &Estimate) -> Option<Self> {
        let endpoint = match estimate.endpoint {
            PublishedEndpoint::EventFreeSurvival => cohort::Endpoint::EventFreeSurvival,
            PublishedEndpoint::OverallSurvival => cohort::Endpoint::OverallSurvival,
            PublishedEndpoint::DiseaseFreeSurvival => cohort::Endpoint::DiseaseFreeSurvival,
            _ => return None,
        };
        let study = estimate.study;
        let interval = estimate.interval95();
        Some(Self {
            id: estimate.id.to_owned(),
            endpoint,
            study: study.name.to_owned(),
            population: estimate.population.to_owned(),
            source: estimate.cite.source.short.to_owned(),
            years: estimate.years?,
            percent: estimate.estimate.value(),
            interval: interval.map(|interval| (interval.low, interval.high)),
            computed: interval.is_some_and(|interval| interval.origin != super::IntervalOrigin::Printed),
            n: estimate.n,
            enrolled: study.years,
            kmt2a_share: estimate.kmt2a_share(),
            time_origin: study.time_origin.to_owned(),
            event_definition: study.event_definition.to_owned(),
            age: study.age.to_owned(),
            reached: estimate.reached,
            second_hand: !estimate.is_own() && !estimate.cite.read.is_own_word(),
            unchecked: estimate.is_own(),
            unclear: estimate.standard_error.is_some() && !estimate.standard_error_is_clear,
        })
    }

    /// Returns the cautions against comparing it with a cohort: certain ones first, those that depend on the data after
    /// them.
    #[must_use]
    pub fn cautions(&self, own: &OwnCohort) -> Vec<OwnCaution<'_>> {
        let mut found = vec![OwnCaution::NotRandomised];
        if self.reached != Reached::Entry {
            found.push(OwnCaution::Selected(self.reached));
        }
        match (self.kmt2a_share, own.kmt2a_share) {
            (Some(report), Some(own)) if (report - own).abs() >= SHARE_APART => {
                found.push(OwnCaution::Kmt2aShare(report, own));
            }
            (Some(_), Some(_)) => {}
            _ => found.push(OwnCaution::Kmt2aShareNotStated),
        }
        let apart = |report, own| {
            let (report, own) = middles(report, own);
            (report - own).abs() >= MIDDLES_APART
        };
        match (self.enrolled, own.years) {
            (Some(report), Some(own)) if !overlap(report, own) || apart(report, own) => {
                found.push(OwnCaution::Era(report, own));
            }
            (Some(_), Some(_)) => {}
            _ => found.push(OwnCaution::EraNotStated),
        }
        found.extend([
            OwnCaution::EventDefinition(&self.event_definition),
            OwnCaution::TimeOrigin(&self.time_origin),
            OwnCaution::AgeLimit(&self.age),
        ]);
        match self.n {
            Some(n) if n < FEW => found.push(OwnCaution::Few(n)),
            Some(_) => {}
            None => found.push(OwnCaution::NumberNotStated),
        }
        found.extend(self.unclear.then_some(OwnCaution::UnclearSpread));
        found.extend(self.second_hand.then_some(OwnCaution::SecondHand));
        found.extend(self.unchecked.then_some(OwnCaution::Unchecked));
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_have_the_numbers_of_the_table() {
        let rows = OverCurve::all();
        assert!(rows.len() > 40, "{}", rows.len());
        let row = rows.iter().find(|row| row.id == "interfant-06/2").unwrap();
        assert_eq!((row.years, row.percent, row.kmt2a_share), (6.0, 36.4, Some(1.0)));
        for row in &rows {
            let published = published().estimate(&row.id).unwrap();
            assert_eq!(row.interval.is_some(), published.interval95().is_some(), "{}", row.id);
            assert!(
                row.interval
                    .is_none_or(|(low, high)| low <= row.percent && row.percent <= high),
                "{}",
                row.id
            );
        }
    }

    #[test]
    fn cautions_come_from_the_data() {
        let rows = OverCurve::all();
        let row = rows.iter().find(|row| row.id == "severance/3").unwrap();
        let own = OwnCohort {
            kmt2a_share: Some(0.5),
            years: None,
        };
        let found = row.cautions(&own);
        assert_eq!(found[0], OwnCaution::NotRandomised);
        for wanted in [OwnCaution::Selected(Reached::Transplant), OwnCaution::EraNotStated] {
            assert!(found.contains(&wanted), "{found:?}");
        }
        let unclear = rows.iter().find(|row| row.id == "ccg-1953/1").unwrap();
        assert!(unclear.cautions(&own).contains(&OwnCaution::UnclearSpread));
        assert!(!found.contains(&OwnCaution::UnclearSpread));
        assert!(found.iter().any(|each| matches!(each, OwnCaution::Few(_))), "{found:?}");
        let row = rows.iter().find(|row| row.id == "interfant-06/2").unwrap();
        let same = OwnCohort {
            kmt2a_share: Some(0.97),
            years: Some((2006, 2014)),
        };
        let found = row.cautions(&same);
        assert!(
            !found
                .iter()
                .any(|each| matches!(each, OwnCaution::Era(..) | OwnCaution::Kmt2aShare(..))),
            "{found:?}"
        );
        let other = OwnCohort {
            kmt2a_share: Some(0.7),
            years: Some((1990, 1996)),
        };
        let found = row.cautions(&other);
        assert!(
            found.contains(&OwnCaution::Era((2006, 2016), (1990, 1996)))
                && found.contains(&OwnCaution::Kmt2aShare(1.0, 0.7))
        );
    }
}
