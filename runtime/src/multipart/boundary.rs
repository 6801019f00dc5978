//! The boundary between the parts of a form.

use std::fmt;

use crate::{RequestError, media_type::is_token};

/// A boundary (RFC 2046 §5.1.1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Boundary(String);

impl Boundary {
    /// Maximum length of a boundary in characters.
    pub const MAX_LENGTH: usize = 70;

    /// Makes a boundary of 128 random bits: no part contains it, and nobody can predict it.
    pub fn random() -> Result<Self, RequestError> {
        let mut bits = [0; 16];
        getrandom::fill(&mut bits).map_err(RequestError::Random)?;
        Ok(Self(format!("{:032x}", u128::from_be_bytes(bits))))
    }

    /// Makes a boundary from a text. The caller guarantees that no part contains it.
    pub fn new(text: impl Into<String>) -> Result<Self, RequestError> {
        let text = text.into();
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"'()+_,-./:=? ".contains(&byte);
        let fits = (1..=Self::MAX_LENGTH).contains(&text.len());
        if fits && text.bytes().all(allowed) && !text.ends_with(' ') {
            Ok(Self(text))
        } else {
            Err(RequestError::Boundary(text))
        }
    }

    /// The value of the `Content-Type` header, in which a boundary that is not a token is quoted.
    pub(super) fn content_type(&self) -> String {
        let quote = if self.0.bytes().all(is_token) {
            ""
        } else {
            "\""
        };
        format!("multipart/form-data; boundary={quote}{self}{quote}")
    }
}

impl fmt::Display for Boundary {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}
