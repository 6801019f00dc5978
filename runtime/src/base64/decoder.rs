//! Base64 that arrives in pieces.

use bytes::Bytes;
use memchr::memchr;

use super::{InvalidBase64, codec};

/// Decodes canonical base64 and keeps only the bytes: encoding them gives the same text.
///
/// Four characters are three bytes. The last four, which may be padded, are held back until the
/// text has ended.
#[derive(Debug, Default)]
pub(crate) struct Decoder {
    bytes: Vec<u8>,
    /// At most four characters that are not decoded yet.
    rest: Rest,
    /// The number of bytes of the last text: the next one is likely to be as long.
    expected: usize,
}

#[derive(Clone, Copy, Debug, Default)]
struct Rest {
    characters: [u8; 4],
    length: usize,
}

impl Rest {
    fn as_slice(&self) -> &[u8] {
        self.characters.get(..self.length).unwrap_or_default()
    }

    /// Appends characters if all of them fit.
    fn append(&mut self, text: &[u8]) -> Result<(), InvalidBase64> {
        let end = self.length + text.len();
        let room = self.characters.get_mut(self.length..end);
        room.ok_or(InvalidBase64)?.copy_from_slice(text);
        self.length = end;
        Ok(())
    }
}

/// The number of characters that are decoded at once: few enough to repeat the work.
const WINDOW: usize = 16 * 1024;

impl Decoder {
    /// The number of bytes that are held for the text so far.
    pub(crate) fn held(&self) -> usize {
        self.bytes.len() + self.rest.length
    }

    /// Takes the beginning of a piece, and returns its length: all of the piece if it is only
    /// base64.
    ///
    /// Decoding shows whether it is base64. The end of the string is searched only if decoding
    /// fails.
    pub(crate) fn take(&mut self, text: &[u8]) -> usize {
        let mut taken = 0;
        let mut rest = text;
        while rest.len() > 4 {
            let decoded = match self.decode(rest.get(..WINDOW).unwrap_or(rest)) {
                0 => {
                    let end = memchr(b'"', rest).unwrap_or_default();
                    return taken + self.decode(rest.get(..end).unwrap_or_default());
                }
                decoded => decoded,
            };
            taken += decoded;
            rest = rest.get(decoded..).unwrap_or_default();
        }
        let is_base64 = |byte: &u8| byte.is_ascii_alphanumeric() || b"+/=".contains(byte);
        if rest.iter().all(is_base64) && self.rest.append(rest).is_ok() {
            text.len()
        } else {
            taken
        }
    }

    /// Decodes the part of the text that cannot be its end, and returns the length of that part: 0
    /// if it contains anything other than base64.
    fn decode(&mut self, text: &[u8]) -> usize {
        let decoded = self.bytes.len();
        self.decode_quads(text).unwrap_or_else(|InvalidBase64| {
            self.bytes.truncate(decoded);
            0
        })
    }

    fn decode_quads(&mut self, text: &[u8]) -> Result<usize, InvalidBase64> {
        // A quad is decoded if at least one character follows it.
        if self.rest.length + text.len() <= 4 {
            return Ok(0);
        }
        let missing = (4 - self.rest.length) % 4;
        let (first, quads) = text.split_at_checked(missing).unwrap_or((text, &[]));
        let length = quads.len().saturating_sub(1) / 4 * 4;
        self.reserve(length / 4 * 3 + 3);
        let mut rest = self.rest;
        if rest.length > 0 {
            rest.append(first)?;
            codec::decode_quads_append(rest.as_slice(), &mut self.bytes)?;
        }
        let quads = quads.get(..length).unwrap_or_default();
        codec::decode_quads_append(quads, &mut self.bytes)?;
        self.rest = Rest::default();
        Ok(missing + length)
    }

    /// Takes a piece of the text, or nothing of it if it is not base64.
    pub(crate) fn push(&mut self, text: &[u8]) -> Result<(), InvalidBase64> {
        let (decoded, rest) = (self.bytes.len(), self.rest);
        let taken = self.decode(text);
        let pushed = self.rest.append(text.get(taken..).unwrap_or_default());
        if pushed.is_err() {
            self.bytes.truncate(decoded);
            self.rest = rest;
        }
        pushed
    }

    /// Takes the last piece and returns the bytes. If the whole text is not base64, the piece is
    /// not taken.
    pub(crate) fn finish(&mut self, text: &[u8]) -> Result<Bytes, InvalidBase64> {
        let (decoded, rest) = (self.bytes.len(), self.rest);
        let finished = self
            .push(text)
            .and_then(|()| codec::decode_append(self.rest.as_slice(), &mut self.bytes));
        if let Err(error) = finished {
            self.bytes.truncate(decoded);
            self.rest = rest;
            return Err(error);
        }
        self.rest = Rest::default();
        self.expected = self.bytes.len();
        let mut bytes = std::mem::take(&mut self.bytes);
        if bytes.capacity() / 2 > bytes.len() {
            bytes.shrink_to_fit();
        }
        Ok(bytes.into())
    }

    /// Gives up decoding: returns the text that was taken so far.
    pub(crate) fn take_text(&mut self) -> Vec<u8> {
        let mut text = Vec::with_capacity(codec::encoded_length(self.bytes.len()) + 4);
        codec::encode_append(&self.bytes, &mut text);
        text.extend_from_slice(self.rest.as_slice());
        self.bytes = Vec::new();
        self.rest = Rest::default();
        text
    }

    /// Reserves memory for this many more bytes.
    fn reserve(&mut self, more: usize) {
        let more = if self.bytes.is_empty() {
            more.max(self.expected)
        } else {
            more
        };
        self.bytes.reserve(more);
    }
}

#[cfg(test)]
mod tests {
    use super::Decoder;

    /// A piece of only base64 is taken whole; of a piece in which the string ends, the part that
    /// is certainly not its end.
    #[test]
    fn take_leaves_nothing_but_the_end() {
        let mut decoder = Decoder::default();
        assert_eq!(decoder.take(&b"QUJD".repeat(10_000)), 40_000);
        assert_eq!(decoder.held(), 29_997 + 4);
        assert_eq!(decoder.take(b"QUJDQUI=\"}"), 4);
        assert_eq!(decoder.finish(b"QUI=").map(|bytes| bytes.len()), Ok(30_005));
    }

    /// Memory that is reserved for another long text is given back if a short one arrives.
    #[test]
    fn a_short_text_keeps_little_memory() {
        let mut decoder = Decoder::default();
        let long = decoder.finish(&b"QUJD".repeat(10_000));
        assert_eq!(long.map(|bytes| bytes.len()), Ok(30_000));
        let short = decoder.finish(b"QUJDQUJD").map(Vec::from);
        assert_eq!(short.as_deref(), Ok(&b"ABCABC"[..]));
        assert!(short.is_ok_and(|bytes| bytes.capacity() < 100));
    }

    /// The decoder does not give up on pieces of any size.
    #[test]
    fn pieces_of_any_size_are_decoded() {
        let bytes: Vec<u8> = (0..=255).collect();
        for length in 0..=bytes.len() {
            let bytes = &bytes[..length];
            let text = crate::Base64::from_bytes(bytes.to_vec())
                .text()
                .into_owned();
            for size in 1..=9 {
                let mut decoder = Decoder::default();
                for piece in text.as_bytes().chunks(size) {
                    let taken = decoder.take(piece);
                    assert!(decoder.push(&piece[taken..]).is_ok(), "{length} by {size}");
                }
                assert_eq!(
                    decoder.finish(b"").as_deref(),
                    Ok(bytes),
                    "{length} by {size}"
                );
            }
        }
    }
}
