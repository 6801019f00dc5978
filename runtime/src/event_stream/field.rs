//! Fields of the event stream format: `data: x` is the field `data` with the value `x`.

use bytes::{Buf, Bytes};
use memchr::memchr;

/// The text before the first colon, and the text after it without one leading space.
pub(super) fn split_field(mut line: Bytes) -> (Bytes, Bytes) {
    let Some(colon) = memchr(b':', &line) else {
        return (line, Bytes::new());
    };
    let name = line.split_to(colon);
    line.advance(if line.get(1) == Some(&b' ') { 2 } else { 1 });
    (name, line)
}

/// True if the line is a comment or a standard field.
pub(super) fn is_known(line: &[u8]) -> bool {
    let colon = memchr(b':', line);
    match line.get(..colon.unwrap_or(line.len())) {
        Some(b"data" | b"event" | b"id" | b"retry") => true,
        _ => colon == Some(0),
    }
}
