//! The models of transplant as an event in time.

use cotside_core::cohort::Endpoint;

use crate::decimal;

// What is the same in every language, and what is printed.
pub use crate::en::transplant::{P, methods, patients_and_events};

/// Where time is counted from transplantation.
pub const ALL_TRANSPLANTED: &str = "시간을 이식부터 세므로 여기의 환자는 모두 이식을 받았고 비교할 군이 없습니다. 이식을 이식하지 않은 경우와 \
     비교하려면 진단 또는 1차 관해부터 시간을 셉니다.";

/// Name of transplant in a model in which it changes with time.
pub const TIME_DEPENDENT_TERM: &str = "이식(시간의존)";
/// Name of transplant in a model that begins at a landmark.
pub const LANDMARK_TERM: &str = "랜드마크까지의 이식";

/// Of a table.
pub const TRANSPLANT_AS: &str = "이식의 처리";
/// Of a table.
pub const PATIENTS_EVENTS: &str = "환자(사건)";
/// Of a table.
#[must_use]
pub fn hazard_ratio(ci: &str) -> String {
    format!("HR({ci})")
}
/// Of a table.
pub const TERM: &str = "변수";
/// A row of the table.
pub const AS_TIME_DEPENDENT: &str = "시간의존 공변량";
/// In place of a hazard ratio.
pub const NOT_ESTIMABLE: &str = "추정 불가";
/// In place of a hazard ratio where no patient is followed.
pub const NOBODY_LEFT: &str = "남은 환자 없음";
/// The fold with all terms.
pub const TERMS: &str = "보정한 시간의존 모형의 모든 변수";

/// What a time-dependent covariate means.
pub const MEANING: &str = "시간의존: 각 환자를 이식일까지는 이식받지 않은 것으로, 이식일부터는 이식받은 것으로 셉니다. 위험비는 같은 시점에서 \
     그때까지 이식받은 환자와 (아직) 이식받지 않은 환자의 위험률을 비교합니다. 두 환자군의 비교가 아니며, 그에 따른 생존곡선도 없습니다. 이식받는 \
     환자는 선택된 환자입니다. 보정은 모형에 있는 변수의 차이만 없앱니다(적응증에 의한 교란).";

/// Where no covariate is chosen.
pub const CHOOSE_VARIABLES: &str = "다른 변수로 보정하려면 Cox 회귀의 ‘보정 모형의 변수’에서 선택합니다.";

/// A row of the table.
#[must_use]
pub fn as_landmark(years: f64) -> String {
    format!("{}년 랜드마크", decimal(years, 2))
}

/// A model of transplant alone.
#[must_use]
pub fn unadjusted(name: &str) -> String {
    format!("{name}, 비보정")
}

/// A model of transplant beside other variables.
#[must_use]
pub fn adjusted(name: &str) -> String {
    format!("{name}, 보정")
}

/// What the models are adjusted for.
#[must_use]
pub fn adjusted_for(names: &[&str]) -> String {
    format!(
        "Cox 회귀에서 선택한 변수로 보정: {}. 이 변수를 모두 아는 환자에서 구했습니다.",
        names.join(", ")
    )
}

/// Covariates that are in no model.
#[must_use]
pub fn one_level(names: &[&str]) -> String {
    format!(
        "이 환자들의 값이 모두 같아 모형에 넣지 않은 변수: {}.",
        names.join(", ")
    )
}

/// Why there is nothing to compare.
#[must_use]
pub fn none_during_follow_up(later: usize) -> String {
    if later == 0 {
        return "추적 기간에 이식받은 환자가 없습니다.".to_owned();
    }
    format!(
        "추적을 끝내는 사건 전에 이식받은 환자가 없습니다. 그 뒤에 이식받은 환자는 {later}명입니다. 전체 생존에서는 재발 후의 이식도 셉니다."
    )
}

/// Which transplants count.
#[must_use]
pub fn counted(endpoint: Endpoint, later: usize, after_death: usize) -> String {
    let mut sentences = match endpoint {
        Endpoint::OverallSurvival => "추적 기간의 모든 이식을 세며, 재발 후의 이식도 포함합니다.".to_owned(),
        _ => {
            format!("첫 사건 전의 이식(1차 관해기)만 셉니다. 그 뒤에 이식받은 {later}명은 이식받지 않은 것으로 셉니다.")
        }
    };
    if after_death > 0 {
        sentences.push_str(&format!(" 이식일이 사망보다 늦은 {after_death}명은 제외했습니다."));
    }
    sentences
}
