//! The trait for reading, and its implementations for standard types.

use std::{borrow::Cow, collections::BTreeMap, fmt, marker::PhantomData};

use serde::{
    Deserialize, Deserializer,
    de::{self, MapAccess, SeqAccess, Visitor},
};
use serde_json::Value;

use super::{Base64At, Kind, Members, RawUnion, ReadObject, Seed, Source, object};
use crate::{Nullable, OneOrMany};

/// A type that can be read from JSON.
///
/// Like [`Deserialize`], but the standard types follow the rules of this crate: an integer may be
/// written `1.0` or `1e3`, and the last of several equal names in a map counts.
pub trait Decode<'de>: Sized {
    /// Reads one value.
    fn decode<D: Deserializer<'de>>(deserializer: D, source: &Source) -> Result<Self, D::Error>;

    /// The places of base64 in the values.
    fn base64() -> Base64At {
        Base64At::Nowhere
    }
}

/// Types that serde reads in the same way.
macro_rules! as_serde {
    ($($type:ty),*) => {$(
        impl<'de> Decode<'de> for $type {
            fn decode<D: Deserializer<'de>>(deserializer: D, _: &Source) -> Result<Self, D::Error> {
                Self::deserialize(deserializer)
            }
        }
    )*};
}

as_serde!(bool, f64, String, Value);

/// The largest integer up to which a double represents all integers.
const EXACT: f64 = 9_007_199_254_740_992.0;

struct IntegerVisitor;

impl Visitor<'_> for IntegerVisitor {
    type Value = i128;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an integer")
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<i128, E> {
        Ok(value.into())
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<i128, E> {
        Ok(value.into())
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<i128, E> {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "the value is integral and within the exact integers"
        )]
        if value.fract() == 0.0 && value.abs() <= EXACT {
            Ok(value as i128)
        } else {
            Err(E::invalid_type(de::Unexpected::Float(value), &self))
        }
    }
}

macro_rules! integer {
    ($($type:ty),*) => {$(
        impl<'de> Decode<'de> for $type {
            fn decode<D: Deserializer<'de>>(deserializer: D, _: &Source) -> Result<Self, D::Error> {
                let value = deserializer.deserialize_i64(IntegerVisitor)?;
                Self::try_from(value).map_err(|_| {
                    let (least, most) = (Self::MIN, Self::MAX);
                    de::Error::custom(format_args!("{value} is not within {least} and {most}"))
                })
            }
        }
    )*};
}

integer!(i32, i64, u64);

/// Reads a string by reference: an open enum does not own its known values.
pub fn string<'de, T, D: Deserializer<'de>>(
    deserializer: D,
    read: impl FnOnce(&str) -> T,
) -> Result<T, D::Error> {
    deserializer
        .deserialize_str(StrVisitor)
        .map(|value| read(&value))
}

struct StrVisitor;

impl<'de> Visitor<'de> for StrVisitor {
    type Value = Cow<'de, str>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a string")
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(value.to_owned()))
    }

    fn visit_borrowed_str<E: de::Error>(self, value: &'de str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(value))
    }

    fn visit_string<E: de::Error>(self, value: String) -> Result<Self::Value, E> {
        Ok(Cow::Owned(value))
    }
}

impl<'de> Decode<'de> for Cow<'de, str> {
    fn decode<D: Deserializer<'de>>(deserializer: D, _: &Source) -> Result<Self, D::Error> {
        deserializer.deserialize_str(StrVisitor)
    }
}

struct OptionVisitor<'a, T>(&'a Source, PhantomData<T>);

impl<'de, T: Decode<'de>> Visitor<'de> for OptionVisitor<'_, T> {
    type Value = Option<T>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a value or null")
    }

    fn visit_none<E: de::Error>(self) -> Result<Option<T>, E> {
        Ok(None)
    }

    fn visit_unit<E: de::Error>(self) -> Result<Option<T>, E> {
        Ok(None)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<T>, D::Error> {
        T::decode(deserializer, self.0).map(Some)
    }
}

impl<'de, T: Decode<'de>> Decode<'de> for Option<T> {
    fn decode<D: Deserializer<'de>>(deserializer: D, source: &Source) -> Result<Self, D::Error> {
        deserializer.deserialize_option(OptionVisitor(source, PhantomData))
    }

    fn base64() -> Base64At {
        T::base64()
    }
}

impl<'de, T: Decode<'de>> Decode<'de> for Nullable<T> {
    fn decode<D: Deserializer<'de>>(deserializer: D, source: &Source) -> Result<Self, D::Error> {
        Option::decode(deserializer, source).map(|value| value.map_or(Self::Null, Self::Value))
    }

    fn base64() -> Base64At {
        T::base64()
    }
}

impl<'de, T: Decode<'de>> Decode<'de> for Box<T> {
    fn decode<D: Deserializer<'de>>(deserializer: D, source: &Source) -> Result<Self, D::Error> {
        T::decode(deserializer, source).map(Self::new)
    }

    fn base64() -> Base64At {
        T::base64()
    }
}

struct ListVisitor<'a, T>(&'a Source, PhantomData<T>);

impl<'de, T: Decode<'de>> Visitor<'de> for ListVisitor<'_, T> {
    type Value = Vec<T>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an array")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Vec<T>, A::Error> {
        let mut list = Vec::new();
        let source = self.0;
        loop {
            let item = items.next_element_seed(Seed::new(source));
            match item.inspect_err(|_| source.failed_in_item(list.len()))? {
                Some(item) => list.push(item),
                None => return Ok(list),
            }
        }
    }
}

impl<'de, T: Decode<'de>> Decode<'de> for Vec<T> {
    fn decode<D: Deserializer<'de>>(deserializer: D, source: &Source) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(ListVisitor(source, PhantomData))
    }

    fn base64() -> Base64At {
        Base64At::Items(T::base64)
    }
}

impl<'de, T: Decode<'de>> ReadObject<'de> for BTreeMap<String, T> {
    const NAME: &'static str = "map";

    fn read<A: MapAccess<'de>>(members: Members<'_, 'de, A>) -> Result<Self, A::Error> {
        members.map()
    }
}

impl<'de, T: Decode<'de>> Decode<'de> for BTreeMap<String, T> {
    fn decode<D: Deserializer<'de>>(deserializer: D, source: &Source) -> Result<Self, D::Error> {
        object(deserializer, source)
    }

    fn base64() -> Base64At {
        Base64At::Values(T::base64)
    }
}

impl<'de, T: for<'text> Decode<'text>> Decode<'de> for OneOrMany<T> {
    fn decode<D: Deserializer<'de>>(deserializer: D, source: &Source) -> Result<Self, D::Error> {
        let raw = RawUnion::decode(deserializer, source)?;
        match raw.kind() {
            Kind::Array => raw.read(source).map(Self::Many),
            _ => raw.read(source).map(Self::One),
        }
    }
}
