//! The bytes of a request body: in memory, in files, from readers.
//!
//! A form with a prompt and two files is a queue of five segments: text, file, text, file, text. Nothing of a file
//! is read before it is its turn, and what lies in memory is handed on without a copy.

use std::{
    collections::VecDeque,
    fmt,
    fs::File,
    io::{self, Read},
    path::PathBuf,
    sync::{Mutex, PoisonError},
};

use bytes::{Buf, Bytes, BytesMut};

/// The most bytes that [`Body::next_block`] reads of a file at once.
const BLOCK: usize = 256 * 1024;

/// Something that is read once.
pub(crate) type Reader = Box<dyn Read + Send>;

/// The body of a request.
///
/// It is read as blocks ([`next_block`](Self::next_block)), as [`Read`], whole
/// ([`into_bytes`](Self::into_bytes)), or, with the feature `http-body`, as an `http_body::Body`. The last one
/// reads files within `poll_frame`, which blocks as long as the disk does.
#[derive(Default)]
pub struct Body {
    segments: VecDeque<Segment>,
    /// Whether something has been read: what is left is no body of its own.
    started: bool,
}

/// A part of a body.
pub(crate) enum Segment {
    Bytes(Bytes),
    Stream(Stream),
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
    pub(crate) fn new(reader: Reader, remaining: Option<u64>, path: Option<PathBuf>) -> Self {
        Self {
            reader: Mutex::new(reader),
            remaining,
            path,
        }
    }

    fn is_finished(&self) -> bool {
        self.remaining == Some(0)
    }

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
        let read = loop {
            match reader.read(buffer) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                result => break result?,
            }
        };
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

impl Body {
    /// A body without bytes.
    pub fn new() -> Self {
        Self::default()
    }

    pub(crate) fn push(&mut self, segment: Segment) {
        let is_empty = match &segment {
            Segment::Bytes(bytes) => bytes.is_empty(),
            Segment::Stream(stream) => stream.is_finished(),
        };
        if !is_empty {
            self.segments.push_back(segment);
        }
    }

    /// How many bytes are left to read, if every segment knows its length: before the first is read, the
    /// `Content-Length`. Without it the body is sent chunked.
    pub fn content_length(&self) -> Option<u64> {
        self.segments.iter().try_fold(0_u64, |sum, segment| {
            let length = match segment {
                Segment::Bytes(bytes) => u64::try_from(bytes.len()).ok()?,
                Segment::Stream(stream) => stream.remaining?,
            };
            sum.checked_add(length)
        })
    }

    /// Whether [`try_clone`](Self::try_clone) gives the body once more: nothing of it was read, and it is all in
    /// memory or in files with a path.
    pub fn can_be_sent_again(&self) -> bool {
        !self.started
            && self.segments.iter().all(|segment| match segment {
                Segment::Bytes(_) => true,
                Segment::Stream(stream) => stream.path.is_some(),
            })
    }

    /// The body once more, or `None` if it cannot be sent again. Files are opened anew, which may fail; their
    /// length stays what it was.
    pub fn try_clone(&self) -> io::Result<Option<Self>> {
        if !self.can_be_sent_again() {
            return Ok(None);
        }
        let mut segments = VecDeque::with_capacity(self.segments.len());
        for segment in &self.segments {
            segments.push_back(match segment {
                Segment::Bytes(bytes) => Segment::Bytes(bytes.clone()),
                Segment::Stream(stream) => {
                    let Some(path) = &stream.path else {
                        return Ok(None);
                    };
                    Segment::Stream(Stream::new(
                        Box::new(File::open(path)?),
                        stream.remaining,
                        Some(path.clone()),
                    ))
                }
            });
        }
        Ok(Some(Self {
            segments,
            started: false,
        }))
    }

    /// The next bytes, or `None` at the end: what is in memory whole and without a copy, of files at most 256 KiB.
    ///
    /// A file that is shorter than when the call was made is an error of the kind `UnexpectedEof`; one that is
    /// longer is cut.
    pub fn next_block(&mut self) -> io::Result<Option<Bytes>> {
        self.started = true;
        while let Some(segment) = self.segments.front_mut() {
            let block = match segment {
                Segment::Bytes(bytes) => std::mem::take(bytes),
                Segment::Stream(stream) => {
                    let most = stream
                        .remaining
                        .and_then(|left| usize::try_from(left).ok())
                        .unwrap_or(BLOCK);
                    let mut buffer = BytesMut::zeroed(most.min(BLOCK));
                    let read = stream.read(&mut buffer)?;
                    buffer.truncate(read);
                    buffer.freeze()
                }
            };
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
        let mut all = BytesMut::with_capacity(first.len() + second.len());
        all.extend_from_slice(&first);
        all.extend_from_slice(&second);
        while let Some(block) = self.next_block()? {
            all.extend_from_slice(&block);
        }
        Ok(all.freeze())
    }

    fn drop_finished(&mut self) {
        let is_finished = self.segments.front().is_some_and(|segment| match segment {
            Segment::Bytes(bytes) => bytes.is_empty(),
            Segment::Stream(stream) => stream.is_finished(),
        });
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
                    length
                }
                Segment::Stream(stream) => stream.read(buffer)?,
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

#[cfg(feature = "http-body")]
mod http_body {
    //! A body for the HTTP clients of the `hyper` family.

    use std::{
        io,
        pin::Pin,
        task::{Context, Poll},
    };

    use bytes::Bytes;
    use http_body::{Frame, SizeHint};

    use super::Body;

    impl ::http_body::Body for Body {
        type Data = Bytes;
        type Error = io::Error;

        fn poll_frame(
            mut self: Pin<&mut Self>,
            _: &mut Context<'_>,
        ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
            Poll::Ready(
                self.next_block()
                    .transpose()
                    .map(|block| block.map(Frame::data)),
            )
        }

        fn is_end_stream(&self) -> bool {
            self.segments.is_empty()
        }

        fn size_hint(&self) -> SizeHint {
            self.content_length()
                .map_or_else(SizeHint::default, SizeHint::with_exact)
        }
    }
}
