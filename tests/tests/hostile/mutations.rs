//! Documents made by mutation, the same ones in every run. The targets in `fuzz/` go on from here.

use openapi_tests::corpus::seeds;
use openapi_tests::{mutation, pipeline};
use serde_json::{Map, Value, json};

/// Number of documents.
const DOCUMENTS: u64 = 600;

/// The bytes that choose what is done to a document: the generator of Marsaglia, "Xorshift RNGs",
/// 2003.
pub fn choices(seed: u64) -> Vec<u8> {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state.to_le_bytes()[3]
    };
    let length = 8 + usize::from(next()) % 120;
    (0..length).map(|_| next()).collect()
}

#[test]
fn what_is_accepted_is_harmless_and_what_is_refused_has_a_place() {
    let documents = seeds(DOCUMENTS);
    let mut accepted = 0;
    for seed in 0..documents {
        accepted += u64::from(pipeline::run(&mutation::document(&choices(seed))).is_ok());
    }
    // Were all of one kind, the other would not be tested.
    assert!(
        accepted > documents / 20 && accepted < documents,
        "{accepted}"
    );
}

/// Number of operations of a document with marks in its prose.
const OPERATIONS: usize = 10;

/// Text that Markdown turns into blocks and links.
const MARKS: [&str; 34] = [
    "-",
    "*",
    "+",
    "1.",
    "2)",
    ">",
    " ",
    "  ",
    "    ",
    "\t",
    "\n",
    "\n\n",
    "\n    ",
    "```",
    "~~~",
    "````rust",
    "`",
    "``",
    "<b>",
    "<!--",
    "&lt;",
    "[a](b)",
    "[a`",
    "](c)",
    "[a]: b",
    "[^1]: ",
    "[ ] ",
    "|",
    "|-|",
    "#",
    "===",
    "\\",
    "panic!()",
    "https://a.b/",
];

#[test]
fn no_prose_is_code_or_markup_of_its_own() {
    let mark = |choice| MARKS[usize::from(choice) % MARKS.len()];
    let prose = |seed| choices(seed).into_iter().map(mark).collect::<String>();
    let all: Vec<u64> = (0..seeds(1_500)).collect();
    for some in all.chunks(OPERATIONS) {
        let operation = |seed: &u64| {
            let operation = json!({
                "operationId": format!("make{seed}"),
                "description": prose(seed + DOCUMENTS),
                "responses": {"204": {"description": "Done"}},
            });
            (format!("/{seed}"), json!({"post": operation}))
        };
        let paths: Map<String, Value> = some.iter().map(operation).collect();
        let document = json!({"openapi": "3.1.0", "paths": paths});
        let outcome = pipeline::run(&document.to_string());
        assert!(outcome.is_ok(), "{document:#}");
    }
}
