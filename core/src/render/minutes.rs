//! Minutes as an entry that is added to a journal.

use super::escape::plain;
use crate::operate::minutes::MinutesDraft;
use crate::words::Message;

impl MinutesDraft {
    /// The entry for the list `minutes` of a journal. What is known is filled in, `held_on` is left to whoever writes
    /// it, and the open actions and questions stand beside their ids in comments, to strike out
    /// what was not talked about.
    #[must_use]
    pub fn to_yaml(&self) -> String {
        let mut text = format!("  - review: {}\n    held_on: \n", self.review);
        if let Some(due) = self.due {
            text.push_str(&format!("    due: {due}\n"));
        }
        text.push_str(&format!("    held_by: {}\n    present: []\n    as_of: {}\n    snapshot: {}\n", self.held_by, self.as_of, self.snapshot));
        text.push_str("    decisions: []\n");
        let actions = self.actions.iter().map(|action| {
            let given = [("what", (&action.what).into()), ("owner", (&action.owner).into()), ("due", action.due.into())];
            (action.id.as_str(), self.words.text(Message::MinutesAction, &given))
        });
        list(&mut text, "actions", actions);
        let questions = self.questions.iter().map(|question| {
            let given = [("what", (&question.what).into()), ("person", (&question.to).into())];
            (question.id.as_str(), self.words.text(Message::MinutesQuestion, &given))
        });
        list(&mut text, "questions", questions);
        text
    }
}

/// Ids, each with what it is in a comment: a user's text has no line ends there, and ends nothing.
fn list<'d>(text: &mut String, key: &str, items: impl Iterator<Item = (&'d str, String)>) {
    let lines: Vec<String> = items.map(|(id, about)| format!("      - {id} # {}\n", plain(&about))).collect();
    match lines.as_slice() {
        [] => text.push_str(&format!("    {key}: []\n")),
        lines => text.push_str(&format!("    {key}:\n{}", lines.concat())),
    }
}
