//! Tables of counts under the limits of one site: one-way tables by complementary suppression, two-way tables the same
//! where both of their margins are shown, and sums of measured values.

use super::allow::{Checked, count_text};
use super::columns::Rows;
use super::limits::{self, Limit};
use super::plan::{Limits, Plan};
use super::summary::{Summary, TableSums};
use super::suppress::{CountTable, suppressed};
use super::table_columns::TableColumn;

/// Checks all tables of a site's sums.
pub(super) fn tables(checked: &mut Checked<'_>) {
    let n = checked.rows.len() as u64;
    if let Some(groups) = checked.summary.n_by_group.take() {
        let shown = one_way(&groups, n, checked.limits);
        note(checked, "n_by_group", &shown);
        checked.summary.n_by_group = Some(shown);
    }
    let groups = checked.summary.n_by_group.clone();
    let rows = checked.rows;
    if let Some(table) = &mut checked.summary.table1.take() {
        for (name, sums) in table.iter_mut() {
            let column = rows.table.iter().find(|column| column.name == *name);
            variable(checked, name, sums, column, groups.as_deref());
        }
        checked.summary.table1 = Some(std::mem::take(table));
    }
    if let Some(mut protocols) = checked.summary.protocols.take() {
        for (id, counts) in &mut protocols {
            *counts = one_way(counts, n, checked.limits);
            note(checked, &format!("protocols.{id}"), counts);
        }
        checked.summary.protocols = Some(protocols);
    }
    reclassified(checked);
}

/// Counts of one table; `None` for one that is withheld.
type Counts = Option<Vec<Option<u64>>>;

/// Patients in counts of a site's tables that are hidden, each table for itself.
pub(super) fn hidden_patients(plan: &Plan, rows: &Rows, limits: &Limits, plain: Summary) -> u64 {
    let counts = |summary: &Summary| -> Vec<Counts> {
        let groups = std::iter::once(summary.n_by_group.clone());
        let tables = summary.table1.iter().flat_map(|table| table.values()).flat_map(|sums| {
            let by_group = sums.by_group.as_ref().map(|rows| rows.concat());
            [Some(sums.cells.clone()), by_group]
        });
        groups.chain(tables).collect()
    };
    let all = counts(&plain);
    let mut checked = Checked {
        plan,
        rows,
        limits,
        summary: plain,
    };
    tables(&mut checked);
    let hidden = |(all, shown): (Counts, Counts)| -> u64 {
        let all = all.unwrap_or_default();
        let shown = shown.unwrap_or_else(|| vec![None; all.len()]);
        let pairs = all.into_iter().zip(shown);
        pairs
            .filter(|(_, shown)| shown.is_none())
            .filter_map(|(count, _)| count)
            .sum()
    };
    all.into_iter().zip(counts(&checked.summary)).map(hidden).sum()
}

/// Notes that a table has hidden counts. Which of them are small is not told: it would help to find them.
fn note(checked: &mut Checked<'_>, what: &str, shown: &[Option<u64>]) {
    if shown.iter().any(Option::is_none) {
        checked.withhold(what, Limit::SmallestCell, checked.limits.smallest_cell as f64);
    }
}

/// A table with one way of `n` patients. Those who are in none of its cells are one more count, which is not shown in it.
fn one_way(counts: &[Option<u64>], n: u64, limits: &Limits) -> Vec<Option<u64>> {
    let m = limits.smallest_cell;
    let mut all: Vec<u64> = counts.iter().map(|count| count.unwrap_or(0)).collect();
    let outside = n.saturating_sub(all.iter().sum());
    if (1..m).contains(&outside) {
        all.push(outside);
    }
    let shown = suppressed(&CountTable::one_way(&all), m);
    let mut shown = shown.unwrap_or_else(|| vec![None; all.len()]);
    shown.truncate(counts.len());
    shown
}

fn variable(
    checked: &mut Checked<'_>,
    name: &str,
    sums: &mut TableSums,
    column: Option<&TableColumn>,
    groups: Option<&[Option<u64>]>,
) {
    let n = checked.rows.len() as u64;
    let plain: Vec<u64> = sums.cells.iter().map(|count| count.unwrap_or(0)).collect();
    sums.missing = count_text(&sums.missing, checked.limits);
    sums.cells = one_way(&sums.cells, n, checked.limits);
    note(checked, &format!("table1.{name}"), &sums.cells);
    if let Some(column) = column {
        moments(checked, name, sums, column, groups);
    }
    if let Some(rows) = sums.by_group.take() {
        let margins = sums
            .cells
            .iter()
            .chain(groups.into_iter().flatten())
            .all(Option::is_some);
        let is_whole = plain.iter().sum::<u64>() == n;
        sums.by_group = (margins && is_whole).then(|| two_way(&rows, checked.limits)).flatten();
        let shown = sums.by_group.iter().flatten().flatten().copied().collect::<Vec<_>>();
        if sums.by_group.is_none() {
            checked.withhold(
                format!("table1.{name} by group"),
                Limit::SmallestCell,
                checked.limits.smallest_cell as f64,
            );
        } else {
            note(checked, &format!("table1.{name} by group"), &shown);
        }
    }
}

/// Sums of measured values, of all and of each group. Those of all groups are the whole, so that one group which is withheld
/// takes all of them with it; the number of a group's patients without a value may not be small either.
fn moments(
    checked: &mut Checked<'_>,
    name: &str,
    sums: &mut TableSums,
    column: &TableColumn,
    groups: Option<&[Option<u64>]>,
) {
    let Some(coded) = &column.coded else { return };
    let limits = checked.limits;
    let fits = |values: &[f64]| {
        limits::patients(values.len() as u64, limits)?;
        if column.is_clipped {
            limits::measured_column(values, limits)
        } else {
            limits::raw_sums(values)
        }
    };
    let values: Vec<f64> = coded.iter().flatten().copied().collect();
    let whole = fits(&values);
    if let Some(own) = &sums.moments_by_group {
        let each = whole.and_then(|()| {
            let codes = &checked.rows.groups.codes;
            (0..own.len()).try_for_each(|group| {
                let all = codes.iter().filter(|&&code| code as usize == group).count();
                let values = checked.rows.values_in(group, coded);
                limits::count((all - values.len()) as u64, limits)?;
                if values.is_empty() { Ok(()) } else { fits(&values) }
            })
        });
        // A number of values tells the number of patients of a group that is hidden.
        let are_shown = groups.is_some_and(|groups| groups.iter().all(Option::is_some));
        let hidden = limits::Outside::new(Limit::SmallestCell, 0.0, limits.smallest_cell as f64);
        if let Err(outside) = each.and(if are_shown { Ok(()) } else { Err(hidden) }) {
            sums.moments_by_group = None;
            checked.withhold(format!("table1.{name} sum by group"), outside.limit, outside.allowed);
        }
    }
    if let Err(outside) = whole {
        (sums.sum, sums.squares) = (None, None);
        checked.withhold(format!("table1.{name} sum"), outside.limit, outside.allowed);
    }
}

/// A table with two ways whose margins are known; `None` where it is withheld.
fn two_way(rows: &[Vec<Option<u64>>], limits: &Limits) -> Option<Vec<Vec<Option<u64>>>> {
    let plain: Vec<Vec<u64>> = rows
        .iter()
        .map(|row| row.iter().map(|count| count.unwrap_or(0)).collect())
        .collect();
    let columns = plain.first().map_or(0, Vec::len);
    let shown = suppressed(&CountTable::two_way(&plain)?, limits.smallest_cell)?;
    Some(shown.chunks(columns.max(1)).map(<[_]>::to_vec).collect())
}

/// Tables of two protocols, where the groups of both add up to all patients and are all shown.
fn reclassified(checked: &mut Checked<'_>) {
    let Some(mut tables) = checked.summary.reclassified.take() else {
        return;
    };
    let n = checked.rows.len() as u64;
    let margin = |id: &String| {
        checked
            .summary
            .protocols
            .as_ref()
            .and_then(|all| all.get(id))
            .cloned()
            .unwrap_or_default()
    };
    let is_whole = |counts: &[Option<u64>]| counts.iter().copied().sum::<Option<u64>>() == Some(n);
    let mut kept = Vec::new();
    let mut notes = Vec::new();
    for mut table in tables.drain(..) {
        let what = format!("reclassified {} {}", table.first, table.second);
        let is_known = is_whole(&margin(&table.first)) && is_whole(&margin(&table.second));
        match is_known.then(|| two_way(&table.counts, checked.limits)).flatten() {
            Some(shown) => {
                if shown.iter().flatten().any(Option::is_none) {
                    notes.push(what);
                }
                table.counts = shown;
                kept.push(table);
            }
            None => notes.push(what),
        }
    }
    for what in notes {
        checked.withhold(what, Limit::SmallestCell, checked.limits.smallest_cell as f64);
    }
    checked.summary.reclassified = (!kept.is_empty()).then_some(kept);
}
