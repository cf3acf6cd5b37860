//! From which days, and to which endpoints, the patients of a file can be followed.

use cotside_core::cohort::{Endpoint, FailureAt, Origin, Study, TimeSettings, TimeUnit, Unusable};
use cotside_messages::Settings;

/// How follow-up is made here.
pub fn times(origin: Origin, failure_at: FailureAt) -> TimeSettings {
    TimeSettings {
        unit: TimeUnit::Years,
        failure_at,
        as_in_file: false,
        origin: Some(origin),
    }
}

/// How follow-up is made under some settings.
pub fn times_of(settings: &Settings) -> TimeSettings {
    times(settings.origin, settings.induction_failure.at())
}

/// How many patients can be followed from each origin to each of its endpoints.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Reach(Vec<Reached>);

/// One endpoint from one origin.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reached {
    /// From when.
    pub origin: Origin,
    /// The endpoint.
    pub endpoint: Endpoint,
    /// Patients who can be followed.
    pub patients: usize,
    /// The first thing that is in the way where nobody can be.
    pub obstacle: Option<Unusable>,
}

impl Reach {
    /// Follows the patients of a study to each endpoint.
    pub fn of(study: &Study, failure_at: FailureAt) -> Self {
        let one = |(origin, endpoint): (Origin, Endpoint)| {
            let settings = times(origin, failure_at);
            let patients = study.follow(endpoint, settings).patient.len();
            let obstacles = (patients == 0).then(|| study.obstacles(endpoint, settings));
            let first = obstacles.and_then(|obstacles| obstacles.first().copied());
            Reached {
                origin,
                endpoint,
                patients,
                obstacle: first.map(|(why, _)| why),
            }
        };
        Self(Origin::with_endpoints().map(one).collect())
    }

    /// The endpoints of an origin in their order.
    pub fn from(&self, origin: Origin) -> impl Iterator<Item = &Reached> {
        self.0.iter().filter(move |each| each.origin == origin)
    }

    /// What is in the way where nobody can be followed from an origin.
    pub fn obstacle(&self, origin: Origin) -> Option<Unusable> {
        if self.from(origin).any(|each| each.patients > 0) {
            return None;
        }
        self.from(origin).find_map(|each| each.obstacle)
    }

    /// The first endpoint to which anybody can be followed from an origin.
    pub fn first_from(&self, origin: Origin) -> Option<Endpoint> {
        self.from(origin)
            .find(|each| each.patients > 0)
            .map(|each| each.endpoint)
    }

    /// The first to which anybody can be followed from anywhere: what dates give before a time of the file's own.
    pub fn first(&self) -> Option<(Origin, Endpoint)> {
        let reached = || self.0.iter().filter(|each| each.patients > 0);
        let dated = reached().find(|each| each.endpoint != Endpoint::AsInFile);
        let first = dated.or_else(|| reached().next());
        first.map(|each| (each.origin, each.endpoint))
    }

    /// Whether anybody can be followed from an origin to an endpoint.
    pub fn has(&self, origin: Origin, endpoint: Endpoint) -> bool {
        self.from(origin)
            .any(|each| each.endpoint == endpoint && each.patients > 0)
    }

    /// Whether anybody can be followed to an endpoint from any origin.
    pub fn has_from_any(&self, endpoint: Endpoint) -> bool {
        Origin::ALL.iter().any(|&origin| self.has(origin, endpoint))
    }

    /// What is followed where this was asked for: the same where anybody can be, else another endpoint from the same
    /// origin, else the first from any.
    pub fn nearest(&self, origin: Origin, endpoint: Endpoint) -> (Origin, Endpoint) {
        if self.has(origin, endpoint) {
            return (origin, endpoint);
        }
        let same_origin = self.first_from(origin).map(|endpoint| (origin, endpoint));
        let first = same_origin.filter(|_| origin != Origin::Diagnosis).or(self.first());
        first.unwrap_or((Origin::Diagnosis, Endpoint::EventFreeSurvival))
    }
}

/// Whether nobody can be followed to any endpoint.
pub fn is_nobody(study: &Study, failure_at: FailureAt) -> bool {
    let follows =
        |(origin, endpoint): (Origin, Endpoint)| !study.follow(endpoint, times(origin, failure_at)).patient.is_empty();
    !Origin::with_endpoints().any(follows)
}
