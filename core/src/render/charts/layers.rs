//! A system as a framework shows it: a box for each layer with what it holds, who answers for it
//! and what is missing. The status is a word and a pattern: filled, hatched, or dashed and empty.

use super::Svg;
use super::sheet::{Font, Label, MARGIN, Sheet};
use crate::model::questions::coverage::{FrameworkCoverage, LayerCoverage, LayerStatus};
use crate::words::Words;

/// The most gaps and owners that are named of a layer; others are counted.
const MOST: usize = 3;

impl FrameworkCoverage {
    /// The layers as a map: status, owners, counts and gaps.
    ///
    /// ```
    /// use marketingos::{Source, Svg, System};
    /// let text = "{marketingos: 1, name: Small firm, people: {ana: Ana}, channels: {newsletter: {kind: owned, owner: ana}}}";
    /// let (system, _) = System::parse(&[Source::new("system.yaml", text)])?;
    /// let svg = system.coverage("marketing", "2026-06-30".parse()?)?.to_svg(&Svg::default());
    /// assert!(svg.contains("Channels: partial, 1 element, owned by ana."));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn to_svg(&self, options: &Svg) -> String {
        let mut sheet = Sheet::new(options, &Words::default());
        let title = format!("{}: what there is of each layer", self.name);
        let mut y = sheet.heading(&title, &format!("{} of {} layers are complete", self.complete, self.layers.len()));
        for (index, layer) in self.layers.iter().enumerate() {
            y = layer.draw(&mut sheet, index, y) + 80;
        }
        let words: Vec<String> = self.layers.iter().map(LayerCoverage::words).collect();
        sheet.finish(options, y, &title, &format!("{} of {} layers are complete. {}", self.complete, self.layers.len(), words.join(" ")))
    }
}

impl LayerCoverage {
    /// Draws the box; its lower edge.
    fn draw(&self, sheet: &mut Sheet, index: usize, top: i64) -> i64 {
        let (left, right) = (MARGIN, sheet.right());
        let (text, status_room) = (left + 320, 900);
        let mut gaps: Vec<String> = self.missing.iter().take(MOST).map(|missing| format!("– {missing}")).collect();
        if self.missing.len() > MOST {
            gaps.push(format!("– and {} more", self.missing.len() - MOST));
        }
        // What is written tells how high the box is, so that is laid out first.
        let room = right - text - 100;
        let mut written: Vec<(Font, &'static str, String)> = Vec::new();
        let mut wrap = |font: Font, class: &'static str, line: &str, most: usize| {
            written.extend(font.lines(line, room, most).into_iter().map(|line| (font, class, line)));
        };
        wrap(Font::Plain, "soft", &self.counted(), 2);
        gaps.iter().for_each(|gap| wrap(Font::Small, "", gap, 2));
        let height = 260 + i64::try_from(written.len()).unwrap_or(0) * 160 + 60;
        sheet.rect(if self.status == LayerStatus::Absent { "absent" } else { "box" }, left, top, (right - left, height));
        let side = (200, height);
        match self.status {
            LayerStatus::Complete => sheet.rect("ac", left, top, side),
            LayerStatus::Partial => sheet.hatched(left, top, side),
            LayerStatus::Absent => sheet.rect("absent", left, top, side),
        }
        let heading = format!("{}. {}", index + 1, self.name);
        sheet.text(Label::at(text, top + 190).font(Font::Strong).room(right - text - status_room - 100), &heading);
        sheet.text(Label::at(right - 80, top + 190).end().room(status_room), &format!("{} {}", self.status.mark(), self.status.word()));
        for (line, (font, class, text_of_line)) in (0_i64..).zip(&written) {
            sheet.text(Label::at(text, top + 360 + line * 160).font(*font).class(class), text_of_line);
        }
        top + height
    }

    /// What there is of it, in words.
    fn counted(&self) -> String {
        let elements = match self.elements.len() {
            0 => "nothing".to_owned(),
            1 => "1 element".to_owned(),
            several => format!("{several} elements"),
        };
        let stale = match self.elements.iter().filter(|element| element.stale).count() {
            0 => String::new(),
            stale => format!(", {stale} stale"),
        };
        let unowned = match self.elements.iter().filter(|element| element.owner.is_none()).count() {
            0 => String::new(),
            unowned => format!(", {unowned} owned by nobody"),
        };
        let named: Vec<String> = self.owners.iter().take(MOST).map(ToString::to_string).collect();
        let more = if self.owners.len() > MOST { format!(" and {} more", self.owners.len() - MOST) } else { String::new() };
        let owners = if named.is_empty() { String::new() } else { format!(", owned by {}{more}", named.join(", ")) };
        format!("{elements}{stale}{owners}{unowned}")
    }

    fn words(&self) -> String {
        let missing = if self.missing.is_empty() { String::new() } else { format!(" Missing: {}.", self.missing.join("; ")) };
        format!("{}: {}, {}.{missing}", self.name, self.status.word(), self.counted())
    }
}

impl LayerStatus {
    fn word(self) -> &'static str {
        match self {
            Self::Absent => "absent",
            Self::Partial => "partial",
            Self::Complete => "complete",
        }
    }

    fn mark(self) -> &'static str {
        match self {
            Self::Absent => super::sheet::BAD,
            Self::Partial => "◐",
            Self::Complete => super::sheet::GOOD,
        }
    }
}
