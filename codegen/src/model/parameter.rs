//! Parameters, and path templates.
//!
//! ```yaml
//! /files/{id}/content:                             # Literal(/files/), Parameter(0), Literal(/content)
//!   get:
//!     parameters:
//!     - {name: id, in: path, required: true, schema: {type: string}}
//!     - {name: limit, in: query, schema: {type: integer}}   # Parameter { location: Query, required: false }
//! ```

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::{Doc, Limits, Name, Type};
use crate::document::Pointer;

/// The path of an operation (`OpenAPI` 3.1.1, section 4.8.8.2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathTemplate {
    /// The text in the document.
    pub text: String,
    /// Its pieces, without the fragment, which HTTP does not send.
    pub segments: Vec<Segment>,
}

impl PathTemplate {
    /// The encoded path, if it has no parameters.
    #[must_use]
    pub fn fixed(&self) -> Option<String> {
        let literal = |segment: &Segment| match segment {
            Segment::Literal(text) => Some(text.clone()),
            Segment::Parameter(_) => None,
        };
        self.segments.iter().map(literal).collect()
    }
}

/// A piece of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Segment {
    /// Sent unchanged.
    Literal(String),
    /// Index in [`Operation::parameters`](super::Operation::parameters).
    Parameter(usize),
}

/// A parameter of an operation (`OpenAPI` 3.2.0, section 4.12).
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// `name`, and the field of the operation.
    pub name: Name,
    /// `description`.
    pub doc: Doc,
    /// The location.
    pub location: Location,
    /// The type of a value.
    pub ty: Type,
    /// True if the operation cannot be called without it.
    pub required: bool,
    /// Bounds on the value.
    pub limits: Limits,
    /// `default`, as JSON text: the server's, never sent.
    pub default: Option<String>,
    /// The encoding of a value.
    pub encoding: Encoding,
    /// Encodings of the form's members in a whole-query parameter, from its Encoding Objects.
    pub members: BTreeMap<String, Encoding>,
    /// The Parameter Object.
    pub origin: Pointer,
}

impl Parameter {
    /// The name on the wire: that of a header is in lower case, as in HTTP/2 (RFC 9113, section
    /// 8.2.1).
    #[must_use]
    pub fn sent_name(&self) -> Cow<'_, str> {
        match self.location {
            Location::Header => self.name.wire().to_ascii_lowercase().into(),
            Location::Path | Location::Query | Location::QueryString | Location::Cookie => {
                self.name.wire().into()
            }
        }
    }
}

/// The location of a parameter: `in`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Location {
    /// In the path.
    Path,
    /// In the query.
    Query,
    /// As the whole query.
    QueryString,
    /// As a header.
    Header,
    /// As a cookie.
    Cookie,
}

impl Location {
    /// The value of `in`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::QueryString => "querystring",
            Self::Header => "header",
            Self::Cookie => "cookie",
        }
    }
}

/// The encoding of a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// By a style.
    Style(Styled),
    /// As JSON (`content`).
    Json,
    /// As a text (`content`).
    Text,
    /// As `application/x-www-form-urlencoded` (`content`).
    Form,
}

/// The encoding of a value by a style (`OpenAPI` 3.2.0, section 4.12.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Styled {
    /// `style`
    pub style: Style,
    /// `explode`
    pub explode: bool,
    /// `allowReserved`
    pub reserved: bool,
    /// `x-query-array`
    pub items: Items,
}

impl Styled {
    pub(crate) const fn new(style: Style, explode: bool) -> Self {
        Self {
            style,
            explode,
            reserved: false,
            items: Items::Repeat,
        }
    }

    /// True if the style and `explode` determine everything.
    #[must_use]
    pub fn is_plain(self) -> bool {
        let is_named_by_style = self.items == Items::Repeat || self.style == Style::DeepObject;
        is_named_by_style && !self.reserved
    }
}

/// `style`
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// `simple`
    Simple,
    /// `label`
    Label,
    /// `matrix`
    Matrix,
    /// `form`
    Form,
    /// `spaceDelimited`
    SpaceDelimited,
    /// `pipeDelimited`
    PipeDelimited,
    /// `deepObject`
    DeepObject,
    /// `cookie`
    Cookie,
}

impl Style {
    /// The text in the document.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Simple => "simple",
            Self::Label => "label",
            Self::Matrix => "matrix",
            Self::Form => "form",
            Self::SpaceDelimited => "spaceDelimited",
            Self::PipeDelimited => "pipeDelimited",
            Self::DeepObject => "deepObject",
            Self::Cookie => "cookie",
        }
    }
}

/// The names of the items of a list in a query: `x-query-array`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Items {
    /// `repeat`: the name of the parameter.
    Repeat,
    /// `brackets`: `name[]`.
    Brackets,
    /// `indices`: `name[0]`.
    Indices,
}

impl Items {
    /// The value of `x-query-array`, if it is not the default.
    #[must_use]
    pub fn extension(self) -> Option<&'static str> {
        match self {
            Self::Repeat => None,
            Self::Brackets => Some("brackets"),
            Self::Indices => Some("indices"),
        }
    }
}
