//! The words of predictions for given values: the controls, the refusals, the tables.

use super::parametric_results::distribution;
use crate::decimal;
use cotside_core::survival::TimeDistribution;

pub use crate::en::predicted::{
    BY_COX, BY_FINE_GRAY, DESCRIPTION, INCIDENCE_DESCRIPTION, SOURCE, TIMES_METHOD, caption, incidence_method, method,
    predicted, predicted_incidence, told, with_unit,
};

// ---- The controls

/// The fold, and the heading of what is predicted.
pub const HEADING: &str = "指定した値での予測生存";
/// In the fold where no variable is chosen.
pub const NEEDS_VARIABLES: &str = "先に調整モデルの変数を選ぶ。";
/// In the fold: what is to be given.
pub const NOTE: &str = "調整モデルの各変数の値を入力する。入力するまでは何も予測しない。";
/// The button for another set of values.
pub const ADD: &str = "条件を追加";
/// The button that takes one away.
pub const REMOVE: &str = "削除";
/// No level is chosen yet.
pub const CHOOSE: &str = "選択";

/// A set of values, by its number.
#[must_use]
pub fn profile(number: usize) -> String {
    format!("条件{number}")
}

/// A stratum of the model.
#[must_use]
pub fn stratum_of(name: &str) -> String {
    format!("層：{name}")
}

// ---- What is said

/// Above everything that is predicted.
pub const WARNING: &str = "予測は、このコホートでこれらの値をもつ患者の集団についてのものである。治療を勧めるものではなく、個々の児での妥当性は検証されていない。";

/// Where no variable is in the model.
pub const NO_MODEL: &str = "予測なし：調整モデルに変数がない。調整モデルの変数を選ぶ。";

/// What is wrong with a profile, behind its name.
#[must_use]
pub fn of_profile(number: usize, why: &str) -> String {
    format!("{}：{why}", profile(number))
}

/// Values are missing.
#[must_use]
pub fn missing(names: &[String]) -> String {
    format!("{}の値を入力する。", names.join("、"))
}

/// A text that is not a number.
#[must_use]
pub fn no_number(name: &str, text: &str) -> String {
    format!("「{text}」は数値ではない。{name}は1.5のような数値で入力する。")
}

/// A number that has no logarithm.
#[must_use]
pub fn no_logarithm(name: &str, text: &str) -> String {
    format!("モデルの{name}は対数尺度であり、{text}には対数がない。0より大きい数値を入力する。")
}

/// A level that no patient of the model has.
#[must_use]
pub fn no_level(name: &str, text: &str, levels: &[&str]) -> String {
    format!(
        "{name}が「{text}」の患者はモデルにいない。次から選ぶ：{}。",
        levels.join("、")
    )
}

/// A stratum in which no patient of the model is.
#[must_use]
pub fn no_stratum(stratum: &str) -> String {
    format!("層{stratum}の患者はモデルにいないため、ベースラインハザードがない。ほかの層を選ぶ。")
}

/// A number outside the range of the patients of the model.
#[must_use]
pub fn beyond(number: usize, name: &str, value: &str, [least, most]: &[String; 2]) -> String {
    of_profile(
        number,
        &format!("{name} {value}はこのコホートの範囲（{least}～{most}）の外にあり、予測は外挿である。"),
    )
}

/// No prediction: an error of the model behind it.
#[must_use]
pub fn no_prediction(why: &str) -> String {
    format!("予測なし：{why}。")
}

/// Terms without a finite estimate.
#[must_use]
pub fn not_finite(terms: &[String]) -> String {
    format!(
        "予測なし：{}に有限の推定値がない。変数を外すか、水準をまとめる。",
        terms.join("、")
    )
}

// ---- Tables

/// Head of the profiles.
pub const PROFILE: &str = "指定した値";

/// Below the table of predicted survival.
pub const SURVIVAL_KEY: &str =
    "Cox回帰の調整モデルによる。区間はこれらの値をもつ集団についてのもので、一人の患者についてのものではない。";

/// Heading of the predicted incidence of a cause.
#[must_use]
pub fn incidence_heading(cause: &str) -> String {
    format!("予測累積発生率：{cause}")
}

/// Below the table of predicted incidence.
pub const INCIDENCE_KEY: &str = "同じ変数のFine–Grayモデルによる。分散は打ち切りの重みの推定を含まない。";

/// Why the model of a cause predicts nothing for a profile.
pub const NO_INCIDENCE: &str = "これらの値ではFine–Grayモデルに有限の推定値がない。";

/// Heading of what the parametric model predicts.
#[must_use]
pub fn times_heading(of: TimeDistribution) -> String {
    format!("{HEADING}、{}モデル", distribution(of))
}

/// Heading of a column: the time by which so many per cent have had the event.
#[must_use]
pub fn quantile_years(percent: f64, ci: &str) -> String {
    if percent == 50.0 {
        return format!("中央値、年（{ci}）");
    }
    format!("{}%にイベントが起きる時点、年（{ci}）", decimal(percent, 2))
}
