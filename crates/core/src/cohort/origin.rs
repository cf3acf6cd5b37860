//! From when time is counted, and which endpoints can be counted from there.

use serde::{Deserialize, Serialize};

use super::course::{Endpoint, Milestone, coded};

coded! {
    /// The day from which time is counted.
    Origin {
        /// Diagnosis.
        Diagnosis = "diagnosis",
        /// First complete remission.
        FirstRemission = "first_remission",
        /// Transplantation; only transplanted patients are followed.
        Transplant = "transplant",
        /// First relapse; only patients with a relapse are followed.
        Relapse = "relapse",
    }
}

impl Origin {
    /// The day in the course of a patient.
    #[must_use]
    pub const fn milestone(self) -> Milestone {
        match self {
            Self::Diagnosis => Milestone::Diagnosis,
            Self::FirstRemission => Milestone::FirstRemission,
            Self::Transplant => Milestone::Hsct,
            Self::Relapse => Milestone::Relapse,
        }
    }

    /// The endpoints that are counted from here, the usual one first.
    #[must_use]
    pub const fn endpoints(self) -> &'static [Endpoint] {
        match self {
            Self::Diagnosis => &[
                Endpoint::EventFreeSurvival,
                Endpoint::OverallSurvival,
                Endpoint::AsInFile,
            ],
            Self::FirstRemission => &[
                Endpoint::DiseaseFreeSurvival,
                Endpoint::OverallSurvival,
                Endpoint::TimeToRelapse,
            ],
            Self::Transplant => &[
                Endpoint::OverallSurvival,
                Endpoint::LeukaemiaFreeSurvival,
                Endpoint::TimeToRelapse,
                Endpoint::GvhdFreeRelapseFreeSurvival,
            ],
            Self::Relapse => &[Endpoint::OverallSurvival],
        }
    }

    /// True if an endpoint is counted from here.
    #[must_use]
    pub fn offers(self, endpoint: Endpoint) -> bool {
        self.endpoints().contains(&endpoint)
    }

    /// From when an endpoint is counted where nothing else is said.
    ///
    /// ```
    /// use cotside_core::cohort::{Endpoint, Origin};
    ///
    /// assert_eq!(Origin::of(Endpoint::OverallSurvival), Origin::Diagnosis);
    /// assert_eq!(Origin::of(Endpoint::TimeToRelapse), Origin::FirstRemission);
    /// ```
    #[must_use]
    pub const fn of(endpoint: Endpoint) -> Self {
        match endpoint {
            Endpoint::EventFreeSurvival | Endpoint::OverallSurvival | Endpoint::AsInFile => Self::Diagnosis,
            Endpoint::DiseaseFreeSurvival | Endpoint::TimeToRelapse => Self::FirstRemission,
            Endpoint::LeukaemiaFreeSurvival | Endpoint::GvhdFreeRelapseFreeSurvival => Self::Transplant,
        }
    }

    /// Every origin with each of its endpoints.
    pub fn with_endpoints() -> impl Iterator<Item = (Self, Endpoint)> {
        let of = |&origin: &Self| origin.endpoints().iter().map(move |&endpoint| (origin, endpoint));
        Self::ALL.iter().flat_map(of)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_endpoint_is_offered_from_its_usual_origin() {
        for &endpoint in Endpoint::ALL {
            assert!(Origin::of(endpoint).offers(endpoint), "{endpoint:?}");
        }
        assert!(Origin::with_endpoints().all(|(origin, endpoint)| origin.offers(endpoint)));
    }
}
