//! A module for each command.

pub mod corpus;
pub mod diff;
pub mod explain;
pub mod generate;
pub mod operations;
pub mod problems;
pub mod slice;
pub mod update;
