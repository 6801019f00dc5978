//! Any text as an overlay of a small document, and what comes of it as a document.
#![no_main]

use libfuzzer_sys::fuzz_target;
use openapi_codegen::document::{Document, Source};
use openapi_codegen::overlay;
use openapi_tests::pipeline;

const DOCUMENT: &str = include_str!("../../tests/golden/objects.yaml");

fuzz_target!(|text: &str| {
    let document = Document::parse(Source::new("document.yaml", DOCUMENT));
    let Ok(document) = document else {
        return;
    };
    if let Ok(document) = overlay::apply(document, Source::new("overlay.yaml", text)) {
        let _ = pipeline::emitted(&document, DOCUMENT.len() + text.len());
    }
});
