//! Twelve KPIs by month × channel × region, and by week; from memory and from CSV text.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use marketingos::{Date, Facts, Grain, Panel, Source, System};

use crate::answer::{Answer, CHANNELS, REGIONS, month_of, place, week_of};
use crate::workload::{Failure, Workload, read, workload};

/// Eleven KPIs that both workloads have.
const SHARED: [&str; 11] = ["rows", "spend", "revenue", "impressions", "clicks", "leads", "search_revenue", "ctr", "cpc", "cpl", "roas"];

/// The system: eleven KPIs and the twelfth.
fn system(twelfth: &str) -> Result<System, Failure> {
    let kpi = |id: &str, unit: &str, calculation: &str| format!("  {id}: {{ name: {id}, unit: {unit}, direction: higher, owner: ana, {calculation} }}\n");
    let ratio = |above: &str, below: &str| format!("ratio: {{ numerator: {above}, denominator: {below} }}");
    let mut text = "
marketingos: 1
name: Benchmark
min_coverage: 0 %
people: { ana: Ana }
operator: ana
sources:
  facts:
    date: date
    dimensions: [channel, region, campaign, account]
    measures: [spend, revenue, impressions, clicks, leads]
    rows: events
    recorded_from: 2024-01-01
    recorded_until: as_of
kpis:
"
    .to_owned();
    text += &kpi("rows", "count", "count: facts");
    for money in ["spend", "revenue"] {
        text += &kpi(money, "EUR", &format!("sum: facts.{money}"));
    }
    for count in ["impressions", "clicks", "leads"] {
        text += &kpi(count, "count", &format!("sum: facts.{count}"));
    }
    text += &kpi("search_revenue", "EUR", "sum: facts.revenue, where: { channel: paid_search }");
    text += &kpi("ctr", "percent", &ratio("clicks", "impressions"));
    text += &kpi("cpc", "EUR", &ratio("spend", "clicks"));
    text += &kpi("cpl", "EUR", &ratio("spend", "leads"));
    text += &kpi("roas", "ratio", &ratio("revenue", "spend"));
    text += &match twelfth {
        "accounts" => kpi("accounts", "count", "distinct: facts.account"),
        _ => kpi("paid_leads", "count", "sum: facts.leads, where: { channel: [paid_search, paid_social] }"),
    };
    Ok(System::parse(&[Source::new("system.yaml", &text)])?.0)
}

/// The figures of the two tables: by month × channel × region, and by week.
pub struct RollUp {
    month: Panel,
    week: Panel,
}

/// What is timed: from the system and the facts to both tables.
fn roll_up(system: &System, facts: &Facts, twelfth: &'static str, as_of: Date) -> Result<RollUp, Failure> {
    let snapshot = system.snapshot(facts, as_of);
    let kpis: Vec<&str> = SHARED.into_iter().chain([twelfth]).collect();
    let mut panels = snapshot.panels(&kpis, &[(Grain::Month, &["channel", "region"]), (Grain::Week, &[])])?.into_iter();
    let (Some(month), Some(week)) = (panels.next(), panels.next()) else { return Err("two questions have two answers".into()) };
    Ok(RollUp { month, week })
}

/// The number, also of a period that is not covered in full.
fn values(panel: &Panel, column: usize) -> impl Iterator<Item = Option<f64>> {
    let column = &panel.columns[column];
    (0..panel.rows()).map(|row| column.get(row).ok().or_else(|| column.so_far(row)))
}

fn answer(result: &RollUp) -> Answer {
    let mut answer = Answer::default();
    let month = &result.month;
    let cells: Vec<u64> = (0..month.rows())
        .map(|row| {
            let member = month.member(row).unwrap_or_default();
            let period = &month.periods[month.period[row] as usize];
            let place_of = |words: &[&str], at: usize| member.get(at).and_then(|text| place(words, text.name())).unwrap_or(u64::MAX / 4096);
            (month_of(period.first) * 8 + place_of(&CHANNELS, 0)) * 6 + place_of(&REGIONS, 1)
        })
        .collect();
    for (position, column) in month.columns.iter().enumerate() {
        answer.add("month", column.figure.as_str(), cells.iter().copied().zip(values(month, position)));
    }
    let week = &result.week;
    for (position, column) in week.columns.iter().enumerate() {
        let cells = week.period.iter().map(|period| week_of(week.periods[*period as usize].first));
        answer.add("week", column.figure.as_str(), cells.zip(values(week, position)));
    }
    answer
}

/// The last day of the data.
pub fn last_day() -> Result<Date, Failure> {
    Ok("2026-12-31".parse()?)
}

/// The workloads over facts that are in memory.
pub fn in_memory(file: &Path) -> Result<BTreeMap<&'static str, Box<dyn Workload>>, Failure> {
    let mut workloads = BTreeMap::new();
    let text = read(file)?;
    let as_of = last_day()?;
    // Facts belong to the source's declaration, which both systems share.
    let facts = Rc::new(Facts::builder(&system("accounts")?).csv("facts", &text).build()?);
    for (name, twelfth) in [("roll-up/engine", "accounts"), ("additive/engine", "paid_leads")] {
        let (system, facts) = (system(twelfth)?, Rc::clone(&facts));
        workloads.insert(name, workload(move || roll_up(&system, &facts, twelfth, as_of), answer));
    }
    Ok(workloads)
}

/// The workload from CSV text to the same tables; the file is in the page cache for everybody.
pub fn from_csv(file: PathBuf) -> BTreeMap<&'static str, Box<dyn Workload>> {
    let run = move || {
        let system = system("accounts")?;
        let facts = Facts::builder(&system).csv_from("facts", std::fs::File::open(&file)?)?.build()?;
        roll_up(&system, &facts, "accounts", last_day()?)
    };
    BTreeMap::from([("from CSV/engine", workload(run, answer))])
}
