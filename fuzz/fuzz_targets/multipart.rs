//! A form of texts and files, written here and parsed by another library.
#![no_main]

use libfuzzer_sys::fuzz_target;
use openapi_tests::wire::multipart;

fuzz_target!(|choices: &[u8]| {
    let _ = multipart::run(choices);
});
