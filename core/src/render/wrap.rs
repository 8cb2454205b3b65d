//! Lines of text for terminals, as wide as they show.
//!
//! How wide a character shows is told by a few ranges, and not by a crate with the tables of
//! Unicode: those weigh more than all that is rendered, and a line that is a column off is no harm.

/// How many columns of a terminal a character takes.
fn width_of(character: char) -> usize {
    match u32::from(character) {
        // Combining marks, joiners, selectors.
        0x0300..=0x036f | 0x0483..=0x0489 | 0x0591..=0x05bd | 0x0610..=0x061a | 0x064b..=0x065f | 0x1ab0..=0x1aff | 0x1dc0..=0x1dff => 0,
        0x200b..=0x200f | 0x20d0..=0x20ff | 0x2060 | 0xfe00..=0xfe0f | 0xfe20..=0xfe2f | 0xfeff => 0,
        // Hangul, Chinese, Japanese, full-width forms, pictures.
        0x1100..=0x115f | 0x2e80..=0x303e | 0x3041..=0x4dbf | 0x4e00..=0xa4cf | 0xa960..=0xa97f | 0xac00..=0xd7a3 | 0xf900..=0xfaff => 2,
        0xfe30..=0xfe6f | 0xff00..=0xff60 | 0xffe0..=0xffe6 | 0x1f300..=0x1f64f | 0x1f680..=0x1f6ff | 0x1f900..=0x1f9ff | 0x20000..=0x3fffd => 2,
        _ => 1,
    }
}

/// How many columns a text takes.
pub(super) fn width(text: &str) -> usize {
    text.chars().map(width_of).sum()
}

/// A text in lines of at most so many columns, broken at spaces; lines after the first are set in.
/// A word that is wider than a line stands on a line of its own.
pub(super) fn wrapped(text: &str, columns: usize, indent: &str) -> String {
    let mut out = String::new();
    let mut used = width(indent);
    let mut is_first = true;
    // A no-break space breaks no line.
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let wide = width(word);
        if is_first {
            is_first = false;
        } else if used.saturating_add(1).saturating_add(wide) > columns {
            out.push('\n');
            out.push_str(indent);
            used = width(indent);
        } else {
            out.push(' ');
            used = used.saturating_add(1);
        }
        out.push_str(word);
        used = used.saturating_add(wide);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{width, wrapped};

    #[test]
    fn lines_are_as_wide_as_they_show() {
        assert_eq!([width("abc"), width("e\u{301}"), width("数字"), width("🙂"), width("")], [3, 1, 4, 2, 0]);
        assert_eq!(wrapped("one two three", 7, ""), "one two\nthree");
        assert_eq!(wrapped("one two three", 9, "  "), "one two\n  three");
        assert_eq!(wrapped("数字 数字", 8, ""), "数字\n数字");
        assert_eq!(wrapped("12,5\u{a0}% of", 6, ""), "12,5\u{a0}%\nof");
        assert_eq!(wrapped("unbreakable", 3, ""), "unbreakable");
        assert_eq!(wrapped("", 10, ""), "");
    }
}
