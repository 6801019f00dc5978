//! The body of a response, with timeouts.

use std::{
    future::poll_fn,
    pin::Pin,
    task::{Context, Poll, ready},
};

use bytes::{Bytes, BytesMut};
use http_body::Body;
use openapi_runtime::ResponseHead;

use crate::clock::Clock;
use crate::{BoxError, Incoming};

/// Head and body of a response.
pub(crate) struct Received {
    pub(crate) head: ResponseHead,
    pub(crate) body: Pieces,
}

/// The body of a response, piece by piece.
pub(crate) struct Pieces {
    /// The bytes that were read for the decision on a retry.
    ahead: Option<Bytes>,
    body: Incoming,
    broken: Option<BoxError>,
    clock: Clock,
}

impl Pieces {
    pub(crate) fn new(body: Incoming, clock: Clock) -> Self {
        Self {
            ahead: None,
            body,
            broken: None,
            clock,
        }
    }

    /// The next bytes; `None` at the end.
    pub(crate) fn poll_next(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Result<Option<Bytes>, BoxError>> {
        if let Some(ahead) = self.ahead.take() {
            return Poll::Ready(Ok(Some(ahead)));
        }
        if let Some(error) = self.broken.take() {
            return Poll::Ready(Err(error));
        }
        loop {
            let Poll::Ready(frame) = Pin::new(&mut self.body).poll_frame(context) else {
                let elapsed = ready!(self.clock.poll_between(context));
                return Poll::Ready(Err(elapsed.into()));
            };
            self.clock.restart();
            // Trailers are not part of the body.
            match frame.map(|frame| frame.map(http_body::Frame::into_data)) {
                Some(Ok(Ok(bytes))) if bytes.is_empty() => {}
                Some(Ok(Ok(bytes))) => return Poll::Ready(Ok(Some(bytes))),
                Some(Ok(Err(_))) => {}
                Some(Err(error)) => return Poll::Ready(Err(error)),
                None => return Poll::Ready(Ok(None)),
            }
        }
    }

    /// See [`poll_next`](Self::poll_next).
    pub(crate) async fn next(&mut self) -> Result<Option<Bytes>, BoxError> {
        poll_fn(|context| self.poll_next(context)).await
    }

    /// Reads at least this many of the first bytes ahead, or all bytes of a shorter body.
    pub(crate) async fn read_ahead(&mut self, least: usize) -> Bytes {
        let mut ahead = BytesMut::new();
        while ahead.len() < least {
            match self.next().await {
                Ok(Some(bytes)) => ahead.extend_from_slice(&bytes),
                Ok(None) => break,
                Err(error) => {
                    self.broken = Some(error);
                    break;
                }
            }
        }
        let ahead = ahead.freeze();
        self.ahead = (!ahead.is_empty()).then(|| ahead.clone());
        ahead
    }

    /// Returns the clock, which continues in the next attempt.
    pub(crate) fn into_clock(self) -> Clock {
        self.clock
    }
}
