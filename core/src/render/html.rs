//! Self-contained HTML pages: no network, no script; light and dark; phone, desktop and paper.

use super::columns;
use super::escape::html as escape;
use super::sparkline;
use crate::base::fingerprint::Fingerprint;
use crate::base::number::Number;
use crate::judge::scorecard::{Line, OnTarget, Scorecard, SignalStatus};
use crate::judge::variance::{Comparison, Impact};
use crate::operate::report::{Block, Report};

const STYLE: &str = include_str!("page.css");

impl Scorecard {
    /// The scorecard as a page of its own.
    #[must_use]
    pub fn to_html(&self) -> String {
        let title = format!("{}: scorecard for {}", self.system, self.period.label);
        let head = format!("<p class=\"meta\">As of {}</p>", self.as_of);
        page(
            &title,
            &format!(
                "<header><p class=\"kicker\">{}</p><h1>Scorecard for {}</h1>{head}</header>{}",
                escape(&self.system),
                self.period.label,
                self.html_table()
            ),
            &self.fingerprint,
            "",
        )
    }

    pub(super) fn html_table(&self) -> String {
        let widest = self.lines.iter().filter_map(share_of_target).max().unwrap_or_else(|| Number::from(1));
        let rows: String = self.lines.iter().map(|line| row(self, line, &widest)).collect();
        let notes: String = columns::notes(self).map(|(name, text)| format!("<p class=\"meta\">* {}: {}</p>", escape(name), escape(text))).collect();
        let table = format!(
            "<table class=\"scorecard\"><caption>AC actual · PL plan · PP previous period · PY prior year · Δ actual less the other. \
             The band behind a trend is its usual range.</caption><thead><tr><th scope=\"col\">KPI</th><th scope=\"col\">Trend</th><th scope=\"col\" class=\"num\">AC</th>\
             <th scope=\"col\" class=\"num\">PL</th><th scope=\"col\" class=\"num\">ΔPL</th><th scope=\"col\" class=\"num\">ΔPL%</th><th scope=\"col\" class=\"num\">ΔPP</th>\
             <th scope=\"col\" class=\"num\">ΔPY</th><th scope=\"col\">Status</th></tr></thead><tbody>{rows}</tbody></table>"
        );
        format!("{}{notes}", scroll(&table))
    }
}

/// |ΔPL| ÷ |PL|, for the length of the in-cell bar only.
fn share_of_target(line: &Line) -> Option<Number> {
    line.plan.change.value.number()?.abs().divided_by(&line.plan.base.value.number()?.abs())
}

fn row(scorecard: &Scorecard, line: &Line, widest: &Number) -> String {
    let owner = match &line.owner {
        Some(owner) => escape(&owner.name),
        None => "<strong>nobody</strong>".to_owned(),
    };
    let period = if line.period == scorecard.period { String::new() } else { format!(" · {}", line.period.label) };
    let planned = line.target.is_some();
    let dash = || "<span class=\"none\">–</span>".to_owned();
    let bar = share_of_target(line).filter(|_| planned).and_then(|share| share.divided_by(widest)).map_or_else(String::new, |share| {
        // Attributes rather than styles, so that pages can forbid inline styles. The zero line is
        // in the middle: less than planned goes left, more goes right.
        let width = share * Number::from(100);
        let less = line.plan.change.value.number().is_some_and(Number::is_negative);
        let start = if less { Number::from(100) - width.clone() } else { Number::from(100) };
        format!(
            "<svg class=\"bar {}\" viewBox=\"0 0 200 4\" preserveAspectRatio=\"none\" aria-hidden=\"true\"><rect class=\"zero\" x=\"99\" width=\"2\" height=\"4\"/><rect x=\"{}\" width=\"{}\" height=\"4\"/></svg>",
            line.plan.impact.word(),
            start.to_fixed(0),
            width.to_fixed(0)
        )
    });
    let change = if planned { format!("{}{bar}", change(&line.plan)) } else { dash() };
    let relative = line.plan.relative.as_ref().filter(|_| planned).map_or_else(dash, |relative| relative.text.clone());
    let target = match line.status.target {
        OnTarget::Met => "good",
        OnTarget::Missed => "bad",
        _ => "open",
    };
    let signal = match line.status.signal {
        SignalStatus::Favourable => "good",
        SignalStatus::Adverse => "bad",
        SignalStatus::Changed => "open",
        _ => "calm",
    };
    let actual = match line.actual.value.reason() {
        None if line.caveats.is_empty() => line.actual.text.clone(),
        None => format!("{} *", line.actual.text),
        Some(reason) => format!("<span class=\"none\" title=\"{}\">{reason}</span>", escape(line.actual.value.cause())),
    };
    format!(
        "<tr><th scope=\"row\"><span class=\"name\">{}</span><span class=\"owner\">{owner}{period}</span></th><td class=\"trend\">{}</td>\
         <td class=\"num ac\" data-label=\"AC\">{actual}</td><td class=\"num\" data-label=\"PL\">{}</td><td class=\"num delta\" data-label=\"ΔPL\">{change}</td>\
         <td class=\"num\" data-label=\"ΔPL%\">{relative}</td><td class=\"num\" data-label=\"ΔPP\">{}</td><td class=\"num\" data-label=\"ΔPY\">{}</td>\
         <td class=\"status\"><span class=\"chip {target}\">{}</span> <span class=\"chip {signal}\">{}</span></td></tr>",
        escape(&line.name),
        sparkline::svg(line),
        if planned { line.plan.base.text.clone() } else { dash() },
        self::change(&line.previous),
        self::change(&line.prior_year),
        line.status.target.words(),
        line.status.signal.words(),
    )
}

/// A change with its impact as a mark, a colour and a word for screen readers.
fn change(comparison: &Comparison) -> String {
    let text = &comparison.change.text;
    match (comparison.change.value.reason(), comparison.impact) {
        (Some(reason), _) => format!("<span class=\"none\" title=\"{}\">{reason}</span>", escape(comparison.change.value.cause())),
        (None, Impact::Favourable) => format!("<span class=\"favourable\">{text}<span class=\"mark\" aria-label=\"favourable\" role=\"img\">✓</span></span>"),
        (None, Impact::Adverse) => format!("<span class=\"adverse\">{text}<span class=\"mark\" aria-label=\"adverse\" role=\"img\">✗</span></span>"),
        (None, Impact::Neutral | Impact::Unknown) => text.clone(),
    }
}

impl Report {
    /// The report as one self-contained page.
    #[must_use]
    pub fn to_html(&self) -> String {
        let people: Vec<String> = [("from", &self.from), ("to", &self.to)]
            .into_iter()
            .filter_map(|(word, name)| Some(format!("{word} {}", escape(name.as_ref()?))))
            .chain(std::iter::once(format!("as of {}", self.as_of)))
            .collect();
        let mut body = format!(
            "<header><p class=\"kicker\">{}</p><h1>{}, {}</h1><p class=\"meta\">{}</p></header>",
            escape(&self.system),
            escape(&self.title),
            self.month_text,
            people.join(" · ")
        );
        for section in &self.sections {
            body.push_str(&format!("<section><h2>{}</h2>{}</section>", escape(&section.heading), blocks(&section.blocks)));
        }
        page(&format!("{}, {}: {}", self.title, self.month_text, self.system), &body, &self.fingerprint, "")
    }
}

fn blocks(blocks: &[Block]) -> String {
    let mut html = String::new();
    let mut points = String::new();
    for block in blocks {
        if let Block::Point { about, text } = block {
            points.push_str(&format!("<dt>{}</dt><dd>{}</dd>", escape(about), escape(text)));
            continue;
        }
        html.push_str(&close(&mut points));
        match block {
            Block::Paragraph { text } => html.push_str(&format!("<p class=\"lead\">{}</p>", escape(text))),
            Block::Scorecard { scorecard } => html.push_str(&scorecard.html_table()),
            Block::Table { columns, rows } => html.push_str(&table(columns, rows)),
            Block::Point { .. } => {}
        }
    }
    html + &close(&mut points)
}

/// Ends a list of points, if one has begun.
fn close(points: &mut String) -> String {
    if points.is_empty() { String::new() } else { format!("<dl>{}</dl>", std::mem::take(points)) }
}

fn table(columns: &[String], rows: &[Vec<String>]) -> String {
    let head: String = columns.iter().map(|column| format!("<th scope=\"col\">{}</th>", escape(column))).collect();
    let mut body = String::new();
    for row in rows {
        body.push_str("<tr>");
        for (index, (cell, column)) in row.iter().zip(columns).enumerate() {
            let cell = escape(cell);
            let label = escape(column);
            body.push_str(&if index == 0 { format!("<th scope=\"row\">{cell}</th>") } else { format!("<td data-label=\"{label}\">{cell}</td>") });
        }
        body.push_str("</tr>");
    }
    scroll(&format!("<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"))
}

/// What may be wider than the page; it can be reached and moved by keyboard.
pub(super) fn scroll(wide: &str) -> String {
    format!("<div class=\"scroll\" role=\"region\" aria-label=\"Table\" tabindex=\"0\">{wide}</div>")
}

/// A page; `style` is what its charts need beside the style of all pages.
pub(super) fn page(title: &str, body: &str, fingerprint: &Fingerprint, style: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<title>{}</title>\n<style>\n{STYLE}{style}</style>\n</head>\n<body>\n<main>\n{body}\n\
         <footer>Drawn from snapshot <code>{}</code>. The same snapshot gives the same page, byte for byte.</footer>\n</main>\n</body>\n</html>\n",
        escape(title),
        fingerprint.short()
    )
}
