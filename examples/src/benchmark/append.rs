//! One more day of facts after three years of history, against rebuilding everything.

use std::collections::BTreeMap;
use std::path::Path;
use std::rc::Rc;

use marketingos::{Date, Facts, Grain, Source, System};

use crate::answer::{Answer, double};
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

fn figures(system: &System, facts: &Facts) -> Result<Figures, Failure> {
    let snapshot = system.snapshot(facts, day_after()?);
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
///
/// TO BE REPLACED: until facts can be appended to, `append/engine` rebuilds too.
pub fn load(folder: &Path) -> Result<BTreeMap<&'static str, Box<dyn Workload>>, Failure> {
    let mut whole = read(&folder.join("sorted.csv"))?;
    let day = read(&folder.join("day.csv"))?;
    let header = day.iter().position(|byte| *byte == b'\n').ok_or("the day has no header")? + 1;
    whole.extend_from_slice(day.get(header..).unwrap_or_default());
    let whole = Rc::new(whole);
    let mut workloads = BTreeMap::new();
    for name in ["append/rebuild", "append/engine"] {
        let (system, whole) = (system()?, Rc::clone(&whole));
        let run = move || figures(&system, &Facts::builder(&system).csv("facts", whole.as_slice()).build()?);
        workloads.insert(name, workload(run, answer));
    }
    Ok(workloads)
}
