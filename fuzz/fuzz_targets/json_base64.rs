//! JSON with base64, or a stream of it: the same however it is cut, and what `serde_json` reads.
#![no_main]

use libfuzzer_sys::fuzz_target;
use openapi_tests::wire::json;

fuzz_target!(|choices: &[u8]| {
    let _ = json::run(choices);
});
