//! Percent-encoding (RFC 3986, section 2.1).

use std::borrow::Cow;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// All but the unreserved characters.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// Characters that `allowReserved` keeps nowhere: those that would end the path, the query or a cookie, and those that are not a URI's.
const NOWHERE: &AsciiSet = &RESERVED
    .remove(b':')
    .remove(b'@')
    .remove(b'!')
    .remove(b'$')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b'=');

/// In a query a value may not begin another pair, nor be a space.
const IN_QUERY: &AsciiSet = &NOWHERE.remove(b'/').remove(b'?').remove(b',').remove(b';');

/// A value of a path is one segment of it (`OpenAPI` 3.2.0, section 4.8.2).
const IN_PATH: &AsciiSet = &NOWHERE.remove(b',').remove(b';').remove(b'&').remove(b'+');

/// The characters of RFC 6265, section 4.1.1.
const IN_COOKIE: &AsciiSet = &NOWHERE
    .remove(b'/')
    .remove(b'?')
    .remove(b'#')
    .remove(b'[')
    .remove(b']')
    .remove(b'&')
    .remove(b'+');

/// The characters that stay as they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    /// The unreserved ones.
    Unreserved,
    /// With `allowReserved`, those that a query may have in a value.
    InQuery,
    /// With `allowReserved`, those that a segment of a path may have.
    InPath,
    /// With `allowReserved`, those that a cookie may have.
    InCookie,
    /// All: the value is escaped already.
    All,
}

/// The text as a part of a URI, or of a cookie. Where reserved characters stay, percent-encoded bytes do too (RFC 6570,
/// section 3.2.3).
pub fn encoded(text: &str, keep: Keep) -> String {
    let set = match keep {
        Keep::All => return text.to_owned(),
        Keep::Unreserved => return utf8_percent_encode(text, RESERVED).to_string(),
        Keep::InQuery => IN_QUERY,
        Keep::InPath => IN_PATH,
        Keep::InCookie => IN_COOKIE,
    };
    let mut pieces = text.split('%');
    let first = pieces.next().unwrap_or_default();
    let rest = pieces.map(|piece| {
        let digits = piece.as_bytes().get(..2);
        let is_encoded = digits.is_some_and(|two| two.iter().all(u8::is_ascii_hexdigit));
        let sign = if is_encoded { "%" } else { "%25" };
        Cow::from(format!("{sign}{}", utf8_percent_encode(piece, set)))
    });
    let first = utf8_percent_encode(first, set).into();
    std::iter::once(first).chain(rest).collect()
}

/// Encoded text as a form has it. A plus of a value is encoded, so each `%20` is a space.
pub fn spaces_as_plus(encoded: &str) -> String {
    encoded.replace("%20", "+")
}

/// The text as the value of a path. `.` and `..` would be taken for steps in the path.
pub fn path_segment(text: &str, keep: Keep) -> String {
    match text {
        "." | ".." => text.replace('.', "%2E"),
        _ => encoded(text, keep),
    }
}
