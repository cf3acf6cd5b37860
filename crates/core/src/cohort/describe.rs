//! Table 1: characteristics of the patients of each group, with missing values.

use crate::survival::{Labels, quantile, sorted_by};

/// Summary of a numeric variable in one group.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct NumberSummary {
    /// Number of known values.
    pub n: usize,
    /// Number of missing values.
    pub missing: usize,
    /// Mean; `None` without values.
    pub mean: Option<f64>,
    /// Standard deviation (n − 1); `None` with fewer than two values.
    pub standard_deviation: Option<f64>,
    /// Smallest, first quartile, median, third quartile and largest value (R's `quantile`, type 7).
    pub five: Option<[f64; 5]>,
}

/// Summary of a categorical variable in one group.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LevelSummary {
    /// Number of known values.
    pub n: usize,
    /// Number of missing values.
    pub missing: usize,
    /// Frequency of each level, in the order of [`Levels::names`]; percentages are of `n`.
    pub counts: Vec<usize>,
}

/// Summary of a numeric variable.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Numbers {
    /// Summary over all patients.
    pub all: NumberSummary,
    /// One a group, in the order of its names.
    pub groups: Vec<NumberSummary>,
}

/// Summary of a categorical variable.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Levels {
    /// The levels, as numbers where all of them are, else as text.
    pub names: Vec<String>,
    /// Summary over all patients.
    pub all: LevelSummary,
    /// One a group, in the order of its names.
    pub groups: Vec<LevelSummary>,
}

impl NumberSummary {
    /// Summarises numbers.
    #[must_use]
    pub fn of(values: impl IntoIterator<Item = Option<f64>>) -> Self {
        let mut summary = Self::default();
        let mut known = Vec::new();
        for value in values {
            match value.filter(|value| value.is_finite()) {
                Some(value) => known.push(value),
                None => summary.missing += 1,
            }
        }
        let ascending: Vec<f64> = sorted_by(&known)
            .into_iter()
            .filter_map(|place| known.get(place as usize).copied())
            .collect();
        summary.n = known.len();
        let n = known.len() as f64;
        let finite = |value: f64| Some(value).filter(|value| value.is_finite());
        // R's mean: a second pass corrects rounding errors.
        let rough = known.iter().sum::<f64>() / n;
        summary.mean = finite(rough + known.iter().map(|value| value - rough).sum::<f64>() / n);
        if let (Some(mean), true) = (summary.mean, known.len() > 1) {
            let squares: f64 = known.iter().map(|value| (value - mean) * (value - mean)).sum();
            summary.standard_deviation = finite((squares / (n - 1.0)).sqrt());
        }
        let [low, q1, median, q3, high] = [0.0, 0.25, 0.5, 0.75, 1.0].map(|p| quantile(&ascending, p));
        summary.five = (|| Some([low?, q1?, median?, q3?, high?]))();
        summary
    }
}

/// Numbers of all patients and of each group. `groups` has the group of each patient, `None` where it is missing: such
/// patients count among all only.
#[must_use]
pub fn describe_numbers(values: &[Option<f64>], groups: &[Option<u32>], group_count: usize) -> Numbers {
    let group = |wanted: usize| {
        let inside = values
            .iter()
            .zip(groups)
            .filter(move |(_, group)| **group == Some(wanted as u32));
        NumberSummary::of(inside.map(|(value, _)| *value))
    };
    Numbers {
        all: NumberSummary::of(values.iter().copied()),
        groups: (0..group_count).map(group).collect(),
    }
}

/// Levels of all patients and of each group.
#[must_use]
pub fn describe_levels(values: &[Option<&str>], groups: &[Option<u32>], group_count: usize) -> Levels {
    let (codes, names) = grouped(values);
    describe_codes(&codes, names, groups, group_count)
}

/// The same of levels that have codes, in the order of their names; names that nobody has are kept.
#[must_use]
pub fn describe_codes(codes: &[Option<u32>], names: Vec<String>, groups: &[Option<u32>], group_count: usize) -> Levels {
    let empty = || LevelSummary {
        counts: vec![0; names.len()],
        ..LevelSummary::default()
    };
    let mut all = empty();
    let mut each: Vec<LevelSummary> = (0..group_count).map(|_| empty()).collect();
    for (place, code) in codes.iter().enumerate() {
        all.add(*code);
        let group = groups.get(place).copied().flatten();
        if let Some(summary) = group.and_then(|group| each.get_mut(group as usize)) {
            summary.add(*code);
        }
    }
    Levels {
        names,
        all,
        groups: each,
    }
}

impl LevelSummary {
    fn add(&mut self, code: Option<u32>) {
        match code.and_then(|code| self.counts.get_mut(code as usize)) {
            Some(count) => {
                *count += 1;
                self.n += 1;
            }
            None => self.missing += 1,
        }
    }
}

/// Texts as codes, missing ones kept; and the names of the codes, sorted.
#[must_use]
pub fn grouped(texts: &[Option<&str>]) -> (Vec<Option<u32>>, Vec<String>) {
    let known: Vec<&str> = texts.iter().filter_map(|text| *text).collect();
    let labels = Labels::of(&known);
    let mut codes = labels.codes.iter();
    let code = |text: &Option<&str>| text.and_then(|_| codes.next().copied());
    (texts.iter().map(code).collect(), labels.names)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn quartiles_by_hand() {
        // h = 3 p: 0.75, 1.5 and 2.25 places up from the smallest of 1, 2, 4, 8.
        let summary = NumberSummary::of([Some(8.0), None, Some(1.0), Some(4.0), Some(2.0), Some(f64::NAN)]);
        assert_eq!((summary.n, summary.missing), (4, 2));
        assert_eq!(summary.five, Some([1.0, 1.75, 3.0, 5.0, 8.0]));
        assert_eq!(summary.mean, Some(3.75));
        let none = NumberSummary::of([None]);
        assert_eq!((none.n, none.missing, none.mean, none.five), (0, 1, None, None));
        assert_eq!(NumberSummary::of([Some(2.0)]).standard_deviation, None);
    }

    #[test]
    fn levels_by_group_with_missing_values_and_groups() {
        let (groups, names) = grouped(&[Some("B"), Some("A"), None, Some("A")]);
        assert_eq!(
            (groups.clone(), names.len()),
            (vec![Some(1), Some(0), None, Some(0)], 2)
        );
        let levels = describe_levels(&[Some("10"), Some("9"), Some("9"), None], &groups, 2);
        assert_eq!(levels.names, ["9", "10"]);
        assert_eq!(levels.all.counts, [2, 1]);
        assert_eq!((levels.groups[0].n, levels.groups[0].missing), (1, 1));
        assert_eq!(levels.groups[1].counts, [0, 1]);
    }

    proptest! {
        #[test]
        fn every_patient_is_counted_once(values in prop::collection::vec((prop::option::of(-1e6..1e6), prop::option::of(0_u32..3)), 0..40)) {
            let (numbers, groups): (Vec<Option<f64>>, Vec<Option<u32>>) = values.into_iter().unzip();
            let found = describe_numbers(&numbers, &groups, 3);
            prop_assert_eq!(found.all.n + found.all.missing, numbers.len());
            let grouped = groups.iter().flatten().count();
            prop_assert_eq!(found.groups.iter().map(|group| group.n + group.missing).sum::<usize>(), grouped);
            if let Some(five) = found.all.five {
                prop_assert!(five.windows(2).all(|two| two[0] <= two[1]));
            }
        }
    }
}
