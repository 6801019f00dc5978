//! Writing of unions: values with a tag that they do not contain themselves, and values as
//! received.

use std::fmt;

use serde::{Serialize, Serializer, ser::Error};
use serde_json::value::RawValue;

use super::{Encode, Sink};

/// The value of a tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tag {
    /// A string.
    Text(&'static str),
    /// An integer.
    Integer(i64),
}

impl From<&'static str> for Tag {
    fn from(value: &'static str) -> Self {
        Self::Text(value)
    }
}

impl From<i64> for Tag {
    fn from(value: i64) -> Self {
        Self::Integer(value)
    }
}

impl fmt::Display for Tag {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(value) => formatter.write_str(value),
            Self::Integer(value) => write!(formatter, "{value}"),
        }
    }
}

impl Serialize for Tag {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(value) => serializer.serialize_str(value),
            Self::Integer(value) => serializer.serialize_i64(*value),
        }
    }
}

/// Writes an object with the tag of a union before its own members. The union owns the tag: a
/// member of the value with this name is not written.
///
/// ```
/// use std::collections::BTreeMap;
///
/// use openapi_runtime::json::{self, Encode, Serializer, Sink};
///
/// struct Cat(BTreeMap<String, String>);
///
/// impl Encode for Cat {
///     fn encode<S: Serializer>(&self, serializer: S, sink: &Sink) -> Result<S::Ok, S::Error> {
///         json::tagged(serializer, sink, "kind", "cat", &self.0)
///     }
/// }
/// openapi_runtime::serialize!(Cat);
///
/// let cat = Cat(BTreeMap::from([("name".to_owned(), "Tom".to_owned())]));
/// assert_eq!(serde_json::to_string(&cat)?, r#"{"kind":"cat","name":"Tom"}"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
pub fn tagged<S: Serializer>(
    serializer: S,
    sink: &Sink,
    tag: &'static str,
    kind: impl Into<Tag>,
    value: &impl Encode,
) -> Result<S::Ok, S::Error> {
    let kind = kind.into();
    sink.tag_next_object(tag, kind);
    let written = value.encode(serializer, sink);
    if sink.take_tag().is_some() {
        return Err(S::Error::custom(format_args!(
            "a value with the tag {kind:?} is not an object"
        )));
    }
    written
}

/// Writes a text that is JSON unchanged, and any other text as a string.
pub fn text<S: Serializer>(serializer: S, text: &str) -> Result<S::Ok, S::Error> {
    match serde_json::from_str::<&RawValue>(text) {
        Ok(raw) => raw.serialize(serializer),
        Err(_) => serializer.serialize_str(text),
    }
}
