//! Headers of a response in the description.
//!
//! ```yaml
//! headers:
//!   X-Rate-Limit: {schema: {type: integer}}    # Header { name: x_rate_limit, ty: Integer }
//!   Link: {schema: {type: string}}             # Header { name: link, ty: Text }
//! ```

use super::{Doc, Name};
use crate::document::Pointer;

/// A header of a response (`OpenAPI` 3.1.1, section 4.8.21).
#[derive(Clone, Debug, PartialEq)]
pub struct Header {
    /// The name, and the method that reads it.
    pub name: Name,
    /// `description`.
    pub doc: Doc,
    /// The type of its value.
    pub ty: HeaderType,
    /// The Header Object.
    pub origin: Pointer,
}

/// The type of the value of a header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeaderType {
    /// One value.
    One(Scalar),
    /// Values separated by commas (RFC 9110, section 5.6.1), in one line or several.
    List(Scalar),
    /// Texts, one in each line, because commas do not separate them: `Set-Cookie` (RFC 9110,
    /// section 5.3).
    Lines,
}

/// A value without parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scalar {
    /// `true` or `false`.
    Bool,
    /// A 64-bit integer.
    Integer,
    /// A number.
    Number,
    /// The text as received: strings, and values with parts.
    Text,
}

/// The headers of all responses of an operation. Operations with the same headers share them.
#[derive(Clone, Debug, PartialEq)]
pub struct HeaderSet {
    /// The struct.
    pub name: Name,
    /// The headers, sorted by name.
    pub headers: Vec<Header>,
    /// Index in [`Api::parts`](super::Api::parts); a flat crate has none.
    pub part: Option<usize>,
}
