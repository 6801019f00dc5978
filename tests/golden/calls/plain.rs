//! The texts and bytes of `plain.yaml`, both ways.

use plain::runtime::{Call, RequestError, ResponseHead};
use plain::{AddNote, DownloadFile, DownloadFileError, PostRaw, PostRawError, PutNote};
use plain::{PutRaw, ReplaceNote, Transcribe, TranscribeBody, Upload, UploadFile};

/// Content type, what is asked for, and body.
fn sent<R>(call: Result<Call<R>, RequestError>) -> (String, String, Vec<u8>) {
    let call = call.unwrap_or_else(|error| panic!("{error}"));
    let header = |name: &str| {
        let mut headers = call.headers().iter();
        headers.find(|(known, _)| *known == name).map_or_else(String::new, |(_, value)| value.clone())
    };
    let (content_type, accept) = (header("content-type"), header("accept"));
    let body = call.into_body().into_bytes().expect("it is in memory");
    (content_type, accept, body.to_vec())
}

fn expected(content_type: &str, accept: &str, body: &[u8]) -> (String, String, Vec<u8>) {
    (content_type.to_owned(), accept.to_owned(), body.to_vec())
}

#[test]
fn bodies() {
    let png = b"\x89PNG\r\n\x1a\n";
    assert_eq!(sent(UploadFile::new("1", Upload::from_bytes(&png[..])).call()), expected("image/png", "", png));
    let named = Upload::from_bytes(&b"x"[..]).content_type("image/x-own");
    assert_eq!(sent(UploadFile::new("1", named).call()), expected("image/x-own", "", b"x"));
    assert_eq!(
        sent(AddNote::new("# é").call_text()),
        expected("text/markdown; charset=utf-8", "text/html", "# é".as_bytes())
    );
    assert_eq!(sent(AddNote::without_body().call_text()), expected("", "text/html", b""));
    let note = Upload::from_bytes(&b"x"[..]).content_type("text/csv");
    assert_eq!(sent(PutNote::new(note).call()), expected("text/csv", "", b"x"));
    let content_type = "text/x-note;\ta=\"*/ {}\t//\\\"; panic!()\"";
    assert_eq!(sent(ReplaceNote::new("x").call()), expected(content_type, "", b"x"));
    let raw = Upload::from_bytes(&b"x"[..]).content_type("model/obj");
    assert_eq!(sent(PutRaw::new(raw).call_text()), expected("model/obj", "text/plain", b"x"));
    assert_eq!(sent(PostRaw::new(vec![1, 2]).call_bytes()), expected("Application/JSON", "application/octet-stream", b"[1,2]"));
    let bodies = [
        (TranscribeBody::Text("a".to_owned()), "text/plain", &b"a"[..]),
        (TranscribeBody::Xml("<a/>".to_owned()), "application/xml", b"<a/>"),
        (TranscribeBody::Bytes(Upload::from_bytes(&b"ID3"[..])), "audio/mpeg", b"ID3"),
    ];
    for (body, content_type, bytes) in bodies {
        assert_eq!(sent(Transcribe::new(body).call_bytes()), expected(content_type, "audio/mpeg", bytes));
    }
    let long = TranscribeBody::Text("x".repeat(11));
    assert!(matches!(Transcribe::new(long).call(), Err(RequestError::Invalid(_))));
}

#[test]
fn answers() {
    let text = || Transcribe::new(TranscribeBody::Text("a".to_owned()));
    let head = ResponseHead::new(200);
    let (call, words) = text().call_text().expect("it is in order").split();
    assert_eq!(call.headers()[0], ("accept", "text/plain".to_owned()));
    assert_eq!(words.decode(&head, "\u{feff}é".as_bytes().to_vec()).expect("a text"), "é");
    let error = words.decode(&ResponseHead::new(500), &b"<h1>no</h1>"[..]).unwrap_err();
    assert_eq!(error.body().text(), "<h1>no</h1>");
    let (_, object) = text().call().expect("it is in order").split();
    assert_eq!(object.decode(&head, &br#"{"text": "a"}"#[..]).expect("an object").text, "a");
    let (_, file) = DownloadFile::new("a/b").call_bytes().expect("it is in order").split();
    let bytes = [0xff, 0, 0xfe].repeat(100_000);
    let mut copy = Vec::new();
    assert_eq!(file.copy_to(&head, &bytes[..], &mut copy).expect("it is copied"), 300_000);
    assert!(copy == bytes);
    let error = file.copy_to(&ResponseHead::new(404), &b"{}"[..], &mut copy).unwrap_err();
    assert_eq!((error.head().status(), copy.len()), (404, 300_000));
    // Bytes that are not UTF-8, of a success and of an error in text.
    assert_eq!(file.decode(&head, &b"\xff\xfe\0"[..]).expect("bytes")[..], *b"\xff\xfe\0");
    let error = file.decode(&ResponseHead::new(404).with_header("content-type", "text/plain"), &b"no \xff"[..]).unwrap_err();
    assert!(matches!(error.described(), Some(DownloadFileError::ClientError(text)) if text == "no \u{fffd}"), "{error}");
    assert_eq!(error.body()[..], *b"no \xff");
    let (_, raw) = PutRaw::new(Upload::from_bytes(&b"x"[..])).call_text().expect("it is in order").split();
    assert_eq!(raw.decode(&head, &br#"{"a": "b"}"#[..]).expect("a text"), r#"{"a": "b"}"#);
    let (_, file) = PostRaw::new(vec![1]).call_bytes().expect("it is in order").split();
    let error = file.copy_to(&ResponseHead::new(404), &b"no such file"[..], &mut copy).unwrap_err();
    assert!(matches!(error.described(), Some(PostRawError::ClientError(text)) if text == "no such file"));
}
