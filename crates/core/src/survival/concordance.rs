//! Concordance of a score with the order of events (Harrell's C; Therneau & Watson 2015).

use super::Labels;
use super::{FollowUp, sorted_by};

/// Comparable pairs, counted by the order of their scores. Counts are sums of products of the two weights.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Concordance {
    /// (concordant + tied / 2) over all comparable pairs; `None` where no pair is comparable.
    pub c: Option<f64>,
    /// Standard error of `c` by the infinitesimal jackknife.
    pub std_err: Option<f64>,
    /// Pairs in which the subject with the higher score had the event first.
    pub concordant: f64,
    /// Pairs in which the subject with the lower score had the event first.
    pub discordant: f64,
    /// Pairs with equal scores.
    pub tied: f64,
}

/// Comparable pairs of one row: sums of the partners' weights.
#[derive(Clone, Copy, Default)]
struct Pairs {
    concordant: f64,
    discordant: f64,
    tied: f64,
}

/// Returns the concordance of `risk_score` (higher means earlier events) with the follow-up, as R's
/// `concordance(coxph(…))`: c is that of `concordancefit(reverse = TRUE)`, with its `sqrt(var)`.
///
/// A pair is comparable where one had the event while the other was still at risk or was censored at that same time;
/// with strata both must be in one stratum; with delayed entry the other must have been under observation. Events at
/// one time are not compared. With clusters the jackknife omits one cluster at a time. Returns `None` unless scores are
/// finite and there is one score (and label) for each row. O(n log n).
///
/// ```
/// use cotside_core::survival::{FollowUp, concordance};
///
/// // R: concordance(Surv(time, event) ~ score, reverse = TRUE)
/// let time = vec![1.0, 3.0, 4.0, 4.0, 6.0, 7.0, 8.0, 9.0, 11.0, 12.0];
/// let follow_up = FollowUp::new(time, vec![1, 1, 1, 0, 1, 0, 1, 1, 0, 1]).unwrap();
/// let score = [2.0, 0.0, 1.0, 3.0, 1.0, 0.0, 2.0, 0.0, 1.0, 0.0];
/// let found = concordance(&follow_up, &score, None, None).unwrap();
/// assert_eq!((found.concordant, found.discordant, found.tied), (16.0, 10.0, 8.0));
/// assert!((found.c.unwrap() - 0.588_235_294_118).abs() < 1e-11);
/// assert!((found.std_err.unwrap() - 0.134_392_432_429).abs() < 1e-11);
/// ```
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

/// Rows of a stratum, ascending in time; a row's position in them is its place.
struct Rows {
    by_time: Vec<u32>,
    /// Rows ascending in entry; empty without delayed entry.
    by_entry: Vec<u32>,
}

impl Rows {
    fn by_stratum(follow_up: &FollowUp, by_entry: Option<&[u32]>, strata: Option<&Labels>) -> Vec<Self> {
        let count = strata.map_or(1, |labels| {
            labels.codes.iter().max().map_or(1, |&most| most as usize + 1)
        });
        let split = |order: &[u32]| {
            let Some(labels) = strata else {
                return vec![order.to_vec()];
            };
            let mut parts = vec![Vec::new(); count];
            for &row in order {
                parts[labels.codes[row as usize] as usize].push(row);
            }
            parts
        };
        let entries = by_entry.map_or_else(|| vec![Vec::new(); count], split);
        let parts = split(follow_up.order()).into_iter().zip(entries);
        parts.map(|(by_time, by_entry)| Self { by_time, by_entry }).collect()
    }
}

/// The rows of one stratum, ascending in time; a place is a position in this order.
struct Walk<'a> {
    follow_up: &'a FollowUp,
    rows: &'a [u32],
    time: Vec<f64>,
    is_event: Vec<bool>,
    weight: Vec<f64>,
    /// Dense rank of each row's score, from 0.
    rank: Vec<u32>,
    /// Places in ascending order of entry; empty without delayed entry.
    by_entry: Vec<u32>,
    pairs: Vec<Pairs>,
}

/// Counts pairs in two passes over a stratum: backwards in time each event is compared with the rows still at risk,
/// forwards each row with the events before its end. A Fenwick tree of weights by score gives the sums below and at a
/// score.
fn count_pairs(follow_up: &FollowUp, score: &[f64], rows: &Rows, pairs: &mut [Pairs]) {
    let mut walk = Walk::new(follow_up, score, rows);
    let mut tree = Tree::new(rows.by_time.len());
    walk.events_meet_survivors(&mut tree);
    tree.clear();
    walk.survivors_meet_events(&mut tree);
    for (pair, &row) in walk.pairs.into_iter().zip(walk.rows) {
        pairs[row as usize] = pair;
    }
}

impl<'a> Walk<'a> {
    fn new(follow_up: &'a FollowUp, score: &[f64], rows: &'a Rows) -> Self {
        let by_time = &rows.by_time;
        let pick = |column: &[f64]| by_time.iter().map(|&row| column[row as usize]).collect::<Vec<f64>>();
        let by_entry = if rows.by_entry.is_empty() {
            Vec::new()
        } else {
            let mut place = vec![0_u32; follow_up.len()];
            (0..).zip(by_time).for_each(|(at, &row)| place[row as usize] = at);
            rows.by_entry.iter().map(|&row| place[row as usize]).collect()
        };
        Self {
            follow_up,
            rows: by_time,
            time: pick(follow_up.time()),
            is_event: by_time
                .iter()
                .map(|&row| follow_up.event()[row as usize] != 0)
                .collect(),
            weight: follow_up.weight().map_or_else(|| vec![1.0; by_time.len()], pick),
            rank: dense_ranks(&pick(score)),
            by_entry,
            pairs: vec![Pairs::default(); by_time.len()],
        }
    }

    fn entry(&self, place: u32) -> f64 {
        let entry = self.follow_up.entry().unwrap_or_default();
        entry[self.rows[place as usize] as usize]
    }

    fn enter(&self, tree: &mut Tree, place: usize) {
        tree.add(self.rank[place], self.weight[place]);
    }

    fn events_meet_survivors(&mut self, tree: &mut Tree) {
        let mut end = self.time.len();
        let mut leaving = self.by_entry.len();
        while end > 0 {
            let now = self.time[end - 1];
            let mut first = end;
            while first > 0 && self.time[first - 1] == now {
                first -= 1;
            }
            while leaving > 0 && self.entry(self.by_entry[leaving - 1]) >= now {
                leaving -= 1;
                let place = self.by_entry[leaving] as usize;
                // Rows that entered at or after this time end later and are in the tree.
                tree.add(self.rank[place], -self.weight[place]);
            }
            (first..end)
                .filter(|&place| !self.is_event[place])
                .for_each(|place| self.enter(tree, place));
            for place in (first..end).filter(|&place| self.is_event[place]) {
                let (below, same) = tree.below_and_at(self.rank[place]);
                let pair = &mut self.pairs[place];
                pair.concordant += below;
                pair.tied += same;
                pair.discordant += tree.total - below - same;
            }
            (first..end)
                .filter(|&place| self.is_event[place])
                .for_each(|place| self.enter(tree, place));
            end = first;
        }
    }

    fn survivors_meet_events(&mut self, tree: &mut Tree) {
        let (mut first, mut entering) = (0, 0);
        while first < self.time.len() {
            let now = self.time[first];
            // Events at or before a row's entry do not count for it.
            while entering < self.by_entry.len() && self.entry(self.by_entry[entering]) < now {
                let place = self.by_entry[entering] as usize;
                self.meet(tree, place, -1.0);
                entering += 1;
            }
            let mut end = first;
            while end < self.time.len() && self.time[end] == now {
                end += 1;
            }
            for place in first..end {
                if self.is_event[place] {
                    self.meet(tree, place, 1.0);
                }
            }
            (first..end)
                .filter(|&place| self.is_event[place])
                .for_each(|place| self.enter(tree, place));
            for place in first..end {
                if !self.is_event[place] {
                    self.meet(tree, place, 1.0);
                }
            }
            first = end;
        }
    }

    fn meet(&mut self, tree: &Tree, place: usize, sign: f64) {
        let (below, same) = tree.below_and_at(self.rank[place]);
        let pair = &mut self.pairs[place];
        pair.concordant += sign * (tree.total - below - same);
        pair.tied += sign * same;
        pair.discordant += sign * below;
    }
}

/// Returns dense ranks from 0: equal values share a rank.
fn dense_ranks(values: &[f64]) -> Vec<u32> {
    let mut rank = vec![0; values.len()];
    let (mut next, mut last) = (0, f64::NAN);
    for index in sorted_by(values) {
        let value = values[index as usize];
        if value != last && !last.is_nan() {
            next += 1;
        }
        last = value;
        rank[index as usize] = next;
    }
    rank
}

fn weight(follow_up: &FollowUp, row: u32) -> f64 {
    follow_up.weight().map_or(1.0, |weight| weight[row as usize])
}

fn summarise(follow_up: &FollowUp, pairs: &[Pairs], cluster: Option<&Labels>) -> Concordance {
    let mut sum = Pairs::default();
    for (row, pair) in (0_u32..).zip(pairs) {
        // Each pair is counted twice, once for either partner.
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
    if comparable <= 0.0 {
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
