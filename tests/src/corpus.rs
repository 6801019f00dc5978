//! Descriptions of real services, found through the variable `OPENAPI_CORPUS`.
//!
//! ```text
//! $OPENAPI_CORPUS/world/petstore3.yaml       the description of a service
//! $OPENAPI_CORPUS/images-edits/01-….yaml     a published revision of one operation
//! ```

use std::io::{self, Write as _};
use std::path::PathBuf;
use std::{env, fs};

/// The folder, or a word on what is left out without it.
pub fn corpus(left_out: &str) -> Option<PathBuf> {
    let folder = env::var_os("OPENAPI_CORPUS").map(PathBuf::from);
    if folder.is_none() {
        // Past the capture of the test runner: what is left out is said in every run.
        let _ = writeln!(
            io::stderr(),
            "left out, for OPENAPI_CORPUS is not set: {left_out}"
        );
    }
    folder
}

/// Number of cases among those that a seed makes: all of them where the corpus is, a tenth
/// elsewhere.
#[must_use]
pub fn seeds(all: u64) -> u64 {
    match env::var_os("OPENAPI_CORPUS") {
        Some(_) => all,
        None => all / 10,
    }
}

/// The entries of a folder, sorted.
///
/// # Panics
/// A folder that cannot be read.
pub fn files_in(folder: PathBuf) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("the folder is readable");
    let mut paths: Vec<PathBuf> = entries
        .map(|entry| entry.expect("the folder is readable").path())
        .collect();
    paths.sort();
    paths
}
