//! Uploads from asynchronous streams.

use std::{
    collections::VecDeque,
    error::Error,
    io,
    pin::Pin,
    task::{Context, Poll, Waker},
};

use bytes::Bytes;
use futures_core::Stream;
use http_body::Body as _;
use openapi_runtime::{Body, Form, Upload};

use crate::{
    ahead::{collect, next, poll},
    body::{WAYS, body_of},
    form,
};

/// A stream of these items, each of which makes the task wait once.
struct Steps<E> {
    items: VecDeque<Result<Bytes, E>>,
    has_waited: bool,
}

impl<E: Unpin> Stream for Steps<E> {
    type Item = Result<Bytes, E>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.has_waited = !self.has_waited;
        if self.has_waited {
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        Poll::Ready(self.items.pop_front())
    }
}

fn steps(texts: &[&'static str]) -> Steps<&'static str> {
    Steps {
        items: texts.iter().map(|text| Ok(Bytes::from(*text))).collect(),
        has_waited: false,
    }
}

fn failing<E>(error: E) -> Steps<E> {
    Steps {
        items: [Ok(Bytes::from("one ")), Err(error)].into(),
        has_waited: false,
    }
}

#[test]
fn a_stream_arrives_as_it_comes() {
    let known = ["one ", "", "two ", "three"];
    let expected = body_of(vec![
        Upload::from_bytes(&b"one two three"[..]).content_type("a/b"),
    ]);
    let expected = expected.into_bytes().unwrap();
    let uploads: [(Upload, Option<u64>); 5] = [
        (Upload::from_stream(steps(&known)), None),
        (Upload::from_stream_with_length(steps(&known), 13), Some(13)),
        // Bytes after the announced length are not sent.
        (
            Upload::from_stream_with_length(steps(&["one ", "two three four"]), 13),
            Some(13),
        ),
        (
            Upload::from_stream_with_length(steps(&["one ", "two ", "three", " four"]), 13),
            Some(13),
        ),
        (
            Upload::from_stream(Steps::<io::Error> {
                items: [Ok(Bytes::from("one two three"))].into(),
                has_waited: false,
            }),
            None,
        ),
    ];
    for (upload, length) in uploads {
        let debug = format!("{upload:?}");
        assert!(
            debug.starts_with(&format!("Upload {{ stream: {length:?}, ")),
            "{debug}"
        );
        assert_eq!(upload.length_hint(), length);
        assert!(upload.try_clone().is_none());
        let body = body_of(vec![upload.file_name("image.bin").content_type("a/b")]);
        assert!(!body.can_be_sent_again());
        let whole = length.map(|_| expected.len() as u64);
        assert_eq!(
            (body.content_length(), body.size_hint().exact()),
            (whole, whole)
        );
        assert_eq!(collect(body).unwrap(), expected);
    }

    let mut none = body_of(vec![Upload::from_stream_with_length(steps(&["x"]), 0)]);
    assert!(matches!(
        poll(&mut none, Waker::noop()),
        Poll::Ready(Some(Ok(_)))
    ));
    assert!(collect(none).unwrap().ends_with(b"--B--\r\n"));
}

#[test]
fn a_stream_of_nothing_lets_other_tasks_run() {
    let mut body = body_of(vec![Upload::from_stream(Steps::<io::Error> {
        items: [Ok(Bytes::new()), Ok(Bytes::new())].into(),
        has_waited: true,
    })]);
    assert!(poll(&mut body, Waker::noop()).is_ready());
    assert!(poll(&mut body, Waker::noop()).is_pending());
    assert_eq!(collect(body).unwrap(), b"\r\n--B--\r\n");
}

#[test]
fn errors_of_a_stream_keep_their_kind_and_source() {
    let short = Upload::from_stream_with_length(steps(&["one"]), 5);
    let aborted = io::Error::new(io::ErrorKind::ConnectionAborted, "the source hung up");
    let cases = [
        (
            short,
            io::ErrorKind::UnexpectedEof,
            "it ended before the announced length; bytes missing: 2",
        ),
        (
            Upload::from_stream(failing(aborted)),
            io::ErrorKind::ConnectionAborted,
            "the source hung up",
        ),
        (
            Upload::from_stream(failing("the source is broken")),
            io::ErrorKind::Other,
            "the source is broken",
        ),
    ];
    for (upload, kind, message) in cases {
        let error = collect(body_of(vec![upload])).unwrap_err();
        assert_eq!(error.kind(), kind);
        assert_eq!(error.to_string(), format!("file 1 of `image`: {message}"));
        assert_eq!(error.source().unwrap().to_string(), message);
    }
}

#[test]
fn a_stream_that_is_read_is_an_error() {
    let open = || body_of(vec![Upload::from_stream_with_length(steps(&["one "]), 4)]);
    let bodies: [fn(Body) -> Body; 2] = [
        |body| body,
        |mut body| {
            next(&mut body).unwrap().unwrap();
            body
        },
    ];
    for (begin, way) in bodies.iter().flat_map(|begin| WAYS.map(|way| (begin, way))) {
        let error = way(begin(open())).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::Unsupported);
        assert_eq!(
            error.to_string(),
            "file 1 of `image`: it is an asynchronous stream: send the body as an `http_body::Body`, or make the \
             upload with `Upload::from_reader`"
        );
    }
}

#[test]
fn the_name_and_type_of_a_stream_are_those_that_are_given() {
    let png = || Upload::from_stream_with_length(steps(&["\u{1}"]), 1);
    let cases = [
        (png(), "image.bin", "application/octet-stream"),
        (png().file_name("a.png"), "a.png", "image/png"),
        (png().content_type("image/webp"), "image.webp", "image/webp"),
    ];
    for (upload, file_name, content_type) in cases {
        let mut form = Form::new();
        form.add("image", upload);
        let body = form.finish(&form::boundary()).unwrap().1;
        let body = collect(body).unwrap().into();
        let part = form::split(&body).remove(0);
        assert_eq!(part.parameter("filename"), Some(file_name));
        assert_eq!(part.content_type(), Some(content_type));
    }
}
