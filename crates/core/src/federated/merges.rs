//! Levels that are taken together where a plan allows it: a site with a small group or level gives the counts of both.
//!
//! Counts, curves and the log-rank test are added up on the coarsest levels that any site uses. Columns of Cox's model and
//! strata stay as the plan has them.

use std::collections::{BTreeMap, BTreeSet};

use super::columns::Rows;
use super::plan::Design;
use super::table_columns::TableKind;

/// Lists of levels that are taken together, by field.
pub type Merges = BTreeMap<String, Vec<Vec<String>>>;

/// Between the names of levels that are taken together.
const AND: &str = "+";

/// For each level the first one that it is taken together with, itself where there is none before; lists that share a level
/// are one.
fn roots(merges: &Merges, field: &str, levels: &[String]) -> Vec<usize> {
    let mut root: Vec<usize> = (0..levels.len()).collect();
    for list in merges.get(field).into_iter().flatten() {
        let own = (0..levels.len()).filter(|&at| list.contains(&levels[at]));
        let own: BTreeSet<usize> = own.map(|at| root[at]).collect();
        let Some(&first) = own.first() else { continue };
        root.iter_mut()
            .filter(|root| own.contains(*root))
            .for_each(|root| *root = first);
    }
    root
}

/// Returns the levels of a field with those of a list as one, at the place of its first: `AFF1+MLLT1`.
#[must_use]
pub fn merged_levels(merges: &Merges, field: &str, levels: &[String]) -> Vec<String> {
    let root = roots(merges, field, levels);
    let name = |first: usize| {
        let own = (0..levels.len()).filter(|&at| root[at] == first);
        own.map(|at| levels[at].as_str()).collect::<Vec<_>>().join(AND)
    };
    (0..levels.len()).filter(|&at| root[at] == at).map(name).collect()
}

/// The place of each level among [`merged_levels`].
pub(super) fn places(merges: &Merges, field: &str, levels: &[String]) -> Vec<usize> {
    let root = roots(merges, field, levels);
    let before = |first: usize| (0..first).filter(|&at| root[at] == at).count();
    root.iter().map(|&first| before(first)).collect()
}

/// The place among the levels of all sites (`common`) of each level of a site (`own`), which are finer.
pub(super) fn between(own: &Merges, common: &Merges, field: &str, levels: &[String]) -> Vec<usize> {
    let fine = places(own, field, levels);
    let mut to = vec![0; fine.iter().max().map_or(0, |last| last + 1)];
    for (fine, coarse) in fine.into_iter().zip(places(common, field, levels)) {
        to[fine] = coarse;
    }
    to
}

/// The lists of several sites in one, in alphabetical order.
pub(super) fn together<'a>(all: impl Iterator<Item = &'a Merges>) -> Merges {
    let mut found = Merges::new();
    for (field, lists) in all.flatten() {
        let known = found.entry(field.clone()).or_default();
        known.extend(lists.iter().cloned());
        known.iter_mut().for_each(|list| list.sort());
        known.sort();
        known.dedup();
    }
    found
}

/// The first list that `allowed` does not have.
pub(super) fn not_allowed<'a>(wanted: &'a Merges, allowed: &Merges) -> Option<(&'a String, &'a Vec<String>)> {
    let each = wanted
        .iter()
        .flat_map(|(field, lists)| lists.iter().map(move |list| (field, list)));
    let is_same = |list: &Vec<String>, known: &Vec<String>| {
        let sorted = |list: &[String]| list.iter().cloned().collect::<BTreeSet<_>>();
        sorted(list) == sorted(known)
    };
    let mut missing = each.filter(|(field, list)| {
        let known = allowed.get(*field);
        !known.is_some_and(|known| known.iter().any(|known| is_same(list, known)))
    });
    missing.next()
}

impl Design {
    /// Returns the design with the groups' levels taken together; of other fields [`Design::table_of`] tells the levels.
    #[must_use]
    pub fn merged(&self, merges: &Merges) -> Self {
        let mut design = self.clone();
        if let Some(by) = &mut design.groups {
            by.levels = merged_levels(merges, &by.field, &by.levels);
        }
        design
    }

    /// Returns the variables of Table 1 by name, with levels taken together.
    #[must_use]
    pub fn table_of(&self, merges: &Merges) -> Vec<(String, TableKind)> {
        let mut found = self.table_variables();
        for (name, kind) in &mut found {
            if let TableKind::Levels(levels) = kind {
                *levels = merged_levels(merges, name, levels);
            }
        }
        found
    }
}

impl Rows {
    /// Takes levels together; `design` is the plan's, with all levels apart.
    pub(super) fn merged(mut self, design: &Design, merges: &Merges) -> Self {
        if let Some(by) = &design.groups {
            let to = places(merges, &by.field, &by.levels);
            self.groups.names = merged_levels(merges, &by.field, &by.levels);
            self.groups
                .codes
                .iter_mut()
                .for_each(|code| *code = to[*code as usize] as u32);
        }
        for (name, kind) in design.table_variables() {
            let TableKind::Levels(levels) = kind else { continue };
            let to = places(merges, &name, &levels);
            for column in self.table.iter_mut().filter(|column| column.name == name) {
                column.cells = to.iter().max().map_or(0, |last| last + 1);
                column.cell.iter_mut().flatten().for_each(|cell| *cell = to[*cell]);
            }
        }
        self.merged = merges.clone();
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(all: &[&str]) -> Vec<String> {
        all.iter().map(|&text| text.to_owned()).collect()
    }

    fn merges(lists: &[&[&str]]) -> Merges {
        [("f".to_owned(), lists.iter().map(|list| texts(list)).collect())].into()
    }

    /// Lists that share a level are one; a level takes the place of the first of its list.
    #[test]
    fn levels_by_hand() {
        let levels = texts(&["a", "b", "c", "d", "e"]);
        let two = merges(&[&["d", "b"], &["e", "d"]]);
        assert_eq!(merged_levels(&two, "f", &levels), ["a", "b+d+e", "c"]);
        assert_eq!(places(&two, "f", &levels), [0, 1, 2, 1, 1]);
        assert_eq!(merged_levels(&two, "g", &levels), levels);
        // What is merged stays so.
        let once = merged_levels(&two, "f", &levels);
        assert_eq!(merged_levels(&two, "f", &once), once);
        let one = merges(&[&["b", "d"]]);
        assert_eq!(merged_levels(&one, "f", &levels), ["a", "b+d", "c", "e"]);
        assert_eq!(between(&one, &two, "f", &levels), [0, 1, 2, 1]);
        assert_eq!(together([&two, &one].into_iter()), merges(&[&["b", "d"], &["d", "e"]]));
        assert_eq!(not_allowed(&one, &two), None);
        assert_eq!(not_allowed(&two, &one).unwrap().1, &texts(&["e", "d"]));
    }
}
