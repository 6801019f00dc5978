//! Responses to a request for a stream that are no stream.

use openapi_runtime::{End, EventDecoder, Raw, ResponseError, ResponseHead, StreamError};

use crate::{
    corpus,
    images::ImageEvent,
    stream::{COMPLETED, decode, head, told},
};

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
    // With a field, whatever stands before it is none, and the stream is one.
    let late = format!("nothing: 1\n\n{COMPLETED}");
    assert_eq!(told(late.as_bytes(), &head()), "completed Eof");
    // A field or a comment makes it a stream even if its line has no end: of a stream, the last
    // event is missing.
    let unfinished = "unfinished(image_edit.completed) Unfinished";
    for line in [": ping", "retry: 100", "id: 1"] {
        assert_eq!(told(line.as_bytes(), &head()), unfinished, "{line}");
    }
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
