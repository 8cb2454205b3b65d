//! How wide a text is taken to be, without a font: an upper bound for the usual sans-serif ones,
//! so that a label that fits by this rule fits on the page.
//!
//! Each character has a width in hundredths of the font's size: 42 for narrow ones (`i l j t f r`,
//! blanks, stops and brackets), 100 for `m w M W`, signs and whatever is not Latin, Greek or
//! Cyrillic (an ideograph is a square), 82 for other capitals and letters beyond ASCII, 64 for
//! digits and all other letters. Bold type is a tenth wider. A few signs that are many squares
//! wide are counted as such.

/// The width of a text in tenths of a pixel, at a size in tenths of a pixel.
pub(super) fn width(text: &str, size: i64, bold: bool) -> i64 {
    let hundredths: i64 = text.chars().map(hundredths).fold(0, i64::saturating_add);
    let plain = hundredths.saturating_mul(size) / 100;
    // Rounded up, so that many short texts do not add up to a long one.
    (if bold { plain.saturating_mul(11) / 10 } else { plain }).saturating_add(1)
}

fn hundredths(character: char) -> i64 {
    match character {
        'i' | 'l' | 'j' | 't' | 'f' | 'r' | 'I' | ' ' | '\u{a0}' | '.' | ',' | ':' | ';' | '!' | '|' | '\'' | '"' | '`' | '(' | ')' | '[' | ']' | '/'
        | '\\' | '-' | '·' => 42,
        'm' | 'w' | 'M' | 'W' | '%' | '@' | '+' | '=' | '<' | '>' | '~' | '^' | '#' | '&' => 100,
        'A'..='Z' => 82,
        ' '..='~' => 64,
        // Signs that are drawn across many squares.
        '\u{fdfd}' => 1_200,
        '\u{fdfa}' | '\u{fdfb}' | '\u{12000}'..='\u{1254f}' => 600,
        '\u{2e3a}' | '\u{2e3b}' => 320,
        '\u{a1}'..='\u{58f}' => 100,
        '\u{2013}' | '\u{2019}' => 64,
        // An emoji is a little wider than a square in some fonts.
        '\u{1f000}'.. => 140,
        _ => 110,
    }
}

/// As much of a text as fits into a room, with … where something was left out.
pub(super) fn fit(text: &str, size: i64, bold: bool, room: i64) -> Option<String> {
    if width(text, size, bold) <= room {
        return None;
    }
    let mut cut = String::new();
    for character in text.chars() {
        cut.push(character);
        cut.push('…');
        let fits = width(&cut, size, bold) <= room;
        cut.pop();
        if !fits {
            cut.pop();
            break;
        }
    }
    Some(format!("{}…", cut.trim_end()))
}

/// A text in lines that fit into a room: broken at blanks, and where a word is too long for a line
/// it is cut. What does not fit into so many lines is left out, with … at the end.
pub(super) fn lines(text: &str, (size, bold): (i64, bool), room: i64, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
        if line.is_empty() || width(&longer, size, bold) <= room {
            line = longer;
        } else if lines.len() + 1 < most {
            lines.push(std::mem::replace(&mut line, word.to_owned()));
        } else {
            // The last line says that there is more.
            line = fit(&longer, size, bold, room).unwrap_or(longer);
            break;
        }
    }
    lines.extend((!line.is_empty()).then_some(line));
    lines
}

#[cfg(test)]
mod tests {
    use super::{fit, lines, width};

    #[test]
    fn what_is_cut_fits_and_says_so() {
        assert_eq!(width("lead", 120, false), (42 + 64 * 3) * 120 / 100 + 1);
        assert_eq!(fit("leads", 120, false, 1_000), None);
        for text in ["New leads from the newsletter", "新しいリードの数と質", "\u{fdfd}\u{fdfd}", "a", "🧑‍🚀🧑‍🚀🧑‍🚀🧑‍🚀"]
        {
            for room in [150, 300, 600] {
                if let Some(cut) = fit(text, 120, true, room) {
                    assert!(width(&cut, 120, true) <= room && cut.ends_with('…'), "{cut} {room}");
                }
            }
        }
    }

    #[test]
    fn lines_hold_all_words_or_say_that_they_do_not() {
        let text = "one two three four five six seven";
        assert_eq!(lines(text, (120, false), 900, 9).join(" "), text);
        let two = lines(text, (120, false), 900, 2);
        assert!(two.len() == 2 && two[1].ends_with('…'), "{two:?}");
        assert!(two.iter().all(|line| width(line, 120, false) <= 900), "{two:?}");
        assert!(lines("", (120, false), 900, 2).is_empty());
    }
}
