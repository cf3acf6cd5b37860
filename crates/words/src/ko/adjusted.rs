//! The words of adjusted curves and of mixture cure models.

// What is the same in every language, and what is printed.
pub use crate::en::adjusted::{
    AIC, ALPHA, CURE_DESCRIPTION, DESCRIPTION, NONE, adjusted_method, caption, cure_caption, cure_method, cure_title,
    no_estimate_of, ratio, sentence, title, with_difference,
};

// ---- Adjusted curves

/// The heading.
pub const ADJUSTED: &str = "보정 생존";
/// Nothing is compared.
pub const NEEDS_GROUPS: &str = "보정 곡선은 군을 비교합니다. 왼쪽에서 군을 나눌 기준을 선택합니다.";
/// No covariate is chosen.
pub const NEEDS_COVARIATES: &str = "보정할 변수를 선택합니다. 군을 제외한 Cox 회귀 모형의 변수입니다.";
/// Nothing differs.
pub const NOTHING_DIFFERS: &str = "모든 변수를 아는 환자 가운데 군이 하나뿐이거나, 값이 서로 다른 변수가 없습니다.";
/// The control of how the groups enter the model.
pub const GROUP_AS: &str = "모형에서 군의 처리";
/// Column of the estimates without a model.
pub const UNADJUSTED: &str = "카플란–마이어, 같은 환자(%)";
/// Column of the adjusted estimates.
#[must_use]
pub fn adjusted_estimate(ci: &str) -> String {
    format!("보정({ci}), %")
}

/// Column of differences.
#[must_use]
pub fn adjusted_difference(ci: &str) -> String {
    format!("보정 차이({ci}), 퍼센트포인트")
}

/// In place of a difference, in the row of the reference.
pub const REFERENCE: &str = "기준";

/// Words of the values of settings, by their codes in files.
#[must_use]
pub fn value(code: &str) -> &'static str {
    match code {
        "covariate" => "공변량(비례위험)",
        "strata" => "층(군마다 다른 기저위험률)",
        "none" => "없음",
        "weibull" => "Weibull",
        "exponential" => "지수",
        "lognormal" => "로그정규",
        "loglogistic" => "로그로지스틱",
        "by-group" => "군에 따라 둘 다 다름",
        "same" => "군에 따라 분율만 다름",
        _ => "",
    }
}

/// No model: an error of the regression behind it.
#[must_use]
pub fn no_adjusted(why: &str) -> String {
    format!("보정 곡선 없음: {why}.")
}

/// A coefficient has no finite estimate.
#[must_use]
pub fn not_finite(terms: &[String]) -> String {
    format!(
        "보정 곡선 없음: {}에 유한한 추정치가 없습니다. 변수를 빼거나 수준을 합치거나 군을 층으로 처리합니다.",
        terms.join(", ")
    )
}

/// A group that occurs in one of the strata only.
#[must_use]
pub fn no_stratum(group: &str) -> String {
    format!(
        "보정 곡선 없음: 한 층에 {group}의 환자가 없어 그 층에 기저위험률이 없습니다. 군을 공변량으로 처리하거나 층을 줄입니다."
    )
}

/// Who is in the model.
#[must_use]
pub fn included(patients: usize, events: usize, left_out: usize) -> String {
    let rest = match left_out {
        0 => String::new(),
        count => format!(" 모르는 변수가 있는 환자 {count}명은 제외했습니다."),
    };
    format!("환자 {patients}명, 사건 {events}건.{rest}")
}

/// Under the table.
pub const ADJUSTED_KEY: &str = "보정: 이 모형의 모든 환자에 대한 평균이며, 그 군의 환자에 대한 평균이 아닙니다. 차이에는 두 평균의 결합 \
     분산을 씁니다.";

// ---- Mixture cure models

/// The heading.
pub const CURE: &str = "완치 분율";
/// The control of the distribution.
pub const DISTRIBUTION: &str = "완치 모형의 시간 분포";
/// No model is asked for.
pub const NO_MODEL: &str =
    "모형을 적합하지 않았습니다. 고원을 믿을 수 있으면 완치되지 않는 환자의 시간 분포를 선택합니다.";
/// The control of the times of the groups.
pub const TIMES: &str = "군";
/// Where nobody has the event.
pub const NO_EVENT: &str = "사건이 없어 모형으로 나타낼 것이 없습니다.";
/// What the model says, above all numbers.
pub const WARNING: &str = "완치 모형은 환자 일부에게 사건이 결코 일어나지 않는다고 가정합니다. 이 가정을 모형 자체로 검정할 수는 없습니다. \
     마지막 사건 뒤에도 추적이 길고 곡선에 고원이 있을 때에만 믿을 수 있습니다. 먼저 고원을 확인합니다.";
/// The heading of the table of plateaus.
pub const PLATEAU: &str = "고원이 있는가";
/// Column: the last event.
pub const LAST_EVENT: &str = "마지막 사건(년)";
/// Column: the last time.
pub const LAST_TIME: &str = "가장 긴 추적 기간(년)";
/// Column: followed beyond.
pub const BEYOND: &str = "마지막 사건 이후에도 사건 없음";
/// Under the table of plateaus.
pub const PLATEAU_KEY: &str = "α: 추적이 너무 짧아 늦은 사건이 보이지 않는 경우에 사건 없는 끝부분이 이만큼 길게 나타날 확률. 0.05보다 크면 \
     추적은 고원을 뒷받침하지 않습니다. 모형이 맞는지는 알려 주지 않습니다.";
/// The heading of the table of fractions.
pub const FRACTIONS: &str = "모형에 의한 완치 분율";
/// Column: the fraction.
#[must_use]
pub fn fraction(ci: &str) -> String {
    format!("완치 분율({ci}), %")
}

/// Column: odds ratio.
#[must_use]
pub fn odds_ratio(ci: &str) -> String {
    format!("완치되지 않음의 오즈비({ci})")
}

/// Column: median time of those not cured.
pub const MEDIAN: &str = "완치되지 않는 환자의 시간 중앙값(년)";
/// The heading of the comparison of distributions.
pub const DISTRIBUTIONS: &str = "분포의 비교";
/// Column: distribution.
pub const DISTRIBUTION_COLUMN: &str = "분포";
/// Column: log-likelihood.
pub const LOGLIK: &str = "로그가능도";
/// Column: the same without cure.
pub const AIC_WITHOUT: &str = "완치를 뺀 모형의 AIC";
/// Under that table.
pub const DISTRIBUTIONS_KEY: &str = "AIC가 작을수록 모수의 수에 비해 모형이 자료에 가깝습니다. 완치 분율은 분포에 따라 달라집니다. 행마다 \
     다르면 자료가 완치에 대해 말할 수 있는 것도 그만큼 다릅니다.";
/// In place of an interval that holds every fraction.
pub const NOT_DETERMINED: &str = "정해지지 않음";

/// No model.
#[must_use]
pub fn no_cure_model(why: &str) -> String {
    format!("완치 모형 없음: {why}.")
}

/// What the model found.
#[must_use]
pub fn cure_sentence(endpoint: &str, group: &str, fraction: &str) -> String {
    let of = if group.is_empty() {
        String::new()
    } else {
        format!("{group}의 ")
    };
    format!("{endpoint}의 혼합 완치 모형에 의한 {of}완치 분율: {fraction}.")
}

/// Times of 0 in a model of logarithms.
#[must_use]
pub fn at_zero(count: usize) -> String {
    format!("0인 시간 {count}건은 0.5일로 처리합니다. 시간의 로그에 대한 모형이기 때문입니다.")
}

/// Head of a column with the fraction of a group.
#[must_use]
pub fn fraction_of(group: &str, ci: &str) -> String {
    if group.is_empty() {
        fraction(ci)
    } else {
        format!("{group}: 완치({ci}), %")
    }
}

/// "41.2%(95% 신뢰구간 32.1–50.9)".
#[must_use]
pub fn percent_with_interval(share: &str, limits: Option<(String, String)>, ci: &str) -> String {
    let limits = limits.map_or_else(String::new, |(lower, upper)| format!("({ci} {lower}–{upper})"));
    format!("{share}%{limits}")
}

/// The same times without cure are as close to the data.
#[must_use]
pub fn not_needed(aic: &str, without: &str) -> String {
    format!(
        "완치 분율이 없어도 이 분포는 적어도 같은 정도로 자료를 나타냅니다(AIC {without}, 완치 분율이 있으면 {aic}). 자료는 완치를 뒷받침하지 \
         않습니다."
    )
}

/// Follow-up of groups that does not support a cured fraction.
#[must_use]
pub fn short_follow_up_of(groups: &[String]) -> String {
    format!(
        "{}: 완치된 환자와 후기 사건을 구별하기에는 추적이 너무 짧을 수 있습니다(Maller와 Zhou의 α가 0.05를 넘음).",
        groups.join(", ")
    )
}
