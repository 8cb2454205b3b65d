//! Hierarchies: whether each member of a dimension lies within one member of the wider one.

use std::collections::{BTreeMap, BTreeSet};

use super::column::NULL;
use super::table::{Chunk, Table};
use crate::base::code::Code;
use crate::base::finding::{Finding, Mark, Place, Severity, quoted};
use crate::base::order;

/// Members that are named in a message.
const SHOWN: usize = 3;

/// The different pairs of members that rows have in two text columns.
type Pairs = BTreeSet<(u32, u32)>;

/// For each dimension that is declared within another, the pairs of members in a chunk.
pub(super) fn pairs(chunk: &Chunk, within: &[(usize, usize)]) -> Vec<Pairs> {
    let of = |(inner, outer): &(usize, usize)| {
        let mut pairs = Pairs::new();
        let (Some(inner), Some(outer)) = (chunk.texts.get(*inner), chunk.texts.get(*outer)) else { return pairs };
        let mut last = None;
        for row in 0..chunk.rows() {
            let pair = (inner.at(row), outer.at(row));
            // Rows come in runs more often than not.
            if last != Some(pair) && pair.0 != NULL {
                pairs.insert(pair);
            }
            last = Some(pair);
        }
        pairs
    };
    within.iter().map(of).collect()
}

/// Members that lie within several wider ones, although the declaration says that they are parts
/// of one: their figures would be split, and what is told of the wider member is not the sum of
/// its parts. The null member of the wider dimension is one of its own; that of the narrower one
/// may lie anywhere.
pub(super) fn strays(table: &Table) -> Vec<Finding> {
    let dimensions = &table.source.dimensions;
    let declared: Vec<_> = dimensions.iter().filter_map(|column| Some((column, column.within.as_ref()?))).collect();
    let keys: Vec<(usize, usize)> =
        declared.iter().filter_map(|(column, within)| Some((table.key(column.id.as_str())?, table.key(within.as_str())?))).collect();
    if keys.is_empty() || keys.len() != declared.len() {
        return Vec::new();
    }
    let mut findings = Vec::new();
    for (position, ((column, within), (inner, outer))) in declared.iter().zip(&keys).enumerate() {
        let mut wider: BTreeMap<u32, BTreeSet<u32>> = BTreeMap::new();
        for (member, parent) in table.chunks.iter().filter_map(|chunk| chunk.within(&keys).get(position)).flatten() {
            wider.entry(*member).or_default().insert(*parent);
        }
        let text = |key: usize, code: u32| table.dictionaries.get(key).and_then(|dictionary| dictionary.text(code));
        let several = wider.iter().filter(|(_, parents)| parents.len() > 1);
        let mut strays: Vec<(&str, Vec<Option<&str>>)> =
            several.filter_map(|(member, parents)| Some((text(*inner, *member)?, parents.iter().map(|parent| text(*outer, *parent)).collect()))).collect();
        // By name: codes follow the order of the rows.
        order::sort_by_key(&mut strays, |(member, _)| *member);
        strays.iter_mut().for_each(|(_, parents)| order::sort_distinct(parents));
        if strays.is_empty() {
            continue;
        }
        let name = |parent: &Option<&str>| parent.map_or_else(|| "no member".to_owned(), quoted);
        let shown = |(member, parents): &(&str, Vec<Option<&str>>)| {
            let parents: Vec<String> = parents.iter().take(SHOWN).map(name).collect();
            format!("{} in {}", quoted(member), parents.join(" and "))
        };
        let examples: Vec<String> = strays.iter().take(SHOWN).map(shown).collect();
        let message = format!(
            "`{}` is declared within `{within}`, and {} of its {} members {} in more than one: {}",
            column.id,
            strays.len(),
            wider.len(),
            if strays.len() == 1 { "lies" } else { "lie" },
            examples.join("; ")
        );
        let help = format!("mend the rows, or leave `within` out of `sources.{}.dimensions.{}`", table.source.id, column.id);
        let place = Place { file: format!("{}.csv", table.source.id), mark: Mark { line: 1, column: 1 }, path: String::new() };
        findings.push(Finding { code: Code::BrokenHierarchy, severity: Severity::Warning, place, message, help });
    }
    findings
}
