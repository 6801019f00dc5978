//! The reading half of the crate: documents, diagnostics and overlays.

mod corpus;
mod diagnostic;
mod document;
mod overlay;
mod overlay_attempt;
mod overlay_problems;
mod pointer;
#[path = "../published/mod.rs"]
mod published;
mod yaml;

use openapi_codegen::document::{Document, Source};
use serde_json::Value;

/// The JSON form of a document, or the codes and places of its problems as
/// `code line:column pointer`.
fn read(text: &str) -> Result<Value, Vec<String>> {
    match Document::parse(Source::new("test.yaml", text)) {
        Ok(document) => Ok(document.root().node().to_json()),
        Err(diagnostics) => Err(places(&diagnostics)),
    }
}

/// The problems, one a line, as `code line:column pointer`.
fn places(diagnostics: &openapi_codegen::diagnostic::Diagnostics) -> Vec<String> {
    let list = diagnostics.to_json();
    let list = list.as_array().into_iter().flatten();
    let place = |problem: &Value| {
        let text = |name: &str| problem[name].as_str().unwrap_or_default().to_owned();
        format!(
            "{} {}:{} {}",
            text("code"),
            problem["line"],
            problem["column"],
            text("pointer")
        )
    };
    list.map(|problem| place(problem).trim_end().to_owned())
        .collect()
}

/// The text form of the problems of a text that has some.
fn problems(text: &str) -> String {
    match Document::parse(Source::new("test.yaml", text)) {
        Ok(document) => panic!("no problem was found in {:?}", document.root().node()),
        Err(diagnostics) => diagnostics.to_string(),
    }
}
