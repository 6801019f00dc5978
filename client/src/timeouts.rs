//! Timeouts of a call.

use std::{fmt, time::Duration};

/// The timeouts of a call. `None` means no timeout.
///
/// A limit on a pause has the precision of a quarter of its length: one of 20 s expires after 20
/// to 25 s.
///
/// The defaults suit calls that take minutes, such as the edit of an image: 10 minutes for the
/// response to begin and for a pause in it, and no limit on the whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Timeouts {
    /// The time until the response begins, and until the connection takes more of the request's
    /// body.
    pub first_byte: Option<Duration>,
    /// The time between two pieces of the response.
    pub between_bytes: Option<Duration>,
    /// The time of the whole call, with all attempts and pauses; of a stream, until its end.
    pub total: Option<Duration>,
}

impl Default for Timeouts {
    fn default() -> Self {
        let minutes = |minutes: u64| Some(Duration::from_secs(minutes * 60));
        Self {
            first_byte: minutes(10),
            between_bytes: minutes(10),
            total: None,
        }
    }
}

impl Timeouts {
    /// No limits.
    pub const fn none() -> Self {
        Self {
            first_byte: None,
            between_bytes: None,
            total: None,
        }
    }

    /// Limits the time until the response begins.
    #[must_use]
    pub fn first_byte(self, limit: impl Into<Option<Duration>>) -> Self {
        let first_byte = limit.into();
        Self { first_byte, ..self }
    }

    /// Limits the time between two pieces of the response.
    #[must_use]
    pub fn between_bytes(self, limit: impl Into<Option<Duration>>) -> Self {
        let between_bytes = limit.into();
        Self {
            between_bytes,
            ..self
        }
    }

    /// Limits the time of the whole call.
    #[must_use]
    pub fn total(self, limit: impl Into<Option<Duration>>) -> Self {
        let total = limit.into();
        Self { total, ..self }
    }
}

/// The part of a call in which it failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Phase {
    /// The request was not made; nothing was sent.
    Request,
    /// There was no connection yet; nothing was sent.
    Connect,
    /// The client was waiting before another attempt.
    Pause,
    /// The request was being sent.
    Upload,
    /// The request was sent, and the response had not begun.
    FirstByte,
    /// The response was being received.
    Response,
}

impl fmt::Display for Phase {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Request => "before anything was sent",
            Self::Connect => "before there was a connection",
            Self::Pause => "before another attempt",
            Self::Upload => "while the request was sent",
            Self::FirstByte => "before the response began",
            Self::Response => "while the response was received",
        })
    }
}

/// A timeout has expired.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{limit} has expired {phase}")]
pub struct Elapsed {
    /// The phase in which the timeout expired.
    pub(crate) phase: Phase,
    pub(crate) limit: Limit,
}

impl Elapsed {
    /// True if the whole call has taken too long.
    pub(crate) const fn is_total(&self) -> bool {
        matches!(self.limit, Limit::Total(_))
    }
}

/// The limit that expired.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Limit {
    Total(Duration),
    Silence(Duration),
}

impl fmt::Display for Limit {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Total(limit) => {
                write!(formatter, "the time limit of {limit:?} for the whole call")
            }
            Self::Silence(limit) => write!(formatter, "the time limit of {limit:?}"),
        }
    }
}
