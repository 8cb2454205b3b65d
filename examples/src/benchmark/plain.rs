//! What the engine is held against that is no peer: a plain sum over the same bytes (the floor
//! below which nothing can be), and the additive roll-up written by hand over doubles.

use std::collections::BTreeMap;
use std::path::Path;
use std::rc::Rc;

use crate::answer::{Answer, FIRST_DAY};
use crate::workload::{Failure, Workload, read, workload};
use marketingos::Date;

/// The columns that the additive KPIs read; the distinct count reads the accounts besides.
const READ: [&str; 8] = ["date", "channel", "region", "spend", "revenue", "impressions", "clicks", "leads"];
const DAYS: usize = 1097;
const MONTHS: usize = 36;
const WEEKS: usize = 157;

/// The bytes of a column, eight at a time; the compiler makes wide loads of it, and memory is the limit.
fn sum(column: &[u8]) -> u64 {
    let (words, rest) = column.as_chunks::<8>();
    words.iter().fold(0u64, |sum, word| sum.wrapping_add(u64::from_le_bytes(*word))).wrapping_add(rest.iter().map(|byte| u64::from(*byte)).sum())
}

fn floor(columns: &[Rc<Vec<u8>>]) -> u64 {
    columns.iter().map(|column| sum(column)).fold(0, u64::wrapping_add)
}

/// The columns of the hand-written roll-up.
struct Doubles {
    dates: Vec<i32>,
    channels: Rc<Vec<u8>>,
    regions: Rc<Vec<u8>>,
    measures: [Vec<f64>; 5],
    /// The month of each day, 0 for January 2024.
    month_of_day: Vec<u16>,
}

/// Rows, spend, revenue, impressions, clicks, leads, search revenue, paid leads.
type Cell = [f64; 8];

/// The tables by month × channel × region, and by week.
struct Tables {
    month: Vec<Cell>,
    week: Vec<Cell>,
}

/// The additive KPIs' sums over doubles: one pass, dense cells of day's week or month, no exactness.
fn roll_up(facts: &Doubles, first: i32) -> Tables {
    // One update a row, on month ∩ week × channel × region; rolled up afterwards.
    let spans = MONTHS + WEEKS;
    let mut span_of_day = vec![0usize; DAYS];
    let mut spans_seen: Vec<(usize, usize)> = Vec::new();
    for (day, span) in span_of_day.iter_mut().enumerate() {
        let key = (usize::from(facts.month_of_day[day]), day / 7);
        if spans_seen.last() != Some(&key) {
            spans_seen.push(key);
        }
        *span = spans_seen.len() - 1;
    }
    let mut cells: Vec<Cell> = vec![[0.0; 8]; spans * 48];
    let [spend, revenue, impressions, clicks, leads] = &facts.measures;
    let rows = facts.dates.iter().zip(facts.channels.iter().zip(facts.regions.iter()));
    let numbers = spend.iter().zip(revenue).zip(impressions.iter().zip(clicks).zip(leads));
    for ((date, (channel, region)), ((spend, revenue), ((impressions, clicks), leads))) in rows.zip(numbers) {
        let day = usize::try_from(date - first).unwrap_or(0);
        let cell = &mut cells[span_of_day[day] * 48 + usize::from(*channel) * 6 + usize::from(*region)];
        cell[0] += 1.0;
        cell[1] += spend;
        cell[2] += revenue;
        cell[3] += impressions;
        cell[4] += clicks;
        cell[5] += leads;
    }
    let mut tables = Tables { month: vec![[0.0; 8]; MONTHS * 48], week: vec![[0.0; 8]; WEEKS] };
    for (span, (month, week)) in spans_seen.iter().enumerate() {
        for member in 0..48 {
            let mut cell = cells[span * 48 + member];
            // A filter on a dimension of the cell needs no pass of its own.
            cell[6] = if member / 6 == 5 { cell[2] } else { 0.0 };
            cell[7] = if matches!(member / 6, 5 | 6) { cell[5] } else { 0.0 };
            let month = (*month < MONTHS).then(|| &mut tables.month[month * 48 + member]);
            for table in [month, tables.week.get_mut(*week)].into_iter().flatten() {
                for (sum, value) in table.iter_mut().zip(cell) {
                    *sum += value;
                }
            }
        }
    }
    tables
}

fn answer(tables: &Tables) -> Answer {
    let mut answer = Answer::default();
    let names = ["rows", "spend", "revenue", "impressions", "clicks", "leads", "search_revenue", "paid_leads"];
    for (name, cells) in [("month", &tables.month), ("week", &tables.week)] {
        for (figure, place) in names.iter().zip(0..) {
            let known = (0..).zip(cells).filter(|(_, cell)| cell[0] > 0.0);
            answer.add(name, figure, known.map(|(number, cell): (u64, &Cell)| (number, Some(cell[place]))));
        }
        let ratios = [("ctr", 4, 3), ("cpc", 1, 4), ("cpl", 1, 5), ("roas", 2, 1)];
        for (figure, above, below) in ratios {
            let known = (0..).zip(cells).filter(|(_, cell)| cell[0] > 0.0);
            let value = |cell: &Cell| (cell[below] != 0.0).then(|| cell[above] / cell[below]);
            answer.add(name, figure, known.map(|(number, cell): (u64, &Cell)| (number, value(cell))));
        }
    }
    answer
}

fn integers(bytes: &[u8]) -> Vec<i32> {
    bytes.as_chunks::<4>().0.iter().map(|bytes| i32::from_le_bytes(*bytes)).collect()
}

pub fn load(folder: &Path) -> Result<BTreeMap<&'static str, Box<dyn Workload>>, Failure> {
    let mut columns = BTreeMap::new();
    for name in READ.into_iter().chain(["account"]) {
        columns.insert(name, Rc::new(read(&folder.join(format!("{name}.bin")))?));
    }
    let all: Vec<Rc<Vec<u8>>> = columns.values().cloned().collect();
    let additive: Vec<Rc<Vec<u8>>> = READ.iter().filter_map(|name| columns.get(name)).cloned().collect();
    let start = Date::new(FIRST_DAY.0, FIRST_DAY.1, FIRST_DAY.2).ok_or("the first day is a date")?;
    let first = i32::try_from(start.days_since("1970-01-01".parse()?))?;
    let month = |day: i64| {
        let day = start.plus_days(day);
        u16::try_from(crate::answer::month_of(day))
    };
    let of =
        |name: &str, scale: f64| columns.get(name).map_or_else(Vec::new, |bytes| integers(bytes).into_iter().map(|value| f64::from(value) / scale).collect());
    let doubles = Doubles {
        dates: columns.get("date").map_or_else(Vec::new, |bytes| integers(bytes)),
        channels: columns.get("channel").cloned().unwrap_or_default(),
        regions: columns.get("region").cloned().unwrap_or_default(),
        measures: [of("spend", 100.0), of("revenue", 100.0), of("impressions", 1.0), of("clicks", 1.0), of("leads", 1.0)],
        month_of_day: (0..i64::try_from(DAYS)?).map(month).collect::<Result<_, _>>()?,
    };
    let bytes = |sum: &u64| {
        let mut answer = Answer::default();
        answer.add_exact("bytes", *sum);
        answer
    };
    Ok(BTreeMap::from([
        ("roll-up/plain sum", workload(move || Ok(floor(&all)), bytes)),
        ("additive/plain sum", workload(move || Ok(floor(&additive)), bytes)),
        ("additive/plain doubles", workload(move || Ok(roll_up(&doubles, first)), answer)),
    ]))
}
