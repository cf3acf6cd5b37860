//! Rows in the order in which the risk sets are built: stratum by stratum, backwards in time.

use core::cell::OnceCell;
use core::ops::Range;

use super::super::sorted_by;
use super::lanes::{CHUNK, Columns, add_combination, dot, sum};
use super::{CoxError, Model};

/// Rows sorted once, covariates column by column, centred and in units of their standard deviation.
#[derive(Debug)]
pub struct RiskOrder<'a> {
    pub p: usize,
    /// Times of the rows of the file.
    time: &'a [f64],
    /// Row of the file at each place.
    pub row: Vec<u32>,
    /// Covariates, column by column.
    x: Vec<f64>,
    pub is_event: Vec<bool>,
    pub weight: Option<Vec<f64>>,
    pub offset: Option<Vec<f64>>,
    /// End of each stratum, as a place.
    bounds: Vec<usize>,
    /// Computed on demand: it takes much memory where all times differ.
    schedule: OnceCell<Schedule>,
    pub entries: Option<Entries>,
    /// True if the row at each place is at risk at an event of its stratum. Other rows carry no information on the
    /// coefficients: their covariates are set to the mean, so that their values enter no sum.
    pub at_risk: Vec<bool>,
    /// Mean of each covariate over the rows that are at risk at some event.
    pub mean: Vec<f64>,
    /// Standard deviation of each covariate among the rows that are at risk at some event; 0 where it is constant
    /// there.
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

/// Distinct times of events, descending within each stratum.
#[derive(Debug, Default)]
struct Schedule {
    moments: Vec<Moment>,
    strata: Vec<Stratum>,
}

/// Places and moments of a stratum.
#[derive(Debug, Clone)]
pub struct Stratum {
    pub places: Range<usize>,
    pub moments: Range<usize>,
}

/// Entry times of the rows, where entry is delayed.
#[derive(Debug)]
pub struct Entries {
    /// Entry time at each place.
    pub entry: Vec<f64>,
    /// Places, descending in entry within each stratum.
    pub leaving: Vec<u32>,
}

impl<'a> RiskOrder<'a> {
    /// Sorts the rows of a model. O(np), as the follow-up is already sorted by time.
    pub fn new(model: &Model<'a>) -> Result<Self, CoxError> {
        let follow_up = model.follow_up;
        let codes = model.strata.map(|labels| labels.codes.as_slice());
        let (row, bounds) = by_stratum(follow_up.order(), codes);
        let is_event: Vec<bool> = row.iter().map(|&i| follow_up.event()[i as usize] != 0).collect();
        let pick = |column: &[f64]| row.iter().map(|&i| column[i as usize]).collect::<Vec<f64>>();
        let entries = follow_up.entry().map(|entry| entries(entry, &row, codes));
        let weight = follow_up.weight().map(pick);
        let time = |place: usize| follow_up.time()[row[place] as usize];
        let at_risk = at_risk(&bounds, time, &is_event, entries.as_ref());
        let Standardised { x, mean, spread } = standardised(model, &row, weight.as_deref(), &at_risk)?;
        let mut offset = model.offset.map(pick);
        for (offset, at_risk) in offset.iter_mut().flatten().zip(&at_risk) {
            *offset = if *at_risk { *offset } else { 0.0 };
        }
        Ok(Self {
            p: model.design.len(),
            x,
            is_event,
            weight,
            offset,
            time: follow_up.time(),
            bounds,
            schedule: OnceCell::new(),
            entries,
            at_risk,
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
        let n = self.row.len();
        for (to, &from) in kept.iter().enumerate() {
            self.x.copy_within(from * n..(from + 1) * n, to * n);
        }
        self.x.truncate(kept.len() * n);
        self.mean = kept.iter().map(|&j| self.mean[j]).collect();
        self.spread = kept.iter().map(|&j| self.spread[j]).collect();
        self.p = kept.len();
    }

    /// Distinct times of events, descending within each stratum.
    pub fn moments(&self) -> &[Moment] {
        &self.schedule().moments
    }

    pub fn strata(&self) -> &[Stratum] {
        &self.schedule().strata
    }

    fn schedule(&self) -> &Schedule {
        self.schedule.get_or_init(|| {
            let mut all = Schedule::default();
            for places in self.places() {
                let known = all.moments.len();
                all.moments.extend(self.moments_among(places.clone()));
                all.strata.push(Stratum {
                    places,
                    moments: known..all.moments.len(),
                });
            }
            all
        })
    }

    /// Returns the places of each stratum.
    pub fn places(&self) -> impl Iterator<Item = Range<usize>> {
        let starts = [0].into_iter().chain(self.bounds.iter().copied());
        starts.zip(&self.bounds).map(|(start, &end)| start..end)
    }

    /// Distinct times of events at the places of one stratum, descending.
    pub fn moments_among(&self, places: Range<usize>) -> impl Iterator<Item = Moment> {
        let time = |place: usize| self.time[self.row[place] as usize];
        let mut end = places.start;
        core::iter::from_fn(move || {
            while end < places.end {
                let (first, now, mut events) = (end, time(end), 0);
                while end < places.end && time(end) == now {
                    events += usize::from(self.is_event[end]);
                    end += 1;
                }
                if events > 0 {
                    return Some(Moment {
                        time: now,
                        first,
                        end,
                        events,
                    });
                }
            }
            None
        })
    }

    /// Returns the covariates at a place.
    pub fn x(&self, place: usize) -> impl Iterator<Item = f64> {
        let from = self.x.get(place..).unwrap_or_default();
        from.iter().step_by(self.row.len()).copied()
    }

    /// Copies the covariates at a place.
    pub fn read(&self, place: usize, into: &mut [f64]) {
        into.iter_mut().zip(self.x(place)).for_each(|(into, x)| *into = x);
    }

    /// Returns the covariates at the places `first..end`.
    pub fn columns(&self, first: usize, end: usize) -> Columns<'_> {
        Columns::new(&self.x, self.row.len(), self.p, first, end)
    }

    /// Weights of events at the places from `first` on, 0 for other rows.
    pub fn mark_events(&self, first: usize, into: &mut [f64]) {
        for (into, &is_event) in into.iter_mut().zip(&self.is_event[first..]) {
            *into = f64::from(u8::from(is_event));
        }
        if let Some(weight) = &self.weight {
            into.iter_mut()
                .zip(&weight[first..])
                .for_each(|(into, weight)| *into *= weight);
        }
    }

    /// Returns the weight at a place.
    pub fn weight(&self, place: usize) -> f64 {
        self.weight.as_ref().map_or(1.0, |weight| weight[place])
    }

    /// Linear predictors, offset included, at coefficients of the standardised covariates.
    pub fn linear_predictor(&self, beta: &[f64], eta: &mut Vec<f64>) {
        eta.clear();
        eta.resize(self.row.len(), 0.0);
        for (first, eta) in (0..).step_by(CHUNK).zip(eta.chunks_mut(CHUNK)) {
            add_combination(beta, self.columns(first, first + eta.len()), eta);
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

/// True if the row at each place is at risk at an event of its stratum: there is one at or before its time and after
/// its entry. Places of a stratum descend in time.
fn at_risk(bounds: &[usize], time: impl Fn(usize) -> f64, is_event: &[bool], entries: Option<&Entries>) -> Vec<bool> {
    let mut all = vec![false; is_event.len()];
    let mut start = 0;
    for &end in bounds {
        let events: Vec<f64> = (start..end).rev().filter(|&place| is_event[place]).map(&time).collect();
        for (place, at_risk) in (start..end).zip(&mut all[start..end]) {
            let last = events.partition_point(|&event| event <= time(place));
            let entered = |entries: &Entries| events.partition_point(|&event| event <= entries.entry[place]);
            *at_risk = last > entries.map_or(0, entered);
        }
        start = end;
    }
    all
}

struct Standardised {
    x: Vec<f64>,
    mean: Vec<f64>,
    spread: Vec<f64>,
}

/// Covariates column by column in sorted order: less their weighted mean, in units of their standard deviation, both
/// over the rows that are at risk at some event; 0 for other rows.
fn standardised(
    model: &Model<'_>,
    row: &[u32],
    weight: Option<&[f64]>,
    at_risk: &[bool],
) -> Result<Standardised, CoxError> {
    let all_at_risk = at_risk.iter().all(|&at_risk| at_risk);
    let among = |values: &[f64]| -> Vec<f64> {
        let kept = values.iter().zip(at_risk).filter(|(_, at_risk)| **at_risk);
        kept.map(|(value, _)| *value).collect()
    };
    let weight_at_risk = weight.filter(|_| !all_at_risk).map(among);
    let p = model.design.len();
    let mut all = Standardised {
        x: Vec::with_capacity(row.len() * p),
        mean: vec![0.0; p],
        spread: vec![0.0; p],
    };
    for (covariate, column) in model.design.columns().iter().enumerate() {
        let start = all.x.len();
        all.x.extend(row.iter().map(|&row| column[row as usize]));
        let sorted = &mut all.x[start..];
        let is_finite = sorted.iter().all(|value| value.is_finite());
        let (mean, spread) = if all_at_risk {
            mean_and_spread(sorted, weight)
        } else {
            mean_and_spread(&among(sorted), weight_at_risk.as_deref())
        };
        if !(is_finite && mean.is_finite() && spread.is_finite()) {
            return Err(CoxError::BadCovariate {
                covariate,
                row: worst(column),
            });
        }
        let scale = if spread > 0.0 { 1.0 / spread } else { 0.0 };
        for (x, &at_risk) in sorted.iter_mut().zip(at_risk) {
            *x = if at_risk { (*x - mean) * scale } else { 0.0 };
        }
        (all.mean[covariate], all.spread[covariate]) = (mean, spread);
    }
    Ok(all)
}

/// Returns the first row whose value is not finite, else the row with the largest.
fn worst(column: &[f64]) -> usize {
    let unfinite = column.iter().position(|value| !value.is_finite());
    let rows = column.iter().enumerate();
    let largest = || rows.max_by(|a, b| a.1.abs().total_cmp(&b.1.abs()));
    unfinite.or_else(|| Some(largest()?.0)).unwrap_or_default()
}

/// Returns weighted mean and standard deviation; the latter is exactly 0 where all values are equal.
fn mean_and_spread(column: &[f64], weight: Option<&[f64]>) -> (f64, f64) {
    let first = column.first().copied().unwrap_or_default();
    if column.iter().all(|&value| value == first) {
        return (first, 0.0);
    }
    let weighted =
        |values: &[f64], weight: Option<&[f64]>| weight.map_or_else(|| sum(values), |weight| dot(weight, values));
    let total = weight.map_or(column.len() as f64, sum);
    let mean = weighted(column, weight) / total;
    let mut squares = 0.0;
    let mut square = [0.0; CHUNK];
    for (first, column) in (0..).step_by(CHUNK).zip(column.chunks(CHUNK)) {
        let square = &mut square[..column.len()];
        square
            .iter_mut()
            .zip(column)
            .for_each(|(square, x)| *square = (x - mean) * (x - mean));
        squares += weighted(square, weight.map(|weight| &weight[first..first + column.len()]));
    }
    (mean, (squares / total).sqrt())
}
