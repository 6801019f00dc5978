//! Operations of the golden documents over a connection: a server reads what is sent with its own extractors, and answers in
//! every kind that is described. Every operation is sent once with all that it requires; below are those that are looked at more
//! closely.

use std::sync::{Arc, Mutex};

use axum::body::Bytes as Payload;
use axum::extract::{Form, FromRequest, Multipart, Path, Query, Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::sse::{Event as SentEvent, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get, post, put};
use axum::{Json, Router};
use http_body_util::BodyExt;
use hyper_util::client::legacy::Client;
use hyper_util::rt::TokioExecutor;
use openapi_runtime::operation::{Asks, Content, Events, Lines, ReadStream, ReadWhole, Text, Whole};
use openapi_runtime::{Body, Call, Credentials, RequestError, ResponseError, ResponseHead, StreamError, Upload};
use serde_json::{Value, json};

/// The requests that the server has read, in order.
type Seen = Arc<Mutex<Vec<Value>>>;

fn see(seen: &Seen, value: Value) {
    seen.lock().expect("no handler panics").push(value);
}

async fn list_files(State(seen): State<Seen>, Query(query): Query<Vec<(String, String)>>, headers: HeaderMap) -> StatusCode {
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
    see(&seen, json!({"query": query, "trace": header("x-trace"), "flags": header("x-flags"), "cookie": header("cookie")}));
    StatusCode::NO_CONTENT
}

async fn copy_file(
    State(seen): State<Seen>,
    Path((id, name)): Path<(String, String)>,
    Query(query): Query<Vec<(String, String)>>,
    Json(body): Json<Value>,
) -> StatusCode {
    see(&seen, json!({"id": id, "name": name, "query": query, "body": body}));
    StatusCode::NO_CONTENT
}

async fn create_charge(State(seen): State<Seen>, Form(form): Form<Vec<(String, String)>>) -> StatusCode {
    see(&seen, json!(form));
    StatusCode::NO_CONTENT
}

async fn make_photo(State(seen): State<Seen>, request: Request) -> Response {
    let length = request.headers().get("content-length").is_some();
    let mut form = match Multipart::from_request(request, &()).await {
        Ok(form) => form,
        Err(rejection) => return rejection.into_response(),
    };
    let mut parts = Vec::new();
    while let Some(part) = form.next_field().await.expect("a part") {
        let (name, file) = (part.name().map(str::to_owned), part.file_name().map(str::to_owned));
        let content_type = part.content_type().map(str::to_owned);
        let text = part.text().await.expect("a text");
        parts.push(json!([name, file, content_type, text]));
    }
    see(&seen, json!({"parts": parts, "length": length}));
    Json(json!({"label": "made"})).into_response()
}

async fn file_content(State(seen): State<Seen>, Path(id): Path<String>, headers: HeaderMap, body: Payload) -> Response {
    if body.is_empty() {
        return ([("content-type", "application/octet-stream")], vec![0xff; 300_000]).into_response();
    }
    let content_type = headers["content-type"].to_str().expect("a media type").to_owned();
    see(&seen, json!({"id": id, "type": content_type, "bytes": body.len()}));
    StatusCode::NO_CONTENT.into_response()
}

/// Answers in the media type that is asked for.
async fn transcribe(State(seen): State<Seen>, headers: HeaderMap, body: String) -> Response {
    see(&seen, json!(body));
    match headers.get("accept").and_then(|accept| accept.to_str().ok()) {
        Some("application/json") => Json(json!({"text": "words"})).into_response(),
        Some("text/plain") => "words".into_response(),
        Some("audio/mpeg") => ([("content-type", "audio/mpeg")], &b"ID3\xff"[..]).into_response(),
        _ => {
            let events = ["wor", "ds"].map(|delta| SentEvent::default().json_data(json!({"delta": delta})));
            Sse::new(futures_util::stream::iter(events)).into_response()
        }
    }
}

/// Answers with the status that the name of the thing is.
async fn make_thing(Json(body): Json<Value>) -> Response {
    let status = body["name"].as_str().and_then(|name| name.parse().ok()).unwrap_or(StatusCode::OK);
    match status.as_u16() {
        200 | 201 => (status, Json(json!({"id": 7}))).into_response(),
        202 => status.into_response(),
        404 => (status, [("content-type", "text/html")], "<p>no").into_response(),
        409 => (status, [("content-type", "application/problem+json")], json!({"title": "no"}).to_string()).into_response(),
        _ => (status, "worse").into_response(),
    }
}

async fn read_log() -> Response {
    ([("content-type", "application/x-ndjson")], "{\"text\":\"a\"}\n{\"text\":\"b\"}\n").into_response()
}

/// A stream that ends as described, or with the API's error.
async fn talk(Json(body): Json<Value>) -> Response {
    if body["stream"] != true {
        return Json(json!({"text": "whole"})).into_response();
    }
    let last = match body["text"].as_str() {
        Some("fail") => json!({"type": "error", "message": "no"}),
        _ => json!({"type": "talk.done"}),
    };
    let events = [json!({"type": "talk.delta", "text": "é\n"}), last];
    let events = events.map(|event| SentEvent::default().json_data(event));
    Sse::new(futures_util::stream::iter(events)).into_response()
}

/// Gives back what the extractors read of any request.
async fn echo(request: Request) -> Response {
    let (method, path) = (request.method().to_string(), request.uri().path().to_owned());
    let query = Query::<Vec<(String, String)>>::try_from_uri(request.uri()).expect("a query").0;
    let content_type = request.headers().get("content-type").and_then(|value| value.to_str().ok());
    let content_type = content_type.unwrap_or_default().to_owned();
    let body = match content_type.split(';').next().unwrap_or_default() {
        "multipart/form-data" => {
            let mut form = Multipart::from_request(request, &()).await.expect("a form");
            let mut names = Vec::new();
            while let Some(part) = form.next_field().await.expect("a part") {
                names.push(part.name().map(str::to_owned));
            }
            json!(names)
        }
        "application/x-www-form-urlencoded" => {
            let Form(pairs) = Form::<Vec<(String, String)>>::from_request(request, &()).await.expect("a form");
            json!(pairs)
        }
        json if json == "application/json" || json.ends_with("+json") => {
            Json::<Value>::from_request(request, &()).await.expect("JSON").0
        }
        _ => json!(Payload::from_request(request, &()).await.expect("bytes").len()),
    };
    Json(json!({"method": method, "path": path, "query": query, "type": content_type, "body": body})).into_response()
}

/// Sends an operation with values for all that it requires, and compares what the server has read of it.
async fn every<R: Clone>(server: &str, method: &str, call: Result<Call<R>, RequestError>) -> usize {
    let call = match call {
        Ok(call) => call,
        // The value of an example may break a bound.
        Err(RequestError::Invalid(_)) => return 0,
        Err(error) => panic!("{error}"),
    };
    let copy = call.try_clone().expect("it is in memory").expect("it can be sent again");
    let target = copy.path().to_owned();
    let content_type = copy.content_type().unwrap_or_default().to_owned();
    let bytes = copy.into_body().into_bytes().expect("it is in memory");
    let (head, body) = exchange(server, call.split().0).await;
    assert_eq!(head.status(), 200, "{method} {target}");
    if method == "HEAD" {
        return 1;
    }
    let seen = body.collect().await.expect("a body").to_bytes();
    let seen: Value = serde_json::from_slice(&seen).expect("JSON");
    let (path, query) = target.split_once('?').unwrap_or((&target, ""));
    assert_eq!(seen["method"], method);
    assert_eq!(seen["path"], format!("/v1{path}"));
    assert_eq!(seen["type"], content_type);
    let pairs = query.split('&').filter(|pair| !pair.is_empty()).count();
    assert_eq!(seen["query"].as_array().map(Vec::len), Some(pairs), "{target}");
    let text = String::from_utf8_lossy(&bytes);
    match content_type.split(';').next().unwrap_or_default() {
        "multipart/form-data" => {
            let parts = text.matches("form-data; name=").count();
            assert_eq!(seen["body"].as_array().map(Vec::len), Some(parts), "{target}");
        }
        "application/x-www-form-urlencoded" => {
            let pairs = text.split('&').filter(|pair| !pair.is_empty()).count();
            assert_eq!(seen["body"].as_array().map(Vec::len), Some(pairs), "{target}");
        }
        json if json == "application/json" || json.ends_with("+json") => {
            assert_eq!(seen["body"], serde_json::from_slice::<Value>(&bytes).expect("JSON"), "{target}");
        }
        _ => assert_eq!(seen["body"], bytes.len(), "{target}"),
    }
    1
}

/// Serves until the test ends; gives the URL.
async fn serve(router: Router) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(async move { axum::serve(listener, router).await });
    format!("http://{address}/v1")
}

/// A server that gives back what it reads.
async fn serve_any() -> String {
    serve(Router::new().fallback(echo)).await
}

/// A server that answers as `parameters.yaml` and the other documents describe.
async fn serve_described() -> (String, Seen) {
    let seen = Seen::default();
    let router = Router::new()
        .route("/v1/files", get(list_files))
        .route("/v1/files/{id}/copy/{name}", post(copy_file))
        .route("/v1/files/{id}/content", any(file_content))
        .route("/v1/charges", post(create_charge))
        .route("/v1/photos", post(make_photo))
        .route("/v1/transcriptions", post(transcribe))
        .route("/v1/things", post(make_thing))
        .route("/v1/things/{id}", any(|| async { StatusCode::NO_CONTENT }))
        .route("/v1/log", get(read_log).post(read_log))
        .route("/v1/list", put(|Json(list): Json<Vec<String>>| async move { Json(list.iter().map(|text| json!({"text": text})).collect::<Vec<_>>()) }))
        .route("/v1/talk", post(talk))
        .with_state(seen.clone());
    (serve(router).await, seen)
}

async fn exchange(server: &str, call: Call) -> (ResponseHead, hyper::body::Incoming) {
    let client = Client::builder(TokioExecutor::new()).build_http::<Body>();
    let request = call.into_http(server, &Credentials::none()).expect("a request");
    let response = client.request(request).await.expect("a response");
    (ResponseHead::from(&response), response.into_body())
}

/// Asks for a kind of response that is read whole.
async fn ask<K, O>(
    server: &str,
    operation: O,
) -> Result<<O::Response as ReadWhole>::Value, ResponseError<<O::Response as ReadWhole>::Error>>
where
    O: Asks<K>,
    O::Response: ReadWhole,
{
    let (call, response) = operation.ask().unwrap_or_else(|error| panic!("{error}")).split();
    let (head, body) = exchange(server, call).await;
    let body = body.collect().await.expect("a body").to_bytes();
    response.read(&head, body)
}

/// Asks for a stream, and gives what comes of it.
async fn stream<K, O>(
    server: &str,
    operation: O,
) -> Vec<
    Result<
        <O::Response as ReadStream>::Item,
        StreamError<
            <O::Response as ReadStream>::Error,
            <<O::Response as ReadStream>::Item as openapi_runtime::StreamEvent>::Error,
        >,
    >,
>
where
    O: Asks<K>,
    O::Response: ReadStream,
{
    let (call, response) = operation.ask().unwrap_or_else(|error| panic!("{error}")).split();
    let (head, mut body) = exchange(server, call).await;
    let mut decoder = response.stream(&head);
    let mut found = Vec::new();
    while let Some(frame) = body.frame().await {
        decoder.push(frame.expect("a frame").into_data().unwrap_or_default());
        found.extend(decoder.by_ref());
    }
    decoder.finish();
    found.extend(decoder);
    found
}

#[tokio::test]
async fn parameters() {
    use parameters::{CopyFile, ListFiles, Range};
    let (server, seen) = serve_described().await;
    let range = || Range::new().gte(1).of(["a b", "c&d=é"]);
    let all = ListFiles::new()
        .purpose("a=b&c+d/é%")
        .limit(20)
        .include(["x", "y z"])
        .ids([1, 2])
        .tags(["red"])
        .at(range())
        .filter(range())
        .x_trace("t")
        .x_flags(["a", "b"])
        .session("s 1");
    ask::<Whole, _>(&server, all).await.expect("done");
    ask::<Whole, _>(&server, CopyFile::new("a/../b?c#d", "png", range()).query_id(true)).await.expect("done");
    let expected = [
        json!({
            "query": [
                ["purpose", "a=b&c+d/é%"], ["limit", "20"], ["include[]", "x"], ["include[]", "y z"], ["ids", "1,2"],
                ["tags[]", "red"], ["at[gte]", "1"], ["at[of][0]", "a b"], ["at[of][1]", "c&d=é"],
                ["filter", "{\"gte\":1,\"of\":[\"a b\",\"c&d=é\"]}"],
            ],
            "trace": "t", "flags": "a,b", "cookie": "session=s%201",
        }),
        json!({
            "id": "a/../b?c#d", "name": "a/../b?c#d.png", "query": [["beta", "true"], ["id", "true"]],
            "body": {"gte": 1, "of": ["a b", "c&d=é"]},
        }),
    ];
    assert_eq!(*seen.lock().expect("no handler panics"), expected);
}

#[tokio::test]
async fn bodies() {
    use files::{MakePhoto, Photo};
    use plain::{DownloadFile, Transcribe, TranscribeBody, UploadFile};
    use streams::PutList;
    use urlencoded::{CreateCharge, CreateChargeUrlEncoded, Item};
    let (server, seen) = serve_described().await;
    let form = CreateChargeUrlEncoded::new(100, "usd").description("a b+c&d=é").items([Item::new("p").quantity(2)]);
    ask::<Whole, _>(&server, CreateCharge::new(form)).await.expect("done");
    let file = |text: &'static str| Upload::from_bytes(text.as_bytes()).file_name("a é.txt");
    let form = Photo::new(file("one")).pages(vec![file("two"), file("three")]).label("x\r\ny");
    let _ = ask::<Whole, _>(&server, MakePhoto::new(form)).await;
    let image = Upload::from_bytes(&b"\x89PNG\r\n\x1a\n"[..]);
    ask::<Whole, _>(&server, UploadFile::new("é", image)).await.expect("done");
    let expected = [
        json!([["amount", "100"], ["currency", "usd"], ["description", "a b+c&d=é"], ["items[0][price]", "p"], ["items[0][quantity]", "2"]]),
        json!({"parts": [
            ["label", null, null, "x\r\ny"],
            ["file", "a é.txt", "text/plain", "one"],
            ["pages", "a é.txt", "text/plain", "two"],
            ["pages", "a é.txt", "text/plain", "three"],
        ], "length": true}),
        json!({"id": "é", "type": "image/png", "bytes": 8}),
    ];
    assert_eq!(*seen.lock().expect("no handler panics"), expected);

    let bytes = ask::<Content, _>(&server, DownloadFile::new("a")).await.expect("bytes");
    assert_eq!(bytes.len(), 300_000);
    let text = || Transcribe::new(TranscribeBody::Text("é".to_owned()));
    assert_eq!(ask::<Whole, _>(&server, text()).await.expect("an object").text, "words");
    assert_eq!(ask::<Text, _>(&server, text()).await.expect("a text"), "words");
    assert_eq!(ask::<Content, _>(&server, text()).await.expect("bytes")[..], *b"ID3\xff");
    let deltas = stream::<Events, _>(&server, text()).await.into_iter();
    let deltas: Vec<_> = deltas.map(|event| event.expect("an event").delta.unwrap_or_default()).collect();
    assert_eq!(deltas, ["wor", "ds"]);
    let list = ask::<Whole, _>(&server, PutList::new(vec!["a".to_owned()])).await.expect("a list");
    assert_eq!(list[0].text, "a");
}

#[tokio::test]
async fn answers() {
    use responses::{CheckThing, MakeThing, MakeThingError, MakeThingJson, MakeThingSuccess, ReadLog, RemoveThing};
    use streams::{Event, Talk, TalkJson};
    let (server, _) = serve_described().await;
    let made = async |status: &str| ask::<Whole, _>(&server, MakeThing::new(MakeThingJson::new().name(status))).await;
    assert!(matches!(made("200").await, Ok(MakeThingSuccess::Ok(thing)) if thing.id == 7));
    assert!(matches!(made("201").await, Ok(MakeThingSuccess::Created(_))));
    assert!(matches!(made("202").await, Ok(MakeThingSuccess::Accepted)));
    let described = async |status: &str| made(status).await.expect_err("it fails").described().cloned();
    assert!(matches!(described("404").await, Some(MakeThingError::NotFoundText(text)) if text == "<p>no"));
    assert!(matches!(described("409").await, Some(MakeThingError::ClientError(problem)) if problem.title == "no"));
    assert!(matches!(described("500").await, Some(MakeThingError::Default(text)) if text == "worse"));
    assert_eq!(ask::<Text, _>(&server, RemoveThing::new("a")).await.expect("nothing"), "");
    ask::<Whole, _>(&server, CheckThing::new("a")).await.expect("a head without a body");

    let log = stream::<Lines, _>(&server, ReadLog::new()).await.into_iter();
    let log: Vec<_> = log.map(|entry| entry.expect("an entry").text).collect();
    assert_eq!(log, ["a", "b"]);

    let talk = |text: &str| Talk::new(TalkJson::new(text));
    assert_eq!(ask::<Whole, _>(&server, talk("go")).await.expect("an answer").text, "whole");
    let events = stream::<Events, _>(&server, talk("go")).await;
    assert!(matches!(events.as_slice(), [Ok(Event::Delta(delta)), Ok(Event::Done(_))] if delta.text == "é\n"), "{events:?}");
    let events = stream::<Events, _>(&server, talk("fail")).await;
    let [Ok(_), Err(StreamError::Api(error))] = events.as_slice() else {
        panic!("{events:?}");
    };
    assert_eq!(error.error.as_ref().and_then(|error| error.message.as_deref()), Some("no"));
}
