//! The figure of competing risks: causes by their meaning for the endpoint, its layouts, its caption.

use cotside_core::cohort::{Endpoint, EventKind, Origin};

use super::event_kind;

// What is the same in every language, and what is printed.
pub use crate::en::incidence::{NO_GRAY, causes, gray_in_panel, panels_caption, stacked_caption};

/// Name of the setting.
pub const LAYOUT: &str = "누적발생률 그림";

/// Words of the layouts, by their codes.
#[must_use]
pub fn layout(code: &str) -> &'static str {
    match code {
        "usual" => "군이 있으면 원인마다 한 칸",
        "panels" => "원인마다 한 칸",
        "together" => "모두 한 칸에",
        "stacked" => "누적 면적",
        _ => "",
    }
}

/// Name of a cause: death is what it competes as.
#[must_use]
pub const fn cause(endpoint: Endpoint, origin: Origin, kind: EventKind) -> &'static str {
    match (kind, endpoint, origin) {
        (EventKind::Death, Endpoint::TimeToRelapse, Origin::Transplant)
        | (EventKind::Death, Endpoint::LeukaemiaFreeSurvival, _) => "비재발 사망",
        (EventKind::Death, Endpoint::GvhdFreeRelapseFreeSurvival, _) => "GVHD와 재발이 없는 사망",
        (EventKind::Death, Endpoint::EventFreeSurvival, _) => "재발 없는 사망",
        (EventKind::Death, Endpoint::DiseaseFreeSurvival | Endpoint::TimeToRelapse, _) => "관해 중 사망",
        (kind, _, _) => event_kind(kind),
    }
}

/// Causes that did not occur.
#[must_use]
pub fn none_of(names: &[&str]) -> String {
    format!("첫 사건으로 나타난 환자가 없는 원인: {}.", names.join(", "))
}

/// Where one kind of event occurred.
#[must_use]
pub fn one_cause(name: &str) -> String {
    format!("사건의 종류가 하나({name})뿐입니다. 경쟁하는 것이 없으며, 그 발생률은 1 − 카플란–마이어 추정치입니다.")
}
