//! The version of the specification that a document is written against.
//!
//! ```yaml
//! openapi: 3.2.0   # Version::V3_2; the last number changes nothing
//! ```

use super::Document;

/// The supported versions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Version {
    /// `OpenAPI` 3.0.
    V3_0,
    /// `OpenAPI` 3.1.
    #[default]
    V3_1,
    /// `OpenAPI` 3.2.
    V3_2,
}

impl Version {
    /// The version of a document, if it is supported.
    pub fn of(document: &Document) -> Option<Self> {
        let read = [
            ("3.0.", Self::V3_0),
            ("3.1.", Self::V3_1),
            ("3.2.", Self::V3_2),
        ];
        let version = document.root().get("openapi")?.as_str()?;
        let known = read.iter().find(|(known, _)| version.starts_with(known));
        known.map(|(_, version)| *version)
    }
}
