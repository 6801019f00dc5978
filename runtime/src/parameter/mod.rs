//! Parameters of an operation: in the path, the query, headers and cookies.
//!
//! The list `["blue", "dark brown"]` of a parameter `color` becomes, by its style and `explode`
//! (`OpenAPI` 3.1.1, section 4.8.12.4),
//!
//! | style | `explode: false` | `explode: true` |
//! |---|---|---|
//! | matrix | `;color=blue,dark%20brown` | `;color=blue;color=dark%20brown` |
//! | label | `.blue,dark%20brown` | `.blue.dark%20brown` |
//! | simple | `blue,dark%20brown` | `blue,dark%20brown` |
//! | form | `color=blue,dark%20brown` | `color=blue&color=dark%20brown` |
//!
//! All characters but the unreserved ones of a URI (RFC 3986, section 2.3) are percent-encoded, so
//! that a value cannot change the structure of the URI.

mod encode;
mod form;
mod pairs;
mod style;
mod target;
mod value;

pub use form::Member;
pub use pairs::Pairs;
pub use style::{Items, Style};
pub use target::Target;
pub use value::{Members, Parameter, Value};

/// An encoded pair of a query.
pub(crate) fn pair(name: &str, value: &str) -> String {
    [name, value]
        .map(|text| encode::encoded(text, encode::Keep::Unreserved))
        .join("=")
}
