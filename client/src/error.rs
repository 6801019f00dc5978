//! Errors of calls.

use std::{error, fmt};

use openapi_runtime::{RequestError, ResponseError, ResponseHead, response::Undescribed};

use crate::{BoxError, Phase};

/// The error of a call: its kind, how far the call got, the number of attempts, and the response
/// of the server. `E` is the type of the errors that the description declares.
pub struct Error<E = Undescribed> {
    kind: Box<ErrorKind<E>>,
    phase: Phase,
    attempts: u32,
    is_retryable: bool,
    is_repeatable: bool,
}

/// The kinds of failure.
#[derive(Debug)]
#[non_exhaustive]
pub enum ErrorKind<E = Undescribed> {
    /// The request could not be made. Nothing was sent.
    Request(RequestError),
    /// The caller's source of credentials failed. Nothing was sent.
    Credentials(BoxError),
    /// There was no connection, or it broke before there was a response.
    Transport(BoxError),
    /// A timeout passed before there was a response: an [`Elapsed`](crate::Elapsed), or the error
    /// of the transport.
    Timeout(BoxError),
    /// The response is an error, does not match the description, or was cut off.
    Response(ResponseError<E>),
}

impl<E> Error<E> {
    pub(crate) fn new(kind: ErrorKind<E>, phase: Phase) -> Self {
        Self {
            kind: Box::new(kind),
            phase,
            attempts: 0,
            is_retryable: false,
            is_repeatable: true,
        }
    }

    pub(crate) fn request(error: RequestError) -> Self {
        Self::new(ErrorKind::Request(error), Phase::Request)
    }

    pub(crate) fn response(error: ResponseError<E>) -> Self {
        Self::new(ErrorKind::Response(error), Phase::Response)
    }

    /// Sets the number of attempts, whether another one may succeed, and whether one is possible.
    pub(crate) fn after(self, attempts: u32, is_retryable: bool, is_repeatable: bool) -> Self {
        Self {
            attempts,
            is_retryable,
            is_repeatable,
            ..self
        }
    }

    /// The kind of failure.
    pub const fn kind(&self) -> &ErrorKind<E> {
        &self.kind
    }

    /// The kind of failure, by value.
    pub fn into_kind(self) -> ErrorKind<E> {
        *self.kind
    }

    /// How far the last attempt got.
    pub const fn phase(&self) -> Phase {
        self.phase
    }

    /// The number of requests that were sent, completely or in part.
    pub const fn attempts(&self) -> u32 {
        self.attempts
    }

    /// True if the same call may succeed later: there was no connection, or the server is busy.
    /// Whether it is safe to send the call again depends on [`phase`](Self::phase): the server may
    /// have processed a POST whose body was sent.
    pub const fn is_retryable(&self) -> bool {
        self.is_retryable
    }

    /// The response, if there is one.
    pub fn as_response(&self) -> Option<&ResponseError<E>> {
        match &*self.kind {
            ErrorKind::Response(error) => Some(error),
            _ => None,
        }
    }

    /// Status and headers of the response, if there is one.
    pub fn head(&self) -> Option<&ResponseHead> {
        self.as_response().map(ResponseError::head)
    }

    /// The status of the response, if there is one.
    pub fn status(&self) -> Option<u16> {
        self.head().map(ResponseHead::status)
    }

    /// The id by which the operator of the server can find the request.
    pub fn request_id(&self) -> Option<&str> {
        self.head()?.request_id()
    }

    /// The error that the description declares for the status, if the body can be read as one.
    pub fn described(&self) -> Option<&E> {
        self.as_response()?.described()
    }
}

impl<E> fmt::Display for Error<E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &*self.kind {
            ErrorKind::Request(error) => error.fmt(formatter)?,
            ErrorKind::Credentials(error) => {
                write!(formatter, "the credentials could not be obtained: {error}")?;
            }
            ErrorKind::Transport(error) => {
                write!(formatter, "no response, the call failed {}: ", self.phase)?;
                chain(formatter, error.as_ref())?;
            }
            ErrorKind::Timeout(error) => {
                formatter.write_str("no response: ")?;
                chain(formatter, error.as_ref())?;
            }
            ErrorKind::Response(error) => error.fmt(formatter)?,
        }
        if self.attempts > 1 {
            write!(formatter, " (after {} attempts)", self.attempts)?;
        }
        if !self.is_repeatable && self.is_retryable {
            formatter.write_str(" (not retried: the body can be sent only once)")?;
        }
        Ok(())
    }
}

/// Writes an error with its causes, which many libraries omit from their messages.
fn chain(formatter: &mut fmt::Formatter<'_>, error: &dyn error::Error) -> fmt::Result {
    let mut text = error.to_string();
    formatter.write_str(&text)?;
    let mut cause = error.source();
    while let Some(error) = cause {
        let own = error.to_string();
        if !text.contains(&own) {
            write!(formatter, ": {own}")?;
            text = own;
        }
        cause = error.source();
    }
    Ok(())
}

impl<E: fmt::Debug> fmt::Debug for Error<E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Error")
            .field("kind", &self.kind)
            .field("phase", &self.phase)
            .field("attempts", &self.attempts)
            .field("is_retryable", &self.is_retryable)
            .finish_non_exhaustive()
    }
}

impl<E: fmt::Debug + 'static> error::Error for Error<E> {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        match &*self.kind {
            ErrorKind::Request(error) => Some(error),
            ErrorKind::Credentials(error)
            | ErrorKind::Transport(error)
            | ErrorKind::Timeout(error) => Some(error.as_ref()),
            ErrorKind::Response(error) => Some(error),
        }
    }
}

impl<E> From<RequestError> for Error<E> {
    fn from(error: RequestError) -> Self {
        Self::request(error)
    }
}
