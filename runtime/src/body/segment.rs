//! What a body consists of.

use std::{
    fs::File,
    io::{self, Read},
    path::PathBuf,
    sync::{Mutex, PoisonError},
};

use bytes::Bytes;

use crate::{base64::codec, block::Block};

/// The most bytes that are read of a file at once.
const BLOCK: usize = 256 * 1024;

/// The most bytes that are written as base64 at once. They are taken from memory, and smaller blocks took twice as long.
const BASE64_BLOCK: usize = 1024 * 1024;

/// Something that is read once.
pub(crate) type Reader = Box<dyn Read + Send>;

/// A part of a body.
pub(crate) enum Segment {
    Bytes(Bytes),
    /// Bytes that are sent as base64 (RFC 4648 §4).
    Base64(Bytes),
    Stream(Stream),
}

impl Segment {
    pub fn is_finished(&self) -> bool {
        self.length() == Some(0)
    }

    /// How many bytes are left, where it is known.
    pub fn length(&self) -> Option<u64> {
        match self {
            Self::Bytes(bytes) => u64::try_from(bytes.len()).ok(),
            Self::Base64(bytes) => u64::try_from(codec::encoded_length(bytes.len())).ok(),
            Self::Stream(stream) => stream.remaining,
        }
    }

    pub fn can_be_read_again(&self) -> bool {
        match self {
            Self::Bytes(_) | Self::Base64(_) => true,
            Self::Stream(stream) => stream.path.is_some(),
        }
    }

    /// The same once more, where it can be read again. A file is opened anew.
    pub fn try_clone(&self) -> io::Result<Option<Self>> {
        Ok(match self {
            Self::Bytes(bytes) => Some(Self::Bytes(bytes.clone())),
            Self::Base64(bytes) => Some(Self::Base64(bytes.clone())),
            Self::Stream(stream) => match &stream.path {
                Some(path) => {
                    let file = Box::new(File::open(path)?);
                    let path = Some(path.clone());
                    Some(Self::Stream(Stream::new(file, stream.remaining, path)))
                }
                None => None,
            },
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
            Self::Stream(stream) => {
                let left = stream.remaining.map(usize::try_from);
                let most = left.and_then(Result::ok).unwrap_or(BLOCK);
                block.read(most.min(BLOCK), stream)
            }
        }
    }
}

/// A file or reader, from where it stands.
pub(crate) struct Stream {
    /// Behind a lock that is never waited for: it makes a reader `Sync`.
    reader: Mutex<Reader>,
    /// How much of it is sent; `None` is all that it gives.
    remaining: Option<u64>,
    /// Where it can be opened again.
    path: Option<PathBuf>,
}

impl Stream {
    pub fn new(reader: Reader, remaining: Option<u64>, path: Option<PathBuf>) -> Self {
        Self {
            reader: Mutex::new(reader),
            remaining,
            path,
        }
    }
}

impl Read for Stream {
    /// Reads at most the length that was announced; that the reader ends before is an error.
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let most = self
            .remaining
            .and_then(|left| usize::try_from(left).ok())
            .unwrap_or(usize::MAX);
        let end = most.min(buffer.len());
        let buffer = buffer.get_mut(..end).unwrap_or_default();
        let reader = self
            .reader
            .get_mut()
            .unwrap_or_else(PoisonError::into_inner);
        let read = reader.read(buffer)?;
        match &mut self.remaining {
            Some(left) if read == 0 && !buffer.is_empty() => {
                let message = format!("the file is {left} bytes shorter than was announced");
                Err(io::Error::new(io::ErrorKind::UnexpectedEof, message))
            }
            Some(left) => {
                *left = left.saturating_sub(u64::try_from(read).unwrap_or(u64::MAX));
                Ok(read)
            }
            None => {
                // The end of a reader of unknown length is the end of the segment.
                if read == 0 && !buffer.is_empty() {
                    self.remaining = Some(0);
                }
                Ok(read)
            }
        }
    }
}
