//! The first bytes cut the others, which are a stream of events: read as the standard says.
#![no_main]

use libfuzzer_sys::fuzz_target;
use openapi_tests::wire::event_stream;

fuzz_target!(|choices: &[u8]| {
    let _ = event_stream::run(choices);
});
