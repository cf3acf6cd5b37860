//! Table 1 and the groups of protocols over all sites: counts as ranges where some were withheld.

use std::collections::BTreeMap;

use super::combine::{Part, Round};
use super::merges::between;
use super::plan::Sharing;
use super::result::{Moments, Range, ReclassifiedResult, TablePart};
use super::summary::{GroupSums, Reclassified, TableSums};
use super::table_columns::TableKind;
use crate::protocols::{Classification, protocol};
use crate::shortest;

/// The counts of some cells of a site together: shown, or between two numbers. `most` is the largest count of all cells.
fn range_of(cells: &[Option<u64>], most: u64, of: &[usize]) -> Range {
    let shown: u64 = of.iter().filter_map(|&cell| cells[cell]).sum();
    let hidden = of.iter().filter(|&&cell| cells[cell].is_none()).count() as u64;
    if hidden == 0 {
        return Range {
            at_least: shown,
            at_most: shown,
        };
    }
    // A withheld count is not 0, and neither are the other withheld ones.
    let all_shown: u64 = cells.iter().flatten().sum();
    let others = cells.iter().filter(|cell| cell.is_none()).count() as u64 - hidden;
    Range {
        at_least: shown + hidden,
        at_most: (shown + most.saturating_sub(all_shown + others)).max(shown + hidden),
    }
}

/// The cells of a site that belong to each cell of all sites.
fn cells_of(to: &[usize]) -> Vec<Vec<usize>> {
    let cells = to.iter().max().map_or(0, |last| last + 1);
    let of = |cell: usize| (0..to.len()).filter(|&own| to[own] == cell).collect();
    (0..cells).map(of).collect()
}

/// The total of a cell over sites. A total of which one site's part leaves a small rest is a range: that site would learn
/// the rest.
fn total_of(parts: &[Range], smallest: u64) -> Range {
    let whole = Range {
        at_least: parts.iter().map(|range| range.at_least).sum(),
        at_most: parts.iter().map(|range| range.at_most).sum(),
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

/// A variable at a site that gave it.
struct Own<'a> {
    sums: &'a TableSums,
    /// Patients with a value: the number, or the largest it can be where that of the others is withheld.
    known: Option<u64>,
    at_most: u64,
    /// For each cell of all sites those here, and the same for groups.
    cells: Vec<Vec<usize>>,
    groups: Vec<Vec<usize>>,
}

impl<'a> Own<'a> {
    /// `None` where the site's number of patients is withheld.
    fn of(round: &Round<'_>, part: &Part, sums: &'a TableSums, name: &str, kind: &TableKind) -> Option<Self> {
        let n = part.sums.n?;
        let missing: Option<u64> = sums.missing.parse().ok();
        let to = match kind {
            TableKind::Levels(levels) => between(&part.sums.merged, &round.merged, name, levels),
            TableKind::Cuts(_) => (0..sums.cells.len()).collect(),
        };
        Some(Self {
            sums,
            known: missing.map(|missing| n.saturating_sub(missing)),
            // A number that is withheld is not 0.
            at_most: n.saturating_sub(missing.unwrap_or(1)),
            cells: cells_of(&to),
            groups: cells_of(&round.group_of(part)),
        })
    }

    fn count(&self, cell: usize) -> Range {
        range_of(&self.sums.cells, self.at_most, &self.cells[cell])
    }

    /// `None` where counts by group are withheld.
    fn of_group(&self, cell: usize, group: usize) -> Option<Range> {
        let rows = self.sums.by_group.as_ref()?;
        let all = self.count(cell).at_most;
        let own = self.groups[group]
            .iter()
            .map(|&group| range_of(&rows[group], self.at_most, &self.cells[cell]));
        let add = |sum: Range, next: Range| Range {
            at_least: sum.at_least + next.at_least,
            at_most: sum.at_most + next.at_most,
        };
        let sum = own.fold(
            Range {
                at_least: 0,
                at_most: 0,
            },
            add,
        );
        Some(Range {
            at_most: sum.at_most.min(all).max(sum.at_least),
            ..sum
        })
    }

    /// Number, Σz and Σz² of the values in some groups.
    fn moments_of(&self, group: usize) -> Option<GroupSums> {
        let all = self.sums.moments_by_group.as_ref()?;
        let mut own = self.groups[group].iter().map(|&group| all[group]);
        let first = own.next()?;
        Some(own.fold(first, GroupSums::plus))
    }
}

/// Moments of all patients and of each group, with their names. Nobody checked masked sums of few patients, so those of all
/// groups are left out where one group has fewer than a site needs.
fn all_moments(round: &Round<'_>, sites: &[Own<'_>], cuts: &[f64], levels: &[&String]) -> Vec<(String, TablePart)> {
    let design = &round.design;
    let cells = |count: &dyn Fn(&Own<'_>, usize) -> Option<u64>| -> Option<Vec<u64>> {
        let each = 0..cuts.len() - 1;
        each.map(|cell| sites.iter().map(|own| count(own, cell)).sum())
            .collect()
    };
    let sum = |pick: &dyn Fn(&Own<'_>) -> Option<GroupSums>| -> Option<GroupSums> {
        let each: Option<Vec<GroupSums>> = sites.iter().map(pick).collect();
        each?.into_iter().reduce(GroupSums::plus)
    };
    let may_show =
        |sums: &GroupSums| design.sharing == Sharing::PerSite || sums.n == 0 || sums.n >= design.limits.smallest_n;
    let whole = sum(&|own| own.sums.whole(own.known?)).filter(may_show);
    let whole = whole.and_then(|sums| moments(sums, cells(&|own, cell| own.sums.cells[cell]), cuts));
    let mut found: Vec<(String, TablePart)> = Vec::new();
    found.extend(whole.map(|moments| ("moments".to_owned(), TablePart::Moments(moments))));
    let groups: Option<Vec<GroupSums>> = (0..levels.len())
        .map(|group| sum(&|own| own.moments_of(group)).filter(may_show))
        .collect();
    for (group, (sums, level)) in groups.into_iter().flatten().zip(levels).enumerate() {
        let count = |own: &Own<'_>, cell: usize| {
            let range = own.of_group(cell, group)?;
            (range.at_least == range.at_most).then_some(range.at_least)
        };
        let moments = moments(sums, cells(&count), cuts);
        found.extend(moments.map(|moments| (format!("moments | {level}"), TablePart::Moments(moments))));
    }
    found
}

/// Counts and moments of the variables.
pub(super) fn table1(round: &Round<'_>) -> Option<BTreeMap<String, BTreeMap<String, TablePart>>> {
    let design = &round.design;
    let smallest = design.limits.smallest_cell;
    let found = round.with(|sums| sums.table1.as_ref());
    if found.is_empty() {
        return None;
    }
    let mut all = BTreeMap::new();
    let kinds = round.plan.design.table_variables().into_iter();
    for ((name, kind), (_, merged)) in kinds.zip(design.table_of(&round.merged)) {
        let own = found
            .iter()
            .filter_map(|(part, table)| Own::of(round, part, table.get(&name)?, &name, &kind));
        let sites: Vec<Own<'_>> = own.collect();
        if sites.is_empty() {
            continue;
        }
        let mut parts = BTreeMap::new();
        let levels: Vec<&String> = design.groups.iter().flat_map(|by| &by.levels).collect();
        for (cell, label) in labels(&merged).into_iter().enumerate() {
            let ranges: Vec<Range> = sites.iter().map(|own| own.count(cell)).collect();
            parts.insert(
                label.clone(),
                TablePart::Count(printed(&ranges, smallest, design.sharing)),
            );
            for (group, level) in levels.iter().enumerate() {
                let ranges: Option<Vec<Range>> = sites.iter().map(|own| own.of_group(cell, group)).collect();
                if let Some(ranges) = ranges {
                    let count = printed(&ranges, smallest, design.sharing);
                    parts.insert(format!("{label} | {level}"), TablePart::Count(count));
                }
            }
        }
        if let TableKind::Cuts(cuts) = &kind {
            parts.extend(all_moments(round, &sites, cuts, &levels));
        }
        all.insert(name, parts);
    }
    Some(all)
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

impl TableSums {
    /// The sums of all patients with a value; `None` where they are withheld.
    fn whole(&self, n: u64) -> Option<GroupSums> {
        Some(GroupSums {
            n,
            sum: self.sum?,
            squares: self.squares?,
        })
    }
}

impl GroupSums {
    fn plus(self, other: Self) -> Self {
        Self {
            n: self.n + other.n,
            sum: self.sum + other.sum,
            squares: self.squares + other.squares,
        }
    }
}

/// Mean and variance of the coded values over all sites, exact; the median linear within its cell, where all counts are
/// shown.
fn moments(all: GroupSums, cells: Option<Vec<u64>>, cuts: &[f64]) -> Option<Moments> {
    if all.n == 0 {
        return None;
    }
    let size = all.n as f64;
    let mean = all.sum / size;
    let median = cells.and_then(|cells| median(&cells, cuts));
    Some(Moments {
        n: all.n,
        mean,
        variance: (all.n > 1).then(|| ((all.squares - all.sum * mean) / (size - 1.0)).max(0.0)),
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
        let lists: Vec<(u64, &Vec<Option<u64>>)> = found
            .iter()
            .filter_map(|(part, groups)| Some((part.sums.n?, groups.get(id)?)))
            .collect();
        let cell = |cell: usize| {
            let ranges: Vec<Range> = lists.iter().map(|(n, counts)| range_of(counts, *n, &[cell])).collect();
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
        let tables: Vec<(u64, Vec<Option<u64>>)> = found
            .iter()
            .filter_map(|(part, all)| Some((part.sums.n?, all.iter().find(is_pair)?.counts.concat())))
            .collect();
        let (rows, columns) = (group_names(first), group_names(second));
        let count = |cell: usize| {
            let ranges: Vec<Range> = tables.iter().map(|(n, cells)| range_of(cells, *n, &[cell])).collect();
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
