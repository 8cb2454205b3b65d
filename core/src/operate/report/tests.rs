//! What reports say, and what they must not say, on a small firm.

use std::sync::Arc;

use super::{Block, Report, Writing, chosen};
use crate::judge::scorecard::{OnTarget, SignalStatus};
use crate::model::report::Section;
use crate::{Cadence, Facts, Grain, Journal, Snapshot, Source, System};

/// A firm with leads and calls; `more` goes into the system.
fn firm(more: &str) -> System {
    let text = format!(
        "
marketingos: 1
name: Small firm
people: {{ ana: Ana, ben: Ben, eva: Eva }}
operator: ben
executive: eva
sources: {{ leads: {{ date: created, measures: [n], rows: events, recorded_from: 2026-01-01, recorded_until: as_of }} }}
kpis:
  leads: {{ name: New leads, unit: count of leads, direction: higher, owner: ana, sum: leads.n }}
  calls: {{ name: Calls, unit: count of calls, direction: higher, owner: ana, sum: leads.n }}
{more}"
    );
    let (system, _) = System::parse(&[Source::new("system.yaml", &text)]).unwrap();
    system
}

fn on(system: &System, as_of: &str) -> Snapshot {
    let facts = Facts::builder(system).csv("leads", "created,n\n2026-06-05,20\n2026-07-05,27\n").build().unwrap();
    system.snapshot(&facts, as_of.parse().unwrap())
}

fn with(snapshot: Snapshot, journal: &str) -> Snapshot {
    let (journal, _) = Journal::parse(&[Source::new("journal.yaml", journal)], snapshot.system()).unwrap();
    snapshot.with_journal(Arc::new(journal))
}

fn section(report: &Report, wanted: Section) -> String {
    let section = report.sections.iter().find(|section| section.section == wanted);
    let texts = section.into_iter().flat_map(|section| &section.blocks).filter_map(|block| match block {
        Block::Paragraph { text } | Block::Point { text, .. } => Some(text.to_string()),
        Block::Scorecard { .. } | Block::Table { .. } => None,
    });
    texts.collect::<Vec<_>>().join("\n")
}

/// The summary of July where the KPIs stand so.
fn summary(system: &System, statuses: &[(OnTarget, SignalStatus)]) -> String {
    let snapshot = on(system, "2026-08-10");
    let mut scorecard = snapshot.scorecard(Grain::Month);
    for (line, (target, signal)) in scorecard.lines.iter_mut().zip(statuses) {
        (line.status.target, line.status.signal) = (*target, *signal);
    }
    scorecard.lines.truncate(statuses.len());
    let month = scorecard.period.clone();
    let lines = chosen(scorecard.lines.clone(), &[]);
    let (journal, raised) = (Journal::default(), std::cell::OnceCell::new());
    let writing = Writing { snapshot: &snapshot, words: system.words(), month: &month, is_latest: true, lines, scorecard, journal, sections: &[], raised };
    writing.summary().to_string()
}

#[test]
fn what_has_no_value_missed_no_target() {
    let few = SignalStatus::TooFewPoints;
    let (english, german) = (firm(""), firm("language: de"));
    for (statuses, told, in_german) in [
        (vec![OnTarget::Missed, OnTarget::NoTarget], "In July 2026, the one KPI with a target did not meet it.", "ihr Ziel nicht erreicht."),
        (vec![OnTarget::Met, OnTarget::NoTarget], "In July 2026, the one KPI with a target met it.", "ihr Ziel erreicht."),
        (vec![OnTarget::Unknown, OnTarget::NoTarget], "In July 2026, no KPI could be held against its target.", "an ihrem Ziel messen."),
        (vec![OnTarget::NotJudged, OnTarget::Unknown], "In July 2026, no KPI could be held against its target.", "an ihrem Ziel messen."),
        (vec![OnTarget::Missed, OnTarget::Unknown], "In July 2026, 0 of the 2 KPIs with a target met it.", "0 von 2 Kennzahlen"),
    ] {
        let statuses: Vec<_> = statuses.into_iter().map(|status| (status, few)).collect();
        let text = summary(&english, &statuses);
        assert!(text.starts_with(told), "{statuses:?}: {text}");
        let text = summary(&german, &statuses);
        assert!(text.contains(in_german), "{statuses:?}: {text}");
    }
}

#[test]
fn what_is_not_judged_is_in_no_usual_range() {
    let system = firm("");
    let of = |signals: [SignalStatus; 2]| summary(&system, &signals.map(|signal| (OnTarget::NoTarget, signal)));
    let usual = "No movement is a signal; what moved is within its usual range.";
    assert!(of([SignalStatus::Noise, SignalStatus::NotJudged]).contains(usual));
    for signals in [[SignalStatus::NotJudged; 2], [SignalStatus::NotJudged, SignalStatus::Unknown], [SignalStatus::NotJudged, SignalStatus::TooFewPoints]] {
        let text = of(signals);
        assert!(!text.contains("usual range") && text.contains("Signal and noise can be told apart for no KPI."), "{signals:?}: {text}");
    }
    assert!(of([SignalStatus::TooFewPoints; 2]).contains("There are too few points to tell signal from noise."));
}

#[test]
fn a_comment_written_after_a_month_stands_in_its_report() {
    let system = firm("");
    let journal = "{journal: 1, comments: [
        {kpi: leads, period: 2026-07, by: ana, on: 2026-08-04, text: The fair was good, figure: '27'},
        {kpi: calls, period: 2026-07, by: ana, on: 2026-08-04, text: Phones were down, figure: '25'},
        {kpi: leads, period: 2026-07, by: ana, on: 2026-10-04, text: Nobody knew}]}";
    // In September July is no longer the latest month; what was said in October is not known yet.
    let report = with(on(&system, "2026-09-10"), journal).report(Some("2026-07")).unwrap();
    let all: String = report.sections.iter().map(|of| section(&report, of.section)).collect::<Vec<_>>().join("\n");
    assert!(all.contains("Ana on 2026-08-04: “The fair was good.”"), "{all}");
    assert!(all.contains("“Phones were down.” The figure was 25 when this was written, and is 27 now."), "{all}");
    assert!(!all.contains("Nobody knew"), "{all}");
    // Actions stay as they stood at the end of the month.
    let journal = "{journal: 1, actions: {form: {what: Mend the form, owner: ana, opened_on: 2026-08-03, due: 2026-08-20}}}";
    let report = with(on(&system, "2026-09-10"), journal).report(Some("2026-07")).unwrap();
    assert!(!section(&report, Section::Actions).contains("Mend the form"));
}

#[test]
fn what_escalates_is_not_denied_where_its_kpi_is_left_out() {
    let more = "plan: { targets: { leads: [ { from: 2026-01, to: 2026-12, value: 100 } ] } }
escalation: [ { when: off_target, to: operator } ]
report: { kpis: [calls], sections: [summary, decisions] }";
    let report = on(&firm(more), "2026-08-10").report(None).unwrap();
    let text = section(&report, Section::Decisions);
    assert_eq!(text, "Every decision that is written down is settled.");
    let calm = more.replace("value: 100", "value: 1");
    assert!(section(&on(&firm(&calm), "2026-08-10").report(None).unwrap(), Section::Decisions).starts_with("Nothing escalates beyond its owner"));
    // The same of what goes to the executive.
    let needs = more.replace("to: operator", "to: executive").replace("decisions]", "needs]");
    let text = section(&on(&firm(&needs), "2026-08-10").report(None).unwrap(), Section::Needs);
    assert_eq!(text, "No question about the KPIs of this report is unanswered.");
}

const BUDGET: &str = "plan: { budget: { period: 2026-Q2, amount: 900 EUR, lines: { ads: { amount: 900 EUR } } } }
report: { sections: [summary, budget] }";

#[test]
fn a_budget_that_does_not_run_is_not_told_as_one() {
    let system = firm(BUDGET);
    let report = on(&system, "2026-06-15").report(None).unwrap();
    assert!(section(&report, Section::Budget).starts_with("The budget for"));
    for as_of in ["2026-03-31", "2026-07-01"] {
        let snapshot = on(&system, as_of);
        assert!(snapshot.budget(None).is_ok(), "who asks for it is told");
        let report = snapshot.report(None).unwrap();
        assert_eq!(section(&report, Section::Budget), "No budget of the plan runs at present.");
        assert!(snapshot.agenda(Cadence::Monthly).ahead.is_empty());
        assert_eq!(snapshot.planning(None).unwrap().budget.period, None);
    }
    let none = on(&firm("report: { sections: [summary, budget] }"), "2026-07-01").report(None).unwrap();
    assert_eq!(section(&none, Section::Budget), "The plan has no budget.");
}
