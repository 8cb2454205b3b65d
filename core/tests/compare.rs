//! How two definitions differ: in words, and on given facts.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking, in its helpers too")]

use marketingos::*;

const HEAD: &str = "marketingos: 1
name: Small firm
sources:
  spend: { date: day, dimensions: [kind], measures: [amount], rows: events, recorded_from: 2026-01-01, recorded_until: as_of }
  deals: { date: won, dimensions: [result], rows: events, recorded_from: 2026-01-01, recorded_until: as_of }
  late: { date: won, rows: events, recorded_from: 2026-02-15, recorded_until: as_of }
";
const MEASURES: &str = "measures:
  programme: { sum: spend.amount, where: { kind: programme }, unit: EUR }
  payroll: { sum: spend.amount, where: { kind: payroll }, unit: EUR }
  media: { sum: spend.amount, where: { kind: media }, unit: EUR }
  customers: { count: deals, where: { result: won } }
  lost: { count: deals, where: { result: lost } }
  late_deals: { count: late }
";
const KPIS: &str = "kpis:
  cac: { kpi: cac, inputs: { programme: programme, payroll: payroll, tools: 100, content: 0, new_customers: customers } }
  cac_media: { kpi: cac, variant: media_only, inputs: { media: media, new_customers: customers } }
  cac_copy: { kpi: cac, variant: media_only, inputs: { media: media, new_customers: customers } }
  win_rate: { kpi: win_rate, inputs: { won: customers, lost: lost } }
  win_ratio: { name: Win ratio, variant: our_own, unit: ratio, direction: higher, min_coverage: 50 %, formula: customers / (customers + 2 * lost) }
  late: { unit: count, direction: higher, count: late }
  all: { unit: count, direction: higher, count: deals }
";

fn snapshot(text: &str) -> Snapshot {
    let (system, _) = System::parse(&[Source::new("system.yaml", text)]).unwrap_or_else(|error| panic!("{error}"));
    let facts = Facts::builder(&system)
        .csv(
            "spend",
            "day,kind,amount\n2026-01-05,programme,500\n2026-01-06,payroll,900\n2026-01-07,media,350\n2026-02-05,programme,400\n2026-02-06,media,500\n",
        )
        .csv("deals", "won,result\n2026-01-20,won\n2026-01-22,lost\n2026-01-25,won\n2026-02-20,lost\n2026-02-25,won\n2026-03-02,lost\n")
        .csv("late", "won\n2026-02-20\n2026-03-02\n2026-03-03\n")
        .build()
        .unwrap();
    system.snapshot(&facts, "2026-03-31".parse().unwrap())
}

fn firm() -> Snapshot {
    snapshot(&format!("{HEAD}{MEASURES}{KPIS}"))
}

fn aspect(comparison: &DefinitionComparison, aspect: Aspect) -> &AspectComparison {
    comparison.aspects.iter().find(|found| found.aspect == aspect).unwrap()
}

#[test]
fn two_variants_differ_by_what_they_leave_out() {
    let comparison = firm().compare("cac", "cac_media", Grain::Month).unwrap();
    // January: (500 + 900 + 100) / 2 = 750 against 175; February: 500 against 500; March: nobody won.
    let shown: Vec<[&str; 4]> = comparison
        .periods
        .iter()
        .map(|period| [&period.a.text, &period.b.text, &period.change.text, &period.relative.as_ref().unwrap().text].map(String::as_str))
        .collect();
    assert_eq!(
        shown,
        [
            ["EUR 750", "EUR 175", "+EUR 575", "+328.6%"],
            ["EUR 500", "EUR 500", "±EUR 0.00", "±0.0%"],
            ["(undefined)", "(undefined)", "(undefined)", "(undefined)"]
        ]
    );
    assert_eq!(comparison.summary, "On these facts, `cac` and `cac_media` are the same in 2026-02; they differ in 1 of 2 periods.");
    let variant = aspect(&comparison, Aspect::Variant);
    assert_eq!([variant.a.as_str(), variant.b.as_str()], ["Customer acquisition cost (fully loaded)", "Customer acquisition cost (media only)"]);
    assert!(variant.text.contains(&"Only `media_only` takes `media`.".to_owned()), "{:?}", variant.text);
    let inputs = aspect(&comparison, Aspect::Inputs);
    assert_eq!(inputs.text, ["Only the first is made of `payroll`, `programme`.", "Only the second is made of `media`."]);
    let differing: Vec<Aspect> = comparison.aspects.iter().filter(|aspect| !aspect.same).map(|aspect| aspect.aspect).collect();
    assert_eq!(differing, [Aspect::Variant, Aspect::Calculation, Aspect::Inputs]);
    assert!(!comparison.same_definition);
}

#[test]
fn the_same_definition_under_two_names_is_the_same() {
    let comparison = firm().compare("cac_media", "cac_copy", Grain::Quarter).unwrap();
    assert!(comparison.same_definition && comparison.aspects.iter().all(|aspect| aspect.same && aspect.text.is_empty()), "{:#?}", comparison.aspects);
    assert_eq!(comparison.summary, "On these facts, `cac_media` and `cac_copy` are the same in 2026-Q1.");
}

#[test]
fn comparing_the_other_way_round_turns_every_sign() {
    let (there, back) = (firm().compare("cac", "cac_media", Grain::Month).unwrap(), firm().compare("cac_media", "cac", Grain::Month).unwrap());
    for (there, back) in there.periods.iter().zip(&back.periods) {
        assert_eq!((&there.a, &there.b), (&back.b, &back.a));
        if let (Some(there), Some(back)) = (there.change.value.number(), back.change.value.number()) {
            assert!((there.clone() + back.clone()).is_zero());
        }
    }
}

#[test]
fn rates_differ_in_points_and_other_units_not_at_all() {
    let rates = firm().compare("win_ratio", "win_rate", Grain::Month).unwrap();
    // January: 2/(2 + 2) against 2/3; a ratio and a percentage are the same kind of thing.
    assert_eq!((rates.periods[0].a.text.as_str(), rates.periods[0].b.text.as_str()), ("0.50", "66.7%"));
    assert_eq!((rates.periods[0].change.text.as_str(), &rates.periods[0].relative), ("\u{2212}16.7 pp", &None));
    assert_eq!(rates.summary, "On these facts, `win_ratio` and `win_rate` are the same in 2026-03; they differ in 2 of 3 periods.");
    let variant = aspect(&rates, Aspect::Variant);
    assert_eq!([variant.a.as_str(), variant.b.as_str()], ["`our_own`, an own definition", "Win rate (won of decided)"]);
    let coverage = aspect(&rates, Aspect::Coverage);
    assert_eq!((coverage.same, coverage.a.as_str(), coverage.b.as_str()), (false, "50.0%", "100.0%"));

    let units = firm().compare("cac", "win_rate", Grain::Month).unwrap();
    let change = &units.periods[0].change.value;
    assert_eq!((change.reason(), change.cause()), (Some("not comparable"), "one is in EUR, the other in percent"));
    assert_eq!(units.summary, "`cac` and `win_rate` cannot be compared on any facts: one is in EUR, the other in percent.");
    assert_eq!(aspect(&units, Aspect::Variant).text, ["They are two standard KPIs, Customer acquisition cost and Win rate."]);
    assert_eq!(aspect(&units, Aspect::Direction).a, "lower");
}

#[test]
fn days_that_only_one_covers_are_not_compared() {
    let comparison = firm().compare("all", "late", Grain::Month).unwrap();
    let reasons: Vec<Option<&str>> = comparison.periods.iter().map(|period| period.change.value.reason()).collect();
    assert_eq!(reasons, [Some("missing"), Some("not comparable"), None]);
    assert_eq!(comparison.periods[2].change.text, "\u{2212}1");
    assert_eq!(comparison.summary, "On these facts, `all` is 1 lower than `late` in 2026-03 (\u{2212}50.0%).");
    assert_eq!(aspect(&comparison, Aspect::Sources).b, "`late`");
}

#[test]
fn measures_are_compared_like_kpis() {
    let comparison = firm().compare("customers", "lost", Grain::Month).unwrap();
    assert_eq!(comparison.a.unit, None);
    assert_eq!(comparison.periods[0].change.text, "+1");
    let filter = aspect(&comparison, Aspect::Filter);
    assert!(!filter.same, "{filter:?}");
    assert_eq!(aspect(&comparison, Aspect::Direction).a, "not declared");
}

#[test]
fn two_systems_are_compared_where_a_name_means_two_things() {
    let first = firm();
    let second = snapshot(&format!("{HEAD}{}{KPIS}", MEASURES.replace("customers: { count: deals, where: { result: won } }", "customers: { count: deals }")));
    let comparison = first.compare_with("cac_media", &second, "cac_media", Grain::Month).unwrap();
    assert!(!comparison.same_definition);
    let inputs = aspect(&comparison, Aspect::Inputs);
    assert_eq!(inputs.text.len(), 1);
    assert!(inputs.text[0].starts_with("`customers` is "), "{}", inputs.text[0]);
    assert_ne!(comparison.a.fingerprint, comparison.b.fingerprint);
    // January: 350 for two customers, or for three deals.
    assert_eq!(comparison.periods[0].change.text, "+EUR 58.33");
    assert!(
        comparison.summary.starts_with("On these facts, the first `cac_media` is EUR 250 higher than the second `cac_media` in 2026-02"),
        "{}",
        comparison.summary
    );
    let same = first.compare_with("cac", &firm(), "cac", Grain::Month).unwrap();
    assert!(same.same_definition);
}

#[test]
fn unknown_figures_are_refused_and_hostile_names_escaped() {
    assert_eq!(firm().compare("cac", "cac_medium", Grain::Month).unwrap_err().help(), "did you mean `cac_media`?");
    assert_eq!(firm().compare("x", "cac", Grain::Month).unwrap_err().code(), Code::UnknownKpi);
    let hostile = snapshot(&format!("{HEAD}{MEASURES}{}", KPIS.replace("name: Win ratio", "name: \"<b>|\\nx\"")));
    let comparison = hostile.compare("win_ratio", "cac", Grain::Month).unwrap();
    assert!(!comparison.to_markdown().contains("<b>"), "{}", comparison.to_markdown());
    assert_eq!(comparison.to_text().lines().next().unwrap(), "<b>| x [win_ratio] · Customer acquisition cost [cac]");
    let text = firm().compare("cac", "cac_media", Grain::Month).unwrap().to_text();
    assert!(text.contains("2026-01      EUR 750      EUR 175"), "{text}");
    assert!(text.contains("variant: Customer acquisition cost (fully loaded) ↔ Customer acquisition cost (media only)\n  - "), "{text}");
}
