//! A document through all stages, and what must hold of whatever comes out, however strange the
//! document is.

use openapi_codegen::audit::audit;
use openapi_codegen::diagnostic::Diagnostics;
use openapi_codegen::document::{Document, Pointer, Source};
use openapi_codegen::{File, Generated, Layout, Selection, check, generate, operations, slice};
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag};

/// Bytes of emitted text for each byte of a document, and bytes beside: more than that grows
/// without bounds.
const GROWTH: (usize, usize) = (200, 200_000);

/// Reads a document and emits its crate.
///
/// # Errors
/// The problems of the document.
///
/// # Panics
/// If anything else is wrong: emitted text that is not Rust, binds to nothing, holds what no
/// emitter writes, runs code of the document as a test, differs from run to run or is much larger
/// than the document; a problem without a place or a sentence.
pub fn run(text: &str) -> Result<Generated, Diagnostics> {
    match Document::parse(Source::new("document.yaml", text)) {
        Ok(document) => {
            sliced(&document);
            emitted(&document, text.len())
        }
        Err(problems) => Err(shown(problems)),
    }
}

/// Slices a document for all of its operations, twice.
fn sliced(document: &Document) {
    let listed = operations(document).unwrap_or_default().into_iter();
    let wanted: Vec<String> = listed.map(|operation| operation.id).collect();
    let once = match slice(document, &wanted) {
        Ok(once) if !wanted.is_empty() => once,
        _ => return,
    };
    let part = Document::parse(Source::new("slice.yaml", once.as_str()));
    let part = part.unwrap_or_else(|problems| panic!("{problems}\nof {once}"));
    let twice = slice(&part, &wanted).map_err(|problems| problems.to_string());
    assert_eq!(twice, Ok(once), "a slice is its own slice");
}

/// Emits the crate of a document that was made from so many bytes.
///
/// # Errors
/// The problems of the document.
///
/// # Panics
/// As [`run`].
pub fn emitted(document: &Document, size: usize) -> Result<Generated, Diagnostics> {
    let layouts = [Layout::Groups, Layout::Flat];
    let [grouped, flat] = layouts.map(|layout| in_layout(document, size, layout));
    assert_eq!(grouped.is_ok(), flat.is_ok(), "the layout refuses nothing");
    flat
}

fn in_layout(document: &Document, size: usize, layout: Layout) -> Result<Generated, Diagnostics> {
    let selection = Selection {
        operations: &[],
        crate_name: "example",
        layout,
    };
    let checked = check(document).map_err(shown);
    match generate(document, &selection) {
        Ok(generated) => {
            let lengths = generated.files.iter().map(|file| file.text.len());
            let length = lengths.sum::<usize>() + generated.bindings.len();
            assert!(
                length <= size * GROWTH.0 + GROWTH.1,
                "{length} bytes of {size}"
            );
            generated.files.iter().for_each(harmless);
            bound(document, &generated.bindings);
            let again = generate(document, &selection).map(|again| (again.files, again.bindings));
            assert!(
                again.is_ok_and(
                    |again| again == (generated.files.clone(), generated.bindings.clone())
                ),
                "the same document, the same text"
            );
            Ok(generated)
        }
        Err(problems) => {
            assert!(
                checked.is_err(),
                "what is refused is also found: {problems}"
            );
            Err(shown(problems))
        }
    }
}

/// Problems that can be shown, each with a sentence and a place in its source.
fn shown(problems: Diagnostics) -> Diagnostics {
    for problem in problems.iter() {
        assert!(!problem.message.is_empty(), "a problem says what is wrong");
        assert!(
            !problem.help.is_empty(),
            "a problem says the way out: {problem:?}"
        );
        let source = problems.sources().get(problem.span.source);
        let source = source.expect("a problem is in one of the sources");
        assert!(
            problem.span.start as usize <= source.text.len(),
            "a problem has a place"
        );
    }
    let text = problems.to_string();
    assert!(
        !text.contains(|c: char| c.is_control() && c != '\n'),
        "{text:?}"
    );
    assert!(
        problems
            .to_json()
            .as_array()
            .is_some_and(|list| !list.is_empty())
    );
    problems
}

/// Checks the bindings: a JSON text of which each pointer leads somewhere, and in which nothing is
/// hidden.
fn bound(document: &Document, text: &str) {
    assert!(!text.contains(|c: char| c.is_control() && c != '\n'));
    let bindings: Result<serde_json::Value, _> = serde_json::from_str(text);
    let bindings = bindings.unwrap_or_else(|error| panic!("{error} in\n{text}"));
    for symbol in bindings["symbols"].as_array().into_iter().flatten() {
        let pointer = symbol["pointer"].as_str().map(Pointer::parse);
        let place = pointer.and_then(|pointer| document.at(&pointer.ok()?));
        assert!(place.is_some(), "nothing is there: {symbol}");
    }
}

/// Checks a file: its items, and its documentation as `rustdoc` reads it.
fn harmless(file: &File) {
    assert_eq!(audit(file), Ok(()), "{}", file.text);
    for text in documentation(&file.text) {
        let options = Options::ENABLE_TABLES
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_TASKLISTS
            | Options::ENABLE_SMART_PUNCTUATION;
        for event in Parser::new_ext(&text, options) {
            let harmful = match &event {
                Event::Html(_)
                | Event::InlineHtml(_)
                | Event::FootnoteReference(_)
                | Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => true,
                // The programs of modules are the generator's own; their code blocks have no
                // language.
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language))) => {
                    let is_program = !file.path.contains('/') && language.is_empty();
                    &**language != "text" && !is_program
                }
                Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                    !["https:", "http:", "mailto:"]
                        .iter()
                        .any(|scheme| dest_url.starts_with(scheme))
                }
                _ => false,
            };
            assert!(!harmful, "{}: {event:?} in\n{text}", file.path);
        }
    }
}

/// The documentation of each item, without the marks of its comments.
fn documentation(text: &str) -> Vec<String> {
    let mut found = vec![String::new()];
    for line in text.lines() {
        let line = line.trim_start();
        let doc = line
            .strip_prefix("///")
            .or_else(|| line.strip_prefix("//!"));
        match (doc, found.last_mut()) {
            (Some(doc), Some(last)) => {
                last.push_str(doc.strip_prefix(' ').unwrap_or(doc));
                last.push('\n');
            }
            _ => found.push(String::new()),
        }
    }
    found.retain(|doc| !doc.is_empty());
    found
}
