//! A change by the members of dimensions.

use super::convention::{Convention, is_quotient};
use super::{ExplainedEffect, ExplainedMember, ExplainedVolume, Explanation, Split, Unsplit};
use crate::base::calendar::Period;
use crate::base::error::Error;
use crate::base::id::Id;
use crate::base::map::{Map, Set};
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
use crate::measure::{Figures, Member};
use crate::model::kpi::{Additivity, Calculation, Definition, Kpi};

/// A KPI, and a volume with it, by the members of some dimensions in two periods.
pub(in crate::judge) struct Members<'a> {
    snapshot: &'a Snapshot,
    definition: &'a Definition,
    volume: Option<&'a Definition>,
    by: Vec<Id>,
    base: Option<Period>,
    actual: Period,
    pub(in crate::judge) figures: Figures,
}

/// The most members of which rates and mix, or prices and volumes, are told: their effects are exact, and
/// have a denominator for each member.
const MOST_MEMBERS: usize = 2_000;

/// Values by combination of members, ascending.
type Values = Vec<(u64, Number)>;

impl Snapshot {
    /// The figures that a change from one period to another is told by.
    pub(in crate::judge) fn members_of<'a>(
        &'a self,
        kpi: &'a Kpi,
        by: &[&str],
        volume: Option<&str>,
        base: Option<&Period>,
        actual: &Period,
    ) -> Result<Members<'a>, Error> {
        let volume = volume.map(|volume| self.figure(volume)).transpose()?;
        let roots: Vec<&Definition> = std::iter::once(&kpi.definition).chain(volume).collect();
        let figures = self.figures_by(&roots, base.into_iter().chain([actual]), by)?;
        let by = by.iter().filter_map(|name| Id::new(name)).collect();
        Ok(Members { snapshot: self, definition: &kpi.definition, volume, by, base: base.cloned(), actual: actual.clone(), figures })
    }
}

impl Members<'_> {
    pub(super) fn split(&self, convention: Convention, explanation: &Explanation) -> Result<Split, Unsplit> {
        match convention {
            Convention::RateMix(convention) => self.by_rate_and_mix(convention, explanation),
            Convention::PriceVolume(convention) => self.by_price_and_volume(convention, explanation),
            Convention::Members | Convention::Drivers(_) => self.by_amounts(explanation),
        }
    }

    /// The first of the figures that the split rests on which is no sum of its members.
    pub(in crate::judge) fn does_not_add_up(&self) -> Option<&Id> {
        let parts: Vec<&Id> = match &self.definition.calculation {
            Calculation::Ratio { numerator, denominator } => vec![numerator, denominator],
            _ if self.is_quotient() => Vec::new(),
            _ => vec![&self.definition.id],
        };
        parts.into_iter().find(|id| self.additivity(id) == Additivity::NonAdditive)
    }

    /// Whether the figure is one number divided by another, for each member as for all.
    pub(in crate::judge) fn is_quotient(&self) -> bool {
        is_quotient(&self.definition.calculation)
    }

    fn additivity(&self, id: &Id) -> Additivity {
        let system = self.snapshot.system();
        system.definition(id.as_str()).map_or(Additivity::NonAdditive, |definition| system.additivity(definition))
    }

    /// The values of a figure by member in both periods, the base first; or why one is not known.
    fn both(&self, figure: &Id) -> Result<[Values; 2], Unsplit> {
        let base = self.base.as_ref().map_or_else(|| Ok(Values::new()), |base| self.values(figure, base))?;
        Ok([base, self.values(figure, &self.actual)?])
    }

    fn values(&self, figure: &Id, period: &Period) -> Result<Values, Unsplit> {
        let known = self.figures.amounts(figure, &self.snapshot.least(figure.as_str()), period);
        let unknown = |reason: Value| format!("`{figure}` has no value in {period} for all of them: {}", reason.cause());
        Ok(known.map_err(unknown)?)
    }

    /// Amounts by member in both periods; of what is no quotient there are no denominators.
    pub(in crate::judge) fn members(&self) -> Result<Vec<(u64, RateMember)>, Unsplit> {
        if self.is_quotient() {
            return self.quotients();
        }
        let of = |(member, [base_numerator, actual_numerator]): (u64, [Number; 2])| {
            (member, RateMember { base_numerator, base_denominator: Number::from(0), actual_numerator, actual_denominator: Number::from(0) })
        };
        Ok(together(&self.both(&self.definition.id)?).into_iter().map(of).collect())
    }

    /// Numerators and denominators by member in both periods.
    fn quotients(&self) -> Result<Vec<(u64, RateMember)>, Unsplit> {
        let [numerators, denominators] = match &self.definition.calculation {
            Calculation::Ratio { numerator, denominator } => [self.both(numerator)?, self.both(denominator)?],
            _ => {
                let of = |period: Option<&Period>| -> (Values, Values) {
                    let found = period.map(|period| self.figures.quotients(&self.definition.id, period)).unwrap_or_default();
                    found.into_iter().map(|(member, [above, below])| ((member, above), (member, below))).unzip()
                };
                let (base, actual) = (of(self.base.as_ref()), of(Some(&self.actual)));
                [[base.0, actual.0], [base.1, actual.1]]
            }
        };
        let ([n0, n1], [d0, d1]) = (numerators, denominators);
        let of = |(member, [base_numerator, base_denominator, actual_numerator, actual_denominator]): (u64, [Number; 4])| {
            (member, RateMember { base_numerator, base_denominator, actual_numerator, actual_denominator })
        };
        Ok(together(&[n0, d0, n1, d1]).into_iter().map(of).collect())
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
        let found = self.quotients()?;
        self.are_few(found.len())?;
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
        self.is_comparable(volume)?;
        let ([a0, a1], [q0, q1]) = (self.both(&self.definition.id)?, self.both(&volume.id)?);
        let found = together(&[a0, q0, a1, q1]);
        self.are_few(found.len())?;
        let member = |(_, [base_amount, base_quantity, actual_amount, actual_quantity]): &(u64, [Number; 4])| PriceVolumeMember {
            base_amount: base_amount.clone(),
            base_quantity: base_quantity.clone(),
            actual_amount: actual_amount.clone(),
            actual_quantity: actual_quantity.clone(),
        };
        let members: Vec<PriceVolumeMember> = found.iter().map(member).collect();
        let figure = |amount: &Number| Figure::of(Value::of(amount.clone()), &explanation.unit);
        let named = found.iter().map(|(member, [base, _, actual, _])| (*member, [figure(base), figure(actual)]));
        let mut split = self.told(&convention.split(&members), named, &explanation.unit);
        let prices: Map<Member, ExplainedVolume> =
            found.into_iter().map(|(member, values)| (self.figures.member(member), volume_of(&volume.id, values))).collect();
        split.members.iter_mut().for_each(|member| member.volume = prices.get(&member.member).cloned());
        Ok(split)
    }

    /// Quantities of both periods are set against each other as the figure itself is: over equal
    /// shares of days, and by one definition.
    fn is_comparable(&self, volume: &Definition) -> Result<(), Unsplit> {
        let observed = |period: &Period| self.snapshot.observed(volume.id.as_str(), period);
        let Some((base, actual)) = self.base.as_ref().and_then(observed).zip(observed(&self.actual)) else { return Ok(()) };
        let id = &volume.id;
        if let Some(cause) = actual.incomparable().or(base.incomparable()) {
            return Err(Unsplit::Because(format!("`{id}` cannot be compared: {cause}")));
        }
        if !actual.coverage.equals(base.coverage) {
            let (before, now) = (base.coverage, actual.coverage);
            let (first, last) = (&base.period, &actual.period);
            return Err(Unsplit::Because(format!("`{id}` covers {} of {} days in {first} and {} of {} in {last}", before.days, before.of, now.days, now.of)));
        }
        self.snapshot.figure_redefined_between(id, base.period.first, actual.period.last).map_or(Ok(()), |cause| Err(Unsplit::Because(cause)))
    }

    fn by_amounts(&self, explanation: &Explanation) -> Result<Split, Unsplit> {
        if self.additivity(&self.definition.id) == Additivity::NonAdditive {
            return Err(Unsplit::Because("only ratios and amounts are told by their members".to_owned()));
        }
        let unit = &explanation.unit;
        if let (Reference::Plan, Some(own)) = (explanation.against, explanation.base.value.number()) {
            let scenario = self.snapshot.scenario_called(explanation.scenario.as_ref().map(Id::as_str))?;
            let targets = self.snapshot.member_targets(scenario, self.definition, &self.by, &self.actual)?;
            let actual = self.values(&self.definition.id, &self.actual)?;
            let actual = actual.into_iter().map(|(member, value)| (self.figures.member(member), value)).collect();
            return Ok(against_targets(actual, targets, own, unit));
        }
        let member = |(member, [base, actual]): (u64, [Number; 2])| ExplainedMember {
            member: self.figures.member(member),
            change: Figure::change(Value::of(actual.clone() - base.clone()), unit),
            actual: Figure::of(Value::of(actual), unit),
            base: Figure::of(Value::of(base), unit),
            effects: Vec::new(),
            volume: None,
        };
        let mut split = Split { convention: "members", ..Split::default() };
        split.members = together(&self.both(&self.definition.id)?).into_iter().map(member).collect();
        largest_first(&mut split.members);
        Ok(split)
    }

    /// A rate or a price of a plan is not known: its targets are not told by both of its parts.
    fn against_a_period(&self, explanation: &Explanation) -> Result<(), Unsplit> {
        if explanation.against != Reference::Plan {
            return Ok(());
        }
        let scenario = self.snapshot.scenario_called(explanation.scenario.as_ref().map(Id::as_str))?;
        let mut targets = self.snapshot.system().targets_in(scenario, &self.definition.id);
        let by_these = targets.any(|target| target.by.len() == self.by.len() && target.by.iter().all(|each| self.by.contains(&each.dimension)));
        Err(Unsplit::Because(if by_these {
            "a plan does not say both parts of a rate or price".to_owned()
        } else {
            format!("`{}` has no targets by {}", self.definition.id, listed(&self.by))
        }))
    }

    fn are_few(&self, count: usize) -> Result<(), Unsplit> {
        if count > MOST_MEMBERS {
            let by = listed(&self.by);
            return Err(Unsplit::Because(format!(
                "by {by} there are {count} members, and effects are told of at most {MOST_MEMBERS}; ask for its contributors"
            )));
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
                    volume: None,
                })
                .collect(),
            ..Split::default()
        };
        largest_first(&mut told.members);
        told
    }
}

/// Quantities and prices of a member.
fn volume_of(volume: &Id, [base_amount, base, actual_amount, actual]: [Number; 4]) -> ExplainedVolume {
    let price = |amount: &Number, quantity: &Number| amount.divided_by(quantity).map_or_else(|| Value::undefined(format!("`{volume}` is zero")), Value::of);
    let (base_price, actual_price) = (price(&base_amount, &base), price(&actual_amount, &actual));
    ExplainedVolume { actual: Value::of(actual), base: Value::of(base), actual_price, base_price }
}

/// Amounts of members against their own targets. What these do not sum to of the total's target is
/// told as the plan's; a member without a target has all of its amount above it.
fn against_targets(actual: Map<Member, Number>, targets: Map<Member, Number>, own: &Number, unit: &Unit) -> Split {
    let planned: Number = targets.values().cloned().sum();
    let difference = planned - own.clone();
    let names: Set<Member> = actual.keys().chain(targets.keys()).cloned().collect();
    let member = |member: Member| {
        let value = actual.get(&member).cloned().unwrap_or_else(|| Number::from(0));
        let target = targets.get(&member).cloned();
        let base = target.clone().map_or_else(|| Value::missing("it has no target"), Value::of);
        ExplainedMember {
            member,
            change: Figure::change(Value::of(value.clone() - target.unwrap_or_else(|| Number::from(0))), unit),
            actual: Figure::of(Value::of(value), unit),
            base: Figure::of(base, unit),
            effects: Vec::new(),
            volume: None,
        }
    };
    let mut split = Split { convention: "members", members: names.into_iter().map(member).collect(), ..Split::default() };
    split.disagreement = Some(difference).filter(|difference| !difference.is_zero()).map(|difference| Figure::change(Value::of(difference), unit));
    largest_first(&mut split.members);
    split
}

/// Dimensions as a sentence names them.
pub(super) fn listed(by: &[Id]) -> String {
    by.iter().map(|dimension| format!("`{dimension}`")).collect::<Vec<_>>().join(" and ")
}

/// Several values of the members that have any; zero where one has none.
fn together<const N: usize>(all: &[Values; N]) -> Vec<(u64, [Number; N])> {
    let mut members: Vec<u64> = all.iter().flatten().map(|(member, _)| *member).collect();
    members.sort_unstable();
    members.dedup();
    let of = |values: &Values, member: u64| {
        let found = values.binary_search_by_key(&member, |(member, _)| *member).ok().and_then(|at| values.get(at));
        found.map_or_else(|| Number::from(0), |(_, value)| value.clone())
    };
    members.into_iter().map(|member| (member, all.each_ref().map(|values| of(values, member)))).collect()
}

/// Those that explain most come first; of equal ones the first by name.
fn largest_first(members: &mut Vec<ExplainedMember>) {
    let size = |member: &ExplainedMember| member.change.value.number().map(Number::abs);
    order::sort_by(members, |left, right| size(right).cmp(&size(left)).then_with(|| left.member.cmp(&right.member)));
}

#[cfg(test)]
mod tests {
    use super::against_targets;
    use crate::base::map::Map;
    use crate::base::number::Number;
    use crate::base::unit::Unit;
    use crate::measure::MemberName;

    #[test]
    fn members_and_what_their_targets_lack_sum_to_the_change() {
        let of = |pairs: &[(&str, i64)]| Map::from_iter(pairs.iter().map(|(name, value)| (vec![MemberName::from(*name)], Number::from(*value))));
        // 120 against 100, of which members have 70 and 20: ten are nobody's.
        let actual = of(&[("web", 80), ("fair", 25), ("mail", 15)]);
        let split = against_targets(actual, of(&[("web", 70), ("fair", 20), ("gone", 0)]), &100.into(), &Unit::Count(String::new()));
        let told: Vec<_> = split.members.iter().map(|member| (member.member[0].readable(), member.base.text.clone(), member.change.text.clone())).collect();
        let expected = [("mail", "(missing)", "+15"), ("web", "70", "+10"), ("fair", "20", "+5"), ("gone", "0", "±0")];
        assert_eq!(told, expected.map(|(name, base, change)| (name.to_owned(), base.to_owned(), change.to_owned())));
        assert_eq!(split.disagreement.as_ref().unwrap().text, "\u{2212}10");
        assert_eq!(split.sum(), 20.into());
    }
}
