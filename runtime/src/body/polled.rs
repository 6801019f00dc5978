//! Sources that can only be polled.

use std::{
    io,
    sync::{Mutex, PoisonError},
    task::{Context, Poll, ready},
};

use bytes::Bytes;

use super::source::too_short;

/// Polls an asynchronous source for its next bytes; `None` at its end.
pub(crate) type PollBytes =
    Box<dyn FnMut(&mut Context<'_>) -> Poll<Option<io::Result<Bytes>>> + Send>;

/// An asynchronous source. The lock is never contended: it makes the source `Sync`.
pub(super) struct Polled(pub Mutex<PollBytes>);

impl Polled {
    /// The next bytes, at most as many as are left; none at the end.
    pub(super) fn poll(
        &mut self,
        context: &mut Context<'_>,
        left: Option<u64>,
    ) -> Poll<io::Result<Bytes>> {
        let poll = self.0.get_mut().unwrap_or_else(PoisonError::into_inner);
        let Some(bytes) = ready!(poll(context)) else {
            return Poll::Ready(left.map_or(Ok(Bytes::new()), |left| Err(too_short(left))));
        };
        let mut bytes = bytes?;
        if bytes.is_empty() {
            // An empty block would mean the end, so it is skipped. A source that returns only
            // empty blocks must not block the executor.
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        if let Some(left) = left.and_then(|left| usize::try_from(left).ok()) {
            bytes.truncate(left);
        }
        Poll::Ready(Ok(bytes))
    }
}

/// The error if it is read instead of polled.
pub(super) fn unsupported() -> io::Error {
    let message = "it is an asynchronous stream: send the body as an `http_body::Body`, or make the upload with \
                   `Upload::from_reader`";
    io::Error::new(io::ErrorKind::Unsupported, message)
}
