//! Kinds of targets, targets of members, and last year's shape, each worked by hand.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking, in its helpers too")]

use marketingos::{ByMember, Facts, Finding, Grain, Impact, LevelReached, Line, Number, OnTarget, Snapshot, Source, System};
use proptest::prelude::*;

/// Sales by channel and region from 2025 on; revenue, its costs, a count without a direction, and a share.
const FIRM: &str = "
marketingos: 1
name: Firm
sources:
  sales: { date: day, dimensions: [channel, region], measures: { amount: { unit: EUR }, cost: { unit: EUR } }, rows: events, recorded_from: 2025-01-01, recorded_until: as_of }
  visits: { date: day, dimensions: [channel], rows: events, recorded_from: 2025-01-01, recorded_until: as_of }
kpis:
  revenue: { unit: EUR, direction: higher, sum: sales.amount }
  cost: { unit: EUR, direction: lower, sum: sales.cost }
  orders: { unit: count of orders, direction: none, count: sales }
  cost_share: { unit: percent, direction: lower, ratio: { numerator: cost, denominator: revenue } }
  order_rate: { unit: percent, direction: higher, ratio: { numerator: orders, denominator: all_visits } }
  margin_band: { unit: EUR, direction: band, sum: sales.amount }
measures:
  all_visits: { count: visits }
";

fn parse(targets: &str) -> (System, Vec<Finding>) {
    let text = format!("{FIRM}plan: {{ targets: {{ {targets} }} }}\n");
    System::parse(&[Source::new("system.yaml", &text)]).unwrap_or_else(|error| panic!("{error}: {:?}", error.findings()))
}

fn told(findings: &[Finding]) -> Vec<String> {
    findings.iter().map(|finding| format!("{} {}: {} | {}", finding.code, finding.place.path, finding.message, finding.help)).collect()
}

fn refused(targets: &str) -> Vec<String> {
    let text = format!("{FIRM}plan: {{ targets: {{ {targets} }} }}\n");
    let error = System::parse(&[Source::new("system.yaml", &text)]).unwrap_err();
    assert!(error.findings().iter().all(|finding| finding.place.mark.line > 0), "every finding has its place");
    told(error.findings())
}

/// Rows of `day,channel,region,amount,cost`.
fn snapshot(targets: &str, rows: &[&str], as_of: &str) -> Snapshot {
    let (system, _) = parse(targets);
    let table = format!("day,channel,region,amount,cost\n{}\n", rows.join("\n"));
    let facts = Facts::builder(&system).csv("sales", table).csv("visits", "day,channel\n").build().unwrap();
    system.snapshot(&facts, as_of.parse().unwrap())
}

fn line(targets: &str, rows: &[&str], kpi: &str, period: &str) -> Line {
    snapshot(targets, rows, "2026-12-31").line_for(kpi, period).unwrap()
}

fn number(text: &str) -> Number {
    Number::parse(text).unwrap()
}

#[test]
fn at_least_and_at_most_say_by_themselves_which_way_is_better() {
    let rows = ["2026-01-05,web,north,10,1", "2026-01-09,web,north,10,1"];
    let judged = |target: &str| {
        let line = line(&format!("orders: {{ period: 2026-01, {target} }}"), &rows, "orders", "2026-01");
        (line.plan.change.text, line.plan.impact, line.status.target)
    };
    // Two orders.
    assert_eq!(judged("value: 3"), ("\u{2212}1".to_owned(), Impact::Neutral, OnTarget::NotJudged));
    assert_eq!(judged("at_least: 3"), ("\u{2212}1".to_owned(), Impact::Adverse, OnTarget::Missed));
    assert_eq!(judged("at_most: 3"), ("\u{2212}1".to_owned(), Impact::Favourable, OnTarget::Met));
    assert_eq!(judged("at_most: 1"), ("+1".to_owned(), Impact::Adverse, OnTarget::Missed));
    assert_eq!(judged("at_least: 2"), ("±0".to_owned(), Impact::Neutral, OnTarget::Met));
    // A year of at least 365 asks for at least 31 in January; halves that ask for opposite things ask for nothing.
    assert_eq!(line("orders: { period: 2026, at_least: 365 }", &rows, "orders", "2026-01").plan.base.text, "31");
    let both = "orders: [ { from: 2026-01, to: 2026-02, at_least: 3 }, { period: 2026-03, at_most: 3 } ]";
    assert_eq!(line(both, &rows, "orders", "2026-Q1").plan.base.value.cause(), "the targets of the period ask for opposite things");
}

#[test]
fn a_target_against_the_direction_is_an_error() {
    assert_eq!(
        refused("revenue: { period: 2026, at_most: 5 }"),
        [
            "MOS-M032 plan.targets.revenue: `revenue` is better when it is higher, and its target asks for at most so much | write `at_least`, or mend the KPI's direction"
        ]
    );
    assert_eq!(
        refused("cost: { period: 2026, at_least: 5 }"),
        [
            "MOS-M032 plan.targets.cost: `cost` is better when it is lower, and its target asks for at least so much | write `at_most`, or mend the KPI's direction"
        ]
    );
    assert!(refused("margin_band: { period: 2026, at_least: 5 }")[0].starts_with("MOS-M015 plan.targets.margin_band: `margin_band` is better inside a band"));
    assert!(told(&parse("revenue: { period: 2026, at_least: 5 }, cost: { period: 2026, at_most: 5 }").1).is_empty());
}

#[test]
fn a_target_says_one_thing() {
    const HELP: &str = "write `value`, with `start` for a trajectory; `at_least`; `at_most`; `levels`; or both `low` and `high`";
    for both in ["value: 1, at_least: 1", "at_least: 1, at_most: 2", "value: 1, low: 1", "levels: { minimum: 1, good: 2, excellent: 3 }, value: 1"] {
        let expected = format!("MOS-M018 plan.targets.revenue: `plan.targets.revenue` says more than one thing that is aimed at | {HELP}");
        assert_eq!(refused(&format!("revenue: {{ period: 2026, {both} }}")), [expected], "{both}");
    }
    let nothing = format!("MOS-M002 plan.targets.revenue: `plan.targets.revenue` does not say what the target is | {HELP}");
    assert_eq!(refused("revenue: { period: 2026 }"), [nothing.as_str()]);
    assert_eq!(refused("margin_band: { period: 2026, low: 1 }"), [nothing.replace("revenue", "margin_band")]);
    assert_eq!(
        refused("revenue: { period: 2026, start: 1 }"),
        [
            "MOS-M002 plan.targets.revenue: `plan.targets.revenue` says where a trajectory starts, and not where it leads | write `value` for the last period beside `start`"
        ]
    );
    assert!(refused("revenue: { period: 2026, at_least: lots }")[0].starts_with("MOS-M004 plan.targets.revenue.at_least: `lots` is not a number"));
}

#[test]
fn a_trajectory_rises_in_equal_steps() {
    // From 2 % to 5 % in twelve steps of a quarter of a point.
    let rate = "order_rate: { from: 2026-01, to: 2026-12, start: 0.02, value: 0.05 }";
    let of = |month: &str| line(rate, &[], "order_rate", month).target.unwrap().low;
    assert_eq!(["2026-01", "2026-02", "2026-06", "2026-12"].map(of), ["0.0225", "0.025", "0.035", "0.05"].map(number));
    assert_eq!(line(rate, &[], "order_rate", "2026-01").target.unwrap().baseline, Some(number("0.02")));
    // A rate does not add up, and it is not the same throughout the quarter.
    assert_eq!(line(rate, &[], "order_rate", "2026-Q1").plan.base.value.reason(), Some("not comparable"));
    // An amount does: 110 + 120 + 130, from three times 100.
    let amount = line("revenue: { from: 2026-01, to: 2026-12, start: 100, value: 220 }", &[], "revenue", "2026-Q1").target.unwrap();
    assert_eq!((amount.low, amount.baseline), (number("360"), Some(number("300"))));
    // Down as well, and in one step.
    assert_eq!(line("cost: { period: 2026-03, start: 60, value: 40 }", &[], "cost", "2026-03").target.unwrap().low, number("40"));
    assert_eq!(line("cost: { from: 2026-Q1, to: 2026-Q4, start: 60, value: 40 }", &[], "cost", "2026-Q3").target.unwrap().low, number("45"));
    // Outside of it there is no target.
    assert_eq!(line(rate, &[], "order_rate", "2027-01").status.target, OnTarget::NoTarget);
    // The frame is held against what the months come to: 12 × 100 + 10 × (1 + … + 12) = 1,980.
    let frame = told(&parse("revenue: [ { period: 2026, value: 2000 }, { from: 2026-01, to: 2026-12, start: 100, value: 220 } ]").1);
    assert!(frame[0].contains("the months of 2026 sum to EUR 1,980 for `revenue`, and its target is EUR 2,000: EUR 20.00 less"), "{frame:?}");
    assert!(told(&parse("revenue: [ { period: 2026, value: 1980 }, { from: 2026-01, to: 2026-12, start: 100, value: 220 } ]").1).is_empty());
}

#[test]
fn the_level_that_is_reached_is_told() {
    let reached = |kpi: &str, levels: &str, amount: &str| {
        let rows = [format!("2026-01-05,web,north,{amount},{amount}")];
        let line = line(&format!("{kpi}: {{ period: 2026-01, levels: {levels} }}"), &[&rows[0]], kpi, "2026-01");
        assert_eq!(line.plan.base.value.number(), Some(&number(if kpi == "cost" { "50" } else { "100" })), "the target is the good level");
        (line.level.unwrap(), line.status.target)
    };
    use LevelReached::{BelowMinimum, Excellent, Good, Minimum};
    for (amount, level, target) in [
        ("79.99", BelowMinimum, OnTarget::Missed),
        ("80", Minimum, OnTarget::Missed),
        ("99.99", Minimum, OnTarget::Missed),
        ("100", Good, OnTarget::Met),
        ("119", Good, OnTarget::Met),
        ("120", Excellent, OnTarget::Met),
    ] {
        assert_eq!(reached("revenue", "{ minimum: 80, good: 100, excellent: 120 }", amount), (level, target), "{amount}");
    }
    for (amount, level) in [("60.01", BelowMinimum), ("60", Minimum), ("50", Good), ("40", Excellent)] {
        assert_eq!(reached("cost", "{ minimum: 60, good: 50, excellent: 40 }", amount).0, level, "{amount}");
    }
    // Spread over days: 31 of 365 of 1,200 are 101.92, of 1,460 are 124.
    let year = line("revenue: { period: 2026, levels: { minimum: 365, good: 1200, excellent: 1460 } }", &["2026-01-05,web,north,124,0"], "revenue", "2026-01");
    assert_eq!((year.level, year.plan.base.text.as_str()), (Some(Excellent), "EUR 102"));
    // Without a value there is no level.
    assert_eq!(line("cost_share: { period: 2026-01, levels: { minimum: 3, good: 2, excellent: 1 } }", &[], "cost_share", "2026-01").level, None);
    let json = serde_json::to_value(reached("revenue", "{ minimum: 80, good: 100, excellent: 120 }", "1").0).unwrap();
    assert_eq!(json, "below_minimum");
}

#[test]
fn levels_go_the_way_of_the_kpi() {
    let higher = refused("revenue: { period: 2026, levels: { minimum: 100, good: 80, excellent: 120 } }");
    assert_eq!(
        higher,
        [
            "MOS-M034 plan.targets.revenue: `revenue` is better when it is higher, and the levels 100, 80 and 120 of its target do not go that way | let `minimum` be at most `good`, and `good` at most `excellent`"
        ]
    );
    assert!(refused("cost: { period: 2026, levels: { minimum: 40, good: 50, excellent: 60 } }")[0].contains("let `excellent` be at most `good`"));
    assert!(refused("orders: { period: 2026, levels: { minimum: 1, good: 2, excellent: 3 } }")[0].starts_with("MOS-M015"));
    assert_eq!(
        refused("revenue: { period: 2026, levels: { minimum: 1, good: 2 } }"),
        ["MOS-M002 plan.targets.revenue.levels: `plan.targets.revenue.levels` has no `excellent` | write `minimum`, `good` and `excellent`"]
    );
    assert!(told(&parse("revenue: { period: 2026, levels: { minimum: 2, good: 2, excellent: 2 } }").1).is_empty());
    // A rate that is probably meant in percent is told for every kind.
    for aim in ["at_most: 30", "start: 20, value: 30", "levels: { minimum: 30, good: 20, excellent: 10 }"] {
        let told = told(&parse(&format!("cost_share: {{ period: 2026-01, {aim} }}")).1);
        assert!(told[0].starts_with("MOS-M017 plan.targets.cost_share: the target of `cost_share` is 3,000"), "{aim}: {told:?}");
    }
}

const BY_CHANNEL: &str = "revenue: [
    { period: 2026-01, value: 100 },
    { period: 2026-01, by: { channel: web }, value: 60 },
    { period: 2026-01, by: { channel: fair }, value: 25 },
    { period: 2026-01, by: { channel: null }, value: 5 } ]";

fn january(rows: &[&str], targets: &str, kpi: &str, by: &[&str]) -> ByMember {
    snapshot(targets, rows, "2026-01-31").by_member(kpi, None, Grain::Month, by).unwrap()
}

fn members(found: &ByMember) -> Vec<String> {
    let line = |line: &marketingos::MemberLine| {
        let names: Vec<&str> = line.member.iter().map(|member| member.name().unwrap_or("-")).collect();
        format!("{}: {} of {}, {}, {:?}", names.join("/"), line.actual.text, line.plan.base.text, line.plan.change.text, line.status)
    };
    found.members.iter().map(line).collect()
}

#[test]
fn members_have_targets_of_their_own_and_the_total_keeps_its() {
    let rows = ["2026-01-05,web,north,50,1", "2026-01-06,mail,north,7,1", "2026-01-07,,north,9,1"];
    let found = january(&rows, BY_CHANNEL, "revenue", &["channel"]);
    assert_eq!(found.period.label, "2026-01");
    assert_eq!(
        members(&found),
        [
            "-: EUR 9.00 of EUR 5.00, +EUR 4.00, Met",
            // Nothing came in by fairs, and that is known: all of the total is.
            "fair: EUR 0.00 of EUR 25.00, \u{2212}EUR 25.00, Missed",
            "mail: EUR 7.00 of (missing), (missing), NoTarget",
            "web: EUR 50.00 of EUR 60.00, \u{2212}EUR 10.00, Missed",
        ]
    );
    assert_eq!(found.members[2].plan.base.value.cause(), "`revenue` of channel mail has no target for 2026-01");
    assert_eq!((found.total.actual.text.as_str(), found.total.plan.base.text.as_str()), ("EUR 66.00", "EUR 100"));
    // 100 − 60 − 25 − 5.
    assert_eq!(found.remainder.value.number(), Some(&number("10")));
    // The scorecard knows the total's only.
    assert_eq!(line(BY_CHANNEL, &rows, "revenue", "2026-01").plan.base.text, "EUR 100");
    let alone = BY_CHANNEL.replace("{ period: 2026-01, value: 100 },", "");
    assert_eq!(line(&alone, &rows, "revenue", "2026-01").status.target, OnTarget::NoTarget, "members' targets are not the total's");
    assert_eq!(january(&rows, &alone, "revenue", &["channel"]).remainder.value.reason(), Some("missing"));
}

#[test]
fn members_of_several_dimensions_and_of_figures_that_do_not_add_up() {
    let rows = ["2026-01-05,web,north,50,10", "2026-01-06,web,south,30,10"];
    let both = "revenue: [ { period: 2026, value: 365 }, { period: 2026-01, by: { region: south, channel: web }, value: 20 } ]";
    // In whatever order the question names the dimensions.
    assert_eq!(members(&january(&rows, both, "revenue", &["channel", "region"]))[1], "web/south: EUR 30.00 of EUR 20.00, +EUR 10.00, Met");
    let other = january(&rows, both, "revenue", &["region", "channel"]);
    assert_eq!(members(&other)[1], "south/web: EUR 30.00 of EUR 20.00, +EUR 10.00, Met");
    // The total's is 31 of the year's 365.
    assert_eq!(other.remainder.value.number(), Some(&number("11")));
    // By one dimension of the two there is no target.
    assert_eq!(january(&rows, both, "revenue", &["region"]).members[1].status, OnTarget::NoTarget);
    let rate = january(&rows, "cost_share: { period: 2026-01, by: { region: south }, at_most: 30 % }", "cost_share", &["region"]);
    assert_eq!(members(&rate), ["north: 20.0% of (missing), (missing), NoTarget", "south: 33.3% of 30.0%, +3.3 pp, Missed"]);
    assert_eq!(rate.remainder.value.reason(), Some("not comparable"));
    // A member that has a target and nothing else: a share of nothing is no figure.
    let absent = january(&rows, "cost_share: { period: 2026-01, by: { region: east }, at_most: 30 % }", "cost_share", &["region"]);
    assert_eq!(members(&absent)[0], "east: (missing) of 30.0%, (missing), Unknown");
}

#[test]
fn what_cannot_be_asked_by_members_is_told() {
    let snapshot = snapshot(BY_CHANNEL, &[], "2026-01-31");
    let asked = |kpi: &str, period: Option<&str>, by: &[&str]| snapshot.by_member(kpi, period, Grain::Month, by).unwrap_err().code().to_string();
    assert_eq!(asked("revenu", None, &["channel"]), "MOS-Q002");
    assert_eq!(asked("revenue", Some("2026-13"), &["channel"]), "MOS-Q003");
    assert_eq!(asked("revenue", None, &["chanel"]), "MOS-Q004");
    assert_eq!(asked("revenue", None, &[]), "MOS-Q004");
}

#[test]
fn members_are_checked_against_the_total_and_their_own_frame() {
    let above = "revenue: [
        { period: 2026-01, value: 100 }, { period: 2026-02, value: 100 },
        { from: 2026-01, to: 2026-02, by: { channel: web }, value: 60 },
        { period: 2026-02, by: { channel: fair }, value: 45 },
        { period: 2026-02, by: { region: north }, value: 100 } ]";
    assert_eq!(
        told(&parse(above).1),
        [
            "MOS-M033 plan.targets.revenue[1]: the targets of `revenue` by channel sum to EUR 105 for 2026-02, and that of the total is EUR 100: EUR 5.00 more | let the members' targets sum to at most the total's"
        ]
    );
    // What was set last counts, for members as for the total.
    let replanned = above.replace(
        "{ period: 2026-02, by: { region",
        "{ period: 2026-02, by: { channel: fair }, value: 40, set_on: 2026-01-15 }, { period: 2026-02, by: { region",
    );
    assert!(told(&parse(&replanned).1).is_empty());
    let frame = "revenue: [ { period: 2026-Q1, by: { channel: web }, value: 10 }, { from: 2026-01, to: 2026-03, by: { channel: web }, value: 3 } ]";
    assert!(
        told(&parse(frame).1)[0].contains("the months of 2026-Q1 sum to EUR 9.00 for `revenue` of channel web, and its target is EUR 10.00: EUR 1.00 less")
    );
    // Rates do not add up over members.
    assert!(told(&parse("cost_share: [ { period: 2026-01, value: 10 % }, { period: 2026-01, by: { channel: web }, value: 20 % } ]").1).is_empty());
    // Two for the same member and day are rivals; for different ones they are not.
    let rivals = refused(
        "revenue: [ { period: 2026-01, by: { channel: web }, value: 1 }, { period: 2026-01, by: { channel: web }, value: 2 }, { period: 2026-01, by: { channel: fair }, value: 2 } ]",
    );
    assert_eq!(
        rivals,
        [
            "MOS-M012 plan.targets.revenue[1]: `revenue` of channel web has two targets for 2026-01-01 to 2026-01-31, set on the same day | give the later one a later `set_on`, or let the periods not overlap"
        ]
    );
}

#[test]
fn a_member_belongs_to_a_dimension_of_every_source() {
    assert_eq!(
        refused("revenue: { period: 2026, value: 1, by: { chanel: web } }"),
        ["MOS-M006 plan.targets.revenue: the source `sales` of `revenue` has no dimension `chanel` | did you mean `channel`?"]
    );
    assert_eq!(
        refused("order_rate: { period: 2026, value: 1 %, by: { region: north } }"),
        [
            "MOS-M006 plan.targets.order_rate: the source `visits` of `all_visits`, from which `order_rate` is computed, has no dimension `region` | use one of `channel`"
        ]
    );
    assert!(refused("revenue: { period: 2026, value: 1, by: { Channel: web } }")[0].starts_with("MOS-M005 plan.targets.revenue.by.Channel"));
    assert!(
        refused("revenue: { period: 2026, value: 1, by: web }")[0].starts_with("MOS-M003 plan.targets.revenue.by: expected a mapping of dimensions to members")
    );
    assert!(refused("revenue: { period: 2026, value: 1, by: { channel: [web, fair] } }")[0].starts_with("MOS-M003 plan.targets.revenue.by.channel"));
}

/// One row for each month of 2025, of these amounts.
fn last_year(amounts: &[i64], channel: &str) -> Vec<String> {
    amounts.iter().enumerate().map(|(month, amount)| format!("2025-{:02}-10,{channel},north,{amount},0", month + 1)).collect()
}

const SHAPED: &str = "revenue: { period: 2026, value: 1000, phasing: last_year }";

#[test]
fn a_year_takes_the_shape_of_the_one_before() {
    let rows = last_year(&[10, 20, 30, 0, 5, 5, 5, 5, 5, 5, 5, 5], "web");
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    let of = |period: &str| line(SHAPED, &rows, "revenue", period).target.unwrap().low;
    // Last year was 100: a tenth in January, three fifths in the first quarter.
    assert_eq!(["2026-01", "2026-04", "2026-Q1", "2026-Q2", "2026"].map(of), ["100", "0", "600", "100", "1000"].map(number));
    // The days of a month are alike: the week from 5 to 11 January is 7 of 31.
    assert_eq!(line(SHAPED, &rows, "revenue", "2026-W02").target.unwrap().low, (number("700").divided_by(&number("31"))).unwrap());
    // A quarter has the shape of its own months.
    let quarter = "revenue: { period: 2026-Q1, value: 120, phasing: last_year }";
    assert_eq!(line(quarter, &rows, "revenue", "2026-03").target.unwrap().low, number("60"));
}

#[test]
fn last_years_shape_that_is_not_known_is_no_shape() {
    let cause = |rows: &[&str], period: &str| {
        let line = line(SHAPED, rows, "revenue", period);
        assert_eq!((line.plan.base.value.reason(), line.status.target), (Some("not comparable"), OnTarget::NotJudged));
        line.plan.base.value.cause().to_owned()
    };
    assert_eq!(cause(&[], "2026-01"), "the target of 2026 has last year's shape, and all of it was zero");
    assert_eq!(
        cause(&["2025-02-01,web,north,-5,0", "2025-03-01,web,north,50,0"], "2026-01"),
        "the target of 2026 has last year's shape, and 2025-02 was below zero"
    );
    assert_eq!(
        cause(&["2025-02-01,web,north,,0", "2025-03-01,web,north,50,0"], "2026-01"),
        "the target of 2026 has last year's shape, and 2025-02 is not known: no row has a number"
    );
    // The whole year needs no shape.
    assert_eq!(line(SHAPED, &[], "revenue", "2026").target.unwrap().low, number("1000"));
    // For 2025 there is nothing before.
    let first = line("revenue: { period: 2025, value: 1000, phasing: last_year }", &["2025-02-01,web,north,5,0"], "revenue", "2025-02");
    assert_eq!(first.plan.base.value.cause(), "the target of 2025 has last year's shape, and 2024-01 is not known: there are no data for 2024-01");
    assert_eq!(
        refused("revenue: { period: 2026-02, value: 1000, phasing: last_year }"),
        [
            "MOS-M004 plan.targets.revenue.phasing: a week or month has no months, by which last year's shape is told | set the target for a quarter or a year, or leave the phasing out"
        ]
    );
    assert!(refused("revenue: { period: 2026, value: 1, phasing: last_yaer }")[0].ends_with("did you mean `last_year`?"));
}

/// Fiscal 2023 of the National Retail Federation has 53 weeks, and 2024 is compared with the last 52 of
/// them: sales of one a week make months of four, five and four.
#[test]
fn a_retail_year_takes_the_shape_of_its_comparable_weeks() {
    let text =
        "{marketingos: 1, name: Shop, calendar: {pattern: nrf}, sources: {sales: {date: day, rows: events, recorded_from: 2023-01-29, recorded_until: as_of}},
      kpis: {sales: {unit: count, direction: higher, count: sales}}, plan: {targets: {sales: {period: FY2024, value: 520, phasing: last_year}}}}";
    let (system, _) = System::parse(&[Source::new("system.yaml", text)]).unwrap();
    let first: marketingos::Date = "2023-01-29".parse().unwrap();
    let days: Vec<String> = (0..53).map(|week| first.plus_days(week * 7).to_string()).collect();
    let facts = Facts::builder(&system).csv("sales", format!("day\n{}\n", days.join("\n"))).build().unwrap();
    let snapshot = system.snapshot(&facts, "2025-02-01".parse().unwrap());
    let of = |period: String| snapshot.line_for("sales", &period).unwrap().target.unwrap().low;
    assert_eq!([1, 2, 3].map(|month| of(format!("FY2024-M0{month}"))), ["40", "50", "40"].map(number));
    assert_eq!((1..=12).map(|month| of(format!("FY2024-M{month:02}"))).sum::<Number>(), number("520"));
    assert_eq!((1..=4).map(|quarter| of(format!("FY2024-Q{quarter}"))).sum::<Number>(), number("520"));
    assert_eq!(of("FY2024-W07".to_owned()), number("10"));
}

#[test]
fn a_member_has_its_own_shape() {
    let mut rows = last_year(&[30, 10, 10, 0, 0, 0, 0, 0, 0, 0, 0, 50], "web");
    rows.extend(last_year(&[1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1], "fair"));
    rows.push("2026-01-05,web,north,20,0".to_owned());
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    let targets = "revenue: [ { period: 2026, value: 224, phasing: last_year }, { period: 2026, by: { channel: web }, value: 100, phasing: last_year },
                   { period: 2026, by: { channel: mail }, value: 10, phasing: last_year } ]";
    let found = snapshot(targets, &rows, "2026-01-31").by_member("revenue", Some("2026-01"), Grain::Month, &["channel"]).unwrap();
    let web = found.members.iter().find(|line| line.member == ["web".into()]).unwrap();
    // The total had 31 of 112 in January; the web 30 of 100.
    assert_eq!((found.total.plan.base.text.as_str(), web.plan.base.text.as_str()), ("EUR 62.00", "EUR 30.00"));
    let mail = found.members.iter().find(|line| line.member == ["mail".into()]).unwrap();
    // It had nothing all year, and that is known: every month is covered.
    assert_eq!(mail.plan.base.value.cause(), "the target of 2026 has last year's shape, and all of it was zero");
    assert_eq!(found.remainder.value.reason(), Some("not comparable"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn months_and_quarters_of_last_years_shape_sum_to_the_year(amounts in prop::collection::vec(0i64..1000, 12), value in 1u32..1_000_000) {
        prop_assume!(amounts.iter().any(|amount| *amount > 0));
        let rows = last_year(&amounts, "web");
        let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
        let snapshot = snapshot(&format!("revenue: {{ period: 2026, value: {value}, phasing: last_year }}"), &rows, "2026-12-31");
        let of = |period: String| snapshot.line_for("revenue", &period).unwrap().target.unwrap().low;
        let months: Number = (1..=12).map(|month| of(format!("2026-{month:02}"))).sum();
        let quarters: Number = (1..=4).map(|quarter| of(format!("2026-Q{quarter}"))).sum();
        prop_assert_eq!(&months, &Number::from(i64::from(value)));
        prop_assert_eq!(quarters, months);
    }

    #[test]
    fn a_trajectory_ends_where_it_leads_and_its_steps_are_equal(start in -1000i64..1000, value in -1000i64..1000) {
        let snapshot = snapshot(&format!("cost: {{ from: 2026-01, to: 2026-07, start: {start}, value: {value} }}"), &[], "2026-12-31");
        let of = |month: i32| snapshot.line_for("cost", &format!("2026-{month:02}")).unwrap().target.unwrap().low;
        prop_assert_eq!(of(7), Number::from(value));
        for month in 2..=7 {
            prop_assert_eq!((of(month) - of(month - 1)) * Number::from(7), Number::from(value - start));
        }
    }

    #[test]
    fn what_members_have_and_what_none_has_is_the_total(web in 0u32..1000, fair in 0u32..1000, total in 0u32..1000) {
        let targets = format!("revenue: [ {{ period: 2026, value: {total} }}, {{ period: 2026, by: {{ channel: web }}, value: {web} }}, {{ period: 2026-Q1, by: {{ channel: fair }}, value: {fair} }} ]");
        let found = snapshot(&targets, &[], "2026-02-28").by_member("revenue", Some("2026-02"), Grain::Month, &["channel"]).unwrap();
        let sum: Number = found.members.iter().map(|line| line.target.as_ref().unwrap().low.clone()).sum();
        prop_assert_eq!(sum + found.remainder.value.number().unwrap().clone(), found.total.target.unwrap().low);
    }
}

#[test]
fn where_a_plan_is_too_long_to_be_held_against_its_wholes_it_says_so() {
    use marketingos::Severity;
    let kpis: Vec<String> = (0..300).map(|at| format!("k{at}: {{ unit: count, direction: higher, count: s }}")).collect();
    let targets: Vec<String> =
        (0..300).map(|at| format!("k{at}: [ {{ from: 1902-W02, to: 2190-W02, value: 1 }}, {{ from: 1902, to: 2189, value: 52 }} ]")).collect();
    let text = format!(
        "{{marketingos: 1, name: Small firm, sources: {{s: {{date: d, rows: events}}}}, kpis: {{{}}}, plan: {{targets: {{{}}}}}}}",
        kpis.join(", "),
        targets.join(", ")
    );
    let found = System::parse(&[Source::new("system.yaml", &text)]).map_or_else(|error| error.findings().to_vec(), |(_, findings)| findings);
    let notes: Vec<&str> = found.iter().filter(|finding| finding.severity == Severity::Note).map(|finding| finding.message.as_str()).collect();
    assert_eq!(notes.len(), 1, "{notes:?}");
    assert!(notes[0].ends_with("on, parts are not held against their wholes"), "{notes:?}");
}

#[test]
fn a_change_is_explained_against_a_scenario_by_drivers_and_by_members() {
    use marketingos::{Reference, Why, wire};
    let text = "
marketingos: 1
name: Small firm
sources: { ads: { date: day, dimensions: [channel], measures: [spend, clicks], rows: events, recorded_from: 2026-01-01, recorded_until: as_of } }
kpis:
  spend: { name: Spend, unit: EUR, direction: lower, sum: ads.spend }
  clicks: { name: Clicks, unit: count of clicks, direction: higher, sum: ads.clicks }
  cpc: { name: Cost of a click, unit: EUR, direction: lower, ratio: { numerator: spend, denominator: clicks } }
plan:
  targets: { spend: [ { period: 2026-01, value: 90 } ] }
  scenarios:
    forecast:
      code: FC
      targets:
        spend: [ { period: 2026-01, value: 100 }, { period: 2026-01, by: { channel: web }, value: 60 }, { period: 2026-01, by: { channel: fair }, value: 30 } ]
        clicks: [ { period: 2026-01, value: 50 } ]
        cpc: [ { period: 2026-01, value: 2 } ]
";
    let (system, _) = System::parse(&[Source::new("system.yaml", text)]).unwrap();
    let facts = Facts::builder(&system).csv("ads", "day,channel,spend,clicks\n2026-01-05,web,75,20\n2026-01-06,fair,45,20\n").build().unwrap();
    let snapshot = system.snapshot(&facts, "2026-01-31".parse().unwrap());
    let forecast = Why { against: Reference::Plan, scenario: Some("forecast"), ..Why::default() };
    // 120 ÷ 40 = 3 against 100 ÷ 50 = 2: by Shapley 20 · (1 ÷ 50 + 1 ÷ 40) ÷ 2 and the rest.
    let why = snapshot.explain("cpc", &forecast).unwrap();
    assert_eq!(why.text, "Cost of a click came in EUR 1.00 above `forecast` for 2026-01: Spend +EUR 0.45, Clicks +EUR 0.55.");
    let why = snapshot.explain("spend", &Why { by: &["channel"], ..forecast }).unwrap();
    assert_eq!(
        why.text,
        "Spend came in EUR 20.00 above `forecast` for 2026-01: `forecast`'s own figures do not agree by EUR 10.00 (\u{2212}EUR 10.00); most of it by fair +EUR 15.00, web +EUR 15.00."
    );
    let plan = snapshot.explain("spend", &Why { against: Reference::Plan, by: &["channel"], ..Why::default() }).unwrap();
    assert_eq!((plan.change.text.as_str(), plan.cause.as_str()), ("+EUR 30.00", "`spend` has no targets by `channel`"));
    assert_eq!(snapshot.explain("spend", &Why { scenario: Some("forcast"), ..forecast }).unwrap_err().help(), "did you mean `forecast`?");
    let asked = wire::ask(&snapshot, r#"{"ask":"explain","kpi":"cpc","against":"forecast"}"#).unwrap();
    assert!(asked.contains(r#""against":"plan","scenario":"forecast""#), "{asked}");
}

/// Sales, and clicks that are recorded only from some day on.
fn sold_by_clicks(recorded_from: &str, redefined: &str) -> Snapshot {
    let text = format!(
        "
marketingos: 1
name: Small firm
sources:
  sales: {{ date: day, dimensions: [channel], measures: [amount], rows: events, recorded_from: 2025-12-01, recorded_until: as_of }}
  ads: {{ date: day, dimensions: [channel], measures: [clicks], rows: events, recorded_from: {recorded_from}, recorded_until: as_of }}
kpis:
  revenue: {{ name: Revenue, unit: EUR, direction: higher, sum: sales.amount }}
  clicks: {{ name: Clicks, unit: count of clicks, direction: higher, min_coverage: 0, sum: ads.clicks{redefined} }}
"
    );
    let (system, _) = System::parse(&[Source::new("system.yaml", &text)]).unwrap_or_else(|error| panic!("{error}: {:?}", error.findings()));
    let facts = Facts::builder(&system)
        .csv("sales", "day,channel,amount\n2026-01-25,web,100\n2026-01-26,fair,50\n2026-02-05,web,60\n2026-02-06,fair,90\n")
        .csv("ads", "day,channel,clicks\n2026-01-25,web,10\n2026-01-26,fair,10\n2026-02-05,web,30\n2026-02-06,fair,10\n")
        .build()
        .unwrap();
    system.snapshot(&facts, "2026-02-28".parse().unwrap())
}

#[test]
fn quantities_are_compared_as_figures_are() {
    use marketingos::Why;
    let asked = Why { by: &["channel"], volume: Some("clicks"), ..Why::default() };
    assert_eq!(sold_by_clicks("2025-12-01", "").explain("revenue", &asked).unwrap().cause, "");
    // More days of clicks are not more clicks.
    let lacking = sold_by_clicks("2026-01-22", "").explain("revenue", &asked).unwrap();
    assert_eq!((lacking.cause.as_str(), lacking.effects.len()), ("`clicks` covers 10 of 31 days in 2026-01 and 28 of 28 in 2026-02", 0));
    let redefined = ", redefined: [ { on: 2026-02-01, reason: Bots are left out } ]";
    assert_eq!(sold_by_clicks("2025-12-01", redefined).explain("revenue", &asked).unwrap().cause, "`clicks` was redefined on 2026-02-01: Bots are left out");
}

#[test]
fn a_sentence_says_most_of_it_only_where_it_is() {
    use marketingos::Why;
    let snapshot = sold_by_clicks("2025-12-01", "");
    let by_channel = Why { by: &["channel"], ..Why::default() };
    // −40 and +40.
    let none = snapshot.explain("revenue", &by_channel).unwrap();
    assert_eq!(none.text, "Revenue did not change against 2026-01; the largest parts are fair +EUR 40.00, web \u{2212}EUR 40.00.");
    let rows = ["2026-01-05,web,north,100,0", "2026-01-05,fair,north,0,0", "2026-02-05,web,north,60,0", "2026-02-06,fair,north,30,0"];
    let explained = |rows: &[&str]| self::snapshot("", rows, "2026-02-28").explain("revenue", &by_channel).unwrap().text;
    assert_eq!(explained(&rows), "revenue fell by EUR 10.00 against 2026-01; the largest parts are web \u{2212}EUR 40.00, fair +EUR 30.00.");
    assert_eq!(explained(&rows[..3]), "revenue fell by EUR 40.00 against 2026-01, most of it by web \u{2212}EUR 40.00.");
    // 10 of each of five: two of them are less than half.
    let many: Vec<String> = (1..=5).map(|channel| format!("2026-02-05,c{channel},north,10,0")).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    assert_eq!(explained(&many), "revenue rose by EUR 50.00 against 2026-01; the largest parts are c1 +EUR 10.00, c2 +EUR 10.00.");
}

#[test]
fn a_dimension_is_asked_by_once_and_a_scenario_only_with_the_plan() {
    use marketingos::Why;
    let snapshot = snapshot(BY_CHANNEL, &["2026-01-05,web,north,50,1"], "2026-01-31");
    let twice = ["channel", "channel"];
    assert_eq!(snapshot.by_member("revenue", None, Grain::Month, &twice).unwrap_err().to_string(), snapshot_twice(&snapshot, &twice));
    assert!(snapshot_twice(&snapshot, &twice).contains("`channel` is asked by twice"));
    let scenario = snapshot.explain("revenue", &Why { scenario: Some("forecast"), ..Why::default() }).unwrap_err();
    assert_eq!(scenario.help(), "ask against the plan, or leave the scenario out");
    // No length of periods is the month's.
    assert_eq!(snapshot.explain("revenue", &Why { grain: Grain::All, ..Why::default() }).unwrap().period.label, "2026-01");
}

fn snapshot_twice(snapshot: &Snapshot, by: &[&str]) -> String {
    snapshot.explain("revenue", &marketingos::Why { by, ..marketingos::Why::default() }).unwrap_err().to_string()
}

#[test]
fn a_shape_is_not_taken_across_a_redefinition() {
    let text = |restated: &str| {
        format!(
            "
marketingos: 1
name: Small firm
sources: {{ sales: {{ date: day, dimensions: [channel], measures: [amount], rows: events, recorded_from: 2025-01-01, recorded_until: as_of }} }}
kpis: {{ revenue: {{ unit: EUR, direction: higher, sum: sales.amount, redefined: [ {{ on: 2025-07-01, reason: Net of tax{restated} }} ] }} }}
plan: {{ targets: {{ revenue: [ {{ period: 2026, value: 100, phasing: last_year }}, {{ period: 2026, by: {{ channel: web }}, value: 100, phasing: last_year }} ] }} }}
"
        )
    };
    let found = |restated: &str| {
        let (system, _) = System::parse(&[Source::new("system.yaml", &text(restated))]).unwrap_or_else(|error| panic!("{error}: {:?}", error.findings()));
        let facts = Facts::builder(&system).csv("sales", "day,channel,amount\n2025-01-05,web,10\n2025-09-05,web,30\n").build().unwrap();
        let snapshot = system.snapshot(&facts, "2026-01-31".parse().unwrap());
        let by_member = snapshot.by_member("revenue", Some("2026-01"), Grain::Month, &["channel"]).unwrap();
        [by_member.total.plan.base.value, by_member.members[0].plan.base.value.clone()]
    };
    for value in found("") {
        assert_eq!(value.reason(), Some("not comparable"));
        assert_eq!(value.cause(), "the target of 2026 has last year's shape, and 2025-01 is not known: `revenue` was redefined on 2025-07-01: Net of tax");
    }
    for value in found(", restated: true") {
        assert_eq!(value.number(), Some(&number("25")));
    }
}

#[test]
fn members_of_conversions_are_those_of_where_they_start() {
    let text = "
marketingos: 1
name: Small firm
sources:
  leads: { date: day, entity: person, dimensions: [channel], rows: events, recorded_from: 2026-01-01, recorded_until: as_of }
  deals: { date: day, entity: person, rows: events, recorded_from: 2026-01-01, recorded_until: as_of }
measures: { leads: { count: leads }, deals: { count: deals } }
kpis: { won: { unit: percent, direction: higher, conversion: { from: leads, to: deals, within_days: 30 } } }
plan: { targets: { won: { period: 2026-01, by: { channel: web }, value: 10 % } } }
";
    let parsed = System::parse(&[Source::new("system.yaml", text)]);
    assert!(parsed.is_ok(), "{:?}", parsed.unwrap_err().findings());
    let refused = System::parse(&[Source::new("system.yaml", &text.replace("from: leads, to: deals", "from: deals, to: leads"))]).unwrap_err();
    assert!(refused.findings()[0].message.contains("the source `deals` of `deals`"), "{:?}", refused.findings());
}

#[test]
fn what_is_not_split_says_its_own_reason() {
    use marketingos::{Reference, Why};
    let parts: Vec<String> = (1..=13).map(|at| format!("p{at}: {{ unit: EUR, direction: higher, sum: sales.amount }}")).collect();
    let sum: Vec<String> = (1..=13).map(|at| format!("p{at}")).collect();
    let text = format!(
        "
marketingos: 1
name: Small firm
sources: {{ sales: {{ date: day, dimensions: [channel], measures: [amount, cost], rows: events, recorded_from: 2025-12-01, recorded_until: as_of }} }}
kpis:
  {}
  many: {{ unit: EUR, direction: higher, formula: {} }}
  two: {{ unit: EUR, direction: higher, formula: p1 + p2 }}
  cost: {{ unit: EUR, direction: lower, sum: sales.cost }}
  share: {{ unit: percent, direction: lower, ratio: {{ numerator: cost, denominator: p1 }} }}
  inside: {{ unit: EUR, direction: band, sum: sales.amount }}
plan: {{ targets: {{ share: [ {{ period: 2026-02, value: 10 % }}, {{ period: 2026-02, by: {{ channel: web }}, value: 10 % }} ], inside: {{ period: 2026-02, low: 1, high: 2 }} }} }}
",
        parts.join("\n  "),
        sum.join(" + ")
    );
    let (system, _) = System::parse(&[Source::new("system.yaml", &text)]).unwrap_or_else(|error| panic!("{error}: {:?}", error.findings()));
    let facts = Facts::builder(&system).csv("sales", "day,channel,amount,cost\n2026-01-05,web,10,1\n2026-02-05,web,20,1\n").build().unwrap();
    let snapshot = system.snapshot(&facts, "2026-02-28".parse().unwrap());
    let cause = |kpi: &str, why: &Why<'_>| snapshot.explain(kpi, why).unwrap().cause;
    assert_eq!(cause("many", &Why::default()), "`many` has 13 drivers, and a change is split among at most 12");
    let by_logarithms = Why { convention: Some("logarithmic_mean"), ..Why::default() };
    assert_eq!(cause("two", &by_logarithms), "logarithmic means split products and ratios of drivers above zero, and `two` is none here; ask for `shapley`");
    let plan = Why { against: Reference::Plan, by: &["channel"], ..Why::default() };
    assert_eq!(cause("share", &plan), "a plan does not say both parts of a rate or price");
    assert_eq!(cause("inside", &plan), "its target is a band, and no one value");
}
