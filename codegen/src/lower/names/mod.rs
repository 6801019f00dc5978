//! Rust names: `name` converts a name of the document, `place` determines the name that a schema
//! asks for, and `naming` decides which place gets it.

pub(in crate::lower) mod module;
pub(in crate::lower) mod name;
pub(in crate::lower) mod naming;
pub(in crate::lower) mod place;
mod sign;
