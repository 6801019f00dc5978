//! The body of a request while it is sent.

use std::{
    fmt,
    io::{self, Read},
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    task::{Context, Poll, ready},
};

use bytes::Bytes;
use http_body::{Frame, SizeHint};
use openapi_runtime::Body;

/// Upload progress: the part of a request's body that the connection has taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Uploaded {
    /// Bytes so far.
    pub sent: u64,
    /// Bytes of the whole body, if its length is known.
    pub total: Option<u64>,
}

/// Called after each block of a body. It should return at once.
pub(crate) type Observer = Arc<dyn Fn(Uploaded) + Send + Sync>;

/// The progress of a body that is being sent.
#[derive(Debug, Default)]
pub(crate) struct Progress {
    sent: AtomicU64,
    is_complete: AtomicBool,
}

impl Progress {
    /// Bytes that the connection took.
    pub(crate) fn sent(&self) -> u64 {
        self.sent.load(Ordering::Relaxed)
    }

    /// True once the connection took the last byte.
    pub(crate) fn is_complete(&self) -> bool {
        self.is_complete.load(Ordering::Relaxed)
    }
}

/// The body of a request, which records its progress. It is an [`http_body::Body`] and a [`Read`].
pub struct Outgoing {
    body: Body,
    total: Option<u64>,
    progress: Arc<Progress>,
    observer: Option<Observer>,
}

impl Outgoing {
    pub(crate) fn new(body: Body, observer: Option<Observer>) -> (Self, Arc<Progress>) {
        let progress = Arc::new(Progress::default());
        let total = body.content_length();
        if total == Some(0) {
            progress.is_complete.store(true, Ordering::Relaxed);
        }
        let outgoing = Self {
            body,
            total,
            progress: Arc::clone(&progress),
            observer,
        };
        (outgoing, progress)
    }

    /// The number of bytes, if it is known.
    pub const fn content_length(&self) -> Option<u64> {
        self.total
    }

    /// The whole body, for a transport that does not stream.
    ///
    /// # Errors
    ///
    /// A file or a reader cannot be read.
    pub fn into_bytes(mut self) -> io::Result<Bytes> {
        let body = std::mem::take(&mut self.body);
        let bytes = body.into_bytes()?;
        self.note(bytes.len());
        self.note(0);
        Ok(bytes)
    }

    /// Records that this many bytes were taken; 0 at the end.
    fn note(&self, bytes: usize) {
        let bytes = u64::try_from(bytes).unwrap_or(u64::MAX);
        let before = self.progress.sent.fetch_add(bytes, Ordering::Relaxed);
        let sent = before.saturating_add(bytes);
        if bytes == 0 || self.total == Some(sent) {
            self.progress.is_complete.store(true, Ordering::Relaxed);
        }
        if let Some(observer) = self.observer.as_ref().filter(|_| bytes > 0) {
            let total = self.total;
            observer(Uploaded { sent, total });
        }
    }
}

impl http_body::Body for Outgoing {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        let frame = ready!(Pin::new(&mut self.body).poll_frame(context));
        match &frame {
            Some(Ok(frame)) => self.note(frame.data_ref().map_or(0, Bytes::len)),
            Some(Err(_)) => {}
            None => self.note(0),
        }
        Poll::Ready(frame)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

impl Read for Outgoing {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.body.read(buffer)?;
        if read > 0 || !buffer.is_empty() {
            self.note(read);
        }
        Ok(read)
    }
}

impl fmt::Debug for Outgoing {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Outgoing")
            .field("body", &self.body)
            .field("sent", &self.progress.sent())
            .finish_non_exhaustive()
    }
}
