//! Plans: what must be computed, in which order and from which cells, to know a figure.

use super::pass::{Aggregate, Kind};
use crate::base::calendar::Grain;
use crate::base::condition::Condition;
use crate::base::id::Id;
use crate::base::map::Map;
use crate::model::System;
use crate::model::kpi::{Calculation, Definition, Missing, Statistic, Window};
use crate::model::source::SourceTable;

/// The figures that are asked for and all that they are made of, parts before wholes.
#[derive(Clone, Debug, Default)]
pub(super) struct Plan {
    pub(super) nodes: Vec<Node>,
    by_id: Map<Id, usize>,
}

/// One figure.
#[derive(Clone, Debug)]
pub(super) struct Node {
    pub(super) definition: Definition,
    pub(super) made_of: MadeOf,
    /// Whether it counts approximately, or is made of what does.
    approximate: bool,
}

/// What a figure is made of; other figures are told by their positions in the plan.
#[derive(Clone, Debug)]
pub(super) enum MadeOf {
    /// Cells of its own.
    Cells,
    Ratio(usize, usize),
    /// The figures that a formula names.
    Formula(Vec<(Id, usize)>),
    Cumulative(usize, Window),
}

impl Plan {
    pub(super) fn new<'a>(system: &System, roots: impl IntoIterator<Item = &'a Definition>) -> Self {
        let mut plan = Self::default();
        for root in roots {
            plan.add(system, root);
        }
        plan
    }

    /// The position of a figure.
    pub(super) fn position(&self, id: &str) -> Option<usize> {
        self.by_id.get(id).copied()
    }

    /// The lengths of periods that windows start at.
    pub(super) fn window_grains(&self) -> impl Iterator<Item = Grain> {
        self.nodes.iter().filter_map(|node| match node.made_of {
            MadeOf::Cumulative(_, Window::ToDate(grain)) => Some(grain),
            _ => None,
        })
    }

    /// Whether a figure counts approximately, or is made of one that does.
    pub(super) fn is_approximate(&self, figure: usize) -> bool {
        self.nodes.get(figure).is_some_and(|node| node.approximate)
    }

    /// Chains of definitions are known to end, and to be short.
    fn add(&mut self, system: &System, definition: &Definition) -> Option<usize> {
        if let Some(position) = self.position(definition.id.as_str()) {
            return Some(position);
        }
        let mut part = |id: &Id| system.definition(id.as_str()).and_then(|part| self.add(system, part));
        let made_of = match &definition.calculation {
            Calculation::Ratio { numerator, denominator } => MadeOf::Ratio(part(numerator)?, part(denominator)?),
            Calculation::Formula { formula } => {
                let parts: Option<Vec<(Id, usize)>> = formula.formula.figures().into_iter().map(|id| Some((id.clone(), part(id)?))).collect();
                MadeOf::Formula(parts?)
            }
            Calculation::Cumulative { of, window } => MadeOf::Cumulative(part(of)?, *window),
            _ => MadeOf::Cells,
        };
        let position = self.nodes.len();
        self.by_id.insert(definition.id.clone(), position);
        // Parts come first, so that each is looked at once, however many ways lead to it.
        let approximate = match &made_of {
            MadeOf::Cells => matches!(definition.calculation, Calculation::Distinct { approximate: true, .. }),
            MadeOf::Ratio(above, below) => self.is_approximate(*above) || self.is_approximate(*below),
            MadeOf::Formula(parts) => parts.iter().any(|(_, part)| self.is_approximate(*part)),
            MadeOf::Cumulative(of, _) => self.is_approximate(*of),
        };
        self.nodes.push(Node { definition: definition.clone(), made_of, approximate });
        Some(position)
    }
}

/// The condition on the rows of a definition.
pub(super) fn condition(definition: &Definition) -> Option<&Condition> {
    definition.filter.as_ref().map(|filter| &filter.condition)
}

/// What is aggregated of a source's rows for a definition that reads them one by one.
pub(super) fn aggregate<'a>(definition: &'a Definition, source: &SourceTable) -> Option<Aggregate<'a>> {
    let measure = |id: &Id| source.measures.iter().position(|measure| measure.id == *id);
    let kind = match &definition.calculation {
        Calculation::Count { .. } => Kind::Rows,
        Calculation::Sum { measure: id, .. }
        | Calculation::Mean { measure: id, .. }
        | Calculation::Balance { measure: id, .. }
        | Calculation::Summary { measure: id, statistic: Statistic::Mean, .. } => Kind::Sum { measure: measure(id)? },
        Calculation::WeightedMean { measure: id, weight, .. } => {
            Kind::Weighted { measure: measure(id)?, weight: measure(weight)?, filled: definition.missing == Missing::Zero }
        }
        Calculation::Summary { measure: id, statistic, .. } => match statistic {
            Statistic::Min => Kind::Extreme { measure: measure(id)?, largest: false },
            Statistic::Max => Kind::Extreme { measure: measure(id)?, largest: true },
            Statistic::Mean | Statistic::Percentile(_) => Kind::Values { measure: measure(id)? },
        },
        Calculation::Distinct { column, approximate, .. } => Kind::Set { key: source.keys().position(|key| key.id == *column)?, approximate: *approximate },
        _ => return None,
    };
    Some(Aggregate { kind, filter: condition(definition) })
}
