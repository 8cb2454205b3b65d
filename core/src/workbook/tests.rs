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
plan: { targets: { leads: [ { from: 2026-01, to: 2026-12, value: 3, document: "-Plan" } ], mean_cost: [ { from: 2026-01, to: 2026-06, low: 10, high: 20 } ] } }
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

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

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
}
