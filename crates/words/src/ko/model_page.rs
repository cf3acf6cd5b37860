//! The controls of the models of Cox's regression.

use cotside_core::survival::CovariateScale;

pub use crate::en::model_page::LISTED;

/// Variables of the model.
pub const MODEL: &str = "보정 모형의 변수";
/// Firth's penalty.
pub const FIRTH: &str = "추정치가 무한대가 될 때 Firth의 벌점 가능도 사용";
/// Residuals over time.
pub const TERM: &str = "시간에 따라 그릴 계수";
/// One of several causes.
pub const CAUSE: &str = "한 가지 원인(Cox, Fine–Gray)";
/// No cause.
pub const NO_CAUSE: &str = "한 원인으로 한정하지 않음";
/// A number as a spline.
pub const SPLINE: &str = "제한 3차 스플라인으로 할 변수";
/// No spline.
pub const NO_SPLINE: &str = "없음";
/// Knots of the spline.
pub const KNOTS: &str = "매듭 수";
/// The value with which others are compared.
pub const REFERENCE: &str = "기준값(비우면 중앙값)";
/// The fold with the scales.
pub const SCALES: &str = "숫자의 척도";
/// The label of a scale.
pub const SCALE: &str = "위험비";
/// Under it where nothing can be scaled.
pub const SCALES_NEED_NUMBERS: &str = "위에서 숫자 변수를 선택하면 위험비의 1단위를 정할 수 있습니다.";
/// Any number of units.
pub const UNITS: &str = "몇 단위당";
/// The fold with the interactions.
pub const INTERACTIONS: &str = "상호작용";
/// Of which variable ratios are told.
pub const OF: &str = "위험비를 보일 변수";
/// Within whose levels.
pub const WITHIN: &str = "수준별로 나눌 변수";
/// Nothing is chosen yet.
pub const CHOOSE: &str = "선택";
/// The button.
pub const ADD: &str = "상호작용 추가";
/// The button.
pub const REMOVE: &str = "빼기";
/// Under it where nothing can interact.
pub const INTERACTIONS_NEED_TWO: &str = "먼저 보정 모형의 변수를 두 개 선택하십시오.";
/// The fold with what models take beside covariates.
pub const DESIGN: &str = "층, 지연 진입, 가중치, 군집, 동시 사건";
/// A chosen column that this file, or this endpoint, does not offer.
pub const NOT_OFFERED: &str = "선택했으나 여기서는 사용할 수 없음";
/// Strata.
pub const STRATA: &str = "보정 모형의 층(숫자는 중앙값에서 나눔)";
/// Entry.
pub const ENTRY: &str = "위험 대상자가 되는 시점";
/// From the origin.
pub const NO_ENTRY: &str = "추적 시작";
/// The unit of a column of entry.
pub const ENTRY_UNIT: &str = "진입 시점의 단위";
/// Weights.
pub const WEIGHTS: &str = "증례 가중치";
/// Clusters.
pub const CLUSTER: &str = "군집(로버스트 분산)";
/// No column.
pub const NONE: &str = "없음";
/// Ties.
pub const TIES: &str = "동시 사건";
/// Whom these settings concern.
pub const DESIGN_NOTE: &str = "이 설정은 이 결과의 모형에만 적용되며, 곡선과 순위 검정에는 적용되지 않습니다.";

/// Words of the values of a setting, by their codes in files.
#[must_use]
pub fn value(code: &str) -> &'static str {
    match code {
        "exact" => "정확 가능도",
        "days" => "일",
        "months" => "개월",
        "years" => "년",
        other => crate::en::model_page::value(other),
    }
}

/// A scale in a list.
#[must_use]
pub fn scale(of: CovariateScale) -> String {
    match of {
        CovariateScale::Per(unit) if unit.to_bits() == 1.0_f64.to_bits() => "1단위당".to_owned(),
        CovariateScale::Per(unit) => format!("{unit}단위당"),
        CovariateScale::Log2 => "2배당(log₂)".to_owned(),
        CovariateScale::Log10 => "10배당(log₁₀)".to_owned(),
        CovariateScale::Deviation => "표준편차당".to_owned(),
    }
}

/// The scale of the beginning in a list.
#[must_use]
pub fn usual(words: &str) -> String {
    format!("{words}(통상)")
}

/// A fold with the number of its settings that are set.
#[must_use]
pub fn with_count(fold: &str, set: usize) -> String {
    if set == 0 {
        fold.to_owned()
    } else {
        format!("{fold}({set})")
    }
}
