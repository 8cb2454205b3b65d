//! A change by the members of dimensions.

use super::convention::{Convention, is_quotient};
use super::{ExplainedEffect, ExplainedMember, Explanation, Split, Unsplit};
use crate::base::error::Error;
use crate::base::id::Id;
use crate::base::map::Map;
use crate::base::number::Number;
use crate::base::order;
use crate::base::unit::Unit;
use crate::base::value::Value;
use crate::judge::reference::Reference;
use crate::judge::snapshot::Snapshot;
use crate::judge::variance::Figure;
use crate::judge::why::effects::Decomposition;
use crate::judge::why::price_volume::{PriceVolume, PriceVolumeMember};
use crate::judge::why::rate_mix::{RateMember, RateMix};
use crate::measure::Figures;
use crate::model::kpi::{Additivity, Calculation, Definition, Kpi};

/// A KPI, and a volume with it, by the members of some dimensions.
pub(in crate::judge) struct ByMember<'a> {
    snapshot: &'a Snapshot,
    definition: &'a Definition,
    volume: Option<&'a Definition>,
    by: Vec<Id>,
    pub(in crate::judge) figures: Figures,
}

/// Before and after, by combination of members.
type Both = Map<u64, [Number; 2]>;

impl Snapshot {
    /// The figures that a change is told by.
    pub(in crate::judge) fn by_member<'a>(&'a self, kpi: &'a Kpi, by: &[&str], volume: Option<&str>, explanation: &Explanation) -> Result<ByMember<'a>, Error> {
        let volume = volume.map(|volume| self.figure(volume)).transpose()?;
        let periods = std::iter::once(&explanation.period).chain(&explanation.base_period);
        let roots: Vec<&Definition> = std::iter::once(&kpi.definition).chain(volume).collect();
        let figures = self.figures_by(&roots, periods, by)?;
        let by = by.iter().filter_map(|name| Id::new(name)).collect();
        Ok(ByMember { snapshot: self, definition: &kpi.definition, volume, by, figures })
    }
}

impl ByMember<'_> {
    pub(super) fn split(&self, convention: Convention, explanation: &Explanation) -> Result<Split, Unsplit> {
        match convention {
            Convention::RateMix(convention) => self.by_rate_and_mix(convention, explanation),
            Convention::PriceVolume(convention) => self.by_price_and_volume(convention, explanation),
            Convention::Members | Convention::Drivers(_) => self.by_amounts(explanation),
        }
    }

    /// The first of the figures that the split rests on which is no sum of its members.
    pub(super) fn does_not_add_up(&self) -> Option<&Id> {
        let parts: Vec<&Id> = match &self.definition.calculation {
            Calculation::Ratio { numerator, denominator } => vec![numerator, denominator],
            calculation if is_quotient(calculation) => Vec::new(),
            _ => vec![&self.definition.id],
        };
        parts.into_iter().find(|id| self.additivity(id) == Additivity::NonAdditive)
    }

    fn additivity(&self, id: &Id) -> Additivity {
        let system = self.snapshot.system();
        system.definition(id.as_str()).map_or(Additivity::NonAdditive, |definition| system.additivity(definition))
    }

    /// The values of a figure by member in both periods, the base first; or why one is not known.
    fn amounts(&self, figure: &Id, explanation: &Explanation) -> Result<Both, Unsplit> {
        let least = self.snapshot.least(figure.as_str());
        let mut both = Both::new();
        for (at, period) in explanation.base_period.iter().chain([&explanation.period]).enumerate() {
            let known = self.figures.amounts(figure, &least, period);
            let unknown = |reason: Value| format!("`{figure}` has no value in {period} for all of them: {}", reason.cause());
            put(&mut both, at, known.map_err(unknown)?);
        }
        Ok(both)
    }

    /// Numerators and denominators by member in both periods.
    pub(in crate::judge) fn quotients(&self, explanation: &Explanation) -> Result<Vec<(u64, RateMember)>, Unsplit> {
        let (numerators, denominators) = match &self.definition.calculation {
            Calculation::Ratio { numerator, denominator } => (self.amounts(numerator, explanation)?, self.amounts(denominator, explanation)?),
            _ => {
                let (mut numerators, mut denominators) = (Both::new(), Both::new());
                for (at, period) in explanation.base_period.iter().chain([&explanation.period]).enumerate() {
                    let (above, below): (Vec<_>, Vec<_>) = self
                        .figures
                        .quotients(&self.definition.id, period)
                        .into_iter()
                        .map(|(member, [above, below])| ((member, above), (member, below)))
                        .unzip();
                    put(&mut numerators, at, above);
                    put(&mut denominators, at, below);
                }
                (numerators, denominators)
            }
        };
        let pair = |(member, [base_numerator, actual_numerator], [base_denominator, actual_denominator]): (u64, [Number; 2], [Number; 2])| {
            (member, RateMember { base_numerator, base_denominator, actual_numerator, actual_denominator })
        };
        Ok(paired(&numerators, &denominators).into_iter().map(pair).collect())
    }

    /// What the figure is divided by, in words.
    pub(in crate::judge) fn denominator(&self) -> String {
        match &self.definition.calculation {
            Calculation::Ratio { denominator, .. } => denominator.to_string(),
            _ => format!("what {} is divided by", self.definition.id),
        }
    }

    fn by_rate_and_mix(&self, convention: RateMix, explanation: &Explanation) -> Result<Split, Unsplit> {
        self.against_a_period(explanation)?;
        let found = self.quotients(explanation)?;
        let members: Vec<RateMember> = found.iter().map(|(_, values)| values.clone()).collect();
        let split = convention.split(&members).ok_or_else(|| format!("`{}` sums to zero", self.denominator()))?;
        let rate = |numerator: &Number, denominator: &Number| {
            let value = numerator.divided_by(denominator).map_or_else(|| Value::undefined(format!("{} is zero", self.denominator())), Value::of);
            Figure::of(value, &explanation.unit)
        };
        let figures =
            |values: &RateMember| [rate(&values.base_numerator, &values.base_denominator), rate(&values.actual_numerator, &values.actual_denominator)];
        let named = found.iter().map(|(member, values)| (*member, figures(values)));
        Ok(self.told(&split, named, &explanation.unit))
    }

    fn by_price_and_volume(&self, convention: PriceVolume, explanation: &Explanation) -> Result<Split, Unsplit> {
        let Some(volume) = self.volume else { return Err(Unsplit::Because(String::new())) };
        for figure in [self.definition, volume] {
            if self.additivity(&figure.id) == Additivity::NonAdditive {
                return Err(Unsplit::Because(format!("only amounts have prices and volumes, and `{}` does not add up over members", figure.id)));
            }
        }
        self.against_a_period(explanation)?;
        let (amounts, quantities) = (self.amounts(&self.definition.id, explanation)?, self.amounts(&volume.id, explanation)?);
        let found = paired(&amounts, &quantities);
        let members: Vec<PriceVolumeMember> = found
            .iter()
            .map(|(_, [base_amount, actual_amount], [base_quantity, actual_quantity])| PriceVolumeMember {
                base_amount: base_amount.clone(),
                base_quantity: base_quantity.clone(),
                actual_amount: actual_amount.clone(),
                actual_quantity: actual_quantity.clone(),
            })
            .collect();
        let figures = |amounts: &[Number; 2]| amounts.clone().map(|amount| Figure::of(Value::of(amount), &explanation.unit));
        let named = found.iter().map(|(member, amounts, _)| (*member, figures(amounts)));
        Ok(self.told(&convention.split(&members), named, &explanation.unit))
    }

    fn by_amounts(&self, explanation: &Explanation) -> Result<Split, Unsplit> {
        if self.additivity(&self.definition.id) == Additivity::NonAdditive {
            return Err(Unsplit::Because("only ratios and amounts are told by their members".to_owned()));
        }
        let amounts = match explanation.against {
            Reference::Plan => self.against_targets(explanation)?,
            _ => self.amounts(&self.definition.id, explanation)?,
        };
        let unit = &explanation.unit;
        let member = |(member, [base, actual]): (u64, [Number; 2])| ExplainedMember {
            member: self.figures.member(member),
            change: Figure::change(Value::of(actual.clone() - base.clone()), unit),
            actual: Figure::of(Value::of(actual), unit),
            base: Figure::of(Value::of(base), unit),
            effects: Vec::new(),
        };
        let mut split = Split { convention: "members", members: amounts.into_iter().map(member).collect(), ..Split::default() };
        largest_first(&mut split.members);
        Ok(split)
    }

    /// Actual amounts against the targets of members.
    fn against_targets(&self, explanation: &Explanation) -> Result<Both, Unsplit> {
        let targets = self.snapshot.member_targets(self.definition, &self.by, &explanation.period)?;
        let least = self.snapshot.least(self.definition.id.as_str());
        let actual = self.figures.amounts(&self.definition.id, &least, &explanation.period).map_err(|reason| reason.cause().to_owned())?;
        let mut both = Both::new();
        put(&mut both, 1, actual);
        put(&mut both, 0, targets);
        Ok(both)
    }

    /// A rate or a price of a plan is not known: its targets are not told by both of its parts.
    fn against_a_period(&self, explanation: &Explanation) -> Result<(), Unsplit> {
        if explanation.against == Reference::Plan {
            return Err(Unsplit::Because(format!("`{}` has no targets by {}", self.definition.id, listed(&self.by))));
        }
        Ok(())
    }

    /// A decomposition in figures.
    fn told(&self, split: &Decomposition, members: impl Iterator<Item = (u64, [Figure; 2])>, unit: &Unit) -> Split {
        let change = |value: &Number| Figure::change(Value::of(value.clone()), unit);
        let mut told = Split {
            convention: split.convention,
            effects: split.effects.iter().map(|total| ExplainedEffect { effect: total.effect, change: change(&total.value) }).collect(),
            members: members
                .zip(&split.members)
                .map(|((member, [base, actual]), part)| ExplainedMember {
                    member: self.figures.member(member),
                    actual,
                    base,
                    change: change(&part.total),
                    effects: part.effects.iter().map(change).collect(),
                })
                .collect(),
            ..Split::default()
        };
        largest_first(&mut told.members);
        told
    }
}

/// Dimensions as a sentence names them.
pub(super) fn listed(by: &[Id]) -> String {
    by.iter().map(|dimension| format!("`{dimension}`")).collect::<Vec<_>>().join(" and ")
}

/// Puts the values of one period where they belong.
fn put(both: &mut Both, at: usize, values: Vec<(u64, Number)>) {
    for (member, value) in values {
        let known = both.entry(member).or_insert_with(|| [Number::from(0), Number::from(0)]);
        if let Some(slot) = known.get_mut(at) {
            *slot = value;
        }
    }
}

/// Two figures of the members of either; zero where one has none.
fn paired(left: &Both, right: &Both) -> Vec<(u64, [Number; 2], [Number; 2])> {
    let mut members: Vec<u64> = left.keys().chain(right.keys()).copied().collect();
    members.sort_unstable();
    members.dedup();
    let zeros = || [Number::from(0), Number::from(0)];
    let of = |both: &Both, member: &u64| both.get(member).cloned().unwrap_or_else(zeros);
    members.into_iter().map(|member| (member, of(left, &member), of(right, &member))).collect()
}

/// Those that explain most come first; of equal ones the first by name.
fn largest_first(members: &mut Vec<ExplainedMember>) {
    let size = |member: &ExplainedMember| member.change.value.number().map(Number::abs);
    order::sort_by(members, |left, right| size(right).cmp(&size(left)).then_with(|| left.member.cmp(&right.member)));
}
