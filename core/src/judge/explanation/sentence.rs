//! What happened, in one sentence.

use super::{ExplainedMember, Explanation};
use crate::base::calendar::Period;
use crate::base::number::Number;
use crate::base::unit::Unit;
use crate::base::value::Value;
use crate::judge::reference::Reference;
use crate::judge::variance::Figure;
use crate::judge::why::effects::Effect;
use crate::judge::why::price_volume::PriceVolume;
use crate::measure::{Member, MemberName};

/// The plan as a sentence names it, where no scenario stands for it.
pub(in crate::judge) const THE_PLAN: &str = "the plan";

impl Explanation {
    pub(super) fn sentence(&self) -> String {
        let plan = self.scenario.as_ref().map_or_else(|| THE_PLAN.to_owned(), |scenario| format!("`{scenario}`"));
        let Some(what) = what_happened(&self.name, &self.change, &self.unit, self.against, &plan, self.base_period.as_ref()) else {
            return not_comparable(&self.name, &self.change, self.against, &plan, self.base_period.as_ref());
        };
        let effects = self.effects.iter().filter(|effect| moved(&effect.change)).map(|effect| format!("{} {}", self.words(effect.effect), effect.change.text));
        let drivers = self.drivers.iter().filter(|driver| moved(&driver.change)).map(|driver| format!("{} {}", driver.name, driver.change.text));
        let disagreement = self.disagreement.iter().map(|difference| {
            let size = difference.value.number().map(|size| unsigned(&self.unit, size)).unwrap_or_default();
            format!("{}'s own figures do not agree by {size} ({})", plan, difference.text)
        });
        let parts = effects.chain(drivers).chain(disagreement).collect::<Vec<_>>().join(", ");
        let largest: Vec<&ExplainedMember> = self.members.iter().filter(|member| moved(&member.change)).take(2).collect();
        let members = largest.iter().map(|member| format!("{} {}", readable(&member.member), member.change.text)).collect::<Vec<_>>().join(", ");
        let members = match largest.len() {
            0 => String::new(),
            _ if self.is_mostly(&largest) && parts.is_empty() => format!(", most of it by {members}"),
            _ if self.is_mostly(&largest) => format!("; most of it by {members}"),
            1 => format!("; the largest part is {members}"),
            _ => format!("; the largest parts are {members}"),
        };
        let parts = if parts.is_empty() { parts } else { format!(": {parts}") };
        format!("{what}{parts}{members}.")
    }

    /// Whether members go the way of the change, each of them, and together make more than half of it.
    pub(in crate::judge) fn is_mostly(&self, members: &[&ExplainedMember]) -> bool {
        let Some(change) = self.change.value.number().filter(|change| !change.is_zero()) else { return false };
        let changes = || members.iter().filter_map(|member| member.change.value.number());
        let sum: Number = changes().cloned().sum();
        changes().all(|part| part.is_negative() == change.is_negative()) && (sum.clone() + sum).abs() > change.abs()
    }

    fn words(&self, effect: Effect) -> &'static str {
        if self.is_of_amounts() && effect == Effect::Interaction { "prices and volume together" } else { effect.words() }
    }

    /// Whether its effects are those of prices and volume.
    pub(in crate::judge) fn is_of_amounts(&self) -> bool {
        PriceVolume::WORDS.iter().any(|(word, _)| *word == self.convention)
    }
}

/// That something rose, fell or stayed, or lies above or below its plan; `None` where the change is
/// no number.
pub(in crate::judge) fn what_happened(name: &str, change: &Figure, unit: &Unit, reference: Reference, plan: &str, base: Option<&Period>) -> Option<String> {
    let change = change.value.number()?;
    let size = unsigned(unit, change);
    let base = base.map_or_else(String::new, ToString::to_string);
    Some(match (reference, change.is_zero(), change.is_negative()) {
        (Reference::Plan, true, _) if plan == THE_PLAN => format!("{name} came in as planned for {base}"),
        (Reference::Plan, true, _) => format!("{name} came in as {plan} has it for {base}"),
        (Reference::Plan, _, true) => format!("{name} came in {size} below {plan} for {base}"),
        (Reference::Plan, _, false) => format!("{name} came in {size} above {plan} for {base}"),
        (_, true, _) => format!("{name} did not change against {base}"),
        (_, _, true) => format!("{name} fell by {size} against {base}"),
        (_, _, false) => format!("{name} rose by {size} against {base}"),
    })
}

/// That there is no change to be told.
pub(in crate::judge) fn not_comparable(name: &str, change: &Figure, reference: Reference, plan: &str, base: Option<&Period>) -> String {
    let against = match (reference, base) {
        (_, None) => String::new(),
        (Reference::Plan, Some(base)) => format!(" with {plan} for {base}"),
        (_, Some(base)) => format!(" against {base}"),
    };
    format!("{name} cannot be compared{against}: {}.", change.value.cause())
}

fn unsigned(unit: &Unit, change: &Number) -> String {
    unit.format_change(&change.abs()).trim_start_matches(['+', '±']).to_owned()
}

pub(in crate::judge) fn moved(figure: &Figure) -> bool {
    matches!(&figure.value, Value::Value { value } if !value.is_zero())
}

/// A combination of members as a sentence names it.
pub(in crate::judge) fn readable(member: &Member) -> String {
    member.iter().map(MemberName::readable).collect::<Vec<_>>().join(" · ")
}
