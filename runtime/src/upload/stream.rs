//! Files from asynchronous sources.

use std::{error::Error, io};

use bytes::Bytes;
use futures_core::Stream;

use super::{Once, Source, Upload};
use crate::body::PollBytes;

impl Upload {
    /// Makes an upload of a stream of unknown length, which is read to its end. It can be sent
    /// once.
    ///
    /// The body must be polled as an `http_body::Body`. Reading it in another way is an error of
    /// the kind [`Unsupported`](io::ErrorKind::Unsupported). The first bytes of a stream are not
    /// known when the call is made: without a content type and a file name with a known extension,
    /// it is `application/octet-stream`, which servers may refuse.
    pub fn from_stream<S, E>(stream: S) -> Self
    where
        S: Stream<Item = Result<Bytes, E>> + Send + 'static,
        E: Into<Box<dyn Error + Send + Sync>>,
    {
        Self::new(Source::Stream {
            poll: Once::new(poll_bytes(stream)),
            length: None,
        })
    }

    /// Makes an upload of this many bytes of a stream. If it has fewer, sending fails. Otherwise
    /// like [`from_stream`](Self::from_stream).
    pub fn from_stream_with_length<S, E>(stream: S, length: u64) -> Self
    where
        S: Stream<Item = Result<Bytes, E>> + Send + 'static,
        E: Into<Box<dyn Error + Send + Sync>>,
    {
        Self::new(Source::Stream {
            poll: Once::new(poll_bytes(stream)),
            length: Some(length),
        })
    }
}

fn poll_bytes<S, E>(stream: S) -> PollBytes
where
    S: Stream<Item = Result<Bytes, E>> + Send + 'static,
    E: Into<Box<dyn Error + Send + Sync>>,
{
    let mut stream = Box::pin(stream);
    Box::new(move |context| stream.as_mut().poll_next(context).map_err(io_error))
}

/// Converts an error. An error of the operating system keeps its kind.
fn io_error(error: impl Into<Box<dyn Error + Send + Sync>>) -> io::Error {
    match error.into().downcast::<io::Error>() {
        Ok(error) => *error,
        Err(error) => io::Error::other(error),
    }
}
