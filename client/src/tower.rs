//! Any `tower::Service` for HTTP requests, as a transport.

use std::{future::poll_fn, sync::Arc, time::Duration};

use bytes::Bytes;
use http_body_util::BodyExt;
use tower_service::Service;

use crate::{
    BoxError, BoxFuture, Incoming, MaybeSend, MaybeSync, Outgoing, Transport, TransportError,
};

#[cfg(not(target_family = "wasm"))]
type Sleep = Arc<dyn Fn(Duration) -> BoxFuture<'static, ()> + Send + Sync>;
#[cfg(target_family = "wasm")]
type Sleep = Arc<dyn Fn(Duration) -> BoxFuture<'static, ()>>;

/// Sends requests with a service. A clone of the service sends each request.
pub struct Tower<S> {
    service: S,
    sleep: Sleep,
}

impl<S> Tower<S> {
    /// Makes a transport of a service and the timer of its runtime, such as `tokio::time::sleep`.
    pub fn new<F>(
        service: S,
        sleep: impl Fn(Duration) -> F + MaybeSend + MaybeSync + 'static,
    ) -> Self
    where
        F: Future<Output = ()> + MaybeSend + 'static,
    {
        Self {
            service,
            sleep: Arc::new(move |duration| Box::pin(sleep(duration))),
        }
    }
}

impl<S, B> Transport for Tower<S>
where
    S: Service<http::Request<Outgoing>, Response = http::Response<B>>
        + Clone
        + MaybeSend
        + MaybeSync
        + 'static,
    S::Error: Into<BoxError>,
    S::Future: MaybeSend,
    B: http_body::Body<Data = Bytes> + MaybeSend + 'static,
    B::Error: Into<BoxError>,
{
    fn exchange(
        &self,
        request: http::Request<Outgoing>,
    ) -> BoxFuture<'_, Result<http::Response<Incoming>, TransportError>> {
        let mut service = self.service.clone();
        Box::pin(async move {
            let ready = poll_fn(|context| service.poll_ready(context)).await;
            ready.map_err(TransportError::connect)?;
            let response = service.call(request).await.map_err(TransportError::lost)?;
            Ok(response.map(|body| -> Incoming { Box::pin(body.map_err(Into::into)) }))
        })
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        (self.sleep)(duration)
    }
}
