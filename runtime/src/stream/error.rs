//! The ways in which a stream ends or fails.

use std::{error::Error, fmt};

use bytes::Bytes;

use crate::{
    DecodeError, Raw, ResponseError,
    event_stream::LimitExceeded,
    json::{Decode, Text},
    raw::{Excerpt, Shortened},
    response::Undescribed,
};

/// The way in which a stream of events ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum End {
    /// The body ended after a whole event.
    Eof,
    /// The API sent `[DONE]`.
    Done,
    /// The API reported an error, or the response is not a stream, or exceeds a limit.
    Error,
    /// The body ended after a whole event, or the API sent `[DONE]`, but the required last event
    /// did not arrive.
    Unfinished,
    /// The body ended within an event.
    Truncated,
    /// The connection broke.
    Transport,
}

/// The error of a stream. All but [`Decode`](Self::Decode) end the stream.
///
/// `E` is the type of the errors by status, `S` the type of the event that the description marks
/// as an error.
#[non_exhaustive]
pub enum StreamError<E = Undescribed, S = Undescribed> {
    /// The response is not a stream.
    Response(ResponseError<E>),
    /// The API reported an error within the stream.
    Api(Box<EventError<S>>),
    /// An event does not match the description. Later events can still be read.
    Decode {
        /// The value of `event:`.
        name: Option<String>,
        /// The error, with the data.
        error: DecodeError,
    },
    /// The stream ended as if it were complete, but without the required last event.
    Unfinished {
        /// The kinds of events that may be the last (`x-stream-last` in the description).
        last: &'static [&'static str],
    },
    /// The body ended within an event.
    Truncated {
        /// The value of `event:`.
        name: Option<String>,
        /// The data so far.
        data: Raw,
    },
    /// The stream exceeds a limit of the decoder.
    Limit(LimitExceeded),
    /// The connection broke.
    Transport(Box<dyn Error + Send + Sync>),
}

/// An event that the description marks as the API's error.
#[derive(Clone)]
#[non_exhaustive]
pub struct EventError<S> {
    /// The name of the event (`event:`).
    pub name: Option<String>,
    /// The data.
    pub data: Raw,
    /// The error in its described type, if the data can be read as one.
    pub error: Option<S>,
}

impl<S: for<'de> Decode<'de>> EventError<S> {
    pub(super) fn new(name: Option<String>, data: Bytes) -> Self {
        Self {
            name,
            error: Text::from(data.clone()).read().ok(),
            data: data.into(),
        }
    }
}

/// Shortened, since the server may send messages of any length.
impl<S: fmt::Debug> fmt::Debug for EventError<S> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("EventError")
            .field("name", &Name(&self.name))
            .field("data", &self.data)
            .field("error", &Shortened(self.error.as_ref()))
            .finish()
    }
}

impl<E, S> fmt::Display for StreamError<E, S> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Response(error) => error.fmt(formatter),
            Self::Api(error) => {
                let data = Excerpt::long(&error.data);
                write!(formatter, "the API reports an error: {data}")
            }
            Self::Decode { name, error } => {
                write!(formatter, "an event {} cannot be read: {error}", Name(name))
            }
            Self::Unfinished { last } => {
                let last: Vec<_> = last.iter().map(|kind| format!("`{kind}`")).collect();
                let last = last.join(" or ");
                write!(formatter, "the stream ended before the event {last}")
            }
            Self::Truncated { name, data } => {
                let (name, data) = (Name(name), Excerpt::body(data));
                write!(formatter, "the stream ended within an event {name}: {data}")
            }
            Self::Limit(error) => error.fmt(formatter),
            Self::Transport(error) => write!(formatter, "the stream was cut off: {error}"),
        }
    }
}

/// Shortened, since the server may send a name of any length.
impl<E: fmt::Debug, S: fmt::Debug> fmt::Debug for StreamError<E, S> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let tuple = |formatter: &mut fmt::Formatter<'_>, name, value: &dyn fmt::Debug| {
            formatter.debug_tuple(name).field(value).finish()
        };
        let event =
            |formatter: &mut fmt::Formatter<'_>, kind, name, field, value: &dyn fmt::Debug| {
                let mut event = formatter.debug_struct(kind);
                event
                    .field("name", &Name(name))
                    .field(field, value)
                    .finish()
            };
        match self {
            Self::Response(error) => tuple(formatter, "Response", error),
            Self::Api(error) => tuple(formatter, "Api", error),
            Self::Decode { name, error } => event(formatter, "Decode", name, "error", error),
            Self::Unfinished { last } => tuple(formatter, "Unfinished", last),
            Self::Truncated { name, data } => event(formatter, "Truncated", name, "data", data),
            Self::Limit(error) => tuple(formatter, "Limit", error),
            Self::Transport(error) => tuple(formatter, "Transport", error),
        }
    }
}

/// The name of an event. The standard calls an event without a name `message`.
struct Name<'a>(&'a Option<String>);

impl fmt::Display for Name<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = self.0.as_deref().unwrap_or("message");
        write!(formatter, "{:?}", Excerpt::message(name))
    }
}

impl fmt::Debug for Name<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.as_deref().map(Excerpt::message).fmt(formatter)
    }
}

impl<E: fmt::Debug + 'static, S: fmt::Debug> Error for StreamError<E, S> {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Response(error) => Some(error),
            Self::Decode { error, .. } => Some(error),
            Self::Limit(error) => Some(error),
            Self::Transport(error) => Some(error.as_ref()),
            Self::Api(_) | Self::Unfinished { .. } | Self::Truncated { .. } => None,
        }
    }
}

impl<E, S> From<ResponseError<E>> for StreamError<E, S> {
    fn from(error: ResponseError<E>) -> Self {
        Self::Response(error)
    }
}

impl<E, S> From<LimitExceeded> for StreamError<E, S> {
    fn from(error: LimitExceeded) -> Self {
        Self::Limit(error)
    }
}
