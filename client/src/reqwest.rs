//! The adapter for reqwest: asynchronous, also on wasm32.

use std::time::Duration;

#[cfg(not(target_family = "wasm"))]
use http_body_util::BodyExt;
use openapi_runtime::RequestError;

use crate::{BoxFuture, Incoming, Outgoing, Transport, TransportError};

/// A client over reqwest.
///
/// ```
/// let client = openapi_client::reqwest::Client::new("http://localhost:8080/v1")?.bearer("sk-…");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub type Client = crate::Client<Reqwest>;

/// Sends requests with reqwest.
#[derive(Clone, Debug)]
pub struct Reqwest(::reqwest::Client);

/// The timeout for connecting.
#[cfg(not(target_family = "wasm"))]
const CONNECT: Duration = Duration::from_secs(10);

/// The reason why a client could not be made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SetupError {
    /// The base URL is not valid.
    #[error(transparent)]
    BaseUrl(#[from] RequestError),
    /// Reqwest cannot be set up, for example because of missing certificates.
    #[error("reqwest cannot be set up: {0}")]
    Reqwest(#[from] ::reqwest::Error),
}

impl crate::Client<Reqwest> {
    /// Makes a client of the server at `base_url`. Connecting times out after 10 seconds. On
    /// wasm32, the browser controls this timeout and redirects.
    ///
    /// # Errors
    ///
    /// The base URL is not valid, or reqwest cannot be set up.
    pub fn new(base_url: &str) -> Result<Self, SetupError> {
        Ok(Self::with_transport(base_url, Reqwest::new()?)?)
    }
}

impl Reqwest {
    fn new() -> Result<Self, ::reqwest::Error> {
        let builder = ::reqwest::Client::builder();
        #[cfg(not(target_family = "wasm"))]
        let builder = builder
            .connect_timeout(CONNECT)
            .redirect(::reqwest::redirect::Policy::none());
        builder.build().map(Self)
    }
}

/// Uses an existing client, with proxies, certificates, or another timeout. It should not follow
/// redirects (`redirect::Policy::none`), which would send keys elsewhere.
impl From<::reqwest::Client> for Reqwest {
    fn from(client: ::reqwest::Client) -> Self {
        Self(client)
    }
}

/// Removes the URL from the error, because its query may contain a key.
fn error(error: ::reqwest::Error) -> TransportError {
    #[cfg(not(target_family = "wasm"))]
    let is_connect = error.is_connect();
    #[cfg(target_family = "wasm")]
    let is_connect = false;
    let is_timeout = error.is_timeout();
    let error = error.without_url();
    if is_connect {
        TransportError::connect(error)
    } else if is_timeout {
        TransportError::timeout(error)
    } else {
        TransportError::lost(error)
    }
}

#[cfg(not(target_family = "wasm"))]
impl Transport for Reqwest {
    fn exchange(
        &self,
        request: http::Request<Outgoing>,
    ) -> BoxFuture<'_, Result<http::Response<Incoming>, TransportError>> {
        let request = request.map(::reqwest::Body::wrap);
        Box::pin(async move {
            let request = ::reqwest::Request::try_from(request).map_err(error)?;
            let response = self.0.execute(request).await.map_err(error)?;
            let response = http::Response::<::reqwest::Body>::from(response);
            let without_url = |error: ::reqwest::Error| error.without_url().into();
            Ok(response.map(|body| -> Incoming { Box::pin(body.map_err(without_url)) }))
        })
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        Box::pin(tokio::time::sleep(duration))
    }
}

/// On wasm, the body is sent as a whole, and the futures of the browser stay on their thread.
#[cfg(target_family = "wasm")]
impl Transport for Reqwest {
    fn exchange(
        &self,
        request: http::Request<Outgoing>,
    ) -> BoxFuture<'_, Result<http::Response<Incoming>, TransportError>> {
        Box::pin(async move {
            let (head, body) = request.into_parts();
            let body = body.into_bytes().map_err(TransportError::lost)?;
            let request = http::Request::from_parts(head, body);
            let request = ::reqwest::Request::try_from(request).map_err(error)?;
            let response = self.0.execute(request).await.map_err(error)?;
            let mut head = http::Response::new(());
            *head.status_mut() = response.status();
            *head.headers_mut() = response.headers().clone();
            let body: Incoming = Box::pin(Body(Box::pin(response.bytes_stream())));
            Ok(head.map(|()| body))
        })
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        Box::pin(gloo_timers::future::sleep(duration))
    }
}

/// The pieces of a response from the browser.
#[cfg(target_family = "wasm")]
struct Body(std::pin::Pin<Box<dyn futures_core::Stream<Item = ::reqwest::Result<bytes::Bytes>>>>);

#[cfg(target_family = "wasm")]
impl http_body::Body for Body {
    type Data = bytes::Bytes;
    type Error = crate::BoxError;

    fn poll_frame(
        mut self: std::pin::Pin<&mut Self>,
        context: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Result<http_body::Frame<bytes::Bytes>, crate::BoxError>>> {
        let piece = self.0.as_mut().poll_next(context);
        piece.map(|piece| {
            piece.map(|bytes| match bytes {
                Ok(bytes) => Ok(http_body::Frame::data(bytes)),
                Err(error) => Err(error.without_url().into()),
            })
        })
    }
}
