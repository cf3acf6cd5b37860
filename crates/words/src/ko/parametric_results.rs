//! The words of parametric models: distributions, ratios of times and hazards, the fitted curves.

use cotside_core::survival::TimeDistribution;

// What is the same in every language, and what is printed.
pub use crate::en::parametric_results::{AIC, BIC, SOURCE, description, figure_caption, methods, title};

/// Heading.
pub const PARAMETRIC: &str = "모수 모형";
/// Name of the setting.
pub const DISTRIBUTION: &str = "시간의 분포";
/// Of a table.
pub const DISTRIBUTION_HEAD: &str = "분포";
/// Of a table.
#[must_use]
pub fn time_ratio(ci: &str) -> String {
    format!("시간비({ci})")
}

/// Of a table.
#[must_use]
pub fn hazard_ratio(ci: &str) -> String {
    format!("HR({ci})")
}

/// Of a table.
pub const LOGLIK: &str = "로그가능도";
/// Of a table.
pub const PARAMETERS: &str = "모수의 수";
/// Below an estimate of the model.
pub const BY_KAPLAN_MEIER: &str = "카플란–마이어";
/// Behind the distribution of the tables above.
pub const SHOWN_HERE: &str = "(위의 표)";
/// Behind the distribution with the smallest AIC.
pub const LOWEST_AIC: &str = ", AIC 최소";
/// Heading.
pub const WHICH_FITS: &str = "분포의 비교";
/// Heading.
pub const GROUPS_HEADING: &str = "군";
/// Heading.
pub const ADJUSTED_HEADING: &str = "변수를 함께 넣은 모형";
/// Heading.
pub const SURVIVAL_HEADING: &str = "모형과 카플란–마이어에 의한 생존";
/// Below the tables.
pub const KEY: &str = "시간비가 1보다 크면 사건까지의 시간이 그 배수만큼 길다는 뜻입니다. 위험비는 비례위험인 분포(지수, Weibull)에만 있습니다. \
     구간은 모두 Wald이며, 생존의 구간은 표준화한 로그시간의 척도에서 대칭입니다.";
/// Below the comparison of distributions.
pub const AIC_KEY: &str = "네 가지 모두 같은 환자와 변수에서 구했습니다. AIC가 작을수록 더 잘 맞고, 2 미만의 차이는 의미가 거의 없습니다. 이 \
     분포들은 어느 것도 평평해지지 않습니다. 환자 일부가 완치되면 그 곡선은 끝에서 지나치게 낮아집니다.";
/// Where no variable is chosen for Cox’s regression.
pub const NO_VARIABLES: &str = "Cox 회귀에서 보정 모형의 변수를 선택하면 이 모형에서 함께 볼 수 있습니다.";
/// What parametric models leave out of what Cox’s model takes.
pub const NO_STRATA: &str = "Cox 모형의 층은 이 모형에 없습니다. 환자 전체에 분포가 하나입니다.";
/// What parametric models leave out of what Cox’s model takes.
pub const NO_CLUSTERS: &str = "표준오차는 가능도로 구합니다. 여기서는 군집을 쓰지 않습니다.";
/// Nobody has a time above 0.
pub const NOBODY: &str =
    "시간이 0보다 크고 모형에 필요한 것을 모두 갖춘 환자가 없습니다. 다른 변수를 선택하거나 선택을 해제합니다.";

/// A distribution.
#[must_use]
pub fn distribution(distribution: TimeDistribution) -> &'static str {
    match distribution {
        TimeDistribution::Weibull => "Weibull",
        TimeDistribution::Exponential => "지수",
        TimeDistribution::LogNormal => "로그정규",
        TimeDistribution::LogLogistic => "로그로지스틱",
    }
}

/// A distribution by its code in files, for the control.
#[must_use]
pub fn distribution_choice(code: &str) -> &'static str {
    match code {
        "weibull" => "Weibull",
        "exponential" => "지수",
        "lognormal" => "로그정규",
        "loglogistic" => "로그로지스틱",
        _ => "",
    }
}

/// Above the figure.
#[must_use]
pub fn caption(endpoint: &str, of: TimeDistribution, patients: usize, events: usize) -> String {
    format!(
        "{endpoint}의 {} 모형(가속실패시간 모형), 환자 {patients}명, 사건 {events}건.",
        distribution(of)
    )
}

/// Heading of the ratios of groups.
#[must_use]
pub fn groups_against(reference: &str) -> String {
    format!("{GROUPS_HEADING}, 기준 {reference}")
}

/// Why a model of a distribution does not exist, behind its name.
#[must_use]
pub fn no_model_of(of: TimeDistribution, why: &str) -> String {
    format!("{}, 모형 없음: {why}.", distribution(of))
}

/// A group by the model.
#[must_use]
pub fn by_model(group: &str, of: TimeDistribution) -> String {
    format!("{group}, {}", distribution(of))
}
