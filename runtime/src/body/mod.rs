//! The bytes of a request body: in memory, in files, from readers.
//!
//! A form with a prompt and two files is a queue of five segments: text, file, text, file, text. JSON with a data URL
//! is one of three: text, the bytes that are sent as base64, text. Nothing of a file is read and no base64 is written
//! before it is its turn, and what lies in memory is handed on without a copy.

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
/// The last one blocks no executor: each file or reader is read on a thread of its own, at most two
/// blocks ahead, which is started when it is its turn and ends with it, or at its next block once
/// the body is dropped. Where there are no threads (`wasm32`) it reads within `poll_frame`, and
/// lets other tasks run between two blocks.
#[derive(Default)]
pub struct Body {
    segments: VecDeque<Segment>,
    block: Block,
    /// Whether something has been read: what is left is no body of its own.
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

    /// How many bytes are left to read, if every segment knows its length: before the first is read, the
    /// `Content-Length`. Without it the body is sent chunked.
    pub fn content_length(&self) -> Option<u64> {
        self.segments
            .iter()
            .try_fold(0_u64, |sum, segment| sum.checked_add(segment.length()?))
    }

    /// Whether [`try_clone`](Self::try_clone) gives the body once more: nothing of it was read, and it is all in
    /// memory or in files with a path.
    pub fn can_be_sent_again(&self) -> bool {
        !self.started && self.segments.iter().all(Segment::can_be_read_again)
    }

    /// The body once more, or `None` if it cannot be sent again. Files are opened anew, which fails
    /// if they are gone or have changed.
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

    /// The next bytes, or `None` at the end: what is in memory whole and without a copy, at most 256 KiB of a file
    /// and 1 MiB of what is sent as base64. The memory of a block is used again once nobody holds the block any more.
    ///
    /// # Errors
    ///
    /// What the file system or a reader says. A reader that has fewer bytes than were announced,
    /// and a file that is shorter than when the call was made, are errors of the kind
    /// `UnexpectedEof`; any other change of a file is `InvalidData`. The message names the field,
    /// which of its files it is, and the path; the source is the error as it came.
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

    /// All bytes. A body that lies in memory whole is not copied.
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
