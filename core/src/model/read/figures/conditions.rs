//! Which rows count.

use super::super::super::kpi::Filter;
use super::super::Context;
use crate::base::code::Code;
use crate::base::condition::Condition;
use crate::base::finding::quoted;
use crate::base::id::Id;
use crate::text::{Data, Node};

/// A mapping of dimensions to members, or an expression.
pub(super) fn filter(context: &mut Context<'_>, node: &Node, path: &str) -> Option<Filter> {
    let Data::Scalar { text } = &node.data else {
        let mut conditions = conditions(context, node, path, false);
        let last = conditions.pop()?;
        let condition = if conditions.is_empty() { last } else { Condition::All(conditions.into_iter().chain([last]).collect()) };
        return Some(Filter { text: legible(&condition).to_string(), condition });
    };
    match Condition::parse(text) {
        Ok(condition) => Some(Filter { text: condition.to_string(), condition }),
        Err(error) => {
            let message = format!("the condition {} cannot be read at character {}: {}", quoted(text), error.at.saturating_add(1), error.message);
            let help = "write comparisons of columns such as `channel = 'paid'`, `amount > 100` or `region is null`, joined by `and`, `or`, `not`";
            context.reader.error(Code::BadCondition, node.mark, path, message, help);
            None
        }
    }
}

/// The same, with the null member alone written as `is null`.
fn legible(condition: &Condition) -> Condition {
    match condition {
        Condition::All(parts) => Condition::All(parts.iter().map(legible).collect()),
        Condition::Not(inner) => Condition::Not(Box::new(legible(inner))),
        Condition::Member { column, members } if matches!(members.as_slice(), [None]) => Condition::Null { column: column.clone() },
        other => other.clone(),
    }
}

/// `{ outcome: won, channel: [paid_search, null], not: { region: test } }`.
fn conditions(context: &mut Context<'_>, node: &Node, path: &str, excluded: bool) -> Vec<Condition> {
    let Data::Map(entries) = &node.data else {
        context.reader.wrong_shape(node, path, "a mapping of dimensions to members");
        return Vec::new();
    };
    let mut read = Vec::new();
    for entry in entries {
        let path = format!("{path}.{}", entry.key);
        if entry.key == "not" && !excluded {
            read.extend(conditions(context, &entry.value, &path, true));
            continue;
        }
        let Some(column) = Id::new(&entry.key) else {
            context.reader.error(Code::BadId, entry.mark, &path, format!("{} is not an id", quoted(&entry.key)), "name a dimension of the source");
            continue;
        };
        let items = if let Data::List(items) = &entry.value.data { items.as_slice() } else { std::slice::from_ref(&entry.value) };
        let members = items.iter().filter_map(|item| match &item.data {
            Data::Null => Some(None),
            _ => context.reader.text(item, &path).map(|text| Some(text.to_owned())),
        });
        let members: Vec<Option<String>> = members.collect();
        if members.is_empty() {
            context.reader.error(
                Code::WrongShape,
                entry.value.mark,
                &path,
                "no member is named".to_owned(),
                "name at least one member, or leave the condition out",
            );
        }
        let member = Condition::Member { column, members };
        read.push(if excluded { Condition::Not(Box::new(member)) } else { member });
    }
    read
}
