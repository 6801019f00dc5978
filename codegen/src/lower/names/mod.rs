//! Rust names: `name` makes one of a name of the document, `place` says which one a schema asks for, and `naming` settles which
//! place has it.

pub(in crate::lower) mod name;
pub(in crate::lower) mod naming;
pub(in crate::lower) mod place;
