//! The events of a response, as a stream.

use std::{
    fmt,
    future::poll_fn,
    pin::Pin,
    task::{Context, Poll, ready},
};

use futures_core::Stream;
use openapi_runtime::response::{ByStatus, Undescribed};
use openapi_runtime::{End, EventDecoder, ResponseHead, StreamError, StreamEvent};

use crate::received::Pieces;

/// An event, or an error.
type Item<T, E> = Result<T, StreamError<E, <T as StreamEvent>::Error>>;

/// The events of a response, or the values of its lines, as they arrive. Dropping it closes the
/// connection.
///
/// After [`StreamError::Decode`] the stream goes on; any other error is the last item. A timeout
/// is [`StreamError::Transport`]. A stream is never retried.
pub struct EventStream<T, E = Undescribed> {
    decoder: EventDecoder<T, E>,
    head: ResponseHead,
    body: Option<Pieces>,
}

impl<T: StreamEvent, E: ByStatus> EventStream<T, E> {
    pub(crate) fn new(decoder: EventDecoder<T, E>, head: ResponseHead, body: Pieces) -> Self {
        let body = Some(body);
        Self {
            decoder,
            head,
            body,
        }
    }

    /// The next event; `None` at the end. It is the same as `StreamExt::next`, without another
    /// crate.
    pub async fn next(&mut self) -> Option<Item<T, E>> {
        poll_fn(|context| self.poll_event(context)).await
    }

    fn poll_event(&mut self, context: &mut Context<'_>) -> Poll<Option<Item<T, E>>> {
        loop {
            if let Some(event) = self.decoder.next() {
                return Poll::Ready(Some(event));
            }
            let Some(body) = &mut self.body else {
                return Poll::Ready(None);
            };
            if self.decoder.end().is_some() {
                self.body = None;
                continue;
            }
            match ready!(body.poll_next(context)) {
                Ok(Some(bytes)) => self.decoder.push(bytes),
                Ok(None) => {
                    self.decoder.finish();
                    self.body = None;
                }
                Err(error) => {
                    self.decoder.abort(error);
                    self.body = None;
                }
            }
        }
    }
}

impl<T, E> EventStream<T, E> {
    /// Status and headers.
    pub const fn head(&self) -> &ResponseHead {
        &self.head
    }

    /// The way in which the stream ended; `None` until then.
    pub const fn end(&self) -> Option<End> {
        self.decoder.end()
    }
}

impl<T: StreamEvent, E: ByStatus> Stream for EventStream<T, E> {
    type Item = Item<T, E>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_event(context)
    }
}

impl<T, E> Unpin for EventStream<T, E> {}

impl<T, E> fmt::Debug for EventStream<T, E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("EventStream")
            .field("head", &self.head)
            .field("end", &self.decoder.end())
            .finish_non_exhaustive()
    }
}
