//! An event before its data is read, and the collector of the data.

use bytes::Bytes;

/// Collector of the `data:` lines of an event.
pub(crate) trait Data {
    /// The collected data.
    type Output;

    /// Begins a line.
    fn begin_line(&mut self);

    /// Appends the first bytes of a chunk, which contain no line end, to the line.
    fn push(&mut self, chunk: &Bytes, length: usize);

    /// Appends the beginning of a chunk that is known to have no line end, and returns its length.
    fn push_chunk(&mut self, chunk: &[u8]) -> usize {
        let _ = chunk;
        0
    }

    /// The number of bytes so far.
    fn len(&self) -> usize;

    /// Ends the event; `None` if there was no line.
    fn take(&mut self) -> Option<Self::Output>;
}

/// An event with data.
#[derive(Debug)]
pub(crate) struct Frame<T> {
    /// The value of `event:`, if it is not empty.
    pub name: Option<String>,
    /// The data.
    pub data: T,
}
