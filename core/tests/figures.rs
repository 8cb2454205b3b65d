//! Figures over small tables, where the answer can be seen at a glance.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

use marketingos::*;

#[test]
fn a_duration_belongs_to_the_period_in_which_it_ends() {
    let text = "
marketingos: 1
name: Small firm
sources:
  leads: { date: created, entity: lead, dimensions: [channel], rows: events, recorded_until: 2026-01-31 }
  deals: { date: closed, entity: lead, rows: events, recorded_from: 2026-01-01, recorded_until: 2026-03-31 }
measures:
  new_leads: { count: leads }
  deals: { count: deals }
  cycle: { duration: { from: new_leads, to: deals, statistic: mean } }
";
    let (system, _) = System::parse(&[Source::new("system.yaml", text)]).unwrap();
    let facts = Facts::builder(&system)
        .csv("leads", "lead,created,channel\na,2026-01-05,paid\nb,2026-01-06,earned\n")
        .csv("deals", "lead,closed\na,2026-03-06\nb,2026-01-08\n");
    let snapshot = system.snapshot(&facts.build().unwrap(), "2026-03-31".parse().unwrap());
    let cycles = |grain, by: &[&str]| -> Vec<(String, u64, String, i64)> {
        let observations = snapshot.series("cycle", grain, by).unwrap().into_iter();
        let shown = observations.map(|one| (one.period.label, one.rows, one.value.number().map_or_else(String::new, ToString::to_string), one.coverage.of));
        shown.collect()
    };
    // Leads are recorded in January only; the deal of March still has its month.
    assert_eq!(
        cycles(Grain::Month, &[]),
        [("2026-01".into(), 1, "2".into(), 31), ("2026-02".into(), 0, String::new(), 28), ("2026-03".into(), 1, "60".into(), 31)]
    );
    assert_eq!(cycles(Grain::Month, &["channel"]), [("2026-01".into(), 1, "2".into(), 31), ("2026-03".into(), 1, "60".into(), 31)]);
    assert_eq!(cycles(Grain::All, &[]), [("all".into(), 2, "31".into(), 90)]);
}

/// A system over one table, whose declaration ends in `rows`.
fn one_source(rows: &str, kpis: &str) -> System {
    let text = format!(
        "{{marketingos: 1, name: Small firm, people: {{ana: Ana}}, operator: ana, sources: {{leads: {{date: created, entity: id, dimensions: [channel], measures: [cost], {rows}}}}}, kpis: {kpis}}}"
    );
    System::parse(&[Source::new("system.yaml", &text)]).unwrap_or_else(|error| panic!("{error}")).0
}

const EVENTS: &str = "rows: events, recorded_from: 2026-01-01, recorded_until: as_of";

#[test]
fn facts_read_for_another_declaration_are_not_used() {
    let kpis = "{leads: {unit: count, direction: higher, owner: ana, count: leads}}";
    let (events, daily) = (one_source(EVENTS, kpis), one_source("rows: daily", kpis));
    let facts = Facts::builder(&events).csv("leads", "created,id,channel,cost\n2026-01-05,a,x,1\n").build().unwrap();
    let as_of = "2026-01-31".parse().unwrap();
    let snapshot = daily.snapshot(&facts, as_of);
    assert_eq!(snapshot.findings().iter().map(|finding| finding.code.as_str()).collect::<Vec<_>>(), ["MOS-F016"]);
    assert_eq!(snapshot.scorecard(Grain::Month).lines[0].actual.value.reason(), Some("missing"));
    assert_eq!(events.snapshot(&facts, as_of).findings(), []);
}

#[test]
fn every_calculation_by_hand() {
    let kpis = "{
        leads: {unit: count, direction: higher, owner: ana, count: leads},
        cost: {unit: EUR, direction: lower, owner: ana, sum: leads.cost},
        mean: {unit: EUR, direction: lower, owner: ana, mean: leads.cost},
        median: {unit: EUR, direction: lower, owner: ana, summary: {of: leads.cost, statistic: median}},
        p90: {unit: EUR, direction: lower, owner: ana, summary: {of: leads.cost, statistic: p90}},
        least: {unit: EUR, direction: lower, owner: ana, summary: {of: leads.cost, statistic: min}},
        most: {unit: EUR, direction: lower, owner: ana, summary: {of: leads.cost, statistic: max}, where: {not: {channel: null}}},
        channels: {unit: count, direction: none, owner: ana, distinct: leads.channel},
        paid: {unit: count, direction: higher, owner: ana, count: leads, where: {channel: [ads, null]}},
        unpaid: {unit: count, direction: higher, owner: ana, count: leads, where: {not: {channel: ads}}},
        share: {unit: percent, direction: higher, owner: ana, ratio: {numerator: paid, denominator: leads}},
        nothing: {unit: ratio, direction: higher, owner: ana, ratio: {numerator: leads, denominator: none}},
        none: {unit: count, direction: none, owner: ana, count: leads, where: {channel: nowhere}},
        doubled: {unit: EUR, direction: none, owner: ana, formula: '2 * cost - max(mean, 0)'},
    }";
    let system = one_source(EVENTS, kpis);
    let rows = "2026-01-05,a,ads,1.10\n2026-01-06,b,ads,2.20\n2026-01-07,c,fair,0.25\n2026-01-08,d,,4.45\n";
    let facts = Facts::builder(&system).csv("leads", format!("created,id,channel,cost\n{rows}")).build().unwrap();
    let snapshot = system.snapshot(&facts, "2026-01-31".parse().unwrap());
    let january = |kpi: &str| snapshot.line_for(kpi, "2026-01").unwrap().actual.value;
    let expected = [
        ("leads", "4"),
        ("cost", "8"),
        ("mean", "2"), // numpy.percentile([1.10, 2.20, 0.25, 4.45], [50, 90]) == [1.65, 3.775]
        ("median", "1.65"),
        ("p90", "3.775"),
        ("least", "0.25"),
        ("most", "2.2"),
        ("channels", "2"),
        ("paid", "3"),
        ("unpaid", "2"),
        ("share", "0.75"),
        ("none", "0"),
        ("doubled", "14"),
    ];
    for (kpi, value) in expected {
        assert_eq!(january(kpi).number().unwrap_or_else(|| panic!("{kpi}: {:?}", january(kpi))).to_string(), value, "{kpi}");
    }
    assert_eq!(january("nothing"), Value::Undefined { cause: "`none` is zero".to_owned() });
    // Members of a breakdown add up to the whole; the null member is one of them, and a ratio
    // is recomputed for each.
    let by_channel = snapshot.series("leads", Grain::Month, &["channel"]).unwrap();
    let members: Vec<(Option<&str>, String)> = by_channel.iter().map(|part| (part.member[0].name(), part.value.number().unwrap().to_string())).collect();
    assert_eq!(members, [(None, "1".to_owned()), (Some("ads"), "2".to_owned()), (Some("fair"), "1".to_owned())]);
    let shares: Vec<String> =
        snapshot.series("share", Grain::Month, &["channel"]).unwrap().iter().map(|part| part.value.number().unwrap().to_string()).collect();
    assert_eq!(shares, ["1", "1", "0"]);
}

#[test]
fn a_sum_with_a_blank_cell_is_incomplete_and_a_mean_says_so() {
    let kpis = "{
        cost: {unit: EUR, direction: lower, owner: ana, sum: leads.cost},
        mean: {unit: EUR, direction: lower, owner: ana, mean: leads.cost},
    }";
    let rows = "created,id,channel,cost\n2026-01-05,a,ads,1\n2026-01-06,b,ads,2\n2026-01-07,c,fair,\n";
    let system = one_source(EVENTS, kpis);
    let facts = Facts::builder(&system).csv("leads", rows).build().unwrap();
    let snapshot = system.snapshot(&facts, "2026-01-31".parse().unwrap());
    let line = |kpi: &str| snapshot.line_for(kpi, "2026-01").unwrap();
    let cause = "1 of 3 rows have no number and add nothing".to_owned();
    assert_eq!(line("cost").actual.value, Value::Incomplete { cause: cause.clone(), so_far: Number::from(3) });
    assert_eq!(line("mean").actual.text, "EUR 1.50");
    assert_eq!(line("mean").caveats.iter().map(|caveat| &caveat.text).collect::<Vec<_>>(), [&cause]);
    let fair = snapshot.series("cost", Grain::Month, &["channel"]).unwrap().pop().unwrap();
    assert_eq!((fair.member[0].name(), &fair.value), (Some("fair"), &Value::Missing { cause: "no row has a number".to_owned() }));
}

#[test]
fn targets_of_other_lengths_are_spread_evenly_over_days() {
    let text = "{marketingos: 1, name: Small firm, people: {ana: Ana}, operator: ana,
        sources: {leads: {date: created, rows: events, recorded_from: 2025-01-01, recorded_until: as_of}},
        kpis: {
            leads: {unit: count, direction: higher, owner: ana, count: leads},
            rate: {unit: percent, direction: higher, owner: ana, ratio: {numerator: leads, denominator: leads}},
        },
        plan: {targets: {
            leads: [{from: 2026-01, to: 2026-03, value: 31}, {period: 2026, value: 365}],
            rate: [{from: 2026-01, to: 2026-02, value: 50 %}, {period: 2026-03, value: 60 %}],
        }}}";
    let (system, _) = System::parse(&[Source::new("system.yaml", text)]).unwrap_or_else(|error| panic!("{error}"));
    let facts = Facts::builder(&system).csv("leads", "created\n2026-01-05\n").build().unwrap();
    let snapshot = system.snapshot(&facts, "2026-12-31".parse().unwrap());
    let plan = |kpi: &str, period: &str| snapshot.line_for(kpi, period).unwrap().plan.base;
    // Months have targets of their own; a quarter is their sum; April to June follow the year.
    assert_eq!(plan("leads", "2026-01").text, "31");
    assert_eq!(plan("leads", "2026-Q1").text, "93");
    assert_eq!(plan("leads", "2026-Q2").text, "91");
    // A week of six days of January at 1 a day and one of February at 31 ÷ 28.
    assert_eq!(plan("leads", "2026-W05").value.number().unwrap().to_string(), "7.1071428571428571");
    // A rate keeps a target that is the same throughout, and has none where it changes.
    assert_eq!(plan("rate", "2026-W05").text, "50.0%");
    assert_eq!(plan("rate", "2026-Q1").value.reason(), Some("not comparable"));
    assert_eq!(plan("rate", "2026-04").value.reason(), Some("missing"));
}
