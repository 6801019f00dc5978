//! Bounds on the values of a field.

use std::collections::{BTreeMap, BTreeSet};

use crate::document::Number;

/// Bounds on a value; all `None` where there are none.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Limits {
    /// `minimum`, `maximum`, exclusive or not, of a number.
    pub minimum: Option<Bound>,
    /// See `minimum`.
    pub maximum: Option<Bound>,
    /// `multipleOf`.
    pub multiple_of: Option<Number>,
    /// `minLength`: characters of a string, bytes of a file.
    pub min_length: Option<u64>,
    /// `maxLength`: characters of a string, bytes of a file.
    pub max_length: Option<u64>,
    /// `minItems` of a list, `minProperties` of a map.
    pub min_items: Option<u64>,
    /// `maxItems` of a list, `maxProperties` of a map.
    pub max_items: Option<u64>,
    /// `uniqueItems`.
    pub unique: bool,
    /// Bounds on each item.
    pub each: Option<Box<Limits>>,
    /// The values that `enum` lists, as JSON texts, where they are no strings; left to the server.
    pub listed: Option<BTreeSet<String>>,
    /// Other keywords that say which values there are, with what they say as JSON text; they are left to the server.
    pub unchecked: BTreeMap<&'static str, String>,
}

impl Limits {
    /// Whether there is no bound that is checked.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let checked = Self {
            listed: None,
            unchecked: BTreeMap::new(),
            ..self.clone()
        };
        checked == Self::default()
    }

    /// The bounds of an item, if anything is said of it.
    #[must_use]
    pub fn boxed(self) -> Option<Box<Self>> {
        (self != Self::default()).then(|| Box::new(self))
    }
}

/// A bound of a number, as the document writes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bound {
    /// The number, in decimal digits.
    pub number: Number,
    /// Whether the bound itself is out of bounds.
    pub exclusive: bool,
}
