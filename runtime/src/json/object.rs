//! Objects: their members one by one.

use std::{borrow::Cow, collections::BTreeMap, fmt, marker::PhantomData};

use serde::{
    Deserializer, Serialize, Serializer,
    de::{self, IgnoredAny, MapAccess, Visitor},
    ser::{self, SerializeMap},
};

use super::{Decode, Seed};
use crate::{Extra, Nullable};

/// A type that is read from the members of a JSON object; [`read_object!`](crate::read_object) does the rest.
pub trait ReadObject<'de>: Sized {
    /// The name in the description, for the message where something else than an object was found.
    const NAME: &'static str;

    /// Reads every member, in the order in which they come.
    fn read<A: MapAccess<'de>>(members: Members<'de, A>) -> Result<Self, A::Error>;
}

/// Reads an object by its members.
pub fn object<'de, T: ReadObject<'de>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    deserializer.deserialize_map(ObjectVisitor(PhantomData))
}

/// The value of a member that must be there.
///
/// Null is as good as absent; [`Members::nullable`] reads a member that may be null.
pub fn required<T, E: de::Error>(slot: Option<T>, name: &'static str) -> Result<T, E> {
    slot.ok_or_else(|| E::missing_field(name))
}

struct ObjectVisitor<T>(PhantomData<T>);

impl<'de, T: ReadObject<'de>> Visitor<'de> for ObjectVisitor<T> {
    type Value = T;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "an object `{}`", T::NAME)
    }

    fn visit_map<A: MapAccess<'de>>(self, access: A) -> Result<T, A::Error> {
        T::read(Members::new(access))
    }
}

/// The members of an object that is being read: a name, then its value.
#[derive(Debug)]
pub struct Members<'de, A> {
    access: A,
    borrowed: PhantomData<&'de ()>,
}

impl<'de, A: MapAccess<'de>> Members<'de, A> {
    pub(crate) const fn new(access: A) -> Self {
        Self {
            access,
            borrowed: PhantomData,
        }
    }

    /// The name of the next member. One of [`value`](Self::value), [`nullable`](Self::nullable) and
    /// [`skip`](Self::skip) must follow.
    pub fn next_name(&mut self) -> Result<Option<Cow<'de, str>>, A::Error> {
        self.access.next_key_seed(Seed::new())
    }

    /// The value of the member. An `Option` reads null as absent.
    pub fn value<T: Decode<'de>>(&mut self) -> Result<T, A::Error> {
        self.access.next_value_seed(Seed::new())
    }

    /// The value of a member that must be there and may be null: there is `Some(None)`.
    pub fn nullable<T: Decode<'de>>(&mut self) -> Result<Option<Option<T>>, A::Error> {
        self.value().map(Some)
    }

    /// Passes over the value of a member that the description does not name.
    pub fn skip(&mut self) -> Result<(), A::Error> {
        self.access.next_value::<IgnoredAny>().map(|IgnoredAny| ())
    }

    /// Reads all members as the entries of a map; of a repeated name the last one counts.
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
/// use openapi_runtime::json::{ObjectWriter, Serialize, Serializer};
///
/// struct Request { prompt: String, n: Option<i64> }
///
/// impl Serialize for Request {
///     fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
///         let mut object = ObjectWriter::new(serializer)?;
///         object.required("prompt", &self.prompt)?;
///         object.optional("n", &self.n)?;
///         object.end()
///     }
/// }
///
/// let request = Request { prompt: "a cat".to_owned(), n: None };
/// assert_eq!(serde_json::to_string(&request)?, r#"{"prompt":"a cat"}"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug)]
pub struct ObjectWriter<S: Serializer> {
    map: S::SerializeMap,
    /// The names that the description has, whether or not they were written.
    names: Vec<&'static str>,
}

impl<S: Serializer> ObjectWriter<S> {
    /// Begins an object.
    pub fn new(serializer: S) -> Result<Self, S::Error> {
        Ok(Self {
            map: serializer.serialize_map(None)?,
            names: Vec::new(),
        })
    }

    /// A member that is always there.
    pub fn required<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<(), S::Error> {
        self.names.push(name);
        self.map.serialize_entry(name, value)
    }

    /// A member that is left out where there is none.
    pub fn optional<T: Serialize>(
        &mut self,
        name: &'static str,
        value: &Option<T>,
    ) -> Result<(), S::Error> {
        self.names.push(name);
        value
            .as_ref()
            .map_or(Ok(()), |value| self.map.serialize_entry(name, value))
    }

    /// A member that is left out where it is absent and null where it is null.
    pub fn nullable<T: Serialize>(
        &mut self,
        name: &'static str,
        value: &Nullable<T>,
    ) -> Result<(), S::Error> {
        self.names.push(name);
        if value.is_absent() {
            Ok(())
        } else {
            self.map.serialize_entry(name, value)
        }
    }

    /// Members that the description does not name. One that it does name is an error: each is sent once.
    pub fn extra(&mut self, extra: &Extra) -> Result<(), S::Error> {
        for (name, value) in extra.iter() {
            if self.names.contains(&name) {
                return Err(ser::Error::custom(format_args!(
                    "the extra field `{name}` is a field of the request"
                )));
            }
            self.map.serialize_entry(name, value)?;
        }
        Ok(())
    }

    /// The entries of a map, in the order of their names.
    pub fn map<T: Serialize>(&mut self, entries: &BTreeMap<String, T>) -> Result<(), S::Error> {
        entries
            .iter()
            .try_for_each(|(name, value)| self.map.serialize_entry(name, value))
    }

    /// Ends the object.
    pub fn end(self) -> Result<S::Ok, S::Error> {
        self.map.end()
    }
}
