//! The words of parametric models: distributions, ratios of times and hazards, the fitted curves.

use cotside_core::survival::TimeDistribution;

// What is the same in every language, and what is printed.
pub use crate::en::parametric_results::{AIC, BIC, SOURCE, description, figure_caption, methods, title};

/// Heading.
pub const PARAMETRIC: &str = "パラメトリックモデル";
/// Name of the setting.
pub const DISTRIBUTION: &str = "時間の分布";
/// Of a table.
pub const DISTRIBUTION_HEAD: &str = "分布";
/// Of a table.
#[must_use]
pub fn time_ratio(ci: &str) -> String {
    format!("時間比（{ci}）")
}

/// Of a table.
#[must_use]
pub fn hazard_ratio(ci: &str) -> String {
    format!("HR（{ci}）")
}

/// Of a table.
pub const LOGLIK: &str = "対数尤度";
/// Of a table.
pub const PARAMETERS: &str = "パラメータ数";
/// Below an estimate of the model.
pub const BY_KAPLAN_MEIER: &str = "カプラン・マイヤー";
/// Behind the distribution of the tables above.
pub const SHOWN_HERE: &str = "（上の表）";
/// Behind the distribution with the smallest AIC.
pub const LOWEST_AIC: &str = "、AIC最小";
/// Heading.
pub const WHICH_FITS: &str = "分布の比較";
/// Heading.
pub const GROUPS_HEADING: &str = "群";
/// Heading.
pub const ADJUSTED_HEADING: &str = "変数をまとめたモデル";
/// Heading.
pub const SURVIVAL_HEADING: &str = "モデルとカプラン・マイヤーによる生存";
/// Below the tables.
pub const KEY: &str = "時間比が1より大きいと、イベントまでの時間がその倍率だけ長いことを意味する。ハザード比があるのは、比例ハザードの成り立つ分布\
     （指数とWeibull）である。区間はすべてWald。生存の区間は、標準化した対数時間の尺度で対称である。";
/// Below the comparison of distributions.
pub const AIC_KEY: &str = "4つとも同じ患者と変数による。AICが小さいほど適合がよく、2未満の差はほとんど何も示さない。これらの分布はどれも平坦に\
     ならない。患者の一部が治癒する場合、その曲線は最後に低くなりすぎる。";
/// Where no variable is chosen for Cox’s regression.
pub const NO_VARIABLES: &str = "Cox回帰で調整モデルの変数を選ぶと、それらをまとめてこのモデルで見ることができる。";
/// What parametric models leave out of what Cox’s model takes.
pub const NO_STRATA: &str = "Coxモデルの層はこのモデルに含まれない。患者全体に1つの分布を当てはめる。";
/// What parametric models leave out of what Cox’s model takes.
pub const NO_CLUSTERS: &str = "標準誤差は尤度による。クラスターはここでは用いない。";
/// Nobody has a time above 0.
pub const NOBODY: &str =
    "時間が0より大きく、モデルに必要なものがすべてそろった患者がいない。別の変数を選ぶか、選択を外す。";

/// A distribution.
#[must_use]
pub fn distribution(distribution: TimeDistribution) -> &'static str {
    match distribution {
        TimeDistribution::Weibull => "Weibull",
        TimeDistribution::Exponential => "指数",
        TimeDistribution::LogNormal => "対数正規",
        TimeDistribution::LogLogistic => "対数ロジスティック",
    }
}

/// A distribution by its code in files, for the control.
#[must_use]
pub fn distribution_choice(code: &str) -> &'static str {
    match code {
        "weibull" => "Weibull",
        "exponential" => "指数",
        "lognormal" => "対数正規",
        "loglogistic" => "対数ロジスティック",
        _ => "",
    }
}

/// Above the figure.
#[must_use]
pub fn caption(endpoint: &str, of: TimeDistribution, patients: usize, events: usize) -> String {
    format!(
        "{endpoint}の{}モデル（加速故障時間モデル）、患者{patients}例、イベント{events}件。",
        distribution(of)
    )
}

/// Heading of the ratios of groups.
#[must_use]
pub fn groups_against(reference: &str) -> String {
    format!("{GROUPS_HEADING}、基準は{reference}")
}

/// Why a model of a distribution does not exist, behind its name.
#[must_use]
pub fn no_model_of(of: TimeDistribution, why: &str) -> String {
    format!("{}、モデルなし：{why}。", distribution(of))
}

/// A group by the model.
#[must_use]
pub fn by_model(group: &str, of: TimeDistribution) -> String {
    format!("{group}、{}", distribution(of))
}
