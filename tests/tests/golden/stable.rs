//! The same document gives the same text, and the order of schemas changes the order of types only.

use std::collections::BTreeMap;
use std::fs;

use openapi_codegen::document::{Document, Source};
use openapi_codegen::{File, Layout, Selection, generate, overlay};

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

fn files(name: &str, text: &str) -> Vec<File> {
    let overlay =
        fs::read_to_string(format!("{ROOT}/spec/overlay.yaml")).expect("the overlay is readable");
    let document =
        Document::parse(Source::new(name, text)).unwrap_or_else(|problems| panic!("{problems}"));
    let document = overlay::apply(document, Source::new("overlay", overlay))
        .unwrap_or_else(|problems| panic!("{problems}"));
    let selection = Selection {
        operations: &[],
        crate_name: "example",
        layout: Layout::Flat,
    };
    generate(&document, &selection)
        .unwrap_or_else(|problems| panic!("{problems}"))
        .files
}

fn description() -> String {
    fs::read_to_string(format!("{ROOT}/spec/openapi.yaml")).expect("the description is readable")
}

/// Items by their text, in whatever order.
fn items(files: &[File]) -> BTreeMap<String, usize> {
    let mut items = BTreeMap::new();
    for file in files.iter().filter(|file| file.path != "lib.rs") {
        for item in file.text.split("\n\n") {
            *items.entry(item.trim().to_owned()).or_default() += 1;
        }
    }
    items
}

#[test]
fn the_name_of_the_file_is_not_in_the_text() {
    let text = description();
    assert_eq!(
        files("spec/openapi.yaml", &text),
        files("/elsewhere/api.yml", &text)
    );
}

#[test]
fn the_order_of_schemas_changes_the_order_of_types_only() {
    let text = description();
    let (head, rest) = text.split_once("  schemas:\n").expect("there are schemas");
    let (schemas, tail) = rest.split_once("  securitySchemes:\n").expect("they end");
    let mut blocks: Vec<String> = Vec::new();
    for line in schemas.lines() {
        let begins = line.starts_with("    ")
            && !line.starts_with("     ")
            && !line.trim_start().starts_with('#');
        match blocks.last_mut().filter(|_| !begins) {
            Some(block) => block.extend([line, "\n"]),
            None => blocks.push(format!("{line}\n")),
        }
    }
    assert_eq!(blocks.len(), 14, "each component is a block");
    blocks.reverse();
    let reversed = format!(
        "{head}  schemas:\n{}  securitySchemes:\n{tail}",
        blocks.concat()
    );
    assert_ne!(text, reversed);
    let (ours, theirs) = (files("a", &text), files("a", &reversed));
    let changed: Vec<_> = items(&ours)
        .into_iter()
        .filter(|item| items(&theirs).get(&item.0) != Some(&item.1))
        .collect();
    let changed: Vec<_> = changed
        .into_iter()
        .filter(|(item, _)| !item.starts_with("use "))
        .collect();
    assert!(changed.is_empty(), "{changed:#?}");
}
