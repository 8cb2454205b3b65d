//! Starting files: a framework's layers as a commented text, whose findings say what to fill in.

use super::frameworks::{Framework, Home};
use super::layers::BrandLayer;

/// What every starting file begins with.
const HEAD: &str = "# Fill in what begins with TODO, and take out what you do not need: the findings of the text say
# what is left. Every key is described in the format's documentation.
marketingos: 1
name: TODO what the company or team is called

people:
  ana:
    name: TODO who runs marketing
    role: TODO what they are in the company
  ben:
    name: TODO who stands in for them
  eva:
    name: TODO the executive to whom the monthly report goes

# One person is accountable for the whole; a deputy stands in.
operator: { person: ana, deputy: ben }
executive: eva
";

const BRAND: &str = "
# What the brand is: settled once, inherited by all that ships. A decision is open, proposed, settled,
# reopened or retired; write `settled_on` when it holds.
brand:
";

const LAYERS: [(BrandLayer, &str); 6] = [
    (
        BrandLayer::Strategy,
        "  strategy:
    holds: What we stand for, for whom, and against what.
    owner: ana
    decisions:
      positioning:
        statement: TODO what the company stands for in its market
        kernel: positioning
        status: open
      ideal_customer:
        statement: TODO whom it is for, and whom it is not for
        kernel: ideal_customer
        status: open
      messaging:
        statement: TODO what is said first, second and third
        kernel: messaging
        status: open
        rests_on: [positioning, ideal_customer]
",
    ),
    (BrandLayer::Identity, "  identity:\n    owner: ana\n    decisions:\n      look: TODO what is fixed about how the brand looks\n"),
    (BrandLayer::Voice, "  voice:\n    owner: ana\n    decisions:\n      tone: TODO how the brand speaks\n"),
    (BrandLayer::Application, "  application:\n    owner: ana\n    decisions:\n      templates: TODO by what everything public is made\n"),
    (BrandLayer::Governance, "  governance:\n    owner: ana\n    decisions:\n      change_rights: TODO who may change what, and when\n"),
    (BrandLayer::Operating, "  operating:\n    owner: ana\n    decisions:\n      asset_store: TODO where the brand's assets are kept\n"),
];

const AUDIENCE: &str = "
# Who it is for. The rest of the system inherits from here.
segments:
  first_segment:
    name: TODO what the segment is called
    definition: TODO who belongs to it
    lives: [TODO where they live]
    cares_about: [TODO what they care about]
    owner: ana
";

const INPUTS: &str = "
# What flows in: figures, what customers say, what competitors do.
inputs:
  figures:
    name: TODO where the figures come from
    kind: quantitative
    owner: ana
    rhythm: every Monday
    fresh_days: 10
  feedback:
    name: TODO where customers are heard
    kind: feedback
    owner: ana
    rhythm: monthly
    fresh_days: 45
  competitors:
    name: TODO where competitors are watched
    kind: competitive
    owner: ana
    rhythm: quarterly
    fresh_days: 120
";

const CHANNELS: &str = "
# Every surface with a named owner and a published cadence: words such as `first Tuesday of the month`,
# or a rule such as `RRULE:FREQ=WEEKLY;BYDAY=TU`.
channels:
  newsletter:
    name: TODO what the channel is called
    kind: owned
    owner: { person: ana, deputy: ben }
    cadence: first Tuesday of the month
";

const LIFECYCLE: &str = "
# The stages a customer moves through, each with its metric, and the moments worth marketing into.
stages:
  lead:
    name: TODO what the stage is called
    owner: ana
    moments: [TODO a moment worth marketing into]
";

const CONTENT: &str = "
# The library: assets, built of components and templates.
assets:
  case_template:
    name: TODO the template by which assets are made
    kind: template
    owner: ana
  case_study:
    name: TODO an asset that is used again and again
    owner: ana
    made_of: [case_template]
    life_months: 24
";

const OPERATING: &str = "
# The tools, and the workflows that they serve. Perfect one workflow first: the critical one.
tools:
  crm:
    name: TODO the tool that is used every day
    owner: ana
    serves: [first_workflow]
workflows:
  first_workflow:
    name: TODO work that is done again and again
    owner: ana
    critical: yes
    steps:
      first_step:
        name: TODO what is done first
        tool: crm
        hours: 2
        handoff_hours: 24
      last_step:
        name: TODO what is done last
        hours: 1
";

const FEEDBACK: &str = "
# What came out, what is learned from it, which decision it is to change, and how that was answered.
# lessons:
#   first_lesson:
#     outcome: what came out
#     outcome_on: 2026-01-31
#     lesson: what is learned from it
#     proposal: { on: 2026-02-02, decision: positioning, change: what is to change }
";

const KPIS: &str = "
# Facts come as tables; a KPI is computed from them, and has an owner and a target.
sources:
  leads:
    date: created
    dimensions: [channel]
    rows: events
    recorded_until: as_of
kpis:
  leads:
    name: New leads
    meaning: TODO what counts as a lead
    unit: count of leads
    direction: higher
    owner: { person: ana, deputy: ben }
    count: leads
";

const PLAN: &str = "
# What the KPIs are measured against: written targets, set by somebody on a day.
plan:
  name: TODO what the plan is called
  targets:
    leads:
      - { from: 2026-01, to: 2026-12, value: 100, status: placeholder }
";

const REVIEWS: &str = "
# Standing meetings at each level.
reviews:
  stand_up: { name: Stand-up, cadence: weekly, day: Monday, held_by: ana, deputy: ben, escalates_to: eva, minutes: 15 }
  monthly_review: { name: Monthly review, cadence: monthly, day: second Tuesday, held_by: ana, deputy: ben, escalates_to: eva, minutes: 60 }
  planning: { name: Quarterly planning, cadence: quarterly, day: first Monday, held_by: ana, deputy: ben, escalates_to: eva, minutes: 120 }
escalation:
  - { when: off_target, by: 10 %, periods: 2, to: operator }
  - { when: no_value, to: owner }
";

const REPORT: &str = "
# The standing template of the monthly written report.
report:
  title: Monthly marketing report
";

impl Framework {
    /// A commented starting file with what the framework's layers hold. It is a system without
    /// errors, whose warnings say what is to be filled in.
    ///
    /// ```
    /// use marketingos::{Code, Source, System, frameworks};
    /// let framework = frameworks::standard().last().unwrap();
    /// let (system, findings) = System::parse(&[Source::new("system.yaml", &framework.template())])?;
    /// assert_eq!((framework.id.as_str(), system.kpis().len(), system.reviews().len()), ("five_components", 1, 3));
    /// assert!(findings.iter().all(|finding| finding.code == Code::ToFillIn));
    /// assert_eq!(findings[0].message, "`name` is still to be filled in");
    /// # Ok::<(), marketingos::Error>(())
    /// ```
    #[must_use]
    pub fn template(&self) -> String {
        let homes: Vec<Home> = self.layers.iter().flat_map(|layer| layer.homes.iter().copied()).collect();
        let any = |wanted: &[Home]| wanted.iter().any(|home| homes.contains(home));
        let mut text = format!("# {}\n{HEAD}", self.name.replace(char::is_control, " "));
        // The kernel stands in the strategy layer.
        let in_brand = |layer: BrandLayer| any(&[Home::Brand(layer)]) || (layer == BrandLayer::Strategy && any(&[Home::Kernel, Home::Feedback]));
        if LAYERS.iter().any(|(layer, _)| in_brand(*layer)) {
            text.push_str(BRAND);
            LAYERS.iter().filter(|(layer, _)| in_brand(*layer)).for_each(|(_, layer)| text.push_str(layer));
        }
        let measured = [Home::Measurement, Home::Kpis, Home::Dashboard, Home::Plan, Home::Report, Home::Reviews];
        let planned = [Home::Kpis, Home::Dashboard, Home::Plan];
        let reviewed = [Home::Measurement, Home::Reviews, Home::Report];
        let sections: [(&[Home], &str); 11] = [
            (&[Home::Audience], AUDIENCE),
            (&[Home::Inputs], INPUTS),
            (&[Home::Channels], CHANNELS),
            (&[Home::Lifecycle], LIFECYCLE),
            (&[Home::Content], CONTENT),
            (&[Home::Operating], OPERATING),
            (&measured, KPIS),
            (&planned, PLAN),
            (&reviewed, REVIEWS),
            (&[Home::Report], REPORT),
            (&[Home::Feedback], FEEDBACK),
        ];
        sections.iter().filter(|(wanted, _)| any(wanted)).for_each(|(_, section)| text.push_str(section));
        text
    }
}
