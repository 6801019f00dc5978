//! The library that encodes and decodes: `base64-simd`, or with the feature of that name `base64-turbo`.

use super::InvalidBase64;

#[cfg(not(feature = "base64-turbo"))]
use simd as library;
#[cfg(feature = "base64-turbo")]
use turbo as library;

pub(crate) use library::{encode, encode_append};

/// The characters that so many bytes become, with padding.
pub(crate) const fn encoded_length(bytes: usize) -> usize {
    bytes.div_ceil(3) * 4
}

/// The text of bytes.
pub(super) fn encode_to_string(bytes: &[u8]) -> String {
    let mut text = Vec::new();
    encode_append(bytes, &mut text);
    // Base64 is ASCII.
    String::from_utf8(text).unwrap_or_default()
}

/// Appends the bytes of a whole text. On an error there may be some of them.
pub(super) fn decode_append(text: &[u8], bytes: &mut Vec<u8>) -> Result<(), InvalidBase64> {
    library::append(&library::STANDARD, text, bytes)
}

/// Appends the bytes of a text without its end: of whole quads without padding.
pub(super) fn decode_quads_append(text: &[u8], bytes: &mut Vec<u8>) -> Result<(), InvalidBase64> {
    library::append(&library::STANDARD_NO_PAD, text, bytes)
}

#[cfg(not(feature = "base64-turbo"))]
mod simd {
    use base64_simd::{AsOut, Base64};
    pub(super) use base64_simd::{STANDARD, STANDARD_NO_PAD};

    use super::InvalidBase64;

    /// Writes the text of `bytes` to the beginning of `text`, which has room for it, and tells how long it is.
    pub(crate) fn encode(bytes: &[u8], text: &mut [u8]) -> usize {
        STANDARD.encode(bytes, text.as_out()).len()
    }

    /// Appends the text of `bytes`.
    pub(crate) fn encode_append(bytes: &[u8], text: &mut Vec<u8>) {
        STANDARD.encode_append(bytes, text);
    }

    pub(super) fn append(
        alphabet: &Base64,
        text: &[u8],
        bytes: &mut Vec<u8>,
    ) -> Result<(), InvalidBase64> {
        alphabet
            .decode_append(text, bytes)
            .map_err(|_| InvalidBase64)
    }
}

#[cfg(feature = "base64-turbo")]
mod turbo {
    use base64_turbo::Engine;
    pub(super) use base64_turbo::{STANDARD, STANDARD_NO_PAD};

    use super::{InvalidBase64, encoded_length};

    /// Writes the text of `bytes` to the beginning of `text`, which has room for it, and tells how long it is.
    pub(crate) fn encode(bytes: &[u8], text: &mut [u8]) -> usize {
        STANDARD.encode_slice(bytes, text).unwrap_or_default()
    }

    /// Appends the text of `bytes`.
    pub(crate) fn encode_append(bytes: &[u8], text: &mut Vec<u8>) {
        let start = text.len();
        text.resize(start + encoded_length(bytes.len()), 0);
        encode(bytes, text.get_mut(start..).unwrap_or_default());
    }

    pub(super) fn append(
        engine: &Engine,
        text: &[u8],
        bytes: &mut Vec<u8>,
    ) -> Result<(), InvalidBase64> {
        engine.decode_vec(text, bytes).map_err(|_| InvalidBase64)
    }
}
