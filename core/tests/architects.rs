//! The small worked context of the domain (D7), end to end. The expected answers were worked out by hand from the
//! text and the definitions; `examples/architects/README.md` shows them.
#![allow(clippy::disallowed_methods, reason = "the test reads the example's files")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice, reason = "a test fails by panicking, in its helpers too")]

use marketingos::{Date, Facts, Grain, Snapshot, Source, System};

fn read(name: &str) -> String {
    std::fs::read_to_string(format!("{}/../examples/architects/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn parse(text: &str) -> System {
    let (system, findings) = System::parse(&[Source::new("system.yaml", text)]).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(findings, []);
    system
}

fn snapshot() -> Snapshot {
    let system = parse(&read("system.yaml"));
    let tables: Vec<String> = system.sources().iter().map(|source| read(&format!("data/{}.csv", source.id))).collect();
    let builder = system.sources().iter().zip(&tables).fold(Facts::builder(&system), |builder, (source, table)| builder.csv(source.id.as_str(), table));
    let facts = builder.build().unwrap_or_else(|error| panic!("{error}"));
    system.snapshot(&facts, day("2026-09-30"))
}

#[test]
fn a() {
    let snapshot = snapshot();
    for grain in [Grain::Month, Grain::Quarter] {
        for line in snapshot.scorecard(grain).lines {
            println!("{} {:?} {:?} {:?}", line.kpi, line.actual.value, line.plan.base.value, line.status.target);
        }
    }
}
