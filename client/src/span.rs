//! One span for each attempt, with the attributes of OpenTelemetry for HTTP clients. Without the
//! feature `tracing`, it is empty.
//!
//! No body, no header and no query is recorded, because they may contain keys.

use std::future::Future;

use http::Request;
use openapi_runtime::operation::Operation;

use crate::Outgoing;
use crate::attempts::Failure;

/// The name of an operation in the description.
#[derive(Clone, Copy, Debug)]
#[cfg_attr(
    not(feature = "tracing"),
    expect(dead_code, reason = "only spans name the operation")
)]
pub(crate) struct Described {
    id: &'static str,
    path: &'static str,
}

impl Described {
    /// A call of an unknown operation.
    pub(crate) const UNKNOWN: Self = Self { id: "", path: "" };

    pub(crate) const fn of<O: Operation>() -> Self {
        Self {
            id: O::ID,
            path: O::PATH,
        }
    }
}

/// The span of an attempt.
pub(crate) struct Span {
    #[cfg(feature = "tracing")]
    span: tracing::Span,
}

#[cfg(feature = "tracing")]
impl Span {
    pub(crate) fn of(described: Described, request: &Request<Outgoing>, attempt: u32) -> Self {
        use tracing::field::Empty;

        let method = request.method();
        let uri = request.uri();
        let Described { id, path } = described;
        let name = if path.is_empty() {
            method.to_string()
        } else {
            format!("{method} {path}")
        };
        let span = tracing::info_span!(
            "HTTP request",
            otel.name = name,
            otel.kind = "client",
            http.request.method = %method,
            http.request.resend_count = (attempt > 1).then(|| attempt - 1),
            http.request.body.size = request.body().content_length(),
            http.response.status_code = Empty,
            url.template = (!path.is_empty()).then_some(path),
            server.address = uri.host(),
            server.port = uri.port_u16(),
            openapi.operation_id = (!id.is_empty()).then_some(id),
            error.type = Empty,
        );
        Self { span }
    }

    pub(crate) async fn around<F: Future>(&self, future: F) -> F::Output {
        tracing::Instrument::instrument(future, self.span.clone()).await
    }

    /// Runs a closure within the span.
    pub(crate) fn within<T>(&self, run: impl FnOnce() -> T) -> T {
        self.span.in_scope(run)
    }

    pub(crate) fn responded(&self, status: u16) {
        self.span.record("http.response.status_code", status);
        if status >= 400 {
            self.span.record("error.type", status.to_string());
        }
    }

    pub(crate) fn failed(&self, failure: &Failure) {
        self.span.record("error.type", failure.name());
    }
}

#[cfg(not(feature = "tracing"))]
#[expect(
    clippy::unused_self,
    reason = "the span with the feature has something in it"
)]
impl Span {
    pub(crate) fn of(_: Described, _: &Request<Outgoing>, _: u32) -> Self {
        Self {}
    }

    pub(crate) async fn around<F: Future>(&self, future: F) -> F::Output {
        future.await
    }

    /// Runs a closure.
    pub(crate) fn within<T>(&self, run: impl FnOnce() -> T) -> T {
        run()
    }

    pub(crate) fn responded(&self, _: u16) {}

    pub(crate) fn failed(&self, _: &Failure) {}
}
