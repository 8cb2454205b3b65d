//! The JSON Schema in `core/schema` is what the structs say, and knows the keys that the readers know.
//!
//! `UPDATE_EXPECTED=1` writes the files anew; read the difference before committing it.
#![cfg(feature = "schema")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::disallowed_methods, reason = "a test reads files and may fail")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use marketingos::{Code, Source, System, written};
use serde_json::{Map, Value, json};

#[test]
fn the_schema_that_is_kept_is_the_one_that_is_drawn() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("schema/system.schema.json");
    let drawn = written::schema::draw::<written::System>();
    if std::env::var("UPDATE_EXPECTED").is_ok_and(|value| value == "1") {
        fs::write(&path, &drawn).unwrap();
        return;
    }
    let kept = fs::read_to_string(&path).unwrap();
    assert!(drawn == kept, "{} has drifted: run this test with UPDATE_EXPECTED=1 and read the difference", path.display());
}

/// A key that no reader knows.
const UNKNOWN: &str = "no_reader_knows_this";

/// Whatever could be a key: every word in quotes in the readers' code.
fn words(folder: &Path, found: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            words(&path, found);
            continue;
        }
        let text = fs::read_to_string(path).unwrap();
        let is_key = |word: &str| {
            word.starts_with(|c: char| c.is_ascii_lowercase()) && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
        };
        // Whether a quote opens or closes a text does not matter: what stands between is no word.
        found.extend(text.split('"').filter(|word| is_key(word)).map(str::to_owned));
    }
}

struct Walk {
    definitions: Map<String, Value>,
    /// What may be a key in some reader or other.
    candidates: BTreeSet<String>,
    objects: usize,
    keys: usize,
    failures: Vec<String>,
}

/// Puts a value where it belongs in a whole text.
type Wrap<'a> = &'a dyn Fn(Value) -> Value;

impl Walk {
    fn resolved<'a>(&'a self, schema: &'a Value) -> &'a Value {
        match schema.get("$ref").and_then(Value::as_str) {
            Some(name) => self.resolved(&self.definitions[name.rsplit('/').next().unwrap()]),
            None => schema,
        }
    }

    /// A value that the schema allows.
    fn sample(&self, schema: &Value) -> Value {
        let named = schema.get("$ref").and_then(Value::as_str).and_then(|name| name.rsplit('/').next());
        match named {
            Some("Id" | "Given") => return json!("x"),
            Some("Day") => return json!("2026-01-01"),
            Some("Period") => return json!("2026-01"),
            Some("Unit") => return json!("EUR"),
            Some("SourceColumn") => return json!("x.x"),
            Some("Statistic") => return json!("mean"),
            Some("Mark") => return json!(";"),
            Some("Number") => return json!(1),
            Some("Money") => return json!("1 EUR"),
            Some("Cost") => return json!("1 EUR per month"),
            _ => {}
        }
        if let Some(examples) = schema.get("examples") {
            return examples[0].clone();
        }
        let schema = self.resolved(schema);
        if let Some(word) = schema.get("const") {
            return word.clone();
        }
        if let Some(words) = schema.get("enum") {
            return words[0].clone();
        }
        if schema.get("additionalProperties").is_some() {
            return self.object(schema, None);
        }
        match schema.get("anyOf").or(schema.get("oneOf")) {
            Some(choices) => self.sample(&choices[0]),
            None if schema.get("type") == Some(&json!("integer")) => json!(1),
            None => json!("x"),
        }
    }

    /// What must be there, above all beside a key.
    fn object(&self, schema: &Value, beside: Option<&str>) -> Value {
        let mut object = Map::new();
        let mut must = |keys: Option<&Value>| {
            for key in keys.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str) {
                object.insert(key.to_owned(), self.sample(&schema["properties"][key]));
            }
        };
        must(schema.get("required"));
        if let Some(key) = beside {
            must(schema.get("dependentRequired").and_then(|rules| rules.get(key)));
            if let Some(rule) = schema.get("dependentSchemas").and_then(|rules| rules.get(key)) {
                for (key, word) in rule["properties"].as_object().unwrap() {
                    // One word, or any of some.
                    object.insert(key.clone(), word.get("const").unwrap_or(&word["enum"][0]).clone());
                }
            }
        }
        Value::Object(object)
    }

    /// Looks at every mapping below, at every place where it may stand.
    fn visit(&mut self, schema: &Value, path: &str, wrap: Wrap<'_>) {
        let schema = self.resolved(schema).clone();
        // Others only say which keys stand together.
        let is_form = |choice: &&Value| ["$ref", "type", "anyOf"].iter().any(|key| choice.get(key).is_some());
        for choice in schema.get("anyOf").and_then(Value::as_array).into_iter().flatten().filter(is_form) {
            self.visit(choice, path, wrap);
        }
        if let Some(items) = schema.get("items") {
            self.visit(items, &format!("{path}[0]"), &|value| wrap(json!([value])));
        }
        match schema.get("additionalProperties") {
            Some(Value::Bool(false)) => {}
            Some(entries) => return self.visit(entries, &format!("{path}.x"), &|value| wrap(json!({ "x": value }))),
            None => return,
        }
        self.check(&schema, path, wrap);
        for (key, property) in schema["properties"].as_object().unwrap() {
            let beside = self.object(&schema, Some(key));
            let path = format!("{path}.{key}");
            self.visit(property, path.trim_start_matches('.'), &|value| {
                let mut object = beside.clone();
                object[key] = value;
                wrap(object)
            });
        }
    }

    /// Compares the keys of one mapping.
    fn check(&mut self, schema: &Value, path: &str, wrap: Wrap<'_>) {
        let properties = schema["properties"].as_object().unwrap();
        self.objects += 1;
        for (key, property) in properties {
            let mut object = self.object(schema, Some(key));
            object[key] = self.sample(property);
            object[UNKNOWN] = json!(1);
            let unknown = unknown(path, &wrap(object));
            if unknown.iter().map(String::as_str).collect::<Vec<_>>() != [UNKNOWN] {
                self.failures.push(format!("{path}: the schema knows `{key}`, and the reader reports {unknown:?}"));
            }
            self.keys += 1;
        }
        let mut object = self.object(schema, None);
        let others: BTreeSet<String> = self.candidates.iter().filter(|word| !properties.contains_key(*word)).cloned().collect();
        for word in &others {
            object[word] = json!("x");
        }
        let reported = unknown(path, &wrap(object));
        let known: Vec<&String> = others.difference(&reported).collect();
        if !known.is_empty() {
            self.failures.push(format!("{path}: the reader knows {known:?}, and the schema does not"));
        }
    }
}

/// The keys of the mapping at a path that the reader reports as not known.
fn unknown(path: &str, text: &Value) -> BTreeSet<String> {
    let (named, text) = (["include", "parent"].iter().any(|key| text.get(key).is_some()), text.to_string());
    let both = [Source::new("system.json", &text), Source::new("x", "marketingos: 1")];
    let findings = match System::parse(if named { &both } else { &both[..1] }) {
        Ok((_, findings)) => findings,
        Err(error) => error.findings().to_vec(),
    };
    let prefix = if path.is_empty() { String::new() } else { format!("{path}.") };
    let reported = findings.iter().filter(|finding| finding.code == Code::UnknownKey);
    let keys = reported.filter_map(|finding| finding.place.path.strip_prefix(&prefix).map(str::to_owned));
    keys.filter(|key| !key.contains(['.', '['])).collect()
}

#[test]
fn the_schema_knows_the_keys_that_the_readers_know() {
    let schema: Value = serde_json::from_str(marketingos::schema()).unwrap();
    let mut candidates = BTreeSet::from([UNKNOWN.to_owned()]);
    words(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/model/read"), &mut candidates);
    assert!(candidates.len() > 150, "only {} words were found: the test has lost its way", candidates.len());
    let definitions = schema["$defs"].as_object().unwrap().clone();
    let mut walk = Walk { definitions, candidates, objects: 0, keys: 0, failures: Vec::new() };
    walk.visit(&schema, "", &|value| value);
    println!("{} mappings, {} keys", walk.objects, walk.keys);
    assert!(walk.objects > 100 && walk.keys > 500, "only {} mappings with {} keys were compared", walk.objects, walk.keys);
    assert!(walk.failures.is_empty(), "{}", walk.failures.join("\n"));
}
