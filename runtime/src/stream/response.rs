//! Responses that are a stream of values: server-sent events or JSON lines.

use std::io::Read;

use super::{EventDecoder, Events, StreamEvent};
use crate::{
    event_stream::Limits,
    response::{ByStatus, Response, ResponseHead, reader},
};

reader! {
    /// The response is a stream of server-sent events (WHATWG HTML §9.2).
    pub struct EventResponse(T)
}

impl<T: StreamEvent, E: ByStatus> Response for EventResponse<T, E> {
    const ACCEPT: Option<&'static str> = Some("text/event-stream");
}

impl<T: StreamEvent, E: ByStatus> EventResponse<T, E> {
    /// Makes a decoder for a body that is pushed in chunks.
    pub fn decoder(&self, head: &ResponseHead) -> EventDecoder<T, E> {
        EventDecoder::new(head)
    }

    /// Makes a decoder with other limits on its memory.
    pub fn decoder_with_limits(&self, head: &ResponseHead, limits: Limits) -> EventDecoder<T, E> {
        EventDecoder::with_limits(head, limits)
    }

    /// Decodes a body while it is read.
    pub fn read_from<R: Read>(&self, head: &ResponseHead, reader: R) -> Events<T, E, R> {
        EventDecoder::new(head).read_from(reader)
    }
}

reader! {
    /// The response is JSON values: one in each line (`application/x-ndjson`, `application/jsonl`)
    /// or one after each record separator (`application/json-seq`, RFC 7464). They are decoded
    /// like events.
    ///
    /// ```
    /// use openapi_runtime::{LinesResponse, ResponseHead, StreamError};
    ///
    /// let head = ResponseHead::new(200).with_header("content-type", "application/x-ndjson");
    /// let lines = LinesResponse::<Vec<i64>>::default().read_from(&head, &b"[1]\n[2, 3]\n"[..]);
    /// assert_eq!(lines.collect::<Result<Vec<_>, _>>()?, [vec![1], vec![2, 3]]);
    /// # Ok::<(), StreamError>(())
    /// ```
    pub struct LinesResponse(T)
}

impl<T: StreamEvent, E: ByStatus> Response for LinesResponse<T, E> {
    const ACCEPT: Option<&'static str> = Some("application/x-ndjson");
}

impl<T: StreamEvent, E: ByStatus> LinesResponse<T, E> {
    /// Makes a decoder for a body that is pushed in chunks.
    pub fn decoder(&self, head: &ResponseHead) -> EventDecoder<T, E> {
        self.decoder_with_limits(head, Limits::default())
    }

    /// Makes a decoder with other limits on its memory.
    pub fn decoder_with_limits(&self, head: &ResponseHead, limits: Limits) -> EventDecoder<T, E> {
        EventDecoder::of_lines(head, limits)
    }

    /// Decodes a body while it is read.
    pub fn read_from<R: Read>(&self, head: &ResponseHead, reader: R) -> Events<T, E, R> {
        self.decoder(head).read_from(reader)
    }
}
