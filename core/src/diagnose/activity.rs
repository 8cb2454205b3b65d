//! Finished work by person and day, and what happens to it while somebody is away.

use super::evidence::{Absence, Activity};
use crate::base::date::Date;
use crate::base::finding::Place;
use crate::base::id::Id;
use crate::base::map::Map;
use crate::base::number::Number;
use crate::base::order;
use crate::judge::snapshot::Snapshot;

/// Days before and after an absence with which it is compared: four weeks on each side give
/// every weekday eight times, and are near enough for the same season and team.
pub(super) const BASELINE_DAYS: i64 = 28;
/// Fewer working days of absence say nothing: what waits for two days is caught up unnoticed.
pub(super) const LEAST_DAYS: usize = 3;
/// Fewer working days to compare with give no notion of how much days differ anyway.
pub(super) const LEAST_BASELINE: usize = 10;
/// The share by which the others' work falls when a person is missed: a fifth is one day of
/// everybody's week.
pub(super) const DROP: (i64, i64) = (1, 5);
/// A difference counts from twice its standard error on: by chance alone it is that large
/// about once in twenty absences.
const STANDARD_ERRORS: i64 = 2;

/// Finished work by day and person.
///
/// Only members that are people of the system count: a misspelt name might be the absent
/// person's own, and so might work without a name. A day on which nobody finished anything is
/// a closed day (a holiday, a weekend), not a slow one.
pub(super) struct Work {
    days: Map<Date, Map<Id, Number>>,
    /// The members that are no person of the system.
    pub(super) strangers: Vec<String>,
    /// What is counted.
    pub(super) items: Id,
    pub(super) place: Place,
}

/// What happened to the others' work during an absence.
pub(super) struct Effect {
    /// Working days of the absence.
    pub(super) days: usize,
    /// Working days that it is compared with.
    pub(super) baseline: usize,
    /// The others' work for each working day of the absence.
    pub(super) actual: Number,
    /// What it would have been on the same weekdays around it.
    pub(super) expected: Number,
    /// Actual ÷ expected − 1.
    pub(super) change: Number,
    pub(super) reading: Reading,
    /// Whether chance could have put the change on the other side of the threshold.
    pub(super) is_sharp: bool,
}

/// What an effect says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reading {
    /// Less by the threshold or more, and more than chance explains.
    Drop,
    /// Less by the threshold or more, but within chance.
    Unclear,
    /// Not less by the threshold.
    NoDrop,
}

impl Work {
    /// The work that a snapshot's rows tell of; `None` where it was made of cells, which do not
    /// keep whose work each row is.
    pub(super) fn of(snapshot: &Snapshot, activity: &Activity) -> Option<Self> {
        let facts = snapshot.facts()?;
        let mut days: Map<Date, Map<Id, Number>> = Map::new();
        let mut strangers: Vec<String> = Vec::new();
        let source = snapshot.system().source(activity.source.as_str());
        let sums = source.map(|source| facts.daily_sums(source, &activity.person, &activity.items, snapshot.as_of()));
        for (day, members) in sums.unwrap_or_default() {
            for (member, sum) in members {
                match member.and_then(|member| snapshot.system().person(member)) {
                    Some(person) => {
                        days.entry(day).or_default().insert(person.id.clone(), sum);
                    }
                    None => strangers.extend(member.map(str::to_owned)),
                }
            }
        }
        order::sort_distinct(&mut strangers);
        Some(Self { days, strangers, items: activity.items.clone(), place: activity.place.clone() })
    }

    /// The working days.
    pub(super) fn days(&self) -> impl Iterator<Item = Date> {
        self.days.keys().copied()
    }

    /// What happened to the others' work during an absence, against the same weekdays of the
    /// weeks before and after on which nobody was away; or why that cannot be said.
    pub(super) fn effect(&self, absence: &Absence, absences: &[Absence]) -> Result<Effect, String> {
        let (start, end) = (absence.from.plus_days(-BASELINE_DAYS), absence.to.plus_days(BASELINE_DAYS));
        let near: Vec<&Absence> = absences.iter().filter(|other| other.from <= end && start <= other.to).collect();
        let mut during: Map<u32, Vec<Number>> = Map::new();
        let mut around: Map<u32, Vec<Number>> = Map::new();
        for (day, sums) in self.days.range(start..=end) {
            let inside = absence.from <= *day && *day <= absence.to;
            // Work is missing for another reason when somebody else is away too.
            let disturbed = near.iter().any(|other| other.from <= *day && *day <= other.to && !(inside && other.person == absence.person));
            if disturbed {
                continue;
            }
            let others: Number = sums.iter().filter(|(person, _)| **person != absence.person).map(|(_, sum)| sum.clone()).sum();
            let days = if inside { &mut during } else { &mut around };
            days.entry(day.days_since_monday()).or_default().push(others);
        }
        during.retain(|weekday, _| around.contains_key(weekday));
        around.retain(|weekday, _| during.contains_key(weekday));
        let count = |days: &Map<u32, Vec<Number>>| days.values().map(Vec::len).sum::<usize>();
        let (days, baseline) = (count(&during), count(&around));
        if days < LEAST_DAYS {
            return Err(format!("work is counted on {days} working days on which nobody else was away; {LEAST_DAYS} are needed"));
        }
        if baseline < LEAST_BASELINE {
            return Err(format!("the weeks before and after have {baseline} working days to compare with; {LEAST_BASELINE} are needed"));
        }
        compare(&during, &around, days, baseline).ok_or_else(|| "the others finished nothing in the weeks before and after".to_owned())
    }
}

/// Totals against what the same weekdays usually bring. The variance is that of days around
/// their weekday's mean; the total of the absence and the means it is held against both have
/// a part in it.
fn compare(during: &Map<u32, Vec<Number>>, around: &Map<u32, Vec<Number>>, days: usize, baseline: usize) -> Option<Effect> {
    let zero = || Number::from(0);
    let (mut actual, mut expected, mut squares, mut weight) = (zero(), zero(), zero(), Number::from(days));
    for (weekday, usual) in around.iter() {
        let (seen, n) = (during.get(weekday)?, Number::from(usual.len()));
        let mean = usual.iter().cloned().sum::<Number>().divided_by(&n)?;
        let m = Number::from(seen.len());
        actual = actual + seen.iter().cloned().sum::<Number>();
        expected = expected + mean.clone() * m.clone();
        squares = squares + usual.iter().map(|total| square(total.clone() - mean.clone())).sum::<Number>();
        weight = weight + square(m).divided_by(&n)?;
    }
    let freedom = Number::from(baseline.checked_sub(around.len())?);
    let error = squares.divided_by(&freedom)? * weight * Number::from(STANDARD_ERRORS * STANDARD_ERRORS);
    let threshold = expected.clone() * (Number::from(1) - Number::from(DROP.0).divided_by(&Number::from(DROP.1))?);
    let change = actual.divided_by(&expected)? - Number::from(1);
    let beyond_chance = |distance: Number| square(distance) > error;
    let reading = match (actual <= threshold, beyond_chance(expected.clone() - actual.clone())) {
        (true, true) => Reading::Drop,
        (true, false) => Reading::Unclear,
        (false, _) => Reading::NoDrop,
    };
    let is_sharp = beyond_chance(actual.clone() - threshold);
    let n = Number::from(days);
    Some(Effect { days, baseline, actual: actual.divided_by(&n)?, expected: expected.divided_by(&n)?, change, reading, is_sharp })
}

fn square(number: Number) -> Number {
    number.clone() * number
}

#[cfg(test)]
mod tests {
    use super::{Reading, compare};
    use crate::Number;

    fn days(by_weekday: &[&[i64]]) -> crate::base::map::Map<u32, Vec<Number>> {
        (0..).zip(by_weekday).map(|(weekday, totals)| (weekday, totals.iter().map(|total| Number::from(*total)).collect())).collect()
    }

    fn reading(during: &[&[i64]], around: &[&[i64]]) -> (Reading, String) {
        let count = |days: &[&[i64]]| days.iter().map(|totals| totals.len()).sum();
        let effect = compare(&days(during), &days(around), count(during), count(around)).unwrap();
        (effect.reading, effect.change.to_fixed(3))
    }

    #[test]
    fn each_weekday_is_compared_with_itself() {
        // Mondays bring 20, Tuesdays 10: an absence on one Tuesday is as usual, not a drop.
        assert_eq!(reading(&[&[20], &[10, 10]], &[&[21, 19, 20, 20], &[11, 9, 10, 10]]), (Reading::NoDrop, "0.000".to_owned()));
    }

    #[test]
    fn a_fifth_less_is_a_drop_unless_days_differ_that_much_anyway() {
        let steady: &[&[i64]] = &[&[20, 21, 19, 20, 20, 20, 21, 19]];
        assert_eq!(reading(&[&[16, 16, 16]], steady), (Reading::Drop, "-0.200".to_owned()));
        assert_eq!(reading(&[&[17, 16, 16]], steady).0, Reading::NoDrop);
        let wild: &[&[i64]] = &[&[2, 38, 5, 35, 2, 38, 5, 35]];
        assert_eq!(reading(&[&[16, 16, 16]], wild), (Reading::Unclear, "-0.200".to_owned()));
    }
}
