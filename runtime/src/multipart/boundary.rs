//! What stands between the parts of a form.

use std::fmt;

use crate::{RequestError, media_type::is_token};

/// A boundary (RFC 2046 §5.1.1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Boundary(String);

impl Boundary {
    /// The most characters that a boundary may have.
    pub const MAX_LENGTH: usize = 70;

    /// A boundary of 128 random bits: no part contains it, and nobody can foresee it.
    pub fn random() -> Result<Self, RequestError> {
        let mut bits = [0; 16];
        getrandom::fill(&mut bits).map_err(RequestError::Random)?;
        Ok(Self(format!("{:032x}", u128::from_be_bytes(bits))))
    }

    /// A boundary of the caller, who answers for it that no part contains it.
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

    /// The value of the `Content-Type` header, in which a boundary that is no token is quoted.
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
