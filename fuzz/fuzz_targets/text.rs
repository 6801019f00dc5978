//! Any text as a document: what is read is emitted and audited, all else is a problem with a place.
#![no_main]

use libfuzzer_sys::fuzz_target;
use openapi_tests::pipeline;

fuzz_target!(|text: &str| {
    let _ = pipeline::run(text);
});
