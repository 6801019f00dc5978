//! Servers, and the variables of their URLs.

use super::{Doc, Name};
use crate::document::Pointer;

/// A Server Object.
#[derive(Clone, Debug, PartialEq)]
pub struct Server {
    /// The item in the module `servers`: a struct if the URL has variables, else a constant.
    /// `None` if the constant `SERVER` is enough.
    pub name: Option<Name>,
    /// `url` in the document.
    pub url: String,
    /// The pieces of the URL.
    pub segments: Vec<UrlSegment>,
    /// The variables of the URL, in its order.
    pub variables: Vec<ServerVariable>,
    /// `description`.
    pub doc: Doc,
    /// The Server Object.
    pub origin: Pointer,
}

/// A piece of the URL of a server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UrlSegment {
    /// Literal text.
    Literal(String),
    /// The value of a variable: index in [`Server::variables`].
    Variable(usize),
}

/// A variable of a server's URL.
#[derive(Clone, Debug, PartialEq)]
pub struct ServerVariable {
    /// The variable, and the method that sets it.
    pub name: Name,
    /// `default`. Callers must set a variable that has none.
    pub default: Option<String>,
    /// `enum`. Callers may set other values.
    pub values: Vec<String>,
    /// `description`.
    pub doc: Doc,
    /// The Server Variable Object, or the URL if the variable is not defined.
    pub origin: Pointer,
}

impl Server {
    /// The URL with the defaults of its variables; `None` if a variable has no default.
    #[must_use]
    pub fn default_url(&self) -> Option<String> {
        let pieces = self.segments.iter().map(|segment| match segment {
            UrlSegment::Literal(text) => Some(text.as_str()),
            UrlSegment::Variable(index) => self.variables[*index].default.as_deref(),
        });
        pieces.collect()
    }

    /// The variables without a default, which callers must set.
    pub fn required(&self) -> impl Iterator<Item = &ServerVariable> {
        let variables = self.variables.iter();
        variables.filter(|variable| variable.default.is_none())
    }

    /// True if the URL has no scheme: it is relative to the location of the description (`OpenAPI`
    /// 3.1.1, section 4.8.5).
    #[must_use]
    pub fn is_relative(&self) -> bool {
        !self.url.contains("://")
    }
}
