//! Credentials of the caller.

use std::{collections::BTreeMap, fmt};

use super::{Kind, Scheme};
use crate::base64::codec;

/// The credentials of a caller, by the names of the description's security schemes.
///
/// One value serves all operations of an API. Each call uses the credentials that its operation
/// accepts; an operation that needs no credentials is sent none. `Debug` never prints a key.
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
    /// The default for every scheme that takes a bearer token and has no credential by name.
    bearer: Option<Credential>,
    named: BTreeMap<String, Credential>,
}

impl Credentials {
    /// No credentials: calls are sent without any, even if their operations need some. A proxy may
    /// add a key.
    pub fn none() -> Self {
        Self::default()
    }

    /// Uses this token for every scheme that takes a bearer token: `http` with `bearer`, `oauth2`
    /// and `openIdConnect`.
    pub fn bearer(token: impl Into<String>) -> Self {
        Self {
            bearer: Some(Credential::key(token)),
            named: BTreeMap::new(),
        }
    }

    /// Sets the credential for the scheme with this name.
    #[must_use]
    pub fn with(mut self, scheme: impl Into<String>, credential: Credential) -> Self {
        self.named.insert(scheme.into(), credential);
        self
    }

    /// True if there are no credentials.
    pub(super) fn is_none(&self) -> bool {
        self.bearer.is_none() && self.named.is_empty()
    }

    /// The credential for a scheme, if it has the right kind.
    pub(super) fn of(&self, scheme: &Scheme) -> Option<&Credential> {
        let kind = scheme.kind();
        let takes_token = matches!(kind, Kind::Bearer | Kind::OAuth2 | Kind::OpenIdConnect);
        let by_default = self.bearer.as_ref().filter(|_| takes_token);
        let found = self.named.get(scheme.name()).or(by_default)?;
        found.sent(kind).is_some().then_some(found)
    }
}

/// Prints the names of the schemes, but no keys.
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

/// The place and the text in which a credential is sent.
pub(super) enum Sent {
    Header(&'static str, String),
    Query(&'static str, String),
    Cookie(&'static str, String),
    /// Nothing in the request: the connection has the credential.
    Nothing,
}

impl Credential {
    /// A key or a token, which is sent unchanged. In an `apiKey` for the header `Authorization`,
    /// include a prefix such as `Bot …` if the API requires one.
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

    /// A client certificate on the connection that sends the request (`mutualTLS`).
    pub const fn certificate() -> Self {
        Self(Secret::Certificate)
    }

    /// The credential as it is sent for a scheme of this kind; `None` if the scheme needs another
    /// kind of credential.
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

    /// A fault of the credential that does not depend on the place where it is sent.
    pub(super) fn fault(&self) -> Option<&'static str> {
        let control = |text: &str| {
            let found = text.contains(char::is_control);
            found.then_some("contains a line break or another control character")
        };
        match &self.0 {
            Secret::Key(key) if key.is_empty() => Some("is empty"),
            Secret::Key(key) => control(key),
            Secret::Basic { user, .. } if user.contains(':') => {
                Some("has a user name with a colon, which would end it (RFC 7617, section 2)")
            }
            Secret::Basic { user, password } => control(user).or_else(|| control(password)),
            Secret::Certificate => None,
        }
    }
}

/// Prints only the kind, because some APIs take their key as the user.
impl fmt::Debug for Credential {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match &self.0 {
            Secret::Key(_) => "Key(…)",
            Secret::Basic { .. } => "Basic(…)",
            Secret::Certificate => "Certificate",
        })
    }
}
