//! What a published number estimates.

/// The endpoint of a published estimate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PublishedEndpoint {
    /// Event-free survival.
    EventFreeSurvival,
    /// Overall survival: free of death from any cause.
    OverallSurvival,
    /// Disease-free survival.
    DiseaseFreeSurvival,
    /// Cumulative incidence of relapse.
    CumulativeIncidenceOfRelapse,
    /// Proportion of patients with a relapse, without regard to time.
    CrudeRelapse,
    /// Proportion of patients in second remission, without regard to time.
    CrudeSecondRemission,
    /// Proportion of patients alive in remission, without regard to time.
    CrudeAliveInRemission,
    /// Proportion of patients who died of transplant, without regard to time.
    CrudeTransplantRelatedDeath,
    /// Proportion of patients who died, without regard to time.
    CrudeDeath,
    /// Proportion of patients without measurable residual disease, or with little, after a treatment.
    CrudeMrdResponse,
    /// A rate whose endpoint the source does not name.
    Unnamed,
}

impl PublishedEndpoint {
    /// All endpoints.
    pub const ALL: [Self; 11] = [
        Self::EventFreeSurvival,
        Self::OverallSurvival,
        Self::DiseaseFreeSurvival,
        Self::CumulativeIncidenceOfRelapse,
        Self::CrudeRelapse,
        Self::CrudeSecondRemission,
        Self::CrudeAliveInRemission,
        Self::CrudeTransplantRelatedDeath,
        Self::CrudeDeath,
        Self::CrudeMrdResponse,
        Self::Unnamed,
    ];

    /// The usual abbreviation, also the code in JSON.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::EventFreeSurvival => "EFS",
            Self::OverallSurvival => "OS",
            Self::DiseaseFreeSurvival => "DFS",
            Self::CumulativeIncidenceOfRelapse => "CIR",
            Self::CrudeRelapse => "relapse",
            Self::CrudeSecondRemission => "second remission",
            Self::CrudeAliveInRemission => "alive in remission",
            Self::CrudeTransplantRelatedDeath => "transplant-related death",
            Self::CrudeDeath => "death",
            Self::CrudeMrdResponse => "MRD response",
            Self::Unnamed => "not stated",
        }
    }

    /// The endpoint with this code.
    #[must_use]
    pub fn with_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|endpoint| endpoint.code() == code)
    }

    /// True if it is the probability of being free of something at a time.
    #[must_use]
    pub const fn is_survival(self) -> bool {
        matches!(
            self,
            Self::EventFreeSurvival | Self::OverallSurvival | Self::DiseaseFreeSurvival
        )
    }

    /// True if it is a plain proportion of patients: none censored, no time.
    #[must_use]
    pub const fn is_crude(self) -> bool {
        matches!(
            self,
            Self::CrudeRelapse
                | Self::CrudeSecondRemission
                | Self::CrudeAliveInRemission
                | Self::CrudeTransplantRelatedDeath
                | Self::CrudeDeath
                | Self::CrudeMrdResponse
        )
    }
}
