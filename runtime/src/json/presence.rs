//! Reading of a member, by its presence: it may be required, and null may be a value. There is a
//! module for each presence that [`object!`](crate::object) lists.
//!
//! `absent` is the state of a member until it is found, `read` reads its value, and `value`
//! converts the result to the field. The last of several equal members counts.
//! [`ObjectWriter`](super::ObjectWriter) has a method of the same name for each.

use serde::de::MapAccess;

use super::{Decode, Members};

/// The member must be present; null counts as absent.
pub mod required {
    pub use super::super::required as value;
    pub use super::{none as absent, read};
}

/// The member must be present; null is one of its values.
pub mod required_nullable {
    pub use super::super::required as value;
    pub use super::{none as absent, read_any as read};
}

/// The member may be absent or null, which means the same.
pub mod optional {
    pub use super::{as_found as value, none as absent, read};
}

/// The member may be absent or null, which are distinguished.
pub mod nullable {
    pub use super::{as_found as value, read};
    use crate::Nullable;

    /// The state before the member is found.
    pub const fn absent<T>() -> Nullable<T> {
        Nullable::Absent
    }
}

/// The member may be absent; null is one of its values.
pub mod optional_any {
    pub use super::{as_found as value, none as absent, read_any as read};
}

/// A boolean member; absent means false. It is written only if it is true.
pub mod switch {
    pub use super::{is_on as value, none as absent, read};
}

/// A boolean member; absent means false. It is always written.
pub mod sent_switch {
    pub use super::{is_on as value, none as absent, read};
}

/// The state before the member is found.
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

/// The field is the found value.
pub const fn as_found<T, E>(found: T, _name: &'static str) -> Result<T, E> {
    Ok(found)
}

/// The field is true if the member was true.
pub fn is_on<E>(found: Option<bool>, _name: &'static str) -> Result<bool, E> {
    Ok(found.unwrap_or_default())
}
