//! What was known on a day: rows that were recorded later, or replaced before, do not count.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice, reason = "a test fails by panicking, in its helpers too")]

use std::sync::Arc;

use marketingos::*;
use proptest::prelude::*;

fn system(source: &str) -> Arc<System> {
    let text = format!(
        "
marketingos: 1
name: Small firm
people: {{ ana: Ana }}
operator: ana
sources: {{ deals: {{ date: won, dimensions: [region], measures: [amount], entity: deal, rows: events, recorded_from: 2026-01-01, recorded_until: as_of, {source} }} }}
kpis: {{ sales: {{ name: Sales, unit: EUR, direction: higher, owner: ana, sum: deals.amount }}, deals: {{ name: Deals, unit: count of deals, direction: higher, owner: ana, distinct: deals.deal }} }}
"
    );
    Arc::new(System::parse(&[Source::new("system.yaml", &text)]).unwrap_or_else(|error| panic!("{error}")).0)
}

const BOTH: &str = "recorded_at: entered, superseded_at: { column: replaced, pattern: DD.MM.YYYY }";

/// A deal entered late, and one whose amount was corrected in April.
const DEALS: &str = "won,deal,region,amount,entered,replaced
2026-01-10,a,north,100,2026-01-10,
2026-01-20,b,south,50,2026-02-20,
2026-01-25,c,north,30,2026-01-26,15.04.2026
2026-01-25,c,north,20,2026-04-15,
";

fn at(system: &Arc<System>, csv: &str, as_of: &str) -> Snapshot {
    let facts = Facts::builder(system).csv("deals", csv).build().unwrap();
    system.snapshot(&facts, as_of.parse().unwrap())
}

fn january(snapshot: &Snapshot) -> (String, String) {
    let text = |kpi: &str| snapshot.line_for(kpi, "2026-01").unwrap().actual.text;
    (text("sales"), text("deals"))
}

#[test]
fn january_as_it_was_known_on_several_days() {
    let system = system(BOTH);
    for (as_of, sales, deals) in [
        ("2026-01-31", "EUR 130", "2"),
        ("2026-02-19", "EUR 130", "2"),
        ("2026-02-20", "EUR 180", "3"),
        ("2026-04-14", "EUR 180", "3"),
        ("2026-04-15", "EUR 170", "3"),
    ] {
        assert_eq!(january(&at(&system, DEALS, as_of)), (sales.to_owned(), deals.to_owned()), "{as_of}");
    }
    let messages = |as_of: &str| {
        at(&system, DEALS, as_of)
            .findings()
            .iter()
            .filter(|finding| finding.code.as_str() == "MOS-F025")
            .map(|finding| (finding.code.as_str(), finding.message.clone()))
            .collect::<Vec<_>>()
    };
    assert_eq!(messages("2026-01-31"), [("MOS-F025", "2 of 4 rows were recorded after 2026-01-31, and not counted".to_owned())]);
    assert_eq!(messages("2026-04-15"), [("MOS-F025", "1 of 4 rows had been replaced by 2026-04-15, and is not counted".to_owned())]);
    // By the facts alone nobody can tell the days apart; by the day one can.
    assert_ne!(at(&system, DEALS, "2026-02-19").fingerprint(), at(&system, DEALS, "2026-02-20").fingerprint());
    // Without the declaration all rows count, whenever they were recorded.
    assert_eq!(january(&at(&self::system(""), DEALS, "2026-01-31")).0, "EUR 200");
}

#[test]
fn only_one_of_the_two_columns_may_be_declared() {
    let recorded = system("recorded_at: entered");
    assert_eq!([january(&at(&recorded, DEALS, "2026-01-31")).0, january(&at(&recorded, DEALS, "2026-12-31")).0], ["EUR 130", "EUR 200"]);
    let replaced = system("superseded_at: { column: replaced, pattern: DD.MM.YYYY }");
    assert_eq!([january(&at(&replaced, DEALS, "2026-01-31")).0, january(&at(&replaced, DEALS, "2026-12-31")).0], ["EUR 200", "EUR 170"]);
}

#[test]
fn a_row_that_does_not_say_when_it_was_recorded_never_counts_and_is_told() {
    let csv = "won,deal,region,amount,entered,replaced\n2026-01-10,a,n,100,yesterday,\n2026-01-11,b,n,10,,\n2026-01-12,c,n,1,2026-01-12,never\n2026-01-13,d,n,5,2026-01-13,\n";
    let snapshot = at(&system(BOTH), csv, "2026-12-31");
    assert_eq!(january(&snapshot).0, "EUR 5.00");
    let finding = &snapshot.findings()[0];
    assert_eq!((finding.code.as_str(), finding.severity), ("MOS-F005", Severity::Warning));
    assert_eq!(finding.message, "3 of 4 rows do not say when they were recorded or replaced, such as `yesterday`, and never count");
}

#[test]
fn a_column_that_is_not_there_is_an_error_and_a_time_falls_on_its_business_day() {
    let error = Facts::builder(&system(BOTH)).csv("deals", "won,deal,region,amount,entered\n").build().unwrap_err();
    assert!(error.findings()[0].message.contains("`replaced`"), "{error}");
    let zoned = system("recorded_at: { column: entered, pattern: 'YYYY-MM-DDThh:mm:ss±hh:mm', zone: '+01:00' }");
    let csv = "won,deal,region,amount,entered\n2026-01-10,a,n,100,2026-01-31T23:30:00+00:00\n";
    assert_eq!([january(&at(&zoned, csv, "2026-01-31")).0, january(&at(&zoned, csv, "2026-02-01")).0], ["EUR 0.00", "EUR 100"]);
}

#[test]
fn an_old_scorecard_is_the_one_that_was_seen() {
    // What a snapshot said on a day is what one as of that day says later, with all that came since.
    let system = system(BOTH);
    let then = "won,deal,region,amount,entered,replaced\n2026-01-10,a,north,100,2026-01-10,\n2026-01-25,c,north,30,2026-01-26,\n";
    let [seen, later] = [at(&system, then, "2026-02-10"), at(&system, DEALS, "2026-02-10")];
    assert_eq!(seen.scorecard(Grain::Month).lines, later.scorecard(Grain::Month).lines);
}

prop_compose! {
    fn rows()(rows in proptest::collection::vec((0..90i32, 0..4u8, 0..3u8, -50..50i32, 0..150i32, proptest::option::of(0..150i32)), 0..40)) -> Vec<String> {
        let day = |day: i32| "2026-01-01".parse::<Date>().unwrap().plus_days(i64::from(day));
        let back = |date: Date| { let text = date.to_string(); format!("{}.{}.{}", &text[8..], &text[5..7], &text[..4]) };
        rows.into_iter().map(|(won, deal, region, amount, entered, replaced)| {
            format!("{},d{deal},r{region},{amount},{},{}\n", day(won), day(entered), replaced.map(|replaced| back(day(replaced))).unwrap_or_default())
        }).collect()
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// As of a day the rows that were known are all there is: the same as facts of those rows only,
    /// whether as rows, as cells of parts, or grown.
    #[test]
    fn what_was_known_is_all_there_is(rows in rows(), split in 0..40usize, as_of in 0..160i64) {
        let as_of = "2026-01-01".parse::<Date>().unwrap().plus_days(as_of);
        let (declared, plain) = (system(BOTH), system(""));
        let text = |rows: &[String]| format!("won,deal,region,amount,entered,replaced\n{}", rows.concat());
        let date = |text: &str| { let part: Vec<&str> = text.split('.').collect(); format!("{}-{}-{}", part[2], part[1], part[0]).parse::<Date>().unwrap() };
        let known: Vec<String> = rows.iter().filter(|row| {
            let cells: Vec<&str> = row.trim_end().split(',').collect();
            cells[4].parse::<Date>().unwrap() <= as_of && (cells[5].is_empty() || date(cells[5]) > as_of)
        }).cloned().collect();
        let load = |system: &System, rows: &[String]| Arc::new(Facts::builder(system).csv("deals", text(rows)).build().unwrap());
        let all = load(&declared, &rows);
        let snapshot = Snapshot::new(Arc::clone(&declared), Arc::clone(&all), as_of);
        let expected = Snapshot::new(Arc::clone(&plain), load(&plain, &known), as_of);
        for figure in ["sales", "deals"] {
            for by in [&[][..], &["region"][..]] {
                prop_assert_eq!(snapshot.series(figure, Grain::Month, by).unwrap(), expected.series(figure, Grain::Month, by).unwrap());
            }
        }
        let (first, rest) = rows.split_at(split.min(rows.len()));
        let cells = |rows: &[String], name: &str| declared.cells(&load(&declared, rows), as_of, &["region"]).unwrap().named(name).unwrap();
        let merged = cells(first, "first").merge(cells(rest, "rest")).unwrap();
        let merged = declared.snapshot_of(&merged).unwrap();
        prop_assert_eq!(merged.fingerprint(), snapshot.fingerprint());
        prop_assert_eq!(merged.scorecard(Grain::Month), snapshot.scorecard(Grain::Month));
        // One day earlier with the first rows, then grown by the rest.
        let start = load(&declared, first);
        let grown = Arc::new(start.extend(&declared).csv("deals", text(rest)).build().unwrap());
        let before = Snapshot::new(Arc::clone(&declared), start, as_of.plus_days(-1));
        prop_assert_eq!(before.scorecard(Grain::Month).lines.len(), 2);
        prop_assert_eq!(before.extended(grown, as_of).scorecard(Grain::Month), snapshot.scorecard(Grain::Month));
    }
}
