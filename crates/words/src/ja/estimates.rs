//! The words beside the curves: estimates, tests, and the sentence for the paper.

use super::survival_results::versus;
use crate::decimal;
use cotside_core::cohort::Nature;

// The sentence for the paper is printed.
pub use crate::en::estimates::{of_group, sentence, tested, with_ratio};

/// Below the name of a group.
#[must_use]
pub fn percent_ci(ci: &str) -> String {
    format!("%（{ci}）")
}
/// Of a table.
pub const PROPORTIONAL_HAZARDS: &str = "比例ハザード性";
/// Of a table.
pub const MEDIAN_FOLLOW_UP: &str = "追跡期間の中央値";
/// In place of a time that is not reached.
pub const NOT_REACHED: &str = "未到達";
/// Heading.
pub const SENTENCE: &str = "論文用の文（英語）";
/// Copies it.
pub const COPY: &str = "コピー";

/// Of a table: of two groups, in percentage points.
#[must_use]
pub fn difference_from(reference: &str) -> String {
    format!("{reference}との差")
}

/// A column of estimates.
#[must_use]
pub fn at(years: f64) -> String {
    format!("{}年", decimal(years, 2))
}

/// A time.
#[must_use]
pub fn years(years: f64) -> String {
    format!("{}年", decimal(years, 2))
}

/// A difference of times.
#[must_use]
pub fn in_years(shown: &str) -> String {
    format!("{shown}、年")
}

/// Of a table: a group against the reference.
#[must_use]
pub fn hazard_ratio(other: &str, reference: &str) -> String {
    format!("HR、{}", versus(other, reference))
}

/// Of a table.
#[must_use]
pub fn rmst(tau: f64) -> String {
    format!("{}年までのRMST", decimal(tau, 2))
}

/// Of a table: of two groups.
#[must_use]
pub fn rmst_difference(tau: f64) -> String {
    format!("{}の差", rmst(tau))
}

/// Heading of a result: what is estimated, and of which groups.
#[must_use]
pub fn title(endpoint: &str, group: &str) -> String {
    if group.is_empty() {
        endpoint.to_owned()
    } else {
        format!("{group}別の{endpoint}")
    }
}

/// Behind the heading of results whose rows are not patients of a registry.
#[must_use]
pub const fn nature_chip(nature: Nature) -> &'static str {
    match nature {
        Nature::Patients => "",
        Nature::Example => "例のデータ",
        Nature::Synthetic => "模擬データ",
        Nature::Reconstructed => "復元したデータ",
    }
}
