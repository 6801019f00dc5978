//! The emitted code: golden files that are compiled, where each symbol comes from, programs of
//! callers, drift, and the descriptions of real services.

mod bindings;
mod compiled;
mod corpus;
mod documents;
mod drift;
mod examples;
mod groups;
mod stable;
mod vocabulary;
