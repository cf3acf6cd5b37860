//! The controls of the models of Cox's regression.

use cotside_core::survival::CovariateScale;

pub use crate::en::model_page::LISTED;

/// Variables of the model.
pub const MODEL: &str = "調整モデルの変数";
/// Firth's penalty.
pub const FIRTH: &str = "推定値が無限大になる場合にFirthの罰則付き尤度を用いる";
/// Residuals over time.
pub const TERM: &str = "経時的に描く係数";
/// One of several causes.
pub const CAUSE: &str = "一つの原因（Cox、Fine–Gray）";
/// No cause.
pub const NO_CAUSE: &str = "原因を一つに限らない";
/// A number as a spline.
pub const SPLINE: &str = "制限付き3次スプラインにする変数";
/// No spline.
pub const NO_SPLINE: &str = "なし";
/// Knots of the spline.
pub const KNOTS: &str = "節点の数";
/// The value with which others are compared.
pub const REFERENCE: &str = "基準値（空欄：中央値）";
/// The fold with the scales.
pub const SCALES: &str = "数値の尺度";
/// The label of a scale.
pub const SCALE: &str = "ハザード比";
/// Under it where nothing can be scaled.
pub const SCALES_NEED_NUMBERS: &str = "数値の変数を上で選ぶと、そのハザード比の1単位を決められる。";
/// Any number of units.
pub const UNITS: &str = "いくつの単位あたりか";
/// The fold with the interactions.
pub const INTERACTIONS: &str = "交互作用";
/// Of which variable ratios are told.
pub const OF: &str = "ハザード比を示す変数";
/// Within whose levels.
pub const WITHIN: &str = "どの変数の水準ごとに";
/// Nothing is chosen yet.
pub const CHOOSE: &str = "選択";
/// The button.
pub const ADD: &str = "交互作用を追加";
/// The button.
pub const REMOVE: &str = "外す";
/// Under it where nothing can interact.
pub const INTERACTIONS_NEED_TWO: &str = "先に調整モデルの変数を二つ選ぶ。";
/// The fold with what models take beside covariates.
pub const DESIGN: &str = "層、遅延組入れ、重み、クラスター、同時刻のイベント";
/// A chosen column that this file, or this endpoint, does not offer.
pub const NOT_OFFERED: &str = "選択済みだが、ここでは使えない";
/// Strata.
pub const STRATA: &str = "調整モデルの層（数値は中央値で区切る）";
/// Entry.
pub const ENTRY: &str = "リスク集合に入る時点";
/// From the origin.
pub const NO_ENTRY: &str = "追跡の開始";
/// The unit of a column of entry.
pub const ENTRY_UNIT: &str = "組入れ時点の単位";
/// Weights.
pub const WEIGHTS: &str = "症例の重み";
/// Clusters.
pub const CLUSTER: &str = "クラスター（ロバスト分散）";
/// No column.
pub const NONE: &str = "なし";
/// Ties.
pub const TIES: &str = "同時刻のイベント";
/// Whom these settings concern.
pub const DESIGN_NOTE: &str = "これらはこの結果のモデルだけに適用し、曲線と順位検定には適用しない。";

/// Words of the values of a setting, by their codes in files.
#[must_use]
pub fn value(code: &str) -> &'static str {
    match code {
        "exact" => "正確な尤度",
        "days" => "日",
        "months" => "月",
        "years" => "年",
        other => crate::en::model_page::value(other),
    }
}

/// A scale in a list.
#[must_use]
pub fn scale(of: CovariateScale) -> String {
    match of {
        CovariateScale::Per(unit) if unit.to_bits() == 1.0_f64.to_bits() => "1単位あたり".to_owned(),
        CovariateScale::Per(unit) => format!("{unit}単位あたり"),
        CovariateScale::Log2 => "2倍あたり（log₂）".to_owned(),
        CovariateScale::Log10 => "10倍あたり（log₁₀）".to_owned(),
        CovariateScale::Deviation => "標準偏差あたり".to_owned(),
    }
}

/// The scale of the beginning in a list.
#[must_use]
pub fn usual(words: &str) -> String {
    format!("{words}（通常）")
}

/// A fold with the number of its settings that are set.
#[must_use]
pub fn with_count(fold: &str, set: usize) -> String {
    if set == 0 {
        fold.to_owned()
    } else {
        format!("{fold}（{set}）")
    }
}
