//! The origin of a slice, for those who read the tree later.
//!
//! ```json
//! {
//!   "file": "openapi.yaml",
//!   "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
//!   "operations": ["createImageEdit"]
//! }
//! ```
//!
//! It has neither date nor folder: the same text gives the same record, wherever and whenever it
//! is taken in.

use std::path::Path;

use hmac_sha256::Hash;
use serde_json::Value;

use crate::files::last_run::hex;

/// The name and the digest of a whole description, and what was taken of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    file: String,
    sha256: String,
    operations: Vec<String>,
}

impl Record {
    /// The record of a slice for these operations.
    pub fn new(path: &Path, text: &str, operations: &[String]) -> Self {
        let name = path.file_name().unwrap_or(path.as_os_str());
        Self {
            file: name.to_string_lossy().into_owned(),
            sha256: hex(&Hash::hash(text.as_bytes())),
            operations: operations.to_vec(),
        }
    }

    /// The text of the file.
    pub fn text(&self) -> String {
        let Self {
            file,
            sha256,
            operations,
        } = self;
        let [file, sha256] = [file, sha256].map(|text| Value::from(text.as_str()));
        let operations = Value::from(operations.as_slice());
        format!(
            "{{\n  \"file\": {file},\n  \"sha256\": {sha256},\n  \"operations\": {operations}\n}}\n"
        )
    }
}
