//! Typed events: errors, ends, and heads that are not of a stream.

use std::io::{self, Read};

use openapi_runtime::{
    End, EventDecoder, EventResponse, LinesResponse, Raw, ResponseError, ResponseHead, StreamError,
    event_stream::Limits,
};

use crate::{
    corpus,
    images::{ErrorEvent, ImageEvent, ImagesError},
};

pub fn head() -> ResponseHead {
    ResponseHead::new(200).with_header("Content-Type", "text/event-stream; charset=utf-8")
}

/// An event, or the end of the stream.
pub type Item = Result<ImageEvent, StreamError<ImagesError, ErrorEvent>>;

pub fn decode(head: &ResponseHead, text: &[u8]) -> (Vec<Item>, Option<End>) {
    let mut decoder = EventDecoder::new(head);
    decoder.push(text.to_vec());
    decoder.finish();
    let items = decoder.by_ref().collect();
    (items, decoder.end())
}

/// One word for each item, and the end.
fn told(text: &[u8], head: &ResponseHead) -> String {
    let (items, end) = decode(head, text);
    let word = |item: &Item| match item {
        Ok(ImageEvent::PartialImage(_)) => "partial".to_owned(),
        Ok(ImageEvent::Completed(_)) => "completed".to_owned(),
        Ok(ImageEvent::Unknown(unknown)) => {
            format!("unknown({})", unknown.name.as_deref().unwrap_or("-"))
        }
        Err(StreamError::Api(error)) => {
            let event = error.error.as_ref();
            let nested = event.and_then(|event| event.error.as_ref()?.message.clone());
            let flat = event.and_then(|event| event.message.clone());
            let message = nested.or(flat);
            format!(
                "api({})",
                message.unwrap_or_else(|| error.data.text().into_owned())
            )
        }
        Err(StreamError::Decode { name, error }) => {
            format!("decode({},{})", name.as_deref().unwrap_or("-"), error.path)
        }
        Err(StreamError::Response(error)) => {
            let kind = format!("{error:?}");
            format!(
                "{}({})",
                kind.split('(').next().unwrap(),
                error.body().text()
            )
        }
        Err(StreamError::Truncated { data, .. }) => format!("truncated({})", data.text()),
        Err(StreamError::Unfinished { last }) => format!("unfinished({})", last.join(",")),
        Err(error) => format!("{error:?}"),
    };
    let words: Vec<_> = items.iter().map(word).collect();
    format!("{} {:?}", words.join(" "), end.unwrap())
        .trim()
        .to_owned()
}

const PARTIAL: &str = "data: {\"type\":\"image_edit.partial_image\",\"b64_json\":\"AAAA\"}\n\n";

const COMPLETED: &str = "event: image_edit.completed\ndata: {\"type\":\"image_edit.completed\",\"b64_json\":\"AAAA\"}\n\n";

/// The error of a stream that ended without its last event.
const UNFINISHED: &str = "unfinished(image_edit.completed) Unfinished";

/// Compares streams, each with a completed image at its end: what comes before it, and how that is
/// told.
fn before_the_image(table: &[(&[u8], &str)]) {
    for (text, expected) in table {
        let stream = [text, COMPLETED.as_bytes()].concat();
        let text = String::from_utf8_lossy(text);
        let expected = format!("{expected} completed Eof");
        assert_eq!(told(&stream, &head()), expected.trim(), "{text:?}");
    }
}

/// Compares streams and how they are told.
fn whole(table: &[(String, String)]) {
    for (text, expected) in table {
        assert_eq!(told(text.as_bytes(), &head()), *expected, "{text:?}");
    }
}

#[test]
fn the_stream_goes_on_after_an_event() {
    before_the_image(&[
        (b"", ""),
        (PARTIAL.as_bytes(), "partial"),
        // Empty data.
        (b"data:\n\n", ""),
        (b"data\ndata:  \n\n", ""),
        (b"event: image_edit.partial_image\ndata:\n\n", ""),
        (b"event: error\n\n", ""),
        // Events of other kinds.
        (b"event: ping\ndata: hello\n\n", "unknown(ping)"),
        (b"data: [1]\n\ndata: {\"type\":7}\n\n", "unknown(-) unknown(-)"),
        (
            b"event: other\ndata: {\"type\":\"image_edit.partial_image\",\"b64_json\":\"\"}\n\n",
            "partial",
        ),
        (b"data: {\"error\":\"\",\"type\":\"x\"}\n\ndata: {\"error\":0}\n\n", "unknown(x) unknown(-)"),
        // Events that cannot be read.
        (b"data: ping\n\n", "decode(-,)"),
        (b"data: {\"type\":\n\n", "decode(-,)"),
        (b"data: {\"type\":\"image_edit.partial_image\"}\n\n", "decode(-,)"),
        (
            b"event: image_edit.completed\ndata: {\"b64_json\":7}\n\n",
            "decode(image_edit.completed,b64_json)",
        ),
        // Of a repeated tag the last one counts.
        (
            b"data: {\"type\":\"x\",\"b64_json\":\"\",\"type\":\"image_edit.partial_image\"}\n\n",
            "partial",
        ),
        (
            b"data: {\"type\":\"image_edit.partial_image\",\"b64_json\":\"\",\"type\":\"x\"}\n\n",
            "unknown(x)",
        ),
        (
            b"data: {\"type\":\"image_edit.partial_image\",\"b64_json\":\"\",\"\\u0074ype\":\"x\"}\n\n",
            "unknown(x)",
        ),
        // Bytes that are not UTF-8.
        (
            b"event: image_edit.completed\ndata: {\"type\":\"imag\xff\",\"b64_json\":\"\"}\n\n",
            "unknown(imag\u{fffd})",
        ),
        (b"data: {\"type\":\"image_edit.partial_image\",\"b64_json\":\"\",\"x\":\"\xe9\"}\n\n", "partial"),
    ]);
}

#[test]
fn errors_of_the_api_end_the_stream() {
    let nested = "{\"error\":{\"message\":\"boom\"}}";
    let table = [
        ("event: error\ndata: boom\n\n", "boom"),
        ("event: error\ndata: \"boom\"\n\n", "\"boom\""),
        (
            "data: {\"type\":\"error\",\"message\":\"boom\"}\n\n",
            "boom",
        ),
        (
            "data: {\"error\":{\"message\":\"\\ud800\"}}\n\n",
            "{\"error\":{\"message\":\"\\ud800\"}}",
        ),
        (
            &PARTIAL.replace('}', ",\"error\":{\"message\":\"late\"}}"),
            "late",
        ),
        (&format!("data: {nested}\n\n"), "boom"),
        (&format!("data: {nested}"), "boom"),
    ];
    let table = table.map(|(text, message)| {
        let stream = format!("{PARTIAL}{text}");
        (stream, format!("partial api({message}) Error"))
    });
    whole(&table);
    let not_utf8 = b"data: {\"error\":{\"message\":\"caf\xe9\"}}\n\n";
    assert_eq!(told(not_utf8, &head()), "api(caf\u{fffd}) Error");
}

#[test]
fn ends() {
    let cut = &PARTIAL["data: ".len()..40];
    let table = [
        (COMPLETED.to_owned(), "completed Eof".to_owned()),
        (COMPLETED.trim_end().into(), "completed Eof".into()),
        (format!("{COMPLETED}id: 7"), "completed Eof".into()),
        (format!("{COMPLETED}retry: 7"), "completed Eof".into()),
        (format!("{COMPLETED}: bye"), "completed Eof".into()),
        (format!("{COMPLETED}data: [DONE]"), "completed Done".into()),
        (
            format!("{COMPLETED}data: [DONE]\n\n{PARTIAL}"),
            "completed Done".into(),
        ),
        (
            format!("{COMPLETED}data: {cut}"),
            format!("completed truncated({cut}) Truncated"),
        ),
        (
            format!("{COMPLETED}da"),
            "completed truncated() Truncated".into(),
        ),
        ("data: [DO".into(), "truncated([DO) Truncated".into()),
        // The image that was asked for has not come.
        (PARTIAL.into(), format!("partial {UNFINISHED}")),
        (PARTIAL.trim_end().into(), format!("partial {UNFINISHED}")),
        (format!("{PARTIAL}id: 7"), format!("partial {UNFINISHED}")),
        (
            format!("{PARTIAL}data: [DONE]\n\n{COMPLETED}"),
            format!("partial {UNFINISHED}"),
        ),
        ("data:  [DONE] bye".into(), UNFINISHED.into()),
        (": nothing\n".into(), UNFINISHED.into()),
        ("data: ping\n\n".into(), format!("decode(-,) {UNFINISHED}")),
        // It has come, and could not be read: that is the error.
        (
            "event: image_edit.completed\ndata: {}\n\n".into(),
            "decode(image_edit.completed,) Eof".into(),
        ),
    ];
    whole(&table);
}

/// A body that is called an event stream, and has neither a field nor a comment.
#[test]
fn a_body_that_is_not_a_stream() {
    let error = "{\"error\":{\"message\":\"m\"}}";
    let pretty = "{\r\n  \"error\": {\r\n    \"message\": \"m\"\r\n  }\r\n}\r\n";
    let image = "{\"created\":1,\"data\":[{\"b64_json\":\"AAAA\"}]}";
    let html = "<html>\n<a href=\"https://example.com\">\n\n</html>";
    let table = [
        (error.to_owned(), "UnexpectedContentType"),
        (format!("{error}\n"), "UnexpectedContentType"),
        (format!("\u{feff}{error}\r\r"), "UnexpectedContentType"),
        (pretty.into(), "UnexpectedContentType"),
        (image.into(), "UnexpectedContentType"),
        (format!("{image}\n"), "UnexpectedContentType"),
        (html.into(), "UnexpectedContentType"),
        ("\u{1f}\u{8b}\u{8}\0".into(), "UnexpectedContentType"),
        (String::new(), "Empty"),
        ("\r\n\n".into(), "Empty"),
    ];
    for (body, expected) in table {
        let expected = format!("{expected}({body}) Error");
        for size in [1, 2, 7, 1000] {
            let mut decoder = EventDecoder::<ImageEvent>::new(&head());
            for chunk in body.as_bytes().chunks(size) {
                decoder.push(chunk.to_vec());
                assert!(decoder.next().is_none(), "{body:?} by {size}");
            }
            decoder.finish();
            let Some(Err(StreamError::Response(error))) = decoder.next() else {
                panic!("{body:?} by {size}");
            };
            assert_eq!(*error.body(), Raw::from(body.clone()), "by {size}");
        }
        assert_eq!(told(body.as_bytes(), &head()), expected);
    }
    // With a field, the body is a stream, regardless of the lines before it.
    let late = format!("nothing: 1\n\n{COMPLETED}");
    assert_eq!(told(late.as_bytes(), &head()), "completed Eof");
}

#[test]
fn a_body_that_is_not_a_stream_may_break_off() {
    let mut decoder = EventDecoder::<ImageEvent>::new(&head());
    decoder.push(&b"{\"created\":1,\n\"da"[..]);
    decoder.abort("reset by peer");
    let Some(Err(StreamError::Response(error @ ResponseError::Transport(..)))) = decoder.next()
    else {
        panic!("the body is kept");
    };
    assert_eq!(error.body().text(), "{\"created\":1,\n\"da");
    assert_eq!(decoder.end(), Some(End::Transport));
}

#[test]
fn content_types() {
    let stream = "text/event-stream";
    let table: &[(&[&str], bool)] = &[
        (&[], true),
        (&[""], true),
        (&[stream], true),
        (&["Text/Event-Stream;charset=utf-8"], true),
        (&["text/event-stream, text/event-stream"], true),
        (&["text/event-stream;a=\",\", text/event-stream"], true),
        (&[stream, stream], true),
        (&["application/json, text/event-stream"], true),
        (&["text/event-stream, nonsense"], true),
        (&["text/event-stream, application/json"], false),
        (&[stream, "text/html"], false),
        (&["text/event-streams"], false),
        (&["nonsense"], false),
    ];
    for (values, is_stream) in table {
        let head = values.iter().fold(ResponseHead::new(200), |head, value| {
            head.with_header("Content-Type", *value)
        });
        let told = told(COMPLETED.as_bytes(), &head);
        assert_eq!(told == "completed Eof", *is_stream, "{values:?}: {told}");
    }
    let none = ResponseHead::new(200);
    assert_eq!(
        told(b"{\"error\":\"no\"}", &none),
        "UnexpectedContentType({\"error\":\"no\"}) Error"
    );
}

#[test]
fn refused_heads() {
    let json = |status| ResponseHead::new(status).with_header("content-type", "application/json");
    let error = |head: &ResponseHead, body: &str| {
        let (mut items, end) = decode(head, body.as_bytes());
        assert_eq!((items.len(), end), (1, Some(End::Error)));
        match items.remove(0) {
            Err(StreamError::Response(error)) => error,
            other => panic!("{other:?}"),
        }
    };
    assert!(matches!(
        error(&json(200), "{\"data\":[]}"),
        ResponseError::UnexpectedContentType(_)
    ));
    let refused = error(&json(200), "{\"error\":{\"message\":\"no\"}}");
    assert!(refused.described().is_some(), "{refused:?}");
    assert!(matches!(
        error(&ResponseHead::new(204), ""),
        ResponseError::Empty(_)
    ));
    assert!(matches!(
        error(&ResponseHead::new(302), ""),
        ResponseError::Status(_)
    ));
    let failed = error(
        &json(400).with_header("x-request-id", "req_1"),
        "{\"error\":{\"message\":\"no\",\"code\":7}}",
    );
    assert_eq!(
        failed.to_string(),
        "status 400 [request req_1]: {\"error\":{\"message\":\"no\",\"code\":7}}"
    );
    assert_eq!(
        failed.body().text(),
        "{\"error\":{\"message\":\"no\",\"code\":7}}"
    );
}

#[test]
fn a_broken_connection_keeps_what_is_whole() {
    let mut decoder = EventResponse::<ImageEvent>::default().decoder(&head());
    decoder.push(&b"event: a\ndata: {}\n\nevent: b\ndata: {}\n"[..]);
    decoder.abort(io::Error::from(io::ErrorKind::ConnectionReset));
    assert!(matches!(decoder.next(), Some(Ok(ImageEvent::Unknown(_)))));
    assert!(matches!(
        decoder.next(),
        Some(Err(StreamError::Transport(_)))
    ));
    decoder.push(&b"\n"[..]);
    decoder.finish();
    assert!(decoder.next().is_none());
    assert_eq!(decoder.end(), Some(End::Transport));
}

#[test]
fn limits_end_the_stream_once() {
    let limits = Limits {
        line: 20,
        event: 5,
        pending: 1000,
    };
    let mut decoder = EventResponse::<ImageEvent>::default().decoder_with_limits(&head(), limits);
    decoder.push(&b"data: 1\n\ndata: 1234567890\n\ndata: 2\n\n"[..]);
    assert!(matches!(decoder.next(), Some(Ok(_))));
    assert!(matches!(decoder.next(), Some(Err(StreamError::Limit(_)))));
    assert!(decoder.next().is_none());
    assert_eq!(decoder.end(), Some(End::Error));

    let mut refused = EventDecoder::<ImageEvent>::with_limits(&ResponseHead::new(500), limits);
    refused.push(&b"abc"[..]);
    assert!(
        refused.next().is_none() && refused.end().is_none(),
        "the body is still to come"
    );
    refused.push(&b"defghi"[..]);
    refused.finish();
    match refused.next() {
        Some(Err(StreamError::Response(error))) => assert_eq!(error.body().text(), "abcde"),
        other => panic!("{other:?}"),
    }
    assert!(refused.next().is_none());
}

/// Gives a few bytes at a time, is interrupted, and then breaks.
struct Flaky<'a>(&'a [u8], usize);

impl Read for Flaky<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.1 += 1;
        match self.1 % 3 {
            0 => Err(io::ErrorKind::Interrupted.into()),
            _ if self.0.is_empty() => Err(io::ErrorKind::BrokenPipe.into()),
            _ => (&mut self.0).take(3).read(buffer),
        }
    }
}

#[test]
fn readers() {
    let response = EventResponse::<ImageEvent>::default();
    let mut events =
        response.read_from(&head(), &b"event: a\ndata: 1\n\nevent: b\ndata: 2\n\n"[..]);
    assert_eq!(events.by_ref().flatten().count(), 2);
    assert_eq!(events.end(), Some(End::Unfinished));

    let mut events = response.read_from(&head(), Flaky(b"event: a\ndata: 1\n\nevent: b\nda", 0));
    assert!(matches!(events.next(), Some(Ok(_))));
    assert!(matches!(
        events.next(),
        Some(Err(StreamError::Transport(_)))
    ));
    assert!(events.next().is_none());
}

/// JSON lines are decoded as events are: the tag picks the kind, the last one has to come, an
/// error ends them.
#[test]
fn lines() {
    let partial = "{\"type\":\"image_edit.partial_image\",\"b64_json\":\"AAAA\"}";
    let completed = "{\"type\":\"image_edit.completed\",\"b64_json\":\"AAAA\"}";
    let error = "{\"error\":{\"message\":\"no\"}}";
    let table = [
        (format!("{partial}\n{completed}\n"), "PC Eof"),
        (format!("{partial}\r\n\r\n \n{completed}"), "PC Eof"),
        (format!("\u{feff}{completed}\n"), "C Eof"),
        (format!("{partial}\n"), "P! Unfinished"),
        (format!("nonsense\n{completed}\n"), "!C Eof"),
        (format!("{completed}\n{}", &partial[..20]), "C! Truncated"),
        (format!("{partial}\n{error}\n{completed}\n"), "P! Error"),
        (String::new(), "! Unfinished"),
    ];
    let ndjson =
        |status| ResponseHead::new(status).with_header("content-type", "application/x-ndjson");
    let response = LinesResponse::<ImageEvent, ImagesError>::default();
    let words = |decoder: &mut EventDecoder<ImageEvent, ImagesError>, words: &mut String| {
        words.extend(decoder.map(|item| match item {
            Ok(ImageEvent::PartialImage(_)) => 'P',
            Ok(ImageEvent::Completed(_)) => 'C',
            Ok(ImageEvent::Unknown(_)) => '?',
            Err(_) => '!',
        }));
    };
    for (text, expected) in table {
        for size in [1, 7, 1000] {
            let mut decoder = response.decoder(&ndjson(200));
            let mut found = String::new();
            for chunk in text.as_bytes().chunks(size) {
                decoder.push(chunk.to_vec());
                words(&mut decoder, &mut found);
            }
            decoder.finish();
            words(&mut decoder, &mut found);
            let end = decoder.end().unwrap();
            assert_eq!(format!("{found} {end:?}"), expected, "{text:?} by {size}");
        }
    }
    // A text sequence has a separator before each value, which may have lines.
    let sequence = format!("\u{1e}{}\n\u{1e}{completed}\n", partial.replace(',', ",\n"));
    let head = ResponseHead::new(200).with_header("content-type", "application/json-seq");
    let mut found = response.read_from(&head, sequence.as_bytes());
    assert_eq!(found.by_ref().flatten().count(), 2);
    assert_eq!(found.end(), Some(End::Eof));
    // A page is not JSON, and a status is a status.
    let html = ResponseHead::new(200).with_header("content-type", "text/html");
    for (head, text) in [(html, "<html>"), (ndjson(500), error)] {
        let mut found = response.read_from(&head, text.as_bytes());
        match found.next() {
            Some(Err(StreamError::Response(error))) => assert_eq!(error.body().text(), text),
            other => panic!("{other:?}"),
        }
    }
    let limits = Limits {
        event: 10,
        ..Limits::default()
    };
    let mut decoder = response.decoder_with_limits(&ndjson(200), limits);
    decoder.push(format!("[1]\n{partial}\n"));
    assert!(matches!(decoder.next(), Some(Ok(ImageEvent::Unknown(_)))));
    assert!(matches!(decoder.next(), Some(Err(StreamError::Limit(_)))));
    assert!(decoder.next().is_none());
}

#[test]
fn web_platform_tests() {
    let wire = corpus::wire();
    let cases = corpus::read_json(&wire.join("wpt/sse.json"));
    for case in cases.as_array().unwrap() {
        let status = case["status"]
            .as_u64()
            .map_or(200, |status| u16::try_from(status).unwrap());
        if matches!(status, 210 | 299) {
            println!(
                "web_platform_tests: {} left out, for every status of 200 to 299 is a success here",
                case["id"]
            );
            continue;
        }
        let head = ResponseHead::new(status)
            .with_header("content-type", case["content_type"].as_str().unwrap());
        let mut decoder = EventDecoder::<ImageEvent>::new(&head);
        decoder.push(corpus::from_hex(case["hex"].as_str().unwrap()));
        decoder.finish();
        let refused = matches!(decoder.next(), Some(Err(StreamError::Response(_))));
        assert_eq!(refused, case["connection"] == "fail", "{}", case["id"]);
    }
}
