//! The words of Cox regression: models, the check of proportional hazards, subgroups.

use super::cox_error;
use cotside_core::survival::cox::{CoxError, Term};

// What is the same in every language, and what is printed.
pub use crate::en::cox_results::{
    FIRTH, HAZARD_RATIO, LOG_HAZARD_RATIO, LOG_LOG, LOG_LOG_AXIS, LOG_LOG_CAPTION, LOG_LOG_CAPTION_WITHOUT_EVENT,
    N_EVENTS, NONE, P, REFERENCE_RATIO, RESIDUALS, RESIDUALS_CAPTION_WITHOUT_LINE, SIDES, SUBGROUP, cox_model,
    forest_caption, forest_description, forest_title, log_log_title, model_kind, penalised_adjusted,
    penalised_unadjusted, ratio_of, ratio_with, residuals_caption, residuals_title, sides_of, subgroups_caption,
    subgroups_description, subgroups_title, with_ratios,
};

/// Heading.
pub const COX: &str = "Cox回帰";
/// Heading of the model of several variables.
pub const ADJUSTED_MODEL: &str = "調整モデル";
/// Of a table.
pub const VARIABLE: &str = "変数";
/// Of a table.
#[must_use]
pub fn unadjusted(ci: &str) -> String {
    format!("未調整HR（{ci}）")
}
/// Of a table.
pub const P_UNADJUSTED: &str = "P（未調整）";
/// Of a table.
#[must_use]
pub fn adjusted(ci: &str) -> String {
    format!("調整済みHR（{ci}）")
}
/// Of a table.
pub const P_ADJUSTED: &str = "P（調整済み）";
/// An end of an interval that was not found.
pub const NOT_FOUND: &str = "見つからず";
/// There is nothing to fit.
pub const NO_EVENT: &str = "イベントのある患者がいないため、モデルを当てはめられない。";
/// Variables that have no row.
#[must_use]
pub fn not_listed(names: &[&str]) -> String {
    format!(
        "値の分かっている患者がすべて同じ値のため、表に載せていない：{}。",
        names.join("、")
    )
}

/// Patients whose value is missing.
#[must_use]
pub fn missing(count: usize) -> String {
    if count > 0 {
        format!("欠測{count}")
    } else {
        String::new()
    }
}

/// Why there is no model.
#[must_use]
pub fn no_model(why: &str) -> String {
    format!("モデルなし：{why}。")
}

/// The same within a sentence.
pub const HAZARD_RATIO_IN_SENTENCE: &str = "ハザード比";
/// Head of a column.
#[must_use]
pub fn hr(ci: &str) -> String {
    format!("HR（{ci}）")
}

// ---- Proportional hazards

/// Heading.
pub const PROPORTIONAL_HAZARDS: &str = "比例ハザード";
/// Of a table.
pub const DF: &str = "自由度";

// ---- Subgroups

/// Heading.
pub const SUBGROUPS: &str = "サブグループ";
/// The fold with the table.
pub const AS_TABLE: &str = "表で見る";
/// All patients.
pub const ALL: &str = "全体";
/// Of a table: the subgroups.
pub const PATIENTS: &str = "患者";
/// Of a table.
pub const P_INTERACTION: &str = "交互作用のP";
/// A level with one of the two groups.
pub const ONE_GROUP: &str = "片方の群のみ";
/// A level without an event.
pub const NO_EVENT_CELL: &str = "イベントなし";
/// Marks of a P that is not what it seems, or of its absence, and what they mean.
pub const MARKS: [(&str, &str); 4] = [
    (
        "*",
        "モデルのハザード比に推定できないものがあり、Pはその極限での値である",
    ),
    ("†", "交互作用の検定にはイベントが少なすぎる"),
    ("‡", "交互作用を含むモデルを当てはめられなかった"),
    ("§", "比べるものがない"),
];

/// What a mark means.
#[must_use]
pub fn mark_meaning((mark, meaning): (&str, &str)) -> String {
    format!(" {mark} {meaning}。")
}

/// The comparison among all; `ratio` is the hazard ratio with its interval and P.
#[must_use]
pub fn over_all([first, of_first]: [&str; 2], [last, of_last]: [&str; 2], ratio: &str) -> String {
    format!("患者（イベント）：{last} {of_last}、{first} {of_first}。{ratio}。")
}

// ---- Sentences

/// Why there is no model on the page, which has no command-line options.
#[must_use]
pub fn no_cox_model(error: &CoxError, terms: &[Term]) -> String {
    match error {
        CoxError::NoEvents => "これらの患者にイベントのある患者がいない".to_owned(),
        CoxError::RobustWithFirth => "Firthの尤度にはロバスト分散がない。クラスターと整数でない重みを外す".to_owned(),
        CoxError::NotForExact => {
            "これは正確な尤度では定義されていない。同時刻のイベントの扱いにEfron法またはBreslow法を選ぶ".to_owned()
        }
        CoxError::TooManyTies => {
            "正確な尤度には同時刻のイベントが多すぎる。同時刻のイベントの扱いにEfron法を選ぶ".to_owned()
        }
        CoxError::TooLargeForFirth => "小標本向けのFirthの尤度には、患者と係数が多すぎる".to_owned(),
        other => cox_error(other, terms),
    }
}

/// What is said of a variable whose estimates are Firth's.
pub const FIRTH_ESTIMATES: &str = "Firthの罰則付き尤度、区間とPはプロファイル尤度による";

/// Shown where a ratio does not exist.
pub const NO_ESTIMATE: &str = "推定不能";

/// Why Firth's penalty, which was asked for, gave no estimate.
#[must_use]
pub fn firth_refused(error: &CoxError, terms: &[Term]) -> String {
    format!("Firthの罰則で推定値が得られなかった：{}", no_cox_model(error, terms))
}

/// A variable that is not in a model because it has one value among its patients.
#[must_use]
pub fn one_value(variable: &str, patients: usize) -> String {
    format!("{variable}はこれらの患者{patients}例ですべて同じ値であり、モデルに含まれない")
}

/// Where nothing that was chosen differs.
pub const NOTHING_DIFFERS: &str = "モデルなし：選んだ変数がすべて分かっている患者の中に、2つの値をとる変数がない。";

/// A model whose proportional hazards could not be tested.
#[must_use]
pub fn not_checked(error: &CoxError, terms: &[Term]) -> String {
    let why = match error {
        CoxError::NotForFirth => "Firthの罰則付き尤度では定義されていない".to_owned(),
        other => no_cox_model(other, terms),
    };
    format!("比例ハザードの検定なし：{why}。")
}

/// What Firth's penalty is for, before it is asked for and after.
#[must_use]
pub fn penalty(on: bool) -> &'static str {
    if on {
        "部分尤度に有限の最大値がない場合は、Firthの罰則付き尤度による推定値で、区間とPはプロファイル尤度による。それ以外は通常のCox回帰による。"
    } else {
        "推定できないハザード比がある（分離）：イベントのすべてが片側にあるか、片側に1件もない。Firthの罰則付き尤度では、有限の推定値とプロファイル\
         尤度による区間が得られる。"
    }
}

/// What speaks against a finding of later than diagnosis as if it had been known from diagnosis.
pub const KNOWN_LATER: &str = "診断後に測定（保証時間バイアス）";

/// The test of proportional hazards of all variables together; `test` is its χ², df and p.
#[must_use]
pub fn proportionality(test: &str) -> String {
    format!(
        "係数が1 − カプラン・マイヤーに応じて変化するかのスコア検定（GrambschとTherneau、Rのcox.zphと同じ）、全変数：{test}。Pが小さければ、\
         全期間を通じて1つのハザード比とみることに反する。Pが大きくても、その証明にはならない。"
    )
}

/// What the forest of subgroups compares.
#[must_use]
pub fn subgroups(last: &str, first: &str, is_part: bool, variables: usize, apart: &[String]) -> String {
    let mut part = String::new();
    if is_part {
        part.push_str("ほかの群は除外した。");
    }
    if !apart.is_empty() {
        part.push_str(&format!(
            "両群のある水準がなく、比べるものがない：{}。",
            apart.join("、")
        ));
    }
    format!(
        "変数{variables}個の各水準における、{last}の{first}に対するハザード比。数値は名称に示した値で区切った。{part}交互作用のPは、比が水準間で\
         異なるかを問う。このような検定{variables}個のうち、偶然だけでも20個に1個は0.05を下回る。"
    )
}
