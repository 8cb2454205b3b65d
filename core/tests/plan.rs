//! Plans: how targets are spread over time, and frames that do not sum.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking, in its helpers too")]

use marketingos::{Facts, Finding, Phasing, Source, System};
use proptest::prelude::*;

fn parse(targets: &str) -> (System, Vec<Finding>) {
    let text = format!(
        "{{marketingos: 1, name: Firm, sources: {{sales: {{date: day, measures: {{amount: {{unit: EUR}}}}, rows: events}}}},
         kpis: {{revenue: {{unit: EUR, direction: higher, sum: sales.amount}}}}, plan: {{targets: {{revenue: [{targets}]}}}}}}"
    );
    System::parse(&[Source::new("system.yaml", &text)]).unwrap_or_else(|error| panic!("{error}: {:?}", error.findings()))
}

fn told(targets: &str) -> Vec<String> {
    parse(targets).1.into_iter().map(|finding| format!("{} {}: {}", finding.code, finding.place.path, finding.message)).collect()
}

/// The plan of a period, as the scorecard has it.
fn plan(system: &System, period: &str) -> String {
    let facts = Facts::builder(system).csv("sales", "day,amount\n2026-01-01,1\n").build().unwrap();
    system.snapshot(&facts, "2026-12-31".parse().unwrap()).line_for("revenue", period).unwrap().target.unwrap().low.to_fixed(2)
}

#[test]
fn a_year_is_spread_by_its_curve() {
    let of = |phasing: &str, period: &str| plan(&parse(&format!("{{period: 2026, value: 365_000{phasing}}}")).0, period);
    assert_eq!([of("", "2026-02"), of(", phasing: linear", "2026-02")], ["28000.00", "28000.00"]);
    // 20 of the 261 working days of 2026 lie in February.
    assert_eq!(of(", phasing: working_days", "2026-02"), "27969.35");
    // A tenth for the first quarter; February is 28 of its 90 days.
    assert_eq!([of(", weights: [1, 2, 3, 4]", "2026-Q1"), of(", weights: [1, 2, 3, 4]", "2026-02")], ["36500.00", "11355.56"]);
    let twelve = ", weights: [0, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0]";
    assert_eq!([of(twelve, "2026-01"), of(twelve, "2026-02"), of(twelve, "2026-Q1"), of(twelve, "2026-Q4")], ["0.00", "91250.00", "121666.67", "60833.33"]);
    assert_eq!(plan(&parse("{period: 2026-Q1, value: 90, weights: [1, 1, 4]}").0, "2026-03"), "60.00");
    assert_eq!(parse("{period: 2026, value: 1, phasing: working_days}").0.targets()[0].phasing, Phasing::WorkingDays);
}

#[test]
fn a_frame_that_its_parts_do_not_sum_to_is_told_by_how_much() {
    let quarters = "{from: 2026-Q1, to: 2026-Q3, value: 100}, {period: 2026-Q4, value: 150}";
    assert!(told(&format!("{{period: 2026, value: 450}}, {quarters}")).is_empty());
    let off = told(&format!("{{period: 2026, value: 480}}, {quarters}"));
    assert_eq!(off, ["MOS-M031 plan.targets.revenue[0]: the quarters of 2026 sum to EUR 450 for `revenue`, and its target is EUR 480: EUR 30.00 less"]);
    // A quarter that is missing leaves the frame open.
    assert!(told("{period: 2026, value: 480}, {from: 2026-Q1, to: 2026-Q3, value: 100}").is_empty());
    // What was set last counts, for the frame and for its parts.
    let replanned = format!("{{period: 2026, value: 480}}, {quarters}, {{period: 2026-Q4, value: 180, set_on: 2026-06-01}}");
    assert!(told(&replanned).is_empty());
    let months = told("{period: 2026-Q2, value: 10}, {from: 2026-01, to: 2026-12, value: 4}");
    assert_eq!(months, ["MOS-M031 plan.targets.revenue[0]: the months of 2026-Q2 sum to EUR 12.00 for `revenue`, and its target is EUR 10.00: EUR 2.00 more"]);
    // Ten years, each held against its own months.
    assert_eq!(told("{from: 2021, to: 2030, value: 11}, {from: 2021-01, to: 2030-12, value: 1}").len(), 10);
}

#[test]
fn curves_that_do_not_fit_are_told() {
    let refused = |target: &str| {
        let text = format!(
            "{{marketingos: 1, name: Firm, sources: {{sales: {{date: day, rows: events}}}},
             kpis: {{sales: {{unit: count, direction: higher, count: sales}}}}, plan: {{targets: {{sales: [{target}]}}}}}}"
        );
        let error = System::parse(&[Source::new("system.yaml", &text)]).unwrap_err();
        error.findings().iter().map(|finding| format!("{} {}", finding.code, finding.message)).collect::<Vec<_>>()
    };
    assert_eq!(refused("{period: 2026, value: 1, weights: [1, 2, 3]}"), ["MOS-M004 3 weights do not fit the period"]);
    assert_eq!(refused("{period: 2026-03, value: 1, weights: [1, 2, 3]}"), ["MOS-M004 3 weights do not fit the period"]);
    assert_eq!(refused("{period: 2026-Q1, value: 1, weights: [1, -2, 3]}"), ["MOS-M004 weights are not below zero, and not all zero"]);
    assert_eq!(refused("{period: 2026-Q1, value: 1, weights: [0, 0, 0]}"), ["MOS-M004 weights are not below zero, and not all zero"]);
    assert_eq!(refused("{period: 2026-Q1, value: 1, weights: [1, 1, 1], phasing: linear}"), ["MOS-M018 `weights` stand beside `phasing`"]);
    assert_eq!(refused("{period: 2026-Q1, value: 1, phasing: lineal}"), ["MOS-M004 `lineal` is not known here"]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn months_sum_to_the_year_whatever_the_curve(weights in prop::collection::vec(0u32..50, 12), value in 1u32..1_000_000) {
        prop_assume!(weights.iter().any(|weight| *weight > 0));
        let list = weights.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        for phasing in [format!("weights: [{list}]"), "phasing: working_days".to_owned()] {
            let (system, _) = parse(&format!("{{period: 2026, value: {value}, {phasing}}}"));
            let facts = Facts::builder(&system).csv("sales", "day,amount\n2026-01-01,1\n").build().unwrap();
            let snapshot = system.snapshot(&facts, "2026-12-31".parse().unwrap());
            let sum: marketingos::Number = (1..=12).map(|month| snapshot.line_for("revenue", &format!("2026-{month:02}")).unwrap().target.unwrap().low).sum();
            prop_assert_eq!(sum, i64::from(value).into());
        }
    }
}
