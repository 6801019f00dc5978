//! Errors of requests that could not be made.

use std::{error::Error, fmt, io, path::PathBuf};

use crate::{Violations, security::Requirement, upload::write_place};

/// The reason why a request could not be made; nothing was sent.
#[derive(Debug)]
#[non_exhaustive]
pub enum RequestError {
    /// The request violates the bounds of the description.
    Invalid(Violations),
    /// A file could not be opened, is not a regular file, or its beginning could not be read.
    Upload {
        /// The name of the part, such as `image[]`.
        name: String,
        /// Index of the file in a list; `None` if the field is not a list.
        index: Option<usize>,
        /// The path of the file, if it was given by path.
        path: Option<PathBuf>,
        /// The error of the operating system or the reader.
        error: io::Error,
    },
    /// The content type of a part is not a media type (RFC 9110 §8.3.1).
    ContentType {
        /// The name of the part.
        name: String,
        /// Index of the file in a list; `None` if the field is not a list of files.
        index: Option<usize>,
        /// The path of the file, if it was given by path.
        path: Option<PathBuf>,
        /// The given value.
        value: String,
    },
    /// An extra field has the name of another field of the request: each may be sent only once. In
    /// a form, `n[]` and `n[x]` are the field `n`.
    Duplicate {
        /// The extra field; in JSON the path of the member, such as `images[0].seed`.
        name: String,
    },
    /// A path parameter is empty: the request would go to a different path.
    EmptyParameter {
        /// The parameter.
        name: String,
    },
    /// A header contains a line break or a NUL, which would end it (RFC 9110 §5.5).
    Header {
        /// The parameter.
        name: String,
    },
    /// A cookie contains a semicolon, a line break or a NUL, which would end it (RFC 6265 §4.1.1).
    /// A value of `style: cookie` is sent unescaped.
    Cookie {
        /// The parameter.
        name: String,
    },
    /// The operation accepts none of the credentials.
    Credentials {
        /// The security requirements of the operation; it accepts the credentials of any one of
        /// them.
        accepted: &'static [Requirement],
    },
    /// A credential cannot be sent in the form that its scheme requires. Its value is not printed.
    Credential {
        /// The name of the scheme.
        scheme: &'static str,
        /// The fault of the credential, such as `is empty`.
        reason: &'static str,
    },
    /// A number is not finite, which neither JSON nor a form can represent.
    NotFinite {
        /// The field; in JSON the path of the member, empty if the number is the whole body.
        name: String,
    },
    /// The boundary of a form is not one to seventy of the characters that RFC 2046 §5.1.1 allows.
    Boundary(String),
    /// The operating system provided no random bits for the boundary of a form.
    Random(getrandom::Error),
    /// The body could not be written as JSON.
    Json(serde_json::Error),
    /// A value that is not in the description is not a JSON object either: a form needs members.
    NotAnObject(serde_json::Error),
    /// The URL of the server does not have the scheme `http` or `https` and a host, or has parts
    /// that are not sent: user information or a fragment.
    #[cfg(feature = "http")]
    BaseUrl {
        /// The given URL, without user information.
        url: String,
        /// The fault of the URL, such as `has no scheme`.
        reason: String,
        /// A URL to write instead.
        suggestion: String,
    },
    /// The method, the path or a header of the call is not valid in an HTTP request.
    #[cfg(feature = "http")]
    Http(http::Error),
}

impl fmt::Display for RequestError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Invalid(violations) => write!(formatter, "the request is invalid: {violations}"),
            Self::Upload {
                name,
                index,
                path,
                error,
            } => {
                write_place(formatter, name, *index, path.as_deref())?;
                write!(formatter, " cannot be read: {error}")
            }
            Self::ContentType {
                name,
                index,
                path,
                value,
            } => {
                write!(formatter, "the content type {value:?} of ")?;
                if index.is_none() && path.is_none() {
                    write!(formatter, "`{name}`")?;
                } else {
                    write_place(formatter, name, *index, path.as_deref())?;
                }
                formatter.write_str(" is not a media type such as `image/png`")
            }
            Self::Duplicate { name } => write!(
                formatter,
                "the extra field `{name}` is already a field of the request"
            ),
            Self::EmptyParameter { name } => {
                write!(formatter, "the path parameter `{name}` is empty")
            }
            Self::Header { name } => {
                write!(
                    formatter,
                    "the header `{name}` contains a line break or a NUL"
                )
            }
            Self::Cookie { name } => {
                write!(
                    formatter,
                    "the cookie `{name}` contains a semicolon, a line break or a NUL"
                )
            }
            Self::Credentials { accepted } => {
                formatter.write_str("the operation needs other credentials:")?;
                for (index, requirement) in accepted.iter().enumerate() {
                    let before = if index == 0 { " " } else { ", or " };
                    write!(formatter, "{before}{requirement}")?;
                }
                Ok(())
            }
            Self::Credential { scheme, reason } => {
                let scheme = scheme.escape_debug();
                write!(formatter, "the credential for `{scheme}` {reason}")
            }
            Self::NotFinite { name } if name.is_empty() => {
                formatter.write_str("the number is not finite")
            }
            Self::NotFinite { name } => write!(formatter, "the number `{name}` is not finite"),
            Self::Boundary(boundary) => {
                write!(formatter, "{boundary:?} is not a valid boundary of a form")
            }
            Self::Random(error) => write!(
                formatter,
                "cannot get random bits for the boundary of the form: {error}"
            ),
            Self::Json(error) => write!(formatter, "the body cannot be written as JSON: {error}"),
            Self::NotAnObject(error) => write!(
                formatter,
                "a form needs a JSON object, and the value is not one: {error}"
            ),
            #[cfg(feature = "http")]
            Self::BaseUrl {
                url,
                reason,
                suggestion,
            } => write!(
                formatter,
                "the base URL {url:?} {reason}; write a URL such as `{suggestion}`"
            ),
            #[cfg(feature = "http")]
            Self::Http(error) => write!(formatter, "the HTTP request cannot be made: {error}"),
        }
    }
}

impl Error for RequestError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Invalid(violations) => Some(violations),
            Self::Upload { error, .. } => Some(error),
            Self::Random(error) => Some(error),
            Self::Json(error) | Self::NotAnObject(error) => Some(error),
            #[cfg(feature = "http")]
            Self::Http(error) => Some(error),
            #[cfg(feature = "http")]
            Self::BaseUrl { .. } => None,
            Self::ContentType { .. }
            | Self::Duplicate { .. }
            | Self::EmptyParameter { .. }
            | Self::Header { .. }
            | Self::Cookie { .. }
            | Self::Credentials { .. }
            | Self::Credential { .. }
            | Self::NotFinite { .. }
            | Self::Boundary(_) => None,
        }
    }
}

impl From<Violations> for RequestError {
    fn from(violations: Violations) -> Self {
        Self::Invalid(violations)
    }
}

impl From<serde_json::Error> for RequestError {
    fn from(error: serde_json::Error) -> Self {
        Self::Json(error)
    }
}

#[cfg(feature = "http")]
impl From<http::Error> for RequestError {
    fn from(error: http::Error) -> Self {
        Self::Http(error)
    }
}
