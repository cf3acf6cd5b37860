//! The words of adjusted curves and of mixture cure models.

// What is the same in every language, and what is printed.
pub use crate::en::adjusted::{
    AIC, ALPHA, CURE_DESCRIPTION, DESCRIPTION, NONE, adjusted_method, caption, cure_caption, cure_method, cure_title,
    no_estimate_of, ratio, sentence, title, with_difference,
};

// ---- Adjusted curves

/// The heading.
pub const ADJUSTED: &str = "調整済み生存";
/// Nothing is compared.
pub const NEEDS_GROUPS: &str = "調整済み曲線は群を比較する。左で群分けに用いるものを選ぶ。";
/// No covariate is chosen.
pub const NEEDS_COVARIATES: &str = "調整に用いる変数を選ぶ。群以外の、Cox回帰のモデルの変数である。";
/// Nothing differs.
pub const NOTHING_DIFFERS: &str = "すべての変数が分かっている患者の中では、群が1つしかないか、値に差のある変数がない。";
/// The control of how the groups enter the model.
pub const GROUP_AS: &str = "モデルでの群の扱い";
/// Column of the estimates without a model.
pub const UNADJUSTED: &str = "カプラン・マイヤー、同じ患者（%）";
/// Column of the adjusted estimates.
#[must_use]
pub fn adjusted_estimate(ci: &str) -> String {
    format!("調整済み（{ci}）、%")
}

/// Column of differences.
#[must_use]
pub fn adjusted_difference(ci: &str) -> String {
    format!("調整済みの差（{ci}）、パーセントポイント")
}

/// In place of a difference, in the row of the reference.
pub const REFERENCE: &str = "基準";

/// Words of the values of settings, by their codes in files.
#[must_use]
pub fn value(code: &str) -> &'static str {
    match code {
        "covariate" => "共変量（比例ハザード）",
        "strata" => "層（群ごとのベースラインハザード）",
        "none" => "なし",
        "weibull" => "Weibull",
        "exponential" => "指数",
        "lognormal" => "対数正規",
        "loglogistic" => "対数ロジスティック",
        "by-group" => "群により両方が異なる",
        "same" => "群により割合だけが異なる",
        _ => "",
    }
}

/// No model: an error of the regression behind it.
#[must_use]
pub fn no_adjusted(why: &str) -> String {
    format!("調整済み曲線なし：{why}。")
}

/// A coefficient has no finite estimate.
#[must_use]
pub fn not_finite(terms: &[String]) -> String {
    format!(
        "調整済み曲線なし：{}に有限の推定値がない。変数を外すか、水準をまとめるか、群を層とする。",
        terms.join("、")
    )
}

/// A group that occurs in one of the strata only.
#[must_use]
pub fn no_stratum(group: &str) -> String {
    format!(
        "調整済み曲線なし：ある層に{group}の患者がおらず、そこでのベースラインハザードがない。群を共変量とするか、層を減らす。"
    )
}

/// Who is in the model.
#[must_use]
pub fn included(patients: usize, events: usize, left_out: usize) -> String {
    let rest = match left_out {
        0 => String::new(),
        count => format!("分からない変数のある患者{count}例は除いた。"),
    };
    format!("患者{patients}例、イベント{events}件。{rest}")
}

/// Under the table.
pub const ADJUSTED_KEY: &str = "調整済み：このモデルの全患者にわたる平均であり、その群の患者の平均ではない。差には、両方の平均の同時分散を用いる。";

// ---- Mixture cure models

/// The heading.
pub const CURE: &str = "治癒割合";
/// The control of the distribution.
pub const DISTRIBUTION: &str = "治癒モデルの時間の分布";
/// No model is asked for.
pub const NO_MODEL: &str = "モデルは当てはめていない。プラトーが信じられる場合に、治癒しない患者の時間の分布を選ぶ。";
/// The control of the times of the groups.
pub const TIMES: &str = "群";
/// Where nobody has the event.
pub const NO_EVENT: &str = "イベントがないため、モデルにするものがない。";
/// What the model says, above all numbers.
pub const WARNING: &str = "治癒モデルは、患者の一部には決してイベントが起こらないと仮定する。この仮定をモデル自身で検定することはできない。\
     信じられるのは、最後のイベントの後も長く追跡され、曲線にプラトーがある場合だけである。まずプラトーを確認する。";
/// The heading of the table of plateaus.
pub const PLATEAU: &str = "プラトーはあるか";
/// Column: the last event.
pub const LAST_EVENT: &str = "最後のイベント（年）";
/// Column: the last time.
pub const LAST_TIME: &str = "最長の追跡期間（年）";
/// Column: followed beyond.
pub const BEYOND: &str = "最後のイベントより後もイベントなし";
/// Under the table of plateaus.
pub const PLATEAU_KEY: &str = "α：遅いイベントが見えないほど追跡が短い場合に、イベントのない期間がこれほど長く続く確率。0.05を超える場合、\
     追跡はプラトーを裏づけない。モデルが適合しているかどうかは示さない。";
/// The heading of the table of fractions.
pub const FRACTIONS: &str = "モデルによる治癒割合";
/// Column: the fraction.
#[must_use]
pub fn fraction(ci: &str) -> String {
    format!("治癒割合（{ci}）、%")
}

/// Column: odds ratio.
#[must_use]
pub fn odds_ratio(ci: &str) -> String {
    format!("治癒しないことのオッズ比（{ci}）")
}

/// Column: median time of those not cured.
pub const MEDIAN: &str = "治癒しない患者の時間の中央値（年）";
/// The heading of the comparison of distributions.
pub const DISTRIBUTIONS: &str = "分布の比較";
/// Column: distribution.
pub const DISTRIBUTION_COLUMN: &str = "分布";
/// Column: log-likelihood.
pub const LOGLIK: &str = "対数尤度";
/// Column: the same without cure.
pub const AIC_WITHOUT: &str = "治癒なしのAIC";
/// Under that table.
pub const DISTRIBUTIONS_KEY: &str = "AICが小さいほど、パラメータ数の割にモデルがデータに近い。治癒割合は分布によって変わる。行の間で異なる場合、\
     データが治癒について示せることもそれだけ異なる。";
/// In place of an interval that holds every fraction.
pub const NOT_DETERMINED: &str = "定まらない";

/// No model.
#[must_use]
pub fn no_cure_model(why: &str) -> String {
    format!("治癒モデルなし：{why}。")
}

/// What the model found.
#[must_use]
pub fn cure_sentence(endpoint: &str, group: &str, fraction: &str) -> String {
    let of = if group.is_empty() {
        String::new()
    } else {
        format!("{group}の")
    };
    format!("{endpoint}の混合治癒モデルによると、{of}治癒割合は{fraction}であった。")
}

/// Times of 0 in a model of logarithms.
#[must_use]
pub fn at_zero(count: usize) -> String {
    format!("0の時間{count}件は半日とみなす。時間の対数のモデルであるため。")
}

/// Head of a column with the fraction of a group.
#[must_use]
pub fn fraction_of(group: &str, ci: &str) -> String {
    if group.is_empty() {
        fraction(ci)
    } else {
        format!("{group}：治癒（{ci}）、%")
    }
}

/// "41.2%（95%信頼区間 32.1–50.9）".
#[must_use]
pub fn percent_with_interval(share: &str, limits: Option<(String, String)>, ci: &str) -> String {
    let limits = limits.map_or_else(String::new, |(lower, upper)| format!("（{ci} {lower}–{upper}）"));
    format!("{share}%{limits}")
}

/// The same times without cure are as close to the data.
#[must_use]
pub fn not_needed(aic: &str, without: &str) -> String {
    format!(
        "治癒割合がなくても、この分布は少なくとも同じ程度にデータを表す（AIC {without}、治癒割合ありでは{aic}）。データは治癒を裏づけない。"
    )
}

/// Follow-up of groups that does not support a cured fraction.
#[must_use]
pub fn short_follow_up_of(groups: &[String]) -> String {
    format!(
        "{}では、治癒した患者を後期のイベントと区別するには追跡が短すぎる可能性がある（MallerとZhouのαが0.05を超える）。",
        groups.join("、")
    )
}
