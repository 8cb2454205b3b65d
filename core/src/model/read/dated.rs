//! Lists of what became otherwise on a day: revisions, changes of a process, redefinitions.

use super::Context;
use crate::base::code::Code;
use crate::base::date::Date;
use crate::text::MapReader;

/// The words of such a list.
pub(super) struct Dated {
    /// Its key.
    pub(super) key: &'static str,
    /// One entry, such as `revision`.
    pub(super) one: &'static str,
    /// What its day is to say.
    pub(super) on: &'static str,
    /// What its reason is to say.
    pub(super) reason: &'static str,
}

impl Dated {
    /// `[ { on, reason, … } ]`, oldest first and one a day; `rest` reads the other keys of an entry.
    pub(super) fn read<T>(
        &self,
        context: &mut Context<'_>,
        map: &mut MapReader<'_>,
        rest: fn(&mut Context<'_>, &mut MapReader<'_>) -> T,
    ) -> Vec<(Date, String, T)> {
        let Some((node, path)) = map.get(self.key) else { return Vec::new() };
        let mut found: Vec<(Date, String, T)> = Vec::new();
        for (node, path) in context.reader.items(node, &path) {
            let Some(mut map) = context.reader.map(node, &path) else { continue };
            let on = map.required_date(&mut context.reader, "on", self.on);
            let reason = map.required_text(&mut context.reader, "reason", self.reason);
            let rest = rest(context, &mut map);
            map.finish(&mut context.reader);
            let Some(on) = on else { continue };
            if let Some((last, ..)) = found.last().filter(|(last, ..)| *last >= on) {
                let message = format!("the {} of {on} does not come after that of {last}", self.one);
                context.reader.error(Code::BadDates, node.mark, &path, message, format!("list {}s from the oldest to the newest, one a day", self.one));
            }
            found.push((on, reason, rest));
        }
        found
    }
}
