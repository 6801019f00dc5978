//! Bodies of one JSON response: values, errors, and what is neither.

use openapi_runtime::{JsonResponse, ResponseError, ResponseHead};

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
