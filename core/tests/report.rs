//! The monthly report of the example company, in both languages, as a reader gets it.
#![allow(clippy::disallowed_methods, reason = "the test reads the example's files")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice, reason = "a test fails by panicking, in its helpers too")]

use std::sync::Arc;

use marketingos::{Block, Facts, Journal, Piece, Report, Snapshot, Source, System};

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
        expected(&format!("kestrel.{language}.txt"), &report.to_text(100));
        expected(&format!("kestrel.{language}.md"), &report.to_markdown());
    }
}
