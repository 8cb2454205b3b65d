//! Whole charts: published examples, segments, courses and the two answers.

use proptest::prelude::*;

use super::chart::{Chart, Charting};
use super::course::{Course, FittedCourse, SeasonForm};
use super::limits::ProcessLimits;
use super::place::Side;
use super::rules::SignalRule;
use crate::{Assurance, Centre, Direction, Number, RuleSet, Variation};

const GAP: i64 = i64::MIN;
const SETS: [RuleSet; 4] = [RuleSet::Wheeler, RuleSet::WesternElectric, RuleSet::Nelson, RuleSet::Nhs];

fn series(values: &[i64]) -> Vec<Option<Number>> {
    values.iter().map(|value| (*value != GAP).then(|| Number::from(*value))).collect()
}

fn number(text: &str) -> Number {
    Number::parse(text).unwrap()
}

/// The lines at a point, to two decimals.
fn lines(chart: &Chart, at: usize) -> Option<[String; 3]> {
    let lines = chart.points[at].lines.as_ref()?;
    Some([&lines.lower, &lines.centre, &lines.upper].map(|line| line.to_fixed(2)))
}

fn broken(chart: &Chart) -> Vec<(usize, SignalRule, Side)> {
    let of = |(at, point): (usize, &super::chart::ChartPoint)| point.signals.iter().map(move |signal| (at, signal.rule, signal.side)).collect::<Vec<_>>();
    chart.points.iter().enumerate().flat_map(of).collect()
}

/// Montgomery, *Introduction to Statistical Quality Control*, costs of processing mortgage loan
/// applications. He has 25.45 for the upper limit of ranges, by D₄ = 3.267; Wheeler's 3.268 gives
/// one cent more.
#[test]
fn costs_of_mortgage_loans() {
    let costs = [310, 288, 297, 298, 307, 303, 294, 297, 308, 306, 294, 299, 297, 299, 314, 295, 293, 306, 301, 304];
    let limits = ProcessLimits::of(&series(&costs), 20).unwrap();
    let shown = [&limits.centre, &limits.lower, &limits.upper, &limits.range_limit].map(|limit| limit.to_fixed(2));
    assert_eq!(shown, ["300.50", "279.78", "321.22", "25.46"]);
    let mean_range = limits.range_limit.divided_by(&number("3.268")).unwrap();
    assert_eq!([mean_range.to_fixed(2), (mean_range * number("3.267")).to_fixed(2)], ["7.79", "25.45"]);
    for set in SETS {
        assert_eq!(broken(&Charting::default().rules(set).chart(&series(&costs))), [], "he finds the process in control, {set:?}");
    }
}

#[test]
fn every_point_of_a_chart_is_judged() {
    // 10 ± 5.32 from the first eight.
    let values = series(&[9, 11, 9, 11, 9, 11, 9, 11, 16, 13, 11, 13, 13, 11, 12, 4]);
    let chart = Charting::default().baseline(0..=7).chart(&values);
    assert_eq!(lines(&chart, 15), Some(["4.68", "10.00", "15.32"].map(str::to_owned)));
    let expected = [
        (8, SignalRule::BeyondLimit, Side::Above),
        (11, SignalRule::ThreeOfFour, Side::Above),
        (12, SignalRule::ThreeOfFour, Side::Above),
        (14, SignalRule::RunOfEight, Side::Above),
        (15, SignalRule::BeyondLimit, Side::Below),
    ];
    assert_eq!(broken(&chart), expected);
}

#[test]
fn limits_start_anew_at_a_process_change() {
    let values = series(&[9, 11, 9, 11, 9, 11, 9, 11, 29, 31, 29, 31, 29, 31, 29, 31, 50, 51]);
    let chart = Charting::default().change(16).change(8).change(8).change(0).change(99).chart(&values);
    assert_eq!(chart.segments.iter().map(|segment| (segment.first, segment.points)).collect::<Vec<_>>(), [(0, 8), (8, 8), (16, 2)]);
    assert_eq!(lines(&chart, 7), Some(["4.68", "10.00", "15.32"].map(str::to_owned)));
    assert_eq!(lines(&chart, 8), Some(["24.68", "30.00", "35.32"].map(str::to_owned)));
    assert_eq!((lines(&chart, 16), &chart.segments[2].process), (None, &None), "two points are too few");
    assert_eq!(broken(&chart), []);
    assert_eq!((chart.variation(Direction::Higher), chart.assurance(Direction::Higher, None)), (Variation::TooFewPoints, Assurance::NoTarget));
    // Seven above the centre before a change and one after it are no run of eight.
    let values = series(&[0, 20, 0, 20, 0, 20, 0, 20, 0, 12, 12, 12, 12, 12, 12, 12, 12, 8, 10, 8, 10, 8, 10, 8]);
    assert_eq!(broken(&Charting::default().baseline(0..=7).chart(&values)).first(), Some(&(16, SignalRule::RunOfEight, Side::Above)));
    assert_eq!(broken(&Charting::default().baseline(0..=7).change(16).chart(&values)), []);
}

#[test]
fn a_baseline_holds_in_its_segment_and_counts_no_later_process() {
    let values = series(&[9, 11, 9, 11, 9, 11, 9, 11, 29, 31, 29, 31, 29, 31, 29, 35]);
    let chart = Charting::default().change(8).baseline(4..=11).min_points(4).chart(&values);
    assert_eq!(chart.segments[0].process.as_ref().unwrap().limits, ProcessLimits::of(&values[4..8], 4).unwrap());
    assert_eq!(chart.segments[1].process.as_ref().unwrap().limits, ProcessLimits::of(&values[8..], 4).unwrap());
    assert_eq!(Charting::default().baseline(0..=3).chart(&values).segments[0].process, None, "four points are too few");
    #[allow(clippy::reversed_empty_ranges, reason = "it is what is tried")]
    let reversed = Charting::default().baseline(5..=2).chart(&values);
    assert_eq!(reversed.segments[0].process, None);
    assert_eq!(Charting::default().chart(&[]), Chart { segments: Vec::new(), points: Vec::new() });
}

#[test]
fn missing_points_are_no_zeros() {
    let with = Charting::default().chart(&series(&[9, 11, 9, 11, GAP, 9, 11, 9, 11, GAP]));
    let limits = &with.segments[0].process.as_ref().unwrap().limits;
    assert_eq!((limits.points, limits.centre.to_string(), limits.upper.to_string()), (8, "10".into(), "15.32".into()));
    assert_eq!(broken(&with), []);
    assert_eq!((with.points[4].judged, with.latest().unwrap().value.clone()), (false, Some(Number::from(11))));
    assert!(Charting::default().chart(&series(&[9, GAP, 9, 11, GAP, 9, 11, 9, 11, GAP])).segments[0].process.is_none(), "seven points are too few");
}

#[test]
fn a_period_that_is_not_over_is_drawn_and_not_judged() {
    let over = [9, 11, 9, 11, 9, 11, 9, 11];
    let so_far = series(&[over.as_slice(), &[0]].concat());
    let chart = Charting::default().partial_last(true).chart(&so_far);
    assert_eq!(chart.points[8].value, Some(Number::from(0)));
    assert_eq!((chart.points[8].judged, lines(&chart, 8)), (false, Some(["4.68", "10.00", "15.32"].map(str::to_owned))));
    assert_eq!(broken(&chart), []);
    assert_eq!(chart.variation(Direction::Higher), Variation::CommonCause);
    let as_if_whole = Charting::default().baseline(0..=7).chart(&so_far);
    assert_eq!(broken(&as_if_whole), [(8, SignalRule::BeyondLimit, Side::Below)]);
    assert_eq!(Charting::default().partial_last(true).min_points(9).chart(&so_far).segments[0].process, None, "it is not the ninth point");
    assert_eq!(Charting::default().partial_last(true).chart(&[]).points, []);
}

#[test]
fn a_steady_trend_is_expected_and_leaving_it_is_a_signal() {
    let chart = Charting::default().course(Course::Trend).min_points(4).chart(&series(&[1, 3, 2, 4]));
    let process = chart.segments[0].process.as_ref().unwrap();
    // By hand: Σ(x − x̄)(y − ȳ) = 4 and Σ(x − x̄)² = 5; what is left is −0.3, 0.9, −0.9, 0.3, with
    // ranges 1.2, 1.8 and 1.2.
    assert_eq!(process.course, FittedCourse::Trend { start: number("1.3"), step: number("0.8") });
    assert_eq!((process.limits.centre.to_string(), process.limits.upper.to_string()), ("0".into(), "3.724".into()));
    assert_eq!(lines(&chart, 3), Some(["-0.02", "3.70", "7.42"].map(str::to_owned)));

    let rising = [10, 13, 12, 15, 16, 19, 18, 21, 22, 25, 24, 27];
    assert!(!broken(&Charting::default().chart(&series(&rising))).is_empty(), "about a level it moves");
    for set in SETS {
        assert_eq!(broken(&Charting::default().rules(set).course(Course::Trend).chart(&series(&rising))), [], "{set:?}");
    }
    // The line of the baseline goes on, and so do its limits.
    let chart = Charting::default().course(Course::Trend).baseline(0..=11).chart(&series(&[rising.as_slice(), &[28, 20]].concat()));
    assert_eq!(broken(&chart), [(13, SignalRule::BeyondLimit, Side::Below)]);
    assert_eq!(chart.variation(Direction::Higher), Variation::SpecialCauseConcern);
    // What lies on the line is on the centre, however the line runs.
    let line = Charting::default().rules(RuleSet::Nelson).course(Course::Trend).chart(&series(&(0..20).map(|at| 7 + 3 * at).collect::<Vec<i64>>()));
    assert_eq!((broken(&line), lines(&line, 19)), (vec![], Some(["64.00"; 3].map(str::to_owned))));
    assert!(Charting::default().course(Course::Trend).min_points(2).chart(&series(&[5, GAP])).segments[0].process.is_none(), "no line through one point");
}

#[test]
fn a_season_is_expected_and_leaving_it_is_a_signal() {
    let quarters = Course::Seasonal { season: 4, form: SeasonForm::Multiplicative };
    let years = [9, 22, 30, 39, 11, 18, 30, 41];
    let chart = Charting::default().course(quarters).chart(&series(&years));
    let process = chart.segments[0].process.as_ref().unwrap();
    // The seasons' means are 10, 20, 30 and 40, that of all 25.
    let factors = ["0.4", "0.8", "1.2", "1.6"].map(number).to_vec();
    assert_eq!(process.course, FittedCourse::Seasonal { form: SeasonForm::Multiplicative, seasons: factors });
    // 22.5, 27.5, 25, 24.375, 27.5, 22.5, 25, 25.625: ranges 5, 2.5, 0.625, 3.125, 5, 2.5, 0.625.
    assert_eq!(process.limits.centre, Number::from(25));
    assert_eq!((process.limits.upper.clone() - Number::from(25)).to_fixed(4), "7.3625", "2.660 · 19.375 ÷ 7");
    assert_eq!(
        (lines(&chart, 0), lines(&chart, 7)),
        (Some(["7.06", "10.00", "12.94"].map(str::to_owned)), Some(["28.22", "40.00", "51.78"].map(str::to_owned)))
    );
    assert_eq!(broken(&chart), []);

    // A first quarter that would be a poor third, and would go unnoticed among all quarters.
    let more = series(&[years.as_slice(), &[30]].concat());
    let chart = Charting::default().course(quarters).baseline(0..=7).chart(&more);
    assert_eq!(broken(&chart), [(8, SignalRule::BeyondLimit, Side::Above)]);
    assert_eq!(broken(&Charting::default().chart(&more)), []);
    // The third cycle counts when it is whole.
    assert_eq!(Charting::default().course(quarters).chart(&more).segments[0].process.as_ref().unwrap().course, process.course);

    let additive = Charting::default().course(Course::Seasonal { season: 4, form: SeasonForm::Additive }).chart(&series(&years));
    let differences = [-15, -5, 5, 15].map(Number::from).to_vec();
    assert_eq!(additive.segments[0].process.as_ref().unwrap().course, FittedCourse::Seasonal { form: SeasonForm::Additive, seasons: differences });
}

#[test]
fn seasons_that_cannot_be_told_give_no_limits() {
    let process = |season, form, values: &[i64]| {
        let chart = Charting::default().min_points(2).course(Course::Seasonal { season, form }).chart(&series(values));
        chart.segments[0].process.clone()
    };
    let both = [SeasonForm::Multiplicative, SeasonForm::Additive];
    for form in both {
        assert!(process(4, form, &[1, 2, 3, 4, 1, 2, 3]).is_none(), "not two cycles");
        assert!(process(4, form, &[1, 2, 3, 4, 1, 2, GAP, 4]).is_none(), "one third quarter");
        assert!(process(4, form, &[1, 2, 3, 4, 1, 2, GAP, 4, 1, 2, 3, 4]).is_some());
        assert!(process(0, form, &[1, 2, 3, 4]).is_none(), "no season");
        assert!(process(usize::MAX, form, &[1, 2, 3, 4]).is_none());
        // Of a season of one there is nothing to tell.
        assert_eq!(process(1, form, &[1, 2, 3, 4]).unwrap().limits.centre.to_string(), "2.5");
    }
    assert_eq!(both.map(|form| process(2, form, &[0, 4, 0, 4]).is_some()), [false, true], "no factor of nothing");
    assert_eq!(both.map(|form| process(2, form, &[-1, 4, -1, 4]).is_some()), [false, true]);
    // A missing December does not move the level: seasons weigh alike.
    let missing = process(2, SeasonForm::Additive, &[10, 30, 10, 30, 10, GAP]).unwrap();
    assert_eq!(missing.course, FittedCourse::Seasonal { form: SeasonForm::Additive, seasons: [-10, 10].map(Number::from).to_vec() });
    // Seasons are counted from the first point, also after a process change in mid-cycle.
    let after = Charting::default().min_points(2).change(3).course(Course::Seasonal { season: 2, form: SeasonForm::Additive });
    let after = after.chart(&series(&[10, 30, 10, 50, 20, 50, 20]));
    assert_eq!(
        after.segments[1].process.as_ref().unwrap().course,
        FittedCourse::Seasonal { form: SeasonForm::Additive, seasons: [-15, 15].map(Number::from).to_vec() }
    );
}

#[test]
fn variation_and_assurance_are_two_answers() {
    let chart = Charting::default().baseline(0..=7).chart(&series(&[9, 11, 9, 11, 9, 11, 9, 11, 16])); // 4.68 to 15.32
    assert_eq!(chart.variation(Direction::Lower), Variation::SpecialCauseConcern);
    let answer = |direction, low: &str, high: &str| chart.assurance(direction, Some((&number(low), &number(high))));
    use Assurance::{HitOrMiss, NoTarget, ReliablyMeets, ReliablyMisses};
    for (target, higher, lower) in [
        ("4", ReliablyMeets, ReliablyMisses),
        // On target is met: every value between the limits meets what the worse of them meets.
        ("4.68", ReliablyMeets, HitOrMiss),
        ("4.69", HitOrMiss, HitOrMiss),
        ("15.32", HitOrMiss, ReliablyMeets),
        ("15.33", ReliablyMisses, ReliablyMeets),
    ] {
        assert_eq!([answer(Direction::Higher, target, target), answer(Direction::Lower, target, target)], [higher, lower], "{target}");
        assert_eq!(answer(Direction::None, target, target), NoTarget);
    }
    assert_eq!(answer(Direction::Band, "4", "16"), ReliablyMeets);
    assert_eq!(answer(Direction::Band, "5", "16"), HitOrMiss);
    assert_eq!([answer(Direction::Band, "1", "4"), answer(Direction::Band, "16", "17")], [ReliablyMisses, ReliablyMisses]);
    // A range: only the bound counts that must be reached.
    assert_eq!([answer(Direction::Higher, "4", "5"), answer(Direction::Lower, "4", "16")], [ReliablyMeets, ReliablyMeets]);
    let few = Charting::default().chart(&series(&[9, 11]));
    assert_eq!(few.assurance(Direction::Higher, Some((&number("1"), &number("1")))), Assurance::TooFewPoints);
    // A rule without a side has no better or worse.
    let near = [-30, 30, 1, -1, 0, 1, -1, 0, 1, -1, 0, 1, -1, 0, 1, -1, 0];
    let near = Charting::default().rules(RuleSet::Nelson).chart(&series(&near));
    assert_eq!((near.points[16].signals[0].rule, near.variation(Direction::Higher)), (SignalRule::FifteenNear, Variation::SpecialCause));
    // The first rule of the set tells which way: above a limit, whatever runs below.
    assert_eq!(chart.variation(Direction::None), Variation::SpecialCause);
}

fn any_series() -> impl Strategy<Value = Vec<i64>> {
    prop::collection::vec(prop_oneof![9 => -20i64..20, 1 => Just(GAP)], 0..40)
}

fn any_charting() -> impl Strategy<Value = Charting> {
    let course = prop_oneof![
        Just(Course::Level),
        Just(Course::Trend),
        Just(Course::Seasonal { season: 4, form: SeasonForm::Additive }),
        Just(Course::Seasonal { season: 3, form: SeasonForm::Additive }),
    ];
    let parts = (
        prop::sample::select(SETS.to_vec()),
        prop_oneof![Just(Centre::Mean), Just(Centre::Median)],
        course,
        prop::option::of(0usize..30),
        prop::option::of((0usize..10, 3usize..20)),
    );
    parts.prop_map(|(rules, centre, course, change, baseline)| {
        let mut charting = Charting::default().rules(rules).centre(centre).course(course).min_points(4);
        if let Some(at) = change {
            charting = charting.change(at);
        }
        if let Some((first, points)) = baseline {
            charting = charting.baseline(first..=first + points);
        }
        charting
    })
}

fn changed(values: &[i64], change: impl Fn(i64) -> i64) -> Vec<i64> {
    values.iter().map(|value| if *value == GAP { GAP } else { change(*value) }).collect()
}

proptest! {
    #[test]
    fn only_the_shape_of_a_series_makes_signals(values in any_series(), charting in any_charting(), by in -1000i64..1000, times in 1i64..50) {
        let signals = broken(&charting.chart(&series(&values)));
        prop_assert_eq!(&broken(&charting.chart(&series(&changed(&values, |value| value * times + by)))), &signals);
        let mirrored: Vec<_> = signals.into_iter().map(|(at, rule, side)| (at, rule, match side {
            Side::Above => Side::Below,
            Side::Below => Side::Above,
            Side::Neither => Side::Neither,
        })).collect();
        prop_assert_eq!(broken(&charting.chart(&series(&changed(&values, |value| -value)))), mirrored);
    }

    #[test]
    fn factors_do_not_depend_on_the_unit(values in prop::collection::vec(1i64..50, 8..30), times in 1i64..50) {
        let charting = Charting::default().course(Course::Seasonal { season: 4, form: SeasonForm::Multiplicative });
        let (plain, scaled) = (charting.chart(&series(&values)), charting.chart(&series(&changed(&values, |value| value * times))));
        prop_assert_eq!(broken(&plain), broken(&scaled));
        let course = |chart: &Chart| chart.segments[0].process.as_ref().map(|process| process.course.clone());
        prop_assert_eq!(course(&plain), course(&scaled));
        // The factors of all seasons have the mean 1.
        if let Some(FittedCourse::Seasonal { seasons, .. }) = course(&plain) {
            prop_assert_eq!(seasons.into_iter().sum::<Number>(), Number::from(4));
        }
    }

    #[test]
    fn locked_limits_are_those_of_the_baseline(values in any_series(), first in 0usize..10, points in 1usize..20, median in any::<bool>()) {
        let values = series(&values);
        let centre = if median { Centre::Median } else { Centre::Mean };
        let chart = Charting::default().centre(centre).baseline(first..=first + points - 1).chart(&values);
        if first < values.len() {
            let slice = &values[first..values.len().min(first + points)];
            let locked = chart.segments[0].process.as_ref().map(|process| process.limits.clone());
            prop_assert_eq!(locked, ProcessLimits::about(centre, slice, 8));
        }
    }

    #[test]
    fn the_last_point_of_a_chart_says_what_the_scorecard_says(values in any_series(), median in any::<bool>()) {
        let values = series(&values);
        let centre = if median { Centre::Median } else { Centre::Mean };
        for set in SETS {
            let chart = Charting::default().rules(set).centre(centre).chart(&values);
            let signals = ProcessLimits::about(centre, &values, 8).map(|limits| limits.signals_by(set, &values)).unwrap_or_default();
            prop_assert_eq!(chart.points.last().map(|point| point.signals.clone()).unwrap_or_default(), signals);
        }
    }

    #[test]
    fn the_median_form_is_exact(mut values in prop::collection::vec((-1000i64..1000, 0u32..4), 2..30)) {
        let numbers: Vec<Option<Number>> = values.iter().map(|(mantissa, decimals)| Some(Number::from_parts(i128::from(*mantissa), *decimals))).collect();
        // In ten-thousandths, by integers alone: twice the medians.
        let mut integers: Vec<i64> = values.drain(..).map(|(mantissa, decimals)| mantissa * 10i64.pow(4 - decimals)).collect();
        let mut ranges: Vec<i64> = integers.windows(2).map(|pair| (pair[1] - pair[0]).abs()).collect();
        let twice = |values: &mut Vec<i64>| {
            values.sort_unstable();
            values[values.len() / 2] + values[(values.len() - 1) / 2]
        };
        let (centre, range) = (i128::from(twice(&mut integers)), i128::from(twice(&mut ranges)));
        let limits = ProcessLimits::about(Centre::Median, &numbers, 2).unwrap();
        let over = |above: i128| Number::ratio(above, 20_000_000).unwrap();
        prop_assert_eq!(limits.centre, over(centre * 1000));
        prop_assert_eq!([limits.lower, limits.upper], [over(centre * 1000 - range * 3145), over(centre * 1000 + range * 3145)]);
        prop_assert_eq!(limits.range_limit, over(range * 3865));
    }

    #[test]
    fn the_line_is_the_one_of_least_squares(values in any_series()) {
        let chart = Charting::default().course(Course::Trend).min_points(2).chart(&series(&values));
        if let Some(FittedCourse::Trend { start, step }) = chart.segments.first().and_then(|segment| segment.process.as_ref()).map(|process| process.course.clone()) {
            // What is left has the mean 0 and does not go with time.
            let left = |at: usize, value: i64| Number::from(value) - start.clone() - step.clone() * Number::from(at);
            let present = || values.iter().copied().enumerate().filter(|(_, value)| *value != GAP);
            prop_assert!(present().map(|(at, value)| left(at, value)).sum::<Number>().is_zero());
            prop_assert!(present().map(|(at, value)| left(at, value) * Number::from(at)).sum::<Number>().is_zero());
        }
    }
}
