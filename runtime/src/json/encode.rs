//! The trait for writing, and its implementations for standard types.

use std::collections::BTreeMap;

use serde::{Serialize, Serializer, ser::SerializeSeq};
use serde_json::Value;

use super::{ObjectWriter, Sink};
use crate::{Extra, Nullable, OneOrMany, RequestError};

/// A type that can be written as JSON.
///
/// Like [`Serialize`], but large values need not be copied into the text: the [`Sink`] takes them
/// by reference.
pub trait Encode {
    /// Writes one value.
    fn encode<S: Serializer>(&self, serializer: S, sink: &Sink) -> Result<S::Ok, S::Error>;
}

/// Adapter that calls [`Encode::encode`] from serde.
pub(crate) struct Encoded<'a, T: ?Sized>(pub &'a T, pub &'a Sink);

impl<T: Encode + ?Sized> Serialize for Encoded<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.encode(serializer, self.1)
    }
}

/// Types that serde writes in the same way.
macro_rules! as_serde {
    ($($type:ty),*) => {$(
        impl Encode for $type {
            fn encode<S: Serializer>(&self, serializer: S, _: &Sink) -> Result<S::Ok, S::Error> {
                self.serialize(serializer)
            }
        }
    )*};
}

as_serde!(bool, i32, i64, u64, str, String, Value, Extra, serde_json::Map<String, Value>);

/// Other JSON serializers write null for a number that is not finite; here it is an error.
impl Encode for f64 {
    fn encode<S: Serializer>(&self, serializer: S, sink: &Sink) -> Result<S::Ok, S::Error> {
        if self.is_finite() {
            serializer.serialize_f64(*self)
        } else {
            Err(sink.fail(|name| RequestError::NotFinite { name }, ""))
        }
    }
}

impl<T: Encode + ?Sized> Encode for &T {
    fn encode<S: Serializer>(&self, serializer: S, sink: &Sink) -> Result<S::Ok, S::Error> {
        (**self).encode(serializer, sink)
    }
}

impl<T: Encode> Encode for Box<T> {
    fn encode<S: Serializer>(&self, serializer: S, sink: &Sink) -> Result<S::Ok, S::Error> {
        (**self).encode(serializer, sink)
    }
}

impl<T: Encode> Encode for Option<T> {
    fn encode<S: Serializer>(&self, serializer: S, sink: &Sink) -> Result<S::Ok, S::Error> {
        match self {
            Some(value) => serializer.serialize_some(&Encoded(value, sink)),
            None => serializer.serialize_none(),
        }
    }
}

impl<T: Encode> Encode for Nullable<T> {
    fn encode<S: Serializer>(&self, serializer: S, sink: &Sink) -> Result<S::Ok, S::Error> {
        self.value().encode(serializer, sink)
    }
}

impl<T: Encode> Encode for [T] {
    fn encode<S: Serializer>(&self, serializer: S, sink: &Sink) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(Some(self.len()))?;
        for (index, item) in self.iter().enumerate() {
            list.serialize_element(&Encoded(item, sink))
                .inspect_err(|_| sink.failed_in(format_args!("[{index}]")))?;
        }
        list.end()
    }
}

impl<T: Encode> Encode for Vec<T> {
    fn encode<S: Serializer>(&self, serializer: S, sink: &Sink) -> Result<S::Ok, S::Error> {
        self.as_slice().encode(serializer, sink)
    }
}

impl<T: Encode> Encode for BTreeMap<String, T> {
    fn encode<S: Serializer>(&self, serializer: S, sink: &Sink) -> Result<S::Ok, S::Error> {
        let mut object = ObjectWriter::new(serializer, sink)?;
        object.additional(self)?;
        object.end()
    }
}

impl<T: Encode> Encode for OneOrMany<T> {
    fn encode<S: Serializer>(&self, serializer: S, sink: &Sink) -> Result<S::Ok, S::Error> {
        match self {
            Self::One(value) => value.encode(serializer, sink),
            Self::Many(values) => values.encode(serializer, sink),
        }
    }
}
