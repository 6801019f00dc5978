//! Limits on the time of a call, kept with the timer of the transport.

use std::{
    future::{Future, poll_fn},
    pin::pin,
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};

use crate::outgoing::Progress;
use crate::timeouts::{Elapsed, Limit};
use crate::{BoxFuture, Phase, Timeouts, Transport};

/// The limits of one call, from its first attempt to the end of its response.
pub(crate) struct Clock {
    transport: Arc<dyn Transport>,
    timeouts: Timeouts,
    total: Option<BoxFuture<'static, ()>>,
    idle: Option<BoxFuture<'static, ()>>,
}

impl Clock {
    pub(crate) fn new(transport: Arc<dyn Transport>, timeouts: Timeouts) -> Self {
        Self {
            total: timeouts.total.map(|limit| transport.sleep(limit)),
            idle: None,
            transport,
            timeouts,
        }
    }

    /// Waits for the response to a request, as long as the connection takes more of its body.
    pub(crate) async fn first_byte<T>(
        &mut self,
        progress: &Progress,
        response: impl Future<Output = T>,
    ) -> Result<T, Elapsed> {
        let mut response = pin!(response);
        let mut sent = progress.sent();
        self.idle = None;
        poll_fn(move |context| {
            if let Poll::Ready(response) = response.as_mut().poll(context) {
                return Poll::Ready(Ok(response));
            }
            if progress.sent() != sent {
                sent = progress.sent();
                self.idle = None;
            }
            let phase = if progress.is_complete() {
                Phase::FirstByte
            } else {
                Phase::Upload
            };
            let limit = self.timeouts.first_byte;
            self.poll_elapsed(context, limit, phase).map(Err)
        })
        .await
    }

    /// Waits before another attempt.
    pub(crate) async fn pause(&mut self, pause: Duration) -> Result<(), Elapsed> {
        let mut pause = self.transport.sleep(pause);
        poll_fn(|context| {
            if pause.as_mut().poll(context).is_ready() {
                return Poll::Ready(Ok(()));
            }
            self.poll_elapsed(context, None, Phase::Request).map(Err)
        })
        .await
    }

    /// Ready once the response has paused for too long, or the whole call has taken too long.
    pub(crate) fn poll_between(&mut self, context: &mut Context<'_>) -> Poll<Elapsed> {
        let limit = self.timeouts.between_bytes;
        self.poll_elapsed(context, limit, Phase::Response)
    }

    /// Something has come: the next pause begins now.
    pub(crate) fn restart(&mut self) {
        self.idle = None;
    }

    fn poll_elapsed(
        &mut self,
        context: &mut Context<'_>,
        limit: Option<Duration>,
        phase: Phase,
    ) -> Poll<Elapsed> {
        if let Some(total) = &mut self.total
            && total.as_mut().poll(context).is_ready()
        {
            let limit = Limit::Total(self.timeouts.total.unwrap_or_default());
            return Poll::Ready(Elapsed { phase, limit });
        }
        let Some(limit) = limit else {
            return Poll::Pending;
        };
        let transport = &self.transport;
        let idle = self.idle.get_or_insert_with(|| transport.sleep(limit));
        idle.as_mut().poll(context).map(|()| {
            let limit = Limit::Idle(limit);
            Elapsed { phase, limit }
        })
    }
}
