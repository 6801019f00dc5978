//! JSON with base64, cut anywhere, against the same JSON whole and against `serde_json`.

use openai_image_edits::{
    Image, ImageEditCompletedEvent, ImageEditPartialImageEvent, ImageEditStreamEvent,
    ImageGenUsage, ImagesResponse, ResponseError, ResponseHead, StreamError,
};
use openapi_runtime::event_stream::Decoder;
use openapi_runtime::json::from_slice;
use openapi_runtime::{Bytes, DecodeError, End, EventResponse, JsonResponse, Raw};
use serde::de::IgnoredAny;
use serde_json::{Value, json};

use super::Cuts;
use super::json_text::{Generated, Member, Shape, generate};
use crate::mutation::Choices;

const DETAILS: &[Member] = &[
    ("image_tokens", Shape::Integer, true),
    ("text_tokens", Shape::Integer, true),
];

const USAGE: &[Member] = &[
    ("input_tokens", Shape::Integer, true),
    ("total_tokens", Shape::Integer, true),
    ("output_tokens", Shape::Integer, true),
    ("output_tokens_details", Shape::Object(DETAILS), false),
    ("input_tokens_details", Shape::Object(DETAILS), true),
];

const IMAGE: &[Member] = &[
    ("b64_json", Shape::Base64, false),
    ("url", Shape::Text, false),
    ("revised_prompt", Shape::Text, false),
];

/// `#/components/schemas/ImagesResponse`
const IMAGES: Shape = Shape::Object(&[
    ("created", Shape::Integer, true),
    ("data", Shape::List(&Shape::Object(IMAGE)), false),
    ("background", Shape::OneOf(&["opaque", "x"]), false),
    ("output_format", Shape::OneOf(&["png", "x"]), false),
    ("size", Shape::OneOf(&["1024x1024", "x"]), false),
    ("quality", Shape::OneOf(&["high", "x"]), false),
    ("usage", Shape::Object(USAGE), false),
]);

const KINDS: Shape = Shape::OneOf(&[
    "image_edit.completed",
    "image_edit.partial_image",
    "error",
    "other",
]);

/// The members of both events of `#/components/schemas/ImageEditStreamEvent`.
const EVENT: Shape = Shape::Object(&[
    ("type", KINDS, true),
    ("b64_json", Shape::Base64, true),
    ("partial_image_index", Shape::Integer, true),
    ("usage", Shape::Object(USAGE), true),
    ("created_at", Shape::Integer, false),
    ("size", Shape::OneOf(&["auto", "x"]), false),
]);

/// An error: its path and message, the raw bytes, and whether the API reported it.
#[derive(Debug, PartialEq)]
struct Failure {
    message: String,
    raw: Raw,
    is_api: bool,
}

impl Failure {
    fn new(message: String, raw: &Raw) -> Self {
        Self {
            message,
            raw: raw.clone(),
            is_api: false,
        }
    }
}

/// Decodes a response, or a stream of events, as the choices make it; returns whether it gives a
/// value.
///
/// # Panics
/// If a cut changes a value or an error. If a response has another value than `serde_json` reads,
/// has one where the text is not JSON, or has none where the text fits the description.
pub fn run(choices: &[u8]) -> bool {
    let mut choices = Choices(choices);
    let cuts = Cuts::choose(&mut choices);
    if choices.of(2) == 0 {
        response(&generate(&IMAGES, &mut choices), &cuts)
    } else {
        events(&stream(&mut choices), &cuts)
    }
}

/// Checks one body as [`run`] does; returns whether it gives a value.
///
/// # Panics
/// As [`run`] does.
pub fn check(text: &[u8]) -> bool {
    let generated = Generated {
        text: text.to_vec(),
        is_faithful: false,
    };
    response(&generated, &Cuts([3, 1, 2, 5, 1]))
}

/// Checks one body, which is one JSON text.
fn response(generated: &Generated, cuts: &Cuts) -> bool {
    let text = &generated.text;
    let whole = decode(text, None);
    for cuts in [cuts, &Cuts::EVERYWHERE, &Cuts::NOWHERE] {
        let cut = decode(text, Some(cuts));
        assert!(
            cut == whole,
            "a cut after {:?}… changes {}\nfrom {whole:?}\nto   {cut:?}",
            cuts.0,
            text.escape_ascii()
        );
    }
    let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
    let shown = text.escape_ascii();
    let found = whole.ok();
    if serde_json::from_slice::<IgnoredAny>(text).is_err() {
        assert!(found.is_none(), "a value of what is not JSON: {shown}");
    }
    // What is skipped is not checked to be UTF-8, or to be something that a `Value` can hold: a
    // lone surrogate, a huge number, deep nesting.
    if let Ok(value) = serde_json::from_str(&String::from_utf8_lossy(text)) {
        let expected = fitting(&IMAGES, &value);
        if let Some(found) = &found {
            let found = Some(described(found));
            assert_eq!(found, expected, "not the value of {shown}");
        } else if generated.is_faithful {
            assert_eq!(expected, None, "no value, though it fits: {shown}");
        }
    }
    found.is_some()
}

/// Decodes a body whole, or in pieces.
fn decode(body: &[u8], cuts: Option<&Cuts>) -> Result<ImagesResponse, Failure> {
    let response = JsonResponse::<ImagesResponse>::default();
    let head = ResponseHead::new(200);
    let result = match cuts {
        None => response.decode(&head, Bytes::copy_from_slice(body)),
        Some(cuts) => {
            let mut decoder = response.decoder(&head);
            for piece in cuts.pieces(body) {
                decoder.push(piece);
            }
            decoder.finish()
        }
    };
    result.map_err(|error| match &error {
        ResponseError::Decode(_, error) => {
            assert_eq!(error.raw.to_vec(), body, "the error has the body");
            decode_failure(error)
        }
        error => Failure::new(error.to_string(), error.body()),
    })
}

/// The path, the message and the text of an error.
fn decode_failure(error: &DecodeError) -> Failure {
    let DecodeError { path, message, .. } = error;
    Failure::new(format!("`{path}`: {message}"), &error.raw)
}

/// The value in the words of its description, absent members as null; nothing if it does not fit.
fn fitting(shape: &Shape, value: &Value) -> Option<Value> {
    match shape {
        Shape::Integer => integer(value).map(Value::from),
        Shape::Text | Shape::OneOf(_) | Shape::Base64 => value.as_str().map(Value::from),
        Shape::List(item) => {
            let items = value.as_array()?.iter();
            items.map(|value| fitting(item, value)).collect()
        }
        Shape::Object(members) => {
            let object = value.as_object()?;
            let member = |(name, shape, is_required): &Member| {
                let value = object.get(*name).filter(|value| !value.is_null());
                let value = match value {
                    Some(value) => fitting(shape, value)?,
                    None if *is_required => return None,
                    None => Value::Null,
                };
                Some(((*name).to_owned(), value))
            };
            members.iter().map(member).collect()
        }
    }
}

/// An integer, also as `1.0`, as far as a double has all integers.
fn integer(value: &Value) -> Option<i64> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    let double = value.as_f64()?;
    #[expect(
        clippy::cast_possible_truncation,
        reason = "the number is an integer, and a small one"
    )]
    let rounded = || {
        (value.is_f64() && double.fract() == 0.0 && double.abs() <= EXACT).then_some(double as i64)
    };
    value.as_i64().or_else(rounded)
}

/// The decoded value as [`fitting`] gives it.
fn described(response: &ImagesResponse) -> Value {
    fn text<T: AsRef<str>>(value: Option<&T>) -> Option<&str> {
        value.map(AsRef::as_ref)
    }
    let image = |image: &Image| {
        json!({
            "b64_json": image.b64_json.as_ref().map(|base64| base64.text()),
            "url": image.url,
            "revised_prompt": image.revised_prompt,
        })
    };
    let usage = |usage: &ImageGenUsage| {
        let (read, written) = (&usage.input_tokens_details, &usage.output_tokens_details);
        json!({
            "input_tokens": usage.input_tokens,
            "total_tokens": usage.total_tokens,
            "output_tokens": usage.output_tokens,
            "output_tokens_details": written.as_ref().map(|details| json!({
                "image_tokens": details.image_tokens,
                "text_tokens": details.text_tokens,
            })),
            "input_tokens_details": {
                "image_tokens": read.image_tokens,
                "text_tokens": read.text_tokens,
            },
        })
    };
    json!({
        "created": response.created,
        "data": response.data.as_ref().map(|images| images.iter().map(image).collect::<Vec<_>>()),
        "background": text(response.background.as_ref()),
        "output_format": text(response.output_format.as_ref()),
        "size": text(response.size.as_ref()),
        "quality": text(response.quality.as_ref()),
        "usage": response.usage.as_ref().map(usage),
    })
}

/// The body of a stream of some events, whose last line may be missing.
fn stream(choices: &mut Choices<'_>) -> Vec<u8> {
    let mut body = Vec::new();
    for _ in 0..=choices.of(3) {
        let name = [
            "",
            "event: image_edit.completed\n",
            "event:error\r",
            "id: 1\r\n",
        ];
        body.extend_from_slice(name[choices.of(8) % name.len()].as_bytes());
        let end: &[u8] = [&b"\n"[..], b"\r", b"\r\n"][choices.of(3)];
        let text = generate(&EVENT, choices).text;
        for line in text.split(|byte| matches!(byte, b'\n' | b'\r')) {
            for piece in [b"data: ", line, end] {
                body.extend_from_slice(piece);
            }
        }
        body.extend_from_slice(end);
    }
    match choices.of(8) {
        1 => body.extend_from_slice(b"data: [DONE]\n\n"),
        2 => body.truncate(choices.of(body.len())),
        _ => {}
    }
    body
}

/// Checks a stream whole against the same stream in pieces, and against its events in plain text.
fn events(body: &[u8], cuts: &Cuts) -> bool {
    let whole = items(Cuts::NOWHERE.pieces(body));
    for cuts in [cuts, &Cuts::EVERYWHERE] {
        let cut = items(cuts.pieces(body));
        assert!(
            cut == whole,
            "a cut after {:?}… changes {}\nfrom {whole:?}\nto   {cut:?}",
            cuts.0,
            body.escape_ascii()
        );
    }
    let mut decoder = Decoder::new();
    decoder.push(Bytes::copy_from_slice(body));
    // An event with blank data is not an item, and what comes after the last event is not an event.
    let mut next = || {
        let mut events = std::iter::from_fn(|| decoder.next_event().ok().flatten());
        events.find(|event| !event.data.trim_ascii().is_empty())
    };
    for item in &whole.0 {
        let Some(event) = next().filter(|event| !event.text().trim_start().starts_with("[DONE]"))
        else {
            break;
        };
        assert!(
            is_plain(item, &event.text()),
            "{item:?} is not {:?} in {}",
            event.text(),
            body.escape_ascii()
        );
    }
    let is_complete = whole.1 != Some(End::Eof) || next().is_none();
    assert!(is_complete, "an event is lost of {}", body.escape_ascii());
    whole.0.iter().any(Result::is_ok)
}

/// True if an item is what its text says, all of which is there.
fn is_plain(item: &Result<ImageEditStreamEvent, Failure>, text: &str) -> bool {
    let completed = from_slice::<ImageEditCompletedEvent>(text.as_bytes()).ok();
    let partial = from_slice::<ImageEditPartialImageEvent>(text.as_bytes()).ok();
    match item {
        Ok(ImageEditStreamEvent::Completed(event)) => Some(event) == completed.as_ref(),
        Ok(ImageEditStreamEvent::PartialImage(event)) => Some(event) == partial.as_ref(),
        Ok(ImageEditStreamEvent::Unknown(event)) => event.data.text() == text,
        Err(failure) => {
            let is_wrong = failure.is_api || completed.is_none() || partial.is_none();
            failure.raw.text() == text && is_wrong
        }
        Ok(_) => false,
    }
}

/// The events of a stream, and its end.
fn items(pieces: Vec<Bytes>) -> (Vec<Result<ImageEditStreamEvent, Failure>>, Option<End>) {
    let head = ResponseHead::new(200).with_header("content-type", "text/event-stream");
    let mut decoder = EventResponse::<ImageEditStreamEvent>::default().decoder(&head);
    let mut items = Vec::new();
    for piece in pieces {
        decoder.push(piece);
        items.extend(decoder.by_ref());
    }
    decoder.finish();
    items.extend(decoder.by_ref());
    let items = items
        .into_iter()
        .map(|item| item.map_err(|error| failure(&error)));
    (items.collect(), decoder.end())
}

fn failure<E, S>(error: &StreamError<E, S>) -> Failure {
    match error {
        StreamError::Decode { error, .. } => decode_failure(error),
        StreamError::Api(event) => Failure {
            is_api: true,
            ..Failure::new(error.to_string(), &event.data)
        },
        StreamError::Response(error) => Failure::new(error.to_string(), error.body()),
        StreamError::Truncated { data, .. } => Failure::new(error.to_string(), data),
        _ => Failure::new(error.to_string(), &Raw::default()),
    }
}
