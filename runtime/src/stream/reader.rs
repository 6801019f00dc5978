//! Events from a reader.

use std::io::Read;

use super::{End, EventDecoder, Item, StreamEvent};
use crate::{ResponseHead, block::Block, response::ByStatus};

/// The events of a body that is read on demand.
#[derive(Debug)]
pub struct Events<T, E, R> {
    decoder: EventDecoder<T, E>,
    reader: R,
    block: Block,
}

/// The number of bytes that are read at once: a few events, or a part of an image.
const BLOCK: usize = 64 * 1024;

impl<T, E, R> Events<T, E, R> {
    pub(super) fn new(decoder: EventDecoder<T, E>, reader: R) -> Self {
        Self {
            decoder,
            reader,
            block: Block::default(),
        }
    }

    /// The way in which the stream ended; `None` until then.
    pub const fn end(&self) -> Option<End> {
        self.decoder.end()
    }

    /// Status and headers of the response.
    pub const fn head(&self) -> &ResponseHead {
        self.decoder.head()
    }
}

impl<T: StreamEvent, E: ByStatus, R: Read> Iterator for Events<T, E, R> {
    type Item = Item<T, E>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let item = self.decoder.next();
            if item.is_some() || self.decoder.end().is_some() {
                return item;
            }
            match self.block.read(BLOCK, &mut self.reader) {
                Ok(bytes) if bytes.is_empty() => self.decoder.finish(),
                Ok(bytes) => self.decoder.push(bytes),
                Err(error) => self.decoder.abort(error),
            }
        }
    }
}
