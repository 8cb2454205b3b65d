//! The comparison of two definitions as plain text and as Markdown.

use super::escape::{markdown as escape, plain};
use super::{markdown, text};
use crate::judge::compare::{AspectComparison, ComparedFigure, DefinitionComparison};

/// The columns of figures.
const FIGURES: [usize; 4] = [1, 2, 3, 4];

impl DefinitionComparison {
    /// The comparison as plain text, for a terminal.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut written = format!("{} · {}\n\n{}\n\n", plain(&title(&self.a)), plain(&title(&self.b)), plain(&self.summary));
        for aspect in &self.aspects {
            written.push_str(&format!("{}: {}\n", aspect.aspect.word(), both(aspect, plain)));
            written.extend(aspect.text.iter().map(|sentence| format!("  - {}\n", plain(sentence))));
        }
        format!("{written}\n{}", text::table(&self.rows(plain), &FIGURES))
    }

    /// The comparison as Markdown; what users wrote is escaped.
    #[must_use]
    pub fn to_markdown(&self) -> String {
        let mut written = format!("# {} · {}\n\n{}\n\n", escape(&title(&self.a)), escape(&title(&self.b)), escape(&self.summary));
        for aspect in &self.aspects {
            written.push_str(&format!("- **{}**: {}\n", aspect.aspect.word(), both(aspect, escape)));
            written.extend(aspect.text.iter().map(|sentence| format!("  - {}\n", escape(sentence))));
        }
        format!("{written}\n{}", markdown::table(&self.rows(escape), &FIGURES))
    }

    fn rows(&self, escaped: impl Fn(&str) -> String) -> Vec<Vec<String>> {
        let header = ["period", self.a.figure.as_str(), self.b.figure.as_str(), "difference", "relative"];
        let mut rows = vec![header.map(&escaped).to_vec()];
        for period in &self.periods {
            let relative = period.relative.as_ref().map_or("", |relative| relative.text.as_str());
            rows.push([period.period.label.as_str(), &period.a.text, &period.b.text, &period.change.text, relative].map(&escaped).to_vec());
        }
        rows
    }
}

/// The name, and the id that tells two of one name apart.
fn title(figure: &ComparedFigure) -> String {
    if figure.name == figure.figure.as_str() { figure.name.clone() } else { format!("{} [{}]", figure.name, figure.figure) }
}

fn both(aspect: &AspectComparison, escaped: impl Fn(&str) -> String) -> String {
    match (aspect.same, aspect.a == aspect.b) {
        (true, _) => format!("both {}", escaped(&aspect.a)),
        // What differs does not show in one line.
        (false, true) => format!("{}, but not the same", escaped(&aspect.a)),
        (false, false) => format!("{} ↔ {}", escaped(&aspect.a), escaped(&aspect.b)),
    }
}
