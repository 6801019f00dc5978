//! What is wrong with a JSON text, and where.

use std::{borrow::Cow, error::Error, fmt};

use crate::raw::{Excerpt, Raw};

/// Characters that a message keeps of its beginning and of its end.
const KEPT: usize = 200;

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

    /// The text as it was received, each byte that is not UTF-8 replaced.
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

/// Cuts out the middle of a long message: what was found stands at its beginning, what was expected at its end.
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
