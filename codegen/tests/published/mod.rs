//! Published documents, found in the folder that `OPENAPI_CORPUS` names; shared by the tests
//! beside this folder.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// The entries of a folder of the corpus, sorted; none without the variable, which is reported.
pub fn entries(folder: &str) -> Vec<PathBuf> {
    let Some(corpus) = std::env::var_os("OPENAPI_CORPUS") else {
        // Past the capture of the test runner: what is left out is said in every run.
        let _ = writeln!(
            io::stderr(),
            "left out, for OPENAPI_CORPUS is not set: {folder}"
        );
        return Vec::new();
    };
    entries_of(&Path::new(&corpus).join(folder))
}

/// The entries of a folder, sorted.
pub fn entries_of(folder: &Path) -> Vec<PathBuf> {
    let entries =
        fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let paths = entries.map(|entry| entry.expect("an entry").path());
    let mut entries: Vec<PathBuf> = paths.collect();
    entries.sort();
    assert!(!entries.is_empty(), "{} is empty", folder.display());
    entries
}

/// The text of a file.
pub fn text(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
