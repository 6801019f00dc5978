//! Sites: places in source texts, and in the document by JSON Pointer.

mod pointer;
mod source;

pub use pointer::{Pointer, PointerError};
pub use source::{Location, Source, Sources, Span};

/// The site of a value, and of its key.
#[derive(Clone, Debug)]
pub struct Site {
    /// The value in the text.
    pub span: Span,
    /// The key in the text; the value if it is not a member of an object.
    pub key_span: Span,
    /// The value in the document.
    pub pointer: Pointer,
}
