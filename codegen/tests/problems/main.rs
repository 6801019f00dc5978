//! Every problem that there is a code for, with the exact text that the user sees.
//!
//! Each document in `cases/` is wrong in the way that its name says, each one in `unreached/` in
//! places that no operation reaches, and each overlay in `overlays/` does not fit its document, or
//! says no more than it; the snapshot is the text.

mod explanations;

use std::fs;
use std::path::Path;

use openapi_codegen::diagnostic::{Code, Diagnostics, Severity};
use openapi_codegen::document::{Document, Source};
use openapi_codegen::{Layout, Selection, check, generate, overlay, selected};

/// The codes that are a warning or an error as the selection of operations wants.
const SOMETIMES: &[Code] = &[Code::DuplicateOperation];

/// The document that the overlays are applied to.
const THING: &str = "\
openapi: 3.1.0
info: {title: Example, version: '1'}
paths: {}
components: {schemas: {Thing: {type: object, properties: {a: {type: string}}}}}
";

/// The warnings of a document, without overlays and with all operations.
fn generated(name: &str, text: &str) -> Result<Diagnostics, Diagnostics> {
    let document = Document::parse(Source::new(name, text))?;
    let selection = Selection {
        operations: &[],
        crate_name: "example",
        layout: Layout::Flat,
    };
    Ok(generate(&document, &selection)?.warnings)
}

fn checked(name: &str, text: &str) -> Result<Diagnostics, Diagnostics> {
    check(&Document::parse(Source::new(name, text))?)
}

fn applied(name: &str, text: &str) -> Result<Diagnostics, Diagnostics> {
    let document = Document::parse(Source::new("thing.yaml", THING))?;
    Ok(overlaid(document, Source::new(name, text))?.1)
}

/// The document with all actions of an overlay done, and the warnings.
fn overlaid(document: Document, overlay: Source) -> Result<(Document, Diagnostics), Diagnostics> {
    let applied = overlay::apply(document.clone(), overlay.clone())?;
    let needless = overlay::attempt(document, overlay)?.needless;
    Ok((applied, needless.unwrap_or_default()))
}

/// Compares what the user sees of a file with its snapshot.
fn shows_its_text(path: &Path, run: fn(&str, &str) -> Result<Diagnostics, Diagnostics>) {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let text = fs::read_to_string(path).expect("the file is readable");
    let problems = run(&name, &text).unwrap_or_else(|errors| errors);
    assert!(!problems.is_empty(), "{name} has problems");
    for problem in problems.iter() {
        assert!(!problem.help.is_empty(), "no way out: {problem:?}");
        let is_warning = problem.severity == Severity::Warning;
        assert_eq!(!problem.assumed.is_empty(), is_warning, "{problem:?}");
    }
    let folder = path.parent().and_then(Path::file_name).unwrap_or_default();
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(format!("snapshots/{}", folder.to_string_lossy()));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.remove_snapshot_suffix();
    settings.set_input_file("");
    let snapshot = name.trim_end_matches(".yaml");
    settings.bind(|| insta::assert_snapshot!(snapshot, problems.to_string()));
}

/// Name and text of the files of a folder beside this one, sorted.
fn files(folder: &str) -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/problems")
        .join(folder);
    let entries = fs::read_dir(folder).expect("the folder is readable");
    let mut files: Vec<_> = entries
        .map(|entry| {
            let entry = entry.expect("the folder is readable");
            let name = entry.file_name().to_string_lossy().into_owned();
            (
                name,
                fs::read_to_string(entry.path()).expect("the file is readable"),
            )
        })
        .collect();
    files.sort();
    files
}

#[test]
fn what_operations_reach() {
    insta::glob!("cases/*", |path| shows_its_text(path, generated));
}

#[test]
fn what_no_operation_reaches() {
    insta::glob!("unreached/*", |path| shows_its_text(path, checked));
}

#[test]
fn what_overlays_say() {
    insta::glob!("overlays/*", |path| shows_its_text(path, applied));
}

#[test]
fn every_code_has_a_case() {
    let folders = ["cases", "unreached", "overlays"];
    let mut shown = folders
        .map(|folder| files(&format!("snapshots/{folder}")))
        .concat();
    shown.push(("main.rs".to_owned(), include_str!("main.rs").to_owned()));
    for code in Code::ALL {
        let severities = [Severity::Warning, Severity::Error].map(|severity| {
            let title = format!("{}[{code}]: ", severity.as_str());
            shown.iter().any(|(_, text)| text.contains(&title))
        });
        let is_warning = explanations::is_warning(code.explanation());
        let is_both = SOMETIMES.contains(code);
        let expected = [is_warning || is_both, !is_warning];
        assert_eq!(severities, expected, "{code} as a warning and as an error");
    }
}

#[test]
fn a_file_that_is_called_json_is_json() {
    let text = "[openapi, // the version\n3.1.0]";
    let problem = |name: &str| {
        let read = Document::parse(Source::new(name, text));
        read.err().map(|problems| problems.to_string())
    };
    assert_eq!(problem("openapi.yaml"), None, "it is YAML");
    let problem = problem("openapi.JSON").expect("it is not JSON");
    assert!(problem.starts_with("error[invalid-json]: "), "{problem}");
}

/// Generates some operations of this document, two of which have the same id.
fn generated_of(operations: &[&str]) -> Result<Diagnostics, Diagnostics> {
    let text = "\
openapi: 3.1.0
info: {title: T, version: '1'}
paths:
  /a:
    get: {operationId: list, responses: {'204': {description: None}}}
    put: {operationId: write, responses: {'204': {description: None}}}
  /b:
    get: {operationId: list, responses: {'204': {description: None}}}
";
    let document = Document::parse(Source::new("openapi.yaml", text)).expect("it is YAML");
    let operations: Vec<String> = operations.iter().map(ToString::to_string).collect();
    let selection = Selection {
        operations: &operations,
        crate_name: "example",
        layout: Layout::Flat,
    };
    let sliced = openapi_codegen::slice(&document, &operations).map(|_| ());
    let generated = generate(&document, &selection);
    if !operations.is_empty() {
        assert_eq!(sliced.is_err(), generated.is_err(), "{operations:?}");
    }
    Ok(generated?.warnings)
}

#[test]
fn an_id_of_two_operations_matters_where_it_is_wanted() {
    let warnings = generated_of(&["write"]).expect("`write` is one operation");
    insta::assert_snapshot!(warnings.to_string(), @"
    warning[duplicate-operation]: two operations have the id `list`
     --> openapi.yaml:8:24
      |
    8 |     get: {operationId: list, responses: {'204': {description: None}}}
      |                        ^^^^ again here
      |
      = at: /paths/~1b/get/operationId
      = assumed: neither of them is selected
      = help: give each operation an id of its own
    ");
    for operations in [&[][..], &["list"], &["write", "list"]] {
        let problems = generated_of(operations).expect_err("`list` is two operations");
        let problems = problems.to_string();
        assert!(
            problems.starts_with("error[duplicate-operation]: "),
            "{problems}"
        );
    }
}

#[test]
fn an_unknown_operation_is_compared_with_the_known_ones() {
    let text = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths:\n  /a:\n    get: {operationId: listImages, responses: {}}\n";
    let document = Document::parse(Source::new("openapi.yaml", text)).expect("it is YAML");
    let operations = ["listImage".to_owned()];
    let selection = Selection {
        operations: &operations,
        crate_name: "example",
        layout: Layout::Flat,
    };
    let problems = generate(&document, &selection).expect_err("there is no such operation");
    insta::assert_snapshot!(problems.to_string(), @"
    error[unknown-operation]: there is no operation `listImage`
     --> openapi.yaml:3:1
      |
    3 | paths:
      | ^^^^^ none of these
      |
      = at: /paths
      = help: did you mean `listImages`?
    ");
}

#[test]
fn an_unknown_tag_is_compared_with_those_of_operations() {
    let text = "\
openapi: 3.1.0
info: {title: T, version: '1'}
tags: [{name: Image}]
paths:
  /a:
    get: {operationId: listImages, tags: [Images], responses: {}}
";
    let document = Document::parse(Source::new("openapi.yaml", text)).expect("it is YAML");
    let [id, tag] = ["listImage", "Image"].map(|name| vec![name.to_owned()]);
    let problems = selected(&document, &id, &tag).expect_err("there is neither");
    insta::assert_snapshot!(problems.to_string(), @"
    error[unknown-operation]: there is no operation `listImage`
     --> openapi.yaml:4:1
      |
    4 | paths:
      | ^^^^^ none of these
      |
      = at: /paths
      = help: did you mean `listImages`?

    error[unknown-tag]: no operation has the tag `Image`
     --> openapi.yaml:4:1
      |
    4 | paths:
      | ^^^^^ none of these
      |
      = at: /paths
      = help: did you mean `Images`?
    ");
    let known = ["Images".to_owned()];
    assert_eq!(
        selected(&document, &[], &known),
        Ok(vec!["listImages".to_owned()])
    );
    assert_eq!(selected(&document, &[], &[]), Ok(Vec::new()));
}
