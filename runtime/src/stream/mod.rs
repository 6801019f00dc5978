//! The typed events of one operation.
//!
//! ```text
//! data: {"type":"image_edit.completed","b64_json":"…"}
//!
//! ```
//!
//! is the variant whose tag is `image_edit.completed`. What the description does not know is kept with name and
//! data, what the API reports as an error ends the stream, and how the stream ended is known at its end.

mod data;
mod error;
mod peek;
mod reader;

use std::marker::PhantomData;

use bytes::{Bytes, BytesMut};

use crate::{
    ApiError, DecodeError, ResponseError, ResponseHead,
    event_stream::{Frame, Limits, Parser},
    json::{Base64At, Base64Members, Skipped, Text},
};

use data::EventData;
pub use error::{End, StreamError};
use peek::Peek;
pub(crate) use peek::may_have_error;
pub use reader::Events;

/// The type of the events of a stream.
pub trait StreamEvent: Sized {
    /// The member of the data that names the kind of an event. Without it the name of the event does.
    const TAG: Option<&'static str>;

    /// The members with base64, which is decoded before the kind of the event is known.
    const BASE64: Base64Members = &[];

    /// Whether an event that is an error for the API ends the stream.
    const DETECTS_ERRORS: bool = true;

    /// Reads the data of an event of this kind; `None` if the description does not know the kind.
    fn decode(kind: Option<&str>, data: &Text) -> Option<Result<Self, DecodeError>>;

    /// An event of a kind that the description does not know; `None` makes it [`StreamError::Unknown`].
    fn unknown(name: Option<String>, data: String) -> Option<Self>;

    /// The API's error; `None` makes it [`StreamError::Api`].
    fn error(error: ApiError) -> Option<Self> {
        let _ = error;
        None
    }
}

/// Reads typed events from the body of a response.
///
/// It is an iterator: `None` says that more bytes are needed, or, once [`end`](Self::end) is known, that nothing
/// more comes. An error is given once, as the last item.
#[derive(Debug)]
pub struct EventDecoder<E> {
    head: ResponseHead,
    input: Input,
    content: Content,
    end: Option<End>,
    event: PhantomData<fn() -> E>,
}

/// What the body is.
#[derive(Debug)]
enum Content {
    Events(Box<Parser<EventData>>),
    /// It is no event stream, and is gathered to tell what it is.
    Refused {
        body: BytesMut,
        most: usize,
    },
}

/// Whether more bytes come.
#[derive(Debug)]
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
        let has_events = head.content_type().as_deref() == Some("text/event-stream");
        let is_stream = head.is_success() && !head.is_without_content() && has_events;
        let content = if is_stream {
            let data = EventData::new(Base64At::Members(E::BASE64));
            Content::Events(Box::new(Parser::new(limits, data)))
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

    /// How the stream ended, once it has.
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
        if self.end.is_some() {
            return None;
        }
        let next = match &mut self.content {
            Content::Events(parser) => parser.next_frame(),
            Content::Refused { .. } if matches!(self.input, Input::Open) => return None,
            Content::Refused { body, .. } => {
                let body = body.split().freeze();
                return Some(self.fail(refusal(&self.head, body).into()));
            }
        };
        match next {
            Ok(Some(event)) => self.read(&event),
            Ok(None) => self.close(),
            Err(error) => Some(self.fail(error.into())),
        }
    }
}

impl<E: StreamEvent> EventDecoder<E> {
    /// What comes when all complete events were given.
    fn close(&mut self) -> Option<Result<E, StreamError>> {
        let Content::Events(parser) = &mut self.content else {
            return None;
        };
        match std::mem::replace(&mut self.input, Input::Open) {
            Input::Open => None,
            Input::Aborted(error) => {
                self.end = Some(End::Transport);
                Some(Err(StreamError::Transport(error)))
            }
            Input::Finished => match parser.finish() {
                Ok(None) => {
                    self.end = Some(End::Eof);
                    None
                }
                Ok(Some(event)) if is_done(&event.data) || event.data.read::<Skipped>().is_ok() => {
                    let item = self.read(&event);
                    self.end.get_or_insert(End::Eof);
                    item
                }
                Ok(Some(event)) => {
                    self.end = Some(End::Truncated);
                    Some(Err(StreamError::Truncated {
                        name: event.name,
                        data: event.data.to_bytes(),
                    }))
                }
                Err(error) => Some(self.fail(error.into())),
            },
        }
    }

    fn read(&mut self, event: &Frame<Text>) -> Option<Result<E, StreamError>> {
        if is_done(&event.data) {
            self.end = Some(End::Done);
            return None;
        }
        let peek = Peek::read(E::TAG, event.data.rest());
        let tag = peek.tag.as_deref();
        let kind = tag.or(event.name.as_deref());
        let is_named_error = event.name.as_deref() == Some("error") || tag == Some("error");
        if E::DETECTS_ERRORS && (peek.has_error || is_named_error) {
            self.end = Some(End::Error);
            let error = ApiError::from_event(&event.data.to_bytes());
            return Some(E::error(error.clone()).ok_or_else(|| StreamError::Api(Box::new(error))));
        }
        let item = match E::decode(kind, &event.data) {
            Some(item) => item.map_err(StreamError::Decode),
            // Without a name for it, a text that is no JSON is a broken event rather than an unknown one.
            None if kind.is_none() => match event.data.read::<Skipped>() {
                Ok(Skipped) => unknown_event(kind, event),
                Err(error) => Err(StreamError::Decode(error)),
            },
            None => unknown_event(kind, event),
        };
        if item.is_err() {
            self.end = Some(End::Error);
        }
        Some(item)
    }

    fn fail(&mut self, error: StreamError) -> Result<E, StreamError> {
        self.end = Some(End::Error);
        Err(error)
    }
}

/// Why a body is not read as events: its status, its length, or its type.
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

fn unknown_event<E: StreamEvent>(
    kind: Option<&str>,
    event: &Frame<Text>,
) -> Result<E, StreamError> {
    E::unknown(kind.map(str::to_owned), event.data.to_text()).ok_or_else(|| StreamError::Unknown {
        name: event.name.clone(),
        data: event.data.to_text(),
    })
}
