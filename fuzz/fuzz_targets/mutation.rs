//! A good document with some things changed; the bytes say which.
#![no_main]

use libfuzzer_sys::fuzz_target;
use openapi_tests::{mutation, pipeline};

fuzz_target!(|choices: &[u8]| {
    let _ = pipeline::run(&mutation::document(choices));
});
