//! Text to evidence: every mistake is reported, and the entries are put into one order, so
//! that the order in which they were written does not matter.

use super::evidence::{Absence, Activity, Dashboard, Evidence, KpiList, Named, Report, Shown};
use super::written::Written;
use crate::base::calendar::{Grain, Period};
use crate::base::code::Code;
use crate::base::date::Date;
use crate::base::finding::{Finding, Mark, Severity, quoted};
use crate::base::id::Id;
use crate::base::order;
use crate::model::{System, format_version};
use crate::text::{self, Data, MapReader, Node, Reader, Source, one_of_help};

/// The most lists, dashboards and reports that are read: all are compared with one another,
/// and who has more of them than this wants the latest ones looked at.
const MAX_COMPARED: usize = 200;
/// The most absences that are read: fifty people for ten years, twice a year.
const MAX_ABSENCES: usize = 1_000;
/// The most headings of a report, and names on a list of the most important KPIs.
const MAX_ITEMS: usize = 100;
/// So many characters of a free name are looked at for a slip.
const MAX_COMPARED_TEXT: usize = 80;
/// From this likeness (Jaro–Winkler) on, a free name is taken for a slip: `lead` for `leads`.
/// Higher than for help lines, since free names are welcome and most are meant.
const SLIP: f64 = 0.92;

/// Reads all texts into one body of evidence.
pub(super) fn evidence(sources: &[Source<'_>], system: &System, findings: &mut Vec<Finding>) -> Evidence {
    let mut evidence = Evidence::default();
    for source in sources {
        let mut warnings = Vec::new();
        if let Some(node) = text::parse(*source, findings) {
            let mut context = Context { reader: Reader::new(source.name, findings), system, warnings: &mut warnings };
            context.text(&node, &mut evidence);
        }
        findings.append(&mut warnings);
    }
    order::sort_by(&mut evidence.kpi_lists, |left, right| (&left.person, left.dated, &left.place).cmp(&(&right.person, right.dated, &right.place)));
    order::sort_by(&mut evidence.dashboards, |left, right| (&left.name, left.dated, &left.place).cmp(&(&right.name, right.dated, &right.place)));
    order::sort_by(&mut evidence.reports, |left, right| (left.month.first, &left.place).cmp(&(right.month.first, &right.place)));
    order::sort_by(&mut evidence.absences, |left, right| {
        (&left.person, left.from, left.to, &left.place).cmp(&(&right.person, right.from, right.to, &right.place))
    });
    repeated(&evidence, findings);
    evidence
}

/// Of two entries that say what only one can, none is better than the other.
fn repeated(evidence: &Evidence, findings: &mut Vec<Finding>) {
    let mut report = |place: &crate::Place, message: String, help: &str| {
        findings.push(Finding { code: Code::RepeatedEvidence, severity: Severity::Error, place: place.clone(), message, help: help.to_owned() });
    };
    for (left, right) in evidence.kpi_lists.iter().zip(evidence.kpi_lists.iter().skip(1)) {
        if (&left.person, left.dated) == (&right.person, right.dated) {
            report(&right.place, format!("`{}` gave two lists on {}", right.person, right.dated), "keep the one that was given last");
        }
    }
    for (left, right) in evidence.dashboards.iter().zip(evidence.dashboards.iter().skip(1)) {
        if (&left.name, left.dated) == (&right.name, right.dated) {
            let message = format!("the dashboard {} stands here twice for {}", quoted(&right.name), right.dated);
            report(&right.place, message, "keep one, or give each a name of its own");
        }
    }
    for (left, right) in evidence.reports.iter().zip(evidence.reports.iter().skip(1)) {
        if left.month == right.month {
            report(&right.place, format!("there are two reports for {}", right.month), "keep the one that went to the executive");
        }
    }
}

struct Context<'a> {
    reader: Reader<'a>,
    system: &'a System,
    /// Kept apart while the reader holds the findings.
    warnings: &'a mut Vec<Finding>,
}

impl Context<'_> {
    fn text(&mut self, node: &Node, evidence: &mut Evidence) {
        let Some(mut map) = self.reader.map(node, "") else { return };
        format_version(&mut self.reader, &mut map, "evidence");
        self.entries(&mut map, "kpi_lists", MAX_COMPARED, &mut evidence.kpi_lists, Self::kpi_list);
        self.entries(&mut map, "dashboards", MAX_COMPARED, &mut evidence.dashboards, Self::dashboard);
        self.entries(&mut map, "reports", MAX_COMPARED, &mut evidence.reports, Self::report);
        self.entries(&mut map, "absences", MAX_ABSENCES, &mut evidence.absences, Self::absence);
        if let Some((node, path)) = map.get("activity") {
            let activity = self.activity(node, &path);
            if evidence.activity.is_some() {
                let message = "a place where work is counted is named in another text too".to_owned();
                self.reader.error(Code::RepeatedEvidence, node.mark, &path, message, "name one source of activity");
            }
            evidence.activity = activity.or(evidence.activity.take());
        }
        map.finish(&mut self.reader);
    }

    /// Adds the entries of a list.
    fn entries<T>(&mut self, map: &mut MapReader<'_>, key: &'static str, most: usize, into: &mut Vec<T>, read: impl Fn(&mut Self, &Node, &str) -> Option<T>) {
        let Some((node, path)) = map.get(key) else { return };
        let items = self.reader.items(node, &path);
        let count = items.len().saturating_add(into.len());
        if count > most {
            let message = format!("{} has {count} entries; at most {most} are read", quoted(key));
            self.reader.error(Code::TooLarge, node.mark, &path, message, "give the latest ones");
            return;
        }
        into.extend(items.into_iter().filter_map(|(item, path)| read(self, item, &path)));
    }

    fn kpi_list(&mut self, node: &Node, path: &str) -> Option<KpiList> {
        let mut map = self.reader.map(node, path)?;
        let person = self.person(&mut map);
        let dated = self.date(&mut map, "dated", "write the day on which the list was given");
        let kpis = map.require(&mut self.reader, "kpis", "list what this person named: ids of KPIs, or free text");
        let kpis = kpis.map(|(node, path)| self.few(node, &path)).unwrap_or_default();
        let kpis: Vec<Named> = kpis.into_iter().filter_map(|(item, path)| self.named(item, &path)).collect();
        map.finish(&mut self.reader);
        Some(KpiList { person: person?, dated: dated?, kpis, place: self.reader.place(node.mark, path) })
    }

    fn dashboard(&mut self, node: &Node, path: &str) -> Option<Dashboard> {
        let mut map = self.reader.map(node, path)?;
        let name = map.require(&mut self.reader, "name", "say what the dashboard is called").and_then(|(node, path)| self.reader.text(node, &path));
        let name = name.map(str::to_owned);
        let users = map.require(&mut self.reader, "used_by", "write `[team]`, `[executive]` or `[team, executive]`");
        let users: Vec<bool> = users
            .map(|(node, path)| self.reader.items(node, &path))
            .unwrap_or_default()
            .into_iter()
            .filter_map(|(item, path)| self.reader.one_of(item, &path, &[("team", false), ("executive", true)]))
            .collect();
        let dated = self.date(&mut map, "dated", "write the day on which the dashboard stood like this");
        let items = map.get("figures").map(|(node, path)| self.reader.items(node, &path)).unwrap_or_default();
        let mut figures: Vec<Shown> = items.into_iter().filter_map(|(item, path)| self.shown(item, &path)).collect();
        order::sort_by(&mut figures, |left, right| (&left.kpi.key, &left.period, &left.place).cmp(&(&right.kpi.key, &right.period, &right.place)));
        for (left, right) in figures.iter().zip(figures.iter().skip(1)) {
            if (&left.kpi.key, &left.period) == (&right.kpi.key, &right.period) {
                let message = format!("{} stands on this dashboard twice for {}", quoted(&right.kpi.text), right.period);
                self.reader.error(Code::RepeatedEvidence, right.place.mark, &right.place.path, message, "register two dashboards, or keep one figure");
            }
        }
        map.finish(&mut self.reader);
        let (team, executive) = (users.contains(&false), users.contains(&true));
        Some(Dashboard { name: name?, team, executive, dated: dated?, figures, place: self.reader.place(node.mark, path) })
    }

    fn shown(&mut self, node: &Node, path: &str) -> Option<Shown> {
        let mut map = self.reader.map(node, path)?;
        let kpi = map.require(&mut self.reader, "kpi", "name the KPI, or write what the figure is called").and_then(|(node, path)| self.named(node, &path));
        let month = self.system.calendar().example(Grain::Month);
        let period = map.require(&mut self.reader, "period", &format!("write the period, such as {month}")).and_then(|(node, path)| self.period(node, &path));
        let value = map.require(&mut self.reader, "value", "write the value as it is shown").and_then(|(node, path)| self.written(node, &path));
        let target = map.get("target").and_then(|(node, path)| self.written(node, &path));
        map.finish(&mut self.reader);
        Some(Shown { kpi: kpi?, period: period?, value: value?, target, place: self.reader.place(node.mark, path) })
    }

    fn report(&mut self, node: &Node, path: &str) -> Option<Report> {
        let mut map = self.reader.map(node, path)?;
        let example = self.system.calendar().example(Grain::Month);
        let month = map.require(&mut self.reader, "month", &format!("write the month that the report is about, such as {example}"));
        let month = month.and_then(|(node, path)| {
            let period = self.period(node, &path)?;
            if period.grain != Grain::Month {
                let message = format!("`{period}` is a {}, not a month", period.grain.as_str());
                self.reader.error(Code::WrongValue, node.mark, &path, message, format!("write a month such as {example}"));
                return None;
            }
            Some(period)
        });
        let sections = map.require(&mut self.reader, "sections", "list the headings in the order in which they stood");
        let sections = sections.map(|(node, path)| self.few(node, &path)).unwrap_or_default();
        let sections: Vec<String> = sections.into_iter().filter_map(|(item, path)| self.reader.text(item, &path).map(str::to_owned)).collect();
        map.finish(&mut self.reader);
        Some(Report { month: month?, sections, place: self.reader.place(node.mark, path) })
    }

    /// The items of a list that people keep short.
    fn few<'n>(&mut self, node: &'n Node, path: &str) -> Vec<(&'n Node, String)> {
        let items = self.reader.items(node, path);
        if items.len() > MAX_ITEMS {
            let message = format!("a list of {} items; at most {MAX_ITEMS} are read", items.len());
            self.reader.error(Code::TooLarge, node.mark, path, message, "keep those that matter most");
            return Vec::new();
        }
        items
    }

    fn absence(&mut self, node: &Node, path: &str) -> Option<Absence> {
        let mut map = self.reader.map(node, path)?;
        let person = self.person(&mut map);
        let from = self.date(&mut map, "from", "write the first day of the absence");
        let to = map.get("to").map(|(node, path)| self.reader.date(node, &path));
        map.finish(&mut self.reader);
        let (from, to) = (from?, to.unwrap_or_else(|| Some(Date::max()))?);
        if to < from {
            self.reader.error(Code::BadDates, node.mark, path, format!("the end {to} lies before the start {from}"), "swap the two dates");
            return None;
        }
        Some(Absence { person: person?, from, to, place: self.reader.place(node.mark, path) })
    }

    fn activity(&mut self, node: &Node, path: &str) -> Option<Activity> {
        let mut map = self.reader.map(node, path)?;
        let mut ids: Vec<Option<(Id, Mark)>> = Vec::new();
        for (key, help) in [
            ("source", "name the source that holds finished work"),
            ("person", "name the dimension whose members are ids of people"),
            ("items", "name the measure that counts the work"),
        ] {
            let found = map.require(&mut self.reader, key, help);
            ids.push(found.and_then(|(node, path)| self.reader.id(node, &path).map(|id| (id, node.mark))));
        }
        map.finish(&mut self.reader);
        let [source, person, items] = <[_; 3]>::try_from(ids).ok()?;
        let (source, person, items) = (source?, person?, items?);
        let system = self.system;
        let names: Vec<&str> = system.sources().iter().map(|source| source.id.as_str()).collect();
        self.known("source", &source.0, source.1, &format!("{path}.source"), &names)?;
        let table = system.source(source.0.as_str())?;
        let dimensions: Vec<&str> = table.dimensions.iter().chain(&table.entity).map(|column| column.id.as_str()).collect();
        let measures: Vec<&str> = table.measures.iter().map(|measure| measure.id.as_str()).collect();
        let has_person = self.known("dimension", &person.0, person.1, &format!("{path}.person"), &dimensions);
        self.known("measure", &items.0, items.1, &format!("{path}.items"), &measures).and(has_person)?;
        Some(Activity { source: source.0, person: person.0, items: items.0, place: self.reader.place(node.mark, path) })
    }

    /// Reports a reference that leads nowhere.
    fn known(&mut self, what: &str, id: &Id, mark: Mark, path: &str, names: &[&str]) -> Option<()> {
        if names.contains(&id.as_str()) {
            return Some(());
        }
        self.reader.error(Code::UnknownReference, mark, path, format!("there is no {what} `{id}`"), one_of_help(id.as_str(), names));
        None
    }

    fn person(&mut self, map: &mut MapReader<'_>) -> Option<Id> {
        map.require(&mut self.reader, "person", "name who it is")?;
        let (id, mark) = map.id(&mut self.reader, "person")?;
        let names: Vec<&str> = self.system.people().iter().map(|person| person.id.as_str()).collect();
        self.known("person", &id, mark, &format!("{}.person", map.path), &names)?;
        Some(id)
    }

    fn date(&mut self, map: &mut MapReader<'_>, key: &'static str, help: &str) -> Option<Date> {
        map.require(&mut self.reader, key, help).and_then(|(node, path)| self.reader.date(node, &path))
    }

    fn period(&mut self, node: &Node, path: &str) -> Option<Period> {
        let text = self.reader.text(node, path)?;
        let period = self.system.calendar().parse(text).filter(|period| period.grain != Grain::All);
        if period.is_none() {
            let message = format!("{} is not a period of this calendar", quoted(text));
            self.reader.error(Code::WrongValue, node.mark, path, message, self.system.calendar().how_to_write());
        }
        period
    }

    fn written(&mut self, node: &Node, path: &str) -> Option<Written> {
        let number = self.reader.number(node, path)?;
        let Data::Scalar { text, .. } = &node.data else { return None };
        let fraction = text.split_once('.').map_or(0, |(_, fraction)| fraction.bytes().filter(u8::is_ascii_digit).count());
        let percent = if text.ends_with('%') { 2 } else { 0 };
        Some(Written { number, decimals: u32::try_from(fraction.saturating_add(percent)).unwrap_or(0), text: text.clone() })
    }

    /// The id or name of a KPI, or free text for what is none; a likely slip is a warning.
    fn named(&mut self, node: &Node, path: &str) -> Option<Named> {
        let text = self.reader.text(node, path)?;
        let key = normal(text);
        if key.is_empty() {
            self.reader.error(Code::WrongValue, node.mark, path, "the name is empty".to_owned(), "write the id of a KPI, or what it is called");
            return None;
        }
        let system = self.system;
        let same = |kpi: &&crate::Kpi| kpi.definition.id.as_str() == key || normal(&kpi.name) == key;
        if let Some(kpi) = system.kpi(&key).or_else(|| system.kpis().iter().find(same)) {
            let id = kpi.definition.id.clone();
            return Some(Named { key: id.to_string(), text: kpi.name.clone(), kpi: Some(id) });
        }
        let start: String = key.chars().take(MAX_COMPARED_TEXT).collect();
        let likeness = |kpi: &crate::Kpi| strsim::jaro_winkler(&start, kpi.definition.id.as_str()).max(strsim::jaro_winkler(&start, &normal(&kpi.name)));
        if let Some(near) = system.kpis().iter().find(|kpi| likeness(kpi) >= SLIP) {
            let message = format!("{} is no KPI of the system, and is read as free text", quoted(text));
            let help = format!("did you mean `{}`?", near.definition.id);
            let place = self.reader.place(node.mark, path);
            self.warnings.push(Finding { code: Code::NearlyAKpi, severity: Severity::Warning, place, message, help });
        }
        Some(Named { key, text: text.to_owned(), kpi: None })
    }
}

/// Lower case, single spaces.
pub(super) fn normal(text: &str) -> String {
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower.split_whitespace().collect();
    words.join(" ")
}
