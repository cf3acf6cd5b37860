//! The words of the models of Cox's regression beside their hazard ratios: entry, weights, clusters, strata, tests of
//! variables, interactions, splines, causes.

use cotside_core::survival::SplineError;
use cotside_core::survival::cox::Ties;

// What is the same in every language, and what is printed.
pub use crate::en::model_results::{
    INTERACTS_CAPTION, P_PROPORTIONAL, WALD, asked, cause_method, interaction, joint_method, logarithm_of_count,
    on_scale, spline_axis, spline_caption, spline_description, spline_method, spline_title, value, with_interactions,
    with_unit,
};

// ---- Who is left out

/// The settings do not fit each other.
pub const EXACT_IS_PLAIN: &str = "정확 가능도에는 군집도 증례 가중치도 쓸 수 없습니다. 동시 사건의 처리에 Efron 방법 또는 Breslow 방법을 \
     선택하거나, 군집과 가중치를 뺍니다.";
/// Nobody has all that is asked for.
pub const NOBODY_LEFT: &str = "모형에 필요한 것(추적 종료 전의 지연 진입, 0보다 큰 가중치, 군집)을 모두 갖춘 환자가 없습니다. 다른 열을 \
     선택하거나 선택을 해제합니다.";

fn left_out(what: &str, reasons: &[(usize, &str)]) -> Option<String> {
    let reasons: Vec<String> = reasons
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, why)| format!("{why} {count}명"))
        .collect();
    (!reasons.is_empty()).then(|| format!("{what}: {} – 모든 모형에서 제외했습니다.", reasons.join(", ")))
}

/// Who is left out for delayed entry.
#[must_use]
pub fn entry_left_out(unknown: usize, ended: usize) -> Option<String> {
    left_out(
        "지연 진입",
        &[
            (unknown, "진입 시점이 없는 환자"),
            (ended, "진입 시점 또는 그 전에 추적이 끝나는 환자"),
        ],
    )
}

/// Who is left out for weights.
#[must_use]
pub fn weights_left_out(unknown: usize, unfit: usize) -> Option<String> {
    left_out(
        "가중치",
        &[
            (unknown, "가중치가 없는 환자"),
            (unfit, "가중치가 0보다 크지 않은 환자"),
        ],
    )
}

/// Who is left out for clusters.
#[must_use]
pub fn cluster_left_out(unknown: usize) -> Option<String> {
    left_out("군집", &[(unknown, "군집이 없는 환자")])
}

/// A column that is no longer there, or has no numbers.
#[must_use]
pub fn no_numbers(column: &str) -> String {
    format!("{column}: 이 파일의 숫자 열이 아닙니다. 다른 열을 선택하거나 선택을 해제합니다.")
}

/// A column that is no longer there, or has no labels.
#[must_use]
pub fn no_labels(column: &str) -> String {
    format!("{column}: 이 파일의 수준이 있는 열이 아닙니다. 다른 열을 선택하거나 선택을 해제합니다.")
}

/// Entry at a day that does not come after the origin.
#[must_use]
pub fn entry_does_not_fit(endpoint: &str) -> String {
    format!("{endpoint}에서는 이 날짜의 지연 진입이 의미가 없습니다. 다른 진입 시점을 선택하거나 선택을 해제합니다.")
}

// ---- The table and its sentences

/// How ties were treated, within a sentence.
#[must_use]
pub const fn ties(ties: Ties) -> &'static str {
    match ties {
        Ties::Efron => "동시 사건은 Efron 방법",
        Ties::Breslow => "동시 사건은 Breslow 방법",
        Ties::Exact => "동시 사건은 정확 가능도",
    }
}

/// Below the table.
#[must_use]
pub fn key(of: Ties, is_robust: bool, is_penalised: bool) -> String {
    let (variance, several) = match (is_robust, is_penalised) {
        (true, _) => (", 로버스트 분산", "Wald 검정"),
        (false, true) => ("", "가능도비 검정(보정 모형에서는 Wald 검정)"),
        (false, false) => ("", "가능도비 검정"),
    };
    format!(
        "Cox 회귀({}{variance}). 결측값이 있는 환자는 제외했습니다. 수준의 신뢰구간과 P: Wald(Firth 표시가 있으면 벌점 프로파일 가능도). 수준이 여럿인 \
         변수의 P: {several}. P (PH): 비례위험의 점수 검정으로, 보정 모형이 있으면 그 모형에서, 없으면 그 변수만의 모형에서 구합니다.",
        ties(of)
    )
}

/// Of a table.
pub const N_EVENTS: &str = "n / 사건";
/// The level with which the others are compared, in a cell.
pub const REFERENCE: &str = "기준";
/// The button for the table as a file.
pub const TABLE_FILE: &str = "표를 CSV로 저장";
/// The button for the sentence.
pub const COPY_SENTENCE: &str = "문장 복사";

/// Of a variable that interacts, whose ratio is that of one level of the other.
pub const INTERACTS: &str = "상호작용 있음: 보정 위험비는 다른 변수의 기준 수준 또는 값 0에서의 위험비";

/// The caption of the table.
#[must_use]
pub fn caption(endpoint: &str, [patients, events]: [usize; 2], adjusted: Option<(&[String], [usize; 2])>) -> String {
    let mut caption = format!("{endpoint}의 Cox 회귀: 비보정 위험비(환자 {patients}명, 사건 {events}건)");
    if let Some((variables, [patients, events])) = adjusted {
        caption.push_str(&format!(
            ", 그리고 서로 보정한 위험비(환자 {patients}명, 사건 {events}건): {}",
            variables.join(", ")
        ));
    }
    caption + "."
}

/// First remission as time of entry.
pub const FROM_REMISSION: &str = "1차 관해";
/// Transplant as time of entry.
pub const FROM_TRANSPLANT: &str = "이식";

// ---- Tests of variables

/// Heading.
pub const JOINT: &str = "보정 모형의 변수 검정";
/// Of a table.
pub const P_WALD: &str = "P(Wald)";
/// Of a table.
pub const LIKELIHOOD_RATIO: &str = "가능도비 χ²";
/// Of a table.
pub const P_LIKELIHOOD_RATIO: &str = "P(가능도비)";
/// Below the table.
pub const JOINT_KEY: &str = "모형의 다른 변수가 주어졌을 때 한 변수의 모든 계수를 함께 검정합니다. 가능도비: 그 변수를 뺀 모형에 대한 가능도비 \
     검정. 상호작용이 있는 변수는 그 상호작용으로 검정합니다.";
/// Where the variance is robust.
pub const NO_LIKELIHOOD_RATIO: &str = "로버스트 분산 또는 Firth 벌점을 쓰면 가능도비 검정이 없습니다.";
/// Heading.
pub const WITHIN: &str = "수준 안의 위험비";
/// Of a table: the variable of the ratio.
pub const OF: &str = "위험비의 변수";
/// Of a table: the level.
pub const WITHIN_LEVEL: &str = "수준";
/// Below the table.
pub const WITHIN_KEY: &str = "보정 모형 계수의 합이며, 신뢰구간과 P는 Wald로 구합니다. 상호작용이 있는 다른 변수는 기준 수준 또는 값 0으로 \
     둡니다.";

/// The level of an interacting variable.
#[must_use]
pub fn at_level(variable: &str, level: &str) -> String {
    format!("{variable}: {level}")
}

/// An interaction that is not in the model.
#[must_use]
pub fn no_interaction(of: &str, within: &str) -> String {
    format!(
        "모형에 없는 상호작용: {}. 두 변수가 모두 모형에 있고 값이 서로 달라야 합니다",
        interaction(of, within)
    )
}

// ---- One cause

/// Heading.
#[must_use]
pub fn cause_heading(cause: &str) -> String {
    format!("한 원인에 대한 같은 모형: {cause}")
}

/// Where no variable is in the model.
pub const CAUSE_NEEDS_VARIABLES: &str = "보정 모형의 변수를 선택합니다. 원인별 모형도 같은 변수를 씁니다.";

/// A cause that no patient has.
#[must_use]
pub fn no_such_cause(cause: &str) -> String {
    format!("모형의 환자 가운데 사건 ‘{cause}’의 환자가 없습니다. 다른 원인을 선택합니다.")
}

/// Why there is no Fine–Gray model.
pub const FINE_GRAY_TIES: &str = "Fine–Gray 모형에는 동시 사건의 정확 가능도가 없습니다. 모형을 보려면 동시 사건의 처리에 Efron 방법 또는 Breslow 방법을 선택합니다.";
/// How Fine and Gray’s model was fitted with what Cox’s model takes.
pub const FINE_GRAY_BY_ROWS: &str = "R finegray의 구간에 대한 가중 Cox 모형으로 적합했습니다. 진입, 가중치, 군집, 층은 Cox 모형과 같습니다. \
     중도절단과 진입은 층 안에서 추정하며, 표준오차는 로버스트입니다";

/// Patients and events in it.
#[must_use]
pub fn cause_counts(patients: usize, events: usize, competing: usize) -> String {
    format!("환자 {patients}명, 이 사건이 먼저 일어난 환자 {events}명, 경쟁 사건 {competing}명.")
}

// ---- Splines

/// Heading.
#[must_use]
pub fn spline_heading(variable: &str) -> String {
    format!("{variable}의 스플라인")
}

/// The variable is none, or has levels.
pub const SPLINE_NEEDS_NUMBERS: &str = "스플라인에는 숫자 변수가 필요합니다. 다른 변수를 선택하거나 선택을 해제합니다.";

/// Nobody has a value of it and of the other variables.
pub const SPLINE_OF_NOBODY: &str =
    "이 변수와 모형의 다른 모든 변수의 값이 있는 환자가 없습니다. 다른 변수를 선택하거나 선택을 해제합니다.";

/// Why there is no spline.
#[must_use]
pub fn no_spline(error: SplineError) -> &'static str {
    match error {
        SplineError::KnotCount => "여기서 스플라인의 매듭은 3, 4, 5개 가운데 하나입니다.",
        SplineError::NotFinite => "이 변수에 유한한 수가 아닌 값이 있습니다.",
        SplineError::EqualKnots => {
            "서로 다른 값이 너무 적어 두 매듭이 겹칩니다. 매듭을 줄이거나 변수를 선형으로 둡니다."
        }
    }
}

/// The reference is outside of the values.
#[must_use]
pub fn reference_outside(low: &str, high: &str) -> String {
    format!("기준값이 모형에 있는 값의 범위({low}에서 {high}까지) 밖에 있습니다. 범위 안의 값을 선택합니다.")
}

/// What the tests found; `others` are the variables for which it is adjusted.
#[must_use]
pub fn spline_sentence(knots: &[String], others: &[String], overall: &str, curved: &str) -> String {
    let adjusted = if others.is_empty() {
        String::new()
    } else {
        format!(". 보정 변수: {}", others.join(", "))
    };
    format!(
        "제한 3차 스플라인, 매듭 {}{adjusted}. 효과의 유무: {overall}. 직선에서 벗어남: {curved}.",
        knots.join(", ")
    )
}

/// Coefficients of the spline have no finite estimates.
pub const SPLINE_NOT_ESTIMABLE: &str = "계수에 유한한 추정치가 없습니다. 사건이 너무 적거나 모두 한쪽에 있습니다. 매듭을 줄이거나 변수를 \
     선형으로 둡니다.";
/// Of a table.
#[must_use]
pub fn against(reference: &str, ci: &str) -> String {
    format!("{reference} 대비 HR({ci})")
}
