//! Two documents that begin alike: what becomes of the one when the other takes its place.
#![no_main]

use libfuzzer_sys::fuzz_target;
use openapi_tests::{changes, mutation};

fuzz_target!(|choices: &[u8]| {
    let half = choices.len() / 2;
    let _ = changes::run(
        &mutation::document(&choices[..half]),
        &mutation::document(choices),
    );
});
