//! Characters that are invisible, or that make a text look different.
//!
//! ```text
//! "a\nb"        a line break would end a comment, and begin code
//! "a\u{202e}b"  reorders what follows it on the screen (Unicode Standard Annex #9)
//! "a\u{200b}b"  looks like "ab"
//! ```
//!
//! Text of a document may contain them, and keeps them on the wire. In documentation and in
//! messages they are removed or written as escapes; Rust names never contain them.

use std::borrow::Cow;

/// True if a character is a control character, has no width, changes the order of others, or
/// breaks a line.
pub(crate) fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{ad}'
                | '\u{34f}'
                | '\u{61c}'
                | '\u{115f}'..='\u{1160}'
                | '\u{17b4}'..='\u{17b5}'
                | '\u{180b}'..='\u{180f}'
                | '\u{200b}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{3164}'
                | '\u{feff}'
                | '\u{ffa0}'
                | '\u{fff0}'..='\u{fffb}'
                | '\u{1bca0}'..='\u{1bca3}'
                | '\u{1d173}'..='\u{1d17a}'
                | '\u{e0000}'..='\u{e0fff}'
        )
}

/// The text on one line, with a Rust escape for each hidden character: `a\nb`.
pub fn escaped(text: &str) -> Cow<'_, str> {
    escaped_where(text, is_hidden)
}

/// The text with a Rust escape for each of these characters.
pub(crate) fn escaped_where(text: &str, escapes: impl Fn(char) -> bool) -> Cow<'_, str> {
    if !text.contains(&escapes) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if escapes(c) {
            out.extend(c.escape_default());
        } else {
            out.push(c);
        }
    }
    Cow::Owned(out)
}

/// The text as inline code in Markdown (`CommonMark` 0.31, section 6.1), on one line.
pub fn code_span(text: &str) -> String {
    let text = escaped(text);
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let marks = "`".repeat(longest + 1);
    // Markdown strips one space from each end if both have one, so padding is possible where it is
    // needed.
    let bare = text.is_empty() || text.starts_with(['`', ' ']) || text.ends_with(['`', ' ']);
    let pad = if bare { " " } else { "" };
    format!("{marks}{pad}{text}{pad}{marks}")
}

#[cfg(test)]
mod tests {
    use super::{code_span, escaped};

    #[test]
    fn hidden_characters_show() {
        let cases = [
            ("plain é 日本 🦦", "plain é 日本 🦦"),
            ("a\nb\r\t", "a\\nb\\r\\t"),
            ("a\u{0}\u{1b}[31m", "a\\u{0}\\u{1b}[31m"),
            (
                "\u{202e}\u{200b}\u{feff}\u{2028}\u{e0041}\u{3164}",
                "\\u{202e}\\u{200b}\\u{feff}\\u{2028}\\u{e0041}\\u{3164}",
            ),
        ];
        for (text, shown) in cases {
            assert_eq!(escaped(text), shown);
        }
    }

    #[test]
    fn nothing_ends_a_code_span() {
        let cases = [
            ("a", "`a`"),
            ("", "`  `"),
            ("`", "`` ` ``"),
            ("a`b", "``a`b``"),
            ("```x", "```` ```x ````"),
            (" a", "`  a `"),
            ("a\nb", "`a\\nb`"),
        ];
        for (text, span) in cases {
            assert_eq!(code_span(text), span, "{text:?}");
        }
    }
}
