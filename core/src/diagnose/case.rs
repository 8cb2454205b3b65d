//! What the rules look at: a snapshot, and the evidence that counts at its as-of date.

use super::activity::Work;
use super::diagnosis::{CountedEvidence, EvidenceKind, EvidenceUse, UncountedEvidence};
use super::evidence::{Absence, Dashboard, Evidence, KpiList, Report};
use super::words::{cited, plain};
use crate::base::calendar::{Grain, Period};
use crate::base::date::Date;
use crate::base::finding::Place;
use crate::base::id::Id;
use crate::judge::snapshot::Snapshot;
use crate::model::System;

/// A snapshot and the evidence that counts.
pub(super) struct Case<'a> {
    pub(super) snapshot: &'a Snapshot,
    pub(super) system: &'a System,
    pub(super) as_of: Date,
    /// The latest list of each person.
    pub(super) kpi_lists: Vec<&'a KpiList>,
    /// The latest state of each dashboard.
    pub(super) dashboards: Vec<&'a Dashboard>,
    /// By month.
    pub(super) reports: Vec<&'a Report>,
    /// By person and day; those of one person neither overlap nor touch.
    pub(super) absences: Vec<Absence>,
    pub(super) work: Option<Work>,
    pub(super) used: EvidenceUse,
}

impl<'a> Case<'a> {
    pub(super) fn new(snapshot: &'a Snapshot, evidence: &'a Evidence) -> Self {
        let as_of = snapshot.as_of();
        let mut used = EvidenceUse { counted: Vec::new(), not_counted: Vec::new() };
        let mut sift = Sift { as_of, used: &mut used };

        let list = |list: &'a KpiList| Entry {
            name: list.person.as_str(),
            what: format!("The KPI list of {}", person(snapshot.system(), &list.person)),
            date: list.dated,
            place: &list.place,
        };
        let kpi_lists = sift.known(EvidenceKind::KpiList, &evidence.kpi_lists, list);
        let kpi_lists = sift.latest(EvidenceKind::KpiList, kpi_lists, list);
        sift.count(EvidenceKind::KpiList, kpi_lists.iter().map(|list| (list.dated, list.dated)));

        let dashboard = |dashboard: &'a Dashboard| Entry {
            name: &dashboard.name,
            what: format!("The dashboard {}", cited(&dashboard.name)),
            date: dashboard.dated,
            place: &dashboard.place,
        };
        let dashboards = sift.known(EvidenceKind::Dashboard, &evidence.dashboards, dashboard);
        let dashboards = sift.latest(EvidenceKind::Dashboard, dashboards, dashboard);
        sift.count(EvidenceKind::Dashboard, dashboards.iter().map(|dashboard| (dashboard.dated, dashboard.dated)));

        // A report is written when its month is over.
        let reports = sift.known(EvidenceKind::Report, &evidence.reports, |report| Entry {
            name: &report.month.label,
            what: format!("The report for {}", report.month),
            date: report.month.last,
            place: &report.place,
        });
        sift.count(EvidenceKind::Report, reports.iter().map(|report| (report.month.first, report.month.last)));

        let absences = sift.known(EvidenceKind::Absence, &evidence.absences, |absence| Entry {
            name: absence.person.as_str(),
            what: format!("The absence of {}", person(snapshot.system(), &absence.person)),
            date: absence.from,
            place: &absence.place,
        });
        let absences: Vec<Absence> = absences.into_iter().map(|absence| Absence { to: absence.to.min(as_of), ..absence.clone() }).collect();
        sift.count(EvidenceKind::Absence, absences.iter().map(|absence| (absence.from, absence.to)));

        let work = evidence.activity.as_ref().and_then(|activity| {
            let work = Work::of(snapshot, activity);
            if work.is_none() {
                let text = "Finished work is counted from rows, and this snapshot was made of cells, which do not keep whose work a row is.";
                sift.leave_out(EvidenceKind::Activity, text.to_owned(), as_of, &activity.place);
            }
            work
        });
        sift.count(EvidenceKind::Activity, work.iter().flat_map(Work::days).map(|day| (day, day)));

        Self { snapshot, system: snapshot.system(), as_of, kpi_lists, dashboards, reports, absences: merged(absences), work, used }
    }

    /// Somebody's name, fit for a sentence.
    pub(super) fn person(&self, id: &Id) -> String {
        person(self.system, id)
    }

    /// The month that holds the as-of date.
    pub(super) fn current_month(&self) -> Period {
        self.system.calendar().period(Grain::Month, self.as_of)
    }
}

fn person(system: &System, id: &Id) -> String {
    system.person(id.as_str()).map_or_else(|| id.to_string(), |person| plain(&person.name))
}

/// What an entry is, for the list of those that did not count.
struct Entry<'a> {
    name: &'a str,
    what: String,
    date: Date,
    place: &'a Place,
}

struct Sift<'u> {
    as_of: Date,
    used: &'u mut EvidenceUse,
}

impl Sift<'_> {
    /// The entries dated up to and including the as-of date.
    fn known<'a, T>(&mut self, kind: EvidenceKind, entries: &'a [T], describe: impl Fn(&'a T) -> Entry<'a>) -> Vec<&'a T> {
        let mut known = Vec::new();
        for item in entries {
            let Entry { what, date, place, .. } = describe(item);
            if date <= self.as_of {
                known.push(item);
            } else {
                self.leave_out(kind, format!("{what} is dated {date}, after the as-of date {}.", self.as_of), date, place);
            }
        }
        known
    }

    /// Of entries sorted by name and date, the last of each name.
    fn latest<'a, T>(&mut self, kind: EvidenceKind, entries: Vec<&'a T>, describe: impl Fn(&'a T) -> Entry<'a>) -> Vec<&'a T> {
        let mut latest: Vec<&T> = Vec::new();
        for item in entries {
            let newer = describe(item);
            if let Some(older) = latest.last().map(|older| describe(older)).filter(|older| older.name == newer.name) {
                self.leave_out(kind, format!("{} of {} is superseded by that of {}.", older.what, older.date, newer.date), older.date, older.place);
                latest.pop();
            }
            latest.push(item);
        }
        latest
    }

    fn leave_out(&mut self, kind: EvidenceKind, text: String, date: Date, place: &Place) {
        self.used.not_counted.push(UncountedEvidence { kind, text, date, place: place.clone() });
    }

    fn count(&mut self, kind: EvidenceKind, spans: impl Iterator<Item = (Date, Date)>) {
        let spans: Vec<(Date, Date)> = spans.collect();
        let first = spans.iter().map(|(first, _)| *first).min();
        let last = spans.iter().map(|(_, last)| *last).max();
        if let Some((first, last)) = first.zip(last) {
            self.used.counted.push(CountedEvidence { kind, entries: spans.len(), first, last });
        }
    }
}

/// Absences of one person that overlap or follow one another are one absence.
fn merged(absences: Vec<Absence>) -> Vec<Absence> {
    let mut merged: Vec<Absence> = Vec::new();
    for absence in absences {
        match merged.last_mut() {
            Some(last) if last.person == absence.person && absence.from <= last.to.plus_days(1) => last.to = last.to.max(absence.to),
            _ => merged.push(absence),
        }
    }
    merged
}
