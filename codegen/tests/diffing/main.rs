//! Differences that are not changes: the same description, a slice of it, and other prose.

#[path = "../published/mod.rs"]
mod published;

use std::path::{Path, PathBuf};

use openapi_codegen::diff::{Change, Kind, Step, Verdict, diff};
use openapi_codegen::document::{Document, Source};
use openapi_codegen::{Layout, lower, operations, slice};
use serde_json::Value;

use published::{entries, entries_of, text};

/// Maximum number of operations of a document that are compared.
const SAMPLE: usize = 20;

/// The small documents of one feature each.
fn golden() -> Vec<PathBuf> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/golden");
    let entries = entries_of(Path::new(folder)).into_iter();
    entries.filter(|path| is_document(path)).collect()
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

/// The changes between documents that can be lowered.
fn changes(old: &Document, new: &Document, wanted: &[String]) -> Option<Vec<Change>> {
    let old = lower(old, wanted, Layout::Flat).ok()?;
    let new = lower(new, wanted, Layout::Flat).unwrap_or_else(|problems| panic!("{problems}"));
    Some(diff(&old, &new))
}

#[test]
fn a_document_is_as_it_is() {
    for path in golden() {
        let document = read(&text(&path));
        assert_eq!(changes(&document, &document, &[]), Some(Vec::new()));
    }
}

#[test]
fn a_slice_says_what_the_whole_says() {
    let documents: Vec<PathBuf> = entries("world")
        .into_iter()
        .filter(|path| is_document(path))
        .collect();
    let mut compared = 0;
    for path in &documents {
        let whole = read(&text(path));
        let all = operations(&whole).unwrap_or_else(|problems| panic!("{problems}"));
        for operation in all.iter().step_by(all.len().div_ceil(SAMPLE)) {
            let wanted = [operation.id.clone()];
            let Some(same) = changes(&whole, &whole, &wanted) else {
                continue;
            };
            assert_eq!(same, [], "{} {}", path.display(), operation.id);
            let part = slice(&whole, &wanted).unwrap_or_else(|problems| panic!("{problems}"));
            let same = changes(&whole, &read(&part), &wanted);
            assert_eq!(
                same,
                Some(Vec::new()),
                "{} {}",
                path.display(),
                operation.id
            );
            compared += 1;
        }
    }
    assert!(documents.is_empty() || compared > 30, "{compared}");
}

/// Other words wherever prose stands: a member called `description` whose value is not a string is
/// not prose.
fn reworded(value: &mut Value) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                match member {
                    Value::String(text) if ["summary", "description"].contains(&name.as_str()) => {
                        text.push_str(" In other words.");
                    }
                    other => reworded(other),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(reworded),
        _ => {}
    }
}

#[test]
fn prose_is_prose() {
    let mut told = 0;
    for path in golden() {
        // Both are read from JSON, so that members have the same order.
        let mut value = read(&text(&path)).root().node().to_json();
        let old = read(&value.to_string());
        reworded(&mut value);
        let changes = changes(&old, &read(&value.to_string()), &[]).expect("a good document");
        for change in &changes {
            let prose =
                change.kind == Kind::Documentation && change.verdict() == Verdict::Compatible;
            assert!(prose, "{}: {change:?}", path.display());
        }
        assert!(Step::of(&changes) <= Step::Patch);
        told += changes.len();
    }
    assert!(told > 20, "{told}");
}

/// Two operations, the second with these keywords more.
fn grouped(more: &str) -> Document {
    read(&format!(
        "\
openapi: 3.1.0
info: {{title: T, version: '1'}}
tags: [{{name: Lamps, description: What shines.}}]
paths:
  /lamps:
    get: {{operationId: listLamps, tags: [Lamps], responses: {{'204': {{description: None.}}}}}}
  /rooms:
    get: {{operationId: listRooms, {more}, responses: {{'204': {{description: None.}}}}}}
"
    ))
}

#[test]
fn a_group_is_a_path_for_callers_and_nothing_on_the_wire() {
    let (none, breaking) = (Verdict::Compatible, Verdict::Breaking);
    let modules =
        "has a module and a feature for each group of operations, and no items in the root";
    let root = "has all items in the root, and no modules and features for groups of operations";
    let moved = "is in the module `walls` instead of `rooms`";
    let cases = [
        ("tags: [Rooms]", "tags: [Rooms, Lamps]", None),
        ("tags: [Rooms]", "tags: [rooms]", None),
        ("tags: [Rooms]", "tags: [Lamps], x-rust-group: rooms", None),
        ("tags: [Rooms]", "tags: [Walls]", Some(("ListRooms", moved))),
        ("tags: [Lamps]", "tags: [Rooms]", Some(("crate", modules))),
        ("tags: [Rooms]", "tags: [Lamps]", Some(("crate", root))),
    ];
    for (old, new, expected) in cases {
        let [before, after] = [old, new].map(|more| {
            let api = lower(&grouped(more), &[], Layout::Groups);
            api.unwrap_or_else(|problems| panic!("{problems}"))
        });
        let changes = diff(&before, &after);
        let found = changes.iter().map(|change| {
            let Change { path, message, .. } = change;
            (path.as_str(), message.as_str(), change.rust, change.wire)
        });
        let expected = expected.map(|(path, message)| (path, message, breaking, none));
        let expected: Vec<_> = expected.into_iter().collect();
        assert_eq!(found.collect::<Vec<_>>(), expected, "{old} {new}");
    }
}

#[test]
fn who_leaves_the_stream_switch_out_may_get_a_stream() {
    let description = |switch: &str| {
        read(&format!(
            "\
openapi: 3.1.0
info: {{title: T, version: '1'}}
paths:
  /talk:
    post:
      operationId: talk
      requestBody: {{content: {{application/json: {{schema: {{$ref: '#/components/schemas/Speech'}}}}}}}}
      responses:
        '200':
          description: Both.
          content: {{application/json: {{}}, text/event-stream: {{schema: {{type: string}}}}}}
components:
  schemas:
    Speech: {{type: object, properties: {{text: {{type: string}}, stream: {switch}}}}}
"
        ))
    };
    let out = description("{type: boolean}");
    let said = description("{type: boolean, default: true}");
    for (old, new, wire, message) in [
        (
            &out,
            &said,
            Verdict::Breaking,
            "has to state that no stream is requested",
        ),
        (
            &said,
            &out,
            Verdict::Compatible,
            "no longer has to state that no stream is requested",
        ),
    ] {
        let changes = changes(old, new, &[]).expect("both are in order");
        let found = changes.iter().map(|change| {
            let Change { path, message, .. } = change;
            (path.as_str(), message.as_str(), change.rust, change.wire)
        });
        assert_eq!(
            found.collect::<Vec<_>>(),
            [("Speech", message, Verdict::Compatible, wire)]
        );
    }
}
