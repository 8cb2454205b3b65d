//! Documents as plain text, for terminals and chats: as wide as is asked for, in colour if asked for.

use super::super::columns;
use super::super::escape::plain;
use super::super::text::table;
use super::{Document, Part, Rich, Table, Tone};
use crate::words::Message;
use unicode_width::UnicodeWidthStr;

/// How plain text is set.
///
/// ```
/// use marketingos::TextStyle;
/// let style = TextStyle { width: 60, colour: true };
/// assert_eq!(TextStyle::default(), TextStyle { width: 100, colour: false });
/// # assert_ne!(style, TextStyle::default());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TextStyle {
    /// The most columns of a line; what is narrower than 40 is set as if it were 40. A word that is
    /// longer stands in a line of its own.
    pub width: usize,
    /// Whether impact, headings and asides are coloured by ANSI sequences.
    pub colour: bool,
}

impl Default for TextStyle {
    fn default() -> Self {
        Self { width: 100, colour: false }
    }
}

/// The narrowest text that is set.
const NARROWEST: usize = 40;

impl Document<'_> {
    pub(in super::super) fn to_text(&self, style: TextStyle) -> String {
        let mut writer = Writer { text: String::new(), width: style.width.max(NARROWEST), colour: style.colour };
        writer.paragraph("", &Rich::default().and(self.title.as_str(), Tone::Strong));
        let meta: Vec<&str> = std::iter::once(self.kicker).chain(self.meta.iter().map(String::as_str)).collect();
        writer.paragraph("", &Rich::default().and(meta.join(" · "), Tone::Soft));
        for part in &self.parts {
            writer.text.push('\n');
            writer.part(part);
        }
        writer.text.push('\n');
        writer.paragraph("", &Rich::default().and(self.words.text(Message::Snapshot, &[("fingerprint", self.fingerprint.short().into())]), Tone::Soft));
        writer.text
    }
}

struct Writer {
    text: String,
    width: usize,
    colour: bool,
}

impl Writer {
    fn part(&mut self, part: &Part<'_>) {
        match part {
            Part::Heading(heading) => {
                self.paragraph("", &Rich::default().and(heading.as_str(), Tone::Strong));
                let rule = plain(heading).width().min(self.width);
                self.text.push_str(&format!("{}\n", "─".repeat(rule)));
            }
            Part::Paragraph(rich) => self.paragraph("", rich),
            Part::Points(points) => {
                for point in points {
                    let name = Rich::default().and(point.about.as_str(), Tone::Strong);
                    let name = if point.beside.is_empty() { name } else { name.and(format!(" ({})", point.beside), Tone::Soft) };
                    self.hanging("", "  ", &name);
                    for line in &point.lines {
                        self.hanging("  ", "  ", line);
                    }
                }
            }
            Part::List(items) => {
                for item in items {
                    self.hanging("- ", "  ", item);
                }
            }
            Part::Table(table) => self.table(table),
            Part::Scorecard { scorecard, .. } => {
                let rows = columns::rows(scorecard, plain);
                let as_table = table(&rows, &columns::FIGURES);
                if as_table.lines().all(|line| line.width() <= self.width) {
                    self.text.push_str(&as_table);
                } else {
                    self.records(&rows);
                }
                for (name, text) in columns::notes(scorecard) {
                    self.hanging("", "  ", &Rich::from(format!("* {name}: {text}")));
                }
            }
            Part::Code(lines) => lines.lines().for_each(|line| self.text.push_str(&format!("  {}\n", plain(line)))),
            Part::Drawing { words, .. } => self.paragraph("", &Rich::from(words.as_str())),
        }
    }

    /// A table; where it is wider than the text, one line for each cell of a row.
    fn table(&mut self, drawn: &Table) {
        let head = drawn.columns.iter().map(|column| plain(&column.heading)).collect();
        let body = drawn.rows.iter().map(|row| row.iter().map(|cell| plain(&cell.plain())).collect());
        let rows: Vec<Vec<String>> = std::iter::once(head).chain(body).collect();
        let right: Vec<usize> = drawn.columns.iter().enumerate().filter(|(_, column)| column.figures).map(|(index, _)| index).collect();
        let as_table = table(&rows, &right);
        if as_table.lines().all(|line| line.width() <= self.width) {
            self.text.push_str(&as_table);
        } else {
            self.records(&rows);
        }
    }

    fn records(&mut self, rows: &[Vec<String>]) {
        let Some((head, rows)) = rows.split_first() else { return };
        let labels = head.iter().skip(1).map(|label| label.width()).max().unwrap_or(0);
        for row in rows {
            self.hanging("", "  ", &Rich::default().and(row.first().map_or("", String::as_str), Tone::Strong));
            for (label, cell) in head.iter().zip(row).skip(1).filter(|(_, cell)| !cell.is_empty()) {
                let gap = " ".repeat(labels.saturating_sub(label.width()));
                self.hanging(&format!("  {label}{gap}  "), &" ".repeat(labels.saturating_add(4)), &Rich::from(cell.as_str()));
            }
        }
    }

    fn paragraph(&mut self, indent: &str, rich: &Rich) {
        self.hanging(indent, indent, rich);
    }

    /// Words in lines, the first of which begins otherwise than the others.
    fn hanging(&mut self, first: &str, others: &str, rich: &Rich) {
        let (mut used, mut begun) = (first.width(), false);
        self.text.push_str(first);
        for word in words(rich) {
            let wide: usize = word.iter().map(|(part, _)| part.width()).sum();
            if begun && used.saturating_add(1).saturating_add(wide) > self.width {
                self.text.push('\n');
                self.text.push_str(others);
                used = others.width();
            } else if begun {
                self.text.push(' ');
                used = used.saturating_add(1);
            }
            word.iter().for_each(|(part, tone)| self.word(part, *tone));
            (used, begun) = (used.saturating_add(wide), true);
        }
        self.text.push('\n');
    }

    fn word(&mut self, word: &str, tone: Tone) {
        let code = match tone {
            Tone::Strong => "1",
            Tone::Favourable => "32",
            Tone::Adverse => "31",
            Tone::Soft => "2",
            Tone::Plain => "",
        };
        if self.colour && !code.is_empty() {
            self.text.push_str(&format!("\u{1b}[{code}m{word}\u{1b}[0m"));
        } else {
            self.text.push_str(word);
        }
    }
}

/// The words of a text. One that begins in a piece may go on in the next.
fn words(rich: &Rich) -> Vec<Vec<(String, Tone)>> {
    let mut words: Vec<Vec<(String, Tone)>> = vec![Vec::new()];
    for piece in &rich.0 {
        for (index, part) in plain(&piece.text).split(' ').enumerate() {
            if index > 0 {
                words.push(Vec::new());
            }
            if let Some(word) = words.last_mut().filter(|_| !part.is_empty()) {
                word.push((part.to_owned(), piece.tone));
            }
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::super::{Rich, Tone};
    use super::Writer;
    use unicode_width::UnicodeWidthStr;

    fn set(width: usize, colour: bool, rich: &Rich) -> String {
        let mut writer = Writer { text: String::new(), width, colour };
        writer.hanging("- ", "  ", rich);
        writer.text
    }

    #[test]
    fn lines_are_as_wide_as_they_may_be_and_lose_no_word() {
        let text = "Neue Leads: 364 im September, 4 über dem Ziel; 広告費は増えた。 averyveryverylongwordthatfitsnowhereatallinthiswidth end";
        for width in 20..80 {
            let written = set(width, false, &Rich::from(text));
            assert_eq!(written.split_whitespace().skip(1).collect::<Vec<_>>(), text.split(' ').collect::<Vec<_>>());
            assert!(written.lines().all(|line| line.width() <= width || line.split_whitespace().count() <= 2), "{width}: {written}");
        }
    }

    #[test]
    fn pieces_are_not_torn_apart_and_colours_end_with_their_word() {
        let rich = Rich::from("up ").and("+4", Tone::Favourable).and(", and more", Tone::Plain);
        assert_eq!(set(80, false, &rich), "- up +4, and more\n");
        assert_eq!(set(80, true, &rich), "- up \u{1b}[32m+4\u{1b}[0m, and more\n");
        // What a user wrote cannot colour anything.
        assert_eq!(set(80, true, &Rich::from("a\u{1b}[31mb")), "- a\u{fffd}[31mb\n");
    }
}
