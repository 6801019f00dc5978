//! Why a request could not be made.

use std::{error::Error, fmt, io, path::PathBuf};

use crate::{Violations, security::Requirement, upload::write_place};

/// A request that could not be made; nothing was sent.
#[derive(Debug)]
#[non_exhaustive]
pub enum RequestError {
    /// The request breaks the bounds of the description.
    Invalid(Violations),
    /// A file could not be opened, is not a regular file, or its beginning could not be read.
    Upload {
        /// The name of the part, as `image[]`.
        name: String,
        /// Which of the files in a list, from 0; `None` if the field is not a list.
        index: Option<usize>,
        /// The path that the file was given by.
        path: Option<PathBuf>,
        /// What the operating system, or the reader, says.
        error: io::Error,
    },
    /// The content type of a part is not a media type (RFC 9110 §8.3.1).
    ContentType {
        /// The name of the part.
        name: String,
        /// Which of the files in a list, from 0; `None` if the field is not a list, or not of
        /// files.
        index: Option<usize>,
        /// The path that the file was given by.
        path: Option<PathBuf>,
        /// What was given.
        value: String,
    },
    /// An extra field that is a field of the request: each is sent once. In a form `n[]` and `n[x]`
    /// are the field `n`.
    Duplicate {
        /// The extra field; in JSON the path of the member, as `images[0].seed`.
        name: String,
    },
    /// A parameter of the path that is empty: the request would go to another path.
    EmptyParameter {
        /// The parameter.
        name: String,
    },
    /// A header with a line end or a NUL, which would end it (RFC 9110 §5.5).
    Header {
        /// The parameter.
        name: String,
    },
    /// A cookie with a semicolon, a line end or a NUL, which would end it (RFC 6265 §4.1.1). A value of `style: cookie` is sent
    /// unescaped.
    Cookie {
        /// The parameter.
        name: String,
    },
    /// The operation accepts none of the credentials.
    Credentials {
        /// The security requirements of the operation; it accepts the credentials of any one of them.
        accepted: &'static [Requirement],
    },
    /// A credential that cannot be sent in the form that its scheme requires. Its value is not printed.
    Credential {
        /// The name of the scheme.
        scheme: &'static str,
        /// The fault of the credential, such as `is empty`.
        reason: &'static str,
    },
    /// A number that is not finite, which neither JSON nor a form can say.
    NotFinite {
        /// The field; in JSON the path of the member, empty if the number is the whole body.
        name: String,
    },
    /// The boundary of a form is not one to seventy of the characters that RFC 2046 §5.1.1 allows.
    Boundary(String),
    /// The operating system gave no random bits for the boundary of a form.
    Random(getrandom::Error),
    /// The body could not be written as JSON.
    Json(serde_json::Error),
    /// A value that is not in the description and is not a JSON object: a form needs members.
    NotAnObject(serde_json::Error),
    /// The URL of the server is not one of `http` or `https` with a host, or has what is not sent
    /// in a URL: user information, a fragment.
    #[cfg(feature = "http")]
    BaseUrl {
        /// What was given, without user information.
        url: String,
        /// What is wrong, as `has no scheme`.
        reason: String,
        /// A URL to write instead.
        suggestion: String,
    },
    /// The method, the path or a header of the call cannot stand in an HTTP request.
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
                formatter.write_str(" is not a media type, as `image/png` is one")
            }
            Self::Duplicate { name } => write!(
                formatter,
                "the extra field `{name}` is a field of the request"
            ),
            Self::EmptyParameter { name } => {
                write!(formatter, "the parameter `{name}` of the path is empty")
            }
            Self::Header { name } => {
                write!(formatter, "the header `{name}` has a line end or a NUL")
            }
            Self::Cookie { name } => {
                write!(
                    formatter,
                    "the cookie `{name}` has a semicolon, a line end or a NUL"
                )
            }
            Self::Credentials { accepted } => {
                formatter.write_str("the operation accepts other credentials:")?;
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
                write!(formatter, "{boundary:?} cannot be the boundary of a form")
            }
            Self::Random(error) => write!(
                formatter,
                "there are no random bits for the boundary of the form: {error}"
            ),
            Self::Json(error) => write!(formatter, "the body cannot be written as JSON: {error}"),
            Self::NotAnObject(error) => write!(
                formatter,
                "a form is made of a JSON object, and this is none: {error}"
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
