//! Bounds on the values of a field.

use std::collections::{BTreeMap, BTreeSet};

use super::Type;
use crate::document::Number;

/// Bounds on a value; all `None` if there are none.
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
    /// The values of an `enum` that does not list strings, as JSON texts; left to the server.
    pub listed: Option<BTreeSet<String>>,
    /// Other keywords that restrict the values, with their JSON texts; left to the server.
    pub unchecked: BTreeMap<&'static str, String>,
}

static NONE: Limits = Limits {
    minimum: None,
    maximum: None,
    multiple_of: None,
    min_length: None,
    max_length: None,
    min_items: None,
    max_items: None,
    unique: false,
    each: None,
    listed: None,
    unchecked: BTreeMap::new(),
};

impl Limits {
    /// The bounds on each item of a list, or on each value of a map.
    #[must_use]
    pub fn of_each(&self) -> &Self {
        self.each.as_deref().unwrap_or(&NONE)
    }

    /// True if a value of this type may violate one of these bounds, apart from the bounds of
    /// emitted types.
    #[must_use]
    pub fn bound(&self, ty: &Type) -> bool {
        let by_length = self.min_length.is_some() || self.max_length.is_some();
        match ty {
            // JSON has no infinite numbers.
            Type::F64 => true,
            Type::I32 | Type::I64 | Type::U64 => {
                self.minimum.is_some() || self.maximum.is_some() || self.multiple_of.is_some()
            }
            Type::String | Type::Uri | Type::Base64 | Type::File | Type::Named(_) => by_length,
            Type::List(inner) | Type::OneOrMany(inner) | Type::Map(inner) => {
                self.min_items.is_some()
                    || self.max_items.is_some()
                    || (self.unique && matches!(ty, Type::List(_)))
                    || self.of_each().bound(inner)
            }
            Type::Option(inner) | Type::Boxed(inner) => self.bound(inner),
            Type::Bool | Type::Text | Type::Json => false,
        }
    }

    /// True if there are no bounds that are checked.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let checked = Self {
            listed: None,
            unchecked: BTreeMap::new(),
            ..self.clone()
        };
        checked == Self::default()
    }

    /// The bounds of an item, if there are any.
    #[must_use]
    pub fn boxed(self) -> Option<Box<Self>> {
        (self != Self::default()).then(|| Box::new(self))
    }
}

/// A bound of a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bound {
    /// The number, in decimal digits.
    pub number: Number,
    /// True if the bound itself is not allowed.
    pub exclusive: bool,
}
