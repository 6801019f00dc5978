//! Descriptions that differ in a place or two: whatever is different in the emitted code is told, and whatever callers lose
//! is told to break them.

use std::collections::BTreeSet;

use openapi_codegen::diff::{Verdict, diff};
use openapi_codegen::document::{Document, Source};
use openapi_codegen::model::Api;
use openapi_codegen::{File, emit, lower, render};
use openapi_tests::{mutation, surface};

use crate::mutations::choices;

/// So many pairs.
const PAIRS: u64 = 1_000;

fn api(text: &str) -> Option<Api> {
    let document = Document::parse(Source::new("document.yaml", text)).ok()?;
    lower(&document, &[]).ok()
}

fn files(api: &Api) -> Vec<File> {
    emit(api, "example").into_iter().map(render).collect()
}

/// The lines of the crate, in whatever order, without the places that they come from.
fn lines(files: &[File]) -> Vec<&str> {
    let lines = files.iter().flat_map(|file| file.text.lines());
    let lines = lines.map(|line| line.trim().trim_end_matches(','));
    let mut lines: Vec<&str> = lines.filter(|line| !line.starts_with("/// `#/")).collect();
    lines.sort_unstable();
    lines
}

#[test]
fn what_is_emitted_otherwise_is_told() {
    let mut different = 0;
    for seed in 0..PAIRS {
        let choices = choices(seed);
        let length = 6 + choices[1] as usize % 12;
        let texts = [&choices[..1], &choices[..length.min(choices.len())]].map(mutation::document);
        let (Some(old), Some(new)) = (api(&texts[0]), api(&texts[1])) else {
            continue;
        };
        assert_eq!(diff(&new, &new), [], "seed {seed}");
        let changes = diff(&old, &new);
        let (before, after) = (files(&old), files(&new));
        if changes.is_empty() {
            let (before, after) = (lines(&before), lines(&after));
            let other: Vec<_> = after.iter().filter(|line| !before.contains(line)).collect();
            assert!(
                before == after,
                "seed {seed}: nothing is told of {other:#?}"
            );
            continue;
        }
        different += 1;
        let verdict = changes.iter().map(|change| change.rust).max();
        let (had, has) = (surface::facts(&before), surface::facts(&after));
        let lost: BTreeSet<_> = had.difference(&has).collect();
        let breaks = verdict == Some(Verdict::Breaking);
        assert!(
            breaks || lost.is_empty(),
            "seed {seed}: callers lose {lost:#?}, told is {changes:#?}"
        );
        assert!(
            breaks || verdict == Some(Verdict::Additive) || has.is_subset(&had),
            "seed {seed}: not told is {:#?}",
            has.difference(&had)
        );
    }
    assert!(different > PAIRS / 20, "{different}");
}
