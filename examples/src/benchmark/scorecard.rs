//! The full scorecard: 50 KPIs over 36 months, with plan, previous period, prior year, process
//! limits, signals and status.

use std::collections::BTreeMap;
use std::path::Path;
use std::rc::Rc;

use marketingos::{Date, Facts, Grain, Scorecard, Source, System};

use crate::answer::{Answer, double};
use crate::workload::{Failure, Workload, read, workload};

fn answer(scorecard: &Scorecard) -> Answer {
    let mut answer = Answer::default();
    let sum =
        |values: &mut dyn Iterator<Item = Option<f64>>| (1..).zip(values).map(|(weight, value)| f64::from(weight) * value.unwrap_or(f64::NAN)).sum::<f64>();
    answer.add_close("actual", sum(&mut scorecard.lines.iter().map(|line| line.actual.value.number().map(double))));
    answer.add_close("plan", sum(&mut scorecard.lines.iter().map(|line| line.plan.change.value.number().map(double))));
    answer
}

/// `scorecard/engine` starts from facts, one row a month; `scorecard/from a snapshot` from what
/// was evaluated before.
pub fn load(folder: &Path) -> Result<BTreeMap<&'static str, Box<dyn Workload>>, Failure> {
    let (system, _) = System::parse(&[Source::new("scorecard.yaml", &read(&folder.join("scorecard.yaml"))?)])?;
    let system = Rc::new(system);
    let facts = Facts::builder(&system).csv("months", read(&folder.join("scorecard.csv"))?).build()?;
    let as_of: Date = "2026-12-31".parse()?;
    let snapshot = system.snapshot(&facts, as_of);
    let whole = move || Ok(system.snapshot(&facts, as_of).scorecard(Grain::Month));
    Ok(BTreeMap::from([
        ("scorecard/engine", workload(whole, answer)),
        ("scorecard/from a snapshot", workload(move || Ok(snapshot.scorecard(Grain::Month)), answer)),
    ]))
}
