//! The results that a caller sees when a server, or the connection to it, fails: the table in
//! `docs/faults.md`.
//!
//! `UPDATE_DOCS=1` writes the table.

use std::fmt::Write;
use std::thread;
use std::time::Duration;

use openai_image_edits::{
    CreateImageEdit, CreateImageEditError, CreateImageEditRequest, ImageEditStreamEvent,
    ImageErrorEvent, ImagesResponse, ResponseError, StreamError, Upload,
};
use openapi_client::{Error, ErrorKind, Reply, Retries, Timeouts};
use stand_in::StandIn;

const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/faults.md");

const HEAD: &str = "\
# What a caller sees

What the calls of `openapi-client` give when the server does wrong, or the connection breaks. Each row was run against the
stand-in with reqwest and with ureq, which give the same: `cargo test -p openapi-tests --test client faults`. The fault is in the
words of the stand-in. The client has its defaults, but for shorter pauses, and limits of 2 s where the server stalls.

| the server | `send` | `stream` with two previews |
|---|---|---|
";

/// No fault: it is the reader that is slow.
const SLOW: &str = "drip; bytes=65536";

/// The faults, each with what happens in a few words.
const FAULTS: [(&str, &str); 17] = [
    ("", "is in order"),
    ("rate-limit; times=1; after=1", "is busy once"),
    ("rate-limit; after=1", "is busy"),
    (
        "rate-limit; after=121000",
        "asks for a pause of more than two minutes",
    ),
    ("server-error; times=2", "fails twice"),
    ("cut-upload", "goes away while it is sent a large picture"),
    ("cut-head", "goes away after the head of the response"),
    ("cut-body; event=1", "goes away within an event"),
    ("end-body; event=1", "ends the body within an event"),
    ("stall-head; ms=20000", "does not begin to answer"),
    ("stall-body; event=1; ms=20000", "stops within an event"),
    ("error-event; after=1", "reports an error in the stream"),
    ("unknown-event", "sends an event that is not described"),
    (
        "missing-members; members=usage",
        "leaves a required member out",
    ),
    ("content-type", "calls the response `text/html`"),
    ("drip; bytes=4096, crlf", "sends small chunks, with CRLF"),
    (
        SLOW,
        "is in order, and its events are read with pauses of 50 ms",
    ),
];

fn request(fault: &str) -> CreateImageEditRequest {
    let picture = if fault.starts_with("cut-upload") {
        // More than the system takes ahead of the server.
        Upload::from_bytes(vec![0; 40_000_000]).content_type("image/png")
    } else {
        Upload::from_path(format!("{}/files/soap.png", crate::corpus::WIRE))
    };
    CreateImageEditRequest::new(picture, "add a hat").size("256x256")
}

fn retries() -> Retries {
    let mut retries = Retries::default();
    retries.first_pause = Duration::from_millis(1);
    retries
}

fn timeouts(fault: &str, is_stream: bool) -> Timeouts {
    if fault.starts_with("stall-head") || is_stream && fault.starts_with("stall-body") {
        let limit = Duration::from_secs(2);
        Timeouts::none().first_byte(limit).between_bytes(limit)
    } else {
        Timeouts::default()
    }
}

async fn with_reqwest(fault: &str) -> [String; 2] {
    let run = |is_stream| {
        let server = StandIn::start().expect("a server");
        let client = openapi_client::reqwest::Client::new(&server.base_url());
        let client = client
            .expect("it is a base URL")
            .retries(retries())
            .timeouts(timeouts(fault, is_stream));
        let client = client.header("x-stand-in-fault", fault).expect("a header");
        (server, client)
    };
    let (_server, client) = run(false);
    let sent = of_reply(&client.send(CreateImageEdit::new(request(fault))).await);
    let (_server, client) = run(true);
    let operation = CreateImageEdit::new(request(fault).partial_images(2));
    let streamed = match client.stream(operation).await {
        Ok(mut stream) => {
            let mut items = Vec::new();
            while let Some(item) = stream.next().await {
                items.push(item);
                if fault == SLOW {
                    tokio::time::sleep(Duration::from_millis(50)).await;
                }
            }
            of_items(&items)
        }
        Err(error) => of_error(&error),
    };
    [sent, streamed]
}

fn with_ureq(fault: &str) -> [String; 2] {
    let run = |is_stream| {
        let server = StandIn::start().expect("a server");
        let client = openapi_client::ureq::Client::new(&server.base_url());
        let client = client
            .expect("it is a base URL")
            .retries(retries())
            .timeouts(timeouts(fault, is_stream));
        let client = client.header("x-stand-in-fault", fault).expect("a header");
        (server, client)
    };
    let (_server, client) = run(false);
    let sent = of_reply(&client.send(CreateImageEdit::new(request(fault))));
    let (_server, client) = run(true);
    let operation = CreateImageEdit::new(request(fault).partial_images(2));
    let streamed = match client.stream(operation) {
        Ok(stream) => {
            let read = stream.inspect(|_| {
                if fault == SLOW {
                    thread::sleep(Duration::from_millis(50));
                }
            });
            of_items(&read.collect::<Vec<_>>())
        }
        Err(error) => of_error(&error),
    };
    [sent, streamed]
}

fn of_reply(reply: &Result<Reply<ImagesResponse>, Error<CreateImageEditError>>) -> String {
    match reply {
        Ok(reply) if reply.attempts() == 1 => "the picture".to_owned(),
        Ok(reply) => format!("the picture, after {} attempts", reply.attempts()),
        Err(error) => of_error(error),
    }
}

fn of_error(error: &Error<CreateImageEditError>) -> String {
    let kind = match error.kind() {
        ErrorKind::Transport(_) => "`Transport`".to_owned(),
        ErrorKind::Timeout(_) => "`Timeout`".to_owned(),
        ErrorKind::Response(ResponseError::Transport(..)) => "`Response(Transport)`".to_owned(),
        ErrorKind::Response(ResponseError::Decode(..)) => "`Response(Decode)`".to_owned(),
        ErrorKind::Response(ResponseError::UnexpectedContentType(_)) => {
            "`Response(UnexpectedContentType)`".to_owned()
        }
        ErrorKind::Response(error) => format!("`Response` with status {}", error.head().status()),
        other => panic!("{other:?}"),
    };
    let attempts = match error.attempts() {
        1 => "1 attempt".to_owned(),
        attempts => format!("{attempts} attempts"),
    };
    let retryable = if error.is_retryable() {
        ", retryable"
    } else {
        ""
    };
    let phase = match error.kind() {
        ErrorKind::Response(ResponseError::Status(_)) => String::new(),
        _ => format!(" {}", error.phase()),
    };
    format!("{kind}{phase}, {attempts}{retryable}")
}

type Item = Result<ImageEditStreamEvent, StreamError<CreateImageEditError, ImageErrorEvent>>;

fn of_items(items: &[Item]) -> String {
    let words = items.iter().map(|item| match item {
        Ok(ImageEditStreamEvent::PartialImage(_)) => "a preview",
        Ok(ImageEditStreamEvent::Completed(_)) => "the picture",
        Ok(_) => "`Unknown`",
        Err(StreamError::Response(_)) => "`Response`",
        Err(StreamError::Api(_)) => "`Api`",
        Err(StreamError::Decode { .. }) => "`Decode`",
        Err(StreamError::Unfinished { .. }) => "`Unfinished`",
        Err(StreamError::Truncated { .. }) => "`Truncated`",
        Err(StreamError::Transport(_)) => "`Transport`",
        Err(other) => panic!("{other:?}"),
    });
    words.collect::<Vec<_>>().join(", ")
}

/// The results that a caller sees, which are the same with both clients.
fn seen(fault: &str) -> [String; 2] {
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    let runtime = runtime.enable_all().build().expect("it starts");
    let seen = runtime.block_on(with_reqwest(fault));
    assert_eq!(seen, with_ureq(fault), "{fault}");
    seen
}

#[test]
fn faults_are_seen_as_the_table_says() {
    let mut table = HEAD.to_owned();
    // Most of the time is spent waiting, so all are tried at once.
    let all = thread::scope(|scope| {
        let threads = FAULTS.map(|(fault, _)| scope.spawn(move || seen(fault)));
        threads.map(|thread| thread.join().expect("both clients see the same"))
    });
    for ((fault, words), [sent, streamed]) in FAULTS.into_iter().zip(all) {
        let fault = if fault.is_empty() {
            String::new()
        } else {
            format!(" (`{fault}`)")
        };
        let _ = writeln!(table, "| {words}{fault} | {sent} | {streamed} |");
    }
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(PAGE, &table).expect("it is written");
    }
    let page = std::fs::read_to_string(PAGE).expect("it is there");
    assert_eq!(
        table, page,
        "run the test with UPDATE_DOCS=1, and read what has changed"
    );
}
