//! A place in a document, and navigation from there.
//!
//! ```
//! use openapi_codegen::document::{Document, Source};
//!
//! let document = Document::parse(Source::new("openapi.yaml", "info:\n  title: Images\n"))?;
//! let title = document.root().get("info").and_then(|info| info.get("title"));
//! let title = title.ok_or("no title")?;
//! assert_eq!(title.as_str(), Some("Images"));
//! assert_eq!(title.pointer().to_string(), "/info/title");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use super::{Key, Mapping, Node, Number, Pointer, Span, Value};
use crate::site::Site;

/// A node together with the pointer to it and the place of its key.
#[derive(Clone, Debug)]
pub struct At<'d> {
    node: &'d Node,
    key_span: Span,
    pointer: Pointer,
}

impl<'d> At<'d> {
    /// The root of a tree.
    pub(crate) fn root(node: &'d Node) -> Self {
        Self {
            node,
            key_span: node.span,
            pointer: Pointer::root(),
        }
    }

    /// The member of this object with this name.
    pub fn get(&self, name: &str) -> Option<Self> {
        let (key, node) = self.as_mapping()?.get_key_value(name)?;
        Some(self.member(key, node))
    }

    /// The members of this object, in the order of the document; empty if this is not an object.
    pub fn members(&self) -> impl Iterator<Item = (&'d Key, Self)> {
        let members = self.as_mapping().into_iter().flat_map(Mapping::iter);
        members.map(|(key, node)| (key, self.member(key, node)))
    }

    /// The element of this array with this index; the first is 0.
    pub fn index(&self, index: usize) -> Option<Self> {
        let node = self.as_sequence()?.get(index)?;
        Some(self.element(index, node))
    }

    /// The elements of this array; empty if this is not an array.
    pub fn items(&self) -> impl Iterator<Item = Self> {
        let items = self.as_sequence().unwrap_or_default();
        items
            .iter()
            .enumerate()
            .map(|(index, node)| self.element(index, node))
    }

    /// The place of a pointer that is relative to this place.
    pub fn at(&self, pointer: &Pointer) -> Option<Self> {
        pointer
            .segments()
            .try_fold(self.clone(), |at, segment| match at.value() {
                Value::Mapping(_) => at.get(&segment),
                Value::Sequence(_) => at.index(array_index(&segment)?),
                _ => None,
            })
    }

    /// The text, if this is a string.
    pub fn as_str(&self) -> Option<&'d str> {
        match self.value() {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// The value, if this is a boolean.
    pub fn as_bool(&self) -> Option<bool> {
        match self.value() {
            Value::Bool(value) => Some(*value),
            _ => None,
        }
    }

    /// The number, if this is one.
    pub fn as_number(&self) -> Option<&'d Number> {
        match self.value() {
            Value::Number(number) => Some(number),
            _ => None,
        }
    }

    /// The value, if this is an integer that fits.
    pub fn as_i64(&self) -> Option<i64> {
        self.as_number()?.as_i64()
    }

    /// The value, if this is an integer that fits and is not negative.
    pub fn as_u64(&self) -> Option<u64> {
        self.as_number()?.as_u64()
    }

    /// The nearest value with 53 bits, if this is a number.
    pub fn as_f64(&self) -> Option<f64> {
        self.as_number().map(Number::as_f64)
    }

    /// The elements, if this is an array.
    pub fn as_sequence(&self) -> Option<&'d [Node]> {
        match self.value() {
            Value::Sequence(items) => Some(items),
            _ => None,
        }
    }

    /// The members, if this is an object.
    pub fn as_mapping(&self) -> Option<&'d Mapping> {
        match self.value() {
            Value::Mapping(mapping) => Some(mapping),
            _ => None,
        }
    }

    /// True if this is `null`.
    pub fn is_null(&self) -> bool {
        matches!(self.value(), Value::Null)
    }

    /// The node.
    pub fn node(&self) -> &'d Node {
        self.node
    }

    /// The value of the node.
    pub fn value(&self) -> &'d Value {
        &self.node.value
    }

    /// The pointer from the root of the document to here.
    pub fn pointer(&self) -> &Pointer {
        &self.pointer
    }

    /// The place of the value in the text.
    pub fn span(&self) -> Span {
        self.node.span
    }

    /// The place of the key in the text; the value if this is not a member of an object.
    pub fn key_span(&self) -> Span {
        self.key_span
    }

    fn member(&self, key: &Key, node: &'d Node) -> Self {
        Self {
            node,
            key_span: key.span,
            pointer: self.pointer.child(&key.name),
        }
    }

    fn element(&self, index: usize, node: &'d Node) -> Self {
        Self {
            node,
            key_span: node.span,
            pointer: self.pointer.index(index),
        }
    }
}

impl From<&At<'_>> for Site {
    fn from(at: &At<'_>) -> Self {
        Self {
            span: at.span(),
            key_span: at.key_span,
            pointer: at.pointer.clone(),
        }
    }
}

/// An index in the form of RFC 6901, section 4: without a sign or leading zeros.
pub(crate) fn array_index(segment: &str) -> Option<usize> {
    let canonical = segment == "0" || !segment.starts_with(['0', '+']);
    canonical.then(|| segment.parse().ok())?
}
