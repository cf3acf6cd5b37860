//! Complementary suppression: small counts of a table are hidden, and as many others that nobody finds them by subtraction.
//!
//! A count is small from 1 to m − 1. Zeros stay. Where a line (a row; in a table with two ways also a column) has one hidden
//! count, or hidden counts that add up to less than m, its smallest other count is hidden too. Then the exact range of each
//! small count is computed, given all that is shown and the margins: up by the largest flow from its column to its row
//! through the hidden counts, down by the reverse flow. A range narrower than m − 1, or that ends below m, hides more;
//! where nothing is left to hide, the whole table is withheld.
//!
//! Margins count as known; a table with one way is one row whose columns have no margins.

use super::flow::{Flow, UNBOUNDED};

/// A table of counts with one row or more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountTable {
    rows: usize,
    columns: usize,
    counts: Vec<u64>,
    /// Whether the columns' sums are known.
    two_ways: bool,
}

/// The smallest and the largest count that fit what is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct CountRange {
    at_least: u64,
    at_most: u64,
}

impl CountTable {
    /// Returns a table with one way: its sum is known.
    pub fn one_way(counts: &[u64]) -> Self {
        Self {
            rows: 1,
            columns: counts.len(),
            counts: counts.to_vec(),
            two_ways: false,
        }
    }

    /// Returns a table with two ways: the sums of its rows and of its columns are known. `None` where rows differ in
    /// length or a count is beyond 10¹².
    pub fn two_way(rows: &[Vec<u64>]) -> Option<Self> {
        let columns = rows.first().map_or(0, Vec::len);
        let counts: Vec<u64> = rows.iter().flatten().copied().collect();
        let fits =
            rows.iter().all(|row| row.len() == columns) && counts.iter().all(|&count| count <= 1_000_000_000_000);
        fits.then_some(Self {
            rows: rows.len(),
            columns,
            counts,
            two_ways: true,
        })
    }

    /// Positions of each line whose sum is known.
    fn lines(&self) -> Vec<Vec<usize>> {
        let rows = (0..self.rows).map(|row| (0..self.columns).map(|column| row * self.columns + column).collect());
        let columns = (0..self.columns).map(|column| (0..self.rows).map(|row| row * self.columns + column).collect());
        if self.two_ways {
            rows.chain(columns).collect()
        } else {
            rows.collect()
        }
    }

    /// The smallest non-zero count that is shown among these; the first one on ties.
    fn smallest_shown(&self, hidden: &[bool], among: impl IntoIterator<Item = usize>) -> Option<usize> {
        let shown = among
            .into_iter()
            .filter(|&place| !hidden[place] && self.counts[place] > 0);
        shown.min_by_key(|&place| (self.counts[place], place))
    }

    /// The graph of the hidden counts but one: rows, then columns, then, where columns' sums are not known, a further row
    /// that takes up any difference. A count may grow without bound and shrink to `least`.
    fn graph(&self, hidden: &[bool], except: usize, least: u64) -> Flow {
        let outside = self.rows + self.columns;
        let mut flow = Flow::new(outside + usize::from(!self.two_ways));
        for row in 0..self.rows {
            for column in 0..self.columns {
                let place = row * self.columns + column;
                if hidden[place] && place != except {
                    *flow.capacity(row, self.rows + column) = UNBOUNDED;
                    *flow.capacity(self.rows + column, row) = self.counts[place].saturating_sub(least);
                }
            }
        }
        if !self.two_ways {
            for column in 0..self.columns {
                *flow.capacity(outside, self.rows + column) = UNBOUNDED;
                *flow.capacity(self.rows + column, outside) = UNBOUNDED;
            }
        }
        flow
    }

    /// The exact range of a hidden count for someone who knows all margins and all shown counts, and that no hidden count
    /// is below `least` (0 or 1).
    fn range(&self, hidden: &[bool], place: usize, least: u64) -> CountRange {
        let (row, column) = (place / self.columns, self.rows + place % self.columns);
        let count = self.counts[place];
        let graph = self.graph(hidden, place, least);
        let up = graph.clone().send(column, row, UNBOUNDED);
        let mut graph = graph;
        let down = graph.send(row, column, count.saturating_sub(least));
        CountRange {
            at_least: count - down,
            at_most: count.saturating_add(up),
        }
    }
}

/// Hides counts of a table so that none from 1 to `m` − 1 can be found out; the counts row by row, `None` for those that are
/// hidden. The whole is `None` where the table must be withheld.
///
/// ```
/// use cotside_core::federated::suppress::{CountTable, suppressed};
///
/// // 3 alone would follow from the sum, so 6 is hidden with it.
/// let table = CountTable::one_way(&[3, 6, 8, 0]);
/// assert_eq!(suppressed(&table, 5), Some(vec![None, None, Some(8), Some(0)]));
/// assert_eq!(suppressed(&CountTable::one_way(&[3, 0]), 5), None);
/// ```
pub fn suppressed(table: &CountTable, m: u64) -> Option<Vec<Option<u64>>> {
    let small: Vec<usize> = (0..table.counts.len())
        .filter(|&place| (1..m).contains(&table.counts[place]))
        .collect();
    let mut hidden = vec![false; table.counts.len()];
    small.iter().for_each(|&place| hidden[place] = true);
    let lines = table.lines();
    loop {
        complete(table, &lines, &mut hidden, m);
        let Some(&open) = small.iter().find(|&&place| !is_protected(table, &hidden, place, m)) else {
            break;
        };
        let around = lines.iter().filter(|line| line.contains(&open)).flatten().copied();
        let next = table.smallest_shown(&hidden, around)?;
        hidden[next] = true;
    }
    let shown = table.counts.iter().zip(&hidden);
    Some(shown.map(|(&count, &hidden)| (!hidden).then_some(count)).collect())
}

/// Hides the smallest other count of each line with one hidden count, or with hidden counts that add up to less than m,
/// until there is none.
fn complete(table: &CountTable, lines: &[Vec<usize>], hidden: &mut [bool], m: u64) {
    loop {
        let next = lines.iter().find_map(|line| {
            let of_line: Vec<u64> = line
                .iter()
                .filter(|&&place| hidden[place])
                .map(|&place| table.counts[place])
                .collect();
            let needs = of_line.len() == 1 || !of_line.is_empty() && of_line.iter().sum::<u64>() < m;
            needs
                .then(|| table.smallest_shown(hidden, line.iter().copied()))
                .flatten()
        });
        let Some(next) = next else { return };
        hidden[next] = true;
    }
}

/// True if the range of a small count is m − 1 wide and reaches m, and if more than one count fits even for someone who
/// knows that no zero is hidden.
fn is_protected(table: &CountTable, hidden: &[bool], place: usize, m: u64) -> bool {
    let range = table.range(hidden, place, 0);
    let positive = table.range(hidden, place, 1);
    range.at_most - range.at_least >= m - 1 && range.at_most >= m && positive.at_most > positive.at_least
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// All counts that a hidden place may have, by trying every table with the same margins and shown counts.
    struct Tried<'a> {
        table: &'a CountTable,
        hidden: &'a [bool],
        rows: Vec<u64>,
        columns: Vec<u64>,
        now: Vec<u64>,
        lowest: Vec<u64>,
        highest: Vec<u64>,
        least: u64,
    }

    impl Tried<'_> {
        fn all(table: &CountTable, hidden: &[bool], least: u64) -> Vec<CountRange> {
            let (mut rows, mut columns) = (vec![0; table.rows], vec![0; table.columns]);
            for (place, &count) in table.counts.iter().enumerate().filter(|&(place, _)| hidden[place]) {
                rows[place / table.columns] += count;
                columns[place % table.columns] += count;
            }
            if !table.two_ways {
                columns.fill(1000);
            }
            let mut tried = Tried {
                table,
                hidden,
                rows,
                columns,
                now: table.counts.clone(),
                lowest: vec![u64::MAX; table.counts.len()],
                highest: vec![0; table.counts.len()],
                least,
            };
            tried.from(0);
            let ends = tried.lowest.iter().zip(&tried.highest);
            ends.map(|(&at_least, &at_most)| CountRange { at_least, at_most })
                .collect()
        }

        fn from(&mut self, place: usize) {
            if place == self.now.len() {
                let columns_fit = !self.table.two_ways || self.columns.iter().all(|&rest| rest == 0);
                if columns_fit && self.rows.iter().all(|&rest| rest == 0) {
                    for (at, &count) in self.now.iter().enumerate() {
                        self.lowest[at] = self.lowest[at].min(count);
                        self.highest[at] = self.highest[at].max(count);
                    }
                }
                return;
            }
            if !self.hidden[place] {
                return self.from(place + 1);
            }
            let (row, column) = (place / self.table.columns, place % self.table.columns);
            for count in self.least..=self.rows[row].min(self.columns[column]) {
                self.now[place] = count;
                self.rows[row] -= count;
                self.columns[column] -= count;
                self.from(place + 1);
                self.rows[row] += count;
                self.columns[column] += count;
            }
        }
    }

    fn table() -> impl Strategy<Value = CountTable> {
        let counts = |length: usize| prop::collection::vec(prop_oneof![3 => 0_u64..9, 1 => 9_u64..14], length);
        let two_way = (2_usize..4, 2_usize..4).prop_flat_map(move |(rows, columns)| {
            prop::collection::vec(counts(columns), rows).prop_map(|rows| CountTable::two_way(&rows).unwrap())
        });
        let one_way = (1_usize..6)
            .prop_flat_map(counts)
            .prop_map(|counts| CountTable::one_way(&counts));
        prop_oneof![2 => two_way, 1 => one_way]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]

        /// The range by flow is that of all tables that fit.
        #[test]
        fn ranges_are_exact(table in table(), pattern in prop::collection::vec(any::<bool>(), 9), least in 0_u64..2) {
            let hidden: Vec<bool> = (0..table.counts.len()).map(|at| pattern[at] && table.counts[at] >= least).collect();
            let tried = Tried::all(&table, &hidden, least);
            for place in (0..hidden.len()).filter(|&place| hidden[place]) {
                prop_assert_eq!(table.range(&hidden, place, least), tried[place], "{:?} {:?} {}", &table, &hidden, place);
            }
        }

        /// After suppression no small count is shown, zeros are, and each small one has a wide range by trying all tables.
        #[test]
        fn nobody_finds_small_counts(table in table(), m in 3_u64..7) {
            let Some(shown) = suppressed(&table, m) else { return Ok(()) };
            let hidden: Vec<bool> = shown.iter().map(Option::is_none).collect();
            let any = Tried::all(&table, &hidden, 0);
            let positive = Tried::all(&table, &hidden, 1);
            for (place, &count) in table.counts.iter().enumerate() {
                prop_assert_eq!(shown[place].unwrap_or(count), count);
                prop_assert!(count > 0 || !hidden[place]);
                if (1..m).contains(&count) {
                    prop_assert!(hidden[place]);
                    prop_assert!(any[place].at_most >= m && any[place].at_most - any[place].at_least >= m - 1);
                    prop_assert!(positive[place].at_most > positive[place].at_least);
                }
            }
        }
    }

    /// Worked by hand. Row 1 has one small count, so 7 goes with it; then both columns need a partner: 6 and 8.
    #[test]
    fn two_ways_need_a_square() {
        let table = CountTable::two_way(&[vec![3, 7, 20], vec![6, 8, 30], vec![9, 40, 50]]).unwrap();
        let shown = suppressed(&table, 5).unwrap();
        let expected = [None, None, Some(20), None, None, Some(30), Some(9), Some(40), Some(50)];
        assert_eq!(shown, expected);
    }

    #[test]
    fn nothing_small_nothing_hidden() {
        let table = CountTable::two_way(&[vec![0, 5], vec![5, 0]]).unwrap();
        assert_eq!(suppressed(&table, 5).unwrap(), [Some(0), Some(5), Some(5), Some(0)]);
        assert_eq!(suppressed(&CountTable::one_way(&[]), 5), Some(Vec::new()));
    }

    /// A small sum cannot be hidden by its parts.
    #[test]
    fn small_margins_withhold_the_table() {
        let rows = [vec![2, 1], vec![30, 40]];
        assert_eq!(suppressed(&CountTable::two_way(&rows).unwrap(), 5), None);
        assert_eq!(suppressed(&CountTable::one_way(&[4]), 5), None);
        assert_eq!(suppressed(&CountTable::one_way(&[4, 5]), 5), Some(vec![None, None]));
    }

    #[test]
    fn tables_that_are_none() {
        assert_eq!(CountTable::two_way(&[vec![1], vec![1, 2]]), None);
        assert_eq!(CountTable::two_way(&[vec![1 << 50]]), None);
    }
}
