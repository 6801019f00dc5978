//! Bodies that are cut anywhere and damaged: the runtime reads and writes them as other readers
//! do. The targets `event_stream`, `json_base64` and `multipart` in `fuzz/` go on from here.

use openapi_tests::corpus::seeds;
use openapi_tests::wire::{event_stream, json, multipart};

use crate::mutations::choices;

/// Enough bytes to choose a body with.
fn long_choices(seed: u64) -> Vec<u8> {
    (0..4).flat_map(|part| choices(4 * seed + part)).collect()
}

#[test]
fn events_are_those_of_the_standard() {
    let streams = seeds(2_000);
    let mut events = 0;
    for seed in 0..streams {
        // The marks, and the characters after them: digits, and what separates a name from its
        // value.
        let choices = choices(seed).into_iter().map(|choice| choice % 64);
        events += event_stream::run(&choices.collect::<Vec<_>>());
    }
    // Were there fewer, too little would be compared.
    assert!(events as u64 > 2 * streams, "{events}");
}

#[test]
fn json_is_the_same_however_it_is_cut() {
    let texts = seeds(750);
    let mut values = 0;
    for seed in 0..texts {
        values += u64::from(json::run(&long_choices(seed)));
    }
    // Were all of one kind, the other would not be tested.
    assert!(values > texts / 2 && values < texts * 9 / 10, "{values}");
}

#[test]
fn no_control_character_stands_in_base64() {
    for (base64, is_value) in [("\n", false), ("\\n", true), ("\n\\n", false)] {
        let text = format!("{{\"created\":1,\"data\":[{{\"b64_json\":\"{base64}\"}}]}}");
        assert_eq!(json::check(text.as_bytes()), is_value, "{base64:?}");
    }
}

#[test]
fn forms_are_parsed_as_they_were_filled() {
    let forms = seeds(3_000);
    let mut parts = 0;
    for seed in 0..forms {
        parts += multipart::run(&long_choices(seed));
    }
    assert!(parts as u64 > forms, "{parts}");
}
