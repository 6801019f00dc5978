//! Chunks of a body that have been pushed and not yet read.

use std::collections::VecDeque;

use bytes::Bytes;

use super::LimitExceeded;

/// The chunk that is being read, and a queue of further chunks with a limit.
pub(crate) struct Chunks {
    /// The chunk that is being read.
    pub first: Bytes,
    queue: VecDeque<Bytes>,
    /// Number of bytes in the queue. It may not exceed `limit`.
    pending: usize,
    limit: usize,
    /// The limit that a push exceeded. It is reported after the chunks that were accepted before.
    overflow: Option<LimitExceeded>,
}

impl Chunks {
    pub(crate) const fn new(limit: usize) -> Self {
        Self {
            first: Bytes::new(),
            queue: VecDeque::new(),
            pending: 0,
            limit,
            overflow: None,
        }
    }

    /// Appends bytes. Drops the chunk that exceeds the limit, and all later ones.
    pub(crate) fn push(&mut self, chunk: Bytes) {
        if self.overflow.is_some() || chunk.is_empty() {
            return;
        }
        if self.first.is_empty() {
            self.first = chunk;
            return;
        }
        self.pending = self.pending.saturating_add(chunk.len());
        if self.pending > self.limit {
            self.overflow = Some(LimitExceeded::Pending(self.limit));
        } else {
            self.queue.push_back(chunk);
        }
    }

    /// Moves on to the next chunk. Returns `false` if there is none.
    pub(crate) fn advance(&mut self) -> Result<bool, LimitExceeded> {
        let Some(chunk) = self.queue.pop_front() else {
            return self.overflow.map_or(Ok(false), Err);
        };
        self.pending = self.pending.saturating_sub(chunk.len());
        self.first = chunk;
        Ok(true)
    }

    /// Drops everything.
    pub(crate) fn clear(&mut self) {
        self.first = Bytes::new();
        self.queue = VecDeque::new();
    }

    /// Number of bytes that are still to be read.
    pub(crate) fn unread(&self) -> usize {
        self.first.len().saturating_add(self.pending)
    }
}
