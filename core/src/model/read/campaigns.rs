//! Campaigns and lessons.

use super::super::campaigns::{Campaign, CampaignKind, Estate, Lesson, Proposal, ProposalAnswer};
use super::budget::money;
use super::{Context, Entry, Kind};
use crate::base::code::Code;
use crate::text::MapReader;

pub(super) fn campaign(context: &mut Context<'_>, entry: Entry<'_>) -> Option<Campaign> {
    let mut map = context.reader.map(entry.node, &entry.path)?;
    let name = map.text(&mut context.reader, "name").unwrap_or_else(|| entry.id.to_string());
    let goal = map.required_text(&mut context.reader, "goal", "say what it is for");
    let kind = map.one_of(&mut context.reader, "kind", &CampaignKind::WORDS).unwrap_or(CampaignKind::Burst);
    let from = map.required_date(&mut context.reader, "from", "write its first day");
    let to = match kind {
        CampaignKind::AlwaysOn => map.date(&mut context.reader, "to"),
        CampaignKind::Burst => map.required_date(&mut context.reader, "to", "write its last day, or `kind: always_on` for one that does not end"),
    };
    if let (Some(from), Some(to)) = (from, to)
        && to < from
    {
        let message = format!("the end {to} lies before the start {from}");
        context.reader.error(Code::BadDates, entry.mark, &entry.path, message, "swap the two dates");
    }
    let budget = map.get("budget").and_then(|(node, path)| money(context, node, &path));
    let owner = context.assignments(&mut map, "owner");
    let channels = context.references(&mut map, "channels", Kind::Channel);
    let segments = context.references(&mut map, "segments", Kind::Segment);
    let kpis = context.references(&mut map, "kpis", Kind::Kpi);
    let takes = estate(context, &mut map, "inherits");
    let leaves = estate(context, &mut map, "leaves");
    let inherits = context.inheritance(&mut map);
    map.finish(&mut context.reader);
    let origin = entry.origin(context);
    // What lacks its end was reported.
    Some(Campaign { id: entry.id, origin, name, goal, kind, from: from?, to, budget, owner, channels, segments, kpis, takes, leaves, inherits })
}

fn estate(context: &mut Context<'_>, map: &mut MapReader<'_>, key: &'static str) -> Estate {
    let Some((node, path)) = map.get(key) else { return Estate::default() };
    let Some(mut map) = context.reader.map(node, &path) else { return Estate::default() };
    let estate = Estate {
        assets: context.references(&mut map, "assets", Kind::Asset),
        segments: context.references(&mut map, "segments", Kind::Segment),
        lessons: context.references(&mut map, "lessons", Kind::Lesson),
        automations: map.texts(&mut context.reader, "automations"),
    };
    map.finish(&mut context.reader);
    estate
}

pub(super) fn lesson(context: &mut Context<'_>, entry: Entry<'_>) -> Option<Lesson> {
    let mut map = context.reader.map(entry.node, &entry.path)?;
    let outcome = map.required_text(&mut context.reader, "outcome", "say what came out");
    let outcome_on = map.required_date(&mut context.reader, "outcome_on", "write the day on which it was known");
    let campaign = context.reference(&mut map, "campaign", Kind::Campaign);
    let kpis = context.references(&mut map, "kpis", Kind::Kpi);
    let lesson = map.required_text(&mut context.reader, "lesson", "say what is learned from it");
    let owner = context.assignments(&mut map, "owner");
    let proposal = proposal(context, &mut map);
    let answer = answer(context, &mut map);
    map.finish(&mut context.reader);
    let origin = entry.origin(context);
    if let (None, Some(_)) = (&proposal, &answer) {
        let message = "there is an answer, and no proposal that it answers".to_owned();
        context.reader.error(Code::MissingKey, entry.mark, &entry.path, message, "write the proposal, or take the answer out");
    }
    let outcome_on = outcome_on?;
    let days = [Some(outcome_on), proposal.as_ref().map(|proposal| proposal.on), answer.as_ref().map(ProposalAnswer::on)];
    if !days.iter().flatten().is_sorted() {
        let message = "the outcome, the proposal and the answer do not follow one another".to_owned();
        context.reader.error(Code::BadDates, entry.mark, &entry.path, message, "an answer cannot come before the proposal, nor that before the outcome");
    }
    Some(Lesson { id: entry.id, origin, outcome, outcome_on, campaign, kpis, lesson, owner, proposal, answer })
}

fn proposal(context: &mut Context<'_>, map: &mut MapReader<'_>) -> Option<Proposal> {
    let (node, path) = map.get("proposal")?;
    let mut map = context.reader.map(node, &path)?;
    let on = map.required_date(&mut context.reader, "on", "write the day of the proposal");
    map.require(&mut context.reader, "decision", "name the decision that it is to change");
    let decision = context.reference(&mut map, "decision", Kind::Decision);
    let change = map.required_text(&mut context.reader, "change", "say what is to change");
    map.finish(&mut context.reader);
    Some(Proposal { on: on?, decision: decision?, change })
}

/// `{ revised_on }` or `{ refused_on, reason }`.
fn answer(context: &mut Context<'_>, map: &mut MapReader<'_>) -> Option<ProposalAnswer> {
    let (node, path) = map.get("answer")?;
    let mut map = context.reader.map(node, &path)?;
    let revised = map.date(&mut context.reader, "revised_on");
    let refused = map.date(&mut context.reader, "refused_on");
    let reason = match refused {
        Some(_) => map.required_text(&mut context.reader, "reason", "say why it was refused"),
        None => String::new(),
    };
    if revised.is_some() == refused.is_some() {
        let message = "an answer is either a revision or a refusal".to_owned();
        context.reader.error(Code::WrongValue, node.mark, &path, message, "write `revised_on`, or `refused_on` with its `reason`");
    }
    map.finish(&mut context.reader);
    revised.map(|on| ProposalAnswer::Revised { on }).or(refused.map(|on| ProposalAnswer::Refused { on, reason }))
}
