//! The recorded responses, over a connection: how many requests are sent, and what the caller sees
//! at the end.

use std::time::Duration;

use openai_image_edits::{
    CreateImageEdit, CreateImageEditError, CreateImageEditRequest, ImageEditStreamEvent,
    ImagesResponse, ResponseError, StreamError, Upload,
};
use openapi_client::{Error, ErrorKind, Reply, Retries, Timeouts};
use serde_json::{Value, json};

use crate::corpus::{Case, Differences, cases};
use crate::server::Server;

const REQUIRED: &str = "the description requires what is missing here; the error keeps the text";

const DIFFERENCES: &[(&str, &str)] = &[
    ("res-005", REQUIRED),
    ("res-006", REQUIRED),
    ("res-022", REQUIRED),
];

/// The behaviour of a client in a case: the number of requests, and the outcome.
struct Seen {
    requests: usize,
    outcome: Value,
}

fn operation() -> CreateImageEdit {
    let image = Upload::from_bytes(&b"\x89PNG\r\n\x1a\n"[..]);
    CreateImageEdit::new(CreateImageEditRequest::new(image, "x"))
}

/// A recorded client sends a POST again when the connection broke, as ours does if it is told to.
fn retries(case: &Case) -> Retries {
    let most = case.asked["options"]["max_retries"].as_u64();
    let most = most.map_or(2, |most| u32::try_from(most).expect("it is small"));
    let mut retries = Retries::default().most(most).resending();
    retries.first_pause = Duration::from_millis(1);
    retries
}

fn timeouts(case: &Case) -> Timeouts {
    match case.asked["options"]["timeout"].as_u64() {
        Some(seconds) => {
            let limit = Duration::from_secs(seconds);
            Timeouts::none().first_byte(limit).between_bytes(limit)
        }
        None => Timeouts::default(),
    }
}

fn is_stream(case: &Case) -> bool {
    case.asked["stream"] == true
}

fn with_ureq(case: &Case) -> Seen {
    let server = Server::of(case);
    let client = openapi_client::ureq::Client::new(&server.url).expect("it is a base URL");
    let client = client
        .bearer("sk-x")
        .retries(retries(case))
        .timeouts(timeouts(case));
    let outcome = if is_stream(case) {
        match client.stream(operation()) {
            Ok(stream) => of_items(&stream.collect::<Vec<_>>()),
            Err(error) => of_error(&error),
        }
    } else {
        of_reply(&client.send(operation()))
    };
    let requests = server.requests();
    Seen { requests, outcome }
}

async fn with_reqwest(case: &Case) -> Seen {
    let server = Server::of(case);
    let client = openapi_client::reqwest::Client::new(&server.url).expect("it is a base URL");
    let client = client
        .bearer("sk-x")
        .retries(retries(case))
        .timeouts(timeouts(case));
    let outcome = if is_stream(case) {
        match client.stream(operation()).await {
            Ok(mut stream) => {
                let mut items = Vec::new();
                while let Some(item) = stream.next().await {
                    items.push(item);
                }
                of_items(&items)
            }
            Err(error) => of_error(&error),
        }
    } else {
        of_reply(&client.send(operation()).await)
    };
    let requests = server.requests();
    Seen { requests, outcome }
}

fn of_reply(reply: &Result<Reply<ImagesResponse>, Error<CreateImageEditError>>) -> Value {
    match reply {
        Ok(reply) => json!({
            "ok": "images_response", "created": reply.created, "data_len": reply.data.as_ref().map_or(0, Vec::len),
        }),
        Err(error) => of_error(error),
    }
}

fn of_error(error: &Error<CreateImageEditError>) -> Value {
    match error.kind() {
        ErrorKind::Transport(_) => json!({"error": "connection"}),
        ErrorKind::Response(error) => of_response(error),
        other => panic!("{other:?}"),
    }
}

fn of_response(error: &ResponseError<CreateImageEditError>) -> Value {
    let kind = match error {
        ResponseError::Status(failure) => {
            return json!({"error": "status", "status": failure.head.status()});
        }
        ResponseError::Decode(..) => "decode",
        ResponseError::UnexpectedContentType(_) => "unexpected_content_type",
        ResponseError::Empty(_) => "empty_response",
        ResponseError::Transport(..) => "connection",
        other => panic!("{other:?}"),
    };
    json!({"error": kind})
}

type Item = Result<
    ImageEditStreamEvent,
    StreamError<CreateImageEditError, openai_image_edits::ImageErrorEvent>,
>;

/// The number of events, and the way in which the stream ended.
fn of_items(items: &[Item]) -> Value {
    if let [Err(StreamError::Response(error))] = items {
        return of_response(error);
    }
    let events = items.iter().filter(|item| {
        matches!(
            item,
            Ok(_) | Err(StreamError::Decode { .. } | StreamError::Api(_))
        )
    });
    let broke = matches!(items.last(), Some(Err(StreamError::Transport(_))));
    json!({"events": events.count(), "connection broke": broke})
}

/// The expected outcome, in the same words.
fn expected(case: &Case) -> Value {
    let Some(items) = case.expected["items"].as_array() else {
        let outcome = &case.expected["outcome"];
        let kept = ["ok", "created", "data_len", "error", "status"];
        let kept = kept.iter().filter_map(|name| {
            let value = outcome.get(*name)?;
            Some(((*name).to_owned(), value.clone()))
        });
        return Value::Object(kept.collect());
    };
    // With a limit on the pauses, the client does not wait for all events. On a busy machine, some
    // may come.
    if case.asked["options"]["timeout"].is_u64() {
        return json!({"connection broke": true});
    }
    let broke = case.expected["end"] == "connection_error";
    json!({"events": items.len(), "connection broke": broke})
}

#[tokio::test]
async fn every_recorded_response_ends_as_expected_over_a_connection() {
    let mut differences = Differences::new(DIFFERENCES);
    let mut problems = Vec::new();
    for case in cases("responses") {
        let wanted = expected(&case);
        let requests = case.expected["requests"].as_u64().unwrap_or(1);
        let requests = usize::try_from(requests).expect("it is small");
        let seen = [
            ("ureq", with_ureq(&case)),
            ("reqwest", with_reqwest(&case).await),
        ];
        let differs = |seen: &Seen| {
            let mut members = wanted.as_object().expect("an object").iter();
            let is_same = members.all(|(name, value)| seen.outcome.get(name) == Some(value));
            seen.requests != requests || !is_same
        };
        let different = seen.iter().filter(|(_, seen)| differs(seen));
        let different: Vec<String> = different
            .map(
                |(
                    name,
                    Seen {
                        requests: sent,
                        outcome,
                    },
                )| {
                    let name = format!("{} with {name}", case.name);
                    format!("{name}: {sent} requests, {outcome}\nexpected {requests}, {wanted}")
                },
            )
            .collect();
        if !different.is_empty() && !differences.explain(&case.name) {
            problems.extend(different);
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n\n"));
    differences.finish();
}
