//! Signs in names, spelled out.
//!
//! ```text
//! a-b   a hyphen b
//! a_b   a low line b
//! -1    minus 1
//! ```

use crate::visible::is_hidden;

/// The words of a name, with a word for every sign.
pub(super) fn spelled_words(wire: &str) -> String {
    let mut words = String::new();
    let negative = wire.strip_prefix('-');
    let is_negative = negative.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    for (place, c) in wire.char_indices() {
        if c.is_alphanumeric() && is_continue(c) {
            words.push(c);
        } else if place == 0 && is_negative {
            words.push_str("minus ");
        } else {
            words.push(' ');
            words.push_str(&sign(c));
            words.push(' ');
        }
    }
    words
}

/// The Unicode name of the common ASCII signs, else the code point.
fn sign(c: char) -> String {
    let name = match c {
        '-' => "hyphen",
        '_' => "low line",
        '.' => "full stop",
        ' ' => "space",
        '/' => "solidus",
        ':' => "colon",
        '+' => "plus",
        '*' => "asterisk",
        '#' => "number sign",
        '@' => "commercial at",
        '$' => "dollar",
        '%' => "percent",
        '&' => "ampersand",
        '=' => "equals",
        '<' => "less than",
        '>' => "greater than",
        '!' => "exclamation",
        ',' => "comma",
        _ => return code_point(c),
    };
    name.to_owned()
}

/// The word for a character by its code point.
pub(super) fn code_point(c: char) -> String {
    format!("u{:04x}", u32::from(c))
}

/// True if a character may follow the first one of an identifier.
pub(super) fn is_continue(c: char) -> bool {
    unicode_ident::is_xid_continue(c) && !is_hidden(c)
}
