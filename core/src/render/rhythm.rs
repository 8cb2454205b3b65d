//! The rhythm as text and as Markdown.

use super::escape::{markdown, plain};
use super::{markdown as tables, text};
use crate::operate::rhythm::{Rhythm, RhythmItem};

impl Rhythm {
    /// The rhythm as text for terminals.
    #[must_use]
    pub fn to_text(&self) -> String {
        let title = format!("{} · what is due from {} through {} · as of {}\n\n", plain(&self.system), self.from, self.through, self.as_of);
        let rest: String = self.rest(plain).iter().map(|line| format!("\n{line}\n")).collect();
        format!("{title}{}{rest}", text::table(&self.rows(plain), &[]))
    }

    /// The rhythm as Markdown.
    #[must_use]
    pub fn to_markdown(&self) -> String {
        let title = format!("**{}** · what is due from {} through {} · as of {}\n\n", markdown(&self.system), self.from, self.through, self.as_of);
        let rest: String = self.rest(markdown).iter().map(|line| format!("\n{line}\n")).collect();
        format!("{title}{}{rest}", tables::table(&self.rows(markdown), &[]))
    }

    fn rows(&self, escape: fn(&str) -> String) -> Vec<Vec<String>> {
        let head = ["due", "what", "who", "status"].map(str::to_owned).to_vec();
        let row = |item: &RhythmItem| {
            let at = item.at.map_or_else(String::new, |at| format!(" {at}"));
            let who = item.who.as_deref().map_or_else(|| "nobody".to_owned(), escape);
            vec![format!("{}{at}", item.due), escape(&item.name), who, status(item, escape)]
        };
        std::iter::once(head).chain(self.items.iter().map(row)).collect()
    }

    /// What cannot be told, and what counts for nothing.
    fn rest(&self, escape: fn(&str) -> String) -> Vec<String> {
        let unanswered = self.unanswered.iter().map(|unanswered| format!("Not known: {}: {}.", escape(&unanswered.name), escape(&unanswered.reason)));
        let unmatched =
            self.unmatched.iter().map(|record| format!("Counts for no due date: {} of {}: {}.", escape(&record.id), record.on, escape(&record.reason)));
        unanswered.chain(unmatched).collect()
    }
}

fn status(item: &RhythmItem, escape: fn(&str) -> String) -> String {
    let mut said = item.status.words().to_owned();
    if let Some(days) = item.days {
        said.push_str(&format!(" by {days} {}", if days == 1 { "day" } else { "days" }));
    }
    if let Some(held_on) = item.held_on {
        said.push_str(&format!(", {held_on}"));
    }
    match &item.reason {
        Some(reason) => format!("{said} ({})", escape(reason)),
        None => said,
    }
}
