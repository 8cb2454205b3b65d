//! Definitions: every way to write one is read, what follows from it is derived, and each way of
//! getting it wrong is reported with its place and how to mend it.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

use marketingos::*;
use proptest::prelude::*;

/// A system that definitions are added to; they start in line 10.
const HEAD: &str = "\
marketingos: 1
name: Small firm
sources:
  leads: { date: created, entity: lead, dimensions: { channel: channel, campaign: { column: utm, within: channel }, region: region }, measures: { score: {}, cost: { unit: EUR } }, rows: events }
  deals: { date: closed, entity: lead, dimensions: [region, outcome], measures: { amount: { unit: EUR }, in_dollars: { unit: USD }, margin: { unit: percent, additivity: non_additive }, weight: {} }, rows: events }
  list: { date: day, dimensions: [segment], measures: { members: { unit: count of members, additivity: semi_additive }, rate: { unit: percent, additivity: non_additive } }, rows: daily }
  visits: { date: day, measures: { visits: { unit: count of visits }, hours: { unit: days } }, rows: daily }
people: { ana: Ana }
measures:
";

/// What further definitions are made of.
const PARTS: &str = "  leads: { unit: count of leads, count: leads }
  orders: { unit: count of orders, count: deals }
  wins: { count: deals, where: { outcome: won } }
  closed: { count: deals }
  spend: { sum: leads.cost }
  revenue: { sum: deals.amount }
  dollars: { sum: deals.in_dollars }
  points: { sum: leads.score }
  deal: { mean: deals.amount }
  cycle: { duration: { from: leads, to: wins, statistic: median } }
  moved: { conversion: { from: leads, to: wins } }
  share: { unit: percent, ratio: { numerator: wins, denominator: closed } }
  arpa: { unit: EUR per account per month, mean: leads.score }
  cac: { unit: EUR per customer, ratio: { numerator: spend, denominator: wins } }
";

fn parse(definitions: &str) -> Result<System, Vec<Finding>> {
    let text = format!("{HEAD}{definitions}");
    System::parse(&[Source::new("system.yaml", &text)]).map(|(system, _)| system).map_err(|error| error.findings().to_vec())
}

fn accepted(definitions: &str) -> System {
    parse(definitions).unwrap_or_else(|findings| panic!("{definitions}\n{findings:#?}"))
}

/// Code, line and path of the finding, and a part each of its message and its help.
type Wanted<'a> = (&'a str, u32, &'a str, &'a str, &'a str);

fn refused(definitions: &str, wanted: &[Wanted<'_>]) {
    let findings = parse(definitions).err().unwrap_or_else(|| panic!("accepted: {definitions}"));
    let found: Vec<(&str, u32, &str)> = findings.iter().map(|finding| (finding.code.as_str(), finding.place.mark.line, finding.place.path.as_str())).collect();
    let places: Vec<(&str, u32, &str)> = wanted.iter().map(|(code, line, path, ..)| (*code, *line, *path)).collect();
    assert_eq!(found, places, "{definitions}\n{findings:#?}");
    for (finding, (.., message, help)) in findings.iter().zip(wanted) {
        assert!(finding.message.contains(message), "`{message}` is not in: {finding}");
        assert!(finding.help.contains(help), "`{help}` is not in: {finding}");
    }
}

/// One definition `x` in line 10, refused for one reason.
fn refused_alone(definition: &str, code: &str, path: &str, message: &str, help: &str) {
    refused(&format!("  x: {{ {definition} }}\n"), &[(code, 10, path, message, help)]);
}

/// One definition `x` after [`PARTS`], refused for one reason.
fn refused_of_parts(definition: &str, code: &str, message: &str, help: &str) {
    let line = 10 + u32::try_from(PARTS.lines().count()).unwrap();
    refused(&format!("{PARTS}  x: {{ {definition} }}\n"), &[(code, line, "measures.x", message, help)]);
}

fn calculation(definition: &str) -> Calculation {
    accepted(&format!("{PARTS}  x: {{ {definition} }}\n")).definition("x").unwrap().calculation.clone()
}

#[test]
fn every_calculation_is_read() {
    let id = |text: &str| Id::new(text).unwrap();
    let (source, measure) = (id("leads"), id("score"));
    for (key, statistic) in [("min", Statistic::Min), ("max", Statistic::Max), ("median", Statistic::Percentile(50))] {
        let expected = Calculation::Summary { source: source.clone(), measure: measure.clone(), statistic };
        assert_eq!(calculation(&format!("{key}: leads.score")), expected);
    }
    for (key, take) in [("first", Take::First), ("last", Take::Last), ("daily_mean", Take::Mean)] {
        let expected = Calculation::Balance { source: id("list"), measure: id("members"), take };
        assert_eq!(calculation(&format!("{key}: list.members")), expected);
    }
    assert_eq!(
        calculation("weighted_mean: { of: deals.margin, by: amount }"),
        Calculation::WeightedMean { source: id("deals"), measure: id("margin"), weight: id("amount") }
    );
    assert_eq!(calculation("distinct: leads.lead"), Calculation::Distinct { source: source.clone(), column: id("lead"), approximate: false });
    assert_eq!(calculation("approximate_distinct: leads.lead"), Calculation::Distinct { source: source.clone(), column: id("lead"), approximate: true });
    for (text, window) in [
        ("{ periods: 6 }", Window::Rolling(6)),
        ("{ periods: 120 }", Window::Rolling(120)),
        ("week_to_date", Window::ToDate(Grain::Week)),
        ("month_to_date", Window::ToDate(Grain::Month)),
        ("quarter_to_date", Window::ToDate(Grain::Quarter)),
        ("year_to_date", Window::ToDate(Grain::Year)),
        ("all_time", Window::AllTime),
    ] {
        assert_eq!(calculation(&format!("cumulative: {{ of: revenue, over: {text} }}")), Calculation::Cumulative { of: id("revenue"), window });
    }
    for (text, basis, matching) in [
        ("", Basis::SameCohort, None),
        (", basis: same_cohort, matching: region", Basis::SameCohort, Some(id("region"))),
        (", basis: same_period", Basis::SamePeriod, None),
    ] {
        let expected = Calculation::Conversion { from: id("leads"), to: id("wins"), within_days: Some(30), basis, matching };
        assert_eq!(calculation(&format!("conversion: {{ from: leads, to: wins, within_days: 30{text} }}")), expected);
    }
    for (text, rule) in [
        ("first", CreditRule::First),
        ("last", CreditRule::Last),
        ("linear", CreditRule::Linear),
        ("position", CreditRule::Position),
        ("time_decay, half_life_days: 7", CreditRule::TimeDecay { half_life_days: 7 }),
        ("any", CreditRule::Any),
    ] {
        let expected = Calculation::Credit { outcome: id("revenue"), touches: id("leads"), to: None, rule, within_days: None };
        assert_eq!(calculation(&format!("credit: {{ outcome: revenue, touches: leads, rule: {text} }}")), expected);
    }
    let system =
        accepted("  a: { count: leads, missing: zero }\n  b: { count: leads, missing: stays }\n  c: { name: The leads, unit: count of leads, count: leads }\n");
    assert_eq!([Missing::Zero, Missing::Stays], ["a", "b"].map(|id| system.definition(id).unwrap().missing));
    assert_eq!(system.measures().last().map(|measure| (measure.name.as_str(), measure.unit.clone())), Some(("The leads", Unit::parse("count of leads"))));
}

#[test]
fn calculations_with_mistakes() {
    let x = "measures.x";
    refused_alone("min: leads", "MOS-M004", "measures.x.min", "`leads` does not name a column", "write `source.column`");
    refused_alone("max: leads.scor", "MOS-M006", x, "no measure `scor`", "did you mean `score`?");
    refused_alone("last: leads.channel", "MOS-M006", x, "no measure `channel`", "use one of");
    refused_alone("weighted_mean: { of: leads.score }", "MOS-M002", "measures.x.weighted_mean", "has no `by`", "that weighs");
    refused_alone("weighted_mean: { of: leads.score, by: wait }", "MOS-M006", x, "no measure `wait`", "use one of");
    refused_alone("count: leads, missing: none", "MOS-M004", "measures.x.missing", "`none`", "`stays`, `zero`");
    refused_alone("count: leads, mean: leads.score", "MOS-M014", x, "`count`, `mean`", "`weighted_mean`");
    for (over, code, path, message) in [
        ("{ periods: 0 }", "MOS-M004", "measures.x.cumulative.over.periods", "from 1 to 120"),
        ("{ periods: 121 }", "MOS-M004", "measures.x.cumulative.over.periods", "from 1 to 120"),
        ("{}", "MOS-M002", "measures.x.cumulative.over", "has no `periods`"),
        ("year", "MOS-M004", "measures.x.cumulative.over", "`year` is not known here"),
    ] {
        refused(&format!("  n: {{ count: leads }}\n  x: {{ cumulative: {{ of: n, over: {over} }} }}\n"), &[(code, 11, path, message, "")]);
    }
    refused("  n: { count: leads }\n  x: { cumulative: { of: n } }\n", &[("MOS-M002", 11, "measures.x.cumulative", "has no `over`", "`{ periods: 6 }`")]);
    refused(
        "  x: { formula: '1 + previous(leads, 0)' }\n",
        &[("MOS-M011", 10, "measures.x.formula", "at character 21: expected a number of periods", "`prior_year`")],
    );
}

#[test]
fn conversions_and_credits_with_mistakes() {
    refused_of_parts("conversion: { from: leads, to: wins, matching: channel }", "MOS-M006", "the source `deals` has no such dimension", "use one of");
    let line = 10 + u32::try_from(PARTS.lines().count()).unwrap();
    let credit = |text: &str| format!("{PARTS}  x: {{ credit: {{ {text} }} }}\n");
    let at = "measures.x.credit";
    refused(&credit("outcome: revenue, touches: leads, rule: best"), &[("MOS-M004", line, "measures.x.credit.rule", "`best`", "`first`, `last`")]);
    refused(&credit("outcome: revenue, touches: leads"), &[("MOS-M002", line, at, "has no `rule`", "`time_decay` or `any`")]);
    refused(&credit("outcome: revenue, touches: leads, rule: time_decay"), &[("MOS-M002", line, at, "has no `half_life_days`", "such as `half_life_days: 7`")]);
    refused(
        &credit("outcome: revenue, touches: leads, rule: first, half_life_days: 7"),
        &[("MOS-M004", line, "measures.x.credit.half_life_days", "means nothing to this rule", "`rule: time_decay`")],
    );
    for days in ["0", "3661"] {
        let text = credit(&format!("outcome: revenue, touches: leads, rule: time_decay, half_life_days: {days}"));
        refused(&text, &[("MOS-M004", line, "measures.x.credit.half_life_days", "from 1 to 3660", "whole number")]);
    }
    refused(
        &credit("outcome: deal, touches: leads, rule: first"),
        &[("MOS-M015", line, "measures.x", "`deal` is neither a count of rows nor a sum", "`count` or `sum`")],
    );
    refused(&credit("outcome: wins, touches: spend, rule: first"), &[("MOS-M015", line, "measures.x", "`spend` is not a count of rows", "`count`")]);
    refused(
        &credit("outcome: revenue, touches: leads, to: closed, rule: any"),
        &[("MOS-M015", line, "measures.x", "`closed` counts rows of `deals`, and `leads` rows of `leads`", "same source")],
    );
    refused(
        "  days: { count: visits }\n  leads: { count: leads }\n  x: { credit: { outcome: days, touches: leads, rule: any } }\n",
        &[("MOS-M015", 12, "measures.x", "`visits` does not say which column names its entity", "declare `entity` in `sources.visits`")],
    );
}

#[test]
fn conditions_are_a_mapping_or_an_expression() {
    let text = |filter: &str| {
        let system = accepted(&format!("  x: {{ count: leads, where: {filter} }}\n"));
        system.definition("x").unwrap().filter.as_ref().unwrap().as_str().to_owned()
    };
    for (filter, expected) in [
        ("{ channel: paid }", "channel is 'paid'"),
        (
            "{ channel: [paid, null], not: { region: null, campaign: [a, b] } }",
            "channel is in ('paid', null) and region is not null and campaign is not in ('a', 'b')",
        ),
        ("channel  =  'paid'", "channel = 'paid'"),
        ("score >= 10 AND (channel in ('a', 'it''s') or cost / score < 2.50)", "score >= 10 and (channel in ('a', 'it''s') or cost / score < 2.5)"),
        ("score is null or not lead is null", "score is null or lead is not null"),
        ("cost between 1 and 20", "cost >= 1 and cost <= 20"),
    ] {
        assert_eq!(text(&format!("'{}'", filter.replace('\'', "''")).replace("'{", "{").replace("}'", "}")), expected);
    }
}

#[test]
fn conditions_with_mistakes() {
    let at = "measures.x.where";
    let refused = |filter: &str, code: &str, path: &str, message: &str, help: &str| {
        refused_alone(&format!("count: leads, where: \"{filter}\""), code, path, message, help);
    };
    refused("channel = paid social", "MOS-M020", at, "at character 16: expected `and`, `or` or the end, found `social`", "`channel = 'paid'`");
    refused("channel = 'ä' and region == 'x'", "MOS-M020", at, "at character 27: expected a column, a number, text", "`and`, `or`, `not`");
    refused("channel = null", "MOS-M020", at, "at character 11: nothing is equal to null", "is null");
    refused("channel", "MOS-M020", at, "at character 1: expected a comparison", "comparisons");
    refused("channel > 5", "MOS-M020", "measures.x", "`channel` of `leads` is text, and the condition uses it as a number", "single quotes");
    refused("score = '5'", "MOS-M020", "measures.x", "`score` of `leads` is a measure, and the condition compares it with text", "`score > 0`");
    refused("chanel = 'paid'", "MOS-M006", "measures.x", "the source `leads` has no column `chanel`", "did you mean `channel`?");
    refused("scores + 1 > 2", "MOS-M006", "measures.x", "the source `leads` has no column `scores`", "did you mean `score`?");
    refused("amont is null", "MOS-M006", "measures.x", "no column `amont`", "");
    refused_alone("count: leads, where: { score: 5 }", "MOS-M020", "measures.x", "`score` of `leads` is a measure", "without quotes");
    refused_alone("count: leads, where: [channel]", "MOS-M003", at, "a mapping of dimensions to members", "");
    refused_alone("sum: deals.amount, where: amount > in_dollars", "MOS-M021", "measures.x", "the condition of `x` compares `EUR` and `USD`", "same unit");
    // One column of each kind is reported once.
    let twice = "  x: { count: leads, where: channel > 5 and region < channel }\n";
    assert_eq!(parse(twice).unwrap_err().len(), 2);
}

#[test]
fn hierarchies_lead_up() {
    let system = accepted("  x: { count: leads }\n");
    let within: Vec<Option<&str>> = system.source("leads").unwrap().dimensions.iter().map(|column| column.within.as_ref().map(Id::as_str)).collect();
    assert_eq!(within, [None, Some("channel"), None]);
    let refused = |dimensions: &str, code: &str, message: &str, help: &str| {
        let text = format!("marketingos: 1\nname: S\nsources:\n  s: {{ date: d, rows: events, dimensions: {dimensions} }}\n");
        let error = System::parse(&[Source::new("system.yaml", &text)]).map(|_| ()).unwrap_err();
        let [finding] = error.findings() else { panic!("{error}") };
        assert_eq!((finding.code.as_str(), finding.place.mark.line, finding.place.path.as_str()), (code, 4, "sources.s"));
        assert!(finding.message.contains(message) && finding.help.contains(help), "{finding}");
    };
    refused("{ a: A, b: { within: c } }", "MOS-M006", "`b` is declared to be within `c`, which is no dimension", "use one of `a`");
    refused("{ channel: A, b: { within: chanel } }", "MOS-M006", "within `chanel`", "did you mean `channel`?");
    refused("{ a: { within: a } }", "MOS-M009", "within itself: `a` → `a`", "the wider one");
    refused("{ d: { within: a }, a: { within: b }, b: { within: c }, c: { within: a } }", "MOS-M009", "`a` → `b` → `c` → `a`", "the wider one");
}

#[test]
fn what_does_not_add_up_is_not_added_up() {
    let x = "measures.x";
    refused_alone("sum: list.members", "MOS-M023", x, "`x` adds up `list.members`, a balance", "`last`, `first` or `daily_mean`");
    for (definition, message) in [
        ("sum: deals.margin", "adds up `deals.margin`, declared as non_additive"),
        ("mean: deals.margin", "takes the mean of `deals.margin`"),
        ("summary: { of: deals.margin, statistic: mean }", "takes the mean of"),
        ("last: list.rate", "adds up `list.rate`"),
    ] {
        refused_alone(definition, "MOS-M023", x, message, "use `weighted_mean`, or a `ratio` of two sums");
    }
    accepted(
        "  a: { last: list.members }\n  b: { mean: list.members }\n  c: { weighted_mean: { of: deals.margin, by: amount } }\n  d: { median: deals.margin }\n",
    );

    let additivity = |definition: &str| {
        let system = accepted(&format!("{PARTS}  members: {{ last: list.members }}\n  new: {{ daily_mean: list.members }}\n  x: {{ {definition} }}\n"));
        system.additivity(system.definition("x").unwrap())
    };
    use Additivity::{Additive, NonAdditive, SemiAdditive};
    for (definition, expected) in [
        ("count: leads", Additive),
        ("distinct: leads.lead", NonAdditive),
        ("approximate_distinct: leads.lead", NonAdditive),
        ("formula: revenue - 2 * spend", Additive),
        ("formula: -revenue / 12", Additive),
        ("formula: 12 / revenue", NonAdditive),
        ("formula: revenue + 1", NonAdditive),
        ("formula: revenue - previous(revenue)", NonAdditive),
        ("formula: members - new", SemiAdditive),
        ("formula: members / leads", NonAdditive),
        ("cumulative: { of: revenue, over: year_to_date }", SemiAdditive),
        ("cumulative: { of: share, over: year_to_date }", NonAdditive),
        ("credit: { outcome: revenue, touches: leads, rule: linear }", Additive),
        ("credit: { outcome: revenue, touches: leads, rule: any }", NonAdditive),
    ] {
        assert_eq!(additivity(definition), expected, "{definition}");
        let word = match expected {
            Additive => "additive",
            SemiAdditive => "semi_additive",
            NonAdditive => "non_additive",
        };
        assert_eq!(additivity(&format!("additivity: {word}, {definition}")), expected);
    }
    let kpi =
        "  leads: { count: leads }\nkpis:\n  x: { unit: percent, direction: higher, additivity: additive, ratio: { numerator: leads, denominator: leads } }\n";
    refused(
        kpi,
        &[("MOS-M023", 12, "kpis.x.additivity", "`x` is declared as additive, and its calculation is non_additive", "write `additivity: non_additive`")],
    );
    refused_alone("count: leads, additivity: some", "MOS-M004", "measures.x.additivity", "`some`", "`semi_additive`");
    // Long chains that use each part twice are followed once.
    let chain: String = (0..60).map(|level| format!("  m{level}: {{ additivity: additive, formula: m{0} + m{0} }}\n", level + 1)).collect();
    accepted(&format!("{chain}  m60: {{ count: leads }}\n"));
}

/// The derived unit of a definition made of [`PARTS`].
fn derived(definition: &str) -> Option<String> {
    accepted(&format!("{PARTS}  x: {{ {definition} }}\n")).derived_unit("x").map(|unit| unit.to_string())
}

#[test]
fn units_are_derived() {
    for (definition, expected) in [
        ("count: leads", "count"),
        ("distinct: leads.lead", "count"),
        ("approximate_distinct: leads.lead", "count"),
        ("sum: deals.amount", "EUR"),
        ("mean: deals.in_dollars", "USD"),
        ("weighted_mean: { of: deals.margin, by: amount }", "percent"),
        ("max: leads.cost", "EUR"),
        ("last: list.members", "count of members"),
        ("sum: visits.visits", "count of visits"),
        ("ratio: { numerator: spend, denominator: leads }", "EUR per lead"),
        ("ratio: { numerator: wins, denominator: closed }", "ratio"),
        ("ratio: { numerator: orders, denominator: leads }", "ratio"),
        ("ratio: { numerator: spend, denominator: revenue }", "ratio"),
        ("formula: revenue - spend", "EUR"),
        ("formula: (revenue - spend) / spend", "ratio"),
        ("formula: revenue * 1.5 + 100", "EUR"),
        ("formula: revenue / cycle", "EUR per day"),
        ("formula: leads / cycle", "count of leads per day"),
        ("formula: wins * share * deal / cycle", "EUR per day"),
        ("formula: cac / (arpa * 0.8)", "months"),
        ("formula: spend / leads / cycle", "EUR per lead per day"),
        ("formula: cycle / cycle", "ratio"),
        ("formula: 1 / cycle", "ratio per day"),
        ("formula: leads / spend", "count of leads per EUR"),
        ("formula: 1 - share", "percent"),
        ("formula: 'coalesce(spend / leads, 0)'", "EUR per lead"),
        ("formula: 'min(spend, revenue, 5)'", "EUR"),
        ("formula: abs(revenue - previous(revenue))", "EUR"),
        ("formula: revenue / prior_year(revenue) - 1", "ratio"),
        ("formula: leads * moved", "count of leads"),
        ("formula: leads + wins", "count of leads"),
        ("formula: points + spend", "EUR"),
        ("conversion: { from: leads, to: wins }", "percent"),
        ("duration: { from: leads, to: wins, statistic: p90 }", "days"),
        ("credit: { outcome: revenue, touches: leads, rule: linear }", "EUR"),
        ("cumulative: { of: orders, over: all_time }", "count of orders"),
    ] {
        assert_eq!(derived(definition).as_deref(), Some(expected), "{definition}");
    }
    for definition in ["sum: leads.score", "formula: points / leads", "formula: revenue * revenue", "formula: 1 + 2", "formula: 1 / leads * revenue * revenue"]
    {
        assert_eq!(derived(definition), None, "{definition}");
    }
    let system = accepted(PARTS);
    assert_eq!(system.unit_of("cac"), Unit::parse("EUR per customer"));
    assert_eq!(system.derived_unit("cac"), Unit::parse("EUR"));
    assert_eq!((system.unit_of("points"), system.unit_of("nothing")), (None, None));
}

#[test]
fn what_is_not_the_same_is_not_put_together() {
    for (formula, message) in [
        ("spend + leads", "adds `EUR` and `count of leads`"),
        ("leads - orders", "subtracts `count of leads` and `count of orders`"),
        ("revenue + dollars", "adds `EUR` and `USD`"),
        ("'max(revenue, dollars)'", "compares `EUR` and `USD`"),
        ("'coalesce(share, revenue)'", "chooses between `percent` and `EUR`"),
        ("spend / leads + spend / orders", "adds `EUR per lead` and `EUR per order`"),
        ("spend + spend / leads", "adds `EUR` and `EUR per lead`"),
        ("cycle + arpa / arpa", "adds `days` and `ratio`"),
        ("cycle + cac / arpa", "adds `days` and `months`"),
        ("leads + share", "adds `count of leads` and `percent`"),
        ("revenue / cycle + revenue", "adds `EUR per day` and `EUR`"),
        ("revenue * revenue + revenue", "adds `EUR^2` and `EUR`"),
        ("leads - previous(spend)", "subtracts `count of leads` and `EUR`"),
    ] {
        refused_of_parts(&format!("formula: {formula}"), "MOS-M021", &format!("the formula of `x` {message}"), "the same unit");
    }
    // A mistake is told once, and what is made of it is not blamed.
    let line = 10 + u32::try_from(PARTS.lines().count()).unwrap();
    refused(
        &format!("{PARTS}  x: {{ unit: EUR, formula: spend + leads }}\n  y: {{ unit: EUR, formula: x + revenue }}\n"),
        &[("MOS-M021", line, "measures.x", "adds `EUR` and `count of leads`", "")],
    );
}

#[test]
fn a_declared_unit_is_the_one_that_follows() {
    for (unit, definition) in [
        ("EUR", "formula: spend / leads"),
        ("EUR per lead", "formula: spend / leads"),
        ("EUR per leads", "formula: spend / leads"),
        ("EUR per customer", "formula: spend / wins"),
        ("EUR per deal", "mean: deals.amount"),
        ("EUR per day", "formula: revenue / cycle"),
        ("EUR per month", "formula: revenue / cycle * 30"),
        ("months", "formula: cycle / 30"),
        ("months", "formula: cac / (arpa * 0.8)"),
        ("percent", "formula: wins / closed"),
        ("ratio", "formula: orders / leads"),
        ("percent", "formula: spend / revenue"),
        ("ratio", "weighted_mean: { of: deals.margin, by: amount }"),
        ("count of customers", "distinct: deals.lead"),
        ("count of leads", "formula: leads / orders"),
        ("count of leads per order", "formula: leads / orders"),
        ("count of leads", "formula: leads * 2"),
        ("count of orders", "formula: leads * moved"),
        ("count of orders per day", "formula: wins / cycle"),
        ("count of customers", "formula: spend / cac"),
        ("percent per month", "formula: share / (cac / arpa)"),
        ("score", "formula: 100 * (wins - closed) / closed"),
        ("USD", "sum: leads.score"),
        ("score", "formula: 1 + 2"),
        // The average deal and the cost of a customer are both EUR to those who declare it.
        ("EUR", "formula: deal - cac"),
    ] {
        accepted(&format!("{PARTS}  x: {{ unit: {unit}, {definition} }}\n"));
    }
    for (unit, definition, gives, help) in [
        ("EUR", "count: leads", "gives `count`", "write `unit: count`"),
        ("EUR per order", "formula: spend / leads", "gives `EUR per lead`", "write `unit: EUR per lead`"),
        ("EUR per lead", "sum: leads.cost", "gives `EUR`", "write `unit: EUR`"),
        ("EUR", "formula: revenue / cycle", "gives `EUR per day`", "write `unit: EUR per day`"),
        ("EUR per month", "formula: revenue / cycle", "gives `EUR per day`", "write `unit: EUR per day`"),
        ("USD", "sum: deals.amount", "gives `EUR`", "write `unit: EUR`"),
        ("percent", "sum: deals.amount", "gives `EUR`", "write `unit: EUR`"),
        ("percent", "count: leads", "gives `count`", "write `unit: count`"),
        ("count of orders", "formula: leads * 2", "gives `count of leads`", "write `unit: count of leads`"),
        ("count of orders", "sum: visits.visits", "gives `count of visits`", "write `unit: count of visits`"),
        ("count of orders per day", "formula: leads / cycle", "gives `count of leads per day`", "per day`"),
        ("count of leads per day", "count: leads", "gives `count`", "write `unit: count`"),
        ("count", "conversion: { from: leads, to: wins }", "gives `percent`", "write `unit: percent`"),
        ("percent", "duration: { from: leads, to: wins, statistic: mean }", "gives `days`", "write `unit: days`"),
        ("months", "duration: { from: leads, to: wins, statistic: mean }", "gives `days`", "write `unit: days`"),
        ("days", "formula: cac / arpa", "gives `months`", "write `unit: months`"),
        ("EUR", "formula: revenue * revenue", "gives `EUR^2`", "change the calculation"),
        ("score", "sum: deals.amount", "gives `EUR`", "write `unit: EUR`"),
        ("percent", "formula: share / (cac / arpa)", "gives `ratio per month`", "write `unit: ratio per month`"),
    ] {
        let message = format!("`x` is declared as `{unit}`, and its calculation {gives}");
        refused_of_parts(&format!("unit: {unit}, {definition}"), "MOS-M022", &message, help);
    }
    for unit in ["EUR per week", "EUR per year", "euro per lead", "EUR per", "EUR per a per b per c per d"] {
        refused_alone(&format!("unit: {unit}, count: leads"), "MOS-M004", "measures.x.unit", "is not a unit", "`per day`");
    }
}

/// A formula over [`PARTS`], and the same with the operands of sums and products in the other
/// order.
fn twins() -> impl Strategy<Value = (String, String)> {
    const NAMES: [&str; 12] = ["leads", "orders", "wins", "spend", "revenue", "deal", "cycle", "share", "cac", "arpa", "points", "2"];
    let leaf = prop::sample::select(&NAMES[..]).prop_map(|name| (name.to_owned(), name.to_owned()));
    leaf.prop_recursive(4, 12, 2, |inner| {
        (inner.clone(), inner, prop::sample::select(&["+", "-", "*", "/", "max"][..])).prop_map(|((a, a2), (b, b2), operator)| match operator {
            "max" => (format!("max({a}, {b})"), format!("max({b2}, {a2})")),
            "-" | "/" => (format!("({a} {operator} {b})"), format!("({a2} {operator} {b2})")),
            _ => (format!("({a} {operator} {b})"), format!("({b2} {operator} {a2})")),
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn a_unit_depends_on_neither_order_nor_scale((formula, twin) in twins()) {
        let unit = |formula: &str| {
            let system = parse(&format!("{PARTS}  x: {{ formula: \"{formula}\" }}\n"));
            system.map(|system| system.derived_unit("x")).map_err(|findings| findings.len())
        };
        let derived = unit(&formula);
        prop_assert_eq!(&unit(&twin), &derived, "{} and {}", formula, twin);
        prop_assert_eq!(&unit(&format!("3 * ({formula}) / 7")), &derived);
        prop_assert_eq!(&unit(&format!("-({formula})")), &derived);
        prop_assert_eq!(&unit(&format!("coalesce({formula}, 0)")), &derived);
    }

    /// What a formula gives can be declared, and is then accepted.
    #[test]
    fn a_derived_unit_may_be_declared((formula, _) in twins()) {
        let Ok(system) = parse(&format!("{PARTS}  x: {{ formula: \"{formula}\" }}\n")) else { return Ok(()) };
        let Some(unit) = system.derived_unit("x") else { return Ok(()) };
        let declared = parse(&format!("{PARTS}  x: {{ unit: {unit}, formula: \"{formula}\" }}\n"));
        prop_assert!(declared.is_ok(), "{} as {}: {:?}", formula, unit, declared.err());
    }
}
