//! Operations, for clients that are generic over them.
//!
//! ```
//! use openapi_runtime::operation::{Asks, ReadWhole, Whole};
//! use openapi_runtime::{Bytes, Call, ResponseHead};
//!
//! /// Sends an operation of any crate; `exchange` is the HTTP client of your choice.
//! fn send<O>(
//!     operation: O,
//!     exchange: impl FnOnce(Call) -> std::io::Result<(ResponseHead, Bytes)>,
//! ) -> Result<<O::Response as ReadWhole>::Value, Box<dyn std::error::Error>>
//! where
//!     O: Asks<Whole>,
//!     O::Response: ReadWhole,
//! {
//!     let (call, response) = operation.ask()?.split();
//!     let (head, body) = exchange(call)?;
//!     Ok(response.read(&head, body)?)
//! }
//! ```

use std::error::Error;

use bytes::{Bytes, BytesMut};

use crate::{
    BytesResponse, Call, EmptyResponse, EventDecoder, EventResponse, JsonDecoder, JsonResponse,
    LinesResponse, RequestError, ResponseError, ResponseHead, StatusResponse, StreamEvent,
    TextResponse,
    event_stream::Limits,
    json::Decode,
    response::{ByStatus, Response},
    security::Requirement,
};

/// An operation of a description. Every emitted operation implements this trait.
pub trait Operation: Sized {
    /// `operationId`; method and path if the description has none.
    const ID: &'static str;

    /// The method in upper case, as in HTTP: `POST`.
    const METHOD: &'static str;

    /// The template of the path, relative to the URL of the server: `/files/{id}`.
    const PATH: &'static str;

    /// The security requirements: the operation accepts the credentials of any one of them.
    const SECURITY: &'static [Requirement] = &[];

    /// The errors that the description declares, by status.
    type Error: ByStatus;
}

/// An operation with responses of one kind: [`Whole`], [`Text`], [`Content`], [`Events`] or
/// [`Lines`].
pub trait Asks<Kind>: Operation {
    /// The reader of the response.
    type Response: Response;

    /// Makes the request for this kind of response.
    ///
    /// # Errors
    ///
    /// The request violates the description's bounds, or a file cannot be opened.
    fn ask(self) -> Result<Call<Self::Response>, RequestError>;
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident;)+) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Copy, Debug)]
            pub enum $name {}
        )+
    };
}

kinds! {
    /// One JSON value, or nothing: `call`.
    Whole;
    /// Text: `call_text`.
    Text;
    /// Bytes: `call_bytes`.
    Content;
    /// A stream of events: `call_stream`.
    Events;
    /// A stream of JSON lines: `call_lines`.
    Lines;
}

/// A response that is one value, which is read when its body is complete.
pub trait ReadWhole: Response {
    /// The type of a success.
    type Value;

    /// The errors that the description declares, by status.
    type Error: ByStatus;

    /// The reader of the body while it arrives.
    type Reader: WholeReader<Value = Self::Value, Error = Self::Error>;

    /// Makes a reader for the body that follows this head.
    fn reader(&self, head: &ResponseHead) -> Self::Reader;

    /// Reads a complete body.
    ///
    /// # Errors
    ///
    /// The response is not a success as the description declares it.
    fn read(
        &self,
        head: &ResponseHead,
        body: Bytes,
    ) -> Result<Self::Value, ResponseError<Self::Error>>;
}

/// A body that is collected piece by piece, and then read. At most 256 MiB are kept.
pub trait WholeReader {
    /// See [`ReadWhole::Value`].
    type Value;

    /// See [`ReadWhole::Error`].
    type Error;

    /// Appends bytes of the body.
    fn push(&mut self, chunk: Bytes);

    /// Reads the body, which is complete.
    ///
    /// # Errors
    ///
    /// The response is not a success as the description declares it, or its body is too long.
    fn finish(self) -> Result<Self::Value, ResponseError<Self::Error>>;

    /// The error of a body that was cut off.
    fn abort(self, error: Box<dyn Error + Send + Sync>) -> ResponseError<Self::Error>;
}

/// Collects a body, then reads it as a response of the type `R`.
#[derive(Debug)]
pub struct Collected<R> {
    response: R,
    head: ResponseHead,
    body: BytesMut,
    limit: usize,
}

impl<R> Collected<R> {
    fn new(response: R, head: &ResponseHead) -> Self {
        Self {
            response,
            head: head.clone(),
            body: BytesMut::new(),
            limit: Limits::default().event,
        }
    }
}

impl<R: ReadWhole> WholeReader for Collected<R> {
    type Value = R::Value;
    type Error = R::Error;

    fn push(&mut self, chunk: Bytes) {
        // One byte too many shows that the body is too long.
        let room = (self.limit + 1).saturating_sub(self.body.len());
        self.body
            .extend_from_slice(chunk.get(..room).unwrap_or(&chunk));
    }

    fn finish(self) -> Result<R::Value, ResponseError<R::Error>> {
        let body = self.body.freeze();
        if body.len() > self.limit {
            return Err(ResponseError::too_long(&self.head, body, self.limit));
        }
        self.response.read(&self.head, body)
    }

    fn abort(self, error: Box<dyn Error + Send + Sync>) -> ResponseError<R::Error> {
        ResponseError::broken_off(&self.head, self.body.freeze(), error)
    }
}

/// Base64 is decoded as it arrives.
impl<T: for<'de> Decode<'de>, E: ByStatus> WholeReader for JsonDecoder<T, E> {
    type Value = T;
    type Error = E;

    fn push(&mut self, chunk: Bytes) {
        Self::push(self, chunk);
    }

    fn finish(mut self) -> Result<T, ResponseError<E>> {
        Self::finish(&mut self)
    }

    fn abort(mut self, error: Box<dyn Error + Send + Sync>) -> ResponseError<E> {
        Self::abort(&mut self, error)
    }
}

impl<T: for<'de> Decode<'de>, E: ByStatus> ReadWhole for JsonResponse<T, E> {
    type Value = T;
    type Error = E;
    type Reader = JsonDecoder<T, E>;

    fn reader(&self, head: &ResponseHead) -> JsonDecoder<T, E> {
        self.decoder(head)
    }

    fn read(&self, head: &ResponseHead, body: Bytes) -> Result<T, ResponseError<E>> {
        self.decode(head, body)
    }
}

macro_rules! read_whole {
    ([$($type:tt)*] $response:ty => $value:ty) => {
        impl<$($type)* E: ByStatus> ReadWhole for $response {
            type Value = $value;
            type Error = E;
            type Reader = Collected<Self>;

            fn reader(&self, head: &ResponseHead) -> Collected<Self> {
                Collected::new(*self, head)
            }

            fn read(&self, head: &ResponseHead, body: Bytes) -> Result<$value, ResponseError<E>> {
                self.decode(head, body)
            }
        }
    };
}

read_whole!([T: ByStatus,] StatusResponse<T, E> => T);
read_whole!([] TextResponse<E> => String);
read_whole!([] BytesResponse<E> => Bytes);
read_whole!([] EmptyResponse<E> => ());

/// A response that is read value by value while the body arrives.
pub trait ReadStream: Response {
    /// An event, or the value of a line.
    type Item: StreamEvent;

    /// The errors that the description declares, by status.
    type Error: ByStatus;

    /// Makes a decoder for the body of a response with this head.
    fn stream(&self, head: &ResponseHead) -> EventDecoder<Self::Item, Self::Error>;
}

macro_rules! read_stream {
    ($name:ident) => {
        impl<T: StreamEvent, E: ByStatus> ReadStream for $name<T, E> {
            type Item = T;
            type Error = E;

            fn stream(&self, head: &ResponseHead) -> EventDecoder<T, E> {
                self.decoder(head)
            }
        }
    };
}

read_stream!(EventResponse);
read_stream!(LinesResponse);
