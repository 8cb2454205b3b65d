//! The diagnosis of the example company, and what must hold of every diagnosis.
#![allow(clippy::disallowed_methods, reason = "the test reads the example's files")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking, in its helpers too")]

use std::sync::LazyLock;

use marketingos::{Diagnosis, Evidence, EvidenceKind, Facts, Level, Outcome, RuleResult, Snapshot, Source, Standing, System, wire};
use proptest::prelude::*;

fn read(name: &str) -> String {
    std::fs::read_to_string(format!("{}/../examples/kestrel/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

fn snapshot_on(as_of: &str) -> Snapshot {
    let (system, plan) = (read("system.yaml"), read("plan.yaml"));
    let (system, _) = System::parse(&[Source::new("system.yaml", &system), Source::new("plan.yaml", &plan)]).unwrap();
    let tables = system.sources().iter().fold(Facts::builder(&system), |facts, source| facts.csv(source.id.as_str(), read(&format!("data/{}.csv", source.id))));
    system.snapshot(&tables.build().unwrap(), as_of.parse().unwrap())
}

static KESTREL: LazyLock<Snapshot> = LazyLock::new(|| snapshot_on("2026-09-30"));

fn diagnose(snapshot: &Snapshot, text: &str) -> Diagnosis {
    let (evidence, findings) = Evidence::parse(&[Source::new("evidence.yaml", text)], snapshot.system()).unwrap_or_else(|error| panic!("{error}\n{text}"));
    assert_eq!(findings, []);
    snapshot.diagnose(&evidence)
}

fn kestrel() -> Diagnosis {
    diagnose(&KESTREL, &read("evidence.yaml"))
}

fn result<'a>(diagnosis: &'a Diagnosis, name: &str) -> &'a RuleResult {
    diagnosis.results.iter().find(|result| result.name == name).unwrap()
}

fn says(diagnosis: &Diagnosis, name: &str, text: &str) {
    let result = result(diagnosis, name);
    assert!(result.statements.iter().any(|statement| statement.text.contains(text)), "{name} does not say `{text}`: {:#?}", result.statements);
}

#[test]
fn what_is_planted_in_the_example_is_found() {
    let diagnosis = kestrel();
    let found: Vec<(&str, Outcome, Option<Level>)> = diagnosis.results.iter().map(|result| (result.name, result.outcome, result.confidence)).collect();
    assert_eq!(
        found,
        [
            ("divergent_kpi_lists", Outcome::Present, Some(Level::High)),
            ("split_dashboard", Outcome::Present, Some(Level::High)),
            ("rebuilt_review", Outcome::Absent, Some(Level::High)),
            ("unwritten_targets", Outcome::Present, Some(Level::High)),
            ("person_dependence", Outcome::Present, Some(Level::High)),
            ("one_operator", Outcome::Absent, Some(Level::High)),
            ("kpi_owner", Outcome::Present, Some(Level::High)),
            ("channel_owner", Outcome::Absent, Some(Level::High)),
            ("kpi_target", Outcome::Present, Some(Level::High)),
            ("brand_settled", Outcome::Present, Some(Level::High)),
        ]
    );
    // Overlaps of 1 in 9, 0 in 10 and 1 in 9 names.
    says(&diagnosis, "divergent_kpi_lists", "two of the 3 lists (2026-09-08 to 2026-09-10) have 7.4% of their names in common");
    says(&diagnosis, "divergent_kpi_lists", "no KPI of this system: `Newsletter open rate` and `Brand buzz`");
    says(
        &diagnosis,
        "split_dashboard",
        "Customer acquisition cost for 2026-08 is 4911.675 on `Team dashboard` and 2540.78 on `Board dashboard`, 2370.895 (48.3%) apart; the snapshot gives 4911.675, as on `Team dashboard`.",
    );
    says(&diagnosis, "unwritten_targets", "Pipeline velocity has no target for 2026-09.");
    says(&diagnosis, "unwritten_targets", "The target of Average deal size for 2026-09 is inferred, from `Strategy deck 2026 slide 14`.");
    says(&diagnosis, "kpi_owner", "Website visits has no owner on 2026-09-30; Ana Ribeiro answered for it until 2026-07-31.");
    says(&diagnosis, "kpi_target", "1 of 12 KPIs has no target for 2026-09.");
    says(&diagnosis, "brand_settled", "The channel Newsletter rests on `messaging`, which was settled on 2025-06-02 and is reopened.");
    says(&diagnosis, "brand_settled", "The marketing layer content rests on `german_voice`, which is only proposed.");
    says(&diagnosis, "one_operator", "Mira Janssen is the operator since 2025-03-01, with Tom Okafor as deputy.");
}

/// The figures were computed from `work.csv` by a script of its own.
#[test]
fn the_others_slow_down_without_tom_and_not_without_lena() {
    let diagnosis = kestrel();
    says(
        &diagnosis,
        "person_dependence",
        "While Tom Okafor was away (2026-06-08 to 2026-06-19), the others finished 17.6 items a working day (10 days), against 27.6 on the same weekdays of the 4 weeks before and after (40 days): 36.2% less, a drop",
    );
    says(
        &diagnosis,
        "person_dependence",
        "While Lena Vogt was away (2026-07-20 to 2026-07-31), the others finished 26.5 items a working day (10 days), against 27.4 on the same weekdays of the 4 weeks before and after (40 days): 3.4% less, no drop",
    );
}

#[test]
fn the_example_has_no_operating_system() {
    let diagnosis = kestrel();
    let verdict = &diagnosis.verdict;
    assert_eq!((verdict.best, verdict.worst), (Standing::Missing, Standing::Missing));
    assert_eq!(verdict.signs_present, ["MOS-S001", "MOS-S002", "MOS-S004", "MOS-S005"]);
    assert_eq!(verdict.signs_absent, ["MOS-S003"]);
    assert!(verdict.signs_not_evidenced.is_empty() && verdict.next_evidence.is_none());
    assert_eq!(
        verdict.sentence,
        "The marketing operating system is missing: of the 5 signs of a missing one, 4 are present (divergent KPI lists, split dashboard, unwritten targets and person dependence) \
         and 1 is absent (rebuilt review); people, not structure, hold up the work. \
         This rests on the written-down system and its facts as of 2026-09-30, and on 3 KPI lists (2026-09-08 to 2026-09-10), 2 dashboards (2026-09-30), \
         3 reports (2026-06-01 to 2026-08-31), 2 absences (2026-06-08 to 2026-07-31) and 581 days of counted work (2024-07-01 to 2026-09-30)."
    );
    assert_eq!(diagnosis.fingerprint, *KESTREL.fingerprint());
    assert!(diagnosis.evidence.not_counted.is_empty());
}

#[test]
fn without_evidence_the_verdict_is_a_range() {
    let diagnosis = KESTREL.diagnose(&Evidence::default());
    assert_eq!((diagnosis.verdict.best, diagnosis.verdict.worst), (Standing::Survivable, Standing::Missing));
    assert_eq!(diagnosis.verdict.signs_not_evidenced, ["MOS-S001", "MOS-S002", "MOS-S003", "MOS-S005"]);
    let next = diagnosis.verdict.next_evidence.unwrap();
    assert_eq!((next.code, next.text.starts_with("Ask two people")), ("MOS-S001", true));
    assert!(diagnosis.verdict.sentence.starts_with("The marketing operating system is incomplete but survivable at best and missing at worst:"));
}

#[test]
fn the_next_evidence_is_what_costs_least_and_still_matters() {
    let lists = "kpi_lists:\n  - { person: tom, dated: 2026-09-08, kpis: [leads] }\n  - { person: lena, dated: 2026-09-08, kpis: [leads] }\n";
    let next = diagnose(&KESTREL, &format!("evidence: 1\n{lists}")).verdict.next_evidence.unwrap();
    assert_eq!(next.code, "MOS-S003", "headings are copied in minutes");
    let all = read("evidence.yaml");
    let (without_activity, _) = all.split_once("activity:").unwrap();
    let verdict = diagnose(&KESTREL, without_activity).verdict;
    assert_eq!((verdict.best, verdict.next_evidence), (Standing::Missing, None), "three signs are enough");
    assert_eq!(verdict.signs_not_evidenced, ["MOS-S005"]);
}

#[test]
fn evidence_from_the_future_and_superseded_evidence_do_not_count() {
    let june = diagnose(&snapshot_on("2026-06-30"), &read("evidence.yaml"));
    let kinds: Vec<EvidenceKind> = june.evidence.not_counted.iter().map(|entry| entry.kind).collect();
    let (list, dashboard, report, absence) = (EvidenceKind::KpiList, EvidenceKind::Dashboard, EvidenceKind::Report, EvidenceKind::Absence);
    assert_eq!(kinds, [list, list, list, dashboard, dashboard, report, report, absence]);
    let last = june.evidence.not_counted.last().unwrap();
    assert_eq!(last.text, "The absence of Lena Vogt is dated 2026-07-20, after the as-of date 2026-06-30.");
    assert_eq!((last.place.file.as_str(), last.place.path.as_str()), ("evidence.yaml", "absences[1]"));
    assert!(june.verdict.sentence.ends_with("; 8 entries of evidence do not count."), "{}", june.verdict.sentence);
    let work = june.evidence.counted.last().unwrap();
    assert_eq!((work.kind, work.last.to_string().as_str()), (EvidenceKind::Activity, "2026-06-30"));
    assert_eq!(result(&june, "person_dependence").outcome, Outcome::Present, "Tom's absence was over, and the days before it are enough");

    let older = "  - { person: tom, dated: 2026-06-01, kpis: [website_visits, leads, new_customers] }";
    let twice = diagnose(&KESTREL, &read("evidence.yaml").replace("kpi_lists:\n", &format!("kpi_lists:\n{older}\n")));
    assert_eq!(twice.evidence.not_counted[0].text, "The KPI list of Tom Okafor of 2026-06-01 is superseded by that of 2026-09-08.");
    assert_eq!(without_places(&result(&twice, "divergent_kpi_lists").statements), without_places(&result(&kestrel(), "divergent_kpi_lists").statements));
}

#[test]
fn mistakes_in_evidence_are_all_reported_with_their_places() {
    let text = "evidence: 2
kpi_list: []
kpi_lists:
  - { person: tomm, dated: 2026-02-30, kpis: [leeds] }
  - { person: tom, dated: 2026-02-03, kpis: [lead] }
  - { person: tom, dated: 2026-02-03, kpis: [''] }
dashboards:
  - { name: A, used_by: [teams], dated: 2026-09-30, figures: [{ kpi: leads, period: 2026-13, value: 1e3 }] }
  - { name: B, used_by: team, dated: 2026-09-30, figures: [{ kpi: leads, period: 2026-08, value: 1 }, { kpi: New leads, period: 2026-08, value: 2 }] }
reports:
  - { month: 2026-Q1, sections: [] }
  - { month: 2026-08, sections: [a] }
  - { month: 2026-08, sections: [b] }
absences:
  - { person: tom, from: 2026-06-19, to: 2026-06-08 }
activity: { source: work, person: persons, items: hours }
";
    let error = Evidence::parse(&[Source::new("e.yaml", text)], KESTREL.system()).unwrap_err();
    let found: Vec<String> = error.findings().iter().map(ToString::to_string).collect();
    let expected = [
        "e.yaml:1:11: error[MOS-M007]: the format version `2` is not supported; write `evidence: 1` first",
        "e.yaml:2:1: error[MOS-M001]: the key `kpi_list` is not known here; did you mean `kpi_lists`?",
        "e.yaml:4:15: error[MOS-M006]: there is no person `tomm`; did you mean `tom`?",
        "e.yaml:4:28: error[MOS-M004]: `2026-02-30` is not a date; write a day that exists as YYYY-MM-DD, such as 2026-02-28",
        "e.yaml:6:5: error[MOS-E001]: `tom` gave two lists on 2026-02-03; keep the one that was given last",
        "e.yaml:6:46: error[MOS-M004]: the name is empty; write the id of a KPI, or what it is called",
        "e.yaml:8:26: error[MOS-M004]: `teams` is not known here; did you mean `team`?",
        "e.yaml:8:85: error[MOS-M004]: `2026-13` is not a period of this calendar; write a week (2026-W31), month (2026-08), quarter (2026-Q3) or year (2026)",
        "e.yaml:8:101: error[MOS-M004]: `1e3` is not a number; write a plain decimal, such as 1250, 0.12 or 12 %",
        "e.yaml:9:103: error[MOS-E001]: `New leads` stands on this dashboard twice for 2026-08; register two dashboards, or keep one figure",
        "e.yaml:11:14: error[MOS-M004]: `2026-Q1` is a quarter, not a month; write a month such as 2026-08",
        "e.yaml:13:5: error[MOS-E001]: there are two reports for 2026-08; keep the one that went to the executive",
        "e.yaml:15:5: error[MOS-M013]: the end 2026-06-08 lies before the start 2026-06-19; swap the two dates",
        "e.yaml:16:35: error[MOS-M006]: there is no dimension `persons`; did you mean `person`?",
        "e.yaml:16:51: error[MOS-M006]: there is no measure `hours`; use one of `items`",
        "e.yaml:5:46: warning[MOS-E002]: `lead` is no KPI of the system, and is read as free text; did you mean `leads`?",
    ];
    for (found, expected) in found.iter().zip(expected) {
        assert_eq!(found, expected);
    }
    assert_eq!(found.len(), expected.len(), "{found:#?}");
}

#[test]
fn several_texts_are_parts_of_one_whole_and_json_is_read_too() {
    let first = "evidence: 1\nkpi_lists: [{ person: tom, dated: 2026-09-08, kpis: [leads] }]\n";
    let second = r#"{ "evidence": 1, "kpi_lists": [{ "person": "lena", "dated": "2026-09-08", "kpis": ["leads"] }] }"#;
    let (evidence, _) = Evidence::parse(&[Source::new("a.yaml", first), Source::new("b.json", second)], KESTREL.system()).unwrap();
    let diagnosis = KESTREL.diagnose(&evidence);
    assert_eq!(result(&diagnosis, "divergent_kpi_lists").outcome, Outcome::Absent);
    let files: Vec<&str> =
        result(&diagnosis, "divergent_kpi_lists").statements.iter().filter_map(|statement| Some(statement.place.as_ref()?.file.as_str())).collect();
    assert_eq!(files, ["b.json", "a.yaml"]);
    assert_eq!(Evidence::parse(&[], KESTREL.system()).unwrap().0, Evidence::default());
    let too_many = format!("evidence: 1\nreports: [{}]", "{ month: 2026-01, sections: [a] }, ".repeat(201));
    let error = Evidence::parse(&[Source::new("e.yaml", &too_many)], KESTREL.system()).unwrap_err();
    assert_eq!(error.findings()[0].message, "`reports` has 201 entries; at most 200 are read");
}

#[test]
fn a_diagnosis_is_written_for_people() {
    let diagnosis = kestrel();
    let text = diagnosis.to_text(marketingos::TextStyle { width: 200, colour: false });
    assert!(text.starts_with("Diagnosis\nKestrel Freight Software · as of 2026-09-30\n\nThe marketing operating system is missing:"), "{text}");
    assert!(text.contains("\nMOS-S003 rebuilt review: absent\n"), "{text}");
    assert!(text.contains("\nTo mend it: Settle the kernel first"), "{text}");
    assert!(text.contains("\n- Website visits has no owner on 2026-09-30; Ana Ribeiro answered for it until 2026-07-31. (system.yaml:"), "{text}");
    let markdown = diagnosis.to_markdown();
    assert!(markdown.contains("\n| divergent KPI lists | MOS-S001 | present | medium | high |\n"), "{markdown}");
    assert!(markdown.contains("\\`messaging\\`"), "{markdown}");
    assert!(!markdown.contains("\n\n\n") && !text.contains("\n\n\n"));
}

#[test]
fn hosts_ask_for_it_over_the_wire() {
    let ask = |request: serde_json::Value| wire::ask(&KESTREL, &request.to_string());
    let evidence = serde_json::json!([{ "name": "evidence.yaml", "text": read("evidence.yaml") }]);
    let answer: serde_json::Value = serde_json::from_str(&ask(serde_json::json!({ "ask": "diagnosis", "evidence": evidence })).unwrap()).unwrap();
    assert_eq!((&answer["verdict"]["best"], &answer["findings"]), (&"missing".into(), &serde_json::json!([])));
    assert_eq!(answer["results"][6]["statements"][1]["date"], "2026-07-31");
    assert_eq!((&answer["results"][2]["outcome"], &answer["results"][2]["mend"]), (&"absent".into(), &serde_json::Value::Null));
    let none: serde_json::Value = serde_json::from_str(&ask(serde_json::json!({ "ask": "diagnosis" })).unwrap()).unwrap();
    assert_eq!(none["results"][0]["outcome"], "not_evidenced");
    let text: serde_json::Value = serde_json::from_str(&ask(serde_json::json!({ "ask": "diagnosis", "evidence": evidence, "as": "text" })).unwrap()).unwrap();
    assert_eq!(text, serde_json::json!({ "as": "text", "text": kestrel().to_text(marketingos::TextStyle::default()) }));
    let bad = ask(serde_json::json!({ "ask": "diagnosis", "evidence": [{ "name": "e.yaml", "text": "evidence: 1\nreports: 3" }] })).unwrap_err();
    assert_eq!((bad.code().as_str(), bad.findings().len()), ("MOS-Q008", 1));
    assert_eq!(ask(serde_json::json!({ "ask": "diagnosis", "as": "csv" })).unwrap_err().code().as_str(), "MOS-Q001");
    assert!(ask(serde_json::json!({ "ask": "diagnosis", "evidence": [{ "name": "e", "text": "", "x": 1 }] })).is_err());
}

// Properties.

const PEOPLE: [&str; 5] = ["tom", "lena", "ana", "pieter", "saskia"];
const NAMES: [&str; 7] = ["leads", "cac", "win_rate", "new_revenue", "media_share", "Brand buzz", "Fans"];
const HEADINGS: [&str; 7] = ["Summary", "Scorecard", "'What happened, and why'", "What needs a decision", "Plan and targets", "Highlights", "Thanks"];

/// Evidence as entries of each section: KPI lists, dashboards, reports, absences, activity.
#[derive(Clone, Debug)]
struct Entries([Vec<String>; 5]);

const SECTIONS: [&str; 5] = ["kpi_lists", "dashboards", "reports", "absences", "activity"];

impl Entries {
    fn text(&self) -> String {
        let mut text = "evidence: 1\n".to_owned();
        for (section, entries) in SECTIONS.iter().zip(&self.0).filter(|(_, entries)| !entries.is_empty()) {
            let lines: String =
                if *section == "activity" { format!("  {}\n", entries[0]) } else { entries.iter().map(|entry| format!("  - {entry}\n")).collect() };
            text.push_str(&format!("{section}:\n{lines}"));
        }
        text
    }
}

fn subset(items: &'static [&'static str]) -> impl Strategy<Value = String> {
    prop::sample::subsequence(items, 0..=items.len()).prop_map(|items| items.join(", "))
}

fn kpi_lists() -> impl Strategy<Value = Vec<String>> {
    let list = |person: &'static str| {
        (subset(&NAMES), 1u32..29).prop_map(move |(kpis, day)| format!("{{ person: {person}, dated: 2026-09-{day:02}, kpis: [{kpis}] }}"))
    };
    prop::sample::subsequence(&PEOPLE[..], 0..=4).prop_flat_map(move |people| people.into_iter().map(list).collect::<Vec<_>>())
}

fn dashboards() -> impl Strategy<Value = Vec<String>> {
    let users = prop::sample::select(vec!["team", "executive", "team, executive"]);
    let figure = |kpi: &'static str| {
        let value = prop::sample::select(vec!["313", "347553.56", "24", "4911.675", "30 %"]);
        (value, prop::bool::ANY)
            .prop_map(move |(value, target)| format!("{{ kpi: {kpi}, period: 2026-08, value: {value}{} }}", if target { ", target: 360" } else { "" }))
    };
    let figures = prop::sample::subsequence(&NAMES[..], 0..=4).prop_flat_map(move |kpis| kpis.into_iter().map(figure).collect::<Vec<_>>());
    prop::collection::vec((users, figures, 1u32..29), 0..4).prop_map(|boards| {
        let boards = boards.into_iter().enumerate();
        boards
            .map(|(index, (users, figures, day))| {
                format!("{{ name: Board {index}, used_by: [{users}], dated: 2026-09-{day:02}, figures: [{}] }}", figures.join(", "))
            })
            .collect()
    })
}

fn reports() -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec(prop::sample::subsequence(&HEADINGS[..], 0..=HEADINGS.len()).prop_shuffle(), 0..4)
        .prop_map(|reports| (5..).zip(reports).map(|(month, headings)| format!("{{ month: 2026-{month:02}, sections: [{}] }}", headings.join(", "))).collect())
}

fn absences() -> impl Strategy<Value = Vec<String>> {
    let absence = (prop::sample::select(&PEOPLE[..]), 1u32..10, 1u32..15, 0u32..14);
    prop::collection::vec(absence, 0..4).prop_map(|absences| {
        absences
            .into_iter()
            .map(|(person, month, day, length)| format!("{{ person: {person}, from: 2026-{month:02}-{day:02}, to: 2026-{month:02}-{:02} }}", day + length))
            .collect()
    })
}

fn activity() -> impl Strategy<Value = Vec<String>> {
    prop::bool::ANY.prop_map(|there| if there { vec!["{ source: work, person: person, items: items }".to_owned()] } else { Vec::new() })
}

fn entries() -> impl Strategy<Value = Entries> {
    (kpi_lists(), dashboards(), reports(), absences(), activity())
        .prop_map(|(lists, boards, reports, absences, activity)| Entries([lists, boards, reports, absences, activity]))
}

/// The same entries in another order.
fn shuffled(entries: Entries) -> impl Strategy<Value = (Entries, Entries)> {
    let [lists, boards, reports, absences, activity] = entries.0.clone();
    let again = (Just(lists).prop_shuffle(), Just(boards).prop_shuffle(), Just(reports).prop_shuffle(), Just(absences).prop_shuffle(), Just(activity));
    again.prop_map(move |(lists, boards, reports, absences, activity)| (entries.clone(), Entries([lists, boards, reports, absences, activity])))
}

/// Everything but where entries stand in the text.
fn without_places(result: &impl serde::Serialize) -> serde_json::Value {
    fn strip(value: &mut serde_json::Value) {
        match value {
            serde_json::Value::Object(fields) => {
                fields.remove("place");
                fields.values_mut().for_each(strip);
            }
            serde_json::Value::Array(items) => items.iter_mut().for_each(strip),
            _ => {}
        }
    }
    let mut value = serde_json::to_value(result).unwrap();
    strip(&mut value);
    value
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn the_order_of_entries_does_not_matter((entries, again) in entries().prop_flat_map(shuffled)) {
        let (left, right) = (diagnose(&KESTREL, &entries.text()), diagnose(&KESTREL, &again.text()));
        prop_assert_eq!(without_places(&left), without_places(&right));
    }

    #[test]
    fn evidence_for_a_sign_without_it_never_widens_the_verdict(entries in entries(), added in 0usize..5) {
        let mut fewer = entries.clone();
        fewer.0[added].clear();
        let (before, after) = (diagnose(&KESTREL, &fewer.text()).verdict, diagnose(&KESTREL, &entries.text()).verdict);
        prop_assert!(before.best <= after.best && after.worst <= before.worst);
        prop_assert!(before.signs_present.len() <= after.signs_present.len());
        prop_assert!(after.signs_not_evidenced.len() <= before.signs_not_evidenced.len());
    }

    #[test]
    fn every_sign_is_counted_once_and_the_range_follows(entries in entries()) {
        let diagnosis = diagnose(&KESTREL, &entries.text());
        let verdict = &diagnosis.verdict;
        let (present, absent, unknown) = (verdict.signs_present.len(), verdict.signs_absent.len(), verdict.signs_not_evidenced.len());
        prop_assert_eq!(present + absent + unknown, 5);
        prop_assert_eq!((verdict.best, verdict.worst), (Standing::of_signs(present), Standing::of_signs(present + unknown)));
        prop_assert_eq!(verdict.next_evidence.is_some(), verdict.best != verdict.worst);
        for result in &diagnosis.results {
            let evidenced = result.outcome != Outcome::NotEvidenced;
            prop_assert_eq!((result.confidence.is_some(), result.would_settle.is_none()), (evidenced, evidenced));
            prop_assert_eq!(result.mend.is_some(), result.outcome == Outcome::Present);
            prop_assert!(!evidenced || !result.statements.is_empty(), "{} rests on nothing", result.name);
        }
    }
}
