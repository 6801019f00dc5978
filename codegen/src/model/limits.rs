//! Bounds on the values of a field.

/// Bounds on a value; all `None` where there are none.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Limits {
    /// `minimum`, `maximum`, exclusive or not, of a number.
    pub minimum: Option<Bound>,
    /// See `minimum`.
    pub maximum: Option<Bound>,
    /// `multipleOf`.
    pub multiple_of: Option<String>,
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
}

impl Limits {
    /// Whether there is no bound at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// A bound of a number, as the document writes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bound {
    /// A JSON number.
    pub number: String,
    /// Whether the bound itself is out of bounds.
    pub exclusive: bool,
}
