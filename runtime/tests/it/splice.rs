//! Base64 that is decoded while it arrives: the result is that of reading the whole text, however
//! it is cut.

use bytes::Bytes;
use openapi_runtime::{
    EventResponse, JsonDecoder, JsonResponse, ResponseError, ResponseHead, StreamError, json,
    response::Undescribed,
};

use super::images::{ErrorEvent, ImageEvent, ImagesResponse};

/// The value, or the path, the message and the text of the error.
fn whole(text: &[u8]) -> Result<ImagesResponse, (String, String, Bytes)> {
    json::from_slice(text).map_err(|error| (error.path, error.message, error.raw.into_bytes()))
}

fn in_pieces(text: &[u8], size: usize) -> Result<ImagesResponse, (String, String, Bytes)> {
    let mut decoder = JsonResponse::<ImagesResponse>::default().decoder(&ResponseHead::new(200));
    for piece in text.chunks(size) {
        decoder.push(piece.to_vec());
    }
    decoder.finish().map_err(|error| match error {
        ResponseError::Decode(failure, error) => {
            assert_eq!(*failure.body, text);
            (error.path, error.message, error.raw.into_bytes())
        }
        error => panic!("{error:?}"),
    })
}

/// Base64 of this many bytes.
fn base64(length: usize) -> String {
    let bytes: Vec<u8> = (0..length)
        .map(|index| u8::try_from(index * 7 % 256).unwrap())
        .collect();
    openapi_runtime::Base64::from_bytes(bytes)
        .text()
        .into_owned()
}

const CASES: [&str; 42] = [
    // Base64 where it is expected.
    r#"{"data":[{"b64_json":"QUJD"}]}"#,
    r#"{"data":[{"b64_json":"QUI="},{"b64_json":"QQ=="},{"b64_json":""}],"created":1}"#,
    r#" { "data" : [ { "b64_json" : "QUJDREVGR0hJSktMTU5PUA==" , "url" : "u" } ] } "#,
    r#"{"created":7,"data":[{"revised_prompt":"\"b64_json\":\"QUJD\"","b64_json":"QUJD"}]}"#,
    // Names with escapes, names that look alike, members twice.
    r#"{"d\u0061ta":[{"b64\u005fjson":"QUJD"}]}"#,
    r#"{"data":[{"b64_json\\":"QUJD","\"b64_json":"QUJD","b64_json":"REVG"}]}"#,
    r#"{"data":[{"b64_json":"QUJD","b64_json":"REVG"}],"data":[{"b64_json":"R0hJ"}]}"#,
    r#"{"data":[{"b64_json":"QUJD","b64_json":null}]}"#,
    // Text that is not base64 is kept.
    r#"{"data":[{"b64_json":"..."}]}"#,
    r#"{"data":[{"b64_json":"QUJDQUJDQUJDQUJDQUJDQUJDQUJD..."}]}"#,
    r#"{"data":[{"b64_json":"QUJ"}]}"#,
    r#"{"data":[{"b64_json":"QUJDQ"}]}"#,
    r#"{"data":[{"b64_json":"QR=="}]}"#,
    r#"{"data":[{"b64_json":"QQ==QUJD"}]}"#,
    r#"{"data":[{"b64_json":"QUI=QUI="}]}"#,
    r#"{"data":[{"b64_json":"===="}]}"#,
    r#"{"data":[{"b64_json":"="}]}"#,
    r#"{"data":[{"b64_json":"QUJD\/REVG"}]}"#,
    r#"{"data":[{"b64_json":"QUJDREVGR0hJSktMTU5P\u0051UJD"}]}"#,
    r#"{"data":[{"b64_json":"QUJDREVGR0hJSktMTU5P\nQUJD"}]}"#,
    r#"{"data":[{"b64_json":"-_-_"}]}"#,
    r#"{"data":[{"b64_json":"日本語QUJD"}]}"#,
    // Elsewhere it is left alone.
    r#"{"b64_json":"QUJD","data":[["QUJD",{"b64_json":"QUJD"}],{"image":{"b64_json":"QUJD"}}]}"#,
    r#"{"data":[{"url":"QUJD","revised_prompt":"QUJD"}],"created":2}"#,
    r#"{"usage":{"data":[{"b64_json":"..."}]},"data":[{"b64_json":"QUJD"}]}"#,
    r#"{"data":{"b64_json":"QUJD"}}"#,
    r#"{"data":"QUJD"}"#,
    r#"[{"data":[{"b64_json":"QUJD"}]}]"#,
    r#""QUJD""#,
    // Other types at its place.
    r#"{"data":[{"b64_json":7}]}"#,
    r#"{"data":[{"b64_json":["QUJD"]}]}"#,
    r#"{"data":[{"b64_json":{"b64_json":"QUJD"}}]}"#,
    // An error after it has the place and the text as they came.
    r#"{"data":[{"b64_json":"QUJD","url":7}]}"#,
    r#"{"data":[{"b64_json":"QUJDREVG"},{"b64_json":"QUJD"}],"created":"soon"}"#,
    r#"{"data":[{"b64_json":"QUJD"}],"created":1}}"#,
    // Text that is cut off.
    r#"{"data":[{"b64_json":"QUJD"#,
    r#"{"data":[{"b64_json":"QUJDR"#,
    r#"{"data":[{"b64_json":""#,
    r#"{"data":[{"b64_json":"QUJD""#,
    r#"{"data":[{"b64_json""#,
    // No JSON at all.
    r#"{{{["b64_json":"QUJD"]]]}}}data"#,
    r#"nothing "data":[{"b64_json":"QUJD"}]"#,
];

#[test]
fn pieces_of_any_size_are_read_as_the_whole() {
    let long = format!(
        "\u{feff}{{\"data\":[{{\"b64_json\":\"{}\"}},{{\"b64_json\":\"{}\"}}],\"usage\":{{\"total_tokens\":1.0}}}}",
        base64(1000),
        base64(1001)
    );
    let deep = format!("{{\"data\":[{}{{\"b64_json\":\"QUJD\"}}", "[".repeat(300));
    // Only base64 of some length is taken out of the text.
    let large = "QUJD".repeat(300);
    let cases = CASES.map(|case| case.replace("QUJD", &large));
    let cases = cases.iter().map(String::as_str).chain(CASES);
    for text in cases.chain([long.as_str(), deep.as_str()]) {
        let large = [700, 1100, 1205, 1300, 5000];
        for size in (1..=text.len().min(70)).chain(large) {
            let expected = whole(text.as_bytes());
            assert_eq!(
                in_pieces(text.as_bytes(), size),
                expected,
                "{text} by {size}"
            );
        }
    }
}

/// Bytes that are not UTF-8 are an error wherever a text is read, and never stand for anything.
#[test]
fn no_byte_can_pose_as_a_reference() {
    let large = "QUJD".repeat(300);
    let texts: [&[u8]; 5] = [
        b"{\"data\":[{\"b64_json\":\"QUJD\"},{\"b64_json\":\"\xff0\"}]}",
        b"{\"data\":[{\"b64_json\":\"\xff0\"},{\"b64_json\":\"QUJD\"}]}",
        b"{\"data\":[{\"b64_json\":\"QUJD\",\"url\":\"\xff0\"}]}",
        b"{\"\xff0\":\"\",\"data\":[{\"b64_json\":\"QUJD\"}],\"created\":1}",
        b"{\"data\":[{\"b64_json\":\"QUJD\xff0\"}]}",
    ];
    for text in texts {
        let halves = text.split(|byte| *byte == 0xff);
        let halves = halves.map(|half| std::str::from_utf8(half).unwrap().replace("QUJD", &large));
        let halves: Vec<_> = halves.map(String::into_bytes).collect();
        let replaced = halves.join(&b"\xff"[..]);
        for text in [text, &replaced] {
            for size in 1..=text.len().min(100) {
                assert_eq!(in_pieces(text, size), whole(text), "{text:?} by {size}");
            }
        }
    }
}

/// The first item of a stream with this text, cut into pieces of this size.
fn item(text: &str, size: usize) -> Result<ImageEvent, StreamError<Undescribed, ErrorEvent>> {
    let head = ResponseHead::new(200).with_header("content-type", "text/event-stream");
    let mut decoder = EventResponse::<ImageEvent>::default().decoder(&head);
    for piece in text.as_bytes().chunks(size) {
        decoder.push(piece.to_vec());
    }
    decoder.finish();
    decoder.next().unwrap()
}

#[test]
fn events_of_any_kind_keep_their_text() {
    for length in [100, 1500] {
        let text = base64(length);
        for size in (1..200).chain([600, 1100, 1900, 3000]) {
            events_keep_their_text(&text, size);
        }
    }
}

fn events_keep_their_text(text: &str, size: usize) {
    let known =
        format!("data: {{\"b64_json\":\"{text}\",\ndata: \"type\":\"image_edit.completed\"}}\n\n");
    match item(&known, size) {
        Ok(ImageEvent::Completed(completed)) => {
            assert_eq!(completed.b64_json.text(), text, "by {size}");
        }
        other => panic!("{other:?} by {size}"),
    }

    let data = format!("{{\"type\":\"image_edit.later\",\"b64_json\":\"{text}\"}}");
    match item(&format!("data: {data}\n\n"), size) {
        Ok(ImageEvent::Unknown(unknown)) => assert_eq!(unknown.data.text(), data, "by {size}"),
        other => panic!("{other:?} by {size}"),
    }

    let data = format!("{{\"b64_json\":\"{text}\",\"message\":\"no\"}}");
    match item(&format!("event: error\ndata: {data}\n\n"), size) {
        Err(StreamError::Api(error)) => {
            let event = error.error.expect("it is an error event");
            assert_eq!(event.message.as_deref(), Some("no"), "by {size}");
            assert_eq!(error.data.text(), data, "by {size}");
        }
        other => panic!("{other:?} by {size}"),
    }

    // A line end within a string is not JSON, whatever kind of line end it is.
    let (start, rest) = text.split_at(50);
    let broken = format!(
        "event: image_edit.completed\rdata: {{\"b64_json\":\"{start}\rdata: {rest}\"}}\n\n"
    );
    match item(&broken, size) {
        Err(StreamError::Decode { name, error }) => {
            assert_eq!(name.as_deref(), Some("image_edit.completed"), "by {size}");
            assert_eq!(error.path, "b64_json", "by {size}");
            let data = format!("{{\"b64_json\":\"{start}\n{rest}\"}}");
            assert_eq!(error.text(), data, "by {size}");
        }
        other => panic!("{other:?} by {size}"),
    }

    let cut = format!("{{\"type\":\"image_edit.completed\",\"b64_json\":\"{text}");
    let cut = cut.trim_end_matches('=');
    match item(&format!("data: {cut}"), size) {
        Err(StreamError::Truncated { data, .. }) => assert_eq!(data.text(), cut, "by {size}"),
        other => panic!("{other:?} by {size}"),
    }
}

#[test]
fn a_body_in_pieces_has_a_limit_and_may_break_off() {
    let head = ResponseHead::new(200);
    let text = br#"{"data":[{"b64_json":"QUJD"}]}"#;
    for (limit, fits) in [(text.len(), true), (text.len() - 1, false)] {
        let mut decoder = JsonDecoder::<ImagesResponse>::with_limit(&head, limit);
        text.chunks(4)
            .for_each(|piece| decoder.push(piece.to_vec()));
        match decoder.finish() {
            Ok(_) => assert!(fits),
            Err(error @ ResponseError::TooLong(..)) => {
                assert!(!fits);
                assert_eq!(**error.body(), text[..]);
                assert_eq!(
                    error.to_string(),
                    "the body has more than 29 bytes: {\"data\":[{\"b64_json\":\"QUJD\"}]}"
                );
            }
            Err(error) => panic!("{error:?}"),
        }
    }
    let mut decoder = JsonDecoder::<ImagesResponse>::with_limit(&head, 100);
    decoder.push(&text[..25]);
    let error = decoder.abort("reset by peer");
    assert_eq!(**error.body(), text[..25]);
    assert_eq!(
        error.to_string(),
        "the body was cut off: reset by peer: {\"data\":[{\"b64_json\":\"QUJ"
    );
}
