//! Splits a body into consecutive JSON values, and yields the text of each.
//!
//! ```text
//! {"done":false}⏎{"done":true}⏎           application/x-ndjson, application/jsonl
//! ␞{"done":false}⏎␞{"done":true}⏎         application/json-seq (RFC 7464)
//! ```

use bytes::{Buf, Bytes};
use memchr::memchr;

use super::data::EventData;
use crate::{
    event_stream::{Chunks, Data, Frame, LimitExceeded, Limits},
    json::Text,
};

/// Reads the texts between separators from chunks of bytes. Each byte is scanned once.
pub(super) struct Records {
    limits: Limits,
    separator: u8,
    input: Chunks,
    data: EventData,
    /// True if a record has begun and its separator has not arrived.
    is_begun: bool,
    failed: Option<LimitExceeded>,
}

impl Records {
    /// `content_type` is that of the body, without parameters.
    pub(super) fn new(content_type: Option<&str>, limits: Limits, data: EventData) -> Self {
        let separator = match content_type {
            Some("application/json-seq") => 0x1e,
            _ => b'\n',
        };
        Self {
            separator,
            input: Chunks::new(limits.pending),
            limits,
            data,
            is_begun: false,
            failed: None,
        }
    }

    pub(super) fn push(&mut self, chunk: Bytes) {
        if self.failed.is_none() {
            self.input.push(chunk);
        }
    }

    /// The next record, which may be blank; `None` if more bytes are needed.
    pub(super) fn next_frame(&mut self) -> Result<Option<Frame<Text>>, LimitExceeded> {
        if let Some(error) = self.failed {
            return Err(error);
        }
        let frame = self.read();
        if let Err(error) = frame {
            self.failed = Some(error);
            self.input.clear();
            self.data.take();
        }
        frame
    }

    /// Ends the stream. Returns the last record if its separator has not arrived.
    pub(super) fn finish(&mut self) -> Option<Frame<Text>> {
        self.is_begun = false;
        let data = self.data.take()?;
        Some(Frame { name: None, data })
    }

    fn read(&mut self) -> Result<Option<Frame<Text>>, LimitExceeded> {
        while !self.input.first.is_empty() || self.input.advance()? {
            let chunk = &mut self.input.first;
            if !std::mem::replace(&mut self.is_begun, true) {
                self.data.begin_line();
            }
            let end = memchr(self.separator, chunk);
            let length = end.unwrap_or(chunk.len());
            self.data.push(chunk, length);
            chunk.advance(length + usize::from(end.is_some()));
            if self.data.len() > self.limits.event {
                return Err(LimitExceeded::Event(self.limits.event));
            }
            if end.is_some() {
                return Ok(self.finish());
            }
        }
        Ok(None)
    }
}
