//! Errors of responses, with all available information.

use std::{error::Error, fmt, sync::Arc};

use bytes::Bytes;

use super::{Answer, ByStatus, ResponseHead, Undescribed};
use crate::{
    DecodeError, Raw,
    json::without_bom,
    raw::{Excerpt, Shortened},
};

/// The response is not a success as described. Always keeps the head and the body, and the error
/// that the description declares for the status (`E`) if the body can be read as one.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum ResponseError<E = Undescribed> {
    /// The status is not in 200 to 299, or the description has no such success. This includes
    /// redirects, which are not followed so that a key is not sent elsewhere.
    Status(Box<Failure<E>>),
    /// The status is a success, but there is no body.
    Empty(Box<Failure<E>>),
    /// The status is a success, but the body has another content type.
    UnexpectedContentType(Box<Failure<E>>),
    /// The status is a success, but the body is not what the description declares.
    Decode(Box<Failure<E>>, DecodeError),
    /// The body is longer than the limit, which is given in bytes.
    TooLong(Box<Failure<E>>, usize),
    /// The body was cut off.
    Transport(Box<Failure<E>>, Arc<dyn Error + Send + Sync>),
}

/// A response as received.
#[derive(Clone)]
#[non_exhaustive]
pub struct Failure<E = Undescribed> {
    /// Status and headers.
    pub head: ResponseHead,
    /// The body. If it is too long, was cut off, or was received instead of a stream, it may be
    /// incomplete.
    pub body: Raw,
    /// The error that the description declares for the status, if the body can be read as one. For
    /// a successful status it is the error of `default`.
    pub error: Option<E>,
}

impl<E: ByStatus> ResponseError<E> {
    /// True for a success whose body has content.
    pub(crate) fn expects_content(head: &ResponseHead, body: &[u8]) -> bool {
        let is_empty = head.is_without_content() || without_bom(body).trim_ascii().is_empty();
        head.is_success() && !is_empty
    }

    /// The failure that the head shows: its status, or a success without content.
    pub(crate) fn of_head(head: &ResponseHead, body: Bytes) -> Self {
        if head.is_success() {
            Self::Empty(Box::new(Failure::new(head, body)))
        } else {
            Self::of_status(head, body)
        }
    }

    pub(crate) fn of_status(head: &ResponseHead, body: Bytes) -> Self {
        Self::Status(Box::new(Failure::described(head, body)))
    }

    /// A success whose body could not be read as the described type.
    pub(crate) fn of_body(head: &ResponseHead, body: Bytes, error: DecodeError) -> Self {
        if !Self::expects_content(head, &body) {
            return Self::Empty(Box::new(Failure::new(head, body)));
        }
        if may_be_json(head) {
            Self::Decode(Box::new(Failure::described(head, body)), error)
        } else {
            Self::UnexpectedContentType(Box::new(Failure::described(head, body)))
        }
    }

    /// A success with a different kind of content than requested.
    pub(crate) fn of_other_type(head: &ResponseHead, body: Bytes) -> Self {
        Self::UnexpectedContentType(Box::new(Failure::described(head, body)))
    }
}

impl<E> ResponseError<E> {
    pub(crate) fn too_long(head: &ResponseHead, body: Bytes, limit: usize) -> Self {
        Self::TooLong(Box::new(Failure::new(head, body)), limit)
    }

    pub(crate) fn broken_off(
        head: &ResponseHead,
        body: Bytes,
        error: impl Into<Box<dyn Error + Send + Sync>>,
    ) -> Self {
        Self::Transport(Box::new(Failure::new(head, body)), error.into().into())
    }

    /// The response as received.
    pub const fn failure(&self) -> &Failure<E> {
        match self {
            Self::Status(failure)
            | Self::Empty(failure)
            | Self::UnexpectedContentType(failure)
            | Self::Decode(failure, _)
            | Self::TooLong(failure, _)
            | Self::Transport(failure, _) => failure,
        }
    }

    /// Status and headers.
    pub const fn head(&self) -> &ResponseHead {
        &self.failure().head
    }

    /// The body as received.
    pub const fn body(&self) -> &Raw {
        &self.failure().body
    }

    /// The error that the description declares for the status, if the body can be read as one.
    pub const fn described(&self) -> Option<&E> {
        self.failure().error.as_ref()
    }
}

impl<E> Failure<E> {
    fn new(head: &ResponseHead, body: Bytes) -> Self {
        Self {
            head: head.clone(),
            body: body.into(),
            error: None,
        }
    }
}

impl<E: ByStatus> Failure<E> {
    fn described(head: &ResponseHead, body: Bytes) -> Self {
        let error = E::read(&Answer::new(head, body.clone())).and_then(Result::ok);
        Self {
            error,
            ..Self::new(head, body)
        }
    }
}

/// True if the body may be JSON by its content type.
fn may_be_json(head: &ResponseHead) -> bool {
    head.content_type().is_none_or(|essence| {
        essence == "application/json"
            || essence.ends_with("+json")
            || essence == "text/plain"
            || essence.is_empty()
    })
}

impl<E> fmt::Display for ResponseError<E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Failure { head, body, error } = self.failure();
        match self {
            Self::Status(_) => write!(formatter, "status {}", head.status())?,
            Self::Empty(_) => write!(formatter, "status {} with an empty body", head.status())?,
            Self::UnexpectedContentType(_) => {
                let content_type = head.header("content-type").unwrap_or("none");
                write!(
                    formatter,
                    "unexpected content type {:?}",
                    Excerpt::message(content_type)
                )?;
            }
            Self::Decode(_, error) => write!(formatter, "{error}")?,
            Self::TooLong(_, limit) => {
                write!(formatter, "the body has more than {limit} bytes")?;
            }
            Self::Transport(_, error) => write!(formatter, "the body was cut off: {error}")?,
        }
        if let Some(id) = head.request_id() {
            write!(formatter, " [request {}]", Excerpt::message(id))?;
        }
        match self {
            Self::Empty(_) | Self::Decode(..) => Ok(()),
            _ if body.is_empty() => Ok(()),
            _ if error.is_some() => write!(formatter, ": {}", Excerpt::long(body)),
            _ => write!(formatter, ": {}", Excerpt::body(body)),
        }
    }
}

/// Shortened, since the server may send messages of any length.
impl<E: fmt::Debug> fmt::Debug for Failure<E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Failure")
            .field("head", &self.head)
            .field("body", &self.body)
            .field("error", &Shortened(self.error.as_ref()))
            .finish()
    }
}

impl<E: fmt::Debug> Error for ResponseError<E> {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Decode(_, error) => Some(error),
            Self::Transport(_, error) => Some(error.as_ref()),
            _ => None,
        }
    }
}
