//! Figures over small tables, where the answer can be seen at a glance.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

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
    assert_eq!(cycles(Grain::Month, &[]), [("2026-01".into(), 1, "2".into(), 31), ("2026-02".into(), 0, String::new(), 28), ("2026-03".into(), 1, "60".into(), 31)]);
    assert_eq!(cycles(Grain::Month, &["channel"]), [("2026-01".into(), 1, "2".into(), 31), ("2026-03".into(), 1, "60".into(), 31)]);
    assert_eq!(cycles(Grain::All, &[]), [("all".into(), 2, "31".into(), 90)]);
}
