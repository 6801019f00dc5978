//! Where in a JSON text there is base64.

use super::Decode;

/// Where in the values of a type there is base64, so that it can be decoded before the rest of the text is there.
///
/// A place within itself is no problem: what lies below a place is asked for only once a text leads there.
#[derive(Clone, Copy, Debug, Default)]
pub enum Base64At {
    /// Nowhere that can be told before the whole text is there.
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

/// Where there is base64 in the values of a type.
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

    /// Whether there may be base64 at all.
    pub(crate) const fn is_somewhere(self) -> bool {
        !matches!(self, Self::Nowhere | Self::Members([]))
    }
}
