//! Names of the model's items in Rust, and bounds in words, for emitted code and for the
//! comparison.
//!
//! ```text
//! Type::List(Type::String)               Vec<String>; a setter takes impl IntoIterator<Item = impl Into<String>>
//! Codec::Events(Type::Named(…))          EventResponse<EditImageEvent>
//! Limits { min_items: 1, max_items: 16 } 1 to 16 items
//! ```

mod bounds;
mod response;
mod types;

pub(crate) use bounds::limits_in_words;
pub(crate) use response::{Reader, header_type, reader, status_content};
pub(crate) use types::{Taken, field_type, ident, taken, type_ident, type_tokens};
