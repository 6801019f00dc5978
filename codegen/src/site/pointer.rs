//! JSON Pointer (RFC 6901): the address of a place in a document.
//!
//! ```
//! use openapi_codegen::document::Pointer;
//!
//! let pointer = Pointer::from_reference("#/paths/~1images~1edits/post")?;
//! assert_eq!(pointer.segments().collect::<Vec<_>>(), ["paths", "/images/edits", "post"]);
//! assert_eq!(pointer.child("a~b").to_string(), "/paths/~1images~1edits/post/a~0b");
//! # Ok::<(), openapi_codegen::document::PointerError>(())
//! ```

use std::borrow::Cow;
use std::fmt;

/// A JSON Pointer in its text form: empty for the whole document, else segments that each begin
/// with `/`.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pointer(Box<str>);

/// The reason why a text is not a pointer into the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PointerError {
    /// The reference has something before `#`, or no `#`: it names another document.
    Remote,
    /// The pointer is not empty and does not begin with `/` (RFC 6901, section 3).
    NotAbsolute,
    /// A `~` that is followed by neither `0` nor `1` (RFC 6901, section 3).
    InvalidEscape,
    /// A `%` that is not followed by two hexadecimal digits, or percent-encoded bytes that are not
    /// UTF-8 (RFC 3986, section 2.1).
    InvalidPercentEncoding,
}

impl Pointer {
    /// The pointer to the whole document.
    pub fn root() -> Self {
        Self::default()
    }

    /// The pointer to the components of a kind, such as `schemas`.
    pub fn components(kind: &str) -> Self {
        Self::root().child("components").child(kind)
    }

    /// The pointer to a member of the object that this one points to; `name` is the plain name,
    /// not escaped.
    pub fn child(&self, name: &str) -> Self {
        let mut pointer = String::with_capacity(self.0.len() + name.len() + 1);
        pointer.push_str(&self.0);
        pointer.push('/');
        for c in name.chars() {
            match c {
                '~' => pointer.push_str("~0"),
                '/' => pointer.push_str("~1"),
                c => pointer.push(c),
            }
        }
        Self(pointer.into())
    }

    /// The pointer to an element of the array that this one points to; the first is 0.
    pub fn index(&self, index: usize) -> Self {
        Self(format!("{}/{index}", self.0).into())
    }

    /// The pointer to the object or array that holds this value; `None` for the whole document.
    pub fn parent(&self) -> Option<Self> {
        let (parent, _) = self.0.rsplit_once('/')?;
        Some(Self(parent.into()))
    }

    /// Reads the text form.
    pub fn parse(text: &str) -> Result<Self, PointerError> {
        if !text.is_empty() && !text.starts_with('/') {
            return Err(PointerError::NotAbsolute);
        }
        let escapes = text.split('~').skip(1);
        if escapes
            .into_iter()
            .any(|rest| !rest.starts_with(['0', '1']))
        {
            return Err(PointerError::InvalidEscape);
        }
        Ok(Self(text.into()))
    }

    /// Reads a reference within the document: `#` and the pointer, percent-encoded (RFC 6901,
    /// section 6).
    pub fn from_reference(reference: &str) -> Result<Self, PointerError> {
        let fragment = reference.strip_prefix('#').ok_or(PointerError::Remote)?;
        Self::parse(&percent_decode(fragment)?)
    }

    /// The unescaped names and indices, from the outside in.
    pub fn segments(&self) -> impl DoubleEndedIterator<Item = Cow<'_, str>> {
        let segments = self.0.strip_prefix('/').map(|rest| rest.split('/'));
        segments.into_iter().flatten().map(unescape)
    }

    /// The text form.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn unescape(segment: &str) -> Cow<'_, str> {
    if segment.contains('~') {
        Cow::Owned(segment.replace("~1", "/").replace("~0", "~"))
    } else {
        Cow::Borrowed(segment)
    }
}

fn percent_decode(text: &str) -> Result<Cow<'_, str>, PointerError> {
    if !text.contains('%') {
        return Ok(Cow::Borrowed(text));
    }
    let mut bytes = text.bytes();
    let mut decoded = Vec::with_capacity(text.len());
    while let Some(byte) = bytes.next() {
        if byte == b'%' {
            let mut digit = || char::from(bytes.next()?).to_digit(16);
            let value = digit().zip(digit()).map(|(high, low)| high * 16 + low);
            let value = value.and_then(|value| u8::try_from(value).ok());
            decoded.push(value.ok_or(PointerError::InvalidPercentEncoding)?);
        } else {
            decoded.push(byte);
        }
    }
    let decoded = String::from_utf8(decoded).map_err(|_| PointerError::InvalidPercentEncoding)?;
    Ok(Cow::Owned(decoded))
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for PointerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Remote => "the reference leads out of the document",
            Self::NotAbsolute => "a JSON Pointer is empty or begins with `/`",
            Self::InvalidEscape => "in a JSON Pointer, `~` is followed by `0` or `1`",
            Self::InvalidPercentEncoding => {
                "`%` is followed by two hexadecimal digits, and the bytes are UTF-8"
            }
        })
    }
}

impl std::error::Error for PointerError {}
