//! The pattern language of messages: text with named placeholders, and words that depend on a
//! number. No code, no nesting.
//!
//! `{name}` stands for a value, `{name:form}` for one form of it (such as `{period:in}`, "in
//! September 2026"), and `{count|one|other}` for `one` when the count is 1, else for `other`. A
//! brace is written twice.

/// The longest pattern, in bytes.
pub(crate) const MOST_BYTES: usize = 1_000;
/// The most pieces of a pattern.
const MOST_PIECES: usize = 64;

/// A piece of a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Piece<'p> {
    /// Text as it stands.
    Text(&'p str),
    /// A value in a form; the plain one has no name.
    Value { name: &'p str, form: &'p str },
    /// Words for one, and for any other number.
    Number { name: &'p str, one: &'p str, other: &'p str },
}

/// A pattern in its pieces, or what is wrong with it.
pub(crate) fn pieces(pattern: &str) -> Result<Vec<Piece<'_>>, &'static str> {
    if pattern.len() > MOST_BYTES {
        return Err("it is longer than 1,000 bytes");
    }
    let mut pieces = Vec::new();
    let mut rest = pattern;
    while let Some(at) = rest.find(['{', '}']) {
        if pieces.len() >= MOST_PIECES {
            return Err("it has more than 64 pieces");
        }
        let (before, from) = rest.split_at(at);
        if let Some(after) = from.strip_prefix("{{").or_else(|| from.strip_prefix("}}")) {
            // One of the two braces is text.
            let (text, _) = rest.split_at(at + 1);
            pieces.push(Piece::Text(text));
            rest = after;
            continue;
        }
        let Some(inside) = from.strip_prefix('{') else { return Err("a closing brace stands alone; write it twice") };
        let Some((inside, after)) = inside.split_once('}') else { return Err("a brace is not closed") };
        if !before.is_empty() {
            pieces.push(Piece::Text(before));
        }
        pieces.push(placeholder(inside)?);
        rest = after;
    }
    if !rest.is_empty() {
        pieces.push(Piece::Text(rest));
    }
    Ok(pieces)
}

fn placeholder(inside: &str) -> Result<Piece<'_>, &'static str> {
    let is_name = |name: &str| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    let mut parts = inside.split('|');
    let (first, one, other, more) = (parts.next().unwrap_or_default(), parts.next(), parts.next(), parts.next());
    let (name, form) = first.split_once(':').unwrap_or((first, ""));
    if !is_name(name) || inside.contains('{') {
        return Err("a placeholder is a name of small letters");
    }
    match (one, other, more) {
        (None, ..) => Ok(Piece::Value { name, form }),
        (Some(one), Some(other), None) if form.is_empty() => Ok(Piece::Number { name, one, other }),
        _ => Err("words by a number are written `{number|one|other}`"),
    }
}

/// The names that a pattern asks for, each once.
pub(crate) fn names(pattern: &str) -> Vec<&str> {
    let mut names = Vec::new();
    for piece in pieces(pattern).unwrap_or_default() {
        if let Piece::Value { name, .. } | Piece::Number { name, .. } = piece
            && !names.contains(&name)
        {
            names.push(name);
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::{Piece, names, pieces};

    #[test]
    fn patterns_are_text_placeholders_and_words_by_number() {
        let read = pieces("In {month:in}, {{{met}}} {count|row|rows}.").unwrap();
        let value = |name, form| Piece::Value { name, form };
        let (one, other) = ("row", "rows");
        let expected = [
            Piece::Text("In "),
            value("month", "in"),
            Piece::Text(", {"),
            value("met", ""),
            Piece::Text("}"),
            Piece::Text(" "),
            Piece::Number { name: "count", one, other },
            Piece::Text("."),
        ];
        assert_eq!(read, expected);
        assert_eq!(names("{a} {b|x|y} {a}"), ["a", "b"]);
        for wrong in ["{", "}", "{}", "{A}", "{a|b}", "{a|b|c|d}", "{a{b}}", "{a:in|b|c}", &"x".repeat(1_001), &"{a}".repeat(65)] {
            assert!(pieces(wrong).is_err(), "{wrong}");
        }
    }
}
