//! Calls.

use openapi_runtime::{Boundary, Call, Form, JsonResponse, RequestError, Upload};
use serde_json::json;

#[test]
fn json_and_forms() {
    let call: Call<JsonResponse<i64>> =
        Call::json("POST", "images/edits", &json!({"n": 1})).unwrap();
    assert_eq!(call.path(), "/images/edits");
    assert_eq!(
        call.headers(),
        [
            ("accept", "application/json".to_owned()),
            ("content-type", "application/json".to_owned())
        ]
    );
    assert_eq!(call.content_length(), Some(7));
    let again = call.accept("image/png").try_clone().unwrap().unwrap();
    assert_eq!(again.headers()[0], ("accept", "image/png".to_owned()));
    assert_eq!(again.into_body().into_bytes().unwrap(), &b"{\"n\":1}"[..]);

    let mut form = Form::new();
    form.add("image", Upload::from_reader(&b"x"[..]));
    let boundary = Boundary::new("B").unwrap();
    let call: Call = Call::multipart_with_boundary("POST", "/", form, &boundary).unwrap();
    assert_eq!(call.content_type(), Some("multipart/form-data; boundary=B"));
    assert_eq!(call.content_length(), None);
    assert!(call.try_clone().unwrap().is_none());

    let call: Call = Call::empty("GET", "/models");
    let (head, body) = call.into_parts();
    assert_eq!((head.headers.len(), body.content_length()), (0, Some(0)));
}

#[test]
fn errors_are_told() {
    let mut form = Form::new();
    form.add("image", Upload::from_bytes(&b"x"[..]).content_type("png"));
    let error = Call::<()>::multipart("POST", "/", form).unwrap_err();
    assert!(matches!(error, RequestError::ContentType { .. }));
    assert_eq!(
        error.to_string(),
        "the content type \"png\" of `image` is not a media type, as `image/png` is one"
    );
}

#[cfg(feature = "http")]
#[test]
fn http_requests() {
    for base_url in ["https://api.example.com/v1", "https://api.example.com/v1/"] {
        let call: Call<JsonResponse<i64>> = Call::json("POST", "/images/edits", &json!(1)).unwrap();
        let request = call.into_http(base_url, "sk-test").unwrap();
        assert_eq!(request.uri(), "https://api.example.com/v1/images/edits");
        assert_eq!(request.headers()["content-length"], "1");
        assert_eq!(request.headers()["authorization"], "Bearer sk-test");
        assert!(request.headers()["authorization"].is_sensitive());
    }
    for (base_url, key) in [("not a url", "k"), ("https://example.com", "k\n")] {
        let call: Call = Call::empty("GET", "/");
        assert!(matches!(
            call.into_http(base_url, key),
            Err(RequestError::Http(_))
        ));
    }
}

#[cfg(feature = "http")]
#[test]
fn http_responses() {
    let response = http::Response::builder()
        .status(201)
        .header("X-Request-Id", "req_1")
        .body(())
        .unwrap();
    let head = openapi_runtime::ResponseHead::from(&response);
    assert_eq!((head.status(), head.request_id()), (201, Some("req_1")));
    assert_eq!(
        openapi_runtime::ResponseHead::from(&response.into_parts().0),
        head
    );
}
