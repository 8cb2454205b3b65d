//! The example company, end to end. The expected figures were computed from the CSV files by
//! SQLite and Python, independently of this library, when the example was written.
#![allow(clippy::disallowed_methods, reason = "the test reads the example's files")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice, reason = "a test fails by panicking, in its helpers too")]

use std::sync::Arc;

use marketingos::{
    Against, AgendaKind, Cadence, Contributing, Facts, Grain, Journal, Number, OnTarget, Reference, Rung, SignalStatus, Snapshot, Source, System, Why,
};

fn read(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/../examples/kestrel/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

fn system() -> System {
    let (system, plan) = (read("system.yaml"), read("plan.yaml"));
    let parsed = System::parse(&[Source::new("system.yaml", &system), Source::new("plan.yaml", &plan)]);
    let (system, findings) = parsed.unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(findings, []);
    system
}

fn facts(system: &System, change: impl Fn(&str, Vec<u8>) -> Vec<u8>) -> Facts {
    let builder = system.sources().iter().fold(Facts::builder(system), |builder, source| {
        let name = source.id.as_str();
        builder.csv(name, change(name, read(&format!("data/{name}.csv"))))
    });
    builder.build().unwrap_or_else(|error| panic!("{error}"))
}

fn snapshot() -> Snapshot {
    let system = system();
    let facts = facts(&system, |_, text| text);
    system.snapshot(&facts, "2026-09-30".parse().unwrap())
}

#[test]
fn september_is_what_other_programs_compute() {
    let scorecard = snapshot().scorecard(Grain::Month);
    let expected = [
        ("website_visits", "122955", "115000", OnTarget::Met),
        ("leads", "364", "360", OnTarget::Met),
        ("cost_per_lead", "354.53", "310", OnTarget::Missed),
        ("lead_conversion", "0.0679", "0.07", OnTarget::Missed),
        ("win_rate", "0.300", "0.31", OnTarget::Missed),
        ("new_revenue", "359554.58", "385000", OnTarget::Missed),
        ("new_customers", "24", "26", OnTarget::Missed),
        ("average_deal", "14981.44", "14500", OnTarget::Met),
        ("cac", "5376.99", "4500", OnTarget::Missed),
        ("sales_cycle", "44", "42", OnTarget::Missed),
        ("pipeline_velocity", "8784.57", "", OnTarget::NoTarget),
    ];
    for (kpi, actual, target, status) in expected {
        let line = scorecard.lines.iter().find(|line| line.kpi.as_str() == kpi).unwrap();
        let decimals = actual.split_once('.').map_or(0, |(_, fraction)| u32::try_from(fraction.len()).unwrap());
        assert_eq!(line.actual.value.number().unwrap().to_fixed(decimals), actual, "{kpi}");
        assert_eq!(line.plan.base.value.number().map(ToString::to_string).unwrap_or_default(), target, "{kpi}");
        assert_eq!(line.status.target, status, "{kpi}");
    }
}

#[test]
fn an_outage_makes_august_incomplete_and_september_incomparable() {
    let snapshot = snapshot();
    let visits = snapshot.series("website_visits", Grain::Month, &[]).unwrap();
    let august = visits.iter().find(|observation| observation.period.label == "2026-08").unwrap();
    assert_eq!((august.value.reason(), august.coverage.days, august.coverage.of), (Some("incomplete"), 26, 31));
    let scorecard = snapshot.scorecard(Grain::Month);
    assert_eq!(scorecard.lines[0].previous.change.value.reason(), Some("not comparable"));
}

#[test]
fn the_price_shock_is_a_signal_and_escalates_to_the_executive() {
    let snapshot = snapshot();
    let escalations = snapshot.escalations();
    let first = &escalations[0];
    assert_eq!((first.key.as_str(), first.to, first.person.as_deref()), ("kpi:cost_per_lead", Rung::Executive, Some("Saskia de Wit")));
    assert!(first.reasons.iter().all(|reason| reason.since_text() == "2026-04"), "the shock begins in April: {first:?}");
    let scorecard = snapshot.scorecard(Grain::Month);
    let signals = scorecard.lines.iter().filter(|line| line.status.signal == SignalStatus::Adverse);
    assert_eq!(signals.map(|line| line.kpi.as_str()).collect::<Vec<_>>(), ["cost_per_lead"]);
    let agenda = snapshot.agenda(Cadence::Weekly);
    assert_eq!((agenda.items[0].kind, agenda.items[0].kpi.as_str()), (AgendaKind::Escalation, "cost_per_lead"));
    assert!(agenda.items.windows(2).all(|pair| pair[0].kind <= pair[1].kind), "exceptions first");
}

#[test]
fn the_mid_year_target_holds_from_july_and_was_not_known_before() {
    let system = system();
    let facts = facts(&system, |_, text| text);
    let target = |as_of: &str| {
        let scorecard = system.snapshot(&facts, as_of.parse().unwrap()).scorecard(Grain::Month);
        let line = scorecard.lines.iter().find(|line| line.kpi.as_str() == "leads").unwrap();
        line.plan.base.text.clone()
    };
    assert_eq!([target("2026-06-30"), target("2026-07-31")], ["385", "360"]);
}

#[test]
fn rows_in_another_order_give_the_same_bytes() {
    let system = system();
    let reversed = |_: &str, text: Vec<u8>| {
        let text = String::from_utf8(text).unwrap();
        let mut lines: Vec<&str> = text.lines().collect();
        lines[1..].reverse();
        lines.join("\n").into_bytes()
    };
    let as_of = "2026-09-30".parse().unwrap();
    let [left, right] = [facts(&system, |_, text| text), facts(&system, reversed)].map(|facts| system.snapshot(&facts, as_of));
    assert_eq!(left.fingerprint(), right.fingerprint());
    assert_eq!(left.report(None).unwrap().to_html(), right.report(None).unwrap().to_html());
    assert_eq!(left.scorecard(Grain::Week), right.scorecard(Grain::Week));
}

#[test]
fn a_hostile_name_is_literal_in_every_form() {
    let text = String::from_utf8(read("system.yaml")).unwrap();
    let text =
        text.replace("name: Cost per lead", "name: \"=cmd()|'<script>alert(1)</script>\"").replace("name: Tom Okafor", "name: '<img src=x onerror=alert(1)>'");
    let plan = read("plan.yaml");
    let (system, _) = System::parse(&[Source::new("system.yaml", &text), Source::new("plan.yaml", &plan)]).unwrap();
    let facts = facts(&system, |_, text| text);
    let snapshot = system.snapshot(&facts, "2026-09-30".parse().unwrap());
    let (scorecard, report) = (snapshot.scorecard(Grain::Month), snapshot.report(None).unwrap());
    for html in [scorecard.to_html(), report.to_html()] {
        assert!(!html.contains("<script") && !html.contains("<img"), "user's text became markup");
        assert!(html.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
    }
    for markdown in [scorecard.to_markdown(), report.to_markdown(), snapshot.agenda(Cadence::Weekly).to_markdown()] {
        assert!(!markdown.replace("\\<", "").contains("<script") && markdown.contains("\\<script\\>"));
    }
    let csv = scorecard.to_csv();
    assert!(csv.contains("\"'=cmd()|'<script>alert(1)</script>\""), "a spreadsheet must not take it for a formula: {csv}");
}

/// What is planted in journal.yaml, by the calendar of 2026: 7, 21 and 28 September were Mondays, 8 September
/// was the second Tuesday and 7 September the fifth working day.
#[test]
fn the_journal_says_what_became_of_the_rhythm() {
    let text = read("journal.yaml");
    let snapshot = snapshot();
    let (journal, findings) = Journal::parse(&[Source::new("journal.yaml", &text)], snapshot.system()).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(findings, []);
    let snapshot = snapshot.with_journal(Arc::new(journal));
    let rhythm = snapshot.rhythm("2026-10-15".parse().ok()).unwrap();
    let of = |id: &str| -> Vec<String> {
        let told = rhythm.items.iter().filter(|item| item.id == id);
        told.map(|item| format!("{} {}{}", item.due, item.status.words(), item.days.map_or_else(String::new, |days| format!(" {days}")))).collect()
    };
    let expected = [
        "2026-08-24 done",
        "2026-08-31 done",
        "2026-09-07 done late 1",
        "2026-09-15 left out",
        "2026-09-21 late 9",
        "2026-09-28 done",
        "2026-10-05 coming",
        "2026-10-12 coming",
    ];
    assert_eq!(of("stand_up"), expected);
    assert_eq!(of("monthly_review"), ["2026-09-08 done", "2026-10-13 coming"]);
    assert_eq!(of("report"), ["2026-09-07 done", "2026-10-07 coming"]);
    assert_eq!(of("kpi_set"), ["2026-09-30 due today"]);
    assert_eq!(of("dashboard")[3..5], ["2026-09-15 done", "2026-09-21 done late 1"]);
    let unanswered: Vec<&str> = rhythm.unanswered.iter().map(|unanswered| unanswered.id.as_str()).collect();
    assert_eq!(unanswered, ["quarterly_planning", "plan"]);
    assert_eq!(rhythm.unmatched, []);

    let agenda = snapshot.agenda(Cadence::Weekly);
    assert_eq!(agenda.review.as_ref().unwrap().due, "2026-10-05".parse().ok());
    let actions: Vec<(&str, Option<i64>, usize)> = agenda.actions.iter().map(|action| (action.id.as_str(), action.late_by, action.moved)).collect();
    assert_eq!(actions, [("negative_keywords", Some(5), 2), ("visits_owner", None, 0)]);
    assert_eq!(agenda.questions.iter().map(|question| question.id.as_str()).collect::<Vec<_>>(), ["paid_search_customers"]);
    assert_eq!(agenda.time.as_ref().unwrap().slots.iter().map(|slot| slot.minutes).sum::<u32>(), 15);
    // The running month ends today: nothing is left to forecast that the scorecard does not say.
    let monthly = snapshot.agenda(Cadence::Monthly);
    assert_eq!((monthly.last.unwrap().decisions.len(), monthly.time.unwrap().minutes), (2, 60));
}

#[test]
fn a_report_asked_too_early_says_so() {
    let snapshot = snapshot();
    for (month, code) in [("2026-10", "MOS-Q003"), ("2026-Q3", "MOS-Q003"), ("soon", "MOS-Q003")] {
        assert_eq!(snapshot.report(Some(month)).unwrap_err().code().as_str(), code, "{month}");
    }
    assert_eq!(snapshot.report(Some("2026-05")).unwrap().month_text, "May 2026");
}

#[test]
fn every_explanation_sums_to_the_change() {
    let snapshot = snapshot();
    let (mut split, mut told) = (0, 0);
    for kpi in snapshot.system().kpis() {
        for grain in [Grain::Week, Grain::Month, Grain::Quarter, Grain::Year] {
            for against in [Against::Previous, Against::PriorYear] {
                for by in [&[][..], &["channel"], &["region"], &["channel", "region"]] {
                    let conventions: &[&str] =
                        if by.is_empty() { &["shapley", "sequential", "logarithmic_mean"] } else { &["three_way", "actual_weights", "midpoint"] };
                    for convention in conventions {
                        let why = Why { grain, against: against.into(), by, convention: Some(*convention), ..Why::default() };
                        let id = kpi.definition.id.as_str();
                        // What has no such dimension or convention is an error, told elsewhere.
                        let Ok(found) = snapshot.explain(id, &why).or_else(|_| snapshot.explain(id, &Why { convention: None, ..why })) else { continue };
                        told += 1;
                        let parts = found.members.iter().map(|member| &member.change).chain(found.drivers.iter().map(|driver| &driver.change));
                        let sum: Number = parts.map(|part| part.value.number().unwrap().clone()).sum();
                        if found.cause.is_empty() {
                            split += 1;
                            assert_eq!(Some(&sum), found.change.value.number(), "{id} {why:?}");
                            let effects: Number = found.effects.iter().map(|effect| effect.change.value.number().unwrap().clone()).sum();
                            assert!(found.effects.is_empty() || Some(&effects) == found.change.value.number(), "{id} {why:?}");
                            assert!(!found.convention.is_empty());
                        } else {
                            assert!(found.members.is_empty() && found.drivers.is_empty() && found.convention.is_empty(), "{id} {why:?}");
                        }
                    }
                }
            }
        }
    }
    assert!(split > 200 && told > split, "{split} of {told}");
}

#[test]
fn prices_plans_and_contributors_sum_to_the_change_too() {
    let snapshot = snapshot();
    let value = |figure: &marketingos::Figure| figure.value.number().unwrap().clone();
    let (mut by_volume, mut planned, mut contributed) = (0, 0, 0);
    for kpi in snapshot.system().kpis() {
        let id = kpi.definition.id.as_str();
        for grain in [Grain::Month, Grain::Quarter] {
            for against in [Reference::Previous, Reference::PriorYear, Reference::Plan] {
                for convention in ["price_volume_mix", "price_and_volume", "joint"] {
                    for (by, volume) in [(&["channel"][..], "leads"), (&["channel", "region"], "won_deals")] {
                        let why = Why { grain, against, by, volume: Some(volume), convention: Some(convention), ..Why::default() };
                        let Ok(found) = snapshot.explain(id, &why) else { continue };
                        if found.cause.is_empty() {
                            by_volume += 1;
                            assert_eq!(found.members.iter().map(|member| value(&member.change)).sum::<Number>(), value(&found.change), "{id} {why:?}");
                            assert_eq!(found.effects.iter().map(|effect| value(&effect.change)).sum::<Number>(), value(&found.change), "{id} {why:?}");
                        }
                    }
                }
                let found = snapshot.explain(id, &Why { grain, against, ..Why::default() }).unwrap();
                if found.cause.is_empty() {
                    planned += usize::from(against == Reference::Plan);
                    let drivers = found.drivers.iter().map(|driver| &driver.change).chain(&found.disagreement);
                    assert_eq!(drivers.map(value).sum::<Number>(), value(&found.change), "{id} {against:?}");
                }
                let question = Contributing { grain, against, by: &["channel", "region"], ..Contributing::default() };
                let Ok(found) = snapshot.contributors(id, &question) else { continue };
                for combination in &found.combinations {
                    contributed += 1;
                    let named = combination.contributors.iter().map(|named| &named.change);
                    assert_eq!(named.chain([&combination.rest.change]).map(value).sum::<Number>(), value(&found.change), "{id} {question:?}");
                }
            }
        }
    }
    assert!(by_volume > 20 && contributed > 50, "{by_volume} {planned} {contributed}");
}

/// The nine quarters of leads, and what they cost, were added up by Python from the CSV files.
#[test]
fn the_plan_for_the_fourth_quarter_is_proposed_from_what_was() {
    let pack = snapshot().planning(None).unwrap();
    assert_eq!((pack.quarter.label.as_str(), pack.over.label.as_str()), ("2026-Q4", "2026-Q3"));
    let of = |kpi: &str| pack.proposals.iter().find(|proposal| proposal.kpi.as_str() == kpi).unwrap();
    let values = |kpi: &str| of(kpi).candidates.iter().map(|candidate| candidate.value.value.number().map(ToString::to_string)).collect::<Vec<_>>();
    // 1121, 1142, 1104, 1150, 1095, 1226, 1146, 1037 and 1045: a mean of 1118.4; 1226 in 2025-Q4, times
    // 4454 ÷ 4491 is 1215.9; the plan is 3 × 360.
    let told = |texts: [&str; 5]| texts.map(|text| (!text.is_empty()).then(|| text.to_owned())).to_vec();
    assert_eq!(values("leads"), told(["1120", "1230", "1220", "", "1080"]));
    let leads = of("leads").proposed.as_ref().unwrap();
    assert_eq!((leads.value.text.as_str(), leads.met.met, leads.met.of), ("1,120", 5, 9));
    // 287.8, 282.6, 295.9, 286.1, 297.7, 292.7, 291.2, 361.6 and 357.0: a mean of 305.8; 292.7 × 1.1137 = 326.0.
    assert_eq!(values("cost_per_lead"), told(["306", "293", "326", "", "310"]));
    let cost = of("cost_per_lead").proposed.as_ref().unwrap();
    assert_eq!((cost.value.value.number().unwrap().to_string(), cost.met.met), ("306".to_owned(), 7));
    assert!(of("media_share").proposed.is_none());
    // The example has no budget, one KPI without an owner, and is as long as a short list may be.
    assert!(pack.budget.lines.is_empty());
    assert_eq!((pack.kpi_set.kpis.len(), pack.kpi_set.is_too_long), (12, false));
    let missing: Vec<&str> = pack.kpi_set.kpis.iter().filter(|kpi| kpi.owner.is_none()).map(|kpi| kpi.kpi.as_str()).collect();
    assert_eq!(missing, ["website_visits"]);
    // What is proposed can be pasted into a plan.
    let (system, plan) = (read("system.yaml"), pack.targets_yaml.clone());
    let text = format!("marketingos: 1\n{plan}");
    let (proposed, _) = System::parse(&[Source::new("system.yaml", &system), Source::new("plan.yaml", &text)]).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(proposed.targets().len(), pack.proposals.iter().filter(|proposal| proposal.proposed.is_some()).count());
    assert!(proposed.targets().iter().all(|target| target.status == marketingos::TargetStatus::Proposed));
    assert!(pack.to_markdown().contains("- **New leads**\n  - **1,120 proposed**. "));
}
