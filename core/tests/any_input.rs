//! Any input at all: reading it ends, soon and without a panic; and what must not matter
//! (the order of rows, comments, white space) does not.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::disallowed_methods, reason = "a test reads files, needs a clock and may fail")]

use std::sync::{Arc, LazyLock};
use std::time::{Duration, Instant};

use marketingos::*;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

/// These inputs are small; none should take a hundredth of this.
const PATIENCE: Duration = Duration::from_secs(5);

fn example(name: &str) -> String {
    std::fs::read_to_string(format!("{}/../examples/kestrel/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

static EXAMPLE: LazyLock<String> = LazyLock::new(|| example("system.yaml"));

static KESTREL: LazyLock<System> =
    LazyLock::new(|| System::parse(&[Source::new("system.yaml", &*EXAMPLE), Source::new("plan.yaml", &example("plan.yaml"))]).unwrap().0);

/// A hundred rows of the example's leads.
static LEADS: LazyLock<String> = LazyLock::new(|| example("data/leads.csv").lines().take(101).map(|line| format!("{line}\n")).collect());

static JOURNAL: LazyLock<String> = LazyLock::new(|| example("journal.yaml"));

fn bounded<T>(read: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let result = read();
    assert!(start.elapsed() < PATIENCE, "took {:?}", start.elapsed());
    result
}

/// Whatever is refused is refused for a reason.
fn parse(name: &str, text: &[u8]) {
    if let Err(error) = bounded(|| System::parse(&[Source::new(name, text)])) {
        assert!(error.findings().iter().any(|finding| finding.severity == Severity::Error), "{error}");
        let _ = wire::error(&error);
    }
}

fn load(text: &[u8]) {
    match bounded(|| Facts::builder(&KESTREL).csv("leads", text).build()) {
        Err(error) => assert!(error.findings().iter().any(|finding| finding.severity == Severity::Error), "{error}"),
        Ok(facts) => {
            let load = &facts.loads()[0];
            assert!(load.rejected_rows <= load.rows);
            let snapshot = bounded(|| KESTREL.snapshot(&facts, "2026-09-30".parse().unwrap()));
            let counted: Number = bounded(|| snapshot.series("leads", Grain::All, &[])).unwrap().iter().filter_map(|one| one.value.number().cloned()).sum();
            let dated_later = Number::from(load.rows - load.rejected_rows) - counted;
            assert!(!dated_later.is_negative());
        }
    }
}

/// Pieces that mean something to one of the readers.
fn piece() -> impl Strategy<Value = String> {
    const MARKS: [&str; 40] = [
        "\n",
        "\r\n",
        "\n  ",
        "\n- ",
        "\t",
        ": ",
        "- ",
        "? ",
        "{",
        "}",
        "[",
        "]",
        ", ",
        "\"",
        "'",
        "|",
        ">",
        "&a ",
        "*a",
        "!t ",
        "#",
        "%",
        "---\n",
        "...\n",
        "\\",
        "\\ud83e",
        "\u{feff}",
        "\0",
        "~",
        "null",
        "1e400",
        "NaN",
        "2026-02-30",
        "marketingos: 1",
        "kpis:",
        "ß",
        "🦅",
        "a",
        "=",
        ";",
    ];
    prop_oneof![8 => select(&MARKS[..]).prop_map(str::to_owned), 1 => "\\PC{0,8}", 1 => any::<char>().prop_map(String::from)]
}

/// A change of a text: at a place, so many bytes are replaced by a piece, or by another part
/// of the text.
type Change = (Index, usize, Option<String>, Index, usize);

fn changes() -> impl Strategy<Value = Vec<Change>> {
    vec((any::<Index>(), 0usize..12, prop::option::weighted(0.7, piece()), any::<Index>(), 0usize..200), 1..6)
}

fn changed(text: &str, changes: &[Change]) -> Vec<u8> {
    let mut bytes = text.as_bytes().to_vec();
    for (at, gone, piece, from, length) in changes {
        let at = at.index(bytes.len() + 1);
        let end = (at + gone).min(bytes.len());
        let put = piece.clone().map_or_else(
            || {
                let from = from.index(bytes.len() + 1);
                bytes[from..(from + length).min(bytes.len())].to_vec()
            },
            String::into_bytes,
        );
        bytes.splice(at..end, put);
    }
    bytes
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in vec(any::<u8>(), 0..400)) {
        parse("a.yaml", &bytes);
        parse("a.json", &bytes);
        load(&bytes);
    }

    #[test]
    fn any_pieces_are_read_or_refused(pieces in vec(piece(), 0..60)) {
        let text = pieces.concat();
        parse("a.yaml", text.as_bytes());
        parse("a.json", text.as_bytes());
        parse("a.yaml", format!("marketingos: 1\nname: {text}").as_bytes());
        load(text.as_bytes());
        load(format!("created,lead_id,channel,region,stage\n{text}").as_bytes());
    }

    #[test]
    fn a_changed_system_is_read_or_refused(changes in changes()) {
        parse("system.yaml", &changed(&EXAMPLE, &changes));
    }

    #[test]
    fn a_changed_system_in_json_is_read_or_refused(changes in changes()) {
        const SMALL: &str = r#"{"marketingos": 1, "name": "Small", "people": {"ana": {"name": "Ana"}}, "operator": "ana",
            "sources": {"leads": {"date": "created", "entity": "lead", "dimensions": ["channel"], "rows": "events"}},
            "kpis": {"leads": {"unit": "count of leads", "direction": "higher", "owner": "ana", "count": "leads", "where": {"channel": [null, "paid"]}}},
            "plan": {"targets": {"leads": [{"from": "2026-01", "to": "2026-12", "value": "12.50"}]}}}"#;
        parse("system.json", &changed(SMALL, &changes));
    }

    #[test]
    fn changed_facts_are_read_or_refused(changes in changes()) {
        load(&changed(&LEADS, &changes));
    }

    #[test]
    fn a_changed_journal_is_read_or_refused(changes in changes()) {
        let text = changed(&JOURNAL, &changes);
        match bounded(|| Journal::parse(&[Source::new("journal.yaml", &text)], &KESTREL)) {
            Err(error) => prop_assert!(error.findings().iter().any(|finding| finding.severity == Severity::Error), "{error}"),
            Ok((journal, _)) => {
                let facts = Facts::builder(&KESTREL).build().unwrap();
                let snapshot = KESTREL.snapshot(&facts, "2026-09-30".parse().unwrap()).with_journal(Arc::new(journal));
                let rhythm = bounded(|| snapshot.rhythm(None)).unwrap();
                let file = rhythm.to_icalendar().unwrap();
                prop_assert!(file.split_terminator("\r\n").all(|line| line.len() <= 75 && !line.contains(['\r', '\n'])));
                bounded(|| snapshot.minutes_book(Cadence::Weekly));
                bounded(|| snapshot.agenda(Cadence::Weekly).to_markdown());
            }
        }
    }

    #[test]
    fn requests_are_answered_or_refused(pieces in vec(piece(), 0..20), changes in changes()) {
        let facts = Facts::builder(&KESTREL).csv("leads", &*LEADS).build().unwrap();
        let snapshot = KESTREL.snapshot(&facts, "2026-09-30".parse().unwrap());
        let request = changed(r#"{"ask":"series","figure":"leads","grain":"month","by":["channel"]}"#, &changes);
        for text in [pieces.concat(), String::from_utf8_lossy(&request).into_owned()] {
            if let Err(error) = wire::ask(&snapshot, &text) {
                prop_assert!(!error.message().is_empty() && !error.help().is_empty());
            }
        }
    }

    #[test]
    fn comments_and_white_space_do_not_matter(notes in vec((any::<Index>(), "( *#[^\\r\\n]{0,20}| *)"), 0..30), ends in any::<bool>()) {
        let mut lines: Vec<String> = EXAMPLE.lines().map(str::to_owned).collect();
        for (at, note) in notes {
            let at = at.index(lines.len() + 1);
            lines.insert(at, note.chars().filter(|c| !c.is_control() && *c != '\u{feff}').collect());
        }
        let text = lines.join(if ends { "\r\n" } else { "\n" });
        let (system, _) = System::parse(&[Source::new("system.yaml", &text), Source::new("plan.yaml", &example("plan.yaml"))]).unwrap();
        prop_assert_eq!(system.fingerprint(), KESTREL.fingerprint());
    }
}

/// A small firm that has every kind of figure.
const FIRM: &str = "
marketingos: 1
name: Small firm
min_coverage: 0 %
sources:
  leads: { date: created, entity: lead, dimensions: [channel], measures: [score], rows: events }
  deals: { date: closed, entity: lead, dimensions: [outcome], measures: [amount], rows: daily }
measures:
  won: { count: deals, where: { outcome: won } }
  not_paid: { count: leads, where: { not: { channel: [paid, null] } } }
  score: { mean: leads.score }
  amount: { sum: deals.amount }
  customers: { distinct: deals.lead }
  new_leads: { count: leads }
  share: { ratio: { numerator: amount, denominator: new_leads } }
  conversion: { conversion: { from: new_leads, to: won, within_days: 10 } }
  cycle: { duration: { from: new_leads, to: won, statistic: p90 } }
  blend: { formula: 'amount / max(new_leads, 1) - coalesce(score, 0)' }
";

fn lead() -> impl Strategy<Value = String> {
    (0u32..28, 0u32..20, select(&["paid", "earned", "", "\"=a,b\""][..]), select(&["1", "2.50", "-0.125", "", "x", "1e3"][..]))
        .prop_map(|(day, lead, channel, score)| format!("2026-01-{:02},l{lead},{channel},{score}\n", day + 1))
}

fn deal() -> impl Strategy<Value = String> {
    (0u32..30, 0u32..24, select(&["won", "lost"][..]), -9_999i32..99_999).prop_map(|(day, lead, outcome, cents)| {
        format!("2026-02-{:02},l{lead},{outcome},{}\n", day + 1, Number::from(cents).divided_by(&Number::from(100)).unwrap())
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_rows_does_not_matter(
        (leads, leads_again) in vec(lead(), 0..60).prop_flat_map(|rows| (Just(rows.clone()), Just(rows).prop_shuffle())),
        (deals, deals_again) in vec(deal(), 0..40).prop_flat_map(|rows| (Just(rows.clone()), Just(rows).prop_shuffle())),
    ) {
        let (system, _) = System::parse(&[Source::new("a.yaml", FIRM)]).unwrap();
        let read = |leads: &[String], deals: &[String], deals_first: bool| {
            let (leads, deals) = (format!("created,lead,channel,score\n{}", leads.concat()), format!("closed,lead,outcome,amount\n{}", deals.concat()));
            let builder = Facts::builder(&system);
            let builder = if deals_first { builder.csv("deals", deals).csv("leads", leads) } else { builder.csv("leads", leads).csv("deals", deals) };
            let facts = builder.build().unwrap();
            system.snapshot(&facts, "2026-02-20".parse().unwrap())
        };
        let (one, other) = (read(&leads, &deals, false), read(&leads_again, &deals_again, true));
        prop_assert_eq!(one.fingerprint(), other.fingerprint());
        for measure in system.measures() {
            for grain in [Grain::Week, Grain::Month, Grain::All] {
                for by in [&[][..], &["lead"][..], &["channel"][..], &["outcome"][..]] {
                    let ask = |snapshot: &Snapshot| snapshot.series(measure.definition.id.as_str(), grain, by);
                    prop_assert_eq!(ask(&one), ask(&other), "{} by {:?}", measure.definition.id, by);
                }
            }
        }
    }
}
