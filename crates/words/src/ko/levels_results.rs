//! The words of groups and subsets in results: how levels were grouped, who was left out, which patients were chosen.

use super::levels_page::joined_by;
use cotside_core::cohort::{Condition, Filter, Join, Limit, Test};

pub use crate::en::levels_results::{
    cut, group_of, grouped, left_out_in_methods, reference, short_name, subset_in_methods,
};

/// Behind a level of a table that is left out of comparisons.
pub const LEFT_OUT: &str = "선택에 따라 비교에서 제외";

/// A condition: "age < 90일", "KMT2A: rearranged, ptd 중 하나", "CNS status: 3 제외".
#[must_use]
pub fn condition(variable: &str, test: &Test, is_age: bool) -> String {
    let limit = |each: Limit| limit(each, is_age);
    match test {
        Test::Is(values) if values.len() == 1 => format!("{variable}: {}", values.concat()),
        Test::Is(values) => format!("{variable}: {} 중 하나", values.join(", ")),
        Test::IsNot(values) => format!("{variable}: {} 제외", values.join(", ")),
        Test::Below(value) => format!("{variable} < {}", limit(*value)),
        Test::AtMost(value) => format!("{variable} ≤ {}", limit(*value)),
        Test::AtLeast(value) => format!("{variable} ≥ {}", limit(*value)),
        Test::Above(value) => format!("{variable} > {}", limit(*value)),
    }
}

/// A limit between groups.
#[must_use]
pub fn limit(limit: Limit, is_age: bool) -> String {
    match limit {
        Limit::Number(number) if is_age => format!("{number}일"),
        Limit::Number(_) => limit.to_string(),
        Limit::Months(months) => format!("{months}개월"),
        Limit::Median => "중앙값".to_owned(),
    }
}

/// The median of the file as a limit.
#[must_use]
pub fn median(value: &str) -> String {
    format!("중앙값 {value}")
}

/// Conditions that are joined, each as `tell` has it.
#[must_use]
pub fn filter(filter: &Filter, tell: impl Fn(&Condition) -> String) -> String {
    let parts: Vec<&Vec<Condition>> = filter.parts.iter().filter(|part| !part.is_empty()).collect();
    let joined = |join: Join, texts: Vec<String>| texts.join(&format!(" {} ", joined_by(join)));
    let part = |part: &&Vec<Condition>| {
        let inner = joined(filter.join.other(), part.iter().map(&tell).collect());
        if part.len() > 1 && parts.len() > 1 {
            format!("({inner})")
        } else {
            inner
        }
    };
    joined(filter.join, parts.iter().map(part).collect())
}

/// The subset that is analysed, how many are outside it, and of how many of these a value is not known.
#[must_use]
pub fn subset(conditions: &str, outside: usize, unknown: usize) -> String {
    let of_unknown = match unknown {
        0 => String::new(),
        _ => format!("(이 가운데 {unknown}명은 값이 미상)"),
    };
    format!("대상 한정: {conditions}. 그 밖의 {outside}명은 제외{of_unknown}.")
}

/// Levels that are left out of the comparison, each with its patients.
#[must_use]
pub fn left_out(levels: &[(String, usize)]) -> String {
    format!("선택에 따라 제외: {}.", counted(levels))
}

fn counted(levels: &[(String, usize)]) -> String {
    let levels: Vec<String> = levels.iter().map(|(name, count)| format!("{name} {count}명")).collect();
    levels.join(", ")
}

/// Below the number of patients: "제외 9명: undetermined 3명, 미상 6명".
#[must_use]
pub fn left_out_in_short(levels: &[(String, usize)], without_group: usize) -> String {
    let all: usize = levels.iter().map(|(_, count)| count).sum::<usize>() + without_group;
    let unknown = (without_group > 0).then(|| format!("미상 {without_group}명"));
    let named = Some(counted(levels)).filter(|text| !text.is_empty());
    let parts: Vec<String> = named.into_iter().chain(unknown).collect();
    format!("제외 {all}명: {}", parts.join(", "))
}

/// That nothing is compared because one group is left.
#[must_use]
pub fn one_group(name: &str) -> String {
    format!(
        "모두 한 군({name})에 속하므로 비교하지 않습니다. ‘군 나누기’ 아래에서 다른 수준이나 절단값을 선택하십시오."
    )
}

/// That the chosen reference has no patient here, and what stands in for it.
#[must_use]
pub fn reference_is_empty(chosen: &str, instead: &str) -> String {
    format!("선택한 기준({chosen})의 환자가 여기에는 없습니다. 비와 차이는 다음 군에 대한 것입니다: {instead}.")
}

/// That a limit is one of a protocol.
#[must_use]
pub fn limit_of(protocol: &str) -> String {
    format!("{protocol}의 경계값")
}

/// That a limit is the median of the file.
pub const AT_MEDIAN: &str = "이 파일의 중앙값에서 나눔";
