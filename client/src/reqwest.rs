//! The adapter for reqwest: asynchronous, also on wasm32.

use std::time::Duration;

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

/// The longest time that a connection may take.
#[cfg(not(target_family = "wasm"))]
const CONNECT: Duration = Duration::from_secs(10);

impl crate::Client<Reqwest> {
    /// A client of the server at `base_url`. A connection may take 10 seconds.
    ///
    /// # Errors
    ///
    /// The base URL is none; reqwest cannot set up TLS.
    pub fn new(base_url: &str) -> Result<Self, RequestError> {
        Self::with_transport(base_url, Reqwest::default())
    }
}

impl Default for Reqwest {
    #[cfg(not(target_family = "wasm"))]
    fn default() -> Self {
        let builder = ::reqwest::Client::builder()
            .connect_timeout(CONNECT)
            .redirect(::reqwest::redirect::Policy::none());
        Self(builder.build().unwrap_or_default())
    }

    #[cfg(target_family = "wasm")]
    fn default() -> Self {
        Self(::reqwest::Client::new())
    }
}

/// Takes a client of one's own, with proxies, certificates, or another limit on the time of a connection. It should follow no
/// redirects (`redirect::Policy::none`), which would carry keys elsewhere.
impl From<::reqwest::Client> for Reqwest {
    fn from(client: ::reqwest::Client) -> Self {
        Self(client)
    }
}

/// The error without its URL, whose query may have a key.
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
            Ok(response.map(|body| -> Incoming { Box::pin(Body(body)) }))
        })
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        Box::pin(tokio::time::sleep(duration))
    }
}

/// On wasm the body is sent whole, and the futures of the browser stay on their thread.
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

/// The pieces of a response, as the browser gives them.
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

/// A body whose errors have no URL.
#[cfg(not(target_family = "wasm"))]
struct Body(::reqwest::Body);

#[cfg(not(target_family = "wasm"))]
impl http_body::Body for Body {
    type Data = bytes::Bytes;
    type Error = crate::BoxError;

    fn poll_frame(
        mut self: std::pin::Pin<&mut Self>,
        context: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Result<http_body::Frame<bytes::Bytes>, crate::BoxError>>> {
        let frame = std::pin::Pin::new(&mut self.0).poll_frame(context);
        frame.map(|frame| frame.map(|frame| frame.map_err(|error| error.without_url().into())))
    }
}
