//! What can only be polled.

use std::{
    io,
    sync::{Mutex, PoisonError},
    task::{Context, Poll, ready},
};

use bytes::Bytes;

use super::source::too_short;

/// The next bytes of an asynchronous source, or nothing at its end.
pub(crate) type PollBytes =
    Box<dyn FnMut(&mut Context<'_>) -> Poll<Option<io::Result<Bytes>>> + Send>;

/// An asynchronous source, behind a lock that is never waited for: it makes the source `Sync`.
pub(super) struct Polled(pub Mutex<PollBytes>);

impl Polled {
    /// The next bytes, at most as many as are left; none at the end.
    pub fn poll(
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
            // No bytes are the end; and a source that gives nothing but them must not hold the
            // executor.
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        if let Some(left) = left.and_then(|left| usize::try_from(left).ok()) {
            bytes.truncate(left);
        }
        Poll::Ready(Ok(bytes))
    }
}

/// The error where it is read and not polled.
pub(super) fn unsupported() -> io::Error {
    let message = "it is an asynchronous stream: send the body as an `http_body::Body`, or make the upload with \
                   `Upload::from_reader`";
    io::Error::new(io::ErrorKind::Unsupported, message)
}
