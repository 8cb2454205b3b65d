//! A month-end of the example company: reads its written-down system and its facts, prints
//! the scorecard, this week's agenda and the diagnosis, and writes the monthly report.
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

use marketingos::{Cadence, Date, Evidence, Facts, Grain, Source, System, TextStyle};

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
    let snapshot = system.snapshot(&facts, as_of);
    for finding in findings.iter().chain(snapshot.findings()).chain(&doubts) {
        eprintln!("{finding}");
    }

    heading("Scorecard");
    print!("{}", snapshot.scorecard(Grain::Month).to_text(TextStyle::default()));
    heading("This week's agenda");
    print!("{}", snapshot.agenda(Cadence::Weekly).to_text());
    heading("Diagnosis");
    print!("{}", snapshot.diagnose(&evidence).to_text(TextStyle::default()));

    let report = snapshot.report(None)?;
    fs::create_dir_all(&out).map_err(|error| format!("cannot create {}: {error}", out.display()))?;
    heading("Monthly report");
    for (form, text) in [("md", report.to_markdown()), ("html", report.to_html())] {
        let file = out.join(format!("report-{}.{form}", report.month.label));
        fs::write(&file, text).map_err(|error| format!("cannot write {}: {error}", file.display()))?;
        println!("written to {}", file.display());
    }
    heading("Decks");
    for cadence in [Cadence::Weekly, Cadence::Monthly] {
        let deck = snapshot.deck(cadence)?;
        for (form, text) in [("html", deck.to_html()), ("slides.json", deck.to_slides())] {
            let file = out.join(format!("{}.{form}", cadence.word()));
            fs::write(&file, text).map_err(|error| format!("cannot write {}: {error}", file.display()))?;
            println!("written to {}", file.display());
        }
    }
    Ok(())
}

fn read(file: &Path) -> Result<Vec<u8>, String> {
    fs::read(file).map_err(|error| format!("cannot read {}: {error}", file.display()))
}

fn heading(text: &str) {
    println!("\n== {text} {}\n", "=".repeat(70_usize.saturating_sub(text.len())));
}
