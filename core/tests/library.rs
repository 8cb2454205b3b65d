//! The standard library of KPIs: worked examples with their sources, each through a whole system;
//! how a system picks from it, and what is said about mistakes.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking, in its helpers too")]

use std::collections::BTreeSet;

use marketingos::library::{self, InputKind, StandardUnit};
use marketingos::*;

/// A worked example: what is given for each input, and what comes out, to the decimals written.
struct Example {
    kpi: &'static str,
    variant: &'static str,
    given: &'static [(&'static str, &'static str)],
    expected: &'static str,
    source: &'static str,
}

const fn example(
    kpi: &'static str,
    variant: &'static str,
    given: &'static [(&'static str, &'static str)],
    expected: &'static str,
    source: &'static str,
) -> Example {
    Example { kpi, variant, given, expected, source }
}

/// Where no published example was found: the formula by hand.
const BY_HAND: &str = "by hand";

const EXAMPLES: &[Example] = &[
    // Win rate.
    example("win_rate", "won_of_decided", &[("won", "10"), ("lost", "30")], "0.25", "Optifai, \"How do you calculate sales pipeline coverage ratio?\", step 3"),
    example("win_rate", "won_of_qualified", &[("won", "10"), ("qualified", "100")], "0.1", "Core MBA, \"Pipeline velocity: the math of sales\""),
    // Pipeline velocity.
    example(
        "pipeline_velocity",
        "mean_cycle",
        &[("opportunities", "80"), ("win_rate", "0.22"), ("deal_size", "45000"), ("cycle_days", "72")],
        "11000",
        "80 × 45,000 × 22 % ÷ 72, an example in common use",
    ),
    example(
        "pipeline_velocity",
        "mean_cycle",
        &[("opportunities", "100"), ("win_rate", "0.25"), ("deal_size", "50000"), ("cycle_days", "60")],
        "20833",
        "Daymark, \"Pipeline Velocity\"",
    ),
    example(
        "pipeline_velocity",
        "mean_cycle",
        &[("opportunities", "18"), ("win_rate", "0.24"), ("deal_size", "42000"), ("cycle_days", "78")],
        "2326",
        "Wins Above, \"Sales velocity\"",
    ),
    example(
        "pipeline_velocity",
        "median_cycle",
        &[("opportunities", "50"), ("win_rate", "0.25"), ("deal_size", "50000"), ("cycle_days", "45")],
        "13889",
        "Optifai, \"What is Sales Velocity\", with its cycle as the median",
    ),
    example(
        "pipeline_velocity",
        "lookback_normalised",
        &[("opportunities", "100"), ("win_rate", "0.25"), ("deal_size", "50000"), ("cycle_days", "60"), ("lookback_days", "91")],
        "1895833.33",
        "Triblio, \"Pipeline Velocity Calculator\": the quarter of 91 days, with Daymark's numbers",
    ),
    // Pipeline coverage.
    example("pipeline_coverage", "to_quota", &[("open_pipeline", "7500000"), ("quota", "2000000")], "3.75", "7.5 M ÷ 2 M, an example in common use"),
    example("pipeline_coverage", "to_quota", &[("open_pipeline", "1500000"), ("quota", "400000")], "3.75", "Salesmotion, \"Pipeline coverage ratio guide\""),
    example("pipeline_coverage", "to_quota", &[("open_pipeline", "4800000"), ("quota", "1600000")], "3.0", "Wins Above, \"Pipeline Coverage Ratio\""),
    example(
        "pipeline_coverage",
        "weighted_by_win_rate",
        &[("open_pipeline", "500000"), ("win_rate", "0.25"), ("quota", "100000")],
        "1.25",
        "Optifai, \"How do you calculate sales pipeline coverage ratio?\"",
    ),
    example(
        "pipeline_coverage",
        "weighted_by_win_rate",
        &[("open_pipeline", "3000000"), ("win_rate", "0.3"), ("quota", "300000")],
        "3.0",
        "Daymark, \"Pipeline Coverage\"",
    ),
    example("required_coverage", "one_over_win_rate", &[("win_rate", "0.22")], "4.5", "Wins Above, \"Pipeline Coverage Ratio\""),
    example("required_coverage", "one_over_win_rate", &[("win_rate", "0.25")], "4", "Mentor Group, \"Win rate to coverage model\""),
    // Costs.
    example(
        "cost_per_lead",
        "fully_loaded",
        &[("programme", "3000"), ("payroll", "1500"), ("tools", "200"), ("content", "300"), ("leads", "250")],
        "20",
        "bit1024, \"Cost Per Lead Calculator\": 5,000 in all ÷ 250; the parts are ours",
    ),
    example("cost_per_lead", "media_only", &[("media", "5000"), ("leads", "50")], "100", "18insurance, \"Cost Per Lead (CPL)\""),
    example(
        "cost_per_opportunity",
        "fully_loaded",
        &[("programme", "60000"), ("payroll", "80000"), ("tools", "5000"), ("content", "10000"), ("opportunities", "400")],
        "387.50",
        BY_HAND,
    ),
    example("cost_per_opportunity", "media_only", &[("media", "60000"), ("opportunities", "400")], "150", BY_HAND),
    example(
        "cac",
        "fully_loaded",
        &[("programme", "60000"), ("payroll", "40000"), ("tools", "15000"), ("content", "20000"), ("new_customers", "1500")],
        "90",
        "Insightful Data Lab, \"Fully Loaded CAC\"; ads and events are the programme",
    ),
    example(
        "cac",
        "fully_loaded",
        &[("programme", "60000"), ("payroll", "80000"), ("tools", "5000"), ("content", "10000"), ("new_customers", "120")],
        "1291.67",
        "MetricKit, \"Blended CAC Calculator\"",
    ),
    example("cac", "media_only", &[("media", "60000"), ("new_customers", "120")], "500", "MetricKit, \"Blended CAC Calculator\", its ad spend alone"),
    example(
        "cac",
        "marketing_only",
        &[("marketing", "10000"), ("new_customers", "100")],
        "100",
        "\"Simple Blended CAC\" of 15,000 ÷ 100 without the 5,000 of sales",
    ),
    example("cac_payback", "with_margin", &[("cac", "1200"), ("revenue_per_account", "180"), ("gross_margin", "0.75")], "8.89", "CalcMastery, \"CAC Payback\""),
    example(
        "cac_payback",
        "with_margin",
        &[("cac", "1200"), ("revenue_per_account", "200"), ("gross_margin", "0.8")],
        "7.5",
        "PricingNest, \"CAC Payback Period Calculator\"",
    ),
    example("cac_payback", "without_margin", &[("cac", "1200"), ("revenue_per_account", "200")], "6", "the same, without its margin"),
    // Lifetime value.
    example(
        "lifetime_value",
        "with_margin",
        &[("revenue_per_account", "50"), ("gross_margin", "0.7"), ("churn", "0.05")],
        "700",
        "ROI Calculator, \"LTV (Lifetime Value)\"",
    ),
    example(
        "lifetime_value",
        "with_margin",
        &[("revenue_per_account", "185000"), ("gross_margin", "0.78"), ("churn", "0.048")],
        "3006250",
        "Ryan Consulting, \"Discounted LTV\", its simple LTV",
    ),
    example("lifetime_value", "without_margin", &[("revenue_per_account", "50"), ("churn", "0.05")], "1000", BY_HAND),
    example(
        "lifetime_value",
        "with_expansion",
        &[("revenue_per_account", "50"), ("gross_margin", "0.7"), ("churn", "0.05"), ("expansion", "0.015")],
        "1000",
        BY_HAND,
    ),
    example(
        "lifetime_value",
        "discounted",
        &[("revenue_per_account", "17.95"), ("gross_margin", "1"), ("churn", "0.005"), ("discount_rate", "0.01")],
        "1208.63",
        "UVA Darden, Marketing Analytics, \"Applying the CLV formula\": 17.95 × 67.33 = 1,209",
    ),
    example(
        "ltv_to_cac",
        "with_margin",
        &[("revenue_per_account", "50"), ("gross_margin", "0.7"), ("churn", "0.05"), ("cac", "200")],
        "3.5",
        "ROI Calculator, \"LTV (Lifetime Value)\"",
    ),
    example("ltv_to_cac", "without_margin", &[("revenue_per_account", "50"), ("churn", "0.05"), ("cac", "200")], "5", BY_HAND),
    example(
        "ltv_to_cac",
        "with_expansion",
        &[("revenue_per_account", "50"), ("gross_margin", "0.7"), ("churn", "0.05"), ("expansion", "0.015"), ("cac", "200")],
        "5",
        BY_HAND,
    ),
    example(
        "ltv_to_cac",
        "discounted",
        &[("revenue_per_account", "17.95"), ("gross_margin", "1"), ("churn", "0.005"), ("discount_rate", "0.01"), ("cac", "400")],
        "3.0216",
        "the same customer at a cost of 400",
    ),
    // Retention.
    example(
        "nrr",
        "annual",
        &[("start", "24000000"), ("expansion", "4200000"), ("contraction", "700000"), ("churn", "1200000")],
        "1.096",
        "XLSlides, \"Net Revenue Retention Calculator\": losses of 1.9 M, split by us",
    ),
    example(
        "nrr",
        "monthly",
        &[("start", "100"), ("expansion", "10"), ("contraction", "0"), ("churn", "0")],
        "1.1",
        "ScaleXP, \"Gross & Net Revenue Retention\"",
    ),
    example("nrr", "multi_year", &[("start", "100"), ("expansion", "44"), ("contraction", "5"), ("churn", "18")], "1.21", BY_HAND),
    example(
        "grr",
        "annual",
        &[("start", "24000000"), ("contraction", "700000"), ("churn", "1200000")],
        "0.921",
        "XLSlides, \"Net Revenue Retention Calculator\": losses of 1.9 M, split by us",
    ),
    example("grr", "monthly", &[("start", "100"), ("contraction", "0"), ("churn", "0")], "1", "ScaleXP, \"Gross & Net Revenue Retention\""),
    example("grr", "multi_year", &[("start", "100"), ("contraction", "5"), ("churn", "18")], "0.77", BY_HAND),
    // Returns.
    example("roas", "attributed", &[("ad_revenue", "100"), ("ad_spend", "50")], "2", "Vilop Digital, \"Understanding Incremental ROAS\""),
    example(
        "roas",
        "incremental",
        &[("incremental_revenue", "2100"), ("ad_spend", "1000")],
        "2.1",
        "Rolinko, \"How to Calculate Incremental ROAS\": 5.2 attributed, 2.1 incremental",
    ),
    example("romi", "gross_profit", &[("gross_profit", "6000"), ("investment", "4000")], "0.5", BY_HAND),
    example(
        "romi",
        "incremental",
        &[("incremental_gross_profit", "30000"), ("investment", "10000")],
        "2",
        "Kameir, \"Return On Marketing\": 50,000 × 60 % for 10,000, an additional 2 for each 1",
    ),
    // Share of search.
    example("share_of_search", "raw_month", &[("brand", "10000"), ("category", "40000")], "0.25", "SOD Infotech, \"How to Calculate Share of Search\""),
    example("share_of_search", "raw_month", &[("brand", "120000"), ("category", "335000")], "0.36", "NuForm Social, \"What is Share of Search\""),
];

fn system(text: &str) -> System {
    System::parse(&[Source::new("system.yaml", text)]).unwrap_or_else(|error| panic!("{text}\n{error}")).0
}

/// A system in which every input is a measure over dated rows.
fn worked(kpi: &str, variant: &str, given: &[(&str, &str)]) -> Snapshot {
    let standard = library::kpi(kpi).unwrap().variant(variant).unwrap();
    let mut measures = String::new();
    let mut inputs = Vec::new();
    let mut rows = "day,input,amount\n".to_owned();
    for input in standard.inputs {
        let (_, amount) = given.iter().find(|(id, _)| *id == input.id).unwrap_or_else(|| panic!("{kpi} {variant} needs {}", input.id));
        let unit = match input.kind {
            InputKind::Money | InputKind::MoneyPerMonth => "EUR",
            InputKind::Count => "count",
            InputKind::Share => "percent",
            InputKind::Days => "days",
            other => panic!("{other:?} is tested by itself"),
        };
        measures.push_str(&format!("  my_{0}: {{ sum: rows.amount, where: {{ input: {0} }}, unit: {unit} }}\n", input.id));
        inputs.push(format!("{0}: my_{0}", input.id));
        // In two rows, so that it matters that they are added before they are divided.
        let half = Number::parse(amount).unwrap().divided_by(&Number::from(2)).unwrap();
        rows.push_str(&format!("2026-01-05,{0},{half}\n2026-01-20,{0},{half}\n", input.id));
    }
    assert_eq!(given.len(), standard.inputs.len(), "{kpi} {variant} takes nothing else");
    let system = system(&format!(
        "marketingos: 1\nname: Small firm
sources: {{ rows: {{ date: day, dimensions: [input], measures: [amount], rows: events, recorded_from: 2026-01-01, recorded_until: as_of }} }}
measures:\n{measures}
kpis: {{ it: {{ kpi: {kpi}, variant: {variant}, inputs: {{ {} }} }} }}\n",
        inputs.join(", ")
    ));
    let facts = Facts::builder(&system).csv("rows", rows).build().unwrap();
    system.snapshot(&facts, "2026-01-31".parse().unwrap())
}

#[test]
fn worked_examples_come_out_through_a_whole_system() {
    for Example { kpi, variant, given, expected, source } in EXAMPLES {
        let snapshot = worked(kpi, variant, given);
        let value = &snapshot.series("it", Grain::Month, &[]).unwrap()[0].value;
        let decimals = expected.split_once('.').map_or(0, |(_, decimals)| decimals.len());
        let found = value.number().unwrap_or_else(|| panic!("{kpi} {variant}: {value:?}")).to_fixed(u32::try_from(decimals).unwrap());
        assert_eq!(found, *expected, "{kpi} {variant} ({source})");
        assert!(!source.is_empty());
        // What is shown says which KPI and variant it is, in the unit of the library.
        let line = snapshot.line_for("it", "2026-01").unwrap();
        let standard = library::kpi(kpi).unwrap();
        let named = format!("{} ({})", standard.name, variant.replace('_', " "));
        assert_eq!(line.name, if *variant == standard.default_variant { standard.name } else { &named });
        assert!(line.definition.starts_with(&format!("{named}: ")), "{}", line.definition);
        let unit = match standard.unit {
            StandardUnit::Money => "EUR",
            StandardUnit::MoneyPerDay => "EUR per day",
            StandardUnit::Percent => "percent",
            StandardUnit::Ratio => "ratio",
            StandardUnit::Months => "months",
        };
        assert_eq!((line.unit.to_string().as_str(), line.direction), (unit, standard.direction));
    }
}

/// A firm with deals, touches and stages, for what is more than arithmetic.
const FIRM: &str = "
marketingos: 1
name: Small firm
sources:
  mqls: { date: day, entity: id, dimensions: [region], rows: events, recorded_from: 2026-01-01, recorded_until: as_of }
  sals: { date: day, entity: id, dimensions: [region], rows: events, recorded_from: 2026-01-01, recorded_until: as_of }
  deals: { date: day, entity: id, dimensions: [lead_source], measures: [amount], rows: events, recorded_from: 2026-01-01, recorded_until: as_of }
  touches: { date: day, entity: id, dimensions: [team, before_sales], rows: events, recorded_from: 2026-01-01, recorded_until: as_of }
  searches: { date: day, dimensions: [brand], measures: [searches], rows: events, recorded_from: 2025-01-01, recorded_until: as_of }
measures:
  mql: { count: mqls }
  sal: { count: sals }
  amount: { sum: deals.amount, unit: EUR }
  from_marketing: { sum: deals.amount, where: { lead_source: marketing }, unit: EUR }
  all_touches: { count: touches }
  by_marketing: { count: touches, where: { team: marketing } }
  pre_sales: { count: touches, where: { team: marketing, before_sales: yes } }
  ours: { sum: searches.searches, where: { brand: ours } }
  all_brands: { sum: searches.searches }
";

fn firm(kpis: &str) -> Snapshot {
    let system = system(&format!("{FIRM}kpis:\n{kpis}"));
    let mut searches = "day,brand,searches\n".to_owned();
    for month in 1..=12 {
        // A growing brand in a category that is larger in winter.
        searches.push_str(&format!("2025-{month:02}-15,ours,{}\n2025-{month:02}-15,other,{}\n", 10 * month, if month > 9 { 900 } else { 300 }));
    }
    searches.push_str("2026-01-15,ours,200\n2026-01-15,other,300\n");
    let facts = Facts::builder(&system)
        .csv("mqls", "day,id,region\n2026-01-02,a,north\n2026-01-03,b,north\n2026-01-04,c,south\n2026-02-02,d,south\n")
        .csv("sals", "day,id,region\n2026-01-10,a,north\n2026-02-05,b,north\n2026-02-06,d,south\n")
        .csv("deals", "day,id,lead_source,amount\n2026-01-20,d1,sales,100\n2026-01-25,d2,marketing,50\n2026-01-28,d3,sales,30\n")
        .csv(
            "touches",
            "day,id,team,before_sales\n2026-01-05,d1,marketing,yes\n2026-01-10,d1,sales,no\n2026-01-03,d2,sales,no\n2026-01-06,d2,marketing,no\n2026-01-02,d3,sales,no\n",
        )
        .csv("searches", searches)
        .build()
        .unwrap();
    system.snapshot(&facts, "2026-02-28".parse().unwrap())
}

fn value(snapshot: &Snapshot, figure: &str, month: &str) -> String {
    let series = snapshot.series(figure, Grain::Month, &[]).unwrap();
    let observation = series.iter().find(|observation| observation.period.label == month).unwrap();
    observation.value.number().map_or_else(|| format!("{:?}", observation.value), |number| number.to_fixed(4))
}

const CREDITS: [(&str, &str, &str, &str); 10] = [
    ("sourced_pipeline", "first_touch", "outcome: amount, touches: all_touches, credited: by_marketing", "100.0000"),
    ("sourced_pipeline", "lead_source", "marketing_outcome: from_marketing", "50.0000"),
    ("sourced_pipeline", "any_pre_sales_touch", "outcome: amount, touches: pre_sales", "100.0000"),
    ("sourced_revenue", "first_touch", "outcome: amount, touches: all_touches, credited: by_marketing, within_days: 16", "100.0000"),
    ("sourced_revenue", "lead_source", "marketing_outcome: from_marketing", "50.0000"),
    ("sourced_revenue", "any_pre_sales_touch", "outcome: amount, touches: pre_sales, within_days: 10", "0.0000"),
    ("influenced_pipeline", "any_touch", "outcome: amount, touches: by_marketing, within_days: 90", "150.0000"),
    ("influenced_pipeline", "weighted_by_touch", "outcome: amount, touches: all_touches, credited: by_marketing, within_days: 90", "75.0000"),
    ("influenced_revenue", "any_touch", "outcome: amount, touches: by_marketing, within_days: 15", "100.0000"),
    ("influenced_revenue", "weighted_by_touch", "outcome: amount, touches: all_touches, credited: by_marketing, within_days: 12", "0.0000"),
];

const CONVERSIONS: [(&str, &str); 2] = [("same_cohort", "0.6667"), ("same_period", "0.3333")];

#[test]
fn a_conversion_follows_the_people_who_entered() {
    let snapshot = firm("  it: { kpi: stage_conversion, inputs: { from: mql, to: sal, within_days: 40, matching: region } }\n");
    let Calculation::Conversion { from, to, within_days, basis, matching } = &snapshot.system().definition("it").unwrap().calculation else { panic!() };
    assert_eq!((from.as_str(), to.as_str(), *within_days, *basis), ("mql", "sal", Some(40), Basis::SameCohort));
    assert_eq!(matching.as_ref().unwrap().as_str(), "region");
    let (variant, expected) = CONVERSIONS[0];
    let snapshot = firm(&format!("  it: {{ kpi: stage_conversion, variant: {variant}, inputs: {{ from: mql, to: sal }} }}\n"));
    assert_eq!(value(&snapshot, "it", "2026-01"), expected);
}

#[test]
fn a_conversion_by_period_sets_outcomes_against_entries() {
    let (variant, expected) = CONVERSIONS[1];
    let snapshot = firm(&format!("  it: {{ kpi: stage_conversion, variant: {variant}, inputs: {{ from: mql, to: sal }} }}\n"));
    assert_eq!(value(&snapshot, "it", "2026-01"), expected);
    assert_eq!(value(&snapshot, "it", "2026-02"), "2.0000");
}

#[test]
fn credit_is_an_ordinary_calculation() {
    for (kpi, variant, inputs, _) in CREDITS {
        let snapshot = firm(&format!("  it: {{ kpi: {kpi}, variant: {variant}, inputs: {{ {inputs} }} }}\n"));
        let kpi = snapshot.system().kpi("it").unwrap();
        assert_eq!((kpi.unit.to_string().as_str(), kpi.variant.as_str()), ("EUR", variant), "the currency is that of the outcome");
        let rule = match &kpi.definition.calculation {
            Calculation::Credit { rule, .. } => Some(*rule),
            _ => None,
        };
        let expected = match variant {
            "first_touch" => Some(CreditRule::First),
            "lead_source" => None,
            "weighted_by_touch" => Some(CreditRule::Linear),
            _ => Some(CreditRule::Any),
        };
        assert_eq!(rule, expected, "{variant}");
    }
}

#[test]
fn credit_follows_the_touches() {
    for (kpi, variant, inputs, expected) in CREDITS {
        let snapshot = firm(&format!("  it: {{ kpi: {kpi}, variant: {variant}, inputs: {{ {inputs} }} }}\n"));
        assert_eq!(value(&snapshot, "it", "2026-01"), expected, "{kpi} {variant}");
    }
}

const SEARCH: &str = "  it: { kpi: share_of_search, inputs: { brand: ours, category: all_brands } }\n";

#[test]
fn share_of_search_is_over_twelve_months() {
    let snapshot = firm(SEARCH);
    let Calculation::Formula { formula } = &snapshot.system().definition("it").unwrap().calculation else { panic!() };
    assert!(formula.as_str().starts_with("(ours + previous(ours) + previous(ours, 2) + "), "{}", formula.as_str());
    assert!(formula.as_str().ends_with(" + previous(all_brands, 11))"));
}

#[test]
fn share_of_search_weighs_each_month_by_its_searches() {
    let snapshot = firm(SEARCH);
    // 2025: Σ ours = 10 × 78 = 780; Σ others = 9 × 300 + 3 × 900 = 5,400. The mean of the twelve
    // monthly shares would be another number.
    assert_eq!(value(&snapshot, "it", "2025-12"), "0.1262");
    // From February 2025 on: ours 780 − 10 + 200, others unchanged.
    assert_eq!(value(&snapshot, "it", "2026-01"), "0.1523");
    assert!(value(&snapshot, "it", "2025-11").contains("Missing"), "eleven months are not twelve");
}

#[test]
fn a_formula_of_the_library_can_be_read_again() {
    for kpi in library::kpis() {
        for variant in kpi.variants {
            let Some(inputs) = arithmetic_inputs(variant) else { continue };
            let written = firm_formula(kpi.id, variant.id, &inputs);
            assert_eq!(firm_calculation(&format!("formula: \"{written}\"")), written, "{} {}", kpi.id, variant.id);
        }
    }
}

fn arithmetic_inputs(variant: &library::Variant) -> Option<String> {
    let figure = |input: &library::Input| match input.kind {
        InputKind::Money | InputKind::MoneyPerMonth | InputKind::Count | InputKind::Share | InputKind::Days => Some(format!("{}: ours", input.id)),
        _ => None,
    };
    Some(variant.inputs.iter().map(figure).collect::<Option<Vec<_>>>()?.join(", "))
}

fn firm_formula(kpi: &str, variant: &str, inputs: &str) -> String {
    firm_calculation(&format!("kpi: {kpi}, variant: {variant}, inputs: {{ {inputs} }}"))
}

fn firm_calculation(calculation: &str) -> String {
    let system = system(&format!("{FIRM}  it: {{ {calculation} }}\n"));
    match &system.definition("it").unwrap().calculation {
        Calculation::Formula { formula } => formula.as_str().to_owned(),
        Calculation::Ratio { numerator, denominator } => format!("{numerator} / {denominator}"),
        other => panic!("{other:?}"),
    }
}

#[test]
fn every_variant_is_exercised() {
    let mut exercised: BTreeSet<(&str, &str)> = EXAMPLES.iter().map(|example| (example.kpi, example.variant)).collect();
    exercised.extend(CREDITS.iter().map(|(kpi, variant, ..)| (*kpi, *variant)));
    exercised.extend(CONVERSIONS.iter().map(|(variant, _)| ("stage_conversion", *variant)));
    exercised.insert(("share_of_search", "mean_of_12_months"));
    let all = library::kpis().iter().flat_map(|kpi| kpi.variants.iter().map(|variant| (kpi.id, variant.id)));
    assert_eq!(exercised, all.collect());
}

#[test]
fn the_catalogue_is_in_order() {
    let mut ids = BTreeSet::new();
    for kpi in library::kpis() {
        assert!(Id::new(kpi.id).is_some() && ids.insert(kpi.id), "{}", kpi.id);
        assert_eq!(kpi.variants[0].id, kpi.default_variant, "the default variant of {} comes first", kpi.id);
        assert!(kpi.meaning.ends_with('.') && kpi.meaning.matches(". ").count() == 0, "one sentence: {}", kpi.meaning);
        let mut variants = BTreeSet::new();
        for variant in kpi.variants {
            assert!(Id::new(variant.id).is_some() && variants.insert(variant.id), "{} {}", kpi.id, variant.id);
            assert!(!variant.differs.is_empty() && !variant.source.is_empty());
            let inputs: BTreeSet<&str> = variant.inputs.iter().map(|input| input.id).collect();
            assert_eq!(inputs.len(), variant.inputs.len(), "{} {}", kpi.id, variant.id);
            for input in variant.inputs {
                assert!(Id::new(input.id).is_some() && !input.meaning.is_empty());
                let named = variant.formula.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).any(|word| word == input.id);
                assert!(named || !input.required, "{} {}: {}", kpi.id, variant.id, input.id);
            }
        }
    }
}

#[test]
fn velocity_comes_out_of_opportunities_as_they_are() {
    // Inputs are KPIs of the library themselves, a mean, a count and a duration of one population.
    let text = "
marketingos: 1
name: Small firm
sources:
  opened: { date: day, entity: id, rows: events, recorded_from: 2026-01-01, recorded_until: as_of }
  closed: { date: day, entity: id, dimensions: [result], measures: [amount], rows: events, recorded_from: 2026-01-01, recorded_until: as_of }
measures:
  opportunities: { count: opened }
  decided: { count: closed }
  won: { count: closed, where: { result: won } }
  lost: { count: closed, where: { result: lost } }
  deal_size: { mean: closed.amount, where: { result: won }, unit: EUR }
  mean_days: { duration: { from: opportunities, to: decided, statistic: mean } }
  median_days: { duration: { from: opportunities, to: decided, statistic: median } }
kpis:
  win_rate: { kpi: win_rate, inputs: { won: won, lost: lost } }
  by_mean: { kpi: pipeline_velocity, inputs: { opportunities: opportunities, win_rate: win_rate, deal_size: deal_size, cycle_days: mean_days } }
  by_median:
    { kpi: pipeline_velocity, variant: median-cycle, inputs: { opportunities: opportunities, win_rate: win_rate, deal_size: deal_size, cycle_days: median_days } }
";
    let system = system(text);
    let facts = Facts::builder(&system)
        .csv("opened", "day,id\n2026-01-01,a\n2026-01-02,b\n2026-01-01,c\n2026-01-09,d\n")
        .csv("closed", "day,id,result,amount\n2026-01-07,a,won,1000\n2026-01-26,b,lost,9000\n2026-01-31,c,won,2000\n")
        .build()
        .unwrap();
    let snapshot = system.snapshot(&facts, "2026-01-31".parse().unwrap());
    // 4 × 2/3 × 1,500 = 4,000; ÷ (6 + 24 + 30) / 3 = 20 days, ÷ a median of 24 days.
    assert_eq!([value(&snapshot, "by_mean", "2026-01"), value(&snapshot, "by_median", "2026-01")], ["200.0000", "166.6667"]);
    assert_eq!(system.kpi("by_median").unwrap().variant, "median_cycle", "hyphens are underscores");
}

const HEAD: &str = "marketingos: 1
name: Small firm
sources: { rows: { date: day, dimensions: [input], measures: [amount], rows: events } }
measures:
  won: { count: rows, where: { input: won } }
  lost: { count: rows, where: { input: lost } }
  spend: { sum: rows.amount }
  euros: { sum: rows.amount, unit: EUR }
  dollars: { sum: rows.amount, unit: USD }
kpis:
";

fn parsed(kpis: &str) -> Result<(System, Vec<Finding>), Error> {
    System::parse(&[Source::new("system.yaml", &format!("{HEAD}{kpis}"))])
}

#[test]
fn mistakes_are_told_with_what_is_needed() {
    let cases = [
        ("it: { kpi: winrate, inputs: { won: won, lost: lost } }", "MOS-M006", "kpis.it.kpi", "there is no standard KPI `winrate`", "did you mean `win_rate`?"),
        (
            "it: { kpi: win_rate, variant: won-of-decide, inputs: { won: won, lost: lost } }",
            "MOS-M006",
            "kpis.it.variant",
            "the standard KPI `win_rate` has no variant `won-of-decide`",
            "did you mean `won_of_decided`?",
        ),
        (
            "it: { kpi: win_rate, inputs: { won: won } }",
            "MOS-M002",
            "kpis.it.inputs",
            "the standard KPI `win_rate`, variant `won_of_decided`, needs `lost`",
            "give under `inputs` `lost` (count: opportunities lost)",
        ),
        (
            "it: { kpi: win_rate }",
            "MOS-M002",
            "kpis.it",
            "the standard KPI `win_rate`, variant `won_of_decided`, needs `won`, `lost`",
            "give under `inputs` `won` (count: opportunities won); `lost` (count: opportunities lost)",
        ),
        (
            "it: { kpi: win_rate, inputs: { won: won, lost: lost, losst: lost } }",
            "MOS-M001",
            "kpis.it.inputs.losst",
            "the key `losst` is not known here",
            "did you mean `lost`?",
        ),
        (
            "it: { kpi: win_rate, inputs: { won: won, lost: lots } }",
            "MOS-M006",
            "kpis.it.inputs.lost",
            "there is no KPI or measure `lots`",
            "did you mean `lost`?",
        ),
        (
            "it: { kpi: win_rate, direction: lower, inputs: { won: won, lost: lost } }",
            "MOS-M024",
            "kpis.it.direction",
            "the direction of the standard KPI `win_rate` is `higher`",
            "leave `direction` out",
        ),
        (
            "it: { kpi: win_rate, unit: EUR, inputs: { won: won, lost: lost } }",
            "MOS-M024",
            "kpis.it.unit",
            "the standard KPI `win_rate` is measured in percent, not in `EUR`",
            "write `percent`, or leave `unit` out",
        ),
        (
            "it: { kpi: cac, variant: media_only, unit: percent, inputs: { media: spend, new_customers: won } }",
            "MOS-M024",
            "kpis.it.unit",
            "the standard KPI `cac` is measured in money, not in `percent`",
            "write the currency, such as `EUR`, or leave `unit` out",
        ),
        (
            "it: { kpi: cac, variant: media_only, inputs: { media: spend, new_customers: won } }",
            "MOS-M002",
            "kpis.it",
            "`kpis.it` has no `unit`, and none of its inputs says in which currency it is",
            "write the currency, such as `unit: EUR`",
        ),
        (
            "it: { kpi: win_rate, count: rows, inputs: { won: won, lost: lost } }",
            "MOS-M014",
            "kpis.it",
            "`kpis.it` is computed in more than one way: `kpi`, `count`",
            "write exactly one of",
        ),
        (
            "it: { kpi: win_rate, where: { input: won }, inputs: { won: won, lost: lost } }",
            "MOS-M015",
            "kpis.it",
            "only a figure computed from rows can have a `where`",
            "put the `where` on the figures that it is made of",
        ),
        (
            "it: { kpi: win_rate, inputs: won }",
            "MOS-M003",
            "kpis.it.inputs",
            "expected a mapping of keys to values, found",
            "write a mapping of keys to values here",
        ),
        ("it: { kpi: stage_conversion, inputs: { from: won, to: 3 } }", "MOS-M005", "kpis.it.inputs.to", "`3` is not an id", "use lower-case letters"),
        (
            "it: { kpi: stage_conversion, inputs: { from: won, to: lost, within_days: soon } }",
            "MOS-M004",
            "kpis.it.inputs.within_days",
            "`soon` is not a whole number from 1 to 3660",
            "write a whole number",
        ),
    ];
    for (kpi, code, path, message, help) in cases {
        let error = parsed(&format!("  {kpi}\n")).unwrap_err();
        let findings = error.findings();
        let found = findings.iter().find(|finding| finding.code.as_str() == code && finding.place.path == path && finding.message.starts_with(message));
        let found = found.unwrap_or_else(|| panic!("{kpi}: {findings:#?}"));
        assert!(found.help.starts_with(help), "{kpi}: {}", found.help);
        assert_eq!(found.place.mark.line, 11);
        let others = if kpi.contains("stage_conversion") { 3 } else { 1 };
        assert!(findings.len() <= others, "{kpi}: one mistake is told once: {findings:#?}");
    }
}

#[test]
fn the_currency_is_that_of_the_inputs() {
    let media = "kpi: cac, variant: media_only, inputs: { media: euros, new_customers: won }";
    let (system, _) = parsed(&format!(
        "  paid: {{ {media} }}
  back: {{ kpi: cac_payback, variant: without_margin, inputs: {{ cac: paid, revenue_per_account: 50 }} }}
  ltv: {{ kpi: lifetime_value, inputs: {{ revenue_per_account: paid, gross_margin: 80 %, churn: 0.02 }} }}
  declared: {{ kpi: cac, variant: media_only, unit: CHF, inputs: {{ media: spend, new_customers: won }} }}
"
    ))
    .unwrap();
    let unit = |id: &str| system.kpi(id).unwrap().unit.to_string();
    assert_eq!(["paid", "back", "ltv", "declared"].map(unit), ["EUR", "months", "EUR", "CHF"]);
    let Calculation::Formula { formula } = &system.definition("ltv").unwrap().calculation else { panic!() };
    assert_eq!(formula.as_str(), "paid * 0.8 / 0.02", "numbers stand for figures");

    let error = parsed("  it: { kpi: romi, inputs: { gross_profit: euros, investment: dollars } }\n  both: { kpi: cost_per_lead, inputs: { programme: euros, payroll: dollars, tools: 1, content: 2, leads: won } }\n").unwrap_err();
    let message = "the inputs of `kpis.both` are in EUR and USD";
    assert!(error.findings().iter().any(|finding| finding.code == Code::NotCombinable && finding.message == message), "{error}");
}

#[test]
fn names_can_be_overridden_and_measures_can_be_standard() {
    let (system, _) =
        parsed("  it: { kpi: win_rate, name: Abschlussquote, meaning: What we win., unit: ratio, direction: higher, inputs: { won: won, lost: lost } }\n")
            .unwrap();
    let kpi = system.kpi("it").unwrap();
    assert_eq!((kpi.name.as_str(), kpi.meaning.as_str(), &kpi.unit), ("Abschlussquote", "What we win.", &Unit::Ratio));
    let standard = kpi.definition.standard.as_ref().unwrap();
    assert_eq!(
        (standard.kpi.as_str(), standard.variant.as_str(), standard.to_string()),
        ("win_rate", "won_of_decided", "Win rate (won of decided)".to_owned())
    );

    let text = HEAD.replace("kpis:\n", "  rate: { kpi: win_rate, variant: won_of_qualified, inputs: { won: won, qualified: lost } }\n");
    let (system, _) = System::parse(&[Source::new("system.yaml", &text)]).unwrap();
    let rate = system.measures().iter().find(|measure| measure.definition.id.as_str() == "rate").unwrap();
    assert_eq!((rate.name.as_str(), &rate.unit), ("Win rate (won of qualified)", &Some(Unit::Percent)));
    assert!(matches!(rate.definition.calculation, Calculation::Ratio { .. }), "one figure over another is a ratio");
}

/// The table of format.md, as the catalogue has it.
fn table() -> String {
    let mut table = "| KPI | variant | what is computed | inputs |\n|---|---|---|---|\n".to_owned();
    for kpi in library::kpis() {
        for variant in kpi.variants {
            let id = if variant.id == kpi.default_variant { format!("`{}`", kpi.id) } else { String::new() };
            let inputs: Vec<String> = variant
                .inputs
                .iter()
                .map(|input| format!("`{}` ({}{})", input.id, input.kind.words(), if input.required { "" } else { ", optional" }))
                .collect();
            let formula = if variant.formula.contains('`') { variant.formula.to_owned() } else { format!("`{}`", variant.formula) };
            table.push_str(&format!("| {id} | `{}` | {formula} | {} |\n", variant.id, inputs.join(", ")));
        }
    }
    table
}

#[test]
fn the_format_lists_the_catalogue() {
    let format = include_str!("../src/format.md");
    assert!(format.contains(&table()), "put this into format.md, below \"Standard KPIs\":\n\n{}", table());
}

#[test]
fn variants_are_compared_in_words() {
    let difference = library::compare("cac", "fully_loaded", "media-only").unwrap();
    assert_eq!(
        (difference.only_a, difference.only_b, difference.both),
        (vec!["programme", "payroll", "tools", "content"], vec!["media"], vec!["new_customers"])
    );
    assert_eq!(
        difference.text,
        [
            "`fully_loaded` is (programme + payroll + tools + content) / new_customers; `media_only` is media / new_customers.",
            "`fully_loaded`: all that it takes to win customers: marketing and sales, people and tools included",
            "`media_only`: paid media alone (\"paid CAC\"): no people, tools or content",
            "Only `fully_loaded` takes `programme`, `payroll`, `tools`, `content`.",
            "Only `media_only` takes `media`.",
        ]
    );
    // The same formula and the same names, and yet not the same.
    let cycles = library::compare("pipeline_velocity", "mean_cycle", "median_cycle").unwrap();
    assert!(cycles.text.contains(
        &"`cycle_days` is mean days from opportunity to close for `mean_cycle`, and median days from opportunity to close for `median_cycle`.".to_owned()
    ));
    assert_eq!(library::compare("cac", "media_only", "media_only").unwrap().text.len(), 1);
    assert!(library::compare("tac", "a", "b").is_none());
}
