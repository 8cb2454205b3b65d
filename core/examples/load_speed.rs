//! How fast facts are read: a table like those of the benchmarks, made up, and read from CSV text.
//!
//!     cargo run --release --example load_speed -- 10000000

#![allow(clippy::disallowed_methods, clippy::print_stdout, clippy::cast_precision_loss, reason = "a program that measures")]

use std::fmt::Write;
use std::time::Instant;

use marketingos::{Facts, Source, System};

const SYSTEM: &str = "
marketingos: 1
name: Speed
sources:
  sales:
    { date: day, entity: account, dimensions: [channel, region, campaign], measures: [spend, revenue, clicks, cost, margin], rows: events }
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
        println!("{seconds:.3} s, {busy:.3} s on the processor: {:.0} MB/s, {}", text.len() as f64 / 1e6 / busy, facts.fingerprint().short());
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

fn table(rows: u64) -> String {
    let mut text = String::from("day,account,channel,region,campaign,spend,revenue,clicks,cost,margin\n");
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
        let _ = writeln!(
            text,
            "{year}-{month:02}-{date:02},a{},ch{},r{},camp{},{}.{:02},{}.{:02},{},{}.{},{}.{:02}",
            next(500_000),
            next(8),
            next(6),
            next(40),
            next(1000),
            next(100),
            next(10_000),
            next(100),
            next(50),
            next(100),
            next(10),
            next(100),
            next(100)
        );
    }
    text
}
