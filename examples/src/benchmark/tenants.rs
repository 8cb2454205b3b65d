//! Many tenants, each with twelve KPIs over 24 months, asked for one after the other: what is
//! kept of a tenant is only what it came to.

use std::collections::BTreeMap;
use std::path::Path;

use marketingos::{Date, Facts, Grain, Source, System};

use crate::answer::{Answer, double, month_of};
use crate::workload::{Failure, Workload, read, workload};

const MONTHS: u64 = 24;
const KPIS: [&str; 12] = ["spend", "revenue", "impressions", "clicks", "leads", "orders", "ctr", "cpc", "cpl", "roas", "aov", "lead_rate"];
const TEXT: &str = "
marketingos: 1
name: Benchmark
min_coverage: 0 %
sources:
  facts: { date: date, dimensions: [tenant], measures: [spend, revenue, impressions, clicks, leads, orders],
           rows: events, recorded_from: 2024-01-01, recorded_until: as_of }
measures:
  spend: { sum: facts.spend }
  revenue: { sum: facts.revenue }
  impressions: { sum: facts.impressions }
  clicks: { sum: facts.clicks }
  leads: { sum: facts.leads }
  orders: { sum: facts.orders }
  ctr: { ratio: { numerator: clicks, denominator: impressions } }
  cpc: { ratio: { numerator: spend, denominator: clicks } }
  cpl: { ratio: { numerator: spend, denominator: leads } }
  roas: { ratio: { numerator: revenue, denominator: spend } }
  aov: { ratio: { numerator: revenue, denominator: orders } }
  lead_rate: { ratio: { numerator: leads, denominator: clicks } }
";

/// For each KPI, the cell and value of every tenant and month.
type Values = Vec<(&'static str, Vec<(u64, Option<f64>)>)>;

/// What is timed: from facts in memory to every tenant's values.
///
/// TO BE REPLACED by the columnar answer by tenant; fold each tenant's values into the answer as
/// they come, so that memory does not grow with the number of tenants.
fn tenants(system: &System, facts: &Facts, as_of: Date) -> Result<Values, Failure> {
    let snapshot = system.snapshot(facts, as_of);
    let mut values = Vec::new();
    for kpi in KPIS {
        let series = snapshot.series(kpi, Grain::Month, &["tenant"])?;
        let cell = |observation: &marketingos::Observation| {
            let tenant: u64 = observation.member.first()?.as_deref()?.strip_prefix('t')?.parse().ok()?;
            Some((tenant * MONTHS + month_of(observation.period.first), observation.value.number().map(double)))
        };
        values.push((kpi, series.iter().filter_map(cell).collect()));
    }
    Ok(values)
}

fn answer(values: &Values) -> Answer {
    let mut answer = Answer::default();
    for (kpi, cells) in values {
        answer.add("tenants", kpi, cells.iter().copied());
    }
    answer
}

pub fn load(file: &Path) -> Result<BTreeMap<&'static str, Box<dyn Workload>>, Failure> {
    let (system, _) = System::parse(&[Source::new("tenants.yaml", TEXT)])?;
    let facts = Facts::builder(&system).csv("facts", read(file)?).build()?;
    let as_of: Date = "2025-12-31".parse()?;
    Ok(BTreeMap::from([("tenants/engine", workload(move || tenants(&system, &facts, as_of), answer))]))
}
