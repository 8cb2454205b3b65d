//! Is the system getting more efficient and more predictable? Worked by hand.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail")]

use marketingos::*;

/// Two years of months with these leads and this spend each, held against a target of 100 leads.
fn progress(leads: impl Fn(usize) -> usize, spend: impl Fn(usize) -> usize, months: usize) -> Progress {
    let text = "{marketingos: 1, name: Small firm, people: {ana: Ana}, operator: ana,
      sources: {ads: {date: day, measures: [spend, leads], rows: events, recorded_from: 2024-01-01, recorded_until: as_of}},
      measures: {spend: {sum: ads.spend}},
      kpis: {
        leads: {name: New leads, unit: count of leads, direction: higher, owner: ana, sum: ads.leads},
        cpl: {name: Cost per lead, variant: fully_loaded, unit: EUR, direction: lower, owner: ana, ratio: {numerator: spend, denominator: leads}}},
      plan: {targets: {leads: [{from: 2024-01, to: 2026-12, value: 100}]}}}";
    let (system, _) = System::parse(&[Source::new("system.yaml", text)]).unwrap();
    let rows: String = (0..months).map(|month| format!("{}-{:02}-05,{},{}\n", 2024 + month / 12, 1 + month % 12, spend(month), leads(month))).collect();
    let facts = Facts::builder(&system).csv("ads", format!("day,spend,leads\n{rows}")).build().unwrap();
    let as_of = Date::new(2024 + i32::try_from(months / 12).unwrap(), u32::try_from(months % 12).unwrap() + 1, 1).unwrap().plus_days(-1);
    system.snapshot(&facts, as_of).progress()
}

fn evidence(progress: &Progress, measure: PredictabilityMeasure) -> &Predictability {
    progress.kpis[0].evidence.iter().find(|evidence| evidence.measure == measure).unwrap()
}

#[test]
fn what_keeps_closer_to_its_plan_is_more_predictable() {
    // 80 or 120 for a year, then 95 or 105: 20 % from plan, then 5 %.
    let progress = progress(|month| if month < 12 { [80, 120][month % 2] } else { [95, 105][month % 2] }, |_| 1000, 24);
    let plan = evidence(&progress, PredictabilityMeasure::VarianceToPlan);
    // √(12 × 0.2² ÷ 11) = 0.208893, and a quarter of that.
    assert_eq!([&plan.before, &plan.now].map(|figure| figure.value.number().unwrap().to_fixed(6)), ["0.208893", "0.052223"]);
    assert_eq!(plan.verdict, ProgressVerdict::More, "the squares are 16 to 1, and F(11, 11) is 2.82");
    let width = evidence(&progress, PredictabilityMeasure::WidthOfLimits);
    // 2 × 2.66 × 40 ÷ 100 and 2 × 2.66 × 10 ÷ 100.
    assert_eq!([&width.before, &width.now].map(|figure| figure.value.number().unwrap().to_string()), ["2.128", "0.532"]);
    assert_eq!(width.verdict, ProgressVerdict::More);
    assert_eq!(progress.kpis[0].verdict, ProgressVerdict::More);
    assert_eq!(progress.predictability, ProgressVerdict::More);
    assert_eq!((progress.kpis[0].compared.before_from.as_str(), progress.kpis[0].compared.now_from.as_str()), ("2024-01", "2025-01"));
    assert!(
        progress.sentence.contains("The system is becoming more predictable: of 1 KPIs with targets that can be judged, 1 became more predictable and 0 less.")
    );
}

#[test]
fn what_strays_from_its_plan_is_less_predictable() {
    let progress = progress(|month| if month < 12 { [95, 105][month % 2] } else { [80, 120][month % 2] }, |_| 1000, 24);
    assert_eq!(progress.predictability, ProgressVerdict::Less);
}

#[test]
fn a_little_more_noise_is_noise() {
    let progress = progress(|month| if month < 12 { [80, 120][month % 2] } else { [85, 115][month % 2] }, |_| 1000, 24);
    assert_eq!(evidence(&progress, PredictabilityMeasure::VarianceToPlan).verdict, ProgressVerdict::Unchanged);
    assert_eq!(evidence(&progress, PredictabilityMeasure::WidthOfLimits).verdict, ProgressVerdict::Unchanged);
}

#[test]
fn few_periods_are_no_evidence() {
    let progress = progress(|month| [80, 120][month % 2], |_| 1000, 11);
    assert_eq!((progress.efficiency, progress.predictability), (ProgressVerdict::NotEvidenced, ProgressVerdict::NotEvidenced));
    assert!(progress.kpis[0].evidence.iter().all(|evidence| evidence.now.value.reason() == Some("missing")));
    assert_eq!(progress.costs[0].reason, "5 periods are known for each side, and 6 are needed");
    assert!(progress.sentence.contains("not evidenced"), "{}", progress.sentence);
}

#[test]
fn a_cost_that_falls_by_a_signal_is_more_efficient() {
    // A lead costs 9 or 11, and from the second year on 3 less.
    let progress = progress(|_| 100, |month| [900, 1100][month % 2] - 300 * (month / 12), 24);
    let cost = &progress.costs[0];
    assert!(cost.fully_loaded);
    assert_eq!((cost.before.text.as_str(), cost.now.text.as_str()), ("EUR 10.00", "EUR 7.00"));
    // 10 ± 2.66 × 2 is 4.68 to 15.32: no month lies beyond, but eight in a row lie below 10.
    assert_eq!(cost.signals.first().map(String::as_str), Some("2025-08"));
    assert_eq!((cost.verdict, progress.efficiency), (ProgressVerdict::More, ProgressVerdict::More));
    assert_eq!(cost.quarters.len(), 8);
}

#[test]
fn a_cost_that_only_wobbles_is_unchanged_and_one_that_rises_is_less_efficient() {
    let wobbling = progress(|_| 100, |month| [900, 1100][month % 2], 24);
    assert_eq!(wobbling.efficiency, ProgressVerdict::Unchanged);
    let rising = progress(|_| 100, |month| [900, 1100][month % 2] + 900 * (month / 12), 24);
    assert_eq!((rising.efficiency, rising.costs[0].verdict), (ProgressVerdict::Less, ProgressVerdict::Less));
}
