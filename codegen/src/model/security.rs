//! Credentials that operations accept.

use super::Doc;
use crate::document::Pointer;

/// A Security Scheme Object that an operation names.
#[derive(Clone, Debug, PartialEq)]
pub struct SecurityScheme {
    /// The key in `components/securitySchemes`.
    pub name: String,
    /// How its credential is sent.
    pub kind: SchemeKind,
    /// `description`.
    pub doc: Doc,
    /// The entry in `components/securitySchemes`.
    pub origin: Pointer,
}

/// How the credential of a scheme is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SchemeKind {
    /// `type: http` with `bearer`.
    Bearer,
    /// `type: oauth2`: a bearer token.
    OAuth2,
    /// `type: openIdConnect`: a bearer token.
    OpenIdConnect,
    /// `type: http` with `basic`.
    Basic,
    /// `type: http` with another authentication scheme.
    Http(String),
    /// `type: apiKey` in the header of this name.
    Header(String),
    /// `type: apiKey` in the parameter of this name in the query.
    Query(String),
    /// `type: apiKey` in the cookie of this name.
    Cookie(String),
    /// `type: mutualTLS`: nothing is sent in the request.
    MutualTls,
}

impl SchemeKind {
    /// True if its credential is a bearer token (RFC 6750).
    #[must_use]
    pub const fn takes_token(&self) -> bool {
        matches!(self, Self::Bearer | Self::OAuth2 | Self::OpenIdConnect)
    }
}

/// The credentials that operations accept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Security {
    /// What any one of these names; none where no credentials are needed in any case.
    pub requirements: Vec<SecurityRequirement>,
    /// `security`; nothing where the root says nothing.
    pub origin: Option<Pointer>,
}

/// Schemes whose credentials an operation wants all at once: a Security Requirement Object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecurityRequirement {
    /// In the order of the document; none means that no credentials are needed.
    pub schemes: Vec<WantedScheme>,
    /// The Security Requirement Object.
    pub origin: Pointer,
}

/// A scheme as a requirement wants it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WantedScheme {
    /// Index in [`Api::security_schemes`](super::Api::security_schemes).
    pub scheme: usize,
    /// The scopes, or roles, that are needed.
    pub scopes: Vec<String>,
}
