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

use bytes::Bytes;

use crate::{
    BytesResponse, Call, EmptyResponse, EventDecoder, EventResponse, JsonResponse, LinesResponse,
    RequestError, ResponseError, ResponseHead, StatusResponse, StreamEvent, TextResponse,
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

/// An operation with responses of one kind: [`Whole`], [`Text`], [`Content`], [`Events`] or [`Lines`].
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
    /// A text: `call_text`.
    Text;
    /// Bytes: `call_bytes`.
    Content;
    /// A stream of events: `call_stream`.
    Events;
    /// A stream of JSON lines: `call_lines`.
    Lines;
}

/// A response that is read when the whole body is there.
pub trait ReadWhole: Response {
    /// The type of a success.
    type Value;

    /// The errors that the description declares, by status.
    type Error: ByStatus;

    /// Reads the body.
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

macro_rules! read_whole {
    ([$($type:tt)*] $response:ty => $value:ty) => {
        impl<$($type)* E: ByStatus> ReadWhole for $response {
            type Value = $value;
            type Error = E;

            fn read(&self, head: &ResponseHead, body: Bytes) -> Result<$value, ResponseError<E>> {
                self.decode(head, body)
            }
        }
    };
}

read_whole!([T: for<'de> Decode<'de>,] JsonResponse<T, E> => T);
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
