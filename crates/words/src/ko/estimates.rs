//! The words beside the curves: estimates, tests, and the sentence for the paper.

use super::survival_results::versus;
use crate::decimal;
use cotside_core::cohort::Nature;

// The sentence for the paper is printed.
pub use crate::en::estimates::{of_group, sentence, tested, with_ratio};

/// Below the name of a group.
#[must_use]
pub fn percent_ci(ci: &str) -> String {
    format!("%({ci})")
}
/// Of a table.
pub const PROPORTIONAL_HAZARDS: &str = "비례위험";
/// Of a table.
pub const MEDIAN_FOLLOW_UP: &str = "추적 기간의 중앙값";
/// In place of a time that is not reached.
pub const NOT_REACHED: &str = "도달하지 않음";
/// Heading.
pub const SENTENCE: &str = "논문에 쓸 문장(영어)";
/// Copies it.
pub const COPY: &str = "복사";

/// Of a table: of two groups, in percentage points.
#[must_use]
pub fn difference_from(reference: &str) -> String {
    format!("차이(기준: {reference})")
}

/// A column of estimates.
#[must_use]
pub fn at(years: f64) -> String {
    format!("{}년", decimal(years, 2))
}

/// A time.
#[must_use]
pub fn years(years: f64) -> String {
    format!("{}년", decimal(years, 2))
}

/// A difference of times.
#[must_use]
pub fn in_years(shown: &str) -> String {
    format!("{shown}, 년")
}

/// Of a table: a group against the reference.
#[must_use]
pub fn hazard_ratio(other: &str, reference: &str) -> String {
    format!("HR, {}", versus(other, reference))
}

/// Of a table.
#[must_use]
pub fn rmst(tau: f64) -> String {
    format!("{}년까지의 RMST", decimal(tau, 2))
}

/// Of a table: of two groups.
#[must_use]
pub fn rmst_difference(tau: f64) -> String {
    format!("{}, 차이", rmst(tau))
}

/// Heading of a result: what is estimated, and of which groups.
#[must_use]
pub fn title(endpoint: &str, group: &str) -> String {
    if group.is_empty() {
        endpoint.to_owned()
    } else {
        format!("{group}별 {endpoint}")
    }
}

/// Behind the heading of results whose rows are not patients of a registry.
#[must_use]
pub const fn nature_chip(nature: Nature) -> &'static str {
    match nature {
        Nature::Patients => "",
        Nature::Example => "예시 데이터",
        Nature::Synthetic => "모의 데이터",
        Nature::Reconstructed => "복원한 데이터",
    }
}
