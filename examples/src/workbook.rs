//! Writes a company's snapshot as a workbook with live formulas, and beside it the answers that
//! its formulas must come to, one JSON object a line, for those who want to check.
//!
//! ```text
//! cargo run --release -p marketingos-examples --features xlsx --bin workbook [FOLDER] [AS-OF] [OUT] [EDITED]
//! ```
//!
//! Left out, they are the folder of the example company, 2026-09-30 and `target/kestrel`. With
//! EDITED, a workbook that somebody worked on, what was changed in it is printed as JSON instead.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use marketingos::{Date, Facts, Grain, Journal, Period, Snapshot, Source, System, wire};
use serde_json::json;

/// The periods back from the as-of date that answers are written for.
const BACK: usize = 40;

fn main() -> ExitCode {
    match workbook() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn workbook() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let default = Path::new(env!("CARGO_MANIFEST_DIR")).join("kestrel");
    let folder = arguments.next().map_or(default, PathBuf::from);
    let as_of = arguments.next().unwrap_or_else(|| "2026-09-30".to_owned()).parse::<Date>()?;
    let out = PathBuf::from(arguments.next().unwrap_or_else(|| "target/kestrel".to_owned()));

    let names = ["system.yaml", "plan.yaml"];
    let texts: Vec<(&str, Vec<u8>)> = names.iter().filter_map(|name| Some((*name, fs::read(folder.join(name)).ok()?))).collect();
    let sources: Vec<Source<'_>> = texts.iter().map(|(name, text)| Source::new(name, text)).collect();
    let (system, _) = System::parse(&sources)?;
    let mut facts = Facts::builder(&system);
    for source in system.sources() {
        if let Ok(text) = fs::read(folder.join("data").join(format!("{}.csv", source.id))) {
            facts = facts.csv(source.id.as_str(), text);
        }
    }
    let mut snapshot = system.snapshot(&facts.build()?, as_of);
    if let Ok(text) = fs::read(folder.join("journal.yaml")) {
        let (journal, _) = Journal::parse(&[Source::new("journal.yaml", &text)], &system)?;
        snapshot = snapshot.with_journal(Arc::new(journal));
    }

    if let Some(edited) = arguments.next() {
        println!("{}", wire::read_workbook(&snapshot, &fs::read(edited)?)?);
        return Ok(());
    }
    fs::create_dir_all(&out)?;
    let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let file = out.join(format!("{name}.xlsx"));
    fs::write(&file, snapshot.to_workbook()?)?;
    fs::write(out.join(format!("{name}.answers.jsonl")), answers(&snapshot)?)?;
    println!("written to {}", file.display());
    Ok(())
}

/// The scorecard's line of every KPI in every period, the series of every measure, the budgets.
fn answers(snapshot: &Snapshot) -> Result<String, Box<dyn Error>> {
    let (system, mut lines) = (snapshot.system(), Vec::new());
    let calendar = system.calendar();
    for grain in [Grain::Month, Grain::Quarter, Grain::Year] {
        let back = |period: &Period| calendar.previous(period);
        for period in std::iter::successors(Some(calendar.period(grain, snapshot.as_of())), back).take(BACK) {
            for kpi in system.kpis() {
                let line = snapshot.line_for(kpi.definition.id.as_str(), &period.label)?;
                lines.push(json!({ "line": line }));
            }
        }
        for measure in system.measures() {
            let id = measure.definition.id.as_str();
            lines.push(json!({ "figure": id, "series": snapshot.series(id, grain, &[])? }));
        }
    }
    for budget in system.budgets() {
        lines.push(json!({ "budget": snapshot.budget(Some(&budget.period.label))? }));
    }
    lines.push(json!({ "scorecard": snapshot.scorecard(Grain::Month) }));
    Ok(lines.iter().map(|line| format!("{line}\n")).collect())
}
