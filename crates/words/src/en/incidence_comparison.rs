//! The words of pairs of groups and of differences between their cumulative incidences.

use super::p_values::p_in_sentence;
use crate::decimal;

/// Heading.
pub const PAIRS: &str = "Pairs of groups, Gray’s test";
/// Name of the setting.
pub const CORRECTION: &str = "Correction of P for pairs";
/// Of a table.
pub const P_CORRECTED: &str = "P corrected";
/// Below the differences.
pub const DIFFERENCES_KEY: &str = "Differences of Aalen–Johansen estimates in percentage points; the variance is the sum of those of the \
     two groups, interval and P on the plain scale. A time chosen after looking at the curves makes P too small.";

/// A correction by its code in files.
#[must_use]
pub fn correction(code: &str) -> &'static str {
    match code {
        "holm" => "Holm",
        "bonferroni" => "Bonferroni",
        "none" => "none",
        _ => "",
    }
}

/// Below the table of pairs.
#[must_use]
pub fn pairs_key(correction: &str) -> String {
    let corrected = match correction {
        "none" => "P values are not corrected for the number of pairs",
        "bonferroni" => "P values are corrected by Bonferroni for the number of pairs, each cause by itself",
        _ => "P values are corrected by Holm for the number of pairs, each cause by itself",
    };
    format!("Each pair is tested with the patients of the two groups alone. {corrected}.")
}

/// Heading of the differences.
#[must_use]
pub fn differences_from(reference: &str) -> String {
    format!("Differences of incidences, each group less {reference}")
}

/// Two groups.
#[must_use]
pub fn pair(first: &str, second: &str) -> String {
    format!("{first} and {second}")
}

/// Head of the differences at a time.
#[must_use]
pub fn points_at(years: f64, ci: &str) -> String {
    format!("At {} y, points ({ci})", decimal(years, 2))
}

/// A difference with its P.
#[must_use]
pub fn with_p(difference: &str, p: f64) -> String {
    format!("{difference}, {}", p_in_sentence(p))
}

/// The methods.
#[must_use]
pub fn methods(pairs: bool, correction: &str, differences: bool) -> Vec<String> {
    let mut sentences = Vec::new();
    if pairs {
        let corrected = match correction {
            "none" => "without correction for their number",
            "bonferroni" => "with Bonferroni’s correction within each cause",
            _ => "with Holm’s correction within each cause",
        };
        sentences.push(format!("Pairs of groups were compared by Gray’s test {corrected}."));
    }
    if differences {
        sentences.push(
            "Incidences at fixed times were compared by their difference, with the sum of the two variances (Wald intervals)."
                .to_owned(),
        );
    }
    sentences
}

/// A difference without a variance.
#[must_use]
pub fn without_interval(points: &str) -> String {
    format!("{points} (no interval)")
}

/// Something about one cause.
#[must_use]
pub fn of_cause(cause: &str, what: &str) -> String {
    format!("{cause}: {what}")
}

/// Why there are no intervals.
#[must_use]
pub fn no_intervals(reasons: &[String]) -> String {
    format!("No interval and no P: {}.", reasons.join(". "))
}
