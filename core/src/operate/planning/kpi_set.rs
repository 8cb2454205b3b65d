//! The KPI set for confirmation: what is missing before it can be confirmed for a quarter.

use serde::Serialize;

use crate::base::calendar::{Grain, Period};
use crate::base::id::Id;
use crate::base::value::Value;
use crate::judge::scorecard::{Line, Owner};
use crate::judge::snapshot::Snapshot;
use crate::judge::variance::Figure;
use crate::model::kpi::Kpi;
use crate::model::plan::TargetStatus;
use crate::model::report::{Section, SectionTemplate};
use crate::words::Message;

/// A KPI set is a short list (domain D4): with more than a dozen, a review of half an hour has less
/// than two and a half minutes for each, and a scorecard no longer fits on a page.
pub const SHORT_KPI_LIST: usize = 12;

/// The KPI set for confirmation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct KpiSet {
    /// How many KPIs a short list has at most: [`SHORT_KPI_LIST`].
    pub most: usize,
    /// Whether there are more.
    pub is_too_long: bool,
    /// How many can be confirmed as they are.
    pub ready: usize,
    /// The same in a sentence.
    pub text: String,
    /// The KPIs, in the system's order.
    pub kpis: Vec<KpiToConfirm>,
}

/// A KPI to confirm.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct KpiToConfirm {
    /// Its id.
    pub kpi: Id,
    /// Its name.
    pub name: String,
    /// Who answers for it on the as-of date.
    pub owner: Option<Owner>,
    /// The target for the quarter to plan, else for the running one.
    pub target: Figure,
    /// How firm that is.
    pub target_status: Option<TargetStatus>,
    /// How it is computed, in words.
    pub definition: String,
    /// The named convention; may be empty.
    pub variant: String,
    /// What it was in the last quarter whose figure is final.
    pub actual: Figure,
    /// That it was redefined since that quarter began, and why; `None` when it was not.
    pub redefined: Option<String>,
    /// The components of the running system that show it: `dashboard`, `reviews`, `report`, `plan`.
    pub used_in: Vec<String>,
    /// What is missing before it can be confirmed.
    pub missing: Vec<String>,
}

impl Snapshot {
    pub(super) fn kpi_set(&self, quarter: &Period) -> KpiSet {
        let kpis: Vec<KpiToConfirm> = self.system().kpis().iter().map(|kpi| self.to_confirm(kpi, quarter)).collect();
        let (ready, of) = (kpis.iter().filter(|kpi| kpi.missing.is_empty()).count(), kpis.len());
        let is_too_long = of > SHORT_KPI_LIST;
        let words = self.system().words();
        let message = match of {
            0 => Message::SetEmpty,
            1 if ready == 1 => Message::SetOneReady,
            1 => Message::SetOneNot,
            _ => Message::SetReady,
        };
        let mut text = words.text(message, &[("ready", ready.into()), ("count", of.into())]);
        if is_too_long {
            text = format!("{text} {}", words.text(Message::SetTooLong, &[("most", SHORT_KPI_LIST.into())]));
        }
        KpiSet { most: SHORT_KPI_LIST, is_too_long, ready, text, kpis }
    }

    fn to_confirm(&self, kpi: &Kpi, quarter: &Period) -> KpiToConfirm {
        let grain = Grain::Quarter.max(kpi.shortest);
        let calendar = self.system().calendar();
        let line: Line = self.line(kpi, &self.last_final(kpi, grain, self.as_of()));
        let running = calendar.period(grain, self.as_of());
        let planned = calendar.period(grain, quarter.first);
        let target = self.target_as_known(kpi, &planned, self.as_of()).or_else(|reason| self.target_as_known(kpi, &running, self.as_of()).map_err(|_| reason));
        let template = self.system().report_template();
        // A section that names no KPIs is about those of the report, and a report that names none about all.
        let tells = |kpis: &[Id]| kpis.is_empty() || kpis.contains(&kpi.definition.id);
        let is_told = |section: &SectionTemplate| tells(if section.kpis.is_empty() { &template.kpis } else { &section.kpis });
        let mut sections = template.all_sections().into_iter();
        let in_report = sections.any(|section| matches!(section.section, Section::Scorecard | Section::WhatHappened) && is_told(&section));
        let places = [("dashboard", true), ("reviews", !self.system().reviews().is_empty()), ("report", in_report), ("plan", target.is_ok())];
        let (words, mut missing) = (self.system().words(), Vec::new());
        if line.owner.is_none() {
            missing.push(words.word(Message::NoOwner));
        }
        match &target {
            Err(_) => missing.push(words.word(Message::NoTarget)),
            Ok(target) if target.status != TargetStatus::Agreed => missing.push(words.word(Message::TargetNotAgreed)),
            Ok(_) => {}
        }
        if line.actual.value.number().is_none() {
            missing.push(words.text(Message::NoValueIn, &[("period", line.period.label.as_str().into())]));
        }
        KpiToConfirm {
            target: match &target {
                Err(reason) => words.shown(reason.clone(), &kpi.unit),
                Ok(target) => Figure { value: Value::of(target.low.clone()), text: words.target(&kpi.unit, target) },
            },
            target_status: target.ok().map(|target| target.status),
            redefined: self.redefined_between(kpi, line.period.first.plus_days(-1), self.as_of()).map(|why| words.retell(&why)),
            used_in: places.into_iter().filter(|(_, used)| *used).map(|(place, _)| place.to_owned()).collect(),
            kpi: line.kpi,
            name: line.name,
            owner: line.owner,
            definition: line.definition,
            variant: line.variant,
            actual: line.actual,
            missing,
        }
    }
}
