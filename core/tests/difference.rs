//! Why two snapshots show other figures: every cause by itself, all of them together, and that the
//! parts sum.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking, in its helpers too")]

use marketingos::*;
use proptest::prelude::*;

/// A firm whose fiscal year, filter and target can be other ones.
fn system(start: &str, filter: &str, target: &str, source: &str) -> System {
    let text = format!(
        "
marketingos: 1
name: Small firm
calendar: {{ fiscal_year_starts: {start} }}
people: {{ ana: Ana }}
operator: ana
sources: {{ leads: {{ date: created, entity: id, dimensions: [channel], measures: [value], rows: events, recorded_from: 2025-01-01, recorded_until: as_of{source} }} }}
kpis:
  leads: {{ name: New leads, unit: count of leads, direction: higher, owner: ana, count: leads{filter} }}
  value: {{ name: Pipeline, unit: EUR, direction: higher, owner: ana, sum: leads.value }}
plan: {{ targets: {{ leads: [ {{ from: 2026-01, to: 2026-12, value: {target} }} ] }} }}
"
    );
    System::parse(&[Source::new("system.yaml", &text)]).unwrap_or_else(|error| panic!("{error}")).0
}

fn plain() -> System {
    system("january", "", "4", "")
}

const ROWS: &str = "created,id,channel,value
2026-01-05,a,web,100
2026-01-06,b,test,10
2026-02-03,c,web,1
";

fn at(system: &System, rows: &str, as_of: &str) -> Snapshot {
    system.snapshot(&Facts::builder(system).csv("leads", rows).build().unwrap(), as_of.parse().unwrap())
}

fn causes(difference: &SnapshotDifference) -> Vec<DifferenceCause> {
    difference.causes.clone()
}

/// `kpi figure: part, part` of every figure that differs.
fn lines(difference: &SnapshotDifference) -> Vec<String> {
    let part = |part: &DifferencePart| format!("{:?} {}", part.causes, part.change.text);
    let line = |figure: &FigureDifference| {
        format!("{} {:?} {} = {}", figure.kpi, figure.figure, figure.change.text, figure.parts.iter().map(part).collect::<Vec<_>>().join(", "))
    };
    difference.figures.iter().map(line).collect()
}

#[test]
fn the_same_snapshot_differs_in_nothing() {
    let snapshot = at(&plain(), ROWS, "2026-01-31");
    let difference = snapshot.explain_difference(&snapshot.clone(), None, Grain::Month).unwrap();
    assert_eq!((causes(&difference), difference.figures.len(), difference.same), (vec![], 0, 8));
    assert_eq!(difference.text, "Both are the same snapshot: the same system, the same facts, as of the same day.");
    // Rows in another order are the same facts.
    let turned = "created,id,channel,value\n2026-02-03,c,web,1\n2026-01-06,b,test,10\n2026-01-05,a,web,100\n";
    assert!(snapshot.explain_difference(&at(&plain(), turned, "2026-01-31"), None, Grain::Month).unwrap().causes.is_empty());
}

#[test]
fn each_cause_by_itself() {
    let base = at(&plain(), ROWS, "2026-01-31");
    let january = |other: &Snapshot| lines(&base.explain_difference(other, Some("2026-01"), Grain::Month).unwrap());
    assert_eq!(
        january(&at(&system("january", ", where: { not: { channel: test } }", "4", ""), ROWS, "2026-01-31")),
        ["leads Actual \u{2212}1 = [Definition] \u{2212}1"]
    );
    assert_eq!(january(&at(&system("january", "", "7", ""), ROWS, "2026-01-31")), ["leads Plan +3 = [Target] +3"]);
    let new = format!("{ROWS}2026-01-31,d,fair,5\n");
    assert_eq!(january(&at(&plain(), &new, "2026-01-31")), ["leads Actual +1 = [NewData] +1", "value Actual +EUR 5.00 = [NewData] +EUR 5.00"]);
    // The same entity with another amount is a correction, and so is a row that is gone.
    let corrected = ROWS.replace("a,web,100", "a,web,90");
    assert_eq!(january(&at(&plain(), &corrected, "2026-01-31")), ["value Actual \u{2212}EUR 10.00 = [CorrectedData] \u{2212}EUR 10.00"]);
    let gone = ROWS.replace("2026-01-06,b,test,10\n", "");
    assert_eq!(january(&at(&plain(), &gone, "2026-01-31"))[0], "leads Actual \u{2212}1 = [CorrectedData] \u{2212}1");
    // A quarter of another fiscal year has other days.
    let [april, july] = ["april", "july"].map(|start| at(&system(start, "", "4", ""), ROWS, "2026-12-31"));
    let quarter = april.explain_difference(&july, Some("FY2026-Q4"), Grain::Quarter).unwrap();
    assert_eq!(causes(&quarter), [DifferenceCause::Calendar]);
    assert!(quarter.figures.iter().all(|figure| figure.parts.iter().all(|part| part.causes == [DifferenceCause::Calendar])), "{quarter:?}");
    assert_eq!(quarter.figures[0].text, "New leads in FY2026-Q4 is 3 in the first and 0 in the second (\u{2212}3): the calendar \u{2212}3.");
    // A name that only one of them knows.
    let named = april.explain_difference(&at(&plain(), ROWS, "2026-12-31"), Some("FY2026-Q4"), Grain::Quarter).unwrap();
    assert_eq!(named.figures[0].change.value.cause(), "the calendar has no period FY2026-Q4");
}

#[test]
fn as_of_a_later_day_a_period_is_complete() {
    let system = plain();
    let [early, late] = ["2026-02-10", "2026-02-28"].map(|day| at(&system, ROWS, day));
    let difference = early.explain_difference(&late, Some("2026-02"), Grain::Month).unwrap();
    assert_eq!(causes(&difference), [DifferenceCause::AsOf]);
    let actual = &difference.figures[0];
    assert_eq!((actual.a.value.reason(), actual.b.text.as_str(), actual.change.value.reason()), (Some("incomplete"), "1", Some("not comparable")));
    assert_eq!(actual.parts.len(), 1);
    assert!(
        actual.text.ends_with("is incomplete (the period ends on 2026-02-28; 10 of 28 days are covered) in the first and 1 in the second: the as-of date."),
        "{}",
        actual.text
    );
    // Without a period the last one that both know whole is compared, and that is the same.
    assert!(early.explain_difference(&late, None, Grain::Month).unwrap().figures.is_empty());
}

#[test]
fn what_was_known_later_is_the_as_of_date_where_rows_say_when_they_were_recorded() {
    let system = system("january", "", "4", ", recorded_at: entered");
    let rows = "created,id,channel,value,entered\n2026-01-05,a,web,100,2026-01-05\n2026-01-06,b,web,10,2026-03-01\n";
    let difference = at(&system, rows, "2026-02-28").explain_difference(&at(&system, rows, "2026-03-31"), Some("2026-01"), Grain::Month).unwrap();
    assert_eq!(lines(&difference), ["leads Actual +1 = [AsOf] +1", "value Actual +EUR 10.00 = [AsOf] +EUR 10.00"]);
}

#[test]
fn everything_at_once_is_told_apart_and_sums() {
    let first = at(&plain(), ROWS, "2026-01-31");
    let rows = format!("{}2026-01-30,d,fair,7\n2026-01-31,e,test,8\n", ROWS.replace("a,web,100", "a,web,40"));
    let second = at(&system("january", ", where: { not: { channel: test } }", "7", ""), &rows, "2026-02-28");
    let difference = first.explain_difference(&second, Some("2026-01"), Grain::Month).unwrap();
    use DifferenceCause::{AsOf, CorrectedData, Definition, NewData, Target};
    assert_eq!(causes(&difference), [Definition, Target, AsOf, CorrectedData, NewData]);
    assert_eq!(
        lines(&difference),
        // One lead went by the definition and one came: the actual figure is the same.
        ["leads Plan +3 = [Target] +3", "value Actual \u{2212}EUR 45.00 = [CorrectedData] \u{2212}EUR 60.00, [NewData] +EUR 15.00"]
    );
    assert_eq!(difference.text, "2 of 8 figures differ. Not the same in both: the definition, the plan, the as-of date, corrected data, new data.");
}

#[test]
fn other_declarations_of_sources_and_other_kpis() {
    let first = at(&plain(), ROWS, "2026-01-31");
    let daily = system("january", "", "4", ", separator: ';'");
    let second = at(&daily, &ROWS.replace(',', ";").replace("a;web;100", "a;web;99"), "2026-01-31");
    let difference = first.explain_difference(&second, Some("2026-01"), Grain::Month).unwrap();
    assert_eq!(causes(&difference), [DifferenceCause::DefinitionAndData]);
    assert_eq!(lines(&difference), ["value Actual \u{2212}EUR 1.00 = [DefinitionAndData] \u{2212}EUR 1.00"]);
    let text = "{marketingos: 1, name: Other, people: {ana: Ana}, sources: {leads: {date: created, entity: id, dimensions: [channel], measures: [value], rows: events, recorded_from: 2025-01-01, recorded_until: as_of}},
      kpis: {won: {unit: count, direction: higher, owner: ana, count: leads}, value: {name: Pipeline, unit: count, direction: higher, owner: ana, count: leads}}}";
    let other = System::parse(&[Source::new("system.yaml", text)]).unwrap().0;
    let difference = first.explain_difference(&at(&other, ROWS, "2026-01-31"), None, Grain::Month).unwrap();
    assert_eq!((difference.only_in_a.len(), difference.only_in_b[0].as_str()), (1, "won"));
    assert_eq!(difference.figures[0].change.value.cause(), "one is in EUR, the other in count");
    assert!(difference.text.ends_with("Only the first has `leads`. Only the second has `won`."), "{}", difference.text);
    assert_eq!(first.explain_difference(&first, Some("2026-13"), Grain::Month).unwrap_err().code().as_str(), "MOS-Q003");
}

#[test]
fn cells_tell_that_the_data_are_others_and_not_how() {
    let system = plain();
    let cells = |rows: &str| {
        let facts = Facts::builder(&system).csv("leads", rows).build().unwrap();
        system.snapshot_of(&system.cells(&facts, "2026-01-31".parse().unwrap(), &[]).unwrap()).unwrap()
    };
    let difference = cells(ROWS).explain_difference(&cells(&format!("{ROWS}2026-01-31,d,fair,5\n")), None, Grain::Month).unwrap();
    assert_eq!(lines(&difference)[0], "leads Actual +1 = [Data] +1");
    assert!(cells(ROWS).explain_difference(&cells(ROWS), None, Grain::Month).unwrap().causes.is_empty());
}

prop_compose! {
    fn rows()(rows in proptest::collection::vec((1..29u8, 0..8u8, 0..2u8, 0..50u8), 0..20)) -> String {
        let row = |(day, id, channel, value): (u8, u8, u8, u8)| format!("2026-01-{day:02},{id},c{channel},{value}\n");
        format!("created,id,channel,value\n{}", rows.into_iter().map(row).collect::<String>())
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Whatever is exchanged, the parts sum to the difference, and each begins where the last ended.
    #[test]
    fn parts_sum(a in rows(), b in rows(), filter in 0..2usize, target in 3..6u8) {
        let first = at(&plain(), &a, "2026-01-31");
        let other = system("january", ["", ", where: { channel: c1 }"][filter], &target.to_string(), "");
        let difference = first.explain_difference(&at(&other, &b, "2026-02-05"), Some("2026-01"), Grain::Month).unwrap();
        for figure in &difference.figures {
            let Some(change) = figure.change.value.number() else { continue };
            let sum: Number = figure.parts.iter().map(|part| part.change.value.number().cloned().unwrap()).sum();
            prop_assert_eq!(&sum, change);
            prop_assert!(figure.parts.windows(2).all(|pair| pair[0].after == pair[1].before));
            prop_assert_eq!((&figure.parts[0].before, &figure.parts[figure.parts.len() - 1].after), (&figure.a, &figure.b));
        }
    }
}

#[test]
fn another_unit_is_another_definition_and_what_follows_is_in_it() {
    let text = |unit: &str| {
        format!(
            "{{marketingos: 1, name: Small firm, people: {{ana: Ana}}, sources: {{ads: {{date: day, measures: [amount], rows: events, recorded_from: 2026-01-01, recorded_until: as_of}}}},
              kpis: {{spend: {{name: Spend, unit: {unit}, direction: lower, owner: ana, sum: ads.amount}}}}}}"
        )
    };
    let at = |unit: &str, rows: &str| {
        let system = System::parse(&[Source::new("system.yaml", &text(unit))]).unwrap().0;
        let facts = Facts::builder(&system).csv("ads", format!("day,amount\n{rows}")).build().unwrap();
        system.snapshot(&facts, "2026-01-31".parse().unwrap())
    };
    let difference = at("EUR", "2026-01-05,100\n").explain_difference(&at("USD", "2026-01-05,100\n2026-01-06,20\n"), None, Grain::Month).unwrap();
    let parts: Vec<(String, String, String)> = difference.figures[0]
        .parts
        .iter()
        .map(|part| {
            (
                part.before.text.clone(),
                part.after.text.clone(),
                part.change.value.number().map_or_else(|| part.change.value.cause().to_owned(), ToString::to_string),
            )
        })
        .collect();
    assert_eq!(parts[0], ("EUR 100".into(), "USD 100".into(), "one is in EUR, the other in USD".into()));
    assert_eq!(parts[1], ("USD 100".into(), "USD 120".into(), "20".into()));
    // What has no value has no unit that could differ.
    assert_eq!(difference.figures.len(), 1, "{difference:?}");
    let only = at("EUR", "2026-01-05,100\n").explain_difference(&at("USD", "2026-01-05,100\n"), None, Grain::Month).unwrap();
    assert_eq!(only.figures[0].text, "Spend in 2026-01 is EUR 100 in the first and USD 100 in the second: the definition.");
}

#[test]
fn rows_that_are_gone_with_their_source_are_a_correction() {
    let system = plain();
    let none = system.snapshot(&Facts::builder(&system).build().unwrap(), "2026-01-31".parse().unwrap());
    let difference = at(&system, ROWS, "2026-01-31").explain_difference(&none, None, Grain::Month).unwrap();
    assert_eq!(causes(&difference), [DifferenceCause::CorrectedData]);
}
