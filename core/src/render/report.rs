//! The report as a document. Figures lead to the definition of their KPI, where the template has the
//! definitions.

use super::document::{Column, Document, Part, Point, Rich, Table, anchor, documented};
use crate::base::id::Id;
use crate::model::report::Section;
use crate::operate::report::{Block, Report};
use crate::words::{Message, Prose};

documented!(Report, "report");

impl Report {
    /// The title with its month.
    pub(super) fn heading(&self) -> String {
        self.words.text(Message::TitleMonth, &[("title", (&self.title).into()), ("month", (&self.month_text).into())])
    }

    fn document(&self) -> Document<'_> {
        let person = |message, name: &Option<String>| name.as_ref().map(|name| self.words.text(message, &[("person", name.into())]));
        let people = [person(Message::From, &self.from), person(Message::To, &self.to)].into_iter().flatten();
        let meta = people.chain(std::iter::once(self.words.text(Message::AsOf, &[("date", self.as_of.into())]))).collect();
        let defined = self.defined();
        let mut parts = Vec::new();
        let mut placed = Vec::new();
        for section in &self.sections {
            parts.push(Part::Heading(section.heading.clone()));
            let mut points = Vec::new();
            for block in &section.blocks {
                let part = match block {
                    Block::Point { about, text, .. } => {
                        points.push(Point { about: about.clone(), beside: String::new(), lines: vec![linked(text, &defined)] });
                        continue;
                    }
                    Block::Paragraph { text } => Part::Paragraph(linked(text, &defined)),
                    Block::Scorecard { scorecard } => Part::Scorecard { scorecard, defined: defined.clone() },
                    Block::Table { columns, rows, defines } => Part::Table(table(columns, rows, defines, &mut placed)),
                };
                if !points.is_empty() {
                    parts.push(Part::Points(std::mem::take(&mut points)));
                }
                parts.push(part);
            }
            if !points.is_empty() {
                parts.push(Part::Points(points));
            }
        }
        Document { kicker: &self.system, title: self.heading(), meta, parts, fingerprint: &self.fingerprint, words: self.words.clone() }
    }

    /// The KPIs whose definition stands in the report.
    fn defined(&self) -> Vec<&Id> {
        let blocks = self.sections.iter().filter(|section| section.section == Section::Definitions).flat_map(|section| &section.blocks);
        let defines = blocks.filter_map(|block| if let Block::Table { defines, .. } = block { Some(defines) } else { None });
        defines.flatten().collect()
    }
}

/// A table; the first row that defines a KPI is the place to which its figures lead.
fn table<'d>(columns: &[String], rows: &[Vec<String>], defines: &'d [Id], placed: &mut Vec<&'d Id>) -> Table {
    let columns = columns.iter().map(|heading| Column::words(heading)).collect();
    let mut rows: Vec<Vec<Rich>> = rows.iter().map(|row| row.iter().map(|text| Rich::from(text.as_str())).collect()).collect();
    for (row, kpi) in rows.iter_mut().zip(defines) {
        if placed.contains(&kpi) {
            continue;
        }
        placed.push(kpi);
        if let Some(piece) = row.first_mut().and_then(|cell| cell.0.first_mut()) {
            piece.id = Some(anchor(kpi));
        }
    }
    Table { columns, rows }
}

/// Running text whose figures lead to their definition.
fn linked(text: &Prose, defined: &[&Id]) -> Rich {
    Rich::linked(text, |kpi| defined.contains(&kpi).then(|| anchor(kpi)))
}
