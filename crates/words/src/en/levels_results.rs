//! The words of groups and subsets in results: how levels were grouped, who was left out, which patients were chosen.

use cotside_core::cohort::{Condition, Filter, Limit, Test};
use cotside_core::infant::Field;

/// Behind a level of a table that is left out of comparisons.
pub const LEFT_OUT: &str = "left out of comparisons by choice";

/// What a variable is called in a condition: a finding by its words, a column by its header.
#[must_use]
pub fn short_name(name: &str) -> String {
    match Field::from_column(name) {
        Some(Field::AgeDays) => "age".to_owned(),
        Some(Field::Wbc) => "WBC".to_owned(),
        Some(Field::Kmt2a) => "KMT2A".to_owned(),
        Some(field) => super::field_label(field).to_owned(),
        None => name.to_owned(),
    }
}

/// A condition: "age < 90 days", "KMT2A rearranged or ptd", "CNS status not 3".
#[must_use]
pub fn condition(variable: &str, test: &Test, is_age: bool) -> String {
    let limit = |each: Limit| limit(each, is_age);
    match test {
        Test::Is(values) => format!("{variable} {}", values.join(" or ")),
        Test::IsNot(values) => format!("{variable} not {}", values.join(" or ")),
        Test::Below(value) => format!("{variable} < {}", limit(*value)),
        Test::AtMost(value) => format!("{variable} ≤ {}", limit(*value)),
        Test::AtLeast(value) => format!("{variable} ≥ {}", limit(*value)),
        Test::Above(value) => format!("{variable} > {}", limit(*value)),
    }
}

/// A limit between groups: of an age "90 days", "6 months"; "median".
#[must_use]
pub fn limit(limit: Limit, is_age: bool) -> String {
    match limit {
        Limit::Number(number) if is_age => format!("{number} days"),
        other => other.to_string(),
    }
}

/// The median of the file as a limit.
#[must_use]
pub fn median(value: &str) -> String {
    format!("median {value}")
}

/// Conditions that are joined, each as `tell` has it.
#[must_use]
pub fn filter(filter: &Filter, tell: impl Fn(&Condition) -> String) -> String {
    filter.told(tell)
}

/// The subset that is analysed, how many are outside it, and of how many of these a value is not known.
#[must_use]
pub fn subset(conditions: &str, outside: usize, unknown: usize) -> String {
    format!(
        "Restricted to {conditions}: {outside} others are excluded{}.",
        of_unknown(unknown)
    )
}

/// The same in the methods of a paper.
#[must_use]
pub fn subset_in_methods(conditions: &str, outside: usize, unknown: usize) -> String {
    format!(
        "{outside} were excluded by restricting the analysis to {conditions}{}",
        of_unknown(unknown)
    )
}

fn of_unknown(unknown: usize) -> String {
    match unknown {
        0 => String::new(),
        _ => format!(" ({unknown} of them because a value is not known)"),
    }
}

/// Levels that are left out of the comparison, each with its patients: "3 undetermined".
#[must_use]
pub fn left_out(levels: &[(String, usize)]) -> String {
    format!("Left out by choice: {}.", counted(levels))
}

/// The same in the methods of a paper.
#[must_use]
pub fn left_out_in_methods(levels: &[(String, usize)]) -> String {
    format!("{} were left out of the comparison by choice", counted(levels))
}

fn counted(levels: &[(String, usize)]) -> String {
    let levels: Vec<String> = levels.iter().map(|(name, count)| format!("{count} {name}")).collect();
    levels.join(", ")
}

/// Below the number of patients: "9 left out: 3 undetermined, 6 unknown".
#[must_use]
pub fn left_out_in_short(levels: &[(String, usize)], without_group: usize) -> String {
    let all: usize = levels.iter().map(|(_, count)| count).sum::<usize>() + without_group;
    let unknown = (without_group > 0).then(|| format!("{without_group} unknown"));
    let named = Some(counted(levels)).filter(|text| !text.is_empty());
    let parts: Vec<String> = named.into_iter().chain(unknown).collect();
    format!("{all} left out: {}", parts.join(", "))
}

/// That nothing is compared because one group is left.
#[must_use]
pub fn one_group(name: &str) -> String {
    format!(
        "All of them are in one group, {name}: nothing is compared. Choose another level or cut-point under “Group by”."
    )
}

/// That the chosen reference has no patient here, and what stands in for it.
#[must_use]
pub fn reference_is_empty(chosen: &str, instead: &str) -> String {
    format!("The chosen reference, {chosen}, has no patient here: ratios and differences are relative to {instead}.")
}

/// Where numbers of a variable were cut, and where the limit comes from.
#[must_use]
pub fn cut(variable: &str, limits: &[String], source: &str) -> String {
    let source = if source.is_empty() {
        String::new()
    } else {
        format!(" ({source})")
    };
    format!("{variable} was grouped as {}{source}.", limits.join(", "))
}

/// That a limit is one of a protocol.
#[must_use]
pub fn limit_of(protocol: &str) -> String {
    format!("the limit of {protocol}")
}

/// That a limit is the median of the file.
pub const AT_MEDIAN: &str = "cut at the median of this file";

/// A level with those that it was made of: "KMT2A-r (rearranged, ptd)".
#[must_use]
pub fn group_of(name: &str, of: &[String]) -> String {
    match of {
        [one] if one == name => name.to_owned(),
        _ => format!("{name} ({})", of.join(", ")),
    }
}

/// How the levels of a variable were grouped.
#[must_use]
pub fn grouped(variable: &str, groups: &[String]) -> String {
    format!("{variable} was grouped as {}.", groups.join("; "))
}

/// What ratios and differences are relative to.
#[must_use]
pub fn reference(name: &str) -> String {
    format!("Ratios and differences are relative to {name}.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_in_words() {
        for (test, text) in [
            (Test::Below(Limit::Number(90.0)), "age < 90 days"),
            (Test::AtLeast(Limit::Months(6)), "age ≥ 6 months"),
            (Test::Is(vec!["a".into(), "b".into()]), "age a or b"),
            (Test::IsNot(vec!["a".into()]), "age not a"),
        ] {
            assert_eq!(condition("age", &test, true), text);
        }
        assert_eq!(condition("WBC", &Test::Above(Limit::Number(0.5)), false), "WBC > 0.5");
    }

    #[test]
    fn those_left_out_are_told_apart_from_those_unknown() {
        let levels = [("undetermined".to_owned(), 3)];
        assert_eq!(left_out(&levels), "Left out by choice: 3 undetermined.");
        assert_eq!(left_out_in_short(&levels, 6), "9 left out: 3 undetermined, 6 unknown");
        assert_eq!(left_out_in_short(&[], 6), "6 left out: 6 unknown");
    }
}
