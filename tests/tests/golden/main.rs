//! What is emitted: golden files that are compiled, where each symbol comes from, programs of
//! callers that compile or do not, drift, and the descriptions of real services.

mod bindings;
mod compiled;
mod corpus;
mod documents;
mod drift;
mod examples;
mod groups;
mod stable;
mod vocabulary;
