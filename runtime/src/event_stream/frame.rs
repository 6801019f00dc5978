//! An event before its data is read, and what gathers that data.

use bytes::Bytes;

/// What gathers the `data:` lines of an event.
pub(crate) trait Data {
    /// What they become.
    type Output;

    /// Begins a line.
    fn begin_line(&mut self);

    /// Appends the first bytes of a chunk to the line; they have no line end.
    fn push(&mut self, chunk: &Bytes, length: usize);

    /// Appends the beginning of a chunk, as far as it surely has no line end, and tells how much that was.
    fn push_chunk(&mut self, chunk: &[u8]) -> usize {
        let _ = chunk;
        0
    }

    /// How many bytes there are so far.
    fn len(&self) -> usize;

    /// Ends the event: nothing if there was no line.
    fn take(&mut self) -> Option<Self::Output>;
}

/// An event with data.
#[derive(Debug)]
pub(crate) struct Frame<T> {
    /// What `event:` says, if it says anything.
    pub name: Option<String>,
    /// The data.
    pub data: T,
}
