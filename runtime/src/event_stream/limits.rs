//! Limits on the memory of a decoder.

use std::{error::Error, fmt};

/// Limits on the memory of a [`Decoder`](super::Decoder), in bytes. An image is one line of
/// base64.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Maximum length of a line.
    pub line: usize,
    /// Maximum length of the data of an event.
    pub event: usize,
    /// Maximum number of bytes that may be pushed before the first chunk has been read to its end.
    /// A chunk that is pushed when there is nothing to read may have any length.
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

/// The error of a stream that exceeds one of the [`Limits`].
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
