//! The controls of curves: intervals, quantiles, conditional survival, simultaneous bands.

/// The fold of the controls.
pub const HEADING: &str = "구간, 분위수, 신뢰대";
/// The scale of intervals.
pub const INTERVAL: &str = "신뢰구간의 척도";
/// Their level.
pub const LEVEL: &str = "신뢰수준(%)";
/// Why a level is not accepted.
pub const LEVEL_REFUSED: &str = "신뢰수준을 50에서 99.9 사이로 입력하십시오.";
/// Quantiles of time.
pub const QUANTILES: &str = "분위수(사건이 일어난 비율, %)";
/// Why quantiles are not accepted.
pub const QUANTILES_REFUSED: &str = "0과 100 사이의 백분율을 입력하십시오(예: 25, 50, 75).";
/// Conditional survival.
pub const CONDITIONAL: &str = "조건부 생존, 사건이 없는 시점(년)";
/// The band of the figure.
pub const BAND: &str = "그림의 신뢰대";
/// Where a simultaneous band begins.
pub const BAND_FROM: &str = "신뢰대 시작(년)";
/// Where it ends.
pub const BAND_TO: &str = "신뢰대 끝(년)";
/// The estimate of the cumulative hazard.
pub const HAZARD: &str = "누적위험의 추정법";

/// The words of a value by its code in files.
#[must_use]
pub fn value(code: &str) -> &'static str {
    match code {
        "plain" => "변환 없음",
        "arcsin" => "역사인 제곱근",
        "pointwise" => "시점별 신뢰구간",
        "equal-precision" => "동시 신뢰대, 등정밀도(Nair)",
        "hall-wellner" => "동시 신뢰대, Hall–Wellner",
        "nelson-aalen" => "Nelson–Aalen(동시 사건을 함께)",
        "fleming-harrington" => "Fleming–Harrington(동시 사건을 하나씩)",
        other => crate::en::curve_page::value(other),
    }
}
