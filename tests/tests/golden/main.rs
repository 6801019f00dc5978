//! What is emitted: golden files that are compiled, programs of callers that compile or do not, drift, and the
//! descriptions of real services.

mod compiled;
mod corpus;
mod documents;
mod drift;
mod programs;
mod stable;
