//! Emitted code uses no name without a path but those of the vocabulary and its own: no schema
//! can hide one.

use std::collections::BTreeSet;
use std::fs;

use openapi_codegen::vocabulary::{Origin, VOCABULARY};
use openapi_codegen::{File, Generated};
use openapi_tests::tables::expanded;
use serde_json::{Value, json};
use syn::visit::{self, Visit};

use crate::compiled::Workspace;
use crate::documents::{generated, paths};

/// The names of types that a file defines, and those that it uses without a path.
#[derive(Default)]
struct Names {
    defined: BTreeSet<String>,
    used: BTreeSet<String>,
}

impl Names {
    fn of(generated: &Generated) -> Self {
        let mut names = Self::default();
        for file in &generated.files {
            let tree = syn::parse_file(&file.text).expect("emitted code is Rust");
            let items = tree.items.into_iter().flat_map(expanded);
            items.for_each(|item| names.visit_item(&item));
            for program in programs(file) {
                names.visit_file(&syn::parse_file(&program).expect("the program is Rust"));
            }
        }
        names
    }
}

impl<'ast> Visit<'ast> for Names {
    /// The compiler finds what a derive names, whatever else is called so.
    fn visit_attribute(&mut self, _: &'ast syn::Attribute) {}

    fn visit_item_struct(&mut self, item: &'ast syn::ItemStruct) {
        self.defined.insert(item.ident.to_string());
        visit::visit_item_struct(self, item);
    }

    fn visit_item_enum(&mut self, item: &'ast syn::ItemEnum) {
        self.defined.insert(item.ident.to_string());
        visit::visit_item_enum(self, item);
    }

    fn visit_item_type(&mut self, item: &'ast syn::ItemType) {
        self.defined.insert(item.ident.to_string());
        visit::visit_item_type(self, item);
    }

    fn visit_type_param(&mut self, parameter: &'ast syn::TypeParam) {
        self.used.insert(parameter.ident.to_string());
        visit::visit_type_param(self, parameter);
    }

    fn visit_use_name(&mut self, name: &'ast syn::UseName) {
        self.used.insert(name.ident.to_string());
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        if let Some(first) = path.segments.first() {
            self.used.insert(first.ident.to_string());
        }
        visit::visit_path(self, path);
    }
}

/// The programs in the documentation of a file.
fn programs(file: &File) -> Vec<String> {
    let lines = file
        .text
        .lines()
        .filter_map(|line| line.strip_prefix("//!"));
    let mut lines = lines.map(|line| line.trim_start_matches(' '));
    let mut programs = Vec::new();
    while let Some(line) = lines.next() {
        let language = line.trim_start_matches('`');
        let marks = &line[..line.len() - language.len()];
        if marks.len() < 3 {
            continue;
        }
        let block: Vec<&str> = lines.by_ref().take_while(|line| *line != marks).collect();
        // Prose has text only.
        if language.is_empty() {
            programs.push(block.join("\n"));
        }
    }
    programs
}

#[test]
fn every_name_without_a_path_is_in_the_vocabulary() {
    let mut used = BTreeSet::new();
    for path in paths() {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let text = fs::read_to_string(&path).expect("the document is readable");
        let names = Names::of(&generated(&name, &text, "the_crate"));
        for name in names.used.difference(&names.defined) {
            // Modules, primitive types and variables are in lower case; no type of a document is.
            if name.starts_with(char::is_uppercase) {
                used.insert(name.clone());
            }
        }
    }
    let known = VOCABULARY.iter().map(|(name, _)| (*name).to_owned());
    let known: BTreeSet<String> = known
        .filter(|name| name.starts_with(char::is_uppercase))
        .collect();
    assert_eq!(used, known);
}

/// A schema and an operation for each of the names, all in one document.
#[test]
fn every_name_of_the_vocabulary_can_be_that_of_a_schema_and_of_an_operation() {
    let names = VOCABULARY.iter().map(|(name, _)| name);
    let names = names.filter(|name| name.starts_with(char::is_uppercase));
    let schemas = names.clone().map(|name| {
        let schema = json!({"type": "object", "properties": {"a": {"type": "string"}}});
        ((*name).to_owned(), schema)
    });
    let operations = names.map(|name| {
        let schema = json!({"$ref": format!("#/components/schemas/{name}")});
        let content = json!({"application/json": {"schema": schema}});
        let operation = json!({
            "operationId": format!("{name}_"),
            "requestBody": {"content": content},
            "responses": {"200": {"description": "OK", "content": content}},
        });
        (format!("/{name}"), json!({"post": operation}))
    });
    let document = json!({
        "openapi": "3.1.0",
        "info": {"title": "Example", "version": "1"},
        "paths": operations.collect::<serde_json::Map<String, Value>>(),
        "components": {"schemas": schemas.collect::<serde_json::Map<String, Value>>()},
    });
    let generated = generated("vocabulary.json", &document.to_string(), "vocabulary");
    let exported = VOCABULARY
        .iter()
        .filter(|(_, origin)| *origin == Origin::Exported);
    let root = generated.files.iter().find(|file| file.path == "lib.rs");
    let root = &root.expect("the crate has a root").text;
    assert!(exported.clone().all(|(name, _)| root.contains(name)));
    let mut workspace = Workspace::new("vocabulary");
    workspace.add("vocabulary", &generated);
    workspace.check();
}
