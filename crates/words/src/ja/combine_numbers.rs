//! Names of the numbers that leave a hospital in a pooled analysis.

use cotside_core::federated::TableKind;

use crate::decimal;

pub use crate::en::combine_numbers::{MOMENTS, Q, level, pair};

/// Heading.
pub const COUNTS: &str = "患者とイベント";
/// A number.
pub const PATIENTS: &str = "患者";
/// A number.
pub const EVENTS: &str = "イベント";
/// A number.
pub const EXCLUDED: &str = "欠測値または時間の欠如による除外";
/// Heading.
pub const SCORE: &str = "Coxモデル：スコア";
/// Heading.
pub const INFORMATION: &str = "Coxモデル：情報量";
/// A number.
pub const STRATA: &str = "層";
/// A number.
pub const EFFECTIVE_N: &str = "有効患者数";
/// A number.
pub const LOGLIK: &str = "対数尤度";
/// Heading.
pub const SPREAD: &str = "Coxモデル：異質性への寄与";
/// A number.
pub const RANK: &str = "階数";
/// Heading.
pub const AVERAGED: &str = "Coxモデル：区間ごとの合計値";
/// Heading.
pub const OWN_FIT: &str = "自施設のCoxモデルの当てはめ";
/// Heading.
pub const LOGRANK: &str = "ログランク検定：観測数−期待数、共分散";
/// Everybody.
pub const ALL: &str = "全患者";
/// A number.
pub const AT_START: &str = "開始時";
/// A number.
pub const LEFT: &str = "離脱";
/// A number.
pub const MISSING: &str = "不明";
/// A number.
pub const VALUES: &str = "値のある患者";
/// Of a variable.
pub const SUM: &str = "合計（計画書のコード化による）";
/// A number.
pub const SQUARES: &str = "二乗和";
/// Column.
pub const SECTION: &str = "内容";
/// Column.
pub const HOW_MANY: &str = "数値の数";
/// Column.
pub const LEFT_OUT: &str = "非提供";

/// Σ of a covariate over the events.
#[must_use]
pub fn event_sum(name: &str) -> String {
    format!("{name}、全イベントの合計")
}

/// The end of an interval.
#[must_use]
pub fn up_to(end: f64) -> String {
    format!("{}まで", decimal(end, 2))
}

/// A sum in an interval.
#[must_use]
pub fn cell_of(cell: &str, sum: &str, name: &str) -> String {
    format!("{cell}、{sum} {name}")
}

/// Heading.
#[must_use]
pub fn gray(cause: &str) -> String {
    format!("Gray検定、{cause}：スコア、分散")
}

/// Heading.
#[must_use]
pub fn grid(group: &str, carried: bool) -> String {
    let carried = if carried {
        "、少数の離脱は後の区間で数える"
    } else {
        ""
    };
    format!("時間区間、{group}{carried}")
}

/// Heading.
#[must_use]
pub fn table1(name: &str) -> String {
    format!("患者背景：{name}")
}

/// Heading.
#[must_use]
pub fn protocol(id: &str) -> String {
    format!("{id}の群")
}

/// Heading.
#[must_use]
pub fn reclassified(first: &str, second: &str) -> String {
    format!("{first}の群と{second}の群の対比")
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
    format!("{}以上{}未満", decimal(low, 4), decimal(high, 4))
}
