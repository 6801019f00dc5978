//! The official Python and Node SDKs beside our client, over the stand-in: what each received, and
//! what the server did.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::Command;

use openai_image_edits::{
    CreateImageEdit, CreateImageEditError, CreateImageEditRequest, Image, ImageEditStreamEvent,
    ImageErrorBody, ImageErrorReport, ImageErrorValue, Upload,
};
use openapi_client::reqwest::Client;
use serde_json::{Value, json};
use stand_in::{Field, Received, StandIn};

use crate::corpus::WIRE;

/// The results of a client in each case, and the requests that the server received from it.
struct Session {
    seen: BTreeMap<String, Value>,
    requests: Vec<Received>,
}

fn folder() -> PathBuf {
    PathBuf::from(WIRE).join("files")
}

/// Our client.
async fn ours() -> Session {
    let server = StandIn::start().expect("a server");
    let client = Client::new(&server.base_url()).expect("it is a base URL");
    let client = client.bearer("sk-stand-in");
    let file = |name: &str| Upload::from_path(folder().join(name));
    let photo = |prompt: &str| CreateImageEditRequest::new(file("soap.png"), prompt);
    let several = [file("soap.png"), file("bath-bomb.png")];
    let requests = [
        ("one", photo("add a hat").model("gpt-image-1.5")),
        (
            "several",
            CreateImageEditRequest::new(several, "a basket")
                .model("gpt-image-1.5")
                .n(2)
                .size("1024x1024"),
        ),
        (
            "masked",
            photo("a hat")
                .model("gpt-image-1")
                .mask(file("mask.png"))
                .quality("high"),
        ),
    ];
    let mut seen = BTreeMap::new();
    for (name, request) in requests {
        let reply = client.send(CreateImageEdit::new(request)).await;
        let reply = reply.unwrap_or_else(|error| panic!("{name}: {error}"));
        seen.insert(name.to_owned(), pictures(reply.data.as_deref()));
    }
    let request = photo("more bubbles")
        .model("gpt-image-1.5")
        .partial_images(2);
    seen.insert("stream".to_owned(), stream(&client, request).await);
    let request = photo("add a hat").model("gpt-image-1.5").n(11);
    let operation = CreateImageEdit::new(request).unchecked();
    let error = client.send(operation).await.expect_err("11 are too many");
    let report = reported(error.described());
    seen.insert(
        "refused".to_owned(),
        json!([error.status(), report[0], report[1]]),
    );
    let fault = client
        .clone()
        .header("x-stand-in-fault", "rate-limit; times=1; after=1");
    let request = photo("again").model("gpt-image-1.5");
    let reply = fault
        .expect("a header")
        .send(CreateImageEdit::new(request))
        .await;
    let reply = reply.expect("the second attempt succeeds");
    seen.insert("busy".to_owned(), pictures(reply.data.as_deref()));
    let requests = server.requests();
    Session { seen, requests }
}

fn pictures(images: Option<&[Image]>) -> Value {
    let length = |image: &Image| {
        let image = image.b64_json.as_ref().expect("a picture");
        image.bytes().expect("it is base64").len()
    };
    images.into_iter().flatten().map(length).collect()
}

async fn stream(client: &Client, request: CreateImageEditRequest) -> Value {
    let mut seen = Vec::new();
    let stream = client.stream(CreateImageEdit::new(request)).await;
    let mut stream = stream.expect("it begins");
    while let Some(event) = stream.next().await {
        let (kind, image) = match event.expect("it is an event") {
            ImageEditStreamEvent::PartialImage(event) => {
                ("image_edit.partial_image", event.b64_json)
            }
            ImageEditStreamEvent::Completed(event) => ("image_edit.completed", event.b64_json),
            other => panic!("{other:?}"),
        };
        seen.push(json!([kind, image.bytes().expect("it is base64").len()]));
    }
    seen.into()
}

/// `param` and `message` of an error.
fn reported(error: Option<&CreateImageEditError>) -> Value {
    match error {
        Some(CreateImageEditError::Default(ImageErrorBody::Nested(body))) => match &body.error {
            ImageErrorReport::Error(error) => {
                let param = match &error.param {
                    Some(ImageErrorValue::String(param)) => param,
                    other => panic!("{other:?}"),
                };
                json!([param, error.message])
            }
            other => panic!("{other:?}"),
        },
        other => panic!("{other:?}"),
    }
}

/// An official client, by a script that prints what it received.
fn official(mut command: Command, script: &str, more: &[String]) -> Session {
    let server = StandIn::start().expect("a server");
    let script = format!("{}/official/{script}", env!("CARGO_MANIFEST_DIR"));
    let command = command.arg(script).arg(server.base_url()).arg(folder());
    let output = command.args(more).output().expect("it runs");
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{error}");
    let lines = String::from_utf8(output.stdout).expect("it prints text");
    let seen = lines.lines().map(|line| {
        let line: Value = serde_json::from_str(line).expect("it prints JSON");
        let name = line["case"].as_str().expect("a name").to_owned();
        (name, line["seen"].clone())
    });
    let seen = seen.collect();
    let requests = server.requests();
    Session { seen, requests }
}

/// The fields of a request, less what does not count: the order, and content types of texts.
fn fields(request: &Received) -> Vec<Field> {
    let mut fields = request.fields.clone();
    for field in &mut fields {
        if field.file_name.is_none() {
            field.content_type = None;
        }
    }
    fields.sort_by(|one, other| (&one.name, &one.sha256).cmp(&(&other.name, &other.sha256)));
    fields
}

fn compare(name: &str, ours: &Session, theirs: &Session) {
    assert_eq!(ours.seen, theirs.seen, "{name}");
    assert_eq!(ours.requests.len(), theirs.requests.len(), "{name}");
    for (own, other) in ours.requests.iter().zip(&theirs.requests) {
        assert_eq!(own.method, other.method, "{name}");
        assert_eq!(own.uri.path(), other.uri.path(), "{name}");
        assert_eq!(fields(own), fields(other), "{name}");
        let authorization = |request: &Received| request.headers.get("authorization").cloned();
        assert_eq!(authorization(own), authorization(other), "{name}");
    }
}

#[tokio::test]
async fn the_official_clients_send_and_receive_the_same() {
    let ours = ours().await;
    println!("{}", json!(ours.seen));
    match std::env::var_os("OFFICIAL_PYTHON") {
        Some(python) => {
            let theirs = official(Command::new(python), "python.py", &[]);
            compare("Python", &ours, &theirs);
        }
        None => println!("left out, for OFFICIAL_PYTHON is not set: the Python SDK"),
    }
    match std::env::var("OFFICIAL_NODE_MODULES") {
        Ok(modules) => {
            let theirs = official(Command::new("node"), "node.mjs", &[modules]);
            compare("Node", &ours, &theirs);
        }
        Err(_) => println!("left out, for OFFICIAL_NODE_MODULES is not set: the Node SDK"),
    }
}
