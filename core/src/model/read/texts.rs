//! Which texts belong together: those of a system, those of its parent, and what is missing.

use crate::base::code::Code;
use crate::base::finding::{Finding, Mark, quoted};
use crate::base::map::{Map, Set};
use crate::text::{self, Data, Node, Reader, Source};

/// The most systems that inherit from one another.
const MOST_PARENTS: usize = 8;
/// The longest name of a text.
const LONGEST_NAME: usize = 200;

/// A text that could be read.
pub(super) struct Text<'s> {
    pub(super) name: &'s str,
    pub(super) node: Node,
}

/// The name of a text as another text writes it.
struct Named<'n> {
    name: &'n str,
    mark: Mark,
    path: String,
}

impl<'s> Text<'s> {
    pub(super) fn new(name: &'s str, node: Node) -> Self {
        Self { name, node }
    }

    /// The names under a key. What is no name is reported.
    fn names<'n>(&'n self, key: &'static str, findings: &mut Vec<Finding>) -> Vec<Named<'n>> {
        let Data::Map(entries) = &self.node.data else { return Vec::new() };
        let Some(entry) = entries.iter().find(|entry| entry.key == key) else { return Vec::new() };
        let mut reader = Reader::new(self.name, findings);
        let items = if key == "parent" { vec![(&entry.value, key.to_owned())] } else { reader.items(&entry.value, key) };
        let mut names = Vec::with_capacity(items.len());
        for (node, path) in items {
            let Some(name) = reader.text(node, &path) else { continue };
            if is_name(name) {
                names.push(Named { name, mark: node.mark, path });
            } else {
                let help = "name a text beside this one or below it, such as `people.yaml` or `parts/people.yaml`";
                reader.error(Code::BadTextName, node.mark, &path, format!("{} is not the name of a text", quoted(name)), help);
            }
        }
        names
    }
}

/// Names stay within the folder of the first text: a text may come from anybody.
fn is_name(name: &str) -> bool {
    let plain = !name.contains(['\\', ':', '?', '#', '%']) && !name.chars().any(char::is_control) && name.len() <= LONGEST_NAME;
    plain && name.split('/').all(|part| !part.is_empty() && part != "." && part != "..")
}

/// The name that a host knows a text by: in the folder of the first.
fn resolved(first: &str, name: &str) -> String {
    match first.rsplit_once('/') {
        Some((folder, _)) => format!("{folder}/{name}"),
        None => name.to_owned(),
    }
}

/// Where each text stands, by its name.
struct Positions<'s>(Map<&'s str, usize>);

impl<'s> Positions<'s> {
    fn of(names: impl Iterator<Item = &'s str>) -> Self {
        let mut positions = Map::new();
        for (position, name) in names.enumerate() {
            positions.entry(name).or_insert(position);
        }
        Self(positions)
    }

    /// The first text that a host may know by this name.
    fn find(&self, first: &str, name: &str) -> Option<usize> {
        let full = resolved(first, name);
        [full.as_str(), name].into_iter().filter_map(|name| self.0.get(name).copied()).min()
    }
}

/// The texts of each system, the one that is asked for first, its parent next, and so on up.
pub(super) fn families<'t, 's>(texts: &'t [Text<'s>], findings: &mut Vec<Finding>) -> Option<Vec<Vec<&'t Text<'s>>>> {
    let first = texts.first().map_or("", |text| text.name);
    let mut complete = true;
    let positions = Positions::of(texts.iter().map(|text| text.name));
    let mut find = |text: &Text<'_>, named: &Named<'_>, findings: &mut Vec<Finding>| {
        let found = positions.find(first, named.name);
        if found.is_none() {
            complete = false;
            let mut reader = Reader::new(text.name, findings);
            let message = format!("the text {} was not given", quoted(named.name));
            reader.error(Code::MissingText, named.mark, &named.path, message, "give it too, or take the name out");
        }
        found
    };
    // By each text: those that it includes, and its parent's. Every name is looked up once.
    let mut includes: Vec<Vec<usize>> = Vec::with_capacity(texts.len());
    let mut parents: Vec<Option<(usize, Named<'_>)>> = Vec::with_capacity(texts.len());
    for text in texts {
        includes.push(text.names("include", findings).iter().filter_map(|named| find(text, named, findings)).collect());
        parents.push(text.names("parent", findings).into_iter().find_map(|named| Some((find(text, &named, findings)?, named))));
    }
    if !complete {
        return None;
    }
    let mut taken: Set<usize> = Set::new();
    let mut families: Vec<Vec<&Text<'_>>> = Vec::new();
    // From each parent all that it includes is its own; what is left is the system's.
    let roots: Set<usize> = parents.iter().flatten().map(|(parent, _)| *parent).collect();
    let mut closed = Vec::new();
    for root in roots {
        closed.push((root, closure(root, &includes)));
    }
    let within: Set<usize> = closed.iter().flat_map(|(_, members)| members.iter().copied()).collect();
    let mut members: Vec<usize> = (0..texts.len()).filter(|position| !within.contains(position)).collect();
    loop {
        members.iter().for_each(|position| {
            taken.insert(*position);
        });
        let parent = members.iter().filter_map(|position| Some((*position, parents.get(*position)?.as_ref()?))).next();
        families.push(members.iter().filter_map(|position| texts.get(*position)).collect());
        let Some((child, (root, named))) = parent else { break };
        let next = closed.iter().find(|(known, _)| known == root).map(|(_, members)| members.clone()).unwrap_or_default();
        let again = next.iter().any(|position| taken.contains(position));
        if again || families.len() > MOST_PARENTS {
            let name = texts.get(child).map_or("", |text| text.name);
            let (message, help) = if again {
                (
                    format!("{} is a parent of itself, or a part of both systems", quoted(named.name)),
                    "let the parent be a system of its own, which names no child",
                )
            } else {
                (format!("more than {MOST_PARENTS} systems inherit from one another"), "leave some of them out")
            };
            Reader::new(name, findings).error(Code::Cycle, named.mark, &named.path, message, help);
            return None;
        }
        members = next;
    }
    if let Some(stray) = (0..texts.len()).find(|position| !taken.contains(position)) {
        // Every text names a parent that names it: there is no child to begin with.
        let text = texts.get(stray)?;
        let message = "the systems are parents of one another".to_owned();
        Reader::new(text.name, findings).error(Code::Cycle, Mark { line: 1, column: 1 }, "parent", message, "let one of them have no parent");
        return None;
    }
    Some(families)
}

/// A text and all that it includes, directly or not.
fn closure(root: usize, includes: &[Vec<usize>]) -> Vec<usize> {
    let mut seen: Set<usize> = Set::new();
    let mut waiting = vec![root];
    let mut found = Vec::new();
    while let Some(position) = waiting.pop() {
        if seen.insert(position) {
            found.push(position);
            waiting.extend(includes.get(position).into_iter().flatten());
        }
    }
    found.sort_unstable();
    found
}

/// The names that texts have for others which are not among them.
pub(crate) fn needs(sources: &[Source<'_>]) -> Vec<String> {
    let mut findings = Vec::new();
    let first = sources.first().map_or("", |source| source.name);
    let positions = Positions::of(sources.iter().map(|source| source.name));
    let (mut needs, mut seen) = (Vec::new(), Set::new());
    for source in sources {
        let Some(node) = text::parse(*source, &mut findings) else { continue };
        let text = Text::new(source.name, node);
        for key in ["include", "parent"] {
            for named in text.names(key, &mut findings) {
                let full = resolved(first, named.name);
                if positions.find(first, named.name).is_none() && seen.insert(full.clone()) {
                    needs.push(full);
                }
            }
        }
    }
    needs
}
