use marketingos::*;
#[test]
fn probe() {
    let read = |name: &str| std::fs::read(format!("{}/../examples/kestrel/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap();
    let (system, plan) = (read("system.yaml"), read("plan.yaml"));
    let (system, findings) = System::parse(&[Source::new("system.yaml", &system), Source::new("plan.yaml", &plan)]).unwrap_or_else(|error| panic!("{error}"));
    println!("{findings:?}");
    let mut builder = Facts::builder(&system);
    for source in ["leads", "deals", "spend", "web", "work"] {
        builder = builder.csv(source, read(&format!("data/{source}.csv")));
    }
    let facts = builder.build().unwrap();
    for finding in facts.findings() { println!("{finding}"); }
    let start = std::time::Instant::now();
    let snapshot = system.snapshot(&facts, "2026-09-30".parse().unwrap());
    println!("{:?}", start.elapsed());
    for line in snapshot.scorecard(Grain::Month).lines {
        println!("{:<24} {} {:>14} PL {:>14} {:>12} {:>8} PP {:>10} PY {:>10} {:?} {:?}", line.name, line.period, line.actual.text, line.plan.base.text, line.plan.change.text, line.plan.relative.map(|r| r.text).unwrap_or_default(), line.previous.change.text, line.prior_year.change.text, line.status.target, line.status.signal);
    }
}
