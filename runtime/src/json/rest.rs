//! Reading of members that are not in the description: a module for each field that
//! [`object!`](crate::object) can list for them.
//!
//! `none` is the initial state, `add` reads one member, and `value` makes the field. The last of
//! several equal members counts. [`ObjectWriter`](super::ObjectWriter) has a method of the same
//! name for each.

/// Members of any type.
pub mod extra {
    use std::borrow::Cow;

    use serde::de::MapAccess;
    use serde_json::Value;

    use super::super::Members;
    use crate::Extra;

    /// No members yet.
    pub const fn none() -> Vec<(String, Value)> {
        Vec::new()
    }

    /// Reads the value of a member.
    pub fn add<'de, A: MapAccess<'de>>(
        found: &mut Vec<(String, Value)>,
        name: Cow<'de, str>,
        members: &mut Members<'_, 'de, A>,
    ) -> Result<(), A::Error> {
        found.push((name.into_owned(), members.value()?));
        Ok(())
    }

    /// The field.
    pub fn value(found: Vec<(String, Value)>) -> Extra {
        found.into_iter().collect()
    }
}

/// Members of one type.
pub mod additional {
    use std::{borrow::Cow, collections::BTreeMap};

    use serde::de::MapAccess;

    use super::super::{Decode, Members};

    /// No members yet.
    pub const fn none<T>() -> BTreeMap<String, T> {
        BTreeMap::new()
    }

    /// Reads the value of a member.
    pub fn add<'de, T: Decode<'de>, A: MapAccess<'de>>(
        found: &mut BTreeMap<String, T>,
        name: Cow<'de, str>,
        members: &mut Members<'_, 'de, A>,
    ) -> Result<(), A::Error> {
        found.insert(name.into_owned(), members.value()?);
        Ok(())
    }

    /// The field.
    pub const fn value<T>(found: BTreeMap<String, T>) -> BTreeMap<String, T> {
        found
    }
}
