//! The data of an event that is text.

use std::fmt;

/// The data of an event that is not JSON, as received: its lines, joined by line feeds.
///
/// ```
/// use openapi_runtime::{EventDecoder, ResponseHead, response::EventText};
///
/// let head = ResponseHead::new(200).with_header("Content-Type", "text/event-stream");
/// let mut events: EventDecoder<EventText> = EventDecoder::new(&head);
/// events.push(&b"data: Hello,\ndata: world\n\ndata:  \n\n"[..]);
/// let texts: Vec<String> = events.map(|event| event.map(|event| event.text)).collect::<Result<_, _>>()?;
/// assert_eq!(texts, ["Hello,\nworld", " "]);
/// # Ok::<(), openapi_runtime::StreamError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct EventText {
    /// The text. Bytes that are not UTF-8 are replaced by U+FFFD.
    pub text: String,
}

impl From<String> for EventText {
    fn from(text: String) -> Self {
        Self { text }
    }
}

impl From<EventText> for String {
    fn from(event: EventText) -> Self {
        event.text
    }
}

impl AsRef<str> for EventText {
    fn as_ref(&self) -> &str {
        &self.text
    }
}

impl fmt::Display for EventText {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text)
    }
}
