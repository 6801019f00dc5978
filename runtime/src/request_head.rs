//! Heads of requests.

use std::{borrow::Cow, fmt};

use crate::parameter;

/// Head of a request: everything before its body.
///
/// `Debug` shows no credential that [`Call::authorize`](crate::Call::authorize) has added.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct RequestHead {
    /// The method in upper case, as in HTTP: `POST`.
    pub method: &'static str,
    /// Path and query, relative to the URL of the server; starts with `/`.
    pub path: Cow<'static, str>,
    /// `accept` and `content-type` if present, the parameters in headers, and the credentials. The
    /// length is [`Body::content_length`](crate::Body::content_length).
    pub headers: Vec<(&'static str, String)>,
    /// The names of the headers that contain credentials.
    secret_headers: Vec<&'static str>,
    /// The encoded pairs of the query that contain credentials.
    secret_pairs: Vec<String>,
}

impl RequestHead {
    pub(crate) const fn new(
        method: &'static str,
        path: Cow<'static, str>,
        headers: Vec<(&'static str, String)>,
    ) -> Self {
        Self {
            method,
            path,
            headers,
            secret_headers: Vec::new(),
            secret_pairs: Vec::new(),
        }
    }

    /// True if the header with this name contains a credential and must not be logged.
    pub fn is_sensitive(&self, header: &str) -> bool {
        let mut secret = self.secret_headers.iter();
        secret.any(|name| name.eq_ignore_ascii_case(header))
    }

    /// Adds a header with a credential, unless the header exists. Returns `false` if it exists
    /// with another value.
    pub(crate) fn add_secret_header(&mut self, name: &'static str, value: String) -> bool {
        self.secret_headers.push(name);
        match self.header(name) {
            Some(found) => *found == value,
            None => {
                self.headers.push((name, value));
                true
            }
        }
    }

    /// Adds a cookie with a credential, unless the cookie exists. Returns `false` if it exists
    /// with another value.
    pub(crate) fn add_secret_cookie(&mut self, name: &str, value: &str) -> bool {
        self.secret_headers.push("cookie");
        let cookie = format!("{name}={value}");
        let Some(header) = self.header("cookie") else {
            self.headers.push(("cookie", cookie));
            return true;
        };
        match find(header.split("; "), name) {
            Some(found) => found == cookie,
            None => {
                header.push_str("; ");
                header.push_str(&cookie);
                true
            }
        }
    }

    /// Adds a pair with a credential to the query, unless the pair exists. Returns `false` if it
    /// exists with another value.
    pub(crate) fn add_secret_pair(&mut self, name: &str, value: &str) -> bool {
        let pair = parameter::pair(name, value);
        self.secret_pairs.push(pair.clone());
        let (path, fragment) = match self.path.split_once('#') {
            Some((path, fragment)) => (path, Some(fragment)),
            None => (&*self.path, None),
        };
        let query = path.split_once('?').map(|(_, query)| query);
        let key = pair.split('=').next().unwrap_or_default();
        if let Some(found) = query.and_then(|query| find(query.split('&'), key)) {
            return found == pair;
        }
        let separator = match query {
            None => "?",
            Some(query) if query.is_empty() || query.ends_with('&') => "",
            Some(_) => "&",
        };
        let (number_sign, fragment) = fragment.map_or(("", ""), |fragment| ("#", fragment));
        self.path = format!("{path}{separator}{pair}{number_sign}{fragment}").into();
        true
    }

    fn header(&mut self, name: &str) -> Option<&mut String> {
        let mut headers = self.headers.iter_mut();
        let found = headers.find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value)
    }
}

/// The first pair with this name.
fn find<'p>(mut pairs: impl Iterator<Item = &'p str>, name: &str) -> Option<&'p str> {
    pairs.find(|pair| pair.split('=').next() == Some(name))
}

impl fmt::Debug for RequestHead {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let pairs = self.secret_pairs.iter();
        let path = pairs.fold(self.path.to_string(), |path, pair| {
            let key = pair.split('=').next().unwrap_or_default();
            path.replace(pair, &format!("{key}=…"))
        });
        let headers = self.headers.iter().map(|(name, value)| {
            let is_shown = !self.is_sensitive(name);
            (*name, if is_shown { value } else { "…" })
        });
        formatter
            .debug_struct("RequestHead")
            .field("method", &self.method)
            .field("path", &path)
            .field("headers", &headers.collect::<Vec<_>>())
            .finish_non_exhaustive()
    }
}
