//! Fields that are not in the description.

use std::collections::{HashMap, hash_map::Entry};

use serde::{Serialize, Serializer};
use serde_json::Value;

/// Fields to send that are not in the description, in the order in which they were first given.
///
/// [`Value`] has only finite numbers: `Value::from(f64::NAN)` is null.
///
/// ```
/// use openapi_runtime::Extra;
///
/// let mut extra = Extra::new();
/// extra.insert("seed", 7).insert("tags", vec!["a", "b"]).insert("seed", 8);
/// assert_eq!(serde_json::to_string(&extra)?, r#"{"seed":8,"tags":["a","b"]}"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Extra(Vec<(String, Value)>);

impl Extra {
    /// No fields.
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// Adds a field, or replaces its value.
    pub fn insert(&mut self, name: impl Into<String>, value: impl Into<Value>) -> &mut Self {
        let (name, value) = (name.into(), value.into());
        match self.0.iter_mut().find(|(found, _)| *found == name) {
            Some((_, old)) => *old = value,
            None => self.0.push((name, value)),
        }
        self
    }

    /// The fields in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value))
    }

    /// True if there are no fields.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<N: Into<String>, V: Into<Value>> FromIterator<(N, V)> for Extra {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(fields: I) -> Self {
        let mut extra = Self::new();
        // Searching the fields for each name would take quadratic time.
        let mut places: HashMap<String, usize> = HashMap::new();
        for (name, value) in fields {
            let (name, value) = (name.into(), value.into());
            match places.entry(name) {
                Entry::Occupied(place) => extra.0[*place.get()].1 = value,
                Entry::Vacant(place) => {
                    extra.0.push((place.key().clone(), value));
                    place.insert(extra.0.len() - 1);
                }
            }
        }
        extra
    }
}

impl Serialize for Extra {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
    }
}
