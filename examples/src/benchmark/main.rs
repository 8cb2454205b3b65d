//! The engine's side of the benchmarks: one stage in a process of its own, told what to run line
//! by line, so that runs can alternate with those of the peers. See `tests/benchmarks`.
//!
//! ```text
//! benchmark STAGE FOLDER
//! ```
//!
//! loads the stage's data from the folder and answers every line of standard input with one line
//! of JSON: `run NAME` runs a workload once and says how many nanoseconds it took; `answer NAME` says what
//! its last run came to. A run starts from the system and the facts: nothing is kept from an earlier one.

mod answer;
mod append;
mod plain;
mod roll_up;
mod scorecard;
mod tenants;
mod workload;

use std::collections::BTreeMap;
use std::io::{BufRead, Write};
use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

use workload::{Failure, Workload};

fn main() -> ExitCode {
    match serve() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// The stages; each loads its data and gives its workloads by name.
fn load(stage: &str, folder: &Path) -> Result<BTreeMap<&'static str, Box<dyn Workload>>, Failure> {
    match stage {
        "sorted" | "shuffled" => roll_up::in_memory(&folder.join(format!("{stage}.csv"))),
        "csv" => Ok(roll_up::from_csv(folder.join("sorted.csv"))),
        "plain-sorted" => plain::load(&folder.join("sorted")),
        "plain-shuffled" => plain::load(&folder.join("shuffled")),
        "scorecard" => scorecard::load(folder),
        "tenants" | "tenants-tenth" => tenants::load(&folder.join(format!("{stage}.csv"))),
        "append" => append::load(folder),
        _ => Err(format!("there is no stage `{stage}`").into()),
    }
}

fn serve() -> Result<(), Failure> {
    let mut arguments = std::env::args().skip(1);
    let (Some(stage), Some(folder)) = (arguments.next(), arguments.next()) else {
        return Err("usage: benchmark STAGE FOLDER".into());
    };
    let mut workloads = load(&stage, Path::new(&folder))?;
    let names: Vec<String> = workloads.keys().map(|name| format!("{name:?}")).collect();
    let mut out = std::io::stdout().lock();
    writeln!(out, "{{\"ready\": \"marketingos {}\", \"formulations\": [{}]}}", env!("CARGO_PKG_VERSION"), names.join(", "))?;
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let (command, name) = line.trim().split_once(' ').ok_or("a command is a word and the name of a workload")?;
        let workload = workloads.get_mut(name).ok_or_else(|| format!("there is no workload `{name}` in this stage"))?;
        match command {
            "run" => {
                workload.forget();
                let start = Instant::now();
                workload.run()?;
                writeln!(out, "{{\"nanoseconds\": {}}}", start.elapsed().as_nanos())?;
            }
            "answer" => writeln!(out, "{}", workload.answer()?.to_json())?,
            _ => return Err(format!("there is no command `{command}`").into()),
        }
    }
    Ok(())
}
