//! Published documents, read from the folder that `OPENAPI_CORPUS` names; without it these tests
//! say that they check nothing.

use std::path::{Path, PathBuf};

use openapi_codegen::document::{At, Document, Source};
use openapi_codegen::{Layout, Selection, generate, operations, slice};

use crate::published::{entries, text};

/// Maximum number of operations of a document that are sliced.
const SAMPLE: usize = 40;

/// In a document with more bytes, each operation may reach most of them, and one in ten of the
/// sample has to do.
const LARGE: usize = 4_000_000;

/// The documents of a folder of the corpus, sorted.
fn documents(folder: &str) -> Vec<PathBuf> {
    entries(folder)
        .into_iter()
        .filter(|path| is_document(path))
        .collect()
}

/// True if a file is a description by its name.
fn is_document(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str());
    matches!(extension, Some("json" | "yaml"))
}

fn read(text: &str) -> Document {
    let document = Document::parse(Source::new("test.yaml", text));
    document.unwrap_or_else(|problems| panic!("{problems}"))
}

/// The files that are generated, or the codes and messages of the problems.
fn generated(
    document: &Document,
    operations: &[String],
) -> Result<Vec<(String, String)>, Vec<String>> {
    let selection = Selection {
        operations,
        crate_name: "example",
        layout: Layout::Flat,
    };
    match generate(document, &selection) {
        Ok(generated) => {
            let files = generated.files.into_iter();
            Ok(files.map(|file| (file.path, file.text)).collect())
        }
        Err(problems) => {
            let problems = problems.iter();
            let mut problems: Vec<String> = problems
                .map(|problem| format!("{}: {}", problem.code.as_str(), problem.message))
                .collect();
            problems.sort();
            Err(problems)
        }
    }
}

#[test]
fn slices_of_the_world() {
    for path in documents("world") {
        let whole = text(&path);
        let document = read(&whole);
        let all = operations(&document).unwrap_or_else(|problems| panic!("{problems}"));
        let sample = if whole.len() > LARGE {
            SAMPLE / 10
        } else {
            SAMPLE
        };
        for operation in all.iter().step_by(all.len().div_ceil(sample)) {
            let place = format!("{} {}", path.display(), operation.id);
            let wanted = [operation.id.clone()];
            let once = slice(&document, &wanted).unwrap_or_else(|problems| panic!("{problems}"));
            assert_eq!(
                once.starts_with('{'),
                whole.starts_with('{'),
                "{place} is rewritten"
            );
            let part = read(&once);
            let twice = slice(&part, &wanted).unwrap_or_else(|problems| panic!("{problems}"));
            assert!(
                once == twice,
                "{place}: a slice of the slice is another text"
            );
            assert_eq!(
                generated(&part, &wanted),
                generated(&document, &wanted),
                "{place}: another client"
            );
        }
    }
}

/// Each value with its pointer, in the order of the document.
fn values(at: &At<'_>) -> Vec<String> {
    let inner: Vec<At<'_>> = at
        .members()
        .map(|(_, member)| member)
        .chain(at.items())
        .collect();
    if inner.is_empty() {
        return vec![format!("{} {}", at.pointer(), at.node().to_json())];
    }
    inner.iter().flat_map(values).collect()
}

#[test]
fn a_part_that_was_cut_out_by_others() {
    let whole = documents("world")
        .into_iter()
        .find(|path| path.ends_with("openai.yaml"));
    let revisions = documents("images-edits").into_iter();
    let Some((whole, part)) = whole.zip(revisions.last()) else {
        return;
    };
    let [whole, part] = [whole, part].map(|path| {
        let slice = slice(&read(&text(&path)), &["createImageEdit".to_owned()]);
        slice.unwrap_or_else(|problems| panic!("{problems}"))
    });
    // The one has long lines, and the other short ones.
    assert_ne!(whole, part);
    assert_eq!(values(&read(&whole).root()), values(&read(&part).root()));
}
