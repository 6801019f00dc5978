//! Descriptions that differ in a place or two: whatever is different in the emitted code is told,
//! and whatever callers lose is told to break them. The target `changes` in `fuzz/` goes on from
//! here.

use openapi_tests::corpus::seeds;
use openapi_tests::{changes, mutation};

use crate::mutations::choices;

/// Number of pairs.
const PAIRS: u64 = 1_000;

#[test]
fn what_is_emitted_otherwise_is_told() {
    let pairs = seeds(PAIRS);
    let mut different = 0;
    for seed in 0..pairs {
        let choices = choices(seed);
        let length = 6 + usize::from(choices[1]) % 12;
        let texts = [&choices[..1], &choices[..length.min(choices.len())]].map(mutation::document);
        different += u64::from(changes::run(&texts[0], &texts[1]));
    }
    assert!(different > pairs / 20, "{different}");
}
