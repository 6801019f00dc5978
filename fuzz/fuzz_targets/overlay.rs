//! Any text as an overlay of a small document, and what comes of it as a document.
#![no_main]

use libfuzzer_sys::fuzz_target;
use openapi_codegen::document::{Document, Source};
use openapi_codegen::overlay;
use openapi_tests::pipeline;

const DOCUMENT: &str = include_str!("../../tests/golden/objects.yaml");

fuzz_target!(|text: &str| {
    let Ok(document) = Document::parse(Source::new("document.yaml", DOCUMENT)) else {
        return;
    };
    let overlay = Source::new("overlay.yaml", text);
    let applied = overlay::apply(document.clone(), overlay.clone());
    if let Ok(attempt) = overlay::attempt(document, overlay)
        && attempt.missing.is_none()
    {
        let json = |document: &Document| document.root().node().to_json();
        assert!(
            applied
                .as_ref()
                .is_ok_and(|applied| json(applied) == json(&attempt.document))
        );
    }
    if let Ok(document) = applied {
        let _ = pipeline::emitted(&document, DOCUMENT.len() + text.len());
    }
});
