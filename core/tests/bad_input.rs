//! Inputs that are wrong, one kind each: what is reported, where, and how to mend it. None is
//! accepted in silence, and a mistake never hides the ones after it.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

use marketingos::*;

/// Code, line, column, and a part each of the message and the help.
type Wanted<'a> = (&'a str, u32, u32, &'a str, &'a str);

/// A well-made system; cases put a mistake into it or after it.
const SMALL: &str = "\
marketingos: 1
name: Small firm
people: { ana: Ana, ben: Ben }
operator: ana
sources:
  leads: { date: created, entity: lead, dimensions: [channel], measures: [score], rows: events }
kpis:
  leads: { name: New leads, unit: count of leads, direction: higher, owner: ana, count: leads }
";

fn compare(findings: &[Finding], wanted: &[Wanted<'_>]) {
    for finding in findings {
        let lines = [&finding.message, &finding.help];
        assert!(lines.iter().all(|line| !line.is_empty() && !line.contains('\n') && !line.ends_with('.') && line.chars().count() < 400), "{finding}");
        assert!(!finding.message.starts_with(char::is_uppercase), "{finding}");
    }
    let found: Vec<(&str, u32, u32)> = findings.iter().map(|finding| (finding.code.as_str(), finding.place.mark.line, finding.place.mark.column)).collect();
    let places: Vec<(&str, u32, u32)> = wanted.iter().map(|(code, line, column, ..)| (*code, *line, *column)).collect();
    assert_eq!(found, places, "{findings:#?}");
    for (finding, (.., message, help)) in findings.iter().zip(wanted) {
        assert!(finding.message.contains(message), "`{message}` is not in: {finding}");
        assert!(finding.help.contains(help), "`{help}` is not in: {finding}");
    }
}

/// The errors of a text that is not a system.
fn refused(name: &str, text: impl AsRef<[u8]>, wanted: &[Wanted<'_>]) {
    let error = System::parse(&[Source::new(name, &text)]).map(|_| ()).unwrap_err();
    assert_eq!(error.code(), Code::NotASystem);
    let errors: Vec<Finding> = error.findings().iter().filter(|finding| finding.severity == Severity::Error).cloned().collect();
    assert!(errors.iter().all(|finding| finding.place.file == name));
    compare(&errors, wanted);
}

fn refused_after(addition: &str, wanted: &[Wanted<'_>]) {
    refused("system.yaml", SMALL.to_owned() + addition, wanted);
}

/// The notes of a text that is one.
fn accepted(name: &str, text: impl AsRef<[u8]>, notes: &[Wanted<'_>]) -> System {
    let (system, findings) = System::parse(&[Source::new(name, &text)]).unwrap_or_else(|error| panic!("{error}"));
    compare(&findings, notes);
    system
}

/// What is reported of facts for the source of `SMALL`; whether they are facts.
fn loaded(csv: impl AsRef<[u8]>, wanted: &[Wanted<'_>]) -> Result<Facts, Error> {
    let system = accepted("system.yaml", SMALL, &[]);
    let facts = Facts::builder(&system).csv("leads", csv).build();
    match &facts {
        Ok(facts) => compare(facts.findings(), wanted),
        Err(error) => {
            assert_eq!(error.code(), Code::NotFacts);
            compare(error.findings(), wanted);
        }
    }
    facts
}

fn scores(facts: &Facts) -> (u64, u64, u64) {
    let load = facts.loads().first().unwrap();
    (load.rows, load.rejected_rows, load.rejected_cells)
}

#[test]
fn texts_that_are_no_texts() {
    for (name, text) in [("system.yaml", ""), ("system.yaml", " \n\t\n"), ("system.json", ""), ("system.yaml", "\u{feff}")] {
        refused(name, text, &[("MOS-T001", 1, 1, "the text is empty", "marketingos: 1")]);
    }
    refused("system.yaml", "# nothing but a comment\n", &[("MOS-T001", 1, 1, "the text is empty", "marketingos: 1")]);
    assert_eq!(System::parse(&[]).unwrap_err().findings().first().map(|finding| finding.code), Some(Code::EmptyText));
    // The column counts characters: ä and b stand before the byte that is none.
    refused("system.yaml", b"marketingos: 1\n\xc3\xa4b\xff: 1\n", &[("MOS-T002", 2, 3, "not UTF-8", "UTF-8")]);
    refused(
        "system.yaml",
        "marketingos: 1\nname: x\n".encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>(),
        &[("MOS-T004", 1, 2, "unprintable character", "check the")],
    );
}

#[test]
fn marks_and_line_ends() {
    let plain = accepted("system.yaml", SMALL, &[]).fingerprint();
    let marked = accepted("system.yaml", format!("\u{feff}{SMALL}"), &[("MOS-T003", 1, 1, "byte order mark", "without it")]);
    assert_eq!(marked.fingerprint(), plain);
    let ended = accepted("system.yaml", SMALL.replace('\n', "\r\n"), &[("MOS-T010", 1, 1, "CR LF", "nothing")]);
    assert_eq!(ended.fingerprint(), plain);
    let mixed = "created,lead,channel,score\r\n2026-01-05,a,paid,1\r\n2026-01-06,b,paid,2\r\n";
    let facts = loaded(mixed, &[]).unwrap();
    assert_eq!(facts.fingerprint(), loaded(mixed.replace('\r', ""), &[]).unwrap().fingerprint());
    assert_eq!(facts.fingerprint(), loaded(format!("\u{feff}{mixed}"), &[("MOS-T003", 1, 1, "byte order mark", "without it")]).unwrap().fingerprint());
    refused("system.yaml", "marketingos: 1\nname: x\npeople:\n\tana: Ana\n", &[("MOS-T004", 4, 2, "tab", "indent with spaces, not tabs")]);
}

#[test]
fn duplicate_keys_are_all_reported() {
    refused_after(
        "name: Other\npeople: { cleo: Cleo }\n",
        &[
            ("MOS-T005", 9, 1, "the key `name` stands here again; it first stands in line 2", "keep one of the two"),
            ("MOS-T005", 10, 1, "the key `people` stands here again; it first stands in line 3", "keep one of the two"),
        ],
    );
    refused_after(
        "stages: { a: A, b: B, a: C, 'a': D }\n",
        &[("MOS-T005", 9, 23, "the key `a`", "keep one of the two"), ("MOS-T005", 9, 29, "the key `a`", "keep one of the two")],
    );
    refused(
        "system.json",
        "{\"marketingos\": 1, \"name\": \"x\",\n \"stages\": {\"ä\": 1, \"b\": \"B\", \"\\u0062\": \"C\"}}",
        &[
            ("MOS-M005", 2, 13, "`ä` is not an id", "such as"),
            ("MOS-T005", 2, 31, "the key `b` stands here again; it first stands in line 2", "keep one of the two"),
        ],
    );
}

#[test]
fn expansion_and_depth_are_bounded() {
    let bomb = (1..40).fold("a0: &a0 [x, x]\n".to_owned(), |text, i| format!("{text}a{i}: &a{i} [*a{}, *a{}]\n", i - 1, i - 1));
    refused("system.yaml", bomb, &[("MOS-T006", 15, 6, "more than 200000 values", "do not nest aliases")]);
    let words = format!("a: &a {}\nb:\n{}", "x".repeat(1 << 20), "- *a\n".repeat(20));
    refused("system.yaml", words, &[("MOS-T006", 10, 3, "8388608 bytes", "do not nest aliases")]);
    refused("system.yaml", "a: &a [*a]\n", &[("MOS-T009", 1, 8, "an alias inside its own anchor", "leave it out")]);
    refused("system.yaml", "a: *b\n", &[("MOS-T004", 1, 4, "not well-formed YAML", "")]);
    refused("system.yaml", vec![b'a'; 9 << 20], &[("MOS-T006", 1, 1, "the text has 9437184 bytes; at most 8388608 are read", "several files")]);

    let deep = "nested more than 64 levels deep";
    refused("system.yaml", "[".repeat(10_000) + &"]".repeat(10_000), &[("MOS-T007", 1, 256, deep, "flatten")]);
    refused("system.yaml", "{a: ".repeat(10_000), &[("MOS-T007", 1, 1021, deep, "flatten")]);
    refused("system.yaml", "- ".repeat(10_000), &[("MOS-T007", 1, 129, deep, "flatten")]);
    refused("system.yaml", (0..3_000).map(|level| format!("{}a:\n", " ".repeat(level))).collect::<String>(), &[("MOS-T007", 65, 65, deep, "flatten")]);
    refused("system.json", "[".repeat(10_000) + &"]".repeat(10_000), &[("MOS-T007", 1, 65, deep, "flatten")]);
    refused("system.json", "{\"a\":".repeat(10_000) + "1" + &"}".repeat(10_000), &[("MOS-T007", 1, 321, deep, "flatten")]);
    // The two syntaxes have the same limit.
    let names = |depth: usize| "[".repeat(depth - 1) + "x" + &"]".repeat(depth - 1);
    for name in ["system.yaml", "system.json"] {
        let text = |depth| format!("{{\"marketingos\": 1, \"name\": {}}}", names(depth).replace('x', "1"));
        refused(name, text(64), &[("MOS-M003", 1, 28, "expected text, found a list", "write text")]);
        refused(name, text(65), &[("MOS-T007", 1, 91, deep, "flatten")]);
    }
    refused_after(&format!("measures: {{ m: {{ formula: {}leads }} }}\n", "(".repeat(900)), &[("MOS-M011", 9, 27, "nested too deeply", "use figures' ids")]);
}

#[test]
fn syntax() {
    refused("system.yaml", "marketingos: 1\nname: [x\n", &[("MOS-T004", 3, 1, "not well-formed YAML", "brackets")]);
    refused("system.yaml", "marketingos: 1\nname: \"x\n", &[("MOS-T004", 2, 7, "not well-formed YAML", "quotes")]);
    refused("system.yaml", format!("{SMALL}---\nname: y\n"), &[("MOS-T008", 9, 1, "a second document starts here", "one document in each file")]);
    refused_after("stages: !!map { a: A }\n", &[("MOS-T009", 9, 9, "a tag", "leave it out")]);
    refused_after("stages: { [a]: A }\n", &[("MOS-T009", 9, 11, "a key that is a list or a mapping", "plain words"), ("MOS-M005", 9, 11, "is not an id", "")]);
    // Columns count characters in JSON too, although its parser counts bytes.
    refused("system.json", "{\"marketingos\": 1,\n \"äöü\" 2}", &[("MOS-T004", 2, 8, "not well-formed JSON: expected `:`", "commas, quotes and brackets")]);
    refused("system.json", "{\"marketingos\": 1,}", &[("MOS-T004", 1, 19, "not well-formed JSON", "commas")]);
    refused("system.json", "{\"marketingos\": 1", &[("MOS-T004", 1, 17, "not well-formed JSON", "brackets")]);
    for half in ["\\ud83e", "\\udd85", "\\ud83ex"] {
        refused("system.json", format!("{{\"marketingos\": 1, \"name\": \"{half}\"}}"), &[("MOS-T004", 1, 28, "stands for no character", "surrogate pairs")]);
    }
    assert_eq!(accepted("system.json", r#"{"marketingos": 1, "name": "\ud83e\udd85 Kestrel"}"#, &[]).name(), "🦅 Kestrel");
}

#[test]
fn shapes() {
    refused("system.yaml", "- marketingos\n", &[("MOS-M003", 1, 1, "expected a mapping of keys to values, found a list", "write a mapping")]);
    refused("system.json", "3", &[("MOS-M003", 1, 1, "expected a mapping of keys to values, found a single value", "write a mapping")]);
    refused("system.yaml", "name: x\n", &[("MOS-M002", 1, 1, "the text has no `marketingos`", "write `marketingos: 1` first")]);
    refused("system.yaml", "marketingos: 1\n", &[("MOS-M002", 1, 1, "the text has no `name`", "what the company or team is called")]);
    refused("system.yaml", "marketingos: 2\nname: x\n", &[("MOS-M007", 1, 14, "the format version `2` is not supported", "write `marketingos: 1`")]);
    refused(
        "system.json",
        "{\"marketingos\": 1, \"name\": [\"x\"], \"people\": \"ana\",\n\"kpis\": [1], \"sources\": {\"s\": 3}, \"calendar\": {\"fiscal_year_starts\": 7},\n\"min_coverage\": true, \"signals\": {\"window\": -1}}",
        &[
            ("MOS-M003", 1, 28, "expected text, found a list", "write text"),
            ("MOS-M003", 1, 45, "expected a mapping of ids", "write a mapping"),
            ("MOS-M003", 2, 9, "expected a mapping of ids", "write a mapping"),
            ("MOS-M003", 2, 31, "expected a mapping of keys", "write a mapping"),
            ("MOS-M004", 2, 70, "`7` is not known here", "`january`"),
            ("MOS-M004", 3, 17, "`true` is not a number", "plain decimal"),
            ("MOS-M004", 3, 45, "`-1` is not a whole number", "whole number"),
        ],
    );
}

#[test]
fn names_near_to_known_ones() {
    refused_after("reveiws: {}\n", &[("MOS-M001", 9, 1, "the key `reveiws` is not known here", "did you mean `reviews`?")]);
    refused_after("zzz: 1\n", &[("MOS-M001", 9, 1, "the key `zzz` is not known here", "use one of `marketingos`, `name`")]);
    refused_after("executive: anna\n", &[("MOS-M006", 9, 12, "there is no person `anna`", "did you mean `ana`?")]);
    refused_after("measures: { m: { count: lead } }\n", &[("MOS-M006", 9, 25, "there is no source `lead`", "did you mean `leads`?")]);
    refused_after("measures: { m: { sum: leads.scor } }\n", &[("MOS-M006", 9, 13, "the source `leads` has no measure `scor`", "did you mean `score`?")]);
    refused_after(
        "plan: { targets: { laeds: [{ period: 2026-01, value: 5 }] } }\n",
        &[("MOS-M006", 9, 20, "there is no KPI `laeds`", "did you mean `leads`?")],
    );
    refused_after("stages: { First Visit: x }\n", &[("MOS-M005", 9, 11, "`First Visit` is not an id", "such as `first_visit`")]);
}

#[test]
fn mistakes_in_what_is_meant() {
    let ring = "measures:\n  a: { formula: b + 1 }\n  b: { ratio: { numerator: c, denominator: leads } }\n  c: { formula: 2 * a }\n  d: { formula: a }\n";
    refused_after(ring, &[("MOS-M009", 10, 3, "the definition refers to itself: `a` → `b` → `c` → `a`", "compute one of them from sources")]);
    // Reported at a member, although another definition leads to it first.
    refused_after("measures:\n  d: { formula: a }\n  a: { formula: a }\n", &[("MOS-M009", 11, 3, "itself: `a` → `a`", "from sources")]);
    let chain: String = (0..70).map(|i| format!("  m{i}: {{ formula: m{} }}\n", i + 1)).collect();
    refused_after(
        &format!("measures:\n{chain}  m70: {{ count: leads }}\n"),
        &[("MOS-M009", 10, 3, "`m0` passes through more than 64 definitions", "from sources")],
    );

    let both = SMALL.replace("operator: ana", "operator:\n- { person: ana, from: 2026-01-01 }\n- ben");
    refused("system.yaml", both, &[("MOS-M010", 5, 3, "`ben` and `ana` are operators at the same time", "name one operator")]);
    // A mistaken id is one mistake, however often it is meant elsewhere.
    let capital = SMALL.replacen("ana: Ana", "Ana: Ana", 1);
    assert_ne!(capital, SMALL);
    let errors = System::parse(&[Source::new("system.yaml", &capital)]).unwrap_err();
    assert_eq!(errors.findings().iter().map(|finding| finding.code.as_str()).collect::<Vec<_>>(), ["MOS-M005"], "{errors}");
    let owners = SMALL.replace("owner: ana", "owner: [ana, ben]");
    refused("system.yaml", owners, &[("MOS-M016", 8, 77, "`ana` and `ben` answer for it at the same time", "`from` and `to`")]);
    refused(
        "system.yaml",
        SMALL.replace("rows: events", "rows: events, recorded_from: 2026-02-01, recorded_until: 2026-01-31"),
        &[("MOS-M013", 6, 3, "lies before its start", "swap")],
    );
    refused("system.yaml", SMALL.replace("[channel]", "[channel, score]"), &[("MOS-M008", 6, 3, "the column id `score` stands twice", "id of its own")]);
    refused_after("measures: { leads: { count: leads } }\n", &[("MOS-M008", 9, 13, "the id `leads` is used by another KPI or measure too", "id of its own")]);
    refused_after(
        "measures: { m: { count: leads, sum: leads.score }, n: {} }\n",
        &[
            ("MOS-M014", 9, 16, "computed in more than one way: `count`, `sum`", "exactly one of"),
            ("MOS-M014", 9, 55, "says nothing about what is computed", "exactly one of"),
        ],
    );
    refused_after(
        "measures: { m: { conversion: { from: leads, to: n } }, n: { sum: leads.score } }\n",
        &[("MOS-M015", 9, 13, "`n` is not a count of rows", "defined by `count`")],
    );
}

#[test]
fn numbers_and_dates_of_a_system() {
    let target = |value: &str| format!("plan: {{ targets: {{ leads: [{{ period: 2026-01, value: {value} }}] }} }}\n");
    for (value, shown) in [
        ("NaN", "NaN"),
        (".nan", ".nan"),
        ("inf", "inf"),
        ("-.inf", "-.inf"),
        ("1e400", "1e400"),
        ("\"1,5\"", "1,5"),
        ("0x10", "0x10"),
        ("1.", "1."),
        ("''", ""),
        ("1 2", "1 2"),
    ] {
        refused_after(&target(value), &[("MOS-M004", 9, 54, &format!("`{shown}` is not a number"), "plain decimal, such as 1250, 0.12 or 12 %")]);
    }
    for value in ["12_000", "12.5", "-3", "12 %", "+1", "0.000000000000000000001"] {
        accepted("system.yaml", SMALL.to_owned() + &target(value), &[]);
    }
    for date in ["2026-02-30", "2026-2-3", "2026-02-03T10:00", "30.01.2026", "1815-12-10"] {
        let text = SMALL.replace("operator: ana", &format!("operator: {{ person: ana, from: {date} }}"));
        refused("system.yaml", text, &[("MOS-M004", 4, 32, &format!("`{date}` is not a date"), "a day that exists")]);
    }
    for period in ["2026-13", "2026-W54", "2026-Q5", "FY2026", "26-01", "2026-02-30", "all"] {
        let text = format!("plan: {{ targets: {{ leads: [{{ value: 1, period: {period} }}] }} }}\n");
        refused_after(&text, &[("MOS-M004", 9, 48, "is not a period of this calendar", "2026-W31")]);
    }
    refused_after(
        "plan: { targets: { leads: [{ from: 2026-02, to: 2026-01, value: 1 }, { period: 2026, value: 1 }, { period: 2026, value: 2 }] } }\n",
        &[("MOS-M013", 9, 36, "`2026-01` lies before `2026-02`", "swap"), ("MOS-M012", 9, 98, "two targets for 2026-01-01 to 2026-12-31", "later `set_on`")],
    );
}

#[test]
fn several_mistakes_are_all_reported() {
    let text = "\
marketingos: 1
nmae: Small firm
people: { ana: Ana }
operator: bob
sources:
  leads: { date: created, rows: sometimes }
kpis:
  leads: { unit: euro, direction: up, owner: ana, count: leeds }
plan:
  targets:
    sales: [{ period: 2026-02-30, value: NaN, set_on: 2026-02-30 }]
";
    refused(
        "system.yaml",
        text,
        &[
            ("MOS-M002", 1, 1, "the text has no `name`", "what the company"),
            ("MOS-M001", 2, 1, "`nmae`", "did you mean `name`?"),
            ("MOS-M006", 4, 11, "there is no person `bob`", "`ana`"),
            ("MOS-M004", 6, 33, "`sometimes` is not known here", "`events`, `daily`"),
            ("MOS-M004", 8, 18, "`euro` is not a unit", "EUR"),
            ("MOS-M004", 8, 35, "`up` is not known here", "`higher`"),
            ("MOS-M006", 8, 58, "there is no source `leeds`", ""),
            ("MOS-M006", 11, 5, "there is no KPI `sales`", ""),
            ("MOS-M004", 11, 23, "`2026-02-30` is not a period", ""),
            ("MOS-M004", 11, 42, "`NaN` is not a number", ""),
            ("MOS-M004", 11, 55, "`2026-02-30` is not a date", ""),
        ],
    );
}

/// A mistake in a part is no reason to say that the part is not there.
#[test]
fn parts_with_mistakes_are_still_parts() {
    let text = SMALL.replace("rows: events", "rows: sometimes")
        + "plan: { targets: { leads: [{ period: 2026-01, value: 5 }] } }\nmeasures: { m: { formula: leads + 1 } }\n";
    refused("system.yaml", &text, &[("MOS-M004", 6, 89, "`sometimes`", "`events`, `daily`")]);
    refused("system.yaml", text.replace("sometimes", "events").replace("higher", "up"), &[("MOS-M004", 8, 62, "`up`", "`higher`")]);
    refused_after(
        "executive: [ana]\nreviews: { r: { cadence: weekly, held_by: ana, escalates_to: zoe } }\n",
        &[("MOS-M003", 9, 12, "expected text, found a list", "write text"), ("MOS-M006", 10, 62, "there is no person `zoe`", "use one of `ana`, `ben`")],
    );
}

#[test]
fn one_system_in_other_words() {
    let json = r#"{"kpis": {"leads": {"count": "leads", "owner": {"person": "ana"}, "direction": "higher", "unit": "count of leads", "name": "New le\u0061ds"}},
        "sources": {"leads": {"rows": "events", "measures": ["score"], "dimensions": ["channel"], "entity": "lead", "date": {"column": "created", "pattern": "YYYY-MM-DD"}}},
        "operator": [{"person": "ana"}], "people": {"ana": {"name": "Ana"}, "ben": "Ben"}, "name": "Small firm", "marketingos": 1, "executive": null}"#;
    let (yaml, json) = (accepted("system.yaml", SMALL, &[]), accepted("system.json", json, &[]));
    assert_eq!(yaml.fingerprint(), json.fingerprint());
    assert_eq!(wire::describe(&yaml), wire::describe(&json));
    // Another name is another system.
    assert_ne!(accepted("system.yaml", SMALL.replace("Small", "Large"), &[]).fingerprint(), yaml.fingerprint());
}

#[test]
fn one_system_in_two_texts() {
    let whole = format!(
        "{SMALL}calendar: {{ fiscal_year_starts: july }}\nmin_coverage: 100 %\nplan: {{ targets: {{ leads: [{{ period: FY2026-Q1, value: 5 }}] }} }}\n"
    );
    let one = accepted("system.yaml", &whole, &[]);
    let at = whole.find("sources:").unwrap();
    let (people, rest) = whole.split_at(at);
    let globals = rest.find("calendar").unwrap();
    let plan = rest.find("plan:").unwrap();
    let first = format!("{people}{}", rest.get(globals..plan).unwrap());
    let second = format!("marketingos: 1\n{}{}", rest.get(..globals).unwrap(), rest.get(plan..).unwrap());
    let texts = [Source::new("a.yaml", &first), Source::new("b.yaml", &second)];
    for order in [[0, 1], [1, 0]] {
        let (both, findings) = System::parse(&order.map(|index| *texts.get(index).unwrap())).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!((both.fingerprint(), findings), (one.fingerprint(), vec![]));
    }

    // Findings name the text and line that they are about.
    let error = |second: &str| System::parse(&[Source::new("a.yaml", SMALL), Source::new("b.yaml", second)]).unwrap_err();
    let clash = error("marketingos: 1\nkpis: {}\n");
    compare(clash.findings(), &[("MOS-T005", 2, 1, "the key `kpis` stands in a.yaml too", "keep each section in one file")]);
    let rivals = error(
        "marketingos: 1\nplan:\n  targets:\n    leads:\n    - { period: 2026-01, value: 1 }\n    - { period: 2026-01, value: 2 }\nmeasures: { m: { formula: m } }\n",
    );
    compare(rivals.findings(), &[("MOS-M012", 6, 7, "two targets", ""), ("MOS-M009", 7, 13, "itself: `m` → `m`", "")]);
    assert!(rivals.findings().iter().all(|finding| finding.place.file == "b.yaml"), "{rivals}");
    assert_eq!(rivals.findings().iter().map(|finding| finding.place.path.as_str()).collect::<Vec<_>>(), ["plan.targets.leads[1]", "measures.m"]);
    // What a text that cannot be read would have defined is not reported as missing.
    let broken = System::parse(&[
        Source::new("a.yaml", "name: ["),
        Source::new("b.yaml", "marketingos: 1\nplan: { targets: { leads: [{ period: 2026-01, value: 1 }] } }\n"),
    ])
    .unwrap_err();
    assert_eq!(broken.findings().iter().map(|finding| (finding.code, finding.place.file.as_str())).collect::<Vec<_>>(), [(Code::Syntax, "a.yaml")]);
}

#[test]
fn names_are_carried_as_they_are() {
    let name = "=cmd()|' /C calc'!A0 <script>alert(\"1\")</script>";
    let system = accepted("system.yaml", SMALL.replace("New leads", &format!("'{}'", name.replace('\'', "''"))), &[]);
    assert_eq!(system.kpis().first().unwrap().name, name);
    let facts = loaded("created,lead,channel,score\n2026-01-05,=1+1,<b>,1\n", &[]).unwrap();
    let snapshot = system.snapshot(&facts, "2026-01-05".parse().unwrap());
    let member = snapshot.series("leads", Grain::All, &["channel", "lead"]).unwrap().first().unwrap().member.clone();
    assert_eq!(member, ["<b>".into(), "=1+1".into()]);
    assert_eq!(snapshot.scorecard(Grain::Month).lines.first().unwrap().name, name);
}

const HEADER: &str = "created,lead,channel,score\n";

#[test]
fn headers_of_facts() {
    let refused = |csv: &str, wanted: &[Wanted<'_>]| assert!(loaded(csv, wanted).is_err());
    refused("", &[("MOS-T001", 1, 1, "the text is empty", "header line")]);
    refused("\n\n", &[("MOS-T001", 1, 1, "the text is empty", "header line")]);
    assert!(loaded(b"created,lead,channel,score\n2026-01-05,a,\xe4,1\n", &[("MOS-T002", 2, 14, "not UTF-8", "UTF-8")]).is_err());
    refused(
        "Created,lead,canal\n",
        &[
            ("MOS-F002", 1, 1, "the declared column `created` is not in the header", "declare its name in `sources.leads`"),
            ("MOS-F002", 1, 1, "the declared column `channel`", "is it `canal`?"),
            ("MOS-F002", 1, 1, "the declared column `score`", "add the column"),
            ("MOS-F003", 1, 1, "`Created`, `canal`", "declare it in `sources.leads`"),
        ],
    );
    refused("created,lead,channel,score,lead\n", &[("MOS-F008", 1, 1, "the column `lead` stands twice", "name of its own")]);
    refused("created,lead,\"channel,score\n2026-01-05,a,paid,1\n", &[("MOS-F013", 1, 1, "not closed", "close the quote")]);
    // A column that nobody reads may stand twice, and is noted.
    let extra = loaded(
        "x,created,lead,channel,score,x\n1,2026-01-05,a,paid,1,2\n",
        &[("MOS-F003", 1, 1, "columns are not declared and not read: `x`, `x`", "if it is needed")],
    );
    assert_eq!(scores(&extra.unwrap()), (1, 0, 0));
}

#[test]
fn rows_of_facts() {
    let rows = |rows: &str, wanted: &[Wanted<'_>]| loaded(HEADER.to_owned() + rows, wanted);
    let facts = rows(
        "2026-01-05,a,paid\n2026-01-06,b,paid,1,1\n\n2026-01-07,c,\"pa,id\",1\n",
        &[("MOS-F004", 2, 1, "2 of 3 rows have more or fewer cells than the header, and are not counted", "the first has 3 cells instead of 4; quote cells")],
    );
    assert_eq!(scores(&facts.unwrap()), (3, 2, 0));
    let facts = rows(
        "2026-02-30,a,paid,1\n2026-02-28,b,paid,1\n28.02.2026,c,paid,1\n,d,paid,1\n2026-02-28 10:00,e,paid,1\n",
        &[("MOS-F005", 2, 1, "4 of 5 rows have no date of the form `YYYY-MM-DD` in `created`, and are not counted", "declare their `pattern`")],
    );
    assert_eq!(scores(&facts.unwrap()), (5, 4, 0));
    assert!(rows("2026-01-05,a,paid,1\n2026-01-06,b,\"paid,1\n2026-01-07,c,paid,1\n", &[("MOS-F013", 3, 1, "not closed", "close the quote")]).is_err());
    let inches = rows("2026-01-05,a,paid,1\n2026-01-06,b,5\" screen,1\n2026-01-07,c,paid,1\"", &[("MOS-F006", 4, 1, "1 of 3 rows", "`1\"`; mend the cells")]);
    assert_eq!(scores(&inches.unwrap()), (3, 0, 1));
    let facts = rows(
        "2026-01-05,,paid,1\n2026-01-05,a,paid,1\n2026-01-06,a,paid,1\n",
        &[
            ("MOS-F011", 2, 1, "1 of 3 rows does not name its entity", "fill in"),
            ("MOS-F014", 1, 1, "1 row names an entity that stands in an earlier row too", "use `distinct`"),
        ],
    );
    assert_eq!(scores(&facts.unwrap()), (3, 0, 0));
}

#[test]
fn numbers_of_facts() {
    for (cell, shown) in [
        ("\"1,5\"", "1,5"),
        ("NaN", "NaN"),
        ("inf", "inf"),
        ("-Infinity", "-Infinity"),
        ("\"1,234\"", "1,234"),
        ("12 %", "12 %"),
        ("=1+1", "=1+1"),
        ("1e", "1e"),
    ] {
        let wanted = [(
            "MOS-F006",
            3,
            1,
            "1 of 2 rows has no number in `score` as it is declared, and the cell is missing",
            &*format!("the first has `{shown}`; mend the cells, or declare `decimal` and `thousands`"),
        )];
        let facts = loaded(format!("{HEADER}2026-01-05,a,paid,1.5\n2026-01-06,b,paid,{cell}\n"), &wanted).unwrap();
        assert_eq!(scores(&facts), (2, 0, 1));
    }
    for cell in ["1e400", "1e18", "123456789012345678901", "1e-400", "-1e400", "0.1234567890123456789"] {
        let wanted = [("MOS-F007", 2, 1, "more than 18 digits before or 18 after the point", "round the numbers")];
        assert_eq!(scores(&loaded(format!("{HEADER}2026-01-05,a,paid,{cell}\n"), &wanted).unwrap()), (1, 0, 1));
    }
    // A missing cell is not zero.
    let system = accepted("system.yaml", SMALL.to_owned() + "measures: { mean: { mean: leads.score } }\n", &[]);
    let facts = Facts::builder(&system).csv("leads", format!("{HEADER}2026-01-05,a,paid,3\n2026-01-05,b,paid,NaN\n2026-01-05,c,paid,\n")).build().unwrap();
    let mean = system.snapshot(&facts, "2026-01-05".parse().unwrap()).series("mean", Grain::All, &[]).unwrap();
    assert_eq!(mean.first().unwrap().value, Value::of(Number::from(3)));
}

#[test]
fn sources_that_are_not_there() {
    let system = accepted("system.yaml", SMALL, &[]);
    let error = Facts::builder(&system).csv("lead", HEADER).csv("leads", HEADER).csv("leads", HEADER).build().unwrap_err();
    compare(
        error.findings(),
        &[
            ("MOS-F001", 1, 1, "the system declares no source `lead`", "did you mean `leads`?"),
            ("MOS-F009", 1, 1, "facts for `leads` were given twice", "in one text"),
        ],
    );
    let facts = Facts::builder(&system).build().unwrap();
    compare(facts.findings(), &[("MOS-F010", 1, 1, "no facts were given for the source `leads`; figures that need them are missing", "an empty table")]);
    let figure = system.snapshot(&facts, "2026-01-31".parse().unwrap()).scorecard(Grain::Month).lines.first().unwrap().actual.value.clone();
    assert_eq!(figure.reason(), Some("missing"));
}

#[test]
fn questions_that_have_no_answer() {
    let system = accepted("system.yaml", SMALL, &[]);
    let facts = Facts::builder(&system).csv("leads", HEADER).build().unwrap();
    let snapshot = system.snapshot(&facts, "2026-01-31".parse().unwrap());
    for (request, code, help) in [
        ("", "MOS-Q001", "with an `ask`"),
        ("[[[[", "MOS-Q001", "with an `ask`"),
        (r#"{"ask":"scorecrad"}"#, "MOS-Q001", "did you mean `scorecard`?"),
        (r#"{"ask":"scorecard","grian":"month"}"#, "MOS-Q001", "leave the field out"),
        (r#"{"ask":"scorecard","grain":"mnoth"}"#, "MOS-Q001", "did you mean `month`?"),
        (r#"{"ask":"series","figure":"laeds"}"#, "MOS-Q002", "did you mean `leads`?"),
        (r#"{"ask":"series","figure":"leads","by":["chanel"]}"#, "MOS-Q004", "did you mean `channel`?"),
        (r#"{"ask":"series","figure":"leads","by":["<script>"]}"#, "MOS-Q004", "name a dimension"),
    ] {
        let error = wire::ask(&snapshot, request).unwrap_err();
        assert_eq!(error.code().as_str(), code, "{request}: {error}");
        assert!(error.help().contains(help), "{request}: {}", error.help());
    }
    let deep = format!("{{\"ask\":{}", "[".repeat(100_000));
    assert_eq!(wire::ask(&snapshot, &deep).unwrap_err().code(), Code::BadRequest);
    for as_of in ["2026-02-30", "", "today", "2026-01-31T00:00"] {
        let error = wire::snapshot(&std::sync::Arc::new(system.clone()), &std::sync::Arc::new(facts.clone()), as_of).unwrap_err();
        assert_eq!((error.code(), error.help()), (Code::BadAsOf, "write a day that exists, such as 2026-09-30"));
    }
}
