//! Facts that grow, and columns of figures: both say what a new snapshot and its series say.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use std::sync::Arc;

use marketingos::{Date, Facts, Grain, Reason, Snapshot, Source, System, Value};
use proptest::prelude::*;

const SYSTEM: &str = "
marketingos: 1
name: Small firm
people: { ana: Ana }
operator: ana
sources:
  ads: { date: day, dimensions: [channel, region], measures: [spend, clicks], rows: events, recorded_from: 2025-11-01, recorded_until: as_of }
  leads: { date: day, entity: lead, dimensions: [channel, region], rows: events, recorded_from: 2025-11-01, recorded_until: as_of }
  wins: { date: day, entity: lead, rows: events, recorded_from: 2025-11-01, recorded_until: as_of }
measures:
  clicks: { sum: ads.clicks }
  paid: { sum: ads.spend, where: { channel: paid } }
  dear: { count: ads, where: spend > 5 and clicks is not null }
  typical: { median: ads.spend }
  regions: { distinct: ads.region }
  balance: { last: ads.spend }
kpis:
  spend: { unit: EUR, direction: lower, sum: ads.spend }
  cpc: { unit: EUR, direction: lower, ratio: { numerator: spend, denominator: clicks } }
  margin: { unit: EUR, direction: higher, formula: 3 * clicks - spend }
  to_date: { unit: EUR, direction: lower, cumulative: { of: spend, over: quarter_to_date } }
  leads: { unit: count of leads, direction: higher, count: leads }
  won: { unit: count of leads, direction: higher, count: wins }
  conversion: { unit: percent, direction: higher, conversion: { from: leads, to: won, within_days: 20 } }
";

type Row = (i64, usize, usize, i32, Option<u8>);

fn rows() -> impl Strategy<Value = Vec<Row>> {
    prop::collection::vec((0i64..110, 0usize..4, 0usize..3, -900i32..2_000, prop::option::of(any::<u8>())), 0..60)
}

fn day(offset: i64) -> Date {
    "2025-11-01".parse::<Date>().unwrap().plus_days(offset)
}

/// The tables of some rows: each is an ad, and a lead that may be won.
fn tables(rows: &[Row]) -> [String; 3] {
    let mut texts = ["day,channel,region,spend,clicks\n".to_owned(), "day,lead,channel,region\n".to_owned(), "day,lead\n".to_owned()];
    for (at, (offset, channel, region, cents, clicks)) in rows.iter().enumerate() {
        let (channel, region) = (["", "paid", "organic", "fair"][*channel], ["", "north", "süd"][*region]);
        let clicks = clicks.map(|clicks| clicks.to_string()).unwrap_or_default();
        texts[0] += &format!("{},{channel},{region},{}.{:02},{clicks}\n", day(*offset), cents / 100, cents.abs() % 100);
        texts[1] += &format!("{},l{},{channel},{region}\n", day(*offset), (*cents).rem_euclid(40));
        if at % 3 == 0 {
            texts[2] += &format!("{},l{}\n", day(*offset), (*cents).rem_euclid(40));
        }
    }
    texts
}

fn json(snapshot: &Snapshot) -> Vec<String> {
    let asks = ["spend", "cpc", "margin", "to_date", "leads", "conversion", "regions", "typical", "balance"]
        .iter()
        .flat_map(|figure| ["week", "month", "quarter"].map(|grain| format!(r#"{{"ask":"series","figure":"{figure}","grain":"{grain}"}}"#)))
        .chain(["{\"ask\":\"scorecard\",\"grain\":\"month\"}".to_owned(), "{\"ask\":\"snapshot\"}".to_owned()]);
    asks.map(|ask| marketingos::wire::ask(snapshot, &ask).unwrap()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_snapshot_that_grew_is_that_of_all_rows(rows in rows(), cut in 0i64..110, hidden in any::<bool>()) {
        let (system, _) = System::parse(&[Source::new("system.yaml", SYSTEM)]).unwrap();
        let system = Arc::new(system);
        // With hidden rows, the earlier facts hold some from after their as-of date.
        let (early, late): (Vec<Row>, Vec<Row>) = rows.iter().copied().partition(|row| row.0 <= cut || (hidden && row.1 == 0));
        let load = |rows: &[Row]| {
            let [ads, leads, wins] = tables(rows);
            Facts::builder(&system).csv("ads", ads).csv("leads", leads).csv("wins", wins).build().unwrap()
        };
        // Wins are picked by position: both ways must see the same tables.
        let [ads, leads, wins] = tables(&late);
        let old = Arc::new(load(&early));
        let grown = Arc::new(old.extend(&system).csv("ads", &ads).csv("leads", &leads).csv("wins", &wins).build().unwrap());
        let [first_ads, first_leads, first_wins] = tables(&early);
        let whole = |first: &str, second: &str| first.to_owned() + second.split_once('\n').unwrap().1;
        let all = Facts::builder(&system)
            .csv("ads", whole(&first_ads, &ads))
            .csv("leads", whole(&first_leads, &leads))
            .csv("wins", whole(&first_wins, &wins))
            .build()
            .unwrap();
        let before = Snapshot::new(Arc::clone(&system), old, day(cut));
        prop_assert!(json(&before).len() > 1);
        let after = before.extended(grown, day(110));
        prop_assert_eq!(json(&after), json(&system.snapshot(&all, day(110))));
    }

    #[test]
    fn a_panel_is_its_series_rounded_once(rows in rows(), grain in 0usize..4, by in 0usize..3) {
        let (system, _) = System::parse(&[Source::new("system.yaml", SYSTEM)]).unwrap();
        let [ads, leads, wins] = tables(&rows);
        let facts = Facts::builder(&system).csv("ads", ads).csv("leads", leads).csv("wins", wins).build().unwrap();
        let snapshot = system.snapshot(&facts, day(100));
        let grain = [Grain::Week, Grain::Month, Grain::Quarter, Grain::All][grain];
        let by: &[&str] = [&[][..], &["channel"][..], &["region", "channel"][..]][by];
        // Those of one source are computed as columns; all together, cell by cell.
        let of_ads = ["spend", "clicks", "paid", "dear", "typical", "regions", "cpc", "margin"];
        let all = ["spend", "cpc", "leads", "balance", "to_date"];
        for figures in [&of_ads[..], &all[..]] {
            let panel = snapshot.panel(figures, grain, by).unwrap();
            for figure in figures {
                let series = snapshot.series(figure, grain, by).unwrap();
                let column = panel.column(figure).unwrap();
                for row in 0..panel.rows() {
                    let (period, member) = (&panel.periods[panel.period[row] as usize], panel.member(row).unwrap());
                    let Some(exact) = series.iter().find(|one| one.period.first == period.first && one.member == member) else { continue };
                    let (expected, so_far) = match &exact.value {
                        Value::Value { value } => (Ok(value.to_f64().unwrap()), None),
                        Value::Incomplete { so_far, .. } => (Err(Reason::Incomplete), so_far.to_f64()),
                        Value::Undefined { .. } => (Err(Reason::Undefined), None),
                        Value::Missing { .. } => (Err(Reason::Missing), None),
                        Value::NotComparable { .. } => (Err(Reason::NotComparable), None),
                    };
                    prop_assert_eq!(column.get(row), expected, "{} {} {:?}", figure, period.label, member);
                    prop_assert_eq!(column.so_far(row), so_far, "{} {} {:?}", figure, period.label, member);
                }
            }
        }
    }
}
