//! Typed events: errors, ends, and heads that are no stream.

use std::io::{self, Read};

use openapi_runtime::{
    End, EventDecoder, EventResponse, ResponseError, ResponseHead, StreamError,
    event_stream::Limits,
};

use crate::{corpus, images::ImageEvent};

fn head() -> ResponseHead {
    ResponseHead::new(200).with_header("Content-Type", "text/event-stream; charset=utf-8")
}

fn decode(head: &ResponseHead, text: &str) -> (Vec<Result<ImageEvent, StreamError>>, Option<End>) {
    let mut decoder = EventDecoder::new(head);
    decoder.push(text.as_bytes().to_vec());
    decoder.finish();
    let items = decoder.by_ref().collect();
    (items, decoder.end())
}

/// One word for each item, and the end.
fn told(text: &str) -> String {
    let (items, end) = decode(&head(), text);
    let word = |item: &Result<ImageEvent, StreamError>| match item {
        Ok(ImageEvent::PartialImage(_)) => "partial".to_owned(),
        Ok(ImageEvent::Completed(_)) => "completed".to_owned(),
        Ok(ImageEvent::Error(error)) => {
            format!("error({})", error.message.as_deref().unwrap_or("-"))
        }
        Ok(ImageEvent::Unknown { name, .. }) => {
            format!("unknown({})", name.as_deref().unwrap_or("-"))
        }
        Err(StreamError::Decode(error)) => format!("decode({})", error.path),
        Err(error) => format!("{error:?}")
            .split([' ', '('])
            .next()
            .unwrap()
            .to_owned(),
    };
    let words: Vec<_> = items.iter().map(word).collect();
    format!("{} {:?}", words.join(" "), end.unwrap())
        .trim()
        .to_owned()
}

#[test]
fn kinds_and_ends() {
    let partial = r#"{"type":"image_edit.partial_image","b64_json":"AAAA"}"#;
    let table = [
        (String::new(), "Eof"),
        (format!("data: {partial}\n\n"), "partial Eof"),
        (format!("data: {partial}"), "partial Eof"),
        (format!("data: {}", &partial[..40]), "Truncated Truncated"),
        (
            "event: image_edit.completed\ndata: {\"b64_json\":\"\"}\n\n".into(),
            "completed Eof",
        ),
        (format!("event: other\ndata: {partial}\n\n"), "partial Eof"),
        ("event: ping\ndata: hello\n\n".into(), "unknown(ping) Eof"),
        (
            "data: [1]\n\ndata: {\"type\":7}\n\n".into(),
            "unknown(-) unknown(-) Eof",
        ),
        ("data: hello\n\ndata: 1\n\n".into(), "decode() Error"),
        (
            "data: {\"type\":\"image_edit.completed\",\"b64_json\":7}\n\n".into(),
            "decode(b64_json) Error",
        ),
        (format!("data: [DONE]\n\ndata: {partial}\n\n"), "Done"),
        ("data:  [DONE] bye".into(), "Done"),
        ("data: [DO".into(), "Truncated Truncated"),
        ("event: error\ndata: boom\n\n".into(), "error(boom) Error"),
        (
            "event: error\ndata: \"boom\"\n\n".into(),
            "error(boom) Error",
        ),
        (
            "data: {\"type\":\"error\",\"message\":\"boom\"}\n\n".into(),
            "error(boom) Error",
        ),
        (
            "data: {\"error\":\"\",\"type\":\"x\"}\n\ndata: {\"error\":0}\n\n".into(),
            "unknown(x) unknown(-) Eof",
        ),
        (
            "data: {\"error\":{\"message\":\"\\ud800\"}}\n\n".into(),
            "error(\"\\ud800\") Error",
        ),
        (
            format!(
                "data: {}\n\n",
                partial.replace('}', ",\"error\":{\"message\":\"late\"}}")
            ),
            "error(late) Error",
        ),
    ];
    for (text, expected) in table {
        assert_eq!(told(&text), expected, "{text:?}");
    }
}

#[test]
fn refused_heads() {
    let json = |status| ResponseHead::new(status).with_header("content-type", "application/json");
    let error = |head: &ResponseHead, body: &str| {
        let (mut items, end) = decode(head, body);
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
    assert!(matches!(
        error(&json(200), "{\"error\":\"no\"}"),
        ResponseError::Api(_)
    ));
    assert!(matches!(
        error(&ResponseHead::new(200), "data: {}\n\n"),
        ResponseError::UnexpectedContentType(_)
    ));
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
        "status 400 [request req_1]: no (code: 7)"
    );
    assert_eq!(failed.body(), "{\"error\":{\"message\":\"no\",\"code\":7}}");
}

#[test]
fn a_broken_connection_keeps_what_is_whole() {
    let mut decoder = EventResponse::<ImageEvent>::default().decoder(&head());
    decoder.push(&b"event: a\ndata: {}\n\nevent: b\ndata: {}\n"[..]);
    decoder.abort(io::Error::from(io::ErrorKind::ConnectionReset));
    assert!(matches!(
        decoder.next(),
        Some(Ok(ImageEvent::Unknown { .. }))
    ));
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
        Some(Err(StreamError::Response(error))) => assert_eq!(error.body(), "abcde"),
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
    assert_eq!(events.end(), Some(End::Eof));

    let mut events = response.read_from(&head(), Flaky(b"event: a\ndata: 1\n\nevent: b\nda", 0));
    assert!(matches!(events.next(), Some(Ok(_))));
    assert!(matches!(
        events.next(),
        Some(Err(StreamError::Transport(_)))
    ));
    assert!(events.next().is_none());
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
