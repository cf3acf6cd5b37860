//! The words of what is asked of curves beside survival at some times: level of intervals, quantiles, conditional survival,
//! simultaneous bands, ratios of restricted means.

use crate::decimal;
use cotside_core::survival::NoVariance;

// Figures, captions and methods are printed.
pub use crate::en::curve_results::{
    CONDITIONAL_METHOD, FLEMING_HARRINGTON_ESTIMATES, FLEMING_HARRINGTON_METHOD, HAZARD_METHOD, KAPLAN_MEIER_ESTIMATES,
    NELSON_AALEN_ESTIMATES, NOT_REACHED, QUANTILE_METHOD, RATIO_METHOD, band_method, band_range, hazard_axis,
    kaplan_meier, quantile_with, scale, source, with_bands, with_pointwise,
};

/// What an interval is called, of a level in per cent: "95% 신뢰구간".
#[must_use]
pub fn ci(level: f64) -> String {
    format!("{}% 신뢰구간", decimal(level, 6))
}

/// Why survival from one time to a later one has no variance, in words that fit behind "없음:".
#[must_use]
pub const fn conditional_no_variance(why: NoVariance) -> &'static str {
    match why {
        NoVariance::NoEvent => "두 시점 사이에 사건이 없음",
        NoVariance::AllEvents => "남은 위험 대상자 모두에게 사건이 일어남",
    }
}

/// Curves that have no band; none is named where all have none.
#[must_use]
pub fn no_band(groups: &[&str]) -> String {
    let of = if groups.is_empty() {
        String::new()
    } else {
        format!("({})", groups.join(", "))
    };
    format!("신뢰대 없음{of}: 범위 안에 생존이 0과 1 사이인 시점이 없습니다. 신뢰대의 다른 시점을 선택하십시오.")
}

// ---- Quantiles

/// Heading.
pub const QUANTILES: &str = "사건까지 시간의 분위수";
/// Head of the shares with the event.
pub const WITH_EVENT: &str = "사건 있음";

/// Below the name of a group: by when they have had it.
#[must_use]
pub fn years_ci(ci: &str) -> String {
    format!("년({ci})")
}

/// A quantile: of how many per cent.
#[must_use]
pub fn quantile(percent: f64) -> String {
    if percent == 50.0 {
        return "50%(중앙값)".to_owned();
    }
    format!("{}%", decimal(percent, 2))
}

/// Below the table, where a time is not reached.
pub const NOT_REACHED_KEY: &str = "NR: 도달하지 않음.";

// ---- Conditional survival

/// Heading.
#[must_use]
pub fn conditional_heading(endpoint: &str) -> String {
    format!("조건부 생존({endpoint})")
}

/// Of a table: the time at which one is without the event.
pub const EVENT_FREE_AT: &str = "사건이 없는 시점(년)";
/// Of a table: to when.
pub const TO: &str = "까지(년)";

/// Why no conditional survival is told.
pub const NO_LATER_TIME: &str = "조건부 생존 없음: 선택한 시점보다 나중에 추정치를 보고하는 시점이 없습니다. 더 나중 시점의 추정치도 보고하도록 설정하십시오.";

/// What conditional survival is.
pub const CONDITIONAL: &str = "첫 번째 시점에 사건 없이 추적 중인 환자 가운데 두 번째 시점에도 사건이 없는 비율: 두 카플란–마이어 추정치의 비입니다. 분산은 Greenwood 합에서 두 \
     시점 사이의 부분입니다. 그 사이에 아무에게도 사건이 일어나지 않거나 남은 위험 대상자 모두에게 일어나면 분산이 없고, 따라서 구간도 없습니다.";

// ---- Restricted means

/// Of a table.
#[must_use]
pub fn ratio(ci: &str) -> String {
    format!("비({ci})")
}

/// Of a table.
pub const P_RATIO: &str = "P(비)";

/// What the ratio is.
pub const RATIO: &str = "군의 평균과 기준의 평균의 비는 구간과 P를 로그 척도에서 구합니다(델타 방법).";
