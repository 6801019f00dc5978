//! Encoding and decoding with `base64-simd`, or with `base64-turbo` if that feature is enabled.

use super::InvalidBase64;

#[cfg(not(feature = "base64-turbo"))]
use simd as library;
#[cfg(feature = "base64-turbo")]
use turbo as library;

pub(crate) use library::{encode, encode_append};

/// The length of the text of this many bytes, with padding.
pub(crate) const fn encoded_length(bytes: usize) -> usize {
    bytes.div_ceil(3) * 4
}

/// Encodes bytes as text.
pub(crate) fn encode_to_string(bytes: &[u8]) -> String {
    let mut text = Vec::new();
    encode_append(bytes, &mut text);
    // Base64 is ASCII.
    String::from_utf8(text).unwrap_or_default()
}

/// Appends the bytes of a whole text. On an error, some of them may have been appended.
pub(super) fn decode_append(text: &[u8], bytes: &mut Vec<u8>) -> Result<(), InvalidBase64> {
    library::append(&library::STANDARD, text, bytes)
}

/// Appends the bytes of whole quads without padding, which are not the end of the text.
pub(super) fn decode_quads_append(text: &[u8], bytes: &mut Vec<u8>) -> Result<(), InvalidBase64> {
    library::append(&library::STANDARD_NO_PAD, text, bytes)
}

#[cfg(not(feature = "base64-turbo"))]
mod simd {
    use base64_simd::{AsOut, Base64};
    pub(super) use base64_simd::{STANDARD, STANDARD_NO_PAD};

    use super::InvalidBase64;

    /// Writes the text of `bytes` to the beginning of `text`, which must be large enough. Returns
    /// the length of the text.
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

    /// Writes the text of `bytes` to the beginning of `text`, which must be large enough. Returns
    /// the length of the text.
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

#[cfg(test)]
mod tests {
    use super::*;

    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    /// Encodes bytes group by group, as described in RFC 4648 §4.
    fn text_of(bytes: &[u8]) -> Vec<u8> {
        let mut text = Vec::new();
        for group in bytes.chunks(3) {
            let byte = |index| usize::from(group.get(index).copied().unwrap_or_default());
            let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
            let digits = [bits >> 18, bits >> 12, bits >> 6, bits].map(|bits| ALPHABET[bits % 64]);
            text.extend(&digits[..=group.len()]);
            text.resize(text.len().next_multiple_of(4), b'=');
        }
        text
    }

    /// Decodes a text.
    fn bytes_of(text: &[u8]) -> Option<Vec<u8>> {
        let padding = text.iter().rev().take_while(|byte| **byte == b'=').count();
        let digit = |byte: &u8| ALPHABET.iter().position(|digit| digit == byte);
        let digits: Vec<usize> = text[..text.len() - padding]
            .iter()
            .map(digit)
            .collect::<Option<_>>()?;
        let group = |digits: &[usize]| {
            let bits = (0..4).fold(0, |bits, index| bits << 6 | digits.get(index).unwrap_or(&0));
            let bytes = [bits >> 16, bits >> 8, bits].map(low);
            bytes[..digits.len() * 6 / 8].to_vec()
        };
        let bytes: Vec<u8> = digits.chunks(4).flat_map(group).collect();
        (text_of(&bytes) == text).then_some(bytes)
    }

    /// The lowest eight bits.
    fn low(bits: usize) -> u8 {
        u8::try_from(bits % 256).expect("a byte has eight bits")
    }

    /// Bytes of all values.
    fn bytes(length: usize) -> Vec<u8> {
        (0..length).map(|index| low(index * 151)).collect()
    }

    /// Decodes, and appends to existing bytes.
    fn decoded(
        decode: fn(&[u8], &mut Vec<u8>) -> Result<(), InvalidBase64>,
        text: &[u8],
    ) -> Option<Vec<u8>> {
        let mut bytes = b"before".to_vec();
        decode(text, &mut bytes).ok()?;
        Some(bytes.strip_prefix(b"before").expect("it stays").to_vec())
    }

    #[test]
    fn the_reference_is_that_of_the_rfc() {
        // RFC 4648 §10.
        let table = [
            "", "Zg==", "Zm8=", "Zm9v", "Zm9vYg==", "Zm9vYmE=", "Zm9vYmFy",
        ];
        for (length, text) in table.into_iter().enumerate() {
            let bytes = &b"foobar"[..length];
            assert_eq!(text_of(bytes), text.as_bytes());
            assert_eq!(bytes_of(text.as_bytes()).as_deref(), Some(bytes));
        }
        for text in ["Zg=", "Zg", "Zh==", "Z===", "Zg==Zg==", "Zm9v=", "Zm-v"] {
            assert_eq!(bytes_of(text.as_bytes()), None, "{text}");
        }
    }

    #[test]
    fn every_length_at_every_alignment() {
        for length in 0..=300 {
            let bytes = bytes(length);
            let text = text_of(&bytes);
            assert_eq!(encoded_length(length), text.len());
            assert_eq!(encode_to_string(&bytes).as_bytes(), text);
            for offset in 0..=16 {
                let moved = [&vec![b'A'; offset], bytes.as_slice()].concat();
                let mut found = vec![b'.'; offset + text.len() + 1];
                assert_eq!(encode(&moved[offset..], &mut found[offset..]), text.len());
                assert_eq!(found, [&vec![b'.'; offset], text.as_slice(), b"."].concat());

                let mut found = vec![b'.'; offset];
                encode_append(&moved[offset..], &mut found);
                assert_eq!(found, [&vec![b'.'; offset], text.as_slice()].concat());

                let moved = [&vec![b'A'; offset], text.as_slice()].concat();
                let moved = &moved[offset..];
                assert_eq!(decoded(decode_append, moved).as_ref(), Some(&bytes));
                if length.is_multiple_of(3) {
                    assert_eq!(decoded(decode_quads_append, moved).as_ref(), Some(&bytes));
                }
            }
        }
    }

    /// Each of these texts has one character that is replaced, removed or added.
    #[test]
    fn what_is_not_canonical_is_refused() {
        let mut refused = 0;
        let mut compare = |text: &[u8]| {
            let expected = bytes_of(text);
            refused += usize::from(expected.is_none());
            let shown = String::from_utf8_lossy(text);
            assert_eq!(decoded(decode_append, text), expected, "{shown}");
            if text.len().is_multiple_of(4) {
                let expected = expected.filter(|_| !text.contains(&b'='));
                assert_eq!(decoded(decode_quads_append, text), expected, "{shown}");
            }
        };
        for length in (0..=50).chain([94, 95, 96]) {
            let text = text_of(&bytes(length));
            for index in 0..text.len() {
                for other in *b"AQg/=-_ \n\0\"\x7f\x80\xff" {
                    let mut changed = text.clone();
                    changed[index] = other;
                    compare(&changed);
                }
                compare(&text[..index]);
            }
            compare(&[text.as_slice(), b"="].concat());
            compare(&[text.as_slice(), b"A"].concat());
        }
        assert!(refused > 20_000, "{refused}");
    }
}
