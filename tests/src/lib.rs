//! The programs of the README and of `docs/calling.md`, compiled.
#![expect(clippy::doc_markdown, reason = "the README is read as a page")]
#![doc = include_str!("../../README.md")]
#![doc = include_str!("../../docs/calling.md")]

pub mod caller;
pub mod changes;
pub mod corpus;
pub mod difference;
pub mod growth;
pub mod instances;
pub mod meaning;
pub mod modules;
pub mod mutation;
pub mod pipeline;
pub mod rustc;
pub mod schema;
pub mod scratch;
pub mod surface;
pub mod tables;
pub mod wire;
