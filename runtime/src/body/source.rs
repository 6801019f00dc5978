//! A reader that is read block by block, up to its announced length.

use std::io::{self, Read};

use bytes::Bytes;

use crate::block::Block;

/// Maximum number of bytes that are read from a file at once.
const BLOCK: usize = 256 * 1024;

/// A reader that is read once.
pub(crate) type Reader = Box<dyn Read + Send>;

/// The announced number of bytes of a reader.
pub(crate) struct Source {
    reader: Reader,
    /// The number of bytes that are left to read; `None` means to the end.
    remaining: Option<u64>,
}

impl Source {
    pub(super) fn new(reader: Reader, remaining: Option<u64>) -> Self {
        Self { reader, remaining }
    }

    #[cfg(feature = "http-body")]
    pub(super) fn is_finished(&self) -> bool {
        self.remaining == Some(0)
    }

    /// The next bytes; none at the end of a reader of unknown length.
    pub(super) fn next_block(&mut self, block: &mut Block) -> io::Result<Bytes> {
        let left = self.remaining.map(usize::try_from);
        let most = left.and_then(Result::ok).unwrap_or(BLOCK);
        block.read(most.min(BLOCK), self)
    }
}

impl Read for Source {
    /// Reads at most the announced length. If the reader ends before, it is an error.
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let most = self
            .remaining
            .and_then(|left| usize::try_from(left).ok())
            .unwrap_or(usize::MAX);
        let end = most.min(buffer.len());
        let buffer = buffer.get_mut(..end).unwrap_or_default();
        let read = self.reader.read(buffer)?;
        if let Some(left) = &mut self.remaining {
            if read == 0 && !buffer.is_empty() {
                return Err(too_short(*left));
            }
            *left = left.saturating_sub(u64::try_from(read).unwrap_or(u64::MAX));
        }
        Ok(read)
    }
}

/// The error of content that ends before its length.
pub(super) fn too_short(left: u64) -> io::Error {
    let message = format!("it ended before the announced length; bytes missing: {left}");
    io::Error::new(io::ErrorKind::UnexpectedEof, message)
}
