//! A client that hides nothing: bytes in, bytes out, and how the connection ended.

use std::io::{Read, Write};
use std::net::TcpStream;

use base64_simd::STANDARD;
use image::{ImageFormat, RgbaImage};
use serde_json::Value;
use stand_in::StandIn;

/// An answer as it came.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
    /// Lengths of the chunks, if the body came in chunks.
    pub chunks: Vec<usize>,
    /// The body has the length or the end that its head promises.
    pub is_whole: bool,
}

impl Answer {
    pub fn header(&self, name: &str) -> Option<&str> {
        let header = self.headers.iter().find(|(known, _)| known == name);
        header.map(|(_, value)| value.as_str())
    }

    pub fn text(&self) -> String {
        String::from_utf8(self.body.clone()).expect("UTF-8")
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }

    pub fn error(&self) -> Value {
        self.json()["error"].clone()
    }

    /// Name and data of each event.
    pub fn events(&self) -> Vec<(String, Value)> {
        let text = self.text().replace("\r\n", "\n");
        let events = text.split("\n\n").filter(|event| !event.is_empty());
        let event = |event: &str| {
            let (name, data) = event.split_once('\n').expect("two lines");
            let name = name.strip_prefix("event: ").expect("a name");
            let data = data.strip_prefix("data: ").expect("data");
            (name.to_owned(), serde_json::from_str(data).expect("JSON"))
        };
        events.map(event).collect()
    }

    /// The file of a picture of a response.
    pub fn file(&self, index: usize) -> Vec<u8> {
        decoded(&self.json()["data"][index]["b64_json"])
    }

    pub fn picture(&self, index: usize) -> RgbaImage {
        pixels(&self.file(index))
    }
}

pub fn decoded(base64: &Value) -> Vec<u8> {
    let text = base64.as_str().expect("a text");
    STANDARD.decode_to_vec(text).expect("base64")
}

pub fn pixels(file: &[u8]) -> RgbaImage {
    image::load_from_memory(file).expect("a picture").to_rgba8()
}

/// A request in the making.
#[derive(Clone, Default)]
pub struct Request {
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

pub const BOUNDARY: &str = "boundary-of-the-tests";

impl Request {
    /// A form with the picture `image` and a prompt.
    pub fn edit() -> Self {
        Self::form()
            .file("image", "image/png", &png(8, 8))
            .text("prompt", "More bubbles")
    }

    pub fn form() -> Self {
        let kind = format!("multipart/form-data; boundary={BOUNDARY}");
        Self::default().header("content-type", &kind)
    }

    pub fn json(value: &Value) -> Self {
        let request = Self::default().header("content-type", "application/json");
        request.body(value.to_string().as_bytes())
    }

    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    pub fn fault(self, fault: &str) -> Self {
        self.header(stand_in::FAULT_HEADER, fault)
    }

    pub fn body(mut self, body: &[u8]) -> Self {
        self.body = body.to_vec();
        self
    }

    pub fn text(self, name: &str, value: &str) -> Self {
        self.part(&format!("name=\"{name}\""), None, value.as_bytes())
    }

    pub fn texts(self, fields: &[(&str, &str)]) -> Self {
        fields
            .iter()
            .fold(self, |request, (name, value)| request.text(name, value))
    }

    pub fn file(self, name: &str, kind: &str, bytes: &[u8]) -> Self {
        let disposition = format!("name=\"{name}\"; filename=\"picture\"");
        self.part(&disposition, Some(kind), bytes)
    }

    pub fn part(mut self, disposition: &str, kind: Option<&str>, bytes: &[u8]) -> Self {
        let kind = kind.map_or_else(String::new, |kind| format!("Content-Type: {kind}\r\n"));
        let head =
            format!("--{BOUNDARY}\r\nContent-Disposition: form-data; {disposition}\r\n{kind}\r\n");
        self.body.extend_from_slice(head.as_bytes());
        self.body.extend_from_slice(bytes);
        self.body.extend_from_slice(b"\r\n");
        self
    }

    /// The body so far; a form is not closed.
    pub fn bytes(self) -> Vec<u8> {
        self.body
    }

    /// The answer to `POST /v1/images/edits`.
    pub fn post(self, server: &StandIn) -> Answer {
        self.send(server, "POST", "/v1/images/edits")
            .expect("an answer")
    }

    /// The answer, or nothing if the connection was closed without one.
    pub fn send(mut self, server: &StandIn, method: &str, path: &str) -> Option<Answer> {
        let is_form = self
            .headers
            .iter()
            .any(|(_, value)| value.ends_with(BOUNDARY));
        if is_form {
            self.body
                .extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
        }
        let mut head = format!(
            "{method} {path} HTTP/1.1\r\nhost: {}\r\nconnection: close\r\n",
            server.address()
        );
        for (name, value) in &self.headers {
            head = format!("{head}{name}: {value}\r\n");
        }
        if self
            .headers
            .iter()
            .all(|(name, _)| name != "transfer-encoding")
        {
            head = format!("{head}content-length: {}\r\n", self.body.len());
        }
        let bytes = [head.as_bytes(), b"\r\n", &self.body].concat();
        exchange(server, &bytes)
    }
}

/// Sends bytes, and reads until the connection ends.
pub fn exchange(server: &StandIn, bytes: &[u8]) -> Option<Answer> {
    let mut stream = TcpStream::connect(server.address()).expect("a connection");
    // A server may close before it has all.
    let _ = stream.write_all(bytes);
    let mut answer = Vec::new();
    let mut block = vec![0; 65536];
    while let Ok(length @ 1..) = stream.read(&mut block) {
        answer.extend_from_slice(&block[..length]);
    }
    parsed(&answer)
}

fn parsed(bytes: &[u8]) -> Option<Answer> {
    let end = bytes.windows(4).position(|window| window == b"\r\n\r\n")?;
    let head = std::str::from_utf8(&bytes[..end]).expect("a head");
    let mut lines = head.split("\r\n");
    let status = lines.next()?.split(' ').nth(1)?.parse().ok()?;
    let header = |line: &str| {
        let (name, value) = line.split_once(": ").expect("a header");
        (name.to_owned(), value.to_owned())
    };
    let headers: Vec<(String, String)> = lines.map(header).collect();
    let rest = &bytes[end + 4..];
    let mut answer = Answer {
        status,
        headers,
        body: Vec::new(),
        chunks: Vec::new(),
        is_whole: false,
    };
    match answer.header("content-length") {
        Some(length) => {
            answer.is_whole = length.parse() == Ok(rest.len());
            answer.body = rest.to_vec();
        }
        None => dechunk(rest, &mut answer),
    }
    Some(answer)
}

fn dechunk(mut rest: &[u8], answer: &mut Answer) {
    while let Some(end) = rest.windows(2).position(|window| window == b"\r\n") {
        let size = std::str::from_utf8(&rest[..end]).expect("a size");
        let size = usize::from_str_radix(size, 16).expect("a size");
        let data = &rest[end + 2..];
        if size == 0 {
            answer.is_whole = true;
            return;
        }
        let length = size.min(data.len());
        answer.body.extend_from_slice(&data[..length]);
        answer.chunks.push(length);
        rest = data.get(size + 2..).unwrap_or_default();
    }
}

/// A picture in which each pixel is another.
pub fn source(width: u32, height: u32) -> RgbaImage {
    RgbaImage::from_fn(width, height, |x, y| {
        let [x, y] =
            [x * 255 / width, y * 255 / height].map(|value| u8::try_from(value).expect("a byte"));
        image::Rgba([x, y, 255 - x, 255])
    })
}

pub fn file(picture: &RgbaImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    let is_jpeg = format == ImageFormat::Jpeg;
    let picture = image::DynamicImage::from(picture.clone());
    let picture = if is_jpeg {
        image::DynamicImage::from(picture.to_rgb8())
    } else {
        picture
    };
    picture.write_to(&mut bytes, format).expect("an encoder");
    bytes.into_inner()
}

pub fn png(width: u32, height: u32) -> Vec<u8> {
    file(&source(width, height), ImageFormat::Png)
}

pub fn data_url(kind: &str, bytes: &[u8]) -> String {
    format!("data:{kind};base64,{}", STANDARD.encode_to_string(bytes))
}

pub fn start() -> StandIn {
    StandIn::start().expect("a port is free")
}
