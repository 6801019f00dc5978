//! Reading ahead on a thread, so that no executor waits for a disk.
//!
//! ```text
//! thread      read A   hand over A, wake   read B   hand over B, wake   read C   (waits)
//! poll_frame      Pending             A                                            B
//! ```
//!
//! A thread of its own needs no runtime and no pool, and there is one at a time for each body.
//! Files are read by the block, so that what a block costs beside its reading is a lock and a
//! wake-up.

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

/// How many blocks wait to be taken, beside the one that the thread has in its hands.
const AHEAD: usize = 1;

/// The consumer's end of a source that is read on a thread. When it is dropped, the thread ends at
/// its next block.
pub(super) struct Ahead {
    /// Behind a lock that is never waited for: it makes the receiver `Sync`.
    blocks: Mutex<Receiver<io::Result<Bytes>>>,
    waker: Arc<WakerSlot>,
}

impl Ahead {
    /// Begins to read the source on a thread, or gives it back where there are no threads.
    pub fn start(source: Source) -> Result<Self, Source> {
        let (sender, blocks) = mpsc::sync_channel(AHEAD);
        let waker = Arc::<WakerSlot>::default();
        let producer = Producer {
            sender: Some(sender),
            waker: Arc::clone(&waker),
        };
        // The source goes to the thread once there is one: what a thread takes with it is lost if
        // it cannot be started.
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

    /// The next block, empty at the end, or nothing yet: then the task is woken when there is
    /// something.
    pub fn poll(&mut self, context: &Context<'_>) -> Poll<io::Result<Bytes>> {
        if let Some(block) = self.take() {
            return Poll::Ready(block);
        }
        self.waker.register(context.waker());
        // The thread may have handed over a block before there was a waker.
        self.take().map_or(Poll::Pending, Poll::Ready)
    }

    /// The next block, empty at the end; waits for it.
    pub fn wait(&mut self) -> io::Result<Bytes> {
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

/// The thread hands over an end or an error before it ends by itself.
fn stopped() -> io::Error {
    io::Error::other("the reader panicked, or was read again after an error")
}

/// The thread's end.
struct Producer {
    sender: Option<SyncSender<io::Result<Bytes>>>,
    waker: Arc<WakerSlot>,
}

impl Producer {
    /// Reads to the end, to an error, or until nobody takes the blocks any more.
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

/// Also when the reader panics: who waits finds no sender, and an error.
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
