//! The records of received requests.

use serde_json::json;
use stand_in::Field;

use crate::client::{BOUNDARY, Request, exchange, png, start};

/// SHA-256 of `x`.
const DIGEST: &str = "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881";

fn parts(field: &Field) -> (&str, Option<&str>, Option<&str>, usize, Option<&str>) {
    let Field {
        name,
        file_name,
        content_type,
        length,
        text,
        ..
    } = field;
    (
        name,
        file_name.as_deref(),
        content_type.as_deref(),
        *length,
        text.as_deref(),
    )
}

#[test]
fn a_form_is_recorded_field_by_field() {
    let server = start();
    let image = png(8, 8);
    let form = Request::form().text("prompt", "x").part(
        "name=\"user\"",
        Some("text/plain"),
        "grün".as_bytes(),
    );
    let form = form.part(
        "name=\"image\"; filename=\"a b.png\"",
        Some("image/png"),
        &image,
    );
    let answer = form
        .header("x-trace", "7")
        .send(&server, "POST", "/v1/images/edits?a=1")
        .expect("an answer");
    let requests = server.requests();
    let [request] = &requests[..] else {
        panic!("{requests:?}")
    };
    assert_eq!(request.method.as_str(), "POST");
    assert_eq!(request.uri.path(), "/v1/images/edits");
    assert_eq!(request.uri.query(), Some("a=1"));
    assert_eq!(request.headers["x-trace"], "7");
    assert_eq!(
        Some(request.request_id.as_str()),
        answer.header("x-request-id")
    );
    assert_eq!(
        request.headers["content-length"],
        request.body_length.to_string()
    );
    let fields: Vec<_> = request.fields.iter().map(parts).collect();
    assert_eq!(
        fields,
        [
            ("prompt", None, None, 1, Some("x")),
            ("user", None, Some("text/plain"), 5, Some("grün")),
            (
                "image",
                Some("a b.png"),
                Some("image/png"),
                image.len(),
                None
            ),
        ]
    );
    assert_eq!(
        request.field("prompt").map(|field| field.sha256.as_str()),
        Some(DIGEST)
    );
}

#[test]
fn json_is_recorded_member_by_member() {
    let server = start();
    let body =
        json!({"images": [{"file_id": "f"}], "prompt": "x", "n": 2, "user": "y".repeat(70_000)});
    assert_eq!(Request::json(&body).post(&server).status, 400);
    let requests = server.requests();
    let text = |name| {
        requests[0]
            .field(name)
            .and_then(|field| field.text.as_deref())
    };
    assert_eq!(text("images"), Some(r#"[{"file_id":"f"}]"#));
    assert_eq!(text("prompt"), Some(r#""x""#));
    assert_eq!(text("n"), Some("2"));
    assert_eq!(text("user"), None);
    assert_eq!(
        requests[0].field("user").map(|field| field.length),
        Some(70_002)
    );
}

#[test]
fn a_body_in_chunks_is_the_same_body() {
    let server = start();
    Request::edit().post(&server);
    let image = png(8, 8);
    let part = |head: &str| format!("--{BOUNDARY}\r\nContent-Disposition: form-data; {head}\r\n");
    let mut body = part("name=\"image\"; filename=\"picture\"").into_bytes();
    body.extend_from_slice(b"Content-Type: image/png\r\n\r\n");
    body.extend_from_slice(&image);
    body.extend_from_slice(
        format!(
            "\r\n{}\r\nMore bubbles\r\n--{BOUNDARY}--\r\n",
            part("name=\"prompt\"")
        )
        .as_bytes(),
    );
    let mut request = format!("POST /v1/images/edits HTTP/1.1\r\nhost: a\r\nconnection: close\r\ntransfer-encoding: chunked\r\ncontent-type: multipart/form-data; boundary={BOUNDARY}\r\n\r\n").into_bytes();
    for chunk in body.chunks(50) {
        request.extend_from_slice(format!("{:x}\r\n", chunk.len()).as_bytes());
        request.extend_from_slice(chunk);
        request.extend_from_slice(b"\r\n");
    }
    request.extend_from_slice(b"0\r\n\r\n");
    assert_eq!(
        exchange(&server, &request).map(|answer| answer.status),
        Some(200)
    );
    let requests = server.requests();
    assert_eq!(requests[0].fields, requests[1].fields);
    assert_eq!(requests[0].body_length, requests[1].body_length);
}

#[test]
fn refused_requests_are_recorded_until_they_are_cleared() {
    let server = start();
    Request::default().send(&server, "GET", "/nowhere");
    Request::edit().fault("server-error").post(&server);
    Request::default()
        .header("content-type", "text/plain")
        .body(b"abc")
        .post(&server);
    let lengths: Vec<_> = server
        .requests()
        .iter()
        .map(|request| request.fields.len())
        .collect();
    assert_eq!(lengths, [0, 2, 0]);
    assert_eq!(server.requests()[2].body_length, 3);
    server.clear_requests();
    assert!(server.requests().is_empty());
}

#[test]
fn a_key_is_recorded_and_not_printed() {
    let server = start();
    Request::edit()
        .header("authorization", "Bearer sk-secret")
        .post(&server);
    let requests = server.requests();
    assert_eq!(requests[0].headers["authorization"], "Bearer sk-secret");
    assert!(!format!("{requests:?}").contains("sk-secret"));
}
