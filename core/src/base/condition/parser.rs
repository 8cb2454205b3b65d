//! Text to condition.
//!
//! ```text
//! any     = all { "or" all }
//! all     = not { "and" not }
//! not     = "not" not | compare
//! compare = sum [ ("=" | "!=" | "<" | "<=" | ">" | ">=") sum
//!               | "is" [ "not" ] ( "null" | text | "in" list )
//!               | [ "not" ] ( "in" list | "between" sum "and" sum ) ]
//! sum     = product { ("+" | "-") product }
//! product = sign { ("*" | "/") sign }
//! sign    = "-" sign | number | text | column | "(" any ")"
//! ```
//!
//! `=`, `in` and the like are unknown for a null member, as in SQL; `is` is not: there null is a
//! member like any other.

use super::{Condition, ConditionError, KEYWORDS, Order};
use crate::base::finding::quoted;
use crate::base::formula::{Formula, Operator};
use crate::base::id::Id;
use crate::base::number::Number;

/// The longest condition that is read, in bytes.
const MAX_LENGTH: usize = 8_000;
/// The deepest nesting that is read.
const MAX_DEPTH: u32 = 32;
/// The most arithmetic operations in one condition.
const MAX_OPERATIONS: u32 = 200;
/// The longest number: what is written exactly.
const MAX_DIGITS: usize = 34;

/// Symbols, longer ones first.
const SYMBOLS: [&str; 15] = ["!=", "<>", "<=", ">=", "=", "<", ">", "(", ")", ",", "+", "-", "*", "/", "≠"];

#[derive(Clone, Debug, PartialEq, Eq)]
enum Token {
    /// A keyword, in lower case.
    Keyword(&'static str),
    Column(Id),
    Number(Number),
    Text(String),
    Symbol(&'static str),
}

/// What part of a condition says: a number, a text or a truth.
enum Part {
    Number(Formula),
    Text(String),
    Truth(Condition),
}

impl Condition {
    /// Reads a condition such as `channel = 'paid' and amount > 100`.
    pub(crate) fn parse(text: &str) -> Result<Self, ConditionError> {
        if text.len() > MAX_LENGTH {
            return Err(ConditionError { at: 0, message: format!("the condition is longer than {MAX_LENGTH} bytes") });
        }
        let mut parser = Parser { tokens: tokens(text)?, next: 0, end: text.chars().count(), depth: 0, operations: 0 };
        let part = parser.any()?;
        if parser.peek().is_some() {
            return Err(parser.error("expected `and`, `or` or the end"));
        }
        parser.truth(part, 0)
    }
}

fn tokens(text: &str) -> Result<Vec<(usize, Token)>, ConditionError> {
    let mut tokens = Vec::new();
    let mut rest = text.trim_start();
    let length = text.chars().count();
    while let Some(first) = rest.chars().next() {
        let at = length.saturating_sub(rest.chars().count());
        let error = |message: String| Err(ConditionError { at, message });
        let token = if first == '\'' || first == '"' {
            let Some((inner, after)) = string(rest, first) else { return error(format!("the text that {first} opens is not closed")) };
            rest = after;
            if first == '\'' {
                Token::Text(inner)
            } else {
                match Id::new(&inner) {
                    Some(id) => Token::Column(id),
                    None => return error(format!("{} is not the id of a column; text stands in single quotes", quoted(&inner))),
                }
            }
        } else if first.is_ascii_digit() {
            let digits = take_while(&mut rest, |c| c.is_ascii_digit() || c == '.' || c == '_');
            match Number::parse(&digits.replace('_', "")).filter(|_| digits.len() <= MAX_DIGITS) {
                Some(number) => Token::Number(number),
                None => return error(format!("{} is not a number of at most {MAX_DIGITS} digits", quoted(digits))),
            }
        } else if first.is_alphanumeric() || first == '_' {
            let word = take_while(&mut rest, |c| c.is_alphanumeric() || c == '_');
            match (KEYWORDS.into_iter().find(|keyword| word.eq_ignore_ascii_case(keyword)), Id::new(word)) {
                (Some(keyword), _) => Token::Keyword(keyword),
                (None, Some(id)) => Token::Column(id),
                (None, None) => return error(format!("{} is not the id of a column; text stands in single quotes", quoted(word))),
            }
        } else {
            let Some((symbol, after)) = SYMBOLS.iter().find_map(|symbol| Some((*symbol, rest.strip_prefix(symbol)?))) else {
                return error(format!("{} has no meaning here", quoted(&first.to_string())));
            };
            rest = after;
            Token::Symbol(symbol)
        };
        tokens.push((at, token));
        rest = rest.trim_start();
    }
    Ok(tokens)
}

/// The text up to the closing mark, doubled marks standing for one, and what comes after.
fn string(text: &str, mark: char) -> Option<(String, &str)> {
    let mut rest = text.strip_prefix(mark)?;
    let mut inner = String::new();
    loop {
        let (part, after) = rest.split_once(mark)?;
        inner.push_str(part);
        match after.strip_prefix(mark) {
            Some(more) => {
                inner.push(mark);
                rest = more;
            }
            None => return Some((inner, after)),
        }
    }
}

fn take_while<'a>(rest: &mut &'a str, accepted: impl Fn(char) -> bool) -> &'a str {
    let end = rest.find(|c: char| !accepted(c)).unwrap_or(rest.len());
    let (taken, after) = rest.split_at(end);
    *rest = after;
    taken
}

struct Parser {
    /// With the character at which each starts.
    tokens: Vec<(usize, Token)>,
    next: usize,
    end: usize,
    depth: u32,
    operations: u32,
}

impl Parser {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.next).map(|(_, token)| token)
    }

    fn at(&self) -> usize {
        self.tokens.get(self.next).map_or(self.end, |(at, _)| *at)
    }

    fn error(&self, message: &str) -> ConditionError {
        let found = match self.peek() {
            Some(Token::Keyword(word) | Token::Symbol(word)) => format!("found `{word}`"),
            Some(Token::Column(id)) => format!("found `{id}`"),
            Some(Token::Number(number)) => format!("found {}", quoted(&number.to_string())),
            Some(Token::Text(text)) => format!("found the text {}", quoted(text)),
            None => "found the end".to_owned(),
        };
        ConditionError { at: self.at(), message: format!("{message}, {found}") }
    }

    fn take(&mut self, token: &Token) -> bool {
        let found = self.peek() == Some(token);
        self.next = self.next.saturating_add(usize::from(found));
        found
    }

    fn keyword(&mut self, word: &'static str) -> bool {
        self.take(&Token::Keyword(word))
    }

    fn symbol(&mut self, symbol: &'static str) -> bool {
        self.take(&Token::Symbol(symbol))
    }

    fn expect(&mut self, symbol: &'static str) -> Result<(), ConditionError> {
        if self.symbol(symbol) { Ok(()) } else { Err(self.error(&format!("expected `{symbol}`"))) }
    }

    fn deeper<T>(&mut self, read: impl FnOnce(&mut Self) -> Result<T, ConditionError>) -> Result<T, ConditionError> {
        self.depth = self.depth.saturating_add(1);
        if self.depth > MAX_DEPTH {
            return Err(self.error("the condition is nested too deeply"));
        }
        let result = read(self);
        self.depth = self.depth.saturating_sub(1);
        result
    }

    fn truth(&self, part: Part, at: usize) -> Result<Condition, ConditionError> {
        match part {
            Part::Truth(condition) => Ok(condition),
            _ => Err(ConditionError { at, message: "expected a comparison such as `channel = 'paid'`".to_owned() }),
        }
    }

    fn number(&self, part: Part, at: usize) -> Result<Formula, ConditionError> {
        let message = match part {
            Part::Number(formula) => return Ok(formula),
            Part::Text(text) => format!("the text {} stands where a number is needed", quoted(&text)),
            Part::Truth(_) => "a comparison stands where a number is needed".to_owned(),
        };
        Err(ConditionError { at, message })
    }

    /// The column that a part is.
    fn column(&self, part: Part, at: usize) -> Result<Id, ConditionError> {
        match part {
            Part::Number(Formula::Figure(id)) => Ok(id),
            _ => Err(ConditionError { at, message: "expected the id of a column".to_owned() }),
        }
    }

    fn any(&mut self) -> Result<Part, ConditionError> {
        self.joined("or", Self::all, Condition::Any)
    }

    fn all(&mut self) -> Result<Part, ConditionError> {
        self.joined("and", Self::not, Condition::All)
    }

    fn joined(
        &mut self,
        word: &'static str,
        read: fn(&mut Self) -> Result<Part, ConditionError>,
        join: fn(Vec<Condition>) -> Condition,
    ) -> Result<Part, ConditionError> {
        let at = self.at();
        let first = read(self)?;
        if self.peek() != Some(&Token::Keyword(word)) {
            return Ok(first);
        }
        let mut parts = vec![self.truth(first, at)?];
        while self.keyword(word) {
            let at = self.at();
            let part = read(self)?;
            parts.push(self.truth(part, at)?);
        }
        Ok(Part::Truth(join(parts)))
    }

    fn not(&mut self) -> Result<Part, ConditionError> {
        if !self.keyword("not") {
            return self.compare();
        }
        let at = self.at();
        let inner = self.deeper(Self::not)?;
        Ok(Part::Truth(Condition::Not(Box::new(self.truth(inner, at)?))))
    }

    fn compare(&mut self) -> Result<Part, ConditionError> {
        let at = self.at();
        let left = self.sum()?;
        let order = match self.peek() {
            Some(Token::Symbol("=")) => Some(Order::Equal),
            Some(Token::Symbol("!=" | "<>" | "≠")) => Some(Order::NotEqual),
            Some(Token::Symbol("<")) => Some(Order::Less),
            Some(Token::Symbol("<=")) => Some(Order::LessOrEqual),
            Some(Token::Symbol(">")) => Some(Order::Greater),
            Some(Token::Symbol(">=")) => Some(Order::GreaterOrEqual),
            _ => None,
        };
        if let Some(order) = order {
            self.next = self.next.saturating_add(1);
            let right_at = self.at();
            let right = self.sum()?;
            return self.ordered((left, at), order, (right, right_at)).map(Part::Truth);
        }
        if self.keyword("is") {
            let column = self.column(left, at)?;
            let negated = self.keyword("not");
            let condition = self.is(column)?;
            return Ok(Part::Truth(negate(condition, negated)));
        }
        let negated = self.keyword("not");
        if self.keyword("in") {
            return self.among((left, at)).map(|condition| Part::Truth(negate(condition, negated)));
        }
        if self.keyword("between") {
            let condition = self.between((left, at))?;
            return Ok(Part::Truth(negate(condition, negated)));
        }
        if negated { Err(self.error("expected `in` or `between`")) } else { Ok(left) }
    }

    fn ordered(&self, (left, left_at): (Part, usize), is: Order, (right, right_at): (Part, usize)) -> Result<Condition, ConditionError> {
        match (left, right) {
            (Part::Text(_), Part::Text(_)) => Err(ConditionError { at: left_at, message: "two texts are compared, and no column".to_owned() }),
            (left, Part::Text(text)) => self.column(left, left_at).map(|column| Condition::Text { column, is, text }),
            (Part::Text(text), right) => self.column(right, right_at).map(|column| Condition::Text { column, is: is.turned(), text }),
            (left, right) => Ok(Condition::Number { left: self.number(left, left_at)?, is, right: self.number(right, right_at)? }),
        }
    }

    /// What follows `is` or `is not`.
    fn is(&mut self, column: Id) -> Result<Condition, ConditionError> {
        if self.keyword("null") {
            return Ok(Condition::Null { column });
        }
        if self.keyword("in") {
            self.expect("(")?;
            let mut members = Vec::new();
            loop {
                let member = if self.keyword("null") { None } else { Some(self.text()?) };
                members.push(member);
                if !self.symbol(",") {
                    break;
                }
            }
            self.expect(")")?;
            return Ok(Condition::Member { column, members });
        }
        let text = self.text()?;
        Ok(Condition::Member { column, members: vec![Some(text)] })
    }

    fn text(&mut self) -> Result<String, ConditionError> {
        let Some(Token::Text(text)) = self.peek() else { return Err(self.error("expected text in single quotes, or `null`")) };
        let text = text.clone();
        self.next = self.next.saturating_add(1);
        Ok(text)
    }

    /// What follows `in` or `not in`: equal to one of a list.
    fn among(&mut self, (left, left_at): (Part, usize)) -> Result<Condition, ConditionError> {
        let left = self.number(left, left_at)?;
        self.expect("(")?;
        let mut equal = Vec::new();
        loop {
            if self.peek() == Some(&Token::Keyword("null")) {
                return Err(self.error("nothing is equal to null; write `or … is null`"));
            }
            let at = self.at();
            let right = self.sum()?;
            equal.push(self.ordered((Part::Number(left.clone()), left_at), Order::Equal, (right, at))?);
            if !self.symbol(",") {
                break;
            }
        }
        self.expect(")")?;
        Ok(match (equal.pop(), equal.is_empty()) {
            (Some(only), true) => only,
            (last, _) => {
                equal.extend(last);
                Condition::Any(equal)
            }
        })
    }

    /// What follows `between`: both bounds are inside.
    fn between(&mut self, (left, left_at): (Part, usize)) -> Result<Condition, ConditionError> {
        let left = self.number(left, left_at)?;
        let at = self.at();
        let low = self.sum()?;
        if !self.keyword("and") {
            return Err(self.error("expected `and` and the upper bound"));
        }
        let high_at = self.at();
        let high = self.sum()?;
        let low = self.ordered((Part::Number(left.clone()), left_at), Order::GreaterOrEqual, (low, at))?;
        let high = self.ordered((Part::Number(left), left_at), Order::LessOrEqual, (high, high_at))?;
        Ok(Condition::All(vec![low, high]))
    }

    fn sum(&mut self) -> Result<Part, ConditionError> {
        self.arithmetic([("+", Operator::Add), ("-", Operator::Subtract)], Self::product)
    }

    fn product(&mut self) -> Result<Part, ConditionError> {
        self.arithmetic([("*", Operator::Multiply), ("/", Operator::Divide)], Self::sign)
    }

    fn arithmetic(&mut self, operators: [(&'static str, Operator); 2], read: fn(&mut Self) -> Result<Part, ConditionError>) -> Result<Part, ConditionError> {
        let at = self.at();
        let mut left = read(self)?;
        while let Some((_, operator)) = operators.into_iter().find(|(symbol, _)| self.symbol(symbol)) {
            self.operations = self.operations.saturating_add(1);
            if self.operations > MAX_OPERATIONS {
                return Err(self.error(&format!("more than {MAX_OPERATIONS} operations")));
            }
            let right_at = self.at();
            let right = read(self)?;
            left = Part::Number(Formula::Binary(operator, Box::new(self.number(left, at)?), Box::new(self.number(right, right_at)?)));
        }
        Ok(left)
    }

    fn sign(&mut self) -> Result<Part, ConditionError> {
        if self.symbol("-") {
            let at = self.at();
            let inner = self.deeper(Self::sign)?;
            return Ok(Part::Number(Formula::Negated(Box::new(self.number(inner, at)?))));
        }
        if self.symbol("(") {
            let inner = self.deeper(Self::any)?;
            self.expect(")")?;
            return Ok(inner);
        }
        let part = match self.peek() {
            Some(Token::Number(number)) => Part::Number(Formula::Constant(number.clone())),
            Some(Token::Column(id)) => Part::Number(Formula::Figure(id.clone())),
            Some(Token::Text(text)) => Part::Text(text.clone()),
            Some(Token::Keyword("null")) => return Err(self.error("nothing is equal to null; write `is null`")),
            _ => return Err(self.error("expected a column, a number, text in single quotes or `(`")),
        };
        self.next = self.next.saturating_add(1);
        Ok(part)
    }
}

fn negate(condition: Condition, negated: bool) -> Condition {
    if negated { Condition::Not(Box::new(condition)) } else { condition }
}

#[cfg(test)]
mod tests {
    use super::Condition;
    use proptest::prelude::*;

    fn canonical(text: &str) -> String {
        Condition::parse(text).unwrap_or_else(|error| panic!("{text}: {error:?}")).to_string()
    }

    #[test]
    fn conditions_are_read_with_the_precedence_of_sql() {
        for (text, expected) in [
            ("channel = 'paid'", "channel = 'paid'"),
            ("a='x' or b='y' and not c='z'", "a = 'x' or b = 'y' and not c = 'z'"),
            ("(a='x' or b='y') AND c <> 'it''s'", "(a = 'x' or b = 'y') and c != 'it''s'"),
            ("'x' < a", "a > 'x'"),
            ("a in ('x')", "a = 'x'"),
            ("a not in ('x', 'y')", "a not in ('x', 'y')"),
            ("not a in ('x', 'y')", "a not in ('x', 'y')"),
            ("amount in (1, 2)", "amount = 1 or amount = 2"),
            ("amount between 1 and 2 and a is not null", "(amount >= 1 and amount <= 2) and a is not null"),
            ("amount not between 1_000 and 2.50", "not (amount >= 1000 and amount <= 2.5)"),
            ("(amount - cost) * 2 >= -cost / 3 - (1 - 2)", "(amount - cost) * 2 >= -cost / 3 - (1 - 2)"),
            ("((amount)) > 1", "amount > 1"),
            ("a is in ('x', null) or b is not 'y'", "a is in ('x', null) or b is not 'y'"),
            ("\"in\" is null", "\"in\" is null"),
            ("(a = 'x' and b = 'y') and c = 'z'", "(a = 'x' and b = 'y') and c = 'z'"),
        ] {
            assert_eq!(canonical(text), expected, "{text}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_told_where() {
        for (text, at, message) in [
            ("", 0, "expected a column, a number, text in single quotes or `(`, found the end"),
            ("channel", 0, "expected a comparison such as"),
            ("channel = paid social", 15, "expected `and`, `or` or the end, found `social`"),
            ("ä = 1", 0, "`ä` is not the id of a column"),
            ("a = 'ä' and b == 'x'", 15, "expected a column, a number, text in single quotes or `(`, found `=`"),
            ("a = 'x", 4, "not closed"),
            ("a = \"Paid Social\"", 4, "text stands in single quotes"),
            ("a = null", 4, "write `is null`"),
            ("a in ('x', null)", 11, "nothing is equal to null"),
            ("a in ()", 6, "expected a column, a number"),
            ("a + 'x' > 1", 4, "the text `x` stands where a number is needed"),
            ("(a > 1) + 2 > 1", 0, "a comparison stands where a number is needed"),
            ("a + 1 = 'x'", 0, "expected the id of a column"),
            ("'x' = 'y'", 0, "two texts are compared"),
            ("a = 'x' and b", 12, "expected a comparison"),
            ("a > 1.2.3", 4, "`1.2.3` is not a number"),
            ("a > 1 ; b", 6, "`;` has no meaning here"),
            ("a not 5", 6, "expected `in` or `between`"),
            ("a is 5", 5, "expected text in single quotes, or `null`, found `5`"),
            ("(a > 1", 6, "expected `)`"),
            ("a between 1", 11, "expected `and` and the upper bound"),
        ] {
            let error = Condition::parse(text).unwrap_err();
            assert!(error.at == at && error.message.contains(message), "{text}: {error:?}");
        }
        for text in ["(".repeat(900), "not ".repeat(900), format!("a > {}1", "-".repeat(900)), format!("a > 1{}", "+1".repeat(900)), "a".repeat(9_000)] {
            assert!(Condition::parse(&text).is_err());
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "\\PC{0,80}") {
            let _ = Condition::parse(&text);
        }

        #[test]
        fn any_words_are_read_or_refused(words in prop::collection::vec(prop::sample::select(&["a", "'x'", "1", "=", "<", "and", "or", "not", "in", "is", "null", "between", "(", ")", ",", "-", "*"][..]), 0..12)) {
            let text = words.join(" ");
            if let Ok(condition) = Condition::parse(&text) {
                prop_assert_eq!(Condition::parse(&condition.to_string()), Ok(condition));
            }
        }
    }
}
