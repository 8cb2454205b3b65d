//! Every kind of trigger on a small firm, worked by hand: a case that fires, one that does not, and
//! one without data.

use std::sync::Arc;

use super::{Escalation, EscalationState};
use crate::base::date::Date;
use crate::model::escalation::Rung;
use crate::{Cadence, Facts, Journal, Snapshot, Source, System};

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// A firm with leads and what it spends, a plan of 300 leads a quarter, 3,650 EUR a year.
fn firm(triggers: &str, more: &str) -> System {
    let text = format!(
        "
marketingos: 1
name: Small firm
people: {{ ana: Ana, ben: Ben, eva: Eva }}
operator: ben
executive: eva
channels: {{ fair: {{ kind: paid, owner: {{ person: ana, to: 2026-02-28 }} }}, web: {{ kind: owned, owner: ana }}, radio: {{ kind: paid }} }}
sources:
  leads: {{ date: created, measures: [n], rows: events, recorded_from: 2026-01-01, recorded_until: as_of }}
  spend: {{ date: day, measures: [amount], rows: events, recorded_from: 2026-01-01, recorded_until: as_of }}
measures: {{ ads_spend: {{ sum: spend.amount, unit: EUR }} }}
kpis:
  leads: {{ name: New leads, unit: count of leads, direction: higher, owner: ana, sum: leads.n }}
  cost: {{ name: Cost, unit: EUR, direction: lower, owner: {{ person: ana, from: 2026-01-01, to: 2026-03-10 }}, sum: spend.amount }}
plan:
  targets: {{ leads: [ {{ from: 2026-01, to: 2026-12, value: 31 }} ] }}
  budget:
    period: 2026
    amount: 3_650 EUR
    lines:
      ads: {{ name: Search ads, owner: ana, amount: 2_920 EUR, spent: ads_spend, committed: {{ on: 2026-03-05, amount: 900 EUR, what: Fair stand }} }}
      reserve: {{ amount: 730 EUR }}
reviews:
  standup: {{ name: stand-up, cadence: weekly, day: Monday, from: 2026-01-01, held_by: ana, escalates_to: eva }}
rhythm: {{ report: {{ cadence: monthly on the 5th, from: 2026-01-01 }} }}
escalation: [ {triggers} ]
{more}"
    );
    let (system, _) = System::parse(&[Source::new("system.yaml", &text)]).unwrap();
    system
}

fn on(system: &System, leads: &str, spend: &str, as_of: &str) -> Snapshot {
    let facts = Facts::builder(system).csv("leads", format!("created,n\n{leads}")).csv("spend", format!("day,amount\n{spend}")).build().unwrap();
    system.snapshot(&facts, day(as_of))
}

fn with(snapshot: Snapshot, journal: &str) -> Snapshot {
    let (journal, _) = Journal::parse(&[Source::new("journal.yaml", journal)], snapshot.system()).unwrap();
    snapshot.with_journal(Arc::new(journal))
}

fn keys(escalations: &[Escalation]) -> Vec<&str> {
    escalations.iter().map(|escalation| escalation.key.as_str()).collect()
}

#[test]
fn off_target_is_raised_when_the_last_period_asked_for_is_known() {
    let system = firm("{ when: off_target, by: 10 %, periods: 2, to: owner, climbs_after: 10 }", "");
    // 27 of 31 lack 13 %, 28 lack 9.7 %: January and February are off by more than 10 %, December has no data.
    let leads = "2026-01-05,27\n2026-02-05,20\n2026-03-05,28\n";
    let found = on(&system, leads, "", "2026-03-15").escalations();
    assert_eq!(keys(&found), ["kpi:leads"]);
    let reason = &found[0].reasons[0];
    assert_eq!((reason.since_text().as_str(), reason.since_on, reason.raised_on), ("2026-01", Some(day("2026-01-01")), Some(day("2026-02-28"))));
    // 15 days after the end of February it has climbed once.
    assert_eq!((found[0].days, found[0].climbed, found[0].started, found[0].to), (Some(15), 1, Rung::Owner, Rung::Operator));
    assert_eq!((found[0].person.as_deref(), reason.lasting.as_str()), (Some("Ben"), "2 months in a row"));
    assert_eq!(reason.why, "It has missed its target by more than 10% for 2 months in a row.");
    // March is off by less; and one month is not two.
    assert!(on(&system, leads, "", "2026-03-31").escalations().is_empty());
    assert!(on(&system, leads, "", "2026-02-27").escalations().is_empty());
}

#[test]
fn no_value_is_raised_on_the_day_on_which_it_should_have_been_there() {
    let system = firm("{ when: no_value, to: owner, kpis: leads }", "");
    assert!(on(&system, "2026-01-05,27\n", "", "2026-02-28").escalations().is_empty());
    let facts = Facts::builder(&system).csv("spend", "day,amount\n2026-01-05,1\n").build().unwrap();
    let found = system.snapshot(&facts, day("2026-02-28")).escalations();
    // Without any data it lasts since recording began; the cost is not asked for.
    assert_eq!((keys(&found), found[0].reasons[0].lasting.as_str()), (vec!["kpi:leads"], "2 months in a row"));
    assert_eq!((found[0].reasons[0].since_text().as_str(), found[0].reasons[0].raised_on), ("2026-01", Some(day("2026-01-31"))));
}

#[test]
fn a_new_kpi_has_no_value_since_it_is_recorded_and_no_longer() {
    let text = |recorded: &str| {
        format!(
            "
marketingos: 1
name: Small firm
people: {{ ana: Ana, eva: Eva }}
operator: ana
executive: eva
sources: {{ leads: {{ date: created, rows: daily, measures: [n]{recorded} }} }}
kpis: {{ leads: {{ name: New leads, unit: count of leads, direction: higher, owner: ana, sum: leads.n }} }}
escalation: [ {{ when: no_value, to: owner, climbs_after: 20 }} ]
"
        )
    };
    let on = |recorded: &str, rows: &str, as_of: &str| {
        let (system, _) = System::parse(&[Source::new("system.yaml", &text(recorded))]).unwrap();
        let mut facts = Facts::builder(&system);
        if !rows.is_empty() {
            facts = facts.csv("leads", format!("created,n\n{rows}"));
        }
        system.snapshot(&facts.build().unwrap(), day(as_of)).escalations()
    };
    let from = ", recorded_from: 2026-01-15, recorded_until: as_of";
    // Recording began within January, of which nothing is due; February is the first whole month.
    assert!(on(from, "", "2026-02-27").is_empty());
    let found = on(from, "", "2026-03-10");
    let reason = &found[0].reasons[0];
    assert_eq!((reason.why.as_str(), reason.raised_on), ("It has had no value for 1 month.", Some(day("2026-02-28"))));
    assert_eq!((found[0].days, found[0].to), (Some(10), Rung::Owner));
    // By rows alone: the first is of 20 January, and there is none of February.
    let found = on("", "2026-01-20,3\n", "2026-03-10");
    assert_eq!((found[0].reasons[0].lasting.as_str(), found[0].to), ("1 month", Rung::Owner));
    // Nobody knows since when it should have been there.
    let found = on("", "", "2026-03-10");
    let reason = &found[0].reasons[0];
    assert_eq!((reason.why.as_str(), reason.since_on, reason.raised_on), ("It has never had a value.", None, None));
    assert_eq!((found[0].days, found[0].to), (None, Rung::Owner));
}

#[test]
fn pace_counts_days_behind_the_phasing() {
    let system = firm("{ when: pace, by: 20 %, days: 3, to: owner }", "");
    // One lead a day is planned. 9 on the first, then nothing: on 11 March 9 of 11 are there, which lacks
    // 18 %; on 12 March 9 of 12 lack 25 %, so that 14 March is the third day.
    let leads = "2026-03-01,9\n2026-03-16,20\n";
    let on = |as_of: &str| on(&system, leads, "", as_of).escalations();
    assert!(on("2026-03-11").is_empty());
    assert!(on("2026-03-13").is_empty(), "two days");
    let found = on("2026-03-15");
    let reason = &found[0].reasons[0];
    assert_eq!(
        (keys(&found), reason.since_on, reason.raised_on, found[0].days),
        (vec!["kpi:leads"], Some(day("2026-03-12")), Some(day("2026-03-14")), Some(1))
    );
    assert_eq!(reason.why, "In March 2026 it is behind its plan by more than 20%: 9 by 2026-03-15, where 15 was expected, for 4 days.");
    assert!(on("2026-03-16").is_empty(), "29 of 16");
}

#[test]
fn pace_is_not_told_without_a_target_or_data() {
    let system = firm("{ when: pace, to: owner }", "");
    assert!(on(&system, "", "2026-03-01,1000\n", "2026-03-10").escalations().iter().all(|found| found.key == "kpi:leads"));
    let facts = Facts::builder(&system).build().unwrap();
    assert!(system.snapshot(&facts, day("2026-03-10")).escalations().is_empty());
}

#[test]
fn a_budget_line_is_over_when_more_is_spent_than_was_planned_to_date() {
    let system = firm("{ when: budget_overrun, by: 10 %, to: owner }", "");
    // Search ads are planned at 8 EUR a day: 240 to 30 January. 265 spent on the 20th are over 264 until then.
    let spend = "2026-01-20,265\n";
    let found = on(&system, "", spend, "2026-01-30").escalations();
    assert_eq!(keys(&found), ["budget:ads"], "what the reserve cost is not known, so that the total is not");
    assert_eq!((found[0].reasons[0].since_on, found[0].person.as_deref(), found[0].days), (Some(day("2026-01-20")), Some("Ana"), Some(10)));
    assert_eq!(found[0].text, "EUR 265 spent by 2026-01-30, where EUR 240 was planned, of EUR 2,920 for 2026.");
    // On the 31st 248 × 1.1 = 272.8 are allowed.
    assert!(on(&system, "", spend, "2026-01-31").escalations().is_empty());
    // Without spending that is known there is nothing to tell.
    let facts = Facts::builder(&system).build().unwrap();
    assert!(system.snapshot(&facts, day("2026-01-30")).escalations().is_empty());
}

#[test]
fn a_budget_line_is_over_when_more_is_ordered_than_there_is() {
    let system = firm("{ when: budget_overrun, to: owner }", "");
    // 900 are ordered on 5 March; with 8 EUR a day, 2,024 are spent by 10 September, 2,920 − 900 = 2,020.
    let first = day("2026-01-01");
    let spend: String = (0..253).map(|at| format!("{},8\n", first.plus_days(at))).collect();
    assert!(on(&system, "", &spend, "2026-09-09").escalations().is_empty());
    let found = on(&system, "", &spend, "2026-09-10").escalations();
    assert_eq!((keys(&found), found[0].reasons[0].why.as_str()), (vec!["budget:ads"], "More is spent and ordered than there is."));
}

#[test]
fn what_nobody_answers_for_is_raised_since_somebody_left() {
    let system = firm("{ when: unowned, to: owner, climbs_after: 7 }", "");
    let found = on(&system, "", "", "2026-03-10").escalations();
    // Ana answered for the fair until February; nobody ever did for the radio; she does for the cost today.
    assert_eq!(keys(&found), ["channel:fair", "channel:radio"]);
    assert_eq!(
        (found[0].reasons[0].since_on, found[0].days, found[0].to, found[0].person.as_deref()),
        (Some(day("2026-03-01")), Some(9), Rung::Operator, Some("Ben"))
    );
    assert_eq!((found[1].reasons[0].since_on, found[1].days, found[1].to, found[1].person.as_deref()), (None, None, Rung::Owner, Some("Ben")));
    assert_eq!(found[1].text, "Radio: nobody answers for the channel on 2026-03-10.");
    let cost = on(&system, "", "", "2026-03-11").escalations();
    assert_eq!(keys(&cost), ["channel:fair", "kpi:cost", "channel:radio"]);
}

#[test]
fn an_action_is_overdue_after_its_deadline() {
    let system = firm("{ when: overdue, days: 3, to: owner, climbs_after: 5 }", "");
    let journal = "{journal: 1, actions: {
        form: {what: Mend the form, owner: ana, opened_on: 2026-03-01, due: 2026-03-06, moved: [{on: 2026-03-05, to: 2026-03-10, reason: Away}]},
        page: {what: Write the page, owner: ben, opened_on: 2026-03-01, due: 2026-03-06, done_on: 2026-03-16}}}";
    let on = |as_of: &str| with(on(&system, "", "", as_of), journal).escalations();
    // The page is late from 7 March, and later than three days from 10 March; the form from 14 March.
    assert!(on("2026-03-09").is_empty());
    assert_eq!(keys(&on("2026-03-10")), ["action:page"]);
    let both = on("2026-03-15");
    assert_eq!(keys(&both), ["action:page", "action:form"], "the page has climbed for five days");
    assert_eq!((both[0].to, both[0].days, both[1].to, both[1].days), (Rung::Operator, Some(5), Rung::Owner, Some(1)));
    assert_eq!(both[1].reasons[0].why, "It was due on 2026-03-10, 5 days ago.");
    assert_eq!(both[1].text, "Due on 2026-03-10, and not done by 2026-03-15.");
    assert_eq!(keys(&on("2026-03-16")), ["action:form"], "the page is done");
}

/// 2 March 2026 is a Monday.
#[test]
fn a_review_is_overdue_until_it_is_held_again() {
    let system = firm("{ when: overdue, days: 2, to: owner, climbs_after: 7 }", "");
    let on = |as_of: &str, journal: &str| with(on(&system, "", "", as_of), journal).escalations();
    let held =
        "{journal: 1, minutes: [{review: standup, held_on: 2026-02-23, as_of: 2026-02-23, snapshot: 0123456789ab}], done: [{what: report, on: 2026-02-05}]}";
    // Nothing is known of times before the journal was kept, and without one of any time.
    assert!(on("2026-03-31", "journal: 1").is_empty());
    assert!(on("2026-03-04", held).is_empty(), "two days late is not later than two");
    let first = on("2026-03-05", held);
    assert_eq!((keys(&first), first[0].name.as_str(), first[0].person.as_deref()), (vec!["review:standup"], "Stand-up", Some("Ana")));
    assert_eq!((first[0].days, first[0].reasons[0].why.as_str()), (Some(0), "It was due on 2026-03-02, 3 days ago."));
    // A week later it was due twice, has climbed, and the report of 5 March is late as well; Ben sees to that.
    let both = on("2026-03-12", held);
    assert_eq!(keys(&both), ["review:standup", "component:report"]);
    assert_eq!((both[0].to, both[0].person.as_deref(), both[1].person.as_deref()), (Rung::Operator, Some("Ben"), Some("Ben")));
    assert_eq!(both[0].reasons[0].why, "It was due 2 times since 2026-03-02, 10 days ago.");
    // Held again on the 9th: what was due before is not made up for, and not overdue.
    let again = held.replace("], done", ", {review: standup, held_on: 2026-03-09, as_of: 2026-03-09, snapshot: 0123456789ab}], done");
    assert_eq!(keys(&on("2026-03-12", &again)), ["component:report"]);
    // Left out on purpose, it is not late, and what was late before still is.
    let skipped = held.replace("], done", "], skipped: [{what: standup, due: 2026-03-09, on: 2026-03-09, reason: fair}], done");
    assert_eq!(on("2026-03-12", &skipped)[0].reasons[0].why, "It was due on 2026-03-02, 10 days ago.");
}

/// 13 July 2026 is a Monday; 400 days before 1 June 2027 is 27 April 2026.
#[test]
fn what_is_late_for_long_counts_from_the_first_day_that_is_known() {
    let system = firm("{ when: overdue, days: 2, to: owner, climbs_after: 366 }", "");
    let on = |as_of: &str, journal: &str| with(on(&system, "", "", as_of), journal).escalations();
    let held = |more: &str| format!("{{journal: 1, minutes: [{{review: standup, held_on: 2026-07-13, as_of: 2026-07-13, snapshot: 0123456789ab}}]{more}}}");
    let of = |found: &[Escalation], key: &str| {
        let found = found.iter().find(|found| found.key == key).unwrap();
        (found.reasons[0].raised_on, found.days, found.to)
    };
    let found = on("2027-06-01", &held(", done: [{what: report, on: 2026-02-05}]"));
    // The stand-up was held within the days that are looked at, and not again: since then is known.
    assert_eq!(of(&found, "review:standup"), (Some(day("2026-07-23")), Some(313), Rung::Owner));
    // The report may have been late before 5 May 2026; what is known of it are 389 days.
    assert_eq!(of(&found, "component:report"), (None, Some(389), Rung::Operator));
    // Nobody kept a journal before July: the report of August is the first that is late.
    let found = on("2027-06-20", &held(""));
    assert_eq!(of(&found, "component:report"), (Some(day("2026-08-08")), Some(316), Rung::Owner));
}

#[test]
fn what_is_acknowledged_comes_last_and_is_raised_again_when_it_becomes_worse() {
    let system = firm("{ when: off_target, to: owner, quiet_days: 30 }, { when: pace, by: 50 %, to: operator }, { when: unowned, to: owner }", "");
    let journal = "{journal: 1, acknowledgements: [{what: 'kpi:leads', by: ana, on: 2026-02-03, note: The form was broken}]}";
    // January is off; February goes well at first: 15 of 28 by the 10th.
    let leads = "2026-01-05,27\n2026-02-02,15\n";
    let snapshot = |as_of: &str| with(on(&system, leads, "", as_of), journal);
    let found = snapshot("2026-02-10").escalations();
    assert_eq!(keys(&found), ["channel:radio", "kpi:leads"]);
    assert_eq!((found[1].state, found[1].person.as_deref()), (EscalationState::Quiet, Some("Ana")));
    let said = found[1].acknowledged.as_ref().unwrap();
    assert_eq!((said.by.as_str(), said.until, said.note.as_str()), ("Ana", Some(day("2026-03-04")), "The form was broken"));
    // By 4 March February is off as well, which is the same again; March stands at 0 of 4, which is not.
    let worse = &snapshot("2026-03-04").escalations()[0];
    assert_eq!((worse.key.as_str(), worse.state, worse.to), ("kpi:leads", EscalationState::Raised, Rung::Operator));
    assert!(worse.worse.as_deref().unwrap().starts_with("It has become worse since it was acknowledged. In March 2026 it is behind its plan"));
    // Through the 30th day it is quiet, and raised again the day after.
    let plain = firm("{ when: off_target, to: owner, quiet_days: 30 }", "");
    let state = |as_of: &str| with(on(&plain, leads, "", as_of), journal).escalations()[0].state;
    assert_eq!(
        ["2026-02-02", "2026-02-03", "2026-03-04", "2026-03-05"].map(state),
        [EscalationState::Raised, EscalationState::Quiet, EscalationState::Quiet, EscalationState::Raised]
    );
    let lasting = firm("{ when: off_target, to: owner }", "");
    assert_eq!(with(on(&lasting, leads, "", "2026-03-05"), journal).escalations()[0].state, EscalationState::Acknowledged);
}

#[test]
fn an_action_is_on_an_agenda_once() {
    let system = firm("{ when: overdue, to: owner }, { when: unowned, to: owner }", "");
    let journal = "{journal: 1, actions: {form: {what: Mend the form, owner: ana, opened_on: 2026-01-02, due: 2026-01-20}}}";
    let snapshot = with(on(&system, "", "", "2026-01-30"), journal);
    assert_eq!(keys(&snapshot.escalations()), ["action:form", "channel:radio"]);
    let agenda = snapshot.agenda(Cadence::Weekly);
    assert_eq!((keys(&agenda.others), agenda.actions.len()), (vec!["channel:radio"], 1));
    assert_eq!(agenda.to_text(crate::TextStyle::default()).matches("Mend the form").count(), 1);
}

/// What is about no KPI is on the agenda all the same, once, and what somebody acknowledged is not.
#[test]
fn agendas_tell_all_that_is_raised() {
    let system = firm("{ when: budget_overrun, by: 10 %, to: owner }, { when: unowned, to: owner }", "");
    let snapshot = on(&system, "", "2026-01-20,265\n", "2026-01-30");
    let agenda = snapshot.agenda(Cadence::Monthly);
    assert_eq!(keys(&agenda.others), ["budget:ads", "channel:radio"]);
    assert!(agenda.ahead.iter().all(|note| note.id.as_str() != "ads"), "{:?}", agenda.ahead);
    let text = agenda.to_text(crate::TextStyle::default());
    assert!(text.contains("Search ads\n  EUR 265 spent by 2026-01-30, where EUR 240 was planned, of EUR 2,920 for 2026.\n  To Ana (owner)\n"), "{text}");
    let said =
        with(snapshot, "{journal: 1, acknowledgements: [{what: 'channel:radio', by: ana, on: 2026-01-30}, {what: 'budget:2026', by: ana, on: 2026-01-30}]}");
    assert_eq!(keys(&said.agenda(Cadence::Weekly).others), ["budget:ads"]);
}

#[test]
fn triggers_that_make_no_sense_are_told() {
    let parse = |trigger: &str| System::parse(&[Source::new("system.yaml", &format!("{{marketingos: 1, name: A, escalation: [{trigger}]}}"))]);
    for (trigger, told) in [
        ("{ when: budget_overrun, to: executive, climbs_after: 3 }", "MOS-M045"),
        ("{ when: unowned, to: owner, by: 10 % }", "MOS-M001"),
        ("{ when: overdue, to: owner, each: week }", "MOS-M001"),
        ("{ when: overdue, to: owner, days: 367 }", "MOS-M004"),
        ("{ when: pace, to: owner, kpis: [leads] }", "MOS-M006"),
        ("{ when: never, to: owner }", "MOS-M004"),
        ("{ to: owner }", "MOS-M002"),
        ("{ when: pace }", "MOS-M002"),
    ] {
        let error = parse(trigger).unwrap_err();
        assert!(error.findings().iter().any(|finding| finding.code.as_str() == told), "{trigger}: {:?}", error.findings());
    }
    let many = |count: usize| parse(&vec!["{ when: unowned, to: owner }"; count].join(", "));
    assert!(many(100).is_ok());
    let error = many(101).unwrap_err();
    assert_eq!(error.findings().iter().map(|finding| finding.code.as_str()).collect::<Vec<_>>(), [crate::Code::TooLarge.as_str()]);
    for (trigger, told) in [("{ when: budget_overrun, to: owner }", 1), ("{ when: pace, to: owner }", 1), ("{ when: unowned, to: owner, climbs_after: 3 }", 0)]
    {
        let (_, findings) = parse(trigger).unwrap();
        assert_eq!(findings.iter().filter(|finding| finding.code.as_str() == "MOS-M046").count(), told, "{trigger}");
    }
}
