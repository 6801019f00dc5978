//! The answers of `responses.yaml`: successes and errors by status, and JSON lines.

use responses::runtime::{Call, RequestError};
use responses::{
    CheckThingHeaders, CloseSession, Entry, FollowLog, FollowLogJson, ListThings, ListThingsHeaders, MakeThing, MakeThingError, MakeThingJson, MakeThingSuccess, OpenSession,
    OpenSessionError, OpenSessionHeaders, ReadLog, ReadLogError, ReadThing,
    ReadThingError, ReadThingHeaders, ReadThingSuccess, ReadThingTextSuccess, RemoveThing, ResponseError, ResponseHead, StreamError, Upload, WriteLog,
};

fn typed(status: u16, content_type: &str) -> ResponseHead {
    ResponseHead::new(status).with_header("content-type", content_type)
}

fn accept<R>(call: &Result<Call<R>, RequestError>) -> String {
    let call = call.as_ref().unwrap_or_else(|error| panic!("{error}"));
    let mut headers = call.headers().iter();
    headers.find(|(name, _)| *name == "accept").map_or_else(String::new, |(_, value)| value.clone())
}

fn make() -> MakeThing {
    MakeThing::new(MakeThingJson::new())
}

#[test]
fn successes_by_status() {
    let call = make().call();
    assert_eq!(accept(&call), "application/json, application/vnd.thing+json");
    let (_, made) = call.expect("it is in order").split();
    let head = |status| typed(status, "application/json");
    let thing = &br#"{"id": 7}"#[..];
    assert!(matches!(made.decode(&head(200), thing).expect("a thing"), MakeThingSuccess::Ok(thing) if thing.id == 7));
    assert!(matches!(made.decode(&head(201), thing).expect("a thing"), MakeThingSuccess::Created(thing) if thing.id == 7));
    assert_eq!(made.decode(&head(202), &b""[..]).expect("nothing"), MakeThingSuccess::Accepted);
    assert!(matches!(made.read_from(&head(201), thing).expect("a thing"), MakeThingSuccess::Created(_)));
    assert!(matches!(made.decode(&head(200), &b"[]"[..]), Err(ResponseError::Decode(..))));
    // A success that the description does not have.
    assert!(matches!(made.decode(&head(203), thing), Err(ResponseError::Status(_))));

    let (json, text) = (ReadThing::new("a").call(), ReadThing::new("a").call_text());
    assert_eq!(accept(&json), "application/octet-stream, application/json");
    assert_eq!(accept(&text), "application/octet-stream, text/csv");
    let (_, json) = json.expect("it is in order").split();
    assert!(matches!(json.decode(&head(200), thing).expect("a thing"), ReadThingSuccess::Success(thing) if thing.id == 7));
    let part = json.decode(&typed(206, "application/octet-stream"), &b"\xff"[..]).expect("a part");
    assert!(matches!(part, ReadThingSuccess::PartialContent(bytes) if bytes[..] == [0xff]));
    let (_, text) = text.expect("it is in order").split();
    let words = text.decode(&typed(200, "text/csv"), &b"a,b"[..]).expect("a text");
    assert_eq!(words, ReadThingTextSuccess::Success("a,b".to_owned()));

    // A text may be empty.
    let (_, removed) = RemoveThing::new("a").call_text().expect("it is in order").split();
    assert_eq!(removed.decode(&ResponseHead::new(204), &b""[..]).expect("nothing"), "");
}

#[test]
fn errors_by_status() {
    let (_, made) = make().call().expect("it is in order").split();
    let (_, listed) = ListThings::new().call().expect("it is in order").split();
    let problem = r#"{"title": "no"}"#;
    let title = |error: &MakeThingError| match error {
        MakeThingError::NotFoundJson(problem) => format!("404 {}", problem.title),
        MakeThingError::NotFoundText(text) => format!("404 text {text}"),
        MakeThingError::ClientError(problem) => format!("4XX {}", problem.title),
        MakeThingError::Default(text) => format!("default {text}"),
        other => format!("{other:?}"),
    };
    let table = [
        (404, "application/json", problem, Some("404 no")),
        (404, "text/html; charset=utf-8", "<p>no", Some("404 text <p>no")),
        (404, "image/png", "<p>no", None),
        (409, "application/problem+json", problem, Some("4XX no")),
        (409, "application/problem+json", "{}", None),
        (500, "text/plain", "no", Some("default no")),
        (302, "text/plain", "", Some("default ")),
    ];
    for (status, content_type, body, expected) in table {
        let head = typed(status, content_type);
        let error = made.decode(&head, body).unwrap_err();
        assert_eq!(error.described().map(title).as_deref(), expected, "{status} {content_type}");
        assert_eq!((error.head(), &*error.body().text()), (&head, body));
        // Operations with the same errors have the same type.
        let other = listed.decode(&head, body).unwrap_err();
        assert_eq!(other.described().map(title).as_deref(), expected);
    }
    let (_, read) = ReadThing::new("a").call().expect("it is in order").split();
    let read = |status, content_type, body: &'static str| read.decode(&typed(status, content_type), body).unwrap_err();
    let json = read(400, "application/json", problem);
    assert!(matches!(json.described(), Some(ReadThingError::BadRequestJson(_))));
    let thing = read(400, "application/vnd.thing+json", r#"{"id": 1}"#);
    assert!(matches!(thing.described(), Some(ReadThingError::BadRequestVndThingJson(thing)) if thing.id == 1));
    assert!(read(500, "application/json", problem).described().is_none());
}

#[test]
fn a_success_with_a_member_called_error() {
    let (_, opened) = OpenSession::new().call().expect("it is in order").split();
    let body = r#"{"id": 7, "error": {"title": "stale", "error": "e"}}"#;
    for status in [200, 201] {
        let head = typed(status, "application/json");
        let session = opened.decode(&head, body).expect("a session");
        let error = session.error.expect("it has the member");
        assert_eq!((session.id, error.title, error.error.as_deref()), (7, "stale".to_owned(), Some("e")));
        assert_eq!(opened.read_from(&head, body.as_bytes()).expect("a session").id, 7);
    }
    // What is not a session is the error of the description.
    let error = opened.decode(&typed(200, "application/json"), &br#"{"title": "no"}"#[..]).unwrap_err();
    assert!(matches!(error.described(), Some(OpenSessionError::Default(problem)) if problem.title == "no"), "{error}");
}

#[test]
fn successes_without_content() {
    let head = |status| typed(status, "application/json").with_header("content-length", "0");
    // It is described with content, and has none.
    let (_, opened) = OpenSession::new().call().expect("it is in order").split();
    let errors = [
        opened.decode(&head(200), &b""[..]).unwrap_err(),
        opened.read_from(&head(201), &b""[..]).unwrap_err(),
        opened.decoder(&ResponseHead::new(200)).finish().unwrap_err(),
    ];
    for error in errors {
        assert!(matches!(error, ResponseError::Empty(_)), "{error}");
        assert!(error.to_string().ends_with("with an empty body"), "{error}");
    }
    let (_, made) = make().call().expect("it is in order").split();
    assert!(matches!(made.decode(&head(200), &b""[..]), Err(ResponseError::Empty(_))));
    // It is described without content, whatever comes.
    let (_, closed) = CloseSession::new().call().expect("it is in order").split();
    closed.decode(&head(200), &b""[..]).expect("nothing");
    closed.decode(&head(204), &b""[..]).expect("nothing");
    closed.decode(&typed(200, "text/html"), &b"<p>\xff"[..]).expect("it is ignored");
    assert!(matches!(closed.decode(&head(500), &b""[..]), Err(ResponseError::Status(_))));
}

#[test]
fn json_lines() {
    let text = "{\"text\": \"a\"}\n\n{\"text\": 1}\r\n{\"text\": \"b\"}";
    let word = |entry| match entry {
        Ok(Entry { text, .. }) => text,
        Err(StreamError::<ReadLogError>::Decode { error, .. }) => error.path,
        Err(other) => panic!("{other}"),
    };
    let call = ReadLog::new().call_lines();
    assert_eq!(accept(&call), "application/x-ndjson");
    let (_, log) = call.expect("it is in order").split();
    let head = typed(200, "application/x-ndjson");
    let mut decoder = log.decoder(&head);
    let mut found = Vec::new();
    for byte in text.bytes() {
        decoder.push(vec![byte]);
        found.extend(decoder.by_ref());
    }
    decoder.finish();
    found.extend(decoder.by_ref());
    let found: Vec<String> = found.into_iter().map(word).collect();
    assert_eq!(found, ["a", "text", "b"]);
    assert_eq!(log.read_from(&head, text.as_bytes()).map(word).collect::<Vec<_>>(), found);

    let follow = || FollowLog::new(FollowLogJson::new());
    let call = follow().call_lines();
    assert_eq!(accept(&call), "application/jsonl, application/json-seq");
    assert_eq!(call.expect("it is in order").into_body().into_bytes().expect("it is in memory"), r#"{"stream":true}"#);
    let call = follow().call().expect("it is in order");
    assert_eq!(call.into_body().into_bytes().expect("it is in memory"), r#"{"stream":false}"#);
}

#[test]
fn streams_that_are_sent_and_forms_that_are_received() {
    let call = WriteLog::new(Upload::from_bytes(&b"{}\n{}\n"[..])).call_text().expect("it is in order");
    assert_eq!(call.content_type(), Some("application/x-ndjson"));
    let (call, form) = call.split();
    assert_eq!(call.into_body().into_bytes().expect("it is in memory"), "{}\n{}\n");
    assert_eq!(form.decode(&ResponseHead::new(200), &b"text=a"[..]).expect("a text"), "text=a");
}

#[test]
fn headers() {
    let head = ResponseHead::new(200)
        .with_header("x-total", "12")
        .with_header("X-Cached", "yes")
        .with_header("vary", "accept, origin")
        .with_header("Vary", "cookie")
        .with_header("x-cost", "1.5 USD");
    let headers = ListThingsHeaders::new(&head);
    assert_eq!(headers.x_total(), Ok(Some(12)));
    assert_eq!(headers.link(), Ok(None));
    assert_eq!(headers.vary().expect("a list").unwrap_or_default(), ["accept", "origin", "cookie"]);
    // Two responses give it two types.
    assert_eq!(headers.x_cost(), Ok(Some("1.5 USD".to_owned())));
    #[expect(deprecated, reason = "the description says so")]
    let error = headers.x_cached().unwrap_err();
    assert_eq!(error.to_string(), "the header `X-Cached` cannot be read: yes");
    // The lines of `Set-Cookie` are not parts of one list: there are commas in them.
    let cookies = ["a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT", "b=x,y"];
    let head = head.with_header("set-cookie", cookies[0]).with_header("Set-Cookie", cookies[1]).with_header("location", "/sessions/7");
    // One struct reads the headers of both responses.
    let headers = OpenSessionHeaders::new(&head);
    assert_eq!(headers.set_cookie().expect("texts").unwrap_or_default(), cookies);
    assert_eq!(headers.location(), Ok(Some("/sessions/7".to_owned())));
    assert_eq!(headers.age(), Ok(None));
    assert_eq!(OpenSessionHeaders::new(&ResponseHead::new(200)).set_cookie(), Ok(None));
    // Operations with the same headers have the same type.
    let shared: CheckThingHeaders = ReadThingHeaders::new(&head);
    assert_eq!(shared.link(), Ok(None));
}
