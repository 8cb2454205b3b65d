//! Approximate distinct counts: near the exact ones, the same however rows are divided, and never
//! without saying what they are.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use std::fmt::Write;

use marketingos::{CaveatKind, Cells, Facts, Grain, Snapshot, Source, System};

const SYSTEM: &str = "
marketingos: 1
name: Small firm
people: { ana: Ana }
operator: ana
sources:
  visits: { date: day, entity: visitor, dimensions: [channel], rows: events, recorded_from: 2026-01-01, recorded_until: as_of }
measures:
  about: { approximate_distinct: visits.visitor }
  exactly: { distinct: visits.visitor }
  rows: { count: visits }
kpis:
  per_visitor: { unit: ratio, direction: higher, ratio: { numerator: rows, denominator: about } }
  per_exact: { unit: ratio, direction: higher, ratio: { numerator: rows, denominator: exactly } }
";

fn system() -> System {
    System::parse(&[Source::new("system.yaml", SYSTEM)]).unwrap().0
}

/// Some of the visits of 20,000 visitors in January and of 300 in February.
fn visits(part: usize, parts: usize) -> String {
    let mut text = String::from("day,channel,visitor\n");
    for visit in (0..30_000usize).filter(|visit| visit % parts == part) {
        writeln!(text, "2026-01-{:02},{},v{}", 1 + visit % 31, ["paid", "own"][visit % 2], visit % 20_000).unwrap();
        if visit < 300 {
            writeln!(text, "2026-02-01,paid,v{visit}").unwrap();
        }
    }
    text
}

fn facts(system: &System, part: usize, parts: usize) -> Facts {
    Facts::builder(system).csv("visits", visits(part, parts)).build().unwrap()
}

fn snapshot(system: &System) -> Snapshot {
    system.snapshot(&facts(system, 0, 1), "2026-02-28".parse().unwrap())
}

#[test]
fn an_estimate_is_near_and_says_what_it_is() {
    let series = snapshot(&system()).series("about", Grain::Month, &[]).unwrap();
    let january = &series[0];
    let estimate: i64 = january.value.number().unwrap().to_string().parse().unwrap();
    assert!((19_360..=20_640).contains(&estimate), "{estimate}");
    assert_eq!(january.caveats[0].kind, CaveatKind::Approximate);
    assert_eq!(january.caveats[0].text, "an estimate by a sketch that keeps 4096: 95 of 100 such estimates are within 3.2 % of the exact number");
    let february = &series[1];
    assert_eq!(february.value.number().unwrap().to_string(), "300");
    assert_eq!(february.caveats[0].text, "counted by a sketch, which is exact up to 4096");
}

#[test]
fn what_is_made_of_it_says_so_too() {
    let snapshot = snapshot(&system());
    let says = |figure: &str| {
        let series = snapshot.series(figure, Grain::Month, &["channel"]).unwrap();
        series.iter().all(|observation| observation.caveats.iter().any(|caveat| caveat.kind == CaveatKind::Approximate))
    };
    assert!(says("per_visitor") && !says("per_exact"));
    let panel = snapshot.panel(&["per_visitor", "per_exact", "about"], Grain::Month, &["channel"]).unwrap();
    assert_eq!(panel.columns.iter().map(|column| column.approximate).collect::<Vec<_>>(), [true, false, true]);
    let series = snapshot.series("about", Grain::Month, &["channel"]).unwrap();
    let of_panel: Vec<String> = panel.columns[2].values().flatten().map(|value| value.to_string()).collect();
    assert_eq!(of_panel, series.iter().filter_map(|one| one.value.number()).map(ToString::to_string).collect::<Vec<_>>());
    let words = snapshot.compare("about", "exactly", Grain::Month).unwrap();
    assert!(serde_json::to_string(&words).unwrap().contains("number of different visits.visitor, approximately"), "{words:?}");
}

#[test]
fn parts_in_any_order_give_the_same_bytes() {
    let system = system();
    let until = "2026-02-28".parse().unwrap();
    let cells = |part: usize| system.cells(&facts(&system, part, 3), until, &["channel"]).unwrap().named(&format!("part {part}")).unwrap();
    let merged = |[first, second, third]: [usize; 3]| cells(first).merge(cells(second)).unwrap().merge(cells(third)).unwrap();
    let (left, right) = (merged([0, 1, 2]), merged([2, 0, 1]));
    assert_eq!(left.to_json(), right.to_json());
    let again = Cells::from_json(&left.to_json()).unwrap();
    let of_cells = system.snapshot_of(&again).unwrap();
    let of_rows = snapshot(&system);
    for by in [&[] as &[&str], &["channel"]] {
        for figure in ["about", "exactly", "per_visitor"] {
            assert_eq!(of_cells.series(figure, Grain::Month, by).unwrap(), of_rows.series(figure, Grain::Month, by).unwrap(), "{figure}");
        }
    }
}
