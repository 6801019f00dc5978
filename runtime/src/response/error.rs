//! What is known about a failure.

use std::{error::Error, fmt};

use bytes::Bytes;

use super::{ApiError, ResponseHead};
use crate::{
    DecodeError,
    json::{Excerpt, without_bom},
};

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
}

/// A response as it came.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Failure {
    /// Status and headers.
    pub head: ResponseHead,
    /// The body. Of a stream that was refused it is what came, at most the limit of one event.
    pub body: Bytes,
    /// The API's error, if the body holds one.
    pub error: Option<ApiError>,
}

impl ResponseError {
    /// The failure that status and length of the body tell.
    pub(crate) fn of_head(head: &ResponseHead, body: &Bytes) -> Option<Self> {
        let failure = || {
            Box::new(Failure {
                head: head.clone(),
                body: body.clone(),
                error: None,
            })
        };
        if !head.is_success() {
            let error = ApiError::detect(body);
            return Some(Self::Status(Box::new(Failure {
                error,
                ..*failure()
            })));
        }
        let is_empty = head.is_without_content() || without_bom(body).trim_ascii().is_empty();
        is_empty.then(|| Self::Empty(failure()))
    }

    /// The failure that a body tells that is not what was promised.
    pub(crate) fn of_body(head: &ResponseHead, body: Bytes, decode: Option<DecodeError>) -> Self {
        let error = ApiError::detect(&body);
        let is_api = error.is_some();
        let failure = Box::new(Failure {
            head: head.clone(),
            body,
            error,
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
            | Self::Decode(failure, _) => failure,
        }
    }

    /// Status and headers.
    pub const fn head(&self) -> &ResponseHead {
        &self.failure().head
    }

    /// The body as it came.
    pub const fn body(&self) -> &Bytes {
        &self.failure().body
    }

    /// The API's error, if the body holds one.
    pub const fn api_error(&self) -> Option<&ApiError> {
        self.failure().error.as_ref()
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
                write!(formatter, "unexpected content type {content_type:?}")?;
            }
            Self::Decode(_, error) => write!(formatter, "{error}")?,
        }
        if let Some(id) = head.request_id() {
            write!(formatter, " [request {id}]")?;
        }
        match (self, error) {
            (_, Some(error)) => write!(formatter, ": {error}"),
            (Self::Empty(_) | Self::Decode(..), None) => Ok(()),
            _ => write!(formatter, ": {}", Excerpt(body)),
        }
    }
}

impl Error for ResponseError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Decode(_, error) => Some(error),
            _ => self.api_error().map(|error| error as _),
        }
    }
}
