//! The numbers of a summary in the order in which masks are laid over them. The order follows from the plan alone.

use std::collections::BTreeMap;

use super::merges::Merges;
use super::plan::{Analysis, Plan, VERSION};
use super::site::PROGRAM;
use super::summary::{
    CellSums, Cells, CoxSums, GraySums, GridCounts, GridGroup, GroupSums, KIND_SUMMARY, RankSums, Reclassified, Spread,
    Summary, TableSums,
};
use super::table_columns::TableKind;
use crate::protocols::protocol;

/// The name of the sum of all sites.
pub const ALL_SITES: &str = "all";

/// A number of a summary.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Leaf {
    /// Its value.
    pub value: f64,
    /// True for a count, which is whole.
    pub is_count: bool,
}

/// Returns the numbers of a summary with no number left out; a site's own sums before masks.
///
/// The list has the same length at every site of a plan and round.
#[must_use]
pub fn leaves(summary: &Summary) -> Vec<Leaf> {
    let mut found = Vec::new();
    let mut copy = summary.clone();
    walk(&mut copy, &mut |value, is_count| {
        found.push(Leaf { value, is_count });
        value
    });
    found
}

/// Returns the summary of all sites together with these numbers; `None` where there are more or fewer than the plan has.
#[must_use]
pub fn of_totals(plan: &Plan, totals: &[f64]) -> Option<Summary> {
    let mut summary = shape(plan);
    if leaves(&summary).len() != totals.len() {
        return None;
    }
    let mut next = totals.iter();
    walk(&mut summary, &mut |value, _| next.next().copied().unwrap_or(value));
    Some(summary)
}

/// A summary with zeros wherever a site of this plan has a number.
fn shape(plan: &Plan) -> Summary {
    let design = &plan.design;
    let is_first = plan.round == 1;
    let first = |analysis: Analysis| is_first && design.asks(analysis);
    let (p, k) = (design.ranges().len(), design.group_count());
    let lower = |size: usize| vec![0.0; size * (size + 1) / 2];
    let (causes, ends) = (design.endpoint.causes.len(), design.grid.len());
    let cox = design.cox.as_ref().filter(|_| design.asks(Analysis::Cox));
    let levels: Vec<Option<String>> = match &design.groups {
        Some(by) => by.levels.iter().cloned().map(Some).collect(),
        None => vec![None],
    };
    let counts = |size: usize| vec![Some(0); size];
    let sizes: Vec<(String, usize)> = design
        .protocols
        .iter()
        .map(|id| (id.clone(), protocol(id).map_or(0, |found| found.groups.len())))
        .collect();
    let table = design.table_variables().into_iter().map(|(name, kind)| {
        let (size, is_measured) = match kind {
            TableKind::Cuts(cuts) => (cuts.len().saturating_sub(1), true),
            TableKind::Levels(levels) => (levels.len(), false),
        };
        let by = design.groups.as_ref().filter(|by| by.field != name);
        let sums = TableSums {
            missing: "0".to_owned(),
            sum: is_measured.then_some(0.0),
            squares: is_measured.then_some(0.0),
            cells: counts(size),
            by_group: by.map(|by| vec![counts(size); by.levels.len()]),
            moments_by_group: by.filter(|_| is_measured).map(|by| {
                let none = GroupSums {
                    n: 0,
                    sum: 0.0,
                    squares: 0.0,
                };
                vec![none; by.levels.len()]
            }),
        };
        (name, sums)
    });
    let pairs = sizes.iter().enumerate().flat_map(|(at, first)| {
        sizes[at + 1..].iter().map(move |second| Reclassified {
            first: first.0.clone(),
            second: second.0.clone(),
            counts: vec![vec![Some(0); second.1]; first.1],
        })
    });
    let is_counted = [Analysis::Km, Analysis::Cif, Analysis::Rmst].into_iter().any(first);
    Summary {
        kind: KIND_SUMMARY.to_owned(),
        version: VERSION,
        round: plan.round,
        attempt: plan.attempt,
        site: ALL_SITES.to_owned(),
        sharing: design.sharing,
        program: PROGRAM.to_owned(),
        merged: Merges::new(),
        log: None,
        n: Some(0),
        events: Some(0),
        n_excluded: Some("0".to_owned()),
        n_by_group: (is_first && design.groups.is_some()).then(|| counts(k)),
        cox: cox.filter(|cox| cox.stratified).map(|_| CoxSums {
            beta: plan.beta.clone(),
            strata: 0,
            effective_n: None,
            loglik: Some(0.0),
            score_unit: None,
            score: vec![0.0; p],
            information_lower: lower(p),
            spread: Some(Spread {
                q: 0.0,
                rank: 0,
                moments: vec![[0.0; 4]; p],
            }),
        }),
        cells: cox.filter(|cox| !cox.stratified).map(|_| Cells {
            beta: plan.beta.clone(),
            event_sum: vec![0.0; p],
            cells: vec![
                CellSums {
                    events: 0,
                    e0: 0.0,
                    e1: vec![0.0; p],
                    e2_lower: lower(p),
                };
                ends
            ],
        }),
        two_stage: None,
        logrank: first(Analysis::Logrank).then(|| RankSums {
            difference: vec![0.0; k - 1],
            covariance_lower: lower(k - 1),
        }),
        gray: first(Analysis::Gray).then(|| {
            let one = |cause: u32| GraySums {
                cause,
                score: vec![0.0; k - 1],
                variance_lower: lower(k - 1),
            };
            (1..=causes as u32).map(one).collect()
        }),
        grid: is_counted.then(|| GridCounts {
            boundaries: design.grid.clone(),
            cut_at: None,
            groups: levels
                .into_iter()
                .map(|group| GridGroup {
                    group,
                    n: 0,
                    events: vec![vec![0; ends]; causes],
                    left: vec![0; ends],
                    carried: false,
                })
                .collect(),
        }),
        table1: first(Analysis::Table1).then(|| table.collect()),
        protocols: first(Analysis::Table1).then(|| {
            sizes
                .iter()
                .map(|(id, size)| (id.clone(), counts(*size)))
                .collect::<BTreeMap<_, _>>()
        }),
        reclassified: (first(Analysis::Table1) && sizes.len() > 1).then(|| pairs.collect()),
        withheld: Vec::new(),
        masked: None,
        plan_sha256: plan.sha256.clone(),
        design_sha256: plan.design_sha256.clone(),
        sha256: String::new(),
    }
}

/// Largest whole number of a double.
const LARGEST: f64 = 9_007_199_254_740_992.0;

/// Calls `visit` with each number and whether it is a count, and puts its answer in the number's place.
fn walk(summary: &mut Summary, visit: &mut dyn FnMut(f64, bool) -> f64) {
    let mut number = Numbers { visit };
    summary.n.iter_mut().for_each(|n| number.count(n));
    summary.events.iter_mut().for_each(|n| number.count(n));
    summary.n_excluded.iter_mut().for_each(|n| number.text(n));
    summary.n_by_group.iter_mut().for_each(|counts| number.counts(counts));
    if let Some(cox) = &mut summary.cox {
        number.count(&mut cox.strata);
        cox.loglik.iter_mut().for_each(|value| number.value(value));
        number.values(&mut cox.score);
        number.values(&mut cox.information_lower);
        if let Some(spread) = &mut cox.spread {
            number.value(&mut spread.q);
            number.count(&mut spread.rank);
            spread.moments.iter_mut().for_each(|each| number.values(each));
        }
    }
    if let Some(cells) = &mut summary.cells {
        number.values(&mut cells.event_sum);
        for cell in &mut cells.cells {
            number.count(&mut cell.events);
            number.value(&mut cell.e0);
            number.values(&mut cell.e1);
            number.values(&mut cell.e2_lower);
        }
    }
    if let Some(sums) = &mut summary.logrank {
        number.values(&mut sums.difference);
        number.values(&mut sums.covariance_lower);
    }
    for sums in summary.gray.iter_mut().flatten() {
        number.values(&mut sums.score);
        number.values(&mut sums.variance_lower);
    }
    for group in summary.grid.iter_mut().flat_map(|grid| &mut grid.groups) {
        number.count(&mut group.n);
        group.events.iter_mut().flatten().for_each(|count| number.count(count));
        group.left.iter_mut().for_each(|count| number.count(count));
    }
    for sums in summary.table1.iter_mut().flat_map(BTreeMap::values_mut) {
        number.text(&mut sums.missing);
        sums.sum.iter_mut().for_each(|value| number.value(value));
        sums.squares.iter_mut().for_each(|value| number.value(value));
        number.counts(&mut sums.cells);
        sums.by_group
            .iter_mut()
            .flatten()
            .for_each(|counts| number.counts(counts));
        for own in sums.moments_by_group.iter_mut().flatten() {
            number.count(&mut own.n);
            number.value(&mut own.sum);
            number.value(&mut own.squares);
        }
    }
    for counts in summary.protocols.iter_mut().flat_map(BTreeMap::values_mut) {
        number.counts(counts);
    }
    for counts in summary
        .reclassified
        .iter_mut()
        .flatten()
        .flat_map(|each| &mut each.counts)
    {
        number.counts(counts);
    }
}

struct Numbers<'a> {
    visit: &'a mut dyn FnMut(f64, bool) -> f64,
}

impl Numbers<'_> {
    fn value(&mut self, value: &mut f64) {
        *value = (self.visit)(*value, false);
    }

    fn values(&mut self, values: &mut [f64]) {
        values.iter_mut().for_each(|value| self.value(value));
    }

    fn count(&mut self, count: &mut u64) {
        *count = (self.visit)(*count as f64, true).round().clamp(0.0, LARGEST) as u64;
    }

    fn counts(&mut self, counts: &mut [Option<u64>]) {
        counts.iter_mut().flatten().for_each(|count| self.count(count));
    }

    fn text(&mut self, text: &mut String) {
        let mut count = text.parse().unwrap_or_default();
        self.count(&mut count);
        *text = count.to_string();
    }
}

/// Returns how many numbers a site of a plan has.
#[must_use]
pub fn size(plan: &Plan) -> usize {
    leaves(&shape(plan)).len()
}
