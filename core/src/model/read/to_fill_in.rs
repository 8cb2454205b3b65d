//! What a starting file leaves to be filled in: values that begin with `TODO`.

use crate::base::code::Code;
use crate::base::finding::{Finding, Severity, quoted};
use crate::text::{Data, Node, Reader};

/// What such a value begins with.
pub(crate) const MARK: &str = "TODO";

/// Tells every value of a text that is still to be filled in, with its place. Trees are known to be
/// shallow.
pub(super) fn tell(file: &str, node: &Node, findings: &mut Vec<Finding>) {
    walk(file, node, &mut String::new(), findings);
}

/// The path is one text that grows and shrinks: keys may be long.
fn walk(file: &str, node: &Node, path: &mut String, findings: &mut Vec<Finding>) {
    match &node.data {
        Data::Null => {}
        Data::Scalar { text } => {
            let Some(rest) = text.strip_prefix(MARK).filter(|rest| rest.is_empty() || rest.starts_with([' ', ':'])) else { return };
            let what = rest.trim_start_matches([' ', ':']);
            let help = if what.is_empty() { "write it, or take it out".to_owned() } else { format!("write {what}") };
            let place = Reader::new(file, findings).place(node.mark, path);
            let message = format!("{} is still to be filled in", quoted(path));
            findings.push(Finding { code: Code::ToFillIn, severity: Severity::Warning, place, message, help });
        }
        Data::List(items) => items.iter().enumerate().for_each(|(index, item)| {
            let above = path.len();
            path.push_str(&format!("[{index}]"));
            walk(file, item, path, findings);
            path.truncate(above);
        }),
        Data::Map(entries) => entries.iter().for_each(|entry| {
            let above = path.len();
            path.push_str(if path.is_empty() { "" } else { "." });
            path.push_str(&entry.key);
            walk(file, &entry.value, path, findings);
            path.truncate(above);
        }),
    }
}
