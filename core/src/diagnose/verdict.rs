//! The conclusion over the five signs (domain D5).

use super::diagnosis::{EvidenceUse, NextEvidence, Outcome, RuleKind, RuleResult, Standing, Verdict};
use super::rules;
use super::words::{counted, days, listed};
use crate::base::date::Date;

/// The range between the best case, in which no sign without evidence is present, and the
/// worst, in which all of them are.
pub(super) fn verdict(results: &[RuleResult], used: &EvidenceUse, as_of: Date) -> Verdict {
    let signs = |outcome: Outcome| -> Vec<&RuleResult> { results.iter().filter(|result| result.kind == RuleKind::Sign && result.outcome == outcome).collect() };
    let (present, absent, unknown) = (signs(Outcome::Present), signs(Outcome::Absent), signs(Outcome::NotEvidenced));
    let best = Standing::of_signs(present.len());
    let worst = Standing::of_signs(present.len().saturating_add(unknown.len()));
    let codes = |results: &[&RuleResult]| results.iter().map(|result| result.code).collect();
    Verdict {
        best,
        worst,
        signs_present: codes(&present),
        signs_absent: codes(&absent),
        signs_not_evidenced: codes(&unknown),
        sentence: format!("{} {}", conclusion(best, worst, [&present, &absent, &unknown]), basis(used, as_of)),
        next_evidence: if best == worst { None } else { next(&unknown) },
    }
}

fn conclusion(best: Standing, worst: Standing, [present, absent, unknown]: [&[&RuleResult]; 3]) -> String {
    let predicate = |standing| match standing {
        Standing::InPlace => "in place",
        Standing::Survivable => "incomplete but survivable",
        Standing::Missing => "missing",
    };
    let standing = if best == worst { predicate(best).to_owned() } else { format!("{} at best and {} at worst", predicate(best), predicate(worst)) };
    let part = |signs: &[&RuleResult], what: &str| {
        let names = listed(signs.iter().map(|sign| sign.title()));
        let verb = if signs.len() == 1 { "is" } else { "are" };
        (!signs.is_empty()).then(|| format!("{} {verb} {what} ({names})", signs.len()))
    };
    let parts = [part(present, "present"), part(absent, "absent"), part(unknown, "not evidenced")];
    let total = present.len().saturating_add(absent.len()).saturating_add(unknown.len());
    // Only evidence of the sign itself carries the claim.
    let heroics =
        if best == Standing::Missing && present.iter().any(|sign| sign.name == "person_dependence") { "; people, not structure, hold up the work" } else { "" };
    format!("The marketing operating system is {standing}: of the {total} signs of a missing one, {}{heroics}.", listed(parts.into_iter().flatten()))
}

fn basis(used: &EvidenceUse, as_of: Date) -> String {
    let evidence = used.counted.iter().map(|part| format!("{} ({})", counted(part.entries, part.kind.words()), days(part.first, part.last)));
    let evidence = listed(evidence);
    let left_out = match used.not_counted.len() {
        0 => String::new(),
        1 => "; 1 entry of evidence does not count".to_owned(),
        count => format!("; {count} entries of evidence do not count"),
    };
    if evidence.is_empty() {
        format!("This rests on the written-down system as of {as_of} alone{left_out}.")
    } else {
        format!("This rests on the written-down system and its facts as of {as_of}, and on {evidence}{left_out}.")
    }
}

/// Of the signs without evidence, the one that costs least to settle.
fn next(unknown: &[&RuleResult]) -> Option<NextEvidence> {
    let effort = |code: &str| rules::ALL.iter().find(|rule| rule.code == code).map(|rule| rule.effort);
    let cheapest = unknown.iter().min_by_key(|sign| effort(sign.code))?;
    Some(NextEvidence { code: cheapest.code, text: cheapest.would_settle.clone()? })
}
