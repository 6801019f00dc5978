//! The runtime of emitted client crates: all code for the wire that does not depend on the
//! `OpenAPI` document.
//!
//! An emitted type is a list of its fields; the framing, escaping, streaming and limits are here:
//!
//! | module | contents |
//! |---|---|
//! | [`json`] | JSON by lists of members, with the path of the member and the raw text in every error |
//! | [`multipart`] | `multipart/form-data` bodies (RFC 7578) of text, [`Upload`]s and [`Extra`] fields |
//! | [`body`] | the bytes of a request: in memory, in files, from readers, with an exact length where there is one |
//! | [`parameter`] | parameters of the path, the query, headers and cookies, in each style |
//! | [`call`] | an HTTP request without a server and without a client: method, path, headers, body, type of response |
//! | [`security`] | the credentials that an operation accepts, and those that the caller has |
//! | [`operation`] | the traits of emitted operations, for a client that sends any of them |
//! | [`response`] | responses: a value, or all available information about the failure |
//! | [`event_stream`], [`stream`] | server-sent events, and the typed events of one operation |
//! | [`violation`] | violations of the description's bounds in a request, each with its JSON Pointer |
//!
//! This crate has no HTTP client and no async runtime. Any HTTP client can send a [`Call`]: its
//! [`Body`] is a [`std::io::Read`], with the feature `http-body` also an `http_body::Body` that
//! does not block the executor, and with the feature `http` a call can be converted to an
//! `http::Request`. With the feature `stream` an [`Upload`] can be an asynchronous stream of
//! bytes. The response goes into the call's [`JsonResponse`] or [`EventResponse`].

#![warn(unreachable_pub)]

pub mod base64;
#[cfg(feature = "http")]
mod base_url;
mod block;
pub mod body;
pub mod call;
mod error;
pub mod event_stream;
mod extra;
pub mod json;
mod macros;
mod maybe;
pub mod media_type;
pub mod multipart;
mod nullable;
mod one_or_many;
pub mod operation;
pub mod parameter;
mod raw;
mod request_head;
pub mod response;
pub mod security;
pub mod stream;
mod upload;
mod uri;
pub mod violation;

pub use ::bytes::Bytes;
/// For the macros and the emitted code, which therefore need no dependency of their own.
#[doc(hidden)]
pub use ::serde;

pub use base64::{Base64, InvalidBase64};
pub use body::Body;
pub use call::Call;
pub use error::RequestError;
pub use extra::Extra;
pub use json::DecodeError;
pub use maybe::Maybe;
pub use multipart::{Boundary, Form};
pub use nullable::Nullable;
pub use one_or_many::OneOrMany;
pub use raw::Raw;
pub use request_head::RequestHead;
pub use response::{
    BytesResponse, EmptyResponse, JsonDecoder, JsonResponse, ResponseError, ResponseHead,
    StatusResponse, TextResponse,
};
pub use security::{Credential, Credentials};
pub use stream::{
    End, EventDecoder, EventResponse, Events, LinesResponse, StreamError, StreamEvent,
};
pub use upload::Upload;
pub use uri::Uri;
pub use violation::{Validate, Violation, Violations, bounds};
