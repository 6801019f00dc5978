//! How much a stream may make a decoder hold.

use std::{error::Error, fmt};

/// How much a stream may make a [`Decoder`](super::Decoder) hold, in bytes. An image is one line of base64.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The longest line.
    pub line: usize,
    /// The most data of one event.
    pub event: usize,
    /// The most bytes that may be pushed while an earlier chunk has not been read to its end. A chunk that is pushed when
    /// there is nothing to read may have any length.
    pub pending: usize,
}

impl Default for Limits {
    /// 256 MiB each.
    fn default() -> Self {
        let limit = 256 * 1024 * 1024;
        Self {
            line: limit,
            event: limit,
            pending: limit,
        }
    }
}

/// A stream that goes beyond one of the [`Limits`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum LimitExceeded {
    /// A line has more bytes than this.
    Line(usize),
    /// The data of an event has more bytes than this.
    Event(usize),
    /// More bytes than this were pushed ahead.
    Pending(usize),
}

impl fmt::Display for LimitExceeded {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Line(limit) => write!(
                formatter,
                "a line of the event stream has more than {limit} bytes"
            ),
            Self::Event(limit) => write!(
                formatter,
                "an event of the stream has more than {limit} bytes of data"
            ),
            Self::Pending(limit) => write!(
                formatter,
                "more than {limit} bytes of the event stream are unread"
            ),
        }
    }
}

impl Error for LimitExceeded {}
