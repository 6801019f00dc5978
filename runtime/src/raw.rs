//! Text from the server: kept as received, shown in part.
//!
//! A body or an event may contain megabytes of base64, and printed text may reach a terminal. So
//! complete texts are kept as [`Raw`], which prints only its beginning and its length, and control
//! characters are escaped.

use std::{
    borrow::Cow,
    fmt::{self, Write},
    ops::Deref,
};

use bytes::Bytes;

/// Bytes as received.
///
/// ```
/// use openapi_runtime::Raw;
///
/// let raw = Raw::from("x".repeat(1_000_000));
/// assert_eq!(raw.len(), 1_000_000);
/// assert!(format!("{raw:?}").ends_with("xxx\"… (1000000 bytes)"));
/// ```
#[derive(Clone, Default, PartialEq, Eq, Hash)]
pub struct Raw(Bytes);

impl Raw {
    /// The bytes as text. Bytes that are not UTF-8 are replaced by U+FFFD.
    pub fn text(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(&self.0)
    }

    /// Returns the bytes without copying them.
    pub fn into_bytes(self) -> Bytes {
        self.0
    }
}

impl Deref for Raw {
    type Target = Bytes;

    fn deref(&self) -> &Bytes {
        &self.0
    }
}

impl<T: Into<Bytes>> From<T> for Raw {
    fn from(bytes: T) -> Self {
        Self(bytes.into())
    }
}

/// Prints the beginning of the text and its length in bytes.
impl fmt::Debug for Raw {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:?}", Excerpt::body(&self.0))
    }
}

/// Number of characters of a body that a message shows.
const BODY: usize = 200;

/// Number of characters of a text for humans that a message shows.
const MESSAGE: usize = 2000;

/// The beginning of a text from the server, with its length if it is cut.
pub(crate) struct Excerpt<'a> {
    text: &'a [u8],
    /// Number of characters that are shown.
    most: usize,
}

impl<'a> Excerpt<'a> {
    /// An excerpt of a body or an event.
    pub(crate) const fn body(text: &'a [u8]) -> Self {
        Self { text, most: BODY }
    }

    /// An excerpt of a text for humans: an error message, an identifier.
    pub(crate) const fn message(text: &'a str) -> Self {
        Self::long(text.as_bytes())
    }

    /// An excerpt of a body that contains a text for humans.
    pub(crate) const fn long(text: &'a [u8]) -> Self {
        Self {
            text,
            most: MESSAGE,
        }
    }
}

/// A value whose `Debug` output is cut to its beginning.
pub(crate) struct Shortened<T>(pub T);

impl<T: fmt::Debug> fmt::Debug for Shortened<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = format!("{:?}", self.0);
        write!(formatter, "{}", Excerpt::message(&text))
    }
}

impl fmt::Display for Excerpt<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (shown, is_cut) = beginning(self.text, self.most);
        write_escaped(formatter, &shown)?;
        write_length(formatter, self.text, is_cut)
    }
}

impl fmt::Debug for Excerpt<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (shown, is_cut) = beginning(self.text, self.most);
        write!(formatter, "{shown:?}")?;
        write_length(formatter, self.text, is_cut)
    }
}

/// The first characters, and true if there are more.
fn beginning(bytes: &[u8], most: usize) -> (String, bool) {
    // A character has at most four bytes.
    let start = bytes.get(..4 * most).unwrap_or(bytes);
    let text = String::from_utf8_lossy(start);
    let shown: String = text.chars().take(most).collect();
    let is_cut = shown.len() < text.len() || start.len() < bytes.len();
    (shown, is_cut)
}

/// Escapes control characters, which must not reach a terminal.
fn write_escaped(formatter: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    text.chars().try_for_each(|character| {
        if character.is_control() {
            write!(formatter, "{}", character.escape_debug())
        } else {
            formatter.write_char(character)
        }
    })
}

fn write_length(formatter: &mut fmt::Formatter<'_>, bytes: &[u8], is_cut: bool) -> fmt::Result {
    if is_cut {
        write!(formatter, "… ({} bytes)", bytes.len())
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{Excerpt, Raw};

    #[test]
    fn control_characters_are_escaped_and_long_texts_are_cut() {
        let hostile = "\u{1b}[31mred\r\n\u{9b}0m";
        assert_eq!(
            Excerpt::message(hostile).to_string(),
            "\\u{1b}[31mred\\r\\n\\u{9b}0m"
        );
        assert_eq!(
            Excerpt::body(hostile.as_bytes()).to_string(),
            "\\u{1b}[31mred\\r\\n\\u{9b}0m"
        );
        let long = "é".repeat(3000);
        assert_eq!(
            Excerpt::message(&long).to_string(),
            format!("{}… (6000 bytes)", "é".repeat(2000))
        );
        assert_eq!(format!("{:?}", Excerpt::message("a\"b")), r#""a\"b""#);
        assert_eq!(
            format!("{:?}", Raw::from(long)),
            format!("\"{}\"… (6000 bytes)", "é".repeat(200))
        );
        assert_eq!(format!("{:?}", Raw::from("short")), "\"short\"");
    }
}
