//! One pass backwards in time over all risk sets.

use super::risk_order::{Moment, RiskOrder, Stratum};

/// Sums over the rows at risk. `risk` is weight · exp(linear predictor), relative to the sweep's shift.
pub trait RiskSums {
    /// Sets all sums to 0: nobody is at risk.
    fn clear(&mut self);
    /// Adds a row that comes under observation (going backwards in time); removes it where `risk` is negative.
    fn add(&mut self, x: &[f64], risk: f64);
    /// Multiplies all sums by `factor`, as the shift has changed.
    fn rescale(&mut self, factor: f64);
    /// Returns the sum of the risks.
    fn total(&self) -> f64;
}

/// A moment as the sweep meets it.
pub struct Met<'a> {
    pub index: usize,
    pub moment: Moment,
    /// Risks of the rows that end at this moment, in order of place.
    pub risk: &'a [f64],
    /// Risks are exp(linear predictor − shift).
    pub shift: f64,
}

/// Linear predictors this far above the shift move it.
const HEADROOM: f64 = 60.0;
/// Sums that fell below this part of their peak are recomputed: the rest of a difference of large numbers is noise.
const WORN: f64 = 1e-4;

/// Processes all strata and all moments, latest first, with the sums over those at risk just before each moment.
///
/// One exponential a row (two with delayed entry). Linear predictors of any size neither overflow nor underflow: the
/// shift follows the largest among those at risk.
pub fn sweep<S: RiskSums>(order: &RiskOrder, eta: &[f64], sums: &mut S, mut at: impl FnMut(&S, &Met<'_>)) {
    let mut risk = vec![0.0; longest(order)];
    let mut inside = Inside::new(order);
    let mut x = vec![0.0; order.p];
    for stratum in order.strata() {
        sums.clear();
        let mut state = Shift { shift: 0.0, peak: 0.0 };
        inside.begin(stratum);
        let mut next = stratum.places.start;
        for index in stratum.moments.clone() {
            let moment = order.moments()[index];
            inside.leave(order, eta, moment.time, sums, &mut state);
            while next < moment.end {
                let place = next;
                next += 1;
                if !inside.enters(order, place, moment.time) {
                    continue;
                }
                if sums.total() == 0.0 {
                    state.shift = eta[place];
                }
                let mut relative = eta[place] - state.shift;
                if relative > HEADROOM {
                    let factor = libm::exp(-relative);
                    sums.rescale(factor);
                    state.peak *= factor;
                    state.shift = eta[place];
                    relative = 0.0;
                    let done = place.saturating_sub(moment.first);
                    risk[..done].iter_mut().for_each(|risk| *risk *= factor);
                }
                let each = libm::exp(relative) * order.weight(place);
                if place >= moment.first {
                    risk[place - moment.first] = each;
                }
                order.read(place, &mut x);
                sums.add(&x, each);
            }
            state.peak = state.peak.max(sums.total());
            at(
                sums,
                &Met {
                    index,
                    moment,
                    risk: &risk[..moment.end - moment.first],
                    shift: state.shift,
                },
            );
        }
    }
}

struct Shift {
    shift: f64,
    peak: f64,
}

fn longest(order: &RiskOrder) -> usize {
    let lengths = order.moments().iter().map(|moment| moment.end - moment.first);
    lengths.max().unwrap_or(0)
}

/// The places at risk, where entry is delayed: an unordered list from which sums can be recomputed.
struct Inside {
    delayed: bool,
    members: Vec<u32>,
    x: Vec<f64>,
    /// Position in `members` of each place; `ABSENT` where it is not at risk.
    position: Vec<u32>,
    /// The next that may leave, in `Entries::leaving`.
    next_to_leave: usize,
    end: usize,
}

const ABSENT: u32 = u32::MAX;

impl Inside {
    fn new(order: &RiskOrder) -> Self {
        let n = if order.entries.is_some() { order.row.len() } else { 0 };
        Self {
            delayed: order.entries.is_some(),
            members: Vec::new(),
            x: vec![0.0; order.p],
            position: vec![ABSENT; n],
            next_to_leave: 0,
            end: 0,
        }
    }

    fn begin(&mut self, stratum: &Stratum) {
        self.members.clear();
        self.next_to_leave = stratum.places.start;
        self.end = stratum.places.end;
    }

    /// True if the row at a place is at risk at `time`, which is at or before its end; it is listed then.
    fn enters(&mut self, order: &RiskOrder, place: usize, time: f64) -> bool {
        let Some(entries) = &order.entries else {
            return true;
        };
        if entries.entry[place] >= time {
            return false;
        }
        self.position[place] = self.members.len() as u32;
        self.members.push(place as u32);
        true
    }

    /// Removes from the sums the rows that were not yet under observation at `time`.
    fn leave<S: RiskSums>(&mut self, order: &RiskOrder, eta: &[f64], time: f64, sums: &mut S, state: &mut Shift) {
        let Some(entries) = order.entries.as_ref().filter(|_| self.delayed) else {
            return;
        };
        let mut left = false;
        while self.next_to_leave < self.end {
            let place = entries.leaving[self.next_to_leave] as usize;
            if entries.entry[place] < time {
                break;
            }
            self.next_to_leave += 1;
            let position = core::mem::replace(&mut self.position[place], ABSENT);
            if position == ABSENT {
                continue;
            }
            self.members.swap_remove(position as usize);
            if let Some(&moved) = self.members.get(position as usize) {
                self.position[moved as usize] = position;
            }
            left = true;
            order.read(place, &mut self.x);
            sums.add(&self.x, -libm::exp(eta[place] - state.shift) * order.weight(place));
        }
        if left && (self.members.is_empty() || sums.total() <= WORN * state.peak) {
            self.recompute(order, eta, sums, state);
        }
    }

    fn recompute<S: RiskSums>(&mut self, order: &RiskOrder, eta: &[f64], sums: &mut S, state: &mut Shift) {
        sums.clear();
        let members = || self.members.iter().map(|&place| place as usize);
        state.peak = 0.0;
        let Some(largest) = members().map(|place| eta[place]).max_by(f64::total_cmp) else {
            return;
        };
        state.shift = largest;
        for &place in &self.members {
            let place = place as usize;
            order.read(place, &mut self.x);
            sums.add(&self.x, libm::exp(eta[place] - largest) * order.weight(place));
        }
        state.peak = sums.total();
    }
}
