//! Workbooks as people and programs hand them in: edited, broken, hostile. They are made from written
//! ones by changing the text of a sheet, as a spreadsheet program would have saved it.
#![allow(clippy::string_slice, clippy::unreachable, clippy::cast_possible_truncation, reason = "a test fails by panicking, in its helpers too")]

use std::io::{Cursor, Read, Write};
use std::sync::OnceLock;

use calamine::Reader as _;
use proptest::prelude::*;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::read;
use crate::{Facts, Snapshot, Source, System};

const TEXT: &str = r#"
marketingos: 1
name: '=HYPERLINK("http://example.com")'
people: { ana: "=1+1", ben: "@Ben" }
operator: ana
sources:
  leads: { date: created, dimensions: [account], rows: events, recorded_from: 2026-01-01, recorded_until: as_of }
  spend: { date: day, measures: { amount: { unit: EUR } }, rows: events, recorded_from: 2026-01-01, recorded_until: as_of }
measures: { cost: { sum: spend.amount } }
kpis:
  leads: { name: "=SUM(A1:A3)", unit: count of leads, direction: higher, owner: ana, meaning: "_x0041_ & <b>", count: leads }
  cost_per_lead: { name: Cost per lead, unit: EUR, direction: lower, owner: ben, ratio: { numerator: cost, denominator: leads } }
  accounts: { name: "+Accounts", unit: count of accounts, direction: higher, owner: ben, distinct: leads.account }
  mean_cost: { name: Mean cost, unit: EUR, direction: band, owner: ben, mean: spend.amount }
plan: { targets: { leads: [ { from: 2026-01, to: 2026-12, value: 3, document: "-Plan" } ], mean_cost: [ { from: 2026-01, to: 2026-06, low: 10, high: 20 } ] },
  budget: { period: 2026, amount: 1_000 EUR, lines: { ads: { amount: 600 EUR, spent: cost }, total: { amount: 400 EUR, committed: { on: 2026-02-01, amount: 50 EUR, what: Stand } } },
    moves: [ { on: 2026-02-01, from: total, to: ads, amount: 25 EUR, reason: First }, { on: 2026-03-01, from: ads, to: total, amount: 5.50 EUR, reason: Back } ] } }
reviews: { monthly: { name: "=Review", cadence: monthly, day: second Tuesday of the month, held_by: ana, escalates_to: ben } }
"#;

fn snapshot() -> &'static Snapshot {
    static SNAPSHOT: OnceLock<Snapshot> = OnceLock::new();
    SNAPSHOT.get_or_init(|| {
        let (system, findings) = System::parse(&[Source::new("system.yaml", TEXT)]).unwrap();
        assert!(findings.is_empty(), "{findings:?}");
        let facts = Facts::builder(&system).csv("leads", "created,account\n2026-01-05,=a\n2026-01-19,b\n2026-03-02,b\n");
        let facts = facts.csv("spend", "day,amount\n2026-01-09,33.10\n2026-02-09,7\n").build().unwrap();
        system.snapshot(&facts, "2026-03-31".parse().unwrap())
    })
}

fn written() -> &'static [u8] {
    static BYTES: OnceLock<Vec<u8>> = OnceLock::new();
    BYTES.get_or_init(|| snapshot().to_workbook().unwrap())
}

/// The parts of the written workbook, some of them changed.
fn repacked(change: impl Fn(&str, String) -> Option<String>) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(written())).unwrap();
    let mut copy = ZipWriter::new(Cursor::new(Vec::new()));
    for position in 0..archive.len() {
        let mut part = archive.by_index(position).unwrap();
        let (name, mut text) = (part.name().unwrap().into_owned(), String::new());
        part.read_to_string(&mut text).unwrap();
        if let Some(text) = change(&name, text) {
            copy.start_file(name, SimpleFileOptions::default()).unwrap();
            copy.write_all(text.as_bytes()).unwrap();
        }
    }
    copy.finish().unwrap().into_inner()
}

/// The same with the cells of a sheet (from 1) put in place of those with their addresses.
fn with_cells(sheet: usize, cells: &[(&str, &str)]) -> Vec<u8> {
    repacked(|name, mut text| {
        for (address, cell) in cells.iter().filter(|_| name == format!("xl/worksheets/sheet{sheet}.xml")) {
            let start = text.find(&format!("<c r=\"{address}\"")).unwrap_or_else(|| panic!("no {address}"));
            let rest = &text[start..];
            let end = match (rest.find("/>"), rest.find("</c>")) {
                (Some(empty), full) if full.is_none_or(|full| empty < full) && !rest[..empty].contains("<v") && !rest[..empty].contains("<f") => empty + 2,
                (_, Some(full)) => full + 4,
                _ => unreachable!(),
            };
            text.replace_range(start..start + end, cell);
        }
        Some(text)
    })
}

const KPI_SET: usize = 1;
const DASHBOARD: usize = 2;
const ACTUALS: usize = 3;
const PLAN: usize = 4;

/// The address of a cell by what stands in the first column and under `Period`.
fn address(sheet: &'static str, id: &str, period: &str, column: char) -> String {
    let mut workbook: calamine::Xlsx<_> = calamine::Xlsx::new(super::guard::unpacked(written()).unwrap()).unwrap();
    let range = workbook.worksheet_range(sheet).unwrap();
    let found = range.rows().position(|row| row[0] == *id && (period.is_empty() || row[3] == *period));
    format!("{column}{}", found.unwrap_or_else(|| panic!("no {id} {period}")) + 1 + range.start().unwrap().0 as usize)
}

fn codes(bytes: &[u8]) -> Vec<String> {
    let changes = read(bytes, snapshot().system()).unwrap().changes(snapshot()).unwrap();
    changes.findings.iter().map(|finding| format!("{} {}", finding.code, finding.place.path)).collect()
}

#[test]
fn the_same_snapshot_gives_the_same_bytes_and_reads_back_without_a_change() {
    assert_eq!(snapshot().to_workbook().unwrap(), written());
    let changes = read(written(), snapshot().system()).unwrap().changes(snapshot()).unwrap();
    assert_eq!((changes.kpis, changes.targets, changes.actuals, changes.findings), (vec![], vec![], vec![], vec![]));
    assert_eq!((changes.budget, changes.moves), (vec![], vec![]));
}

#[test]
fn what_was_typed_is_a_change() {
    let leads = address("Actuals", "leads", "2026-02", 'G');
    let cost = address("Actuals", "cost", "2026-01", 'G');
    let bytes = with_cells(ACTUALS, &[(&leads, &format!("<c r=\"{leads}\"><v>4</v></c>")), (&cost, &format!("<c r=\"{cost}\"/>"))]);
    let changes = read(&bytes, snapshot().system()).unwrap().changes(snapshot()).unwrap();
    let told: Vec<_> = changes
        .actuals
        .iter()
        .map(|change| {
            (
                change.figure.as_str(),
                change.period.label.as_str(),
                change.before.number().map(ToString::to_string),
                change.after.as_ref().map(ToString::to_string),
            )
        })
        .collect();
    // No leads in February are zero; a cell that was emptied is missing, and not zero.
    assert_eq!(told, [("leads", "2026-02", Some("0".into()), Some("4".into())), ("cost", "2026-01", Some("33.1".into()), None)]);
    assert!(changes.findings.is_empty(), "{:?}", changes.findings);
}

#[test]
fn targets_and_kpis_read_back_as_changes_that_can_be_written() {
    let low = address("Plan and budget", "leads", "2026-05", 'E');
    let high = address("Plan and budget", "mean_cost", "2026-06", 'F');
    let bytes = with_cells(PLAN, &[(&low, &format!("<c r=\"{low}\"><v>3.5</v></c>")), (&high, &format!("<c r=\"{high}\"><v>25</v></c>"))]);
    let changes = read(&bytes, snapshot().system()).unwrap().changes(snapshot()).unwrap();
    let told: Vec<_> = changes
        .targets
        .iter()
        .map(|change| {
            (change.kpi.as_str(), change.period.label.as_str(), change.after.as_ref().map(|bounds| (bounds.low.to_string(), bounds.high.to_string())))
        })
        .collect();
    assert_eq!(told, [("leads", "2026-05", Some(("3.5".into(), "3.5".into()))), ("mean_cost", "2026-06", Some(("10".into(), "25".into())))]);

    let (name, owner) = (address("KPI set", "leads", "", 'B'), address("KPI set", "leads", "", 'E'));
    let inline = |at: &str, text: &str| format!("<c r=\"{at}\" t=\"inlineStr\"><is><t>{text}</t></is></c>");
    let bytes = with_cells(KPI_SET, &[(&name, &inline(&name, "New leads")), (&owner, &inline(&owner, "@Ben"))]);
    let changes = read(&bytes, snapshot().system()).unwrap().changes(snapshot()).unwrap();
    let told: Vec<_> = changes.kpis.iter().map(|change| (change.key, change.before.as_str(), change.after.as_str(), change.path.as_deref())).collect();
    assert_eq!(told, [("name", "=SUM(A1:A3)", "New leads", Some("kpis.leads.name")), ("owner", "ana", "ben", None)]);
    let renamed = crate::edit::set(TEXT, changes.kpis[0].path.as_deref().unwrap(), &changes.kpis[0].after).unwrap();
    assert!(renamed.contains("name: New leads"), "{renamed}");
}

#[test]
fn budgets_read_back() {
    let ads = |column| address("Plan and budget", "ads", "", column);
    let (allocated, committed, frame) = (ads('D'), address("Plan and budget", "total", "", 'J'), address("Plan and budget", "frame", "", 'D'));
    let number = |at: &str, number: &str| format!("<c r=\"{at}\"><v>{number}</v></c>");
    let (first, second) = (address("Plan and budget", "2026-02-01", "", 'D'), address("Plan and budget", "2026-03-01", "", 'A'));
    // A spreadsheet makes a date of what looks like one.
    let cells = [
        (allocated.as_str(), number(&allocated, "650.25")),
        (&committed, format!("<c r=\"{committed}\"/>")),
        (&frame, number(&frame, "1100")),
        (&first, number(&first, "30")),
        (&second, format!("<c r=\"{second}\" t=\"d\"><v>2026-03-01T00:00:00</v></c>")),
    ];
    let cells: Vec<(&str, &str)> = cells.iter().map(|(at, cell)| (*at, cell.as_str())).collect();
    let changes = read(&with_cells(PLAN, &cells), snapshot().system()).unwrap().changes(snapshot()).unwrap();
    let text = |number: Option<&crate::Number>| number.map(ToString::to_string).unwrap_or_default();
    let told = changes.budget.iter().map(|change| {
        let line = change.line.as_ref().map_or("", |line| line.as_str());
        (line, change.key, text(change.before.number()), text(change.after.as_ref()))
    });
    let told: Vec<_> = told.collect();
    let wanted = [("ads", "allocated", "600", "650.25"), ("total", "committed", "50", ""), ("", "frame", "1000", "1100")];
    assert_eq!(told, wanted.map(|(line, key, before, after)| (line, key, before.to_owned(), after.to_owned())));
    let moves: Vec<_> = changes
        .moves
        .iter()
        .map(|change| (text(change.before.as_ref().map(|moved| &moved.amount)), text(change.after.as_ref().map(|moved| &moved.amount))))
        .collect();
    assert_eq!(moves, [("25".to_owned(), "30".to_owned())]);
    assert!(changes.findings.is_empty(), "{:?}", changes.findings);
}

#[test]
fn what_is_wrong_in_budgets_is_found() {
    let inline = |at: &str, text: &str| format!("<c r=\"{at}\" t=\"inlineStr\"><is><t>{text}</t></is></c>");
    let found = |at: &str, cell: &str| codes(&with_cells(PLAN, &[(at, cell)]));
    let (id, remaining) = (address("Plan and budget", "ads", "", 'A'), address("Plan and budget", "ads", "", 'K'));
    // A line that is not known, and the row of one that is gone.
    assert_eq!(found(&id, &inline(&id, "adz")), [format!("MOS-X006 Plan and budget!{id}"), "MOS-X012 Plan and budget!A1".to_owned()]);
    assert_eq!(found(&remaining, &format!("<c r=\"{remaining}\"><v>1</v></c>")), [format!("MOS-X013 Plan and budget!{remaining}")]);
    let moved = |column: &str| address("Plan and budget", "2026-02-01", "", 'A').replace('A', column);
    let (on, to, amount) = (moved("A"), moved("C"), moved("D"));
    assert_eq!(found(&on, &inline(&on, "soon")), [format!("MOS-X010 Plan and budget!{on}")]);
    assert_eq!(found(&to, &inline(&to, "nobody")), [format!("MOS-X006 Plan and budget!{to}")]);
    assert_eq!(found(&amount, &format!("<c r=\"{amount}\"/>")), [format!("MOS-X008 Plan and budget!{amount}")]);
    // Without its title, nothing of the budget is read, and that is said.
    let untitled = repacked(|name, text| Some(if name == "xl/sharedStrings.xml" { text.replace("<t>Budget 2026</t>", "<t>Money</t>") } else { text }));
    assert_eq!(codes(&untitled), ["MOS-X005 Plan and budget!A1"]);
}

#[test]
fn differences_that_were_typed_over_are_found() {
    for column in ['G', 'H', 'I', 'J', 'L'] {
        let at = address("Dashboard", "leads", "2026-01", column);
        for cell in ["><v>5</v></c>", "t=\"inlineStr\"><is><t>fine</t></is></c>", "/>"] {
            assert_eq!(codes(&with_cells(DASHBOARD, &[(&at, &format!("<c r=\"{at}\" {cell}"))])), [format!("MOS-X013 Dashboard!{at}")], "{cell}");
        }
    }
}

#[test]
fn what_is_not_understood_is_found_where_it_stands() {
    let value = address("Actuals", "leads", "2026-01", 'G');
    let cases = [
        ("t=\"inlineStr\"><is><t>about 5</t></is>", "MOS-X008"),
        ("t=\"b\"><v>1</v>", "MOS-X008"),
        ("t=\"e\"><v>#DIV/0!</v>", "MOS-X009"),
        ("><f>1/0</f>", "MOS-X008"),
        ("t=\"d\"><v>2026-01-31</v>", "MOS-X008"),
        ("><v>1e300</v>", "MOS-X008"),
    ];
    for (cell, code) in cases {
        let bytes = with_cells(ACTUALS, &[(&value, &format!("<c r=\"{value}\" {cell}</c>"))]);
        assert_eq!(codes(&bytes), [format!("{code} Actuals!{value}")], "{cell}");
    }
    // An unknown figure, a row told twice, a period that is none, a formula that was typed over.
    let (id, again) = (address("Actuals", "leads", "2026-01", 'A'), address("Actuals", "leads", "2026-02", 'D'));
    let inline = |at: &str, text: &str| format!("<c r=\"{at}\" t=\"inlineStr\"><is><t>{text}</t></is></c>");
    let found = |cell: (&str, &str)| codes(&with_cells(ACTUALS, &[(cell.0, &inline(cell.0, cell.1))]));
    assert_eq!(found((&id, "lead"))[0], format!("MOS-X006 Actuals!{id}"));
    assert!(found((&again, "2026-01")).iter().any(|found| found.starts_with("MOS-X007 Actuals!")));
    assert_eq!(found((&again, "soon"))[0], format!("MOS-X010 Actuals!{again}"));
    let computed = address("Actuals", "mean_cost", "2026-01", 'G');
    assert_eq!(codes(&with_cells(ACTUALS, &[(&computed, &format!("<c r=\"{computed}\"><v>5</v></c>"))])), [format!("MOS-X013 Actuals!{computed}")]);
    let shown = address("Dashboard", "cost_per_lead", "2026-01", 'E');
    assert_eq!(codes(&with_cells(DASHBOARD, &[(&shown, &format!("<c r=\"{shown}\"><v>5</v></c>"))])), [format!("MOS-X013 Dashboard!{shown}")]);
}

#[test]
fn renamed_sheets_and_missing_columns_are_found() {
    let renamed = repacked(|name, text| Some(if name == "xl/workbook.xml" { text.replace("name=\"Actuals\"", "name=\"Ist\"") } else { text }));
    let found = codes(&renamed);
    assert!(found.contains(&"MOS-X004 Actuals!A1".to_owned()) && found.iter().any(|found| found.starts_with("MOS-X011")), "{found:?}");
    let headless = repacked(|name, text| Some(if name == "xl/sharedStrings.xml" { text.replace("<t>Value</t>", "<t>Wert</t>") } else { text }));
    assert!(codes(&headless).iter().any(|found| found == "MOS-X005 Actuals!A4"), "{:?}", codes(&headless));
}

#[test]
fn users_texts_are_texts() {
    let mut workbook: calamine::Xlsx<_> = calamine::Xlsx::new(super::guard::unpacked(written()).unwrap()).unwrap();
    let range = workbook.worksheet_range("KPI set").unwrap();
    let texts: Vec<String> = range.cells().map(|(_, _, cell)| cell.to_string()).collect();
    for text in ["=SUM(A1:A3)", "=1+1", "@Ben", "+Accounts", "_x0041_ & <b>", "-Plan", "=HYPERLINK(\"http://example.com\") – KPI set"] {
        assert!(texts.iter().any(|known| known == text), "{text} is not among {texts:?}");
    }
    let _ = repacked(|name, text| {
        // No formula of any sheet has a user's text outside of a literal.
        assert!(!name.contains("worksheets") || !text.contains("<f>HYPERLINK") && !text.contains("<f>SUM(A1"), "{name}");
        Some(text)
    });
}

#[test]
fn bombs_are_refused() {
    let spaces = " ".repeat(super::guard::MAX_UNPACKED as usize);
    let bomb = repacked(|name, text| Some(if name == "xl/sharedStrings.xml" { format!("{text}{spaces}") } else { text }));
    assert!(bomb.len() < 1_000_000, "it is small as long as it is packed: {}", bomb.len());
    assert_eq!(read(&bomb, snapshot().system()).unwrap_err().code().as_str(), "MOS-X002");
    let large = vec![0; super::guard::MAX_BYTES + 1];
    assert_eq!(read(&large, snapshot().system()).unwrap_err().code().as_str(), "MOS-X002");
    // A short text that a million cells refer to.
    let long = "x".repeat(1_000_000);
    let cells: String = (5..60).map(|row| format!("<row r=\"{row}\"><c r=\"A{row}\" t=\"s\"><v>0</v></c></row>")).collect();
    let many = repacked(|name, text| {
        Some(match name {
            "xl/sharedStrings.xml" => format!("<sst><si><t>{long}</t></si></sst>"),
            "xl/worksheets/sheet1.xml" => format!("<worksheet><sheetData>{cells}</sheetData></worksheet>"),
            _ => text,
        })
    });
    assert_eq!(read(&many, snapshot().system()).unwrap_err().code().as_str(), "MOS-X002");
    // A sheet as wide and high as sheets may be is no larger than its cells.
    let wide = with_cells(ACTUALS, &[("A1", "<c r=\"XFD1048576\"><v>1</v></c>")]);
    assert!(read(&wide, snapshot().system()).is_ok());
}

#[test]
fn cut_workbooks_are_errors() {
    for length in (0..written().len()).step_by(97) {
        assert!(read(&written()[..length], snapshot().system()).is_err(), "{length}");
    }
}

/// How often each property of mutated workbooks is tried.
fn tries() -> u32 {
    48
}

/// What stands in place of a value or a text: numbers, places, references and words that readers
/// of sheets count with, index by or unpack.
const HOSTILE: [&str; 28] = [
    "",
    "0",
    "-1",
    "1",
    "65536",
    "1048577",
    "4294967295",
    "4294967296",
    "18446744073709551615",
    "99999999999999999999",
    "1e308",
    "1e999",
    "NaN",
    "-0",
    "A0",
    "A1",
    "XFD1048576",
    "XFE1048577",
    "A1:XFD1048576",
    "B2:A1",
    "s",
    "str",
    "shared",
    "inlineStr",
    "d",
    "2026-13-45T99:99:99",
    "&amp;#x0;",
    "&undefined;",
];

/// A text with one of its tags taken away, told twice, cut, or one of its values or texts replaced.
fn mutated(text: &str, what: u8, at: usize, with: usize) -> String {
    let with = HOSTILE[with % HOSTILE.len()];
    let mark = match what % 6 {
        3 | 5 => '"',
        _ => '<',
    };
    let marks: Vec<usize> = text.match_indices(mark).map(|(at, _)| at).collect();
    if marks.is_empty() {
        return text.to_owned();
    }
    let at = at % marks.len();
    // Values stand between every second pair of quotes.
    let at = if mark == '"' { at & !1 } else { at };
    let start = marks[at];
    let end = marks.get(at + 1).copied().unwrap_or(text.len());
    let tag_end = text[start..end].find('>').map_or(end, |length| start + length + 1);
    match what % 6 {
        0 => format!("{}{}", &text[..start], &text[tag_end..]),
        1 => format!("{}{}{}", &text[..end], &text[start..end], &text[end..]),
        2 => text[..start].to_owned(),
        3 | 5 => format!("{}\"{with}{}", &text[..start], &text[end..]),
        _ => format!("{}{with}{}", &text[..tag_end], &text[end..]),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(tries()))]

    /// Bytes changed anywhere, in the archive and within its parts, are read, found or refused.
    #[test]
    fn changed_bytes_never_panic(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6), part in 0..12usize, inside in any::<bool>()) {
        let bytes = if inside {
            let mut seen = std::cell::Cell::new(0);
            let _ = seen.get_mut();
            repacked(|_, text| {
                let at = seen.get();
                seen.set(at + 1);
                if at != part { return Some(text) }
                let mut bytes = text.into_bytes();
                for (index, byte) in &changes {
                    let index = index.index(bytes.len());
                    bytes[index] = *byte % 0x80;
                }
                Some(String::from_utf8_lossy(&bytes).into_owned())
            })
        } else {
            let mut bytes = written().to_vec();
            for (index, byte) in &changes {
                let index = index.index(bytes.len());
                bytes[index] = *byte;
            }
            bytes
        };
        if let Ok(contents) = read(&bytes, snapshot().system()) {
            prop_assert!(contents.changes(snapshot()).is_ok());
        }
    }

    /// So are workbooks whose parts are well formed, or nearly, and say what no program writes.
    #[test]
    fn changed_parts_never_panic(changes in prop::collection::vec((0..24usize, any::<u8>(), any::<usize>(), any::<usize>()), 1..5)) {
        let seen = std::cell::Cell::new(0);
        let bytes = repacked(|_, mut text| {
            let part = seen.replace(seen.get() + 1);
            for (_, what, at, with) in changes.iter().filter(|(of, ..)| *of == part) {
                text = mutated(&text, *what, *at, *with);
            }
            Some(text)
        });
        if let Ok(contents) = read(&bytes, snapshot().system()) {
            prop_assert!(contents.changes(snapshot()).is_ok());
        }
    }
}
