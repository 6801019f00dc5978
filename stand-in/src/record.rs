//! Records of the requests that were received.

use std::collections::VecDeque;
use std::fmt::Write as _;
use std::sync::{Mutex, MutexGuard, PoisonError};

use axum::http::header::{AUTHORIZATION, COOKIE};
use axum::http::{HeaderMap, Method, Uri};
use hmac_sha256::Hash;

/// Maximum number of requests that are kept. The oldest are removed first.
const REQUESTS: usize = 1000;

/// Maximum length of a text that is kept, in bytes. A longer text has only its length and digest.
const TEXT: usize = 64 * 1024;

/// A received request, which may have been refused.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Received {
    /// The `x-request-id` of the answer.
    pub request_id: String,
    /// The method.
    pub method: Method,
    /// The path and, if there is one, the query.
    pub uri: Uri,
    /// The headers. `{:?}` does not print credentials.
    pub headers: HeaderMap,
    /// The number of bytes of the body that were read, without the framing of chunks.
    pub body_length: u64,
    /// The parts of a form or the members of a JSON object, in the order of the body for a form
    /// and in that of their names for JSON. Empty if the body could not be read as either.
    pub fields: Vec<Field>,
}

impl Received {
    /// The first field with the name.
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }
}

/// A part of a form, or a member of a JSON object.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Field {
    /// The name, such as `image[]`.
    pub name: String,
    /// The file name, if the part has one.
    pub file_name: Option<String>,
    /// The content type, if the part has one.
    pub content_type: Option<String>,
    /// Length of the value in bytes; for a member of JSON, that of its compact JSON.
    pub length: usize,
    /// SHA-256 of the value, in hexadecimal.
    pub sha256: String,
    /// The value, if it is text (UTF-8, not a file) of at most 64 KiB. A member of JSON is compact
    /// JSON: a string has its quotation marks.
    pub text: Option<String>,
}

impl Field {
    pub(crate) fn new(
        name: &str,
        file_name: Option<&str>,
        content_type: Option<&str>,
        value: &[u8],
    ) -> Self {
        let is_text = file_name.is_none() && value.len() <= TEXT;
        let text = is_text.then(|| std::str::from_utf8(value).ok()).flatten();
        Self {
            name: name.to_owned(),
            file_name: file_name.map(str::to_owned),
            content_type: content_type.map(str::to_owned),
            length: value.len(),
            sha256: hexadecimal(&Hash::hash(value)),
            text: text.map(str::to_owned),
        }
    }
}

/// Bytes as lower-case digits.
pub(crate) fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Marks the headers with credentials as sensitive, so that they are not printed.
pub(crate) fn without_secrets(headers: &HeaderMap) -> HeaderMap {
    let mut headers = headers.clone();
    for name in [AUTHORIZATION, COOKIE] {
        if let Some(value) = headers.get_mut(name) {
            value.set_sensitive(true);
        }
    }
    headers
}

/// The received requests.
#[derive(Debug, Default)]
pub(crate) struct Records {
    requests: Mutex<VecDeque<Received>>,
}

impl Records {
    pub(crate) fn push(&self, request: Received) {
        let mut requests = self.lock();
        if requests.len() == REQUESTS {
            requests.pop_front();
        }
        requests.push_back(request);
    }

    pub(crate) fn all(&self) -> Vec<Received> {
        self.lock().iter().cloned().collect()
    }

    pub(crate) fn clear(&self) {
        self.lock().clear();
    }

    fn lock(&self) -> MutexGuard<'_, VecDeque<Received>> {
        // The list is always consistent, so a panic elsewhere does not matter.
        self.requests.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
