//! Which requests are accepted, and how the others are refused.

use image::ImageFormat;
use serde_json::{Value, json};
use stand_in::{Options, StandIn};

use crate::client::{Answer, BOUNDARY, Request, data_url, exchange, file, png, source, start};

/// Sends the requests of a table, and compares their answers.
fn check(table: &str, request: impl Fn(&str) -> Request) {
    let server = start();
    let lines = table.lines();
    for line in lines.filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let (asked, expected) = line.split_once(" | ").expect("two columns");
        let answer = request(asked).post(&server);
        match expected.split_once(" | ") {
            None => assert_eq!((answer.status, expected), (200, "ok"), "{line}"),
            Some((param, message)) => refused(&answer, param, message, line),
        }
    }
}

fn refused(answer: &Answer, param: &str, message: &str, case: &str) {
    assert_eq!(answer.status, 400, "{case}: {}", answer.text());
    let error = answer.error();
    let param = if param.is_empty() {
        Value::Null
    } else {
        json!(param)
    };
    assert_eq!(error["param"], param, "{case}: {error}");
    assert_eq!(error["type"], "invalid_request_error", "{case}");
    let text = error["message"].as_str().unwrap_or_default();
    assert!(text.contains(message), "{case}: {text}");
}

/// The form of a line.
fn form(line: &str) -> Request {
    line.split(' ').fold(Request::form(), |form, field| {
        let Some((name, value)) = field.split_once('=') else {
            return form
                .file("image", "image/png", &png(8, 8))
                .texts(&[("prompt", "x"), ("size", "auto")]);
        };
        let (value, times) = match value.split_once('*') {
            Some((value, times)) => (value, times.parse().expect("a number")),
            None => (value, 1),
        };
        let Some(file) = value.strip_prefix('@') else {
            return form.text(name, &value.repeat(times));
        };
        let (file, kind) = file.split_once(';').unwrap_or((file, ""));
        let (bytes, own_kind) = picture(file);
        let kind = if kind.is_empty() { own_kind } else { kind };
        (0..times).fold(form, |form, _| form.file(name, kind, &bytes))
    })
}

/// A file by its name, and the content type that it should have.
fn picture(name: &str) -> (Vec<u8>, &'static str) {
    let small = source(8, 8);
    match name {
        "png" => (png(8, 8), "image/png"),
        "narrow" => (png(4, 8), "image/png"),
        "jpeg" => (file(&small, ImageFormat::Jpeg), "image/jpeg"),
        "webp" => (file(&small, ImageFormat::WebP), "image/webp"),
        "gif" => (b"GIF89a\x01\0\x01\0\0\0\0;".to_vec(), "image/gif"),
        "half" => (png(8, 8)[..60].to_vec(), "image/png"),
        "claim" => (claim(), "image/png"),
        "empty" => (Vec::new(), "image/png"),
        _ => panic!("no file is called {name}"),
    }
}

/// A small file that claims to be 65535x65535 pixels.
fn claim() -> Vec<u8> {
    let mut file = png(8, 8);
    // Width and height of the IHDR chunk, and the checksum of the chunk.
    file[16..24].copy_from_slice(&[0, 0, 0xff, 0xff, 0, 0, 0xff, 0xff]);
    let checksum = crc32(&file[12..29]);
    file[29..33].copy_from_slice(&checksum.to_be_bytes());
    file
}

fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            (crc >> 1) ^ if crc & 1 == 1 { 0xedb8_8320 } else { 0 }
        })
    })
}

/// The JSON body of a line.
fn json_body(line: &str) -> Request {
    let url = data_url("image/png", &png(8, 8));
    let capitals = url.replacen("data:image/png;base64", "DATA:image/png;BASE64", 1);
    let line = line.replace("@png", &url).replace("@capitals", &capitals);
    let members: Value = serde_json::from_str(&line).expect("JSON");
    let mut body = json!({"images": [{"image_url": url}], "prompt": "x"});
    for (name, value) in members.as_object().into_iter().flatten() {
        body[name] = value.clone();
        if value.is_null() && ["images", "prompt"].contains(&name.as_str()) {
            body.as_object_mut().map(|body| body.remove(name));
        }
    }
    Request::json(&body)
}

#[test]
fn forms() {
    check(include_str!("cases/forms.txt"), form);
}

#[test]
fn json_bodies() {
    check(include_str!("cases/json.txt"), json_body);
}

#[test]
fn bodies_that_are_not_what_they_say_are_refused() {
    let server = start();
    let json = |text: &str| {
        let request = Request::default().header("content-type", "application/json");
        request.body(text.as_bytes())
    };
    let form = || form("+");
    let image = png(8, 8);
    let deep = "[".repeat(9_000);
    let many = format!("[{}]", "0,".repeat(20_000));
    let parts = (0..201).fold(form(), |form, _| form.text("x", ""));
    let latin = form().part("name=\"user\"", None, b"\xff");
    let untyped = Request::form().part("name=\"image\"; filename=\"a.png\"", None, &image);
    let cases = [
        (json("{"), "", "could not parse"),
        (json("[]"), "", "`the body` is not of type"),
        (json(&many), "", "more than 10000 values"),
        (json(&deep), "", "could not parse"),
        (parts, "", "more than 200 parts"),
        (latin, "user", "UTF-8"),
        (untyped, "image", "application/octet-stream"),
    ];
    for (request, param, message) in cases {
        refused(&request.post(&server), param, message, message);
    }
}

#[test]
fn damaged_bodies_never_fail_the_server() {
    let server = start();
    let whole = form("+ mask=@png user=x").bytes();
    let kind = format!("multipart/form-data; boundary={BOUNDARY}");
    let whole_json = json_body("{}").bytes();
    // A linear congruential generator: the same damage each time.
    let mut state: usize = 1;
    let mut random = |below: usize| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (state >> 33) % below
    };
    for round in 0..400 {
        let (body, kind) = match round % 2 {
            0 => (&whole, kind.as_str()),
            _ => (&whole_json, "application/json"),
        };
        let mut body = body.clone();
        for _ in 0..=random(3) {
            let place = random(body.len());
            match random(3) {
                0 => body[place] = u8::try_from(random(256)).expect("a byte"),
                1 => body.truncate(place + 1),
                _ => drop(body.remove(place)),
            }
            if body.is_empty() {
                break;
            }
        }
        let damaged = Request::default().header("content-type", kind).body(&body);
        let answer = damaged.send(&server, "POST", "/v1/images/edits");
        let status = answer.map(|answer| answer.status);
        assert!(matches!(status, Some(200 | 400)), "{round}: {status:?}");
    }
}

#[test]
fn any_key_will_do() {
    let request = form("+").header("authorization", "Bearer sk-anything");
    assert_eq!(request.post(&start()).status, 200);
}

#[test]
fn paths_methods_and_content_types_have_their_status() {
    let server = start();
    let edits = "/v1/images/edits";
    let cases = [
        ("POST", "/v1/images/edit", "application/json", 404),
        ("POST", "/images/edits", "application/json", 404),
        ("GET", "/", "", 404),
        ("GET", "/v1/pictures/none.png", "", 404),
        ("GET", edits, "", 405),
        ("PUT", edits, "application/json", 405),
        ("POST", edits, "text/plain", 415),
        ("POST", edits, "", 415),
        ("POST", edits, "multipart/form-data", 400),
        ("POST", edits, "multipart/form-data; boundary=other", 400),
        ("POST", edits, "application/json; charset=utf-8", 400),
    ];
    for (method, path, kind, status) in cases {
        let request = Request::default().header("content-type", kind).body(b"{}");
        let answer = request.send(&server, method, path).expect("an answer");
        let case = format!("{method} {path} {kind}: {}", answer.text());
        assert_eq!(answer.status, status, "{case}");
        assert_eq!(answer.error()["type"], "invalid_request_error", "{case}");
        let id = answer.header("x-request-id").unwrap_or_default();
        assert!(id.starts_with("req_"), "{case}");
        let allowed = (status == 405).then_some("POST");
        assert_eq!(answer.header("allow"), allowed, "{case}");
    }
}

#[test]
fn a_body_over_the_limit_is_refused() {
    let mut options = Options::default();
    options.max_body = 2000;
    let server = StandIn::start_with(options).expect("a port is free");
    let chunked = |size: usize| {
        let head = format!(
            "POST /v1/images/edits HTTP/1.1\r\nhost: a\r\nconnection: close\r\ntransfer-encoding: chunked\r\n\
             content-type: multipart/form-data; boundary={BOUNDARY}\r\n\r\n"
        );
        let request = format!("{head}{size:x}\r\n{}\r\n0\r\n\r\n", "-".repeat(size));
        exchange(&server, request.as_bytes()).map(|answer| answer.status)
    };
    assert_eq!((chunked(3000), chunked(1000)), (Some(413), Some(400)));
    let large = form("+").text("user", &"x".repeat(2000));
    assert_eq!(large.clone().post(&server).status, 413);
    let waiting = large.header("expect", "100-continue");
    assert_eq!(waiting.post(&server).status, 413);
    assert_eq!(form("+").post(&server).status, 200);
}
