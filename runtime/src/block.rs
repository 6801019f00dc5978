//! Reading in blocks, into memory that is reused.

use std::{
    io::{self, Read},
    sync::Arc,
};

use bytes::Bytes;

/// The memory for the next block, which is reused when nobody holds the last block any more.
#[derive(Debug, Default)]
pub(crate) struct Block(Arc<Vec<u8>>);

impl Block {
    /// Reads once, at most `size` bytes; none at the end. An interrupted read is retried.
    pub(crate) fn read(&mut self, size: usize, reader: &mut impl Read) -> io::Result<Bytes> {
        self.fill(size, |buffer| {
            loop {
                match reader.read(buffer) {
                    Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                    length => break length,
                }
            }
        })
    }

    #[cfg(feature = "http-body")]
    fn is_free(&mut self) -> bool {
        Arc::get_mut(&mut self.0).is_some()
    }

    /// Lets `write` write at most `size` bytes; it returns their number.
    pub(crate) fn fill(
        &mut self,
        size: usize,
        write: impl FnOnce(&mut [u8]) -> io::Result<usize>,
    ) -> io::Result<Bytes> {
        let room = match Arc::get_mut(&mut self.0) {
            Some(room) if room.len() >= size => room,
            _ => {
                self.0 = Arc::new(vec![0; size]);
                Arc::get_mut(&mut self.0).ok_or(io::ErrorKind::OutOfMemory)?
            }
        };
        let length = write(room.get_mut(..size).unwrap_or_default())?;
        let bytes = Arc::clone(&self.0);
        Ok(Bytes::from_owner(Filled { bytes, length }))
    }
}

/// Blocks for a reader that continues while others hold its earlier blocks, in the order of their
/// last use.
#[cfg(feature = "http-body")]
#[derive(Debug, Default)]
pub(crate) struct Blocks([Block; 6]);

#[cfg(feature = "http-body")]
impl Blocks {
    /// The most recently used block that nobody holds, else the least recently used one.
    pub(crate) fn free(&mut self) -> &mut Block {
        let found = self.0.iter_mut().rposition(Block::is_free);
        if let Some(from_found) = self.0.get_mut(found.unwrap_or(0)..) {
            from_found.rotate_left(1);
        }
        let [.., last] = &mut self.0;
        last
    }
}

/// The part of a block that was read.
struct Filled {
    bytes: Arc<Vec<u8>>,
    length: usize,
}

impl AsRef<[u8]> for Filled {
    fn as_ref(&self) -> &[u8] {
        self.bytes.get(..self.length).unwrap_or_default()
    }
}
