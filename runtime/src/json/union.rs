//! Unions: a value that is inspected before it is read.

use std::{
    borrow::Cow,
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use serde::{
    Deserialize, Deserializer,
    de::{self, IgnoredAny, MapAccess, Visitor},
};
use serde_json::value::RawValue;

use super::{Decode, Seed, Source, Unknown};
use crate::raw::Excerpt;

/// The JSON type of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool,
    /// A number without a fractional part, as in JSON Schema: `1.0` is an integer.
    Integer,
    /// Any other number.
    Number,
    /// A string.
    String,
    /// An array.
    Array,
    /// An object.
    Object,
}

/// The text of one JSON value, to determine its type in a union, and then to read it as that type.
///
/// ```
/// use openapi_runtime::json::{self, Decode, Deserializer, Kind, RawUnion, Source};
///
/// #[derive(Debug, PartialEq)]
/// enum Input {
///     Text(String),
///     Items(Vec<i64>),
/// }
///
/// impl<'de> Decode<'de> for Input {
///     fn decode<D: Deserializer<'de>>(deserializer: D, source: &Source) -> Result<Self, D::Error> {
///         let raw = RawUnion::decode(deserializer, source)?;
///         match raw.kind() {
///             Kind::String => raw.read(source).map(Self::Text),
///             Kind::Array => raw.read(source).map(Self::Items),
///             _ => Err(raw.mismatch("Input")),
///         }
///     }
/// }
///
/// assert_eq!(json::from_slice::<Input>(b"[1, 2]")?, Input::Items(vec![1, 2]));
/// let error = json::from_slice::<Input>(b"[1, true]").unwrap_err();
/// assert_eq!(error.path, "[1]");
/// assert!(error.message.starts_with("invalid type: boolean"));
/// # Ok::<(), openapi_runtime::DecodeError>(())
/// ```
#[derive(Clone)]
pub struct RawUnion(Box<RawValue>);

impl<'de> Decode<'de> for RawUnion {
    fn decode<D: Deserializer<'de>>(deserializer: D, _: &Source) -> Result<Self, D::Error> {
        Box::deserialize(deserializer).map(Self)
    }
}

impl RawUnion {
    /// The JSON text.
    pub fn text(&self) -> &str {
        self.0.get()
    }

    /// The JSON type.
    pub fn kind(&self) -> Kind {
        match self.text().bytes().next() {
            Some(b'n') => Kind::Null,
            Some(b't' | b'f') => Kind::Bool,
            Some(b'"') => Kind::String,
            Some(b'[') => Kind::Array,
            Some(b'{') => Kind::Object,
            _ => match self.text().parse::<f64>() {
                Ok(number) if number.fract() == 0.0 => Kind::Integer,
                _ => Kind::Number,
            },
        }
    }

    /// True if the value is an object with this member, which may be null.
    pub fn has(&self, name: &str) -> bool {
        self.member(name).is_some()
    }

    /// The value of the tag of the union, if it is present and a string.
    pub fn tag(&self, name: &str) -> Option<String> {
        let member = self.member(name)?;
        serde_json::from_str(member.text()).ok()
    }

    /// The value of the tag of the union, if it is present and an integer.
    pub fn integer_tag(&self, name: &str) -> Option<i64> {
        let member = self.member(name)?;
        member
            .read::<i64, serde_json::Error>(&Source::default())
            .ok()
    }

    /// Orders the variants of a union by the number of the value's members that they name. Each
    /// variant is given by its members, and whether it keeps others. Of variants that name equally
    /// many, those that keep others come first. The members of a list are those of its items.
    ///
    /// ```
    /// use openapi_runtime::json::{self, RawUnion};
    ///
    /// let raw = json::from_slice::<RawUnion>(br#"{"width": 2, "height": 1}"#)?;
    /// let variants: [(&[&str], bool); 4] =
    ///     [(&["radius"], false), (&["width"], false), (&["width", "height"], false), (&[], true)];
    /// assert_eq!(raw.closest(&variants), [2, 1, 3, 0]);
    /// # Ok::<(), openapi_runtime::DecodeError>(())
    /// ```
    pub fn closest(&self, variants: &[(&[&str], bool)]) -> Vec<usize> {
        let members = names(self.text());
        let kept = |variant: &usize| {
            let (named, keeps_others) = variants[*variant];
            let shared = named.iter().filter(|name| members.contains(**name));
            (shared.count(), keeps_others)
        };
        let mut order: Vec<usize> = (0..variants.len()).collect();
        order.sort_by_key(|variant| Reverse(kept(variant)));
        order
    }

    /// The value as one that is not in the description.
    pub fn unknown(&self, kind: Option<&str>) -> Unknown {
        Unknown::new(kind, self.text().to_owned())
    }

    /// Reads the value.
    pub fn read<T: for<'text> Decode<'text>, E: de::Error>(&self, source: &Source) -> Result<T, E> {
        let mut deserializer = serde_json::Deserializer::from_str(self.text());
        T::decode(&mut deserializer, source).map_err(E::custom)
    }

    /// Reads the value if it has this type.
    pub fn attempt<T: for<'text> Decode<'text>>(&self, source: &Source) -> Option<T> {
        let value = self.read::<T, serde_json::Error>(source);
        value.inspect_err(|_| source.forget_failure()).ok()
    }

    /// The error for a value that has none of the types of the union.
    pub fn mismatch<E: de::Error>(&self, union: &'static str) -> E {
        E::custom(format_args!(
            "no variant of `{union}` matches this {}",
            self.kind()
        ))
    }

    fn member(&self, name: &str) -> Option<Self> {
        let mut deserializer = serde_json::Deserializer::from_str(self.text());
        deserializer.deserialize_map(Find(name)).ok().flatten()
    }
}

impl fmt::Debug for RawUnion {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let excerpt = Excerpt::body(self.text().as_bytes());
        formatter.debug_tuple("RawUnion").field(&excerpt).finish()
    }
}

/// Finds the value of a member, the last one if there are several.
struct Find<'a>(&'a str);

impl<'de> Visitor<'de> for Find<'_> {
    type Value = Option<RawUnion>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Self::Value, A::Error> {
        let source = Source::default();
        let mut found = None;
        while let Some(name) = members.next_key_seed(Seed::<Cow<str>>::new(&source))? {
            if name == self.0 {
                found = Some(members.next_value_seed(Seed::new(&source))?);
            } else {
                members.next_value::<IgnoredAny>()?;
            }
        }
        Ok(found)
    }
}

/// The names of the members of an object, or of the items of a list.
fn names(text: &str) -> BTreeSet<String> {
    if let Ok(members) = serde_json::from_str::<BTreeMap<String, &RawValue>>(text) {
        return members.into_keys().collect();
    }
    let items = serde_json::from_str::<Vec<&RawValue>>(text).unwrap_or_default();
    items.iter().flat_map(|item| names(item.get())).collect()
}

impl fmt::Display for Kind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Null => "null",
            Self::Bool => "boolean",
            Self::Integer => "integer",
            Self::Number => "number",
            Self::String => "string",
            Self::Array => "array",
            Self::Object => "object",
        })
    }
}
