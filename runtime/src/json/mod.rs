//! Reading and writing JSON (RFC 8259) by lists of members.
//!
//! The text
//!
//! ```json
//! {"created": 1713833628, "usage": {"total_tokens": "100"}}
//! ```
//!
//! read as a type whose `usage.total_tokens` is an integer becomes a [`DecodeError`] with the path
//! `usage.total_tokens`, a message, and the whole text as received.
//!
//! The reader is tolerant where real servers require it: an unknown member is skipped, the last of
//! several equal members counts, an integer may be written `1.0`. It never converts types: a
//! string is not a number, null is not a string.

mod decode;
mod encode;
mod error;
mod object;
mod place;
pub mod presence;
pub mod rest;
mod sink;
mod source;
mod splice;
mod text;
mod union;
mod unknown;
mod write;

use std::marker::PhantomData;

use bytes::Bytes;
use serde::de::{DeserializeSeed, IgnoredAny};

pub use decode::{Decode, string};
pub use encode::Encode;
pub use error::DecodeError;
pub use object::{Members, ObjectWriter, ReadObject, object, required};
pub use place::{Base64At, Base64Members, base64_at};
pub use serde::{Deserializer, Serializer, de::MapAccess};
pub use serde_json::Value;
pub use sink::Sink;
pub(crate) use sink::{to_body, to_vec};
pub use source::Source;
pub(crate) use splice::Splicer;
pub use text::Text;
pub use union::{Kind, RawUnion};
pub use unknown::Unknown;
pub use write::{Tag, tagged, text};

/// A JSON object whose members the description does not name.
pub type Object = serde_json::Map<String, Value>;

/// The byte order mark that some servers put before the text.
const BOM: &[u8] = b"\xef\xbb\xbf";

/// Reads one JSON value, which is the whole text except for white space around it and a byte order
/// mark.
///
/// The error holds a copy of the text; [`from_bytes`] shares it.
pub fn from_slice<T: for<'de> Decode<'de>>(text: &[u8]) -> Result<T, DecodeError> {
    locate(text, || Bytes::copy_from_slice(text))
}

/// Reads one JSON value, as [`from_slice`] does.
pub fn from_bytes<T: for<'de> Decode<'de>>(text: &Bytes) -> Result<T, DecodeError> {
    locate(text, || text.clone())
}

/// The text without its byte order mark.
pub(crate) fn without_bom(text: &[u8]) -> &[u8] {
    text.strip_prefix(BOM).unwrap_or(text)
}

/// Reads one JSON value. The error has the line and the column, the source has the path of the
/// member.
pub(crate) fn read<'de, T: Decode<'de>>(
    text: &'de [u8],
    source: &Source,
) -> Result<T, serde_json::Error> {
    let mut deserializer = serde_json::Deserializer::from_slice(without_bom(text));
    let value = T::decode(&mut deserializer, source)?;
    deserializer.end()?;
    if source.is_unchecked() {
        serde_json::from_slice::<IgnoredAny>(without_bom(text))?;
    }
    Ok(value)
}

fn locate<'de, T: Decode<'de>>(
    text: &'de [u8],
    raw: impl FnOnce() -> Bytes,
) -> Result<T, DecodeError> {
    let source = Source::default();
    read(text, &source).map_err(|error| DecodeError::new(source.path(), &error.to_string(), raw()))
}

/// Adapter that calls [`Decode::decode`] as a seed of serde.
struct Seed<'a, T>(&'a Source, PhantomData<T>);

impl<'a, T> Seed<'a, T> {
    const fn new(source: &'a Source) -> Self {
        Self(source, PhantomData)
    }
}

impl<'de, T: Decode<'de>> DeserializeSeed<'de> for Seed<'_, T> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        T::decode(deserializer, self.0)
    }
}

/// A value of any type, which is discarded.
pub(crate) struct Skipped;

impl<'de> Decode<'de> for Skipped {
    fn decode<D: Deserializer<'de>>(deserializer: D, _: &Source) -> Result<Self, D::Error> {
        deserializer
            .deserialize_ignored_any(IgnoredAny)
            .map(|IgnoredAny| Self)
    }
}
