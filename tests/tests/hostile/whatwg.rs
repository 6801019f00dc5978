//! The reader of event streams that others are compared with, on the examples of the standard.

use openapi_tests::wire::whatwg::{Event, read};

fn event(name: &str, data: &str, id: &str) -> Event {
    let [name, data, id] = [name, data, id].map(str::to_owned);
    Event { name, data, id }
}

/// The examples at the end of WHATWG HTML §9.2.6.
#[test]
fn the_examples_of_the_standard_are_read() {
    let message = |data| event("message", data, "");
    let cases = [
        (
            "data: YHOO\ndata: +2\ndata: 10\n\n",
            vec![message("YHOO\n+2\n10")],
        ),
        (
            ": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n\n",
            vec![
                event("message", "first event", "1"),
                message("second event"),
                message(" third event"),
            ],
        ),
        (
            "data\n\ndata\ndata\n\ndata:\n",
            vec![message(""), message("\n")],
        ),
        (
            "data:test\n\ndata: test\n\n",
            vec![message("test"), message("test")],
        ),
    ];
    for (stream, expected) in cases {
        assert_eq!(read(stream.as_bytes()).events, expected, "{stream:?}");
    }
}
