//! What is answered to a request: the question's method, and its result in the form asked for.

use serde::Serialize;

use super::request::{NamedText, Request, against, against_any, cadence, day, element_kind, grain, read};
use crate::base::date::Date;
use crate::base::error::Error;
use crate::base::finding::Finding;
use crate::base::fingerprint::Fingerprint;
use crate::diagnose::diagnosis::Diagnosis;
use crate::diagnose::evidence::Evidence;
use crate::judge::contributors::Contributing;
use crate::judge::explanation::Why;
use crate::judge::snapshot::Snapshot;
use crate::model::System;
use crate::render::Series;
use crate::text::Source;

/// A diagnosis, and the warnings and notes about its evidence.
#[derive(Serialize)]
struct DiagnosisAnswer<'a> {
    #[serde(flatten)]
    diagnosis: &'a Diagnosis,
    findings: &'a [Finding],
}

#[derive(Serialize)]
struct SnapshotAnswer<'a> {
    system: &'a str,
    as_of: Date,
    fingerprint: &'a Fingerprint,
    findings: &'a [Finding],
}

/// Answers a request about a snapshot.
///
/// # Errors
/// When the request is not understood, or asks for something that is not there.
pub fn ask(snapshot: &Snapshot, request: &str) -> Result<String, Error> {
    let (request, form) = read(request)?;
    let (system, as_of) = (snapshot.system(), snapshot.as_of());
    match request {
        Request::Scorecard { grain: word } => form.shown(&snapshot.scorecard(grain(word.as_deref())?)),
        Request::Compare { a, b, grain: word } => form.shown(&snapshot.compare(&a, &b, grain(word.as_deref())?)?),
        Request::Explain { kpi, period, grain: word, against: other, by, volume, convention } => {
            let (grain, (against, scenario)) = (grain(word.as_deref())?, against_any(other.as_deref(), snapshot)?);
            let (period, volume, convention) = (period.as_deref(), volume.as_deref(), convention.as_deref());
            form.shown(&snapshot.explain(&kpi, &Why { period, grain, against, scenario, by: &texts(&by), volume, convention })?)
        }
        Request::Contributors { kpi, period, grain: word, against: other, by, top } => {
            let (grain, against) = (grain(word.as_deref())?, against(other.as_deref())?);
            form.data(&snapshot.contributors(&kpi, &Contributing { period: period.as_deref(), grain, against, by: &texts(&by), top: top.map(most) })?)
        }
        Request::Chart { kpi, grain: word } => form.shown(&snapshot.chart(&kpi, grain(word.as_deref())?)?),
        Request::WeeklyReview { kpi } => form.shown(&snapshot.weekly_review(&kpi)?),
        Request::Budget { period } => form.shown(&snapshot.budget(period.as_deref())?),
        Request::ByMember { kpi, period, grain: word, by } => form.data(&snapshot.by_member(&kpi, period.as_deref(), grain(word.as_deref())?, &texts(&by))?),
        Request::TargetHistory { kpi, period } => form.data(&snapshot.target_history(&kpi, &period)?),
        Request::Agenda { cadence: word } => form.shown(&snapshot.agenda(cadence(word.as_deref())?)),
        Request::Deck { cadence: word } => form.shown(&snapshot.deck(cadence(word.as_deref())?)?),
        Request::Rhythm { through } => {
            let through = through.as_deref().map(|text| day(Some(text), snapshot)).transpose()?;
            form.shown(&snapshot.rhythm(through)?)
        }
        Request::Minutes { cadence: word } => form.shown(&snapshot.minutes_book(cadence(word.as_deref())?)),
        Request::Planning { quarter } => form.shown(&snapshot.planning(quarter.as_deref())?),
        Request::Escalations {} => form.data(&snapshot.escalations()),
        Request::Report { month } => form.shown(&snapshot.report(month.as_deref())?),
        Request::Series { figure, grain: word, by, top } => {
            let (grain, by) = (grain(word.as_deref())?, texts(&by));
            let observations = match top {
                None => snapshot.series(&figure, grain, &by)?,
                Some(number) => snapshot.top(&figure, grain, &by, most(number))?,
            };
            form.shown_with(&Series { by: &by, observations: &observations }, &observations)
        }
        Request::Panel { figures, grain: word, by } => form.data(&snapshot.panel(&texts(&figures), grain(word.as_deref())?, &texts(&by))?),
        Request::ToDate { grain: word } => form.data(&snapshot.to_date(grain(word.as_deref())?)?),
        Request::Landing { kpi, grain: word } => {
            let grain = word.map(|word| grain(Some(&word))).transpose()?;
            form.shown(&snapshot.landing(kpi.as_deref(), grain)?)
        }
        Request::Progress {} => form.data(&snapshot.progress()),
        Request::Diagnosis { evidence } => {
            let (evidence, findings) = Evidence::parse(&sources(&evidence), system)?;
            let diagnosis = snapshot.diagnose(&evidence);
            form.shown_with(&diagnosis, &DiagnosisAnswer { diagnosis: &diagnosis, findings: &findings })
        }
        Request::Impact { decision } => form.shown(&system.impact(&decision, as_of)?),
        Request::Accountable { kind, id, on } => form.data(&system.accountable(element_kind(&kind)?, &id, day(on.as_deref(), snapshot)?)?),
        Request::Carries { person, on } => form.data(&system.carries(&person, day(on.as_deref(), snapshot)?)?),
        Request::Away { person, first, last } => {
            let (first, last) = (day(Some(&first), snapshot)?, day(Some(&last), snapshot)?);
            form.data(&system.away(&person, first, last)?)
        }
        Request::Stale {} => form.data(&system.stale(as_of)),
        Request::Coverage { framework } => form.shown(&system.coverage(framework.as_deref().unwrap_or("marketing"), as_of)?),
        Request::WhatsShipping { week } => form.data(&system.whats_shipping(week.as_deref(), as_of)?),
        Request::Surfaces {} => form.data(&system.surfaces(as_of)),
        Request::Audit {} => form.data(&system.audit(as_of)),
        Request::Compounding {} => form.data(&system.compounding(as_of)),
        Request::NextSteps {} => form.data(&system.next_steps(as_of)),
        Request::WhichFirst {} => form.data(&system.which_first(as_of)),
        Request::Diff { old } => {
            let (old, _) = System::parse(&sources(&old))?;
            form.shown(&system.diff(&old, as_of))
        }
        Request::Snapshot {} => form.data(&SnapshotAnswer { system: system.name(), as_of, fingerprint: snapshot.fingerprint(), findings: snapshot.findings() }),
    }
}

fn texts(owned: &[String]) -> Vec<&str> {
    owned.iter().map(String::as_str).collect()
}

fn most(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

fn sources(texts: &[NamedText]) -> Vec<Source<'_>> {
    texts.iter().map(|text| Source::new(&text.name, &text.text)).collect()
}
