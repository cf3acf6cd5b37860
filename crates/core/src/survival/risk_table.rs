//! Numbers at risk and events by cause at each time of a group with competing causes.

use super::{FollowUp, sorted_by};

/// Numbers at risk and events at each distinct time of one group.
pub(super) struct RiskTable {
    pub time: Vec<f64>,
    /// End of each time's rows in `FollowUp::order`.
    pub end: Vec<usize>,
    /// Weight at risk just before each time.
    pub at_risk: Vec<f64>,
    /// Weight of events, cause by cause within a time.
    pub events: Vec<f64>,
    /// True for each time at which everybody at risk has an event.
    pub everyone: Vec<bool>,
    /// Index of each row's cause; the number of causes where the row is censored.
    pub cause: Vec<u32>,
    pub causes: usize,
    /// For each row the number of distinct times at or before its entry (empty without delayed entry).
    pub entered_after: Vec<u32>,
}

impl RiskTable {
    pub fn new(group: &FollowUp, causes: &[u32]) -> Self {
        let times = group.time();
        let weight = |row: u32| group.weight().map_or(1.0, |weight| weight[row as usize]);
        let cause: Vec<u32> = group
            .event()
            .iter()
            .map(|event| causes.binary_search(event).unwrap_or(causes.len()) as u32)
            .collect();
        let order = group.order();
        let mut table = Self {
            time: Vec::new(),
            end: Vec::new(),
            at_risk: Vec::new(),
            events: Vec::new(),
            everyone: Vec::new(),
            cause,
            causes: causes.len(),
            entered_after: Vec::new(),
        };
        let mut counts: Vec<(usize, usize)> = Vec::new();
        let mut start = 0;
        while start < order.len() {
            let time = times[order[start] as usize];
            let tied = order[start..]
                .iter()
                .take_while(|&&row| times[row as usize] == time)
                .count();
            let first = table.events.len();
            table.events.resize(first + causes.len(), 0.0);
            let mut failed = 0;
            for &row in &order[start..start + tied] {
                let k = table.cause[row as usize] as usize;
                if k < causes.len() {
                    table.events[first + k] += weight(row);
                    failed += 1;
                }
            }
            start += tied;
            table.time.push(time);
            table.end.push(start);
            counts.push((tied, failed));
        }
        table.count_at_risk(group, &counts, weight);
        table
    }

    /// Sums backwards from the last time, so that small risk sets lose no digits.
    fn count_at_risk(&mut self, group: &FollowUp, counts: &[(usize, usize)], weight: impl Fn(u32) -> f64) {
        let n_times = self.time.len();
        let order = group.order();
        self.at_risk = vec![0.0; n_times];
        self.everyone = vec![false; n_times];
        let entries = group.entry().map(|entry| (entry, sorted_by(entry)));
        if let Some((entry, by_entry)) = &entries {
            self.entered_after = vec![0; entry.len()];
            let mut passed = 0;
            for &row in by_entry {
                while passed < n_times && self.time[passed] <= entry[row as usize] {
                    passed += 1;
                }
                self.entered_after[row as usize] = passed as u32;
            }
        }
        let mut later = entries.as_ref().map_or(0, |(_, by_entry)| by_entry.len());
        let (mut weight_left, mut left) = (0.0, 0_usize);
        for index in (0..n_times).rev() {
            let (tied, failed) = counts[index];
            let end = self.end[index];
            weight_left += order[end - tied..end].iter().map(|&row| weight(row)).sum::<f64>();
            left += tied;
            if let Some((entry, by_entry)) = &entries {
                while later > 0 && entry[by_entry[later - 1] as usize] >= self.time[index] {
                    later -= 1;
                    weight_left -= weight(by_entry[later]);
                    left -= 1;
                }
            }
            self.at_risk[index] = weight_left;
            self.everyone[index] = left == failed;
        }
    }

    /// Returns the hazard of each cause at a time: events over those at risk, with a sum of exactly one where all have
    /// an event.
    pub fn hazards(&self, index: usize) -> impl Iterator<Item = f64> {
        let events = &self.events[index * self.causes..(index + 1) * self.causes];
        let at_risk = if self.everyone[index] {
            events.iter().sum()
        } else {
            self.at_risk[index]
        };
        events.iter().map(move |each| each / at_risk)
    }

    /// Returns the event-free fraction, and the incidence of each cause, after each time.
    pub fn curves(&self) -> (Vec<f64>, Vec<Vec<f64>>) {
        let n_times = self.time.len();
        let mut event_free = Vec::with_capacity(n_times);
        let mut incidence = vec![0.0; self.causes];
        let mut estimates = vec![Vec::with_capacity(n_times); self.causes];
        let mut free = 1.0;
        for index in 0..n_times {
            let mut total = 0.0;
            for ((sum, column), hazard) in incidence.iter_mut().zip(&mut estimates).zip(self.hazards(index)) {
                *sum += free * hazard;
                total += hazard;
                column.push(*sum);
            }
            free *= if self.everyone[index] {
                0.0
            } else {
                (1.0 - total).max(0.0)
            };
            event_free.push(free);
        }
        (event_free, estimates)
    }
}
