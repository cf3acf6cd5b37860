//! The figure of competing risks: causes by their meaning for the endpoint, its layouts, its caption.

use cotside_core::cohort::{Endpoint, EventKind, Origin};

use super::cohort::event_kind;
use super::p_values::p_in_sentence;

/// Name of the setting.
pub const LAYOUT: &str = "Figure of incidences";

/// Words of the layouts, by their codes.
#[must_use]
pub fn layout(code: &str) -> &'static str {
    match code {
        "usual" => "one panel per cause if grouped",
        "panels" => "one panel per cause",
        "together" => "all in one panel",
        "stacked" => "stacked areas",
        _ => "",
    }
}

/// Name of a cause: death is what it competes as.
#[must_use]
pub const fn cause(endpoint: Endpoint, origin: Origin, kind: EventKind) -> &'static str {
    match (kind, endpoint, origin) {
        (EventKind::Death, Endpoint::TimeToRelapse, Origin::Transplant)
        | (EventKind::Death, Endpoint::LeukaemiaFreeSurvival, _) => "non-relapse mortality",
        (EventKind::Death, Endpoint::GvhdFreeRelapseFreeSurvival, _) => "death without GVHD or relapse",
        (EventKind::Death, Endpoint::EventFreeSurvival, _) => "death without relapse",
        (EventKind::Death, Endpoint::DiseaseFreeSurvival | Endpoint::TimeToRelapse, _) => "death in remission",
        (kind, _, _) => event_kind(kind),
    }
}

/// The kinds of events that an endpoint counts, in the order in which they are drawn; none where the file decides.
#[must_use]
pub const fn causes(endpoint: Endpoint, origin: Origin) -> &'static [EventKind] {
    match (endpoint, origin) {
        (Endpoint::EventFreeSurvival, _) => &[
            EventKind::Relapse,
            EventKind::Death,
            EventKind::SecondMalignancy,
            EventKind::InductionFailure,
        ],
        (Endpoint::TimeToRelapse, Origin::Transplant) | (Endpoint::LeukaemiaFreeSurvival, _) => {
            &[EventKind::Relapse, EventKind::Death]
        }
        (Endpoint::DiseaseFreeSurvival | Endpoint::TimeToRelapse, _) => {
            &[EventKind::Relapse, EventKind::Death, EventKind::SecondMalignancy]
        }
        (Endpoint::GvhdFreeRelapseFreeSurvival, _) => &[
            EventKind::Relapse,
            EventKind::Death,
            EventKind::AcuteGvhd,
            EventKind::ChronicGvhd,
        ],
        (Endpoint::OverallSurvival | Endpoint::AsInFile, _) => &[],
    }
}

/// Causes that did not occur.
#[must_use]
pub fn none_of(names: &[&str]) -> String {
    format!("No patient had as first event: {}.", names.join(", "))
}

/// Where one kind of event occurred.
#[must_use]
pub fn one_cause(name: &str) -> String {
    format!(
        "The only kind of event is {name}: nothing competes, and its incidence is one minus the Kaplan–Meier estimate."
    )
}

/// In the panel of a cause that cannot be tested; the text beside the figure says why.
pub const NO_GRAY: &str = "Gray’s test not possible";

/// The test in the panel of a cause.
#[must_use]
pub fn gray_in_panel(p: f64) -> String {
    format!("Gray’s test {}", p_in_sentence(p))
}

/// Below a figure of panels.
#[must_use]
pub fn panels_caption(patients: usize, events: usize) -> String {
    format!(
        "Aalen–Johansen; n = {patients}, events of any cause = {events}. The number at risk is the same in each panel."
    )
}

/// Below a figure of stacked areas.
#[must_use]
pub fn stacked_caption(endpoint: &str, patients: usize, events: usize) -> String {
    format!(
        "Aalen–Johansen estimates on one another; n = {patients}, events = {events}. The top is one minus {endpoint}, the area \
         above it is without an event."
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn death_is_named_by_what_it_competes_as() {
        let death = |endpoint, origin| cause(endpoint, origin, EventKind::Death);
        assert_eq!(
            death(Endpoint::TimeToRelapse, Origin::Transplant),
            "non-relapse mortality"
        );
        assert_eq!(
            death(Endpoint::TimeToRelapse, Origin::FirstRemission),
            "death in remission"
        );
        assert_eq!(death(Endpoint::AsInFile, Origin::Diagnosis), "death");
        for (origin, endpoint) in Origin::with_endpoints() {
            for kind in causes(endpoint, origin) {
                assert!(!cause(endpoint, origin, *kind).is_empty());
            }
        }
    }
}
