//! From bytes to lines, from lines to fields, from fields to events.

use std::{fmt, time::Duration};

use bytes::{Buf, Bytes, BytesMut};
use memchr::{memchr, memchr2};

use super::{
    Chunks, Data, Frame, LimitExceeded, Limits,
    field::{is_known, split_field},
    preamble::Preamble,
};
use crate::json::without_bom;

/// Reads events from chunks of bytes, each of which is scanned once.
pub(crate) struct Parser<D> {
    limits: Limits,
    input: Chunks,
    progress: Progress,
    /// The beginning of a line whose end has not arrived, unless it is a line of data.
    line: BytesMut,
    /// Length of the line so far, in bytes.
    line_length: usize,
    /// True if the line is a line of data, whose value is in `data`.
    is_data: bool,
    /// Everything before the first field or comment; `None` once there is one.
    preamble: Option<Preamble>,
    /// The name of the event whose empty line has not arrived.
    name: Bytes,
    data: D,
    /// The last `id:`, which takes effect at the next empty line.
    id: String,
    last_event_id: String,
    reconnection_time: Option<Duration>,
    failed: Option<LimitExceeded>,
}

/// The position of the next byte in the stream.
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
    pub(crate) fn new(limits: Limits, data: D) -> Self {
        Self {
            input: Chunks::new(limits.pending),
            limits,
            progress: Progress::Start,
            line: BytesMut::new(),
            line_length: 0,
            is_data: false,
            preamble: None,
            name: Bytes::new(),
            data,
            id: String::new(),
            last_event_id: String::new(),
            reconnection_time: None,
            failed: None,
        }
    }

    /// Keeps everything before the first field or comment; see
    /// [`take_preamble`](Self::take_preamble).
    pub(crate) fn keeping_preamble(mut self) -> Self {
        self.preamble = Some(Preamble::new(self.limits.event));
        self
    }

    /// Appends bytes; [`next_frame`](Self::next_frame) reads them. Bytes beyond the limit are
    /// dropped, and so is everything after them.
    pub(crate) fn push(&mut self, chunk: Bytes) {
        if self.failed.is_none() {
            self.input.push(chunk);
        }
    }

    /// The next event, or `None` if more bytes are needed.
    pub(crate) fn next_frame(&mut self) -> Result<Option<Frame<D::Output>>, LimitExceeded> {
        if let Some(error) = self.failed {
            return Err(error);
        }
        self.read_lines().inspect_err(|error| self.fail(*error))
    }

    /// Ends the stream. Returns an event whose empty line has not arrived, even if only a part of
    /// its name or data has.
    pub(crate) fn finish(&mut self) -> Result<Option<Frame<D::Output>>, LimitExceeded> {
        if let Some(error) = self.failed {
            return Err(error);
        }
        let is_begun = self.is_data || self.begins_event();
        let line = self.line.split().freeze();
        let line = line.slice_ref(self.without_bom(&line));
        if is_begun && !self.is_data {
            self.field(line).inspect_err(|error| self.fail(*error))?;
        }
        self.is_data = false;
        let data = self.data.take();
        if data.is_none() && !is_begun && self.name.is_empty() {
            return Ok(None);
        }
        let data = data.or_else(|| {
            self.data.begin_line();
            self.data.take()
        });
        Ok(data.map(|data| self.frame(data)))
    }

    /// The bytes so far, or the beginning of very long ones, if they contain neither a field nor a
    /// comment: the body is not an event stream, although its content type says so.
    pub(crate) fn take_preamble(&mut self) -> Option<Bytes> {
        if self.is_data || is_known(self.without_bom(&self.line)) {
            self.preamble = None;
        }
        let preamble = self.preamble.take()?;
        Some(preamble.finish(self.line.split()))
    }

    pub(crate) fn last_event_id(&self) -> &str {
        &self.last_event_id
    }

    pub(crate) const fn reconnection_time(&self) -> Option<Duration> {
        self.reconnection_time
    }

    /// Drops all memory of a stream that has failed.
    fn fail(&mut self, error: LimitExceeded) {
        self.failed = Some(error);
        self.input.clear();
        self.line = BytesMut::new();
        self.preamble = None;
        self.data.take();
    }

    fn read_lines(&mut self) -> Result<Option<Frame<D::Output>>, LimitExceeded> {
        loop {
            while !self.input.first.is_empty() {
                let frame = self.read_line()?;
                if frame.is_some() {
                    return Ok(frame);
                }
            }
            if !self.input.advance()? {
                return Ok(None);
            }
        }
    }

    /// Takes one line from the chunk, or all of the chunk if it has no line end.
    fn read_line(&mut self) -> Result<Option<Frame<D::Output>>, LimitExceeded> {
        if self.progress == Progress::CarriageReturn {
            self.progress = Progress::Line;
            if self.input.first.first() == Some(&b'\n') {
                self.input.first.advance(1);
                if let Some(preamble) = &mut self.preamble {
                    preamble.push(b"\n");
                }
                return Ok(None);
            }
        }
        if self.is_data {
            let taken = self.data.push_chunk(&self.input.first);
            self.input.first.advance(taken);
            self.line_length = self.line_length.saturating_add(taken);
        }
        let end = memchr2(b'\n', b'\r', &self.input.first);
        let length = end.unwrap_or(self.input.first.len());
        self.line_length = self.line_length.saturating_add(length);
        if self.line_length > self.limits.line {
            return Err(LimitExceeded::Line(self.limits.line));
        }
        if self.is_data {
            self.data.push(&self.input.first, length);
            self.check_data()?;
            self.input.first.advance(length);
            self.is_data = end.is_none();
            self.end_line();
            return Ok(None);
        }
        let piece = self.input.first.split_to(length);
        if end.is_none() {
            return self.begin_line(&piece).map(|()| None);
        }
        let frame = self.line(piece);
        self.end_line();
        frame
    }

    /// Takes the end of the line from the chunk, if it has arrived.
    fn end_line(&mut self) {
        if let Some(&end) = self.input.first.first() {
            self.input.first.advance(1);
            self.line_length = 0;
            self.progress = if end == b'\r' {
                Progress::CarriageReturn
            } else {
                Progress::Line
            };
        }
    }

    /// Takes a piece of a line whose end has not arrived. Once it is known to be data, the value
    /// is passed on.
    fn begin_line(&mut self, piece: &Bytes) -> Result<(), LimitExceeded> {
        let is_first = self.line.is_empty();
        let value = if let Some(start) = is_first.then(|| self.value_start(piece)).flatten() {
            piece.slice(start..)
        } else {
            self.line.extend_from_slice(piece);
            let Some(start) = self.value_start(&self.line) else {
                return Ok(());
            };
            self.line.split().freeze().slice(start..)
        };
        self.is_data = true;
        self.preamble = None;
        self.data.begin_line();
        self.data.push(&value, value.len());
        self.check_data()
    }

    /// The beginning of the value, if the line is already known to be a line of data.
    fn value_start(&self, line: &[u8]) -> Option<usize> {
        let mark = line.len() - self.without_bom(line).len();
        let first = line.get(mark..)?.strip_prefix(b"data:")?.first()?;
        Some(mark + if *first == b' ' { 6 } else { 5 })
    }

    fn check_data(&self) -> Result<(), LimitExceeded> {
        if self.data.len() > self.limits.event {
            return Err(LimitExceeded::Event(self.limits.event));
        }
        Ok(())
    }

    /// Takes the last piece of a line. An empty line ends the event.
    fn line(&mut self, piece: Bytes) -> Result<Option<Frame<D::Output>>, LimitExceeded> {
        let line = if self.line.is_empty() {
            piece
        } else {
            self.line.extend_from_slice(&piece);
            self.line.split().freeze()
        };
        let preamble = self.preamble.take();
        if let Some(mut preamble) = preamble.filter(|_| !is_known(self.without_bom(&line))) {
            // Before the first field there is no event that an empty line could end.
            preamble.push_line(line);
            preamble.push(self.input.first.get(..1).unwrap_or_default());
            self.preamble = Some(preamble);
            return Ok(None);
        }
        let line = line.slice_ref(self.without_bom(&line));
        if line.is_empty() {
            Ok(self.dispatch())
        } else {
            self.field(line).map(|()| None)
        }
    }

    /// True if the unfinished line is a line of data or of a name, or may become one.
    fn begins_event(&self) -> bool {
        let line = self.without_bom(&self.line);
        let is_part = |name: &[u8]| {
            name.starts_with(line)
                || line
                    .strip_prefix(name)
                    .is_some_and(|rest| rest.starts_with(b":"))
        };
        !line.is_empty() && (is_part(b"data") || is_part(b"event"))
    }

    /// The line without the byte order mark at the beginning of the stream.
    fn without_bom<'line>(&self, line: &'line [u8]) -> &'line [u8] {
        if self.progress == Progress::Start {
            without_bom(line)
        } else {
            line
        }
    }

    /// Takes a line that is not empty.
    fn field(&mut self, line: Bytes) -> Result<(), LimitExceeded> {
        let (name, value) = split_field(line);
        match &*name {
            b"data" => {
                self.data.begin_line();
                self.data.push(&value, value.len());
                self.check_data()?;
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
            // A comment has an empty name. Other fields are ignored.
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

impl<D> fmt::Debug for Parser<D> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Parser")
            .field("limits", &self.limits)
            .field("unread", &self.input.unread())
            .field("failed", &self.failed)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;

    use super::{Data, Limits, Parser};

    /// Counts bytes by the method that they are passed to.
    #[derive(Default)]
    struct Counted {
        line: usize,
        chunk: usize,
    }

    impl Data for Counted {
        type Output = (usize, usize);

        fn begin_line(&mut self) {}

        fn push(&mut self, _: &Bytes, length: usize) {
            self.line += length;
        }

        fn push_chunk(&mut self, chunk: &[u8]) -> usize {
            let taken = chunk.iter().take_while(|byte| **byte == b'A').count();
            self.chunk += taken;
            taken
        }

        fn len(&self) -> usize {
            self.line + self.chunk
        }

        fn take(&mut self) -> Option<(usize, usize)> {
            let counted = std::mem::take(self);
            (counted.len() > 0).then_some((counted.line, counted.chunk))
        }
    }

    /// The parser does not search for line ends in bytes that the data takes by itself.
    #[test]
    fn data_takes_what_has_no_line_end() {
        let mut parser = Parser::new(Limits::default(), Counted::default());
        for chunk in ["data: x", "AAAA", "AAxA", "A\n\n"] {
            parser.push(chunk.into());
            let frame = parser.next_frame();
            let counted = frame.map(|frame| frame.map(|frame| frame.data));
            let expected = (chunk.len() == 3).then_some((3, 7));
            assert_eq!(counted, Ok(expected), "{chunk:?}");
        }
    }
}
