//! The recorded cases in `tests/corpus/wire`.

use std::fs;

use serde::Deserialize;
use serde_json::Value;

pub const WIRE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/corpus/wire");

/// A recorded case.
#[derive(Deserialize)]
pub struct Case {
    pub name: String,
    pub asked: Value,
    pub expected: Value,
}

/// The cases of a kind, by name.
pub fn cases(kind: &str) -> Vec<Case> {
    let path = format!("{WIRE}/{kind}.jsonl");
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    let case = |line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
    text.lines().map(case).collect()
}

/// The body of a recorded response, and where it is cut.
pub fn body(attempt: &Value) -> (Vec<u8>, Vec<usize>) {
    let base64 = |text: &str| {
        let decoded = openai_image_edits::Base64::from(text.to_owned());
        decoded.bytes().expect("it is base64").to_vec()
    };
    let body = match (attempt["body"].as_str(), attempt["base64"].as_str()) {
        (Some(text), _) => text.as_bytes().to_vec(),
        (None, Some(text)) => base64(text),
        (None, None) => Vec::new(),
    };
    let cuts = match &attempt["chunks"] {
        Value::Null => Vec::new(),
        Value::Array(_) => Vec::deserialize(&attempt["chunks"]).expect("they are places"),
        each => {
            assert_eq!(each, "bytes");
            (1..body.len()).collect()
        }
    };
    (body, cuts)
}

/// Cases where this project differs on purpose, each with the reason; an entry that no case uses
/// is a mistake.
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

    /// True if the case is listed. Call it only where the case does differ.
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
