//! Bodies of responses that are read whole: values, errors, and what is neither.

use openapi_runtime::{
    DecodeError, JsonResponse, Raw, ResponseError, ResponseHead,
    response::{Answer, ByStatus, StatusResponse},
};

use crate::images::{ErrorBody, ImagesError, ImagesResponse, Problem};

/// A word for what becomes of a body, and the error that the description has.
fn outcome(head: &ResponseHead, body: &[u8]) -> (&'static str, Option<ImagesError>) {
    let response = JsonResponse::<ImagesResponse, ImagesError>::default();
    match response.decode(head, body.to_vec()) {
        Ok(_) => ("value", None),
        Err(error) => {
            let word = match error {
                ResponseError::Status(_) => "status",
                ResponseError::Empty(_) => "empty",
                ResponseError::UnexpectedContentType(_) => "type",
                ResponseError::Decode(..) => "decode",
                _ => "other",
            };
            (word, error.described().cloned())
        }
    }
}

fn described(message: &str) -> ImagesError {
    let message = Some(message.to_owned());
    let error = Problem {
        message,
        code: None,
    };
    ImagesError::Default(ErrorBody { error })
}

#[test]
fn bodies_of_errors() {
    let typed =
        |status, content_type| ResponseHead::new(status).with_header("content-type", content_type);
    let (json, html) = (
        |status| typed(status, "application/json"),
        |status| typed(status, "text/html"),
    );
    let stream = "event: error\ndata: {\"error\":{\"message\":\"no\"}}\n\n";
    let error = "{\"error\":{\"message\":\"no\"}}";
    let within = "{\"created\":\"-\",\"error\":{\"message\":\"no\"}}";
    let bom = format!("\u{feff}{error}");
    let table = [
        (json(200), within, "decode", Some(described("no"))),
        (html(200), within, "type", Some(described("no"))),
        (json(200), "{\"error\":null,\"created\":1}", "value", None),
        // The type says nothing of an error, so a body that fits is a success, whatever else it
        // has.
        (json(200), error, "value", None),
        (json(200), " \n", "empty", None),
        (html(200), "<html>", "type", None),
        (html(200), "{\"created\":1}", "value", None),
        (json(200), "{\"created\":", "decode", None),
        (json(400), error, "status", Some(described("no"))),
        (
            ResponseHead::new(500),
            &bom,
            "status",
            Some(described("no")),
        ),
        (html(502), "<html>", "status", None),
        (json(400), "[1]", "status", None),
        (json(400), "", "status", None),
        (
            typed(400, "text/event-stream"),
            stream,
            "status",
            Some(described("no")),
        ),
    ];
    for (head, body, word, error) in table {
        assert_eq!(
            outcome(&head, body.as_bytes()),
            (word, error),
            "{head:?} {body}"
        );
    }
}

/// A byte that is not UTF-8 does not hide the API's error, whatever the status.
#[test]
fn errors_that_are_not_utf8() {
    let response = JsonResponse::<ImagesResponse, ImagesError>::default();
    let image = "QUJD".repeat(1000);
    let bodies = [
        b"{\"created\":\"-\",\"error\":{\"message\":\"caf\xe9\"}}".to_vec(),
        [
            format!("{{\"data\":[{{\"b64_json\":\"{image}\"}}],\"created\":\"-\",\"error\":{{\"message\":\"caf")
                .as_bytes(),
            b"\xe9\"}}",
        ]
        .concat(),
    ];
    for body in bodies {
        for status in [200, 400] {
            let head = ResponseHead::new(status);
            let mut decoder = response.decoder(&head);
            body.chunks(700)
                .for_each(|chunk| decoder.push(chunk.to_vec()));
            for found in [response.decode(&head, body.clone()), decoder.finish()] {
                let error = found.unwrap_err();
                assert_eq!(
                    error.described().cloned(),
                    Some(described("caf\u{fffd}")),
                    "{status}"
                );
                assert_eq!(*error.body(), Raw::from(body.clone()), "{status}");
            }
        }
    }
}

/// The status picks the type, and the media type where a status has several.
#[derive(Clone, Debug, PartialEq)]
enum Made {
    Ok(Vec<i64>),
    Accepted,
    SuccessText(String),
    Success(bytes::Bytes),
}

impl ByStatus for Made {
    fn read(answer: &Answer) -> Option<Result<Self, DecodeError>> {
        Some(match answer.status() {
            200 => answer.json().map(Self::Ok),
            202 => Ok(Self::Accepted),
            203..=209 if answer.is("text/*") => answer.text().map(Self::SuccessText),
            203..=209 => answer.bytes().map(Self::Success),
            _ => return None,
        })
    }
}

#[test]
fn successes_by_status() {
    let response = StatusResponse::<Made>::default();
    let head =
        |status| ResponseHead::new(status).with_header("content-type", "text/plain; charset=utf-8");
    let table = [
        (200, "[1]", Ok(Made::Ok(vec![1]))),
        (202, "", Ok(Made::Accepted)),
        (203, "é", Ok(Made::SuccessText("é".to_owned()))),
        (200, "[", Err("EOF while parsing a list")),
        (200, "", Err("status 200 with an empty body")),
        (210, "[1]", Err("status 210: [1]")),
        (404, "no", Err("status 404: no")),
    ];
    for (status, body, expected) in table {
        for found in [
            response.decode(&head(status), body.as_bytes().to_vec()),
            response.read_from(&head(status), body.as_bytes()),
        ] {
            match (found, &expected) {
                (Ok(found), Ok(expected)) => assert_eq!(found, *expected, "{status}"),
                (Err(error), Err(start)) => {
                    assert!(error.to_string().contains(start), "{status}: {error}");
                }
                (found, _) => panic!("{status}: {found:?}"),
            }
        }
    }
    let bytes = response
        .decode(&ResponseHead::new(203), &b"\xff"[..])
        .unwrap();
    assert_eq!(bytes, Made::Success(bytes::Bytes::from_static(b"\xff")));
}

/// A decoder that has given its value, or its error, has nothing more.
#[test]
fn a_body_is_read_once() {
    let head = ResponseHead::new(200);
    let mut decoder = JsonResponse::<ImagesResponse>::default().decoder(&head);
    decoder.push(&b"{\"created\":1}"[..]);
    assert_eq!(decoder.finish().unwrap().created, Some(1));
    assert!(matches!(decoder.finish(), Err(ResponseError::Empty(_))));
}
