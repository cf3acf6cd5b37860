//! Sorting: the one step of a survival analysis that is more than linear.

/// Positions of `keys` in ascending order of their values; equal values keep their order. Values must be finite.
///
/// Whole numbers from 0 (days of follow-up) are counted; other keys are sorted by their bits, least significant digit
/// first, in digits of 11 bits, digits that all keys share being skipped. Up to 64 keys are sorted by comparison.
#[must_use]
pub fn sorted_by(keys: &[f64]) -> Vec<u32> {
    if keys.len() <= 64 {
        let mut order: Vec<u32> = (0..keys.len() as u32).collect();
        order.sort_by(|&a, &b| keys[a as usize].total_cmp(&keys[b as usize]));
        return order;
    }
    counted(keys).unwrap_or_else(|| by_digits(keys))
}

/// A counting sort, where all keys are whole numbers from 0 and few enough are different.
fn counted(keys: &[f64]) -> Option<Vec<u32>> {
    let most = keys.len() + (1 << 16);
    let mut counts: Vec<u32> = Vec::new();
    for &key in keys {
        let place = key as usize;
        if place as f64 != key || place >= most {
            return None;
        }
        if place >= counts.len() {
            counts.resize((place + 1).next_power_of_two(), 0);
        }
        counts[place] += 1;
    }
    let mut start = 0;
    for count in &mut counts {
        start += std::mem::replace(count, start);
    }
    let mut order = vec![0; keys.len()];
    for (index, &key) in (0_u32..).zip(keys) {
        let slot = &mut counts[key as usize];
        order[*slot as usize] = index;
        *slot += 1;
    }
    Some(order)
}

fn by_digits(keys: &[f64]) -> Vec<u32> {
    const DIGIT: u32 = 11;
    const BUCKETS: usize = 1 << DIGIT;
    const PASSES: usize = 6;
    let digit = |key: u64, pass: usize| (key >> (pass as u32 * DIGIT)) as usize & (BUCKETS - 1);
    let mut counts = vec![[0_u32; BUCKETS]; PASSES];
    let mut pairs: Vec<(u64, u32)> = Vec::with_capacity(keys.len());
    for (index, &key) in keys.iter().enumerate() {
        let bits = ascending_bits(key);
        for (pass, count) in counts.iter_mut().enumerate() {
            count[digit(bits, pass)] += 1;
        }
        pairs.push((bits, index as u32));
    }
    let mut other = vec![(0_u64, 0_u32); keys.len()];
    for (pass, count) in counts.iter_mut().enumerate() {
        if count.iter().any(|&each| each as usize == keys.len()) {
            continue;
        }
        let mut start = 0;
        for each in count.iter_mut() {
            start += std::mem::replace(each, start);
        }
        for &(bits, index) in &pairs {
            let slot = &mut count[digit(bits, pass)];
            other[*slot as usize] = (bits, index);
            *slot += 1;
        }
        std::mem::swap(&mut pairs, &mut other);
    }
    pairs.into_iter().map(|(_, index)| index).collect()
}

/// Bits that order as the numbers do; −0 is 0.
fn ascending_bits(value: f64) -> u64 {
    let bits = (value + 0.0).to_bits();
    if bits >> 63 == 0 { bits | 1 << 63 } else { !bits }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn equals_a_stable_sort(keys in prop::collection::vec(
            prop_oneof![(-50_i32..5_000).prop_map(f64::from), -1e300..1e300_f64, Just(-0.0)], 0..400),
            days in prop::bool::ANY) {
            let keys: Vec<f64> = if days { keys.iter().map(|key| key.abs().min(1e6).floor()).collect() } else { keys };
            let mut expected: Vec<u32> = (0..keys.len() as u32).collect();
            expected.sort_by(|&a, &b| keys[a as usize].partial_cmp(&keys[b as usize]).unwrap());
            let found = sorted_by(&keys);
            // Zero and minus zero are one value, for which a comparison by total order differs.
            let value = |index: &u32| keys[*index as usize];
            prop_assert!(found.iter().map(value).eq(expected.iter().map(value)));
            if keys.len() > 64 { prop_assert_eq!(found, expected); }
        }
    }
}
