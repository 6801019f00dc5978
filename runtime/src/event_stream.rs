//! The event stream format (WHATWG HTML §9.2.6), from bytes to events.
//!
//! ```text
//! event: image_edit.completed
//! data: {"b64_json":"…"}
//!
//! ```
//!
//! becomes, with the empty line, one [`Event`] with the name `image_edit.completed` and the data. However the bytes
//! are cut into chunks, the events are the same, and every byte is looked at once. The data of an event that came
//! within one chunk is a part of that chunk, not a copy.

use std::{borrow::Cow, collections::VecDeque, error::Error, fmt, time::Duration};

use bytes::{Buf, Bytes, BytesMut};
use memchr::{memchr, memchr2};

use crate::json::without_bom;

/// An event with data.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Event {
    /// What `event:` says; without it the standard calls the event `message`.
    pub name: Option<String>,
    /// All `data:` lines, joined by line feeds. It is UTF-8: other bytes were replaced.
    pub data: Bytes,
    /// The last `id:` of the stream so far; empty if there was none.
    pub id: String,
}

impl Event {
    /// The data as text.
    pub fn text(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(&self.data)
    }
}

/// How much a stream may make a [`Decoder`] hold, in bytes. An image is one line of base64.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The longest line.
    pub line: usize,
    /// The most data of one event.
    pub event: usize,
    /// The most bytes that were pushed and not yet looked at.
    pub pending: usize,
}

impl Default for Limits {
    /// 256 MiB each.
    fn default() -> Self {
        let limit = 256 * 1024 * 1024;
        Self {
            line: limit,
            event: limit,
            pending: limit,
        }
    }
}

/// A stream that goes beyond one of the [`Limits`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum LimitExceeded {
    /// A line has more bytes than this.
    Line(usize),
    /// The data of an event has more bytes than this.
    Event(usize),
    /// More bytes than this were pushed ahead.
    Pending(usize),
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
#[derive(Debug, Default)]
pub struct Decoder {
    limits: Limits,
    chunks: VecDeque<Bytes>,
    pending: usize,
    /// The beginning of a line whose end has not come.
    line: BytesMut,
    progress: Progress,
    /// The event whose empty line has not come.
    name: Bytes,
    data: Data,
    /// The last `id:`, which counts from the next empty line on.
    id: String,
    last_event_id: String,
    reconnection_time: Option<Duration>,
    failed: Option<LimitExceeded>,
}

/// Where in the stream the next byte stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Progress {
    /// In the first line, which may begin with a byte order mark.
    #[default]
    Start,
    /// In a later line.
    Line,
    /// After a carriage return, to which a line feed may belong.
    CarriageReturn,
}

/// The data of an event so far.
#[derive(Debug, Default)]
enum Data {
    #[default]
    None,
    One(Bytes),
    Lines(BytesMut),
}

impl Decoder {
    /// A decoder at the beginning of a stream.
    pub fn new() -> Self {
        Self::default()
    }

    /// A decoder that holds less, or more.
    pub fn with_limits(limits: Limits) -> Self {
        Self {
            limits,
            ..Self::default()
        }
    }

    /// Appends bytes; [`next_event`](Self::next_event) reads them.
    pub fn push(&mut self, chunk: impl Into<Bytes>) {
        let chunk = chunk.into();
        if self.failed.is_some() || chunk.is_empty() {
            return;
        }
        self.pending = self.pending.saturating_add(chunk.len());
        if self.pending > self.limits.pending {
            self.chunks.clear();
            self.failed = Some(LimitExceeded::Pending(self.limits.pending));
        } else {
            self.chunks.push_back(chunk);
        }
    }

    /// The next event, or `None` if more bytes are needed. A decoder that has failed stays failed.
    pub fn next_event(&mut self) -> Result<Option<Event>, LimitExceeded> {
        if let Some(error) = self.failed {
            return Err(error);
        }
        self.read_lines()
            .inspect_err(|error| self.failed = Some(*error))
    }

    /// Ends the stream, and gives what the standard throws away: an event whose empty line has not come. Its last
    /// line may be cut anywhere, and there may be no data yet.
    ///
    /// All events must have been taken with [`next_event`](Self::next_event) before.
    pub fn finish(&mut self) -> Result<Option<Event>, LimitExceeded> {
        let line = self.line.split().freeze();
        let line = if self.progress == Progress::Start {
            line.slice_ref(without_bom(&line))
        } else {
            line
        };
        let is_inside = !line.is_empty() && !line.starts_with(b":");
        self.field(line)
            .inspect_err(|error| self.failed = Some(*error))?;
        if !is_inside && self.name.is_empty() && matches!(self.data, Data::None) {
            return Ok(None);
        }
        let data = self.data.take().unwrap_or_default();
        Ok(Some(self.event(data)))
    }

    /// The `id:` of the last event, to resume a stream with.
    pub fn last_event_id(&self) -> &str {
        &self.last_event_id
    }

    /// What the server asks to wait before reconnecting: `retry:`.
    pub const fn reconnection_time(&self) -> Option<Duration> {
        self.reconnection_time
    }

    fn read_lines(&mut self) -> Result<Option<Event>, LimitExceeded> {
        while let Some(mut chunk) = self.chunks.pop_front() {
            let mut event = None;
            while event.is_none() && !chunk.is_empty() {
                event = self.read_line(&mut chunk)?;
            }
            if !chunk.is_empty() {
                self.chunks.push_front(chunk);
            }
            if event.is_some() {
                return Ok(event);
            }
        }
        Ok(None)
    }

    /// Takes one line off the chunk, or all of it if it has no end.
    fn read_line(&mut self, chunk: &mut Bytes) -> Result<Option<Event>, LimitExceeded> {
        if self.progress == Progress::CarriageReturn {
            self.progress = Progress::Line;
            if chunk.first() == Some(&b'\n') {
                self.advance(chunk, 1);
                return Ok(None);
            }
        }
        let end = memchr2(b'\n', b'\r', chunk);
        let part = chunk.split_to(end.unwrap_or(chunk.len()));
        self.pending = self.pending.saturating_sub(part.len());
        if self.line.len().saturating_add(part.len()) > self.limits.line {
            return Err(LimitExceeded::Line(self.limits.line));
        }
        let Some(&end) = chunk.first().filter(|_| end.is_some()) else {
            self.line.extend_from_slice(&part);
            return Ok(None);
        };
        self.advance(chunk, 1);
        let line = if self.line.is_empty() {
            part
        } else {
            self.line.extend_from_slice(&part);
            self.line.split().freeze()
        };
        let line = if self.progress == Progress::Start {
            line.slice_ref(without_bom(&line))
        } else {
            line
        };
        self.progress = if end == b'\r' {
            Progress::CarriageReturn
        } else {
            Progress::Line
        };
        if line.is_empty() {
            Ok(self.dispatch())
        } else {
            self.field(line).map(|()| None)
        }
    }

    fn advance(&mut self, chunk: &mut Bytes, count: usize) {
        chunk.advance(count);
        self.pending = self.pending.saturating_sub(count);
    }

    /// Takes in a line that is not empty.
    fn field(&mut self, line: Bytes) -> Result<(), LimitExceeded> {
        let (name, value) = split_field(line);
        match &*name {
            b"data" => {
                self.data.push(value);
                if self.data.len() > self.limits.event {
                    return Err(LimitExceeded::Event(self.limits.event));
                }
            }
            b"event" => self.name = value,
            b"id" if memchr(0, &value).is_none() => {
                self.id = String::from_utf8_lossy(&value).into_owned();
            }
            b"retry" if value.iter().all(u8::is_ascii_digit) => {
                let time = std::str::from_utf8(&value)
                    .ok()
                    .and_then(|digits| digits.parse().ok());
                self.reconnection_time = time.map(Duration::from_millis).or(self.reconnection_time);
            }
            // A comment has an empty name; other fields are for other times.
            _ => {}
        }
        Ok(())
    }

    /// Ends an event at its empty line.
    fn dispatch(&mut self) -> Option<Event> {
        self.last_event_id.clone_from(&self.id);
        let Some(data) = self.data.take() else {
            self.name.clear();
            return None;
        };
        Some(self.event(data))
    }

    fn event(&mut self, data: Bytes) -> Event {
        let name = std::mem::take(&mut self.name);
        let name = String::from_utf8_lossy(&name).into_owned();
        let data = match String::from_utf8_lossy(&data) {
            Cow::Borrowed(_) => data,
            Cow::Owned(replaced) => replaced.into(),
        };
        Event {
            name: Some(name).filter(|name| !name.is_empty()),
            data,
            id: self.last_event_id.clone(),
        }
    }
}

impl Data {
    fn push(&mut self, line: Bytes) {
        *self = match std::mem::take(self) {
            Self::None => Self::One(line),
            Self::One(first) => Self::join(BytesMut::from(first), &line),
            Self::Lines(lines) => Self::join(lines, &line),
        };
    }

    fn join(mut lines: BytesMut, line: &[u8]) -> Self {
        lines.extend_from_slice(b"\n");
        lines.extend_from_slice(line);
        Self::Lines(lines)
    }

    fn len(&self) -> usize {
        match self {
            Self::None => 0,
            Self::One(line) => line.len(),
            Self::Lines(lines) => lines.len(),
        }
    }

    fn take(&mut self) -> Option<Bytes> {
        match std::mem::take(self) {
            Self::None => None,
            Self::One(line) => Some(line),
            Self::Lines(lines) => Some(lines.freeze()),
        }
    }
}

/// What stands before the first colon, and what after it but for one space.
fn split_field(mut line: Bytes) -> (Bytes, Bytes) {
    let Some(colon) = memchr(b':', &line) else {
        return (line, Bytes::new());
    };
    let name = line.split_to(colon);
    line.advance(if line.get(1) == Some(&b' ') { 2 } else { 1 });
    (name, line)
}

impl fmt::Display for LimitExceeded {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Line(limit) => write!(
                formatter,
                "a line of the event stream has more than {limit} bytes"
            ),
            Self::Event(limit) => write!(
                formatter,
                "an event of the stream has more than {limit} bytes of data"
            ),
            Self::Pending(limit) => write!(
                formatter,
                "more than {limit} bytes of the event stream are unread"
            ),
        }
    }
}

impl Error for LimitExceeded {}
