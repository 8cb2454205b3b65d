//! Text to model: one function for each part of the format, every mistake reported.

mod aims;
mod budget;
mod calendar;
mod campaigns;
mod dated;
mod escalation;
mod figures;
mod frameworks;
mod hierarchy;
mod layers;
mod migrate;
mod operations;
mod report;
mod rhythm;
mod signals;
mod sources;
mod standard;
mod surfaces;
mod targets;
mod texts;
mod to_fill_in;
mod variance;
mod wording;

use std::collections::BTreeMap;

use super::System;
use super::index::Index;
use super::kpi::Additivity;
use super::layers::MarketingLayer;
use super::people::{Assignment, Assignments, Person};
use super::report::ReportTemplate;
use super::signals::SignalRules;
use super::variance::VarianceRules;
use crate::base::calendar::Calendar;
use crate::base::code::Code;
use crate::base::finding::{Finding, Mark, Origin, Place, Severity, quoted};
use crate::base::id::Id;
use crate::base::number::Number;
use crate::text::{self, Data, MapReader, Node, Reader, Source};
use crate::words::Words;
use texts::Text;
pub(super) use texts::needs;

/// The newest format version.
const FORMAT_VERSION: &str = "1";
/// Coverage below which a figure is incomplete, unless the system says otherwise: every day. A
/// sum over missing days is not the sum.
const DEFAULT_MIN_COVERAGE: (i128, u32) = (1, 0);

/// What kind of thing a reference must lead to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Person,
    Decision,
    Segment,
    Channel,
    Stage,
    Asset,
    /// An asset by which others are made.
    Template,
    Tool,
    Workflow,
    Campaign,
    Lesson,
    Framework,
    Source,
    /// A KPI or a measure.
    Figure,
    Kpi,
}

impl Kind {
    /// The sections in which it is defined.
    pub(super) fn sections(self) -> &'static [&'static str] {
        match self {
            Self::Person => &["people"],
            Self::Decision => &["decisions"],
            Self::Segment => &["segments"],
            Self::Channel => &["channels"],
            Self::Stage => &["stages"],
            Self::Asset | Self::Template => &["assets"],
            Self::Tool => &["tools"],
            Self::Workflow => &["workflows"],
            Self::Campaign => &["campaigns"],
            Self::Lesson => &["lessons"],
            Self::Framework => &["frameworks"],
            Self::Source => &["sources"],
            Self::Figure => &["kpis", "measures"],
            Self::Kpi => &["kpis"],
        }
    }

    /// What it is, in words.
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Decision => "decision",
            Self::Segment => "segment",
            Self::Channel => "channel",
            Self::Stage => "stage",
            Self::Asset => "asset",
            Self::Template => "template",
            Self::Tool => "tool",
            Self::Workflow => "workflow",
            Self::Campaign => "campaign",
            Self::Lesson => "lesson",
            Self::Framework => "framework",
            Self::Source => "source",
            Self::Figure => "KPI or measure",
            Self::Kpi => "KPI",
        }
    }
}

/// References met at one place while reading, resolved when everything has been read.
#[derive(Clone, Debug)]
pub(super) struct Reference {
    pub(super) kind: Kind,
    pub(super) ids: Vec<Id>,
    pub(super) place: Place,
}

/// A reader that also notes references.
pub(super) struct Context<'a> {
    pub(super) reader: Reader<'a>,
    pub(super) references: &'a mut References,
}

/// What leads somewhere, and what is there although it could not be read.
#[derive(Default)]
pub(super) struct References {
    pub(super) all: Vec<Reference>,
    /// Section and id of parts with mistakes: a reference to them is none.
    pub(super) unread: Vec<(&'static str, Id)>,
    /// What definitions declare about their additivity, to be compared with what follows.
    pub(super) additivity: Vec<(Id, Additivity, Place)>,
    /// How many assignments parts have from the whole to which they belong.
    pub(super) lent: usize,
    /// Standard KPIs in money whose currency is that of their inputs, and where they stand.
    pub(super) without_currency: Vec<(Id, Place)>,
}

/// The most assignments that parts may have from the whole to which they belong: each has all of them.
const MOST_LENT: usize = 500_000;

impl References {
    /// Parts for which nobody is named are their whole's owner's. What is too much is reported.
    pub(super) fn lend<'p>(&mut self, owner: &Assignments, parts: impl Iterator<Item = (&'p mut Assignments, &'p Origin)>) -> Option<Finding> {
        for (own, origin) in parts.filter(|(own, _)| own.is_empty()) {
            self.lent = self.lent.saturating_add(owner.0.len());
            if self.lent > MOST_LENT {
                let message = "too many parts have an owner that changes too often".to_owned();
                let (place, help) = (origin.0.clone(), "name the owners of fewer days, or those of the parts themselves".to_owned());
                return Some(Finding { code: Code::TooLarge, severity: Severity::Error, place, message, help });
            }
            *own = owner.clone();
        }
        None
    }
}

impl Context<'_> {
    pub(super) fn refer(&mut self, kind: Kind, id: &Id, mark: Mark, path: &str) {
        self.refer_all(kind, &[id], mark, path);
    }

    pub(super) fn refer_all(&mut self, kind: Kind, ids: &[&Id], mark: Mark, path: &str) {
        let place = self.reader.place(mark, path);
        self.references.all.push(Reference { kind, ids: ids.iter().copied().cloned().collect(), place });
    }

    /// The id under a key, noted as a reference.
    pub(super) fn reference(&mut self, map: &mut MapReader<'_>, key: &'static str, kind: Kind) -> Option<Id> {
        let (id, mark) = map.id(&mut self.reader, key)?;
        self.refer(kind, &id, mark, format!("{}.{key}", map.path).trim_start_matches('.'));
        Some(id)
    }

    pub(super) fn references(&mut self, map: &mut MapReader<'_>, key: &'static str, kind: Kind) -> Vec<Id> {
        let Some((node, path)) = map.get(key) else { return Vec::new() };
        let ids = self.reader.ids(node, &path);
        ids.iter().for_each(|(id, mark)| self.refer(kind, id, *mark, &path));
        ids.into_iter().map(|(id, _)| id).collect()
    }

    /// `owner: tom`, `owner: { person: tom, from: …, deputy: … }`, or a list of these.
    pub(super) fn assignments(&mut self, map: &mut MapReader<'_>, key: &'static str) -> Assignments {
        let Some((node, path)) = map.get(key) else { return Assignments::default() };
        let items = self.reader.items(node, &path);
        let assignments = Assignments(items.into_iter().filter_map(|(item, path)| self.assignment(item, &path)).collect());
        if let Some((left, right)) = assignments.overlapping() {
            let (code, message, help) = if key == "operator" {
                let help = "name one operator, accountable for the whole; give each a `from` and `to` when they follow one another";
                (Code::SeveralOperators, format!("`{}` and `{}` are operators at the same time", left.person, right.person), help)
            } else {
                let message = format!("`{}` and `{}` answer for it at the same time", left.person, right.person);
                (Code::SeveralOwners, message, "name one; give each a `from` and `to` when they follow one another")
            };
            self.reader.error(code, node.mark, &path, message, help);
        }
        assignments
    }

    fn assignment(&mut self, node: &Node, path: &str) -> Option<Assignment> {
        if let Data::Scalar { .. } = node.data {
            let person = self.reader.id(node, path)?;
            self.refer(Kind::Person, &person, node.mark, path);
            return Some(Assignment { person, from: None, to: None, deputy: None });
        }
        let mut map = self.reader.map(node, path)?;
        let person = map.require(&mut self.reader, "person", "name who it is").and_then(|(node, path)| {
            let id = self.reader.id(node, &path)?;
            self.refer(Kind::Person, &id, node.mark, &path);
            Some(id)
        });
        let from = map.date(&mut self.reader, "from");
        let to = map.date(&mut self.reader, "to");
        let deputy = self.reference(&mut map, "deputy", Kind::Person);
        if let (Some(from), Some(to)) = (from, to)
            && to < from
        {
            self.reader.error(Code::BadDates, node.mark, path, format!("the end {to} lies before the start {from}"), "swap the two dates");
        }
        if deputy.is_some() && deputy == person {
            let message = format!("`{}` is named as the deputy of the same person", deputy.as_ref().map_or("", Id::as_str));
            self.reader.error(Code::WrongValue, node.mark, path, message, "name somebody else, or nobody");
        }
        map.finish(&mut self.reader);
        Some(Assignment { person: person?, from, to, deputy })
    }

    /// The entries of a section whose keys are ids.
    pub(super) fn section<T>(&mut self, map: &mut MapReader<'_>, key: &'static str, mut read: impl FnMut(&mut Self, Entry<'_>) -> Option<T>) -> Vec<T> {
        let Some((node, path)) = map.get(key) else { return Vec::new() };
        if let Data::Map(entries) = &node.data {
            // `Tim` is reported as no id; `tim`, as which others will refer to him, is not missing.
            let refused = entries.iter().filter(|entry| Id::new(&entry.key).is_none());
            self.references.unread.extend(refused.filter_map(|entry| Some((key, Id::new(&Id::nearest_spelling(&entry.key))?))));
        }
        let entries = self.reader.by_id(node, &path);
        let mut parts = Vec::with_capacity(entries.len());
        for (id, mark, node, path) in entries {
            match read(self, Entry { id: id.clone(), mark, node, path }) {
                Some(part) => parts.push(part),
                None => self.references.unread.push((key, id)),
            }
        }
        parts
    }
}

/// One entry of such a section.
pub(super) struct Entry<'n> {
    pub(super) id: Id,
    pub(super) mark: Mark,
    pub(super) node: &'n Node,
    pub(super) path: String,
}

impl Entry<'_> {
    fn origin(&self, context: &Context<'_>) -> Origin {
        Origin(context.reader.place(self.mark, &self.path))
    }
}

/// Reads all texts into one system, and the references in it that must lead somewhere.
pub(super) fn system(sources: &[Source<'_>], findings: &mut Vec<Finding>) -> Option<(System, References)> {
    if sources.is_empty() {
        let message = "no text was given".to_owned();
        findings.push(Finding {
            code: Code::EmptyText,
            severity: Severity::Error,
            place: Place::default(),
            message,
            help: "give the text of a system".to_owned(),
        });
        return None;
    }
    let parsed = trees(sources, findings);
    if parsed.len() < sources.len() {
        // What a text that cannot be read would have defined is not missing: only what the others
        // say wrongly in themselves is told.
        one_system(&parsed.iter().collect::<Vec<_>>(), None, findings);
        return None;
    }
    let families = texts::families(&parsed, findings)?;
    // The eldest first: each is the parent of the next.
    let mut parent: Option<System> = None;
    for (position, family) in families.iter().enumerate().rev() {
        let (mut system, references) = one_system(family, parent.take(), findings);
        named(&system, family, findings);
        if position == 0 {
            return Some((system, references));
        }
        super::check(&mut system, &references, findings);
        parent = Some(system);
    }
    None
}

/// Reads texts into trees of the newest version. What could not be read is left out.
fn trees<'s>(sources: &[Source<'s>], findings: &mut Vec<Finding>) -> Vec<Text<'s>> {
    let mut texts: Vec<Text<'s>> = sources.iter().filter_map(|source| Some(Text::new(source.name, text::parse(*source, findings)?))).collect();
    let said = migrate::Said::by(texts.iter().map(|text| &text.node));
    for text in &mut texts {
        migrate::forward(text.name, &mut text.node, said, findings);
        to_fill_in::tell(text.name, &text.node, findings);
    }
    texts
}

/// Reads the texts of one system.
fn one_system(texts: &[&Text<'_>], parent: Option<System>, findings: &mut Vec<Finding>) -> (System, References) {
    let mut references = References::default();
    let mut system = empty();
    system.parent = parent.map(Box::new);
    let mut files = Files::default();
    // What holds for all texts is read first, so that their order does not matter.
    let mut defaults = Defaults::new();
    for text in texts {
        let mut context = Context { reader: Reader::new(text.name, findings), references: &mut references };
        files.note(&mut context, &text.node, text.name);
        defaults.read(&mut context, &text.node);
    }
    system.calendar = defaults.calendar.clone();
    (system.zone, system.holidays) = (defaults.office.zone.clone(), defaults.office.holidays.clone());
    for text in texts {
        let mut context = Context { reader: Reader::new(text.name, findings), references: &mut references };
        one_text(&mut context, &text.node, &mut system, &defaults);
    }
    if let Some(audience) = system.marketing.iter().find(|layer| layer.layer == MarketingLayer::Audience) {
        let segments = system.segments.iter_mut().map(|segment| (&mut segment.owner, &segment.origin));
        findings.extend(references.lend(&audience.owner, segments));
    }
    standard::infer_currencies(&mut system, &references.without_currency, findings);
    (system, references)
}

/// A system has a name, in one of its texts.
fn named(system: &System, texts: &[&Text<'_>], findings: &mut Vec<Finding>) {
    let named = !system.name.is_empty() || findings.iter().any(|finding| finding.place.path == "name");
    if !named && texts.iter().any(|text| matches!(text.node.data, Data::Map(_))) {
        let place = Place { file: texts.first().map(|text| text.name.to_owned()).unwrap_or_default(), mark: Mark { line: 1, column: 1 }, path: String::new() };
        let help = "say what the company or team is called".to_owned();
        findings.push(Finding { code: Code::MissingKey, severity: Severity::Error, place, message: "the text has no `name`".to_owned(), help });
    }
}

/// Which text each section stands in.
#[derive(Default)]
struct Files {
    by_key: BTreeMap<String, String>,
}

impl Files {
    fn note(&mut self, context: &mut Context<'_>, node: &Node, file: &str) {
        let Data::Map(entries) = &node.data else { return };
        for entry in entries {
            match self.by_key.get(&entry.key) {
                Some(other) if !matches!(entry.key.as_str(), "marketingos" | "include") => {
                    let message = format!("the key {} stands in {other} too", quoted(&entry.key));
                    context.reader.error(Code::DuplicateKey, entry.mark, &entry.key, message, "keep each section in one file");
                }
                Some(_) => {}
                None => {
                    self.by_key.insert(entry.key.clone(), file.to_owned());
                }
            }
        }
    }
}

/// What holds for the parts of a system that do not say otherwise.
struct Defaults {
    calendar: Calendar,
    office: calendar::Office,
    min_coverage: Number,
}

impl Defaults {
    fn new() -> Self {
        let (mantissa, decimals) = DEFAULT_MIN_COVERAGE;
        Self { calendar: Calendar::default(), office: calendar::Office::default(), min_coverage: Number::from_parts(mantissa, decimals) }
    }

    fn read(&mut self, context: &mut Context<'_>, node: &Node) {
        // A text that is no mapping is reported when the rest is read.
        let Data::Map(_) = node.data else { return };
        let Some(mut map) = context.reader.map(node, "") else { return };
        if let Some(calendar) = map.get("calendar").and_then(|(node, path)| calendar::calendar(context, node, &path)) {
            (self.calendar, self.office) = calendar;
        }
        if let Some(share) = map.get("min_coverage").and_then(|(node, path)| share(context, node, &path)) {
            self.min_coverage = share;
        }
    }
}

fn empty() -> System {
    System {
        name: String::new(),
        calendar: Calendar::default(),
        zone: None,
        holidays: Vec::new(),
        operator: Assignments::default(),
        executive: None,
        people: Vec::new(),
        brand: Vec::new(),
        marketing: Vec::new(),
        segments: Vec::new(),
        channels: Vec::new(),
        stages: Vec::new(),
        assets: Vec::new(),
        inputs: Vec::new(),
        tools: Vec::new(),
        workflows: Vec::new(),
        campaigns: Vec::new(),
        lessons: Vec::new(),
        frameworks: Vec::new(),
        parent: None,
        sources: Vec::new(),
        measures: Vec::new(),
        kpis: Vec::new(),
        plan_name: String::new(),
        targets: Vec::new(),
        scenarios: Vec::new(),
        variance: VarianceRules::default(),
        budgets: Vec::new(),
        reviews: Vec::new(),
        cadences: Vec::new(),
        triggers: Vec::new(),
        signals: SignalRules::default(),
        report: ReportTemplate::default(),
        words: Words::default(),
        index: Index::default(),
    }
}

/// A text that is a single word is more likely the name of a file.
fn is_file_name(context: &mut Context<'_>, node: &Node) -> bool {
    let Data::Scalar { text } = &node.data else { return false };
    let message = format!("expected a mapping of keys to values, found a single value, {}", quoted(text));
    context.reader.error(Code::WrongShape, node.mark, "", message, "write a mapping of keys to values here: the text of a file, not its name");
    true
}

fn one_text(context: &mut Context<'_>, node: &Node, system: &mut System, defaults: &Defaults) {
    if is_file_name(context, node) {
        return;
    }
    let Some(mut map) = context.reader.map(node, "") else { return };
    format_version(&mut context.reader, &mut map, "marketingos");
    if let Some(name) = map.text(&mut context.reader, "name") {
        system.name = name;
    }
    // Read before: see `texts` and `Defaults`.
    map.get("include");
    map.get("parent");
    map.get("calendar");
    map.get("min_coverage");
    map.moved(&mut context.reader, "fiscal_year_starts", "calendar.fiscal_year_starts");
    system.people.extend(context.section(&mut map, "people", person));
    let operator = context.assignments(&mut map, "operator");
    if !operator.0.is_empty() {
        system.operator = operator;
    }
    if let Some(executive) = context.reference(&mut map, "executive", Kind::Person) {
        system.executive = Some(executive);
    }
    system.brand.extend(layers::brand(context, &mut map));
    system.marketing.extend(layers::marketing(context, &mut map));
    system.segments.extend(context.section(&mut map, "segments", surfaces::segment));
    system.channels.extend(context.section(&mut map, "channels", surfaces::channel));
    system.stages.extend(context.section(&mut map, "stages", surfaces::stage));
    system.assets.extend(context.section(&mut map, "assets", operations::asset));
    system.inputs.extend(context.section(&mut map, "inputs", operations::input));
    system.tools.extend(context.section(&mut map, "tools", operations::tool));
    system.workflows.extend(context.section(&mut map, "workflows", operations::workflow));
    system.campaigns.extend(context.section(&mut map, "campaigns", campaigns::campaign));
    system.lessons.extend(context.section(&mut map, "lessons", campaigns::lesson));
    system.frameworks.extend(context.section(&mut map, "frameworks", frameworks::framework));
    system.sources.extend(context.section(&mut map, "sources", sources::source));
    system.measures.extend(context.section(&mut map, "measures", figures::measure));
    system.kpis.extend(context.section(&mut map, "kpis", |context, entry| figures::kpi(context, entry, &defaults.min_coverage)));
    targets::plan(context, &mut map, system);
    if let Some(variance) = variance::variance(context, &mut map) {
        system.variance = variance;
    }
    system.reviews.extend(context.section(&mut map, "reviews", rhythm::review));
    system.cadences.extend(rhythm::cadences(context, &mut map));
    if let Some(triggers) = escalation::triggers(context, &mut map) {
        system.triggers = triggers;
    }
    if let Some(signals) = signals::signals(context, &mut map) {
        system.signals = signals;
    }
    wording::wording(context, &mut map, system);
    if let Some(report) = report::report(context, &mut map) {
        system.report = report;
    }
    map.finish(&mut context.reader);
}

/// `marketingos: 1` or `evidence: 1`.
pub(crate) fn format_version(reader: &mut Reader<'_>, map: &mut MapReader<'_>, key: &'static str) {
    let help = format!("write `{key}: {FORMAT_VERSION}` first");
    let Some((node, path)) = map.require(reader, key, &help) else { return };
    if let Some(text) = reader.text(node, &path)
        && text != FORMAT_VERSION
    {
        reader.error(Code::FormatVersion, node.mark, &path, format!("the format version {} is not supported", quoted(text)), help);
    }
}

/// A share from 0 to 1.
pub(super) fn share(context: &mut Context<'_>, node: &Node, path: &str) -> Option<Number> {
    let number = context.reader.number(node, path)?;
    if number.is_negative() || number > Number::from(1) {
        context.reader.error(Code::WrongValue, node.mark, path, format!("{number} is not a share from 0 to 1"), "write a share such as 0.9 or 90 %");
        return None;
    }
    Some(number)
}

fn person(context: &mut Context<'_>, entry: Entry<'_>) -> Option<Person> {
    let reader = &mut context.reader;
    if let Data::Scalar { text, .. } = &entry.node.data {
        return Some(Person { id: entry.id, name: text.clone(), role: String::new() });
    }
    let mut map = reader.map(entry.node, &entry.path)?;
    let name = map.text(reader, "name").unwrap_or_else(|| entry.id.to_string());
    let role = map.text(reader, "role").unwrap_or_default();
    map.finish(reader);
    Some(Person { id: entry.id, name, role })
}
