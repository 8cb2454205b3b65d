//! How fast facts are read: a table like those of the benchmarks, made up, and read from CSV text.
//!
//!     cargo run --release --example load_speed -- 10000000

#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::indexing_slicing,
    reason = "a program that measures"
)]

use std::fmt::Write;
use std::time::Instant;

use marketingos::{Facts, Source, System};

const SYSTEM: &str = "
marketingos: 1
name: Speed
sources:
  sales:
    { date: date, dimensions: [channel, region, campaign, account], measures: [spend, revenue, impressions, clicks, leads], rows: events }
";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let rows: u64 = std::env::args().nth(1).map_or(Ok(1_000_000), |rows| rows.parse())?;
    let (system, _) = System::parse(&[Source::new("system.yaml", SYSTEM)])?;
    let text = table(rows);
    println!("{rows} rows, {} MB", text.len() / 1_000_000);
    for _ in 0..3 {
        let (start, before) = (Instant::now(), on_processor());
        let facts = Facts::builder(&system).csv("sales", &text).build()?;
        let (seconds, busy) = (start.elapsed().as_secs_f64(), on_processor() - before);
        println!(
            "{seconds:.3} s, {busy:.3} s on the processor: {:.1} ns a row, {:.0} MB/s, {}",
            busy * 1e9 / rows as f64,
            text.len() as f64 / 1e6 / busy,
            facts.fingerprint().short()
        );
    }
    let facts = Facts::builder(&system).csv("sales", &text).build()?;
    let day = table(10_000);
    let start = Instant::now();
    let more = facts.extend(&system).csv("sales", &day).build()?;
    println!("10,000 rows more: {:.3} ms, {}", start.elapsed().as_secs_f64() * 1e3, more.loads()[0].rows);
    Ok(())
}

/// Seconds that this program was not kept waiting by others, where the system tells.
fn on_processor() -> f64 {
    let told = std::fs::read_to_string("/proc/self/schedstat").ok();
    told.and_then(|told| told.split(' ').next()?.parse::<f64>().ok()).map_or(0.0, |nanoseconds| nanoseconds / 1e9)
}

/// Rows in the order of their days, over three years.
fn table(rows: u64) -> String {
    const CHANNELS: [&str; 8] = ["affiliate", "direct", "email", "events", "organic", "paid_search", "paid_social", "partner"];
    const REGIONS: [&str; 6] = ["apac", "benelux", "dach", "iberia", "nordics", "uki"];
    let mut text = String::from("date,channel,region,campaign,account,spend,revenue,impressions,clicks,leads\n");
    let mut state = 0x9e37_79b9_7f4a_7c15u64;
    let mut next = |below: u64| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 11) % below
    };
    for row in 0..rows {
        let day = row * 1096 / rows.max(1);
        let (year, rest) = (2023 + day / 366, day % 366);
        let (month, date) = (rest / 31 + 1, rest % 28 + 1);
        let clicks = next(40);
        let (spend, revenue) = (next(9_999) + 1, if clicks > 25 { next(99_900) + 100 } else { 0 });
        let _ = writeln!(
            text,
            "{year}-{month:02}-{date:02},{},{},c{:02},{},{}.{:02},{}.{:02},{},{clicks},{}",
            CHANNELS[next(8) as usize],
            REGIONS[next(6) as usize],
            next(40),
            100_000 + next(500_000),
            spend / 100,
            spend % 100,
            revenue / 100,
            revenue % 100,
            clicks * 25 + next(100),
            u64::from(clicks > 30) + u64::from(clicks > 37)
        );
    }
    text
}
