//! Objects, member by member.

use std::{borrow::Cow, collections::BTreeMap, fmt, marker::PhantomData};

use serde::{
    Deserializer, Serializer,
    de::{self, IgnoredAny, MapAccess, Visitor},
    ser::SerializeMap,
};

use super::{Base64Members, Decode, Encode, Seed, Sink, Source, encode::Encoded};
use crate::{Extra, Nullable, RequestError};

/// A type that is read from the members of a JSON object; [`read_object!`](crate::read_object)
/// does the rest.
pub trait ReadObject<'de>: Sized {
    /// The name in the description, for the message if the value is not an object.
    const NAME: &'static str;

    /// The members with base64 in their values.
    const BASE64: Base64Members = &[];

    /// Reads all members, in the order of the text.
    fn read<A: MapAccess<'de>>(members: Members<'_, 'de, A>) -> Result<Self, A::Error>;
}

/// Reads an object by its members.
pub fn object<'de, T: ReadObject<'de>, D: Deserializer<'de>>(
    deserializer: D,
    source: &Source,
) -> Result<T, D::Error> {
    deserializer.deserialize_map(ObjectVisitor(source, PhantomData))
}

/// The value of a required member.
pub fn required<T, E: de::Error>(slot: Option<T>, name: &'static str) -> Result<T, E> {
    slot.ok_or_else(|| E::missing_field(name))
}

struct ObjectVisitor<'a, T>(&'a Source, PhantomData<T>);

impl<'de, T: ReadObject<'de>> Visitor<'de> for ObjectVisitor<'_, T> {
    type Value = T;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "an object `{}`", T::NAME)
    }

    fn visit_map<A: MapAccess<'de>>(self, access: A) -> Result<T, A::Error> {
        T::read(Members::new(access, self.0))
    }
}

/// The members of an object that is being read: a name, then its value.
#[derive(Debug)]
pub struct Members<'a, 'de, A> {
    access: A,
    source: &'a Source,
    /// The member of the next value.
    name: Cow<'de, str>,
}

impl<'a, 'de, A: MapAccess<'de>> Members<'a, 'de, A> {
    pub(crate) const fn new(access: A, source: &'a Source) -> Self {
        Self {
            access,
            source,
            name: Cow::Borrowed(""),
        }
    }

    /// The name of the next member. [`value`](Self::value) or [`skip`](Self::skip)
    /// must follow.
    pub fn next_name(&mut self) -> Result<Option<Cow<'de, str>>, A::Error> {
        let name = self.access.next_key_seed(Seed::new(self.source))?;
        if let Some(name) = &name {
            self.name.clone_from(name);
        }
        Ok(name)
    }

    /// The value of the member. An `Option` reads null as absent.
    pub fn value<T: Decode<'de>>(&mut self) -> Result<T, A::Error> {
        self.access
            .next_value_seed(Seed::new(self.source))
            .inspect_err(|_| self.source.failed_in_member(&self.name))
    }

    /// Skips the value of a member that is not in the description.
    pub fn skip(&mut self) -> Result<(), A::Error> {
        self.access
            .next_value::<IgnoredAny>()
            .map(|IgnoredAny| ())
            .inspect_err(|_| self.source.failed_in_member(&self.name))
    }

    /// Reads all members as the entries of a map. The last of several equal names counts.
    pub fn map<T: Decode<'de>>(mut self) -> Result<BTreeMap<String, T>, A::Error> {
        let mut map = BTreeMap::new();
        while let Some(name) = self.next_name()? {
            map.insert(name.into_owned(), self.value()?);
        }
        Ok(map)
    }
}

/// Writes an object member by member, in the order of the calls.
///
/// ```
/// use openapi_runtime::json::{Encode, ObjectWriter, Serializer, Sink};
///
/// struct Request { prompt: String, n: Option<i64> }
///
/// impl Encode for Request {
///     fn encode<S: Serializer>(&self, serializer: S, sink: &Sink) -> Result<S::Ok, S::Error> {
///         let mut object = ObjectWriter::new(serializer, sink)?;
///         object.required("prompt", &self.prompt)?;
///         object.optional("n", &self.n)?;
///         object.end()
///     }
/// }
/// openapi_runtime::serialize!(Request);
///
/// let request = Request { prompt: "a cat".to_owned(), n: None };
/// assert_eq!(serde_json::to_string(&request)?, r#"{"prompt":"a cat"}"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug)]
pub struct ObjectWriter<'a, S: Serializer> {
    map: S::SerializeMap,
    sink: &'a Sink,
    /// The tag that a union has written.
    tag: Option<&'static str>,
    /// The names in the description, including those that were not written.
    names: Vec<&'static str>,
}

impl<'a, S: Serializer> ObjectWriter<'a, S> {
    /// Begins an object.
    pub fn new(serializer: S, sink: &'a Sink) -> Result<Self, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        let tag = sink.take_tag();
        if let Some((tag, kind)) = tag {
            map.serialize_entry(tag, &kind)?;
        }
        let tag = tag.map(|(tag, _)| tag);
        Ok(Self {
            map,
            sink,
            tag,
            names: tag.into_iter().collect(),
        })
    }

    /// Writes a member that is always present.
    pub fn required<T: Encode + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<(), S::Error> {
        self.names.push(name);
        self.entry(name, value)
    }

    /// Writes a member, unless it is `None`.
    pub fn optional<T: Encode>(
        &mut self,
        name: &'static str,
        value: &Option<T>,
    ) -> Result<(), S::Error> {
        self.names.push(name);
        value
            .as_ref()
            .map_or(Ok(()), |value| self.entry(name, value))
    }

    /// Writes a member that is always present, and null if it is `None`.
    pub fn required_nullable<T: Encode>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<(), S::Error> {
        self.required(name, value)
    }

    /// Writes a member whose value may be null, unless it is `None`.
    pub fn optional_any<T: Encode>(
        &mut self,
        name: &'static str,
        value: &Option<T>,
    ) -> Result<(), S::Error> {
        self.optional(name, value)
    }

    /// Writes a member if it is true.
    pub fn switch(&mut self, name: &'static str, value: &bool) -> Result<(), S::Error> {
        self.optional(name, &value.then_some(true))
    }

    /// Writes a boolean member that is always present.
    pub fn sent_switch(&mut self, name: &'static str, value: &bool) -> Result<(), S::Error> {
        self.required(name, value)
    }

    /// Writes a member, unless it is absent. It may be null.
    pub fn nullable<T: Encode>(
        &mut self,
        name: &'static str,
        value: &Nullable<T>,
    ) -> Result<(), S::Error> {
        self.names.push(name);
        if value.is_absent() {
            Ok(())
        } else {
            self.entry(name, value)
        }
    }

    /// Writes members that are not in the description. A member that is in the description is an
    /// error, because each may be sent only once.
    pub fn extra(&mut self, extra: &Extra) -> Result<(), S::Error> {
        for (name, value) in extra.iter() {
            self.further(name, value)?;
        }
        Ok(())
    }

    /// Writes the entries of a map, in the order of their names. One with the name of another
    /// member is an error, as in [`extra`](Self::extra).
    pub fn additional<T: Encode>(&mut self, entries: &BTreeMap<String, T>) -> Result<(), S::Error> {
        // A type with only additional members does not know that a union has written its tag.
        let tag = self.tag;
        let mut entries = entries
            .iter()
            .filter(|(name, _)| tag != Some(name.as_str()));
        entries.try_for_each(|(name, value)| self.further(name, value))
    }

    fn further<T: Encode + ?Sized>(&mut self, name: &str, value: &T) -> Result<(), S::Error> {
        if self.names.contains(&name) {
            let error = |name| RequestError::Duplicate { name };
            return Err(self.sink.fail(error, name));
        }
        self.entry(name, value)
    }

    fn entry<T: Encode + ?Sized>(&mut self, name: &str, value: &T) -> Result<(), S::Error> {
        if self.tag == Some(name) {
            return Ok(());
        }
        self.map
            .serialize_entry(name, &Encoded(value, self.sink))
            .inspect_err(|_| self.sink.failed_in(name))
    }

    /// Ends the object.
    pub fn end(self) -> Result<S::Ok, S::Error> {
        self.map.end()
    }
}
