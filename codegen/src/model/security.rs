//! Credentials that operations accept.

use super::Doc;
use crate::document::Pointer;

/// A Security Scheme Object that an operation names.
#[derive(Clone, Debug, PartialEq)]
pub struct SecurityScheme {
    /// The key in `components/securitySchemes`.
    pub name: String,
    /// The form in which the credential is sent.
    pub kind: SchemeKind,
    /// `description`.
    pub doc: Doc,
    /// The entry in `components/securitySchemes`.
    pub origin: Pointer,
}

/// The kind of a scheme, which determines how its credential is sent.
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
    /// True if the credential is a bearer token (RFC 6750).
    #[must_use]
    pub const fn takes_token(&self) -> bool {
        matches!(self, Self::Bearer | Self::OAuth2 | Self::OpenIdConnect)
    }
}

/// Security requirements: the credentials that operations accept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Security {
    /// The alternatives: the credentials of any one requirement are enough. Empty if no
    /// credentials are needed in any case.
    pub requirements: Vec<SecurityRequirement>,
    /// The list `security`; `None` if the root does not have one.
    pub origin: Option<Pointer>,
}

/// A Security Requirement Object: the schemes whose credentials an operation needs together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecurityRequirement {
    /// In the order of the document. Empty if no credentials are needed.
    pub schemes: Vec<WantedScheme>,
    /// The Security Requirement Object.
    pub origin: Pointer,
}

/// A scheme in a requirement, with its scopes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WantedScheme {
    /// Index in [`Api::security_schemes`](super::Api::security_schemes).
    pub scheme: usize,
    /// The scopes or roles that are needed.
    pub scopes: Vec<String>,
}
