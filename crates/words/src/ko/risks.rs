//! Why a method of competing risks, parametric models or transplant analyses gives no answer, in words.

use cotside_core::decimal::fixed;
use cotside_core::survival::{
    CureError, CureWarning, FineGrayError, FineGrayWarning, GrayError, ImmortalTime, IncidenceError, MOST_CAUSES,
    MOST_FINE_GRAY_ROWS, MOST_GRAY_GROUPS, ParametricError, TransplantError,
};

/// Why there is no cumulative incidence, and what would be accepted.
#[must_use]
pub fn incidence_error(error: IncidenceError) -> String {
    match error {
        IncidenceError::Groups => "군과 행의 수가 다릅니다".to_owned(),
        IncidenceError::AalenNeedsPlainRows => {
            "Aalen 분산에는 가중치도 지연 진입도 쓸 수 없습니다. --variance jackknife를 씁니다".to_owned()
        }
        IncidenceError::TooManyCauses { found } => {
            format!("사건 열에 원인이 {found}개 있습니다. {MOST_CAUSES}개 이하로 합니다")
        }
    }
}

/// Why there is no Gray's test.
#[must_use]
pub fn gray_error(error: GrayError) -> String {
    match error {
        GrayError::Labels => "군 또는 층과 행의 수가 다릅니다".to_owned(),
        GrayError::OneGroup => "Gray 검정에는 군이 둘 이상 필요합니다".to_owned(),
        GrayError::TooManyGroups { found } => {
            format!("Gray 검정은 {MOST_GRAY_GROUPS}개 군까지 비교하며, 여기에는 {found}개 군이 있습니다")
        }
        GrayError::NeedsPlainRows => "Gray 검정에는 가중치도 지연 진입도 쓸 수 없습니다".to_owned(),
        GrayError::NoVariance => {
            "Gray 검정의 분산이 없습니다. 이 원인의 사건이 없거나, 이 사건이 일어날 수 없는 군이 있습니다".to_owned()
        }
    }
}

/// Why there is no model of the subdistribution hazard; `names` are those of the covariates.
#[must_use]
pub fn fine_gray_error(error: FineGrayError, names: &[String], cause: u32) -> String {
    let name = |covariate: usize| names.get(covariate).map_or("?", String::as_str);
    match error {
        FineGrayError::NoCovariates => "--covariates 또는 --factor로 공변량을 하나 이상 지정합니다".to_owned(),
        FineGrayError::BadCovariate { covariate } => not_finite(name(covariate)),
        FineGrayError::NeedsPlainRows => "가중치와 지연 진입에는 구간에 의한 모형이 필요합니다".to_owned(),
        FineGrayError::Labels => "층 또는 군집과 행의 수가 다릅니다".to_owned(),
        FineGrayError::NoWeight => {
            "어느 시점에 위험 대상자 모두가 막 진입했거나 중도절단되어, 그 전에 다른 사건이 있었던 환자에게 가중치가 없습니다. 그 시점 이전의 행을 \
             빼거나 --entry를 뺍니다"
                .to_owned()
        }
        FineGrayError::TooManyRows { .. } => {
            format!("다른 사건이 있었던 환자의 구간이 {MOST_FINE_GRAY_ROWS}개보다 많습니다. 행을 줄입니다")
        }
        FineGrayError::NoEvents => format!("원인 {cause}의 행이 없습니다. 실제로 있는 원인을 --cause로 지정합니다"),
        FineGrayError::Singular { covariate } => singular(name(covariate)),
        FineGrayError::NoConvergence => NO_CONVERGENCE.to_owned(),
    }
}

/// What is doubtful about a model of the subdistribution hazard.
#[must_use]
pub fn fine_gray_warning(warning: FineGrayWarning, names: &[String]) -> String {
    let name = |covariate: usize| names.get(covariate).map_or("?", String::as_str);
    match warning {
        FineGrayWarning::Constant { covariate } => constant_covariate(name(covariate)),
        FineGrayWarning::NoContrast { covariate } => format!(
            "{}의 값이 어느 사건 시점의 위험 대상자에서도 서로 다르지 않아 계수가 없습니다",
            name(covariate)
        ),
        FineGrayWarning::MayBeInfinite { covariate } => format!(
            "{}의 계수가 무한대일 수 있습니다. 사건이 없거나 사건만 있는 값이 있습니다",
            name(covariate)
        ),
        FineGrayWarning::FewClusters => {
            "군집이 계수보다 많지 않아 로버스트 표준오차가 불확실합니다. 군집이 하나이면 표준오차가 없습니다".to_owned()
        }
        FineGrayWarning::FewEvents => "공변량 하나당 사건이 10건 미만이어서 추정치가 불확실합니다".to_owned(),
    }
}

/// A covariate that was left out of a model because it is constant.
#[must_use]
pub fn constant_covariate(name: &str) -> String {
    format!("{name}의 값이 모든 행에서 같아 계수가 없습니다")
}

/// Why there is no parametric model; `names` are those of the covariates.
#[must_use]
pub fn parametric_error(error: ParametricError, names: &[String]) -> String {
    let name = |covariate: usize| names.get(covariate).map_or("?", String::as_str);
    match error {
        ParametricError::BadCovariate { covariate } => not_finite(name(covariate)),
        ParametricError::ZeroTime { .. } => ZERO_TIME.to_owned(),
        ParametricError::EntryBeforeOrigin { .. } => {
            "진입이 0보다 작아 시간의 시작보다 앞섭니다. 0 이상으로 하거나 더 이른 날부터 시간을 셉니다".to_owned()
        }
        ParametricError::NoEvents => NO_EVENTS.to_owned(),
        ParametricError::Singular { covariate } => singular(name(covariate)),
        ParametricError::Separation { covariate } => format!(
            "{}의 계수가 무한대입니다. 사건이 없는 값이 있습니다. 그 열을 빼거나 값을 합칩니다",
            name(covariate)
        ),
        ParametricError::NoMaximum => {
            "가능도에 최댓값이 없습니다. 모형이 모든 사건과 정확히 일치합니다. 공변량을 줄입니다".to_owned()
        }
        ParametricError::NoConvergence => NO_CONVERGENCE.to_owned(),
    }
}

/// Why transplanted and other patients cannot be compared so.
#[must_use]
pub fn transplant_error(error: TransplantError) -> String {
    match error {
        TransplantError::NoRows => "충분히 오래 추적된 환자가 없습니다",
        TransplantError::Length => "열의 길이가 다릅니다",
        TransplantError::BadTime { .. } => "시간을 받아들일 수 없습니다. 0 이상의 유한한 수를 입력합니다",
        TransplantError::BadTransplant { .. } => {
            "이식 시점을 받아들일 수 없습니다. 0 이상의 수를 입력하거나 비워 둡니다"
        }
        TransplantError::TransplantAfterEnd { .. } => "이식이 추적 종료보다 늦습니다. 둘 중 하나를 정정합니다",
        TransplantError::BadLandmark => "랜드마크를 받아들일 수 없습니다. 0 이상의 유한한 수를 입력합니다",
        TransplantError::NothingToCompare => {
            "사건이 있는 환자가 없거나, 사건 시점에 두 군 가운데 한 군에 위험 대상자가 없어 비교할 것이 없습니다"
        }
        TransplantError::ImmortalTime(cost) => return immortal_time(cost),
    }
    .to_owned()
}

/// Why grouping by “ever transplanted” is not offered.
#[must_use]
pub fn immortal_time(cost: ImmortalTime) -> String {
    format!(
        "‘이식을 받은 적이 있는지’에 따른 군 나누기는 제공하지 않습니다(불멸 시간 비뚤림: 그 추적 기간의 {}%인 환자 {}명의 대기 기간에는 사건이 \
         일어날 수 없음). Mantel–Byar 검정, 시간의존 공변량 또는 랜드마크를 씁니다.",
        fixed(100.0 * cost.share, 0),
        cost.patients
    )
}

/// Why there is no cure model; names are those of the covariates of the incidence and of the latency.
#[must_use]
pub fn cure_error(error: CureError, incidence: &[String], latency: &[String]) -> String {
    let bad = |names: &[String], covariate: usize| not_finite(names.get(covariate).map_or("?", String::as_str));
    match error {
        CureError::BadIncidenceCovariate { covariate } => bad(incidence, covariate),
        CureError::BadLatencyCovariate { covariate } => bad(latency, covariate),
        CureError::ZeroTime { .. } => ZERO_TIME.to_owned(),
        CureError::DelayedEntry => "완치 모형에는 지연 진입을 쓸 수 없습니다".to_owned(),
        CureError::NoEvents => NO_EVENTS.to_owned(),
        CureError::NobodyCensored => "중도절단된 환자가 없어 완치될 수 있는 환자가 없습니다".to_owned(),
        CureError::NoConvergence => NO_CONVERGENCE.to_owned(),
    }
}

/// What is doubtful about a cure model.
#[must_use]
pub fn cure_warning(warning: CureWarning) -> &'static str {
    match warning {
        CureWarning::InsufficientFollowUp => {
            "추적이 너무 짧아 완치된 환자와 늦은 사건을 구별하지 못할 수 있습니다(Maller와 Zhou의 α가 0.05보다 큼)"
        }
        CureWarning::NoPlateau => "마지막 시간이 사건이어서 곡선에 고원이 없습니다",
        CureWarning::NoCuredFraction => "결국 모두에게 사건이 일어난다고 추정되어 완치의 징후가 없습니다",
        CureWarning::MayBeInfinite => "계수가 무한대일 수 있습니다. 사건이 없거나 사건만 있는 값이 있습니다",
        CureWarning::NotIdentified => "자료로는 완치와 늦은 사건을 가릴 수 없어 표준오차가 존재하지 않습니다",
        CureWarning::FewEvents => "모수 하나당 사건이 10건 미만이어서 추정치가 불확실합니다",
    }
}

fn not_finite(name: &str) -> String {
    format!("열 {name}에 너무 크거나 유한하지 않은 값이 있습니다")
}

fn singular(name: &str) -> String {
    format!("열 {name}의 값이 일정하거나 앞에 있는 열의 조합입니다. 이 열을 뺍니다")
}

const NO_CONVERGENCE: &str = "모형이 수렴하지 않았습니다. 공변량을 줄이거나 극단값을 찾습니다";

const ZERO_TIME: &str = "시간이 0이어서 로그를 구할 수 없습니다. 0보다 큰 시간을 입력하거나 그 행을 뺍니다";

const NO_EVENTS: &str = "사건이 있는 행이 없습니다. 사건을 나타내는 값이 1이 아니면 --event-value로 지정합니다";
