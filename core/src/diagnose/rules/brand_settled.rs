//! MOS-B001: brand settled
//!
//! Brand first, every time: marketing inherits settled decisions. On an unsettled brand every
//! campaign becomes a debate about what the brand believes (domain D1).
//!
//! # What is looked at
//! The kernel: is there a decision on positioning, on the ideal customer and on messaging, and
//! is each settled on the as-of date? The six brand layers: does the system say what each
//! holds, or a decision in it? And which marketing layers and channels rest on a decision that
//! is not settled? A decision with a settling date in the future is not settled yet.
//!
//! # When it is present
//! When a part of the kernel has no decision or none that is settled, or when something rests
//! on an unsettled decision (high confidence), or when only a brand layer is not written down
//! (medium: what is missing there may not be needed yet).
//!
//! # Without evidence
//! When the system writes down neither a brand layer nor a marketing layer: then what it
//! describes is a scorecard, and nothing is known about the brand.

use super::super::case::Case;
use super::super::diagnosis::{Level, RuleKind, Statement};
use super::super::words::{layer_word, listed, plain};
use super::{Check, Effort, Rule};
use crate::model::layers::{BrandLayer, Decision, DecisionStatus, Kernel, MarketingLayer};

pub(super) const RULE: Rule = Rule {
    code: "MOS-B001",
    name: "brand_settled",
    kind: RuleKind::Brand,
    summary: "Marketing rests on brand decisions that are not settled.",
    severity: Level::High,
    mend: "Settle the kernel first, with its owner and the executive in the room, and let what rests on it wait.",
    effort: Effort::Hours,
    check,
};

fn check(case: &Case<'_>) -> Check {
    let system = case.system;
    if system.brand().is_empty() && system.marketing().is_empty() {
        return Check::not_evidenced("Write the six brand layers and the kernel decisions into the system under `brand`", Vec::new());
    }
    let mut grave = kernel(case);
    grave.extend(resting(case));
    let missing = unwritten(case);
    let confidence = if grave.is_empty() { Level::Medium } else { Level::High };
    let mut statements = grave;
    statements.extend(missing);
    if statements.is_empty() {
        let text = format!(
            "Positioning, ideal customer and messaging are settled on {}, all six brand layers are written down, and no marketing layer or channel rests on an unsettled decision",
            case.as_of
        );
        return Check::absent(Level::High, vec![Statement::new(text).dated(case.as_of)]);
    }
    Check::present(confidence, statements)
}

/// Why a decision does not hold on the as-of date: how a clause about it goes on.
fn unsettled(case: &Case<'_>, decision: &Decision) -> Option<String> {
    Some(match (decision.status, decision.settled_on) {
        (DecisionStatus::Settled, Some(day)) if day > case.as_of => format!("is to be settled on {day} only"),
        (DecisionStatus::Settled, _) => return None,
        (DecisionStatus::Open, _) => "is open".to_owned(),
        (DecisionStatus::Proposed, _) => "is only proposed".to_owned(),
        (DecisionStatus::Reopened, Some(day)) => format!("was settled on {day} and is reopened"),
        (DecisionStatus::Reopened, None) => "is reopened".to_owned(),
        (DecisionStatus::Retired, _) => "is retired".to_owned(),
    })
}

/// The parts of the kernel without a settled decision.
fn kernel(case: &Case<'_>) -> Vec<Statement> {
    let mut statements = Vec::new();
    for (word, part) in Kernel::ALL {
        let decisions: Vec<&Decision> = case.system.decisions().filter(|decision| decision.kernel == Some(part)).collect();
        if decisions.iter().any(|decision| unsettled(case, decision).is_none()) {
            continue;
        }
        let part = word.replace('_', " ");
        let states = decisions.iter().filter_map(|decision| Some((decision, unsettled(case, decision)?)));
        let states: Vec<String> = states.map(|(decision, state)| format!("`{}` {state}", decision.id)).collect();
        let statement = match decisions.first() {
            None => Statement::new(format!("The kernel has no decision on {part}")),
            Some(decision) => {
                let text = format!("The kernel's decision on {part} is not settled: {}", listed(states));
                let statement = Statement::new(text).at(&decision.origin.0);
                decision.settled_on.map_or(statement.clone(), |day| statement.dated(day))
            }
        };
        statements.push(statement);
    }
    statements
}

/// Marketing layers and channels that rest on a decision which does not hold.
fn resting(case: &Case<'_>) -> Vec<Statement> {
    let system = case.system;
    let layers = system.marketing().iter().map(|layer| {
        let word = layer_word(&MarketingLayer::ALL, &layer.layer);
        (format!("The marketing layer {word}"), &layer.inherits.rests_on, None)
    });
    let channels =
        system.channels().iter().map(|channel| (format!("The channel {}", plain(&channel.name)), &channel.inherits.rests_on, Some(&channel.origin.0)));
    let mut statements = Vec::new();
    for (what, rests_on, place) in layers.chain(channels) {
        for decision in rests_on.iter().filter_map(|id| system.decision(id.as_str())) {
            let Some(state) = unsettled(case, decision) else { continue };
            let statement = Statement::new(format!("{what} rests on `{}`, which {state}", decision.id)).dated(case.as_of);
            statements.push(Statement { place: place.cloned(), ..statement });
        }
    }
    statements
}

/// The brand layers of which nothing is written down.
fn unwritten(case: &Case<'_>) -> Option<Statement> {
    let written =
        |layer: BrandLayer| case.system.brand().iter().any(|known| known.layer == layer && !(known.holds.trim().is_empty() && known.decisions.is_empty()));
    let (present, missing): (Vec<_>, Vec<_>) = BrandLayer::ALL.iter().partition(|(_, layer)| written(*layer));
    let reduction = match present.as_slice() {
        [("identity", _)] => "; identity alone is a logo kit, not a brand operating system",
        _ => "",
    };
    let text = format!("Brand layers that are not written down: {}{reduction}", listed(missing.iter().map(|(word, _)| (*word).to_owned())));
    (!missing.is_empty()).then(|| Statement::new(text))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{self, FIRM, run, texts};
    use super::RULE;
    use crate::{Level, Outcome, RuleResult};

    const BRAND: &str = "
brand:
  strategy:
    decisions:
      place: { statement: The quick one., kernel: positioning, status: settled, settled_on: 2025-04-15 }
      buyer: { statement: Carriers., kernel: ideal_customer, status: settled }
      message: { statement: Fewer empty kilometres., kernel: messaging, status: settled, settled_on: 2025-06-02 }
  identity: { holds: Logo. }
  voice: { holds: Short. }
  application: { holds: Templates. }
  governance: { holds: Who may change what. }
  operating: { holds: Brand portal. }
marketing:
  content: { holds: Case studies., rests_on: [message, place] }
channels:
  site: { name: Site, kind: owned, owner: ana, rests_on: [message] }
";

    fn with(from: &str, to: &str) -> RuleResult {
        assert!(BRAND.contains(from));
        run(&RULE, &format!("{FIRM}{}", BRAND.replace(from, to)), "")
    }

    #[test]
    fn fires() {
        let result = with("messaging, status: settled", "messaging, status: reopened");
        assert_eq!((result.outcome, result.confidence), (Outcome::Present, Some(Level::High)));
        assert_eq!(
            texts(&result),
            "The kernel's decision on messaging is not settled: `message` was settled on 2025-06-02 and is reopened.\n\
             The marketing layer content rests on `message`, which was settled on 2025-06-02 and is reopened.\n\
             The channel Site rests on `message`, which was settled on 2025-06-02 and is reopened."
        );
        assert_eq!(result.statements[0].place.as_ref().unwrap().path, "brand.strategy.decisions.message");
    }

    #[test]
    fn fires_on_what_is_missing() {
        let result = with(", kernel: ideal_customer", "");
        assert_eq!(texts(&result), "The kernel has no decision on ideal customer.");
        let result = with("settled_on: 2025-04-15", "settled_on: 2026-10-01");
        assert!(texts(&result).contains("`place` is to be settled on 2026-10-01 only"), "{}", texts(&result));
        let result = with("  voice: { holds: Short. }\n", "");
        assert_eq!((result.outcome, result.confidence), (Outcome::Present, Some(Level::Medium)));
        assert_eq!(texts(&result), "Brand layers that are not written down: voice.");
        let logo_kit = run(&RULE, &format!("{FIRM}brand: {{ identity: {{ holds: Logo. }} }}"), "");
        assert!(texts(&logo_kit).ends_with("identity alone is a logo kit, not a brand operating system."), "{}", texts(&logo_kit));
    }

    #[test]
    fn does_not_fire() {
        let result = with("Logo.", "Logo.");
        assert_eq!((result.outcome, result.confidence, result.statements.len()), (Outcome::Absent, Some(Level::High), 1));
    }

    #[test]
    fn without_evidence() {
        assert_eq!(run(&RULE, FIRM, "").outcome, Outcome::NotEvidenced);
    }

    #[test]
    fn hostile() {
        let brand = BRAND.replace("name: Site", &format!("name: {}", testing::hostile())).replace("messaging, status: settled", "messaging, status: open");
        assert_eq!(run(&RULE, &format!("{FIRM}{brand}"), "").outcome, Outcome::Present);
    }
}
