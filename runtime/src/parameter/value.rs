//! The values of parameters, in the forms that styles can write.

use std::{borrow::Cow, collections::BTreeMap};

use crate::{Base64, Nullable, OneOrMany, Uri, json};

/// A value in parts, for styles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value<'a> {
    /// No value: a parameter is left out, and so is a member of an object.
    Nothing,
    /// A text.
    Text(Cow<'a, str>),
    /// A number or a boolean in JSON.
    Literal(Cow<'a, str>),
    /// The items of a list.
    List(Vec<Value<'a>>),
    /// The members of an object, in their order.
    Object(Vec<(Cow<'a, str>, Value<'a>)>),
}

impl Value<'_> {
    /// The text of a value within another one: JSON if it has parts of its own.
    pub(super) fn text(&self) -> Cow<'_, str> {
        match self {
            Value::Nothing => Cow::Borrowed(""),
            Value::Text(text) | Value::Literal(text) => Cow::Borrowed(text),
            Value::List(_) | Value::Object(_) => Cow::Owned(self.json().to_string()),
        }
    }

    /// The object with the tag of a union as its first member, unless it has one.
    #[must_use]
    pub fn tagged(self, tag: &'static str, kind: &'static str) -> Self {
        match self {
            Value::Object(mut members) if members.iter().all(|(name, _)| name != tag) => {
                members.insert(0, (tag.into(), Value::Text(kind.into())));
                Value::Object(members)
            }
            other => other,
        }
    }

    fn json(&self) -> json::Value {
        match self {
            Value::Nothing => json::Value::Null,
            Value::Text(text) => text.as_ref().into(),
            Value::Literal(text) => serde_json::from_str(text).unwrap_or_default(),
            Value::List(items) => items.iter().map(Self::json).collect(),
            Value::Object(members) => {
                let members = members.iter();
                let members = members.filter(|(_, value)| *value != Value::Nothing);
                members
                    .map(|(name, value)| (name.to_string(), value.json()))
                    .collect()
            }
        }
    }
}

/// The members of an object, in the order in which they were added.
#[derive(Debug, Default)]
pub struct Members<'a>(Vec<(Cow<'a, str>, Value<'a>)>);

impl<'a> Members<'a> {
    /// No members.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a member.
    pub fn add(&mut self, name: &'static str, value: &'a (impl Parameter + ?Sized)) {
        self.0.push((name.into(), value.value()));
    }

    /// Adds the entries of a map.
    pub fn add_all<T: Parameter>(&mut self, entries: &'a BTreeMap<String, T>) {
        let entries = entries.iter();
        self.0
            .extend(entries.map(|(name, value)| (name.into(), value.value())));
    }

    /// The object of these members.
    pub fn value(self) -> Value<'a> {
        Value::Object(self.0)
    }
}

/// A type whose values can be parameters.
///
/// ```
/// use openapi_runtime::parameter::{Parameter, Value};
///
/// assert_eq!(7_i64.value(), Value::Literal("7".into()));
/// assert_eq!(None::<bool>.value(), Value::Nothing);
/// ```
pub trait Parameter {
    /// The value in parts.
    fn value(&self) -> Value<'_>;
}

/// Types whose text is that of [`ToString`]: `true`, `-1`.
macro_rules! by_display {
    ($($type:ty),*) => {$(
        impl Parameter for $type {
            fn value(&self) -> Value<'_> {
                Value::Literal(self.to_string().into())
            }
        }
    )*};
}

by_display!(bool, i32, i64, u64, f64);

impl Parameter for Uri {
    fn value(&self) -> Value<'_> {
        Value::Text(self.to_string().into())
    }
}

impl Parameter for str {
    fn value(&self) -> Value<'_> {
        Value::Text(self.into())
    }
}

impl Parameter for String {
    fn value(&self) -> Value<'_> {
        self.as_str().value()
    }
}

impl Parameter for Base64 {
    fn value(&self) -> Value<'_> {
        Value::Text(self.text())
    }
}

impl<T: Parameter> Parameter for Option<T> {
    fn value(&self) -> Value<'_> {
        self.as_ref().map_or(Value::Nothing, T::value)
    }
}

/// A parameter has no null: it is left out.
impl<T: Parameter> Parameter for Nullable<T> {
    fn value(&self) -> Value<'_> {
        self.value().map_or(Value::Nothing, T::value)
    }
}

impl<T: Parameter> Parameter for Box<T> {
    fn value(&self) -> Value<'_> {
        (**self).value()
    }
}

impl<T: Parameter> Parameter for Vec<T> {
    fn value(&self) -> Value<'_> {
        Value::List(self.iter().map(T::value).collect())
    }
}

impl<T: Parameter> Parameter for OneOrMany<T> {
    fn value(&self) -> Value<'_> {
        match self {
            Self::One(value) => value.value(),
            Self::Many(values) => values.value(),
        }
    }
}

impl<T: Parameter> Parameter for BTreeMap<String, T> {
    fn value(&self) -> Value<'_> {
        let members = self.iter();
        Value::Object(
            members
                .map(|(name, value)| (name.into(), value.value()))
                .collect(),
        )
    }
}

impl Parameter for json::Value {
    fn value(&self) -> Value<'_> {
        match self {
            Self::Null => Value::Nothing,
            Self::String(text) => Value::Text(text.into()),
            Self::Bool(_) | Self::Number(_) => Value::Literal(self.to_string().into()),
            Self::Array(items) => Value::List(items.iter().map(Parameter::value).collect()),
            Self::Object(members) => {
                let members = members.iter();
                Value::Object(
                    members
                        .map(|(name, value)| (name.into(), value.value()))
                        .collect(),
                )
            }
        }
    }
}

/// A value that is not in the description is written as JSON.
impl Parameter for json::Unknown {
    fn value(&self) -> Value<'_> {
        serde_json::from_str(&self.data.text()).map_or(Value::Nothing, owned)
    }
}

fn owned(value: json::Value) -> Value<'static> {
    match value {
        json::Value::Null => Value::Nothing,
        json::Value::String(text) => Value::Text(text.into()),
        json::Value::Array(items) => Value::List(items.into_iter().map(owned).collect()),
        json::Value::Object(members) => {
            let members = members.into_iter();
            Value::Object(
                members
                    .map(|(name, value)| (name.into(), owned(value)))
                    .collect(),
            )
        }
        scalar => Value::Literal(scalar.to_string().into()),
    }
}
