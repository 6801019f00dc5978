//! What comes back: a value, or everything that is known about the failure.
//!
//! | status | content type | body | result |
//! |---|---|---|---|
//! | 2xx | any but an event stream | JSON of the promised type | the value |
//! | 2xx | any | has a member `error` | [`ResponseError::Api`] |
//! | 2xx | JSON, text or none | anything else | [`ResponseError::Decode`] |
//! | 2xx | anything else | anything else | [`ResponseError::UnexpectedContentType`] |
//! | 2xx | any | empty | [`ResponseError::Empty`] |
//! | other | any | any | [`ResponseError::Status`] |

mod api_error;
mod error;
mod head;

use std::marker::PhantomData;

use bytes::Bytes;

pub use api_error::ApiError;
pub(crate) use api_error::is_error;
pub use error::{Failure, ResponseError};
pub use head::ResponseHead;

use crate::{
    event_stream::Limits,
    json::{self, Decode, Deserializer, MapAccess, Members, RawUnion, ReadObject},
    stream::{EventDecoder, Events},
};

/// What a call expects to come back.
pub trait Response: Default {
    /// The value of the `Accept` header, if there is one.
    const ACCEPT: Option<&'static str>;
}

/// Nothing is known of the response.
impl Response for () {
    const ACCEPT: Option<&'static str> = None;
}

/// The response is one JSON value.
///
/// ```
/// use openapi_runtime::{JsonResponse, ResponseError, ResponseHead};
///
/// let response = JsonResponse::<Vec<i64>>::default();
/// assert_eq!(response.decode(&ResponseHead::new(200), &b"[1, 2]"[..])?, [1, 2]);
///
/// let error = response.decode(&ResponseHead::new(429), &br#"{"error": {"code": "slow_down"}}"#[..]).unwrap_err();
/// assert_eq!(error.head().status(), 429);
/// assert_eq!(error.api_error().and_then(|error| error.code.as_deref()), Some("slow_down"));
/// # Ok::<(), ResponseError>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct JsonResponse<T>(PhantomData<fn() -> T>);

impl<T> Default for JsonResponse<T> {
    fn default() -> Self {
        Self(PhantomData)
    }
}

impl<T> Response for JsonResponse<T> {
    const ACCEPT: Option<&'static str> = Some("application/json");
}

impl<T: for<'de> Decode<'de>> JsonResponse<T> {
    /// Reads the whole body. Compression is the HTTP client's business: these are the decoded bytes.
    pub fn decode(&self, head: &ResponseHead, body: impl Into<Bytes>) -> Result<T, ResponseError> {
        let body = body.into();
        if let Some(error) = ResponseError::of_head(head, &body) {
            return Err(error);
        }
        let is_error = json::read(&body).is_ok_and(|HasError(is_error)| is_error);
        let decoded = if is_error {
            None
        } else {
            Some(json::from_bytes(&body))
        };
        match decoded {
            Some(Ok(value)) => Ok(value),
            Some(Err(error)) => Err(ResponseError::of_body(
                head,
                body,
                may_be_json(head).then_some(error),
            )),
            None => Err(ResponseError::of_body(head, body, None)),
        }
    }
}

/// Whether a body that is no JSON is a broken body, and not a body of another type.
fn may_be_json(head: &ResponseHead) -> bool {
    head.content_type().is_none_or(|essence| {
        essence == "application/json"
            || essence.ends_with("+json")
            || essence == "text/plain"
            || essence.is_empty()
    })
}

/// Whether an object has an error in its member `error`.
struct HasError(bool);

impl<'de> ReadObject<'de> for HasError {
    const NAME: &'static str = "ErrorResponse";

    fn read<A: MapAccess<'de>>(mut members: Members<'de, A>) -> Result<Self, A::Error> {
        let mut found = false;
        while let Some(name) = members.next_name()? {
            if name == "error" {
                found = is_error(&members.value::<RawUnion>()?);
            } else {
                members.skip()?;
            }
        }
        Ok(Self(found))
    }
}

impl<'de> Decode<'de> for HasError {
    fn decode<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        json::object(deserializer)
    }
}

/// The response has no body, or none that is of interest.
#[derive(Clone, Copy, Debug, Default)]
pub struct EmptyResponse;

impl Response for EmptyResponse {
    const ACCEPT: Option<&'static str> = None;
}

impl EmptyResponse {
    /// Whether the call succeeded; what the body of a success says is passed over.
    pub fn decode(&self, head: &ResponseHead, body: impl Into<Bytes>) -> Result<(), ResponseError> {
        match ResponseError::of_head(head, &body.into()) {
            Some(error) if !head.is_success() => Err(error),
            _ => Ok(()),
        }
    }
}

/// The response is a stream of events.
#[derive(Clone, Copy, Debug)]
pub struct EventResponse<E>(PhantomData<fn() -> E>);

impl<E> Default for EventResponse<E> {
    fn default() -> Self {
        Self(PhantomData)
    }
}

impl<E> Response for EventResponse<E> {
    const ACCEPT: Option<&'static str> = Some("text/event-stream");
}

impl<E> EventResponse<E> {
    /// Decodes the bytes of the body as they are pushed.
    pub fn decoder(&self, head: &ResponseHead) -> EventDecoder<E> {
        EventDecoder::new(head)
    }

    /// Decodes with other limits on what the stream may make the decoder hold.
    pub fn decoder_with_limits(&self, head: &ResponseHead, limits: Limits) -> EventDecoder<E> {
        EventDecoder::with_limits(head, limits)
    }

    /// Decodes the bytes of the body as they are read.
    pub fn read_from<R>(&self, head: &ResponseHead, reader: R) -> Events<E, R> {
        EventDecoder::new(head).read_from(reader)
    }
}
