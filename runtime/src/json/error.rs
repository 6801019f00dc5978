//! What is wrong with a JSON text, and where.

use std::{
    borrow::Cow,
    error::Error,
    fmt::{self, Write},
};

use bytes::Bytes;

/// The most characters of the raw text that a message shows.
const SHOWN: usize = 200;

/// A JSON text that could not be read as the type that the description promises.
///
/// The text itself is always kept: it may hold an image that was paid for.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct DecodeError {
    /// The member, as `usage.total_tokens` or `data[0].b64_json`; empty for the whole text.
    pub path: String,
    /// What is wrong with it.
    pub message: String,
    /// The text as it was received.
    pub raw: Bytes,
}

impl DecodeError {
    /// An error at `path` in the text `raw`. A message that quotes megabytes is cut in the middle.
    pub fn new(path: impl Into<String>, message: &str, raw: impl Into<Bytes>) -> Self {
        Self {
            path: path.into(),
            message: shorten(message),
            raw: raw.into(),
        }
    }

    /// The text as it was received, each byte that is not UTF-8 replaced.
    pub fn text(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(&self.raw)
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.path.is_empty() {
            write!(formatter, "`{}`: ", self.path)?;
        }
        write!(
            formatter,
            "{}; received: {}",
            self.message,
            Excerpt(&self.raw)
        )
    }
}

impl Error for DecodeError {}

/// Cuts out the middle of a long message: what was found stands at its beginning, what was expected at its end.
fn shorten(message: &str) -> String {
    let cut = message.char_indices().nth(SHOWN);
    let resume = message.char_indices().nth_back(SHOWN);
    match (cut, resume) {
        (Some((cut, _)), Some((resume, _))) if cut < resume => {
            let (start, end) = (message.get(..cut), message.get(resume..));
            format!("{}…{}", start.unwrap_or_default(), end.unwrap_or_default())
        }
        _ => message.to_owned(),
    }
}

/// The beginning of a text, for a message.
pub(crate) struct Excerpt<'a>(pub &'a [u8]);

impl fmt::Display for Excerpt<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A character has at most four bytes, so that this much holds all that is shown.
        let start = self.0.get(..4 * SHOWN).unwrap_or(self.0);
        let text = String::from_utf8_lossy(start);
        let shown: String = text.chars().take(SHOWN).collect();
        let cut = shown.len() < text.len() || start.len() < self.0.len();
        for character in shown.chars() {
            // A control character must not reach a terminal.
            if character.is_control() {
                write!(formatter, "{}", character.escape_debug())?;
            } else {
                formatter.write_char(character)?;
            }
        }
        if cut {
            write!(formatter, "… ({} bytes)", self.0.len())
        } else {
            Ok(())
        }
    }
}
