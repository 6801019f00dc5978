//! How a stream ends.

use std::{error::Error, fmt};

use bytes::Bytes;

use crate::{ApiError, DecodeError, ResponseError, event_stream::LimitExceeded, json::Excerpt};

/// How a stream of events ended.
///
/// Whether the work was done is not for the transport to say: a caller looks whether the event that completes it
/// came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum End {
    /// The body ended after a whole event.
    Eof,
    /// The API said `[DONE]`.
    Done,
    /// The API reported an error, the response was no stream, or an event could not be read.
    Error,
    /// The body ended within an event.
    Truncated,
    /// The connection broke.
    Transport,
}

/// Why a stream ends before its time.
#[derive(Debug)]
#[non_exhaustive]
pub enum StreamError {
    /// The response is no stream.
    Response(ResponseError),
    /// The API reported an error within the stream.
    Api(Box<ApiError>),
    /// An event is not what the description promises.
    Decode(DecodeError),
    /// An event is of a kind that neither the description nor the type knows.
    Unknown {
        /// What `event:` says.
        name: Option<String>,
        /// The data.
        data: String,
    },
    /// The body ended within an event.
    Truncated {
        /// What `event:` says.
        name: Option<String>,
        /// The data as far as it came.
        data: Bytes,
    },
    /// The stream is beyond a limit of the decoder.
    Limit(LimitExceeded),
    /// The connection broke.
    Transport(Box<dyn Error + Send + Sync>),
}

impl fmt::Display for StreamError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Response(error) => error.fmt(formatter),
            Self::Api(error) => write!(formatter, "the API reports an error: {error}"),
            Self::Decode(error) => write!(formatter, "an event cannot be read: {error}"),
            Self::Unknown { name, data } => {
                let name = name.as_deref().unwrap_or("message");
                write!(
                    formatter,
                    "an unknown event {name:?}: {}",
                    Excerpt(data.as_bytes())
                )
            }
            Self::Truncated { name, data } => {
                let name = name.as_deref().unwrap_or("message");
                write!(
                    formatter,
                    "the stream ended within an event {name:?}: {}",
                    Excerpt(data)
                )
            }
            Self::Limit(error) => error.fmt(formatter),
            Self::Transport(error) => write!(formatter, "the stream broke off: {error}"),
        }
    }
}

impl Error for StreamError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Response(error) => Some(error),
            Self::Api(error) => Some(error),
            Self::Decode(error) => Some(error),
            Self::Limit(error) => Some(error),
            Self::Transport(error) => Some(error.as_ref()),
            Self::Unknown { .. } | Self::Truncated { .. } => None,
        }
    }
}

impl From<ResponseError> for StreamError {
    fn from(error: ResponseError) -> Self {
        Self::Response(error)
    }
}

impl From<LimitExceeded> for StreamError {
    fn from(error: LimitExceeded) -> Self {
        Self::Limit(error)
    }
}
