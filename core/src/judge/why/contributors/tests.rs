//! What holds of contributors, whatever the numbers are.

use proptest::prelude::*;

use super::{DECIMALS, Found, find, surprise};
use crate::base::number::Number;
use crate::judge::why::rate_mix::{RateMember, RateMix};

/// Three dimensions of two, three and two members.
const RADIX: [(u64, u64); 3] = [(6, 2), (2, 3), (1, 2)];

fn number(text: &str) -> Number {
    Number::parse(text).unwrap()
}

fn figure() -> impl Strategy<Value = Number> {
    prop_oneof![1 => Just(Number::from(0)), 8 => (-500i64..5_000, 1i64..40).prop_map(|(top, below)| Number::from(top).divided_by(&below.into()).unwrap())]
}

fn member() -> impl Strategy<Value = RateMember> {
    (figure(), figure(), figure(), figure()).prop_map(|(base_numerator, base_denominator, actual_numerator, actual_denominator)| RateMember {
        base_numerator,
        base_denominator,
        actual_numerator,
        actual_denominator,
    })
}

/// Some of the cells of the three dimensions.
fn cells() -> impl Strategy<Value = Vec<(u64, RateMember)>> {
    prop::collection::btree_map(0u64..12, member(), 0..12).prop_map(|cells| cells.into_iter().collect())
}

fn scaled(cells: &[(u64, RateMember)], by: &Number) -> Vec<(u64, RateMember)> {
    let times = |value: &Number| value.clone() * by.clone();
    let of = |(at, cell): &(u64, RateMember)| {
        let scaled = RateMember {
            base_numerator: times(&cell.base_numerator),
            base_denominator: times(&cell.base_denominator),
            actual_numerator: times(&cell.actual_numerator),
            actual_denominator: times(&cell.actual_denominator),
        };
        (*at, scaled)
    };
    cells.iter().map(of).collect()
}

fn swapped(cells: &[(u64, RateMember)]) -> Vec<(u64, RateMember)> {
    let of = |(at, cell): &(u64, RateMember)| {
        let cell = cell.clone();
        let swapped = RateMember {
            base_numerator: cell.actual_numerator,
            base_denominator: cell.actual_denominator,
            actual_numerator: cell.base_numerator,
            actual_denominator: cell.base_denominator,
        };
        (*at, swapped)
    };
    cells.iter().map(of).collect()
}

/// The cells of some dimensions.
fn rolled_up(cells: &[(u64, RateMember)], dimensions: &[usize]) -> Vec<(Vec<u64>, RateMember)> {
    let mut found: std::collections::BTreeMap<Vec<u64>, RateMember> = std::collections::BTreeMap::new();
    for (at, cell) in cells {
        let key = dimensions.iter().map(|dimension| at / RADIX[*dimension].0 % RADIX[*dimension].1).collect();
        let known = found.entry(key).or_insert_with(|| RateMember::of((0, 0), (0, 0)));
        known.base_numerator = known.base_numerator.clone() + cell.base_numerator.clone();
        known.base_denominator = known.base_denominator.clone() + cell.base_denominator.clone();
        known.actual_numerator = known.actual_numerator.clone() + cell.actual_numerator.clone();
        known.actual_denominator = known.actual_denominator.clone() + cell.actual_denominator.clone();
    }
    found.into_iter().collect()
}

fn sums_exactly(found: &Found) -> Result<(), TestCaseError> {
    prop_assert_eq!(found.cuboids.len(), 7);
    for cuboid in &found.cuboids {
        let named: Number = cuboid.named.iter().map(|named| named.change.clone()).sum();
        prop_assert_eq!(&(named.clone() + cuboid.rest.clone()), &found.change);
        prop_assert_eq!(&cuboid.share, &named.divided_by(&found.change));
        prop_assert!(cuboid.named.len() <= 3 && cuboid.named.len() <= cuboid.members);
        for named in &cuboid.named {
            let effects: Number = named.effects.iter().cloned().sum();
            prop_assert!(named.effects.is_empty() || effects == named.change);
            prop_assert!(named.share >= number("0.1"), "{}", named.share);
            prop_assert!((0..=10i128.pow(DECIMALS)).contains(&named.surprise));
        }
        let enough = cuboid.share.as_ref().is_some_and(|share| *share >= number("0.67"));
        prop_assert_eq!(cuboid.is_enough, enough);
    }
    Ok(())
}

#[test]
fn surprise_and_power_are_as_computed_by_hand() {
    // Two by two: 50 each before; one of them lost 30, one won 1 and one lost 1.
    let cells: Vec<(u64, RateMember)> =
        [(50, 51), (50, 49), (50, 50), (50, 20)].into_iter().zip(0..).map(|((before, after), at)| (at, RateMember::of((before, 0), (after, 0)))).collect();
    let found = find(&cells, &[(2, 2), (1, 2)], false, 3).unwrap();
    assert_eq!(found.change, number("-30"));
    let told: Vec<(Vec<usize>, usize, String, String)> = found
        .cuboids
        .iter()
        .map(|cuboid| (cuboid.dimensions.clone(), cuboid.named.len(), cuboid.share.clone().unwrap().to_fixed(4), surprise(cuboid.surprise).to_string()))
        .collect();
    // p = 50/200, q = 20/170: ½ (45/340)² ÷ (125/340) = 2025/85000. By the second dimension p = 1/2, q = 69/170:
    // 256/52360; by the first q = 70/170: 225/52700.
    let expected = [(vec![0, 1], 1, "1.0000", "0.023824"), (vec![1], 1, "1.0333", "0.004889"), (vec![0], 1, "1.0000", "0.004269")];
    assert_eq!(told, expected.map(|(by, named, share, surprise)| (by, named, share.to_owned(), surprise.to_owned())));
    assert_eq!(found.cuboids[1].rest, 1.into());
    // Nothing changed in all: nobody explains it, and no share of nothing is told.
    let still: Vec<(u64, RateMember)> = vec![(0, RateMember::of((5, 0), (6, 0))), (1, RateMember::of((5, 0), (4, 0)))];
    let found = find(&still, &[(1, 2)], false, 3).unwrap();
    assert!(found.cuboids[0].named.is_empty() && found.cuboids[0].share.is_none() && found.cuboids[0].rest.is_zero());
    // No denominator, no ratio.
    assert!(find(&still, &[(1, 2)], true, 3).is_none() && find(&[], &[(1, 2)], true, 3).is_none());
    assert_eq!(find(&[], &[(1, 2)], false, 3).unwrap().cuboids[0].members, 0);
}

#[test]
fn a_cause_is_told_from_its_surroundings_and_its_parts() {
    // Channel × country × device: a third of what search brings in the second country is gone, on all devices.
    let radix = [(40, 12), (5, 8), (1, 5)];
    let cells: Vec<(u64, RateMember)> = (0..480u64)
        .map(|at| {
            let before = 60 + i64::try_from(at * 7 % 40).unwrap();
            let lost = if at / 40 == 3 && at / 5 % 8 == 2 { before / 3 } else { 0 };
            (at, RateMember::of((before, 1_000), (before - lost, 1_000)))
        })
        .collect();
    for is_quotient in [false, true] {
        let first = find(&cells, &radix, is_quotient, 3).unwrap().cuboids.swap_remove(0);
        assert_eq!((first.dimensions.as_slice(), first.members, first.named.len()), ([0, 1].as_slice(), 96, 1));
        assert_eq!((first.named[0].combination / 5, first.share), (3 * 8 + 2, Some(1.into())));
    }
}

#[test]
fn thousands_of_members_are_told_and_totals_are_right() {
    let radix = [(2_000, 10), (20, 100), (1, 20)];
    let cells: Vec<(u64, RateMember)> = (0..20_000u64)
        .map(|at| {
            let of = |factor: u64, add: u64| i64::try_from((at * factor + add) % 9_973).unwrap();
            (at, RateMember::of((of(31, 5), of(17, 11)), (of(29, 3), of(13, 7))))
        })
        .collect();
    for is_quotient in [false, true] {
        let found = find(&cells, &radix, is_quotient, 3).unwrap();
        assert_eq!(found.cuboids.iter().map(|cuboid| cuboid.members).max(), Some(20_000));
        sums_exactly(&found).unwrap();
    }
}

proptest! {
    #[test]
    fn every_combination_sums_to_the_change(cells in cells(), by in 1i64..1_000) {
        for is_quotient in [false, true] {
            let sum = |of: fn(&RateMember) -> &Number| cells.iter().map(|(_, cell)| of(cell).clone()).sum::<Number>();
            let (n0, n1) = (sum(|cell| &cell.base_numerator), sum(|cell| &cell.actual_numerator));
            let (d0, d1) = (sum(|cell| &cell.base_denominator), sum(|cell| &cell.actual_denominator));
            let change = if is_quotient { n1.divided_by(&d1).zip(n0.divided_by(&d0)).map(|(after, before)| after - before) } else { Some(n1 - n0) };
            let found = find(&cells, &RADIX, is_quotient, 3);
            prop_assert_eq!(found.as_ref().map(|found| &found.change), change.as_ref());
            let Some(found) = found else { continue };
            sums_exactly(&found)?;
            // Another currency scales amounts, and leaves ratios; shares and surprise stay.
            let again = find(&scaled(&cells, &by.into()), &RADIX, is_quotient, 3).unwrap();
            let factor = if is_quotient { Number::from(1) } else { by.into() };
            prop_assert_eq!(&again.change, &(found.change.clone() * factor.clone()));
            for (there, here) in again.cuboids.iter().zip(&found.cuboids) {
                prop_assert_eq!((&there.dimensions, &there.share, there.surprise), (&here.dimensions, &here.share, here.surprise));
                prop_assert_eq!(&there.rest, &(here.rest.clone() * factor.clone()));
            }
            // The other way round the change has the other sign; of amounts so has each member's part, and the
            // surprise is the same.
            let back = find(&swapped(&cells), &RADIX, is_quotient, 3).unwrap();
            prop_assert!((back.change + found.change.clone()).is_zero());
            if !is_quotient {
                for (there, here) in back.cuboids.iter().zip(&found.cuboids) {
                    let flipped = |named: &super::Named| (named.combination, -named.change.clone(), named.surprise);
                    let plain = |named: &super::Named| (named.combination, named.change.clone(), named.surprise);
                    prop_assert_eq!(there.named.iter().map(flipped).collect::<Vec<_>>(), here.named.iter().map(plain).collect::<Vec<_>>());
                }
            }
        }
    }

    #[test]
    fn members_explain_what_rate_and_mix_do(cells in cells()) {
        let Some(found) = find(&cells, &RADIX, true, 3) else { return Ok(()) };
        for cuboid in &found.cuboids {
            let members = rolled_up(&cells, &cuboid.dimensions);
            prop_assert_eq!(members.len(), cuboid.members);
            // What has no base is held against another rate there.
            let without_base = |member: &RateMember| member.base_denominator.is_zero() && !member.base_numerator.is_zero();
            if members.iter().any(|(_, member)| without_base(member)) {
                continue;
            }
            let values: Vec<RateMember> = members.iter().map(|(_, member)| member.clone()).collect();
            let split = RateMix::ThreeWay.split(&values).unwrap();
            for named in &cuboid.named {
                let key: Vec<u64> = cuboid.dimensions.iter().map(|at| named.combination / RADIX[*at].0 % RADIX[*at].1).collect();
                let at = members.iter().position(|(known, _)| *known == key).unwrap();
                prop_assert_eq!(&named.change, &split.members[at].total);
                prop_assert_eq!(&named.effects, &split.members[at].effects);
                prop_assert_eq!(&named.values, &values[at]);
            }
        }
    }

    #[test]
    fn a_member_in_two_identical_halves_changes_nothing(cells in cells()) {
        // A fourth dimension that halves every cell: combinations without it are told alike.
        let half = number("0.5");
        let halves: Vec<(u64, RateMember)> =
            scaled(&cells, &half).into_iter().flat_map(|(at, cell)| [(at * 2, cell.clone()), (at * 2 + 1, cell)]).collect();
        let finer = [(12, 2), (4, 3), (2, 2), (1, 2)];
        for is_quotient in [false, true] {
            let (Some(found), Some(again)) = (find(&cells, &RADIX, is_quotient, 3), find(&halves, &finer, is_quotient, 3)) else { continue };
            prop_assert_eq!(&again.change, &found.change);
            for cuboid in &found.cuboids {
                let same = again.cuboids.iter().find(|other| other.dimensions == cuboid.dimensions).unwrap();
                prop_assert_eq!((&same.share, &same.rest, same.members), (&cuboid.share, &cuboid.rest, cuboid.members));
            }
        }
    }

    #[test]
    fn surprise_is_close_to_the_jensen_shannon_divergence(values in prop::collection::vec((1i32..10_000, 1i32..10_000), 2..8)) {
        let (before, after): (i32, i32) = values.iter().fold((0, 0), |(p, q), (before, after)| (p + before, q + after));
        let share = |value: i32, all: i32| super::share(&value.into(), &all.into());
        let ours: i128 = values.iter().map(|(p, q)| super::discrimination([share(*p, before), share(*q, after)])).sum();
        let ours = surprise(ours).to_f64().unwrap();
        let bits = |(p, q): &(i32, i32)| {
            let (p, q) = (f64::from(*p) / f64::from(before), f64::from(*q) / f64::from(after));
            0.5 * (p * (2.0 * p / (p + q)).log2() + q * (2.0 * q / (p + q)).log2())
        };
        let theirs: f64 = values.iter().map(bits).sum();
        prop_assert!(theirs <= ours + 1e-6 && theirs >= 0.72 * ours - 1e-6, "{theirs} {ours}");
    }
}
