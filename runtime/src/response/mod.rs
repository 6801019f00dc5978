//! Responses: a value, or all available information about the failure.
//!
//! | status | content type | body | result |
//! |---|---|---|---|
//! | 2xx | any but an event stream | JSON of the promised type | the value |
//! | 2xx | JSON, text or none | anything else | [`ResponseError::Decode`] |
//! | 2xx | anything else | anything else | [`ResponseError::UnexpectedContentType`] |
//! | 2xx | any | empty | [`ResponseError::Empty`] |
//! | other | any | any | [`ResponseError::Status`] |
//!
//! A body that is read incrementally may also be too long or cut off. Every failure has the head
//! and the body as received, and the error that the description declares for the status if the
//! body can be read as one: an enum over the statuses ([`ByStatus`]).

/// Defines a response reader: a type without data that has the type of the value, `T`, and of the
/// errors, `E`.
macro_rules! reader {
    ($(#[$attribute:meta])* pub struct $name:ident($($type:ident)?)) => {
        $(#[$attribute])*
        pub struct $name<$($type,)? E = $crate::response::Undescribed>(
            std::marker::PhantomData<fn() -> ($($type,)? E,)>,
        );

        impl<$($type,)? E> Default for $name<$($type,)? E> {
            fn default() -> Self {
                Self(std::marker::PhantomData)
            }
        }

        impl<$($type,)? E> Clone for $name<$($type,)? E> {
            fn clone(&self) -> Self {
                *self
            }
        }

        impl<$($type,)? E> Copy for $name<$($type,)? E> {}

        impl<$($type,)? E> std::fmt::Debug for $name<$($type,)? E> {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str(stringify!($name))
            }
        }
    };
}

mod error;
mod event_text;
mod head;
mod header;
mod json;
mod plain;
mod status;

use std::io::Read;

pub use bytes::Bytes;
use bytes::BytesMut;

use crate::{block::Block, event_stream::Limits};

pub use error::{Failure, ResponseError};
pub use event_text::EventText;
pub use head::ResponseHead;
pub use header::InvalidHeader;
pub use json::{JsonDecoder, JsonResponse};
pub use plain::{BytesResponse, EmptyResponse, TextResponse};
pub use status::{Answer, ByStatus, StatusResponse, Undescribed};

pub(crate) use reader;

/// The kind of response that a call expects.
pub trait Response: Default {
    /// The value of the `Accept` header, if there is one.
    const ACCEPT: Option<&'static str>;
}

/// A response of an unknown kind.
impl Response for () {
    const ACCEPT: Option<&'static str> = None;
}

/// Number of bytes that are read at once.
const BLOCK: usize = 64 * 1024;

/// Reads a body to its end.
fn read_whole<E>(head: &ResponseHead, mut reader: impl Read) -> Result<Bytes, ResponseError<E>> {
    let limit = Limits::default().event;
    let mut body = BytesMut::new();
    let mut block = Block::default();
    loop {
        match block.read(BLOCK, &mut reader) {
            Ok(bytes) if bytes.is_empty() => return Ok(body.freeze()),
            Ok(bytes) if bytes.len() > limit - body.len() => {
                return Err(ResponseError::too_long(head, body.freeze(), limit));
            }
            Ok(bytes) => body.extend_from_slice(&bytes),
            Err(error) => return Err(ResponseError::broken_off(head, body.freeze(), error)),
        }
    }
}
