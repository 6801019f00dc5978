//! Strings with `contentEncoding: base64` (RFC 4648 §4).
//!
//! `"iVBORw0KGgo="` is decoded while it is read, so that megabytes of an image are held once, as
//! bytes. A text that is not canonical base64 is kept unchanged: a caller may still be able to use
//! it.

pub(crate) mod codec;
mod decoder;

use std::{
    borrow::Cow,
    error::Error,
    fmt, fs,
    hash::{Hash, Hasher},
    io,
    path::Path,
};

use bytes::Bytes;
use serde::{
    Deserializer, Serializer,
    de::{self, Visitor},
};

use crate::json::{Base64At, Decode, Encode, Sink, Source};

pub(crate) use decoder::Decoder;

/// The value of a base64 property.
#[derive(Clone)]
pub struct Base64(Repr);

#[derive(Clone)]
enum Repr {
    /// The bytes of canonical base64: encoding them gives the same text.
    Bytes(Bytes),
    /// Any other text.
    Text(String),
}

/// Displays bytes as base64, a block at a time.
pub(crate) struct Encoding<'a>(pub &'a [u8]);

/// The number of bytes that are encoded at a time: a multiple of three, so that padding occurs
/// only at the end.
const BLOCK: usize = 3 * 1024;

impl fmt::Display for Encoding<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut buffer = [0; codec::encoded_length(BLOCK)];
        self.0.chunks(BLOCK).try_for_each(|block| {
            let length = codec::encode(block, &mut buffer);
            let text = buffer.get(..length).unwrap_or_default();
            formatter.write_str(std::str::from_utf8(text).unwrap_or_default())
        })
    }
}

/// The error of a base64 property whose text is not canonical base64. [`Base64::text`] returns the
/// text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct InvalidBase64;

impl Base64 {
    /// Makes a value that is written as the base64 of `bytes`.
    pub fn from_bytes(bytes: impl Into<Bytes>) -> Self {
        Self(Repr::Bytes(bytes.into()))
    }

    /// The decoded bytes.
    pub const fn bytes(&self) -> Result<&Bytes, InvalidBase64> {
        match &self.0 {
            Repr::Bytes(bytes) => Ok(bytes),
            Repr::Text(_) => Err(InvalidBase64),
        }
    }

    /// The decoded bytes.
    pub fn into_bytes(self) -> Result<Bytes, InvalidBase64> {
        match self.0 {
            Repr::Bytes(bytes) => Ok(bytes),
            Repr::Text(_) => Err(InvalidBase64),
        }
    }

    /// Writes the bytes to a file, which is created or replaced.
    ///
    /// ```no_run
    /// let image = openapi_runtime::Base64::from("iVBORw0KGgo=");
    /// image.save("image.png")?;
    /// # Ok::<(), std::io::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// An error of the file system, or [`io::ErrorKind::InvalidData`] with [`InvalidBase64`]. In
    /// the latter case, no file is created.
    pub fn save(&self, path: impl AsRef<Path>) -> io::Result<()> {
        let bytes = self.bytes();
        let bytes = bytes.map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))?;
        fs::write(path, bytes)
    }

    /// The text exactly as received or sent.
    pub fn text(&self) -> Cow<'_, str> {
        match &self.0 {
            Repr::Bytes(bytes) => Cow::Owned(codec::encode_to_string(bytes)),
            Repr::Text(text) => Cow::Borrowed(text),
        }
    }

    /// The number of characters of the text, without encoding it.
    pub(crate) fn characters(&self) -> usize {
        match &self.0 {
            Repr::Bytes(bytes) => codec::encoded_length(bytes.len()),
            Repr::Text(text) => text.chars().count(),
        }
    }

    /// The length of the text in bytes, without encoding it.
    pub(crate) fn len(&self) -> usize {
        match &self.0 {
            Repr::Bytes(bytes) => codec::encoded_length(bytes.len()),
            Repr::Text(text) => text.len(),
        }
    }

    fn decode_text(text: &[u8]) -> Option<Self> {
        let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
        codec::decode_append(text, &mut bytes).ok()?;
        Some(Self::from_bytes(bytes))
    }
}

impl From<&str> for Base64 {
    fn from(text: &str) -> Self {
        Self::decode_text(text.as_bytes()).unwrap_or_else(|| Self(Repr::Text(text.to_owned())))
    }
}

impl From<String> for Base64 {
    fn from(text: String) -> Self {
        Self::decode_text(text.as_bytes()).unwrap_or(Self(Repr::Text(text)))
    }
}

/// Two values are equal if their texts are.
impl PartialEq for Base64 {
    fn eq(&self, other: &Self) -> bool {
        // A text that is kept is not canonical, so it is never the text of bytes.
        match (&self.0, &other.0) {
            (Repr::Bytes(left), Repr::Bytes(right)) => left == right,
            (Repr::Text(left), Repr::Text(right)) => left == right,
            _ => false,
        }
    }
}

impl Eq for Base64 {}

impl Hash for Base64 {
    fn hash<H: Hasher>(&self, state: &mut H) {
        match &self.0 {
            Repr::Bytes(bytes) => bytes.hash(state),
            Repr::Text(text) => text.hash(state),
        }
    }
}

/// Prints the length but not the content: an image has megabytes.
impl fmt::Debug for Base64 {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Repr::Bytes(bytes) => write!(formatter, "Base64({} bytes)", bytes.len()),
            Repr::Text(text) => write!(formatter, "Base64(invalid, {} bytes of text)", text.len()),
        }
    }
}

impl Encode for Base64 {
    fn encode<S: Serializer>(&self, serializer: S, sink: &Sink) -> Result<S::Ok, S::Error> {
        match &self.0 {
            Repr::Bytes(bytes) => sink.base64(serializer, "", bytes),
            Repr::Text(text) => serializer.serialize_str(text),
        }
    }
}

crate::serialize!(Base64);

struct Base64Visitor<'a>(&'a Source);

impl<'de> Visitor<'de> for Base64Visitor<'_> {
    type Value = Base64;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a base64 string")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Base64, E> {
        Ok(Base64::from(text))
    }

    fn visit_string<E: de::Error>(self, text: String) -> Result<Base64, E> {
        Ok(Base64::from(text))
    }

    /// Borrowed text has no escapes, so a control character in it is invalid JSON (RFC 8259 §7).
    fn visit_borrowed_bytes<E: de::Error>(self, text: &'de [u8]) -> Result<Base64, E> {
        let value = self.visit_bytes::<E>(text)?;
        match &value.0 {
            Repr::Text(text) if text.bytes().any(|byte| byte < 0x20) => {
                Err(E::custom("a control character within a string"))
            }
            _ => Ok(value),
        }
    }

    /// JSON passes the text unchecked. Base64 is ASCII, so only text that is not base64 has to be
    /// checked.
    fn visit_bytes<E: de::Error>(self, text: &[u8]) -> Result<Base64, E> {
        if let Some(bytes) = self.0.base64(text) {
            return Ok(Base64::from_bytes(bytes.clone()));
        }
        Base64::decode_text(text).map_or_else(
            || match std::str::from_utf8(text) {
                Ok(text) => {
                    if text.bytes().any(|byte| byte < 0x20) {
                        self.0.leave_unchecked();
                    }
                    Ok(Base64(Repr::Text(text.to_owned())))
                }
                Err(_) => Err(E::invalid_value(
                    de::Unexpected::Bytes(text),
                    &"text in UTF-8",
                )),
            },
            Ok,
        )
    }
}

impl<'de> Decode<'de> for Base64 {
    fn decode<D: Deserializer<'de>>(deserializer: D, source: &Source) -> Result<Self, D::Error> {
        deserializer.deserialize_bytes(Base64Visitor(source))
    }

    fn base64() -> Base64At {
        Base64At::Here
    }
}

crate::deserialize!(Base64);

impl fmt::Display for InvalidBase64 {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the text is not canonical base64")
    }
}

impl Error for InvalidBase64 {}
