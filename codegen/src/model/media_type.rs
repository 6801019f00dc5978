//! Media types.
//!
//! ```yaml
//! content:
//!   Application/JSON; charset=utf-8: …   # essence() == "application/json"
//!   image/*: …                           # is_range()
//! ```

use std::fmt;

/// A media type, or a range of them (RFC 9110, sections 8.3.1 and 12.5.1), as written in the
/// document.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct MediaType(String);

impl MediaType {
    pub(crate) fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text in the document.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The type without parameters, in lower case.
    #[must_use]
    pub fn essence(&self) -> String {
        let essence = self.0.split(';').next().unwrap_or_default();
        essence.trim().to_ascii_lowercase()
    }

    /// The media type of a part, if only one is listed. `None` for several or a range: then the
    /// caller names it.
    #[must_use]
    pub fn only(listed: &[Self]) -> Option<&Self> {
        match listed {
            [one] if !one.is_range() => Some(one),
            _ => None,
        }
    }

    /// True for a range such as `image/*`, which cannot be a `Content-Type`.
    #[must_use]
    pub fn is_range(&self) -> bool {
        self.essence().contains('*')
    }

    /// True for JSON and types based on it: `application/problem+json` (RFC 6839, section 3.1).
    #[must_use]
    pub fn is_json(&self) -> bool {
        let essence = self.essence();
        essence == "application/json" || essence.ends_with("+json")
    }
}

impl fmt::Display for MediaType {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}
