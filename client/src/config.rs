//! The settings of a client: server, credentials, retries, timeouts, headers.

use std::{fmt, sync::Arc};

use http::{HeaderMap, HeaderName, HeaderValue};
use openapi_runtime::{Credentials, RequestError};

use crate::outgoing::Observer;
use crate::{Retries, Timeouts};

/// `User-Agent`, after the product of the caller.
const USER_AGENT: &str = concat!("openapi-client/", env!("CARGO_PKG_VERSION"));

/// The settings of a client.
#[derive(Clone)]
pub(crate) struct Config {
    pub(crate) base_url: Arc<str>,
    pub(crate) credentials: Credentials,
    pub(crate) retries: Retries,
    pub(crate) timeouts: Timeouts,
    pub(crate) headers: HeaderMap,
    pub(crate) observer: Option<Observer>,
}

impl Config {
    /// Checks the base URL, so that a wrong one is found before the first call.
    pub(crate) fn new(base_url: &str) -> Result<Self, RequestError> {
        let probe = openapi_runtime::Call::<()>::empty("GET", "/")?;
        probe.into_http(base_url, &Credentials::none())?;
        let mut headers = HeaderMap::new();
        headers.insert(
            http::header::USER_AGENT,
            HeaderValue::from_static(USER_AGENT),
        );
        Ok(Self {
            base_url: base_url.into(),
            credentials: Credentials::none(),
            retries: Retries::default(),
            timeouts: Timeouts::default(),
            headers,
            observer: None,
        })
    }

    pub(crate) fn user_agent(&mut self, product: &str) -> Result<(), RequestError> {
        let value = format!("{product} {USER_AGENT}");
        self.header("user-agent", &value)
    }

    pub(crate) fn header(&mut self, name: &str, value: &str) -> Result<(), RequestError> {
        let name = HeaderName::try_from(name).map_err(http::Error::from)?;
        let value = HeaderValue::try_from(value).map_err(http::Error::from)?;
        self.headers.insert(name, value);
        Ok(())
    }
}

/// Prints no credentials, and no header values and no query, which may contain credentials.
impl fmt::Debug for Config {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.headers.keys().map(HeaderName::as_str).collect();
        let base_url = self.base_url.split('?').next();
        formatter
            .debug_struct("Config")
            .field("base_url", &base_url.unwrap_or_default())
            .field("credentials", &self.credentials)
            .field("retries", &self.retries)
            .field("timeouts", &self.timeouts)
            .field("headers", &names)
            .finish_non_exhaustive()
    }
}

/// The setters that both clients have.
macro_rules! setters {
    () => {
        /// Sets the token for every scheme that takes a bearer token.
        #[must_use]
        pub fn bearer(self, token: impl Into<String>) -> Self {
            self.credentials(openapi_runtime::Credentials::bearer(token))
        }

        /// Sets the credentials. Each operation is sent those that it accepts.
        #[must_use]
        pub fn credentials(mut self, credentials: openapi_runtime::Credentials) -> Self {
            self.config.credentials = credentials;
            self.provider = None;
            self
        }

        /// Sets the rules for retries. The default is two retries.
        #[must_use]
        pub fn retries(mut self, retries: $crate::Retries) -> Self {
            self.config.retries = retries;
            self
        }

        /// Sets the timeouts.
        #[must_use]
        pub fn timeouts(mut self, timeouts: $crate::Timeouts) -> Self {
            self.config.timeouts = timeouts;
            self
        }

        /// Puts a product such as `my-app/1.2` before that of the client in `User-Agent`.
        ///
        /// # Errors
        ///
        /// The text is not valid in a header.
        pub fn user_agent(mut self, product: &str) -> Result<Self, openapi_runtime::RequestError> {
            self.config.user_agent(product)?;
            Ok(self)
        }

        /// Sends a header with each request, unless the call has one of the same name.
        ///
        /// # Errors
        ///
        /// The name or the value is not valid in a header.
        pub fn header(
            mut self,
            name: &str,
            value: &str,
        ) -> Result<Self, openapi_runtime::RequestError> {
            self.config.header(name, value)?;
            Ok(self)
        }

        /// Calls `observe` after each block of a request's body that the connection took. Each
        /// attempt begins at 0.
        #[must_use]
        pub fn on_upload(
            mut self,
            observe: impl Fn($crate::Uploaded) + Send + Sync + 'static,
        ) -> Self {
            self.config.observer = Some(std::sync::Arc::new(observe));
            self
        }
    };
}

pub(crate) use setters;
