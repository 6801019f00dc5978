//! Timeouts, and what becomes of responses and streams that stop.

use std::time::Duration;

use openapi_client::runtime::operation::{Asks, Content, Operation};
use openapi_client::runtime::response::Undescribed;
use openapi_client::runtime::{
    BytesResponse, Call, End, EventResponse, JsonResponse, RequestError, StreamError, json,
};
use openapi_client::{Phase, Retries, Timeouts};

use crate::scripted::{Piece, Play, Scripted};

const LIMIT: Duration = Duration::from_secs(7777);

fn get() -> Call<JsonResponse<Vec<i64>>> {
    Call::empty("GET", "/things").expect("it is a call")
}

#[tokio::test]
async fn each_limit_ends_the_call_in_its_phase() {
    let slow_body = || Play::Response(200, &[], vec![Piece::Bytes("[1"), Piece::Silence]);
    let broken = || Play::Response(200, &[], vec![Piece::Bytes("[1"), Piece::Break]);
    let cases = [
        (
            Timeouts::none().first_byte(LIMIT),
            Play::Silence,
            Phase::FirstByte,
            "no response: the time limit of 7777s has expired before the response began",
        ),
        (
            Timeouts::none().total(LIMIT),
            Play::Silence,
            Phase::FirstByte,
            "no response: the time limit of 7777s for the whole call has expired before the response began",
        ),
        (
            Timeouts::none().between_bytes(LIMIT),
            slow_body(),
            Phase::Response,
            "the body was cut off: the time limit of 7777s has expired while the response was received: [1",
        ),
        (
            Timeouts::none(),
            broken(),
            Phase::Response,
            "the body was cut off: reset by peer: [1",
        ),
    ];
    for (timeouts, play, phase, wanted) in cases {
        let transport = Scripted::new(&[play], Some(LIMIT));
        let client = transport
            .client()
            .retries(Retries::none())
            .timeouts(timeouts);
        let error = client.call(get()).await.expect_err("the limit passes");
        assert_eq!(error.to_string(), wanted);
        assert_eq!((error.phase(), error.is_retryable()), (phase, true));
    }
}

#[tokio::test]
async fn nothing_is_tried_again_once_the_whole_call_has_taken_too_long() {
    let script = [Play::Silence, crate::scripted::answer(200, &[], "[1]")];
    let transport = Scripted::new(&script, Some(LIMIT));
    let client = transport.client().timeouts(Timeouts::none().total(LIMIT));
    let error = client.call(get()).await.expect_err("the limit passes");
    let wanted = "no response: the time limit of 7777s for the whole call has expired before the response began";
    assert_eq!((error.to_string().as_str(), error.attempts()), (wanted, 1));
}

fn stream() -> Call<EventResponse<json::Value>> {
    Call::empty("GET", "/events").expect("it is a call")
}

#[tokio::test]
async fn a_stream_gives_its_events_and_the_way_in_which_it_ended() {
    let head: &[(&str, &str)] = &[("content-type", "text/event-stream")];
    let event = Piece::Bytes("data: {\"a\": 1}\n\n");
    let cases: [(Vec<Piece>, usize, End); 3] = [
        (vec![event, event], 2, End::Eof),
        (vec![event, Piece::Break], 1, End::Transport),
        (vec![event, Piece::Silence], 1, End::Transport),
    ];
    for (pieces, events, end) in cases {
        let transport = Scripted::new(&[Play::Response(200, head, pieces)], Some(LIMIT));
        let client = transport
            .client()
            .timeouts(Timeouts::none().between_bytes(LIMIT));
        let mut stream = client.call_stream(stream()).await.expect("it begins");
        let mut found = 0;
        while let Some(Ok(_)) = stream.next().await {
            found += 1;
        }
        assert_eq!((found, stream.end()), (events, Some(end)));
        assert!(stream.next().await.is_none());
    }
}

#[tokio::test]
async fn a_stream_that_is_refused_is_an_error_of_the_call() {
    let refused = || crate::scripted::answer(400, &[], "no");
    let transport = Scripted::new(&[refused()], None);
    let error = transport
        .client()
        .call_stream(stream())
        .await
        .expect_err("it is refused");
    assert_eq!(
        (error.status(), error.to_string().as_str()),
        (Some(400), "status 400: no")
    );
    // A success with another content type is an error of the stream.
    let page = crate::scripted::answer(200, &[("content-type", "text/html")], "<p>");
    let transport = Scripted::new(&[page], None);
    let mut stream = transport
        .client()
        .call_stream(stream())
        .await
        .expect("it is a success");
    let item = stream.next().await;
    assert!(
        matches!(item, Some(Err(StreamError::Response(_)))),
        "{item:?}"
    );
}

struct GetFile;

impl Operation for GetFile {
    const ID: &'static str = "getFile";
    const METHOD: &'static str = "GET";
    const PATH: &'static str = "/file";

    type Error = Undescribed;
}

impl Asks<Content> for GetFile {
    type Response = BytesResponse;

    fn ask(self) -> Result<Call<BytesResponse>, RequestError> {
        Call::empty("GET", "/file")
    }
}

#[tokio::test]
async fn a_download_has_its_name_once_it_is_whole() {
    let path = std::env::temp_dir().join(format!("openapi-client-{}.bin", std::process::id()));
    let pieces = |last| vec![Piece::Bytes("one "), Piece::Bytes("two"), last];
    let broken = Play::Response(200, &[], pieces(Piece::Break));
    let client = Scripted::new(&[broken], None).client();
    let download = client.download(GetFile).await.expect("it begins");
    let error = download.save(&path).await.expect_err("it breaks off");
    assert_eq!(error.to_string(), "reset by peer");
    let part = path.with_extension("bin.part");
    assert!(!path.exists() && !part.exists());
    let whole = Play::Response(200, &[], pieces(Piece::Bytes("!")));
    let client = Scripted::new(&[whole], None).client();
    let download = client.download(GetFile).await.expect("it begins");
    assert_eq!(download.save(&path).await.expect("it is whole"), 8);
    assert_eq!(std::fs::read(&path).expect("it is there"), b"one two!");
    assert!(!part.exists());
    std::fs::remove_file(path).expect("it is there");
    let client = Scripted::new(&[crate::scripted::answer(404, &[], "no")], None).client();
    let error = client.download(GetFile).await.expect_err("it is an error");
    assert_eq!(error.to_string(), "status 404: no");
}
