//! Every problem that lowering can find, with the exact text that the user sees.
//!
//! Each document in `cases/` is wrong in the way that its name says; the snapshot beside it is the text.

use openapi_codegen::document::{Document, Source};
use openapi_codegen::{Selection, generate};

/// What the user sees of a document that cannot be generated from.
fn problems(name: &str, text: &str) -> String {
    let selection = Selection {
        operations: &[],
        crate_name: "example",
    };
    let document = match Document::parse(Source::new(name, text)) {
        Ok(document) => document,
        Err(problems) => return problems.to_string(),
    };
    match generate(&document, &selection) {
        Ok(_) => panic!("{name} is in order"),
        Err(problems) => problems.to_string(),
    }
}

#[test]
fn each_case_shows_its_text() {
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::glob!("cases/*.yaml", |path| {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let text = std::fs::read_to_string(path).expect("the case is readable");
            insta::assert_snapshot!(problems(&name, &text));
        });
    });
}

#[test]
fn an_unknown_operation_is_compared_with_the_known_ones() {
    let text = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths:\n  /a:\n    get: {operationId: listImages, responses: {}}\n";
    let document = Document::parse(Source::new("openapi.yaml", text)).expect("it is YAML");
    let operations = ["listImage".to_owned()];
    let selection = Selection {
        operations: &operations,
        crate_name: "example",
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
