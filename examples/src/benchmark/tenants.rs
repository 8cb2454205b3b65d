//! Many tenants, each with twelve KPIs over 24 months, as columns.

use std::collections::BTreeMap;
use std::path::Path;

use marketingos::{Date, Facts, Grain, Panel, Source, System};

use crate::answer::{Answer, month_of};
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

/// What is timed: from facts in memory to every tenant's values.
fn tenants(system: &System, facts: &Facts, as_of: Date) -> Result<Panel, Failure> {
    Ok(system.snapshot(facts, as_of).panel(&KPIS, Grain::Month, &["tenant"])?)
}

fn answer(panel: &Panel) -> Answer {
    let mut answer = Answer::default();
    let cell = |row: usize| -> Option<u64> {
        let tenant: u64 = panel.member(row)?.first()?.name()?.strip_prefix('t')?.parse().ok()?;
        Some(tenant * MONTHS + month_of(panel.periods[panel.period[row] as usize].first))
    };
    let cells: Vec<u64> = (0..panel.rows()).filter_map(cell).collect();
    for column in &panel.columns {
        answer.add("tenants", column.figure.as_str(), cells.iter().copied().zip(column.values()));
    }
    answer
}

pub fn load(file: &Path) -> Result<BTreeMap<&'static str, Box<dyn Workload>>, Failure> {
    let (system, _) = System::parse(&[Source::new("tenants.yaml", TEXT)])?;
    let facts = Facts::builder(&system).csv("facts", read(file)?).build()?;
    let as_of: Date = "2025-12-31".parse()?;
    Ok(BTreeMap::from([("tenants/engine", workload(move || tenants(&system, &facts, as_of), answer))]))
}
