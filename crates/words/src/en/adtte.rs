//! Words in the table of times to events that is exported like ADTTE.

use cotside_core::cohort::Endpoint;

/// Of a variable.
pub const STUDYID: &str = "Study identifier: the name of the file";
/// Of a variable.
pub const USUBJID: &str = "Unique subject identifier";
/// Of a variable.
pub const PARAM: &str = "Parameter";
/// Of a variable.
pub const PARAMCD: &str = "Parameter code";
/// Of a variable.
pub const AVAL: &str = "Analysis value: time to the event or to censoring";
/// Of a variable.
pub const AVALU: &str = "Analysis value unit";
/// Of a variable.
pub const CNSR: &str = "Censor";
/// Of a variable.
pub const EVNTDESC: &str = "Event description";
/// Of a variable.
pub const CNSDTDSC: &str = "Censor date description";
/// Of a variable.
pub const STARTDT: &str = "Time-to-event origin date";
/// Of a variable.
pub const ADT: &str = "Analysis date";

/// Why a time is censored.
pub const CENSORED: &str = "last follow-up without the event";

/// A patient without an id.
#[must_use]
pub fn row_id(row: usize) -> String {
    format!("row {row}")
}

/// The description of an endpoint.
#[must_use]
pub const fn parameter(endpoint: Endpoint) -> &'static str {
    match endpoint {
        Endpoint::EventFreeSurvival => "Event-free survival",
        Endpoint::OverallSurvival => "Overall survival",
        Endpoint::DiseaseFreeSurvival => "Disease-free survival",
        Endpoint::TimeToRelapse => "Time to relapse",
        Endpoint::AsInFile => "Time as in the file",
        Endpoint::LeukaemiaFreeSurvival => "Leukaemia-free survival",
        Endpoint::GvhdFreeRelapseFreeSurvival => "GVHD-free, relapse-free survival",
    }
}
