//! Places of base64 in a JSON text.

use super::Decode;

/// The places of base64 in the values of a type, so that it can be decoded before the rest of the
/// text arrives.
///
/// Recursive places are possible, since the places below a place are computed only when a text
/// contains it.
#[derive(Clone, Copy, Debug, Default)]
pub enum Base64At {
    /// At no place that is known before the whole text has arrived.
    #[default]
    Nowhere,
    /// The value itself.
    Here,
    /// In the items of an array.
    Items(fn() -> Self),
    /// In the values of a map.
    Values(fn() -> Self),
    /// In some members of an object.
    Members(Base64Members),
}

/// The members with base64, by name.
pub type Base64Members = &'static [(&'static str, fn() -> Base64At)];

/// The places of base64 in the values of a type.
pub fn base64_at<T: for<'de> Decode<'de>>() -> Base64At {
    T::base64()
}

impl Base64At {
    /// The place of a member's value.
    pub(super) fn member(self, name: &[u8]) -> Self {
        match self {
            Self::Members(members) => members
                .iter()
                .find(|(found, _)| found.as_bytes() == name)
                .map_or(Self::Nowhere, |(_, place)| place()),
            Self::Values(place) => place(),
            Self::Nowhere | Self::Here | Self::Items(_) => Self::Nowhere,
        }
    }

    /// The place of an item.
    pub(super) fn item(self) -> Self {
        match self {
            Self::Items(place) => place(),
            _ => Self::Nowhere,
        }
    }

    /// True if there may be base64 at all.
    pub(crate) const fn is_somewhere(self) -> bool {
        !matches!(self, Self::Nowhere | Self::Members([]))
    }
}
