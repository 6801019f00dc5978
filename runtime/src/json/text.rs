//! A JSON text whose base64 is already decoded.

use std::{fmt, ops::Range};

use bytes::Bytes;

use super::{Decode, DecodeError, Skipped, Source, Unknown, from_bytes, read};
use crate::base64::codec;

/// The text of one JSON value. Base64 may have been decoded while it arrived.
#[derive(Default)]
pub struct Text {
    /// The text, with a reference in place of each extracted base64.
    rest: Bytes,
    base64: Vec<Decoded>,
}

/// Base64 that was extracted from a text.
#[derive(Clone, Debug)]
pub(super) struct Decoded {
    /// The place of the reference to it.
    pub at: Range<usize>,
    pub bytes: Bytes,
}

impl Text {
    /// Makes a text with references. If the text around them is not UTF-8, they are not
    /// references.
    pub(super) fn new(rest: Bytes, base64: Vec<Decoded>) -> Self {
        let text = Self { rest, base64 };
        let is_utf8 = |piece| std::str::from_utf8(piece).is_ok();
        if text.base64.is_empty() || text.pieces().all(is_utf8) {
            text
        } else {
            text.into_bytes().into()
        }
    }

    /// The same text, with U+FFFD for bytes that are not UTF-8.
    pub(crate) fn replacing(self) -> Self {
        // Text with references is UTF-8 apart from them.
        if self.base64.is_empty() && std::str::from_utf8(&self.rest).is_err() {
            String::from_utf8_lossy(&self.rest).into_owned().into()
        } else {
            self
        }
    }

    /// Reads the value. The error has the whole text as received.
    pub fn read<T: for<'de> Decode<'de>>(self) -> Result<T, DecodeError> {
        if self.base64.is_empty() {
            return from_bytes(&self.rest);
        }
        self.attempt()
            .or_else(|text| from_bytes(&text.into_bytes()))
    }

    /// Reads the value, or returns the text. If base64 was extracted, the whole text may still be
    /// a value: one kind of event may have text at the place where another has base64.
    pub(crate) fn attempt<T: for<'de> Decode<'de>>(self) -> Result<T, Self> {
        let base64 = self.base64.iter().map(|found| found.bytes.clone());
        let source = Source::new(base64.collect());
        read(&self.rest, &source).map_err(|_| self)
    }

    /// A value of a kind that is not in the description. A text that is not JSON and has no kind
    /// is not a value.
    pub fn unknown(self, kind: Option<&str>) -> Result<Unknown, DecodeError> {
        let data = self.into_bytes();
        if kind.is_none() {
            from_bytes::<Skipped>(&data)?;
        }
        Ok(Unknown::new(kind, data))
    }

    /// True if the whole text is a JSON value.
    pub(crate) fn is_json(&self) -> bool {
        read::<Skipped>(&self.rest, &Source::default()).is_ok()
    }

    /// The text as received. Decoded bytes are freed as soon as they have been encoded again.
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

    /// The text without the extracted base64: it is small, and JSON except for the references.
    pub(crate) fn rest(&self) -> &[u8] {
        &self.rest
    }

    /// The pieces before, between and after the references.
    fn pieces(&self) -> impl Iterator<Item = &[u8]> {
        let ends = self.base64.iter().map(|found| found.at.start);
        let starts = self.base64.iter().map(|found| found.at.end);
        std::iter::once(0)
            .chain(starts)
            .zip(ends.chain([self.rest.len()]))
            .map(|(start, end)| self.rest.get(start..end).unwrap_or_default())
    }
}

/// Makes a text without references.
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
