//! The same rows give the same facts, whatever form they come in and however they are split.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::string_slice, clippy::disallowed_methods, reason = "a test may fail")]

use marketingos::{Code, Datum, Facts, Finding, Number, Source, System};
use proptest::prelude::*;

const SYSTEM: &str = "
marketingos: 1
name: Forms
sources:
  s: { date: day, entity: lead, dimensions: [channel], measures: [amount], rows: events }
";

fn system(text: &str) -> System {
    System::parse(&[Source::new("system.yaml", text)]).unwrap().0
}

/// Everything about findings but the name of the text.
fn told(facts: &Facts) -> Vec<(Code, u32, String, String)> {
    let told = |finding: &Finding| (finding.code, finding.place.mark.line, finding.message.clone(), finding.help.clone());
    facts.findings().iter().map(told).collect()
}

type Row = (String, String, String, String);

fn row() -> impl Strategy<Value = Row> {
    let day = prop_oneof![8 => (1u32..29).prop_map(|day| format!("2026-01-{day:02}")), 1 => Just("2026-02-30".to_owned()), 1 => Just(String::new())];
    let amount = prop_oneof![6 => "-?[0-9]{1,4}([.][0-9]{1,3})?", 1 => Just(String::new()), 1 => Just("1e400".to_owned()), 1 => Just("NaN".to_owned())];
    (day, "[a-d\"]{0,2}", "paid|own|a rather long name, with marks|", amount)
}

fn csv(rows: &[Row]) -> String {
    let quoted = |cell: &str| format!("\"{}\"", cell.replace('"', "\"\""));
    let line = |(day, lead, channel, amount): &Row| {
        if lead.contains('"') || channel.contains(',') {
            format!("{},{},{},{}\n", day, quoted(lead), quoted(channel), amount)
        } else {
            format!("{day},{lead},{channel},{amount}\n")
        }
    };
    format!("day,lead,channel,amount\n{}", rows.iter().map(line).collect::<String>())
}

fn json(rows: &[Row]) -> String {
    // An amount that is a number stands as one, others as texts; so that lines agree with those
    // of CSV, the first is left blank.
    let amount = |text: &str| {
        if text.parse::<f64>().is_ok_and(f64::is_finite) && !text.starts_with('0') && !text.starts_with("-0") {
            text.to_owned()
        } else {
            serde_json::to_string(text).unwrap()
        }
    };
    let text = |text: &str| if text.is_empty() { "null".to_owned() } else { serde_json::to_string(text).unwrap() };
    let line =
        |(day, lead, channel, value): &Row| format!(r#"{{"amount":{},"day":{},"lead":{},"channel":{}}}"#, amount(value), text(day), text(lead), text(channel));
    format!("\n[{}]", rows.iter().map(line).collect::<Vec<_>>().join(",\n"))
}

proptest! {
    #[test]
    fn the_same_rows_are_the_same_facts(rows in prop::collection::vec(row(), 1..60), cut in 0usize..60) {
        let system = system(SYSTEM);
        let from_csv = Facts::builder(&system).csv("s", csv(&rows)).build().unwrap();
        let from_json = Facts::builder(&system).json("s", json(&rows)).build().unwrap();
        // The number of the row is one less than the line.
        let data = rows.iter().map(|(day, lead, channel, amount)| [day, lead, channel, amount].map(|text| Datum::Text(text)));
        let from_rows = Facts::builder(&system).rows("s", ["day", "lead", "channel", "amount"], data).build().unwrap();
        prop_assert_eq!(from_csv.fingerprint(), from_json.fingerprint());
        prop_assert_eq!(from_csv.fingerprint(), from_rows.fingerprint());
        prop_assert_eq!(told(&from_csv), told(&from_json));
        prop_assert_eq!(from_csv.loads(), from_rows.loads());

        let cut = cut.min(rows.len());
        let parts = Facts::builder(&system).csv("s", csv(&rows[..cut])).build().unwrap();
        let parts = parts.extend(&system).csv("s", csv(&rows[cut..])).build().unwrap();
        prop_assert_eq!(from_csv.fingerprint(), parts.fingerprint());
        prop_assert_eq!(from_csv.loads(), parts.loads());
        let messages = |facts: &Facts| {
            // The first place of each may differ, and with it the order.
            let mut messages: Vec<_> = facts.findings().iter().map(|finding| (finding.code, finding.message.clone())).collect();
            messages.sort();
            messages
        };
        prop_assert_eq!(messages(&from_csv), messages(&parts));
    }
}

#[test]
fn a_double_is_the_decimal_that_it_prints_as() {
    let system = system(SYSTEM);
    let doubles = [0.1, 1e-7, 123_456_789.25, f64::NAN, 1e300, -0.0];
    let rows = doubles.map(|amount| [Datum::from("2026-01-05"), "a".into(), Datum::Missing, amount.into()]);
    let facts = Facts::builder(&system).rows("s", ["day", "lead", "channel", "amount"], rows).build().unwrap();
    let csv = "day,lead,channel,amount\n2026-01-05,a,,0.1\n2026-01-05,a,,0.0000001\n2026-01-05,a,,123456789.25\n2026-01-05,a,,NaN\n2026-01-05,a,,1e300\n2026-01-05,a,,0\n";
    assert_eq!(facts.fingerprint(), Facts::builder(&system).csv("s", csv).build().unwrap().fingerprint());
    // A number without an end is none that can be kept.
    let third = Number::from(1).divided_by(&Number::from(3)).unwrap();
    let facts = Facts::builder(&system).rows("s", ["day", "lead", "channel", "amount"], [[Datum::from("2026-01-05"), 7.into(), Datum::Missing, third.into()]]);
    assert_eq!(facts.build().unwrap().findings()[0].code, Code::NumberOutOfRange);
}

#[test]
fn what_is_wrong_with_json_rows_is_counted_or_refused() {
    let system = system(SYSTEM);
    let load = |text: &str| Facts::builder(&system).json("s", text).build();
    let facts = load("{\"day\":\"2026-01-05\",\"lead\":1,\"lead\":2,\"channel\":\"x\",\"amount\":1}\n[1]\n{\"day\":\"2026-01-05\",\"lead\":3,\"channel\":{\"a\":1},\"amount\":false,\"more\":1}").unwrap();
    let codes: Vec<_> = facts.findings().iter().map(|finding| (finding.code.as_str(), finding.place.mark.line)).collect();
    assert_eq!(codes, [("MOS-F021", 1), ("MOS-F020", 2), ("MOS-F022", 3), ("MOS-F022", 3), ("MOS-F003", 1)]);
    assert_eq!((facts.loads()[0].rejected_rows, facts.loads()[0].rejected_cells), (2, 2));
    assert!(load("[]").unwrap().findings().is_empty());
    for (bad, line) in [("", 1), ("[\n{},", 2), ("[] 1", 1), ("{\"day\":\"\\ud800\"}", 1), ("{}\n{", 2), ("\"unclosed", 1)] {
        let error = load(bad).unwrap_err();
        let finding = &error.findings()[0];
        assert!(matches!(finding.code, Code::Syntax | Code::EmptyText) && finding.place.mark.line == line, "{bad}: {finding}");
    }
    let deep = format!("[{{\"more\":{}1{}}}]", "[".repeat(10_000), "]".repeat(10_000));
    assert_eq!(load(&deep).unwrap().loads()[0].rejected_rows, 1, "what is not declared is skipped, however deep");
    let misspelt = load("[{\"day\":\"2026-01-05\",\"lead\":1,\"chanel\":\"x\",\"amount\":1}]").unwrap();
    assert_eq!(misspelt.findings()[0].code, Code::MissingColumn);
}

#[test]
fn more_facts_are_read_only_for_the_same_declaration() {
    let facts = Facts::builder(&system(SYSTEM)).csv("s", "day,lead,channel,amount\n").build().unwrap();
    let other = system(&SYSTEM.replace("rows: events", "rows: daily"));
    let error = facts.extend(&other).csv("s", "day,lead,channel,amount\n").build().unwrap_err();
    assert_eq!(error.findings()[0].code, Code::OtherDeclaration);
}

#[test]
fn a_zone_decides_on_which_day_a_time_falls() {
    let text = |zone: &str| {
        format!("{{marketingos: 1, name: Zones, sources: {{s: {{date: {{column: t, pattern: 'YYYY-MM-DDThh:mm:ss±hh:mm'{zone}}}, rows: events}}}}}}")
    };
    let load = |zone: &str, stamp: &str| Facts::builder(&system(&text(zone))).csv("s", format!("t\n{stamp}\n")).build().unwrap().fingerprint().clone();
    // The same instant, written for two clocks.
    assert_eq!(load(", zone: '+01:00'", "2011-10-30T02:30:00+02:00"), load(", zone: '+01:00'", "2011-10-30T00:30:00Z"));
    assert_ne!(load(", zone: UTC", "2011-10-30T02:30:00+02:00"), load(", zone: UTC", "2011-10-30T02:30:00+01:00"));
    let error = System::parse(&[Source::new("system.yaml", &text(""))]).unwrap_err();
    assert_eq!(error.findings()[0].code, Code::MissingKey);
    let error = System::parse(&[Source::new("system.yaml", &text(", zone: Mars/Olympus"))]).unwrap_err();
    assert_eq!(error.findings()[0].code, Code::WrongValue);
}

#[cfg(feature = "zones")]
#[test]
fn applications_around_a_change_of_the_clock_keep_their_day() {
    let beside = || std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data");
    let folder = std::env::var("MARKETINGOS_DATA").map_or_else(|_| beside(), std::path::PathBuf::from);
    let path = folder.join("bpi2012_loan_funnel/stage_events.csv");
    let Ok(text) = std::fs::read_to_string(&path) else {
        println!("skipped: {} is not there", path.display());
        return;
    };
    // All stamps are of Dutch clocks: placed in that zone, every one keeps the day that is written.
    let zoned = system(
        "{marketingos: 1, name: Bank, sources: {e: {date: {column: timestamp, pattern: 'YYYY-MM-DDThh:mm:ss±hh:mm', zone: Europe/Amsterdam}, entity: {case: case_id}, rows: events}}}",
    );
    let facts = Facts::builder(&zoned).csv("e", &text).build().unwrap();
    assert_eq!((facts.loads()[0].rows, facts.loads()[0].rejected_rows), (92_093, 0));
    let first = |text: &str, pattern: &str| {
        let system = format!(
            "{{marketingos: 1, name: Bank, sources: {{e: {{date: {{column: timestamp, pattern: '{pattern}'}}, entity: {{case: case_id}}, rows: events, recorded_from: 2011-10-01, recorded_until: as_of}}}}, measures: {{n: {{count: e}}}}}}"
        );
        let system = std::sync::Arc::new(self::system(&system));
        let facts = std::sync::Arc::new(Facts::builder(&system).csv("e", text).build().unwrap());
        let snapshot = system.snapshot(&facts, "2012-03-31".parse().unwrap());
        serde_json::to_string(&snapshot.series("n", marketingos::Grain::Month, &[]).unwrap()).unwrap()
    };
    let by_zone = {
        let system = system(
            "{marketingos: 1, name: Bank, sources: {e: {date: {column: timestamp, pattern: 'YYYY-MM-DDThh:mm:ss±hh:mm', zone: Europe/Amsterdam}, entity: {case: case_id}, rows: events, recorded_from: 2011-10-01, recorded_until: as_of}}, measures: {n: {count: e}}}",
        );
        let (system, text) = (std::sync::Arc::new(system), &text);
        let facts = std::sync::Arc::new(Facts::builder(&system).csv("e", text).build().unwrap());
        let snapshot = system.snapshot(&facts, "2012-03-31".parse().unwrap());
        serde_json::to_string(&snapshot.series("n", marketingos::Grain::Month, &[]).unwrap()).unwrap()
    };
    assert_eq!(by_zone, first(&text, "YYYY-MM-DD*"));
}

#[cfg(feature = "arrow")]
mod arrow {
    use std::sync::Arc;

    use arrow_array::types::{Int8Type, Int32Type};
    use arrow_array::{
        ArrayRef, Date32Array, Decimal128Array, DictionaryArray, Float32Array, Float64Array, Int64Array, LargeStringArray, ListArray, RecordBatch, StringArray,
        StringViewArray, TimestampMillisecondArray, UInt8Array,
    };
    use marketingos::{Code, Facts};

    use super::{SYSTEM, system};

    fn batch(columns: [ArrayRef; 4]) -> RecordBatch {
        RecordBatch::try_from_iter(["day", "lead", "channel", "amount"].into_iter().zip(columns)).unwrap()
    }

    #[test]
    fn the_same_rows_are_the_same_facts() {
        let system = system(SYSTEM);
        let csv = "day,lead,channel,amount\n2026-01-05,a,paid,1.5\n2026-01-06,b,own,2\n2026-01-05,a,,-3\n";
        let expected = Facts::builder(&system).csv("s", csv).build().unwrap();
        let days: ArrayRef = Arc::new(Date32Array::from(vec![20_458, 20_459, 20_458]));
        let leads: DictionaryArray<Int32Type> = vec!["a", "b", "a"].into_iter().collect();
        let channels: DictionaryArray<Int8Type> = vec!["paid", "own", ""].into_iter().collect();
        let amounts: ArrayRef = Arc::new(Decimal128Array::from(vec![150, 200, -300]).with_precision_and_scale(20, 2).unwrap());
        let plain: [ArrayRef; 4] = [
            Arc::new(StringArray::from(vec!["2026-01-05", "2026-01-06", "2026-01-05"])),
            Arc::new(LargeStringArray::from(vec!["a", "b", "a"])),
            Arc::new(StringViewArray::from(vec![Some("paid"), Some("own"), None])),
            Arc::new(Float64Array::from(vec![1.5, 2.0, -3.0])),
        ];
        let single: ArrayRef = Arc::new(Float32Array::from(vec![1.5, 2.0, -3.0]));
        let shared = batch([Arc::clone(&days), Arc::new(leads), Arc::new(channels), amounts]);
        for batches in [
            vec![shared.clone()],
            vec![shared.slice(0, 1), shared.slice(1, 2)],
            vec![batch(plain.clone())],
            vec![batch([days, Arc::clone(&plain[1]), Arc::clone(&plain[2]), single])],
        ] {
            let facts = Facts::builder(&system).arrow("s", &batches).build().unwrap();
            assert_eq!(facts.loads(), expected.loads());
            assert_eq!(facts.fingerprint(), expected.fingerprint());
            assert_eq!(facts.findings().len(), expected.findings().len());
        }
    }

    #[test]
    fn rows_and_cells_that_cannot_be_used_are_counted() {
        let system = system(SYSTEM);
        let leads: ArrayRef = Arc::new(UInt8Array::from(vec![Some(1), None, Some(3)]));
        let channels: ArrayRef = Arc::new(StringArray::from(vec!["x", "y", "z"]));
        let amounts: ArrayRef = Arc::new(Int64Array::from(vec![Some(i64::MAX), Some(1), None]));
        let rows = batch([Arc::new(Date32Array::from(vec![Some(20_458), Some(20_459), None])), leads, channels, amounts]);
        let facts = Facts::builder(&system).arrow("s", [&rows]).build().unwrap();
        let codes: Vec<_> = facts.findings().iter().map(|finding| (finding.code.as_str(), finding.place.mark.line)).collect();
        assert_eq!(codes, [("MOS-F007", 1), ("MOS-F011", 2), ("MOS-F005", 3)]);
        let lists: ArrayRef = Arc::new(ListArray::from_iter_primitive::<Int32Type, _, _>(vec![Some(vec![Some(1)]); 3]));
        let error = Facts::builder(&system).arrow("s", [&batch([lists.clone(), lists.clone(), lists.clone(), lists])]).build().unwrap_err();
        assert_eq!(error.findings()[0].code, Code::UnsupportedType);
    }

    #[test]
    fn instants_fall_on_the_day_of_the_declared_zone() {
        let system = super::system(
            "{marketingos: 1, name: Zones, sources: {s: {date: {column: t, pattern: 'YYYY-MM-DDThh:mm:ss±hh:mm', zone: '+02:00'}, rows: events}}}",
        );
        let times = TimestampMillisecondArray::from(vec![1_317_422_324_546]).with_timezone("UTC");
        let batch = RecordBatch::try_from_iter([("t", Arc::new(times) as ArrayRef)]).unwrap();
        let facts = Facts::builder(&system).arrow("s", [&batch]).build().unwrap();
        let csv = Facts::builder(&system).csv("s", "t\n2011-10-01T00:38:44.546+02:00\n").build().unwrap();
        assert_eq!(facts.fingerprint(), csv.fingerprint());
    }
}
