//! Crates whose modules are groups of operations.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use openapi_codegen::document::{Document, Source};
use openapi_codegen::{File, Generated, Layout, Selection, generate, operations};

use crate::compiled::Workspace;
use crate::documents::{settings, shown};

fn read(name: &str) -> String {
    let path = format!("{}/golden/groups/{name}", env!("CARGO_MANIFEST_DIR"));
    fs::read_to_string(path).expect("the file is readable")
}

fn document() -> Document {
    let document = Document::parse(Source::new("lamps.yaml", read("lamps.yaml")));
    document.unwrap_or_else(|problems| panic!("{problems}"))
}

fn grouped(operations: &[String]) -> Generated {
    let selection = Selection {
        operations,
        crate_name: "lamps",
        layout: Layout::Groups,
    };
    generate(&document(), &selection).unwrap_or_else(|problems| panic!("{problems}"))
}

#[test]
fn a_crate_of_groups_has_its_golden_text_which_compiles_with_each_feature() {
    let generated = grouped(&[]);
    let mut settings = settings();
    settings.set_snapshot_path("../../golden/groups");
    settings.bind(|| {
        insta::assert_snapshot!("lamps", shown(&generated));
        insta::assert_snapshot!("lamps.bindings", generated.bindings);
    });
    let mut workspace = Workspace::new("groups");
    workspace.add("lamps", &generated);
    workspace.add_values("lamps", &read("values.json"));
    workspace.add_calls("lamps", &read("calls.rs"));
    for feature in generated.features.iter().map(String::as_str).chain([""]) {
        workspace.check_feature("lamps", feature);
    }
    workspace.run_tests();
    let programs = workspace.documented_programs();
    assert_eq!(programs.len(), generated.features.len(), "{programs:?}");
}

/// The items of all files by their text, without what says where others stand.
fn items(files: &[File]) -> BTreeSet<&str> {
    let texts = files.iter().filter(|file| file.path != "lib.rs");
    let items = texts.flat_map(|file| file.text.split("\n\n"));
    let is_item = |item: &&str| {
        let beginnings = ["//", "use ", "pub use ", "#![", "#[cfg", "pub mod "];
        let item = item.trim_start();
        !beginnings
            .iter()
            .any(|beginning| item.starts_with(beginning))
            || item.starts_with("///")
    };
    items.map(str::trim).filter(is_item).collect()
}

#[test]
fn an_operation_less_moves_items_and_renames_none() {
    let all = grouped(&[]);
    let ids = operations(&document()).unwrap_or_else(|problems| panic!("{problems}"));
    let ids: Vec<String> = ids.into_iter().map(|operation| operation.id).collect();
    for left_out in &ids {
        let others: Vec<String> = ids.iter().filter(|id| *id != left_out).cloned().collect();
        let fewer = grouped(&others);
        let (before, after) = (items(&all.files), items(&fewer.files));
        // What only answers or only asks for it has more or less to do.
        let new: Vec<_> = after.difference(&before).collect();
        let defined = |item: &&&&str| item.contains("pub struct") || item.contains("pub enum");
        let names: Vec<&str> = new
            .iter()
            .filter(defined)
            .filter_map(|item| named(item))
            .collect();
        let known: BTreeSet<&str> = before.iter().filter_map(|item| named(item)).collect();
        assert!(
            names.iter().all(|name| known.contains(name)),
            "{left_out}: {names:?}"
        );
    }
}

/// The name of a struct or an enum.
fn named(item: &str) -> Option<&str> {
    let line = item.lines().find_map(|line| {
        let rest = line.strip_prefix("pub struct ");
        rest.or_else(|| line.strip_prefix("pub enum "))
    })?;
    line.split(|c: char| !c.is_alphanumeric()).next()
}

#[test]
fn a_single_group_is_flat() {
    let alone = grouped(&["listLamps".to_owned(), "createLamp".to_owned()]);
    let paths: BTreeSet<&str> = alone.files.iter().map(|file| file.path.as_str()).collect();
    assert!(alone.features.is_empty());
    assert!(paths.contains("operations.rs"), "{paths:?}");
}

#[test]
fn the_layout_changes_no_item() {
    let selection = Selection {
        operations: &[],
        crate_name: "lamps",
        layout: Layout::Flat,
    };
    let flat = generate(&document(), &selection).unwrap_or_else(|problems| panic!("{problems}"));
    let count = |files: &[File]| {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for item in items(files) {
            *counts.entry(item.to_owned()).or_default() += 1;
        }
        counts
    };
    assert_eq!(count(&flat.files), count(&grouped(&[]).files));
}
