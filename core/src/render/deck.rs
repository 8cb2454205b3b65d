//! A deck as a page: slide after slide, each a sheet of its own on paper.

use super::document::{Column, Document, Part, Point, Rich, Table};
use crate::operate::deck::{Deck, SlideBody};

impl Deck {
    /// The deck as one self-contained page.
    #[must_use]
    pub fn to_html(&self) -> String {
        let mut parts = Vec::new();
        let mut meta = Vec::new();
        for slide in &self.slides {
            if let SlideBody::Cover { lines } = &slide.body {
                meta.extend(lines.iter().cloned());
                continue;
            }
            parts.push(Part::Heading(slide.title.clone()));
            match &slide.body {
                SlideBody::Cover { .. } => {}
                SlideBody::Points { points } => {
                    let (plain, named): (Vec<_>, Vec<_>) = points.iter().partition(|point| point.about.is_empty());
                    parts.extend(plain.iter().map(|point| Part::Paragraph(point.text.as_str().into())));
                    let point = |point: &&crate::operate::deck::SlidePoint| Point {
                        about: point.about.clone(),
                        beside: String::new(),
                        lines: vec![Rich::from(point.text.as_str())],
                    };
                    if !named.is_empty() {
                        parts.push(Part::Points(named.iter().map(point).collect()));
                    }
                }
                SlideBody::Table { columns, rows } => {
                    let columns = columns.iter().map(|heading| Column::words(heading)).collect();
                    let rows = rows.iter().map(|row| row.iter().map(|text| Rich::from(text.as_str())).collect()).collect();
                    parts.push(Part::Table(Table { columns, rows }));
                }
                SlideBody::Scorecard { scorecard } => parts.push(Part::scorecard(scorecard)),
                SlideBody::WeeklyReview { review } => parts.push(Part::drawing(|svg| review.to_svg(svg), review.in_words())),
                SlideBody::Explanation { explanation } => parts.push(Part::drawing(|svg| explanation.to_svg(svg), explanation.text.clone())),
                SlideBody::Landing { landing } => {
                    let sentences: Vec<String> = landing.lines.iter().map(|line| line.in_words().sentence.clone()).collect();
                    parts.push(Part::drawing(|svg| landing.to_svg(svg), sentences.join(" ")));
                }
            }
            parts.extend(slide.notes.iter().map(|note| Part::Paragraph(note.as_str().into())));
        }
        let title = self.slides.first().map_or_else(|| self.title.clone(), |slide| slide.title.clone());
        Document { kicker: &self.system, title, meta, parts, fingerprint: &self.fingerprint, words: self.words.clone() }.to_html()
    }
}
