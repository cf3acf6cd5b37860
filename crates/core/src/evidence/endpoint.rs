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
    /// Survival free of relapse, from a remission or a treatment that is not the first.
    RelapseFreeSurvival,
    /// Cumulative incidence of relapse.
    CumulativeIncidenceOfRelapse,
    /// Cumulative incidence of death without relapse.
    NonRelapseMortality,
    /// Proportion of patients in complete remission at the end of induction.
    CrudeRemission,
    /// Proportion of patients who died in induction.
    CrudeInductionDeath,
    /// Proportion of patients who died in remission.
    CrudeDeathInRemission,
    /// Proportion of patients who died of treatment, induction included.
    CrudeToxicDeath,
    /// Proportion of patients who died of an infection.
    CrudeInfectiousDeath,
    /// Proportion of patients who were transplanted.
    CrudeTransplanted,
    /// Proportion of patients with a relapse, without regard to time.
    CrudeRelapse,
    /// Proportion of patients in second remission, without regard to time.
    CrudeSecondRemission,
    /// Proportion of patients alive in remission, without regard to time.
    CrudeAliveInRemission,
    /// Proportion of patients who died of transplant, without regard to time.
    CrudeTransplantRelatedDeath,
    /// Proportion of patients with graft-versus-host disease.
    CrudeGraftVersusHost,
    /// Proportion of patients who died, without regard to time.
    CrudeDeath,
    /// Proportion of patients alive, without regard to time.
    CrudeAlive,
    /// Proportion of patients with a late effect; the population names the effect.
    CrudeLateEffect,
    /// Proportion of patients in remission, with or without recovery of blood counts, after treatment of a relapse.
    CrudeResponse,
    /// Proportion of patients without measurable residual disease, or with little, after a treatment.
    CrudeMrdResponse,
    /// A rate whose endpoint the source does not name.
    Unnamed,
}

impl PublishedEndpoint {
    /// All endpoints.
    pub const ALL: [Self; 23] = [
        Self::EventFreeSurvival,
        Self::OverallSurvival,
        Self::DiseaseFreeSurvival,
        Self::RelapseFreeSurvival,
        Self::CumulativeIncidenceOfRelapse,
        Self::NonRelapseMortality,
        Self::CrudeRemission,
        Self::CrudeInductionDeath,
        Self::CrudeDeathInRemission,
        Self::CrudeToxicDeath,
        Self::CrudeInfectiousDeath,
        Self::CrudeTransplanted,
        Self::CrudeRelapse,
        Self::CrudeSecondRemission,
        Self::CrudeAliveInRemission,
        Self::CrudeTransplantRelatedDeath,
        Self::CrudeGraftVersusHost,
        Self::CrudeDeath,
        Self::CrudeAlive,
        Self::CrudeLateEffect,
        Self::CrudeResponse,
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
            Self::RelapseFreeSurvival => "RFS",
            Self::NonRelapseMortality => "NRM",
            Self::CrudeRemission => "complete remission",
            Self::CrudeInductionDeath => "induction death",
            Self::CrudeDeathInRemission => "death in remission",
            Self::CrudeToxicDeath => "toxic death",
            Self::CrudeInfectiousDeath => "infection-related death",
            Self::CrudeTransplanted => "transplanted",
            Self::CrudeGraftVersusHost => "GVHD",
            Self::CrudeAlive => "alive",
            Self::CrudeLateEffect => "late effect",
            Self::CrudeResponse => "CR or CRh",
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
            Self::EventFreeSurvival | Self::OverallSurvival | Self::DiseaseFreeSurvival | Self::RelapseFreeSurvival
        )
    }

    /// True if it is a plain proportion of patients: none censored, no time.
    #[must_use]
    pub const fn is_crude(self) -> bool {
        !self.is_survival()
            && !matches!(
                self,
                Self::CumulativeIncidenceOfRelapse | Self::NonRelapseMortality | Self::Unnamed
            )
    }

    /// True if two estimates of this code are of one endpoint: not where the source names none, nor for late effects,
    /// of which each is an endpoint of its own.
    #[must_use]
    pub const fn is_one(self) -> bool {
        !matches!(self, Self::Unnamed | Self::CrudeLateEffect)
    }

    /// True if an estimate of this endpoint may be set beside, or pooled with, one of the `other`.
    #[must_use]
    pub fn compares_with(self, other: Self) -> bool {
        self == other && self.is_one()
    }
}
