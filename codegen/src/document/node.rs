//! The tree of a document: JSON values with their places in the text.
//!
//! ```yaml
//! n: {minimum: 1}   # Mapping [(Key "n", Mapping [(Key "minimum", Number 1)])], each with its Span
//! ```

use std::collections::HashMap;
use std::fmt;

use serde::de::DeserializeOwned;

use super::{Number, Span};

/// A value and its place in the text.
#[derive(Clone, Debug)]
pub struct Node {
    /// The value.
    pub value: Value,
    /// From the first to the last byte of the value, quotes and brackets included.
    pub span: Span,
}

/// A JSON value (RFC 8259, section 3).
#[derive(Clone, Debug)]
pub enum Value {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number, as it is written.
    Number(Number),
    /// A string, without its quotes and escapes.
    String(String),
    /// A sequence: a JSON array.
    Sequence(Vec<Node>),
    /// A mapping: a JSON object.
    Mapping(Mapping),
}

impl Node {
    /// A value at a place.
    pub const fn new(value: Value, span: Span) -> Self {
        Self { value, span }
    }

    /// The value as JSON without places.
    ///
    /// Numbers that are integers of 64 bits are exact, others are the nearest `f64`; the
    /// infinities and NaN of YAML, which JSON does not have, become `null`.
    pub fn to_json(&self) -> serde_json::Value {
        use serde_json::Value as Json;
        match &self.value {
            Value::Null => Json::Null,
            Value::Bool(value) => Json::Bool(*value),
            Value::Number(number) => number.to_json(),
            Value::String(text) => Json::String(text.clone()),
            Value::Sequence(items) => Json::Array(items.iter().map(Self::to_json).collect()),
            Value::Mapping(mapping) => {
                let member = |(key, node): (&Key, &Self)| (key.name.clone(), node.to_json());
                Json::Object(mapping.iter().map(member).collect())
            }
        }
    }

    /// True if two nodes have the same value, with numbers compared as written. Places do not
    /// count.
    pub(crate) fn is_same(&self, other: &Self, order: Order) -> bool {
        match (&self.value, &other.value) {
            (Value::Null, Value::Null) => true,
            (Value::Bool(one), Value::Bool(other)) => one == other,
            (Value::Number(one), Value::Number(other)) => one == other,
            (Value::String(one), Value::String(other)) => one == other,
            (Value::Sequence(one), Value::Sequence(other)) => {
                let mut pairs = one.iter().zip(other);
                one.len() == other.len() && pairs.all(|(one, other)| one.is_same(other, order))
            }
            (Value::Mapping(one), Value::Mapping(other)) => {
                let same = |((key, one), (like, other)): ((&Key, &Self), (&Key, &Self))| {
                    key.name == like.name && one.is_same(other, order)
                };
                let found = |(key, one): (&Key, &Self)| {
                    let other = other.get(&key.name);
                    other.is_some_and(|other| one.is_same(other, order))
                };
                one.len() == other.len()
                    && match order {
                        Order::Counts => one.iter().zip(other.iter()).all(same),
                        Order::IsNothing => one.iter().all(found),
                    }
            }
            _ => false,
        }
    }

    /// Reads the value as a type of another crate, through its JSON form.
    ///
    /// # Errors
    /// The value does not have the form of `T`. The error has no place, so this is for small
    /// leaves.
    pub fn read<T: DeserializeOwned>(&self) -> Result<T, serde_json::Error> {
        serde_json::from_value(self.to_json())
    }
}

/// The significance of the order of members in comparisons.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Order {
    Counts,
    IsNothing,
}

impl Value {
    /// The name of the type as JSON Schema writes it, for messages: `null`, `boolean`, `number`,
    /// `string`, `array` or `object`.
    pub const fn type_name(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "boolean",
            Self::Number(_) => "number",
            Self::String(_) => "string",
            Self::Sequence(_) => "array",
            Self::Mapping(_) => "object",
        }
    }
}

/// The name of a member and its place in the text.
#[derive(Clone, Debug)]
pub struct Key {
    /// The name, without quotes and escapes.
    pub name: String,
    /// From the first to the last byte of the name, quotes included.
    pub span: Span,
}

/// The members of an object, in the order of the document, with unique names.
#[derive(Clone, Default)]
pub struct Mapping {
    members: Vec<(Key, Node)>,
    /// The place of each name in `members`, once there are more than [`LINEAR`] of them; empty
    /// before.
    places: HashMap<Box<str>, usize>,
}

/// Up to this many members, comparing all names is faster than hashing one.
const LINEAR: usize = 16;

impl Mapping {
    /// The number of members.
    pub fn len(&self) -> usize {
        self.members.len()
    }

    /// True if there are no members.
    pub fn is_empty(&self) -> bool {
        self.members.is_empty()
    }

    /// The value of the member with this name.
    pub fn get(&self, name: &str) -> Option<&Node> {
        self.get_key_value(name).map(|(_, node)| node)
    }

    /// The member with this name.
    pub fn get_key_value(&self, name: &str) -> Option<(&Key, &Node)> {
        let (key, node) = self.members.get(self.place(name)?)?;
        Some((key, node))
    }

    /// The members, in the order of the document.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&Key, &Node)> + ExactSizeIterator {
        self.members.iter().map(|(key, node)| (key, node))
    }

    /// The value of the member with this name, to be changed.
    pub fn get_mut(&mut self, name: &str) -> Option<&mut Node> {
        let place = self.place(name)?;
        self.members.get_mut(place).map(|(_, node)| node)
    }

    /// Adds a member at the end; one with the same name gets the new value and key, stays at its
    /// place, and the old value is returned.
    pub fn insert(&mut self, key: Key, node: Node) -> Option<Node> {
        if let Some(old) = self
            .place(&key.name)
            .and_then(|place| self.members.get_mut(place))
        {
            return Some(std::mem::replace(old, (key, node)).1);
        }
        let place = self.members.len();
        if !self.places.is_empty() {
            self.places.insert(key.name.as_str().into(), place);
        }
        self.members.push((key, node));
        if place == LINEAR {
            self.index();
        }
        None
    }

    /// Takes a member out; the others keep their order.
    pub fn remove(&mut self, name: &str) -> Option<Node> {
        let place = self.place(name)?;
        let (_, node) = self.members.remove(place);
        self.index();
        Some(node)
    }

    fn place(&self, name: &str) -> Option<usize> {
        if self.places.is_empty() {
            self.members.iter().position(|(key, _)| key.name == name)
        } else {
            self.places.get(name).copied()
        }
    }

    fn index(&mut self) {
        self.places.clear();
        if self.members.len() > LINEAR {
            let names = self.members.iter().map(|(key, _)| key.name.as_str().into());
            self.places.extend(names.zip(0..));
        }
    }
}

impl IntoIterator for Mapping {
    type Item = (Key, Node);
    type IntoIter = std::vec::IntoIter<(Key, Node)>;

    fn into_iter(self) -> Self::IntoIter {
        self.members.into_iter()
    }
}

impl fmt::Debug for Mapping {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map()
            .entries(self.iter().map(|(key, node)| (&key.name, node)))
            .finish()
    }
}
