//! Takes a form apart again.

use bytes::Bytes;
use openapi_runtime::{Boundary, Form, RequestError};

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Part {
    /// The lines of the head.
    pub head: Vec<String>,
    pub value: Bytes,
}

impl Part {
    /// A parameter of `Content-Disposition`, still escaped.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        let disposition = self.head.first().unwrap();
        let (_, rest) = disposition.split_once(&format!("; {name}=\""))?;
        rest.split_once('"').map(|(value, _)| value)
    }

    pub fn content_type(&self) -> Option<&str> {
        self.head
            .iter()
            .find_map(|line| line.strip_prefix("Content-Type: "))
    }
}

pub fn boundary() -> Boundary {
    Boundary::new("a-boundary-of-no-value").unwrap()
}

/// Writes a form, checks its length, and gives its parts.
pub fn parts(form: Form) -> Result<Vec<Part>, RequestError> {
    let (content_type, body) = form.finish(&boundary())?;
    assert_eq!(
        content_type,
        "multipart/form-data; boundary=a-boundary-of-no-value"
    );
    let length = body.content_length();
    let body = body.into_bytes().unwrap();
    assert!(
        length.is_none_or(|length| length == body.len() as u64),
        "{length:?}, not {}",
        body.len()
    );
    Ok(split(&body))
}

pub fn split(body: &Bytes) -> Vec<Part> {
    let delimiter = b"--a-boundary-of-no-value";
    let mut parts = Vec::new();
    let mut rest = &body[..];
    loop {
        rest = rest.strip_prefix(delimiter).expect("a delimiter");
        if rest == b"--\r\n" {
            return parts;
        }
        rest = rest
            .strip_prefix(b"\r\n")
            .expect("the end of the delimiter line");
        let head_end = find(rest, b"\r\n\r\n").expect("a head");
        let head = String::from_utf8(rest[..head_end].to_vec()).expect("a head in UTF-8");
        rest = &rest[head_end + 4..];
        let value_end = find(rest, b"\r\n--a-boundary-of-no-value").expect("the end of a part");
        parts.push(Part {
            head: head.split("\r\n").map(str::to_owned).collect(),
            value: Bytes::copy_from_slice(&rest[..value_end]),
        });
        rest = &rest[value_end + 2..];
    }
}

fn find(text: &[u8], part: &[u8]) -> Option<usize> {
    text.windows(part.len()).position(|window| window == part)
}
