//! What changed between two versions of a system, in words, and what that makes stale.

use serde::Serialize;
use serde_json::Value as Json;

use super::impact::Stale;
use crate::base::date::Date;
use crate::base::fingerprint::Fingerprint;
use crate::base::id::Id;
use crate::base::map::{Map, Set};
use crate::base::order;
use crate::model::System;
use crate::model::element::ElementKind;
use crate::model::layers::{Decision, DecisionStatus};

/// The difference of two versions of a system.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SystemDiff {
    /// The day as of which things are stale.
    pub as_of: Date,
    /// The fingerprint of the older version.
    pub old: Fingerprint,
    /// The fingerprint of the newer version.
    pub new: Fingerprint,
    /// What changed, in the order of the model.
    pub changes: Vec<Change>,
    /// What is stale in the newer version, and was not in the older one.
    pub makes_stale: Vec<Stale>,
    /// Decisions that held and say something else than before, although no revision up to that day
    /// says so: nothing that rests on them is stale.
    pub unrevised: Vec<Id>,
}

/// One thing that changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// In what way.
    pub change: ChangeKind,
    /// What kind of thing it is, in words, such as `channel`; `system` for what holds for the whole.
    pub what: &'static str,
    /// Its id; empty for the whole.
    pub id: String,
    /// Where it stands in the model, such as `channels.newsletter.owner`.
    pub path: String,
    /// What it was, in words; `None` when it was not there.
    pub before: Option<String>,
    /// What it is, in words; `None` when it is gone.
    pub after: Option<String>,
    /// The change as a sentence.
    pub text: String,
}

/// In what way something changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It is otherwise than it was.
    Changed,
}

/// Lists whose items have a name: the list, what an item is, and the keys that name it.
const LISTS: [(&str, &str, &[&str]); 23] = [
    ("people", "person", &["id"]),
    ("brand", "brand layer", &["layer"]),
    ("marketing", "marketing layer", &["layer"]),
    ("decisions", "decision", &["id"]),
    ("revisions", "revision", &["on"]),
    ("segments", "segment", &["id"]),
    ("channels", "channel", &["id"]),
    ("stages", "stage", &["id"]),
    ("assets", "asset", &["id"]),
    ("inputs", "input", &["id"]),
    ("tools", "tool", &["id"]),
    ("workflows", "workflow", &["id"]),
    ("steps", "step", &["id"]),
    ("campaigns", "campaign", &["id"]),
    ("lessons", "lesson", &["id"]),
    ("frameworks", "framework", &["id"]),
    ("layers", "layer", &["id"]),
    ("sources", "source", &["id"]),
    ("measures", "measure", &["id"]),
    ("kpis", "KPI", &["id"]),
    ("targets", "target", &["kpi", "by", "grain", "first", "last", "set_on"]),
    ("scenarios", "scenario", &["id"]),
    ("reviews", "review", &["id"]),
];

/// What is said of what is not there.
const NOTHING: &str = "nothing";

impl System {
    /// What changed since an older version of this system, and what that makes stale as of a day.
    ///
    /// ```
    /// use marketingos::{Source, System};
    /// let text = "
    /// marketingos: 1
    /// name: Small firm
    /// people: { ana: Ana, ben: Ben }
    /// channels: { newsletter: { kind: owned, owner: ana } }
    /// ";
    /// let (old, _) = System::parse(&[Source::new("system.yaml", text)])?;
    /// let (new, _) = System::parse(&[Source::new("system.yaml", &text.replace("owner: ana", "owner: ben"))])?;
    /// let diff = new.diff(&old, "2026-06-30".parse()?);
    /// assert_eq!(diff.changes[0].text, "channel newsletter: owner was ana, is ben");
    /// assert_eq!(diff.changes[0].path, "channels.newsletter.owner");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn diff(&self, old: &Self, as_of: Date) -> SystemDiff {
        let tree = |system: &Self| serde_json::to_value(system).unwrap_or(Json::Null);
        let mut walk = Walk { changes: Vec::new() };
        let top = Place { what: "system", id: String::new(), path: String::new() };
        walk.fields(&tree(old), &tree(self), &top, "");
        // What holds for the whole, then section by section; what is inherited comes last, and says so.
        order::sort_by_key(&mut walk.changes, |change| {
            let (above, path) = inherited(&change.path);
            (above, LISTS.iter().position(|(list, ..)| path.split('.').next() == Some(*list)))
        });
        for change in &mut walk.changes {
            change.text = format!("{}{}", "in the parent system: ".repeat(inherited(&change.path).0), change.text);
        }
        let was_stale: Set<(ElementKind, String)> = old.stale(as_of).into_iter().map(|was| (was.part.kind, was.part.id)).collect();
        let is_new = |stale: &Stale| !was_stale.contains(&(stale.part.kind, stale.part.id.clone()));
        let before = Map::from_iter(old.decisions().map(|decision| (&decision.id, decision)));
        let unrevised = self.decisions().filter(|decision| before.get(&decision.id).is_some_and(|was| is_unrevised(was, decision, as_of)));
        SystemDiff {
            as_of,
            old: old.fingerprint(),
            new: self.fingerprint(),
            changes: walk.changes,
            makes_stale: self.stale(as_of).into_iter().filter(is_new).collect(),
            unrevised: unrevised.map(|decision| decision.id.clone()).collect(),
        }
    }
}

/// Whether a decision that held says something else, and none of its revisions up to the day is new.
fn is_unrevised(was: &Decision, is: &Decision, as_of: Date) -> bool {
    let held = matches!(was.status, DecisionStatus::Settled | DecisionStatus::Reopened);
    let known: Set<Date> = was.revisions.iter().map(|revision| revision.on).collect();
    held && was.statement != is.statement && !is.revisions.iter().any(|revision| revision.on <= as_of && !known.contains(&revision.on))
}

/// How many systems above a change lies, and its path there.
fn inherited(path: &str) -> (usize, &str) {
    let (mut above, mut path) = (0, path);
    while let Some(rest) = path.strip_prefix("parent.") {
        (above, path) = (above + 1, rest);
    }
    (above, path)
}

/// The thing in which a change is found.
struct Place {
    what: &'static str,
    id: String,
    path: String,
}

impl Place {
    fn sentence(&self, rest: &str) -> String {
        if self.id.is_empty() { rest.to_owned() } else { format!("{} {}: {rest}", self.what, self.id) }
    }
}

struct Walk {
    changes: Vec<Change>,
}

impl Walk {
    /// Two objects, key by key.
    fn fields(&mut self, old: &Json, new: &Json, place: &Place, within: &str) {
        let (Json::Object(before), Json::Object(after)) = (old, new) else { return };
        let gone = before.keys().filter(|key| !after.contains_key(*key));
        for key in after.keys().chain(gone) {
            let (old, new) = (before.get(key).unwrap_or(&Json::Null), after.get(key).unwrap_or(&Json::Null));
            if old == new {
                continue;
            }
            let name = if within.is_empty() { key.clone() } else { format!("{within}.{key}") };
            let path = if place.path.is_empty() { key.clone() } else { format!("{}.{key}", place.path) };
            let list = LISTS.iter().find(|(list, ..)| list == key).filter(|_| are_parts(old, new));
            if let Some((_, what, keys)) = list {
                self.list(old, new, what, keys, place, &path);
                self.order(&named(old, keys), &named(new, keys), place, &name, path);
            } else if old.is_object() && new.is_object() && !is_value(key, new) {
                // A parent is a system of its own.
                let within = if key == "parent" { "" } else { &name };
                self.fields(old, new, &Place { what: place.what, id: place.id.clone(), path }, within);
            } else {
                // Of a parent that comes or goes, its name.
                let said = |value: &Json| (!value.is_null()).then(|| words(value.get("name").filter(|_| key == "parent").unwrap_or(value)));
                self.changed(place, &name, path, said(old), said(new));
            }
        }
    }

    fn changed(&mut self, place: &Place, name: &str, path: String, before: Option<String>, after: Option<String>) {
        let (was, is) = (before.as_deref().unwrap_or(NOTHING), after.as_deref().unwrap_or(NOTHING));
        let text = place.sentence(&format!("{} was {was}, is {is}", name.replace('_', " ")));
        self.changes.push(Change { change: ChangeKind::Changed, what: place.what, id: place.id.clone(), path, before, after, text });
    }

    /// The order of what is in both lists.
    fn order(&mut self, old: &[(String, &Json)], new: &[(String, &Json)], place: &Place, name: &str, path: String) {
        let both = |these: &[(String, &Json)], others: &[(String, &Json)]| -> Vec<String> {
            let others: Set<&str> = others.iter().map(|(name, _)| name.as_str()).collect();
            these.iter().map(|(name, _)| name).filter(|name| others.contains(name.as_str())).cloned().collect()
        };
        let (was, is) = (both(old, new), both(new, old));
        if was != is {
            self.changed(place, &format!("the order of {name}"), path, Some(was.join(", ")), Some(is.join(", ")));
        }
    }

    /// Two lists whose items have names.
    fn list(&mut self, old: &Json, new: &Json, what: &'static str, keys: &[&str], within: &Place, path: &str) {
        let (old, new) = (named(old, keys), named(new, keys));
        let is: Set<&str> = new.iter().map(|(name, _)| name.as_str()).collect();
        let was = Map::from_iter(old.iter().map(|(name, item)| (name.as_str(), *item)));
        let place = |name: &str| {
            // A step is named by its workflow too, a revision by its decision, and a target by its scenario.
            let inner = matches!(what, "step" | "revision" | "layer") || (matches!(what, "measure" | "target") && !within.id.is_empty());
            let id = if inner { format!("{}.{name}", within.id) } else { name.to_owned() };
            Place { what, id, path: format!("{path}.{name}") }
        };
        for (name, item) in &new {
            let place = place(name);
            match was.get(name.as_str()) {
                Some(before) => self.fields(before, item, &place, ""),
                None => self.whole(ChangeKind::Added, place, item),
            }
        }
        for (name, item) in old.iter().filter(|(name, _)| !is.contains(name.as_str())) {
            self.whole(ChangeKind::Removed, place(name), item);
        }
    }

    fn whole(&mut self, change: ChangeKind, place: Place, item: &Json) {
        let said = Some(words(item));
        let (before, after, how) = match change {
            ChangeKind::Removed => (said, None, "is gone"),
            _ => (None, said, "is new"),
        };
        let text = format!("{} {} {how}", place.what, place.id);
        let path = format!("{}.decisions", place.path);
        self.changes.push(Change { change, what: place.what, id: place.id, path: place.path, before, after, text });
        // A layer comes and goes with its decisions.
        if let Some(decisions) = item.get("decisions") {
            let (old, new) = if change == ChangeKind::Removed { (decisions, &Json::Null) } else { (&Json::Null, decisions) };
            let within = Place { what: place.what, id: String::new(), path: String::new() };
            self.list(old, new, "decision", &["id"], &within, &path);
        }
    }
}

/// The items of a list by name; where one name stands several times, by the count too.
fn named<'j>(list: &'j Json, keys: &[&str]) -> Vec<(String, &'j Json)> {
    let mut seen: Map<String, usize> = Map::new();
    let items = list.as_array().map(Vec::as_slice).unwrap_or_default();
    let name = |item: &Json| {
        let parts = keys.iter().filter_map(|key| item.get(*key)).filter(|part| !part.is_null());
        parts.map(words).collect::<Vec<_>>().join(" ")
    };
    let mut named = Vec::with_capacity(items.len());
    for item in items {
        let name = name(item);
        let count = seen.entry(name.clone()).or_insert(0);
        *count = count.saturating_add(1);
        named.push((if *count > 1 { format!("{name} ({count})") } else { name }, item));
    }
    named
}

/// Whether lists hold parts, and not ids that refer to them.
fn are_parts(old: &Json, new: &Json) -> bool {
    let mut lists = [old, new].into_iter().filter_map(Json::as_array).peekable();
    lists.peek().is_some() && lists.flatten().all(Json::is_object)
}

/// Whether an object is told as one value. The values that a decision fixes have names of the
/// user's own.
fn is_value(key: &str, object: &Json) -> bool {
    key != "values" && ["person", "amount", "is"].iter().any(|key| object.get(*key).is_some())
}

/// A value as people say it.
fn words(value: &Json) -> String {
    match value {
        Json::Null => NOTHING.to_owned(),
        Json::Bool(true) => "yes".to_owned(),
        Json::Bool(false) => "no".to_owned(),
        Json::Number(number) => number.to_string(),
        Json::String(text) if text.is_empty() => "empty".to_owned(),
        Json::String(text) => text.clone(),
        Json::Array(items) if items.is_empty() => NOTHING.to_owned(),
        Json::Array(items) => items.iter().map(words).collect::<Vec<_>>().join(", "),
        Json::Object(object) => object_words(object),
    }
}

fn object_words(object: &serde_json::Map<String, Json>) -> String {
    let said = |key: &str| object.get(key).filter(|value| !value.is_null()).map(words);
    if let Some(person) = said("person") {
        let parts = [("from", " from "), ("to", " to "), ("deputy", ", deputy ")];
        let rest = parts.iter().filter_map(|(key, before)| Some(format!("{before}{}", said(key)?)));
        return rest.fold(person, |all, part| all + &part);
    }
    if let (Some(amount), Some(currency)) = (said("amount"), said("currency")) {
        let every = said("every").map_or_else(String::new, |every| format!(" per {every}"));
        return format!("{amount} {currency}{every}");
    }
    let parts = object.iter().filter(|(_, value)| !value.is_null() && **value != Json::Array(Vec::new()) && **value != Json::String(String::new()));
    let part = |(key, value): (&String, &Json)| if key == "is" { words(value) } else { format!("{}: {}", key.replace('_', " "), words(value)) };
    parts.map(part).collect::<Vec<_>>().join("; ")
}
