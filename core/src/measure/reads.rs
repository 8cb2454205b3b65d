//! Which sources a figure reads, and what is known of them.

use super::given::Given;
use super::table::Recorded;
use crate::base::code::Code;
use crate::base::date::Date;
use crate::base::error::Error;
use crate::base::id::Id;
use crate::base::map::Map;
use crate::model::System;
use crate::model::kpi::{Basis, Calculation, Definition};

/// What is known of the sources that rows were given for.
pub(super) fn recorded(system: &System, given: &Given, as_of: Date) -> Map<Id, Recorded> {
    let known = |source| Some(Recorded::of(given.days(source)?.as_ref(), source, as_of));
    Map::from_iter(system.sources().iter().filter_map(|source| Some((source.id.clone(), known(source)?))))
}

/// The sources that a calculation reads: one, or that of where it starts and that of where it ends.
pub(super) fn sides<'a>(system: &'a System, calculation: &'a Calculation) -> Vec<&'a Id> {
    let source = |id: &Id| system.definition(id.as_str()).and_then(|side| side.calculation.source());
    match calculation {
        Calculation::Conversion { from, to, .. } | Calculation::Duration { from, to, .. } => source(from).into_iter().chain(source(to)).collect(),
        Calculation::Credit { outcome, touches, .. } => source(outcome).into_iter().chain(source(touches)).collect(),
        _ => calculation.source().into_iter().collect(),
    }
}

/// The sources whose rows decide which members there are or, for `dating`, which periods.
pub(super) fn sources<'a>(system: &'a System, definition: &'a Definition, dating: bool) -> Vec<&'a Id> {
    let mut found = Vec::new();
    let mut seen: Vec<&Id> = Vec::new();
    let mut waiting = vec![definition];
    while let Some(definition) = waiting.pop() {
        let calculation = &definition.calculation;
        found.extend(calculation.source().filter(|source| !found.contains(source)));
        let parts = match calculation {
            // A duration belongs to the period in which it ends.
            Calculation::Duration { to, .. } if dating => vec![to],
            // Those who move on in a period may do so after the last have entered.
            Calculation::Conversion { from, to, basis: Basis::SamePeriod, .. } if dating => vec![from, to],
            // Credit belongs to the period of the outcome.
            Calculation::Credit { outcome, .. } if dating => vec![outcome],
            // Cohorts are formed where entities enter, and members known there.
            _ => calculation.members_from(),
        };
        for id in parts {
            if !seen.contains(&id) {
                seen.push(id);
                waiting.extend(system.definition(id.as_str()));
            }
        }
    }
    found
}

/// Whether every source that decides on members has these dimensions.
pub(super) fn check_dimensions(system: &System, definition: &Definition, by: &[Id]) -> Result<(), Error> {
    let sources = sources(system, definition, false);
    for dimension in by {
        if let Some(source) = sources.iter().filter_map(|id| system.source(id.as_str())).find(|source| !source.has_key(dimension.as_str())) {
            let known: Vec<&str> = source.dimensions.iter().map(|column| column.id.as_str()).collect();
            let message = format!("`{}` cannot be broken down by `{dimension}`: the source `{}` does not have it", definition.id, source.id);
            return Err(Error::new(Code::UnknownDimension, message, crate::text::one_of_help(dimension.as_str(), &known)));
        }
    }
    Ok(())
}
