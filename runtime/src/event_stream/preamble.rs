//! The beginning of a body with the content type of an event stream, which may be something else.
//!
//! `{"error":{"message":"no"}}` is a line without a standard field, and so is each line of an HTML
//! page. A standard reader ignores them all. Here they are kept until the first field or comment
//! arrives.

use bytes::{Bytes, BytesMut};

/// Everything before the first field or comment, up to a limit.
pub(super) struct Preamble {
    bytes: BytesMut,
    limit: usize,
}

impl Preamble {
    pub(super) fn new(limit: usize) -> Self {
        let bytes = BytesMut::new();
        Self { bytes, limit }
    }

    /// Appends a line. The first line is not copied, even if it arrived in many pieces.
    pub(super) fn push_line(&mut self, mut line: Bytes) {
        if self.bytes.is_empty() {
            line.truncate(self.limit);
            self.bytes = line.into();
        } else {
            self.push(&line);
        }
    }

    /// Appends the end of a line.
    pub(super) fn push(&mut self, bytes: &[u8]) {
        let room = self.limit.saturating_sub(self.bytes.len());
        self.bytes
            .extend_from_slice(bytes.get(..room).unwrap_or(bytes));
    }

    /// The whole preamble, with an unfinished line.
    pub(super) fn finish(mut self, unfinished: BytesMut) -> Bytes {
        self.bytes.unsplit(unfinished);
        self.bytes.freeze()
    }
}
