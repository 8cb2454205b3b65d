//! The boundaries of what is judged, each with the smallest system that shows it.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking, in its helpers too")]

use marketingos::*;

/// A firm with dated leads and wins, and the given definitions.
fn firm(extra: &str) -> System {
    let text = format!(
        "
marketingos: 1
name: Small firm
people: {{ ana: Ana, ben: Ben, eve: Eve }}
operator: ben
executive: eve
sources:
  leads: {{ date: created, entity: id, rows: events, recorded_from: 2026-01-01, recorded_until: as_of }}
  wins: {{ date: won, entity: id, rows: events, recorded_from: 2026-02-15, recorded_until: as_of }}
{extra}"
    );
    System::parse(&[Source::new("system.yaml", &text)]).unwrap_or_else(|error| panic!("{error}")).0
}

fn snapshot(system: &System, leads: &[&str], wins: &[&str], as_of: &str) -> Snapshot {
    let table = |header: &str, rows: &[&str]| std::iter::once(header).chain(rows.iter().copied()).collect::<Vec<_>>().join("\n");
    let facts = Facts::builder(system).csv("leads", table("created,id", leads)).csv("wins", table("won,id", wins)).build().unwrap();
    system.snapshot(&facts, as_of.parse().unwrap())
}

/// So many leads in each month of 2026, from January on.
fn monthly(counts: &[usize]) -> Vec<String> {
    let rows = counts.iter().enumerate().flat_map(|(month, count)| (0..*count).map(move |row| format!("2026-{:02}-10,m{month}r{row}", month + 1)));
    rows.collect()
}

const LEADS: &str = "kpis:\n  leads: { unit: count, direction: higher, owner: ana, count: leads }\n";

fn of_months(extra: &str, counts: &[usize], as_of: &str) -> Snapshot {
    let rows = monthly(counts);
    snapshot(&firm(&format!("{LEADS}{extra}")), &rows.iter().map(String::as_str).collect::<Vec<_>>(), &[], as_of)
}

#[test]
fn truncated_cohorts_are_shown_and_neither_compared_nor_charted_nor_judged() {
    let kpis = "measures: { leads: { count: leads }, wins: { count: wins } }
kpis: { rate: { unit: percent, direction: higher, owner: ana, conversion: { from: leads, to: wins, within_days: 10 } } }
plan: { targets: { rate: [ { from: 2026-01, to: 2026-12, value: 90 % } ] } }
escalation: [ { when: off_target, to: executive } ]
signals: { window: 4, min_points: 2 }
";
    let system = firm(kpis);
    let leads = ["2026-01-05,a", "2026-02-05,b", "2026-03-05,c", "2026-04-05,d"];
    let snapshot = snapshot(&system, &leads, &["2026-03-06,c", "2026-04-06,d"], "2026-05-31");
    // Wins are recorded from 15 February: January and February lack outcomes, March does not.
    let [february, march, april] = ["2026-02", "2026-03", "2026-04"].map(|month| snapshot.line_for("rate", month).unwrap());
    assert_eq!((february.actual.text.as_str(), february.caveats[0].kind), ("0.0%", CaveatKind::LeftTruncated));
    assert_eq!((february.plan.change.value.reason(), february.status.target), (Some("not comparable"), OnTarget::NotJudged));
    assert_eq!((march.caveats.len(), march.previous.change.value.reason()), (0, Some("not comparable")));
    assert_eq!(april.previous.change.text, "±0.0 pp");
    assert_eq!(april.trend.limits.unwrap().points, 2, "only March and April");
    assert!(snapshot.escalations().is_empty());
    let text = snapshot.scorecard(Grain::Month).to_text(TextStyle::default());
    assert!(!text.contains('*'), "April needs no note: {text}");
    let march = system
        .snapshot(&Facts::builder(&system).csv("leads", "created,id\n2026-02-05,b\n").csv("wins", "won,id\n").build().unwrap(), "2026-03-31".parse().unwrap());
    for written in
        [march.scorecard(Grain::Month).to_text(TextStyle::default()), march.scorecard(Grain::Month).to_csv(), march.scorecard(Grain::Month).to_html()]
    {
        assert!(written.contains("left-truncated"), "a plain number without a warning: {written}");
    }
}

#[test]
fn a_system_chooses_its_rules_and_the_form_of_its_limits() {
    use marketingos::SignalRule::{BeyondLimit, RunOfSeven, TrendOfSix};
    let counts = [30, 10, 11, 10, 11, 12, 13, 14, 15];
    let september = |signals: &str| {
        let line = of_months(signals, &counts, "2026-09-30").line_for("leads", "2026-09").unwrap();
        let rules = line.trend.signals.iter().map(|signal| signal.rule).collect::<Vec<_>>();
        (rules, line.trend.limits.unwrap().centre.to_string(), line.status.signal)
    };
    assert_eq!(september(""), (vec![], "14".into(), SignalStatus::Noise));
    assert_eq!(september("signals: { rules: wheeler, centre: mean }"), september(""));
    assert_eq!(september("signals: { rules: nelson }"), (vec![TrendOfSix], "14".into(), SignalStatus::Favourable));
    // Ranges 20, 1, 1, 1, 1, 1, 1, 1: 12 ± 3.145, and 15 is within.
    assert_eq!(september("signals: { centre: median, rules: nhs }"), (vec![], "12".into(), SignalStatus::Noise));
    let higher = of_months("signals: { centre: median, rules: nhs }", &[30, 10, 11, 10, 11, 12, 13, 14, 16], "2026-09-30");
    let line = higher.line_for("leads", "2026-09").unwrap();
    assert_eq!(line.trend.signals.iter().map(|signal| signal.rule).collect::<Vec<_>>(), [BeyondLimit]);
    assert!(!line.trend.signals.iter().any(|signal| signal.rule == RunOfSeven));

    // Saying what is so anyway changes nothing.
    let fingerprint = |signals: &str| firm(&format!("{LEADS}{signals}")).fingerprint();
    assert_eq!(fingerprint(""), fingerprint("signals: { window: 24, min_points: 8, rules: wheeler, centre: mean }"));
    assert_ne!(fingerprint(""), fingerprint("signals: { rules: nelson }"));
    assert_ne!(fingerprint(""), fingerprint("signals: { centre: median }"));
}

#[test]
fn unknown_rules_are_no_rules() {
    for (signals, help) in [("rules: nelsen", "did you mean `nelson`?"), ("centre: mode", "use one of `mean`, `median`")] {
        let text = format!("marketingos: 1\nname: Small firm\npeople: {{ ben: Ben }}\noperator: ben\nsignals: {{ {signals} }}\n");
        let error = System::parse(&[Source::new("system.yaml", &text)]).unwrap_err();
        assert!(error.to_string().contains(help), "{error}");
    }
}

#[test]
fn cohorts_without_a_window_are_not_compared() {
    let kpis = "measures: { leads: { count: leads }, wins: { count: wins } }
kpis: { rate: { unit: percent, direction: higher, owner: ana, conversion: { from: leads, to: wins } } }
";
    let snapshot = snapshot(&firm(kpis), &["2026-03-05,a", "2026-04-05,b"], &["2026-03-06,a"], "2026-04-30");
    let april = snapshot.line_for("rate", "2026-04").unwrap();
    assert_eq!(
        (april.actual.text.as_str(), april.caveats[0].kind, april.previous.change.value.reason()),
        ("0.0%", CaveatKind::OpenEnded, Some("not comparable"))
    );
}

#[test]
fn a_window_that_closes_on_the_last_recorded_day_is_closed() {
    let kpis = "measures: { leads: { count: leads }, wins: { count: wins } }
kpis:
  rate: { unit: percent, direction: higher, owner: ana, conversion: { from: leads, to: wins, within_days: 10 } }
  twice: { unit: percent, direction: higher, owner: ana, formula: 2 * rate }
";
    let system = firm(kpis);
    let at = |as_of: &str, kpi: &str| {
        snapshot(&system, &["2026-03-05,a"], &["2026-03-06,a"], as_of).scorecard(Grain::Month).lines.into_iter().find(|line| line.kpi.as_str() == kpi).unwrap()
    };
    assert_eq!((at("2026-04-10", "rate").period.label.as_str(), at("2026-04-10", "rate").actual.text.as_str()), ("2026-03", "100.0%"));
    assert_eq!(at("2026-04-09", "rate").period.label, "2026-02");
    // What is made of it waits for it too, and is open as long.
    assert_eq!((at("2026-04-10", "twice").period.label.as_str(), at("2026-04-10", "twice").actual.text.as_str()), ("2026-03", "200.0%"));
    let open = snapshot(&system, &["2026-03-05,a"], &["2026-03-06,a"], "2026-04-09").line_for("twice", "2026-03").unwrap();
    assert_eq!(open.actual.value.reason(), Some("incomplete"));
}

#[test]
fn coverage_exactly_at_the_minimum_is_enough_and_is_said() {
    let text = |least: &str| {
        format!(
            "{{marketingos: 1, name: S, people: {{ana: A}}, operator: ana, min_coverage: {least}, sources: {{web: {{date: day, measures: [visits], rows: daily}}}}, kpis: {{visits: {{unit: count, direction: higher, owner: ana, sum: web.visits}}}}, plan: {{targets: {{visits: [{{from: 2026-01, to: 2026-12, value: 300}}]}}}}}}"
        )
    };
    let rows = |month: u32, days: u32| (1..=days).map(move |day| format!("2026-{month:02}-{day:02},10\n")).collect::<String>();
    let line = |least: &str| {
        let (system, _) = System::parse(&[Source::new("s.yaml", &text(least))]).unwrap();
        let csv = format!("day,visits\n{}{}{}", rows(3, 31), rows(4, 27), "2026-05-01,10\n");
        let facts = Facts::builder(&system).csv("web", csv).build().unwrap();
        system.snapshot(&facts, "2026-05-01".parse().unwrap()).line_for("visits", "2026-04").unwrap()
    };
    let enough = line("90 %");
    assert_eq!((enough.actual.text.as_str(), enough.caveats[0].kind), ("270", CaveatKind::PartlyCovered));
    // The plan for the days that are there; no comparison with a month of other coverage.
    assert_eq!((enough.plan.base.text.as_str(), enough.status.target, enough.previous.change.value.reason()), ("270", OnTarget::Met, Some("not comparable")));
    for too_few in [line("91 %"), line("100 %")] {
        assert_eq!((too_few.actual.value.reason(), too_few.status.target), (Some("incomplete"), OnTarget::Unknown));
    }
}

#[test]
fn what_is_recorded_after_the_as_of_date_is_not_known() {
    let text = "{marketingos: 1, name: S, people: {ana: A}, operator: ana, sources: {leads: {date: created, rows: events, recorded_from: 2026-01-01, recorded_until: 2026-12-31}}, kpis: {leads: {unit: count, direction: higher, owner: ana, count: leads}}}";
    let (system, _) = System::parse(&[Source::new("s.yaml", text)]).unwrap();
    let facts = Facts::builder(&system).csv("leads", "created\n2026-02-03\n2026-02-20\n2025-12-31\n").build().unwrap();
    let snapshot = system.snapshot(&facts, "2026-02-10".parse().unwrap());
    let series = snapshot.series("leads", Grain::Month, &[]).unwrap();
    assert_eq!(series.last().unwrap().coverage, Coverage { days: 10, of: 28 });
    assert_eq!(series.len(), 2, "nothing before the recording, nothing after the as-of date");
    let told: Vec<&str> = snapshot.findings().iter().map(|finding| finding.code.as_str()).collect();
    assert_eq!(told, ["MOS-F019", "MOS-F012"]);
}

#[test]
fn a_target_holds_from_the_day_it_is_set_and_not_for_months_already_over() {
    let plan = "plan: { targets: { leads: [ { from: 2026-01, to: 2026-12, value: 1, set_on: 2025-12-01, set_by: ana }, { from: 2026-01, to: 2026-12, value: 100, set_on: 2026-03-31, set_by: ben } ] } }
escalation: [ { when: off_target, periods: 2, to: executive } ]
";
    let snapshot = of_months(plan, &[2, 2, 2], "2026-03-31");
    let target =
        |month: &str| snapshot.line_for("leads", month).unwrap().target.map(|target| (target.low.to_string(), target.set_by.unwrap().to_string())).unwrap();
    assert_eq!(target("2026-02"), ("1".to_owned(), "ana".to_owned()));
    assert_eq!(target("2026-03"), ("100".to_owned(), "ben".to_owned()), "set on the last day, and known on it");
    assert!(snapshot.escalations().is_empty(), "one month off target, not three");
    // A quarter is made of months set at different times; the latest is named.
    assert_eq!(snapshot.line_for("leads", "2026-Q1").unwrap().target.unwrap().set_by.unwrap().as_str(), "ben");
}

#[test]
fn exactly_at_the_threshold_is_not_beyond_it() {
    let plan = |by: &str| {
        format!(
            "plan: {{ targets: {{ leads: [ {{ from: 2026-01, to: 2026-12, value: 10 }} ] }} }}\nescalation: [ {{ when: off_target, by: {by}, to: operator }} ]\n"
        )
    };
    assert!(of_months(&plan("10 %"), &[9], "2026-01-31").escalations().is_empty());
    assert_eq!(of_months(&plan("9 %"), &[9], "2026-01-31").escalations()[0].to, Rung::Operator);
}

#[test]
fn what_nobody_owns_falls_to_the_operator_and_higher_rungs_come_first() {
    let text = "
kpis:
  orphan: { unit: count, direction: higher, count: leads }
  leads: { unit: count, direction: higher, owner: ana, count: leads }
plan: { targets: { leads: [ { from: 2026-01, to: 2026-12, value: 10 } ], orphan: [ { from: 2026-01, to: 2026-12, value: 3 } ] } }
escalation:
  - { when: off_target, to: owner }
  - { when: off_target, by: 50 %, to: executive }
";
    let rows = monthly(&[2]);
    let snapshot = snapshot(&firm(text), &rows.iter().map(String::as_str).collect::<Vec<_>>(), &[], "2026-01-31");
    let escalations = snapshot.escalations();
    let seen: Vec<(&str, Rung, &str, usize)> =
        escalations.iter().map(|one| (one.about.id.as_str(), one.to, one.person.as_deref().unwrap(), one.reasons.len())).collect();
    assert_eq!(seen, [("leads", Rung::Executive, "Eve", 1), ("orphan", Rung::Owner, "Ben", 1)]);
    let agenda = snapshot.agenda(Cadence::Monthly);
    assert_eq!(agenda.items.iter().map(|item| item.kpi.as_str()).collect::<Vec<_>>(), ["leads", "orphan"]);
    // Owners' own troubles are no decision for the executive.
    let report = snapshot.report(None).unwrap().to_markdown();
    let needs = report.split("## What we need").nth(1).unwrap().split("\n## ").next().unwrap();
    assert!(needs.contains("**leads**") && !needs.contains("**orphan**"), "{needs}");
}

#[test]
fn a_signal_without_a_better_direction_is_neither_good_nor_bad() {
    let text = LEADS.replace("higher", "none");
    let rows = monthly(&[10, 11, 10, 11, 10, 11, 10, 40]);
    let snapshot = snapshot(&firm(&text), &rows.iter().map(String::as_str).collect::<Vec<_>>(), &[], "2026-08-31");
    assert_eq!(snapshot.scorecard(Grain::Month).lines[0].status.signal, SignalStatus::Changed);
    let report = snapshot.report(None).unwrap().to_markdown();
    assert!(report.contains("A real change shows in leads.") && !report.contains("No movement is a signal"), "{report}");
}

#[test]
fn a_report_claims_no_more_than_was_computed() {
    let two = of_months("", &[10, 11], "2026-02-28").report(None).unwrap().to_markdown();
    assert!(two.contains("no KPI has a target to be held against. There are too few points"), "{two}");
    assert!(!two.contains("Every KPI is on target") && !two.contains("usual range:"), "{two}");
    let later =
        of_months("brand: { strategy: { decisions: { place: { statement: Timber only., status: settled, settled_on: 2026-12-01 } } } }\n", &[1], "2026-01-31");
    assert!(later.report(None).unwrap().to_markdown().contains("“Timber only” is to be settled only later."));
    assert_eq!(later.system().settled_on("2026-01-31".parse().unwrap()).count(), 0);
}

#[test]
fn formulas_rest_on_what_they_read() {
    let text = "
kpis:
  old: { unit: count, direction: none, owner: ana, count: leads }
  new: { unit: count, direction: none, owner: ana, count: wins }
  either: { unit: count, direction: none, owner: ana, formula: 'coalesce(new, old)' }
  both: { unit: count, direction: none, owner: ana, formula: new + old }
";
    let snapshot = snapshot(&firm(text), &["2026-01-05,a", "2026-02-05,b"], &["2026-02-16,a"], "2026-02-28");
    let january = |kpi: &str| snapshot.line_for(kpi, "2026-01").unwrap();
    assert_eq!((january("either").actual.text.as_str(), january("either").coverage), ("1", Coverage { days: 31, of: 31 }));
    assert_eq!(january("both").actual.value.reason(), Some("missing"));
    // In February the two cover different days: what they make together is no whole month.
    assert_eq!(snapshot.line_for("both", "2026-02").unwrap().actual.value.reason(), Some("incomplete"));
}

#[test]
fn a_misspelt_member_and_an_old_export_are_told() {
    let text = "{marketingos: 1, name: S, people: {ana: A}, operator: ana, sources: {leads: {date: created, dimensions: [channel], rows: events, recorded_until: as_of}}, kpis: {paid: {unit: count, direction: higher, owner: ana, count: leads, where: {channel: refferal}}}}";
    let (system, _) = System::parse(&[Source::new("s.yaml", text)]).unwrap();
    let facts = Facts::builder(&system).csv("leads", "created,channel\n2026-01-05,referral\n2026-01-20,web\n").build().unwrap();
    let told = |as_of: &str| system.snapshot(&facts, as_of.parse().unwrap()).findings().iter().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(told("2026-01-31"), ["s.yaml:1:162: warning[MOS-F017]: `paid`: no row of `leads` has `refferal` in `channel`; did you mean `referral`?"]);
    assert!(told("2026-04-30")[0].contains("MOS-F018") && told("2026-04-30")[0].contains("100 days before 2026-04-30"), "{:?}", told("2026-04-30"));
}

#[test]
fn a_count_has_no_usual_range_below_zero_and_a_short_period_is_not_asked_of_everything() {
    let text = LEADS.replace("owner: ana", "owner: ana, shortest: month");
    let plan = "plan: { targets: { leads: [ { from: 2026-01, to: 2026-12, value: 10 } ] } }\nescalation: [ { when: off_target, each: week, to: operator } ]\n";
    let rows = monthly(&[1, 9, 1, 9, 1, 9, 1, 9]);
    let snapshot = snapshot(&firm(&format!("{text}{plan}")), &rows.iter().map(String::as_str).collect::<Vec<_>>(), &[], "2026-08-31");
    let report = snapshot.report(None).unwrap().to_markdown();
    assert!(report.contains("within the usual range ([up to 26.3]("), "{report}");
    // The trigger looks at weeks, and this KPI means nothing in a week.
    assert_eq!(snapshot.escalations()[0].reasons[0].since_text(), "2026-01");
    assert_eq!(snapshot.scorecard(Grain::Week).lines[0].period.label, "2026-08");
}
