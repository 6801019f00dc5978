//! Compares the results of two documents, for two audiences at once: callers of the emitted crate,
//! and running clients.
//!
//! ```yaml
//! # old                                # new
//! Edit:                                Edit:
//!   properties:                          properties:
//!     prompt: {type: string}               prompt: {type: string, maxLength: 9}   # wire: breaking, if it is sent
//!                                          mask: {type: string}                   # additive
//! ```
//!
//! | | `rust` | `wire` |
//! |---|---|---|
//! | breaking | a caller of the old crate may not compile with the new one, or passes its values to other parameters | what an old client may send is refused by the new document, or what the new one allows as an answer cannot be read by an old client |
//! | additive | there is something new to use | there is something new to send or to receive |
//! | compatible | the same items of the same types | the same values |
//!
//! The caller supplies the URL of the server, so it is compared only where it shows in an emitted
//! item. An operation that moves to another server than the others is a change. Credentials are
//! compared as the description accepts them: a security scheme is the same if it has the same
//! name, or the same kind and a new name. A parameter that takes `impl Into` where it took a type
//! counts as the same, as Cargo counts it, though a caller that leaves the type to be inferred may
//! have to name it. The extra condition of `oneOf`, that only one alternative matches, is not
//! compared either.
//!
//! Types are compared twice. The comparison by place, from the operations down, determines the
//! effect on values, and their direction. The comparison by Rust name determines the effect on
//! callers. If both lead to the same two types, which is nearly always the case, there is one
//! change with two verdicts.
//!
//! The walk takes every struct of the [model](crate::model) apart without `..`: a new member of
//! the model does not compile until something is decided here.

mod by_status;
mod change;
mod counterpart;
mod enumeration;
mod field;
mod fits;
mod form;
mod group;
mod header;
mod limits;
mod operation;
mod parameter;
mod response;
mod rules;
mod security;
mod server;
mod structure;
mod text;
mod types;
mod variants;
mod walk;

pub use change::{Change, Kind, Step, Verdict};

use crate::model::Api;

/// The changes from one document to another: operations first, then types, each in the order of
/// the new document.
#[must_use]
pub fn diff(old: &Api, new: &Api) -> Vec<Change> {
    walk::run(old, new)
}
