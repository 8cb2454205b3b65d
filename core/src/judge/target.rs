//! Which target holds for a period, as known at a date.

use serde::Serialize;

use super::phasing;
use crate::base::calendar::{Calendar, Grain, Period};
use crate::base::date::Date;
use crate::base::id::Id;
use crate::base::number::Number;
use crate::base::value::Value;
use crate::model::System;
use crate::model::kpi::{Additivity, Calculation, Kpi};
use crate::model::plan::{Aim, Target, TargetStatus};

/// The target of a KPI for one period, and where it comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TargetFor {
    /// The lower bound; equal to the upper one unless the target is a band.
    pub low: Number,
    /// The upper bound.
    pub high: Number,
    /// Who set it last.
    pub set_by: Option<Id>,
    /// When it was set.
    pub set_on: Option<Date>,
    /// Where it is written; empty when nowhere else.
    pub document: String,
    /// How firm it is.
    pub status: TargetStatus,
    /// The length of the periods it was set for; amounts are spread over their days by its phasing.
    pub set_for: Grain,
}

/// The target for a period, or the reason why there is none.
///
/// A target set for periods of the same length is taken as it is. Otherwise targets for other
/// lengths are used, shortest first: amounts that add up are spread over their days by the
/// target's phasing (evenly unless it says otherwise); other figures keep their target where it is the same throughout. Of two
/// targets for the same days, the one set last holds, of those known when the period ended.
pub(crate) fn target_for(system: &System, kpi: &Kpi, period: &Period, as_of: Date) -> Result<TargetFor, Value> {
    // What was known when the period ended holds for it; what was set later, only if nothing was.
    let then = as_of.min(period.last);
    known_on(system, kpi, period, then).or_else(|reason| if then == as_of { Err(reason) } else { known_on(system, kpi, period, as_of) })
}

fn known_on(system: &System, kpi: &Kpi, period: &Period, day: Date) -> Result<TargetFor, Value> {
    let id = &kpi.definition.id;
    let known: Vec<&Target> = system.targets_of(id).filter(|target| target.set_on.is_none_or(|set_on| set_on <= day)).collect();
    let others = [Grain::Week, Grain::Month, Grain::Quarter, Grain::Year].into_iter().filter(|grain| *grain != period.grain);
    for grain in std::iter::once(period.grain).chain(others) {
        // Distinct members of parts do not add up to those of the whole, nor does what a formula
        // makes of amounts, unless it only adds them.
        let computed = matches!(kpi.definition.calculation, Calculation::Distinct { .. } | Calculation::Formula { .. } | Calculation::Cumulative { .. });
        if grain != period.grain && computed && system.additivity(&kpi.definition) != Additivity::Additive {
            continue;
        }
        if let Some(parts) = cover(system.calendar(), &known, grain, period) {
            return combine(&parts, system.additivity(&kpi.definition) == Additivity::Additive);
        }
    }
    Err(Value::missing(format!("`{id}` has no target for {}", period.label)))
}

/// A target and the share of its period's days that lie in the period asked for.
struct Part<'a> {
    target: &'a Target,
    share: Number,
}

/// The targets of one grain that together cover every day of the period.
fn cover<'a>(calendar: &Calendar, known: &[&'a Target], grain: Grain, period: &Period) -> Option<Vec<Part<'a>>> {
    let mut parts = Vec::new();
    let mut day = period.first;
    while day <= period.last {
        let native = calendar.period(grain, day);
        let holding = known.iter().filter(|target| target.grain == grain && target.span().contains(native.first));
        let target = holding.max_by_key(|target| target.set_on)?;
        let shared = native.span().overlap(period.span())?;
        parts.push(Part { target, share: phasing::share(&target.phasing, calendar, &native, shared)? });
        day = native.last.plus_days(1);
        if native.last >= Date::max() {
            break;
        }
    }
    Some(parts)
}

fn combine(parts: &[Part<'_>], additive: bool) -> Result<TargetFor, Value> {
    let bounds = |aim: &Aim| match aim {
        Aim::Point { value } => (value.clone(), value.clone()),
        Aim::Band { low, high } => (low.clone(), high.clone()),
    };
    let latest = parts.iter().map(|part| part.target).max_by_key(|target| (target.set_on, target.first));
    let Some(latest) = latest else { return Err(Value::missing("the period has no days")) };
    let (low, high) = if additive {
        let weighted = |bound: fn((Number, Number)) -> Number| parts.iter().map(|part| bound(bounds(&part.target.aim)) * part.share.clone()).sum::<Number>();
        (weighted(|(low, _)| low), weighted(|(_, high)| high))
    } else if parts.iter().all(|part| part.target.aim == latest.aim) {
        bounds(&latest.aim)
    } else {
        return Err(Value::not_comparable("the target changes within the period, and this figure does not add up"));
    };
    Ok(TargetFor {
        low,
        high,
        set_by: latest.set_by.clone(),
        set_on: latest.set_on,
        document: latest.document.clone(),
        status: latest.status,
        set_for: latest.grain,
    })
}
