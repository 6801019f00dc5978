//! Extracts base64 from a JSON text while it arrives.
//!
//! ```text
//! {"b64_json":"iVBORw0K…","size":"1024x1024"}      the text, in pieces
//! {"b64_json":"*0","size":"1024x1024"}  0: bytes   what is kept of it; `*` is a byte that no text has
//! ```
//!
//! This is not a parser: invalid JSON passes through, and is detected when the rest is read.
//! Extracted base64 can be restored, so that no byte of the text is lost.

use memchr::{memchr, memchr2};

use super::{Base64At, Text, source::reference, text::Decoded};
use crate::base64::{self, codec};

/// Maximum nesting of an object that is searched for base64. Deeper ones cannot be read anyway.
const DEPTH: usize = 128;

/// Minimum length of base64 that is extracted, in characters. A shorter text takes less memory
/// than a reference with its entry.
const WORTH: usize = 1024;

/// Maximum capacity that is reserved for the rest of the next text.
const ROOM: usize = 4 * 1024;

/// A text that is arriving.
#[derive(Default)]
pub(crate) struct Splicer {
    root: Base64At,
    /// The text, with references in place of extracted base64.
    rest: Vec<u8>,
    base64: Vec<Decoded>,
    decoder: base64::Decoder,
    /// The open arrays and objects.
    frames: Vec<Frame>,
    state: State,
    length: usize,
}

#[derive(Debug)]
struct Frame {
    place: Base64At,
    is_object: bool,
    /// The place of the next value, if it is known.
    next: Base64At,
    /// True if the next string is the name of a member.
    expects_name: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum State {
    /// Outside of strings.
    #[default]
    Between,
    /// In the name of a member, or in any other string; the next character may be escaped.
    Text {
        name_from: Option<usize>,
        is_escaped: bool,
    },
    /// In a string that is decoded.
    Base64,
    /// After too deep nesting: everything is kept.
    Lost,
}

impl Splicer {
    /// Makes a splicer for texts with base64 at these places.
    pub(crate) fn new(root: Base64At) -> Self {
        Self {
            root,
            ..Self::default()
        }
    }

    /// The number of bytes that have arrived.
    pub(crate) const fn len(&self) -> usize {
        self.length
    }

    /// The number of bytes that are held, decoded or not.
    pub(crate) fn held(&self) -> usize {
        let decoded = self.base64.iter().map(|found| found.bytes.len());
        self.rest.len() + self.decoder.held() + decoded.sum::<usize>()
    }

    /// Takes a piece of the text.
    pub(crate) fn push(&mut self, mut text: &[u8]) {
        self.length += text.len();
        while !text.is_empty() {
            let taken = match self.state {
                State::Between => self.between(text),
                State::Text {
                    name_from,
                    is_escaped,
                } => self.text(text, name_from, is_escaped),
                State::Base64 => self.base64(text),
                State::Lost => self.keep(text),
            };
            text = text.get(taken..).unwrap_or_default();
        }
    }

    /// Takes the beginning of a piece if it is only base64 in a string that is being decoded.
    /// Returns its length.
    pub(crate) fn push_base64(&mut self, text: &[u8]) -> usize {
        if self.state != State::Base64 {
            return 0;
        }
        let taken = self.decoder.take(text);
        self.length += taken;
        taken
    }

    /// Returns the text, which may be cut anywhere, and starts a new one.
    pub(crate) fn take(&mut self) -> Text {
        if self.state == State::Base64 {
            self.put_back();
        }
        self.frames.clear();
        self.state = State::Between;
        self.length = 0;
        // The next text is likely to be as long, and to arrive in many pieces.
        let room = self.rest.len().min(ROOM);
        let rest = std::mem::replace(&mut self.rest, Vec::with_capacity(room));
        Text::new(rest.into(), std::mem::take(&mut self.base64))
    }

    fn keep(&mut self, text: &[u8]) -> usize {
        self.rest.extend_from_slice(text);
        text.len()
    }

    /// Keeps everything up to the next string.
    fn between(&mut self, text: &[u8]) -> usize {
        for (index, byte) in text.iter().enumerate() {
            match byte {
                b'"' => {
                    let taken = self.keep(text.get(..=index).unwrap_or_default());
                    self.open_string();
                    return taken;
                }
                b'{' | b'[' => {
                    self.open(*byte == b'{');
                    if self.state == State::Lost {
                        break;
                    }
                }
                b'}' | b']' => {
                    self.frames.pop();
                }
                b',' | b':' => {
                    if let Some(frame) = self.frames.last_mut() {
                        frame.expects_name = frame.is_object && *byte == b',';
                    }
                }
                _ => {}
            }
        }
        self.keep(text)
    }

    fn open(&mut self, is_object: bool) {
        if self.frames.len() >= DEPTH {
            self.state = State::Lost;
            return;
        }
        let place = self.place();
        self.frames.push(Frame {
            place,
            is_object,
            next: if is_object {
                Base64At::Nowhere
            } else {
                place.item()
            },
            expects_name: is_object,
        });
    }

    /// The place of the next value.
    fn place(&self) -> Base64At {
        self.frames.last().map_or(self.root, |frame| frame.next)
    }

    fn open_string(&mut self) {
        let is_name = self.frames.last().is_some_and(|frame| frame.expects_name);
        self.state = match self.place() {
            Base64At::Here if !is_name => State::Base64,
            _ => State::Text {
                name_from: is_name.then_some(self.rest.len()),
                is_escaped: false,
            },
        };
    }

    /// Keeps a string up to its end or to the next escape.
    fn text(&mut self, text: &[u8], name_from: Option<usize>, is_escaped: bool) -> usize {
        let end = if is_escaped {
            Some(0)
        } else {
            memchr2(b'"', b'\\', text)
        };
        let taken = self.keep(text.get(..=end.unwrap_or(text.len())).unwrap_or(text));
        let ends = !is_escaped && end.is_some_and(|end| text.get(end) == Some(&b'"'));
        if ends {
            self.state = State::Between;
            self.enter(name_from);
        } else {
            self.state = State::Text {
                name_from,
                is_escaped: !is_escaped && end.is_some(),
            };
        }
        taken
    }

    /// Determines the place of the member whose name has just ended.
    fn enter(&mut self, name_from: Option<usize>) {
        let (Some(from), Some(frame)) = (name_from, self.frames.last_mut()) else {
            return;
        };
        let quoted = self.rest.get(from.saturating_sub(1)..).unwrap_or_default();
        let name = quoted
            .get(1..quoted.len().saturating_sub(1))
            .unwrap_or_default();
        frame.next = if memchr(b'\\', name).is_some() {
            let unescaped: String = serde_json::from_slice(quoted).unwrap_or_default();
            frame.place.member(unescaped.as_bytes())
        } else {
            frame.place.member(name)
        };
    }

    /// Decodes a string up to its end, or keeps it unchanged.
    fn base64(&mut self, text: &[u8]) -> usize {
        let begins_here = self.decoder.held() == 0;
        if begins_here && memchr(b'"', text.get(..WORTH).unwrap_or(text)).is_some() {
            self.put_back();
            return 0;
        }
        let taken = self.decoder.take(text);
        let text = text.get(taken..).unwrap_or_default();
        let Some(end) = memchr(b'"', text) else {
            return match self.decoder.push(text) {
                Ok(()) => taken + text.len(),
                Err(_) => {
                    self.put_back();
                    taken
                }
            };
        };
        let Ok(bytes) = self.decoder.finish(text.get(..end).unwrap_or_default()) else {
            self.put_back();
            return taken;
        };
        self.state = State::Between;
        if bytes.len() < WORTH / 4 * 3 {
            codec::encode_append(&bytes, &mut self.rest);
            self.keep(b"\"");
            return taken + end + 1;
        }
        let start = self.rest.len();
        self.keep(&reference(self.base64.len()));
        self.base64.push(Decoded {
            at: start..self.rest.len(),
            bytes,
        });
        self.keep(b"\"");
        taken + end + 1
    }

    /// Restores the original string, which is not decoded any further.
    fn put_back(&mut self) {
        let text = self.decoder.take_text();
        self.keep(&text);
        // The kept text may end in the first half of an escape.
        let backslashes = text.iter().rev().take_while(|byte| **byte == b'\\');
        self.state = State::Text {
            name_from: None,
            is_escaped: backslashes.count() % 2 == 1,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::{Base64At, Splicer};

    const IMAGES: Base64At = Base64At::Members(&[("data", || {
        Base64At::Items(|| Base64At::Members(&[("b64_json", || Base64At::Here)]))
    })]);

    /// Memory grows by three bytes for four bytes that arrive, from the beginning.
    #[test]
    fn base64_is_decoded_as_it_arrives() {
        let mut splicer = Splicer::new(IMAGES);
        let (start, piece) = (br#"{"data":[{"b64_json":""#, b"QUJD".repeat(1024));
        for image in 0..3 {
            splicer.push(if image == 0 {
                start
            } else {
                br#"},{"b64_json":""#
            });
            let before = splicer.held();
            for count in 1..=10 {
                if count % 2 == 0 {
                    splicer.push(&piece);
                } else {
                    assert_eq!(splicer.push_base64(&piece), piece.len());
                }
                // The last four characters may be the end.
                assert_eq!(splicer.held() - before, count * 3072 + 1);
            }
            splicer.push(b"\"");
        }
        splicer.push(b"}]}");
        let text = splicer.take();
        assert_eq!(
            text.rest().len(),
            start.len() + "}]}".len() + 2 * r#""},{"b64_json":""#.len() + 7
        );
    }

    /// A text below the minimum stays where it is, however it is cut.
    #[test]
    fn only_long_base64_is_taken_out() {
        // The quotes, with the text or with a reference of two bytes.
        for (length, expected) in [(1020, 1022), (1024, 4)] {
            let text = format!("\"{}\"", "QUJD".repeat(length / 4));
            for size in [text.len(), 1000, 512, 7] {
                let mut splicer = Splicer::new(Base64At::Here);
                for piece in text.as_bytes().chunks(size) {
                    splicer.push(piece);
                }
                let rest = splicer.take().rest().len();
                assert_eq!(rest, expected, "{length} by {size}");
            }
        }
    }

    /// Only the string at the place is taken out, whatever stands before it.
    #[test]
    fn strings_before_it_end_where_they_end() {
        let member = Base64At::Members(&[("b64_json", || Base64At::Here)]);
        let table = [
            (Base64At::Items(|| Base64At::Here), r#"["QUJD","#, true),
            (member, r#"{"url":"a","b64_json":"#, true),
            (member, r#"{"url":"\"","b64_json":"#, true),
            (member, r#"{"url":["b","c",{}],"b64_json":"#, true),
            (member, r#"{"b64_json":1,"url":"#, false),
            (member, r#"{"b64_json":"\"\"","url":"#, false),
            (member, r#"{"b64_json":"\"\"#, false),
            (member, r#"{"url":"a\n,\"b64_json\t:\"#, false),
        ];
        for (place, start, is_taken) in table {
            let text = format!("{start}\"{}\"", "QUJD".repeat(1000));
            for size in [1, 3, 4, text.len()] {
                let mut splicer = Splicer::new(place);
                for piece in text.as_bytes().chunks(size) {
                    splicer.push(piece);
                }
                // The quotes, with a reference of two bytes or with the text.
                let expected = start.len() + if is_taken { 4 } else { 4002 };
                let rest = splicer.take().rest().len();
                assert_eq!(rest, expected, "{start} by {size}");
            }
        }
    }

    #[test]
    fn other_text_is_not_base64() {
        let mut splicer = Splicer::new(IMAGES);
        for text in [r#"{"b64_json":""#, r#"","data":{"b64_json":""#] {
            splicer.push(text.as_bytes());
            assert_eq!(splicer.push_base64(b"QUJDQUJDQUJD"), 0);
            splicer.push(&b"QUJD".repeat(1024));
        }
        assert_eq!(splicer.held(), splicer.len());
    }
}
