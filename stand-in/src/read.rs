//! Reading a body: its bytes within a limit, then a form or JSON.

use std::convert::Infallible;

use axum::body::Body;
use axum::http::HeaderMap;
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE, EXPECT};
use bytes::{Bytes, BytesMut};
use futures_util::stream;
use http_body_util::BodyExt;
use multer::Multipart;
use serde_json::Value;

use crate::error::ApiError;
use crate::record::Field;

/// Maximum number of parts of a form.
const PARTS: usize = 200;

/// Maximum number of values in a JSON body: a value of two bytes takes sixteen times as much
/// memory.
const VALUES: usize = 10_000;

/// The content of a body.
#[derive(Debug)]
pub(crate) enum Content {
    /// `multipart/form-data`.
    Form(Vec<Part>),
    /// `application/json`.
    Json(Value),
}

/// A part of a form.
#[derive(Debug)]
pub(crate) struct Part {
    pub(crate) name: String,
    pub(crate) file_name: Option<String>,
    pub(crate) content_type: Option<String>,
    pub(crate) bytes: Bytes,
}

impl Content {
    /// The fields of a body for a record.
    pub(crate) fn fields(&self) -> Vec<Field> {
        match self {
            Self::Form(parts) => {
                let field = |part: &Part| {
                    let (file, kind) = (part.file_name.as_deref(), part.content_type.as_deref());
                    Field::new(&part.name, file, kind, &part.bytes)
                };
                parts.iter().map(field).collect()
            }
            Self::Json(value) => {
                let members = value.as_object().into_iter().flatten();
                let field = |(name, value): (&String, &Value)| {
                    Field::new(name, None, None, value.to_string().as_bytes())
                };
                members.map(field).collect()
            }
        }
    }
}

/// The length that the head declares.
pub(crate) fn declared_length(headers: &HeaderMap) -> Option<usize> {
    headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// The result of reading a body.
pub(crate) struct Reading {
    /// The number of received bytes, including discarded ones.
    pub(crate) length: usize,
    /// All bytes. The error is status 413 for a body over the limit, and 400 for one that ends
    /// early.
    pub(crate) bytes: Result<Bytes, ApiError>,
}

/// Reads a body.
///
/// A body over the limit is read on for the same length again, and discarded, because a client
/// that is still sending when the connection closes does not see the response. A client that waits
/// for `100 Continue` gets a response at once.
pub(crate) async fn bytes(headers: &HeaderMap, mut body: Body, limit: usize) -> Reading {
    let (mut kept, mut length) = (BytesMut::new(), 0);
    let is_large = declared_length(headers).is_some_and(|length| length > limit);
    if is_large && headers.contains_key(EXPECT) {
        return Reading {
            length,
            bytes: Err(ApiError::too_large(limit)),
        };
    }
    while let Some(frame) = body.frame().await {
        let Ok(frame) = frame else {
            return Reading {
                length,
                bytes: Err(ApiError::invalid(None, "The body ended early")),
            };
        };
        let data = frame.into_data().unwrap_or_default();
        length += data.len();
        if length <= limit {
            kept.extend_from_slice(&data);
        } else if length > limit.saturating_mul(2) {
            break;
        } else {
            kept = BytesMut::new();
        }
    }
    let bytes = if length > limit {
        Err(ApiError::too_large(limit))
    } else {
        Ok(kept.freeze())
    };
    Reading { length, bytes }
}

/// Reads and discards the given number of bytes of a body.
pub(crate) async fn some_bytes(mut body: Body, enough: u64) -> usize {
    let mut length = 0;
    while u64::try_from(length).is_ok_and(|length| length < enough) {
        match body.frame().await {
            Some(Ok(frame)) => length += frame.into_data().unwrap_or_default().len(),
            Some(Err(_)) | None => break,
        }
    }
    length
}

/// Parses the bytes as a form or as JSON.
///
/// # Errors
/// Status 415 for another content type, and 400 for bytes that do not match their content type.
pub(crate) async fn content(headers: &HeaderMap, bytes: Bytes) -> Result<Content, ApiError> {
    let found = headers
        .get(CONTENT_TYPE)
        .map_or("", |value| value.to_str().unwrap_or("?"));
    let essence = found.split(';').next().unwrap_or_default().trim();
    if essence.eq_ignore_ascii_case("multipart/form-data") {
        let boundary = multer::parse_boundary(found);
        let boundary = boundary.map_err(|error| unreadable("form", &error))?;
        return form(boundary, bytes).await.map(Content::Form);
    }
    if essence.eq_ignore_ascii_case("application/json") {
        return json(&bytes).map(Content::Json);
    }
    Err(ApiError::wrong_content_type(found))
}

async fn form(boundary: String, bytes: Bytes) -> Result<Vec<Part>, ApiError> {
    let chunks = stream::iter([Ok::<_, Infallible>(bytes)]);
    let mut form = Multipart::new(chunks, boundary);
    let mut parts = Vec::new();
    loop {
        let part = form.next_field().await;
        let Some(part) = part.map_err(|error| unreadable("form", &error))? else {
            return Ok(parts);
        };
        if parts.len() == PARTS {
            let message = format!("The form has more than {PARTS} parts");
            return Err(ApiError::invalid(None, message));
        }
        let name = part.name().unwrap_or_default().to_owned();
        let file_name = part.file_name().map(str::to_owned);
        let content_type = part.headers().get("content-type");
        let content_type = content_type.and_then(|value| value.to_str().ok());
        let content_type = content_type.map(str::to_owned);
        let bytes = part.bytes().await;
        parts.push(Part {
            name,
            file_name,
            content_type,
            bytes: bytes.map_err(|error| unreadable("form", &error))?,
        });
    }
}

fn json(bytes: &[u8]) -> Result<Value, ApiError> {
    if values(bytes) > VALUES {
        let message = format!("The body has more than {VALUES} values");
        return Err(ApiError::invalid(None, message));
    }
    serde_json::from_slice(bytes).map_err(|error| unreadable("JSON", &error))
}

/// The number of values in a JSON text, or a few more.
fn values(text: &[u8]) -> usize {
    let mut count = 1;
    let mut bytes = text.iter();
    let mut in_string = false;
    while let Some(byte) = bytes.next() {
        match byte {
            b'"' => in_string = !in_string,
            b'\\' if in_string => drop(bytes.next()),
            b',' | b'[' | b'{' if !in_string => count += 1,
            _ => {}
        }
    }
    count
}

fn unreadable(what: &str, error: &dyn std::error::Error) -> ApiError {
    // Errors of `multer` have a source.
    let mut message = format!("We could not parse the body of your request as {what}: {error}");
    if let Some(source) = error.source() {
        message = format!("{message}: {source}");
    }
    ApiError::invalid(None, message)
}
