//! Strings with `format: uri` that are sent: a URL, or a file in a data URL.

use std::{
    fmt::{self, Write},
    hash::{Hash, Hasher},
    sync::Arc,
};

use bytes::Bytes;
use serde::{Deserializer, Serializer};

use crate::{
    base64::{Encoding, codec},
    json::{Decode, Encode, Sink, Source},
};

/// A URL, or a data URL (RFC 2397) of bytes that are encoded only while it is written.
///
/// ```
/// use openapi_runtime::Uri;
///
/// assert_eq!(Uri::data("image/png", &b"png"[..]).to_string(), "data:image/png;base64,cG5n");
/// assert_eq!(Uri::from("https://example.com/a.png").to_string(), "https://example.com/a.png");
/// ```
#[derive(Clone)]
pub struct Uri(Repr);

#[derive(Clone)]
enum Repr {
    Text(Arc<String>),
    Data { media_type: String, bytes: Bytes },
}

impl Uri {
    /// Makes a data URL. Characters of the media type that are not allowed in a URL are
    /// percent-encoded.
    pub fn data(media_type: impl Into<String>, bytes: impl Into<Bytes>) -> Self {
        Self(Repr::Data {
            media_type: url_safe(media_type.into()),
            bytes: bytes.into(),
        })
    }

    /// The length of the text in characters, without encoding it.
    pub fn characters(&self) -> usize {
        match &self.0 {
            Repr::Text(text) => text.chars().count(),
            Repr::Data { .. } => self.len(),
        }
    }

    /// The length of the text in bytes, without encoding it.
    pub(crate) fn len(&self) -> usize {
        match &self.0 {
            Repr::Text(text) => text.len(),
            Repr::Data { media_type, bytes } => {
                "data:".len()
                    + media_type.len()
                    + ";base64,".len()
                    + codec::encoded_length(bytes.len())
            }
        }
    }
}

/// Percent-encodes characters that RFC 2397 does not allow: all but the characters of tokens, `/`,
/// `;` and `=`.
fn url_safe(text: String) -> String {
    let safe = |byte: u8| byte.is_ascii_alphanumeric() || b"!$&'*+-._~/;=%".contains(&byte);
    if text.bytes().all(safe) {
        return text;
    }
    let mut encoded = String::with_capacity(text.len() + 8);
    for byte in text.bytes() {
        if safe(byte) {
            encoded.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

impl fmt::Display for Uri {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Repr::Text(text) => formatter.write_str(text),
            Repr::Data { media_type, bytes } => {
                write!(formatter, "data:{media_type};base64,{}", Encoding(bytes))
            }
        }
    }
}

impl fmt::Debug for Uri {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Repr::Text(text) if text.len() <= 200 => write!(formatter, "Uri({text:?})"),
            Repr::Text(text) => write!(formatter, "Uri({} bytes of text)", text.len()),
            Repr::Data { media_type, bytes } => {
                write!(formatter, "Uri({media_type}, {} bytes)", bytes.len())
            }
        }
    }
}

impl From<&str> for Uri {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

impl From<String> for Uri {
    fn from(text: String) -> Self {
        Self(Repr::Text(text.into()))
    }
}

/// Two URLs are equal if their texts are.
impl PartialEq for Uri {
    fn eq(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (Repr::Text(left), Repr::Text(right)) => left == right,
            (
                Repr::Data {
                    media_type: left_type,
                    bytes: left,
                },
                Repr::Data {
                    media_type: right_type,
                    bytes: right,
                },
            ) => left_type == right_type && left == right,
            (Repr::Text(text), Repr::Data { .. }) => **text == other.to_string(),
            (Repr::Data { .. }, Repr::Text(text)) => **text == self.to_string(),
        }
    }
}

impl Eq for Uri {}

impl Hash for Uri {
    fn hash<H: Hasher>(&self, state: &mut H) {
        match &self.0 {
            Repr::Text(text) => text.hash(state),
            Repr::Data { .. } => self.to_string().hash(state),
        }
    }
}

/// A data URL is encoded directly into the body, and a text that is already one is not copied.
impl Encode for Uri {
    fn encode<S: Serializer>(&self, serializer: S, sink: &Sink) -> Result<S::Ok, S::Error> {
        match &self.0 {
            Repr::Text(text) => sink.text(serializer, text),
            Repr::Data { media_type, bytes } => {
                sink.base64(serializer, &format!("data:{media_type};base64,"), bytes)
            }
        }
    }
}

crate::serialize!(Uri);

impl<'de> Decode<'de> for Uri {
    fn decode<D: Deserializer<'de>>(deserializer: D, source: &Source) -> Result<Self, D::Error> {
        String::decode(deserializer, source).map(Self::from)
    }
}

crate::deserialize!(Uri);
