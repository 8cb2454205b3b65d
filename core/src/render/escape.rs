//! Escapes for each medium. What comes from users appears literally and never acts.

use crate::base::finding::is_unruly;

/// For HTML text and quoted attributes.
pub(super) fn html(text: &str) -> String {
    html_escape::encode_quoted_attribute(&plain(text)).into_owned()
}

/// For running text in Markdown, table cells included: one line, nothing is markup.
pub(super) fn markdown(text: &str) -> String {
    let escaped = markdown_inside(text);
    // A line that starts like a list, quote or rule is not one.
    match escaped.chars().next() {
        Some('-' | '+' | '=') => format!("\\{escaped}"),
        // Nor is one that starts like an item with a number.
        Some('0'..='9') => {
            let stop = escaped
                .find(|character: char| !character.is_ascii_digit())
                .filter(|at| escaped.get(*at..).is_some_and(|rest| rest.starts_with(['.', ')']) && matches!(rest.chars().nth(1), None | Some(' '))));
            stop.and_then(|at| escaped.split_at_checked(at)).map_or(escaped.clone(), |(digits, rest)| format!("{digits}\\{rest}"))
        }
        _ => escaped,
    }
}

/// For a piece of running text that does not begin a line.
pub(super) fn markdown_inside(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in plain(text).chars() {
        if matches!(character, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#' | '~' | '&' | '!' | '$' | '@') {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    // Renderers make links of what looks like one.
    escaped.replace("://", "\\://").replace("www.", "www\\.")
}

/// For terminals and plain text: control characters, which could move a cursor or colour
/// what follows, are shown as a replacement character; line ends become spaces.
pub(super) fn plain(text: &str) -> String {
    let shown = |character: char| match character {
        '\n' | '\r' | '\t' => ' ',
        c if is_unruly(c) => '\u{fffd}',
        c => c,
    };
    text.chars().map(shown).collect()
}

/// For a CSV cell: quoted where needed, and never a formula to a spreadsheet.
pub(super) fn csv(text: &str) -> String {
    let text = plain(text);
    let guarded = if text.trim_start().starts_with(['=', '+', '-', '@', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}']) { format!("'{text}") } else { text };
    if guarded.contains(['"', ',', ';', '\'']) || guarded.starts_with(' ') { format!("\"{}\"", guarded.replace('"', "\"\"")) } else { guarded }
}

#[cfg(test)]
mod tests {
    use super::{csv, html, markdown, plain};

    #[test]
    fn hostile_texts_are_literal() {
        assert_eq!(html("<script>alert(\"1\")</script> & 'x'"), "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#x27;x&#x27;");
        assert_eq!(markdown("<b>*x*</b> | [a](b)\n# `c`"), "\\<b\\>\\*x\\*\\</b\\> \\| \\[a\\](b) \\# \\`c\\`");
        assert_eq!(markdown("- x"), "\\- x");
        assert_eq!([markdown("1. x"), markdown("12) x"), markdown("1.5 x"), markdown("7")], ["1\\. x", "12\\) x", "1.5 x", "7"]);
        assert_eq!(markdown("https://a.b www.c.d @e $f$"), "https\\://a.b www\\.c.d \\@e \\$f\\$");
        assert_eq!(html("a\u{202e}b"), "a\u{fffd}b");
        assert_eq!(plain("a\u{1b}[31mb\nc\u{202e}d"), "a\u{fffd}[31mb c\u{fffd}d");
        assert_eq!(csv("=cmd()|' /C calc'!A0"), "\"'=cmd()|' /C calc'!A0\"");
        assert_eq!(csv(" @SUM(A1)"), "\"' @SUM(A1)\"");
        assert_eq!(csv("say \"hi\""), "\"say \"\"hi\"\"\"");
        assert_eq!(csv("plain"), "plain");
    }
}
