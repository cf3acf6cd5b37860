//! Sentences of planning. The sentences for a protocol are printed in English and are said by the plans themselves.

use cotside_core::survival::{EventsFormula, PlanError};

use crate::decimal;

pub use crate::en::planning_results::{
    ONE_GROUP_FORMULA, OneGroupPlan, PlanSource, TwoGroupPlan, one_group_sources, two_group_sources,
};

/// What an answer on two groups assumes.
pub const TWO_GROUPS_ASSUME: &str = "가정: 비례위험, 두 군에서 일정한 위험률, 균등한 등록, 사건과 독립이며 두 군에서 같은 추적 소실. 검정력은 효과의 방향으로 기각하는 \
     경우를 셉니다. 영아 ALL의 생존은 흔히 고원에 이르며, 그 경우 후기 사건은 일정한 위험률에서 얻는 수보다 적습니다.";
/// What an answer on one group assumes.
pub const ONE_GROUP_ASSUMES: &str = "가정: 모든 환자를 생존율의 시점까지 추적하거나 그 전에 사건이 일어납니다. 고정된 값은 오차 없이 아는 것으로 보지만, 발표된 \
     추정치에는 구간이 있고 그 환자들은 다를 수 있습니다. 검정력은 효과의 방향으로 기각하는 경우를 셉니다.";

/// What an answer on one group assumes where entry, follow-up or loss is given.
pub const ONE_GROUP_OBSERVED_ASSUMES: &str = "가정: 생존율의 시점까지 일정한 위험률, 균등한 등록, 사건과 독립인 추적 소실. 영아 ALL에서 흔히 그렇듯 대부분의 사건이 일찍 일어나면 \
     일정한 위험률의 경우보다 적은 환자가 필요합니다. 고정된 값은 오차 없이 아는 것으로 보지만, 발표된 추정치에는 구간이 있고 그 환자들은 다를 수 있습니다. \
     검정력은 효과의 방향으로 기각하는 경우를 셉니다.";
/// One group with entry, follow-up and loss: Greenwood's integral.
pub const ONE_GROUP_OBSERVED_FORMULA: &str = "n = (z₁₋α + z₁₋β)²·V / (θ₁ − θ₀)², θ = log(−log S), V = ∫₀ᵗ λe^(λu)/G(u) du / (log S₁)², \
     λ = −log S₁/t; G(u) = e^(−ηu)·min(1, (a + f − u)/a)는 추적이 u까지 이어질 확률(추적 소실 η, 등록 기간 a, 추적 기간 f). f ≥ t이고 추적 소실이 없으면 \
     적분은 위험률과 관계없이 (1 − S₁)/S₁";
/// What an answer on one group assumes; `observed` where entry, follow-up or loss is given.
#[must_use]
pub const fn one_group_assumes(observed: bool) -> &'static str {
    if observed {
        ONE_GROUP_OBSERVED_ASSUMES
    } else {
        ONE_GROUP_ASSUMES
    }
}

/// The formula for one group; `observed` as in [`one_group_assumes`].
#[must_use]
pub const fn one_group_formula(observed: bool) -> &'static str {
    if observed {
        ONE_GROUP_OBSERVED_FORMULA
    } else {
        ONE_GROUP_FORMULA
    }
}

/// The formula of the number of events.
#[must_use]
pub const fn events_formula(formula: EventsFormula) -> &'static str {
    match formula {
        EventsFormula::Schoenfeld => "Schoenfeld: 사건 수 = (z₁₋α + z₁₋β)² / (p(1 − p)(log HR)²), p는 둘째 군의 비율",
        EventsFormula::Freedman => {
            "Freedman: 사건 수 = (z₁₋α + z₁₋β)²(1 + r·HR)² / (r(1 − HR)²), r은 첫째 군에 대한 둘째 군의 환자 수 비"
        }
    }
}

/// From events to patients.
pub const SUBJECTS_FORMULA: &str = "환자 수 = 사건 수 / 관찰되는 사건의 평균 확률. 이 확률은 위험률 λ, 추적 소실 η, 등록 기간 a, 추적 기간 f일 때 \
     λ/(λ + η)·[1 − e^(−(λ + η)f)(1 − e^(−(λ + η)a))/((λ + η)a)]";

/// Why a question has no answer, with the remedy.
#[must_use]
pub const fn plan_error(error: PlanError) -> &'static str {
    match error {
        PlanError::NotFollowed => {
            "생존율의 시점 이후까지 추적되는 환자가 없습니다. 등록 기간과 추적 기간의 합이 그 시점보다 길어야 합니다"
        }
        PlanError::Alpha => "유의수준은 0과 1 사이여야 합니다(예: 0.05)",
        PlanError::Power => "검정력은 유의수준과 1(100%) 사이여야 합니다(예: 0.8(80%))",
        PlanError::HazardRatio => "위험비는 0보다 크고 1이 아니어야 합니다(예: 0.6)",
        PlanError::Allocation => "둘째 군의 비율은 0과 1 사이여야 합니다(예: 0.5)",
        PlanError::Size => "수는 0보다 커야 합니다",
        PlanError::Survival => "두 생존율은 0과 1 사이의 서로 다른 값이어야 합니다",
        PlanError::Schedule => {
            "이 기간에는 사건을 기대할 수 없습니다. 0보다 큰 추적 기간이나 등록 기간, 또는 더 많은 연간 환자 수를 입력합니다"
        }
        PlanError::Rate => "연간 환자 수는 0보다 커야 합니다",
        PlanError::NoSurvival => {
            "환자 수를 구하려면 첫째 군의 한 시점 생존율이 필요합니다. 한 군인 경우 사건 수 대신 환자 수를 입력합니다"
        }
        PlanError::NotDetected => {
            "이 규모와 검정력으로는 그 방향의 효과가 검출되지 않습니다. 더 큰 수나 더 낮은 검정력을 입력합니다"
        }
    }
}

/// The same as a sentence of its own.
#[must_use]
pub fn refused(error: PlanError) -> String {
    format!("{}.", plan_error(error))
}

/// A proportion in per cent; one so near to 0 or 100% that it would be rounded there is below 0.1% or above 99.9%.
#[must_use]
pub fn plan_percent(share: f64) -> String {
    if share > 0.9995 && share < 1.0 {
        return "99.9% 초과".to_owned();
    }
    if share < 0.0005 && share > 0.0 {
        return "0.1% 미만".to_owned();
    }
    format!("{}%", decimal(100.0 * share, 1))
}

/// Years.
#[must_use]
pub fn plan_years(years: f64) -> String {
    format!("{}년", decimal(years, 1))
}

/// That recruitment takes longer than the years of entry that are assumed.
#[must_use]
pub fn longer_than_assumed(years: f64, given: f64) -> String {
    format!(
        "이 연간 환자 수로는 등록에 {}이 걸려 가정한 등록 기간 {}보다 깁니다. 등록 기간을 비워 두면 연간 환자 수에서 정해집니다.",
        plan_years(years),
        plan_years(given)
    )
}
