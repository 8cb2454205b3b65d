//! The report as text, as Markdown and as a page. Figures lead to the definition of their KPI, where
//! the template has the definitions.

use super::escape::{html, markdown, plain};
use super::wrap::wrapped;
use super::{html as page, markdown as md, text};
use crate::base::id::Id;
use crate::model::report::Section;
use crate::operate::report::{Block, Report, ReportSection};
use crate::words::{Message, Piece, Prose};

/// The narrowest text.
const NARROWEST: usize = 20;

/// The place of a KPI's definition in a page.
fn anchor(kpi: &Id) -> String {
    format!("definition-{kpi}")
}

impl Report {
    /// The title with its month.
    fn heading(&self) -> String {
        self.words.text(Message::TitleMonth, &[("title", (&self.title).into()), ("month", (&self.month_text).into())])
    }

    /// From whom, to whom, as of when.
    fn people(&self) -> Vec<String> {
        let person = |message, name: &Option<String>| name.as_ref().map(|name| self.words.text(message, &[("person", name.into())]));
        let people = [person(Message::From, &self.from), person(Message::To, &self.to)].into_iter().flatten();
        people.chain(std::iter::once(self.words.text(Message::AsOf, &[("date", self.as_of.into())]))).collect()
    }

    /// The KPIs whose definition stands in the report.
    fn defined(&self) -> Vec<&Id> {
        let blocks = self.sections.iter().filter(|section| section.section == Section::Definitions).flat_map(|section| &section.blocks);
        let defines = blocks.filter_map(|block| if let Block::Table { defines, .. } = block { Some(defines) } else { None });
        defines.flatten().collect()
    }

    /// The report as text, in lines of at most so many columns of a terminal (20 or more); wide
    /// characters take two. Tables are not wrapped.
    #[must_use]
    pub fn to_text(&self, width: usize) -> String {
        let width = width.max(NARROWEST);
        let mut out = format!("{}\n", wrapped(&plain(&self.heading()), width, ""));
        let frame = std::iter::once(self.system.clone()).chain(self.people()).collect::<Vec<_>>().join(" · ");
        out.push_str(&format!("{}\n", wrapped(&plain(&frame), width, "")));
        for section in &self.sections {
            out.push_str(&format!("\n{}\n", wrapped(&plain(&section.heading).to_uppercase(), width, "")));
            section.blocks.iter().for_each(|block| out.push_str(&in_text(block, width)));
        }
        out.push_str(&format!("\n{}\n", text::snapshot(&self.words, &self.fingerprint)));
        out
    }

    /// The report as Markdown.
    #[must_use]
    pub fn to_markdown(&self) -> String {
        let frame: Vec<String> = std::iter::once(self.system.clone()).chain(self.people()).map(|part| markdown(&part)).collect();
        let mut out = format!("# {}\n\n{}\n", markdown(&self.heading()), frame.join(" · "));
        let defined = self.defined();
        for section in &self.sections {
            out.push_str(&format!("\n## {}\n", markdown(&section.heading)));
            let mut after_point = false;
            for block in &section.blocks {
                // Points stand in one list.
                let is_point = matches!(block, Block::Point { .. });
                if !(is_point && after_point) {
                    out.push('\n');
                }
                after_point = is_point;
                out.push_str(&in_markdown(block, &defined));
            }
        }
        out.push_str(&format!("\n---\n\n{}", md::footer(&self.words, self.fingerprint.short())));
        out
    }

    /// The report as one self-contained page.
    #[must_use]
    pub fn to_html(&self) -> String {
        let people: Vec<String> = self.people().iter().map(|part| html(part)).collect();
        let mut body = format!(
            "<header><p class=\"kicker\">{}</p><h1>{}</h1><p class=\"meta\">{}</p></header>",
            html(&self.system),
            html(&self.heading()),
            people.join(" · ")
        );
        let defined = self.defined();
        for section in &self.sections {
            body.push_str(&in_html(section, &defined));
        }
        page::page(&self.words, &format!("{}: {}", self.heading(), self.system), &body, &self.fingerprint)
    }
}

fn in_text(block: &Block, width: usize) -> String {
    match block {
        Block::Paragraph { text } => format!("{}\n", wrapped(&plain(&text.to_string()), width, "")),
        Block::Point { about, text, .. } => format!("- {}\n", wrapped(&plain(&format!("{about}: {text}")), width, "  ")),
        Block::Scorecard { scorecard } => {
            let notes: String = super::columns::notes(scorecard).map(|(name, text)| format!("* {}: {}\n", plain(name), plain(text))).collect();
            format!("{}{notes}", text::table(&super::columns::rows(scorecard, plain), &super::columns::FIGURES))
        }
        Block::Table { columns, rows, .. } => {
            let plain_row = |row: &Vec<String>| row.iter().map(|cell| plain(cell)).collect::<Vec<_>>();
            text::table(&std::iter::once(columns).chain(rows).map(plain_row).collect::<Vec<_>>(), &[])
        }
    }
}

/// Running text with its figures as links.
fn linked(text: &Prose, defined: &[&Id], escape: fn(&str) -> String, link: fn(&str, &Id) -> String) -> String {
    // Escaped as one text first: what a text begins with matters.
    let mut out = String::new();
    for piece in text.pieces() {
        match piece {
            Piece::Figure { text, kpi: Some(kpi), .. } if defined.contains(&kpi) => out.push_str(&link(&escape(text), kpi)),
            Piece::Text { text } | Piece::Figure { text, .. } => out.push_str(&escape(text)),
        }
    }
    out
}

fn in_markdown(block: &Block, defined: &[&Id]) -> String {
    let prose = |text: &Prose| linked(text, defined, markdown, |text, kpi| format!("[{text}](#{})", anchor(kpi)));
    match block {
        Block::Paragraph { text } => format!("{}\n", prose(text)),
        Block::Point { about, text, .. } => format!("- **{}**: {}\n", markdown(about), prose(text)),
        Block::Scorecard { scorecard } => scorecard.markdown_table(),
        Block::Table { columns, rows, defines } => {
            let escaped = |row: &Vec<String>| row.iter().map(|cell| markdown(cell)).collect::<Vec<_>>();
            let mut written: Vec<Vec<String>> = std::iter::once(columns).chain(rows).map(escaped).collect();
            for (row, kpi) in written.iter_mut().skip(1).zip(defines) {
                if let Some(first) = row.first_mut() {
                    *first = format!("<a id=\"{}\"></a>{first}", anchor(kpi));
                }
            }
            md::table(&written, &[])
        }
    }
}

fn in_html(section: &ReportSection, defined: &[&Id]) -> String {
    let prose = |text: &Prose| linked(text, defined, html, |text, kpi| format!("<a class=\"figure\" href=\"#{}\">{text}</a>", anchor(kpi)));
    let mut body = String::new();
    let mut points = String::new();
    for block in &section.blocks {
        if let Block::Point { about, text, .. } = block {
            points.push_str(&format!("<dt>{}</dt><dd>{}</dd>", html(about), prose(text)));
            continue;
        }
        body.push_str(&close(&mut points));
        match block {
            Block::Paragraph { text } => body.push_str(&format!("<p class=\"lead\">{}</p>", prose(text))),
            Block::Scorecard { scorecard } => body.push_str(&scorecard.html_table()),
            Block::Table { columns, rows, defines } => body.push_str(&html_table(columns, rows, defines)),
            Block::Point { .. } => {}
        }
    }
    body.push_str(&close(&mut points));
    format!("<section><h2>{}</h2>{body}</section>", html(&section.heading))
}

/// Ends a list of points, if one has begun.
fn close(points: &mut String) -> String {
    if points.is_empty() { String::new() } else { format!("<dl>{}</dl>", std::mem::take(points)) }
}

fn html_table(columns: &[String], rows: &[Vec<String>], defines: &[Id]) -> String {
    let head: String = columns.iter().map(|column| format!("<th scope=\"col\">{}</th>", html(column))).collect();
    let mut body = String::new();
    for (at, row) in rows.iter().enumerate() {
        let id = defines.get(at).map_or_else(String::new, |kpi| format!(" id=\"{}\"", anchor(kpi)));
        body.push_str(&format!("<tr{id}>"));
        for (index, (cell, column)) in row.iter().zip(columns).enumerate() {
            let (cell, label) = (html(cell), html(column));
            body.push_str(&if index == 0 { format!("<th scope=\"row\">{cell}</th>") } else { format!("<td data-label=\"{label}\">{cell}</td>") });
        }
        body.push_str("</tr>");
    }
    format!("<div class=\"scroll\"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>")
}
