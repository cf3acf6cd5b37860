//! Counts in cells of time under the limits of one site: cells are merged from the left until each count is 0 or at least
//! m, few withdrawals are carried to a later cell, and follow-up ends where too few are left.

/// Counts of one group in the plan's cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellCounts {
    /// Patients at the start.
    pub n: u64,
    /// Events of each cell, one list for each cause.
    pub events: Vec<Vec<u64>>,
    /// Withdrawals of each cell.
    pub left: Vec<u64>,
}

/// What may leave: every count is 0 or at least m.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MergedGrid {
    /// Which of the plan's cells end one of these, ascending.
    pub ends: Vec<usize>,
    /// True if patients are still followed after the last end: follow-up of the site ends there.
    pub is_cut: bool,
    /// One for each group.
    pub groups: Vec<MergedCounts>,
}

/// Counts of one group in merged cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MergedCounts {
    /// Patients at the start.
    pub n: u64,
    /// Events of each cell, one list for each cause.
    pub events: Vec<Vec<u64>>,
    /// Withdrawals of each cell.
    pub left: Vec<u64>,
    /// True if withdrawals were carried to a later cell or past the last one.
    pub carried: bool,
}

impl CellCounts {
    /// Returns the counts with all causes taken together.
    pub fn of_any_cause(&self) -> Self {
        let sum = |cell: usize| self.events.iter().filter_map(|cause| cause.get(cell)).sum();
        Self {
            n: self.n,
            events: vec![(0..self.left.len()).map(sum).collect()],
            left: self.left.clone(),
        }
    }

    /// Returns the counts of several groups taken together; they have the same causes and cells.
    pub fn of_all(groups: &[Self]) -> Option<Self> {
        let mut all = groups.first()?.clone();
        for group in &groups[1..] {
            all.n += group.n;
            let sums = all.events.iter_mut().flatten().chain(&mut all.left);
            for (sum, more) in sums.zip(group.events.iter().flatten().chain(&group.left)) {
                *sum += more;
            }
        }
        Some(all)
    }
}

/// Merges the plan's cells from the left; `None` where nothing may leave. All groups get the same cells.
///
/// ```
/// use cotside_core::federated::grid_limits::{CellCounts, merged};
///
/// let group = CellCounts { n: 20, events: vec![vec![3, 2, 0, 4]], left: vec![0, 1, 4, 0] };
/// let grid = merged(&[group], 5).unwrap();
/// // Cells 1 and 2 hold 5 events. The withdrawal of cell 2 is carried to cell 3, which ends with 5. Cell 4 stays: follow-up is
/// // cut after cell 3 with 10 at risk.
/// assert_eq!(grid.ends, [1, 2]);
/// assert_eq!((&grid.groups[0].events, &grid.groups[0].left), (&vec![vec![5, 0]], &vec![0, 5]));
/// assert!(grid.is_cut && grid.groups[0].carried);
/// ```
pub fn merged(groups: &[CellCounts], m: u64) -> Option<MergedGrid> {
    let cells = groups.first()?.left.len();
    let fits = |count: u64| count == 0 || count >= m;
    if groups.iter().any(|group| !fits(group.n)) {
        return None;
    }
    let mut open: Vec<Open> = groups.iter().map(Open::new).collect();
    let mut ends = Vec::new();
    // The number of ends up to which patients may be followed: the rest at risk is 0 or enough in each group.
    let mut last_good = 0;
    for cell in 0..cells {
        for (open, group) in open.iter_mut().zip(groups) {
            open.take(group, cell);
        }
        if open.iter().flat_map(|open| &open.events).all(|&count| fits(count)) {
            ends.push(cell);
            open.iter_mut().for_each(|open| open.close(m));
            if open.iter().all(|open| fits(open.at_risk)) {
                last_good = ends.len();
            }
        }
    }
    ends.truncate(last_good);
    let groups: Vec<MergedCounts> = open.into_iter().map(|open| open.done(last_good)).collect();
    (last_good > 0).then(|| MergedGrid {
        is_cut: groups.iter().any(|group| group.remaining() > 0),
        ends,
        groups,
    })
}

impl MergedCounts {
    /// Patients at risk after the last cell, as the counts tell it.
    fn remaining(&self) -> u64 {
        self.n - self.events.iter().flatten().chain(&self.left).sum::<u64>()
    }
}

/// A group while its cells are merged.
struct Open {
    n: u64,
    /// Since the last end, by cause.
    events: Vec<u64>,
    left: u64,
    /// After the last end, as the counts tell it.
    at_risk: u64,
    closed: Vec<Vec<u64>>,
    closed_left: Vec<u64>,
    /// For each end, whether something was carried past it.
    carried: Vec<bool>,
}

impl Open {
    fn new(group: &CellCounts) -> Self {
        Self {
            n: group.n,
            events: vec![0; group.events.len()],
            left: 0,
            at_risk: group.n,
            closed: vec![Vec::new(); group.events.len()],
            closed_left: Vec::new(),
            carried: Vec::new(),
        }
    }

    fn take(&mut self, group: &CellCounts, cell: usize) {
        for (sum, cause) in self.events.iter_mut().zip(&group.events) {
            *sum += cause.get(cell).copied().unwrap_or(0);
        }
        self.left += group.left[cell];
    }

    fn close(&mut self, m: u64) {
        let is_carried = (1..m).contains(&self.left);
        let left = if is_carried { 0 } else { std::mem::take(&mut self.left) };
        let gone = left + self.events.iter().sum::<u64>();
        self.at_risk = self.at_risk.saturating_sub(gone);
        for (list, events) in self.closed.iter_mut().zip(&mut self.events) {
            list.push(std::mem::take(events));
        }
        self.closed_left.push(left);
        self.carried.push(is_carried);
    }

    fn done(mut self, ends: usize) -> MergedCounts {
        self.closed.iter_mut().for_each(|list| list.truncate(ends));
        self.closed_left.truncate(ends);
        MergedCounts {
            n: self.n,
            events: self.closed,
            left: self.closed_left,
            carried: self.carried.iter().take(ends).any(|&carried| carried),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn group(n: u64, events: &[u64], left: &[u64]) -> CellCounts {
        CellCounts {
            n,
            events: vec![events.to_vec()],
            left: left.to_vec(),
        }
    }

    /// One event below, at and above m = 5; with 4 nothing leaves.
    #[test]
    fn events_below_at_and_above() {
        assert_eq!(merged(&[group(20, &[4], &[0])], 5), None);
        for events in [0, 5, 6] {
            let grid = merged(&[group(20, &[events], &[0])], 5).unwrap();
            assert_eq!((grid.groups[0].events[0][0], grid.is_cut), (events, true));
        }
    }

    /// Those at risk after the last cell: 4 are too few, so the cell before is the last.
    #[test]
    fn rest_below_at_and_above() {
        let grid = |rest: u64| merged(&[group(20 + rest, &[10, 10], &[0, 0])], 5).unwrap();
        assert_eq!((grid(0).ends, grid(0).is_cut), (vec![0, 1], false));
        assert_eq!((grid(4).ends, grid(4).is_cut), (vec![0], true));
        assert_eq!((grid(5).ends, grid(5).is_cut), (vec![0, 1], true));
    }

    /// Withdrawals of the last cell that are too few count as followed on: with 3 of them the cell cannot be the last one.
    #[test]
    fn withdrawals_are_carried() {
        let grid = merged(&[group(13, &[5, 5], &[0, 3])], 5).unwrap();
        assert_eq!(
            (&grid.ends, grid.is_cut, grid.groups[0].carried),
            (&vec![0], true, false)
        );
        let grid = merged(&[group(20, &[5, 5, 0], &[4, 1, 5])], 5).unwrap();
        assert_eq!((&grid.ends, &grid.groups[0].left), (&vec![0, 1, 2], &vec![0, 5, 5]));
        assert!(grid.groups[0].carried && !grid.is_cut);
    }

    /// Both groups have the same cells: the first one waits for the second.
    #[test]
    fn groups_share_their_cells() {
        let grid = merged(&[group(30, &[5, 5, 0], &[0; 3]), group(30, &[2, 3, 0], &[0; 3])], 5).unwrap();
        assert_eq!(grid.ends, [1, 2]);
        assert_eq!(grid.groups[0].events, [[10, 0]]);
        assert_eq!(merged(&[group(30, &[5], &[0]), group(4, &[0], &[0])], 5), None);
        assert_eq!(merged(&[], 5), None);
    }

    proptest! {
        /// Every count that leaves is 0 or m and more, so is every difference to those at risk; nothing is invented.
        #[test]
        fn nothing_small_leaves(
            cells in prop::collection::vec((0_u64..7, 0_u64..4, 0_u64..5), 1..10),
            rest in 0_u64..12,
            m in 3_u64..8,
        ) {
            let first: Vec<u64> = cells.iter().map(|cell| cell.0).collect();
            let second: Vec<u64> = cells.iter().map(|cell| cell.1).collect();
            let left: Vec<u64> = cells.iter().map(|cell| cell.2).collect();
            let n = first.iter().chain(&second).chain(&left).sum::<u64>() + rest;
            let counts = CellCounts { n, events: vec![first, second], left };
            let Some(grid) = merged(std::slice::from_ref(&counts), m) else { return Ok(()) };
            let found = &grid.groups[0];
            let fits = |count: u64| count == 0 || count >= m;
            prop_assert!(found.events.iter().flatten().chain(&found.left).all(|&count| fits(count)));
            prop_assert!(fits(found.remaining()) && fits(n));
            let through = |list: &[u64]| list[..=*grid.ends.last().unwrap()].iter().sum::<u64>();
            for (cause, shown) in counts.events.iter().zip(&found.events) {
                prop_assert_eq!(through(cause), shown.iter().sum::<u64>());
            }
            let held_back = through(&counts.left) - found.left.iter().sum::<u64>();
            prop_assert!(held_back < m && (held_back == 0 || found.carried));
            // The sum over causes is never laxer than its parts.
            prop_assert!(merged(&[counts.of_any_cause()], m).is_some());
        }
    }
}
