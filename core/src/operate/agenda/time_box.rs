//! How the minutes of a review are shared out over its topics.
//!
//! In the order of the agenda, each topic gets two minutes while there are any; the minutes that
//! are left are shared in proportion, escalations counting twice, and rounded so that the whole is
//! what was set aside. Topics that two minutes are not left for are named: who holds the review
//! decides before it begins, and not when time is up.

use serde::Serialize;

/// No topic is worth less.
const LEAST: u32 = 2;

/// The minutes of a review by topic.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TimeBox {
    /// The minutes set aside.
    pub minutes: u32,
    /// The topics that there is time for, in the order of the agenda; their minutes sum to those
    /// set aside.
    pub slots: Vec<TimeSlot>,
    /// The topics that there is no time for.
    pub no_time_for: Vec<String>,
}

/// A topic and its minutes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TimeSlot {
    /// The topic.
    pub topic: String,
    /// Its minutes.
    pub minutes: u32,
}

/// A topic, and how much it weighs.
pub(super) struct Topic {
    pub(super) name: String,
    pub(super) weight: u32,
}

pub(super) fn share(minutes: u32, topics: Vec<Topic>) -> TimeBox {
    let least = LEAST.min(minutes.max(1));
    let fit = usize::try_from(minutes.checked_div(least).unwrap_or(0)).unwrap_or(usize::MAX).min(topics.len());
    let whole: u64 = topics.iter().take(fit).map(|topic| u64::from(topic.weight)).sum();
    let taken = u64::from(least).saturating_mul(u64::try_from(fit).unwrap_or(u64::MAX));
    let rest = u64::from(minutes).saturating_sub(taken);
    // What all topics so far have of the rest, rounded down: the last one has all of it.
    let up_to = |weight: u64| rest.saturating_mul(weight).checked_div(whole).unwrap_or(0);
    let (mut slots, mut no_time_for, mut before) = (Vec::new(), Vec::new(), 0u64);
    for (position, topic) in topics.into_iter().enumerate() {
        if position >= fit {
            no_time_for.push(topic.name);
            continue;
        }
        let after = before.saturating_add(u64::from(topic.weight));
        let extra = up_to(after).saturating_sub(up_to(before));
        before = after;
        slots.push(TimeSlot { topic: topic.name, minutes: least.saturating_add(u32::try_from(extra).unwrap_or(0)) });
    }
    TimeBox { minutes, slots, no_time_for }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Topic, share};

    fn shared(minutes: u32, weights: &[u32]) -> (Vec<u32>, usize) {
        let topics = weights.iter().enumerate().map(|(position, weight)| Topic { name: position.to_string(), weight: *weight }).collect();
        let time = share(minutes, topics);
        (time.slots.iter().map(|slot| slot.minutes).collect(), time.no_time_for.len())
    }

    #[test]
    fn minutes_are_shared_as_is_said() {
        // 15 − 3 × 2 = 9 minutes by 2 : 1 : 1.
        assert_eq!(shared(15, &[2, 1, 1]), (vec![6, 4, 5], 0));
        assert_eq!(shared(15, &[1; 9]), (vec![2, 2, 2, 2, 2, 2, 3], 2));
        assert_eq!(shared(1, &[1, 1]), (vec![1], 1));
        assert_eq!(shared(30, &[]), (vec![], 0));
    }

    proptest! {
        #[test]
        fn they_sum_to_those_set_aside(minutes in 1u32..1441, weights in prop::collection::vec(1u32..3, 1..40)) {
            let (slots, left) = shared(minutes, &weights);
            prop_assert_eq!(slots.iter().sum::<u32>(), minutes);
            prop_assert_eq!(slots.len() + left, weights.len());
            prop_assert!(slots.iter().all(|slot| *slot >= 2.min(minutes)));
        }
    }
}
