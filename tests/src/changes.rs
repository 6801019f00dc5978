//! Properties of the comparison that hold for any two descriptions.

use std::collections::BTreeSet;

use openapi_codegen::diff::{Verdict, diff};
use openapi_codegen::document::{Document, Source};
use openapi_codegen::model::Api;
use openapi_codegen::{File, Layout, emit, lower, render};

use crate::surface;

fn api(text: &str) -> Option<Api> {
    let document = Document::parse(Source::new("document.yaml", text)).ok()?;
    lower(&document, &[], Layout::Flat).ok()
}

fn files(api: &Api) -> Vec<File> {
    emit(api, "example").into_iter().map(render).collect()
}

/// The lines of the crate, each once, in whatever order, without the places that they come from.
fn lines(files: &[File]) -> Vec<&str> {
    let lines = files.iter().flat_map(|file| file.text.lines());
    let lines = lines.map(|line| line.trim().trim_end_matches(','));
    let mut lines: Vec<&str> = lines.filter(|line| !line.starts_with("/// `#/")).collect();
    lines.sort_unstable();
    // A rule of the description may be repeated, which means the same.
    lines.dedup();
    lines
}

/// Compares two texts; whether both are descriptions, and there is something to tell.
///
/// # Panics
/// If a description differs from itself, if code is emitted otherwise and nothing is told, or if
/// callers lose something and are not told that it breaks them.
#[must_use]
pub fn run(old: &str, new: &str) -> bool {
    let (Some(old), Some(new)) = (api(old), api(new)) else {
        return false;
    };
    assert_eq!(diff(&new, &new), [], "a description is as it is");
    let changes = diff(&old, &new);
    let (before, after) = (files(&old), files(&new));
    if changes.is_empty() {
        let (before, after) = (lines(&before), lines(&after));
        let other: Vec<_> = after.iter().filter(|line| !before.contains(line)).collect();
        assert!(before == after, "nothing is told of {other:#?}");
        return false;
    }
    let verdict = changes.iter().map(|change| change.rust).max();
    let (had, has) = (surface::facts(&before), surface::facts(&after));
    let lost: BTreeSet<_> = had.difference(&has).collect();
    let breaks = verdict == Some(Verdict::Breaking);
    assert!(
        breaks || lost.is_empty(),
        "callers lose {lost:#?}, told is {changes:#?}"
    );
    assert!(
        breaks || verdict == Some(Verdict::Additive) || has.is_subset(&had),
        "not told is {:#?}",
        has.difference(&had)
    );
    true
}
