//! Self-contained HTML pages: no network, no script; light and dark; phone, desktop and paper.

use super::columns;
use super::document::anchor;
use super::escape::html as escape;
use super::sparkline;
use crate::base::fingerprint::Fingerprint;
use crate::base::id::Id;
use crate::base::number::Number;
use crate::base::value::Value;
use crate::judge::scorecard::{Line, OnTarget, Scorecard, SignalStatus};
use crate::judge::variance::{Comparison, Impact};
use crate::words::{Message, Words};

const STYLE: &str = include_str!("page.css");

impl Scorecard {
    /// The scorecard as a page of its own.
    #[must_use]
    pub fn to_html(&self) -> String {
        let words = &self.words;
        let period = || [("period", self.period.label.as_str().into())];
        let title = format!("{}: {}", self.system, words.text(Message::ScorecardFor, &period()));
        let head = format!("<p class=\"meta\">{}</p>", escape(&words.text(Message::AsOfTitle, &[("date", self.as_of.into())])));
        let heading = escape(&words.text(Message::ScorecardForTitle, &period()));
        let body = format!("<header><p class=\"kicker\">{}</p><h1>{heading}</h1>{head}</header>{}", escape(&self.system), self.html_table(&[]));
        page(words, &title, &body, &self.fingerprint, "")
    }

    /// The table; the names of these KPIs lead to their definition.
    pub(super) fn html_table(&self, defined: &[&Id]) -> String {
        let widest = self.lines.iter().filter_map(share_of_target).max().unwrap_or_else(|| Number::from(1));
        let rows: String = self.lines.iter().map(|line| row(self, line, &widest, defined.contains(&&line.kpi))).collect();
        let notes: String = columns::notes(self).map(|(name, text)| format!("<p class=\"meta\">* {}: {}</p>", escape(name), escape(text))).collect();
        let [caption, kpi, trend, status] =
            [Message::ScorecardCaption, Message::ColumnKpi, Message::ColumnTrend, Message::ColumnStatus].map(|message| escape(&self.words.word(message)));
        let table = format!(
            "<table class=\"scorecard\"><caption>{caption}</caption><thead><tr><th scope=\"col\">{kpi}</th><th scope=\"col\">{trend}</th><th scope=\"col\" class=\"num\">AC</th>\
             <th scope=\"col\" class=\"num\">PL</th><th scope=\"col\" class=\"num\">ΔPL</th><th scope=\"col\" class=\"num\">ΔPL%</th><th scope=\"col\" class=\"num\">ΔPP</th>\
             <th scope=\"col\" class=\"num\">ΔPY</th><th scope=\"col\">{status}</th></tr></thead><tbody>{rows}</tbody></table>"
        );
        format!("{}{notes}", scroll(&self.words, &table))
    }
}

/// |ΔPL| ÷ |PL|, for the length of the in-cell bar only.
fn share_of_target(line: &Line) -> Option<Number> {
    line.plan.change.value.number()?.abs().divided_by(&line.plan.base.value.number()?.abs())
}

fn row(scorecard: &Scorecard, line: &Line, widest: &Number, is_defined: bool) -> String {
    let name = escape(&line.name);
    let name = if is_defined { format!("<a href=\"#{}\">{name}</a>", anchor(&line.kpi)) } else { name };
    let owner = match &line.owner {
        Some(owner) => escape(&owner.name),
        None => format!("<strong>{}</strong>", escape(&line.words.word(Message::Nobody))),
    };
    let period = if line.period == scorecard.period { String::new() } else { format!(" · {}", escape(&line.period.label)) };
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
    let change = if planned { format!("{}{bar}", change(&line.words, &line.plan)) } else { dash() };
    let relative = line.plan.relative.as_ref().filter(|_| planned).map_or_else(dash, |relative| escape(&relative.text));
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
        None if line.caveats.is_empty() => escape(&line.actual.text),
        None => format!("{} *", escape(&line.actual.text)),
        Some(_) => none(&line.words, &line.actual.value),
    };
    format!(
        "<tr><th scope=\"row\"><span class=\"name\">{}</span><span class=\"owner\">{owner}{period}</span></th><td class=\"trend\">{}</td>\
         <td class=\"num ac\" data-label=\"AC\">{actual}</td><td class=\"num\" data-label=\"PL\">{}</td><td class=\"num delta\" data-label=\"ΔPL\">{change}</td>\
         <td class=\"num\" data-label=\"ΔPL%\">{relative}</td><td class=\"num\" data-label=\"ΔPP\">{}</td><td class=\"num\" data-label=\"ΔPY\">{}</td>\
         <td class=\"status\"><span class=\"chip {target}\">{}</span> <span class=\"chip {signal}\">{}</span></td></tr>",
        name,
        sparkline::svg(line),
        if planned { escape(&line.plan.base.text) } else { dash() },
        self::change(&line.words, &line.previous),
        self::change(&line.words, &line.prior_year),
        escape(&line.words.word(line.status.target.message())),
        escape(&line.words.word(line.status.signal.message())),
    )
}

/// Why there is no figure.
fn none(words: &Words, value: &Value) -> String {
    format!("<span class=\"none\" title=\"{}\">{}</span>", escape(value.cause()), escape(&words.reason(value)))
}

/// A change with its impact as a mark, a colour and a word for screen readers.
fn change(words: &Words, comparison: &Comparison) -> String {
    let (text, impact) = (escape(&comparison.change.text), escape(&words.word(comparison.impact.message())));
    match (comparison.change.value.number(), comparison.impact) {
        (None, _) => none(words, &comparison.change.value),
        (_, Impact::Favourable) => format!("<span class=\"favourable\">{text}<span class=\"mark\" aria-label=\"{impact}\" role=\"img\">✓</span></span>"),
        (_, Impact::Adverse) => format!("<span class=\"adverse\">{text}<span class=\"mark\" aria-label=\"{impact}\" role=\"img\">✗</span></span>"),
        (_, Impact::Neutral | Impact::Unknown) => text,
    }
}

/// What may be wider than the page; it can be reached and moved by keyboard.
pub(super) fn scroll(words: &Words, wide: &str) -> String {
    format!("{}{wide}</div>", region(&words.word(Message::TableLabel)))
}

/// What can be moved, told apart by numbers where a page has several: readers jump from one to the next by name.
fn numbered(words: &Words, body: &str) -> String {
    let open = region(&words.word(Message::TableLabel));
    let mut parts = body.split(open.as_str());
    let mut numbered = parts.next().unwrap_or_default().to_owned();
    let several = body.matches(open.as_str()).nth(1).is_some();
    for (index, part) in parts.enumerate() {
        let number = if several { format!(" {}", index.saturating_add(1)) } else { String::new() };
        numbered.push_str(&region(&format!("{}{number}", words.word(Message::TableLabel))));
        numbered.push_str(part);
    }
    numbered
}

fn region(label: &str) -> String {
    format!("<div class=\"scroll\" role=\"region\" aria-label=\"{}\" tabindex=\"0\">", escape(label))
}

/// A whole page; `style` is what its charts need beside the style of all pages.
pub(super) fn page(words: &Words, title: &str, body: &str, fingerprint: &Fingerprint, style: &str) -> String {
    // What stands for the fingerprint is code, the words around it are not.
    let footer = format!("{} {}", words.text(Message::DrawnFrom, &[("fingerprint", "\u{e000}".into())]), words.word(Message::SameBytes));
    let footer = escape(&footer).replace('\u{e000}', &format!("<code>{}</code>", fingerprint.short()));
    let body = numbered(words, body);
    format!(
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<title>{}</title>\n<style>\n{STYLE}{style}</style>\n</head>\n<body>\n<main>\n{body}\n\
         <footer>{footer}</footer>\n</main>\n</body>\n</html>\n",
        words.language().code(),
        escape(title),
    )
}
