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
    /// The same with their units.
    pub shown: String,
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
    /// The grouping that gives these groups, to be changed further. What was set before (`before`) counts where the groups
    /// shown are older than it.
    #[must_use]
    pub fn grouping(&self, before: Option<&Grouping>) -> Grouping {
        let mut grouping = before.cloned().unwrap_or_default();
        let is_listed = |group: &&GroupChoice| {
            let mut listed = grouping.groups.iter().flat_map(|known| &known.of);
            listed.any(|level| group.of.contains(level))
        };
        let unlisted = self.groups.iter().filter(|group| !is_listed(group));
        let group = |group: &GroupChoice| LevelGroup {
            name: group.name.clone(),
            of: group.of.clone(),
            is_left_out: group.is_left_out,
        };
        let unlisted: Vec<LevelGroup> = unlisted.map(group).collect();
        grouping.groups.extend(unlisted);
        grouping
    }
}

/// Whether a group consists of these levels, in any order.
fn is_of(group: &LevelGroup, of: &[String]) -> bool {
    group.of.len() == of.len() && of.iter().all(|level| group.of.contains(level))
}

/// Whether a group, known by its levels, is compared.
pub fn tick(grouping: &mut Grouping, of: &[String], is_compared: bool) {
    if let Some(group) = grouping.groups.iter_mut().find(|group| is_of(group, of)) {
        group.is_left_out = !is_compared;
    }
}

/// Moves a group, known by its levels, one place up or down.
pub fn move_group(grouping: &mut Grouping, of: &[String], is_up: bool) {
    let place = grouping.groups.iter().position(|group| is_of(group, of));
    let Some(place) = place else { return };
    let other = if is_up { place.checked_sub(1) } else { Some(place + 1) };
    if let Some(other) = other.filter(|other| *other < grouping.groups.len()) {
        grouping.groups.swap(place, other);
    }
}

/// Names a group, known by its levels; a name that another group has, or none, is not taken. Returns whether it was.
pub fn rename(grouping: &mut Grouping, of: &[String], name: &str) -> bool {
    let name = name.trim();
    if name.is_empty()
        || grouping
            .groups
            .iter()
            .any(|group| group.name == name && !is_of(group, of))
    {
        return false;
    }
    let Some(group) = grouping.groups.iter_mut().find(|group| is_of(group, of)) else {
        return false;
    };
    if grouping.reference.as_ref() == Some(&group.name) {
        grouping.reference = Some(name.to_owned());
    }
    name.clone_into(&mut group.name);
    true
}

/// Merges a group into another one, both known by their levels; its name is made of both.
pub fn merge(grouping: &mut Grouping, of: &[String], with: &[String]) {
    let Some(place) = grouping.groups.iter().position(|group| is_of(group, of)) else {
        return;
    };
    if of == with || !grouping.groups.iter().any(|group| is_of(group, with)) {
        return;
    }
    let merged = grouping.groups.remove(place);
    if let Some(group) = grouping.groups.iter_mut().find(|group| is_of(group, with)) {
        let was_reference = [&merged.name, &group.name]
            .map(Some)
            .contains(&grouping.reference.as_ref());
        group.name = format!("{} or {}", group.name, merged.name);
        group.of.extend(merged.of);
        if was_reference {
            grouping.reference = Some(group.name.clone());
        }
    }
}

/// Splits a group, known by its levels, into one a level.
pub fn split(grouping: &mut Grouping, of: &[String]) {
    let Some(place) = grouping.groups.iter().position(|group| is_of(group, of)) else {
        return;
    };
    let group = grouping.groups.remove(place);
    if grouping.reference.as_ref() == Some(&group.name) {
        grouping.reference = group.of.first().cloned();
    }
    let is_taken = |grouping: &Grouping, name: &String| grouping.groups.iter().any(|group| group.name == *name);
    for level in group.of.iter().rev() {
        let mut name = level.clone();
        while is_taken(grouping, &name) {
            name.push('′');
        }
        let one = LevelGroup {
            name,
            of: vec![level.clone()],
            is_left_out: group.is_left_out,
        };
        grouping.groups.insert(place, one);
    }
}

/// Adds a condition: beside the parts of a filter, or within one of them.
pub fn add_condition(filter: &mut Filter, condition: Condition, within: Option<usize>) {
    match within.and_then(|part| filter.parts.get_mut(part)) {
        Some(part) => part.push(condition),
        None => filter.parts.push(vec![condition]),
    }
}

/// Takes a condition of a part away, and the part with its last one.
pub fn remove_condition(filter: &mut Filter, part: usize, place: usize) {
    if let Some(conditions) = filter.parts.get_mut(part) {
        if place < conditions.len() {
            conditions.remove(place);
        }
        if conditions.is_empty() {
            filter.parts.remove(part);
        }
    }
    if filter.is_empty() {
        *filter = Filter::default();
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

    fn sexes() -> FactorChoice {
        let group = |name: &str| GroupChoice {
            name: name.into(),
            of: vec![name.into()],
            ..GroupChoice::default()
        };
        FactorChoice {
            groups: vec![group("a"), group("b"), group("c")],
            ..FactorChoice::default()
        }
    }

    fn names(grouping: &Grouping) -> Vec<&str> {
        grouping.groups.iter().map(|group| group.name.as_str()).collect()
    }

    #[test]
    fn groups_are_changed_one_after_another() {
        let shown = sexes();
        let of = |name: &str| vec![name.to_owned()];
        let mut grouping = shown.grouping(None);
        tick(&mut grouping, &of("a"), false);
        // What is shown is older than what was set.
        let mut grouping = shown.grouping(Some(&grouping));
        assert!(grouping.groups[0].is_left_out);
        move_group(&mut grouping, &of("c"), true);
        move_group(&mut grouping, &of("a"), true);
        move_group(&mut grouping, &of("b"), false);
        assert_eq!(names(&grouping), ["a", "c", "b"]);
        grouping.reference = Some("b".into());
        assert!(rename(&mut grouping, &of("b"), " x "));
        assert!(!rename(&mut grouping, &of("b"), "c") && !rename(&mut grouping, &of("b"), " "));
        assert_eq!(grouping.reference.as_deref(), Some("x"));
        merge(&mut grouping, &of("b"), &of("c"));
        merge(&mut grouping, &of("a"), &of("a"));
        assert_eq!(
            (names(&grouping), grouping.reference.as_deref()),
            (vec!["a", "c or x"], Some("c or x"))
        );
        // The levels of a group are shown in their own order.
        split(&mut grouping, &["b".to_owned(), "c".to_owned()]);
        assert_eq!(
            (names(&grouping), grouping.reference.as_deref()),
            (vec!["a", "c", "b"], Some("c"))
        );
    }

    #[test]
    fn conditions_come_and_go() {
        let mut filter = Filter::default();
        add_condition(&mut filter, Condition::is("a", "1"), None);
        add_condition(&mut filter, Condition::is("b", "2"), None);
        add_condition(&mut filter, Condition::is("c", "3"), Some(0));
        assert_eq!(filter.to_string(), "(a=1 or c=3) and b=2");
        remove_condition(&mut filter, 0, 0);
        remove_condition(&mut filter, 1, 0);
        remove_condition(&mut filter, 7, 0);
        assert_eq!(filter.to_string(), "c=3");
        remove_condition(&mut filter, 0, 0);
        assert_eq!(filter, Filter::default());
    }

    #[test]
    fn a_renamed_group_is_renamed_in_conditions() {
        let mut filter = Filter::parse("a=x|y and b=x and a!=x and a<3").unwrap();
        rename_in_filter(&mut filter, "a", "x", "new");
        assert_eq!(filter.to_string(), "a=new|y and b=x and a!=new and a<3");
    }
}
