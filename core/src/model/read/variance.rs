//! Which differences are neutral or material, and how attainment is computed.

use super::super::variance::{AttainmentRule, Materiality, VarianceRules};
use super::{Context, share};
use crate::base::code::Code;
use crate::base::finding::quoted;
use crate::base::number::Number;
use crate::text::MapReader;

/// `variance: { neutral: 2 %, material: { absolute: 10, relative: 5 % }, attainment: actual_over_target }`.
pub(super) fn variance(context: &mut Context<'_>, map: &mut MapReader<'_>) -> Option<VarianceRules> {
    let (node, path) = map.get("variance")?;
    let mut map = context.reader.map(node, &path)?;
    let neutral = map.get("neutral").and_then(|(node, path)| share(context, node, &path));
    let material = map.get("material").and_then(|(node, path)| {
        let mut map = context.reader.map(node, &path)?;
        let absolute = map.get("absolute").and_then(|(node, path)| size(context, node, &path));
        let relative = map.get("relative").and_then(|(node, path)| size(context, node, &path));
        let says = map.get("absolute").is_some() || map.get("relative").is_some();
        if !says {
            let message = format!("{} does not say from where on a change is material", quoted(&path));
            context.reader.error(Code::MissingKey, node.mark, &path, message, "write `absolute`, `relative` or both");
        }
        map.finish(&mut context.reader);
        Some(Materiality { absolute, relative })
    });
    let attainment = map.get("attainment").map(|(node, path)| {
        let items = context.reader.items(node, &path);
        items.into_iter().filter_map(|(item, path)| context.reader.one_of(item, &path, &AttainmentRule::WORDS)).collect()
    });
    map.finish(&mut context.reader);
    Some(VarianceRules { neutral, material, attainment: attainment.unwrap_or_default() })
}

/// A number that is not below zero.
fn size(context: &mut Context<'_>, node: &crate::text::Node, path: &str) -> Option<Number> {
    let number = context.reader.number(node, path)?;
    if number.is_negative() {
        let message = format!("the size of a change is not below zero, and {number} is");
        context.reader.error(Code::WrongValue, node.mark, path, message, "write it without a sign");
        return None;
    }
    Some(number)
}
