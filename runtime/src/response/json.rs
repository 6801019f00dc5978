//! A response that is one JSON value.

use std::{fmt, io::Read, marker::PhantomData};

use bytes::Bytes;

use super::{BLOCK, ByStatus, Response, ResponseError, ResponseHead, Undescribed};
use crate::{
    block::Block,
    event_stream::Limits,
    json::{self, Base64At, Decode, Splicer, Text},
};

reader! {
    /// The response is one JSON value.
    ///
    /// ```
    /// use openapi_runtime::{JsonResponse, ResponseError, ResponseHead};
    ///
    /// let response = JsonResponse::<Vec<i64>>::default();
    /// assert_eq!(response.decode(&ResponseHead::new(200), &b"[1, 2]"[..])?, [1, 2]);
    ///
    /// let error = response.decode(&ResponseHead::new(429), &br#"{"code": "slow_down"}"#[..]).unwrap_err();
    /// assert_eq!(error.head().status(), 429);
    /// assert_eq!(error.body().text(), r#"{"code": "slow_down"}"#);
    /// # Ok::<(), ResponseError>(())
    /// ```
    pub struct JsonResponse(T)
}

impl<T: for<'de> Decode<'de>, E: ByStatus> Response for JsonResponse<T, E> {
    const ACCEPT: Option<&'static str> = Some("application/json");
}

impl<T: for<'de> Decode<'de>, E: ByStatus> JsonResponse<T, E> {
    /// Reads the whole body. The HTTP client must have removed any compression.
    pub fn decode(
        &self,
        head: &ResponseHead,
        body: impl Into<Bytes>,
    ) -> Result<T, ResponseError<E>> {
        let body = body.into();
        let place = T::base64();
        let text = if head.is_success() && place.is_somewhere() {
            let mut splicer = Splicer::new(place);
            splicer.push(&body);
            splicer.take()
        } else {
            body.clone().into()
        };
        read(head, text, Some(body))
    }

    /// Makes a decoder for a body that is pushed in chunks. Base64 is decoded at once, so its text
    /// is never held in memory.
    pub fn decoder(&self, head: &ResponseHead) -> JsonDecoder<T, E> {
        JsonDecoder::with_limit(head, Limits::default().event)
    }

    /// Reads the bytes of the body. A body that is cut off is [`ResponseError::Transport`].
    pub fn read_from(
        &self,
        head: &ResponseHead,
        mut reader: impl Read,
    ) -> Result<T, ResponseError<E>> {
        let mut decoder = self.decoder(head);
        let mut block = Block::default();
        loop {
            match block.read(BLOCK, &mut reader) {
                Ok(bytes) if bytes.is_empty() => return decoder.finish(),
                Ok(bytes) => decoder.push(bytes),
                Err(error) => return Err(decoder.abort(error)),
            }
        }
    }
}

/// Reads one JSON value from a body that arrives in pieces.
///
/// ```
/// use openapi_runtime::{JsonResponse, ResponseError, ResponseHead};
///
/// let mut decoder = JsonResponse::<Vec<i64>>::default().decoder(&ResponseHead::new(200));
/// decoder.push(&b"[1, "[..]);
/// decoder.push(&b"2]"[..]);
/// assert_eq!(decoder.finish()?, [1, 2]);
/// # Ok::<(), ResponseError>(())
/// ```
pub struct JsonDecoder<T, E = Undescribed> {
    head: ResponseHead,
    splicer: Splicer,
    limit: usize,
    value: PhantomData<fn() -> (T, E)>,
}

impl<T: for<'de> Decode<'de>, E: ByStatus> JsonDecoder<T, E> {
    /// Makes a decoder for the body that follows this head, with a maximum length in bytes.
    pub fn with_limit(head: &ResponseHead, limit: usize) -> Self {
        let place = if head.is_success() {
            T::base64()
        } else {
            Base64At::Nowhere
        };
        Self {
            head: head.clone(),
            splicer: Splicer::new(place),
            limit,
            value: PhantomData,
        }
    }

    /// Appends bytes of the body. Bytes beyond the limit are dropped, except for one.
    pub fn push(&mut self, chunk: impl Into<Bytes>) {
        let chunk = chunk.into();
        let room = self
            .limit
            .saturating_add(1)
            .saturating_sub(self.splicer.len());
        self.splicer.push(chunk.get(..room).unwrap_or(&chunk));
    }

    /// Reads the body, which is complete.
    pub fn finish(&mut self) -> Result<T, ResponseError<E>> {
        let is_too_long = self.splicer.len() > self.limit;
        let text = self.splicer.take();
        if is_too_long {
            return Err(ResponseError::too_long(
                &self.head,
                text.into_bytes(),
                self.limit,
            ));
        }
        read(&self.head, text, None)
    }

    /// Returns the error of a body that was cut off, with the bytes so far.
    pub fn abort(
        &mut self,
        error: impl Into<Box<dyn std::error::Error + Send + Sync>>,
    ) -> ResponseError<E> {
        ResponseError::broken_off(&self.head, self.splicer.take().into_bytes(), error)
    }
}

impl<T, E> fmt::Debug for JsonDecoder<T, E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("JsonDecoder")
            .field("head", &self.head)
            .field("received", &self.splicer.len())
            .field("held", &self.splicer.held())
            .finish_non_exhaustive()
    }
}

/// Reads a body. `body` has the original bytes; without it, they are restored from the text.
fn read<T: for<'de> Decode<'de>, E: ByStatus>(
    head: &ResponseHead,
    text: Text,
    body: Option<Bytes>,
) -> Result<T, ResponseError<E>> {
    let expects_content = ResponseError::<E>::expects_content(head, text.rest());
    let text = if expects_content {
        match text.attempt() {
            Ok(value) => return Ok(value),
            Err(text) => text,
        }
    } else {
        text
    };
    // A large body is held either decoded or as text, also for the error.
    let body = match body {
        Some(body) => {
            drop(text);
            body
        }
        None => text.into_bytes(),
    };
    if !expects_content {
        return Err(ResponseError::of_head(head, body));
    }
    json::from_bytes(&body).map_err(|error| ResponseError::of_body(head, body, error))
}
