//! Schemas: `read` normalises the keywords of all versions, `types` selects the shape, and each
//! shape has a module.
//!
//! ```yaml
//! type: object                                      # object
//! enum: [a, b]                                      # enumeration
//! oneOf: [{$ref: …}, {$ref: …}]                     # union, tag
//! ```

pub(in crate::lower) mod alternative_name;
pub(in crate::lower) mod beside;
pub(in crate::lower) mod enumeration;
pub(in crate::lower) mod event;
pub(in crate::lower) mod exclusive;
pub(in crate::lower) mod integer;
pub(in crate::lower) mod json_type;
pub(in crate::lower) mod limits;
pub(in crate::lower) mod mapping;
pub(in crate::lower) mod object;
pub(in crate::lower) mod one_or_many;
pub(in crate::lower) mod read;
pub(in crate::lower) mod rule;
mod scalar_type;
pub(in crate::lower) mod tag;
mod tag_value;
pub(in crate::lower) mod types;
pub(in crate::lower) mod union;
pub(in crate::lower) mod value;
pub(in crate::lower) mod variant;

pub(in crate::lower) use read::*;
