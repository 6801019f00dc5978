//! The bytes that the emitted crate sends, and the values that it reads.

mod callers;
mod corpus;
mod coverage;
mod examples;
mod fields;
mod form;
mod program;
mod requests;
mod responses;
mod rules;
