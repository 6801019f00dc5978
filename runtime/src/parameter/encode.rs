//! Percent-encoding (RFC 3986, section 2.1).

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// All but the unreserved characters.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// What `allowReserved` does not keep either: what would end the query or begin another pair, and what is not a URI's.
const ALWAYS: &AsciiSet = &RESERVED
    .remove(b':')
    .remove(b'/')
    .remove(b'?')
    .remove(b'@')
    .remove(b'!')
    .remove(b'$')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b',')
    .remove(b';')
    .remove(b'=');

/// The text as a part of a URI; with `reserved`, the characters that separate its parts stay as they are.
pub fn encoded(text: &str, reserved: bool) -> String {
    utf8_percent_encode(text, if reserved { ALWAYS } else { RESERVED }).to_string()
}

/// The text as the value of a path. `.` and `..` would be taken for steps in the path.
pub fn path_segment(text: &str) -> String {
    match text {
        "." | ".." => text.replace('.', "%2E"),
        _ => encoded(text, false),
    }
}
