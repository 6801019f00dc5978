//! Bodies of requests and responses.
//!
//! ```yaml
//! content:
//!   application/vnd.acme+json: {schema: {$ref: '#/components/schemas/Thing'}}   # Payload { codec: Json(Thing) }
//! ```
//!
//! The encoding belongs to the use of a type: the type of a schema does not depend on the media
//! types in which it is sent.

use std::fmt;

use super::{Doc, Form, Header, Limits, MediaType, Name, Type};
use crate::document::Pointer;

/// The request body of an operation (`OpenAPI` 3.1.1, section 4.8.13).
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    /// The enum over the media types, if there are several.
    pub choice: Option<Name>,
    /// True if the operation cannot be called without a body.
    pub required: bool,
    /// In the order of the document.
    pub payloads: Vec<Payload>,
    /// The Request Body Object.
    pub origin: Pointer,
}

impl Request {
    /// True if only one body has this type: the choice between them can be made from the type.
    #[must_use]
    pub fn has_type_once(&self, ty: &Type) -> bool {
        let same = self.payloads.iter().filter(|payload| payload.ty() == ty);
        same.count() == 1
    }
}

/// A body in one media type, of a request or of a response (`OpenAPI` 3.1.1, section 4.8.14).
#[derive(Clone, Debug, PartialEq)]
pub struct Payload {
    /// The media type.
    pub media_type: MediaType,
    /// The variant of [`Request::choice`], if there is one.
    pub variant: Option<Name>,
    /// The type of the value, and its encoding.
    pub codec: Codec,
    /// Bounds on the whole value.
    pub limits: Limits,
}

impl Payload {
    /// The type of the value; of a stream, of each of its events.
    #[must_use]
    pub fn ty(&self) -> &Type {
        match &self.codec {
            Codec::Json(ty)
            | Codec::Events(ty)
            | Codec::Lines(ty)
            | Codec::Text(ty)
            | Codec::Bytes(ty)
            | Codec::Form(Form { ty, .. }) => ty,
        }
    }

    pub(crate) fn ty_mut(&mut self) -> &mut Type {
        match &mut self.codec {
            Codec::Json(ty)
            | Codec::Events(ty)
            | Codec::Lines(ty)
            | Codec::Text(ty)
            | Codec::Bytes(ty)
            | Codec::Form(Form { ty, .. }) => ty,
        }
    }

    /// The form, if it is one.
    #[must_use]
    pub fn form(&self) -> Option<&Form> {
        match &self.codec {
            Codec::Form(form) => Some(form),
            Codec::Json(_)
            | Codec::Events(_)
            | Codec::Lines(_)
            | Codec::Text(_)
            | Codec::Bytes(_) => None,
        }
    }

    /// True if it is a `multipart/form-data` form.
    #[must_use]
    pub fn is_multipart(&self) -> bool {
        self.form().is_some_and(Form::is_multipart)
    }
}

/// The encoding of a body.
#[derive(Clone, Debug, PartialEq)]
pub enum Codec {
    /// A JSON value (RFC 8259).
    Json(Type),
    /// Server-sent events, each of this type (WHATWG).
    Events(Type),
    /// JSON values of this type, one a line (`application/x-ndjson`) or in a sequence (RFC 7464).
    Lines(Type),
    /// Text of any media type: a string.
    Text(Type),
    /// Bytes of any media type: a file if sent.
    Bytes(Type),
    /// A form: members as parts or as pairs.
    Form(Form),
}

/// A response in one media type (`OpenAPI` 3.1.1, section 4.8.17).
#[derive(Clone, Debug, PartialEq)]
pub struct Response {
    /// Its statuses.
    pub status: Status,
    /// `description`.
    pub doc: Doc,
    /// `headers`.
    pub headers: Vec<Header>,
    /// The content; `None` if the response has none.
    pub payload: Option<Payload>,
    /// The Response Object.
    pub origin: Pointer,
}

impl Response {
    /// The codec; `None` if the response has no content.
    #[must_use]
    pub fn codec(&self) -> Option<&Codec> {
        self.payload.as_ref().map(|payload| &payload.codec)
    }

    /// The media type; `None` if the response has no content.
    #[must_use]
    pub fn media_type(&self) -> Option<&MediaType> {
        self.payload.as_ref().map(|payload| &payload.media_type)
    }

    /// [`MediaType::essence`]; `None` if the response has no content.
    #[must_use]
    pub fn essence(&self) -> Option<String> {
        self.media_type().map(MediaType::essence)
    }
}

/// The statuses that a response is for: a key of the Responses Object (`OpenAPI` 3.1.1, section
/// 4.8.16).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// `200`
    Code(u16),
    /// `2XX`
    Range(u8),
    /// `default`: every status that is not listed.
    Default,
}

impl Status {
    /// Parses a key of the Responses Object.
    #[must_use]
    pub fn of(key: &str) -> Option<Self> {
        match key.as_bytes() {
            [class @ b'1'..=b'5', b'X', b'X'] => Some(Self::Range(class - b'0')),
            [b'1'..=b'5', second, third] if second.is_ascii_digit() && third.is_ascii_digit() => {
                key.parse().ok().map(Self::Code)
            }
            b"default" => Some(Self::Default),
            _ => None,
        }
    }

    /// The name of the status: its reason phrase (RFC 9110, section 15), or the name of its class.
    #[must_use]
    pub fn phrase(self) -> String {
        match self {
            Self::Code(code) => PHRASES
                .iter()
                .find(|(known, _)| *known == code)
                .map_or_else(|| format!("Status{code}"), |(_, name)| (*name).to_owned()),
            Self::Range(1) => "Informational".to_owned(),
            Self::Range(2) => "Success".to_owned(),
            Self::Range(3) => "Redirection".to_owned(),
            Self::Range(4) => "ClientError".to_owned(),
            Self::Range(_) => "ServerError".to_owned(),
            Self::Default => "Default".to_owned(),
        }
    }

    /// True if a response with this status may have content (RFC 9110, section 15).
    #[must_use]
    pub fn has_content(self) -> bool {
        !matches!(
            self,
            Self::Code(100..=199 | 204 | 205 | 304) | Self::Range(1)
        )
    }

    /// True for 200 to 299.
    #[must_use]
    pub fn is_success(self) -> bool {
        match self {
            Self::Code(code) => (200..300).contains(&code),
            Self::Range(class) => class == 2,
            Self::Default => false,
        }
    }
}

/// Reason phrases of the registered statuses from 200 on (IANA HTTP Status Code Registry).
const PHRASES: [(u16, &str); 57] = [
    (200, "Ok"),
    (201, "Created"),
    (202, "Accepted"),
    (203, "NonAuthoritativeInformation"),
    (204, "NoContent"),
    (205, "ResetContent"),
    (206, "PartialContent"),
    (207, "MultiStatus"),
    (208, "AlreadyReported"),
    (226, "ImUsed"),
    (300, "MultipleChoices"),
    (301, "MovedPermanently"),
    (302, "Found"),
    (303, "SeeOther"),
    (304, "NotModified"),
    (305, "UseProxy"),
    (307, "TemporaryRedirect"),
    (308, "PermanentRedirect"),
    (400, "BadRequest"),
    (401, "Unauthorized"),
    (402, "PaymentRequired"),
    (403, "Forbidden"),
    (404, "NotFound"),
    (405, "MethodNotAllowed"),
    (406, "NotAcceptable"),
    (407, "ProxyAuthenticationRequired"),
    (408, "RequestTimeout"),
    (409, "Conflict"),
    (410, "Gone"),
    (411, "LengthRequired"),
    (412, "PreconditionFailed"),
    (413, "ContentTooLarge"),
    (414, "UriTooLong"),
    (415, "UnsupportedMediaType"),
    (416, "RangeNotSatisfiable"),
    (417, "ExpectationFailed"),
    (421, "MisdirectedRequest"),
    (422, "UnprocessableContent"),
    (423, "Locked"),
    (424, "FailedDependency"),
    (425, "TooEarly"),
    (426, "UpgradeRequired"),
    (428, "PreconditionRequired"),
    (429, "TooManyRequests"),
    (431, "RequestHeaderFieldsTooLarge"),
    (451, "UnavailableForLegalReasons"),
    (500, "InternalServerError"),
    (501, "NotImplemented"),
    (502, "BadGateway"),
    (503, "ServiceUnavailable"),
    (504, "GatewayTimeout"),
    (505, "HttpVersionNotSupported"),
    (506, "VariantAlsoNegotiates"),
    (507, "InsufficientStorage"),
    (508, "LoopDetected"),
    (510, "NotExtended"),
    (511, "NetworkAuthenticationRequired"),
];

/// A choice between types that depends on the status: an emitted enum.
#[derive(Clone, Debug, PartialEq)]
pub struct ByStatus {
    /// The enum.
    pub name: Name,
    /// Statuses come before ranges, and ranges before `default`. Among variants of one status, the
    /// one without `only` is last.
    pub variants: Vec<StatusVariant>,
}

/// A variant of a [`ByStatus`].
#[derive(Clone, Debug, PartialEq)]
pub struct StatusVariant {
    /// The status as the document writes it, and the name of the variant.
    pub name: Name,
    /// Index in [`Operation::responses`](super::Operation::responses).
    pub response: usize,
    /// The [essence](MediaType::essence) of the body, if the status has several.
    pub only: Option<String>,
}

impl fmt::Display for Status {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Code(code) => write!(formatter, "{code}"),
            Self::Range(class) => write!(formatter, "{class}XX"),
            Self::Default => formatter.write_str("default"),
        }
    }
}
