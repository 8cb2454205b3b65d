//! The ladder: how high a trouble has climbed, and whether it is quiet. A function of dates alone.
//!
//! What lasts goes one rung up for each `climbs_after` days on which nobody had acknowledged it. An
//! acknowledgement counts for what was raised by its day, and for what comes later of the same kind
//! and no higher; anything else is worse than what was acknowledged.

use crate::base::date::Date;
use crate::base::order;
use crate::model::escalation::{Rung, TriggerKind};

/// When something was raised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Raised {
    /// On a day.
    On(Date),
    /// Before a day: longer ago than is looked back. What is known of it counts from that day.
    Before(Date),
    /// Nobody knows when, so that there are no days to climb by.
    Unknown,
}

/// What a trigger says, as far as the ladder cares.
#[derive(Clone, Debug)]
pub(super) struct Cause {
    pub(super) kind: TriggerKind,
    pub(super) to: Rung,
    pub(super) raised: Raised,
    pub(super) climbs_after: Option<u32>,
    pub(super) quiet_days: Option<u32>,
}

/// An acknowledgement: on which day, and through which it holds, if it says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Said {
    pub(super) on: Date,
    pub(super) until: Option<Date>,
}

/// Where something stands on the ladder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stands {
    /// The highest rung at which a cause began.
    pub(super) started: Rung,
    /// The highest rung now.
    pub(super) to: Rung,
    /// That of each cause.
    pub(super) rungs: Vec<Rung>,
    /// For how many days it has been raised, by the cause that lasts longest; `None` when unknown.
    pub(super) days: Option<i64>,
    /// The acknowledgement that counts, by its position, and through which day; `None` is as long as
    /// it lasts.
    pub(super) said: Option<(usize, Option<Date>)>,
    /// Whether that keeps it quiet.
    pub(super) is_quiet: bool,
    /// The causes that make it worse than what was acknowledged and would still be quiet.
    pub(super) worse: Vec<usize>,
}

impl Cause {
    /// Whether it was there when something was said.
    fn known_to(&self, said: Said) -> bool {
        match self.raised {
            Raised::On(day) => day <= said.on,
            Raised::Before(_) | Raised::Unknown => true,
        }
    }

    fn days(&self, as_of: Date) -> Option<i64> {
        match self.raised {
            Raised::On(day) | Raised::Before(day) => Some(as_of.days_since(day).max(0)),
            Raised::Unknown => None,
        }
    }

    /// The rung that it has climbed to, given the stretches of days on which it was acknowledged.
    fn rung(&self, quiet: &[(Date, Date)], as_of: Date) -> Rung {
        let Some(each) = self.climbs_after else { return self.to };
        match self.raised {
            Raised::Unknown => self.to,
            Raised::On(day) | Raised::Before(day) => {
                let waited = as_of.days_since(day).max(0).saturating_sub(days_in(quiet, day.plus_days(1), as_of));
                let rungs = waited.checked_div(i64::from(each)).unwrap_or(0);
                self.to.up(u32::try_from(rungs).unwrap_or(u32::MAX))
            }
        }
    }
}

/// How many days from the first through the last lie in any of some stretches, in order of their
/// first days.
fn days_in(stretches: &[(Date, Date)], first: Date, last: Date) -> i64 {
    let (mut days, mut next) = (0i64, first);
    for (from, to) in stretches {
        let (from, to) = ((*from).max(next), (*to).min(last));
        if from <= to {
            days = days.saturating_add(to.days_since(from)).saturating_add(1);
            next = to.plus_days(1);
        }
    }
    days
}

/// Where causes stand on a day, given what was said by then.
pub(super) fn stands(causes: &[Cause], said: &[Said], as_of: Date) -> Stands {
    let said: Vec<(usize, Said)> = said.iter().copied().enumerate().filter(|(_, said)| said.on <= as_of).collect();
    let covers =
        |said: Said, cause: &Cause| cause.known_to(said) || causes.iter().any(|other| other.known_to(said) && other.kind == cause.kind && other.to >= cause.to);
    // Of several triggers the one that is quiet for the shortest time decides.
    let end = |said: Said| {
        let shortest = || causes.iter().filter(|cause| cause.known_to(said)).filter_map(|cause| cause.quiet_days).min();
        said.until.or_else(|| shortest().map(|days| said.on.plus_days(i64::from(days).saturating_sub(1))))
    };
    let holds = |said: Said| end(said).is_none_or(|end| as_of <= end);
    let rung = |cause: &Cause| {
        let covering = said.iter().filter(|(_, said)| covers(*said, cause));
        let mut quiet: Vec<(Date, Date)> = covering.map(|(_, said)| (said.on, end(*said).unwrap_or_else(Date::max))).collect();
        order::sort_by_key(&mut quiet, |stretch| *stretch);
        cause.rung(&quiet, as_of)
    };
    let counting = said.iter().filter(|(_, said)| causes.iter().any(|cause| cause.known_to(*said)));
    // What still holds before what held, what holds longest first, the latest of equals.
    let counts = counting.max_by_key(|(position, said)| (holds(*said), end(*said).unwrap_or_else(Date::max), said.on, *position));
    let open = |cause: &Cause| !said.iter().any(|(_, said)| holds(*said) && covers(*said, cause));
    let loud: Vec<usize> = causes.iter().enumerate().filter(|(_, cause)| open(cause)).map(|(position, _)| position).collect();
    let is_held = counts.is_some_and(|(_, said)| holds(*said));
    let lowest = Rung::Owner;
    let rungs: Vec<Rung> = causes.iter().map(rung).collect();
    Stands {
        started: causes.iter().map(|cause| cause.to).max().unwrap_or(lowest),
        to: rungs.iter().copied().max().unwrap_or(lowest),
        rungs,
        days: causes.iter().filter_map(|cause| cause.days(as_of)).max(),
        said: counts.map(|(position, said)| (*position, end(*said))),
        is_quiet: loud.is_empty() && is_held,
        worse: if is_held { loud } else { Vec::new() },
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Cause, Raised, Said, Stands, stands};
    use crate::base::date::Date;
    use crate::model::escalation::{Rung, TriggerKind};

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    /// Off target, raised to the owner on 10 June.
    fn off_target() -> Cause {
        Cause { kind: TriggerKind::OffTarget, to: Rung::Owner, raised: Raised::On(day("2026-06-10")), climbs_after: Some(5), quiet_days: Some(7) }
    }

    fn at(causes: &[Cause], said: &[Said], on: &str) -> (Rung, bool, Option<Date>) {
        let Stands { to, is_quiet, said, .. } = stands(causes, said, day(on));
        (to, is_quiet, said.and_then(|(_, end)| end))
    }

    /// A rung for each 5 days of waiting, and a quiet week from the acknowledgement on 17 June: 11 to
    /// 16 June are six days of waiting, and 24 June is the seventh.
    #[test]
    fn it_climbs_day_by_day_and_an_acknowledgement_stops_it() {
        let said = [Said { on: day("2026-06-17"), until: None }];
        let end = Some(day("2026-06-23"));
        for (on, alone, acknowledged) in [
            ("2026-06-10", Rung::Owner, (Rung::Owner, false, None)),
            ("2026-06-14", Rung::Owner, (Rung::Owner, false, None)),
            ("2026-06-15", Rung::Operator, (Rung::Operator, false, None)),
            // Six days are waited for by 16 June; the 17th is quiet already.
            ("2026-06-16", Rung::Operator, (Rung::Operator, false, None)),
            ("2026-06-17", Rung::Operator, (Rung::Operator, true, end)),
            ("2026-06-19", Rung::Operator, (Rung::Operator, true, end)),
            ("2026-06-20", Rung::Executive, (Rung::Operator, true, end)),
            ("2026-06-23", Rung::Executive, (Rung::Operator, true, end)),
            // The seventh, eighth, ninth and tenth day of waiting.
            ("2026-06-24", Rung::Executive, (Rung::Operator, false, end)),
            ("2026-06-26", Rung::Executive, (Rung::Operator, false, end)),
            ("2026-06-27", Rung::Executive, (Rung::Executive, false, end)),
            ("2026-09-30", Rung::Executive, (Rung::Executive, false, end)),
        ] {
            assert_eq!(at(&[off_target()], &[], on), (alone, false, None), "{on}");
            assert_eq!(at(&[off_target()], &said, on), acknowledged, "{on}");
        }
    }

    #[test]
    fn an_acknowledgement_may_say_until_when_or_hold_as_long_as_it_lasts() {
        let until = [Said { on: day("2026-06-11"), until: Some(day("2026-07-31")) }];
        assert_eq!(at(&[off_target()], &until, "2026-07-31"), (Rung::Owner, true, Some(day("2026-07-31"))));
        assert!(!at(&[off_target()], &until, "2026-08-01").1);
        let lasting = Cause { quiet_days: None, ..off_target() };
        assert_eq!(at(&[lasting], &[Said { on: day("2026-06-11"), until: None }], "2030-01-01"), (Rung::Owner, true, None));
    }

    #[test]
    fn what_was_said_before_it_was_raised_does_not_count() {
        let before = [Said { on: day("2026-06-09"), until: Some(day("2026-12-31")) }];
        assert_eq!(at(&[off_target()], &before, "2026-06-12"), (Rung::Owner, false, None));
    }

    #[test]
    fn a_new_kind_or_a_higher_rung_is_worse_and_the_same_again_is_not() {
        let said = [Said { on: day("2026-06-12"), until: Some(day("2026-06-30")) }];
        let later = |kind, to| Cause { kind, to, raised: Raised::On(day("2026-06-20")), climbs_after: None, quiet_days: None };
        for (cause, worse) in [
            (later(TriggerKind::AdverseSignal, Rung::Owner), vec![1]),
            (later(TriggerKind::OffTarget, Rung::Executive), vec![1]),
            (later(TriggerKind::OffTarget, Rung::Owner), vec![]),
        ] {
            let found = stands(&[off_target(), cause.clone()], &said, day("2026-06-21"));
            assert_eq!((found.worse.clone(), found.is_quiet), (worse.clone(), worse.is_empty()), "{cause:?}");
            // Who acknowledges that too has all of it quiet.
            let both = [said[0], Said { on: day("2026-06-21"), until: Some(day("2026-06-25")) }];
            assert!(stands(&[off_target(), cause], &both, day("2026-06-21")).is_quiet);
        }
    }

    #[test]
    fn what_lasts_longer_than_is_known_climbs_by_what_is_known_and_what_began_nobody_knows_when_does_not() {
        let of = |raised| Cause { raised, ..off_target() };
        let before = of(Raised::Before(day("2026-06-10")));
        let on = |as_of: &str| at(std::slice::from_ref(&before), &[], as_of).0;
        assert_eq!(["2026-06-14", "2026-06-15", "2026-06-20"].map(on), [Rung::Owner, Rung::Operator, Rung::Executive]);
        // Acknowledged for as long as it lasts, it stays where it was: four days of waiting.
        let lasting = Cause { quiet_days: None, ..before };
        assert_eq!(at(std::slice::from_ref(&lasting), &[Said { on: day("2026-06-15"), until: None }], "2030-01-01"), (Rung::Owner, true, None));
        // What was said before the first day that is known counts, too.
        assert_eq!(at(&[lasting], &[Said { on: day("2026-05-15"), until: None }], "2030-01-01"), (Rung::Owner, true, None));
        assert_eq!(at(&[of(Raised::Unknown)], &[], "2030-06-11").0, Rung::Owner);
        assert_eq!(stands(&[of(Raised::Unknown)], &[], day("2030-06-11")).days, None);
        let never = Cause { climbs_after: None, ..off_target() };
        assert_eq!(at(&[never], &[], "2030-06-11").0, Rung::Owner);
    }

    fn cause() -> impl Strategy<Value = Cause> {
        let kind = prop::sample::select(vec![TriggerKind::OffTarget, TriggerKind::AdverseSignal, TriggerKind::Pace]);
        let to = prop::sample::select(vec![Rung::Owner, Rung::Operator, Rung::Executive]);
        let raised = prop_oneof![8 => (0i64..60).prop_map(|at| Raised::On(day("2026-06-01").plus_days(at))), 1 => Just(Raised::Unknown)];
        (kind, to, raised, prop::option::of(1u32..20), prop::option::of(1u32..20)).prop_map(|(kind, to, raised, climbs_after, quiet_days)| Cause {
            kind,
            to,
            raised,
            climbs_after,
            quiet_days,
        })
    }

    fn said() -> impl Strategy<Value = Said> {
        (0i64..90, prop::option::of(-3i64..40))
            .prop_map(|(on, until)| (day("2026-06-01").plus_days(on), until))
            .prop_map(|(on, until)| Said { on, until: until.map(|days| on.plus_days(days)) })
    }

    proptest! {
        #[test]
        fn time_alone_never_lowers_the_rung(causes in prop::collection::vec(cause(), 1..4), said in prop::collection::vec(said(), 0..4)) {
            let first = day("2026-07-31");
            let rungs: Vec<Rung> = (0..40).map(|later| stands(&causes, &said, first.plus_days(later)).to).collect();
            prop_assert!(rungs.windows(2).all(|pair| pair[0] <= pair[1]), "{rungs:?}");
        }

        #[test]
        fn acknowledging_never_adds(causes in prop::collection::vec(cause(), 1..4), said in prop::collection::vec(said(), 1..4), later in 0i64..60) {
            let as_of = day("2026-07-31").plus_days(later);
            let (all, less) = (stands(&causes, &said, as_of), stands(&causes, &said[..said.len() - 1], as_of));
            prop_assert!(all.to <= less.to);
            prop_assert!(all.is_quiet || !less.is_quiet);
            prop_assert!(all.started == less.started && all.days == less.days);
        }

        #[test]
        fn what_is_said_in_another_order_says_the_same(causes in prop::collection::vec(cause(), 1..4), said in prop::collection::vec(said(), 0..4)) {
            let reversed: Vec<Said> = said.iter().rev().copied().collect();
            let as_of = day("2026-08-15");
            let (one, other) = (stands(&causes, &said, as_of), stands(&causes, &reversed, as_of));
            prop_assert_eq!((one.to, one.is_quiet, &one.worse), (other.to, other.is_quiet, &other.worse));
        }
    }
}
