//! What rests on a decision, as a tree: each part is indented below the decision that it rests on,
//! so that any depth and any name has room. What is stale has a filled diamond and the word.

use super::Svg;
use super::sheet::{Font, LINE, Label, MARGIN, Sheet};
use crate::base::id::Id;
use crate::model::element::ElementKind;
use crate::model::questions::impact::{Affected, DecisionImpact};
use crate::words::{Message, Words};

/// The most parts that are drawn; others are counted.
const MOST: usize = 60;
const ROW: i64 = 230;
/// From a part to its owner below it.
const OWNER: i64 = 150;
const INDENT: i64 = 220;
/// From this depth on the indent does not grow.
const DEEPEST: usize = 8;

impl DecisionImpact {
    /// The decision and what rests on it, each part below the decision that it rests on itself.
    ///
    /// ```
    /// use marketingos::{Source, Svg, System};
    /// let text = "
    /// marketingos: 1
    /// name: Small firm
    /// brand: { strategy: { decisions: { positioning: { statement: Timber only., status: settled, revisions: [ { on: 2026-05-04, reason: Steel was too much. } ] } } } }
    /// channels: { newsletter: { kind: owned, rests_on: [positioning], confirmed_on: 2026-01-07 } }
    /// ";
    /// let (system, _) = System::parse(&[Source::new("system.yaml", text)])?;
    /// let svg = system.impact("positioning", "2026-06-30".parse()?)?.to_svg(&Svg::default());
    /// assert!(svg.contains("channel newsletter, owned by nobody, rests on positioning: stale."));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn to_svg(&self, options: &Svg) -> String {
        let words = &self.words;
        let mut sheet = Sheet::new(options, words);
        let title = words.text(Message::ImpactTitle, &[("decision", self.decision.as_str().into())]);
        let stale = self.elements.iter().filter(|element| element.stale).count();
        let mut given = vec![("statement", (&self.statement).into()), ("count", self.elements.len().into()), ("stale", stale.into())];
        given.extend(self.revised_on.map(|on| ("date", on.into())));
        let summary = words.text(if self.revised_on.is_some() { Message::ImpactRevised } else { Message::ImpactSummary }, &given);
        let [fresh_mark, stale_mark] = [(Message::Confirmed, "✓"), (Message::Stale, "✗")].map(|(status, mark)| format!("{} {mark}", words.word(status)));
        let mut y = sheet.heading(&title, &summary) + 60;
        sheet.rect("ac", MARGIN, y - 110, (120, 120));
        sheet.text(Label::at(MARGIN + 200, y).font(Font::Strong), self.decision.as_str());
        let first = y;
        // The row of each decision that is drawn, so that lines lead back to it.
        let mut rows = vec![(self.decision.as_str(), 0, y)];
        let drawn = self.drawn();
        // On a phone the owner has a line to itself.
        let (two_lines, room) = (sheet.width < 5_000, Font::Small.width(&fresh_mark).max(Font::Small.width(&stale_mark)) + 60);
        for (element, depth) in &drawn {
            y += if two_lines && y > first { ROW + OWNER } else { ROW };
            let x = indented(*depth);
            let above = element.through.last().and_then(|from| rows.iter().rev().find(|(id, ..)| *id == from.as_str()));
            if let Some((_, parent, from)) = above {
                let at = indented(*parent) + 60;
                sheet.line("link", (at, *from + 30), (at, y - 50));
                sheet.line("link", (at, y - 50), (x, y - 50));
            }
            if element.stale {
                sheet.diamond("bad", (x + 60, y - 50), 70);
            } else {
                sheet.rect("hollow", x, y - 110, (120, 120));
            }
            let mark = if element.stale { &stale_mark } else { &fresh_mark };
            let (name, owner) = (element.name(words), element.owner_in_words(words));
            let label = Label::at(x + 200, y).room(sheet.right() - x - 200 - room);
            if two_lines {
                sheet.text(label, &name);
                sheet.text(Label::at(x + 200, y + OWNER).font(Font::Small).class("soft"), &owner);
            } else {
                sheet.text(label, &format!("{name}, {owner}"));
            }
            sheet.text(Label::at(sheet.right(), y).end().font(Font::Small).class(if element.stale { "bad" } else { "soft" }), mark);
            if element.part.kind == ElementKind::Decision {
                rows.push((element.part.id.as_str(), *depth, y));
            }
        }
        let rest = self.elements.len() - drawn.len();
        if two_lines {
            y += OWNER;
        }
        if rest > 0 {
            y += ROW;
            let stale = stale - drawn.iter().filter(|(element, _)| element.stale).count();
            sheet.text(Label::at(MARGIN, y).class("soft"), &words.text(Message::ImpactMore, &[("count", rest.into()), ("stale", stale.into())]));
        }
        let said: Vec<String> = self.elements.iter().take(4 * MOST).map(|element| element.told(words)).collect();
        sheet.finish(options, y + LINE, &title, &format!("{summary} {}", said.join(" ")))
    }

    /// The parts that are drawn, each below what it rests on, with their depth. What rests on a
    /// decision that is itself left out, such as a retired one, comes at the end.
    fn drawn(&self) -> Vec<(&Affected, usize)> {
        let below = |id: &str| {
            let rests = |element: &&Affected| element.through.last().is_some_and(|from| from.as_str() == id);
            self.elements.iter().filter(rests).take(MOST).collect::<Vec<_>>().into_iter().rev()
        };
        let mut drawn: Vec<(&Affected, usize)> = Vec::new();
        let mut waiting: Vec<&Affected> = below(self.decision.as_str()).collect();
        while let Some(element) = waiting.pop().filter(|_| drawn.len() < MOST) {
            drawn.push((element, element.through.len()));
            if element.part.kind == ElementKind::Decision {
                waiting.extend(below(&element.part.id));
            }
        }
        for element in &self.elements {
            if drawn.len() < MOST && !drawn.iter().any(|(known, _)| std::ptr::eq(*known, element)) {
                drawn.push((element, 1));
            }
        }
        drawn
    }
}

/// Where a part of this depth begins.
fn indented(depth: usize) -> i64 {
    MARGIN + i64::try_from(depth.min(DEEPEST)).unwrap_or(0) * INDENT
}

impl Affected {
    fn name(&self, words: &Words) -> String {
        let what = if self.part.kind == ElementKind::Decision { &self.part.id } else { &self.part.name };
        words.text(Message::ImpactPart, &[("kind", (&words.word(self.part.kind.message())).into()), ("name", what.into())])
    }

    fn owner_in_words(&self, words: &Words) -> String {
        let owner = self.owner.as_ref().map_or_else(|| words.word(Message::Nobody), ToString::to_string);
        words.text(Message::OwnedBy, &[("person", (&owner).into())])
    }

    fn told(&self, words: &Words) -> String {
        let (name, owner) = (self.name(words), self.owner_in_words(words));
        let status = words.word(if self.stale { Message::Stale } else { Message::Confirmed });
        let given = [
            ("name", (&name).into()),
            ("owner", (&owner).into()),
            ("decision", self.through.last().map_or("", Id::as_str).into()),
            ("status", (&status).into()),
        ];
        words.text(Message::ImpactTold, &given)
    }
}
