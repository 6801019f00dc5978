//! Events from anything that can be read.

use std::io::Read;

use super::{End, EventDecoder, StreamError, StreamEvent};
use crate::{ResponseHead, block::Block};

/// The events of a body that is read as they are asked for.
#[derive(Debug)]
pub struct Events<E, R> {
    decoder: EventDecoder<E>,
    reader: R,
    block: Block,
}

/// How many bytes are read at once: a few events, or a part of an image.
const BLOCK: usize = 64 * 1024;

impl<E, R> Events<E, R> {
    pub(super) fn new(decoder: EventDecoder<E>, reader: R) -> Self {
        Self {
            decoder,
            reader,
            block: Block::default(),
        }
    }

    /// How the stream ended, once it has.
    pub const fn end(&self) -> Option<End> {
        self.decoder.end()
    }

    /// Status and headers of the response.
    pub const fn head(&self) -> &ResponseHead {
        self.decoder.head()
    }
}

impl<E: StreamEvent, R: Read> Iterator for Events<E, R> {
    type Item = Result<E, StreamError>;

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
