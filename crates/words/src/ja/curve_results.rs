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

/// What an interval is called, of a level in per cent: "95%信頼区間".
#[must_use]
pub fn ci(level: f64) -> String {
    format!("{}%信頼区間", decimal(level, 6))
}

/// Why survival from one time to a later one has no variance, in words that fit behind "なし：".
#[must_use]
pub const fn conditional_no_variance(why: NoVariance) -> &'static str {
    match why {
        NoVariance::NoEvent => "二つの時点の間にイベントがない",
        NoVariance::AllEvents => "リスク集合に残る全員にイベントが起きた",
    }
}

/// Curves that have no band; none is named where all have none.
#[must_use]
pub fn no_band(groups: &[&str]) -> String {
    let of = if groups.is_empty() {
        String::new()
    } else {
        format!("（{}）", groups.join("、"))
    };
    format!("信頼帯なし{of}：範囲内に生存が0と1の間にある時点がない。信頼帯の別の時点を選ぶ。")
}

// ---- Quantiles

/// Heading.
pub const QUANTILES: &str = "イベントまでの時間の分位点";
/// Head of the shares with the event.
pub const WITH_EVENT: &str = "イベントあり";

/// Below the name of a group: by when they have had it.
#[must_use]
pub fn years_ci(ci: &str) -> String {
    format!("年（{ci}）")
}

/// A quantile: of how many per cent.
#[must_use]
pub fn quantile(percent: f64) -> String {
    if percent == 50.0 {
        return "50%（中央値）".to_owned();
    }
    format!("{}%", decimal(percent, 2))
}

/// Below the table, where a time is not reached.
pub const NOT_REACHED_KEY: &str = "NR：未到達。";

// ---- Conditional survival

/// Heading.
#[must_use]
pub fn conditional_heading(endpoint: &str) -> String {
    format!("条件付き生存（{endpoint}）")
}

/// Of a table: the time at which one is without the event.
pub const EVENT_FREE_AT: &str = "イベントなしの時点（年）";
/// Of a table: to when.
pub const TO: &str = "どの時点まで（年）";

/// Why no conditional survival is told.
pub const NO_LATER_TIME: &str =
    "条件付き生存なし：選んだ時点より後に推定値を示す時点がない。より後の時点でも推定値を示すように設定する。";

/// What conditional survival is.
pub const CONDITIONAL: &str = "最初の時点でイベントがなく追跡中の患者のうち、2番目の時点でもイベントのない患者の割合：二つのカプラン・マイヤー推定値の比。分散は、\
     Greenwoodの和のうち二つの時点の間の部分である。その間に誰にもイベントが起きない、またはリスク集合に残る全員に起きた場合は分散がなく、したがって\
     区間もない。";

// ---- Restricted means

/// Of a table.
#[must_use]
pub fn ratio(ci: &str) -> String {
    format!("比（{ci}）")
}

/// Of a table.
pub const P_RATIO: &str = "P（比）";

/// What the ratio is.
pub const RATIO: &str = "群の平均と基準の平均の比について、区間とPは対数尺度による（デルタ法）。";
