//! One more day of facts after three years of history, against rebuilding everything.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use marketingos::{Date, Facts, Grain, Snapshot, Source, System};

use crate::answer::{Answer, double};
use crate::roll_up::last_day;
use crate::workload::{Failure, Workload, read, workload};

fn system() -> Result<System, Failure> {
    let text = "
marketingos: 1
name: Benchmark
min_coverage: 0 %
people: { ana: Ana }
operator: ana
sources:
  facts: { date: date, dimensions: [channel, region, campaign, account], measures: [spend, revenue, impressions, clicks, leads],
           rows: events, recorded_from: 2024-01-01, recorded_until: as_of }
kpis:
  rows: { name: Rows, unit: count, direction: higher, owner: ana, count: facts }
  spend: { name: Spend, unit: EUR, direction: lower, owner: ana, sum: facts.spend }
  leads: { name: Leads, unit: count, direction: higher, owner: ana, sum: facts.leads }
  cpl: { name: CPL, unit: EUR, direction: lower, owner: ana, ratio: { numerator: spend, denominator: leads } }
";
    Ok(System::parse(&[Source::new("system.yaml", text)])?.0)
}

/// The day that is appended.
fn day_after() -> Result<Date, Failure> {
    Ok("2027-01-01".parse()?)
}

/// Every month's figures, as a snapshot shows them after the day.
type Figures = Vec<(&'static str, Vec<f64>)>;

fn figures(snapshot: &Snapshot) -> Result<Figures, Failure> {
    let mut figures = Vec::new();
    for kpi in ["rows", "spend", "leads", "cpl"] {
        let series = snapshot.series(kpi, Grain::Month, &[])?;
        figures.push((kpi, series.iter().filter_map(|observation| observation.value.number()).map(double).collect()));
    }
    Ok(figures)
}

fn answer(figures: &Figures) -> Answer {
    let mut answer = Answer::default();
    for (kpi, values) in figures {
        answer.add("append", kpi, (0..).zip(values.iter().copied().map(Some)));
    }
    answer
}

/// `append/rebuild` starts from the text of history and day; `append/engine` from facts of the
/// history, already evaluated, and the text of the day.
pub fn load(folder: &Path) -> Result<BTreeMap<&'static str, Box<dyn Workload>>, Failure> {
    let history = read(&folder.join("sorted.csv"))?;
    let day = read(&folder.join("day.csv"))?;
    let header = day.iter().position(|byte| *byte == b'\n').ok_or("the day has no header")? + 1;
    let facts = Arc::new(Facts::builder(&system()?).csv("facts", history.as_slice()).build()?);
    let mut whole = history;
    whole.extend_from_slice(day.get(header..).unwrap_or_default());
    let before = Snapshot::new(Arc::new(system()?), Arc::clone(&facts), last_day()?);
    figures(&before)?;
    let rebuild = {
        let system = system()?;
        move || figures(&system.snapshot(&Facts::builder(&system).csv("facts", whole.as_slice()).build()?, day_after()?))
    };
    let system = system()?;
    let append = move || figures(&before.extended(Arc::new(facts.extend(&system).csv("facts", day.as_slice()).build()?), day_after()?));
    Ok(BTreeMap::from([("append/rebuild", workload(rebuild, answer)), ("append/engine", workload(append, answer))]))
}
