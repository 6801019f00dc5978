//! Typed events, errors of the API, and ends.

use std::io::{self, Read};

use openapi_runtime::{
    End, EventDecoder, EventResponse, ResponseHead, StreamError, event_stream::Limits,
};

use crate::images::{ErrorEvent, ImageEvent, ImagesError};

pub fn head() -> ResponseHead {
    ResponseHead::new(200).with_header("Content-Type", "text/event-stream; charset=utf-8")
}

/// An event, or the end of the stream.
pub type Item = Result<ImageEvent, StreamError<ImagesError, ErrorEvent>>;

pub fn decode(head: &ResponseHead, text: &[u8]) -> (Vec<Item>, Option<End>) {
    let mut decoder = EventDecoder::new(head);
    decoder.push(text.to_vec());
    decoder.finish();
    let items = decoder.by_ref().collect();
    (items, decoder.end())
}

/// One word for each item, and the end.
pub fn told(text: &[u8], head: &ResponseHead) -> String {
    let (items, end) = decode(head, text);
    let word = |item: &Item| match item {
        Ok(ImageEvent::PartialImage(_)) => "partial".to_owned(),
        Ok(ImageEvent::Completed(_)) => "completed".to_owned(),
        Ok(ImageEvent::Unknown(unknown)) => {
            format!("unknown({})", unknown.name.as_deref().unwrap_or("-"))
        }
        Err(StreamError::Api(error)) => {
            let event = error.error.as_ref();
            let nested = event.and_then(|event| event.error.as_ref()?.message.clone());
            let flat = event.and_then(|event| event.message.clone());
            let message = nested.or(flat);
            format!(
                "api({})",
                message.unwrap_or_else(|| error.data.text().into_owned())
            )
        }
        Err(StreamError::Decode { name, error }) => {
            format!("decode({},{})", name.as_deref().unwrap_or("-"), error.path)
        }
        Err(StreamError::Response(error)) => {
            let kind = format!("{error:?}");
            format!(
                "{}({})",
                kind.split('(').next().unwrap(),
                error.body().text()
            )
        }
        Err(StreamError::Truncated { data, .. }) => format!("truncated({})", data.text()),
        Err(StreamError::Unfinished { last }) => format!("unfinished({})", last.join(",")),
        Err(error) => format!("{error:?}"),
    };
    let words: Vec<_> = items.iter().map(word).collect();
    format!("{} {:?}", words.join(" "), end.unwrap())
        .trim()
        .to_owned()
}

const PARTIAL: &str = "data: {\"type\":\"image_edit.partial_image\",\"b64_json\":\"AAAA\"}\n\n";

pub const COMPLETED: &str = "event: image_edit.completed\ndata: {\"type\":\"image_edit.completed\",\"b64_json\":\"AAAA\"}\n\n";

/// The error of a stream that ended without its last event.
const UNFINISHED: &str = "unfinished(image_edit.completed) Unfinished";

/// Compares streams, each with a completed image at its end: what comes before it, and how that is
/// told.
fn before_the_image(table: &[(&[u8], &str)]) {
    for (text, expected) in table {
        let stream = [text, COMPLETED.as_bytes()].concat();
        let text = String::from_utf8_lossy(text);
        let expected = format!("{expected} completed Eof");
        assert_eq!(told(&stream, &head()), expected.trim(), "{text:?}");
    }
}

/// Compares streams and how they are told.
fn whole(table: &[(String, String)]) {
    for (text, expected) in table {
        assert_eq!(told(text.as_bytes(), &head()), *expected, "{text:?}");
    }
}

#[test]
fn the_stream_goes_on_after_an_event() {
    before_the_image(&[
        (b"", ""),
        (PARTIAL.as_bytes(), "partial"),
        // Empty data.
        (b"data:\n\n", ""),
        (b"data\ndata:  \n\n", ""),
        (b"event: image_edit.partial_image\ndata:\n\n", ""),
        (b"event: error\n\n", ""),
        // Events of other kinds.
        (b"event: ping\ndata: hello\n\n", "unknown(ping)"),
        (b"data: [1]\n\ndata: {\"type\":7}\n\n", "unknown(-) unknown(-)"),
        (
            b"event: other\ndata: {\"type\":\"image_edit.partial_image\",\"b64_json\":\"\"}\n\n",
            "partial",
        ),
        (b"data: {\"error\":\"\",\"type\":\"x\"}\n\ndata: {\"error\":0}\n\n", "unknown(x) unknown(-)"),
        // Events that cannot be read.
        (b"data: ping\n\n", "decode(-,)"),
        (b"data: {\"type\":\n\n", "decode(-,)"),
        (b"data: {\"type\":\"image_edit.partial_image\"}\n\n", "decode(-,)"),
        (
            b"event: image_edit.completed\ndata: {\"b64_json\":7}\n\n",
            "decode(image_edit.completed,b64_json)",
        ),
        // Of a repeated tag the last one counts.
        (
            b"data: {\"type\":\"x\",\"b64_json\":\"\",\"type\":\"image_edit.partial_image\"}\n\n",
            "partial",
        ),
        (
            b"data: {\"type\":\"image_edit.partial_image\",\"b64_json\":\"\",\"type\":\"x\"}\n\n",
            "unknown(x)",
        ),
        (
            b"data: {\"type\":\"image_edit.partial_image\",\"b64_json\":\"\",\"\\u0074ype\":\"x\"}\n\n",
            "unknown(x)",
        ),
        // Bytes that are not UTF-8.
        (
            b"event: image_edit.completed\ndata: {\"type\":\"imag\xff\",\"b64_json\":\"\"}\n\n",
            "unknown(imag\u{fffd})",
        ),
        (b"data: {\"type\":\"image_edit.partial_image\",\"b64_json\":\"\",\"x\":\"\xe9\"}\n\n", "partial"),
    ]);
}

#[test]
fn errors_of_the_api_end_the_stream() {
    let nested = "{\"error\":{\"message\":\"boom\"}}";
    let table = [
        ("event: error\ndata: boom\n\n", "boom"),
        ("event: error\ndata: \"boom\"\n\n", "\"boom\""),
        (
            "data: {\"type\":\"error\",\"message\":\"boom\"}\n\n",
            "boom",
        ),
        (
            "data: {\"error\":{\"message\":\"\\ud800\"}}\n\n",
            "{\"error\":{\"message\":\"\\ud800\"}}",
        ),
        (
            &PARTIAL.replace('}', ",\"error\":{\"message\":\"late\"}}"),
            "late",
        ),
        (&format!("data: {nested}\n\n"), "boom"),
        (&format!("data: {nested}"), "boom"),
    ];
    let table = table.map(|(text, message)| {
        let stream = format!("{PARTIAL}{text}");
        (stream, format!("partial api({message}) Error"))
    });
    whole(&table);
    let not_utf8 = b"data: {\"error\":{\"message\":\"caf\xe9\"}}\n\n";
    assert_eq!(told(not_utf8, &head()), "api(caf\u{fffd}) Error");
}

#[test]
fn ends() {
    let cut = &PARTIAL["data: ".len()..40];
    let table = [
        (COMPLETED.to_owned(), "completed Eof".to_owned()),
        (COMPLETED.trim_end().into(), "completed Eof".into()),
        (format!("{COMPLETED}id: 7"), "completed Eof".into()),
        (format!("{COMPLETED}retry: 7"), "completed Eof".into()),
        (format!("{COMPLETED}: bye"), "completed Eof".into()),
        (format!("{COMPLETED}data: [DONE]"), "completed Done".into()),
        (
            format!("{COMPLETED}data: [DONE]\n\n{PARTIAL}"),
            "completed Done".into(),
        ),
        (
            format!("{COMPLETED}data: {cut}"),
            format!("completed truncated({cut}) Truncated"),
        ),
        (
            format!("{COMPLETED}da"),
            "completed truncated() Truncated".into(),
        ),
        ("data: [DO".into(), "truncated([DO) Truncated".into()),
        // The image that was asked for has not come.
        (PARTIAL.into(), format!("partial {UNFINISHED}")),
        (PARTIAL.trim_end().into(), format!("partial {UNFINISHED}")),
        (format!("{PARTIAL}id: 7"), format!("partial {UNFINISHED}")),
        (
            format!("{PARTIAL}data: [DONE]\n\n{COMPLETED}"),
            format!("partial {UNFINISHED}"),
        ),
        ("data:  [DONE] bye".into(), UNFINISHED.into()),
        (": nothing\n".into(), UNFINISHED.into()),
        ("data: ping\n\n".into(), format!("decode(-,) {UNFINISHED}")),
        // It has come, and could not be read: that is the error.
        (
            "event: image_edit.completed\ndata: {}\n\n".into(),
            "decode(image_edit.completed,) Eof".into(),
        ),
    ];
    whole(&table);
}

#[test]
fn a_broken_connection_keeps_what_is_whole() {
    let mut decoder = EventResponse::<ImageEvent>::default().decoder(&head());
    decoder.push(&b"event: a\ndata: {}\n\nevent: b\ndata: {}\n"[..]);
    decoder.abort(io::Error::from(io::ErrorKind::ConnectionReset));
    assert!(matches!(decoder.next(), Some(Ok(ImageEvent::Unknown(_)))));
    assert!(matches!(
        decoder.next(),
        Some(Err(StreamError::Transport(_)))
    ));
    decoder.push(&b"\n"[..]);
    decoder.finish();
    assert!(decoder.next().is_none());
    assert_eq!(decoder.end(), Some(End::Transport));
}

/// It makes no difference if the events before it have been taken.
#[test]
fn what_comes_after_the_end_is_not_read() {
    let mut finished = EventDecoder::<ImageEvent>::new(&head());
    finished.push(COMPLETED.as_bytes());
    finished.finish();
    finished.push(PARTIAL.as_bytes());
    assert_eq!(finished.by_ref().count(), 1);
    assert_eq!(finished.end(), Some(End::Eof));

    let mut aborted = EventDecoder::<ImageEvent>::new(&head());
    aborted.push(PARTIAL.trim_end().as_bytes());
    aborted.abort("reset by peer");
    aborted.push(&b"\n\n"[..]);
    let items: Vec<_> = aborted.by_ref().collect();
    assert!(matches!(items[..], [Err(StreamError::Transport(_))]));
    assert_eq!(aborted.end(), Some(End::Transport));
}

#[test]
fn limits_end_the_stream_once() {
    let limits = Limits {
        line: 20,
        event: 5,
        pending: 1000,
    };
    let mut decoder = EventResponse::<ImageEvent>::default().decoder_with_limits(&head(), limits);
    decoder.push(&b"data: 1\n\ndata: 1234567890\n\ndata: 2\n\n"[..]);
    assert!(matches!(decoder.next(), Some(Ok(_))));
    assert!(matches!(decoder.next(), Some(Err(StreamError::Limit(_)))));
    assert!(decoder.next().is_none());
    assert_eq!(decoder.end(), Some(End::Error));

    let mut refused = EventDecoder::<ImageEvent>::with_limits(&ResponseHead::new(500), limits);
    refused.push(&b"abc"[..]);
    assert!(
        refused.next().is_none() && refused.end().is_none(),
        "the body is still to come"
    );
    refused.push(&b"defghi"[..]);
    refused.finish();
    match refused.next() {
        Some(Err(StreamError::Response(error))) => assert_eq!(error.body().text(), "abcde"),
        other => panic!("{other:?}"),
    }
    assert!(refused.next().is_none());
}

/// Gives a few bytes at a time, is interrupted, and then breaks.
struct Flaky<'a>(&'a [u8], usize);

impl Read for Flaky<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.1 += 1;
        match self.1 % 3 {
            0 => Err(io::ErrorKind::Interrupted.into()),
            _ if self.0.is_empty() => Err(io::ErrorKind::BrokenPipe.into()),
            _ => (&mut self.0).take(3).read(buffer),
        }
    }
}

#[test]
fn readers() {
    let response = EventResponse::<ImageEvent>::default();
    let mut events =
        response.read_from(&head(), &b"event: a\ndata: 1\n\nevent: b\ndata: 2\n\n"[..]);
    assert_eq!(events.by_ref().flatten().count(), 2);
    assert_eq!(events.end(), Some(End::Unfinished));

    let mut events = response.read_from(&head(), Flaky(b"event: a\ndata: 1\n\nevent: b\nda", 0));
    assert!(matches!(events.next(), Some(Ok(_))));
    assert!(matches!(
        events.next(),
        Some(Err(StreamError::Transport(_)))
    ));
    assert!(events.next().is_none());
}
