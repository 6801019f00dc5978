//! A JSON text that is written without copying large values.
//!
//! ```text
//! {"images":[{"image_url":"data:image/png;base64,"}]}     what serde writes
//!                                               ^ here go the bytes of the image, as base64
//! ```

use std::{
    cell::{Cell, RefCell},
    fmt, io,
    sync::Arc,
};

use bytes::Bytes;
use serde::{Serializer, ser};

use super::{Encode, Tag, encode::Encoded};
use crate::{Body, RequestError, base64::Encoding, body::Segment};

/// Minimum length of a text that is not copied.
const LARGE: usize = 16 * 1024;

/// The values that are not copied into a JSON text, with their places.
///
/// The default sink takes nothing: the serializer writes everything.
#[derive(Debug, Default)]
pub struct Sink {
    /// The number of bytes that serde has written; `None` if it writes elsewhere.
    written: Option<Cell<usize>>,
    inserts: RefCell<Vec<Insert>>,
    /// The first member of the next object: name and value.
    tag: Cell<Option<(&'static str, Tag)>>,
    /// The value that could not be written, which is not in the serializer's error.
    failure: RefCell<Option<Failure>>,
}

/// A value that cannot be written.
#[derive(Debug)]
struct Failure {
    error: fn(String) -> RequestError,
    /// Its path, such as `images[0].weight`; empty for the value as a whole.
    path: String,
}

#[derive(Debug)]
struct Insert {
    at: usize,
    content: Content,
}

#[derive(Debug)]
enum Content {
    /// Bytes that are written as base64.
    Base64(Bytes),
    /// Text that needs no escapes.
    Text(Arc<String>),
}

/// Writes a value as the body of a request.
pub(crate) fn to_body(value: &impl Encode) -> Result<Body, RequestError> {
    let sink = Sink {
        written: Some(Cell::new(0)),
        ..Sink::default()
    };
    let mut text = Vec::new();
    let writer = Writer {
        text: &mut text,
        sink: &sink,
    };
    serde::Serialize::serialize(
        &Encoded(value, &sink),
        &mut serde_json::Serializer::new(writer),
    )
    .map_err(|error| sink.request_error(error))?;
    let inserts = sink.inserts.take();
    Ok(assemble(&text.into(), inserts))
}

/// Writes the value of the field `name` as text.
pub(crate) fn to_vec(name: &str, value: &impl Encode) -> Result<Vec<u8>, RequestError> {
    let sink = Sink::default();
    serde_json::to_vec(&Encoded(value, &sink)).map_err(|error| {
        sink.failed_in(name);
        sink.request_error(error)
    })
}

impl Sink {
    /// Writes a string that consists of `prefix`, which needs no escapes, and the base64 of
    /// `bytes`.
    pub(crate) fn base64<S: Serializer>(
        &self,
        serializer: S,
        prefix: &str,
        bytes: &Bytes,
    ) -> Result<S::Ok, S::Error> {
        if self.written.is_none() {
            return serializer.collect_str(&format_args!("{prefix}{}", Encoding(bytes)));
        }
        let written = serializer.serialize_str(prefix)?;
        self.insert(Content::Base64(bytes.clone()));
        Ok(written)
    }

    /// Writes a string.
    pub(crate) fn text<S: Serializer>(
        &self,
        serializer: S,
        text: &Arc<String>,
    ) -> Result<S::Ok, S::Error> {
        if self.written.is_none() || text.len() < LARGE || needs_escapes(text) {
            return serializer.serialize_str(text);
        }
        let written = serializer.serialize_str("")?;
        self.insert(Content::Text(Arc::clone(text)));
        Ok(written)
    }

    /// Records that a value cannot be written, with the member `name` if it belongs to an object.
    /// Returns the error for the serializer.
    pub(super) fn fail<E: ser::Error>(&self, error: fn(String) -> RequestError, name: &str) -> E {
        let path = name.to_owned();
        self.failure.replace(Some(Failure { error, path }));
        E::custom(error(name.to_owned()))
    }

    /// Records, on the way out of the recursion, the member or item whose value could not be
    /// written.
    pub(super) fn failed_in(&self, place: impl fmt::Display) {
        if let Some(failure) = self.failure.borrow_mut().as_mut() {
            let is_joined = failure.path.is_empty() || failure.path.starts_with('[');
            let dot = if is_joined { "" } else { "." };
            failure.path = format!("{place}{dot}{}", failure.path);
        }
    }

    /// The error of a request: that of the recorded value, else that of the serializer.
    fn request_error(&self, error: serde_json::Error) -> RequestError {
        match self.failure.take() {
            Some(Failure { error, path }) => error(path),
            None => error.into(),
        }
    }

    /// Sets the first member of the next object.
    pub(super) fn tag_next_object(&self, tag: &'static str, kind: Tag) {
        self.tag.set(Some((tag, kind)));
    }

    /// Takes the first member of an object.
    pub(super) fn take_tag(&self) -> Option<(&'static str, Tag)> {
        self.tag.take()
    }

    /// Records content to insert at the end of the string that was just written.
    fn insert(&self, content: Content) {
        let written = self.written.as_ref().map_or(0, Cell::get);
        self.inserts.borrow_mut().push(Insert {
            at: written.saturating_sub(1),
            content,
        });
    }
}

/// True if JSON must escape a character of the text (RFC 8259 §7).
fn needs_escapes(text: &str) -> bool {
    // Without an early exit within the block, the compiler compares many bytes at once.
    let block = |bytes: &[u8]| {
        bytes.iter().fold(0, |found, byte| {
            found | u8::from(*byte < 0x20) | u8::from(*byte == b'"') | u8::from(*byte == b'\\')
        }) > 0
    };
    text.as_bytes().chunks(4096).any(block)
}

/// The writer for serde.
struct Writer<'a> {
    text: &'a mut Vec<u8>,
    sink: &'a Sink,
}

impl io::Write for Writer<'_> {
    fn write(&mut self, text: &[u8]) -> io::Result<usize> {
        self.text.extend_from_slice(text);
        if let Some(written) = &self.sink.written {
            written.set(self.text.len());
        }
        Ok(text.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Assembles the body from the text and the inserts.
fn assemble(text: &Bytes, inserts: Vec<Insert>) -> Body {
    let mut body = Body::new();
    let mut from = 0;
    for insert in inserts {
        body.push(Segment::Bytes(text.slice(from..insert.at)));
        body.push(match insert.content {
            Content::Base64(bytes) => Segment::Base64(bytes),
            Content::Text(text) => Segment::Bytes(Bytes::from_owner(SharedText(text))),
        });
        from = insert.at;
    }
    body.push(Segment::Bytes(text.slice(from..)));
    body
}

struct SharedText(Arc<String>);

impl AsRef<[u8]> for SharedText {
    fn as_ref(&self) -> &[u8] {
        self.0.as_bytes()
    }
}
