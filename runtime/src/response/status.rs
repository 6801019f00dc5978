//! Responses whose type depends on the status.
//!
//! ```yaml
//! responses:
//!   '200': {content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}}
//!   '202': {description: It is being made.}
//!   '404': {content: {application/json: {schema: {$ref: '#/components/schemas/Problem'}}}}
//!   default: {content: {text/plain: {}}}
//! ```
//!
//! The successes are an enum of `Ok(Thing)` and `Accepted`, the errors one of `NotFound(Problem)`
//! and `Default(String)`.

use std::{fmt, io::Read};

use bytes::Bytes;

use super::{Response, ResponseError, ResponseHead};
use crate::{
    DecodeError,
    event_stream::Decoder,
    json::{self, Decode, Deserializer, Source, Text},
    media_type,
};

/// A choice between types that depends on the status: the successes of an operation, or its
/// errors.
pub trait ByStatus: Sized + fmt::Debug + Send + Sync + 'static {
    /// Reads a body as the type for its status and media type; `None` if the description has no
    /// type for them.
    fn read(answer: &Answer) -> Option<Result<Self, DecodeError>>;
}

/// The errors of an operation whose description declares none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Undescribed {}

impl ByStatus for Undescribed {
    fn read(_: &Answer) -> Option<Result<Self, DecodeError>> {
        None
    }
}

impl<'de> Decode<'de> for Undescribed {
    fn decode<D: Deserializer<'de>>(_: D, _: &Source) -> Result<Self, D::Error> {
        Err(serde::de::Error::custom(
            "the description has no type for this",
        ))
    }
}

/// A whole response.
///
/// ```
/// use openapi_runtime::ResponseHead;
/// use openapi_runtime::response::Answer;
///
/// let answer = Answer::new(&ResponseHead::new(404), &br#"{"code": 7}"#[..]);
/// assert_eq!(answer.status(), 404);
/// assert_eq!(answer.text()?, r#"{"code": 7}"#);
/// # Ok::<(), openapi_runtime::DecodeError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Answer {
    status: u16,
    content_type: Option<String>,
    body: Bytes,
}

impl Answer {
    /// Makes a response of this head and this body.
    pub fn new(head: &ResponseHead, body: impl Into<Bytes>) -> Self {
        Self {
            status: head.status(),
            content_type: head.content_type(),
            body: body.into(),
        }
    }

    /// The status code.
    pub const fn status(&self) -> u16 {
        self.status
    }

    /// True if the body has this media type, or one in this range (`text/*`). Without
    /// `Content-Type` it has none.
    pub fn is(&self, media_type: &str) -> bool {
        let own = self.content_type.as_deref();
        own.is_some_and(|own| media_type::is_in(own, media_type))
    }

    /// Reads the body as JSON. Bytes that are not UTF-8 are replaced by U+FFFD. Of an event
    /// stream, reads the first event's data.
    pub fn json<T: for<'de> Decode<'de>>(&self) -> Result<T, DecodeError> {
        let body = if self.is("text/event-stream") {
            first_event(&self.body).unwrap_or_default()
        } else {
            self.body.clone()
        };
        Text::from(body).replacing().read()
    }

    /// The body as text, without a byte order mark. Bytes that are not UTF-8 are replaced by
    /// U+FFFD.
    pub fn text(&self) -> Result<String, DecodeError> {
        Ok(text(&self.body))
    }

    /// The body as received.
    pub fn bytes(&self) -> Result<Bytes, DecodeError> {
        Ok(self.body.clone())
    }
}

/// Converts bytes to text, without a byte order mark.
pub(super) fn text(body: &[u8]) -> String {
    String::from_utf8_lossy(json::without_bom(body)).into_owned()
}

/// The data of the first event in a stream. A server may report an error in this form if a stream
/// was requested.
fn first_event(body: &Bytes) -> Option<Bytes> {
    let mut decoder = Decoder::new();
    decoder.push(body.clone());
    let event = match decoder.next_event().ok()? {
        Some(event) => event,
        None => decoder.finish().ok()??,
    };
    Some(event.data.into_bytes())
}

reader! {
    /// The type of the response depends on the status.
    ///
    /// ```
    /// use openapi_runtime::response::{Answer, ByStatus, StatusResponse};
    /// use openapi_runtime::{DecodeError, ResponseError, ResponseHead};
    ///
    /// #[derive(Debug, PartialEq)]
    /// enum Made {
    ///     Ok(Vec<i64>),
    ///     Accepted,
    /// }
    ///
    /// impl ByStatus for Made {
    ///     fn read(answer: &Answer) -> Option<Result<Self, DecodeError>> {
    ///         Some(match answer.status() {
    ///             200 => answer.json().map(Self::Ok),
    ///             202 => Ok(Self::Accepted),
    ///             _ => return None,
    ///         })
    ///     }
    /// }
    ///
    /// let response = StatusResponse::<Made>::default();
    /// assert_eq!(response.decode(&ResponseHead::new(200), &b"[1]"[..])?, Made::Ok(vec![1]));
    /// assert_eq!(response.decode(&ResponseHead::new(202), &b""[..])?, Made::Accepted);
    /// # Ok::<(), ResponseError>(())
    /// ```
    pub struct StatusResponse(T)
}

impl<T: ByStatus, E: ByStatus> Response for StatusResponse<T, E> {
    const ACCEPT: Option<&'static str> = Some("application/json");
}

impl<T: ByStatus, E: ByStatus> StatusResponse<T, E> {
    /// Reads the body as the type for its status.
    ///
    /// # Errors
    ///
    /// The status is not in 200 to 299, or the description has no such success
    /// ([`ResponseError::Status`] for both); the body is empty, or not what the description
    /// declares.
    pub fn decode(
        &self,
        head: &ResponseHead,
        body: impl Into<Bytes>,
    ) -> Result<T, ResponseError<E>> {
        let body = body.into();
        if !head.is_success() {
            return Err(ResponseError::of_head(head, body));
        }
        match T::read(&Answer::new(head, body.clone())) {
            Some(Ok(value)) => Ok(value),
            Some(Err(error)) => Err(ResponseError::of_body(head, body, error)),
            None => Err(ResponseError::of_status(head, body)),
        }
    }

    /// Reads the bytes of the body, at most 256 MiB, then decodes them.
    ///
    /// # Errors
    ///
    /// The errors of [`decode`](Self::decode); the body is too long, or cut off.
    pub fn read_from(&self, head: &ResponseHead, reader: impl Read) -> Result<T, ResponseError<E>> {
        self.decode(head, super::read_whole(head, reader)?)
    }
}
