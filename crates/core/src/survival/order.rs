//! Sorting, the only step of a survival analysis that takes more than linear time. DESIGN.md gives its speed relative
//! to the sort of the standard library.

use std::cmp::Ordering;

/// Returns the positions of `keys` in ascending order of their values; equal values keep their order. Values must be
/// finite.
///
/// Whole numbers from 0 (days of follow-up) are counted; other keys are sorted by some two dozen bits of their distance
/// from the smallest, and the few with equal bits by comparison. O(n) for keys that are spread over their range.
///
/// ```
/// use cotside_core::survival::sorted_by;
///
/// assert_eq!(sorted_by(&[3.0, 1.0, 2.0, 1.0]), [1, 3, 2, 0]);
/// ```
#[must_use]
pub fn sorted_by(keys: &[f64]) -> Vec<u32> {
    if keys.len() > FEW
        && let Some(order) = counted(keys)
    {
        return order;
    }
    let mut order: Vec<u32> = (0..keys.len() as u32).collect();
    sort(keys, &mut order);
    order
}

/// Up to this many keys are sorted by comparison.
const FEW: usize = 64;

/// Counting sort, where all keys are whole numbers from 0 and few enough are different; else `None`.
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
    starts(&mut counts);
    let mut order = vec![0; keys.len()];
    for (index, &key) in (0_u32..).zip(keys) {
        let slot = &mut counts[key as usize];
        order[*slot as usize] = index;
        *slot += 1;
    }
    Some(order)
}

/// Sorts positions by key; positions with equal keys stay in ascending order.
fn sort(keys: &[f64], order: &mut [u32]) {
    let values = order.iter().map(|&index| keys[index as usize]);
    let (low, high) = values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), key| {
        (if key < low { key } else { low }, if key > high { key } else { high })
    });
    let digit = (order.len().max(1).ilog2() + 5) / 2;
    let digit = digit.clamp(6, 12);
    let scale = ((1_u32 << (2 * digit)) - 1) as f64 / (high - low);
    if order.len() <= FEW || !(scale.is_finite() && scale > 0.0) {
        return order.sort_by(|&a, &b| {
            keys[a as usize]
                .partial_cmp(&keys[b as usize])
                .unwrap_or(Ordering::Equal)
        });
    }
    let bucket = |index: u32| ((keys[index as usize] - low) * scale) as u32;
    by_bucket(order, digit, bucket);
    let mut first = 0;
    while first < order.len() {
        let shared = bucket(order[first]);
        let mut end = first + 1;
        while end < order.len() && bucket(order[end]) == shared {
            end += 1;
        }
        let run = &mut order[first..end];
        // The smallest and the largest key never share a bucket: every run is shorter than the whole.
        if run.len() > 1 && !run.is_sorted_by(|&a, &b| keys[a as usize] <= keys[b as usize]) {
            sort(keys, run);
        }
        first = end;
    }
}

/// Stable radix sort by two digits of `digit` bits each, the less significant first.
fn by_bucket(order: &mut [u32], digit: u32, bucket: impl Fn(u32) -> u32) {
    let (base, mask) = (1_usize << digit, (1_u32 << digit) - 1);
    let (mut minor, mut major) = (vec![0_u32; base], vec![0_u32; base]);
    let digits = |bucket: u32| ((bucket & mask) as usize, (bucket >> digit & mask) as usize);
    for &index in order.iter() {
        let (low, high) = digits(bucket(index));
        minor[low] += 1;
        major[high] += 1;
    }
    starts(&mut minor);
    starts(&mut major);
    let mut half = vec![(0_u32, 0_u32); order.len()];
    for &index in order.iter() {
        let bucket = bucket(index);
        let slot = &mut minor[digits(bucket).0];
        half[*slot as usize] = (bucket, index);
        *slot += 1;
    }
    for (bucket, index) in half {
        let slot = &mut major[digits(bucket).1];
        order[*slot as usize] = index;
        *slot += 1;
    }
}

/// Replaces counts by the position at which each bucket begins.
fn starts(counts: &mut [u32]) {
    let mut start = 0;
    for count in counts {
        start += std::mem::replace(count, start);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn equals_a_stable_sort(keys in prop::collection::vec(
            prop_oneof![(-50_i32..5_000).prop_map(f64::from), -1e300..1e300_f64, Just(-0.0),
                (-300_i32..300).prop_map(|power| libm::pow(10.0, f64::from(power))), 0.0..1.0_f64], 0..400),
            days in prop::bool::ANY) {
            let keys: Vec<f64> = if days { keys.iter().map(|key| key.abs().min(1e6).floor()).collect() } else { keys };
            let mut expected: Vec<u32> = (0..keys.len() as u32).collect();
            expected.sort_by(|&a, &b| keys[a as usize].partial_cmp(&keys[b as usize]).unwrap());
            let found = sorted_by(&keys);
            prop_assert_eq!(found, expected);
        }
    }
}
