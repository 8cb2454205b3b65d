//! The JSON Schema of the format, drawn from the structs beside this file (feature `schema`).
//!
//! A key without a value is the same as no key, so that every key that may be left out may be
//! `null`. A text may be written as a number or a word such as `true` where YAML takes it for one.

use std::borrow::Cow;

use schemars::generate::SchemaSettings;
use schemars::transform::{RecursiveTransform, Transform};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Map as Object, Value, json};

use super::figures::{Given, Members, Over, Where};
use super::sources::{Column, Columns, MeasureColumn, MeasureColumns, RecordedUntil};
use super::values::{
    Cost, Day, Id, List, Map, Mark, Member, Money, Number, Period, ReportLength, ShortCode, SourceColumn, Statistic, TimeOfDay, Unit, Whole, YesNo,
};
use crate::model::frameworks::Home;

/// A plain decimal; `_` may stand between digits, and `%` after them.
const NUMBER: &str = r"^[+-]?[0-9_]*[0-9][0-9_]*(\.[0-9_]*[0-9][0-9_]*)?\s*%?$";
const ID: &str = "^[a-z][a-z0-9_]{0,63}$";

/// The schema of a part of the format, drawn anew; [`schema`](super::schema) is the one that is kept.
///
/// ```
/// use marketingos::written::{System, schema};
/// assert_eq!(schema::draw::<System>(), marketingos::schema());
/// ```
#[must_use]
pub fn draw<T: JsonSchema>() -> String {
    let mut schema = SchemaSettings::draft2020_12().for_serialize().into_generator().into_root_schema_for::<T>();
    RecursiveTransform(texts).transform(&mut schema);
    let text = serde_json::to_string_pretty(&schema).unwrap_or_default();
    text + "\n"
}

/// Where any text may stand, YAML may have taken it for a number or a truth value.
fn texts(schema: &mut Schema) {
    if ["pattern", "enum", "const", "format"].iter().any(|key| schema.get(*key).is_some()) {
        return;
    }
    let with_null = match schema.get("type") {
        Some(Value::String(kind)) if kind == "string" => false,
        Some(Value::Array(kinds)) if kinds.first().is_some_and(|kind| kind == "string") && kinds.len() == 2 => true,
        _ => return,
    };
    let kinds = if with_null { json!(["string", "number", "boolean", "null"]) } else { json!(["string", "number", "boolean"]) };
    schema.insert("type".to_owned(), kinds);
}

/// What must be there, with a value.
pub(super) fn requires(keys: &'static [&'static str]) -> impl Transform {
    move |schema: &mut Schema| {
        if keys.is_empty() {
            return;
        }
        schema.insert("required".to_owned(), json!(keys));
        if let Some(Value::Object(properties)) = schema.get_mut("properties") {
            properties.iter_mut().filter(|(key, _)| keys.contains(&key.as_str())).for_each(|(_, property)| never_null(property));
        }
    }
}

/// Of a mapping none of whose keys may stand without a value.
pub(super) fn without_null(schema: &mut Schema) {
    if let Some(Value::Object(properties)) = schema.get_mut("properties") {
        properties.values_mut().for_each(never_null);
    }
}

fn never_null(property: &mut Value) {
    let Value::Object(property) = property else { return };
    if let Some(Value::Array(kinds)) = property.get_mut("type") {
        kinds.retain(|kind| kind != "null");
        if let [kind] = kinds.as_slice() {
            let kind = kind.clone();
            property.insert("type".to_owned(), kind);
        }
    }
    if let Some(Value::Array(choices)) = property.get_mut("anyOf") {
        choices.retain(|choice| choice.get("type").is_none_or(|kind| kind != "null"));
        if let [Value::Object(choice)] = choices.as_slice() {
            let choice = choice.clone();
            property.remove("anyOf");
            property.extend(choice);
        }
    }
}

/// A mapping for which something shorter may stand.
fn short(schema: &mut Schema, form: Value) {
    let mut long = std::mem::take(schema.ensure_object());
    let mut whole = Object::new();
    whole.extend(long.remove_entry("description"));
    whole.insert("anyOf".to_owned(), json!([form, long]));
    *schema = whole.into();
}

pub(super) fn short_text(schema: &mut Schema) {
    short(schema, json!({ "type": "string" }));
}

pub(super) fn short_id(schema: &mut Schema) {
    short(schema, json!({ "$ref": "#/$defs/Id" }));
}

pub(super) fn short_section(schema: &mut Schema) {
    short(schema, json!({ "$ref": "#/$defs/Section" }));
}

pub(super) fn short_homes(schema: &mut Schema) {
    short(schema, json!({ "anyOf": [{ "$ref": "#/$defs/Home" }, { "type": "array", "items": { "$ref": "#/$defs/Home" } }, { "type": "null" }] }));
}

/// A key that means something only beside a word under another one.
pub(super) fn only_with(key: &'static str, other: &'static str, word: &'static str) -> impl Transform {
    move |schema: &mut Schema| {
        let rule = json!({ "required": [other], "properties": { other: { "const": word } } });
        let rules = schema.ensure_object().entry("dependentSchemas").or_insert_with(|| json!({}));
        if let Value::Object(rules) = rules {
            rules.insert(key.to_owned(), rule);
        }
    }
}

/// The same beside any of some words.
fn only_with_any(key: &'static str, other: &'static str, words: &'static [&'static str]) -> impl Transform {
    move |schema: &mut Schema| {
        let rule = json!({ "required": [other], "properties": { other: { "enum": words } } });
        let rules = schema.ensure_object().entry("dependentSchemas").or_insert_with(|| json!({}));
        if let Value::Object(rules) = rules {
            rules.insert(key.to_owned(), rule);
        }
    }
}

pub(super) fn trigger(schema: &mut Schema) {
    only_with_any("by", "when", &["off_target", "pace", "budget_overrun"]).transform(schema);
    only_with("periods", "when", "off_target").transform(schema);
    only_with_any("days", "when", &["pace", "overdue"]).transform(schema);
    only_with_any("each", "when", &["off_target", "adverse_signal", "no_value", "pace"]).transform(schema);
    only_with_any("kpis", "when", &["off_target", "adverse_signal", "no_value", "pace", "unowned"]).transform(schema);
    only_with_any("climbs_after", "to", &["owner", "operator"]).transform(schema);
}

/// The keys of one of these, and none of the others.
fn one_of(schema: &mut Schema, choices: &[&[&[&str]]]) {
    let all: Vec<Value> = choices.iter().map(|choice| json!({ "oneOf": choice.iter().map(|keys| json!({ "required": keys })).collect::<Vec<_>>() })).collect();
    schema.insert("allOf".to_owned(), json!(all));
}

pub(super) fn target(schema: &mut Schema) {
    one_of(schema, &[&[&["period"], &["from", "to"]], &[&["value"], &["low", "high"], &["at_least"], &["at_most"], &["levels"]]]);
    schema.insert("dependentRequired".to_owned(), json!({ "start": ["value"] }));
}

pub(super) fn materiality(schema: &mut Schema) {
    schema.insert("anyOf".to_owned(), json!([{ "required": ["absolute"] }, { "required": ["relative"] }]));
}

pub(super) fn budget_line(schema: &mut Schema) {
    one_of(schema, &[&[&["amount"], &["amounts"]]]);
}

pub(super) fn calendar(schema: &mut Schema) {
    schema.insert("dependentRequired".to_owned(), json!({ "year_ends": ["pattern"], "week_53": ["pattern"] }));
}

pub(super) fn campaign(schema: &mut Schema) {
    schema.insert("anyOf".to_owned(), json!([{ "required": ["to"] }, { "required": ["kind"], "properties": { "kind": { "const": "always_on" } } }]));
}

pub(super) fn answer(schema: &mut Schema) {
    one_of(schema, &[&[&["revised_on"], &["refused_on"]]]);
    schema.insert("dependentRequired".to_owned(), json!({ "refused_on": ["reason"], "reason": ["refused_on"] }));
}

pub(super) fn lesson(schema: &mut Schema) {
    schema.insert("dependentRequired".to_owned(), json!({ "answer": ["proposal"] }));
}

pub(super) fn system(schema: &mut Schema) {
    version(schema, "marketingos", "The written system of a marketing team, as marketingos reads it.");
}

pub(super) fn version(schema: &mut Schema, key: &str, about: &str) {
    schema.insert("description".to_owned(), json!(about));
    schema.insert("required".to_owned(), json!([key]));
    if let Some(Value::Object(properties)) = schema.get_mut("properties") {
        properties.insert(key.to_owned(), json!({ "description": "The version of the format.", "enum": [1, "1"] }));
    }
}

/// The keys of a calculation beside the others, of which exactly one stands there.
fn calculations(schema: &mut Schema) {
    // Where it may be left out, the choices stand beside nothing.
    let Some(mut choices) = schema.remove("anyOf") else { return };
    let choices = choices.get_mut(0).and_then(|some| some.get_mut("oneOf")).and_then(Value::as_array_mut).map(std::mem::take).unwrap_or_default();
    let mut keys = Vec::new();
    for choice in choices {
        let Value::Object(mut choice) = choice else { continue };
        let about = choice.remove("description");
        let Some(Value::Object(properties)) = choice.remove("properties") else { continue };
        for (key, mut property) in properties {
            if let (Value::Object(property), Some(about)) = (&mut property, &about) {
                property.insert("description".to_owned(), about.clone());
            }
            keys.push(json!({ "required": [key] }));
            if let Some(Value::Object(all)) = schema.get_mut("properties") {
                all.insert(key, property);
            }
        }
    }
    schema.remove("unevaluatedProperties");
    schema.insert("additionalProperties".to_owned(), json!(false));
    schema.insert("oneOf".to_owned(), json!(keys));
}

pub(super) fn measure(schema: &mut Schema) {
    calculations(schema);
    schema.insert("dependentRequired".to_owned(), json!({ "variant": ["kpi"], "inputs": ["kpi"] }));
}

pub(super) fn kpi(schema: &mut Schema) {
    calculations(schema);
    schema.insert("dependentRequired".to_owned(), json!({ "inputs": ["kpi"] }));
    schema.insert("anyOf".to_owned(), json!([{ "required": ["kpi"] }, { "required": ["unit", "direction"] }]));
}

/// Declares the schema of a type by hand: under its own name, or where it stands.
macro_rules! schema_of {
    ($type:ty, $name:literal, $schema:expr) => {
        impl JsonSchema for $type {
            fn schema_name() -> Cow<'static, str> {
                $name.into()
            }

            fn json_schema(generator: &mut SchemaGenerator) -> Schema {
                let draw: fn(&mut SchemaGenerator) -> Schema = $schema;
                draw(generator)
            }
        }
    };
}

schema_of!(
    Id,
    "Id",
    |_| json_schema!({ "description": "Lower-case letters, digits and underscores, starting with a letter, at most 64 characters.", "type": "string", "pattern": ID })
);
schema_of!(
    Day,
    "Day",
    |_| json_schema!({ "description": "A day that exists.", "type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" })
);
schema_of!(
    TimeOfDay,
    "TimeOfDay",
    |_| json_schema!({ "description": "A time of day, `HH:MM`.", "type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$", "examples": ["09:30"] })
);
schema_of!(Period, "Period", |_| {
    json_schema!({ "description": "A week `2026-W31`, month `2026-08`, quarter `2026-Q3` or year `2026`; `FY2026-Q3` and `FY2026` where the fiscal year does not start in January; or as the calendar names it.", "type": ["string", "integer"] })
});
schema_of!(Unit, "Unit", |_| {
    json_schema!({
        "description": "A currency code, `count`, `count of things`, `ratio`, `percent`, `days`, `months` or `score`; after it, up to three times, `per day`, `per month` or `per` and a counted thing.",
        "type": "string",
        "pattern": "^([A-Z]{3}|count( of .+)?|ratio|percent|days|months|score)( per .+)*$",
        "examples": ["EUR", "count of leads", "percent", "EUR per day"],
    })
});
schema_of!(
    SourceColumn,
    "SourceColumn",
    |_| json_schema!({ "description": "A column of a source, written `source.column`.", "type": "string", "pattern": r"^[a-z][a-z0-9_]{0,63}\.[a-z][a-z0-9_]{0,63}$" })
);
schema_of!(
    Statistic,
    "Statistic",
    |_| json_schema!({ "description": "`mean`, `median`, `min`, `max`, or a percentile from `p1` to `p99`.", "type": "string", "pattern": "^(mean|median|min|max|p0*[1-9][0-9]?)$" })
);
schema_of!(ReportLength, "ReportLength", |_| {
    json_schema!({ "description": "`short` (3 points a section), `standard` (8), `full`, or the most points of a section.", "anyOf": [{ "enum": ["short", "standard", "full"] }, { "type": "integer", "minimum": 1, "maximum": 1000 }] })
});
schema_of!(
    Mark,
    "Mark",
    |_| json_schema!({ "description": "A single mark, or `tab`.", "type": "string", "pattern": "^(tab|[^A-Za-z0-9\"\\r\\n+\\-\\u0080-\\uffff])$" })
);
schema_of!(
    Money,
    "Money",
    |_| json_schema!({ "description": "A number and an ISO 4217 currency code.", "type": "string", "pattern": r"^\s*\+?[0-9][0-9_]*(\.[0-9_]+)?\s+[A-Z]{3}\s*$", "examples": ["20_000 EUR"] })
);
schema_of!(ShortCode, "ShortCode", |_| {
    json_schema!({ "description": "One to four upper-case letters and digits, a letter first, that do not mean anything else already.", "type": "string", "pattern": "^[A-Z][A-Z0-9]{0,3}$", "not": { "enum": ["AC", "PL", "PP", "PY"] }, "examples": ["FC", "BU"] })
});
schema_of!(Member, "Member", |_| json_schema!({ "description": "A member of a dimension; `null` for the null member.", "type": ["string", "null"] }));
schema_of!(Cost, "Cost", |_| {
    json_schema!({ "description": "Money for each month, quarter or year.", "type": "string", "pattern": r"^\s*\+?[0-9][0-9_]*(\.[0-9_]+)?\s+[A-Z]{3}\s+per\s+(month|quarter|year)\s*$", "examples": ["900 EUR per month"] })
});
schema_of!(Number, "Number", |_| {
    json_schema!({ "description": "A plain decimal, with `_` between digits if you like, and `%` after it for a share.", "anyOf": [{ "type": "number" }, { "type": "string", "pattern": NUMBER }] })
});
schema_of!(YesNo, "YesNo", |_| json_schema!({ "description": "`yes` or `no`.", "enum": [true, false, "yes", "no", "true", "false"] }));
schema_of!(Given, "Given", |generator| {
    json_schema!({ "description": "A KPI or measure, a number, whole days, or a dimension.", "anyOf": [generator.subschema_for::<Id>(), generator.subschema_for::<Number>()] })
});
schema_of!(Home, "Home", |_| json_schema!({ "description": "A canonical place of the model.", "enum": Home::ALL.map(|(word, _)| word) }));
schema_of!(RecordedUntil, "RecordedUntil", |generator| {
    json_schema!({ "description": "A day, `as_of` (complete up to the as-of date) or `last_row` (default).", "anyOf": [{ "enum": ["as_of", "last_row"] }, generator.subschema_for::<Day>()] })
});
schema_of!(Columns, "Columns", |generator| {
    let (id, columns) = (generator.subschema_for::<Id>(), generator.subschema_for::<Map<Column>>());
    json_schema!({ "description": "The name of a column, if it is an id; a list of these; or columns by id.", "anyOf": [id, { "type": "array", "items": id }, columns] })
});
schema_of!(MeasureColumns, "MeasureColumns", |generator| {
    let (id, columns) = (generator.subschema_for::<Id>(), generator.subschema_for::<Map<MeasureColumn>>());
    json_schema!({ "description": "The name of a column of numbers, if it is an id; a list of these; or columns by id.", "anyOf": [id, { "type": "array", "items": id }, columns] })
});
schema_of!(Over, "Over", |generator| {
    let periods = generator.subschema_for::<Whole<120>>();
    json_schema!({
        "description": "So many periods, this one included; or from the start of something.",
        "anyOf": [
            { "enum": ["week_to_date", "month_to_date", "quarter_to_date", "year_to_date", "all_time"] },
            { "type": "object", "properties": { "periods": periods }, "required": ["periods"], "additionalProperties": false },
        ],
    })
});
schema_of!(Members, "Members", |_| {
    json_schema!({
        "description": "A member, a list of members, or `null` for the null member.",
        "anyOf": [{ "type": ["string", "null"] }, { "type": "array", "minItems": 1, "items": { "type": ["string", "null"] } }],
    })
});
schema_of!(Where, "Where", |generator| {
    let (id, members) = (generator.subschema_for::<Id>(), generator.subschema_for::<Members>());
    let none = json!({ "type": "object", "propertyNames": id, "additionalProperties": members });
    json_schema!({
        "description": "A condition such as `channel = 'paid' and amount > 100`, or dimensions and their members; under `not`, what is left out.",
        "anyOf": [
            { "type": "string" },
            { "type": "object", "properties": { "not": none }, "propertyNames": id, "additionalProperties": members },
        ],
    })
});

impl<const MOST: u32> JsonSchema for Whole<MOST> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("WholeTo{MOST}").into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "anyOf": [{ "type": "integer", "minimum": 1, "maximum": MOST }, { "type": "string", "pattern": "^[+]?0*[1-9][0-9]*$" }] })
    }
}

impl<T: JsonSchema> JsonSchema for List<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("ListOf{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let item = generator.subschema_for::<T>();
        json_schema!({ "anyOf": [item, { "type": "array", "items": item }, { "type": "null" }] })
    }
}

impl<T: JsonSchema> JsonSchema for Map<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("MapOf{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let (id, entry) = (generator.subschema_for::<Id>(), generator.subschema_for::<T>());
        json_schema!({ "type": ["object", "null"], "propertyNames": id, "additionalProperties": entry })
    }
}
