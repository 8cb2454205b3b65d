//! Figures by dimensions beside their totals: what adds up does, and the rest beyond the largest
//! members is what one member in place of all others would be.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use marketingos::*;
use proptest::prelude::*;

const SYSTEM: &str = "
marketingos: 1
name: Small firm
sources:
  leads: { date: day, entity: lead, dimensions: [channel, region], measures: { amount: {}, weight: {} }, rows: events, recorded_from: 2026-01-01, recorded_until: 2026-03-15 }
  deals: { date: day, entity: lead, dimensions: [channel, region], measures: { amount: {}, weight: {} }, rows: events, recorded_from: 2026-01-10, recorded_until: as_of }
  list: { date: day, dimensions: [channel, region], measures: { members: { column: amount, additivity: semi_additive } }, rows: daily }
measures:
  leads: { count: leads }
  deals: { count: deals }
  amount: { sum: deals.amount }
  in_north: { sum: deals.amount, where: { region: n } }
  both: { formula: leads + 2 * deals }
  so_far: { cumulative: { of: amount, over: quarter_to_date } }
  first_touch: { credit: { outcome: amount, touches: leads, rule: first } }
  shared: { credit: { outcome: amount, touches: leads, rule: linear, within_days: 30 } }
  decayed: { credit: { outcome: deals, touches: leads, rule: time_decay, half_life_days: 5 } }
  opening: { first: list.members }
  closing: { last: list.members }
  on_average: { daily_mean: list.members }
  ratio: { ratio: { numerator: amount, denominator: leads } }
  mean: { mean: deals.amount }
  weighted: { weighted_mean: { of: deals.amount, by: weight } }
  middle: { median: deals.amount }
  least: { min: deals.amount }
  people: { distinct: deals.lead }
  people_3: { cumulative: { of: people, over: { periods: 3 } } }
  cohort: { conversion: { from: leads, to: deals, within_days: 20 } }
  period: { conversion: { from: leads, to: deals, basis: same_period } }
  cycle: { duration: { from: leads, to: deals, statistic: median } }
  reached: { credit: { outcome: amount, touches: leads, rule: any } }
  growth: { formula: \"amount - coalesce(previous(amount), 0)\" }
";

const ADD_UP: [&str; 8] = ["leads", "deals", "amount", "in_north", "both", "first_touch", "shared", "decayed"];
/// Over members, not over time.
const BALANCES: [&str; 4] = ["opening", "closing", "on_average", "so_far"];
const OTHERS: [&str; 12] = ["ratio", "mean", "weighted", "middle", "least", "people", "people_3", "cohort", "period", "cycle", "reached", "growth"];

#[derive(Clone, Debug)]
struct Row {
    day: i64,
    lead: u8,
    channel: Option<u8>,
    region: Option<u8>,
    amount: Option<i16>,
    weight: u8,
}

fn rows() -> impl Strategy<Value = Vec<Row>> {
    let row = (0i64..100, 0u8..8, prop::option::weighted(0.9, 0u8..6), prop::option::weighted(0.9, 0u8..2), prop::option::weighted(0.9, -300i16..1000), 0u8..4);
    let rows = prop::collection::vec(row.prop_map(|(day, lead, channel, region, amount, weight)| Row { day, lead, channel, region, amount, weight }), 0..40);
    // Rows of one lead and day are told apart by the names of their members, which are changed below.
    rows.prop_map(|mut rows| {
        let mut seen = BTreeSet::new();
        rows.retain(|row| seen.insert((row.day, row.lead)));
        rows
    })
}

/// The text of some rows; channels that are not to be told apart have one name.
fn csv(rows: &[Row], told_apart: Option<&BTreeSet<Option<String>>>) -> String {
    let start: Date = "2026-01-01".parse().unwrap();
    let mut text = "day,lead,channel,region,amount,weight\n".to_owned();
    for row in rows {
        let channel = row.channel.map(|code| char::from(b'a' + code).to_string());
        let channel = if told_apart.is_none_or(|names| names.contains(&channel)) { channel } else { Some("~".to_owned()) };
        let region = row.region.map_or("", |code| if code == 0 { "n" } else { "s" });
        let amount = row.amount.map(|amount| format!("{}.{:02}", amount / 100, amount.rem_euclid(100))).unwrap_or_default();
        writeln!(text, "{},{},{},{region},{amount},{}", start.plus_days(row.day), row.lead, channel.unwrap_or_default(), row.weight).unwrap();
    }
    text
}

fn snapshot(tables: &[Vec<Row>; 3], told_apart: Option<&BTreeSet<Option<String>>>) -> Snapshot {
    let (system, _) = System::parse(&[Source::new("system.yaml", SYSTEM)]).unwrap_or_else(|error| panic!("{error}"));
    let builder =
        ["leads", "deals", "list"].iter().zip(tables).fold(Facts::builder(&system), |builder, (source, rows)| builder.csv(source, csv(rows, told_apart)));
    system.snapshot(&builder.build().unwrap(), "2026-03-31".parse().unwrap())
}

/// The number as far as it is known.
fn known(value: &Value) -> Option<Number> {
    match value {
        Value::Value { value } | Value::Incomplete { so_far: value, .. } => Some(value.clone()),
        _ => None,
    }
}

/// The sum of the members of each period; nothing where no member has a number.
fn sums(observations: &[Observation]) -> BTreeMap<String, Number> {
    let mut sums = BTreeMap::new();
    for one in observations {
        if let Some(number) = known(&one.value) {
            let sum = sums.entry(one.period.label.clone()).or_insert_with(|| Number::from(0));
            *sum = sum.clone() + number;
        }
    }
    sums
}

fn without_zeros(mut sums: BTreeMap<String, Number>) -> BTreeMap<String, Number> {
    // A period in which nobody has a row has no members, and a total of zero.
    sums.retain(|_, sum| !sum.is_zero());
    sums
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn parts_of_what_adds_up_are_the_total(tables in [rows(), rows(), rows()], most in 0usize..4) {
        let of = snapshot(&tables, None);
        for figure in ADD_UP.iter().chain(&BALANCES) {
            let wanted = if BALANCES.contains(figure) { Additivity::SemiAdditive } else { Additivity::Additive };
            prop_assert_eq!(of.system().additivity(of.system().definition(figure).unwrap()), wanted, "{}", figure);
            for grain in [Grain::Week, Grain::Month, Grain::All] {
                let total = without_zeros(sums(&of.series(figure, grain, &[]).unwrap()));
                for by in [&["channel"][..], &["region"], &["channel", "region"]] {
                    prop_assert_eq!(&without_zeros(sums(&of.series(figure, grain, by).unwrap())), &total, "{} by {:?}", figure, by);
                    prop_assert_eq!(&without_zeros(sums(&of.top(figure, grain, by, most).unwrap())), &total, "{} by {:?}, {} largest", figure, by, most);
                }
            }
        }
    }

    #[test]
    fn the_rest_is_what_one_member_in_place_of_all_others_would_be(tables in [rows(), rows(), rows()], most in 0usize..5) {
        let of = snapshot(&tables, None);
        for figure in ADD_UP.iter().chain(&BALANCES).chain(&OTHERS) {
            // The largest over everything; equal ones, and those without a value, by name.
            let mut ranked: Vec<(Option<Number>, Option<String>)> = Vec::new();
            for one in of.series(figure, Grain::All, &["channel"]).unwrap() {
                ranked.push((known(&one.value), one.member[0].name().map(str::to_owned)));
            }
            ranked.sort_by(|(left, _), (right, _)| right.cmp(left));
            let others = ranked.len().saturating_sub(most);
            let told_apart: BTreeSet<Option<String>> = ranked.into_iter().take(most).map(|(_, name)| name).collect();
            let renamed = snapshot(&tables, Some(&told_apart));
            for grain in [Grain::Month, Grain::All] {
                let mut wanted = renamed.series(figure, grain, &["channel"]).unwrap();
                for one in &mut wanted {
                    if one.member[0].name() == Some("~") {
                        one.member[0] = MemberName::Rest { rest: u64::try_from(others).unwrap() };
                    }
                }
                prop_assert_eq!(of.top(figure, grain, &["channel"], most).unwrap(), wanted, "{}, {} largest", figure, most);
            }
        }
    }
}

#[test]
fn the_rest_is_neither_nobody_nor_a_name() {
    let (system, _) = System::parse(&[Source::new("system.yaml", SYSTEM)]).unwrap();
    let csv = "day,lead,channel,region,amount,weight\n2026-01-11,1,rest,n,1,1\n2026-01-11,2,,n,1,1\n2026-01-11,3,b,n,1,1\n2026-01-11,4,a,n,1,1\n2026-02-11,5,b,n,1,1\n";
    let facts = Facts::builder(&system).csv("deals", csv).build().unwrap();
    let of = system.snapshot(&facts, "2026-03-31".parse().unwrap());
    let wire = |most: u32| -> Vec<(String, String)> {
        let request = format!(r#"{{"ask":"series","figure":"deals","by":["channel"],"top":{most}}}"#);
        let answer: serde_json::Value = serde_json::from_str(&wire::ask(&of, &request).unwrap()).unwrap();
        answer.as_array().unwrap().iter().map(|one| (one["member"].to_string(), one["value"].as_str().unwrap().to_owned())).collect()
    };
    let shown = |rows: &[(&str, &str)]| rows.iter().map(|(member, value)| ((*member).to_owned(), (*value).to_owned())).collect::<Vec<_>>();
    // `b` has two rows; of those with one, nobody comes first.
    assert_eq!(wire(2), shown(&[("[null]", "1"), (r#"["b"]"#, "1"), (r#"[{"rest":2}]"#, "2"), (r#"["b"]"#, "1")]));
    // No more members than asked for: nothing is merged.
    assert_eq!(wire(4), shown(&[("[null]", "1"), (r#"["a"]"#, "1"), (r#"["b"]"#, "1"), (r#"["rest"]"#, "1"), (r#"["b"]"#, "1")]));
    assert_eq!(wire(0), shown(&[(r#"[{"rest":4}]"#, "4"), (r#"[{"rest":4}]"#, "1")]));
    // Combinations are ranked, and the rest of them is one.
    let pairs = of.top("deals", Grain::All, &["channel", "region"], 1).unwrap();
    assert_eq!(pairs[0].member, ["b".into(), "n".into()]);
    assert_eq!(pairs[1].member, [MemberName::Rest { rest: 3 }, MemberName::Rest { rest: 3 }]);
    // Without dimensions there is nothing to rank.
    assert_eq!(of.top("deals", Grain::Month, &[], 1).unwrap(), of.series("deals", Grain::Month, &[]).unwrap());
}

#[test]
fn members_that_lie_within_several_wider_ones_are_told() {
    let text = "{marketingos: 1, name: Small firm, sources: {ads: {date: day, rows: events,
        dimensions: {region: region, channel: {column: channel, within: region}, campaign: {column: campaign, within: channel}}}}, measures: {ads: {count: ads}}}";
    let (system, _) = System::parse(&[Source::new("system.yaml", text)]).unwrap();
    let findings = |rows: &str| -> Vec<(Code, String)> {
        let facts = Facts::builder(&system).csv("ads", format!("day,region,channel,campaign\n{rows}")).build().unwrap();
        facts.findings().iter().map(|finding| (finding.code, finding.message.clone())).collect()
    };
    // Members without a name may lie anywhere.
    assert_eq!(findings("2026-01-01,n,paid,x\n2026-01-01,n,paid,y\n2026-01-02,s,mail,z\n2026-01-02,s,,\n2026-01-02,n,,\n2026-01-02,,,\n"), []);
    let strays = findings("2026-01-01,n,paid,x\n2026-01-01,n,mail,y\n2026-01-02,n,mail,x\n2026-01-02,n,,y\n2026-01-02,n,mail,z\n");
    let message = "`campaign` is declared within `channel`, and 2 of its 3 members lie in more than one: `x` in `mail` and `paid`; `y` in no member and `mail`";
    assert_eq!(strays, [(Code::BrokenHierarchy, message.to_owned())]);
    // The order of rows does not show.
    assert_eq!(findings("2026-01-02,n,mail,z\n2026-01-02,n,,y\n2026-01-02,n,mail,x\n2026-01-01,n,mail,y\n2026-01-01,n,paid,x\n"), strays);
}

#[test]
fn more_combinations_than_can_be_told_apart_are_refused() {
    let text =
        "{marketingos: 1, name: Small firm, sources: {deals: {date: day, dimensions: [a, b, c, d, e], rows: events}}, measures: {deals: {count: deals}}}";
    let (system, _) = System::parse(&[Source::new("system.yaml", text)]).unwrap();
    let mut csv = "day,a,b,c,d,e\n".to_owned();
    // 5,001 members in each of five dimensions: 3.1 × 10^18 combinations, of which a machine
    // integer tells 1.8 × 10^19 apart. Five slices are enough, and six are not.
    for row in 0..5_000 {
        writeln!(csv, "2026-{:02}-01,a{row},b{row},c{row},d{row},e{row}", 1 + row % 6).unwrap();
    }
    let of = system.snapshot(&Facts::builder(&system).csv("deals", csv).build().unwrap(), "2026-06-30".parse().unwrap());
    let by = ["a", "b", "c", "d", "e"];
    let error = of.series("deals", Grain::Month, &by).unwrap_err();
    assert_eq!(error.code(), Code::TooManyMembers);
    assert_eq!(of.panel(&["deals"], Grain::Month, &by).unwrap_err().code(), Code::TooManyMembers);
    assert_eq!(of.top("deals", Grain::Month, &by, 3).unwrap_err().code(), Code::TooManyMembers);
    for grain in [Grain::Quarter, Grain::All] {
        let parts = of.series("deals", grain, &by).unwrap();
        assert_eq!((parts.len(), sums(&parts)), (5_000, sums(&of.series("deals", grain, &[]).unwrap())));
    }
    assert_eq!(of.series("deals", Grain::Month, &by[..4]).unwrap().len(), 5_000);
}
