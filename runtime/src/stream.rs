//! The typed events of one operation.
//!
//! ```text
//! data: {"type":"image_edit.completed","b64_json":"…"}
//!
//! ```
//!
//! is the variant whose tag is `image_edit.completed`. What the description does not know is kept with name and
//! data, what the API reports as an error ends the stream, and how the stream ended is known at its end.

mod error;

use std::{
    io::{self, Read},
    marker::PhantomData,
};

use bytes::{Bytes, BytesMut};
use serde::{Deserializer, de::Visitor};

use crate::{
    ApiError, DecodeError, ResponseError, ResponseHead,
    event_stream::{Decoder, Event, Limits},
    json::{self, MapAccess, Members, RawUnion},
    response::is_error,
};

pub use error::{End, StreamError};

/// The type of the events of a stream.
pub trait StreamEvent: Sized {
    /// The member of the data that names the kind of an event. Without it the name of the event does.
    const TAG: Option<&'static str>;

    /// Whether an event that is an error for the API ends the stream.
    const DETECTS_ERRORS: bool = true;

    /// Reads the data of an event of this kind; `None` if the description does not know the kind.
    fn decode(kind: Option<&str>, data: &Bytes) -> Option<Result<Self, DecodeError>>;

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
    Events(Box<Decoder>),
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

impl<E> EventDecoder<E> {
    /// A decoder for the body that follows this head.
    pub fn new(head: &ResponseHead) -> Self {
        Self::with_limits(head, Limits::default())
    }

    /// A decoder that holds less, or more.
    pub fn with_limits(head: &ResponseHead, limits: Limits) -> Self {
        let has_events = head.content_type().as_deref() == Some("text/event-stream");
        let is_stream = head.is_success() && !head.is_without_content() && has_events;
        let content = if is_stream {
            Content::Events(Box::new(Decoder::with_limits(limits)))
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

    /// Appends bytes of the body.
    pub fn push(&mut self, chunk: impl Into<Bytes>) {
        let chunk = chunk.into();
        match &mut self.content {
            _ if self.end.is_some() || !matches!(self.input, Input::Open) => {}
            Content::Events(decoder) => decoder.push(chunk),
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
    pub const fn read_from<R>(self, reader: R) -> Events<E, R> {
        Events {
            decoder: self,
            reader,
        }
    }
}

impl<E: StreamEvent> Iterator for EventDecoder<E> {
    type Item = Result<E, StreamError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.end.is_some() {
            return None;
        }
        let next = match &mut self.content {
            Content::Events(decoder) => decoder.next_event(),
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
        let Content::Events(decoder) = &mut self.content else {
            return None;
        };
        match std::mem::replace(&mut self.input, Input::Open) {
            Input::Open => None,
            Input::Aborted(error) => {
                self.end = Some(End::Transport);
                Some(Err(StreamError::Transport(error)))
            }
            Input::Finished => match decoder.finish() {
                Ok(None) => {
                    self.end = Some(End::Eof);
                    None
                }
                Ok(Some(event)) if is_done(&event.data) || json::check(&event.data).is_ok() => {
                    let item = self.read(&event);
                    self.end.get_or_insert(End::Eof);
                    item
                }
                Ok(Some(event)) => {
                    self.end = Some(End::Truncated);
                    Some(Err(StreamError::Truncated {
                        name: event.name,
                        data: event.data,
                    }))
                }
                Err(error) => Some(self.fail(error.into())),
            },
        }
    }

    fn read(&mut self, event: &Event) -> Option<Result<E, StreamError>> {
        if is_done(&event.data) {
            self.end = Some(End::Done);
            return None;
        }
        let peek = Peek::read(E::TAG, &event.data);
        let (tag, has_error) = peek
            .as_ref()
            .map_or((None, false), |peek| (peek.tag.as_deref(), peek.has_error));
        let kind = tag.or(event.name.as_deref());
        let is_named_error = event.name.as_deref() == Some("error") || tag == Some("error");
        if E::DETECTS_ERRORS && (has_error || is_named_error) {
            self.end = Some(End::Error);
            let error = ApiError::from_event(&event.data);
            return Some(E::error(error.clone()).ok_or_else(|| StreamError::Api(Box::new(error))));
        }
        let item = match E::decode(kind, &event.data) {
            Some(item) => item.map_err(StreamError::Decode),
            // Without a name for it, a text that is no JSON is a broken event rather than an unknown one.
            None if kind.is_none() && peek.is_err() => Err(json::check(&event.data)
                .err()
                .map_or_else(|| unknown(event), StreamError::Decode)),
            None => E::unknown(kind.map(str::to_owned), event.text().into_owned())
                .ok_or_else(|| unknown(event)),
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
    ResponseError::of_head(head, &body).unwrap_or_else(|| ResponseError::of_body(head, body, None))
}

/// The end that the API marks within the stream.
fn is_done(data: &[u8]) -> bool {
    data.trim_ascii_start().starts_with(b"[DONE]")
}

fn unknown(event: &Event) -> StreamError {
    StreamError::Unknown {
        name: event.name.clone(),
        data: event.text().into_owned(),
    }
}

/// What the data of an event says of itself, found without reading the rest.
struct Peek {
    /// The value of the tag, if it is a string.
    tag: Option<String>,
    /// Whether there is an error in the member `error`.
    has_error: bool,
}

impl Peek {
    /// In a JSON value that is no object there is nothing to see.
    fn read(tag: Option<&'static str>, data: &Bytes) -> Result<Self, serde_json::Error> {
        let mut deserializer = serde_json::Deserializer::from_slice(data);
        if data.trim_ascii_start().starts_with(b"{") {
            deserializer.deserialize_map(PeekVisitor { tag })
        } else {
            deserializer.deserialize_ignored_any(serde::de::IgnoredAny)?;
            Ok(Self {
                tag: None,
                has_error: false,
            })
        }
    }
}

struct PeekVisitor {
    tag: Option<&'static str>,
}

impl<'de> Visitor<'de> for PeekVisitor {
    type Value = Peek;

    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("an event")
    }

    fn visit_map<A: MapAccess<'de>>(self, access: A) -> Result<Peek, A::Error> {
        let mut peek = Peek {
            tag: None,
            has_error: false,
        };
        let mut members = Members::new(access);
        while let Some(name) = members.next_name()? {
            if self.tag == Some(&*name) {
                let raw: RawUnion = members.value()?;
                peek.tag = serde_json::from_str(raw.text()).ok();
            } else if name == "error" {
                peek.has_error = is_error(&members.value()?);
            } else {
                members.skip()?;
            }
        }
        Ok(peek)
    }
}

/// The events of a body that is read as they are asked for.
#[derive(Debug)]
pub struct Events<E, R> {
    decoder: EventDecoder<E>,
    reader: R,
}

/// How many bytes are read at once: a few events, or a part of an image.
const BLOCK: usize = 64 * 1024;

impl<E, R> Events<E, R> {
    /// How the stream ended, once it has.
    pub const fn end(&self) -> Option<End> {
        self.decoder.end()
    }

    /// Status and headers of the response.
    pub const fn head(&self) -> &ResponseHead {
        self.decoder.head()
    }
}

impl<E: StreamEvent, R: Read> Iterator for Events<E, R> {
    type Item = Result<E, StreamError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let item = self.decoder.next();
            if item.is_some() || self.decoder.end().is_some() {
                return item;
            }
            let mut block = BytesMut::zeroed(BLOCK);
            match self.reader.read(&mut block) {
                Ok(0) => self.decoder.finish(),
                Ok(read) => {
                    block.truncate(read);
                    self.decoder.push(block);
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => self.decoder.abort(error),
            }
        }
    }
}
