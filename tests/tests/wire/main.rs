//! What the emitted crate puts on the wire, and what it reads off it.

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
