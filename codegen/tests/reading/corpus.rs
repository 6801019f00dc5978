//! Published documents, read from the folder that `OPENAPI_CORPUS` names; without it these tests
//! say that they check nothing.

use std::path::Path;

use openapi_codegen::document::{At, Document, Source};
use openapi_codegen::overlay;
use serde_json::Value;

use crate::published::{entries, text};

fn source(path: &Path) -> Source {
    Source::new(path.display().to_string(), text(path))
}

fn json(source: Source) -> Value {
    let document = Document::parse(source).unwrap_or_else(|problems| panic!("{problems}"));
    document.root().node().to_json()
}

#[test]
fn documents_are_read_as_others_read_them() {
    for path in ["world", "images-edits"].map(entries).concat() {
        let extension = path.extension().and_then(|extension| extension.to_str());
        if !matches!(extension, Some("json" | "yaml")) {
            continue;
        }
        // The other reader of YAML refuses integers beyond 64 bits.
        let text = source(&path)
            .text
            .replace("-9223372036854776000", "-9223372036854775808");
        let text = text.replace("9223372036854776000", "9223372036854775807");
        let read = json(Source::new(path.display().to_string(), text.as_str()));
        let same = if extension == Some("json") {
            // The other reader of JSON may miss the nearest `f64` by one digit: so it reads both.
            other_json(&read.to_string()) == other_json(&text)
        } else {
            serde_yaml::from_str::<Value>(&text).expect("it is YAML") == read
        };
        assert!(same, "{} is read in another way", path.display());
    }
}

fn other_json(text: &str) -> Value {
    serde_json::from_str(text).expect("it is JSON")
}

#[test]
fn hard_documents_are_read_or_refused_with_a_place() {
    for path in entries("yaml-hard") {
        let name = path
            .file_name()
            .and_then(|name| name.to_str())
            .unwrap_or_default();
        match Document::parse(source(&path)) {
            Ok(_) => assert!(name.starts_with("anchors-"), "{name} is read"),
            Err(problems) => {
                assert!(name.starts_with("broken-"), "{problems}");
                let place = problems
                    .iter()
                    .next()
                    .map(|problem| (problem.span.start, problem.code.as_str()));
                assert!(
                    place.is_some_and(|(start, code)| start > 0 && code == "invalid-yaml"),
                    "{problems}"
                );
            }
        }
    }
}

/// The sets whose output has a new member elsewhere than at the end: the specification says
/// nothing on its place.
const ELSEWHERE: &[&str] = &["description-and-summary"];

#[test]
fn overlays_of_the_compliant_sets_give_their_output() {
    for folder in entries("overlay-suite/compliant-sets")
        .iter()
        .filter(|path| path.is_dir())
    {
        let parse = |name: &str| {
            let document = Document::parse(source(&folder.join(name)));
            document.unwrap_or_else(|problems| panic!("{problems}"))
        };
        let overlay = || source(&folder.join("overlay.yaml"));
        let applied = overlay::apply(parse("openapi.yaml"), overlay());
        let applied = applied.unwrap_or_else(|problems| panic!("{problems}"));
        let expected = parse("output.yaml");
        let [applied, expected] = [applied.root(), expected.root()];
        let name = folder.display();
        assert_eq!(
            applied.node().to_json(),
            expected.node().to_json(),
            "{name}"
        );
        if !ELSEWHERE
            .iter()
            .any(|elsewhere| folder.ends_with(elsewhere))
        {
            assert_eq!(pointers(&applied), pointers(&expected), "{name}");
        }
        let attempt = overlay::attempt(parse("openapi.yaml"), overlay());
        let attempt = attempt.unwrap_or_else(|problems| panic!("{problems}"));
        assert_eq!(
            pointers(&attempt.document.root()),
            pointers(&applied),
            "{name}"
        );
        assert!(
            attempt.missing.is_none() && attempt.needless.is_none(),
            "{name}"
        );
    }
}

/// The pointers to all nodes, in the order of the document.
fn pointers(at: &At<'_>) -> Vec<String> {
    let members = at.members().map(|(_, member)| member);
    let below = members.chain(at.items()).flat_map(|at| pointers(&at));
    std::iter::once(at.pointer().to_string())
        .chain(below)
        .collect()
}
