//! The recorded requests of official clients: each is recorded as it was sent, and accepted or
//! refused for a known reason.

use std::fs;

use serde_json::Value;

use crate::client::{Request, start};

const REQUESTS: &str = include_str!("../../../tests/corpus/wire/requests.jsonl");

const PHOTO: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../tests/corpus/wire/files/photo.jpg"
);

/// Cases that are refused: the beginning of the name, and a part of the message.
const REFUSED: [(&str, &str); 3] = [
    (
        "req-026",
        "`response_format` is for the model `dall-e-2` only",
    ),
    ("req-029", "`n` is less than the minimum"),
    ("req-031", "`n` is less than the minimum"),
];

#[test]
fn recorded_requests_are_read_as_they_were_sent() {
    let server = start();
    let mut read = 0;
    for line in REQUESTS.lines() {
        let case: Value = serde_json::from_str(line).expect("JSON");
        let name = case["name"].as_str().expect("a name");
        let Some(parts) = case["expected"]["parts"].as_array() else {
            continue;
        };
        server.clear_requests();
        let form = parts.iter().fold(Request::form(), with);
        let answer = form.post(&server);
        let error = if answer.status == 200 {
            String::new()
        } else {
            answer.error()["message"].to_string()
        };
        let refused = REFUSED.iter().find(|(prefix, _)| name.starts_with(prefix));
        match refused {
            None => assert_eq!(error, "", "{name}"),
            Some((_, message)) => assert!(error.contains(message), "{name}: {error}"),
        }
        let requests = server.requests();
        for (part, field) in parts.iter().zip(&requests[0].fields) {
            assert_eq!(part["name"], field.name.as_str(), "{name}");
            assert_eq!(
                part["filename"].as_str(),
                field.file_name.as_deref(),
                "{name}"
            );
            assert_eq!(
                part["content_type"].as_str(),
                field.content_type.as_deref(),
                "{name}"
            );
            assert_eq!(
                part.get("value").and_then(Value::as_str),
                field.text.as_deref(),
                "{name}"
            );
            assert!(
                part["sha256"]
                    .as_str()
                    .is_none_or(|digest| digest == field.sha256),
                "{name}"
            );
        }
        assert_eq!(parts.len(), requests[0].fields.len(), "{name}");
        read += 1;
    }
    assert!(read > 40, "{read}");
}

fn with(form: Request, part: &Value) -> Request {
    let text = |name| part[name].as_str();
    let mut disposition = format!("name=\"{}\"", text("name").unwrap_or_default());
    if let Some(name) = text("filename") {
        disposition = format!("{disposition}; filename=\"{name}\"");
    }
    let bytes = match (text("value"), text("hex")) {
        (Some(value), _) => value.as_bytes().to_vec(),
        (None, Some(hexadecimal)) => bytes(hexadecimal),
        // The one file that is too long to be written down.
        (None, None) => fs::read(PHOTO).expect("a file"),
    };
    form.part(&disposition, text("content_type"), &bytes)
}

fn bytes(hexadecimal: &str) -> Vec<u8> {
    let digits = hexadecimal.as_bytes().chunks(2);
    let byte = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
    digits.filter_map(byte).collect()
}
