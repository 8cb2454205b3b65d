//! Cells: however rows are divided, ordered and merged, a snapshot of their cells is the snapshot
//! of the rows.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail")]

use std::sync::LazyLock;

use marketingos::*;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

/// Every calculation, with and without conditions.
const TEXT: &str = "
marketingos: 1
name: Small firm
people: { ana: Ana, ben: Ben }
operator: ana
executive: ben
sources:
  ads: { date: day, dimensions: [channel, region], measures: [spend, clicks], rows: events }
  stock: { date: day, dimensions: [channel], measures: { level: { additivity: semi_additive } }, rows: daily, recorded_until: as_of }
  leads: { date: day, entity: lead, dimensions: [channel, region], measures: [score], rows: events, recorded_from: 2025-01-10 }
  deals: { date: day, entity: lead, dimensions: [channel], measures: [amount], rows: events, recorded_until: as_of }
  touches: { date: day, entity: lead, dimensions: [channel, region], measures: [weight], rows: events, recorded_until: 2026-02-10 }
measures:
  rows: { count: ads }
  paid: { count: ads, where: { channel: paid } }
  spend: { sum: ads.spend }
  spend_or_zero: { sum: ads.spend, missing: zero }
  dear: { sum: ads.spend, where: spend > clicks or region is null }
  mean_spend: { mean: ads.spend }
  weighted: { weighted_mean: { of: ads.spend, by: clicks }, where: { channel: [paid, own] } }
  least: { min: ads.spend, where: { channel: paid } }
  largest: { max: ads.clicks }
  median: { median: ads.spend }
  p90: { summary: { of: ads.clicks, statistic: p90 }, where: { channel: [paid, payed] } }
  first_level: { first: stock.level }
  last_level: { last: stock.level }
  mean_level: { daily_mean: stock.level, where: { channel: paid } }
  channels: { distinct: ads.channel }
  about: { approximate_distinct: leads.lead }
  different: { distinct: leads.lead, where: score > 1 }
  new_leads: { count: leads }
  good_leads: { count: leads, where: score >= 2 }
  won: { count: deals }
  revenue: { sum: deals.amount }
  touch: { count: touches }
  heavy: { count: touches, where: weight > 1 }
  cpc: { ratio: { numerator: spend, denominator: rows } }
  growth: { formula: 'spend - previous(spend) + coalesce(prior_year(rows), 0)' }
  rolling: { cumulative: { of: spend, over: { periods: 3 } } }
  to_date: { cumulative: { of: rows, over: year_to_date } }
  ever: { cumulative: { of: cpc, over: all_time } }
  cohort: { conversion: { from: new_leads, to: won, within_days: 40 } }
  open_cohort: { conversion: { from: good_leads, to: won } }
  same: { conversion: { from: new_leads, to: won, basis: same_period } }
  matched: { conversion: { from: new_leads, to: won, matching: channel } }
  cycle: { duration: { from: new_leads, to: won, statistic: median } }
  first_touch: { credit: { outcome: revenue, touches: touch, rule: first } }
  last_touch: { credit: { outcome: won, touches: touch, rule: last, within_days: 60 } }
  linear: { credit: { outcome: revenue, touches: touch, to: heavy, rule: linear } }
  position: { credit: { outcome: revenue, touches: touch, rule: position } }
  decay: { credit: { outcome: revenue, touches: touch, to: heavy, rule: time_decay, half_life_days: 7 } }
  any: { credit: { outcome: revenue, touches: touch, to: heavy, rule: any } }
kpis:
  clicks: { name: Clicks, unit: count, direction: higher, owner: ana, sum: ads.clicks }
  velocity: { name: Velocity, unit: days, direction: lower, owner: ana, duration: { from: good_leads, to: won, statistic: mean } }
  wins: { name: Wins, unit: ratio, direction: higher, owner: ben, conversion: { from: new_leads, to: won, within_days: 30 } }
  share: { name: Share, unit: count, direction: higher, owner: ana, distinct: touches.lead }
plan: { targets: { clicks: [ { from: 2025-01, to: 2026-12, value: 30 } ] } }
escalation: [ { when: off_target, periods: 2, to: executive } ]
";

static SYSTEM: LazyLock<System> = LazyLock::new(|| System::parse(&[Source::new("system.yaml", TEXT)]).unwrap_or_else(|error| panic!("{error}")).0);

const HEADERS: [(&str, &str); 5] = [
    ("ads", "day,channel,region,spend,clicks"),
    ("stock", "day,channel,level"),
    ("leads", "day,lead,channel,region,score"),
    ("deals", "day,lead,channel,amount"),
    ("touches", "day,lead,channel,region,weight"),
];

/// The question by which figures are held against each other.
const BY: [&[&str]; 5] = [&[], &["channel"], &["region"], &["channel", "region"], &["region", "channel"]];

/// A row: its source and its text. Few days, members and entities, so that much coincides; some
/// rows cannot be used.
fn row() -> impl Strategy<Value = (usize, String)> {
    let day = prop_oneof![30 => (0i64..440).prop_map(|day| date("2025-01-01").plus_days(day).to_string()), 1 => Just("2025-02-30".to_owned())];
    let number = prop_oneof![4 => (-300i64..4_000, 0usize..4).prop_map(|(mantissa, decimals)| decimal(mantissa, decimals)), 1 => Just(String::new()),
        1 => Just("12345678901234567.125".to_owned())];
    let parts = (day, select(vec!["paid", "own", "", "earned"]), select(vec!["north", "south", ""]), 0u8..14, number.clone(), number);
    (0usize..5, parts).prop_map(|(source, (day, channel, region, lead, left, right))| {
        let lead = if lead == 0 { String::new() } else { format!("l{lead}") };
        let row = match source {
            0 => format!("{day},{channel},{region},{left},{right}"),
            1 => format!("{day},{channel},{left}"),
            3 => format!("{day},{lead},{channel},{left}"),
            _ => format!("{day},{lead},{channel},{region},{left}"),
        };
        (source, row)
    })
}

fn decimal(mantissa: i64, decimals: usize) -> String {
    let digits = format!("{:0>width$}", mantissa.unsigned_abs(), width = decimals + 1);
    let (whole, fraction) = digits.split_at(digits.len() - decimals);
    format!("{}{whole}{}{fraction}", if mantissa < 0 { "-" } else { "" }, if decimals > 0 { "." } else { "" })
}

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

fn facts<'r>(rows: impl Iterator<Item = &'r (usize, String)> + Clone, every_source: bool) -> Facts {
    let mut builder = Facts::builder(&SYSTEM);
    for (at, (source, header)) in HEADERS.iter().enumerate() {
        let own: Vec<&str> = rows.clone().filter(|(source, _)| *source == at).map(|(_, row)| row.as_str()).collect();
        if every_source || !own.is_empty() {
            builder = builder.csv(source, format!("{header}\n{}", own.iter().map(|row| format!("{row}\n")).collect::<String>()));
        }
    }
    builder.build().unwrap_or_else(|error| panic!("{error}"))
}

/// Everything that is told of rows together; what single rows were refused for is told of each
/// partition.
fn found(snapshot: &Snapshot) -> Vec<String> {
    let together = ["MOS-F010", "MOS-F012", "MOS-F014", "MOS-F015", "MOS-F017", "MOS-F018", "MOS-F019"];
    let kept = snapshot.findings().iter().filter(|finding| together.contains(&finding.code.as_str()));
    let mut told: Vec<String> = kept.map(ToString::to_string).collect();
    told.sort();
    told
}

fn panel_of(snapshot: &Snapshot, figures: &[&str], grain: Grain, by: &[&str]) -> Result<Vec<String>, Code> {
    let panel = snapshot.panel(figures, grain, by).map_err(|error| error.code())?;
    let cell = |column: &PanelColumn, row| column.get(row).map(f64::to_bits);
    let row = |row: usize| {
        let cells: Vec<_> = panel.columns.iter().map(|column| cell(column, row)).collect();
        format!("{} {:?} {cells:?}", panel.periods[usize::try_from(panel.period[row]).unwrap()].label, panel.member(row).unwrap())
    };
    Ok(panel.periods.iter().map(|period| period.label.clone()).chain((0..panel.rows()).map(row)).collect())
}

fn same(left: &Snapshot, right: &Snapshot) -> Result<(), TestCaseError> {
    prop_assert_eq!(left.fingerprint(), right.fingerprint());
    prop_assert_eq!(found(left), found(right));
    for request in [
        r#"{"ask":"scorecard","grain":"week"}"#,
        r#"{"ask":"scorecard","grain":"month"}"#,
        r#"{"ask":"scorecard","grain":"quarter"}"#,
        r#"{"ask":"scorecard","grain":"year"}"#,
        r#"{"ask":"agenda"}"#,
        r#"{"ask":"escalations"}"#,
    ] {
        prop_assert_eq!(wire::ask(left, request).ok(), wire::ask(right, request).ok(), "{}", request);
    }
    for definition in SYSTEM.definitions() {
        let figure = definition.id.as_str();
        for (grain, by) in Grain::ALL.into_iter().flat_map(|grain| BY.map(|by| (grain, by))) {
            let series = |snapshot: &Snapshot| snapshot.series(figure, grain, by).map_err(|error| error.code());
            prop_assert_eq!(series(left), series(right), "{} {} {:?}", figure, grain.as_str(), by);
        }
        for by in [BY[0], BY[1]] {
            prop_assert_eq!(panel_of(left, &[figure], Grain::Month, by), panel_of(right, &[figure], Grain::Month, by), "{} {:?}", figure, by);
        }
    }
    // Of one source, so that a panel is computed column by column.
    let figures = ["rows", "paid", "spend", "dear", "mean_spend", "weighted", "least", "p90", "channels", "cpc"];
    for by in BY {
        prop_assert_eq!(panel_of(left, &figures, Grain::Quarter, by), panel_of(right, &figures, Grain::Quarter, by), "{:?}", by);
    }
    Ok(())
}

/// Merges in an order and grouping of chance.
fn merged(mut waiting: Vec<Cells>, picks: &[Index]) -> Cells {
    let mut picks = picks.iter().cycle();
    while waiting.len() > 1 {
        let left = waiting.swap_remove(picks.next().unwrap().index(waiting.len()));
        let right = waiting.swap_remove(picks.next().unwrap().index(waiting.len()));
        waiting.push(left.merge(right).unwrap());
    }
    waiting.remove(0)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn a_snapshot_of_cells_is_that_of_all_rows(
        rows in vec((row(), 0usize..5), 0..70),
        picks in vec(any::<Index>(), 8),
        parts in 1usize..6,
        as_of in select(vec!["2025-08-31", "2026-01-20", "2026-04-30"]),
        travels in any::<bool>(),
    ) {
        let all = facts(rows.iter().map(|(row, _)| row), true);
        let of_part = |part: usize| facts(rows.iter().rev().filter(move |(_, at)| at % parts == part).map(|(row, _)| row), part == 0);
        let cells_of = |part: usize| SYSTEM.cells(&of_part(part), date(as_of), &["region", "channel"]).unwrap().named(&format!("part {part}")).unwrap();
        let made: Vec<Cells> = (0..parts).map(cells_of).collect();
        let made: Vec<Cells> = if travels { made.iter().map(|cells| Cells::from_json(&cells.to_json()).unwrap()).collect() } else { made };

        let cells = merged(made.clone(), &picks);
        // The same bytes in whatever order, and after a journey.
        let text = cells.to_json();
        prop_assert_eq!(&text, &made.iter().cloned().reduce(|left, right| left.merge(right).unwrap()).unwrap().to_json());
        prop_assert_eq!(&text, &Cells::from_json(&text).unwrap().to_json());
        // No partition counts twice.
        for one in made {
            prop_assert_eq!(cells.clone().merge(one).unwrap_err().code(), Code::RepeatedPart);
        }
        same(&SYSTEM.snapshot(&all, date(as_of)), &SYSTEM.snapshot_of(&cells).unwrap())?;
    }

    #[test]
    fn cells_of_all_rows_at_once_are_those_of_their_parts(rows in vec((row(), any::<bool>()), 0..60)) {
        let of = |rows: Vec<&(usize, String)>| SYSTEM.cells(&facts(rows.into_iter(), true), date("2026-01-20"), &["channel"]).unwrap();
        let side = |side: bool| of(rows.iter().filter(|(_, at)| *at == side).map(|(row, _)| row).collect());
        let (left, right) = (side(false), side(true));
        let merged = left.named("left").unwrap().merge(right.named("right").unwrap()).unwrap();
        let all = of(rows.iter().map(|(row, _)| row).collect());
        // All but the partitions is the same, byte for byte.
        let body = |cells: &Cells| cells.to_json().split_once(r#""sources":"#).unwrap().1.to_owned();
        prop_assert_eq!(body(&all), body(&merged));
    }

    /// Whatever is done to a text of cells, it is read or refused, and no snapshot of it panics.
    #[test]
    fn a_spoilt_text_is_refused_or_read(cuts in vec((any::<Index>(), select(vec!["", "0", "-", "9", "null", "[", "]", "\"", ",", "1e9", "{}", "x", "all"])), 1..4)) {
        let rows = [(0, "2025-03-01,paid,north,1.5,2".to_owned()), (2, "2025-03-02,l1,paid,,3".to_owned()), (3, "2025-03-05,l1,paid,10.25".to_owned()),
            (4, "2025-03-01,l1,own,south,2".to_owned()), (1, "2025-03-01,paid,7".to_owned())];
        let mut text: Vec<char> = SYSTEM.cells(&facts(rows.iter(), true), date("2025-04-30"), &["channel"]).unwrap().to_json().chars().collect();
        for (at, new) in cuts {
            let at = at.index(text.len());
            text.splice(at..=at, new.chars());
        }
        let text: String = text.into_iter().collect();
        match Cells::from_json(&text) {
            Err(error) => prop_assert!(matches!(error.code(), Code::NotCells | Code::OtherVersion), "{}", error),
            Ok(cells) => {
                if let Ok(snapshot) = SYSTEM.snapshot_of(&cells) {
                    for definition in SYSTEM.definitions() {
                        let _ = snapshot.series(definition.id.as_str(), Grain::Month, &[]);
                    }
                }
                let again = cells.to_json();
                prop_assert_eq!(&again, &Cells::from_json(&again).unwrap().to_json());
            }
        }
    }
}

fn small() -> Cells {
    SYSTEM.cells(&facts([(0, "2025-03-01,paid,north,1.5,2".to_owned())].iter(), false), date("2025-04-30"), &["channel"]).unwrap()
}

#[test]
fn what_does_not_belong_together_does_not_merge() {
    let rows = [(0, "2025-03-01,own,north,1,2".to_owned())];
    let facts = facts(rows.iter(), false);
    let other_system = System::parse(&[Source::new("system.yaml", &TEXT.replace("Small firm", "Other firm"))]).unwrap().0;
    let other_facts = Facts::builder(&other_system).csv("ads", "day,channel,region,spend,clicks\n").build().unwrap();
    let other = other_system.cells(&other_facts, date("2025-04-30"), &["channel"]).unwrap();
    for (other, part) in [
        (other.clone(), "of the systems "),
        (SYSTEM.cells(&facts, date("2025-05-31"), &["channel"]).unwrap(), "as of 2025-04-30 and 2025-05-31"),
        (SYSTEM.cells(&facts, date("2025-04-30"), &[]).unwrap(), "by `channel` and no dimension"),
    ] {
        let error = small().merge(other).unwrap_err();
        assert_eq!(error.code().as_str(), "MOS-Q012");
        assert!(error.message().contains(part), "{error}");
    }
    assert_eq!(SYSTEM.snapshot_of(&other).unwrap_err().code().as_str(), "MOS-Q012");
    assert_eq!(small().merge(small()).unwrap_err().code().as_str(), "MOS-Q013");
    // Two partitions whose rows are equal, and which are two nevertheless.
    let two = small().named("north").unwrap().merge(small().named("south").unwrap()).unwrap();
    assert_eq!(two.parts().collect::<Vec<_>>(), ["north", "south"]);
    let rows = SYSTEM.snapshot_of(&two).unwrap().series("rows", Grain::All, &[]).unwrap();
    assert_eq!(rows[0].value.number().unwrap().to_string(), "2");
    assert_eq!(two.named("both").unwrap_err().message(), "`both` cannot name 2 partitions at once");
    // Nothing can be merged any number of times.
    let nothing =
        SYSTEM.cells(&Facts::builder(&SYSTEM).csv("ads", "day,channel,region,spend,clicks\n").build().unwrap(), date("2025-04-30"), &["channel"]).unwrap();
    assert_eq!(small().merge(nothing.clone()).unwrap().merge(nothing).unwrap().to_json(), small().to_json());
}

#[test]
fn what_is_no_text_of_cells_is_refused_with_its_place() {
    let text = small().to_json();
    let place = |text: &str| {
        let error = Cells::from_json(text).unwrap_err();
        let finding = &error.findings()[0];
        (error.code().as_str(), finding.to_string())
    };
    assert_eq!(
        place("{"),
        (
            "MOS-Q010",
            "cells.json:1:1: error[MOS-Q010]: not the JSON of cells: EOF while parsing an object; give the text of cells as it was written".to_owned()
        )
    );
    let (code, told) = place(&text.replace("\"as_of\"", "\"surprise\""));
    assert_eq!(code, "MOS-Q010");
    assert!(told.contains("unknown field `surprise`"), "{told}");
    let (_, told) = place(&text.replace("\"1.5\"", "\"1.50\""));
    assert!(told.contains("a cell does not hold what its column says"), "{told}");
    let newer = Cells::from_json(&text.replace("\"marketingos_cells\":1", "\"marketingos_cells\":2,\"more\":[]")).unwrap_err();
    assert_eq!((newer.code().as_str(), newer.message()), ("MOS-Q011", "the cells are of version 2, and this library reads version 1"));
    // Columns of another system under this one's name.
    let forged = Cells::from_json(&text.replace("\"median\"", "\"medium\"")).unwrap();
    assert_eq!(SYSTEM.snapshot_of(&forged).unwrap_err().code().as_str(), "MOS-Q010");
}

#[test]
fn questions_that_cells_cannot_answer_are_refused_with_the_reason() {
    let snapshot = SYSTEM.snapshot_of(&small()).unwrap();
    let error = snapshot.series("rows", Grain::Month, &["region"]).unwrap_err();
    assert_eq!((error.code().as_str(), error.message()), ("MOS-Q014", "the cells of this snapshot were not made by `region`"));
    assert_eq!(snapshot.series("rows", Grain::Month, &["colour"]).unwrap_err().code().as_str(), "MOS-Q004");
    assert_eq!(SYSTEM.cells(&facts([].iter(), true), date("2025-04-30"), &["chanel"]).unwrap_err().help(), "did you mean `channel`?");
}

#[test]
fn what_partitions_refused_is_told_of_each() {
    let bad = |day: &str| SYSTEM.cells(&facts([(0, format!("{day},own,north,1,2"))].iter(), true), date("2025-04-30"), &[]).unwrap();
    let cells = bad("2025-02-30").named("north").unwrap().merge(bad("2025-02-31").named("south").unwrap()).unwrap();
    let snapshot = SYSTEM.snapshot_of(&cells).unwrap();
    let files: Vec<&str> = snapshot.findings().iter().filter(|one| one.code == Code::BadDate).map(|one| one.place.file.as_str()).collect();
    assert_eq!(files, ["north/ads.csv", "south/ads.csv"]);
}

#[test]
fn rows_that_a_text_merely_claims_take_no_room() {
    let text = "{marketingos: 1, name: Small firm, sources: {ads: {date: day, measures: [spend], rows: events}}, measures: {middle: {median: ads.spend, missing: zero}}}";
    let system = System::parse(&[Source::new("system.yaml", text)]).unwrap().0;
    let facts = Facts::builder(&system).csv("ads", "day,spend\n2026-01-05,7\n2026-01-06,\n2026-01-07,9\n").build().unwrap();
    let cells = system.cells(&facts, date("2026-01-31"), &[]).unwrap().to_json();
    let middle = |text: &str| {
        let snapshot = system.snapshot_of(&Cells::from_json(text).unwrap()).unwrap();
        snapshot.series("middle", Grain::All, &[]).unwrap()[0].value.number().unwrap().to_string()
    };
    assert_eq!(middle(&cells), "7");
    assert!(cells.contains(r#"[3,2,["7","9"]]"#), "{cells}");
    assert_eq!(middle(&cells.replace(r#"[3,2,["7","9"]]"#, r#"[9000000000000000000,2,["7","9"]]"#)), "0");
}
