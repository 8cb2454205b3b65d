//! Documents as self-contained pages.

use super::super::charts::Svg;
use super::super::escape::html as escape;
use super::super::html::{page, scroll};
use super::{Document, Part, Piece, Rich, Tone};
use crate::words::Words;

impl Document<'_> {
    pub(in super::super) fn to_html(&self) -> String {
        let meta: Vec<String> = self.meta.iter().map(|text| escape(text)).collect();
        let mut body = format!(
            "<header><p class=\"kicker\">{}</p><h1>{}</h1><p class=\"meta\">{}</p></header>",
            escape(self.kicker),
            escape(&self.title),
            meta.join(" · ")
        );
        let mut open = false;
        for part in &self.parts {
            if let Part::Heading(heading) = part {
                body.push_str(if open { "</section><section>" } else { "<section>" });
                open = true;
                body.push_str(&format!("<h2>{}</h2>", escape(heading)));
            } else {
                write(&mut body, part, &self.words);
            }
        }
        if open {
            body.push_str("</section>");
        }
        let draws = self.parts.iter().any(|part| matches!(part, Part::Drawing { .. }));
        page(&self.words, &format!("{}: {}", self.title, self.kicker), &body, self.fingerprint, if draws { Svg::STYLE } else { "" })
    }
}

fn write(html: &mut String, part: &Part<'_>, words: &Words) {
    match part {
        Part::Heading(_) => {}
        Part::Paragraph(rich) => html.push_str(&format!("<p class=\"lead\">{}</p>", written(rich))),
        Part::Points(points) => {
            // Names may repeat, which the terms of a description list may not.
            html.push_str("<ul class=\"points\">");
            for point in points {
                let beside = if point.beside.is_empty() { String::new() } else { format!(" <span class=\"beside\">{}</span>", escape(&point.beside)) };
                html.push_str(&format!("<li><strong>{}</strong>{beside}", escape(&point.about)));
                for line in &point.lines {
                    html.push_str(&format!("<p>{}</p>", written(line)));
                }
                html.push_str("</li>");
            }
            html.push_str("</ul>");
        }
        Part::List(items) => {
            let items: String = items.iter().map(|item| format!("<li>{}</li>", written(item))).collect();
            html.push_str(&format!("<ul>{items}</ul>"));
        }
        Part::Table(table) => {
            let class = |figures: bool| if figures { " class=\"num\"" } else { "" };
            let head: String =
                table.columns.iter().map(|column| format!("<th scope=\"col\"{}>{}</th>", class(column.figures), escape(&column.heading))).collect();
            let mut rows = String::new();
            for row in &table.rows {
                rows.push_str("<tr>");
                for (index, (cell, column)) in row.iter().zip(&table.columns).enumerate() {
                    let cell = written(cell);
                    rows.push_str(&if index == 0 {
                        format!("<th scope=\"row\">{cell}</th>")
                    } else {
                        format!("<td{} data-label=\"{}\">{cell}</td>", class(column.figures), escape(&column.heading))
                    });
                }
                rows.push_str("</tr>");
            }
            html.push_str(&scroll(words, &format!("<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>")));
        }
        Part::Scorecard { scorecard, defined } => html.push_str(&scorecard.html_table(defined)),
        Part::Code(lines) => html.push_str(&format!("<pre tabindex=\"0\">{}</pre>", lines.lines().map(|line| escape(line) + "\n").collect::<String>())),
        // The page shows the one that fits.
        Part::Drawing { wide, narrow, .. } => html.push_str(&format!("<figure><div class=\"wide\">{wide}</div><div class=\"narrow\">{narrow}</div></figure>")),
    }
}

fn written(rich: &Rich) -> String {
    rich.0.iter().map(piece).collect()
}

fn piece(piece: &Piece) -> String {
    let said = escape(&piece.text);
    let class = match piece.tone {
        Tone::Plain => "",
        Tone::Strong => return format!("<strong>{said}</strong>"),
        Tone::Favourable => "favourable",
        Tone::Adverse => "adverse",
        Tone::Soft => "beside",
    };
    let id = piece.id.as_ref().map(|id| format!(" id=\"{id}\"")).unwrap_or_default();
    let class = if class.is_empty() { String::new() } else { format!(" class=\"{class}\"") };
    match &piece.to {
        Some(to) => format!("<a href=\"#{to}\"{id}{class}>{said}</a>"),
        None if id.is_empty() && class.is_empty() => said,
        None => format!("<span{id}{class}>{said}</span>"),
    }
}
