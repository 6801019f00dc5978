//! Forms against a parser that is not ours.

use std::borrow::Cow;
use std::io::{Cursor, Error};
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use futures_util::stream;
use multer::Multipart;
use openapi_runtime::{Boundary, Bytes, Extra, Form, Upload, media_type};

use super::Cuts;
use crate::mutation::Choices;

/// A part, with its names as they are written between the quotes.
#[derive(Debug, Default, PartialEq, Eq)]
struct Part {
    name: String,
    file_name: Option<String>,
    content_type: Option<String>,
    value: Vec<u8>,
}

/// A form, and the parts that its body must have.
struct Maker<'a, 'c> {
    choices: &'a mut Choices<'c>,
    boundary: &'a str,
    form: Form,
    texts: Vec<Part>,
    files: Vec<Part>,
    /// The names of the fields that the description has.
    names: Vec<String>,
    extra: Extra,
    /// True if the form has something that cannot be sent.
    is_refused: bool,
    /// True if a file has a reader of unknown length.
    is_chunked: bool,
}

const BOUNDARIES: [&str; 5] = [
    "B",
    "----WebKitFormBoundary7MA4YWxkTrZu0gW",
    "-",
    "a-b'()+_,./:=c",
    "0123456789012345678901234567890123456789012345678901234567890123456789",
];

const PIECES: [&str; 40] = [
    "a",
    "image",
    "[]",
    "[",
    "]",
    "é",
    "日本",
    "🦀",
    "\u{202e}",
    "\u{85}",
    "\u{feff}",
    "\"",
    "\\",
    "'",
    "/",
    "\r\n",
    "\n",
    "\r",
    "\0",
    "\t",
    "\x1b",
    "\x7f",
    " ",
    ";",
    "=",
    ":",
    "%",
    "%22",
    "name=",
    ".png",
    ".TXT",
    ".",
    "--",
    "\r\n--",
    "--\r\n",
    "\r\n\r\n",
    "\r\nX-Injected: 1\r\n\r\n",
    "--B",
    "\r\n--0123456789",
    "\r\n---",
];

/// Content types; the last ones are not media types.
const CONTENT_TYPES: [&str; 12] = [
    "image/png",
    "image/jpeg",
    "IMAGE/GIF",
    "text/plain; charset=utf-8",
    "text/plain; x=\"a;\\\"b\"",
    "application/x-new",
    "application/json",
    "",
    "png",
    "image/png\r\nX-Injected: 1",
    "image/png\0",
    "text/é",
];
const GOOD_CONTENT_TYPES: usize = 7;

/// Beginnings of files, some of which say what the file is.
const STARTS: [&[u8]; 6] = [
    b"",
    b"\x89PNG\r\n\x1a\n",
    b"\xff\xd8\xff",
    b"\r\n--",
    b"--",
    b"\xff\xfe\0",
];

/// Writes the form that the choices make, and parses it; returns the number of its parts.
///
/// # Panics
/// If the parts are not those that were added, the length is not that of the body, or a form is
/// accepted that has a broken content type or two values for one field.
pub fn run(choices: &[u8]) -> usize {
    let mut choices = Choices(choices);
    let cuts = Cuts::choose(&mut choices);
    let boundary = BOUNDARIES[choices.of(BOUNDARIES.len())];
    let mut maker = Maker {
        choices: &mut choices,
        boundary,
        form: Form::new(),
        texts: Vec::new(),
        files: Vec::new(),
        names: Vec::new(),
        extra: Extra::new(),
        is_refused: false,
        is_chunked: false,
    };
    maker.fill();
    let Maker {
        form,
        texts,
        files,
        is_refused,
        is_chunked,
        ..
    } = maker;
    let finished = form.finish(&Boundary::new(boundary).expect("it is a boundary"));
    assert_eq!(
        finished.is_err(),
        is_refused,
        "{texts:?} {files:?} {finished:?}"
    );
    let Ok((content_type, body)) = finished else {
        return 0;
    };
    let length = body.content_length();
    let body = body.into_bytes().expect("everything is readable");
    let exact = (!is_chunked).then_some(body.len() as u64);
    assert_eq!(length, exact, "the length of {}", body.escape_ascii());
    let found = ready(parse(&content_type, cuts.pieces(&body)));
    let expected: Vec<Part> = texts.into_iter().chain(files).collect();
    assert_eq!(found, expected, "parsed from {}", body.escape_ascii());
    found.len()
}

impl Maker<'_, '_> {
    fn fill(&mut self) {
        for _ in 0..self.choices.of(6) {
            match self.choices.of(4) {
                0 => self.add_extra(),
                1 => self.add_file(),
                _ => self.add_text(),
            }
        }
        self.form.extra(&self.extra);
        for (name, value) in self.extra.iter() {
            let stem = name.split('[').next().unwrap_or_default();
            let is_known = |known: &String| known == name || known == stem;
            self.is_refused |= self.names.iter().any(is_known);
            self.texts.push(Part {
                name: escaped(name),
                value: value.as_str().unwrap_or_default().into(),
                ..Part::default()
            });
        }
    }

    fn add_extra(&mut self) {
        let (name, value) = (self.name(), self.text());
        self.extra.insert(name, value);
    }

    fn add_text(&mut self) {
        let (name, value) = (self.name(), self.text());
        let content_type = self.content_type();
        match content_type {
            Some(given) => self.form.add_with_type(&name, given, value.clone()),
            None => self.form.add(&name, value.clone()),
        }
        self.texts.push(Part {
            name: escaped(&name),
            content_type: content_type.map(str::to_owned),
            value: value.into_bytes(),
            ..Part::default()
        });
        self.names.push(name);
    }

    fn add_file(&mut self) {
        let name = self.name();
        let content = self.content();
        let bytes = Bytes::from(content.clone());
        let mut upload = match self.choices.of(3) {
            0 => Upload::from_bytes(bytes),
            1 => Upload::from_reader_with_length(Cursor::new(bytes), content.len() as u64),
            _ => {
                self.is_chunked = true;
                Upload::from_reader(Cursor::new(bytes))
            }
        };
        let mut base = String::new();
        if self.choices.of(3) > 0 {
            let file_name = self.text();
            base.push_str(base_name(&file_name));
            upload = upload.file_name(file_name);
        }
        let given = self.content_type();
        if let Some(given) = given {
            upload = upload.content_type(given);
        }
        let known = || media_type::sniff(&content).or_else(|| media_type::from_file_name(&base));
        let content_type = given.or_else(known).unwrap_or(media_type::OCTET_STREAM);
        if base.is_empty() {
            base = made_up_name(&name, content_type);
        }
        self.form.add(&name, upload);
        self.files.push(Part {
            name: escaped(&name),
            file_name: Some(escaped(&base)),
            content_type: Some(content_type.to_owned()),
            value: content,
        });
        self.names.push(name);
    }

    /// A name that does not end with a backslash: the WHATWG has it written as it is, and a parser
    /// of quoted strings then takes the quote for an escaped one.
    fn name(&mut self) -> String {
        let text = self.text();
        text.trim_end_matches('\\').to_owned()
    }

    /// Any text but one with the boundary: that is for the caller to choose.
    fn text(&mut self) -> String {
        let count = self.choices.of(6);
        let pieces = (0..count).map(|_| PIECES[self.choices.of(PIECES.len())]);
        let text: String = pieces.collect();
        if self.has_boundary(text.as_bytes()) {
            return String::new();
        }
        text
    }

    fn content(&mut self) -> Vec<u8> {
        let start = STARTS[self.choices.of(STARTS.len())];
        let mut content = [start, self.text().as_bytes()].concat();
        let byte = [0, b'-', b'\r', 0xff][self.choices.of(4)];
        let most = [1, 40, 5_000][self.choices.of(3)];
        content.resize(content.len() + self.choices.of(most), byte);
        if self.has_boundary(&content) {
            return Vec::new();
        }
        content
    }

    fn has_boundary(&self, value: &[u8]) -> bool {
        let delimiter = format!("\r\n--{}", self.boundary);
        value
            .windows(delimiter.len())
            .any(|window| window == delimiter.as_bytes())
    }

    /// A content type, if one is given; it may be one that no header can have.
    fn content_type(&mut self) -> Option<&'static str> {
        if self.choices.of(3) != 1 {
            return None;
        }
        let index = self.choices.of(CONTENT_TYPES.len());
        self.is_refused |= index >= GOOD_CONTENT_TYPES;
        Some(CONTENT_TYPES[index])
    }
}

/// A name as it stands between quotes.
fn escaped(name: &str) -> String {
    let escape = |character: char| match character {
        '"' | '\0'..='\x1f' | '\x7f' => format!("%{:02X}", u32::from(character)),
        _ => character.to_string(),
    };
    name.chars().map(escape).collect()
}

/// A file name without folders, of either kind of system; empty if what is left is blank or a
/// folder.
fn base_name(path: &str) -> &str {
    let name = path.rsplit(['/', '\\']).next().unwrap_or_default();
    match name.trim() {
        "" | "." | ".." => "",
        _ => name,
    }
}

/// The name of a file without one: that of its field, without folders and brackets.
fn made_up_name(field: &str, content_type: &str) -> String {
    let before_bracket = field.find('[').map_or(field, |bracket| &field[..bracket]);
    let stem = base_name(before_bracket);
    let stem = if stem.is_empty() { "file" } else { stem };
    format!(
        "{stem}.{}",
        media_type::extension(content_type).unwrap_or("bin")
    )
}

/// The parts of a body that comes in pieces, with a pause after each.
async fn parse(content_type: &str, pieces: Vec<Bytes>) -> Vec<Part> {
    let boundary = multer::parse_boundary(content_type).expect("the content type has a boundary");
    let mut pieces = pieces.into_iter();
    let mut is_pause = false;
    let body = stream::poll_fn(move |_| {
        is_pause = !is_pause;
        if is_pause {
            return Poll::Pending;
        }
        Poll::Ready(pieces.next().map(Ok::<_, Error>))
    });
    let mut form = Multipart::new(body, boundary);
    let mut parts = Vec::new();
    while let Some(field) = form.next_field().await.expect("the form is in order") {
        let content_type = field.headers().get("content-type");
        let content_type = content_type.map(|value| String::from_utf8_lossy(value.as_bytes()));
        parts.push(Part {
            name: field.name().unwrap_or_default().to_owned(),
            file_name: field.file_name().map(str::to_owned),
            content_type: content_type.map(Cow::into_owned),
            value: field.bytes().await.expect("the form is in order").to_vec(),
        });
    }
    parts
}

/// The value of a future that waits for nothing but the next call.
fn ready<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    loop {
        let mut context = Context::from_waker(Waker::noop());
        if let Poll::Ready(value) = future.as_mut().poll(&mut context) {
            return value;
        }
    }
}
