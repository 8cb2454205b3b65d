//! A KPI that was redefined is not comparable across the day, unless it was restated (domain D9).
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking, in its helpers too")]

use marketingos::*;

fn snapshot(redefined: &str, as_of: &str) -> Snapshot {
    let text = format!(
        "
marketingos: 1
name: Small firm
people: {{ ana: Ana }}
operator: ana
sources: {{ calls: {{ date: day, measures: [n], rows: events, recorded_from: 2025-01-01, recorded_until: as_of }} }}
measures: {{ days: {{ count: calls }} }}
kpis:
  calls: {{ name: Calls, unit: count, direction: higher, owner: ana, sum: calls.n{redefined} }}
  per_day: {{ name: Calls a day, unit: ratio, direction: higher, owner: ana, ratio: {{ numerator: calls, denominator: days }} }}
  other: {{ name: Days, unit: count, direction: higher, owner: ana, count: calls }}
plan: {{ targets: {{ calls: [ {{ from: 2025-01, to: 2026-12, value: 20 }} ] }} }}
"
    );
    let (system, _) = System::parse(&[Source::new("system.yaml", &text)]).unwrap_or_else(|error| panic!("{error}"));
    let rows: String = (0..20).map(|at| format!("{}-{:02}-03,{}\n", 2025 + at / 12, at % 12 + 1, [9, 11][at % 2] + if at >= 10 { 20 } else { 0 })).collect();
    let facts = Facts::builder(&system).csv("calls", format!("day,n\n{rows}")).build().unwrap();
    system.snapshot(&facts, as_of.parse().unwrap())
}

const REDEFINED: &str = ", redefined: [ { on: 2025-11-01, reason: Missed calls count too } ]";

#[test]
fn nothing_is_compared_across_the_day_and_limits_start_anew() {
    let snapshot = snapshot(REDEFINED, "2026-08-31");
    let changes = |kpi: &str, month: &str| {
        let line = snapshot.line_for(kpi, month).unwrap();
        [line.previous.change, line.prior_year.change].map(|change| change.value.number().map_or_else(|| change.value.cause().to_owned(), ToString::to_string))
    };
    let across = "`calls` was redefined on 2025-11-01: Missed calls count too";
    let first = snapshot.line_for("calls", "2025-11").unwrap();
    assert_eq!(
        (first.previous.change.value.reason(), first.previous.impact, first.previous.relative.unwrap().value.reason()),
        (Some("not comparable"), Impact::Unknown, Some("not comparable"))
    );
    assert_eq!(changes("calls", "2025-11"), [across, "there are no data for 2024-11"]);
    assert_eq!(changes("calls", "2026-08"), ["2", across]);
    assert_eq!(changes("calls", "2025-10")[0], "2");
    // What is made of it is redefined with it; what is not, is not.
    assert_eq!(changes("per_day", "2025-11")[0], across);
    assert_eq!(changes("other", "2025-11")[0], "0");
    // Values and targets stand, and so does what explains them: it gives the reason.
    assert_eq!((first.actual.text.as_str(), first.plan.change.text.as_str()), ("29", "+9"));
    assert_eq!(snapshot.explain("calls", &Why { period: Some("2025-11"), ..Why::default() }).unwrap().cause, across);
    let to_date = snapshot.to_date(Grain::Year).unwrap();
    assert_eq!(to_date.lines[0].prior_year.change.value.cause(), across);
    let chart = snapshot.chart("per_day", Grain::Month).unwrap();
    assert_eq!((chart.segments.len(), chart.segments[1].reason.as_str()), (2, "`calls` was redefined: Missed calls count too"));
    assert!(chart.points.iter().all(|point| point.signals.is_empty()));
    assert_eq!(snapshot.line_for("calls", "2026-08").unwrap().status.signal, SignalStatus::Noise);
}

#[test]
fn restated_figures_are_comparable() {
    let restated = snapshot(&REDEFINED.replace(" }", ", restated: yes }"), "2026-08-31");
    assert_eq!(restated.line_for("calls", "2025-11").unwrap().previous.change.text, "+18");
    assert_eq!(restated.chart("calls", Grain::Month).unwrap().segments.len(), 1);
    assert_eq!(snapshot("", "2026-08-31").line_for("calls", "2025-11").unwrap().previous.change.text, "+18");
}

#[test]
fn what_is_no_redefinition_is_told_at_its_place() {
    let refused = |redefined: &str| {
        let text = format!(
            "{{marketingos: 1, name: Small firm, people: {{ana: Ana}}, sources: {{calls: {{date: day, rows: events}}}}, kpis: {{calls: {{unit: count, direction: higher, owner: ana, count: calls, redefined: {redefined}}}}}}}"
        );
        let error = System::parse(&[Source::new("system.yaml", &text)]).unwrap_err();
        error
            .findings()
            .iter()
            .find(|finding| finding.severity == Severity::Error)
            .map(|finding| (finding.place.path.clone(), finding.message.clone()))
            .unwrap()
    };
    assert_eq!(refused("[{on: 2026-01-01}]"), ("kpis.calls.redefined[0]".into(), "`kpis.calls.redefined[0]` has no `reason`".into()));
    let twice = refused("[{on: 2026-02-01, reason: b}, {on: 2026-01-01, reason: a}]");
    assert_eq!(twice, ("kpis.calls.redefined[1]".into(), "the redefinition of 2026-01-01 does not come after that of 2026-02-01".into()));
}
