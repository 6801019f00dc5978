//! Descriptions, crates and folders, as they are read and written.

pub mod drift;
pub mod features;
pub mod folder;
pub mod input;
pub mod last_run;
pub mod manifest;
pub mod place;
pub mod project;
pub mod record;
pub mod runtime;
pub mod version;
pub mod workspace;
