//! Sets of patients as bits.

use super::canonical::hex;

/// A set of patients by their positions.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Members {
    words: Vec<u64>,
}

impl Members {
    /// The set of these positions among `people` patients; positions beyond them are left out.
    pub fn of(people: usize, positions: impl IntoIterator<Item = usize>) -> Self {
        let mut words = vec![0; people.div_ceil(64)];
        for position in positions.into_iter().filter(|&position| position < people) {
            words[position / 64] |= 1 << (position % 64);
        }
        Self { words }
    }

    /// True if a patient is in it.
    pub fn has(&self, position: usize) -> bool {
        self.words
            .get(position / 64)
            .is_some_and(|word| word >> (position % 64) & 1 == 1)
    }

    /// Number of patients in it.
    pub fn count(&self) -> usize {
        self.words.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// The positions in it, ascending.
    pub fn positions(&self) -> impl Iterator<Item = usize> {
        let bits = |(at, &word): (usize, &u64)| {
            (0..64)
                .filter(move |bit| word >> bit & 1 == 1)
                .map(move |bit| 64 * at + bit)
        };
        self.words.iter().enumerate().flat_map(bits)
    }

    /// Number of patients that are in one of two sets and not in the other.
    pub fn difference(&self, other: &Self) -> usize {
        let word = |set: &Self, at: usize| set.words.get(at).copied().unwrap_or(0);
        let words = self.words.len().max(other.words.len());
        (0..words)
            .map(|at| (word(self, at) ^ word(other, at)).count_ones() as usize)
            .sum()
    }

    /// As hexadecimal digits, two for eight patients, without zeros at the end: the text does not depend on how many patients
    /// came later.
    pub(super) fn to_hex(&self) -> String {
        let bytes: Vec<u8> = self.words.iter().flat_map(|word| word.to_le_bytes()).collect();
        let used = bytes.iter().rposition(|&byte| byte != 0).map_or(0, |last| last + 1);
        hex(&bytes[..used])
    }

    /// From such digits; `None` where they are none, or name a patient beyond `people`.
    pub(super) fn from_hex(text: &str, people: usize) -> Option<Self> {
        let digits = text.as_bytes();
        let value = |digit: &u8| (*digit as char).to_digit(16).filter(|_| !digit.is_ascii_uppercase());
        let mut positions = Vec::new();
        if digits.len() % 2 == 1 || digits.ends_with(b"00") {
            return None;
        }
        for (at, pair) in digits.chunks_exact(2).enumerate() {
            let byte = 16 * value(&pair[0])? + value(&pair[1])?;
            positions.extend((0..8).filter(|bit| byte >> bit & 1 == 1).map(|bit| 8 * at + bit));
        }
        let fits = positions.last().is_none_or(|&last| last < people);
        fits.then(|| Self::of(people, positions))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn texts_come_back(positions in prop::collection::btree_set(0_usize..200, 0..40), people in 200_usize..300) {
            let set = Members::of(people, positions.iter().copied());
            prop_assert_eq!(set.positions().collect::<std::collections::BTreeSet<_>>(), positions.clone());
            prop_assert_eq!(set.count(), positions.len());
            prop_assert_eq!(Members::from_hex(&set.to_hex(), people).unwrap(), set.clone());
            prop_assert_eq!(set.to_hex(), Members::of(people + 64, positions).to_hex());
        }
    }

    #[test]
    fn texts_that_are_none() {
        assert_eq!(Members::of(9, [0, 8]).to_hex(), "0101");
        for wrong in ["1", "00", "0100", "0g", "0A", "0102", "é1"] {
            assert_eq!(Members::from_hex(wrong, 9), None, "{wrong}");
        }
        assert_eq!(Members::from_hex("", 0), Some(Members::default()));
        assert_eq!(Members::of(9, [0, 3]).difference(&Members::of(80, [3, 70])), 2);
    }
}
