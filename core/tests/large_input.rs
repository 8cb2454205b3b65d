//! Inputs that are as large as the limits allow, each built to make some part of the reading
//! work hard. All of them are answered in time that grows with their size and not with its
//! square: a second or two each in a release build.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a test may fail; this one needs a clock and tells what it reads"
)]

use std::fmt::Write;
use std::time::{Duration, Instant};

use marketingos::*;

/// The largest text of a system.
const MOST: usize = 8 * 1024 * 1024;
/// As many values as may stand in it, or nearly; a key and its value are two.
const VALUES: usize = 195_000;
const PAIRS: usize = VALUES / 2;
/// Ten times what the slowest takes on a slow machine in a debug build; a quadratic step over
/// 200,000 values takes minutes.
const PATIENCE: Duration = Duration::from_secs(20);

const HEAD: &str = "marketingos: 1\nname: Large\n";

/// Reads a system and returns the findings, whether it is one or not.
fn read(what: &str, name: &str, text: &str) -> Vec<Finding> {
    assert!(text.len() <= MOST, "{what} is not read at all: {} bytes", text.len());
    let start = Instant::now();
    let findings = System::parse(&[Source::new(name, text)]).map_or_else(|error| error.findings().to_vec(), |(_, findings)| findings);
    done(what, start);
    findings
}

fn done(what: &str, start: Instant) {
    let took = start.elapsed();
    println!("{took:>8.2?} {what}");
    assert!(took < PATIENCE, "{what} took {took:?}");
}

/// A text of `count` parts, cut at the limit.
fn many(head: &str, count: usize, part: impl Fn(usize, &mut String)) -> String {
    let mut text = head.to_owned();
    for index in 0..count {
        let before = text.len();
        part(index, &mut text);
        if text.len() > MOST - 64 {
            text.truncate(before);
            break;
        }
    }
    text
}

macro_rules! parts {
    ($head:expr, $count:expr, $index:ident => $($format:tt)*) => {
        many($head, $count, |$index, text| write!(text, $($format)*).unwrap())
    };
}

/// That something of each code was found, and at least so many.
fn found(findings: &[Finding], code: Code, least: usize) {
    let count = findings.iter().filter(|finding| finding.code == code).count();
    assert!(count >= least, "{code}: {count} of {least}; {:?}", findings.first());
}

#[test]
fn keys_without_number() {
    found(&read("unknown keys", "a.yaml", &parts!(HEAD, PAIRS, i => "k{i}: 1\n")), Code::UnknownKey, PAIRS);
    found(&read("the same key", "a.yaml", &parts!(HEAD, PAIRS, _i => "k: 1\n")), Code::DuplicateKey, PAIRS - 1);
    found(&read("short keys up to the limit of bytes", "a.yaml", &parts!("", MOST, _i => "a: \n")), Code::TooLarge, 1);
    let json = parts!("{\"marketingos\":1", PAIRS, i => ",\"k{i}\":1") + "}";
    found(&read("unknown keys in JSON", "a.json", &json), Code::UnknownKey, PAIRS);
    let json = parts!("{\"marketingos\":1", PAIRS, _i => ",\"k\":1") + "}";
    found(&read("the same key in JSON", "a.json", &json), Code::DuplicateKey, PAIRS - 1);
    found(&read("keys of one letter in JSON", "a.json", &(parts!("{\"a\":0", MOST, _i => ",\"a\":0") + "}")), Code::TooLarge, 1);
    let long = format!("{HEAD}? {}ß\n: 1\n", "x".repeat(63));
    found(&read("a key with a broad letter at its 64th byte", "a.yaml", &long), Code::UnknownKey, 1);
    let long = format!("{HEAD}\"{}\": 1\n", "ßx".repeat(2_000_000));
    found(&read("one key of six million bytes", "a.json", &format!("{{\"marketingos\":1,\"{}\":1}}", "ßx".repeat(2_000_000))), Code::UnknownKey, 1);
    read("one key of six million bytes in YAML", "a.yaml", &long);
}

#[test]
fn anchors_and_aliases() {
    read("anchors", "a.yaml", &parts!("x:\n", VALUES, i => "- &a{i} b\n"));
    read("anchors and aliases", "a.yaml", &parts!("x:\n", VALUES / 2, i => "- &a{i} b\n- *a{i}\n"));
    let far = many("x:\n", VALUES / 2, |i, text| writeln!(text, "- &a{i} b").unwrap());
    read("aliases far from their anchors", "a.yaml", &many(&far, VALUES / 2, |i, text| writeln!(text, "- *a{}", VALUES / 2 - 1 - i).unwrap()));
    let nested: String = (0..60).fold(String::new(), |text, i| format!("{text}&a{i} ["));
    let nested = parts!(&format!("x: {nested}b"), VALUES, _i => ",\n b") + &"]".repeat(60);
    found(&read("nested anchors over one large list", "a.yaml", &nested), Code::TooLarge, 1);
    let bomb = (1..60).fold("a0: &a0 [x, x]\n".to_owned(), |text, i| format!("{text}a{i}: &a{i} [*a{}, *a{}]\n", i - 1, i - 1));
    found(&read("aliases of aliases", "a.yaml", &bomb), Code::TooLarge, 1);
}

#[test]
fn texts_of_one_kind() {
    // There are 300 of them; an eighth of the size shows a quadratic step as well.
    let most = if cfg!(debug_assertions) { MOST / 8 } else { MOST };
    for (what, text) in [
        ("an open list", "[".to_owned()),
        ("an open mapping", "{".to_owned()),
        ("lists in a line", "- ".to_owned()),
        ("complex keys", "? ".to_owned()),
        ("commas", ",".to_owned()),
        ("colons", ":".to_owned()),
        ("colons with spaces", ": ".to_owned()),
        ("double quotes", "\"".to_owned()),
        ("single quotes", "'".to_owned()),
        ("backslashes", "\"\\".to_owned()),
        ("anchors", "&a ".to_owned()),
        ("anchors in one word", "&".to_owned()),
        ("aliases", "*a ".to_owned()),
        ("tags", "!a ".to_owned()),
        ("tags in one word", "!".to_owned()),
        ("directives", "%a b\n".to_owned()),
        ("documents", "---\n".to_owned()),
        ("comments", "# a\n".to_owned()),
        ("hashes", "#".to_owned()),
        ("spaces", " ".to_owned()),
        ("tabs", "\t".to_owned()),
        ("line ends", "\n".to_owned()),
        ("carriage returns", "\r".to_owned()),
        ("one word", "a".to_owned()),
        ("words", "a ".to_owned()),
        ("words on lines", "a\n".to_owned()),
        ("broad letters", "ß".to_owned()),
        ("zeros", "\0".to_owned()),
        ("pairs in a line", "a: b ".to_owned()),
        ("open pairs", "{a: ".to_owned()),
        ("open lists and keys", "[a: ".to_owned()),
        ("lists and complex keys", "- ? ".to_owned()),
        ("a literal block", "|\n a\n".to_owned()),
    ] {
        for name in ["a.yaml", "a.json"] {
            read(&format!("{what} ({name})"), name, &text.repeat(most / text.len()));
        }
        // The same inside a value, in a list, between quotes and in a block.
        for (open, close) in [("x: ", ""), ("x: [", "]"), ("x: \"", "\""), ("x: '", "'"), ("x: |\n ", "\n"), ("x: >\n ", "\n"), ("- [a, \"b\", ", "")] {
            let room = most - open.len() - close.len();
            read(&format!("{what} in `{}…{close}`", open.escape_debug()), "a.yaml", &format!("{open}{}{close}", text.repeat(room / text.len())));
        }
    }
}

#[test]
fn deep_nesting_below_the_limit() {
    let yaml = |depth: usize, inner: &str| format!("x: {}{inner}{}", "[".repeat(depth), "]".repeat(depth));
    read("long scalars at the bottom of YAML", "a.yaml", &yaml(60, &parts!("a", VALUES, _i => ",\n{:a<39}", "")));
    let json = |depth: usize, inner: &str| format!("{{\"x\":{}{inner}{}}}", "[".repeat(depth), "]".repeat(depth));
    read("long texts at the bottom of JSON", "a.json", &json(60, &parts!("1", VALUES, _i => ",\"{:a<39}\"", "")));
    read("one text at the bottom of JSON", "a.json", &json(60, &format!("\"{}\"", "a".repeat(MOST - 200))));
    read("escapes at the bottom of JSON", "a.json", &json(60, &format!("\"{}\"", "\\u00e4".repeat(MOST / 6 - 50))));
    let indented = many("", 4_000, |i, text| writeln!(text, "{:i$}a:", "").unwrap());
    found(&read("ever deeper mappings", "a.yaml", &indented), Code::TooDeep, 1);
}

#[test]
fn parts_of_a_system_without_number() {
    let people = |count: usize| parts!(&format!("{HEAD}people:\n"), count, i => "  p{i}: P\n");
    read("people", "a.yaml", &people(PAIRS));
    found(&read("unknown people", "a.yaml", &parts!(&(people(VALUES / 3) + "operator:\n"), VALUES / 3, i => "- q{i}\n")), Code::UnknownReference, VALUES / 3);
    found(
        &read("operators at the same time", "a.yaml", &parts!(&format!("{HEAD}people: {{p: P}}\noperator:\n"), VALUES, _i => "- p\n")),
        Code::SeveralOperators,
        1,
    );
    let day = |i: usize| Date::new(1900, 1, 1).unwrap().plus_days(i64::try_from(i).unwrap());
    let following =
        many(&format!("{HEAD}people: {{p: P}}\noperator:\n"), 28_000, |i, text| writeln!(text, "- {{person: p, from: {0}, to: {0}}}", day(i)).unwrap());
    assert_eq!(read("operators one after another", "a.yaml", &following), []);

    let sources = |count| parts!(&format!("{HEAD}sources:\n"), count, i => "  s{i}: {{date: d, rows: daily}}\n");
    assert_eq!(read("sources", "a.yaml", &sources(30_000)), []);
    assert_eq!(
        read(
            "columns of a source",
            "a.yaml",
            &(parts!(&format!("{HEAD}sources: {{s: {{date: d, rows: daily, dimensions: [a"), VALUES, i => ",\n a{i}") + "]}}")
        ),
        []
    );
    let measures = many(&(sources(19_000) + "measures:\n"), 19_000, |i, text| writeln!(text, "  m{i}: {{count: s{i}}}").unwrap());
    assert_eq!(read("a measure for each source", "a.yaml", &measures), []);
    let kpis = many(&(sources(11_000) + "kpis:\n"), 11_000, |i, text| writeln!(text, "  k{i}: {{unit: count, direction: none, count: s{i}}}").unwrap());
    assert_eq!(read("a KPI for each source", "a.yaml", &kpis), []);
}

#[test]
fn definitions_of_definitions() {
    let head = format!("{HEAD}sources: {{s: {{date: d, rows: daily}}}}\nmeasures:\n  m0: {{count: s}}\n");
    let chain = many(&head, 45_000, |i, text| writeln!(text, "  m{}: {{formula: m{i} + 1}}", i + 1).unwrap());
    found(&read("a chain, the first part first", "a.yaml", &chain), Code::Cycle, 1);
    let chain = many(&head, 45_000, |i, text| writeln!(text, "  m{}: {{formula: m{} + 1}}", 45_000 - i, 44_999 - i).unwrap());
    found(&read("a chain, the last part first", "a.yaml", &chain), Code::Cycle, 1);
    let ring = parts!(&head, 45_000, i => "  r{i}: {{formula: r{} + 1}}\n", (i + 1) % 45_000);
    found(&read("a ring", "a.yaml", &ring), Code::Cycle, 1);
    let pairs = parts!(&head, 45_000, i => "  r{i}: {{formula: r{} + 1}}\n", i ^ 1);
    found(&read("pairs that refer to one another", "a.yaml", &pairs), Code::Cycle, 22_500);
    // Layers of twenty, each referring to all of the next: 20⁶⁰ paths.
    let wide = many(&head, 1_200, |i, text| {
        let next: Vec<String> = (0..20).map(|j| if i < 1_180 { format!("w{}", (i / 20 + 1) * 20 + j) } else { "m0".to_owned() }).collect();
        writeln!(text, "  w{i}: {{formula: {}}}", next.join(" + ")).unwrap();
    });
    assert_eq!(read("layers of definitions", "a.yaml", &wide), []);
    let names = |i: usize| (0..180).map(|j| format!("m{}", (i * 7 + j) % 1_000)).collect::<Vec<_>>().join("+");
    let formulas = many(&head, 999, |i, text| writeln!(text, "  m{}: {{count: s}}", i + 1).unwrap());
    let formulas = many(&formulas, 30_000, |i, text| writeln!(text, "  f{i}: {{formula: {}}}", names(i)).unwrap());
    assert_eq!(read("long formulas", "a.yaml", &formulas), []);
}

#[test]
fn targets_without_number() {
    let head = format!("{HEAD}sources: {{s: {{date: d, rows: daily}}}}\nkpis: {{k: {{unit: count, direction: higher, count: s}}}}\nplan: {{targets: {{k: [\n");
    let targets = many(&head, 35_000, |_, text| text.push_str("{period: 2026-01, value: 1},\n")) + "]}}";
    found(&read("targets for the same month", "a.yaml", &targets), Code::AmbiguousTarget, 34_999);
    let week = |i: usize| Calendar::default().period(Grain::Week, Date::new(1900, 1, 1).unwrap().plus_days(7 * i64::try_from(i % 8_000).unwrap())).label;
    let set_on = |i: usize| Date::new(2000, 1, 1).unwrap().plus_days(i64::try_from(i / 8_000).unwrap());
    let targets = many(&head, 25_000, |i, text| writeln!(text, "{{period: {}, value: 1, set_on: {}}},", week(i), set_on(i)).unwrap()) + "]}}";
    assert_eq!(read("targets for every week, set three times", "a.yaml", &targets), []);
}

/// Reads facts and returns the findings, whether they are facts or not.
fn load(what: &str, system: &str, csv: &str) -> Vec<Finding> {
    let (system, _) = System::parse(&[Source::new("a.yaml", system)]).unwrap();
    let start = Instant::now();
    let findings = Facts::builder(&system).csv("s", csv).build().map_or_else(|error| error.findings().to_vec(), |facts| facts.findings().to_vec());
    done(what, start);
    findings
}

#[test]
fn facts_of_one_kind() {
    let few = format!("{HEAD}sources: {{s: {{date: d, rows: events, entity: e, dimensions: [a], measures: [n]}}}}");
    let row = "d,e,a,n\n";
    found(&load("bad dates", &few, &parts!(row, 500_000, i => "x{i},e,a,1\n")), Code::BadDate, 1);
    found(&load("bad numbers", &few, &parts!(row, 500_000, i => "2026-01-01,e,a,x{i}\n")), Code::BadNumber, 1);
    found(&load("ragged rows", &few, &"x\n".repeat(MOST / 2)), Code::MissingColumn, 1);
    found(&load("ragged rows after a header", &few, &(row.to_owned() + &"x\n".repeat(MOST / 2))), Code::RaggedRow, 1);
    load("line ends", &few, &(row.to_owned() + &"\n".repeat(MOST)));
    load("carriage returns", &few, &(row.to_owned() + &"\r".repeat(MOST)));
    load("spaces", &few, &(row.to_owned() + &" ".repeat(MOST)));
    load("one cell", &few, &(row.to_owned() + &"x".repeat(MOST)));
    load("one header cell", &few, &"x".repeat(MOST));
    load("quotes", &few, &(row.to_owned() + &"\"".repeat(MOST)));
    load("quoted cells", &few, &(row.to_owned() + &"\"a\",".repeat(MOST / 4)));
    found(&load("an open quote", &few, &(row.to_owned() + "\"" + &"2026-01-01,e,a,1\n".repeat(MOST / 17))), Code::UnbalancedQuote, 1);
    found(&load("an open quote in the header", &few, &(format!("\"{row}") + &"2026-01-01,e,a,1\n".repeat(MOST / 17))), Code::UnbalancedQuote, 1);
    found(&load("header cells", &few, &"a,".repeat(MOST / 2)), Code::TooLarge, 1);
    load("many entities", &few, &parts!(row, 400_000, i => "2026-01-01,e{i},a{i},1\n"));
    load("long numbers", &few, &parts!(row, 400_000, i => "2026-01-01,e,a,{i:0>18}.{i:0>18}\n"));

    let wide = (parts!(&format!("{HEAD}sources: {{s: {{date: d, rows: events, measures: [m"), 9_000, i => ",\n m{i}")) + "]}}";
    let header = parts!("d,m", 9_000, i => ",m{i}") + "\n";
    let cells = |cell: &str| format!("2026-01-01{}\n", format!(",{cell}").repeat(9_001));
    found(&load("a bad number in every one of 9,000 columns", &wide, &(header + &cells("x").repeat(300))), Code::BadNumber, 9_001);
    let mapped = (parts!(&format!("{HEAD}sources: {{s: {{date: d, rows: events, dimensions: {{a: x"), PAIRS - 100, i => ",\n a{i}: x")) + "}}}";
    load("one column under 97,000 names", &mapped, &parts!("d,x", 9_000, i => ",y{i}"));
    found(&load("a repeated column", &wide, &format!("d{}\n", ",m".repeat(9_990))), Code::DuplicateColumn, 1);
    found(&load("columns of other names", &wide, &parts!("d", 9_990, i => ",column{i}")), Code::MissingColumn, 9_001);
}

/// Reads a system of several texts, or what is wrong with it.
fn parse(what: &str, texts: &[String]) -> Result<System, Error> {
    let names: Vec<String> = (0..texts.len()).map(|at| format!("{at}.yaml")).collect();
    let sources: Vec<Source<'_>> = names.iter().zip(texts).map(|(name, text)| Source::new(name, text)).collect();
    let start = Instant::now();
    let read = System::parse(&sources).map(|(system, _)| system);
    done(what, start);
    read
}

/// Asks a system everything.
fn ask(what: &str, texts: &[String]) {
    let system = parse(what, texts).unwrap();
    let (day, other) = (Date::new(2026, 6, 30).unwrap(), System::parse(&[Source::new("a.yaml", HEAD)]).unwrap().0);
    let start = Instant::now();
    for framework in system.frameworks() {
        system.coverage(framework.id.as_str(), day).unwrap();
    }
    done(&format!("{what}: coverage"), start);
    let start = Instant::now();
    system.whats_shipping(None, day).unwrap();
    done(&format!("{what}: shipping"), start);
    let start = Instant::now();
    let _ = (system.surfaces(day), system.audit(day), system.compounding(day), system.next_steps(day), system.stale(day));
    done(&format!("{what}: the other questions"), start);
    let start = Instant::now();
    let _ = (system.carries("p", day), system.away("p", day, day), system.accountable(ElementKind::Channel, "x", day), system.impact("d0", day));
    done(&format!("{what}: who answers"), start);
    let start = Instant::now();
    let _ = (system.diff(&system, day), system.diff(&other, day).to_markdown(), other.diff(&system, day).to_text());
    done(&format!("{what}: differences"), start);
}

#[test]
fn questions_about_parts_without_number() {
    let head = format!("{HEAD}people: {{p: P}}\n");
    let more = |key: &str| format!("marketingos: 1\n{key}:\n");
    let channels = |count: usize, rest: &str| parts!(&format!("{head}channels:\n"), count, i => "  c{i}: {{kind: owned{rest}}}\n");
    ask("channels that nobody answers for", &[channels(33_000, ", cadence: Mondays")]);
    ask("channels counted from far back", &[channels(18_000, ", owner: p, from: 1900-01-01, cadence: FREQ=DAILY;COUNT=99999")]);
    ask("channels in stretches from far back", &[channels(18_000, ", owner: p, from: 1900-01-01, cadence: new creative every two weeks")]);
    let people = parts!(&format!("{HEAD}people:\n  p: P\n"), 60_000, i => "  p{i}: P\n");
    ask("channels of as many people", &[people, parts!(&more("channels"), 30_000, i => "  c{i}: {{kind: owned, owner: p{i}}}\n")]);
    let steps = parts!(&format!("{}  w:\n    steps:\n", more("workflows")), 45_000, i => "      s{i}: {{hours: 0.{i}1}}\n");
    ask("tools and steps", &[parts!(&format!("{head}tools:\n"), 45_000, i => "  t{i}: {{owner: p}}\n"), steps]);
    let steps = parts!(&format!("{}  w:\n    steps:\n      s:\n        needs: [a", more("workflows")), 60_000, i => ",\n          a{i}");
    ask("a step that needs what it makes", &[head.clone(), parts!(&format!("{steps}]\n        makes: [a"), 60_000, i => ",\n          a{i}") + "]\n"]);
    let kpis = parts!(&format!("{head}kpis:\n"), 13_000, i => "  k{i}: {{unit: count, direction: none, count: s}}\n");
    let stages = parts!(&format!("marketingos: 1\nsources: {{s: {{date: d, rows: events}}}}\n{}", "stages:\n"), 48_000, i => "  s{i}: {{metric: k0}}\n");
    ask("KPIs and stages", &[kpis, stages]);
    let campaigns = parts!(&more("campaigns"), 10_000, i => "  c{i}: {{goal: g, from: 2026-01-01, to: 2026-02-01, inherits: {{assets: [a{i}]}}, leaves: {{assets: [a{}]}}}}\n", 90_000 - i);
    ask("campaigns and assets", &[parts!(&format!("{head}assets:\n"), 95_000, i => "  a{i}: {{}}\n"), campaigns]);
    let decided = format!("{head}brand:\n  strategy:\n    decisions:\n");
    let lessons = parts!(&more("lessons"), 8_000, i => "  l{i}: {{outcome: o, outcome_on: 2026-01-01, lesson: l, proposal: {{on: 2026-01-02, decision: d0, change: c}}, answer: {{revised_on: 2026-02-01}}}}\n");
    ask("lessons and decisions", &[parts!(&decided, 60_000, i => "      d{}: x\n", 59_999 - i), lessons]);
    let revised = format!("{decided}      d0: {{statement: s, revisions: [{{on: 2026-01-01, reason: r}}]}}\nchannels:\n");
    ask("stale channels", &[parts!(&revised, 27_000, i => "  c{i}: {{kind: owned, rests_on: [d0]}}\n")]);
    let homes = "channels, ".repeat(90_000);
    ask("a layer of many places", &[channels(20_000, ""), format!("{}  ours: {{layers: {{l: [{homes}]}}}}\n", more("frameworks"))]);
}

#[test]
fn journals_and_rhythms_without_number() {
    let reviews = parts!(&format!("{HEAD}people: {{p: P}}\noperator: p\nreviews:\n"), 12_000, i => "  r{i}: {{cadence: weekly, day: Monday, held_by: p, escalates_to: p}}\n");
    let (system, _) = System::parse(&[Source::new("a.yaml", &reviews)]).unwrap();
    let facts = Facts::builder(&system).build().unwrap();
    let day = |i: usize| Date::new(1900, 1, 1).unwrap().plus_days(i64::try_from(i % 100_000).unwrap());
    let journal = |what: &str, text: &str| {
        let start = Instant::now();
        let read = Journal::parse(&[Source::new("j.yaml", text)], &system);
        done(what, start);
        read
    };
    let unknown = parts!("journal: 1\nactions:\n", 16_000, i => "  a{i}: {{what: x, owner: q{i}, opened_on: 2026-01-01, due: 2026-01-02}}\n");
    found(journal("actions of nobody", &unknown).unwrap_err().findings(), Code::UnknownReference, 16_000);
    let minutes = many("journal: 1\nminutes:\n", 19_000, |i, text| {
        writeln!(text, "  - {{review: r{}, held_on: {1}, as_of: {1}, snapshot: 0123456789ab}}", i % 12_000, day(i * 5)).unwrap();
    });
    let (minutes, _) = journal("minutes of many reviews", &minutes).unwrap();
    let one = many("journal: 1\nminutes:\n", 19_000, |i, text| {
        writeln!(text, "  - {{review: r0, held_on: {0}, as_of: {0}, snapshot: 0123456789ab}}", day(i * 5)).unwrap();
    });
    let (one, _) = journal("minutes of one review", &one).unwrap();
    for journal in [minutes, one] {
        let snapshot = system.snapshot(&facts, Date::new(2199, 12, 1).unwrap()).with_journal(std::sync::Arc::new(journal));
        let start = Instant::now();
        let rhythm = snapshot.rhythm(None).unwrap();
        assert!(!rhythm.unanswered.is_empty(), "what is too much is said");
        done("a rhythm", start);
        let start = Instant::now();
        assert_eq!(snapshot.minutes_book(Cadence::Weekly).recorded.len(), 19_000);
        done("a book of minutes", start);
    }
}

#[test]
fn what_would_have_no_bounds_is_refused() {
    let code = |what: &str, texts: &[String]| parse(what, texts).unwrap_err().findings()[0].code;
    let day = |i: usize| Date::new(1900, 1, 1).unwrap().plus_days(i64::try_from(i).unwrap());
    let owner = many(&format!("{HEAD}people: {{p: P}}\nmarketing:\n  audience:\n    owner:\n"), 20_000, |i, text| {
        writeln!(text, "    - {{person: p, from: {0}, to: {0}}}", day(i)).unwrap();
    });
    let segments = parts!("marketingos: 1\nsegments:\n", 60_000, i => "  s{i}: S\n");
    assert_eq!(code("segments of an owner who changes each day", &[owner, segments]), Code::TooLarge);
    let decisions = parts!(&format!("{HEAD}brand:\n  strategy:\n    decisions:\n"), 20_000, i => "      d{i}: x\n");
    let decisions = parts!(&format!("{decisions}      top: {{statement: s, rests_on: [d0"), 20_000, i => ",\n          d{i}") + "]}\n";
    let channels = parts!("marketingos: 1\nchannels:\n", 18_000, i => "  c{i}: {{kind: owned, rests_on: [top], values: {{v: x}}}}\n");
    assert_eq!(code("values that rest on all decisions", &[decisions, channels]), Code::TooLarge);
    let layers = parts!(&format!("{HEAD}frameworks:\n  ours:\n    layers:\n"), 90_000, i => "      l{i}: [channels]\n");
    assert_eq!(code("layers of a framework", &[layers]), Code::TooLarge);
    let key = "k".repeat(4_000_000);
    found(&read("values below a key of four million bytes", "a.yaml", &format!("{HEAD}? {key}\n: [{}]\n", "1, ".repeat(VALUES / 2))), Code::UnknownKey, 1);
    let names = parts!(&format!("{HEAD}include:\n"), VALUES / 2, i => "- n{i}.yaml\n");
    let start = Instant::now();
    assert_eq!(System::needs(&[Source::new("a.yaml", &names)]).len(), VALUES / 2);
    done("names of texts", start);
}
