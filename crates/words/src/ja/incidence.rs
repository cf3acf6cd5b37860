//! The figure of competing risks: causes by their meaning for the endpoint, its layouts, its caption.

use cotside_core::cohort::{Endpoint, EventKind, Origin};

use super::event_kind;

// What is the same in every language, and what is printed.
pub use crate::en::incidence::{NO_GRAY, causes, gray_in_panel, panels_caption, stacked_caption};

/// Name of the setting.
pub const LAYOUT: &str = "累積発生率の図";

/// Words of the layouts, by their codes.
#[must_use]
pub fn layout(code: &str) -> &'static str {
    match code {
        "usual" => "群があれば原因ごとに1枚",
        "panels" => "原因ごとに1枚",
        "together" => "すべてを1枚に",
        "stacked" => "積み上げ",
        _ => "",
    }
}

/// Name of a cause: death is what it competes as.
#[must_use]
pub const fn cause(endpoint: Endpoint, origin: Origin, kind: EventKind) -> &'static str {
    match (kind, endpoint, origin) {
        (EventKind::Death, Endpoint::TimeToRelapse, Origin::Transplant)
        | (EventKind::Death, Endpoint::LeukaemiaFreeSurvival, _) => "非再発死亡",
        (EventKind::Death, Endpoint::GvhdFreeRelapseFreeSurvival, _) => "GVHDも再発もない死亡",
        (EventKind::Death, Endpoint::EventFreeSurvival, _) => "再発のない死亡",
        (EventKind::Death, Endpoint::DiseaseFreeSurvival | Endpoint::TimeToRelapse, _) => "寛解中の死亡",
        (kind, _, _) => event_kind(kind),
    }
}

/// Causes that did not occur.
#[must_use]
pub fn none_of(names: &[&str]) -> String {
    format!("最初のイベントとして起きた患者はいない：{}。", names.join("、"))
}

/// Where one kind of event occurred.
#[must_use]
pub fn one_cause(name: &str) -> String {
    format!("イベントの種類は{name}だけである。競合するものはなく、その発生率は1 − カプラン・マイヤー推定値である。")
}
