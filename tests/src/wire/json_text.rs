//! JSON texts made by choices: objects of a known shape, in which names, values and bytes go wrong.

use crate::mutation::Choices;

/// A shape of values.
pub enum Shape {
    Integer,
    Text,
    /// One of these texts, or any other.
    OneOf(&'static [&'static str]),
    Base64,
    List(&'static Shape),
    Object(&'static [Member]),
}

/// A member of an object: its name, the shape of its value, and whether the object must have it.
pub type Member = (&'static str, Shape, bool);

/// A generated text.
pub struct Generated {
    pub text: Vec<u8>,
    /// True if every value, even of a repeated member, was written in its shape, and nothing is
    /// damaged.
    pub is_faithful: bool,
}

const SPACES: [&str; 6] = ["", "", "", " ", "\n", "\t\r\n "];

/// Names that a shape does not have, unless it does: then the value may have another shape.
const NAMES: [&str; 12] = [
    "",
    "x",
    "Created",
    "b64_json",
    "data",
    "created",
    "usage",
    "type",
    "error",
    "日本",
    "b64_json\0",
    "\"\\/",
];

/// Pieces of strings. The last ones are not JSON, or not Unicode.
const PIECES: [&[u8]; 16] = [
    b"a",
    b"https://example.com/a.png",
    b"\\\"",
    b"\\\\",
    b"\\/",
    b"\\n",
    b"\\u00e9",
    b"\\ud83d\\ude00",
    "é🦀\u{2028}".as_bytes(),
    b"{}[]:,",
    b"\x7f",
    b"\\ud83d",
    b"\\x",
    b"\n",
    b"\xff0",
    b"\xed\xa0\x80",
];
const GOOD_PIECES: usize = 11;

/// Ends of base64 texts: canonical ones, ones that are not, strings that are not base64, and the
/// rest that is not JSON or not Unicode.
const TAILS: [&[u8]; 24] = [
    b"",
    b"AA==",
    b"AAA=",
    b"/w==",
    b"A",
    b"AA",
    b"AAA",
    b"AB==",
    b"AAB=",
    b"=",
    b"====",
    b"AA=",
    b"AA==AAAA",
    b"-_-_",
    b" ",
    b"\\u0041AAA",
    b"\\/\\/\\/\\/",
    b"\\n",
    b"\\\"",
    "é".as_bytes(),
    b"\n",
    b"\xff",
    b"\xff0",
    b"\\",
];
const GOOD_TAILS: usize = 20;

const INTEGERS: [&str; 12] = [
    "0",
    "1713833628",
    "-1",
    "-0",
    "1.0",
    "1e3",
    "-1.5E-0",
    "9223372036854775807",
    "9223372036854775808",
    "1e400",
    "9007199254740994.0",
    "01",
];
const GOOD_INTEGERS: usize = 6;

/// Values of any shape. The last ones are not JSON.
const VALUES: [&[u8]; 20] = [
    b"null",
    b"true",
    b"0",
    b"-1.5e3",
    b"\"\"",
    b"\"AAAA\"",
    b"\"a\\u0000\\\"b\"",
    b"[]",
    b"{}",
    b"[null,[1,{}],\"a\"]",
    b"{\"b64_json\":\"AAAA\",\"b64_json\":[\"AA==\"]}",
    b"[{\"b64_json\":\"AAAA\"},{\"b64_json\":\"A\"}]",
    b"{\"message\":\"m\",\"code\":1}",
    b"1e999",
    b"\"\xff0\"",
    b"\"\\udc00\"",
    b"nul",
    b"[1,]",
    b"{\"a\" 1}",
    b"{\"a\":\"b}",
];
const GOOD_VALUES: usize = 13;

/// Deeper than a parser goes that calls itself, and than the decoder looks for base64.
const DEEP: usize = 140;

/// A text of this shape.
pub fn generate(shape: &'static Shape, choices: &mut Choices<'_>) -> Generated {
    let mut writer = Writer {
        is_hostile: choices.of(3) == 1,
        choices,
        text: Vec::new(),
        is_faithful: true,
    };
    if writer.one_in(16) {
        writer.put("\u{feff}");
    }
    writer.space();
    writer.value(shape);
    writer.space();
    writer.damage();
    Generated {
        text: writer.text,
        is_faithful: writer.is_faithful,
    }
}

struct Writer<'a, 'c> {
    choices: &'a mut Choices<'c>,
    /// True if values of another shape may be written.
    is_hostile: bool,
    text: Vec<u8>,
    is_faithful: bool,
}

impl Writer<'_, '_> {
    /// Once in so many times, and never once there is no choice left.
    fn one_in(&mut self, count: usize) -> bool {
        self.choices.of(count) == 1
    }

    fn put(&mut self, text: impl AsRef<[u8]>) {
        self.text.extend_from_slice(text.as_ref());
    }

    fn space(&mut self) {
        let space = SPACES[self.choices.of(SPACES.len())];
        self.put(space);
    }

    /// One of the good texts, or, in a hostile text, sometimes one of all.
    fn one_of<'t, T: AsRef<[u8]> + ?Sized>(&mut self, texts: &[&'t T], good: usize) -> &'t T {
        let is_any = self.is_hostile && self.one_in(6);
        let index = self.choices.of(if is_any { texts.len() } else { good });
        self.is_faithful &= index < good;
        texts[index]
    }

    fn value(&mut self, shape: &'static Shape) {
        if self.is_hostile && self.one_in(30) {
            self.is_faithful = false;
            return self.any();
        }
        match shape {
            Shape::Integer => {
                let integer = self.one_of(&INTEGERS, GOOD_INTEGERS);
                self.put(integer);
            }
            Shape::Text => self.string(),
            Shape::OneOf(texts) => {
                let text = texts[self.choices.of(texts.len())];
                self.put(format!("\"{text}\""));
            }
            Shape::Base64 => self.base64(),
            Shape::List(item) => self.list(item),
            Shape::Object(members) => self.object(members),
        }
    }

    fn any(&mut self) {
        let value = self.one_of(&VALUES, GOOD_VALUES);
        match self.choices.of(12) {
            1 => {
                let (open, close) = [("[", "]"), ("{\"data\":", "}")][self.choices.of(2)];
                self.put(open.repeat(DEEP));
                self.put(value);
                self.put(close.repeat(DEEP));
            }
            2 => self.base64(),
            3 => self.string(),
            _ => self.put(value),
        }
    }

    fn string(&mut self) {
        self.put("\"");
        for _ in 0..self.choices.of(5) {
            let piece = self.one_of(&PIECES, GOOD_PIECES);
            self.put(piece);
        }
        self.put("\"");
    }

    fn base64(&mut self) {
        const ALPHABET: &[u8; 64] =
            b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        let most = if self.one_in(40) {
            20_000
        } else {
            [1, 18][self.choices.of(2)]
        };
        let quads = self.choices.of(most);
        let step = self.choices.of(64);
        let character = |index: usize| ALPHABET[(index * step + index / 64) % 64];
        let mut text: Vec<u8> = (0..4 * quads).map(character).collect();
        let tail = self.one_of(&TAILS, GOOD_TAILS);
        let at = if self.one_in(4) {
            self.choices.of(text.len() + 1)
        } else {
            text.len()
        };
        text.splice(at..at, tail.iter().copied());
        self.put("\"");
        self.put(text);
        self.put("\"");
    }

    fn list(&mut self, item: &'static Shape) {
        self.put("[");
        for index in 0..self.choices.of(4) {
            self.put(if index == 0 { "" } else { "," });
            self.space();
            self.value(item);
            self.space();
        }
        self.put("]");
    }

    /// All required members, some of the others, some twice, and some that the shape does not have.
    fn object(&mut self, members: &'static [Member]) {
        let mut chosen: Vec<usize> = (0..members.len())
            .filter(|index| members[*index].2 || self.choices.of(3) > 0)
            .collect();
        for _ in 0..self.choices.of(4) {
            let at = self.choices.of(chosen.len() + 1);
            chosen.insert(at, self.choices.of(members.len() + 3));
        }
        let count = chosen.len().max(1);
        chosen.rotate_left(self.choices.of(count) % count);
        self.put("{");
        for (index, member) in chosen.into_iter().enumerate() {
            self.put(if index == 0 { "" } else { "," });
            self.space();
            match members.get(member) {
                Some((name, shape, is_required)) => {
                    self.name(name);
                    if !is_required && self.one_in(8) {
                        self.put("null");
                    } else {
                        self.value(shape);
                    }
                }
                None => {
                    let name = NAMES[self.choices.of(NAMES.len())];
                    self.is_faithful &=
                        name != "error" && members.iter().all(|known| known.0 != name);
                    self.name(name);
                    self.any();
                }
            }
            self.space();
        }
        self.put("}");
    }

    /// A name and its colon; any character may be escaped, and some must be.
    fn name(&mut self, name: &str) {
        let escaped = if self.one_in(4) {
            self.choices.of(name.len().max(1))
        } else {
            usize::MAX
        };
        self.put("\"");
        for (index, character) in name.char_indices() {
            if index == escaped || character.is_control() || "\"\\".contains(character) {
                self.put(format!("\\u{:04x}", u32::from(character)));
            } else {
                self.put(character.to_string());
            }
        }
        self.put("\"");
        self.space();
        self.put(":");
        self.space();
    }

    /// Cuts the text, changes a byte, or appends something.
    fn damage(&mut self) {
        if !self.is_hostile {
            return;
        }
        let kind = self.choices.of(6);
        let at = self.choices.of(self.text.len());
        self.is_faithful &= !(1..=3).contains(&kind);
        match kind {
            1 => self.text.truncate(at),
            2 => self.text[at] = b"\"\\{}[],:\0\n\xffA="[self.choices.of(13)],
            3 => self.any(),
            _ => {}
        }
    }
}
