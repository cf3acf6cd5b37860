//! The words of Cox regression: models, the check of proportional hazards, subgroups.

use super::cox_error;
use cotside_core::survival::cox::{CoxError, Term};

// What is the same in every language, and what is printed.
pub use crate::en::cox_results::{
    FIRTH, HAZARD_RATIO, LOG_HAZARD_RATIO, LOG_LOG, LOG_LOG_AXIS, LOG_LOG_CAPTION, LOG_LOG_CAPTION_WITHOUT_EVENT,
    N_EVENTS, NONE, P, REFERENCE_RATIO, RESIDUALS, RESIDUALS_CAPTION_WITHOUT_LINE, SIDES, SUBGROUP, cox_model,
    forest_caption, forest_description, forest_title, log_log_title, model_kind, penalised_adjusted,
    penalised_unadjusted, ratio_of, ratio_with, residuals_caption, residuals_title, sides_of, subgroups_caption,
    subgroups_description, subgroups_title, with_ratios,
};

/// Heading.
pub const COX: &str = "Cox 회귀";
/// Heading of the model of several variables.
pub const ADJUSTED_MODEL: &str = "보정 모형";
/// Of a table.
pub const VARIABLE: &str = "변수";
/// Of a table.
#[must_use]
pub fn unadjusted(ci: &str) -> String {
    format!("비보정 HR({ci})")
}
/// Of a table.
pub const P_UNADJUSTED: &str = "P(비보정)";
/// Of a table.
#[must_use]
pub fn adjusted(ci: &str) -> String {
    format!("보정 HR({ci})")
}
/// Of a table.
pub const P_ADJUSTED: &str = "P(보정)";
/// An end of an interval that was not found.
pub const NOT_FOUND: &str = "찾지 못함";
/// There is nothing to fit.
pub const NO_EVENT: &str = "사건이 있는 환자가 없어 모형을 적합할 수 없습니다.";
/// Variables that have no row.
#[must_use]
pub fn not_listed(names: &[&str]) -> String {
    format!(
        "값이 알려진 환자 모두의 값이 같아 표에 싣지 않은 변수: {}.",
        names.join(", ")
    )
}

/// Patients whose value is missing.
#[must_use]
pub fn missing(count: usize) -> String {
    if count > 0 {
        format!("결측 {count}")
    } else {
        String::new()
    }
}

/// Why there is no model.
#[must_use]
pub fn no_model(why: &str) -> String {
    format!("모형 없음: {why}.")
}

/// The same within a sentence.
pub const HAZARD_RATIO_IN_SENTENCE: &str = "위험비";
/// Head of a column.
#[must_use]
pub fn hr(ci: &str) -> String {
    format!("HR({ci})")
}

// ---- Proportional hazards

/// Heading.
pub const PROPORTIONAL_HAZARDS: &str = "비례위험";
/// Of a table.
pub const DF: &str = "자유도";

// ---- Subgroups

/// Heading.
pub const SUBGROUPS: &str = "하위군";
/// The fold with the table.
pub const AS_TABLE: &str = "표로 보기";
/// All patients.
pub const ALL: &str = "전체";
/// Of a table: the subgroups.
pub const PATIENTS: &str = "환자";
/// Of a table.
pub const P_INTERACTION: &str = "상호작용 P";
/// A level with one of the two groups.
pub const ONE_GROUP: &str = "한 군만 있음";
/// A level without an event.
pub const NO_EVENT_CELL: &str = "사건 없음";
/// Marks of a P that is not what it seems, or of its absence, and what they mean.
pub const MARKS: [(&str, &str); 4] = [
    (
        "*",
        "모형의 위험비 가운데 추정할 수 없는 것이 있어 P는 그 극한에서의 값입니다",
    ),
    ("†", "상호작용을 검정하기에는 사건이 너무 적습니다"),
    ("‡", "상호작용을 넣은 모형을 적합하지 못했습니다"),
    ("§", "비교할 것이 없습니다"),
];

/// What a mark means.
#[must_use]
pub fn mark_meaning((mark, meaning): (&str, &str)) -> String {
    format!(" {mark} {meaning}.")
}

/// The comparison among all; `ratio` is the hazard ratio with its interval and P.
#[must_use]
pub fn over_all([first, of_first]: [&str; 2], [last, of_last]: [&str; 2], ratio: &str) -> String {
    format!("환자(사건): {last} {of_last}, {first} {of_first}. {ratio}.")
}

// ---- Sentences

/// Why there is no model on the page, which has no command-line options.
#[must_use]
pub fn no_cox_model(error: &CoxError, terms: &[Term]) -> String {
    match error {
        CoxError::NoEvents => "이 환자들 가운데 사건이 있는 환자가 없습니다".to_owned(),
        CoxError::RobustWithFirth => {
            "Firth 가능도에는 로버스트 분산이 없습니다. 군집과 정수가 아닌 가중치를 뺍니다".to_owned()
        }
        CoxError::NotForExact => {
            "정확 가능도에서는 정의되지 않습니다. 동시 사건의 처리에 Efron 방법 또는 Breslow 방법을 선택합니다"
                .to_owned()
        }
        CoxError::TooManyTies => {
            "정확 가능도에는 동시 사건이 너무 많습니다. 동시 사건의 처리에 Efron 방법을 선택합니다".to_owned()
        }
        CoxError::TooLargeForFirth => "작은 표본을 위한 Firth 가능도에는 환자와 계수가 너무 많습니다".to_owned(),
        other => cox_error(other, terms),
    }
}

/// What is said of a variable whose estimates are Firth's.
pub const FIRTH_ESTIMATES: &str = "Firth 벌점 가능도, 구간과 P는 프로파일 가능도에 의함";

/// Shown where a ratio does not exist.
pub const NO_ESTIMATE: &str = "추정 불가";

/// Why Firth's penalty, which was asked for, gave no estimate.
#[must_use]
pub fn firth_refused(error: &CoxError, terms: &[Term]) -> String {
    format!("Firth 벌점으로 추정치를 얻지 못함: {}", no_cox_model(error, terms))
}

/// A variable that is not in a model because it has one value among its patients.
#[must_use]
pub fn one_value(variable: &str, patients: usize) -> String {
    format!("{variable}의 값이 이 환자 {patients}명에서 모두 같아 모형에 넣지 않았습니다")
}

/// Where nothing that was chosen differs.
pub const NOTHING_DIFFERS: &str = "모형 없음: 선택한 변수를 모두 아는 환자 가운데 값이 두 가지인 변수가 없습니다.";

/// A model whose proportional hazards could not be tested.
#[must_use]
pub fn not_checked(error: &CoxError, terms: &[Term]) -> String {
    let why = match error {
        CoxError::NotForFirth => "Firth 벌점 가능도에서는 정의되지 않습니다".to_owned(),
        other => no_cox_model(other, terms),
    };
    format!("비례위험 검정 없음: {why}.")
}

/// What Firth's penalty is for, before it is asked for and after.
#[must_use]
pub fn penalty(on: bool) -> &'static str {
    if on {
        "부분가능도에 유한한 최댓값이 없는 경우 추정치는 Firth 벌점 가능도로 구하고, 구간과 P는 프로파일 가능도로 구합니다. 그 밖의 추정치는 일반적인 \
         Cox 회귀로 구합니다."
    } else {
        "추정할 수 없는 위험비가 있습니다(분리). 사건이 모두 한쪽에 있거나 한쪽에 하나도 없습니다. Firth 벌점 가능도로는 유한한 추정치와 프로파일 \
         가능도 구간을 얻습니다."
    }
}

/// What speaks against a finding of later than diagnosis as if it had been known from diagnosis.
pub const KNOWN_LATER: &str = "진단 후에 측정(보장시간 비뚤림)";

/// The test of proportional hazards of all variables together; `test` is its χ², df and p.
#[must_use]
pub fn proportionality(test: &str) -> String {
    format!(
        "계수가 1 − 카플란–마이어에 따라 변하는지에 대한 점수 검정(Grambsch와 Therneau, R의 cox.zph와 같음), 모든 변수: {test}. P가 작으면 모든 \
         시점에서 위험비가 하나라는 가정에 어긋납니다. P가 크다고 그 가정이 증명되지는 않습니다."
    )
}

/// What the forest of subgroups compares.
#[must_use]
pub fn subgroups(last: &str, first: &str, is_part: bool, variables: usize, apart: &[String]) -> String {
    let mut part = String::new();
    if is_part {
        part.push_str(" 다른 군은 제외했습니다.");
    }
    if !apart.is_empty() {
        part.push_str(&format!(
            " 두 군이 모두 있는 수준이 없어 비교할 것이 없는 변수: {}.",
            apart.join(", ")
        ));
    }
    format!(
        "변수 {variables}개의 각 수준에서 {first} 대비 {last}의 위험비. 숫자는 이름에 표시된 값에서 나누었습니다.{part} 상호작용 P는 위험비가 수준에 \
         따라 다른지를 묻습니다. 이런 검정 {variables}개 가운데 우연만으로도 20개 중 1개는 0.05보다 작습니다."
    )
}
