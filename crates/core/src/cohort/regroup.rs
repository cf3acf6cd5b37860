//! How a person groups the levels of a variable: chosen, merged, named, put in order, with a reference; numbers cut.
//!
//! This is the one place where it is applied: comparisons, subsets, subgroups, models and tables all ask
//! [`Study::factor`]. **Invariant: every patient is in exactly one group, or left out by choice, or of unknown level.**

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::cut::{Cut, StandardCut};
use super::factor::Factor;
use super::study::{Study, Values, Variable};
use crate::infant::Age;

/// A group of levels.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct LevelGroup {
    /// Its name; groups of one name are one.
    pub name: String,
    /// The levels that it consists of, as the file or the cut names them.
    pub of: Vec<String>,
    /// Whether it is left out of comparisons.
    #[serde(rename = "left_out", skip_serializing_if = "core::ops::Not::not")]
    pub is_left_out: bool,
}

/// How the values of one variable are grouped.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Grouping {
    /// Where numbers are cut; `None` for levels, and for the standard cut, or the median, of numbers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cut: Option<Cut>,
    /// Groups in their order. A level that none of them names is a group of its own behind them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<LevelGroup>,
    /// Whether levels that no group names are left out instead.
    #[serde(skip_serializing_if = "core::ops::Not::not")]
    pub others_are_left_out: bool,
    /// Name of the group with which others are compared; `None` for the first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
}

/// Groupings by the id of the variable or protocol.
pub type Groupings = BTreeMap<String, Grouping>;

/// A group as it comes out for the levels that there are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resolved {
    /// Its name.
    pub name: String,
    /// Positions of its levels, ascending.
    pub of: Vec<u32>,
    /// Whether it is left out of comparisons.
    pub is_left_out: bool,
}

impl Grouping {
    /// True if nothing is said.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The text of a grouping in a project file: JSON.
    #[must_use]
    pub fn text(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Reads that text; `None` where it is not one.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }

    /// The groups of these levels, in their order. Each level is in exactly one of them: the first that names it. A group of
    /// which no level exists is omitted.
    #[must_use]
    pub fn resolve(&self, levels: &[String]) -> Vec<Resolved> {
        let mut groups: Vec<Resolved> = Vec::new();
        let mut taken = vec![false; levels.len()];
        for group in &self.groups {
            let own = (0_u32..).zip(levels).zip(&mut taken);
            let own = own.filter_map(|((place, level), taken)| {
                let is_own = !*taken && group.of.contains(level);
                *taken |= is_own;
                is_own.then_some(place)
            });
            let own: Vec<u32> = own.collect();
            match groups.iter_mut().find(|known| known.name == group.name) {
                Some(known) => known.of.extend(own),
                None if own.is_empty() => {}
                None => groups.push(Resolved {
                    name: group.name.clone(),
                    of: own,
                    is_left_out: group.is_left_out,
                }),
            }
        }
        for ((place, level), _) in (0_u32..).zip(levels).zip(&taken).filter(|(_, taken)| !**taken) {
            let mut name = level.clone();
            while groups.iter().any(|known| known.name == name) {
                name.push('′');
            }
            groups.push(Resolved {
                name,
                of: vec![place],
                is_left_out: self.others_are_left_out,
            });
        }
        for group in &mut groups {
            group.of.sort_unstable();
        }
        groups
    }

    /// Groups the levels of a factor.
    #[must_use]
    pub fn apply(&self, base: &Factor) -> Factor {
        let groups = self.resolve(&base.names);
        let names = |left_out: bool| -> Vec<String> {
            let of_kind = groups.iter().filter(|group| group.is_left_out == left_out);
            of_kind.map(|group| group.name.clone()).collect()
        };
        let place = |code: u32, left_out: bool| {
            let mut of_kind = groups.iter().filter(|group| group.is_left_out == left_out);
            let place = of_kind.position(|group| group.of.contains(&code))?;
            u32::try_from(place).ok()
        };
        let codes_of = |left_out: bool| -> Vec<Option<u32>> {
            let places: Vec<Option<u32>> = (0..base.names.len())
                .map(|code| place(u32::try_from(code).ok()?, left_out))
                .collect();
            let codes = base.codes.iter();
            codes
                .map(|code| places.get(code.as_ref().copied()? as usize).copied().flatten())
                .collect()
        };
        let names_left_out = names(true);
        Factor {
            names: names(false),
            codes: codes_of(false),
            is_ordered: base.is_ordered && is_in_order(&groups),
            reference: self.reference.clone(),
            left_out: if names_left_out.is_empty() {
                Vec::new()
            } else {
                codes_of(true)
            },
            names_left_out,
        }
    }

    /// The same without an order of its own: groups stand as their first levels do.
    #[must_use]
    pub fn in_order_of(&self, levels: &[String]) -> Self {
        let first = |group: &LevelGroup| levels.iter().position(|level| group.of.contains(level));
        let resolved = self.resolve(levels);
        let mut groups: Vec<LevelGroup> = resolved
            .into_iter()
            .map(|group| LevelGroup {
                name: group.name,
                of: group
                    .of
                    .iter()
                    .filter_map(|&place| levels.get(place as usize).cloned())
                    .collect(),
                is_left_out: group.is_left_out,
            })
            .collect();
        groups.sort_by_key(|group| first(group));
        Self { groups, ..self.clone() }
    }
}

/// Whether groups that are compared keep the order of their levels, up or down, without one lying within another.
fn is_in_order(groups: &[Resolved]) -> bool {
    let ends: Vec<(u32, u32)> = groups
        .iter()
        .filter(|group| !group.is_left_out)
        .filter_map(|group| Some((*group.of.first()?, *group.of.last()?)))
        .collect();
    ends.windows(2).all(|two| two[0].1 < two[1].0) || ends.windows(2).all(|two| two[1].1 < two[0].0)
}

/// The id of the variable that is the age in days.
pub const AGE_ID: &str = "finding:age_days";

impl Study {
    /// Returns the levels by an id, as they are grouped: `finding:sex`, `column:4`, `protocol:mll-10`. Numbers are cut where
    /// the grouping says, else at the limit of [`STANDARD_CUTS`](super::STANDARD_CUTS), else at the median of those known.
    /// `None` where the id is unknown or there are fewer than two levels before they are grouped.
    #[must_use]
    pub fn factor(&self, id: &str, groupings: &Groupings) -> Option<Factor> {
        let base = self.levels(id, groupings)?;
        Some(match groupings.get(id) {
            Some(grouping) => grouping.apply(&base),
            None => base,
        })
    }

    /// The same before levels are chosen, merged and named: those of the file, of the cut, or of the protocol.
    #[must_use]
    pub fn levels(&self, id: &str, groupings: &Groupings) -> Option<Factor> {
        self.all_levels(id, groupings).filter(|factor| factor.names.len() > 1)
    }

    /// The same, also where there is one level only.
    pub(super) fn all_levels(&self, id: &str, groupings: &Groupings) -> Option<Factor> {
        Some(match id.strip_prefix("protocol:") {
            Some(id) => {
                let protocol = self.protocol(id)?;
                Factor {
                    names: protocol.groups.clone(),
                    codes: (0..protocol.placements.len())
                        .map(|patient| protocol.position(patient))
                        .collect(),
                    is_ordered: protocol.is_ordered,
                    ..Factor::default()
                }
            }
            None => {
                let variable = self.variable(id)?;
                match &variable.values {
                    Values::Levels { .. } => Factor::of(&variable.values)?,
                    Values::Numbers(numbers) => {
                        let cut = self.cut(variable, groupings);
                        cut.factor(numbers, self.ages_of(variable).as_deref())?
                    }
                }
            }
        })
    }

    /// Where a variable of numbers is cut: as the grouping says, else at the standard limit, else at the median.
    #[must_use]
    pub fn cut(&self, variable: &Variable, groupings: &Groupings) -> Cut {
        let chosen = groupings.get(&variable.id).and_then(|grouping| grouping.cut.clone());
        let standard = || {
            let of_finding = variable.id.starts_with("finding:");
            let cut = StandardCut::of(&variable.name).filter(|_| of_finding)?;
            Some(Cut::of([cut.limit]))
        };
        chosen.or_else(standard).unwrap_or_else(Cut::at_median)
    }

    /// The ages of the patients as they are known, where a variable is their age in days.
    #[must_use]
    pub fn ages_of(&self, variable: &Variable) -> Option<Vec<Option<Age>>> {
        let Values::Numbers(numbers) = &variable.values else {
            return None;
        };
        if variable.id != AGE_ID {
            return None;
        }
        if self.age.len() == numbers.len() {
            return Some(self.age.clone());
        }
        let days = |number: &Option<f64>| number.filter(|days| *days >= 0.0).map(|days| Age::Days(days as u32));
        Some(numbers.iter().map(days).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cohort::Limit;
    use proptest::prelude::*;

    fn group(name: &str, of: &[&str]) -> LevelGroup {
        LevelGroup {
            name: name.into(),
            of: of.iter().map(|&level| level.to_owned()).collect(),
            is_left_out: false,
        }
    }

    fn base(names: &[&str], codes: &[Option<u32>]) -> Factor {
        Factor {
            names: names.iter().map(|&name| name.to_owned()).collect(),
            codes: codes.to_vec(),
            is_ordered: true,
            ..Factor::default()
        }
    }

    #[test]
    fn levels_are_chosen_merged_named_and_ordered() {
        let factor = base(
            &["germline", "ptd", "rearranged", "undetermined"],
            &[Some(2), Some(0), Some(3), None, Some(1)],
        );
        let grouping = Grouping {
            groups: vec![
                group("KMT2A-r", &["rearranged", "ptd"]),
                group("germline", &["germline"]),
                LevelGroup {
                    is_left_out: true,
                    ..group("undetermined", &["undetermined"])
                },
            ],
            reference: Some("germline".into()),
            ..Grouping::default()
        };
        let found = grouping.apply(&factor);
        assert_eq!(found.names, ["KMT2A-r", "germline"]);
        assert_eq!(found.codes, [Some(0), Some(1), None, None, Some(0)]);
        assert_eq!(found.names_left_out, ["undetermined"]);
        assert!(found.is_left_out(2) && !found.is_left_out(3) && !found.is_left_out(0));
        assert_eq!((found.name(2), found.name(3)), (Some("undetermined"), None));
        let (known, labels) = found.labels(&[0, 1, 2, 3, 4]);
        assert_eq!(known, [0, 1, 4]);
        assert_eq!(found.reference_in(&labels), 1);
        assert_eq!(Grouping::parse(&grouping.text()), Some(grouping));
    }

    #[test]
    fn a_level_that_no_group_names_is_never_lost() {
        let factor = base(&["a", "b", "c"], &[Some(0), Some(1), Some(2)]);
        let grouping = Grouping {
            groups: vec![group("b", &["c", "gone"]), group("none", &["gone"])],
            ..Grouping::default()
        };
        let found = grouping.apply(&factor);
        assert_eq!(found.names, ["b", "a", "b′"]);
        assert_eq!(found.codes, [Some(1), Some(2), Some(0)]);
        let rest = Grouping {
            others_are_left_out: true,
            ..grouping
        };
        let found = rest.apply(&factor);
        assert_eq!((found.names.len(), found.names_left_out.len()), (1, 2));
    }

    #[test]
    fn an_order_is_one_as_long_as_no_group_lies_within_another() {
        let factor = base(&["1", "2", "3"], &[]);
        let ordered = |groups: Vec<LevelGroup>| {
            let grouping = Grouping {
                groups,
                ..Grouping::default()
            };
            grouping.apply(&factor).is_ordered
        };
        assert!(ordered(vec![group("low", &["1", "2"]), group("high", &["3"])]));
        assert!(ordered(vec![
            group("3", &["3"]),
            group("2", &["2"]),
            group("1", &["1"])
        ]));
        assert!(!ordered(vec![group("ends", &["1", "3"]), group("middle", &["2"])]));
        assert!(!ordered(vec![group("2", &["2"]), group("1", &["1"])]));
    }

    #[test]
    fn numbers_are_cut_at_the_standard_limit_where_none_is_chosen() {
        let numbers = Values::Numbers(vec![Some(299.0), Some(300.0), None]);
        let variable = |id: &str, name: &str| Variable {
            id: id.into(),
            name: name.into(),
            values: numbers.clone(),
        };
        let study = Study {
            variables: vec![
                variable("finding:wbc", "wbc"),
                variable("column:3", "wbc"),
                variable("finding:age_days", "age_days"),
            ],
            ..Study::default()
        };
        let names = |id: &str, groupings: &Groupings| study.factor(id, groupings).unwrap().names;
        let none = Groupings::new();
        assert_eq!(names("finding:wbc", &none), ["< 300", "≥ 300"]);
        assert_eq!(names("column:3", &none), ["≤ 299.5", "> 299.5"]);
        assert_eq!(names("finding:age_days", &none), ["< 6 months", "≥ 6 months"]);
        let cut = Grouping {
            cut: Some(Cut::of([Limit::Number(100.0)])),
            groups: vec![group("high", &["≥ 100"])],
            ..Grouping::default()
        };
        let chosen = Groupings::from([("finding:wbc".to_owned(), cut)]);
        assert_eq!(names("finding:wbc", &chosen), ["high", "< 100"]);
        assert_eq!(study.factor("column:9", &none), None);
        assert_eq!(study.factor("protocol:none", &none), None);
    }

    /// Groups of the levels `a`, `b`, …, in any order, some named twice, some left out.
    fn any_grouping() -> impl Strategy<Value = Grouping> {
        let level = prop::sample::select(vec!["a", "b", "c", "d", "e", "gone"]);
        let one = (level.clone(), prop::collection::vec(level.clone(), 0..4), any::<bool>()).prop_map(
            |(name, of, is_left_out)| LevelGroup {
                is_left_out,
                ..group(name, &of)
            },
        );
        (prop::collection::vec(one, 0..5), any::<bool>(), prop::option::of(level)).prop_map(
            |(groups, others_are_left_out, reference)| Grouping {
                cut: None,
                groups,
                others_are_left_out,
                reference: reference.map(str::to_owned),
            },
        )
    }

    proptest! {
        #[test]
        fn every_patient_is_in_one_group_or_left_out_or_unknown(
            grouping in any_grouping(), codes in prop::collection::vec(prop::option::of(0_u32..5), 0..30)) {
            let factor = base(&["a", "b", "c", "d", "e"], &codes);
            let found = grouping.apply(&factor);
            let mut counts = [0; 3];
            for (patient, code) in codes.iter().enumerate() {
                let is_in = found.code(patient).is_some();
                let is_out = found.is_left_out(patient);
                prop_assert!(!(is_in && is_out));
                prop_assert_eq!(code.is_none(), !is_in && !is_out);
                counts[if is_in { 0 } else if is_out { 1 } else { 2 }] += 1;
            }
            prop_assert_eq!(counts.iter().sum::<usize>(), codes.len());
            // Patients of one level are in one group, and groups have one name each.
            for (one, first) in codes.iter().enumerate() {
                for (other, second) in codes.iter().enumerate() {
                    if first == second {
                        prop_assert_eq!(found.name(one), found.name(other));
                    }
                }
            }
            let mut names: Vec<&String> = found.names.iter().chain(&found.names_left_out).collect();
            names.sort();
            prop_assert!(names.windows(2).all(|two| two[0] != two[1]));
            // Groups stand in the order in which they were listed.
            let mut free = factor.names.clone();
            let mut listed: Vec<&String> = Vec::new();
            for group in &grouping.groups {
                let before = free.len();
                free.retain(|level| !group.of.contains(level));
                if free.len() < before {
                    listed.push(&group.name);
                }
            }
            let places = found.names.iter().filter_map(|name| listed.iter().position(|each| *each == name));
            prop_assert!(places.collect::<Vec<_>>().is_sorted());
            prop_assert_eq!(Grouping::parse(&grouping.text()), Some(grouping.clone()));
            // The order of the levels changes no group.
            let sorted = grouping.in_order_of(&factor.names).apply(&factor);
            for patient in 0..codes.len() {
                prop_assert_eq!(sorted.name(patient), found.name(patient));
            }
        }
    }
}
