//! A JSON text whose base64 is decoded already.

use std::ops::Range;

use bytes::Bytes;

use crate::base64::codec;

use super::{Decode, DecodeError, Source, from_bytes, read};

/// The text of one JSON value; what the description says is base64 may have been decoded while it arrived.
#[derive(Debug, Default)]
pub struct Text {
    /// The text, with a reference in place of each base64 that was taken out.
    rest: Bytes,
    base64: Vec<Decoded>,
    /// Whether bytes that are not UTF-8 are replaced, rather than being an error.
    replaces: bool,
}

/// A base64 that was taken out of a text.
#[derive(Clone, Debug)]
pub(super) struct Decoded {
    /// Where the reference to it stands.
    pub at: Range<usize>,
    pub bytes: Bytes,
}

impl Text {
    /// A text with references. If there is anything but UTF-8 around them, they would be no references.
    pub(super) fn new(rest: Bytes, base64: Vec<Decoded>) -> Self {
        let text = Self {
            rest,
            base64,
            replaces: false,
        };
        if text.base64.is_empty()
            || text
                .pieces()
                .all(|piece| std::str::from_utf8(piece).is_ok())
        {
            text
        } else {
            text.to_bytes().into()
        }
    }

    /// The same text, in which bytes that are not UTF-8 are replaced. Whether there are any is looked at only where it
    /// makes a difference.
    pub(crate) fn replacing(self) -> Self {
        Self {
            replaces: true,
            ..self
        }
    }

    /// Reads the value; the error has the whole text as it came.
    pub fn read<T: for<'de> Decode<'de>>(&self) -> Result<T, DecodeError> {
        let base64 = self.base64.iter().map(|found| found.bytes.clone());
        let source = Source::new(base64.collect());
        // The place of an error counts in the text as it came, and that may be replaced where it is not UTF-8.
        read(&self.rest, &source).or_else(|_| from_bytes(&self.to_bytes()))
    }

    /// The text as it came.
    pub fn to_bytes(&self) -> Bytes {
        if self.base64.is_empty() {
            return match std::str::from_utf8(&self.rest) {
                Err(_) if self.replaces => String::from_utf8_lossy(&self.rest).into_owned().into(),
                _ => self.rest.clone(),
            };
        }
        let decoded: usize = self.base64.iter().map(|found| found.bytes.len()).sum();
        let mut text =
            Vec::with_capacity(self.rest.len() + decoded / 3 * 4 + 4 * self.base64.len());
        let mut base64 = self.base64.iter();
        for piece in self.pieces() {
            text.extend_from_slice(piece);
            if let Some(found) = base64.next() {
                codec::encode_append(&found.bytes, &mut text);
            }
        }
        text.into()
    }

    /// The text as it came, as text.
    pub fn to_text(&self) -> String {
        String::from_utf8_lossy(&self.to_bytes()).into_owned()
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
impl From<Bytes> for Text {
    fn from(text: Bytes) -> Self {
        Self {
            rest: text,
            base64: Vec::new(),
            replaces: false,
        }
    }
}
