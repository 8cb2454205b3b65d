//! Values as YAML on one line.

use crate::text::{Data, Node};

/// A value that may stand anywhere in a text.
pub(super) fn flow(node: &Node) -> String {
    match &node.data {
        Data::Null => "null".to_owned(),
        Data::Scalar { text } => scalar(text),
        Data::List(items) => format!("[{}]", items.iter().map(flow).collect::<Vec<_>>().join(", ")),
        Data::Map(entries) if entries.is_empty() => "{}".to_owned(),
        Data::Map(entries) => {
            let entries: Vec<String> = entries.iter().map(|entry| format!("{}: {}", scalar(&entry.key), flow(&entry.value))).collect();
            format!("{{ {} }}", entries.join(", "))
        }
    }
}

/// Plain where that means the same everywhere, else in double quotes.
pub(super) fn scalar(text: &str) -> String {
    if is_plain(text) { text.to_owned() } else { json_text(text) }
}

fn is_plain(text: &str) -> bool {
    let starts = text.starts_with(|first: char| first.is_alphanumeric())
        || text.strip_prefix(['-', '+']).is_some_and(|rest| rest.starts_with(|first: char| first.is_ascii_digit()));
    let marks = |character: char| character.is_alphanumeric() || " _-+./%()=<>;$€'".contains(character);
    // A colon that nothing follows, or a space, makes a key of what stands before it.
    let parts = text.split(':').all(|part| !part.is_empty() && !part.starts_with(' ') && part.chars().all(marks));
    // A dash before a bracket is read as one of a list.
    starts && parts && !text.ends_with([' ', '-']) && !matches!(text, "null" | "true" | "false")
}

/// Text in double quotes, which JSON and YAML write alike.
pub(super) fn json_text(text: &str) -> String {
    serde_json::to_string(text).unwrap_or_default()
}
