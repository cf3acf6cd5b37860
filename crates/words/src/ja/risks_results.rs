//! The words of competing risks and of transplant as a time-dependent event.

use crate::decimal;
use crate::en::p_in_sentence;
use cotside_core::survival::Landmark;

// What is the same in every language, and what is printed.
pub use crate::en::risks_results::{
    COX, CUMULATIVE_INCIDENCE, FINE_GRAY, INCIDENCE_TITLE, MANTEL_BYAR, SIMON_MAKUCH_CAPTION, SIMON_MAKUCH_DESCRIPTION,
    bands_of_incidence, incidence_caption, incidence_description, interval_behind, patients_and_events,
    simon_makuch_title,
};

// ---- Competing risks

/// Heading.
pub const COMPETING_RISKS: &str = "競合リスク";
/// Of a table.
pub const GROUP_AND_CAUSE: &str = "群と原因";
/// Of a table.
pub const EVENTS: &str = "イベント";
/// Below the table.
pub const INCIDENCE_KEY: &str = "Aalen–Johansen推定値。各原因は、ほかの原因を競合するものとして数える。1つの原因だけについての\
     「1 − カプラン・マイヤー」は高くなりすぎる。";

/// Head of the estimates at a time.
#[must_use]
pub fn at_years(years: f64, ci: &str) -> String {
    format!("{}年、%（{ci}）", decimal(years, 2))
}

/// A cause within a group.
#[must_use]
pub fn group_and_cause(group: &str, cause: &str) -> String {
    format!("{group}、{cause}")
}

/// Gray’s test; `test` is its χ², df and P.
#[must_use]
pub fn gray(test: &str) -> String {
    format!("Gray検定 {test}")
}

// ---- Effect of the group on each cause

/// Of a table.
pub const CAUSE: &str = "原因";
/// Of a table.
pub const PATIENTS_EVENTS: &str = "患者（イベント）";
/// Of a table.
pub const SUBDISTRIBUTION: &str = "部分分布HR（Fine–Gray）";
/// Of a table.
pub const P_SUBDISTRIBUTION: &str = "P（Fine–Gray）";
/// Of a table.
pub const CAUSE_SPECIFIC: &str = "原因別HR（Cox）";
/// Of a table.
pub const P_CAUSE_SPECIFIC: &str = "P（Cox）";
/// Why there is no ratio.
pub const NO_EVENT_IN_GROUP: &str = "一方の群にイベントなし";

/// Heading.
#[must_use]
pub fn causes_heading(reference: &str) -> String {
    format!("各原因に対する群の効果、基準は{reference}")
}

// ---- Transplant

/// Heading.
pub const TRANSPLANT: &str = "時間依存性イベントとしての移植";
/// Simon and Makuch’s curves.
pub const STATES: [&str; 2] = ["未移植", "移植後"];

/// Why transplants cannot be analysed.
#[must_use]
pub fn no_transplant_analysis(why: &str) -> String {
    format!("移植：{why}。")
}

/// A test or model with why it has no result.
#[must_use]
pub fn named(name: &str, found: &str) -> String {
    format!("{name}：{found}")
}

/// A landmark.
#[must_use]
pub fn landmark(years: f64) -> String {
    format!("{}年でのランドマーク", decimal(years, 2))
}

/// Events observed and expected after transplant.
#[must_use]
pub fn after_transplant(observed: f64, expected: f64, patients: usize, p: f64) -> String {
    format!(
        "移植後（患者{patients}例）の観察{}件、期待{}件、{}",
        decimal(observed, 1),
        decimal(expected, 1),
        p_in_sentence(p)
    )
}

/// Who is not in the landmark analysis.
#[must_use]
pub fn landmark_excludes(found: &Landmark) -> String {
    format!(
        "ランドマークまでにイベントのあった{}例と、追跡が終わった{}例は除かれる。その後に移植を受けた{}例は未移植に数える",
        found.excluded_events, found.excluded_censored, found.transplanted_later
    )
}

/// A curve whose risk set is empty for a while.
#[must_use]
pub fn empty_risk_set(curve: &str, years: f64) -> String {
    format!(
        "曲線「{curve}」：{}年の時点でリスク集合に患者がいなくなり、次の患者が入るまで続く。そこから先の曲線は空のリスク集合に基づく",
        decimal(years, 2)
    )
}

// ---- Sentences

/// What the two hazards of competing risks answer.
pub const TWO_HAZARDS: &str = "Fine–Grayモデル：すべての原因が競合するとき、ある時点までにこのイベントが起こる患者の割合。その原因だけのCoxモデル：\
     まだイベントのない患者での発生率。両者は異なることがある。";

/// Cumulative incidences of a cause at one time, each `group estimate (interval)`, with what Gray's test says where
/// there are groups.
#[must_use]
pub fn incidence_at(cause: &str, years: f64, estimates: &[String], gray: Option<&str>) -> String {
    let gray = gray.map_or_else(String::new, |gray| format!("。{gray}"));
    format!("{}年までの{cause}：{}{gray}。", decimal(years, 2), estimates.join("、"))
}
