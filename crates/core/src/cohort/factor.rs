//! Patients by level: of a finding, of a column of the file, or of a protocol's groups.

use super::describe::grouped;
use super::study::{Study, Values};
use crate::decimal::{self, fixed};
use crate::survival::{Labels, quantile, sorted_by};

/// Levels of all patients of a [`Study`].
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Factor {
    /// Names of the levels: a protocol's groups from the lowest risk; others as numbers where all are, else as text.
    pub names: Vec<String>,
    /// Position in `names` of each patient; `None` where it is not known.
    pub codes: Vec<Option<u32>>,
    /// True if the levels are ordered: risk groups, stages, halves of a number.
    pub is_ordered: bool,
}

impl Study {
    /// Returns the levels by an id: `finding:sex`, `column:4`, `protocol:mll-10`. Numbers are cut at the median of
    /// those known: "≤ m", "> m". `None` where the id is unknown or there are fewer than two levels.
    #[must_use]
    pub fn factor(&self, id: &str) -> Option<Factor> {
        let factor = match id.strip_prefix("protocol:") {
            Some(id) => {
                let protocol = self.protocol(id)?;
                Factor {
                    names: protocol.groups.clone(),
                    codes: (0..protocol.placements.len())
                        .map(|patient| protocol.position(patient))
                        .collect(),
                    is_ordered: protocol.is_ordered,
                }
            }
            None => Factor::of(&self.variable(id)?.values)?,
        };
        (factor.names.len() > 1).then_some(factor)
    }
}

impl Factor {
    /// The levels of a variable.
    #[must_use]
    pub fn of(values: &Values) -> Option<Self> {
        match values {
            Values::Numbers(numbers) => halves(numbers),
            Values::Levels { codes, .. } => {
                let texts: Vec<Option<&str>> = (0..codes.len()).map(|patient| values.level(patient)).collect();
                let (codes, names) = grouped(&texts);
                Some(Self {
                    is_ordered: names.iter().all(|name| decimal::parse(name).is_some()),
                    codes,
                    names,
                })
            }
        }
    }

    /// The level of a patient.
    #[must_use]
    pub fn code(&self, patient: usize) -> Option<u32> {
        self.codes.get(patient).copied().flatten()
    }

    /// Returns the positions in `patients` of those whose level is known, with their levels; levels that do not occur
    /// are omitted.
    #[must_use]
    pub fn labels(&self, patients: &[usize]) -> (Vec<usize>, Labels) {
        let known = patients.iter().enumerate();
        let known = known.filter_map(|(position, &patient)| Some((position, self.code(patient)?)));
        let (positions, codes): (Vec<usize>, Vec<u32>) = known.unzip();
        (positions, Labels::present(&self.names, &codes))
    }
}

/// Numbers up to their median, and above it.
fn halves(numbers: &[Option<f64>]) -> Option<Factor> {
    let known: Vec<f64> = numbers
        .iter()
        .copied()
        .flatten()
        .filter(|value| value.is_finite())
        .collect();
    let ascending: Vec<f64> = sorted_by(&known)
        .into_iter()
        .filter_map(|place| known.get(place as usize).copied())
        .collect();
    let median = quantile(&ascending, 0.5)?;
    let has_both = ascending.last().is_some_and(|&last| last > median);
    // As many decimals as are needed to separate the median from the neighbouring values.
    let places = (0..9).find(|&places| {
        let shown = crate::decimal::parse(&fixed(median, places));
        shown.is_some_and(|shown| (shown - median).abs() <= 1e-9 * median.abs())
    });
    let shown = fixed(median, places.unwrap_or(9));
    has_both.then(|| Factor {
        names: vec![format!("≤ {shown}"), format!("> {shown}")],
        codes: numbers
            .iter()
            .map(|value| {
                value
                    .filter(|value| value.is_finite())
                    .map(|value| u32::from(value > median))
            })
            .collect(),
        is_ordered: true,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cohort::Variable;

    fn study(values: Values) -> Study {
        Study {
            variables: vec![Variable {
                id: "column:0".into(),
                name: "x".into(),
                values,
            }],
            ..Study::default()
        }
    }

    #[test]
    fn numbers_are_cut_at_their_median() {
        let numbers = [Some(4.0), None, Some(1.0), Some(2.5), Some(f64::NAN)];
        let found = study(Values::Numbers(numbers.to_vec())).factor("column:0").unwrap();
        assert_eq!(found.names, ["≤ 2.5", "> 2.5"]);
        assert_eq!(found.codes, [Some(1), None, Some(0), Some(0), None]);
        // Nobody is above the median.
        let same = [Some(1.0), Some(2.0), Some(2.0)];
        assert_eq!(study(Values::Numbers(same.to_vec())).factor("column:0"), None);
    }

    #[test]
    fn levels_that_do_not_occur_are_left_out() {
        let values = Values::Levels {
            names: vec!["yes".into(), "no".into(), "10".into()],
            codes: vec![Some(0), None, Some(1), Some(1)],
        };
        let factor = study(values).factor("column:0").unwrap();
        assert_eq!(
            (factor.names.as_slice(), factor.is_ordered),
            (["no".to_owned(), "yes".to_owned()].as_slice(), false)
        );
        let (positions, labels) = factor.labels(&[1, 2, 3]);
        assert_eq!(positions, [1, 2]);
        assert_eq!((labels.names, labels.codes), (vec!["no".to_owned()], vec![0, 0]));
        assert_eq!(Study::default().factor("column:0"), None);
        assert_eq!(Study::default().factor("protocol:none"), None);
    }
}
