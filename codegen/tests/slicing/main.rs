//! Slices: the kept parts of a description for some of its operations, and their text.

mod corpus;
mod fallback;
mod layout;
mod openapi_3_2;
#[path = "../published/mod.rs"]
mod published;
mod reached;
mod stable;

use openapi_codegen::document::{Document, Source};
use openapi_codegen::slice;

/// The slice of a text for operations with these ids, which is a slice of itself; or the problems.
fn sliced(text: &str, operations: &[&str]) -> Result<String, String> {
    let operations: Vec<String> = operations.iter().map(ToString::to_string).collect();
    let once = |text: &str| {
        let document = Document::parse(Source::new("test.yaml", text));
        let slice = document.and_then(|document| slice(&document, &operations));
        slice.map_err(|problems| problems.to_string())
    };
    let slice = once(text)?;
    assert_eq!(once(&slice).as_ref(), Ok(&slice), "of {text}");
    Ok(slice)
}

/// Slices a description that has a mark in front of each line: `+` if it is kept, else `-`.
fn check(marked: &str, operations: &[&str]) {
    assert_eq!(sliced(&unmarked(marked), operations), Ok(kept(marked)));
}

fn unmarked(marked: &str) -> String {
    let lines = marked.split_inclusive('\n');
    lines.filter_map(|line| line.get(1..)).collect()
}

fn kept(marked: &str) -> String {
    let lines = marked.split_inclusive('\n');
    lines.filter_map(|line| line.strip_prefix('+')).collect()
}
