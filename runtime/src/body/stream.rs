//! A file, reader or asynchronous stream that is part of a body.

use std::{
    io::{self, Read},
    sync::{Mutex, PoisonError},
};

#[cfg(feature = "http-body")]
use std::task::{Context, Poll, ready};

use bytes::Bytes;

#[cfg(feature = "http-body")]
use super::ahead::Ahead;
#[cfg(feature = "stream")]
use super::polled::{PollBytes, Polled, unsupported};
use super::{
    file::{RegularFile, Snapshot},
    source::{Reader, Source},
};
use crate::{block::Block, upload::FilePlace};

/// A file, reader or asynchronous stream, from its current position.
pub(crate) struct Stream {
    place: FilePlace,
    /// The number of bytes that are left to return; `None` means to the end.
    remaining: Option<u64>,
    /// True once the end has been seen. An empty file may have bytes by now, so it is read, too.
    is_finished: bool,
    /// The original state of the file, if it can be opened again.
    again: Option<Snapshot>,
    content: Content,
    /// True if the task has let others run before the next block, if no thread reads it.
    #[cfg(feature = "http-body")]
    has_yielded: bool,
}

enum Content {
    /// The lock is never contended: it makes a reader `Sync`.
    Here(Mutex<Source>),
    /// On a thread, since the first poll.
    #[cfg(feature = "http-body")]
    Ahead(Ahead),
    #[cfg(feature = "stream")]
    Polled(Polled),
}

impl Stream {
    /// A file, which can be opened again if the place has a path.
    pub(crate) fn of_file(file: RegularFile, place: FilePlace) -> Self {
        let length = Some(file.length());
        let again = place.path.as_ref().map(|_| file.seen().clone());
        Self {
            is_finished: false,
            again,
            ..Self::of_reader(Box::new(file), length, place)
        }
    }

    /// All of a reader, or the announced length.
    pub(crate) fn of_reader(reader: Reader, length: Option<u64>, place: FilePlace) -> Self {
        Self {
            place,
            remaining: length,
            is_finished: length == Some(0),
            again: None,
            content: Content::Here(Mutex::new(Source::new(reader, length))),
            #[cfg(feature = "http-body")]
            has_yielded: false,
        }
    }

    /// All of an asynchronous source, or the announced length.
    #[cfg(feature = "stream")]
    pub(crate) fn of_polled(poll: Mutex<PollBytes>, length: Option<u64>, place: FilePlace) -> Self {
        Self {
            content: Content::Polled(Polled(poll)),
            ..Self::of_reader(Box::new(io::empty()), length, place)
        }
    }

    /// The number of bytes that are left, if known.
    pub(crate) const fn length(&self) -> Option<u64> {
        self.remaining
    }

    pub(crate) const fn is_finished(&self) -> bool {
        self.is_finished
    }

    pub(crate) const fn can_be_read_again(&self) -> bool {
        self.again.is_some()
    }

    /// Reopens the file, if it has a path.
    pub(crate) fn try_clone(&self) -> io::Result<Option<Self>> {
        let (Some(seen), Some(path)) = (&self.again, &self.place.path) else {
            return Ok(None);
        };
        let file = RegularFile::open_again(path, seen);
        file.map(|file| Some(Self::of_file(file, self.place.clone())))
            .map_err(|error| self.place.failed(error))
    }

    /// The next bytes, which may be none at the end.
    pub(crate) fn next_block(&mut self, block: &mut Block) -> io::Result<Bytes> {
        let bytes = match &mut self.content {
            Content::Here(source) => exclusive(source).next_block(block),
            #[cfg(feature = "http-body")]
            Content::Ahead(ahead) => ahead.wait(),
            #[cfg(feature = "stream")]
            Content::Polled(_) => Err(unsupported()),
        };
        self.hand_out(bytes, Bytes::len)
    }

    /// Reads into a buffer that is not empty. Returns `None` if the next bytes are only available
    /// as a block.
    pub(crate) fn read(&mut self, buffer: &mut [u8]) -> io::Result<Option<usize>> {
        // Without features, there is no other variant.
        #[cfg_attr(
            not(feature = "http-body"),
            expect(irrefutable_let_patterns, reason = "a feature adds variants")
        )]
        let Content::Here(source) = &mut self.content else {
            return Ok(None);
        };
        let read = exclusive(source).read(buffer);
        self.hand_out(read, |count| *count).map(Some)
    }

    /// The next bytes. A file or reader is read on a thread.
    #[cfg(feature = "http-body")]
    pub(crate) fn poll_block(
        &mut self,
        context: &mut Context<'_>,
        block: &mut Block,
    ) -> Poll<io::Result<Bytes>> {
        if !self.has_yielded && !self.read_ahead() {
            self.has_yielded = true;
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        self.has_yielded = false;
        let bytes = match &mut self.content {
            Content::Here(_) => return Poll::Ready(self.next_block(block)),
            Content::Ahead(ahead) => ready!(ahead.poll(context)),
            #[cfg(feature = "stream")]
            Content::Polled(polled) => ready!(polled.poll(context, self.remaining)),
        };
        Poll::Ready(self.hand_out(bytes, Bytes::len))
    }

    /// Moves a file or reader to a thread. Returns false if no thread can be started.
    #[cfg(feature = "http-body")]
    fn read_ahead(&mut self) -> bool {
        if let Content::Here(source) = &mut self.content {
            let empty = Source::new(Box::new(io::empty()), None);
            match Ahead::start(std::mem::replace(exclusive(source), empty)) {
                Ok(ahead) => self.content = Content::Ahead(ahead),
                Err(back) => {
                    self.content = Content::Here(Mutex::new(back));
                    return false;
                }
            }
        }
        true
    }

    fn hand_out<T>(&mut self, taken: io::Result<T>, count: impl Fn(&T) -> usize) -> io::Result<T> {
        let taken = taken.map_err(|error| self.place.failed(error))?;
        let count = u64::try_from(count(&taken)).unwrap_or(u64::MAX);
        self.remaining = self.remaining.map(|left| left.saturating_sub(count));
        if count == 0 || self.remaining == Some(0) {
            self.is_finished = true;
            self.remaining = Some(0);
        }
        Ok(taken)
    }
}

fn exclusive<T>(lock: &mut Mutex<T>) -> &mut T {
    lock.get_mut().unwrap_or_else(PoisonError::into_inner)
}
