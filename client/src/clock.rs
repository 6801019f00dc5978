//! Timeouts of a call, measured by the timer of the transport.

use std::{
    future::{Future, poll_fn},
    pin::pin,
    sync::Arc,
    task::{Context, Poll, ready},
    time::Duration,
};

use crate::outgoing::Progress;
use crate::timeouts::{Elapsed, Limit};
use crate::{BoxFuture, Phase, Timeouts, Transport};

/// Number of steps in which silence is measured, so that a piece that arrives does not need a new
/// timer.
const STEPS: u32 = 4;

/// The limits of one call, from its first attempt to the end of its response.
pub(crate) struct Clock {
    transport: Arc<dyn Transport>,
    timeouts: Timeouts,
    total: Option<BoxFuture<'static, ()>>,
    /// True if the whole call has taken too long.
    is_over: bool,
    silence: Silence,
}

/// The time without any progress, in steps of a limit.
#[derive(Default)]
struct Silence {
    step: Option<BoxFuture<'static, ()>>,
    steps: u32,
    /// True if there was progress in this step.
    is_broken: bool,
}

impl Clock {
    pub(crate) fn new(transport: Arc<dyn Transport>, timeouts: Timeouts) -> Self {
        Self {
            total: timeouts.total.map(|limit| transport.sleep(limit)),
            is_over: false,
            silence: Silence::default(),
            transport,
            timeouts,
        }
    }

    /// Waits for the response to a request, while the connection takes more of its body.
    pub(crate) async fn first_byte<T>(
        &mut self,
        progress: &Progress,
        response: impl Future<Output = T>,
    ) -> Result<T, Elapsed> {
        let mut response = pin!(response);
        let mut sent = progress.sent();
        self.silence = Silence::default();
        let found = poll_fn(|context| {
            if let Poll::Ready(response) = response.as_mut().poll(context) {
                return Poll::Ready(Ok(response));
            }
            if progress.sent() != sent {
                sent = progress.sent();
                self.restart();
            }
            let phase = if progress.is_complete() {
                Phase::FirstByte
            } else {
                Phase::Upload
            };
            let limit = self.timeouts.first_byte;
            self.poll_elapsed(context, limit, phase).map(Err)
        })
        .await;
        self.silence = Silence::default();
        found
    }

    /// Waits before another attempt.
    pub(crate) async fn pause(&mut self, pause: Duration) -> Result<(), Elapsed> {
        let mut pause = self.transport.sleep(pause);
        poll_fn(|context| {
            if let Poll::Ready(elapsed) = self.poll_elapsed(context, None, Phase::Pause) {
                return Poll::Ready(Err(elapsed));
            }
            pause.as_mut().poll(context).map(Ok)
        })
        .await
    }

    /// Ready once the response has paused for too long, or the whole call has taken too long.
    pub(crate) fn poll_between(&mut self, context: &mut Context<'_>) -> Poll<Elapsed> {
        let limit = self.timeouts.between_bytes;
        self.poll_elapsed(context, limit, Phase::Response)
    }

    /// Restarts the measurement of silence after progress.
    pub(crate) const fn restart(&mut self) {
        self.silence.is_broken = true;
    }

    fn poll_elapsed(
        &mut self,
        context: &mut Context<'_>,
        limit: Option<Duration>,
        phase: Phase,
    ) -> Poll<Elapsed> {
        let total = self.total.as_mut();
        if total.is_some_and(|total| total.as_mut().poll(context).is_ready()) {
            self.total = None;
            self.is_over = true;
        }
        if self.is_over {
            let limit = Limit::Total(self.timeouts.total.unwrap_or_default());
            return Poll::Ready(Elapsed { phase, limit });
        }
        let Some(limit) = limit else {
            return Poll::Pending;
        };
        while self.silence.steps < STEPS {
            let begin = || self.transport.sleep(limit / STEPS);
            let step = self.silence.step.get_or_insert_with(begin);
            ready!(step.as_mut().poll(context));
            self.silence.step = None;
            if std::mem::take(&mut self.silence.is_broken) {
                self.silence.steps = 0;
            } else {
                self.silence.steps += 1;
            }
        }
        let limit = Limit::Silence(limit);
        Poll::Ready(Elapsed { phase, limit })
    }
}
