//! A month-end of the example company: reads its written-down system and its facts, prints
//! the scorecard, this week's agenda and the diagnosis, and writes the monthly report, the decks
//! of the reviews, the planning pack and the calendar.
//!
//! ```text
//! cargo run --release -p marketingos-examples --bin month_end [FOLDER] [AS-OF] [OUT]
//! ```
//!
//! Left out, they are the folder of the example company, 2026-09-30 and `target/kestrel`.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use marketingos::{Cadence, Date, Evidence, Facts, Grain, Journal, Source, System, TextStyle};

fn main() -> ExitCode {
    match month_end() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn month_end() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let default = Path::new(env!("CARGO_MANIFEST_DIR")).join("kestrel");
    let folder = arguments.next().map_or(default, PathBuf::from);
    let as_of = arguments.next().unwrap_or_else(|| "2026-09-30".to_owned());
    let as_of = as_of.parse::<Date>().map_err(|error| format!("the as-of date cannot be used: {error}"))?;
    let out = PathBuf::from(arguments.next().unwrap_or_else(|| "target/kestrel".to_owned()));

    // The library does no I/O: the texts are read here and named, so that findings have places.
    let (system, plan) = (read(&folder.join("system.yaml"))?, read(&folder.join("plan.yaml"))?);
    let (system, findings) = System::parse(&[Source::new("system.yaml", &system), Source::new("plan.yaml", &plan)])?;
    let mut facts = Facts::builder(&system);
    for source in system.sources() {
        let file = folder.join("data").join(format!("{}.csv", source.id));
        facts = facts.csv(source.id.as_str(), read(&file)?);
    }
    let facts = facts.build()?;
    let evidence = read(&folder.join("evidence.yaml"))?;
    let (evidence, doubts) = Evidence::parse(&[Source::new("evidence.yaml", &evidence)], &system)?;
    let journal = read(&folder.join("journal.yaml"))?;
    let (journal, open) = Journal::parse(&[Source::new("journal.yaml", &journal)], &system)?;
    let snapshot = system.snapshot(&facts, as_of).with_journal(Arc::new(journal));
    for finding in findings.iter().chain(snapshot.findings()).chain(&doubts).chain(&open) {
        eprintln!("{finding}");
    }

    heading("Scorecard");
    print!("{}", snapshot.scorecard(Grain::Month).to_text(TextStyle::default()));
    heading("This week's agenda");
    print!("{}", snapshot.agenda(Cadence::Weekly).to_text(TextStyle::default()));
    heading("Diagnosis");
    print!("{}", snapshot.diagnose(&evidence).to_text(TextStyle::default()));

    let report = snapshot.report(None)?;
    let (weekly, monthly) = (snapshot.deck(Cadence::Weekly)?, snapshot.deck(Cadence::Monthly)?);
    let (rhythm, planning, agenda) = (snapshot.rhythm(None)?, snapshot.planning(None)?, snapshot.agenda(Cadence::Monthly));
    fs::create_dir_all(&out).map_err(|error| format!("cannot create {}: {error}", out.display()))?;
    heading("Written");
    for (name, text) in [
        (format!("report-{}.md", report.month.label), report.to_markdown()),
        (format!("report-{}.html", report.month.label), report.to_html()),
        ("monthly-review.html".to_owned(), agenda.to_html()),
        ("weekly-business-review.html".to_owned(), weekly.to_html()),
        ("monthly-deck.html".to_owned(), monthly.to_html()),
        (format!("planning-{}.html", planning.quarter.label), planning.to_html()),
        ("rhythm.ics".to_owned(), rhythm.to_icalendar()?),
    ] {
        let file = out.join(name);
        fs::write(&file, text).map_err(|error| format!("cannot write {}: {error}", file.display()))?;
        println!("{}", file.display());
    }
    Ok(())
}

fn read(file: &Path) -> Result<Vec<u8>, String> {
    fs::read(file).map_err(|error| format!("cannot read {}: {error}", file.display()))
}

fn heading(text: &str) {
    println!("\n== {text} {}\n", "=".repeat(70_usize.saturating_sub(text.len())));
}
