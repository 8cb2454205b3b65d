//! MOS-S002: split dashboard
//!
//! The dashboard that the team uses is not the one that the executive sees (domain D5), so
//! that one word can have two values.
//!
//! # What is looked at
//! The latest state of each dashboard, by who uses it. Each of the team's is held against each
//! of the executive's: which figures they show, and every figure and target that both show for
//! the same period. Numbers agree when they are the same at the fewer of the written decimals.
//! A period that was still running is compared only between dashboards of the same day. What
//! the snapshot gives is stated beside a contradiction, and wherever a dashboard differs from
//! it.
//!
//! # When it is present
//! When a figure or target contradicts its counterpart (high confidence; medium when there is
//! also a dashboard that both use), or when the executive sees a figure that no dashboard of
//! the team shows (medium). The reverse is no split: an executive's view may be an excerpt.
//!
//! It is absent when one dashboard is used by both (high confidence), or when two agree on
//! everything that both show (medium: nothing keeps them in agreement).
//!
//! # Without evidence
//! When only one side's dashboards are registered, or nothing stands on both for the same
//! period. The cheapest evidence is to register what is missing.

use super::super::case::Case;
use super::super::diagnosis::{Level, RuleKind, Statement};
use super::super::evidence::{Dashboard, Shown};
use super::super::words::{cited, counted, listed, plain};
use super::super::written::Written;
use super::{Check, Effort, Rule};
use crate::base::calendar::Period;
use crate::base::date::Date;
use crate::base::map::{Map, Set};
use crate::base::number::Number;

pub(super) const RULE: Rule = Rule {
    code: "MOS-S002",
    name: "split_dashboard",
    kind: RuleKind::Sign,
    summary: "The dashboard that the team uses is not the one that the executive sees.",
    severity: Level::High,
    mend: "Let the team and the executive use one dashboard, drawn from the definitions of this system.",
    effort: Effort::Hours,
    check,
};

fn check(case: &Case<'_>) -> Check {
    let team: Vec<&Dashboard> = case.dashboards.iter().copied().filter(|dashboard| dashboard.team).collect();
    let executive: Vec<&Dashboard> = case.dashboards.iter().copied().filter(|dashboard| dashboard.executive).collect();
    let shared: Vec<&Dashboard> = team.iter().copied().filter(|dashboard| dashboard.executive).collect();
    let mut statements = Vec::new();
    for dashboard in &case.dashboards {
        let users = match (dashboard.team, dashboard.executive) {
            (true, true) => "the team and the executive",
            (true, false) => "the team",
            _ => "the executive",
        };
        let text = format!("{} is used by {users} and shows {}", cited(&dashboard.name), counted(dashboard.figures.len(), ("figure", "figures")));
        statements.push(Statement::new(text).dated(dashboard.dated).at(&dashboard.place));
    }
    let missing = match (team.is_empty(), executive.is_empty()) {
        (true, true) => Some("the dashboard that the team uses and the one that the executive sees"),
        (true, false) => Some("the dashboard that the team uses"),
        (false, true) => Some("the dashboard that the executive sees"),
        (false, false) => None,
    };
    if let Some(missing) = missing {
        return Check::not_evidenced(format!("Register {missing}, with the figures shown, under `dashboards`"), statements);
    }
    let comparison = Comparison::of(case, &team, &executive);
    let split = !comparison.statements.is_empty();
    let unseen = unseen(&team, &executive);
    statements.extend(comparison.statements);
    statements.extend(deviations(case, &comparison.contradicted));
    if split {
        return Check::present(if shared.is_empty() { Level::High } else { Level::Medium }, statements);
    }
    if !shared.is_empty() {
        return Check::absent(Level::High, statements);
    }
    if !unseen.is_empty() && team.iter().any(|dashboard| !dashboard.figures.is_empty()) {
        statements.push(Statement::new(format!("The executive sees {}, which no dashboard of the team shows", listed(unseen))));
        return Check::present(Level::Medium, statements);
    }
    if comparison.compared == 0 {
        let both = listed(case.dashboards.iter().map(|dashboard| cited(&dashboard.name)));
        return Check::not_evidenced(format!("Register the figures of one finished period from {both}"), statements);
    }
    let agreed = counted(comparison.compared, ("number", "numbers"));
    statements.push(Statement::new(format!("The dashboards are separate, and agree on {agreed} that both show")));
    Check::absent(Level::Medium, statements)
}

/// What the executive sees and the team does not.
fn unseen(team: &[&Dashboard], executive: &[&Dashboard]) -> Vec<String> {
    let shown = |dashboards: &[&Dashboard]| -> Map<String, String> {
        let figures = dashboards.iter().flat_map(|dashboard| &dashboard.figures);
        Map::from_iter(figures.map(|figure| (figure.kpi.key.clone(), name(figure))))
    };
    let team = shown(team);
    shown(executive).into_iter().filter(|(key, _)| !team.contains_key(key)).map(|(_, name)| name).collect()
}

#[derive(Default)]
struct Comparison<'a> {
    /// Numbers that two dashboards both show.
    compared: usize,
    /// The contradictions among them.
    statements: Vec<Statement>,
    /// The figures and periods whose values contradict one another.
    contradicted: Set<(&'a str, &'a Period)>,
}

impl<'a> Comparison<'a> {
    fn of(case: &Case<'_>, team: &[&'a Dashboard], executive: &[&'a Dashboard]) -> Self {
        let mut comparison = Self::default();
        for left in team {
            for right in executive {
                // Two that both sides use would meet twice, and each would meet itself.
                let met = left.executive && right.team && left.name >= right.name;
                if !met && left.name != right.name {
                    comparison.add(case, left, right);
                }
            }
        }
        comparison
    }

    fn add(&mut self, case: &Case<'_>, team: &'a Dashboard, executive: &'a Dashboard) {
        let theirs = Map::from_iter(executive.figures.iter().map(|figure| ((&figure.kpi.key, &figure.period), figure)));
        let earlier = team.dated.min(executive.dated);
        let same_day = team.dated == executive.dated;
        for ours in &team.figures {
            let Some(theirs) = theirs.get(&(&ours.kpi.key, &ours.period)).copied() else { continue };
            let side = |dashboard, figure, number| Side { dashboard, figure, number };
            if same_day || ours.period.last <= earlier {
                let own = own_value(case, ours, earlier);
                if self.contradict("", side(team, ours, &ours.value), side(executive, theirs, &theirs.value), own.as_slice()) {
                    self.contradicted.insert((&ours.kpi.key, &ours.period));
                }
            }
            // A plan that changed between two days makes no contradiction.
            if let (Some(target), Some(their_target)) = (&ours.target, &theirs.target) {
                let own = own_target(case, ours, team.dated);
                if same_day || own == own_target(case, theirs, executive.dated) {
                    self.contradict("The target of ", side(team, ours, target), side(executive, theirs, their_target), &own);
                }
            }
        }
    }

    /// Whether two numbers contradict one another; if so, it is stated beside the system's own.
    fn contradict(&mut self, what: &str, left: Side<'_>, right: Side<'_>, own: &[Number]) -> bool {
        self.compared = self.compared.saturating_add(1);
        if left.number.agrees_with(right.number) {
            return false;
        }
        let (on_left, on_right) = (cited(&left.dashboard.name), cited(&right.dashboard.name));
        let mut text = format!(
            "{what}{} for {} is {} on {on_left} and {} on {on_right}, {} apart",
            name(left.figure),
            left.figure.period,
            plain(&left.number.text),
            plain(&right.number.text),
            left.number.distance(right.number),
        );
        if !own.is_empty() {
            let source = if what.is_empty() { "the snapshot" } else { "the plan" };
            let exacter = if left.number.decimals < right.number.decimals { right.number } else { left.number };
            text.push_str(&format!("; {source} gives {}", listed(own.iter().map(|own| exacter.like(own)))));
            let fits = |side: Side<'_>| own.iter().any(|own| side.number.stands_for(own));
            match (fits(left), fits(right)) {
                (true, false) => text.push_str(&format!(", as on {on_left}")),
                (false, true) => text.push_str(&format!(", as on {on_right}")),
                _ => {}
            }
        }
        let date = left.dashboard.dated.max(right.dashboard.dated);
        self.statements.push(Statement::new(text).dated(date).at(&right.figure.place));
        true
    }
}

/// A number on a dashboard: a figure's value or its target.
#[derive(Clone, Copy)]
struct Side<'a> {
    dashboard: &'a Dashboard,
    figure: &'a Shown,
    number: &'a Written,
}

/// Where a dashboard differs from the snapshot, whoever uses it and whatever others show.
fn deviations(case: &Case<'_>, contradicted: &Set<(&str, &Period)>) -> Vec<Statement> {
    let mut statements = Vec::new();
    for dashboard in &case.dashboards {
        for figure in dashboard.figures.iter().filter(|figure| !contradicted.contains(&(figure.kpi.key.as_str(), &figure.period))) {
            let own = own_value(case, figure, dashboard.dated).filter(|own| !figure.value.stands_for(own));
            let Some(own) = own else { continue };
            let (shown, own) = (plain(&figure.value.text), figure.value.like(&own));
            let text = format!("{} for {} is {shown} on {}; the snapshot gives {own}", name(figure), figure.period, cited(&dashboard.name));
            statements.push(Statement::new(text).dated(dashboard.dated).at(&figure.place));
        }
    }
    statements
}

/// The snapshot's value for a period that was over.
fn own_value(case: &Case<'_>, figure: &Shown, dated: Date) -> Option<Number> {
    let kpi = case.system.kpi(figure.kpi.kpi.as_ref()?.as_str())?;
    if figure.period.last > dated {
        return None;
    }
    case.snapshot.observation(kpi, &figure.period).value.number().cloned()
}

/// The plan's target as known on a day: one number, or the bounds of a band.
fn own_target(case: &Case<'_>, figure: &Shown, dated: Date) -> Vec<Number> {
    let kpi = figure.kpi.kpi.as_ref().and_then(|id| case.system.kpi(id.as_str()));
    let target = kpi.and_then(|kpi| case.snapshot.target(kpi, &figure.period, dated).ok());
    let mut bounds: Vec<Number> = target.map(|target| vec![target.low, target.high]).unwrap_or_default();
    bounds.dedup();
    bounds
}

fn name(figure: &Shown) -> String {
    if figure.kpi.kpi.is_some() { plain(&figure.kpi.text) } else { cited(&figure.kpi.text) }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{self, FIRM, run, texts};
    use super::RULE;
    use crate::{Level, Outcome, RuleResult};

    fn board(name: &str, users: &str, figures: &str) -> String {
        format!("  - {{ name: {name}, used_by: [{users}], dated: 2026-09-30, figures: [{figures}] }}\n")
    }

    fn dashboards(boards: &[String]) -> RuleResult {
        run(&RULE, FIRM, &format!("dashboards:\n{}", boards.concat()))
    }

    fn august(value: &str) -> String {
        format!("{{ kpi: leads, period: 2026-08, value: {value}, target: 3 }}")
    }

    #[test]
    fn fires() {
        let result = dashboards(&[board("Team", "team", &august("5")), board("Board", "executive", &august("4"))]);
        assert_eq!((result.outcome, result.confidence), (Outcome::Present, Some(Level::High)));
        assert_eq!(
            texts(&result),
            "`Board` is used by the executive and shows 1 figure.\n\
             `Team` is used by the team and shows 1 figure.\n\
             New leads for 2026-08 is 5 on `Team` and 4 on `Board`, 1 (20.0%) apart; the snapshot gives 5, as on `Team`."
        );
    }

    #[test]
    fn fires_on_a_target_and_on_what_only_the_executive_sees() {
        let other = "{ kpi: leads, period: 2026-08, value: 5, target: 2 }";
        let result = dashboards(&[board("Team", "team", &august("5")), board("Board", "executive", other)]);
        assert!(
            texts(&result).contains("The target of New leads for 2026-08 is 3 on `Team` and 2 on `Board`, 1 (33.3%) apart; the plan gives 3, as on `Team`"),
            "{}",
            texts(&result)
        );
        let more = format!("{}, {{ kpi: Fans, period: 2026-08, value: 9 }}", august("5"));
        let result = dashboards(&[board("Team", "team", &august("5")), board("Board", "executive", &more)]);
        assert_eq!((result.outcome, result.confidence), (Outcome::Present, Some(Level::Medium)));
        assert!(texts(&result).ends_with("The executive sees `Fans`, which no dashboard of the team shows."));
        let result = dashboards(&[board("Team", "team", &more), board("Board", "executive", &august("5"))]);
        assert_eq!(result.outcome, Outcome::Absent, "the executive's may be an excerpt");
    }

    #[test]
    fn does_not_fire() {
        let result = dashboards(&[board("Both", "team, executive", &august("4"))]);
        assert_eq!((result.outcome, result.confidence), (Outcome::Absent, Some(Level::High)));
        assert!(texts(&result).ends_with("New leads for 2026-08 is 4 on `Both`; the snapshot gives 5."), "{}", texts(&result));
        let result = dashboards(&[board("Team", "team", &august("5.00")), board("Board", "executive", &august("5"))]);
        assert_eq!((result.outcome, result.confidence), (Outcome::Absent, Some(Level::Medium)));
    }

    #[test]
    fn two_dashboards_that_both_use_meet_once() {
        let both = "team, executive";
        let result = dashboards(&[board("A", both, &august("5")), board("B", both, &august("4"))]);
        assert_eq!((result.outcome, result.confidence), (Outcome::Present, Some(Level::Medium)));
        assert_eq!(texts(&result).matches("apart").count(), 1, "{}", texts(&result));
    }

    #[test]
    fn a_rate_differs_in_percentage_points() {
        let result = dashboards(&[board("Team", "team", &august("6.8 %")), board("Board", "executive", &august("7 %"))]);
        assert_eq!(result.outcome, Outcome::Absent, "at no decimals of a per cent, 6.8 is 7");
        let result = dashboards(&[board("Team", "team", &august("6.8 %")), board("Board", "executive", &august("7.4 %"))]);
        assert!(
            texts(&result).contains("is 6.8 % on `Team` and 7.4 % on `Board`, 0.6 percentage points apart; the snapshot gives 500.0 %."),
            "{}",
            texts(&result)
        );
    }

    #[test]
    fn a_plan_that_changed_between_two_days_is_no_contradiction() {
        let system = FIRM.replace(
            "leads: { from: 2026-01, to: 2026-12, value: 3, set_by: ana, set_on: 2025-12-01, document: Plan 2026 }",
            // Set when August was over: a target that was known at its end would hold for good.
            "leads: [{ from: 2026-01, to: 2026-12, value: 3, set_on: 2026-09-01 }, { from: 2026-01, to: 2026-12, value: 4, set_on: 2026-09-10 }]",
        );
        let board = |name: &str, users: &str, dated: &str, target: &str| {
            format!("  - {{ name: {name}, used_by: {users}, dated: {dated}, figures: [{{ kpi: leads, period: 2026-08, value: 5, target: {target} }}] }}\n")
        };
        let outcome = |later: &str| {
            run(&RULE, &system, &format!("dashboards:\n{}{}", board("Team", "team", "2026-09-05", "3"), board("Board", "executive", later, "4"))).outcome
        };
        assert_eq!(outcome("2026-09-15"), Outcome::Absent);
        assert_eq!(outcome("2026-09-09"), Outcome::Present);
    }

    #[test]
    fn numbers_agree_at_the_fewer_decimals() {
        let outcome = |left: &str, right: &str| dashboards(&[board("Team", "team", &august(left)), board("Board", "executive", &august(right))]).outcome;
        assert_eq!(outcome("4911.675", "4911.68"), Outcome::Absent);
        assert_eq!(outcome("4911.675", "4911.67"), Outcome::Absent, "a half may be rounded either way");
        assert_eq!(outcome("4911.675", "4911.66"), Outcome::Present);
        assert_eq!(outcome("12.34 %", "0.123"), Outcome::Absent);
        assert_eq!(outcome("12.34 %", "12.4 %"), Outcome::Present);
    }

    #[test]
    fn a_running_period_is_compared_on_the_same_day_only() {
        let running = |name: &str, users: &str, dated: &str, value: &str| {
            format!("  - {{ name: {name}, used_by: [{users}], dated: {dated}, figures: [{{ kpi: leads, period: 2026-09, value: {value} }}] }}\n")
        };
        let result = dashboards(&[running("Team", "team", "2026-09-14", "1"), running("Board", "executive", "2026-09-21", "2")]);
        assert_eq!(result.outcome, Outcome::NotEvidenced);
        let result = dashboards(&[running("Team", "team", "2026-09-14", "1"), running("Board", "executive", "2026-09-14", "2")]);
        assert_eq!(result.outcome, Outcome::Present);
    }

    #[test]
    fn without_evidence() {
        assert_eq!(run(&RULE, FIRM, "").outcome, Outcome::NotEvidenced);
        let one_side = dashboards(&[board("Team", "team", &august("5"))]);
        assert_eq!(one_side.outcome, Outcome::NotEvidenced);
        assert_eq!(one_side.would_settle.unwrap(), "Register the dashboard that the executive sees, with the figures shown, under `dashboards`.");
        let empty = dashboards(&[board("Team", "team", ""), board("Board", "executive", &august("5"))]);
        assert_eq!(empty.outcome, Outcome::NotEvidenced);
        assert_eq!(empty.would_settle.unwrap(), "Register the figures of one finished period from `Board` and `Team`.");
    }

    #[test]
    fn hostile() {
        let name = testing::hostile();
        let figure = |value: &str| format!("{{ kpi: {name}, period: 2026-08, value: {value} }}");
        let other = name.replacen("long", "tall", 1);
        let result = dashboards(&[board(&name, "team", &figure("1")), board(&other, "executive", &figure("2"))]);
        assert_eq!(result.outcome, Outcome::Present);
    }
}
