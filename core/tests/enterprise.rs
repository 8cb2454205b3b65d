//! The large worked context of the domain (D7), end to end: a group and two products that inherit from it. The
//! expected answers were worked out by hand from the texts and the definitions; `examples/enterprise/README.md` shows them.
#![allow(clippy::disallowed_methods, reason = "the test reads the example's files")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice, reason = "a test fails by panicking, in its helpers too")]

use marketingos::{Date, Facts, Grain, Snapshot, Source, System};

fn read(name: &str) -> String {
    std::fs::read_to_string(format!("{}/../examples/enterprise/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// A system with all the texts that it needs.
fn system(name: &str) -> System {
    let mut texts = vec![(name.to_owned(), read(name))];
    loop {
        let sources: Vec<Source<'_>> = texts.iter().map(|(name, text)| Source::new(name, text)).collect();
        let needs = System::needs(&sources);
        if needs.is_empty() {
            let (system, findings) = System::parse(&sources).unwrap_or_else(|error| panic!("{error}"));
            assert_eq!(findings, []);
            return system;
        }
        texts.extend(needs.into_iter().map(|name| (name.clone(), read(&name))));
    }
}

fn snapshot(name: &str) -> Snapshot {
    let system = system(name);
    let tables: Vec<String> = system.sources().iter().map(|source| read(&format!("data/{}.csv", source.id))).collect();
    let builder = system.sources().iter().zip(&tables).fold(Facts::builder(&system), |builder, (source, table)| builder.csv(source.id.as_str(), table));
    let facts = builder.build().unwrap_or_else(|error| panic!("{error}"));
    system.snapshot(&facts, day("2026-09-30"))
}

#[test]
fn a() {
    for name in ["group.yaml", "freight.yaml", "ports.yaml"] {
        let snapshot = snapshot(name);
        for grain in [Grain::Month, Grain::Quarter] {
            for line in snapshot.scorecard(grain).lines {
                println!("{} {:?} {:?} {:?}", line.kpi, line.actual.value, line.plan.base.value, line.status.target);
            }
        }
    }
}
