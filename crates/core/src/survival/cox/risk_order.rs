//! Rows in the order in which the risk sets are built: stratum by stratum, backwards in time.

use core::ops::Range;

use super::super::{FollowUp, sorted_by};
use super::{CoxError, Model};

/// Rows sorted once, covariates row by row, centred and in units of their standard deviation.
#[derive(Debug)]
pub struct RiskOrder {
    pub p: usize,
    /// Row of the file at each place.
    pub row: Vec<u32>,
    /// Covariates at each place, p a place.
    pub x: Vec<f64>,
    pub is_event: Vec<bool>,
    pub weight: Option<Vec<f64>>,
    pub offset: Option<Vec<f64>>,
    /// Distinct times of events, descending within each stratum.
    pub moments: Vec<Moment>,
    pub strata: Vec<Stratum>,
    pub entries: Option<Entries>,
    pub mean: Vec<f64>,
    /// Standard deviation of each covariate; 0 where it is constant.
    pub spread: Vec<f64>,
}

/// A time at which events happen in a stratum.
#[derive(Debug, Clone, Copy)]
pub struct Moment {
    pub time: f64,
    /// Places of the rows that end at this time.
    pub first: usize,
    pub end: usize,
    pub events: usize,
}

/// Places and moments of a stratum.
#[derive(Debug, Clone)]
pub struct Stratum {
    pub places: Range<usize>,
    pub moments: Range<usize>,
}

/// Delayed entry.
#[derive(Debug)]
pub struct Entries {
    /// Entry at each place.
    pub entry: Vec<f64>,
    /// Places, descending in entry within each stratum.
    pub leaving: Vec<u32>,
}

impl RiskOrder {
    /// Sorts the rows of a model. O(np) beside the sort that the follow-up already has.
    pub fn new(model: &Model<'_>) -> Result<Self, CoxError> {
        let follow_up = model.follow_up;
        let codes = model.strata.map(|labels| labels.codes.as_slice());
        let (row, bounds) = by_stratum(follow_up.order(), codes);
        let is_event: Vec<bool> = row.iter().map(|&i| follow_up.event()[i as usize] != 0).collect();
        let pick = |column: &[f64]| row.iter().map(|&i| column[i as usize]).collect::<Vec<f64>>();
        let (moments, strata) = moments(follow_up.time(), &row, &is_event, &bounds);
        let entries = follow_up.entry().map(|entry| entries(entry, &row, codes));
        let Standardised { x, mean, spread } = standardised(model, &row)?;
        Ok(Self {
            p: model.design.len(),
            x,
            is_event,
            weight: follow_up.weight().map(pick),
            offset: model.offset.map(pick),
            moments,
            strata,
            entries,
            mean,
            spread,
            row,
        })
    }

    /// The same with only these covariates.
    pub fn keep(&mut self, kept: &[usize]) {
        if kept.len() == self.p {
            return;
        }
        let rows = self.x.chunks_exact(self.p);
        self.x = rows.flat_map(|x| kept.iter().map(|&j| x[j])).collect();
        self.mean = kept.iter().map(|&j| self.mean[j]).collect();
        self.spread = kept.iter().map(|&j| self.spread[j]).collect();
        self.p = kept.len();
    }

    /// Covariates at a place.
    pub fn x(&self, place: usize) -> &[f64] {
        &self.x[place * self.p..(place + 1) * self.p]
    }

    /// Weight at a place.
    pub fn weight(&self, place: usize) -> f64 {
        self.weight.as_ref().map_or(1.0, |weight| weight[place])
    }

    /// Linear predictors, offset included, at coefficients of the standardised covariates.
    pub fn linear_predictor(&self, beta: &[f64], eta: &mut Vec<f64>) {
        eta.clear();
        if self.p == 0 {
            eta.resize(self.row.len(), 0.0);
        }
        match self.p {
            1 => eta.extend(dots::<1>(&self.x, beta)),
            2 => eta.extend(dots::<2>(&self.x, beta)),
            3 => eta.extend(dots::<3>(&self.x, beta)),
            4 => eta.extend(dots::<4>(&self.x, beta)),
            5 => eta.extend(dots::<5>(&self.x, beta)),
            6 => eta.extend(dots::<6>(&self.x, beta)),
            p => {
                let dot = |x: &[f64]| x.iter().zip(beta).map(|(x, b)| x * b).sum::<f64>();
                eta.extend(self.x.chunks_exact(p.max(1)).map(dot));
            }
        }
        if let Some(offset) = &self.offset {
            eta.iter_mut().zip(offset).for_each(|(eta, offset)| *eta += offset);
        }
    }

    /// Sum of the weights of the events.
    pub fn event_weight(&self) -> f64 {
        let events = self.is_event.iter().enumerate().filter(|(_, is_event)| **is_event);
        events.map(|(place, _)| self.weight(place)).sum()
    }
}

/// Products of rows of P covariates with the coefficients; with P known to the compiler the loop is unrolled.
fn dots<'a, const P: usize>(x: &'a [f64], beta: &[f64]) -> impl Iterator<Item = f64> + use<'a, P> {
    let beta: [f64; P] = std::array::from_fn(|j| beta.get(j).copied().unwrap_or_default());
    x.as_chunks::<P>()
        .0
        .iter()
        .map(move |x| x.iter().zip(&beta).map(|(x, b)| x * b).sum())
}

/// Rows by stratum and descending time (a counting sort of the times' order), and where each stratum ends.
fn by_stratum(ascending: &[u32], codes: Option<&[u32]>) -> (Vec<u32>, Vec<usize>) {
    let descending = ascending.iter().rev().copied();
    let Some(codes) = codes else {
        return (descending.collect(), vec![ascending.len()]);
    };
    let strata = codes.iter().copied().max().map_or(0, |most| most as usize + 1);
    let mut next = vec![0_usize; strata];
    for &code in codes {
        next[code as usize] += 1;
    }
    let mut start = 0;
    for each in &mut next {
        start += core::mem::replace(each, start);
    }
    let mut sorted = vec![0; ascending.len()];
    for row in descending {
        let slot = &mut next[codes[row as usize] as usize];
        sorted[*slot] = row;
        *slot += 1;
    }
    (sorted, next)
}

fn moments(time: &[f64], row: &[u32], is_event: &[bool], bounds: &[usize]) -> (Vec<Moment>, Vec<Stratum>) {
    let (mut moments, mut strata) = (Vec::new(), Vec::with_capacity(bounds.len()));
    let mut first = 0;
    for &bound in bounds {
        let (places, known) = (first..bound, moments.len());
        while first < bound {
            let now = time[row[first] as usize];
            let mut end = first;
            let mut events = 0;
            while end < bound && time[row[end] as usize] == now {
                events += usize::from(is_event[end]);
                end += 1;
            }
            if events > 0 {
                moments.push(Moment {
                    time: now,
                    first,
                    end,
                    events,
                });
            }
            first = end;
        }
        strata.push(Stratum {
            places,
            moments: known..moments.len(),
        });
    }
    (moments, strata)
}

fn entries(entry: &[f64], row: &[u32], codes: Option<&[u32]>) -> Entries {
    let (by_entry, _) = by_stratum(&sorted_by(entry), codes);
    let mut place = vec![0_u32; row.len()];
    for (at, &row) in (0_u32..).zip(row) {
        place[row as usize] = at;
    }
    Entries {
        entry: row.iter().map(|&row| entry[row as usize]).collect(),
        leaving: by_entry.iter().map(|&row| place[row as usize]).collect(),
    }
}

struct Standardised {
    x: Vec<f64>,
    mean: Vec<f64>,
    spread: Vec<f64>,
}

/// Covariates row by row in sorted order: less their weighted mean, in units of their standard deviation.
fn standardised(model: &Model<'_>, row: &[u32]) -> Result<Standardised, CoxError> {
    let (n, p) = (row.len(), model.design.len());
    let (mut mean, mut spread) = (vec![0.0; p], vec![0.0; p]);
    for (j, column) in model.design.columns().iter().enumerate() {
        if let Some(row) = column.iter().position(|value| !value.is_finite()) {
            return Err(CoxError::BadCovariate { covariate: j, row });
        }
        (mean[j], spread[j]) = mean_and_spread(column, model.follow_up);
        if !(mean[j].is_finite() && spread[j].is_finite()) {
            let largest = column.iter().enumerate().max_by(|a, b| a.1.abs().total_cmp(&b.1.abs()));
            return Err(CoxError::BadCovariate {
                covariate: j,
                row: largest.map_or(0, |(row, _)| row),
            });
        }
    }
    let scale: Vec<f64> = spread.iter().map(|&s| if s > 0.0 { 1.0 / s } else { 0.0 }).collect();
    let mut x = Vec::with_capacity(n * p);
    for &row in row {
        let columns = model.design.columns().iter().zip(mean.iter().zip(&scale));
        x.extend(columns.map(|(column, (mean, scale))| (column[row as usize] - mean) * scale));
    }
    Ok(Standardised { x, mean, spread })
}

/// Weighted mean and standard deviation; exactly 0 spread where all values are one.
fn mean_and_spread(column: &[f64], follow_up: &FollowUp) -> (f64, f64) {
    let first = column.first().copied().unwrap_or_default();
    if column.iter().all(|&value| value == first) {
        return (first, 0.0);
    }
    let weight = |row: usize| follow_up.weight().map_or(1.0, |weight| weight[row]);
    let (mut total, mut sum) = (0.0, 0.0);
    for (row, &value) in column.iter().enumerate() {
        total += weight(row);
        sum += weight(row) * value;
    }
    let mean = sum / total;
    let squares: f64 = column
        .iter()
        .enumerate()
        .map(|(row, v)| weight(row) * (v - mean) * (v - mean))
        .sum();
    (mean, (squares / total).sqrt())
}
