//! The interface between this crate and an HTTP library.

use std::{error::Error, fmt, pin::Pin, sync::Arc, time::Duration};

use crate::Outgoing;

/// An error of any type.
pub type BoxError = Box<dyn Error + Send + Sync>;

#[cfg(not(target_family = "wasm"))]
mod bounds {
    /// `Send`, except on wasm, whose futures stay on their thread.
    pub trait MaybeSend: Send {}
    impl<T: Send + ?Sized> MaybeSend for T {}

    /// `Send` and `Sync`, except on wasm.
    pub trait MaybeSync: Send + Sync {}
    impl<T: Send + Sync + ?Sized> MaybeSync for T {}

    /// A future on the heap.
    pub type BoxFuture<'a, T> = std::pin::Pin<Box<dyn std::future::Future<Output = T> + Send + 'a>>;

    /// A body of any type.
    pub(super) type AnyBody =
        dyn http_body::Body<Data = bytes::Bytes, Error = super::BoxError> + Send;
}

#[cfg(target_family = "wasm")]
mod bounds {
    /// Nothing: futures on wasm stay on their thread.
    pub trait MaybeSend {}
    impl<T: ?Sized> MaybeSend for T {}

    /// Nothing.
    pub trait MaybeSync {}
    impl<T: ?Sized> MaybeSync for T {}

    /// A future on the heap.
    pub type BoxFuture<'a, T> = std::pin::Pin<Box<dyn std::future::Future<Output = T> + 'a>>;

    /// A body of any type.
    pub(super) type AnyBody = dyn http_body::Body<Data = bytes::Bytes, Error = super::BoxError>;
}

pub use bounds::{BoxFuture, MaybeSend, MaybeSync};

/// The body of a response.
pub type Incoming = Pin<Box<bounds::AnyBody>>;

/// Sends requests one by one, and waits. The client handles retries, credentials and limits.
///
/// A transport does not follow redirects: a request with a key is not sent elsewhere. It does not
/// turn a status into an error, and returns the response as soon as its head has arrived.
///
/// ```
/// use std::time::Duration;
///
/// use http_body_util::BodyExt;
/// use hyper_util::{client::legacy::{Client, connect::HttpConnector}, rt::TokioExecutor};
/// use openapi_client::{BoxFuture, Incoming, Outgoing, Transport, TransportError};
///
/// struct Hyper(Client<HttpConnector, Outgoing>);
///
/// impl Transport for Hyper {
///     fn exchange(&self, request: http::Request<Outgoing>) -> BoxFuture<'_, Result<http::Response<Incoming>, TransportError>> {
///         let response = self.0.request(request);
///         Box::pin(async move {
///             match response.await {
///                 Ok(response) => Ok(response.map(|body| -> Incoming { Box::pin(body.map_err(Into::into)) })),
///                 Err(error) if error.is_connect() => Err(TransportError::connect(error)),
///                 Err(error) => Err(TransportError::lost(error)),
///             }
///         })
///     }
///
///     fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
///         Box::pin(tokio::time::sleep(duration))
///     }
/// }
///
/// let transport = Hyper(Client::builder(TokioExecutor::new()).build_http());
/// let client = openapi_client::Client::with_transport("http://localhost:8080/v1", transport)?;
/// # Ok::<(), openapi_client::runtime::RequestError>(())
/// ```
pub trait Transport: MaybeSync + 'static {
    /// Sends a request, and returns its response once the head has arrived.
    ///
    /// # Errors
    ///
    /// No response was received.
    fn exchange(
        &self,
        request: http::Request<Outgoing>,
    ) -> BoxFuture<'_, Result<http::Response<Incoming>, TransportError>>;

    /// Waits for this time.
    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()>;
}

impl<T: Transport + ?Sized> Transport for Arc<T> {
    fn exchange(
        &self,
        request: http::Request<Outgoing>,
    ) -> BoxFuture<'_, Result<http::Response<Incoming>, TransportError>> {
        (**self).exchange(request)
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        (**self).sleep(duration)
    }
}

/// The reason why there is no response.
pub struct TransportError {
    pub(crate) kind: Lost,
    pub(crate) source: BoxError,
}

/// How far a request without a response got.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lost {
    /// There was no connection; nothing was sent.
    Connect,
    /// A timeout of the transport expired.
    Timeout,
    /// The connection broke.
    Connection,
}

impl TransportError {
    /// No connection could be made; nothing was sent.
    pub fn connect(source: impl Into<BoxError>) -> Self {
        Self::new(Lost::Connect, source)
    }

    /// The connection broke, or the response is not HTTP.
    pub fn lost(source: impl Into<BoxError>) -> Self {
        Self::new(Lost::Connection, source)
    }

    /// A timeout of the transport expired.
    pub fn timeout(source: impl Into<BoxError>) -> Self {
        Self::new(Lost::Timeout, source)
    }

    fn new(kind: Lost, source: impl Into<BoxError>) -> Self {
        let source = source.into();
        Self { kind, source }
    }
}

impl fmt::Debug for TransportError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("TransportError")
            .field("kind", &self.kind)
            .field("source", &self.source)
            .finish()
    }
}
