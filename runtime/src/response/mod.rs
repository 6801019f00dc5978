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
//!
//! A body that is read as it comes may also be too long, or break off.

mod api_error;
mod error;
mod head;
mod json;
mod plain;

use std::marker::PhantomData;

use bytes::Bytes;

pub use api_error::ApiError;
pub(crate) use api_error::is_error;
pub use error::{Failure, ResponseError};
pub use head::ResponseHead;
pub use json::{JsonDecoder, JsonResponse};
pub use plain::{BytesResponse, TextResponse};

use crate::{
    event_stream::Limits,
    stream::{EventDecoder, Events, StreamEvent},
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

/// The response has no body, or none that is of interest.
#[derive(Clone, Copy, Debug, Default)]
pub struct EmptyResponse;

impl Response for EmptyResponse {
    const ACCEPT: Option<&'static str> = None;
}

impl EmptyResponse {
    /// Whether the call succeeded; what the body of a success says is passed over.
    pub fn decode(&self, head: &ResponseHead, body: impl Into<Bytes>) -> Result<(), ResponseError> {
        if head.is_success() {
            Ok(())
        } else {
            Err(ResponseError::of_head(head, body.into()))
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

impl<E: StreamEvent> Response for EventResponse<E> {
    const ACCEPT: Option<&'static str> = Some("text/event-stream");
}

impl<E: StreamEvent> EventResponse<E> {
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
