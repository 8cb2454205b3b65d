//! Who explains a change: through facts, against the other way of telling it.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking, in its helpers too")]

use marketingos::{Contributing, Contributors, Facts, Grain, Number, Snapshot, Source, System, Why};

const SYSTEM: &str = "
marketingos: 1
name: Small firm
sources:
  ads:
    date: day
    entity: visitor
    dimensions: [channel, region, device]
    measures: { spend: { unit: EUR }, clicks: { unit: count of clicks } }
    rows: events
    recorded_from: 2024-01-01
    recorded_until: as_of
kpis:
  clicks: { name: Clicks, unit: count of clicks, direction: higher, sum: ads.clicks }
  spend: { name: Spend, unit: EUR, direction: lower, sum: ads.spend }
  cpc: { name: Cost per click, unit: EUR, direction: lower, ratio: { numerator: spend, denominator: clicks } }
  rows: { name: Rows, unit: count of rows, direction: higher, count: ads }
  mean_spend: { name: Mean spend, unit: EUR, direction: lower, mean: ads.spend }
  weighted: { name: Weighted spend, unit: EUR, direction: lower, weighted_mean: { of: ads.spend, by: clicks } }
  dear: { name: Dear rows, unit: count of rows, direction: lower, count: ads, where: { device: d1 } }
  moved: { name: Moved on, unit: percent, direction: higher, conversion: { from: rows, to: dear, basis: same_period } }
  visitors: { name: Visitors, unit: count of visitors, direction: higher, distinct: ads.visitor }
  each: { name: Clicks of a visitor, unit: ratio, direction: higher, ratio: { numerator: clicks, denominator: visitors } }
";

/// Rows of 12 × 8 × 6 members in each month; in the last one, clicks of a channel in a region cost half
/// as much again.
fn snapshot(months: u32) -> Snapshot {
    let (system, _) = System::parse(&[Source::new("system.yaml", SYSTEM)]).unwrap_or_else(|error| panic!("{error}: {:?}", error.findings()));
    let mut csv = String::from("day,visitor,channel,region,device,spend,clicks\n");
    for month in 0..months {
        let (year, of_year) = (2024 + month / 12, month % 12 + 1);
        for cell in 0..576u32 {
            let (channel, region, device) = (cell / 48, cell / 6 % 8, cell % 6);
            let clicks = 100 + (cell * 37 + month * 11) % 90;
            let mut cents = clicks * (80 + cell * 13 % 40);
            if month + 1 == months && channel == 4 && region == 2 {
                cents = cents * 3 / 2;
            }
            // Whoever comes in a month was not there before it.
            let visitor = cell * (7 + 2 * (month % 3)) % 400 + 400 * month;
            csv.push_str(&format!("{year}-{of_year:02}-15,v{visitor},c{channel},r{region},d{device},{}.{:02},{clicks}\n", cents / 100, cents % 100));
        }
    }
    let facts = Facts::builder(&system).csv("ads", &csv).build().unwrap();
    let (year, of_year) = (2024 + (months - 1) / 12, (months - 1) % 12 + 1);
    let last = marketingos::Calendar::default().parse(&format!("{year}-{of_year:02}")).unwrap().last;
    system.snapshot(&facts, last)
}

const ALL: [&str; 3] = ["channel", "region", "device"];

fn number(figure: &marketingos::Figure) -> Number {
    figure.value.number().unwrap().clone()
}

fn ask(snapshot: &Snapshot, kpi: &str) -> Contributors {
    snapshot.contributors(kpi, &Contributing { by: &ALL, ..Contributing::default() }).unwrap()
}

#[test]
fn the_cause_comes_first_and_every_combination_sums_to_the_change() {
    let snapshot = snapshot(3);
    for kpi in ["clicks", "spend", "cpc", "rows", "mean_spend", "weighted", "moved"] {
        let found = ask(&snapshot, kpi);
        assert!(found.cause.is_empty() && found.combinations.len() == 7, "{kpi}: {}", found.cause);
        for combination in &found.combinations {
            let named: Number = combination.contributors.iter().map(|named| number(&named.change)).sum();
            assert_eq!(named + number(&combination.rest.change), number(&found.change), "{kpi} {:?}", combination.by);
            // Visitors are told by the first of their rows, and there are fewer of them than of rows.
            let length = |by: &marketingos::Id| match by.as_str() {
                "channel" => 12,
                "region" => 8,
                _ => 6u64,
            };
            let all: u64 = combination.by.iter().map(length).product();
            assert!(combination.members == all || (kpi == "moved" && combination.members < all), "{kpi} {:?}", combination.by);
        }
    }
    let found = ask(&snapshot, "spend");
    let first = &found.combinations[0];
    assert_eq!((first.by.len(), first.contributors[0].member.as_slice(), first.is_enough), (2, &["c4".into(), "r2".into()][..], true));
}

#[test]
fn parts_are_those_of_an_explanation_by_the_same_dimensions() {
    let snapshot = snapshot(2);
    for kpi in ["spend", "cpc", "mean_spend", "weighted", "moved"] {
        let found = ask(&snapshot, kpi);
        for combination in &found.combinations {
            let by: Vec<&str> = combination.by.iter().map(marketingos::Id::as_str).collect();
            let why = snapshot.explain(kpi, &Why { by: &by, ..Why::default() }).unwrap();
            assert_eq!(why.members.len() as u64, combination.members, "{kpi} {by:?}: {}", why.cause);
            for named in &combination.contributors {
                let same = why.members.iter().find(|member| member.member == named.member).unwrap();
                assert_eq!((&same.actual, &same.base, &same.change), (&named.actual, &named.base, &named.change), "{kpi} {by:?}");
            }
        }
    }
}

#[test]
fn what_cannot_be_told_says_why() {
    let snapshot = snapshot(2);
    for (kpi, cause) in [("visitors", "`visitors` does not add up over members"), ("each", "`visitors` does not add up over members")] {
        let found = ask(&snapshot, kpi);
        assert_eq!((found.cause.as_str(), found.combinations.len()), (cause, 0));
    }
    let refused = |by: &[&str]| snapshot.contributors("spend", &Contributing { by, ..Contributing::default() }).unwrap_err().to_string();
    for (by, message) in [
        (&[][..], "0 dimensions are asked by"),
        (&["channel", "channel"], "`channel` is asked by twice"),
        (&["a", "b", "c", "d", "e"], "5 dimensions are asked by"),
        (&["chanel"], "`spend` cannot be broken down by `chanel`"),
    ] {
        assert!(refused(by).contains(message), "{}", refused(by));
    }
    let one = snapshot.contributors("spend", &Contributing { by: &ALL, top: Some(0), ..Contributing::default() }).unwrap();
    assert!(one.combinations.iter().all(|combination| combination.contributors.is_empty() && combination.rest.members == combination.members));
    // The first month has none before it.
    let first = snapshot.contributors("spend", &Contributing { by: &ALL, period: Some("2024-01"), grain: Grain::Month, ..Contributing::default() }).unwrap();
    assert!(first.text.starts_with("Spend cannot be compared against 2023-12: "), "{}", first.text);
}

#[test]
fn of_thousands_of_members_the_contributors_are_told_and_effects_are_not() {
    let (system, _) = System::parse(&[Source::new("system.yaml", SYSTEM)]).unwrap();
    let mut csv = String::from("day,visitor,channel,region,device,spend,clicks\n");
    for at in 0..2_001u32 {
        let lost = if at == 77 { 5_000 } else { 0 };
        csv.push_str(&format!("2024-01-05,v,c{at},r{},d,{},{}\n", at % 7, 10_000 + at, 1_000 + at * 31 % 997));
        csv.push_str(&format!("2024-02-05,v,c{at},r{},d,{},{}\n", at % 7, 10_000 + at - lost, 1_000 + at * 31 % 997));
    }
    let snapshot = system.snapshot(&Facts::builder(&system).csv("ads", &csv).build().unwrap(), "2024-02-29".parse().unwrap());
    let why = snapshot.explain("cpc", &Why { by: &["channel"], ..Why::default() }).unwrap();
    assert_eq!(why.cause, "by `channel` there are 2001 members, and effects are told of at most 2000; ask for its contributors");
    // Amounts by themselves have no such end, nor have contributors.
    assert_eq!(snapshot.explain("spend", &Why { by: &["channel"], ..Why::default() }).unwrap().members.len(), 2_001);
    let found = ask(&snapshot, "cpc");
    assert_eq!((found.combinations[0].contributors[0].member.as_slice(), found.combinations[0].members), (&["c77".into()][..], 2_001));
    assert_eq!((found.combinations[0].share.text.as_str(), found.combinations[0].rest.change.text.as_str()), ("100.0%", "±EUR 0.00"));
}

#[test]
fn cells_of_two_halves_answer_as_all_rows_do() {
    let (system, _) = System::parse(&[Source::new("system.yaml", SYSTEM)]).unwrap();
    let rows = [
        "2024-01-03,a,c1,r1,d1,4,2\n2024-01-04,b,c2,r1,d2,6,1\n2024-02-03,c,c1,r1,d1,9,2\n",
        "2024-01-09,d,c2,r2,d1,3,3\n2024-02-05,e,c2,r2,d2,8,2\n2024-02-07,f,c1,r2,,5,0\n",
    ];
    let header = "day,visitor,channel,region,device,spend,clicks\n";
    let facts = |rows: &str| Facts::builder(&system).csv("ads", format!("{header}{rows}")).build().unwrap();
    let as_of = "2024-02-29".parse().unwrap();
    let all = system.snapshot(&facts(&rows.concat()), as_of);
    let cells = rows.map(|rows| system.cells(&facts(rows), as_of, &ALL).unwrap());
    let [left, right] = cells;
    let merged = system.snapshot_of(&left.merge(right).unwrap()).unwrap();
    for kpi in ["spend", "cpc", "mean_spend", "weighted", "moved", "each"] {
        let told = ask(&all, kpi);
        assert_eq!(told, ask(&merged, kpi), "{kpi}");
        assert!(told.combinations.len() == 7 || kpi == "each", "{kpi}: {}", told.cause);
        for by in [&["channel"][..], &["region", "device"]] {
            let why = Why { by, ..Why::default() };
            assert_eq!(all.explain(kpi, &why).unwrap(), merged.explain(kpi, &why).unwrap(), "{kpi}");
        }
    }
}

/// The budget: less than 2 ms for a ratio over 12 × 8 × 6 members, all seven combinations. Run with
/// `cargo test --release --test contributors -- --ignored --nocapture`.
#[test]
#[ignore = "measures time"]
#[allow(clippy::disallowed_methods, clippy::print_stdout, reason = "a measurement reads the clock and tells it")]
fn time_of_seven_combinations() {
    for months in [2, 24] {
        let snapshot = snapshot(months);
        let mut times: Vec<std::time::Duration> = (0..50)
            .map(|_| {
                let start = std::time::Instant::now();
                assert_eq!(ask(&snapshot, "cpc").combinations.len(), 7);
                start.elapsed()
            })
            .collect();
        times.sort_unstable();
        println!("{months} months: median {:?}, least {:?}", times[25], times[0]);
    }
    for count in [500, 1_000, 2_000] {
        let of = |at: i64, factor: i64| (at * factor % 997 + 1, at * factor % 99_991 + 1);
        let members: Vec<marketingos::RateMember> = (0..count).map(|at| marketingos::RateMember::of(of(at, 7_919), of(at, 104_729))).collect();
        let start = std::time::Instant::now();
        assert!(marketingos::RateMix::ThreeWay.split(&members).is_some());
        println!("rate and mix of {count} members: {:?}", start.elapsed());
    }
}
