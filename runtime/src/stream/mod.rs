//! The typed events of one operation.
//!
//! ```text
//! data: {"type":"image_edit.completed","b64_json":"…"}
//!
//! ```
//!
//! is the variant whose tag is `image_edit.completed`. What the description does not list is kept with name and data.
//!
//! | what comes | item | and then |
//! |---|---|---|
//! | an event without data, or with blank data | | the stream goes on |
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

use std::{fmt, marker::PhantomData};

use bytes::{Bytes, BytesMut};

use crate::{
    ApiError, DecodeError, ResponseError, ResponseHead,
    event_stream::{Frame, Limits, Parser},
    json::{Base64At, Base64Members, Text},
};

use data::EventData;
pub use error::{End, StreamError};
use peek::Peek;
pub use reader::Events;

/// The type of the events of a stream.
pub trait StreamEvent: Sized {
    /// The member of the data that names the kind of an event. Without it the name of the event does.
    const TAG: Option<&'static str>;

    /// The members with base64, which is decoded before the kind of the event is known.
    const BASE64: Base64Members = &[];

    /// Whether an event can be the API's error, which ends the stream as [`StreamError::Api`].
    const DETECTS_ERRORS: bool = true;

    /// The kinds of events one of which comes last, where the description marks any (`x-stream-last`). A stream that
    /// ends without it is [`StreamError::Unfinished`].
    const LAST: &'static [&'static str] = &[];

    /// Reads the data of an event of this kind.
    fn decode(kind: Option<&str>, data: Text) -> Result<Self, DecodeError>;
}

/// Reads typed events from the body of a response.
///
/// It is an iterator: `None` says that more bytes are needed, or, once [`end`](Self::end) is known, that nothing
/// more comes. After [`StreamError::Decode`] the stream goes on; any other error is the last item.
pub struct EventDecoder<E> {
    head: ResponseHead,
    input: Input,
    content: Content,
    /// Whether an event has come that may be the last one.
    saw_last: bool,
    end: Option<End>,
    event: PhantomData<fn() -> E>,
}

/// What the body is.
enum Content {
    Events(Box<Parser<EventData>>),
    /// It is not an event stream, and is gathered to find out what it is.
    Refused {
        body: BytesMut,
        most: usize,
    },
}

/// Whether more bytes come.
enum Input {
    Open,
    Finished,
    Aborted(Box<dyn std::error::Error + Send + Sync>),
}

impl<E: StreamEvent> EventDecoder<E> {
    /// A decoder for the body that follows this head.
    pub fn new(head: &ResponseHead) -> Self {
        Self::with_limits(head, Limits::default())
    }

    /// A decoder that holds less, or more.
    pub fn with_limits(head: &ResponseHead, limits: Limits) -> Self {
        // Without a content type the body decides.
        let may_have_events = head
            .content_type()
            .is_none_or(|essence| essence == "text/event-stream");
        let is_stream = head.is_success() && !head.is_without_content() && may_have_events;
        let content = if is_stream {
            let data = EventData::new(Base64At::Members(E::BASE64));
            Content::Events(Box::new(Parser::new(limits, data).keeping_preamble()))
        } else {
            Content::Refused {
                body: BytesMut::new(),
                most: limits.event,
            }
        };
        Self {
            head: head.clone(),
            input: Input::Open,
            content,
            saw_last: false,
            end: None,
            event: PhantomData,
        }
    }
}

impl<E> EventDecoder<E> {
    /// Appends bytes of the body.
    pub fn push(&mut self, chunk: impl Into<Bytes>) {
        let chunk = chunk.into();
        match &mut self.content {
            _ if self.end.is_some() || !matches!(self.input, Input::Open) => {}
            Content::Events(parser) => parser.push(chunk),
            Content::Refused { body, most } => {
                let room = most.saturating_sub(body.len());
                body.extend_from_slice(chunk.get(..room).unwrap_or(&chunk));
            }
        }
    }

    /// Says that the body has come to its end. Events that are still to be taken stay.
    pub fn finish(&mut self) {
        if matches!(self.input, Input::Open) {
            self.input = Input::Finished;
        }
    }

    /// Says that the body broke off. Events that are complete stay, an unfinished one is never given.
    pub fn abort(&mut self, error: impl Into<Box<dyn std::error::Error + Send + Sync>>) {
        if matches!(self.input, Input::Open) {
            self.input = Input::Aborted(error.into());
        }
    }

    /// The way in which the stream ended, once it has.
    pub const fn end(&self) -> Option<End> {
        self.end
    }

    /// Status and headers of the response.
    pub const fn head(&self) -> &ResponseHead {
        &self.head
    }

    /// Reads the bytes of the body as events are asked for.
    pub fn read_from<R>(self, reader: R) -> Events<E, R> {
        Events::new(self, reader)
    }
}

impl<E: StreamEvent> Iterator for EventDecoder<E> {
    type Item = Result<E, StreamError>;

    fn next(&mut self) -> Option<Self::Item> {
        while self.end.is_none() {
            let frame = match &mut self.content {
                Content::Events(parser) => parser.next_frame(),
                Content::Refused { .. } if matches!(self.input, Input::Open) => return None,
                Content::Refused { body, .. } => {
                    let body = body.split().freeze();
                    return Some(self.fail(refusal(&self.head, body).into()));
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

impl<E: StreamEvent> EventDecoder<E> {
    /// What comes after all complete events.
    fn close(&mut self) -> Option<Result<E, StreamError>> {
        let Content::Events(parser) = &mut self.content else {
            return None;
        };
        match std::mem::replace(&mut self.input, Input::Open) {
            Input::Open => None,
            Input::Aborted(error) => {
                let preamble = parser.take_preamble().filter(|body| !body.is_empty());
                self.end = Some(End::Transport);
                Some(Err(match preamble {
                    Some(body) => ResponseError::broken_off(&self.head, body, error).into(),
                    None => StreamError::Transport(error),
                }))
            }
            Input::Finished => {
                self.input = Input::Finished;
                if let Some(body) = parser.take_preamble() {
                    return Some(self.fail(refusal(&self.head, body).into()));
                }
                match parser.finish() {
                    Ok(None) => self.end_cleanly(End::Eof),
                    Ok(Some(frame)) if is_done(&frame.data) || frame.data.is_json() => {
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

    /// Reads an event; there is nothing to read in an empty one, and in the one that marks the end.
    fn read(&mut self, frame: Frame<Text>) -> Option<Result<E, StreamError>> {
        let Frame { name, data } = frame;
        if data.rest().trim_ascii().is_empty() {
            return None;
        }
        if is_done(&data) {
            return self.end_cleanly(End::Done);
        }
        let peek = if E::TAG.is_some() || E::DETECTS_ERRORS {
            Peek::read(E::TAG, data.rest())
        } else {
            Peek::default()
        };
        let tag = peek.tag.as_deref();
        let is_named_error = name.as_deref() == Some("error") || tag == Some("error");
        if E::DETECTS_ERRORS && (peek.has_error || is_named_error) {
            let error = ApiError::from_event(data.into_bytes());
            return Some(self.fail(StreamError::Api(Box::new(error))));
        }
        let kind = tag.or(name.as_deref());
        self.saw_last |= kind.is_some_and(|kind| E::LAST.contains(&kind));
        let item = E::decode(kind, data);
        Some(item.map_err(|error| StreamError::Decode { name, error }))
    }

    /// Ends the stream as the server meant it to end, which is too early if the last event has not come.
    fn end_cleanly(&mut self, end: End) -> Option<Result<E, StreamError>> {
        if E::LAST.is_empty() || self.saw_last {
            self.end = Some(end);
            return None;
        }
        self.end = Some(End::Unfinished);
        Some(Err(StreamError::Unfinished { last: E::LAST }))
    }

    fn fail(&mut self, error: StreamError) -> Result<E, StreamError> {
        self.end = Some(End::Error);
        Err(error)
    }
}

impl<E> fmt::Debug for EventDecoder<E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("EventDecoder")
            .field("head", &self.head)
            .field("end", &self.end)
            .finish_non_exhaustive()
    }
}

/// Why a body is not read as events: its status, its length, its type, or that it has none.
fn refusal(head: &ResponseHead, body: Bytes) -> ResponseError {
    if ResponseError::expects_content(head, &body) {
        ResponseError::of_body(head, body, None)
    } else {
        ResponseError::of_head(head, body)
    }
}

/// The end that the API marks within the stream.
fn is_done(data: &Text) -> bool {
    data.rest().trim_ascii_start().starts_with(b"[DONE]")
}
