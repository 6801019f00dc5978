//! Limits under a hostile server: whatever it sends, the end comes soon, and little is held until
//! then.

use bytes::Bytes;
use openapi_runtime::{
    EventDecoder, EventResponse, JsonResponse, ResponseError, ResponseHead, StreamError,
    event_stream::{Decoder, LimitExceeded, Limits},
};

use crate::{
    growth,
    images::{ImageEvent, ImagesResponse},
};

const MIB: usize = 1024 * 1024;

/// Nesting beyond what a reader that calls itself can go through.
const DEEP: usize = 100_000;

const LIMITS: Limits = Limits {
    line: MIB,
    event: MIB,
    pending: MIB,
};

fn stream() -> ResponseHead {
    ResponseHead::new(200).with_header("content-type", "text/event-stream")
}

/// Pushes the chunk `count` times: how many were read without an error, and the error.
fn until_it_fails(chunk: &Bytes, count: usize) -> (usize, Option<LimitExceeded>) {
    let mut decoder = Decoder::with_limits(LIMITS);
    let mut first = None;
    for pushed in 0..count {
        decoder.push(chunk.clone());
        match (decoder.next_event(), first) {
            (Ok(None), None) => {}
            (Err(error), None) => first = Some((pushed, error)),
            (Err(error), Some((_, earlier))) => assert_eq!(error, earlier, "it stays failed"),
            (other, _) => panic!("{other:?} after {pushed} chunks"),
        }
    }
    assert!(
        chunk.is_unique() || first.is_none(),
        "nothing is kept after an error"
    );
    first.map_or((count, None), |(pushed, error)| (pushed, Some(error)))
}

#[test]
fn what_never_ends_ends_at_a_limit() {
    let chunks = |text: &str| Bytes::from(text.repeat(64 * 1024 / text.len()));
    let line = LimitExceeded::Line(MIB);
    let event = LimitExceeded::Event(MIB);
    // The second number is the chunk of 64 KiB that goes beyond the limit of 16.
    let table = [
        ("a line", chunks("x"), 16, line),
        ("a line of data", chunks("data:"), 16, line),
        ("a comment", chunks(": "), 16, line),
        (
            "an event of short lines",
            chunks("data: 0123456789\n"),
            24,
            event,
        ),
        (
            "an event of long lines",
            chunks(&format!("data: {}\n", "x".repeat(32_000))),
            16,
            event,
        ),
    ];
    for (name, chunk, latest, expected) in table {
        let (read, error) = until_it_fails(&chunk, 16 * 1024);
        assert_eq!(error, Some(expected), "{name}");
        assert!(read <= latest, "{name} was read for {read} chunks");
    }
}

#[test]
fn limits_are_named_in_words() {
    let table = [
        (
            LimitExceeded::Line(1),
            "a line of the event stream has more than 1 bytes",
        ),
        (
            LimitExceeded::Event(20),
            "an event of the stream has more than 20 bytes of data",
        ),
        (
            LimitExceeded::Pending(300),
            "more than 300 bytes of the event stream are unread",
        ),
    ];
    for (limit, text) in table {
        assert_eq!(limit.to_string(), text);
    }
}

#[test]
fn what_is_pushed_ahead_has_a_limit() {
    let chunk = Bytes::from("x\n".repeat(32 * 1024));
    let mut decoder = Decoder::with_limits(LIMITS);
    for _ in 0..16 * 1024 {
        decoder.push(chunk.clone());
    }
    assert_eq!(decoder.next_event(), Err(LimitExceeded::Pending(MIB)));
    assert!(chunk.is_unique(), "nothing is kept after an error");
}

/// Very many lines, an empty one, and one event.
#[test]
fn many_lines() {
    let table = [
        ("empty lines", "\n", None, 0),
        ("empty fields", ":\n", None, 0),
        ("unknown fields", "field\n", None, 0),
        ("comments", ": comment\n", None, 0),
        ("names", "event: name\n", Some("name"), 0),
        ("identifiers", "id: 1\n", None, 0),
        ("times", "retry: 1\n", None, 0),
        ("data", "data:\n", None, 1),
    ];
    for (name, line, event_name, feeds) in table {
        growth::linear(name, 150_000, |count| {
            let text = Bytes::from([&line.repeat(count), "data: last\n\n"].concat());
            let mut decoder = Decoder::new();
            let chunks = text.chunks(64 * 1024);
            chunks.for_each(|chunk| decoder.push(text.slice_ref(chunk)));
            let event = decoder.next_event().unwrap().unwrap();
            assert_eq!(decoder.next_event(), Ok(None));
            assert_eq!(event.name.as_deref(), event_name, "{name}");
            assert_eq!(event.data.len(), count * feeds + 4, "{name}");
            let (lines, last) = event.data.split_at(count * feeds);
            assert!(
                lines.iter().all(|byte| *byte == b'\n') && last == b"last",
                "{name}"
            );
        });
    }
}

#[test]
fn chunks_of_one_byte() {
    growth::linear("chunks of one byte", MIB, |length| {
        let base64 = "QUJD".repeat(length / 4);
        let text = format!(
            "event: image_edit.completed\r\ndata: {{\"type\":\"image_edit.completed\",\"b64_json\":\"{base64}\"}}\r\n\r\n"
        );
        let text = Bytes::from(text);
        let mut decoder = EventDecoder::<ImageEvent>::new(&stream());
        let mut items = Vec::new();
        for byte in text.chunks(1) {
            decoder.push(text.slice_ref(byte));
            items.extend(decoder.by_ref());
        }
        assert_eq!(items.len(), 1);
        let item = items.remove(0).unwrap();
        let ImageEvent::Completed(image) = item else {
            panic!("{item:?}");
        };
        assert_eq!(image.b64_json.bytes().unwrap().len(), length / 4 * 3);
    });
}

/// The most address space that the process has had so far, in kB, where the system tells.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmPeak:"))?;
    line.split_whitespace().next()?.parse().ok()
}

#[test]
fn a_length_that_is_announced_is_not_reserved() {
    let before = peak();
    for length in ["1000000000", "1000000000000000000"] {
        let announce = |head: ResponseHead| head.with_header("content-length", length);
        let json = announce(ResponseHead::new(200).with_header("content-type", "application/json"));
        let response = JsonResponse::<ImagesResponse>::default();
        let error = response.decode(&json, &b"{\"created\""[..]).unwrap_err();
        assert!(matches!(error, ResponseError::Decode(..)), "{error:?}");

        let mut decoder = EventDecoder::<ImageEvent>::new(&announce(stream()));
        decoder.push(&b"data: {}\n\n"[..]);
        assert!(matches!(decoder.next(), Some(Ok(ImageEvent::Unknown(_)))));

        let mut refused = EventDecoder::<ImageEvent>::new(&announce(ResponseHead::new(500)));
        refused.push(&b"0123456789"[..]);
        refused.finish();
        assert!(matches!(
            refused.next(),
            Some(Err(StreamError::Response(_)))
        ));
    }
    // The other tests of this process need far less than what was announced.
    if let (Some(before), Some(after)) = (before, peak()) {
        assert!(
            after - before < 500_000,
            "{} kB were reserved",
            after - before
        );
    }
}

/// The text with `ARRAYS` as `[[[…]]]`, `OBJECTS` as the same of objects, and `OPEN` as `[[[…`, of
/// this depth.
fn nested(text: &str, depth: usize) -> String {
    let objects = ["{\"a\":".repeat(depth), "1".into(), "}".repeat(depth)].concat();
    text.replace("ARRAYS", &["[".repeat(depth), "]".repeat(depth)].concat())
        .replace("OBJECTS", &objects)
        .replace("OPEN", &"[".repeat(depth))
}

/// The result of an event with this data: a word, and the path of the error if there is one.
fn event(data: &str) -> String {
    let mut decoder = EventResponse::<ImageEvent>::default().decoder(&stream());
    decoder.push(format!("data: {data}\n\n"));
    let item = decoder.next();
    let is_last = decoder.end().is_some();
    decoder.push(&b"data: {}\n\n"[..]);
    assert_eq!(
        decoder.next().is_none(),
        is_last,
        "a decoder that has ended stays so"
    );
    match item {
        Some(Ok(ImageEvent::Completed(_))) => "completed".to_owned(),
        Some(Ok(ImageEvent::Unknown(_))) => "unknown".to_owned(),
        Some(Err(StreamError::Api(_))) => "error".to_owned(),
        Some(Err(StreamError::Decode { error, .. })) => format!("decode({})", error.path),
        other => panic!("{other:?}"),
    }
}

#[test]
fn events_that_nest_deep() {
    let table = [
        (
            r#"{"type":"image_edit.completed","b64_json":"AAAA","x":ARRAYS}"#,
            "completed",
        ),
        (
            r#"{"x":OBJECTS,"type":"image_edit.completed","b64_json":"AAAA"}"#,
            "completed",
        ),
        (
            r#"{"type":"image_edit.completed","b64_json":"AAAA","usage":ARRAYS}"#,
            "decode(usage)",
        ),
        (
            r#"{"type":"image_edit.completed","b64_json":"AAAA","created_at":OBJECTS}"#,
            "decode(created_at)",
        ),
        (r#"{"type":ARRAYS}"#, "unknown"),
        (r#"{"error":OBJECTS}"#, "error"),
        ("ARRAYS", "unknown"),
        ("OPEN", "decode()"),
    ];
    for (text, expected) in table {
        growth::linear(text, DEEP, |depth| {
            assert_eq!(event(&nested(text, depth)), expected, "{text}, {depth}");
        });
    }
}

#[test]
fn responses_that_nest_deep() {
    let table = [
        (r#"{"created":1,"x":ARRAYS}"#, "ok"),
        (r#"{"x":OBJECTS,"created":1}"#, "ok"),
        (r#"{"created":ARRAYS}"#, "decode(created)"),
        (r#"{"data":ARRAYS}"#, "decode(data[0])"),
        (r#"{"created":{},"error":OBJECTS}"#, "decode(created)"),
        ("ARRAYS", "decode()"),
        ("OPEN", "decode()"),
    ];
    let response = JsonResponse::<ImagesResponse>::default();
    for (text, expected) in table {
        growth::linear(text, DEEP, |depth| {
            let found = match response.decode(&ResponseHead::new(200), nested(text, depth)) {
                Ok(_) => "ok".to_owned(),
                Err(ResponseError::Decode(_, error)) => format!("decode({})", error.path),
                Err(error) => panic!("{text}: {error:?}"),
            };
            assert_eq!(found, expected, "{text}, {depth}");
        });
    }
}

#[test]
fn a_refusal_that_never_ends() {
    let chunk = Bytes::from(vec![b'x'; 64 * 1024]);
    let mut decoder = EventDecoder::<ImageEvent>::with_limits(&ResponseHead::new(500), LIMITS);
    for _ in 0..16 * 1024 {
        decoder.push(chunk.clone());
        assert!(decoder.next().is_none());
    }
    decoder.finish();
    let error = decoder.next();
    assert!(chunk.is_unique(), "no more than the limit is kept");
    match error {
        Some(Err(StreamError::Response(ResponseError::Status(failure)))) => {
            assert_eq!(failure.body.len(), MIB);
        }
        other => panic!("{other:?}"),
    }
    decoder.push(chunk);
    assert!(
        decoder.next().is_none(),
        "a decoder that has ended stays so"
    );
}
