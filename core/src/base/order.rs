//! Sorting that is compiled once, not once for each type: in the browser's module the standard
//! library's costs 4 kB for each.
//!
//! For what is short or made once. Where rows are walked, the standard library's are faster.

use std::cmp::Ordering;

/// Sorts, leaving equals as they are, as [`slice::sort_by`] does.
pub(crate) fn sort_by<T>(items: &mut Vec<T>, compare: impl Fn(&T, &T) -> Ordering) {
    let order = positions(items.len(), &|left, right| match (items.get(left), items.get(right)) {
        (Some(left), Some(right)) => compare(left, right),
        _ => Ordering::Equal,
    });
    arrange(items, order.into_iter());
}

/// Sorts, and keeps each item once.
pub(crate) fn sort_distinct<T: Ord>(items: &mut Vec<T>) {
    sort_by(items, T::cmp);
    items.dedup();
}

/// Puts the items into an order, given by their positions.
pub(super) fn arrange<T>(items: &mut Vec<T>, order: impl Iterator<Item = usize>) {
    let mut taken: Vec<Option<T>> = std::mem::take(items).into_iter().map(Some).collect();
    items.extend(order.filter_map(|position| taken.get_mut(position)?.take()));
}

/// Sorts by a key, leaving equals as they are, as [`slice::sort_by_key`] does.
pub(crate) fn sort_by_key<T, K: Ord>(items: &mut Vec<T>, key: impl Fn(&T) -> K) {
    sort_by(items, |left, right| key(left).cmp(&key(right)));
}

/// The positions below a length, sorted; equals ascending.
pub(crate) fn positions(len: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut positions: Vec<usize> = (0..len).collect();
    positions.sort_by(|left, right| compare(*left, *right));
    positions
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn they_do_what_the_standard_library_does(items: Vec<(u8, String)>) {
            let (mut ours, mut theirs) = (items.clone(), items.clone());
            sort_by_key(&mut ours, |(key, _)| *key);
            theirs.sort_by_key(|(key, _)| *key);
            prop_assert_eq!(&ours, &theirs);
            sort_by(&mut ours, |left, right| right.1.cmp(&left.1));
            theirs.sort_by(|left, right| right.1.cmp(&left.1));
            prop_assert_eq!(&ours, &theirs);
            sort_distinct(&mut ours);
            prop_assert!(ours.iter().eq(&theirs.into_iter().collect::<std::collections::BTreeSet<_>>()));
        }
    }
}
