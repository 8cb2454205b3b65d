//! Proposed targets as entries of the plan.

use super::proposals::TargetProposal;
use crate::base::date::Date;

/// The entries to paste, in the order of the KPIs; empty when nothing is proposed. Each is a proposal
/// until a person changes its status.
pub(super) fn targets(proposals: &[TargetProposal], as_of: Date) -> String {
    let entry = |proposal: &TargetProposal| {
        let value = proposal.proposed.as_ref()?.value.value.number()?;
        let period = scalar(&proposal.period.label);
        Some(format!("    {}:\n      - {{ period: {period}, value: {value}, status: proposed, set_on: {as_of} }}\n", proposal.kpi))
    };
    let entries: String = proposals.iter().filter_map(entry).collect();
    if entries.is_empty() { entries } else { format!("plan:\n  targets:\n{entries}") }
}

/// Plain where that means the same everywhere, else in double quotes: periods may have names of the
/// author's own choice.
fn scalar(text: &str) -> String {
    let is_plain = text.starts_with(|first: char| first.is_ascii_alphanumeric()) && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    if is_plain { text.to_owned() } else { serde_json::to_string(text).unwrap_or_default() }
}
