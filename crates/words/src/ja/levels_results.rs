//! The words of groups and subsets in results: how levels were grouped, who was left out, which patients were chosen.

use super::levels_page::joined_by;
use cotside_core::cohort::{Condition, Filter, Join, Limit, Test};

pub use crate::en::levels_results::{
    cut, group_of, grouped, left_out_in_methods, reference, short_name, subset_in_methods,
};

/// Behind a level of a table that is left out of comparisons.
pub const LEFT_OUT: &str = "選択により比較から除外";

/// A condition: "age < 90日", "KMT2A：rearranged、ptdのいずれか", "CNS status：3以外".
#[must_use]
pub fn condition(variable: &str, test: &Test, is_age: bool) -> String {
    let limit = |each: Limit| limit(each, is_age);
    match test {
        Test::Is(values) if values.len() == 1 => format!("{variable}：{}", values.concat()),
        Test::Is(values) => format!("{variable}：{}のいずれか", values.join("、")),
        Test::IsNot(values) => format!("{variable}：{}以外", values.join("、")),
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
        Limit::Number(number) if is_age => format!("{number}日"),
        Limit::Number(_) => limit.to_string(),
        Limit::Months(months) => format!("{months}か月"),
        Limit::Median => "中央値".to_owned(),
    }
}

/// The median of the file as a limit.
#[must_use]
pub fn median(value: &str) -> String {
    format!("中央値 {value}")
}

/// Conditions that are joined, each as `tell` has it.
#[must_use]
pub fn filter(filter: &Filter, tell: impl Fn(&Condition) -> String) -> String {
    let parts: Vec<&Vec<Condition>> = filter.parts.iter().filter(|part| !part.is_empty()).collect();
    let joined = |join: Join, texts: Vec<String>| texts.join(&format!("、{}", joined_by(join)));
    let part = |part: &&Vec<Condition>| {
        let inner = joined(filter.join.other(), part.iter().map(&tell).collect());
        if part.len() > 1 && parts.len() > 1 {
            format!("（{inner}）")
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
        _ => format!("（うち{unknown}例は値が不明）"),
    };
    format!("対象の限定：{conditions}。ほかの{outside}例は除外{of_unknown}。")
}

/// Levels that are left out of the comparison, each with its patients.
#[must_use]
pub fn left_out(levels: &[(String, usize)]) -> String {
    format!("選択により除外：{}。", counted(levels))
}

fn counted(levels: &[(String, usize)]) -> String {
    let levels: Vec<String> = levels.iter().map(|(name, count)| format!("{name} {count}例")).collect();
    levels.join("、")
}

/// Below the number of patients: "除外9例：undetermined 3例、不明6例".
#[must_use]
pub fn left_out_in_short(levels: &[(String, usize)], without_group: usize) -> String {
    let all: usize = levels.iter().map(|(_, count)| count).sum::<usize>() + without_group;
    let unknown = (without_group > 0).then(|| format!("不明{without_group}例"));
    let named = Some(counted(levels)).filter(|text| !text.is_empty());
    let parts: Vec<String> = named.into_iter().chain(unknown).collect();
    format!("除外{all}例：{}", parts.join("、"))
}

/// That nothing is compared because one group is left.
#[must_use]
pub fn one_group(name: &str) -> String {
    format!("全員が一つの群（{name}）に入るため、比較しない。「群分け」の下で別の水準またはカットオフ値を選ぶ。")
}

/// That the chosen reference has no patient here, and what stands in for it.
#[must_use]
pub fn reference_is_empty(chosen: &str, instead: &str) -> String {
    format!("選んだ基準（{chosen}）の患者がここにはいない。比と差は{instead}に対するものである。")
}

/// That a limit is one of a protocol.
#[must_use]
pub fn limit_of(protocol: &str) -> String {
    format!("{protocol}の境界値")
}

/// That a limit is the median of the file.
pub const AT_MEDIAN: &str = "このファイルの中央値で区切る";
