//! From when time is counted: the name of the day, and what an endpoint means from there.

use super::endpoint_name;
use cotside_core::cohort::{Endpoint, Origin};

pub use crate::en::origin::{caption, time_axis};

/// Name of the setting.
pub const LABEL: &str = "시간의 기점";

/// The day, in a list and before "부터".
#[must_use]
pub const fn name(origin: Origin) -> &'static str {
    match origin {
        Origin::Diagnosis => "진단",
        Origin::FirstRemission => "1차 관해",
        Origin::Transplant => "이식",
        Origin::Relapse => "재발",
    }
}

/// Name of an endpoint within a sentence, with the day from which it is counted where that is not the usual one.
#[must_use]
pub const fn endpoint(origin: Origin, endpoint: Endpoint) -> &'static str {
    match (origin, endpoint) {
        (Origin::FirstRemission, Endpoint::OverallSurvival) => "1차 관해부터의 전체 생존",
        (Origin::Transplant, Endpoint::OverallSurvival) => "이식부터의 전체 생존",
        (Origin::Relapse, Endpoint::OverallSurvival) => "재발부터의 전체 생존",
        (Origin::Transplant, Endpoint::TimeToRelapse) => "재발 없는 생존",
        (_, usual) => endpoint_name(usual),
    }
}

/// Name of an endpoint in the list of those of one origin.
#[must_use]
pub const fn listed(origin: Origin, endpoint: Endpoint) -> &'static str {
    match (origin, endpoint) {
        (Origin::FirstRemission, Endpoint::TimeToRelapse) => "재발과 관해 중 사망(경쟁위험)",
        (Origin::Transplant, Endpoint::TimeToRelapse) => "재발과 비재발 사망(경쟁위험)",
        (_, other) => endpoint_name(other),
    }
}

/// What an endpoint counts, and from when.
#[must_use]
pub const fn definition(origin: Origin, endpoint: Endpoint) -> &'static str {
    match (endpoint, origin) {
        (Endpoint::EventFreeSurvival, _) => {
            "진단부터 관해유도 실패, 재발, 이차 악성종양, 모든 원인의 사망 중 가장 먼저 일어난 것까지. 사건이 없는 환자는 마지막 확인 시점에 중도절단합니다."
        }
        (Endpoint::OverallSurvival, Origin::Diagnosis) => {
            "진단부터 모든 원인의 사망까지. 생존 환자는 마지막 확인 시점에 중도절단합니다."
        }
        (Endpoint::OverallSurvival, Origin::FirstRemission) => {
            "1차 관해부터 모든 원인의 사망까지. 생존 환자는 마지막 확인 시점에 중도절단합니다. 관해에 도달한 환자만 해당합니다."
        }
        (Endpoint::OverallSurvival, Origin::Transplant) => {
            "이식부터 모든 원인의 사망까지. 생존 환자는 마지막 확인 시점에 중도절단합니다. 이식받은 환자만 해당합니다."
        }
        (Endpoint::OverallSurvival, Origin::Relapse) => {
            "첫 재발부터 모든 원인의 사망까지. 생존 환자는 마지막 확인 시점에 중도절단합니다. 재발한 환자만 해당합니다."
        }
        (Endpoint::DiseaseFreeSurvival, _) => {
            "1차 관해부터 재발, 이차 악성종양, 모든 원인의 사망 중 가장 먼저 일어난 것까지. 관해에 도달한 환자만 해당합니다."
        }
        (Endpoint::TimeToRelapse, Origin::Transplant) => {
            "이식부터 재발까지. 재발 없는 사망(비재발 사망)은 경쟁 사건입니다. 이차 악성종양은 사건이 아닙니다. 이식받은 환자만 해당합니다."
        }
        (Endpoint::TimeToRelapse, _) => {
            "1차 관해부터 재발까지. 관해 중 사망과 이차 악성종양은 경쟁 사건입니다. 관해에 도달한 환자만 해당합니다."
        }
        (Endpoint::AsInFile, _) => "시간과 사건은 파일에 있는 그대로입니다.",
        (Endpoint::LeukaemiaFreeSurvival, _) => {
            "이식부터 재발 또는 모든 원인의 사망 중 먼저 일어난 것까지. 이차 악성종양은 사건이 아닙니다. 사건이 없는 환자는 마지막 확인 시점에 \
             중도절단합니다. 이식받은 환자만 해당합니다."
        }
        (Endpoint::GvhdFreeRelapseFreeSurvival, _) => {
            "이식부터 III–IV등급 급성 GVHD, 광범위하거나 전신 치료가 필요한 만성 GVHD, 재발, 모든 원인의 사망 중 가장 먼저 일어난 것까지. 사건이 없는 \
             환자는 마지막 확인 시점에 중도절단합니다. 이식받은 환자만 해당합니다."
        }
    }
}

/// Over the reasons why patients are not followed.
#[must_use]
pub fn not_followed(origin: Origin) -> String {
    format!("{}부터 추적할 수 없는 환자:", name(origin))
}

/// Why nobody can be followed from a day, in the list of days.
#[must_use]
pub fn not_offered(name: &str, why: &str) -> String {
    format!("{name}(해당 환자 없음: {why})")
}
