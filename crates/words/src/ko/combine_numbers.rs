//! Names of the numbers that leave a hospital in a pooled analysis.

use cotside_core::federated::TableKind;

use crate::decimal;

pub use crate::en::combine_numbers::{MOMENTS, Q, level, pair};

/// Heading.
pub const COUNTS: &str = "환자와 사건";
/// A number.
pub const PATIENTS: &str = "환자";
/// A number.
pub const EVENTS: &str = "사건";
/// A number.
pub const EXCLUDED: &str = "결측값 또는 시간 없음으로 제외";
/// Heading.
pub const SCORE: &str = "Cox 모형: 스코어";
/// Heading.
pub const INFORMATION: &str = "Cox 모형: 정보량";
/// A number.
pub const STRATA: &str = "층";
/// A number.
pub const EFFECTIVE_N: &str = "유효 환자 수";
/// A number.
pub const LOGLIK: &str = "로그 가능도";
/// Heading.
pub const SPREAD: &str = "Cox 모형: 이질성에 대한 기여";
/// A number.
pub const RANK: &str = "랭크";
/// Heading.
pub const AVERAGED: &str = "Cox 모형: 구간별 합계";
/// Heading.
pub const OWN_FIT: &str = "자기 기관의 Cox 모형 적합";
/// Heading.
pub const LOGRANK: &str = "로그순위 검정: 관찰수−기대수, 공분산";
/// Everybody.
pub const ALL: &str = "전체 환자";
/// A number.
pub const AT_START: &str = "시작 시";
/// A number.
pub const LEFT: &str = "이탈";
/// A number.
pub const MISSING: &str = "미상";
/// A number.
pub const VALUES: &str = "값이 있는 환자";
/// Of a variable.
pub const SUM: &str = "합계(계획서의 코딩에 따름)";
/// A number.
pub const SQUARES: &str = "제곱합";
/// Column.
pub const SECTION: &str = "내용";
/// Column.
pub const HOW_MANY: &str = "수치 개수";
/// Column.
pub const LEFT_OUT: &str = "미제공";

/// Σ of a covariate over the events.
#[must_use]
pub fn event_sum(name: &str) -> String {
    format!("{name}, 모든 사건의 합계")
}

/// The end of an interval.
#[must_use]
pub fn up_to(end: f64) -> String {
    format!("{}까지", decimal(end, 2))
}

/// A sum in an interval.
#[must_use]
pub fn cell_of(cell: &str, sum: &str, name: &str) -> String {
    format!("{cell}, {sum} {name}")
}

/// Heading.
#[must_use]
pub fn gray(cause: &str) -> String {
    format!("Gray 검정, {cause}: 스코어, 분산")
}

/// Heading.
#[must_use]
pub fn grid(group: &str, carried: bool) -> String {
    let carried = if carried {
        ", 소수의 이탈은 뒤의 구간에서 집계"
    } else {
        ""
    };
    format!("시간 구간, {group}{carried}")
}

/// Heading.
#[must_use]
pub fn table1(name: &str) -> String {
    format!("환자 특성: {name}")
}

/// Heading.
#[must_use]
pub fn protocol(id: &str) -> String {
    format!("{id}의 군")
}

/// Heading.
#[must_use]
pub fn reclassified(first: &str, second: &str) -> String {
    format!("{first}의 군과 {second}의 군 대비")
}

/// Levels or intervals of a variable.
#[must_use]
pub fn cells(kind: &TableKind) -> Vec<String> {
    match kind {
        TableKind::Levels(levels) => levels.clone(),
        TableKind::Cuts(cuts) => cuts.windows(2).map(|pair| interval(pair[0], pair[1])).collect(),
    }
}

/// An interval of numbers.
#[must_use]
pub fn interval(low: f64, high: f64) -> String {
    format!("{} 이상 {} 미만", decimal(low, 4), decimal(high, 4))
}
