//! A JSON text whose base64 is decoded already.

use std::{fmt, ops::Range};

use bytes::Bytes;

use super::{Decode, DecodeError, Skipped, Source, Unknown, from_bytes, read};
use crate::base64::codec;

/// The text of one JSON value; what the description says is base64 may have been decoded while it arrived.
#[derive(Default)]
pub struct Text {
    /// The text, with a reference in place of each base64 that was taken out.
    rest: Bytes,
    base64: Vec<Decoded>,
}

/// A base64 that was taken out of a text.
#[derive(Clone, Debug)]
pub(super) struct Decoded {
    /// Where the reference to it stands.
    pub at: Range<usize>,
    pub bytes: Bytes,
}

impl Text {
    /// A text with references. If there is anything but UTF-8 around them, they would not be references.
    pub(super) fn new(rest: Bytes, base64: Vec<Decoded>) -> Self {
        let text = Self { rest, base64 };
        let is_utf8 = |piece| std::str::from_utf8(piece).is_ok();
        if text.base64.is_empty() || text.pieces().all(is_utf8) {
            text
        } else {
            text.into_bytes().into()
        }
    }

    /// The same text, in which bytes that are not UTF-8 are replaced by U+FFFD.
    pub(crate) fn replacing(self) -> Self {
        // What stands around references is UTF-8.
        if self.base64.is_empty() && std::str::from_utf8(&self.rest).is_err() {
            String::from_utf8_lossy(&self.rest).into_owned().into()
        } else {
            self
        }
    }

    /// Reads the value; the error has the whole text as it came.
    pub fn read<T: for<'de> Decode<'de>>(self) -> Result<T, DecodeError> {
        if self.base64.is_empty() {
            return from_bytes(&self.rest);
        }
        self.attempt()
            .or_else(|text| from_bytes(&text.into_bytes()))
    }

    /// Reads the value, or gives the text back. Where base64 was taken out, the whole text may still be a value: one
    /// kind of event has text where another has base64.
    pub(crate) fn attempt<T: for<'de> Decode<'de>>(self) -> Result<T, Self> {
        let base64 = self.base64.iter().map(|found| found.bytes.clone());
        let source = Source::new(base64.collect());
        read(&self.rest, &source).map_err(|_| self)
    }

    /// A value of a kind that the description does not list. A text without a kind that is not JSON is not a value.
    pub fn unknown(self, kind: Option<&str>) -> Result<Unknown, DecodeError> {
        let data = self.into_bytes();
        if kind.is_none() {
            from_bytes::<Skipped>(&data)?;
        }
        Ok(Unknown::new(kind, data))
    }

    /// Whether the text is a JSON value from its beginning to its end.
    pub(crate) fn is_json(&self) -> bool {
        read::<Skipped>(&self.rest, &Source::default()).is_ok()
    }

    /// The text as it came. What was decoded is freed as soon as it is text again.
    pub(crate) fn into_bytes(self) -> Bytes {
        let Self { rest, base64 } = self;
        if base64.is_empty() {
            return rest;
        }
        let lengths = base64
            .iter()
            .map(|found| codec::encoded_length(found.bytes.len()));
        let mut text = Vec::with_capacity(rest.len() + lengths.sum::<usize>());
        let mut start = 0;
        for Decoded { at, bytes } in base64 {
            text.extend_from_slice(rest.get(start..at.start).unwrap_or_default());
            codec::encode_append(&bytes, &mut text);
            start = at.end;
        }
        text.extend_from_slice(rest.get(start..).unwrap_or_default());
        text.into()
    }

    /// The text without what was taken out of it: small, and JSON but for the references.
    pub(crate) fn rest(&self) -> &[u8] {
        &self.rest
    }

    /// What stands before, between and after the references.
    fn pieces(&self) -> impl Iterator<Item = &[u8]> {
        let ends = self.base64.iter().map(|found| found.at.start);
        let starts = self.base64.iter().map(|found| found.at.end);
        std::iter::once(0)
            .chain(starts)
            .zip(ends.chain([self.rest.len()]))
            .map(|(start, end)| self.rest.get(start..end).unwrap_or_default())
    }
}

/// The whole text as it came.
impl<T: Into<Bytes>> From<T> for Text {
    fn from(text: T) -> Self {
        Self {
            rest: text.into(),
            base64: Vec::new(),
        }
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (length, decoded) = (self.rest.len(), self.base64.len());
        write!(
            formatter,
            "Text({length} bytes, {decoded} base64 strings decoded)"
        )
    }
}
