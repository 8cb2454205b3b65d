//! The template of the monthly report.

use super::super::report::{ReportLength, ReportTemplate, Section, SectionTemplate};
use super::{Context, Kind};
use crate::base::code::Code;
use crate::base::finding::quoted;
use crate::text::{Data, MapReader, Node};
use crate::words::Language;

/// The most points that a section can be limited to.
const MOST_POINTS: u32 = 1_000;

pub(super) fn report(context: &mut Context<'_>, map: &mut MapReader<'_>) -> Option<ReportTemplate> {
    let (node, path) = map.get("report")?;
    let mut map = context.reader.map(node, &path)?;
    let title = map.text(&mut context.reader, "title").unwrap_or_else(|| ReportTemplate::TITLE.to_owned());
    let sections = map.get("sections").map(|(node, path)| context.reader.items(node, &path)).unwrap_or_default();
    let sections = sections.into_iter().filter_map(|(item, path)| section(context, item, &path)).collect();
    let kpis = context.references(&mut map, "kpis", Kind::Kpi);
    let length = map.get("length").and_then(|(node, path)| length(context, node, &path)).unwrap_or_default();
    let language = map.one_of(&mut context.reader, "language", &Language::WORDS);
    map.finish(&mut context.reader);
    Some(ReportTemplate { title, sections, kpis, length, language })
}

/// The name of a section, or a mapping with its own title, KPIs and most points.
fn section(context: &mut Context<'_>, node: &Node, path: &str) -> Option<SectionTemplate> {
    if let Data::Scalar { .. } = &node.data {
        return context.reader.one_of(node, path, &Section::WORDS).map(SectionTemplate::of);
    }
    let mut map = context.reader.map(node, path)?;
    let section = map.require(&mut context.reader, "section", "name the section, such as `summary`");
    let section = section.and_then(|(node, path)| context.reader.one_of(node, &path, &Section::WORDS));
    let title = map.text(&mut context.reader, "title");
    let kpis = context.references(&mut map, "kpis", Kind::Kpi);
    let most = map.count(&mut context.reader, "most", MOST_POINTS);
    map.finish(&mut context.reader);
    Some(SectionTemplate { section: section?, title, kpis, most })
}

/// `short`, `standard`, `full`, or the most points of a section.
fn length(context: &mut Context<'_>, node: &Node, path: &str) -> Option<ReportLength> {
    let text = context.reader.text(node, path)?;
    let word = ReportLength::WORDS.iter().find(|(word, _)| *word == text).map(|(_, length)| *length);
    let number = text.parse().ok().filter(|most| (1..=MOST_POINTS).contains(most)).map(ReportLength::Most);
    let length = word.or(number);
    if length.is_none() {
        let help = format!("write `short`, `standard`, `full`, or the most points of a section, up to {MOST_POINTS}");
        context.reader.error(Code::WrongValue, node.mark, path, format!("{} is not a length", quoted(text)), help);
    }
    length
}
