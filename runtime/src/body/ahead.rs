//! Reading ahead on a thread, so that an executor does not wait for a disk.
//!
//! ```text
//! thread      read A   hand over A, wake   read B   hand over B, wake   read C   (waits)
//! poll_frame      Pending             A                                            B
//! ```
//!
//! A separate thread needs no runtime and no pool, and each body has at most one at a time. Files
//! are read block by block, so the overhead of a block is a lock and a wake-up.

use std::{
    io,
    sync::{
        Arc, Mutex, PoisonError,
        mpsc::{self, Receiver, SyncSender, TryRecvError},
    },
    task::{Context, Poll, Waker},
    thread,
};

use bytes::Bytes;

use super::source::Source;
use crate::block::Blocks;

/// The number of blocks that wait to be taken, beside the one that the thread is reading.
const AHEAD: usize = 1;

/// The consumer of a source that is read on a thread. When it is dropped, the thread ends after
/// its next block.
pub(super) struct Ahead {
    /// The lock is never contended: it makes the receiver `Sync`.
    blocks: Mutex<Receiver<io::Result<Bytes>>>,
    waker: Arc<WakerSlot>,
}

impl Ahead {
    /// Starts to read the source on a thread. Returns the source if no thread can be started.
    pub(super) fn start(source: Source) -> Result<Self, Source> {
        let (sender, blocks) = mpsc::sync_channel(AHEAD);
        let waker = Arc::<WakerSlot>::default();
        let producer = Producer {
            sender: Some(sender),
            waker: Arc::clone(&waker),
        };
        // The source is sent to the thread after its start: values that are moved into a thread
        // are lost if it cannot be started.
        let (start, started) = mpsc::sync_channel(1);
        let thread = thread::Builder::new().name("openapi-body".to_owned());
        let spawned = thread.spawn(move || {
            if let Ok(source) = started.recv() {
                producer.run(source);
            }
        });
        if spawned.is_err() {
            return Err(source);
        }
        start
            .send(source)
            .map_err(|mpsc::SendError(source)| source)?;
        Ok(Self {
            blocks: Mutex::new(blocks),
            waker,
        })
    }

    /// The next block, empty at the end. If it is pending, the task is woken when there is a
    /// block.
    pub(super) fn poll(&mut self, context: &Context<'_>) -> Poll<io::Result<Bytes>> {
        if let Some(block) = self.take() {
            return Poll::Ready(block);
        }
        self.waker.register(context.waker());
        // The thread may have sent a block before there was a waker.
        self.take().map_or(Poll::Pending, Poll::Ready)
    }

    /// Waits for the next block, which is empty at the end.
    pub(super) fn wait(&mut self) -> io::Result<Bytes> {
        self.blocks().recv().unwrap_or_else(|_| Err(stopped()))
    }

    fn take(&mut self) -> Option<io::Result<Bytes>> {
        match self.blocks().try_recv() {
            Ok(block) => Some(block),
            Err(TryRecvError::Empty) => None,
            Err(TryRecvError::Disconnected) => Some(Err(stopped())),
        }
    }

    fn blocks(&mut self) -> &mut Receiver<io::Result<Bytes>> {
        self.blocks
            .get_mut()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

/// The error of a thread that ended without sending an end or an error.
fn stopped() -> io::Error {
    io::Error::other("the reader panicked, or was read again after an error")
}

/// The thread's side.
struct Producer {
    sender: Option<SyncSender<io::Result<Bytes>>>,
    waker: Arc<WakerSlot>,
}

impl Producer {
    /// Reads to the end, to an error, or until the consumer is dropped.
    fn run(self, mut source: Source) {
        let mut blocks = Blocks::default();
        loop {
            let block = source.next_block(blocks.free());
            let is_last =
                source.is_finished() || !block.as_ref().is_ok_and(|read| !read.is_empty());
            let is_taken = self
                .sender
                .as_ref()
                .is_some_and(|to| to.send(block).is_ok());
            self.waker.wake();
            if is_last || !is_taken {
                return;
            }
        }
    }
}

/// Runs also if the reader panics: the waiting consumer then finds no sender, and reports an
/// error.
impl Drop for Producer {
    fn drop(&mut self) {
        self.sender = None;
        self.waker.wake();
    }
}

/// The task that waits for a block.
#[derive(Default)]
struct WakerSlot(Mutex<Option<Waker>>);

impl WakerSlot {
    fn register(&self, waker: &Waker) {
        let mut slot = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match &mut *slot {
            Some(known) => known.clone_from(waker),
            None => *slot = Some(waker.clone()),
        }
    }

    fn wake(&self) {
        let waker = self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(waker) = waker {
            waker.wake();
        }
    }
}
