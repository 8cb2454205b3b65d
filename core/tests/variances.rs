//! Neutral bands, materiality, attainment, scenarios beside the plan, and what the target was as of a
//! date; each worked by hand.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking, in its helpers too")]

use marketingos::{Attainment, Facts, Grain, Impact, Line, OnTarget, Snapshot, Source, System, TargetHistory};
use proptest::prelude::*;

/// A firm whose KPIs are amounts of a source, of which 90 were sold and 45 spent in January.
fn text(extra: &str, kpis: &str, plan: &str) -> String {
    format!(
        "marketingos: 1
name: Firm
people: {{ ana: Ana, ben: Ben }}
sources:
  sales: {{ date: day, measures: {{ amount: {{ unit: EUR }}, cost: {{ unit: EUR }} }}, rows: events, recorded_from: 2025-01-01, recorded_until: as_of }}
kpis:
  revenue: {{ unit: EUR, direction: higher, sum: sales.amount{kpis} }}
  cost: {{ unit: EUR, direction: lower, sum: sales.cost }}
  share: {{ unit: percent, direction: lower, ratio: {{ numerator: cost, denominator: revenue }} }}
  orders: {{ unit: count, direction: none, count: sales }}
{extra}
plan: {{ {plan} }}
"
    )
}

fn system(text: &str) -> System {
    System::parse(&[Source::new("system.yaml", text)]).unwrap_or_else(|error| panic!("{error}: {:?}", error.findings())).0
}

fn refused(text: &str) -> Vec<String> {
    let error = System::parse(&[Source::new("system.yaml", text)]).unwrap_err();
    error.findings().iter().map(|finding| format!("{} {}: {} | {}", finding.code, finding.place.path, finding.message, finding.help)).collect()
}

fn snapshot(text: &str, rows: &str, as_of: &str) -> Snapshot {
    let system = system(text);
    let facts = Facts::builder(&system).csv("sales", format!("day,amount,cost\n{rows}")).build().unwrap();
    system.snapshot(&facts, as_of.parse().unwrap())
}

/// The line of January 2026, in which 90 were sold and 45 spent; in December 100 and 40.
fn january(extra: &str, kpis: &str, plan: &str, kpi: &str) -> Line {
    snapshot(&text(extra, kpis, plan), "2025-12-09,100,40\n2026-01-09,90,45\n", "2026-01-31").line_for(kpi, "2026-01").unwrap()
}

#[test]
fn a_change_within_the_neutral_band_is_on_target() {
    let against = |neutral: &str, target: &str| {
        let line =
            january(&format!("variance: {{ neutral: {neutral} }}"), "", &format!("targets: {{ revenue: {{ period: 2026-01, value: {target} }} }}"), "revenue");
        (line.plan.impact, line.status.target)
    };
    // 90 of 100 is a tenth less.
    assert_eq!(against("9.99 %", "100"), (Impact::Adverse, OnTarget::Missed));
    assert_eq!(against("10 %", "100"), (Impact::Neutral, OnTarget::Met));
    // More than asked for is favourable only beyond the band, too: 90 of 80 is an eighth more.
    assert_eq!(against("12.5 %", "80"), (Impact::Neutral, OnTarget::Met));
    assert_eq!(against("12.4 %", "80"), (Impact::Favourable, OnTarget::Met));
    // Of zero there is no share but none.
    assert_eq!(against("50 %", "0"), (Impact::Favourable, OnTarget::Met));
    // Against |base|: −100 to 90 is 190 %.
    assert_eq!(against("100 %", "-100"), (Impact::Favourable, OnTarget::Met));
    // Previous periods likewise: 90 after 100.
    assert_eq!(january("variance: { neutral: 10 % }", "", "", "revenue").previous.impact, Impact::Neutral);
    assert_eq!(january("variance: { neutral: 9 % }", "", "", "revenue").previous.impact, Impact::Adverse);
    // The same to date.
    let running = snapshot(&text("variance: { neutral: 10 % }", "", ""), "2025-12-09,100,40\n2026-01-09,90,45\n", "2026-01-20").to_date(Grain::Month).unwrap();
    assert_eq!((running.lines[0].previous.change.text.as_str(), running.lines[0].previous.impact), ("\u{2212}EUR 10.00", Impact::Neutral));
}

#[test]
fn a_target_that_is_met_within_the_band_has_its_level() {
    use marketingos::LevelReached::{BelowMinimum, Good};
    let reached = |extra: &str| {
        let line = january(extra, "", "targets: { revenue: { period: 2026-01, levels: { minimum: 98, good: 100, excellent: 110 } } }", "revenue");
        (line.level.unwrap(), line.status.target)
    };
    // 90 of 100.
    assert_eq!(reached(""), (BelowMinimum, OnTarget::Missed));
    assert_eq!(reached("variance: { neutral: 10 % }"), (Good, OnTarget::Met));
}

#[test]
fn rates_are_neutral_in_points() {
    // 50 % after 40 %: ten points, or a quarter of the base.
    let impact = |neutral: &str| january(&format!("variance: {{ neutral: {neutral} }}"), "", "", "share").previous.impact;
    assert_eq!([impact("10 %"), impact("9.9 %")], [Impact::Neutral, Impact::Adverse]);
}

#[test]
fn a_change_is_material_when_it_reaches_all_thresholds() {
    // Ten less than the hundred of December.
    let material = |rule: &str| january(&format!("variance: {{ material: {rule} }}"), "", "", "revenue").previous.material;
    assert_eq!(material("{ absolute: 10 }"), Some(true));
    assert_eq!(material("{ absolute: 10.01 }"), Some(false));
    assert_eq!(material("{ relative: 10 % }"), Some(true));
    assert_eq!(material("{ absolute: 10, relative: 10.1 % }"), Some(false));
    assert_eq!(material("{ absolute: 11, relative: 10 % }"), Some(false));
    assert_eq!(material("{ absolute: 5, relative: 5 % }"), Some(true));
    // None is declared: nothing is said, and nothing is written out.
    let plain = january("", "", "", "revenue");
    assert_eq!((plain.previous.material, plain.plan.attainment.clone()), (None, None));
    assert!(!serde_json::to_string(&plain).unwrap().contains("material"));
    // Without a change there is nothing to reach.
    let line = january("variance: { material: { absolute: 0 } }", "", "targets: { revenue: { period: 2026-01, value: 90 } }", "revenue");
    assert_eq!(line.plan.material, Some(false));
    let first = snapshot(&text("variance: { material: { absolute: 0 } }", "", ""), "", "2026-01-31").line_for("revenue", "2025-01").unwrap();
    assert_eq!(first.previous.material, None);
    // Any change is beyond any share of nothing.
    let zero = january("variance: { material: { relative: 500 % } }", "", "targets: { revenue: { period: 2026-01, value: 0 } }", "revenue");
    assert_eq!(zero.plan.material, Some(true));
    // Ten points of a rate.
    let points = |rule: &str| january(&format!("variance: {{ material: {rule} }}"), "", "", "share").previous.material;
    assert_eq!([points("{ relative: 10 %, absolute: 0.1 }"), points("{ relative: 11 % }")], [Some(true), Some(false)]);
}

#[test]
fn a_kpi_says_otherwise_key_by_key() {
    let own = january("variance: { neutral: 1 %, material: { absolute: 1 } }", ", variance: { neutral: 10 % }", "", "revenue").previous;
    assert_eq!((own.impact, own.material), (Impact::Neutral, Some(true)));
    let other = january("variance: { neutral: 1 % }", ", variance: { neutral: 10 %, material: { absolute: 1 } }", "", "cost").previous;
    assert_eq!((other.impact, other.material), (Impact::Adverse, None));
}

#[test]
fn attainment_names_its_convention() {
    let of = |rule: &str, kpi: &str, target: &str| {
        let line = january(&format!("variance: {{ attainment: {rule} }}"), "", &format!("targets: {{ {kpi}: {{ period: 2026-01, {target} }} }}"), kpi);
        assert!(line.previous.attainment.is_none(), "only plans are attained");
        line.plan.attainment.map(|Attainment { convention, figure }| {
            let convention = serde_json::to_value(convention).unwrap();
            format!("{} {} {}", convention.as_str().unwrap(), figure.text, figure.value.cause()).trim_end().to_owned()
        })
    };
    // 90 of 120; 45 spent where 40 were to be: 40 ÷ 45, or 2 − 45 ÷ 40.
    assert_eq!(of("actual_over_target", "revenue", "value: 120").unwrap(), "actual_over_target 75.0%");
    assert_eq!(of("target_over_actual", "cost", "value: 40").unwrap(), "target_over_actual 88.9%");
    assert_eq!(of("two_minus", "cost", "value: 40").unwrap(), "two_minus 87.5%");
    // From 60 down to 40, 45 is three quarters of the way; up from 60 to 100, 90 too.
    assert_eq!(of("from_baseline", "cost", "start: 60, value: 40").unwrap(), "from_baseline 75.0%");
    assert_eq!(of("from_baseline", "revenue", "start: 60, value: 100").unwrap(), "from_baseline 75.0%");
    assert_eq!(of("from_baseline", "revenue", "value: 100").unwrap(), "from_baseline (missing) the target has no baseline: it is no trajectory");
    assert_eq!(of("actual_over_target", "revenue", "value: 0").unwrap(), "actual_over_target (undefined) the target is not above zero");
    // Of several the first that suits; where none does, attainment has no name and is not told.
    assert_eq!(of("[actual_over_target, two_minus]", "cost", "value: 40").unwrap(), "two_minus 87.5%");
    assert_eq!(of("actual_over_target", "cost", "value: 40"), None);
    // What is asked for by itself has a direction.
    assert_eq!(of("actual_over_target", "orders", "at_least: 2").unwrap(), "actual_over_target 50.0%");
    assert_eq!(of("actual_over_target", "orders", "value: 2"), None);
    // Without a value, the same reason as for the change.
    let line = snapshot(&text("variance: { attainment: two_minus }", "", "targets: { share: { period: 2026-02, value: 40 % } }"), "", "2026-02-28");
    let line = line.line_for("share", "2026-02").unwrap();
    assert_eq!(line.plan.attainment.unwrap().figure.value, line.plan.change.value);
    // Half of a month against half of its plan: 90 of 31 × 28 ÷ 31.
    let half = text("min_coverage: 50 %\nvariance: { attainment: actual_over_target }", "", "targets: { revenue: { period: 2026-01, value: 310 } }");
    let half = half.replace("recorded_from: 2025-01-01", "recorded_from: 2026-01-14");
    let plan = snapshot(&half, "2026-01-19,90,1\n", "2026-01-31").line_for("revenue", "2026-01").unwrap().plan;
    assert_eq!((plan.base.text.as_str(), plan.attainment.unwrap().figure.text.as_str()), ("EUR 180", "50.0%"));
}

#[test]
fn rules_that_say_nothing_are_told() {
    let refused = |extra: &str| refused(&text(extra, "", ""));
    assert_eq!(refused("variance: { neutral: 2 }"), ["MOS-M004 variance.neutral: 2 is not a share from 0 to 1 | write a share such as 0.9 or 90 %"]);
    assert_eq!(
        refused("variance: { material: { absolute: -1 } }"),
        ["MOS-M004 variance.material.absolute: the size of a change is not below zero, and -1 is | write it without a sign"]
    );
    assert_eq!(
        refused("variance: { material: {} }"),
        ["MOS-M002 variance.material: `variance.material` does not say from where on a change is material | write `absolute`, `relative` or both"]
    );
    assert!(refused("variance: { atainment: two_minus }")[0].starts_with("MOS-M001 variance.atainment"));
    assert!(refused("variance: { attainment: two_minos }")[0].ends_with("did you mean `two_minus`?"));
    let unsuited = self::refused(&text("", ", variance: { attainment: two_minus }", ""));
    assert_eq!(
        unsuited,
        [
            "MOS-M015 kpis.revenue: the attainment of `revenue` is named by a convention for KPIs of another direction | write `actual_over_target` where higher is better; `target_over_actual` or `two_minus` where lower is better; or `from_baseline`"
        ]
    );
}

const SCENARIOS: &str = "
  targets: { revenue: { period: 2026-01, value: 100 }, cost: { period: 2026-01, value: 45 } },
  scenarios: {
    forecast: { name: Forecast of January, code: FC, targets: { revenue: { period: 2026-01, value: 80, set_on: 2026-01-10 } } },
    budget: { code: BU, targets: { revenue: { period: 2026, value: 365 }, cost: { period: 2026, value: 365, phasing: working_days } } },
    worst_case: { name: Worst case, code: WC3, targets: { revenue: { period: 2026-01, by: { channel: web }, value: 5 } } } }";

fn scenarios() -> String {
    text("", "", SCENARIOS).replace("day, measures", "day, dimensions: [channel], measures")
}

#[test]
fn scenarios_stand_beside_the_plan() {
    let of = |kpi: &str, as_of: &str| {
        let system = system(&scenarios());
        let facts = Facts::builder(&system).csv("sales", "day,channel,amount,cost\n2026-01-09,web,90,45\n").build().unwrap();
        let line = system.snapshot(&facts, as_of.parse().unwrap()).line_for(kpi, "2026-01").unwrap();
        let told = line
            .scenarios
            .iter()
            .map(|each| format!("{} {} {}: {} {:?}", each.id, each.name, each.comparison.code, each.comparison.change.text, each.comparison.impact));
        (line.plan.code.to_string(), line.plan.change.text.clone(), told.collect::<Vec<_>>())
    };
    // 31 of 365 days; 22 of the 261 working days of 2026 are in January: 365 × 22 ÷ 261 = 30.77.
    let (code, change, told) = of("revenue", "2026-01-31");
    assert_eq!((code.as_str(), change.as_str()), ("PL", "\u{2212}EUR 10.00"));
    assert_eq!(told, ["forecast Forecast of January FC: +EUR 10.00 Favourable", "budget budget BU: +EUR 59.00 Favourable"]);
    assert_eq!(of("cost", "2026-01-31").2, ["budget budget BU: +EUR 14.23 Adverse"]);
    assert!(of("share", "2026-01-31").2.is_empty());
    // What was not known then is no forecast.
    let without = scenarios().replace(", dimensions: [channel]", "").replace(", by: { channel: web }", "");
    let early = snapshot(&without, "", "2026-01-05").line_for("revenue", "2026-01").unwrap();
    assert_eq!(early.scenarios[0].comparison.base.value.cause(), "`revenue` in `forecast` has no target for 2026-01");
    // Nothing is written where there is none.
    assert!(!serde_json::to_string(&january("", "", "", "revenue")).unwrap().contains("scenarios"));
    // Another scenario is another system.
    assert_ne!(system(&scenarios()).fingerprint(), system(&scenarios().replace("value: 80", "value: 81")).fingerprint());
}

#[test]
fn scenarios_that_are_wrong_are_told() {
    let refused = |from: &str, to: &str| self::refused(&scenarios().replace(from, to));
    const HELP: &str = "write one to four upper-case letters and digits that mean nothing else, such as `FC`, `BU` or `WC`";
    assert_eq!(refused("code: WC3", "code: PL"), [format!("MOS-M035 plan.scenarios.worst_case.code: `PL` is the code of the plan | {HELP}")]);
    assert_eq!(refused("code: WC3", "code: FC"), [format!("MOS-M035 plan.scenarios.worst_case.code: `FC` is the code of the scenario `forecast` | {HELP}")]);
    for code in ["fc", "TOOLONG", "3W", "F-C"] {
        assert_eq!(refused("code: WC3", &format!("code: {code}")), [format!("MOS-M035 plan.scenarios.worst_case.code: `{code}` is not a short code | {HELP}")]);
    }
    assert_eq!(
        refused("code: WC3, ", ""),
        ["MOS-M002 plan.scenarios.worst_case: `plan.scenarios.worst_case` has no `code` | write `FC` for a forecast, `BU` for a budget, or a code of your own"]
    );
    assert!(
        refused("targets: { revenue: { period: 2026, value: 365 }", "targets: { revenu: { period: 2026, value: 365 }")[0]
            .starts_with("MOS-M006 plan.scenarios.budget.targets.revenu")
    );
    // What is checked of the plan's targets is checked of these.
    let rivals = refused("{ period: 2026, value: 365 }", "[ { period: 2026, value: 365 }, { period: 2026, value: 366 } ]");
    assert!(rivals[0].starts_with("MOS-M012 plan.scenarios.budget.targets.revenue[1]"), "{rivals:?}");
    assert!(refused("{ period: 2026, value: 365 }", "{ period: 2026, at_most: 365 }")[0].starts_with("MOS-M032 plan.scenarios.budget.targets.revenue"));
    let frame = scenarios().replace("{ period: 2026, value: 365 }", "[ { period: 2026, value: 365 }, { from: 2026-Q1, to: 2026-Q4, value: 90 } ]");
    let findings = System::parse(&[Source::new("system.yaml", &frame)]).unwrap().1;
    assert_eq!((findings[0].code.as_str(), findings[0].place.path.as_str()), ("MOS-M031", "plan.scenarios.budget.targets.revenue[0]"));
}

/// A year, then a quarter, then its August anew, and once more too late.
const HISTORY: &str = "targets: { revenue: [
    { period: 2026, value: 365, document: Annual plan },
    { period: 2026-Q3, value: 92, phasing: linear, set_on: 2026-06-10, set_by: ana, document: Plan of June },
    { period: 2026-08, value: 40, set_on: 2026-07-20, set_by: ben, status: proposed },
    { period: 2026-08, value: 50, set_on: 2026-08-15 },
    { period: 2026-08, value: 1, set_on: 2026-09-05, document: Hindsight },
    { period: 2026-09, value: 9, set_on: 2026-01-01 } ] }";

fn history(plan: &str, as_of: &str, period: &str) -> TargetHistory {
    snapshot(&text("", "", plan), "", as_of).target_history("revenue", period).unwrap()
}

fn held(history: &TargetHistory) -> Vec<String> {
    let day = |day: Option<marketingos::Date>| day.map_or_else(|| "…".to_owned(), |day| day.to_string());
    history.held.iter().map(|held| format!("{} to {}: {}", day(held.days.from), day(held.days.until), held.value.text)).collect()
}

#[test]
fn what_the_target_was_as_of_a_date_has_an_answer() {
    let found = history(HISTORY, "2026-12-31", "2026-08");
    assert_eq!(
        held(&found),
        ["… to 2026-06-09: EUR 31.00", "2026-06-10 to 2026-07-19: EUR 31.00", "2026-07-20 to 2026-08-14: EUR 40.00", "2026-08-15 to …: EUR 50.00"]
    );
    let told = found.targets.iter().map(|target| {
        let person = target.set_by.as_ref().map_or("nobody", |id| id.as_str());
        format!("{} to {}: {} by {person} {:?}{}", target.from, target.to, target.value.text, target.status, if target.holds { ", holds" } else { "" })
    });
    assert_eq!(
        told.collect::<Vec<_>>(),
        [
            "2026 to 2026: EUR 31.00 by nobody Agreed",
            "2026-Q3 to 2026-Q3: EUR 31.00 by ana Agreed",
            "2026-08 to 2026-08: EUR 40.00 by ben Proposed",
            "2026-08 to 2026-08: EUR 50.00 by nobody Agreed, holds",
            // Set when the month was over and had a target.
            "2026-08 to 2026-08: EUR 1.00 by nobody Agreed",
        ]
    );
    assert_eq!(found.targets[4].held, None);
    assert_eq!(found.targets[1].document, "Plan of June");
    // As of a day in between, what was set later is not known.
    let then = history(HISTORY, "2026-07-31", "2026-08");
    assert_eq!((then.targets.len(), held(&then)[2].as_str()), (3, "2026-07-20 to …: EUR 40.00"));
    assert!(then.targets[2].holds);
    // Where nothing was known at its end, what was set later holds.
    let late = history(
        "targets: { revenue: [ { period: 2026-08, value: 1, set_on: 2026-09-05 }, { period: 2026-08, value: 2, set_on: 2026-10-05 } ] }",
        "2026-12-31",
        "2026-08",
    );
    assert_eq!(held(&late), ["2026-09-05 to 2026-10-04: EUR 1.00", "2026-10-05 to …: EUR 2.00"]);
    assert!(history("targets: { cost: { period: 2026, value: 1 } }", "2026-12-31", "2026-08").held.is_empty());
}

#[test]
fn a_quarter_is_held_against_its_months_and_what_each_gives_is_told() {
    let plan = "targets: { revenue: [ { from: 2026-01, to: 2026-06, value: 10 }, { from: 2026-02, to: 2026-03, value: 20, set_on: 2026-01-15 } ] }";
    let found = history(plan, "2026-03-31", "2026-Q1");
    assert_eq!(held(&found), ["… to 2026-01-14: EUR 30.00", "2026-01-15 to …: EUR 50.00"]);
    let told: Vec<_> = found.targets.iter().map(|target| (target.value.text.as_str(), target.covers.days, target.covers.of, target.holds)).collect();
    // The first still gives January.
    assert_eq!(told, [("EUR 30.00", 90, 90, true), ("EUR 40.00", 59, 90, true)]);
    let unknown = snapshot(&text("", "", plan), "", "2026-03-31");
    assert_eq!(unknown.target_history("revenu", "2026-Q1").unwrap_err().code().as_str(), "MOS-Q002");
    assert_eq!(unknown.target_history("revenue", "2026-Q9").unwrap_err().code().as_str(), "MOS-Q003");
}

#[test]
fn what_was_not_comparable_for_one_reason_is_told_once() {
    // In January the halves of the first quarter ask for opposite things, whatever is said of March.
    let plan = "targets: { orders: [ { period: 2026-01, at_least: 3 }, { from: 2026-02, to: 2026-03, at_most: 3 }, { period: 2026-03, at_most: 4, set_on: 2026-01-15 } ] }";
    let found = snapshot(&text("", "", plan), "", "2026-03-31").target_history("orders", "2026-Q1").unwrap();
    assert_eq!((found.held.len(), found.held[0].value.value.cause()), (1, "the targets of the period ask for opposite things"));
    assert_eq!((found.held[0].days.from, found.held[0].days.until), (None, None));
}

#[test]
fn what_is_built_is_what_is_written() {
    use marketingos::AttainmentRule;
    use marketingos::written::{Kpi, Levels, Materiality, Plan, Scenario, Source as Table, System as Written, Target, Variance};
    let variance = Variance::default().neutral("2 %").material(Materiality::default().absolute(10)).attainment(vec![AttainmentRule::ActualOverTarget]);
    let levels = Levels::default().minimum(1).good(2).excellent(3);
    let budget = Scenario::default().code("BU").targets_of("sales", Target::default().period("2026").at_least(5));
    let plan = Plan::default()
        .target("sales", Target::default().from("2026-01").to("2026-03").start(1).value(4))
        .target("sales", Target::default().period("2026-01").member("channel", "web").levels(levels))
        .target("sales", Target::default().period("2026-Q4").phasing(marketingos::written::Phasing::LastYear).value(9))
        .scenario("budget", budget);
    let built = Written::named("Firm")
        .source("sales", Table::default().date("day").rows(marketingos::Rows::Events).dimensions(["channel"]))
        .kpi("sales", Kpi::count("sales").unit("count").higher().variance(Variance::default().neutral("1 %")))
        .plan(plan)
        .variance(variance);
    let text = "
marketingos: 1
name: Firm
sources: { sales: { date: day, rows: events, dimensions: [channel] } }
kpis: { sales: { count: sales, unit: count, direction: higher, variance: { neutral: 1 % } } }
plan:
  targets: { sales: [ { from: 2026-01, to: 2026-03, start: 1, value: 4 }, { period: 2026-01, by: { channel: web }, levels: { minimum: 1, good: 2, excellent: 3 } },
    { period: 2026-Q4, phasing: last_year, value: 9 } ] }
  scenarios: { budget: { code: BU, targets: { sales: { period: 2026, at_least: 5 } } } }
variance: { neutral: 2 %, material: { absolute: 10 }, attainment: actual_over_target }
";
    let built = built.build().unwrap_or_else(|error| panic!("{error}: {:?}", error.findings())).0;
    assert_eq!(built.fingerprint(), system(text).fingerprint());
    // What changed between two plans is told scenario by scenario.
    let diff = system(&text.replace("at_least: 5", "at_least: 6").replace("good: 2", "good: 2.5")).diff(&built, "2026-01-31".parse().unwrap());
    let told: Vec<&str> = diff.changes.iter().map(|change| change.text.as_str()).collect();
    assert_eq!(
        told,
        [
            "target sales channel: web month 2026-01-01 2026-01-31: aim was excellent: 3; good: 2; levels; minimum: 1, is excellent: 3; good: 2.5; levels; minimum: 1",
            "target budget.sales year 2026-01-01 2026-12-31: aim was at_least; value: 5, is at_least; value: 6",
        ]
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]
    /// On whatever day: the history says what the scorecard of a snapshot of that day says.
    #[test]
    fn the_history_and_the_scorecard_agree(
        set in prop::collection::vec((0usize..4, 1u32..90, 1u32..29, 1u32..13), 1..7),
        day in 1u32..29, month in 1u32..13,
    ) {
        let periods = ["2026-08", "2026-Q3", "2026", "2026-W33"];
        let mut targets: Vec<String> = Vec::new();
        let mut seen = std::collections::BTreeSet::new();
        for (period, value, day, month) in set {
            if seen.insert((period, day, month)) {
                targets.push(format!("{{ period: {}, value: {value}, set_on: 2026-{month:02}-{day:02} }}", periods[period]));
            }
        }
        let plan = format!("targets: {{ revenue: [ {} ] }}", targets.join(", "));
        let as_of = format!("2026-{month:02}-{day:02}");
        let snapshot = snapshot(&text("", "", &plan), "", &as_of);
        let line = snapshot.line_for("revenue", "2026-08").unwrap();
        let history = snapshot.target_history("revenue", "2026-08").unwrap();
        prop_assert_eq!(history.held.last().and_then(|held| held.target.clone()), line.target.clone());
        prop_assert_eq!(history.targets.iter().any(|target| target.holds), line.target.is_some());
        for pair in history.held.windows(2) {
            prop_assert_eq!(pair[0].days.until.unwrap().plus_days(1), pair[1].days.from.unwrap());
        }
    }
}

#[test]
fn an_amount_of_fewer_days_is_held_against_a_plan_only_where_its_days_are_alike() {
    use marketingos::{Facts, OnTarget, Source, System};
    let line = |targets: &str| {
        let text = format!(
            "{{marketingos: 1, name: Small firm, people: {{ana: Ana}}, sources: {{leads: {{date: created, rows: events, recorded_from: 2026-01-01, recorded_until: 2026-02-28}}}},
              kpis: {{leads: {{unit: count of leads, direction: higher, owner: ana, count: leads, min_coverage: 60 %}}}}, plan: {{targets: {{leads: [{targets}]}}}}}}"
        );
        let (system, _) = System::parse(&[Source::new("system.yaml", &text)]).unwrap();
        let rows = "2026-01-05\n".repeat(25);
        let facts = Facts::builder(&system).csv("leads", format!("created\n{rows}")).build().unwrap();
        system.snapshot(&facts, "2026-03-31".parse().unwrap()).line_for("leads", "2026-Q1").unwrap()
    };
    // 59 of 90 days of an even plan of 90 are 59; a plan of 10, 10 and 100 says nothing about 59 days by their number.
    assert_eq!(line("{period: 2026-Q1, value: 90}").plan.change.text, "\u{2212}34");
    let uneven = line("{period: 2026-01, value: 10}, {period: 2026-02, value: 10}, {period: 2026-03, value: 100}");
    assert_eq!(uneven.plan.change.value.cause(), "59 of 90 days are covered, and the plan is not the same for each of them");
    assert_eq!(uneven.status.target, OnTarget::NotJudged);
    // The same for each month is even: 59 of 90 days of 90.
    assert_eq!(line("{from: 2026-01, to: 2026-03, value: 30}").plan.change.text, "\u{2212}34");
    assert_eq!(line("{period: 2026-Q1, value: 90, weights: [1, 1, 1]}").plan.change.value.reason(), Some("not comparable"));
}
