//! Forms taken apart by a parser that is not ours, with the bytes of the body compared in every
//! way of taking them.

use std::io::Read;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use multer::Multipart;
use openai_image_edits::runtime::{Body, Bytes};
use openai_image_edits::{Boundary, Call, CreateImageEdit, RequestError};

const BOUNDARY: &str = "a-boundary-for-tests";

/// A part as the parser sees it; names as they stand between the quotes.
#[derive(Debug, PartialEq, Eq)]
pub struct Part {
    pub name: String,
    pub file_name: Option<String>,
    pub content_type: Option<String>,
    pub value: Vec<u8>,
}

/// The parts of the form of an operation, in order.
pub fn parts<R: Response>(operation: CreateImageEdit) -> Result<Vec<Part>, RequestError> {
    let boundary = Boundary::new(BOUNDARY).expect("it is a boundary");
    let call = R::call(operation.boundary(boundary))?;
    let content_type = call.content_type().unwrap_or_default().to_owned();
    let length = call.content_length();
    let bytes = collected(call.into_body());
    if let Some(length) = length {
        assert_eq!(length, bytes.len() as u64, "the length is exact");
    }
    Ok(parse(&content_type, bytes))
}

/// The two ways to call.
pub trait Response {
    fn call(operation: CreateImageEdit) -> Result<Call, RequestError>;
}

pub struct One;
pub struct Events;

impl Response for One {
    fn call(operation: CreateImageEdit) -> Result<Call, RequestError> {
        Ok(operation.call()?.split().0)
    }
}

impl Response for Events {
    fn call(operation: CreateImageEdit) -> Result<Call, RequestError> {
        Ok(operation.call_stream()?.split().0)
    }
}

/// The body, taken block by block, byte by byte and whole, which is one and the same.
pub fn collected(body: Body) -> Bytes {
    let again = body.try_clone().expect("the files are readable");
    if let Some(mut blocks) = again {
        let mut bytes = Vec::new();
        while let Some(block) = blocks.next_block().expect("the files are readable") {
            bytes.extend_from_slice(&block);
        }
        let mut single = Vec::new();
        let mut reader = body
            .try_clone()
            .expect("the files are readable")
            .expect("it could be sent again");
        let mut byte = [0];
        while reader.read(&mut byte).expect("the files are readable") == 1 {
            single.push(byte[0]);
        }
        assert_eq!(bytes, single, "blocks and bytes");
        let whole = body.into_bytes().expect("the files are readable");
        assert_eq!(whole, single, "whole and bytes");
        return whole;
    }
    body.into_bytes().expect("the files are readable")
}

fn parse(content_type: &str, bytes: Bytes) -> Vec<Part> {
    let boundary = multer::parse_boundary(content_type).expect("the content type has a boundary");
    let raw_names = names(&bytes);
    let stream = futures_util::stream::iter([Ok::<_, std::io::Error>(bytes)]);
    let parts = ready(async {
        let mut form = Multipart::new(stream, boundary);
        let mut parts = Vec::new();
        while let Some(field) = form.next_field().await.expect("the form is in order") {
            let content_type = field
                .headers()
                .get("content-type")
                .map(|value| value.to_str().unwrap_or_default().to_owned());
            let (name, file_name) = (
                field.name().unwrap_or_default().to_owned(),
                field.file_name().map(str::to_owned),
            );
            let value = field.bytes().await.expect("the form is in order").to_vec();
            parts.push(Part {
                name,
                file_name,
                content_type,
                value,
            });
        }
        parts
    });
    assert_eq!(parts.len(), raw_names.len(), "each part has a disposition");
    for (part, (name, file_name)) in parts.iter().zip(&raw_names) {
        assert_eq!(
            (&part.name, &part.file_name),
            (name, file_name),
            "as written and as parsed"
        );
    }
    parts
}

/// The names that the headers of each part have between their quotes.
fn names(body: &[u8]) -> Vec<(String, Option<String>)> {
    let text = String::from_utf8_lossy(body);
    let delimiter = format!("--{BOUNDARY}");
    let parts = text
        .split(&delimiter)
        .skip(1)
        .filter_map(|part| part.strip_prefix("\r\n"));
    let quoted = |head: &str, key: &str| {
        let (_, rest) = head.split_once(&format!("; {key}=\""))?;
        rest.split('"').next().map(str::to_owned)
    };
    let heads = parts.map(|part| part.split("\r\n\r\n").next().unwrap_or_default());
    heads
        .map(|head| {
            (
                quoted(head, "name").unwrap_or_default(),
                quoted(head, "filename"),
            )
        })
        .collect()
}

/// The value of a future that never waits: all bytes are there.
fn ready<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    loop {
        if let Poll::Ready(value) = future
            .as_mut()
            .poll(&mut Context::from_waker(Waker::noop()))
        {
            return value;
        }
    }
}
