//! A month-end of the example company: reads its written-down system and its facts, prints
//! the scorecard, this week's agenda and the diagnosis, and writes the monthly report.
//!
//! ```text
//! cargo run --release -p marketingos-examples --bin month_end [FOLDER] [AS-OF] [OUT]
//! ```

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use marketingos::{Cadence, Facts, Grain, Source, System};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let default = Path::new(env!("CARGO_MANIFEST_DIR")).join("kestrel");
    let folder = arguments.next().map_or(default, PathBuf::from);
    let as_of = arguments.next().unwrap_or_else(|| "2026-09-30".to_owned());
    let out = PathBuf::from(arguments.next().unwrap_or_else(|| "target/kestrel".to_owned()));

    // The library does no I/O: the texts are read here and named, so that findings have places.
    let (system, plan) = (fs::read(folder.join("system.yaml"))?, fs::read(folder.join("plan.yaml"))?);
    let (system, findings) = System::parse(&[Source::new("system.yaml", &system), Source::new("plan.yaml", &plan)])?;
    let mut facts = Facts::builder(&system);
    for source in system.sources() {
        let file = folder.join("data").join(format!("{}.csv", source.id));
        facts = facts.csv(source.id.as_str(), fs::read(file)?);
    }
    let facts = facts.build()?;
    let snapshot = system.snapshot(&facts, as_of.parse()?);
    for finding in findings.iter().chain(snapshot.findings()) {
        eprintln!("{finding}");
    }
    heading("Scorecard");
    print!("{}", snapshot.scorecard(Grain::Month).to_text());
    heading("This week's agenda");
    print!("{}", snapshot.agenda(Cadence::Weekly).to_text());

    let report = snapshot.report(None)?;
    fs::create_dir_all(&out)?;
    heading("Monthly report");
    for (form, text) in [("md", report.to_markdown()), ("html", report.to_html())] {
        let file = out.join(format!("report-{}.{form}", report.month.label));
        fs::write(&file, text)?;
        println!("written to {}", file.display());
    }
    Ok(())
}

fn heading(text: &str) {
    println!("\n== {text} {}\n", "=".repeat(70_usize.saturating_sub(text.len())));
}
