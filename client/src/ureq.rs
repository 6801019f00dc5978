//! The adapter for ureq: blocking.

use std::time::Duration;

use openapi_runtime::RequestError;
use ureq::{Agent, SendBody, Timeout};

use crate::blocking::{Incoming, Transport};
use crate::{Outgoing, Timeouts, TransportError};

/// A blocking client over ureq.
///
/// ```
/// let client = openapi_client::ureq::Client::new("http://localhost:8080/v1")?.bearer("sk-…");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub type Client = crate::blocking::Client<Ureq>;

/// Sends requests with ureq, which has one limit for each read: the longer one of
/// [`Timeouts::first_byte`] and [`Timeouts::between_bytes`].
#[derive(Clone, Debug)]
pub struct Ureq(Agent);

/// The timeout for connecting.
const CONNECT: Duration = Duration::from_secs(10);

impl crate::blocking::Client<Ureq> {
    /// Makes a client of the server at `base_url`. Connecting times out after 10 seconds.
    ///
    /// # Errors
    ///
    /// The base URL is not valid.
    pub fn new(base_url: &str) -> Result<Self, RequestError> {
        Self::with_transport(base_url, Ureq::default())
    }
}

impl Default for Ureq {
    fn default() -> Self {
        let config = Agent::config_builder().timeout_connect(Some(CONNECT));
        Self(config.build().into())
    }
}

/// Uses an existing agent, with proxies, certificates, or another timeout for connecting.
impl From<Agent> for Ureq {
    fn from(agent: Agent) -> Self {
        Self(agent)
    }
}

impl Transport for Ureq {
    fn exchange(
        &self,
        request: http::Request<Outgoing>,
        timeouts: &Timeouts,
    ) -> Result<http::Response<Incoming>, TransportError> {
        let has_body = request.body().content_length() != Some(0);
        let request = request.map(|body| {
            if has_body {
                SendBody::from_owned_reader(body)
            } else {
                SendBody::none()
            }
        });
        let Timeouts {
            first_byte,
            between_bytes,
            total,
        } = *timeouts;
        let per_read = first_byte.zip(between_bytes);
        let per_read = per_read.map(|(first, between)| first.max(between));
        let request = self
            .0
            .configure_request(request)
            .allow_non_standard_methods(true)
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_global(total)
            .timeout_recv_response(first_byte)
            .timeout_per_read(per_read)
            .timeout_per_write(first_byte)
            .build();
        let response = self.0.run(request).map_err(error)?;
        Ok(response.map(|body| -> Incoming { Box::new(body.into_reader()) }))
    }
}

fn error(error: ureq::Error) -> TransportError {
    use ureq::Error as Ureq;

    match error {
        Ureq::HostNotFound
        | Ureq::ConnectionFailed
        | Ureq::InvalidProxyUrl
        | Ureq::ConnectProxyFailed(_)
        | Ureq::Tls(_)
        | Ureq::Timeout(Timeout::Resolve | Timeout::Connect) => TransportError::connect(error),
        Ureq::Io(ref cause) if cause.kind() == std::io::ErrorKind::ConnectionRefused => {
            TransportError::connect(error)
        }
        Ureq::Timeout(_) => TransportError::timeout(error),
        error => TransportError::lost(error),
    }
}
