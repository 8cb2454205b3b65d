//! Layers and decisions, and what elements inherit.

use super::super::element::Inheritance;
use super::super::layers::{BrandLayer, Decision, DecisionStatus, Kernel, Layer, MarketingLayer, Revision};
use super::super::people::Assignments;
use super::dated::Dated;
use super::{Context, Entry, Kind};
use crate::base::code::Code;
use crate::base::finding::quoted;
use crate::text::{Data, MapReader};

/// Decisions are looked at again within a century.
const MOST_MONTHS: u32 = 1_200;

pub(super) fn brand(context: &mut Context<'_>, map: &mut MapReader<'_>) -> Vec<Layer<BrandLayer>> {
    context.section(map, "brand", |context, entry| layer(context, &entry, &BrandLayer::ALL))
}

pub(super) fn marketing(context: &mut Context<'_>, map: &mut MapReader<'_>) -> Vec<Layer<MarketingLayer>> {
    context.section(map, "marketing", |context, entry| layer(context, &entry, &MarketingLayer::ALL))
}

fn layer<L: Copy>(context: &mut Context<'_>, entry: &Entry<'_>, known: &[(&'static str, L)]) -> Option<Layer<L>> {
    let Some((_, kind)) = known.iter().find(|(word, _)| *word == entry.id.as_str()) else {
        let names: Vec<&str> = known.iter().map(|(word, _)| *word).collect();
        let message = format!("{} is not one of the layers", quoted(entry.id.as_str()));
        context.reader.error(Code::UnknownKey, entry.mark, &entry.path, message, crate::text::one_of_help(entry.id.as_str(), &names));
        return None;
    };
    let mut map = context.reader.map(entry.node, &entry.path)?;
    let holds = map.text(&mut context.reader, "holds").unwrap_or_default();
    let owner = context.assignments(&mut map, "owner");
    let inherits = context.inheritance(&mut map);
    let mut decisions = context.section(&mut map, "decisions", decision);
    let too_many = context.references.lend(&owner, decisions.iter_mut().map(|decision| (&mut decision.owner, &decision.origin)));
    context.reader.report(too_many);
    map.finish(&mut context.reader);
    Some(Layer { layer: *kind, holds, origin: entry.origin(context), owner, inherits, decisions })
}

fn decision(context: &mut Context<'_>, entry: Entry<'_>) -> Option<Decision> {
    if let Data::Scalar { text, .. } = &entry.node.data {
        let statement = text.clone();
        let origin = entry.origin(context);
        return Some(Decision {
            id: entry.id,
            origin,
            statement,
            status: DecisionStatus::Open,
            settled_on: None,
            owner: Assignments::default(),
            kernel: None,
            review_months: None,
            revisions: Vec::new(),
            inherits: Inheritance::default(),
        });
    }
    let mut map = context.reader.map(entry.node, &entry.path)?;
    let statement = map.required_text(&mut context.reader, "statement", "say what is decided");
    let status = map.one_of(&mut context.reader, "status", &DecisionStatus::WORDS).unwrap_or(DecisionStatus::Open);
    let settled_on = map.date(&mut context.reader, "settled_on");
    let owner = context.assignments(&mut map, "owner");
    let kernel = map.one_of(&mut context.reader, "kernel", &Kernel::ALL);
    let review_months = map.count(&mut context.reader, "review_months", MOST_MONTHS);
    let revisions = REVISIONS.read(context, &mut map, |context, map| {
        let [evidence, before] = ["evidence", "before"].map(|key| map.text(&mut context.reader, key).unwrap_or_default());
        (evidence, before)
    });
    let revisions = revisions.into_iter().map(|(on, reason, (evidence, before))| Revision { on, reason, evidence, before }).collect();
    let inherits = context.inheritance(&mut map);
    map.finish(&mut context.reader);
    let origin = entry.origin(context);
    Some(Decision { id: entry.id, origin, statement, status, settled_on, owner, kernel, review_months, revisions, inherits })
}

const REVISIONS: Dated = Dated { key: "revisions", one: "revision", on: "write the day from which it is so", reason: "say why it was revised" };

impl Context<'_> {
    /// `rests_on`, `confirmed_on` and `values`.
    pub(super) fn inheritance(&mut self, map: &mut MapReader<'_>) -> Inheritance {
        let rests_on = self.references(map, "rests_on", Kind::Decision);
        let confirmed_on = map.date(&mut self.reader, "confirmed_on");
        let entries = map.get("values").map(|(node, path)| self.reader.by_id(node, &path)).unwrap_or_default();
        let values = entries.into_iter().filter_map(|(id, _, node, path)| Some((id, self.reader.text(node, &path)?.to_owned()))).collect();
        Inheritance { rests_on, confirmed_on, values }
    }
}
