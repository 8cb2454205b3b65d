//! Panels of several questions, whose rows are read once, beside what plain loops over the rows give.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::cast_precision_loss, reason = "a test may fail, and its numbers are small")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use marketingos::*;
use proptest::prelude::*;
use proptest::sample::{Index, select};

const SYSTEM: &str = "
marketingos: 1
name: Small firm
sources:
  ads: { date: day, entity: visitor, dimensions: [channel, region, campaign], measures: [spend, clicks, weight, big], rows: events }
measures:
  rows: { count: ads }
  spend: { sum: ads.spend }
  clicks: { sum: ads.clicks }
  big: { sum: ads.big }
  paid: { sum: ads.spend, where: { channel: paid } }
  not_paid: { count: ads, where: \"channel <> 'paid'\" }
  either: { sum: ads.clicks, where: \"channel = 'paid' or region is null\" }
  dear: { sum: ads.spend, where: \"channel = 'paid' and spend > 5\" }
  one: { count: ads, where: { campaign: c1 } }
  all: { count: ads, where: 1 + 1 = 2 }
  visitors: { distinct: ads.visitor }
  abroad: { distinct: ads.visitor, where: { not: { region: north } } }
  about: { approximate_distinct: ads.visitor, where: { channel: paid } }
  middle: { median: ads.clicks }
  least: { min: ads.spend, where: { region: north } }
  weighted: { weighted_mean: { of: ads.clicks, by: weight }, where: { channel: [paid, mail] } }
  mean: { mean: ads.clicks }
  ratio: { ratio: { numerator: paid, denominator: clicks } }
";

#[derive(Clone, Debug)]
struct Row {
    day: i64,
    channel: Option<&'static str>,
    region: Option<&'static str>,
    campaign: u16,
    visitor: u16,
    cents: i32,
    clicks: Option<i32>,
    weight: i32,
}

impl Row {
    fn date(&self) -> Date {
        "2025-12-20".parse::<Date>().unwrap().plus_days(self.day)
    }

    fn member(&self, dimension: &str) -> Option<String> {
        match dimension {
            "channel" => self.channel.map(str::to_owned),
            "region" => self.region.map(str::to_owned),
            _ => Some(format!("c{}", self.campaign)),
        }
    }

    fn is(&self, channel: &str) -> bool {
        self.channel == Some(channel)
    }
}

fn rows() -> impl Strategy<Value = Vec<Row>> {
    let channel = select(vec![None, Some("paid"), Some("mail"), Some("fair")]);
    let region = select(vec![None, Some("north"), Some("s\u{fc}d")]);
    let row = (0i64..70, channel, region, 0u16..700, 0u16..900, -900i32..2_000, prop::option::weighted(0.9, 0i32..50), 0i32..4);
    let row =
        row.prop_map(|(day, channel, region, campaign, visitor, cents, clicks, weight)| Row { day, channel, region, campaign, visitor, cents, clicks, weight });
    let few = row.clone().prop_map(|row| Row { campaign: row.campaign % 3, day: row.day / 2, ..row });
    // Few rows by turns with more than are folded together.
    prop_oneof![3 => prop::collection::vec(few, 0..40), 1 => prop::collection::vec(row, 1_000..2_600)]
}

fn csv(rows: &[Row]) -> String {
    // With as few decimals as the numbers have.
    let tenths = rows.iter().all(|row| row.cents % 10 == 0);
    let mut text = "day,visitor,channel,region,campaign,spend,clicks,weight,big\n".to_owned();
    for row in rows {
        let (sign, cents) = (if row.cents < 0 { "-" } else { "" }, row.cents.abs());
        let spend = if tenths { format!("{sign}{}.{}", cents / 100, cents % 100 / 10) } else { format!("{sign}{}.{:02}", cents / 100, cents % 100) };
        // With so many digits, one sum does not fit a machine integer.
        let big = row.clicks.map(|clicks| format!("{}000000000000000.000000000000000001", clicks + 1)).unwrap_or_default();
        let clicks = row.clicks.map(|clicks| clicks.to_string()).unwrap_or_default();
        let (channel, region) = (row.channel.unwrap_or_default(), row.region.unwrap_or_default());
        writeln!(text, "{},v{},{channel},{region},c{},{spend},{clicks},{},{big}", row.date(), row.visitor, row.campaign, row.weight).unwrap();
    }
    text
}

/// A value, or what there is of it, as a panel holds it.
type Told = (Result<f64, Reason>, Option<f64>);

fn sum<'r>(rows: impl Iterator<Item = &'r Row>, of: impl Fn(&Row) -> Option<i64>, scale: i64) -> Told {
    let numbers: Vec<Option<i64>> = rows.map(of).collect();
    let total = numbers.iter().flatten().sum::<i64>() as f64 / scale as f64;
    match numbers.iter().flatten().count() {
        present if present == numbers.len() => (Ok(total), None),
        0 => (Err(Reason::Missing), None),
        _ => (Err(Reason::Incomplete), Some(total)),
    }
}

fn quotient(above: i64, below: i64) -> Told {
    (if below == 0 { Err(Reason::Undefined) } else { Ok(above as f64 / below as f64) }, None)
}

/// What the rows of a period and member come to.
fn expected(figure: &str, rows: &[&Row]) -> Told {
    let rows = || rows.iter().copied();
    let count = |count: usize| (Ok(count as f64), None);
    let different = |rows: &mut dyn Iterator<Item = &Row>| count(rows.map(|row| row.visitor).collect::<BTreeSet<_>>().len());
    let cents = |row: &Row| Some(i64::from(row.cents));
    let clicks = |row: &Row| row.clicks.map(i64::from);
    let mut sorted: Vec<i64> = rows().filter_map(clicks).collect();
    sorted.sort_unstable();
    match figure {
        "rows" | "all" => count(rows().count()),
        "spend" => sum(rows(), cents, 100),
        "clicks" => sum(rows(), clicks, 1),
        "big" => {
            // The digits behind the point are far below what a double holds.
            let (value, so_far) = sum(rows(), |row| clicks(row).map(|clicks| clicks + 1), 1);
            let exact = |clicks: f64| format!("{clicks}000000000000000").parse::<f64>().unwrap();
            (value.map(exact), so_far.map(exact))
        }
        "paid" => sum(rows().filter(|row| row.is("paid")), cents, 100),
        "not_paid" => count(rows().filter(|row| row.channel.is_some() && !row.is("paid")).count()),
        "either" => sum(rows().filter(|row| row.is("paid") || row.region.is_none()), clicks, 1),
        "dear" => sum(rows().filter(|row| row.is("paid") && row.cents > 500), cents, 100),
        "one" => count(rows().filter(|row| row.campaign == 1).count()),
        "visitors" => different(&mut rows()),
        "abroad" => different(&mut rows().filter(|row| row.region != Some("north"))),
        "about" => different(&mut rows().filter(|row| row.is("paid"))),
        "middle" => {
            let middle = sorted.len() / 2;
            match sorted.len() {
                0 => (Err(Reason::Undefined), None),
                even if even % 2 == 0 => quotient(sorted[middle - 1] + sorted[middle], 2),
                _ => quotient(sorted[middle], 1),
            }
        }
        "least" => rows()
            .filter(|row| row.region == Some("north"))
            .map(|row| row.cents)
            .min()
            .map_or((Err(Reason::Undefined), None), |cents| quotient(cents.into(), 100)),
        "weighted" => {
            let both = || rows().filter(|row| row.is("paid") || row.is("mail")).filter_map(|row| Some((i64::from(row.clicks?), i64::from(row.weight))));
            quotient(both().map(|(clicks, weight)| clicks * weight).sum(), both().map(|(_, weight)| weight).sum())
        }
        "mean" => quotient(sorted.iter().sum(), i64::try_from(sorted.len()).unwrap()),
        _ => {
            let (paid, clicks) = (rows().filter(|row| row.is("paid")).map(|row| i64::from(row.cents)).sum::<i64>(), sum(rows(), clicks, 1));
            let all = sorted.iter().sum::<i64>() * 100;
            match clicks {
                (Err(Reason::Missing), _) => clicks,
                _ if all == 0 => (Err(Reason::Undefined), None),
                (Ok(_), _) => quotient(paid, all),
                _ => (Err(Reason::Incomplete), Some(paid as f64 / all as f64)),
            }
        }
    }
}

const FIGURES: [&str; 18] = [
    "rows", "spend", "clicks", "big", "paid", "not_paid", "either", "dear", "one", "all", "visitors", "abroad", "about", "middle", "least", "weighted", "mean",
    "ratio",
];
const BY: [&[&str]; 7] = [&[], &["channel"], &["region"], &["region", "channel"], &["campaign"], &["channel", "campaign"], &["campaign", "region", "channel"]];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn panels_of_several_questions_are_what_loops_give(
        mut rows in rows(),
        asked in prop::collection::vec((0usize..4, 0usize..7), 1..5),
        picks in prop::collection::vec(any::<Index>(), 1..9),
        cut in any::<Index>(),
        again in any::<bool>(),
    ) {
        let (system, _) = System::parse(&[Source::new("system.yaml", SYSTEM)]).unwrap_or_else(|error| panic!("{error}"));
        // In two parts, so that codes and decimals come to differ.
        let cut = cut.index(rows.len() + 1);
        rows[..cut].iter_mut().for_each(|row| row.cents -= row.cents % 10);
        let (first, second) = rows.split_at(cut);
        let facts = Facts::builder(&system).csv("ads", csv(first)).build().unwrap();
        let facts = facts.extend(&system).csv("ads", csv(second)).build().unwrap();
        let snapshot = system.snapshot(&facts, "2026-12-31".parse().unwrap());
        let figures: Vec<&str> = picks.iter().map(|pick| FIGURES[pick.index(FIGURES.len())]).collect::<BTreeSet<_>>().into_iter().collect();
        let grains = [Grain::Week, Grain::Month, Grain::Quarter, Grain::All];
        let mut questions: Vec<(Grain, &[&str])> = asked.iter().map(|(grain, by)| (grains[*grain], BY[*by])).collect();
        if again {
            questions.push(questions[0]);
        }
        let panels = snapshot.panels(&figures, &questions).unwrap();
        prop_assert_eq!(panels.len(), questions.len());
        for ((grain, by), panel) in questions.iter().zip(&panels) {
            prop_assert_eq!(panel, &snapshot.panel(&figures, *grain, by).unwrap());
            let mut cells: BTreeMap<(Date, Vec<Option<String>>), Vec<&Row>> = BTreeMap::new();
            for row in &rows {
                let period = panel.periods.iter().rfind(|period| period.first <= row.date()).unwrap();
                cells.entry((period.first, by.iter().map(|dimension| row.member(dimension)).collect())).or_default().push(row);
            }
            if by.is_empty() {
                for period in &panel.periods {
                    cells.entry((period.first, Vec::new())).or_default();
                }
            }
            let key = |row: usize| {
                let member = panel.member(row).unwrap().iter().map(|name| name.name().map(str::to_owned)).collect::<Vec<_>>();
                (panel.periods[usize::try_from(panel.period[row]).unwrap()].first, member)
            };
            let held: Vec<_> = (0..panel.rows()).map(key).collect();
            // Some members are told only where a figure that was asked for counts any of their rows.
            prop_assert!(held.is_sorted(), "{:?}", held);
            if figures.iter().any(|figure| ["rows", "spend", "clicks", "big", "all", "visitors", "middle", "mean", "ratio"].contains(figure)) {
                prop_assert_eq!(&held, &cells.keys().cloned().collect::<Vec<_>>());
            }
            for figure in &figures {
                let column = panel.column(figure).unwrap();
                let none = Vec::new();
                for (row, key) in held.iter().enumerate() {
                    let told = (column.get(row), column.so_far(row));
                    prop_assert_eq!(told, expected(figure, cells.get(key).unwrap_or(&none)), "{} {:?} {:?}", figure, grain, key);
                }
                for one in snapshot.series(figure, *grain, by).unwrap() {
                    let key = (one.period.first, one.member.iter().map(|name| name.name().map(str::to_owned)).collect::<Vec<_>>());
                    let row = held.binary_search(&key).unwrap_or_else(|_| panic!("{figure} {key:?} is not in the panel"));
                    prop_assert_eq!(one.value.number().and_then(Number::to_f64), column.get(row).ok(), "{} {:?}", figure, key);
                }
            }
        }
    }
}

const PAIRS: &str =
    "{marketingos: 1, name: Small firm, sources: {ads: {date: day, entity: visitor, dimensions: [x, y], measures: [spend, clicks], rows: events}},
    measures: {rows: {count: ads}, spend: {sum: ads.spend}, clicks: {sum: ads.clicks}, dear: {sum: ads.spend, where: spend > 500},
        visitors: {distinct: ads.visitor}, middle: {median: ads.spend}}}";

#[test]
fn many_members_are_told_apart_like_few() {
    let (system, _) = System::parse(&[Source::new("system.yaml", PAIRS)]).unwrap_or_else(|error| panic!("{error}"));
    // Of 1.2 and of 4.4 million pairs of members, few have rows.
    for members in [1_100u32, 2_100] {
        let mut csv = "day,visitor,x,y,spend,clicks\n".to_owned();
        let mut cells: BTreeMap<(u32, u32), Vec<u32>> = BTreeMap::new();
        for row in 0..2 * members {
            let (x, y) = (row % members, row * 7 % members);
            let clicks = if row % 5 == 0 { String::new() } else { "3".to_owned() };
            writeln!(csv, "2026-01-{:02},v{},{x:05},{y:05},{row},{clicks}", 1 + row % 31, row % 3).unwrap();
            // After the date that is asked about.
            writeln!(csv, "2026-02-03,later,{y:05},{x:05},1,1").unwrap();
            cells.entry((x, y)).or_default().push(row);
        }
        let facts = Facts::builder(&system).csv("ads", csv).build().unwrap();
        let snapshot = system.snapshot(&facts, "2026-01-31".parse().unwrap());
        let figures = ["rows", "spend", "dear", "visitors", "middle", "clicks"];
        let panels = snapshot.panels(&figures, &[(Grain::Month, &["x", "y"]), (Grain::Month, &["x"]), (Grain::Month, &[])]).unwrap();
        let panel = &panels[0];
        assert_eq!(panel.rows(), cells.len());
        for (row, ((x, y), held)) in cells.iter().enumerate() {
            assert_eq!(panel.member(row).unwrap(), [format!("{x:05}").as_str().into(), format!("{y:05}").as_str().into()]);
            let sum = |rows: &mut dyn Iterator<Item = &u32>| f64::from(rows.sum::<u32>());
            let middle = (f64::from(*held.iter().min().unwrap()) + f64::from(*held.iter().max().unwrap())) / 2.0;
            let visitors = held.iter().map(|row| row % 3).collect::<BTreeSet<_>>().len() as f64;
            let wanted = [held.len() as f64, sum(&mut held.iter()), sum(&mut held.iter().filter(|row| **row > 500)), visitors, middle];
            assert_eq!(panel.columns[..5].iter().map(|column| column.get(row).unwrap()).collect::<Vec<_>>(), wanted);
            let with_clicks = held.iter().filter(|row| *row % 5 != 0).count();
            let clicks = (panel.columns[5].get(row).ok(), panel.columns[5].so_far(row));
            let so_far = (with_clicks > 0).then_some(3.0 * with_clicks as f64);
            assert_eq!(clicks, if with_clicks == held.len() { (so_far, None) } else { (None, so_far) });
        }
        for panel in &panels {
            assert_eq!(panel.columns[0].values().flatten().sum::<f64>(), f64::from(2 * members));
        }
    }
}

#[test]
fn nobody_is_no_visitor_however_many_there_are() {
    let (system, _) = System::parse(&[Source::new("system.yaml", PAIRS)]).unwrap_or_else(|error| panic!("{error}"));
    let mut csv = "day,visitor,x,y,spend,clicks\n".to_owned();
    for visitor in 0..70_000 {
        writeln!(csv, "2026-01-05,v{visitor},a,b,1,1\n2026-01-05,v{visitor},a,c,1,1").unwrap();
    }
    csv += "2026-01-05,,a,b,1,1\n2026-01-05,,b,d,1,1\n";
    let facts = Facts::builder(&system).csv("ads", csv).build().unwrap();
    let snapshot = system.snapshot(&facts, "2026-01-31".parse().unwrap());
    let visitors = |by: &[&str]| snapshot.panel(&["visitors"], Grain::Month, by).unwrap().columns[0].values().collect::<Vec<_>>();
    assert_eq!(visitors(&[]), [Some(70_000.0)]);
    assert_eq!(visitors(&["x"]), [Some(70_000.0), Some(0.0)]);
    assert_eq!(visitors(&["x", "y"]), [Some(70_000.0), Some(70_000.0), Some(0.0)]);
}
