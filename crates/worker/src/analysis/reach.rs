//! To which endpoints the patients of a file can be followed.

use cotside_core::cohort::{Endpoint, FailureAt, Study, TimeSettings, TimeUnit, Unusable};

/// How follow-up to an endpoint is made here.
pub fn times(failure_at: FailureAt) -> TimeSettings {
    TimeSettings {
        unit: TimeUnit::Years,
        failure_at,
        as_in_file: false,
    }
}

/// How many patients can be followed to each endpoint.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Reach(Vec<Reached>);

/// One endpoint.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reached {
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
        let settings = times(failure_at);
        let one = |&endpoint: &Endpoint| {
            let patients = study.follow(endpoint, settings).patient.len();
            let obstacles = (patients == 0).then(|| study.obstacles(endpoint, settings));
            let first = obstacles.and_then(|obstacles| obstacles.first().copied());
            Reached {
                endpoint,
                patients,
                obstacle: first.map(|(why, _)| why),
            }
        };
        Self(Endpoint::ALL.iter().map(one).collect())
    }

    /// All endpoints in their order.
    pub fn iter(&self) -> std::slice::Iter<'_, Reached> {
        self.0.iter()
    }

    /// The first endpoint to which anybody can be followed.
    pub fn first(&self) -> Option<Endpoint> {
        self.iter().find(|each| each.patients > 0).map(|each| each.endpoint)
    }

    /// Whether anybody can be followed to an endpoint.
    pub fn has(&self, endpoint: Endpoint) -> bool {
        self.iter().any(|each| each.endpoint == endpoint && each.patients > 0)
    }
}

/// Whether nobody can be followed to any endpoint.
pub fn is_nobody(study: &Study, failure_at: FailureAt) -> bool {
    let follows = |&endpoint: &Endpoint| !study.follow(endpoint, times(failure_at)).patient.is_empty();
    !Endpoint::ALL.iter().any(follows)
}
