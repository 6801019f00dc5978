//! The event stream format (WHATWG HTML §9.2.6), from bytes to events.
//!
//! ```text
//! event: image_edit.completed
//! data: {"b64_json":"…"}
//!
//! ```
//!
//! becomes, with the empty line, one [`Event`] with the name `image_edit.completed` and the data.
//! The events do not depend on how the bytes are cut into chunks, and every byte is scanned once.
//! The data of an event that arrived within one chunk is a slice of that chunk, not a copy.

mod chunks;
mod field;
mod frame;
mod limits;
mod lines;
mod parser;
mod preamble;

use std::{borrow::Cow, time::Duration};

use bytes::Bytes;

use crate::Raw;

pub(crate) use chunks::Chunks;
pub(crate) use frame::{Data, Frame};
pub use limits::{LimitExceeded, Limits};
pub(crate) use lines::Lines;
pub(crate) use parser::Parser;

/// An event with data.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Event {
    /// The value of `event:`; without it the standard calls the event `message`.
    pub name: Option<String>,
    /// All `data:` lines, joined by line feeds, as received.
    pub data: Raw,
    /// The last `id:` of the stream so far; empty if there was none.
    pub id: String,
}

impl Event {
    /// The data as text, in which bytes that are not UTF-8 are replaced.
    pub fn text(&self) -> Cow<'_, str> {
        self.data.text()
    }
}

/// Reads events from chunks of bytes.
///
/// ```
/// use openapi_runtime::event_stream::Decoder;
///
/// let mut decoder = Decoder::new();
/// decoder.push(&b"event: greeting\nda"[..]);
/// assert_eq!(decoder.next_event()?, None);
/// decoder.push(&b"ta: hello\n\n"[..]);
/// let event = decoder.next_event()?.unwrap_or_default();
/// assert_eq!((event.name.as_deref(), &*event.text()), (Some("greeting"), "hello"));
/// # Ok::<(), openapi_runtime::event_stream::LimitExceeded>(())
/// ```
#[derive(Debug)]
pub struct Decoder {
    parser: Parser<Lines>,
}

impl Decoder {
    /// Makes a decoder for a new stream.
    pub fn new() -> Self {
        Self::with_limits(Limits::default())
    }

    /// Makes a decoder with other limits.
    pub fn with_limits(limits: Limits) -> Self {
        Self {
            parser: Parser::new(limits, Lines::default()),
        }
    }

    /// Appends bytes; [`next_event`](Self::next_event) reads them.
    pub fn push(&mut self, chunk: impl Into<Bytes>) {
        self.parser.push(chunk.into());
    }

    /// The next event, or `None` if more bytes are needed. A decoder that has failed stays failed.
    ///
    /// As the standard requires, a single line `data:` makes an event with empty data.
    pub fn next_event(&mut self) -> Result<Option<Event>, LimitExceeded> {
        let frame = self.parser.next_frame()?;
        Ok(frame.map(|frame| self.event(frame)))
    }

    /// Ends the stream, and returns an event whose empty line has not arrived, which the standard
    /// discards. Its last line may be cut anywhere, and it may have no data yet.
    ///
    /// Take all events with [`next_event`](Self::next_event) before.
    pub fn finish(&mut self) -> Result<Option<Event>, LimitExceeded> {
        let frame = self.parser.finish()?;
        Ok(frame.map(|frame| self.event(frame)))
    }

    /// The `id:` of the last event, to resume the stream.
    pub fn last_event_id(&self) -> &str {
        self.parser.last_event_id()
    }

    /// The time that the server asks to wait before reconnecting: `retry:`.
    pub const fn reconnection_time(&self) -> Option<Duration> {
        self.parser.reconnection_time()
    }

    fn event(&self, frame: Frame<Bytes>) -> Event {
        Event {
            name: frame.name,
            data: frame.data.into(),
            id: self.parser.last_event_id().to_owned(),
        }
    }
}

impl Default for Decoder {
    fn default() -> Self {
        Self::new()
    }
}
