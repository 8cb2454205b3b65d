//! Questions about the model, on small systems whose answers can be worked out at a glance: the
//! edges of days, shadowed ids, what is not known yet, and rules that hold for all systems.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking, in its helpers too")]

use std::collections::BTreeSet;
use std::fmt::Write;

use marketingos::*;
use proptest::prelude::*;

const HEAD: &str = "marketingos: 1\nname: Firm\npeople: { ana: Ana, ben: Ben }\n";

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// A system of what stands below the head.
fn system(text: &str) -> System {
    family(&[&format!("{HEAD}{text}")])
}

/// Texts `0.yaml`, `1.yaml` and so on.
fn family(texts: &[&str]) -> System {
    let names: Vec<String> = (0..texts.len()).map(|at| format!("{at}.yaml")).collect();
    let sources: Vec<Source<'_>> = names.iter().zip(texts).map(|(name, text)| Source::new(name, text)).collect();
    System::parse(&sources).unwrap_or_else(|error| panic!("{error}")).0
}

fn missing(system: &System, framework: &str, layer: &str, on: &str) -> Vec<String> {
    let coverage = system.coverage(framework, day(on)).unwrap();
    coverage.layers.into_iter().find(|known| known.layer.as_str() == layer).unwrap().missing
}

fn changes(old: &str, new: &str) -> Vec<String> {
    let diff = system(new).diff(&system(old), day("2026-06-30"));
    diff.changes.into_iter().map(|change| change.text).collect()
}

#[test]
fn ids_in_a_list_are_no_parts() {
    let text = |list: &str| format!("segments: {{ a: A, b: B }}\nchannels: {{ letter: {{ kind: owned, segments: [{list}] }} }}\n");
    assert_eq!(changes(&text("a"), &text("b")), ["channel letter: segments was a, is b"]);
    assert_eq!(changes(&text("a"), &text("a, b")), ["channel letter: segments was a, is a, b"]);
    assert_eq!(changes(&text(""), &text("a")), ["channel letter: segments was nothing, is a"]);
    let text = |list: &str| {
        format!("assets: {{ a: {{}}, b: {{}} }}\ncampaigns: {{ c: {{ goal: g, from: 2026-01-01, to: 2026-01-02, inherits: {{ assets: [{list}] }} }} }}\n")
    };
    assert_eq!(changes(&text("a"), &text("b")), ["campaign c: takes.assets was a, is b"]);
}

#[test]
fn an_order_that_changed_is_told() {
    let stages = changes("stages: { a: A, b: B, c: C }\n", "stages: { c: C, d: D, a: A }\n");
    assert_eq!(stages, ["stage d is new", "stage b is gone", "the order of stages was a, c, is c, a"]);
    let steps = |order: &str| format!("workflows: {{ w: {{ steps: {{ {order} }} }} }}\n");
    assert_eq!(changes(&steps("a: A, b: B"), &steps("b: B, a: A")), ["workflow w: the order of steps was a, b, is b, a"]);
}

#[test]
fn values_that_a_decision_fixes_are_told_one_by_one() {
    let text =
        |colour: &str| format!("brand: {{ identity: {{ decisions: {{ look: {{ statement: s, values: {{ person: x, is: y, colour: {colour} }} }} }} }} }}\n");
    assert_eq!(changes(&text("red"), &text("blue")), ["decision look: values.colour was red, is blue"]);
}

#[test]
fn targets_for_the_same_days_are_told_apart() {
    let text = |first: u32, second: u32| {
        let head = "sources: { s: { date: d, rows: events } }\nkpis: { k: { unit: count, direction: higher, count: s } }\n";
        format!(
            "{head}plan: {{ targets: {{ k: [ {{ period: 2026-01, value: {first}, set_on: 2025-01-01 }}, {{ period: 2026-01, value: {second}, set_on: 2025-02-01 }} ] }} }}\n"
        )
    };
    let found = changes(&text(1, 2), &text(1, 3));
    assert_eq!(found, ["target k month 2026-01-01 2026-01-31 2025-02-01: aim was point; value: 2, is point; value: 3"]);
}

const GROUP: &str = "
marketingos: 1
name: Group
people: { eva: Eva }
operator: eva
segments: { builders: { definition: Who builds., owner: eva, lives: web, cares_about: cost } }
brand: { strategy: { decisions: { positioning: { statement: Timber., status: settled, settled_on: 2026-01-01, kernel: positioning, owner: eva, revisions: [ { on: 2026-03-02, reason: r } ] } } } }
assets: { story: { owner: eva, rests_on: [positioning] }, form: { kind: template, owner: eva } }
channels: { letter: { kind: owned, owner: eva, cadence: Mondays, rests_on: [positioning] } }
";

const PRODUCT: &str = "
marketingos: 1
name: Product
parent: 1.yaml
people: { ana: Ana }
operator: ana
assets: { story: { owner: ana } }
channels: { letter: { kind: owned, owner: ana, cadence: Mondays, segments: [builders] } }
";

#[test]
fn what_is_stale_in_a_parent_is_not_stale_in_its_child() {
    let product = family(&[PRODUCT, GROUP]);
    let stale = |system: &System, layer: usize| -> Vec<bool> {
        system.coverage("marketing", day("2026-06-30")).unwrap().layers[layer].elements.iter().map(|element| element.stale).collect()
    };
    // Channels, content: the group's own letter and story are stale, the product's are others.
    assert_eq!((stale(&product, 1), stale(&product, 3)), (vec![false], vec![false]));
    let group = product.parent().unwrap();
    assert_eq!((stale(group, 1), stale(group, 3)), (vec![true], vec![true, false]));
    // What it has of the group alone is as stale as it is there.
    let without = family(&[&PRODUCT.replace("assets: { story: { owner: ana } }\n", ""), GROUP]);
    assert_eq!(stale(&without, 3), [true, false]);
    // A template of the group builds the product's library.
    assert_eq!(missing(&product, "marketing", "content", "2026-06-30"), Vec::<String>::new());
}

#[test]
fn somebody_answers_for_what_is_inherited() {
    let product = family(&[PRODUCT, GROUP]);
    let person = |kind, id: &str| product.accountable(kind, id, day("2026-06-30")).map(|found| found.person.unwrap().to_string());
    assert_eq!(person(ElementKind::Decision, "positioning").unwrap(), "eva");
    assert_eq!(person(ElementKind::Segment, "builders").unwrap(), "eva");
    // The nearest first; and what is not inherited is the product's own.
    assert_eq!(person(ElementKind::Asset, "story").unwrap(), "ana");
    assert_eq!(person(ElementKind::Operator, "operator").unwrap(), "ana");
    assert!(person(ElementKind::MarketingLayer, "audience").is_err());
    let error = product.carries("evo", day("2026-06-30")).unwrap_err();
    assert_eq!(error.help(), "did you mean `eva`?");
}

#[test]
fn changes_of_a_parent_are_told_as_such() {
    let old = family(&[PRODUCT, GROUP]);
    let new = family(&[PRODUCT, &GROUP.replace("name: Group", "name: Holding").replace("story: { owner: eva,", "story: { owner: eva, life_months: 6,")]);
    let diff = new.diff(&old, day("2026-06-30"));
    let told: Vec<&str> = diff.changes.iter().map(|change| change.text.as_str()).collect();
    assert_eq!(told, ["in the parent system: name was Group, is Holding", "in the parent system: asset story: life months was nothing, is 6"]);
    assert_ne!(diff.old, diff.new);
    let alone = family(&[&PRODUCT.replace("parent: 1.yaml\n", "").replace(", segments: [builders]", "")]);
    let told: Vec<String> = alone.diff(&old, day("2026-06-30")).changes.into_iter().map(|change| change.text).collect();
    assert_eq!(told, ["parent was Group, is nothing", "channel letter: segments was builders, is nothing"]);
}

#[test]
fn a_revision_counts_from_its_day_on() {
    let text = |statement: &str, status: &str, revised: &str| {
        let revisions = if revised.is_empty() { String::new() } else { format!(", revisions: [ {{ on: {revised}, reason: r }} ]") };
        system(&format!("brand: {{ voice: {{ decisions: {{ tone: {{ statement: {statement}, status: {status}{revisions} }} }} }} }}\n"))
    };
    let unrevised = |old: &System, new: &System| new.diff(old, day("2026-06-30")).unrevised.len();
    let old = text("Plain.", "settled", "");
    assert_eq!(unrevised(&old, &text("Loud.", "settled", "")), 1);
    assert_eq!(unrevised(&old, &text("Loud.", "settled", "2026-06-30")), 0);
    assert_eq!(unrevised(&old, &text("Loud.", "settled", "2026-07-01")), 1, "a revision that is yet to come says nothing");
    // As many revisions as before, and another one.
    assert_eq!(unrevised(&text("Plain.", "settled", "2026-01-01"), &text("Loud.", "settled", "2026-05-01")), 0);
    assert_eq!(unrevised(&text("Plain.", "settled", "2026-01-01"), &text("Loud.", "settled", "2026-01-01")), 1);
    // What was argued again held; what was open or proposed did not, and needs no revision.
    assert_eq!(unrevised(&text("Plain.", "reopened", ""), &text("Loud.", "settled", "")), 1);
    assert_eq!(unrevised(&text("Plain.", "open", ""), &text("Loud.", "settled", "")), 0);
    assert_eq!(unrevised(&text("Plain.", "proposed", ""), &text("Loud.", "proposed", "")), 0);
}

#[test]
fn only_what_was_not_stale_before_is_made_stale() {
    let text = |more: &str| {
        format!(
            "brand: {{ voice: {{ decisions: {{ tone: {{ statement: s, status: settled, revisions: [ {{ on: 2026-01-05, reason: r }} ] }} }} }} }}\n\
             channels: {{ a: {{ kind: owned, rests_on: [tone] }}, b: {{ kind: owned, rests_on: [tone]{more} }} }}\n"
        )
    };
    let (old, new) = (system(&text(", confirmed_on: 2026-01-05")), system(&text("")));
    let made: Vec<String> = new.diff(&old, day("2026-06-30")).makes_stale.into_iter().map(|stale| stale.part.id).collect();
    assert_eq!(made, ["b"]);
    assert_eq!(old.stale(day("2026-01-04")), []);
}

#[test]
fn hostile_names_stand_in_a_diff_as_they_are() {
    let name = "**a** <img src=x onerror=y> | [b](https://x.y) \u{1b}[31m\u{202e}\n# c";
    let quoted = serde_json::to_string(name).unwrap();
    let (old, new) = (system("tools: { crm: { name: CRM } }\n"), system(&format!("tools: {{ crm: {{ name: {quoted} }} }}\n")));
    let diff = new.diff(&old, day("2026-06-30"));
    let (text, markdown) = (diff.to_text(), diff.to_markdown());
    let said = "tool crm: name was CRM, is **a** <img src=x onerror=y> | [b](https://x.y) \u{fffd}[31m\u{fffd} # c";
    assert_eq!(text, format!("What changed\n\n- {said}\n"));
    let escaped = "tool crm: name was CRM, is \\*\\*a\\*\\* \\<img src=x onerror=y\\> \\| \\[b\\](https\\://x.y) \u{fffd}\\[31m\u{fffd} \\# c";
    assert_eq!(markdown, format!("### What changed\n\n- {escaped}\n"));
    let nobody = system(
        "brand: { voice: { decisions: { tone: { statement: s, revisions: [ { on: 2026-01-05, reason: \"r_1\\n- x\" } ] } } } }\nchannels: { a: { kind: owned, rests_on: [tone] } }\n",
    );
    let stale = nobody.diff(&system(""), day("2026-06-30")).to_markdown();
    assert!(stale.ends_with("### What is stale now\n\n- channel a, of nobody: tone was revised on 2026-01-05, r\\_1 - x\n"), "{stale}");
}

/// Items of a week as `id day..day`, and what is not answered.
fn shipping(text: &str, week: &str) -> (Vec<String>, Vec<String>) {
    let shipping = system(text).whats_shipping(Some(week), day("2026-01-01")).unwrap();
    let date = |day: Option<Date>| day.map_or_else(|| "-".to_owned(), |day| day.to_string());
    let items = shipping.items.iter().map(|item| format!("{} {} {}..{}", item.part.id, item.what, date(item.on), date(item.through))).collect();
    (items, shipping.unanswered.into_iter().map(|item| format!("{}: {}", item.part.id, item.reason)).collect())
}

#[test]
fn nothing_ships_before_its_start() {
    // 2026-W23 is 1 to 7 June.
    let channel = |cadence: &str, from: &str| {
        shipping(&format!("channels: {{ c: {{ kind: owned, owner: {{ person: ana, from: {from} }}, cadence: {cadence}, from: {from} }} }}\n"), "2026-W23")
    };
    let nothing: Vec<String> = Vec::new();
    assert_eq!(channel("always on", "2026-06-03"), (vec!["c is always on 2026-06-03..2026-06-07".to_owned()], nothing.clone()));
    assert_eq!(channel("always on", "2026-06-07"), (vec!["c is always on 2026-06-07..-".to_owned()], nothing.clone()));
    assert_eq!(channel("always on", "2026-06-08"), (nothing.clone(), nothing.clone()));
    assert_eq!(channel("weekly", "2026-06-03"), (vec!["c ships once on a day that is not said -..-".to_owned()], nothing.clone()));
    assert_eq!(channel("Sundays", "2026-06-07"), (vec!["c ships 2026-06-07..-".to_owned()], nothing.clone()));
    let said = "c: `monthly` says how often, and not on which day".to_owned();
    assert_eq!(channel("monthly", "2026-01-01"), (nothing.clone(), vec![said]));
    assert_eq!(channel("FREQ=DAILY;COUNT=3", "2026-06-04").0.len(), 3);
    assert_eq!(channel("FREQ=DAILY;COUNT=3", "2026-06-06").0.len(), 2);
    // Counted from far back, in stretches of two weeks.
    for (from, expected) in [("1900-01-01", "-..-"), ("1901-05-06", "-..-")] {
        let (items, unanswered) = channel("new creative every two weeks", from);
        assert!(items.is_empty() && unanswered.len() == 1, "{from} {expected} {items:?} {unanswered:?}");
    }
}

#[test]
fn a_campaign_starts_runs_and_ends() {
    let campaign = |from: &str, to: &str| {
        shipping(&format!("channels: {{ c: {{ kind: paid, cadence: yearly on 1 January }} }}\ncampaigns: {{ x: {{ goal: g, owner: ana, channels: [c], from: {from}, to: {to} }} }}\n"), "2026-W23").0
    };
    for (from, to, expected) in [
        ("2026-06-01", "2026-06-07", "x starts and ends 2026-06-01..2026-06-07"),
        ("2026-06-03", "2026-06-03", "x starts and ends 2026-06-03..-"),
        ("2026-05-31", "2026-06-08", "x runs 2026-06-01..2026-06-07"),
        ("2026-06-07", "2026-06-08", "x starts 2026-06-07..-"),
        ("2026-05-01", "2026-06-01", "x ends 2026-06-01..-"),
        ("2026-05-01", "2026-05-31", ""),
        ("2026-06-08", "2026-06-09", ""),
    ] {
        assert_eq!(campaign(from, to).concat(), expected);
    }
}

#[test]
fn the_last_week_has_none_after_it() {
    let error = system("").whats_shipping(None, day("2199-12-31")).unwrap_err();
    assert_eq!(error.code(), Code::BadPeriod);
    for edge in ["1900-01-01", "2199-12-31"] {
        let week = Calendar::default().period(Grain::Week, day(edge)).label;
        let all = "channels: { c: { kind: owned, owner: ana, cadence: daily }, d: { kind: owned, owner: ana, cadence: every other day, from: 1900-01-01 } }\n";
        let shipping = system(all).whats_shipping(Some(&week), day(edge)).unwrap();
        assert!(shipping.items.iter().any(|item| item.on == Some(day(edge))), "{edge}");
    }
}

/// Verdict, tally of all campaigns.
fn compounding(text: &str, on: &str) -> Compounding {
    system(text).compounding(day(on))
}

#[test]
fn campaigns_are_counted_from_their_first_day_on() {
    let text = "
assets: { a: { made_on: 2026-01-10 }, b: { made_on: 2026-04-01 }, c: { made_on: 2026-09-01, life: disposable } }
campaigns:
  one: { goal: g, from: 2026-01-10, to: 2026-01-20, inherits: { assets: [a] } }
  two: { goal: g, from: 2026-04-02, to: 2026-04-20, inherits: { assets: [a, b] }, leaves: { assets: [c] } }
  three: { goal: g, from: 2026-07-01, to: 2026-07-20, inherits: { assets: [c] } }
";
    let total = |on: &str| compounding(text, on).total;
    assert_eq!((total("2026-04-01").campaigns, total("2026-04-02").campaigns), (1, 2));
    // What was made on the first day of a campaign was not there before it.
    assert_eq!(total("2026-01-31").reused_assets, 0);
    assert_eq!(total("2026-04-30").reused_assets, 2);
    assert_eq!((total("2026-08-31").disposable_assets, total("2026-09-01").disposable_assets), (0, 1), "what is made later is not left yet");
    assert_eq!(total("2026-09-01").reused_assets, 3, "what an earlier campaign leaves is there");
    let before = compounding(text, "2025-12-31");
    assert_eq!((before.verdict, before.total.campaigns, before.quarters.len()), (CompoundingVerdict::CannotBeTold, 0, 0));
}

#[test]
fn half_is_enough_and_falling_is_not() {
    // The first campaign, which inherits nothing, could not have inherited anything.
    let text = |takes: &[bool], left: &str| {
        let mut text = "assets: { a: {}, b: { life: disposable } }\ncampaigns:\n".to_owned();
        for (at, takes) in takes.iter().enumerate() {
            let takes = if *takes { ", inherits: { automations: x }" } else { "" };
            let leaves = if at == 0 { left } else { "" };
            writeln!(text, "  c{at}: {{ goal: g, from: 20{:02}-01-01, to: 20{:02}-02-01, leaves: {{ assets: [{leaves}] }}{takes} }}", at + 10, at + 10)
                .unwrap();
        }
        text
    };
    let verdict = |takes: &[bool], left: &str| compounding(&text(takes, left), "2026-01-01").verdict;
    use CompoundingVerdict::{Additive, CannotBeTold, Compounding, Mixed};
    assert_eq!(verdict(&[false, true], "a"), CannotBeTold);
    assert_eq!(verdict(&[false, false, true], "a, b"), Compounding);
    assert_eq!(verdict(&[false, true, true, false], "a, b"), Mixed, "the later half inherits less");
    assert_eq!(verdict(&[true, true, true], "a"), Compounding, "as much in both halves");
    assert_eq!(verdict(&[false, false, true], "b"), Mixed);
    assert_eq!(verdict(&[false, false, true], ""), Mixed, "nothing left is nothing durable");
    assert_eq!(verdict(&[false, false, false], ""), Additive);
    assert_eq!(verdict(&[false, false, false], "a"), Mixed);
    let first = compounding(&text(&[false, false, true], "a"), "2026-01-01");
    assert_eq!((first.total.could_inherit, first.total.inheriting, first.quarters[0].tally.could_inherit), (2, 1, 0));
    // Of five quarters, the earlier half are the first two: one of one, and two of three.
    assert_eq!(verdict(&[false, true, false, true, true], "a"), Mixed);
}

#[test]
fn what_is_dated_later_is_not_known() {
    let inputs = "inputs: { i: { kind: feedback, owner: ana, rhythm: monthly, fresh_days: 30, last_on: 2026-05-31 } }\n";
    let told = |on: &str| {
        let all = missing(&system(inputs), "five_layer_kernel", "input_and_intelligence", on);
        all.into_iter().find(|sentence| sentence.contains("the input i")).unwrap_or_default()
    };
    assert_eq!(told("2026-05-30"), "it is not known when the input i last came in");
    assert_eq!(told("2026-06-30"), "");
    assert_eq!(told("2026-07-01"), "the input i last came in 31 days ago, and is fresh for 30");

    let assets = system("assets: { a: { kind: component, owner: ana, made_on: 2026-01-31, refreshed_on: 2026-08-31, life_months: 1 } }\n");
    let due = |on: &str| missing(&assets, "marketing", "content", on).concat();
    assert_eq!(due("2026-02-27"), "");
    assert_eq!(due("2026-02-28"), "the asset a was to be refreshed by 2026-02-28");
    assert_eq!(due("2026-08-30"), "the asset a was to be refreshed by 2026-02-28");
    assert_eq!(due("2026-08-31"), "");

    let lessons = "lessons: { l: { outcome: o, outcome_on: 2026-01-31, lesson: x, owner: ana, proposal: { on: 2026-02-10, decision: tone, change: c }, answer: { refused_on: 2026-03-01, reason: r } } }\n\
                   brand: { voice: { owner: ana, decisions: { tone: { statement: s, status: settled, settled_on: 2026-02-01 }, old: { statement: s, status: retired } } } }\n";
    let told = |on: &str| {
        missing(&system(lessons), "five_layer_kernel", "feedback_and_optimisation", on).into_iter().filter(|text| text.contains("lesson")).collect::<String>()
    };
    assert_eq!(told("2026-01-30"), "no outcome has led to a lesson");
    assert_eq!(told("2026-01-31"), "the lesson l has led to no proposal");
    assert_eq!(told("2026-02-09"), "the lesson l has led to no proposal");
    assert_eq!(told("2026-02-10"), "the proposal of the lesson l is not answered");
    assert_eq!(told("2026-03-01"), "");

    let voice = |on: &str| missing(&system(lessons), "brand", "voice", on).concat();
    assert_eq!(voice("2026-01-31"), "the decision tone is not settled yet");
    assert_eq!(voice("2026-02-01"), "");

    let kpis = "sources: { s: { date: d, rows: events } }\nkpis: { k: { unit: count, direction: higher, owner: ana, count: s } }\n\
                plan: { name: P, targets: { k: [ { period: 2026-02, value: 1, set_on: 2026-02-15 } ] } }\n";
    let told = |on: &str| missing(&system(kpis), "five_components", "kpi_set", on).concat();
    assert_eq!(told("2026-02-14"), "the KPI k has no target");
    assert_eq!(told("2026-02-15"), "");
    assert_eq!(told("2026-02-28"), "");
    assert_eq!(told("2026-03-01"), "the KPI k has no target");
    assert_eq!(missing(&system(&kpis.replace(", set_on: 2026-02-15", "")), "five_components", "kpi_set", "2026-02-01"), Vec::<String>::new());
}

#[test]
fn a_budget_outside_the_quarter_is_not_allocated_in_it() {
    let text = "campaigns: { c: { goal: g, owner: ana, from: 2026-04-01, to: 2026-04-30, budget: 10 EUR } }\n";
    let told = |on: &str| missing(&system(text), "five_components", "plan_and_budget", on).into_iter().any(|text| text.starts_with("nothing is allocated"));
    assert_eq!([told("2026-03-31"), told("2026-04-01"), told("2026-06-30"), told("2026-07-01")], [true, false, false, true]);
}

#[test]
fn one_layer_with_an_owner_is_owned_whoever_answers_above() {
    let group = GROUP.replace("brand: { strategy: {", "brand: { strategy: { owner: eva,");
    let product = PRODUCT.replace("operator: ana\n", "operator: ana\nbrand: { strategy: { decisions: { own: { statement: s, status: settled } } } }\n");
    let told = missing(&family(&[&product, &group]), "brand", "strategy", "2026-06-30");
    assert!(!told.iter().any(|text| text.contains("nobody answers for the brand layer")), "{told:?}");
}

#[test]
fn only_the_monthly_review_reads_the_report() {
    let text =
        "executive: ben\nreviews:\n  m: { cadence: monthly, held_by: ana, escalates_to: ben }\n  w: { cadence: weekly, held_by: ana, escalates_to: ben }\n";
    let coverage = system(text).coverage("five_components", day("2026-06-30")).unwrap();
    let report = &coverage.layers[3];
    assert_eq!((report.status, report.elements.len(), report.elements[0].part.id.as_str()), (LayerStatus::Complete, 1, "m"));
}

#[test]
fn a_place_that_is_named_twice_is_looked_at_once() {
    let text = "frameworks: { ours: { layers: { reach: [channels, channels, content], none: [] } } }\nchannels: { c: { kind: owned } }\n";
    let coverage = system(text).coverage("ours", day("2026-06-30")).unwrap();
    assert_eq!((coverage.layers[0].elements.len(), coverage.layers[0].missing.len()), (1, 4));
    assert_eq!((coverage.layers[1].status, coverage.complete), (LayerStatus::Absent, 0), "an empty layer is not complete");
    let many: String = (0..21).map(|at| format!("l{at}: [channels], ")).collect();
    let text = format!("{HEAD}frameworks: {{ ours: {{ layers: {{ {many} }} }} }}\n");
    let error = System::parse(&[Source::new("a.yaml", &text)]).unwrap_err();
    assert_eq!((error.findings()[0].code, error.findings()[0].place.path.as_str()), (Code::TooLarge, "frameworks.ours"));
}

#[test]
fn a_step_needs_what_others_make() {
    let audit = |steps: &str| {
        system(&format!("workflows: {{ w: {{ owner: ana, critical: yes, runs_per_month: 3, steps: {{ {steps} }} }} }}\n")).audit(day("2026-06-30"))
    };
    let kinds = |audit: &Audit| -> Vec<BreakdownKind> {
        audit.workflows.iter().flat_map(|workflow| &workflow.steps).flat_map(|step| &step.breakdowns).map(|breakdown| breakdown.is).collect()
    };
    use BreakdownKind::{InputNobodyMakes, NoTemplate};
    let own = audit("a: { hours: 1, needs: [draft], makes: [draft] }");
    assert_eq!(kinds(&own), [InputNobodyMakes, NoTemplate]);
    let two = audit("a: { hours: 1, handoff_hours: 2, makes: [draft, draft] }, b: { hours: 4, needs: [draft], makes: [draft], from_scratch: yes }");
    assert!(!kinds(&two).contains(&InputNobodyMakes), "{two:?}");
    assert_eq!(two.workflows[0].end_to_end_hours, Value::of(Number::from(7)), "the last hand-off leads nowhere");
    assert_eq!(
        (two.restart.hours_per_month.to_string(), two.restart.of_hours_per_month.to_string(), two.restart.share),
        ("12".into(), "15".into(), Value::of(Number::parse("0.8").unwrap()))
    );
    let clean = audit("a: { hours: 1, handoff_hours: 2 }, b: { hours: 4 }");
    assert!(clean.critical_holds && clean.breakdowns == 0, "{clean:?}");
    assert!(!audit("").critical_holds, "nothing holds where nothing is done");
}

#[test]
fn gaps_are_told_by_their_nearest_days() {
    let owners = "{ person: ana, to: 2026-01-31 }, { person: ben, from: 2026-03-01, to: 2026-03-31 }, { person: ana, from: 2026-06-01 }";
    let text = format!("channels: {{ c: {{ kind: owned, owner: [ {owners} ] }} }}\n");
    let system = system(&text);
    let on = |text: &str| {
        let found = system.accountable(ElementKind::Channel, "c", day(text)).unwrap();
        found.person.map_or(found.cause, |person| person.to_string())
    };
    assert_eq!(on("1900-01-01"), "ana");
    assert_eq!(on("2026-02-01"), "nobody is named between 2026-01-31 and 2026-03-01");
    assert_eq!(on("2026-05-31"), "nobody is named between 2026-03-31 and 2026-06-01");
    assert_eq!(on("2199-12-31"), "ana");
}

#[test]
fn one_day_away_is_away() {
    let text = "channels: { c: { kind: owned, owner: [ { person: ana, to: 2026-01-31 }, { person: ben, from: 2026-02-01, deputy: ana } ] } }\n";
    let system = system(text);
    let ana = system.away("ana", day("2026-01-31"), day("2026-03-01")).unwrap();
    assert_eq!((ana.stops.len(), ana.taken_over.len()), (1, 0), "who stands in for another carries nothing");
    assert_eq!((ana.stops[0].first, ana.stops[0].last), (day("2026-01-31"), day("2026-01-31")));
    assert!(system.away("ana", day("2026-02-01"), day("2026-03-01")).unwrap().stops.is_empty());
    let ben = system.away("ben", day("2026-01-01"), day("2026-02-01")).unwrap();
    assert_eq!((ben.stops.len(), ben.taken_over.len(), ben.taken_over[0].last), (0, 1, day("2026-02-01")));
    assert!(system.away("ben", day("2026-02-02"), day("2026-02-01")).is_err());
}

#[test]
fn seven_surfaces_fit_into_a_head() {
    let surfaces = |count: usize, owner: &str| {
        let regions: Vec<String> = (0..count).map(|at| format!("r{at}")).collect();
        system(&format!("channels: {{ c: {{ kind: owned, owner: {owner}, regions: [{}] }} }}\n", regions.join(", "))).surfaces(day("2026-06-30"))
    };
    assert!(!surfaces(7, "ana").needs_system);
    assert!(surfaces(8, "ana").needs_system);
    assert_eq!(surfaces(8, "{ person: ana, to: 2026-06-29 }").people, 0);
    let many = surfaces(1_001, "ana");
    assert_eq!((many.count, many.list.len(), many.left_out), (1_001, 1_000, 1));
}

#[test]
fn an_operator_who_left_is_none() {
    let first = |text: &str| system(text).next_steps(day("2026-06-30")).steps.into_iter().find(|step| step.step == BuildStep::NameOperator).unwrap().done;
    assert!(first("operator: { person: ana, to: 2026-06-30 }\n"));
    assert!(!first("operator: { person: ana, to: 2026-06-29 }\n"));
}

#[test]
fn a_system_is_measured_by_kpis_of_its_own_kind() {
    let text = |section: &str, variant: &str| {
        format!(
            "sources: {{ s: {{ date: d, rows: events, measures: {{ cost: {{ unit: EUR }} }} }} }}\n\
             measures: {{ cost: {{ unit: EUR, sum: s.cost }}, won: {{ unit: count of customers, count: s }} {} }}\n{}",
            if section == "measures" { format!(", cac: {{ {variant} }}") } else { String::new() },
            if section == "kpis" { format!("kpis: {{ cac: {{ {variant}, owner: ana }} }}\n") } else { String::new() }
        )
    };
    let absent = |text: &str| {
        let steps = system(text).next_steps(day("2026-06-30")).steps;
        steps.into_iter().last().unwrap().missing.iter().any(|text| text.contains("acquisition cost"))
    };
    let loaded = "kpi: cac, variant: fully_loaded, inputs: { programme: cost, payroll: 0, tools: 0, content: 0, new_customers: won }";
    let media = "kpi: cac, variant: media_only, inputs: { media: cost, new_customers: won }";
    assert!(!absent(&text("kpis", loaded)));
    assert!(absent(&text("measures", loaded)), "a measure is on no dashboard");
    assert!(absent(&text("kpis", media)));
}

#[test]
fn the_nearest_decision_fixes_a_value() {
    let text = format!(
        "{HEAD}brand: {{ voice: {{ decisions: {{ a: {{ statement: A, values: {{ tone: loud }} }}, b: {{ statement: B, rests_on: [a], values: {{ tone: plain }} }} }} }} }}\n\
         channels: {{ c: {{ kind: owned, rests_on: [b], values: {{ tone: plain }} }} }}\n"
    );
    let (_, findings) = System::parse(&[Source::new("a.yaml", &text)]).unwrap();
    let found: Vec<(Code, &str)> = findings.iter().map(|finding| (finding.code, finding.place.path.as_str())).collect();
    assert_eq!(found, [(Code::Contradicted, "brand.voice.decisions.b"), (Code::Restated, "channels.c")]);
}

#[test]
fn what_a_draft_says_in_another_text_stays() {
    let root = "marketingos: 0\nname: Firm\ninclude: [1.yaml, 2.yaml]\nsources: { s: { date: d, rows: events } }\n";
    let kpis = "marketingos: 0\nkpis: { k: { unit: count, direction: higher, count: s } }\n";
    let coverage = |more: &str| family(&[root, kpis, more]).kpis()[0].min_coverage.to_string();
    assert_eq!(coverage("marketingos: 0\nmin_coverage: 80 %\n"), "0.8");
    assert_eq!(coverage("marketingos: 1\nmin_coverage: 80 %\n"), "0.8");
    assert_eq!(coverage("marketingos: 0\n"), "0.9");
}

#[test]
fn eight_systems_may_inherit_from_one_another() {
    let texts = |count: usize| -> Vec<String> {
        let text = |at: usize| format!("marketingos: 1\nname: S{at}\n{}", if at + 1 < count { format!("parent: {}.yaml\n", at + 1) } else { String::new() });
        (0..count).map(text).collect()
    };
    let parse = |count: usize| {
        let texts = texts(count);
        let names: Vec<String> = (0..count).map(|at| format!("{at}.yaml")).collect();
        System::parse(&names.iter().zip(&texts).map(|(name, text)| Source::new(name, text)).collect::<Vec<_>>()).is_ok()
    };
    let most = (1..20).take_while(|count| parse(*count)).last();
    assert_eq!(most, Some(9), "the system and eight above it");
    for name in ["a?.yaml", "a#.yaml", "a%2e.yaml", "a:b.yaml"] {
        assert!(System::needs(&[Source::new("a.yaml", &format!("marketingos: 1\nname: F\ninclude: \"{name}\"\n"))]).is_empty(), "{name}");
    }
    // Told once, in the order met.
    assert_eq!(
        System::needs(&[Source::new("f/a.yaml", "marketingos: 1\nname: F\ninclude: [b.yaml, c.yaml, b.yaml]\nparent: c.yaml\n")]),
        ["f/b.yaml", "f/c.yaml"]
    );
}

#[test]
fn a_path_of_a_million_steps_is_refused() {
    let path = vec!["a"; 1_000_000].join(".");
    assert_eq!(edit::set("b: 1\n", &path, &1).unwrap_err().code(), Code::NotEdited);
    assert_eq!(edit::remove("a: 1\n", &path).unwrap_err().code(), Code::NotEdited);
}

// What holds for every system.

/// A part: its section, its number, and how it is written this time.
type Made = (usize, u8, u8);

/// What stands under the key of a section for a part, as one of three ways to write it.
fn written(section: usize, way: u8) -> String {
    let (month, even) = (way % 3 + 1, way.is_multiple_of(2));
    let owner = if even { "owner: ana, " } else { "" };
    match section {
        0 => format!("{{ {owner}definition: d{way}, lives: [web], cares_about: [x] }}"),
        1 => format!("{{ {owner}kind: owned, cadence: {}, regions: [r0, r{way}] }}", ["Mondays", "weekly", "always on"][usize::from(way % 3)]),
        2 => format!("{{ {owner}name: n{way}, moments: [m] }}"),
        3 => format!("{{ {owner}kind: component, made_on: 2026-0{month}-01, life_months: 2 }}"),
        4 => format!("{{ {owner}serves: [], kind: k{way} }}"),
        5 => format!("{{ {owner}steps: {{ a: {{ hours: {}, from_scratch: {} }}, b: {{ hours: 2 }} }} }}", way + 1, if even { "yes" } else { "no" }),
        6 => format!("{{ {owner}goal: g{way}, from: 2026-0{month}-01, to: 2026-0{month}-20, budget: {way} EUR }}"),
        _ => format!("{{ {owner}kind: feedback, rhythm: weekly, last_on: 2026-0{month}-01 }}"),
    }
}

const SECTIONS: [&str; 8] = ["segments", "channels", "stages", "assets", "tools", "workflows", "campaigns", "inputs"];

/// The sections, each as a text of its own.
fn sections(parts: &[Made]) -> Vec<String> {
    let section = |at: usize| {
        let mut seen = BTreeSet::new();
        let mut text = String::new();
        for (_, number, way) in parts.iter().filter(|(section, number, _)| *section == at && seen.insert(*number)) {
            writeln!(text, "  p{number}: {}", written(at, *way)).unwrap();
        }
        if text.is_empty() { text } else { format!("{}:\n{text}", SECTIONS[at]) }
    };
    (0..SECTIONS.len()).map(section).filter(|text| !text.is_empty()).collect()
}

fn parts() -> impl Strategy<Value = Vec<Made>> {
    prop::collection::vec((0..SECTIONS.len(), 0u8..4, 0u8..6), 0..16)
}

/// The parts that a system has of each section, in order.
fn ids(parts: &[Made]) -> BTreeSet<(usize, u8)> {
    parts.iter().map(|(section, number, _)| (*section, *number)).collect()
}

proptest! {
    #[test]
    fn what_comes_and_goes_is_told_once(old in parts(), new in parts()) {
        let (before, after) = (system(&sections(&old).concat()), system(&sections(&new).concat()));
        let as_of = day("2026-03-15");
        prop_assert_eq!(after.diff(&after, as_of).changes, vec![]);
        let diff = after.diff(&before, as_of);
        prop_assert_eq!(diff.changes.is_empty(), before.fingerprint() == after.fingerprint());
        let told = |kind| -> Vec<String> {
            let of_kind = diff.changes.iter().filter(|change| change.change == kind);
            let mut paths: Vec<String> = of_kind.map(|change| change.path.clone()).collect();
            paths.sort();
            paths
        };
        let named = |parts: Vec<&(usize, u8)>| -> Vec<String> {
            let mut paths: Vec<String> = parts.into_iter().map(|(section, number)| format!("{}.p{number}", SECTIONS[*section])).collect();
            paths.sort();
            paths
        };
        let (was, is) = (ids(&old), ids(&new));
        prop_assert_eq!(told(ChangeKind::Added), named(is.difference(&was).collect()));
        prop_assert_eq!(told(ChangeKind::Removed), named(was.difference(&is).collect()));
        let paths: BTreeSet<&str> = diff.changes.iter().map(|change| change.path.as_str()).collect();
        prop_assert_eq!(paths.len(), diff.changes.len(), "each place once: {:?}", diff.changes);
        // The other way round, what was new is gone.
        let back = before.diff(&after, as_of);
        prop_assert_eq!(back.changes.len(), diff.changes.len());
    }

    #[test]
    fn a_name_stays_in_its_place(name in any::<String>()) {
        let quoted = serde_json::to_string(&name).unwrap();
        let framework = format!("{HEAD}frameworks: {{ ours: {{ name: {quoted}, layers: {{ all: [kernel, audience, channels, operating, kpis, report] }} }} }}\n");
        let read = System::parse(&[Source::new("a.yaml", &framework)]);
        prop_assume!(read.is_ok());
        let template = read.unwrap().0.frameworks().last().unwrap().template();
        let (started, findings) = System::parse(&[Source::new("b.yaml", &template)]).map_err(|error| TestCaseError::fail(error.to_string()))?;
        prop_assert!(findings.iter().all(|finding| finding.code == Code::ToFillIn), "{:?}", findings);
        prop_assert_eq!(started.channels().len(), 1);
        let (old, new) = (system("tools: { crm: {} }\n"), system(&format!("tools: {{ crm: {{ name: {quoted} }} }}\n")));
        let diff = new.diff(&old, day("2026-06-30"));
        for text in [diff.to_text(), diff.to_markdown()] {
            prop_assert!(text.lines().count() == if name == "crm" { 1 } else { 3 }, "{}", text);
            prop_assert!(!text.contains(|character: char| character.is_control() && character != '\n'));
        }
    }

    #[test]
    fn a_system_in_several_texts_is_the_same(made in parts(), order in any::<prop::sample::Index>()) {
        let texts = sections(&made);
        let whole = system(&texts.concat());
        let names: Vec<String> = (0..texts.len()).map(|at| format!("part{at}.yaml")).collect();
        let root = format!("{HEAD}include: [{}]\n", names.join(", "));
        let texts: Vec<String> = texts.iter().map(|text| format!("marketingos: 1\n{text}")).collect();
        let mut sources = vec![Source::new("root.yaml", &root)];
        sources.extend(names.iter().zip(&texts).map(|(name, text)| Source::new(name, text)));
        let at = order.index(sources.len());
        sources[1..].rotate_left(at.min(texts.len()));
        let (split, _) = System::parse(&sources).unwrap();
        prop_assert_eq!(split.fingerprint(), whole.fingerprint());
        prop_assert_eq!(split, whole);
    }

    #[test]
    fn answers_add_up(made in parts(), today in 0u16..150) {
        let system = system(&sections(&made).concat());
        let as_of = day("2026-01-01").plus_days(i64::from(today));
        for framework in frameworks::standard() {
            let coverage = system.coverage(framework.id.as_str(), as_of).unwrap();
            let complete = coverage.layers.iter().filter(|layer| layer.missing.is_empty() && !layer.elements.is_empty()).count();
            prop_assert_eq!(coverage.complete, complete);
            for layer in &coverage.layers {
                let owners: BTreeSet<_> = layer.elements.iter().filter_map(|element| element.owner.clone()).collect();
                prop_assert_eq!(layer.owners.iter().cloned().collect::<BTreeSet<_>>(), owners);
                let elements: BTreeSet<_> = layer.elements.iter().map(|element| (element.part.kind, &element.part.id)).collect();
                prop_assert_eq!(elements.len(), layer.elements.len());
            }
        }
        let surfaces = system.surfaces(as_of);
        prop_assert_eq!(surfaces.count, surfaces.list.len() as u64 + surfaces.left_out);

        let audit = system.audit(as_of);
        if let Some(share) = audit.restart.share.number() {
            prop_assert!(!share.is_negative() && *share <= Number::from(1));
        }
        prop_assert_eq!(audit.breakdowns, audit.workflows.iter().flat_map(|workflow| &workflow.steps).map(|step| step.breakdowns.len()).sum::<usize>());

        let shipping = system.whats_shipping(None, as_of).unwrap();
        prop_assert!(shipping.week.first > as_of && shipping.week.first <= as_of.plus_days(7));
        let within = |day: Date| shipping.week.first <= day && day <= shipping.week.last;
        for item in &shipping.items {
            prop_assert!(item.on.is_none_or(within) && item.through.is_none_or(within), "{:?}", item);
            prop_assert!(item.through.is_none_or(|through| item.on.is_some_and(|on| on < through)));
        }
        prop_assert!(shipping.items.is_sorted_by_key(|item| (item.on.is_none(), item.on)));

        let compounding = system.compounding(as_of);
        prop_assert_eq!(compounding.total.campaigns, compounding.quarters.iter().map(|quarter| quarter.tally.campaigns).sum::<usize>());
        prop_assert!(compounding.total.inheriting <= compounding.total.could_inherit && compounding.total.could_inherit <= compounding.total.campaigns);
        let steps = system.next_steps(as_of);
        prop_assert_eq!(system.which_first(as_of).map(|step| step.step), steps.first);
        prop_assert!(steps.steps.iter().all(|step| step.done == step.missing.is_empty()));
    }
}
