//! Small documents of one feature each, in `tests/golden`; the snapshot beside a document is what
//! is emitted for it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use openapi_codegen::document::{Document, Source};
use openapi_codegen::emit::example::expression;
use openapi_codegen::model::Payload;
use openapi_codegen::{Generated, Layout, Selection, generate, lower};
use openapi_tests::corpus::files_in;

use crate::compiled::Workspace;

/// Generates the crate of a whole document.
pub fn generated(name: &str, text: &str, crate_name: &str) -> Generated {
    let document =
        Document::parse(Source::new(name, text)).unwrap_or_else(|problems| panic!("{problems}"));
    let selection = Selection {
        operations: &[],
        crate_name,
        layout: Layout::Flat,
    };
    generate(&document, &selection).unwrap_or_else(|problems| panic!("{problems}"))
}

/// Untyped values are listed with their places, and nothing else is listed as untyped.
#[test]
fn what_stays_untyped_is_known() {
    for path in paths() {
        let text = fs::read_to_string(&path).expect("the document is readable");
        let document = Document::parse(Source::new("openapi.yaml", text));
        let api =
            lower(&document.expect("it is a document"), &[], Layout::Flat).expect("it is accepted");
        let types = format!("{:?} {:?}", api.types, api.operations);
        let is_untyped = types.contains("ty: Json,") || types.contains("(Json)");
        assert_eq!(is_untyped, !api.untyped.is_empty(), "{}", path.display());
    }
}

/// The files one below the other, the notes and the warnings.
pub fn shown(generated: &Generated) -> String {
    let files = generated.files.iter();
    let files = files.map(|file| format!("==== {}\n{}", file.path, file.text));
    let notes = generated.notes.iter();
    let notes = notes.map(|note| format!("==== note {}: {}\n", note.pointer, note.reason));
    let warnings = generated.warnings.iter();
    let warnings = warnings.map(|warning| {
        let (code, place, assumed) = (warning.code, &warning.pointer, &warning.assumed);
        format!("==== warning {code} {place}: {assumed}\n")
    });
    files.chain(notes).chain(warnings).collect()
}

/// The documents, in the order of their names.
pub fn paths() -> Vec<PathBuf> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/golden");
    let is_document = |path: &PathBuf| {
        let extension = path.extension();
        extension.is_some_and(|extension| extension == "yaml" || extension == "json")
    };
    files_in(folder.into())
        .into_iter()
        .filter(is_document)
        .collect()
}

/// Snapshots are beside the documents.
pub fn settings() -> insta::Settings {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../../golden");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.remove_snapshot_suffix();
    settings.set_input_file("");
    settings
}

/// Name of the file, and the text.
fn file(path: &Path) -> (String, String) {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let text = fs::read_to_string(path).expect("the document is readable");
    (name.into_owned(), text)
}

/// The name of the crate of a document, which is that of its snapshot, too.
fn crate_name(path: &Path) -> String {
    let stem = path.file_stem().unwrap_or_default();
    stem.to_string_lossy().replace('.', "_")
}

#[test]
fn each_document_has_its_golden_text() {
    insta::glob!("../../golden", "*.{yaml,json}", |path| {
        let (file, text) = file(path);
        let name = crate_name(path);
        let shown = shown(&generated(&file, &text, &name));
        settings().bind(|| insta::assert_snapshot!(name.as_str(), shown));
    });
}

#[test]
fn golden_texts_compile_and_do_as_they_should() {
    let mut workspace = Workspace::new("documents");
    let golden = concat!(env!("CARGO_MANIFEST_DIR"), "/golden");
    let read = |path: String| fs::read_to_string(format!("{golden}/{path}"));
    workspace.add_tests(&read("loopback.rs".to_owned()).expect("the program is readable"));
    for path in paths() {
        let name = crate_name(&path);
        let (file, text) = file(&path);
        workspace.add(&name, &generated(&file, &text, &name));
        workspace.add_tests(&every_operation(&file, &text, &name.replace('-', "_")));
        if let Ok(values) = read(format!("values/{name}.json")) {
            workspace.add_values(&name, &values);
        }
        if let Ok(calls) = read(format!("calls/{name}.rs")) {
            workspace.add_calls(&name, &calls);
        }
    }
    workspace.run_tests();
}

/// A test that sends each operation of a document, in each of its media types and for each kind of
/// answer.
fn every_operation(file: &str, text: &str, name: &str) -> String {
    let document = Document::parse(Source::new(file, text)).expect("the document is one");
    let api = lower(&document, &[], Layout::Flat).unwrap_or_else(|problems| panic!("{problems}"));
    let mut calls = Vec::new();
    for operation in &api.operations {
        let payloads: Vec<Option<&Payload>> = match &operation.request {
            Some(request) => request.payloads.iter().map(Some).collect(),
            None => vec![None],
        };
        for (payload, call) in payloads.iter().flat_map(|payload| {
            let calls = operation.calls.iter();
            calls.map(move |call| (*payload, call))
        }) {
            let Some(expression) = expression(&api, operation, payload, call.kind) else {
                continue;
            };
            let start = expression.replace(
                "Upload::from_path(",
                "Upload::from_bytes(&b\"x\"[..]).file_name(",
            );
            calls.push(format!(
                "    sent += crate::every(&server, {:?}, {start}).await;\n",
                operation.method
            ));
        }
    }
    if calls.is_empty() {
        return String::new();
    }
    format!(
        "\n#[allow(deprecated)]\n#[tokio::test]\nasync fn every_operation_of_{name}() {{\n    use ::{name}::*;\n    let server = crate::serve_any().await;\n    \
         let mut sent = 0;\n{}    println!(\"{name}: {{sent}} of {}\");\n}}\n",
        calls.concat(),
        calls.len()
    )
}

/// Whatever is in the prose, the examples and the names of a description, only the programs of
/// `lib.rs` are run.
#[test]
fn no_text_of_a_description_is_run() {
    let mut workspace = Workspace::new("hostile");
    let generated = generated(
        "hostile-text.yaml",
        &read("hostile-text.yaml"),
        "hostile_text",
    );
    workspace.add("hostile_text", &generated);
    let programs = workspace.documented_programs();
    assert!(
        programs.len() == 1 && programs[0].contains("src/lib.rs - (line "),
        "{programs:?}"
    );
}

/// The programs of an operation give it the parameters that it requires.
#[test]
fn programs_have_the_parameters_of_their_operation() {
    let text = read("parameters.yaml");
    let document = Document::parse(Source::new("parameters.yaml", text));
    let document = document.unwrap_or_else(|problems| panic!("{problems}"));
    let selection = Selection {
        operations: &["copyFile".to_owned()],
        crate_name: "programs",
        layout: Layout::Flat,
    };
    let generated = generate(&document, &selection);
    let generated = generated.unwrap_or_else(|problems| panic!("{problems}"));
    let mut workspace = Workspace::new("programs");
    workspace.add("programs", &generated);
    let programs = workspace.documented_programs();
    assert_eq!(programs.len(), 1, "{programs:?}");
}

fn read(name: &str) -> String {
    let path = format!("{}/golden/{name}", env!("CARGO_MANIFEST_DIR"));
    fs::read_to_string(path).expect("the document is readable")
}

#[test]
fn both_versions_of_one_document_give_one_text() {
    let old = generated("openapi.yaml", &read("bounds-3.0.yaml"), "bounds");
    let new = generated("openapi.yaml", &read("bounds.yaml"), "bounds");
    assert_eq!(shown(&old), shown(&new));
    for name in ["security", "servers"] {
        let text = read(&format!("{name}.yaml"));
        let old = generated("openapi.yaml", &text.replace("3.1.0", "3.0.4"), name);
        let new = generated("openapi.yaml", &text, name);
        assert_eq!(shown(&old), shown(&new));
    }
}

/// 3.1 describes the data of an event, 3.2 the event itself. Callers get the data in both.
#[test]
fn both_ways_to_describe_events_give_one_text() {
    let old = generated("openapi.yaml", &read("streams.yaml"), "streams");
    let new = generated("openapi.yaml", &read("streams-3.2.yaml"), "streams");
    let texts = |generated: &Generated| {
        let files = generated.files.iter();
        files
            .map(|file| (file.path.clone(), file.text.clone()))
            .collect::<BTreeMap<_, _>>()
    };
    assert_eq!(texts(&old), texts(&new));
}
