//! The media types of `bodies.yaml` that are not taken apart, beside JSON.

use bodies::runtime::ResponseHead;
use bodies::{Note, PackNote, PackNoteBody, Upload};

#[test]
fn bytes_beside_json() {
    let cbor = || Upload::from_bytes(&b"\xa1dtexta\xff"[..]);
    let parts = "--B\r\n\r\n{\"text\":\"a\"}\r\n--B--\r\n";
    let table = [
        (PackNoteBody::Cbor(cbor()), "application/cbor", &b"\xa1dtexta\xff"[..]),
        (Note::new("a").into(), "application/json", br#"{"text":"a"}"#),
        // The boundary is that of the caller.
        (
            PackNoteBody::MultipartMixed(Upload::from_bytes(parts).content_type("multipart/mixed; boundary=B")),
            "multipart/mixed; boundary=B",
            parts.as_bytes(),
        ),
    ];
    for (body, content_type, bytes) in table {
        let call = PackNote::new(body).call().expect("it is in order");
        assert_eq!(call.content_type(), Some(content_type));
        assert_eq!(call.into_body().into_bytes().expect("it is in memory"), bytes);
    }
    let head = ResponseHead::new(200).with_header("content-type", "application/json");
    let (_, note) = PackNote::new(Note::new("a")).call().expect("it is in order").split();
    assert_eq!(note.decode(&head, &br#"{"text":"b"}"#[..]).expect("a note").text, "b");
    let (call, packed) = PackNote::new(Note::new("a")).call_bytes().expect("it is in order").split();
    assert!(call.headers().contains(&("accept", "application/cbor, multipart/mixed".to_owned())));
    assert_eq!(packed.decode(&ResponseHead::new(200), &b"\xa1"[..]).expect("bytes")[..], *b"\xa1");
}
