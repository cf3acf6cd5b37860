//! Whether the partial likelihood has no maximum (separation): the test by a direction of recession.
//!
//! The log partial likelihood is concave. It has no maximum if and only if there is a direction d ≠ 0 along which it
//! never falls and somewhere rises: at every event the subject's d·x is the largest of all at risk, and at some event
//! strictly (Albert & Anderson 1984 for logistic models; Bryson & Johnson 1981, Technometrics 23:381, for Cox's; Heinze
//! & Schemper 2001). Such a direction appears as Newton steps that do not shrink; it is then confirmed event by event.

use core::cmp::Ordering;
use std::collections::BinaryHeap;

use super::Ties;
use super::lanes::extremes;
use super::newton::Maximum;
use super::partial::Partial;
use super::risk_order::{Moment, RiskOrder};

/// A step that moves no linear predictor by more than this has converged.
const STILL: f64 = 1e-3;
/// A linear predictor that spans more than this is far out: score and information may be rounding noise there, so that a
/// short step says nothing (e^−15 of the events are expected on one side).
const FAR: f64 = 15.0;
/// Further steps that remove other components from the direction.
const MORE_STEPS: u32 = 12;
/// Parts of a direction below this are convergence of the other coefficients.
const NO_PART: f64 = 1e-4;
/// A variance above this, in squared ranges of the covariate, is that of a coefficient that nothing determines.
const UNDETERMINED: f64 = 1e5;
/// Slack of the test, in parts of the spread of d·x.
const SLACK: f64 = 1e-6;

/// The result of examining the last iterate.
pub enum Verdict {
    /// The last iterate is the maximum.
    Fine,
    /// The maximum is a few steps further.
    Further(Maximum),
    /// There is no maximum; the limit of each coefficient.
    Recedes(Vec<Fate>),
    /// The steps do not converge, and no direction of recession is found.
    Unclear,
}

/// The limit of a coefficient where the likelihood has no maximum.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Fate {
    /// The coefficient has a finite limit.
    Finite,
    /// The coefficient diverges, to +∞ if `upwards`, else to −∞.
    Grows { upwards: bool },
    /// In the limit the likelihood does not depend on it.
    Free,
}

/// Examines the last iterate. O(np) where the maximum is clear.
pub fn examine(order: &RiskOrder, ties: Ties, end: &Maximum, mut at: impl FnMut(&[f64]) -> Partial) -> Verdict {
    let range = ranges(order);
    let mut here = end.clone();
    let mut step = here.factored.solve(&here.partial.score);
    if end.converged && reach(&step, &range) <= STILL {
        let far = reach(&end.beta, &range) > FAR;
        let direction = if far {
            receding(order, ties, &end.beta, &range)
        } else {
            None
        };
        return match direction {
            Some(direction) => Verdict::Recedes(fates(&direction, &here, &range)),
            None => Verdict::Fine,
        };
    }
    for _ in 0..MORE_STEPS {
        let next: Vec<f64> = here.beta.iter().zip(&step).map(|(beta, step)| beta + step).collect();
        let partial = at(&next);
        let slack = 1e-9 * partial.loglik.abs();
        if !partial.is_finite() || partial.loglik < here.partial.loglik - slack {
            break;
        }
        // Where the information is rounding noise, its solution is not a direction.
        let factored = super::matrix::Factored::new(&partial.information, 1e-10, 1e-10 * order.event_weight());
        if factored.rank() < order.p {
            break;
        }
        step = factored.solve(&partial.score);
        here = Maximum {
            beta: next,
            partial,
            factored,
            iterations: here.iterations + 1,
            converged: false,
        };
        if reach(&step, &range) <= STILL * STILL {
            here.converged = true;
            return if end.converged {
                Verdict::Fine
            } else {
                Verdict::Further(here)
            };
        }
    }
    // Any direction will do: each is confirmed event by event.
    let mut directions = [&step, &here.beta, &end.beta].into_iter();
    match directions.find_map(|direction| receding(order, ties, direction, &range)) {
        Some(direction) => Verdict::Recedes(fates(&direction, &here, &range)),
        None => Verdict::Unclear,
    }
}

/// Returns the limit of each coefficient. Along a confirmed direction the information on coefficients that the limit
/// does not determine falls as e^(−steps), so that their variances are enormous.
fn fates(direction: &[f64], here: &Maximum, range: &[f64]) -> Vec<Fate> {
    let inverse = here.factored.inverse();
    let fate = |(j, (&part, &range)): (usize, (&f64, &f64))| {
        let upwards = part > 0.0;
        if part != 0.0 && part.abs() * range >= NO_PART {
            Fate::Grows { upwards }
        } else if here.factored.is_aliased(j) || inverse.at(j, j) * range * range > UNDETERMINED {
            Fate::Free
        } else {
            Fate::Finite
        }
    };
    direction.iter().zip(range).enumerate().map(fate).collect()
}

/// Returns a confirmed direction of recession near this one, if there is any.
fn receding(order: &RiskOrder, ties: Ties, step: &[f64], range: &[f64]) -> Option<Vec<f64>> {
    let largest = reach(step, range);
    if !(largest.is_finite() && largest > 0.0) {
        return None;
    }
    let unit: Vec<f64> = step.iter().map(|part| part / largest).collect();
    let mut cleaned = unit.clone();
    for (part, range) in cleaned.iter_mut().zip(range) {
        if part.abs() * range < NO_PART {
            *part = 0.0;
        }
    }
    // Single covariates are tested without slack; the sum of those that recede is a direction too.
    let mut sum = vec![0.0; order.p];
    for j in 0..order.p {
        let mut single = vec![0.0; order.p];
        single[j] = cleaned[j].signum();
        if cleaned[j] != 0.0 && recedes(order, ties, &single, 1e-12 * range[j]) {
            sum[j] = cleaned[j];
        }
    }
    if recedes(order, ties, &cleaned, SLACK) {
        return Some(cleaned);
    }
    if sum.iter().any(|&part| part != 0.0) {
        return Some(sum);
    }
    recedes(order, ties, &unit, SLACK).then_some(unit)
}

pub fn ranges(order: &RiskOrder) -> Vec<f64> {
    let all = order.columns(0, order.row.len());
    let range = |j: usize| {
        let (low, high) = extremes(all.column(j));
        (high - low).max(0.0)
    };
    (0..order.p).map(range).collect()
}

/// Returns how far a step moves linear predictors against each other, the largest over single coefficients.
pub fn reach(step: &[f64], range: &[f64]) -> f64 {
    let parts = step.iter().zip(range).map(|(step, range)| step.abs() * range);
    parts.fold(0.0, |most, part| if part > most || part.is_nan() { part } else { most })
}

/// True if the log-likelihood never falls along `direction` and rises somewhere. O(n log n).
pub fn recedes(order: &RiskOrder, ties: Ties, direction: &[f64], slack: f64) -> bool {
    let value = |place: usize| order.x(place).zip(direction).map(|(x, d)| x * d).sum::<f64>();
    let mut rises = false;
    for stratum in order.strata() {
        let mut at_risk = Extremes::default();
        let mut next = stratum.places.start;
        for moment in &order.moments()[stratum.moments.clone()] {
            let events: Vec<f64> = places(order, moment, true).map(value).collect();
            let lowest = events.iter().copied().fold(f64::INFINITY, f64::min);
            let highest = events.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            for place in next..moment.first {
                at_risk.push(value(place), entry(order, place));
            }
            next = moment.end;
            for place in places(order, moment, false) {
                at_risk.push(value(place), entry(order, place));
            }
            let (low, high) = at_risk.range(moment.time);
            if high > lowest + slack || (ties != Ties::Exact && highest > lowest + slack) {
                return false;
            }
            // With exact ties any tied subset counts, so that only the highest values matter.
            let against = if ties == Ties::Exact { highest } else { lowest };
            rises |= low < against - slack;
            for (value, place) in events.iter().zip(places(order, moment, true)) {
                at_risk.push(*value, entry(order, place));
            }
        }
    }
    rises
}

fn entry(order: &RiskOrder, place: usize) -> Option<f64> {
    order.entries.as_ref().map(|entries| entries.entry[place])
}

fn places<'a>(order: &'a RiskOrder<'_>, moment: &Moment, events: bool) -> impl Iterator<Item = usize> + 'a {
    (moment.first..moment.end).filter(move |&place| order.is_event[place] == events)
}

/// The largest and the smallest value among those at risk, going backwards in time.
#[derive(Default)]
struct Extremes {
    highest: BinaryHeap<Bounded>,
    lowest: BinaryHeap<Bounded>,
    /// Without delayed entry nobody leaves, and two numbers suffice.
    plain: Option<(f64, f64)>,
}

struct Bounded {
    value: f64,
    entry: f64,
}

impl Extremes {
    fn push(&mut self, value: f64, entry: Option<f64>) {
        match entry {
            None => {
                let (low, high) = self.plain.unwrap_or((value, value));
                self.plain = Some((low.min(value), high.max(value)));
            }
            Some(entry) => {
                self.highest.push(Bounded { value, entry });
                self.lowest.push(Bounded { value: -value, entry });
            }
        }
    }

    fn range(&mut self, time: f64) -> (f64, f64) {
        let plain = self.plain.unwrap_or((f64::INFINITY, f64::NEG_INFINITY));
        let top = |heap: &mut BinaryHeap<Bounded>| {
            while heap.peek().is_some_and(|top| top.entry >= time) {
                heap.pop();
            }
            heap.peek().map_or(f64::NEG_INFINITY, |top| top.value)
        };
        let (high, low) = (top(&mut self.highest), -top(&mut self.lowest));
        (low.min(plain.0), high.max(plain.1))
    }
}

impl PartialEq for Bounded {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}
impl Eq for Bounded {}
impl PartialOrd for Bounded {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Bounded {
    fn cmp(&self, other: &Self) -> Ordering {
        self.value.total_cmp(&other.value)
    }
}
