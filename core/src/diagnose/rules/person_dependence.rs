//! MOS-S005: person dependence
//!
//! When a senior person is on leave, the function visibly slows (domain D5).
//!
//! # What is looked at
//! *What happened:* the finished work of the others on the working days of each absence,
//! against the same weekdays of the four weeks before and after on which nobody was away. The
//! absent person's own share is taken out on both sides: that it is missing is no sign.
//! Absences of one person that touch are one absence.
//!
//! *What could happen:* the KPIs, channels, layers, reviews and the operator's role that one
//! person answers for on the as-of date without a deputy.
//!
//! # When it is present
//! When during at least one absence the others finished less by [a fifth](DROP) or more, and
//! by more than chance explains: twice the standard error, from how much days differ anyway.
//! A fifth is one day of everybody's week. It is absent when no absence shows such a drop.
//!
//! A missing deputy alone does not make it present. It is a risk, and the sign is about what
//! shows: with a good system the work goes on although nobody is named for it. What could
//! happen is stated in any case.
//!
//! The confidence is high when the absence has at least [a week](WEEK) of working days and the
//! change is clear of the threshold by more than chance explains; medium when one of the two
//! holds, else low. When other absences are unclear, absence is a level less certain.
//!
//! # Without evidence
//! Without absences, without activity, or when no absence is long enough to tell (three
//! working days, and ten to compare with). The cheapest evidence is an export of finished work
//! by person and day, and the dates of one absence.

use super::super::activity::{BASELINE_DAYS, DROP, Effect, Reading, Work};
use super::super::case::Case;
use super::super::diagnosis::{Level, RuleKind, Statement};
use super::super::evidence::Absence;
use super::super::words::{cited, counted, days, layer_word, listed, percent, plain};
use super::{Check, Effort, Rule};
use crate::base::id::Id;
use crate::base::map::Map;
use crate::base::number::Number;
use crate::base::order;
use crate::model::layers::{BrandLayer, MarketingLayer};
use crate::model::people::Assignments;

/// The working days of an absence from which on it is good evidence.
const WEEK: usize = 5;

pub(super) const RULE: Rule = Rule {
    code: "MOS-S005",
    name: "person_dependence",
    kind: RuleKind::Sign,
    summary: "When one person is on leave, the work of the others slows.",
    severity: Level::High,
    mend: "Give every responsibility a deputy, and write down what only one person knows before the next leave.",
    effort: Effort::Days,
    check,
};

fn check(case: &Case<'_>) -> Check {
    let alone = alone(case);
    let Some(work) = &case.work else {
        let absences = if case.absences.is_empty() { ", and list the absences of the last year under `absences`" } else { "" };
        return Check::not_evidenced(format!("Load finished work by person and day as a source and name it under `activity`{absences}"), alone);
    };
    if case.absences.is_empty() {
        return Check::not_evidenced("List the absences of the last year under `absences`", alone);
    }
    let mut effects: Vec<(&Absence, Result<Effect, String>)> = case.absences.iter().map(|absence| (absence, work.effect(absence, &case.absences))).collect();
    order::sort_by_key(&mut effects, |(absence, _)| absence.from);
    let mut statements: Vec<Statement> = effects.iter().map(|(absence, effect)| described(case, work, absence, effect)).collect();
    statements.extend(strangers(work));
    statements.extend(alone);
    let strongest =
        |reading: Reading| effects.iter().filter_map(|(_, effect)| effect.as_ref().ok()).filter(|effect| effect.reading == reading).map(confidence).max();
    if let Some(confidence) = strongest(Reading::Drop) {
        return Check::present(confidence, statements);
    }
    let unclear = strongest(Reading::Unclear).is_some();
    match strongest(Reading::NoDrop) {
        Some(confidence) => Check::absent(if unclear { confidence.lowered() } else { confidence }, statements),
        None => Check::not_evidenced("Register an absence of at least a week with counted work before and after it under `absences`", statements),
    }
}

fn confidence(effect: &Effect) -> Level {
    match (effect.days >= WEEK, effect.is_sharp) {
        (true, true) => Level::High,
        (false, false) => Level::Low,
        _ => Level::Medium,
    }
}

fn described(case: &Case<'_>, work: &Work, absence: &Absence, effect: &Result<Effect, String>) -> Statement {
    let away = format!("{} was away ({})", case.person(&absence.person), days(absence.from, absence.to));
    let text = match effect {
        Err(reason) => format!("{away}, and whether the others slowed cannot be said: {reason}"),
        Ok(effect) => {
            let direction = if effect.change.is_negative() { "less" } else { "more" };
            let reading = match effect.reading {
                Reading::Drop => "a drop",
                Reading::Unclear => "which chance could explain",
                Reading::NoDrop => "no drop",
            };
            let threshold = Number::from(DROP.0).divided_by(&Number::from(DROP.1)).map(|share| percent(&share)).unwrap_or_default();
            format!(
                "While {away}, the others finished {} {} a working day ({}), against {} on the same weekdays of the {} weeks before and after ({}): {} {direction}, {reading} (a drop is {threshold} or more)",
                effect.actual.to_fixed(1),
                work.items,
                counted(effect.days, ("day", "days")),
                effect.expected.to_fixed(1),
                BASELINE_DAYS / 7,
                counted(effect.baseline, ("day", "days")),
                percent(&effect.change.abs()),
            )
        }
    };
    Statement::new(text).dated(absence.from).at(&absence.place)
}

fn strangers(work: &Work) -> Option<Statement> {
    let names = listed(work.strangers.iter().map(|name| cited(name)));
    let text = format!("Work of {names} is left out: the system knows no such person");
    (!names.is_empty()).then(|| Statement::new(text).at(&work.place))
}

/// What one person answers for without a deputy, most first.
fn alone(case: &Case<'_>) -> Vec<Statement> {
    let mut carried: Map<&Id, Vec<String>> = Map::new();
    let mut add = |assignments: &'_ Assignments, what: String| {
        if let Some(assignment) = assignments.on(case.as_of).filter(|assignment| assignment.deputy.is_none())
            && let Some(person) = case.system.person(assignment.person.as_str())
        {
            carried.entry(&person.id).or_default().push(what);
        }
    };
    let system = case.system;
    add(system.operator(), "the operator's role".to_owned());
    for kpi in system.kpis() {
        add(&kpi.owner, format!("the KPI {}", plain(&kpi.name)));
    }
    for channel in system.channels() {
        add(&channel.owner, format!("the channel {}", plain(&channel.name)));
    }
    for layer in system.brand() {
        add(&layer.owner, format!("the brand layer {}", layer_word(&BrandLayer::ALL, &layer.layer)));
    }
    for layer in system.marketing() {
        add(&layer.owner, format!("the marketing layer {}", layer_word(&MarketingLayer::ALL, &layer.layer)));
    }
    for review in system.reviews().iter().filter(|review| review.deputy.is_none()) {
        carried.entry(&review.held_by).or_default().push(format!("the review {}", plain(&review.name)));
    }
    let mut carried: Vec<(&Id, Vec<String>)> = carried.into_iter().collect();
    order::sort_by_key(&mut carried, |(_, what)| std::cmp::Reverse(what.len()));
    let statement = |(person, what): (&Id, Vec<String>)| {
        let count = counted(what.len(), ("responsibility", "responsibilities"));
        Statement::new(format!("{} carries {count} without a deputy: {}", case.person(person), listed(what))).dated(case.as_of)
    };
    carried.into_iter().map(statement).collect()
}

#[cfg(test)]
mod tests {
    use super::super::testing::{self, FIRM, run, run_with, texts};
    use super::RULE;
    use crate::{Date, Level, Outcome, RuleResult};

    const ACTIVITY: &str = "activity: { source: work, person: person, items: items }";

    /// Working days of June to August 2026: Ana does 10, Ben 9 to 11 and Cem 4 to 6 items;
    /// while Ana is away, the other two do `percent` of that.
    fn work(away: (&str, &str), percent: i64) -> String {
        let day = |text: &str| text.parse::<Date>().unwrap();
        let mut csv = "date,person,items\n".to_owned();
        for offset in 0..90 {
            let date = day("2026-06-01").plus_days(offset);
            if date.days_since_monday() > 4 {
                continue;
            }
            let is_away = day(away.0) <= date && date <= day(away.1);
            let share = if is_away { percent } else { 100 };
            let rest = (offset * 7 % 3) - 1;
            for (person, items) in [("ana", 1_000), ("ben", (10 + rest) * share), ("cem", (5 + rest) * share)] {
                if !(is_away && person == "ana") {
                    csv.push_str(&format!("{date},{person},{}.{:02}\n", items / 100, items % 100));
                }
            }
        }
        csv
    }

    fn diagnose(evidence: &str, csv: String) -> RuleResult {
        run_with(&RULE, FIRM, evidence, &[("work", csv)])
    }

    fn away(from: &str, to: &str) -> String {
        format!("absences: [{{ person: ana, from: {from}, to: {to} }}]\n{ACTIVITY}")
    }

    #[test]
    fn fires() {
        let result = diagnose(&away("2026-07-06", "2026-07-17"), work(("2026-07-06", "2026-07-17"), 65));
        assert_eq!((result.outcome, result.confidence), (Outcome::Present, Some(Level::High)), "{}", texts(&result));
        let first = texts(&result).lines().next().unwrap().to_owned();
        assert!(first.starts_with("While Ana was away (2026-07-06 to 2026-07-17), the others finished 9."), "{first}");
        assert!(first.contains("a working day (10 days)") && first.contains("(40 days): 3"), "{first}");
        assert!(first.ends_with("% less, a drop (a drop is 20.0% or more)."), "{first}");
    }

    #[test]
    fn does_not_fire() {
        let result = diagnose(&away("2026-07-06", "2026-07-17"), work(("2026-07-06", "2026-07-17"), 100));
        assert_eq!((result.outcome, result.confidence), (Outcome::Absent, Some(Level::High)), "the own share is taken out: {}", texts(&result));
        let result = diagnose(&away("2026-07-06", "2026-07-17"), work(("2026-07-06", "2026-07-17"), 88));
        assert_eq!(result.outcome, Outcome::Absent, "12 % less is no drop");
    }

    #[test]
    fn without_evidence() {
        let result = run(&RULE, FIRM, "");
        assert_eq!(result.outcome, Outcome::NotEvidenced);
        let no_work = run(&RULE, FIRM, "absences: [{ person: ana, from: 2026-07-06, to: 2026-07-17 }]");
        assert_eq!(no_work.would_settle.unwrap(), "Load finished work by person and day as a source and name it under `activity`.");
        let no_absence = diagnose(ACTIVITY, work(("2026-07-06", "2026-07-17"), 65));
        assert_eq!(no_absence.would_settle.unwrap(), "List the absences of the last year under `absences`.");
    }

    #[test]
    fn short_absences_and_thin_baselines_say_nothing() {
        let short = diagnose(&away("2026-07-06", "2026-07-07"), work(("2026-07-06", "2026-07-07"), 0));
        assert_eq!(short.outcome, Outcome::NotEvidenced);
        assert!(texts(&short).contains("work is counted on 2 working days on which nobody else was away; 3 are needed"), "{}", texts(&short));
        // Ben is away before and after, and nothing was recorded but this.
        let csv: String = work(("2026-07-06", "2026-07-17"), 65)
            .lines()
            .filter(|line| !line.starts_with("2026-06") && !line.starts_with("2026-08"))
            .map(|line| format!("{line}\n"))
            .collect();
        let crowded =
            format!("absences:\n  - {{ person: ana, from: 2026-07-06, to: 2026-07-17 }}\n  - {{ person: ben, from: 2026-07-20, to: 2026-07-31 }}\n{ACTIVITY}");
        let result = diagnose(&crowded, csv);
        assert_eq!(result.outcome, Outcome::NotEvidenced);
        assert!(texts(&result).contains("3 working days to compare with; 10 are needed"), "{}", texts(&result));
    }

    #[test]
    fn absences_that_touch_are_one_and_the_absent_are_no_baseline() {
        let two =
            format!("absences:\n  - {{ person: ana, from: 2026-07-13, to: 2026-07-17 }}\n  - {{ person: ana, from: 2026-07-06, to: 2026-07-12 }}\n{ACTIVITY}");
        let result = diagnose(&two, work(("2026-07-06", "2026-07-17"), 65));
        let one = diagnose(&away("2026-07-06", "2026-07-17"), work(("2026-07-06", "2026-07-17"), 65));
        assert_eq!(texts(&result), texts(&one));
        let ongoing = diagnose(&format!("absences: [{{ person: ana, from: 2026-08-10 }}]\n{ACTIVITY}"), work(("2026-08-10", "2026-08-29"), 65));
        assert!(texts(&ongoing).contains("Ana was away (2026-08-10 to 2026-09-30)"), "{}", texts(&ongoing));
        assert_eq!(ongoing.outcome, Outcome::Present, "the weeks before are enough");
    }

    #[test]
    fn three_days_are_weaker_evidence_than_two_weeks() {
        let result = diagnose(&away("2026-07-06", "2026-07-08"), work(("2026-07-06", "2026-07-08"), 50));
        assert_eq!((result.outcome, result.confidence), (Outcome::Present, Some(Level::Medium)), "{}", texts(&result));
    }

    #[test]
    fn a_misspelt_name_is_nobodys_work() {
        // Ana's own work under another name would look like work of the others that vanished.
        let csv = work(("2026-07-06", "2026-07-17"), 100).replace(",ana,", ",Ana R.,");
        let result = diagnose(&away("2026-07-06", "2026-07-17"), csv);
        assert_eq!(result.outcome, Outcome::Absent);
        assert!(texts(&result).contains("Work of `Ana R.` is left out"), "{}", texts(&result));
    }

    #[test]
    fn a_missing_deputy_is_stated_and_is_no_sign_by_itself() {
        let system = FIRM.replace("owner: { person: ben, deputy: ana }", "owner: ben");
        let result = run(&RULE, &system, "");
        assert_eq!((result.outcome, texts(&result).as_str()), (Outcome::NotEvidenced, "Ben carries 1 responsibility without a deputy: the KPI Items shipped."));
    }

    #[test]
    fn hostile() {
        let name = testing::hostile();
        let system = FIRM.replace("ana: Ana", &format!("ana: {name}")).replace("name: Items shipped", &format!("name: {name}")).replace(", deputy: ana", "");
        let csv = work(("2026-07-06", "2026-07-17"), 65).replace(",cem,", ",<script>alert(1)</script>\u{1b}[31m,");
        let result = run_with(&RULE, &system, &away("2026-07-06", "2026-07-17"), &[("work", csv)]);
        assert_eq!(result.outcome, Outcome::Present);
    }
}
