//! The sections of the format for what a system is run with: read as written, every mistake told.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use marketingos::{AssetKind, CampaignKind, Error, Finding, ProposalAnswer, Source, System};

const HEAD: &str = "
marketingos: 1
name: Firm
people: { ana: Ana, ben: Ben }
operator: ana
brand: { strategy: { decisions: { positioning: { statement: Timber., status: settled, revisions: [ { on: 2026-03-02, reason: Steel was dear. } ] } } } }
";

fn parse(text: &str) -> Result<(System, Vec<Finding>), Error> {
    System::parse(&[Source::new("system.yaml", &format!("{HEAD}{text}"))])
}

fn told(text: &str) -> Vec<String> {
    let findings = match parse(text) {
        Ok((_, findings)) => findings,
        Err(error) => error.findings().to_vec(),
    };
    findings.iter().map(|finding| format!("{} {}: {}", finding.code, finding.place.path, finding.message)).collect()
}

#[test]
fn short_and_long_forms_say_the_same() {
    let (system, findings) = parse(
        "
segments:
  clients: Developers who build in timber.
  architects: { name: Architects, definition: Firms of 5 to 50., lives: [Trade press, Fairs], cares_about: Cost certainty, owner: ben, rests_on: [positioning] }
channels:
  letter: { kind: owned, owner: ana, cadence: every second Tuesday, from: 2026-01-06, segments: [clients], regions: NL, lines: [Houses, Halls] }
stages:
  lead: Lead
  client: { name: Client, owner: ben, moments: [First visit, { name: Proposal, channels: [letter], segments: [clients] }] }
assets:
  form: { kind: template }
  case: { made_of: [form], used_in: letter, made_on: 2026-01-15, refreshed_on: 2026-02-15, life_months: 12, life: disposable }
inputs:
  talks: { kind: feedback, owner: ben, rhythm: monthly, fresh_days: 40, last_on: 2026-03-01, tool: crm }
tools:
  crm: { kind: CRM, serves: [sale], cost: 900 EUR per quarter }
workflows:
  sale: { owner: ana, critical: yes, runs_per_month: 2.5, steps: { call: Call back, offer: { owner: ben, needs: [talks], makes: [offer], tool: crm, template: form, hours: 3, handoff_hours: 24, from_scratch: yes } } }
campaigns:
  spring: { goal: Ten talks., from: 2026-03-01, to: 2026-04-30, budget: 20_000 EUR, owner: ben, channels: [letter], segments: [clients], inherits: { assets: [case] }, leaves: { lessons: [price], automations: A reminder } }
  letter: { goal: Stay in mind., kind: always_on, from: 2026-01-01 }
lessons:
  price: { outcome: Nobody asked for steel., outcome_on: 2026-02-20, campaign: letter, lesson: Say timber first., proposal: { on: 2026-02-25, decision: positioning, change: Timber only. }, answer: { revised_on: 2026-03-02 } }
frameworks:
  ours: { parent: marketing, layers: { reach: [audience, channels], proof: { name: Proof, holds: What convinces., homes: content } } }
",
    )
    .unwrap();
    assert!(findings.is_empty(), "{findings:?}");
    let [clients, architects] = system.segments() else { panic!("two segments") };
    assert_eq!((clients.name.as_str(), clients.definition.as_str()), ("clients", "Developers who build in timber."));
    assert_eq!((architects.lives.len(), architects.cares_about.as_slice()), (2, &["Cost certainty".to_owned()][..]));
    assert_eq!(system.channels()[0].lines, ["Houses", "Halls"]);
    assert_eq!(system.stages()[1].moments.iter().map(|moment| moment.channels.len()).collect::<Vec<_>>(), [0, 1]);
    let case = &system.assets()[1];
    assert_eq!((system.assets()[0].kind, case.due("2026-12-31".parse().unwrap()).unwrap().to_string().as_str()), (AssetKind::Template, "2027-02-15"));
    assert_eq!(case.due("2026-02-01".parse().unwrap()).unwrap().to_string(), "2027-01-15", "not yet refreshed on that day");
    assert_eq!(system.tools()[0].cost.as_ref().unwrap().per_month().to_string(), "EUR 300");
    let sale = &system.workflows()[0];
    assert_eq!(
        sale.steps.iter().map(|step| step.owner.0[0].person.as_str()).collect::<Vec<_>>(),
        ["ana", "ben"],
        "a step is its workflow's owner's unless it says otherwise"
    );
    assert_eq!(system.campaigns()[1].kind, CampaignKind::AlwaysOn);
    assert_eq!(system.lessons()[0].answer, Some(ProposalAnswer::Revised { on: "2026-03-02".parse().unwrap() }));
    assert_eq!(system.lessons()[0].closed_by("2026-03-01".parse().unwrap()), None);
    assert_eq!(system.frameworks().last().unwrap().layers[0].homes.len(), 2);
}

#[test]
fn every_mistake_is_told_where_it_stands() {
    for (text, expected) in [
        ("segments: { a: { lives: web } }", "MOS-M002 segments.a: `segments.a` has no `definition`"),
        ("channels: { n: { kind: owned, segments: [nobody] } }", "MOS-M006 channels.n.segments: there is no segment `nobody`"),
        ("stages: { lead: { metric: leads } }", "MOS-M006 stages.lead.metric: there is no KPI `leads`"),
        ("assets: { a: { made_of: [a] } }", "MOS-M009 assets.a: the asset is made of itself: `a` → `a`"),
        ("assets: { a: { life: forever } }", "MOS-M004 assets.a.life: `forever` is not known here"),
        ("inputs: { i: { kind: gossip } }", "MOS-M004 inputs.i.kind: `gossip` is not known here"),
        ("inputs: { i: { kind: feedback, fresh_days: 0 } }", "MOS-M004 inputs.i.fresh_days: `0` is not a whole number from 1 to 3660"),
        ("tools: { t: { cost: 900 EUR } }", "MOS-M004 tools.t.cost: `900 EUR` is not a cost"),
        ("tools: { t: { serves: [w] } }", "MOS-M006 tools.t.serves: there is no workflow `w`"),
        ("workflows: { w: { runs_per_month: 0 } }", "MOS-M004 workflows.w.runs_per_month: 0 is not above zero"),
        ("workflows: { w: { critical: maybe } }", "MOS-M004 workflows.w.critical: `maybe` is not known here"),
        ("workflows: { w: { critical: yes }, v: { critical: yes } }", "MOS-M004 workflows.v: `v` is critical, and so is `w`"),
        ("assets: { a: {} }\nworkflows: { w: { steps: { s: { template: a } } } }", "MOS-M006 workflows.w.steps.s.template: there is no template `a`"),
        ("campaigns: { c: { goal: g, from: 2026-01-01 } }", "MOS-M002 campaigns.c: `campaigns.c` has no `to`"),
        ("campaigns: { c: { goal: g, from: 2026-02-01, to: 2026-01-01 } }", "MOS-M013 campaigns.c: the end 2026-01-01 lies before the start 2026-02-01"),
        ("campaigns: { c: { goal: g, kind: always_on, from: 2026-02-01, budget: 20 } }", "MOS-M004 campaigns.c.budget: `20` is not an amount of money"),
        (
            "lessons: { l: { outcome: o, outcome_on: 2026-01-01, lesson: x, answer: { revised_on: 2026-02-01 } } }",
            "MOS-M002 lessons.l: there is an answer, and no proposal that it answers",
        ),
        (
            "lessons: { l: { outcome: o, outcome_on: 2026-01-01, lesson: x, proposal: { on: 2026-01-02, decision: positioning, change: c }, answer: { revised_on: 2026-02-01 } } }",
            "MOS-M027 lessons.l: the lesson `l` is said to have led to a revision of `positioning` on 2026-02-01, which that does not have",
        ),
        (
            "lessons: { l: { outcome: o, outcome_on: 2026-01-05, lesson: x, proposal: { on: 2026-01-02, decision: positioning, change: c } } }",
            "MOS-M013 lessons.l: the outcome, the proposal and the answer do not follow one another",
        ),
        (
            "lessons: { l: { outcome: o, outcome_on: 2026-01-05, lesson: x, proposal: { on: 2026-01-06, decision: positioning, change: c }, answer: {} } }",
            "MOS-M004 lessons.l.answer: an answer is either a revision or a refusal",
        ),
        ("frameworks: { brand: { layers: {} } }", "MOS-M008 frameworks.brand: `brand` is the id of a published framework"),
        ("frameworks: { ours: { layers: { a: [nowhere] } } }", "MOS-M004 frameworks.ours.layers.a[0]: `nowhere` is not known here"),
        ("frameworks: { ours: { parent: theirs, layers: {} } }", "MOS-M006 frameworks.ours.parent: there is no framework `theirs`"),
        (
            "frameworks: { a: { parent: b, layers: {} }, b: { parent: a, layers: {} } }",
            "MOS-M009 frameworks.a: the framework sits inside itself: `a` → `b` → `a`",
        ),
    ] {
        assert_eq!(told(text), [expected], "{text}");
    }
}

const PARENT: &str = "
marketingos: 1
name: Group
people: { eva: Eva }
operator: eva
segments: { builders: Who builds. }
assets: { story: { owner: eva } }
brand: { strategy: { decisions: { positioning: { statement: Timber., kernel: positioning, status: settled, revisions: [ { on: 2026-03-02, reason: r } ] } } } }
";

const CHILD: &str = "
marketingos: 1
name: Product
parent: group.yaml
people: { ana: Ana }
operator: { person: ana, deputy: eva }
brand: { voice: { decisions: { tone: { statement: Plain., status: settled, settled_on: 2026-01-02, rests_on: [positioning] } } } }
channels: { letter: { kind: owned, owner: ana, segments: [builders], rests_on: [tone] } }
assets: { case: { made_of: [story] } }
";

#[test]
fn a_child_inherits_what_its_parent_decided() {
    let (child, parent) = (Source::new("p/product.yaml", CHILD), Source::new("p/group.yaml", PARENT));
    assert_eq!(System::needs(&[child]), ["p/group.yaml"]);
    let (system, findings) = System::parse(&[child, parent]).unwrap();
    assert!(findings.is_empty(), "{findings:?}");
    let day = "2026-06-30".parse().unwrap();
    assert_eq!((system.name(), system.parent().unwrap().name()), ("Product", "Group"));
    assert_eq!(system.decisions().map(|decision| decision.id.as_str()).collect::<Vec<_>>(), ["tone", "positioning"]);
    assert_eq!(system.person("eva").unwrap().name, "Eva");
    // The parent's revision reaches the child's elements, through the child's own decision.
    let impact = system.impact("positioning", day).unwrap();
    let found: Vec<_> = impact.elements.iter().map(|element| (element.part.id.as_str(), element.stale)).collect();
    assert_eq!(found, [("tone", true), ("letter", true)]);
    assert_eq!(system.stale(day).iter().map(|stale| stale.part.id.as_str()).collect::<Vec<_>>(), ["tone", "letter"]);
    assert!(system.parent().unwrap().stale(day).is_empty());
    // Asked in another order, it is another system that is the first.
    assert_eq!(System::parse(&[parent, child]).unwrap().0.name(), "Product");
    let other = PARENT.replace("Timber.", "Steel.");
    let (changed, _) = System::parse(&[child, Source::new("p/group.yaml", &other)]).unwrap();
    assert_ne!(changed.fingerprint(), system.fingerprint(), "what is inherited is part of the system");
}

#[test]
fn families_of_texts_are_told_apart() {
    let refused = |texts: &[(&str, &str)]| -> Vec<String> {
        let sources: Vec<Source<'_>> = texts.iter().map(|(name, text)| Source::new(name, text)).collect();
        let error = System::parse(&sources).unwrap_err();
        error.findings().iter().map(|finding| format!("{} {}: {}", finding.code, finding.place.file, finding.message)).collect()
    };
    assert_eq!(refused(&[("c.yaml", CHILD)]), ["MOS-T011 c.yaml: the text `group.yaml` was not given"]);
    let again = CHILD.replace("tone:", "positioning:").replace("[positioning]", "[]").replace("[tone]", "[]");
    let expected = "MOS-M008 c.yaml: the decision `positioning` is inherited from the parent system, and stated again";
    assert_eq!(refused(&[("c.yaml", &again), ("group.yaml", PARENT)]), [expected]);
    let round = PARENT.replace("name: Group", "name: Group\nparent: c.yaml");
    assert_eq!(refused(&[("c.yaml", CHILD), ("group.yaml", &round)]), ["MOS-M009 c.yaml: the systems are parents of one another"]);
    let own = "marketingos: 1\nname: Own\nparent: own.yaml\n";
    assert_eq!(refused(&[("own.yaml", own)]), ["MOS-M009 own.yaml: the systems are parents of one another"]);
    for name in ["../group.yaml", "/etc/passwd", "a//b.yaml", "C:\\b.yaml", "https://example.org/b.yaml", "", "./b.yaml"] {
        let text = format!("marketingos: 1\nname: Own\ninclude: \"{}\"\n", name.replace('\\', "\\\\"));
        assert!(System::needs(&[Source::new("a.yaml", &text)]).is_empty(), "{name}");
        assert_eq!(refused(&[("a.yaml", &text)]), [format!("MOS-T012 a.yaml: `{name}` is not the name of a text")]);
    }
    // A parent with parts of its own, and a text that both include: it is the parent's.
    let (system, _) = System::parse(&[
        Source::new("c.yaml", &CHILD.replace("parent: group.yaml", "parent: group.yaml\ninclude: [more.yaml, shared.yaml]")),
        Source::new("more.yaml", "marketingos: 1\nsegments: { owners: Who owns. }\n"),
        Source::new("shared.yaml", "marketingos: 1\ntools: { crm: {} }\n"),
        Source::new("group.yaml", &PARENT.replace("name: Group", "name: Group\ninclude: shared.yaml")),
    ])
    .unwrap();
    assert_eq!((system.segments().len(), system.tools().len(), system.parent().unwrap().tools().len()), (1, 0, 1));
    // A chain of parents that is too long.
    let chain: Vec<(String, String)> = (0..12)
        .map(|at| {
            (format!("s{at}.yaml"), format!("marketingos: 1\nname: S{at}\n{}", if at < 11 { format!("parent: s{}.yaml\n", at + 1) } else { String::new() }))
        })
        .collect();
    let sources: Vec<(&str, &str)> = chain.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    assert_eq!(refused(&sources), ["MOS-M009 s8.yaml: more than 8 systems inherit from one another"]);
}
