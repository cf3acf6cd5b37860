//! Words in and under figures that every figure over time has: names at curves, the annotation, where the axis ends.

use crate::decimal;

/// A name at a curve: "KMT2A germline (n = 24)". A level that names its variable is not told it again.
#[must_use]
pub fn full_name(variable: &str, level: &str, patients: usize) -> String {
    let variable = short(variable);
    let is_fusion = level.contains("::");
    if variable.is_empty() || is_fusion || level.starts_with(variable) {
        return format!("{level} (n = {patients})");
    }
    format!("{variable} {level} (n = {patients})")
}

/// A level of a variable, by the id of the variable, as it stands in figures: of the partner gene, the fusion.
#[must_use]
pub fn level_in_full(id: &str, level: &str) -> String {
    let is_gene = |letter: char| letter.is_ascii_uppercase() || letter.is_ascii_digit();
    let starts = level.chars().next().is_some_and(|letter| letter.is_ascii_uppercase());
    if id == "finding:kmt2a_partner" && starts && level.len() > 2 && level.chars().all(is_gene) {
        return format!("KMT2A::{level}");
    }
    level.to_owned()
}

/// A variable without a synonym in brackets: "KMT2A (MLL)" is KMT2A; units stay.
fn short(variable: &str) -> &str {
    let is_synonym = |inner: &str| {
        inner
            .chars()
            .all(|letter| letter.is_ascii_uppercase() || letter.is_ascii_digit())
    };
    let split = variable.strip_suffix(')').and_then(|open| open.split_once(" ("));
    split
        .filter(|(_, inner)| is_synonym(inner))
        .map_or(variable, |(name, _)| name)
}

/// In a panel: "HR 2.75 (95% CI 1.36–5.56)".
#[must_use]
pub fn ratio(ratio: &str, [lower, upper]: [&str; 2], ci: &str) -> String {
    format!("HR {ratio} ({ci} {lower}–{upper})")
}

/// A time with its unit.
#[must_use]
pub fn time(time: f64, is_months: bool) -> String {
    format!("{} {}", decimal(time, 2), if is_months { "months" } else { "years" })
}

/// Behind a caption: the axis ends before the curves do, and why there.
#[must_use]
pub fn mature_to(time: &str) -> String {
    format!(" Drawn to {time}, the last tick with at least 10% and 5 patients of the largest group at risk.")
}

/// Behind a caption: the axis ends before the curves do.
#[must_use]
pub fn drawn_to(time: &str) -> String {
    format!(" Drawn to {time}.")
}

/// Behind a caption: which groups have no band; `groups` may have no name where there is one only.
#[must_use]
pub fn no_band(groups: &[&str], least: f64) -> String {
    let named: Vec<&str> = groups.iter().copied().filter(|name| !name.is_empty()).collect();
    let of = if named.is_empty() {
        String::new()
    } else {
        format!(" ({})", named.join(", "))
    };
    format!(" No band below {} patients{of}.", decimal(least, 0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_the_variable_once_and_the_number() {
        assert_eq!(full_name("KMT2A", "germline", 24), "KMT2A germline (n = 24)");
        assert_eq!(full_name("KMT2A", "KMT2A::AFF1", 30), "KMT2A::AFF1 (n = 30)");
        assert_eq!(full_name("KMT2A (MLL)", "germline", 24), "KMT2A germline (n = 24)");
        assert_eq!(level_in_full("finding:kmt2a_partner", "AFF1"), "KMT2A::AFF1");
        assert_eq!(level_in_full("finding:kmt2a_partner", "other"), "other");
        assert_eq!(level_in_full("finding:sex", "M"), "M");
        assert_eq!(full_name("KMT2A partner", "KMT2A::AFF1", 3), "KMT2A::AFF1 (n = 3)");
        assert_eq!(full_name("Age (days)", "<90", 4), "Age (days) <90 (n = 4)");
        assert_eq!(full_name("", "treated", 3), "treated (n = 3)");
        assert_eq!(ratio("2.75", ["1.36", "5.56"], "95% CI"), "HR 2.75 (95% CI 1.36–5.56)");
        assert_eq!(
            no_band(&["undetermined"], 10.0),
            " No band below 10 patients (undetermined)."
        );
    }
}
