//! From bytes to lines, from lines to fields, from fields to events.

use std::{collections::VecDeque, time::Duration};

use bytes::{Buf, Bytes, BytesMut};
use memchr::{memchr, memchr2};

use super::{LimitExceeded, Limits};
use crate::json::without_bom;

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

/// Reads events from chunks of bytes, each of which is looked at once.
#[derive(Debug)]
pub(crate) struct Parser<D> {
    limits: Limits,
    chunks: VecDeque<Bytes>,
    pending: usize,
    progress: Progress,
    /// The beginning of a line whose end has not come, unless it is a line of data.
    line: BytesMut,
    /// How long the line is so far.
    line_length: usize,
    /// Whether the line is one of data, whose value `data` has.
    is_data: bool,
    /// The event whose empty line has not come.
    name: Bytes,
    data: D,
    /// The last `id:`, which counts from the next empty line on.
    id: String,
    last_event_id: String,
    reconnection_time: Option<Duration>,
    failed: Option<LimitExceeded>,
}

/// Where in the stream the next byte stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Progress {
    /// In the first line, which may begin with a byte order mark.
    Start,
    /// In a later line.
    Line,
    /// After a carriage return, to which a line feed may belong.
    CarriageReturn,
}

impl<D: Data> Parser<D> {
    pub fn new(limits: Limits, data: D) -> Self {
        Self {
            limits,
            chunks: VecDeque::new(),
            pending: 0,
            progress: Progress::Start,
            line: BytesMut::new(),
            line_length: 0,
            is_data: false,
            name: Bytes::new(),
            data,
            id: String::new(),
            last_event_id: String::new(),
            reconnection_time: None,
            failed: None,
        }
    }

    /// Appends bytes; [`next_frame`](Self::next_frame) reads them.
    pub fn push(&mut self, chunk: Bytes) {
        if self.failed.is_some() || chunk.is_empty() {
            return;
        }
        self.pending = self.pending.saturating_add(chunk.len());
        if self.pending > self.limits.pending {
            self.fail(LimitExceeded::Pending(self.limits.pending));
        } else {
            self.chunks.push_back(chunk);
        }
    }

    /// The next event, or `None` if more bytes are needed.
    pub fn next_frame(&mut self) -> Result<Option<Frame<D::Output>>, LimitExceeded> {
        if let Some(error) = self.failed {
            return Err(error);
        }
        self.read_lines().inspect_err(|error| self.fail(*error))
    }

    /// Ends the stream: an event whose empty line has not come.
    pub fn finish(&mut self) -> Result<Option<Frame<D::Output>>, LimitExceeded> {
        let line = self.line.split().freeze();
        let line = self.without_bom(line);
        let is_field = self.is_data || !(line.is_empty() || line.starts_with(b":"));
        if !self.is_data {
            self.field(line).inspect_err(|error| self.fail(*error))?;
        }
        let data = self.data.take();
        if data.is_none() && !is_field && self.name.is_empty() {
            return Ok(None);
        }
        let data = data.or_else(|| {
            self.data.begin_line();
            self.data.take()
        });
        Ok(data.map(|data| self.frame(data)))
    }

    pub fn last_event_id(&self) -> &str {
        &self.last_event_id
    }

    pub const fn reconnection_time(&self) -> Option<Duration> {
        self.reconnection_time
    }

    /// Nothing is held of a stream that has failed.
    fn fail(&mut self, error: LimitExceeded) {
        self.failed = Some(error);
        self.chunks = VecDeque::new();
        self.line = BytesMut::new();
        self.data.take();
    }

    fn read_lines(&mut self) -> Result<Option<Frame<D::Output>>, LimitExceeded> {
        while let Some(mut chunk) = self.chunks.pop_front() {
            let mut frame = None;
            while frame.is_none() && !chunk.is_empty() {
                frame = self.read_line(&mut chunk)?;
            }
            if !chunk.is_empty() {
                self.chunks.push_front(chunk);
            }
            if frame.is_some() {
                return Ok(frame);
            }
        }
        Ok(None)
    }

    /// Takes one line off the chunk, or all of it if it has no end.
    fn read_line(&mut self, chunk: &mut Bytes) -> Result<Option<Frame<D::Output>>, LimitExceeded> {
        if self.progress == Progress::CarriageReturn {
            self.progress = Progress::Line;
            if chunk.first() == Some(&b'\n') {
                self.advance(chunk, 1);
                return Ok(None);
            }
        }
        if self.is_data {
            let taken = self.data.push_chunk(chunk);
            self.advance(chunk, taken);
            self.line_length = self.line_length.saturating_add(taken);
        }
        let end = memchr2(b'\n', b'\r', chunk);
        let length = end.unwrap_or(chunk.len());
        self.line_length = self.line_length.saturating_add(length);
        if self.line_length > self.limits.line {
            return Err(LimitExceeded::Line(self.limits.line));
        }
        if self.is_data {
            self.push_data(chunk, length)?;
            self.advance(chunk, length);
            self.is_data = end.is_none();
            self.end_line(chunk);
            return Ok(None);
        }
        let piece = chunk.split_to(length);
        self.pending = self.pending.saturating_sub(length);
        if end.is_none() {
            return self.begin_line(&piece).map(|()| None);
        }
        let frame = self.line(piece);
        self.end_line(chunk);
        frame
    }

    /// Takes the end of the line off the chunk, if it has come.
    fn end_line(&mut self, chunk: &mut Bytes) {
        if let Some(&end) = chunk.first() {
            self.advance(chunk, 1);
            self.line_length = 0;
            self.progress = if end == b'\r' {
                Progress::CarriageReturn
            } else {
                Progress::Line
            };
        }
    }

    fn advance(&mut self, chunk: &mut Bytes, count: usize) {
        chunk.advance(count);
        self.pending = self.pending.saturating_sub(count);
    }

    /// Takes in a piece of a line whose end has not come. As soon as it is known to be data, the value is handed on.
    fn begin_line(&mut self, piece: &Bytes) -> Result<(), LimitExceeded> {
        let value = if self.line.is_empty()
            && let Some(start) = self.value_start(piece)
        {
            piece.slice(start..)
        } else {
            self.line.extend_from_slice(piece);
            let Some(start) = self.value_start(&self.line) else {
                return Ok(());
            };
            self.line.split().freeze().slice(start..)
        };
        self.is_data = true;
        self.data.begin_line();
        self.push_data(&value, value.len())
    }

    /// Where the value of a line of data begins, if it is one and that can be told already.
    fn value_start(&self, line: &[u8]) -> Option<usize> {
        let mark = if self.progress == Progress::Start {
            line.len() - without_bom(line).len()
        } else {
            0
        };
        let first = line.get(mark..)?.strip_prefix(b"data:")?.first()?;
        Some(mark + if *first == b' ' { 6 } else { 5 })
    }

    fn push_data(&mut self, chunk: &Bytes, length: usize) -> Result<(), LimitExceeded> {
        self.data.push(chunk, length);
        if self.data.len() > self.limits.event {
            return Err(LimitExceeded::Event(self.limits.event));
        }
        Ok(())
    }

    /// Takes in the last piece of a line. An empty line ends the event.
    fn line(&mut self, piece: Bytes) -> Result<Option<Frame<D::Output>>, LimitExceeded> {
        let line = if self.line.is_empty() {
            piece
        } else {
            self.line.extend_from_slice(&piece);
            self.line.split().freeze()
        };
        let line = self.without_bom(line);
        if line.is_empty() {
            Ok(self.dispatch())
        } else {
            self.field(line).map(|()| None)
        }
    }

    fn without_bom(&self, line: Bytes) -> Bytes {
        if self.progress == Progress::Start {
            line.slice_ref(without_bom(&line))
        } else {
            line
        }
    }

    /// Takes in a line that is not empty.
    fn field(&mut self, line: Bytes) -> Result<(), LimitExceeded> {
        let (name, value) = split_field(line);
        match &*name {
            b"data" => {
                self.data.begin_line();
                self.push_data(&value, value.len())?;
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
    fn dispatch(&mut self) -> Option<Frame<D::Output>> {
        self.last_event_id.clone_from(&self.id);
        let Some(data) = self.data.take() else {
            self.name.clear();
            return None;
        };
        Some(self.frame(data))
    }

    fn frame(&mut self, data: D::Output) -> Frame<D::Output> {
        let name = std::mem::take(&mut self.name);
        let name = Some(name).filter(|name| !name.is_empty());
        Frame {
            name: name.map(|name| String::from_utf8_lossy(&name).into_owned()),
            data,
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
