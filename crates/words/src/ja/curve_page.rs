//! The controls of curves: intervals, quantiles, conditional survival, simultaneous bands.

/// The fold of the controls.
pub const HEADING: &str = "区間、分位点、信頼帯";
/// The scale of intervals.
pub const INTERVAL: &str = "信頼区間の尺度";
/// Their level.
pub const LEVEL: &str = "信頼水準（%）";
/// Why a level is not accepted.
pub const LEVEL_REFUSED: &str = "信頼水準を50〜99.9の範囲で入力する。";
/// Quantiles of time.
pub const QUANTILES: &str = "分位点（イベントが起きた割合、%）";
/// Why quantiles are not accepted.
pub const QUANTILES_REFUSED: &str = "0と100の間のパーセントを入力する（例：25, 50, 75）。";
/// Conditional survival.
pub const CONDITIONAL: &str = "条件付き生存、イベントなしの時点（年）";
/// The band of the figure.
pub const BAND: &str = "図の信頼帯";
/// Where a simultaneous band begins.
pub const BAND_FROM: &str = "信頼帯の始まり（年）";
/// Where it ends.
pub const BAND_TO: &str = "信頼帯の終わり（年）";
/// The estimate of the cumulative hazard.
pub const HAZARD: &str = "累積ハザードの推定法";

/// The words of a value by its code in files.
#[must_use]
pub fn value(code: &str) -> &'static str {
    match code {
        "plain" => "変換なし",
        "arcsin" => "逆正弦平方根",
        "pointwise" => "各時点の信頼区間",
        "equal-precision" => "同時信頼帯、等精度（Nair）",
        "hall-wellner" => "同時信頼帯、Hall–Wellner",
        "nelson-aalen" => "Nelson–Aalen（同時刻のイベントをまとめて）",
        "fleming-harrington" => "Fleming–Harrington（同時刻のイベントを一つずつ）",
        other => crate::en::curve_page::value(other),
    }
}
