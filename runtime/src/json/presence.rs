//! How a member is read, by whether it must be there and whether null is a value: a module for each presence that
//! [`object!`](crate::object) lists.
//!
//! `absent` stands for a member until it is found, `read` reads its value, and `value` makes the field of what was found. Of a
//! repeated member the last one counts. [`ObjectWriter`](super::ObjectWriter) has a method of the same name for each.

use serde::de::MapAccess;

use super::{Decode, Members};

/// The member must be there; null is as good as absent.
pub mod required {
    pub use super::super::required as value;
    pub use super::{none as absent, read};
}

/// The member must be there; null is one of its values.
pub mod required_nullable {
    pub use super::super::required as value;
    pub use super::{none as absent, read_any as read};
}

/// The member may be absent or null, which is the same.
pub mod optional {
    pub use super::{as_found as value, none as absent, read};
}

/// The member may be absent or null, which is not the same.
pub mod nullable {
    pub use super::{as_found as value, read};
    use crate::Nullable;

    /// No member yet.
    pub const fn absent<T>() -> Nullable<T> {
        Nullable::Absent
    }
}

/// The member may be absent; null is one of its values.
pub mod optional_any {
    pub use super::{as_found as value, none as absent, read_any as read};
}

/// The member is true, or as good as absent. It is left out where it is false.
pub mod switch {
    pub use super::{is_on as value, none as absent, read};
}

/// The member is true, or as good as absent. It is always written.
pub mod sent_switch {
    pub use super::{is_on as value, none as absent, read};
}

/// No member yet.
pub const fn none<T>() -> Option<T> {
    None
}

/// The value of a member; an `Option` reads null as absent.
pub fn read<'de, T: Decode<'de>, A: MapAccess<'de>>(
    members: &mut Members<'_, 'de, A>,
) -> Result<T, A::Error> {
    members.value()
}

/// The value of a member that may be null.
pub fn read_any<'de, T: Decode<'de>, A: MapAccess<'de>>(
    members: &mut Members<'_, 'de, A>,
) -> Result<Option<T>, A::Error> {
    members.value().map(Some)
}

/// The field is what was found.
pub const fn as_found<T, E>(found: T, _name: &'static str) -> Result<T, E> {
    Ok(found)
}

/// The field is whether the member was true.
pub fn is_on<E>(found: Option<bool>, _name: &'static str) -> Result<bool, E> {
    Ok(found.unwrap_or_default())
}
