//! What is known about a failure.

use std::{error::Error, fmt, sync::Arc};

use bytes::Bytes;

use super::{ApiError, ResponseHead};
use crate::{DecodeError, Raw, json::without_bom, raw::Excerpt};

/// A response that is not the value that was promised. Whatever it is, head and body are kept.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum ResponseError {
    /// The status is not one of 200 to 299. A redirect is one of these: a request with a key is not sent elsewhere.
    Status(Box<Failure>),
    /// The status says success, and the body holds the API's error.
    Api(Box<Failure>),
    /// The status says success, and there is no body.
    Empty(Box<Failure>),
    /// The status says success, and the body is of another type.
    UnexpectedContentType(Box<Failure>),
    /// The body is not what the description promises.
    Decode(Box<Failure>, DecodeError),
    /// The body has more bytes than this, which is the limit.
    TooLong(Box<Failure>, usize),
    /// The body broke off.
    Transport(Box<Failure>, Arc<dyn Error + Send + Sync>),
}

/// A response as it came.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Failure {
    /// Status and headers.
    pub head: ResponseHead,
    /// The body. If it is too long, broke off, or is what came instead of a stream, it is as much as there is.
    pub body: Raw,
    /// The API's error, if the body holds one.
    pub error: Option<ApiError>,
}

impl ResponseError {
    /// Whether a success has content.
    pub(crate) fn expects_content(head: &ResponseHead, body: &[u8]) -> bool {
        let is_empty = head.is_without_content() || without_bom(body).trim_ascii().is_empty();
        head.is_success() && !is_empty
    }

    /// The failure that the status tells, or a success without content.
    pub(crate) fn of_head(head: &ResponseHead, body: Bytes) -> Self {
        if head.is_success() {
            return Self::Empty(Failure::new(head, body));
        }
        let error = ApiError::detect(&body);
        Self::Status(Box::new(Failure {
            error,
            ..*Failure::new(head, body)
        }))
    }

    pub(crate) fn too_long(head: &ResponseHead, body: Bytes, limit: usize) -> Self {
        Self::TooLong(Failure::new(head, body), limit)
    }

    pub(crate) fn broken_off(
        head: &ResponseHead,
        body: Bytes,
        error: Box<dyn Error + Send + Sync>,
    ) -> Self {
        Self::Transport(Failure::new(head, body), error.into())
    }

    /// The failure that a body tells that is not what was promised.
    pub(crate) fn of_body(head: &ResponseHead, body: Bytes, decode: Option<DecodeError>) -> Self {
        let error = ApiError::detect(&body);
        let is_api = error.is_some();
        let failure = Box::new(Failure {
            error,
            ..*Failure::new(head, body)
        });
        match decode {
            _ if is_api => Self::Api(failure),
            Some(error) => Self::Decode(failure, error),
            None => Self::UnexpectedContentType(failure),
        }
    }

    /// The response as it came.
    pub const fn failure(&self) -> &Failure {
        match self {
            Self::Status(failure)
            | Self::Api(failure)
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

    /// The body as it came.
    pub const fn body(&self) -> &Raw {
        &self.failure().body
    }

    /// The API's error, if the body holds one.
    pub const fn api_error(&self) -> Option<&ApiError> {
        self.failure().error.as_ref()
    }
}

impl Failure {
    fn new(head: &ResponseHead, body: Bytes) -> Box<Self> {
        Box::new(Self {
            head: head.clone(),
            body: body.into(),
            error: None,
        })
    }
}

impl fmt::Display for ResponseError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Failure { head, body, error } = self.failure();
        match self {
            Self::Status(_) => write!(formatter, "status {}", head.status())?,
            Self::Api(_) => write!(formatter, "status {} with an error", head.status())?,
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
            Self::Transport(_, error) => write!(formatter, "the body broke off: {error}")?,
        }
        if let Some(id) = head.request_id() {
            write!(formatter, " [request {}]", Excerpt::message(id))?;
        }
        match (self, error) {
            (_, Some(error)) => write!(formatter, ": {error}"),
            (Self::Empty(_) | Self::Decode(..), None) => Ok(()),
            _ => write!(formatter, ": {}", Excerpt::body(body)),
        }
    }
}

impl Error for ResponseError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Decode(_, error) => Some(error),
            Self::Transport(_, error) => Some(error.as_ref()),
            _ => self.api_error().map(|error| error as _),
        }
    }
}
