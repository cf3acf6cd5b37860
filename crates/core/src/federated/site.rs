//! The sums of one site, before any limit of disclosure: what a site would send if nothing had to be left out.

use super::columns::Rows;
use super::fault::{Fault, Why};
use super::limits::effective_number;
use super::plan::{Analysis, Design, Plan, Sharing, TiesPlan, VERSION};
use super::rounds::without_noise;
use super::summary::{
    CellSums, Cells, CoxSums, GraySums, GridCounts, GridGroup, GroupSums, KIND_SUMMARY, RankSums, Reclassified, Spread,
    Summary, TableSums, TwoStageSums,
};
use crate::survival::cox::{DEPENDENT, Factored, Model, Symmetric, Ties, derivatives, fit};
use crate::survival::{RankWeight, gray_sums, log_rank};

/// The program that makes the files.
pub(super) const PROGRAM: &str = concat!("cotside ", env!("CARGO_PKG_VERSION"));
/// Significant digits of a site's own fit.
const DIGITS: usize = 4;
/// Fewest patients and events of a site's own fit.
const FEWEST_OF_FIT: (usize, usize) = (20, 10);

/// Computes the sums that a plan asks of a site. The limits of disclosure come afterwards.
///
/// # Errors
/// A [`Fault`] where the rows do not allow what the plan asks for.
pub fn plain_summary(plan: &Plan, site: &str, rows: &Rows) -> Result<Summary, Fault> {
    let design = &plan.design;
    if !design.sites.iter().any(|known| known == site) {
        return Err(Fault::new("plan", "design.sites", Why::NoSuchSite(site.to_owned())));
    }
    let is_first = plan.round == 1;
    let first = |analysis: Analysis| is_first && design.asks(analysis);
    let cox = design.cox.as_ref().filter(|_| design.asks(Analysis::Cox));
    let counts = [Analysis::Km, Analysis::Cif, Analysis::Rmst].into_iter().any(first);
    let groups = design.groups.as_ref().filter(|_| is_first);
    Ok(Summary {
        kind: KIND_SUMMARY.to_owned(),
        version: VERSION,
        round: plan.round,
        attempt: plan.attempt,
        site: site.to_owned(),
        sharing: design.sharing,
        program: PROGRAM.to_owned(),
        merged: rows.merged.clone(),
        log: None,
        n: Some(rows.len() as u64),
        events: Some(rows.follow_up.n_events() as u64),
        n_excluded: Some(rows.excluded.to_string()),
        n_by_group: groups.map(|_| {
            count(
                rows.groups.codes.iter().map(|&code| Some(code as usize)),
                rows.groups.len(),
            )
        }),
        cox: match cox {
            Some(cox) if cox.stratified => Some(cox_sums(plan, rows)?),
            _ => None,
        },
        cells: match cox {
            Some(cox) if !cox.stratified => Some(cells(plan, rows)),
            _ => None,
        },
        two_stage: if first(Analysis::TwoStage) {
            own_fit(design, rows)
        } else {
            None
        },
        logrank: if first(Analysis::Logrank) {
            Some(rank_sums(rows)?)
        } else {
            None
        },
        gray: first(Analysis::Gray).then(|| gray(design, rows)),
        grid: counts.then(|| grid(design, rows)),
        table1: first(Analysis::Table1).then(|| table1(design, rows)),
        protocols: first(Analysis::Table1).then(|| {
            let of = |column: &super::table_columns::ProtocolColumn| {
                (column.id.clone(), count(column.group.iter().copied(), column.groups))
            };
            rows.protocols.iter().map(of).collect()
        }),
        reclassified: (first(Analysis::Table1) && rows.protocols.len() > 1).then(|| reclassified(rows)),
        withheld: Vec::new(),
        masked: None,
        plan_sha256: plan.sha256.clone(),
        design_sha256: plan.design_sha256.clone(),
        sha256: String::new(),
    })
}

fn count(cells: impl Iterator<Item = Option<usize>>, size: usize) -> Vec<Option<u64>> {
    let mut counts = vec![0; size];
    for cell in cells.flatten() {
        if let Some(count) = counts.get_mut(cell) {
            *count += 1;
        }
    }
    counts.into_iter().map(Some).collect()
}

/// The model of a site: its strata are those of the plan.
fn model<'a>(design: &Design, rows: &'a Rows) -> Model<'a> {
    Model {
        strata: Some(&rows.strata),
        ties: match design.ties {
            TiesPlan::Efron => Ties::Efron,
            TiesPlan::Breslow => Ties::Breslow,
        },
        offset: rows.offset.as_deref(),
        ..Model::new(&rows.follow_up, &rows.design)
    }
}

fn cox_sums(plan: &Plan, rows: &Rows) -> Result<CoxSums, Fault> {
    let found = derivatives(&model(&plan.design, rows), &plan.beta);
    let found = found.map_err(|error| Fault::new("plan", "cox", Why::Site(error.to_string())))?;
    let is_masked = plan.design.sharing == Sharing::Masked;
    let present: std::collections::BTreeSet<u32> = rows.strata.codes.iter().copied().collect();
    Ok(CoxSums {
        beta: plan.beta.clone(),
        strata: present.len() as u64,
        effective_n: Some(effective_number(&rows.risks(&plan.beta)).round() as u64),
        loglik: is_masked.then_some(found.loglik),
        score_unit: None,
        spread: is_masked.then(|| Spread::of(&plan.beta, &found.score, &found.information, &plan.design.ranges())),
        information_lower: found.information.lower().to_vec(),
        score: found.score,
    })
}

impl Spread {
    /// What a site with this score and information at `beta` adds.
    pub(super) fn of(beta: &[f64], score: &[f64], information: &Symmetric, ranges: &[f64]) -> Self {
        let step = OneStep::of(beta, score, information, ranges);
        let moment = |(estimate, std_err): (&Option<f64>, &Option<f64>)| match (estimate, std_err) {
            (Some(y), Some(std_err)) => {
                let w = 1.0 / (std_err * std_err);
                [w, w * w, w * y, w * y * y]
            }
            _ => [0.0; 4],
        };
        Self {
            q: step.q,
            rank: step.rank as u64,
            moments: step.coef.iter().zip(&step.std_err).map(moment).collect(),
        }
    }
}

/// The estimate of a site by one step from common coefficients: β + I⁻U.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct OneStep {
    /// UᵀI⁻U.
    pub q: f64,
    /// Rank of I.
    pub rank: usize,
    /// The coefficients that I determines.
    pub coef: Vec<Option<f64>>,
    /// Their standard errors.
    pub std_err: Vec<Option<f64>>,
}

/// An entry of I⁻I this far from that of the unit matrix means that the coefficient is not determined.
const DETERMINED: f64 = 1e-6;

impl OneStep {
    /// Takes the step.
    pub fn of(beta: &[f64], score: &[f64], information: &Symmetric, ranges: &[f64]) -> Self {
        let p = beta.len();
        let information = &without_noise(information, ranges);
        let factored = Factored::new(information, DEPENDENT, 0.0);
        let step = factored.solve(score);
        let inverse = factored.inverse();
        let unit: Vec<Vec<f64>> = (0..p)
            .map(|j| {
                let column: Vec<f64> = (0..p).map(|i| information.at(i, j)).collect();
                factored.solve(&column)
            })
            .collect();
        let is_known = |i: usize| {
            let off = |j: usize| (unit[j][i] - f64::from(u8::from(i == j))).abs();
            (0..p).all(|j| off(j) < DETERMINED)
        };
        let known: Vec<bool> = (0..p).map(is_known).collect();
        Self {
            q: step.iter().zip(score).map(|(s, u)| s * u).sum(),
            rank: factored.rank(),
            coef: (0..p).map(|i| known[i].then(|| beta[i] + step[i])).collect(),
            std_err: (0..p).map(|i| known[i].then(|| inverse.at(i, i).sqrt())).collect(),
        }
    }
}

/// Sums of Cox's model with risk sets averaged over the cells: E0, E1 and E2 of each.
fn cells(plan: &Plan, rows: &Rows) -> Cells {
    let design = &plan.design;
    let p = rows.design.len();
    let eta = rows.linear_predictor(&plan.beta);
    let last = design.grid.last().copied().unwrap_or_default();
    let mut sums = vec![
        CellSums {
            events: 0,
            e0: 0.0,
            e1: vec![0.0; p],
            e2_lower: vec![0.0; p * (p + 1) / 2],
        };
        design.grid.len()
    ];
    let mut event_sum = vec![0.0; p];
    for row in 0..rows.len() {
        let (time, risk) = (rows.follow_up.time()[row], libm::exp(eta[row]));
        let x: Vec<f64> = rows.design.columns().iter().map(|column| column[row]).collect();
        if rows.follow_up.event()[row] != 0 && time <= last {
            sums[cell_of(&design.grid, time)].events += 1;
            event_sum.iter_mut().zip(&x).for_each(|(sum, x)| *sum += x);
        }
        let mut start = 0.0;
        for (sum, &end) in sums.iter_mut().zip(&design.grid) {
            if time <= start && start > 0.0 {
                break;
            }
            let weight = risk * (time.min(end) - start).max(0.0);
            sum.e0 += weight;
            let mut place = 0;
            for i in 0..p {
                sum.e1[i] += weight * x[i];
                for &other in &x[..=i] {
                    sum.e2_lower[place] += weight * x[i] * other;
                    place += 1;
                }
            }
            start = end;
        }
    }
    Cells {
        beta: plan.beta.clone(),
        event_sum,
        cells: sums,
    }
}

/// The cell (end before, end] of a time, the first one from 0 on; the number of cells where it is later.
pub(super) fn cell_of(ends: &[f64], time: f64) -> usize {
    ends.partition_point(|&end| end < time)
}

/// A site's own fit with few digits; `None` where it has too few patients or no finite estimate.
fn own_fit(design: &Design, rows: &Rows) -> Option<TwoStageSums> {
    if rows.len() < FEWEST_OF_FIT.0 || rows.follow_up.n_events() < FEWEST_OF_FIT.1 {
        return None;
    }
    let found = fit(&model(design, rows)).ok()?;
    let coef: Option<Vec<f64>> = found
        .estimates
        .iter()
        .map(|each| each.map(|each| few_digits(each.coef)))
        .collect();
    Some(TwoStageSums {
        coef: coef?,
        covariance_lower: found.variance.lower().iter().map(|&value| few_digits(value)).collect(),
    })
}

fn few_digits(value: f64) -> f64 {
    format!("{value:.*e}", DIGITS - 1).parse().unwrap_or(value)
}

fn rank_sums(rows: &Rows) -> Result<RankSums, Fault> {
    let found = log_rank(&rows.follow_up, &rows.groups, Some(&rows.strata), RankWeight::LogRank)
        .map_err(|error| Fault::new("plan", "logrank", Why::Site(error.to_string())))?;
    let df = rows.groups.len() - 1;
    let difference = found
        .groups
        .iter()
        .take(df)
        .map(|group| group.observed - group.expected);
    let lower = (0..df).flat_map(|i| (0..=i).map(move |j| (i, j)));
    Ok(RankSums {
        difference: difference.collect(),
        covariance_lower: lower.map(|(i, j)| found.covariance(i, j).unwrap_or_default()).collect(),
    })
}

fn gray(design: &Design, rows: &Rows) -> Vec<GraySums> {
    let df = rows.groups.len().saturating_sub(1);
    let causes = 1..=design.endpoint.causes.len() as u32;
    causes
        .map(|cause| {
            let (score, variance) = gray_sums(&rows.follow_up, &rows.groups, &rows.strata, cause);
            let lower = (0..df).flat_map(|i| (0..=i).map(move |j| (i, j)));
            GraySums {
                cause,
                score,
                variance_lower: lower.map(|(i, j)| variance[i * df + j]).collect(),
            }
        })
        .collect()
}

fn grid(design: &Design, rows: &Rows) -> GridCounts {
    let ends = design.grid.iter().copied();
    let boundaries: Vec<f64> = ends.filter(|&at| rows.end.is_none_or(|end| at <= end)).collect();
    let cells = boundaries.len();
    let causes = design.endpoint.causes.len();
    let mut groups: Vec<GridGroup> = match &design.groups {
        Some(by) => by.levels.iter().cloned().map(Some).collect(),
        None => vec![None],
    }
    .into_iter()
    .map(|group| GridGroup {
        group,
        n: 0,
        events: vec![vec![0; cells]; causes],
        left: vec![0; cells],
        carried: false,
    })
    .collect();
    for (row, (&cause, &code)) in rows.follow_up.event().iter().zip(&rows.groups.codes).enumerate() {
        let Some(group) = groups.get_mut(code as usize) else {
            continue;
        };
        group.n += 1;
        let counts = match cause {
            0 => Some(&mut group.left),
            cause => group.events.get_mut(cause as usize - 1),
        };
        if let Some(count) = counts.and_then(|counts| counts.get_mut(rows.cell(&boundaries, row))) {
            *count += 1;
        }
    }
    GridCounts {
        boundaries,
        cut_at: rows.end,
        groups,
    }
}

fn table1(design: &Design, rows: &Rows) -> std::collections::BTreeMap<String, TableSums> {
    let one = |column: &super::table_columns::TableColumn| {
        let known = || column.coded.as_ref().map(|values| values.iter().flatten());
        let by = design.groups.as_ref().filter(|by| by.field != column.name);
        let by_group = by.map(|by| {
            let of = |group: usize| {
                let cells = column.cell.iter().zip(&rows.groups.codes);
                let own = cells.filter(|(_, code)| **code as usize == group);
                count(own.map(|(cell, _)| *cell), column.cells)
            };
            (0..by.levels.len()).map(of).collect()
        });
        let sums = TableSums {
            missing: column.cell.iter().filter(|cell| cell.is_none()).count().to_string(),
            sum: known().map(|values| values.sum()),
            squares: known().map(|values| values.map(|value| value * value).sum()),
            cells: count(column.cell.iter().copied(), column.cells),
            by_group,
            moments_by_group: column
                .coded
                .as_ref()
                .and_then(|values| Some((0..by?.levels.len()).map(|group| rows.sums_of(group, values)).collect())),
        };
        (column.name.clone(), sums)
    };
    rows.table.iter().map(one).collect()
}

impl Rows {
    /// Σ βx of each patient, and the offset.
    fn linear_predictor(&self, beta: &[f64]) -> Vec<f64> {
        let mut eta = self.offset.clone().unwrap_or_else(|| vec![0.0; self.len()]);
        for (column, beta) in self.design.columns().iter().zip(beta) {
            eta.iter_mut().zip(column).for_each(|(eta, x)| *eta += beta * x);
        }
        eta
    }

    /// The relative risk of each patient at some coefficients, with its weight; the largest is its weight alone, so that
    /// nothing overflows.
    pub(super) fn risks(&self, beta: &[f64]) -> Vec<f64> {
        let eta = self.linear_predictor(beta);
        let top = eta.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let weight = |row: usize| self.follow_up.weight().map_or(1.0, |weights| weights[row]);
        let each = eta.iter().enumerate();
        each.map(|(row, eta)| weight(row) * libm::exp(eta - top)).collect()
    }

    /// The values of a group's patients, where they are known.
    pub(super) fn values_in(&self, group: usize, values: &[Option<f64>]) -> Vec<f64> {
        let each = values.iter().zip(&self.groups.codes);
        each.filter(|(_, code)| **code as usize == group)
            .filter_map(|(value, _)| *value)
            .collect()
    }

    fn sums_of(&self, group: usize, values: &[Option<f64>]) -> GroupSums {
        let own = self.values_in(group, values);
        GroupSums {
            n: own.len() as u64,
            sum: own.iter().sum(),
            squares: own.iter().map(|value| value * value).sum(),
        }
    }
}

fn reclassified(rows: &Rows) -> Vec<Reclassified> {
    let mut found = Vec::new();
    for (at, first) in rows.protocols.iter().enumerate() {
        for second in &rows.protocols[at + 1..] {
            let mut counts = vec![vec![0; second.groups]; first.groups];
            for (row, column) in first.group.iter().zip(&second.group) {
                if let (Some(row), Some(column)) = (row, column) {
                    counts[*row][*column] += 1;
                }
            }
            found.push(Reclassified {
                first: first.id.clone(),
                second: second.id.clone(),
                counts: counts
                    .into_iter()
                    .map(|row| row.into_iter().map(Some).collect())
                    .collect(),
            });
        }
    }
    found
}
