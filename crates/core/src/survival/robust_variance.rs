//! The robust variance of a weighted curve: the infinitesimal jackknife.

/// The kind of variance of a survival curve.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum CurveVariance {
    /// Greenwood's variance, for case weights: a weight of 2 means two subjects.
    #[default]
    Greenwood,
    /// The infinitesimal jackknife, in which each row is one subject whatever its weight: for sampling weights and
    /// inverse probability weights. It does not change when all weights are multiplied by a constant.
    Robust,
}

/// The influence of each row of a curve on −log Ŝ: the derivative by its weight.
///
/// −log Ŝ(t) = −Σ log(1 − d/n) changes with the weight of row i by bᵢ(t) = Σ over t_j ≤ t of (dNᵢ(t_j) −
/// Yᵢ(t_j)·d_j/n_j)/(n_j − d_j): its own event, less the part of Greenwood's sum over which it was at risk. The
/// variance of log Ŝ is Σ wᵢ²·bᵢ². A statistic that is a sum over event times has a gain (a weight) at each of them.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Influence {
    rows: Vec<Row>,
    /// 1/(n − d) at each step; 0 where n = d.
    own: Vec<f64>,
    /// d/(n(n − d)) at each step; 0 where n = d.
    shared: Vec<f64>,
}

/// A row of the follow-up, in terms of steps of the curve.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Row {
    /// Weight of the row.
    pub weight: f64,
    /// Steps at or before its entry: it is at risk from the next on.
    pub entered: usize,
    /// The step at which its observation ends.
    pub end: usize,
    /// True if its observation ends with the event.
    pub is_event: bool,
}

impl Influence {
    /// Prepares the influence of rows, with the weight at risk and of events at each step.
    pub(super) fn new(rows: Vec<Row>, at_risk: &[f64], events: &[f64]) -> Self {
        let left = || at_risk.iter().zip(events).map(|(at_risk, events)| at_risk - events);
        let own: Vec<f64> = left().map(|left| if left > 0.0 { 1.0 / left } else { 0.0 }).collect();
        let hazards = at_risk.iter().zip(events).map(|(at_risk, events)| events / at_risk);
        Self {
            shared: hazards.zip(&own).map(|(hazard, own)| hazard * own).collect(),
            rows,
            own,
        }
    }

    /// Returns the variance of log Ŝ at each step. O(steps + rows · log rows).
    pub(super) fn log_variances(&self) -> Vec<f64> {
        let steps = self.own.len();
        let (mut by_entry, mut by_end) = (vec![Vec::new(); steps + 1], vec![Vec::new(); steps + 1]);
        for row in &self.rows {
            by_entry[row.entered].push(*row);
            by_end[row.end].push(*row);
        }
        let sums = self.prefix(|_| 1.0);
        let mut at_risk = AtRisk::default();
        let mut gone = 0.0;
        let mut variances: Vec<f64> = Vec::with_capacity(steps);
        for step in 0..steps {
            by_entry[step].iter().for_each(|row| at_risk.enter(row.weight));
            at_risk.advance(self.shared[step]);
            for row in &by_end[step] {
                let shared = sums[step + 1] - sums[row.entered];
                at_risk.leave(row.weight, shared);
                let own = if row.is_event { self.own[step] } else { 0.0 };
                gone += square(row.weight * (own - shared));
            }
            // Without an event nothing changes but by rounding, which must not decide where a limit is reached first.
            let before = if self.shared[step] > 0.0 {
                None
            } else {
                Some(variances.last().copied().unwrap_or(0.0))
            };
            variances.push(before.unwrap_or_else(|| gone + at_risk.second.max(0.0)));
        }
        variances
    }

    /// Σ (wᵢ · Σ over t_j of gain_j·(dNᵢ − Yᵢ·d_j/n_j)/(n_j − d_j))²: the variance of a statistic whose derivative by
    /// log(1 − d_j/n_j) is −gain_j. O(rows + steps).
    pub(super) fn variance(&self, gain: impl Fn(usize) -> f64) -> f64 {
        let sums = self.prefix(&gain);
        let parts = self.rows.iter().map(|row| {
            let own = if row.is_event {
                gain(row.end) * self.own[row.end]
            } else {
                0.0
            };
            square(row.weight * (own - (sums[row.end + 1] - sums[row.entered])))
        });
        parts.sum()
    }

    /// Returns sums of gain·d/(n(n − d)) over the first 0, 1, … steps.
    fn prefix(&self, gain: impl Fn(usize) -> f64) -> Vec<f64> {
        let mut sum = 0.0;
        let mut sums = Vec::with_capacity(self.shared.len() + 1);
        sums.push(sum);
        for (step, shared) in self.shared.iter().enumerate() {
            sum += gain(step) * shared;
            sums.push(sum);
        }
        sums
    }
}

/// Sums over those at risk of w², w²·g and w²·g², where g is the part of Greenwood's sum since each entered.
#[derive(Default)]
struct AtRisk {
    rows: usize,
    zeroth: f64,
    first: f64,
    second: f64,
}

impl AtRisk {
    fn enter(&mut self, weight: f64) {
        self.rows += 1;
        self.zeroth += weight * weight;
    }

    fn advance(&mut self, shared: f64) {
        self.second += shared * (2.0 * self.first + shared * self.zeroth);
        self.first += shared * self.zeroth;
    }

    fn leave(&mut self, weight: f64, since: f64) {
        self.rows -= 1;
        let square = weight * weight;
        self.zeroth -= square;
        self.first -= square * since;
        self.second -= square * since * since;
        // Adding and subtracting leaves rounding noise; sums over nobody are exactly 0.
        if self.rows == 0 {
            *self = Self::default();
        }
    }
}

fn square(x: f64) -> f64 {
    x * x
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows that leave without an event leave the variance as it is, to the last bit.
    #[test]
    fn the_variance_changes_at_events_only() {
        let weights = [0.7, 1.3, 0.4, 2.1, 1.6, 0.9, 1.1, 0.5].map(|weight| weight * 0.3);
        let events = [0, 2, 4, 5];
        let rows = weights.iter().enumerate().map(|(step, &weight)| Row {
            weight,
            entered: 0,
            end: step,
            is_event: events.contains(&step),
        });
        let at_risk: Vec<f64> = (0..8).map(|step| weights[step..].iter().sum()).collect();
        let of_events: Vec<f64> = (0..8)
            .map(|step| if events.contains(&step) { weights[step] } else { 0.0 })
            .collect();
        let found = Influence::new(rows.collect(), &at_risk, &of_events).log_variances();
        assert!(found[0] > 0.0);
        for step in 1..8 {
            assert_eq!(
                found[step] == found[step - 1],
                !events.contains(&step),
                "{step}: {found:?}"
            );
        }
    }
}
