//! Reads the text of a description into nodes that are addressed by JSON Pointer and have their
//! place in the text.
//!
//! ```
//! use openapi_codegen::document::{Document, Pointer, Source};
//!
//! let text = "components:\n  schemas:\n    Image: {type: object}\n";
//! let document = Document::parse(Source::new("openapi.yaml", text))?;
//! let pointer = Pointer::from_reference("#/components/schemas/Image/type")?;
//! let schema_type = document.at(&pointer).ok_or("no such place")?;
//! assert_eq!(schema_type.as_str(), Some("object"));
//! assert_eq!(&text[schema_type.span().start as usize..][..6], "object");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod builder;
mod cursor;
mod json;
mod node;
mod number;
mod offsets;
mod scalar;
mod tab;
mod uri;
mod version;
mod yaml;

pub use cursor::At;
pub(crate) use cursor::array_index;
pub(crate) use node::Order;
pub use node::{Key, Mapping, Node, Value};
pub use number::Number;
pub use version::Version;

pub use crate::site::{Location, Pointer, PointerError, Source, Sources, Span};

use crate::diagnostic::{Diagnostic, Diagnostics};
use builder::Builder;
use json::Beginning;

/// A description, and the texts that it was made from.
#[derive(Clone, Debug)]
pub struct Document {
    sources: Sources,
    root: Node,
}

impl Document {
    /// Reads one YAML 1.2 or JSON text.
    ///
    /// # Errors
    /// The first problem that makes the text unreadable, or every key that an object has twice.
    pub fn parse(source: Source) -> Result<Self, Diagnostics> {
        Self::parse_after(&Sources::default(), source)
    }

    /// Reads a text as an additional source after the given ones.
    pub(crate) fn parse_after(sources: &Sources, source: Source) -> Result<Self, Diagnostics> {
        let (sources, number) = sources.with(source);
        let root = read(&sources, number)?;
        Ok(Self { sources, root })
    }

    /// A document of nodes that point into these sources.
    pub(crate) fn from_parts(sources: Sources, root: Node) -> Self {
        Self { sources, root }
    }

    /// The sources and the root.
    pub(crate) fn into_parts(self) -> (Sources, Node) {
        (self.sources, self.root)
    }

    /// The whole document.
    pub fn root(&self) -> At<'_> {
        At::root(&self.root)
    }

    /// The place of a pointer.
    pub fn at(&self, pointer: &Pointer) -> Option<At<'_>> {
        self.root().at(pointer)
    }

    /// A number or boolean as its source writes it (`0x1F`, `True`), any other value as JSON.
    pub(crate) fn written(&self, value: &Node) -> String {
        let Span { source, start, end } = value.span;
        let text = self.sources.get(source).map_or("", |source| &source.text);
        let text = text.get(start as usize..end as usize).unwrap_or_default();
        match &value.value {
            Value::Bool(known) if text.eq_ignore_ascii_case(&known.to_string()) => text.to_owned(),
            Value::Number(number) => number.to_string(),
            _ => value.to_json().to_string(),
        }
    }

    /// The fragment of a reference to a place in this document, with its `#`; `None` for a
    /// reference to another document. If the document has a URI (`$self`, `OpenAPI` 3.2.0, section
    /// 4.1.1), a reference to that URI is a reference to this document.
    pub(crate) fn local<'t>(&self, reference: &'t str) -> Option<&'t str> {
        if reference.starts_with('#') {
            return Some(reference);
        }
        let is_named = Version::of(self) >= Some(Version::V3_2);
        let own = self.root().get("$self").filter(|_| is_named)?;
        uri::fragment(own.as_str()?, reference)
    }

    /// The texts that spans point into.
    pub fn sources(&self) -> &Sources {
        &self.sources
    }
}

/// Reads one of the sources: as JSON if it begins like JSON or is named as JSON, else, or if that
/// fails, as YAML.
fn read(sources: &Sources, number: u16) -> Result<Node, Diagnostics> {
    type Reader = fn(&str, u16, &mut Builder<'_>) -> Result<(), Diagnostic>;
    let source = sources.get(number);
    let text = source.map_or("", |source| &source.text);
    let read_as = |reader: Reader| {
        let mut builder = Builder::new(sources);
        reader(text, number, &mut builder).map(|()| builder)
    };
    let builder = match source.map_or(Beginning::Yaml, json::beginning) {
        Beginning::Json => read_as(json::read),
        // If it is neither, report the format in which it can be read further.
        Beginning::Bracket => read_as(json::read).or_else(|json| {
            read_as(yaml::read).map_err(|yaml| {
                if yaml.span.start > json.span.start {
                    yaml
                } else {
                    json
                }
            })
        }),
        Beginning::Yaml => read_as(yaml::read),
    };
    let builder = builder.map_err(|problem| Diagnostics::one(problem, sources))?;
    let empty = Node::new(
        Value::Null,
        Span {
            source: number,
            start: 0,
            end: 0,
        },
    );
    Ok(builder.finish()?.unwrap_or(empty))
}
