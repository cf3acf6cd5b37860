//! Which sums of few patients follow from sums over sets that are known: exact linear algebra modulo 2⁶¹ − 1.
//!
//! Patients that are in the same sets are one atom. A sum over some atoms follows from the known sums exactly if its
//! indicator is a linear combination of those of the sets (Chin and Özsoyoğlu 1982).

use std::collections::HashMap;

use super::members::Members;

/// The prime 2⁶¹ − 1.
const PRIME: u64 = (1 << 61) - 1;

/// Most atoms of a union that is looked for.
const MOST_ATOMS: usize = 3;

/// Remainder modulo the prime, of numbers below 2¹²².
fn reduced(value: u128) -> u64 {
    let folded = (value & u128::from(PRIME)) + (value >> 61);
    let folded = (folded & u128::from(PRIME)) as u64 + (folded >> 61) as u64;
    if folded >= PRIME { folded - PRIME } else { folded }
}

fn times(a: u64, b: u64) -> u64 {
    reduced(u128::from(a) * u128::from(b))
}

fn plus(a: u64, b: u64) -> u64 {
    reduced(u128::from(a) + u128::from(b))
}

fn minus(a: u64) -> u64 {
    if a == 0 { 0 } else { PRIME - a }
}

/// a^(p − 2), the inverse of a.
fn inverse(a: u64) -> u64 {
    let (mut result, mut base, mut power) = (1, a, PRIME - 2);
    while power > 0 {
        if power & 1 == 1 {
            result = times(result, base);
        }
        base = times(base, base);
        power >>= 1;
    }
    result
}

/// Atoms of some sets, and the sets as combinations of them.
struct Atoms {
    /// The patients of each atom.
    members: Vec<Vec<usize>>,
    /// A row for each set, a column for each atom: 1 where the atom is in the set.
    rows: Vec<Vec<u64>>,
}

impl Atoms {
    /// Groups `people` patients by the sets that they are in; those in none are left out.
    fn of(sets: &[&Members], people: usize) -> Self {
        let words = sets.len().div_ceil(64);
        let mut known: HashMap<Vec<u64>, usize> = HashMap::new();
        let (mut members, mut patterns) = (Vec::<Vec<usize>>::new(), Vec::new());
        for person in 0..people {
            let mut pattern = vec![0_u64; words];
            for (at, _) in sets.iter().enumerate().filter(|(_, set)| set.has(person)) {
                pattern[at / 64] |= 1 << (at % 64);
            }
            if pattern.iter().all(|&word| word == 0) {
                continue;
            }
            let next = members.len();
            let atom = *known.entry(pattern.clone()).or_insert(next);
            if atom == next {
                members.push(Vec::new());
                patterns.push(pattern);
            }
            members[atom].push(person);
        }
        let row = |at: usize| {
            patterns
                .iter()
                .map(|pattern| pattern[at / 64] >> (at % 64) & 1)
                .collect()
        };
        Self {
            rows: (0..sets.len()).map(row).collect(),
            members,
        }
    }
}

/// The space of all combinations of sets, in reduced row echelon form.
struct Span {
    /// For each pivot its column and its row.
    rows: Vec<(usize, Vec<u64>)>,
}

impl Span {
    fn of(all: Vec<Vec<u64>>) -> Self {
        let mut rows: Vec<(usize, Vec<u64>)> = Vec::new();
        for mut row in all {
            for (pivot, known) in &rows {
                subtract(&mut row, known, *pivot);
            }
            let Some(pivot) = row.iter().position(|&value| value != 0) else {
                continue;
            };
            let scale = inverse(row[pivot]);
            row.iter_mut().for_each(|value| *value = times(*value, scale));
            for (_, known) in &mut rows {
                subtract(known, &row, pivot);
            }
            rows.push((pivot, row));
        }
        Self { rows }
    }

    /// True if the indicator of these columns is in the span.
    fn has(&self, columns: &[usize], width: usize) -> bool {
        let mut rest = vec![0; width];
        columns.iter().for_each(|&column| rest[column] = 1);
        for (pivot, row) in &self.rows {
            subtract(&mut rest, row, *pivot);
        }
        rest.iter().all(|&value| value == 0)
    }

    /// A number for each column such that the numbers of every vector in the span, weighted by it, add up to 0; a vector that
    /// is not in the span is as good as never one of these.
    fn tags(&self, width: usize) -> Vec<u64> {
        let mut state = 0x5EED_u64;
        let mut tags: Vec<u64> = (0..width)
            .map(|_| {
                // SplitMix64 (Steele, Lea and Flood 2014).
                state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
                let mut z = state;
                z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
                z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
                reduced(u128::from(z ^ (z >> 31)))
            })
            .collect();
        let pivots: Vec<usize> = self.rows.iter().map(|(pivot, _)| *pivot).collect();
        for &pivot in &pivots {
            tags[pivot] = 0;
        }
        let free = tags.clone();
        for (pivot, row) in &self.rows {
            let sum = row
                .iter()
                .zip(&free)
                .fold(0, |sum, (&value, &tag)| plus(sum, times(value, tag)));
            tags[*pivot] = minus(sum);
        }
        tags
    }
}

/// Takes off the multiple of `known` that makes the column `pivot` 0.
fn subtract(row: &mut [u64], known: &[u64], pivot: usize) {
    let factor = minus(row[pivot]);
    if factor != 0 {
        for (value, &other) in row.iter_mut().zip(known) {
            *value = plus(*value, times(factor, other));
        }
    }
}

/// Finds fewer than `m` patients whose sum follows from the sums of the sets: a union of at most three atoms. Returns their
/// positions, the first union found.
pub(super) fn exposed(sets: &[&Members], people: usize, m: usize) -> Option<Vec<usize>> {
    let atoms = Atoms::of(sets, people);
    let width = atoms.members.len();
    let span = Span::of(atoms.rows);
    let tags = span.tags(width);
    let size = |columns: &[usize]| columns.iter().map(|&column| atoms.members[column].len()).sum::<usize>();
    let small: Vec<usize> = (0..width).filter(|&column| atoms.members[column].len() < m).collect();
    let mut by_tag: HashMap<u64, Vec<usize>> = HashMap::new();
    for &column in &small {
        by_tag.entry(tags[column]).or_default().push(column);
    }
    // The last atom of a union is looked up by the tag that it needs; atoms of a union ascend.
    let completed = |begun: &[usize]| {
        let sum = begun.iter().fold(0, |sum, &column| plus(sum, tags[column]));
        let last = begun.last().copied();
        let fitting = by_tag
            .get(&minus(sum))?
            .iter()
            .filter(|&&column| last.is_none_or(|last| column > last));
        let mut unions = fitting.map(|&column| [begun, &[column]].concat());
        unions.find(|columns| size(columns) < m && span.has(columns, width))
    };
    let found = completed(&[])
        .or_else(|| small.iter().find_map(|&first| completed(&[first])))
        .or_else(|| {
            let pairs = small
                .iter()
                .enumerate()
                .flat_map(|(at, &first)| small[at + 1..].iter().map(move |&second| [first, second]));
            let mut possible = pairs.filter(|pair| MOST_ATOMS > 2 && size(pair) + 1 < m);
            possible.find_map(|pair| completed(&pair))
        })?;
    let mut patients: Vec<usize> = found
        .iter()
        .flat_map(|&column| atoms.members[column].iter().copied())
        .collect();
    patients.sort_unstable();
    Some(patients)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn sets(all: &[Vec<usize>], people: usize) -> Vec<Members> {
        all.iter().map(|set| Members::of(people, set.iter().copied())).collect()
    }

    fn found(all: &[Vec<usize>], people: usize, m: usize) -> Option<Vec<usize>> {
        let sets = sets(all, people);
        exposed(&sets.iter().collect::<Vec<_>>(), people, m)
    }

    fn range(from: usize, to: usize) -> Vec<usize> {
        (from..to).collect()
    }

    #[test]
    fn arithmetic_of_the_prime() {
        for value in [1, 2, 12_345, PRIME - 1] {
            assert_eq!(times(value, inverse(value)), 1);
            assert_eq!(plus(value, minus(value)), 0);
        }
        assert_eq!(reduced(u128::from(PRIME)), 0);
        assert_eq!(times(PRIME - 1, PRIME - 1), 1);
    }

    /// A difference of m − 1 patients is found, one of m is not.
    #[test]
    fn differences_below_and_at_the_limit() {
        assert_eq!(found(&[range(0, 30), range(0, 26)], 30, 5), Some(range(26, 30)));
        assert_eq!(found(&[range(0, 30), range(0, 25)], 30, 5), None);
        assert_eq!(found(&[range(0, 30), range(1, 30)], 30, 5), Some(vec![0]));
    }

    /// Sets that only overlap in few: their sums do not give the overlap, unless the union is known too.
    #[test]
    fn overlaps_need_the_union() {
        let two = [range(0, 20), range(18, 40)];
        assert_eq!(found(&two, 40, 5), None);
        let with_union = [two[0].clone(), two[1].clone(), range(0, 40)];
        assert_eq!(found(&with_union, 40, 5), Some(vec![18, 19]));
    }

    /// Half the sum of four sums: A∪B, B∪C, A∪C and all give the rest, and with it each part. All pairs of the four differ by
    /// many.
    #[test]
    fn trackers_are_found() {
        let (a, b, c) = (range(0, 12), range(12, 24), range(24, 36));
        let both = |one: &[usize], other: &[usize]| [one, other].concat();
        let all = [both(&a, &b), both(&b, &c), both(&a, &c), range(0, 38)];
        assert_eq!(found(&all, 38, 5), Some(vec![36, 37]));
        assert_eq!(found(&all[..3], 38, 5), None);
    }

    /// Two atoms of one patient each, known only together.
    #[test]
    fn unions_of_atoms() {
        let all = [range(0, 20), range(2, 20), [vec![0], range(20, 40)].concat()];
        assert_eq!(found(&all, 40, 5), Some(vec![0, 1]));
        let three = [
            range(0, 23),
            range(3, 23),
            [vec![0], range(30, 40)].concat(),
            [vec![1], range(40, 50)].concat(),
        ];
        assert_eq!(found(&three, 50, 5), Some(vec![0, 1, 2]));
        assert_eq!(found(&three, 50, 3), None);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(60))]

        /// The same answer as trying every union of up to three atoms by the rank of the sets with and without it.
        #[test]
        fn as_by_trying_all(patterns in prop::collection::vec(prop::collection::vec(any::<bool>(), 14), 1..6), m in 2_usize..6) {
            let all: Vec<Vec<usize>> = patterns.iter().map(|set| (0..14).filter(|&at| set[at]).collect()).collect();
            let held = sets(&all, 14);
            let atoms = Atoms::of(&held.iter().collect::<Vec<_>>(), 14);
            let width = atoms.members.len();
            let rank = |rows: Vec<Vec<u64>>| Span::of(rows).rows.len();
            let known = rank(atoms.rows.clone());
            let mut any = false;
            for a in 0..width {
                for b in a..width {
                    for c in b..width {
                        let mut row = vec![0; width];
                        [a, b, c].iter().for_each(|&at| row[at] = 1);
                        let size: usize = (0..width).filter(|&at| row[at] == 1).map(|at| atoms.members[at].len()).sum();
                        let with = atoms.rows.iter().cloned().chain([row]).collect();
                        any |= size < m && rank(with) == known;
                    }
                }
            }
            prop_assert_eq!(found(&all, 14, m).is_some(), any);
        }
    }
}
