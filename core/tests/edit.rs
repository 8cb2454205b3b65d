//! Edits change one value of a text, and nothing else.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::disallowed_methods, reason = "a test fails by panicking, in its helpers too")]

use marketingos::{Source, System, edit};
use proptest::prelude::*;
use serde_json::{Value, json};

fn set(text: &str, path: &str, value: Value) -> String {
    edit::set(text, path, &value).unwrap_or_else(|error| panic!("{path}: {error}\n{text}"))
}

#[test]
fn a_value_is_changed_where_it_stands() {
    for (text, path, value, expected) in [
        ("a: 1 # one\nb: 2\n", "a", json!(5), "a: 5 # one\nb: 2\n"),
        ("a: 1 # one\nb:\n  c: 2   # two\n  # end\nd: 3\n", "b.c", json!("x y"), "a: 1 # one\nb:\n  c: x y   # two\n  # end\nd: 3\n"),
        ("a: { b: 1, c: 2 } # x\n", "a.b", json!("5 %"), "a: { b: 5 %, c: 2 } # x\n"),
        ("a: { b: { c: [1, 2] } } # x\n", "a.b.c[1]", json!(5), "a: { b: { c: [1, 5] } } # x\n"),
        ("a:\n  - b: 1 # y\n    c: 2\n  - b: 3\n", "a[0].b", json!(5), "a:\n  - b: 5 # y\n    c: 2\n  - b: 3\n"),
        ("a: \"x\" # q\n", "a", json!("yes: no # hash"), "a: \"yes: no # hash\" # q\n"),
        ("a: 'it''s' # q\n", "a", json!("it's"), "a: it's # q\n"),
        ("a:\n  b: |\n    long\n    text\n  c: 1\n", "a.b", json!("short"), "a:\n  b: short\n  c: 1\n"),
        ("a: some\n  more words\nb: 1\n", "a", json!("few"), "a: few\nb: 1\n"),
        ("a:\nb: 1\n", "a", json!(5), "a: 5\nb: 1\n"),
        ("a: # why\nb: 1\n", "a", json!(5), "a: 5 # why\nb: 1\n"),
        ("a: ~ # why\n", "a", json!(["x", "y"]), "a: [x, y] # why\n"),
        ("a:\n  person: ana\n  from: 2026-01-01\nb: 1\n", "a", json!("ben"), "a: ben\nb: 1\n"),
        ("a: # who\n  person: ana\nb: 1\n", "a", json!({ "person": "ben" }), "a: # who\n  { person: ben }\nb: 1\n"),
        ("a: x\r\nb: y\r\n", "b", json!("z"), "a: x\r\nb: z\r\n"),
        ("é: ü # ß\nb: y\n", "b", json!("ñ"), "é: ü # ß\nb: ñ\n"),
        ("\u{feff}a: x\n", "a", json!("z"), "\u{feff}a: z\n"),
        ("{\"a\": {\"b\": 1}, \"c\": [ \"x\" ]}", "c[0]", json!("y\"z"), "{\"a\": {\"b\": 1}, \"c\": [ \"y\\\"z\" ]}"),
        ("a: 1", "a", json!(null), "a: null"),
        ("a: 1", "a", json!("null"), "a: \"null\""),
        ("a: 1", "a", json!("2026-01-01"), "a: 2026-01-01"),
        ("a: 1", "a", json!("360,000"), "a: \"360,000\""),
    ] {
        assert_eq!(set(text, path, value), expected, "{path} in {text}");
    }
}

#[test]
fn a_key_that_is_missing_is_added_at_the_end() {
    for (text, path, value, expected) in [
        ("a: 1 # one\nb:\n  c: 2 # two\n\n# about d\nd: 3\n", "b.e", json!(5), "a: 1 # one\nb:\n  c: 2 # two\n  e: 5\n\n# about d\nd: 3\n"),
        ("a: { b: 1, c: 2 } # x\n", "a.d", json!(5), "a: { b: 1, c: 2, d: 5 } # x\n"),
        ("a: {}\n", "a.d", json!(5), "a: { d: 5 }\n"),
        ("a: { b: 1, }\n", "a.d", json!(5), "a: { b: 1, d: 5, }\n"),
        ("a:\n  - b: 1 # y\n    c: 2\n  - b: 3\n# end\nz: 1\n", "a[0].d", json!(5), "a:\n  - b: 1 # y\n    c: 2\n    d: 5\n  - b: 3\n# end\nz: 1\n"),
        ("a: 1\n", "b.c.d", json!(5), "a: 1\nb: { c: { d: 5 } }\n"),
        ("a:\nz: 1\n", "a.b", json!(5), "a: { b: 5 }\nz: 1\n"),
        ("a: 1", "b", json!(5), "a: 1\nb: 5"),
        ("a:\n  b: |\n    long\n    text\nz: 1\n", "a.c", json!(5), "a:\n  b: |\n    long\n    text\n  c: 5\nz: 1\n"),
        ("a:\r\n  b: x\r\n", "a.c", json!(5), "a:\r\n  b: x\r\n  c: 5\r\n"),
        ("a:\n  b:\n", "a.c", json!(5), "a:\n  b:\n  c: 5\n"),
        ("{\"a\": {\"b\": 1}}\n", "a.c", json!({ "d": [true] }), "{\"a\": {\"b\": 1, \"c\": {\"d\":[true]}}}\n"),
        ("{\"a\": {}}\n", "a.c.d", json!(1), "{\"a\": {\"c\": {\"d\":1}}}\n"),
    ] {
        assert_eq!(set(text, path, value), expected, "{path} in {text}");
    }
}

#[test]
fn a_key_or_item_is_taken_out_with_its_lines() {
    for (text, path, expected) in [
        ("a: 1 # one\n# two\nb: 2\n", "a", "# two\nb: 2\n"),
        ("a: 1\nb:\n  c: 2\n  d: 3 # three\ne: 4\n", "b.d", "a: 1\nb:\n  c: 2\ne: 4\n"),
        ("a: 1\nb:\n  c: 2\n  d: 3\n", "b", "a: 1\n"),
        ("a: { b: 1, c: 2 } # x\n", "a.b", "a: { c: 2 } # x\n"),
        ("a: { b: 1, c: 2 } # x\n", "a.c", "a: { b: 1 } # x\n"),
        ("a: { b: 1 } # x\n", "a.b", "a: {  } # x\n"),
        ("a: [1, 2, 3]\n", "a[1]", "a: [1, 3]\n"),
        ("a:\n  - 1 # one\n  - 2\n", "a[0]", "a:\n  - 2\n"),
        ("a:\n  - b: 1\n    c: 2\n  - b: 3\n", "a[0]", "a:\n  - b: 3\n"),
        ("a:\n  - b: 1\n    c: 2\n  - b: 3\n", "a[0].b", "a:\n  - c: 2\n  - b: 3\n"),
        ("{\"a\": 1, \"b\": 2}", "b", "{\"a\": 1}"),
    ] {
        assert_eq!(edit::remove(text, path).unwrap_or_else(|error| panic!("{path}: {error}\n{text}")), expected, "{path} in {text}");
    }
}

#[test]
fn what_cannot_be_changed_alone_is_refused() {
    for (text, path) in [
        ("a: &x 1\nb: *x\n", "a"),
        ("a: &x { c: 1 }\nb: *x\n", "a.c"),
        ("a: &x { c: 1 }\nb: *x\n", "b.c"),
        ("a: 1\n", "a.b"),
        ("a: 1\n", "a[0]"),
        ("a: [1]\n", "a[1]"),
        ("a: [1]\n", "a.b"),
        ("a: 1\n", "b[0]"),
        ("a: 1\n", ""),
        ("a: 1\n", "a..b"),
        ("a: 1\n", "a[x]"),
        ("a: [1\n", "a"),
        ("", "a"),
        ("# nothing\n", "a"),
    ] {
        let error = edit::set(text, path, "z").unwrap_err();
        assert_eq!(error.code().as_str(), "MOS-Q019", "{path} in {text}");
    }
    for (text, path) in [("a:\n  b: 1\n", "a.b"), ("a: 1\n", "a"), ("a: 1\n", "b"), ("a: &x 1\nb: *x\n", "a"), ("a: [1]\n", "a[1]")] {
        assert!(edit::remove(text, path).is_err(), "{path} in {text}");
    }
}

/// Every path of a tree, with what stands there.
fn paths(value: &Value, path: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(entries) => entries.iter().for_each(|(key, value)| {
            let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
            paths(value, &path, found);
            found.push(path);
        }),
        Value::Array(items) => items.iter().enumerate().for_each(|(index, value)| {
            paths(value, &format!("{path}[{index}]"), found);
            found.push(format!("{path}[{index}]"));
        }),
        _ => {}
    }
}

/// What is written of a tree: blocks with comments and blank lines, or brackets.
fn written(value: &Value, indent: usize, block: bool) -> String {
    let space = " ".repeat(indent);
    match value {
        Value::Object(entries) if block && !entries.is_empty() => entries.iter().enumerate().fold(String::new(), |text, (at, (key, value))| {
            let flow =
                !(at % 3 == 0 && (value.is_object() || value.is_array())) || matches!(value, Value::Array(items) if items.is_empty()) || value == &json!({});
            let inner = written(value, indent + 2, !flow);
            let before = if at % 2 == 0 { format!("\n{space}# about {key}\n") } else { String::new() };
            if flow { format!("{text}{before}{space}{key}: {inner} # beside {key}\n") } else { format!("{text}{before}{space}{key}: # above\n{inner}") }
        }),
        Value::Array(items) if block && !items.is_empty() => {
            items.iter().fold(String::new(), |text, item| format!("{text}{space}- {}  # item\n", written(item, 0, false)))
        }
        Value::Object(entries) => {
            format!("{{ {} }}", entries.iter().map(|(key, value)| format!("{key}: {}", written(value, 0, false))).collect::<Vec<_>>().join(", "))
        }
        Value::Array(items) => format!("[{}]", items.iter().map(|item| written(item, 0, false)).collect::<Vec<_>>().join(", ")),
        Value::String(text) => json!(text).to_string(),
        other => other.to_string(),
    }
}

fn scalars() -> impl Strategy<Value = Value> {
    prop_oneof![any::<String>().prop_map(Value::from), "[a-zé:# ,'-]{0,8}".prop_map(Value::from), any::<i32>().prop_map(Value::from), Just(Value::Null)]
}

fn trees() -> impl Strategy<Value = Value> {
    let inner = scalars().prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::Array),
            proptest::collection::btree_map("[a-f]{1,3}", inner, 0..4).prop_map(|map| Value::Object(map.into_iter().collect()))
        ]
    });
    proptest::collection::btree_map("[a-f]{1,3}", inner, 1..5).prop_map(|map| Value::Object(map.into_iter().collect()))
}

proptest! {
    /// The edit itself makes sure that all else is the same; here, that it is told and comments stay.
    #[test]
    fn what_is_set_is_there_and_comments_stay(tree in trees(), value in scalars(), pick in any::<prop::sample::Index>(), block: bool) {
        let text = written(&tree, 0, block);
        let mut all = Vec::new();
        paths(&tree, "", &mut all);
        let path = pick.get(&all);
        let changed = edit::set(&text, path, &value);
        prop_assert!(changed.is_ok(), "{path}: {}\n{text}", changed.unwrap_err());
        let changed = changed.unwrap();
        // Setting it again changes nothing.
        prop_assert_eq!(&edit::set(&changed, path, &value).unwrap(), &changed);
        let is_single = |value: &Value| !value.is_object() && !value.is_array();
        let old = path.split(['.', '[']).try_fold(&tree, |node, part| match part.strip_suffix(']') {
            Some(index) => node.get(index.parse::<usize>().ok()?),
            None => node.get(part),
        });
        if old.is_some_and(is_single) {
            let comments = |text: &str| text.lines().filter_map(|line| line.rsplit_once(" # ").or(line.rsplit_once("# "))).map(|(_, comment)| comment.to_owned()).collect::<Vec<_>>();
            let (before, after) = (comments(&text), comments(&changed));
            prop_assert!(before.iter().filter(|comment| comment.starts_with("about") || comment.starts_with("beside")).all(|comment| after.contains(comment)), "{text}\n=>\n{changed}");
        }
    }

    /// Whatever comes in, nothing panics, and what comes out can be read.
    #[test]
    fn nothing_panics(text in "[a-c:{}\\[\\], \n#&*|>'\"-]{0,40}", path in "[a-c\\[\\]0.]{0,6}") {
        if let Ok(changed) = edit::set(&text, &path, "x") {
            prop_assert!(edit::set(&changed, &path, "x").is_ok(), "{text}\n=>\n{changed}");
        }
        let _ = edit::remove(&text, &path);
    }
}

#[test]
fn the_example_company_can_be_edited_everywhere() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../examples/kestrel/");
    let text = std::fs::read_to_string(format!("{folder}system.yaml")).unwrap();
    let changed = set(&text, "operator[1].deputy", json!("lena"));
    let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
    let differing: Vec<(String, String)> = lines(&text).into_iter().zip(lines(&changed)).filter(|(left, right)| left != right).collect();
    assert_eq!(
        differing,
        [("  - { person: mira, from: 2025-03-01, deputy: tom }".to_owned(), "  - { person: mira, from: 2025-03-01, deputy: lena }".to_owned())]
    );
    let plan = std::fs::read_to_string(format!("{folder}plan.yaml")).unwrap();
    let (system, _) = System::parse(&[Source::new("system.yaml", &changed), Source::new("plan.yaml", &plan)]).unwrap();
    assert_eq!(system.operator().0[1].deputy.as_ref().unwrap().to_string(), "lena");
}
