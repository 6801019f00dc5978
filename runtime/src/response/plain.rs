//! Responses that are text, bytes or empty.

use std::io::{Read, Write};

use bytes::Bytes;

use super::{BLOCK, ByStatus, Response, ResponseError, ResponseHead, read_whole, status};
use crate::block::Block;

reader! {
    /// The response has no body, or its body is ignored.
    pub struct EmptyResponse()
}

impl<E: ByStatus> Response for EmptyResponse<E> {
    const ACCEPT: Option<&'static str> = None;
}

impl<E: ByStatus> EmptyResponse<E> {
    /// Checks that the call succeeded. Ignores the body of a success.
    ///
    /// # Errors
    ///
    /// The status is not in 200 to 299.
    pub fn decode(
        &self,
        head: &ResponseHead,
        body: impl Into<Bytes>,
    ) -> Result<(), ResponseError<E>> {
        success(head, body).map(drop)
    }
}

reader! {
    /// The response is text in UTF-8.
    ///
    /// ```
    /// use openapi_runtime::ResponseHead;
    /// use openapi_runtime::response::TextResponse;
    ///
    /// let response = TextResponse::default();
    /// assert_eq!(response.decode(&ResponseHead::new(200), &b"1,2"[..])?, "1,2");
    /// # Ok::<(), openapi_runtime::ResponseError>(())
    /// ```
    pub struct TextResponse()
}

impl<E: ByStatus> Response for TextResponse<E> {
    const ACCEPT: Option<&'static str> = None;
}

impl<E: ByStatus> TextResponse<E> {
    /// The text, without a byte order mark. Bytes that are not UTF-8 are replaced by U+FFFD.
    ///
    /// # Errors
    ///
    /// The status is not in 200 to 299.
    pub fn decode(
        &self,
        head: &ResponseHead,
        body: impl Into<Bytes>,
    ) -> Result<String, ResponseError<E>> {
        success(head, body).map(|body| status::text(&body))
    }

    /// Reads the bytes of the body, at most 256 MiB.
    ///
    /// # Errors
    ///
    /// The status is not in 200 to 299; the body is too long, or cut off.
    pub fn read_from(
        &self,
        head: &ResponseHead,
        reader: impl Read,
    ) -> Result<String, ResponseError<E>> {
        self.decode(head, read_whole(head, reader)?)
    }
}

reader! {
    /// The response is bytes of any type.
    ///
    /// ```
    /// use openapi_runtime::ResponseHead;
    /// use openapi_runtime::response::BytesResponse;
    ///
    /// let mut file = Vec::new();
    /// let response = BytesResponse::default();
    /// assert_eq!(response.copy_to(&ResponseHead::new(200), &b"\x89PNG"[..], &mut file)?, 4);
    /// # Ok::<(), openapi_runtime::ResponseError>(())
    /// ```
    pub struct BytesResponse()
}

impl<E: ByStatus> Response for BytesResponse<E> {
    const ACCEPT: Option<&'static str> = None;
}

impl<E: ByStatus> BytesResponse<E> {
    /// The bytes.
    ///
    /// # Errors
    ///
    /// The status is not one of 200 to 299.
    pub fn decode(
        &self,
        head: &ResponseHead,
        body: impl Into<Bytes>,
    ) -> Result<Bytes, ResponseError<E>> {
        success(head, body)
    }

    /// Copies the bytes into a file or another writer while they arrive, and returns their number.
    /// The body is never held in memory as a whole.
    ///
    /// # Errors
    ///
    /// The status is not in 200 to 299; the body is cut off; the writer fails.
    pub fn copy_to(
        &self,
        head: &ResponseHead,
        mut reader: impl Read,
        mut writer: impl Write,
    ) -> Result<u64, ResponseError<E>> {
        if !head.is_success() {
            return Err(ResponseError::of_head(head, read_whole(head, reader)?));
        }
        let broken = |error| ResponseError::broken_off(head, Bytes::new(), error);
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

/// The body of a success.
fn success<E: ByStatus>(
    head: &ResponseHead,
    body: impl Into<Bytes>,
) -> Result<Bytes, ResponseError<E>> {
    if head.is_success() {
        Ok(body.into())
    } else {
        Err(ResponseError::of_head(head, body.into()))
    }
}
