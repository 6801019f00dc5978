//! Errors in a JSON text, with their places.

use std::{borrow::Cow, error::Error, fmt};

use crate::raw::{Excerpt, Raw};

/// Number of characters that are kept at the beginning and at the end of a message.
const KEPT: usize = 200;

/// A JSON text could not be read as the type in the description.
///
/// The text itself is always kept: it may contain an image that was paid for.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct DecodeError {
    /// The path of the member, such as `usage.total_tokens` or `data[0].b64_json`; empty for the
    /// whole text.
    pub path: String,
    /// Description of the error.
    pub message: String,
    /// The text as received.
    pub raw: Raw,
}

impl DecodeError {
    /// An error at `path` in the text `raw`. A message that quotes megabytes is cut in the middle.
    pub fn new(path: impl Into<String>, message: &str, raw: impl Into<Raw>) -> Self {
        Self {
            path: path.into(),
            message: shorten(message),
            raw: raw.into(),
        }
    }

    /// The text as received. Bytes that are not UTF-8 are replaced.
    pub fn text(&self) -> Cow<'_, str> {
        self.raw.text()
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.path.is_empty() {
            write!(formatter, "`{}`: ", Excerpt::message(&self.path))?;
        }
        write!(
            formatter,
            "{}; received: {}",
            Excerpt::message(&self.message),
            Excerpt::body(&self.raw)
        )
    }
}

impl Error for DecodeError {}

/// Removes the middle of a long message: the found value is at its beginning, the expected one at
/// its end.
fn shorten(message: &str) -> String {
    let cut = message.char_indices().nth(KEPT);
    let resume = message.char_indices().nth_back(KEPT);
    match (cut, resume) {
        (Some((cut, _)), Some((resume, _))) if cut < resume => {
            let (start, end) = (message.get(..cut), message.get(resume..));
            format!("{}…{}", start.unwrap_or_default(), end.unwrap_or_default())
        }
        _ => message.to_owned(),
    }
}
