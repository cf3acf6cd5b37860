//! Standard errors of cumulative incidences, in linear time.

use super::FollowUp;
use super::risk_table::RiskTable;

/// Returns the standard errors of the infinitesimal jackknife: √Σᵢ (wᵢ Uᵢ(t))² with Uᵢ = ∂F_k(t)/∂wᵢ, one column a
/// cause.
///
/// With bᵢ the influence of subject i on −log S, each event time u with hazards h_k changes it by
///
/// - Uᵢ ← Uᵢ − S(u−)·h_k·bᵢ for everyone, then
/// - Uᵢ ← Uᵢ + S(u−)·(dN_ik − Yᵢ·h_k)/Y and bᵢ ← bᵢ + (dNᵢ − Yᵢ·h)/(Y·(1 − h)).
///
/// All at risk who entered together share the part that is not their own event, so that the sums of w²U², w²Ub and w²b²
/// over everyone and of w²U and w²b over those at risk are sufficient: O(n) instead of O(n·times).
pub(super) fn jackknife_std_err(
    group: &FollowUp,
    risk: &RiskTable,
    event_free: &[f64],
    estimates: &[Vec<f64>],
) -> Vec<Vec<f64>> {
    let mut sums = Influence::new(risk.causes);
    let mut history = History::new(risk);
    let by_entry = group.entry().map(super::sorted_by);
    let square = |row: u32| {
        group
            .weight()
            .map_or(1.0, |weight| weight[row as usize] * weight[row as usize])
    };
    let order = group.order();
    if by_entry.is_none() {
        sums.at_risk = order.iter().map(|&row| square(row)).sum();
        sums.count = order.len();
    }
    let mut std_err = vec![Vec::with_capacity(risk.time.len()); risk.causes];
    let (mut entered, mut start, mut free) = (0, 0, 1.0);
    let mut hazards = Vec::with_capacity(risk.causes);
    for index in 0..risk.time.len() {
        if let Some(by_entry) = &by_entry {
            while let Some(&row) = by_entry.get(entered)
                && risk.entered_after[row as usize] as usize <= index
            {
                sums.at_risk += square(row);
                sums.count += 1;
                entered += 1;
            }
        }
        hazards.clear();
        hazards.extend(risk.hazards(index));
        let step = Step::new(free, &hazards, risk.at_risk[index], risk.everyone[index]);
        if hazards.iter().any(|&hazard| hazard > 0.0) {
            sums.advance(&step, &hazards);
            history.advance(&step, &hazards);
        }
        history.record(index + 1, estimates, index);
        for &row in &order[start..risk.end[index]] {
            let since = risk.entered_after.get(row as usize).map_or(0, |&after| after as usize);
            sums.leave(square(row), &step, risk.cause[row as usize] as usize, &history, since);
        }
        start = risk.end[index];
        free = event_free[index];
        for (column, sum) in std_err.iter_mut().zip(&sums.causes) {
            column.push(sum.uu.max(0.0).sqrt());
        }
    }
    std_err
}

/// The increments at one time.
struct Step {
    /// Event-free fraction just before, S(u−).
    free: f64,
    /// One over the weight at risk, 1/Y.
    per_subject: f64,
    /// Increment of b by an event: 1/(Y(1 − h)), or 0 where nobody is left.
    own: f64,
    /// Increment of b by being at risk.
    shared: f64,
}

impl Step {
    fn new(free: f64, hazards: &[f64], at_risk: f64, everyone: bool) -> Self {
        let hazard: f64 = hazards.iter().sum();
        let own = if everyone || hazard >= 1.0 {
            0.0
        } else {
            1.0 / (at_risk * (1.0 - hazard))
        };
        Self {
            free,
            per_subject: 1.0 / at_risk,
            own,
            shared: -hazard * own,
        }
    }
}

/// Sums over subjects for one cause.
#[derive(Clone, Default)]
struct CauseSums {
    /// Σ w²U² and Σ w²Ub over everyone.
    uu: f64,
    ub: f64,
    /// Σ w²U over those at risk.
    u: f64,
}

struct Influence {
    causes: Vec<CauseSums>,
    /// Σ w²b² over everyone.
    bb: f64,
    /// Σ w²b and Σ w² over those at risk, and their number.
    b: f64,
    at_risk: f64,
    count: usize,
}

impl Influence {
    fn new(causes: usize) -> Self {
        Self {
            causes: vec![CauseSums::default(); causes],
            bb: 0.0,
            b: 0.0,
            at_risk: 0.0,
            count: 0,
        }
    }

    fn advance(&mut self, step: &Step, hazards: &[f64]) {
        let shared = step.shared;
        for (sum, hazard) in self.causes.iter_mut().zip(hazards) {
            let jump = step.free * hazard;
            sum.uu += jump * (jump * self.bb - 2.0 * sum.ub);
            sum.ub -= jump * self.bb;
            sum.u -= jump * self.b;
            let add = -jump * step.per_subject;
            sum.uu += add * (2.0 * sum.u + add * self.at_risk);
            sum.ub += add * self.b + shared * (sum.u + add * self.at_risk);
            sum.u += add * self.at_risk;
        }
        self.bb += shared * (2.0 * self.b + shared * self.at_risk);
        self.b += shared * self.at_risk;
    }

    /// Applies a subject's own event, and removes it from the risk set.
    fn leave(&mut self, square: f64, step: &Step, cause: usize, history: &History, since: usize) {
        let has_event = cause < self.causes.len();
        let b = history.b(since);
        let b_after = if has_event { b + step.own } else { b };
        for (k, sum) in self.causes.iter_mut().enumerate() {
            let u = history.u(k, since);
            sum.u -= square * u;
            if has_event {
                let after = if k == cause {
                    u + step.free * step.per_subject
                } else {
                    u
                };
                sum.uu += square * (after * after - u * u);
                sum.ub += square * (after * b_after - u * b);
            }
        }
        self.bb += square * (b_after * b_after - b * b);
        self.b -= square * b;
        self.at_risk -= square;
        self.count -= 1;
        if self.count == 0 {
            self.at_risk = 0.0;
            self.b = 0.0;
            self.causes.iter_mut().for_each(|sum| sum.u = 0.0);
        }
    }
}

/// The influence shared by all at risk, at the current time and (where entry is delayed) after each time.
struct History {
    causes: usize,
    /// Σ of the shared increments of b.
    b: f64,
    /// For each cause Σ of the shared increments of U, less jump·b.
    u: Vec<f64>,
    incidence: Vec<f64>,
    /// The same after 0, 1, … times: b, then u and the incidence for each cause. Empty without delayed entry.
    past: Vec<f64>,
}

impl History {
    fn new(risk: &RiskTable) -> Self {
        let delayed = !risk.entered_after.is_empty();
        let width = 1 + 2 * risk.causes;
        Self {
            causes: risk.causes,
            b: 0.0,
            u: vec![0.0; risk.causes],
            incidence: vec![0.0; risk.causes],
            past: if delayed {
                vec![0.0; (risk.time.len() + 1) * width]
            } else {
                Vec::new()
            },
        }
    }

    fn advance(&mut self, step: &Step, hazards: &[f64]) {
        for (u, hazard) in self.u.iter_mut().zip(hazards) {
            let jump = step.free * hazard;
            *u -= jump * (step.per_subject + self.b);
        }
        self.b += step.shared;
    }

    fn record(&mut self, place: usize, estimates: &[Vec<f64>], index: usize) {
        for (incidence, column) in self.incidence.iter_mut().zip(estimates) {
            *incidence = column[index];
        }
        let width = 1 + 2 * self.causes;
        if let Some(past) = self.past.get_mut(place * width..(place + 1) * width) {
            past[0] = self.b;
            past[1..=self.causes].copy_from_slice(&self.u);
            past[1 + self.causes..].copy_from_slice(&self.incidence);
        }
    }

    /// Returns the current influence on −log S, without an own event, of subjects who entered after `since` times.
    fn b(&self, since: usize) -> f64 {
        self.b - self.past(since, 0)
    }

    /// Returns the influence on the incidence of cause k of the same subjects.
    fn u(&self, k: usize, since: usize) -> f64 {
        let gone = self.incidence[k] - self.past(since, 1 + self.causes + k);
        self.u[k] - self.past(since, 1 + k) + self.past(since, 0) * gone
    }

    fn past(&self, since: usize, column: usize) -> f64 {
        self.past
            .get(since * (1 + 2 * self.causes) + column)
            .copied()
            .unwrap_or(0.0)
    }
}

/// Returns standard errors by Aalen's variance, with ties treated as drawn without replacement, one column for each
/// cause; they change only at the cause's own events. (Aalen, Ann Stat 1978;6:534; Gray's `cuminc`.)
pub(super) fn aalen_std_err(risk: &RiskTable, event_free: &[f64], estimates: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let column = |(k, estimate): (usize, &Vec<f64>)| {
        let (mut v1, mut v2, mut v3, mut variance, mut free) = (0.0, 0.0, 0.0, 0.0_f64, 1.0);
        let mut std_err = Vec::with_capacity(estimate.len());
        for index in 0..estimate.len() {
            let (at_risk, after, incidence) = (risk.at_risk[index], event_free[index], estimate[index]);
            let events = &risk.events[index * risk.causes..(index + 1) * risk.causes];
            let own = events[k];
            let others: f64 = events.iter().sum::<f64>() - own;
            let inverse = if after > 0.0 { 1.0 / after } else { 0.0 };
            let mut add = |events: f64, own: f64| {
                let ties = if events > 1.0 {
                    1.0 - (events - 1.0) / (at_risk - 1.0)
                } else {
                    1.0
                };
                let term = free * free * ties * events / (at_risk * at_risk);
                let lead = own + inverse * incidence;
                v1 += lead * lead * term;
                v2 += inverse * lead * term;
                v3 += inverse * inverse * term;
            };
            if others > 0.0 && after > 0.0 {
                add(others, 0.0);
            }
            if own > 0.0 {
                add(own, 1.0);
                variance = v1 + incidence * (incidence * v3 - 2.0 * v2);
            }
            std_err.push(variance.max(0.0).sqrt());
            free = after;
        }
        std_err
    };
    estimates.iter().enumerate().map(column).collect()
}
