//! The limits of one site, applied to its plain sums: what is outside is withheld and named, and a few things stop the file.

use super::columns::Rows;
use super::grid_limits::{CellCounts, MergedGrid, merged};
use super::limits::{self, Limit, Outside, Refusal};
use super::plan::{Covariate, Limits, Plan};
use super::precision::Precision;
use super::summary::{GridCounts, GridGroup, Summary, Withheld};
use super::table_limits;

/// Sums while they are checked, with what was withheld so far.
pub(super) struct Checked<'a> {
    pub plan: &'a Plan,
    pub rows: &'a Rows,
    pub limits: &'a Limits,
    pub summary: Summary,
}

/// Applies the limits of a site whose sums the coordinator sees.
pub(super) fn allowed(plan: &Plan, rows: &Rows, limits: &Limits, plain: Summary) -> Result<Summary, Refusal> {
    let n = rows.len() as u64;
    limits::patients(n, limits).map_err(|outside| outside.of("n"))?;
    request(plan, rows, limits)?;
    let mut checked = Checked {
        plan,
        rows,
        limits,
        summary: plain,
    };
    checked.model();
    checked.tests();
    checked.grid();
    table_limits::tables(&mut checked);
    checked.counts();
    Ok(checked.summary)
}

/// What the plan asks for: rounds, and coefficients of a plausible size that leave many patients a say.
fn request(plan: &Plan, rows: &Rows, limits: &Limits) -> Result<(), Refusal> {
    let design = &plan.design;
    let Some(cox) = &design.cox else { return Ok(()) };
    limits::rounds(plan.round, cox.rounds_max, design.sharing).map_err(|outside| outside.of("cox.rounds_max"))?;
    limits::coefficients(&plan.beta, &design.ranges()).map_err(|outside| outside.of("beta"))?;
    limits::effective_n(&rows.risks(&plan.beta), limits).map_err(|outside| outside.of("beta"))
}

impl Checked<'_> {
    /// Notes that something is left out.
    pub fn withhold(&mut self, what: impl Into<String>, because: Limit, limit: f64) {
        self.summary.withheld.push(Withheld {
            what: what.into(),
            because: because.code().to_owned(),
            limit: Some(limit),
        });
    }

    fn withhold_for(&mut self, what: &str, outside: Outside) {
        self.withhold(what, outside.limit, outside.allowed);
    }

    fn events(&self) -> u64 {
        self.rows.follow_up.n_events() as u64
    }

    /// Score and information, and the site's own fit.
    fn model(&mut self) {
        let fits = self.model_fits();
        if let Err(outside) = fits {
            for (what, is_there) in [
                ("cox", self.summary.cox.is_some()),
                ("cells", self.summary.cells.is_some()),
                ("two_stage", self.summary.two_stage.is_some()),
            ] {
                if is_there {
                    self.withhold_for(what, outside);
                }
            }
            (self.summary.cox, self.summary.cells, self.summary.two_stage) = (None, None, None);
            return;
        }
        let n = self.rows.len() as u64;
        let precision = Precision::of(&self.plan.design.ranges(), n, self.events(), self.limits.precision_bits);
        if let (Some(cox), Some(precision)) = (&mut self.summary.cox, precision) {
            precision.round_score(&mut cox.score);
            precision.round_information(&mut cox.information_lower);
            cox.score_unit = Some(precision.score_unit);
        }
        if self.summary.cells.is_some()
            && let Err(outside) = self.cells_fit()
        {
            self.withhold_for("cells", outside);
            self.summary.cells = None;
        }
    }

    fn model_fits(&self) -> Result<(), Outside> {
        let (n, columns) = (self.rows.len() as u64, self.rows.design.columns());
        limits::patients_per_column(n, columns.len())?;
        limits::columns(columns.len(), n)?;
        limits::events_for_cox(self.events(), self.limits)?;
        let is_measured = self.plan.design.covariates.iter().flat_map(|covariate| {
            let measured = matches!(covariate, Covariate::Identity(_) | Covariate::Log10(_));
            vec![measured; covariate.columns().len()]
        });
        for (column, is_measured) in columns.iter().zip(is_measured) {
            if is_measured {
                limits::measured_column(column, self.limits)?;
            } else {
                let ones = column.iter().filter(|&&value| value != 0.0).count() as u64;
                limits::ones_and_zeros(ones, n, self.limits)?;
            }
        }
        Ok(())
    }

    /// Sums of averaged risk sets leave in full precision, so they need many patients, and none or enough who leave each
    /// cell and the last one.
    fn cells_fit(&self) -> Result<(), Outside> {
        limits::many_patients(self.rows.len() as u64)?;
        let grid = &self.plan.design.grid;
        let mut left = self.rows.len() as u64;
        let starts = std::iter::once(f64::NEG_INFINITY).chain(grid.iter().copied());
        for (start, &end) in starts.zip(grid) {
            let is_in = |&(time, _): &(&f64, &u32)| *time > start && *time <= end;
            let leaving = || {
                self.rows
                    .follow_up
                    .time()
                    .iter()
                    .zip(self.rows.follow_up.event())
                    .filter(is_in)
            };
            let (all, events) = (
                leaving().count() as u64,
                leaving().filter(|(_, event)| **event != 0).count() as u64,
            );
            limits::count(events, self.limits)?;
            limits::count(all, self.limits)?;
            left -= all;
        }
        limits::count(left, self.limits)
    }

    /// Log-rank and Gray's tests: scores of the groups at no difference, rounded like those of a 0/1 column.
    fn tests(&mut self) {
        let n = self.rows.len() as u64;
        let causes = self.plan.design.endpoint.causes.len();
        let of_cause = |cause: usize| {
            self.rows
                .follow_up
                .event()
                .iter()
                .filter(|&&event| event as usize == cause)
                .count()
        };
        let groups = (0..self.rows.groups.len()).map(|group| {
            self.rows
                .groups
                .codes
                .iter()
                .filter(|&&code| code as usize == group)
                .count() as u64
        });
        let groups: Result<(), Outside> = groups
            .into_iter()
            .try_for_each(|count| limits::count(count, self.limits));
        let any = groups.and_then(|()| limits::count(self.events(), self.limits));
        let each = (1..=causes).try_for_each(|cause| limits::count(of_cause(cause) as u64, self.limits));
        let each = groups.and(each);
        let events: Vec<u64> = (1..=causes).map(|cause| of_cause(cause) as u64).collect();
        let df = self.rows.groups.len().saturating_sub(1);
        let precision = |events: u64| Precision::of(&vec![1.0; df], n, events, self.limits.precision_bits);
        let (of_any, of_each) = (
            precision(self.events()),
            events.into_iter().map(precision).collect::<Vec<_>>(),
        );
        if let Err(outside) = any
            && self.summary.logrank.take().is_some()
        {
            self.withhold_for("logrank", outside);
        }
        if let Err(outside) = each
            && self.summary.gray.take().is_some()
        {
            self.withhold_for("gray", outside);
        }
        if let (Some(sums), Some(precision)) = (&mut self.summary.logrank, of_any) {
            precision.round_score(&mut sums.difference);
            precision.round_information(&mut sums.covariance_lower);
        }
        for (sums, precision) in self.summary.gray.iter_mut().flatten().zip(of_each) {
            if let Some(precision) = precision {
                precision.round_score(&mut sums.score);
                precision.round_information(&mut sums.variance_lower);
            }
        }
    }

    /// Counts in cells of time: by group where that leaves a cell, else of all; by cause where that costs no cell.
    fn grid(&mut self) {
        let Some(plain) = self.summary.grid.take() else { return };
        let m = self.limits.smallest_cell;
        let groups: Vec<CellCounts> = plain.groups.iter().map(CellCounts::of).collect();
        let whole: Vec<CellCounts> = CellCounts::of_all(&groups).into_iter().collect();
        let best = |counts: &[CellCounts]| {
            let any: Vec<CellCounts> = counts.iter().map(CellCounts::of_any_cause).collect();
            let (by_cause, any) = (merged(counts, m), merged(&any, m));
            let cells = |grid: &Option<MergedGrid>| grid.as_ref().map_or(0, |grid| grid.ends.len());
            if cells(&by_cause) >= cells(&any) { by_cause } else { any }
        };
        let names: Vec<Option<String>> = plain.groups.iter().map(|group| group.group.clone()).collect();
        let is_by_group = names.len() > 1;
        let found = best(&groups).map(|grid| (grid, names)).or_else(|| {
            let grid = best(&whole).filter(|_| is_by_group)?;
            Some((grid, vec![None]))
        });
        let Some((grid, names)) = found else {
            return self.withhold("grid", Limit::SmallestCell, m as f64);
        };
        if is_by_group && names.len() == 1 {
            self.withhold("grid by group", Limit::SmallestCell, m as f64);
        }
        let causes = self.plan.design.endpoint.causes.len();
        if causes > 1 && grid.groups.iter().any(|group| group.events.len() == 1) {
            self.withhold("grid by cause", Limit::SmallestCell, m as f64);
        }
        let boundaries: Vec<f64> = grid
            .ends
            .iter()
            .filter_map(|&end| plain.boundaries.get(end).copied())
            .collect();
        let group = |(group, counts): (Option<String>, super::grid_limits::MergedCounts)| GridGroup {
            group,
            n: counts.n,
            events: counts.events,
            left: counts.left,
            carried: counts.carried,
        };
        self.summary.grid = Some(GridCounts {
            cut_at: boundaries.last().copied().filter(|_| grid.is_cut),
            boundaries,
            groups: names.into_iter().zip(grid.groups).map(group).collect(),
        });
    }

    /// Single counts.
    fn counts(&mut self) {
        let small = |count: u64| limits::count(count, self.limits).is_err();
        let hides_events = self.summary.events.is_some_and(small);
        self.summary.n_excluded = self
            .summary
            .n_excluded
            .take()
            .map(|text| count_text(&text, self.limits));
        if hides_events {
            self.summary.events = None;
            self.withhold("events", Limit::SmallestCell, self.limits.smallest_cell as f64);
        }
    }
}

impl CellCounts {
    fn of(group: &GridGroup) -> Self {
        Self {
            n: group.n,
            events: group.events.clone(),
            left: group.left.clone(),
        }
    }
}

/// A count as text, `1-4` where it is small.
pub(super) fn count_text(text: &str, limits: &Limits) -> String {
    match text.parse() {
        Ok(count) if limits::count(count, limits).is_err() => format!("1-{}", limits.smallest_cell - 1),
        _ => text.to_owned(),
    }
}
