//! What numbers measure, so that figures can be checked before there are facts: euros are not
//! added to leads, and euros divided by leads and by days are euros per lead per day.
//!
//! Counted things are told apart by name where they have one. People often leave out for each of
//! what an amount is told: the average deal is `EUR`, and so is a cost per lead. Such a quantity
//! is *loose*: its counted things are not compared, its money and time are.

use std::fmt;

use iso_currency::Currency;

use super::unit::{Per, Unit};
use crate::base::map::Map;

/// Beyond so many factors nothing is checked.
const MAX_FACTORS: usize = 16;

/// What a number measures, as far as it is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Measured {
    /// Not known: fits everything.
    Unknown,
    /// A number in a formula: what it stands beside says what it measures.
    Constant,
    /// Known.
    Known(Quantity),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Dimension {
    Money(&'static str),
    Score,
    Days,
    Months,
}

/// A product of powers of dimensions and of counted things.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Quantity {
    dimensions: Map<Dimension, i32>,
    /// By the singular, with the name as written.
    things: Map<String, (i32, String)>,
    /// The power of things that have no name.
    unnamed: i32,
    /// Whether counted things may have been left out.
    pub(crate) loose: bool,
    /// Whether a constant stands in it, which may turn days into months.
    scaled: bool,
    /// Whether it is a share that people write in per cent.
    percent: bool,
}

impl Measured {
    /// A count of things without a name.
    pub(crate) fn count() -> Self {
        Self::Known(Quantity { unnamed: 1, ..Quantity::default() })
    }

    /// A share.
    pub(crate) fn share() -> Self {
        Self::Known(Quantity { loose: true, percent: true, ..Quantity::default() })
    }

    pub(crate) fn of(unit: Option<&Unit>) -> Self {
        unit.map_or(Self::Unknown, |unit| Self::Known(Quantity::of(unit)))
    }

    /// The same, where it may be told for each of something that is counted.
    pub(crate) fn loosely(self) -> Self {
        match self {
            Self::Known(quantity) => Self::Known(Quantity { loose: true, ..quantity }),
            other => other,
        }
    }

    pub(crate) fn times(self, other: Self) -> Self {
        match (self, other) {
            (Self::Unknown, _) | (_, Self::Unknown) => Self::Unknown,
            (Self::Constant, Self::Constant) => Self::Constant,
            (Self::Constant, Self::Known(quantity)) | (Self::Known(quantity), Self::Constant) => Self::Known(Quantity { scaled: true, ..quantity }),
            (Self::Known(left), Self::Known(right)) => left.times(&right),
        }
    }

    pub(crate) fn divided_by(self, other: Self) -> Self {
        match other {
            Self::Known(quantity) => self.times(Self::Known(quantity.inverse())),
            other => self.times(other),
        }
    }

    /// What two quantities that are added or compared measure together, if it is the same.
    pub(crate) fn with(self, other: Self) -> Result<Self, Box<(Quantity, Quantity)>> {
        match (self, other) {
            (Self::Unknown | Self::Constant, known @ Self::Known(_)) | (known @ Self::Known(_), Self::Unknown | Self::Constant) => Ok(known),
            (Self::Constant, Self::Constant) => Ok(Self::Constant),
            (Self::Known(left), Self::Known(right)) => match left.with(&right) {
                Some(both) => Ok(Self::Known(both)),
                None => Err(Box::new((left, right))),
            },
            _ => Ok(Self::Unknown),
        }
    }

    /// The unit in which it would be written.
    pub(crate) fn unit(&self) -> Option<Unit> {
        match self {
            Self::Known(quantity) => quantity.unit(),
            _ => None,
        }
    }

    /// What a figure measures whose author has declared a unit that fits; `exact` where no counted
    /// thing can have been left out.
    pub(crate) fn declared(self, unit: &Unit, exact: bool) -> Self {
        let declared = Quantity::of(unit);
        match self {
            Self::Known(quantity) => Self::Known(quantity.declared(declared)),
            _ => Self::Known(Quantity { loose: !exact, ..declared }),
        }
    }
}

impl Quantity {
    pub(crate) fn of(unit: &Unit) -> Self {
        let mut quantity = Self::default();
        let dimension = match unit {
            Unit::Currency(currency) => Dimension::Money(currency.code()),
            Unit::Score => Dimension::Score,
            Unit::Days => Dimension::Days,
            Unit::Months => Dimension::Months,
            Unit::Ratio | Unit::Percent => {
                quantity.percent = *unit == Unit::Percent;
                return quantity;
            }
            Unit::Count(noun) if noun.is_empty() => {
                quantity.unnamed = 1;
                return quantity;
            }
            Unit::Count(noun) => {
                quantity.things.insert(key(noun), (1, noun.clone()));
                return quantity;
            }
            Unit::Per(unit, each) => {
                let each = match each {
                    Per::Day => Self::dimension(Dimension::Days),
                    Per::Month => Self::dimension(Dimension::Months),
                    Per::Thing(thing) => match Currency::from_code(thing) {
                        Some(currency) => Self::dimension(Dimension::Money(currency.code())),
                        None => Self::of(&Unit::Count(thing.clone())),
                    },
                };
                let inner = Self::of(unit);
                let percent = inner.percent;
                return match inner.times(&each.inverse()) {
                    Measured::Known(rate) => Self { percent, ..rate },
                    _ => Self::default(),
                };
            }
        };
        Self::dimension(dimension)
    }

    fn dimension(dimension: Dimension) -> Self {
        Self { dimensions: [(dimension, 1)].into(), ..Self::default() }
    }

    fn inverse(mut self) -> Self {
        self.dimensions.values_mut().for_each(|power| *power = power.saturating_neg());
        self.things.values_mut().for_each(|(power, _)| *power = power.saturating_neg());
        self.unnamed = self.unnamed.saturating_neg();
        self.percent = false;
        self
    }

    fn times(mut self, other: &Self) -> Measured {
        for (dimension, power) in other.dimensions.iter() {
            let sum = self.dimensions.entry(*dimension).or_default();
            *sum = sum.saturating_add(*power);
        }
        for (key, (power, noun)) in other.things.iter() {
            let (sum, name) = self.things.entry(key.clone()).or_insert_with(|| (0, noun.clone()));
            *sum = sum.saturating_add(*power);
            // Either spelling would do; the same one whichever side comes first.
            if noun > name {
                name.clone_from(noun);
            }
        }
        self.dimensions.retain(|_, power| *power != 0);
        self.things.retain(|_, (power, _)| *power != 0);
        if self.dimensions.len().saturating_add(self.things.len()) > MAX_FACTORS {
            return Measured::Unknown;
        }
        // Whether two counts without names count the same is not known.
        self.loose |= other.loose || (self.unnamed != 0 && other.unnamed != 0);
        self.unnamed = self.unnamed.saturating_add(other.unnamed);
        self.scaled |= other.scaled;
        self.percent = false;
        Measured::Known(self)
    }

    /// Counts over counts, with or without time: no money, time or score is measured.
    fn is_counted(&self) -> bool {
        self.dimensions.values().all(|power| *power < 0)
    }

    /// Counted things above the line less those below it.
    fn net(&self) -> i32 {
        self.things.values().fold(self.unnamed, |sum, (power, _)| sum.saturating_add(*power))
    }

    fn has_things(&self) -> bool {
        self.unnamed != 0 || !self.things.is_empty()
    }

    fn same_things(&self, other: &Self) -> bool {
        self.unnamed == other.unnamed && self.things.len() == other.things.len() && self.things.iter().all(|(key, (power, _))| other.power(key) == *power)
    }

    fn power(&self, key: &str) -> i32 {
        self.things.get(key).map_or(0, |(power, _)| *power)
    }

    fn with(&self, other: &Self) -> Option<Self> {
        if self.dimensions != other.dimensions {
            return None;
        }
        let (alike, loose) = (self.net() == other.net(), self.loose || other.loose);
        let unnamed = self.unnamed != 0 || other.unnamed != 0;
        let shares = self.is_counted() && alike && self.net() == 0;
        let fits = self.same_things(other) || shares || if self.is_counted() { alike && (loose || unnamed) } else { loose || (alike && unnamed) };
        // The more telling of the two, the same whichever comes first.
        let rank = |quantity: &Self| (quantity.loose, quantity.unnamed != 0);
        let telling = if (rank(self), self) <= (rank(other), other) { self } else { other };
        let mut both = telling.clone();
        if shares && !self.same_things(other) {
            (both.things, both.unnamed) = (Map::new(), 0);
        }
        both.loose = loose;
        both.scaled = self.scaled || other.scaled;
        both.percent = self.percent || other.percent;
        fits.then_some(both)
    }

    /// Whether a declared unit says what this measures. For each of what counted thing may be left
    /// out, for each of what time may not.
    pub(crate) fn fits(&self, unit: &Unit) -> bool {
        let declared = Self::of(unit);
        if *unit == Unit::Score && self.dimensions.is_empty() && self.net() == 0 {
            return true;
        }
        if self.dimensions != declared.dimensions && !(self.scaled && self.without_months() == declared.without_months()) {
            return false;
        }
        if !declared.is_counted() {
            return declared.below_fits(self);
        }
        if !declared.has_things() {
            return self.net() <= 0;
        }
        if self.loose || self.unnamed != 0 {
            // A share without counts is not a count of anything.
            // Things without a name may be left out.
            let named = self.net().saturating_sub(self.unnamed.min(0));
            return (self.net() >= 0 || self.net() == declared.net() || named == declared.net()) && (self.has_things() || !self.percent);
        }
        let above = declared.unnamed <= 0 || self.things.values().any(|(power, _)| *power > 0);
        let named = declared.things.iter().all(|(key, (power, _))| power.signum() == self.power(key).signum());
        above && named && self.net() <= 1
    }

    /// Whether a unit is in the same money, each to the same power. A plain number in a formula may
    /// stand for an amount.
    pub(crate) fn is_same_money(&self, unit: &Unit) -> bool {
        let money = |quantity: &Self| {
            quantity
                .dimensions
                .iter()
                .filter(|(dimension, _)| matches!(dimension, Dimension::Money(_)))
                .map(|(money, power)| (*money, *power))
                .collect::<Vec<_>>()
        };
        self.scaled || money(self) == money(&Self::of(unit))
    }

    /// Whether the counted things below the line of this declared unit are those of another.
    fn below_fits(&self, derived: &Self) -> bool {
        let missing = self.things.iter().filter(|(key, (power, _))| *power < 0 && derived.power(key) >= 0).count();
        let none = derived.unnamed >= 0 && derived.things.values().all(|(power, _)| *power > 0);
        let unnamed = usize::try_from(derived.unnamed.saturating_neg()).unwrap_or(0);
        missing <= unnamed || (derived.loose && none)
    }

    /// With months counted as days.
    fn without_months(&self) -> Map<Dimension, i32> {
        let mut dimensions = self.dimensions.clone();
        if let Some(months) = dimensions.remove(&Dimension::Months) {
            let days = dimensions.entry(Dimension::Days).or_default();
            *days = days.saturating_add(months);
        }
        dimensions.retain(|_, power| *power != 0);
        dimensions
    }

    fn declared(self, declared: Self) -> Self {
        if self.dimensions != declared.dimensions {
            return declared;
        }
        if !declared.has_things() {
            return Self { loose: self.loose || self.has_things(), percent: declared.percent, ..self };
        }
        if declared.is_counted() && declared.net() != self.net() {
            return Self { loose: true, ..self };
        }
        if declared.things.is_empty() { self } else { declared }
    }

    pub(crate) fn unit(&self) -> Option<Unit> {
        let mut above = self.dimensions.iter().filter(|(_, power)| **power > 0);
        let unit = match (above.next(), above.next()) {
            (Some((dimension, 1)), None) => match dimension {
                Dimension::Money(code) => Unit::Currency(Currency::from_code(code)?),
                Dimension::Score => Unit::Score,
                Dimension::Days => Unit::Days,
                Dimension::Months => Unit::Months,
            },
            (None, _) => self.counted()?,
            _ => return None,
        };
        // As many things above the line as below it are no more than a factor.
        let is_share = self.net() == 0;
        let things = self.things.values().filter(|(power, _)| *power < 0 && !is_share);
        let things = things.map(|(power, noun)| (*power == -1).then(|| Per::Thing(singular(noun))));
        let rates = self.dimensions.iter().filter(|(_, power)| **power < 0).map(|(dimension, power)| {
            (*power == -1).then_some(match dimension {
                Dimension::Money(code) => Per::Thing((*code).to_owned()),
                Dimension::Score => return None,
                Dimension::Days => Per::Day,
                Dimension::Months => Per::Month,
            })
        });
        things.chain(rates).try_fold(unit, |unit, each| Some(Unit::Per(Box::new(unit), each?)))
    }

    /// The unit of what is counted above the line.
    fn counted(&self) -> Option<Unit> {
        if self.net() == 0 {
            return Some(if self.percent { Unit::Percent } else { Unit::Ratio });
        }
        let mut above = self.things.values().filter(|(power, _)| *power > 0);
        match (above.next(), above.next(), self.unnamed) {
            (Some((1, noun)), None, ..=0) => Some(Unit::Count(noun.clone())),
            (None, _, 1) => Some(Unit::Count(String::new())),
            (None, _, ..=0) => Some(Unit::Ratio),
            _ => None,
        }
    }
}

impl fmt::Display for Quantity {
    /// Its unit, or the factors of what has none.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(unit) = self.unit() {
            return write!(f, "{unit}");
        }
        let dimensions = self.dimensions.iter().map(|(dimension, power)| {
            let name = match dimension {
                Dimension::Money(code) => code,
                Dimension::Score => "score",
                Dimension::Days => "days",
                Dimension::Months => "months",
            };
            (name, *power)
        });
        let things = self.things.values().map(|(power, noun)| (noun.as_str(), *power)).chain([("count", self.unnamed)]);
        let factors: Vec<(&str, i32)> = dimensions.chain(things).filter(|(_, power)| *power != 0).collect();
        let written = |sign: i32| {
            let of_sign = factors.iter().filter(|(_, power)| power.signum() == sign);
            of_sign
                .map(|(name, power)| if power.abs() == 1 { (*name).to_owned() } else { format!("{name}^{}", power.unsigned_abs()) })
                .collect::<Vec<_>>()
                .join(" × ")
        };
        let (above, below) = (written(1), written(-1));
        f.write_str(if above.is_empty() { "1" } else { &above })?;
        if below.is_empty() { Ok(()) } else { write!(f, " per {below}") }
    }
}

/// The name of one of several things, by the rules of English spelling that are most often right.
fn singular(noun: &str) -> String {
    if noun == "people" {
        return "person".to_owned();
    }
    let cut = |ending: &str, instead: &str| noun.strip_suffix(ending).map(|stem| format!("{stem}{instead}"));
    let unchanged = ["ss", "us", "is"].iter().any(|ending| noun.ends_with(ending));
    let hissing = ["sses", "shes", "ches", "xes", "zzes"].iter().any(|ending| noun.ends_with(ending));
    let word = if unchanged {
        None
    } else if hissing {
        cut("es", "")
    } else {
        cut("ies", "y").or_else(|| cut("s", ""))
    };
    word.filter(|word| !word.is_empty()).unwrap_or_else(|| noun.to_owned())
}

/// The same for singular and plural, even of `movies` and `cases`; not a word.
fn key(noun: &str) -> String {
    let singular = singular(&noun.to_lowercase());
    match (singular.strip_suffix("ie").or_else(|| singular.strip_suffix('y')), singular.strip_suffix('e')) {
        (Some(stem), _) => format!("{stem}i"),
        (None, Some(stem)) => stem.to_owned(),
        (None, None) => singular,
    }
}

#[cfg(test)]
mod tests {
    use super::{Measured, Quantity, key, singular};
    use crate::Unit;

    #[test]
    fn singular_and_plural_are_the_same_thing() {
        for (plural, one) in [
            ("leads", "lead"),
            ("companies", "company"),
            ("movies", "movie"),
            ("cases", "case"),
            ("businesses", "business"),
            ("boxes", "box"),
            ("buses", "bus"),
            ("people", "person"),
            ("Accounts", "account"),
            ("closed deals", "closed deal"),
        ] {
            assert_eq!(key(plural), key(one));
        }
        assert_ne!(key("leads"), key("orders"));
        assert_eq!([singular("leads"), singular("companies"), singular("boxes"), singular("status")], ["lead", "company", "box", "status"]);
    }

    #[test]
    fn a_unit_is_read_back_from_its_quantity() {
        for text in ["EUR", "count", "count of leads", "percent", "ratio", "days", "months", "score", "EUR per day", "EUR per lead", "EUR per lead per month"] {
            let unit = Unit::parse(text).unwrap();
            assert_eq!(Quantity::of(&unit).unit(), Some(unit));
        }
        for text in ["percent per month", "count of leads per day", "days per deal", "count of leads per EUR"] {
            let unit = Unit::parse(text).unwrap();
            assert_eq!(Quantity::of(&unit).to_string(), text);
        }
        // A count for each counted thing is a ratio.
        assert_eq!(Quantity::of(&Unit::parse("count of leads per campaign").unwrap()).unit(), Some(Unit::Ratio));
        let euro = Quantity::of(&Unit::parse("EUR").unwrap());
        assert_eq!(Measured::Known(euro.clone()).times(Measured::Known(euro.clone())).unit(), None);
        assert!(matches!(euro.clone().times(&euro), Measured::Known(square) if square.to_string() == "EUR^2"));
    }
}
