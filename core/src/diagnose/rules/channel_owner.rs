//! MOS-O003: channel owner
//!
//! Every channel has a named owner (domain D2, D3): without one it is published on when
//! somebody happens to think of it.
//!
//! # What is looked at
//! Who answers for each channel of the system on the as-of date.
//!
//! # When it is present
//! When a channel has no owner on that day (high confidence). A channel without a published
//! cadence is stated, and does not make it present.
//!
//! # Without evidence
//! When the system has no channels.

use super::super::case::Case;
use super::super::diagnosis::{Level, RuleKind, Statement};
use super::super::words::{each, listed, plain, some_have};
use super::{Check, Effort, Rule, unowned};

pub(super) const RULE: Rule = Rule {
    code: "MOS-O003",
    name: "channel_owner",
    kind: RuleKind::Ownership,
    summary: "A channel has no owner.",
    severity: Level::Medium,
    mend: "Name an owner and a deputy for every channel, or close it.",
    effort: Effort::Minutes,
    check,
};

fn check(case: &Case<'_>) -> Check {
    let channels = case.system.channels();
    if channels.is_empty() {
        return Check::not_evidenced("Write the surfaces where the brand appears into the system under `channels`", Vec::new());
    }
    let without = channels.iter().filter_map(|channel| unowned(case, &plain(&channel.name), &channel.owner, &channel.origin));
    let mut statements: Vec<Statement> = without.collect();
    let orphans = statements.len();
    let silent = listed(channels.iter().filter(|channel| channel.cadence.trim().is_empty()).map(|channel| plain(&channel.name)));
    if !silent.is_empty() {
        statements.push(Statement::new(format!("Without a published cadence: {silent}")));
    }
    let nouns = ("channel", "channels");
    if orphans == 0 {
        let text = format!("{} has an owner on {}", each(channels.len(), nouns), case.as_of);
        statements.insert(0, Statement::new(text).dated(case.as_of));
        return Check::absent(Level::High, statements);
    }
    let text = format!("{} no owner on {}", some_have(orphans, channels.len(), nouns), case.as_of);
    statements.insert(0, Statement::new(text).dated(case.as_of));
    Check::present(Level::High, statements)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{self, FIRM, run, texts};
    use super::RULE;
    use crate::{Outcome, RuleResult};

    fn with(channels: &str) -> RuleResult {
        run(&RULE, &format!("{FIRM}channels:\n  {channels}\n"), "")
    }

    #[test]
    fn fires() {
        let result = with("site: { name: Site, kind: owned, owner: { person: ana, from: 2026-10-01 }, cadence: weekly }");
        assert_eq!(
            (result.outcome, texts(&result).as_str()),
            (Outcome::Present, "1 of 1 channel has no owner on 2026-09-30.\nSite has no owner on 2026-09-30.")
        );
    }

    #[test]
    fn does_not_fire() {
        let result = with("site: { name: Site, kind: owned, owner: ana }");
        assert_eq!(
            (result.outcome, texts(&result).as_str()),
            (Outcome::Absent, "The only channel has an owner on 2026-09-30.\nWithout a published cadence: Site.")
        );
    }

    #[test]
    fn without_evidence() {
        assert_eq!(run(&RULE, FIRM, "").outcome, Outcome::NotEvidenced);
    }

    #[test]
    fn hostile() {
        assert_eq!(with(&format!("site: {{ name: {}, kind: paid }}", testing::hostile())).outcome, Outcome::Present);
    }
}
