//! Credentials: those that an operation accepts, and those of the caller.
//!
//! ```yaml
//! security: [{BasicAuth: []}, {ApiKeyAuth: []}]      # one of these
//! components:
//!   securitySchemes:
//!     BasicAuth: {type: http, scheme: basic}
//!     ApiKeyAuth: {type: apiKey, in: header, name: X-Api-Key}
//! ```
//!
//! is a constant of each operation, which its calls carry:
//!
//! ```
//! use openapi_runtime::security::{Requirement, Scheme};
//! use openapi_runtime::{Call, Credential, Credentials};
//!
//! const SECURITY: &[Requirement] = &[
//!     Requirement::new(&[Scheme::basic("BasicAuth")]),
//!     Requirement::new(&[Scheme::header("ApiKeyAuth", "x-api-key")]),
//! ];
//!
//! let credentials = Credentials::none().with("ApiKeyAuth", Credential::key("secret"));
//! let call: Call = Call::empty("GET", "/models")?;
//! let call = call.secured(SECURITY).authorize(&credentials)?;
//! assert_eq!(call.headers(), [("x-api-key", "secret".to_owned())]);
//! # Ok::<(), openapi_runtime::RequestError>(())
//! ```
//!
//! The first requirement whose credentials are all present is used. An empty requirement, as in
//! `security: [{}, {ApiKeyAuth: []}]`, means that the operation needs no credentials. It is
//! considered last, so that a key that the caller has is sent.
//!
//! | scheme | credential | sent as |
//! |---|---|---|
//! | `http` with `bearer`, `oauth2`, `openIdConnect` | a key | `authorization: Bearer KEY` (RFC 6750, section 2.1) |
//! | `http` with `basic` | user and password | `authorization: Basic …` (RFC 7617) |
//! | `http` with any other scheme | a key | `authorization: SCHEME KEY` (RFC 9110, section 11.4) |
//! | `apiKey` in a header | a key | `NAME: KEY` |
//! | `apiKey` in the query | a key | `NAME=KEY`, percent-encoded |
//! | `apiKey` in a cookie | a key | `cookie: NAME=KEY` (RFC 6265, section 4.2.1) |
//! | `mutualTLS` | a certificate | nothing: the connection has the certificate |

mod apply;
mod credentials;

use std::fmt;

pub(crate) use apply::authorize;
pub use credentials::{Credential, Credentials};

/// A Security Requirement Object: the schemes whose credentials an operation needs together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Requirement {
    schemes: &'static [Scheme],
}

impl Requirement {
    /// A requirement of all these schemes. An empty list means that no credentials are needed.
    pub const fn new(schemes: &'static [Scheme]) -> Self {
        Self { schemes }
    }

    /// The schemes, in the order of the description.
    pub const fn schemes(&self) -> &'static [Scheme] {
        self.schemes
    }
}

/// A security scheme of a requirement: a Security Scheme Object with its name and the scopes that
/// are needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scheme {
    name: &'static str,
    kind: Kind,
    scopes: &'static [&'static str],
}

/// The kind of a scheme, which determines how its credential is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Kind {
    /// `http` with `bearer`.
    Bearer,
    /// `oauth2`: an access token is sent as a bearer token.
    OAuth2,
    /// `openIdConnect`: an access token is sent as a bearer token.
    OpenIdConnect,
    /// `http` with `basic`.
    Basic,
    /// `http` with the authentication scheme of this name.
    Http(&'static str),
    /// `apiKey` in the header with this name, which is in lower case.
    Header(&'static str),
    /// `apiKey` in the query parameter with this name.
    Query(&'static str),
    /// `apiKey` in the cookie with this name.
    Cookie(&'static str),
    /// `mutualTLS`: the certificate of the connection.
    MutualTls,
}

impl Scheme {
    /// A scheme, named by its key in `components/securitySchemes`.
    pub const fn new(name: &'static str, kind: Kind) -> Self {
        Self {
            name,
            kind,
            scopes: &[],
        }
    }

    /// `{type: http, scheme: bearer}`
    pub const fn bearer(name: &'static str) -> Self {
        Self::new(name, Kind::Bearer)
    }

    /// `{type: oauth2}`
    pub const fn oauth2(name: &'static str) -> Self {
        Self::new(name, Kind::OAuth2)
    }

    /// `{type: openIdConnect}`
    pub const fn open_id_connect(name: &'static str) -> Self {
        Self::new(name, Kind::OpenIdConnect)
    }

    /// `{type: http, scheme: basic}`
    pub const fn basic(name: &'static str) -> Self {
        Self::new(name, Kind::Basic)
    }

    /// `{type: http}` with any other authentication scheme, such as `Digest`.
    pub const fn http(name: &'static str, scheme: &'static str) -> Self {
        Self::new(name, Kind::Http(scheme))
    }

    /// `{type: apiKey, in: header}` with the name of the header in lower case.
    pub const fn header(name: &'static str, header: &'static str) -> Self {
        Self::new(name, Kind::Header(header))
    }

    /// `{type: apiKey, in: query}` with the name of the parameter.
    pub const fn query(name: &'static str, parameter: &'static str) -> Self {
        Self::new(name, Kind::Query(parameter))
    }

    /// `{type: apiKey, in: cookie}` with the name of the cookie.
    pub const fn cookie(name: &'static str, cookie: &'static str) -> Self {
        Self::new(name, Kind::Cookie(cookie))
    }

    /// `{type: mutualTLS}`
    pub const fn mutual_tls(name: &'static str) -> Self {
        Self::new(name, Kind::MutualTls)
    }

    /// The same scheme with the scopes or roles that the operation needs.
    pub const fn scopes(self, scopes: &'static [&'static str]) -> Self {
        Self { scopes, ..self }
    }

    /// The key in `components/securitySchemes`, which is the name to pass to
    /// [`Credentials::with`].
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The kind of the scheme, which determines how the credential is sent.
    pub const fn kind(&self) -> Kind {
        self.kind
    }

    /// The scopes that the operation needs, for a client that requests a token.
    pub const fn needed_scopes(&self) -> &'static [&'static str] {
        self.scopes
    }
}

/// `` `ApiKeyAuth` (a key in the header `x-api-key`) ``
impl fmt::Display for Scheme {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "`{}` (", self.name.escape_debug())?;
        match self.kind {
            Kind::Bearer | Kind::OAuth2 | Kind::OpenIdConnect => {
                formatter.write_str("a bearer token")?;
            }
            Kind::Basic => formatter.write_str("user and password")?,
            Kind::Http(scheme) => write!(formatter, "a key for `{scheme}`")?,
            Kind::Header(name) => write!(formatter, "a key in the header `{name}`")?,
            Kind::Query(name) => {
                write!(formatter, "a key in the query as `{}`", name.escape_debug())?;
            }
            Kind::Cookie(name) => write!(formatter, "a key in the cookie `{name}`")?,
            Kind::MutualTls => formatter.write_str("a client certificate")?,
        }
        formatter.write_str(")")
    }
}

/// `` `App` (…) with `User` (…) ``
impl fmt::Display for Requirement {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, scheme) in self.schemes.iter().enumerate() {
            let before = if index == 0 { "" } else { " with " };
            write!(formatter, "{before}{scheme}")?;
        }
        Ok(())
    }
}
