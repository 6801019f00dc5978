//! The bytes of a request body: in memory, in files, from readers.
//!
//! A form with a prompt and two files is a queue of five segments: text, file, text, file, text.
//! JSON with a data URL is one of three: text, the bytes that are sent as base64, text. A file is
//! read and base64 is written only when it is its turn, and bytes in memory are passed on without
//! a copy.

#[cfg(feature = "http-body")]
mod ahead;
mod file;
#[cfg(feature = "http-body")]
mod http_body;
#[cfg(feature = "stream")]
mod polled;
mod segment;
mod source;
mod stream;

use std::{
    collections::VecDeque,
    fmt,
    io::{self, Read},
};

use bytes::{Buf, Bytes, BytesMut};

use crate::block::Block;

pub(crate) use file::RegularFile;
#[cfg(feature = "stream")]
pub(crate) use polled::PollBytes;
pub(crate) use segment::Segment;
pub(crate) use source::Reader;
pub(crate) use stream::Stream;

/// The body of a request.
///
/// It is read as blocks ([`next_block`](Self::next_block)), as [`Read`], whole
/// ([`into_bytes`](Self::into_bytes)), or, with the feature `http-body`, as an `http_body::Body`.
/// The last one does not block the executor: each file or reader is read on a thread of its own,
/// at most two blocks ahead. The thread is started when it is the turn of the file, and ends with
/// the file, or after its next block once the body is dropped. Without threads (`wasm32`), the
/// body reads within `poll_frame`, and lets other tasks run between two blocks.
#[derive(Default)]
pub struct Body {
    segments: VecDeque<Segment>,
    block: Block,
    /// True if something has been read: the rest is not a complete body.
    started: bool,
}

impl Body {
    /// A body without bytes.
    pub fn new() -> Self {
        Self::default()
    }

    pub(crate) fn push(&mut self, segment: Segment) {
        if !segment.is_finished() {
            self.segments.push_back(segment);
        }
    }

    /// The number of bytes that are left to read, if every segment knows its length. Before the
    /// first read, it is the `Content-Length`. Without it, the body is sent chunked.
    pub fn content_length(&self) -> Option<u64> {
        self.segments
            .iter()
            .try_fold(0_u64, |sum, segment| sum.checked_add(segment.length()?))
    }

    /// True if [`try_clone`](Self::try_clone) returns the body again: nothing of it was read, and
    /// it is all in memory or in files with a path.
    pub fn can_be_sent_again(&self) -> bool {
        !self.started && self.segments.iter().all(Segment::can_be_read_again)
    }

    /// Clones the body; `None` if it cannot be sent again. Files are reopened, which fails if they
    /// were removed or have changed.
    pub fn try_clone(&self) -> io::Result<Option<Self>> {
        if !self.can_be_sent_again() {
            return Ok(None);
        }
        let mut segments = VecDeque::with_capacity(self.segments.len());
        for segment in &self.segments {
            match segment.try_clone()? {
                Some(segment) => segments.push_back(segment),
                None => return Ok(None),
            }
        }
        Ok(Some(Self {
            segments,
            ..Self::default()
        }))
    }

    /// The next bytes, or `None` at the end: bytes in memory as a whole and without a copy, at
    /// most 256 KiB of a file, and at most 1 MiB of base64. The memory of a block is reused when
    /// nobody holds the block any more.
    ///
    /// # Errors
    ///
    /// An error of the file system or a reader. A reader with fewer bytes than announced, and a
    /// file that is shorter than when the call was made, are errors of the kind `UnexpectedEof`;
    /// any other change of a file is `InvalidData`. The message names the field, the number of the
    /// file in a list, and the path; the source is the original error.
    pub fn next_block(&mut self) -> io::Result<Option<Bytes>> {
        self.started = true;
        while let Some(segment) = self.segments.front_mut() {
            let block = segment.next_block(&mut self.block)?;
            self.drop_finished();
            if !block.is_empty() {
                return Ok(Some(block));
            }
        }
        Ok(None)
    }

    /// All bytes. A body that is in memory as a whole is not copied.
    pub fn into_bytes(mut self) -> io::Result<Bytes> {
        let first = self.next_block()?.unwrap_or_default();
        let Some(second) = self.next_block()? else {
            return Ok(first);
        };
        let rest = self
            .content_length()
            .and_then(|rest| usize::try_from(rest).ok());
        let length = first.len() + second.len();
        let mut all = BytesMut::with_capacity(length.saturating_add(rest.unwrap_or(0)));
        all.extend_from_slice(&first);
        all.extend_from_slice(&second);
        while let Some(block) = self.next_block()? {
            all.extend_from_slice(&block);
        }
        Ok(all.freeze())
    }

    fn drop_finished(&mut self) {
        let is_finished = self.segments.front().is_some_and(Segment::is_finished);
        if is_finished {
            self.segments.pop_front();
        }
    }
}

impl Read for Body {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.started = true;
        if buffer.is_empty() {
            return Ok(0);
        }
        while let Some(segment) = self.segments.front_mut() {
            let read = match segment {
                Segment::Bytes(bytes) => {
                    let length = bytes.len().min(buffer.len());
                    bytes.copy_to_slice(buffer.get_mut(..length).unwrap_or_default());
                    Some(length)
                }
                Segment::Stream(stream) => stream.read(buffer)?,
                Segment::Base64(_) => None,
            };
            let Some(read) = read else {
                let block = segment.next_block(&mut self.block)?;
                self.drop_finished();
                self.segments.push_front(Segment::Bytes(block));
                continue;
            };
            self.drop_finished();
            if read > 0 {
                return Ok(read);
            }
        }
        Ok(0)
    }
}

impl From<Bytes> for Body {
    fn from(bytes: Bytes) -> Self {
        let mut body = Self::new();
        body.push(Segment::Bytes(bytes));
        body
    }
}

impl From<Vec<u8>> for Body {
    fn from(bytes: Vec<u8>) -> Self {
        Bytes::from(bytes).into()
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let segments = self.segments.len();
        match self.content_length() {
            Some(length) => write!(formatter, "Body({length} bytes in {segments} segments)"),
            None => write!(formatter, "Body({segments} segments of unknown length)"),
        }
    }
}
