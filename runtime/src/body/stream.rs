//! A file or reader that is part of a body.

use std::{
    io::{self, Read},
    sync::{Mutex, PoisonError},
};

use bytes::Bytes;

use super::{
    file::{RegularFile, Snapshot},
    source::{Reader, Source},
};
use crate::{block::Block, upload::FilePlace};

/// A file or reader, from where it stands.
pub(crate) struct Stream {
    place: FilePlace,
    /// How much is left to hand out; `None` is all that there is.
    remaining: Option<u64>,
    /// Whether the end has been seen. That of an empty file is still to be seen: it may have bytes by now.
    is_finished: bool,
    /// The file as it was, if it can be opened again.
    again: Option<Snapshot>,
    content: Content,
}

enum Content {
    /// Behind a lock that is never waited for: it makes a reader `Sync`.
    Here(Mutex<Source>),
}

impl Stream {
    /// A file; it can be opened again where the place has a path.
    pub fn of_file(file: RegularFile, place: FilePlace) -> Self {
        let remaining = Some(file.length());
        Self {
            remaining,
            is_finished: false,
            again: place.path.as_ref().map(|_| file.seen().clone()),
            content: Content::here(Box::new(file), remaining),
            place,
        }
    }

    /// All of a reader, or as much as is announced.
    pub fn of_reader(reader: Reader, length: Option<u64>, place: FilePlace) -> Self {
        Self {
            remaining: length,
            is_finished: length == Some(0),
            again: None,
            content: Content::here(reader, length),
            place,
        }
    }

    /// How many bytes are left, where it is known.
    pub const fn length(&self) -> Option<u64> {
        self.remaining
    }

    pub const fn is_finished(&self) -> bool {
        self.is_finished
    }

    pub const fn can_be_read_again(&self) -> bool {
        self.again.is_some()
    }

    /// The same file opened anew, if it has a path.
    pub fn try_clone(&self) -> io::Result<Option<Self>> {
        let (Some(seen), Some(path)) = (&self.again, &self.place.path) else {
            return Ok(None);
        };
        let file = RegularFile::open_again(path, seen);
        file.map(|file| Some(Self::of_file(file, self.place.clone())))
            .map_err(|error| self.place.failed(error))
    }

    /// The next bytes, which may be none at the end.
    pub fn next_block(&mut self, block: &mut Block) -> io::Result<Bytes> {
        let bytes = match &mut self.content {
            Content::Here(source) => exclusive(source).next_block(block),
        };
        self.hand_out(bytes, Bytes::len)
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

impl Content {
    fn here(reader: Reader, length: Option<u64>) -> Self {
        Self::Here(Mutex::new(Source::new(reader, length)))
    }
}

impl Read for Stream {
    /// Reads into a buffer that is not empty.
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = match &mut self.content {
            Content::Here(source) => exclusive(source).read(buffer),
        };
        self.hand_out(read, |count| *count)
    }
}

fn exclusive<T>(lock: &mut Mutex<T>) -> &mut T {
    lock.get_mut().unwrap_or_else(PoisonError::into_inner)
}
