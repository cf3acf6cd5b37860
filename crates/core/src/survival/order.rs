//! Sorting: the one step of a survival analysis that is more than linear.

/// Positions of `keys` in ascending order of their values; equal values keep their order. Values must be finite.
///
/// A radix sort of the bits, least significant digit first, in digits of 11 bits; digits that all keys share are
/// skipped, so that whole days cost two or three passes. Up to 64 keys are sorted by comparison.
#[must_use]
pub fn sorted_by(keys: &[f64]) -> Vec<u32> {
    let mut order: Vec<u32> = (0..keys.len() as u32).collect();
    if keys.len() <= 64 {
        order.sort_by(|&a, &b| keys[a as usize].total_cmp(&keys[b as usize]));
        return order;
    }
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
    for (place, (_, index)) in order.iter_mut().zip(pairs) {
        *place = index;
    }
    order
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
            prop_oneof![(-50_i32..5_000).prop_map(f64::from), -1e300..1e300_f64, Just(-0.0)], 0..400)) {
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
