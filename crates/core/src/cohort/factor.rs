//! Patients by level: of a finding, of a column of the file, or of a protocol's groups.

use super::describe::grouped;
use super::study::Values;
use crate::decimal;
use crate::survival::Labels;

/// Levels of all patients of a [`Study`](super::Study).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Factor {
    /// Names of the levels: a protocol's groups from the lowest risk; others as numbers where all are, else as text; or
    /// in the order of a [`Grouping`](super::Grouping).
    pub names: Vec<String>,
    /// Position in `names` of each patient; `None` where it is not known, or left out by choice.
    pub codes: Vec<Option<u32>>,
    /// True if the levels are ordered: risk groups, stages, parts of a number.
    pub is_ordered: bool,
    /// Name of the level that was chosen as the reference; `None` where none was, so that the first is.
    pub reference: Option<String>,
    /// Position in `names_left_out` of each patient whose level is left out by choice; empty where no level is.
    pub left_out: Vec<Option<u32>>,
    /// Names of the levels that are left out by choice, in their order.
    pub names_left_out: Vec<String>,
}

impl Factor {
    /// The levels of a variable; `None` for numbers, which have none until they are cut.
    #[must_use]
    pub fn of(values: &Values) -> Option<Self> {
        let Values::Levels { codes, .. } = values else {
            return None;
        };
        let texts: Vec<Option<&str>> = (0..codes.len()).map(|patient| values.level(patient)).collect();
        let (codes, names) = grouped(&texts);
        Some(Self {
            is_ordered: names.iter().all(|name| decimal::parse(name).is_some()),
            codes,
            names,
            ..Self::default()
        })
    }

    /// The level of a patient.
    #[must_use]
    pub fn code(&self, patient: usize) -> Option<u32> {
        self.codes.get(patient).copied().flatten()
    }

    /// The name of the level of a patient, whether it is compared or left out by choice.
    #[must_use]
    pub fn name(&self, patient: usize) -> Option<&str> {
        match (self.code(patient), self.left_out.get(patient).copied().flatten()) {
            (Some(code), _) => self.names.get(code as usize).map(String::as_str),
            (None, Some(code)) => self.names_left_out.get(code as usize).map(String::as_str),
            (None, None) => None,
        }
    }

    /// True if the level of a patient is left out by choice, which is another thing than not being known.
    #[must_use]
    pub fn is_left_out(&self, patient: usize) -> bool {
        self.left_out.get(patient).copied().flatten().is_some()
    }

    /// Returns the positions in `patients` of those whose level is known and not left out, with their levels; levels
    /// that do not occur are omitted.
    #[must_use]
    pub fn labels(&self, patients: &[usize]) -> (Vec<usize>, Labels) {
        let known = patients.iter().enumerate();
        let known = known.filter_map(|(position, &patient)| Some((position, self.code(patient)?)));
        let (positions, codes): (Vec<usize>, Vec<u32>) = known.unzip();
        (positions, Labels::present(&self.names, &codes))
    }

    /// The position of the reference among the names of labels of this factor: the level that was chosen where it occurs,
    /// else the first.
    #[must_use]
    pub fn reference_in(&self, labels: &Labels) -> u32 {
        let chosen = self.reference.as_ref();
        let place = chosen.and_then(|chosen| labels.names.iter().position(|name| name == chosen));
        place.and_then(|place| u32::try_from(place).ok()).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_that_do_not_occur_are_left_out() {
        let values = Values::Levels {
            names: vec!["yes".into(), "no".into(), "10".into()],
            codes: vec![Some(0), None, Some(1), Some(1)],
        };
        let factor = Factor::of(&values).unwrap();
        assert_eq!(
            (factor.names.as_slice(), factor.is_ordered),
            (["no".to_owned(), "yes".to_owned()].as_slice(), false)
        );
        let (positions, labels) = factor.labels(&[1, 2, 3]);
        assert_eq!(positions, [1, 2]);
        assert_eq!((labels.names, labels.codes), (vec!["no".to_owned()], vec![0, 0]));
        assert_eq!(Factor::of(&Values::Numbers(vec![Some(1.0)])), None);
    }

    #[test]
    fn a_reference_that_does_not_occur_is_the_first() {
        let factor = Factor {
            reference: Some("b".into()),
            ..Factor::default()
        };
        let labels = |texts: &[&str]| Labels::of(texts);
        assert_eq!(factor.reference_in(&labels(&["a", "b"])), 1);
        assert_eq!(factor.reference_in(&labels(&["a", "c"])), 0);
        assert_eq!(Factor::default().reference_in(&labels(&["a"])), 0);
    }
}
