//! A pack worked by hand, on a small firm with two years of quarters.

use super::{CandidateMethod, DecisionDue, PlanningPack, TargetProposal};
use crate::{Facts, Snapshot, Source, System};

/// Leads and their cost, quarter by quarter from 2024; calls come by channel. `more` goes into the system.
fn firm(more: &str) -> System {
    let text = format!(
        "
marketingos: 1
name: Small firm
people: {{ ana: Ana, ben: Ben }}
operator: ben
brand:
  strategy:
    owner: ana
    decisions:
      position: {{ statement: We are quick., status: settled, settled_on: 2025-06-30, review_months: 9 }}
      name: {{ statement: Our name, status: reopened }}
      colour: {{ statement: Blue, status: settled, settled_on: 2025-12-01, review_months: 12 }}
channels: {{ web: {{ kind: owned, owner: ana }}, fair: {{ kind: paid, owner: ana }} }}
lessons:
  price: {{ outcome: They asked for the price, outcome_on: 2025-11-03, lesson: Show the price, owner: ana }}
  pages: {{ outcome: Nobody read them, outcome_on: 2025-05-05, lesson: Fewer pages, proposal: {{ on: 2025-05-06, decision: position, change: Say less }}, answer: {{ refused_on: 2025-12-01, reason: They do read }} }}
sources:
  calls: {{ date: day, dimensions: [channel], measures: [n], rows: events, recorded_from: 2024-01-01, recorded_until: as_of }}
  spend: {{ date: day, measures: [amount], rows: events, recorded_from: 2024-01-01, recorded_until: as_of }}
measures: {{ ads_spend: {{ sum: spend.amount, unit: EUR }} }}
kpis:
  calls: {{ name: Calls, unit: count of calls, direction: higher, owner: ana, sum: calls.n }}
  cost: {{ name: Cost, unit: EUR, direction: lower, sum: spend.amount }}
  shape: {{ name: Shape, unit: EUR, direction: band, owner: ana, sum: spend.amount }}
  silent: {{ name: Silent, unit: EUR, direction: none, owner: ana, sum: spend.amount }}
{more}"
    );
    let (system, findings) = System::parse(&[Source::new("system.yaml", &text)]).unwrap();
    assert!(findings.is_empty(), "{findings:?}");
    system
}

/// 100, 120, 100, 120 and 110, 130, 110, 130 calls, of which 30 by the fair each quarter; 1,000 EUR each.
fn snapshot(system: &System) -> Snapshot {
    let calls = [100, 120, 100, 120, 110, 130, 110, 130].into_iter().enumerate();
    let day = |at: usize| format!("{}-{:02}-01", 2024 + at / 4, at % 4 * 3 + 1);
    let calls: String = calls.map(|(at, n)| format!("{},web,{}\n{},fair,30\n", day(at), n - 30, day(at))).collect();
    let spend: String = (0..8).map(|at| format!("{},1000\n", day(at))).collect();
    let facts = Facts::builder(system).csv("calls", format!("day,channel,n\n{calls}")).csv("spend", format!("day,amount\n{spend}")).build().unwrap();
    system.snapshot(&facts, "2025-12-31".parse().unwrap())
}

fn texts(proposal: &TargetProposal) -> Vec<(CandidateMethod, &str)> {
    proposal.candidates.iter().map(|candidate| (candidate.method, candidate.value.text.as_str())).collect()
}

fn pack(more: &str) -> PlanningPack {
    snapshot(&firm(more)).planning(None).unwrap()
}

const PLAN: &str = "
plan:
  targets: { calls: { from: 2026-Q1, to: 2026-Q4, value: 125, set_by: ana }, cost: { period: 2025-Q4, value: 900, set_by: ana } }
  budget:
    period: 2025
    amount: 5_000 EUR
    lines: { fair: { name: Fairs, channel: fair, amount: 3_000 EUR, spent: ads_spend }, page: { name: Page, channel: web, amount: 1_000 EUR }, rest: { amount: 1_000 EUR } }
";

#[test]
fn targets_are_proposed_with_their_basis() {
    let pack = pack(PLAN);
    assert_eq!((pack.quarter.label.as_str(), pack.over.label.as_str()), ("2026-Q1", "2025-Q4"));
    let calls = &pack.proposals[0];
    // The mean of the eight is 115; 2025-Q1 had 110; 480 ÷ 440 = 12 ÷ 11 of growth makes 120 of them.
    let expected = [
        (CandidateMethod::ProcessMean, "115"),
        (CandidateMethod::PriorYear, "110"),
        (CandidateMethod::PriorYearGrown, "120"),
        (CandidateMethod::Forecast, "(missing)"),
        (CandidateMethod::InForce, "125"),
    ];
    assert_eq!(texts(calls), expected);
    let met: Vec<Option<(usize, usize)>> = calls.candidates.iter().map(|candidate| candidate.met.map(|met| (met.met, met.of))).collect();
    assert_eq!(met, [Some((4, 8)), Some((6, 8)), Some((4, 8)), None, Some((2, 8))]);
    let grown: Vec<(&str, &str)> = calls.candidates[2].rests_on.iter().map(|on| (on.what.as_str(), on.value.text.as_str())).collect();
    assert_eq!(grown, [("2025-Q1", "110"), ("2025-Q1 to 2025-Q4", "480"), ("2024-Q1 to 2024-Q4", "440"), ("growth", "109.1%")]);
    assert_eq!(calls.candidates[3].value.value.cause(), "forecasts end with the running quarter, 2025-Q4");
    // More is better, so that the target in force is the better one.
    let proposed = calls.proposed.as_ref().unwrap();
    assert_eq!((proposed.method, proposed.value.text.as_str()), (CandidateMethod::InForce, "125"));
    assert_eq!(calls.why, "The target in force asks for at least as much as the process brings. 2 of the last 8 quarters that are known would have met it.");
    // Less is better: 900 is the better one, which no quarter has reached.
    let cost = &pack.proposals[1];
    assert_eq!(cost.proposed.as_ref().unwrap().value.text, "EUR 900");
    assert!(cost.why.ends_with("None of the last 8 quarters that are known would have met it."), "{}", cost.why);
    assert_eq!((pack.proposals[2].proposed.is_none(), pack.proposals[2].why.starts_with("A band is for people")), (true, true));
    assert_eq!((pack.proposals[3].proposed.is_none(), pack.proposals[3].candidates.is_empty()), (true, true));
}

#[test]
fn without_a_target_it_is_the_process_and_without_a_past_nothing() {
    let unplanned = pack("");
    let proposed = unplanned.proposals[0].proposed.as_ref().unwrap();
    assert_eq!((proposed.method, proposed.value.text.as_str(), proposed.met.met), (CandidateMethod::ProcessMean, "115", 4));
    let system = firm(PLAN);
    let empty = system.snapshot(&Facts::builder(&system).build().unwrap(), "2025-12-31".parse().unwrap()).planning(None).unwrap();
    assert!(empty.proposals.iter().all(|proposal| proposal.proposed.is_none()));
    assert_eq!(empty.proposals[0].why, "No past quarter has a figure that is like those to come, so that there is nothing to rest on.");
    assert_eq!(empty.targets_yaml, "");
}

#[test]
fn what_is_proposed_can_be_pasted_and_is_a_proposal() {
    let unplanned = pack("");
    assert_eq!(
        unplanned.targets_yaml,
        "plan:\n  targets:\n    calls:\n      - { period: 2026-Q1, value: 115, status: proposed, set_on: 2025-12-31 }\n    cost:\n      - { period: 2026-Q1, value: 1000, status: proposed, set_on: 2025-12-31 }\n"
    );
    let again = pack(&unplanned.targets_yaml);
    assert_eq!(again.proposals[0].candidates[4].value.text, "115");
    assert_eq!(again.kpi_set.kpis[0].missing, ["the target is not agreed"]);
}

#[test]
fn what_is_learnt_is_told() {
    let pack = pack(PLAN);
    let learnt = &pack.learnt;
    let ids = |lessons: &[super::LessonLearnt]| lessons.iter().map(|lesson| lesson.lesson.to_string()).collect::<Vec<_>>();
    assert_eq!((ids(&learnt.open), ids(&learnt.answered)), (vec!["price".to_owned()], vec!["pages".to_owned()]));
    // Nine months after 30 June 2025 is 30 March 2026, within the quarter to plan; a year after December is not.
    let decisions: Vec<_> =
        learnt.decisions.iter().map(|decision| (decision.decision.as_str(), decision.why, decision.due.map(|due| due.to_string()))).collect();
    assert_eq!(decisions, [("position", DecisionDue::ReviewDue, Some("2026-03-30".to_owned())), ("name", DecisionDue::Reopened, None)]);
    assert!(learnt.stale.is_empty() && learnt.signals.is_empty());
}

#[test]
fn allocations_and_the_kpi_set_say_what_is_missing() {
    let pack = pack(PLAN);
    let lines: Vec<_> = pack.budget.lines.iter().map(|line| [&line.allocated, &line.share, &line.spent].map(|figure| figure.text.as_str())).collect();
    assert_eq!(lines, [["EUR 3,000", "60.0%", "EUR 4,000"], ["EUR 1,000", "20.0%", "(missing)"], ["EUR 1,000", "20.0%", "(missing)"]]);
    let brought: Vec<_> = pack.budget.lines[0].brought.iter().map(|brought| (brought.name.as_str(), brought.actual.text.as_str())).collect();
    assert_eq!(brought, [("Calls", "30")], "costs are not told by channel");
    assert_eq!(pack.budget.lines[2].not_told, "the line names no channel");
    let missing: Vec<Vec<String>> = pack.kpi_set.kpis.iter().map(|kpi| kpi.missing.clone()).collect();
    assert_eq!(missing, [vec![], vec!["no owner".to_owned()], vec!["no target".to_owned()], vec!["no target".to_owned()]]);
    assert_eq!((pack.kpi_set.ready, pack.kpi_set.is_too_long, pack.kpi_set.text.as_str()), (1, false, "1 of the 4 KPIs can be confirmed as they are."));
}

#[test]
fn a_part_of_a_longer_target_is_rounded_and_a_written_one_is_not() {
    let in_force = |targets: &str| {
        let pack = pack(&format!("plan: {{ targets: {{ calls: {targets} }} }}"));
        let found = pack.proposals[0].candidates.iter().find(|candidate| candidate.method == CandidateMethod::InForce).unwrap();
        (found.value.value.number().unwrap().to_string(), found.basis.clone())
    };
    // 100 × 90 ÷ 365 = 24.66 calls.
    assert_eq!(in_force("{ period: 2026, value: 100 }"), ("25".to_owned(), "What the target in force asks for in 2026-Q1.".to_owned()));
    assert_eq!(in_force("{ period: 2026-Q1, value: 12345 }"), ("12345".to_owned(), "The target for 2026-Q1 as it is written.".to_owned()));
    assert_eq!(in_force("{ from: 2026-01, to: 2026-12, value: 4115 }").0, "12345");
}

#[test]
fn a_kpi_is_used_in_the_report_that_tells_of_it() {
    let used = |more: &str| pack(more).kpi_set.kpis.iter().map(|kpi| kpi.used_in.iter().any(|place| place == "report")).collect::<Vec<_>>();
    assert_eq!(used(""), [true; 4], "no template says all");
    assert_eq!(used("report: { sections: [summary, plan] }"), [false; 4]);
    assert_eq!(used("report: { kpis: [calls] }"), [true, false, false, false]);
    let sections = "report: { kpis: [calls], sections: [ { section: scorecard, kpis: [cost] }, { section: plan, kpis: [shape] } ] }";
    assert_eq!(used(sections), [false, true, false, false]);
}

#[test]
fn a_quarter_is_asked_for_by_name() {
    let snapshot = snapshot(&firm(""));
    for (name, told) in [("2025-Q3", "2025-Q3 is over on 2025-12-31, and cannot be planned"), ("2026-01", "`2026-01` is not a quarter")] {
        let error = snapshot.planning(Some(name)).unwrap_err();
        assert_eq!((error.code().as_str(), error.message()), ("MOS-Q026", told));
    }
    assert_eq!(snapshot.planning(Some("soon")).unwrap_err().code().as_str(), "MOS-Q003");
    assert_eq!(snapshot.planning(Some("2026-Q3")).unwrap().quarter.label, "2026-Q3");
    // The running quarter is over with its last day, so that its landing is its figure.
    let running = snapshot.planning(Some("2025-Q4")).unwrap();
    assert_eq!(running.proposals[0].candidates[3].value.text, "130");
}

#[test]
fn the_pack_is_written_with_all_text_escaped() {
    let hostile = PLAN.replace("name: Fairs", "name: '<b>| fairs'");
    let text = pack(&hostile).to_markdown();
    for part in [
        "# Planning 2026-Q1\n",
        "## Results against plan\n",
        "- **Open loop**: Show the price",
        "| \\<b\\>\\| fairs | nobody | EUR 3,000 |",
        "- **Calls**\n  - **125 proposed**. ",
        "      calls:\n",
    ] {
        assert!(text.contains(part), "{part} is not in\n{text}");
    }
    assert!(!text.contains("<b>"));
}
