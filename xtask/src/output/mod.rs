//! Results as text, as JSON and as annotations of GitHub.

pub mod answer;
pub mod comparison;
pub mod github;
pub mod left_out;
pub mod noted;
pub mod report;
pub mod revision;
pub mod table;
