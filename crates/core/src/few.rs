//! Short lists: sorting the groups of a protocol, the limits of a finding; maps of a few names.
//!
//! The standard sort is made for long lists and adds about 3 kB to the page for each kind of element; the standard map
//! brings it too, and as much again of its own.

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

/// A map of a few keys, in their order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Few<K, V>(Vec<(K, V)>);

impl<K, V> Default for Few<K, V> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<K: PartialOrd, V> Few<K, V> {
    /// The value of a key, which is made where it is not there.
    pub fn entry(&mut self, key: K) -> &mut V
    where
        V: Default,
    {
        let place = self
            .0
            .iter()
            .position(|(known, _)| *known >= key)
            .unwrap_or(self.0.len());
        if self.0.get(place).is_none_or(|(known, _)| *known != key) {
            self.0.insert(place, (key, V::default()));
        }
        &mut self.0[place].1
    }

    /// Sets the value of a key.
    pub fn insert(&mut self, key: K, value: V)
    where
        V: Default,
    {
        *self.entry(key) = value;
    }

    /// The value of a key.
    pub fn get<Q: PartialEq + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: std::borrow::Borrow<Q>,
    {
        let found = self.0.iter().find(|(known, _)| known.borrow() == key);
        found.map(|(_, value)| value)
    }

    /// Keys and values, in the order of the keys.
    pub fn iter(&self) -> std::slice::Iter<'_, (K, V)> {
        self.0.iter()
    }

    /// Whether nothing is in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Takes everything out.
    pub fn clear(&mut self) {
        self.0.clear();
    }
}

impl<K, V> IntoIterator for Few<K, V> {
    type Item = (K, V);
    type IntoIter = std::vec::IntoIter<(K, V)>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<V> std::ops::Index<&str> for Few<&'static str, V> {
    type Output = V;

    /// # Panics
    /// Where the key is not there.
    fn index(&self, key: &str) -> &V {
        let place = self.0.iter().position(|(known, _)| *known == key);
        &self.0[place.unwrap_or(usize::MAX)].1
    }
}

impl<K: serde::Serialize, V: serde::Serialize> serde::Serialize for Few<K, V> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, value)| (key, value)))
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

        #[test]
        fn as_the_standard_map(items in prop::collection::vec((0_u8..9, 0_u8..9), 0..40)) {
            let mut ours = Few::default();
            for &(key, value) in &items {
                ours.insert(key, value);
            }
            let theirs: std::collections::BTreeMap<u8, u8> = items.into_iter().collect();
            for key in 0..9_u8 {
                prop_assert_eq!(ours.get(&key), theirs.get(&key));
            }
            prop_assert_eq!(ours.is_empty(), theirs.is_empty());
            prop_assert_eq!(ours.into_iter().collect::<Vec<_>>(), theirs.into_iter().collect::<Vec<_>>());
        }
    }
}
