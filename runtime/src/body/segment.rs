//! What a body consists of.

use std::io;

use bytes::Bytes;

use super::stream::Stream;
use crate::{base64::codec, block::Block};

/// The most bytes that are written as base64 at once. They are taken from memory, and smaller blocks took twice as long.
const BASE64_BLOCK: usize = 1024 * 1024;

/// A part of a body.
pub(crate) enum Segment {
    Bytes(Bytes),
    /// Bytes that are sent as base64 (RFC 4648 §4).
    Base64(Bytes),
    Stream(Stream),
}

impl Segment {
    pub fn is_finished(&self) -> bool {
        match self {
            Self::Bytes(bytes) | Self::Base64(bytes) => bytes.is_empty(),
            Self::Stream(stream) => stream.is_finished(),
        }
    }

    /// How many bytes are left, where it is known.
    pub fn length(&self) -> Option<u64> {
        match self {
            Self::Bytes(bytes) => u64::try_from(bytes.len()).ok(),
            Self::Base64(bytes) => u64::try_from(codec::encoded_length(bytes.len())).ok(),
            Self::Stream(stream) => stream.length(),
        }
    }

    pub fn can_be_read_again(&self) -> bool {
        match self {
            Self::Bytes(_) | Self::Base64(_) => true,
            Self::Stream(stream) => stream.can_be_read_again(),
        }
    }

    /// The same once more, where it can be read again. A file is opened anew.
    pub fn try_clone(&self) -> io::Result<Option<Self>> {
        Ok(match self {
            Self::Bytes(bytes) => Some(Self::Bytes(bytes.clone())),
            Self::Base64(bytes) => Some(Self::Base64(bytes.clone())),
            Self::Stream(stream) => stream.try_clone()?.map(Self::Stream),
        })
    }

    /// The next bytes, which may be none at the end of a reader.
    pub fn next_block(&mut self, block: &mut Block) -> io::Result<Bytes> {
        match self {
            Self::Bytes(bytes) => Ok(std::mem::take(bytes)),
            Self::Base64(bytes) => {
                // Without the end of the bytes no padding comes: a block has whole threes of them.
                let bytes = bytes.split_to(bytes.len().min(BASE64_BLOCK / 4 * 3));
                block.fill(codec::encoded_length(bytes.len()), |buffer| {
                    Ok(codec::encode(&bytes, buffer))
                })
            }
            Self::Stream(stream) => stream.next_block(block),
        }
    }
}
