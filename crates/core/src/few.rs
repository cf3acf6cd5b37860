//! Sorting of short lists: the groups of a protocol, the limits of a finding.
//!
//! The standard sort is made for long lists and adds about 3 kB to the page for each kind of element.

/// Sorts by a key, equal keys in the order in which they stood (insertion sort: for some dozen elements).
pub fn sort_by_key<T, K: PartialOrd>(items: &mut [T], key: impl Fn(&T) -> K) {
    for end in 1..items.len() {
        let mut place = end;
        while place > 0 && key(&items[place]) < key(&items[place - 1]) {
            items.swap(place, place - 1);
            place -= 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn as_the_standard_stable_sort(items in prop::collection::vec((0_u8..9, 0_u8..9), 0..40)) {
            let (mut ours, mut theirs) = (items.clone(), items);
            sort_by_key(&mut ours, |item| item.0);
            theirs.sort_by_key(|item| item.0);
            prop_assert_eq!(ours, theirs);
        }
    }
}
