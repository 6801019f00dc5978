//! The typed events of one operation.
//!
//! ```text
//! data: {"type":"image_edit.completed","b64_json":"…"}
//!
//! ```
//!
//! is the variant whose tag is `image_edit.completed`. An event that is not in the description is
//! kept with its name and data.
//!
//! JSON lines are read in the same way: each line is the data of an event without a name.
//!
//! | input | item | then |
//! |---|---|---|
//! | an event without data, or with blank data that is not text | | the stream goes on |
//! | an event that cannot be read | [`StreamError::Decode`] | the stream goes on |
//! | the API's error, where the description has one | [`StreamError::Api`] | [`End::Error`] |
//! | `[DONE]`, or the end after a whole event | | [`End::Done`], [`End::Eof`] |
//! | the same, without the event that has to be the last | [`StreamError::Unfinished`] | [`End::Unfinished`] |
//! | the end within an event | [`StreamError::Truncated`] | [`End::Truncated`] |
//! | a body without any event, field or comment | [`StreamError::Response`] | [`End::Error`] |
//! | a connection that breaks | [`StreamError::Transport`] | [`End::Transport`] |

mod data;
mod error;
mod peek;
mod plain;
mod reader;
mod records;
mod response;
mod text;

use std::{fmt, marker::PhantomData};

use bytes::{Bytes, BytesMut};

use crate::{
    DecodeError, ResponseError, ResponseHead,
    event_stream::{Frame, LimitExceeded, Limits, Parser},
    json::{Base64At, Base64Members, Decode, Text},
    response::{ByStatus, Undescribed},
};

use data::EventData;
pub use error::{End, EventError, StreamError};
use peek::Peek;
pub use reader::Events;
use records::Records;
pub use response::{EventResponse, LinesResponse};

/// The type of the events of a stream.
pub trait StreamEvent: Sized {
    /// The member of the data that names the kind of an event. Without it, the kind is the name of
    /// the event.
    const TAG: Option<&'static str>;

    /// The members with base64, which is decoded before the kind of the event is known.
    const BASE64: Base64Members = &[];

    /// The type of the API's error, which ends the stream as [`StreamError::Api`]
    /// (`x-stream-error`); [`Undescribed`] if the description does not mark an event as one.
    type Error: for<'de> Decode<'de> + fmt::Debug + Send + Sync + 'static;

    /// The kinds of events that are the API's error.
    const ERRORS: &'static [&'static str] = &[];

    /// The member that only errors have, whatever their kind (`x-stream-error: MEMBER`). Its value
    /// is an object or a non-empty string.
    const ERROR_MEMBER: Option<&'static str> = None;

    /// The kinds of events that may be the last, if the description marks any (`x-stream-last`). A
    /// stream that ends without one is [`StreamError::Unfinished`].
    const LAST: &'static [&'static str] = &[];

    /// True if the data of events of this kind is text. Such data may be blank, and is the end
    /// only if it is exactly `[DONE]`.
    fn is_text(_kind: Option<&str>) -> bool {
        false
    }

    /// Reads the data of an event of this kind.
    fn decode(kind: Option<&str>, data: Text) -> Result<Self, DecodeError>;
}

/// Reads typed events from the body of a response.
///
/// It is an iterator: `None` means that more bytes are needed, or, once [`end`](Self::end) is set,
/// that the stream has ended. After [`StreamError::Decode`] the stream goes on; any other error is
/// the last item.
pub struct EventDecoder<T, E = Undescribed> {
    head: ResponseHead,
    input: Input,
    content: Content,
    /// True once an event has arrived that may be the last one.
    saw_last: bool,
    end: Option<End>,
    event: PhantomData<fn() -> (T, E)>,
}

/// The content of the body.
enum Content {
    Events(Box<Parser<EventData>>),
    Records(Box<Records>),
    /// The body is not a stream. It is collected for the error.
    Refused {
        body: BytesMut,
        most: usize,
    },
}

/// The state of the input.
enum Input {
    Open,
    Finished,
    Aborted(Box<dyn std::error::Error + Send + Sync>),
}

impl<T: StreamEvent, E: ByStatus> EventDecoder<T, E> {
    /// Makes a decoder for the body that follows this head.
    pub fn new(head: &ResponseHead) -> Self {
        Self::with_limits(head, Limits::default())
    }

    /// Makes a decoder with other limits.
    pub fn with_limits(head: &ResponseHead, limits: Limits) -> Self {
        Self::of(head, limits, |content_type, data| {
            // Without a content type, the content shows whether the body is a stream.
            let is_stream = content_type.is_none_or(|essence| essence == "text/event-stream");
            let parser = || Box::new(Parser::new(limits, data).keeping_preamble());
            is_stream.then(|| Content::Events(parser()))
        })
    }

    /// Makes a decoder for JSON lines or a JSON text sequence.
    pub fn of_lines(head: &ResponseHead, limits: Limits) -> Self {
        Self::of(head, limits, |content_type, data| {
            let is_stream = content_type.is_none_or(|essence| {
                essence.contains("json") || matches!(essence, "" | "text/plain")
            });
            let records = || Box::new(Records::new(content_type, limits, data));
            is_stream.then(|| Content::Records(records()))
        })
    }

    fn of(
        head: &ResponseHead,
        limits: Limits,
        stream: impl FnOnce(Option<&str>, EventData) -> Option<Content>,
    ) -> Self {
        let content_type = head.content_type();
        let data = EventData::new(Base64At::Members(T::BASE64));
        let has_content = head.is_success() && !head.is_without_content();
        let content = has_content.then(|| stream(content_type.as_deref(), data));
        Self {
            head: head.clone(),
            input: Input::Open,
            content: content.flatten().unwrap_or_else(|| Content::Refused {
                body: BytesMut::new(),
                most: limits.event,
            }),
            saw_last: false,
            end: None,
            event: PhantomData,
        }
    }
}

impl<T, E> EventDecoder<T, E> {
    /// Appends bytes of the body.
    pub fn push(&mut self, chunk: impl Into<Bytes>) {
        let chunk = chunk.into();
        match &mut self.content {
            _ if self.end.is_some() || !matches!(self.input, Input::Open) => {}
            Content::Events(parser) => parser.push(chunk),
            Content::Records(records) => records.push(chunk),
            Content::Refused { body, most } => {
                let room = most.saturating_sub(body.len());
                body.extend_from_slice(chunk.get(..room).unwrap_or(&chunk));
            }
        }
    }

    /// Ends the body. Events that have not been taken remain available.
    pub fn finish(&mut self) {
        if matches!(self.input, Input::Open) {
            self.input = Input::Finished;
        }
    }

    /// Ends a body that was cut off. Complete events remain available; an unfinished one is never
    /// returned.
    pub fn abort(&mut self, error: impl Into<Box<dyn std::error::Error + Send + Sync>>) {
        if matches!(self.input, Input::Open) {
            self.input = Input::Aborted(error.into());
        }
    }

    /// The way in which the stream ended; `None` until then.
    pub const fn end(&self) -> Option<End> {
        self.end
    }

    /// Status and headers of the response.
    pub const fn head(&self) -> &ResponseHead {
        &self.head
    }

    /// Reads the bytes of the body when events are requested.
    pub fn read_from<R>(self, reader: R) -> Events<T, E, R> {
        Events::new(self, reader)
    }
}

/// An item of a decoder.
type Item<T, E> = Result<T, StreamError<E, <T as StreamEvent>::Error>>;

impl<T: StreamEvent, E: ByStatus> Iterator for EventDecoder<T, E> {
    type Item = Item<T, E>;

    fn next(&mut self) -> Option<Self::Item> {
        while self.end.is_none() {
            let frame = match &mut self.content {
                Content::Events(parser) => parser.next_frame(),
                Content::Records(records) => records.next_frame(),
                Content::Refused { .. } if matches!(self.input, Input::Open) => return None,
                Content::Refused { body, .. } => {
                    let body = body.split().freeze();
                    return Some(self.refuse(body));
                }
            };
            let item = match frame {
                Ok(Some(frame)) => self.read(frame),
                Ok(None) => return self.close(),
                Err(error) => Some(self.fail(error.into())),
            };
            if item.is_some() {
                return item;
            }
        }
        None
    }
}

impl Content {
    /// Takes the bytes so far, if nothing in them looks like a stream.
    fn take_preamble(&mut self) -> Option<Bytes> {
        match self {
            Self::Events(parser) => parser.take_preamble(),
            Self::Records(_) | Self::Refused { .. } => None,
        }
    }

    /// Finishes the input. Returns the last event if it has not ended.
    fn finish(&mut self) -> Result<Option<Frame<Text>>, LimitExceeded> {
        match self {
            Self::Events(parser) => parser.finish(),
            Self::Records(records) => Ok(records.finish().filter(|frame| !is_blank(&frame.data))),
            Self::Refused { .. } => Ok(None),
        }
    }
}

impl<T: StreamEvent, E: ByStatus> EventDecoder<T, E> {
    /// Ends the stream after all complete events. Returns a last item, if there is one.
    fn close(&mut self) -> Option<Item<T, E>> {
        match std::mem::replace(&mut self.input, Input::Open) {
            Input::Open => None,
            Input::Aborted(error) => {
                let preamble = self.content.take_preamble();
                let preamble = preamble.filter(|body| !body.is_empty());
                self.end = Some(End::Transport);
                Some(Err(match preamble {
                    Some(body) => ResponseError::broken_off(&self.head, body, error).into(),
                    None => StreamError::Transport(error),
                }))
            }
            Input::Finished => {
                self.input = Input::Finished;
                if let Some(body) = self.content.take_preamble() {
                    return Some(self.refuse(body));
                }
                match self.content.finish() {
                    Ok(None) => self.end_cleanly(End::Eof),
                    Ok(Some(frame)) if Self::is_done(&frame) || Self::is_whole(&frame) => {
                        self.read(frame).or_else(|| self.next())
                    }
                    Ok(Some(frame)) => {
                        self.end = Some(End::Truncated);
                        Some(Err(StreamError::Truncated {
                            name: frame.name,
                            data: frame.data.into_bytes().into(),
                        }))
                    }
                    Err(error) => Some(self.fail(error.into())),
                }
            }
        }
    }

    /// Reads an event; `None` for an empty event, and for the one that marks the end.
    fn read(&mut self, frame: Frame<Text>) -> Option<Item<T, E>> {
        let is_text = T::is_text(frame.name.as_deref());
        if is_blank(&frame.data) && (frame.data.rest().is_empty() || !is_text) {
            return None;
        }
        if Self::is_done(&frame) {
            return self.end_cleanly(End::Done);
        }
        let Frame { name, data } = frame;
        let peek = Peek::read(T::TAG, T::ERROR_MEMBER, data.rest());
        let tag = peek.tag.as_deref();
        let is_error = |kind: Option<&str>| kind.is_some_and(|kind| T::ERRORS.contains(&kind));
        if peek.has_error || is_error(tag) || is_error(name.as_deref()) {
            let error = EventError::new(name, data.into_bytes());
            return Some(self.fail(StreamError::Api(Box::new(error))));
        }
        let kind = tag.or(name.as_deref());
        self.saw_last |= kind.is_some_and(|kind| T::LAST.contains(&kind));
        let item = T::decode(kind, data);
        Some(item.map_err(|error| StreamError::Decode { name, error }))
    }

    /// True for the data with which the API marks the end of the stream.
    fn is_done(frame: &Frame<Text>) -> bool {
        let data = frame.data.rest().trim_ascii();
        if T::is_text(frame.name.as_deref()) {
            return data == DONE;
        }
        data.starts_with(DONE)
    }

    /// True if an event is complete although the empty line after it is missing.
    fn is_whole(frame: &Frame<Text>) -> bool {
        !T::is_text(frame.name.as_deref()) && frame.data.is_json()
    }

    /// Ends the stream without an error, unless the last event has not arrived.
    fn end_cleanly(&mut self, end: End) -> Option<Item<T, E>> {
        if T::LAST.is_empty() || self.saw_last {
            self.end = Some(end);
            return None;
        }
        self.end = Some(End::Unfinished);
        Some(Err(StreamError::Unfinished { last: T::LAST }))
    }

    fn fail(&mut self, error: StreamError<E, T::Error>) -> Item<T, E> {
        self.end = Some(End::Error);
        Err(error)
    }

    /// The error of a body that is not read as events: by its status, by its type, or because it
    /// is empty.
    fn refuse(&mut self, body: Bytes) -> Item<T, E> {
        let head = &self.head;
        let error = if ResponseError::<E>::expects_content(head, &body) {
            ResponseError::of_other_type(head, body)
        } else {
            ResponseError::of_head(head, body)
        };
        self.fail(error.into())
    }
}

impl<T, E> fmt::Debug for EventDecoder<T, E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("EventDecoder")
            .field("head", &self.head)
            .field("end", &self.end)
            .finish_non_exhaustive()
    }
}

fn is_blank(data: &Text) -> bool {
    data.rest().trim_ascii().is_empty()
}

/// The data that APIs send after the last event.
const DONE: &[u8] = b"[DONE]";
