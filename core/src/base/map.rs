//! Maps and sets that are compiled once, not once for each type: the standard library's cost the
//! browser's module 4 kB for each type. Entries stand as they came; beside them are their
//! positions in the order of their keys, and all that is done with these knows no type.
//!
//! For what is declared, or of its size: where rows are walked, the standard library's are faster.

use std::borrow::Borrow;
use std::cmp::Ordering;
use std::fmt;
use std::ops::RangeBounds;

use super::order;

/// As [`BTreeMap`](std::collections::BTreeMap).
#[derive(Clone)]
pub(crate) struct Map<K, V> {
    entries: Vec<(K, V)>,
    /// Positions of the entries, by key ascending.
    order: Order,
}

impl<K, V> Default for Map<K, V> {
    fn default() -> Self {
        Self::new()
    }
}

impl<K, V> Map<K, V> {
    pub(crate) const fn new() -> Self {
        Self { entries: Vec::new(), order: Order(Vec::new()) }
    }

    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    pub(crate) fn iter(&self) -> impl DoubleEndedIterator<Item = (&K, &V)> {
        self.order.iter().filter_map(|position| self.entries.get(position).map(|(key, value)| (key, value)))
    }

    pub(crate) fn keys(&self) -> impl DoubleEndedIterator<Item = &K> {
        self.iter().map(|(key, _)| key)
    }

    pub(crate) fn values(&self) -> impl DoubleEndedIterator<Item = &V> {
        self.iter().map(|(_, value)| value)
    }

    /// In no particular order.
    pub(crate) fn values_mut(&mut self) -> impl Iterator<Item = &mut V> {
        self.entries.iter_mut().map(|(_, value)| value)
    }

    pub(crate) fn into_values(self) -> impl Iterator<Item = V> {
        self.into_iter().map(|(_, value)| value)
    }
}

impl<K: Ord, V> Map<K, V> {
    /// Where the key is among the entries, or else its place in their order.
    fn search<Q: Ord + ?Sized>(&self, key: &Q) -> Result<usize, Place>
    where
        K: Borrow<Q>,
    {
        self.order.search(&|position| self.entries.get(position).map_or(Ordering::Less, |(known, _)| known.borrow().cmp(key)))
    }

    pub(crate) fn get<Q: Ord + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        self.get_key_value(key).map(|(_, value)| value)
    }

    pub(crate) fn get_key_value<Q: Ord + ?Sized>(&self, key: &Q) -> Option<(&K, &V)>
    where
        K: Borrow<Q>,
    {
        self.entries.get(self.search(key).ok()?).map(|(key, value)| (key, value))
    }

    pub(crate) fn contains_key<Q: Ord + ?Sized>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.search(key).is_ok()
    }

    /// Gives the value that the key had.
    pub(crate) fn insert(&mut self, key: K, value: V) -> Option<V> {
        match self.search(&key) {
            Ok(position) => self.entries.get_mut(position).map(|(_, known)| std::mem::replace(known, value)),
            Err(place) => {
                self.add(place, key, value);
                None
            }
        }
    }

    fn add(&mut self, place: Place, key: K, value: V) -> usize {
        let position = self.entries.len();
        self.order.insert(place, position);
        self.entries.push((key, value));
        position
    }

    pub(crate) fn entry(&mut self, key: K) -> Entry<'_, K, V> {
        Entry { map: self, key }
    }

    pub(crate) fn remove(&mut self, key: &K) -> Option<V> {
        let position = self.search(key).ok()?;
        self.order.remove(position);
        Some(self.entries.remove(position).1)
    }

    pub(crate) fn retain(&mut self, mut keep: impl FnMut(&K, &V) -> bool) {
        let entries = std::mem::take(self).into_iter();
        self.extend(entries.filter(|(key, value)| keep(key, value)));
    }

    pub(crate) fn range(&self, range: impl RangeBounds<K>) -> impl DoubleEndedIterator<Item = (&K, &V)> {
        self.iter().filter(move |(key, _)| range.contains(key))
    }
}

/// More positions than these are cut in two, so that an insertion moves few.
const TOGETHER: usize = 512;

/// Positions in the order of their entries, in pieces of which none is empty.
#[derive(Clone)]
struct Order(Vec<Vec<usize>>);

/// A piece, and a place in it.
type Place = (usize, usize);

impl Order {
    /// All of them in one list: whoever walks them need not know of pieces.
    fn iter(&self) -> std::vec::IntoIter<usize> {
        self.0.concat().into_iter()
    }

    /// The position of the entry that is equal, or else the place for one.
    fn search(&self, compare: &dyn Fn(usize) -> Ordering) -> Result<usize, Place> {
        let less = |position: &usize| compare(*position).is_lt();
        let piece = self.0.partition_point(|piece| piece.last().is_some_and(less));
        let positions = self.0.get(piece).map_or(&[][..], Vec::as_slice);
        let at = positions.partition_point(less);
        positions.get(at).copied().filter(|position| compare(*position).is_eq()).ok_or((piece, at))
    }

    fn insert(&mut self, (piece, at): Place, position: usize) {
        if let Some(positions) = self.0.get_mut(piece) {
            positions.insert(at, position);
        } else if let Some(positions) = self.0.last_mut() {
            positions.push(position);
        } else {
            self.0.push(vec![position]);
        }
        let piece = piece.min(self.0.len().saturating_sub(1));
        if let Some(positions) = self.0.get_mut(piece).filter(|positions| positions.len() > TOGETHER) {
            let rest = positions.split_off(TOGETHER / 2);
            self.0.insert(piece.saturating_add(1), rest);
        }
    }

    /// Removes a position; those after it move up.
    fn remove(&mut self, position: usize) {
        for positions in &mut self.0 {
            positions.retain(|other| *other != position);
            positions.iter_mut().filter(|other| **other > position).for_each(|other| *other = other.saturating_sub(1));
        }
        self.0.retain(|positions| !positions.is_empty());
    }
}

/// A key, and the map that it is looked for in.
pub(crate) struct Entry<'m, K, V> {
    map: &'m mut Map<K, V>,
    key: K,
}

impl<'m, K: Ord, V> Entry<'m, K, V> {
    #[allow(clippy::indexing_slicing, reason = "the position was just found, or is the last")]
    pub(crate) fn or_insert_with(self, make: impl FnOnce() -> V) -> &'m mut V {
        let Self { map, key } = self;
        let position = map.search(&key).unwrap_or_else(|place| map.add(place, key, make()));
        &mut map.entries[position].1
    }

    pub(crate) fn or_insert(self, value: V) -> &'m mut V {
        self.or_insert_with(|| value)
    }

    pub(crate) fn or_default(self) -> &'m mut V
    where
        V: Default,
    {
        self.or_insert_with(V::default)
    }
}

impl<K: Ord, V> Extend<(K, V)> for Map<K, V> {
    fn extend<I: IntoIterator<Item = (K, V)>>(&mut self, entries: I) {
        for (key, value) in entries {
            self.insert(key, value);
        }
    }
}

impl<K: Ord, V> FromIterator<(K, V)> for Map<K, V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Self {
        let mut map = Self::new();
        map.extend(entries);
        map
    }
}

impl<K: Ord, V, const N: usize> From<[(K, V); N]> for Map<K, V> {
    fn from(entries: [(K, V); N]) -> Self {
        entries.into_iter().collect()
    }
}

impl<K, V> IntoIterator for Map<K, V> {
    type Item = (K, V);
    type IntoIter = std::vec::IntoIter<(K, V)>;
    fn into_iter(mut self) -> Self::IntoIter {
        order::arrange(&mut self.entries, self.order.iter());
        self.entries.into_iter()
    }
}

impl<K: PartialEq, V: PartialEq> PartialEq for Map<K, V> {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl<K: Eq, V: Eq> Eq for Map<K, V> {}

impl<K: PartialOrd, V: PartialOrd> PartialOrd for Map<K, V> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        self.iter().partial_cmp(other.iter())
    }
}

impl<K: Ord, V: Ord> Ord for Map<K, V> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.iter().cmp(other.iter())
    }
}

impl<K: fmt::Debug, V: fmt::Debug> fmt::Debug for Map<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

/// As [`BTreeSet`](std::collections::BTreeSet).
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Set<T>(Map<T, ()>);

impl<T> Default for Set<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T> Set<T> {
    pub(crate) const fn new() -> Self {
        Self(Map::new())
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn iter(&self) -> impl DoubleEndedIterator<Item = &T> {
        self.0.keys()
    }
}

impl<T: Ord> Set<T> {
    pub(crate) fn contains<Q: Ord + ?Sized>(&self, item: &Q) -> bool
    where
        T: Borrow<Q>,
    {
        self.0.contains_key(item)
    }

    /// Whether it was not there yet.
    pub(crate) fn insert(&mut self, item: T) -> bool {
        self.0.insert(item, ()).is_none()
    }
}

impl<T: Ord> Extend<T> for Set<T> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, items: I) {
        for item in items {
            self.insert(item);
        }
    }
}

impl<T: Ord> FromIterator<T> for Set<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        let mut set = Self::new();
        set.extend(items);
        set
    }
}

impl<T> IntoIterator for Set<T> {
    type Item = T;
    type IntoIter = std::iter::Map<std::vec::IntoIter<(T, ())>, fn((T, ())) -> T>;
    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter().map(|(item, ())| item)
    }
}

impl<T: fmt::Debug> fmt::Debug for Set<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_map_does_what_the_standard_library_does(steps: Vec<(u8, u8, u16)>, from: u8, until: u8) {
            let (mut ours, mut theirs): (Map<u8, u16>, BTreeMap<u8, u16>) = Default::default();
            for (step, key, value) in steps {
                let key = key % 16;
                match step % 4 {
                    0 => prop_assert_eq!(ours.remove(&key), theirs.remove(&key)),
                    1 => prop_assert_eq!(ours.entry(key).or_insert(value), theirs.entry(key).or_insert(value)),
                    2 => {
                        ours.retain(|known, _| *known != key);
                        theirs.retain(|known, _| *known != key);
                    }
                    _ => prop_assert_eq!(ours.insert(key, value), theirs.insert(key, value)),
                }
                prop_assert_eq!(ours.get_key_value(&key), theirs.get_key_value(&key));
                prop_assert_eq!((ours.len(), ours.is_empty()), (theirs.len(), theirs.is_empty()));
                prop_assert!(ours.iter().eq(theirs.iter()) && ours.iter().rev().eq(theirs.iter().rev()));
            }
            let (from, until) = (from.min(until), from.max(until));
            prop_assert!(ours.range(from..until).eq(theirs.range(from..until)));
            prop_assert!(ours.range(from..=until).eq(theirs.range(from..=until)));
            prop_assert!(ours.range(..=until).rev().eq(theirs.range(..=until).rev()));
            prop_assert_eq!(&ours, &theirs.iter().rev().map(|(key, value)| (*key, *value)).collect::<Map<_, _>>());
            prop_assert!(ours.clone().into_values().eq(theirs.clone().into_values()));
            prop_assert!(ours.into_iter().eq(theirs));
        }

        #[test]
        fn a_large_map_does_too(keys in prop::collection::vec(0u16..5_000, 0..5_000)) {
            let (mut ours, mut theirs): (Map<u16, usize>, BTreeMap<u16, usize>) = Default::default();
            for (value, key) in keys.into_iter().enumerate() {
                prop_assert_eq!(ours.insert(key, value), theirs.insert(key, value));
            }
            prop_assert!(ours.iter().eq(theirs.iter()));
        }

        #[test]
        fn maps_are_ordered_as_the_standard_library_orders_them(left: Vec<(u8, u8)>, right: Vec<(u8, u8)>) {
            let ours = |items: &[(u8, u8)]| items.iter().copied().collect::<Map<_, _>>();
            let theirs = |items: &[(u8, u8)]| items.iter().copied().collect::<BTreeMap<_, _>>();
            prop_assert_eq!(ours(&left).cmp(&ours(&right)), theirs(&left).cmp(&theirs(&right)));
            prop_assert_eq!(ours(&left) == ours(&right), theirs(&left) == theirs(&right));
        }

        #[test]
        fn a_set_does_what_the_standard_library_does(items: Vec<u8>) {
            let (mut ours, mut theirs): (Set<u8>, BTreeSet<u8>) = Default::default();
            for item in &items {
                prop_assert_eq!(ours.insert(*item), theirs.insert(*item));
            }
            prop_assert!(ours.iter().eq(theirs.iter()) && ours.len() == theirs.len());
            prop_assert!((0..=u8::MAX).all(|item| ours.contains(&item) == theirs.contains(&item)));
            prop_assert_eq!(ours, items.into_iter().collect());
        }
    }
}
