//! The monthly report of the example company, in both languages, as a reader gets it.
#![allow(clippy::disallowed_methods, reason = "the test reads the example's files")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice, reason = "a test fails by panicking, in its helpers too")]

use std::sync::Arc;

use marketingos::{Block, Cadence, Facts, Grain, Journal, Piece, Reference, Report, Section, Snapshot, Source, Svg, System, TextStyle, Why};
use proptest::prelude::*;

fn read(name: &str) -> String {
    std::fs::read_to_string(format!("{}/../examples/kestrel/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

const SECTIONS: &str = "sections: [summary, scorecard, what_happened, decisions, plan, definitions]";

/// The example with another template, further texts and a journal.
fn kestrel(template: &str, further: &str, journal: &str, as_of: &str) -> Snapshot {
    let (system, plan) = (read("system.yaml").replace(SECTIONS, template), read("plan.yaml"));
    let further = format!("marketingos: 1\n{further}");
    let parsed = System::parse(&[Source::new("system.yaml", &system), Source::new("plan.yaml", &plan), Source::new("further.yaml", &further)]);
    let (system, _) = parsed.unwrap_or_else(|error| panic!("{error}"));
    let builder = system.sources().iter().fold(Facts::builder(&system), |builder, source| {
        let name = source.id.as_str();
        builder.csv(name, read(&format!("data/{name}.csv")).into_bytes())
    });
    let facts = builder.build().unwrap_or_else(|error| panic!("{error}"));
    let journal = format!("journal: 1\n{journal}");
    let (journal, _) = Journal::parse(&[Source::new("journal.yaml", &journal)], &system).unwrap_or_else(|error| panic!("{error}"));
    system.snapshot(&facts, as_of.parse().unwrap()).with_journal(Arc::new(journal))
}

const JOURNAL: &str = "
actions:
  landing_page: { what: Test the new landing page., owner: tom, opened_on: 2026-09-08, due: 2026-10-15, kpi: cost_per_lead }
  bids: { what: Lower the bids in paid search, owner: pieter, opened_on: 2026-07-14, due: 2026-08-14, kpi: cost_per_lead, moved: [ { on: 2026-08-11, to: 2026-09-15, reason: the agency was away } ] }
  form: { what: Mend the contact form, owner: pieter, opened_on: 2026-08-20, due: 2026-09-10, done_on: 2026-09-09 }
questions:
  prices: { what: Do we raise prices in January?, asked_on: 2026-09-15, to: saskia, kpi: average_deal }
comments:
  - { kpi: cost_per_lead, period: 2026-09, by: tom, on: 2026-10-02, text: Not known yet. }
  - { kpi: cost_per_lead, period: 2026-08, by: tom, on: 2026-09-09, text: Auction prices rose in July., figure: EUR 1, until: 2026-12 }
  - { kpi: leads, period: 2026-09, by: ana, on: 2026-09-30, text: The fair in Munich brought 40., figure: \"364\" }
";

const ALL: &str = "sections: [summary, scorecard, what_happened, landing, budget, actions, needs, decisions, commentary, plan, definitions]";

fn expected(name: &str, text: &str) {
    let path = format!("{}/tests/report/{name}", env!("CARGO_MANIFEST_DIR"));
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        std::fs::create_dir_all(format!("{}/tests/report", env!("CARGO_MANIFEST_DIR"))).unwrap();
        std::fs::write(&path, text).unwrap();
    }
    assert_eq!(text, std::fs::read_to_string(&path).unwrap(), "{name}; read it before it is accepted with UPDATE_EXPECTED=1");
}

#[test]
fn the_report_reads_well_in_english_and_in_german() {
    for language in ["en", "de"] {
        let snapshot = kestrel(ALL, &format!("language: {language}"), JOURNAL, "2026-09-30");
        let report = snapshot.report(None).unwrap();
        expected(&format!("kestrel.{language}.txt"), &report.to_text(TextStyle::default()));
        expected(&format!("kestrel.{language}.md"), &report.to_markdown());
    }
}

/// What a reader would take for a mistake of the machine.
fn mistakes(text: &str) -> Option<String> {
    let wrong = ["  ", "{", "}", "..", " .", " ,", "( ", " )", ",.", ":.", "()", "+-", "undefined (", ": ;"];
    wrong.iter().find(|wrong| text.contains(**wrong)).map(|wrong| format!("{wrong:?} in {text:?}"))
}

fn texts(report: &Report) -> impl Iterator<Item = String> + '_ {
    report.sections.iter().flat_map(|section| &section.blocks).filter_map(|block| match block {
        Block::Paragraph { text } | Block::Point { text, .. } => Some(text.to_string()),
        _ => None,
    })
}

/// A small system whose KPIs are better upwards, downwards and inside a band, with and without a target.
fn small(language: &str, targets: [i32; 3], extra: &str) -> System {
    let [leads, cost, share] = targets;
    let text = format!(
        "
marketingos: 1
name: Small firm
language: {language}
{extra}
people: {{ ana: Ana, ben: Ben }}
operator: ana
executive: ben
sources:
  ads: {{ date: day, dimensions: [channel], measures: [spend, leads], rows: events, recorded_from: 2026-01-01, recorded_until: as_of }}
measures:
  spend: {{ sum: ads.spend, unit: EUR }}
  search: {{ sum: ads.spend, where: {{ channel: search }}, unit: EUR }}
kpis:
  leads: {{ name: Leads, unit: count of leads, direction: higher, owner: ana, sum: ads.leads }}
  cost: {{ name: Cost per lead, unit: EUR, direction: lower, owner: ana, ratio: {{ numerator: spend, denominator: leads }} }}
  share: {{ name: Search share, unit: percent, direction: band, ratio: {{ numerator: search, denominator: spend }} }}
  visits: {{ name: Visits, unit: days, direction: none, owner: ben, mean: ads.leads }}
plan:
  targets:
    leads: [ {{ from: 2026-01, to: 2026-12, value: {leads}, set_by: ana, set_on: 2025-12-01 }} ]
    cost: [ {{ from: 2026-01, to: 2026-12, value: {cost} }} ]
    share: [ {{ from: 2026-01, to: 2026-12, low: {share} %, high: {} % }} ]
  budget: {{ period: 2026, amount: 12_000 EUR, lines: {{ ads: {{ amount: 12_000 EUR, spent: spend }} }} }}
variance: {{ material: {{ relative: 10 % }} }}
escalation: [ {{ when: off_target, by: 5 %, to: executive }}, {{ when: adverse_signal, to: operator }}, {{ when: no_value, to: operator }} ]
",
        share + 10
    );
    System::parse(&[Source::new("s.yaml", &text)]).unwrap_or_else(|error| panic!("{error}")).0
}

/// Rows of the fifteenth of each month, by channel.
fn rows(amounts: &[(i32, i32)]) -> String {
    let rows = amounts.iter().enumerate().map(|(at, (spend, leads))| {
        let channel = ["search", "social"][at % 2];
        format!("2026-{:02}-15,{channel},{spend},{leads}\n", at / 2 + 1)
    });
    format!("day,channel,spend,leads\n{}", rows.collect::<String>())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn whatever_happened_is_told_in_sentences(
        amounts in proptest::collection::vec((0..3_000i32, 0..40i32), 0..24),
        targets in [1..60i32, 1..200i32, 0..90i32],
        day in 1..365i64,
        short in proptest::bool::ANY,
    ) {
        for language in ["en", "de"] {
            let extra = if short { "report: { length: short }" } else { "" };
            let system = small(language, targets, extra);
            let facts = Facts::builder(&system).csv("ads", rows(&amounts).into_bytes()).build().unwrap();
            let as_of = marketingos::Date::new(2026, 1, 1).unwrap().plus_days(day);
            let snapshot = system.snapshot(&facts, as_of);
            let report = snapshot.report(None).unwrap();
            for text in texts(&report) {
                prop_assert_eq!(mistakes(&text), None);
                prop_assert!(text.ends_with(['.', '“', '”']), "{}", text);
            }
            for section in &report.sections {
                let points = section.blocks.iter().filter(|block| matches!(block, Block::Point { .. })).count();
                let limited = !matches!(section.section, Section::Definitions);
                prop_assert!(!short || !limited || points <= 3, "{:?} has {points} points", section.section);
            }
            // The same snapshot, the same bytes; and every line of a text is as wide as it may be.
            prop_assert_eq!(report.to_html(), snapshot.report(None).unwrap().to_html());
            prop_assert_eq!(report.to_markdown(), snapshot.report(None).unwrap().to_markdown());
        }
    }
}

#[test]
fn every_figure_leads_to_its_definition() {
    let report = kestrel(ALL, "language: de", JOURNAL, "2026-09-30").report(None).unwrap();
    let html = report.to_html();
    let mut figures = 0;
    for section in &report.sections {
        for block in &section.blocks {
            let (Block::Paragraph { text } | Block::Point { text, .. }) = block else { continue };
            for piece in text.pieces() {
                if let Piece::Figure { kpi: Some(kpi), .. } = piece {
                    figures += 1;
                    assert!(html.contains(&format!("id=\"definition-{kpi}\"")), "{kpi}");
                    assert!(html.contains(&format!("href=\"#definition-{kpi}\"")), "{kpi}");
                }
            }
        }
    }
    assert!(figures > 50);
    // No digits of a result stand outside of a figure, but in periods, counts and names.
    let point = |about: &str| {
        let blocks = report.sections[2].blocks.iter();
        blocks.clone().find_map(|block| if let Block::Point { about: of, text, .. } = block { (of == about).then_some(text.clone()) } else { None }).unwrap()
    };
    let words: String =
        point("Win rate").pieces().iter().filter_map(|piece| if let Piece::Text { text } = piece { Some(text.as_str()) } else { None }).collect();
    assert_eq!(words, " im September 2026,  unter dem Zielwert (): ungünstig. Die Bewegung ist Rauschen: Sie liegt in der üblichen Spanne ().");
    // Without the definitions there is nothing to lead to.
    let short = kestrel("sections: [what_happened]", "", "", "2026-09-30").report(None).unwrap();
    assert!(!short.to_html().contains("href=") && !short.to_markdown().contains("]("));
}

#[test]
fn a_template_chooses_sections_kpis_and_length() {
    let template = "kpis: [win_rate, cost_per_lead, new_revenue, cac]\n  length: 2\n  sections: [summary, { section: what_happened, title: Zuerst }, { section: what_happened, kpis: [sales_cycle], most: 5 }]";
    let report = kestrel(template, "language: de", "", "2026-09-30").report(None).unwrap();
    let summary = texts(&report).next().unwrap();
    assert!(summary.starts_with("Im September 2026 haben 0 von 4 Kennzahlen mit Zielwert ihr Ziel erreicht."), "{summary}");
    let abouts = |at: usize| -> Vec<&str> {
        report.sections[at].blocks.iter().filter_map(|block| if let Block::Point { about, .. } = block { Some(about.as_str()) } else { None }).collect()
    };
    // The escalated ones stay, in the order of the template.
    assert_eq!((report.sections[1].heading.as_str(), abouts(1)), ("Zuerst", vec!["Cost per lead", "New revenue"]));
    assert_eq!(report.sections[1].left_out, 2);
    assert!(texts(&report).any(|text| text == "2 weitere Punkte sind hier ausgelassen, der Länge dieses Berichts wegen."));
    assert_eq!(abouts(2), ["Sales cycle"]);
}

#[test]
fn a_report_can_speak_another_language_and_in_its_own_words() {
    let report = |further: &str, template: &str| kestrel(template, further, "", "2026-09-30").report(None).unwrap();
    let german = report("", "language: de\n  sections: [summary]");
    assert!(german.to_html().starts_with("<!doctype html>\n<html lang=\"de\">"));
    assert!(german.to_markdown().contains("Im September 2026 haben 3 von 11 Kennzahlen mit Zielwert ihr Ziel erreicht."));
    let own = report("wording: { met_of: '{month:In}: {met} of {targeted} <b>{{there}}</b>.' }", "sections: [summary]");
    assert!(own.to_markdown().contains("In September 2026: 3 of 11 \\<b\\>{there}\\</b\\>."), "{}", own.to_markdown());
    assert!(own.to_html().contains("3 of 11 &lt;b&gt;{there}&lt;"));
}

#[test]
fn comments_say_when_the_number_under_them_has_changed() {
    let journal = "
comments:
  - { kpi: cost_per_lead, period: 2026-09, by: tom, on: 2026-09-30, text: Paid search again, figure: EUR 355 }
  - { kpi: cost_per_lead, period: 2026-07, by: ana, on: 2026-08-09, text: Only for July. }
  - { kpi: cost_per_lead, period: 2026-08, by: ana, on: 2026-09-09, text: Prices rose!, figure: EUR 370, until: 2026-09 }
  - { kpi: leads, period: 2026-08, by: ana, on: 2026-09-09, text: Not carried beyond, until: 2026-08 }
";
    let told = |language: &str| {
        let report = kestrel("sections: [what_happened]", &format!("language: {language}"), journal, "2026-09-30").report(None).unwrap();
        texts(&report).find(|text| text.contains("Paid search")).unwrap()
    };
    assert!(told("en").ends_with(
        "Ana Ribeiro on 2026-09-09: “Prices rose!” Carried forward from August 2026. The figure was EUR 370 when this was written, and is EUR 377 now. Tom Okafor on 2026-09-30: “Paid search again.”"
    ), "{}", told("en"));
    // Written in English under the same figure as the German one: nothing has changed.
    assert!(told("de").ends_with("Tom Okafor am 30. September 2026: „Paid search again.“"), "{}", told("de"));
    assert!(!told("en").contains("Only for July"));
}

#[test]
fn lines_of_a_text_are_no_wider_than_the_terminal() {
    let report = kestrel("sections: [summary, what_happened, landing]", "language: de", "", "2026-09-30").report(None).unwrap();
    for width in [40, 72, 120] {
        assert!(report.to_text(TextStyle { width, colour: false }).lines().all(|line| line.chars().count() <= width), "{width}");
    }
    assert!(report.to_text(TextStyle { width: 0, colour: false }).lines().count() > report.to_text(TextStyle { width: 120, colour: false }).lines().count());
}

#[test]
fn a_german_report_has_no_english_sentence_of_ours() {
    let template = "sections: [summary, what_happened, landing, budget, plan, definitions]";
    for as_of in ["2026-09-30", "2026-09-15", "2026-08-31", "2025-03-31", "2024-08-31", "2024-06-30"] {
        let report = kestrel(template, "language: de", "", as_of).report(None).unwrap();
        for text in texts(&report) {
            let english = [" the ", " is ", " are ", " and ", " not ", " no ", " there "].iter().find(|word| format!(" {text} ").contains(**word));
            assert_eq!(english, None, "{as_of}: {text}");
        }
    }
}

/// 12,000 for a year are 12,000 × 31 ÷ 365 = 1,019.18 by the end of January.
#[test]
fn the_budget_is_told_with_what_can_still_be_ordered() {
    let told = |language: &str| {
        let system = small(language, [5, 50, 20], "report: { sections: [budget] }");
        let facts = Facts::builder(&system).csv("ads", rows(&[(900, 3), (100, 2)]).into_bytes()).build().unwrap();
        let report = system.snapshot(&facts, "2026-01-31".parse().unwrap()).report(None).unwrap();
        let text = texts(&report).next().unwrap();
        text.replace('\u{a0}', " ")
    };
    assert_eq!(
        told("en"),
        "The budget for 2026 is EUR 12,000. EUR 1,000 are spent, EUR 19.18 less than planned to date. EUR 0.00 are committed. EUR 11,000 can still be ordered."
    );
    assert_eq!(
        told("de"),
        "Budget für 2026: 12.000 EUR. Ausgegeben: 1.000 EUR, das sind 19,18 EUR weniger als bis heute geplant. Gebunden: 0,00 EUR. Noch verfügbar: 11.000 EUR."
    );
}

/// The example with its own journal, in German, with a budget and every kind of trigger.
fn german() -> (Snapshot, String) {
    let more = "\nescalation:\n  - { when: pace, by: 1 %, days: 1, to: owner }\n  - { when: budget_overrun, to: owner }
  - { when: overdue, days: 1, to: owner, climbs_after: 3 }\n  - { when: unowned, to: owner }\n";
    let system =
        read("system.yaml").replacen("\nescalation:\n", more, 1).replacen("\nmeasures:\n", "\nmeasures:\n  cost: { sum: spend.amount, unit: EUR }\n", 1);
    let budget = "\nplan:\n  budget: { period: 2026, amount: 300_000 EUR, lines: { ads: { name: Ads, owner: tom, amount: 300_000 EUR, spent: cost, channel: paid_search } } }\n";
    let (plan, journal) = (read("plan.yaml").replacen("\nplan:\n", budget, 1), read("journal.yaml"));
    let further = "marketingos: 1\nlanguage: de\n";
    let sources = [Source::new("system.yaml", &system), Source::new("plan.yaml", &plan), Source::new("further.yaml", further)];
    let (parsed, _) = System::parse(&sources).unwrap_or_else(|error| panic!("{error}"));
    let facts = parsed.sources().iter().fold(Facts::builder(&parsed), |builder, source| {
        let name = source.id.as_str();
        builder.csv(name, read(&format!("data/{name}.csv")).into_bytes())
    });
    let snapshot = parsed.snapshot(&facts.build().unwrap(), "2026-09-30".parse().unwrap());
    let (known, _) = Journal::parse(&[Source::new("journal.yaml", &journal)], &parsed).unwrap_or_else(|error| panic!("{error}"));
    (snapshot.with_journal(Arc::new(known)), format!("{system}\n{plan}\n{journal}"))
}

/// The texts among the values of an answer; codes are single words.
fn values(value: &serde_json::Value, found: &mut String) {
    match value {
        serde_json::Value::String(text) if text.contains(' ') => *found += &format!("{text}\n"),
        serde_json::Value::Array(items) => items.iter().for_each(|item| values(item, found)),
        serde_json::Value::Object(entries) => entries.values().for_each(|item| values(item, found)),
        _ => {}
    }
}

/// What a drawing says; what is cut stands beside in full.
fn drawn(svg: &str) -> String {
    let said: Vec<&str> = svg.split('<').filter_map(|piece| piece.split_once('>')).map(|(_, said)| said.trim()).filter(|said| !said.ends_with('…')).collect();
    format!("{}\n", said.join(" ").replace("&#39;", "'").replace("&quot;", "\""))
}

#[test]
fn a_german_agenda_reads_well() {
    expected("agenda.de.txt", &german().0.agenda(Cadence::Weekly).to_text(TextStyle::default()));
}

/// Everything that operate and its renderers say, without what users wrote, has no English word.
#[test]
fn in_german_no_sentence_is_english() {
    let (snapshot, written) = german();
    let (style, svg) = (TextStyle { width: 100_000, colour: false }, Svg { width: 1_600, style: false });
    let mut said = String::new();
    let mut json = |value: serde_json::Value| values(&value, &mut said);
    for cadence in [Cadence::Weekly, Cadence::Monthly, Cadence::Quarterly] {
        json(serde_json::to_value(snapshot.agenda(cadence)).unwrap());
        json(serde_json::to_value(snapshot.minutes_book(cadence)).unwrap());
        json(serde_json::from_str(&snapshot.deck(cadence).unwrap().to_slides()).unwrap());
    }
    json(serde_json::to_value(snapshot.escalations()).unwrap());
    json(serde_json::to_value(snapshot.rhythm(None).unwrap()).unwrap());
    for cadence in [Cadence::Weekly, Cadence::Monthly, Cadence::Quarterly] {
        said += &snapshot.agenda(cadence).to_text(style);
        said += &snapshot.minutes(cadence).unwrap().to_yaml().lines().filter_map(|line| Some(format!("{}\n", line.split_once('#')?.1))).collect::<String>();
    }
    said += &snapshot.rhythm(None).unwrap().to_text(style);
    said += &snapshot.planning(None).unwrap().to_text(style);
    said += &drawn(&snapshot.scorecard(Grain::Month).to_svg(&svg));
    for kpi in snapshot.system().kpis() {
        let id = kpi.definition.id.as_str();
        said += &drawn(&snapshot.weekly_review(id).unwrap().to_svg(&svg));
        said += &drawn(&snapshot.chart(id, Grain::Month).unwrap().to_svg(&svg));
        for against in [Reference::Plan, Reference::PriorYear] {
            said += &drawn(&snapshot.explain(id, &Why { against, ..Why::default() }).unwrap().to_svg(&svg));
        }
    }
    said += &drawn(&snapshot.explain("leads", &Why { by: &["channel"], ..Why::default() }).unwrap().to_svg(&svg));
    said += &drawn(&snapshot.landing(None, None).unwrap().to_svg(&svg));
    said += &drawn(&snapshot.budget(None).unwrap().to_svg(&svg));
    // What users wrote, the longest first; conditions are told in their own language.
    let lines = written.lines().filter_map(|line| line.split_once(": ")).map(|(_, rest)| rest);
    let parts = written.split(['{', '}', '[', ']', ',', '\n', '"']).flat_map(|part| part.split(": "));
    let mut users: Vec<&str> = lines.chain(parts).map(|part| part.trim_matches(['"', ' ', '.'])).collect();
    users.retain(|part| part.len() > 3 && part.contains(' '));
    users.sort_by_key(|part| std::cmp::Reverse(part.len()));
    users.dedup();
    let ids: Vec<String> =
        written.split(|letter: char| !letter.is_alphanumeric() && letter != '_').filter(|id| id.contains('_')).map(|id| id.replace('_', " ")).collect();
    users.extend(ids.iter().map(String::as_str));
    let ours = users.iter().fold(said, |said, user| said.replace(user, "")).replace(" is '", " '");
    let english = [
        "the", "of", "and", "is", "are", "has", "have", "it", "its", "week", "weeks", "month", "months", "quarter", "quarters", "year", "target", "by", "with",
        "for", "from", "to", "below", "above", "nobody", "due", "since", "owner", "there", "than", "which", "what", "nothing", "against", "late", "day",
        "days", "value", "missing", "figure", "points", "report", "review", "no", "not", "on", "or",
    ];
    let words = |line: &str| line.split(|letter: char| !letter.is_alphanumeric() && letter != '_').any(|word| english.contains(&word));
    let mut found: Vec<&str> = ours.lines().filter(|line| words(line) && !line.contains("set_on:")).collect();
    found.sort_unstable();
    found.dedup();
    assert_eq!(found, [""; 0]);
}
