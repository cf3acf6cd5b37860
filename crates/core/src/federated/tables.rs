//! Table 1 and the groups of protocols over all sites: counts as ranges where some were withheld.

use std::collections::BTreeMap;

use super::columns::TableKind;
use super::combine::Round;
use super::plan::Sharing;
use super::result::{Moments, Range, ReclassifiedResult, TablePart};
use super::summary::{Reclassified, TableSums};
use crate::protocols::{Classification, protocol};
use crate::shortest;

/// A count of which nothing is known is at most this, the largest whole number that files hold.
const MOST: u64 = (1 << 53) - 1;

/// The counts of a cell at each site: shown, or between two numbers.
fn range_of(cells: &[Option<u64>], total: Option<u64>, cell: usize) -> Range {
    match cells[cell] {
        Some(count) => Range {
            at_least: count,
            at_most: count,
        },
        // A withheld count is not 0, and neither are the other withheld ones.
        None => {
            let shown: u64 = cells.iter().flatten().sum();
            let hidden = cells.iter().filter(|cell| cell.is_none()).count() as u64;
            let rest = total.map(|total| total.saturating_sub(shown + hidden - 1));
            Range {
                at_least: 1,
                at_most: rest.unwrap_or(MOST).max(1),
            }
        }
    }
}

/// The total of a cell over sites. A total of which one site's part leaves a small rest is a range: that site would learn
/// the rest.
fn total_of(parts: &[Range], smallest: u64) -> Range {
    let sum = |pick: fn(&Range) -> u64| parts.iter().map(pick).fold(0, u64::saturating_add).min(MOST);
    let whole = Range {
        at_least: sum(|range| range.at_least),
        at_most: sum(|range| range.at_most),
    };
    let is_exact = whole.at_least == whole.at_most;
    let small = |rest: u64| rest > 0 && rest < smallest;
    match parts
        .iter()
        .map(|part| part.at_least)
        .find(|own| small(whole.at_least - own))
    {
        Some(own) if is_exact => Range {
            at_least: own + 1,
            at_most: own + smallest - 1,
        },
        _ => whole,
    }
}

/// Counts and moments of the variables.
pub(super) fn table1(round: &Round<'_>) -> Option<BTreeMap<String, BTreeMap<String, TablePart>>> {
    let design = &round.plan.design;
    let smallest = design.limits.smallest_cell;
    let found = round.with(|sums| sums.table1.as_ref());
    if found.is_empty() {
        return None;
    }
    let mut all = BTreeMap::new();
    for (name, kind) in design.table_variables() {
        let sums: Vec<(Option<u64>, &TableSums)> = found
            .iter()
            .filter_map(|(part, table)| Some((part.sums.n, table.get(&name)?)))
            .collect();
        if sums.is_empty() {
            continue;
        }
        let mut parts = BTreeMap::new();
        for (cell, label) in labels(&kind).into_iter().enumerate() {
            let ranges: Vec<Range> = sums
                .iter()
                .map(|(n, sums)| range_of(&sums.cells, known(*n, sums), cell))
                .collect();
            parts.insert(
                label.clone(),
                TablePart::Count(printed(&ranges, smallest, design.sharing)),
            );
            let levels = design.groups.iter().flat_map(|by| &by.levels).enumerate();
            for (group, level) in levels {
                let ranges: Option<Vec<Range>> = sums
                    .iter()
                    .map(|(n, sums)| {
                        let row = sums.by_group.as_ref()?.get(group)?;
                        let most = range_of(&sums.cells, known(*n, sums), cell).at_most;
                        let own = range_of(row, None, cell);
                        Some(Range {
                            at_most: own.at_most.min(most),
                            ..own
                        })
                    })
                    .collect();
                if let Some(ranges) = ranges {
                    let count = printed(&ranges, smallest, design.sharing);
                    parts.insert(format!("{label} | {level}"), TablePart::Count(count));
                }
            }
        }
        if let TableKind::Cuts(cuts) = &kind
            && let Some(moments) = moments(&sums, cuts)
        {
            parts.insert("moments".to_owned(), TablePart::Moments(moments));
        }
        all.insert(name, parts);
    }
    Some(all)
}

/// Patients of a site whose value is known; `None` where the number of the others is withheld.
fn known(n: Option<u64>, sums: &TableSums) -> Option<u64> {
    n?.checked_sub(sums.missing.parse().ok()?)
}

fn printed(ranges: &[Range], smallest: u64, sharing: Sharing) -> Range {
    let total = total_of(ranges, smallest);
    let is_small = total.at_least > 0 && total.at_most < smallest;
    match sharing {
        // Of a masked total nobody knows the parts.
        Sharing::Masked if is_small => Range {
            at_least: 1,
            at_most: smallest - 1,
        },
        Sharing::Masked => ranges.first().copied().unwrap_or(total),
        Sharing::PerSite => total,
    }
}

fn labels(kind: &TableKind) -> Vec<String> {
    match kind {
        TableKind::Levels(levels) => levels.clone(),
        TableKind::Cuts(cuts) => cuts
            .windows(2)
            .map(|pair| format!("{}–{}", shortest(pair[0]), shortest(pair[1])))
            .collect(),
    }
}

/// Mean and variance of the coded values over all sites, exact; the median linear within its cell.
fn moments(sums: &[(Option<u64>, &TableSums)], cuts: &[f64]) -> Option<Moments> {
    let (mut n, mut sum, mut squares) = (0_u64, 0.0, 0.0);
    for (all, sums) in sums {
        n += known(*all, sums)?;
        sum += sums.sum?;
        squares += sums.squares?;
    }
    if n == 0 {
        return None;
    }
    let size = n as f64;
    let mean = sum / size;
    let cell = |cell: usize| sums.iter().map(|(_, sums)| sums.cells[cell]).sum::<Option<u64>>();
    let cells: Option<Vec<u64>> = (0..cuts.len() - 1).map(cell).collect();
    let median = cells.and_then(|cells| median(&cells, cuts));
    Some(Moments {
        n,
        mean,
        variance: (n > 1).then(|| ((squares - sum * mean) / (size - 1.0)).max(0.0)),
        median: median.map(|(at, _, _)| at),
        median_from: median.map(|(_, from, _)| from),
        median_to: median.map(|(_, _, to)| to),
    })
}

fn median(cells: &[u64], cuts: &[f64]) -> Option<(f64, f64, f64)> {
    let half = cells.iter().sum::<u64>() as f64 / 2.0;
    let mut before = 0.0;
    for (cell, &count) in cells.iter().enumerate() {
        let count = count as f64;
        if count > 0.0 && before + count >= half {
            let (from, to) = (cuts[cell], cuts[cell + 1]);
            return Some((from + (to - from) * (half - before) / count, from, to));
        }
        before += count;
    }
    None
}

/// Patients in the groups of the protocols.
pub(super) fn protocols(round: &Round<'_>) -> Option<BTreeMap<String, BTreeMap<String, Range>>> {
    let design = &round.plan.design;
    let found = round.with(|sums| sums.protocols.as_ref());
    if found.is_empty() || design.protocols.is_empty() {
        return None;
    }
    let mut all = BTreeMap::new();
    for id in &design.protocols {
        let names = group_names(id);
        let lists: Vec<(Option<u64>, &Vec<Option<u64>>)> = found
            .iter()
            .filter_map(|(part, groups)| Some((part.sums.n, groups.get(id)?)))
            .collect();
        let cell = |cell: usize| {
            let ranges: Vec<Range> = lists.iter().map(|(n, counts)| range_of(counts, *n, cell)).collect();
            printed(&ranges, design.limits.smallest_cell, design.sharing)
        };
        if !lists.is_empty() {
            all.insert(
                id.clone(),
                names
                    .into_iter()
                    .enumerate()
                    .map(|(at, name)| (name, cell(at)))
                    .collect(),
            );
        }
    }
    Some(all)
}

/// Patients by the groups of two protocols.
pub(super) fn reclassified(round: &Round<'_>) -> Option<Vec<ReclassifiedResult>> {
    let design = &round.plan.design;
    let found = round.with(|sums| sums.reclassified.as_deref());
    let pairs = design.protocols.iter().enumerate();
    let pairs = pairs.flat_map(|(at, first)| design.protocols[at + 1..].iter().map(move |second| (first, second)));
    let one = |(first, second): (&String, &String)| {
        let is_pair = |each: &&Reclassified| each.first == *first && each.second == *second;
        let tables: Vec<(Option<u64>, Vec<Option<u64>>)> = found
            .iter()
            .filter_map(|(part, all)| Some((part.sums.n, all.iter().find(is_pair)?.counts.concat())))
            .collect();
        let (rows, columns) = (group_names(first), group_names(second));
        let count = |cell: usize| {
            let ranges: Vec<Range> = tables.iter().map(|(n, cells)| range_of(cells, *n, cell)).collect();
            printed(&ranges, design.limits.smallest_cell, design.sharing)
        };
        let across = |row: usize| {
            (0..columns.len())
                .map(|column| count(row * columns.len() + column))
                .collect()
        };
        let counts: Vec<Vec<Range>> = (0..rows.len()).map(across).collect();
        (!tables.is_empty()).then(|| ReclassifiedResult {
            first: first.clone(),
            counts,
            rows,
            second: second.clone(),
            columns,
        })
    };
    let tables: Vec<ReclassifiedResult> = pairs.filter_map(one).collect();
    (!tables.is_empty()).then_some(tables)
}

/// Names of a protocol's groups, in the order of [`ProtocolGroups`](crate::cohort::ProtocolGroups).
fn group_names(id: &str) -> Vec<String> {
    let of = |protocol| Classification {
        protocol,
        placements: Vec::new(),
    };
    protocol(id).map(|found| of(found).groups().groups).unwrap_or_default()
}
