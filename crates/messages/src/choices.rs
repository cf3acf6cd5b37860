//! What can be chosen for the cohort that is open.

use serde::{Deserialize, Serialize};

use crate::{FactorChoice, ModelChoices, Settings};

/// Something that can be chosen.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// Its id, as a setting holds it.
    pub id: String,
    /// Its name.
    pub name: String,
}

/// An endpoint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EndpointChoice {
    /// The code of the endpoint.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Patients who can be followed to it.
    pub patients: usize,
    /// Why nobody can be, where nobody can.
    pub obstacle: Option<String>,
}

/// A day from which time can be counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OriginChoice {
    /// The code of the origin.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its endpoints.
    pub endpoints: Vec<EndpointChoice>,
    /// Why nobody can be followed from it, where nobody can.
    pub obstacle: Option<String>,
}

/// Published estimates of one study that can be set over the curve.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublishedChoice {
    /// The study.
    pub study: String,
    /// Its estimates of the endpoint.
    pub estimates: Vec<Choice>,
}

/// What can be chosen, and what is.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Choices {
    /// The settings as they hold for this cohort: what was asked for and does not fit it is replaced.
    pub settings: Settings,
    /// From when time can be counted.
    pub origins: Vec<OriginChoice>,
    /// Endpoints that are counted from the present origin.
    pub endpoints: Vec<EndpointChoice>,
    /// By what patients can be compared.
    pub groups: Vec<Choice>,
    /// Everything whose values can be grouped, and to whose values the analysis can be restricted.
    pub factors: Vec<FactorChoice>,
    /// Columns that cannot be compared, with the reason.
    pub not_offered: Vec<String>,
    /// Variables of Cox's regression.
    pub variables: Vec<Choice>,
    /// What can be chosen for its models.
    pub model: ModelChoices,
    /// Published estimates of the endpoint.
    pub published: Vec<PublishedChoice>,
    /// Coefficients whose residuals can be drawn over time.
    pub terms: Vec<String>,
    /// Protocols with more than one group.
    pub protocols: Vec<Choice>,
    /// Whether a likelihood has no finite maximum, so that Firth's penalty changes an estimate.
    pub can_penalise: bool,
    /// Years to which mean times are restricted now.
    pub horizon: Option<f64>,
}
