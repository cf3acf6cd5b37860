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
pub const COMPETING_RISKS: &str = "경쟁위험";
/// Of a table.
pub const GROUP_AND_CAUSE: &str = "군과 원인";
/// Of a table.
pub const EVENTS: &str = "사건";
/// Below the table.
pub const INCIDENCE_KEY: &str = "Aalen–Johansen 추정치. 각 원인은 다른 원인이 경쟁하는 것으로 보고 셉니다. 한 원인만의 1 − 카플란–마이어는 \
     지나치게 높아집니다.";

/// Head of the estimates at a time.
#[must_use]
pub fn at_years(years: f64, ci: &str) -> String {
    format!("{}년, %({ci})", decimal(years, 2))
}

/// A cause within a group.
#[must_use]
pub fn group_and_cause(group: &str, cause: &str) -> String {
    format!("{group}, {cause}")
}

/// Gray’s test; `test` is its χ², df and P.
#[must_use]
pub fn gray(test: &str) -> String {
    format!("Gray 검정 {test}")
}

// ---- Effect of the group on each cause

/// Of a table.
pub const CAUSE: &str = "원인";
/// Of a table.
pub const PATIENTS_EVENTS: &str = "환자(사건)";
/// Of a table.
pub const SUBDISTRIBUTION: &str = "부분분포 HR(Fine–Gray)";
/// Of a table.
pub const P_SUBDISTRIBUTION: &str = "P(Fine–Gray)";
/// Of a table.
pub const CAUSE_SPECIFIC: &str = "원인별 HR(Cox)";
/// Of a table.
pub const P_CAUSE_SPECIFIC: &str = "P(Cox)";
/// Why there is no ratio.
pub const NO_EVENT_IN_GROUP: &str = "한 군에 사건 없음";

/// Heading.
#[must_use]
pub fn causes_heading(reference: &str) -> String {
    format!("각 원인에 대한 군의 효과, 기준 {reference}")
}

// ---- Transplant

/// Heading.
pub const TRANSPLANT: &str = "시간의존 사건으로서의 이식";
/// Simon and Makuch’s curves.
pub const STATES: [&str; 2] = ["아직 이식받지 않음", "이식 후"];

/// Why transplants cannot be analysed.
#[must_use]
pub fn no_transplant_analysis(why: &str) -> String {
    format!("이식: {why}.")
}

/// A test or model with why it has no result.
#[must_use]
pub fn named(name: &str, found: &str) -> String {
    format!("{name}: {found}")
}

/// A landmark.
#[must_use]
pub fn landmark(years: f64) -> String {
    format!("{}년 랜드마크", decimal(years, 2))
}

/// Events observed and expected after transplant.
#[must_use]
pub fn after_transplant(observed: f64, expected: f64, patients: usize, p: f64) -> String {
    format!(
        "이식 후(환자 {patients}명) 관찰 {}건, 기대 {}건, {}",
        decimal(observed, 1),
        decimal(expected, 1),
        p_in_sentence(p)
    )
}

/// Who is not in the landmark analysis.
#[must_use]
pub fn landmark_excludes(found: &Landmark) -> String {
    format!(
        "랜드마크까지 사건이 있었던 {}명과 추적이 끝난 {}명은 제외됩니다. 그 뒤에 이식받은 {}명은 이식받지 않은 것으로 셉니다",
        found.excluded_events, found.excluded_censored, found.transplanted_later
    )
}

/// A curve whose risk set is empty for a while.
#[must_use]
pub fn empty_risk_set(curve: &str, years: f64) -> String {
    format!(
        "곡선 ‘{curve}’: {}년에 위험 대상자가 남아 있지 않으며 다른 환자가 들어올 때까지 그러합니다. 그 뒤의 곡선은 빈 위험 대상자 집합에 \
         근거합니다",
        decimal(years, 2)
    )
}

// ---- Sentences

/// What the two hazards of competing risks answer.
pub const TWO_HAZARDS: &str = "Fine–Gray 모형: 모든 원인이 경쟁할 때 어느 시점까지 이 사건이 일어난 환자의 비율. 그 원인만의 Cox 모형: 아직 사건이 \
     없는 환자에서의 발생률. 둘은 다를 수 있습니다.";

/// Cumulative incidences of a cause at one time, each `group estimate (interval)`, with what Gray's test says where
/// there are groups.
#[must_use]
pub fn incidence_at(cause: &str, years: f64, estimates: &[String], gray: Option<&str>) -> String {
    let gray = gray.map_or_else(String::new, |gray| format!("; {gray}"));
    format!("{}년까지의 {cause}: {}{gray}.", decimal(years, 2), estimates.join(", "))
}
