//! Recorded responses: the emitted decoders give the expected values, errors, events and ends.

use openai_image_edits::runtime::event_stream::Decoder;
use openai_image_edits::runtime::{Bytes, End, EventResponse, JsonResponse};
use openai_image_edits::{
    CreateImageEditError, FlatImageError, ImageEditStreamEvent, ImageError, ImageErrorBody,
    ImageErrorEvent, ImageErrorReport, ImageErrorValue, ImagesResponse, ResponseError,
    ResponseHead, StreamError,
};
use serde_json::{Value, json};

use crate::corpus::{Case, Differences, body, cases};

const REQUIRED: &str = "the description requires what is missing here; the error keeps the text";

const DIFFERENCES: &[(&str, &str)] = &[
    ("res-005", REQUIRED),
    ("res-006", REQUIRED),
    ("res-022", REQUIRED),
    ("res-123", REQUIRED),
    ("res-176", REQUIRED),
    ("res-181", REQUIRED),
];

/// Cases of the HTTP client: compression, connections, timeouts.
const TRANSPORT: &[&str] = &["res-041", "res-081", "res-082", "res-192", "res-194"];

#[test]
fn every_recorded_response_is_read_as_expected() {
    let mut differences = Differences::new(DIFFERENCES);
    let mut compared = 0;
    let mut problems = Vec::new();
    for case in cases("responses") {
        if TRANSPORT.iter().any(|prefix| case.name.starts_with(prefix)) {
            println!("{} is the HTTP client's", case.name);
            continue;
        }
        compared += 1;
        // A caller sees the response to the last request that its client sends.
        let attempts = case.asked["attempts"].as_array().expect("attempts");
        let requests = case.expected["requests"]
            .as_u64()
            .and_then(|count| usize::try_from(count).ok())
            .unwrap_or(1);
        let attempt = &attempts[requests.min(attempts.len()) - 1];
        let (body, cuts) = body(attempt);
        if let Some(events) = case.expected["sse"].as_array() {
            raw_events(&case.name, &body, events);
        }
        if let Some(problem) = check(&case, attempt, &body, cuts)
            && !differences.explain(&case.name)
        {
            problems.push(format!("{}: {problem}", case.name));
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n\n"));
    assert_eq!(compared + TRANSPORT.len(), cases("responses").len());
    differences.finish();
}

fn head(attempt: &Value) -> ResponseHead {
    let status = attempt["status"]
        .as_u64()
        .and_then(|status| u16::try_from(status).ok())
        .expect("a status");
    let headers = attempt["headers"].as_array().expect("headers").iter();
    headers.fold(ResponseHead::new(status), |head, header| {
        head.with_header(
            header[0].as_str().expect("a name"),
            header[1].as_str().expect("a value"),
        )
    })
}

/// The differences from what the case expects.
fn check(case: &Case, attempt: &Value, body: &[u8], cuts: Vec<usize>) -> Option<String> {
    let head = head(attempt);
    let Some(items) = case.expected["items"].as_array() else {
        let outcome = if case.asked["stream"] == true {
            let mut decoder =
                EventResponse::<ImageEditStreamEvent, CreateImageEditError>::default()
                    .decoder(&head);
            decoder.push(body.to_vec());
            decoder.finish();
            match decoder.next() {
                Some(Err(StreamError::Response(error))) => Err(error),
                other => return Some(format!("{other:?}")),
            }
        } else {
            JsonResponse::<ImagesResponse, CreateImageEditError>::default()
                .decode(&head, body.to_vec())
        };
        return check_outcome(&outcome, &case.expected["outcome"]);
    };
    // Whole, byte by byte, and cut as it was recorded.
    let cuts = [vec![], (1..body.len()).collect(), cuts];
    cuts.iter()
        .find_map(|cuts| check_items(&head, attempt, &chunks(body, cuts), items, &case.expected))
}

fn chunks(body: &[u8], cuts: &[usize]) -> Vec<Bytes> {
    let mut start = 0;
    let ends = cuts
        .iter()
        .copied()
        .chain([body.len()])
        .map(|end| end.min(body.len()));
    ends.map(|end| {
        let chunk = Bytes::copy_from_slice(&body[start..end]);
        start = end;
        chunk
    })
    .collect()
}

fn raw_events(name: &str, body: &[u8], expected: &[Value]) {
    for size in [1, body.len().max(1)] {
        let mut decoder = Decoder::new();
        let mut events = Vec::new();
        for chunk in body.chunks(size) {
            decoder.push(chunk.to_vec());
            while let Some(event) = decoder.next_event().expect("it is within the limits") {
                events.push(json!({"event": event.name.as_deref().unwrap_or("message"), "data": event.text()}));
            }
        }
        assert_eq!(events, expected, "{name}");
    }
}

fn check_items(
    head: &ResponseHead,
    attempt: &Value,
    chunks: &[Bytes],
    expected: &[Value],
    all: &Value,
) -> Option<String> {
    let mut decoder =
        EventResponse::<ImageEditStreamEvent, CreateImageEditError>::default().decoder(head);
    let mut items = Vec::new();
    for chunk in chunks {
        decoder.push(chunk.clone());
        items.extend(decoder.by_ref());
    }
    if attempt["end"] == "abort" {
        decoder.abort("the connection broke");
    } else {
        decoder.finish();
    }
    items.extend(decoder.by_ref());
    let end = match decoder.end() {
        Some(End::Eof) => "eof",
        Some(End::Done) => "done",
        Some(End::Error) => "error",
        Some(End::Truncated) => "truncated",
        Some(End::Unfinished) => "unfinished",
        Some(End::Transport) => "connection_error",
        other => return Some(format!("{other:?}")),
    };
    let completed = items
        .iter()
        .any(|item| matches!(item, Ok(ImageEditStreamEvent::Completed(_))));
    // How the stream ended is an item here, and `end` there.
    items.retain(|item| {
        !matches!(
            item,
            Err(StreamError::Truncated { .. }
                | StreamError::Unfinished { .. }
                | StreamError::Transport(_))
        )
    });
    let found: Vec<Value> = items.iter().map(describe).collect();
    let same = found.len() == expected.len()
        && found
            .iter()
            .zip(expected)
            .all(|(found, expected)| covers(found, expected));
    let right = same && all["end"] == end && all["saw_completed"] == completed;
    (!right).then(|| format!("{end} {completed} {found:?}\nexpected {all}"))
}

/// True if each expected member is found; a member that is not expected is null.
fn covers(found: &Value, expected: &Value) -> bool {
    let (found, expected) = (found.as_object(), expected.as_object());
    found.zip(expected).is_some_and(|(found, expected)| {
        expected
            .iter()
            .all(|(name, value)| found.get(name).unwrap_or(&Value::Null) == value)
            && found.iter().all(|(name, value)| {
                value.is_null() || name == "field" || expected.contains_key(name)
            })
    })
}

fn describe(
    item: &Result<ImageEditStreamEvent, StreamError<CreateImageEditError, ImageErrorEvent>>,
) -> Value {
    match item {
        Ok(ImageEditStreamEvent::PartialImage(image)) => json!({
            "item": "partial_image", "b64_json": image.b64_json.text(), "partial_image_index": image.partial_image_index,
            "created_at": image.created_at, "size": image.size.as_ref().map(AsRef::as_ref),
            "quality": image.quality.as_ref().map(AsRef::as_ref), "background": image.background.as_ref().map(AsRef::as_ref),
            "output_format": image.output_format.as_ref().map(AsRef::as_ref),
        }),
        Ok(ImageEditStreamEvent::Completed(image)) => json!({
            "item": "completed", "b64_json": image.b64_json.text(), "usage_total": image.usage.total_tokens,
            "created_at": image.created_at, "size": image.size.as_ref().map(AsRef::as_ref),
            "quality": image.quality.as_ref().map(AsRef::as_ref), "background": image.background.as_ref().map(AsRef::as_ref),
            "output_format": image.output_format.as_ref().map(AsRef::as_ref),
        }),
        Ok(ImageEditStreamEvent::Unknown(event)) => {
            assert!(
                !event.data.is_empty(),
                "the data of an unknown event is kept"
            );
            json!({"item": "unknown", "type": event.name})
        }
        Err(StreamError::Api(error)) => {
            assert!(!error.data.is_empty(), "the text of an error is kept");
            match &error.error {
                Some(event) => described_event(event),
                None => json!({"error": "api", "message": error.data.text()}),
            }
        }
        Err(StreamError::Decode { error, .. }) => {
            assert!(!error.raw.is_empty(), "the text of the event is kept");
            let field = error.path.split(['.', '[']).next().unwrap_or_default();
            json!({"error": "decode", "field": if field.is_empty() { Value::Null } else { field.into() }})
        }
        other => json!({"other": format!("{other:?}")}),
    }
}

/// The members of an error as JSON, for any of its types.
fn members(
    message: Option<&String>,
    kind: Option<&String>,
    param: Option<&ImageErrorValue>,
    code: Option<&ImageErrorValue>,
) -> Value {
    let text = |value: &ImageErrorValue| match value {
        ImageErrorValue::String(text) => text.clone(),
        ImageErrorValue::Integer(number) => number.to_string(),
        other => panic!("{other:?}"),
    };
    json!({"message": message, "type": kind, "param": param.map(text), "code": code.map(text)})
}

fn described_report(report: &ImageErrorReport) -> Value {
    match report {
        ImageErrorReport::Error(ImageError {
            message,
            r#type,
            param,
            code,
            ..
        }) => members(
            message.as_ref(),
            r#type.as_ref(),
            param.as_ref(),
            code.as_ref(),
        ),
        ImageErrorReport::Text(text) => members(Some(text), None, None, None),
        other => panic!("{other:?}"),
    }
}

fn described_event(event: &ImageErrorEvent) -> Value {
    let ImageErrorEvent {
        error,
        message,
        code,
        param,
        ..
    } = event;
    let mut found = match error {
        Some(report) => described_report(report),
        None => members(message.as_ref(), None, param.as_ref(), code.as_ref()),
    };
    found["error"] = "api".into();
    found
}

fn described_body(error: &CreateImageEditError) -> Option<Value> {
    let CreateImageEditError::Default(body) = error else {
        return None;
    };
    match body {
        ImageErrorBody::Nested(body) => Some(described_report(&body.error)),
        ImageErrorBody::Flat(FlatImageError {
            message,
            r#type,
            param,
            code,
            ..
        }) => Some(members(
            message.as_ref(),
            r#type.as_ref(),
            param.as_ref(),
            code.as_ref(),
        )),
        _ => None,
    }
}

fn check_outcome(
    outcome: &Result<ImagesResponse, ResponseError<CreateImageEditError>>,
    expected: &Value,
) -> Option<String> {
    let found = match outcome {
        Ok(response) => json!({
            "ok": "images_response", "created": response.created, "data_len": response.data.as_ref().map_or(0, Vec::len),
        }),
        Err(ResponseError::Status(failure)) => {
            let error = failure.error.as_ref().and_then(described_body);
            let mut found = error.unwrap_or_else(|| json!({}));
            found["error"] = "status".into();
            found["status"] = failure.head.status().into();
            if expected.get("raw_body").is_some() {
                found["raw_body"] = String::from_utf8_lossy(&failure.body).into();
            }
            found
        }
        Err(ResponseError::Decode(failure, error)) => {
            assert!(
                !failure.body.is_empty() && !error.raw.is_empty(),
                "the text is kept"
            );
            json!({"error": "decode", "field": error.path.split(['.', '[']).next()})
        }
        Err(ResponseError::UnexpectedContentType(_)) => json!({"error": "unexpected_content_type"}),
        Err(ResponseError::Empty(_)) => json!({"error": "empty_response"}),
        Err(error) => json!({"error": format!("{error:?}")}),
    };
    let mut expected = expected.clone();
    expected
        .as_object_mut()
        .map(|expected| expected.remove("note"));
    (!covers(&found, &expected)).then(|| format!("{found}\nexpected {expected}\n{outcome:?}"))
}
