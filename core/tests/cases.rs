//! The cases of `tests/cases`, which every host runs: the JSON must be the same byte for byte.
//!
//! `tests/cases/README.md` says what a case is. `UPDATE_EXPECTED=1` writes the expected files anew; read the difference before committing it.

#![allow(clippy::unwrap_used, clippy::panic, clippy::disallowed_methods, reason = "a test reads files and may fail")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use marketingos::{Error, Snapshot, Source, wire};
use serde::Deserialize;
use serde_json::Value;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    about: String,
    system: Vec<Named>,
    facts: BTreeMap<String, Content>,
    as_of: String,
    #[serde(default)]
    journal: Vec<Named>,
    asks: Vec<Value>,
    #[serde(default)]
    differences: Vec<Difference>,
}

/// Another snapshot, and what is asked of both.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Difference {
    system: Vec<Named>,
    facts: BTreeMap<String, Content>,
    as_of: String,
    request: Value,
}

#[derive(Deserialize)]
struct Named {
    name: String,
    #[serde(flatten)]
    content: Content,
}

/// A text in the case itself, in a file beside it, or as bytes; or JSON rows, which hosts write out themselves.
#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Content {
    Text(String),
    File(PathBuf),
    Base64(String),
    Rows(Vec<Value>),
}

impl Content {
    fn bytes(&self, folder: &Path) -> Vec<u8> {
        match self {
            Self::Text(text) => text.clone().into_bytes(),
            Self::File(path) => std::fs::read(folder.join(path)).unwrap_or_else(|error| panic!("{}: {error}", path.display())),
            Self::Base64(text) => STANDARD.decode(text).unwrap(),
            // One row a line.
            Self::Rows(rows) => format!("[{}]", rows.iter().map(Value::to_string).collect::<Vec<_>>().join(",\n")).into_bytes(),
        }
    }
}

fn run(case: &Case, folder: &Path, facts_backwards: bool) -> Vec<String> {
    let texts: Vec<(&str, Vec<u8>)> = case.system.iter().map(|named| (named.name.as_str(), named.content.bytes(folder))).collect();
    let sources: Vec<Source<'_>> = texts.iter().map(|(name, text)| Source::new(name, text)).collect();
    let (system, findings) = match wire::system(&sources) {
        Ok(read) => read,
        Err(error) => return vec![wire::error(&error)],
    };
    let mut lines = vec![findings];
    let tables: Vec<(&str, &Content, Vec<u8>)> = case.facts.iter().map(|(source, content)| (source.as_str(), content, content.bytes(folder))).collect();
    let form = |content: &Content| if matches!(content, Content::Rows(_)) { wire::Table::json } else { wire::Table::csv };
    let mut tables: Vec<wire::Table<'_>> = tables.iter().map(|(source, content, text)| form(content)(source, text)).collect();
    if facts_backwards {
        tables.reverse();
    }
    let facts = match wire::facts(&system, &tables) {
        Ok(facts) => facts,
        Err(error) => return [lines, vec![wire::error(&error)]].concat(),
    };
    lines.push(wire::loaded(&facts));
    match wire::snapshot(&system, &facts, &case.as_of) {
        Ok(mut snapshot) => {
            if !case.journal.is_empty() {
                let texts: Vec<(&str, Vec<u8>)> = case.journal.iter().map(|named| (named.name.as_str(), named.content.bytes(folder))).collect();
                match wire::journal(&system, &texts.iter().map(|(name, text)| Source::new(name, text)).collect::<Vec<_>>()) {
                    Ok((journal, findings)) => {
                        lines.push(findings);
                        snapshot = wire::with_journal(&snapshot, &journal);
                    }
                    Err(error) => return [lines, vec![wire::error(&error)]].concat(),
                }
            }
            lines.extend(case.asks.iter().map(|ask| wire::ask(&snapshot, &request(ask, folder)).unwrap_or_else(|error| wire::error(&error))));
            lines.extend(case.differences.iter().map(|difference| difference.answer(&snapshot, folder).unwrap_or_else(|error| wire::error(&error))));
        }
        Err(error) => lines.push(wire::error(&error)),
    }
    lines
}

impl Difference {
    fn answer(&self, snapshot: &Snapshot, folder: &Path) -> Result<String, Error> {
        let texts: Vec<(&str, Vec<u8>)> = self.system.iter().map(|named| (named.name.as_str(), named.content.bytes(folder))).collect();
        let (system, _) = wire::system(&texts.iter().map(|(name, text)| Source::new(name, text)).collect::<Vec<_>>())?;
        let tables: Vec<(&str, Vec<u8>)> = self.facts.iter().map(|(source, content)| (source.as_str(), content.bytes(folder))).collect();
        let facts = wire::facts(&system, &tables.iter().map(|(source, text)| wire::Table::csv(source, text)).collect::<Vec<_>>())?;
        wire::explain_difference(snapshot, &wire::snapshot(&system, &facts, &self.as_of)?, &self.request.to_string())
    }
}

/// The request with its texts in place of their files.
fn request(ask: &Value, folder: &Path) -> String {
    let mut ask = ask.clone();
    let mut items = Vec::new();
    if let Value::Object(fields) = &mut ask {
        items.extend(fields.iter_mut().filter(|(key, _)| matches!(key.as_str(), "evidence" | "old")).filter_map(|(_, list)| list.as_array_mut()));
    }
    for item in items.into_iter().flatten() {
        if let Some(file) = item.get("file").and_then(Value::as_str) {
            let text = String::from_utf8(Content::File(file.into()).bytes(folder)).unwrap();
            *item = serde_json::json!({ "name": item.get("name"), "text": text });
        }
    }
    ask.to_string()
}

#[test]
fn every_case_gives_the_expected_lines() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/cases");
    let mut paths: Vec<PathBuf> = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
    paths.sort();
    assert!(!paths.is_empty());
    let update = std::env::var("UPDATE_EXPECTED").is_ok_and(|value| value == "1");
    let mut failures = Vec::new();
    for path in &paths {
        let case: Case = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        assert!(!case.about.is_empty(), "{}", path.display());
        let lines = run(&case, &folder, false);
        assert_eq!(lines, run(&case, &folder, true), "{}: the order of sources matters", path.display());
        let found: String = lines.iter().map(|line| format!("{line}\n")).collect();
        let beside = path.with_extension("expected.jsonl");
        if update {
            std::fs::write(&beside, &found).unwrap();
            continue;
        }
        let expected = std::fs::read_to_string(&beside).unwrap_or_else(|error| panic!("{}: {error}", beside.display()));
        if found != expected {
            let number = 1 + found.lines().zip(expected.lines()).take_while(|(found, expected)| found == expected).count();
            let line = |text: &str| text.lines().nth(number - 1).unwrap_or("(nothing)").to_owned();
            failures.push(format!("{}: line {number}\n  expected {}\n  found    {}", path.display(), line(&expected), line(&found)));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}
