//! The event stream format, by its own table and by the web platform tests.

use std::{fmt::Write, time::Duration};

use bytes::Bytes;
use openapi_runtime::event_stream::{Decoder, Event, LimitExceeded, Limits};
use serde_json::Value;

use crate::corpus;

/// The sizes of chunks that every stream is cut into; 0 is the whole.
const CHUNKS: [usize; 5] = [0, 1, 2, 3, 7];

fn feed(decoder: &mut Decoder, text: &[u8], size: usize) -> Vec<Event> {
    let size = if size == 0 { text.len().max(1) } else { size };
    let mut events = Vec::new();
    for chunk in text.chunks(size) {
        decoder.push(Bytes::copy_from_slice(chunk));
        while let Some(event) = decoder.next_event().unwrap() {
            events.push(event);
        }
    }
    events
}

/// `name|data|id` of each event, one a line.
fn events(text: &[u8], size: usize) -> String {
    let mut all = String::new();
    for event in feed(&mut Decoder::new(), text, size) {
        let name = event.name.as_deref().unwrap_or("message");
        writeln!(all, "{name}|{}|{}", event.text().escape_debug(), event.id).unwrap();
    }
    all
}

#[test]
fn lines_and_fields() {
    let table: &[(&[u8], &str)] = &[
        (b"data: a\n\n", "message|a|\n"),
        (b"data:a\r\rdata:  b\r\n\r\n", "message|a|\nmessage| b|\n"),
        (
            b"\xef\xbb\xbfdata: a\n\n\xef\xbb\xbfdata: b\n\n",
            "message|a|\n",
        ),
        (b"\xef\xbb\xbf\n\ndata: a\n\n", "message|a|\n"),
        (
            b"event: x\nevent: y\ndata: a\ndata\ndata: c\n\n",
            "y|a\\n\\nc|\n",
        ),
        (b"event: x\n\ndata: a\n\n", "message|a|\n"),
        (
            b"id: 1\n\ndata: a\n\nid: 2\0\ndata: b\n\nid\ndata: c\n\n",
            "message|a|1\nmessage|b|1\nmessage|c|\n",
        ),
        (
            b"data\n\n: comment\n\nDATA: x\n\n data: y\n\n",
            "message||\n",
        ),
        (
            b"data: \xff\xe2\x82\n\nevent: \xc3\xa9\ndata: \0\n\n",
            "message|\u{fffd}\u{fffd}|\n\u{e9}|\\0|\n",
        ),
        (b"data: a\n\ndata: unfinished\n", "message|a|\n"),
    ];
    for (text, expected) in table {
        for size in CHUNKS {
            assert_eq!(
                events(text, size),
                *expected,
                "{:?} by {size}",
                String::from_utf8_lossy(text)
            );
        }
    }
}

#[test]
fn data_within_a_chunk_is_not_copied() {
    let chunk = Bytes::from_static(b"data: 0123456789\n\n");
    let mut decoder = Decoder::new();
    decoder.push(chunk.clone());
    let event = decoder.next_event().unwrap().unwrap();
    assert_eq!(event.data.as_ptr(), chunk[6..].as_ptr());
}

#[test]
fn retry_is_digits_only() {
    for (text, expected) in [
        ("retry: 03000\n", Some(3000)),
        (
            "retry: 1\nretry: 2x\nretry: -3\nretry: +4\nretry\n",
            Some(1),
        ),
        ("retry: 1e3\n", None),
        ("retry: 1\nretry: 20", Some(1)),
    ] {
        let expected = expected.map(Duration::from_millis);
        let mut decoder = Decoder::new();
        feed(&mut decoder, text.as_bytes(), 0);
        assert_eq!(decoder.reconnection_time(), expected, "{text:?}");
        // A number that broke off is another number.
        assert_eq!(decoder.finish(), Ok(None), "{text:?}");
        assert_eq!(decoder.reconnection_time(), expected, "{text:?}");
    }
}

#[test]
fn a_decoder_prints_how_much_is_unread() {
    let mut decoder = Decoder::new();
    decoder.push(&b"data: a\n\nid: 1\n"[..]);
    for unread in ["unread: 15,", "unread: 6,", "unread: 0,"] {
        let printed = format!("{decoder:?}");
        assert!(printed.contains(unread), "{unread} {printed}");
        decoder.next_event().unwrap();
    }
}

#[test]
fn what_is_unfinished() {
    let table: [(&[u8], _); 16] = [
        (b"", None),
        (b"data: a\n\n", None),
        (b"data: a\n\n: comm", None),
        (b"id: 1\n", None),
        (b"id: 1", None),
        (b"retry: 1", None),
        (b"dat: x", None),
        (b"datum", None),
        (b"unknown", None),
        (b"event", Some(("message", ""))),
        (b"event: x", Some(("x", ""))),
        (b"data: a", Some(("message", "a"))),
        (b"\xef\xbb\xbfdata: a", Some(("message", "a"))),
        (b"event: x\nda", Some(("x", ""))),
        (b"da", Some(("message", ""))),
        (b"data: a\r", Some(("message", "a"))),
    ];
    for (text, expected) in table {
        for size in CHUNKS {
            let mut decoder = Decoder::new();
            feed(&mut decoder, text, size);
            let rest = decoder.finish().unwrap();
            let rest = rest.map(|event| {
                (
                    event.name.clone().unwrap_or("message".into()),
                    event.text().into_owned(),
                )
            });
            let rest = rest
                .as_ref()
                .map(|(name, data)| (name.as_str(), data.as_str()));
            assert_eq!(
                rest,
                expected,
                "{:?} by {size}",
                String::from_utf8_lossy(text)
            );
        }
    }
}

/// The number of events that can be taken, and what comes then.
fn events_left(decoder: &mut Decoder) -> (usize, Result<Option<Event>, LimitExceeded>) {
    let mut count = 0;
    loop {
        match decoder.next_event() {
            Ok(Some(_)) => count += 1,
            other => return (count, other),
        }
    }
}

#[test]
fn limits_hold_and_a_failed_decoder_stays_failed() {
    let limits = |line, event, pending| Limits {
        line,
        event,
        pending,
    };
    let table: &[(Limits, &[u8], LimitExceeded)] = &[
        (
            limits(8, 100, 100),
            b"data: 123\n\n",
            LimitExceeded::Line(8),
        ),
        (
            limits(8, 100, 100),
            b"data: 1234567890",
            LimitExceeded::Line(8),
        ),
        (
            limits(100, 4, 100),
            b"data: 12\ndata: 34\n\n",
            LimitExceeded::Event(4),
        ),
    ];
    for (limits, text, expected) in table {
        let mut decoder = Decoder::with_limits(*limits);
        decoder.push(*text);
        assert_eq!(decoder.next_event(), Err(*expected));
        decoder.push(&b"\n\ndata: a\n\n"[..]);
        assert_eq!(decoder.next_event(), Err(*expected));
        assert_eq!(decoder.finish(), Err(*expected));
    }
}

/// A chunk that is handed over when there is nothing to read may have any length; only what is
/// pushed behind it counts.
#[test]
fn pending_bytes_are_those_behind_the_chunk_that_is_read() {
    let limits = Limits {
        line: 8,
        event: 2,
        pending: 12,
    };
    let event = &b"data: 12\n\n"[..];
    let mut decoder = Decoder::with_limits(limits);
    decoder.push(event.repeat(5));
    assert_eq!(events_left(&mut decoder), (5, Ok(None)));
    for _ in 0..100 {
        decoder.push(event);
        assert_eq!(
            events_left(&mut decoder),
            (1, Ok(None)),
            "what was read does not count"
        );
    }
    // Bytes beyond the limit are reported after all events before them, and nothing follows.
    for _ in 0..4 {
        decoder.push(event);
    }
    let pending = Err(LimitExceeded::Pending(12));
    assert_eq!(events_left(&mut decoder), (2, pending.clone()));
    decoder.push(event);
    assert_eq!(events_left(&mut decoder), (0, pending.clone()));
    assert_eq!(decoder.finish(), pending);
}

#[test]
fn web_platform_tests() {
    let wire = corpus::wire();
    let cases = corpus::read_json(&wire.join("wpt/sse.json"));
    let mut left_out = 0;
    for case in cases.as_array().unwrap() {
        if case["connection"] == "fail" {
            // The decision whether to connect at all belongs to the typed decoder, which has the
            // head of the response.
            left_out += 1;
            continue;
        }
        let text = corpus::from_hex(case["hex"].as_str().unwrap());
        for size in CHUNKS {
            web_platform_test(case, &text, size);
        }
    }
    println!("web_platform_tests: {left_out} of status and content type left out");
}

fn web_platform_test(case: &Value, text: &[u8], size: usize) {
    let id = &case["id"];
    let mut decoder = Decoder::new();
    let events = feed(&mut decoder, text, size);
    let expected = case["expect"].as_array().unwrap();
    assert_eq!(events.len(), expected.len(), "{id} by {size}: {events:?}");
    for (event, expected) in events.iter().zip(expected) {
        let found = [
            ("event", event.name.clone().unwrap_or("message".into())),
            ("data", event.text().into_owned()),
            ("id", event.id.clone()),
        ];
        for (key, value) in found {
            assert!(
                expected.get(key).is_none_or(|expected| *expected == value),
                "{id} by {size}: {key} {value:?}"
            );
        }
    }
    if let Some(retry) = case["retry"].as_u64() {
        assert_eq!(
            decoder.reconnection_time(),
            Some(Duration::from_millis(retry)),
            "{id}"
        );
    }
}
