//! Documents as Markdown, for pull requests, chats and wikis.

use super::super::escape::{markdown as escape, markdown_inside, plain};
use super::super::markdown::{footer, table};
use super::{Document, Part, Rich, Tone};

impl Document<'_> {
    pub(in super::super) fn to_markdown(&self) -> String {
        let meta: Vec<String> = std::iter::once(self.kicker).chain(self.meta.iter().map(String::as_str)).map(escape).collect();
        let mut text = format!("# {}\n\n{}\n", escape(&self.title), meta.join(" · "));
        for part in &self.parts {
            text.push('\n');
            write(&mut text, part);
        }
        text.push('\n');
        text.push_str(&footer(&self.words, self.fingerprint.short()));
        text
    }
}

fn write(text: &mut String, part: &Part<'_>) {
    match part {
        Part::Heading(heading) => text.push_str(&format!("## {}\n", escape(heading))),
        Part::Paragraph(rich) => text.push_str(&format!("{}\n", written(rich))),
        Part::Points(points) => {
            for point in points {
                let beside = if point.beside.is_empty() { String::new() } else { format!(" ({})", escape(&point.beside)) };
                let name = format!("- **{}**{beside}", escape(&point.about));
                match point.lines.as_slice() {
                    [only] => text.push_str(&format!("{name}: {}\n", written(only))),
                    lines => {
                        text.push_str(&format!("{name}\n"));
                        for line in lines {
                            text.push_str(&format!("  - {}\n", written(line)));
                        }
                    }
                }
            }
        }
        Part::List(items) => {
            for item in items {
                text.push_str(&format!("- {}\n", written(item)));
            }
        }
        Part::Table(drawn) => {
            let head = drawn.columns.iter().map(|column| escape(&column.heading)).collect();
            let rows: Vec<Vec<String>> = std::iter::once(head).chain(drawn.rows.iter().map(|row| row.iter().map(|cell| said(cell, false)).collect())).collect();
            let right: Vec<usize> = drawn.columns.iter().enumerate().filter(|(_, column)| column.figures).map(|(index, _)| index).collect();
            text.push_str(&table(&rows, &right));
        }
        Part::Scorecard { scorecard, .. } => text.push_str(&scorecard.markdown_table()),
        // Indented: no text can end it, as it could a fence.
        Part::Code(lines) => lines.lines().for_each(|line| text.push_str(&format!("    {}\n", plain(line)))),
        Part::Drawing { words, .. } => text.push_str(&format!("{}\n", escape(words))),
    }
}

fn written(rich: &Rich) -> String {
    said(rich, true)
}

fn said(rich: &Rich, begins_line: bool) -> String {
    let mut text = String::new();
    for piece in &rich.0 {
        let said = if begins_line && text.is_empty() { escape(&piece.text) } else { markdown_inside(&piece.text) };
        if let Some(id) = &piece.id {
            text.push_str(&format!("<a id=\"{id}\"></a>"));
        }
        match (&piece.to, piece.tone) {
            (Some(to), _) => text.push_str(&format!("[{said}](#{to})")),
            (None, Tone::Strong) if !said.trim().is_empty() => text.push_str(&format!("**{said}**")),
            _ => text.push_str(&said),
        }
    }
    text
}
