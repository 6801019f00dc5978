//! Percent-encoding (RFC 3986, section 2.1).

use std::borrow::Cow;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// All but the unreserved characters.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// Characters that `allowReserved` never keeps: those that would end the path, the query or a
/// cookie, and those that are not allowed in a URI.
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

/// A value in a query may not contain `&`, which begins another pair, or `+`, which means a space.
const IN_QUERY: &AsciiSet = &NOWHERE.remove(b'/').remove(b'?').remove(b',').remove(b';');

/// A value in a path is a single segment (`OpenAPI` 3.2.0, section 4.8.2).
const IN_PATH: &AsciiSet = &NOWHERE.remove(b',').remove(b';').remove(b'&').remove(b'+');

/// The characters of a cookie value (RFC 6265, section 4.1.1).
const IN_COOKIE: &AsciiSet = &NOWHERE
    .remove(b'/')
    .remove(b'?')
    .remove(b'#')
    .remove(b'[')
    .remove(b']')
    .remove(b'&')
    .remove(b'+');

/// The characters that are not percent-encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Keep {
    /// The unreserved characters.
    Unreserved,
    /// With `allowReserved`: also those that are allowed in a value of a query.
    InQuery,
    /// With `allowReserved`: also those that are allowed in a segment of a path.
    InPath,
    /// With `allowReserved`: also those that are allowed in a cookie.
    InCookie,
    /// All characters: the value is already encoded.
    All,
}

/// Encodes a text as a part of a URI or a cookie. If reserved characters are kept, percent-encoded
/// bytes are kept, too (RFC 6570, section 3.2.3).
pub(super) fn encoded(text: &str, keep: Keep) -> String {
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

/// Converts encoded text to the encoding of a form. A plus in a value is encoded, so each `%20` is
/// a space.
pub(super) fn spaces_as_plus(encoded: &str) -> String {
    encoded.replace("%20", "+")
}

/// Encodes a text as the value of a path. `.` and `..` would be dot segments of the path.
pub(super) fn path_segment(text: &str, keep: Keep) -> String {
    match text {
        "." | ".." => text.replace('.', "%2E"),
        _ => encoded(text, keep),
    }
}
