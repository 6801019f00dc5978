//! Responses that are a text, or bytes.

use std::io::{self, Read, Write};

use bytes::Bytes;

use super::{Response, ResponseError, ResponseHead};
use crate::{block::Block, json::without_bom};

/// The response is a text in UTF-8.
///
/// ```
/// use openapi_runtime::ResponseHead;
/// use openapi_runtime::response::TextResponse;
///
/// let text = TextResponse.decode(&ResponseHead::new(200), &b"1,2"[..])?;
/// assert_eq!(text, "1,2");
/// # Ok::<(), openapi_runtime::ResponseError>(())
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct TextResponse;

impl Response for TextResponse {
    const ACCEPT: Option<&'static str> = None;
}

impl TextResponse {
    /// The text, without a byte order mark. What is not UTF-8 is replaced by U+FFFD.
    ///
    /// # Errors
    ///
    /// The status is not one of 200 to 299.
    pub fn decode(
        &self,
        head: &ResponseHead,
        body: impl Into<Bytes>,
    ) -> Result<String, ResponseError> {
        let body = BytesResponse.decode(head, body)?;
        Ok(String::from_utf8_lossy(without_bom(&body)).into_owned())
    }
}

/// The response is bytes of any type.
///
/// ```
/// use openapi_runtime::ResponseHead;
/// use openapi_runtime::response::BytesResponse;
///
/// let mut file = Vec::new();
/// let head = ResponseHead::new(200);
/// assert_eq!(BytesResponse.copy_to(&head, &b"\x89PNG"[..], &mut file)?, 4);
/// # Ok::<(), openapi_runtime::ResponseError>(())
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct BytesResponse;

impl Response for BytesResponse {
    const ACCEPT: Option<&'static str> = None;
}

/// How many bytes are copied at once.
const BLOCK: usize = 64 * 1024;

/// So many bytes of a failure are kept.
const MOST: u64 = 16 * 1024 * 1024;

impl BytesResponse {
    /// The bytes.
    ///
    /// # Errors
    ///
    /// The status is not one of 200 to 299.
    pub fn decode(
        &self,
        head: &ResponseHead,
        body: impl Into<Bytes>,
    ) -> Result<Bytes, ResponseError> {
        if head.is_success() {
            Ok(body.into())
        } else {
            Err(ResponseError::of_head(head, body.into()))
        }
    }

    /// Copies the bytes into a file, or whatever else takes them, as they come; gives how many there are. They are never held
    /// whole.
    ///
    /// # Errors
    ///
    /// The status is not one of 200 to 299, of which at most 16 MiB are kept; the body breaks off; the writer fails.
    pub fn copy_to(
        &self,
        head: &ResponseHead,
        mut reader: impl Read,
        mut writer: impl Write,
    ) -> Result<u64, ResponseError> {
        let broken = |error: io::Error| ResponseError::broken_off(head, Bytes::new(), error.into());
        if !head.is_success() {
            let mut body = Vec::new();
            reader.take(MOST).read_to_end(&mut body).map_err(broken)?;
            return Err(ResponseError::of_head(head, body.into()));
        }
        let mut block = Block::default();
        let mut copied = 0;
        loop {
            let bytes = block.read(BLOCK, &mut reader).map_err(broken)?;
            if bytes.is_empty() {
                writer.flush().map_err(broken)?;
                return Ok(copied);
            }
            writer.write_all(&bytes).map_err(broken)?;
            copied += bytes.len() as u64;
        }
    }
}
