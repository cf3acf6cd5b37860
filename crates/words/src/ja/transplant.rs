//! The models of transplant as an event in time.

use cotside_core::cohort::Endpoint;

use crate::decimal;

// What is the same in every language, and what is printed.
pub use crate::en::transplant::{P, methods, patients_and_events};

/// Where time is counted from transplantation.
pub const ALL_TRANSPLANTED: &str = "時間を移植から数えるため、ここの患者は全員が移植を受けており、比べる群がない。移植ありと移植なしを比べるには、\
     診断または第一寛解から時間を数える。";

/// Name of transplant in a model in which it changes with time.
pub const TIME_DEPENDENT_TERM: &str = "移植（時間依存性）";
/// Name of transplant in a model that begins at a landmark.
pub const LANDMARK_TERM: &str = "ランドマークまでの移植";

/// Of a table.
pub const TRANSPLANT_AS: &str = "移植の扱い";
/// Of a table.
pub const PATIENTS_EVENTS: &str = "患者（イベント）";
/// Of a table.
#[must_use]
pub fn hazard_ratio(ci: &str) -> String {
    format!("HR（{ci}）")
}
/// Of a table.
pub const TERM: &str = "変数";
/// A row of the table.
pub const AS_TIME_DEPENDENT: &str = "時間依存性共変量";
/// In place of a hazard ratio.
pub const NOT_ESTIMABLE: &str = "推定不能";
/// In place of a hazard ratio where no patient is followed.
pub const NOBODY_LEFT: &str = "患者が残らない";
/// The fold with all terms.
pub const TERMS: &str = "時間依存性の調整モデルのすべての変数";

/// What a time-dependent covariate means.
pub const MEANING: &str = "時間依存性：各患者は移植日までは未移植、移植日からは移植済みに数える。ハザード比は、同じ時点でのハザードを、それまでに移植を\
     受けた患者と（まだ）受けていない患者とで比べる。2つの患者群の比較ではなく、対応する生存曲線もない。移植を受ける患者は選択されている。調整で除かれるのは、\
     モデルの変数の差だけである（適応による交絡）。";

/// Where no covariate is chosen.
pub const CHOOSE_VARIABLES: &str = "ほかの変数で調整するには、Cox回帰の「調整モデルの変数」で選ぶ。";

/// A row of the table.
#[must_use]
pub fn as_landmark(years: f64) -> String {
    format!("{}年でのランドマーク", decimal(years, 2))
}

/// A model of transplant alone.
#[must_use]
pub fn unadjusted(name: &str) -> String {
    format!("{name}、未調整")
}

/// A model of transplant beside other variables.
#[must_use]
pub fn adjusted(name: &str) -> String {
    format!("{name}、調整済み")
}

/// What the models are adjusted for.
#[must_use]
pub fn adjusted_for(names: &[&str]) -> String {
    format!(
        "Cox回帰で選んだ変数で調整：{}。すべてが分かっている患者による。",
        names.join("、")
    )
}

/// Covariates that are in no model.
#[must_use]
pub fn one_level(names: &[&str]) -> String {
    format!(
        "これらの患者がすべて同じ値のため、モデルに含まれない：{}。",
        names.join("、")
    )
}

/// Why there is nothing to compare.
#[must_use]
pub fn none_during_follow_up(later: usize) -> String {
    if later == 0 {
        return "追跡期間中に移植を受けた患者はいない。".to_owned();
    }
    format!(
        "追跡が終わるイベントより前に移植を受けた患者はいない。その後に{later}例が受けた。全生存では、再発後の移植も数える。"
    )
}

/// Which transplants count.
#[must_use]
pub fn counted(endpoint: Endpoint, later: usize, after_death: usize) -> String {
    let mut sentences = match endpoint {
        Endpoint::OverallSurvival => "追跡期間中の移植はすべて数え、再発後の移植も含む。".to_owned(),
        _ => format!("最初のイベントより前の移植（第一寛解期）だけを数える。その後の{later}例は未移植に数える。"),
    };
    if after_death > 0 {
        sentences.push_str(&format!("移植日が死亡より後の{after_death}例は除いた。"));
    }
    sentences
}
