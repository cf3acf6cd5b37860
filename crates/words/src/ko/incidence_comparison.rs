//! The words of pairs of groups and of differences between their cumulative incidences.

use crate::decimal;
use crate::en::p_in_sentence;

// What is printed.
pub use crate::en::incidence_comparison::methods;

/// Heading.
pub const PAIRS: &str = "군의 쌍, Gray 검정";
/// Name of the setting.
pub const CORRECTION: &str = "쌍에 대한 P의 보정";
/// Of a table.
pub const P_CORRECTED: &str = "다중비교 보정 P";
/// Below the differences.
pub const DIFFERENCES_KEY: &str = "Aalen–Johansen 추정치의 차이(퍼센트포인트). 분산은 두 군 분산의 합이며, 구간과 P는 변환하지 않은 척도에서 \
     구합니다. 곡선을 본 뒤에 시점을 고르면 P가 지나치게 작아집니다.";

/// A correction by its code in files.
#[must_use]
pub fn correction(code: &str) -> &'static str {
    match code {
        "holm" => "Holm",
        "bonferroni" => "Bonferroni",
        "none" => "없음",
        _ => "",
    }
}

/// Below the table of pairs.
#[must_use]
pub fn pairs_key(correction: &str) -> String {
    let corrected = match correction {
        "none" => "P값은 쌍의 수에 대해 보정하지 않았습니다",
        "bonferroni" => "P값은 쌍의 수에 대해 원인마다 Bonferroni 방법으로 보정했습니다",
        _ => "P값은 쌍의 수에 대해 원인마다 Holm 방법으로 보정했습니다",
    };
    format!("각 쌍은 그 두 군의 환자만으로 검정합니다. {corrected}.")
}

/// Heading of the differences.
#[must_use]
pub fn differences_from(reference: &str) -> String {
    format!("누적발생률의 차이, 각 군 − {reference}")
}

/// Two groups.
#[must_use]
pub fn pair(first: &str, second: &str) -> String {
    format!("{first}, {second}")
}

/// Head of the differences at a time.
#[must_use]
pub fn points_at(years: f64, ci: &str) -> String {
    format!("{}년, 포인트({ci})", decimal(years, 2))
}

/// A difference with its P.
#[must_use]
pub fn with_p(difference: &str, p: f64) -> String {
    format!("{difference}, {}", p_in_sentence(p))
}

/// A difference without a variance.
#[must_use]
pub fn without_interval(points: &str) -> String {
    format!("{points}(구간 없음)")
}

/// Something about one cause.
#[must_use]
pub fn of_cause(cause: &str, what: &str) -> String {
    format!("{cause}: {what}")
}

/// Why there are no intervals.
#[must_use]
pub fn no_intervals(reasons: &[String]) -> String {
    format!("구간과 P 없음: {}.", reasons.join(". "))
}
