//! The small worked context of the domain (D7), end to end. The expected answers were worked out by hand from the
//! text and the definitions; `examples/architects/README.md` shows them.
#![allow(clippy::disallowed_methods, reason = "the test reads the example's files")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice, reason = "a test fails by panicking, in its helpers too")]

use ElementKind as Kind;
use LayerStatus::{Complete, Partial};
use marketingos::{
    Audit, BreakdownKind, BuildStep, CompoundingVerdict, Date, ElementKind, Facts, FrameworkCoverage, Grain, LayerStatus, OnTarget, Snapshot, Source, System,
};

fn read(name: &str) -> String {
    std::fs::read_to_string(format!("{}/../examples/architects/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn parse(text: &str) -> System {
    let (system, findings) = System::parse(&[Source::new("system.yaml", text)]).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(findings, []);
    system
}

fn system() -> System {
    parse(&read("system.yaml"))
}

fn today() -> Date {
    day("2026-09-30")
}

fn snapshot() -> Snapshot {
    let system = system();
    let tables: Vec<String> = system.sources().iter().map(|source| read(&format!("data/{}.csv", source.id))).collect();
    let builder = system.sources().iter().zip(&tables).fold(Facts::builder(&system), |builder, (source, table)| builder.csv(source.id.as_str(), table));
    let facts = builder.build().unwrap_or_else(|error| panic!("{error}"));
    system.snapshot(&facts, today())
}

#[test]
fn the_figures_are_what_the_tables_add_up_to() {
    let snapshot = snapshot();
    let met = OnTarget::Met;
    for (grain, kpi, actual, target, status) in [
        (Grain::Month, "open_rate", "0.475", "0.45", met),
        (Grain::Month, "case_reads", "455", "400", met),
        (Grain::Month, "consultations", "4", "3", met),
        (Grain::Quarter, "open_rate", "0.437", "0.45", OnTarget::Missed),
        (Grain::Quarter, "case_reads", "1178", "1200", OnTarget::Missed),
        (Grain::Quarter, "consultations", "9", "9", met),
        (Grain::Quarter, "commissions", "2", "2", met),
        (Grain::Quarter, "fees", "233000", "120986", met),
        (Grain::Quarter, "cac", "7100", "", OnTarget::NoTarget),
    ] {
        let scorecard = snapshot.scorecard(grain);
        let line = scorecard.lines.iter().find(|line| line.kpi.as_str() == kpi).unwrap();
        let digits = |text: &str| text.split_once('.').map_or(0, |(_, fraction)| u32::try_from(fraction.len()).unwrap());
        assert_eq!(line.actual.value.number().unwrap().to_fixed(digits(actual)), actual, "{kpi}");
        assert_eq!(line.plan.base.value.number().map(|number| number.to_fixed(digits(target))).unwrap_or_default(), target, "{kpi}");
        assert_eq!(line.status.target, status, "{kpi}");
    }
}

#[test]
fn what_was_not_looked_at_since_the_ideal_customer_changed_is_stale() {
    let system = system();
    let stale = system.stale(today());
    let found: Vec<_> = stale.iter().map(|stale| (stale.part.kind, stale.part.id.as_str(), stale.owner.as_ref().unwrap().as_str())).collect();
    assert_eq!(
        found,
        [
            (Kind::MarketingLayer, "channels", "noor"),
            (Kind::Segment, "fellow_architects", "bram"),
            (Kind::Channel, "site", "lies"),
            (Kind::Asset, "case_school", "noor"),
            (Kind::Campaign, "building_fair", "bram"),
        ]
    );
    assert!(stale.iter().all(|stale| (stale.decision.as_str(), stale.revised_on) == ("ideal_customer", day("2026-04-13"))));
    assert_eq!(system.stale(day("2026-04-12")), [], "not before the revision");

    let impact = system.impact("ideal_customer", today()).unwrap();
    let found: Vec<_> = impact.elements.iter().map(|element| (element.part.kind, element.part.id.as_str(), element.through.len(), element.stale)).collect();
    assert_eq!(
        found,
        [
            (Kind::Decision, "messaging", 1, false),
            (Kind::MarketingLayer, "audience", 1, false),
            (Kind::MarketingLayer, "channels", 1, true),
            (Kind::Segment, "school_boards", 1, false),
            (Kind::Segment, "building_owners", 1, false),
            (Kind::Segment, "fellow_architects", 1, true),
            (Kind::Asset, "school_checklist", 1, false),
            (Kind::Campaign, "building_fair", 1, true),
            (Kind::Campaign, "school_spring", 1, false),
            (Kind::Kpi, "consultations", 1, false),
            (Kind::MarketingLayer, "content", 2, false),
            (Kind::Channel, "newsletter", 2, false),
            (Kind::Channel, "site", 2, true),
            (Kind::Asset, "case_mill", 2, false),
            (Kind::Asset, "case_school", 2, true),
            (Kind::Asset, "case_laundry", 2, false),
            (Kind::Campaign, "yard_letter", 2, false),
            (Kind::Campaign, "laundry_launch", 2, false),
        ]
    );
}

/// Layer, status, number of things that are missing.
fn layers(coverage: &FrameworkCoverage) -> Vec<(&str, LayerStatus, usize)> {
    let complete = coverage.layers.iter().filter(|layer| layer.status == Complete).count();
    assert_eq!(coverage.complete, complete);
    coverage.layers.iter().map(|layer| (layer.layer.as_str(), layer.status, layer.missing.len())).collect()
}

/// The ids of the elements of a layer, those that are stale marked.
fn elements(coverage: &FrameworkCoverage, layer: usize) -> Vec<String> {
    let mark = |stale| if stale { " stale" } else { "" };
    coverage.layers[layer].elements.iter().map(|element| format!("{}{}", element.part.id, mark(element.stale))).collect()
}

#[test]
fn the_brand_lacks_one_decision() {
    let brand = system().coverage("brand", today()).unwrap();
    let expected = [
        ("strategy", Complete, 0),
        ("identity", Complete, 0),
        ("voice", Complete, 0),
        ("application", Complete, 0),
        ("governance", Complete, 0),
        ("operating", Partial, 1),
    ];
    assert_eq!(layers(&brand), expected);
    assert_eq!(elements(&brand, 0), ["positioning", "ideal_customer", "messaging"]);
    assert_eq!(elements(&brand, 1), ["drawings_first"], "what is retired is left out");
}

#[test]
fn what_ships_lacks_something_in_each_layer_but_one() {
    let marketing = system().coverage("marketing", today()).unwrap();
    let expected = [
        ("audience", Partial, 1),
        ("channels", Partial, 1),
        ("lifecycle", Complete, 0),
        ("content", Partial, 2),
        ("measurement", Partial, 1),
        ("operating", Partial, 2),
    ];
    assert_eq!(layers(&marketing), expected);
    assert_eq!(elements(&marketing, 0), ["school_boards", "building_owners", "fellow_architects stale"]);
    assert_eq!(elements(&marketing, 1), ["newsletter", "site stale", "talks", "open_house"]);
    let library = elements(&marketing, 3);
    let stale: Vec<&str> = library.iter().map(String::as_str).filter(|id| id.ends_with(" stale")).collect();
    assert_eq!((library.len(), stale), (11, vec!["energy_box stale", "case_school stale"]));
    for (layer, words) in
        [(0, "fellow_architects"), (1, "open_house"), (3, "energy_box"), (3, "case_laundry"), (4, "fees"), (5, "contact_book"), (5, "visit_counter")]
    {
        assert!(marketing.layers[layer].missing.iter().any(|missing| missing.contains(words)), "{words}: {:?}", marketing.layers[layer].missing);
    }
}

#[test]
fn the_other_lenses_show_the_same_firm() {
    let system = system();
    let kernel = system.coverage("five_layer_kernel", today()).unwrap();
    let expected = [
        ("strategic_kernel", Partial, 1),
        ("input_and_intelligence", Partial, 2),
        ("asset_production", Partial, 2),
        ("distribution_networks", Partial, 1),
        ("feedback_and_optimisation", Partial, 2),
    ];
    assert_eq!(layers(&kernel), expected);
    let expected = ["positioning", "ideal_customer", "messaging", "plain_words", "school_boards", "building_owners", "fellow_architects stale"];
    assert_eq!(elements(&kernel, 0), expected, "each element once");
    let expected = ["finished_projects", "site_figures", "client_talks stale", "competitions", "school_boards", "building_owners", "fellow_architects stale"];
    assert_eq!(elements(&kernel, 1), expected);

    let comparison = system.coverage("five_layer_comparison", today()).unwrap();
    let expected = [
        ("audience_and_segmentation", Partial, 1),
        ("channels_and_surfaces", Partial, 1),
        ("content_production", Partial, 2),
        ("attribution_and_measurement", Partial, 1),
        ("lifecycle_and_retention", Complete, 0),
    ];
    assert_eq!(layers(&comparison), expected);

    let components = system.coverage("five_components", today()).unwrap();
    let expected = [
        ("kpi_set", Partial, 1),
        ("dashboard", Partial, 1),
        ("review_cadence", Complete, 0),
        ("monthly_report", Complete, 0),
        ("plan_and_budget", Complete, 0),
    ];
    assert_eq!(layers(&components), expected);
    assert_eq!(elements(&components, 1), ["open_rate", "case_reads", "consultations", "commissions", "fees"]);
    assert_eq!(elements(&components, 3), ["monthly_review"]);

    let wall = system.coverage("our_wall", today()).unwrap();
    assert_eq!(wall.parent.as_ref().unwrap().as_str(), "marketing");
    let expected = [("why_us", Complete, 0), ("for_whom", Partial, 1), ("what_we_show", Partial, 3), ("where", Partial, 1), ("did_they_call", Partial, 2)];
    assert_eq!(layers(&wall), expected);
    assert_eq!(elements(&wall, 0), ["positioning", "ideal_customer", "messaging", "plain_words"]);
}

#[test]
fn next_week_is_told_day_by_day() {
    let shipping = system().whats_shipping(None, today()).unwrap();
    assert_eq!((shipping.week.label.as_str(), shipping.week.first, shipping.week.last), ("2026-W41", day("2026-10-05"), day("2026-10-11")));
    let dated = |kind: Kind| -> Vec<(String, &str, Option<&str>)> {
        let items = shipping.items.iter().filter(|item| item.part.kind == kind);
        items.map(|item| (item.on.unwrap().to_string(), item.part.id.as_str(), item.who.as_ref().map(marketingos::Id::as_str))).collect()
    };
    let on = |day: &str| format!("2026-10-{day}");
    assert_eq!(dated(Kind::Channel), [(on("05"), "open_house", None), (on("06"), "newsletter", Some("noor"))]);
    assert_eq!(
        dated(Kind::Review),
        [(on("05"), "stand_up", Some("noor")), (on("05"), "quarterly_planning", Some("ines")), (on("08"), "monthly_review", Some("noor"))]
    );
    let item = |id: &str| shipping.items.iter().find(|item| item.part.id == id).unwrap();
    assert_eq!(item("newsletter").deputy.as_ref().unwrap().as_str(), "lies");
    assert_eq!((item("yard_letter").on, item("yard_letter").through), (Some(day("2026-10-05")), Some(day("2026-10-11"))));
    let launch = item("laundry_launch");
    assert!(launch.what.contains("ends") && [launch.on, launch.through].contains(&Some(day("2026-10-09"))), "{launch:?}");
    assert!(shipping.items.is_sorted_by_key(|item| (item.on.is_none(), item.on)));
    let mut unanswered: Vec<&str> = shipping.unanswered.iter().map(|one| one.part.id.as_str()).collect();
    unanswered.sort_unstable();
    assert_eq!(unanswered, ["open_house", "site", "talks"]);
}

#[test]
fn five_people_hold_ten_surfaces_in_their_heads() {
    let surfaces = system().surfaces(today());
    let each = |channel: &str| surfaces.list.iter().filter(|surface| surface.channel.as_str() == channel).count();
    assert_eq!(["newsletter", "site", "talks", "open_house"].map(each), [4, 3, 2, 1]);
    assert_eq!((surfaces.count, surfaces.left_out, surfaces.people, surfaces.needs_system), (10, 0, 5, false));
    assert_eq!((surfaces.channels, surfaces.segments, surfaces.regions, surfaces.lines), (4, 3, 2, 0));
}

/// Step and breakdown, of a workflow.
fn breakdowns(audit: &Audit, workflow: usize) -> Vec<(&str, BreakdownKind)> {
    let steps = audit.workflows[workflow].steps.iter();
    steps.flat_map(|step| step.breakdowns.iter().map(|breakdown| (step.id.as_str(), breakdown.is))).collect()
}

#[test]
fn one_workflow_is_clean_and_the_other_breaks_down() {
    let audit = system().audit(today());
    let hours: Vec<_> = audit.workflows.iter().map(|one| (one.hours.to_string(), one.restart_hours.to_string())).collect();
    assert_eq!(hours, [("16".to_owned(), "0".to_owned()), ("19".to_owned(), "16".to_owned())]);
    assert_eq!(audit.workflows[0].end_to_end_hours.number().unwrap().to_string(), "184");
    assert!(audit.workflows[1].end_to_end_hours.number().is_none());
    assert_eq!((audit.critical.as_ref().unwrap().as_str(), audit.critical_holds), ("case_to_letter", true));
    assert_eq!((audit.restart.hours_per_month.to_string(), audit.restart.of_hours_per_month.to_string()), ("4".to_owned(), "12.75".to_owned()));
    assert_eq!(audit.restart.share.number().unwrap().to_fixed(9), "0.313725490", "16/51");
    assert_eq!(audit.restart.unknown_steps, 1);
    assert_eq!(breakdowns(&audit, 0), []);
    for expected in [
        ("subject", BreakdownKind::InputNobodyMakes),
        ("subject", BreakdownKind::FromScratch),
        ("slides", BreakdownKind::HandoffWithoutLimit),
        ("slides", BreakdownKind::FromScratch),
        ("follow_up", BreakdownKind::NoOwner),
        ("follow_up", BreakdownKind::HoursUnknown),
    ] {
        assert!(breakdowns(&audit, 1).contains(&expected), "{expected:?}");
    }
}

#[test]
fn a_step_from_scratch_has_no_template_either() {
    let audit = system().audit(today());
    assert!(breakdowns(&audit, 1).contains(&("slides", BreakdownKind::NoTemplate)));
    assert_eq!(audit.breakdowns, 7);
}

#[test]
fn the_campaigns_compound() {
    let compounding = system().compounding(today());
    let share = |value: &marketingos::Value| value.number().map(|number| number.to_fixed(2));
    let quarters: Vec<_> = compounding
        .quarters
        .iter()
        .map(|one| {
            let tally = &one.tally;
            (
                one.period.label.as_str(),
                tally.campaigns,
                tally.inheriting,
                share(&tally.share_inheriting),
                tally.reused_assets,
                tally.durable_assets,
                tally.disposable_assets,
            )
        })
        .collect();
    let value = |text: &str| Some(text.to_owned());
    assert_eq!(
        quarters,
        [
            ("2025-Q4", 1, 0, None, 0, 1, 0),
            ("2026-Q1", 2, 1, value("0.50"), 2, 0, 1),
            ("2026-Q2", 1, 1, value("1.00"), 2, 1, 1),
            ("2026-Q3", 1, 1, value("1.00"), 3, 1, 0),
        ]
    );
    let total = &compounding.total;
    assert_eq!((total.campaigns, total.inheriting, share(&total.share_inheriting)), (5, 3, value("0.75")));
    assert_eq!((total.durable_assets, total.disposable_assets, total.reused_assets), (3, 2, 7));
    let spend: Vec<_> = total.spend.iter().map(|spend| (spend.currency, spend.always_on.to_string(), spend.burst.to_string())).collect();
    assert_eq!(spend, [("EUR", "1800".to_owned(), "9100".to_owned())]);
    assert_eq!(compounding.verdict, CompoundingVerdict::Compounding);
}

#[test]
fn the_brand_is_settled_next() {
    let next = system().next_steps(today());
    let open: Vec<BuildStep> = next.steps.iter().filter(|step| !step.done).map(|step| step.step).collect();
    assert_eq!(open, [BuildStep::SettleBrand, BuildStep::KpiSet, BuildStep::Dashboard, BuildStep::SystemMetrics]);
    assert_eq!((next.first, next.steps.len()), (Some(BuildStep::SettleBrand), 11));
    let plan = next.steps.iter().find(|step| step.step == BuildStep::PlanAndBudget).unwrap();
    assert!(plan.reason.contains("2026-10-01"), "{}", plan.reason);
}

#[test]
fn people_answer_for_things() {
    let system = system();
    let who = |kind, id: &str, on: &str| {
        let found = system.accountable(kind, id, day(on)).unwrap();
        (found.person.map(|person| person.to_string()), found.cause)
    };
    let somebody = |person: &str| (Some(person.to_owned()), String::new());
    let nobody = |cause: &str| (None, cause.to_owned());
    assert_eq!(who(Kind::Channel, "open_house", "2026-08-31"), somebody("wout"));
    assert_eq!(who(Kind::Channel, "open_house", "2026-09-30"), nobody("nobody is named after 2026-08-31"));
    assert_eq!(who(Kind::Operator, "operator", "2025-02-28"), nobody("nobody is named before 2025-03-01"));
    assert_eq!(who(Kind::Operator, "operator", "2026-09-30"), somebody("noor"));
    assert_eq!(who(Kind::Asset, "case_laundry", "2026-09-30"), nobody("nobody is named"));
    assert_eq!(who(Kind::Step, "board_talk.follow_up", "2026-09-30"), nobody("nobody is named after 2026-08-31"));

    let carried = system.carries("wout", today()).unwrap();
    let found: Vec<_> = carried.iter().map(|carried| (carried.part.id.as_str(), carried.as_deputy)).collect();
    assert_eq!(
        found,
        [
            ("folder_names", true),
            ("operating", true),
            ("energy_box", false),
            ("fair_flyer", false),
            ("fence_banner", false),
            ("autumn_doors", false),
            ("finished_projects", false),
            ("archive", false),
            ("case_to_letter.collect", false),
        ]
    );

    let away = system.away("noor", day("2026-10-05"), day("2026-10-11")).unwrap();
    let stops: Vec<&str> = away.stops.iter().map(|left| left.part.id.as_str()).collect();
    assert_eq!(
        stops,
        [
            "one_project_one_case",
            "content",
            "measurement",
            "building_owners",
            "case_template",
            "case_mill",
            "case_school",
            "school_checklist",
            "yard_letter",
            "school_spring",
            "laundry_launch",
            "cac",
            "reader",
            "case_to_letter",
            "case_to_letter.write",
            "schools_answer",
            "monthly_review",
        ]
    );
    let taken: Vec<_> = away.taken_over.iter().map(|left| (left.part.id.as_str(), left.deputy.as_ref().unwrap().as_str())).collect();
    assert_eq!(
        taken,
        [
            ("operator", "ines"),
            ("messaging", "ines"),
            ("plain_words", "ines"),
            ("list_rule", "ines"),
            ("few_channels", "ines"),
            ("voice", "ines"),
            ("audience", "ines"),
            ("channels", "ines"),
            ("school_boards", "ines"),
            ("newsletter", "lies"),
            ("open_rate", "lies"),
            ("consultations", "ines"),
            ("stand_up", "lies"),
        ]
    );
}

/// The system with some of its words replaced, each of which must stand in it once.
fn changed(replacements: &[(&str, &str)]) -> System {
    let text = replacements.iter().fold(read("system.yaml"), |text, (from, to)| {
        assert_eq!(text.matches(from).count(), 1, "{from}");
        text.replace(from, to)
    });
    parse(&text)
}

#[test]
fn four_changes_are_told_with_what_they_make_stale() {
    let old = system();
    let new = changed(&[
        (
            "owner: { person: bram, from: 2024-01-01, deputy: ines }\n    cadence: three talks a year",
            "owner: { person: wout, from: 2024-01-01, deputy: ines }\n    cadence: three talks a year",
        ),
        ("{ from: 2026-07, to: 2026-12, value: 3, ", "{ from: 2026-07, to: 2026-12, value: 4, "),
        (
            "\nstages:\n",
            "  postcards: { name: Postcards, kind: paid, owner: lies, cadence: quarterly on the first Monday, segments: [building_owners] }\n\nstages:\n",
        ),
        (
            "We do not build on open fields.\n        kernel: positioning\n        status: settled\n        settled_on: 2025-01-20\n",
            "We build nowhere else.\n        kernel: positioning\n        status: settled\n        settled_on: 2025-01-20\n        revisions:\n          - { on: 2026-09-14, reason: Three clients asked for a field at the edge of town. }\n",
        ),
    ]);
    let diff = new.diff(&old, today());
    let stale: Vec<&str> = diff.makes_stale.iter().map(|stale| stale.part.id.as_str()).collect();
    assert_eq!(
        stale,
        [
            "messaging",
            "plain_words",
            "one_sheet",
            "few_channels",
            "content",
            "newsletter",
            "talks",
            "open_house",
            "project_sheet",
            "case_mill",
            "case_laundry",
            "fence_banner",
            "yard_letter",
            "school_spring",
            "laundry_launch",
        ]
    );
    assert!(diff.makes_stale.iter().all(|stale| (stale.decision.as_str(), stale.revised_on) == ("positioning", day("2026-09-14"))));
    let mut changes: Vec<String> = diff.changes.iter().map(|change| format!("{:?} {} {}", change.change, change.what, change.id)).collect();
    changes.sort();
    let expected = [
        "Added channel postcards",
        "Added revision positioning.2026-09-14",
        "Changed channel talks",
        "Changed decision positioning",
        "Changed target consultations",
    ];
    assert_eq!(changes.len(), expected.len(), "{changes:#?}");
    assert!(changes.iter().zip(expected).all(|(change, expected)| change.starts_with(expected)), "{changes:#?}");
    let change = |what: &str| diff.changes.iter().find(|change| change.what == what && change.id != "postcards").unwrap();
    let said = |what: &str| (change(what).before.clone().unwrap(), change(what).after.clone().unwrap());
    assert!(change("channel").path.starts_with("channels.talks.owner"), "{}", change("channel").path);
    assert!(said("channel").0.contains("bram") && said("channel").1.contains("wout"), "{:?}", said("channel"));
    assert!(said("target").0.contains('3') && said("target").1.contains('4'), "{:?}", said("target"));
    assert!(change("decision").path.ends_with("positioning.statement"), "{}", change("decision").path);
    assert_eq!(diff.unrevised, []);
    assert_ne!(diff.old, diff.new);

    let none = old.diff(&system(), today());
    assert!(none.changes.is_empty() && none.makes_stale.is_empty() && none.old == none.new);
}

#[test]
fn a_decision_that_says_something_else_without_a_revision_is_told() {
    let new = changed(&[("No word that a caretaker would not use.", "Plain words.")]);
    let diff = new.diff(&system(), today());
    assert_eq!(diff.unrevised.iter().map(ToString::to_string).collect::<Vec<_>>(), ["plain_words"]);
    assert!(diff.makes_stale.is_empty());
}
