//! The difference of two versions of a system, for a message and for a pull request.

use std::fmt::Write;

use super::escape::{markdown, plain};
use crate::model::questions::diff::SystemDiff;
use crate::model::questions::impact::Stale;

impl SystemDiff {
    /// As plain text.
    #[must_use]
    pub fn to_text(&self) -> String {
        self.written("- ", "", &|text| plain(text))
    }

    /// As Markdown, for a pull request.
    #[must_use]
    pub fn to_markdown(&self) -> String {
        self.written("- ", "### ", &|text| markdown(text))
    }

    fn written(&self, item: &str, heading: &str, safe: &dyn Fn(&str) -> String) -> String {
        let mut text = String::new();
        let mut list = |title: &str, items: Vec<String>| {
            if !items.is_empty() {
                let gap = if text.is_empty() { "" } else { "\n" };
                let _ = write!(text, "{gap}{heading}{title}\n\n");
                items.iter().for_each(|one| text.push_str(&format!("{item}{}\n", safe(one))));
            }
        };
        list("What changed", self.changes.iter().map(|change| change.text.clone()).collect());
        list("What is stale now", self.makes_stale.iter().map(stale).collect());
        let unrevised = |id: &_| format!("the decision {id} says something else than before, and no revision says why: nothing that rests on it is stale");
        list("Changed without a revision", self.unrevised.iter().map(unrevised).collect());
        if text.is_empty() { "Nothing changed.\n".to_owned() } else { text }
    }
}

fn stale(stale: &Stale) -> String {
    let owner = stale.owner.as_ref().map_or_else(|| "nobody".to_owned(), ToString::to_string);
    format!("{} {}, of {owner}: {} was revised on {}, {}", stale.part.kind.words(), stale.part.id, stale.decision, stale.revised_on, stale.reason)
}
