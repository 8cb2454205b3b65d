//! The browser binding: handles over [`marketingos::wire`].
//!
//! Strings and bytes cross, nothing else: JSON is parsed and named by the JavaScript in `../js`,
//! and an error is thrown as its JSON text, of which `api.js` makes a `MarketingOSError`. What a
//! text means is the core's business; no rule, number or sentence stands here.

use std::sync::Arc;

use marketingos::wire::Table;
use marketingos::{Error, Source, wire};
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

/// Named texts on their way in. JavaScript adds them one by one, because a list of pairs of a
/// string and bytes cannot cross. Whoever takes them frees them.
#[wasm_bindgen]
#[derive(Default)]
pub struct Texts {
    texts: Vec<(String, Vec<u8>)>,
    rows: Vec<(String, Vec<u8>)>,
}

#[wasm_bindgen]
impl Texts {
    /// None yet.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one.
    pub fn add(&mut self, name: String, text: Vec<u8>) {
        self.texts.push((name, text));
    }

    /// Adds JSON rows.
    pub fn add_rows(&mut self, name: String, json: String) {
        self.rows.push((name, json.into_bytes()));
    }
}

/// See [`wire::library`].
#[wasm_bindgen]
pub fn library() -> String {
    wire::library()
}

/// See [`wire::template`].
#[wasm_bindgen]
pub fn template(framework: &str) -> Result<String, JsValue> {
    wire::template(framework).map_err(thrown)
}

/// See [`wire::needs`].
#[wasm_bindgen]
pub fn needs(texts: Texts) -> String {
    wire::needs(&texts.texts.iter().map(|(name, text)| Source::new(name, text)).collect::<Vec<_>>())
}

/// A system that was read.
#[wasm_bindgen]
pub struct System {
    system: Arc<marketingos::System>,
    findings: String,
}

#[wasm_bindgen]
impl System {
    /// Reads a system; see [`wire::system`].
    pub fn parse(texts: Texts) -> Result<Self, JsValue> {
        let sources: Vec<Source<'_>> = texts.texts.iter().map(|(name, text)| Source::new(name, text)).collect();
        let (system, findings) = wire::system(&sources).map_err(thrown)?;
        Ok(Self { system, findings })
    }

    /// The JSON of its warnings and notes.
    pub fn findings(&self) -> String {
        self.findings.clone()
    }

    /// See [`wire::describe`].
    pub fn describe(&self) -> String {
        wire::describe(&self.system)
    }

    /// Reads facts; see [`wire::facts`].
    pub fn facts(&self, tables: Texts) -> Result<Facts, JsValue> {
        let csv = tables.texts.iter().map(|(source, text)| Table::csv(source, text));
        let json = tables.rows.iter().map(|(source, text)| Table::json(source, text));
        wire::facts(&self.system, &csv.chain(json).collect::<Vec<_>>()).map(Facts).map_err(thrown)
    }

    /// Evaluates; see [`wire::snapshot`].
    pub fn snapshot(&self, facts: &Facts, as_of: &str) -> Result<Snapshot, JsValue> {
        wire::snapshot(&self.system, &facts.0, as_of).map(Snapshot::of).map_err(thrown)
    }
}

/// Facts that were read.
#[wasm_bindgen]
pub struct Facts(Arc<marketingos::Facts>);

#[wasm_bindgen]
impl Facts {
    /// See [`wire::loaded`].
    pub fn loaded(&self) -> String {
        wire::loaded(&self.0)
    }
}

/// A system evaluated over facts, perhaps with a journal.
#[wasm_bindgen]
pub struct Snapshot {
    snapshot: marketingos::Snapshot,
    journal_findings: String,
}

impl Snapshot {
    fn of(snapshot: marketingos::Snapshot) -> Self {
        Self { snapshot, journal_findings: "[]".to_owned() }
    }
}

#[wasm_bindgen]
impl Snapshot {
    /// The same with a journal; see [`wire::journal`] and [`wire::with_journal`].
    pub fn with_journal(&self, texts: Texts) -> Result<Self, JsValue> {
        let sources: Vec<Source<'_>> = texts.texts.iter().map(|(name, text)| Source::new(name, text)).collect();
        let (journal, journal_findings) = wire::journal(self.snapshot.system(), &sources).map_err(thrown)?;
        Ok(Self { snapshot: wire::with_journal(&self.snapshot, &journal), journal_findings })
    }

    /// The JSON of the journal's warnings and notes.
    pub fn journal_findings(&self) -> String {
        self.journal_findings.clone()
    }

    /// Answers; see [`wire::ask`].
    pub fn ask(&self, request: &str) -> Result<String, JsValue> {
        wire::ask(&self.snapshot, request).map_err(thrown)
    }

    /// Holds another one against this one; see [`wire::explain_difference`].
    pub fn explain_difference(&self, other: &Self, request: &str) -> Result<String, JsValue> {
        wire::explain_difference(&self.snapshot, &other.snapshot, request).map_err(thrown)
    }
}

fn thrown(error: Error) -> JsValue {
    JsValue::from_str(&wire::error(&error))
}
