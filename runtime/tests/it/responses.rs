//! Bodies of one JSON response: values, errors, and what is neither.

use openapi_runtime::{JsonResponse, Raw, ResponseError, ResponseHead};

use crate::images::ImagesResponse;

#[test]
fn bodies_that_are_errors() {
    let response = JsonResponse::<ImagesResponse>::default();
    let json = || ResponseHead::new(200).with_header("content-type", "application/json");
    let html = || ResponseHead::new(200).with_header("content-type", "text/html");
    let decode = |head: ResponseHead, body: &str| response.decode(&head, body.as_bytes().to_vec());
    assert!(matches!(
        decode(json(), "{\"error\":{\"message\":\"no\"}}"),
        Err(ResponseError::Api(_))
    ));
    assert!(decode(json(), "{\"error\":null,\"created\":1}").is_ok());
    assert!(matches!(
        decode(json(), " \n"),
        Err(ResponseError::Empty(_))
    ));
    assert!(matches!(
        decode(html(), "<html>"),
        Err(ResponseError::UnexpectedContentType(_))
    ));
    assert!(
        decode(html(), "{\"created\":1}").is_ok(),
        "a value is a value, whatever its type is called"
    );
    assert!(matches!(
        decode(json(), "{\"created\":"),
        Err(ResponseError::Decode(..))
    ));
}

/// A byte that is not UTF-8 does not hide the API's error, whatever the status.
#[test]
fn errors_that_are_not_utf8() {
    let response = JsonResponse::<ImagesResponse>::default();
    let image = "QUJD".repeat(1000);
    let bodies = [
        b"{\"error\":{\"message\":\"caf\xe9\"}}".to_vec(),
        [
            format!("{{\"data\":[{{\"b64_json\":\"{image}\"}}],\"error\":{{\"message\":\"caf")
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
                let message = error.api_error().and_then(|error| error.message.as_deref());
                assert_eq!(message, Some("caf\u{fffd}"), "{status}");
                assert_eq!(*error.body(), Raw::from(body.clone()), "{status}");
                assert_eq!(
                    error.api_error().map(|error| &error.raw),
                    Some(error.body())
                );
            }
        }
    }
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
