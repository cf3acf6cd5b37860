//! The words of predictions for given values: the controls, the refusals, the tables.

use super::parametric_results::distribution;
use crate::decimal;
use cotside_core::survival::TimeDistribution;

pub use crate::en::predicted::{
    BY_COX, BY_FINE_GRAY, DESCRIPTION, INCIDENCE_DESCRIPTION, SOURCE, TIMES_METHOD, caption, incidence_method, method,
    predicted, predicted_incidence, told, with_unit,
};

// ---- The controls

/// The fold, and the heading of what is predicted.
pub const HEADING: &str = "지정한 값에서의 예측 생존";
/// In the fold where no variable is chosen.
pub const NEEDS_VARIABLES: &str = "먼저 보정 모형의 변수를 선택하십시오.";
/// In the fold: what is to be given.
pub const NOTE: &str = "보정 모형의 각 변수에 값을 입력하십시오. 그 전에는 아무것도 예측하지 않습니다.";
/// The button for another set of values.
pub const ADD: &str = "조건 추가";
/// The button that takes one away.
pub const REMOVE: &str = "삭제";
/// No level is chosen yet.
pub const CHOOSE: &str = "선택";

/// A set of values, by its number.
#[must_use]
pub fn profile(number: usize) -> String {
    format!("조건 {number}")
}

/// A stratum of the model.
#[must_use]
pub fn stratum_of(name: &str) -> String {
    format!("층: {name}")
}

// ---- What is said

/// Above everything that is predicted.
pub const WARNING: &str = "예측은 이 코호트에서 이 값들을 가진 환자 집단에 관한 것입니다. 치료를 권하는 것이 아니며, 한 아이에 대한 타당성은 검증되지 않았습니다.";

/// Where no variable is in the model.
pub const NO_MODEL: &str = "예측 없음: 보정 모형에 변수가 없습니다. 보정 모형의 변수를 선택하십시오.";

/// What is wrong with a profile, behind its name.
#[must_use]
pub fn of_profile(number: usize, why: &str) -> String {
    format!("{}: {why}", profile(number))
}

/// Values are missing.
#[must_use]
pub fn missing(names: &[String]) -> String {
    format!("다음의 값을 입력하십시오: {}.", names.join(", "))
}

/// A text that is not a number.
#[must_use]
pub fn no_number(name: &str, text: &str) -> String {
    format!("“{text}”: 숫자가 아닙니다. {name}: 1.5와 같은 숫자로 입력하십시오.")
}

/// A number that has no logarithm.
#[must_use]
pub fn no_logarithm(name: &str, text: &str) -> String {
    format!("{name}: 모형에서 로그 척도이며, {text}에는 로그가 없습니다. 0보다 큰 숫자를 입력하십시오.")
}

/// A level that no patient of the model has.
#[must_use]
pub fn no_level(name: &str, text: &str, levels: &[&str]) -> String {
    format!(
        "{name} “{text}”: 모형에 해당하는 환자가 없습니다. 다음에서 선택하십시오: {}.",
        levels.join(", ")
    )
}

/// A stratum in which no patient of the model is.
#[must_use]
pub fn no_stratum(stratum: &str) -> String {
    format!("층 {stratum}: 모형에 해당하는 환자가 없어 기저위험률이 없습니다. 다른 층을 선택하십시오.")
}

/// A number outside the range of the patients of the model.
#[must_use]
pub fn beyond(number: usize, name: &str, value: &str, [least, most]: &[String; 2]) -> String {
    of_profile(
        number,
        &format!("{name} {value}: 이 코호트의 범위({least}~{most})를 벗어나므로 예측은 외삽입니다."),
    )
}

/// No prediction: an error of the model behind it.
#[must_use]
pub fn no_prediction(why: &str) -> String {
    format!("예측 없음: {why}.")
}

/// Terms without a finite estimate.
#[must_use]
pub fn not_finite(terms: &[String]) -> String {
    format!(
        "예측 없음: 다음에 유한한 추정치가 없습니다: {}. 변수를 빼거나 수준을 합치십시오.",
        terms.join(", ")
    )
}

// ---- Tables

/// Head of the profiles.
pub const PROFILE: &str = "지정한 값";

/// Below the table of predicted survival.
pub const SURVIVAL_KEY: &str =
    "Cox 회귀의 보정 모형에 따른 값입니다. 구간은 이 값들을 가진 집단에 관한 것이며 환자 한 명에 관한 것이 아닙니다.";

/// Heading of the predicted incidence of a cause.
#[must_use]
pub fn incidence_heading(cause: &str) -> String {
    format!("예측 누적발생률: {cause}")
}

/// Below the table of predicted incidence.
pub const INCIDENCE_KEY: &str =
    "같은 변수의 Fine–Gray 모형에 따른 값입니다. 분산에는 중도절단 가중치의 추정이 포함되지 않습니다.";

/// Why the model of a cause predicts nothing for a profile.
pub const NO_INCIDENCE: &str = "이 값들에서는 Fine–Gray 모형에 유한한 추정치가 없습니다.";

/// Heading of what the parametric model predicts.
#[must_use]
pub fn times_heading(of: TimeDistribution) -> String {
    format!("{HEADING}, {} 모형", distribution(of))
}

/// Heading of a column: the time by which so many per cent have had the event.
#[must_use]
pub fn quantile_years(percent: f64, ci: &str) -> String {
    if percent == 50.0 {
        return format!("중앙값, 년({ci})");
    }
    format!("{}%에 사건이 생기는 시점, 년({ci})", decimal(percent, 2))
}
