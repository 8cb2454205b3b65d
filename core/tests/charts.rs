//! Process behaviour charts of single KPIs: locked baselines, declared changes, courses, and what
//! is drawn and not judged.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking, in its helpers too")]

use marketingos::*;

/// Calls by month from January 2024 on, with what the KPI's `chart` says.
fn snapshot(chart: &str, months: &[i64], as_of: &str) -> Snapshot {
    let text = format!(
        "
marketingos: 1
name: Small firm
people: {{ ana: Ana }}
operator: ana
sources: {{ calls: {{ date: day, measures: [n], rows: events, recorded_from: 2024-01-01, recorded_until: as_of }} }}
kpis: {{ calls: {{ name: Calls, unit: count, direction: higher, owner: ana, sum: calls.n, chart: {{ {chart} }} }} }}
plan: {{ targets: {{ calls: [ {{ from: 2024-01, to: 2027-12, value: 100 }} ] }} }}
"
    );
    let (system, _) = System::parse(&[Source::new("system.yaml", &text)]).unwrap_or_else(|error| panic!("{error}"));
    let rows: String = months.iter().enumerate().map(|(at, n)| format!("{}-{:02}-03,{n}\n", 2024 + at / 12, at % 12 + 1)).collect();
    let facts = Facts::builder(&system).csv("calls", format!("day,n\n{rows}")).build().unwrap();
    system.snapshot(&facts, as_of.parse().unwrap())
}

fn refused(chart: &str) -> (String, String) {
    let text = format!(
        "{{marketingos: 1, name: Small firm, people: {{ana: Ana}}, operator: ana, sources: {{calls: {{date: day, rows: events}}}},
          kpis: {{calls: {{unit: count, direction: higher, owner: ana, count: calls, chart: {{ {chart} }}}}}}}}"
    );
    let error = System::parse(&[Source::new("system.yaml", &text)]).unwrap_err();
    let finding = error.findings().iter().find(|finding| finding.severity == Severity::Error).unwrap();
    (finding.place.path.clone(), finding.message.clone())
}

/// 9, 11, 9, 11 …: mean 10, every moving range 2, limits 4.68 and 15.32.
fn level(points: usize) -> Vec<i64> {
    (0..points).map(|at| if at % 2 == 0 { 9 } else { 11 }).collect()
}

#[test]
fn limits_locked_to_a_baseline_are_not_widened_by_what_comes_after() {
    let months: Vec<i64> = level(12).into_iter().chain([30, 32, 28]).collect();
    let plain = snapshot("", &months, "2025-03-31");
    let locked = snapshot("baseline: { from: 2024-01-01, to: 2024-12-31 }", &months, "2025-03-31");
    let chart = locked.chart("calls", Grain::Month).unwrap();
    let limits = chart.segments[0].limits.clone().unwrap();
    assert_eq!((limits.lower.to_string(), limits.upper.to_string(), limits.points), ("4.68".into(), "15.32".into(), 12));
    assert!(chart.points[12..].iter().all(|point| point.signals[0].rule == SignalRule::BeyondLimit));
    // The scorecard says the same.
    let line = locked.line_for("calls", "2025-03").unwrap();
    assert_eq!(line.trend.limits.unwrap().upper.to_string(), "15.32");
    assert_eq!(line.status.signal, SignalStatus::Favourable);
    // Without it the three months widen the limits: (12 · 10 + 90) ÷ 15 = 14, mean range (22 + 19 + 2 + 4) ÷ 14.
    let free = plain.line_for("calls", "2025-03").unwrap();
    assert_eq!(free.trend.limits.unwrap().centre.to_string(), "14");
    // A baseline further back than the window still counts.
    let long: Vec<i64> = level(12).into_iter().chain((0..30).map(|_| 30)).collect();
    let chart = snapshot("window: 6, min_points: 6, baseline: { from: 2024-01-01, to: 2024-12-31 }", &long, "2027-06-30").chart("calls", Grain::Month).unwrap();
    assert_eq!(chart.points.len(), 42);
    assert_eq!(chart.points[41].lines.as_ref().unwrap().upper.value.number().unwrap().to_string(), "15.32");
    // One where nothing was recorded gives no limits rather than those of other points.
    let nowhere = snapshot("baseline: { from: 2020-01-01, to: 2020-12-31 }", &months, "2025-03-31").chart("calls", Grain::Month).unwrap();
    assert_eq!((nowhere.segments[0].limits.clone(), nowhere.variation), (None, Variation::TooFewPoints));
}

#[test]
fn a_declared_change_starts_limits_anew_and_no_run_crosses_it() {
    let months: Vec<i64> = level(8).into_iter().chain(level(8).iter().map(|n| n + 20)).collect();
    let changed = snapshot("changes: [ { on: 2024-09-17, reason: A second line } ]", &months, "2025-04-30");
    let chart = changed.chart("calls", Grain::Month).unwrap();
    // The day lies in September, the ninth point.
    let [before, after] = [&chart.segments[0], &chart.segments[1]];
    assert_eq!((before.points, before.reason.as_str(), after.from.label.as_str(), after.reason.as_str()), (8, "", "2024-09", "A second line"));
    assert_eq!([before, after].map(|segment| segment.limits.as_ref().unwrap().centre.to_string()), ["10", "30"]);
    assert!(chart.points.iter().all(|point| point.signals.is_empty()));
    assert_eq!((chart.variation, chart.assurance), (Variation::CommonCause, Assurance::ReliablyMisses));
    assert_eq!(chart.text, "Calls in 2025-04: common cause (24.7 to 35.3); reliably misses the target of 100.");
    let line = changed.line_for("calls", "2025-04").unwrap();
    assert_eq!((line.status.signal, line.trend.limits.unwrap().centre.to_string()), (SignalStatus::Noise, "30".into()));
    // Undeclared, the same shift is a signal.
    let plain = snapshot("", &months, "2025-04-30").line_for("calls", "2025-04").unwrap();
    assert_eq!(plain.status.signal, SignalStatus::Favourable);
}

#[test]
fn a_season_is_taken_out_before_a_month_is_judged() {
    // Each December is twice the level; the last one stays at the level, which is news.
    let year = |december: i64| [10, 12, 10, 12, 10, 12, 10, 12, 10, 12, 10, december];
    let usual: Vec<i64> = [year(24), year(24), year(24)].concat();
    let failed: Vec<i64> = [year(24), year(24), year(12)].concat();
    let signals = |chart: &str, months: &[i64]| {
        let line = snapshot(chart, months, "2026-12-31").line_for("calls", "2026-12").unwrap();
        (line.status.signal, line.trend.signals.first().map(|signal| signal.rule))
    };
    assert_eq!(signals("", &usual), (SignalStatus::Favourable, Some(SignalRule::BeyondLimit)), "without a season every December is a signal");
    assert_eq!(signals("course: seasonal", &usual).0, SignalStatus::Noise);
    assert_eq!(signals("course: seasonal_additive", &usual).0, SignalStatus::Noise);
    assert_eq!(signals("", &failed).0, SignalStatus::Noise, "and a missing one is none");
    assert_eq!(signals("course: seasonal, baseline: { from: 2024-01-01, to: 2025-12-31 }", &failed), (SignalStatus::Adverse, Some(SignalRule::BeyondLimit)));
    // Years have no season, and one year is no season yet.
    let chart = snapshot("course: seasonal", &usual, "2026-12-31").chart("calls", Grain::Year).unwrap();
    assert_eq!(chart.points.len(), 3);
    assert_eq!(snapshot("course: seasonal", &usual[..20], "2025-08-31").chart("calls", Grain::Month).unwrap().variation, Variation::TooFewPoints);
    // Quarters have four.
    let quarters = snapshot("course: seasonal", &usual, "2026-12-31").chart("calls", Grain::Quarter).unwrap();
    assert!(matches!(&quarters.segments[0].course, Some(FittedCourse::Seasonal { seasons, .. }) if seasons.len() == 4), "{:?}", quarters.segments[0].course);
}

#[test]
fn a_trend_is_no_signal_by_going_on() {
    let months: Vec<i64> = (0..24).map(|at| 100 + 5 * at + if at % 2 == 0 { 1 } else { -1 }).collect();
    assert_ne!(snapshot("", &months, "2025-12-31").line_for("calls", "2025-12").unwrap().status.signal, SignalStatus::Noise);
    let chart = snapshot("course: trend", &months, "2025-12-31").chart("calls", Grain::Month).unwrap();
    assert_eq!(chart.variation, Variation::CommonCause);
    assert!(chart.points.iter().all(|point| point.signals.is_empty()));
    let [first, last] = [&chart.points[0], &chart.points[23]].map(|point| point.lines.as_ref().unwrap().centre.value.number().unwrap().clone());
    assert!(last > first + Number::from(100));
}

#[test]
fn the_running_month_is_drawn_and_not_judged() {
    let months: Vec<i64> = level(12).into_iter().chain([1]).collect();
    let chart = snapshot("", &months, "2025-01-10").chart("calls", Grain::Month).unwrap();
    let running = &chart.points[12];
    assert_eq!((running.period.label.as_str(), running.judged, running.signals.len()), ("2025-01", false, 0));
    assert_eq!(chart.text, "Calls in 2024-12: common cause (4.7 to 15.3); reliably misses the target of 100.");
    assert_eq!(chart.points[11].lines.as_ref().unwrap().lower.text, "4.7");
    // A missing month is a gap, no zero, and breaks the moving range.
    assert_eq!(snapshot("", &[], "2025-01-10").chart("calls", Grain::Month).unwrap().variation, Variation::CommonCause, "events: no calls are none");
    assert_eq!(snapshot("", &months, "2025-01-10").chart("call", Grain::Month).unwrap_err().help(), "did you mean `calls`?");
}

#[test]
fn the_rules_of_one_chart_are_its_own() {
    let chart = snapshot("rules: nhs, centre: median, window: 12, min_points: 10", &level(24), "2025-12-31").chart("calls", Grain::Month).unwrap();
    assert_eq!((chart.rules, chart.centre, chart.points.len()), (RuleSet::Nhs, Centre::Median, 12));
    // Saying nothing changes nothing.
    assert_eq!(snapshot("", &level(24), "2025-12-31").system().fingerprint(), snapshot("course: level", &level(24), "2025-12-31").system().fingerprint());
}

#[test]
fn what_cannot_be_a_chart_is_told_at_its_place() {
    for (chart, path, message) in [
        ("baseline: { from: 2025-12-31, to: 2025-01-01 }", "kpis.calls.chart.baseline", "the baseline ends on 2025-01-01, before it begins on 2025-12-31"),
        ("baseline: { from: 2025-12-31 }", "kpis.calls.chart.baseline", "`kpis.calls.chart.baseline` has no `to`"),
        (
            "changes: [ { on: 2025-05-01, reason: b }, { on: 2025-05-01, reason: a } ]",
            "kpis.calls.chart.changes[1]",
            "the change of 2025-05-01 does not come after that of 2025-05-01",
        ),
        ("changes: [ { on: 2025-05-01 } ]", "kpis.calls.chart.changes[0]", "`kpis.calls.chart.changes[0]` has no `reason`"),
        ("course: sesonal", "kpis.calls.chart.course", "`sesonal` is not known here"),
        ("window: 6", "kpis.calls", "the chart of `calls`: limits from at least 8 of 6 periods cannot be computed"),
        ("season: 12", "kpis.calls.chart.season", "the key `season` is not known here"),
    ] {
        assert_eq!(refused(chart), (path.to_owned(), message.to_owned()), "{chart}");
    }
}

#[test]
fn an_amount_of_fewer_days_is_no_point_and_the_target_is_that_of_the_period_judged() {
    let text = |coverage: &str, until: &str| {
        format!(
            "
marketingos: 1
name: Small firm
people: {{ ana: Ana }}
operator: ana
sources: {{ calls: {{ date: day, measures: [n], rows: events, recorded_from: 2024-01-01, recorded_until: {until} }} }}
kpis: {{ calls: {{ name: Calls, unit: count, direction: higher, owner: ana, sum: calls.n{coverage} }} }}
plan: {{ targets: {{ calls: [ {{ from: 2024-01, to: 2025-02, value: 10 }}, {{ period: 2025-03, value: 20 }} ] }} }}
"
        )
    };
    let rows: String = level(14).iter().chain([&1]).enumerate().map(|(at, n)| format!("{}-{:02}-03,{n}\n", 2024 + at / 12, at % 12 + 1)).collect();
    let snapshot = |coverage: &str| {
        let (system, _) = System::parse(&[Source::new("system.yaml", &text(coverage, "2025-03-20"))]).unwrap();
        let facts = Facts::builder(&system).csv("calls", format!("day,n\n{rows}")).build().unwrap();
        system.snapshot(&facts, "2025-03-31".parse().unwrap())
    };
    // March is over and has 20 of 31 days: no value by default, and one that is not like the others.
    for coverage in ["", ", min_coverage: 50 %"] {
        let chart = snapshot(coverage).chart("calls", Grain::Month).unwrap();
        assert!(!chart.points[14].judged, "{coverage}");
        assert_eq!(chart.text, "Calls in 2025-02: common cause (4.7 to 15.3); hit or miss against the target of 10.", "{coverage}");
    }
    let line = snapshot(", min_coverage: 50 %").line_for("calls", "2025-03").unwrap();
    assert!(line.trend.signals.is_empty());
    assert_eq!(line.status.signal, SignalStatus::NotJudged);
}
