//! The client over real connections, with reqwest and with ureq.

mod adapters;
#[path = "../wire/corpus.rs"]
mod corpus;
mod faults;
mod memory;
mod official;
mod recorded;
mod server;
