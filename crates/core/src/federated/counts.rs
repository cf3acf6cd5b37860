//! Survival, incidence and unstratified tests from counts in cells of time, with bounds that hold whatever the order of
//! events and withdrawals within the cells.

use super::combine::{Part, Round};
use super::plan::{Analysis, Design};
use super::result::{
    BoundedAt, Causes, CumulativeCause, CumulativeGroup, CurveGroup, Curves, GrayResult, GridTest, RestrictedMeanAt,
};
use super::site::cell_of;
use super::summary::{GridCounts, GridGroup};
use super::tests_of_groups::{chi_square, gray_of_causes};
use crate::survival::cox::Symmetric;
use crate::survival::{Confidence, FollowUp, Labels, gray_sums};

/// Bounds this near to each other have met.
const MET: f64 = 1e-12;

/// The counts of a group over all sites that gave them.
#[derive(Debug, Clone, PartialEq)]
struct Pool {
    group: Option<String>,
    /// Ends of the cells that all of the sites gave.
    ends: Vec<f64>,
    n: u64,
    /// Events by cause, or of all causes in one list.
    events: Vec<Vec<u64>>,
    left: Vec<u64>,
    /// Withdrawals that may have been earlier than they are counted.
    carried: u64,
    sites: Vec<String>,
    /// True if the cells are the unit of the times, so that no order is lost but that within a day: events come first.
    is_unit: bool,
}

/// A cell of a pool.
struct Cell {
    end: f64,
    /// At risk at its start.
    n: f64,
    /// Events of all causes, and withdrawals.
    d: f64,
    c: f64,
}

impl Pool {
    /// The counts of the groups that `wanted` picks from each grid, on the ends that all grids have.
    fn of<'a>(round: &Round<'_>, name: Option<&str>, found: &[(&Part, &'a GridCounts)], causes: bool) -> Option<Self> {
        let design = &round.design;
        let wanted = design
            .groups
            .as_ref()
            .and_then(|by| by.levels.iter().position(|level| Some(level.as_str()) == name));
        // A site's groups are in the order of the plan; some of them may be one group here.
        let usable = |part: &Part, grid: &'a GridCounts| -> Vec<&'a GridGroup> {
            let all = grid.groups.iter().zip(round.group_of(part));
            let own = all.filter(|(group, to)| name.is_none() || group.group.is_some() && Some(*to) == wanted);
            own.map(|(group, _)| group).collect()
        };
        let parts: Vec<(&Part, &GridCounts, Vec<&GridGroup>)> = found
            .iter()
            .map(|(part, grid)| (*part, *grid, usable(part, grid)))
            .filter(|(_, _, groups)| !groups.is_empty())
            .filter(|(_, _, groups)| !causes || groups.iter().all(|group| is_by_cause(group, design)))
            .collect();
        let (first, rest) = parts.split_first()?;
        let is_common = |end: &&f64| rest.iter().all(|(_, grid, _)| grid.boundaries.contains(*end));
        let ends: Vec<f64> = first.1.boundaries.iter().filter(is_common).copied().collect();
        if ends.is_empty() {
            return None;
        }
        let lists = if causes { design.endpoint.causes.len() } else { 1 };
        let mut pool = Self {
            group: name.map(str::to_owned),
            n: 0,
            events: vec![vec![0; ends.len()]; lists],
            left: vec![0; ends.len()],
            carried: 0,
            sites: round.sites(&parts.iter().map(|(part, ..)| *part).collect::<Vec<_>>()),
            is_unit: is_unit(&ends, design),
            ends,
        };
        for (_, grid, groups) in &parts {
            for group in groups {
                pool.add(grid, group, design.limits.smallest_cell);
            }
        }
        Some(pool)
    }

    fn add(&mut self, grid: &GridCounts, group: &GridGroup, smallest_cell: u64) {
        self.n += group.n;
        if group.carried {
            self.carried += smallest_cell.saturating_sub(1);
        }
        for (cell, &end) in grid.boundaries.iter().enumerate() {
            let Some(left) = self.left.get_mut(cell_of(&self.ends, end)) else {
                continue;
            };
            let to = cell_of(&self.ends, end);
            *left += group.left[cell];
            for (cause, counts) in group.events.iter().enumerate() {
                let list = cause.min(self.events.len() - 1);
                self.events[list][to] += counts[cell];
            }
        }
    }

    fn cells(&self) -> impl Iterator<Item = Cell> {
        let mut n = self.n as f64;
        self.ends.iter().enumerate().map(move |(at, &end)| {
            let d: u64 = self.events.iter().map(|counts| counts[at]).sum();
            let cell = Cell {
                end,
                n,
                d: d as f64,
                c: self.left[at] as f64,
            };
            n -= cell.d + cell.c;
            cell
        })
    }

    fn all_events(&self) -> u64 {
        self.events.iter().flatten().sum()
    }

    /// Lower and upper bound of a cell's fraction without event.
    fn kept(&self, cell: &Cell) -> (f64, f64) {
        if cell.d == 0.0 {
            return (1.0, 1.0);
        }
        let upper = (cell.n - cell.d) / cell.n;
        if self.is_unit && self.carried == 0 {
            return (upper, upper);
        }
        let fewest = cell.n - cell.c - self.carried as f64;
        let lower = if fewest > cell.d {
            (fewest - cell.d) / fewest
        } else {
            0.0
        };
        (lower, upper)
    }

    /// The number at risk that the estimates use.
    fn exposed(&self, cell: &Cell) -> f64 {
        if self.is_unit { cell.n } else { cell.n - cell.c / 2.0 }
    }

    fn survival(&self) -> Vec<BoundedAt> {
        let confidence = Confidence::default();
        let (mut survival, mut lower, mut upper, mut variance) = (1.0, 1.0, 1.0, 0.0);
        let at = |cell: Cell| {
            let exposed = self.exposed(&cell);
            if cell.d > 0.0 {
                survival *= (1.0 - cell.d / exposed).max(0.0);
                variance += cell.d / (exposed * (exposed - cell.d));
            }
            let (least, most) = self.kept(&cell);
            lower *= least;
            upper *= most;
            let std_err = Some(survival * variance.sqrt()).filter(|_| survival > 0.0 && variance.is_finite());
            let interval = confidence.interval(survival, variance.sqrt());
            BoundedAt {
                time: cell.end,
                at_risk: (cell.n - cell.d - cell.c) as u64,
                survival,
                lower_bound: lower,
                upper_bound: upper,
                std_err,
                lower: interval.map(|interval| interval.lower),
                upper: interval.map(|interval| interval.upper),
                exact: upper - lower <= MET,
            }
        };
        self.cells().map(at).collect()
    }

    /// Mean survival time up to the last end: of the steps where the cells are the unit, else by trapezoids.
    fn mean(&self, at: &[BoundedAt]) -> Option<RestrictedMeanAt> {
        let tau = *self.ends.last()?;
        let (mut estimate, mut lower, mut upper) = (0.0, 0.0, 0.0);
        let (mut start, mut before) = (0.0, (1.0, 1.0));
        for here in at {
            let width = here.time - start;
            if self.is_unit && self.carried == 0 {
                estimate += width * before.0;
                lower += width * before.0;
                upper += width * before.0;
            } else {
                estimate += width * f64::midpoint(before.0, here.survival);
                lower += width * here.lower_bound;
                upper += width * before.1;
            }
            before = (here.survival, here.upper_bound);
            start = here.time;
        }
        Some(RestrictedMeanAt {
            tau,
            estimate,
            lower_bound: lower,
            upper_bound: upper,
        })
    }

    fn incidence(&self, cause: usize) -> Vec<Causes> {
        let counts = &self.events[cause];
        let is_exact = self.is_unit && self.carried == 0;
        let (mut survival, mut low, mut high) = (1.0, 1.0, 1.0);
        let (mut estimate, mut lower, mut upper) = (0.0, 0.0, 0.0_f64);
        let at = |(cell, &own): (Cell, &u64)| {
            let own = own as f64;
            if cell.d > 0.0 {
                let after = survival * (1.0 - cell.d / self.exposed(&cell)).max(0.0);
                estimate += (survival - after) * own / cell.d;
                survival = after;
                lower += own * low / cell.n;
                let later = cell.n - cell.d + 1.0;
                let fewest = later - cell.c - self.carried as f64;
                if is_exact {
                    upper += own * high / cell.n;
                } else if own > 0.0 {
                    upper += if fewest > 0.0 {
                        own * high / cell.n * later / fewest
                    } else {
                        1.0
                    };
                }
                let (least, most) = self.kept(&cell);
                low *= least;
                high *= most;
            }
            let most = upper.min(1.0);
            Causes {
                time: cell.end,
                estimate,
                lower_bound: lower,
                upper_bound: most,
                exact: most - lower <= MET,
            }
        };
        self.cells().zip(counts).map(at).collect()
    }
}

fn is_by_cause(group: &GridGroup, design: &Design) -> bool {
    group.events.len() == design.endpoint.causes.len()
}

/// Days from 0 on, one cell each.
fn is_unit(ends: &[f64], design: &Design) -> bool {
    design.time_unit == "day"
        && ends.first() == Some(&0.0)
        && ends.iter().all(|end| end.fract() == 0.0)
        && ends.windows(2).all(|pair| pair[1] - pair[0] == 1.0)
}

/// The grids of the round.
fn grids<'a>(round: &'a Round<'_>) -> Vec<(&'a Part, &'a GridCounts)> {
    round.with(|sums| sums.grid.as_ref())
}

/// All patients, then each group of the plan.
fn pools(round: &Round<'_>, causes: bool) -> Vec<Pool> {
    let found = grids(round);
    let levels = round.design.groups.iter().flat_map(|by| &by.levels);
    let names = [None].into_iter().chain(levels.map(|level| Some(level.as_str())));
    names.filter_map(|name| Pool::of(round, name, &found, causes)).collect()
}

/// The groups of the plan on the same cells of the same sites; `None` where not all have counts.
fn groups(round: &Round<'_>, causes: bool) -> Option<Vec<Pool>> {
    let by = round.design.groups.as_ref()?;
    let found = grids(round);
    let levels = by.levels.iter();
    let pools: Vec<Pool> = levels
        .filter_map(|level| Pool::of(round, Some(level), &found, causes))
        .collect();
    let first = pools.first()?;
    let is_same = pools
        .iter()
        .all(|pool| pool.ends == first.ends && pool.sites == first.sites);
    (pools.len() == by.levels.len() && is_same).then_some(pools)
}

/// Survival of all patients and of each group.
pub(super) fn curves(round: &Round<'_>) -> Option<Curves> {
    let design = &round.design;
    if !design.asks(Analysis::Km) && !design.asks(Analysis::Rmst) {
        return None;
    }
    let one = |pool: Pool| {
        let at = pool.survival();
        CurveGroup {
            rmst: pool.mean(&at).filter(|_| design.asks(Analysis::Rmst)),
            n: pool.n,
            events: pool.all_events(),
            sites: pool.sites.clone(),
            group: pool.group,
            at,
        }
    };
    let groups: Vec<CurveGroup> = pools(round, false).into_iter().map(one).collect();
    (!groups.is_empty()).then_some(Curves { groups })
}

/// Cumulative incidence of all patients and of each group.
pub(super) fn incidences(round: &Round<'_>) -> Option<Vec<CumulativeGroup>> {
    let design = &round.plan.design;
    if !design.asks(Analysis::Cif) {
        return None;
    }
    let one = |pool: Pool| {
        let causes = design.endpoint.causes.iter().enumerate();
        CumulativeGroup {
            n: pool.n,
            causes: causes
                .map(|(at, cause)| CumulativeCause {
                    cause: cause.clone(),
                    events: pool.events[at].iter().sum(),
                    sites: pool.sites.clone(),
                    at: pool.incidence(at),
                })
                .collect(),
            group: pool.group,
        }
    };
    let groups: Vec<CumulativeGroup> = pools(round, true).into_iter().map(one).collect();
    (!groups.is_empty()).then_some(groups)
}

/// The unstratified log-rank test, with bounds of observed less expected events.
pub(super) fn log_rank(round: &Round<'_>) -> Option<GridTest> {
    if !round.plan.design.asks(Analysis::Logrank) {
        return None;
    }
    let pools = groups(round, false)?;
    let k = pools.len();
    let cells: Vec<Vec<Cell>> = pools.iter().map(|pool| pool.cells().collect()).collect();
    let is_exact = pools.iter().all(|pool| pool.is_unit && pool.carried == 0);
    let (mut difference, mut lower, mut upper) = (vec![0.0; k], vec![0.0; k], vec![0.0; k]);
    let mut variance = Symmetric::zero(k - 1);
    for at in 0..cells[0].len() {
        let here: Vec<&Cell> = cells.iter().map(|cells| &cells[at]).collect();
        let d: f64 = here.iter().map(|cell| cell.d).sum();
        let n: f64 = here.iter().map(|cell| cell.n).sum();
        if d == 0.0 {
            continue;
        }
        let exposed: Vec<f64> = pools.iter().zip(&here).map(|(pool, cell)| pool.exposed(cell)).collect();
        let all: f64 = exposed.iter().sum();
        let leaving = |g: usize| (here[g].d + here[g].c + pools[g].carried as f64).min(here[g].n);
        let everybody: f64 = (0..k).map(leaving).sum();
        let factor = if all > 1.0 { d * (all - d) / (all - 1.0) } else { 0.0 };
        for g in 0..k {
            let own = here[g];
            let share = exposed[g] / all;
            difference[g] += own.d - d * share;
            if is_exact {
                lower[g] = difference[g];
                upper[g] = difference[g];
            } else {
                let others = n - (everybody - leaving(g));
                let most = if others > own.n {
                    own.n / others
                } else {
                    f64::from(u8::from(own.n > 0.0))
                };
                let least = if n > leaving(g) {
                    (own.n - leaving(g)) / (n - leaving(g))
                } else {
                    1.0
                };
                lower[g] += own.d - d * most;
                upper[g] += own.d - d * least;
            }
            for (h, other) in exposed.iter().enumerate().take(if g < k - 1 { g + 1 } else { 0 }) {
                variance.add(g, h, factor * share * (f64::from(u8::from(g == h)) - other / all));
            }
        }
    }
    let (chi2, df, p) = chi_square(&difference[..k - 1], &variance)?;
    Some(GridTest {
        chi2,
        df,
        p,
        exact: is_exact,
        difference,
        lower_bound: lower,
        upper_bound: upper,
        cells: cells[0].len() as u64,
    })
}

/// Gray's unstratified test of each cause, with all events of a cell at its end.
pub(super) fn gray(round: &Round<'_>) -> Option<Vec<GrayResult>> {
    let design = &round.plan.design;
    if !design.asks(Analysis::Gray) {
        return None;
    }
    let pools = groups(round, true)?;
    let (mut time, mut event, mut codes) = (Vec::new(), Vec::new(), Vec::new());
    for (code, pool) in pools.iter().enumerate() {
        let mut put = |cell: usize, cause: usize, count: u64| {
            for _ in 0..count {
                time.push(cell as f64);
                event.push(cause as u32);
                codes.push(code as u32);
            }
        };
        let mut rest = pool.n;
        for cell in 0..pool.ends.len() {
            for (cause, counts) in pool.events.iter().enumerate() {
                put(cell, cause + 1, counts[cell]);
                rest -= counts[cell];
            }
            put(cell, 0, pool.left[cell]);
            rest -= pool.left[cell];
        }
        put(pool.ends.len(), 0, rest);
    }
    let n = time.len();
    let follow_up = FollowUp::new(time, event).ok()?;
    let labels = Labels {
        names: pools.iter().filter_map(|pool| pool.group.clone()).collect(),
        codes,
    };
    let df = pools.len() - 1;
    gray_of_causes(design, |at| {
        let (score, by_rows) = gray_sums(&follow_up, &labels, &Labels::single(n, ""), at as u32 + 1);
        let lower: Vec<f64> = (0..df).flat_map(|i| by_rows[i * df..=i * df + i].to_vec()).collect();
        Some((score, Symmetric::of_lower(df, &lower)?))
    })
}
