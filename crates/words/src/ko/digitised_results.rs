//! The words of what comes of digitised figures. What stands in a figure is printed, in English.

use cotside_core::evidence::{CurveOf, GroupAgreement, GroupTest};

use super::digitised::curve_of;
use super::p_value;
use crate::decimal;

pub use crate::en::digitised_results::{
    AGREEMENT_TITLE, DIFFERENCE_AXIS, INCIDENCE, NONE, TOGETHER_CAPTION, TOGETHER_TITLE, YEARS, agreement_description,
    as_read, counts, error, incidence_description, medians, of_study, points, together_description,
};

/// Heads of the table of groups.
pub const GROUP_HEADS: [&str; 7] = [
    "군",
    "환자 수",
    "사건 수",
    "경쟁 사건 수",
    "중앙값",
    "오차(제곱평균제곱근, 최대)",
    "위험 대상자 수의 최대 차이",
];
/// Heading.
pub const BETWEEN: &str = "군 간 비교";
/// A group’s ratio.
pub const HAZARD_RATIO: &str = "HR(95% 신뢰구간)";
/// The cause-specific one.
pub const CAUSE_SPECIFIC: &str = "원인별 HR(95% 신뢰구간)";
/// Of subdistributions.
pub const SUBDISTRIBUTION: &str = "부분분포 HR(95% 신뢰구간)";
/// Of a table.
pub const COMPARED: &str = "비교";
/// Of a table.
pub const AGAINST_PRINTED: &str = "기재된 비와의 차이";
/// Saves the figure.
pub const SAVE_FIGURE: &str = "이 그림 저장(JSON)";
/// What the file needs.
pub const NEEDS_PROVENANCE: &str = "그림을 저장하려면 연구, 그림, 수치화한 사람, 날짜를 적습니다.";
/// Curves of one figure in fractions and per cent.
pub const MIXED_UNITS: &str = "일부 곡선은 백분율이고 일부는 비율입니다. 모두 같은 단위로 입력합니다";
/// The curve of an event is missing.
pub const NO_EVENT_CURVE: &str = "경쟁 사건의 곡선은 있으나 사건의 곡선이 없는 군이 있습니다";
/// Two tables at risk.
pub const TWO_TABLES: &str = "한 군의 두 곡선에 모두 위험 대상자 수가 있고 서로 다릅니다. 한 곡선에만 입력합니다";
/// What the printed ratio needs.
pub const RATIO_NEEDS: (&str, &str) = ("위험비", "0.62, 0.40–0.95와 같은 수와 두 군");
/// There is no figure yet.
pub const NOTHING_TO_SAVE: &str = "아직 복원한 것이 없습니다";
/// Heading.
pub const AGREEMENT: &str = "두 판독의 일치";
/// Heading of the drawing.
pub const TOGETHER: &str = "함께 그린 그림";
/// Heads of the table of agreement.
pub const AGREEMENT_HEADS: [&str; 6] = [
    "곡선",
    "환자 수, 사건 수",
    "중앙값",
    "최대 차이",
    "평균 차이",
    "일치 한계",
];
/// Heads of the table at the times of the numbers at risk.
pub const TIMES_HEADS: [&str; 5] = ["곡선", "시점", "첫째, %", "둘째, %", "차이, 포인트"];
/// Heads of the table of ratios.
pub const RATIO_HEADS: [&str; 4] = ["HR", "첫째", "둘째", "둘째/첫째"];
/// What the two readings are.
pub const READINGS: [&str; 2] = ["첫째", "둘째"];

/// The log-rank or Gray’s test of the groups.
#[must_use]
pub fn group_test(test: GroupTest, incidence: bool) -> String {
    let name = if incidence {
        "Gray 검정"
    } else {
        "로그순위 검정"
    };
    format!(
        "{name}: χ² = {}, 자유도 {}, {}",
        decimal(test.chi2, 2),
        test.df,
        p_value(test.p)
    )
}

/// There is no test.
#[must_use]
pub fn no_group_test(incidence: bool) -> &'static str {
    if incidence {
        "이 행들에서는 Gray 검정을 구할 수 없습니다."
    } else {
        "이 행들에서는 로그순위 검정을 구할 수 없습니다."
    }
}

/// Why groups are not compared.
#[must_use]
pub fn not_compared(why: &str) -> String {
    format!("비교하지 않음: {why}.")
}

/// Why readings are not compared.
#[must_use]
pub fn no_agreement(why: &str) -> String {
    format!("둘을 한 그림의 판독으로 비교하지 않음: {why}.")
}

/// Why a figure is not saved.
#[must_use]
pub fn not_saved(why: &str) -> String {
    format!("저장하지 않음: {why}.")
}

/// A file of the library that is not read.
#[must_use]
pub fn not_opened(name: &str, why: &str) -> String {
    format!("{name}: {why}.")
}

/// A group against the reference.
#[must_use]
pub fn against(group: &str, reference: &str) -> String {
    format!("{group}(기준: {reference})")
}

/// Groups that only one reading has.
#[must_use]
pub fn alone(groups: &[String]) -> String {
    format!("한쪽 판독에만 있는 군: {}.", groups.join(", "))
}

/// The largest difference, where it is.
#[must_use]
pub fn largest(curve: &GroupAgreement, unit: &str) -> String {
    let found = curve.largest;
    format!(
        "{}포인트(시점 {}{unit})",
        points(found.difference()),
        decimal(found.time, 2)
    )
}

/// Limits of agreement.
#[must_use]
pub fn limits((low, high): (f64, f64)) -> String {
    format!("{}부터 {}포인트", points(low), points(high))
}

/// A curve of a group in a table; in a figure it is named in English.
#[must_use]
pub fn curve(group: &str, of: CurveOf) -> String {
    match (group.trim().is_empty(), of) {
        (false, CurveOf::Survival) => group.to_owned(),
        (true, of) => curve_of(of).to_owned(),
        (false, of) => format!("{group}, {}", curve_of(of)),
    }
}

/// The figure and its page.
#[must_use]
pub fn figure_and_page(figure: &str, page: &str) -> String {
    if page.is_empty() {
        figure.to_owned()
    } else {
        format!("{figure}, {page}쪽")
    }
}
