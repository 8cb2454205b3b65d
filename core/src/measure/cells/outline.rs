//! What the cells of a system hold. It follows from the system and the dimensions alone, so that
//! cells made anywhere fit together.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::super::cell::Sort;
use super::super::layout::{GridOf, Layout};
use super::super::plan::{Plan, aggregate};
use crate::base::id::Id;
use crate::model::System;
use crate::model::kpi::{Calculation, Definition};

/// The rows of a source folded by slices of days: of single ones for balances, else of the
/// refinement of the periods.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::measure) struct SheetOf {
    pub(in crate::measure) source: Id,
    pub(in crate::measure) daily: bool,
}

/// What stands over a sheet: the dimensions of its members, and for each column a figure that is
/// computed from it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Head {
    pub(super) by: Vec<Id>,
    pub(super) columns: Vec<(Id, Sort)>,
}

/// The rows of a figure that others follow entities through.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TrailOf {
    pub(super) figure: Id,
    pub(super) keeps: Keeps,
}

/// Which of a figure's rows may matter.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(in crate::measure) enum Keeps {
    /// All that name an entity.
    All,
    /// The first of each entity or, with a dimension, of each entity and member of it.
    First(Option<Id>),
}

/// What stands over a trail: the columns of its texts, the entity's last, and of its numbers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TrailHead {
    pub(super) texts: Vec<Id>,
    pub(super) numbers: Vec<Id>,
}

/// What the cells of a system hold.
#[derive(Clone, Debug)]
pub(super) struct Outline {
    pub(super) plan: Plan,
    pub(super) layout: Layout,
    pub(super) sheets: BTreeMap<SheetOf, Head>,
    /// Each with its source.
    pub(super) trails: BTreeMap<TrailOf, (Id, TrailHead)>,
    /// The columns whose members conditions name, by source.
    pub(super) named: BTreeMap<Id, BTreeSet<Id>>,
}

impl Outline {
    pub(super) fn new(system: &System, by: &[Id]) -> Self {
        let plan = Plan::new(system, system.definitions());
        let layout = Layout::new(system, &plan);
        let mut sheets = BTreeMap::new();
        for of in &layout.grids {
            let GridOf::Rows { source, daily, figures } = of else { continue };
            let Some(declared) = system.source(source.as_str()) else { continue };
            let column = |figure: &usize| {
                let definition = &plan.nodes.get(*figure)?.definition;
                Some((definition.id.clone(), Sort::of(&aggregate(definition, declared)?.kind)))
            };
            let by = by.iter().filter(|id| declared.has_key(id.as_str())).cloned().collect();
            let head = Head { by, columns: figures.iter().filter_map(column).collect() };
            sheets.insert(SheetOf { source: source.clone(), daily: *daily }, head);
        }
        let mut trails = BTreeMap::new();
        for (figure, keeps) in plan.nodes.iter().flat_map(|node| followed(&node.definition)) {
            let source = system.definition(figure.as_str()).and_then(|side| system.source(side.calculation.source()?.as_str()));
            let Some(source) = source.filter(|source| source.entity.is_some()) else { continue };
            let numbers = if keeps == Keeps::All { source.measures.iter().map(|measure| measure.id.clone()).collect() } else { Vec::new() };
            let head = TrailHead { texts: source.keys().map(|key| key.id.clone()).collect(), numbers };
            trails.insert(TrailOf { figure: figure.clone(), keeps }, (source.id.clone(), head));
        }
        let mut named: BTreeMap<Id, BTreeSet<Id>> = BTreeMap::new();
        for definition in system.definitions() {
            if let (Some(source), Some(filter)) = (definition.calculation.source(), &definition.filter) {
                named.entry(source.clone()).or_default().extend(filter.condition.members().into_iter().map(|(column, _)| column.clone()));
            }
        }
        Self { plan, layout, sheets, trails, named }
    }
}

/// The figures whose entities a figure follows, and which of their rows it needs.
fn followed(definition: &Definition) -> Vec<(&Id, Keeps)> {
    match &definition.calculation {
        Calculation::Conversion { from, to, matching, .. } => vec![(from, Keeps::First(None)), (to, Keeps::First(matching.clone()))],
        Calculation::Duration { from, to, .. } => vec![(from, Keeps::First(None)), (to, Keeps::First(None))],
        Calculation::Credit { outcome, touches, .. } => vec![(outcome, Keeps::All), (touches, Keeps::All)],
        _ => Vec::new(),
    }
}
