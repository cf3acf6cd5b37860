//! Cox's regression: what stops a fit, and what a reader of it must know, in words.

use cotside_core::survival::cox::{CoxError, CoxWarning, Term};

fn name(terms: &[Term], covariate: usize) -> String {
    terms.get(covariate).map_or_else(|| "?".to_owned(), ToString::to_string)
}

/// Why a model cannot be fitted, and what would be accepted. Rows are named by who knows the file.
#[must_use]
pub fn cox_error(error: &CoxError, terms: &[Term]) -> String {
    match error {
        CoxError::Length { expected, found } => {
            return format!("어떤 열이 {found}행이며 {expected}행이 아닙니다");
        }
        CoxError::BadCovariate { covariate, .. } => {
            return format!(
                "{}에 유한하지 않거나 너무 커서 계산할 수 없는 값이 있습니다. 더 큰 단위로 입력합니다",
                name(terms, *covariate)
            );
        }
        CoxError::NoCovariate => "공변량이 없습니다. --covariates 또는 --factor로 지정합니다",
        CoxError::NoEvents => {
            "사건이 있는 행이 없어 적합할 것이 없습니다. 사건을 나타내는 값을 --event-value로 지정합니다"
        }
        CoxError::BadOffset { .. } => "오프셋을 받아들일 수 없습니다. 유한한 수를 입력합니다",
        CoxError::BadLevel => "신뢰수준을 받아들일 수 없습니다. 0.95와 같은 값을 입력합니다",
        CoxError::WeightsWithExact => {
            "정확 가능도에는 증례 가중치를 쓸 수 없습니다. --ties efron을 쓰거나 --weights를 뺍니다"
        }
        CoxError::RobustWithExact => {
            "정확 가능도에는 로버스트 분산이 없습니다. --ties efron을 쓰거나 --cluster를 뺍니다"
        }
        CoxError::NotForExact => "정확 가능도에서는 정의되지 않습니다. --ties efron 또는 --ties breslow를 씁니다",
        CoxError::RobustWithFirth => "Firth 가능도에는 로버스트 분산이 없습니다. --firth 또는 --cluster를 뺍니다",
        CoxError::NotForFirth => "Firth 가능도에서는 정의되지 않습니다. --firth를 뺍니다",
        CoxError::NotForRobust => "로버스트 분산일 때(군집, 또는 정수가 아닌 가중치) 가능도비는 검정이 되지 않습니다",
        CoxError::TooLargeForFirth => "작은 표본을 위한 Firth 가능도에는 행과 공변량이 너무 많습니다. --firth를 뺍니다",
        CoxError::NoEstimate => "유한한 추정치가 없는 계수가 있습니다",
        CoxError::LogOfZero => {
            "시간 0 또는 그 이전에 사건이 있어 로그를 구할 수 없습니다. --zph km, identity, rank 가운데 하나를 씁니다"
        }
        CoxError::TooManyTies => "정확 가능도에는 동시 사건이 너무 많습니다. --ties efron을 씁니다",
        CoxError::Overflow => "가능도를 유한한 수로 계산할 수 없습니다. 공변량과 가중치를 다른 단위로 입력합니다",
    }
    .to_owned()
}

/// What a reader of a fit must know.
#[must_use]
pub fn cox_warning(warning: &CoxWarning, terms: &[Term]) -> String {
    match warning {
        CoxWarning::FewEvents { events, coefficients } => {
            format!("사건 {events}건은 계수 {coefficients}개에 비해 너무 적어 추정치를 신뢰할 수 없습니다")
        }
        CoxWarning::Constant { covariate } => super::constant_covariate(&name(terms, *covariate)),
        CoxWarning::NoContrast { covariate } => format!(
            "{}의 값이 어느 사건 시점의 위험 대상자에서도 서로 다르지 않아 계수가 없습니다",
            name(terms, *covariate)
        ),
        CoxWarning::Collinear { covariate } => format!(
            "{}의 값이 앞에 있는 공변량의 선형결합이어서 계수가 없습니다",
            name(terms, *covariate)
        ),
        CoxWarning::Separated { covariate, upwards } => format!(
            "{}의 값이 사건이 있는 환자와 없는 환자를 분리하여 추정할 수 없습니다(분리: 계수가 {} 무한대로 감). Firth 벌점 가능도로는 추정치를 \
             얻습니다",
            name(terms, *covariate),
            if *upwards { "양의" } else { "음의" }
        ),
        CoxWarning::Undetermined { covariate } => format!(
            "{}의 계수를 추정할 수 없습니다. 다른 공변량이 사건이 있는 환자와 없는 환자를 분리하여 이 계수가 정해지지 않습니다. Firth 벌점 \
             가능도로는 추정치를 얻습니다",
            name(terms, *covariate)
        ),
        CoxWarning::FewClusters { clusters: 1, .. } => {
            "모든 행이 한 군집에 속하여 로버스트 분산이 0이므로 구간이 있는 추정치가 없습니다".to_owned()
        }
        CoxWarning::FewClusters { clusters, coefficients } => format!(
            "군집 {clusters}개는 계수 {coefficients}개에 비해 너무 적습니다. 로버스트 분산의 랭크가 모자라 구간과 P를 신뢰할 수 없습니다"
        ),
        CoxWarning::InfiniteLimit { covariate, upwards } => format!(
            "{}의 {}: {}. 계수를 아무리 움직여도 프로파일 가능도가 한계값보다 높습니다",
            name(terms, *covariate),
            end_of_interval(*upwards),
            if *upwards {
                "무한대"
            } else {
                "위험비 0, 계수는 음의 무한대"
            }
        ),
        CoxWarning::NoLimit { covariate, upwards } => format!(
            "{}의 {}을 찾지 못했습니다. 프로파일 가능도의 탐색이 끝나지 않았습니다",
            name(terms, *covariate),
            end_of_interval(*upwards)
        ),
        CoxWarning::NoProfile { covariate } => format!(
            "{}의 P와 구간이 없습니다. 계수 0에서 프로파일 가능도의 탐색이 끝나지 않았습니다",
            name(terms, *covariate)
        ),
        CoxWarning::NotConverged { iterations } => {
            format!("반복 계산이 {iterations}회 안에 수렴하지 않아 추정치가 없습니다")
        }
    }
}

fn end_of_interval(upwards: bool) -> &'static str {
    if upwards { "상한" } else { "하한" }
}
