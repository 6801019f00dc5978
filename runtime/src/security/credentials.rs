//! Credentials of the caller.

use std::{collections::BTreeMap, fmt};

use super::{Kind, Scheme};
use crate::base64::codec;

/// The credentials of a caller, by the names of the description's security schemes.
///
/// One value serves all operations of an API: each call takes from it what its operation accepts, and an operation that asks
/// for no credentials is sent none. No key is ever printed.
///
/// ```
/// use openapi_runtime::{Credential, Credentials};
///
/// let credentials = Credentials::bearer("sk-secret")
///     .with("AdminKey", Credential::key("sk-admin"))
///     .with("BasicAuth", Credential::basic("user", "password"));
/// assert!(!format!("{credentials:?}").contains("sk-"));
/// ```
#[derive(Clone, Default)]
pub struct Credentials {
    /// For every scheme that takes a bearer token and has no credential of its own.
    bearer: Option<Credential>,
    named: BTreeMap<String, Credential>,
}

impl Credentials {
    /// No credentials: calls are sent as they are, whatever their operations ask for. A proxy may add a key.
    pub fn none() -> Self {
        Self::default()
    }

    /// This token for every scheme that takes a bearer token: `http` with `bearer`, `oauth2` and `openIdConnect`.
    pub fn bearer(token: impl Into<String>) -> Self {
        Self {
            bearer: Some(Credential::key(token)),
            named: BTreeMap::new(),
        }
    }

    /// Adds the credential for the scheme of this name, in place of an earlier one.
    #[must_use]
    pub fn with(mut self, scheme: impl Into<String>, credential: Credential) -> Self {
        self.named.insert(scheme.into(), credential);
        self
    }

    /// True if there is no credential at all.
    pub(super) fn is_none(&self) -> bool {
        self.bearer.is_none() && self.named.is_empty()
    }

    /// The credential for a scheme, if it is one of its kind.
    pub(super) fn of(&self, scheme: &Scheme) -> Option<&Credential> {
        let kind = scheme.kind();
        let takes_token = matches!(kind, Kind::Bearer | Kind::OAuth2 | Kind::OpenIdConnect);
        let by_default = self.bearer.as_ref().filter(|_| takes_token);
        let found = self.named.get(scheme.name()).or(by_default)?;
        found.sent(kind).is_some().then_some(found)
    }
}

/// The names of the schemes, and no key.
impl fmt::Debug for Credentials {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Credentials")
            .field("bearer", &self.bearer)
            .field("named", &self.named)
            .finish()
    }
}

/// A credential for one security scheme.
#[derive(Clone)]
pub struct Credential(Secret);

#[derive(Clone)]
enum Secret {
    Key(String),
    Basic { user: String, password: String },
    Certificate,
}

/// Where a credential is put, and what is put there.
pub(super) enum Sent {
    Header(&'static str, String),
    Query(&'static str, String),
    Cookie(&'static str, String),
    /// The connection has it.
    Nothing,
}

impl Credential {
    /// A key or a token, which is sent as it is: an `apiKey` in the header `Authorization` is `Bot …` where the API says so.
    pub fn key(key: impl Into<String>) -> Self {
        Self(Secret::Key(key.into()))
    }

    /// User and password (RFC 7617). Either may be empty: some APIs take their key as the user.
    pub fn basic(user: impl Into<String>, password: impl Into<String>) -> Self {
        Self(Secret::Basic {
            user: user.into(),
            password: password.into(),
        })
    }

    /// The connection that the request is sent over has a certificate of the client (`mutualTLS`).
    pub const fn certificate() -> Self {
        Self(Secret::Certificate)
    }

    /// How it is sent for a scheme of this kind; `None` if it is a credential of another kind.
    pub(super) fn sent(&self, kind: Kind) -> Option<Sent> {
        let authorization = |value| Sent::Header("authorization", value);
        Some(match (kind, &self.0) {
            (Kind::Bearer | Kind::OAuth2 | Kind::OpenIdConnect, Secret::Key(token)) => {
                authorization(format!("Bearer {token}"))
            }
            (Kind::Http(scheme), Secret::Key(key)) => authorization(format!("{scheme} {key}")),
            (Kind::Basic, Secret::Basic { user, password }) => {
                let pair = format!("{user}:{password}");
                authorization(format!(
                    "Basic {}",
                    codec::encode_to_string(pair.as_bytes())
                ))
            }
            (Kind::Header(name), Secret::Key(key)) => Sent::Header(name, key.clone()),
            (Kind::Query(name), Secret::Key(key)) => Sent::Query(name, key.clone()),
            (Kind::Cookie(name), Secret::Key(key)) => Sent::Cookie(name, key.clone()),
            (Kind::MutualTls, Secret::Certificate) => Sent::Nothing,
            _ => return None,
        })
    }

    /// Problems with it, wherever it is sent.
    pub(super) fn fault(&self) -> Option<&'static str> {
        let control = |text: &str| {
            let found = text.contains(char::is_control);
            found.then_some("has a line end or another control character")
        };
        match &self.0 {
            Secret::Key(key) if key.is_empty() => Some("is empty"),
            Secret::Key(key) => control(key),
            Secret::Basic { user, .. } if user.contains(':') => {
                Some("has a user with a colon, which would end it (RFC 7617, section 2)")
            }
            Secret::Basic { user, password } => control(user).or_else(|| control(password)),
            Secret::Certificate => None,
        }
    }
}

/// The kind alone: some APIs take their key as the user.
impl fmt::Debug for Credential {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match &self.0 {
            Secret::Key(_) => "Key(…)",
            Secret::Basic { .. } => "Basic(…)",
            Secret::Certificate => "Certificate",
        })
    }
}
