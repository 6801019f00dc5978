//! The recorded cases in `tests/corpus/wire`.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

pub const WIRE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/corpus/wire");

/// A recorded case.
pub struct Case {
    pub name: String,
    pub folder: PathBuf,
    pub asked: Value,
    pub expected: Value,
}

/// The cases of a kind, by name.
pub fn cases(kind: &str) -> Vec<Case> {
    let folder = Path::new(WIRE).join(kind);
    let entries = fs::read_dir(folder).expect("the corpus is there");
    let mut folders: Vec<PathBuf> = entries
        .map(|entry| entry.expect("it is readable").path())
        .collect();
    folders.sort();
    let read = |path: PathBuf| -> Value {
        let text = fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        serde_json::from_slice(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    };
    let case = |folder: PathBuf| Case {
        name: folder
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned(),
        asked: read(folder.join("case.json")),
        expected: read(folder.join("expected.json")),
        folder,
    };
    folders.into_iter().map(case).collect()
}

/// Cases where this project differs on purpose, each with the reason; an entry that no case uses is a mistake.
pub struct Differences {
    table: &'static [(&'static str, &'static str)],
    used: Vec<&'static str>,
}

impl Differences {
    pub fn new(table: &'static [(&'static str, &'static str)]) -> Self {
        Self {
            table,
            used: Vec::new(),
        }
    }

    /// Whether the case is listed. Call it only where the case does differ.
    pub fn explain(&mut self, name: &str) -> bool {
        let entry = self
            .table
            .iter()
            .find(|(prefix, _)| name.starts_with(prefix));
        if let Some((prefix, reason)) = entry {
            println!("{name} differs: {reason}");
            self.used.push(prefix);
        }
        entry.is_some()
    }

    pub fn finish(self) {
        let unused = self
            .table
            .iter()
            .filter(|(prefix, _)| !self.used.contains(prefix));
        let unused: Vec<_> = unused.collect();
        assert!(unused.is_empty(), "these cases do not differ: {unused:?}");
    }
}
