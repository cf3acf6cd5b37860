//! Concordance of a score with the order of events (Harrell's C; Therneau & Watson 2015).

use super::{FollowUp, sorted_by};
use crate::cohort::Labels;

/// Pairs whose order in time is known, by how their scores stand. Sums of products of the two weights.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Concordance {
    /// (concordant + tied / 2) over all comparable pairs; `None` where no pair is comparable.
    pub c: Option<f64>,
    /// Standard error of `c` by the infinitesimal jackknife.
    pub std_err: Option<f64>,
    /// The subject with the higher score had the event first.
    pub concordant: f64,
    /// The subject with the lower score had the event first.
    pub discordant: f64,
    /// Both have one score.
    pub tied: f64,
}

/// What a row has in comparable pairs: weights of the partners.
#[derive(Clone, Copy, Default)]
struct Pairs {
    concordant: f64,
    discordant: f64,
    tied: f64,
}

/// Concordance of `risk_score` (higher means earlier events) with the follow-up, as R's
/// `concordance(coxph(…))`: c is that of `concordancefit(reverse = TRUE)`, with its `sqrt(var)`.
///
/// A pair is comparable where one had the event while the other was at risk, later than that or censored at that very
/// time; with strata both are of one stratum; with delayed entry the other was under observation then. Events at one
/// time are not compared. With clusters the jackknife leaves out one cluster at a time. Scores must be finite and, like
/// labels, as many as rows: `None` otherwise. O(n log n).
#[must_use]
pub fn concordance(
    follow_up: &FollowUp,
    risk_score: &[f64],
    strata: Option<&Labels>,
    cluster: Option<&Labels>,
) -> Option<Concordance> {
    let n = follow_up.len();
    let fits = [strata, cluster]
        .into_iter()
        .flatten()
        .all(|labels| labels.codes.len() == n);
    if !fits || risk_score.len() != n || !risk_score.iter().all(|score| score.is_finite()) {
        return None;
    }
    let by_entry = follow_up.entry().map(sorted_by);
    let mut pairs = vec![Pairs::default(); n];
    for rows in Rows::by_stratum(follow_up, by_entry.as_deref(), strata) {
        count_pairs(follow_up, risk_score, &rows, &mut pairs);
    }
    Some(summarise(follow_up, &pairs, cluster))
}

/// Rows of a stratum, ascending in time and in entry.
struct Rows {
    by_time: Vec<u32>,
    by_entry: Vec<u32>,
}

impl Rows {
    fn by_stratum(follow_up: &FollowUp, by_entry: Option<&[u32]>, strata: Option<&Labels>) -> Vec<Self> {
        let count = strata.map_or(1, |labels| {
            labels.codes.iter().max().map_or(1, |&most| most as usize + 1)
        });
        let split = |order: &[u32]| {
            let mut parts = vec![Vec::new(); count];
            for &row in order {
                parts[strata.map_or(0, |labels| labels.codes[row as usize] as usize)].push(row);
            }
            parts
        };
        let entries = by_entry.map_or_else(|| vec![Vec::new(); count], split);
        let parts = split(follow_up.order()).into_iter().zip(entries);
        parts.map(|(by_time, by_entry)| Self { by_time, by_entry }).collect()
    }
}

/// Two walks over a stratum: backwards each event meets those still at risk, forwards each row meets the events that
/// it outlived. A tree of weights by score answers how much lies below and at a score.
fn count_pairs(follow_up: &FollowUp, score: &[f64], rows: &Rows, pairs: &mut [Pairs]) {
    let rank = ranks(score, &rows.by_time, follow_up.len());
    let mut tree = Tree::new(rows.by_time.len());
    events_meet_survivors(follow_up, rows, &rank, &mut tree, pairs);
    tree.clear();
    survivors_meet_events(follow_up, rows, &rank, &mut tree, pairs);
}

/// Dense ranks of the scores of these rows, from 0; indexed by row of the file.
fn ranks(score: &[f64], rows: &[u32], n: usize) -> Vec<u32> {
    let values: Vec<f64> = rows.iter().map(|&row| score[row as usize]).collect();
    let mut rank = vec![0; n];
    let (mut next, mut last) = (0, f64::NAN);
    for index in sorted_by(&values) {
        let value = values[index as usize];
        if value != last && !last.is_nan() {
            next += 1;
        }
        last = value;
        rank[rows[index as usize] as usize] = next;
    }
    rank
}

fn weight(follow_up: &FollowUp, row: u32) -> f64 {
    follow_up.weight().map_or(1.0, |weight| weight[row as usize])
}

fn events_meet_survivors(follow_up: &FollowUp, rows: &Rows, rank: &[u32], tree: &mut Tree, pairs: &mut [Pairs]) {
    let (time, event) = (follow_up.time(), follow_up.event());
    let mut end = rows.by_time.len();
    let mut leaving = rows.by_entry.len();
    let mut at_risk = vec![false; if rows.by_entry.is_empty() { 0 } else { follow_up.len() }];
    while end > 0 {
        let now = time[rows.by_time[end - 1] as usize];
        let first = rows.by_time[..end].partition_point(|&row| time[row as usize] < now);
        let tied = &rows.by_time[first..end];
        end = first;
        if let Some(entry) = follow_up.entry() {
            while leaving > 0 && entry[rows.by_entry[leaving - 1] as usize] >= now {
                leaving -= 1;
                let row = rows.by_entry[leaving];
                if core::mem::take(&mut at_risk[row as usize]) {
                    tree.add(rank[row as usize], -weight(follow_up, row));
                }
            }
        }
        let (events, censored): (Vec<u32>, Vec<u32>) = tied.iter().partition(|&&row| event[row as usize] != 0);
        let mut enter = |tree: &mut Tree, row: u32| {
            tree.add(rank[row as usize], weight(follow_up, row));
            if let Some(at_risk) = at_risk.get_mut(row as usize) {
                *at_risk = true;
            }
        };
        censored.iter().for_each(|&row| enter(tree, row));
        for &row in &events {
            let (below, same) = tree.below_and_at(rank[row as usize]);
            let pair = &mut pairs[row as usize];
            pair.concordant += below;
            pair.tied += same;
            pair.discordant += tree.total - below - same;
        }
        events.iter().for_each(|&row| enter(tree, row));
    }
}

fn survivors_meet_events(follow_up: &FollowUp, rows: &Rows, rank: &[u32], tree: &mut Tree, pairs: &mut [Pairs]) {
    let (time, event) = (follow_up.time(), follow_up.event());
    let mut first = 0;
    let mut entering = 0;
    let mut meet = |tree: &Tree, row: u32, sign: f64| {
        let (below, same) = tree.below_and_at(rank[row as usize]);
        let pair = &mut pairs[row as usize];
        pair.concordant += sign * (tree.total - below - same);
        pair.tied += sign * same;
        pair.discordant += sign * below;
    };
    while first < rows.by_time.len() {
        let now = time[rows.by_time[first] as usize];
        if let Some(entry) = follow_up.entry() {
            // Events at or before its entry happened while it was not under observation.
            while entering < rows.by_entry.len() && entry[rows.by_entry[entering] as usize] < now {
                meet(tree, rows.by_entry[entering], -1.0);
                entering += 1;
            }
        }
        let mut end = first;
        while end < rows.by_time.len() && time[rows.by_time[end] as usize] == now {
            end += 1;
        }
        let tied = &rows.by_time[first..end];
        let is_event = |row: &&u32| event[**row as usize] != 0;
        tied.iter().filter(is_event).for_each(|&row| meet(tree, row, 1.0));
        for &row in tied.iter().filter(is_event) {
            tree.add(rank[row as usize], weight(follow_up, row));
        }
        tied.iter()
            .filter(|row| !is_event(row))
            .for_each(|&row| meet(tree, row, 1.0));
        first = end;
    }
}

fn summarise(follow_up: &FollowUp, pairs: &[Pairs], cluster: Option<&Labels>) -> Concordance {
    let mut sum = Pairs::default();
    for (row, pair) in (0_u32..).zip(pairs) {
        // Each pair stands twice, once with either partner.
        let half = weight(follow_up, row) / 2.0;
        sum.concordant += half * pair.concordant;
        sum.discordant += half * pair.discordant;
        sum.tied += half * pair.tied;
    }
    let comparable = sum.concordant + sum.discordant + sum.tied;
    let counted = Concordance {
        c: None,
        std_err: None,
        concordant: sum.concordant,
        discordant: sum.discordant,
        tied: sum.tied,
    };
    if !(comparable > 0.0) {
        return counted;
    }
    let somers = (sum.concordant - sum.discordant) / comparable;
    let influence = (0_u32..).zip(pairs).map(|(row, pair)| {
        let all = pair.concordant + pair.discordant + pair.tied;
        weight(follow_up, row) * ((pair.concordant - pair.discordant) - somers * all) / comparable
    });
    let squares: f64 = match cluster {
        None => influence.map(|each| each * each).sum(),
        Some(labels) => {
            let count = labels.codes.iter().max().map_or(0, |&most| most as usize + 1);
            let mut sums = vec![0.0; count];
            for (each, &code) in influence.zip(&labels.codes) {
                sums[code as usize] += each;
            }
            sums.iter().map(|each| each * each).sum()
        }
    };
    Concordance {
        c: Some(f64::midpoint(somers, 1.0)),
        std_err: Some(squares.sqrt() / 2.0),
        ..counted
    }
}

/// Sums of weights below a rank, in O(log n) (Fenwick 1994).
struct Tree {
    sums: Vec<f64>,
    at: Vec<f64>,
    total: f64,
}

impl Tree {
    fn new(size: usize) -> Self {
        Self {
            sums: vec![0.0; size + 1],
            at: vec![0.0; size],
            total: 0.0,
        }
    }

    fn clear(&mut self) {
        self.sums.fill(0.0);
        self.at.fill(0.0);
        self.total = 0.0;
    }

    fn add(&mut self, rank: u32, weight: f64) {
        self.total += weight;
        self.at[rank as usize] += weight;
        let mut index = rank as usize + 1;
        while index < self.sums.len() {
            self.sums[index] += weight;
            index += index & index.wrapping_neg();
        }
    }

    fn below_and_at(&self, rank: u32) -> (f64, f64) {
        let mut index = rank as usize;
        let mut below = 0.0;
        while index > 0 {
            below += self.sums[index];
            index &= index - 1;
        }
        (below, self.at[rank as usize])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn four_subjects_by_hand() {
        // Pairs: 1-2 concordant, 1-3 discordant, 1-4 tied, 2-3 discordant, 2-4 discordant; 3 is censored at 3, when
        // nobody else has an event; 4 is the last.
        let follow_up = FollowUp::new(vec![1.0, 2.0, 3.0, 4.0], vec![1, 1, 0, 1]).unwrap();
        let found = concordance(&follow_up, &[2.0, 1.0, 3.0, 2.0], None, None).unwrap();
        assert_eq!((found.concordant, found.discordant, found.tied), (1.0, 3.0, 1.0));
        assert!((found.c.unwrap() - 0.3).abs() < 1e-15);
        let nobody = FollowUp::new(vec![1.0, 2.0], vec![0, 0]).unwrap();
        assert_eq!(concordance(&nobody, &[1.0, 2.0], None, None).unwrap().c, None);
        assert!(concordance(&nobody, &[1.0], None, None).is_none());
    }
}
