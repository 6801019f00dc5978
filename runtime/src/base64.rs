//! Strings with `contentEncoding: base64` (RFC 4648 §4).
//!
//! `"iVBORw0KGgo="` is decoded while it is read, so that megabytes of an image are held once, as bytes. A text that
//! is no canonical base64 is kept as it is: a caller may still make something of it.

use std::{borrow::Cow, error::Error, fmt};

use base64_simd::STANDARD;
use bytes::Bytes;
use serde::{
    Deserializer, Serialize, Serializer,
    de::{self, Visitor},
};

use crate::json::Decode;

/// The value of a base64 property.
#[derive(Clone)]
pub struct Base64(Repr);

#[derive(Clone)]
enum Repr {
    /// What canonical base64 says: encoding gives the text again.
    Bytes(Bytes),
    /// A text that is something else.
    Text(String),
}

/// A base64 property whose text is not canonical base64: [`Base64::text`] has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct InvalidBase64;

impl Base64 {
    /// The value that is written as the base64 of `bytes`.
    pub fn from_bytes(bytes: impl Into<Bytes>) -> Self {
        Self(Repr::Bytes(bytes.into()))
    }

    /// The bytes that the text stands for.
    pub const fn bytes(&self) -> Result<&Bytes, InvalidBase64> {
        match &self.0 {
            Repr::Bytes(bytes) => Ok(bytes),
            Repr::Text(_) => Err(InvalidBase64),
        }
    }

    /// The bytes that the text stands for.
    pub fn into_bytes(self) -> Result<Bytes, InvalidBase64> {
        match self.0 {
            Repr::Bytes(bytes) => Ok(bytes),
            Repr::Text(_) => Err(InvalidBase64),
        }
    }

    /// The text, exactly as it was received, or as it is sent.
    pub fn text(&self) -> Cow<'_, str> {
        match &self.0 {
            Repr::Bytes(bytes) => Cow::Owned(STANDARD.encode_to_string(bytes)),
            Repr::Text(text) => Cow::Borrowed(text),
        }
    }

    /// The characters of the text, without making it.
    pub(crate) fn text_len(&self) -> usize {
        match &self.0 {
            Repr::Bytes(bytes) => STANDARD.encoded_length(bytes.len()),
            Repr::Text(text) => text.chars().count(),
        }
    }

    fn decode_text(text: &[u8]) -> Option<Self> {
        STANDARD.decode_to_vec(text).ok().map(Self::from_bytes)
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
        // A text that is kept is not canonical, and so never the text of bytes.
        match (&self.0, &other.0) {
            (Repr::Bytes(left), Repr::Bytes(right)) => left == right,
            (Repr::Text(left), Repr::Text(right)) => left == right,
            _ => false,
        }
    }
}

impl Eq for Base64 {}

/// Says how much there is, never what: an image has megabytes.
impl fmt::Debug for Base64 {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Repr::Bytes(bytes) => write!(formatter, "Base64({} bytes)", bytes.len()),
            Repr::Text(text) => write!(formatter, "Base64(invalid, {} bytes of text)", text.len()),
        }
    }
}

impl Serialize for Base64 {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text())
    }
}

struct Base64Visitor;

impl Visitor<'_> for Base64Visitor {
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

    /// JSON hands over the text unchecked: base64 is ASCII, so that only what is not base64 has to be checked.
    fn visit_bytes<E: de::Error>(self, text: &[u8]) -> Result<Base64, E> {
        Base64::decode_text(text).map_or_else(
            || match std::str::from_utf8(text) {
                Ok(text) => Ok(Base64(Repr::Text(text.to_owned()))),
                Err(_) => Err(E::invalid_value(
                    de::Unexpected::Bytes(text),
                    &"a text in UTF-8",
                )),
            },
            Ok,
        )
    }
}

impl<'de> Decode<'de> for Base64 {
    fn decode<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_bytes(Base64Visitor)
    }
}

crate::deserialize!(Base64);

impl fmt::Display for InvalidBase64 {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the text is not canonical base64")
    }
}

impl Error for InvalidBase64 {}
