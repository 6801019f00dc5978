//! Reading and writing JSON (RFC 8259) by lists of members.
//!
//! The text
//!
//! ```json
//! {"created": 1713833628, "usage": {"total_tokens": "100"}}
//! ```
//!
//! read as a type whose `usage.total_tokens` is an integer becomes a [`DecodeError`] with the path
//! `usage.total_tokens`, what is wrong, and the whole text as it came.
//!
//! What is read forgives as the wire demands: an unknown member is skipped, of a repeated member the last one
//! counts, an integer may be written `1.0`. It never coerces: a string is no number, null is no string.

mod decode;
mod error;
mod object;
mod union;
mod write;

use std::fmt::Write;

use bytes::Bytes;
use serde::de::{DeserializeSeed, IgnoredAny};
use serde_path_to_error::Segment;

pub use decode::{Decode, string};
pub use error::DecodeError;
pub(crate) use error::Excerpt;
pub use object::{Members, ObjectWriter, ReadObject, object, required};
pub use serde::{Deserializer, Serialize, Serializer, de::MapAccess};
pub use serde_json::Value;
pub use union::{Kind, RawUnion};
pub use write::{tagged, text};

/// A JSON object whose members the description does not name.
pub type Object = serde_json::Map<String, Value>;

/// The byte order mark that some servers put before the text.
const BOM: &[u8] = b"\xef\xbb\xbf";

/// Reads one JSON value, which is the whole text but for white space and a byte order mark around it.
///
/// The error holds a copy of the text; [`from_bytes`] shares it.
pub fn from_slice<T: for<'de> Decode<'de>>(text: &[u8]) -> Result<T, DecodeError> {
    read(text).map_err(|error| locate::<T>(text, Bytes::copy_from_slice(text), &error))
}

/// Reads one JSON value, as [`from_slice`] does.
pub fn from_bytes<T: for<'de> Decode<'de>>(text: &Bytes) -> Result<T, DecodeError> {
    read(text).map_err(|error| locate::<T>(text, text.clone(), &error))
}

/// Whether the text is one JSON value, and what is wrong if it is not.
pub(crate) fn check(text: &Bytes) -> Result<(), DecodeError> {
    from_bytes::<Skipped>(text).map(|Skipped| ())
}

/// The text without its byte order mark.
pub(crate) fn without_bom(text: &[u8]) -> &[u8] {
    text.strip_prefix(BOM).unwrap_or(text)
}

/// Reads one JSON value; the error knows line and column only.
pub(crate) fn read<'de, T: Decode<'de>>(text: &'de [u8]) -> Result<T, serde_json::Error> {
    let mut deserializer = serde_json::Deserializer::from_slice(without_bom(text));
    let value = T::decode(&mut deserializer)?;
    deserializer.end()?;
    Ok(value)
}

/// Reads a text that failed once more, now keeping track of where: this costs an allocation for each member, which
/// a text that is in order need not pay.
fn locate<T: for<'de> Decode<'de>>(
    text: &[u8],
    raw: Bytes,
    error: &serde_json::Error,
) -> DecodeError {
    let mut deserializer = serde_json::Deserializer::from_slice(without_bom(text));
    match track::<T, _>(&mut deserializer) {
        Ok(_) => DecodeError::new(String::new(), &error.to_string(), raw),
        Err((path, error)) => DecodeError::new(path, &error.to_string(), raw),
    }
}

/// Decodes, and gives the path of the member where that failed.
fn track<'de, T: Decode<'de>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, (String, D::Error)> {
    let mut track = serde_path_to_error::Track::new();
    let result = T::decode(serde_path_to_error::Deserializer::new(
        deserializer,
        &mut track,
    ));
    result.map_err(|error| (path_text(&track.path()), error))
}

/// `data[0].url`, as far as the place is known: a text that breaks off may do so before a name.
fn path_text(path: &serde_path_to_error::Path) -> String {
    let mut text = String::new();
    for segment in path {
        match segment {
            Segment::Seq { index } => {
                // Writing to a string cannot fail.
                let _ = write!(text, "[{index}]");
            }
            Segment::Map { key: name } | Segment::Enum { variant: name } => {
                if !text.is_empty() {
                    text.push('.');
                }
                text.push_str(name);
            }
            Segment::Unknown => break,
        }
    }
    text
}

/// Calls [`Decode::decode`] where serde wants a seed.
struct Seed<T>(std::marker::PhantomData<T>);

impl<T> Seed<T> {
    const fn new() -> Self {
        Self(std::marker::PhantomData)
    }
}

impl<'de, T: Decode<'de>> DeserializeSeed<'de> for Seed<T> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        T::decode(deserializer)
    }
}

/// Any value, thrown away.
struct Skipped;

impl<'de> Decode<'de> for Skipped {
    fn decode<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer
            .deserialize_ignored_any(IgnoredAny)
            .map(|IgnoredAny| Self)
    }
}
