//! Tables of counts under the limits of one site: one-way tables by complementary suppression, two-way tables the same
//! where both of their margins are shown, and sums of measured values.

use super::allow::{Checked, count_text};
use super::columns::TableColumn;
use super::limits::{self, Limit};
use super::plan::Limits;
use super::summary::TableSums;
use super::suppress::{CountTable, suppressed};

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
    if sums.sum.is_some() {
        let values: Vec<f64> = column
            .and_then(|column| column.coded.as_ref())
            .into_iter()
            .flatten()
            .flatten()
            .copied()
            .collect();
        let is_clipped = column.is_some_and(|column| column.is_clipped);
        let fits = limits::patients(values.len() as u64, checked.limits).and_then(|()| {
            if is_clipped {
                limits::measured_column(&values, checked.limits)
            } else {
                limits::raw_sums(&values)
            }
        });
        if let Err(outside) = fits {
            (sums.sum, sums.squares) = (None, None);
            checked.withhold(format!("table1.{name} sum"), outside.limit, outside.allowed);
        }
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
