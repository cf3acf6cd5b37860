//! The words of the models of Cox's regression beside their hazard ratios: entry, weights, clusters, strata, tests of
//! variables, interactions, splines, causes.

use cotside_core::survival::SplineError;
use cotside_core::survival::cox::Ties;

// What is the same in every language, and what is printed.
pub use crate::en::model_results::{
    INTERACTS_CAPTION, P_PROPORTIONAL, WALD, asked, cause_method, interaction, joint_method, logarithm_of_count,
    on_scale, spline_axis, spline_caption, spline_description, spline_method, spline_title, value, with_interactions,
    with_unit,
};

// ---- Who is left out

/// The settings do not fit each other.
pub const EXACT_IS_PLAIN: &str = "正確な尤度ではクラスターも症例の重みも使えない。同時刻のイベントの扱いにEfron法またはBreslow法を選ぶか、\
     クラスターと重みを外す。";
/// Nobody has all that is asked for.
pub const NOBODY_LEFT: &str = "モデルに必要なもの（追跡終了より前の遅延組入れ、0より大きい重み、クラスター）がすべてそろった患者がいない。\
     別の列を選ぶか、選択を外す。";

fn left_out(what: &str, reasons: &[(usize, &str)]) -> Option<String> {
    let reasons: Vec<String> = reasons
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, why)| format!("{why}{count}例"))
        .collect();
    (!reasons.is_empty()).then(|| format!("{what}：{}をすべてのモデルから除いた。", reasons.join("、")))
}

/// Who is left out for delayed entry.
#[must_use]
pub fn entry_left_out(unknown: usize, ended: usize) -> Option<String> {
    left_out(
        "遅延組入れ",
        &[
            (unknown, "組入れ時点のない患者"),
            (ended, "組入れ時点またはそれより前に追跡が終わる患者"),
        ],
    )
}

/// Who is left out for weights.
#[must_use]
pub fn weights_left_out(unknown: usize, unfit: usize) -> Option<String> {
    left_out(
        "重み",
        &[(unknown, "重みのない患者"), (unfit, "重みが0より大きくない患者")],
    )
}

/// Who is left out for clusters.
#[must_use]
pub fn cluster_left_out(unknown: usize) -> Option<String> {
    left_out("クラスター", &[(unknown, "クラスターのない患者")])
}

/// A column that is no longer there, or has no numbers.
#[must_use]
pub fn no_numbers(column: &str) -> String {
    format!("{column}はこのファイルの数値の列ではない。別の列を選ぶか、選択を外す。")
}

/// A column that is no longer there, or has no labels.
#[must_use]
pub fn no_labels(column: &str) -> String {
    format!("{column}はこのファイルの水準をもつ列ではない。別の列を選ぶか、選択を外す。")
}

/// Entry at a day that does not come after the origin.
#[must_use]
pub fn entry_does_not_fit(endpoint: &str) -> String {
    format!("{endpoint}では、この日付での遅延組入れは意味をなさない。別の組入れ時点を選ぶか、選択を外す。")
}

// ---- The table and its sentences

/// How ties were treated, within a sentence.
#[must_use]
pub const fn ties(ties: Ties) -> &'static str {
    match ties {
        Ties::Efron => "同時刻のイベントはEfron法",
        Ties::Breslow => "同時刻のイベントはBreslow法",
        Ties::Exact => "同時刻のイベントは正確な尤度",
    }
}

/// Below the table.
#[must_use]
pub fn key(of: Ties, is_robust: bool, is_penalised: bool) -> String {
    let (variance, several) = match (is_robust, is_penalised) {
        (true, _) => ("、ロバスト分散", "Wald検定"),
        (false, true) => ("", "尤度比検定（調整モデルではWald検定）"),
        (false, false) => ("", "尤度比検定"),
    };
    format!(
        "Cox回帰（{}{variance}）。欠測値のある患者は除外した。水準の信頼区間とPはWald（Firthとあるものは罰則付きプロファイル尤度）、複数の水準を\
         もつ変数のPは{several}による。P (PH) は比例ハザードのスコア検定で、調整モデルがあればそのモデル、なければその変数だけのモデルによる。",
        ties(of)
    )
}

/// Of a table.
pub const N_EVENTS: &str = "n / イベント";
/// The level with which the others are compared, in a cell.
pub const REFERENCE: &str = "基準";
/// The button for the table as a file.
pub const TABLE_FILE: &str = "表をCSVで保存";
/// The button for the sentence.
pub const COPY_SENTENCE: &str = "文をコピー";

/// Of a variable that interacts, whose ratio is that of one level of the other.
pub const INTERACTS: &str = "交互作用あり：調整済みの比は、相手の変数の基準の水準、または値0での比";

/// The caption of the table.
#[must_use]
pub fn caption(endpoint: &str, [patients, events]: [usize; 2], adjusted: Option<(&[String], [usize; 2])>) -> String {
    let mut caption = format!("{endpoint}のCox回帰：未調整のハザード比（患者{patients}例、イベント{events}件）");
    if let Some((variables, [patients, events])) = adjusted {
        caption.push_str(&format!(
            "、および互いに調整したハザード比（患者{patients}例、イベント{events}件）：{}",
            variables.join("、")
        ));
    }
    caption + "。"
}

/// First remission as time of entry.
pub const FROM_REMISSION: &str = "第一寛解";
/// Transplant as time of entry.
pub const FROM_TRANSPLANT: &str = "移植";

// ---- Tests of variables

/// Heading.
pub const JOINT: &str = "調整モデルの変数の検定";
/// Of a table.
pub const P_WALD: &str = "P（Wald）";
/// Of a table.
pub const LIKELIHOOD_RATIO: &str = "尤度比χ²";
/// Of a table.
pub const P_LIKELIHOOD_RATIO: &str = "P（尤度比）";
/// Below the table.
pub const JOINT_KEY: &str = "モデルのほかの変数を所与とした、変数のすべての係数の同時検定。尤度比：その変数を除いたモデルに対する尤度比検定。\
     交互作用のある変数は、その交互作用で検定する。";
/// Where the variance is robust.
pub const NO_LIKELIHOOD_RATIO: &str = "ロバスト分散またはFirthの罰則を用いた場合、尤度比検定はない。";
/// Heading.
pub const WITHIN: &str = "水準内のハザード比";
/// Of a table: the variable of the ratio.
pub const OF: &str = "ハザード比の変数";
/// Of a table: the level.
pub const WITHIN_LEVEL: &str = "水準";
/// Below the table.
pub const WITHIN_KEY: &str =
    "調整モデルの係数の和。信頼区間とPはWaldによる。交互作用のあるほかの変数は、基準の水準または値0とする。";

/// The level of an interacting variable.
#[must_use]
pub fn at_level(variable: &str, level: &str) -> String {
    format!("{variable}：{level}")
}

/// An interaction that is not in the model.
#[must_use]
pub fn no_interaction(of: &str, within: &str) -> String {
    format!(
        "{}はモデルに含まれない。両方の変数がモデルに含まれ、値に差がなければならない",
        interaction(of, within)
    )
}

// ---- One cause

/// Heading.
#[must_use]
pub fn cause_heading(cause: &str) -> String {
    format!("1つの原因についての同じモデル：{cause}")
}

/// Where no variable is in the model.
pub const CAUSE_NEEDS_VARIABLES: &str = "調整モデルの変数を選ぶ。この原因のモデルも同じ変数を用いる。";

/// A cause that no patient has.
#[must_use]
pub fn no_such_cause(cause: &str) -> String {
    format!("モデルの患者にイベント「{cause}」の患者がいない。別の原因を選ぶ。")
}

/// Why there is no Fine–Gray model.
pub const FINE_GRAY_TIES: &str = "Fine–Grayモデルには同時刻のイベントの正確な尤度による扱いがない。表示するには、同時刻のイベントの扱いにEfron法またはBreslow法を選ぶ。";
/// How Fine and Gray’s model was fitted with what Cox’s model takes.
pub const FINE_GRAY_BY_ROWS: &str = "Rのfinegrayの区間に対する重み付きCoxモデルとして当てはめた。組入れ、重み、クラスター、層はCoxモデルと同じ。\
     打ち切りと組入れは層ごとに推定し、標準誤差はロバスト";

/// Patients and events in it.
#[must_use]
pub fn cause_counts(patients: usize, events: usize, competing: usize) -> String {
    format!("患者{patients}例、うちこのイベントが最初に起きた{events}例、競合イベントの{competing}例。")
}

// ---- Splines

/// Heading.
#[must_use]
pub fn spline_heading(variable: &str) -> String {
    format!("{variable}のスプライン")
}

/// The variable is none, or has levels.
pub const SPLINE_NEEDS_NUMBERS: &str = "スプラインには数値の変数が必要である。別の変数を選ぶか、選択を外す。";

/// Nobody has a value of it and of the other variables.
pub const SPLINE_OF_NOBODY: &str =
    "この変数とモデルのほかのすべての変数の値がある患者がいない。別の変数を選ぶか、選択を外す。";

/// Why there is no spline.
#[must_use]
pub fn no_spline(error: SplineError) -> &'static str {
    match error {
        SplineError::KnotCount => "ここではスプラインの節点は3、4、5個のいずれかである。",
        SplineError::NotFinite => "この変数に有限の数でない値がある。",
        SplineError::EqualKnots => "異なる値が少なすぎ、2つの節点が重なる。節点を減らすか、変数を線形のままとする。",
    }
}

/// The reference is outside of the values.
#[must_use]
pub fn reference_outside(low: &str, high: &str) -> String {
    format!("基準値がモデル内の値の範囲（{low}から{high}）の外にある。範囲内の値を選ぶ。")
}

/// What the tests found; `others` are the variables for which it is adjusted.
#[must_use]
pub fn spline_sentence(knots: &[String], others: &[String], overall: &str, curved: &str) -> String {
    let adjusted = if others.is_empty() {
        String::new()
    } else {
        format!("、{}で調整", others.join("、"))
    };
    format!(
        "制限付き3次スプライン、節点{}{adjusted}。何らかの効果：{overall}。直線からのずれ：{curved}。",
        knots.join("、")
    )
}

/// Coefficients of the spline have no finite estimates.
pub const SPLINE_NOT_ESTIMABLE: &str =
    "係数に有限の推定値がない。イベントが少なすぎるか、すべて片側にある。節点を減らすか、変数を線形のままとする。";
/// Of a table.
#[must_use]
pub fn against(reference: &str, ci: &str) -> String {
    format!("{reference}に対するHR（{ci}）")
}
