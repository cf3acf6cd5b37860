//! How the values of variables are grouped, and to which patients an analysis is restricted: what the page shows of it.

use cotside_core::cohort::{Condition, Filter, Grouping, LevelGroup, Test};
use serde::{Deserialize, Serialize};

use crate::Choice;

/// A variable, or a protocol, by which patients can be grouped, as it is grouped now.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct FactorChoice {
    /// Its id, as a setting holds it.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its groups in their order, those that are left out among them.
    pub groups: Vec<GroupChoice>,
    /// Patients of the analysis whose value is not known.
    pub unknown: usize,
    /// Where its numbers are cut; `None` for levels.
    pub numbers: Option<NumberChoice>,
    /// Whether patients can be compared by it: it has more than one level.
    pub can_be_compared: bool,
}

/// A group of levels.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupChoice {
    /// Its name.
    pub name: String,
    /// The levels that it consists of.
    pub of: Vec<String>,
    /// Patients of the analysis in it.
    pub patients: usize,
    /// Whether it is left out of comparisons.
    pub is_left_out: bool,
    /// Whether others are compared with it.
    pub is_reference: bool,
}

/// Where numbers are cut.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NumberChoice {
    /// The limits as they are typed.
    pub at: String,
    /// Whether a value at a limit belongs to the lower group.
    pub limit_is_lower: bool,
    /// Whether that can be chosen: not of calendar months and medians.
    pub can_choose_side: bool,
    /// Limits that are usual for this variable: as they are typed, and their names.
    pub usual: Vec<Choice>,
    /// Where the limits come from, in words; empty where they were chosen.
    pub source: String,
}

impl FactorChoice {
    /// The grouping that gives these groups, with the cut that was chosen before.
    #[must_use]
    pub fn grouping(&self, before: Option<&Grouping>) -> Grouping {
        let group = |group: &GroupChoice| LevelGroup {
            name: group.name.clone(),
            of: group.of.clone(),
            is_left_out: group.is_left_out,
        };
        Grouping {
            cut: before.and_then(|before| before.cut.clone()),
            groups: self.groups.iter().map(group).collect(),
            others_are_left_out: before.is_some_and(|before| before.others_are_left_out),
            reference: before.and_then(|before| before.reference.clone()),
        }
    }
}

/// The restriction of an earlier version: `finding:sex=male`, or nothing.
#[must_use]
pub fn earlier_subset(text: &str) -> Filter {
    match text.split_once('=') {
        Some((id, level)) if !id.is_empty() => Filter::one(Condition::is(id, level)),
        _ => Filter::default(),
    }
}

/// Renames a group wherever conditions name it.
pub fn rename_in_filter(filter: &mut Filter, variable: &str, from: &str, to: &str) {
    for condition in filter
        .parts
        .iter_mut()
        .flatten()
        .filter(|each| each.variable == variable)
    {
        if let Test::Is(values) | Test::IsNot(values) = &mut condition.test {
            for value in values.iter_mut().filter(|value| *value == from) {
                to.clone_into(value);
            }
        }
    }
}

/// Groupings travel as pairs: a map of JavaScript is another thing than one of JSON.
pub(crate) mod as_pairs {
    use cotside_core::cohort::{Grouping, Groupings};
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub fn serialize<S: Serializer>(groupings: &Groupings, serializer: S) -> Result<S::Ok, S::Error> {
        let pairs: Vec<(&String, &Grouping)> = groupings.iter().collect();
        pairs.serialize(serializer)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Groupings, D::Error> {
        Ok(Vec::<(String, Grouping)>::deserialize(deserializer)?
            .into_iter()
            .collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_restriction_of_an_earlier_version_is_one_condition() {
        assert_eq!(earlier_subset("finding:sex=male").to_string(), "finding:sex=male");
        assert_eq!(
            earlier_subset("column:4=yes and no=1").to_string(),
            "column:4=\"yes and no=1\""
        );
        for none in ["", "=", "=x", "finding:sex"] {
            assert!(earlier_subset(none).is_empty(), "{none}");
        }
    }

    #[test]
    fn a_renamed_group_is_renamed_in_conditions() {
        let mut filter = Filter::parse("a=x|y and b=x and a!=x and a<3").unwrap();
        rename_in_filter(&mut filter, "a", "x", "new");
        assert_eq!(filter.to_string(), "a=new|y and b=x and a!=new and a<3");
    }
}
