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
    "群",
    "患者数",
    "イベント数",
    "競合イベント数",
    "中央値",
    "誤差（二乗平均平方根、最大）",
    "リスク集合の人数の最大の差",
];
/// Heading.
pub const BETWEEN: &str = "群の比較";
/// A group’s ratio.
pub const HAZARD_RATIO: &str = "HR（95%信頼区間）";
/// The cause-specific one.
pub const CAUSE_SPECIFIC: &str = "原因別HR（95%信頼区間）";
/// Of subdistributions.
pub const SUBDISTRIBUTION: &str = "部分分布HR（95%信頼区間）";
/// Of a table.
pub const COMPARED: &str = "比較";
/// Of a table.
pub const AGAINST_PRINTED: &str = "記載された比との差異";
/// Saves the figure.
pub const SAVE_FIGURE: &str = "この図を保存（JSON）";
/// What the file needs.
pub const NEEDS_PROVENANCE: &str = "図を保存するには、研究、図、数値化した人、日付を記入する。";
/// Curves of one figure in fractions and per cent.
pub const MIXED_UNITS: &str = "百分率の曲線と割合の曲線が混在している。すべて同じ単位で入力する";
/// The curve of an event is missing.
pub const NO_EVENT_CURVE: &str = "競合イベントの曲線があるのに、イベントの曲線がない群がある";
/// Two tables at risk.
pub const TWO_TABLES: &str = "一つの群の二つの曲線の両方にリスク集合の人数があり、一致しない。一方だけに入力する";
/// What the printed ratio needs.
pub const RATIO_NEEDS: (&str, &str) = ("ハザード比", "0.62や0.40–0.95のような数と、両方の群");
/// There is no figure yet.
pub const NOTHING_TO_SAVE: &str = "まだ復元されていない";
/// Heading.
pub const AGREEMENT: &str = "二つの読み取りの一致";
/// Heading of the drawing.
pub const TOGETHER: &str = "重ねた図";
/// Heads of the table of agreement.
pub const AGREEMENT_HEADS: [&str; 6] = [
    "曲線",
    "患者数、イベント数",
    "中央値",
    "最大の差",
    "平均の差",
    "一致限界",
];
/// Heads of the table at the times of the numbers at risk.
pub const TIMES_HEADS: [&str; 5] = ["曲線", "時点", "第1、%", "第2、%", "差、ポイント"];
/// Heads of the table of ratios.
pub const RATIO_HEADS: [&str; 4] = ["HR", "第1", "第2", "第2/第1"];
/// What the two readings are.
pub const READINGS: [&str; 2] = ["第1", "第2"];

/// The log-rank or Gray’s test of the groups.
#[must_use]
pub fn group_test(test: GroupTest, incidence: bool) -> String {
    let name = if incidence {
        "Gray検定"
    } else {
        "ログランク検定"
    };
    format!(
        "{name}：χ² = {}、自由度{}、{}",
        decimal(test.chi2, 2),
        test.df,
        p_value(test.p)
    )
}

/// There is no test.
#[must_use]
pub fn no_group_test(incidence: bool) -> &'static str {
    if incidence {
        "これらの行ではGray検定は求められない。"
    } else {
        "これらの行ではログランク検定は求められない。"
    }
}

/// Why groups are not compared.
#[must_use]
pub fn not_compared(why: &str) -> String {
    format!("比較しない：{why}。")
}

/// Why readings are not compared.
#[must_use]
pub fn no_agreement(why: &str) -> String {
    format!("二つを一つの図の読み取りとして比較しない：{why}。")
}

/// Why a figure is not saved.
#[must_use]
pub fn not_saved(why: &str) -> String {
    format!("保存しなかった：{why}。")
}

/// A file of the library that is not read.
#[must_use]
pub fn not_opened(name: &str, why: &str) -> String {
    format!("{name}：{why}。")
}

/// A group against the reference.
#[must_use]
pub fn against(group: &str, reference: &str) -> String {
    format!("{group}（基準：{reference}）")
}

/// Groups that only one reading has.
#[must_use]
pub fn alone(groups: &[String]) -> String {
    format!("一方の読み取りだけにある群：{}。", groups.join("、"))
}

/// The largest difference, where it is.
#[must_use]
pub fn largest(curve: &GroupAgreement, unit: &str) -> String {
    let found = curve.largest;
    format!(
        "{}ポイント（時点 {}{unit}）",
        points(found.difference()),
        decimal(found.time, 2)
    )
}

/// Limits of agreement.
#[must_use]
pub fn limits((low, high): (f64, f64)) -> String {
    format!("{}から{}ポイント", points(low), points(high))
}

/// A curve of a group in a table; in a figure it is named in English.
#[must_use]
pub fn curve(group: &str, of: CurveOf) -> String {
    match (group.trim().is_empty(), of) {
        (false, CurveOf::Survival) => group.to_owned(),
        (true, of) => curve_of(of).to_owned(),
        (false, of) => format!("{group}、{}", curve_of(of)),
    }
}

/// The figure and its page.
#[must_use]
pub fn figure_and_page(figure: &str, page: &str) -> String {
    if page.is_empty() {
        figure.to_owned()
    } else {
        format!("{figure}、{page}ページ")
    }
}
