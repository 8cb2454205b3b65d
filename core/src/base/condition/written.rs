//! A condition as text that is read as the same condition.

use std::fmt::{self, Display, Formatter};

use super::{Condition, KEYWORDS, Order};
use crate::base::id::Id;

impl Display for Condition {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::All(parts) => joined(f, parts, " and ", |part| matches!(part, Self::All(_) | Self::Any(_))),
            Self::Any(parts) => match one_of(parts) {
                Some((column, texts)) => {
                    name(column, f)?;
                    f.write_str(" in (")?;
                    list(f, texts.into_iter().map(Some))
                }
                None => joined(f, parts, " or ", |part| matches!(part, Self::Any(_))),
            },
            Self::Not(inner) => match &**inner {
                Self::Null { column } => {
                    name(column, f)?;
                    f.write_str(" is not null")
                }
                Self::Member { column, members } => {
                    name(column, f)?;
                    self::members(f, " is not ", members)
                }
                Self::Any(parts) if one_of(parts).is_some() => {
                    let (column, texts) = one_of(parts).ok_or(fmt::Error)?;
                    name(column, f)?;
                    f.write_str(" not in (")?;
                    list(f, texts.into_iter().map(Some))
                }
                _ => {
                    f.write_str("not ")?;
                    nested(f, inner, matches!(**inner, Self::All(_) | Self::Any(_)))
                }
            },
            Self::Member { column, members } => {
                name(column, f)?;
                self::members(f, " is ", members)
            }
            Self::Text { column, is, text } => {
                name(column, f)?;
                write!(f, " {} ", is.as_str())?;
                literal(f, text)
            }
            Self::Number { left, is, right } => {
                left.write(f, name)?;
                write!(f, " {} ", is.as_str())?;
                right.write(f, name)
            }
            Self::Null { column } => {
                name(column, f)?;
                f.write_str(" is null")
            }
        }
    }
}

fn joined(f: &mut Formatter<'_>, parts: &[Condition], between: &str, parentheses: fn(&Condition) -> bool) -> fmt::Result {
    for (position, part) in parts.iter().enumerate() {
        f.write_str(if position == 0 { "" } else { between })?;
        let short = matches!(part, Condition::Any(parts) if one_of(parts).is_some());
        nested(f, part, parentheses(part) && !short)?;
    }
    Ok(())
}

fn nested(f: &mut Formatter<'_>, part: &Condition, parentheses: bool) -> fmt::Result {
    if parentheses { write!(f, "({part})") } else { Display::fmt(part, f) }
}

/// `column = 'a' or column = 'b'`, which is shorter as `column in ('a', 'b')`.
fn one_of(parts: &[Condition]) -> Option<(&Id, Vec<&str>)> {
    let equal = |part| match part {
        &Condition::Text { ref column, is: Order::Equal, ref text } => Some((column, text.as_str())),
        _ => None,
    };
    let pairs: Vec<(&Id, &str)> = parts.iter().map(equal).collect::<Option<_>>()?;
    let (column, _) = pairs.first()?;
    (pairs.len() > 1 && pairs.iter().all(|(other, _)| other == column)).then(|| (*column, pairs.iter().map(|(_, text)| *text).collect()))
}

/// ` is 'a'`, ` is in ('a', null)`.
fn members(f: &mut Formatter<'_>, is: &str, members: &[Option<String>]) -> fmt::Result {
    f.write_str(is)?;
    if let [Some(text)] = members {
        return literal(f, text);
    }
    f.write_str("in (")?;
    list(f, members.iter().map(Option::as_deref))
}

fn list<'a>(f: &mut Formatter<'_>, members: impl Iterator<Item = Option<&'a str>>) -> fmt::Result {
    for (position, member) in members.enumerate() {
        f.write_str(if position == 0 { "" } else { ", " })?;
        match member {
            Some(text) => literal(f, text)?,
            None => f.write_str("null")?,
        }
    }
    f.write_str(")")
}

fn literal(f: &mut Formatter<'_>, text: &str) -> fmt::Result {
    write!(f, "'{}'", text.replace('\'', "''"))
}

fn name(id: &Id, f: &mut Formatter<'_>) -> fmt::Result {
    if KEYWORDS.contains(&id.as_str()) { write!(f, "\"{id}\"") } else { Display::fmt(id, f) }
}

#[cfg(test)]
mod tests {
    use crate::Id;
    use crate::base::condition::{Condition, Order};
    use crate::base::formula::arithmetic;
    use proptest::prelude::*;

    const ORDERS: [Order; 6] = [Order::Equal, Order::NotEqual, Order::Less, Order::LessOrEqual, Order::Greater, Order::GreaterOrEqual];

    fn condition() -> impl Strategy<Value = Condition> {
        let column = || prop::sample::select(&["channel", "amount", "in", "null", "nothing"][..]).prop_map(|name| Id::new(name).unwrap());
        let order = || prop::sample::select(&ORDERS[..]);
        let text = || "[a-c' \"äß()]{0,4}";
        let leaf = prop_oneof![
            column().prop_map(|column| Condition::Null { column }),
            (column(), order(), text()).prop_map(|(column, is, text)| Condition::Text { column, is, text }),
            (column(), prop::collection::vec(prop::option::of(text()), 1..4)).prop_map(|(column, members)| Condition::Member { column, members }),
            (arithmetic(&["amount", "days", "and"]), order(), arithmetic(&["amount", "between"])).prop_map(|(left, is, right)| Condition::Number {
                left,
                is,
                right
            }),
        ];
        leaf.prop_recursive(4, 24, 4, |inner| {
            prop_oneof![
                inner.clone().prop_map(|inner| Condition::Not(Box::new(inner))),
                prop::collection::vec(inner.clone(), 2..4).prop_map(Condition::All),
                prop::collection::vec(inner, 2..4).prop_map(Condition::Any),
            ]
        })
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_as_the_same(condition in condition()) {
            let text = condition.to_string();
            prop_assert_eq!(Condition::parse(&text).map_err(|error| format!("{text}: {error:?}")), Ok(condition));
        }
    }
}
