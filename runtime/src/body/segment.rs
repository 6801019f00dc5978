//! The segments of a body.

use std::io;

use bytes::Bytes;

use super::stream::Stream;
use crate::{base64::codec, block::Block};

/// Maximum number of bytes that are written as base64 at once. Smaller blocks took twice as long.
const BASE64_BLOCK: usize = 1024 * 1024;

/// A part of a body.
pub(crate) enum Segment {
    Bytes(Bytes),
    /// Bytes that are sent as base64 (RFC 4648 §4).
    Base64(Bytes),
    Stream(Stream),
}

impl Segment {
    pub(crate) fn is_finished(&self) -> bool {
        match self {
            Self::Bytes(bytes) | Self::Base64(bytes) => bytes.is_empty(),
            Self::Stream(stream) => stream.is_finished(),
        }
    }

    /// The number of bytes that are left, if known.
    pub(crate) fn length(&self) -> Option<u64> {
        match self {
            Self::Bytes(bytes) => u64::try_from(bytes.len()).ok(),
            Self::Base64(bytes) => u64::try_from(codec::encoded_length(bytes.len())).ok(),
            Self::Stream(stream) => stream.length(),
        }
    }

    pub(crate) fn can_be_read_again(&self) -> bool {
        match self {
            Self::Bytes(_) | Self::Base64(_) => true,
            Self::Stream(stream) => stream.can_be_read_again(),
        }
    }

    /// Clones the segment, if it can be read again. A file is reopened.
    pub(crate) fn try_clone(&self) -> io::Result<Option<Self>> {
        Ok(match self {
            Self::Bytes(bytes) => Some(Self::Bytes(bytes.clone())),
            Self::Base64(bytes) => Some(Self::Base64(bytes.clone())),
            Self::Stream(stream) => stream.try_clone()?.map(Self::Stream),
        })
    }

    /// The next bytes, which may be none at the end of a reader.
    pub(crate) fn next_block(&mut self, block: &mut Block) -> io::Result<Bytes> {
        match self {
            Self::Bytes(bytes) => Ok(std::mem::take(bytes)),
            Self::Base64(bytes) => {
                // Padding may occur only at the end: a block is a multiple of three bytes.
                let bytes = bytes.split_to(bytes.len().min(BASE64_BLOCK / 4 * 3));
                block.fill(codec::encoded_length(bytes.len()), |buffer| {
                    Ok(codec::encode(&bytes, buffer))
                })
            }
            Self::Stream(stream) => stream.next_block(block),
        }
    }
}
